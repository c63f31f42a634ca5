"""Comments in a text that ask to ignore a finding, each with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...corpus.comments import Comment, comments_in, lines_meant
from ...corpus.report import Document, Report
from .finding import Case, Finding, Hit, NoOptions, Rule, Severity, findings


@dataclass(frozen=True, slots=True, eq=False)
class Ignore:
    """One comment and what it is about."""

    document: Document
    """Where it stands."""
    comment: Comment
    """What it says."""
    lines: tuple[int, int]
    """The first and the last line that it is about."""
    report: Report
    """The report that it belongs to."""

    def covers(self, finding: Finding) -> bool:
        """Whether it asks to ignore the finding, and says why."""
        first, last = self.lines
        place = finding.place
        here = place.path == self.document.path and first <= place.start_line <= last
        return here and finding.rule in self.comment.rules and bool(self.comment.reason)


def ignores(reports: Iterable[Report]) -> list[Ignore]:
    """The comments in and above some reports: each belongs to the report whose lines it speaks of."""
    out: list[Ignore] = []
    seen: set[tuple[str, int]] = set()
    for report in reports:
        first, last = report.lines
        for comment in comments_in(report.document.text):
            lines = lines_meant(report.document.text, comment)
            inside = first <= lines[1] and report.document.position(comment.start)[0] <= last
            if inside and (report.document.path, comment.start) not in seen:
                seen.add((report.document.path, comment.start))
                out.append(Ignore(report.document, comment, lines, report))
    return out


def ignoring(
    found: Iterable[Finding], asked: Sequence[Ignore], known: frozenset[str], severity: Severity | None
) -> tuple[list[Finding], int]:
    """The findings that stay, and how many do not; comments that cannot be heeded are findings themselves."""
    kept: list[Finding] = []
    used: set[int] = set()
    ignored = 0
    for finding in found:
        by = [k for k, ignore in enumerate(asked) if ignore.covers(finding)]
        used.update(by)
        ignored += bool(by)
        if not by:
            kept.append(finding)
    for k, ignore in enumerate(asked):
        kept += findings(IGNORE, ignore.report, _wrong(ignore, known, k in used), severity)
    return kept, ignored


def _wrong(ignore: Ignore, known: frozenset[str], used: bool) -> Iterator[Hit]:
    comment = ignore.comment
    unknown = [rule for rule in comment.rules if rule not in known]
    if not comment.rules:
        message = "a comment to litany that it does not understand; write <!-- litany: ignore RULE: reason -->"
    elif unknown:
        message = f"there is no rule {unknown[0]!r} to ignore"
    elif not comment.reason:
        message = f"say why {', '.join(comment.rules)} is ignored: <!-- litany: ignore {comment.rules[0]}: reason -->"
    elif not used:
        message = f"nothing to ignore here: {', '.join(comment.rules)} finds nothing in these lines"
    else:
        return
    place = ignore.document.place(comment.start, comment.end)
    weight = Severity.NOTE if comment.rules and not unknown and comment.reason else None
    yield Hit(place, message, "", ignore.document.text[comment.start : comment.end], weight)


def _nothing(_case: Case, _options: NoOptions) -> Iterator[Hit]:
    return iter(())


IGNORE = Rule(
    "ignore-comment",
    Severity.ERROR,
    "An ignore comment that cannot be heeded",
    "A finding may be ignored where it stands, with a reason that the next reader can judge. A comment without a"
    " reason or"
    " with a rule that does not exist ignores nothing; one that has nothing left to ignore is a note.",
    "“<!-- litany: ignore weekday -->”: say why weekday is ignored.",
    "Write the reason, mend the name, or take the comment out.",
    _nothing,
)
