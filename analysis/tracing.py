"""An outside text against a series: which of its sentences come from there, and from which report.

Every report is searched for passages of the text. Each sentence of a passage, or the part of one that was taken, is
then laid beside the sentences of the report that it resembles most. It is attributed to the report whose wording
explains most of its words; of reports that explain it equally well to the one that has it most alike, then to the one
that has most of the text, as a writer copies from what lies open, then to the latest. All that have it are listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from ..corpus.report import Prose, Series
from .anchors import diff_ids
from .evidence import Field, Stretch, evidence
from .fragments import Fragments, cut
from .likeness import FLOOR
from .links import Kind
from .passages import as_characters, compact_passages, same_tokens, word_ids
from .settings import Settings
from .vocabulary import Vocabulary

SHORT = 4  # words: shorter sentences are joined with the next when passages are looked for
WORTH = 12.0  # nats that a sentence must be worth: less than a passage, as what is traced often is in its source
ALIKE = 0.2  # likeness of seeds: lower than for passages, as each sentence is looked at once more
ENOUGH = 0.8  # share of a sentence's words from which it counts as taken as a whole
NEAR = 1  # sentences beside those with the same words that may be the ones a sentence was taken from, too
FEW = 40  # sentences of a source's stretch up to which all of them may be
SPARE = 0.25  # what a word that only the source has takes from a likeness, beside one that only the text has
MERGED = 3  # sentences of a source that one may have been made from


@dataclass(frozen=True, slots=True)
class Copy:
    """What one report has of a passage."""

    report: int
    """The number of the report; 0 for a single document."""
    start: int
    """Offset of its first character in the report's cleaned text."""
    end: int
    """Offset behind its last character."""
    kind: Kind
    """VERBATIM or EDITED."""
    similarity: float
    """How alike the passage and this are, 0..1, 1 only where VERBATIM: Indel similarity of their words."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A sentence of the outside text that comes from the series, or the part of one that does."""

    start: int
    """Offset of its first character in the outside text, cleaned."""
    end: int
    """Offset behind its last character."""
    words: int
    """How many words it has."""
    source: Copy
    """What it is attributed to: what explains most of its words; among equals the most alike, then the report that has
    most of the text, then the latest."""
    copies: tuple[Copy, ...]
    """All reports that have it, that one included, in order of date."""


@dataclass(frozen=True, eq=False)
class Trace:
    """What of an outside text comes from a series or from another document."""

    text: Prose
    """The outside text."""
    name: str
    """What the series, or the document, is called."""
    sources: tuple[Prose, ...]
    """The reports, in order of date, or the one document."""
    ids: tuple[str, ...] | None
    """The ids of the reports; None for a document without a date."""
    settings: Settings
    """What it was made with."""
    passages: tuple[Traced, ...]
    """In order of the text, without overlap."""

    @cached_property
    def reused_words(self) -> int:
        """Words of the text that stand in passages."""
        return sum(passage.words for passage in self.passages)

    @cached_property
    def by_report(self) -> tuple[tuple[int, int], ...]:
        """The reports that passages are attributed to, with their words, the most first."""
        words: dict[int, int] = {}
        for passage in self.passages:
            words[passage.source.report] = words.get(passage.source.report, 0) + passage.words
        return tuple(sorted(words.items(), key=lambda row: (-row[1], -row[0])))

    def words_of(self, kind: Kind) -> int:
        """Words of the text that stand in passages of that kind."""
        return sum(passage.words for passage in self.passages if passage.source.kind is kind)

    @property
    def reused(self) -> float:
        """The same as a share of its words, 0..1."""
        return self.reused_words / max(self.text.word_count, 1)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a sentence and what one source has of it."""

    here: Stretch
    copy: Copy
    rank: float
    """How well the source explains the sentence, 0..1."""
    words: int
    """How many of its words the source has, in order."""


def trace_text(text: Prose, source: Series | Prose, settings: Settings | None = None) -> Trace:
    """Trace the sentences of an outside text to the reports of a series, or to one other document.

    Takes time in proportion to the text and to each of the sources. The order of the sources does not matter but for
    equals.
    """
    chosen = settings or Settings()
    sources: tuple[Prose, ...] = source.reports if isinstance(source, Series) else (source,)
    sides = [(prose.text, prose.tokens, prose.sentence_spans) for prose in (text, *sources)]
    vocabulary, (here, *there), weights = cut(sides, SHORT)
    pieces: list[_Piece] = []
    for number, (prose, side) in enumerate(zip(sources, there, strict=True)):
        one = _Source(vocabulary, weights, number, (text, here), (prose, side), chosen.likeness)
        pieces += one.pieces()
    traced = tuple(_attributed(here, pieces))
    if isinstance(source, Series):
        return Trace(text, source.name, sources, source.ids, chosen, traced)
    return Trace(text, source.title, sources, None, chosen, traced)


def _attributed(text: Fragments, pieces: Sequence[_Piece]) -> Iterator[Traced]:
    """The pieces that are most alike, without overlap, each with all copies of it, in order of the text."""
    kept: dict[int, float] = {}
    for piece in pieces:
        kept[piece.copy.report] = kept.get(piece.copy.report, 0.0) + piece.words

    def order(piece: _Piece) -> tuple[float, ...]:
        report = piece.copy.report
        return -piece.rank, -piece.copy.similarity, -kept[report], -report, *piece.here, piece.copy.start

    taken: list[tuple[_Piece, list[_Piece]]] = []
    spans: dict[int, list[_Piece]] = {}
    for piece in sorted(pieces, key=order):
        first, last = piece.here
        holders = {id(other): other for k in range(first, last) for other in spans.get(k, ())}
        if not holders:
            taken.append((piece, [piece]))
            for k in range(first, last):
                spans.setdefault(k, []).append(piece)
            continue
        holder = max(holders.values(), key=lambda other: (_common(other.here, piece.here), -other.here[0]))
        if 2 * _common(holder.here, piece.here) >= holder.here[1] - holder.here[0]:
            next(others for own, others in taken if own is holder).append(piece)
    for piece, others in sorted(taken, key=lambda row: row[0].here):
        start, end = text.characters(*piece.here)
        best: dict[int, Copy] = {}
        for other in others:  # the most alike of a report comes first
            best.setdefault(other.copy.report, other.copy)
        copies = tuple(best[report] for report in sorted(best))
        yield Traced(start, end, piece.here[1] - piece.here[0], piece.copy, copies)


def _common(one: Stretch, other: Stretch) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


class _Source:
    """One report, and what of the outside text it has."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        weights: NDArray[np.float64],
        number: int,
        text: tuple[Prose, Fragments],
        source: tuple[Prose, Fragments],
        likeness: float,
    ) -> None:
        self.vocabulary, self.weights, self.number, self.likeness = vocabulary, weights, number, likeness
        (self.text, self.here), (self.source, self.there) = text, source
        self.field = Field.of(self.here, self.there, weights)
        self.edges = [_sentence_edges(prose, side) for prose, side in (text, source)]
        self.ids = [word_ids(vocabulary, side) for side in (self.here, self.there)]

    def pieces(self) -> Iterator[_Piece]:
        """The sentences, or parts of them, that the report has."""
        for found in compact_passages(self.vocabulary, self.here, self.there, self.weights, WORTH, ALIKE):
            matches = self._matches(found.here, found.there)
            first, last = _sentences_of(self.edges[0], found.here)
            spans = self.edges[0][first:last].tolist()
            tried = [self._piece((start, end), found.here, found.there, matches) for start, end in spans]
            yield from _spoken_for(tried)

    def _matches(self, here: Stretch, there: Stretch) -> NDArray[np.int64]:
        """Words of both stretches that correspond in order: shape (n, 2)."""
        ids = [self.vocabulary.folded[side[slice(*at)]] for side, at in zip(self.ids, (here, there), strict=True)]
        blocks = diff_ids(ids[0], ids[1])
        rows = np.repeat(blocks[:, :2], blocks[:, 2], axis=0)
        within = np.arange(len(rows)) - np.repeat(np.cumsum(blocks[:, 2]) - blocks[:, 2], blocks[:, 2])
        return rows + within[:, None] + np.array([here[0], there[0]])

    def _piece(self, sentence: Stretch, here: Stretch, there: Stretch, matches: NDArray[np.int64]) -> _Piece | None:
        part = max(sentence[0], here[0]), min(sentence[1], here[1])
        matched = matches[(matches[:, 0] >= part[0]) & (matches[:, 0] < part[1]), 1]
        whole = part[1] - part[0] >= ENOUGH * (sentence[1] - sentence[0])
        if whole:
            part = sentence
        elif not len(matched):
            return None
        rivals = list(self._candidates(there, matched)) if whole else [(int(matched[0]), int(matched[-1]) + 1)]
        words = self._characters(0, part)
        scored = [(Indel.normalized_similarity(words, self._characters(1, at)), -at[0], at) for at in rivals]
        if not scored:
            return None
        similarity, _, at = max(scored)
        same = same_tokens(self.here, part, self.there, at)
        if similarity < self.likeness or (not same and evidence(self.field, part, at) < WORTH):
            return None
        kind = Kind.VERBATIM if same else Kind.EDITED
        similarity = 1.0 if same else min(similarity, 1 - 1e-6)
        copy = Copy(self.number, *self.there.characters(*at), kind, similarity)
        return _Piece(part, copy, *self._explained(sentence, part, at))

    def _explained(self, sentence: Stretch, part: Stretch, at: Stretch) -> tuple[float, int]:
        """How well a stretch of the source explains a sentence, 0..1, and how many of its words it has, in order.

        Words that only the source has count little, since to leave out is easier than to invent (the ratio model;
        Tversky 1977).
        """
        stems = [side.stems[slice(*where)] for side, where in ((self.here, part), (self.there, at))]
        kept = int(diff_ids(stems[0], stems[1])[:, 2].sum())
        return kept / (sentence[1] - sentence[0] + SPARE * (at[1] - at[0] - kept)), kept

    def _candidates(self, there: Stretch, matched: NDArray[np.int64]) -> Iterator[Stretch]:
        """The sentences of the source, and runs of a few, that a sentence may have been taken from."""
        edges = self.edges[1]
        first, last = _sentences_of(edges, there)
        if last - first > FEW:
            if not len(matched):
                return
            near = _sentences_of(edges, (int(matched[0]), int(matched[-1]) + 1))
            first, last = max(first, near[0] - NEAR), min(last, near[1] + NEAR, near[0] + FEW)
        for k in range(first, last):
            for count in range(1, min(MERGED, last - k) + 1):
                yield int(edges[k, 0]), int(edges[k + count - 1, 1])

    def _characters(self, side: int, stretch: Stretch) -> str:
        return as_characters(self.vocabulary, self.ids[side][slice(*stretch)])


def _spoken_for(tried: Sequence[_Piece | None]) -> Iterator[_Piece]:
    """The pieces of neighbouring sentences that are alike enough, or that stand between two that are."""
    sure = [piece is not None and piece.copy.similarity >= FLOOR for piece in tried]
    for k, piece in enumerate(tried):
        if piece is not None and (sure[k] or (0 < k < len(sure) - 1 and sure[k - 1] and sure[k + 1])):
            yield piece


def _sentence_edges(prose: Prose, side: Fragments) -> NDArray[np.int64]:
    """First word, and the word behind the last, of each sentence that has words."""
    edges = np.searchsorted(side.words[:, 0], prose.sentence_spans)
    return edges[edges[:, 1] > edges[:, 0]].astype(np.int64)


def _sentences_of(edges: NDArray[np.int64], stretch: Stretch) -> tuple[int, int]:
    """Which sentences, first and behind the last, a stretch of words is in."""
    first = int(np.searchsorted(edges[:, 1], stretch[0], side="right"))
    return first, max(first, int(np.searchsorted(edges[:, 0], stretch[1])))
