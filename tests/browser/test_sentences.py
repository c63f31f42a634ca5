"""Lists of sentences in a browser: lives, the aligned table, the form letter, findings, and what search finds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from addresses import at
from litany.analysis import compare
from litany.corpus import from_texts, read
from litany.reports import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the series that ships with litany."""
    folder = tmp_path_factory.mktemp("sample") / "out"
    write_report(compare(read("sample")), folder)
    return folder


SCRIPTS = {
    "2001": "Der Größe halber stand die Straße offen. 委員会は年次報告書を公表した。 "
    "قرأ الكاتب الكِتَابَ على الناس في المدينة القديمة. Zoe\u0308 sang.",
    "2002": "Der Größe halber war die Straße offen. 本年度の報告書です。 "
    "قرأ الكاتب الكتاب على أهل الناس في المدينة القديمة. Zoë and ŁUKASZ sang.",
    "2003": "The mother of all things, the other. हिन्दी में लिखा गया। Σίσυφος was there, and 𝒜dam. "
    "The crème brûlée was served.",
}


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of texts in several scripts."""
    folder = tmp_path_factory.mktemp("scripts") / "out"
    write_report(compare(from_texts(SCRIPTS)), folder)
    return folder


# -- lives ------------------------------------------------------------------------------------------------------------


def test_the_list_of_lives_is_sorted_and_filtered_and_says_so_in_the_address(page: Page, sample: Path) -> None:
    page.goto(at(sample, "lineages.html"))
    rows = page.locator("#lives tbody tr")
    total = rows.count()
    page.get_by_role("button", name="Wordings").click()
    assert page.url.endswith("#sort=-wordings")
    counts = [int(text) for text in page.locator("#lives td:nth-of-type(5)").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    assert len(counts) == total
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    page.locator("#ask select").first.select_option("back")
    gaps = [int(text) for text in page.locator("#lives td:nth-of-type(6)").all_inner_texts()]
    assert 0 < len(gaps) < total
    assert all(gaps)
    assert page.locator("#status").inner_text() == f"{len(gaps)} of {total} sentences."
    page.reload()
    assert page.locator("#lives tbody tr").count() == len(gaps)
    page.get_by_label("Words in any wording").fill("no such words")
    page.get_by_text(f"0 of {total} sentences.").wait_for()


def test_rows_made_in_the_page_are_those_of_the_file(page: Page, sample: Path) -> None:
    page.goto(at(sample, "lineages.html"))
    outer = "rows => rows.map((row) => row.outerHTML).sort()"
    written = page.locator("#lives tbody tr").evaluate_all(outer)
    page.goto(at(sample, "lineages.html#sort=first"))
    page.locator("th[aria-sort=ascending]").wait_for()
    assert page.locator("#lives tbody tr").evaluate_all(outer) == written


def test_wordings_aligned_without_code(browser_without_code: Page, plain: Path) -> None:
    page = browser_without_code
    page.goto(at(plain, "lineages/2001.html"))
    table = page.locator("#l1 .aligned")
    assert not table.is_visible()
    page.get_by_label("all aligned").check()
    assert not page.locator("#l1 .wordings").is_visible()
    assert table.locator("tbody tr").all_inner_texts() == [
        "2001\tThe lamp was lit at seven by\tMrs Hale\t, and the company sang.",
        "2002\tabsent",
        "2004–2005\tThe lamp was lit at seven by\tCaptain Orde\t, and the company sang.",
    ]
    assert page.locator("#l2 .wordings").is_visible(), "one wording needs no other table"


def test_the_aligned_view_stands_in_the_address(page: Page, plain: Path) -> None:
    page.goto(at(plain, "lineages/2001.html#l1&view=aligned"))
    assert page.locator("#l1 .aligned").is_visible()
    page.get_by_label("each marked").check()
    assert page.url.endswith("#l1")
    page.get_by_label("all aligned").check()
    assert page.url.endswith("#l1&view=aligned")


def test_a_wording_from_right_to_left_is_aligned_from_right_to_left(page: Page, scripts: Path) -> None:
    page.goto(at(scripts, "lineages/2001.html#view=aligned"))
    table = page.locator(".aligned table[dir=rtl]").first
    cells = table.locator("tbody tr").first.locator("td")
    first, last = cells.first.bounding_box(), cells.last.bounding_box()
    assert first is not None
    assert last is not None
    assert first["x"] > last["x"]


def test_a_difference_from_right_to_left_is_read_from_right_to_left(page: Page, tmp_path: Path) -> None:
    texts = {"2001": "היום יום טוב מאוד לכולם. הגשם חזק.", "2002": "היום יום רע מאוד לכולם. הגשם חזק."}
    write_report(compare(from_texts(texts)), tmp_path)
    for view in ("both", "beside"):
        page.goto(at(tmp_path, f"diffs/2002-from-2001.html#view={view}"))
        directions = page.locator(".diff .prose p").evaluate_all("all => all.map(it => getComputedStyle(it).direction)")
        assert set(directions) == {"rtl"}


HEBREW = "המועצה התכנסה ביום ראשון בשעה שבע בערב באולם הגדול של העיר כדי לדון בתקציב של שנת {year} ובדרכי הנמל."


def test_on_a_card_wordings_from_right_to_left_begin_at_the_right(page: Page, tmp_path: Path) -> None:
    write_report(compare(from_texts({str(year): HEBREW.format(year=year) for year in (2001, 2002)})), tmp_path)
    page.goto(at(tmp_path, "diffs/2002-from-2001.html"))
    page.locator(".prose .sentence").first.click(position={"x": 3, "y": 5})
    rows = page.locator(".life-card li")
    rows.first.wait_for()
    assert set(rows.evaluate_all("all => all.map(it => getComputedStyle(it).direction)")) == {"rtl"}
    year, row = rows.first.locator("a").bounding_box(), rows.first.bounding_box()
    assert year is not None
    assert row is not None
    assert year["x"] > row["x"] + row["width"] / 2


# -- the form letter and findings -------------------------------------------------------------------------------------


def test_slots_are_filtered_and_boxes_of_the_letter_lead_to_them(page: Page, sample: Path) -> None:
    page.goto(at(sample, "form-letter.html"))
    total = page.locator(".slotted").count()
    page.get_by_label("something does not fit").check()
    shown = page.locator(".slotted:visible")
    assert 0 < shown.count() < total
    assert shown.locator(".misfit").count() >= shown.count()
    assert page.url.endswith("#misfit=1")
    assert page.get_by_text(f"{shown.count()} of {total} shown").is_visible()
    page.reload()
    assert 0 < page.locator(".slotted:visible").count() < total
    page.get_by_label("something does not fit").uncheck()
    page.get_by_label("In so many reports or more").fill("10")
    page.get_by_text(f"of {total} shown").wait_for()
    least = page.locator(".slotted:visible").evaluate_all("items => items.map((item) => Number(item.dataset.least))")
    assert least
    assert min(least) >= 10
    page.locator(".running a.slot").first.focus()
    page.keyboard.press("Enter")
    target = page.locator(page.url.partition("form-letter.html")[2].partition("&")[0])
    assert target.is_visible()


def test_all_of_the_form_letter_is_there_without_code(browser_without_code: Page, sample: Path) -> None:
    page = browser_without_code
    page.goto(at(sample, "form-letter.html"))
    assert not page.locator("form.controls").first.is_visible()
    folded = page.locator("details[data-group]").first
    folded.locator("summary").click()
    assert folded.locator(".slotted").first.is_visible()


def test_what_a_finding_says_is_read_from_left_to_right_whatever_it_begins_with(page: Page, tmp_path: Path) -> None:
    texts = {str(year): f"انعقد الاجتماع السنوي لمجلس الميناء يوم الأحد 3 مارس {year}." for year in (2015, 2016)}
    write_report(compare(from_texts(texts)), tmp_path)
    page.goto(at(tmp_path, "check.html"))
    messages = page.locator(".found .message")
    assert messages.count()
    assert set(messages.evaluate_all("all => all.map(it => getComputedStyle(it).direction)")) == {"ltr"}
    date = messages.locator("bdi", has_text="مارس").first
    places = date.evaluate(
        """it => [...it.firstChild.data].map((_, k) => {
            const range = document.createRange();
            range.setStart(it.firstChild, k);
            range.setEnd(it.firstChild, k + 1);
            return range.getBoundingClientRect().left;
        })"""
    )
    assert places[0] == max(places), "the day stands at the right, the year at the left"
    assert min(places[-4:]) == min(places)


def test_on_a_phone_what_a_rule_looks_for_has_the_width_of_the_page(page: Page, sample: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(at(sample, "check.html"))
    for cell in page.locator(".tally td:nth-child(2)").all():
        box = cell.bounding_box()
        assert box is not None
        assert box["width"] > 300


def test_findings_are_filtered_and_lead_to_the_sentence(page: Page, sample: Path) -> None:
    page.goto(at(sample, "check.html"))
    total = page.locator(".found > li").count()
    page.get_by_label("Weight").select_option("error")
    shown = page.locator(".found > li:visible")
    assert shown.count() == page.locator(".found .error").count() < total
    assert page.url.endswith("#weight=error")
    page.goto("about:blank")
    page.goto(at(sample, "check.html"))
    page.locator(".tally a").nth(1).click()
    assert "rule=" in page.url
    assert 0 < shown.count() < total
    place = shown.first.locator("mark").inner_text()
    words = shown.first.locator("blockquote").inner_text()
    shown.first.get_by_role("link", name="the sentence").click()
    page.wait_for_url("**/reports/*.html#s*")
    sentence = page.locator(".here .t").inner_text()
    assert place in sentence
    assert words.strip("… ") in sentence


# -- search -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "marked"),
    [
        ("strasse", ["Straße", "Straße"]),
        ("GRÖSSE", ["Größe", "Größe"]),
        ("grosse", ["Größe", "Größe"]),
        ("報告書", ["報告書", "報告書"]),
        ("كتاب", ["كِتَابَ", "كتاب"]),
        ("zoë", ["Zoë", "Zoë"]),
        ("zoe\u0308", ["Zoë", "Zoë"]),
        ("lukasz", ["ŁUKASZ"]),
        ("हिन्दी", ["हिन्दी"]),
        ("ΣΙΣΥΦΟΣ", ["Σίσυφος"]),
        ("adam", ["𝒜dam"]),
        ("creme bru", ["crème", "brû"]),
        ("the", ["The", "the", "the", "The"]),
        ("*ther", ["ther", "ther", "ther"]),
        ('"the other"', ["the other"]),
        ('"the oth"', []),
        ("the -mother", ["the", "The"]),
        ("halber -war", ["halber"]),
    ],
)
def test_words_are_found_whatever_their_case_accents_and_script(
    page: Page, scripts: Path, asked: str, marked: list[str]
) -> None:
    page.goto(at(scripts, "search.html"))
    page.get_by_role("searchbox").fill(asked)
    page.get_by_text("different sentences").wait_for(state="detached")
    assert page.locator(".hit mark").all_inner_texts() == marked


def test_hits_come_by_life_with_their_wordings_and_strip(page: Page, plain: Path) -> None:
    page.goto(at(plain, "search.html#q=lamp"))
    hit = page.locator(".hit")
    assert hit.count() == 1
    assert page.locator("#status").inner_text() == "1 sentence in 2 wordings."
    assert hit.locator(".quiet").all_inner_texts() == ["2001", "2004, 2005"]
    title = hit.locator("svg title").text_content() or ""
    assert title == "2001 first, 2002 absent, 2004 reworded, 2005 word for word; found in 2001, 2004, 2005"
    assert page.locator("#spread").inner_text().endswith("in 3 of 4 reports: 2001 1, 2004 1, 2005 1")
    page.locator("#spread a").nth(1).click()
    page.wait_for_url("**#q=lamp&year=2")
    assert hit.locator(".quiet").all_inner_texts() == ["2004"]


def test_keys_lead_from_the_field_through_the_hits(page: Page, plain: Path) -> None:
    page.goto(at(plain, "search.html#q=the"))
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator(".hit").nth(1).evaluate("hit => hit === document.activeElement")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.get_by_role("searchbox").evaluate("field => field === document.activeElement")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.get_by_role("searchbox").evaluate("field => field === document.activeElement")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/2001.html#s*")


def test_many_hits_are_shown_in_parts(page: Page, tmp_path: Path) -> None:
    lines = [f"Number {k} of the list of words {k * k} was read by the {k}th reader." for k in range(400)]
    write_report(compare(from_texts({"2001": " ".join(lines), "2002": " ".join(lines)})), tmp_path / "out")
    page.goto(at(tmp_path / "out", "search.html#q=list"))
    assert page.locator("#status").inner_text() == "400 sentences. The first 50 are shown."
    assert page.locator(".hit").count() == 50
    page.get_by_role("button", name="Show more").click()
    assert page.locator(".hit").count() == 250
    assert page.locator(".hit").nth(50).evaluate("hit => hit === document.activeElement")
    page.goto(at(tmp_path / "out", "lineages.html"))
    assert page.locator("#lives tbody tr").count() == 300
    page.get_by_role("navigation", name="Parts of the list").first.get_by_role("link", name="2").click()
    page.wait_for_url("**/lineages-2.html#all")
    assert page.locator("#lives tbody tr").count() == 100
    page.get_by_label("Words in any wording").fill("7TH reader")
    page.get_by_text("40 of 400 sentences.").wait_for()
    assert page.locator("#lives tbody tr").first.inner_text().startswith("Number 7 of")


@pytest.mark.parametrize("width", [1366, 1024, 700, 390])
def test_the_links_of_the_site_stand_on_one_line_whatever_its_name(page: Page, sample: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(at(sample, "lineages.html"))
    places = page.locator(".site li").evaluate_all("all => all.map(it => Math.round(it.getBoundingClientRect().top))")
    assert max(places) - min(places) <= 8, "a line is 19 pixels high at least"
    first = page.locator(".site a").first
    first.focus()
    assert first.inner_text().startswith("The Lamp Book"), "the whole name is read out"
    last = page.locator(".site a").last
    last.focus()
    box = last.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= width, "what has the focus is moved into sight"


PAGES = ("lineages.html", "lineages/2006.html#view=aligned", "form-letter.html", "check.html", "search.html#q=the")


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_a_phone(browser: Browser, sample: Path, name: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(at(sample, name))
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


@pytest.mark.parametrize("name", PAGES[:-1])
def test_nothing_is_cut_in_print(browser: Browser, sample: Path, name: str) -> None:
    context = browser.new_context(viewport={"width": 700, "height": 1000})
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(at(sample, name))
    assert not page.locator("form:visible").count()
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
    context.close()


def test_a_printed_table_of_slots_is_as_wide_as_the_paper(page: Page, sample: Path) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 657, "height": 1001})
    page.goto(at(sample, "form-letter.html"))
    rights = page.locator(".slots").evaluate_all("all => all.map(it => it.getBoundingClientRect().right)")
    assert max(rights) <= 657
    heads = page.locator(".slotted > h4, .slotted > p")
    assert set(heads.evaluate_all("all => all.map(it => getComputedStyle(it).breakAfter)")) == {"avoid"}
