"""What code adds to the pages: views, keys, state in the address, copied links, search, any two reports."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from addresses import at
from litany.analysis import compare
from litany.corpus import from_texts
from litany.reports import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Page

SOURCE = "diffs/2004-from-2001.html"


def test_folded_text_opens_by_button_by_key_and_by_link(page: Page, plain: Path) -> None:
    page.goto(at(plain, "diffs/2005-from-2004.html"))
    fold = page.locator("details.fold")
    assert not fold.evaluate("fold => fold.open")
    page.get_by_role("button", name="Unfold all").click()
    assert fold.evaluate("fold => fold.open")
    page.keyboard.press("u")
    assert not fold.evaluate("fold => fold.open")
    page.goto(at(plain, "index.html"))
    page.goto(at(plain, "diffs/2005-from-2004.html#s3"))
    assert page.locator("#s3").is_visible()


def test_views_of_a_difference(page: Page, plain: Path) -> None:
    page.goto(at(plain, SOURCE))
    sentence = page.locator("#s2")
    assert sentence.inner_text() == "The lamp was lit at seven by Mrs Hale Captain Orde, and the company sang."
    page.get_by_label("only 2004").check()
    assert sentence.inner_text() == "The lamp was lit at seven by Captain Orde, and the company sang."
    assert page.url.endswith("#view=new")
    page.get_by_label("only 2001").check()
    assert sentence.inner_text() == "The lamp was lit at seven by Mrs Hale, and the company sang."
    page.reload()
    assert page.get_by_label("only 2001").is_checked()
    page.get_by_label("side by side").check()
    row = page.locator(".beside").filter(has=page.locator("#s2"))
    left, right = row.locator("p.left").inner_text(), row.locator("p.right").inner_text()
    assert "Mrs Hale, and" in left
    assert "Captain Orde" not in left
    assert "Captain Orde, and" in right
    assert "Mrs Hale" not in right
    page.keyboard.press("v")
    assert page.get_by_label("both").is_checked()
    assert page.locator(".beside").count() == 0
    assert "#" not in page.url


def test_views_need_no_code(browser_without_code: Page, plain: Path) -> None:
    page = browser_without_code
    page.goto(at(plain, SOURCE))
    page.get_by_label("only 2001").check()
    assert not page.get_by_text("Captain Orde").first.is_visible()
    assert page.get_by_text("Mrs Hale").first.is_visible()


def test_keys_lead_through_changes_and_reports(page: Page, plain: Path) -> None:
    page.goto(at(plain, SOURCE))
    page.keyboard.press("n")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("n")
    second = page.evaluate("document.activeElement.id")
    assert first != second
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.id") == first
    page.keyboard.press("]")
    page.wait_for_url("**/2005-from-2004.html")
    page.keyboard.press("[")
    page.wait_for_url("**/2004-from-2001.html")
    page.keyboard.press("/")
    page.wait_for_url("**/search.html")
    page.locator("input[type=search]:focus").wait_for()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("?n")  # typed, not obeyed
    assert page.get_by_role("searchbox").input_value() == "?n"


def test_keys_lead_through_what_changed_when(page: Page, plain: Path) -> None:
    page.goto(at(plain, "index.html"))
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    page.wait_for_url("**/diffs/2004-from-2001.html")


def test_the_keys_are_listed_and_can_be_switched_off(page: Page, plain: Path) -> None:
    page.goto(at(plain, SOURCE))
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    assert dialog.locator("kbd").all_inner_texts() == ["n", "p", "]", "[", "u", "v", "w", "c", "i", "/", "?"]
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")  # the browser closes it a moment later
    assert not dialog.is_visible()
    page.keyboard.press("]")
    page.keyboard.press("?")
    dialog.wait_for()
    assert dialog.is_visible()
    assert page.url.endswith(SOURCE)
    dialog.get_by_role("checkbox").check()


def test_links_to_a_sentence_are_copied(page: Page, plain: Path) -> None:
    page.goto(at(plain, "reports/2004.html"))
    page.locator("#s2 a.number").click()
    page.get_by_text("Link copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == at(plain, "reports/2004.html#s2")
    page.goto(at(plain, "index.html"))
    page.goto(copied)
    assert page.locator("#s2").evaluate("it => it.classList.contains('here')")


def test_a_sentence_has_a_card(page: Page, plain: Path) -> None:
    page.goto(at(plain, SOURCE))
    page.locator("#s2").click(position={"x": 3, "y": 5})
    card = page.get_by_role("dialog", name="Sentence 2 of 2004")
    card.wait_for()
    assert card.locator("p").first.inner_text() == (
        "First seen in 2001; last changed in 2004; in 3 reports; still there. Here: notices.md, line 3."
    )
    assert card.locator("li a").all_inner_texts() == ["2001", "2004–2005"]
    assert card.locator("li.this a").inner_text() == "2004–2005"
    card.get_by_role("button", name="Copy a link").click()
    page.get_by_text("Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == at(plain, SOURCE + "#s2")
    assert not card.is_visible()
    page.goto(at(plain, "reports/2004.html"))
    page.keyboard.press("n")
    page.keyboard.press("i")
    card = page.get_by_role("dialog")
    card.get_by_role("link", name="Its life").click()
    page.wait_for_url("**/lineages/2001.html#l*")


def test_a_card_gives_the_focus_back_to_its_sentence(page: Page, plain: Path) -> None:
    page.goto(at(plain, SOURCE))
    page.locator("#s2").click(position={"x": 3, "y": 5})
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "s2"


def test_both_sides_have_cards(page: Page, plain: Path) -> None:
    page.goto(at(plain, SOURCE + "#view=beside"))
    page.locator(".left [data-of=s2]").click(position={"x": 3, "y": 5})
    page.get_by_role("dialog", name="Sentence 1 of 2001").wait_for()  # which became the second
    page.keyboard.press("Escape")
    page.locator(".right #s2").click(position={"x": 3, "y": 5})
    page.get_by_role("dialog", name="Sentence 2 of 2004").wait_for()
    page.keyboard.press("Escape")
    page.get_by_label("both").check()
    assert page.locator("#s2").count() == 1


def test_what_is_gone_to_comes_to_stand_below_the_tools(page: Page, plain: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 400})
    page.goto(at(plain, SOURCE))
    page.locator(".tools").evaluate("it => { it.style.minHeight = '130px'; }")  # as with many kinds of changes
    api = pytest.importorskip("playwright.sync_api")
    api.expect(page.locator("html")).to_have_css("scroll-padding-top", re.compile(r"(1[3-9]|[2-9]\d)\d(\.\d+)?px"))
    top, bottom = page.evaluate(
        """() => {
            document.querySelector("#s3").scrollIntoView({ block: "start" });
            return [document.querySelector("#s3").getBoundingClientRect().top,
                    document.querySelector(".tools").getBoundingClientRect().bottom];
        }"""
    )
    assert top >= bottom


def test_the_buttons_from_change_to_change_count_what_is_not_hidden(page: Page, plain: Path) -> None:
    page.goto(at(plain, SOURCE))
    said = page.locator(".stepper [role=status]")
    before = int(said.inner_text().split()[0])
    hidden = page.locator(".prose [id][data-kind=name]:is(ins, del)").count()
    assert hidden
    page.locator("#hide-name").check()
    assert said.inner_text() == f"{before - hidden} changes"


def test_on_a_phone_no_view_is_out_of_sight(page: Page, plain: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for name in (SOURCE, "lineages/2001.html"):
        page.goto(at(plain, name))
        for label in page.locator(".views label").all():
            box = label.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= 390
            assert box["height"] >= 24  # large enough for a finger
    page.goto(at(plain, "lineages.html"))
    assert page.evaluate(
        "[...document.querySelectorAll('.scroll:has(.lives)')].every(it => it.scrollWidth <= it.clientWidth)"
    )


def test_a_report_filtered_by_kind_and_with_the_year_of_each_word(page: Page, plain: Path) -> None:
    page.goto(at(plain, "reports/2004.html"))
    page.get_by_label("Show").select_option("edited")
    assert page.locator(".s:visible").count() == page.locator(".s.edited").count() > 0
    assert page.url.endswith("#kind=edited")
    page.get_by_label("the year of each word").check()
    word = page.locator(".w", has_text="Captain Orde")
    assert "2004" in word.evaluate("it => getComputedStyle(it, '::before').content")
    page.reload()
    assert page.get_by_label("the year of each word").is_checked()
    assert page.locator(".s.verbatim:visible").count() == 0


def test_search(page: Page, plain: Path) -> None:
    page.goto(at(plain, "search.html"))
    page.get_by_role("searchbox").fill('"light wind"')
    hit = page.locator(".hit")
    hit.wait_for()
    assert page.locator("mark").inner_text() == "light wind"
    assert hit.get_by_role("link").all_inner_texts() == ["2001", "2004", "2005", "its life"]
    page.wait_for_url("**#q=%22light+wind%22")
    page.reload()
    page.locator(".hit").wait_for()
    page.get_by_label("Report").select_option("2002")
    page.get_by_text("0 sentences.").wait_for()
    page.get_by_role("searchbox").fill("")
    page.get_by_label("Which").select_option("new")
    page.locator(".hit").first.wait_for()
    found = page.locator(".hit p:first-child").all_inner_texts()
    assert found == ["The gate was shut by order of the harbour master.", "Nobody sang this year."]
    page.get_by_label("Which").select_option("dropped")
    page.locator(".hit p:first-child", has_text="The lamp was lit").first.wait_for()
    page.get_by_role("link", name="its life").first.click()
    page.wait_for_url("**/lineages/2001.html#l*")


def test_any_report_beside_any_other(page: Page, plain: Path) -> None:
    page.goto(at(plain, "compare.html#old=0&new=3"))
    page.locator("#result p").first.wait_for()
    assert "5 verbatim, 2 edited, 0 new, 0 dropped; 1 moved" in page.locator("#status").inner_text()
    sentence = page.locator("#result p", has_text="was lit at seven")
    assert sentence.locator("del").all_inner_texts() == ["Mrs Hale"]
    assert sentence.locator("ins").all_inner_texts() == ["Captain Orde"]
    page.get_by_label("New").select_option("2004")
    page.get_by_role("link", name="This pair has a page of its own.").wait_for()
    page.get_by_role("button", name="Swap").click()
    assert page.url.endswith("#old=2&new=0")
    assert sentence.locator("ins").all_inner_texts() == ["Mrs Hale"]
    page.get_by_label("New").select_option("2002")
    page.get_by_text("1 verbatim, 0 edited, 2 new, 6 dropped").wait_for()


def test_two_chosen_reports_have_views_and_a_list_of_changes(page: Page, plain: Path) -> None:
    page.goto(at(plain, "compare.html#old=0&new=3"))
    entries = page.locator(".changes li a")
    assert page.locator("#changes-title").inner_text() == f"{entries.count()} changes"
    assert "Mrs Hale Captain Orde names" in entries.all_inner_texts()
    entries.filter(has_text="Mrs Hale").click()
    assert page.locator("#result del.here").inner_text() == "Mrs Hale"
    assert page.url.endswith("&old=0&new=3")
    page.get_by_label("only 2001").check()
    assert not page.locator("#result ins").first.is_visible()
    page.get_by_label("side by side").check()
    assert page.locator("#result .beside").count() > 0
    page.get_by_label("New").select_option("2002")
    page.get_by_text("1 verbatim, 0 edited, 2 new, 6 dropped").wait_for()
    assert page.locator("#result .beside").count() > 0, "the view stays when others are chosen"
    assert page.url.endswith("#old=0&new=1&view=beside")


def test_buttons_lead_from_change_to_change(page: Page, plain: Path) -> None:
    page.goto(at(plain, SOURCE))
    steps = page.get_by_role("navigation", name="From change to change")
    assert steps.get_by_role("status").inner_text() == "3 changes"
    shown: list[str] = []
    for _ in range(3):
        steps.get_by_role("button", name="next change").click()
        shown.append(page.evaluate("document.querySelector('.here').id"))
    assert shown == page.evaluate("[...document.querySelectorAll('.changes a')].map(a => a.hash.slice(1))")
    assert steps.get_by_role("status").inner_text() == "3 of 3"
    steps.get_by_role("button", name="change before").click()
    assert steps.get_by_role("status").inner_text() == "2 of 3"


def test_side_by_side_a_link_leads_to_words_that_only_the_old_side_shows(page: Page, plain: Path) -> None:
    page.goto(at(plain, SOURCE + "#view=beside"))
    mark = page.locator("del[id]:not(.within)").first
    assert mark.is_visible()
    assert page.locator(".left del[id]").count() == page.locator("del[id]:not(.within)").count() > 0
    name = mark.get_attribute("id")
    page.get_by_label("both").check()
    assert page.locator(f"#{name}").count() == 1
    assert page.locator(f"#{name}").is_visible()


def test_changes_are_hidden_by_kind(page: Page, plain: Path) -> None:
    page.goto(at(plain, "diffs/2004-from-2001.html"))
    old, new = page.locator("del[data-kind=name]").first, page.locator("ins[data-kind=name]").first
    assert old.is_visible()
    page.locator("#hide-name").check()
    assert not old.is_visible()
    assert new.is_visible()
    assert page.locator(".kinds output").inner_text() == "1 change hidden"
    assert page.url.endswith("#hide=name")
    page.locator("#view-old").check()
    assert old.is_visible(), "the old text is whole whatever is hidden"
    assert not new.is_visible()
    page.goto("about:blank")
    page.goto(at(plain, "diffs/2004-from-2001.html#hide=number"))
    assert page.locator("#hide-number").is_checked()
    assert old.is_visible()


# -- what the address holds --------------------------------------------------------------------------------------------


def test_a_link_within_the_page_keeps_the_view(page: Page, plain: Path) -> None:
    page.goto(at(plain, SOURCE + "#view=new&hide=number"))
    page.locator(".changes li a").last.click()
    place = page.locator(".here").get_attribute("id")
    assert page.url.endswith(f"#{place}&view=new&hide=number")
    assert page.get_by_label("only 2004").is_checked()
    page.locator(".prose a.number").first.click()
    page.get_by_text("Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert page.url.endswith("&view=new&hide=number")
    page.go_back()
    page.go_back()
    assert page.url.endswith("#view=new&hide=number")
    page.goto(at(plain, "reports/2004.html#kind=edited"))
    page.keyboard.press("n")
    page.keyboard.press("c")
    page.get_by_text("Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith("#s1&kind=edited")


@pytest.mark.parametrize("address", [SOURCE + "#view=new&hide=number", "compare.html#old=0&new=3&view=beside"])
def test_the_link_to_a_pair_is_to_what_is_seen_of_it(page: Page, plain: Path, address: str) -> None:
    page.goto(at(plain, address))
    page.get_by_text("Link to this pair").click()
    page.get_by_text("Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == at(plain, address)


def test_a_link_to_what_a_filter_hides_shows_it(page: Page, tmp_path: Path) -> None:
    write_report(compare(from_texts(PUNCTUATED)), tmp_path)
    page.goto(at(tmp_path, "form-letter.html#misfit=1"))
    hidden = page.locator(".slotted[hidden]").first.get_attribute("id")
    assert hidden
    page.locator(f".running a[href='#{hidden}']").first.focus()
    page.keyboard.press("Enter")
    page.locator(f"#{hidden}").wait_for()


def test_the_buttons_count_what_a_filter_or_a_view_shows(page: Page, plain: Path) -> None:
    page.goto(at(plain, "reports/2004.html"))
    said = page.locator(".stepper [role=status]")
    for kind in ("new", "edited"):
        page.get_by_label("Show").select_option(kind)
        number = page.locator(f".s.{kind}").count()
        total = page.locator(".s").count()
        assert page.locator(".tools output").inner_text() == f"{number or 'none'} of {total} sentences"
        assert page.locator(".stepper").is_visible() == (number > 0)
    assert said.inner_text().split()[0] == str(number)
    empty = (
        "[...document.querySelectorAll('.paragraph')].filter(it => it.checkVisibility() && !it.innerText.trim()).length"
    )
    assert page.evaluate(empty) == 0, "what is hidden leaves no room"
    page.goto(at(plain, SOURCE))
    both = int(said.inner_text().split()[0])
    page.get_by_label("only 2001").check()
    gone = page.locator(".prose del[id]:not(.unmarked, .within)").count()
    assert said.inner_text().split()[0] == str(gone) != str(both)


def test_the_pages_of_a_report_lead_to_it_beside_any_other(page: Page, plain: Path) -> None:
    page.goto(at(plain, SOURCE))
    page.get_by_role("link", name="Against any other").click()
    page.wait_for_url("**/compare.html#old=0&new=2")
    assert page.title().startswith("2004 beside 2001: ")
    page.get_by_label("Old").select_option("2002")
    assert page.title().startswith("2004 beside 2002: ")
    page.goto(at(plain, "reports/2004.html"))
    page.get_by_role("link", name="Against any other").click()
    page.wait_for_url("**/compare.html#old=0&new=2")


# -- any two reports ---------------------------------------------------------------------------------------------------

PUNCTUATED = {
    "2001": "The bell was rung by boys and men of the town. Nobody came. It was cold (very cold) at night.",
    "2002": "The bell was rung by boys, girls and men of the town. It was cold at night. A dog barked.",
    "2003": "The bell was rung, by girls and men of the town. A dog barked -loudly- twice. It was cold (so) at night!",
}


@pytest.mark.parametrize(("old", "new"), [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)])
def test_one_side_of_two_chosen_reports_is_its_text(page: Page, tmp_path: Path, old: int, new: int) -> None:
    write_report(compare(from_texts(PUNCTUATED)), tmp_path)
    texts = list(PUNCTUATED.values())
    for view, text in (("new", texts[new]), ("old", texts[old])):
        page.goto("about:blank")
        page.goto(at(tmp_path, f"compare.html#old={old}&new={new}&view={view}"))
        lines = page.locator("#result .line:visible .sentence").all_inner_texts()
        shown = sorted(re.sub(r"^from sentence \d+ ", "", line) for line in lines if line)
        assert shown == sorted(re.split(r"(?<=[.!]) ", text))


def test_sentences_of_two_chosen_reports_have_cards_and_links(page: Page, plain: Path) -> None:
    page.goto(at(plain, "compare.html#old=0&new=3&view=beside"))
    page.locator("#result .right .sentence", has_text="was lit at seven").click(position={"x": 3, "y": 5})
    card = page.get_by_role("dialog")
    card.wait_for()
    assert "of 2005" in card.locator("h2").inner_text()
    page.keyboard.press("Escape")
    page.locator("#result .left .sentence", has_text="was lit at seven").click(position={"x": 3, "y": 5})
    page.get_by_role("dialog", name="of 2001").wait_for()
    page.get_by_role("button", name="Copy a link").click()
    page.get_by_text("Link copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("&old=0&new=3&view=beside")
    page.goto("about:blank")
    page.goto(copied)
    assert "was lit at seven" in page.locator(".here").inner_text()
    page.get_by_label("both").check()
    page.keyboard.press("n")
    page.keyboard.press("c")
    page.get_by_text("Link copied").wait_for()
    change = page.locator(".here").get_attribute("id")
    assert page.evaluate("navigator.clipboard.readText()") == at(plain, f"compare.html#{change}&old=0&new=3")


def test_the_way_back_leads_to_the_pair_before(page: Page, plain: Path) -> None:
    page.goto(at(plain, "compare.html#old=0&new=3"))
    page.get_by_label("New").select_option("2004")
    page.get_by_label("New").select_option("2002")
    page.go_back()
    page.get_by_text("2004 beside 2001").wait_for()
    assert page.get_by_label("New").input_value() == "2"
    page.locator(".changes li a").first.click()
    assert page.url.endswith("&old=0&new=2")
    page.go_back()
    page.go_back()
    page.get_by_text("2005 beside 2001").wait_for()


def test_unchanged_sentences_of_two_chosen_reports_unfold(page: Page, tmp_path: Path) -> None:
    kept = " ".join(f"Sentence number {k} stood in both of them." for k in range(9))
    write_report(compare(from_texts({"2001": kept + " Boats came.", "2002": kept + " Ships left the port."})), tmp_path)
    page.goto(at(tmp_path, "compare.html"))
    fold = page.locator("#result details.fold")
    page.get_by_role("button", name="Unfold all").click()
    assert fold.evaluate("it => it.open")
    page.keyboard.press("u")
    assert not fold.evaluate("it => it.open")
    page.get_by_role("button", name="Unfold all").click()
    number, box = fold.locator("a.number").first.bounding_box(), fold.bounding_box()
    assert number is not None
    assert box is not None
    assert number["x"] >= box["x"], "what is not laid out is cut at the fold's box"


def test_where_a_pair_has_no_page_links_lead_to_that_of_any_two(page: Page, tmp_path: Path) -> None:
    texts = {
        "2001": "The lamp was lit at seven by Mrs Hale of the town. It was cold and wet on the pier that night.",
        "2002": "The lamp was lit at eight by Mr Orde of the town. It was warm and dry. Nobody came to see the lamp.",
        "2003": "The lamp was lit at eight by Mr Orde of the town. It was cold and wet on the pier last night. "
        "Nobody came to see the lamp.",
    }
    write_report(compare(from_texts(texts)), tmp_path)
    page.goto(at(tmp_path, "reports/2003.html"))
    page.locator("#s2 .from").get_by_role("link", name="edited").click()
    page.wait_for_url("**/compare.html#s2&old=0&new=2")
    assert page.locator(".here ins").inner_text() == "last"


def test_without_code_the_page_of_any_two_says_so(browser_without_code: Page, plain: Path, crowded: Path) -> None:
    page = browser_without_code
    page.goto(at(plain, "compare.html"))
    assert "needs JavaScript" in page.locator("#how").inner_text()
    page.goto(at(crowded, "index.html"))
    assert page.locator("#alike noscript p").is_visible()


# -- a phone -----------------------------------------------------------------------------------------------------------


def test_on_a_phone_a_long_card_leaves_its_sentence_in_sight(page: Page, tmp_path: Path) -> None:
    long = " and then the harbour master of the town read aloud one more name from the long list".join(["", *" " * 3])
    texts = {str(2001 + k): f"In the year {2001 + k}{long}. " + "It was cold. " * 60 for k in range(8)}
    write_report(compare(from_texts(texts)), tmp_path)
    page.set_viewport_size({"width": 390, "height": 844})
    for name in ("diffs/2005-from-2004.html", "compare.html#old=0&new=4"):
        page.goto(at(tmp_path, name))
        page.locator("#s1").click(position={"x": 5, "y": 5})
        card = page.locator(".life-card")
        card.locator("li").first.wait_for()
        sentence, box = page.locator("#s1").bounding_box(), card.bounding_box()
        assert sentence is not None
        assert box is not None
        assert sentence["y"] >= 0
        assert sentence["y"] + sentence["height"] <= box["y"]
        assert box["y"] + box["height"] <= 844
        assert card.get_by_role("button", name="Copy a link").is_visible()


SMALL = """() => [...document.querySelectorAll('a[href], button, select, summary')]
    .filter((it) => it.checkVisibility() && !it.closest('svg, p:not([class]), .lead, .sentence, .running'))
    .filter((it) => { const box = it.getBoundingClientRect(); return box.height < 23.5 || box.width < 23.5; })
    .map((it) => it.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(
    "name",
    ["index.html", SOURCE, "reports/2004.html", "lineages.html", "lineages/2001.html", "form-letter.html", "check.html",
     "search.html#q=lamp", "compare.html#old=0&new=3"],
)  # fmt: skip
def test_on_a_phone_what_is_touched_is_large_enough(page: Page, plain: Path, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(at(plain, name))
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    assert page.evaluate(SMALL) == []


# -- few reports -------------------------------------------------------------------------------------------------------


def test_the_pages_of_two_reports_and_of_reports_with_nothing_in_common(page: Page, tmp_path: Path) -> None:
    texts = {"2001": "Bees were kept on the roof.", "2002": "An orchestra toured Bohemia."}
    write_report(compare(from_texts(texts)), tmp_path)
    page.goto(at(tmp_path, "diffs/2002-from-2001.html"))
    heading, tabs = page.locator("h1").bounding_box(), page.locator(".tabs").bounding_box()
    assert heading is not None
    assert tabs is not None
    assert heading["x"] == tabs["x"]
    page.goto(at(tmp_path, "lineages.html"))
    said = page.locator("header").inner_text()
    assert said.endswith("There is none to tell: no sentence was taken over from one report into another.")
    assert page.locator("main h2").count() == 0


# -- what fits a screen ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [SOURCE, "compare.html#old=0&new=2"])
def test_the_list_of_changes_stays_in_view_in_every_view(page: Page, plain: Path, address: str) -> None:
    page.goto(at(plain, address))
    page.set_viewport_size({"width": 1366, "height": 768})
    for view in ("both", "new", "old", "beside"):
        page.locator(f"#view-{view}").check()
        page.evaluate("scrollTo(0, document.querySelector('.diff').getBoundingClientRect().top + scrollY)")
        title, prose = page.locator("#changes-title").bounding_box(), page.locator(".diff .prose").bounding_box()
        assert title is not None
        assert prose is not None
        assert 0 <= title["y"] < 768
        assert title["x"] >= prose["x"] + prose["width"], view
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366


def test_keys_and_the_list_lead_through_both_columns(page: Page, plain: Path) -> None:
    page.goto(at(plain, SOURCE + "#view=beside"))
    reached: list[str] = []
    for _ in range(page.locator(".changes li").count()):
        page.keyboard.press("n")
        reached.append(page.evaluate("document.activeElement.id"))
        assert page.evaluate("document.activeElement.checkVisibility()")
    assert len(set(reached)) == len(reached)
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.id") == reached[-2]
    for link in page.locator(".changes li a").all():
        link.click()
        assert page.locator(".here").first.is_visible()


TITLED = {
    str(year): f"The Yearly Meeting of the Trustees of the Marram Haven Harbour Trust in {year}\n\n"
    f"The Trust met on 3 May {year}. It was raining hard all day in the harbour and on the hills behind it. " * 3
    for year in (2014, 2015, 2016)
}


def test_on_a_phone_the_text_begins_on_the_first_screen(page: Page, plain: Path, tmp_path: Path) -> None:
    write_report(compare(from_texts(TITLED)), tmp_path)
    page.set_viewport_size({"width": 390, "height": 844})
    names = (SOURCE, "compare.html#old=0&new=3", "reports/2004.html")
    long = ("diffs/2015-from-2014.html", "reports/2015.html")
    for url in [*(at(plain, name) for name in names), *(at(tmp_path, name) for name in long)]:
        page.goto(url)
        first = page.locator(".prose p").first.bounding_box()
        assert first is not None
        assert first["y"] < 844 - 150, "some lines of it are to be seen"


def test_on_a_phone_the_two_reports_are_told_when_asked(browser_without_code: Page, plain: Path) -> None:
    page = browser_without_code
    page.goto(at(plain, SOURCE))
    title = page.locator(".pair .title").first
    assert title.is_visible(), "a laptop has room"
    assert not page.locator(".pocket summary").is_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator(".pocket").evaluate("it => it.getBoundingClientRect().height") < 40
    page.emulate_media(media="print")
    assert page.locator(".pocket").evaluate("it => it.getBoundingClientRect().height") > 60, "paper cannot be asked"
    page.emulate_media(media="screen")
    page.locator(".pocket summary").click()
    assert title.is_visible()
    assert page.locator(".pocket").evaluate("it => it.getBoundingClientRect().height") > 60


def test_a_click_between_two_lines_of_a_sentence_opens_its_card(page: Page, plain: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for name in (SOURCE, "compare.html#old=0&new=3"):
        page.goto(at(plain, name))
        sentence = page.locator(".prose .sentence[id^=s]").filter(has_text="lamp was lit").first
        sentence.scroll_into_view_if_needed()
        gap = sentence.evaluate(
            """it => {
                const range = document.createRange();
                range.selectNodeContents(it);
                for (const line of range.getClientRects()) for (const next of range.getClientRects()) {
                    const left = Math.max(line.left, next.left), right = Math.min(line.right, next.right);
                    const isNext = next.top >= line.bottom && next.top < line.bottom + 12;
                    if (isNext && right > left + 8) return [(left + right) / 2, (line.bottom + next.top) / 2];
                }
            }"""
        )
        found = page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('.sentence')?.id", gap)
        assert found == sentence.get_attribute("id")
        page.mouse.click(*gap)
        page.locator(".life-card").wait_for()
        page.keyboard.press("Escape")
