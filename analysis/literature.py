"""The measures of the literature on disclosure, each with its formula and its source; docs/measures.md explains them.

Words are compared with case and the shape of quotes aside, punctuation left out, as in all of litany's figures. What is
compared is each report with the one before it. None where a measure is not defined, as for the first report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from .anchors import as_text, diff_ids
from .similarities import shingles

Ids = NDArray[np.int64]

MOST_STEPS = 10**8
"""Words of the longer report x edits up to which the least number of edits is counted exactly: always up to 5,000 words
each, and where a tenth was changed up to 22,000. It takes 10 to 20 ms."""
MOST_CHARACTERS = 0x10FFFF
"""A character a word is compared."""
PER_PARAMETER = 10
"""Reports for each of the six parameters of a length adjustment, at least; with fewer it would fit the noise."""
DEGREE = 5
"""Powers of the length in the adjustment."""


@dataclass(frozen=True, slots=True)
class Literature:
    """The measures of the literature for one report."""

    report: int
    """The report's number in the series."""
    boilerplate: float | None
    """Share of its words in wording that most reports have: see `boilerplate`."""
    stickiness: float | None
    """Share of its sentences kept from the report before it: see `stickiness`."""
    redundancy: float | None
    """Share of its sentences that stand in it more than once: see `redundancy`."""
    modification: float | None
    """1 - TF-IDF cosine to the report before it (Brown and Tucker 2011), not adjusted."""
    modification_adjusted: float | None
    """The same less what is expected of a report of its length: see `adjusted`."""
    sim_cosine: float | None
    """Sim_Cosine to the report before it (Cohen, Malloy and Nguyen 2020): see `sim_cosine`."""
    sim_jaccard: float | None
    """Sim_Jaccard, likewise."""
    sim_min_edit: float | None
    """Sim_MinEdit, likewise."""
    sim_simple: float | None
    """Sim_Simple, likewise."""
    change: float | None
    """What Sim_Simple is made from: words added, deleted and changed / mean words of both, from 0 up."""


def sim_cosine(old: Ids, new: Ids) -> float | None:
    """Sim_Cosine = u . v / (|u| |v|) for the term frequency vectors u, v (Cohen, Malloy and Nguyen 2020).

    `old` and `new` are the words of two texts as ids. None where one has no words.
    """
    if not len(old) or not len(new):
        return None
    size = int(max(old.max(), new.max())) + 1
    u, v = np.bincount(old, minlength=size), np.bincount(new, minlength=size)
    dot, squares = int(u @ v), int(u @ u) * int(v @ v)
    return 1.0 if dot * dot == squares else min(dot / squares**0.5, 1.0)


def sim_jaccard(old: Ids, new: Ids) -> float | None:
    """Sim_Jaccard = words in both / words in either, each distinct word once (Cohen, Malloy and Nguyen 2020)."""
    if not len(old) or not len(new):
        return None
    size = int(max(old.max(), new.max())) + 1
    u, v = np.bincount(old, minlength=size) > 0, np.bincount(new, minlength=size) > 0
    return int((u & v).sum()) / int((u | v).sum())


def sim_min_edit(old: Ids, new: Ids, common: Ids | None = None) -> float | None:
    """Sim_MinEdit = 1 - e / (n + n'): the least number of words to delete and to add, and the words of both.

    Cohen, Malloy and Nguyen (2020) count the smallest number of operations that turn one document into the other, and
    in their example words are deleted and added. n + n' is the greatest that number can be. Two texts with more than
    `MOST_STEPS` words x edits have the edits of litany's own word diff counted, which are as few or a few more.
    `common` are the `common_runs` of both, if they are known.
    """
    if not len(old) or not len(new):
        return None
    # the word diff is as good or nearly so, and tells how far from the diagonal the best path can stray
    edits = len(old) + len(new) - 2 * int((common_runs(old, new) if common is None else common)[:, 2].sum())
    if max(len(old), len(new)) * edits <= MOST_STEPS and len(old) + len(new) <= MOST_CHARACTERS:
        edits = Indel.distance(*_frequent_first(old, new), score_cutoff=edits)
    return 1.0 - edits / (len(old) + len(new))


def _frequent_first(old: Ids, new: Ids) -> tuple[str, str]:
    """Both texts with one character a word, the first characters for the most frequent words: these are looked up in a
    table, all others in a hash map."""
    counts = np.bincount(np.concatenate((old, new)))
    ranks = np.empty(len(counts), np.int64)
    ranks[np.argsort(-counts, kind="stable")] = np.arange(len(counts))
    return as_text(ranks[old]), as_text(ranks[new])


def change(old: Ids, new: Ids, common: Ids | None = None) -> float | None:
    """c = (additions + deletions + changes) / ((n + n') / 2), in words (Cohen, Malloy and Nguyen 2020).

    The edits are those of a word diff in place of Word's 'Track Changes' or Unix `diff`, which the paper uses. Where
    words were put in the place of others, the longer side counts. `common` as in `sim_min_edit`.
    """
    if not len(old) or not len(new):
        return None
    common = common_runs(old, new) if common is None else common
    blocks = np.concatenate((common, [[len(old), len(new), 0]]))
    ends = np.concatenate(([[0, 0]], blocks[:-1, :2] + blocks[:-1, 2:]))
    edits = int((blocks[:, :2] - ends).max(axis=1).sum())
    return 2.0 * edits / (len(old) + len(new))


def common_runs(old: Ids, new: Ids) -> Ids:
    """The runs of words that both texts have in order: old start, new start, length, a row each."""
    # numbered by the words of these two alone: of blocks that are as good, which are found depends on the numbers
    held = np.bincount(np.concatenate((old, new))) > 0
    ids = (np.cumsum(held) - 1).astype(np.int32)
    found = diff_ids(ids[old], ids[new]).astype(np.int64)
    return found[found[:, 2] > 0]


def sim_simple(changes: Sequence[float | None]) -> list[float | None]:
    """Sim_Simple = (c_max - c) / (c_max - c_min) (Cohen, Malloy and Nguyen 2020), from `change` of each report.

    The greatest and the least c are those of the series, where the paper takes those of its sample of all firms; so
    the most changed report has 0 and the least changed 1. None where all c are the same.
    """
    known = [c for c in changes if c is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    return [None if c is None or high == low else (high - c) / (high - low) for c in changes]


def boilerplate(texts: Sequence[Ids], size: int, runs: Sequence[Ids | None] | None = None) -> list[float | None]:
    """Words in runs of `size` words that stand in more than half of all reports / words of the report.

    Lang and Stice-Lawrence (2015) count as boilerplate the words of sentences that hold a four-word phrase common to
    many firms' reports. Here the reports are those of one series, and the words of the phrase itself are counted, not
    all of its sentence. None for a series of one report, and for a report without words. `runs` are for each report
    the `common_runs` of the one before and it, if they are known.
    """
    grams = shingles(list(texts), size) if runs is None else _shingles(texts, size, runs)
    held = np.zeros(max((int(gram.max(initial=-1)) for gram in grams), default=-1) + 1, np.int64)
    for gram in grams:
        held[gram] += 1  # once, however often the report has it
    out: list[float | None] = []
    for words, gram in zip(texts, grams, strict=True):
        if len(texts) < 2 or not len(words):
            out.append(None)
            continue
        starts = np.flatnonzero(2 * held[gram] > len(texts))
        steps = np.zeros(len(words) + 1, np.int64)
        steps[starts] += 1
        steps[np.minimum(starts + size, len(words))] -= 1
        out.append(int((np.cumsum(steps)[:-1] > 0).sum()) / len(words))
    return out


def _shingles(texts: Sequence[Ids], size: int, runs: Sequence[Ids | None]) -> list[Ids]:
    """`shingles`, of which those in a run of words that the text before has are taken from there: most are."""
    sizes = [max(len(words) - size + 1, min(len(words), 1)) for words in texts]
    bounds = np.cumsum([0, *sizes])
    original = np.arange(bounds[-1])
    """For each shingle its place among all, or that of the one it is a copy of."""
    cut: list[Ids] = []
    kept: list[Ids] = []
    for k, (words, common) in enumerate(zip(texts, runs, strict=True)):
        own = original[bounds[k] : bounds[k + 1]]
        if common is not None:
            old, new, length = common[common[:, 2] >= size].T
            of = np.repeat(np.arange(len(length)), length - size + 1)
            within = np.arange(len(of)) - (np.cumsum(length - size + 1) - (length - size + 1))[of]
            own[new[of] + within] = original[bounds[k - 1] + old[of] + within]
        fresh = np.flatnonzero(own >= bounds[k])
        needed = np.zeros(len(words), np.bool_)
        for step in range(min(size, len(words))):
            needed[fresh + step] = True
        # what was not beside each other in the text makes a few more shingles, which are not kept
        cut.append(words[needed])
        kept.append(np.cumsum(needed)[fresh] - 1)
    numbers = [ids[places] for ids, places in zip(shingles(cut, size), kept, strict=True)]
    out = np.zeros(len(original), np.int64)
    out[original == np.arange(len(original))] = np.concatenate([original[:0], *numbers])
    return [out[original[start:end]] for start, end in pairwise(bounds.tolist())]


def stickiness(old: Ids, new: Ids) -> float | None:
    """Sentences of `new` that stand in `old` word for word / sentences of `new` (Dyer, Lang and Stice-Lawrence 2017).

    Both are given as the numbers of their distinct sentences. None for a text without sentences.
    """
    return int(np.isin(new, old).sum()) / len(new) if len(new) else None


def redundancy(sentences: Ids) -> float | None:
    """Sentences that stand elsewhere in the text too / sentences (Dyer, Lang and Stice-Lawrence 2017).

    `sentences` are the numbers of its distinct sentences. None for a text without sentences.
    """
    if not len(sentences):
        return None
    _, times = np.unique(sentences, return_counts=True)
    return int(times[times > 1].sum()) / len(sentences)


def adjusted(raw: Sequence[float | None], words: Sequence[int]) -> list[float | None]:
    """Scores less those expected of texts of their length (Brown and Tucker 2011): raw - fitted.

    The expected score is fitted by least squares on the first five powers of the number of words. The paper fits it on
    thousands of firms' reports; here all there is is the series, so that with fewer than `PER_PARAMETER` reports for
    each of the six parameters, or fewer than six different lengths, nothing is fitted and all are None.
    """
    known = [k for k, score in enumerate(raw) if score is not None]
    sizes = np.array([words[k] for k in known], np.float64)
    if len(known) < PER_PARAMETER * (DEGREE + 1) or len(np.unique(sizes)) <= DEGREE:
        return [None] * len(raw)
    scores = np.array([raw[k] for k in known], np.float64)
    # powers of a number about 1 are as good as those of the words, and do not overflow
    powers = np.vander((sizes - sizes.mean()) / max(float(sizes.std()), 1e-9), DEGREE + 1)
    fitted = powers @ np.linalg.lstsq(powers, scores, rcond=None)[0]
    out: list[float | None] = [None] * len(raw)
    for k, score in zip(known, (scores - fitted).tolist(), strict=True):
        out[k] = score
    return out


def literature(
    texts: Sequence[Ids], numbers: Sequence[Ids], tfidf: NDArray[np.float64], shingle: int
) -> tuple[Literature, ...]:
    """All measures for all reports of a series.

    `texts` are the words of each report as ids, `numbers` the distinct sentence that each of its sentences is, `tfidf`
    is the matrix of TF-IDF cosines, `shingle` the words in a shingle.
    """
    reports = range(len(texts))
    pairs = [(texts[k - 1], texts[k]) if k else None for k in reports]
    raw = [1.0 - float(tfidf[k - 1, k]) if pair and all(map(len, pair)) else None for k, pair in enumerate(pairs)]
    runs = [common_runs(*pair) if pair and all(map(len, pair)) else None for pair in pairs]
    changes = [change(*pair, common) if pair else None for pair, common in zip(pairs, runs, strict=True)]
    columns = zip(
        reports,
        boilerplate(texts, shingle, runs),
        [stickiness(numbers[k - 1], numbers[k]) if k else None for k in reports],
        [redundancy(own) for own in numbers],
        raw,
        adjusted(raw, [len(text) for text in texts]),
        [sim_cosine(*pair) if pair else None for pair in pairs],
        [sim_jaccard(*pair) if pair else None for pair in pairs],
        [sim_min_edit(*pair, common) if pair else None for pair, common in zip(pairs, runs, strict=True)],
        sim_simple(changes),
        changes,
        strict=True,
    )
    return tuple(Literature(*row) for row in columns)
