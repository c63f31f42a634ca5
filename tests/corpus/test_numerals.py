"""Digits of other scripts and Chinese numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litany.corpus.numerals import ascii_digits, digits_like, han_numeral, han_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三", 3), ("十", 10), ("十七", 17), ("四十", 40), ("四十三", 43), ("一百零三", 103),
        ("两千零一十三", 2013), ("二〇一三", 2013), ("二零一三", 2013),
        ("", None), ("十十", None), ("三四十", None), ("万", None), ("43", None), ("零十", None), ("二〇一三四", None),
    ],
)  # fmt: skip
def test_chinese_numerals(text: str, value: int | None) -> None:
    assert han_value(text) == value


@given(st.integers(0, 9999))
def test_a_numeral_is_read_as_it_was_written(number: int) -> None:
    assert han_value(han_numeral(number)) == number


@given(st.text())
def test_digits_are_made_ascii_in_place(text: str) -> None:
    made = ascii_digits(text)
    assert len(made) == len(text)
    assert all(one.isascii() for one in made if one.isdecimal())


@pytest.mark.parametrize(
    ("number", "model", "made"), [("2019", "٢٠١٨", "٢٠١٩"), ("44", "४३", "४४"), ("44", "43", "44")]
)
def test_digits_like_those_of_another_number(number: str, model: str, made: str) -> None:
    assert digits_like(number, model) == made
