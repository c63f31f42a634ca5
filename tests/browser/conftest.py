"""A browser for all tests here, and three sites on disk: of plain texts, of hostile ones, and of many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import notices
import pytest
from generator import generate
from litany.analysis import compare
from litany.corpus import read
from litany.reports import write_report
from litany.reports.html import pictures

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
# --headless is playwright's own; the others keep the browser off the network and off a graphics card
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, started once."""
    api = pytest.importorskip("playwright.sync_api", reason="no playwright; pip install 'litany[dev]'")
    if CHROMIUM is None:
        pytest.skip("no Chromium; apt-get install chromium")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the notices, on disk."""
    folder = tmp_path_factory.mktemp("plain") / "out"
    write_report(compare(notices.lamp_nights()), folder)
    return folder


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of hostile texts and names, on disk."""
    folder = tmp_path_factory.mktemp("hostile") / "out"
    write_report(compare(notices.hostile()), folder)
    return folder


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of many short reports, its charts on pages of their own."""
    folder = tmp_path_factory.mktemp("crowded")
    generate(32, 90).write(folder / "series")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "LIGHT", 20_000)
        patch.setattr(pictures, "TABLE", 2_000)
        write_report(compare(read(folder / "series")), folder / "out")
    return folder / "out"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on a laptop's screen that fails the test if its code fails."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda message: failures.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert failures == []


@pytest.fixture
def browser_without_code(browser: Browser) -> Iterator[Page]:
    """A page in which JavaScript is switched off."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()
