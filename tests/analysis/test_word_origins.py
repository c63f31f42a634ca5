"""The age of words: by table, and by what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from litany.analysis import Settings, compare
from litany.analysis import word_origins as module
from litany.analysis.provenance import trace
from litany.analysis.vocabulary import intern_sentences
from litany.analysis.word_origins import PHRASE, word_origins
from litany.corpus import from_texts
from numpy.typing import NDArray
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
    (
        "what ends one report and begins the next is no phrase of the past",
        [
            ["A band played on the mole.", "She struck the bar a little after nine."],
            ["The lamp was lit at seven by the guest of honour.", "Nothing else was seen that night."],
            ["She struck the bar a little after nine.", "The lamp was lit at seven by the guest of honour."],
        ],
        [0] * 9 + [1] * 12,
    ),
    ("what returns is as old as it was", [["The lamp was lit at seven."], [], ["The lamp was lit at seven."]], [0] * 7),
]


@pytest.mark.parametrize(("name", "versions", "expected"), CASES, ids=[case[0] for case in CASES])
def test_ages_of_the_last_version(name: str, versions: list[list[str]], expected: list[int]) -> None:
    assert ages(versions)[-1] == expected


def back(versions: list[list[str]]) -> list[list[str]]:
    """The words of each version that were dropped and came back."""
    comparison = compare(from_texts({str(2001 + k): "\n\n".join(version) for k, version in enumerate(versions)}))
    return [
        [comparison.vocabulary.strings[k] for k in witness.tokens[row].tolist()]
        for witness, row in zip(comparison.witnesses, comparison.returned_words, strict=True)
    ]


LIT = "The lamp on the mole was lit at seven by the guest of honour."
LATE = "The lamp on the mole was lit very late by the guest of honour."
BAR = "She struck the bar a little after nine o'clock."
TOLD = "It is remembered by all of us in the town that she struck the bar a little after nine that night."
SEEN = "We saw how she struck the bar a little after nine and sank."
KEPT = ["she", "struck", "the", "bar", "a", "little", "after", "nine"]
RETURNS: list[tuple[str, list[list[str]], list[str]]] = [
    ("nothing was dropped", [[LIT], [LIT], [LIT]], []),
    ("a sentence", [["Yes."], ["Tea."], ["Tea.", "Yes."]], ["Yes"]),
    ("a word of a sentence that stayed", [[LIT], [LATE], [LIT]], ["at", "seven"]),
    (
        "a phrase inside a new sentence",
        [[BAR], [LIT], [LIT, TOLD]],
        KEPT,
    ),
    ("a phrase that the year before has elsewhere", [[BAR], [TOLD], [SEEN]], []),
]


@pytest.mark.parametrize(("name", "versions", "expected"), RETURNS, ids=[case[0] for case in RETURNS])
def test_words_that_came_back_to_the_last_version(name: str, versions: list[list[str]], expected: list[str]) -> None:
    assert back(versions)[-1] == expected
    assert not any(back(versions)[:2])


@given(series())
@settings(deadline=None)
def test_no_word_is_younger_than_its_report_or_older_than_the_series(versions: list[list[str]]) -> None:
    for number, row in enumerate(ages(versions)):
        assert all(0 <= age <= number for age in row)


@given(series())
@settings(deadline=None, max_examples=30)
def test_phrases_that_share_a_hash_are_told_apart(versions: list[list[str]]) -> None:
    expected = ages(versions)

    def two_hashes(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
        return keys & np.uint64(1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "mixed", two_hashes)
        assert ages(versions) == expected


@given(series())
@settings(deadline=None)
def test_a_phrase_is_no_younger_than_the_first_report_that_has_it(versions: list[list[str]]) -> None:
    vocabulary, witnesses = intern_sentences(versions)
    found = word_origins(vocabulary, witnesses, trace(vocabulary, witnesses, Settings()).tables)
    first: dict[tuple[int, ...], int] = {}
    for number, (witness, row) in enumerate(zip(witnesses, found, strict=True)):
        words = vocabulary.is_word[witness.tokens]
        ids, ages = vocabulary.folded[witness.tokens[words]].tolist(), row[words].tolist()
        for k in range(len(ids) - PHRASE + 1):
            age = first.setdefault(tuple(ids[k : k + PHRASE]), number)
            assert max(ages[k : k + PHRASE]) <= age
