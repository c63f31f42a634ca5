"""Each sentence of a report with the report it was copied from and the one it first stood in."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from ..analysis.links import Kind
from .figures import percent
from .tables import Document, head, rounded
from .terminal import PLAIN_WIDTH, one_line
from .wording import introduced

if TYPE_CHECKING:
    from ..analysis.comparison import Comparison
    from ..analysis.provenance import Origin

_SIGNS = {Kind.VERBATIM: "=", Kind.EDITED: "~", Kind.NEW: "+"}
_LEGEND = "=  verbatim   ~  edited   +  new   ^  stands elsewhere than it did   first: the report it first stood in"


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
    }
    if words:
        runs = word_runs(comparison, number, k)
        row["words"] = [{"text": text, "first_seen": series.ids[age]} for age, text in runs]
    return row


def source_text(comparison: Comparison, origin: Origin) -> str | None:
    """The sentence or sentences that one was copied from, as they stand there; None for a new one."""
    if origin.copied_from is None or origin.sentence is None:
        return None
    source = comparison.series.reports[origin.copied_from]
    spans = source.sentence_spans[origin.sentence : origin.sentence + origin.merged]
    return source.text[int(spans[0, 0]) : int(spans[-1, 1])]


def word_runs(comparison: Comparison, number: int, k: int) -> list[tuple[int, str]]:
    """A sentence as stretches of words that first stood in one report: its number and the text, white space included.

    Joined, the texts are the sentence. Punctuation goes with the words it stands beside.
    """
    report = comparison.series.reports[number]
    first, last = report.sentence_tokens[[k, k + 1]].tolist()
    ages = comparison.word_origins[number][first:last].tolist()
    is_word = report.tokens.is_word[first:last].tolist()
    for at in range(1, len(ages)):
        ages[at] = ages[at] if is_word[at] else ages[at - 1]
    starts = report.tokens.spans[first:last, 0].tolist()
    cuts = [at for at in range(1, len(ages)) if ages[at] != ages[at - 1]]
    start, end = report.sentence_spans[k].tolist()
    bounds = [start, *(starts[at] for at in cuts), end]
    return [(ages[at], report.text[a:b]) for at, (a, b) in zip([0, *cuts], pairwise(bounds), strict=True)]


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
    for sentence, origin in zip(report.sentences, comparison.provenance.origins[number], strict=True):
        source = "" if origin.copied_from is None else series.ids[origin.copied_from]
        line = report.place(sentence.start, sentence.end).start_line
        sign = _SIGNS[origin.kind] + ("^" if origin.moved else " ")
        margin = f"{sign} {source:{wide}}  {series.ids[origin.first_seen]:{max(wide, 5)}}  {line:<5} "
        text = _dated(comparison, number, sentence.index) if words else sentence.text
        yield from textwrap.wrap(
            one_line(text), max(width, len(margin) + 30), initial_indent=margin, subsequent_indent=" " * len(margin),
            break_on_hyphens=False,
        )  # fmt: skip


def _sources(comparison: Comparison, number: int) -> str:
    shares = comparison.sources(number)
    if not shares:
        return "copied from no earlier report"
    listed = [f"{comparison.series.ids[old]} ({percent(share)})" for old, share in shares[:6]]
    more = f" and {len(shares) - 6} more" if len(shares) > 6 else ""
    return f"its words were copied from {', '.join(listed)}{more}"


def _dated(comparison: Comparison, number: int, k: int) -> str:
    """A sentence with the year of each stretch of words before it."""
    runs = groupby(word_runs(comparison, number, k), key=lambda run: run[0])
    return " ".join(
        f"[{comparison.series.ids[age]}] {''.join(text for _, text in group).strip()}" for age, group in runs
    )
