"""Equal sentences of two texts, and the heaviest chain of links that keep their order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Pairs = NDArray[np.int64]  # shape (n, 2): an old place and a new one a row

FREE = -1  # a place that no link holds
CELLS = 1_000_000  # repeated sentences: old copies x new copies up to which the nearest are looked for


def match_equal(old: Places, new: Places) -> Pairs:
    """Pair the equal numbers of two sequences: as many as there are, each place once, in order of the old ones.

    What stands once on either side is paired first. From there pairs spread to neighbours that are equal too, so that
    copies are told apart by what stands beside them. Of what is left the k-th copy goes to the k-th, and where one side
    has more copies, the nearest are taken. The pairs of (new, old) are those of (old, new), swapped.
    """
    partner = np.full(len(old), FREE, np.int64)
    taken = np.full(len(new), FREE, np.int64)
    if not len(old) or not len(new):
        return np.empty((0, 2), np.int64)
    size = int(max(old.max(), new.max())) + 1
    counts = np.bincount(old, minlength=size), np.bincount(new, minlength=size)
    once = (counts[0] == 1) & (counts[1] == 1)
    _pair(old, new, partner, taken, once)
    if (~once & (counts[0] > 0) & (counts[1] > 0)).any():
        _spread(old, new, partner, taken)
        _pair_rest(old, new, partner, taken, size)
    rows = np.flatnonzero(partner != FREE)
    return np.stack((rows, partner[rows]), axis=1)


def _pair(old: Places, new: Places, partner: Places, taken: Places, chosen: NDArray[np.bool_]) -> None:
    """Pair the k-th free copy with the k-th of every chosen number; both sides have as many."""
    rows = np.flatnonzero((partner == FREE) & chosen[old])
    columns = np.flatnonzero((taken == FREE) & chosen[new])
    rows = rows[np.argsort(old[rows], kind="stable")]
    columns = columns[np.argsort(new[columns], kind="stable")]
    partner[rows], taken[columns] = columns, rows


def _spread(old: Places, new: Places, partner: Places, taken: Places) -> None:
    """Pair free equal neighbours of pairs, forwards and then backwards, as far as they go."""
    for step in (1, -1):
        rows = np.flatnonzero(partner != FREE)
        columns = partner[rows]
        inside = (rows + step >= 0) & (rows + step < len(old)) & (columns + step >= 0) & (columns + step < len(new))
        rows, columns = rows[inside] + step, columns[inside] + step
        starts = (partner[rows] == FREE) & (taken[columns] == FREE) & (old[rows] == new[columns])
        for i, j in zip(rows[starts].tolist(), columns[starts].tolist(), strict=True):
            while 0 <= i < len(old) and 0 <= j < len(new) and old[i] == new[j] and partner[i] == taken[j] == FREE:
                partner[i], taken[j] = j, i
                i, j = i + step, j + step


def _pair_rest(old: Places, new: Places, partner: Places, taken: Places, size: int) -> None:
    """Pair the copies that neither rarity nor neighbours told apart."""
    counts = [np.bincount(side[where == FREE], minlength=size) for side, where in ((old, partner), (new, taken))]
    _pair(old, new, partner, taken, counts[0] == counts[1])
    uneven = np.flatnonzero((counts[0] != counts[1]) & (counts[0] > 0) & (counts[1] > 0))
    if not len(uneven):
        return
    expected = _expected(partner, len(new)), _expected(taken, len(old))
    chosen = np.zeros(size, np.bool_)
    chosen[uneven] = True
    rows = _grouped(old, (partner == FREE) & chosen[old])
    columns = _grouped(new, (taken == FREE) & chosen[new])
    for number in uneven.tolist():
        i, j = _nearest(rows[number], columns[number], *expected)
        partner[i], taken[j] = j, i


def _expected(partner: Places, other: int) -> NDArray[np.float64]:
    """Where on the other side each place would be, from the pairs around it."""
    known = np.flatnonzero(partner != FREE)
    ends = np.array([-1, len(partner)]), np.array([-1, other])
    at = np.concatenate((ends[0][:1], known, ends[0][1:]))
    return np.interp(np.arange(len(partner)), at, np.concatenate((ends[1][:1], partner[known], ends[1][1:])))


def _grouped(side: Places, where: NDArray[np.bool_]) -> dict[int, Places]:
    places = np.flatnonzero(where)
    places = places[np.argsort(side[places], kind="stable")]
    numbers, starts = np.unique(side[places], return_index=True)
    return dict(zip(numbers.tolist(), np.split(places, starts[1:]), strict=True))


def _nearest(
    rows: Places, columns: Places, to_new: NDArray[np.float64], to_old: NDArray[np.float64]
) -> tuple[Places, Places]:
    """All places of the shorter side, paired in order with those of the longer at the least total distance."""
    if len(rows) > len(columns):
        j, i = _nearest(columns, rows, to_old, to_new)
        return i, j
    if len(rows) * len(columns) > CELLS:
        return rows, columns[: len(rows)]
    cost = np.abs(to_new[rows][:, None] - columns[None, :]) + np.abs(to_old[columns][None, :] - rows[:, None])
    best = np.zeros(len(columns) + 1)
    steps = np.zeros((len(rows), len(columns)), np.bool_)
    for k in range(len(rows)):
        ending = best[:-1] + np.round(cost[k], 6)
        ending[:k] = np.inf
        least = np.minimum.accumulate(ending)
        steps[k, 0] = True
        steps[k, 1:] = ending[1:] < least[:-1]
        best = np.concatenate(([np.inf], least))
    return rows, columns[_path(steps)]


def _path(steps: NDArray[np.bool_]) -> Places:
    """For each row the column at which the best way takes it."""
    chosen = np.empty(len(steps), np.int64)
    column = steps.shape[1]
    for k in range(len(steps) - 1, -1, -1):
        column = int(np.flatnonzero(steps[k, :column])[-1])
        chosen[k] = column
    return chosen


def heaviest_chain(places: Places, weights: Places, ties: Places) -> NDArray[np.bool_]:
    """Which of these places, all different, one a link in order of the other text, are on the heaviest rising chain.

    Links that are neighbours on both sides are on it together or not at all, and are taken as one. Of chains of one
    weight that with the higher sum of `ties` is taken, numbers below 2 ** 41.
    """
    if len(places) < 2 or bool((np.diff(places) > 0).all()):
        return np.ones(len(places), np.bool_)
    ranks = np.empty(len(places), np.int64)
    ranks[np.argsort(places, kind="stable")] = np.arange(len(places))
    runs = np.concatenate((np.zeros(1, np.int64), np.cumsum(np.diff(ranks) != 1)))
    heads = np.flatnonzero(np.diff(runs, prepend=-1))
    sums = zip(np.add.reduceat(weights, heads).tolist(), np.add.reduceat(ties, heads).tolist(), strict=True)
    return _chain_of_runs(ranks[heads], [(weight << 64) + tie for weight, tie in sums])[runs]


def _chain_of_runs(places: Places, weights: Sequence[int]) -> NDArray[np.bool_]:
    """The heaviest rising chain, in n log n steps: the weighted form of the patience sort (Jacobson and Vo 1992).

    Of all chains that end at or before a place only the heaviest counts: their ends and totals rise together.
    """
    ends: list[int] = []  # places at which chains end, rising, and so are their totals
    totals: list[int] = []
    links: list[int] = []
    before = np.full(len(places), -1, np.int64)
    for k, (place, weight) in enumerate(zip(places.tolist(), weights, strict=True)):
        at = bisect_left(ends, place)
        total = weight + (totals[at - 1] if at else 0)
        before[k] = links[at - 1] if at else -1
        stop = at
        while stop < len(ends) and totals[stop] <= total:
            stop += 1
        if stop > at or at == len(ends) or ends[at] != place:
            ends[at:stop], totals[at:stop], links[at:stop] = [place], [total], [k]
    chain = np.zeros(len(places), np.bool_)
    k = links[-1]
    while k >= 0:
        chain[k] = True
        k = int(before[k])
    return chain
