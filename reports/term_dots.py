"""When did a term enter or leave? A row a term, a column a report, a dot as large as the term's count there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.path import Path as Outline

from ..analysis.terms import Course, course
from .arrow import Column, Table, Unit
from .charts import ink_on
from .figures import count
from .framing import (
    DIGIT,
    INK,
    axes_points,
    bar_axes,
    draw_lines,
    draw_shapes,
    frame,
    key_row,
    label_depth,
    label_ticks,
    outlines_at,
    put_labels,
    say,
    style,
    text_width,
)
from .shapes import Note, shape_note
from .terminal import one_line
from .wording import shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..analysis.comparison import Comparison
    from .charts import Link

FEW = 30  # terms that are shown where none are named
MOST = 200  # terms that are shown where they are named
_ROW = 16.0  # points
_LONGEST = 36  # characters of a term's label
_ALWAYS, _NEVER = "in every report", "in no report"
_DOTTED = (0, (1, 2))
_COURSES = {
    Course.ENTERED: "entered and stayed",
    Course.LEFT: "left",
    Course.PASSED: "came and went",
    Course.RETURNED: "went and returned",
}
_COLOURS = dict(  # Okabe and Ito 2008
    zip((*_COURSES.values(), _ALWAYS), ("#0072b2", "#e69f00", "#cc79a7", "#009e73", "#8b949e"), strict=True)
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One term of the chart."""

    text: str
    """The term."""
    counts: tuple[int, ...]
    """How often it stands in each report."""
    held: tuple[int, ...]
    """The numbers of the reports that have it."""
    course: str
    """What became of it, in words."""

    @classmethod
    def of(cls, text: str, counts: tuple[int, ...]) -> _Row:
        """The row of a term that stands so often in each report."""
        held = tuple(report for report, times in enumerate(counts) if times)
        if len(held) in (0, len(counts)):
            return cls(text, counts, held, _ALWAYS if held else _NEVER)
        return cls(text, counts, held, _COURSES[course(counts)])


def plot_terms(
    comparison: Comparison,
    terms: Sequence[str] | None = None,
    *,
    ax: Axes | None = None,
    link: Link | None = None,
    most: int = FEW,
    side: float | None = None,
) -> Axes:
    """How often terms stand in each report: those named, in that order, or the `most` that surest enter, leave or
    return.

    A term is a word or phrase, case aside. The area of a dot is the count, printed where it fits; a line joins a
    term's first report to its last. `link` makes the dots of an SVG lead to a page: it is asked for a report with
    itself. `side` is as wide as all columns together may be, in points.
    """
    series, rows = comparison.series, _rows(comparison, terms, most)
    labels = [shortened(one_line(row.text), _LONGEST) for row in rows]
    notes = _notes(comparison, terms, rows)
    with style():
        left = 14 + max((text_width(label, 8) for label in labels), default=30)
        axes = ax or bar_axes(series.ids, notes, height=_ROW * max(len(rows), 3), left=left, widest=40, side=side)
        width, height = axes_points(axes)
        pitch, row_height = width / len(series), height / max(len(rows), 1)
        axes.set(xlim=(-0.5, len(series) - 0.5), ylim=(max(len(rows), 1) - 0.5, -0.5))
        axes.set_frame_on(False)
        title = f"When terms came and went · {series.name}"
        if rows:
            _draw_rows(axes, rows)
            _draw_dots(axes, comparison, rows, pitch, row_height, link)
            label_ticks(axes.xaxis, series.ids, pitch)
            _label_rows(axes, labels, row_height)
            key_row(axes, _keys(rows))
        else:
            say(axes, "No term enters, leaves or returns for certain; name some to see how often they stand where.")
        below = label_depth(series.ids, pitch) if rows else 0
        frame(axes, title, "", notes, below=below, own=ax is None)
    return axes


def _rows(comparison: Comparison, terms: Sequence[str] | None, most: int) -> list[_Row]:
    if terms is not None:
        return [_Row.of(term, comparison.occurrences(term)) for term in list(dict.fromkeys(terms))[:MOST]]
    rows = [_Row.of(term.text, term.counts) for term in comparison.terms[:most]]
    return sorted(rows, key=lambda row: (row.held[0], row.held[-1], row.text))


def _notes(comparison: Comparison, terms: Sequence[str] | None, rows: Sequence[_Row]) -> list[str]:
    notes: list[str] = []
    if terms is None and rows:
        more = len(comparison.terms) - len(rows)
        chosen = "The surest by log-odds (Monroe, Colaresi and Quinn 2008), by the report they came in with"
        notes.append(f"{chosen}; {count(more)} more are in the table." if more else f"{chosen}.")
    elif terms is not None and len(set(terms)) > len(rows):
        notes.append(f"Only the first {MOST} terms are shown.")
    return [*notes, comparison.signature("area of a dot = occurrences in the report, case aside")]


def _keys(rows: Sequence[_Row]) -> list[Line2D]:
    there = {row.course for row in rows}
    return [
        Line2D([], [], color=colour, linestyle="none", marker="o", markersize=6, label=name)
        for name, colour in _COLOURS.items()
        if name in there
    ]


def _draw_rows(axes: Axes, rows: Sequence[_Row]) -> None:
    """A faint line over the whole row, and one in its colour from report to report, dotted over those without it."""
    last = len(rows[0].counts) - 1
    guides = [_strokes([(-0.5, last + 0.5)], place) for place in range(len(rows))]
    draw_lines(axes, guides, [(*to_rgb(INK), 0.15)], [0.4], "solid", above=0.58)
    for width, dashes in ((1.4, "solid"), (1.0, _DOTTED)):
        drawn: list[tuple[Outline, str]] = []
        for place, row in enumerate(rows):
            gaps = [(a, b) for a, b in pairwise(row.held) if b > a + 1]
            bounds = [*row.held[:1], *(end for gap in gaps for end in gap), *row.held[-1:]]
            ends = gaps if dashes == _DOTTED else list(zip(bounds[::2], bounds[1::2], strict=True))
            ends = [(start, end) for start, end in ends if end > start]
            drawn += [(_strokes(ends, place), _COLOURS[row.course])] if ends else []
        strokes, colours = [stroke for stroke, _ in drawn], [colour for _, colour in drawn]
        draw_lines(axes, strokes, colours, [width], dashes, above=0.5 + width / 5)


def _strokes(ends: Sequence[tuple[float, float]], place: float) -> Outline:
    """Lines along a row, as one outline."""
    points = [(x, place) for pair in ends for x in pair]
    return Outline(points, [Outline.MOVETO, Outline.LINETO] * len(ends))


def _draw_dots(
    axes: Axes, comparison: Comparison, rows: Sequence[_Row], pitch: float, height: float, link: Link | None
) -> None:
    ids = comparison.series.ids
    most = max((max(row.counts, default=0) for row in rows), default=0)
    largest = 0.47 * min(pitch, height)
    places: list[tuple[float, float]] = []
    radii: list[float] = []
    colours: list[str] = []
    notes: list[Note] = []
    for place, row in enumerate(rows):
        for report in row.held:
            times = row.counts[report]
            radius = max(largest * float(np.sqrt(times / most)), min(1.3, largest))
            places.append((report, place))
            radii.append(radius)
            colours.append(_COLOURS[row.course])
            address = link(report, report) if link is not None else None
            notes.append(shape_note(address, f"{one_line(row.text)}: {count(times)} in {ids[report]}"))
            _print_count(axes, (report, place), times, radius, colours[-1], pitch)
    draw_shapes(axes, outlines_at(axes, Outline.unit_circle(), places, radii), colours, notes, gid="dots")


def _print_count(axes: Axes, place: tuple[float, float], times: int, radius: float, colour: str, pitch: float) -> None:
    """The count in its dot, where letters of five points fit, or beside it, where there is room."""
    shown = count(times)
    size = min(8.0, 1.7 * radius / (DIGIT * len(shown)), 1.5 * radius)
    if size >= 5:
        ink = ink_on(to_rgb(colour))
        axes.text(*place, shown, ha="center", va="center_baseline", fontsize=size, color=ink, zorder=3)
    elif 2 * radius + text_width(shown, 6) + 4 <= pitch:
        axes.annotate(shown, place, (radius + 0.5, 1.8), "data", "offset points", fontsize=6, zorder=3)


def _label_rows(axes: Axes, labels: Sequence[str], row_height: float) -> None:
    put_labels(axes.yaxis, range(len(labels)), labels, max(min(8.0, 0.75 * row_height), 4.5), pad=4)


# -- the same figures as rows -----------------------------------------------------------------------------------------


def terms_table(comparison: Comparison, terms: Sequence[str] | None = None) -> Table:
    """How often each term stands in each report, and what became of it; without `terms` all that enter, leave or
    return, the surest first."""
    every = (
        [_Row.of(term.text, term.counts) for term in comparison.terms]
        if terms is None
        else _rows(comparison, terms, FEW)
    )
    columns = (Column("term"), Column("course"), *(Column(name, Unit.COUNT) for name in comparison.series.ids))
    made = tuple((row.text, row.course, *row.counts) for row in every)
    return Table("How often each term stands in each report, and what became of it.", columns, made)
