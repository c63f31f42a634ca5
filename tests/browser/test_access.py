"""For everyone: axe-core finds nothing, the keyboard reaches everything, and a difference can be read aloud."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from addresses import at
from litany.analysis import compare
from litany.corpus import from_texts
from litany.reports import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# a page of each kind
KINDS = (
    "index.html", "diffs/2004-from-2001.html", "diffs/2004-from-2001.html#view=beside", "reports/2004.html#words=1",
    "form-letter.html", "check.html", "lineages.html", "lineages.html#sort=first", "lineages/2001.html",
    "lineages/2001.html#view=aligned",
    "compare.html#old=0&new=3", "search.html#q=lamp",
)  # fmt: skip


CROWDED = ("index.html", "chart-heatmap.html", "chart-history.html", "chart-terms.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    browser: Browser, plain: Path, hostile: Path, crowded: Path, scheme: Literal["light", "dark"]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe-core; pip install 'litany[dev]'")
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    odd = sorted(hostile.glob("*/*.html"))[:3] if scheme == "light" else []
    sites = [*(at(plain, name) for name in KINDS), *(at(crowded, name) for name in CROWDED)]
    for url in [*sites, *(path.as_uri() for path in odd)]:
        page.goto(url)
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        results = axe.Axe().run(page)
        assert results.violations_count == 0, f"{url}: {results.generate_report()}"
    page.keyboard.press("?")
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    context.close()


def test_axe_finds_nothing_among_hits_out_of_sight(browser: Browser, tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe-core; pip install 'litany[dev]'")
    context = browser.new_context(color_scheme="dark", viewport={"width": 390, "height": 844}, bypass_csp=True)
    page = context.new_page()
    line = "The keeper of year {year} read the name of the ship, the {k}th on the list of the harbour."
    texts = {str(year): " ".join(line.format(year=year, k=k) for k in range(40)) for year in range(2001, 2009)}
    write_report(compare(from_texts(texts)), tmp_path)
    page.goto(at(tmp_path, "search.html#q=the"))
    page.locator(".hit").nth(20).wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    context.close()


def test_the_accessibility_tree_of_a_difference(page: Page, plain: Path, gold: Callable[[str, str], None]) -> None:
    page.goto(at(plain, "diffs/2004-from-2001.html"))
    lines = page.locator(".page").aria_snapshot().splitlines()
    read_aloud = [line for line in lines if not line.lstrip().startswith("- /url:")]
    gold("site/2004-from-2001.aria.yaml", "\n".join(read_aloud) + "\n")


@pytest.mark.parametrize("name", KINDS)
def test_the_keyboard_reaches_every_link_and_field(page: Page, plain: Path, name: str) -> None:
    page.goto(at(plain, name))
    wanted = page.evaluate(
        """() => {
            const reachable = 'a[href]:not([tabindex="-1"]), button, input:not([type=radio]), select, summary';
            const shown = [...document.querySelectorAll(reachable)].filter((it) => it.checkVisibility());
            shown.forEach((it, k) => { it.dataset.wanted = k; });
            return shown.length;
        }"""
    )
    reached: set[str] = set()
    for _ in range(4 * wanted):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset.wanted ?? ''"))
        if len(reached - {""}) == wanted:
            break
    assert len(reached - {""}) == wanted
