"""The life of one sentence: where it first stood, how it changed, when it was dropped and when it came back."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.edits import Op, diff_words
from ..corpus.errors import UsageError
from ..corpus.sentences import has_unspaced, tokenize
from .blame import source_text
from .figures import percent
from .tables import Document, head, rounded
from .terminal import PLAIN_WIDTH, one_line, wrapped

if TYPE_CHECKING:
    from ..analysis.comparison import Comparison
    from ..analysis.lineage import Lineage, Nearest, Place, Stage
    from ..corpus.report import Report


def found(comparison: Comparison, text: str) -> Nearest:
    """The sentence nearest to `text`. Raises `UsageError` where none has half of its words in order."""
    nearest = comparison.nearest(text)
    if nearest is None:
        raise UsageError("the text to look for has no words")
    if nearest.contained < 0.5:
        line = textwrap.shorten(one_line(_text(comparison, nearest.stage)), 70, placeholder=" ...")
        raise UsageError(f"no sentence has half the words of {text!r}; the nearest is {line!r}")
    return nearest


def log_document(comparison: Comparison, nearest: Nearest) -> Document:
    """The lineage of a sentence that was found, as data."""
    ids, lineage = comparison.series.ids, nearest.lineage
    return {
        **head("log", comparison.settings),
        "series": comparison.series.name,
        "query": nearest.query,
        "contained": rounded(nearest.contained),
        "sentence": {"report": ids[nearest.stage.report], "text": _text(comparison, nearest.stage)},
        "first_seen": ids[lineage.first],
        "last_seen": ids[lineage.last],
        "last_changed": ids[lineage.last_changed],
        "reports": [ids[k] for k in lineage.reports],
        "absent": [ids[k] for k in lineage.gaps],
        "returned": [ids[k] for k in lineage.returns],
        "split": [ids[k] for k in lineage.splits],
        "merged": [ids[k] for k in lineage.merges],
        "variants": [
            {
                "text": _text(comparison, stage),
                "reports": list(dict.fromkeys(ids[s.report] for s in lineage.stages if s.variant == stage.variant)),
            }
            for stage in lineage.variants
        ],
        "stages": [_stage(comparison, stage) for stage in lineage.stages],
        "within": [_held(comparison, report, sentence) for report, sentence in lineage.within],
    }


def _stage(comparison: Comparison, stage: Stage) -> dict[str, Any]:
    ids, report = comparison.series.ids, comparison.series.reports[stage.report]
    sentence, origin = report.sentences[stage.sentence], stage.origin
    return {
        "report": ids[stage.report],
        "start_line": report.place(sentence.start, sentence.end).start_line,
        "text": sentence.text,
        "kind": str(origin.kind),
        "copied_from": None if origin.copied_from is None else ids[origin.copied_from],
        "similarity": rounded(origin.similarity),
        "variant": stage.variant,
        "merged": origin.merged,
        "split": origin.split,
    }


def _held(comparison: Comparison, number: int, k: int) -> dict[str, Any]:
    """A sentence that holds the lineage since it was merged with another."""
    report = comparison.series.reports[number]
    sentence = report.sentences[k]
    return {
        "report": comparison.series.ids[number],
        "start_line": report.place(sentence.start, sentence.end).start_line,
        "text": sentence.text,
    }


def log_text(comparison: Comparison, nearest: Nearest, *, width: int = PLAIN_WIDTH) -> str:
    """The same for a terminal: each change of wording as an inline diff, years without a change in one line."""
    lineage = nearest.lineage
    return "\n".join([*_summary(comparison, lineage), "", *_history(comparison, lineage, width)]).rstrip() + "\n"


def _summary(comparison: Comparison, lineage: Lineage) -> Iterator[str]:
    ids = comparison.series.ids
    count = len(lineage.reports)
    wordings = "one wording" if len(lineage.variants) == 1 else f"{len(lineage.variants)} wordings"
    years = ids[lineage.first] if count == 1 else f"{ids[lineage.first]} to {ids[lineage.last]}"
    yield f"in {count} of {len(ids)} reports, {years}; {wordings}"
    if lineage.gaps:
        yield f"absent from {', '.join(ids[k] for k in lineage.gaps)}"
    if lineage.within:
        yield f"merged into another sentence in {ids[lineage.within[0][0]]}"
    if lineage.held[-1] < len(ids) - 1:
        yield f"dropped after {ids[lineage.held[-1]]}"


def _history(comparison: Comparison, lineage: Lineage, width: int) -> Iterator[str]:
    """A paragraph for each wording or change, and for the sentence it was merged into.

    Reports that changed nothing are named together.
    """
    guest = list(lineage.within[:1])
    for same, group in groupby(lineage.stages, key=lambda stage: stage.origin.kind == "verbatim"):
        stages = list(group)
        if guest and stages[0].report > guest[0][0]:
            yield from _merge(comparison, guest.pop(), width)
        if same:
            names = list(dict.fromkeys(comparison.series.ids[stage.report] for stage in stages))
            yield from _wrapped(f"{', '.join(names)}: verbatim", width, "")
            yield ""
            continue
        for stage in stages:
            yield from _change(comparison, stage, width)
            yield ""
    if guest:
        yield from _merge(comparison, guest.pop(), width)


def _merge(comparison: Comparison, place: Place, width: int) -> Iterator[str]:
    number, k = place
    report = comparison.series.reports[number]
    yield f"{report.id}: merged into another sentence, {_where(report, k)}"
    yield from _wrapped(report.sentences[k].text, width, "  ")
    yield ""


def _change(comparison: Comparison, stage: Stage, width: int) -> Iterator[str]:
    ids, report = comparison.series.ids, comparison.series.reports[stage.report]
    sentence, origin = report.sentences[stage.sentence], stage.origin
    where = _where(report, stage.sentence)
    before = source_text(comparison, origin)
    if before is None or origin.copied_from is None:
        yield f"{ids[stage.report]}: first seen, {where}"
        yield from _wrapped(sentence.text, width, "  ")
        return
    how = "edited from"
    if origin.merged > 1:
        how = f"merged from {origin.merged} sentences of"
    elif origin.split > 1:
        how = f"one of {origin.split} parts of a sentence of"
    yield f"{ids[stage.report]}: {how} {ids[origin.copied_from]} ({percent(origin.similarity)} alike), {where}"
    yield from _wrapped(marked_words(before, sentence.text), width, "  ")


def _where(report: Report, k: int) -> str:
    sentence = report.sentences[k]
    place = report.place(sentence.start, sentence.end)
    return one_line(f"{place.path}:{place.start_line}")


def marked_words(old: str, new: str) -> str:
    """How one sentence became another, on one line, with wdiff's marks."""
    signs = {Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}
    return "".join(" " * step.spaced + signs[step.op].format(step.text) for step in word_steps(old, new))


class Step(NamedTuple):
    """A run of words with one fate."""

    op: Op
    """EQUAL for words that were kept, as they stand now, DELETE or INSERT."""
    text: str
    """The words."""
    spaced: bool
    """White space stands before them."""


def word_steps(old: str, new: str) -> Iterator[Step]:
    """How one sentence became another: words as white space divides them; without spaces between words, its tokens."""
    finely = has_unspaced(old) or has_unspaced(new)
    before, after = _words(old, finely=finely), _words(new, finely=finely)
    first = True
    for step in diff_words([word for word, _ in before], [word for word, _ in after]).operations:
        gone, come = before[step.old_start : step.old_end], after[step.new_start : step.new_end]
        runs = [(Op.EQUAL, come)] if step.op is Op.EQUAL else [(Op.DELETE, gone), (Op.INSERT, come)]
        for k, (op, run) in enumerate(run for run in runs if run[1]):
            yield Step(op, _said(run), not first and (k > 0 or run[0][1]))
            first = False


def _words(text: str, *, finely: bool) -> list[tuple[str, bool]]:
    """The words of a sentence, each with whether white space stands before it."""
    if not finely:
        return [(word, True) for word in text.split()]
    return [
        (text[start:end], text[max(start - 1, 0) : start].isspace()) for start, end in tokenize(text).spans.tolist()
    ]


def _said(words: Sequence[tuple[str, bool]]) -> str:
    return "".join(" " * (spaced and k > 0) + word for k, (word, spaced) in enumerate(words))


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return wrapped(text, width, indent, indent)


def _text(comparison: Comparison, stage: Stage) -> str:
    return comparison.series.reports[stage.report].sentences[stage.sentence].text
