"""The first page of the site: which years copy which, how much is new, who copied whom, what changed when."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from ...analysis.measures import Counts
from ...analysis.similarity import Measure
from ..figures import hundredths
from .addresses import Names, free_name, slug
from .facts import Pair, Side, pair_of, shown_paths, sides_of, unseen_share
from .rendering import render

if TYPE_CHECKING:
    from markupsafe import Markup

    from ...analysis.comparison import Comparison


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
    """The difference of the two reports, if it has a page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A report on the index."""

    side: Side
    """What it is."""
    anchor: str
    """Its place on the index."""
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
    orphans: tuple[str, ...]
    """Later reports without a main source."""
    overall: Counts
    """What the reports after the first took from all earlier ones together, in words."""


_MANY = 40  # reports beyond which charts take the whole width of the page


def index_page(comparison: Comparison, names: Names, charts: Charts | None) -> str:
    """The first page of the site; `names` are the pages of differences, `charts` None where there is one report."""
    series = comparison.series
    rows = _rows(comparison, names)
    shown = shown_paths(comparison)
    return render(
        "index.html",
        charts="" if charts is None else charts.heatmap + charts.shares,
        downloads=_DOWNLOADS if names else (),
        signatures=_signatures(comparison),
        name=series.name,
        rows=rows,
        long_ids=max(len(row.side.id) for row in rows) > 5,
        figures=charts,
        many=len(rows) > _MANY,
        findings=_findings(comparison, rows),
        documents=sorted({row.side.file for row in rows}),
        missing=series.missing,
        skipped=[(shown.get(item.path, item.path), item.reason) for item in series.skipped],
        notices=[(shown.get(notice.path, notice.path), notice) for notice in series.notices],
    )


_DOWNLOADS = (
    ("data/measure.csv", "a row a report: words, main source, shares"),
    ("data/measure.json", "the same as JSON"),
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


def _rows(comparison: Comparison, names: Names) -> tuple[Row, ...]:
    from .. import tables

    taken: set[str] = set()
    matrix = comparison.similarity() if len(comparison.series) > 1 else None
    rows: list[Row] = []
    for new, side in enumerate(sides_of(comparison)):
        measures = comparison.measures[new]
        alike = [] if matrix is None else matrix[new, :new].tolist()
        rows.append(
            Row(
                side,
                free_name(f"report-{slug(side.id)}", taken),
                None if measures.source is None else pair_of(comparison, measures.source, new, names),
                None if measures.previous is None else pair_of(comparison, measures.previous, new, names),
                tables.against_source(measures)[0],
                unseen_share(comparison, new),
                tuple(_cell(comparison, old, new, value, names) for old, value in enumerate(alike)),
            )
        )
    return tuple(rows)


def _cell(comparison: Comparison, old: int, new: int, value: float, names: Names) -> Cell:
    is_source = comparison.main_source(new) == old
    return Cell(hundredths(value), int(10 * value), is_source, names.get((old, new)))


def _findings(comparison: Comparison, rows: tuple[Row, ...]) -> Findings:
    later = rows[1:]
    sourced = [row for row in later if row.source is not None]
    overall = Counts()
    for measures in comparison.measures:
        overall += measures.past[0] if measures.past is not None else Counts()
    return Findings(
        leaps=tuple(row for row in sourced if row.source and not row.source.is_previous),
        copies=tuple(row for row in sourced if row.source and row.source.is_copy),
        newest=tuple(sorted((row for row in later if row.unseen), key=lambda row: -(row.unseen or 0))[:3]),
        orphans=tuple(row.side.id for row in later if row.source is None),
        overall=overall,
    )


@dataclass(frozen=True, slots=True)
class Charts:
    """The charts of the index."""

    heatmap: Markup
    """Which reports are alike, as inline SVG."""
    shares: Markup
    """How much of each is new, as inline SVG."""


def draw_charts(comparison: Comparison, names: Names) -> Charts:
    """The charts of the index, their cells leading to the differences."""
    # imported here, as matplotlib takes half a second
    from markupsafe import Markup

    from .. import charts

    heatmap = charts.svg(
        charts.plot_heatmap(comparison, link=lambda old, new: names.get((old, new))),
        title="Which reports are alike",
        description="A square for each pair of reports, the darker the more alike. The table below has the figures.",
    )
    shares = charts.svg(
        charts.plot_shares(comparison),
        title="How much of each report is new",
        description="A bar for each report, in words by their fate. The same figures are in the table below.",
    )
    # every cell that is a link is one in the table below too: the keyboard need not pass through them twice
    heatmap = heatmap.replace("<a ", '<a tabindex="-1" ')
    return Charts(Markup(heatmap), Markup(shares))  # noqa: S704 - our own charts
