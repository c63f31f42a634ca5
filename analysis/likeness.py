"""How alike two sentences are, whatever else the series holds, and which of many sentences are alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cpdist

from .alignment import align
from .anchors import diff_ids
from .links import Alignment, LinkTable
from .parts import carried_over
from .vocabulary import Vocabulary, Witness, mixed

Places = NDArray[np.int32] | NDArray[np.int64]
Sides = tuple[Witness, Places, Places]
Pairs = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]

FLOOR = 0.6
"""Likeness from which two sentences are taken for one, where no alignment of their reports speaks for it."""
RAREST = 12
"""A sentence is looked up by so many of its rarest pairs of words."""
COMMON = 64
"""Pairs of words that stand in more distinct sentences than this find nothing; fewer in a very large series."""
EXACT = 1 << 30
"""Cells (n x m) up to which two sentences are compared exactly: about 30,000 words with as many."""
WORK = 20_000_000
"""Comparisons of looked-up sentences, at most about."""


def as_strings(vocabulary: Vocabulary, witness: Witness) -> list[str]:
    """Each sentence as a string of one character a folded token: what rapidfuzz is quickest with."""
    return _cut(vocabulary, witness.tokens, witness.sentence_starts)


def _cut(vocabulary: Vocabulary, tokens: NDArray[np.int32], bounds: NDArray[np.int64]) -> list[str]:
    codes = (vocabulary.folded[tokens].astype(np.uint32) % np.uint32(0x10FFFF)).astype("<u4")
    text = codes.tobytes().decode("utf-32-le", "surrogatepass")
    return [text[start:end] for start, end in pairwise(bounds.tolist())]


def likeness(old: Sequence[str], new: Sequence[str]) -> NDArray[np.float64]:
    """The likeness of each old to the new sentence at its index, which is another one: 0..1, never quite 1.

    2 x longest common subsequence / both lengths, in tokens, case and shape of quotes aside (Indel similarity).
    """
    sizes = np.fromiter(map(len, old), np.int64, len(old)) + np.fromiter(map(len, new), np.int64, len(new))
    return np.minimum(1.0 - (sizes - 2 * in_common(old, new)) / np.maximum(sizes, 1), 1.0 - 1e-6)


def in_common(old: Sequence[str], new: Sequence[str]) -> NDArray[np.int64]:
    """The length of the longest common subsequence of each old string and the new one at its index.

    Exact up to `EXACT` cells (n x m); beyond, what anchors find, which is nearly as much.
    """
    huge = [k for k, (a, b) in enumerate(zip(old, new, strict=True)) if len(a) * len(b) > EXACT]
    if not huge:
        return np.asarray(cpdist(old, new, scorer=LCSseq.similarity, dtype=np.int64), np.int64)
    kept = sorted(set(range(len(old))).difference(huge))
    found = np.zeros(len(old), np.int64)
    found[kept] = in_common([old[k] for k in kept], [new[k] for k in kept])
    for k in huge:
        a, b = (np.frombuffer(side[k].encode("utf-32-le", "surrogatepass"), np.int32) for side in (old, new))
        found[k] = int(diff_ids(a, b)[:, 2].sum())
    return found


def align_reports(
    vocabulary: Vocabulary,
    old: Witness,
    new: Witness,
    least: float,
    numbers: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> Alignment:
    """The alignment of two reports, with the likeness of each pair as its similarity and without what is below `least`.

    The likeness depends on the two sentences alone, so that it can be compared across reports. `numbers` are those of
    their distinct sentences, where they are known.
    """
    return without_unlike(vocabulary, old, new, align(vocabulary, old, new, numbers=numbers), least)


def without_unlike(vocabulary: Vocabulary, old: Witness, new: Witness, found: Alignment, least: float) -> Alignment:
    """What `align` found, with the likeness of each pair as its similarity and without what is below `least`."""
    table, similarities = found.table, found.table.similarities.copy()
    edited = table.edited
    rows = table.rows.copy()
    rows[edited] = carried_over(vocabulary, old, new, rows[edited], least)
    first, count, other, other_count = rows[edited].T
    similarities[edited] = likeness(
        stretches(vocabulary, old, first, count), stretches(vocabulary, new, other, other_count)
    )
    kept = similarities >= least
    return replace(found, table=LinkTable(rows[kept], similarities[kept], table.moved[kept]))


def changed_words(vocabulary: Vocabulary, old: Sides, new: Sides) -> int:
    """How many words the new stretches of sentences have, in all, that the old ones at their indices do not.

    Their words less the longest common subsequence of both. A side is its text, the first sentence of each stretch and
    how many it has.
    """
    before, after = (stretches(vocabulary, *side, words_only=True) for side in (old, new))
    return sum(map(len, after)) - int(in_common(before, after).sum())


def stretches(
    vocabulary: Vocabulary, witness: Witness, first: Places, count: Places, *, words_only: bool = False
) -> list[str]:
    """So many sentences from each `first` on as one string, as in `as_strings`; with `words_only` no punctuation."""
    starts = witness.sentence_starts[first]
    lengths = witness.sentence_starts[first + count] - starts
    ends = np.cumsum(lengths)
    places = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(starts - ends + lengths, lengths)
    tokens = witness.tokens[places]
    bounds = np.append(0, ends)
    if words_only:
        is_word = vocabulary.is_word[tokens]
        bounds, tokens = np.append(0, np.cumsum(is_word))[bounds], tokens[is_word]
    return _cut(vocabulary, tokens, bounds)


def alike(vocabulary: Vocabulary, sentences: Witness) -> Pairs:
    """The pairs of different sentences, first < second, whose likeness is at least FLOOR, with it, in order.

    Found by the rare pairs of neighbouring words that they share, so that the work grows with the text: two or more
    where both have as many.
    """
    strings = as_strings(vocabulary, sentences)
    first, second = _sharing(vocabulary, sentences)
    values = likeness([strings[i] for i in first.tolist()], [strings[j] for j in second.tolist()])
    kept = values >= FLOOR
    return first[kept], second[kept], values[kept]


def _sharing(vocabulary: Vocabulary, sentences: Witness) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of sentences that share rare pairs of neighbouring words."""
    features, holders = _rare(*_word_pairs(vocabulary, sentences), len(sentences))
    order = np.lexsort((holders, features))
    features, holders = features[order], holders[order]
    found: list[NDArray[np.int64]] = []
    for step in range(1, COMMON):
        together = np.flatnonzero(features[step:] == features[:-step])
        if not len(together):
            break
        found.append(holders[together] * len(sentences) + holders[together + step])
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    keys, shared = np.unique(np.concatenate(found), return_counts=True)
    first, second = np.divmod(keys, len(sentences))
    held = np.bincount(holders, minlength=len(sentences))
    enough = shared >= np.minimum(2, np.minimum(held[first], held[second]))
    return first[enough], second[enough]


def _word_pairs(vocabulary: Vocabulary, sentences: Witness) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct pairs of neighbouring words of each sentence, case aside: as numbers, and whose they are."""
    is_word = vocabulary.is_word[sentences.tokens]
    words = vocabulary.folded[sentences.tokens[is_word]].astype(np.int64)
    owners = np.repeat(np.arange(len(sentences)), np.diff(sentences.sentence_starts))[is_word]
    within = owners[1:] == owners[:-1]
    bits = np.uint64(max(len(sentences), 1).bit_length())
    # two pairs of words that share a hash only make two sentences be compared that are not alike
    hashes = mixed((words[:-1].astype(np.uint64) << np.uint64(32)) + words[1:].astype(np.uint64))[within]
    keys = np.sort(((hashes >> bits) << bits) + owners[1:][within].astype(np.uint64))
    keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
    heads = keys >> bits
    numbers = np.cumsum(np.append(False, heads[1:] != heads[:-1])[: len(heads)])
    return numbers, (keys & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)


def _rare(
    features: NDArray[np.int64], holders: NDArray[np.int64], sentences: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each sentence its RAREST features among those that others share and that are not too common."""
    frequency = np.bincount(features)[features] if len(features) else features
    most = min(COMMON, max(2, WORK // max(RAREST * sentences, 1)))
    useful = (frequency > 1) & (frequency <= most)
    features, holders, frequency = features[useful], holders[useful], frequency[useful]
    order = np.lexsort((features, frequency, holders))
    holders = holders[order]
    rank = np.arange(len(holders)) - np.searchsorted(holders, holders)
    chosen = order[rank < RAREST]
    return features[chosen], np.asarray(holders[rank < RAREST])
