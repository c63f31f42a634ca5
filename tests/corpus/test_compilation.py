"""Compilations of every shape: which headings are reports, what is a part of one, and what the contents list says."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from litany.corpus import InputError, Series, read

TEXT = "The lamp was lit at seven and burned until the morning. The members stood by the wall and said nothing."


def compiled(tmp_path: Path, text: str, name: str = "notices.md") -> Series:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def dates(series: Series) -> list[str]:
    return [str(report.date) for report in series.reports]


def chapters(*headings: str, inside: str = "") -> str:
    return "\n\n".join(f"{heading}\n\n{TEXT} It was meeting {k}.{inside}" for k, heading in enumerate(headings)) + "\n"


# ruff: noqa: E501 - a row a shape
SHAPES = [
    ("atx", ["# Report for 2004", "# Report for 2005"], ["2004", "2005"]),
    ("atx with only a year", ["## 2004", "## 2005", "## 2007"], ["2004", "2005", "2007"]),
    ("atx closed", ["## Report 2004 ##", "## Report 2005 ##"], ["2004", "2005"]),
    ("underlined", ["Report 2004\n===========", "Report 2005\n==========="], ["2004", "2005"]),
    ("underlined with dashes", ["Report 2004\n-----------", "Report 2005\n-----------"], ["2004", "2005"]),
    ("between rules", ["=====\nREPORT 2004\n=====", "=====\nREPORT 2005\n====="], ["2004", "2005"]),
    ("bold", ["**Notice of 3 May 2004**", "**Notice of 4 May 2005**"], ["2004-05-03", "2005-05-04"]),
    ("bold with underscores", ["__Notice, May 2004__", "__Notice, May 2005__"], ["2004-05", "2005-05"]),
    ("bold, broken", ["**Notice of the Society  \n(3 May 2004)**", "**A new notice  \n(4 May 2005)**"], ["2004-05-03", "2005-05-04"]),
    ("bold in atx", ["## **Notice 2004**", "## **Notice 2005**"], ["2004", "2005"]),
    ("each line bold", ["**Notice**  \n**3 May 2004**", "**Notice**  \n**4 May 2005**"], ["2004-05-03", "2005-05-04"]),
    ("capitals", ["ANNUAL NOTICE 2004", "ANNUAL NOTICE 2005"], ["2004", "2005"]),
    ("a short line", ["Annual notice 2004", "Annual notice 2005"], ["2004", "2005"]),
    ("statement", ["Statement of 3 May 2004", "Statement of 9 August 2004"], ["2004-05-03", "2004-08-09"]),
    ("iso", ["# 2004-01-20", "# 2005-01-20"], ["2004-01-20", "2005-01-20"]),
    ("dotted", ["## Bericht vom 20.01.2004", "## Bericht vom 20.01.2005"], ["2004-01-20", "2005-01-20"]),
    ("slashes", ["# Notice 1/20/2004", "# Notice 3/4/2005"], ["2004-01-20", "2005-03-04"]),
    ("date below", ["# Annual notice\n\n20 January 2004", "# Annual notice\n\n20 January 2005"], ["2004-01-20", "2005-01-20"]),
    ("place and date below", ["## Notice\n\nBaku, 20 January 2004", "## Notice\n\nBaku, 19 January 2005"], ["2004-01-20", "2005-01-19"]),
    ("plain date below", ["Annual notice\n\n20 January 2004", "Annual notice\n\n20 January 2005"], ["2004-01-20", "2005-01-20"]),
    ("two plain lines", ["Annual notice\n20 January 2004", "Annual notice\n20 January 2005"], ["2004-01-20", "2005-01-20"]),
    ("newest first", ["# Report 2006", "# Report 2005", "# Report 2004"], ["2004", "2005", "2006"]),
    ("numbered", ["1. Report 2004", "2. Report 2005"], ["2004", "2005"]),
    ("french", ["# Rapport du 1er mars 2004", "# Rapport du 2 mars 2005"], ["2004-03-01", "2005-03-02"]),
    ("turkish", ["# 20 Ocak 2004 bildirisi", "# 20 Ocak 2005 bildirisi"], ["2004-01-20", "2005-01-20"]),
    ("mixed shapes", ["**Notice of the year (3 May 2004)**", "## Notice of the year (4 May 2005)", "**The third one (May 5, 2006)**"], ["2004-05-03", "2005-05-04", "2006-05-05"]),
    ("titles all different", ["# Floods (3 May 2004)", "# A dry year (4 May 2005)", "# The new mole (5 May 2006)"], ["2004-05-03", "2005-05-04", "2006-05-05"]),
    ("a book's title above", ["# The book\n\n## 2004", "## 2005", "## 2006"], ["2004", "2005", "2006"]),
    ("a book's title above plain dates", ["# The book\n\n20 January 2004", "20 January 2005"], ["2004-01-20", "2005-01-20"]),
    ("date above", ["20 January 2004\n\n**The lamp**", "20 January 2005\n\n**The mole**"], ["2004-01-20", "2005-01-20"]),
    ("anniversaries", [f"# On 20 January {y} for the dead of 20 January 1990" for y in (2004, 2005, 2006)], ["2004-01-20", "2005-01-20", "2006-01-20"]),
    ("anniversaries behind a colon", ["# 20 January 2004: the day of 20 January 1990", "# 20 January 2005: the day of 20 January 1990"], ["2004-01-20", "2005-01-20"]),
    ("greek", ["# Έκθεση, 20 Ιανουαρίου 2004", "# Έκθεση, 20 Ιανουαρίου 2005"], ["2004-01-20", "2005-01-20"]),
    ("arabic", ["# تقرير 20 يناير 2004", "# تقرير 20 كانون الثاني 2005"], ["2004-01-20", "2005-01-20"]),
    ("a year in the title", ["# 14 years after 1990 (20 January 2004)", "# 15 years after 1990 (20 January 2005)"], ["2004-01-20", "2005-01-20"]),
]  # fmt: skip


@pytest.mark.parametrize(("headings", "expected"), [row[1:] for row in SHAPES], ids=[row[0] for row in SHAPES])
@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_headings_of_every_shape(tmp_path: Path, headings: list[str], expected: list[str], suffix: str) -> None:
    series = compiled(tmp_path, chapters(*headings), f"notices.{suffix}")
    assert dates(series) == expected
    assert not series.skipped
    for report in series.reports:
        assert report.text.startswith("The lamp was lit")
        assert "meeting" in report.text.rpartition("\n")[2]


INSIDE = [
    ("a deeper heading of an earlier year", "# Report for {y}", "## Changes since 2003"),
    ("a deeper heading of the next year", "# Report for {y}", "## Outlook for {n}"),
    ("the same level, the next year", "# Report for {y}", "# Outlook for {n}"),
    ("capitals of the next year", "ANNUAL NOTICE {y}", "OUTLOOK FOR {n}"),
    ("bold of the next year", "## Notice {y}", "**Plans for {n}**"),
    ("bold inside underlined", "Notice {y}\n===========", "**Plans for {n}**"),
    ("meetings of the year", "# Report for {y}", "## Meeting of 3 May {y}"),
    ("bold meetings of the year", "# Report for {y}", "**Meeting of 3 May {y}**"),
    ("a sentence with a date", "# Report for {y}", "On 3 May {y} the members met."),
    ("a short line with a date", "# Report for {y}", "From 2001 to {y}"),
    ("a table of years", "# Report for {y}", "| 2001 | 5 |\n| 2002 | 6 |\n| 2003 | 9 |"),
    ("a list of years", "# Report for {y}", "- in 2001, five\n- in 2002, six\n- in 2003, nine"),
    ("an undated heading", "# Report for {y}", "## The weather"),
    ("an undated heading in capitals", "NOTICE OF {y}", "THE WEATHER"),
    ("a year's heading below a day's", "# Statement of 20 January {y}", "# Figures of 1999"),
]


@pytest.mark.parametrize(("heading", "inside"), [row[1:] for row in INSIDE], ids=[row[0] for row in INSIDE])
@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_dates_inside_a_report_do_not_split_it(tmp_path: Path, heading: str, inside: str, suffix: str) -> None:
    years = range(2004, 2009)
    text = "\n\n".join(
        f"{heading.format(y=y)}\n\n{TEXT}\n\n{inside.format(y=y, n=y + 1)}\n\nIn the year {y} there was more of it."
        for y in years
    )
    series = compiled(tmp_path, text, f"notices.{suffix}")
    assert series.ids == tuple(map(str, years))
    for year, report in zip(years, series.reports, strict=True):
        assert report.text.endswith(f"In the year {year} there was more of it.")


SIGNED = ["# Notice ({y})", "NOTICE OF {y}", "# The lamp\n\n20 January {y}", "Statement of 20 January {y}"]


@pytest.mark.parametrize("heading", SIGNED)
@pytest.mark.parametrize("signature", ["Quayside, 25 January {y}", "Quayside, 25 January {y}\n\nA. B. Oake\nWarden"])
def test_a_signed_date_closes_a_report(tmp_path: Path, heading: str, signature: str) -> None:
    text = "\n\n".join(f"{heading}\n\n{TEXT}\n\n{signature}".format(y=year) for year in range(2004, 2009))
    series = compiled(tmp_path, text)
    assert series.ids == ("2004", "2005", "2006", "2007", "2008")
    assert all("Quayside, 25 January" in report.text for report in series.reports)
    assert series.reports[0].title == " ".join(heading.format(y=2004).strip("# ").split())


@pytest.mark.parametrize("signature", ["Port Elver, 12 April {y}", "J. Oake, Secretary\n\nPort Elver, 12 April {y}"])
def test_signed_dates_alone_divide_nothing_where_the_texts_have_dates(tmp_path: Path, signature: str) -> None:
    notice = f"NOTICE TO MEMBERS\n\nThe meeting will be held on 3 May {{y}} at eight. Please come.\n\n{signature}"
    series = compiled(tmp_path, "\n\n".join(notice.format(y=year) for year in range(2004, 2008)), "notices.txt")
    assert dates(series) == [f"{year}-05-03" for year in range(2004, 2008)]
    assert all(report.text.endswith(f"12 April {report.id}") for report in series.reports)


def test_a_heading_that_gathers_reports_is_in_none(tmp_path: Path) -> None:
    text = f"# One\n\n{chapters('## Notice 2004', '## Notice 2005')}\n# Two\n\n{chapters('## Notice 2006', '## Notice 2007')}"
    series = compiled(tmp_path, text)
    assert [report.title for report in series.reports] == ["Notice 2004", "Notice 2005", "Notice 2006", "Notice 2007"]
    assert [report.lines for report in series.reports] == [(3, 5), (7, 9), (13, 15), (17, 19)]
    assert not any("Two" in report.text for report in series.reports)


def test_years_as_parts_that_hold_statements(tmp_path: Path) -> None:
    text = "# 2004\n\n" + chapters("## Statement of 3 May 2004", "## Statement of 9 June 2004")
    text += "\n# 2005\n\n" + chapters("## Statement of 4 May 2005", "## Statement of 10 June 2005")
    series = compiled(tmp_path, text)
    assert series.ids == ("2004-05-03", "2004-06-09", "2005-05-04", "2005-06-10")


CONTENTS = [
    ("bullets", "- Report for 2004\n- Report for 2005\n- Report for 2006\n"),
    ("page numbers", "Report for 2004 ........ 3\nReport for 2005 ........ 5\nReport for 2006 ....... 7\n"),
    ("announced", "Contents\n\nReport for 2004\nReport for 2005\nReport for 2006\n"),
    ("announced heading", "## Contents\n\n1. Report for 2004\n2. Report for 2005\n3. Report for 2006\n"),
    ("links", "- [Report for 2004](#a)\n- [Report for 2005](#b)\n- [Report for 2006](#c)\n"),
    ("one a paragraph", "Contents\n\nReport for 2004\n\nReport for 2005\n\nReport for 2006\n"),
    ("emphasis and leaders", "- *Report for 2004.....2*\n- *Report for 2005.....3*\n- *Report for 2006.....4*\n"),
    ("broken in two", "- Report.....2\n- for 2004.....2\n- Report for 2005.....3\n- Report for 2006.....4\n"),
    ("tabs", "1.\tReport for 2004\t3\n2.\tReport for 2005\t15\n3.\tReport for 2006\t27\n"),
    (
        "table",
        "| Report | Page |\n|---|---|\n| Report for 2004 | 3 |\n| Report for 2005 | 5 |\n| Report for 2006 | 7 |\n",
    ),
    ("brackets before leaders", "Report (for 2004) ..... 3\nReport (for 2005) ..... 5\nReport (for 2006) ..... 7\n"),
    ("wrapped", "- Report\n  for 2004\n- Report for 2005\n- Report for 2006\n"),
]


@pytest.mark.parametrize("contents", [row[1] for row in CONTENTS], ids=[row[0] for row in CONTENTS])
@pytest.mark.parametrize("at_end", [False, True], ids=["before", "behind"])
@pytest.mark.parametrize("heading", ["# Report for {}", "**Report for {}**"])
def test_a_list_of_contents_is_recognised(tmp_path: Path, contents: str, at_end: bool, heading: str) -> None:
    body = chapters(*(heading.format(year) for year in (2004, 2005, 2006)))
    series = compiled(tmp_path, f"{body}\n\n{contents}" if at_end else f"The book\n\n{contents}\n\n{body}")
    assert series.ids == ("2004", "2005", "2006")
    assert series.notices == ()
    assert series.skipped == ()
    assert all(report.text.endswith(f"It was meeting {k}.") for k, report in enumerate(series.reports))


def test_every_disagreement_with_the_contents_is_told(tmp_path: Path) -> None:
    contents = (
        "- Report (3 May 2004) .... 1\n- Statement (4 May 2005) .... 2\n- Third report (5 May 2006) ... 3\n"
        "- Report (6 May 2007) .... 4\n"
    )
    body = chapters(
        "# Report (3 May 2004)", "# Report (4 May 2005)", "# Third report (6 May 2006)", "# Report (8 May 2008)"
    )
    series = compiled(tmp_path, f"{contents}\n{body}")
    assert dates(series) == ["2004-05-03", "2005-05-04", "2006-05-06", "2008-05-08"]
    told = [(notice.code, notice.line) for notice in series.notices]
    assert told == [("contents-disagree", line) for line in (2, 3, 4, 18)]


def test_a_list_inside_a_report_is_no_contents(tmp_path: Path) -> None:
    headings = [f"# Report for {year}" for year in (2004, 2005, 2006)]
    text = chapters(*headings, inside="\n\n- the lamp of 2004\n- the lamp of 2005\n- the lamp of 2006")
    series = compiled(tmp_path, text)
    assert series.ids == ("2004", "2005", "2006")
    assert all("the lamp of 2005" in report.text for report in series.reports)


FIGURES = [
    "2004      3,012       310\n2005      4,300       290",
    "2004    310\n2005    290",
    "### Index\n\n- 1999: 5\n- 2001: 6",
]


@pytest.mark.parametrize("figures", FIGURES)
def test_a_table_in_the_last_report_is_no_contents(tmp_path: Path, figures: str) -> None:
    series = compiled(tmp_path, chapters("## Report 2004", "## Report 2005") + f"\n{figures}\n\nThat was all.\n")
    assert series.notices == ()
    assert series.reports[1].text.endswith("That was all.")
    assert figures.split()[-1] in series.reports[1].text


NAMES = [
    ("above the reports", "# The book\n\n{}", "The book"),
    ("above a preamble", "# The book\n\nIt was gathered by the Trust.\n\n{}", "The book"),
    ("with years", "# The book, 2004 to 2005\n\n{}", "The book, 2004 to 2005"),
    ("over the contents", "## The book\n\n- Report 2004\n- Report 2005\n\n{}", "The book"),
    ("a section like the reports", "## Introduction\n\nIt was gathered by the Trust.\n\n{}", "notices"),
    ("contents", "# Contents\n\n- Report 2004\n- Report 2005\n\n{}", "notices"),
    ("front matter", '---\ntitle: "The \\"book\\""\n---\n\n# Another\n\n{}', 'The "book"'),
    ("none", "{}", "notices"),
]


@pytest.mark.parametrize(("text", "name"), [row[1:] for row in NAMES], ids=[row[0] for row in NAMES])
def test_a_compilation_has_the_name_that_it_gives_itself(tmp_path: Path, text: str, name: str) -> None:
    series = compiled(tmp_path, text.format(chapters("## Report 2004", "## Report 2005")))
    assert (series.name, series.ids) == (name, ("2004", "2005"))


def test_text_before_the_first_report_is_told(tmp_path: Path) -> None:
    preamble = "These notices were gathered by the Trust. They were printed as they stood. Nobody corrected them."
    series = compiled(tmp_path, f"# The book\n\n{preamble}\n\n" + chapters("## Notice 2004", "## Notice 2005"))
    assert len(series) == 2
    assert ["before the first report" in skip.reason for skip in series.skipped] == [True]


def test_a_link_that_stands_alone_is_no_report_and_no_sentence(tmp_path: Path) -> None:
    text = chapters("**Notice 2004**") + "\n**<http://example.org/articles/2004>**\n\n" + chapters("**Notice 2005**")
    series = compiled(tmp_path, text)
    assert series.ids == ("2004", "2005")
    assert "http" not in series.reports[0].text
    assert series.reports[0].lines == (1, 3)


def test_running_heads_do_not_split_a_report(tmp_path: Path) -> None:
    page = f"\n\n\fNOTICE 2004\n\n{TEXT}"
    text = f"NOTICE 2004\n\n{TEXT}{page}{page}\n\nNOTICE 2005\n\n{TEXT}\n"
    series = compiled(tmp_path, text, "notices.txt")
    assert series.ids == ("2004", "2005")
    assert series.reports[0].text.count("lamp") == 3


LONG_LINE = "and then, when the band had played and the boys had been sent home to their beds, the warden resolved to"
FURNITURE = [
    ("a foot with the page", "{}\n\nThe Trust | Page {k} of 9\n\n{}"),
    ("a head behind a form feed", "{}\n\n{k}\n\fTHE BOOK OF THE TRUST\n\n{}"),
    ("foot, rule and head", "{}\n\nThe Trust, {k}\n\n---\n\n**The Book**\n\n{}"),
]


@pytest.mark.parametrize("page", [row[1] for row in FURNITURE], ids=[row[0] for row in FURNITURE])
def test_running_heads_are_told_by_what_they_interrupt(tmp_path: Path, page: str) -> None:
    pages = [page.format(f"{TEXT} {k} {LONG_LINE}", f"mend the lamp {k}.", k=k) for k in range(1, 4)]
    text = "\n\n".join(f"# Notice {2003 + k}\n\n{pages[k - 1]}" for k in range(1, 4))
    for k, report in enumerate(compiled(tmp_path, text).reports, start=1):
        assert report.text == f"{TEXT} {k} {LONG_LINE} mend the lamp {k}."


def test_what_comes_back_between_paragraphs_is_text(tmp_path: Path) -> None:
    parts = "\n\n---\n\n**Sums**\n\nIt cost 5.\n\n---\n\n**Thanks**\n\nTo all.\n\nThe Warden\n\n---"
    series = compiled(tmp_path, chapters("# Notice 2004", "# Notice 2005", "# Notice 2006", inside=parts))
    for report in series.reports:
        assert report.text.split("\n\n")[1:] == ["Sums", "It cost 5.", "Thanks", "To all.", "The Warden"]


def test_a_markdown_heading_that_is_repeated_is_told(tmp_path: Path) -> None:
    series = compiled(tmp_path, chapters("# Notice 2004", "# Notice 2004", "# Notice 2005"))
    assert series.ids == ("2004", "2005")
    assert [(notice.code, notice.line) for notice in series.notices] == [("repeated-heading", 5)]


def test_two_reports_of_one_date_are_an_error(tmp_path: Path) -> None:
    text = chapters("# Notice 2004", "# Notice 2005", "# Notice 2004")
    with pytest.raises(InputError, match=r"two reports for 2004: .*notices\.md:1 and .*notices\.md:9"):
        compiled(tmp_path, text)


def test_a_file_without_any_date_says_what_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no heading has a date .*--date notices\.md=2019"):
        compiled(tmp_path, f"# Notices\n\n{TEXT}\n")


def test_a_file_with_one_date_is_a_series_of_one(tmp_path: Path) -> None:
    series = compiled(tmp_path, f"# Notice of 20 January 2004\n\n{TEXT}\n")
    assert series.ids == ("2004",)
    assert series.reports[0].title == "Notice of 20 January 2004"
    assert series.missing == ()


def test_a_dated_name_makes_one_report_and_says_so(tmp_path: Path) -> None:
    series = compiled(tmp_path, chapters("# Events of 2018", "# Events of 2019"), "2020.md")
    assert series.ids == ("2020",)
    assert [notice.code for notice in series.notices] == ["one-report"]


def test_the_title_is_the_heading_without_markup(tmp_path: Path) -> None:
    text = chapters(
        "**The *good* people`s day  \n[of the lamp](http://x.org)  \n(3 May 2004)**", "**Next (4 May 2005)**"
    )
    assert compiled(tmp_path, text).reports[0].title == "The good people`s day of the lamp (3 May 2004)"


def test_an_anchor_is_no_title(tmp_path: Path) -> None:
    series = compiled(tmp_path, chapters("# Notice 2004 {#a}", '# <a name="b"></a>Notice 2005', "# [Notice 2006](#c)"))
    assert [report.title for report in series.reports] == ["Notice 2004", "Notice 2005", "Notice 2006"]


def test_lines_run_from_the_heading_to_the_last_text(tmp_path: Path) -> None:
    text = f"# Notice 2004\n\n{TEXT}\n\n---\n\n\\*\\*\\*\n\n\n# Notice 2005\n\n{TEXT}\n\n{TEXT}\n\n"
    series = compiled(tmp_path, text)
    assert [report.lines for report in series.reports] == [(1, 3), (10, 14)]


LONG = [
    ("same heading", "# Notice 2004\n\n{}"),
    ("list", "- Report 2004\n{}"),
    ("undated", "# x\n\n{}"),
    ("numbers", "# Act {n}\n{}"),
    ("capitals", "NOTICE {n}\n\nand text\n\n{}"),
]


@pytest.mark.parametrize("shape", [row[1] for row in LONG], ids=[row[0] for row in LONG])
def test_no_shape_of_file_takes_more_than_its_length(tmp_path: Path, shape: str) -> None:
    def seconds(count: int) -> float:
        text = "".join(shape.format("", n=n) for n in range(count))
        start = time.process_time()
        with contextlib.suppress(InputError):
            compiled(tmp_path, text)
        return time.process_time() - start

    seconds(100)
    # eight times the length: 64 times the time if it were quadratic; the least of several, as machines are busy
    # (2,000 and more, as the numbers below 1,000 are no years, which is other work)
    long = min(seconds(16_000) for _ in range(2))
    assert long < 24 * max(min(seconds(2_000) for _ in range(3)), 0.05)


def test_headings_of_several_shapes_in_one_document(tmp_path: Path) -> None:
    series = compiled(tmp_path, chapters(
        "Report for the year ended 31 March 2010\n=====", "## FY2011/12", "**No. 14 – May 2012**",
        "# XIII. Annual Report (2013)", "THE MILL IN 2014", "### Annual statement, 17th of October 2015",
        "2016\n----", "# Statement of 17.10.2017", "Annual Report 2018", "# The Open Day — 17/10/2019",
    ))  # fmt: skip
    assert [date[:4] for date in dates(series)] == [str(year) for year in range(2010, 2020)]


def test_a_heading_of_lower_rank_that_is_worded_as_the_others_fills_a_gap(tmp_path: Path) -> None:
    assert dates(compiled(tmp_path, chapters("## 2017", "### 2018", "## 2019", "## 2020"))) == [
        "2017",
        "2018",
        "2019",
        "2020",
    ]


def test_an_entry_names_the_heading_that_has_its_very_words_and_no_other(tmp_path: Path) -> None:
    text = "## Contents\n\n- 2018\n- Statement of 3 May 2019\n- 2020\n\n" + "".join(
        f"## {title}\n\n{TEXT}\n\n### Outlook for {year}\n\nThere will be more of it in another year.\n\n"
        for title, year in (
            ("2018", 2019),
            ("Statement of 3 May 2019", 2020),
            ("Second statement of 2019 (4 November 2019)", 2020),
            ("2020", 2021),
        )
    )
    series = compiled(tmp_path, text)
    assert series.ids == ("2018", "2019-05-03", "2019-11-04", "2020")
    assert any("is not in the list of contents" in notice.message for notice in series.notices)


def test_a_heading_within_a_report_fills_no_gap(tmp_path: Path) -> None:
    text = chapters("# Report 2009", "# Report 2007") + chapters("## The fire of 2005") + chapters("# Report 2004")
    assert dates(compiled(tmp_path, text)) == ["2004", "2007", "2009"]
    every_other = chapters("# Report 2004", "## Outlook for 2005", "# Report 2006", "# Report 2008")
    assert dates(compiled(tmp_path, every_other)) == ["2004", "2006", "2008"]


@pytest.mark.parametrize(
    "period",
    [
        "1 April {} to 31 March {}",
        "1. April {} bis 31. März {}",
        "du 1er avril {} au 31 mars {}",
        "April {} – March {}",
    ],
)
def test_a_heading_of_a_period_is_dated_by_its_end(tmp_path: Path, period: str) -> None:
    headings = [f"## {period.format(year, year + 1)}" for year in (2004, 2005, 2006)]
    assert [date[:7] for date in dates(compiled(tmp_path, chapters(*headings)))] == ["2005-03", "2006-03", "2007-03"]


def test_headings_without_dates_are_dated_by_their_texts(tmp_path: Path) -> None:
    text = "".join(f"## {number}\n\nThe gate was opened on 3 May {year}. {TEXT}\n\n" for number, year in
                   (("I", 2004), ("II", 2005), ("III", 2006)))  # fmt: skip
    series = compiled(tmp_path, text)
    assert dates(series) == ["2004-05-03", "2005-05-03", "2006-05-03"]
    assert [notice.code for notice in series.notices] == ["dated-by-text"]
    with pytest.raises(InputError, match="no heading has a date"):
        compiled(tmp_path, text.replace("2005", "2003"))
