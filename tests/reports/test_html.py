"""The site: what it says, that it is safe whatever the texts hold, and that a browser shows it as it should."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import pytest
from litany.analysis.comparison import Comparison, compare
from litany.analysis.settings import litany_version
from litany.corpus.report import Document, Notice, OffsetMap, Precision, Report, ReportDate, Series, Skipped
from litany.corpus.sentences import segment, tokenize
from litany.reports.html import diff_page, pages, write_report
from litany.reports.html.addresses import page_names, slug
from litany.reports.html.rendering import printable
from litany.reports.tables import terminal_table

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

LAMP = "The lamp was lit at seven by Mrs Hale, and the company sang."
TEA = "Tea was served in the net loft, and there was enough of it."
WIND = "A light wind blew from the west, and the rain held off until ten."
NAMES = "The eleven names were read aloud, and after each the bell was struck."
BOX = "The collection came to 412 pounds, of which half goes to the boat."
SEAL = "A seal watched from the bar, as it does in most years."
THANKS = "The Trust thanks all who came and asks them to come again."


def report(name: str, text: str, *, title: str | None = None, path: str = "notices.md", start: int = 0) -> Report:
    """A report as it would be read from a document that holds nothing else from `start` on."""
    spans, paragraphs = segment(text, "en")
    tokens = tokenize(text)
    ends = np.searchsorted(tokens.spans[:, 0], spans[:, 1])
    year = int(name[:4]) if name[:4].isdigit() else 2000
    return Report(
        id=name,
        date=ReportDate(datetime.date(year, 10, 17), Precision.DAY, f"17 October {year}"),
        title=title or f"Lamp Night {name}",
        document=Document(path, "\n" * start + text),
        start=start,
        end=start + len(text),
        text=text,
        offsets=OffsetMap(np.array([0]), np.array([start])),
        sentence_spans=spans,
        sentence_paragraphs=paragraphs,
        tokens=tokens,
        sentence_tokens=np.concatenate(([0], ends)).astype(np.int64),
    )


def paragraphs(*texts: str) -> str:
    return "\n\n".join(texts)


@pytest.fixture(scope="module")
def lamp_nights() -> Comparison:
    """Four reports: 2004 was written from 2001, with a passage moved; 2005 is 2004 word for word."""
    first = paragraphs(LAMP, TEA, WIND, NAMES, BOX, SEAL, THANKS)
    second = paragraphs("The gate was shut by order of the harbour master.", "Nobody sang this year.", THANKS)
    third = paragraphs(
        BOX.replace("412", "530"), LAMP.replace("Mrs Hale", "Captain Orde"), TEA, WIND, NAMES, SEAL, THANKS
    )
    texts = {"2001": first, "2002": second, "2004": third, "2005": third}
    reports = tuple(report(name, text, path="/home/someone/lamp/notices.md") for name, text in texts.items())
    skipped = (Skipped("/home/someone/lamp/old/list.txt", "no date in its name or first lines; pass --date"),)
    notices = (Notice("contents-disagree", "The list of contents names 1999.", "/home/someone/lamp/notices.md", 3),)
    return compare(Series("The Lamp Book", reports, ("2003",), skipped, notices))


def site(comparison: Comparison) -> dict[str, str]:
    return {name: data.decode() for name, data in pages(comparison) if name.endswith(".html")}


def body(page: str) -> str:
    """What a page says, without what changes with a release: style, charts, version."""
    page = re.sub(r"<svg xmlns.*?</svg>(?=</div>)", "<!-- chart -->", page[page.index("<body>") :], flags=re.DOTALL)
    page = re.sub(r"<script>.*?</script>", "<!-- script -->", page, flags=re.DOTALL)
    return page.replace(litany_version(), "VERSION")


class Checked(HTMLParser):
    """Collects ids and links, and fails on elements that are not closed in order."""

    EMPTY = frozenset({"meta", "link", "br", "rect", "path", "use", "image", "defs", "input"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.attributes |= set(given)
        self.ids += [value for value in [given.get("id")] if value]
        self.links += [value for value in [given.get("href")] if value and tag == "a"]
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.EMPTY:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            assert self.open.pop() == tag


# -- what the pages say -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "diffs/2004-from-2001.html",
        "diffs/2004-from-2002.html",
        "diffs/2005-from-2004.html",
        "reports/2004.html",
        "lineages/2001.html",
        "lineages.html",
        "compare.html",
        "search.html",
    ],
)
def test_pages_as_accepted(lamp_nights: Comparison, gold: Callable[[str, str], None], name: str) -> None:
    gold(
        f"site/{name.replace('lineages/', 'lineages-').replace('reports/', 'report-').removeprefix('diffs/')}",
        body(site(lamp_nights)[name]),
    )


def test_a_page_against_the_source_and_one_against_the_report_before(lamp_nights: Comparison) -> None:
    assert list(page_names(lamp_nights).values()) == [
        "diffs/2002-from-2001.html",
        "diffs/2004-from-2002.html",
        "diffs/2004-from-2001.html",
        "diffs/2005-from-2004.html",
    ]


def test_every_link_leads_somewhere_and_no_id_stands_twice(lamp_nights: Comparison) -> None:
    files = dict(pages(lamp_nights))
    checked = {name: Checked(data.decode()) for name, data in files.items() if name.endswith(".html")}
    for name, page in checked.items():
        assert len(set(page.ids)) == len(page.ids), name
        for link in page.links:
            path, _, anchor = link.partition("#")
            target = (Path("/") / Path(name).parent / path).resolve().relative_to("/").as_posix() if path else name
            assert target in files, (name, link)
            assert not anchor or "=" in anchor or anchor in checked[target].ids, (name, link)


def test_headings_are_in_order(lamp_nights: Comparison) -> None:
    for page in site(lamp_nights).values():
        levels = Checked(page).headings
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_equal_bytes_and_nothing_of_the_machine(lamp_nights: Comparison) -> None:
    once, again = dict(pages(lamp_nights)), dict(pages(lamp_nights))
    assert once == again
    assert not any(b"/home/someone" in data for name, data in once.items() if name.endswith(".html"))


def test_one_report_has_nothing_to_compare_with() -> None:
    page = site(compare(Series("Alone", (report("2001", LAMP),))))
    assert list(page) == ["reports/2001.html", "index.html"]
    assert "nothing to compare it with" in page["index.html"]
    assert "0\u00a0%" not in body(page["index.html"]).replace("‘0&nbsp;%’", "")


def test_reports_with_nothing_in_common() -> None:
    pair = (report("2001", LAMP), report("2002", "Quite other words stand here today."))
    page = site(compare(Series("Strangers", pair)))
    assert "The latest report" in page["index.html"]
    assert "was written afresh: 100\u00a0% of its words" in page["index.html"]
    assert "No main source: no single earlier report has enough of it" in page["index.html"]
    assert "100\u00a0% new" in page["diffs/2002-from-2001.html"]


def test_the_index_shows_what_the_terminal_shows(lamp_nights: Comparison) -> None:
    page = body(site(lamp_nights)["index.html"]).replace("\u00a0", " ")
    rows = re.findall(r"<tr><th scope=.row.>(.*?)</tr>", page[page.index("Changed words</th>") :])
    cells = [re.split(r"\s{2,}", re.sub(r"<[^>]+>", "  ", row).strip()) for row in rows]
    for shown, line in zip(cells, terminal_table(lamp_nights).splitlines()[1:], strict=False):
        name, words, *shares, _moved, source = re.split(r"\s{2,}", line)
        assert shown[:-1] == [name, words, source, *shares]


def test_the_bar_tells_changed_words_from_the_rest(lamp_nights: Comparison) -> None:
    page = site(lamp_nights)["diffs/2004-from-2001.html"]
    parts = re.findall(r'<rect class="(\w+)" x="([\d.]+)" y="0" width="([\d.]+)"', page)
    assert [name for name, _, _ in parts[:3]] == ["verbatim", "edited", "changed"]
    for (_, at, width), (_, following, _) in itertools.pairwise(parts[:3]):
        assert float(at) + float(width) == pytest.approx(float(following), abs=0.002)
    assert float(parts[2][1]) + float(parts[2][2]) == pytest.approx(100, abs=0.002)


def test_a_report_without_a_word() -> None:
    comparison = compare(Series("Empty", (report("2001", ""), report("2002", LAMP), report("2003", ""))))
    for page in site(comparison).values():
        Checked(page)


def test_the_page_alone_links_to_no_other_file(lamp_nights: Comparison) -> None:
    page = diff_page(lamp_nights, 0, 2)
    assert all(link.startswith("#") for link in Checked(page).links)
    assert "<ins" in page
    assert "Captain Orde" in page


def test_a_later_report_beside_an_earlier_one(lamp_nights: Comparison) -> None:
    assert 'From <bdi class="id">2004</bdi> to <bdi class="id">2001</bdi>' in diff_page(lamp_nights, 2, 0)


def test_a_deletion_and_an_insertion_are_apart(lamp_nights: Comparison) -> None:
    page = diff_page(lamp_nights, 0, 2)
    assert re.search(r"<del id=\"c\d+\">Mrs Hale</del><span class=\"gap\"> </span><ins>Captain Orde</ins>, and", page)
    assert not re.search("</del><ins|</ins><del", page)


def test_moved_text_is_marked_in_both_places_and_is_no_deletion(lamp_nights: Comparison) -> None:
    page = body(diff_page(lamp_nights, 0, 2))
    here, there = re.findall(r'href="#(m\d+-(?:to|from))"', page)[:2]
    assert f'id="{here}"' in page
    assert f'id="{there}"' in page
    assert not re.search(r"<(?:del|ins)[^>]*>[^<]*collection came", page.partition('class="changes"')[0])


def test_unchanged_paragraphs_are_folded_with_one_of_context(lamp_nights: Comparison) -> None:
    page = diff_page(lamp_nights, 2, 3)
    assert "Not a word was changed." in page
    assert page.count("<details") == 1


def test_write_report(lamp_nights: Comparison, tmp_path: Path) -> None:
    write_report(lamp_nights, tmp_path / "out")
    assert (tmp_path / "out" / "index.html").is_file()
    assert (tmp_path / "out" / "diffs" / "2004-from-2001.html").is_file()


# -- whatever the texts hold ------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script> was said.",
    "</style></p></div> closes \"nothing\" & 'all' stands: {{ 7 * 7 }} {% raw %}.",
    "A right-to-left mark \u202e turns \u2067 around.",
    "Control \x00\x01\x1b[31m\x7f\x85 characters.",
    "Emoji 👩‍👩‍👧‍👦 and 🏴‍☠️ and combining a\u0300\u0301\u0302.",
    "שלום עולם, وهذا نص عربي.",
    f"A word of {'x' * 10_000} letters.",
    "javascript:alert(1) and https://example.com/ are text.",
]


@pytest.fixture(scope="module")
def hostile() -> Comparison:
    """Two reports of hostile texts with hostile names."""
    first, second = paragraphs(*HOSTILE), paragraphs(*reversed(HOSTILE), "A <b>new</b> end.")
    names = ('"><img src=x onerror=alert(1)>', "../../etc/passwd")
    reports = tuple(
        report(name, text, title=f"<h1>{name}</h1>\u202e\x07", path=f'/srv/<i>{k}</i>/"quoted".md')
        for k, (name, text) in enumerate(zip(names, (first, second), strict=True))
    )
    skipped = (Skipped("/srv/<b>.md", "<b>no</b> date\x00"),)
    return compare(
        Series("<title>&amp;\u202e</title>", reports, ("2001",), skipped, (Notice("<c>", "<m>", "/srv/<p>"),))
    )


def test_hostile_texts_are_text(hostile: Comparison) -> None:
    for name, page in site(hostile).items():
        checked = Checked(page)
        assert checked.tags.isdisjoint({"img", "b", "i", "u", "m", "c", "iframe"}), name
        assert not any(attribute.startswith("on") for attribute in checked.attributes)
        assert len(re.findall("<script", page)) == len(re.findall('<script defer src="[a-z./]+">', page)), name
        assert not any(link.lower().startswith(("javascript:", "http", "//")) for link in checked.links)
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]", page)


def test_hostile_names_stay_in_the_folder(hostile: Comparison) -> None:
    for name in dict(pages(hostile)):
        assert re.fullmatch(r"(?:[a-z]+/)?[A-Za-z0-9][A-Za-z0-9._-]*", name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2004", "2004"),
        ("2004-01-20", "2004-01-20"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", "report"),
        ("", "report"),
        ("Ärger & Co", "rger-Co"),
        ("x" * 300, "x" * 60),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_that_differ_in_case_only_get_files_of_their_own() -> None:
    names = ("a", "A", "á", "à")
    comparison = compare(Series("x", tuple(report(name, LAMP) for name in names)))
    files = [name.lower() for name in page_names(comparison).values()]
    assert len(set(files)) == len(files) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [("plain\n\ttext", "plain\n\ttext"), ("\x00\x1b", "␀␛"), ("\x7f", "␡"), ("\x85\ud800\ufffe", "\ufffd\ufffd\ufffd")],
)
def test_printable(text: str, expected: str) -> None:
    assert printable(text) == expected


# -- in a browser -----------------------------------------------------------------------------------------------------

CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    api = pytest.importorskip("playwright.sync_api", reason="no playwright; pip install 'litany[dev]'")
    if CHROMIUM is None:
        pytest.skip("no Chromium; apt-get install chromium")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folders(lamp_nights: Comparison, hostile: Comparison, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Pages of each kind on disk: of plain texts and of hostile ones."""
    paths: list[Path] = []
    for name, comparison in (("lamp", lamp_nights), ("hostile", hostile)):
        folder = tmp_path_factory.mktemp(name) / "out"
        write_report(comparison, folder)
        paths += sorted(folder.rglob("*.html"))
    return paths


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_open_from_disk(browser: Browser, folders: list[Path], scripted: bool, scheme: Scheme) -> None:
    context = browser.new_context(java_script_enabled=scripted, color_scheme=scheme, viewport=PHONE)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append("a dialog"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in folders:
        page.goto(path.as_uri())
        assert page.locator("h1").count() == 1
        if scripted:  # a page without scripts cannot be asked
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= PHONE["width"], f"{path.name} is {width} wide on a phone"
    context.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_folded_text_opens_by_button_and_by_link(browser: Browser, folders: list[Path]) -> None:
    page = browser.new_page(viewport=WIDE)
    path = next(path for path in folders if path.name == "2005-from-2004.html")
    page.goto(path.as_uri())
    fold = page.locator("details.fold")
    assert not fold.evaluate("fold => fold.open")
    page.get_by_role("button", name="Show all text").click()
    assert fold.evaluate("fold => fold.open")
    page.get_by_role("button", name="Fold unchanged text").click()
    assert not fold.evaluate("fold => fold.open")
    page.goto(path.as_uri() + "#s3")
    assert page.locator("#s3").is_visible()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, folders: list[Path], scheme: Scheme) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe-core; pip install 'litany[dev]'")
    context = browser.new_context(color_scheme=scheme, viewport=WIDE, bypass_csp=True)
    page = context.new_page()
    for path in folders if scheme == "light" else folders[:2]:
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        results = axe.Axe().run(page)
        assert results.violations_count == 0, f"{path.name}: {results.generate_report()}"
    context.close()
