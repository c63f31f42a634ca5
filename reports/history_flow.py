"""Where did this text come from? A History-Flow picture (Viégas, Wattenberg and Dave 2004).

Theirs joins each version to the one before. Here a text is often taken up again from an older report, so a band may
pass reports by: it does so on a deck of its own below them, and comes back up where the text was used again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import matplotlib
import numpy as np
from matplotlib.colors import to_hex
from matplotlib.path import Path as Outline
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from .arrow import Column, Table, Unit
from .figures import percent
from .framing import (
    INK,
    NOTHING,
    SMALL,
    axes_points,
    bar_axes,
    box,
    draw_lines,
    draw_shapes,
    frame,
    label_depth,
    label_ticks,
    style,
)
from .shapes import ALL_CELLS, Note, shape_note
from .wording import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..analysis.comparison import Comparison
    from ..analysis.provenance import Origins
    from .charts import Link

AGES = "plasma"  # perceptually uniform, safe for colour-blind eyes (Smith and van der Walt 2015)
_AGES_FROM, _AGES_TO = 0.24, 0.92  # its ends would be lost on a black or a white page
_HALF = 0.17  # of a column's width, in columns
_HEIGHT = 330.0  # points
_DECK = 0.6  # the deck's greatest height, in times the tallest column's
_FINE = 0.4  # points: what is thinner is drawn with its neighbour
_COARSE = 2.0  # the same where only the largest bands are drawn
_CURVED = 8.0  # points between columns from which on bands are curved
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
        self.tables = comparison.provenance.tables
        self.sizes = comparison.sentence_words
        self.edges = [np.concatenate(([0], np.cumsum(words))).tolist() for words in self.sizes]
        """For each report how many words stand before each of its sentences, and in all."""
        self.tallest = max(edges[-1] for edges in self.edges)
        self.fine = self.tallest * _FINE / height
        self.bands = self._all_bands()
        self.whole = most is None or len(self.bands) <= most
        """False where it is drawn coarser."""
        if not self.whole:
            self.fine = self.tallest * _COARSE / height
            self.bands = self._all_bands()
        ranked = sorted(self.bands, key=lambda band: -self.words(band))[:most]
        self.left_out = len(self.bands) - len(ranked)
        self.least = self.words(ranked[-1]) if ranked else 0
        """The words of the smallest band that is drawn."""
        if self.left_out:
            drawn = set(map(id, ranked))
            self.bands = [band for band in self.bands if id(band) in drawn]

    def _all_bands(self) -> list[_Band]:
        return [band for new in range(len(self.edges)) for band in self._bands(new)]

    def _bands(self, new: int) -> list[_Band]:
        """A band is begun by what follows none, or follows it too far off or of another age, if it can be seen."""
        made: list[_Band] = []
        latest: dict[int, int] = {}  # for each earlier report its last band
        table, visible = self.tables[new], self._visible(new)
        sentence, ends = table.sentence.tolist(), (table.sentence + table.merged - 1).tolist()
        old_of, seen_in = table.copied_from.tolist(), table.first_seen.tolist()
        for start, end in _stretches(table):
            old, seen, at, begin = old_of[start], seen_in[start], latest.get(old_of[start]), start
            if at is not None and self._follows(made[at], sentence[start], start):
                # the small ones of another age are drawn with those before them
                begin = end + 1 if made[at].first_seen == seen else min(visible[start], end + 1)
            if at is not None and begin > start:
                whole = made[at]
                there = (whole.old_sentences[0], max(whole.old_sentences[1], ends[begin - 1]))
                made[at] = _Band(old, new, there, (whole.new_sentences[0], begin - 1), whole.first_seen)
            if begin <= end:
                latest[old] = len(made)
                made.append(_Band(old, new, (sentence[begin], ends[end]), (begin, end), seen))
        return made

    def _visible(self, report: int) -> list[int]:
        """For each sentence the first one from it on that can be seen; one past the last where none can."""
        sizes = self.sizes[report]
        found = np.where(sizes > self.fine, np.arange(len(sizes)), len(sizes))
        return np.minimum.accumulate(found[::-1])[::-1].tolist()

    def words(self, band: _Band) -> int:
        """How many words of its report are in a band."""
        first, last = band.new_sentences
        return self.edges[band.new][last + 1] - self.edges[band.new][first]

    def _follows(self, band: _Band, sentence: int, here: int) -> bool:
        """True where a sentence from the band's old report comes close behind the band, here and there."""
        old, new = self.edges[band.old], self.edges[band.new]
        if sentence < band.old_sentences[1]:
            return False
        skipped = old[sentence] - old[band.old_sentences[1] + 1]
        return skipped <= self.fine and new[here] - new[band.new_sentences[1] + 1] <= self.fine

    def blocks(self, report: int) -> list[tuple[int, int, int]]:
        """Stretches of one age in a report: first seen in which report, first word, behind the last word."""
        edges, made = self.edges[report], list[tuple[int, int, int]]()
        seen, visible = self.tables[report].first_seen, self._visible(report)
        bounds = [0, *(np.flatnonzero(np.diff(seen)) + 1).tolist(), len(seen)]
        for start, end in pairwise(bounds):
            age = int(seen[start]) if end else 0
            begin = start
            if made:
                begin = end if made[-1][0] == age else min(visible[start], end)
                made[-1] = (made[-1][0], made[-1][1], edges[begin])
            if begin < end:
                made.append((age, edges[begin], edges[end]))
        return [block for block in made if block[2] > block[1]]

    @cached_property
    def _deck(self) -> tuple[list[list[tuple[float, float]]], float]:
        """For each band where it passes below each report between its two: upper and lower end, from the deck's top;
        and how far down the deck reaches.

        On the deck lies each sentence that is taken up again later, of the latest of its reports on top.
        """
        passes = [list[tuple[float, float]]() for _ in self.bands]
        leaving: list[list[int]] = [[] for _ in self.sizes]
        until = [np.zeros(len(words), np.int64) for words in self.sizes]
        for k, band in enumerate(self.bands):
            leaving[band.old].append(k)
            passing = until[band.old][band.old_sentences[0] : band.old_sentences[1] + 1]
            np.maximum(passing, band.new, out=passing)
        last, deepest = [int(reports.max(initial=0)) for reports in until], 0.0
        for passed in range(len(last)):
            top = depth = 0.0
            for old in (old for old in range(passed - 1, -1, -1) if last[old] > passed):
                heights = np.cumsum(np.where(until[old] > passed, self.sizes[old], 0)).tolist()
                for k in leaving[old]:
                    if self.bands[k].new > passed:
                        first, end = self.bands[k].old_sentences
                        passes[k].append((top + (heights[first - 1] if first else 0), top + heights[end]))
                depth = top + heights[-1]
                top = depth + 0.012 * self.tallest
            deepest = max(deepest, depth)
        return passes, deepest

    @cached_property
    def narrowed(self) -> float:
        """What part of their height bands have on the deck, so that it does not take up the chart."""
        return min(1.0, _DECK * self.tallest / max(self._deck[1], 1.0))

    @property
    def depth(self) -> float:
        """The height of the deck, as it is drawn, in words; 0 where no report is passed by."""
        return self.narrowed * self._deck[1]

    @cached_property
    def deck_top(self) -> float:
        """Where the deck begins."""
        return 1.06 * self.tallest

    def outlines(self, pitch: float) -> list[Outline]:
        """The shape of each band, from the column it comes from to the one it goes to; they are `pitch` points apart.

        Where that is too close for curves to be seen as such, lines are drawn.
        """
        made: list[Outline] = []
        for band, passes in zip(self.bands, self._deck[0], strict=True):
            (first, last), (start, end) = band.old_sentences, band.new_sentences
            old, new = self.edges[band.old], self.edges[band.new]
            stations = [(band.old + _HALF, old[first], old[last + 1])]
            for passed, ends in enumerate(passes, band.old + 1):
                upper, lower = (self.deck_top + self.narrowed * end for end in ends)
                stations += [(passed + side, upper, lower) for side in (-_HALF, _HALF)]
            stations.append((band.new - _HALF, new[start], new[end + 1]))
            made.append(_ribbon(stations, curved=pitch >= _CURVED))
        return made


def _stretches(table: Origins) -> Iterator[tuple[int, int]]:
    """First and last of neighbours that were copied from neighbours, all of one age."""
    copied = np.flatnonzero(table.copied_from >= 0)
    if not len(copied):
        return
    here, there, reach = copied, table.sentence[copied], table.merged[copied]
    broken = (np.diff(here) != 1) | (np.diff(table.copied_from[copied]) != 0) | (np.diff(table.first_seen[copied]) != 0)
    broken |= there[1:] != there[:-1] + reach[:-1]
    cuts = np.flatnonzero(broken)
    starts, ends = here[np.concatenate(([0], cuts + 1))], here[np.append(cuts, len(here) - 1)]
    yield from zip(starts.tolist(), ends.tolist(), strict=True)


def _ribbon(stations: Sequence[tuple[float, float, float]], *, curved: bool) -> Outline:
    """A shape through places given as x, upper and lower end: curved between columns, straight beside them."""
    points: list[tuple[float, float]] = []
    codes: list[np.uint8] = []
    for way, side in ((stations, 1), (stations[::-1], 2)):
        points.append((way[0][0], way[0][side]))
        codes.append(_LINE if codes else _MOVE)
        for here, there in pairwise(way):
            if curved and here[side] != there[side]:
                middle = (here[0] + there[0]) / 2
                points += [(middle, here[side]), (middle, there[side])]
                codes += [_CURVE, _CURVE, _CURVE]
            else:
                codes.append(_LINE)
            points.append((there[0], there[side]))
    return Outline([*points, points[0]], [*codes, Outline.CLOSEPOLY])


_MOVE, _LINE, _CURVE = Outline.MOVETO, Outline.LINETO, Outline.CURVE4


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
    a page: it is asked for a report with itself for a column, for the two reports for a band. Where there are more
    bands than `most` it is drawn coarser, with the largest of them. `side` is as wide as all columns together may be,
    in points.
    """
    series = comparison.series
    flow = _Flow(comparison, _HEIGHT, most)
    notes = [*_notes(flow), comparison.signature("words, each as its sentence was copied", "sentence alignment")]
    with style():
        axes = ax or bar_axes(series.ids, notes, height=_HEIGHT, widest=110, left=66, gap=_SWATCH, side=side)
        pitch = axes_points(axes)[0] / len(series)
        bottom = flow.deck_top + flow.depth if flow.depth else flow.tallest
        axes.set(xlim=(-0.5, len(series) - 0.5), ylim=(max(bottom * 1.01, 1.0), 0))
        _draw_bands(axes, comparison, flow, pitch, link)
        _draw_columns(axes, comparison, flow, pitch, link)
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


def _draw_bands(axes: Axes, comparison: Comparison, flow: _Flow, pitch: float, link: Link | None) -> None:
    ids = comparison.series.ids
    drawn = zip(flow.bands, flow.outlines(pitch), strict=True)
    bands = sorted(drawn, key=lambda drawn: drawn[0].old - drawn[0].new)  # those that pass reports by lie below
    colours = [
        (*age_colour(band.first_seen, len(ids))[:3], 0.6 if band.new == band.old + 1 else 0.42) for band, _ in bands
    ]
    notes: list[Note] = []
    for band, _ in bands:
        words = flow.words(band)
        address = link(band.old, band.new) if link is not None else None
        said = f"{ids[band.old]} to {ids[band.new]}: {plural(words, 'word')}, first seen in {ids[band.first_seen]}"
        notes.append(shape_note(address, said))
    draw_shapes(axes, [outline for _, outline in bands], colours, notes, gid="bands")


def _draw_columns(axes: Axes, comparison: Comparison, flow: _Flow, pitch: float, link: Link | None) -> None:
    """A block for each stretch of one age, which says its words.

    Of more than `ALL_CELLS` in a coarser drawing all of an age are one shape, and the columns say their words.
    """
    ids = comparison.series.ids
    blocks = [(report, *block) for report in range(len(ids)) for block in flow.blocks(report)]
    addresses = [link(report, report) if link is not None else None for report in range(len(ids))]
    words = [edges[-1] for edges in flow.edges]
    frames = [box(report - _HALF, 0, report + _HALF, height) for report, height in enumerate(words)]
    if not flow.whole and len(blocks) > ALL_CELLS:
        _draw_ages(axes, blocks, len(ids), 2 * _HALF * pitch)
        notes = [shape_note(addresses[k], f"{ids[k]}: {plural(count, 'word')}") for k, count in enumerate(words)]
        draw_shapes(axes, frames, [NOTHING], notes)
    else:
        shapes = [box(report - _HALF, start, report + _HALF, end) for report, _, start, end in blocks]
        notes = [_said(ids, addresses, block) for block in blocks]
        draw_shapes(axes, shapes, [age_colour(age, len(ids)) for _, age, _, _ in blocks], notes, gid="columns")
    draw_shapes(axes, frames, ["none"], edges=INK, width=0.5)


def _said(ids: Sequence[str], addresses: Sequence[str | None], block: tuple[int, int, int, int]) -> Note:
    report, age, start, end = block
    of = "new" if age == report else f"first seen in {ids[age]}"
    return shape_note(addresses[report], f"{ids[report]}: {plural(end - start, 'word')}, {of}")


def _draw_ages(axes: Axes, blocks: Sequence[tuple[int, int, int, int]], reports: int, width: float) -> None:
    """For each age its stretches in all columns, as one line as wide as they are."""
    ends: dict[int, list[tuple[int, int]]] = {}
    for report, age, start, end in blocks:
        ends.setdefault(age, []).extend(((report, start), (report, end)))
    lines = [Outline(row, [Outline.MOVETO, Outline.LINETO] * (len(row) // 2)) for row in ends.values()]
    draw_lines(axes, lines, [age_colour(age, reports) for age in ends], [width], "solid", gid="columns")


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
    for new, (table, words) in enumerate(zip(comparison.provenance.tables, comparison.sentence_words, strict=True)):
        olds = np.where(table.copied_from < 0, new, table.copied_from).astype(np.int64)
        sources, at = np.unique(olds * len(ids) + table.first_seen, return_inverse=True)
        sums = np.bincount(at.reshape(-1), words, len(sources)).tolist()
        rows |= {(new, *divmod(key, len(ids))): int(size) for key, size in zip(sources.tolist(), sums, strict=True)}
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
