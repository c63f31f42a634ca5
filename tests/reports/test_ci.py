"""What a check writes for GitHub, GitLab, code scanning and test reports, held against the rules of each."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from junitparser import Failure, JUnitXml
from litany.analysis import Settings
from litany.analysis.rules import RULES, Finding, Severity
from litany.corpus import from_texts
from litany.corpus.report import Place
from litany.reports import ci, tables
from litany.reports.check import Outcome
from litany.reports.ci import written

SARIF = json.loads((Path(__file__).parent / "sarif-2.1.0-part.json").read_text())
HOSTILE = "50 %, “a:b”\r\n::error::x | `<b>` \x1b[31m \u202e end"


def finding(number: int, severity: str = "error", message: str = "it is wrong", **more: Any) -> Finding:
    place = Place(more.pop("path", "reports/2018.md"), number + 1, 3, more.pop("end_line", number + 1), 9)
    values = {"rule": "weekday", "report": "2018", "evidence": "", **more}
    return Finding(severity=Severity(severity), place=place, message=message, fingerprint=f"{number:032x}", **values)


def outcome(*findings: Finding, fail_on: str = "error", **more: Any) -> Outcome:
    series = from_texts({"2017": "The lamp was lit.", "2018": "The lamp was lit again."}, name="Lamp Nights")
    rules = tuple(rule.id for rule in RULES)
    return Outcome(series, ("2017", "2018"), rules, findings, Severity(fail_on), **more)


def text(made: str | bytes) -> str:
    return made if isinstance(made, str) else made.decode()


def shown(form: str, what: Outcome) -> str:
    return text(written(what, form, Settings()))


# -- GitHub -----------------------------------------------------------------------------------------------------------

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def unescaped(value: str) -> str:
    """As the runner reads a value: https://github.com/actions/toolkit, packages/core/src/command.ts."""
    for code, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(code, sign)
    return value


def annotated(made: str) -> list[tuple[str, dict[str, str], str]]:
    rows: list[tuple[str, dict[str, str], str]] = []
    for line in made.splitlines():
        if line.startswith("::"):
            command = COMMAND.fullmatch(line)
            assert command, line
            pairs = dict(pair.split("=", 1) for pair in command[2].split(","))
            rows.append((command[1], {key: unescaped(value) for key, value in pairs.items()}, unescaped(command[3])))
    return rows


def test_an_annotation_says_where_and_what() -> None:
    [(kind, where, what)] = annotated(shown("github", outcome(finding(4, evidence="in 2017 it was right"))))
    assert kind == "error"
    assert where == {
        "file": "reports/2018.md", "line": "5", "endLine": "5", "col": "3", "endColumn": "8", "title": "litany weekday"
    }  # fmt: skip
    assert what == "it is wrong (in 2017 it was right)"


def test_nothing_in_a_report_ends_an_annotation_or_starts_one() -> None:
    made = shown("github", outcome(finding(4, message=HOSTILE, path="a,b:c%2C.md")))
    [(_, where, what)] = annotated(made)
    assert where["file"] == "a,b:c%2C.md"
    assert what.startswith("50 %, “a:b” ::error::x | `<b>` \\x1b[31m \\u202e end")
    assert sum(line.startswith("::") for line in made.splitlines()) == 1


def test_a_finding_of_several_lines_has_no_columns() -> None:
    [(_, where, _)] = annotated(shown("github", outcome(finding(4, end_line=9))))
    assert where["endLine"] == "9"
    assert "col" not in where


@pytest.mark.parametrize("count", [0, 1, 10, 11, 300])
def test_ten_annotations_a_step_and_how_many_more(count: int) -> None:
    found = [finding(k) for k in range(count // 2)] + [finding(k, "note") for k in range(count // 2, count)]
    rows = annotated(shown("github", outcome(*found)))
    assert len(rows) == min(count, 10)
    if count > 10:
        kept = len(rows) - 1
        assert [row[0] for row in rows[:kept]] == ["error"] * min(count // 2, kept) + ["notice"] * max(
            0, kept - count // 2
        )
        assert rows[-1][2].startswith(f"{count - kept} more: ")


def test_paths_are_those_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs" / "reports").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "docs")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    [(_, where, _)] = annotated(shown("github", outcome(finding(4))))
    assert where["file"] == "docs/reports/2018.md"


# -- Markdown ---------------------------------------------------------------------------------------------------------


def test_a_summary_is_markdown_that_a_report_cannot_break() -> None:
    made = shown("markdown", outcome(finding(4, message=HOSTILE)))
    [row] = [line for line in made.splitlines() if "error" in line and line.startswith("|")]
    assert len(re.findall(r"(?<!\\)\|", row)) == 5
    assert "<b>" not in row
    assert "## litany check: Lamp Nights" in made


def test_a_summary_stays_under_its_size() -> None:
    made = shown("markdown", outcome(*(finding(k, message="wrong " * 400) for k in range(1000))))
    assert len(made.encode()) < 1_000_000
    left = int(re.search(r"\n([\d,]+) more are left out here", made)[1].replace(",", ""))  # pyright: ignore[reportOptionalSubscript]
    assert left + made.count("❌") == 1000


# -- SARIF ------------------------------------------------------------------------------------------------------------


def sarif(what: Outcome) -> dict[str, Any]:
    log = json.loads(shown("sarif", what))
    Draft202012Validator.check_schema(SARIF)
    Draft202012Validator(SARIF).validate(log)
    return log["runs"][0]


@pytest.mark.parametrize(
    "findings", [[], [finding(4)], [finding(k, s) for k, s in enumerate(("error", "warning", "note"))]]
)
def test_sarif_fits_its_schema(findings: list[Finding]) -> None:
    run = sarif(outcome(*findings))
    assert [result["level"] for result in run["results"]] == [one.severity for one in findings]
    for result in run["results"]:
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]


def test_sarif_has_relative_uris_and_fingerprints() -> None:
    run = sarif(outcome(finding(4, path="my reports/2018 #1.md")))
    [result] = run["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "my%20reports/2018%20%231.md", "uriBaseId": "%SRCROOT%"
    }  # fmt: skip
    assert result["partialFingerprints"] == {"litany/v1": f"{4:032x}"}
    assert run["columnKind"] == "unicodeCodePoints"


def test_the_schema_refuses_what_is_no_sarif() -> None:
    log = json.loads(shown("sarif", outcome(finding(4))))
    for wrong in ({"version": "2.0.0"}, {"runs": {}}):
        assert not Draft202012Validator(SARIF).is_valid({**log, **wrong})
    del log["runs"][0]["results"][0]["message"]
    assert not Draft202012Validator(SARIF).is_valid(log)


def test_sarif_takes_25000_results_and_names_the_rest() -> None:
    log = json.loads(shown("sarif", outcome(*(finding(k) for k in range(25_003)))))
    assert len(log["runs"][0]["results"]) == 25_000
    notices = log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert "3 more findings" in notices[-1]["message"]["text"]


# -- JUnit ------------------------------------------------------------------------------------------------------------


def junit(what: Outcome) -> JUnitXml:
    document = JUnitXml.fromroot(JUnitXml.fromstring(shown("junit", what).encode())._elem)  # pyright: ignore
    assert isinstance(document, JUnitXml)
    return document


def test_junit_has_a_case_for_each_rule_and_report() -> None:
    document = junit(outcome(finding(4, message=HOSTILE), finding(5, "note"), finding(6, rule="spelling")))
    assert [suite.name for suite in document] == ["2017", "2018"]
    assert document.tests == 2 * len(RULES)
    assert document.failures == 2
    cases = {(suite.name, case.name): case for suite in document for case in suite}
    assert not cases["2017", "weekday"].result
    [failure] = cases["2018", "weekday"].result
    assert isinstance(failure, Failure)
    assert "reports/2018.md:5:3" in (failure.text or "")
    assert "reports/2018.md:6:3: note" in (cases["2018", "weekday"].system_out or ""), "a note does not fail the check"


def test_junit_names_files_that_are_no_reports() -> None:
    document = junit(outcome(finding(4, rule="unread", report="")))
    assert [suite.name for suite in document] == ["2017", "2018", "files that are no report"]


def test_junit_can_be_read_by_any_xml_parser() -> None:
    from xml.etree import ElementTree

    made = written(outcome(finding(4, message="\x00\ufffe\ud800 & <")), "junit", Settings())
    assert isinstance(made, bytes)
    assert ElementTree.parse(io.BytesIO(made)).getroot().tag == "testsuites"  # noqa: S314 - our own


# -- GitLab, JSON, text -----------------------------------------------------------------------------------------------


def test_gitlab_has_what_it_requires() -> None:
    rows = json.loads(shown("gitlab", outcome(finding(1), finding(2, "warning"), finding(3, "note"))))
    assert [row["severity"] for row in rows] == ["major", "minor", "info"]
    assert len({row["fingerprint"] for row in rows}) == 3
    for row in rows:
        assert set(row) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["location"]["path"] == "reports/2018.md"
        assert isinstance(row["location"]["lines"]["begin"], int)
    assert json.loads(shown("gitlab", outcome())) == []


def test_json_fits_its_schema() -> None:
    for what in (outcome(), outcome(finding(1), ignored=2, known=3, stale=("2017: weekday: gone",))):
        document = json.loads(shown("json", what))
        Draft202012Validator(tables.schema("check")).validate(document)
        assert list(document) == list(tables.schema("check")["properties"])
        for row in document["findings"]:
            assert list(row) == list(tables.schema("check")["properties"]["findings"]["items"]["properties"])


def test_text_is_a_line_a_finding_as_compilers_write_them() -> None:
    made = shown("text", outcome(finding(4, message=HOSTILE), finding(5, "note"), ignored=1, known=2))
    first, second, last = made.splitlines()
    assert first.startswith("reports/2018.md:5:3: error: 50 %, ")
    assert first.endswith(" [weekday]")
    assert "\x1b" not in first
    assert second == "reports/2018.md:6:3: note: it is wrong [weekday]"
    assert last == "1 error and 1 note in 2 reports, 1 ignored, 2 known from the baseline"
    assert shown("text", outcome()) == "nothing found in 2 reports\n"
    assert "\x1b[31merror\x1b[0m" in ci.check_text(outcome(finding(4)), color=True)


@pytest.mark.parametrize(("fail_on", "fails"), [("error", False), ("warning", True), ("note", True)])
def test_what_fails(fail_on: str, fails: bool) -> None:
    assert outcome(finding(1, "warning"), fail_on=fail_on).fails is fails
