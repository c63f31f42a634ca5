"""Counts that add up, and shares that are only there where they are defined."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from litany.analysis import Alignment, Band, Counts, Kind, Link, compare
from litany.analysis.likeness import align_reports
from litany.analysis.measures import BAND, Fates, past_counts, reuse, threshold_band
from litany.corpus import from_texts
from strategies import series

OLD = np.array([10, 20, 30, 40])
NEW = np.array([10, 25, 5])
LINKS = (Link((0,), (0,), Kind.VERBATIM, 1.0), Link((2, 3), (1,), Kind.EDITED, 0.6, moved=True))


def test_words_count_as_their_sentence_does() -> None:
    words = reuse(7, Alignment.of(4, 3, LINKS), OLD, NEW, 7).words
    assert words == Counts(total=40, verbatim=10, edited=25, new=5, moved=25, changed=7, dropped=20, source_total=100)


def test_sentences_count_one_each() -> None:
    sentences = reuse(7, Alignment.of(4, 3, LINKS), OLD, NEW, 7).sentences
    assert sentences == Counts(total=3, verbatim=1, edited=1, new=1, moved=1, changed=1, dropped=1, source_total=4)


def test_counts_of_parts_add_up_to_the_whole() -> None:
    half, other = Counts(3, 1, 1, 1, 0, 1, 2, 4), Counts(5, 5, 0, 0, 2, 0, 0, 5)
    assert half + other == Counts(8, 6, 1, 1, 2, 1, 2, 9)
    assert (half + other).share("verbatim") == 0.75


@pytest.mark.parametrize(("of", "expected"), [("verbatim", 0.25), ("dropped", 0.2), ("new", 0.125)])
def test_shares_are_of_the_report_but_dropped_of_the_source(of: str, expected: float) -> None:
    assert reuse(7, Alignment.of(4, 3, LINKS), OLD, NEW, 7).words.share(of) == expected


def test_what_returned_is_part_of_what_was_reused() -> None:
    fates = Fates(np.array([1.0, 0.5, -1.0]), np.array([False, True, False]))
    words, sentences = past_counts(fates, np.array([5, 7, 3]), 2, np.array([1]))
    assert words == Counts(total=15, verbatim=5, edited=7, new=3, moved=7, changed=2, returned=7)
    assert (sentences.returned, sentences.share("returned")) == (1, 1 / 3)


@pytest.mark.parametrize(
    ("likeness", "edited", "expected"),
    [
        (0.3, 8, Band(16, 8, 12, 0, 4)),
        (0.31, 8, Band(16, 8, 8, 4, 4)),
        (0.2, 12, Band(16, 12, 12, 0, 0)),
        (0.2, 8, Band(16, 8, 12, 0, 4)),  # what is linked now lies within, though it was linked otherwise
    ],
)
def test_the_band_of_a_threshold(likeness: float, edited: int, expected: Band) -> None:
    likenesses = ((Kind.VERBATIM, 1.0), (Kind.EDITED, 0.9), (Kind.EDITED, 0.25), (Kind.EDITED, 0.9))
    links = [Link((k,), (k,), kind, value) for k, (kind, value) in enumerate(likenesses)]
    now = Counts(16, 4, edited, 12 - edited, 0)
    assert threshold_band(Alignment.of(4, 4, links), np.array([4, 4, 4, 4]), likeness, now) == expected


def test_a_share_of_nothing_is_unknown() -> None:
    assert Counts().share("verbatim") is None
    assert Counts(total=3, verbatim=3).share("dropped") is None
    assert past_counts(Fates.none(0), np.array([], dtype=np.int64), 0) == (Counts(), Counts())


@given(series())
@settings(deadline=None)
def test_verbatim_edited_and_new_words_are_all_words(versions: list[list[str]]) -> None:
    texts = {str(2001 + k): " ".join(version) for k, version in enumerate(versions) if version}
    if not texts:
        return
    comparison = compare(from_texts(texts))
    for row in comparison.measures:
        assert (row.previous is None) == (row.report == 0)
        parts = [row.past, *((r.words, r.sentences) for r in (row.source, row.previous) if r is not None)]
        for words, sentences in (part for part in parts if part is not None):
            assert words.verbatim + words.edited + words.new == words.total == row.words
            assert sentences.verbatim + sentences.edited + sentences.new == sentences.total == row.sentences
            assert words.moved <= words.verbatim + words.edited
            assert words.dropped <= words.source_total
            assert words.changed <= words.edited


@given(series())
@settings(deadline=None)
def test_bands_are_those_of_an_alignment_with_the_lower_threshold(versions: list[list[str]]) -> None:
    texts = {str(2000 + k): "\n\n".join(rows) for k, rows in enumerate(versions) if rows}
    assume(texts)
    made = compare(from_texts(texts))
    least = made.settings.likeness - BAND
    for report, band in enumerate(made.bands):
        reuse = made.measures[report].source
        if reuse is None:
            assert band is None
            continue
        found = align_reports(made.vocabulary, made.witnesses[reuse.source], made.witnesses[report], least)
        words = made.sentence_words[report]
        assert band == threshold_band(found, words, made.settings.likeness, reuse.words)
