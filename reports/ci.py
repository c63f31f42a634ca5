"""The outcome of a check as text, JSON, annotations of GitHub, Markdown, and for GitLab.

What a place shows at most is kept to, and what is left out is named with its number.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..analysis.rules import Finding, Severity
from .figures import count
from .tables import Document, head, json_bytes
from .terminal import one_line
from .wording import isolated, listed, plural

if TYPE_CHECKING:
    from ..analysis.settings import Settings
    from .check import Outcome

ANNOTATIONS = 10
"""GitHub shows so many annotations a step."""
SUMMARY_BYTES = 1_000_000
"""GitHub takes a job summary of 1 MiB (1,048,576 bytes) a step: a little is left for others."""
COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def written(outcome: Outcome, form: str, settings: Settings, *, to_terminal: bool = False) -> str | bytes:
    """The outcome in one of the forms."""
    match form:
        case "json":
            return json_bytes(check_document(outcome, settings))
        case "github":
            return github_text(outcome)
        case "markdown":
            return markdown_text(outcome)
        case "gitlab":
            return gitlab_bytes(outcome)
        case "sarif":
            from .sarif import sarif_bytes

            return sarif_bytes(outcome)
        case "junit":
            from .junit import junit_bytes

            return junit_bytes(outcome)
        case _:
            return check_text(outcome, color=to_terminal and _wants_color())


def _wants_color() -> bool:
    import sys

    from .terminal import wants_color

    return wants_color("auto", sys.stdout)


# -- text -------------------------------------------------------------------------------------------------------------


def check_text(outcome: Outcome, *, color: bool = False) -> str:
    """A line a finding, as compilers write them, what it rests on below it, and a summary."""
    lines = [line for finding in outcome.findings for line in _lines(finding, color)]
    return "\n".join([*lines, summary(outcome)]) + "\n"


def _lines(finding: Finding, color: bool) -> Iterator[str]:
    weight = f"\x1b[{COLORS[finding.severity]}m{finding.severity}\x1b[0m" if color else finding.severity
    yield f"{one_line(str(finding.place))}: {weight}: {isolated(one_line(finding.message))} [{finding.rule}]"
    if finding.evidence:
        yield f"    {isolated(one_line(finding.evidence))}"


def whole(finding: Finding) -> str:
    """What a finding says, and what it rests on in brackets behind it."""
    return f"{finding.message} ({finding.evidence})" if finding.evidence else finding.message


def summary(outcome: Outcome) -> str:
    """What was found, in one line."""
    counts = [(outcome.count(severity), severity.value) for severity in Severity]
    found = listed([plural(number, name, space=" ") for number, name in counts if number] or ["nothing found"])
    parts = [f"{found} in {_reports(outcome)}"]
    if outcome.ignored:
        parts.append(f"{count(outcome.ignored)} ignored")
    if outcome.known:
        parts.append(f"{count(outcome.known)} known from the baseline")
    return ", ".join(parts)


def _reports(outcome: Outcome) -> str:
    ids = outcome.reports
    if not ids:
        return "no report"
    return f"the report of {ids[0]}" if len(ids) == 1 else plural(len(ids), "report", space=" ")


# -- JSON -------------------------------------------------------------------------------------------------------------


def check_document(outcome: Outcome, settings: Settings) -> Document:
    """The findings as data."""
    return {
        **head("check", settings),
        "series": outcome.series.name,
        "checked": list(outcome.reports),
        "fail_on": outcome.fail_on.value,
        "failed": outcome.fails,
        "ignored": outcome.ignored,
        "known": outcome.known,
        "stale": list(outcome.stale),
        "findings": [finding_row(finding) for finding in outcome.findings],
    }


def finding_row(finding: Finding) -> dict[str, Any]:
    """One finding as data."""
    place = finding.place
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "report": finding.report,
        "path": place.path,
        "start_line": place.start_line,
        "start_column": place.start_column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "message": finding.message,
        "evidence": finding.evidence,
        "fingerprint": finding.fingerprint,
    }


# -- GitHub -----------------------------------------------------------------------------------------------------------

_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def github_text(outcome: Outcome) -> str:
    """Workflow commands that GitHub shows beside the lines: the most important first, then how many more there are."""
    findings = outcome.findings
    shown = findings if len(findings) <= ANNOTATIONS else findings[: ANNOTATIONS - 1]
    lines = [_annotation(finding) for finding in shown]
    left = findings[len(shown) :]
    if left:
        counts = [(sum(one.severity is severity for one in left), severity.value) for severity in Severity]
        kinds = listed([plural(number, name, space=" ") for number, name in counts if number])
        more = f"{count(len(left))} more: {kinds}; the job summary and the other formats list them"
        lines.append(f"::{_KINDS[left[0].severity]} title=litany::{_data(more)}")
    return "\n".join([*lines, summary(outcome)]) + "\n"


def _annotation(finding: Finding) -> str:
    place = finding.place
    properties = {"file": from_workspace(place.path), "line": place.start_line, "endLine": place.end_line}
    if place.start_line == place.end_line:  # GitHub refuses columns of several lines
        properties |= {"col": place.start_column, "endColumn": max(place.end_column - 1, place.start_column)}
    properties["title"] = f"litany {finding.rule}"
    fields = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_KINDS[finding.severity]} {fields}::{_data(whole(finding))}"


def _data(text: str) -> str:
    """The text as a message of a workflow command: what would end it or start another is escaped."""
    return isolated(one_line(text)).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The text as a property of a workflow command."""
    plain = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return plain.replace(":", "%3A").replace(",", "%2C")


def from_workspace(path: str) -> str:
    """A path as GitHub knows it: from the repository's root, which need not be the working directory."""
    root = os.environ.get("GITHUB_WORKSPACE") or os.getcwd()
    return relative_path(path, root)


def relative_path(path: str, root: str | None = None) -> str:
    """A path from `root`, by default the working directory, with forward slashes; as it is where it is not below it."""
    base = os.path.realpath(root or os.getcwd())
    real = os.path.realpath(path)
    if real.startswith(base.rstrip(os.sep) + os.sep):
        return os.path.relpath(real, base).replace(os.sep, "/")
    return path.replace(os.sep, "/")


# -- Markdown ---------------------------------------------------------------------------------------------------------

_COLUMNS = "| | where | what | rule |\n| --- | --- | --- | --- |\n"
_SIGNS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.NOTE: "ℹ️"}


def markdown_text(outcome: Outcome) -> str:
    """A summary with a table for each report, as for GitHub's job summary; at most `SUMMARY_BYTES` long."""
    title = f"## litany check: {_cell(outcome.series.name)}\n\n{_cell(summary(outcome))}.\n"
    parts, size, left = [title], len(title.encode()), len(outcome.findings)
    place = {report: k for k, report in enumerate(dict.fromkeys(finding.report for finding in outcome.findings))}
    together = sorted(outcome.findings, key=lambda finding: place[finding.report])
    for report, rows in groupby(together, key=lambda finding: finding.report):
        heading = f"\n### {_cell(report) or 'Files that are no report'}\n\n{_COLUMNS}"
        for k, finding in enumerate(rows):
            line = (heading if not k else "") + _row(finding)
            if size + len(line.encode()) > SUMMARY_BYTES - 200:
                return "".join(parts) + f"\n{count(left)} more are left out here.\n"
            parts.append(line)
            size += len(line.encode())
            left -= 1
    if outcome.stale:
        parts.append(f"\n{plural(len(outcome.stale), 'entry')} of the baseline no longer found.\n")
    return "".join(parts)


def _row(finding: Finding) -> str:
    text = isolated(_cell(finding.message)) + (f"<br>{isolated(_cell(finding.evidence))}" if finding.evidence else "")
    where = f"{_cell(finding.place.path)}:{finding.place.start_line}"
    return f"| {_SIGNS[finding.severity]} {finding.severity} | {where} | {text} | {finding.rule} |\n"


def _cell(text: str) -> str:
    """The text as plain words in a cell of a table: no mark-up of whoever wrote the report."""
    marks = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
    plain = "".join(marks.get(one, one) for one in one_line(text))
    return "".join(f"\\{one}" if one in "\\`*_{}[]|~$#@" else one for one in plain)


# -- GitLab -----------------------------------------------------------------------------------------------------------

_GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def gitlab_bytes(outcome: Outcome) -> bytes:
    """A code quality report of GitLab: https://docs.gitlab.com/ci/testing/code_quality/."""
    rows = [
        {
            "description": isolated(whole(finding)),
            "check_name": finding.rule,
            "fingerprint": finding.fingerprint,
            "severity": _GITLAB[finding.severity],
            "location": {
                "path": relative_path(finding.place.path),
                "lines": {"begin": finding.place.start_line, "end": finding.place.end_line},
            },
        }
        for finding in outcome.findings
    ]
    lines = ",\n".join(" " + json.dumps(row, ensure_ascii=False) for row in rows)
    return (f"[\n{lines}\n]\n" if rows else "[]\n").encode("utf-8", "backslashreplace")


def uri(path: str) -> str:
    """A path as a URI from the working directory, percent-encoded."""
    return quote(relative_path(path).encode("utf-8", "surrogateescape"), safe="/!$&'()*+,;=@-._~")
