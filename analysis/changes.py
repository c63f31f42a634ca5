"""What kind of change it is when one stretch of text becomes another."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable

from .vocabulary import fold

WORDS = re.compile(r"\d+(?:[.,]\d+)+|\w+(?:'\w+)*")
NUMBER = re.compile(r"\d+(?:[.,:/-]\d+| \d+/\d+)*(?:st|nd|rd|th)?(?![^\W\d_])|\d")


class Change(enum.StrEnum):
    """What kind of change a piece is."""

    SAME = "same"
    WORDING = "wording"
    NUMBER = "number"
    CASE = "case"
    PUNCTUATION = "punctuation"
    SPACE = "space"
    """Only white space differs: a sentence now begins a paragraph, say. Views do not mark it."""


def without_space(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def without_case(text: str) -> str:
    """The text, white space and case aside."""
    return without_space(text).casefold()


def without_marks(text: str) -> list[str]:
    """The words of the text; punctuation, case and the shape of quotes aside."""
    return WORDS.findall(fold(text))


def without_numbers(text: str) -> str:
    """The text with every number replaced by one sign, so that only the numbers' values are forgotten."""
    return NUMBER.sub("0", " ".join(text.split()))


# From the lightest kind to the heaviest: a change is of the first kind whose blindness makes both sides the same.
# The forms are compared in this order, so that '3 Dogs' -> '4 dogs' (case and number) is wording, not number.
KINDS: tuple[tuple[Change, Callable[[str], object]], ...] = (
    (Change.SAME, lambda text: text),
    (Change.SPACE, without_space),
    (Change.CASE, without_case),
    (Change.PUNCTUATION, without_marks),
    (Change.NUMBER, without_numbers),
)


def kind_of(old: str, new: str) -> Change:
    """The lightest kind that explains how `old` became `new`; WORDING where none of the light ones does.

    An empty side stands for a pure insertion or deletion: white space and marks may come and go as SPACE and
    PUNCTUATION, anything with a word in it is WORDING.
    """
    return next((kind for kind, form in KINDS if form(old) == form(new)), Change.WORDING)
