"""Sentences as sets of character 4-grams, and how much of them two sentences share.

Method. A sentence is its folded words with a space between, without punctuation, and its grams are the runs of four
characters in it, across the spaces: they know the order of words nearby, forgive inflection, and need neither case nor
spaces. The k-th occurrence of a gram is a gram of its own, so that sets count repeats, and the overlap of two sentences
is a sparse product. Rare grams weigh more: the square root of the inverse document frequency, in whole steps, so that
sums are exact whatever their order. Similarity is the share of both that is in both (Dice 1945).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .vocabulary import Vocabulary, Witness, mixed

Places = NDArray[np.int64]
Hashes = NDArray[np.uint64]

GRAM = 4  # characters
PRIOR = 20  # sentences that a gram's frequency is measured against at least
STEPS = 256  # weights are whole multiples of 1 / STEPS
FLOPS = 20_000_000  # products that may be made in search of candidates
ROWS = 256  # rows whose candidates are looked for at once
PRODUCTS = 200_000  # grams of pairs that are compared at once
TABLE = 40_000  # pairs up to which all are compared at once
BEST = 4  # candidates of a sentence


@dataclass(frozen=True, eq=False)
class Grams:
    """Sentences of two texts as weighted sets of grams."""

    old: csr_matrix
    """A row for each old sentence, and some more: the weight of each gram of both texts that the sentence has."""
    new: csr_matrix
    """A row for each new sentence, and some more: 1 for each gram of both texts that the sentence has."""
    table: NDArray[np.float64] | None
    """Where there are few, the weight that each row of `old` shares with each row of `new`."""
    old_rows: Places
    """Which rows of `old` the old sentences are."""
    new_rows: Places
    """Which rows of `new` the new sentences are."""
    old_sizes: NDArray[np.float64]
    """For each old sentence the weight of its grams."""
    new_sizes: NDArray[np.float64]
    """For each new sentence the weight of its grams."""
    ties: tuple[Hashes, Hashes]
    """For each sentence of either text a number drawn from what it says, which settles ties."""

    def overlap(self) -> NDArray[np.float64]:
        """The weight of the grams that each old sentence shares with each new one: shape (old, new)."""
        if self.table is not None:
            return self.table[self.old_rows[:, None], self.new_rows]
        return (self.old[self.old_rows] @ self.new[self.new_rows].T).toarray()

    def chosen(self, old: NDArray[np.bool_], new: NDArray[np.bool_]) -> Grams:
        """Some of the sentences."""
        return Grams(
            self.old,
            self.new,
            self.table,
            self.old_rows[old],
            self.new_rows[new],
            self.old_sizes[old],
            self.new_sizes[new],
            (self.ties[0][old], self.ties[1][new]),
        )


def similar_pairs(grams: Grams, threshold: float) -> tuple[Places, NDArray[np.float64]]:
    """Pairs (old, new) of sentences more similar than `threshold`, and how similar, without looking at every pair.

    Candidates share half as much of the rare grams, as many of these as `FLOPS` allows, as they should of all, and are
    among the `BEST` for their old or their new sentence. Of candidates the similarity is exact.
    """
    left, right, weights = _rare(grams)
    rare_sizes = np.asarray(left.sum(axis=1)).ravel(), right @ weights
    found: list[Places] = []
    for start in range(0, len(rare_sizes[0]), ROWS):
        shared = (left[start : start + ROWS] @ right.T).tocoo()
        rows, columns = shared.row.astype(np.int64) + start, shared.col.astype(np.int64)
        enough = shared.data >= threshold / 2 * np.minimum(rare_sizes[0][rows], rare_sizes[1][columns])
        found.append(np.stack((rows[enough], columns[enough], shared.data[enough].astype(np.int64)), axis=1))
    pairs = _best(np.concatenate(found) if found else np.zeros((0, 3), np.int64))
    scores = pair_similarities(grams, pairs)
    alike = scores > threshold
    return pairs[alike], scores[alike]


def _best(candidates: Places) -> Places:
    """Of rows (old, new, shared) those among the `BEST` of their old or their new sentence, in order."""
    kept = np.zeros(len(candidates), np.bool_)
    for side in (0, 1):
        order = np.lexsort((candidates[:, 1 - side], -candidates[:, 2], candidates[:, side]))
        places = np.arange(len(order))
        heads = np.concatenate((np.ones(min(len(order), 1), np.bool_), np.diff(candidates[order, side]) != 0))
        kept[order[places - np.maximum.accumulate(np.where(heads, places, 0)) < BEST]] = True
    pairs = candidates[kept, :2]
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def pair_similarities(grams: Grams, pairs: Places) -> NDArray[np.float64]:
    """The similarity of each of these pairs (old, new)."""
    sizes = grams.old_sizes[pairs[:, 0]] + grams.new_sizes[pairs[:, 1]]
    return 2 * pair_overlaps(grams, pairs) / np.maximum(sizes, 1e-9)


def pair_overlaps(grams: Grams, pairs: Places) -> NDArray[np.float64]:
    """The weight of what each of these pairs (old, new) shares."""
    pairs = np.stack((grams.old_rows[pairs[:, 0]], grams.new_rows[pairs[:, 1]]), axis=1)
    if grams.table is not None:
        return grams.table[pairs[:, 0], pairs[:, 1]]
    shared = np.zeros(len(pairs))
    work = np.diff(grams.old.indptr)[pairs[:, 0]] + np.diff(grams.new.indptr)[pairs[:, 1]]
    cuts = np.flatnonzero(np.diff(np.cumsum(work, dtype=np.int64) // PRODUCTS)) + 1
    for start, end in pairwise([0, *cuts.tolist(), len(pairs)]):
        old, new = pairs[start:end].T
        shared[start:end] = np.asarray(grams.old[old].multiply(grams.new[new]).sum(axis=1)).ravel()
    return shared


def _rare(grams: Grams) -> tuple[csr_matrix, csr_matrix, NDArray[np.float64]]:
    """Both sides with the grams that are rarest, as many as `FLOPS` allows, and the weights of these."""
    old, new = grams.old[grams.old_rows], grams.new[grams.new_rows]
    width = max(int(side.indices.max(initial=-1)) for side in (old, new)) + 1
    cost = np.bincount(old.indices, minlength=width) * np.bincount(new.indices, minlength=width)
    order = np.argsort(cost, kind="stable")
    kept = order[: int(np.searchsorted(np.cumsum(cost[order]), FLOPS, side="right"))]
    weights = np.zeros(len(cost))
    weights[old.indices] = old.data
    return old[:, kept], new[:, kept], weights[kept]


def gram_sets(vocabulary: Vocabulary, old: tuple[Witness, Places], new: tuple[Witness, Places]) -> Grams:
    """The chosen sentences of two texts as weighted sets of grams. Weights are drawn from these sentences alone."""
    texts = [_letters(vocabulary, witness, chosen) for witness, chosen in (old, new)]
    (old_rows, old_grams), (new_rows, new_grams) = [_gram_hashes(codes, starts) for codes, starts in texts]
    cut, sentences = len(old_rows), len(old[1]) + len(new[1])
    columns = _numbered(np.concatenate((old_rows, new_rows + len(old[1]))), np.concatenate((old_grams, new_grams)))
    counts = [np.bincount(side, minlength=len(columns) + 1) for side in (columns[:cut], columns[cut:])]
    frequency = (counts[0] + counts[1])[columns]
    steps = np.sqrt(np.log((sentences + PRIOR) / (np.arange(sentences + 1) + 0.5)))
    weights = np.round(steps * STEPS).astype(np.float64)[frequency]
    number = np.cumsum((counts[0] > 0) & (counts[1] > 0))
    kept, width = (counts[0] * counts[1])[columns] > 0, int(number[-1])
    left = _matrix(old_rows, number[columns[:cut]] - 1, weights[:cut], kept[:cut], (len(old[1]), width))
    right = _matrix(new_rows, number[columns[cut:]] - 1, np.ones(len(new_rows)), kept[cut:], (len(new[1]), width))
    return Grams(
        left,
        right,
        (left @ right.T).toarray() if len(old[1]) * len(new[1]) <= TABLE else None,
        np.arange(len(old[1])),
        np.arange(len(new[1])),
        np.bincount(old_rows, weights[:cut], minlength=len(old[1])).astype(np.float64),
        np.bincount(new_rows, weights[cut:], minlength=len(new[1])).astype(np.float64),
        (_sums(*texts[0]), _sums(*texts[1])),
    )


def _letters(vocabulary: Vocabulary, witness: Witness, chosen: Places) -> tuple[NDArray[np.uint32], Places]:
    """The chosen sentences letter by letter: a space before each word, two at the end; and where each starts."""
    codes, bounds = vocabulary.letters
    lengths = (witness.sentence_starts[1:] - witness.sentence_starts[:-1])[chosen]
    ends = np.cumsum(lengths)
    places = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(
        witness.sentence_starts[chosen] - ends + lengths, lengths
    )
    tokens, rows = witness.tokens[places], np.repeat(np.arange(len(chosen)), lengths)
    words = vocabulary.is_word[tokens]
    tokens, rows = tokens[words], rows[words]
    sizes = bounds[tokens + 1] - bounds[tokens]
    per_sentence = np.bincount(rows, sizes + 1, minlength=len(chosen)).astype(np.int64) + 2
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(per_sentence)))
    text = np.full(int(starts[-1]), 32, np.uint32)
    word_ends = np.cumsum(sizes + 1)
    source = np.arange(int(sizes.sum())) + np.repeat(bounds[tokens] - np.cumsum(sizes) + sizes, sizes)
    target = np.arange(int(sizes.sum())) + np.repeat(word_ends - np.cumsum(sizes) + 2 * rows, sizes)
    text[target] = codes[source]
    return text, starts


def _gram_hashes(codes: NDArray[np.uint32], starts: Places) -> tuple[Places, Hashes]:
    """The sentence and the hash of every gram; sentences without a word have none."""
    if len(codes) < GRAM:
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    lengths = np.diff(starts)
    count = np.where(lengths > 2, lengths - GRAM + 1, 0)
    rows = np.repeat(np.arange(len(lengths)), count)
    places = np.arange(len(rows)) + np.repeat(starts[:-1] - np.cumsum(count) + count, count)
    wide = codes.astype(np.uint64)
    value = wide.copy()
    for k in range(1, GRAM):
        value[:-k] += wide[k:] << np.uint64(16 * k % 61)
    return rows, mixed(value)[places]


def _numbered(rows: Places, grams: Hashes) -> Places:
    """For each gram, in order of sentences, a number: the same for equal ones, the k-th of a sentence its own."""
    order = _order(grams)
    places = np.arange(len(order))
    first = np.ones(len(order), np.bool_)
    first[1:] = np.diff(grams[order]) != 0
    group = np.maximum.accumulate(np.where(first, places, 0))
    first[1:] |= np.diff(rows[order]) != 0
    numbers = np.empty(len(order), np.int64)
    numbers[order] = group + places - np.maximum.accumulate(np.where(first, places, 0))
    return numbers


def _order(hashes: Hashes) -> Places:
    """The order that brings equal hashes together, earliest first: a radix sort of 48 bits.

    Hashes that differ in the other bits only would be told apart, but not always brought together.
    """
    order = np.argsort((hashes >> np.uint64(16)).astype(np.uint16), kind="stable")
    for shift in (32, 48):
        digits = (hashes >> np.uint64(shift)).astype(np.uint16)
        order = order[np.argsort(digits[order], kind="stable")]
    return order


def _matrix(
    rows: Places, columns: Places, values: NDArray[np.float64], kept: NDArray[np.bool_], shape: tuple[int, int]
) -> csr_matrix:
    bounds = np.concatenate((np.zeros(1, np.int64), np.cumsum(np.bincount(rows[kept], minlength=shape[0]))))
    return csr_matrix((values[kept], columns[kept], bounds), shape=shape)


def _sums(codes: NDArray[np.uint32], starts: Places) -> Hashes:
    """A number for each sentence, drawn from its letters."""
    running = np.concatenate((np.zeros(1, np.uint64), np.cumsum(mixed(codes.astype(np.uint64)), dtype=np.uint64)))
    return mixed(running[starts[1:]] - running[starts[:-1]])
