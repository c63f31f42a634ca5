"""Every page opens from disk, in all lights and sizes, with code and without, and asks the network for nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import notices
import pytest
from litany.analysis import compare
from litany.reports.html import diff_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

PHONE: ViewportSize = {"width": 390, "height": 844}
Scheme = Literal["light", "dark"]


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_open_from_disk(browser: Browser, plain: Path, hostile: Path, scripted: bool, scheme: Scheme) -> None:
    context = browser.new_context(java_script_enabled=scripted, color_scheme=scheme, viewport=PHONE)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append("a dialog"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in [*sorted(plain.rglob("*.html")), *sorted(hostile.rglob("*.html"))]:
        page.goto(path.as_uri())
        assert page.locator("h1").count() == 1
        assert page.locator("img, iframe, object").count() == 0, path
        if scripted:  # a page without scripts cannot be asked
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= PHONE["width"], f"{path.name} is {width} wide on a phone"
            assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Iowan'), "no style"
    context.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def squeezed(text: str) -> str:
    """A text without white space, without what cannot be printed, and without the signs that pages show for it."""
    signs = {*map(chr, range(0x2400, 0x2422)), "\ufffd"}
    return "".join(letter for letter in text if letter.isprintable() and not letter.isspace() and letter not in signs)


def test_hostile_texts_show_as_they_are(page: Page, hostile: Path) -> None:
    for path in sorted((hostile / "reports").iterdir()):
        page.goto(path.as_uri())
        shown = squeezed(page.locator(".lines").text_content() or "")
        for text in notices.HOSTILE:
            for sentence in squeezed(text).split("."):
                assert sentence in shown


def test_hostile_texts_are_text_in_search_and_side_by_side(page: Page, hostile: Path) -> None:
    page.goto((hostile / "search.html").as_uri())
    page.get_by_role("searchbox").fill("<script>alert(1)</script>")
    page.locator(".hit").first.wait_for()
    assert page.locator(".hit p").first.inner_text() == "<script>alert(1)</script> was said."
    assert page.locator(".hit script, .hit b, .hit img").count() == 0
    page.goto((hostile / "compare.html").as_uri() + "#old=0&new=1")
    page.locator("#result p").first.wait_for()
    assert "<script>alert(1)</script> was said." in (page.locator("#result").text_content() or "")
    assert page.locator("#result :is(script, b, img, style)").count() == 0
    page.goto(
        (hostile / "search.html").as_uri() + "#q=" + "%3Cimg%20src=x%20onerror=alert(1)%3E&year=%22%3E&kind=constructor"
    )
    assert page.get_by_role("searchbox").input_value() == "<img src=x onerror=alert(1)>"


def test_what_prints_is_the_text(page: Page, plain: Path) -> None:
    page.emulate_media(media="print")
    page.goto((plain / "diffs" / "2004-from-2001.html").as_uri())
    assert page.get_by_text("Captain Orde").first.is_visible()
    for aside in (".tools", "nav.changes", ".tabs", ".stepper", ".site li:last-child", "footer button"):
        assert not page.locator(aside).first.is_visible(), aside
    assert page.locator(".site li").first.is_visible(), "the series is named on paper too"
    page.goto((plain / "reports" / "2004.html").as_uri())
    assert page.locator(".s .from").first.is_visible()


def test_a_difference_alone_brings_its_style_and_code(page: Page, tmp_path: Path) -> None:
    comparison = compare(notices.lamp_nights())
    path = tmp_path / "alone.html"
    path.write_text(diff_page(comparison, 0, 2), encoding="utf-8")
    page.goto(path.as_uri())
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Iowan')
    page.get_by_label("side by side").check()
    assert page.locator(".beside").count() > 0
