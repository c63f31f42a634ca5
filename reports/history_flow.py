"""Where did this text come from? A History-Flow picture (Viégas, Wattenberg and Dave 2004).

Theirs joins each version to the one before. Here a text is often taken up again from an older report, so a band may
pass reports by: it does so on a deck of its own below them, and comes back up where the text was used again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import matplotlib
import numpy as np
from matplotlib.colors import to_hex
from matplotlib.path import Path as Outline
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from ..analysis.links import Kind
from .arrow import Column, Table, Unit
from .figures import percent
from .framing import (
    INK,
    SMALL,
    axes_points,
    bar_axes,
    box,
    draw_shapes,
    frame,
    label_depth,
    label_ticks,
    style,
)
from .shapes import Note, shape_note
from .wording import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from ..analysis.comparison import Comparison
    from .charts import Link

AGES = "plasma"  # perceptually uniform, safe for colour-blind eyes (Smith and van der Walt 2015)
_AGES_FROM, _AGES_TO = 0.24, 0.92  # its ends would be lost on a black or a white page
_HALF = 0.17  # of a column's width, in columns
_HEIGHT = 330.0  # points
_DECK = 0.6  # the deck's greatest height, in times the tallest column's
_FINE = 0.4  # points: what is thinner is drawn with its neighbour
_COARSE = 2.0  # the same where only the largest bands are drawn
_SWATCH = 12.0  # points under the axis, for the colour of each report


@dataclass(frozen=True, slots=True)
class _Band:
    """Neighbouring sentences that one report took from neighbouring sentences of an earlier one."""

    old: int
    """The number of the report they were copied from."""
    new: int
    """The number of the report that has them."""
    old_sentences: tuple[int, int]
    """First and last of them there."""
    new_sentences: tuple[int, int]
    """First and last of them here."""
    first_seen: int
    """The report in which they first stood; where they are drawn together, that of the first of them."""


class _Flow:
    """Where everything stands, in words from the top down."""

    def __init__(self, comparison: Comparison, height: float, most: int | None = None) -> None:
        self.origins = comparison.provenance.origins
        self.edges = [np.concatenate(([0], np.cumsum(words))) for words in comparison.sentence_words]
        self._edges = [edges.tolist() for edges in self.edges]
        self.tallest = max(int(edges[-1]) for edges in self.edges)
        self.fine = self.tallest * (_FINE if most is None else _COARSE) / height
        self.bands = [band for new in range(len(self.edges)) for band in self._bands(new)]
        ranked = sorted(self.bands, key=lambda band: -self.words(band))[:most]
        self.left_out = len(self.bands) - len(ranked)
        self.least = self.words(ranked[-1]) if ranked else 0
        """The words of the smallest band that is drawn."""
        if self.left_out:
            drawn = set(map(id, ranked))
            self.bands = [band for band in self.bands if id(band) in drawn]

    def _bands(self, new: int) -> list[_Band]:
        made: list[_Band] = []
        latest: dict[int, int] = {}  # for each earlier report its last band
        for j, origin in enumerate(self.origins[new]):
            if origin.copied_from is None or origin.sentence is None:
                continue
            there = (origin.sentence, origin.sentence + origin.merged - 1)
            band = _Band(origin.copied_from, new, there, (j, j), origin.first_seen)
            at = latest.get(band.old)
            if at is not None and self._continues(made[at], band):
                begun = made[at]
                sentences = (begun.old_sentences[0], max(begun.old_sentences[1], band.old_sentences[1]))
                made[at] = _Band(band.old, new, sentences, (begun.new_sentences[0], j), begun.first_seen)
                continue
            latest[band.old] = len(made)
            made.append(band)
        return made

    def words(self, band: _Band) -> int:
        """How many words of its report are in a band."""
        first, last = band.new_sentences
        return int(self.edges[band.new][last + 1] - self.edges[band.new][first])

    def _continues(self, band: _Band, following: _Band) -> bool:
        """True where the following sentence, or one too small to see, can be drawn with those before it."""
        if band.old != following.old or following.old_sentences[0] < band.old_sentences[1]:
            return False
        old, new = self._edges[band.old], self._edges[band.new]
        skipped = old[following.old_sentences[0]] - old[band.old_sentences[1] + 1]
        between = new[following.new_sentences[0]] - new[band.new_sentences[1] + 1]
        size = new[following.new_sentences[0] + 1] - new[following.new_sentences[0]]
        same = band.first_seen == following.first_seen or size <= self.fine
        return same and skipped <= self.fine and between <= self.fine

    def blocks(self, report: int) -> list[tuple[int, int, int]]:
        """Stretches of one age in a report: first seen in which report, first word, behind the last word."""
        edges, made = self.edges[report].tolist(), list[tuple[int, int, int]]()
        for j, origin in enumerate(self.origins[report]):
            start, end = edges[j], edges[j + 1]
            if made and (made[-1][0] == origin.first_seen or end - start <= self.fine):
                made[-1] = (made[-1][0], made[-1][1], end)
            else:
                made.append((origin.first_seen, start, end))
        return [block for block in made if block[2] > block[1]]

    @cached_property
    def deck(self) -> list[dict[int, NDArray[np.float64]]]:
        """For each report passed by, for each older one: where each sentence that is taken up again later passes below.

        Arrays as `edges`, from the deck's top; what does not pass has no height. The latest source passes on top.
        """
        until = [np.zeros(len(edges) - 1, np.int64) for edges in self.edges]
        for band in self.bands:
            first, last = band.old_sentences
            np.maximum(until[band.old][first : last + 1], band.new, out=until[band.old][first : last + 1])
        last = [int(reports.max(initial=0)) for reports in until]
        out: list[dict[int, NDArray[np.float64]]] = []
        for passed in range(len(self.edges)):
            lanes: dict[int, NDArray[np.float64]] = {}
            top = 0.0
            for old in range(passed - 1, -1, -1):
                if last[old] > passed:
                    passing = until[old] > passed
                    sizes = np.where(passing, np.diff(self.edges[old]), 0)
                    lanes[old] = top + np.concatenate(([0.0], np.cumsum(sizes)))
                    top = float(lanes[old][-1]) + 0.012 * self.tallest
            out.append(lanes)
        return out

    @cached_property
    def narrowed(self) -> float:
        """What part of their height bands have on the deck, so that it does not take up the chart."""
        return min(1.0, _DECK * self.tallest / max(self._depth, 1.0))

    @property
    def depth(self) -> float:
        """The height of the deck, as it is drawn, in words; 0 where no report is passed by."""
        return self.narrowed * self._depth

    @cached_property
    def _depth(self) -> float:
        return max((float(lane[-1]) for lanes in self.deck for lane in lanes.values()), default=0.0)

    @cached_property
    def deck_top(self) -> float:
        """Where the deck begins."""
        return 1.06 * self.tallest

    def outline(self, band: _Band) -> Outline:
        """The band's shape, from the column it comes from to the one it goes to."""
        (first, last), (start, end) = band.old_sentences, band.new_sentences
        old, new = self.edges[band.old], self.edges[band.new]
        stations = [(band.old + _HALF, float(old[first]), float(old[last + 1]))]
        for passed in range(band.old + 1, band.new):
            lane = self.deck_top + self.narrowed * self.deck[passed][band.old]
            stations += [(passed + side, float(lane[first]), float(lane[last + 1])) for side in (-_HALF, _HALF)]
        stations.append((band.new - _HALF, float(new[start]), float(new[end + 1])))
        return _ribbon(stations)


def _ribbon(stations: Sequence[tuple[float, float, float]]) -> Outline:
    """A shape through places given as x, upper and lower end: curved between columns, straight beside them."""
    points: list[tuple[float, float]] = []
    codes: list[np.uint8] = []
    for way, side in ((stations, 1), (stations[::-1], 2)):
        points.append((way[0][0], way[0][side]))
        codes.append(np.uint8(Outline.LINETO if codes else Outline.MOVETO))
        for here, there in pairwise(way):
            middle, level = (here[0] + there[0]) / 2, here[side] == there[side]
            points += [] if level else [(middle, here[side]), (middle, there[side])]
            points.append((there[0], there[side]))
            codes += [np.uint8(Outline.LINETO)] if level else [np.uint8(Outline.CURVE4)] * 3
    return Outline([*points, points[0]], [*codes, Outline.CLOSEPOLY])


def plot_history(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    link: Link | None = None,
    most: int | None = None,
    side: float | None = None,
) -> Axes:
    """A column a report, as tall as it has words; bands join text to where it was copied from, coloured by its age.

    What no band leads on from was dropped. A band that passes reports by runs below them. The colour is that of the
    report in which the text first stood, as shown under each column. `link` makes columns and bands of an SVG lead to
    a page: it is asked for a report with itself for a column, for the two reports for a band. Of the bands only the
    `most` largest are drawn; `side` is as wide as all columns together may be, in points.
    """
    series = comparison.series
    flow = _Flow(comparison, _HEIGHT, most)
    notes = [*_notes(flow), comparison.signature("words, each as its sentence was copied", "sentence alignment")]
    with style():
        axes = ax or bar_axes(series.ids, notes, height=_HEIGHT, widest=110, left=66, gap=_SWATCH, side=side)
        pitch = axes_points(axes)[0] / len(series)
        bottom = flow.deck_top + flow.depth if flow.depth else flow.tallest
        axes.set(xlim=(-0.5, len(series) - 0.5), ylim=(max(bottom * 1.01, 1.0), 0))
        _draw_bands(axes, comparison, flow, link)
        _draw_columns(axes, comparison, flow, link)
        _draw_scale(axes, comparison, flow)
        label_ticks(axes.xaxis, series.ids, pitch, gap=_SWATCH)
        depth = label_depth(series.ids, pitch) + _SWATCH
        subtitle = "Columns: the words of each report from the top down. Bands: copied text."
        subtitle = subtitle if len(series) > 1 else "One report: there is none that it could be copied from."
        frame(axes, f"Where the text comes from · {series.name}", subtitle, notes, below=depth, own=ax is None)
    return axes


def _notes(flow: _Flow) -> list[str]:
    notes = ["Colour: the report in which a sentence, or what it was made from, first stood (squares below)."]
    if flow.bands:
        notes.append("A band leads from where a text stood to where it was copied; what no band leaves was dropped.")
    if flow.left_out:
        bands, words = plural(flow.left_out, "band"), plural(flow.least, "word")
        notes.append(f"Left out here: {bands} of at most {words} each; stretches too small to see are drawn together.")
    if flow.depth:
        narrowed = f"; they are drawn at {percent(flow.narrowed)} of their height there" if flow.narrowed < 1 else ""
        notes.append(f"Bands below the columns pass by reports that the text was not copied from{narrowed}.")
    return notes


@lru_cache(maxsize=4096)  # matplotlib makes the map anew for every colour that it is asked for
def age_colour(first_seen: int, reports: int) -> tuple[float, float, float, float]:
    """The colour of text that first stood in report number `first_seen` of so many."""
    place = first_seen / max(reports - 1, 1)
    return matplotlib.colormaps[AGES](_AGES_FROM + (_AGES_TO - _AGES_FROM) * place)


def _draw_bands(axes: Axes, comparison: Comparison, flow: _Flow, link: Link | None) -> None:
    ids = comparison.series.ids
    bands = sorted(flow.bands, key=lambda band: band.old - band.new)  # those that pass reports by lie below
    colours = [
        (*age_colour(band.first_seen, len(ids))[:3], 0.6 if band.new == band.old + 1 else 0.42) for band in bands
    ]
    notes: list[Note] = []
    for band in bands:
        words = flow.words(band)
        address = link(band.old, band.new) if link is not None else None
        said = f"{ids[band.old]} to {ids[band.new]}: {plural(words, 'word')}, first seen in {ids[band.first_seen]}"
        notes.append(shape_note(address, said))
    draw_shapes(axes, [flow.outline(band) for band in bands], colours, notes, gid="bands")


def _draw_columns(axes: Axes, comparison: Comparison, flow: _Flow, link: Link | None) -> None:
    ids = comparison.series.ids
    shapes: list[Outline] = []
    colours: list[tuple[float, ...]] = []
    notes: list[Note] = []
    for report in range(len(ids)):
        address = link(report, report) if link is not None else None
        for first_seen, start, end in flow.blocks(report):
            shapes.append(box(report - _HALF, start, report + _HALF, end))
            colours.append(age_colour(first_seen, len(ids)))
            age = "new" if first_seen == report else f"first seen in {ids[first_seen]}"
            notes.append(shape_note(address, f"{ids[report]}: {plural(end - start, 'word')}, {age}"))
    draw_shapes(axes, shapes, colours, notes, gid="columns")
    frames = [box(k - _HALF, 0, k + _HALF, int(edges[-1])) for k, edges in enumerate(flow.edges)]
    draw_shapes(axes, frames, ["none"], edges=INK, width=0.5)


def _draw_scale(axes: Axes, comparison: Comparison, flow: _Flow) -> None:
    """Words down the left, the deck's name, and the colour of each report under its column."""
    count = len(comparison.series)
    ticks = MaxNLocator(6, integer=True, steps=[1, 2, 2.5, 5, 10]).tick_values(0, max(flow.tallest, 1))
    axes.yaxis.set_major_locator(FixedLocator([tick for tick in ticks if 0 <= tick <= flow.tallest]))
    axes.yaxis.set_major_formatter(FuncFormatter(_thousands))
    axes.tick_params(axis="y", length=2, labelsize=8)
    for side in axes.spines:
        axes.spines[side].set_visible(False)
    axes.annotate("words", (0, 1), (-4, 6), "axes fraction", "offset points", ha="right", va="bottom", fontsize=8)
    if flow.depth:
        middle = flow.deck_top + flow.depth / 2
        axes.annotate("taken up\nagain later", (-0.5, middle), (-4, 0), "data", "offset points", ha="right",
                      va="center", fontsize=SMALL, alpha=0.8, annotation_clip=False)  # fmt: skip
        axes.axhline((flow.tallest + flow.deck_top) / 2, color=INK, linewidth=0.5, alpha=0.5)
    width, height = axes_points(axes)
    half, top = min(4.0, 0.3 * width / count) / width * count, 4.0 / height
    swatches = [box(k - half, -top, k + half, -top - 7.0 / height) for k in range(count)]
    colours = [to_hex(age_colour(k, count)) for k in range(count)]
    draw_shapes(axes, swatches, colours, transform=axes.get_xaxis_transform(), edges=INK, width=0.3)
    axes.annotate("first seen", (0, 0), (-4, -7.5), "axes fraction", "offset points", ha="right", va="center",
                  fontsize=SMALL, alpha=0.8)  # fmt: skip


def _thousands(value: float, _: int) -> str:
    return f"{value:,.0f}"


# -- the same figures as rows -----------------------------------------------------------------------------------------


def history_table(comparison: Comparison) -> Table:
    """For each report how many of its words were copied from which report, by the report in which they first stood."""
    ids, rows = comparison.series.ids, dict[tuple[int, int, int], int]()
    for new, origins in enumerate(comparison.provenance.origins):
        for origin, words in zip(origins, comparison.sentence_words[new].tolist(), strict=True):
            old = new if origin.copied_from is None or origin.kind is Kind.NEW else origin.copied_from
            rows[new, old, origin.first_seen] = rows.get((new, old, origin.first_seen), 0) + words
    ordered = sorted(rows, key=lambda row: (row[0], -row[1], row[2]))
    totals = [int(words.sum()) for words in comparison.sentence_words]
    columns = (Column("report"), Column("copied from"), Column("first seen"), Column("words", Unit.COUNT),
               Column("share", Unit.SHARE))  # fmt: skip
    return Table(
        "Words of each report by the report they were copied from and the one they first stood in; – for new ones.",
        columns,
        tuple(
            (ids[new], None if old == new else ids[old], ids[seen], rows[new, old, seen],
             rows[new, old, seen] / totals[new] if totals[new] else None)
            for new, old, seen in ordered
        ),
        tuple((old, new) for new, old, _ in ordered),
    )  # fmt: skip
