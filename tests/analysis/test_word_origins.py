"""The age of words: by table, and by what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from litany.analysis import Settings
from litany.analysis.provenance import trace
from litany.analysis.vocabulary import intern_sentences
from litany.analysis.word_origins import word_origins
from strategies import series


def ages(versions: list[list[str]]) -> list[list[int]]:
    vocabulary, witnesses = intern_sentences(versions)
    found = word_origins(vocabulary, witnesses, trace(vocabulary, witnesses, Settings()).tables)
    return [row.tolist() for row in found]


CASES: list[tuple[str, list[list[str]], list[int]]] = [
    ("new words are of their year", [["The lamp was lit."], ["A band played on the mole."]], [1] * 7),
    (
        "kept words keep their year",
        [["The lamp was lit at seven."], ["The lamp was lit at eight."]],
        [0, 0, 0, 0, 0, 1, 0],
    ),
    (
        "an old phrase inside a new sentence keeps its year",
        [
            ["She struck the bar a little after nine o'clock."],
            ["Nothing."],
            ["It is remembered by all of us in the town that she struck the bar a little after nine that night."],
        ],
        [2] * 11 + [0] * 8 + [2, 2, 0],
    ),
    ("what returns is as old as it was", [["The lamp was lit at seven."], [], ["The lamp was lit at seven."]], [0] * 7),
]


@pytest.mark.parametrize(("name", "versions", "expected"), CASES, ids=[case[0] for case in CASES])
def test_ages_of_the_last_version(name: str, versions: list[list[str]], expected: list[int]) -> None:
    assert ages(versions)[-1] == expected


@given(series())
@settings(deadline=None)
def test_no_word_is_younger_than_its_report_or_older_than_the_series(versions: list[list[str]]) -> None:
    for number, row in enumerate(ages(versions)):
        assert all(0 <= age <= number for age in row)
