"""The form letter: fixed words, slots, and what the slots follow."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litany.analysis import compare
from litany.analysis.templates import Follows, Slot, Template
from litany.analysis.year_forms import year_form
from litany.corpus import from_texts
from litany.corpus.report import Precision, ReportDate
from strategies import series


def templates_of(texts: Mapping[str, str]) -> tuple[Template, ...]:
    return compare(from_texts(texts)).templates


def the_template(*years_and_texts: tuple[str, str]) -> Template:
    """The one template of reports of one sentence."""
    (template,) = templates_of(dict(years_and_texts))
    return template


def texts_in(template: Template, slot: int) -> list[str]:
    return [filler.text for filler in template.slots[slot].fillers]


def day(text: str) -> ReportDate:
    return ReportDate(datetime.date.fromisoformat(text), Precision.DAY, text)


def test_what_never_varied_is_a_template_without_slots() -> None:
    template = the_template(("2001", "The lamp was lit."), ("2002", "The lamp was lit."))
    assert (template.parts, template.slots) == (("The lamp was lit.",), ())
    assert len(template.stages) == 2


def test_names_and_numbers_are_slots_between_fixed_words() -> None:
    sentence = "The band, led by {}, played for {} people on the outer mole."
    rows = [("Harold Tibbs", "120"), ("Sidney Crowe", "95"), ("Janet Orme", "240")]
    texts = {str(2001 + k): sentence.format(*row) for k, row in enumerate(rows)}
    template = the_template(*texts.items())
    assert template.text == "The band, led by ‹1› , played for ‹2› people on the outer mole."
    assert texts_in(template, 0) == [name for name, _ in rows]
    assert [filler.value for filler in template.slots[1].fillers] == [120, 95, 240]
    assert template.slots[1].follows is None
    assert template.around(1) == (", played for", "people on the outer")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Anna Smith", "Anna Brown"),  # the first name stayed
        ("Anna Smith", "Carla Smith"),  # the surname stayed
        ("Anna de Vries Smith", "Carla de Vries Brown"),  # what is within stayed
        ("Ab Abu Smith", "Carla Abu Brown"),
    ],
)
def test_no_name_is_cut_in_two(first: str, second: str) -> None:
    text = "On that evening the Trust thanked {} for the oil and the wick."
    template = the_template(("2001", text.format(first)), ("2002", text.format(second)))
    assert texts_in(template, 0) == [first, second]
    assert template.text == "On that evening the Trust thanked ‹1› for the oil and the wick."


def test_a_title_that_stands_alone_elsewhere_is_no_part_of_the_name() -> None:
    texts = {
        year: f"A wreath was laid by Mayor {name} and by the pilots of the harbour. The Mayor then spoke."
        for year, name in (("2001", "Anna Smith"), ("2002", "Carla Brown"))
    }
    template = templates_of(texts)[0]
    assert template.text == "A wreath was laid by Mayor ‹1› and by the pilots of the harbour."


def count_template(*fillers: str, first: int = 2001) -> Template:
    rows = {str(first + k): f"We keep the {filler} anniversary of the storm." for k, filler in enumerate(fillers)}
    return the_template(*rows.items())


@pytest.mark.parametrize(
    ("fillers", "offset", "misfits"),
    [
        (("14th", "15th", "16th"), -1987, ()),
        (("14rd", "15rd", "16rd"), -1987, ()),
        (("fourteenth", "fifteenth", "sixteenth", "seventeenth"), -1987, ()),
        (("fifty-ninth", "sixtieth", "sixty-first"), -1942, ()),
        (("14th", "15th", "fifteenth", "17th"), -1987, ("fifteenth",)),
        (("14th", "15th", "16th", "16th"), -1987, ("16th",)),
        (("14th", "15th", "16th", "18th"), -1987, ("18th",)),
    ],
)
def test_a_count_that_goes_up_with_the_year(fillers: tuple[str, ...], offset: int, misfits: tuple[str, ...]) -> None:
    slot = count_template(*fillers).slots[0]
    assert (slot.follows, slot.offset, slot.step) == (Follows.COUNT, offset, 1)
    assert tuple(filler.text for filler in slot.misfits) == misfits
    assert slot.expected(day("2011-03-04")) == 2011 + offset


@pytest.mark.parametrize(
    "fillers",
    [("61", "58", "63", "60", "66"), ("14th", "19th", "3rd", "7th"), ("12", "12", "13"), ("a", "b", "c")],
)
def test_numbers_that_come_and_go_are_no_count(fillers: tuple[str, ...]) -> None:
    assert count_template(*fillers).slots[0].follows is None


def test_a_number_that_goes_up_by_one_every_five_years() -> None:
    rows = {str(2000 + 5 * k): f"This is the {k + 7}th census of the island." for k in range(5)}
    slot = the_template(*rows.items()).slots[0]
    assert (slot.follows, slot.step, slot.expected(day("2030-05-01"))) == (Follows.COUNT, 5, 13)


def test_dates_in_the_text_follow_the_date_of_the_report() -> None:
    days = [
        datetime.date(2001, 3, 5),
        datetime.date(2002, 4, 9),
        datetime.date(2003, 3, 17),
        datetime.date(2004, 5, 20),
    ]
    texts = {f"{d}": f"The meeting opened on {d:%A}, {d.day} {d:%B} {d.year} at the harbour office." for d in days}
    template = the_template(*texts.items())
    assert [slot.follows for slot in template.slots] == [Follows.WEEKDAY, Follows.DAY, Follows.MONTH, Follows.YEAR]
    assert [slot.expected(day("2010-06-15")) for slot in template.slots] == [1, 15, 6, 2010]


def test_a_year_within_a_number_is_what_the_slot_follows() -> None:
    rows = {
        "2012": "2012/13",
        "2013": "2013/14",
        "2014": "2014/15",
        "2015": "2014/15",
        "2016": "none",
        "2017": "2017/18",
    }
    template = the_template(
        *((year, f"The officers for the season {text} are at work.") for year, text in rows.items())
    )
    (slot,) = template.slots
    assert (slot.follows, slot.offset) == (Follows.YEAR, 0)
    assert [filler.value for filler in slot.fillers] == [2012, 2013, 2014, 2014, None, 2017]
    assert [filler.text for filler in slot.misfits] == ["2014/15"]
    assert slot.expected(day("2019-05-01")) == 2019
    assert slot.expected_text(slot.misfits[0], day("2019-05-01")) == "2019/20"


@given(
    st.lists(st.sampled_from(("", "FY", "HT-", "31.12.", "1/", "'", "№")), max_size=3),
    st.integers(-1, 1),
    st.integers(1980, 2060),
    st.sampled_from(("", "/04", "-7", "г", ".")),
)
def test_the_expected_form_of_each_report_is_what_it_has(
    before: list[str], offset: int, first: int, after: str
) -> None:
    years = range(first, first + 5)
    texts = ["".join(before) + str(year + offset) + after for year in years]
    found = year_form(texts, years)
    assert found is not None
    form, values, fits = found
    assert (values, fits) == ([year + offset for year in years], [True] * 5)
    assert [form.expected(texts[0], year) for year in years] == texts


@given(st.lists(st.text("0123456789/-–. aF\n²٣", max_size=12), max_size=8), st.integers(1, 9990))
def test_a_form_is_found_or_not_whatever_the_text(texts: list[str], first: int) -> None:
    years = range(first, first + len(texts))
    found = year_form(texts, years)
    if found is not None:
        form, values, fits = found
        assert 2 * sum(fits) > sum(map(bool, texts))
        for text, year, value, fit in zip(texts, years, values, fits, strict=True):
            if fit:
                assert value == year + form.years[0][1]
                assert form.expected(text, year) in text


def test_the_weekday_of_the_same_day_next_year() -> None:
    days = [datetime.date(2001 + k, 10, 17) for k in range(5)]
    texts = {
        f"{d}": f"The next lamp night falls on {d.replace(year=d.year + 1):%A}, 17 October {d.year + 1}." for d in days
    }
    weekday, year = the_template(*texts.items()).slots
    assert (weekday.follows, weekday.offset) == (Follows.WEEKDAY, 1)
    assert (year.follows, year.offset) == (Follows.YEAR, 1)


def test_a_wrong_weekday_is_a_misfit() -> None:
    days = ["Monday", "Tuesday", "Wednesday", "Wednesday"]  # 1 January of 2001, 2002, 2003, 2004 (a Thursday)
    texts = {f"200{1 + k}-01-01": f"It was {name}, and the harbour lay under ice." for k, name in enumerate(days)}
    slot = the_template(*texts.items()).slots[0]
    assert slot.follows is Follows.WEEKDAY
    assert [(filler.text, filler.report) for filler in slot.misfits] == [("Wednesday", 3)]
    assert slot.expected(day("2004-01-01")) == 3


def test_a_rewritten_sentence_founds_a_template_of_its_own() -> None:
    before = "Though it has been {} years since the storm, the people of the harbour remember that night with grief."
    after = "{} years have gone by, and still in the harbour people remember the night of the storm."
    texts = {str(year): before.format(year - 1957) for year in range(2001, 2005)}
    texts |= {str(year): after.format(year - 1957) for year in range(2005, 2009)}
    found = [template for template in templates_of(texts) if template.slots]
    assert [len(template.stages) for template in found] == [4, 4]
    assert all(template.slots[0].offset == -1957 for template in found)


def test_the_sample_has_its_counts_and_its_holders_of_office() -> None:
    from litany.corpus import read

    comparison = compare(read("sample"))
    slots: list[tuple[Template, Slot]] = [(made, slot) for made in comparison.templates for slot in made.slots]
    offsets = {slot.offset for _, slot in slots if slot.follows is Follows.COUNT}
    assert {-1957, -1956} <= offsets
    held = [tuple(slot.texts) for made, slot in slots if made.text == "‹1› , Secretary to the Trust."]
    assert held == [("Edwin Marsh", "Laura Keane", "Tobias Wren")]


def without_space(text: str) -> str:
    return "".join(text.split())


def assert_rebuilt(texts: Mapping[str, str]) -> None:
    comparison = compare(from_texts(texts))
    stages = [stage for template in comparison.templates for stage in template.stages]
    assert sorted((s.report, s.sentence) for s in stages) == [
        (k, n) for k, report in enumerate(comparison.series.reports) for n in range(len(report.sentences))
    ]
    for template in comparison.templates:
        assert [part for part in template.parts if isinstance(part, int)] == list(range(len(template.slots)))
        for k, stage in enumerate(template.stages):
            report = comparison.series.reports[stage.report]
            assert without_space(template.filled(k)) == without_space(report.sentences[stage.sentence].text)
            for slot in template.slots:
                filler = slot.fillers[k]
                assert filler.report == stage.report
                assert without_space(report.text[filler.start : filler.end]) == without_space(filler.text)


@settings(max_examples=60, deadline=None)
@given(series())
def test_fixed_words_and_fillers_are_the_sentence(versions: list[list[str]]) -> None:
    assert_rebuilt({str(2001 + k): " ".join([*version, "Lit."]) for k, version in enumerate(versions)})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=3))
def test_fixed_words_and_fillers_are_the_sentence_whatever_the_text(texts: list[str]) -> None:
    assert_rebuilt({str(2001 + k): f"The lamp {text} was lit {text[:5]}." for k, text in enumerate(texts)})
