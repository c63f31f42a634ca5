"""The page of what `litany check` finds: what people get wrong when they write a report over an older one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..wording import listed, plural
from .directions import isolated
from .rendering import render

if TYPE_CHECKING:
    from ...analysis.rules.finding import Finding, Rule
    from ...corpus.report import Report
    from .facts import Site

LARGE = 300_000
"""Words of a series beyond which only its latest report is checked for the page."""
MOST = 500
"""Findings on the page, the most important."""
AROUND = 160
"""Letters of a sentence beside the place; a longer one is shortened."""

_SIGNS = " \t*#_>="  # what makes a line a heading


@dataclass(frozen=True, slots=True)
class _Quote:
    """The sentence that a finding stands in, in three parts."""

    before: str
    """What stands before the place."""
    place: str
    """The place."""
    after: str
    """What stands behind it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A finding as the page shows it."""

    finding: Finding
    """What was found."""
    report: str | None
    """The page of the report that it is about; None where it is about a file that is none."""
    sentence: str | None
    """Where its sentence stands; None where it is about a heading or a whole report."""
    changes: str | None
    """Where the changes of the sentence are shown."""
    quote: _Quote | None
    """The sentence, or the line of a heading; None for a whole report."""
    file: str
    """The document."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """A rule, and how much it found."""

    rule: Rule
    """The rule."""
    number: int
    """How many findings."""


def findings_page(site: Site) -> str:
    """What the rules find, by their own severities; a project's settings and baseline belong to `litany check`."""
    from ...analysis.rules.running import RULES, check

    comparison = site.comparison
    large = sum(measures.words for measures in comparison.measures) > LARGE
    checked = check(comparison, [len(site.ids) - 1] if large else None)
    numbers = {name: k for k, name in enumerate(site.ids)}
    counts = Counter(finding.rule for finding in checked.findings)
    rules = [_Looked(rule, counts[rule.id]) for rule in RULES]
    shown = checked.findings[:MOST]
    return render(
        "check.html",
        root="",
        code=("reading.js", "filters.js"),
        name=comparison.series.name,
        latest=site.ids[-1] if large else None,
        looked=len(checked.reports),
        sentences=sum(len(comparison.witnesses[k]) for k in checked.reports),
        summary=_summary(checked.findings),
        in_reports=len({finding.report for finding in checked.findings} - {""}),
        weights=list(dict.fromkeys(str(finding.severity) for finding in shown)),
        about=[name for name in site.ids if any(finding.report == name for finding in shown)],
        rows=[_found(site, finding, numbers) for finding in shown],
        numbers=numbers,
        isolated=isolated,
        in_all=len(checked.findings),
        rules=sorted(rules, key=lambda looked: -looked.number),
        ignored=checked.ignored,
        signature=comparison.signature("rules with their own settings and severities"),
    )


def _summary(findings: Sequence[Finding]) -> str:
    """How many findings of each weight: '9 errors, 1 warning and 3 notes'."""
    counts = Counter(finding.severity for finding in findings)
    parts = [plural(counts[weight], str(weight)) for weight in sorted(counts, key=lambda weight: weight.rank)]
    return listed(parts) if parts else ""


def _found(site: Site, finding: Finding, numbers: Mapping[str, int]) -> _Found:
    """The finding with the page of its report and the sentence that it is about."""
    number = numbers.get(finding.report)
    if number is None:
        return _Found(finding, None, None, None, None, finding.place.path.rpartition("/")[2])
    report, file = site.comparison.series.reports[number], site.sides[number].file
    page = site.addresses.reports[number]
    k, quote = _quoted(report, finding)
    if k is None:
        return _Found(finding, page, None, None, quote, file)
    difference = site.main_difference(number) if number else None
    changes = f"{difference}#s{k + 1}" if difference else None
    return _Found(finding, page, site.addresses.sentence(number, k), changes, quote, file)


def _quoted(report: Report, finding: Finding) -> tuple[int | None, _Quote | None]:
    """The number of the sentence that a finding is about, and the sentence; for a heading None and its line; for a
    whole report None twice."""
    place, document = finding.place, report.document
    if place.path != document.path:
        return None, None
    first = document.offset(place.start_line, place.start_column)
    last = document.offset(place.end_line, place.end_column)
    line_start, line_end = document.line_starts[place.start_line - 1], document.text.find("\n", first)
    line_end = len(document.text) if line_end < 0 else line_end
    if first == report.start and last >= line_end:
        return None, None
    start, end = report.span(place)
    k = int(report.sentence_spans[:, 0].searchsorted(start, side="right")) - 1
    if k < 0 or first < report.offsets.to_source(0) or start >= int(report.sentence_spans[k, 1]):
        heading = _quote(document.text, line_start, first, min(last, line_end), line_end)
        return None, replace(heading, before=heading.before.lstrip(_SIGNS), after=heading.after.rstrip(_SIGNS))
    at, behind = report.sentence_spans[k].tolist()
    return k, _quote(report.text, at, start, min(max(end, start), behind), behind)


def _quote(text: str, start: int, first: int, last: int, end: int) -> _Quote:
    """What stands from `start` to `end` of a text, with the place from `first` to `last`."""
    return _Quote(_cut_left(text[start:first]), text[first:last], _cut_right(text[last:end]))


def _cut_left(text: str) -> str:
    """The end of a text, from a word on."""
    if len(text) <= AROUND:
        return text
    kept = text[-AROUND:]
    return "… " + (kept.partition(" ")[2] or kept)


def _cut_right(text: str) -> str:
    """The beginning of a text, up to a word."""
    if len(text) <= AROUND:
        return text
    kept = text[:AROUND]
    return (kept.rpartition(" ")[0] or kept) + " …"
