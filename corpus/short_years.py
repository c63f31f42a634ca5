"""Years of two digits ('3.5.98', "May '98"), written out: only where several texts of a kind have such dates.

Alone such a date may be anything. Of several, all together tell whether the year stands first or last.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from .dates import month_pattern
from .report import Notice, ReportDate

PIVOT = 50
"""From here on two digits are a year of the 1900s, below of the 2000s, as in certificates (RFC 5280, 4.1.2.5.1)."""
_THREE = re.compile(r"(?<!\d)(?<!\d[./_-])(\d{1,2})([./_-])(\d{1,2})\2(\d\d)(?!\d|[./_-]\d)")


class InFull(NamedTuple):
    """A text with its years of two digits written out."""

    text: str
    """The text with them."""
    short: tuple[tuple[str, str], ...]
    """Each date as it is written out, and as it was written."""

    def as_written(self, text: str) -> str:
        """A part of the text as it was written."""
        for full, short in self.short:
            text = text.replace(full, short)
        return text


def in_full(texts: Sequence[str]) -> tuple[InFull, ...] | None:
    """The texts with years of two digits written out; None where fewer than two have any, or nothing tells the year."""
    first = _stands_first(texts)
    full = tuple(_written_out(text, first=first) for text in texts)
    return full if sum(bool(one.short) for one in full) >= 2 else None


def short_years_notice(date: ReportDate, path: str, line: int | None = None) -> Notice:
    """What a reader should know where years of two digits were read, by the date of the first."""
    message = f"years of two digits are those from {1900 + PIVOT} to {1999 + PIVOT}, so that {date.text!r} is {date}"
    return Notice("short-years", f"{message}; write years in full, or pass --date, where that is wrong", path, line)


def _stands_first(texts: Sequence[str]) -> bool | None:
    """Whether the year is the first of three numbers in all of the texts, or the last; None where it may be either."""
    found = [match.groups() for text in texts for match in _THREE.finditer(text)]
    last = all(_is_day(c, a, b) or _is_day(c, b, a) for a, _, b, c in found)
    first = all(len(a) == 2 and _is_day(a, b, c) for a, _, b, c in found)
    if last and first:
        return False if all(mark in "./" for _, mark, _, _ in found) else None
    return first if first or last else None


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        datetime.date(_year(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _year(digits: str) -> int:
    return int(digits) + (1900 if int(digits) >= PIVOT else 2000)


def _written_out(text: str, *, first: bool | None) -> InFull:
    short: list[tuple[str, str]] = []

    def numbers(match: re.Match[str]) -> str:
        a, mark, b, c = match.groups()
        if first is None:
            return match[0]
        full = f"{_year(a)}-{int(b):02}-{c}" if first else f"{a}{mark}{b}{mark}{_year(c)}"
        short.append((full, match[0]))
        return full

    def month(match: re.Match[str]) -> str:
        full = f"{match['dated'] or match['month']} {_year(match['year'])}"
        short.append((full, match[0]))
        return full

    return InFull(_with_month().sub(month, _THREE.sub(numbers, text)), tuple(short))


@cache
def _with_month() -> re.Pattern[str]:
    """'3 May 98', 'May 3, 98', "May '98"; without a day only behind an apostrophe, as 'May 98' may be a day."""
    day, name = r"(?<!\d)\d{1,2}(?:st|nd|rd|th|er|[.ºª])?", month_pattern()
    dated = rf"{day}[\s_-]?(?:(?:of|de|d['’])\s)?{name}|{name}\s{day},"
    return re.compile(
        rf"(?:(?P<dated>{dated})[\s_-]?(?:de\s)?['’]?|(?P<month>{name})\s?['’])(?P<year>\d\d)(?![\d:%]|[.,]\d)",
        re.IGNORECASE,
    )
