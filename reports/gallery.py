"""All charts by name: drawn, as inline SVG with what is read out in its place, and as tables of the same figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..analysis.similarities import measure_named
from ..corpus.errors import UsageError
from .arrow import Column, Table, Unit
from .charts import Link, heatmap_order, plot_heatmap, plot_shares
from .curve import curve_table, plot_curve
from .framing import around, svg
from .history_flow import history_table, plot_history
from .source_tree import plot_sources, sources_table
from .tables import against_source
from .term_dots import plot_terms, terms_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..analysis.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as a page shows it."""

    name: str
    """Which chart it is: one of `CHARTS`."""
    title: str
    """The question that it answers."""
    svg: str
    """The chart, for a page in light or dark; its links are for the pointer, as the table has them too."""
    table: Table
    """The same figures."""
    notes: tuple[str, ...]
    """What is to be known to read it; where the chart is bare, the page must say so."""


@dataclass(frozen=True, slots=True)
class _Chart:
    """What there is to know of one chart."""

    title: str
    """The question that it answers."""
    description: str
    """What is read out in its place."""
    plot: Callable[..., Axes]
    """Draws it."""
    table: Callable[..., Table]
    """The same figures."""
    options: tuple[str, ...] = ()
    """What both take beside the comparison."""
    looks: tuple[str, ...] = ()
    """What the drawing takes beside that."""


def chart(comparison: Comparison, name: str, *, ax: Axes | None = None, link: Link | None = None,
          **options: Any) -> Axes:  # fmt: skip
    """The chart of that name; `options` are those of its plot function, and None is as if it were not given.

    Raises `UsageError` for a name that does not exist and for an option that the chart does not take.
    """
    chosen = _named(name)
    return chosen.plot(comparison, ax=ax, link=link, **_fitting(name, chosen.options + chosen.looks, options))


def chart_table(comparison: Comparison, name: str, **options: Any) -> Table:
    """The figures of the chart of that name, as rows; errors as `chart` has them."""
    chosen = _named(name)
    return chosen.table(comparison, **_fitting(name, chosen.options, options))


def drawn(comparison: Comparison, name: str, *, link: Link | None = None, bare: bool = False,
          table: Table | None = None, **options: Any) -> Drawn:  # fmt: skip
    """The chart of that name for a page; `link` gives the address of the page that a part of it leads to.

    `bare` is without title and notes; `table` are its figures where they are known already.
    """
    chosen = _named(name)
    axes = chart(comparison, name, link=link, **options)
    description = f"{chosen.description} The table has the figures."
    picture = svg(axes, title=chosen.title, description=description, bare=bare)
    # every link has its row in the table: the keyboard need not pass through them twice
    picture = picture.replace("<a ", '<a tabindex="-1" ')
    told = {name: value for name, value in options.items() if name not in chosen.looks}
    figures = chart_table(comparison, name, **told) if table is None else table
    return Drawn(name, chosen.title, picture, figures, around(axes).notes)


def _named(name: str) -> _Chart:
    if name not in CHARTS:
        raise UsageError(f"no chart {name!r}; there are {', '.join(CHARTS)}")
    return CHARTS[name]


def _fitting(name: str, taken: Sequence[str], options: dict[str, Any]) -> dict[str, Any]:
    given = {option: value for option, value in options.items() if value is not None}
    for option in sorted(given.keys() - set(taken)):
        raise UsageError(f"the chart {name!r} takes no {option}")
    return given


# -- the tables of the charts whose module has none -------------------------------------------------------------------


def heatmap_table(comparison: Comparison, measure: str = "tfidf", order: str = "time") -> Table:
    """How alike any two reports are: a row a report, a column a report."""
    chosen = measure_named(measure)
    rows = heatmap_order(comparison, chosen, order)
    ids = comparison.series.ids
    values = comparison.similarity(chosen)[np.ix_(rows, rows)]
    columns = (Column("report"), *(Column(ids[report], Unit.VALUE) for report in rows))
    made = tuple((ids[report], *map(_defined, row)) for report, row in zip(rows, values.tolist(), strict=True))
    about = tuple((report, report) for report in rows)
    return Table(f"{chosen.heading}, of any two reports.", columns, made, about)


def _defined(value: float) -> float | None:
    return value if np.isfinite(value) else None


def shares_table(comparison: Comparison) -> Table:
    """A row a report: its words by what became of them, against its main source."""
    ids = comparison.series.ids
    parts = ("verbatim", "edited", "changed", "new", "dropped")
    made: list[tuple[str | int | float | None, ...]] = []
    about: list[tuple[int, int]] = []
    for new, measures in enumerate(comparison.measures):
        words, _ = against_source(measures)
        source = comparison.main_source(new)
        counts = [None if words is None else getattr(words, part) for part in parts]
        shares = [None if words is None else words.share(part) for part in parts]
        made.append((ids[new], None if source is None else ids[source], measures.words, *counts, *shares))
        about.append((new if source is None else source, new))
    columns = (
        Column("report"), Column("main source"), Column("words", Unit.COUNT),
        *(Column(f"{part} words", Unit.COUNT) for part in parts), *(Column(part, Unit.SHARE) for part in parts),
    )  # fmt: skip
    caption = "Words of each report by what became of them against its main source, or else all earlier reports."
    return Table(caption, columns, tuple(made), tuple(about))


CHARTS: dict[str, _Chart] = {
    "heatmap": _Chart(
        "Which reports are alike",
        "A square for each pair of reports, the darker the more alike.",
        plot_heatmap,
        heatmap_table,
        ("measure", "order"),
        ("side",),
    ),
    "shares": _Chart(
        "How much of each report is new",
        "A bar for each report, in words by their fate: verbatim, edited, new and, below zero, dropped.",
        plot_shares,
        shares_table,
        looks=("side",),
    ),
    "history": _Chart(
        "Where the text comes from",
        "A column for each report; bands join text to where it was copied from, coloured by when it first stood.",
        plot_history,
        history_table,
        looks=("side", "most"),
    ),
    "sources": _Chart(
        "Who copied whom",
        "The reports from left to right, each joined to its main source.",
        plot_sources,
        sources_table,
        looks=("side",),
    ),
    "curve": _Chart(
        "When the text was rewritten",
        "For each report the share reused from the one before and how alike the two are; bands are the phases.",
        plot_curve,
        curve_table,
        looks=("side",),
    ),
    "terms": _Chart(
        "When terms came and went",
        "A row for each term, a column for each report, and a dot as large as the term's count there.",
        plot_terms,
        terms_table,
        ("terms",),
        ("side", "most"),
    ),
}
