"""What can be told about a word from its form alone, in any language that puts spaces between words."""

from __future__ import annotations

import re
from functools import lru_cache

from .vocabulary import fold

CACHED = 1 << 16
SHORT = 3  # letters; function words are the short ones (Zipf 1935), and no list has to say which
MARK, FUNCTION, CONTENT = 0.6, 0.5, 1.5
# Short, but they turn a sentence round, so they never count as function words: English, German, French, Spanish,
# Italian, Dutch, Portuguese.
NEGATIONS = frozenset((
    "no", "not", "nor", "never", "none", "n't", "without", "nicht", "nie", "kein", "keine", "ohne", "ne", "pas", "ni",
    "sans", "non", "sin", "nunca", "senza", "niet", "geen", "não", "sem",
))  # fmt: skip
YEAR = re.compile(r"\D*(?:1[5-9]|20)\d\d\D*")
EDGES = ".,;:!?()[]{}\"'“”‘’„«»"

folded = lru_cache(maxsize=CACHED)(fold)


@lru_cache(maxsize=CACHED)
def bare(word: str) -> str:
    """The folded word without the punctuation around it; a word of nothing else stays as it is."""
    form = fold(word)
    return form.strip(EDGES) or form


@lru_cache(maxsize=CACHED)
def has_letters(word: str) -> bool:
    """Whether it is a word or a number rather than punctuation."""
    return any(map(str.isalnum, word))


@lru_cache(maxsize=CACHED)
def has_digits(word: str) -> bool:
    """Whether it is a number or holds one."""
    return any(map(str.isdigit, word))


@lru_cache(maxsize=CACHED)
def is_year(word: str) -> bool:
    """Whether it is a year of the last centuries: numbers that mostly go with the calendar."""
    return YEAR.fullmatch(word) is not None


@lru_cache(maxsize=CACHED)
def weight(word: str) -> float:
    """How much it says that a word was kept: punctuation little, function words some, content most."""
    form = bare(word)
    letters = sum(map(str.isalnum, form))
    if not letters:
        return MARK
    # only where there is lower case: two characters of Chinese are a word like any other
    small = letters <= SHORT and form.islower() and not word[:1].isupper()
    return FUNCTION if small and not has_digits(form) and form not in NEGATIONS else CONTENT
