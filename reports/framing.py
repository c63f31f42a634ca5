"""What every chart has around it: a figure of fitting size, labels, title, notes; and charts as files or inline SVG."""

from __future__ import annotations

import hashlib
import io
import os
import textwrap
import warnings
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import matplotlib.style
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis, XAxis
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.path import Path as Outline
from matplotlib.text import Text
from matplotlib.ticker import FixedFormatter, FixedLocator, Formatter, Locator
from matplotlib.transforms import Bbox, Transform

from ..corpus.errors import UsageError
from .inline_svg import filled, named, salted, tidied
from .outputs import write_file
from .shapes import Labels, Note, Shapes, Words, is_plain, printable_line, writing

NOTHING = (0.5, 0.5, 0.5, 0.0)  # not "none": what is open is pointed at inside too
INK = "#1f2328"  # text and lines; in an inline SVG this colour becomes the page's own
FORMATS = ("png", "svg", "pdf")
TITLE, TEXT, SMALL = 11.0, 8.5, 7.5  # points
LINE = 1.35  # times the size of the letters
DIGIT = 0.64  # width of a digit, in times its size
WIDE = 0.6  # mean width of a letter, in times its size
LEAST_LABEL = 7.0  # points: labels in smaller letters are not read, fewer are
LEAST_WIDTH = 460.0  # points: a title and notes need room where the chart itself is small

_FONTS = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans Arabic", "Noto Sans Devanagari", "WenQuanYi Micro Hei",
          "Microsoft YaHei", "Hiragino Sans", "Arial Unicode MS")  # fmt: skip


@contextmanager
def style() -> Generator[None]:
    """Our settings of matplotlib and no others, so that a chart is the same whatever the user's are."""
    ours: dict[str, Any] = {
        "svg.fonttype": "none",  # letters stay letters: small, found by search, in the page's font
        "svg.hashsalt": "litany",
        "pdf.fonttype": 42,
        "text.parse_math": False,  # a title may hold two dollar signs
        "font.sans-serif": _fonts(),
        "hatch.linewidth": 0.5,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        **dict.fromkeys(("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), INK),
    }
    with matplotlib.style.context(["default", ours]):
        yield


@cache
def _fonts() -> list[str]:
    """The font that matplotlib brings, and behind it those for other scripts that are installed here."""
    installed = {entry.name for entry in fontManager.ttflist}
    return ["DejaVu Sans", *(name for name in _FONTS if name in installed)]


def font() -> FontProperties:
    """The font of all charts."""
    return FontProperties(family=_fonts())


# -- size and labels --------------------------------------------------------------------------------------------------


def matrix_axes(labels: Sequence[str], notes: Sequence[str], *, side: float | None = None) -> Axes:
    """Axes for a square of cells, in a figure of fitting size: cells are larger where there are few.

    The square has `side` points at most; by default as many as it takes to print something into each cell.
    """
    room = (540 if side is None else side) / max(len(labels), 1)
    cell = min(44.0, max(12.3, room) if side is None else room)
    side, depth = cell * len(labels), label_depth(labels, cell)
    left = 14 + max(map(_width, labels), default=0) * _label_size(cell)
    return _axes(side, side, left, right=56, above=TITLE * LINE + TEXT * LINE + 16, below=depth, notes=notes)


def bar_axes(
    labels: Sequence[str],
    notes: Sequence[str],
    *,
    height: float = 250,
    widest: float = 44,
    left: float = 52,
    gap: float = 0,
    keys: int = 1,
    side: float | None = None,
) -> Axes:
    """Axes for one bar or column a label, in a figure of fitting size; all lengths in points.

    A column is `widest` at most, labels stand `gap` further down, and `keys` lines of keys are between title and chart.
    All columns together are `side` wide at most, by default as wide as it takes for each to have its label.
    """
    room = (620 if side is None else side) / max(len(labels), 1)
    pitch = min(widest, max(12.3, room) if side is None else room)
    above, depth = TITLE * LINE + keys * TEXT * LINE + 18, label_depth(labels, pitch) + gap
    return _axes(pitch * len(labels), height, left, right=14, above=above, below=depth, notes=notes)


def _axes(
    width: float, height: float, left: float, *, right: float, above: float, below: float, notes: Sequence[str]
) -> Axes:
    whole = max(left + width + right, LEAST_WIDTH)
    under = below + 12 + len(list(_wrapped(notes, whole - left, SMALL))) * SMALL * LINE
    tall = above + height + under
    figure = Figure(figsize=(whole / 72, tall / 72))
    return figure.add_axes((left / whole, under / tall, width / whole, height / tall))


def text_width(text: str, size: float) -> float:
    """About how wide a text is, in points."""
    return _width(text) * size


def axes_points(axes: Axes) -> tuple[float, float]:
    """Width and height of axes in points."""
    box = axes.get_position()
    width, height = figure_of(axes).get_size_inches()
    return box.width * width * 72, box.height * height * 72


def figure_of(drawn: Axes | Figure) -> Figure:
    """The figure that holds the axes."""
    return drawn if isinstance(drawn, Figure) else drawn.figure.figure


def label_ticks(axis: Axis, labels: Sequence[str], pitch: float, *, gap: float = 0) -> None:
    """One label a cell or bar, upright where it fits; where even thin ones do not, every second, third, ... of them."""
    size = _label_size(pitch)
    step = max(1, -int(-size * 1.05 // pitch))
    turned = isinstance(axis, XAxis) and _is_turned(labels, pitch)
    put_labels(axis, range(0, len(labels), step), labels[::step], size, turned=turned, pad=3 + gap)


def put_labels(
    axis: Axis, places: Sequence[int], texts: Sequence[str], size: float, *, turned: bool = False, pad: float
) -> None:
    """Those labels at those places, `pad` points from the axes: made when they are asked for, as they take time."""
    shown = [printable_line(text) for text in texts]
    locator, formatter = FixedLocator(list(places)), FixedFormatter(shown)
    axis.set_major_locator(locator)
    axis.set_major_formatter(formatter)
    axis.set_tick_params(length=0, pad=pad, labelsize=size, labelrotation=90 if turned else 0)
    labels = Labels(tuple(map(float, places)), tuple(shown), size, turned, pad, INK)
    _LABELS[axis] = (labels, locator, formatter)


_LABELS: WeakKeyDictionary[Axis, tuple[Labels, Locator, Formatter]] = WeakKeyDictionary()


def _labels(axis: Axis) -> Labels | None:
    """The labels that we put on an axis that shows nothing else; None where there are others."""
    labels, locator, formatter = _LABELS.get(axis, (None, None, None))
    ours = axis.get_major_locator() is locator and axis.get_major_formatter() is formatter
    return labels if ours and axis.get_visible() and not axis.label.get_text() else None


def label_depth(labels: Sequence[str], pitch: float) -> float:
    """How far the labels under a chart reach down, in points."""
    size = _label_size(pitch)
    return 5 + size * (max(map(_width, labels), default=0) if _is_turned(labels, pitch) else LINE)


def _label_size(pitch: float) -> float:
    return min(8.5, max(LEAST_LABEL, 0.62 * pitch))


def _is_turned(labels: Sequence[str], pitch: float) -> bool:
    return max(map(_width, labels), default=0) * _label_size(pitch) > pitch - 4


def _width(text: str) -> float:
    """About how wide a text is, in times the size of its letters; those of East Asia are square."""
    return sum(WIDE + 0.04 if ord(letter) < 0x1100 else 1.0 for letter in text)


def say(axes: Axes, text: str) -> None:
    """A chart that has nothing to show says so instead."""
    axes.set_axis_off()
    axes.text(0, 0.5, text, transform=axes.transAxes, fontsize=TEXT, alpha=0.8, clip_on=False)


def key_row(axes: Axes, handles: Sequence[Artist] | None = None, *, columns: int = 6) -> None:
    """The keys of a chart between it and its title, so many in a row."""
    shown: dict[str, Any] = {} if handles is None else {"handles": handles}
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=columns, frameon=False, fontsize=8, borderaxespad=0.1,
                handlelength=1.2, columnspacing=1.4, borderpad=0.2, **shown)  # fmt: skip


def draw_shapes(
    axes: Axes,
    outlines: Sequence[Outline],
    fills: Sequence[Any],
    notes: Sequence[Note] | None = None,
    *,
    edges: Any = "none",
    width: float = 0,
    gid: str | None = None,
    label: str = "",
    transform: Transform | None = None,
    above: float = 1,
) -> None:
    """Shapes of any form in one go, on top of those before; `notes` are made by `shape_note`, one a shape."""
    if not outlines:
        return
    drawn = Shapes(outlines, notes, facecolors=fills, edgecolors=edges, linewidths=[width], clip_on=False, gid=gid)
    drawn.set(transform=axes.transData if transform is None else transform, label=label)
    drawn.set_zorder(above + 0.01 * min(len(axes.collections), 80))
    axes.add_collection(drawn, autolim=False)


def box(left: float, top: float, right: float, bottom: float) -> Outline:
    """A rectangle."""
    return Outline(((left, top), (right, top), (right, bottom), (left, bottom), (left, top)), _BOX)


_BOX = np.array([Outline.MOVETO, *[Outline.LINETO] * 3, Outline.CLOSEPOLY], Outline.code_type)  # as matplotlib has it


def outlines_at(
    axes: Axes, mark: Outline, places: Sequence[tuple[float, float]], radius: float | Sequence[float]
) -> list[Outline]:
    """A mark of size 1 at each place, so many points large, whatever the scales of the axes."""
    width, height = axes_points(axes)
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    scale = np.array((abs(right - left) / width, abs(top - bottom) / height))
    sizes = [radius] * len(places) if isinstance(radius, (int, float)) else radius
    vertices = np.asarray(mark.vertices)
    return [Outline(vertices * scale * size + place, mark.codes) for place, size in zip(places, sizes, strict=True)]


def draw_lines(
    axes: Axes,
    outlines: Sequence[Outline],
    colours: Any,
    widths: Sequence[float],
    dashes: Any,
    notes: Sequence[Note] | None = None,
    *,
    gid: str | None = None,
    above: float = 1,
) -> None:
    """Lines of any form in one go, each with its width in points; `notes` are made by `shape_note`, one a line."""
    if not outlines:
        return
    drawn = Shapes(outlines, notes, facecolors="none", edgecolors=colours, linewidths=list(widths), clip_on=False)
    drawn.set(linestyles=[dashes], gid=gid, capstyle="butt", transform=axes.transData)
    drawn.set_zorder(above + 0.01 * min(len(axes.collections), 80))
    axes.add_collection(drawn, autolim=False)


# -- title and notes --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Around:
    """What a chart has around it, for a page that says the same in its own words."""

    notes: tuple[str, ...]
    """What is to be known to read it: the line under its title and those under the chart."""
    above: float
    """How far above its axes the chart itself reaches, keys included, in points."""
    below: float
    """How far below them, labels included."""


_AROUND: WeakKeyDictionary[Axes, Around] = WeakKeyDictionary()
_SAID: WeakKeyDictionary[Axes, list[Text]] = WeakKeyDictionary()  # the texts that say what is around it


def around(axes: Axes) -> Around:
    """What `frame` has put around a chart."""
    return _AROUND[axes]


def frame(
    axes: Axes, title: str, subtitle: str, notes: Sequence[str], *, below: float, own: bool, keys: int = 1
) -> None:
    """The title over a chart and the notes under it, `below` points down, wrapped to the figure if it is our own."""
    width, _ = axes_points(axes)
    if own:
        width = figure_of(axes).get_size_inches()[0] * 72 * (1 - axes.get_position().x0)
    above = max(keys, bool(subtitle)) * TEXT * LINE + 8
    heading = _shortened(title, width, TITLE)
    # with a place of its own the title needs no measuring of all that may be in its way
    said = [axes.set_title(heading, loc="left", y=1.0, fontsize=TITLE, pad=above, fontweight="bold")]
    if subtitle:
        said.append(_beside(axes, 1, 6, subtitle, TEXT, "bottom"))
    text = "\n".join(_wrapped(notes, width, SMALL))
    said.append(_beside(axes, 0, -below - 6, text, SMALL, "top"))
    _SAID[axes] = said
    _AROUND[axes] = Around(tuple(note for note in (subtitle, *notes) if note), keys * TEXT * LINE + 6, below + 3)


def _beside(axes: Axes, y: int, offset: float, text: str, size: float, align: str) -> Text:
    return axes.annotate(text, (0, y), (0, offset), "axes fraction", "offset points", annotation_clip=False, ha="left",
                         va=align, fontsize=size, alpha=0.8, linespacing=LINE)  # fmt: skip


def _wrapped(notes: Iterable[str], width: float, size: float) -> Iterator[str]:
    for note in notes:
        yield from textwrap.wrap(printable_line(note), max(int(width / (WIDE * size)), 20), break_on_hyphens=False)


def _shortened(text: str, width: float, size: float) -> str:
    """The text, cut where it would not fit one line."""
    text, room = printable_line(text), width / (size * 0.97)
    if _width(text) <= room:
        return text
    while text and _width(text) > room - 1:
        text = text[:-1]
    return text.rstrip() + "…"


# -- files ------------------------------------------------------------------------------------------------------------


def save(drawn: Axes | Figure, path: str | os.PathLike[str]) -> None:
    """Write a chart as .png, .svg or .pdf, on white. The same chart gives the same bytes.

    Raises `UsageError` for another ending and `OutputError` where the file cannot be written.
    """
    write_file(path, picture(drawn, Path(path).suffix.lstrip(".").lower()))


def picture(drawn: Axes | Figure, form: str) -> bytes:
    """A chart as the bytes of a png, svg or pdf, on white, with no date in it and no name of a program."""
    if form not in FORMATS:
        raise UsageError(f"no picture format {form!r}; there are {', '.join(FORMATS)}")
    if form == "svg":
        return (_DECLARATION + _standalone(drawn)).encode()
    return _rendered(drawn, form, "white")


def svg(drawn: Axes | Figure, *, title: str, description: str, bare: bool = False) -> str:
    """A chart as an SVG element to stand in an HTML page, light or dark: text and lines take the page's colour.

    `title` and `description` are read out in its place. A chart whose cells are links is a group of them instead of
    an image. No two different charts share an id. `bare` is without title and notes, which the page says itself.
    """
    with writing() as parts:
        data = _rendered(drawn, "svg", "none", bare=bare)
    root = tidied(data)
    every = (data, *(text.encode() for text in (*parts, title, description)))
    salt = hashlib.sha256(b"\0".join(every)).hexdigest()[:8]
    named(root, title, description, linked=any("<a " in part for part in parts))
    salted(root, f"c{salt}-")
    return filled(root, parts).replace(f'"{INK}"', '"currentColor"')


def _standalone(drawn: Axes | Figure) -> str:
    with writing() as parts:
        root = tidied(_rendered(drawn, "svg", "white"))
    root.set("font-family", ", ".join([*(f"'{name}'" for name in _fonts()), "Verdana", "sans-serif"]))
    return filled(root, parts) + "\n"


_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NOTHING = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
            "pdf": {"CreationDate": None, "Creator": None, "Producer": None}}  # fmt: skip


def _rendered(drawn: Axes | Figure, form: str, ground: str, *, bare: bool = False) -> bytes:
    target, figure = io.BytesIO(), figure_of(drawn)
    absent = [text for axes in figure.axes for text in _SAID.get(axes, ())] if bare else []
    box = _bare_box(drawn) if bare and isinstance(drawn, Axes) else None
    with style(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from")  # shown as a box; an SVG's reader may have the font
        with _without(absent), _written_words(figure.axes if form == "svg" else []):
            figure.savefig(target, format=form, dpi=150, facecolor=ground, metadata=_NOTHING[form], bbox_inches=box)
    return target.getvalue()


@contextmanager
def _without(artists: Sequence[Artist]) -> Generator[None]:
    """While artists are not drawn."""
    shown = [artist for artist in artists if artist.get_visible()]
    try:
        for artist in shown:
            artist.set_visible(False)
        yield
    finally:
        for artist in shown:
            artist.set_visible(True)


@contextmanager
def _written_words(every: Sequence[Axes]) -> Generator[None]:
    """While `Words` stand for the short texts and the labels of our axes."""
    hidden: list[Artist] = []
    words: list[Words] = []
    for axes in (axes for axes in every if axes in _AROUND):
        texts = [text for text in axes.texts if text not in _SAID[axes] and is_plain(text)]
        named = {name: (axis, _labels(axis)) for name, axis in (("x", axes.xaxis), ("y", axes.yaxis))}
        labels = {name: found for name, (_, found) in named.items() if found is not None}
        hidden += [*texts, *(named[name][0] for name in labels)]
        words.append(Words(axes, texts, labels))
        axes.add_artist(words[-1])
    try:
        with _without(hidden):
            yield
    finally:
        for artist in words:
            artist.remove()


def _bare_box(axes: Axes) -> Bbox:
    """The part of the figure, in inches, that the chart itself takes up: its width, and from keys to labels."""
    width, height = figure_of(axes).get_size_inches()
    place, reach = axes.get_position(), around(axes)
    return Bbox([[0, place.y0 * height - reach.below / 72], [width, place.y1 * height + reach.above / 72]])
