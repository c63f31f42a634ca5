"""The list of contents of a compilation: recognised, its broken entries joined, and checked against the reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .dates import stated_dates
from .headings import Block, Heading, entry_text, is_contents_heading, starts_item
from .report import Document, Notice, ReportDate

MOST_ENTRIES = 5000  # a longer list is no list of contents


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list of contents."""

    line: int
    """Its first line, from 0."""
    text: str
    """Its words without marker, mark-up and page number."""
    date: ReportDate | None
    """The date in it."""

    @property
    def key(self) -> str:
        """Its words and numbers in small letters."""
        return key_of(self.text)


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of contents."""

    first: int
    """Its first line, from 0, its own heading included."""
    last: int
    """Its last line."""
    entries: tuple[Entry, ...]
    """Its entries, those broken in two joined."""

    @property
    def dated(self) -> int:
        """How many entries have a date."""
        return sum(entry.date is not None for entry in self.entries)

    def named(self, headings: Sequence[Heading]) -> frozenset[int]:
        """The first lines of the headings that an entry names: by the same words, most of them, or its date alone.

        An entry that has the very words of a heading names no other: '2019' is not 'Outlook for 2019' beside '2019'.
        """
        titles = {one.first: key_of(one.title) for one in headings}
        exact = frozenset(titles.values())
        return frozenset(
            one.first
            for one in headings
            if any(
                _same_title(entry, titles[one.first]) and _same_date(entry, one)
                for entry in self.entries
                if entry.key == titles[one.first] or entry.key not in exact
            )
        )

    def agreement(self, headings: Sequence[Heading]) -> float:
        """The share of headings that an entry has the date of."""
        dates = {str(entry.date) for entry in self.entries}
        return sum(str(one.date) in dates for one in headings) / max(1, len(headings))


def key_of(text: str) -> str:
    """The words and numbers of a text in small letters, one space between them."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def _same_date(entry: Entry, heading: Heading) -> bool:
    return (
        entry.date is None
        or str(entry.date).startswith(str(heading.date))
        or str(heading.date).startswith(str(entry.date))
    )


def _same_title(entry: Entry, title: str) -> bool:
    """Whether an entry has the words of a heading, or the greater part of them."""
    if entry.key == title:
        return True
    words, own = set(title.split()), set(entry.key.split())
    return bool(own) and (own <= words or words <= own or len(own & words) * 10 >= 8 * len(own | words))


def find_contents(lines: list[str], blocks: Sequence[Block], headings: Sequence[Heading]) -> Contents | None:
    """The list of contents: the longest run of list-like blocks with dates that stands before or behind the reports.

    It must name headings that stand elsewhere; before them, it may also be announced, or have page numbers or links.
    """
    best: Contents | None = None
    for first, last, announced in _runs(blocks, headings):
        entries = _entries(lines, blocks, first, last)
        start = blocks[first - 1].first if announced else blocks[first].first
        found = Contents(start, blocks[last].last, entries)
        if found.dated < 2 or len(entries) > MOST_ENTRIES or (best is not None and best.dated >= found.dated):
            continue
        outside = [one for one in headings if not found.first <= one.first <= found.last]
        before = [one for one in outside if one.first < found.first]
        if before and len(before) < len(outside) and not announced:
            continue  # a list between reports is a part of one
        if _names_most(found, outside, by_date=announced or not before) or (
            not before and (announced or _has_pages(lines, found))
        ):
            best = found
    return best


def _runs(blocks: Sequence[Block], headings: Sequence[Heading]) -> list[tuple[int, int, bool]]:
    """First and last block of each run of list-like blocks, and whether a heading announces it."""
    bare = _headings_without_text(blocks, headings)
    runs: list[tuple[int, int, bool]] = []
    k = 0
    while k < len(blocks):
        announced = k > 0 and is_contents_heading(blocks[k - 1].text)
        last = k - 1
        while last + 1 < len(blocks) and (blocks[last + 1].is_list or last + 1 in bare):
            last += 1
        if last < k and announced and len(blocks[k].stated) > 1:
            last = k
        if last >= k:
            runs.append((k, last, announced))
        k = max(last, k) + 1
    return runs


def _headings_without_text(blocks: Sequence[Block], headings: Sequence[Heading]) -> frozenset[int]:
    """Blocks that are dated headings of one shape in a row, at least three, with no text between: entries of a list."""
    first_lines = {one.first: one for one in headings}
    bare: set[int] = set()
    row: list[int] = []
    for k, block in enumerate([*blocks, None]):
        heading = first_lines.get(block.first) if block is not None else None
        if heading is not None and (not row or not heading.follows_text):
            row.append(k)
            continue
        if block is None and row and row[0] > 0 and is_contents_heading(blocks[row[0] - 1].text):
            bare |= set(row)
        # the last of the row has the text that follows: it is the heading of the first report
        if len(row) > 3 or (len(row) > 1 and row[0] > 0 and is_contents_heading(blocks[row[0] - 1].text)):
            bare |= set(row[:-1])
        row = [k] if heading is not None else []
    return frozenset(bare)


def _entries(lines: list[str], blocks: Sequence[Block], first: int, last: int) -> tuple[Entry, ...]:
    """The entries of a run of blocks; a line without a marker goes on with the item before where items have one."""
    pieces: list[tuple[int, str, bool]] = []
    marked = any(starts_item(lines[block.first]) for block in blocks[first : last + 1])
    for block in blocks[first : last + 1]:
        for line in range(block.first, block.last + 1):
            text, paged = entry_text(lines[line])
            if not any(map(str.isalnum, text)):
                continue
            goes_on = (
                pieces and not starts_item(lines[line]) and (marked or (not pieces[-1][2] and lines[line][:1] == " "))
            )
            if goes_on and line > block.first:
                pieces[-1] = (pieces[-1][0], f"{pieces[-1][1]} {text}", paged)
            else:
                pieces.append((line, text, paged))
    return _joined([Entry(line, text, _date(text)) for line, text, _ in pieces])


def _date(text: str) -> ReportDate | None:
    dates = [stated.date for stated in stated_dates(text) if stated.date is not None]
    if not dates:
        return None
    longest = max(len(str(date)) for date in dates)
    return [date for date in dates if len(str(date)) == longest][-1]


def _joined(entries: list[Entry]) -> tuple[Entry, ...]:
    """The entries, one that is broken in two joined: a title without a date, then a date without a title."""
    joined: list[Entry] = []
    for entry in entries:
        before = joined[-1] if joined else None
        if before is not None and before.date is None and entry.date is not None and _is_date_only(entry):
            joined[-1] = Entry(before.line, f"{before.text} {entry.text}", entry.date)
        else:
            joined.append(entry)
    return tuple(joined)


def _is_date_only(entry: Entry) -> bool:
    assert entry.date is not None  # noqa: S101
    return len(key_of(entry.text.replace(entry.date.text, ""))) == 0


def _has_pages(lines: list[str], found: Contents) -> bool:
    numbered = sum(entry_text(lines[entry.line])[1] or "](#" in lines[entry.line] for entry in found.entries)
    return numbered * 2 >= len(found.entries)


def _names_most(found: Contents, headings: Sequence[Heading], *, by_date: bool) -> bool:
    """Whether most entries have the words and the date of a heading, or `by_date` a date alone that one has."""
    titles: dict[str, list[str]] = {}
    for one in headings:
        titles.setdefault(str(one.date), []).append(key_of(one.title))
    named = sum(
        any(
            _same_title(entry, title) if key_of(_undated(entry)) else by_date
            for title in titles.get(str(entry.date), [])[:20]
        )
        for entry in found.entries
    )
    return named * 3 >= 2 * len(found.entries)


def check(document: Document, contents: Contents, headings: Sequence[Heading]) -> list[Notice]:
    """Where the list of contents and the reports disagree."""
    by_date: dict[str, list[Entry]] = {}
    for entry in contents.entries:
        by_date.setdefault(str(entry.date), []).append(entry)
    matched: set[int] = set()
    notices: list[Notice] = []
    unlisted: list[Heading] = []
    for heading in headings:
        entry = next((e for e in by_date.get(str(heading.date), []) if e.line not in matched), None)
        if entry is None:
            unlisted.append(heading)
            continue
        matched.add(entry.line)
        if not _agrees(entry, heading):
            called = f"{_quoted(entry.text)}, its heading {_quoted(heading.title)}"
            message = f"the list of contents calls the report of {heading.date} {called}"
            notices.append(Notice("contents-disagree", message, document.path, entry.line + 1))
    left = {entry.line: entry for entry in contents.entries if entry.line not in matched and entry.date is not None}
    alike = Counter(_key_without_date(heading) for heading in headings)
    by_title = {key_of(_undated(entry)): entry for entry in left.values()}
    for heading in unlisted:
        key = _key_without_date(heading)
        entry = by_title.get(key) if key and alike[key] == 1 else None
        if entry is not None:
            del left[entry.line]
            message = f"the list of contents dates {_quoted(heading.title)} {entry.date}, its heading {heading.date}"
            notices.append(Notice("contents-disagree", message, document.path, entry.line + 1))
        else:
            message = f"the report {_quoted(heading.title)} is not in the list of contents"
            notices.append(Notice("contents-disagree", message, document.path, heading.first + 1))
    for entry in left.values():
        message = f"the list of contents names {_quoted(entry.text)}, but no report has that heading"
        notices.append(Notice("contents-disagree", message, document.path, entry.line + 1))
    return sorted(notices, key=lambda notice: notice.line or 0)


def _key_without_date(heading: Heading) -> str:
    return key_of(heading.title.replace(heading.date.text, ""))


def _undated(entry: Entry) -> str:
    return entry.text.replace(entry.date.text, "") if entry.date is not None else entry.text


def _agrees(entry: Entry, heading: Heading) -> bool:
    """Whether an entry has the words of the heading, in whatever order, or the date alone."""
    words, title = sorted(entry.key.split()), key_of(heading.title)
    return words == sorted(title.split()) or not key_of(_undated(entry)) or f" {entry.key} " in f" {title} "


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 80 else text[:77] + "...")
