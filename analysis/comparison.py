"""The pipeline: a `Series` becomes a `Comparison`, of which every output is a view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..corpus.report import Report, Series
from ..corpus.sentences import tokenize
from ..corpus.showing import notebook_html
from .distinct import among, distinct_values
from .likeness import align_reports, changed_words, without_unlike
from .lineage import Lineage, Nearest, lineages, nearest_sentence
from .links import Alignment
from .measures import BAND, Band, Counts, Fates, Measures, Reuse, past_counts, reuse, sentence_words, threshold_band
from .phases import Ancestry, Phase, ancestries, founders, phases
from .provenance import NOTHING_REMEMBERED, Alignments, Provenance, Remembered, trace
from .settings import Settings
from .similarities import Matrix, Measure, folded_words, matrix, measure_named
from .usage import Usage, usage
from .vocabulary import Vocabulary, Witness, fold, intern_reports
from .word_origins import word_origins

if TYPE_CHECKING:
    # what views ask for, loaded when they do: a table in the terminal is to be quick
    from .differences import Difference
    from .literature import Literature
    from .substitutions import Substitution
    from .templates import Template
    from .terms import Mark, Term, Terms
    from .updates import Updated, Updates


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
    _remembered: Remembered = field(default=NOTHING_REMEMBERED, repr=False)
    _alignments: Alignments = field(default_factory=dict[tuple[int, int], Alignment], repr=False)
    _matrices: dict[Measure, Matrix] = field(default_factory=dict[Measure, Matrix], repr=False)
    _differences: dict[tuple[int, int], Difference] = field(
        default_factory=dict[tuple[int, int], "Difference"], repr=False
    )

    def similarity(self, measure: str = "tfidf") -> Matrix:
        """How alike any two reports are: see `litany.analysis.similarities`."""
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
        sources = self.provenance.tables[report].copied_from
        shares = {old: int(words[sources == old].sum()) for old in set(sources[sources >= 0].tolist())}
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
        pair = self.witnesses[old], self.witnesses[new]
        made = self._remembered.alignment(
            old, new, partial(align_reports, self.vocabulary, *pair, self.settings.likeness)
        )
        if new == old + 1:  # neighbours are asked for again and again, others seldom, and they are many
            self._alignments[old, new] = made
        return made

    def difference(self, old: int, new: int) -> Difference:
        """How report `old` became report `new`; any two reports, in either order."""
        from .differences import difference

        if (old, new) not in self._differences:
            reports, pair = self.series.reports, (self.witnesses[old], self.witnesses[new])
            made = difference(reports[old], reports[new], self.alignment(old, new), self.vocabulary, pair, self.usage)
            self._differences[old, new] = made
        return self._differences[old, new]

    def reuse(self, old: int, new: int) -> Reuse:
        """What report `new` took from report `old`; any two reports, in either order."""
        alignment = self.alignment(old, new)
        first, count, other, other_count = alignment.table.rows[alignment.table.edited].T
        sides = (self.witnesses[old], first, count), (self.witnesses[new], other, other_count)
        changed = changed_words(self.vocabulary, *sides)
        return reuse(old, alignment, self.sentence_words[old], self.sentence_words[new], changed)

    def updated_from(self, old: int, new: int) -> Updated:
        """What of report `new` is in sentences that are those of report `old` but for light changes."""
        from .updates import Updated, updated_by

        flags = updated_by(self.alignment(old, new), self.witnesses[old], self.witnesses[new], self._updates)
        return Updated.of(flags, self.sentence_words[new].tolist())

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
        table = self.provenance.tables[report]
        changed = 0
        edited = (table.copied_from >= 0) & (table.similarity < 1.0)
        for old in sorted(set(table.copied_from[edited].tolist())):
            here = np.flatnonzero(edited & (table.copied_from == old))
            source = self.witnesses[old], table.sentence[here], table.merged[here]
            changed += changed_words(self.vocabulary, source, (self.witnesses[report], here, np.ones_like(here)))
        return past_counts(
            Fates(table.similarity, table.moved), self.sentence_words[report], changed, self._returned(report)
        )

    @cached_property
    def _threads(self) -> list[NDArray[np.int64]]:
        """For each report, for each sentence, a number that all sentences of its lineage share."""
        threads: list[NDArray[np.int64]] = []
        begun = 0
        for table in self.provenance.tables:
            row = np.arange(begun, begun + len(table.copied_from))
            begun += len(row)
            for old in distinct_values(table.copied_from[table.copied_from >= 0]).tolist():
                here = table.copied_from == old
                row[here] = threads[old][table.sentence[here]]
            threads.append(row)
        return threads

    def _returned(self, report: int) -> NDArray[np.int64]:
        """The sentences of a report that some earlier report has, verbatim or edited, but not the one before it.

        The one before has a sentence where it has an equal one, one linked to it, or any wording of its lineage.
        """
        copied = self.provenance.tables[report].copied_from
        older = (copied >= 0) & (copied < report - 1)
        if older.any():
            older[self.alignment(report - 1, report).table.sentences(1)[0]] = False
            numbers = self.provenance.distinct.numbers
            older &= ~among(numbers[report], numbers[report - 1])
            older &= ~among(self._threads[report], self._threads[report - 1])
        return np.flatnonzero(older)

    @cached_property
    def literature(self) -> tuple[Literature, ...]:
        """The measures of the literature, a row a report."""
        from .literature import literature

        texts = [folded_words(self.vocabulary, witness) for witness in self.witnesses]
        numbers = self.provenance.distinct.numbers
        return literature(texts, numbers, self.similarity(Measure.TFIDF), self.settings.shingle)

    @cached_property
    def bands(self) -> tuple[Band | None, ...]:
        """How the shares against the main source move with the threshold of likeness; None where there is none."""
        return tuple(self._band(report) for report in range(len(self.series)))

    def _band(self, report: int) -> Band | None:
        reuse = self.measures[report].source
        if reuse is None:
            return None
        least = self.settings.likeness - BAND
        pair = self.vocabulary, self.witnesses[reuse.source], self.witnesses[report]
        uncut = self.provenance.uncut.get((reuse.source, report))
        found = align_reports(*pair, least) if uncut is None else without_unlike(*pair, uncut, least)
        return threshold_band(found, self.sentence_words[report], self.settings.likeness, reuse.words)

    def updated(self, report: int) -> tuple[bool, ...]:
        """For each sentence of a report whether it is its source but for light changes: numbers, dates, names, ..."""
        table, witness = self.provenance.tables[report], self.witnesses[report]
        flags = [False] * len(witness)
        for k in np.flatnonzero((table.copied_from >= 0) & (table.similarity < 1.0)).tolist():
            first, merged = int(table.sentence[k]), int(table.merged[k])
            source = self.witnesses[int(table.copied_from[k])].stretch(first, first + merged)
            flags[k] = self._updates.is_updated(source, witness.stretch(k, k + 1))
        return tuple(flags)

    @cached_property
    def updates(self) -> tuple[Updated | None, ...]:
        """For each report what was only updated, against its main source or else the whole past; None for the first."""
        return tuple(self._updated(report) if report else None for report in range(len(self.series)))

    def _updated(self, report: int) -> Updated:
        from .updates import Updated

        source = self.main_source(report)
        if source is not None:
            return self.updated_from(source, report)
        return Updated.of(self.updated(report), self.sentence_words[report].tolist())

    @cached_property
    def _updates(self) -> Updates:
        """Tells which sentences were updated and which reworded."""
        from .updates import Updates

        return Updates(self.vocabulary, self.usage)

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
        from .terms import Terms

        threads = [[0] * len(witness) for witness in self.witnesses]
        for number, lineage in enumerate(self.lineages):
            for stage in lineage.stages:
                threads[stage.report][stage.sentence] = number
        threads = [np.array(row, np.int64) for row in threads]
        return Terms(self.vocabulary, self.witnesses, self.provenance.distinct.numbers, threads, self.usage)

    @cached_property
    def usage(self) -> Usage:
        """The series' language, and which of its words are names."""
        return usage(self.vocabulary, self.witnesses)

    @cached_property
    def templates(self) -> tuple[Template, ...]:
        """The fixed words and the slots of every lineage, in order of lineage."""
        from .templates import templates

        return templates(self.lineages, self.series.reports, self.vocabulary, self.witnesses, self.usage)

    @cached_property
    def substitutions(self) -> tuple[Substitution, ...]:
        """What was replaced by what when sentences were copied, the most frequent first."""
        from .substitutions import substitutions

        found = self.provenance.origins
        return substitutions(self.series.reports, self.vocabulary, self.witnesses, found, self.usage)

    @cached_property
    def word_origins(self) -> tuple[NDArray[np.int64], ...]:
        """For each report, for each token, the number of the report in which it first stood."""
        return word_origins(self.vocabulary, self.witnesses, self.provenance.tables)

    @cached_property
    def returned(self) -> tuple[NDArray[np.bool_], ...]:
        """For each report, of each sentence, whether it came back: see `returned_past` in `litany measure`."""
        out = tuple(np.zeros(len(witness), np.bool_) for witness in self.witnesses)
        for report, mask in enumerate(out):
            mask[self._returned(report)] = True
        return out

    @cached_property
    def returned_words(self) -> tuple[NDArray[np.bool_], ...]:
        """For each report, for each token, whether it was dropped and came back in this report."""
        from .word_returns import returned_words

        return returned_words(self.vocabulary, self.witnesses, self.word_origins, self.lineages, self.returned)

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

    def occurrences(self, phrase: str) -> tuple[int, ...]:
        """How often a word or phrase stands in each report, case and punctuation aside; zeros where it has no words."""
        from .occurrences import occurrences

        query = _folded_words(phrase, self.vocabulary)
        return occurrences(query, self.vocabulary, self.witnesses) if query else (0,) * len(self.series)

    def clustered(self, measure: str = "tfidf") -> tuple[int, ...]:
        """The numbers of the reports in an order that brings similar ones together."""
        from .ordering import clustered

        return clustered(self.similarity(measure))

    def _repr_html_(self) -> str | None:
        """How a notebook shows it."""
        return notebook_html(self)

    def signature(self, *what: str) -> str:
        """The line printed with a figure."""
        return self.settings.signature(*what)

    def report(self, name: str) -> Report:
        """The report of that id. Raises `UsageError` where there is none."""
        return self.series.reports[self.series.index(name)]


def compare(
    series: Series,
    settings: Settings | None = None,
    *,
    remembered: Remembered = NOTHING_REMEMBERED,
    measured: bool = True,
) -> Comparison:
    """Compare all reports of a series with each other.

    `remembered` may know some of it from an earlier run; what it knows is not in `provenance.alignments`, which phases
    are made of. Measures are computed at once unless `measured` is false.
    """
    chosen = settings or Settings()
    vocabulary, witnesses = intern_reports(series.reports)
    provenance = trace(vocabulary, witnesses, chosen, remembered)
    comparison = Comparison(series, chosen, vocabulary, witnesses, provenance, remembered)
    if measured:
        _ = comparison.measures  # computed once, here, so that views take no time
    return comparison


def _folded_words(text: str, vocabulary: Vocabulary) -> list[int]:
    """The words of any text as folded ids of the vocabulary; words that it does not have get ids of their own."""
    ids = {fold(string): form for string, form in zip(vocabulary.strings, vocabulary.folded.tolist(), strict=True)}
    tokens = tokenize(text)
    words = [text[start:end] for start, end in tokens.spans[tokens.is_word].tolist()]
    return [ids.setdefault(fold(word), len(vocabulary) + k) for k, word in enumerate(words)]
