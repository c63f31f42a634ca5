"""Slips of copying: a paragraph pasted twice, wording taken from before it was corrected, a figure kept in one"
" place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from ..changes import Change, kind_of
from ..edits import Op, Operation, word_operations
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
    first: dict[bytes, int] = {}
    for k, (start, end) in enumerate(case.paragraphs):
        ids = case.words(case.number, start, end)
        if len(ids) < options.words:
            continue
        words = ids.tobytes()
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


def _repeated(case: Case, number: int) -> set[bytes]:
    """The paragraphs, as the bytes of their words' ids, that an earlier report has twice."""
    known = cast(dict[int, set[bytes]], case.kept.setdefault("repeated", {}))
    if number not in known:
        seen: set[bytes] = set()
        known[number] = twice = set()
        for start, end in Case(case.comparison, number).paragraphs:
            words = case.words(number, start, end).tobytes()
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
    if not _twice(case, case.number):
        return
    pasted = _pasted(case)
    habit, known = _repeats_before(case, options.apart)
    first: dict[int, int] = {}
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


def _pasted(case: Case) -> set[int]:
    """The sentences of paragraphs that stand twice in the report."""
    keys = [case.words(case.number, start, end).tobytes() for start, end in case.paragraphs]
    times = Counter(keys)
    rows = zip(keys, case.paragraphs, strict=True)
    return {k for key, (start, end) in rows if times[key] > 1 for k in range(start, end)}


def _repeats_before(case: Case, least: int) -> tuple[bool, set[int]]:
    """Whether an earlier report has long sentences twice, as its kind of text then does, and all the distinct sentences
    that some earlier report has twice; gathered once for all reports that are looked at in order."""
    behind, habit, known = cast(tuple[int, bool, set[int]], case.kept.get(f"repeats {least}", (0, False, set[int]())))
    if behind > case.number:
        behind, habit, known = 0, False, set[int]()
    for report in range(behind, case.number):
        habit = habit or _repeats_itself(case, report, least)
        known |= _twice(case, report)
    case.kept[f"repeats {least}"] = case.number, habit, known
    return habit, known


def _repeats_itself(case: Case, report: int, least: int) -> bool:
    """Whether a report has sentences of so many words twice."""
    numbers, twice = case.comparison.provenance.distinct.numbers[report].tolist(), _twice(case, report)
    return any(number in twice and len(case.words(report, k, k + 1)) >= least for k, number in enumerate(numbers))


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
    known = cast(dict[int, list[tuple[int, int]]], case.kept.setdefault("stages", {}))
    number = _lineage_of(case, sentence)
    if number not in known:
        known[number] = [(stage.report, stage.sentence) for stage in case.comparison.lineages[number].stages]
    return known[number]


def _lineage_of(case: Case, sentence: int) -> int:
    """The number of the lineage of one of the report's sentences."""
    rows = cast(list[list[int]] | None, case.kept.get("lineage of"))
    if rows is None:
        case.kept["lineage of"] = rows = [[0] * len(witness) for witness in case.comparison.witnesses]
        for number, line in enumerate(case.comparison.lineages):
            for stage in line.stages:
                rows[stage.report][stage.sentence] = number
    return rows[case.number][sentence]


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
    figures = _Figures(case)
    for source, _count in used.most_common(SOURCES):
        for found in figures.of_two_values(source):
            changed = next(one for one in found if one.became != one.was)
            for kept in found:
                place = (kept.sentence, kept.token)
                is_copied = case.origins[kept.sentence].copied_from == source
                if kept.became != kept.was or not is_copied or kept.frame == changed.frame or place in told:
                    continue
                weight = figures.weight(kept, changed, source)
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


_Source = tuple[int, int, int]  # the report and the sentence that something was made from, and how many it was


class _Figures:
    """What became of the figures that the report's sentences had in earlier reports; each pair of wordings is compared
    once, as rows of tables and repeated sentences are many."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._numbers = case.comparison.provenance.distinct.numbers
        self._own = self._numbers[case.number].tolist()
        self._compared: dict[tuple[int, ...], list[_Figure]] = {}
        self._weights: dict[tuple[object, ...], Severity | None] = {}
        self._first: dict[int, dict[int, int]] = {}

    def of_two_values(self, source: int) -> Iterator[list[_Figure]]:
        """The places of each telling figure of an earlier report that became one other, and was kept or not."""
        case = self._case
        telling = set(case.sentences_with(_is_telling, source))
        rows = [
            (sentence, made_from)
            for sentence, made_from in self._made_from(source)
            if any(k in telling for k in range(made_from[1], made_from[1] + made_from[2]))
        ]
        changed = {
            (figure.was, figure.unit)
            for sentence, made_from in rows
            if not self._is_same(sentence, made_from)
            for figure in self._telling(sentence, made_from)
            if figure.became != figure.was
        }
        if not changed:
            return
        holding = self._holding({was for was, _ in changed}, source)
        places: dict[tuple[str, str], list[_Figure]] = {}
        for sentence, made_from in rows:
            if any(k in holding for k in range(made_from[1], made_from[1] + made_from[2])):
                for figure in self._telling(sentence, made_from):
                    if (figure.was, figure.unit) in changed:
                        places.setdefault((figure.was, figure.unit), []).append(figure)
        for (was, _unit), found in places.items():
            if len(found) > 1 and len({one.became for one in found} - {was}) == 1:
                yield found

    def _made_from(self, source: int) -> Iterator[tuple[int, _Source]]:
        """The report's sentences that were copied from an earlier report, or have a wording there, with that."""
        for sentence, origin in enumerate(self._case.origins):
            if origin.copied_from == source and origin.sentence is not None:
                yield sentence, (source, origin.sentence, origin.merged)
            elif origin.kind is Kind.EDITED:
                there = self._first_in(sentence).get(source)
                if there is not None:
                    yield sentence, (source, there, 1)

    def _holding(self, figures: set[str], report: int) -> set[int]:
        """The sentences of a report that have one of some telling figures."""
        chosen = self._case.passing(_is_telling).copy()
        strings = self._case.comparison.vocabulary.strings
        for token in np.flatnonzero(chosen).tolist():
            chosen[token] = strings[token] in figures
        return set(self._case.sentences_of(chosen, report))

    def _first_in(self, sentence: int) -> dict[int, int]:
        """For each report with a sentence of that lineage the first such sentence."""
        number = _lineage_of(self._case, sentence)
        if number not in self._first:
            self._first[number] = dict(reversed(_stages(self._case, sentence)))
        return self._first[number]

    def _is_same(self, sentence: int, made_from: _Source) -> bool:
        report, first, merged = made_from
        return merged == 1 and int(self._numbers[report][first]) == self._own[sentence]

    def _telling(self, sentence: int, made_from: _Source) -> Iterator[_Figure]:
        """The telling figures of a sentence of old, where exactly one figure stands in the place of each now."""
        return (figure for figure in self._in_place(sentence, made_from) if _is_telling(figure.was))

    def _in_place(self, sentence: int, made_from: _Source) -> list[_Figure]:
        """The figures of a sentence of old, telling or not, in whose place one figure stands now."""
        report, first, merged = made_from
        key = self._own[sentence], *self._numbers[report][first : first + merged].tolist()
        if key not in self._compared:
            self._compared[key] = list(_in_place(self._case, sentence, self._case.tokens(report, first, merged)))
        return [
            figure if figure.sentence == sentence else replace(figure, sentence=sentence)
            for figure in self._compared[key]
        ]

    def weight(self, kept: _Figure, changed: _Figure, source: int) -> Severity | None:
        """A warning where the two places had a figure in common in all reports that have both, and not always this one:
        then they go together. Without such a past a note, and only for a figure of many digits with a unit."""
        line, number = _lineage_of(self._case, kept.sentence), self._own[kept.sentence]
        key = line, number, kept.token, kept.was, kept.unit, changed.sentence, changed.token, source
        if key not in self._weights:
            self._weights[key] = self._weighed(kept, changed, source)
        return self._weights[key]

    def _weighed(self, kept: _Figure, changed: _Figure, source: int) -> Severity | None:
        shared: set[str] = set()
        stages = dict(_stages(self._case, changed.sentence))
        for report, number in _stages(self._case, kept.sentence):
            other = stages.get(report)
            if report >= self._case.number or report == source or other is None or other == number:
                continue
            was, there = self._was(kept, report, number), self._was(changed, report, other)
            if was is not None and there is not None:
                if was != there:
                    return None
                shared.add(was)
        if shared:
            return Severity.WARNING if shared - {kept.was} else None
        digits = re.sub(r"\D", "", kept.was).strip("0")
        return Severity.NOTE if len(digits) >= TELLING and kept.unit else None

    def _was(self, figure: _Figure, report: int, sentence: int) -> str | None:
        """What stood in the place of a figure in an earlier report."""
        old = self._in_place(figure.sentence, (report, sentence, 1))
        return next((one.was for one in old if one.token == figure.token), None)


def _in_place(case: Case, sentence: int, old: list[str]) -> Iterator[_Figure]:
    """The figures of a sentence of old, telling or not, in whose place one figure stands now."""
    new = case.tokens(case.number, sentence)
    if not any(map(has_digits, new)):
        return
    frame = tuple(fold(word) for word in old if not has_digits(word))
    whole = Operation(Op.EQUAL, 0, len(old), 0, len(new))
    for step in (whole,) if old == new else word_operations(old, new):
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
