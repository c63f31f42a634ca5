"""What a chart has thousands of: shapes, cells and words. matplotlib draws them all; as SVG they are written here.

matplotlib writes shape after shape with all that a shape may have, and what it wrote had to be read again to be made
small: ten times the time. So these artists leave an empty group in its SVG, and their text beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.path import Path as Outline
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Transform

ALL_CELLS = 600
"""Cells of a chart up to which each is a shape of its own that says its value; of more those that lead somewhere are,
and all of one colour are one shape: a page of thousands of links opens slowly."""
PART = "litany-part-"
"""What the ids of the empty groups begin with; their number follows."""
ASCENT, DESCENT = 0.76, 0.24  # of DejaVu Sans, the font that matplotlib brings and lays out for, in times its size

_PARTS: ContextVar[list[str] | None] = ContextVar("parts", default=None)


@contextmanager
def writing() -> Generator[list[str]]:
    """While an SVG is made: the texts of the artists of this module, for the groups of these numbers."""
    parts: list[str] = []
    token = _PARTS.set(parts)
    try:
        yield parts
    finally:
        _PARTS.reset(token)


def _put(renderer: RendererBase, parts: list[str], text: str) -> None:
    """Leave a group in an SVG that is to be that text."""
    renderer.open_group("part", gid=f"{PART}{len(parts)}")
    renderer.close_group("part")
    parts.append(text)


class _Hundredths(dict[int, str]):
    """Numbers of hundredths as they are written."""

    def __missing__(self, number: int) -> str:
        self[number] = text = f"{number / 100:.2f}".rstrip("0").rstrip(".")
        return text


_SHORT = _Hundredths()


def _placed(points: Any, height: float) -> list[list[int]]:
    """Points of a figure, counted upwards, as hundredths of an SVG, counted downwards."""
    return np.rint(np.asarray(points) * (100, -100) + (0, 100 * height)).astype(np.int64).tolist()


def _height(renderer: RendererBase) -> float:
    return renderer.get_canvas_width_height()[1]


# -- shapes -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Note:
    """What a bar, band, edge or dot is beside its shape."""

    address: str | None
    """Where it leads; None for nowhere."""
    said: str
    """What is shown when it is pointed at."""


def shape_note(address: str | None, said: str) -> Note:
    """What a shape leads to and says when pointed at, in an SVG of it; on one line that can be printed."""
    return Note(address, printable_line(said))


class _Printable(dict[int, str | int]):
    """Each sign as itself where it can be printed, else as a space."""

    def __missing__(self, sign: int) -> str | int:
        self[sign] = shown = sign if chr(sign).isprintable() else " "
        return shown


_PRINTABLE = _Printable()


def printable_line(text: str) -> str:
    """The text on one line, without signs that cannot be printed."""
    return text if text.isprintable() else text.translate(_PRINTABLE)


def _noted(shape: str, tag: str, note: Note) -> str:
    """A shape, written without its end, with its note: as a link where it leads somewhere."""
    title = f"<title>{escape(note.said)}</title>"
    if note.address:
        return f"<a href={_attribute(note.address)}>{title}{shape}/></a>"
    return f"{shape}>{title}</{tag}>"


def _attribute(address: str) -> str:
    return quoteattr(address.replace(" ", "%20"))


class _Written(PathCollection):
    """What is drawn by matplotlib, but written where an SVG is made."""

    def draw(self, renderer: RendererBase) -> None:
        """Draw it, or write it where an SVG is made."""
        parts = _PARTS.get()
        if parts is None:
            super().draw(renderer)
        elif self.get_visible():
            _put(renderer, parts, self._written(_height(renderer)))

    def _written(self, height: float) -> str:
        """Its text in an SVG of that height."""
        raise NotImplementedError


class Shapes(_Written):
    """Shapes of any form, each with its own colours, width and note."""

    def __init__(self, outlines: Sequence[Outline], notes: Sequence[Note] | None = None, **looks: Any) -> None:
        """`looks` are those of `PathCollection`."""
        super().__init__(outlines, **looks)
        self.notes = notes
        """What each shape says; None where they say nothing."""

    def _written(self, height: float) -> str:
        paths: list[Outline] = list(self.get_paths())
        vertices = [np.asarray(path.vertices) for path in paths]
        points = _placed(self.get_transform().transform(np.concatenate(vertices)), height)
        paints, common = _paints(self, len(paths))
        ends = np.cumsum([0, *map(len, vertices)]).tolist()
        made: list[str] = []
        for paint, run in groupby(range(len(paths)), key=lambda k: paints[k % len(paints)]):
            alike = list(run)
            own = paint if len(alike) == 1 else ""
            shapes = [self._shape(k, points[ends[k] : ends[k + 1]], paths[k], own) for k in alike]
            made += [f"<g{paint}>", *shapes, "</g>"] if paint and not own else shapes
        return f"<g{common}>{''.join(made)}</g>"

    def _shape(self, number: int, points: list[list[int]], path: Outline, paint: str) -> str:
        shape, tag = _shape(points, path)
        return f"{shape}{paint}/>" if self.notes is None else _noted(shape + paint, tag, self.notes[number])


def _paints(shapes: Any, count: int) -> tuple[list[str], str]:
    """The colours, widths and dashes of shapes as attributes: those that differ, shape by shape, and the others."""
    looks = [_colours(shapes.get_facecolor(), "fill") or [' fill="none"']]
    if any(shapes.get_linewidths()) and len(shapes.get_edgecolor()):
        looks.append(_colours(shapes.get_edgecolor(), "stroke"))
        looks.append([f' stroke-width="{_decimal(width)}"' for width in shapes.get_linewidths()])
        looks.append([_dashed(start, dashes) for start, dashes in shapes.get_linestyle()])
    common = "".join(look[0] for look in looks if len(set(look)) == 1)
    own = [[look[k % len(look)] for k in range(count)] for look in looks if len(set(look)) > 1]
    return (["".join(row) for row in zip(*own, strict=True)] or [""]), common


def _dashed(start: float, dashes: Sequence[float] | None) -> str:
    if dashes is None:
        return ""
    begun = f' stroke-dashoffset="{_decimal(start)}"' if start else ""
    return f' stroke-dasharray="{",".join(map(_decimal, dashes))}"{begun}'


def _colours(colours: Any, name: str) -> list[str]:
    """RGBA colours as the attributes of that name."""
    rows, known = list(map(tuple, np.asarray(colours).reshape(-1, 4).tolist())), dict[tuple[float, ...], str]()
    for colour in set(rows):
        opacity = "" if colour[3] == 1 else f' {name}-opacity="{_decimal(colour[3])}"'
        known[colour] = f' {name}="{to_hex(colour)}"{opacity}'
    return [known[colour] for colour in rows]


def _decimal(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


_CIRCLE = Outline.unit_circle()


def _shape(points: list[list[int]], path: Outline) -> tuple[str, str]:
    """An element without its end, and its name: a circle as such, which takes a tenth of the letters."""
    if path.codes is _CIRCLE.codes:
        xs, ys = zip(*points, strict=True)
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if abs((right - left) - (bottom - top)) <= 2:
            x, y, radius = ((left + right) // 2, (top + bottom) // 2, (right - left + 1) // 2)
            return f'<circle cx="{_SHORT[x]}" cy="{_SHORT[y]}" r="{_SHORT[radius]}"', "circle"
    codes = None if path.codes is None else np.asarray(path.codes).tolist()
    return f'<path d="{_steps(points, codes)}"', "path"


_CURVES = {int(Outline.CURVE3): ("q", 2), int(Outline.CURVE4): ("c", 3)}


def _steps(points: list[list[int]], codes: Sequence[int] | None) -> str:
    """A path in few letters: from each place to the next, level and upright lines as such, none that leads nowhere."""
    steps: list[str] = []
    x = y = level = k = 0
    start = (0, 0)
    while k < len(points):
        code, (there, down) = (2 if k else 1) if codes is None else codes[k], points[k]
        dx, dy = there - x, down - y
        size, run = 1, 0
        if code == Outline.MOVETO:
            steps.append(f"M{_SHORT[there]} {_SHORT[down]}")
            start = (there, down)
        elif code == Outline.CLOSEPOLY:
            steps.append("z")
            there, down = start
        elif code in _CURVES:
            letter, size = _CURVES[code]
            numbers = [
                _SHORT[place - from_]
                for point in points[k : k + size]
                for place, from_ in zip(point, (x, y), strict=True)
            ]
            steps.append(letter + " ".join(numbers))
            there, down = points[k + size - 1]
        elif dx and dy:
            steps.append(f"l{_SHORT[dx]} {_SHORT[dy]}")
        elif dy:
            steps.append(f"v{_SHORT[dy]}")
        elif dx:
            run = dx
            if level * dx > 0:  # straight on
                steps.pop()
                run += level
            steps.append(f"h{_SHORT[run]}")
        else:
            run = level
        x, y, level = there, down, run
        k += size
    return "".join(steps)


# -- cells ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """What is printed in a cell, and where it leads."""

    shown: str
    """Its value, as short as need be."""
    ink: str
    """Black or white."""
    size: float
    """Of the letters, in points."""
    address: str | None = None
    """Where it leads; None for nowhere."""
    said: str = ""
    """What is shown when it is pointed at."""


class Cells(_Written):
    """The squares of a heatmap, coloured by their values; for an SVG with those as text."""

    def __init__(self, square: Outline, cells: Sequence[Cell | None], **looks: Any) -> None:
        """`looks` are those of `PathCollection`, its offsets being the centres of the cells."""
        super().__init__([square], **looks)
        self.cells = cells
        """What each is beside its colour."""

    def _written(self, height: float) -> str:
        """Squares that say something when pointed at, links around those that lead somewhere, and their values."""
        self.update_scalarmappable()
        corners = self.get_transform().transform(self.get_paths()[0].vertices)
        centres = self.get_offset_transform().transform(self.get_offsets())
        ends = zip(*(_placed(centres + way(corners, axis=0), height) for way in (np.min, np.max)), strict=True)
        boxes = [(left, top, right, bottom) for (left, bottom), (right, top) in ends]
        fills = _colours(self.get_facecolor(), "fill")
        squares = '<g shape-rendering="crispEdges" class="cells">'
        if len(boxes) <= ALL_CELLS:
            each = (_cell(box, fill, cell) for box, fill, cell in zip(boxes, fills, self.cells, strict=True))
            drawn = f"{squares}{''.join(each)}</g>"
        else:
            linked = (
                _cell(box, "", cell) for box, cell in zip(boxes, self.cells, strict=True) if cell and cell.address
            )
            drawn = f"{squares}{_by_colour(boxes, fills)}</g>"
            drawn += f'<g fill="none" pointer-events="all">{"".join(linked)}</g>'
        return f"<g>{drawn}{''.join(_values(boxes, self.cells))}</g>"


_Box = tuple[int, int, int, int]


def _cell(box: _Box, fill: str, cell: Cell | None) -> str:
    left, top, right, bottom = box
    size = f'width="{_SHORT[right - left]}" height="{_SHORT[bottom - top]}"'
    shape = f'<rect x="{_SHORT[left]}" y="{_SHORT[top]}" {size}{fill}'
    if cell is None or not (cell.address or cell.said):
        return f"{shape}/>"
    return _noted(shape, "rect", Note(cell.address, cell.said))


def _by_colour(boxes: Sequence[_Box], fills: Sequence[str]) -> str:
    """All cells of one colour as one shape."""
    outlines: dict[str, list[str]] = {}
    for (left, top, right, bottom), fill in zip(boxes, fills, strict=True):
        outline = f"M{_SHORT[left]} {_SHORT[top]}H{_SHORT[right]}V{_SHORT[bottom]}H{_SHORT[left]}z"
        outlines.setdefault(fill, []).append(outline)
    return "".join(f'<path{fill} d="{"".join(shapes)}"/>' for fill, shapes in outlines.items())


def _values(boxes: Sequence[_Box], cells: Sequence[Cell | None]) -> Iterator[str]:
    """The values as text in the middle of their cells."""
    groups: dict[tuple[str, float], list[str]] = {}
    for (left, top, right, bottom), cell in zip(boxes, cells, strict=True):
        if cell is not None and cell.shown:
            x, y = (left + right) // 2, round((top + bottom) / 2 + 36.5 * cell.size)
            text = f'<text x="{_SHORT[x]}" y="{_SHORT[y]}">{escape(cell.shown)}</text>'
            groups.setdefault((cell.ink, cell.size), []).append(text)
    for (ink, size), texts in groups.items():
        yield f'<g font-size="{_decimal(size)}" fill="{ink}" text-anchor="middle" pointer-events="none">'
        yield "".join(texts) + "</g>"


class Lazily(Artist):
    """Artists that are made when they are drawn, as an SVG has no need of them."""

    def __init__(self, axes: Axes, make: Callable[[], Iterable[Artist]]) -> None:
        """`make` is called whenever they are drawn, within `axes`."""
        super().__init__()
        self._make, self._within = make, axes

    def draw(self, renderer: RendererBase) -> None:
        """Draw them, but where an SVG is made."""
        if _PARTS.get() is None and self.get_visible():
            for artist in self._make():
                artist.axes = self._within
                artist.set_figure(self._within.figure)
                artist.draw(renderer)


# -- words ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of an axis: a text at each of some places, without ticks."""

    places: tuple[float, ...]
    """Where they stand on the axis."""
    texts: tuple[str, ...]
    """What they say."""
    size: float
    """Of the letters, in points."""
    turned: bool
    """True where they are read from the foot upwards."""
    pad: float
    """How far they are from the axes, in points."""
    ink: str
    """Their colour."""


class Words(Artist):
    """The short texts and the labels of axes, in an SVG; there the artists that they are made from are to be hidden.

    matplotlib measures each text several times. Here only its size is asked for: where a text ends the reader's font
    decides, so that it is anchored.
    """

    def __init__(self, axes: Axes, texts: Sequence[Text], labels: Mapping[str, Labels]) -> None:
        """`texts` are such as `is_plain`; `labels` are those of the axes named x and y."""
        super().__init__()
        self._within, self._texts, self._labels = axes, texts, labels
        self.set_zorder(3)

    def draw(self, renderer: RendererBase) -> None:
        """Write them where an SVG is made."""
        parts = _PARTS.get()
        if parts is not None:
            height = _height(renderer)
            labels = (self._axis(name, labels, height) for name, labels in self._labels.items())
            _put(renderer, parts, f"<g>{''.join(labels)}{self._written(renderer, height)}</g>")

    def _axis(self, name: str, labels: Labels, height: float) -> str:
        ways = {"x": self._within.get_xaxis_text1_transform, "y": self._within.get_yaxis_text1_transform}
        transform: Transform = ways[name](labels.pad)[0]
        ends = [(place, 0) if name == "x" else (0, place) for place in labels.places]
        texts: list[str] = []
        for (x, y), text in zip(_placed(transform.transform(ends), height), labels.texts, strict=True):
            if labels.turned:
                x += round(50 * labels.size * (ASCENT - DESCENT))
                place = f'transform="translate({_SHORT[x]} {_SHORT[y]}) rotate(-90)"'
            else:
                y += _lowered("top" if name == "x" else "center_baseline", labels.size)
                place = f'x="{_SHORT[x]}" y="{_SHORT[y]}"'
            texts.append(f"<text {place}>{escape(text)}</text>")
        anchor = "middle" if name == "x" and not labels.turned else "end"
        look = f'font-size="{_decimal(labels.size)}" text-anchor="{anchor}" fill="{labels.ink}"'
        return f"<g {look}>{''.join(texts)}</g>"

    def _written(self, renderer: RendererBase, height: float) -> str:
        """The texts, those of one look together; they let through who points at what lies under them."""
        if not self._texts:
            return ""
        groups: dict[str, list[str]] = {}
        for text, (x, y) in zip(self._texts, _placed(_anchors(self._texts, renderer), height), strict=True):
            size, colour = float(text.get_fontsize()), to_hex(text.get_color())
            place = f'x="{_SHORT[x]}" y="{_SHORT[y + _lowered(text.get_verticalalignment(), size)]}"'
            look = f'font-size="{_decimal(size)}" fill="{colour}"'
            anchor = _ANCHORS[text.get_horizontalalignment()]
            look += f' text-anchor="{anchor}"' if anchor else ""
            alpha = text.get_alpha()
            look += "" if alpha is None or alpha == 1 else f' opacity="{_decimal(alpha)}"'
            groups.setdefault(look, []).append(f"<text {place}>{escape(printable_line(text.get_text()))}</text>")
        written = (f"<g {look}>{''.join(texts)}</g>" for look, texts in groups.items())
        return f'<g pointer-events="none">{"".join(written)}</g>'


_ANCHORS = {"left": "", "center": "middle", "right": "end"}


def is_plain(text: Text) -> bool:
    """True for a text that `Words` can write: upright letters on one level line, with nothing around them."""
    return (
        text.get_visible()
        and not text.get_parse_math()
        and not text.get_rotation()
        and "\n" not in text.get_text()
        and text.get_fontweight() in ("normal", 400)
        and text.get_url() is None
        and text.get_bbox_patch() is None
        and not (isinstance(text, Annotation) and text.arrow_patch)
    )


def _anchors(texts: Sequence[Text], renderer: RendererBase) -> list[tuple[float, float]]:
    """Where texts are anchored in their figure; those of one transform at once."""
    places = [(0.0, 0.0)] * len(texts)
    together: dict[int, list[int]] = {}
    for k, text in enumerate(texts):
        if isinstance(text, Annotation):
            text.update_positions(renderer)
            places[k] = tuple(text.get_transform().transform(text.get_unitless_position()))
        else:
            together.setdefault(id(text.get_transform()), []).append(k)
    for group in together.values():
        points = [texts[k].get_unitless_position() for k in group]
        for k, place in zip(group, texts[group[0]].get_transform().transform(points).tolist(), strict=True):
            places[k] = tuple(place)
    return places


def _lowered(align: str, size: float) -> int:
    """How far the foot of letters is below the place that they are aligned to, in hundredths."""
    parts = {"top": ASCENT, "bottom": -DESCENT, "center": (ASCENT - DESCENT) / 2, "center_baseline": ASCENT / 2}
    return round(100 * size * parts.get(align, 0.0))
