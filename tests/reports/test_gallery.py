"""All charts by name: the same bytes every time, linked, named, in the page's colours, at every size, with a table."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from generator import generate
from litany.analysis import Comparison, compare
from litany.corpus import from_texts, read
from litany.corpus.errors import UsageError
from litany.reports import cli
from litany.reports.charts import ORDERS
from litany.reports.framing import picture
from litany.reports.gallery import CHARTS, chart, chart_table, drawn
from matplotlib.axes import Axes
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from conftest import Ran

SVG = "{http://www.w3.org/2000/svg}"
TEXTS = {
    "2001": "The lamp was lit at seven in the evening. The boat came home before dark. Nobody was hurt that night.",
    "2002": "A wholly different matter took up the whole of the year and of the money. Few were glad of it.",
    "2003": "The lamp was lit at seven in the evening. The boat came home before dark. Nobody was hurt at all.",
    "2004": "The lamp was lit at eight in the evening. The boat came home before dark. Nobody was hurt at all.",
}


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(from_texts(TEXTS, name="Lamp Night"))


@pytest.fixture(scope="module")
def sample() -> Comparison:
    return compare(read("sample"))


def link(old: int, new: int) -> str:
    return f"report {new}.html" if old == new else f"diff {old}-{new}.html"


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_chart_is_the_same_bytes(comparison: Comparison, name: str) -> None:
    for form in ("png", "svg", "pdf"):
        first = picture(chart(comparison, name), form)
        assert picture(chart(comparison, name), form) == first
        assert not re.search(rb"20\d\d-\d\d-\d\dT|CreationDate|Creator|Producer|Software|dc:date", first)


@pytest.mark.parametrize("name", CHARTS)
def test_parts_of_a_chart_lead_to_pages_and_say_what_they_are(sample: Comparison, name: str) -> None:
    root = ET.fromstring(drawn(sample, name, link=link).svg)  # noqa: S314 - our own
    links = list(root.iter(f"{SVG}a"))
    assert len(links) >= len(sample.series)
    count = len(sample.series)
    pages = {link(old, new).replace(" ", "%20") for new in range(count) for old in range(new + 1)}
    for element in links:
        assert element.get("href") in pages
        assert element.get("tabindex") == "-1"
        (title,) = element.findall(f"{SVG}title")
        assert any(report in (title.text or "") for report in sample.series.ids)
        assert len(element) > 1  # something to point at
    assert root.get("role") == "group"


@pytest.mark.parametrize("name", CHARTS)
def test_every_link_of_a_chart_is_a_row_of_its_table(sample: Comparison, name: str) -> None:
    if name in ("heatmap", "terms"):  # whose columns are reports
        return
    made = drawn(sample, name, link=link)
    rows = {link(*about).replace(" ", "%20") for about in made.table.about if about is not None}
    own = {link(k, k).replace(" ", "%20") for k in range(len(sample.series))}
    assert set(re.findall(r'href="([^#"]+)"', made.svg)) <= rows | own


@pytest.mark.parametrize("name", CHARTS)
def test_without_links_shapes_still_say_what_they_are(comparison: Comparison, name: str) -> None:
    root = ET.fromstring(drawn(comparison, name).svg)  # noqa: S314 - our own
    assert not list(root.iter(f"{SVG}a"))
    assert root.get("role") == "img"
    terms = ["lamp"] if name == "terms" else None
    root = ET.fromstring(drawn(comparison, name, terms=terms).svg)  # noqa: S314 - our own
    assert len(list(root.iter(f"{SVG}title"))) > len(comparison.series) - 1


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_takes_the_colours_of_its_page(sample: Comparison, name: str) -> None:
    made = drawn(sample, name).svg
    assert "currentColor" in made
    assert "#1f2328" not in made
    assert "font-family" not in made
    assert not re.search(r"<style|style=|<script|xlink:href=\"[^#d]", made)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_named(sample: Comparison, name: str) -> None:
    made = drawn(sample, name)
    root = ET.fromstring(made.svg)  # noqa: S314 - our own
    title, description = list(root)[:2]
    assert (title.tag, title.text) == (f"{SVG}title", made.title)
    assert (description.text or "").endswith("The table has the figures.")


@pytest.mark.parametrize("name", CHARTS)
def test_a_figure_says_how_it_was_made(sample: Comparison, name: str) -> None:
    axes = chart(sample, name)
    assert any(sample.signature() in text.get_text() for text in axes.texts)


@pytest.mark.parametrize("name", CHARTS)
def test_a_table_has_a_value_a_column(sample: Comparison, name: str) -> None:
    table = chart_table(sample, name)
    assert len(table) > 0
    assert {len(row) for row in table.rows} == {len(table.columns)}
    assert len({column.name for column in table.columns}) == len(table.columns)
    assert len(table.about) in (0, len(table))
    assert table.caption


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("count", [1, 2, 5])
def test_few_reports(name: str, count: int, tmp_path: Path) -> None:
    texts = generate(count, 120, seed=4).texts
    made = compare(from_texts({str(2001 + k): text for k, text in enumerate(texts)}))
    assert picture(chart(made, name), "png")
    assert drawn(made, name, link=link).svg
    assert chart_table(made, name).columns


@pytest.fixture(scope="module")
def hundred() -> Comparison:
    texts = generate(100, 150, seed=6).texts
    return compare(from_texts({f"{1900 + k}-05-17": text for k, text in enumerate(texts)}, name="A long series"))


@pytest.mark.parametrize("name", CHARTS)
def test_a_hundred_reports_are_drawn_without_overlapping_labels(hundred: Comparison, name: str) -> None:
    axes = chart(hundred, name)
    figure = axes.figure.figure
    assert isinstance(figure, Figure)
    figure.draw_without_rendering()
    labels = [label for label in axes.get_xticklabels() if label.get_text()]
    assert len(labels) == 100
    boxes = sorted((label.get_window_extent() for label in labels), key=lambda box: box.x0)
    assert all(left.x1 <= right.x0 + 0.5 for left, right in pairwise(boxes))
    inside = figure.bbox.padded(1)
    for text in [*labels, *axes.get_yticklabels(), *axes.texts, axes.title]:
        box = text.get_window_extent()
        assert not text.get_text() or (inside.x0 <= box.x0 and box.x1 <= inside.x1), text.get_text()
        assert not text.get_text() or (inside.y0 <= box.y0 and box.y1 <= inside.y1), text.get_text()


@pytest.mark.parametrize("name", CHARTS)
def test_axes_that_are_given_are_used(comparison: Comparison, name: str) -> None:
    axes: Axes = Figure(figsize=(5, 4)).subplots()
    assert chart(comparison, name, ax=axes) is axes
    assert picture(axes, "svg")


@pytest.mark.parametrize("name", CHARTS)
def test_a_series_of_any_name(name: str) -> None:
    made = compare(from_texts(TEXTS, name="Costs $5 & <b>年\x0b"))
    for form in ("png", "svg", "pdf"):
        assert picture(chart(made, name), form)


def test_names_and_options_that_do_not_exist(comparison: Comparison) -> None:
    with pytest.raises(UsageError, match="no chart 'pie'; there are heatmap, shares"):
        chart(comparison, "pie")
    with pytest.raises(UsageError, match="the chart 'shares' takes no measure"):
        chart(comparison, "shares", measure="tfidf")
    with pytest.raises(UsageError, match="no order 'size'; there are time, clustered"):
        chart(comparison, "heatmap", order="size")
    with pytest.raises(UsageError, match="no measure"):
        chart_table(comparison, "heatmap", measure="size")


def test_the_command_line_offers_the_charts_and_orders_there_are() -> None:
    assert tuple(CHARTS) == cli.CHARTS
    assert ORDERS == cli.ORDERS


# -- heatmap ----------------------------------------------------------------------------------------------------------


def test_a_clustered_heatmap_shows_the_same_values_in_another_order(sample: Comparison) -> None:
    order = sample.clustered()
    assert list(order) != sorted(order)
    axes = chart(sample, "heatmap", order="clustered")
    names = [sample.series.ids[report] for report in order]
    assert [label.get_text() for label in axes.get_xticklabels()] == names
    assert [label.get_text() for label in axes.get_yticklabels()] == names
    by_time, table = chart_table(sample, "heatmap"), chart_table(sample, "heatmap", order="clustered")
    assert [row[0] for row in table.rows] == names
    for row in table.rows:
        new = sample.series.ids.index(str(row[0]))
        assert [row[1 + names.index(name)] for name in sample.series.ids] == list(by_time.rows[new][1:])


def test_a_clustered_heatmap_leads_to_the_same_pages(sample: Comparison) -> None:
    pairs = [drawn(sample, "heatmap", link=link, order=order).svg for order in ORDERS]
    said = [dict(re.findall(r'href="([^"]*)"><rect[^>]*/><title>([^<]*)', svg)) for svg in pairs]
    assert said[0].keys() == said[1].keys()
    for page, title in said[1].items():
        assert set(re.split("[ ,:]+", title)) == set(re.split("[ ,:]+", said[0][page]))


# -- shares -----------------------------------------------------------------------------------------------------------


def test_shares_are_those_of_the_comparison(sample: Comparison) -> None:
    names = [column.name for column in chart_table(sample, "shares").columns]
    for row, measures in zip(chart_table(sample, "shares").rows, sample.measures, strict=True):
        made = dict(zip(names, row, strict=True))
        assert made["words"] == measures.words
        if measures.source is not None:
            words = measures.source.words
            assert (made["verbatim words"], made["new"]) == (words.verbatim, words.share("new"))
            assert made["dropped words"] == words.dropped


# -- the command line -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_as_a_file(litany: Callable[..., Ran], name: str, tmp_path: Path) -> None:
    for form, start in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF"), ("csv", b"")):
        ran = litany("chart", "sample", "--kind", name, "-o", tmp_path / f"a.{form}", "--quiet")
        assert (ran.code, ran.err) == (0, "")
        assert (tmp_path / f"a.{form}").read_bytes().startswith(start)


def test_terms_are_named(litany: Callable[..., Ran], tmp_path: Path) -> None:
    arguments = ("chart", "sample", "--kind", "terms", "--term", "lamp", "--term", "zebra", "-o", tmp_path / "t.csv")
    assert litany(*arguments).code == 0
    lines = (tmp_path / "t.csv").read_text().splitlines()
    assert [line.split(",")[:3] for line in lines[1:]] == [
        ["lamp", "in every report", "11"],
        ["zebra", "in no report", "0"],
    ]


def test_a_heatmap_in_clusters(litany: Callable[..., Ran], tmp_path: Path) -> None:
    files = [tmp_path / f"{order}.svg" for order in ORDERS]
    for order, file in zip(ORDERS, files, strict=True):
        assert litany("heatmap", "sample", "--order", order, "-o", file).code == 0
    assert files[0].read_bytes() != files[1].read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--kind", "curve", "--term", "x", "-o", "a.svg"], "--term is for --kind terms, not curve"),
        (["--kind", "curve", "-o", "a.gif"], "-o a.gif: the name must end in .png, .svg, .pdf or .csv"),
        (["--kind", "pie", "-o", "a.svg"], "Invalid value for '--kind': 'pie' is not one of"),
        (["-o", "a.svg"], "Missing option '--kind'"),
    ],
)
def test_what_cannot_be_drawn(litany: Callable[..., Ran], arguments: list[str], message: str) -> None:
    ran = litany("chart", "sample", *arguments)
    assert ran.code == 2
    assert ran.error.startswith(message)
