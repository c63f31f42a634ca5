"""Texts that break what is quadratic, small here; `tests/benchmarks/run.py extremes` has them in full size."""

from __future__ import annotations

import numpy as np
import pytest
from extremes import EXTREMES, pair
from litany.analysis import Comparison, Kind, align_sentences, candidates, compare, likeness
from litany.analysis.vocabulary import LONGEST, intern_sentences
from litany.corpus import from_texts

SIZE = 20_000


def compared(old: str, new: str) -> Comparison:
    return compare(from_texts({"2001": old, "2002": new}))


@pytest.mark.parametrize("name", EXTREMES)
def test_extremes_are_compared_and_tile(name: str) -> None:
    old, new = pair(name, SIZE)
    comparison = compared(old, new)
    found = comparison.difference(0, 1)
    texts = [report.text for report in comparison.series.reports]
    assert "".join(texts[0][piece.old_start : piece.old_end] for piece in found.pieces) == texts[0]
    assert "".join(texts[1][piece.new_start : piece.new_end] for piece in found.pieces) == texts[1]
    words = comparison.measures[1].past
    assert words is not None
    assert words[0].verbatim + words[0].edited + words[0].new == words[0].total


def test_a_long_sentence_with_changes_is_edited() -> None:
    origin = compared(*pair("a sentence of a million words", SIZE)).provenance.origins[1][0]
    assert (origin.kind, origin.copied_from) == (Kind.EDITED, 0)
    assert origin.similarity == pytest.approx(0.98, abs=0.001)


def test_equal_sentences_are_verbatim() -> None:
    row = compared(*pair("100,000 equal sentences", SIZE)).measures[1]
    assert row.source is not None
    assert row.source.sentences.verbatim == row.sentences == SIZE // 10 - 7
    assert row.source.sentences.dropped == 7


def test_random_words_are_new() -> None:
    row = compared(*pair("no sentence in common (2 x 50,000 words)", SIZE)).measures[1]
    assert row.past is not None
    assert row.past[0].new == row.words


def test_a_short_report_is_found_in_one_a_thousand_times_longer() -> None:
    new, old = pair("a report 1,000 times longer", SIZE * 10)
    row = compared(old, new).measures[1]
    assert row.past is not None
    assert row.past[0].new == 0


def test_a_word_without_end_is_compared_to_its_last_letter() -> None:
    word = "ab" * LONGEST
    vocabulary, (old, new) = intern_sentences([[word + "x " + word], [word + "y " + word]])
    assert len(vocabulary) == 3
    assert old.tokens[1] == new.tokens[1]
    assert old.tokens[0] != new.tokens[0]


def test_long_sentences_are_nearly_as_alike_as_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(5)
    old = "".join(map(chr, chance.integers(97, 5000, 3000)))
    new = old[:700] + "xyz" + old[700:2000] + old[2005:]
    exact = likeness.in_common([old, "abc"], [new, "ac"])
    monkeypatch.setattr(likeness, "EXACT", 1000)
    assert likeness.in_common([old, "abc"], [new, "ac"]).tolist() == exact.tolist() == [2995, 2]


def test_of_very_long_texts_a_share_of_the_grams_finds_the_same_links(monkeypatch: pytest.MonkeyPatch) -> None:
    new = [sentence + "." for sentence in pair("a report 1,000 times longer", 3_000)[1].split(". ")]
    old = [sentence.replace("w1", "v") for sentence in new[10:90]]
    found = align_sentences(old, new)
    assert len(found.links) > 60
    monkeypatch.setattr(candidates, "MOST", 5_000)
    few = align_sentences(old, new)
    assert [(link.old, link.new) for link in few.links] == [(link.old, link.new) for link in found.links]
    assert [link.similarity for link in few.links] != [link.similarity for link in found.links]
