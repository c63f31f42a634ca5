from __future__ import annotations

import dataclasses
import datetime

import pytest
from litany.corpus import from_texts
from litany.corpus.report import Precision, ReportDate
from litany.reports.wording import introduced, isolated, listed, long_date, plural, shortened


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "0\u00a0reports"), (1, "1\u00a0report"), (2, "2\u00a0reports"), (1204, "1,204\u00a0reports")],
)
def test_plural(number: int, expected: str) -> None:
    assert plural(number, "report") == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("", "2004-03-05, 2004-03-05:1"),
        ("2004-03-05", "2004-03-05, 2004-03-05:1"),
        ("Lamp Night", "2004-03-05, Lamp Night, 2004-03-05:1"),
    ],
)
def test_a_report_is_introduced_without_saying_things_twice(title: str, expected: str) -> None:
    one = from_texts({"2004-03-05": "A lamp.", "2004-10-05": "A lamp."}).reports[0]
    assert introduced(dataclasses.replace(one, title=title)) == expected


@pytest.mark.parametrize(
    ("precision", "expected"),
    [(Precision.DAY, "5 March 2013"), (Precision.MONTH, "March 2013"), (Precision.YEAR, "2013")],
)
def test_a_date_says_no_more_than_is_known(precision: Precision, expected: str) -> None:
    assert long_date(ReportDate(datetime.date(2013, 3, 5), precision, "")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("short\n\ttext", "short text"),
        ("exactly twenty chars", "exactly twenty chars"),
        ("a few words that go on", "a few words that go…"),
        ("x" * 30, "x" * 19 + "…"),
        ("a " + "x" * 30, "a " + "x" * 17 + "…"),
    ],
)
def test_shortened(text: str, expected: str) -> None:
    assert shortened(text, 20) == expected


@pytest.mark.parametrize(
    ("names", "expected"), [(["2013"], "2013"), (["2013", "2016"], "2013 and 2016"), (["a", "b", "c"], "a, b and c")]
)
def test_listed(names: list[str], expected: str) -> None:
    assert listed(names) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“fifty-second” was not updated", "“fifty-second” was not updated"),
        ("in 2015 “Élan”, in 2016 “ελπίδα”", "in 2015 “Élan”, in 2016 “ελπίδα”"),
        ("10 במרץ 2018 is a Saturday, not a ביום שישי", "<10 במרץ 2018> is a Saturday, not a <ביום שישי>"),
        ("in 2015 “ה-21”, in 2016 “ה-22”", "in 2015 “<ה-21>”, in 2016 “<ה-22>”"),
        ("٢٠١٨ is a السبت (Saturday), not a الجمعة", "<٢٠١٨> is a <السبت> (Saturday), not a <الجمعة>"),
        ("spelled “עברית” here", "spelled “<עברית>” here"),
    ],
)
def test_words_from_right_to_left_turn_no_others(text: str, shown: str) -> None:
    assert isolated(text) == shown.replace("<", "\u2068").replace(">", "\u2069")
