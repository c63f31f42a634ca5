"""Who copied whom? The series as a tree of main sources: time to the right, a lane for each line of copies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.path import Path as Outline

from .arrow import Column, Table, Unit
from .charts import SOURCE
from .figures import percent
from .framing import (
    DIGIT,
    INK,
    NOTHING,
    axes_points,
    bar_axes,
    draw_lines,
    draw_shapes,
    frame,
    key_row,
    label_depth,
    label_ticks,
    outlines_at,
    style,
)
from .shapes import Note, shape_note
from .tables import reused

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..analysis.comparison import Comparison
    from ..analysis.measures import Counts
    from .charts import Link

NEXT = "#0072b2"  # blue and vermilion: Okabe and Ito 2008
_LANE = 40.0  # points between lanes, where there is room for them
_TALLEST = 560.0  # points
_LEAST, _MOST = 0.8, 6.0  # widths of edges in points, for a share of 0 and of 1


def lanes(sources: Sequence[int | None]) -> tuple[int, ...]:
    """The lane of each report, given its main source. Whoever has most reports after it goes on in its source's lane.

    Others get the first lane above 0 that is free from their source to the last report in their line, nearest first.
    """
    count = len(sources)
    after = [1] * count  # how many reports go back to each, itself included
    for report in range(count - 1, -1, -1):
        source = sources[report]
        if source is not None:
            after[source] += after[report]
    heir: dict[int, int] = {}
    for report, source in enumerate(sources):
        if source is not None and (source not in heir or after[report] > after[heir[source]]):
            heir[source] = report
    ends: list[int] = []  # for each lane the last report in it so far
    placed = [-1] * count
    for report, source in enumerate(sources):
        if source is not None and heir[source] == report:
            placed[report] = placed[source]
            continue
        last = report
        while last in heir:
            last = heir[last]
        begin = report if source is None else source
        # a lane that ends at the source's own column is not free: the edge would seem to come from that report
        free = [lane for lane, end in enumerate(ends) if end < begin]
        near = 0 if source is None else placed[source]
        lane = min(free, key=lambda lane: (abs(lane - near), lane)) if free else len(ends)
        ends += [-1] * (lane + 1 - len(ends))
        ends[lane] = last
        placed[report] = lane
    return tuple(placed)


def plot_sources(
    comparison: Comparison, *, ax: Axes | None = None, link: Link | None = None, side: float | None = None
) -> Axes:
    """Each report joined to its main source; the wider the edge, the more of its words were reused from there.

    An edge from a report that is not the one before is orange and dashed. The share is printed in percent beside the
    report. A report without a main source begins a line of its own, and is an open circle. `link` makes reports and
    edges of an SVG lead to a page: it is asked for a report with itself, or for the two reports of an edge.
    `side` is as wide as all columns together may be, in points.
    """
    series, sources = comparison.series, comparison.provenance.main_sources
    rows = lanes(sources)
    count, depth = len(series), max(rows) + 1
    notes = [
        "Each report is joined to its main source, the earlier report that has most of it."
        if count > 1
        else "One report: there is none that it could be copied from.",
        "Beside a report: words that its main source has, verbatim or edited, in percent; the edge is as wide.",
        comparison.signature("words, each counted as its sentence was carried over", "sentence alignment"),
    ]
    with style():
        height = min(_TALLEST, max(_LANE * (depth + 0.6), 70.0))
        axes = ax or bar_axes(series.ids, notes, height=height, left=30, widest=60, side=side)
        width, tall = axes_points(axes)
        pitch, lane = width / count, tall / (depth + 0.4)
        axes.set(xlim=(-0.5, count - 0.5), ylim=(depth - 0.3, -0.7), yticks=[])
        axes.set_frame_on(False)
        _draw_guides(axes, rows)
        radius = min(5.0, 0.28 * min(pitch, lane))
        _draw_edges(axes, comparison, rows, pitch, radius, link)
        _draw_reports(axes, comparison, rows, radius, link)
        _print_shares(axes, comparison, rows, pitch, lane)
        label_ticks(axes.xaxis, series.ids, pitch)
        key_row(axes, _keys(sources))
        title = f"Who copied whom · {series.name}"
        frame(axes, title, "", notes, below=label_depth(series.ids, pitch), own=ax is None)
    return axes


def _keys(sources: Sequence[int | None]) -> list[Line2D]:
    """What the lines and circles mean, of those that there are."""
    near = any(source == new - 1 for new, source in enumerate(sources) if source is not None)
    far = any(source != new - 1 for new, source in enumerate(sources) if source is not None)
    keys = [Line2D([], [], color=NEXT, linewidth=3, label="from the report before")] * near
    keys += [Line2D([], [], color=SOURCE, linewidth=3, linestyle=_DASHES, label="from an older report")] * far
    alone = Line2D([], [], marker="o", linestyle="none", markeredgecolor=INK, markerfacecolor="none", markersize=5,
                   label="no main source")  # fmt: skip
    return [*keys, alone]


_DASHES = (0, (2.2, 0.7))


def _draw_guides(axes: Axes, rows: Sequence[int]) -> None:
    """A faint line from each report down to its label."""
    bottom = axes.get_ylim()[0]
    guides = [Outline([(report, row), (report, bottom)]) for report, row in enumerate(rows)]
    draw_lines(axes, guides, [(*to_rgb(INK), 0.18)], [0.5], "solid", above=0.5)


def _draw_edges(
    axes: Axes, comparison: Comparison, rows: Sequence[int], pitch: float, radius: float, link: Link | None
) -> None:
    ids, sources = comparison.series.ids, comparison.provenance.main_sources
    # an open circle shows what lies under it: edges begin at its rim
    starts = [k + radius / pitch if source is None else float(k) for k, source in enumerate(sources)]
    for far in (True, False):
        outlines: list[Outline] = []
        widths: list[float] = []
        said: list[Note] = []
        for new, old in enumerate(sources):
            if old is None or far != (old != new - 1):
                continue
            share = reused(_words(comparison, new)) or 0.0
            outlines.append(_edge(old, rows[old], new, rows[new], min(1.0, 40 / pitch), starts[old]))
            widths.append(_LEAST + (_MOST - _LEAST) * share)
            address = link(old, new) if link is not None else None
            said.append(shape_note(address, f"{ids[new]} from {ids[old]}: {percent(share)} of its words"))
        dashes = _DASHES if far else "solid"
        draw_lines(axes, outlines, SOURCE if far else NEXT, widths, dashes, said, gid="edges")


def _edge(old: int, old_row: int, new: int, new_row: int, turn: float, start: float) -> Outline:
    """From `start`, at a report, to one made from it: over to its lane in `turn` of a column, then straight on."""
    if old_row == new_row:
        return Outline([(start, old_row), (new, new_row)])
    middle, over = old + turn / 2, old + turn
    curve = [(start, old_row), (middle, old_row), (middle, new_row), (over, new_row)]
    codes = [Outline.MOVETO, *[Outline.CURVE4] * 3]
    return Outline([*curve, (new, new_row)], [*codes, Outline.LINETO]) if over < new else Outline(curve, codes)


def _words(comparison: Comparison, report: int) -> Counts | None:
    source = comparison.measures[report].source
    return None if source is None else source.words


def _draw_reports(axes: Axes, comparison: Comparison, rows: Sequence[int], radius: float, link: Link | None) -> None:
    """A circle a report, open where it has no main source."""
    ids, sources = comparison.series.ids, comparison.provenance.main_sources
    outlines = outlines_at(axes, Outline.unit_circle(), list(enumerate(rows)), radius)
    fills = [NOTHING if source is None else INK for source in sources]
    said = [
        shape_note(
            link(k, k) if link is not None else None,
            f"{name}: no main source" if source is None else f"{name}, from {ids[source]}",
        )
        for k, (name, source) in enumerate(zip(ids, sources, strict=True))
    ]
    draw_shapes(axes, outlines, fills, said, edges=INK, width=1.0, gid="reports")


def _print_shares(axes: Axes, comparison: Comparison, rows: Sequence[int], pitch: float, lane: float) -> None:
    """The share beside each report, clear of its edge; without its sign where there is no room for it."""
    signed = pitch > 8 * DIGIT * 6
    size = min(8.0, (pitch - 3) / (3 * DIGIT), lane * 0.5)
    if size < 4.5:
        return
    sources = comparison.provenance.main_sources
    for report, row in enumerate(rows):
        share, source = reused(_words(comparison, report)), sources[report]
        if share is None or source is None:
            continue
        from_above = rows[source] < row
        away = 3 + min(5.0, 0.28 * min(pitch, lane))
        axes.annotate(percent(share) if signed else percent(share).removesuffix(" %"), (report, row),
                      (0, -away if from_above else away), "data", "offset points", fontsize=size, ha="center",
                      va="top" if from_above else "bottom", annotation_clip=False)  # fmt: skip


# -- the same figures as rows -----------------------------------------------------------------------------------------


def sources_table(comparison: Comparison) -> Table:
    """Each report with its main source, and what it took from there, as shares of its words."""
    ids, rows = comparison.series.ids, list[tuple[str, str | None, float | None, float | None, float | None]]()
    for new, old in enumerate(comparison.provenance.main_sources):
        words = _words(comparison, new)
        verbatim, edited = (None, None) if words is None else (words.share("verbatim"), words.share("edited"))
        rows.append((ids[new], None if old is None else ids[old], reused(words), verbatim, edited))
    columns = (Column("report"), Column("main source"), Column("reused", Unit.SHARE), Column("verbatim", Unit.SHARE),
               Column("edited", Unit.SHARE))  # fmt: skip
    about = tuple((new if old is None else old, new) for new, old in enumerate(comparison.provenance.main_sources))
    return Table("Each report's main source, and the share of its words that was reused from it.", columns,
                 tuple(rows), about)  # fmt: skip
