"""Slips of copying: a paragraph pasted twice, wording taken from before it was corrected, a figure kept in one"
" place."""

from __future__ import annotations

import re
from collections import Counter
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


@dataclass(frozen=True, slots=True)
class Twice:
    """What `repeated-sentence` can be set to."""

    words: int = 6
    """Words that a sentence must have at least to be told where it follows itself."""
    apart: int = 15
    """Words that it must have at least where something stands between the two."""


def repeated_sentences(case: Case, options: Twice) -> Iterator[Hit]:
    """Sentences that stand twice in the report and in no earlier one, where their whole paragraphs do not."""
    own = case.comparison.provenance.distinct.numbers[case.number].tolist()
    paragraphs = Counter(case.words(case.number, start, end) for start, end in case.paragraphs)
    pasted = {k for start, end in case.paragraphs if paragraphs[case.words(case.number, start, end)] > 1
              for k in range(start, end)}  # fmt: skip
    first: dict[int, int] = {}
    habit = any(_repeats_itself(case, report, options.apart) for report in range(case.number))
    known = frozenset[int]().union(*(_twice(case, report) for report in range(case.number)))
    for k, number in enumerate(own):
        before = first.setdefault(number, k)
        follows = bool(k) and own[k - 1] == number
        least = options.words if follows else options.apart
        if before == k or k in pasted or len(case.words(case.number, k, k + 1)) < least:
            continue
        if (habit and not follows) or number in known:
            continue
        start, end = case.report.sentence_spans[k].tolist()
        line = case.report.place(*case.report.sentence_spans[before].tolist()).start_line
        where = "just before it" if follows else f"first in line {line}"
        message = f"this sentence stands a second time: {quoted(case.report.text[start:end])}"
        weight = Severity.WARNING if follows else Severity.NOTE
        yield case.hit(start, end, message, f"it stands {where}; no earlier report has it twice", severity=weight)


def _repeats_itself(case: Case, report: int, least: int) -> bool:
    """Whether an earlier report has long sentences twice: then its kind of text does."""
    known = cast(dict[tuple[int, int], bool], case.kept.setdefault("repeats itself", {}))
    if (report, least) not in known:
        numbers, twice = case.comparison.provenance.distinct.numbers[report].tolist(), _twice(case, report)
        places = [k for k, number in enumerate(numbers) if number in twice]
        known[report, least] = any(len(case.words(report, k, k + 1)) >= least for k in places)
    return known[report, least]


def _twice(case: Case, report: int) -> frozenset[int]:
    """The distinct sentences, by their number, that a report has more than once."""
    known = cast(dict[int, frozenset[int]], case.kept.setdefault("sentences twice", {}))
    if report not in known:
        counts = Counter(case.comparison.provenance.distinct.numbers[report].tolist())
        known[report] = frozenset(number for number, times in counts.items() if times > 1)
    return known[report]


TWICE = Rule(
    "repeated-sentence",
    Severity.WARNING,
    "A sentence that stands twice",
    "A sentence was pasted a second time. It is a warning where it follows itself, and a note, for long sentences only,"
    " where something stands between and no earlier report has such. Those that an earlier report has twice as well are"
    " left alone, and those of a repeated paragraph are told by its rule.",
    "“Eleven men died within sight of their own lighted windows.” twice, one behind the other.",
    "Strike out one of the two.",
    repeated_sentences,
    Twice,
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

_FIGURE = re.compile(r"\d[\d.,/⁄٬٫]*\d|\d")
_TELLING = re.compile(r"\d{1,3}(?:[,.'’٬]\d{3})+(?:[.,٫]\d+)?|\d+[.,٫]\d+|\d{3,}")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:\s\d{3})*\s$")
TELLING = 4
"""Digits, zeros at both ends aside, of a figure that two places hardly have by chance."""
SOURCES = 8
"""Reports that a report was copied from, the most used ones, in which figures are looked for."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of a report that was copied from, and what became of it."""

    sentence: int
    """The report's sentence."""
    frame: tuple[str, ...]
    """The words that it stood among there, without those with digits: rows of a table have the same."""
    token: int
    """Its place among the tokens of that sentence."""
    was: str
    """The figure there."""
    became: str
    """What stands in its place now; the figure itself where it was kept."""
    unit: str
    """The word behind it there, folded."""


def half_changed_figures(case: Case, _: object) -> Iterator[Hit]:
    """Figures that stood in two places of a report that was copied from, of which one was changed and one was kept."""
    told: set[tuple[int, int]] = set()
    used = Counter(origin.copied_from for origin in case.origins if origin.copied_from is not None)
    for source, _count in used.most_common(SOURCES):
        places: dict[tuple[str, str], list[_Figure]] = {}
        for figure in _figures_of(case, source):
            places.setdefault((figure.was, figure.unit), []).append(figure)
        for (was, _unit), found in places.items():
            others = {one.became for one in found} - {was}
            if len(others) != 1 or len(found) < 2:
                continue
            changed = next(one for one in found if one.became != was)
            for kept in found:
                place = (kept.sentence, kept.token)
                is_copied = case.origins[kept.sentence].copied_from == source
                if kept.became != was or not is_copied or kept.frame == changed.frame or place in told:
                    continue
                weight = _weight(case, kept, changed, source)
                if weight is not None:
                    told.add(place)
                    yield _half_changed(case, kept, changed, source, weight)


def _half_changed(case: Case, kept: _Figure, changed: _Figure, source: int, weight: Severity) -> Hit:
    start, end = _whole(case, kept)
    first, last = _whole(case, changed)
    was, became = (" ".join(case.report.text[a:b].split()) for a, b in ((start, end), (first, last)))
    message = f"{was} was kept here but became {became} in line {case.report.place(first, last).start_line}"
    evidence = f"{case.series.ids[source]}, the source, has {f'{was} {kept.unit}'.strip()} in both places"
    return case.hit(start, end, message, evidence, severity=weight)


def _whole(case: Case, figure: _Figure) -> tuple[int, int]:
    """Where a figure stands in the report, with the digits before it where thousands are set off by spaces: 3 040."""
    start, end = case.token_span(figure.sentence, figure.token, figure.token + 1)
    text = case.report.text
    before = _THOUSANDS.search(text, max(0, start - 12), start) if re.match(r"\d{3}(?!\d)", text[start:end]) else None
    return (start if before is None else before.start()), end


def _figures_of(case: Case, source: int) -> Iterator[_Figure]:
    """The figures that the report's sentences had in an earlier report, and what became of each."""
    for sentence, origin in enumerate(case.origins):
        if origin.copied_from == source and origin.sentence is not None:
            yield from _figures(case, sentence, case.tokens(source, origin.sentence, origin.merged))
        elif origin.kind is Kind.EDITED:
            there = next((number for report, number in _stages(case, sentence) if report == source), None)
            if there is not None:
                yield from _figures(case, sentence, case.tokens(source, there))


def _figures(case: Case, sentence: int, old: list[str]) -> Iterator[_Figure]:
    """The telling figures of a sentence of old, where exactly one figure stands in the place of each now."""
    if any(map(_is_telling, old)):
        for figure in _in_place(case, sentence, old):
            if _is_telling(figure.was):
                yield figure


def _in_place(case: Case, sentence: int, old: list[str]) -> Iterator[_Figure]:
    """The figures of a sentence of old, telling or not, in whose place one figure stands now."""
    new = case.tokens(case.number, sentence)
    frame = tuple(fold(word) for word in old if not has_digits(word))
    for step in word_operations(old, new):
        same = step.old_end - step.old_start == step.new_end - step.new_start
        if step.op in (Op.EQUAL, Op.REPLACE) and same:
            for k in range(step.old_end - step.old_start):
                was, now = old[step.old_start + k], new[step.new_start + k]
                if _FIGURE.fullmatch(was) and _FIGURE.fullmatch(now):
                    unit = old[step.old_start + k + 1] if step.old_start + k + 1 < len(old) else ""
                    behind = fold(unit) if unit.isalpha() else ""
                    yield _Figure(sentence, frame, step.new_start + k, was, now, behind)


def _is_telling(word: str) -> bool:
    """A figure that two places hardly have by chance: of three digits or more, with thousands or decimals, no year."""
    return _TELLING.fullmatch(word) is not None and not is_year(word)


def _weight(case: Case, kept: _Figure, changed: _Figure, source: int) -> Severity | None:
    """A warning where the two places had a figure in common in all reports that have both, and not always this one:
    then they go together. Without such a past a note, and only for a figure of many digits with a unit."""
    shared: set[str] = set()
    stages = dict(_stages(case, changed.sentence))
    for report, number in _stages(case, kept.sentence):
        other = stages.get(report)
        if report >= case.number or report == source or other is None or other == number:
            continue
        was, there = _was(case, kept, report, number), _was(case, changed, report, other)
        if was is not None and there is not None:
            if was != there:
                return None
            shared.add(was)
    if shared:
        return Severity.WARNING if shared - {kept.was} else None
    digits = re.sub(r"\D", "", kept.was).strip("0")
    return Severity.NOTE if len(digits) >= TELLING and kept.unit else None


def _was(case: Case, figure: _Figure, report: int, sentence: int) -> str | None:
    """What stood in the place of a figure in an earlier report."""
    old = _in_place(case, figure.sentence, case.tokens(report, sentence))
    return next((one.was for one in old if one.token == figure.token), None)


FIGURE = Rule(
    "half-changed-figure",
    Severity.WARNING,
    "A figure changed in one place and kept in another",
    "The source has the same figure with the same unit in two sentences, and only one of them was brought up to date."
    " Figures of fewer than three digits, years and the rows of a table are left alone, as are places that had"
    " different figures in an earlier report. Where no earlier report tells it is a note, and only for a figure of four"
    " digits or more.",
    "“The collection came to £455 …” and, further down, “of the £438 collected”.",
    "Bring the other place up to date as well, or say in an ignore comment why it stays.",
    half_changed_figures,
)
