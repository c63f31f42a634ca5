"""Slips of copying: a paragraph pasted twice, wording taken from before it was corrected, a figure kept in one"
" place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from ..changes import Change, kind_of
from ..edits import Op, word_operations
from ..links import Kind
from ..vocabulary import fold
from ..words import has_digits, is_year
from .finding import Case, Hit, Rule, Severity, quoted

# -- repeats ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Repeats:
    """What `repeated-paragraph` can be set to."""

    words: int = 12
    """Words that a paragraph must have at least."""


def repeated_paragraphs(case: Case, options: Repeats) -> Iterator[Hit]:
    """Paragraphs that stand twice in the report and in no earlier one."""
    first: dict[tuple[int, ...], int] = {}
    for k, (start, end) in enumerate(case.paragraphs):
        words = case.words(case.number, start, end)
        if len(words) < options.words:
            continue
        if words not in first:
            first[words] = k
            continue
        if any(words in _repeated(case, number) for number in range(case.number)):
            continue
        span = case.report.sentence_spans
        begin, stop = int(span[start, 0]), int(span[end - 1, 1])
        earlier = case.paragraphs[first[words]][0]
        line = case.report.place(*case.report.sentence_spans[earlier].tolist()).start_line
        message = f"this paragraph stands a second time: {quoted(case.report.text[begin:stop])}"
        yield case.hit(begin, stop, message, f"it stands first in line {line}; no earlier report has it twice")


def _repeated(case: Case, number: int) -> set[tuple[int, ...]]:
    """The paragraphs that an earlier report has twice."""
    known = cast(dict[int, set[tuple[int, ...]]], case.kept.setdefault("repeated", {}))
    if number not in known:
        seen: set[tuple[int, ...]] = set()
        known[number] = twice = set()
        for start, end in Case(case.comparison, number).paragraphs:
            words = case.words(number, start, end)
            (twice if words in seen else seen).add(words)
    return known[number]


REPEATED = Rule(
    "repeated-paragraph",
    Severity.WARNING,
    "A paragraph that stands twice",
    "A paragraph was pasted a second time. Case and punctuation are not compared; short paragraphs, and those that an"
    " earlier report has twice as well, such as a refrain, are left alone.",
    "“The collection taken at the gate came to …” stands a second time.",
    "Strike out one of the two.",
    repeated_paragraphs,
    Repeats,
)

# -- corrections that were lost ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stale:
    """What `stale-copy` can be set to."""

    corrected: int = 2
    """Reports since the old wording that have the corrected one, at least."""
    likeness: float = 0.9
    """How alike, 0..1, the two wordings must be for the newer to be a correction of the older."""


def stale_copies(case: Case, options: Stale) -> Iterator[Hit]:
    """Sentences that have an older wording although the reports since then corrected it."""
    if case.number < 2:
        return
    numbers = case.comparison.provenance.distinct.numbers
    for sentence, origin in enumerate(case.origins):
        if origin.kind is not Kind.VERBATIM or origin.copied_from is None or origin.copied_from == case.number - 1:
            continue
        own = int(numbers[case.number][sentence])
        later = [row for row in _stages(case, sentence) if origin.copied_from < row[0] < case.number]
        wordings = {int(numbers[report][number]) for report, number in later}
        if len(later) < options.corrected or len(wordings) != 1 or own in wordings:
            continue
        if later[-1][0] != case.number - 1 and case.source != later[-1][0]:
            continue
        report, number = later[-1]
        newer, older = case.sentence(report, number), case.report.sentences[sentence]
        made_from = case.comparison.provenance.origins[later[0][0]][later[0][1]]
        if (made_from.similarity or 0.0) < options.likeness or kind_of(older.text, newer) is not Change.WORDING:
            continue
        what = _what_changed(case.tokens(case.number, sentence), case.tokens(report, number))
        if what is None:
            continue
        was, became = what
        years = ", ".join(case.series.ids[k] for k, _ in later[-4:])
        message = f"an older wording came back: {quoted(was)}, which {years} had corrected to {quoted(became)}"
        yield case.hit(older.start, older.end, message, f"it was copied from {case.series.ids[origin.copied_from]}")


def _stages(case: Case, sentence: int) -> list[tuple[int, int]]:
    """Where the lineage of one of the report's sentences stands, in order: report and sentence numbers."""
    known = cast(dict[tuple[int, int], int] | None, case.kept.get("lineage of"))
    if known is None:
        known = {(s.report, s.sentence): k for k, line in enumerate(case.comparison.lineages) for s in line.stages}
        case.kept["lineage of"] = known
    line = case.comparison.lineages[known[case.number, sentence]]
    return [(stage.report, stage.sentence) for stage in line.stages]


def _what_changed(old: list[str], new: list[str]) -> tuple[str, str] | None:
    """The words that differ on both sides, where they do so at one place and neither in numbers nor in names alone."""
    steps = [step for step in word_operations(old, new) if step.op is not Op.EQUAL]
    if len(steps) != 1:
        return None
    step = steps[0]
    was, became = old[step.old_start : step.old_end], new[step.new_start : step.new_end]
    if any(has_digits(word) for word in (*was, *became)) or not was or not became:
        return None
    return " ".join(was), " ".join(became)


STALE = Rule(
    "stale-copy",
    Severity.NOTE,
    "Wording from before it was corrected",
    "The sentence was copied word for word from an older report, while the reports since then, last year's among them,"
    " have it with one place mended. Whoever copied it did not see the correction.",
    "“was lost with all hands” came back in 2016, which 2014 and 2015 had corrected to “with all hands but one”.",
    "Copy the sentence from last year's report. Where the older wording is meant, leave it.",
    stale_copies,
    Stale,
)

# -- figures ----------------------------------------------------------------------------------------------------------

_FIGURE = re.compile(r"\d[\d.,/⁄]*\d|\d")
_TELLING = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d{3,}")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of the source and what became of it."""

    sentence: int
    """The report's sentence."""
    token: int
    """Its place among the tokens of that sentence."""
    became: str
    """What stands there now; the figure itself where it was kept."""
    unit: str
    """The word behind it in the source, folded."""


def half_changed_figures(case: Case, _: object) -> Iterator[Hit]:
    """Figures that stood in two places of the source, of which one was changed and one was kept."""
    if case.source is None:
        return
    places: dict[str, list[_Figure]] = {}
    for sentence, origin in enumerate(case.origins):
        if origin.copied_from == case.source and origin.sentence is not None:
            for figure, place in _figures(case, sentence):
                places.setdefault(figure, []).append(place)
    for figure, found in places.items():
        for kept in found:
            if kept.became != figure:
                continue
            changed = [
                one for one in found if one.became != figure and one.unit == kept.unit and one.sentence != kept.sentence
            ]
            others = {one.became for one in changed}
            if len(others) != 1:
                continue
            weight = _weight(case, kept, changed[0], figure)
            if weight is None:
                continue
            start, end = case.token_span(kept.sentence, kept.token, kept.token + 1)
            there = case.report.place(*case.token_span(changed[0].sentence, changed[0].token, changed[0].token + 1))
            message = f"{figure} was kept here but became {changed[0].became} in line {there.start_line}"
            source = case.series.ids[case.source]
            evidence = " ".join(f"{source}, the source, has {figure} {kept.unit}".split()) + " in both places"
            yield case.hit(start, end, message, evidence, severity=weight)


def _figures(case: Case, sentence: int) -> Iterator[tuple[str, _Figure]]:
    """The figures of a sentence's source, where exactly one figure stands in the place of each now."""
    origin = case.origins[sentence]
    if origin.copied_from is None or origin.sentence is None:
        return
    old = case.tokens(origin.copied_from, origin.sentence, origin.merged)
    if not any(map(_is_telling, old)):
        return
    new = case.tokens(case.number, sentence)
    for step in word_operations(old, new):
        same = step.old_end - step.old_start == step.new_end - step.new_start
        if step.op in (Op.EQUAL, Op.REPLACE) and same:
            for k in range(step.old_end - step.old_start):
                was, now = old[step.old_start + k], new[step.new_start + k]
                if _is_telling(was) and _FIGURE.fullmatch(now):
                    unit = old[step.old_start + k + 1] if step.old_start + k + 1 < len(old) else ""
                    yield was, _Figure(sentence, step.new_start + k, now, fold(unit) if unit.isalpha() else "")


def _is_telling(word: str) -> bool:
    """A figure that two places hardly have by chance: of three digits or more, with thousands or decimals, no year."""
    return _TELLING.fullmatch(word) is not None and not is_year(word)


def _weight(case: Case, kept: _Figure, changed: _Figure, figure: str) -> Severity | None:
    """A warning where the two places had another figure in common before: then they go together. Without such a past
    a note, and only for a long figure with a unit."""
    chains = zip(case.ancestors(kept.sentence), case.ancestors(changed.sentence), strict=False)
    for (report, one), (other_report, other) in chains:
        if report != other_report:
            break
        figures = [{word for word in case.tokens(report, number) if _is_telling(word)} for number in (one, other)]
        common = figures[0] & figures[1]
        if report != case.source and figures[0] and figures[1]:
            return Severity.WARNING if common - {figure} else None
    long = sum(map(str.isdigit, figure)) >= 4
    return Severity.NOTE if long and kept.unit else None


FIGURE = Rule(
    "half-changed-figure",
    Severity.WARNING,
    "A figure changed in one place and kept in another",
    "The source has the same figure with the same unit in two sentences, and only one of them was brought up to date."
    " Figures of fewer than three digits and years are left alone, as are places that had different figures before."
    " Where the two had no other figure in common in an earlier report it is a note, and only for a long figure.",
    "“The collection came to £455 …” and, further down, “of the £438 collected”.",
    "Bring the other place up to date as well, or say in an ignore comment why it stays.",
    half_changed_figures,
)
