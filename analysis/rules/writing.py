"""Slips of the pen: ordinals that cannot be, sentences that lost a word, names spelled as never before."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from ...corpus.numerals import ascii_digits, digits_like
from .finding import Case, Hit, Rule, Severity

_ORDINAL = re.compile(
    r"(?<![\w.,/#@:&=-])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,4})(?P<s>st|nd|rd|th|ST|ND|RD|TH)(?![\w])(?!\s*\[sic)"
)
_WEIGHT = re.compile(r"\s*\d{0,2}\s?lbs?\b|\s+(?:weight|heavier|lighter)")


def malformed_ordinals(case: Case, _: object) -> Iterator[Hit]:
    """English ordinals in digits whose ending is not that of the number."""
    if case.language != "en":  # elsewhere 'st' may be pieces, and 'nd' or 'rd' whatever the language makes of them
        return
    _at, heading = case.heading
    for start, end, message in _malformed(heading):
        yield case.heading_hit(start, end, message)
    for start, end, message in _malformed(case.report.text):
        yield case.hit(start, end, message)


def _malformed(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _ORDINAL.finditer(text):
        right = ending(int(found["n"].replace(",", "")))
        if found["s"].lower() == right or (found["s"] == "st" and _WEIGHT.match(text, found.end())):
            continue
        right = right.upper() if found["s"].isupper() else right
        yield found.start(), found.end(), f"{found.group()} should be {found['n']}{right}"


def ending(number: int) -> str:
    """What English writes behind a number in digits to make it an ordinal: 11th, 21st, 112th."""
    if 10 <= number % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ODD_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
                 "nine": "ninth", "twelve": "twelfth"}  # fmt: skip


def in_words(number: int) -> str:
    """An English number below a thousand in words, 'two hundred and fifty-eight'; in digits beyond."""
    if not 0 <= number < 1000:
        return str(number)
    if number < 20:
        return _ONES[number]
    if number < 100:
        rest = number % 10
        return _TENS[number // 10 - 2] + (f"-{_ONES[rest]}" if rest else "")
    rest = number % 100
    return f"{_ONES[number // 100]} hundred" + (f" and {in_words(rest)}" if rest else "")


def ordinal_in_words(number: int) -> str:
    """An English ordinal below a thousand in words, 'fifty-eighth'; '1000th' beyond."""
    if not 0 <= number < 1000:
        return f"{number}{ending(number)}"
    words = in_words(number)
    cut = max(words.rfind("-"), words.rfind(" ")) + 1
    before, last = words[:cut], words[cut:]
    return before + (_ODD_ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"))


ORDINAL = Rule(
    "malformed-ordinal",
    Severity.ERROR,
    "An ordinal with the wrong ending",
    "The number is changed every year and its ending is not. Only English texts are looked at, as other languages have"
    " endings of their own; both the heading and the text are.",
    "“the 23th anniversary”: 23th should be 23rd.",
    "Put the ordinal that the message names.",
    malformed_ordinals,
)


def date_like(text: str, was: datetime.date, date: datetime.date) -> str | None:
    """A date as another one is written in figures: 5 June 2018 like '13/05/2017', which was 13 May, is '05/06/2018'.

    None where that one is not in figures, or its day and month cannot be told apart.
    """
    groups = re.findall(r"\d+", ascii_digits(text))
    short = [group for group in groups if len(group) <= 2]
    days = [int(group) for group in short]
    if len(groups) != 3 or re.search(r"[^\W\d_]", text) or days not in ([was.day, was.month], [was.month, was.day]):
        return None
    if was.day == was.month and len(groups[0]) <= 2:
        return None
    is_day_first = days == [was.day, was.month] and was.day != was.month
    width = 2 if min(map(len, short)) == 2 else 1
    made = [f"{part:0{width}}" for part in ((date.day, date.month) if is_day_first else (date.month, date.day))]
    numbers = iter([*made, str(date.year)] if len(groups[0]) <= 2 else [str(date.year), *made])
    return digits_like(re.sub(r"\d+", lambda _: next(numbers), text), text)
