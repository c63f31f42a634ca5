"""Interning: against a plain dictionary, whatever the texts hold and however the hashes fall."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from litany.analysis import vocabulary
from litany.analysis.vocabulary import fold, intern_sentences, intern_tokens
from litany.corpus.sentences import tokenize

texts = st.lists(
    st.text(st.sampled_from("abAB.,'’é年😀 -_12") | st.characters(exclude_categories=["Cs"]), max_size=60)
    | st.lists(
        st.sampled_from(["lamp", "Lamp", "lamplighters", "lamplighter’s", "harbourmasters", "a" * 40]), max_size=20
    ).map(" ".join),
    max_size=4,
)


def check(parts: list[str]) -> None:
    """Ids, strings, folds and word marks are those that plain Python finds."""
    tokens = [tokenize(text) for text in parts]
    found, ids = intern_tokens(list(zip(parts, tokens, strict=True)))
    strings = [[text[s:e] for s, e in token.spans.tolist()] for text, token in zip(parts, tokens, strict=True)]
    assert list(found.strings) == sorted({string for row in strings for string in row})
    assert [[found.strings[k] for k in row.tolist()] for row in ids] == strings
    for row, token in zip(ids, tokens, strict=True):
        assert found.is_word[row].tolist() == token.is_word.tolist()
    forms: dict[int, set[str]] = {}
    for string, form in zip(found.strings, found.folded.tolist(), strict=True):
        forms.setdefault(form, set()).add(fold(string))
    assert all(len(folds) == 1 for folds in forms.values())
    assert len(forms) == len({fold(string) for string in found.strings})


@given(texts)
def test_agrees_with_a_dictionary(parts: list[str]) -> None:
    check(parts)


@given(texts)
def test_colliding_hashes_are_told_apart(parts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "mixed", lambda values: values * np.uint64(0))  # pyright: ignore[reportUnknownLambdaType]
        check(parts)


def test_the_order_of_texts_changes_no_id() -> None:
    one, two = ["The lamp was lit."], ["A band played.", "The LAMP."]
    forward, backward = intern_sentences([one, two]), intern_sentences([two, one])
    assert forward[0].strings == backward[0].strings
    assert forward[1][0].tokens.tolist() == backward[1][1].tokens.tolist()


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [("Lamp", "lamp", True), ("Rasi’s", "Rasi's", True), ("Rasi`s", "rasi's", True), ("lamp", "lamps", False)],
)
def test_folded_forms(left: str, right: str, same: bool) -> None:
    assert (fold(left) == fold(right)) is same
