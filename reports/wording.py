"""Counts, dates and long texts in the words of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .figures import count
from .terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..analysis.changes import Change
    from ..corpus.report import Report, ReportDate

# spelled out here, as the machine's locale must not change a page
_MONTHS = ("January", "February", "March", "April", "May", "June", "July",
           "August", "September", "October", "November", "December")  # fmt: skip


def plural(number: int, one: str, *, space: str = "\u00a0") -> str:
    """A count and what is counted, kept on one line by the space between: '1 report', '1,204 words'."""
    return f"{count(number)}{space}{one if number == 1 else one + 's'}"


def own_title(report: Report) -> str | None:
    """The title of a report; None where it says no more than its id or date."""
    return None if report.title.strip() in {"", report.id, str(report.date)} else report.title


def introduced(report: Report) -> str:
    """A report on one line: its id, its title or what more its date says, and the place where it begins."""
    more = own_title(report) or str(report.date)
    known = [report.id] if more == report.id else [report.id, more]
    return one_line(f"{', '.join(known)}, {report.document.path}:{report.lines[0]}")


def long_date(date: ReportDate) -> str:
    """A date in words, no more precise than it is: '20 January 2013', 'May 2019' or '2004'."""
    parts = (str(date.day.day), _MONTHS[date.day.month - 1], str(date.day.year))
    return " ".join(parts[{"day": 0, "month": 1, "year": 2}[date.precision] :])


def shortened(text: str, most: int = 60) -> str:
    """The text on one line; if it is longer than `most`, cut behind a word, or within a very long one, with '…'."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[:most].rpartition(" ")[0]
    return (cut if len(cut) > most // 2 else line[: most - 1]) + "…"


_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RUN = (
    re.compile(  # with the number before it, and all up to its last letter or number that is neither Latin nor quoted
        rf"(?:\d[\d./,-]*\s)?[{_RIGHT_TO_LEFT}](?:[^A-Za-z\u00c0-\u024f“”\[\]\n]*[{_RIGHT_TO_LEFT}\d])?"
    )
)


def isolated(text: str) -> str:
    """A sentence of ours with the words in it that run from right to left held apart, so that they turn no others.

    In Unicode's marks for it, U+2068 and U+2069: https://unicode.org/reports/tr9/#Explicit_Directional_Isolates.
    """
    return text if text.isascii() else _RUN.sub("\u2068\\g<0>\u2069", text)


def listed(names: Sequence[str]) -> str:
    """Names as in a sentence: '2013, 2016 and 2020'."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


_KINDS = {  # one, several
    "wording": ("of wording", "of wording"),
    "function": ("function word", "function words"),
    "name": ("name", "names"),
    "date": ("date", "dates"),
    "number": ("number", "numbers"),
    "spelling": ("spelling", "spellings"),
    "punctuation": ("of punctuation", "of punctuation"),
    "case": ("of case", "of case"),
}


def of_kind(kind: Change, number: int, *, space: str = " ") -> str:
    """How many changes are of a kind: '9 numbers', '1 name', '2 of case'."""
    return f"{count(number)}{space}{_KINDS[kind][number != 1]}"


def kind_name(kind: Change) -> str:
    """What changes of a kind are called: 'numbers', 'function words', 'case'."""
    return _KINDS[kind][1].removeprefix("of ")
