"""Years within numbers of several parts: '2016/17', '13.05.2018', 'FY2017', 'HT-2017-04'.

What such a number is by itself nobody needs to know: where all that stood in a place has the same marks and letters
between its groups of digits, a group that goes with the years of the reports is a year. Groups of four digits are
believed by themselves; two digits are a year only where the form speaks for it, as they may count anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..corpus.numerals import ascii_digits, digits_like
from .words import remembered

FITTING = 3
"""Years of reports that must have the year that goes with them."""
MIXED = 2
"""Years with reports that had different years there: so many show that it changes at another time than the reports."""
LONGEST = 40
"""Characters of a number with a year in it, at most."""
LONGEST_SPAN = 10
"""Years of a stretch that is taken for one number, at most."""
EARLIEST, LATEST = 1300, 2799
"""Four digits that may be a year, also of the Persian or the Thai calendar."""
CALENDARS = (0, 543, -621)
"""How far calendars with years as long as ours are ahead of it: the common one, the Thai, the Persian."""
MARKS = "/-–—"
"""What may stand between the two years of a season, as those of a financial year are called here."""

_DIGITS = re.compile(r"\d+")
_LAST_WORD, _FIRST_WORD = re.compile(r"(?s).*\s"), re.compile(r"(?s)\s.*")  # what stands around it
_BETWEEN = re.compile(r"\S*|\s?[-–—/.]\s?|\.\s")  # what may stand between groups: no word for itself


@dataclass(frozen=True, slots=True)
class YearForm:
    """Which groups of digits of a number are years, and how each goes with the year of the report."""

    years: tuple[tuple[int, int], ...]
    """The places of these groups, from 0, and what is added to the year of the report."""
    is_all: bool
    """Whether all else is the same in all fillers, so that the year tells how the whole should be written."""

    @property
    def is_near(self) -> bool:
        """Whether one of the years is that of the report, or the one before or behind, in a calendar that we know."""
        return any(abs(offset - calendar) <= 1 for _, offset in self.years for calendar in CALENDARS)

    def expected(self, text: str, year: int) -> str:
        """The number in `text` as it should be in a report of that year; where more than its years varies, these alone:
        from the first year to the last, as they would be written."""
        groups = _groups(text)
        last = self.years[-1][0]
        if last >= len(groups):
            return str(year + self.years[0][1])
        begin, made = groups[self.years[0][0]][0], ""
        at = 0 if self.is_all else begin
        for place, offset in self.years:
            start, end = groups[place]
            made += text[at:start] + _written(year + offset, text[start:end])
            at = end
        return made + text[at:] if self.is_all else made

    def are_left(self, text: str, before: str, year: int) -> bool:
        """Whether a year in `text` is that of `before` and not what a report of that year should have."""
        new, old = (_digits(one) for one in (text, before))
        return any(
            place < min(len(new), len(old))
            and int(new[place]) == int(old[place])
            and not _is_year(new[place], year + offset)
            for place, offset in self.years
        )


def is_span(first: str, last: str) -> bool:
    """Whether a year and what stands behind a dash, a year or its last two digits, are a stretch of few years."""
    if not (first.isdecimal() and last.isdecimal() and len(last) in (2, 4)):
        return False
    years = int(last) - int(first)
    return 0 <= (years % 100 if len(last) == 2 else years) <= LONGEST_SPAN


def year_form(texts: Sequence[str], years: Sequence[int]) -> tuple[YearForm, list[int | None], list[bool]] | None:
    """The form that most fillers of a slot have, given with the year of the report of each; None where there is none.

    With it for each filler the first year in it (in full; None where it has another form), and whether all years in it
    are those that go with the report.
    """
    shapes = [_shape(text) if text else None for text in texts]
    counts = Counter(shape for shape in shapes if shape is not None)
    shape, most = max(counts.items(), key=lambda item: item[1], default=((), 0))
    filled = sum(map(bool, texts))
    if 2 * most <= filled or most < FITTING:
        return None
    rows = [(_digits(text), year) for text, own, year in zip(texts, shapes, years, strict=True) if own == shape]
    columns = [[digits[place] for digits, _ in rows] for place in range(len(shape) // 2)]
    found = _years_in(columns, shape[::2], [year for _, year in rows])
    if not found:
        return None
    first, offset = found[0]
    values: list[int | None] = []
    fits: list[bool] = []
    for text, own, year in zip(texts, shapes, years, strict=True):
        digits = _digits(text) if own == shape else ()
        values.append(_in_full(digits[first], year + offset) if digits else None)
        fits.append(bool(digits) and all(_is_year(digits[place], year + shift) for place, shift in found))
    if 2 * sum(fits) <= filled or not _goes_with_years(values, fits, years):
        return None
    places = dict(found)
    is_all = all(place in places or len(set(column)) == 1 for place, column in enumerate(columns))
    return YearForm(found, is_all), values, fits


def _goes_with_years(values: Sequence[int | None], fits: Sequence[bool], years: Sequence[int]) -> bool:
    """Whether it fits in enough years, and does not change within a year again and again, as what goes with the
    financial year does in reports of each quarter."""
    seen: dict[int, set[int]] = {}
    for value, year in zip(values, years, strict=True):
        if value is not None:
            seen.setdefault(year, set()).add(value)
    fitting = {year for year, fit in zip(years, fits, strict=True) if fit}
    return len(fitting) >= FITTING and sum(len(own) > 1 for own in seen.values()) < MIXED


# -- groups of digits -------------------------------------------------------------------------------------------------


@remembered
def _groups(text: str) -> tuple[tuple[int, int], ...]:
    """Where the groups of digits of a text start and end."""
    return tuple(found.span() for found in _DIGITS.finditer(text))


@remembered
def _digits(text: str) -> tuple[str, ...]:
    """The groups of digits of a text, as 0 to 9."""
    return tuple(_DIGITS.findall(ascii_digits(text)))


@remembered
def _shape(text: str) -> tuple[str, ...] | None:
    """The words with digits of a text without the digits: what stands before the first group of them, '4' where it has
    four digits, else nothing, then the same of the next, and at last what stands behind. None where it cannot be a
    number with a year in it."""
    groups = _groups(text)
    if not groups or groups[-1][1] - groups[0][0] > LONGEST:
        return None
    before, after = text[max(0, groups[0][0] - LONGEST) : groups[0][0]], text[groups[-1][1] : groups[-1][1] + LONGEST]
    shape: list[str] = []
    at = -1
    for start, end in groups:
        between = _LAST_WORD.sub("", before) if at < 0 else text[at:start]
        if not _BETWEEN.fullmatch(between):
            return None
        shape += (between, "4" if end - start == 4 else "")
        at = end
    return *shape, _FIRST_WORD.sub("", after)


def _years_in(
    columns: Sequence[Sequence[str]], between: Sequence[str], years: Sequence[int]
) -> tuple[tuple[int, int], ...]:
    """The places of the groups that go with the years of the reports, with what is added to these."""
    long = {place: _offset(column, years) for place, column in enumerate(columns) if set(map(len, column)) == {4}}
    found = {place: offset for place, offset in long.items() if offset is not None}
    short = {place: _offset(column, years) for place, column in enumerate(columns) if set(map(len, column)) == {2}}
    maybe = {place: offset for place, offset in short.items() if offset is not None}
    pairs = [
        place
        for place, offset in maybe.items()
        if between[place].strip() in MARKS and between[place] and {**maybe, **found}.get(place - 1) == offset - 1
    ]
    for place in pairs:
        if place - 1 in found or (not found and len(pairs) == 1):
            found |= {place - 1: maybe[place] - 1, place: maybe[place]}
    if not found and len(maybe) == 1 and _tell_a_year(columns, between, *maybe):
        found = maybe
    return tuple(sorted(found.items()))


def _offset(column: Sequence[str], years: Sequence[int]) -> int | None:
    """What must be added to the years of the reports for most of these groups; None where they do not go with them."""
    if len(set(column)) < 2:
        return None
    if len(column[0]) == 4:
        counts = Counter(int(group) - year for group, year in zip(column, years, strict=True))
        offset, most = max(counts.items(), key=lambda item: (item[1], -abs(item[0]), item[0]))
        possible = any(abs(offset - calendar) <= 20 for calendar in CALENDARS)
        in_bounds = all(EARLIEST <= int(group) <= LATEST for group in column)
        return offset if possible and in_bounds and 2 * most > len(column) else None
    return next(
        (
            offset
            for offset in (0, 1, -1)
            if 2 * sum(_is_year(group, year + offset) for group, year in zip(column, years, strict=True)) > len(column)
        ),
        None,
    )


def _tell_a_year(columns: Sequence[Sequence[str]], between: Sequence[str], place: int) -> bool:
    """Whether two digits that go with the year are surely one: in a date of three numbers, behind letters, or where
    nothing else varies. '17.2' may be a share."""
    others = [column for k, column in enumerate(columns) if k != place]
    marks = set(between[1:-1])
    if len(columns) == 3 and place != 1 and len(marks) == 1 and marks <= set("./-"):
        largest = sorted(max(map(int, column)) for column in others)
        return min(min(map(int, column)) for column in others) > 0 and largest[0] <= 12 and largest[1] <= 31
    if re.search(r"[^\W\d_]-?$", between[place]):
        return True
    return bool(others) and marks <= set("/-") and all(len(set(column)) == 1 for column in others)


def _is_year(group: str, year: int) -> bool:
    """Whether digits are a year, in full or its last two."""
    return int(group) == (year if len(group) != 2 else year % 100)


def _in_full(group: str, near: int) -> int:
    """A year of two digits as the one of that ending that is nearest to another year; others as they are."""
    value = int(group)
    return value if len(group) != 2 else near + (value - near + 50) % 100 - 50


def _written(year: int, like: str) -> str:
    """A year with as many digits as another, two or four, in its script."""
    return digits_like(str(year) if len(like) != 2 else f"{year % 100:02}", like)
