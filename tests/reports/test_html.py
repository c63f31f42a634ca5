"""The site: what it says, and that it is safe whatever the texts hold. A browser looks at it in tests/browser."""

from __future__ import annotations

import gc
import itertools
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import notices
import pytest
from litany.analysis.comparison import Comparison, compare
from litany.analysis.rules import RULES
from litany.analysis.settings import litany_version
from litany.corpus import from_texts, read
from litany.corpus.report import Series
from litany.reports import tracked_changes
from litany.reports.html import cards, diff_page, pages, pictures, write_report
from litany.reports.html.addresses import page_names, slug
from litany.reports.html.rendering import printable
from litany.reports.measuring import measure_text
from litany.reports.tracked_changes import diff_docx
from notices import LAMP, TEA, WIND, paragraphs, report


@pytest.fixture(scope="module")
def lamp_nights() -> Comparison:
    return compare(notices.lamp_nights())


@pytest.fixture(scope="module")
def hostile() -> Comparison:
    return compare(notices.hostile())


def site(comparison: Comparison) -> dict[str, str]:
    return {name: data.decode() for name, data in pages(comparison) if name.endswith(".html")}


def body(page: str) -> str:
    """What a page says, without what changes with a release: style, charts, version."""
    page = re.sub(r"<svg xmlns.*?</svg>(?=</div>)", "<!-- chart -->", page[page.index("<body>") :], flags=re.DOTALL)
    page = re.sub(r"<script>.*?</script>", "<!-- script -->", page, flags=re.DOTALL)
    return page.replace(litany_version(), "VERSION")


class Checked(HTMLParser):
    """Collects ids and links, and fails on elements that are not closed in order."""

    EMPTY = frozenset({"meta", "link", "br", "input", "rect", "path", "use", "image", "defs"})

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
        "form-letter.html",
        "check.html",
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
    assert sorted(page) == ["index.html", "reports/2001.html"]
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
    rows = re.findall(
        r"<tr><th scope=.row.>(.*?)</tr>", page[page.index("Changed words</th>") :].partition("</table>")[0]
    )
    cells = [re.split(r"\s{2,}", re.sub(r"<[^>]+>", "  ", row).strip()) for row in rows]
    for shown, line in zip(cells, measure_text(lamp_nights).splitlines()[1:], strict=False):
        name, words, *shares, _moved, source = re.split(r"\s{2,}", line)
        assert shown[:-1] == [name, words, source, *shares]


def test_every_chart_leads_to_pages(lamp_nights: Comparison) -> None:
    page = site(lamp_nights)["index.html"]
    charts = re.findall(r"<svg xmlns.*?</svg>(?=</div>)", page, flags=re.DOTALL)
    titles = [re.findall(r"Chart: ([^\"]*)", page)[k] for k in range(len(charts))]
    assert titles == [
        "which reports are alike, in order of time", "which reports are alike, similar ones together",
        "how much of each report is new", "who copied whom", "where the text comes from", "when the text was rewritten",
    ]  # fmt: skip
    for chart in charts:
        assert re.search(r"<a [^>]*href=\"(diffs|reports)/", chart)


def test_a_chart_with_nothing_to_show_is_left_out() -> None:
    pair = (report("2001", LAMP), report("2002", "Quite other words stand here today."))
    page = site(compare(Series("Strangers", pair)))["index.html"]
    assert re.findall(r"Chart: ([^\"]*)", page) == [
        "which reports are alike, in order of time", "how much of each report is new",
    ]  # fmt: skip


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
    assert re.search(
        r"<del id=\"c\d+\" data-kind=\"\w+\">Mrs Hale</del><span class=\"gap new\"> </span>"
        r"<ins data-kind=\"\w+\">Captain Orde</ins>, and",
        page,
    )
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
    assert page.count('<details class="fold"') == 1


def test_write_report(lamp_nights: Comparison, tmp_path: Path) -> None:
    write_report(lamp_nights, tmp_path / "out")
    assert (tmp_path / "out" / "index.html").is_file()
    assert (tmp_path / "out" / "diffs" / "2004-from-2001.html").is_file()


def test_each_difference_lies_beside_its_page_as_a_word_document(
    lamp_nights: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = dict(pages(lamp_nights))
    assert files["data/2004-from-2001.docx"] == diff_docx(lamp_nights, 0, 2)
    assert b'href="../data/2004-from-2001.docx"' in files["diffs/2004-from-2001.html"]
    monkeypatch.setattr(tracked_changes, "can_write_docx", lambda: False)
    without = dict(pages(lamp_nights))
    assert not any(name.endswith(".docx") for name in without)
    assert b"<code>litany diff</code> writes it" in without["diffs/2004-from-2001.html"]


def opening(texts: dict[str, str]) -> str:
    """What the index of such a series says in short, as plain text."""
    page = site(compare(from_texts(texts)))["index.html"]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page[page.index("In short</h2>") :].partition("</section>")[0]))


def test_what_is_said_in_short() -> None:
    kept, other = "The lamp was lit at seven in the evening.", "Nobody remembers any other year as dry as this."
    said = opening({
        "2001": kept, "2002": f"{kept} The boat came home.", "2003": other, "2004": f"{kept} The boat came home.",
    })  # fmt: skip
    assert "Of all words since the first report, 63 % stand in sentences taken over word for word" in said
    assert "The latest report, 2004, is 2002 word for word." in said
    assert "One of the 3 later reports was written not from the report before but from an older one" in said
    assert "2004 from 2002" in said
    assert "The most new text came with 2003 (100 % of its words), 2002 (31 % of its words)." in said
    assert f"In 3 of 4 reports, 2001 to 2004, word for word: {kept}" in said
    assert "2003 has no main source" in said
    assert f"In all 3 reports, 2001 to 2003, word for word: {kept}" in opening({str(2001 + k): kept for k in range(3)})


def test_many_reports_without_a_sentence_of_an_earlier_one() -> None:
    texts = (
        "Rain fell.",
        "Nobody sang a song.",
        "Eleven boats left harbour.",
        "Wool is dear.",
        "Coal came late again.",
    )
    said = opening({str(2001 + k): text for k, text in enumerate(texts)})
    assert (
        "4 of the 4 later reports have no sentence of an earlier one, not even reworded: 2002, 2003, 2004, 2005."
        in said
    )
    assert "The most new text" not in said
    assert "No later report has a main source" in said


def test_many_reports_have_their_heatmap_in_two_sizes_and_a_light_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PRINTED", 3)
    monkeypatch.setattr(pictures, "LIGHT", 20_000)
    monkeypatch.setattr(pictures, "TABLE", 100)
    files = site(compare(read("sample")))
    index = files["index.html"]
    for name in ("heatmap", "history", "terms"):
        page = files[f"chart-{name}.html"]
        assert f'href="chart-{name}.html"' in index
        assert "<table" in page
        assert page.count("<circle") + page.count("<path") + page.count("<rect") > 100
    assert "Left out here: " in index
    assert "Left out here: " not in files["chart-history.html"]
    monkeypatch.setattr(pictures, "HEAVIEST", 1_000)
    monkeypatch.setattr(pictures, "_WHOLE", {"history": ({}, {"most": 3})})
    assert "Left out here: " in site(compare(read("sample")))["chart-history.html"]
    assert 'class="heat' in files["chart-heatmap.html"]
    assert 'class="heat' not in index


# -- whatever the texts hold ------------------------------------------------------------------------------------------


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


def test_the_form_letter_and_the_findings_of_the_sample() -> None:
    pages = site(compare(read("sample")))
    letter, findings = pages["form-letter.html"], pages["check.html"]
    for name in ("Edwin Marsh", "Laura Keane", "Tobias Wren"):
        assert name in letter
    assert '<strong class="misfit">fifty-second</strong>' in letter
    assert findings.count('<li data-weight="error"') == 2
    assert "17 October 2018 is a Wednesday, not a Tuesday" in findings


def test_a_finding_shows_its_sentence_with_the_place_marked() -> None:
    findings = site(compare(read("sample")))["check.html"]
    assert "<strong>2\u00a0errors" in findings
    quoted = r"<blockquote[^>]*>[^<]*<mark>fifty-second</mark> time the eleven names[^<]*</blockquote>"
    assert re.search(quoted, findings)
    rules = re.findall(r'href="#(rule-[a-z-]+)"', findings)
    assert rules
    assert set(rules) <= set(Checked(findings).ids)


def test_a_finding_in_a_heading_shows_the_heading(tmp_path: Path) -> None:
    for k in range(3):
        text = f"# Notice of the *{20 + k}th* lighting\n\n{LAMP}\n"
        (tmp_path / f"{2001 + k}.md").write_text(text, encoding="utf-8")
    findings = site(compare(read(tmp_path)))["check.html"]
    assert "21th should be 21st" in findings
    assert re.search(r"<blockquote[^>]*>Notice of the \*<mark>21th</mark>\* lighting</blockquote>", findings)


def test_where_nothing_looks_wrong_it_says_what_was_looked_at() -> None:
    other = LAMP.replace("Mrs Hale", "Mr Orde")
    findings = site(compare(Series("Fine", (report("2001", LAMP), report("2002", other)))))["check.html"]
    text = re.sub(r"<[^>]+>", "", findings).replace("\u00a0", " ")
    assert f"Nothing was found. {len(RULES)} rules looked at 2 sentences in 2 reports." in text
    assert all(f'id="rule-{rule.id}"' in findings for rule in RULES)


def test_the_letter_is_in_the_order_of_the_report_that_has_most_of_it() -> None:
    years = {
        "2001": f"{LAMP} {TEA}",
        "2002": f"{TEA} Nobody came. {LAMP.replace('Mrs Hale', 'Captain Orde')} {WIND}",
        "2003": f"{WIND} {LAMP.replace('Mrs Hale', 'Miss Tallis')}",
    }
    letter = site(compare(from_texts(years)))["form-letter.html"]
    text = letter.partition('id="letter"')[2].partition("</section>")[0]
    assert 'In the order of <bdi class="id">2002</bdi>' in text
    assert "3 of its 4\u00a0sentences" in text
    said = re.sub(r"<[^>]+>", "", text.partition("running")[2]).replace("\u00a0", " ")
    assert said.index("Tea was served") < said.index("1 sentence of fewer than 2 reports") < said.index("The lamp")
    assert "slot: Miss Tallis, and the company sang. in 3 reports" in said, "the latest filling, where it stands"


def test_without_a_sentence_that_comes_back_there_is_no_letter() -> None:
    pair = (report("2001", LAMP), report("2002", "Quite other words stand here today."))
    assert "There is none: no sentence stands" in site(compare(Series("Strangers", pair)))["form-letter.html"]


def test_the_list_of_lives_has_parts_of_bounded_size() -> None:
    text = paragraphs(*(f"Number {k} of the list was read by the {k}th reader, and {k * k} words." for k in range(620)))
    pages = site(compare(Series("Long", (report("2001", text), report("2002", text)))))
    parts = [pages[name] for name in ("lineages.html", "lineages-2.html", "lineages-3.html")]
    assert [part.partition('id="lives"')[2].count('<th scope="row">') for part in parts] == [300, 300, 20]
    assert "lineages-4.html" not in pages


def test_a_table_too_large_is_made_of_wider_columns_or_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    years = {
        "2001": "The lamp was lit at seven by Mrs Hale.",
        "2002": "The old lamp was lit at eight by Mrs Hale.",
        "2003": "The old grey lamp was lit at eight by Mrs Orde.",
    }
    comparison = compare(from_texts(years))

    def columns(most: int) -> int:
        monkeypatch.setattr(cards, "MOST_CELLS", most)
        page = site(comparison)["lineages/2001.html"]
        assert ("Too large to be shown aligned." in page) == (most < 21)
        return page.partition('class="aligned scroll"')[2].partition("</thead>")[0].count("<th ") - 1

    whole, wider = columns(3000), columns(21)
    assert (whole, wider) == (8, 7)
    assert columns(2) == -1


def test_the_collector_is_as_it_was_when_a_site_is_written(tmp_path: Path) -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    write_report(compare(from_texts({"2001": "The lamp was lit.", "2002": "The lamp was not lit."})), tmp_path / "site")
    assert (gc.get_threshold(), gc.get_freeze_count()) == before
    made = compare(from_texts({"2001": "The lamp was lit.", "2002": "The lamp was not lit."}))
    first, second = pages(made), pages(made)
    next(first)
    next(second)
    first.close()
    second.close()
    assert (gc.get_threshold(), gc.get_freeze_count()) == before, "two sites at once"
