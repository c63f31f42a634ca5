"""What `changes` knows of each word of a series, as tables: for code elsewhere that judges changes by the same rules.

With these no one else has to read number words, names of months or names of people: `templates/kinds.js` is the other
half, and a test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .changes import tokens_of
from .numbers import AND, MOST_PARTS, date_value, is_number, is_spoken, may_be_part, number_value
from .usage import Usage
from .words import is_year

PLAIN = re.compile(r"[0-9]{1,15}")
"""Numbers whose digits say all of them: the tables leave them out."""
_PARTS = re.compile(r"[^\W_]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word that is a number."""

    value: int | None
    """Its value, read in the language of the series; None for '3.5' or '1/2'."""
    plain: int | None
    """The same, read in whatever language it is a number in."""
    in_digits: bool
    """True for '14th' and '十', False for a number in words."""
    spoken: bool
    """Whether it is a number in words in any language."""
    may_join: bool
    """Whether it may stand in a number of several words."""
    year: bool
    """Whether it is a year in digits."""


@dataclass(frozen=True, slots=True)
class WordKinds:
    """The words of some texts by what they are to a change; a word in no table is any other word."""

    weekdays: frozenset[str]
    """The names of days."""
    months: frozenset[str]
    """The names of months."""
    functions: frozenset[str]
    """Function words, also those that turn a sentence round: `words.NEGATIONS`."""
    names: frozenset[str]
    """What stands for somebody or something."""
    numbers: dict[str, NumberWord]
    """Numbers, without the `PLAIN` ones."""
    spans: dict[str, int]
    """Numbers of several words, one space between them, with their values."""


def word_kinds(texts: Iterable[str], usage: Usage) -> WordKinds:
    """The tables of the words of some texts, and of the parts that words can be cut into where a change begins."""
    rows = [tokens_of(text) for text in texts]
    words = {word for tokens in rows for word in tokens}
    joining = {word for word in words if may_be_part(word, usage.language)}
    spans = dict(span for tokens in rows for span in _spans(tokens, joining, usage.language))
    words |= {part for word in words for part in _PARTS.findall(word)}
    dates = {word: named[0] for word in words if (named := date_value(word))}
    return WordKinds(
        frozenset(word for word, name in dates.items() if name == "weekday"),
        frozenset(word for word, name in dates.items() if name == "month"),
        frozenset(filter(usage.is_function_word, words)),
        frozenset(filter(usage.is_name, words)),
        {word: made for word in sorted(words) if (made := _number(word, usage.language))},
        spans,
    )


def _number(word: str, language: str | None) -> NumberWord | None:
    """What is known of a number; None for other words, and for those whose digits say it."""
    if PLAIN.fullmatch(word):
        return None
    in_digits, value = is_number(word), number_value(word, language)
    if not in_digits and value is None:
        return None
    spoken, may_join = is_spoken(word), language is not None and is_spoken(word, language)
    return NumberWord(value, number_value(word), in_digits, spoken, may_join, is_year(word) and word.isdigit())


def _spans(tokens: Sequence[str], joining: Collection[str], language: str | None) -> Iterator[tuple[str, int]]:
    """The numbers of several words in a text: every stretch of it that is one, as a change may begin in any."""
    parts = [k for k, word in enumerate(tokens) if word in joining]
    for k, at in enumerate(parts):
        for before, end in pairwise(parts[k:]):
            if end - at >= MOST_PARTS or not _joins(tokens[before + 1 : end]):
                break
            text = " ".join(tokens[at : end + 1])
            value = number_value(text, language)
            if value is not None:
                yield text, value


def _joins(between: Sequence[str]) -> bool:
    """Whether two parts of a number are one number with what stands between them: nothing, or an 'and'."""
    return not between or (len(between) == 1 and between[0].casefold() in AND)
