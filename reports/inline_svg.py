"""What matplotlib wrote as SVG, made small, linked and named: values as text, shapes that lead to a page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
ET.register_namespace("", SVG)
ET.register_namespace("xlink", XLINK)
_HREF, _G, _A = f"{{{XLINK}}}href", f"{{{SVG}}}g", f"{{{SVG}}}a"
_NAMED = re.compile(r"(?:^|url\()#([^)]+)")
_PAINT = ("fill", "opacity", "fill-opacity")
_CENTRED = {"text-anchor": "middle", "pointer-events": "none"}
ALL_CELLS = 600
"""Cells of a chart up to which each is a shape of its own that says its value; of more those that lead somewhere are,
and all of one colour are one shape: a page of thousands of links opens slowly."""
_CIRCLE = re.compile(r"M[^A-Za-z]*(?:C[^A-Za-z]*){8}z")


def cell_note(address: str | None, shown: str, ink: str, size: float, said: str) -> str:
    """What a cell of a chart leads to, shows (in which colour and size) and says when pointed at, for an SVG of it.

    It travels as the cell's link: no part but the last holds a space. A chart's own cells are artists with the id
    `cells`; what prints their values where there is no text, in PNG and PDF, has the id `values`.
    """
    return f"{(address or '').replace(' ', '%20')} {shown} {ink} {size:.2f} {said}"


def shape_note(address: str | None, said: str) -> str:
    """What a bar, band, edge or dot leads to and says when pointed at, for an SVG of it: to be set as its `url`."""
    return f"{(address or '').replace(' ', '%20')} {printable_line(said)}"


def printable_line(text: str) -> str:
    """The text on one line, without signs that cannot be printed."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def tidied(data: bytes) -> ET.Element:
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
    _as_links(root)
    named = {name for element in root.iter() for value in element.attrib.values() for name in _NAMED.findall(value)}
    for element in root.iter():
        if element.get("id") not in named:
            element.attrib.pop("id", None)
    _prune(root)
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
        element.set("d", _short_path(element.get("d", "")))
        _as_circle(element)
    for name in ("x", "y"):
        if name in element.attrib:
            element.set(name, re.sub(r"-?\d+\.\d+", _short, element.get(name, "")))


def _short(number: re.Match[str] | float) -> str:
    """A coordinate to a hundredth of a point."""
    value = float(number[0]) if isinstance(number, re.Match) else number
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-0", "0" if abs(value) < 0.005 else "-0")


def _short_path(data: str) -> str:
    """The same path in fewer letters: no more decimals and white space than need be."""
    data = re.sub(r"-?\d+\.\d+", _short, data)
    steps: list[str] = []
    x = y = ""
    for step, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", data):
        places = numbers.split()
        shown = step + " ".join(places)
        if step == "L" and len(places) == 2 and places[1] == y:
            shown = f"H{places[0]}"
        elif step == "L" and len(places) == 2 and places[0] == x:
            shown = f"V{places[1]}"
        x, y = places[-2:] if len(places) > 1 else (x, y)
        steps.append(shown)
    return "".join(steps)


def _as_circle(path: ET.Element) -> None:
    """A path that is a circle as the shape of that name, which takes a tenth of the letters."""
    data = path.get("d", "")
    if not _CIRCLE.fullmatch(data):
        return
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", data)]
    ends = [(x, y) for x, y in zip(numbers[0::6], numbers[1::6], strict=True)]
    (left, right), (top, bottom) = ((min(side), max(side)) for side in zip(*ends, strict=True))
    x, y, radius = (left + right) / 2, (top + bottom) / 2, (right - left) / 2
    if all(abs((a - x) ** 2 + (b - y) ** 2 - radius**2) <= 0.05 * radius + 0.001 for a, b in ends):
        del path.attrib["d"]
        path.tag = f"{{{SVG}}}circle"
        path.attrib.update(cx=_short(x), cy=_short(y), r=_short(radius))


def _prune(element: ET.Element) -> None:
    """Take out groups that hold nothing, and those around one shape that say nothing of it."""
    for place, child in enumerate(list(element)):
        _prune(child)
        if child.tag == _G and len(child) == 1 and not child.attrib and not child.text:
            element[place] = child[0]
    for child in list(element):
        if child.tag in (_G, f"{{{SVG}}}defs") and not len(child):
            element.remove(child)


def _as_cells(group: ET.Element) -> None:
    """Squares that say something when pointed at, links around those that lead somewhere, and their values as text.

    What a cell leads to, shows and says comes in the place of its link: see `cell_note`.
    """
    drawn = [child for child in group if child.tag != f"{{{SVG}}}defs"]
    shapes = {f"#{path.get('id')}": path for path in group.iter(f"{{{SVG}}}path")}
    group.clear()
    squares = ET.SubElement(group, _G, {"shape-rendering": "crispEdges", "class": "cells"})
    links = squares if len(drawn) <= ALL_CELLS else ET.SubElement(group, _G, {"fill": "none", "pointer-events": "all"})
    colours: dict[tuple[str, ...], list[str]] = {}
    values: dict[tuple[str, str], ET.Element] = {}
    for wrapper in drawn:
        linked = wrapper.tag == _A
        square = wrapper[0] if linked else wrapper
        note = wrapper.get(_HREF, "") if linked else ""
        address, shown, ink, size, said = [*note.split(" ", 4), "", "", "", "", ""][:5]
        left, top, right, bottom = map(_rounded, _box(square, shapes))
        paint = {name: square.get(name, "") for name in _PAINT if name in square.attrib}
        if links is not squares:
            outline = f"M{_short(left)} {_short(top)}H{_short(right)}V{_short(bottom)}H{_short(left)}z"
            colours.setdefault(tuple(f"{name} {value}" for name, value in paint.items()), []).append(outline)
            paint = {}
        if links is squares or address:
            parent = ET.SubElement(links, _A, href=address) if address else links
            cell = ET.SubElement(parent, f"{{{SVG}}}rect", x=_short(left), y=_short(top))
            cell.attrib.update(width=_short(right - left), height=_short(bottom - top), **paint)
            if said:
                ET.SubElement(cell if parent is links else parent, f"{{{SVG}}}title").text = said
        if shown:
            if (ink, size) not in values:
                values[ink, size] = ET.SubElement(group, _G, {"font-size": size, "fill": ink, **_CENTRED})
            place = {"x": _short((left + right) / 2), "y": _short((top + bottom) / 2 + 0.365 * float(size))}
            ET.SubElement(values[ink, size], f"{{{SVG}}}text", place).text = shown
    for paints, outlines in colours.items():
        ET.SubElement(squares, f"{{{SVG}}}path", dict(paint.split(" ", 1) for paint in paints), d="".join(outlines))


def _rounded(value: float) -> float:
    return float(_short(value))


def _as_links(root: ET.Element) -> None:
    """Shapes that say something when pointed at, as links where they lead somewhere: see `shape_note`."""
    for wrapper in list(root.iter(_A)):
        if _HREF not in wrapper.attrib:
            continue
        address, _, said = wrapper.attrib.pop(_HREF).partition(" ")
        if address:
            wrapper.set("href", address)
        else:
            wrapper.tag = _G
        title = ET.Element(f"{{{SVG}}}title")
        title.text = said
        wrapper.insert(0, title)


def _box(square: ET.Element, shapes: Mapping[str, ET.Element]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a square, drawn as a path or as the use of one elsewhere."""
    path = shapes.get(square.get(_HREF, ""), square)
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d", ""))]
    xs, ys = numbers[0:8:2], numbers[1:8:2]
    x, y = (float(square.get(name, "0")) if path is not square else 0.0 for name in ("x", "y"))
    return x + min(xs), y + min(ys), x + max(xs), y + max(ys)


def named(root: ET.Element, title: str, description: str) -> None:
    """What is read out in place of the chart."""
    is_group = root.find(f".//{_A}") is not None
    root.set("role", "group" if is_group else "img")
    root.set("aria-labelledby", "title desc")
    for place, (name, text) in enumerate((("title", title), ("desc", description))):
        element = ET.Element(f"{{{SVG}}}{name}", id=name)
        element.text = printable_line(text)
        root.insert(place, element)


def salted(root: ET.Element, salt: str) -> None:
    """Put `salt` before every id and wherever one is named."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id" or name == "aria-labelledby":
                element.set(name, " ".join(salt + part for part in value.split()))
            elif value.startswith("#") and name.endswith("href"):
                element.set(name, f"#{salt}{value[1:]}")
            elif "url(#" in value:
                element.set(name, value.replace("url(#", f"url(#{salt}"))
