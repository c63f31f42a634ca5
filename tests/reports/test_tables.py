"""Figures as data: documents that say what the comparison says, CSV, and reports that are read back as they were."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litany.analysis import Comparison, compare
from litany.corpus import from_texts, read
from litany.corpus.markup import to_plain
from litany.corpus.report import Series
from litany.corpus.traced import Traced
from litany.reports import measuring, tables

TEXTS = {
    "2004": "The lamp was lit at seven. The boat came home. Nobody was hurt.",
    "2006": "The lamp was lit at eight. The boat came home. Lord Oake spoke for an hour.",
    "2007": "Nobody was hurt. The lamp was lit at seven. The boat came home.",
    "2008": "Quite another matter altogether occupied everybody.",
}


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(
        titled(from_texts(TEXTS, name="Lamp Night"), "=SUM(A1)", "-1", 'Lamps, "lit"\nand not', "Ünïcödé 年")
    )


def titled(series: Series, *titles: str) -> Series:
    reports = zip(series.reports, titles, strict=True)
    return dataclasses.replace(series, reports=tuple(dataclasses.replace(r, title=title) for r, title in reports))


def parsed(document: tables.Document) -> Any:
    return json.loads(tables.json_bytes(document))


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


# -- documents --------------------------------------------------------------------------------------------------------


def test_documents_start_with_what_they_are(comparison: Comparison) -> None:
    documents = {
        "split": tables.series_document(comparison.series, ["a", "b", "c", "d"]),
        "heatmap": tables.heatmap_document(comparison),
        "diff": tables.diff_document(comparison, 0, 1),
        "measure": measuring.measure_document(comparison),
    }
    assert set(documents) <= set(tables.SCHEMAS)
    for name, document in documents.items():
        made = parsed(document)
        assert list(made)[:3] == ["schema", "litany", "settings"]
        assert made["schema"] == f"litany/{name}/1"
        assert made["settings"] == {"likeness": 0.3, "shingle": 4}
        assert made["series"] == "Lamp Night"


def test_json_has_a_line_for_each_row() -> None:
    made = tables.json_bytes(
        {"a": 1, "rows": [{"b": "年\n"}, {"b": None}], "matrix": [[1.0, 0.5]], "none": []}
    ).decode()
    assert made.splitlines() == [
        "{",
        ' "a": 1,',
        ' "rows": [',
        '  {"b": "年\\n"},',
        '  {"b": null}',
        " ],",
        ' "matrix": [',
        "  [1.0, 0.5]",
        " ],",
        ' "none": []',
        "}",
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (float("nan"), None),
        (1, 1),
        (0.0, 0.0),
        (0.12345678, 0.123457),
        (1 - 1e-9, 0.999999),
        (1e-9, 1e-6),
    ],
)
def test_rounding_reaches_its_limits_only_when_exactly_true(value: float | None, expected: float | None) -> None:
    assert tables.rounded(value) == expected


# -- heatmap and diff -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", ["tfidf", "jaccard", "containment", "edit", "reuse"])
def test_a_heatmap_is_the_matrix(comparison: Comparison, measure: str) -> None:
    document = parsed(tables.heatmap_document(comparison, measure))
    assert document["measure"] == measure
    assert document["labels"] == list(TEXTS)
    assert document["directed"] == (measure in ("containment", "reuse"))
    assert document["signature"].startswith(f"{measure} = ")
    expected = comparison.similarity(measure).tolist()
    assert [row == pytest.approx(values, abs=1e-6) for row, values in zip(document["matrix"], expected, strict=True)]
    header, *rows = table(tables.heatmap_csv(comparison, measure))
    assert header == ["report", *TEXTS]
    assert [row[0] for row in rows] == list(TEXTS)
    assert [[float(value) for value in row[1:]] for row in rows] == document["matrix"]


@pytest.mark.parametrize(("old", "new"), [(0, 1), (1, 0), (0, 2), (2, 3), (1, 1)])
def test_a_diff_holds_both_texts(comparison: Comparison, old: int, new: int) -> None:
    document = parsed(tables.diff_document(comparison, old, new))
    reports = comparison.series.reports
    assert (document["old"], document["new"]) == (reports[old].id, reports[new].id)
    assert "".join(operation["old"] for operation in document["operations"]) == reports[old].text
    assert "".join(operation["new"] for operation in document["operations"]) == reports[new].text


# -- measures ---------------------------------------------------------------------------------------------------------


def test_the_first_report_has_no_shares(comparison: Comparison) -> None:
    first = parsed(measuring.measure_document(comparison))["rows"][0]
    own = {"phase", "boilerplate", "redundancy"}  # these need no earlier report
    known = {"report", "date", "title", "words", "sentences", "source_shares"} | own
    assert {name for name, value in first.items() if value is not None} == known
    assert (first["words"], first["sentences"], first["source_shares"]) == (13, 3, [])


def test_shares_against_the_main_source(comparison: Comparison) -> None:
    row = parsed(measuring.measure_document(comparison))["rows"][1]
    assert row["main_source"] == "2004"
    assert row["words"] == row["n_verbatim"] + row["n_edited"] + row["n_new"] == 16
    assert row["n_verbatim"] == 4
    assert row["verbatim"] == 4 / 16
    assert (row["n_dropped"], row["n_source"], row["dropped"]) == (3, 13, 0.230769)
    assert (row["verbatim_sentences"], row["dropped_sentences"]) == (0.333333, 0.333333)
    assert row["previous"] == "2004"


def test_a_move_is_measured(comparison: Comparison) -> None:
    row = parsed(measuring.measure_document(comparison))["rows"][2]
    assert (row["main_source"], row["verbatim"], row["n_moved"]) == ("2004", 1, 3)
    assert row["source_shares"] == [{"report": "2004", "share": 1.0}]
    assert row["previous"] == "2006"
    assert row["verbatim_previous"] < 1
    assert row["verbatim_past"] == 1


def test_a_later_report_copied_from_none_is_all_new(comparison: Comparison) -> None:
    row = parsed(measuring.measure_document(comparison))["rows"][3]
    shares = (row["main_source"], row["verbatim"], row["edited"], row["new"], row["dropped"])
    assert shares == (None, 0, 0, 1, None)
    assert row["new_previous"] == row["new_past"] == row["dropped_previous"] == 1


def test_csv_and_json_have_the_same_columns(comparison: Comparison) -> None:
    data = measuring.measure_csv(comparison)
    rows = parsed(measuring.measure_document(comparison))["rows"]
    header, *body = table(data)
    assert header == list(rows[0])
    assert data.count(b"\r\n") == 5
    for cells, row in zip(body, rows, strict=True):
        for name, cell in zip(header, cells, strict=True):
            if name not in ("title", "source_shares"):
                assert cell == ("" if row[name] is None else str(row[name]))
    assert body[2][header.index("source_shares")] == "2004 1.0"


def test_no_cell_is_a_formula(comparison: Comparison) -> None:
    header, *body = table(measuring.measure_csv(comparison))
    titles = [row[header.index("title")] for row in body]
    assert titles == ["'=SUM(A1)", "'-1", 'Lamps, "lit"\nand not', "Ünïcödé 年"]


def test_the_terminal_shows_whole_percents(comparison: Comparison) -> None:
    shown = measuring.measure_text(comparison).splitlines()
    assert shown[0].split() == [
        "report",
        "words",
        "verbatim",
        "edited",
        "changed",
        "new",
        "dropped",
        "moved",
        "main",
        "source",
    ]
    assert shown[1].split() == ["2004", "13", "–", "–", "–", "–", "–", "–", "–"]
    assert shown[3].split("   ")[-1] == "2004"
    assert shown[3].split()[2:-1] == ["100", "%", "0", "%", "0", "%", "0", "%", "0", "%", "23", "%"]
    assert shown[4].split() == ["2008", "6", "0", "%", "0", "%", "0", "%", "100", "%", "–", "0", "%", "–"]
    assert shown[-1].endswith(comparison.signature())
    assert not any(line.endswith(" ") for line in shown)


# -- split ------------------------------------------------------------------------------------------------------------

NASTY = st.text(st.sampled_from("ab1 .*_`\\[]()<>&;#!|~-+=:\"'$%^{}年é\n"), max_size=40)


@given(NASTY)
def test_markdown_reads_as_the_text_it_was_made_from(text: str) -> None:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    clean = "\n".join(lines).strip("\n")
    while "\n\n\n" in clean:
        clean = clean.replace("\n\n\n", "\n\n")
    made = tables.as_markdown(clean)
    plain = to_plain(Traced.cut(made, 0, len(made))).text
    assert plain.replace("\x0b", "").strip("\n") == clean


def written(series: Series, folder: Path) -> Series:
    for name, data in tables.split_files(series):
        (folder / name).write_bytes(data)
    return read(folder)


def same(series: Series, again: Series) -> None:
    """What a reader sees of both series is the same; where it stood is not."""
    assert again.ids == series.ids
    assert again.missing == series.missing
    for before, after in zip(series.reports, again.reports, strict=True):
        assert after.text == before.text
        assert after.title == before.title
        assert (after.date, after.date.precision) == (before.date, before.date.precision)
        assert after.sentences == before.sentences


def test_split_sample_is_read_back_as_it_was(tmp_path: Path) -> None:
    same(series := read("sample"), written(series, tmp_path))


@pytest.mark.parametrize(
    "source",
    ["seeds/000_95eba4d8c191244c.txt", "series/fomc_statements", "series/us_inaugural", "series/darwin_origin_ch1"],
)
def test_split_series_are_read_back_as_they_were(shared_data: Path, source: str, tmp_path: Path) -> None:
    same(series := read(shared_data / source), written(series, tmp_path))


def test_split_names_a_file_a_report_and_lists_them(comparison: Comparison) -> None:
    files = dict(tables.split_files(comparison.series))
    assert list(files) == ["2004.md", "2006.md", "2007.md", "2008.md", "series.json"]
    document = json.loads(files["series.json"])
    assert [report["file"] for report in document["reports"]] == list(files)[:-1]
    assert [report["words"] for report in document["reports"]] == [13, 16, 13, 6]
    assert files["2008.md"].decode() == (f"---\ntitle: Ünïcödé 年\ndate: 2008\n---\n\n{TEXTS['2008']}\n")


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Lamp Night", "title: Lamp Night"),
        ('The "lamp" and the mole', 'title: The "lamp" and the mole'),
        ("Lamps: lit", 'title: "Lamps: lit"'),
        ("2004", 'title: "2004"'),
        ("# 1", 'title: "# 1"'),
        ("two\nlines", 'title: "two\\nlines"'),
        ("", 'title: ""'),
    ],
)
def test_titles_are_quoted_where_yaml_needs_it(title: str, line: str) -> None:
    series = titled(from_texts({"2004": "A lamp."}), title)
    assert dict(tables.split_files(series))["2004.md"].decode().splitlines()[1] == line


def test_split_sample_as_it_should_be(gold: Callable[[str, str], None]) -> None:
    files = dict(tables.split_files(read("sample")))
    document = json.loads(files["series.json"])
    gold("split/series.json", tables.json_bytes({**document, "litany": "0"}).decode())
    first = document["reports"][0]["file"]
    gold(f"split/{first}", files[first].decode())


CELLS = st.none() | st.booleans() | st.integers(-(10**24), 10**24) | st.floats(allow_nan=False, allow_infinity=False)
TEXT = st.text(st.sampled_from('}{], "\\x01\x01\n\u2028é年'), max_size=6)
ROWS = st.recursive(
    CELLS | TEXT, lambda held: st.lists(held, max_size=3) | st.dictionaries(st.text(max_size=2), held, max_size=3)
)


@given(st.lists(st.lists(ROWS, max_size=3) | st.dictionaries(st.text(max_size=3), ROWS, max_size=3), min_size=1))
def test_each_row_is_a_line_as_it_is_by_itself(rows: list[Any]) -> None:
    lines = ",\n  ".join(map(tables.json_line, rows))
    assert tables.json_bytes({"rows": rows}) == tables.as_bytes(f'{{\n "rows": [\n  {lines}\n ]\n}}\n')
