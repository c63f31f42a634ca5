"""How a series uses its words: its language, and which words are names, told from the series' own statistics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .vocabulary import Vocabulary, Witness, fold
from .words import ALL_FUNCTION_WORDS, FUNCTION_WORDS, folded

SURE = 0.2  # share of a text's words that a language's function words must make up for it to be the text's language
LONGEST = 10  # letters of a function word
NOUNS_CAPITALISED = frozenset(("de",))
"""Languages in which a capital says only that a word is a noun."""
TOGETHER = 0.6  # share of its uses in which a name stands next to another capitalised word, where nouns are capitalised


@dataclass(frozen=True, eq=False)
class Usage:
    """What is known of the words of a series, from all of its reports."""

    language: str | None = None
    """The language it is written in, if it is one whose number words are known."""
    names: frozenset[str] = frozenset()
    """The words, as written, that stand for somebody or something: never in lower case anywhere in the series, and
    capitalised in mid sentence. Where all nouns are capitalised: those that stand next to others mostly."""
    alone: frozenset[str] = frozenset()
    """The names that somewhere are not followed by a name: a title such as 'President', a surname."""
    unled: frozenset[str] = frozenset()
    """The names that somewhere are not preceded by a name: a title, a first name."""

    @cached_property
    def led(self) -> frozenset[str]:
        """The names that are nowhere without one behind them: first names, which are part of the name behind."""
        return self.names - self.alone

    @cached_property
    def following(self) -> frozenset[str]:
        """The names that are nowhere without one before them: they are part of the name before."""
        return self.names - self.unled

    def is_function_word(self, word: str) -> bool:
        """Whether a word carries the grammar of a sentence: 'the', 'of'."""
        return folded(word) in (ALL_FUNCTION_WORDS if self.language is None else FUNCTION_WORDS[self.language])

    def is_name(self, word: str) -> bool:
        """Whether the word stands for somebody or something."""
        return word in self.names


NOTHING_KNOWN = Usage()


def usage(vocabulary: Vocabulary, witnesses: Sequence[Witness]) -> Usage:
    """The usage of all reports together, whatever their order."""
    counts = np.zeros(len(vocabulary), np.int64)
    for witness in witnesses:
        counts += np.bincount(witness.tokens, minlength=len(vocabulary))
    language = _language(vocabulary, counts)
    capital = np.fromiter(map(_is_capitalised, vocabulary.strings), np.bool_, len(vocabulary)) & vocabulary.is_word
    never_small = _never_small(vocabulary, capital)
    inside, together = _in_mid_sentence(witnesses, capital & never_small)
    names = capital & never_small & (inside > 0)
    if language in NOUNS_CAPITALISED:
        names &= together >= TOGETHER * inside
    alone, unled = _ends(witnesses, names)
    chosen = [frozenset(vocabulary.strings[k] for k in np.flatnonzero(mask).tolist()) for mask in (names, alone, unled)]
    return Usage(language, *chosen)


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() or word[:1].istitle()


def _language(vocabulary: Vocabulary, counts: NDArray[np.int64]) -> str | None:
    """The language whose function words make up most of the text, if they make up enough; ties as in the table."""
    words: dict[str, int] = {}
    for string, count, is_word in zip(vocabulary.strings, counts.tolist(), vocabulary.is_word.tolist(), strict=True):
        if is_word and len(string) <= LONGEST:
            form = fold(string)
            words[form] = words.get(form, 0) + count
    total = int(counts[vocabulary.is_word].sum())
    shares = {name: sum(words.get(word, 0) for word in row) for name, row in FUNCTION_WORDS.items()}
    best = max(shares, key=shares.__getitem__)
    return best if total and shares[best] >= SURE * total else None


def _never_small(vocabulary: Vocabulary, capital: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The tokens of which no form stands in lower case."""
    small = np.zeros(int(vocabulary.folded.max(initial=-1)) + 1, np.bool_)
    small[vocabulary.folded[~capital]] = True
    return ~small[vocabulary.folded]


def _in_mid_sentence(
    witnesses: Sequence[Witness], chosen: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How often each token stands in mid sentence, and how often next to a chosen token there."""
    inside, together = np.zeros(len(chosen), np.int64), np.zeros(len(chosen), np.int64)
    for witness in witnesses:
        middle = _middle(witness)
        held = chosen[witness.tokens] & middle
        near = np.zeros(len(held), np.bool_)
        near[1:] |= held[:-1] & held[1:]
        near[:-1] |= held[:-1] & held[1:]
        inside += np.bincount(witness.tokens[middle], minlength=len(chosen))
        together += np.bincount(witness.tokens[middle & near], minlength=len(chosen))
    return inside, together


def _middle(witness: Witness) -> NDArray[np.bool_]:
    """For each token whether another of its sentence stands before it."""
    middle = np.ones(len(witness.tokens), np.bool_)
    starts = witness.sentence_starts[:-1]
    middle[starts[starts < len(middle)]] = False
    return middle


def _ends(witnesses: Sequence[Witness], names: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The names that are somewhere not followed by one, and those that are in mid sentence not preceded by one."""
    alone, unled = np.zeros(len(names), np.bool_), np.zeros(len(names), np.bool_)
    for witness in witnesses:
        held, middle = names[witness.tokens], _middle(witness)
        follows = np.append(held[1:] & middle[1:], False) if len(held) else held
        led = np.append(False, held[:-1])[: len(held)] | ~middle
        alone[witness.tokens[held & ~follows]] = True
        unled[witness.tokens[held & ~led]] = True
    return alone, unled
