"""The slots of templates: what filled them, and whether it follows the date of the report.

A slot follows the date where more than half of what fills it is what the date lets expect, in so many reports that it
is no coincidence; what then does not fit is a misfit: a number that was not updated, or a slip.
"""

from __future__ import annotations

import datetime
import enum
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ..corpus.report import Precision, Report, ReportDate
from .changes import Change, heaviest, kind_of
from .numbers import date_value, is_ordinal
from .year_forms import YearForm, year_form

if TYPE_CHECKING:
    from .usage import Usage

FITTING = 3
"""So many years in which a number goes up with the year are no coincidence."""
EARLIEST, LATEST = 1500, 2199
"""Numbers that may be years."""
STEPS = (1, -1, 2, 3, 4, 5, 10)
"""Years by which a count goes up by one, tried in this order; -1 is a countdown."""

_DIGIT = re.compile(r"\d")


class Follows(enum.StrEnum):
    """What of the report's date a slot follows."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    """The day of the month."""
    DATE = "date"
    """A whole date, such as 2004-01-20."""
    WEEKDAY = "weekday"
    """The weekday, of this day or of the same day of another year."""
    COUNT = "count"
    """A number, in digits, as an ordinal or in words, that goes up with the year: an anniversary, an edition."""


class Filler(NamedTuple):  # which is made faster than a dataclass: a series has a hundred thousand
    """What stood in a slot in one report."""

    report: int
    """The report's number in the series."""
    text: str
    """The words; empty where the report has nothing there."""
    start: int
    """Offset of the first of them in the report's cleaned text."""
    end: int
    """Offset behind the last; `start` where there are none."""
    value: int | None
    """A number's value, whether in digits, an ordinal or words, also of the one number among other words; a month's,
    1..12; a weekday's, 0..6 from Monday; the proleptic ordinal of a whole date; the first year within a number where
    the slot has a `form`; None for other words."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of a template that was filled differently in different reports."""

    number: int
    """Its number in the template, from 0."""
    fillers: tuple[Filler, ...]
    """One for each stage of the template."""
    kind: Change = Change.WORDING
    """The heaviest kind of change from one filling to the next: NAME where only names vary."""
    follows: Follows | None = None
    """What of the date it follows; None where it follows nothing."""
    offset: int = 0
    """What is added to the part of the date that it follows, 18 - 2008 = -1990 for an 18th anniversary in 2008; for a
    WEEKDAY the years to the date whose weekday it is."""
    step: int = 1
    """Of a COUNT: the years by which it goes up by one; -1 where it goes down by one a year."""
    misfits: tuple[Filler, ...] = ()
    """The fillers whose value is not what the date lets expect."""
    form: YearForm | None = None
    """Of a YEAR: which parts of its fillers are years, where these are numbers such as 2016/17 or 13.05.2018."""

    def expected(self, date: ReportDate) -> int | None:
        """The value that a report of that date should have here; None where the slot follows nothing, or the date is
        not known as precisely as that."""
        return None if self.follows is None else _expected(self.follows, date, self.offset, self.step)

    def expected_text(self, filler: Filler, date: ReportDate) -> str | None:
        """The same as it would be written: of a number with years in it the whole, '2017/18' for '2016/17', or where
        more than the years varies, the years alone."""
        value = self.expected(date)
        return self.form.expected(filler.text, date.day.year) if self.form else None if value is None else str(value)

    @property
    def texts(self) -> tuple[str, ...]:
        """Its different fillings, in order of first appearance."""
        return tuple(dict.fromkeys(filler.text for filler in self.fillers))


def _expected(follows: Follows, date: ReportDate, offset: int, step: int) -> int | None:
    """The value that follows from a date; None where the date is not known as precisely as that."""
    day: datetime.date = date.day
    match follows:
        case Follows.YEAR:
            return day.year + offset
        case Follows.COUNT:
            return offset + (-day.year if step < 0 else day.year // step)
        case Follows.MONTH:
            return None if date.precision is Precision.YEAR else (day.month + offset - 1) % 12 + 1
        case _ if date.precision is not Precision.DAY:
            return None
        case Follows.DAY:
            return day.day
        case Follows.WEEKDAY:
            leap = (day.month, day.day) == (2, 29) and offset
            possible = not leap and datetime.MINYEAR <= day.year + offset <= datetime.MAXYEAR
            return day.replace(year=day.year + offset).weekday() if possible else None
        case Follows.DATE:
            return day.toordinal()


def slot_of(number: int, fillers: Sequence[Filler], reports: Sequence[Report], usage: Usage) -> Slot:
    """The slot that these fill, with what it follows."""
    texts = list(dict.fromkeys(filler.text for filler in fillers))
    kind = heaviest(kind_of(old, new, usage) for old, new in pairwise(texts))
    slot = _following(Slot(number, tuple(fillers), kind), reports, usage.language)
    within = slot.follows is None and len(texts) >= FITTING and _DIGIT.search("\n".join(texts))
    return _with_years_within(slot, reports) if within else slot


def _following(slot: Slot, reports: Sequence[Report], language: str | None) -> Slot:
    """The slot with what it follows, the rule that explains most fillers; the same slot where none explains enough."""
    if not _varies(slot):
        return slot
    best, most = slot, 0
    for follows, step in _rules(slot):
        fitted, fits = _fitted(slot, follows, step, reports)
        if fits > most and fits >= _needed(fitted, language):
            best, most = fitted, fits
    return best


def _with_years_within(slot: Slot, reports: Sequence[Report]) -> Slot:
    """The slot as one that follows the year where years are parts of what fills it: the same slot where none are."""
    fillers = slot.fillers
    found = year_form([one.text for one in fillers], [reports[one.report].date.day.year for one in fillers])
    if found is None:
        return slot
    form, values, fits = found
    valued = tuple(one._replace(value=value) for one, value in zip(fillers, values, strict=True))
    misfits = tuple(one for one, fit in zip(valued, fits, strict=True) if one.value is not None and not fit)
    offset = form.years[0][1]
    return replace(slot, fillers=valued, follows=Follows.YEAR, offset=offset, misfits=misfits, form=form)


def _varies(slot: Slot) -> bool:
    """Whether its fillers have two values at least: else no rule fits them."""
    values = [filler.value for filler in slot.fillers if filler.value is not None]
    return any(value != values[0] for value in values)


def _rules(slot: Slot) -> list[tuple[Follows, int]]:
    """What a slot may follow, by what stands in it."""
    valued = [filler for filler in slot.fillers if filler.value is not None]
    words = [word for filler in valued for word in filler.text.split()]
    named = {kind[0] for word in words if (kind := date_value(word)) is not None}
    if named and len({filler.text for filler in valued if date_value(filler.text)}) > 1:
        return [(Follows.WEEKDAY, 1)] if named == {"weekday"} else [(Follows.MONTH, 1)] if named == {"month"} else []
    if valued and all(EARLIEST <= (filler.value or 0) <= LATEST for filler in valued):
        return [(Follows.YEAR, 1)]
    return [*((Follows.COUNT, step) for step in STEPS), (Follows.DAY, 1), (Follows.DATE, 1)]


def _needed(slot: Slot, language: str | None) -> int:
    """For so many dates the rule must fit to be no coincidence: more where fillers do not fit that are no mere slips.

    A filler that is that of the report before was left as it was, which does not speak against the rule.
    """
    if slot.follows is Follows.YEAR and abs(slot.offset) <= 1:
        return FITTING - 1
    valued = [filler for filler in slot.fillers if filler.value is not None]
    left = {new.report for old, new in pairwise(valued) if old.value == new.value}
    odd = sum(filler.report not in left for filler in slot.misfits)
    counting = slot.follows is Follows.COUNT
    if counting and all(is_ordinal(filler.text, language) for filler in valued):
        return FITTING + 2 * max(odd - 1, 0)
    return (FITTING if slot.step == 1 else FITTING + 1) + (2 * odd if counting else 0)


def _fitted(
    slot: Slot, follows: Follows, step: int, reports: Sequence[Report], offset: int | None = None
) -> tuple[Slot, int]:
    """The slot with the rule, its offset the one that fits most fillers, and for how many dates it fits.

    It fits for none unless it does for more than half of the fillers that have a value, and for two values at least.
    """
    rows = [(filler, reports[filler.report].date) for filler in slot.fillers if filler.value is not None]
    offsets = _offsets(rows, follows, step) if offset is None else [offset]
    best, most = slot, 0
    for shift in offsets:
        wanted = [_expected(follows, date, shift, step) for _, date in rows]
        fitting = [row for row, value in zip(rows, wanted, strict=True) if row[0].value == value]
        known = sum(value is not None for value in wanted)
        if 2 * len(fitting) <= known or len({filler.value for filler, _ in fitting}) < 2:
            continue
        by_year = follows in (Follows.YEAR, Follows.COUNT)
        fits = len({date.day.year if by_year else filler.report for filler, date in fitting})
        if fits > most:
            pairs = zip(rows, wanted, strict=True)
            misfits = tuple(filler for (filler, _), value in pairs if value is not None and filler.value != value)
            best, most = replace(slot, follows=follows, offset=shift, step=step, misfits=misfits), fits
    return best, most


def _offsets(rows: Sequence[tuple[Filler, ReportDate]], follows: Follows, step: int) -> list[int]:
    """The offsets that a rule may have: of most rules the most frequent one, the smallest of equals, and none where
    too few fillers have it."""
    if follows is Follows.WEEKDAY:
        return [0, 1, -1]
    if follows not in (Follows.YEAR, Follows.COUNT, Follows.MONTH):
        return [0]
    counts: Counter[int] = Counter()
    for filler, date in rows:
        part = _expected(follows, date, 0, step)
        if part is not None and filler.value is not None:
            shift = filler.value - part
            counts[(shift + 5) % 12 - 5 if follows is Follows.MONTH else shift] += 1
    best = min(counts, key=lambda shift: (-counts[shift], abs(shift), shift), default=None)
    # so many fillers have just that value: too few of them need not be looked at
    fits = best is not None and (follows is Follows.MONTH or 2 * counts[best] > len(rows))
    return [best] if best is not None and fits else []


def with_known_count(slot: Slot, known: Iterable[tuple[int, int]], reports: Sequence[Report]) -> Slot:
    """The slot, taken for one of the known counts (offset and step) where two of its years fit it."""
    if slot.follows is not None or not _varies(slot) or (Follows.COUNT, 1) not in _rules(slot):
        return slot
    for offset, step in known:
        fitted, fits = _fitted(slot, Follows.COUNT, step, reports, offset)
        if fits >= FITTING - 1:
            return fitted
    return slot
