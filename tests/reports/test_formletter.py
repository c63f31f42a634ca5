"""Slots and substitutions as rows, and the switch that hides light changes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from conftest import Ran
from litany.analysis import Comparison, compare
from litany.analysis.changes import LIGHT
from litany.corpus import from_texts, read
from litany.reports.formletter import slot_rows, substitution_rows, template_records
from litany.reports.html.site import pages
from litany.reports.measuring import measure_document

Litany = Callable[..., Ran]


@pytest.fixture(scope="module")
def sample() -> Comparison:
    return compare(read("sample"))


def test_a_slot_row_says_what_was_expected(sample: Comparison) -> None:
    rows = [row for row in slot_rows(sample) if row["after"].startswith("time the eleven names")]
    assert {row["follows"] for row in rows} == {"count"}
    assert [(row["report"], row["filler"], row["value"], row["expected"]) for row in rows if not row["fits"]] == [
        ("2015", "fifty-second", 52, 58)
    ]
    lines = sample.report("2015").document.text.splitlines()
    (slip,) = [row for row in rows if row["fits"] is False]
    assert "fifty-second" in " ".join(lines[slip["start_line"] - 1 : slip["start_line"] + 1])


def test_a_year_within_a_number_is_expected_in_the_table_and_on_the_page() -> None:
    seasons = ["2012/13", "2013/14", "2014/15", "2015/16", "2015/16"]
    texts = {str(2012 + k): f"The officers for the season {text} were elected." for k, text in enumerate(seasons)}
    comparison = compare(from_texts(texts))
    rows = [(row["value"], row["expected"], row["fits"]) for row in slot_rows(comparison)]
    assert rows == [*((year, year, True) for year in range(2012, 2016)), (2015, 2016, False)]
    page = dict(pages(comparison))["form-letter.html"].decode()
    assert "2016/17 would" in page


def test_templates_as_data_name_the_slots_as_their_text_does(sample: Comparison) -> None:
    for record in template_records(sample):
        assert [part for part in record["parts"] if isinstance(part, int)] == [s["number"] for s in record["slots"]]
        assert re.findall("‹([0-9]+)›", record["text"]) == [str(slot["number"]) for slot in record["slots"]]


def test_substitutions_come_most_frequent_first(sample: Comparison) -> None:
    counts = [row["count"] for row in substitution_rows(sample)]
    assert counts == sorted(counts, reverse=True)
    assert all(row["old"] != row["new"] and row["first"] == row["reports"][0] for row in substitution_rows(sample))


def test_hidden_changes_are_counted_and_shown_as_in_the_new_report(litany: Litany) -> None:
    whole, part = (
        litany("diff", "sample", "2019", "--all"),
        litany("diff", "sample", "2019", "--all", "--hide", "number,date"),
    )
    assert "[-247-] {+252+}" in whole.out
    assert "252 people" in " ".join(part.out.split())
    assert "247" not in part.out
    changes = json.loads(litany("diff", "sample", "2019", "--format", "json").out)["changes"]
    hidden = changes["number"] + changes["date"]
    assert f"{hidden} changes hidden: {changes['date']} dates, {changes['number']} numbers" in part.out


def test_hiding_everything_leaves_the_new_report(litany: Litany) -> None:
    shown = litany("diff", "sample", "2018", "--all", "--hide", "light", "--hide", "wording").out
    assert "[-" not in shown.split("\n\n", 1)[1]
    assert "{+" not in shown.split("\n\n", 1)[1]


def test_nothing_is_hidden_unless_asked(litany: Litany) -> None:
    assert "hidden" not in litany("diff", "sample", "2019").out


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("--hide", "numbers"), "--hide: there is no kind 'numbers'; choose from "),
        (("--hide", "number", "--format", "json"), "--hide: the json form has every change; "),
    ],
)
def test_what_cannot_be_hidden_is_refused(litany: Litany, arguments: tuple[str, ...], error: str) -> None:
    ran = litany("diff", "sample", "2019", *arguments)
    assert ran.code == 2
    assert ran.error.startswith(error)


def test_every_mark_and_entry_of_the_page_has_its_kind(litany: Litany) -> None:
    page = litany("diff", "sample", "2019", "--format", "html", "--hide", "number").out
    main, changes = page.split('<nav class="changes"')
    prose = main.split('<div class="prose" lang="">')[1]
    assert all("data-kind=" in tag for tag in re.findall("<(?:ins|del)[^>]*>", prose))
    assert len(re.findall("<li data-kind=", changes)) == changes.count("<li")
    boxes = dict(re.findall(r'value="(\w+)" id="hide-\w+"( data-first)?', page))
    assert boxes == {"number": " data-first", "wording": "", "name": "", "date": "", "function": ""}
    assert set(boxes) - {"wording"} <= {str(kind) for kind in LIGHT}


def test_the_document_of_all_tables_says_the_words_of_a_template_once(sample: Comparison) -> None:
    document = measure_document(sample)
    joined: list[dict[str, object]] = []
    for row in document["slots"]:
        template = document["templates"][row["template"] - 1]
        slot = template["slots"][row["slot"] - 1]
        said = {"text": template["text"], **{name: slot[name] for name in ("before", "after", "kind", "follows")}}
        assert not said.keys() & row.keys()
        joined.append(row | said)
    assert joined == slot_rows(sample)
