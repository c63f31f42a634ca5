"""Report x report matrices: how alike any two reports are, by several measures."""

from __future__ import annotations

import enum
from collections.abc import Callable
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..corpus.errors import UsageError
from .distinct import numbered
from .settings import Settings
from .vocabulary import Vocabulary, Witness, intern_reports

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from ..corpus.report import Series
    from .links import Alignment

Matrix = NDArray[np.float64]
Ids = NDArray[np.int64]


class Measure(enum.StrEnum):
    """A way to say how alike two reports are."""

    TFIDF = "tfidf"
    """Cosine of TF-IDF word vectors, 0..1. Symmetric."""
    JACCARD = "jaccard"
    """Distinct words shared by both / distinct words of either (Jaccard 1912). Symmetric."""
    CONTAINMENT = "containment"
    """Share of the row's distinct shingles that stand in the column (Broder 1997). Directed."""
    EDIT = "edit"
    """1 - words inserted and deleted / words of both, by the longest common subsequence. Symmetric."""
    REUSE = "reuse"
    """Share of the row's words that stand in sentences linked to sentences of the column. Directed."""

    @property
    def directed(self) -> bool:
        """True where the row's share in the column is not the column's in the row."""
        return self in (Measure.CONTAINMENT, Measure.REUSE)

    @property
    def heading(self) -> str:
        """What it is called over a chart."""
        return _HEADINGS[self]

    def recipe(self, settings: Settings) -> str:
        """How the figure is made, for its signature line: 'tfidf = cosine of ...'."""
        return f"{self} = {_RECIPES[self].format(shingle=settings.shingle)}"


_HEADINGS = {
    Measure.TFIDF: "Cosine similarity of words (TF-IDF)",
    Measure.JACCARD: "Distinct words shared (Jaccard)",
    Measure.CONTAINMENT: "Shingles found in another report (containment)",
    Measure.EDIT: "Words kept in order (edit similarity)",
    Measure.REUSE: "Words in sentences reused from another report",
}
_RECIPES = {
    Measure.TFIDF: "cosine of TF-IDF vectors | words, case aside | scikit-learn TfidfTransformer, smooth idf, l2",
    Measure.JACCARD: "Jaccard index | distinct words, case aside",
    Measure.CONTAINMENT: "share of the row's shingles in the column | distinct {shingle}-word shingles, case aside",
    Measure.EDIT: "1 - words inserted and deleted / words of both | longest common subsequence, case aside",
    Measure.REUSE: "share of the row's words in sentences linked to the column | sentence alignment",
}


def measure_named(name: str) -> Measure:
    """The measure of that name. Raises `UsageError` naming those there are."""
    try:
        return Measure(name)
    except ValueError:
        raise UsageError(f"no measure {name!r}; there are {', '.join(Measure)}") from None


def similarity(series: Series, measure: str = "tfidf", settings: Settings | None = None) -> Matrix:
    """How alike any two reports are: float64, shape (reports, reports), 0..1, ones on the diagonal.

    `containment` and `reuse` are directed: row = the report whose text is looked for, column = where it is looked for.
    A report without words is like no other: 0. Raises `UsageError` for a measure that does not exist.
    """
    chosen = measure_named(measure)
    return matrix(*intern_reports(series.reports), chosen, settings or Settings())


def matrix(
    vocabulary: Vocabulary,
    witnesses: tuple[Witness, ...],
    measure: Measure,
    settings: Settings,
    aligned: Callable[[int, int], Alignment] | None = None,
) -> Matrix:
    """The matrix of one measure over interned reports.

    `aligned` gives the alignment of an earlier report with a later one, for callers that have some already.
    """
    words = [folded_words(vocabulary, witness) for witness in witnesses]
    match measure:
        case Measure.TFIDF:
            values = _tfidf(_counts(words))
        case Measure.JACCARD:
            values = _jaccard(_counts(words))
        case Measure.CONTAINMENT:
            values = _containment(_counts(shingles(words, settings.shingle)))
        case Measure.EDIT:
            values = _edit(words)
        case Measure.REUSE:
            values = _reuse(vocabulary, witnesses, aligned or _aligner(vocabulary, witnesses, settings))
    empty = np.fromiter((not len(ids) for ids in words), np.bool_, len(words))
    values[empty, :] = values[:, empty] = 0
    np.fill_diagonal(values, 1.0)
    return values


def folded_words(vocabulary: Vocabulary, witness: Witness) -> Ids:
    """The words of a text as ids of folded forms; punctuation left out."""
    return vocabulary.folded[witness.tokens[vocabulary.is_word[witness.tokens]]].astype(np.int64)


def _counts(texts: list[Ids]) -> csr_matrix:
    """Texts x the distinct ids that any of them holds: how often."""
    from scipy.sparse import csr_matrix

    rows = [np.unique(ids, return_counts=True) for ids in texts]
    starts = np.cumsum([0, *(len(ids) for ids, _ in rows)])
    used, columns = np.unique(np.concatenate([ids for ids, _ in rows]), return_inverse=True)
    counts = np.concatenate([counts for _, counts in rows]).astype(np.float64)
    return csr_matrix((counts, columns, starts), shape=(len(texts), len(used)))


def _shared(counts: csr_matrix) -> Matrix:
    """How many distinct ids any two texts share; on the diagonal how many each has."""
    present = counts.copy()
    present.data[:] = 1
    return (present @ present.T).toarray()


def _tfidf(counts: csr_matrix) -> Matrix:
    """Cosine of TF-IDF vectors (Salton and Buckley 1988), idf = 1 + ln((1 + reports) / (1 + reports with the word)).

    Rounded to twelve decimals, below which is only the rounding error of sums: equal reports are exactly alike, and
    the order of the reports changes no bit.
    """
    if not counts.nnz:
        return _shared(counts)
    # imported here: scikit-learn takes most of a second, and only this figure needs it
    from sklearn.feature_extraction.text import TfidfTransformer

    weighted = TfidfTransformer().fit_transform(counts)
    return np.clip(np.round((weighted @ weighted.T).toarray(), 12), 0.0, 1.0)


def _jaccard(counts: csr_matrix) -> Matrix:
    """Distinct words of both / distinct words of either (Jaccard 1912)."""
    shared = _shared(counts)
    sizes = shared.diagonal()
    return shared / np.maximum(sizes[:, None] + sizes[None, :] - shared, 1)


def _containment(counts: csr_matrix) -> Matrix:
    """Distinct shingles of both / distinct shingles of the row (Broder 1997)."""
    shared = _shared(counts)
    return shared / np.maximum(shared.diagonal(), 1)[:, None]


def shingles(texts: list[Ids], size: int) -> list[Ids]:
    """The runs of `size` words in each text, as ids that are equal where the words are. Nothing is hashed.

    A text shorter than that is one shingle, itself; a text without words has none.
    """
    ends = np.cumsum([len(ids) for ids in texts])
    words = np.concatenate([np.zeros(0, np.int64), *texts])
    base = int(words.max(initial=0)) + 2  # one more than there are words: the sign for 'behind the end'
    behind = np.repeat(ends, [len(ids) for ids in texts]) - np.arange(len(words))  # words from here to the text's end
    ids, reach = words, 1
    while reach < size:  # a run of four is two runs of two, a run of six two of four that overlap
        step = min(reach, size - reach)
        inside = np.flatnonzero(behind > step)
        following = np.full(len(words), base - 1)
        following[inside] = ids[inside + step]
        ids = numbered(ids * base + following)
        base = int(ids.max(initial=0)) + 2
        reach += step
    kept = [max(len(text) - size + 1, min(len(text), 1)) for text in texts]
    return [ids[end - len(text) : end - len(text) + n] for end, text, n in zip(ends.tolist(), texts, kept, strict=True)]


def _edit(texts: list[Ids]) -> Matrix:
    """1 - words inserted and deleted / words of both, by the longest common subsequence: exact, in the memory of a row.

    It takes n x m / 64 steps a pair (Hyyrö 2004): 0.1 s at 50,000 words.
    """
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cdist

    letters = ["".join(map(chr, ids.tolist())) for ids in texts]
    work = sum(len(a) * len(b) for a, b in combinations(letters, 2))
    threads = -1 if work > 10**10 else 1
    return cdist(letters, letters, scorer=Indel.normalized_similarity, dtype=np.float64, workers=threads)


def _reuse(vocabulary: Vocabulary, witnesses: tuple[Witness, ...], aligned: Callable[[int, int], Alignment]) -> Matrix:
    """Words of the row in sentences that are linked to sentences of the column / words of the row."""
    from .measures import sentence_words

    sizes = [sentence_words(vocabulary, witness) for witness in witnesses]
    totals = [max(int(size.sum()), 1) for size in sizes]
    out = np.eye(len(witnesses))
    for old, new in combinations(range(len(witnesses)), 2):
        table = aligned(old, new).table
        out[new, old] = int(sizes[new][table.sentences(1)[0]].sum()) / totals[new]
        out[old, new] = int(sizes[old][table.sentences(0)[0]].sum()) / totals[old]
    return out


def _aligner(
    vocabulary: Vocabulary, witnesses: tuple[Witness, ...], settings: Settings
) -> Callable[[int, int], Alignment]:
    from .likeness import align_reports

    return lambda old, new: align_reports(vocabulary, witnesses[old], witnesses[new], settings.likeness)
