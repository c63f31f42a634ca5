"""How much of a report was reused: counts that add up, and shares computed from them last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from .alignment import Alignment, Kind, Link
from .vocabulary import Vocabulary, Witness

BAND = 0.05
"""By how much the threshold of likeness is moved to see how much of a share depends on it."""


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
    returned: int = 0
    """Of the verbatim and edited ones against the whole past, those that the report before has not."""
    updated: int = 0
    """Of the edited ones, those in sentences of which only numbers, dates, names or other light things changed."""

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, part.name) + getattr(other, part.name) for part in fields(Counts)))

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


@dataclass(frozen=True, slots=True)
class Band:
    """What the edited and the new words of a report would be if the threshold of likeness were another."""

    total: int
    """All words of the report."""
    edited_low: int
    """Words in edited sentences with the higher threshold."""
    edited_high: int
    """The same with the lower threshold."""
    new_low: int
    """Words in new sentences with the lower threshold."""
    new_high: int
    """The same with the higher threshold."""

    def share(self, of: str) -> float | None:
        """One count as a share, 0..1, of all words; None where there are none."""
        return getattr(self, of) / self.total if self.total else None


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


def past_counts(
    kinds: list[tuple[Kind, bool]], words: NDArray[np.int64], changed: int, returned: Sequence[int] = ()
) -> tuple[Counts, Counts]:
    """Words and sentences against the whole past, from each sentence's kind and whether it moved.

    `changed` are the words of edited sentences that are not those of the sentences they were made from, `returned` the
    sentences that an earlier report has, but not the one before.
    """
    sentences = _counts(kinds, [1] * len(kinds))
    back = int(words[list(returned)].sum()) if returned else 0
    return (
        replace(_counts(kinds, words.tolist()), changed=changed, returned=back),
        replace(sentences, changed=sentences.edited, returned=len(returned)),
    )


def threshold_band(links: Sequence[Link], new_words: NDArray[np.int64], likeness: float) -> Band:
    """How the shares of a report would be with thresholds `BAND` lower and higher than `likeness`.

    `links` are all that hold at the lower one, with their likeness.
    """
    total = int(new_words.sum())
    edited = [
        sum(
            int(new_words[list(link.new)].sum())
            for link in links
            if link.kind is Kind.EDITED and link.similarity >= likeness + step
        )
        for step in (BAND, -BAND)
    ]
    verbatim = sum(int(new_words[list(link.new)].sum()) for link in links if link.kind is Kind.VERBATIM)
    return Band(total, edited[0], edited[1], total - verbatim - edited[1], total - verbatim - edited[0])


def _counts(kinds: list[tuple[Kind, bool]], weights: list[int]) -> Counts:
    by_kind = dict.fromkeys(Kind, 0)
    moved = 0
    for (kind, has_moved), weight in zip(kinds, weights, strict=True):
        by_kind[kind] += weight
        moved += weight if has_moved else 0
    return Counts(sum(weights), by_kind[Kind.VERBATIM], by_kind[Kind.EDITED], by_kind[Kind.NEW], moved)
