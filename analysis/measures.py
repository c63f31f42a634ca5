"""How much of a report was reused: counts that add up, and shares computed from them last."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .alignment import Alignment, Kind
from .vocabulary import Vocabulary, Witness


@dataclass(frozen=True, slots=True)
class Counts:
    """Words or sentences of a report by what became of them. Counts of parts add up to those of the whole."""

    total: int = 0
    """All of the report's: verbatim + edited + new."""
    verbatim: int = 0
    """In sentences that stand in the source word for word."""
    edited: int = 0
    """In sentences that stand in the source with changes."""
    new: int = 0
    """In sentences that the source does not have."""
    moved: int = 0
    """Of the verbatim and edited ones, those that stand elsewhere among the others than they did."""
    changed: int = 0
    """Of the edited ones, words that the sentences they were made from do not have; of sentences, all edited ones."""
    dropped: int = 0
    """Of the source's, those in sentences that were not carried over."""
    source_total: int = 0
    """All of the source's."""

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.total + other.total,
            self.verbatim + other.verbatim,
            self.edited + other.edited,
            self.new + other.new,
            self.moved + other.moved,
            self.changed + other.changed,
            self.dropped + other.dropped,
            self.source_total + other.source_total,
        )

    @property
    def fresh(self) -> int:
        """Words that the source does not have: in new sentences, or put into edited ones."""
        return self.new + self.changed

    def share(self, of: str) -> float | None:
        """One count as a share, 0..1, of the report's total (`dropped`: of the source's); None where that is 0."""
        whole = self.source_total if of == "dropped" else self.total
        return getattr(self, of) / whole if whole else None


@dataclass(frozen=True, slots=True)
class Reuse:
    """What a report took from one other report."""

    source: int
    """The other report's number in the series."""
    words: Counts
    """By words: each counts as its sentence does."""
    sentences: Counts
    """By sentences."""


@dataclass(frozen=True, slots=True)
class Measures:
    """A report's size, and what it took from where. What is not defined, as for a first report, is None."""

    report: int
    """The report's number in the series."""
    words: int
    """How many words it has; punctuation is not counted."""
    sentences: int
    """How many sentences it has."""
    source: Reuse | None
    """Against its main source."""
    previous: Reuse | None
    """Against the report before it."""
    past: tuple[Counts, Counts] | None
    """Words and sentences against all earlier reports together; nothing counts as dropped there."""


def sentence_words(vocabulary: Vocabulary, witness: Witness) -> NDArray[np.int64]:
    """Words in each sentence, punctuation not counted: shape (sentences,)."""
    running = np.concatenate(([0], np.cumsum(vocabulary.is_word[witness.tokens])))
    return np.diff(running[witness.sentence_starts]).astype(np.int64)


def reuse(
    source: int, alignment: Alignment, old_words: NDArray[np.int64], new_words: NDArray[np.int64], changed: int
) -> Reuse:
    """What the aligned new report took from the old one, report number `source`.

    `old_words` and `new_words` are the words in each of their sentences, `changed` those in edited sentences that are
    not the source's.
    """
    kinds = [(Kind.NEW, False)] * alignment.new_count
    for link in alignment.links:
        for j in link.new:
            kinds[j] = (link.kind, link.moved)
    dropped = list(alignment.dropped)
    sentences = _counts(kinds, [1] * alignment.new_count)
    return Reuse(
        source,
        replace(
            _counts(kinds, new_words.tolist()),
            changed=changed,
            dropped=int(old_words[dropped].sum()) if dropped else 0,
            source_total=int(old_words.sum()),
        ),
        replace(sentences, changed=sentences.edited, dropped=len(dropped), source_total=alignment.old_count),
    )


def past_counts(kinds: list[tuple[Kind, bool]], words: NDArray[np.int64], changed: int) -> tuple[Counts, Counts]:
    """Words and sentences against the whole past, from each sentence's kind and whether it moved.

    `changed` are the words of edited sentences that are not those of the sentences they were made from.
    """
    sentences = _counts(kinds, [1] * len(kinds))
    return replace(_counts(kinds, words.tolist()), changed=changed), replace(sentences, changed=sentences.edited)


def _counts(kinds: list[tuple[Kind, bool]], weights: list[int]) -> Counts:
    by_kind = dict.fromkeys(Kind, 0)
    moved = 0
    for (kind, has_moved), weight in zip(kinds, weights, strict=True):
        by_kind[kind] += weight
        moved += weight if has_moved else 0
    return Counts(sum(weights), by_kind[Kind.VERBATIM], by_kind[Kind.EDITED], by_kind[Kind.NEW], moved)
