"""Texts that break what is quadratic: each pair must be compared in seconds, in memory that grows with the text."""

from __future__ import annotations

import random
from collections.abc import Callable

Pair = tuple[str, str]


def _words(chance: random.Random, count: int, kinds: int = 20_000, mark: str = "w") -> list[str]:
    return [f"{mark}{chance.randrange(kinds)}" for _ in range(count)]


def _sentences(words: list[str], length: int = 20) -> str:
    return ". ".join(" ".join(words[k : k + length]) for k in range(0, len(words), length)) + "."


def long_sentence(size: int, chance: random.Random) -> Pair:
    """One sentence, and the same with every fiftieth word changed."""
    words = _words(chance, size)
    changed = [f"new{k}" if k % 50 == 25 else word for k, word in enumerate(words)]
    return " ".join(words) + ".", " ".join(changed) + "."


def equal_sentences(size: int, _: random.Random) -> Pair:
    """One sentence again and again, and seven times fewer."""
    return "The same thing again. " * (size // 10), "The same thing again. " * (size // 10 - 7)


def none_in_common(size: int, chance: random.Random) -> Pair:
    """Random words, of a vocabulary of their own on each side."""
    return _sentences(_words(chance, size // 20, mark="a")), _sentences(_words(chance, size // 20, mark="b"))


def one_word(size: int, _: random.Random) -> Pair:
    """One word again and again without an end, and five of them replaced by another."""
    return "word " * size, "word " * (size - 5) + "other"


def giant_report(size: int, chance: random.Random) -> Pair:
    """A report a thousand times longer than the other, which stands in it."""
    words = _words(chance, size)
    return _sentences(words[: size // 1000]), _sentences(words)


def no_space(size: int, chance: random.Random) -> Pair:
    """Letters without white space or punctuation: a single word."""
    letters = "".join(chance.choices("abcdefghij", k=2 * size))
    return letters, letters[:-1] + "x"


def no_space_in_chinese(size: int, chance: random.Random) -> Pair:
    """Characters without punctuation, each a word, and others."""
    make = [chr(0x4E00 + k) for k in range(3000)]
    return "".join(chance.choices(make, k=size)), "".join(chance.choices(make, k=size))


def one_word_lines(size: int, chance: random.Random) -> Pair:
    """A word a line, and the same with a few lines changed."""
    words = _words(chance, 3 * size // 10)
    return "\n".join(words), "\n".join([*words[:100], "new", *words[103:]])


EXTREMES: dict[str, Callable[[int, random.Random], Pair]] = {
    "a sentence of a million words": long_sentence,
    "100,000 equal sentences": equal_sentences,
    "no sentence in common (2 x 50,000 words)": none_in_common,
    "one word repeated a million times": one_word,
    "a report 1,000 times longer": giant_report,
    "2 million letters without a space": no_space,
    "a million Chinese characters without a mark": no_space_in_chinese,
    "300,000 lines of one word": one_word_lines,
}


def pair(name: str, size: int = 1_000_000) -> Pair:
    """The two texts of that name, of about `size` words."""
    return EXTREMES[name](size, random.Random(7))  # noqa: S311 - reproducible on purpose
