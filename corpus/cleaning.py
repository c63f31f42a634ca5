"""From the raw text of a report to its prose, never losing the way back.

Three steps: characters are mended (controls, mojibake, NFC), Markdown becomes plain text, and lines become paragraphs.
What comes out has paragraphs divided by an empty line; within a paragraph a line end divides lines that stand for
themselves (data, verse), and a paragraph that was merely wrapped is one line, however wide it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate

from .comments import without_comments
from .pages import MOST_CHARACTERS, shape_of
from .traced import Edit, Traced

PAGE_BREAK, SECTION_MARK, HEADING, HARD_BREAK = "\x0c", "\x1d", "\x1e", "\x0b"

_CONTROL_BYTES = bytes(code for code in (*range(32), 127) if code not in b"\t\n")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u2028\u2029\u2060\ufeff\ud800-\udfff]")
_MOJIBAKE = re.compile(
    "[\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2,}"
)
MOJIBAKE_LEADS = "ÂÃâÄÅÆÇÐÑØðîïà"
_CLUSTER = re.compile(r"[^\s][^\s\x00-\u02ff]+|[^\x00-\u02ff]")

_PAGE = re.compile(
    r"""(?ix) [-–—[(\s]* (?: (?:page|p\.|pg\.?|seite|s\.|página|pagina|pág\.|стр\.|sayfa|sida|side|strona|strana)
        \s* \d{1,4} (?:\s*(?:of|/|von|de|di|sur|из|van|av|af|z)\s*\d{1,4})? | \d{1,4}\s*(?:of|/|von|sur|из)\s*\d{1,4}
        | (?<=[-–—[(\s])\d{1,4}(?=\s?[-–—\])]) ) [-–—\])\s.]*"""
)
_NUMBER = re.compile(r"\d{1,4}|[ivxlc]{1,6}")
_MARK = re.compile(
    r"(?:[xX](?:\s+[xX]){2,}|[xX]{3,}|[oO](?:\s*[oO]){2,}|\W{0,4}(?:-?[oO0]-?){1,3}\W{1,4}(?:[oO0]\W{0,4}){0,2})"
)
_URL = re.compile(r"[<(\[]?(?:https?://|www\.)[^\s<>]+[>)\]]?")
_ITEM = re.compile(r"(?:[•·▪◦‣●○■□–—*+-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)])\s+\S")
_BULLETS = "•▪◦‣●○■□"
_BULLET = re.compile(rf"[{_BULLETS}]\s*(?=\S)")
_LABEL = re.compile(r"[^\W\d_][\w ,()/&'’.-]{0,60}:(?:\s|$)")
_TABLE = re.compile(r"\t|\S {3,}\S|\|")
_END = re.compile(r"[.!?:;…。！？]['\"”’»)\]*]*$")
_TERMINAL = re.compile(r"[.!?…。！？]['\"”’»)\]*]*$")
_OPEN_END = re.compile(r"(?:,|\b(?:and|or|the|of|to|in|for|by|with|a|an|und|oder|der|die|das|et|ou|de|y|el|la))$")
_GAP = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_ODD_SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_CELL = re.compile(r"\s*\|\s*")


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """A report's prose and what was mended on the way."""

    traced: Traced
    """The prose with its way back."""
    mojibake: int
    """How many garbled stretches (Ã© for é) were mended."""


def clean(
    document_text: str,
    start: int,
    end: int,
    *,
    markdown: bool,
    running: frozenset[str] = frozenset(),
    elsewhere: WordsElsewhere | None = None,
) -> Cleaned:
    """The prose of a document from `start` to `end`; `running` are the shapes of its running headers and footers.

    `elsewhere` gives the words of other texts of the kind, in small letters: it is asked where a line ends on a hyphen
    and the text itself does not tell whether that is a part of the word.
    """
    cut = Traced.cut(document_text, start, end)
    mended, mojibake = _mended(cut.edited(without_comments(cut.text)))
    if markdown:
        from .markup import to_plain

        mended = to_plain(mended)
    return Cleaned(_laid_out(mended, running, elsewhere), mojibake)


# ---- characters


def _mended(traced: Traced) -> tuple[Traced, int]:
    """The text in NFC, without control characters and mojibake, and how many stretches were mojibake."""
    text = traced.text
    if text.isascii():
        raw = text.encode("ascii")
        clean = len(raw.translate(None, _CONTROL_BYTES)) == len(raw)
        return (traced if clean else traced.edited(_control_edits(text))), 0
    mojibake = _mojibake(text) if any(lead in text for lead in MOJIBAKE_LEADS) else []
    traced = traced.edited([edit for stretch in mojibake for edit in _letter_by_letter(*stretch, text)])
    if _CONTROLS.search(traced.text):
        traced = traced.edited(_control_edits(traced.text))
    if not unicodedata.is_normalized("NFC", traced.text):
        traced = traced.edited(_nfc_edits(traced.text, _CLUSTER))
        if not unicodedata.is_normalized("NFC", traced.text):
            traced = traced.edited(_nfc_edits(traced.text, re.compile(r"\S+")))
    return traced, len(mojibake)


def _control_edits(text: str) -> list[Edit]:
    return [(found.start(), found.end(), _instead(found.group())) for found in _CONTROLS.finditer(text)]


def _instead(control: str) -> str:
    if control == "\x0c":
        return f"\n{PAGE_BREAK}\n"
    if "\ud800" <= control <= "\udfff":
        return "\ufffd"
    return {"\x0b": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n"}.get(control, "")


def _mojibake(text: str) -> list[Edit]:
    """The stretches that are UTF-8 read as something else, and what they were meant to be."""
    edits: list[Edit] = []
    for found in _MOJIBAKE.finditer(text):
        if found.group()[0] not in MOJIBAKE_LEADS and not any(lead in found.group() for lead in MOJIBAKE_LEADS):
            continue
        import ftfy

        if len(found.group()) < 1000 and (meant := ftfy.fix_encoding(found.group())) != found.group():
            edits.append((found.start(), found.end(), meant))
    return edits


def _letter_by_letter(start: int, end: int, meant: str, text: str) -> list[Edit]:
    """The mending of a stretch as one of each letter, if it can be told how many each was garbled into; else as it is.

    So a sentence that ends within the stretch has its own place in the document.
    """
    while meant and end > start and text[end - 1] == meant[-1]:
        end, meant = end - 1, meant[:-1]
    sizes = [len(letter.encode("utf-8", "surrogatepass")) for letter in meant]  # each byte was read as a letter
    if sum(sizes) != end - start:
        return [(start, end, meant)]
    ends = [start + size for size in accumulate(sizes)]
    return [(last - size, last, letter) for last, size, letter in zip(ends, sizes, meant, strict=True)]


def _nfc_edits(text: str, cluster: re.Pattern[str]) -> list[Edit]:
    edits: list[Edit] = []
    for found in cluster.finditer(text):
        for start, end in _combined(found.group()) if cluster is _CLUSTER else [(0, len(found.group()))]:
            old = found.group()[start:end]
            if (new := unicodedata.normalize("NFC", old)) != old:
                edits.append((found.start() + start, found.start() + end, new))
    return edits


def _combined(text: str) -> list[tuple[int, int]]:
    """The stretches of a character with the marks or letters that combine with it."""
    firsts = [
        k for k, one in enumerate(text) if k == 0 or not (unicodedata.combining(one) or "\u1160" <= one < "\u1200")
    ]
    return list(zip(firsts, [*firsts[1:], len(text)], strict=True))


# ---- lines


@dataclass(slots=True)
class _Line:
    """One line that has text."""

    start: int
    end: int
    text: str
    indent: int
    gap: int
    """What is before it: nothing (0), an empty line (1), a page break (2), a section mark (3)."""
    hard: bool = False
    """It ends on purpose."""
    heading: bool = False
    is_row: bool = False
    """It is a row of a table."""


_NOTHING, _EMPTY, _BREAK, _SECTION = range(4)


def _laid_out(traced: Traced, running: frozenset[str], elsewhere: WordsElsewhere | None) -> Traced:
    text = traced.text
    lines = _unfurnished(_lines(text), running)
    if not lines:
        return traced.edited([(0, len(text), "")]) if text else traced
    edits: list[Edit] = []
    at, separator = 0, ""
    words = _Words(text, elsewhere)
    odd_spaces = not text.isascii() and _ODD_SPACE.search(text) is not None
    spaced = odd_spaces or "  " in text or "\t" in text or "|" in text
    for line, after in zip(lines, _separators(lines, words), strict=True):
        _put(edits, text, at, line.start, separator)
        if spaced:
            edits += _inner_gaps(line, odd_spaces)
        at, separator = line.end, after
        if separator == "-":  # a hyphen that only the line end needed
            at, separator = line.end - 1, ""
    _put(edits, text, at, len(text), "")
    return traced.edited(edits)


def _put(edits: list[Edit], text: str, start: int, end: int, separator: str) -> None:
    if text[start:end] != separator:
        edits.append((start, end, separator))


def _inner_gaps(line: _Line, odd_spaces: bool) -> list[Edit]:
    if line.is_row:
        return [(line.start + m.start(), line.start + m.end(), " ") for m in _CELL.finditer(line.text)]
    if "  " not in line.text and "\t" not in line.text and not odd_spaces:
        return []
    return [(line.start + m.start(), line.start + m.end(), " ") for m in _GAP.finditer(line.text)]


def _lines(text: str) -> list[_Line]:
    """The lines that have words, each with what stands before it. Marks, rules and page numbers are no lines."""
    lines: list[_Line] = []
    at, gap = 0, _EMPTY
    numbers: list[int] = []
    marked = HEADING in text or HARD_BREAK in text
    for raw in text.split("\n"):
        body = raw.strip()
        if not body:
            gap = max(gap, _BREAK if PAGE_BREAK in raw else _SECTION if SECTION_MARK in raw else _EMPTY)
        elif body[0] == "|" and not any(map(str.isalnum, body)):
            pass  # the rule below a table's head
        elif (len(body) <= 40 or not body[0].isalnum()) and (kind := _furniture(body)) is not None:
            gap = max(gap, kind)
        else:
            indent = 0 if raw[0] == body[0] else raw.index(body[0])
            line = _Line(at + indent, at + indent + len(body), body, indent, gap)
            if marked:
                line.hard, line.heading = HARD_BREAK in raw, HEADING in raw
            if len(body) <= 6 and _NUMBER.fullmatch(body):
                numbers.append(len(lines))
            if body[0] in _BULLETS:
                _without_bullet(line)
            elif body[0] == "|":
                _without_bars(line)
            lines.append(line)
            gap = _NOTHING
        at += len(raw) + 1
    return _without_numbers(lines, numbers, gap) if numbers else lines


def _furniture(body: str) -> int | None:
    """What a line without words is: a page break or a section mark. None for a line that says something."""
    if len(body) > 60:
        return None if body[0].isalnum() or any(map(str.isalnum, body)) else _SECTION
    if not body[0].isalpha() and not any(map(str.isalnum, body)) and not _is_symbol(body):
        return _BREAK if set(body) <= set("-_=─━ ") else _SECTION
    if len(body) <= 24 and _PAGE.fullmatch(body):
        return _BREAK
    if body[0] in "xXoO-–—~*•·0 " and _MARK.fullmatch(body):
        return _SECTION
    return None


def _is_symbol(body: str) -> bool:
    """An emoji or another pictured sign says something; a row of stars does not."""
    return any(ord(one) >= 0x1F000 for one in body)


def _without_bullet(line: _Line) -> None:
    found = _BULLET.match(line.text)
    if found:
        line.start += found.end()
        line.text = line.text[found.end() :]
        line.gap = max(line.gap, _EMPTY)


def _without_bars(line: _Line) -> None:
    """A table's row without the bars at its ends."""
    bare = line.text.strip("| \t")
    line.start += line.text.index(bare)
    line.end = line.start + len(bare)
    line.text, line.is_row = bare, True


def _without_numbers(lines: list[_Line], numbers: list[int], gap_after: int) -> list[_Line]:
    """Drops numbers that stand alone where pages meet: beside a page break, or counting up through the text."""
    alone = [k for k in numbers if lines[k].gap and (k + 1 == len(lines) or lines[k + 1].gap)]
    values = [int(lines[k].text) if lines[k].text.isdigit() else -1 for k in alone]
    counting = {k for k, a, b in zip(alone, values, values[1:], strict=False) if b == a + 1 > 0}
    counting |= {k for k, a, b in zip(alone[1:], values, values[1:], strict=False) if b == a + 1 > 0}
    if len(counting) < 3:
        counting = set()
    dropped: set[int] = set()
    for k in alone:
        after = lines[k + 1].gap if k + 1 < len(lines) else gap_after
        if k in counting or _BREAK in (lines[k].gap, after):
            dropped.add(k)
            if k + 1 < len(lines):
                lines[k + 1].gap = max(_BREAK, lines[k].gap, lines[k + 1].gap)
    return [line for k, line in enumerate(lines) if k not in dropped]


def _unfurnished(lines: list[_Line], running: frozenset[str]) -> list[_Line]:
    """Without running headers and footers, and without addresses of the web that stand alone."""
    lines = _without_running(_without_urls(lines), running)
    breaks = [k for k, line in enumerate(lines) if line.gap == _BREAK and k]
    if len(breaks) < 2:
        return lines
    beside = [k for at in breaks for k in (at - 1, at) if len(lines[k].text) <= 100]
    shapes = Counter(re.sub(r"\d+", "#", lines[k].text) for k in beside)
    repeated = {shape for shape, count in shapes.items() if count >= 3 and count * 2 >= len(breaks)}
    dropped = {k for k in beside if re.sub(r"\d+", "#", lines[k].text) in repeated and _stands_alone(lines, k)}
    return _without(lines, dropped)


def _without_running(lines: list[_Line], running: frozenset[str]) -> list[_Line]:
    """Without the lines that the whole document shows to head or foot its pages: a page breaks there."""
    dropped = {
        k
        for k, line in enumerate(lines if running else ())
        if len(line.text) <= MOST_CHARACTERS and shape_of(line.text) in running and _stands_alone(lines, k)
    }
    for k in dropped:
        lines[k].gap = max(lines[k].gap, _BREAK)
    return _without(lines, dropped)


def _without_urls(lines: list[_Line]) -> list[_Line]:
    urls = {
        k for k, line in enumerate(lines) if "/" in line.text and _URL.fullmatch(line.text) and _stands_alone(lines, k)
    }
    return _without(lines, urls)


def _without(lines: list[_Line], dropped: set[int]) -> list[_Line]:
    if not dropped:
        return lines
    kept: list[_Line] = []
    gap = 0
    for k, line in enumerate(lines):
        gap = max(gap, line.gap)
        if k not in dropped:
            line.gap, gap = gap, 0
            kept.append(line)
    return kept


def _stands_alone(lines: list[_Line], k: int) -> bool:
    return bool(lines[k].gap) and (k + 1 == len(lines) or bool(lines[k + 1].gap))


# ---- paragraphs


def _separators(lines: list[_Line], words: _Words) -> list[str]:
    """What follows each line: a paragraph's end, a line's end, a space, or nothing at the last."""
    after = ["\n\n"] * len(lines)
    after[-1] = ""
    blocks = [(first, _block(lines[first:last])) for first, last in _runs(lines) if last - first > 1]
    usual = _usual_width([block for _, block in blocks])
    for first, block in blocks:
        for k, separator in enumerate(_within(block, usual, words), start=first):
            after[k] = separator
    for k in range(1, len(lines)):
        if lines[k].gap >= _BREAK and _goes_on(lines[k - 1], lines[k]):
            after[k - 1] = _joint(lines[k - 1].text, lines[k].text, words)
    return after


def _runs(lines: list[_Line]) -> list[tuple[int, int]]:
    """First and last (exclusive) line of each run of lines with nothing between them."""
    firsts = [k for k, line in enumerate(lines) if line.gap]
    if not firsts or firsts[0]:
        firsts.insert(0, 0)
    return list(zip(firsts, [*firsts[1:], len(lines)], strict=True))


def _goes_on(before: _Line, after: _Line) -> bool:
    """Whether a paragraph that a page break cut goes on behind it."""
    if before.heading or after.heading or before.hard or _END.search(before.text):
        return False
    if after.text[0].islower() and not _ITEM.match(after.text):
        return True
    return _OPEN_END.search(before.text) is not None and not before.is_row


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """Lines with nothing between them."""

    lines: list[_Line]
    width: int
    """The length of the longest."""
    needed: list[int]
    """For each line but the last: how long it were with the first word of the next line."""

    def full(self, width: int) -> list[bool]:
        """For each line end: whether the next line's first word had no room in a line of `width`."""
        return [need > width for need in self.needed]

    @property
    def flows(self) -> bool:
        """Whether nearly every line is as full as it can be: what wrapping a paragraph makes."""
        return sum(need > self.width for need in self.needed) * 4 >= 3 * len(self.needed)


def _block(lines: list[_Line]) -> _Block:
    lengths = [len(line.text) for line in lines]
    needed = [length + 1 + _first_word(line.text) for length, line in zip(lengths, lines[1:], strict=False)]
    return _Block(lines, max(lengths), needed)


def _first_word(text: str) -> int:
    """The length of the least that had to fit on the line before."""
    space = text.find(" ")
    hyphen = text.find("-", 1, space if space > 0 else len(text))  # a line may also be broken behind a hyphen
    return hyphen + 1 if hyphen > 0 else space if space > 0 else len(text)


def _usual_width(blocks: list[_Block]) -> int:
    """The width to which most long paragraphs of the text are wrapped; 0 where they are not."""
    long = [block for block in blocks if len(block.lines) >= 4]
    widths = sorted(block.width for block in long if block.width >= 40 and block.flows)
    return widths[len(widths) // 2] if 2 * len(widths) > len(long) else 0


def _within(block: _Block, usual: int, words: _Words) -> list[str]:
    """The separators inside a run of lines."""
    if not _is_wrapped(block, usual):
        return ["\n"] * (len(block.lines) - 1)
    short = 0.6 * block.width
    separators: list[str] = []
    for line, after, need in zip(block.lines, block.lines[1:], block.needed, strict=False):
        first = after.text[0]
        if line.hard:
            separators.append("\n")
        elif not first.isalpha() and _ITEM.match(after.text) and not (need > block.width and first in "–—-"):
            separators.append("\n\n")
        elif len(line.text) < short and need <= block.width and not first.islower():
            separators.append("\n")
        elif after.indent >= line.indent + 2 and line is not block.lines[0] and _TERMINAL.search(line.text):
            separators.append("\n\n")
        else:
            separators.append(_joint(line.text, after.text, words) if line.text[-1] == "-" else " ")
    return separators


def _is_wrapped(block: _Block, usual: int) -> bool:
    """Whether the lines are one paragraph that was wrapped to some width, rather than lines of their own."""
    lines, width, count = block.lines, block.width, len(block.lines)
    if count >= 6 and width >= 40 and all(block.full(width)):
        return True
    if sum(_LABEL.match(line.text) is not None for line in lines) * 2 >= count + (count == 2):
        return False
    if sum(line.is_row or _TABLE.search(line.text) is not None for line in lines) * 2 >= count:
        return False
    continued = sum(line.text[0].islower() for line in lines[1:])
    if block.flows and width >= 30 and (continued or (count >= 4 and width >= 40)):
        return True
    if usual and all(block.full(int(usual * 0.85))):
        return True
    if block.flows:
        return width >= 50 and not _END.search(lines[0].text)
    return continued * 2 >= count - 1 and width >= 60


def _joint(before: str, after: str, words: _Words) -> str:
    """What joins two halves of a paragraph: a space, or nothing behind a hyphen; '-' where the hyphen goes as well."""
    if not before.endswith("-") or len(before) < 2 or not before[-2].isalpha() or not after[0].isalpha():
        return " "
    first = after.split(None, 1)[0].strip(".,;:!?)\"'”’")
    if first in ("and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "e", "en"):
        return " "
    last = before.rsplit(None, 1)[-1].lstrip("(\"'“‘")
    return "-" if words.is_one(last[:-1], first) else ""


WordsElsewhere = Callable[[], frozenset[str]]
"""Gives the words of other texts, in small letters, those with hyphens whole."""


def words_in(texts: Iterable[str]) -> frozenset[str]:
    """The words of some texts, in small letters, those with hyphens whole."""
    return frozenset(word for text in texts for word in _WORD.findall(text.lower()))


_WORD = re.compile(r"\w+(?:-\w+)*")


class _Words:
    """The words that a text uses, looked up one by one, or gathered where many are asked for."""

    _FEW = 50

    def __init__(self, text: str, elsewhere: WordsElsewhere | None) -> None:
        self._text = text
        self._elsewhere = elsewhere
        self._lower = ""
        self._asked = 0
        self._words: frozenset[str] = frozenset()

    def is_one(self, first: str, second: str) -> bool:
        """Whether two halves are one word without a hyphen: as the text itself has them, else as other texts do."""
        joined, hyphened = first + second, f"{first}-{second}"
        if self._know(hyphened):
            return False
        if self._know(joined):
            return True
        if self._elsewhere is None:
            return False
        others = self._elsewhere()
        return joined.lower() in others and hyphened.lower() not in others

    def _know(self, word: str) -> bool:
        """Whether the text uses `word`, in whatever case."""
        self._asked += 1
        self._lower = self._lower or self._text.lower()
        if self._asked <= self._FEW:
            return self._stands(word.lower())
        self._words = self._words or words_in([self._lower])
        return word.lower() in self._words

    def _stands(self, word: str) -> bool:
        at = self._lower.find(word)
        while at >= 0:
            around = self._lower[at - 1 : at] + self._lower[at + len(word) : at + len(word) + 1]
            if not any(one.isalnum() or one == "-" for one in around):
                return True
            at = self._lower.find(word, at + len(word))
        return False
