"""The first page of the site: which years copy which, how much is new, who copied whom, what changed when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from ...analysis.measures import Counts
from ...analysis.similarities import Measure
from ..figures import hundredths
from .addresses import free_name, slug
from .facts import Pair, Side, Target, pair_of, shown_paths, unseen_share
from .pictures import NARROW, cell_address
from .rendering import render

if TYPE_CHECKING:
    from ...analysis.comparison import Comparison
    from ...analysis.lineage import Stage
    from ...analysis.measures import Reuse
    from ..markup import Entry, Marked
    from .facts import Site
    from .pictures import Pictures


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table of similarities."""

    text: str
    """The similarity in figures."""
    level: int
    """Its shade, 0 to 10."""
    is_source: bool
    """True where the column is the row's main source."""
    href: str | None
    """Where the two reports are compared, if the cell is a link."""


@dataclass(frozen=True, slots=True)
class Row:
    """A report on the index."""

    side: Side
    """What it is."""
    anchor: str
    """Its place on the index."""
    page: str
    """Its own page."""
    source: Pair | None
    """Against its main source; None where it has none."""
    previous: Pair | None
    """Against the report before; None for the first."""
    words: Counts | None
    """What became of its words, against its main source or, without one, all earlier reports; None for the first."""
    unseen: float | None
    """Share of its words in sentences that no earlier report has; None for the first."""
    cells: tuple[Cell, ...]
    """How alike it is to each earlier report."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a reader should know first."""

    leaps: tuple[Row, ...]
    """Reports that were written mostly from an older report than the one before."""
    copies: tuple[Row, ...]
    """Reports in which nothing was changed."""
    newest: tuple[Row, ...]
    """Those with the most text of their own, the most first."""
    fresh: tuple[Row, ...]
    """Later reports that have no sentence of an earlier one, not even reworded."""
    orphans: tuple[str, ...]
    """Later reports without a main source."""
    overall: Counts
    """What the reports after the first took from all earlier ones together, in words."""
    longest: Kept | None
    """The sentence that most reports have word for word; None where none has been in three."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A sentence that was kept word for word."""

    text: str
    """The sentence."""
    href: str | None
    """Where its life is told."""
    first: str
    """The report it first stood in."""
    last: str
    """The latest report that has it."""
    reports: int
    """How many reports have it."""


def index_page(site: Site, pictures: Pictures, rows: tuple[Row, ...], events: Sequence[Event]) -> str:
    """The first page of the site: no pictures where there is one report; `events` are what changed in each."""
    comparison, series = site.comparison, site.comparison.series
    shown = shown_paths(comparison)
    return render(
        "index.html",
        root="",
        charts="".join(drawing.svg for picture in pictures.values() for drawing in picture.drawings),
        code=("reading.js",),
        downloads=_DOWNLOADS if pictures else (),
        signatures=_signatures(comparison),
        name=series.name,
        alone=len(series) == 1,
        rows=rows,
        chains=_chains(site),
        events=sorted(events, key=lambda event: event.report),
        long_ids=max(len(row.side.id) for row in rows) > 5,
        pictures=pictures,
        ids=site.ids,
        wide=len(rows) > NARROW,
        findings=_findings(site, rows),
        documents=sorted({row.side.file for row in rows}),
        missing=series.missing,
        skipped=[(shown.get(item.path, item.path), item.reason) for item in series.skipped],
        notices=[(shown.get(notice.path, notice.path), notice) for notice in series.notices],
    )


_DOWNLOADS = (
    ("data/measure.csv", "a row a report: words, main source, shares"),
    ("data/measure.json", "the same as JSON, with phases and terms"),
    ("data/form-letter.json", "templates, all that filled their slots, substitutions"),
    ("data/heatmap.csv", "the similarity of any two reports"),
    ("data/heatmap.json", "the same as JSON"),
)


def _signatures(comparison: Comparison) -> tuple[str, ...]:
    """For each kind of figure on the index how it is made, and with what settings."""
    settings = ", ".join(f"{name} {value}" for name, value in sorted(asdict(comparison.settings).items()))
    return (
        comparison.signature(Measure.TFIDF.recipe(comparison.settings)),
        comparison.signature("shares = words of the sentences with one fate / all words", "sentence alignment"),
        comparison.signature(f"settings: {settings}"),
    )


def rows_of(site: Site) -> tuple[Row, ...]:
    """The reports as the index lists them."""
    from .. import tables

    comparison = site.comparison
    taken: set[str] = set()
    matrix = comparison.similarity() if len(comparison.series) > 1 else None
    rows: list[Row] = []
    for new, side in enumerate(site.sides):
        measures = comparison.measures[new]
        alike = [] if matrix is None else matrix[new, :new].tolist()
        rows.append(
            Row(
                side,
                free_name(f"report-{slug(side.id)}", taken),
                site.addresses.reports[new],
                _pair(site, measures.source, new),
                _pair(site, measures.previous, new),
                tables.against_source(measures)[0],
                unseen_share(comparison, new),
                tuple(_cell(site, old, new, value) for old, value in enumerate(alike)),
            )
        )
    return tuple(rows)


def _pair(site: Site, reuse: Reuse | None, new: int) -> Pair | None:
    if reuse is None:
        return None
    return pair_of(site.comparison, reuse, new, site.difference(reuse.source, new))


def _cell(site: Site, old: int, new: int, value: float) -> Cell:
    is_source = site.comparison.main_source(new) == old
    return Cell(hundredths(value), int(10 * value), is_source, cell_address(site, old, new))


def _chains(site: Site) -> tuple[tuple[Target, ...], ...]:
    """Who copied whom: runs of reports, each written mostly from the one before it in the run.

    A run ends where a report has no copy, or was copied by several: the latest copy goes on, the others begin runs
    of their own, with the report that they were copied from in front.
    """
    sources = site.comparison.provenance.main_sources
    heirs = {source: new for new, source in enumerate(sources) if source is not None}  # the latest of several
    chains: list[list[int]] = []
    for new, source in enumerate(sources):
        if source is not None and heirs[source] == new:
            continue  # it stands in the run of its source
        run = [new] if source is None else [source, new]
        while run[-1] in heirs:
            run.append(heirs[run[-1]])
        chains.append(run)
    return tuple(tuple(_link_in_chain(site, run, at) for at in range(len(run))) for run in chains)


def _link_in_chain(site: Site, run: Sequence[int], at: int) -> Target:
    href = site.difference(run[at - 1], run[at]) if at else None
    return Target(href or site.addresses.reports[run[at]], site.ids[run[at]])


@dataclass(frozen=True, slots=True)
class Event:
    """What changed in one report against its main source, or the one before."""

    report: int
    """The report's number."""
    id: str
    """The report."""
    old_id: str
    """What it is compared with."""
    href: str
    """The page of the difference."""
    edits: int
    """How many places were reworded."""
    moves: int
    """How many passages moved."""
    largest: Entry | None
    """The change of most letters; None where nothing was reworded."""


def event_of(site: Site, old: int, new: int, text: Marked) -> Event:
    """What the index tells of a difference that has a page."""
    edits = (entry for entry in text.entries if entry.moved is None)
    largest = max(edits, key=lambda entry: len(entry.removed) + len(entry.added), default=None)
    href = site.addresses.differences[old, new]
    return Event(new, site.ids[new], site.ids[old], href, text.edits, text.moves, largest)


def _findings(site: Site, rows: tuple[Row, ...]) -> Findings:
    comparison, later = site.comparison, rows[1:]
    sourced = [row for row in later if row.source is not None]
    overall = Counts()
    for measures in comparison.measures:
        overall += measures.past[0] if measures.past is not None else Counts()
    return Findings(
        leaps=tuple(row for row in sourced if row.source and not row.source.is_previous),
        copies=tuple(row for row in sourced if row.source and row.source.is_copy),
        newest=tuple(sorted((row for row in later if row.unseen), key=lambda row: -(row.unseen or 0))[:3]),
        fresh=tuple(row for row in later if row.unseen == 1),
        orphans=tuple(row.side.id for row in later if row.source is None),
        overall=overall,
        longest=_longest(site),
    )


_LEAST_KEPT, _LEAST_WORDS = 3, 6  # reports that have a sentence, and its words, for it to be worth telling


def _longest(site: Site) -> Kept | None:
    """Of the sentences that most reports have word for word the longest one, the earliest of equals."""
    comparison = site.comparison
    best: tuple[int, int] = (_LEAST_KEPT - 1, 0)
    found: tuple[int, list[Stage]] | None = None
    for number, lineage in enumerate(comparison.lineages):
        if len(lineage.reports) < best[0]:
            continue
        wordings: dict[int, list[Stage]] = {}
        for stage in lineage.stages:
            wordings.setdefault(stage.variant, []).append(stage)
        for stages in wordings.values():
            words = int(comparison.sentence_words[stages[0].report][stages[0].sentence])
            size = (len({stage.report for stage in stages}), words)
            if words >= _LEAST_WORDS and size[0] >= _LEAST_KEPT and size > best:
                best, found = size, (number, stages)
    if found is None:
        return None
    number, stages = found
    text = comparison.series.reports[stages[0].report].sentences[stages[0].sentence].text
    held = sorted({stage.report for stage in stages})
    return Kept(text, site.addresses.card(number), site.ids[held[0]], site.ids[held[-1]], len(held))
