"""Reports put in an order that brings similar ones together."""

from __future__ import annotations

import numpy as np
import pytest
from litany.analysis import compare
from litany.analysis.ordering import clustered
from litany.corpus import from_texts


def test_similar_ones_stand_side_by_side() -> None:
    groups = np.array([0, 1, 0, 1, 2, 0])
    order = clustered(np.where(groups[:, None] == groups, 0.9, 0.1))
    assert [int(g) for g, before in zip(groups[list(order)], [-1, *groups[list(order)]], strict=False) if g != before] \
        == sorted({*groups.tolist()}, key=[*groups[list(order)]].index)  # fmt: skip
    assert sorted(order) == list(range(6))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_reports_keep_their_order(count: int) -> None:
    assert clustered(np.ones((count, count))) == tuple(range(count))


def test_a_chain_is_laid_out_as_it_is_the_early_end_first() -> None:
    steps = np.arange(8)
    chain = 1 - np.abs(steps[:, None] - steps) / 8
    shuffled = np.array([3, 0, 6, 1, 7, 4, 2, 5])
    order = clustered(chain[np.ix_(shuffled, shuffled)])
    assert shuffled[list(order)].tolist() in (list(range(8)), list(range(7, -1, -1)))


def test_what_is_not_defined_is_unlike() -> None:
    values = np.full((4, 4), np.nan)
    values[1, 3] = values[3, 1] = 0.9
    order = clustered(values)
    assert abs(order.index(1) - order.index(3)) == 1


def test_a_comparison_knows_its_order() -> None:
    texts = {
        "2001": "The lamp was lit.",
        "2002": "Boats came home late.",
        "2003": "The lamp was lit now.",
        "2004": "Boats came home.",
    }
    order = compare(from_texts(texts)).clustered()
    assert {frozenset(order[:2]), frozenset(order[2:])} == {frozenset({0, 2}), frozenset({1, 3})}
