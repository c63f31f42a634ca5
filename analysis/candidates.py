"""Sentences as sets of character 4-grams, and how much of them two sentences share.

Method. A sentence is its folded words with a space between, without punctuation, and its grams are the runs of four
characters in it, across the spaces: they know the order of words nearby, forgive inflection, and need neither case nor
spaces. The k-th occurrence of a gram is a gram of its own, so that sets count repeats, and the overlap of two sentences
is a sparse product. Rare grams weigh more: the square root of the inverse document frequency, in whole steps, so that
sums are exact whatever their order. Similarity is the share of both that is in both (Dice 1945).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..corpus.sentences import unspaced
from .vocabulary import Vocabulary, Witness, mixed

Places = NDArray[np.int64]
Numbers = NDArray[np.int32]
Hashes = NDArray[np.uint64]

GRAM = 4  # characters
MOST = 4_000_000  # grams of both texts; where there are more, a share of them stands for all
LETTERS = 1_000_000  # letters whose grams are hashed at once
PRIOR = 40  # sentences that a gram's frequency is measured against at least
STEPS = 256  # weights are whole multiples of 1 / STEPS
PRODUCTS = 4_000_000  # grams of pairs of sentences that may be compared in search of candidates
PORTION = 100_000  # of these, how many are compared at once
CELLS = 16  # cells of a table of sentences x grams that count like one comparison
TABLE = 40_000  # pairs up to which all are compared at once
BEST = 4  # candidates of a sentence
FIRST_UNSPACED = 0x0E00  # Thai; no script before it goes without spaces


@dataclass(frozen=True, eq=False)
class Sets:
    """Sentences as sets of grams."""

    bounds: Places
    """Sentence k has the grams from bounds[k] to bounds[k + 1]."""
    grams: Numbers
    """The grams of each sentence, none twice."""

    def chosen(self, rows: Places) -> tuple[Numbers, Places]:
        """The grams of these sentences, one after the other, and for each which of `rows` has it."""
        sizes = self.bounds[rows + 1] - self.bounds[rows]
        ends = np.cumsum(sizes)
        owners = np.repeat(np.arange(len(rows)), sizes)
        return self.grams[np.arange(len(owners)) + (self.bounds[rows] - ends + sizes)[owners]], owners


@dataclass(frozen=True, eq=False)
class Grams:
    """Sentences of two texts as weighted sets of the grams that stand in both."""

    old: Sets
    """The old sentences, and some more."""
    new: Sets
    """The new sentences, and some more."""
    weights: NDArray[np.float64]
    """The weight of each gram."""
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
        return self.overlap_of(slice(None), slice(None))

    def overlap_of(self, old: slice, new: slice) -> NDArray[np.float64]:
        """The same for some of the old and some of the new sentences."""
        rows, columns = self.old_rows[old], self.new_rows[new]
        if self.table is not None:
            return self.table[rows[:, None], columns]
        shared = np.zeros(len(rows) * len(columns))
        for cells, weights in _products(self.old.chosen(rows), self.new.chosen(columns), self.weights, len(columns)):
            shared += np.bincount(cells, weights, minlength=len(shared))
        return shared.reshape(len(rows), len(columns))

    def chosen(self, old: NDArray[np.bool_], new: NDArray[np.bool_]) -> Grams:
        """Some of the sentences."""
        return replace(
            self,
            old_rows=self.old_rows[old],
            new_rows=self.new_rows[new],
            old_sizes=self.old_sizes[old],
            new_sizes=self.new_sizes[new],
            ties=(self.ties[0][old], self.ties[1][new]),
        )


def _products(
    old: tuple[Numbers, Places], new: tuple[Numbers, Places], weights: NDArray[np.float64], width: int
) -> Iterator[tuple[Places, NDArray[np.float64]]]:
    """What pairs share, gram by gram, a portion at a time: old sentence x `width` + new sentence, and the weight."""
    (left, left_owners), (right, right_owners) = old, new
    order = np.argsort(right, kind="stable")
    counts = np.bincount(right, minlength=len(weights))
    starts = np.cumsum(counts) - counts
    right_owners = right_owners[order]
    work = np.cumsum(counts[left])
    cuts = np.searchsorted(work, np.arange(PORTION, int(work[-1]) if len(work) else 0, PORTION))
    cuts = np.searchsorted(left_owners, left_owners[cuts])  # an old sentence is never divided
    for first, last in pairwise(dict.fromkeys([0, *cuts.tolist(), len(left)])):
        grams = left[first:last]
        entry = np.repeat(np.arange(len(grams)), counts[grams])
        within = np.arange(len(entry)) - (np.cumsum(counts[grams]) - counts[grams] - starts[grams])[entry]
        yield (left_owners[first:last] * width)[entry] + right_owners[within], weights[grams][entry]


def similar_pairs(grams: Grams, threshold: float) -> tuple[Places, NDArray[np.float64]]:
    """Pairs (old, new) of sentences more similar than `threshold`, and how similar, without looking at every pair.

    Candidates share half as much of the rare grams, as many of these as `PRODUCTS` allows, as they should of all, and
    are among the `BEST` for their old or their new sentence. Of candidates the similarity is exact.
    """
    left, right = _rare(grams)
    sizes = [np.bincount(owners, grams.weights[held]) for held, owners in (left, right)]
    found: list[Places] = [np.zeros((0, 3), np.int64)]
    for cells, weights in _products(left, right, grams.weights, len(grams.new_rows)):
        pairs, shared = _summed(cells, weights)
        rows, columns = np.divmod(pairs, len(grams.new_rows))
        enough = shared >= threshold / 2 * np.minimum(sizes[0][rows], sizes[1][columns])
        found.append(np.stack((rows[enough], columns[enough], shared[enough].astype(np.int64)), axis=1))
    pairs = _best(np.concatenate(found))
    scores = pair_similarities(grams, pairs)
    alike = scores > threshold
    return pairs[alike], scores[alike]


def _summed(cells: Places, weights: NDArray[np.float64]) -> tuple[Places, NDArray[np.float64]]:
    """The distinct cells, ascending, and the sum of the weights of each."""
    if not len(cells):
        return cells, weights
    least = int(cells.min())
    if int(cells.max()) - least <= CELLS * len(cells):  # nearly always: they are few enough to be counted in a table
        sums = np.bincount(cells - least, weights)
        found = np.flatnonzero(sums)
        return found + least, sums[found].astype(np.float64)
    found, which = np.unique(cells, return_inverse=True)
    return found, np.bincount(which, weights).astype(np.float64)


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
    width = len(grams.weights)
    work = np.cumsum(np.diff(grams.old.bounds)[pairs[:, 0]] + width // CELLS)
    cuts = np.searchsorted(work, np.arange(PORTION, int(work[-1]) if len(work) else 0, PORTION))
    for start, end in pairwise(dict.fromkeys([0, *cuts.tolist(), len(pairs)])):
        rows, which = np.unique(pairs[start:end, 1], return_inverse=True)
        there = np.zeros(len(rows) * width, np.bool_)
        held, owners = grams.new.chosen(rows)
        there[owners * width + held] = True
        held, owners = grams.old.chosen(pairs[start:end, 0])
        both = np.flatnonzero(there[(which * width)[owners] + held])
        shared[start:end] = np.bincount(owners[both], grams.weights[held[both]], minlength=end - start)
    return shared


def _rare(grams: Grams) -> tuple[tuple[Numbers, Places], tuple[Numbers, Places]]:
    """Both sides with the grams that are rarest, as many as `PRODUCTS` allows: grams and whose they are."""
    (left, left_owners), (right, right_owners) = grams.old.chosen(grams.old_rows), grams.new.chosen(grams.new_rows)
    width = len(grams.weights)
    cost = np.bincount(left, minlength=width) * np.bincount(right, minlength=width)
    order = np.argsort(cost, kind="stable")
    is_rare = np.zeros(width, np.bool_)
    is_rare[order[: int(np.searchsorted(np.cumsum(cost[order]), PRODUCTS, side="right"))]] = True
    old, new = is_rare[left], is_rare[right]
    return (left[old], left_owners[old]), (right[new], right_owners[new])


def gram_sets(vocabulary: Vocabulary, old: tuple[Witness, Places], new: tuple[Witness, Places]) -> Grams:
    """The chosen sentences of two texts as weighted sets of grams. Weights are drawn from these sentences alone."""
    texts = [_letters(vocabulary, witness, chosen) for witness, chosen in (old, new)]
    share = MOST / max(1, sum(len(codes) for codes, _ in texts))
    (old_rows, old_grams), (new_rows, new_grams) = [_gram_hashes(codes, starts, share) for codes, starts in texts]
    cut, sizes = len(old_rows), (len(old[1]), len(new[1]))
    columns = _numbered(np.concatenate((old_rows, new_rows + np.int32(sizes[0]))), np.append(old_grams, new_grams))
    del old_grams, new_grams
    sides = (old_rows, columns[:cut], sizes[0]), (new_rows, columns[cut:], sizes[1])
    counts = [np.bincount(grams, minlength=len(columns) + 1) for _, grams, _ in sides]
    in_both = (counts[0] > 0) & (counts[1] > 0)
    counts = counts[0] + counts[1]
    steps = np.sqrt(np.log((sum(sizes) + PRIOR) / (np.arange(sum(sizes) + 1) + 0.5)))
    weights = np.round(steps * STEPS).astype(np.float64)
    weighed = [np.bincount(rows, weights[counts[grams]], minlength=size) for rows, grams, size in sides]
    number = np.cumsum(in_both, dtype=np.int32) - np.int32(1)
    sets = [_sets(rows[kept], number[grams[kept]], size) for rows, grams, size in sides for kept in (in_both[grams],)]
    made = Grams(
        sets[0],
        sets[1],
        weights[counts[in_both]],
        None,
        np.arange(sizes[0]),
        np.arange(sizes[1]),
        weighed[0].astype(np.float64),
        weighed[1].astype(np.float64),
        (_sums(*texts[0]), _sums(*texts[1])),
    )
    return replace(made, table=made.overlap()) if sizes[0] * sizes[1] <= TABLE else made


def _letters(vocabulary: Vocabulary, witness: Witness, chosen: Places) -> tuple[NDArray[np.uint32], Places]:
    """The chosen sentences letter by letter: a space before each word, two at the end; and where each starts."""
    codes, bounds = _spelled(*vocabulary.letters)
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


def _spelled(codes: NDArray[np.uint32], bounds: Places) -> tuple[NDArray[np.uint32], Places]:
    """Tokens letter by letter, those of scripts without spaces with a space between, wherever their words begin."""
    if codes.max(initial=0) < FIRST_UNSPACED:
        return codes, bounds
    apart = unspaced(codes)
    apart[bounds[:-1][bounds[:-1] < len(codes)]] = False
    before = np.concatenate((np.zeros(1, np.int64), np.cumsum(apart)))
    return np.insert(codes, np.flatnonzero(apart), 32), bounds + before[bounds]


def _gram_hashes(codes: NDArray[np.uint32], starts: Places, share: float) -> tuple[Numbers, Hashes]:
    """The sentence and the hash of every gram; sentences without a word have none.

    Of very long texts only a share of all grams is kept, the same ones wherever they stand.
    """
    limit = np.uint64(min(share, 1.0) * (2.0**64 - 2.0**12)) if share < 1.0 else None
    lengths = np.diff(starts)
    inside = np.ones(len(codes), np.bool_)  # every gram but those that go on into the next sentence
    for k in range(1, GRAM):
        inside[starts[1:] - k] = False
    hashes: list[Hashes] = [np.zeros(0, np.uint64)]
    for start in range(0, len(codes), LETTERS):
        part = codes[start : start + LETTERS + GRAM - 1].astype(np.uint64)
        value = part.copy()
        for k in range(1, GRAM):
            value[:-k] += part[k:] << np.uint64(16 * k % 61)
        here = inside[start : start + LETTERS]
        mixed_values = mixed(value[: len(here)])
        if limit is not None:
            here &= mixed_values < limit
        hashes.append(mixed_values[here])
    return np.repeat(np.arange(len(lengths), dtype=np.int32), _counted(inside, starts)), np.concatenate(hashes)


def _counted(inside: NDArray[np.bool_], starts: Places) -> Places:
    """How many of these are in each sentence."""
    return np.diff(np.concatenate((np.zeros(1, np.int64), np.cumsum(inside)))[starts])


def _numbered(rows: Numbers, grams: Hashes) -> Numbers:
    """For each gram, in order of sentences, a number: the same for equal ones, the k-th of a sentence its own."""
    order = _order(grams)
    places = np.arange(len(order), dtype=np.int32)
    first = np.ones(len(order), np.bool_)
    ordered = grams[order]
    first[1:] = ordered[1:] != ordered[:-1]
    del ordered
    group = np.maximum.accumulate(np.where(first, places, np.int32(0)))
    owners = rows[order]
    first[1:] |= owners[1:] != owners[:-1]
    group += places - np.maximum.accumulate(np.where(first, places, np.int32(0)))
    numbers = np.empty(len(order), np.int32)
    numbers[order] = group
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


def _sets(rows: Numbers, grams: Numbers, count: int) -> Sets:
    """Sets from the sentence, ascending, and the gram of each of their grams."""
    return Sets(np.concatenate((np.zeros(1, np.int64), np.cumsum(np.bincount(rows, minlength=count)))), grams)


def _sums(codes: NDArray[np.uint32], starts: Places) -> Hashes:
    """A number for each sentence, drawn from its letters."""
    running = np.concatenate((np.zeros(1, np.uint64), np.cumsum(mixed(codes.astype(np.uint64)), dtype=np.uint64)))
    return mixed(running[starts[1:]] - running[starts[:-1]])
