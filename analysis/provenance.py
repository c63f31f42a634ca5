"""Where each sentence was copied from, and where it first stood: anywhere in the past, not only last year.

Most of a series is copied, so the work is done on its distinct sentences. A report's candidates for a sentence are the
earlier places of the same sentence and of the similar ones; only the few reports that cover most of it are aligned
with it in full, which finds what was split, merged and moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from .alignment import align
from .distinct import Distinct, distinct_sentences
from .likeness import alike, without_unlike
from .links import Alignment, Kind
from .measures import sentence_words
from .parts import Parts, parts_of
from .settings import Settings
from .vocabulary import Vocabulary, Witness, intern_sentences

Alignments = dict[tuple[int, int], Alignment]  # (older report, newer report)
Table = NDArray[np.float64]  # (sentences of a report, earlier reports): the best likeness; 0 where there is none

MAIN_SOURCE = 0.25
"""Share of a report's words, weighted by likeness, that a report must cover to be its main source."""
EQUALLY = 5.0
"""Words by which reports that cover a report may differ and still do so equally well, ..."""
NEARLY = 0.03
"""... or share of its words, if that is less: of such reports the one in whose order it has the text is its main
source, and of those that have moved as little the latest."""
SOURCES = 3
"""A report is aligned in full with at most so many of the reports that cover it."""
WORTH_ALIGNING = 0.02
"""Share of a report's words that a further source must cover better than those before it to be aligned in full."""
CANDIDATES = 4
"""Where they are fewer, reports that have most of its words are aligned with it too, up to so many in all, ..."""
CHEAP = 250_000
"""... if its sentences that they do not have x theirs are no more than this: so many pairs are looked at."""
MOST_ALIGNED = 8
"""A report that would be the main source is aligned in full in any case, up to so many in all."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sentence comes from."""

    first_seen: int
    """The number of the report in which it, or what it was made from, first stood; its own report if it is new."""
    copied_from: int | None
    """The number of the earlier report that it was copied from; None for a new sentence."""
    sentence: int | None
    """Which sentence of that report, from 0; the first of several that were merged. None for a new sentence."""
    kind: Kind
    """VERBATIM, EDITED or NEW, against that sentence."""
    similarity: float | None
    """To that sentence, 0..1; None for a new sentence."""
    moved: bool = False
    """True where it stands elsewhere among its neighbours than it did there."""
    merged: int = 1
    """How many sentences of that report, from `sentence` on, it was made from."""
    split: int = 1
    """How many sentences that one became, this one among them."""


@dataclass(frozen=True, slots=True, eq=False)
class Origins:
    """The origins of a report's sentences as arrays, one entry a sentence."""

    first_seen: NDArray[np.int32]
    """The report in which each first stood."""
    copied_from: NDArray[np.int32]
    """The earlier report that each was copied from; -1 for a new sentence."""
    sentence: NDArray[np.int32]
    """Which sentence of that report; -1 for a new sentence."""
    similarity: NDArray[np.float64]
    """To that sentence: 1 where verbatim, less where edited; -1 for a new sentence."""
    moved: NDArray[np.bool_]
    """Whether each stands elsewhere among its neighbours than it did there."""
    merged: NDArray[np.int32]
    """How many sentences of that report, from `sentence` on, each was made from."""
    split: NDArray[np.int32]
    """How many sentences that one became, this one among them."""

    @classmethod
    def new(cls, report: int, sentences: int) -> Origins:
        """All sentences new, so far."""
        none = np.full(sentences, -1, np.int32)
        return cls(
            np.full(sentences, report, np.int32),
            none,
            none.copy(),
            np.full(sentences, -1.0),
            np.zeros(sentences, np.bool_),
            np.ones(sentences, np.int32),
            np.ones(sentences, np.int32),
        )

    def values(self) -> Iterator[Origin]:
        """The origins as values."""
        columns = (
            *(self.first_seen, self.copied_from, self.sentence, self.similarity),
            *(self.moved, self.merged, self.split),
        )
        for first, old, i, similarity, *rest in zip(*(column.tolist() for column in columns), strict=True):
            if old < 0:
                yield Origin(first, None, None, Kind.NEW, None)
            else:
                kind = Kind.VERBATIM if similarity == 1.0 else Kind.EDITED
                yield Origin(first, old, i, kind, similarity, *rest)


@dataclass(frozen=True, eq=False)
class Provenance:
    """The origins of all sentences of a series."""

    tables: tuple[Origins, ...]
    """For each report, the origins of its sentences."""
    coverage: NDArray[np.float64]
    """Shape (reports, reports): words of the row that have a counterpart in the (earlier) column, weighted by
    similarity, as a share of the row's words; 0 for columns that are not earlier."""
    main_sources: tuple[int | None, ...]
    """For each report the earlier report that covers most of it, the latest of those that do so equally well; None
    where none covers enough to say that it was written from it."""
    alignments: Alignments
    """The alignments that were made on the way."""
    uncut: Alignments
    """Of these, those with main sources as `align` made them, with links of any likeness."""
    distinct: Distinct
    """The distinct sentences of the series."""

    @cached_property
    def origins(self) -> tuple[tuple[Origin, ...], ...]:
        """The same as values: for each report, for each sentence."""
        return tuple(tuple(table.values()) for table in self.tables)


def trace_origins(versions: Sequence[Sequence[str]]) -> tuple[tuple[Origin, ...], ...]:
    """Where each sentence of each version comes from: [version][sentence], version 0 the oldest.

    A sentence is copied from the most similar sentence of any earlier version; among equals from the version that most
    of its own was copied from, else from the one that its neighbours were copied from too, else from the latest.
    `first_seen` follows the copies back.
    """
    return trace(*intern_sentences(versions), Settings()).origins


class Remembered:
    """What earlier runs found out about reports of the same texts. This one remembers nothing."""

    def alignment(self, old: int, new: int, make: Callable[[], Alignment]) -> Alignment:
        """The alignment of an older and a newer report by their numbers, made where it is not known."""
        return make()

    def traced(self, new: int) -> Traced | None:
        """What `trace` made of a report, where the reports up to it are the same."""
        return None

    def keep(self, new: int, traced: Traced) -> None:
        """Remember what `trace` made of a report."""


NOTHING_REMEMBERED = Remembered()


@dataclass(frozen=True, slots=True)
class Traced:
    """What `trace` makes of one report."""

    origins: Origins
    """Where each sentence comes from."""
    coverage: tuple[float, ...]
    """How much each earlier report covers of it."""
    main_source: int | None
    """The report that it was mostly copied from."""


def trace(
    vocabulary: Vocabulary,
    witnesses: Sequence[Witness],
    settings: Settings,
    remembered: Remembered = NOTHING_REMEMBERED,
) -> Provenance:
    """The provenance of all sentences of reports given in order of time."""
    past = _Past(vocabulary, witnesses)
    overlaps = _overlaps(vocabulary, witnesses)
    coverage = np.zeros((len(witnesses), len(witnesses)))
    origins: list[Origins] = []
    main_sources: list[int | None] = []
    alignments: Alignments = {}
    uncut: Alignments = {}
    for new, witness in enumerate(witnesses):
        known = remembered.traced(new)
        if known is not None:
            origins.append(known.origins)
            coverage[new, :new] = known.coverage
            main_sources.append(known.main_source)
            continue
        words = sentence_words(vocabulary, witness)
        table = past.table(new)
        links: dict[int, Parts] = {}
        made: dict[int, Alignment] = {}
        worth = _worth_aligning(table, words, overlaps[new, :new], past.sizes)
        while True:
            for old in worth:
                make = partial(_aligned, past, (old, new), settings.likeness, made)
                alignments[old, new] = remembered.alignment(old, new, make)
                table_of = alignments[old, new].table
                links[old] = parts_of(vocabulary, witnesses[old], witness, table_of, settings.likeness)
                _decide(table[:, old], links[old])
            coverage[new, :new] = words @ table / max(int(words.sum()), 1)
            main = _main_source(coverage[new, :new], int(words.sum()))
            if main is None or main in links or len(links) >= MOST_ALIGNED:
                break
            # one that was not aligned may seem to cover more, as there a sentence counts for each that is like it
            worth = [main]
        main = _least_moved(main, coverage[new, :new], words, links)
        main_sources.append(main)
        if main in made:
            uncut[main, new] = made[main]
        origins.append(_origins(new, table, main, links, past, origins))
        remembered.keep(new, Traced(origins[-1], tuple(coverage[new, :new].tolist()), main))
    return Provenance(tuple(origins), coverage, tuple(main_sources), alignments, uncut, past.distinct)


def _aligned(past: _Past, pair: tuple[int, int], least: float, made: dict[int, Alignment]) -> Alignment:
    """The alignment of two reports, an older and a newer one; what it was cut from is put into `made`."""
    old, new = (past.witnesses[report] for report in pair)
    numbers = past.numbers[pair[0]], past.numbers[pair[1]]
    found = made[pair[0]] = align(past.vocabulary, old, new, numbers=numbers)
    return without_unlike(past.vocabulary, old, new, found, least)


class _Past:
    """Where the distinct sentences of a series stand, and which of them are similar."""

    def __init__(self, vocabulary: Vocabulary, witnesses: Sequence[Witness]) -> None:
        self.vocabulary, self.witnesses = vocabulary, witnesses
        self.distinct = distinct = distinct_sentences(witnesses)
        self.numbers = distinct.numbers
        self.sizes = [len(witness) for witness in witnesses]
        # distinct sentence k is similar to others[starts[k]:starts[k + 1]], first of all to itself
        self.starts, self.others, self.similarity = _similar(vocabulary, distinct.sentences)
        self._place(len(distinct.sentences), len(witnesses))

    def _place(self, sentences: int, reports: int) -> None:
        """Index the places by (distinct sentence, report): `keys` with repeats, `pairs` without."""
        report = np.repeat(np.arange(reports), self.sizes)
        position = np.concatenate([np.arange(size) for size in self.sizes]) if self.sizes else report
        keys = (np.concatenate(self.numbers) if self.numbers else report) * reports + report
        order = np.argsort(keys, kind="stable")
        self.keys, self.positions = keys[order], position[order]
        pairs = self.keys[np.append(True, self.keys[1:] != self.keys[:-1])[: len(keys)]]
        self.pair_reports = pairs % max(reports, 1)
        self.pair_starts = np.searchsorted(pairs, np.arange(sentences + 1) * reports)

    def table(self, new: int) -> Table:
        """The best similarity of each sentence of report `new` to any sentence of each earlier report."""
        numbers = self.numbers[new]
        out = np.zeros((len(numbers), new))
        rows, at = _expanded(self.starts, numbers)
        which, pairs = _expanded(self.pair_starts, self.others[at])
        reports = self.pair_reports[pairs]
        earlier = np.flatnonzero(reports < new)
        which = which[earlier]
        np.maximum.at(out, (rows[which], reports[earlier]), self.similarity[at][which])
        return out

    def best_place(self, number: int, old: int, wanted: float) -> int:
        """The sentence of report `old` that is most similar to a distinct sentence; of equals the nearest to `wanted`.

        Only for a sentence and a report that the table links.
        """
        best = (-1.0, 0.0, -1)
        for at in range(int(self.starts[number]), int(self.starts[number + 1])):
            key = int(self.others[at]) * len(self.sizes) + old
            first, last = np.searchsorted(self.keys, (key, key + 1))
            near = first + np.searchsorted(self.positions[first:last], wanted)
            for place in range(max(int(first), int(near) - 1), min(int(last), int(near) + 1)):
                position = int(self.positions[place])
                best = max(best, (float(self.similarity[at]), -abs(position - wanted), position))
        return best[2]


def _similar(
    vocabulary: Vocabulary, sentences: Witness
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """For each sentence those similar to it, itself with 1.0: a ragged table as starts, sentences, similarities."""
    count = len(sentences)
    left, right, similarity = alike(vocabulary, sentences)
    rows = np.concatenate((np.arange(count), left, right))
    columns = np.concatenate((np.arange(count), right, left))
    values = np.concatenate((np.ones(count), similarity, similarity))
    order = np.lexsort((columns, rows))
    return np.searchsorted(rows[order], np.arange(count + 1)), columns[order], values[order]


def _expanded(starts: NDArray[np.int64], chosen: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The chosen rows of a ragged table end to end: for each entry which of `chosen` it is in, and its index."""
    sizes = starts[chosen + 1] - starts[chosen]
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(np.arange(len(chosen)), sizes), np.arange(total) + np.repeat(starts[chosen] - ends + sizes, sizes)


def _worth_aligning(
    table: Table, words: NDArray[np.int64], overlap: NDArray[np.float64], sizes: list[int]
) -> list[int]:
    """The earlier reports to align a report with: those that cover it best, one after the other, then by `overlap`.

    Nothing here depends on how many other reports there are, or how near: an unrelated one changes nothing.
    """
    chosen: list[int] = []
    covered = np.zeros(len(table))
    while len(chosen) < SOURCES:
        gains: NDArray[np.float64] = words.astype(np.float64) @ np.maximum(table - covered[:, None], 0.0)
        best = _latest_best(gains)
        if best is None or gains[best] < WORTH_ALIGNING * words.sum():
            break
        chosen.append(best)
        covered = np.maximum(covered, table[:, best])
    if (covered == 1.0).all():
        return sorted(chosen)
    differing = (table < 1.0).sum(axis=0)
    for old in sorted(range(len(overlap)), key=lambda old: (-overlap[old], -old)):
        if len(chosen) < CANDIDATES and old not in chosen and overlap[old] > 0 and differing[old] * sizes[old] <= CHEAP:
            chosen.append(old)
    return sorted(chosen)


def _overlaps(vocabulary: Vocabulary, witnesses: Sequence[Witness]) -> NDArray[np.float64]:
    """The share of the row's distinct words, case aside, that stand in the column: shape (reports, reports)."""
    present = np.zeros((len(witnesses), int(vocabulary.folded.max(initial=-1)) + 1), np.float32)
    for row, witness in zip(present, witnesses, strict=True):
        row[vocabulary.folded[witness.tokens[vocabulary.is_word[witness.tokens]]]] = 1.0
    shared = (present @ present.T).astype(np.float64)
    return shared / np.maximum(shared.diagonal()[:, None], 1.0)


def _decide(column: NDArray[np.float64], links: Parts) -> None:
    """Where a report was aligned in full, what is not verbatim is similar only as far as it is linked."""
    linked = np.zeros(len(column))
    linked[links.sentences] = links.similarities
    np.copyto(column, np.where(column == 1.0, 1.0, linked))


def _main_source(covered: NDArray[np.float64], words: int) -> int | None:
    best = _latest_best(covered, _tolerance(words))
    return best if best is not None and covered[best] >= MAIN_SOURCE else None


def _tolerance(words: int) -> float:
    """By how much the coverage of a report of so many words may differ and still be as good."""
    return min(EQUALLY / max(words, 1), NEARLY)


def _least_moved(
    main: int | None, covered: NDArray[np.float64], words: NDArray[np.int64], links: dict[int, Parts]
) -> int | None:
    """Of the reports that cover a report as well as `main` does, the one in whose order it has the text; the latest."""
    if main is None or main not in links:
        return main
    least = covered.max() - _tolerance(int(words.sum()))
    moved = {old: int(words[part.sentences[part.moved]].sum()) for old, part in links.items() if covered[old] >= least}
    return min(moved, key=lambda old: (moved[old], -old))


def _latest_best(row: NDArray[np.float64], tolerance: float = 1e-9) -> int | None:
    if not len(row) or row.max() <= 0:
        return None
    return int(np.flatnonzero(row >= row.max() - tolerance)[-1])


def _origins(
    new: int, table: Table, main: int | None, links: dict[int, Parts], past: _Past, before: list[Origins]
) -> Origins:
    """The origins of the sentences of report `new`, given those of the reports before it."""
    out = Origins.new(new, len(table))
    sources, similarities = _sources(table, main)
    served = np.flatnonzero(sources >= 0)
    similarities[served] = table[served, sources[served]]  # of equals the source's own: they are equal but for rounding
    behind = np.zeros(len(table), np.int64)  # the last sentence of the source that each was copied from
    for old, linked in links.items():
        chosen = sources[linked.sentences] == old
        chosen &= linked.similarities >= similarities[linked.sentences]
        sentences = linked.sentences[chosen]
        out.copied_from[sentences] = old
        out.sentence[sentences], out.merged[sentences] = linked.first[chosen], linked.merged[chosen]
        out.split[sentences] = linked.split[chosen]
        out.similarity[sentences], out.moved[sentences] = linked.similarities[chosen], linked.moved[chosen]
        behind[sentences] = linked.first[chosen] + linked.merged[chosen] - 1
    _place_rest(new, out, sources, similarities, behind, past)
    for old in sorted(set(sources[sources >= 0].tolist())):
        of = np.flatnonzero(sources == old)
        out.first_seen[of] = before[old].first_seen[out.sentence[of]]
        for j in of[out.merged[of] > 1].tolist():
            first = int(out.sentence[j])
            out.first_seen[j] = before[old].first_seen[first : first + int(out.merged[j])].min()
    return out


def _place_rest(
    new: int,
    out: Origins,
    sources: NDArray[np.int64],
    similarities: NDArray[np.float64],
    behind: NDArray[np.int64],
    past: _Past,
) -> None:
    """Give the sentences that no link serves the best place in their source: where their neighbours' go on."""
    known = np.where(sources >= 0, np.arange(len(sources)), -1)
    before = np.append(-1, np.maximum.accumulate(known)[:-1]) if len(known) else known
    for j in np.flatnonzero((sources >= 0) & (out.copied_from < 0)).tolist():
        old, neighbour = int(sources[j]), int(before[j])
        follows = neighbour >= 0 and int(sources[neighbour]) == old
        wanted = int(behind[neighbour]) + 1 if follows else j * past.sizes[old] / len(sources)
        place = past.best_place(int(past.numbers[new][j]), old, wanted)
        out.copied_from[j], out.sentence[j], out.similarity[j] = old, place, similarities[j]
        behind[j] = place


def _sources(table: Table, main: int | None) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """For each sentence the report it was copied from, -1 where there is none, and the likeness.

    Of equals the main source is taken, then those that need the fewest changes of source from sentence to sentence,
    then the latest.
    """
    out = np.full(len(table), -1)
    if not table.size:
        return out, np.zeros(len(table))
    best = table.max(axis=1)
    tied = table >= best[:, None] - 1e-9
    served = (best > 0) & tied[:, main] if main is not None else np.zeros(len(table), np.bool_)
    out[served] = -1 if main is None else main
    others = np.flatnonzero((best > 0) & ~served)
    breaks = np.cumsum(served)[others]  # a run of others ends where the main source serves a sentence between
    run: list[int] = []  # sentences that can all come from each report in `common`
    common, last = -1, 0
    for j, after, row in zip(
        others.tolist(), breaks.tolist(), np.packbits(tied[others], axis=1, bitorder="little"), strict=True
    ):
        mask = int.from_bytes(row.tobytes(), "little")
        if run and (after != last or not common & mask):
            out[run] = common.bit_length() - 1  # the latest
            run, common = [], -1
        run.append(j)
        common, last = common & mask, after
    if run:
        out[run] = common.bit_length() - 1
    return out, best
