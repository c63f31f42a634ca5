"""The wordings of one sentence under each other."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litany.analysis.collation import MOST_TOKENS, Segment, collate
from litany.analysis.edits import Operation, word_operations


def collated(*wordings: str, parents: Sequence[int | None] | None = None) -> list[list[str]]:
    """A row a wording: what it has in each segment. Each is made from the one before if `parents` says nothing."""
    rows = [wording.split() for wording in wordings]
    made = [None, *range(len(rows) - 1)] if parents is None else parents
    return [[" ".join(row[slice(*segment.spans[k])]) for segment in table(rows, made)] for k, row in enumerate(rows)]


def table(rows: Sequence[list[str]], parents: Sequence[int | None]) -> tuple[Segment, ...]:
    operations: list[Sequence[Operation]] = [
        () if parent is None else word_operations(rows[parent], row) for row, parent in zip(rows, parents, strict=True)
    ]
    return collate(rows, parents, operations)


def test_the_same_words_stand_under_each_other() -> None:
    assert collated(
        "The lamp was lit at seven by Mrs Hale .",
        "The lamp was lit at eight by Mrs Hale .",
        "The lamp was lit at eight by Captain Orde .",
    ) == [
        ["The lamp was lit at", "seven", "by", "Mrs Hale", "."],
        ["The lamp was lit at", "eight", "by", "Mrs Hale", "."],
        ["The lamp was lit at", "eight", "by", "Captain Orde", "."],
    ]


def test_what_two_wordings_put_in_at_one_place_stands_in_one_column() -> None:
    rows = collated("a b", "a old mole b", "a mole b", parents=[None, 0, 0])
    assert rows == [["a", "", "", "b"], ["a", "old", "mole", "b"], ["a", "", "mole", "b"]]


def test_a_number_stands_under_numbers_where_the_words_around_it_changed() -> None:
    rows = collated(
        "Despite it has been 20 years since", "Despite it has been 21 years since", "In spite of 22 years since"
    )
    numbers = [row for row in zip(*rows, strict=True) if row[0] == "20"]
    assert numbers == [("20", "21", "22")]


def test_a_wording_that_came_back_stands_where_it_stood() -> None:
    rows = collated("the bell was struck twice", "the bell was rung", "the bell was struck twice", parents=[None, 0, 0])
    assert rows[0] == rows[2]


def test_one_wording_is_one_segment_and_none_makes_none() -> None:
    assert collated("a b c") == [["a b c"]]
    assert collate([], [], []) == ()


def test_what_is_too_long_for_a_table_makes_none() -> None:
    row = ["word"] * (MOST_TOKENS // 2 + 1)
    assert collate([row, row], [None, 0], [(), ()]) == ()


@st.composite
def versions(draw: st.DrawFn) -> tuple[list[list[str]], list[int | None]]:
    """Wordings, each any text with any earlier one for its parent."""
    words = st.lists(st.sampled_from(["a", "b", "c", "the", "7", "8", "."]), max_size=12)
    rows = draw(st.lists(words, min_size=1, max_size=7))
    return rows, [None, *(draw(st.integers(0, k - 1)) for k in range(1, len(rows)))]


@given(versions())
def test_segments_tile_every_wording(made: tuple[list[list[str]], list[int | None]]) -> None:
    rows, parents = made
    segments = table(rows, parents)
    for k, row in enumerate(rows):
        assert [token for segment in segments for token in row[slice(*segment.spans[k])]] == row
    for segment in segments:
        readings = [tuple(row[slice(*segment.spans[k])]) for k, row in enumerate(rows)]
        assert segment.fixed == (len(set(readings)) == 1)


@pytest.mark.parametrize("merged", ["and the band played .", "."])
def test_old_words_beyond_the_parent_are_those_of_another_sentence(merged: str) -> None:
    rows = [["the", "lamp", "was", "lit", "."], ["the", "lamp", "was", "lit", *merged.split()]]
    steps = word_operations([*rows[0], "the", "band", "played", "."], rows[1])
    segments = collate(rows, [None, 0], [(), steps])
    assert [token for segment in segments for token in rows[1][slice(*segment.spans[1])]] == rows[1]
    assert all(end <= len(rows[0]) for segment in segments for _, end in segment.spans[:1])
