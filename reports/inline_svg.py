"""What matplotlib wrote as SVG, made small and named, with the parts that `shapes` wrote in their places."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from .shapes import PART, printable_line

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
ET.register_namespace("", SVG)
ET.register_namespace("xlink", XLINK)
_G, _A = f"{{{SVG}}}g", f"{{{SVG}}}a"
_PART = "part"
_PLACE = re.compile(f"<{_PART}>([0-9]+)</{_PART}>")
_NAMED = re.compile(r"(?:^|url\()#([^)]+)")
_CIRCLE = re.compile(r"M[^A-Za-z]*(?:C[^A-Za-z]*){8}z")


def tidied(data: bytes) -> ET.Element:
    """What matplotlib wrote, without what no reader needs; groups that are to be filled are `part`s: see `filled`."""
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
    named = {name for element in root.iter() for value in element.attrib.values() for name in _NAMED.findall(value)}
    for element in root.iter():
        name = element.get("id", "")
        if name.startswith(PART):
            element.tag, element.text = _PART, name.removeprefix(PART)
        if name not in named:
            element.attrib.pop("id", None)
    _prune(root)
    return root


def filled(root: ET.Element, parts: Sequence[str]) -> str:
    """An SVG as text, with its parts."""
    return _PLACE.sub(lambda place: parts[int(place[1])], ET.tostring(root, "unicode"))


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


def named(root: ET.Element, title: str, description: str, *, linked: bool) -> None:
    """What is read out in place of the chart; `linked` is true where parts of it lead to pages."""
    is_group = linked or root.find(f".//{_A}") is not None
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
