"""The longest run of words that two texts have in common, in order: a fast kernel over integer ids.

Method. Words that stand once on each side are anchors (patience diff; Cohen 2006), here n-grams of words, first of the
whole texts, then of what lies between, then shorter ones. The heaviest chain of anchors in order is kept (Hunt and
Szymanski 1977), and what is left between two anchors is solved exactly by bit-parallel longest common subsequence
(Hyyrö 2004, in rapidfuzz as Indel). Everything that is done for each word is done by numpy on the whole text at once:
Python runs only where anchors cross, and once for every few hundred words that are left between them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from .distinct import distinct_values

Ids = NDArray[np.int32]
Places = NDArray[np.int64]
Either = NDArray[np.int32] | NDArray[np.int64]
Block = tuple[int, int, int]
"""Old start, new start, length: words that both sides have."""

NOTHING: Places = np.empty((0, 3), np.int64)
BUDGET = 1 << 27  # bytes that one exact comparison may take: n x m / 8, so 128 MiB is 32,000 words against as many
SMALL = 1 << 20  # cells (n x m) up to which the exact comparison is cheaper than looking for anchors
NARROW = 64  # words of one side up to which it is, too: they fit one machine word, so the time is linear
BATCH = 512  # words of small gaps that are compared together
LONG = 4  # words of the longest anchors: long enough to stand once, short enough to fit between two edits
FAR = 32  # words by which a block is stretched at most; what is left is found with the gaps
DEEPEST = 12  # anchors are looked for inside the gaps of gaps no deeper than this
TRUSTED = 0.85  # share of the common n-grams that anchors must explain
WORTH = 0.05  # a large gap without anchors is compared exactly if this share of its n-grams stands on both sides
ODD = np.uint32(0x9E3779B1)  # 2 ** 32 over the golden ratio, odd: a multiplier that spreads (Knuth 1973)
MIX = np.uint32(0x85EBCA6B)


def diff_ids(old: Ids, new: Ids, budget: int = BUDGET) -> Places:
    """Words that both have in order, as rows of old start, new start and length; mirrored if old and new are swapped.

    Exact (a longest common subsequence) up to `SMALL` cells; beyond, nearly so. Takes memory in the order of the texts
    plus at most `budget` bytes.
    """
    if swapped(old, new):
        return diff_ids(new, old, budget)[:, [1, 0, 2]]
    front = common_front(old, new)
    back = common_front(old[front:][::-1], new[front:][::-1])
    a, b = old[front : len(old) - back], new[front : len(new) - back]
    ends = np.array([[0, 0, front], [len(old) - back, len(new) - back, back]], np.int64)
    inner = common_blocks(a, b, budget) + np.array([front, front, 0])
    return glued(np.concatenate((ends[:1], inner, ends[1:])))


def swapped(old: Ids, new: Ids) -> bool:
    """Whether to compare the other way round, so that ties fall alike whichever text is called the old one."""
    if len(old) != len(new):
        return len(old) > len(new)
    at = common_front(old, new)
    return at < len(old) and bool(old[at] > new[at])


def common_front(a: Ids, b: Ids) -> int:
    """How many words both begin with."""
    shorter = min(len(a), len(b))
    reach = 0
    while reach < shorter:  # in steps, so that texts that differ early cost little
        step = slice(reach, min(shorter, 2 * reach + 256))
        differ = np.flatnonzero(a[step] != b[step])
        if len(differ):
            return reach + int(differ[0])
        reach = step.stop
    return shorter


def glued(blocks: Places) -> Places:
    """Blocks without empty ones, and those that touch made one."""
    blocks = blocks[blocks[:, 2] > 0]
    if len(blocks) < 2:
        return blocks
    i, j, n = blocks.T
    apart = (i[1:] != i[:-1] + n[:-1]) | (j[1:] != j[:-1] + n[:-1])
    first = np.flatnonzero(np.concatenate(([True], apart)))
    return np.column_stack((i[first], j[first], np.add.reduceat(n, first)))


# -- exact ------------------------------------------------------------------------------------------------------------


def exact(a: Either, b: Either) -> Places:
    """The blocks of one longest common subsequence. Takes len(a) x len(b) / 8 bytes."""
    return rows_of(exact_blocks(*texts_of(a, b)))


def exact_blocks(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Block]:
    """The blocks of one longest common subsequence of two texts with one character, or one number, a word."""
    return [(m.a, m.b, m.size) for m in Indel.opcodes(a, b).as_matching_blocks() if m.size]


def texts_of(a: Either, b: Either) -> tuple[str, str]:
    """Both with one character a word, which is what rapidfuzz compares fastest."""
    if max(int(a.max(initial=0)), int(b.max(initial=0))) > 0x10FFFF:
        _, both = np.unique(np.concatenate((a, b)), return_inverse=True)
        a, b = both[: len(a)], both[len(a) :]
    return as_text(a), as_text(b)


def as_text(ids: Either) -> str:
    """One character a word."""
    return ids.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def rows_of(blocks: list[Block]) -> Places:
    """Blocks as rows of an array."""
    return np.array(blocks, np.int64).reshape(-1, 3)


# -- anchors ----------------------------------------------------------------------------------------------------------


def common_blocks(a: Ids, b: Ids, budget: int, size: int = LONG, depth: int = 0) -> Places:
    """Blocks in order; by anchors of `size` words where an exact comparison would take long."""
    if len(a) * len(b) <= SMALL or min(len(a), len(b)) <= NARROW:
        return exact(a, b) if len(a) and len(b) else NOTHING
    loose = unique_runs(a, b, size) if min(len(a), len(b)) >= size else NOTHING
    if not len(loose) or depth > DEEPEST:
        return common_blocks(a, b, budget, size // 2, depth) if size > 2 else hard_blocks(a, b, budget)
    found = stretched(a, b, untangled(heaviest(loose), size))
    gaps = gaps_between(found, len(a), len(b))
    large = (gaps[:, 1] * gaps[:, 3] > SMALL) & (np.minimum(gaps[:, 1], gaps[:, 3]) > NARROW)
    inner = [small_gaps(a, b, gaps[~large])]
    for i, n, j, m in gaps[large].tolist():
        rows = common_blocks(a[i : i + n], b[j : j + m], budget, size, depth + 1)
        inner.append(rows + np.array([i, j, 0]))
    both = np.concatenate((found, *inner))
    return guarded(a, b, both[np.argsort(both[:, 0], kind="stable")], int(loose[:, 2].sum()), budget, depth)


def unique_runs(a: Ids, b: Ids, size: int) -> Places:
    """Runs of n-grams that stand once on each side, as rows of places and count of n-grams, ascending in `b`."""
    key_a, key_b = grams(a, size), grams(b, size)
    shift = np.uint32(32 - int(4 * max(len(key_a), 256)).bit_length())
    slot_a, slot_b = (key_a >> shift).astype(np.int64), (key_b >> shift).astype(np.int64)
    i = places_once(slot_a, 1 << (32 - int(shift)))[slot_b]
    j = np.flatnonzero(i >= 0)
    i = i[j]
    same = key_a[i] == key_b[j]
    i, j = i[same], j[same]
    once = places_once(i, len(a))[i] >= 0  # the same place twice is an n-gram that `b` repeats
    return verified(a, b, i[once], j[once], size)


def grams(ids: Ids, size: int) -> NDArray[np.uint32]:
    """A hash of the n-gram that begins at each word."""
    words = ids.view(np.uint32)
    last = len(words) - size + 1
    key = words[:last] * ODD
    for step in range(1, size):
        key += words[step : last + step]
        key *= ODD
        key ^= key >> np.uint32(15)
    return key * ODD


def places_once(slots: Either, count: int) -> NDArray[np.int32]:
    """For each of `count` slots the place of what is in it, -1 where there is nothing or more than one."""
    table = np.full(count, -1, np.int32)
    places = np.arange(len(slots), dtype=np.int32)
    table[slots] = places
    table[slots[table[slots] != places]] = -1  # a place that was overwritten shared its slot
    return table


def runs_of(i: Either, j: Places) -> Places:
    """Pairs as runs in which both advance by one."""
    if not len(i):
        return NOTHING
    first = np.flatnonzero(np.concatenate(([True], (np.diff(i) != 1) | (np.diff(j) != 1))))
    return np.column_stack((i[first], j[first], np.diff(first, append=len(i)))).astype(np.int64, copy=False)


def verified(a: Ids, b: Ids, i: Either, j: Places, size: int) -> Places:
    """Runs of the n-grams that begin at `i` and `j`, without those that only share a hash.

    In a run, only the last word of an n-gram is not in the one before.
    """
    same = a[i + (size - 1)] == b[j + (size - 1)]
    first = np.flatnonzero(np.concatenate(([True], (np.diff(i) != 1) | (np.diff(j) != 1))))[: len(i)]
    for step in range(size - 1):
        same[first] &= a[i[first] + step] == b[j[first] + step]
    if not same.all():  # what follows a false n-gram in its run rests on it, and goes with it
        run = np.repeat(np.arange(len(first)), np.diff(first, append=len(i)))
        right = np.ones(len(first), np.bool_)
        right[run[~same]] = False
        i, j = i[right[run]], j[right[run]]
    return runs_of(i, j)


def expanded(blocks: Places) -> tuple[Places, Places]:
    """The places of every word in blocks."""
    lengths = blocks[:, 2]
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.repeat(blocks[:, 0], lengths) + within, np.repeat(blocks[:, 1], lengths) + within


def heaviest(runs: Places) -> Places:
    """A heavy chain of runs that ascend on both sides; they ascend in `b` already.

    Heavy runs first: a light one that crosses their chain is left out, so that n-grams which stand once on each side by
    chance, far apart, cost nothing. Among equals the chain is the heaviest.
    """
    heavy = runs[:, 2] > 2 * LONG
    if heavy.any() and not heavy.all():
        spine = ascending(runs[heavy])
        ends_i, ends_j = spine[:, 0] + spine[:, 2], spine[:, 1] + spine[:, 2]
        fits = np.searchsorted(ends_i, runs[:, 0], "right") == np.searchsorted(ends_j, runs[:, 1], "right")
        runs = runs[fits]
    return ascending(runs)


def ascending(runs: Places) -> Places:
    """The heaviest chain of runs. One that is in order with all others is in it, so only those between are searched."""
    low, high = runs[:, 0], runs[:, 0] + runs[:, 2] - 1
    safe = np.maximum.accumulate(high) == high
    safe &= np.minimum.accumulate(low[::-1])[::-1] == low
    if safe.all():
        return runs
    keep = safe.copy()
    edges = np.flatnonzero(np.diff(np.concatenate(([True], safe, [True])).astype(np.int8)))
    for first, behind in edges.reshape(-1, 2).tolist():
        chosen = chain(low[first:behind].tolist(), high[first:behind].tolist(), runs[first:behind, 2].tolist())
        keep[[first + run for run in chosen]] = True
    return runs[keep]


def chain(lows: list[int], highs: list[int], weights: list[int]) -> list[int]:
    """Indices of the heaviest ascending chain of intervals (patience piles with weights; Fredman 1975)."""
    back: list[int] = []
    tops: list[int] = []  # where the chains found end, ascending, and so do their weights
    totals: list[int] = []
    lasts: list[int] = []
    for run, (low, high, weight) in enumerate(zip(lows, highs, weights, strict=True)):
        under = bisect_left(tops, low) - 1
        back.append(lasts[under] if under >= 0 else -1)
        total = weight + (totals[under] if under >= 0 else 0)
        place = bisect_left(tops, high)
        if place and totals[place - 1] >= total:
            continue
        behind = place
        while behind < len(tops) and totals[behind] <= total:
            behind += 1
        tops[place:behind], totals[place:behind], lasts[place:behind] = [high], [total], [run]
    chosen: list[int] = []
    run = lasts[-1]
    while run >= 0:
        chosen.append(run)
        run = back[run]
    return chosen[::-1]


def untangled(runs: Places, size: int) -> Places:
    """Blocks of words from a chain of runs of n-grams: where two overlap, the later one begins behind the earlier."""
    i, j, n = runs.T
    n = n + (size - 1)
    reach_i, reach_j = np.maximum.accumulate(i + n)[:-1], np.maximum.accumulate(j + n)[:-1]
    over = np.concatenate(([0], np.maximum(np.maximum(reach_i - i[1:], reach_j - j[1:]), 0)))
    return glued(np.column_stack((i + over, j + over, n - over)))


def stretched(a: Ids, b: Ids, blocks: Places) -> Places:
    """Blocks grown forward, then backward, over words that are the same on both sides, as far as the gaps go."""
    i, j, n = blocks.T
    room = np.minimum(np.append(i[1:], len(a)) - i, np.append(j[1:], len(b)) - j) - n
    ahead = growth(a, b, i + n, j + n, room, 1)
    room = np.append(min(i[0], j[0]), (room - ahead)[:-1])
    behind = growth(a, b, i - 1, j - 1, room, -1)
    return glued(np.column_stack((i - behind, j - behind, n + ahead + behind)))


def growth(a: Ids, b: Ids, i: Places, j: Places, room: Places, step: int) -> Places:
    """How far the words from each pair of places on, in steps of `step`, are the same; at most `room` and `FAR`."""
    grown = np.zeros(len(room), np.int64)
    live = np.flatnonzero(room > 0)
    for distance in range(FAR):
        live = live[a[i[live] + step * distance] == b[j[live] + step * distance]]
        grown[live] += 1
        live = live[room[live] > distance + 1]
        if not len(live):
            break
    return grown


# -- gaps -------------------------------------------------------------------------------------------------------------


def gaps_between(blocks: Places, n: int, m: int) -> Places:
    """What lies between blocks and has words on both sides: rows of old start, old words, new start, new words."""
    i, j, length = blocks.T
    start_i, start_j = np.append(0, i + length), np.append(0, j + length)
    size_i, size_j = np.append(i, n) - start_i, np.append(j, m) - start_j
    return np.column_stack((start_i, size_i, start_j, size_j))[(size_i > 0) & (size_j > 0)]


def small_gaps(a: Ids, b: Ids, gaps: Places) -> Places:
    """The longest common subsequences of many small gaps, taken together.

    A word and the number of its gap make one symbol, so that gaps which stand in one comparison cannot match each
    other's words, and words that their gap's other side lacks are left out.
    """
    (place_a, gap_a), (place_b, gap_b) = places_in(gaps[:, 0:2]), places_in(gaps[:, 2:4])
    key_a, key_b = gap_keys(a[place_a], gap_a), gap_keys(b[place_b], gap_b)
    keep_a, keep_b = standing_in(key_a, key_b), standing_in(key_b, key_a)
    place_a, gap_a, place_b, gap_b = place_a[keep_a], gap_a[keep_a], place_b[keep_b], gap_b[keep_b]
    words = int(max(a.max(), b.max())) + 1
    symbols = np.concatenate((gap_a * words + a[place_a], gap_b * words + b[place_b]))
    dense = np.unique(symbols, return_inverse=True)[1]
    dense_a, dense_b = dense[: len(gap_a)], dense[len(gap_a) :]
    found = [NOTHING]
    for at, to, other, other_to in batches(gap_a, gap_b):
        found.append(exact(dense_a[at:to], dense_b[other:other_to]) + np.array([at, other, 0]))
    i, j = expanded(np.concatenate(found))
    return runs_of(place_a[i], place_b[j])


def places_in(spans: Places) -> tuple[Places, Places]:
    """The places of all words in spans (start, length), and the number of the span each stands in."""
    lengths = spans[:, 1]
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.repeat(spans[:, 0], lengths) + within, np.repeat(np.arange(len(spans)), lengths)


def gap_keys(words: Ids, gap: Places) -> NDArray[np.uint32]:
    """A hash of each word with its gap."""
    key = (words.astype(np.uint32) * ODD) ^ (gap.astype(np.uint32) * MIX)
    return (key ^ (key >> np.uint32(15))) * ODD


def standing_in(keys: NDArray[np.uint32], others: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which of the keys (or a rare few that share a slot with one) stand among the others."""
    shift = np.uint32(32 - int(8 * max(len(others), 128)).bit_length())
    there = np.zeros(1 << (32 - int(shift)), np.bool_)
    there[others >> shift] = True
    return there[keys >> shift]


def batches(gap_a: Places, gap_b: Places) -> list[tuple[int, int, int, int]]:
    """Stretches of both sides that hold whole gaps and about `BATCH` words: start and end, other start and end."""
    cuts = distinct_values(np.concatenate((gap_a[::BATCH], gap_b[::BATCH])))
    at = np.append(np.searchsorted(gap_a, cuts), len(gap_a)).tolist()
    other = np.append(np.searchsorted(gap_b, cuts), len(gap_b)).tolist()
    return list(zip(at, at[1:], other, other[1:], strict=False))


# -- hard cases -------------------------------------------------------------------------------------------------------


def guarded(a: Ids, b: Ids, blocks: Places, anchored: int, budget: int, depth: int) -> Places:
    """The blocks, or exact ones where anchors misled: text of repeats (tables, boilerplate) has few and odd ones.

    Anchors are trusted where words on blocks, or n-grams on anchors (those off the chain are text that moved), come to
    `TRUSTED` of the n-grams that both sides have.
    """
    cells = len(a) * len(b)
    if depth or cells > 8 * budget or max(int(blocks[:, 2].sum()), anchored) >= TRUSTED * min(len(a), len(b)):
        return blocks
    if max(int(blocks[:, 2].sum()), anchored) >= TRUSTED * common_grams(a, b):
        return blocks
    better = exact(a, b)
    return better if better[:, 2].sum() > blocks[:, 2].sum() else blocks


def common_grams(a: Ids, b: Ids) -> int:
    """How many n-grams both sides have, repeats counted."""
    keys_a, counts_a = np.unique(grams(a, LONG), return_counts=True)
    keys_b, counts_b = np.unique(grams(b, LONG), return_counts=True)
    _, in_a, in_b = np.intersect1d(keys_a, keys_b, assume_unique=True, return_indices=True)
    return int(np.minimum(counts_a[in_a], counts_b[in_b]).sum())


def hard_blocks(a: Ids, b: Ids, budget: int) -> Places:
    """Blocks of two texts without a word that stands once on each side, or with nothing in common.

    Compared exactly if that is worth it and fits the budget, else cut in two and tried again.
    """
    if common_grams(a, b) < WORTH * min(len(a), len(b)):
        return NOTHING
    if len(a) * len(b) <= 8 * budget:
        return exact(a, b)
    i, j = len(a) // 2, len(b) // 2
    first, second = diff_ids(a[:i], b[:j], budget), diff_ids(a[i:], b[j:], budget)
    return glued(np.concatenate((first, second + np.array([i, j, 0]))))
