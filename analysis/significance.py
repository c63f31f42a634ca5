"""How much each new word changes what is said: the words that a reader of both years should look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .anchors import Block
from .words import FUNCTION, NEGATIONS, bare, has_digits, has_letters, is_year, weight

KEPT = 0.05  # a kept word, beside the same word if it were new
CARRIED = 0.7  # a new word that stands elsewhere in the old text
WEIGHTS = {"number": 1.0, "content": 0.75, "function": 0.25, "year": 0.15, "mark": 0.04}
UNIT = 0.8  # a word that says what a changed number counts ('5.2 million'), beside the number
PHRASE = 0.2  # what a word gains in the midst of new words: people mark phrases
COMMON = 1e-3  # share of a series' words from which a word counts as a function word


def significance(
    old: Sequence[str], new: Sequence[str], blocks: list[Block], frequency: Mapping[str, float] | None
) -> tuple[float, ...]:
    """For each new word, 0..1: numbers and negations high, then content; years, function words, marks and case low.

    `blocks` are the words kept. `frequency` is the share of each word among the words of a series, where one is at
    hand: what is frequent there is treated as a function word, whatever its length.
    """
    kept = [False] * len(new)
    for _, j, length in blocks:
        kept[j : j + length] = [True] * length
    there = {bare(word) for word in old}
    plain = [importance(word, frequency) * (CARRIED if bare(word) in there else 1.0) for word in new]
    own = [value * KEPT if keeps else value for value, keeps in zip(plain, kept, strict=True)]
    for j in range(1, len(new)):
        if not kept[j - 1] and is_quantity(new[j - 1]) and is_unit(new[j]):
            own[j] = max(own[j], UNIT * own[j - 1])
    near = [0.0, *own, 0.0]
    return tuple(min(1.0, value + PHRASE * min(near[j], near[j + 2])) for j, value in enumerate(own))


def importance(word: str, frequency: Mapping[str, float] | None) -> float:
    """How much a new word says, whatever the old text."""
    if not has_letters(word):
        return WEIGHTS["mark"]
    if is_year(word):
        return WEIGHTS["year"]
    if has_digits(word) or bare(word) in NEGATIONS:
        return WEIGHTS["number"]
    if weight(word) <= FUNCTION or (frequency is not None and frequency.get(word, 0.0) >= COMMON):
        return WEIGHTS["function"]
    return WEIGHTS["content"]


def is_quantity(word: str) -> bool:
    """Whether it is a number that may count something named by the next word."""
    return has_digits(word) and not is_year(word) and word[-1:] not in "%,;.)"


def is_unit(word: str) -> bool:
    """Whether it may name what a number counts."""
    return has_letters(word) and not has_digits(word) and weight(word) > FUNCTION
