"""The charts of the index on every screen: whole on a laptop, readable on a phone, and every cell leads somewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUESTIONS = ("alike", "shares", "sources", "history", "curve", "terms")
CHARTS = ("chart-heatmap.html", "chart-history.html", "chart-terms.html")


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_fits_a_laptop(browser: Browser, crowded: Path, question: str) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 860})
    page = context.new_page()
    page.goto((crowded / "index.html").as_uri() + ("" if question == "alike" else f"#{question}"))
    heading, chart = (page.locator(f"#{question} {part}").first.bounding_box() for part in ("h2", ".chart svg"))
    assert heading is not None
    assert chart is not None
    assert heading["y"] >= 0
    assert chart["y"] + chart["height"] <= 860
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    context.close()


@pytest.mark.parametrize("name", ["index.html", *CHARTS])
def test_charts_keep_their_letters_on_a_phone(browser: Browser, crowded: Path, name: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto((crowded / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for chart in page.locator(".chart:visible").all():
        assert chart.evaluate("it => it.scrollWidth > it.clientWidth"), "the chart scrolls, not the page"
        assert chart.get_attribute("tabindex") == "0"
        assert chart.get_attribute("role") == "region"
        letters = "it => Math.max(...[...it.querySelectorAll('text')].map((t) => t.getBoundingClientRect().height))"
        assert chart.evaluate(letters) >= 9
    context.close()


def test_rows_in_order_of_time_or_clustered_without_javascript(browser_without_code: Page, crowded: Path) -> None:
    page = browser_without_code
    for name in ("index.html", "chart-heatmap.html"):
        page.goto((crowded / name).as_uri())
        first, second = page.locator(".drawing1").first, page.locator(".drawing2").first
        assert (first.is_visible(), second.is_visible()) == (True, False)
        page.get_by_role("radio", name="similar ones together").check()
        assert (first.is_visible(), second.is_visible()) == (False, True)


@pytest.mark.parametrize("name", ["index.html", "chart-heatmap.html"])
def test_every_cell_says_its_value_and_leads_to_its_passages(page: Page, crowded: Path, name: str) -> None:
    page.goto((crowded / name).as_uri())
    area = page.locator(".drawing1").first.locator("g.cells, image").first
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box is not None
    cell = box["width"] / 32
    place = (box["x"] + 3.5 * cell, box["y"] + 20.5 * cell)  # the row of report 20, the column of report 3
    page.mouse.move(*place)
    value = (crowded / "data" / "heatmap.csv").read_text().splitlines()[21].split(",")[4]
    said = page.locator(".pointed").inner_text()
    assert said == f"2021 and 2004: .{float(value) * 100:02.0f}"
    page.mouse.click(*place)
    page.wait_for_url("**/compare.html#old=3&new=20")
    assert page.locator("#result p").first.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_in_ink_are_in_the_ink_of_the_page_though_they_are_links(
    browser: Browser, plain: Path, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto((plain / "index.html").as_uri())
    dots = page.locator("#sources .chart a circle")
    assert dots.count()
    ink = page.evaluate("getComputedStyle(document.documentElement).color")
    assert set(dots.evaluate_all("all => all.map(it => getComputedStyle(it).stroke)")) == {ink}
    context.close()


@pytest.mark.parametrize("name", ["index.html", "chart-heatmap.html"])
def test_a_cell_that_is_a_link_says_its_value_once(page: Page, crowded: Path, name: str) -> None:
    page.goto((crowded / name).as_uri())
    links = page.locator("[data-order] a")
    assert links.count()
    assert links.locator("title").count() == 0, "the browser would show it beside ours"
    assert all(links.evaluate_all("all => all.map(it => it.getAttribute('aria-label'))"))


def test_a_chart_printed_alone_has_no_heading_without_its_table(page: Page, crowded: Path) -> None:
    page.emulate_media(media="print")
    page.goto((crowded / "chart-heatmap.html").as_uri())
    assert page.locator(".chart svg").first.is_visible()
    assert not page.get_by_text("The same figures as a table").is_visible()


def test_a_printed_chart_is_on_one_page(page: Page, crowded: Path) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 660, "height": 980})  # A4 without its margins
    page.goto((crowded / "index.html").as_uri())
    for question in QUESTIONS:
        figure = page.locator(f"#{question} figure")
        assert figure.evaluate("it => getComputedStyle(it).breakInside") == "avoid"
        box = page.locator(f"#{question} .chart svg").first.bounding_box()
        assert box is not None
        assert box["width"] <= 660
        assert box["height"] <= 900
    for aside in (".orders", ".site li:last-child", "nav.contents", "details"):
        assert not page.locator(aside).first.is_visible(), aside


@pytest.mark.parametrize("site", ["plain", "crowded"])
def test_the_first_printed_page_holds_what_is_alike(page: Page, site: str, request: pytest.FixtureRequest) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 657, "height": 1001})  # A4 without its margins
    page.goto((request.getfixturevalue(site) / "index.html").as_uri())
    chart = page.locator("#alike .chart svg").first.bounding_box()
    assert chart is not None
    assert chart["y"] + chart["height"] <= 1001
    for part in (".about", ".answer"):
        assert page.locator(f"#alike {part}").evaluate("it => getComputedStyle(it).breakAfter") == "avoid"


def test_without_javascript_a_cell_says_how_its_pair_is_compared(browser_without_code: Page, plain: Path) -> None:
    page = browser_without_code
    page.goto((plain / "index.html").as_uri())
    cell = (
        page.locator("#alike .chart a")
        .filter(has=page.locator("title", has_text="2005"))
        .filter(has=page.locator("title", has_text="2001"))
    )
    href = cell.first.get_attribute("href") or cell.first.get_attribute("xlink:href")
    assert href == "compare.html#old=0&new=3"
    page.goto((plain / href).as_uri().replace("%23", "#"))
    said = page.locator(".pairs p:visible")
    assert said.count() == 1
    assert said.inner_text().startswith("You asked for 2005 beside 2001.")
    assert said.locator("code").inner_text() == "litany diff SOURCE 2001 2005"
    said.get_by_role("link", name="2001").click()
    page.wait_for_url("**/reports/2001.html")


def test_cells_of_the_table_lead_where_those_of_the_chart_do(browser_without_code: Page, plain: Path) -> None:
    page = browser_without_code
    page.goto((plain / "index.html").as_uri())
    page.locator("#alike summary").click()
    links = page.locator("#alike table td a")
    assert links.count() == 6
    assert "compare.html#old=0&new=3" in links.evaluate_all("all => all.map(it => it.getAttribute('href'))")
