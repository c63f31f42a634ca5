"""Wording that has to be there: required passages, what stood for years, and how much was reused at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from ...corpus.sentences import tokenize
from ..edits import Op, word_operations
from ..vocabulary import fold
from ..words import has_letters
from .finding import Case, Hit, Rule, Severity, quoted

REWORDED = 0.5
"""Likeness, 0..1, from which a stretch of the report is taken for the reworded passage."""
SHORT = 4
"""Words that a sentence must have at least to be missed."""


@dataclass(frozen=True, slots=True)
class Required:
    """What `required-passage` can be set to."""

    texts: tuple[str, ...] = ()
    """Passages that must stand in the report word for word; case and white space are not compared."""
    last: int = 0
    """Where above 0, sentences that stood word for word in so many reports before it must stand in it too."""


def required_passages(case: Case, options: Required) -> Iterator[Hit]:
    """Required passages that are missing or reworded."""
    if not options.texts and not options.last:
        return
    report = case.report
    words = [fold(report.text[start:end]) for start, end in report.tokens.spans.tolist()]
    for text in options.texts:
        yield from _required(case, words, text, "the configuration requires it")
    if 0 < options.last <= case.number:
        for text in _standing(case, options.last):
            first = case.series.ids[case.number - options.last]
            yield from _required(case, words, text, f"it stood in every report since {first}")


def _required(case: Case, words: Sequence[str], text: str, evidence: str) -> Iterator[Hit]:
    tokens = tokenize(text)
    wanted = [fold(text[start:end]) for start, end in tokens.spans.tolist()]
    if not wanted or _has(words, wanted):
        return
    written = [text[start:end] for start, end in tokens.spans.tolist()]
    at, length, likeness = _nearest(case, wanted)
    if likeness < REWORDED:
        yield case.whole_hit(f"a required passage is missing: {quoted(text)}", evidence)
        return
    start = int(case.report.sentence_spans[at, 0])
    end = int(case.report.sentence_spans[at + length - 1, 1])
    changes = _changes(written, case.tokens(case.number, at, length))
    yield case.hit(start, end, f"a required passage is reworded: {changes}", f"{evidence}: {quoted(text, 200)}")


def _has(words: Sequence[str], wanted: Sequence[str]) -> bool:
    first = wanted[0]
    return any(word == first and list(words[k : k + len(wanted)]) == list(wanted) for k, word in enumerate(words))


def _nearest(case: Case, wanted: Sequence[str]) -> tuple[int, int, float]:
    """The sentence, or two that follow, most alike to some words: the first, how many, and how alike."""
    rows = [[fold(word) for word in case.tokens(case.number, k)] for k in range(len(case.origins))]
    best = (0, 1, 0.0)
    for k, row in enumerate(rows):
        for length in (1, 2):
            if k + length <= len(rows):
                words = row if length == 1 else [*row, *rows[k + 1]]
                likeness = Indel.normalized_similarity(wanted, words, score_cutoff=best[2])
                best = max(best, (k, length, likeness), key=lambda one: (one[2], -one[1]))
    return best


def _changes(old: list[str], new: list[str]) -> str:
    """What became what, as a list of few."""
    shown: list[str] = []
    for step in word_operations(old, new):
        was, now = " ".join(old[step.old_start : step.old_end]), " ".join(new[step.new_start : step.new_end])
        if step.op is Op.REPLACE:
            shown.append(f"{quoted(was, 40)} became {quoted(now, 40)}")
        elif step.op is not Op.EQUAL:
            shown.append(f"{quoted(was or now, 40)} was {'taken out' if was else 'put in'}")
    return ", ".join(shown[:3]) + (f" and {len(shown) - 3} more changes" if len(shown) > 3 else "")


def _standing(case: Case, last: int) -> Iterator[str]:
    """The sentences that each of the `last` reports before has word for word, as the latest has them."""
    numbers = case.comparison.provenance.distinct.numbers
    common = set(numbers[case.number - 1].tolist())
    for report in range(case.number - last, case.number - 1):
        common &= set(numbers[report].tolist())
    seen: set[int] = set()
    for sentence, number in enumerate(numbers[case.number - 1].tolist()):
        if number in common and number not in seen and len(_words(case.tokens(case.number - 1, sentence))) >= SHORT:
            seen.add(number)
            yield case.sentence(case.number - 1, sentence)


def _words(tokens: Sequence[str]) -> list[str]:
    return [fold(token) for token in tokens if has_letters(token)]


REQUIRED = Rule(
    "required-passage",
    Severity.ERROR,
    "A required passage missing or reworded",
    "Some wording is not the writer's to change: a disclaimer, a legal notice, a formula. It is found wherever it"
    " stands;"
    " case, white space and the shape of quotes are not compared. Off until `texts` or `last` is set.",
    "“These figures are not audited” became “The figures are unaudited”.",
    "Put the passage back as it has to be, or change what the configuration requires.",
    required_passages,
    Required,
)


# -- what stood for years ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """What `dropped-wording` can be set to."""

    years: int = 5
    """Reports before it, one after the other, that must have had the sentence in some wording."""
    most: int = 5
    """Where more sentences were dropped than this, one finding names how many."""


def dropped_wording(case: Case, options: Standing) -> Iterator[Hit]:
    """Sentences that stood in the last reports and have no counterpart in this one."""
    if case.number < options.years or options.years < 1:
        return
    dropped = _dropped(case, options.years)
    if not dropped:
        return
    evidence = f"each of the {options.years} reports before has it, in some wording"
    since = f"the last {options.years} reports"
    if len(dropped) > options.most:
        first = quoted(case.sentence(case.number - 1, dropped[0]))
        yield case.whole_hit(f"{len(dropped)} sentences of {since} were dropped, the first {first}", evidence)
        return
    for sentence in dropped:
        text = case.sentence(case.number - 1, sentence)
        after = _after(case, sentence)
        message = f"a sentence of {since} was dropped: {quoted(text, 100)}"
        if after is None:
            yield case.whole_hit(message, evidence)
        else:
            start, end = case.report.sentence_spans[after].tolist()
            yield case.hit(int(start), int(end), message, f"{evidence}, behind this sentence")


def _dropped(case: Case, years: int) -> list[int]:
    """The sentences of the report before that have stood so long and that nothing in this one corresponds to."""
    before = case.number - 1
    alignment = case.comparison.alignment(before, case.number)
    kept = {i for link in alignment.links for i in link.old}
    lines = case.comparison.lineages
    held: dict[tuple[int, int], set[int]] = {}
    for line in lines:
        if line.last >= before:
            reports = set(line.reports)
            for stage in line.stages:
                if stage.report == before:
                    held[before, stage.sentence] = reports
    needed = set(range(case.number - years, case.number))
    out: list[int] = []
    for sentence in range(alignment.old_count):
        reports = held.get((before, sentence), set[int]())
        if sentence in kept or case.number in reports or not needed <= reports:
            continue
        if len(_words(case.tokens(before, sentence))) >= SHORT:
            out.append(sentence)
    return out


def _after(case: Case, dropped: int) -> int | None:
    """The report's sentence behind which a dropped one of the report before would stand."""
    links = case.comparison.alignment(case.number - 1, case.number).links
    places = [(link.old[-1], link.new[-1]) for link in links if link.old[-1] < dropped]
    return max(places)[1] if places else None


DROPPED = Rule(
    "dropped-wording",
    Severity.NOTE,
    "Wording that stood for years was dropped",
    "A sentence that each of the last reports had, in whatever wording, has no counterpart in this one. Often it is"
    " meant;"
    " when it is not, nobody notices.",
    "a sentence of the last 5 reports was dropped: “The Trust thanks the Ladies' Committee for the tea.”",
    "Put it back if it was lost. For wording that may never go, use required-passage.",
    dropped_wording,
    Standing,
)


# -- how much was reused ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Band:
    """What `reuse` can be set to: shares of the report's words, 0..1, that are not its own."""

    source_least: float | None = None
    """Words taken from the main source, at least."""
    source_most: float | None = None
    """Words taken from the main source, at most."""
    past_least: float | None = None
    """Words taken from all earlier reports together, at least."""
    past_most: float | None = None
    """Words taken from all earlier reports together, at most."""


def reuse_outside_band(case: Case, options: Band) -> Iterator[Hit]:
    """A report that reuses more or less than it may."""
    if case.number == 0:
        return
    measures = case.comparison.measures[case.number]
    source = "no report" if case.source is None else case.series.ids[case.source]
    against = 0.0 if measures.source is None else _reused(measures.source.words.fresh, measures.words)
    past = 0.0 if measures.past is None else _reused(measures.past[0].fresh, measures.words)
    rows = (
        (against, options.source_least, options.source_most, f"from {source}, its main source"),
        (past, options.past_least, options.past_most, "from all earlier reports together"),
    )
    for share, least, most, whence in rows:
        taken = f"{100 * share:.1f} % of its words are taken {whence}"
        if least is not None and share < least:
            yield case.whole_hit(f"{taken}; at least {100 * least:g} % should be")
        if most is not None and share > most:
            yield case.whole_hit(f"{taken}; at most {100 * most:g} % should be")


def _reused(fresh: int, total: int) -> float:
    return 1.0 - fresh / total if total else 0.0


REUSE = Rule(
    "reuse",
    Severity.WARNING,
    "Reuse outside its band",
    "Too much was copied, or boilerplate was rewritten by accident. The share of the report's words that stand in"
    " what its"
    " sentences were copied from is held against bounds: against its main source, and against all earlier reports"
    " together. Off until a bound is set.",
    "“97.0 % of its words are taken from 2016, its main source; at most 90 % should be”.",
    "Look at `litany diff`: write afresh what should be new, or restore what should have stayed.",
    reuse_outside_band,
    Band,
)
