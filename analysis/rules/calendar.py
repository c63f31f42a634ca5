"""What the calendar tells: weekdays that do not fit their dates, dates that do not fit the report."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from ...corpus.dates import Stated, stated_dates, stated_days
from ...corpus.report import Precision
from ...corpus.weekdays import english_weekday, may_begin_weekday, stands_behind, stated_weekdays, weekday_like
from .finding import Case, Hit, Rule, Severity, quoted

GREGORIAN = {"latin": 1753, "other": 1924}
"""Years from which a text's dates are surely of the calendar that we count in; Greece was the last of Europe (1923)."""
NEAR = 90
"""Days from the report's own date within which a date without a year is taken to be the nearest one of that name."""

_BETWEEN = re.compile(r"(?:[.,،]?\s+|ที่\s*)(?:(?:the|den|dem|der|le|el|il|de|d'|dia|día)\s+)?", re.IGNORECASE)
_SEVERAL = re.compile(r"(?:\b(?:and|or|to|und|oder|bis|et|ou|au|y|e|o|en|of|och|og)|[-–—/&,])\s*$", re.IGNORECASE)
_BEHIND = re.compile(r"\s*[(（]\s*")


def weekdays(case: Case, _: object) -> Iterator[Hit]:
    """Weekdays that stand beside a date on which they did not fall."""
    _at, heading = case.heading
    for start, end, message, _fits in _misfits(case, heading):
        yield case.heading_hit(start, end, message)
    text = case.report.text
    for begin, stop in case.report.sentence_spans[case.sentences_with(may_begin_weekday)].tolist():
        for start, end, message, severity in _misfits(case, text[begin:stop]):
            yield case.hit(begin + start, begin + end, message, severity=severity)


def _misfits(case: Case, text: str) -> Iterator[tuple[int, int, str, Severity | None]]:
    named = stated_weekdays(text)
    if not named:
        return
    dates = [one for one in stated_dates(text) if one.date is not None]
    days = stated_days(text)
    for k, (start, end, weekday) in enumerate(named):
        before = named[k - 1] if k else None
        if before is not None and _SEVERAL.fullmatch(text[before[1] : start].strip() or "x"):
            continue  # 'Tuesday and Wednesday, 17 and 18 October 2018'
        for one in dates:
            if _is_beside(text, (start, end), (one.start, one.end)) and _is_one_day(one):
                yield from _of_date(text, (start, end), weekday, one)
        for first, last, month, day in days:
            if _is_beside(text, (start, end), (first, last)):
                yield from _of_day(case, text, (start, end), weekday, (month, day))


def _is_beside(text: str, name: tuple[int, int], date: tuple[int, int]) -> bool:
    """'Tuesday, 17 October', or '17 October (Tuesday)'."""
    if name[1] <= date[0]:
        return _BETWEEN.fullmatch(text[name[1] : date[0]]) is not None
    between, after = text[date[1] : name[0]], text[name[1] : name[1] + 1]
    if not between.strip() and len(between) <= 1:
        return stands_behind(text[slice(*name)]) and not re.match(r"\s*\d", text[name[1] :])
    return _BEHIND.fullmatch(between) is not None and after in (")", "）", ",")


def _is_one_day(one: Stated) -> bool:
    """Whether a date is one day, sure to be of our calendar."""
    if one.date is None or one.date.precision is not Precision.DAY or one.ambiguous:
        return False
    short = re.findall(r"(?<!\d)\d{1,2}(?!\d)", one.date.text)
    is_words = bool(re.search(r"[^\W\d_]{3}", one.date.text))
    if is_words and len(short) > 1:
        return False
    script = "latin" if max(one.date.text) < "\u0370" else "other"
    return one.date.day.year >= GREGORIAN[script]


def _of_date(
    text: str, name: tuple[int, int], weekday: int, one: Stated
) -> Iterator[tuple[int, int, str, Severity | None]]:
    assert one.date is not None  # noqa: S101 - `_is_one_day` saw to it
    is_day = one.date.day.weekday()
    if is_day != weekday:
        yield (*name, _sentence(text[slice(*name)], one.date.text, is_day), None)


def _of_day(
    case: Case, text: str, name: tuple[int, int], weekday: int, month_and_day: tuple[int, int]
) -> Iterator[tuple[int, int, str, Severity | None]]:
    """A date without a year: that of the report where it is the report's own day, else the nearest to it."""
    own = case.report.date
    if own.precision is not Precision.DAY or own.day.year < GREGORIAN["other"]:
        return
    if month_and_day == (own.day.month, own.day.day):
        if own.day.weekday() != weekday:
            said = f"{own.day.day} {own.day:%m} {own.day.year}"
            yield (*name, _sentence(text[slice(*name)], said, own.day.weekday()), None)
        return
    years = [_day(own.day.year + step, month_and_day) for step in (-1, 0, 1)]
    fits = [day for day in years if day is not None and day.weekday() == weekday]
    nearest = min((day for day in years if day is not None), key=lambda day: abs((day - own.day).days), default=None)
    if nearest is not None and not fits and abs((nearest - own.day).days) <= NEAR:
        yield (*name, _sentence(text[slice(*name)], nearest.isoformat(), nearest.weekday()), None)


def _day(year: int, month_and_day: tuple[int, int]) -> datetime.date | None:
    try:
        return datetime.date(year, *month_and_day)
    except ValueError:
        return None


def _sentence(name: str, date: str, is_day: int) -> str:
    right = weekday_like(name, is_day)
    english = "" if right.lower() == english_weekday(is_day).lower() else f" ({english_weekday(is_day)})"
    return f"{date} is a {right}{english}, not a {name.rstrip('.')}"


def contradicting_dates(case: Case, _: object) -> Iterator[Hit]:
    """Dates in sentences whose forerunners always had their own report's date there."""
    own = case.report.date
    if own.precision is not Precision.DAY:
        return
    for sentence in case.report.sentences:
        found = _full_dates(sentence.text)
        if not found or all(one.date is not None and one.date.day == own.day for one in found):
            continue
        past = _dates_of_ancestors(case, sentence.index, len(found))
        if len(past) < 2:
            continue
        for k, one in enumerate(found):
            if one.date is None or one.date.day == own.day or not all(row[k][0] for row in past):
                continue
            years = ", ".join(row[k][1] for row in past[:4])
            message = f"{quoted(one.date.text)} is not the report's own date, {own.text}"
            evidence = f"in {years} the report's own date stood here"
            yield case.hit(sentence.start + one.start, sentence.start + one.end, message, evidence)


def _dates_of_ancestors(case: Case, sentence: int, count: int) -> list[list[tuple[bool, str]]]:
    """For each forerunner with as many dates: for each whether it was its report's own, and that report's id."""
    rows: list[list[tuple[bool, str]]] = []
    for report, number in case.ancestors(sentence):
        theirs = case.series.reports[report]
        dates = _full_dates(case.sentence(report, number))
        if theirs.date.precision is not Precision.DAY or len(dates) != count:
            break
        rows.append([(one.date is not None and one.date.day == theirs.date.day, theirs.id) for one in dates])
    return rows


def _full_dates(text: str) -> list[Stated]:
    return [
        one
        for one in stated_dates(text)
        if one.date is not None and one.date.precision is Precision.DAY and not one.ambiguous
    ]


WEEKDAY = Rule(
    "weekday",
    Severity.ERROR,
    "A weekday that does not fit its date",
    "The date is changed every year and the weekday before it is forgotten. Dates with a year are checked by the"
    " calendar; a day without a year only where it is the report's own, or near to it and wrong in the years around."
    " Weekdays are known in some thirty languages.",
    "“On the evening of Tuesday, 17 October 2018”: 17 October 2018 is a Wednesday, not a Tuesday.",
    "Put the weekday that the message names, or mend the date.",
    weekdays,
)
DATE = Rule(
    "date-contradiction",
    Severity.ERROR,
    "A date that contradicts the report's own",
    "The sentence had its own report's date in at least two earlier years, all the way back along its copies, and now"
    " has another: usually last year's, left standing. Dates in sentences without such a history are left alone.",
    "“kept its Lamp Night on 17 October 2013” in the report of 17 October 2014.",
    "Put the report's date. Where another day is meant, say why in an ignore comment.",
    contradicting_dates,
)
