"""The page of any two reports judges changes as Python does, and hides them by kind."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from addresses import at
from litany.analysis import compare
from litany.analysis.changes import kind_of
from litany.corpus import from_texts, read
from litany.reports import write_report

if TYPE_CHECKING:
    from litany.analysis import Comparison
    from playwright.sync_api import Page

# many scripts, spellings, number words, dates and names, each in two wordings
SCRIPTS = {
    "2001": "Am dritten März kamen einhundertdrei Gäste. Le quatorze juillet vinrent soixante-dix personnes.\n"
    "One hundred and three boats left on the 3rd of May; twenty-seven came back, 1 3/4 of them late.\n"
    "In June nineteen hundred and five it rained on Monday, and Mrs Hale said it was twenty.\n"
    "會議在二〇一三年三月十日舉行, 四 十 三 人出席。 عقد الاجتماع يوم الأحد ٣ مارس ٢٠١٥ في القاعة.\n"
    "Straße STRASSE ﬁne ΣΊΣΥΦΟΣ Σίσυφος kılıç KILIÇ İstanbul 𝒜dam ŁUKASZ zoë zoe\u0308.\n"
    "The programme of colour, well‑known and co-operative, was l’eau and can't, said Captain Orde.\n"
    "A+5 −3 20m 14rd 43-я 20.1.2004 1,234.56 £250 50% x² ½ 5½ 7/8 (-4) [+6].",
    "2002": "Am vierten April kamen einhundertvier Gäste. Le quinze août vinrent soixante-douze personnes.\n"
    "One hundred and four boats left on the 4th of June; twenty-eight came back, 2 1/2 of them late.\n"
    "In July nineteen hundred and six it rained on Tuesday, and Mrs Hall said it was 20.\n"
    "會議在二〇一四年四月十一日舉行, 四 十 五 人出席。 عقد الاجتماع يوم الاثنين ٤ أبريل ٢٠١٦ في القاعة.\n"
    "Strasse straße FINE Σίσυφοσ ΣΊΣΥΦΟΣ KILIÇ kılıç istanbul adam łukasz ZOË zoé.\n"
    "The program of color, well-known and cooperative, was l'eau and cannot, said Captain Orne.\n"
    "A+6 −4 21m 15th 44-я 21.1.2005 1,234.57 £251 51% x³ ¼ 6½ 5/8 (-5) [+7].",
}
SEED = "seeds/000_95eba4d8c191244c.txt"
WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*|\S")  # where compare.js cuts
JUDGED = "rows => rows.map((row) => window.litanyKinds.kindOf(...row))"


def stretches(comparison: Comparison, number: int) -> list[tuple[str, str, str, str]]:
    """Two stretches of words each, and what stands around the second: what may have become what."""
    chance = random.Random(7)  # noqa: S311 - the same in every run
    texts = [" ".join(sentence.text.split()) for report in comparison.series.reports for sentence in report.sentences]
    cuts = [[found.span() for found in WORD.finditer(text)] for text in texts]

    def stretch(k: int) -> tuple[int, int]:
        first = chance.randrange(len(cuts[k]))
        last = min(first + chance.choice((0, 0, 1, 1, 2, 3, 6, 10)), len(cuts[k]) - 1)
        return cuts[k][first][0], cuts[k][last][1]

    rows: list[tuple[str, str, str, str]] = []
    for _ in range(number):
        old, new = chance.randrange(len(texts)), chance.randrange(len(texts))
        new = chance.choice((old, new))
        (a, b), (x, y) = stretch(old), stretch(new)
        sides = chance.choice(((a, a), (a, b), (a, b), (a, b)))
        rows.append((texts[old][slice(*sides)], texts[new][x:y], texts[new][:x], texts[new][y:]))
    return rows


def judged_twice(page: Page, comparison: Comparison, folder: Path) -> None:
    """Judge many stretches in the page and here."""
    write_report(comparison, folder)
    page.goto(at(folder, "compare.html"))
    rows = stretches(comparison, 6_000)
    wanted = [str(kind_of(old, new, comparison.usage, before, behind)) for old, new, before, behind in rows]
    assert len(set(wanted)) >= 6, "of each kind there should be some"
    found = page.evaluate(JUDGED, rows)
    assert [row for row in zip(rows, wanted, found, strict=True) if row[1] != row[2]] == []


def test_the_page_judges_as_python_does(page: Page, tmp_path: Path) -> None:
    judged_twice(page, compare(read("sample")), tmp_path)


def test_the_page_judges_as_python_does_in_any_script(page: Page, tmp_path: Path) -> None:
    judged_twice(page, compare(from_texts(SCRIPTS)), tmp_path)


def test_the_page_judges_real_reports(page: Page, tmp_path: Path, shared_data: Path) -> None:
    judged_twice(page, compare(read(shared_data / SEED)), tmp_path)


YEARS = {
    "2001": "The lamp was lit at seven by Mrs Hale on 3 May 2001. Tea was served to 412 guests in the loft. A grey seal"
    " came up to the bar in the rain. The band, too, played on.",
    "2002": "The gate was shut. Nobody sang.",
    "2003": "The lamp was lit at seven by Mrs Orde on 4 May 2003. Tea was served to 530 guests in a loft. A grey seal"
    " swam up to the bar in the rain. The band too played on.",
}
NAMED = "Then Mrs Hale sang, and Mrs Orde spoke."


@pytest.fixture
def years(tmp_path: Path) -> Path:
    """A site whose last report has changes of many kinds against the first."""
    write_report(compare(from_texts({year: f"{text} {NAMED}" for year, text in YEARS.items()})), tmp_path)
    return tmp_path


def test_any_two_reports_have_kinds_of_change_to_hide(page: Page, years: Path) -> None:
    page.goto(at(years, "compare.html#old=0&new=2"))
    labels = page.locator(".kinds label").all_inner_texts()
    kinds = ["wording", "names", "dates", "numbers", "function", "punctuation"]
    assert [label.split()[0] for label in labels] == kinds
    gone, come = page.locator("del[data-kind=number]"), page.locator("ins[data-kind=number]")
    assert (gone.inner_text(), come.inner_text()) == ("412", "530")
    before = page.locator(".changes li:visible").count()
    page.locator("#hide-number").check()
    assert not gone.is_visible()
    assert come.is_visible()
    assert come.evaluate("it => getComputedStyle(it).textDecorationLine") == "none"
    assert page.locator(".kinds output").inner_text() == "1 change hidden"
    assert page.locator(".changes li:visible").count() == before - 1
    assert page.url.endswith("#old=0&new=2&hide=number") or page.url.endswith("compare.html#hide=number")
    page.keyboard.press("n")
    assert page.locator(".stepper span").inner_text().endswith(f" of {before - 1}")


def test_what_is_hidden_stays_hidden_in_another_pair(page: Page, years: Path) -> None:
    page.goto(at(years, "compare.html#old=0&new=2&hide=number"))
    assert page.locator("#hide-number").is_checked()
    page.get_by_label("New").select_option("1")
    assert page.locator("#hide-number").count() == 0, "this pair has no numbers that changed"
    page.locator("#hide-wording").check()
    assert "hide=wording.number" in page.url
    page.get_by_label("New").select_option("2")
    assert page.locator("#hide-number").is_checked()
    assert page.locator("#hide-wording").is_checked()
    assert not page.locator("#hide-date").is_checked()


def test_the_list_names_the_kind_of_each_change(page: Page, years: Path) -> None:
    page.goto(at(years, "compare.html#old=0&new=2"))
    assert page.locator(".changes li[data-kind=number]").inner_text() == "412 530 numbers"
    assert page.locator(".changes li[data-kind=wording] .kind").count() == 0


@pytest.mark.parametrize("pair", ["old=0&new=1", "old=0&new=2", "old=1&new=2"])
def test_each_change_is_of_one_of_the_kinds(page: Page, years: Path, pair: str) -> None:
    page.goto(at(years, f"compare.html#{pair}"))
    counted = page.locator(".kinds label .quiet").all_inner_texts()
    moved = page.locator(".changes li", has_text="moved:").count()
    assert sum(int(text.strip("()")) for text in counted) == page.locator(".changes li").count() - moved
    assert page.locator("#result :is(ins, del):not([data-kind])").count() == 0


def test_both_kinds_of_page_find_the_same_kinds(page: Page, years: Path) -> None:
    page.goto(at(years, "diffs/2003-from-2001.html"))
    labels = page.locator(".kinds label").all_inner_texts()
    page.goto(at(years, "compare.html#old=0&new=2"))
    assert page.locator(".kinds label").all_inner_texts() == labels


@pytest.mark.parametrize("address", ["diffs/2003-from-2001.html", "compare.html#old=0&new=2"])
def test_one_press_hides_all_but_wording(page: Page, years: Path, address: str) -> None:
    page.goto(at(years, address))
    noise, boxes = page.get_by_role("button", name="all but wording"), page.locator(".kinds input")
    entries, total = page.locator(".changes li:visible"), page.locator(".changes li").count()
    assert entries.count() == total
    noise.click()
    assert noise.get_attribute("aria-pressed") == "true"
    assert boxes.evaluate_all("all => all.map(it => it.checked)") == [False] + [True] * (boxes.count() - 1)
    assert set(entries.evaluate_all("all => all.map(it => it.dataset.kind)")) == {"wording"}
    assert "hide=name.date.number.function.punctuation" in page.url
    page.locator("#hide-name").uncheck()
    assert noise.get_attribute("aria-pressed") == "false"
    noise.click()
    noise.click()
    assert entries.count() == total
    assert "name" not in page.url


def test_what_was_taken_out_is_gone_with_its_number_when_its_kind_is_hidden(page: Page, years: Path) -> None:
    page.goto(at(years, "compare.html#old=0&new=1"))
    gone = page.locator("#result .gone")
    assert gone.count() == 4
    page.locator("#hide-wording").check()
    assert page.locator("#result .gone:visible").count() == 0
    page.locator("#view-old").check()
    assert page.locator("#result .gone:visible").count() == 4, "the old text is whole whatever is hidden"


def test_two_chosen_reports_are_printed_without_the_list_of_pairs(page: Page, years: Path) -> None:
    page.emulate_media(media="print")
    page.goto(at(years, "compare.html#old=0&new=2"))
    assert page.locator("#result").is_visible()
    assert not page.locator("#ready-title").is_visible()
