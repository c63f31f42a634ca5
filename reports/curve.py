"""When was the text rewritten? How alike each report is to the one before and to its main source, and its phases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.path import Path as Outline
from matplotlib.ticker import FixedLocator, FuncFormatter

from ..analysis.similarities import Measure
from .arrow import Column, Table, Unit
from .charts import SOURCE
from .figures import hundredths, percent
from .framing import (
    INK,
    NOTHING,
    axes_points,
    bar_axes,
    box,
    draw_shapes,
    frame,
    key_row,
    label_depth,
    label_ticks,
    outlines_at,
    say,
    style,
    text_width,
)
from .shapes import Note, shape_note
from .tables import reused

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..analysis.comparison import Comparison
    from .charts import Link

REUSED = "#0072b2"  # blue: Okabe and Ito 2008
PHASES = ("#56b4e9", "#e69f00", "#009e73", "#cc79a7")  # the same; neighbours differ, and each has its letter
_CIRCLE = Outline.unit_circle()
_SQUARE = Outline([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9), (-0.9, -0.9)], closed=True)
_DIAMOND = Outline([(0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0), (0, -1.35)], closed=True)
_STRIP = 0.085  # height of the names of the phases above 100 %, as a share of the whole range


Dashes = Literal["solid"] | tuple[float, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class _Line:
    """One figure over all reports, against one other report each."""

    name: str
    """As the keys have it."""
    values: tuple[float | None, ...]
    """For each report, 0..1; None where it is not defined."""
    against: tuple[int | None, ...]
    """The number of the other report."""
    colour: str
    """Of its line and marks."""
    mark: Outline
    """A circle, square or diamond, of size 1."""
    form: str
    """The mark's name in matplotlib."""
    joined: Dashes | None
    """The style of the line that joins the marks; None for marks alone."""
    is_open: bool
    """True for marks that are only outlined."""
    shown: Callable[[float], str]
    """The value as it is printed."""


def _lines(comparison: Comparison) -> list[_Line]:
    count, sources = len(comparison.series), comparison.provenance.main_sources
    alike = comparison.similarity(Measure.TFIDF)
    before = tuple(k - 1 if k else None for k in range(count))
    older = tuple(source if source is not None and source != k - 1 else None for k, source in enumerate(sources))
    kept = [(m.previous.words if m.previous else None, m.source.words if m.source else None)
            for m in comparison.measures]  # fmt: skip

    def likeness(others: Sequence[int | None]) -> tuple[float | None, ...]:
        return tuple(None if old is None else _defined(alike[new, old]) for new, old in enumerate(others))

    from_before = tuple(reused(words) for words, _ in kept)
    from_source = tuple(None if older[k] is None else reused(words) for k, (_, words) in enumerate(kept))
    return [
        _Line("likeness to the report before", likeness(before), before, INK, _SQUARE, "s", (0, (2, 1.5)), True,
              hundredths),
        _Line("likeness to an older main source", likeness(older), older, SOURCE, _SQUARE, "s", None, True, hundredths),
        _Line("words reused from the report before", from_before, before, REUSED, _CIRCLE, "o", "solid", False,
              percent),
        _Line("words reused from an older main source", from_source, older, SOURCE, _DIAMOND, "D", None, False,
              percent),
    ]  # fmt: skip


def _defined(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def plot_curve(
    comparison: Comparison, *, ax: Axes | None = None, link: Link | None = None, side: float | None = None
) -> Axes:
    """How much of each report was reused from the one before and how alike the two are; bands show the phases.

    Where a report was mostly copied from an older one, the same against that one is shown in orange. A phase is the
    reports that were written on one text; one that was taken up again later has several bands with one letter.
    `link` makes marks and bands of an SVG lead to a page: it is asked for the two reports, or for the founder of a
    phase with itself. `side` is as wide as all columns together may be, in points.
    """
    series = comparison.series
    lines = [line for line in _lines(comparison) if any(value is not None for value in line.values)]
    notes = _notes(comparison, lines)
    with style():
        keys = max(len(lines) // 2, 1)
        axes = ax or bar_axes(series.ids, notes, height=230, widest=60, keys=keys, side=side)
        width, _ = axes_points(axes)
        pitch = width / len(series)
        top = 1.03 + (_STRIP if comparison.phases else 0)
        axes.set(xlim=(-0.5, len(series) - 0.5), ylim=(-0.02, top))
        _draw_phases(axes, comparison, pitch, link)
        for line in lines:
            _draw_line(axes, comparison, line, pitch, link)
        if lines:
            _scale(axes)
            label_ticks(axes.xaxis, series.ids, pitch)
            key_row(axes, [_key(line) for line in lines], columns=2)
        else:
            say(axes, "One report: there is none to compare it with.")
        title = f"When the text was rewritten · {series.name}"
        frame(axes, title, "", notes, below=label_depth(series.ids, pitch), own=ax is None, keys=keys)
    return axes


def _notes(comparison: Comparison, lines: Sequence[_Line]) -> list[str]:
    ids, phases = comparison.series.ids, comparison.phases
    if not lines:
        return [comparison.signature()]
    named = [f"{letter} {ids[phase.founder]}" for letter, phase in zip(letters(len(phases)), phases, strict=True)]
    more = f" and {len(named) - 12} more" if len(named) > 12 else ""
    texts = f"Bands: phases, the reports written on one text, by its first report: {', '.join(named[:12])}{more}."
    return [
        texts if phases else "No phases: no text was taken up again so far that the two share more than half.",
        comparison.signature("words reused, verbatim or edited", "sentence alignment"),
        comparison.signature(Measure.TFIDF.recipe(comparison.settings)),
    ]


def letters(count: int) -> list[str]:
    """Names for phases: A, B, ... Z, AA, AB, ..."""
    made: list[str] = []
    for number in range(count):
        name, rest = "", number + 1
        while rest:
            rest, letter = divmod(rest - 1, 26)
            name = chr(ord("A") + letter) + name
        made.append(name)
    return made


def _draw_phases(axes: Axes, comparison: Comparison, pitch: float, link: Link | None) -> None:
    """A tinted band for each run of reports of one phase, and its letter above."""
    ids, phases = comparison.series.ids, comparison.phases
    for number, (letter, phase) in enumerate(zip(letters(len(phases)), phases, strict=True)):
        address = link(phase.founder, phase.founder) if link is not None else None
        reports = f"{ids[phase.first]} to {ids[phase.last]}, {len(phase.members)} reports"
        note = shape_note(address, f"Phase {letter}: the text of {ids[phase.founder]}, {reports}")
        runs = [(first - 0.46, last + 0.46) for first, last in phase.runs]
        fill = PHASES[number % len(PHASES)]
        for bottom, top, strength in ((-0.02, 1.03, 0.16), (1.03, 1.03 + _STRIP, 0.5)):
            shapes = [box(left, bottom, right, top) for left, right in runs]
            colours = [(*_rgb(fill), strength)] * len(runs)
            draw_shapes(axes, shapes, colours, [note] * len(runs), gid="phases")
        for left, right in runs:
            long = f"{letter}: the text of {ids[phase.founder]}"
            room = (right - left) * pitch - 4
            shown = long if text_width(long, 7.5) <= room else letter
            size = min(7.5, room / max(text_width(shown, 1), 0.1))
            if size >= 4.5:
                axes.text((left + right) / 2, 1.03 + _STRIP / 2, shown, ha="center", va="center_baseline",
                          fontsize=size, clip_on=False)  # fmt: skip


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))


def _draw_line(axes: Axes, comparison: Comparison, line: _Line, pitch: float, link: Link | None) -> None:
    ids = comparison.series.ids
    if line.joined is not None:
        known = [np.nan if value is None else value for value in line.values]
        axes.plot(range(len(known)), known, color=line.colour, linewidth=1.4 if line.joined == "solid" else 1.0,
                  linestyle=line.joined, zorder=1.9, label=line.name)  # fmt: skip
    places: list[tuple[float, float]] = []
    notes: list[Note] = []
    for new, (value, old) in enumerate(zip(line.values, line.against, strict=True)):
        if value is None or old is None:
            continue
        places.append((new, value))
        address = link(old, new) if link is not None else None
        notes.append(shape_note(address, f"{ids[new]}, {ids[old]}: {line.name} {line.shown(value)}"))
    marks = outlines_at(axes, line.mark, places, min(3.0, max(1.3, 0.15 * pitch)))
    fill = NOTHING if line.is_open else line.colour
    draw_shapes(axes, marks, [fill], notes, edges=line.colour, width=0.9, gid="marks", above=2)


def _key(line: _Line) -> Line2D:
    fill = "none" if line.is_open else line.colour
    return Line2D([], [], color=line.colour, linestyle=line.joined or "none", marker=line.form, markersize=4,
                  linewidth=1.2, markerfacecolor=fill, markeredgewidth=0.9, label=line.name)  # fmt: skip


def _scale(axes: Axes) -> None:
    axes.yaxis.set_major_locator(FixedLocator([0, 0.25, 0.5, 0.75, 1]))
    axes.yaxis.set_major_formatter(FuncFormatter(_in_percent))
    axes.tick_params(axis="y", length=2, labelsize=8)
    for level in (0, 0.25, 0.5, 0.75, 1):
        axes.axhline(level, color=INK, linewidth=0.8 if not level else 0.4, alpha=1 if not level else 0.25, zorder=0.9)
    for side in axes.spines:
        axes.spines[side].set_visible(False)


def _in_percent(value: float, _: int) -> str:
    return f"{100 * value:.0f} %"


# -- the same figures as rows -----------------------------------------------------------------------------------------


def curve_table(comparison: Comparison) -> Table:
    """For each report what it has of the one before and, where that is another, of its main source; and its phase."""
    ids, alike = comparison.series.ids, comparison.similarity(Measure.TFIDF)
    names = letters(len(comparison.phases))
    named = {phase.founder: name for name, phase in zip(names, comparison.phases, strict=True)}
    rows: list[tuple[str | float | None, ...]] = []
    about: list[tuple[int, int]] = []
    for new, measures in enumerate(comparison.measures):
        source, founder = comparison.main_source(new), comparison.phase_of[new]
        phase = (None, None) if founder is None else (named[founder], ids[founder])
        others = [(new - 1, measures.previous)] if measures.previous else []
        others += [(source, measures.source)] if measures.source and source is not None and source != new - 1 else []
        for old, kept in others:
            role = "main source" if old == source else "the report before"
            likeness = _defined(alike[new, old])
            rows.append((ids[new], ids[old], role, reused(kept.words), likeness, *phase))
            about.append((old, new))
        if not others:
            rows.append((ids[new], None, None, None, None, *phase))
            about.append((new, new))
    columns = (
        Column("report"),
        Column("beside"),
        Column("which is"),
        Column("words reused", Unit.SHARE),
        Column("likeness", Unit.VALUE),
        Column("phase"),
        Column("text of"),
    )
    caption = "What each report has of the one before and of its main source, how alike they are, and its phase."
    return Table(caption, columns, tuple(rows), tuple(about))
