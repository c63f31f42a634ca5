"""The tables of words say of each what `changes` finds out about it."""

from __future__ import annotations

from litany.analysis.changes import unit_kind
from litany.analysis.differences import Change
from litany.analysis.numbers import number_value
from litany.analysis.usage import Usage
from litany.analysis.word_kinds import PLAIN, NumberWord, word_kinds

ENGLISH = Usage("en", frozenset({"Hale"}))
TEXT = "On Monday, 3 May 2004, Mrs Hale counted one hundred and three of the 20m gifts: not 1,200, nor the 7th."


def test_each_word_is_in_the_table_of_its_kind() -> None:
    found = word_kinds([TEXT], ENGLISH)
    assert found.weekdays == {"Monday"}
    assert found.months == {"May"}
    assert found.functions == {"On", "of", "and", "the"}
    assert found.names == {"Hale"}
    assert found.numbers["1,200"] == NumberWord(1200, 1200, True, False, False, False)
    assert found.numbers["three"] == NumberWord(3, 3, False, True, True, False)
    assert set(found.numbers) == {"one", "hundred", "three", "20m", "1,200", "7th"}


def test_every_stretch_of_a_number_of_several_words_has_its_value() -> None:
    spans = word_kinds([TEXT], ENGLISH).spans
    assert spans == {"one hundred": 100, "one hundred and three": 103, "hundred and three": 103}
    assert all(number_value(text, "en") == value for text, value in spans.items())


def test_chinese_numerals_that_stand_apart_are_one_number() -> None:
    assert word_kinds(["四 十 三 人"], Usage()).spans == {"四 十": 40, "四 十 三": 43, "十 三": 13}


def test_the_tables_and_the_rules_agree_on_every_word() -> None:
    found = word_kinds([TEXT], ENGLISH)
    for word in {*found.weekdays, *found.months}:
        assert unit_kind(word, ENGLISH) is Change.DATE
    for word in found.functions:
        assert unit_kind(word, ENGLISH) is Change.FUNCTION
    for word in found.numbers:
        assert unit_kind(word, ENGLISH) is Change.NUMBER
    assert not any(PLAIN.fullmatch(word) for word in found.numbers)


def test_a_row_of_number_words_without_end_has_so_many_stretches_only() -> None:
    texts = ["one " * 2_000]
    assert len(word_kinds(texts, ENGLISH).spans) <= 12
