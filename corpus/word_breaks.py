"""Where words begin in text that puts no spaces between them: by ICU's dictionaries, if the extra `icu` is installed.

Without it each character is a word, which finds the same sentences and shows edits character by character.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray


@cache
def word_breaker() -> Any:
    """ICU's breaker of words (a class: text and locale in, spans out); None where the extra `icu` is not installed."""
    try:
        from icu4py.breakers import WordBreaker  # pyright: ignore
    except ImportError:
        return None
    return WordBreaker  # pyright: ignore


def within_words(text: str, unspaced: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The places of characters that belong to the word of the character before them.

    `unspaced` says which characters are of a script without spaces; only among these words are looked for.
    """
    breaker = word_breaker()
    if breaker is None:
        return np.zeros(0, np.int64)
    edges = np.flatnonzero(np.diff(unspaced, prepend=False, append=False))
    inner: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        begins = [start + first for first, last in breaker(text[start:end], "en").segments() if last > first]
        inner.append(np.setdiff1d(np.arange(start + 1, end), begins, assume_unique=True))
    return np.concatenate(inner)
