"""Whole runs of the command line over folders made for them: results, notes, errors, exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

Run = Callable[..., Any]
LITANY = Path(sys.executable).with_name("litany")

TEXTS = {
    "2004": "The lamp was lit at seven. The company stood on the mole.\n\nThe band played. Rain held off.",
    "2005": "The lamp was lit at eight. The company stood on the mole.\n\nThe band played. Rain held off.",
    "2007": "The band played. Rain held off.\n\nThe lamp was lit at seven. The company stood on the quay.",
    "2008": "Nothing here resembles whatever came before; each word differs entirely.",
}


@pytest.fixture
def series(tmp_path: Path) -> Path:
    """A folder with four reports: 2007 from 2004 with its paragraphs swapped, 2008 from nothing."""
    folder = tmp_path / "series"
    folder.mkdir()
    for year, text in TEXTS.items():
        (folder / f"{year}.md").write_text(text + "\n")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def validated(text: str | bytes, name: str) -> Any:
    """The JSON document, which must fit the schema that ships with litany."""
    document = json.loads(text)
    schema = json.loads(resources.files("litany.reports.schemas").joinpath(f"{name}.json").read_text())
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)
    assert document["schema"] == f"litany/{name}/1"
    return document


# -- results ----------------------------------------------------------------------------------------------------------


def test_report(litany: Run, series: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = litany("report", series, "-o", out)
    assert ran.code == 0
    assert ran.out == ""
    assert f"litany: wrote {out}/index.html: 4 reports" in ran.err
    assert "index.html" in files(out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "series"]


def test_report_again_replaces_what_it_wrote_and_keeps_what_is_ours(litany: Run, series: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    litany("report", series, "-o", out)
    (out / "mine.txt").write_text("mine")
    before = files(out)
    (series / "2008.md").unlink()
    assert litany("report", series, "-o", out).code == 0
    after = files(out)
    assert after["mine.txt"] == b"mine"
    assert set(after) < set(before)
    assert after["index.html"] != before["index.html"]


@pytest.mark.parametrize(
    ("ending", "start"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF"), (".csv", b""), (".json", b"{")]
)
def test_heatmap(litany: Run, series: Path, tmp_path: Path, ending: str, start: bytes) -> None:
    out = tmp_path / f"map{ending}"
    ran = litany("heatmap", series, "-o", out)
    assert (ran.code, ran.out) == (0, "")
    assert out.read_bytes().lstrip(b"\xef\xbb\xbf").startswith(start)


def test_the_heatmap_among_the_charts_takes_its_measure_and_order(litany: Run, series: Path, tmp_path: Path) -> None:
    ran = litany(
        "chart", series, "--kind", "heatmap", "--measure", "reuse", "--order", "clustered", "-o", tmp_path / "a.csv"
    )
    assert ran.code == 0, ran.err
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text())))
    assert sorted(rows[0][1:]) == sorted(TEXTS)
    assert rows[0][1:] == [row[0] for row in rows[1:]] != sorted(TEXTS), "similar reports stand side by side"
    ran = litany("chart", series, "--kind", "shares", "--order", "time", "-o", tmp_path / "b.csv")
    assert (ran.code, "--order is for --kind heatmap, not shares" in ran.err) == (2, True)


def test_heatmap_as_json_is_the_matrix(litany: Run, series: Path, tmp_path: Path) -> None:
    litany("heatmap", series, "--measure", "jaccard", "-o", tmp_path / "a.json")
    document = validated((tmp_path / "a.json").read_bytes(), "heatmap")
    assert document["labels"] == list(TEXTS)
    assert document["measure"] == "jaccard"
    assert [row[k] for k, row in enumerate(document["matrix"])] == [1, 1, 1, 1]


def test_diff_in_the_terminal(litany: Run, series: Path) -> None:
    ran = litany("diff", series, "2005", "--quiet")
    assert (ran.code, ran.err) == (0, "")
    assert "2004 -> 2005" in ran.out
    assert "lit at [-seven-] {+eight+}." in " ".join(ran.out.split())
    assert "\x1b" not in ran.out


def test_diff_takes_the_main_source(litany: Run, series: Path) -> None:
    assert "2004 -> 2007" in litany("diff", series, "2007").out
    assert "2005 -> 2007" in litany("diff", series, "2005", "2007").out
    assert "2007 -> 2005" in litany("diff", series, "2007", "2005").out


def test_diff_shows_a_move_at_both_places(litany: Run, series: Path) -> None:
    shown = " ".join(litany("diff", series, "2007").out.split())
    assert "[moved from here (1): " in shown
    assert "[moved here (1): " in shown


def test_diff_of_a_report_without_a_source(litany: Run, series: Path) -> None:
    ran = litany("diff", series, "2008", "--quiet")
    assert ran.code == 0
    assert "2007 -> 2008" in ran.out
    assert "main source of 2008: none" in ran.out
    first = litany("diff", series, "2004", "--quiet")
    assert (first.code, first.out) == (2, "")
    assert first.error == "2004 is the first report: there is no earlier one to compare it with"


def test_blame_names_the_source_of_each_sentence(litany: Run, series: Path, tmp_path: Path) -> None:
    shown = litany("blame", series, "2007", "--quiet").out
    assert "its words were copied from" in shown
    assert litany("blame", series, "2007", "-o", str(tmp_path / "blame.json")).code == 0
    document = json.loads((tmp_path / "blame.json").read_text())
    assert [report["id"] for report in document["reports"]] == ["2007"]
    everything = json.loads(litany("blame", series, "--words", "--format", "json", "--quiet").out)
    assert len(everything["reports"]) > 1
    assert "words" in everything["reports"][0]["sentences"][0]


def test_log_follows_a_sentence(litany: Run, series: Path) -> None:
    first = json.loads(litany("blame", series, "--format", "json", "--quiet").out)["reports"][0]["sentences"][0]["text"]
    assert "first seen" in litany("log", series, first, "--quiet").out
    assert json.loads(litany("log", series, first, "--format", "json", "--quiet").out)["contained"] == 1
    ran = litany("log", series, "qwertz uiop asdf", "--quiet")
    assert (ran.code, ran.out) == (2, "")
    assert "the nearest is" in ran.error


def test_diff_of_a_report_that_is_not_there(litany: Run, series: Path) -> None:
    ran = litany("diff", series, "2006", "--quiet")
    assert (ran.code, ran.out) == (2, "")
    assert ran.error == "'2006' is no report of this series; name one of: 2004, 2005, 2007, 2008"


def test_diff_of_a_report_with_itself_folds_everything(litany: Run, series: Path) -> None:
    shown = litany("diff", series, "2004", "2004").out
    assert "0 changes" in shown
    assert shown.endswith("\n... 2 paragraphs unchanged ...\n")


def test_diff_context_and_all(litany: Run, series: Path) -> None:
    assert "... 1 paragraph unchanged ..." in litany("diff", series, "2005", "--context", "0").out
    for options in ([], ["--all"], ["--context", "0", "--all"]):
        shown = litany("diff", series, "2005", *options).out
        assert "Rain held off." in shown
        assert "unchanged ..." not in shown


@pytest.mark.parametrize(
    ("form", "ending", "start"),
    [("markdown", ".md", "### "), ("html", ".html", "<!doctype html"), ("json", ".json", "{"), ("text", ".txt", "")],
)
def test_diff_formats(litany: Run, series: Path, tmp_path: Path, form: str, ending: str, start: str) -> None:
    shown = litany("diff", series, "2005", "--format", form).out
    assert shown.lower().startswith(start)
    litany("diff", series, "2005", "-o", tmp_path / f"a{ending}")
    assert (tmp_path / f"a{ending}").read_text() == shown
    assert litany("diff", series, "2005", "--format", form, "-o", "-").out == shown


def test_diff_as_json_tiles_both_reports(litany: Run, series: Path) -> None:
    document = validated(litany("diff", series, "2007", "--format", "json", "--quiet").out, "diff")
    assert "".join(step["old"] for step in document["operations"]) == TEXTS["2004"]
    assert "".join(step["new"] for step in document["operations"]) == TEXTS["2007"]


@pytest.mark.parametrize(
    ("options", "environment", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours(
    litany: Run,
    series: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    environment: dict[str, str],
    colored: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    shown = litany("diff", series, "2005", *options).out
    assert ("\x1b[" in shown) == colored
    assert ("[-seven-]" in shown) != colored


def test_measure_in_the_terminal(litany: Run, series: Path) -> None:
    ran = litany("measure", series, "--quiet")
    assert (ran.code, ran.err) == (0, "")
    for year in TEXTS:
        assert year in ran.out


def test_measure_as_json_and_csv(litany: Run, series: Path, tmp_path: Path) -> None:
    litany("measure", series, "-o", tmp_path / "a.json")
    litany("measure", series, "-o", tmp_path / "a.csv")
    rows = validated((tmp_path / "a.json").read_bytes(), "measure")["rows"]
    assert [row["report"] for row in rows] == list(TEXTS)
    assert [row["main_source"] for row in rows] == [None, "2004", "2004", None]
    table = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"))))
    assert [row["report"] for row in table] == list(TEXTS)


def test_measure_as_parquet(litany: Run, series: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    assert litany("measure", series, "-o", tmp_path / "a.parquet").code == 0
    litany("measure", series, "-o", tmp_path / "a.json")
    table, document = parquet.read_table(tmp_path / "a.parquet"), json.loads((tmp_path / "a.json").read_bytes())
    assert table.to_pylist() == document["rows"]
    assert table.schema.metadata[b"schema"] == b"litany/measure/1"
    assert json.loads(table.schema.metadata[b"settings"]) == document["settings"]


def test_parquet_without_pyarrow_names_the_install_command(
    litany: Run, series: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = litany("measure", series, "-o", tmp_path / "a.parquet", "--quiet")
    assert (ran.code, ran.error.partition("; ")[2]) == (2, "pip install 'litany[arrow]', or name a .csv")
    assert not (tmp_path / "a.parquet").exists()


def test_a_series_of_one_report(litany: Run, tmp_path: Path) -> None:
    (tmp_path / "2004.md").write_text("Word\n")
    assert litany("report", tmp_path / "2004.md", "-o", tmp_path / "out").err.endswith("index.html: 1 report\n")
    assert litany("blame", tmp_path / "2004.md", "--quiet").out.startswith(f"2004, {tmp_path}/2004.md:1\n")


@pytest.mark.parametrize("command", ["report", "split", "measure", "diff", "heatmap", "blame"])
def test_a_file_name_that_is_not_utf_8(litany: Run, tmp_path: Path, command: str) -> None:
    folder = tmp_path / os.fsdecode(b"s\xff")
    folder.mkdir()
    for year, text in TEXTS.items():
        (folder / os.fsdecode(f"{year} caf".encode() + b"\xe9 au lait.txt")).write_text(text)
    out = tmp_path / {"report": "out", "split": "out", "measure": "a.csv"}.get(command, "a.json")
    ran = litany(command, folder, *(["2005"] if command == "diff" else []), "-o", out, "--quiet")
    assert (ran.code, ran.err) == (0, "")
    for path in [out] if out.is_file() else out.rglob("*.*"):
        if path.suffix != ".docx":  # a zip file
            path.read_text("utf-8")


def test_split_of_a_compilation(litany: Run, tmp_path: Path) -> None:
    parts = [f"# The report of {year} (20 January {year})\n\n{text}\n" for year, text in TEXTS.items()]
    (tmp_path / "all.md").write_text("\n".join(parts))
    ran = litany("split", tmp_path / "all.md", "-o", tmp_path / "out")
    assert ran.code == 0
    document = validated((tmp_path / "out" / "series.json").read_bytes(), "split")
    assert [report["id"] for report in document["reports"]] == list(TEXTS)
    assert document["missing"] == ["2006"]
    for report in document["reports"]:
        text = (tmp_path / "out" / report["file"]).read_text()
        assert TEXTS[report["id"]] in text


def test_several_paths_a_pattern_and_a_folder_are_the_same_series(
    litany: Run, series: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(series)
    one = litany("measure", ".", "--name", "S", "--quiet").out
    assert litany("measure", "*.md", "--name", "S", "--quiet").out == one
    assert litany("measure", *sorted(os.listdir("."), reverse=True), "--name", "S", "--quiet").out == one


# -- notes ------------------------------------------------------------------------------------------------------------


def test_notes_go_to_stderr_a_line_each(litany: Run, series: Path) -> None:
    (series / "undated.md").write_text("No date stands anywhere in this text.\n")
    ran = litany("measure", series)
    lines = ran.err.splitlines()
    assert all(line.startswith("litany: note: ") for line in lines)
    assert any("undated.md: skipped: " in line and "--date" in line for line in lines)
    assert any("2006" in line for line in lines)
    quiet = litany("measure", series, "--quiet")
    assert (quiet.err, quiet.out) == ("", ran.out)


def test_a_date_from_the_command_line(litany: Run, series: Path) -> None:
    (series / "undated.md").write_text("No date stands anywhere in this text.\n")
    ran = litany("measure", series, "--date", "undated.md=2025-01-18", "--quiet")
    assert "2025" in ran.out


# -- settings ---------------------------------------------------------------------------------------------------------


def test_settings_of_the_sources_folder(litany: Run, series: Path, tmp_path: Path) -> None:
    (series / "undated.md").write_text("No date stands anywhere in this text.\n")
    settings = 'name = "Lamp Night"\nmeasure = "edit"\n[dates]\n"undated.md" = 2025-01-18\n'
    (series.parent / "litany.toml").write_text(settings)
    litany("heatmap", series, "-o", tmp_path / "a.json")
    document = json.loads((tmp_path / "a.json").read_bytes())
    assert (document["measure"], document["labels"][-1]) == ("edit", "2025")
    assert "series: Lamp Night\n" in litany("diff", series, "2005").out
    assert "series: Other\n" in litany("diff", series, "2005", "--name", "Other").out


def test_settings_in_pyproject(litany: Run, series: Path, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.litany]\nname = "Lamp Night"\n')
    (series / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert "series: Lamp Night\n" in litany("diff", series, "2005").out
    assert "series: Lamp Night\n" in litany("diff", series / "*.md", "2005").out


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("litany.toml", b'name = "a"\nname =\n', ":2: is not TOML: "),
        ("litany.toml", b'name = "a"\nmeasur = "edit"\n', ":2: unknown key 'measur'; did you mean 'measure'?"),
        (
            "litany.toml",
            b"\nxyzzy = 1\n",
            ":2: unknown key 'xyzzy'; there are name, dates, measure, likeness, shingle, context",
        ),
        (
            "litany.toml",
            b'name = "a"\n\nmeasure = "cosine"\n',
            ":3: measure must be tfidf, jaccard, containment, edit or reuse, in quotes",
        ),
        ("litany.toml", b"name = 7\n", ":1: name must be text in quotes"),
        ("litany.toml", b"context = -1\n", ":1: context must be a whole number, 0 or more"),
        ("litany.toml", b"[dates]\na = [1]\n", ":1: dates must be a table of file names and dates, such as "),
        ("litany.toml", b"likeness = 3\n", ":1: likeness must be a number from 0 to 1"),
        ("litany.toml", b"likeness = nan\n", ":1: likeness must be a number from 0 to 1"),
        ("litany.toml", b"shingle = 0\n", ":1: shingle must be a whole number, 1 or more"),
        (
            "litany.toml",
            b'[dates]\n"a.md" = "soon"\n',
            ":2: 'soon' is no date; write it as 2004, 2004-03 or 2004-01-20",
        ),
        ("litany.toml", b'name = "\xff"\n', ": is not UTF-8; save it as UTF-8"),
        ("pyproject.toml", b"[tool.litany]\nname = 7\n", ":2: name must be text in quotes"),
        ("pyproject.toml", b'[x]\ncontxt = 1\n[tool.litany]\ncontxt = "a"\n', ":4: unknown key 'contxt'"),
        ("pyproject.toml", b"[tool]\nlitany = 3\n", ": [tool.litany] is not a table"),
    ],
)
def test_broken_settings(litany: Run, series: Path, tmp_path: Path, name: str, content: bytes, error: str) -> None:
    (series / name).write_bytes(content)
    ran = litany("report", series, "-o", tmp_path / "out")
    assert ran.code == 2
    assert ran.error.startswith(f"{series / name}{error}")
    assert not (tmp_path / "out").exists()


def test_a_date_of_another_series_in_the_settings(litany: Run, series: Path) -> None:
    (series.parent / "litany.toml").write_text('[dates]\n"2005.md" = 2011\n"of-another-series.md" = 2019\n')
    ran = litany("measure", series, "--quiet")
    assert ran.code == 0
    assert "2011" in ran.out
    assert "2019" not in ran.out
    assert ran.err == ""


def test_a_misspelled_file_among_the_dates_is_told(litany: Run, series: Path) -> None:
    (series.parent / "litany.toml").write_text('[dates]\n"2005.md" = 2011\n"2006.markdown" = 2019\n')
    ran = litany("measure", series)
    assert ran.code == 0
    place = series.parent / "litany.toml"
    assert f"note: {place}:3: [dates] has '2006.markdown', not among the files read here; mend the name" in ran.err
    assert "2005.md" not in ran.err
    (series.parent / "litany.toml").write_text("[dates]\n" + "".join(f'"{k}.txt" = 2011\n' for k in range(30)))
    assert "'4.txt' and 25 more, not among" in litany("measure", series).err


def test_settings_that_are_not_there(litany: Run, series: Path) -> None:
    ran = litany("measure", series, "--config", series / "none.toml")
    assert ran.code == 2
    assert ran.error == f"{series}/none.toml: cannot be read: no such file or directory; name another with --config"


# -- bad input --------------------------------------------------------------------------------------------------------


def no_such_path(_: Path) -> str:
    return "nowhere"


def an_empty_folder(folder: Path) -> str:
    (folder / "empty").mkdir()
    return "empty"


def an_empty_file(folder: Path) -> str:
    (folder / "2004.md").write_bytes(b"")
    return "2004.md"


def no_words(folder: Path) -> str:
    (folder / "2004.md").write_text("* * *\n\n---\n\n...\n")
    return "2004.md"


def binary(folder: Path) -> str:
    (folder / "2004.md").write_bytes(bytes(range(256)) * 8)
    return "2004.md"


def no_dates(folder: Path) -> str:
    (folder / "plain").mkdir()
    (folder / "plain" / "a.md").write_text("Nobody says when.\n")
    (folder / "plain" / "b.md").write_text("Nobody says when here either.\n")
    return "plain"


def no_date_in_a_file(folder: Path) -> str:
    (folder / "plain.md").write_text("Nobody says when.\n")
    return "plain.md"


def one_date_twice(folder: Path) -> str:
    (folder / "twice").mkdir()
    (folder / "twice" / "2004-01-20 a.md").write_text("One text.\n")
    (folder / "twice" / "2004-01-20 b.md").write_text("Another text.\n")
    return "twice"


@pytest.mark.parametrize(
    ("make", "named", "remedy"),
    [
        (no_such_path, "nowhere", "no such"),
        (an_empty_folder, "empty", ""),
        (an_empty_file, "2004.md", "empty"),
        (no_words, "2004.md", "no word"),
        (binary, "2004.md", ""),
        (no_dates, "plain", "--date"),
        (no_date_in_a_file, "plain.md", "--date plain.md="),
        (one_date_twice, "2004-01-20 b.md", "2004-01-20 a.md"),
    ],
)
@pytest.mark.parametrize("command", ["report", "split"])
def test_bad_input_is_one_line(
    litany: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Path], str],
    named: str,
    remedy: str,
    command: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = litany(command, make(tmp_path), "-o", "out", "--quiet")
    assert (ran.code, ran.out) == (2, "")
    assert named in ran.error
    assert remedy in ran.error.lower()
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["heatmap", "S", "-o", "a.gif"], "-o a.gif: the name must end in .png, .svg, .pdf, .csv or .json"),
        (["heatmap", "S", "-o", "a"], "-o a: the name must end in .png, .svg, .pdf, .csv or .json"),
        (["measure", "S", "-o", "a.xls"], "-o a.xls: the name must end in .csv, .json or .parquet"),
        (["diff", "S", "2005", "-o", "a.doc"], "-o a.doc: the name must end in .txt, .html, .htm, .md, .docx or .json"),
        (["diff", "S", "a", "b", "2005"], "diff takes SOURCE [OLD] NEW, not 4 names; put a pattern in quotes"),
        (["measure", "S", "--date", "a"], "--date a: write it as FILE=DATE, like --date report.txt=2025-01-18"),
        (["report", "S", "-o", ""], "-o '': names no file or folder; name one, or '.' for this folder"),
        (["measure", "S", "-o", ""], "-o '': names no file or folder"),
        (["report", "x" * 300, "-o", "out"], f"{'x' * 300}: "),
        (["measure"], "Missing argument 'SOURCE...'; see litany measure --help"),
        (["report", "S"], "Missing option '-o' / '--output'; see litany report --help"),
        (["diff", "S", "2005", "--context", "-1"], "Invalid value for '--context'"),
        (["heatmap", "S", "-o", "a.svg", "--measure", "cosine"], "Invalid value for '--measure': 'cosine' is not"),
        (["nonsense"], "No such command 'nonsense'; see litany --help"),
        (["report", "S", "-o", "file"], "file: is a file; name a folder"),
        (["report", "S", "-o", "file/out"], "/file: is a file; name a folder"),
        (["heatmap", "S", "-o", "nowhere/a.csv"], "nowhere/a.csv: there is no folder "),
        (["heatmap", "S", "-o", "S.csv"], "S.csv: is a folder; name a file"),
        (["measure", "S", "--name", "x", "--date", "2004.md=yesterdayish"], "yesterdayish"),
    ],
)
def test_wrong_use_is_one_line(
    litany: Run, series: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], error: str
) -> None:
    monkeypatch.chdir(series.parent)
    Path("file").write_text("old")
    Path("S.csv").mkdir()
    before = sorted(os.listdir("."))
    ran = litany(*(str(series) if argument == "S" else argument for argument in arguments), "--quiet")
    assert (ran.code, ran.out) == (2, "")
    assert error in ran.error
    assert sorted(os.listdir(".")) == before


def test_no_command_shows_the_help(litany: Run) -> None:
    ran = litany()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: litany ")


# -- what goes wrong on the way ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (ZeroDivisionError("division by zero"), 2, "unexpected ZeroDivisionError: division by zero (a bug in litany"),
        (RuntimeError("two\nlines \x1b[31m"), 2, "unexpected RuntimeError: two lines \\x1b[31m (a bug in litany"),
        (AssertionError(), 2, "unexpected AssertionError (a bug in litany, please report it; LITANY_DEBUG=1 shows"),
        (RecursionError("too deep"), 2, "unexpected RecursionError: too deep"),
        (MemoryError(), 2, "out of memory; try fewer or shorter reports"),
        (KeyboardInterrupt(), 130, "interrupted; the old output is as it was"),
    ],
)
def test_the_unexpected_is_one_line_too(
    litany: Run,
    series: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
    line: str,
) -> None:
    def fail(_: object, **_options: object) -> None:
        raise error

    out = tmp_path / "out"
    litany("report", series, "-o", out)
    before = files(out)
    monkeypatch.setattr("litany.reports.html.pages", fail)
    ran = litany("report", series, "-o", out, "--quiet")
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.strip().splitlines()[-1].startswith(f"litany: error: {line}")
    assert files(out) == before


def test_debugging_shows_where(litany: Run, series: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITANY_DEBUG", "1")
    ran = litany("diff", series, "1066", "--quiet")
    assert ran.code == 2
    assert "Traceback" in ran.err
    assert ran.err.splitlines()[-1].startswith("litany: error: '1066' is no report")


def test_texts_cannot_command_the_terminal(litany: Run, tmp_path: Path) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"
    folder = tmp_path / "series"
    folder.mkdir()
    for year in ("2004", "2005"):
        text = f"# A {evil} title of {year}\n\nThe lamp {evil} was lit in {year}.\n"
        (folder / f"{year} \x1b[31mred.md").write_text(text)
    (folder / "\x1b[2Jundated.md").write_text("When?\n")
    for arguments in (
        ["diff", folder, "2004", "2005"],
        ["diff", folder, "2004", "2005", "--format", "markdown"],
        ["measure", folder],
        ["measure", folder, "--name", evil],
        ["diff", folder, "\x1b[2J"],
        ["measure", "\x1b[2J"],
        ["\x1b[2J"],
    ):
        ran = litany(*arguments)
        assert not set("\x1b\x07\x9b\u202e") & set(ran.out + ran.err), arguments


# -- real processes ---------------------------------------------------------------------------------------------------


def process(*arguments: str | Path, environment: dict[str, str] | None = None, **options: Any) -> Any:
    return subprocess.run(
        [LITANY, *arguments], capture_output=True, env={**os.environ, **(environment or {})}, check=False, **options
    )


def test_what_the_terminal_cannot_print_does_not_stop_it(series: Path) -> None:
    (series / "2005.md").write_text("The lamp – “lit” at 八時 \U0001f4a1.\n")
    ran = process(
        "diff", series, "2004", "2005", environment={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    )
    assert ran.returncode == 0, ran.err
    assert b"\\u516b" in ran.stdout


def test_a_pipe_that_nobody_reads_is_quiet(series: Path) -> None:
    for form in ("text", "json"):
        command = [LITANY, "diff", series, "2005", "--quiet", "--format", form]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            running.stdout.close()
            assert running.stderr.read() == b""
        assert running.returncode == 141


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_stdout_is_one_line(series: Path) -> None:
    with open("/dev/full", "wb") as full:
        ran = subprocess.run(
            [LITANY, "diff", series, "2005", "--quiet"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ran.returncode == 2
    assert ran.stderr == b"litany: error: standard output: no space left on the device; name a file with -o\n"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_the_old_output_and_no_litter(tmp_path: Path, number: signal.Signals, code: int) -> None:
    """Interrupted while it writes: a pattern of enough reports that there is time to."""
    folder = tmp_path / "series"
    folder.mkdir()
    for year in range(1800, 1860):
        text = "".join(f"In {year} the lamp number {k} was lit by {(year * k) % 97} people.\n\n" for k in range(40))
        (folder / f"{year}.md").write_text(text)
    out = tmp_path / "out"
    out.mkdir()
    (out / "index.html").write_text("old")
    (out / ".litany.json").write_text(json.dumps({"outputs": {"report": ["index.html"]}}))
    before = files(out)
    usual = partial(signal.signal, number, signal.SIG_DFL)  # whatever runs the tests may ignore it
    command = [LITANY, "report", folder, "-o", out]
    with subprocess.Popen(command, stderr=subprocess.PIPE, cwd=tmp_path, preexec_fn=usual) as running:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob(".out.part-*")) and running.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        running.send_signal(number)
        running.wait(60)
    assert running.returncode == code
    assert files(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "series"]


def test_the_same_bytes_whatever_the_hash_seed_and_the_order(series: Path, tmp_path: Path) -> None:
    paths = sorted(series.iterdir())
    outputs: list[dict[str, bytes]] = []
    for seed, order in (("1", paths), ("2", paths[::-1])):
        folder = tmp_path / seed
        folder.mkdir()
        for arguments in (
            ["report", *order, "-o", folder / "report"],
            ["split", *order, "-o", folder / "split"],
            ["heatmap", *order, "-o", folder / "a.svg"],
            ["heatmap", *order, "-o", folder / "a.png"],
            ["heatmap", *order, "-o", folder / "a.json"],
            ["measure", *order, "-o", folder / "b.json"],
        ):
            ran = process(*arguments, environment={"PYTHONHASHSEED": seed})
            assert ran.returncode == 0, ran.err
        outputs.append(files(folder))
    assert outputs[0].keys() == outputs[1].keys()
    assert [name for name, data in outputs[0].items() if outputs[1][name] != data] == []
