"""How quickly pages of a long series open and scroll: reported, not asserted, as machines differ.

LITANY_BROWSER_WORDS sets the words of each of 20 reports; 50,000 is what the site is made for.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from generator import generate
from litany.analysis import compare
from litany.corpus import read
from litany.reports import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGES = ("index.html", "diffs/2020-from-2019.html", "reports/2020.html", "lineages/2001.html", "search.html#q=the",
         "compare.html#old=0&new=19")  # fmt: skip
SCROLL = """async () => {
    let worst = 0, last = performance.now();
    for (let step = 0; step < 30; step += 1) {
        scrollBy(0, 2000);
        await new Promise((done) => requestAnimationFrame(done));
        const now = performance.now();
        worst = Math.max(worst, now - last);
        last = now;
    }
    return worst;
}"""
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"


def test_pages_of_a_long_series_open_and_scroll(page: Page, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    words = int(os.environ.get("LITANY_BROWSER_WORDS", "2000"))
    generate(20, words).write(tmp_path / "series")
    folder = tmp_path / "out"
    write_report(compare(read(tmp_path / "series")), folder)
    lines = [f"20 reports of {words} words:"]
    for name in PAGES:
        path, _, anchor = name.partition("#")
        page.goto("about:blank")
        page.goto((folder / path).as_uri() + "#" + anchor)
        opened, worst = page.evaluate(LOADED), page.evaluate(SCROLL)
        lines.append(f"  {name}: open after {opened:.0f} ms, slowest frame while scrolling {worst:.0f} ms")
        if page.locator(".stepper").is_visible():
            pressed = time.perf_counter()
            page.keyboard.press("n")
            page.evaluate("1")
            lines[-1] += f", to the next change {1000 * (time.perf_counter() - pressed):.0f} ms"
        assert page.locator("h1").is_visible()
    terminal = request.config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None:
        terminal.write_line("\n" + "\n".join(lines))
