"""The best way to link two runs of sentences in order: one to one, one to several, several to one, or not at all.

Method. Dynamic programming over both runs at once, as in sentence alignment of translations (Gale and Church 1993),
with similarity in the place of length: a link earns what its similarity exceeds a threshold by, and a little more where
it follows the link before without a gap. The optimum is global.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Shape = tuple[int, int]
Found = tuple[int, int, int, int, float]
"""A link: first old sentence, how many, first new sentence, how many, similarity."""

Rows = list[list[float]]

FEW = 16  # pairs of sentences up to which plain Python is quicker than arrays
NEVER = -1e9
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Weights:
    """What the decision weighs."""

    threshold: float
    """Similarity that a link must exceed."""
    contiguity: float
    """Earned by a link that follows the one before on both sides."""
    own_share: float
    """Share of each outer part of a split or merged sentence that must be found in the other side, and only there."""
    most: int
    """Sentences on the longer side of a link."""
    detour: float = 0.0
    """Taken from a link outside the band between the corners (see `_detours`), times how far outside it is."""


@dataclass(frozen=True, eq=False)
class Block:
    """Sentences of two texts, and what they share."""

    overlap: Floats
    """Shape (old, new): the weight of what each pair shares."""
    old_sizes: Floats
    """The weight of each old sentence."""
    new_sizes: Floats
    """The weight of each new sentence."""
    old_gaps: NDArray[np.bool_]
    """Shape (old,): True where the sentence does not follow the one before it in the text."""
    new_gaps: NDArray[np.bool_]
    """Shape (new,): the same for the new sentences."""
    ties: Floats
    """Shape (old, new): less than any difference that counts, drawn from what the sentences say."""

    @property
    def similarity(self) -> Floats:
        """The similarity of each pair."""
        return 2 * self.overlap / np.maximum(self.old_sizes[:, None] + self.new_sizes[None, :], 1e-9)

    @property
    def reversed(self) -> Block:
        """The new text from its end to its start."""
        return Block(
            self.overlap[:, ::-1],
            self.old_sizes,
            self.new_sizes[::-1],
            self.old_gaps,
            np.ones(len(self.new_sizes), np.bool_),
            self.ties[:, ::-1],
        )

    @property
    def mirrored(self) -> Block:
        """Old and new swapped."""
        return Block(self.overlap.T, self.new_sizes, self.old_sizes, self.new_gaps, self.old_gaps, self.ties.T)


def link_in_order(block: Block, weights: Weights) -> list[Found]:
    """The links that earn most, in order. A link that would earn nothing is none."""
    few = block.overlap.size <= FEW
    similarities = few_similarities(block, weights) if few else similarities_of(block, weights)
    gains = {shape: _gains(similarity, shape, block, weights) for shape, similarity in similarities.items()}
    if few:
        listed = {shape: gain.tolist() for shape, gain in gains.items()}
        path = _path(*few_best(block.overlap.shape, listed, weights.contiguity), listed, weights.contiguity)
    else:
        path = _path(*best(block.overlap.shape, gains, weights.contiguity), gains, weights.contiguity)
    return [(i, a, j, b, float(similarities[a, b][i, j])) for i, a, j, b in path]


def _gains(similarity: Floats, shape: Shape, block: Block, weights: Weights) -> Floats:
    """What each link earns; of equals, what its first and its last sentences say decides."""
    height, width = similarity.shape
    first, last = block.ties[:height, :width], block.ties[shape[0] - 1 :, shape[1] - 1 :][:height, :width]
    gains = similarity - weights.threshold + (first + last) / 2
    if weights.detour and min(block.overlap.shape) > 1:  # one sentence is always within the band
        gains -= weights.detour * _detours(shape, block.overlap.shape)
    return gains


def _detours(shape: Shape, limit: Shape) -> Floats:
    """How far outside the band between the corners each link of that shape is, as a share of the longer side.

    The band is what lies on and between the diagonals through the first corner and the last. A link in it needs no more
    sentences to be put in, or dropped, than the sides differ by (the corridor of Ukkonen 1985).
    """
    places = np.arange(limit[0] - shape[0] + 1)[:, None] - np.arange(limit[1] - shape[1] + 1)
    off = places + (shape[0] - shape[1]) / 2
    more = limit[0] - limit[1]
    return np.maximum(np.maximum(min(0, more) - off, off - max(0, more)), 0.0) / max(limit)


def similarities_of(block: Block, weights: Weights) -> dict[Shape, Floats]:
    """For each shape of link the similarity of the spans that start at each pair; -1 where there can be no link."""
    mirrored = {(b, a): s.T for (a, b), s in _one_to_many(block.mirrored, weights).items() if b > 1}
    return _one_to_many(block, weights) | mirrored


def _one_to_many(block: Block, weights: Weights) -> dict[Shape, Floats]:
    sizes = np.maximum(block.old_sizes, TINY)[:, None]
    summed = block.overlap
    total = block.new_sizes[None, :]
    capped = np.minimum(summed, sizes)
    found: dict[Shape, Floats] = {(1, 1): 2 * capped / (sizes + total)}
    part = block.new_sizes * weights.own_share + TINY
    for b in range(2, min(weights.most, block.overlap.shape[1]) + 1):
        shorter = capped
        summed = summed[:, :-1] + block.overlap[:, b - 1 :]
        total = total[:, :-1] + block.new_sizes[None, b - 1 :]
        capped = np.minimum(summed, sizes)
        allowed = capped - shorter[:, 1:] >= part[: len(part) - b + 1]
        allowed &= capped - shorter[:, :-1] >= part[b - 1 :]
        allowed &= ~_broken(block.new_gaps, b)
        found[1, b] = np.where(allowed, 2 * capped / (sizes + total), -1.0)
    return found


def _broken(gaps: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """For each span of that length whether its sentences stand apart in the text."""
    running = np.concatenate(([0], np.cumsum(gaps)))
    return running[length:] - running[1 : len(running) - length + 1] > 0


def best(limit: Shape, gains: dict[Shape, Floats], contiguity: float) -> tuple[Floats, Floats]:
    """What can be earned with the first i and j sentences, with the last of them linked, or not."""
    linked = np.full((limit[0] + 1, limit[1] + 1), NEVER)
    skipped = np.full_like(linked, NEVER)
    entry = np.full_like(linked, NEVER)
    linked[0, 0] = 0.0
    for i in range(limit[0] + 1):
        row, skip = linked[i], skipped[i]
        for (a, b), gain in gains.items():
            if a <= i:
                np.maximum(row[b:], entry[i - a, : limit[1] + 1 - b] + gain[i - a], out=row[b:])
        if i:
            np.maximum(linked[i - 1], skipped[i - 1], out=skip)
        np.maximum(skip[1:], row[:-1], out=skip[1:])
        np.maximum.accumulate(skip, out=skip)
        np.maximum(row + contiguity, skip, out=entry[i])
    return linked, skipped


def few_similarities(block: Block, weights: Weights) -> dict[Shape, Floats]:
    """What `similarities_of` says, said plainly: quicker for a few sentences."""
    overlap, old, new = block.overlap.tolist(), block.old_sizes.tolist(), block.new_sizes.tolist()
    found = {(1, 1): 2 * block.overlap / np.maximum(block.old_sizes[:, None] + block.new_sizes, TINY)}
    for b in range(2, min(weights.most, len(new)) + 1):
        found[1, b] = _spans(overlap, old, new, block.new_gaps.tolist(), b, weights.own_share)
    turned = block.overlap.T.tolist()
    for a in range(2, min(weights.most, len(old)) + 1):
        found[a, 1] = _spans(turned, new, old, block.old_gaps.tolist(), a, weights.own_share).T
    return found


def _spans(
    overlap: list[list[float]], old: list[float], new: list[float], gaps: list[bool], b: int, own_share: float
) -> Floats:
    found = np.full((len(old), len(new) - b + 1), -1.0)
    for i, size in enumerate(old):
        for j in range(len(new) - b + 1):
            shared = overlap[i][j : j + b]
            whole = min(sum(shared), size)
            first, last = whole - min(sum(shared[1:]), size), whole - min(sum(shared[:-1]), size)
            own = first >= own_share * new[j] + TINY and last >= own_share * new[j + b - 1] + TINY
            if own and not any(gaps[j + 1 : j + b]):
                found[i, j] = 2 * whole / (size + sum(new[j : j + b]))
    return found


def few_best(limit: Shape, gains: dict[Shape, Rows], contiguity: float) -> tuple[Rows, Rows]:
    """What `best` says, said plainly."""
    linked = [[NEVER] * (limit[1] + 1) for _ in range(limit[0] + 1)]
    skipped = [row.copy() for row in linked]
    linked[0][0] = 0.0
    for i in range(limit[0] + 1):
        for j in range(limit[1] + 1):
            for (a, b), gain in gains.items():
                if a <= i and b <= j:
                    before = max(linked[i - a][j - b] + contiguity, skipped[i - a][j - b])
                    linked[i][j] = max(linked[i][j], before + gain[i - a][j - b])
            if i:
                skipped[i][j] = max(linked[i - 1][j], skipped[i - 1][j])
            if j:
                skipped[i][j] = max(skipped[i][j], linked[i][j - 1], skipped[i][j - 1])
    return linked, skipped


def _path(
    linked: Floats | Rows, skipped: Floats | Rows, gains: Mapping[Shape, Floats | Rows], contiguity: float
) -> list[tuple[int, int, int, int]]:
    """The way to the best end, from its start."""
    i, j = len(linked) - 1, len(linked[0]) - 1
    links: list[tuple[int, int, int, int]] = []
    at_link = linked[i][j] + contiguity > skipped[i][j]
    while i or j:
        if at_link:
            earned = linked[i][j]
            for (a, b), gain in gains.items():
                if a <= i and b <= j:
                    before = max(linked[i - a][j - b] + contiguity, skipped[i - a][j - b])
                    if before + gain[i - a][j - b] == earned:
                        i, j = i - a, j - b
                        links.append((i, a, j, b))
                        break
            at_link = linked[i][j] + contiguity > skipped[i][j]
        elif i and skipped[i - 1][j] == skipped[i][j]:
            i -= 1
        elif j and skipped[i][j - 1] == skipped[i][j]:
            j -= 1
        elif i and linked[i - 1][j] == skipped[i][j]:
            i, at_link = i - 1, True
        else:
            j, at_link = j - 1, True
    return links[::-1]
