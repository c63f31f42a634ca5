"""The linked sentences of a report one by one, each part of a split sentence with a likeness of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .anchors import diff_ids
from .links import LinkTable
from .vocabulary import Vocabulary, Witness


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The linked sentences of the new text, an entry each."""

    sentences: NDArray[np.int64]
    """Which sentences they are, in order."""
    first: NDArray[np.int32]
    """The first old sentence that each is linked with."""
    merged: NDArray[np.int32]
    """How many old sentences each is linked with."""
    split: NDArray[np.int32]
    """How many new sentences the same old one became, itself among them."""
    similarities: NDArray[np.float64]
    """To what each is linked with; of a part to its piece of the sentence that was split."""
    moved: NDArray[np.bool_]
    """Whether each stands elsewhere than it did."""


def carried_over(
    vocabulary: Vocabulary, old: Witness, new: Witness, rows: NDArray[np.int32], least: float
) -> NDArray[np.int32]:
    """The links, as rows of a table, without outer parts of split and merged sentences that are less like their piece
    of the other side than `least`.

    Where a text was retold, a link may hold sentences that only stand around those that were carried over.
    """
    rows = rows.copy()
    for side, sides in ((2, (old, new)), (0, (new, old))):
        for link in np.flatnonzero(rows[:, side + 1] > 1).tolist():
            row = rows[link] if side else rows[link, [2, 3, 0, 1]]
            alike = np.flatnonzero(_of_split(vocabulary, *sides, row) >= least)
            if len(alike):
                rows[link, side : side + 2] = row[2] + alike[0], alike[-1] - alike[0] + 1
    return rows


def parts_of(vocabulary: Vocabulary, old: Witness, new: Witness, table: LinkTable, least: float) -> Parts:
    """The new sentences of all links of a table, one by one, without parts less like their piece than `least`.

    A split sentence as a whole may be liker to its parts than a part is to its own piece, so that only what each part
    kept can be compared across reports.
    """
    sentences, links = table.sentences(1)
    similarities = table.similarities[links]
    ends = np.cumsum(table.rows[:, 3])
    kept = np.ones(len(sentences), np.bool_)
    for link in np.flatnonzero(table.rows[:, 3] > 1).tolist():
        own = _of_split(vocabulary, old, new, table.rows[link])
        part = slice(int(ends[link]) - len(own), int(ends[link]))
        similarities[part], kept[part] = own, own >= least
    links = links[kept]
    rows = table.rows[links]
    return Parts(sentences[kept], rows[:, 0], rows[:, 1], rows[:, 3], similarities[kept], table.moved[links])


def _of_split(vocabulary: Vocabulary, old: Witness, new: Witness, row: NDArray[np.int32]) -> NDArray[np.float64]:
    """The likeness of each part to its piece of the old sentence; never quite 1, as a part is not the sentence."""
    first, _, other, count = row.tolist()
    whole = vocabulary.folded[old.tokens[old.sentence_starts[first] : old.sentence_starts[first + 1]]]
    bounds = new.sentence_starts[other : other + count + 1]
    starts, sizes = bounds - bounds[0], np.diff(bounds)
    blocks = diff_ids(whole, vocabulary.folded[new.tokens[bounds[0] : bounds[-1]]])
    kept = np.array([(i + k, j + k) for i, j, size in blocks.tolist() for k in range(size)], np.int64).reshape(-1, 2)
    owners = np.searchsorted(starts, kept[:, 1], side="right") - 1
    cuts = [0, *(_cut(kept, owners, int(starts[part]), part) for part in range(1, count)), len(whole)]
    pieces = np.diff(np.maximum.accumulate(cuts))
    return np.minimum(2 * np.bincount(owners, minlength=count) / np.maximum(pieces + sizes, 1), 1.0 - 1e-6)


def _cut(kept: NDArray[np.int64], owners: NDArray[np.int64], start: int, part: int) -> int:
    """Where the old sentence is cut before that part, which starts at `start`.

    What no part kept between two pieces goes to the part that has other words in its place there.
    """
    at = int(np.searchsorted(owners, part))
    last, before = kept[at - 1].tolist() if at else (-1, -1)
    following, behind = kept[at].tolist() if at < len(kept) else (last + 1, start)
    ours, theirs = start - before - 1, behind - start
    share = ours / (ours + theirs) if ours + theirs else 0.5
    return last + 1 + round((following - last - 1) * share)
