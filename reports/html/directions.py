"""English sentences that hold words of a script read from right to left: each part is shown in its own order."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from .prose import as_markup, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

_QUOTED = re.compile("(?<=“)[^“”]+(?=”)")
_LEFT = "L"
_RIGHT = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"))
_AROUND = ("P", "S", "Z")  # categories of what is left outside: marks, signs, white space


def isolated(text: str) -> Markup:
    """An English sentence as HTML, with what it quotes, and what else is read from right to left, in `bdi`.

    A date such as '3 مارس 2015' is kept together: by itself, its year would be shown beside the wrong end of it.
    """
    if all(unicodedata.bidirectional(letter) not in _RIGHT for letter in text):
        return as_markup(written(text))
    out: list[str] = []
    at = 0
    for start, end in _stretches(text):
        out += [written(text[at:start]), f"<bdi>{written(text[start:end])}</bdi>"]
        at = end
    return as_markup("".join(out) + written(text[at:]))


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """What is set apart, in order: where each begins and ends."""
    at = 0
    for found in _QUOTED.finditer(text):
        yield from _foreign(text, at, found.start())
        yield found.span()
        at = found.end()
    yield from _foreign(text, at, len(text))


def _foreign(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Between two places, what holds letters read from right to left, and no others; without the marks around."""
    for is_left, group in groupby(range(start, end), key=lambda k: unicodedata.bidirectional(text[k]) == _LEFT):
        places = list(group)
        kept = [k for k in places if unicodedata.category(text[k])[0] not in _AROUND]
        if not is_left and any(unicodedata.bidirectional(text[k]) in _RIGHT for k in kept):
            yield kept[0], kept[-1] + 1
