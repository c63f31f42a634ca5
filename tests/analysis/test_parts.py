"""The parts of split and merged sentences: what each kept, and which only stand around those that were carried over."""

from __future__ import annotations

import numpy as np
import pytest
from litany.analysis.links import LinkTable
from litany.analysis.parts import Parts, parts_of
from litany.analysis.vocabulary import intern_sentences

LONG = "The lamp was lit at seven by the warden, and the whole company sang the harbour hymn until nine."
FIRST = "The lamp was lit at seven by the warden."
SECOND = "And the whole company sang the harbour hymn until nine."
OTHER = "A new bell was bought with money that nobody had asked for."


def parts(old: list[str], new: list[str], least: float = 0.3) -> Parts:
    vocabulary, (left, right) = intern_sentences([old, new])
    table = LinkTable(np.array([(0, len(old), 0, len(new))], np.int32), np.array([0.5]), np.array([False]))
    return parts_of(vocabulary, left, right, table, least)


def test_each_part_of_a_split_sentence_is_compared_with_its_piece() -> None:
    found = parts([LONG], [FIRST, SECOND])
    assert found.sentences.tolist() == [0, 1]
    assert found.split.tolist() == [2, 2]
    assert (found.similarities >= 0.9).all()
    assert (found.similarities < 1.0).all()


@pytest.mark.parametrize(("new", "kept"), [([OTHER, LONG], [1]), ([LONG, OTHER], [0]), ([OTHER, LONG, OTHER], [1])])
def test_what_only_stands_around_a_part_was_not_copied(new: list[str], kept: list[int]) -> None:
    assert parts([LONG], new).sentences.tolist() == kept
    assert parts([LONG], new, least=0.0).sentences.tolist() == list(range(len(new)))


@pytest.mark.parametrize(
    ("old", "first", "merged"),
    [([FIRST, SECOND], 0, 2), ([OTHER, LONG], 1, 1), ([LONG, OTHER], 0, 1), ([OTHER, FIRST, SECOND, OTHER], 1, 2)],
)
def test_what_only_stands_around_a_merged_sentence_was_not_put_into_it(old: list[str], first: int, merged: int) -> None:
    found = parts(old, [LONG])
    assert (found.first.tolist(), found.merged.tolist()) == ([first], [merged])


def test_a_link_of_which_only_a_part_was_carried_is_as_like_as_that_part() -> None:
    assert parts([OTHER, LONG], [LONG]).similarities[0] == pytest.approx(1.0, abs=1e-5)
    assert parts([FIRST, SECOND], [LONG]).similarities[0] == 0.5, "as the table has it"
