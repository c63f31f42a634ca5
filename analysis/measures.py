"""How much of a report was reused: counts that add up, and shares computed from them last."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from .links import Alignment
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
    table = alignment.table
    linked, links = table.sentences(1)
    fates = Fates.none(alignment.new_count)
    fates.similarities[linked], fates.moved[linked] = table.similarities[links], table.moved[links]
    is_dropped = np.ones(alignment.old_count, np.bool_)
    is_dropped[table.sentences(0)[0]] = False
    sentences = fates.counts(None)
    return Reuse(
        source,
        replace(
            fates.counts(new_words),
            changed=changed,
            dropped=int(old_words[is_dropped].sum()),
            source_total=int(old_words.sum()),
        ),
        replace(sentences, changed=sentences.edited, dropped=int(is_dropped.sum()), source_total=alignment.old_count),
    )


def past_counts(
    fates: Fates, words: NDArray[np.int64], changed: int, returned: NDArray[np.int64] | None = None
) -> tuple[Counts, Counts]:
    """Words and sentences against the whole past.

    `changed` are the words of edited sentences that are not those of the sentences they were made from, `returned` the
    sentences that an earlier report has, but not the one before.
    """
    back = np.zeros(0, np.int64) if returned is None else returned
    sentences = fates.counts(None)
    return (
        replace(fates.counts(words), changed=changed, returned=int(words[back].sum())),
        replace(sentences, changed=sentences.edited, returned=len(back)),
    )


def threshold_band(alignment: Alignment, new_words: NDArray[np.int64], likeness: float, now: Counts) -> Band:
    """How the shares of a report would be with thresholds `BAND` lower and higher than `likeness`, and as it is `now`.

    The alignment has the links that hold at the lower one. It need not have those that hold now: among sentences of the
    same words a weaker link may stand in the place of two others.
    """
    table = alignment.table
    linked, links = table.sentences(1)
    similarity = np.full(alignment.new_count, -1.0)
    similarity[linked] = table.similarities[links]
    total, verbatim = int(new_words.sum()), int(new_words[similarity == 1.0].sum())
    high, low = (int(new_words[(similarity >= likeness + step) & (similarity != 1.0)].sum()) for step in (BAND, -BAND))
    rest = total - verbatim
    return Band(total, min(high, now.edited), max(low, now.edited), min(rest - low, now.new), max(rest - high, now.new))


@dataclass(frozen=True, slots=True, eq=False)
class Fates:
    """What became of each sentence of a report."""

    similarities: NDArray[np.float64]
    """To what it was copied from: 1 where verbatim, less where edited, negative where new."""
    moved: NDArray[np.bool_]
    """Whether it stands elsewhere than it did."""

    @classmethod
    def none(cls, sentences: int) -> Fates:
        """All sentences new, so far."""
        return cls(np.full(sentences, -1.0), np.zeros(sentences, np.bool_))

    def counts(self, weights: NDArray[np.int64] | None) -> Counts:
        """Their words, each with the weight given, or their number."""

        def weight(chosen: NDArray[np.bool_]) -> int:
            return int(np.count_nonzero(chosen) if weights is None else weights[chosen].sum())

        verbatim, new = weight(self.similarities == 1.0), weight(self.similarities < 0.0)
        total = len(self.similarities) if weights is None else int(weights.sum())
        return Counts(total, verbatim, total - verbatim - new, new, weight(self.moved))
