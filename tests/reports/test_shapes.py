"""What is written as SVG in matplotlib's place: the same shapes, words in the same places, and no artist too many."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
from generator import generate
from hypothesis import given, settings
from hypothesis import strategies as st
from litany.analysis import Comparison, compare
from litany.corpus import from_texts, read
from litany.reports.charts import plot_heatmap
from litany.reports.framing import draw_lines, draw_shapes, frame, picture, style, svg
from litany.reports.gallery import CHARTS, chart, drawn
from litany.reports.shapes import Note, shape_note
from litany.reports.term_dots import plot_terms
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path as Outline
from matplotlib.text import Text

SVG = "{http://www.w3.org/2000/svg}"


@cache
def reports(count: int, words: int = 150) -> Comparison:
    texts = generate(count, words, seed=5).texts
    return compare(from_texts({str(1800 + k): text for k, text in enumerate(texts)}))


def plane() -> Axes:
    """Axes whose unit is a point of the SVG, from the lower left corner."""
    axes = Figure(figsize=(500 / 72, 400 / 72)).add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, 500), ylim=(0, 400))
    axes.set_axis_off()
    return axes


def written(axes: Axes) -> ET.Element:
    frame(axes, "", "", [], below=0, own=False)
    return ET.fromstring(svg(axes, title="T", description="D"))  # noqa: S314 - our own


def places(data: str) -> list[tuple[float, float]]:
    """The points that a path of ours goes through, those that bend it included."""
    x = y = 0.0
    start = (x, y)
    found: list[tuple[float, float]] = []
    for letter, text in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", data):
        numbers = [float(number) for number in text.split()]
        if letter == "z":
            x, y = start
        elif letter == "M":
            x, y = start = numbers[0], numbers[1]
            found.append(start)
        else:
            across, down = numbers[0::2], numbers[1::2]
            steps = zip(*{"h": (across, [0.0]), "v": ([0.0], across)}.get(letter, (across, down)), strict=True)
            found += [(x + dx, y + dy) for dx, dy in steps]
            x, y = found[-1]
    return found


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    """Some closed shapes, of lines and curves."""
    point = st.tuples(st.floats(0, 500), st.floats(0, 400))
    points: list[tuple[float, float]] = []
    codes: list[np.uint8] = []
    for _ in range(draw(st.integers(1, 3))):
        points.append(draw(point))
        codes.append(Outline.MOVETO)
        for curved in draw(st.lists(st.booleans(), min_size=1, max_size=5)):
            points += [draw(point) for _ in range(3 if curved else 1)]
            codes += [Outline.CURVE4] * 3 if curved else [Outline.LINETO]
        points.append(points[-1])
        codes.append(Outline.CLOSEPOLY)
    return Outline(points, codes)


@settings(max_examples=30)  # each draws a figure
@given(st.lists(outlines(), min_size=1, max_size=4))
def test_a_shape_goes_through_its_points(shapes: Sequence[Outline]) -> None:
    axes = plane()
    draw_shapes(axes, shapes, ["red"])
    (paths,) = (list(group) for group in written(axes).iter(f"{SVG}g") if group.get("fill") == "#ff0000")
    assert len(paths) == len(shapes)
    for path, shape in zip(paths, shapes, strict=True):
        codes = np.asarray(shape.codes)
        expected = np.asarray(shape.vertices)[codes != Outline.CLOSEPOLY] * (1, -1) + (0, 400)
        found = np.array(places(path.get("d", "")))
        # ends of level steps that go straight on are left out, and so are steps of no length; none is made up
        for point in found:
            assert np.abs(expected - point).sum(axis=1).min() <= 0.011
        for corner in (expected.min(axis=0), expected.max(axis=0)):
            assert np.abs(np.array((found.min(axis=0), found.max(axis=0))) - corner).sum(axis=1).min() <= 0.011


def test_shapes_have_their_colours_widths_and_dashes() -> None:
    axes = plane()
    lines = [Outline([(0, k), (100, k)]) for k in (10, 20, 30)]
    draw_lines(axes, lines, ["red", "red", (0, 0, 1, 0.5)], [1, 2, 2], (0, (2, 1)))
    root = written(axes)
    (together,) = (group for group in root.iter(f"{SVG}g") if group.get("fill") == "none")
    looks = [(path.get("stroke"), path.get("stroke-opacity"), path.get("stroke-width"), path.get("stroke-dasharray"))
             for path in together]  # fmt: skip
    assert looks == [("#ff0000", None, "1", "2,1"), ("#ff0000", None, "2", "4,2"), ("#0000ff", "0.5", "2", "4,2")]


def test_notes_are_titles_and_links() -> None:
    axes = plane()
    circle = Outline.unit_circle()
    shapes = [Outline(np.asarray(circle.vertices) * 5 + (k, k), circle.codes) for k in (50, 100)]
    notes = [shape_note('a&b "c".html', "<b> & 5\xa0words\n"), Note(None, "no link")]
    draw_shapes(axes, shapes, ["red", "blue"], notes)
    root = written(axes)
    (link,) = root.iter(f"{SVG}a")
    assert link.get("href") == 'a&b%20"c".html'
    assert [element.tag.removeprefix(SVG) for element in link] == ["title", "circle"]
    assert link[0].text == "<b> & 5 words "
    first, second = root.iter(f"{SVG}circle")
    assert [first.get(name) for name in ("cx", "cy", "r", "fill")] == ["50", "350", "5", "#ff0000"]
    assert [title.text for title in second] == ["no link"]
    assert root.get("role") == "group"


@pytest.mark.parametrize("name", ["shares", "curve", "sources", "history"])
def test_more_reports_make_no_more_artists(name: str) -> None:
    """An artist takes a millisecond; words that are printed for a report are texts, where there is room for them."""
    counts: set[int] = set()
    for made in (reports(60), reports(120)):
        axes = chart(made, name, side=400)
        counts.add(len(axes.lines) + len(axes.collections) + len(axes.patches))
        svg(axes, title="T", description="D")
        assert len(axes.xaxis.majorTicks) <= 1
    assert len(counts) == 1


def test_a_picture_of_many_reports_stays_small() -> None:
    made = reports(150)
    letters = [len(drawn(made, "history", link=lambda old, new: f"{old}-{new}.html", most=most, side=840).svg)
               for most in (100, 200)]  # fmt: skip
    assert letters[0] < letters[1] < 200_000


@pytest.mark.parametrize("name", CHARTS)
def test_words_stand_where_matplotlib_has_them(name: str) -> None:
    axes = chart(compare(read("sample")), name)
    ours, theirs = (_texts(root) for root in (ET.fromstring(picture(axes, "svg")), _by_matplotlib(axes)))  # noqa: S314
    assert {text for text, _ in ours} >= {text for text, _ in theirs}
    for text, place in theirs:
        near = min(abs(x - place[0]) + abs(y - place[1]) for said, (x, y) in ours if said == text)
        assert near < 0.6, text


def _by_matplotlib(axes: Axes) -> ET.Element:
    target = io.BytesIO()
    figure = axes.figure.figure
    assert isinstance(figure, Figure)
    with style():
        figure.savefig(target, format="svg")
    return ET.fromstring(target.getvalue())  # noqa: S314 - our own


def _texts(root: ET.Element) -> list[tuple[str, tuple[float, float]]]:
    """The level texts of one line and where they stand."""
    return [
        (element.text or "", (float(element.get("x", "")), float(element.get("y", ""))))
        for element in root.iter(f"{SVG}text")
        if element.get("x") and (element.text or "").strip()
    ]


def test_a_chart_is_as_it_was_after_it_was_written() -> None:
    axes = plot_terms(compare(read("sample")))
    titles = [child for child in axes.get_children() if isinstance(child, Text) and child.get_fontweight() == "bold"]
    assert len(titles) == 1
    titles[0].set_visible(False)  # whoever does not want it
    before = [(artist, artist.get_visible()) for artist in axes.get_children()]
    first = picture(axes, "svg")
    svg(axes, title="T", description="D", bare=True)
    assert [(artist, artist.get_visible()) for artist in axes.get_children()] == before
    assert picture(axes, "svg") == first


def test_labels_that_were_changed_are_shown_as_they_are() -> None:
    axes = plot_heatmap(reports(4))
    axes.set_xticks([1, 2], ["one", "two"])
    shown = [text for text, _ in _texts(ET.fromstring(picture(axes, "svg")))]  # noqa: S314 - our own
    assert shown.count("one") == shown.count("two") == 1
    assert shown.count("1801") == 1  # of the rows


def test_a_picture_without_text_has_the_values_too() -> None:
    made = reports(4)
    axes, without = plot_heatmap(made), plot_heatmap(made)
    for artist in without.artists:
        artist.set_visible(False)
    assert picture(axes, "png") != picture(without, "png")
    assert picture(axes, "svg") == picture(without, "svg")


def test_words_over_shapes_let_through_who_points_at_them() -> None:
    root = ET.fromstring(picture(chart(compare(read("sample")), "shares"), "svg"))  # noqa: S314 - our own
    through = {text for group in root.iter(f"{SVG}g") if group.get("pointer-events") == "none" for text in group.iter()}
    shares = [text for text in root.iter(f"{SVG}text") if (text.text or "").endswith(" %")]
    assert len(shares) > 15
    assert through.issuperset(shares)
