"""The tables of `litany measure`: in every form the same rows, and nothing half done."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from litany.analysis import Comparison, compare
from litany.corpus import from_texts, read
from litany.reports import cli, measuring, tables

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def sample() -> Comparison:
    return compare(read("sample"))


def csv_rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_the_command_line_knows_the_tables() -> None:
    assert tuple(measuring.TABLES) == cli.TABLES


@pytest.mark.parametrize("name", measuring.TABLES)
def test_every_form_has_the_same_rows(sample: Comparison, name: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    section = measuring.SECTIONS.get(name, name)
    document = json.loads(tables.json_bytes(measuring.measure_document(sample, name)))
    rows = document[section]
    assert rows
    read_back = parquet.read_table(io.BytesIO(measuring.measure_parquet(sample, name)))
    assert read_back.to_pylist() == rows
    assert json.loads(read_back.schema.metadata[b"signatures"]) == document["signatures"]
    cells = csv_rows(measuring.measure_csv(sample, name))
    assert len(cells) == len(rows)
    for row, cell in zip(rows, cells, strict=True):
        assert list(cell) == list(row)
        for column, value in row.items():
            if not isinstance(value, (list, str)):
                assert cell[column] == ("" if value is None else str(value))
    assert document["signatures"][section].endswith(sample.signature())


@pytest.mark.parametrize("name", measuring.TABLES)
def test_a_table_without_rows_has_its_columns(name: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    one = compare(from_texts({"2001": "One two three."}))
    rows = measuring.TABLES[name].rows(one)
    assert len(rows) == (1 if name == "reports" else 0)
    header = measuring.measure_csv(one, name).decode().splitlines()[0]
    assert header.split(",") == list(measuring.TABLES[name].columns)
    assert parquet.read_table(io.BytesIO(measuring.measure_parquet(one, name))).num_rows == len(rows)
    text = measuring.measure_text(one, name)
    assert (f"no {name}" in text) == (not rows)


def test_phases_in_the_terminal_name_the_reports_that_stand_alone() -> None:
    texts = {"2001": "The lamp was lit.", "2002": "Rain fell on everybody.", "2003": "Rain fell on everybody."}
    lines = measuring.measure_text(compare(from_texts(texts)), "phases").splitlines()
    assert lines[1].split()[:3] == ["2002", "2", "2002–2003"]
    assert "texts of their own: 2001" in lines


def test_a_long_table_says_what_it_leaves_out(sample: Comparison) -> None:
    lines = measuring.measure_text(sample, "terms").splitlines()
    count = len(sample.terms)
    assert f"the first {measuring.MOST_LINES} of {count} terms; -o FILE has them all" in lines
    assert len(csv_rows(measuring.measure_csv(sample, "terms"))) == count


def test_what_the_sample_says_of_itself(sample: Comparison, gold: Callable[[str, str], None]) -> None:
    gold("measure/terms.txt", measuring.measure_text(sample, "terms").replace(sample.signature(), "litany"))
    gold("measure/reports.csv", measuring.measure_csv(sample).decode().replace("\r\n", "\n"))
    gold("measure/marks.csv", measuring.measure_csv(sample, "marks").decode().replace("\r\n", "\n"))


def test_columns_are_chosen_in_order(litany: Run) -> None:
    ran = litany("measure", "sample", "--columns", "report, boilerplate,sim_cosine", "--quiet")
    assert ran.code == 0
    assert ran.out.splitlines()[0].split() == ["report", "boilerplate", "sim", "cosine"]
    assert ran.out.splitlines()[1].split() == ["2006", "19", "%", "–"]
    assert "boilerplate: 4-word runs" in ran.out
    assert "dropped" not in ran.out


def test_columns_in_a_file(litany: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert litany("measure", "sample", "--table", "phases", "--columns", "phase,size", "-o", path).code == 0
    assert path.read_text().splitlines() == ["phase,size", "2006,5", "2010,6", "2017,4"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--columns", "report,likes"), "no column 'likes' in the table reports; there are report, date, "),
        (("--columns", "report", "-o", "a.json"), "--columns: a .json file has all columns"),
        (("--table", "lines"), "Invalid value for '--table'"),
    ],
)
def test_what_there_is_not(litany: Run, arguments: tuple[str, ...], message: str) -> None:
    ran = litany("measure", "sample", "--quiet", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.error.startswith(message)


def test_a_share_says_none_and_all_only_where_that_is_true(sample: Comparison) -> None:
    for row in measuring.TABLES["reports"].rows(sample):
        for name in ("boilerplate", "stickiness", "sim_min_edit", "shared"):
            assert row[name] is None or 0 <= row[name] <= 1
        assert row["edited_low"] is None or row["edited_low"] <= row["edited"] <= row["edited_high"]


def test_figures_stay_as_they_are_when_reports_come_in_another_order() -> None:
    texts = {"2001": "The lamp was lit at dusk.", "2002": "The lamp was lit at dawn.", "2003": "Rain fell, and hail."}
    turned = dict(reversed(texts.items()))
    one, other = (measuring.measure_document(compare(from_texts(t))) for t in (texts, turned))
    assert one == other
