"""One sentence through all years: the thread of its copies, its variants, when it was dropped and came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, LCSseq
from rapidfuzz.process import cdist

from .provenance import Origin
from .vocabulary import Witness

Place = tuple[int, int]
"""A report and a sentence of it, by their numbers."""


class Stage(NamedTuple):
    """One place of a lineage: a sentence of a report."""

    report: int
    """The report's number in the series."""
    sentence: int
    """Which sentence of that report, from 0."""
    origin: Origin
    """Where it was copied from; NEW for the first of the lineage."""
    variant: int
    """Which of the lineage's variants it is, from 0, in order of first appearance."""


@dataclass(frozen=True)
class Lineage:
    """A sentence and all that was copied from it, directly or through other copies."""

    stages: tuple[Stage, ...]
    """In order of report, then of place; never none."""
    within: tuple[Place, ...] = ()
    """Sentences of other lineages that hold it since it was merged with them, in order."""

    @cached_property
    def reports(self) -> tuple[int, ...]:
        """The numbers of the reports it stands in, in order, each once."""
        return tuple(dict.fromkeys(stage.report for stage in self.stages))

    @property
    def first(self) -> int:
        """The number of the report it first stood in."""
        return self.stages[0].report

    @property
    def last(self) -> int:
        """The number of the latest report it stands in."""
        return self.stages[-1].report

    @cached_property
    def held(self) -> tuple[int, ...]:
        """The numbers of the reports that have it, as a sentence or merged with others, in order."""
        return tuple(sorted({*self.reports, *(report for report, _ in self.within)}))

    @cached_property
    def gaps(self) -> tuple[int, ...]:
        """The numbers of the reports between the first and the last that have it that do not."""
        held = set(self.held)
        return tuple(k for k in range(self.first, self.held[-1]) if k not in held)

    @cached_property
    def returns(self) -> tuple[int, ...]:
        """The numbers of the reports it came back in, having been absent from the one before."""
        held = set(self.held)
        return tuple(k for k in self.reports if k != self.first and k - 1 not in held)

    @cached_property
    def merges(self) -> tuple[int, ...]:
        """The numbers of the reports in which it was made from several sentences, or became part of another."""
        joined = {stage.report for stage in self.stages if stage.origin.merged > 1}
        return tuple(sorted(joined.union(report for report, _ in self.within[:1])))

    @cached_property
    def splits(self) -> tuple[int, ...]:
        """The numbers of the reports in which it became several sentences."""
        return tuple(sorted({stage.report for stage in self.stages if stage.origin.split > 1}))

    @cached_property
    def variants(self) -> tuple[Stage, ...]:
        """The first stage of each wording, in order of first appearance."""
        firsts = {stage.variant: stage for stage in reversed(self.stages)}
        return tuple(firsts[k] for k in range(len(firsts)))

    @cached_property
    def last_changed(self) -> int:
        """The number of the latest report that brought in a new wording; that of the first where it never changed."""
        return max(stage.report for stage in self.variants)


def lineages(origins: Sequence[Sequence[Origin]], numbers: Sequence[Sequence[int]]) -> tuple[Lineage, ...]:
    """All lineages of a series, in order of first appearance.

    `numbers` gives for each report, for each sentence, the number of the distinct sentence it is: equal numbers are
    equal wordings. A merged sentence belongs to the lineage of the first sentence it was made from, and holds those of
    the others.
    """
    threads: list[list[Place]] = []
    where: list[list[int]] = []
    guests: dict[Place, tuple[int, ...]] = {}
    within: dict[int, list[Place]] = {}
    for report, row in enumerate(origins):
        where.append([])
        for sentence, origin in enumerate(row):
            if origin.copied_from is None or origin.sentence is None:
                thread = len(threads)
                threads.append([])
            else:
                thread = where[origin.copied_from][origin.sentence]
                held = _guests(origin.copied_from, origin.sentence, origin.merged, where, guests)
                if held:
                    guests[report, sentence] = held
                    for guest in held:
                        within.setdefault(guest, []).append((report, sentence))
            where[report].append(thread)
            threads[thread].append((report, sentence))
    return tuple(_lineage(thread, within.get(k, []), origins, numbers) for k, thread in enumerate(threads))


def _guests(
    report: int, sentence: int, merged: int, where: list[list[int]], guests: dict[Place, tuple[int, ...]]
) -> tuple[int, ...]:
    """The lineages that a sentence made from these sentences holds besides its own."""
    if merged == 1:  # as nearly all are
        return guests.get((report, sentence), ())
    own = where[report][sentence]
    sources = range(sentence, sentence + merged)
    held = [where[report][k] for k in sources] + [guest for k in sources for guest in guests.get((report, k), ())]
    return tuple(dict.fromkeys(thread for thread in held if thread != own))


def _lineage(
    thread: list[Place],
    within: list[Place],
    origins: Sequence[Sequence[Origin]],
    numbers: Sequence[Sequence[int]],
) -> Lineage:
    variants: dict[int, int] = {}
    stages: list[Stage] = []
    for report, sentence in thread:
        variant = variants.setdefault(numbers[report][sentence], len(variants))
        stages.append(Stage(report, sentence, origins[report][sentence], variant))
    return Lineage(tuple(stages), tuple(within))


@dataclass(frozen=True, slots=True)
class Nearest:
    """The sentence of a series that is nearest to some words."""

    query: str
    """The words."""
    contained: float
    """The share of them, 0..1, that the sentence has, in order, case aside."""
    stage: Stage
    """The latest place of that sentence."""
    lineage: Lineage
    """Its lineage."""


def nearest_sentence(query: Sequence[int], sentences: Witness, folded: NDArray[np.int32]) -> tuple[int, float]:
    """The sentence that holds most of `query` in order, the most alike of equals, then the last: its number, the share.

    `query` are folded ids, not empty; `folded` gives the folded id of each token of `sentences`, of which there is one
    at least.
    """
    ids = folded[sentences.tokens].tolist()
    starts = sentences.sentence_starts.tolist()
    choices = [ids[start:end] for start, end in pairwise(starts)]
    held = cdist([list(query)], choices, scorer=LCSseq.similarity, dtype=np.int64)[0]
    alike = cdist([list(query)], choices, scorer=Indel.normalized_similarity, dtype=np.float64)[0]
    best = int(np.lexsort((np.arange(len(choices)), alike, held))[-1])
    return best, float(held[best]) / len(query)
