"""The distinct sentences of a series: most of it is copied, so that most questions are about few sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from .vocabulary import Witness, mixed

PORTION = 1 << 12  # sentences that are compared at once


@dataclass(frozen=True, eq=False)
class Distinct:
    """Every sentence of a series by what it says, token for token."""

    numbers: tuple[NDArray[np.int64], ...]
    """For each witness, for each of its sentences, the number of the distinct sentence it is."""
    sentences: Witness
    """The distinct sentences as one text, in the order in which they first stand in the series."""


Numbers = TypeVar("Numbers", NDArray[np.int32], NDArray[np.int64])


def distinct_values(values: Numbers) -> Numbers:
    """The distinct values, ascending: `numpy.unique`, which takes ten times as long for a million that differ, and
    loads a module of its own that takes longer than most series."""
    ordered = np.sort(values)
    kept = ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]
    return cast("Numbers", kept)


def among(values: NDArray[np.int64], held: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which values are among those held, numbers of sentences: by a table, as sorting loads that module too."""
    return np.isin(values, held, kind="table")


def ascending(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places of numbers, none negative, in ascending order, equal ones as they stand: a radix sort.

    Sixteen bits at a time (Knuth 1973): half the time of a comparing sort for a million words.
    """
    most, shift = int(values.max(initial=0)), 16
    order = np.argsort(values.astype(np.uint16), kind="stable")
    while most >> shift:
        order = order[np.argsort((values[order] >> shift).astype(np.uint16), kind="stable")]
        shift += 16
    return order


def numbered(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rank of each number, none negative, among the distinct ones, from 0."""
    return ranked(values)[0]


def ranked(values: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What `numbered` and `ascending` tell of the same numbers."""
    order = ascending(values)
    ordered = values[order]
    ranks = np.empty(len(values), np.int64)
    ranks[order] = np.cumsum(np.append(False, ordered[1:] != ordered[:-1])[: len(ordered)])
    return ranks, order


def distinct_sentences(witnesses: Sequence[Witness]) -> Distinct:
    """The distinct sentences of witnesses over one vocabulary, in order of first appearance."""
    if not witnesses:
        return Distinct((), Witness(np.zeros(0, np.int32), np.zeros(1, np.int64), np.zeros(0, np.int64)))
    tokens = np.concatenate([witness.tokens for witness in witnesses])
    bounds = np.cumsum([0, *(len(witness.tokens) for witness in witnesses)])
    starts = np.concatenate([w.sentence_starts[:-1] + at for w, at in zip(witnesses, bounds, strict=False)])
    lengths = np.concatenate([np.diff(witness.sentence_starts) for witness in witnesses])
    keys = np.concatenate([_hashes(w.tokens, w.sentence_starts[:-1], np.diff(w.sentence_starts)) for w in witnesses])
    while True:
        _, firsts, inverse = np.unique(keys, return_index=True, return_inverse=True)
        wrong = _differing(tokens, starts, lengths, firsts[inverse.reshape(-1)])
        if not len(wrong):
            break
        keys[wrong] += np.uint64(1)  # two sentences of one hash: the later one gets another
    order = np.argsort(firsts, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    numbers = rank[inverse.reshape(-1)]
    cuts = np.cumsum([len(witness) for witness in witnesses])[:-1]
    return Distinct(tuple(np.split(numbers, cuts)), _gathered(tokens, starts, lengths, firsts[order]))


def _hashes(tokens: NDArray[np.int32], starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A hash of each sentence: a sum over its tokens of mixed (token, place), so that order counts."""
    within = np.arange(len(tokens), dtype=np.uint64)
    within -= np.repeat(starts.astype(np.uint64), lengths)
    values = mixed(tokens.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + within * np.uint64(0xC2B2AE3D27D4EB4F))
    running = np.concatenate((np.zeros(1, np.uint64), np.cumsum(values, dtype=np.uint64)))
    return running[starts + lengths] - running[starts]


def _differing(
    tokens: NDArray[np.int32], starts: NDArray[np.int64], lengths: NDArray[np.int64], twins: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The sentences that are not, token for token, the sentence they share a hash with."""
    wrong = lengths != lengths[twins]
    for at in range(0, len(starts), PORTION):
        rows = np.flatnonzero(~wrong[at : at + PORTION]) + at
        owners = np.repeat(rows, lengths[rows])
        within = np.arange(len(owners)) - np.repeat(np.cumsum(lengths[rows]) - lengths[rows], lengths[rows])
        unlike = tokens[starts[owners] + within] != tokens[starts[twins[owners]] + within]
        wrong[owners[unlike]] = True
    return np.flatnonzero(wrong)


def _gathered(
    tokens: NDArray[np.int32], starts: NDArray[np.int64], lengths: NDArray[np.int64], chosen: NDArray[np.int64]
) -> Witness:
    """The chosen sentences, one after the other, as a text of one paragraph."""
    sizes = lengths[chosen]
    ends = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    places = np.arange(int(ends[-1])) + np.repeat(starts[chosen] - ends[:-1], sizes)
    return Witness(tokens[places], ends, np.zeros(len(chosen), np.int64))
