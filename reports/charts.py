"""Charts: every plot function takes a `Comparison` and an Axes, and gives the Axes back. None computes a measure.

Importing matplotlib takes half a second, so this module is imported only where a chart is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import matplotlib
import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.colors import Normalize, to_rgb
from matplotlib.patches import Patch
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextPath
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Affine2D, Affine2DBase, AffineDeltaTransform

from ..analysis.similarities import measure_named
from ..corpus.errors import UsageError
from .figures import hundredths, percent
from .framing import (
    INK,
    LEAST_LABEL,
    NOTHING,
    axes_points,
    bar_axes,
    box,
    draw_shapes,
    figure_of,
    font,
    frame,
    key_row,
    label_depth,
    label_ticks,
    matrix_axes,
    save,
    style,
    svg,
)
from .shapes import ALL_CELLS, Cell, Cells, Lazily, Note, shape_note
from .tables import against_source
from .wording import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from ..analysis.comparison import Comparison
    from ..corpus.report import Series

__all__ = ["Link", "plot_heatmap", "plot_shares", "save", "svg"]

Link = Callable[[int, int], str | None]
"""The address of the difference between two reports, given as their numbers, the earlier first, or of the page of one
report, given twice; None for no link."""

ON_LIGHT, ON_DARK = "#000000", "#ffffff"  # values on cells and bars
SOURCE = "#d55e00"  # vermilion (Okabe and Ito 2008): told apart from the blues by everyone
SHADES = "YlGnBu"  # ColorBrewer (Harrower and Brewer 2003), safe for colour-blind eyes, darker is more
UNKNOWN = "#8b949e"
LEAST_VALUE = 5.0  # points: letters of a value that can be read
MOST_VALUES = 100  # reports beyond which a heatmap has no values: a page of more cells opens slowly


# -- heatmap ----------------------------------------------------------------------------------------------------------


def plot_heatmap(
    comparison: Comparison,
    *,
    measure: str = "tfidf",
    order: str = "time",
    ax: Axes | None = None,
    link: Link | None = None,
    side: float | None = None,
) -> Axes:
    """How alike any two reports are, values printed; an outline marks the main source of each row's report.

    For a directed measure a row is the report whose text is looked for, a column where it is looked for. A report
    against itself is left blank, as it is always 1. `order` is "time", or "clustered" for similar reports side by
    side. `link` makes cells of an SVG lead to a page. The square is `side` points wide at most, by default as wide as
    the values need; where they could not be read they are not printed.
    Raises `UsageError` for a measure or an order that does not exist.
    """
    chosen = measure_named(measure)
    series, rows, count = comparison.series, heatmap_order(comparison, chosen, order), len(comparison.series)
    ids = [series.ids[report] for report in rows]
    values = comparison.similarity(chosen)[np.ix_(rows, rows)]
    np.fill_diagonal(values, np.nan)
    notes = [comparison.signature(chosen.recipe(comparison.settings)), *_heatmap_notes(comparison, order)]
    if count > MOST_VALUES and side is None:
        notes.append(f"Values are printed up to {MOST_VALUES} reports; all are in the table.")
    with style():
        axes = ax or matrix_axes(ids, notes, side=side)
        axes.set(xlim=(-0.5, count - 0.5), ylim=(count - 0.5, -0.5), aspect="equal", anchor="NW")
        axes.set_frame_on(False)
        cell = min(axes_points(axes)) / count
        leads = None if link is None else _reordered(link, rows)
        printed = _printed(values, cell, LEAST_VALUE if side is None else LEAST_LABEL, ids, leads)
        _draw_cells(axes, values, printed, ids, leads)
        _draw_values(axes, printed)
        _outline_sources(axes, comparison, rows, cell)
        if order == "time":
            _mark_gaps(axes, series)
        for axis in (axes.xaxis, axes.yaxis):
            label_ticks(axis, ids, cell)
        if count > 1:
            _colour_bar(axes, _scale(values), cell * count)
        subtitle = _DIRECTION if chosen.directed else "Each value holds in both directions."
        subtitle = subtitle if count > 1 else "One report: there is none to compare it with."
        depth = label_depth(ids, cell)
        frame(axes, f"{chosen.heading} · {series.name}", subtitle, notes, below=depth, own=ax is None, keys=0)
    return axes


_DIRECTION = "Row: the report whose text is looked for. Column: where it is looked for."


ORDERS = ("time", "clustered")


def heatmap_order(comparison: Comparison, measure: str, order: str) -> list[int]:
    """The numbers of the reports from the first row to the last; raises `UsageError` for an unknown order."""
    if order not in ORDERS:
        raise UsageError(f"no order {order!r}; there are {', '.join(ORDERS)}")
    return list(comparison.clustered(measure)) if order == "clustered" else list(range(len(comparison.series)))


def _reordered(link: Link, rows: Sequence[int]) -> Link:
    """The same link for places of an order."""
    return lambda i, j: link(*sorted((rows[i], rows[j])))


def _heatmap_notes(comparison: Comparison, order: str) -> Iterator[str]:
    if any(source is not None for source in comparison.provenance.main_sources):
        yield "Orange outline: the main source of the row's report, the one most of it was copied from."
    missing = comparison.series.missing
    if order == "clustered":
        yield "Similar reports stand side by side: average linkage on 1 - similarity, leaves in optimal order."
    elif missing:
        years = ", ".join(missing) if len(missing) <= 6 else f"{missing[0]} to {missing[-1]}, {len(missing)} years"
        yield f"Line: no report in {years}."


def _printed(
    values: NDArray[np.float64], cell: float, least: float, ids: Sequence[str], link: Link | None
) -> dict[tuple[int, int], Cell]:
    """The value of each cell of `cell` points, by row and column, as large as fits; none where letters would be
    smaller than `least`."""
    short = cell < 11
    size = min(10.0, cell / (1.65 if short else 2.1))
    if size < least or len(values) > MOST_VALUES:
        return {}
    rows, columns = np.nonzero(np.isfinite(values))
    shades = matplotlib.colormaps[SHADES](Normalize(*_scale(values))(_seen(values)[rows, columns]))
    inks = {colour: ink_on(colour) for colour in set(map(tuple, shades.tolist()))}
    every = values.size <= ALL_CELLS
    made: dict[tuple[int, int], Cell] = {}
    places = zip(rows.tolist(), columns.tolist(), values[rows, columns].tolist(), shades.tolist(), strict=True)
    for i, j, value, colour in places:
        shown = hundredths(value)
        address = link(min(i, j), max(i, j)) if link is not None else None
        said = f"{ids[i]}, {ids[j]}: {shown}" if every or address else ""
        made[i, j] = Cell(shown.lstrip(".") if short else shown, inks[tuple(colour)], size, address, said)
    return made


def _draw_cells(
    axes: Axes,
    values: NDArray[np.float64],
    printed: Mapping[tuple[int, int], Cell],
    ids: Sequence[str],
    link: Link | None,
) -> None:
    """A square for each cell, coloured by value; grey where there is none."""
    count = len(values)
    colours = matplotlib.colormaps[SHADES].with_extremes(bad=(*to_rgb(UNKNOWN), 0.25))
    shown = np.ma.masked_invalid(_seen(values))
    if not printed:
        extent = (-0.5, count - 0.5, count - 0.5, -0.5)
        axes.imshow(shown, cmap=colours, norm=Normalize(*_scale(values)), extent=extent, interpolation="none")
        _draw_links(axes, values, ids, link)
        return
    rows, columns = np.divmod(np.arange(count * count), count)
    cells = [printed.get((row, column)) for row in range(count) for column in range(count)]
    centres = np.column_stack((columns, rows))
    squares = Cells(_square(0.5), cells, offsets=centres, offset_transform=axes.transData)
    squares.set_transform(_cell_sized(axes))
    squares.set(array=shown.ravel(), cmap=colours, norm=Normalize(*_scale(values)))
    squares.set(antialiaseds=[False], linewidths=[0], edgecolors="none", clip_on=False)
    axes.add_collection(squares, autolim=False)


def _draw_links(axes: Axes, values: NDArray[np.float64], ids: Sequence[str], link: Link | None) -> None:
    """Over a picture of the cells an open square for each that leads somewhere."""
    shapes: list[Outline] = []
    notes: list[Note] = []
    if link is None:
        return
    for i, j in np.argwhere(np.tril(np.isfinite(values), -1)).tolist():
        address = link(j, i)
        for row, column in ((i, j), (j, i)) if address is not None else ():
            shapes.append(box(column - 0.5, row - 0.5, column + 0.5, row + 0.5))
            notes.append(shape_note(address, f"{ids[row]}, {ids[column]}: {hundredths(values[row, column])}"))
    draw_shapes(axes, shapes, [NOTHING], notes, gid="links")


def _seen(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The values as they are coloured: cells that print the same look the same."""
    return np.round(values, 2)


def _square(half: float) -> Outline:
    corners = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)]
    return Outline(corners, closed=True)


def _cell_sized(axes: Axes) -> AffineDeltaTransform:
    """What makes an outline of width 1 as wide as a cell, wherever it is put."""
    return AffineDeltaTransform(cast(Affine2DBase, axes.transData))


def _scale(values: NDArray[np.float64]) -> tuple[float, float]:
    """From the tenth below the smallest value to the tenth above the largest: differences are what is looked for."""
    known = values[np.isfinite(values)]
    if not len(known):
        return 0.0, 1.0
    low = float(np.floor(round(float(known.min()) * 10, 6))) / 10
    high = float(np.ceil(round(float(known.max()) * 10, 6))) / 10
    return (low, high) if high > low else (max(low - 0.1, 0.0), min(high + 0.1, 1.0))


def _draw_values(axes: Axes, printed: Mapping[tuple[int, int], Cell]) -> None:
    """The values of all cells, where their squares do not write them themselves."""
    drawn = Lazily(axes, partial(_values_drawn, axes, printed))
    drawn.set_zorder(1.1)
    axes.add_artist(drawn)


def _values_drawn(axes: Axes, printed: Mapping[tuple[int, int], Cell]) -> Iterator[PathCollection]:
    """Their artists. Equal ones are drawn together, as one outline in many places: a fifth of the time."""
    groups: dict[tuple[str, str, float], list[tuple[int, int]]] = {}
    for (row, column), cell in printed.items():
        groups.setdefault((cell.shown, cell.ink, cell.size), []).append((column, row))
    points = Affine2D().scale(1 / 72) + figure_of(axes).dpi_scale_trans
    for (shown, ink, size), places in sorted(groups.items()):
        outline, digit = (TextPath((0, 0), text, size=size, prop=font()) for text in (shown, "0"))
        box, height = outline.get_extents(), digit.get_extents()
        centred = outline.transformed(Affine2D().translate(-(box.x0 + box.x1) / 2, -(height.y0 + height.y1) / 2))
        drawn = PathCollection([centred], offsets=places, offset_transform=axes.transData, facecolors=ink, linewidths=0)
        drawn.set_transform(points)
        yield drawn


def ink_on(colour: Sequence[float]) -> str:
    """Black or white, whichever has the higher contrast on a colour (relative luminance; WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return ON_LIGHT if (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) else ON_DARK


def _outline_sources(axes: Axes, comparison: Comparison, rows: Sequence[int], cell: float) -> None:
    """A small outline in the cell of each report and its main source."""
    sources, at = comparison.provenance.main_sources, {report: place for place, report in enumerate(rows)}
    places = [(at[old], at[new]) for new, old in enumerate(sources) if old is not None]
    if not places:
        return
    width = min(2.0, max(cell * 0.09, 0.7))
    half = 0.5 - 0.5 * width / cell
    marks = PathCollection([_square(half)], offsets=places, offset_transform=axes.transData)
    marks.set_transform(_cell_sized(axes))
    marks.set(facecolors="none", edgecolors=SOURCE, linewidths=[width], clip_on=False)
    axes.add_collection(marks, autolim=False)


def _mark_gaps(axes: Axes, series: Series) -> None:
    """A line across the chart where a year has no report."""
    years = [report.date.day.year for report in series.reports]
    for place in sorted({sum(year < int(missing[:4]) for year in years) for missing in series.missing}):
        ends = (-0.5, len(series) - 0.5)
        axes.vlines(place - 0.5, *ends, colors=INK, linewidth=0.9, clip_on=False)
        axes.hlines(place - 0.5, *ends, colors=INK, linewidth=0.9, clip_on=False)


def _colour_bar(axes: Axes, scale: tuple[float, float], side: float) -> None:
    """The scale, right of the chart: a picture of 128 steps, as a mesh would be 128 shapes."""
    low, high = scale
    height = min(side, 150.0)
    bar = axes.inset_axes((1 + 12 / side, 1 - height / side, 9 / side, height / side))
    steps = np.linspace(high, low, 128)[:, None]
    bar.imshow(steps, cmap=SHADES, extent=(0, 1, low, high), aspect="auto", interpolation="none")
    bar.set_frame_on(False)
    bar.set_xticks([])
    bar.yaxis.tick_right()
    bar.yaxis.set_major_locator(MaxNLocator(5 if height > 60 else 2, steps=[1, 2, 5, 10]))
    bar.tick_params(axis="y", length=2, labelsize=7.5)


# -- shares -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Band:
    """What became of the words of each report: one colour of the bars."""

    name: str
    """As the legend has it."""
    colour: str
    """Its colour."""
    words: NDArray[np.float64]
    """For each report how many words."""
    bottom: NDArray[np.float64]
    """For each report where the band starts; it goes up from there, `dropped` down."""
    hatch: str | None = None
    """A pattern on the colour."""
    within: bool = False
    """True for a part of another band, drawn over it, whose share is not printed."""

    @property
    def sign(self) -> int:
        """-1 for words that the report does not have."""
        return -1 if self.name == "dropped" else 1


def plot_shares(
    comparison: Comparison, *, ax: Axes | None = None, link: Link | None = None, side: float | None = None
) -> Axes:
    """Each report's words as a bar: verbatim, edited and new against its main source; dropped ones below zero.

    Of the edited ones, those that were put into edited sentences are darker. A report without a main source is shown
    against all earlier ones together.
    The first report has nothing to be compared with: its bar is hatched. Percentages are printed where they fit.
    `link` makes the bars of an SVG lead to a page: it is asked for a report and its main source, or with itself.
    All bars together are `side` points wide at most, by default as wide as it takes for each to have its label.
    """
    series = comparison.series
    labels = _with_sources(comparison)
    notes = [
        "Against the report behind the arrow, its main source; without one, against all earlier reports together.",
        "Changed words were put into edited sentences. Dropped words are the source's, and a share of it.",
        comparison.signature("words, each counted as its sentence was carried over", "sentence alignment"),
    ]
    with style():
        axes = ax or bar_axes(labels, notes, side=side)
        width, height = axes_points(axes)
        pitch = width / (len(series) + 0.2)
        bands = _bands(comparison)
        _scale_words(axes, bands)
        axes.set_xlim(-0.6, len(series) - 0.4)
        for band in bands:
            _draw_bars(axes, comparison, band, link)
        _print_shares(axes, comparison, bands, pitch, height)
        label_ticks(axes.xaxis, labels, pitch)
        key_row(axes, [Patch(**_look(band), label=band.name) for band in bands])
        title = f"How much of each report is new · {series.name}"
        frame(axes, title, "", notes, below=label_depth(labels, pitch), own=ax is None)
    return axes


def _draw_bars(axes: Axes, comparison: Comparison, band: _Band, link: Link | None) -> None:
    """That part of all bars that have it. Where a part leads and what it says lies over a pattern."""
    ids, held = comparison.series.ids, np.flatnonzero(band.words).tolist()
    bottoms, tops = band.bottom.tolist(), (band.bottom + band.sign * band.words).tolist()
    if band.hatch:
        heights = [tops[k] - bottoms[k] for k in held]
        axes.bar(held, heights, 0.8, [bottoms[k] for k in held], **_look(band), clip_on=False)
    notes: list[Note] = []
    for k in held:
        source = comparison.main_source(k)
        address = link(k if source is None else source, k) if link is not None else None
        notes.append(shape_note(address, f"{ids[k]}: {plural(int(band.words[k]), 'word')}, {band.name}"))
    outlines = [box(k - 0.4, bottoms[k], k + 0.4, tops[k]) for k in held]
    draw_shapes(axes, outlines, [NOTHING if band.hatch else band.colour], notes, label=band.name, gid="bars")


def _look(band: _Band) -> dict[str, Any]:
    return {"facecolor": band.colour, "hatch": band.hatch, "linewidth": 0,
            "edgecolor": "#57606a" if band.hatch else band.colour}  # fmt: skip


def _with_sources(comparison: Comparison) -> list[str]:
    """The id of each report with that of its main source."""
    ids = comparison.series.ids
    sources = comparison.provenance.main_sources
    return [name if old is None else f"{name} ← {ids[old]}" for name, old in zip(ids, sources, strict=True)]


def _bands(comparison: Comparison) -> list[_Band]:
    """The bands that hold any words, from the bottom up, `dropped` last."""
    rows = np.zeros((6, len(comparison.measures)))
    for k, measures in enumerate(comparison.measures):
        words, _ = against_source(measures)
        if words is None:
            rows[0, k] = measures.words
        else:
            rows[1:, k] = words.verbatim, words.edited, words.changed, words.new, words.dropped
    first, verbatim, edited, changed, new, dropped = rows
    known = verbatim + edited
    bands = (  # blues and orange: Okabe and Ito 2008
        _Band("no earlier report", "#d0d4d8", first, 0 * first, "////"),
        _Band("verbatim", "#b8bec4", verbatim, 0 * first),
        _Band("edited", "#56b4e9", edited, verbatim),
        _Band("changed words", "#2b93ce", changed, known - changed, within=True),
        _Band("new", "#0072b2", new, known),
        _Band("dropped", "#e69f00", dropped, 0 * first),
    )
    return [band for band in bands if band.words.any()]


def _scale_words(axes: Axes, bands: Sequence[_Band]) -> None:
    """Words upwards, dropped words downwards, both counted without a sign."""
    top = max((float((band.bottom + band.words).max()) for band in bands if band.sign > 0), default=1.0)
    depth = max((float(band.words.max()) for band in bands if band.sign < 0), default=0.0)
    axes.set_ylim(-1.04 * depth, 1.04 * top)
    axes.yaxis.set_major_locator(MaxNLocator(7, integer=True, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(_without_sign))
    axes.tick_params(axis="y", length=2, labelsize=8)
    axes.set_ylabel("words", fontsize=8)
    axes.axhline(0, color=INK, linewidth=0.8)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)


def _without_sign(value: float, _: int) -> str:
    return f"{abs(value):,.0f}"


def _print_shares(axes: Axes, comparison: Comparison, bands: Sequence[_Band], pitch: float, height: float) -> None:
    """The percentage in each part of a bar that is large enough."""
    low, high = axes.get_ylim()
    size = min(8.0, 0.8 * pitch / 2.7)
    if size < 5:
        return
    for band in (band for band in bands if not band.within):
        for k, words in enumerate(band.words.tolist()):
            counts, _ = against_source(comparison.measures[k])
            if words / (high - low) * height < 1.25 * size or counts is None:
                continue
            middle = band.bottom[k] + band.sign * words / 2
            axes.text(k, middle, percent(counts.share(band.name)), ha="center", va="center_baseline",
                      fontsize=size, color=ink_on(to_rgb(band.colour)))  # fmt: skip
