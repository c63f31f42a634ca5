"""Distinct sentences, against a dictionary."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from litany.analysis import distinct
from litany.analysis.distinct import distinct_sentences
from litany.analysis.vocabulary import Witness

ragged = st.lists(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=3), max_size=6), max_size=4)


def witness(sentences: list[list[int]]) -> Witness:
    starts = np.cumsum([0, *map(len, sentences)], dtype=np.int64)
    tokens = np.array([token for sentence in sentences for token in sentence], np.int32)
    return Witness(tokens, starts, np.zeros(len(sentences), np.int64))


def slow(texts: list[list[list[int]]]) -> tuple[list[list[int]], list[list[int]]]:
    known: dict[tuple[int, ...], int] = {}
    numbers = [[known.setdefault(tuple(sentence), len(known)) for sentence in text] for text in texts]
    return numbers, [list(sentence) for sentence in known]


@given(ragged)
def test_agrees_with_a_dictionary(texts: list[list[list[int]]]) -> None:
    found = distinct_sentences([witness(text) for text in texts])
    assert ([row.tolist() for row in found.numbers], found.sentences.sentences) == slow(texts)


@given(ragged)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_colliding_hashes_are_told_apart(texts: list[list[list[int]]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distinct, "mixed", np.zeros_like)
        found = distinct_sentences([witness(text) for text in texts])
    assert ([row.tolist() for row in found.numbers], found.sentences.sentences) == slow(texts)
