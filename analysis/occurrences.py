"""How often a word or phrase stands in each report."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .vocabulary import Vocabulary, Witness


def occurrences(query: Sequence[int], vocabulary: Vocabulary, witnesses: Sequence[Witness]) -> tuple[int, ...]:
    """For each report how often the words `query`, folded ids and at least one, stand in it in a row.

    Punctuation between them does not count, nor does case. Occurrences that overlap each count.
    """
    found: list[int] = []
    for witness in witnesses:
        words = vocabulary.folded[witness.tokens[vocabulary.is_word[witness.tokens]]]
        last = max(len(words) - len(query) + 1, 0)
        here = np.ones(last, np.bool_)
        for step, form in enumerate(query):
            here &= words[step : step + last] == form
        found.append(int(here.sum()))
    return tuple(found)
