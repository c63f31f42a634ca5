"""What every chart has around it: a figure of fitting size, labels, title, notes; and charts as files or inline SVG."""

from __future__ import annotations

import hashlib
import io
import os
import re
import textwrap
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.axis import Axis, XAxis
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager

from ..corpus.errors import UsageError
from .outputs import write_file

INK = "#1f2328"  # text and lines; in an inline SVG this colour becomes the page's own
FORMATS = ("png", "svg", "pdf")
TITLE, TEXT, SMALL = 11.0, 8.5, 7.5  # points
LINE = 1.35  # times the size of the letters
WIDE = 0.6  # mean width of a letter, in times its size
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


def matrix_axes(labels: Sequence[str], notes: Sequence[str]) -> Axes:
    """Axes for a square of cells, in a figure of fitting size: cells are larger where there are few."""
    cell = min(44.0, max(12.3, 540 / max(len(labels), 1)))
    side, depth = cell * len(labels), label_depth(labels, cell)
    left = 14 + max(map(_width, labels), default=0) * _label_size(cell)
    return _axes(side, side, left, right=56, above=TITLE * LINE + TEXT * LINE + 16, below=depth, notes=notes)


def bar_axes(labels: Sequence[str], notes: Sequence[str]) -> Axes:
    """Axes for one bar a label, in a figure of fitting size."""
    pitch = min(44.0, max(12.3, 620 / max(len(labels), 1)))
    above, depth = TITLE * LINE + TEXT * LINE + 18, label_depth(labels, pitch)
    return _axes(pitch * len(labels), 250, 52, right=14, above=above, below=depth, notes=notes)


def _axes(
    width: float, height: float, left: float, *, right: float, above: float, below: float, notes: Sequence[str]
) -> Axes:
    whole = max(left + width + right, LEAST_WIDTH)
    under = below + 12 + len(list(_wrapped(notes, whole - left, SMALL))) * SMALL * LINE
    tall = above + height + under
    figure = Figure(figsize=(whole / 72, tall / 72))
    return figure.add_axes((left / whole, under / tall, width / whole, height / tall))


def axes_points(axes: Axes) -> tuple[float, float]:
    """Width and height of axes in points."""
    box = axes.get_position()
    width, height = figure_of(axes).get_size_inches()
    return box.width * width * 72, box.height * height * 72


def figure_of(drawn: Axes | Figure) -> Figure:
    """The figure that holds the axes."""
    return drawn if isinstance(drawn, Figure) else drawn.figure.figure


def label_ticks(axis: Axis, labels: Sequence[str], pitch: float) -> None:
    """One label a cell or bar, upright where it fits; where even thin ones do not, every second, third, ... of them."""
    size = _label_size(pitch)
    step = max(1, -int(-size * 1.05 // pitch))
    turned = isinstance(axis, XAxis) and _is_turned(labels, pitch)
    shown = [_clean(label) for label in labels[::step]]
    axis.set_ticks(range(0, len(labels), step), shown, fontsize=size, rotation=90 if turned else 0)
    axis.set_tick_params(length=0, pad=3)


def label_depth(labels: Sequence[str], pitch: float) -> float:
    """How far the labels under a chart reach down, in points."""
    size = _label_size(pitch)
    return 5 + size * (max(map(_width, labels), default=0) if _is_turned(labels, pitch) else LINE)


def _label_size(pitch: float) -> float:
    return min(8.5, max(5.0, 0.62 * pitch))


def _is_turned(labels: Sequence[str], pitch: float) -> bool:
    return max(map(_width, labels), default=0) * _label_size(pitch) > pitch - 4


def _width(text: str) -> float:
    """About how wide a text is, in times the size of its letters; those of East Asia are square."""
    return sum(WIDE + 0.04 if ord(letter) < 0x1100 else 1.0 for letter in text)


# -- title and notes --------------------------------------------------------------------------------------------------


def frame(axes: Axes, title: str, subtitle: str, notes: Sequence[str], *, below: float, own: bool) -> None:
    """The title over a chart and the notes under it, `below` points down, wrapped to the figure if it is our own."""
    width, _ = axes_points(axes)
    if own:
        width = figure_of(axes).get_size_inches()[0] * 72 * (1 - axes.get_position().x0)
    above = TEXT * LINE + 8
    axes.set_title(_shortened(title, width, TITLE), loc="left", fontsize=TITLE, pad=above, fontweight="bold")
    if subtitle:
        _beside(axes, 1, 6, subtitle, TEXT, "bottom")
    text = "\n".join(_wrapped(notes, width, SMALL))
    _beside(axes, 0, -below - 6, text, SMALL, "top")


def _beside(axes: Axes, y: int, offset: float, text: str, size: float, align: str) -> None:
    axes.annotate(text, (0, y), (0, offset), "axes fraction", "offset points", annotation_clip=False, ha="left",
                  va=align, fontsize=size, alpha=0.8, linespacing=LINE)  # fmt: skip


def _wrapped(notes: Iterable[str], width: float, size: float) -> Iterator[str]:
    for note in notes:
        yield from textwrap.wrap(_clean(note), max(int(width / (WIDE * size)), 20), break_on_hyphens=False)


def _shortened(text: str, width: float, size: float) -> str:
    """The text, cut where it would not fit one line."""
    text, room = _clean(text), width / (size * 0.97)
    if _width(text) <= room:
        return text
    while text and _width(text) > room - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def _clean(text: str) -> str:
    """The text on one line, without signs that cannot be printed."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


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


def svg(drawn: Axes | Figure, *, title: str, description: str) -> str:
    """A chart as an SVG element to stand in an HTML page, light or dark: text and lines take the page's colour.

    `title` and `description` are read out in its place. A chart whose cells are links is a group of them instead of
    an image. No two different charts share an id.
    """
    data = _rendered(drawn, "svg", "none")
    root = _tidied(data)
    salt = hashlib.sha256(b"\0".join((data, title.encode(), description.encode()))).hexdigest()[:8]
    _name(root, title, description)
    _salt_ids(root, f"c{salt}-")
    return ET.tostring(root, "unicode").replace(INK, "currentColor")


def _standalone(drawn: Axes | Figure) -> str:
    root = _tidied(_rendered(drawn, "svg", "white"))
    root.set("font-family", ", ".join([*(f"'{name}'" for name in _fonts()), "Verdana", "sans-serif"]))
    return ET.tostring(root, "unicode") + "\n"


_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NOTHING = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
            "pdf": {"CreationDate": None, "Creator": None, "Producer": None}}  # fmt: skip


def _rendered(drawn: Axes | Figure, form: str, ground: str) -> bytes:
    target, figure = io.BytesIO(), figure_of(drawn)
    outlined = figure.findobj(lambda artist: artist.get_gid() == "values", include_self=False)
    with style(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from")  # shown as a box; an SVG's reader may have the font
        try:
            for artist in outlined:
                artist.set_visible(form != "svg")  # there they are text, made from the cells
            figure.savefig(target, format=form, dpi=150, facecolor=ground, metadata=_NOTHING[form])
        finally:
            for artist in outlined:
                artist.set_visible(True)
    return target.getvalue()


# -- SVG --------------------------------------------------------------------------------------------------------------

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
ET.register_namespace("", SVG)
ET.register_namespace("xlink", XLINK)
_HREF, _G = f"{{{XLINK}}}href", f"{{{SVG}}}g"
_NAMED = re.compile(r"(?:^|url\()#([^)]+)")
_PAINT = ("fill", "opacity", "fill-opacity")
_CENTRED = {"text-anchor": "middle", "pointer-events": "none"}


def cell_note(address: str | None, shown: str, ink: str, size: float, said: str) -> str:
    """What a cell of a chart leads to, shows (in which colour and size) and says when pointed at, for an SVG of it.

    It travels as the cell's link: no part but the last holds a space. A chart's own cells are artists with the id
    `cells`; what prints their values where there is no text, in PNG and PDF, has the id `values`.
    """
    return f"{(address or '').replace(' ', '%20')} {shown} {ink} {size:.2f} {said}"


def _tidied(data: bytes) -> ET.Element:
    """What matplotlib wrote, without what no reader needs: a quarter of the size, and values as real text."""
    root = ET.fromstring(data)  # noqa: S314 - we wrote it ourselves
    for metadata in root.findall(f"{{{SVG}}}metadata"):
        root.remove(metadata)
    for style in root.iter(f"{{{SVG}}}defs"):
        for sheet in style.findall(f"{{{SVG}}}style"):
            style.remove(sheet)  # its one rule is for everything, and inline that would be the whole page
    root.set("stroke-linejoin", "round")
    for name in ("width", "height"):
        root.set(name, f"{float(root.get(name, '0').removesuffix('pt')) * 4 / 3:.0f}")
    for element in list(root.iter()):
        element.text = (element.text or "").strip() or None
        element.tail = None
        _restyle(element)
    for group in list(root.iter(_G)):
        if group.get("id") == "cells":
            _as_cells(group)
    _prune(root)
    named = {name for element in root.iter() for value in element.attrib.values() for name in _NAMED.findall(value)}
    for element in root.iter():
        if element.get("id") not in named:
            element.attrib.pop("id", None)
    return root


def _restyle(element: ET.Element) -> None:
    """Style as attributes, which no content policy forbids; without fonts, which the whole chart has once."""
    for part in element.attrib.pop("style", "").split(";"):
        name, _, value = (text.strip() for text in part.partition(":"))
        if name == "font":  # matplotlib before 3.10: weight, size and family in one
            size = re.search(r"([\d.]+)px", value)
            element.set("font-size", size[1] if size else "8")
            element.attrib.update({"font-weight": "bold"} if "bold" in value or "700" in value else {})
        elif name and name != "font-family":
            element.set(name, value.removesuffix("px"))
    element.attrib.pop("target", None)
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]
    if "d" in element.attrib:
        element.set("d", re.sub(r"\s+", " ", re.sub(r"-?\d+\.\d+", _short, element.get("d", ""))).strip())
    for name in ("x", "y"):
        if name in element.attrib:
            element.set(name, re.sub(r"-?\d+\.\d+", _short, element.get(name, "")))


def _short(number: re.Match[str] | float) -> str:
    """A coordinate to a hundredth of a point."""
    value = float(number[0]) if isinstance(number, re.Match) else number
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-0", "0" if abs(value) < 0.005 else "-0")


def _prune(element: ET.Element) -> None:
    """Take out groups that hold nothing."""
    for child in list(element):
        _prune(child)
        if child.tag in (_G, f"{{{SVG}}}defs") and not len(child):
            element.remove(child)


def _as_cells(group: ET.Element) -> None:
    """Squares that say something when pointed at, links around those that lead somewhere, and their values as text.

    What a cell leads to, shows and says comes in the place of its link: see `cell_note`.
    """
    drawn = [child for child in group if child.tag != f"{{{SVG}}}defs"]
    shapes = {f"#{path.get('id')}": path for path in group.iter(f"{{{SVG}}}path")}
    group.clear()
    squares = ET.SubElement(group, _G, {"shape-rendering": "crispEdges"})
    values: dict[tuple[str, str], ET.Element] = {}
    for wrapper in drawn:
        linked = wrapper.tag == f"{{{SVG}}}a"
        square = wrapper[0] if linked else wrapper
        note = wrapper.get(_HREF, "") if linked else ""
        address, shown, ink, size, said = [*note.split(" ", 4), "", "", "", "", ""][:5]
        left, top, right, bottom = _box(square, shapes)
        parent = ET.SubElement(squares, f"{{{SVG}}}a", href=address) if address else squares
        cell = ET.SubElement(parent, f"{{{SVG}}}rect", x=_short(left), y=_short(top))
        cell.attrib.update(width=_short(right - left), height=_short(bottom - top))
        cell.attrib.update({name: square.get(name, "") for name in _PAINT if name in square.attrib})
        if said:
            ET.SubElement(cell if parent is squares else parent, f"{{{SVG}}}title").text = said
        if shown:
            if (ink, size) not in values:
                values[ink, size] = ET.SubElement(group, _G, {"font-size": size, "fill": ink, **_CENTRED})
            place = {"x": _short((left + right) / 2), "y": _short((top + bottom) / 2 + 0.365 * float(size))}
            ET.SubElement(values[ink, size], f"{{{SVG}}}text", place).text = shown


def _box(square: ET.Element, shapes: Mapping[str, ET.Element]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a square, drawn as a path or as the use of one elsewhere."""
    path = shapes.get(square.get(_HREF, ""), square)
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d", ""))]
    xs, ys = numbers[0:8:2], numbers[1:8:2]
    x, y = (float(square.get(name, "0")) if path is not square else 0.0 for name in ("x", "y"))
    return x + min(xs), y + min(ys), x + max(xs), y + max(ys)


def _name(root: ET.Element, title: str, description: str) -> None:
    """What is read out in place of the chart."""
    is_group = root.find(f".//{{{SVG}}}a") is not None
    root.set("role", "group" if is_group else "img")
    root.set("aria-labelledby", "title desc")
    for place, (name, text) in enumerate((("title", title), ("desc", description))):
        element = ET.Element(f"{{{SVG}}}{name}", id=name)
        element.text = _clean(text)
        root.insert(place, element)


def _salt_ids(root: ET.Element, salt: str) -> None:
    """Put `salt` before every id and wherever one is named."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id" or name == "aria-labelledby":
                element.set(name, " ".join(salt + part for part in value.split()))
            elif value.startswith("#") and name.endswith("href"):
                element.set(name, f"#{salt}{value[1:]}")
            elif "url(#" in value:
                element.set(name, value.replace("url(#", f"url(#{salt}"))
