"""What of an outside text comes from a series: as data, for a terminal, and as a page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ..analysis.links import Kind
from .figures import count, percent
from .log import Step, marked_words, word_steps
from .tables import Document, head, rounded
from .terminal import PLAIN_WIDTH, one_line, wrapped
from .wording import listed, plural

if TYPE_CHECKING:
    from ..analysis.tracing import Copy, Trace, Traced
    from ..corpus.report import Prose

_SIGNS = {Kind.VERBATIM: "=", Kind.EDITED: "~"}
_MOST = 6  # reports that are named one by one


# -- data -------------------------------------------------------------------------------------------------------------


def trace_document(trace: Trace) -> Document:
    """The passages as data. Offsets are characters of the files as they were decoded, each line end as one."""
    return {
        **head("trace", trace.settings),
        "text": {"path": trace.text.document.path, "title": trace.text.title, "words": trace.text.word_count},
        "source": {"name": trace.name, "reports": None if trace.ids is None else list(trace.ids)},
        "reused": rounded(trace.reused),
        "by_report": [
            {"report": _id(trace, report), "words": words, "share": rounded(words / trace.text.word_count)}
            for report, words in trace.by_report
        ],
        "passages": [_row(trace, passage) for passage in trace.passages],
    }


def _row(trace: Trace, passage: Traced) -> dict[str, Any]:
    source = passage.source
    place = trace.text.place(passage.start, passage.end)
    return {
        **_offsets(trace.text, passage.start, passage.end),
        "start_line": place.start_line,
        "text": trace.text.text[passage.start : passage.end],
        "words": passage.words,
        "report": _id(trace, source.report),
        "source_text": _source_text(trace, source),
        "kind": str(source.kind),
        "similarity": rounded(source.similarity),
        "source": _place(trace, source),
        "first_seen": _id(trace, passage.copies[0].report),
        "copies": [
            {
                "report": _id(trace, copy.report),
                "kind": str(copy.kind),
                "similarity": rounded(copy.similarity),
                **_place(trace, copy),
            }
            for copy in passage.copies
        ],
    }


def _place(trace: Trace, copy: Copy) -> dict[str, Any]:
    prose = trace.sources[copy.report]
    place = prose.place(copy.start, copy.end)
    return {"path": place.path, "start_line": place.start_line, **_offsets(prose, copy.start, copy.end)}


def _offsets(prose: Prose, start: int, end: int) -> dict[str, int]:
    """Where a stretch of a cleaned text stands in its file."""
    return {"start": prose.offsets.to_source(start), "end": prose.offsets.to_source_end(end)}


def _id(trace: Trace, report: int) -> str | None:
    return None if trace.ids is None else trace.ids[report]


def _source_text(trace: Trace, copy: Copy) -> str:
    return trace.sources[copy.report].text[copy.start : copy.end]


# -- a terminal -------------------------------------------------------------------------------------------------------


def trace_text(trace: Trace, *, width: int = PLAIN_WIDTH) -> str:
    """The passages for a terminal, each with its line, the report it comes from, and its words as they were changed."""
    return "\n".join([*_heading(trace), *_listing(trace, width), "", _signature(trace)]) + "\n"


def _heading(trace: Trace) -> Iterator[str]:
    text = trace.text
    yield one_line(f"{text.document.path}: {plural(text.word_count, 'word', space=' ')}")
    if trace.ids is None:
        yield one_line(f"against: {trace.sources[0].document.path}")
    else:
        yield one_line(f"series: {trace.name}, {plural(len(trace.ids), 'report', space=' ')}")
    yield from textwrap.wrap(_tally(trace), PLAIN_WIDTH)
    if any(passage.source.kind is Kind.EDITED for passage in trace.passages):
        yield "marks: = verbatim, ~ edited; [-only in the source-] {+only in the text+}"


def _tally(trace: Trace) -> str:
    """How much was taken, and from which reports, as a sentence."""
    if not trace.passages:
        return "none of its words come from there"
    amount = f"{percent(trace.reused)} of its words come from there, in {_passages(len(trace.passages))}"
    if trace.ids is None:
        return amount
    shares = [f"{trace.ids[k]} ({percent(words / trace.text.word_count)})" for k, words in trace.by_report]
    more = f" and {plural(len(shares) - _MOST, 'other', space=' ')}" if len(shares) > _MOST else ""
    return one_line(f"{amount}: {', '.join(shares[:_MOST])}{more}")


def _passages(number: int) -> str:
    return plural(number, "passage", space=" ")


def _listing(trace: Trace, width: int) -> Iterator[str]:
    wide = max((len(name) for name in trace.ids or ()), default=0)
    for passage in trace.passages:
        yield ""
        line = trace.text.place(passage.start, passage.end).start_line
        name = one_line(_id(trace, passage.source.report) or "")
        margin = (
            f"{line:>5} {_SIGNS[passage.source.kind]} {name:{wide}}  "
            if wide
            else f"{line:>5} {_SIGNS[passage.source.kind]}  "
        )
        indent = " " * len(margin)
        words = trace.text.text[passage.start : passage.end]
        if passage.source.kind is Kind.EDITED:
            words = marked_words(_source_text(trace, passage.source), words)
        rows = [(margin, words), (indent, f"({_where(trace, passage)})")]
        for first, row in rows:
            yield from wrapped(row, max(width, len(margin) + 30), first, indent)


def _where(trace: Trace, passage: Traced) -> str:
    """Where the source stands, how alike it is, and which other reports have the passage."""
    source = passage.source
    place = trace.sources[source.report].place(source.start, source.end)
    parts = [f"{place.path}:{place.start_line}"]
    if source.kind is Kind.EDITED:
        parts.append(f"{percent(source.similarity)} alike")
    others = _others(trace, passage)
    return "; ".join([*parts, *([f"also in {others}"] if others else [])])


def _others(trace: Trace, passage: Traced) -> str:
    """The other reports that have a passage: the first of them, and the latest, where they are many."""
    names = [_id(trace, copy.report) or "" for copy in passage.copies if copy.report != passage.source.report]
    if len(names) <= _MOST:
        return listed(names) if names else ""
    return f"{len(names)} others, from {names[0]} to {names[-1]}"


def _signature(trace: Trace) -> str:
    return trace.settings.signature(
        "words of sentences, or parts of them, that the source has",
        "log likelihood of reuse, then sentence by sentence",
    )


# -- a page -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Note:
    """What the page says beside a passage."""

    number: int
    """The number of the passage, from 1."""
    report: str | None
    """The report that it is attributed to; None for a single document."""
    kind: Kind
    """How it was taken over."""
    alike: str
    """How alike both are, in figures."""
    place: str
    """Where the source stands."""
    others: str
    """The other reports that have it; empty where none has."""
    steps: tuple[Step, ...]
    """How the source became the passage, in runs of words; empty where nothing was changed."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a paragraph of the outside text."""

    text: str
    """The words, white space included."""
    note: Note | None
    """The passage that they are; None for the text's own."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the outside text, with its passages."""

    line: int
    """Where it begins in its file."""
    stretches: tuple[Stretch, ...]
    """In reading order; joined, they are the paragraph."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """What is said of its passages."""
        return tuple(stretch.note for stretch in self.stretches if stretch.note is not None)


def trace_page(trace: Trace) -> str:
    """The outside text as one page without other files: passages marked, and beside each what it was taken from."""
    from .html.rendering import render

    words = trace.text.word_count
    kinds = {kind: trace.words_of(kind) for kind in (Kind.VERBATIM, Kind.EDITED)}
    return render(
        "trace.html",
        root=None,
        title=trace.text.title,
        path=trace.text.document.path,
        words=words,
        name=trace.name,
        reports=None if trace.ids is None else len(trace.ids),
        source_path=trace.sources[0].document.path if trace.ids is None else None,
        reused=trace.reused,
        passages=len(trace.passages),
        shares=[(str(kind), amount / words) for kind, amount in kinds.items()],
        own=1 - trace.reused,
        by_report=[(_id(trace, report), amount, amount / words) for report, amount in trace.by_report],
        paragraphs=_paragraphs(trace),
        signature=_signature(trace),
        counted=count,
    )


def _paragraphs(trace: Trace) -> list[Paragraph]:
    text = trace.text
    notes = [_note(trace, k, passage) for k, passage in enumerate(trace.passages, 1)]
    marked = list(zip(trace.passages, notes, strict=True))
    spans = zip(text.sentence_paragraphs.tolist(), text.sentence_spans.tolist(), strict=True)
    result: list[Paragraph] = []
    at = 0
    for _, group in groupby(spans, key=lambda row: row[0]):
        rows = [span for _, span in group]
        start, end = rows[0][0], rows[-1][1]
        first = at
        while at < len(marked) and marked[at][0].start < end:
            at += 1
        stretches = tuple(_stretches(text.text, start, end, marked[first:at]))
        result.append(Paragraph(text.place(start, end).start_line, stretches))
    return result


def _stretches(text: str, start: int, end: int, marked: Sequence[tuple[Traced, Note]]) -> Iterator[Stretch]:
    for passage, note in marked:
        if passage.start > start:
            yield Stretch(text[start : passage.start], None)
        yield Stretch(text[passage.start : passage.end], note)
        start = passage.end
    if end > start:
        yield Stretch(text[start:end], None)


def _note(trace: Trace, number: int, passage: Traced) -> Note:
    source = passage.source
    place = trace.sources[source.report].place(source.start, source.end)
    steps: tuple[Step, ...] = ()
    if source.kind is Kind.EDITED:
        steps = tuple(word_steps(_source_text(trace, source), trace.text.text[passage.start : passage.end]))
    return Note(
        number,
        _id(trace, source.report),
        source.kind,
        percent(source.similarity),
        f"{place.path}, line {place.start_line}",
        _others(trace, passage),
        steps,
    )
