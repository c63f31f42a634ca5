"""The measures of the literature; the worked examples are on docs/measures.md, the limits here."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from litany.analysis import Literature, compare
from litany.analysis.literature import (
    adjusted,
    boilerplate,
    change,
    common_runs,
    redundancy,
    sim_cosine,
    sim_jaccard,
    sim_min_edit,
    sim_simple,
    stickiness,
)
from litany.corpus import from_texts
from rapidfuzz.distance import Indel
from strategies import series

ids = st.lists(st.integers(0, 6), max_size=25).map(lambda numbers: np.array(numbers, np.int64))
PAIRS = (sim_cosine, sim_jaccard, sim_min_edit)


@given(ids, ids)
def test_similarities_are_symmetric_and_one_for_the_same(old: np.ndarray, new: np.ndarray) -> None:
    for measure in PAIRS:
        value = measure(old, new)
        assert value == measure(new, old)
        assert (value is None) == (not len(old) or not len(new))
        assert value is None or 0 <= value <= 1
        assert measure(new, new) == (1.0 if len(new) else None)
    assert change(old, new) == change(new, old)
    assert change(new, new) == (0.0 if len(new) else None)
    assert sim_min_edit(old, new) in (
        None,
        1 - Indel.distance(old.tolist(), new.tolist()) / max(len(old) + len(new), 1),
    )


@pytest.mark.parametrize("measure", PAIRS)
def test_texts_that_share_nothing_have_zero(measure: object) -> None:
    assert callable(measure)
    assert measure(np.array([1, 2, 2]), np.array([3, 4])) == 0.0


def test_one_is_said_only_of_the_same_counts() -> None:
    assert sim_cosine(np.array([1] * 10_000 + [2]), np.array([1] * 10_000)) != 1.0
    assert sim_cosine(np.array([1, 2]), np.array([1, 2, 2, 1])) == 1.0


def test_in_a_change_the_longer_side_counts() -> None:
    assert change(np.array([1, 2, 3, 4]), np.array([1, 7, 8, 9, 4])) == 3 / 4.5
    assert change(np.array([1, 4]), np.array([1, 7, 4, 8])) == 2 / 3


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([None, 0.5, 0.25, 1.0], [None, 2 / 3, 1.0, 0.0]),
        ([None, 0.5], [None, None]),
        ([None, 0.5, 0.5], [None, None, None]),
        ([], []),
    ],
)
def test_sim_simple_is_scaled_within_the_series(changes: list[float | None], expected: list[float | None]) -> None:
    assert sim_simple(changes) == expected


def test_boilerplate_needs_more_than_half_of_the_reports() -> None:
    texts = [np.array(row) for row in ([1, 2, 3, 4, 9], [1, 2, 3, 4], [5, 6, 7, 8], [5, 6, 7, 8, 1, 2, 3, 4, 5])]
    assert boilerplate(texts[:1], 4) == [None]
    assert boilerplate(texts[:2], 4) == [4 / 5, 1.0]
    assert boilerplate(texts, 4) == [4 / 5, 1.0, 0.0, 4 / 9], "three of four have it; half is not most"
    assert boilerplate([np.array([], np.int64), texts[0]], 4)[0] is None


@given(st.lists(st.lists(st.integers(0, 3), max_size=12), max_size=5), st.integers(1, 5))
@settings(deadline=None)
def test_boilerplate_is_the_same_from_what_neighbours_have_in_common(rows: list[list[int]], size: int) -> None:
    texts = [np.array(row, np.int64) for row in rows]
    pairs = [None, *pairwise(texts)][: len(texts)]
    runs = [common_runs(*pair) if pair and all(map(len, pair)) else None for pair in pairs]
    assert boilerplate(texts, size, runs) == boilerplate(texts, size)


def test_stickiness_and_redundancy() -> None:
    assert stickiness(np.array([1, 2, 3]), np.array([3, 3, 4, 5])) == 0.5
    assert redundancy(np.array([3, 3, 4, 5])) == 0.5
    empty = np.array([], np.int64)
    assert (stickiness(empty, empty), redundancy(empty), stickiness(empty, np.array([1]))) == (None, None, 0.0)


def test_the_length_adjustment_takes_off_what_length_explains() -> None:
    sizes = [100 + 37 * k % 900 for k in range(80)]
    scores: list[float | None] = [0.9 - 1e-3 * n + 4e-7 * n * n for n in sizes]
    assert [round(value or 0.0, 9) for value in adjusted(scores, sizes)] == [0.0] * 80
    raised = adjusted([None, *scores[1:-1], (scores[-1] or 0) + 0.5], sizes)
    assert raised[0] is None
    assert (raised[-1] or 0) > 0.4
    assert sum(value or 0.0 for value in raised) == pytest.approx(0.0, abs=1e-9)


def test_nothing_is_fitted_to_few_reports_or_lengths() -> None:
    assert adjusted([0.1] * 59, list(range(59))) == [None] * 59
    assert adjusted([0.1] * 80, [100, 200, 300, 400] * 20) == [None] * 80


HARBOURS = ["Harbour."] * 5 + ["Harbour harbour.", "Harbour harbour harbour harbour harbour harbour.", "Harbour."]


@given(series())
@example([HARBOURS, HARBOURS, ["Harbour."] * 8 + ["Harbour harbour."]])
@settings(deadline=None)
def test_measures_are_shares_and_unknown_for_a_first_report(versions: list[list[str]]) -> None:
    texts = {str(2001 + k): " ".join(version) for k, version in enumerate(versions) if version}
    if not texts:
        return
    comparison = compare(from_texts(texts))
    first, *_ = comparison.literature
    assert first == Literature(0, first.boilerplate, None, first.redundancy, *[None] * 7)
    for row, measures, band in zip(comparison.literature, comparison.measures, comparison.bands, strict=True):
        shares = (row.boilerplate, row.stickiness, row.redundancy, row.modification, row.sim_cosine, row.sim_jaccard)
        assert all(value is None or 0 <= value <= 1 for value in (*shares, row.sim_min_edit, row.sim_simple))
        if measures.past is not None:
            for counts in measures.past:
                assert 0 <= counts.returned <= counts.verbatim + counts.edited
        assert (band is None) == (measures.source is None)
        if band is not None and measures.source is not None:
            words = measures.source.words
            assert band.edited_low <= words.edited <= band.edited_high
            assert band.new_low <= words.new <= band.new_high
            assert band.edited_low + band.new_high == band.edited_high + band.new_low == words.total - words.verbatim


@given(ids, ids)
def test_beyond_the_limit_the_edits_are_those_of_the_word_diff(old: np.ndarray, new: np.ndarray) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("litany.analysis.literature.MOST_STEPS", -1)
        bounded = sim_min_edit(old, new)
    exact = sim_min_edit(old, new)
    assert (bounded is None) == (exact is None)
    assert bounded is None or exact is None or bounded <= exact
