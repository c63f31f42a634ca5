"""How often a word or phrase stands in each report."""

from __future__ import annotations

import pytest
from litany.analysis import compare
from litany.corpus import from_texts

TEXTS = {
    "2001": "The lamp, the LAMP and the lamps. No, no, no!",
    "2002": "A lamp the keeper lit. The\nlamp burned.",
    "2003": "Nothing.",
}


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("lamp", (2, 2, 0)),
        ("The  lamp", (2, 1, 0)),
        ("the lamp burned", (0, 1, 0)),
        ("no no", (2, 0, 0)),  # those that overlap count each
        ("lamp keeper", (0, 0, 0)),
        ("zebra", (0, 0, 0)),
        ("...", (0, 0, 0)),
        ("", (0, 0, 0)),
        ("lamp " * 100, (0, 0, 0)),
    ],
)
def test_occurrences(phrase: str, expected: tuple[int, ...]) -> None:
    assert compare(from_texts(TEXTS)).occurrences(phrase) == expected
