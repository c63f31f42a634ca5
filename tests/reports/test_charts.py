"""Charts: the same bytes every time, values printed and readable, and SVG that can stand in any page."""

from __future__ import annotations

import dataclasses
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from litany.analysis import Comparison, compare
from litany.analysis.similarities import Measure
from litany.corpus import from_texts
from litany.corpus.errors import OutputError, UsageError
from litany.reports.charts import plot_heatmap, plot_shares, save, svg
from litany.reports.framing import around, picture
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

SVG = "{http://www.w3.org/2000/svg}"

TEXTS = {
    "2004": "The lamp was lit at seven. The boat came home. Nobody was hurt. The mole was repaired in May.",
    "2006": "The lamp was lit at eight. The boat came home. Nobody was hurt. Lord Oake spoke for an hour.",
    "2007": "The lamp was lit at seven. The boat came home. Nobody was hurt. The mole was repaired in June.",
    "2008": "Quite another matter altogether occupied everybody.",
}


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(dataclasses.replace(from_texts(TEXTS, name="Lamp Night"), missing=("2005",)))


def many(count: int) -> Comparison:
    """A comparison of so many reports, alike to all degrees."""
    made = compare(from_texts({str(1900 + k): f"The lamp was lit in {1900 + k}." for k in range(count)}))
    values = np.linspace(0, 1, count * count).reshape(count, count)
    return dataclasses.replace(made, _matrices={Measure.TFIDF: values})


def drawn(comparison: Comparison, **options: object) -> ET.Element:
    axes = plot_heatmap(comparison, **options)  # type: ignore[arg-type]
    return ET.fromstring(svg(axes, title="T", description="D"))  # noqa: S314 - our own


def cells(root: ET.Element) -> list[tuple[float, float, float, str]]:
    """Centre, width and colour of each cell: a shape of its own, or one of many of a colour."""
    alone = [
        (number(rect, "x") + number(rect, "width") / 2, number(rect, "y") + number(rect, "height") / 2,
         number(rect, "width"), rect.get("fill", ""))
        for rect in root.iter(f"{SVG}rect")
        if rect.get("fill")
    ]  # fmt: skip
    together = [
        ((left + right) / 2, (top + bottom) / 2, right - left, path.get("fill", ""))
        for group in root.iter(f"{SVG}g")
        if group.get("class") == "cells"
        for path in group.iter(f"{SVG}path")
        for left, top, right, bottom in re.findall(r"M([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)H[\d.]+z", path.get("d", ""))
        for left, top, right, bottom in [map(float, (left, top, right, bottom))]
    ]
    return alone + together


def values(root: ET.Element) -> list[tuple[str, float, float, float, str]]:
    """Text, place, size and colour of each value printed in a cell."""
    groups = [group for group in root.iter(f"{SVG}g") if group.get("pointer-events") == "none"]
    return [
        (text.text or "", number(text, "x"), number(text, "y"), number(group, "font-size"), group.get("fill", ""))
        for group in groups
        for text in group
    ]


def number(element: ET.Element, name: str) -> float:
    return float(element.get(name, "nan"))


def luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


# -- heatmap ----------------------------------------------------------------------------------------------------------


def test_values_are_printed_in_both_triangles(comparison: Comparison) -> None:
    shown = [text for text, *_ in values(drawn(comparison))]
    matrix = comparison.similarity("tfidf")
    expected = [
        f".{round(100 * matrix[i, j]):02d}" if matrix[i, j] else "0" for i in range(4) for j in range(4) if i != j
    ]
    assert sorted(shown) == sorted(expected)


@pytest.mark.parametrize("count", [2, 18, 60])
def test_values_are_readable(count: int) -> None:
    root = drawn(many(count))
    places, shown = cells(root), values(root)
    assert len(places) == count * count
    assert len(shown) == count * (count - 1)
    for text, x, y, size, ink in shown:
        (width, colour), *others = [(w, c) for cx, cy, w, c in places if abs(cx - x) < w / 2 and abs(cy - y) < w / 2]
        assert not others
        assert size >= 5
        assert size * 0.64 * len(text) <= width
        light, dark = sorted((luminance(colour), luminance(ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_hundred_reports_have_every_value_and_every_label() -> None:
    axes = plot_heatmap(many(100))
    labels = axes.get_xticklabels()
    assert [label.get_text() for label in labels] == [str(1900 + k) for k in range(100)]
    assert {label.get_rotation() for label in labels} == {90}
    assert float(labels[0].get_fontsize()) >= 5
    shown = values(ET.fromstring(svg(axes, title="T", description="D")))  # noqa: S314 - our own
    assert len(shown) == 9900
    assert min(size for *_, size, _ in shown) >= 5


def test_the_diagonal_says_nothing(comparison: Comparison) -> None:
    grey = [cell for cell in cells(drawn(comparison)) if cell[3] == "#8b949e"]
    assert [round(x - y, 1) for x, y, *_ in grey] == [round(grey[0][0] - grey[0][1], 1)] * 4


def test_small_axes_thin_their_labels() -> None:
    axes = plot_heatmap(many(60), ax=Figure(figsize=(3, 3)).add_subplot())
    assert 5 < len(axes.get_yticklabels()) < 60


def test_a_directed_measure_says_how_it_is_read(comparison: Comparison) -> None:
    assert "Row: the report whose text is looked for. Column: where it is looked for." in picture_text(
        comparison, "reuse"
    )
    assert "Row: " not in picture_text(comparison, "tfidf")


def picture_text(comparison: Comparison, measure: str) -> str:
    return picture(plot_heatmap(comparison, measure=measure), "svg").decode()


def test_the_figure_says_how_it_was_made(comparison: Comparison) -> None:
    made = comparison.signature(Measure.CONTAINMENT.recipe(comparison.settings))
    assert "4-word shingles" in made
    root = ET.fromstring(picture_text(comparison, "containment"))  # noqa: S314 - our own
    assert made in " ".join(text.text or "" for text in root.iter(f"{SVG}text"))


def test_years_without_a_report_are_marked(comparison: Comparison) -> None:
    assert "Line: no report in 2005." in picture_text(comparison, "tfidf")


def test_a_measure_that_does_not_exist(comparison: Comparison) -> None:
    with pytest.raises(UsageError, match="no measure 'cosine'"):
        plot_heatmap(comparison, measure="cosine")


def test_one_report(tmp_path: Path) -> None:
    comparison = compare(from_texts({"2004": "A lamp."}))
    assert values(drawn(comparison)) == []
    save(plot_heatmap(comparison), tmp_path / "a.png")
    save(plot_shares(comparison), tmp_path / "b.png")


def test_links_lead_from_both_cells_of_a_pair_to_one_page(comparison: Comparison) -> None:
    def link(old: int, new: int) -> str | None:
        return f"diff/a b-{old}-{new}.html" if new == 2 else None

    root = drawn(comparison, link=link)
    addresses = [a.get("href") for a in root.iter(f"{SVG}a")]
    assert addresses == [f"diff/a%20b-{old}-2.html" for old in (0, 1, 0, 1)]
    assert root.get("role") == "group"
    assert all(a.find(f"{SVG}title") is not None for a in root.iter(f"{SVG}a"))


def test_of_many_cells_those_that_lead_somewhere_are_links() -> None:
    def link(old: int, new: int) -> str | None:
        return f"{old}-{new}.html" if new == old + 1 else None

    root = drawn(many(40), link=link)
    links = list(root.iter(f"{SVG}a"))
    assert sorted(a.get("href", "") for a in links) == sorted(2 * [f"{k}-{k + 1}.html" for k in range(39)])
    titles = {a.get("href"): title.text for a in links for title in a.findall(f"{SVG}title")}
    assert titles["3-4.html"] in ("1903, 1904: .08", "1904, 1903: .10")
    (group,) = (group for group in root.iter(f"{SVG}g") if group.get("class") == "cells")
    assert len(list(group)) == len({fill for *_, fill in cells(root)})


@pytest.mark.parametrize(("count", "side", "printed"), [(29, 440, True), (30, 440, False), (100, None, True)])
def test_values_are_printed_where_they_can_be_read(count: int, side: float | None, printed: bool) -> None:
    axes = plot_heatmap(many(count), side=side, link=lambda old, new: f"{old}-{new}.html" if not old else None)
    root = ET.fromstring(svg(axes, title="T", description="D", bare=True))  # noqa: S314 - our own
    assert bool(values(root)) == printed
    assert len({a.get("href") for a in root.iter(f"{SVG}a")}) == count - 1
    assert len(list(root.iter(f"{SVG}image"))) == 2 - printed


def test_a_bare_chart_leaves_title_and_notes_to_its_page(comparison: Comparison) -> None:
    axes = plot_heatmap(comparison)
    whole, bare = (ET.fromstring(svg(axes, title="T", description="D", bare=bare)) for bare in (False, True))  # noqa: S314
    said = [{text.text for text in root.iter(f"{SVG}text")} for root in (whole, bare)]
    assert "Line: no report in 2005." in said[0]
    assert said[1] == {text for text in said[0] if text in comparison.series.ids or re.fullmatch(r"[\d.]+", text or "")}
    assert "Line: no report in 2005." in around(axes).notes
    assert float(bare.get("height", "0")) < float(whole.get("height", "0"))


# -- shares -----------------------------------------------------------------------------------------------------------


def bars(comparison: Comparison) -> dict[str, dict[int, tuple[float, float]]]:
    """For each part of the bars where it begins and ends, for each report that has it."""
    made: dict[str, dict[int, tuple[float, float]]] = {}
    for drawn in plot_shares(comparison).collections:
        places = {round(float(ends[:, 0].mean())): (float(ends[0, 1]), float(ends[2, 1])) for path in drawn.get_paths()
                  for ends in [np.asarray(path.vertices)[:4]]}  # fmt: skip
        made[str(drawn.get_label())] = places
    return made


def test_bars_add_up_to_the_words(comparison: Comparison) -> None:
    found = bars(comparison)
    assert list(found) == ["no earlier report", "verbatim", "edited", "changed words", "new", "dropped"]
    words = [0.0] * 4
    for name, parts in found.items():
        for report, (begin, end) in parts.items():
            words[report] += 0 if name in ("changed words", "dropped") else end - begin
    assert words == [measures.words for measures in comparison.measures]
    dropped = {k: m.source.words.dropped for k, m in enumerate(comparison.measures) if m.source}
    assert found["dropped"] == {k: (0, -words) for k, words in dropped.items() if words}


def test_changed_words_are_the_top_of_the_edited_ones(comparison: Comparison) -> None:
    found = bars(comparison)
    edited, changed, new = (found[name][1] for name in ("edited", "changed words", "new"))
    assert edited[0] < changed[0] < changed[1] == edited[1] == new[0]


def test_the_first_report_is_not_shown_as_nothing_new(comparison: Comparison) -> None:
    (first,) = plot_shares(comparison).patches
    assert bars(comparison)["no earlier report"] == {0: (0, comparison.measures[0].words)}
    assert isinstance(first, Rectangle)
    assert first.get_height() == comparison.measures[0].words
    assert first.get_hatch()


def test_a_later_report_without_a_source_is_all_new(comparison: Comparison) -> None:
    assert comparison.main_source(3) is None
    assert bars(comparison)["new"][3] == (0, comparison.measures[3].words)


def test_bars_are_labelled_with_their_source(comparison: Comparison) -> None:
    labels = [label.get_text() for label in plot_shares(comparison).get_xticklabels()]
    assert labels == ["2004", "2006 ← 2004", "2007 ← 2004", "2008"]


def test_words_are_counted_without_a_sign(comparison: Comparison) -> None:
    axes = plot_shares(comparison)
    assert axes.yaxis.get_major_formatter()(-1500.0) == "1,500"


# -- axes and style ---------------------------------------------------------------------------------------------------


def test_axes_that_are_given_are_used(comparison: Comparison) -> None:
    figure = Figure()
    left, right = figure.subplots(1, 2)
    assert plot_heatmap(comparison, ax=left) is left
    assert plot_shares(comparison, ax=right) is right
    assert picture(figure, "png").startswith(b"\x89PNG")


def test_the_users_settings_neither_matter_nor_change(comparison: Comparison) -> None:
    plain = picture(plot_shares(comparison), "svg")
    with matplotlib.rc_context({"axes.grid": True, "font.size": 30, "text.color": "red", "svg.fonttype": "path"}):
        before = dict(matplotlib.rcParams)
        assert picture(plot_shares(comparison), "svg") == plain
        assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize(
    "name", ["Costs $5 and $6", "年次報告書", "a\x0bb\x00c", "\\frac{1}{2} & <b> ' \"", "x" * 500, ""]
)
def test_a_series_may_have_any_name(comparison: Comparison, name: str) -> None:
    named = dataclasses.replace(comparison, series=dataclasses.replace(comparison.series, name=name))
    for form in ("png", "svg", "pdf"):
        assert picture(plot_heatmap(named), form)
    ET.fromstring(svg(plot_shares(named), title=name, description=name))  # noqa: S314 - our own


# -- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_chart_is_the_same_bytes(comparison: Comparison, form: str) -> None:
    for plot in (plot_heatmap, plot_shares):
        first = picture(plot(comparison), form)
        assert picture(plot(comparison), form) == first
        assert not re.search(rb"20\d\d-\d\d-\d\dT|CreationDate|Creator|Producer|Software|dc:date", first)


def test_save_goes_by_the_ending(comparison: Comparison, tmp_path: Path) -> None:
    axes = plot_heatmap(comparison)
    for form, start in (("png", b"\x89PNG"), ("PDF", b"%PDF"), ("svg", b"<?xml")):
        save(axes, tmp_path / f"a.{form}")
        assert (tmp_path / f"a.{form}").read_bytes().startswith(start)
    with pytest.raises(UsageError, match="no picture format 'gif'; there are png, svg, pdf"):
        save(axes, tmp_path / "a.gif")
    with pytest.raises(OutputError):
        save(axes, tmp_path / "none" / "a.png")


# -- inline SVG -------------------------------------------------------------------------------------------------------


def test_inline_svg_takes_the_pages_colours(comparison: Comparison) -> None:
    for axes in (plot_heatmap(comparison), plot_shares(comparison)):
        made = svg(axes, title="T", description="D")
        assert "currentColor" in made
        assert "#1f2328" not in made
        assert "font-family" not in made
        assert not re.search(r'<style|style=|fill="#ffffff" */?>.*?<path d="M 0', made)


def test_inline_svg_is_named_for_those_who_do_not_see_it(comparison: Comparison) -> None:
    made = svg(plot_shares(comparison), title="Shares & <words>", description="2004 to 2008")
    root = ET.fromstring(made)  # noqa: S314 - our own
    ids = {element.get("id"): element.text for element in root.iter()}
    assert root.get("role") == "img"
    assert [ids[name] for name in root.get("aria-labelledby", "").split()] == ["Shares & <words>", "2004 to 2008"]
    assert [element.tag for element in root][:2] == [f"{SVG}title", f"{SVG}desc"]


def test_ids_of_charts_in_one_page_differ_and_all_are_found(comparison: Comparison) -> None:
    charts = [svg(plot(comparison), title="T", description="D") for plot in (plot_heatmap, plot_shares)]
    charts.append(svg(plot_heatmap(comparison, measure="edit"), title="T", description="D"))
    ids = re.findall(r'\bid="([^"]+)"', "".join(charts))
    assert len(ids) == len(set(ids))
    for made in charts:
        own = re.findall(r'\bid="([^"]+)"', made)
        assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', made)) <= set(own)


def test_svg_loads_nothing(comparison: Comparison) -> None:
    made = picture(plot_shares(comparison), "svg").decode() + svg(plot_heatmap(comparison), title="T", description="D")
    assert "<!DOCTYPE" not in made
    assert not re.search(r'(?:href|src)="(?!#|data:image/png;base64,)', made)
    assert set(re.findall(r"https?://[^\"]*", made)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
