"""Slips of the pen: ordinals that cannot be, sentences that lost a word, names spelled as never before."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
