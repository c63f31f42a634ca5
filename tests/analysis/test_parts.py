"""The parts of split and merged sentences: what each kept, and which only stand around those that were carried over."""

from __future__ import annotations

import numpy as np
import pytest
from litany.analysis.links import LinkTable
from litany.analysis.parts import Parts, carried_over, parts_of
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


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        ([LONG], [FIRST, SECOND], (0, 1, 0, 2)),
        ([LONG], [OTHER, LONG], (0, 1, 1, 1)),
        ([LONG], [LONG, OTHER], (0, 1, 0, 1)),
        ([LONG], [OTHER, FIRST, SECOND, OTHER], (0, 1, 1, 2)),
        ([FIRST, SECOND], [LONG], (0, 2, 0, 1)),
        ([OTHER, LONG], [LONG], (1, 1, 0, 1)),
        ([LONG, OTHER], [LONG], (0, 1, 0, 1)),
        ([OTHER, FIRST, SECOND, OTHER], [LONG], (1, 2, 0, 1)),
        ([OTHER], [FIRST, SECOND], (0, 1, 0, 2)),
    ],
)
def test_what_only_stands_around_what_was_carried_over_is_no_part(
    old: list[str], new: list[str], row: tuple[int, ...]
) -> None:
    vocabulary, (left, right) = intern_sentences([old, new])
    whole = np.array([(0, len(old), 0, len(new))], np.int32)
    assert tuple(carried_over(vocabulary, left, right, whole, 0.3)[0].tolist()) == row
    assert carried_over(vocabulary, left, right, whole, 0.0).tolist() == whole.tolist()


def test_a_part_in_the_middle_that_kept_nothing_was_not_copied() -> None:
    assert parts([LONG], [FIRST, OTHER, SECOND]).sentences.tolist() == [0, 2]
    assert parts([LONG], [FIRST, OTHER, SECOND], least=0.0).sentences.tolist() == [0, 1, 2]
