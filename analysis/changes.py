"""What kind of change it is when one stretch of text becomes another.

Both sides are cut into numbers, dates, names, words and marks; what corresponds is compared, and the change is of the
heaviest kind among what differs. All kinds but WORDING are light: they update a sentence and do not reword it.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA, Indel

from .numbers import date_value, is_number, is_spoken, number_runs, number_value
from .usage import NOTHING_KNOWN, Usage
from .vocabulary import fold
from .words import NEGATIONS, folded, is_year, remembered, remembered_of_two

NEAR, FAR = 6, 10
"""Words of at least so many letters that differ in one of them, or two, are one word spelled in two ways."""
LARGEST = 1 << 16  # cells (tokens x tokens) up to which the parts of a change are compared; it is rewritten otherwise
DATE_LINKS = frozenset(
    ("of", "the", "on", "de", "del", "du", "le", "el", "am", "den", "der", "vom", "di", "il", "op", "em")
)
DATED = 3  # tokens, marks counted, within which the name of a month makes a number a day


class Change(enum.StrEnum):
    """What kind of change a piece is."""

    SAME = "same"
    WORDING = "wording"
    NAME = "name"
    """The names of people, places and institutions."""
    DATE = "date"
    """Years, days of a month, weekdays, months."""
    NUMBER = "number"
    """Numbers in digits, ordinals and words."""
    FUNCTION = "function"
    """Function words: articles, prepositions, pronouns, forms of 'to be'."""
    SPELLING = "spelling"
    """One word in two spellings, with and without a hyphen or an accent, a number in digits and in words."""
    PUNCTUATION = "punctuation"
    CASE = "case"
    SPACE = "space"
    """Only white space differs: a sentence now begins a paragraph, say. Views do not mark it."""

    __hash__ = str.__hash__  # the one of an enum is slow, and kinds are counted and looked up by the hundred thousand

    @property
    def weight(self) -> int:
        """Its place among all kinds, the lightest first: SAME is 0."""
        return _WEIGHTS[self]


_HEAVIEST_FIRST = [kind for kind in Change if kind is not Change.SAME]
_WEIGHTS = {Change.SAME: 0} | {kind: len(_HEAVIEST_FIRST) - k for k, kind in enumerate(_HEAVIEST_FIRST)}
MARKED = tuple(reversed(_HEAVIEST_FIRST[:-1]))
"""The kinds that views mark, from the lightest to the heaviest."""
LIGHT = MARKED[:-1]
"""The kinds that update a sentence and do not reword it."""


def heaviest(kinds: Iterable[Change]) -> Change:
    """The heaviest of some kinds; SAME where there are none."""
    found = Change.SAME
    for kind in kinds:
        if _WEIGHTS[kind] > _WEIGHTS[found]:
            found = kind
        if found is Change.WORDING:  # none is heavier, and to find out the kinds may take long
            break
    return found


def kind_of(old: str, new: str, usage: Usage = NOTHING_KNOWN, before: str = "", after: str = "") -> Change:
    """The kind of change by which `old` became `new`, or by which `new` became `old`: the heaviest of its parts.

    `usage` says what is a name in the series, and in which language numbers may be written out; without it nothing is a
    name. `before` and `after`, the words around, tell a day of the month from another number. An empty side stands for
    a pure insertion or deletion: white space, marks and function words may come and go lightly, all else is WORDING.
    """
    if old == new:
        return Change.SAME
    a, b = "".join(old.split()), "".join(new.split())
    if a == b:
        return Change.SPACE
    if a.casefold() == b.casefold():
        return Change.CASE
    # sorted, so that what corresponds does not depend on which is the old one
    first, second = sorted((old, new))
    if not first and _has_content(second, usage):
        return Change.WORDING
    dated = any(unit.kind is Change.NUMBER for text in (first, second) for _, unit in _units_alone(text, usage))
    around = (before[-40:], after[:40]) if dated else ("", "")  # it tells the day of a date from other numbers only
    return _compared(first, second, usage, *around)


def _has_content(text: str, usage: Usage) -> bool:
    """Whether a text holds more than function words and marks, which alone come and go lightly."""
    units = (_unit(found[0], usage, False) for found in _TOKEN.finditer(text))  # the first words mostly tell
    return any(unit.kind not in (Change.FUNCTION, Change.PUNCTUATION) for unit in units)


@remembered_of_two
def _compared(first: str, second: str, usage: Usage, before: str, after: str) -> Change:
    """The kind of change by which two texts that differ in more than white space and case became one another."""
    context = (before, after)
    found = heaviest(_kinds(_units(first, usage, context), _units(second, usage, context), usage))
    return Change.PUNCTUATION if found is Change.SAME else found


# -- units ------------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(
    r"(?:(?<![^\s(\[])[-−+])?\d+(?:[.,:/’']\d+)*(?:-\d+/\d+)?(?:[^\W\d_]{1,3}(?![^\W_]))?"
    r"|[^\W\d_]+(?:['’`´ʼ\-‐‑][^\W\d_]+)*|\w+|[^\w\s]"
)
_MARK = re.compile(r"[^\w\s%‰$€£¥§°+=<>~^]")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word, number, date or name of one side."""

    kind: Change | None
    """NUMBER, DATE, NAME or FUNCTION; PUNCTUATION for a mark; None for any other word."""
    text: str
    """As written, one space between words."""
    key: str
    """What it is aligned by: its kind, or the folded word."""


@remembered
def tokens_of(text: str) -> tuple[str, ...]:
    """The numbers, words and marks that a side of a change is cut into."""
    return tuple(_TOKEN.findall(text))


def _units(text: str, usage: Usage, context: tuple[str, str]) -> list[_Unit]:
    """The units of one side."""
    tokens, alone = tokens_of(text), _units_alone(text, usage)
    return [
        _unit(unit.text, usage, True) if unit.kind is Change.NUMBER and _is_near_month(tokens, at, context) else unit
        for at, unit in alone
    ]


@remembered
def _units_alone(text: str, usage: Usage) -> tuple[tuple[int, _Unit], ...]:
    """The units of a text whatever stands around it, each with the number of its first token."""
    inside = tokens_of(text)
    runs, name_ends = dict(number_runs(inside, usage.language)), _name_ends(inside, usage)
    units: list[tuple[int, _Unit]] = []
    at = 0
    while at < len(inside):
        end = runs.get(at, at + 1)
        name_end = name_ends[at] if end == at + 1 else at
        if name_end > at:
            units.append((at, _Unit(Change.NAME, " ".join(inside[at:name_end]), "\0name")))
            at = name_end
            continue
        units.append((at, _unit(" ".join(inside[at:end]), usage, False)))
        at = end
    return tuple(units)


def _is_near_month(tokens: tuple[str, ...], at: int, context: tuple[str, str]) -> bool:
    """Whether the name of a month stands within `DATED` tokens."""
    before, after = tokens_of(context[0])[-DATED:], tokens_of(context[1])[:DATED]
    around = (*before, *tokens, *after)[max(len(before) + at - DATED, 0) : len(before) + at + DATED + 1]
    return any((named := date_value(token)) and named[0] == "month" for token in around)


def _name_ends(tokens: Sequence[str], usage: Usage) -> list[int]:
    """For each token where the name that begins there ends, with the titles and first names before it; its own place
    where none does. Read from the end, as many capitalised words in a row may hold no name."""
    ends = list(range(len(tokens)))
    end = 0  # behind the last name of the capitalised words that are being read; 0 where they hold none
    for at in reversed(ends):
        if not tokens[at][:1].isupper() or _is_light(tokens[at], usage):
            end = 0
            continue
        end = end or (at + 1 if usage.is_name(tokens[at]) else 0)
        ends[at] = end or at
    return ends


def _is_light(token: str, usage: Usage) -> bool:
    """Whether a capitalised word is none that stands in a name: 'The', 'Monday'."""
    return usage.is_function_word(token) or date_value(token) is not None


@remembered
def _unit(text: str, usage: Usage, near_month: bool, /) -> _Unit:
    if _MARK.fullmatch(text):
        return _Unit(Change.PUNCTUATION, text, fold(text))
    if date_value(text) is not None:
        return _Unit(Change.DATE, text, "\0date")
    form = folded(text)
    if is_number(text.partition(" ")[0]):
        return _dated(text, near_month)
    if usage.is_function_word(text) and form not in NEGATIONS:
        return _Unit(Change.FUNCTION, text, form)
    spoken = number_value(text, usage.language) is not None
    return _dated(text, near_month) if spoken else _Unit(None, text, form)


def unit_kind(word: str, usage: Usage) -> Change | None:
    """What a token is taken by itself: NUMBER, DATE, FUNCTION, PUNCTUATION, NAME; None for any other word."""
    return Change.NAME if usage.is_name(word) else _unit(word, usage, False).kind


def _dated(text: str, near_month: bool) -> _Unit:
    """A number, or the part of a date that it is."""
    value = number_value(text)
    is_date = (is_year(text) and text.isdigit()) or (near_month and value is not None and 1 <= value <= 31)
    return _Unit(Change.DATE, text, "\0date") if is_date else _Unit(Change.NUMBER, text, "\0number")


# -- comparing --------------------------------------------------------------------------------------------------------


def _kinds(first: list[_Unit], second: list[_Unit], usage: Usage) -> Iterator[Change]:
    """The kinds of what differs between two sides."""
    if _is_one_date(first) and _is_one_date(second):
        yield Change.DATE
        return
    a, b = [[unit for unit in side if unit.kind is not Change.PUNCTUATION] for side in (first, second)]
    if _marks(first) != _marks(second):
        yield Change.PUNCTUATION
    if len(a) * len(b) > LARGEST:
        yield Change.SAME if [u.text for u in a] == [u.text for u in b] else Change.WORDING
        return
    numbers: dict[str, int] = {}
    keys = [[numbers.setdefault(unit.key, len(numbers)) for unit in side] for side in (a, b)]
    i = j = 0
    for block in Indel.opcodes(*keys).as_matching_blocks():
        yield from _gap(a[i : block.a], b[j : block.b], usage)
        for x, y in zip(a[block.a : block.a + block.size], b[block.b : block.b + block.size], strict=True):
            yield _kept(x, y, usage)
        i, j = block.a + block.size, block.b + block.size


def _marks(units: Sequence[_Unit]) -> list[str]:
    return [unit.text for unit in units if unit.kind is Change.PUNCTUATION]


def _is_one_date(units: Sequence[_Unit]) -> bool:
    """Whether there is nothing but a date: '20th of January, 2004'."""
    kinds = {unit.kind for unit in units}
    linking = all(unit.key in DATE_LINKS for unit in units if unit.kind is Change.FUNCTION)
    return Change.DATE in kinds and kinds <= {Change.DATE, Change.FUNCTION, Change.PUNCTUATION} and linking


def _kept(x: _Unit, y: _Unit, usage: Usage) -> Change:
    """What differs between two units of one kind, or between two words that are the same but for case and quotes."""
    if x.text == y.text:
        return Change.SAME
    if x.text.casefold() == y.text.casefold():
        return Change.CASE
    if folded(x.text) == folded(y.text):
        return Change.PUNCTUATION
    if x.kind is Change.NAME:
        return Change.SPELLING if is_respelled(x.text, y.text) else Change.NAME
    values = [number_value(unit.text, usage.language) for unit in (x, y)]
    respelled = values[0] is not None and values[0] == values[1] and is_spoken(x.text) != is_spoken(y.text)
    return Change.SPELLING if respelled else x.kind or Change.SAME


def _gap(a: list[_Unit], b: list[_Unit], usage: Usage) -> Iterator[Change]:
    """The kind of what stands between two units that correspond."""
    if not a and not b:
        return
    texts = " ".join(unit.text for unit in a), " ".join(unit.text for unit in b)
    if plain_letters(texts[0]) == plain_letters(texts[1]) != "":
        yield Change.PUNCTUATION if _bare(texts[0]) == _bare(texts[1]) else Change.SPELLING
        return
    x, y = [[unit for unit in side if unit.kind is not Change.FUNCTION] for side in (a, b)]
    if len(x) + len(y) < len(a) + len(b):
        yield Change.FUNCTION
    if not x and not y:
        return
    kinds = {unit.kind for unit in (*x, *y)}
    if kinds <= {Change.NUMBER, Change.DATE} and x and y and (len(x) == len(y) or Change.NUMBER not in kinds):
        yield Change.DATE if Change.DATE in kinds else Change.NUMBER
    elif kinds == {Change.NAME} and len(x) == len(y):
        yield from (_kept(one, other, usage) for one, other in zip(x, y, strict=True))
    elif (
        kinds == {None}
        and len(x) == len(y)
        and all(is_respelled(one.text, other.text) for one, other in zip(x, y, strict=True))
    ):
        yield Change.SPELLING
    else:
        yield Change.WORDING


# -- spelling ---------------------------------------------------------------------------------------------------------

ENDINGS = frozenset((
    "", "s", "es", "ed", "d", "ing", "'s", "'", "s'", "ly", "er", "r", "y", "ies", "ied", "e", "en", "n", "t", "st",
    "a", "o", "i", "as", "os", "em", "is", "ia", "al", "ive", "ion", "ist", "ism", "or",
))  # fmt: skip
"""Two words that differ in these only are two forms of a word, or two words."""


_SHORTENED = re.compile(r"(?<=\w{3}m)me$|(?<=\w{2}og)ue$")  # programme and program, catalogue and catalog


_NO_LETTERS = re.compile(r"(?:[^\w']|_)+")


@remembered
def plain_letters(text: str) -> str:
    """The letters, digits and apostrophes of a text, case and accents aside."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKD", fold(text)))


def _bare(text: str) -> str:
    """The same with accents."""
    return _NO_LETTERS.sub("", fold(text))


@remembered_of_two
def is_respelled(old: str, new: str) -> bool:
    """Whether two words, or two names of as many words, are spellings of one: near in letters, not two inflections."""
    a, b = old.split(), new.split()
    if len(a) != len(b):
        return plain_letters(old) == plain_letters(new)
    pairs = [(plain_letters(x), plain_letters(y)) for x, y in zip(a, b, strict=True)]
    return all(x == y != "" or _SHORTENED.sub("", x) == _SHORTENED.sub("", y) != "" or _is_near(x, y) for x, y in pairs)


def _is_near(a: str, b: str) -> bool:
    """One letter apart, or two in long words: changed, left out, put in or swapped (optimal string alignment); with the
    same first letter, and more than an ending apart."""
    longer = max(len(a), len(b))
    limit = 2 if longer >= FAR else 1 if longer >= NEAR else 0
    if not limit or a[:1] != b[:1] or OSA.distance(a, b, score_cutoff=limit) > limit:
        return False
    same = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return not (a[same:] in ENDINGS and b[same:] in ENDINGS)
