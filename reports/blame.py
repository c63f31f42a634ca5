"""Each sentence of a report with the report it was copied from and the one it first stood in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from ..analysis.links import Kind
from .figures import percent
from .tables import Document, head, rounded
from .terminal import PLAIN_WIDTH, wrapped
from .wording import introduced

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..analysis.comparison import Comparison
    from ..analysis.provenance import Origin
    from ..corpus.report import Report

_SIGNS = {Kind.VERBATIM: "=", Kind.EDITED: "~", Kind.NEW: "+"}
_LEGEND = (
    "=  verbatim   ~  edited   +  new   ^  stands elsewhere than it did   <  was dropped and came back\n"
    "first: the report it first stood in"
)


def blame_document(comparison: Comparison, reports: Sequence[int], *, words: bool = False) -> Document:
    """The origin of each sentence of the reports of those numbers; with `words` the age of each stretch of words."""
    return {
        **head("blame", comparison.settings),
        "series": comparison.series.name,
        "reports": [_report(comparison, report, words) for report in reports],
    }


def _report(comparison: Comparison, number: int, words: bool) -> dict[str, Any]:
    ids, source = comparison.series.ids, comparison.main_source(number)
    return {
        "id": ids[number],
        "main_source": None if source is None else ids[source],
        "sentences": [_sentence(comparison, number, k, words) for k in range(len(comparison.witnesses[number]))],
    }


def _sentence(comparison: Comparison, number: int, k: int, words: bool) -> dict[str, Any]:
    series, origin = comparison.series, comparison.provenance.origins[number][k]
    sentence = series.reports[number].sentences[k]
    row: dict[str, Any] = {
        "text": sentence.text,
        "start_line": series.reports[number].place(sentence.start, sentence.end).start_line,
        "kind": str(origin.kind),
        "copied_from": None if origin.copied_from is None else series.ids[origin.copied_from],
        "source_text": source_text(comparison, origin),
        "similarity": rounded(origin.similarity),
        "first_seen": series.ids[origin.first_seen],
        "moved": origin.moved,
        "returned": bool(comparison.returned[number][k]),
        "merged": origin.merged,
        "split": origin.split,
    }
    if words:
        row["words"] = [
            {"text": run.text, "first_seen": series.ids[run.first_seen], "returned": run.returned}
            for run in stretches(comparison, number, k)
        ]
    return row


def source_text(comparison: Comparison, origin: Origin) -> str | None:
    """The sentence or sentences that one was copied from, as they stand there; None for a new one."""
    if origin.copied_from is None or origin.sentence is None:
        return None
    source = comparison.series.reports[origin.copied_from]
    spans = source.sentence_spans[origin.sentence : origin.sentence + origin.merged]
    return source.text[int(spans[0, 0]) : int(spans[-1, 1])]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words side by side that have one past."""

    text: str
    """The words, and the white space behind them."""
    first_seen: int
    """The number of the report in which they first stood."""
    returned: bool
    """Whether they were dropped and came back in this report."""


def stretches(comparison: Comparison, number: int, k: int) -> list[Stretch]:
    """A sentence as stretches of words of one past. Joined, their texts are the sentence.

    Punctuation goes with the words it stands beside.
    """
    report = comparison.series.reports[number]
    first, last = report.sentence_tokens[[k, k + 1]].tolist()
    ages = comparison.word_origins[number][first:last].tolist()
    past = list(zip(ages, comparison.returned_words[number][first:last].tolist(), strict=True))
    is_word = report.tokens.is_word[first:last].tolist()
    for at in range(1, len(past)):
        past[at] = past[at] if is_word[at] else past[at - 1]
    starts = report.tokens.spans[first:last, 0].tolist()
    cuts = [at for at in range(1, len(past)) if past[at] != past[at - 1]]
    start, end = report.sentence_spans[k].tolist()
    bounds = [start, *(starts[at] for at in cuts), end]
    return [Stretch(report.text[a:b], *past[at]) for at, (a, b) in zip([0, *cuts], pairwise(bounds), strict=True)]


def word_ages(comparison: Comparison, number: int) -> NDArray[np.int64]:
    """For each token of a report the number of the report in which it first stood, punctuation taken with the word it
    stands behind in its sentence."""
    report, ages = comparison.series.reports[number], comparison.word_origins[number]
    if not len(ages):
        return ages
    begins = report.tokens.is_word.copy()
    starts = report.sentence_tokens[:-1]
    begins[starts[starts < report.sentence_tokens[1:]]] = True
    return ages[np.maximum.accumulate(np.where(begins, np.arange(len(ages)), 0))]


def word_runs(report: Report, k: int, ages: NDArray[np.int64]) -> list[tuple[int, str]]:
    """Sentence `k` as stretches of words that first stood in one report: which, and the text with its white space.

    `ages` are those of all tokens of the report, from `word_ages`.
    """
    first, last = report.sentence_tokens[k : k + 2].tolist()
    own = ages[first:last]
    cuts = [0, *(np.flatnonzero(own[1:] != own[:-1]) + 1).tolist()]
    start, end = report.sentence_spans[k].tolist()
    bounds = [start, *report.tokens.spans[first:last, 0][cuts[1:]].tolist(), end]
    return [(age, report.text[a:b]) for age, (a, b) in zip(own[cuts].tolist(), pairwise(bounds), strict=True)]


def blame_text(comparison: Comparison, reports: Sequence[int], *, words: bool = False, width: int = PLAIN_WIDTH) -> str:
    """The same for a terminal: for each sentence its sign, the report it was copied from, the first, and its line."""
    pages = [_page(comparison, report, words, width) for report in reports]
    return "\n\n".join("\n".join(page) for page in pages) + f"\n\n{_LEGEND}\n"


def _page(comparison: Comparison, number: int, words: bool, width: int) -> Iterator[str]:
    series = comparison.series
    report = series.reports[number]
    yield introduced(report)
    yield _sources(comparison, number)
    wide = max(map(len, series.ids))
    yield f"   {'from':{wide}}  {'first':{max(wide, 5)}}  line"
    origins, returned = comparison.provenance.origins[number], comparison.returned[number].tolist()
    for sentence, origin, is_back in zip(report.sentences, origins, returned, strict=True):
        source = "" if origin.copied_from is None else series.ids[origin.copied_from]
        line = report.place(sentence.start, sentence.end).start_line
        sign = _SIGNS[origin.kind] + ("<" if is_back else "^" if origin.moved else " ")
        margin = f"{sign} {source:{wide}}  {series.ids[origin.first_seen]:{max(wide, 5)}}  {line:<5} "
        text = _dated(comparison, number, sentence.index) if words else sentence.text
        yield from wrapped(text, max(width, len(margin) + 30), margin, " " * len(margin))


def _sources(comparison: Comparison, number: int) -> str:
    shares = comparison.sources(number)
    if not shares:
        return "copied from no earlier report"
    listed = [f"{comparison.series.ids[old]} ({percent(share)})" for old, share in shares[:6]]
    more = f" and {len(shares) - 6} more" if len(shares) > 6 else ""
    return f"its words were copied from {', '.join(listed)}{more}"


def _dated(comparison: Comparison, number: int, k: int) -> str:
    """A sentence with the year of each stretch of words before it."""
    return " ".join(
        f"[{comparison.series.ids[run.first_seen]}{'<' if run.returned else ''}] {run.text.strip()}"
        for run in stretches(comparison, number, k)
    )
