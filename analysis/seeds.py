"""Which fragments of a text resemble which of a source: the seeds that passages grow from.

Two measures see different things, and their mean sees more than either: the cosine of tf-isf vectors of words
(Sanchez-Perez, Sidorov and Gelbukh 2014) forgives any order, and the share of common character 4-grams (Dice 1945, as
in `candidates`) forgives inflection and compounds. Candidates come from an inverted index of words, the rarest first,
as many as a budget allows, so that the work is bounded on texts of any size.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .candidates import gram_sets, pair_similarities
from .fragments import Fragments
from .vocabulary import Vocabulary

Pairs = NDArray[np.int64]  # shape (n, 2): a fragment of the text and one of the source a row

ALIKE = 0.27  # mean of both measures from which two fragments are a seed
FAINT = 0.12  # cosine below which two fragments are no candidates
FLOPS = 40_000_000  # products of words that may be made in search of candidates
ROWS = 256  # fragments whose candidates are looked for at once
BEST = 32  # candidates of a fragment of the text
PORTION = 50_000  # pairs whose grams are compared at once


def seeds(
    vocabulary: Vocabulary, text: Fragments, source: Fragments, weights: NDArray[np.float64], alike: float = ALIKE
) -> Pairs:
    """The pairs of fragments that are more alike than `alike`, in order."""
    if not len(text) or not len(source):
        return np.zeros((0, 2), np.int64)
    pairs, cosines = _candidates(_vectors(text, weights), _vectors(source, weights))
    rows, columns = np.unique(pairs[:, 0]), np.unique(pairs[:, 1])
    grams = gram_sets(vocabulary, (text.witness, rows), (source.witness, columns))
    places = np.stack((np.searchsorted(rows, pairs[:, 0]), np.searchsorted(columns, pairs[:, 1])), axis=1)
    shared = [pair_similarities(grams, places[at : at + PORTION]) for at in range(0, len(places), PORTION)]
    return pairs[(cosines + np.concatenate([np.zeros(0), *shared])) / 2 > alike]


def _vectors(text: Fragments, weights: NDArray[np.float64]) -> csr_matrix:
    """A row of length 1 for each fragment: how often it has each stem, times the stem's weight."""
    rows = np.repeat(np.arange(len(text)), np.diff(text.starts))
    counts: Any = csr_matrix((weights[text.stems], (rows, text.stems)), shape=(len(text), len(weights)))
    counts.sum_duplicates()
    sizes = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    counts.data /= np.maximum(np.repeat(sizes, np.diff(counts.indptr)), 1e-12)
    return counts


def _candidates(text: Any, source: Any) -> tuple[Pairs, NDArray[np.float64]]:
    """Pairs of fragments that share enough, in order, and their cosines."""
    width = text.shape[1]
    cost = np.bincount(text.indices, minlength=width) * np.bincount(source.indices, minlength=width)
    order = np.argsort(cost, kind="stable")
    affordable = int(np.searchsorted(np.cumsum(cost[order]), FLOPS, side="right"))
    left: Any = text
    right: Any = source
    if affordable < width:  # what is left out stands nearly everywhere and weighs next to nothing
        left, right = text[:, order[:affordable]], source[:, order[:affordable]]
    turned = csr_matrix(right.T)
    pairs: list[Pairs] = []
    cosines: list[NDArray[np.float64]] = []
    for start in range(0, text.shape[0], ROWS):
        shared: Any = csr_matrix(left[start : start + ROWS] @ turned)
        shared.sort_indices()
        rows = np.repeat(np.arange(shared.shape[0]), np.diff(shared.indptr)) + start
        kept = shared.data >= FAINT
        found = np.stack((rows[kept], shared.indices[kept].astype(np.int64)), axis=1)
        best = _best(found, shared.data[kept])
        pairs.append(found[best])
        cosines.append(shared.data[kept][best])
    return np.concatenate(pairs), np.concatenate(cosines)


def _best(pairs: Pairs, values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Which pairs are among the `BEST` of their fragment of the text, in order."""
    order = np.lexsort((pairs[:, 1], -values, pairs[:, 0]))
    owners = pairs[order, 0]
    rank = np.arange(len(order)) - np.searchsorted(owners, owners)
    return np.sort(order[rank < BEST])
