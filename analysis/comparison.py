"""The pipeline: a `Series` becomes a `Comparison`, of which every output is a view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..corpus.report import Report, Series
from ..corpus.sentences import tokenize
from .alignment import Alignment, Kind
from .differences import Difference, difference
from .likeness import align_reports, changed_words, edited, word_strings
from .lineage import Lineage, Nearest, lineages, nearest_sentence
from .literature import Literature, literature
from .measures import BAND, Band, Counts, Measures, Reuse, past_counts, reuse, sentence_words, threshold_band
from .phases import Ancestry, Phase, ancestries, founders, phases
from .provenance import Alignments, Provenance, trace
from .settings import Settings
from .similarity import Matrix, Measure, folded_words, matrix, measure_named
from .terms import Mark, Term, Terms
from .vocabulary import Vocabulary, Witness, fold, intern_reports
from .word_origins import word_origins


@dataclass(frozen=True, eq=False)
class Comparison:
    """Everything that is known about a series: computed once, rendered many times."""

    series: Series
    """The reports, in order of date. A report's number everywhere below is its index here."""
    settings: Settings
    """What it was made with."""
    vocabulary: Vocabulary
    """The distinct tokens of all reports."""
    witnesses: tuple[Witness, ...]
    """The reports as ids of the vocabulary."""
    provenance: Provenance
    """Where each sentence comes from, and each report's main source."""
    _alignments: Alignments = field(default_factory=dict[tuple[int, int], Alignment], repr=False)
    _matrices: dict[Measure, Matrix] = field(default_factory=dict[Measure, Matrix], repr=False)
    _differences: dict[tuple[int, int], Difference] = field(
        default_factory=dict[tuple[int, int], Difference], repr=False
    )

    def similarity(self, measure: str = "tfidf") -> Matrix:
        """How alike any two reports are: see `litany.analysis.similarity`."""
        chosen = measure_named(measure)
        if chosen not in self._matrices:
            made = matrix(self.vocabulary, self.witnesses, chosen, self.settings, self.alignment)
            self._matrices[chosen] = made
        return self._matrices[chosen]

    def main_source(self, report: int) -> int | None:
        """The earlier report that the report was mostly copied from; None where there is none."""
        return self.provenance.main_sources[report]

    def sources(self, report: int) -> tuple[tuple[int, float], ...]:
        """The earlier reports its sentences were copied from, with the share of its words from each, largest first."""
        words = self.sentence_words[report]
        total = max(int(words.sum()), 1)
        shares: dict[int, int] = {}
        for origin, size in zip(self.provenance.origins[report], words.tolist(), strict=True):
            if origin.copied_from is not None:
                shares[origin.copied_from] = shares.get(origin.copied_from, 0) + size
        return tuple((old, size / total) for old, size in sorted(shares.items(), key=lambda row: (-row[1], -row[0])))

    def first_seen(self, report: int) -> tuple[tuple[int, float], ...]:
        """The reports its sentences first stood in, its own included, with the share of its words from each, in order
        of time."""
        words = self.sentence_words[report]
        total = max(int(words.sum()), 1)
        shares: dict[int, int] = {}
        for origin, size in zip(self.provenance.origins[report], words.tolist(), strict=True):
            shares[origin.first_seen] = shares.get(origin.first_seen, 0) + size
        return tuple((first, size / total) for first, size in sorted(shares.items()))

    def alignment(self, old: int, new: int) -> Alignment:
        """The sentences of two reports, linked."""
        known = self.provenance.alignments.get((old, new)) or self._alignments.get((old, new))
        if known is not None:
            return known
        made = align_reports(self.vocabulary, self.witnesses[old], self.witnesses[new], self.settings.likeness)
        if new == old + 1:  # neighbours are asked for again and again, others seldom, and they are many
            self._alignments[old, new] = made
        return made

    def difference(self, old: int, new: int) -> Difference:
        """How report `old` became report `new`; any two reports, in either order."""
        if (old, new) not in self._differences:
            reports, pair = self.series.reports, (self.witnesses[old], self.witnesses[new])
            made = difference(reports[old], reports[new], self.alignment(old, new), self.vocabulary, pair)
            self._differences[old, new] = made
        return self._differences[old, new]

    def reuse(self, old: int, new: int) -> Reuse:
        """What report `new` took from report `old`; any two reports, in either order."""
        alignment = self.alignment(old, new)
        words = [word_strings(self.vocabulary, self.witnesses[k]) for k in (old, new)]
        changed = changed_words(*edited(alignment, *words))
        return reuse(old, alignment, self.sentence_words[old], self.sentence_words[new], changed)

    @cached_property
    def measures(self) -> tuple[Measures, ...]:
        """A row a report."""
        return tuple(self._measures(report) for report in range(len(self.series)))

    def _measures(self, report: int) -> Measures:
        source = self.main_source(report)
        against = None if source is None else self.reuse(source, report)
        before = against if source == report - 1 else self.reuse(report - 1, report) if report else None
        words = self.sentence_words[report]
        return Measures(report, int(words.sum()), len(words), against, before, self._past(report) if report else None)

    def _past(self, report: int) -> tuple[Counts, Counts]:
        """Words and sentences of a report against all earlier ones together."""
        origins = self.provenance.origins[report]
        known: dict[int, list[str]] = {report: word_strings(self.vocabulary, self.witnesses[report])}
        sides: tuple[list[str], list[str]] = ([], [])
        for words, origin in zip(known[report], origins, strict=True):
            if origin.kind is Kind.EDITED and origin.copied_from is not None and origin.sentence is not None:
                if origin.copied_from not in known:
                    known[origin.copied_from] = word_strings(self.vocabulary, self.witnesses[origin.copied_from])
                source = known[origin.copied_from]
                sides[0].append("".join(source[origin.sentence : origin.sentence + origin.merged]))
                sides[1].append(words)
        kinds = [(origin.kind, origin.moved) for origin in origins]
        return past_counts(kinds, self.sentence_words[report], changed_words(*sides), self._returned(report))

    def _returned(self, report: int) -> list[int]:
        """The sentences of a report that some earlier report has, verbatim or edited, but not the one before it."""
        origins = self.provenance.origins[report]
        older = [j for j, o in enumerate(origins) if o.copied_from is not None and o.copied_from < report - 1]
        if not older:
            return []
        linked = {j for link in self.alignment(report - 1, report).links for j in link.new}
        numbers = self.provenance.distinct.numbers
        before = set(numbers[report - 1].tolist())
        return [j for j in older if j not in linked and int(numbers[report][j]) not in before]

    @cached_property
    def literature(self) -> tuple[Literature, ...]:
        """The measures of the literature, a row a report."""
        texts = [folded_words(self.vocabulary, witness) for witness in self.witnesses]
        numbers = self.provenance.distinct.numbers
        return literature(texts, numbers, self.similarity(Measure.TFIDF), self.settings.shingle)

    @cached_property
    def bands(self) -> tuple[Band | None, ...]:
        """How the shares against the main source move with the threshold of likeness; None where there is none."""
        return tuple(self._band(report) for report in range(len(self.series)))

    def _band(self, report: int) -> Band | None:
        source = self.main_source(report)
        if source is None:
            return None
        least = self.settings.likeness - BAND
        found = align_reports(self.vocabulary, self.witnesses[source], self.witnesses[report], least)
        return threshold_band(found.links, self.sentence_words[report], self.settings.likeness)

    @cached_property
    def sentence_words(self) -> tuple[NDArray[np.int64], ...]:
        """For each report the number of words in each sentence."""
        return tuple(sentence_words(self.vocabulary, witness) for witness in self.witnesses)

    @cached_property
    def lineages(self) -> tuple[Lineage, ...]:
        """All lineages of sentences, in order of first appearance."""
        return lineages(self.provenance.origins, [row.tolist() for row in self.provenance.distinct.numbers])

    @cached_property
    def ancestries(self) -> tuple[Ancestry, ...]:
        """For each report the earlier one it has most in common with, and how much: the reuse curve."""
        found = self.provenance
        return ancestries(found.alignments, self.sentence_words, found.main_sources)

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """The texts that reports were written on, in order; none where nothing was taken up again."""
        return phases(self.ancestries)

    @cached_property
    def phase_of(self) -> tuple[int | None, ...]:
        """For each report the number of the report that founded its phase; None where it stands alone."""
        founding = {phase.founder for phase in self.phases}
        return tuple(founder if founder in founding else None for founder in founders(self.ancestries))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The words and phrases that enter, leave or return, the surest first."""
        return self._terms.came_and_went()

    def marks(self, reports: Sequence[int]) -> tuple[Mark, ...]:
        """The words and phrases that mark these reports, a phase or a year, against all others, the surest first."""
        return self._terms.marks(reports)

    @cached_property
    def _terms(self) -> Terms:
        threads = [np.zeros(len(witness), np.int64) for witness in self.witnesses]
        for number, lineage in enumerate(self.lineages):
            for stage in lineage.stages:
                threads[stage.report][stage.sentence] = number
        return Terms(self.vocabulary, self.witnesses, threads)

    @cached_property
    def word_origins(self) -> tuple[NDArray[np.int64], ...]:
        """For each report, for each token, the number of the report in which it first stood."""
        return word_origins(self.vocabulary, self.witnesses, self.provenance.origins)

    def nearest(self, text: str) -> Nearest | None:
        """The sentence that holds most of the words of `text`, and its lineage; None where `text` has no words."""
        query = _folded_words(text, self.vocabulary)
        if not query:
            return None
        number, contained = nearest_sentence(query, self.provenance.distinct.sentences, self.vocabulary.folded)
        numbers = self.provenance.distinct.numbers
        for lineage in self.lineages:
            for stage in reversed(lineage.stages):
                if numbers[stage.report][stage.sentence] == number:
                    return Nearest(text, contained, stage, lineage)
        raise AssertionError("every distinct sentence stands in a lineage")

    def signature(self, *what: str) -> str:
        """The line printed with a figure."""
        return self.settings.signature(*what)

    def report(self, name: str) -> Report:
        """The report of that id. Raises `UsageError` where there is none."""
        return self.series.reports[self.series.index(name)]


def compare(series: Series, settings: Settings | None = None) -> Comparison:
    """Compare all reports of a series with each other."""
    chosen = settings or Settings()
    vocabulary, witnesses = intern_reports(series.reports)
    comparison = Comparison(series, chosen, vocabulary, witnesses, trace(vocabulary, witnesses, chosen))
    _ = comparison.measures  # computed once, here, so that views take no time
    return comparison


def _folded_words(text: str, vocabulary: Vocabulary) -> list[int]:
    """The words of any text as folded ids of the vocabulary; words that it does not have get ids of their own."""
    ids = {fold(string): form for string, form in zip(vocabulary.strings, vocabulary.folded.tolist(), strict=True)}
    tokens = tokenize(text)
    words = [text[start:end] for start, end in tokens.spans[tokens.is_word].tolist()]
    return [ids.setdefault(fold(word), len(vocabulary) + k) for k, word in enumerate(words)]
