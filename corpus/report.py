"""The values that come out of this room: a `Series` of `Report`s, each with the way back to its source document.

A report's prose is held once, as cleaned text. Sentences and tokens are spans into it (arrays, so that a report of a
million words stays small), and `Report.place` maps any span back to a line and a column of the file it came from.
"""

from __future__ import annotations

import datetime
import enum
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .errors import UsageError
from .showing import notebook_html

Spans = NDArray[np.int32 | np.int64]  # shape (n, 2): start and end (exclusive) in characters


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a source document, as people count: lines and columns from 1, the end column exclusive."""

    path: str
    """The document as the user named it, with forward slashes."""
    start_line: int
    """The line of the first character."""
    start_column: int
    """The column of the first character, in characters (code points)."""
    end_line: int
    """The line of the last character."""
    end_column: int
    """The column behind the last character."""

    def __str__(self) -> str:
        return f"{self.path}:{self.start_line}:{self.start_column}"


@dataclass(frozen=True, eq=False)
class Document:
    """One file as it was decoded, before any cleaning."""

    path: str
    """The file as the user named it, with forward slashes."""
    text: str
    """All of its text, without a byte order mark, each line end as one \\n."""

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character."""
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of the character at `offset`."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of the character at a line and a column, both from 1."""
        return self.line_starts[line - 1] + column - 1

    def place(self, start: int, end: int) -> Place:
        """The `Place` of the characters from `start` to `end` (exclusive); an empty span is a point."""
        first_line, first_column = self.position(start)
        last_line, last_column = self.position(max(start, end - 1))
        return Place(self.path, first_line, first_column, last_line, last_column + (1 if end > start else 0))


@dataclass(frozen=True, slots=True, eq=False)
class OffsetMap:
    """Where each character of a cleaned text stood in its document: runs within which both advance together.

    A character that cleaning put in (the space where a page break was, the one letter for a letter and its accent)
    is a run of its own whose `source` and `ends` enclose what it stands for. An empty run may stand at the end.
    """

    clean: NDArray[np.int64]
    """Start of each run in the cleaned text, ascending, the first 0."""
    source: NDArray[np.int64]
    """Start of each run in the document."""
    ends: NDArray[np.int64] | None = None
    """End (exclusive) of what each run stands for in the document; None where every run is as long as its source."""

    def to_source(self, offset: int) -> int:
        """The document offset of the cleaned text's character at `offset`."""
        run = int(np.searchsorted(self.clean, offset, side="right")) - 1
        return int(self.source[run]) + offset - int(self.clean[run])

    def to_source_end(self, offset: int) -> int:
        """The document offset behind what the cleaned text's character before `offset` (at least 1) stands for."""
        run = int(np.searchsorted(self.clean, offset, side="left")) - 1
        if self.ends is not None and run + 1 < len(self.clean) and int(self.clean[run + 1]) == offset:
            return int(self.ends[run])
        return int(self.source[run]) + offset - int(self.clean[run])

    def to_clean(self, offset: int) -> int:
        """The cleaned text's offset of the document's character at `offset`; for one that was left out, of the next
        that was not."""
        run = int(np.searchsorted(self.source, offset, side="left"))
        if run < len(self.source) and int(self.source[run]) == offset:
            return int(self.clean[run])
        if run == 0:
            return 0
        run -= 1
        start = int(self.clean[run])
        at = start + offset - int(self.source[run])
        return at if run + 1 == len(self.clean) else min(at, int(self.clean[run + 1]))


class Precision(enum.StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class ReportDate:
    """The date of a report, no more precise than the text that gives it."""

    day: datetime.date
    """The day; the first of the month or the year where no more is known."""
    precision: Precision = field(compare=False)
    """How much of `day` was stated."""
    text: str = field(compare=False)
    """The words or digits that the date was read from."""

    def __str__(self) -> str:
        return self.day.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a report."""

    index: int
    """Its number in the report, from 0."""
    paragraph: int
    """The number of its paragraph in the report, from 0."""
    start: int
    """Offset of its first character in the report's cleaned text."""
    end: int
    """Offset behind its last character."""
    text: str
    """Its words as they stand in the cleaned text, without the white space around."""


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a report: a word, a number or a punctuation mark."""

    start: int
    """Offset of its first character in the report's cleaned text."""
    end: int
    """Offset behind its last character."""
    text: str
    """The token itself."""
    is_word: bool
    """False for punctuation."""


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The words and punctuation marks of a text, in order, as spans. White space is what lies between them."""

    spans: Spans
    """Shape (tokens, 2)."""
    is_word: NDArray[np.bool_]
    """Shape (tokens,): False for punctuation."""


@dataclass(frozen=True, eq=False)
class Prose:
    """A text: cleaned, cut into sentences and tokens, with the way back to its source."""

    title: str
    """Its heading without mark-up, or its file's name."""
    document: Document
    """The file it stands in."""
    start: int
    """Offset in the document of its first character, heading included."""
    end: int
    """Offset in the document behind its last character that is not white space."""
    text: str
    """The cleaned prose. Paragraphs are separated by an empty line."""
    offsets: OffsetMap
    """From `text` back to the document."""
    sentence_spans: Spans
    """Shape (sentences, 2), in `text`, without the white space around."""
    sentence_paragraphs: NDArray[np.int64]
    """Shape (sentences,): the paragraph each sentence stands in, from 0."""
    tokens: Tokens
    """Words and punctuation marks of `text`; every one lies in a sentence."""
    sentence_tokens: NDArray[np.int64]
    """Shape (sentences + 1,): sentence k holds the tokens from sentence_tokens[k] to sentence_tokens[k + 1]."""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences as values."""
        rows = zip(self.sentence_spans.tolist(), self.sentence_paragraphs.tolist(), strict=True)
        return tuple(Sentence(k, p, s, e, self.text[s:e]) for k, ((s, e), p) in enumerate(rows))

    @cached_property
    def sentence_lines(self) -> list[int]:
        """The line of each sentence in the source document, from 1."""
        return list(map(self.line, self.sentence_spans[:, 0].tolist()))

    @cached_property
    def word_count(self) -> int:
        """How many words it has; punctuation is not counted."""
        return int(self.tokens.is_word.sum())

    def words(self) -> Iterator[Word]:
        """Its tokens as values, in order."""
        for (start, end), is_word in zip(self.tokens.spans.tolist(), self.tokens.is_word.tolist(), strict=True):
            yield Word(start, end, self.text[start:end], is_word)

    def place(self, start: int, end: int) -> Place:
        """Where the characters from `start` to `end` (exclusive) of `text` stand in the source document."""
        first = self.offsets.to_source(start)
        last = self.offsets.to_source_end(end) if end > start else first
        return self.document.place(first, last)

    def span(self, place: Place) -> tuple[int, int]:
        """Where in `text` a place of the document stands: `place` turned round; empty in what cleaning left out."""
        start = self.document.offset(place.start_line, place.start_column)
        end = self.document.offset(place.end_line, place.end_column)
        return self.offsets.to_clean(start), min(self.offsets.to_clean(end), len(self.text))

    def line(self, offset: int) -> int:
        """The line of the character at `offset` of `text` in the source document, from 1."""
        starts, shifts = self._runs
        return bisect_right(self.document.line_starts, offset + shifts[bisect_right(starts, offset) - 1])

    @cached_property
    def _runs(self) -> tuple[list[int], list[int]]:
        """Where each run of `offsets` starts, and how much later it stands in the document."""
        return self.offsets.clean.tolist(), (self.offsets.source - self.offsets.clean).tolist()

    @property
    def lines(self) -> tuple[int, int]:
        """First and last line of the text in its document, from 1, heading included."""
        return self.document.position(self.start)[0], self.document.position(max(self.start, self.end - 1))[0]


@dataclass(frozen=True, eq=False)
class Report(Prose):
    """One year's text."""

    id: str
    """Its year, or its date where the year has several reports."""
    date: ReportDate
    """When it was issued."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or a part of one that is not in the series, and why."""

    path: str
    """What was skipped."""
    reason: str
    """Why, and what would change it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader of the series should know: it was read, but not everything was as expected."""

    code: str
    """A stable name such as `contents-disagree`."""
    message: str
    """What was seen and what litany made of it."""
    path: str
    """The document it is about."""
    line: int | None = None
    """The line it is about, from 1; None where it is about the whole document."""


@dataclass(frozen=True, eq=False)
class Series:
    """Reports of one kind in order of date."""

    name: str
    """What the series is called: by default a compilation's own title, else the file's or folder's name."""
    reports: tuple[Report, ...]
    """From the earliest to the latest; at least one."""
    missing: tuple[str, ...] = ()
    """Years without a report in a yearly series."""
    skipped: tuple[Skipped, ...] = ()
    """What was found at the source and left out."""
    notices: tuple[Notice, ...] = ()
    """What a reader should know about how the series was read."""

    def __len__(self) -> int:
        return len(self.reports)

    def _repr_html_(self) -> str | None:
        """How a notebook shows it."""
        return notebook_html(self)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all reports, in order."""
        return tuple(report.id for report in self.reports)

    def index(self, name: str) -> int:
        """The number of the report that `name` names: an id, a date, or the start of one that fits no other.

        Raises `UsageError` where no report or more than one fits.
        """
        if name in self.ids:
            return self.ids.index(name)
        fits = [k for k, report in enumerate(self.reports) if name and _starts(str(report.date), name)]
        if len(fits) == 1:
            return fits[0]
        known = self.ids if not fits else [self.ids[k] for k in fits]
        problem = "names several reports" if fits else "is no report of this series"
        raise UsageError(f"{name!r} {problem}; name one of: {_shortened(known)}")


def _starts(date: str, name: str) -> bool:
    return date == name or date.startswith(name + "-") or name.startswith(date + "-")


def _shortened(names: Sequence[str], most: int = 12) -> str:
    return ", ".join(names) if len(names) <= most else ", ".join([*names[: most - 1], "...", names[-1]])
