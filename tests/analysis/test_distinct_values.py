"""Sorting by tables: the same as numpy's own, which takes longer."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from litany.analysis.distinct import among, ascending, distinct_values, numbered

numbers = st.lists(st.integers(0, 1 << 50) | st.integers(0, 9), max_size=40).map(lambda row: np.array(row, np.int64))
small = st.lists(st.integers(0, 30), max_size=40).map(lambda row: np.array(row, np.int64))


@given(numbers)
def test_ranks_and_orders_are_those_of_a_stable_sort(values: np.ndarray) -> None:
    assert ascending(values).tolist() == np.argsort(values, kind="stable").tolist()
    assert numbered(values).tolist() == np.unique(values, return_inverse=True)[1].tolist()
    assert distinct_values(values).tolist() == sorted(set(values.tolist()))


@given(small, small)
def test_among_asks_whether_a_value_is_held(values: np.ndarray, held: np.ndarray) -> None:
    assert among(values, held).tolist() == [value in set(held.tolist()) for value in values.tolist()]
