"""Words that came and went: the terms that enter, leave or return, and those that mark a phase or a year."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .distinct import ascending, distinct_values, numbered, ranked
from .usage import NOTHING_KNOWN, Usage
from .vocabulary import Vocabulary, Witness
from .words import CONTENT, weight

Ids = NDArray[np.int64]
Values = NDArray[np.float64]

LONGEST = 3
"""Words in a phrase that is counted, at most."""
GROWN = 8
"""Words in a term, at most: a phrase grows by the words that stand beside it wherever it stands."""
MOSTLY = 0.8
"""Share of its places at which a term stands inside a longer one, from which on only the longer one is told."""
SHORT = 4
"""Letters of one of the commonest words that is no term by itself, at most."""
SHORTEST = 2
"""Letters of a word in lower case that is a function word however seldom it stands, at most."""
Z = 1.96
"""A term is worth naming from this z score: its being missing elsewhere is chance with a probability under 5 %."""
MOST = 1000
"""Terms that are kept of a series, at most: those with the highest z scores."""
MARKS = 20
"""Terms that are kept of a phase or a year, at most."""


class Course(enum.StrEnum):
    """What became of a term in the course of the series."""

    ENTERED = "entered"
    """Came in later than the first report, and stayed."""
    LEFT = "left"
    """Was there from the first report on, and went."""
    PASSED = "passed"
    """Came in, and went."""
    RETURNED = "returned"
    """Was gone for a report or more between two that have it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase that some reports have and others have not."""

    text: str
    """As it is most often written."""
    size: int
    """How many words it has."""
    counts: tuple[int, ...]
    """How often it stands in each report."""
    sentences: int
    """In how many different sentences it stands, copies of a sentence being the same one."""
    log_odds: float
    """Log-odds ratio, natural logarithm, of the reports that have it against those that have not: see `log_odds`."""
    z: float
    """That in standard deviations: how little its being missing looks like chance."""

    @property
    def total(self) -> int:
        """How often it stands in the series."""
        return sum(self.counts)

    @property
    def reports(self) -> tuple[int, ...]:
        """The numbers of the reports that have it."""
        return tuple(k for k, count in enumerate(self.counts) if count)

    @property
    def entered(self) -> int | None:
        """The number of the report it came in with; None where the first report has it."""
        return self.reports[0] or None

    @property
    def left(self) -> int | None:
        """The number of the first report after its last; None where the latest report has it."""
        after = self.reports[-1] + 1
        return after if after < len(self.counts) else None

    @property
    def returned(self) -> tuple[int, ...]:
        """The numbers of the reports it came back in, having been absent from the one before."""
        return tuple(k for k in self.reports[1:] if not self.counts[k - 1])

    @property
    def course(self) -> Course:
        """What became of it."""
        return course(self.counts)


def course(counts: Sequence[int]) -> Course:
    """What became of a term that stands so often in each report: not 0 in all of them, nor above 0 in all."""
    held = [report for report, times in enumerate(counts) if times]
    if len(held) <= held[-1] - held[0]:
        return Course.RETURNED
    if held[0] == 0:
        return Course.LEFT
    return Course.ENTERED if held[-1] == len(counts) - 1 else Course.PASSED


@dataclass(frozen=True, slots=True)
class Mark:
    """A term that stands in some reports more often than in all others."""

    text: str
    """As it is most often written."""
    size: int
    """How many words it has."""
    count: int
    """How often it stands in those reports."""
    rest: int
    """How often it stands in all others."""
    log_odds: float
    """Log-odds ratio, natural logarithm, of those reports against all others: see `log_odds`."""
    z: float
    """That in standard deviations."""


def log_odds(
    count: NDArray[np.integer[Any]],
    words: Values | float,
    rest: NDArray[np.integer[Any]],
    rest_words: Values | float,
    prior_size: float,
) -> tuple[Values, Values]:
    """Log-odds ratio with an informative Dirichlet prior, and its z score (Monroe, Colaresi and Quinn 2008).

    delta = ln((y + a) / (n + A - y - a)) - ln((y' + a) / (n' + A - y' - a)), its variance about 1 / (y + a) + 1 / (y'
    + a), z = delta / sqrt(variance). y of the n words are the term in one part (`count`, `words`), y' of n' in the
    other. A is `prior_size`, the words that the prior counts for; a = A (y + y') / (n + n') are the term.
    """
    y, n = np.asarray(count, np.float64), np.asarray(words, np.float64)
    other, others = np.asarray(rest, np.float64), np.asarray(rest_words, np.float64)
    a = prior_size * (y + other) / np.maximum(n + others, 1.0)
    odds = (y + a) / np.maximum(n + prior_size - y - a, 1e-9)
    other_odds = (other + a) / np.maximum(others + prior_size - other - a, 1e-9)
    delta = np.log(odds / other_odds)
    return delta, delta / np.sqrt(1.0 / (y + a) + 1.0 / (other + a))


class Terms:
    """All words and phrases of a series that could be terms, counted.

    A term is a word, or two or three with no punctuation between them, that neither begins nor ends with a function
    word or a number. A phrase stands in two different sentences at least, copies of a sentence being the same one, or
    is a name: all its words are capitals' wherever it stands. Otherwise it is only a part of its sentence. A term of
    which every place has the same word beside it is told with that word: it is a piece of a longer phrase.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        witnesses: Sequence[Witness],
        numbers: Sequence[Ids],
        threads: Sequence[Ids],
        usage: Usage = NOTHING_KNOWN,
    ) -> None:
        """For each report, for each sentence, `numbers` gives the number of the distinct sentence it is, and `threads`
        that of the lineage it belongs to."""
        self.vocabulary = vocabulary
        self.reports = len(witnesses)
        self.stream = _Stream(vocabulary, witnesses, _originals(numbers, threads), usage)
        self.words = np.array([np.count_nonzero(vocabulary.is_word[w.tokens]) for w in witnesses], np.int64)
        self.levels = [_Level(self.stream, size) for size in range(1, LONGEST + 1)]
        self.prior_size = float(self.words.sum()) / max(self.reports, 1)

    def came_and_went(self) -> tuple[Term, ...]:
        """The terms that enter, leave or return, the surest first; terms that every report has are not among them."""
        total = float(self.words.sum())
        chosen: list[tuple[int, Ids, Values, Values]] = []
        for number, level in enumerate(self.levels):
            present = np.bincount(level.pair_gram, self.words[level.pair_report], len(level.totals))
            rows = np.flatnonzero(level.worthy & (level.held < self.reports))
            counts, words = level.totals[rows], np.asarray(present[rows], np.float64)
            delta, z = log_odds(counts, words, np.zeros_like(counts), total - words, self.prior_size)
            chosen.append((number, rows[z >= Z], delta[z >= Z], z[z >= Z]))
        return tuple(
            Term(
                named.text,
                named.size,
                self.levels[named.level].counts(named.gram, self.reports),
                named.sentences,
                named.log_odds,
                named.z,
            )
            for named in self._named(chosen, MOST)
        )

    def marks(self, group: Sequence[int]) -> tuple[Mark, ...]:
        """The terms that mark some reports against all others, the surest first, at most `MARKS`."""
        inside = np.zeros(self.reports, np.bool_)
        inside[list(group)] = True
        total, words = float(self.words.sum()), float(self.words[inside].sum())
        if inside.all() or not inside.any():
            return ()
        chosen: list[tuple[int, Ids, Values, Values]] = []
        counts: list[Ids] = []
        for number, level in enumerate(self.levels):
            pairs = level.pairs_of(sorted(set(group)))
            held = np.bincount(level.pair_gram[pairs], level.pair_count[pairs], len(level.totals)).astype(np.int64)
            rows = np.flatnonzero(level.worthy & (held > 0))
            y = held[rows]
            delta, z = log_odds(y, words, level.totals[rows] - y, total - words, self.prior_size)
            chosen.append((number, rows[z >= Z], delta[z >= Z], z[z >= Z]))
            counts.append(held)
        return tuple(
            Mark(
                named.text,
                named.size,
                int(counts[named.level][named.gram]),
                int((self.levels[named.level].totals - counts[named.level])[named.gram]),
                named.log_odds,
                named.z,
            )
            for named in self._named(chosen, MARKS)
        )

    def _named(self, chosen: list[tuple[int, Ids, Values, Values]], most: int) -> Iterator[_Named]:
        """The chosen terms, the surest first, without those that stand mostly inside a longer one of them."""
        inside = [np.zeros(len(level.totals), np.bool_) for level in self.levels]
        for number, rows, _, _ in chosen[1:]:
            for lower, gram, part in self.levels[number].parts(rows, self.levels[:number]):
                mostly = self.levels[number].totals[gram] >= MOSTLY * self.levels[lower].totals[part]
                inside[lower][part[mostly]] = True
        ranked = sorted(
            (-z, -int(self.levels[k].totals[gram]), self._rank(k, gram), gram, delta, k)
            for k, rows, deltas, scores in chosen
            for gram, delta, z in zip(rows.tolist(), deltas.tolist(), scores.tolist(), strict=True)
            if not inside[k][gram]
        )[: 4 * most]
        reach = self._grown([(k, gram) for _, _, _, gram, _, k in ranked])
        taken: dict[int, int] = {}  # the place of each word of a kept term, and how often that term stands
        for z, total, _, gram, delta, k in ranked:
            level, (before, after) = self.levels[k], reach[k, gram]
            first, size = int(level.firsts[gram]) - before, before + level.size + after
            places = range(first, first + size)
            if any(taken.get(place) == total for place in places):
                continue  # another piece of the same long phrase
            taken.update(dict.fromkeys(places, total))
            most -= 1
            text = level.text(gram, before, size, self.vocabulary, self.stream)
            yield _Named(text, size, k, gram, int(level.threads[gram]), delta, -z)
            if not most:
                return

    def _grown(self, terms: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
        """How many words each term, given as its length's number and its own, grows by to the left and the right."""
        out: dict[tuple[int, int], tuple[int, int]] = {}
        for number, level in enumerate(self.levels):
            grams = [gram for k, gram in terms if k == number]
            if grams:
                before, after = level.grown(np.array(grams, np.int64), self.stream)
                for gram, left, right in zip(grams, before.tolist(), after.tolist(), strict=True):
                    out[number, gram] = (left, right)
        return out

    def _rank(self, number: int, gram: int) -> tuple[int, int, int]:
        """Which of terms as sure is told first: names, then long phrases without function words, then early ones."""
        level = self.levels[number]
        at = slice(int(level.firsts[gram]), int(level.firsts[gram]) + level.size)
        capitals, content = int(self.stream.capital[at].sum()), int(self.stream.edge[at].sum())
        return -capitals, -content, int(level.firsts[gram])


@dataclass(frozen=True, slots=True)
class _Named:
    """A term that is told."""

    text: str
    """As it is most often written."""
    size: int
    """How many words it has."""
    level: int
    """The number of the length that it was counted at."""
    gram: int
    """Its number there."""
    sentences: int
    """In how many lineages it stands."""
    log_odds: float
    """See `log_odds`."""
    z: float
    """That in standard deviations."""


@dataclass(frozen=True, slots=True)
class _Originals:
    """The different sentences of a series: copies of one, word for word, in its lineage are the same one."""

    is_first: NDArray[np.bool_]
    """Of all sentences, report after report, which are not such a copy of an earlier one. All below is of these."""
    thread: Ids
    """The lineage of each."""
    times: Ids
    """How often each stands in the series."""
    bounds: Ids
    """Where in the rows that follow those of each begin, and where the last one's end."""
    report: Ids
    """A row for each report that has it, in order: the report's number."""
    count: Ids
    """And how often it stands there."""

    def rows(self, chosen: Ids) -> tuple[Ids, Ids]:
        """The rows of the chosen ones, one after the other, and which of the chosen each is of."""
        first, sizes = self.bounds[chosen], self.bounds[chosen + 1] - self.bounds[chosen]
        of = np.repeat(np.arange(len(chosen)), sizes)
        return np.arange(len(of)) + (first - np.cumsum(sizes) + sizes)[of], of


def _originals(numbers: Sequence[Ids], threads: Sequence[Ids]) -> _Originals:
    """The different sentences; what is given is as in `Terms`."""
    none = np.zeros(0, np.int64)
    number, thread = np.concatenate([none, *numbers]), np.concatenate([none, *threads])
    report = np.repeat(np.arange(len(numbers)), [len(row) for row in numbers])
    ranks, order = ranked(number * (int(thread.max(initial=0)) + 1) + thread)
    firsts = order[np.diff(ranks[order], prepend=-1) > 0]
    is_first = np.zeros(len(ranks), np.bool_)
    is_first[firsts] = True
    original = (np.cumsum(is_first) - 1)[firsts[ranks]]
    held, count = _counted(original * len(numbers) + report, np.ones(len(original), np.int64))
    owner, report = np.divmod(held, max(len(numbers), 1))
    bounds = np.searchsorted(owner, np.arange(len(firsts) + 1))
    return _Originals(is_first, thread[is_first], np.bincount(original), bounds, report, count)


def _counted(values: Ids, times: Ids) -> tuple[Ids, Ids]:
    """The distinct numbers, none negative, ascending, and the sum of the `times`, above 0, of each."""
    if int(values.max(initial=0)) < len(values):  # a table of them takes no more than they do, and no sorting
        sums = np.bincount(values, times).astype(np.int64)
        held = np.flatnonzero(sums)
        return held, sums[held]
    ranks, order = ranked(values)
    begun = np.diff(ranks[order], prepend=-1) > 0
    return values[order[begun]], np.bincount(ranks, times).astype(np.int64)


class _Stream:
    """The words of the different sentences of all reports, end to end: most of a series is copied, so that it is a
    fraction of its words."""

    def __init__(
        self, vocabulary: Vocabulary, witnesses: Sequence[Witness], originals: _Originals, usage: Usage
    ) -> None:
        none = np.zeros(0, np.int64)
        lengths = np.concatenate([none, *(np.diff(w.sentence_starts) for w in witnesses)])
        tokens = np.concatenate([none.astype(np.int32), *(w.tokens for w in witnesses)])
        tokens, lengths = tokens[np.repeat(originals.is_first, lengths)], lengths[originals.is_first]
        kept = np.flatnonzero(vocabulary.is_word[tokens])
        self.reports, self.originals = len(witnesses), originals
        self.tokens = tokens[kept].astype(np.int64)
        self.forms = vocabulary.folded[self.tokens].astype(np.int64)
        self.original = np.repeat(np.arange(len(lengths)), lengths)[kept]
        """Of which sentence each word is."""
        self.times, self.thread = originals.times[self.original], originals.thread[self.original]
        # two words are of one phrase where no punctuation and no end of a sentence is between them
        self.stretch = kept - np.arange(len(kept)) + self.original
        common = _common(vocabulary, self.forms, self.thread)
        times = np.bincount(self.tokens, self.times, len(vocabulary)).astype(np.int64)
        self.edge = _edges(vocabulary, times, common, usage)[self.forms]
        capital = np.fromiter((s[:1].isupper() for s in vocabulary.strings), np.bool_, len(vocabulary))
        self.capital = capital[self.tokens]
        self.dull = common & _short(vocabulary)


def _edges(vocabulary: Vocabulary, times: Ids, common: NDArray[np.bool_], usage: Usage) -> NDArray[np.bool_]:
    """For each folded form whether a term may begin or end with it: no function word, no number, no initial.

    A function word is one of those of the series' language, unless it is a name; or it is short, stands in lower case
    more often than not, and is among the `common` forms, or shorter. `times` is how often each token stands there.
    """
    all_times = np.bincount(vocabulary.folded, times, len(common))

    def mostly(is_such: Callable[[str], bool], among: NDArray[np.bool_]) -> NDArray[np.bool_]:
        tokens = np.flatnonzero(among[vocabulary.folded])
        such = np.fromiter((is_such(vocabulary.strings[k]) for k in tokens.tolist()), np.bool_, len(tokens))
        return 2 * np.bincount(vocabulary.folded[tokens], times[tokens] * such, len(common)) > all_times

    every = np.ones(len(common), np.bool_)
    shortest = mostly(lambda word: len(word) <= SHORTEST, every)
    function = mostly(lambda word: weight(word) < CONTENT, common | shortest)
    listed = mostly(lambda word: usage.is_function_word(word) and not usage.is_name(word), every)
    return ~(listed | function | mostly(_is_figure, every))


def _is_figure(word: str) -> bool:
    """Whether it is a number or an initial. One letter of a script without capitals is a word."""
    return word[:1].isdigit() or (len(word) == 1 and word.lower() != word.upper())


def _common(vocabulary: Vocabulary, forms: Ids, threads: Ids) -> NDArray[np.bool_]:
    """For each folded form whether it is one of the commonest, which make up half of the text.

    Copies of a sentence count once. In any language the short ones of them say how, not what (Zipf 1935).
    """
    count = int(vocabulary.folded.max(initial=-1)) + 1
    span = int(threads.max(initial=0)) + 1
    times = np.bincount(distinct_values(forms * span + threads) // span, minlength=count)
    ranked = np.sort(times)[::-1]
    half = int(np.searchsorted(np.cumsum(ranked), times.sum() / 2))
    # all or none of those that are as common as the last
    return times > (ranked[half] if half < count else 0)


def _short(vocabulary: Vocabulary) -> NDArray[np.bool_]:
    """For each folded form whether it is short, in a script with lower case."""
    out = np.zeros(int(vocabulary.folded.max(initial=-1)) + 1, np.bool_)
    small = [len(word) <= SHORT and word.islower() for word in vocabulary.strings]
    out[vocabulary.folded[np.array(small, np.bool_)]] = True
    return out


def _phrases(forms: Ids, starts: Ids, size: int) -> tuple[Ids, Ids]:
    """The number of the phrase at each start, from 0, in order of the forms of their words; and the starts in the
    order of these numbers, equal ones as they stand."""
    span = int(forms.max(initial=0)) + 1
    keys = forms[starts]
    for step in range(1, size):
        if int(keys.max(initial=0)) >= (1 << 62) // span:
            keys = numbered(keys)
        keys = keys * span + forms[starts + step]
    return ranked(keys)


class _Level:
    """The phrases of one length, as numbers in order of first appearance in the sorted vocabulary of forms."""

    def __init__(self, stream: _Stream, size: int) -> None:
        last = max(len(stream.forms) - size + 1, 0)
        starts = np.arange(last)
        whole = stream.stretch[starts] == stream.stretch[starts + size - 1]
        self.starts = starts[whole & stream.edge[starts] & stream.edge[starts + size - 1]]
        self.grams, self._order = _phrases(stream.forms, self.starts, size)
        self._bounds = np.concatenate(([0], np.cumsum(np.bincount(self.grams))))
        self.size = size
        self.firsts = self.starts[self._order[self._bounds[:-1]]]
        self.totals = np.bincount(self.grams, stream.times[self.starts]).astype(np.int64)
        """How often each stands in the series."""
        span = int(stream.thread.max(initial=0)) + 1
        held = distinct_values(self.grams * span + stream.thread[self.starts])
        self.threads = np.bincount(held // span, minlength=len(self.totals))
        """In how many lineages each stands."""
        self.names = np.ones(len(self.totals), np.bool_)
        """Which have capitals only, wherever they stand."""
        for step in range(size):
            self.names[self.grams[~stream.capital[self.starts + step]]] = False
        self.worthy = ~stream.dull[stream.forms[self.firsts]] if size == 1 else (self.threads > 1) | self.names
        """Which may be terms."""
        places = np.flatnonzero(self.worthy[self.grams])
        rows, of = stream.originals.rows(stream.original[self.starts[places]])
        keys = self.grams[places][of] * stream.reports + stream.originals.report[rows]
        pairs, self.pair_count = _counted(keys, stream.originals.count[rows])
        self.pair_gram, self.pair_report = np.divmod(pairs, max(stream.reports, 1))
        """Each of these and each report that has it, in order."""
        self.held = np.bincount(self.pair_gram, minlength=len(self.totals))
        """In how many reports each of these stands."""

    @cached_property
    def _by_report(self) -> tuple[Ids, Ids]:
        """The pairs of a phrase and a report in order of reports, and where those of each begin."""
        order = ascending(self.pair_report)
        return order, np.cumsum([0, *np.bincount(self.pair_report).tolist()])

    def pairs_of(self, reports: Sequence[int]) -> Ids:
        """The numbers of the pairs that are of these reports."""
        order, bounds = self._by_report
        known = [report for report in reports if report < len(bounds) - 1]
        return np.concatenate([order[:0], *(order[bounds[report] : bounds[report + 1]] for report in known)])

    def counts(self, gram: int, reports: int) -> tuple[int, ...]:
        """How often a phrase stands in each report."""
        first, last = np.searchsorted(self.pair_gram, (gram, gram + 1))
        out = np.zeros(reports, np.int64)
        out[self.pair_report[first:last]] = self.pair_count[first:last]
        return tuple(out.tolist())

    def grown(self, grams: Ids, stream: _Stream) -> tuple[Ids, Ids]:
        """By how many words each phrase grows, to the left and to the right: the same words wherever it stands.

        One that stands in a single sentence does not, unless it is a name and so are they: it would become that
        sentence. No phrase ends in a function word.
        """
        times = np.diff(self._bounds)[grams]
        bounds = np.concatenate(([0], np.cumsum(times)[:-1]))
        of = np.repeat(np.arange(len(grams)), times)
        starts = self.starts[self._order[np.arange(int(times.sum())) - bounds[of] + self._bounds[grams][of]]]
        before, after = np.zeros(len(grams), np.int64), np.zeros(len(grams), np.int64)
        for side, way in ((after, 1), (before, -1)):
            growing = (self.threads[grams] > 1) | self.names[grams]
            while growing.any():
                there = starts + (self.size + after[of] if way > 0 else -1 - before[of])
                known = np.clip(there, 0, len(stream.forms) - 1)
                near = (there == known) & (stream.stretch[known] == stream.stretch[starts])
                forms = np.where(near, stream.forms[known], -1)
                least = np.minimum.reduceat(forms, bounds)
                capital = np.logical_and.reduceat(stream.capital[known], bounds)
                growing &= (least >= 0) & (least == np.maximum.reduceat(forms, bounds))
                growing &= (self.threads[grams] > 1) | capital
                growing &= before + self.size + after < GROWN
                side += growing
        firsts = starts[bounds]
        for _ in range(GROWN):
            after -= (after > 0) & ~stream.edge[firsts + self.size - 1 + after]
            before -= (before > 0) & ~stream.edge[firsts - before]
        return before, after

    def text(self, gram: int, before: int, size: int, vocabulary: Vocabulary, stream: _Stream) -> str:
        """A phrase that begins so many words before and is so long, as it is most often written; of equals as first."""
        starts = self.starts[self._order[self._bounds[gram] : self._bounds[gram + 1]]] - before
        written: dict[tuple[int, ...], int] = {}
        rows = stream.tokens[starts[:, None] + np.arange(size)].tolist()
        for row, times in zip(rows, stream.times[starts].tolist(), strict=True):
            written[tuple(row)] = written.get(tuple(row), 0) + times
        best = max(written, key=lambda row: written[row])
        return " ".join(vocabulary.strings[token] for token in best)

    def parts(self, rows: Ids, lower: Sequence[_Level]) -> Iterator[tuple[int, Ids, Ids]]:
        """The shorter phrases that stand in the chosen ones: which length, which chosen phrase, which shorter one."""
        for number, level in enumerate(lower):
            for offset in range(self.size - level.size + 1):
                places = self.firsts[rows] + offset
                at = np.searchsorted(level.starts, places)
                found = (
                    np.flatnonzero(level.starts[np.minimum(at, max(len(level.starts) - 1, 0))] == places)
                    if len(level.starts)
                    else at[:0]
                )
                yield number, rows[found], level.grams[at[found]]
