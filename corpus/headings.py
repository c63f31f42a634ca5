"""What in a document may be the heading of a report: by its shape, with the date in it or directly under it.

Nothing is decided here; `compilation` chooses among the candidates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from .dates import Convention, Stated, stated_dates
from .report import ReportDate

_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*(?:\{#[^{}]*\})?[ \t]*$")
_RULE = re.compile(r"\s*(?:=+|-+|~+|_+|\*+|#+|(?:[-*_=~]\s){2,}[-*_=~]?)\s*$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_LIST_ITEM = re.compile(r"\s*(?:[-*+•·▪◦‣]\s+|\(?\d{1,3}[.)]\s+|\|)")
_PAGE_NUMBER = re.compile(r"(?:\s*(?:\.\s?){3,}|\s*…+|\t+|\s*\||\s{3,}|\s*_{3,}|\s+[.·]{2,})\s*\d{1,4}\W*$")
_STRONG = re.compile(r"(\*\*\*?|__)(?=\S)(.+?)(?<=\S)\1\s*\\?$", re.DOTALL)
_EMPHASIS = re.compile(r"([*_])(?=[^\s*_])([^*_]+?)(?<=\S)\1\s*\\?$", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_MARKUP = re.compile(r"\\(?=[^\w\s])|\*+|(?<!\w)_+|_+(?!\w)|(?<!\w)`+|`+(?!\w)|<[^<>\s][^<>]*>")
_TERMINAL = re.compile(r"[.!?;,:…。！？；，、：｡।॥؟۔؛،։][\"'”’」』）)]*$")
_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?] [^\W\d_]+ ")  # a sentence and the next: no title
_CONTENTS = re.compile(
    r"\W*(?:table of )?(?:contents|contents list|list of (?:contents|reports)|index|inhalt(?:sverzeichnis)?|"
    r"table des matières|sommaire|índice|indice|sumário|sommario|inhoud|innehåll|indhold|spis treści|содержание|"
    r"оглавление|içindekiler|mündəricat|目录|目次)\W*",
    re.IGNORECASE,
)
MOST_CHARACTERS = 400  # a heading has no more, on at most so many lines:
MOST_LINES = 6

# The shapes of a heading, from the outermost to the innermost; Markdown's levels are 1 to 6.
STRONG, CAPITALS, EMPHASIS, PLAIN = 7, 8, 9, 10


@dataclass(frozen=True, slots=True)
class Block:
    """Lines with nothing empty between them."""

    first: int
    """Its first line, from 0."""
    last: int
    """Its last line, an underline included."""
    text: str
    """What a reader sees of it, its lines joined by one space."""
    shape: int | None
    """What kind of heading it may be: a Markdown level, `STRONG`, ...; None where it is text."""
    stated: tuple[Stated, ...] = ()
    """The dates in `text`."""
    is_list: bool = False
    """Its lines are items of a list, or have page numbers."""

    @property
    def is_date(self) -> bool:
        """Whether it holds one date and next to nothing else: a place, a weekday, brackets."""
        if len(self.stated) != 1 or self.stated[0].date is None:
            return False
        rest = self.text[: self.stated[0].start] + self.text[self.stated[0].end :]
        return len(rest) <= 40 and len(re.findall(r"\w+", rest)) <= 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that has a date."""

    first: int
    """Its first line, from 0."""
    last: int
    """Its last line, the date's included."""
    title: str
    """Its text without mark-up, its lines joined by one space."""
    shape: int
    """What kind of heading it is."""
    date: ReportDate
    """The date that it states."""
    words: tuple[str, ...]
    """What it says besides the date, in small letters and without numbers."""
    follows_text: bool
    """Something that is no heading stands between it and the heading before."""
    ambiguous: bool = False
    """Day and month of its date cannot be told apart."""


def blocks_of(lines: list[str], convention: Convention) -> list[Block]:
    """The blocks of a document, each with the shape and dates that a short one has."""
    blocks: list[Block] = []
    run: list[int] = []
    fenced = False
    for k, line in enumerate([*lines, ""]):
        if _FENCE.match(line):
            fenced = not fenced
        atx = not fenced and line.lstrip(" ").startswith("#") and _ATX.match(line)
        if line.strip("\x0c \t") and not atx and not line.startswith("\x0c"):
            run.append(k)
            continue
        blocks += _run_blocks(lines, run, convention)
        run = [k] if line.strip("\x0c \t") and not atx else []
        if atx:
            level = len(atx.group(1))
            blocks.append(_block(k, k, visible(atx.group(2)), level, convention))
    return blocks


def _run_blocks(lines: list[str], run: list[int], convention: Convention) -> list[Block]:
    """The blocks in lines that follow one another: a heading over a rule is one, and what follows is another."""
    while run and _RULE.match(lines[run[0]]):
        run = run[1:]
    if not run:
        return []
    for k in range(1, min(len(run), 4)):
        if _RULE.match(lines[run[k]]) and sum(len(lines[n]) for n in run[:k]) <= 200:
            text = visible(" ".join(lines[n].strip() for n in run[:k]))
            if _LIST_ITEM.match(lines[run[0]]) or not text:
                break
            shape = 1 if "=" in lines[run[k]] else 2
            return [_block(run[0], run[k], text, shape, convention), *_run_blocks(lines, run[k + 1 :], convention)]
    while _RULE.match(lines[run[-1]]):
        run = run[:-1]
    first = lines[run[0]]
    if len(run) > 1 and _is_capitals(first) and not _is_capitals(lines[run[1]]) and not _LIST_ITEM.match(first):
        head = _block(run[0], run[0], visible(first), CAPITALS, convention)
        if head.stated:
            return [head, _text_block(lines, run[1:], convention)]
    return [_text_block(lines, run, convention)]


def _text_block(lines: list[str], run: list[int], convention: Convention) -> Block:
    parts = [lines[k] for k in run[: MOST_LINES + 1]]
    raw = "\n".join(part.strip() for part in parts)
    if len(run) > MOST_LINES or len(raw) > MOST_CHARACTERS:
        return Block(run[0], run[-1], "", None, is_list=_is_listing(lines, run))
    text = visible(raw.replace("\n", " "))
    if _is_listing(lines, run):
        return Block(run[0], run[-1], text, None, is_list=True)
    return _block(run[0], run[-1], text, _shape(raw, text, len(run)), convention)


def _is_listing(lines: list[str], run: list[int]) -> bool:
    """Whether the first lines are items of a list, or have page numbers, or each a date of its own."""
    head = [lines[k] for k in run[:6]]
    if _LIST_ITEM.match(head[0]) and (
        len(run) > 1 or not head[0].lstrip()[0].isdigit()
    ):  # '1. Notice 2004' may be a heading
        return True
    if sum(_PAGE_NUMBER.search(line) is not None for line in head) * 2 >= len(head):
        return True
    return len(head) > 2 and all(len(line) < 150 and len(stated_dates(line)) == 1 for line in head)


def _shape(raw: str, text: str, count: int) -> int | None:
    bare = [line.strip() for line in raw.split("\n")]
    if _STRONG.fullmatch(raw) or all(_STRONG.fullmatch(line) for line in bare):
        return STRONG
    if _EMPHASIS.fullmatch(raw):
        return EMPHASIS
    if count > 4 or len(text) > 250:
        return None
    if _is_capitals(text):
        return CAPITALS
    ends = _TERMINAL.search(text) and not re.search(r"[12]\d{3}\)?\.$", text)
    return PLAIN if not ends and count <= 3 and len(text) <= 160 and not _SENTENCE.search(text) else None


def _is_capitals(text: str) -> bool:
    """Whether a line is written in capitals; months and ordinals (20th) may be small."""
    letters = [one for one in text[:MOST_CHARACTERS] if one.isalpha()]
    if len(letters) < 3:
        return False
    return sum(map(str.isupper, letters)) > 0.8 * len(letters) and len(text) <= 250


def _block(first: int, last: int, text: str, shape: int | None, convention: Convention) -> Block:
    if len(text) > MOST_CHARACTERS:
        return Block(first, last, "", None)
    return Block(first, last, text, shape, stated_dates(text, convention) if shape else ())


def visible(text: str) -> str:
    """A line as a reader sees it, without Markdown."""
    if any(mark in text for mark in "*_[`\\<"):
        text = _MARKUP.sub("", _LINK.sub(r"\1", text))
    return " ".join(text.split())


def is_contents_heading(text: str) -> bool:
    """Whether a line announces a list of contents."""
    return len(text) < 60 and _CONTENTS.fullmatch(text) is not None


def words_of(text: str) -> tuple[str, ...]:
    """The words of a heading in small letters, without dates and numbers: what headings of one kind share."""
    for stated in reversed(stated_dates(text)):
        text = text[: stated.start] + " " + text[stated.end :]
    return tuple(re.findall(r"[^\W\d_]+", re.sub(r"\b\d+(?:st|nd|rd|th)\b", " ", text.lower())))


def headings_in(blocks: list[Block]) -> list[Heading]:
    """The blocks that are shaped like a heading and have a date, in them or in the block directly below or above."""
    headings: list[Heading] = []
    habits = _habits_of(blocks)
    text_before, taken = True, -1
    for k, block in enumerate(blocks):
        if k <= taken:
            continue
        if block.shape is None:
            text_before = True
            continue
        found = _dated(blocks, k, habits)
        if found is None:
            text_before = text_before or block.shape >= EMPHASIS
            continue
        heading, taken = found
        headings.append(replace(heading, follows_text=text_before))
        text_before = False
    return headings


@dataclass(frozen=True, slots=True)
class _Habits:
    """How a document writes its headings, seen from all of them."""

    titles: frozenset[tuple[str, ...]]
    """The words of undated short blocks that stand above a date more than once: titles, not last words of a text."""
    pairs: frozenset[tuple[int, int]]
    """The shapes of a title and of the date below it, where that is how this document puts dates."""
    told: frozenset[str]
    """The dates that several headings have among others: what the headings tell about, not when they were written."""


def _habits_of(blocks: list[Block]) -> _Habits:
    return _Habits(_titles(blocks), _pairs(blocks), _told(blocks))


def _titled(blocks: list[Block]) -> Iterator[tuple[Block, Block]]:
    for block, after in pairwise(blocks):
        if block.shape is not None and not block.stated and after.is_date and after.shape is not None:
            yield block, after


def _titles(blocks: list[Block]) -> frozenset[tuple[str, ...]]:
    total = Counter(words_of(block.text) for block in blocks if block.is_date)
    titled = Counter(words_of(after.text) for _, after in _titled(blocks))
    # where one of the dates has no title above, the lines above the others close the reports before
    words = Counter(words_of(block.text) for block, after in _titled(blocks) if _all(total, titled, after))
    return frozenset(title for title, count in words.items() if count > 1)


def _all(total: Counter[tuple[str, ...]], titled: Counter[tuple[str, ...]], after: Block) -> bool:
    words = words_of(after.text)
    return titled[words] == total[words]


def _pairs(blocks: list[Block]) -> frozenset[tuple[int, int]]:
    counts = Counter((block.shape or 0, after.shape or 0) for block, after in _titled(blocks))
    alone = Counter(block.shape for block in blocks if block.is_date)
    return frozenset(
        (title, date)
        for (title, date), count in counts.items()
        if alone[date] == 1 or (2 * count > alone[date] if date <= CAPITALS else count > 1)
    )


def _told(blocks: list[Block]) -> frozenset[str]:
    texts: dict[str, set[str]] = {}
    for block in blocks:
        if len(block.stated) > 1:
            for date in {str(stated.date) for stated in block.stated if stated.date is not None}:
                texts.setdefault(date, set()).add(block.text)
    return frozenset(date for date, among in texts.items() if len(among) > 2)


def _dated(blocks: list[Block], k: int, habits: _Habits) -> tuple[Heading, int] | None:
    """The heading that begins with block k and the last block that it takes in."""
    block = blocks[k]
    after = blocks[k + 1] if k + 1 < len(blocks) else None
    title, last, taken = block.text, block.last, k
    if block.stated:
        stated = _the_date(block, habits.told)
        if stated is not None and after is not None and _is_above(block, after):
            title, last, taken = f"{block.text} {after.text}", after.last, k + 1
    else:
        if after is None or not _is_title(block, after, habits):
            return None
        stated = after.stated[0]
        title, last, taken = f"{block.text} {after.text}", after.last, k + 1
    if stated is None or stated.date is None or block.shape is None:
        return None
    heading = Heading(block.first, last, title, block.shape, stated.date, words_of(title), True, stated.ambiguous)
    return heading, taken


def _is_title(block: Block, after: Block, habits: _Habits) -> bool:
    """Whether an undated block is the title of what the date in the block below dates."""
    if block.shape is None or after.shape is None or not after.is_date or after.last - block.last > 4:
        return False
    if after.shape <= CAPITALS and after.shape <= block.shape:
        return False  # a heading in its own right
    if (block.shape, after.shape) not in habits.pairs or is_contents_heading(block.text):
        return False
    return block.shape <= CAPITALS or words_of(block.text) in habits.titles


def _is_above(block: Block, after: Block) -> bool:
    """Whether a plain line is nothing but the day above the heading that it dates."""
    if block.shape not in (EMPHASIS, PLAIN) or after.shape is None or after.shape > CAPITALS or after.stated:
        return False
    day = block.stated[0]
    rest = block.text[: day.start] + block.text[day.end :]
    return day.date is not None and len(str(day.date)) == 10 and not any(map(str.isalnum, rest))


def _the_date(block: Block, told: frozenset[str]) -> Stated | None:
    """The one date that a heading is about: the only one, else one that opens or closes it, else the most precise.

    Dates that other headings tell about as well (what an anniversary is of) are passed over where another is left.
    """
    dated = [stated for stated in block.stated if stated.date is not None]
    dated = [stated for stated in dated if str(stated.date) not in told] or dated
    if len({str(stated.date) for stated in dated}) == 1:
        return dated[0]
    if not dated:
        return None
    first, last = dated[0], dated[-1]
    if len(dated) == 2 and _is_period(block.text, first, last):
        return last
    if re.fullmatch(r"[\s)\]}.]*", block.text[last.end :]) and re.search(r"[(\[,–—:]\s*$", block.text[: last.start]):
        return last
    longest = max(len(str(stated.date)) for stated in dated)
    precise = [stated for stated in dated if len(str(stated.date)) == longest]
    if len(precise) == 1:
        return precise[0]
    opens = not block.text[: first.start].strip("([ ") and re.match(r"\s*[)\]:,–—-]", block.text[first.end :])
    return first if opens else None


_TO = re.compile(
    r"\W*(?:to|until|till|through|and|bis|und|zum|bis zum|au|à|jusqu'au|al|a|hasta el|até|ao|fino al|tot|t/m|til|do"
    r"|по|до|至|から|～|부터|إلى|עד|–|—|-)?\W*",
    re.IGNORECASE,
)


def _is_period(text: str, first: Stated, last: Stated) -> bool:
    """Whether two dates are the first and the last day of the time that a report is on: three months to two years."""
    if first.date is None or last.date is None or first.date.precision is not last.date.precision:
        return False
    days = (last.date.day - first.date.day).days
    return 80 <= days <= 750 and _TO.fullmatch(text[first.end : last.start]) is not None


def entry_text(line: str) -> tuple[str, bool]:
    """A line of a list of contents without its marker, mark-up and page number; whether it had such a number."""
    marker = _LIST_ITEM.match(line)
    raw = line[marker.end() :] if marker else line
    shown = visible(raw)
    if _PAGE_NUMBER.search(shown):
        return _PAGE_NUMBER.sub("", shown).strip(" .·…"), True
    if _PAGE_NUMBER.search(raw):  # behind a tab or wide spaces
        return visible(_PAGE_NUMBER.sub("", raw)).strip(" .·…"), True
    return shown, False


def starts_item(line: str) -> bool:
    """Whether a line begins an item of a list."""
    return _LIST_ITEM.match(line) is not None
