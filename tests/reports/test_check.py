"""`litany check` on the command line: which reports, which exit code, what is known, what is refused."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from litany.reports import tables

Run = Callable[..., Any]


def text(year: int, weekday: str) -> str:
    return (
        f"The lamp was lit on {weekday}, 17 October {year}.\n\nThe band played and the rain held off until the tea.\n"
    )


WEEKDAYS = {2014: "Friday", 2015: "Saturday", 2016: "Monday", 2017: "Tuesday"}


@pytest.fixture
def series(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with four reports and no slip, the working directory beside it."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for year, weekday in WEEKDAYS.items():
        (folder / f"{year}-10-17.md").write_text(text(year, weekday))
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def slip(series: Path) -> Path:
    """The same with a slip in a fifth."""
    (series / "2018-10-17.md").write_text(text(2018, "Tuesday"))
    return series


def rules(out: str) -> list[tuple[str, str]]:
    document = json.loads(out)
    Draft202012Validator(tables.schema("check")).validate(document)
    return [(one["report"], one["rule"]) for one in document["findings"]]


def test_the_latest_report_by_default(litany: Run, slip: Path) -> None:
    ran = litany("check", slip)
    assert ran.code == 1
    assert ran.out.splitlines()[0].endswith(": error: 17 October 2018 is a Wednesday, not a Tuesday [weekday]")
    assert ran.out.splitlines()[-1] == "1 error in the report of 2018"
    (slip / "2018-10-17.md").write_text(text(2018, "Wednesday"))
    mended = litany("check", slip)
    assert (mended.code, mended.out) == (0, "nothing found in the report of 2018\n")


def test_only_what_is_asked_for(litany: Run, slip: Path) -> None:
    assert litany("check", slip, "--new", "2017").code == 0
    assert litany("check", slip, "--new", "2018", "--new", "2017").code == 1
    assert litany("check", slip, "--new", slip / "2018-10-17.md").code == 1
    assert json.loads(litany("check", slip, "--all", "--format", "json").out)["checked"] == [
        "2014", "2015", "2016", "2017", "2018"
    ]  # fmt: skip


def test_a_file_outside_the_source_joins_the_series(litany: Run, series: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft-2018-10-17.md"
    draft.write_text(text(2018, "Tuesday"))
    ran = litany("check", series, "--new", draft, "--format", "json")
    assert ran.code == 1
    assert rules(ran.out) == [("2018", "weekday")]
    assert litany("check", series).code == 0, "without --new it is no part of the series"


def test_a_file_joins_a_compilation(litany: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    parts = [
        f"## The notice ({day} October {year})\n\n{text(year, WEEKDAYS[year])}" for year in WEEKDAYS for day in (17,)
    ]
    Path("all.md").write_text("# All notices\n\n" + "\n".join(parts))
    Path("2018-10-17.md").write_text(text(2018, "Tuesday"))
    ran = litany("check", "all.md", "--new", "2018-10-17.md", "--format", "json")
    assert json.loads(ran.out)["checked"] == ["2018"]
    assert rules(ran.out) == [("2018", "weekday")]


def test_a_new_file_without_a_date_does_not_pass_unseen(litany: Run, series: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text("It was cold.\n")
    ran = litany("check", series, "--new", "draft.md", "--format", "json")
    assert ran.code == 1
    assert rules(ran.out) == [("", "unread")]
    (series / "note.txt").write_text("It was cold.\n")
    assert litany("check", series).code == 1
    assert litany("check", series, "--new", "2017").code == 0, "other files were asked for"


@pytest.mark.parametrize(("fail_on", "code"), [(None, 1), ("error", 1), ("note", 1)])
def test_fail_on(litany: Run, slip: Path, fail_on: str | None, code: int) -> None:
    options = [] if fail_on is None else ["--fail-on", fail_on]
    assert litany("check", slip, *options).code == code
    assert litany("check", slip, *options, "--exit-zero").code == 0


def test_a_severity_from_the_settings_decides(litany: Run, slip: Path) -> None:
    (slip / "litany.toml").write_text('[check.weekday]\nseverity = "warning"\n')
    assert litany("check", slip).code == 0
    assert litany("check", slip, "--fail-on", "warning").code == 1
    (slip / "litany.toml").write_text('[check]\nfail-on = "warning"\n[check.weekday]\nseverity = "warning"\n')
    assert litany("check", slip).code == 1
    (slip / "litany.toml").write_text('[check.weekday]\nseverity = "off"\n')
    assert litany("check", slip, "--fail-on", "note").code == 0


def test_settings_in_pyproject(litany: Run, slip: Path, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.litany.check.weekday]\nseverity = "note"\n')
    assert litany("check", slip).code == 0


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('[check]\nfail_on = "error"\n', "litany.toml:2: unknown key 'fail_on' in check; did you mean 'fail-on'?"),
        ("[check.weekdays]\n", "litany.toml:1: unknown key 'weekdays' in check; did you mean 'weekday'?"),
        ("[check.size]\ntime = 2\n", "litany.toml:2: unknown key 'time' for size; did you mean 'times'?"),
        ('[check.size]\ntimes = "two"\n', "litany.toml:2: times must be of the kind"),
        ('[check]\nfail-on = "never"\n', "litany.toml:2: fail-on must be error, warning or note"),
        ('[check.size]\nseverity = "low"\n', "litany.toml:2: severity must be error, warning, note or off"),
        ("check = 3\n", "litany.toml:1: check must be a table"),
        ("[check]\nweekday = 3\n", "litany.toml:2: weekday must be a table"),
        ('[[check.ignore]]\nrule = "weekday"\nreason = " "\n', "say why weekday is ignored"),
        ('[[check.ignore]]\nrule = "weekdy"\nreason = "so"\n', "did you mean 'weekday'"),
    ],
)
def test_settings_that_cannot_be(litany: Run, series: Path, settings: str, said: str) -> None:
    (series / "litany.toml").write_text(settings)
    ran = litany("check", series)
    assert ran.code == 2
    assert said in ran.error


def test_findings_are_ignored_by_the_settings_with_a_reason(litany: Run, slip: Path) -> None:
    (slip / "litany.toml").write_text(
        '[[check.ignore]]\nrule = "weekday"\nreport = "2018"\nreason = "an old almanac"\n'
    )
    ran = litany("check", slip)
    assert ran.code == 0
    assert ran.out == "nothing found in the report of 2018, 1 ignored\n"
    (slip / "litany.toml").write_text(
        '[[check.ignore]]\nrule = "weekday"\nreport = "2017"\nreason = "an old almanac"\n'
    )
    assert litany("check", slip).code == 1


def test_an_option_of_a_rule(litany: Run, series: Path) -> None:
    (series / "litany.toml").write_text('[check.required-passage]\ntexts = ["Not audited."]\n')
    ran = litany("check", series)
    assert "a required passage is missing" in ran.out
    assert ran.code == 1


# -- the baseline -----------------------------------------------------------------------------------------------------


def test_a_baseline_knows_findings_whatever_line_they_stand_in(litany: Run, slip: Path, tmp_path: Path) -> None:
    assert litany("check", slip, "--all", "--write-baseline", "known.json").code == 0
    ran = litany("check", slip, "--all", "--baseline", "known.json")
    assert (ran.code, ran.out) == (0, "nothing found in 5 reports, 1 known from the baseline\n")
    report = slip / "2018-10-17.md"
    report.write_text(f"It was a cold night on the whole of the coast.\n\n{report.read_text()}")
    assert litany("check", slip, "--baseline", "known.json").code == 0
    (slip / "litany.toml").write_text('[check]\nbaseline = "known.json"\n')
    assert litany("check", slip).code == 0
    report.write_text(text(2018, "Wednesday"))
    mended = litany("check", slip)
    assert mended.code == 0
    assert "the baseline has what is no longer found: 2018: weekday: 17 October 2018" in mended.err


@pytest.mark.parametrize("content", ["", "[]", '{"schema": "litany/check/1", "findings": []}', "\xff"])
def test_a_file_that_is_no_baseline(litany: Run, series: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "known.json").write_text(content)
    assert "is no baseline" in litany("check", series, "--baseline", "known.json").error
    assert "cannot be read" in litany("check", series, "--baseline", "other.json").error


# -- forms and files --------------------------------------------------------------------------------------------------


def test_several_forms_at_once(litany: Run, slip: Path, tmp_path: Path) -> None:
    ran = litany(
        "check", slip, "--format", "sarif", "-o", "x.out", "--format=junit", "--output=y.out", "-oz.json",
        "--format", "github",
    )  # fmt: skip
    assert ran.code == 1
    assert json.loads(Path("x.out").read_text())["version"] == "2.1.0"
    assert Path("y.out").read_bytes().startswith(b"<?xml")
    assert rules(Path("z.json").read_text()) == [("2018", "weekday")]
    assert ran.out.startswith("::error ")


def test_forms_that_do_not_go_together(litany: Run, series: Path) -> None:
    assert "only one format" in litany("check", series, "--format", "text", "--format", "json").error
    assert "put --format before it" in litany("check", series, "-o", "x.odt").error
    assert "exclude each other" in litany("check", series, "--all", "--new", "2017").error
    assert "is no report" in litany("check", series, "--new", "1999").error


# -- git --------------------------------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> str:
    names = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    return subprocess.run(["git", "-C", folder, *names, *arguments], check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(series: Path) -> Path:
    git(series, "init", "-q", "-b", "main")
    git(series, "add", ".")
    git(series, "commit", "-qm", "reports")
    return series


def checked(ran: Any) -> list[str]:
    return json.loads(ran.out)["checked"]


def test_since_takes_what_changed(litany: Run, repository: Path) -> None:
    since = ("check", repository, "--since", "HEAD", "--format", "json")
    nothing = litany(*since)
    assert (nothing.code, checked(nothing)) == (0, [])
    assert "no report changed since HEAD" in nothing.err
    (repository / "2018-10-17.md").write_text(text(2018, "Tuesday"))  # not even added yet
    (repository / "2015-10-17.md").write_text(text(2015, "Sunday"))
    ran = litany(*since)
    assert checked(ran) == ["2015", "2018"]
    assert rules(ran.out) == [("2015", "weekday"), ("2018", "weekday")]
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "more")
    assert checked(litany(*since)) == []
    assert checked(litany("check", repository, "--since", "HEAD~1", "--format", "json")) == ["2015", "2018"]


def test_since_in_a_compilation_takes_the_reports_whose_lines_changed(litany: Run, tmp_path: Path) -> None:
    parts = {year: f"## The notice (17 October {year})\n\n{text(year, day)}" for year, day in WEEKDAYS.items()}
    book = tmp_path / "book.md"
    book.write_text("\n".join(parts.values()))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "book")
    book.write_text("\n".join({**parts, 2015: parts[2015].replace("rain", "hail")}.values()))
    assert checked(litany("check", book, "--since", "HEAD", "--format", "json")) == ["2015"]


def test_since_what_there_is_not(litany: Run, repository: Path, tmp_path: Path) -> None:
    assert "fetch-depth: 0" in litany("check", repository, "--since", "no-such-revision").error
    assert "--since --output=x" in litany("check", repository, "--since=--output=x").error
    assert not (tmp_path / "x").exists()


def test_since_without_a_repository(litany: Run, series: Path) -> None:
    assert "--since HEAD" in litany("check", series, "--since", "HEAD").error
    assert "is no file of a git repository" in litany("check", "sample", "--since", "HEAD", "--quiet").error
