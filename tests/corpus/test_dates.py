"""Dates as headings, file names and users write them."""

from __future__ import annotations

import pytest
from litany.corpus.dates import Convention, convention_of, date_in_name, parse_date, stated_dates, stated_days

NAMES = [
    ("2004", "2004", "2004"),
    ("2004-01-20 title", "2004-01-20", "2004-01-20"),
    ("report_2004", "2004", "2004"),
    ("report2004", "2004", "2004"),
    ("report2004final", "2004", "2004"),
    ("20040120", "2004-01-20", "20040120"),
    ("IMG_20040120_1233", "2004-01-20", "20040120"),
    ("FY2004 results", "2004", "2004"),
    ("2004_03", "2004-03", "2004_03"),
    ("2004-03", "2004-03", "2004-03"),
    ("20 January 2004", "2004-01-20", "20 January 2004"),
    ("20_January_2004", "2004-01-20", "20_January_2004"),
    ("20Jan2004", "2004-01-20", "20Jan2004"),
    ("Jan-2004", "2004-01", "Jan-2004"),
    ("minutes_May_2004_v2", "2004-05", "May_2004"),
    ("20.01.2004", "2004-01-20", "20.01.2004"),
    ("20_01_2004", "2004-01-20", "20_01_2004"),
    ("01-20-2004", "2004-01-20", "01-20-2004"),
    ("2004 01 20", "2004-01-20", "2004 01 20"),
    ("2004Q3", "2004-07", "2004Q3"),
    ("Q1 2004", "2004-01", "Q1 2004"),
    ("2012-13", "2012", "2012-13"),
    ("2004-2005", "2004", "2004-2005"),
    ("Annual-report-2004-draft-2", "2004", "2004"),
    ("12-2004", "2004-12", "12-2004"),
    ("1789", "1789", "1789"),
    ("report.2004", "2004", "2004"),
    ("10k-1988-001", "1988", "1988"),
    ("320193_10K_1989_0000320193-89-010541", "1989", "1989"),
    ("000_95eba4d8c191244c", None, None),
    ("a2004b3", None, None),
    ("notice 1234567", None, None),
    ("2004-02-31", None, None),
    ("2004-2022 all", None, None),
    ("20-01-04", None, None),
    ("chapter 12", None, None),
    ("ประกาศ 2560", "2017", "2560"),
    ("รายงานประจำปี_2560", "2017", "2560"),
    ("notice 2560", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("stem", "date", "text"), NAMES, ids=[row[0] for row in NAMES])
def test_dates_in_file_names(stem: str, date: str | None, text: str | None) -> None:
    stated = date_in_name(stem)
    found = stated.date if stated else None
    assert (str(found) if found else None, found.text.replace("-", "_") if found else None) == (
        date,
        text.replace("-", "_") if text else None,
    )


TEXTS = [
    ("平成25年10月17日", ["2013-10-17"]),
    ("令和元年10月17日", ["2019-10-17"]),
    ("昭和五十年十月十七日の会", ["1975-10-17"]),
    ("民國102年5月", ["2013-05"]),
    ("二〇一三年十月十七日", ["2013-10-17"]),
    ("二零一三年報告", ["2013"]),
    ("在三年之後", []),
    ("١٧ أكتوبر ٢٠١٣", ["2013-10-17"]),
    ("عام ٢٠١٣م", ["2013"]),
    ("१७ अक्टूबर २०१३", ["2013-10-17"]),
    ("วันที่ 17 ตุลาคม 2556", ["2013-10-17"]),
    ("17 ตุลาคม พ.ศ. 2556", ["2013-10-17"]),
    ("ประกาศสมาคม 2556", ["2013"]),
    ("สมาชิก 2556 คน", []),
    ("รายงานประจำปี 2556", ["2013"]),
    ("Room 2556", []),
    ("ngày 17 tháng 10 năm 2013", ["2013-10-17"]),
    ("отчёт за 2014г.", ["2014"]),
    ("17η Οκτωβρίου 2013", ["2013-10-17"]),
    ("20th of January 2004", ["2004-01-20"]),
    ("January 20th, 2004", ["2004-01-20"]),
    ("Jan. 20, 2004", ["2004-01-20"]),
    ("Sept 2004", ["2004-09"]),
    ("Tuesday, 20 January 2004", ["2004-01-20"]),
    ("the twentieth of January, 2004", ["2004-01-20"]),
    ("January the first, 2004", ["2004-01-01"]),
    ("le 20 janvier 2004", ["2004-01-20"]),
    ("1er mars 2004", ["2004-03-01"]),
    ("20. Januar 2004", ["2004-01-20"]),
    ("20. März 2004", ["2004-03-20"]),
    ("20 de enero de 2004", ["2004-01-20"]),
    ("20 gennaio 2004", ["2004-01-20"]),
    ("maio de 2004", ["2004-05"]),
    ("20 januari 2004", ["2004-01-20"]),
    ("20 stycznia 2004 r.", ["2004-01-20"]),
    ("20 января 2004 г.", ["2004-01-20"]),
    ("20 Ocak 2004", ["2004-01-20"]),
    ("20 MAYIS 2004", ["2004-05-20"]),
    ("HAZİRAN 2004", ["2004-06"]),
    ("20 YANVAR 2004", ["2004-01-20"]),
    ("2004年1月20日", ["2004-01-20"]),
    ("2004年", ["2004"]),
    ("2004년 1월 20일", ["2004-01-20"]),
    ("2004-01-20T10:00:00Z", ["2004-01-20"]),
    ("2004/01/20", ["2004-01-20"]),
    ("20/1/2004", ["2004-01-20"]),
    ("1/20/2004", ["2004-01-20"]),
    ("5/5/2004", ["2004-05-05"]),
    ("3/4/2004", ["2004"]),
    ("20.1.2004", ["2004-01-20"]),
    ("3.4.2004", ["2004-04-03"]),
    ("January 27-28, 2004", ["2004-01-27"]),
    ("(20 January, 2004)", ["2004-01-20"]),
    ("(January 20, 2018).....26", ["2018-01-20"]),
    ("Notice for 2004/05", ["2004"]),
    ("ANNUAL NOTICE 2004", ["2004"]),
    ("The notice of 2004.", ["2004"]),
    ("between 2004 and 2006", ["2004", "2006"]),
    ("12 May, 2004 to 13 June 2005", ["2004-05-12", "2005-06-13"]),
    ("31 February 2004", []),
    ("30.02.2004", []),
    ("13/13/2004", []),
    ("2004-13-45", []),
    ("20/01/04", []),
    ("20 January '04", []),
    ("20 January", []),
    ("a fund of $2004", []),
    ("2004%", []),
    ("No. AB2004", []),
    ("phone 555-2004", []),
    ("1,2004", []),
    ("12004", []),
]


@pytest.mark.parametrize(("text", "dates"), TEXTS, ids=[row[0] for row in TEXTS])
def test_dates_in_texts(text: str, dates: list[str]) -> None:
    assert [str(stated.date) for stated in stated_dates(text) if stated.date] == dates
    for stated in stated_dates(text):
        assert stated.date is None or stated.date.text == text[stated.start : stated.end].strip()


STATED = [
    ("2004", "2004"),
    ("'2004-01-20'", "2004-01-20"),
    ("2025-01-18 10:00:00 +0000", "2025-01-18"),
    ("Tuesday, 20 January 2004", "2004-01-20"),
    ("20 Ιανουαρίου 2004", "2004-01-20"),
    ("never", None),
    ("2004-13-45", None),
    ("3/4/2004", None),
    ("2004 or 2005", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "date"), STATED, ids=[row[0] for row in STATED])
def test_dates_that_users_give(text: str, date: str | None) -> None:
    found = parse_date(text)
    assert (str(found) if found else None) == date


def test_one_date_tells_the_order_of_the_others() -> None:
    texts = ["3/4/2004", "20/4/2004"]
    assert convention_of(texts) == Convention(day_first=True)
    assert [str(s.date) for s in stated_dates("3/4/2004", convention_of(texts))] == ["2004-04-03"]
    assert [str(s.date) for s in stated_dates("3/4/2004", convention_of(["3/4/2004", "4/20/2004"]))] == ["2004-03-04"]
    assert convention_of(["20/4/2004", "4/20/2004"]).day_first is None


def test_a_season_among_seasons_is_no_month() -> None:
    seasons = convention_of(["2011-12", "2012-13"])
    stated = date_in_name("2011-12", seasons)
    assert stated is not None
    assert str(stated.date) == "2011"
    assert not convention_of(["2011-12", "2011-01"]).seasons


def test_a_date_keeps_the_digits_of_its_text() -> None:
    [stated] = stated_dates("في ١٧ أكتوبر ٢٠١٣ تم")
    assert stated.date is not None
    assert stated.date.text == "١٧ أكتوبر ٢٠١٣"
    assert stated_days("في ١٧ أكتوبر تم") == ((3, 12, 10, 17),)
