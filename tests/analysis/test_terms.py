"""Words that came and went: what is a term, what became of it, and how sure that is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from litany.analysis import Comparison, Course, Term, compare
from litany.analysis.terms import MARKS, log_odds
from litany.corpus import from_texts
from strategies import series

FILL = "Every evening somebody walks along the harbour wall and counts whatever lies there."


def told(*texts: str) -> dict[str, Term]:
    """The terms of reports of those texts, each after a sentence that all have, by what they say."""
    comparison = compare(from_texts({str(2001 + k): f"{FILL} {text}" for k, text in enumerate(texts)}))
    return {term.text: term for term in comparison.terms}


@pytest.mark.parametrize(
    ("counts", "course", "entered", "left", "returned"),
    [
        ((0, 2, 3), Course.ENTERED, 1, None, ()),
        ((2, 3, 0), Course.LEFT, None, 2, ()),
        ((0, 3, 0), Course.PASSED, 1, 2, ()),
        ((2, 0, 3), Course.RETURNED, None, None, (2,)),
        ((0, 1, 0, 1, 0, 2, 0), Course.RETURNED, 1, 6, (3, 5)),
    ],
)
def test_courses(
    counts: tuple[int, ...], course: Course, entered: int | None, left: int | None, returned: tuple[int, ...]
) -> None:
    term = Term("lamp", 1, counts, 1, 0.0, 0.0)
    assert (term.course, term.entered, term.left, term.returned) == (course, entered, left, returned)
    assert term.total == sum(counts)


def test_what_enters_and_what_leaves() -> None:
    old, new = "Oil lamps: oil, oil, oil, oil, oil.", "Electric light: electric, electric, electric, electric."
    terms = told(old, old, new, new, new)
    assert (terms["oil"].course, terms["oil"].counts, terms["oil"].left) == (Course.LEFT, (6, 6, 0, 0, 0), 2)
    assert (terms["electric"].course, terms["electric"].counts) == (Course.ENTERED, (0, 0, 5, 5, 5))
    assert "harbour" not in terms, "every report has it"


def test_a_phrase_stands_in_two_different_sentences() -> None:
    first, second = "They lit the paraffin lamp early.", "Nobody trims the paraffin lamp now."
    dry = ["Rain fell on everybody for the whole of that day and of the day after."] * 6
    copied = told(*dry, *[first] * 6)
    assert "paraffin lamp" not in copied, "copies of one sentence"
    assert copied["paraffin"].sentences == 1
    terms = told(*dry, *[f"{first} {second}"] * 6)
    assert terms["paraffin lamp"].counts == (0,) * 6 + (2,) * 6
    assert terms["paraffin lamp"].sentences == 2
    assert "paraffin" not in terms, "it stands only inside the phrase"


def test_names_are_phrases() -> None:
    terms = told(*["Rain fell on everybody for the whole of that day."] * 10, *["We thank Ada Oake for the fire."] * 10)
    assert "Ada Oake" in terms
    assert "thank Ada Oake" not in terms, "it stands in one sentence only"


@pytest.mark.parametrize("word", ["2007", "17", "of", "and", "K"])
def test_numbers_initials_and_function_words_are_no_terms(word: str) -> None:
    words = f"oil {word} " * 8
    terms = told(*["Rain fell on everybody for the whole of that day."] * 6, *[words.strip() + "."] * 6)
    assert "oil" in terms
    assert not [term for term in terms if word in term.split()[:1] + term.split()[-1:]]


def test_words_of_scripts_without_capitals_and_spaces_are_terms() -> None:
    assert "燈" in told("雨.", "雨.", "雨.", *["燈 燈 燈 燈 燈 燈."] * 3)


def test_case_aside_and_as_it_is_most_often_written() -> None:
    lit = "Lantern oil. A lantern, the lantern, my lantern and a lantern."
    assert told("", "", "", lit, lit, lit)["lantern"].counts == (0, 0, 0, 5, 5, 5)


def test_log_odds_by_hand() -> None:
    # 5 of 100 words here, 1 of 300 there, a prior of 50 words: a = 50 x 6 / 400
    delta, z = log_odds(np.array([5]), 100.0, np.array([1]), 300.0, 50.0)
    here, there = 5.75 / (150 - 5.75), 1.75 / (350 - 1.75)
    assert delta[0] == pytest.approx(math.log(here / there))
    assert z[0] == pytest.approx(math.log(here / there) / math.sqrt(1 / 5.75 + 1 / 1.75))


def test_swapping_the_parts_turns_the_sign() -> None:
    counts, rests = np.array([0, 1, 5, 9]), np.array([3, 1, 0, 2])
    one, other = log_odds(counts, 40.0, rests, 90.0, 30.0), log_odds(rests, 90.0, counts, 40.0, 30.0)
    for a, b in zip(one, other, strict=True):
        assert np.allclose(a, -b)


def test_marks_of_a_report_and_of_none() -> None:
    oil, gas = "Paraffin, " * 7 + "paraffin.", "Electric, " * 7 + "paraffin."
    comparison = compare(from_texts({"2001": f"{FILL} {oil}", "2002": f"{FILL} {gas}"}))
    (mark, *_) = comparison.marks([0])
    assert (mark.text, mark.count, mark.rest) == ("Paraffin", 8, 1)
    assert comparison.marks([]) == comparison.marks([0, 1]) == ()


def test_a_series_without_words_or_changes_has_no_terms() -> None:
    assert told("", "") == {}
    assert compare(from_texts({"2001": "One two."})).terms == ()


def plainly_counted(comparison: Comparison, text: str) -> tuple[int, ...]:
    """How often a term stands in each report, counted in the words of its sentences as they are written."""
    wanted = text.casefold().split()
    out: list[int] = []
    for witness in comparison.witnesses:
        found = 0
        for ids in witness.sentences:
            tokens = [comparison.vocabulary.strings[k].casefold() for k in ids]
            found += sum(tokens[k : k + len(wanted)] == wanted for k in range(len(tokens)))
        out.append(found)
    return tuple(out)


@given(series())
@settings(deadline=None)
def test_counts_are_those_of_the_texts(versions: list[list[str]]) -> None:
    texts = {str(2001 + k): " ".join(version) for k, version in enumerate(versions) if version}
    if not texts:
        return
    comparison = compare(from_texts(texts))
    for term in comparison.terms:
        assert term.counts == plainly_counted(comparison, term.text)
        assert 0 < len(term.reports) < len(texts)
        assert term.z >= 1.96
        assert 1 <= term.sentences <= term.total
    for k in range(len(texts)):
        marks = comparison.marks([k])
        assert len(marks) <= MARKS
        for mark in marks:
            counts = plainly_counted(comparison, mark.text)
            assert (mark.count, mark.count + mark.rest) == (counts[k], sum(counts))


def test_a_phrase_is_told_whole() -> None:
    dry = ["Rain fell on everybody for the whole of that day and of the day after."] * 6
    visit = (
        "The mayor of the old town of Marram and his council came. We saw the mayor of the old town of Marram again."
    )
    terms = told(*dry, *[visit] * 6)
    assert "mayor of the old town of Marram" in terms
    assert terms["mayor of the old town of Marram"].size == 7
    assert not {"mayor", "old town", "Marram", "town of Marram"} & set(terms), "pieces of it"


def test_one_sentence_is_not_a_phrase() -> None:
    dry = ["Rain fell on everybody for the whole of that day and of the day after."] * 6
    terms = told(*dry, *["They lit paraffin lamps early everywhere around here. Nobody minded."] * 6)
    assert max(term.size for term in terms.values()) == 1


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("their", "They sold their oil, bought their oil, spilt their oil, hid their oil and burned their oil."),
        ("while", "While it rained they sang, while it blew they sang, while it froze they sang, while it lasted."),
    ],
)
def test_function_words_of_the_language_are_no_terms(word: str, text: str) -> None:
    dry = ["It was a wet day for all of us and for the others who were there with them and for the dogs."] * 6
    terms = told(*dry, *[text] * 6)
    assert terms
    assert not [term for term in terms if word in term.casefold().split()[:1] + term.casefold().split()[-1:]]
