"""A run of `litany check`, from the series to what is told: which reports, what is known already, how it is written."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..analysis.rules import Finding, Severity
from ..corpus.errors import InputError, UsageError

if TYPE_CHECKING:
    from ..corpus.report import Report, Series

BASELINE = "litany/baseline/1"


@dataclass(frozen=True)
class Outcome:
    """What there is to tell: a view of this is every output."""

    series: Series
    """The series."""
    reports: tuple[str, ...]
    """The ids of the reports that were looked at."""
    rules: tuple[str, ...]
    """The ids of the rules that looked."""
    findings: tuple[Finding, ...]
    """The most important first."""
    fail_on: Severity
    """The exit code is 1 from this severity on."""
    ignored: int = 0
    """Findings that comments in the texts or the settings asked to ignore."""
    known: int = 0
    """Findings that the baseline has."""
    stale: tuple[str, ...] = ()
    """What the baseline has and is no longer found, each in a line."""

    def count(self, severity: Severity) -> int:
        """How many findings have that severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def fails(self) -> bool:
        """Whether any finding is as heavy as `fail_on`."""
        return any(self.is_failure(finding) for finding in self.findings)

    def is_failure(self, finding: Finding) -> bool:
        """Whether the finding alone makes the exit code 1."""
        return finding.severity.rank <= self.fail_on.rank


# -- which reports ----------------------------------------------------------------------------------------------------


def outside(names: Sequence[str], files: Iterable[str]) -> list[str]:
    """Of the names given with --new, the files that are not among those of the source."""
    inside = {os.path.realpath(file) for file in files}
    return [name for name in names if os.path.isfile(name) and os.path.realpath(name) not in inside]


def named_reports(series: Series, names: Sequence[str]) -> list[int]:
    """The numbers of the reports that the names of --new name: an id, a date, or a file with all of its reports."""
    numbers: list[int] = []
    for name in names:
        real = os.path.realpath(name)
        here = [k for k, report in enumerate(series.reports) if os.path.realpath(report.document.path) == real]
        unread = any(os.path.realpath(skipped.path) == real for skipped in series.skipped)
        if not here and not unread and os.path.exists(name):
            raise UsageError(f"--new {name}: is no file of the source")
        numbers += here if here or unread else [series.index(name)]
    return numbers


def changed_reports(series: Series, revision: str) -> list[int]:
    """The numbers of the reports whose lines, or whose files, changed since a revision of the git repository."""
    files = sorted({report.document.path for report in series.reports} | {skipped.path for skipped in series.skipped})
    numbers: list[int] = []
    for path in files:
        here = [k for k, report in enumerate(series.reports) if report.document.path == path]
        changed = _changed_lines(path, revision)
        if changed is None or (changed and len(here) == 1):
            numbers += here
        else:
            numbers += [k for k in here if _overlap(series.reports[k], changed)]
    return numbers


def _overlap(report: Report, changed: Sequence[tuple[int, int]]) -> bool:
    first, last = report.lines
    return any(start <= last and first <= end for start, end in changed)


def _changed_lines(path: str, revision: str) -> list[tuple[int, int]] | None:
    """The lines of a file, first and last, that changed since a revision; None for a file that it did not have."""
    folder, name = os.path.split(os.path.abspath(path))
    if not os.path.exists(path):
        raise UsageError(f"--since {revision}: {path} is no file of a git repository; use --new or --all")
    _git(folder, revision, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    before = _git(folder, revision, "ls-tree", "--name-only", revision, "--", f"./{name}")
    if not before.strip():
        return None
    text = _git(folder, revision, "diff", "--no-color", "--no-ext-diff", "-U0", revision, "--", f"./{name}")
    found: list[tuple[int, int]] = []
    for hunk in re.finditer(r"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", text, re.MULTILINE):
        start, count = int(hunk[1]), int(hunk[2] or 1)
        found.append((start, start + max(count, 1) - 1))
    return found


def _git(folder: str, revision: str, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - our own words, and a revision that git takes for nothing else
            ["git", "-C", folder, *arguments],  # noqa: S607 - the git that the user has
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise UsageError(f"--since {revision}: git cannot be run: {(error.strerror or str(error)).lower()}") from error
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = said[-1] if said else "there is no such revision here"
        raise UsageError(f"--since {revision}: {reason}; in CI, check out with its history (fetch-depth: 0)")
    return done.stdout.decode(errors="replace")


# -- the baseline -----------------------------------------------------------------------------------------------------


def baseline_bytes(findings: Iterable[Finding], version: str) -> bytes:
    """The findings as a baseline file: what is in it is known, and not told again."""
    rows = sorted((finding.report, finding.rule, finding.fingerprint, finding.message) for finding in findings)
    entries = [
        {"fingerprint": mark, "rule": rule, "report": report, "message": message}
        for report, rule, mark, message in rows
    ]
    lines = ",\n".join("  " + json.dumps(entry, ensure_ascii=False) for entry in entries)
    head = f' "schema": "{BASELINE}",\n "litany": {json.dumps(version)},\n'
    inner = f"[\n{lines}\n ]" if entries else "[]"
    return f'{{\n{head} "findings": {inner}\n}}\n'.encode("utf-8", "backslashreplace")


def read_baseline(path: Path) -> dict[str, dict[str, Any]]:
    """The entries of a baseline file by fingerprint. Raises `InputError` for a file that is none."""
    try:
        document = json.loads(path.read_bytes())
        if document["schema"] != BASELINE:
            raise KeyError
        return {str(entry["fingerprint"]): dict(entry) for entry in document["findings"]}
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{path}: cannot be read: {reason}; make it with --write-baseline") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: is no baseline of litany; make it anew with --write-baseline") from error


def apart_from(
    findings: Sequence[Finding], known: dict[str, dict[str, Any]], reports: Sequence[str]
) -> tuple[list[Finding], tuple[str, ...]]:
    """The findings that the baseline does not have, and what it has of these reports that is no longer found."""
    marks = {finding.fingerprint for finding in findings}
    gone = [entry for mark, entry in known.items() if mark not in marks and entry.get("report") in (*reports, "")]
    lines = tuple(f"{entry.get('report')}: {entry.get('rule')}: {entry.get('message')}" for entry in gone)
    return [finding for finding in findings if finding.fingerprint not in known], lines
