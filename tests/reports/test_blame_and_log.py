"""Blame and log: what they say of the sample, as text and as data."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

import jsonschema
import pytest
from litany.analysis import Comparison, compare
from litany.corpus import UsageError, from_texts, read
from litany.reports import blame, log, tables

Gold = Callable[[str, str], None]


@pytest.fixture(scope="module")
def sample() -> Comparison:
    return compare(read("sample"))


def test_blame_as_text(sample: Comparison, gold: Gold) -> None:
    gold("blame-2015.txt", blame.blame_text(sample, [sample.series.index("2015")]))


def test_blame_as_text_by_words(sample: Comparison, gold: Gold) -> None:
    gold("blame-2016-words.txt", blame.blame_text(sample, [sample.series.index("2016")], words=True))


def test_log_as_text(sample: Comparison, gold: Gold) -> None:
    gold("log-refrain.txt", log.log_text(sample, log.found(sample, "The lamp is lit")))
    gold("log-paraffin.txt", log.log_text(sample, log.found(sample, "consumed gallons of paraffin")))


@pytest.mark.parametrize("words", [False, True])
def test_blame_as_data(sample: Comparison, words: bool) -> None:
    everything = range(len(sample.series))
    document = blame.blame_document(sample, everything, words=words)
    jsonschema.validate(document, tables.schema("blame"))
    for row, report in zip(document["reports"], sample.series.reports, strict=True):
        assert [sentence["text"] for sentence in row["sentences"]] == [s.text for s in report.sentences]
        for sentence in row["sentences"]:
            assert (sentence["kind"] == "verbatim") == (sentence["similarity"] == 1)
            assert (sentence["kind"] == "new") == (sentence["copied_from"] is None) == (sentence["source_text"] is None)
            if words:
                assert "".join(run["text"] for run in sentence["words"]) == sentence["text"]


def test_log_as_data(sample: Comparison) -> None:
    document = log.log_document(sample, log.found(sample, "said the prayer for those who come home late"))
    jsonschema.validate(document, tables.schema("log"))
    assert document["contained"] == 1
    assert {report for variant in document["variants"] for report in variant["reports"]} == set(document["reports"])


def test_a_text_that_stands_nowhere_is_refused_with_the_nearest(sample: Comparison) -> None:
    with pytest.raises(UsageError, match="the nearest is"):
        log.found(sample, "federal funds rate target basis points")
    with pytest.raises(UsageError, match="no words"):
        log.found(sample, "...")


def test_a_series_of_one_report_has_no_sources(gold: Gold) -> None:
    comparison = compare(from_texts({"2001": "The lamp was lit. The band played."}))
    gold("blame-one-report.txt", blame.blame_text(comparison, [0]))


def test_a_sentence_of_one_report_is_not_from_it_to_it() -> None:
    one = compare(from_texts({"2004": "The lamp was lit at seven.", "2005": "Nobody came to see the band."}))
    assert log.log_text(one, log.found(one, "lamp was lit")).startswith("in 1 of 2 reports, 2004; one wording\n")


def test_the_ages_of_all_words_of_a_report_are_those_of_each_sentence(sample: Comparison) -> None:
    for number, report in enumerate(sample.series.reports):
        ages = blame.word_ages(sample, number)
        runs = [blame.word_runs(report, k, ages) for k in range(len(report.sentences))]
        assert ["".join(text for _, text in row) for row in runs] == [s.text for s in report.sentences]
        for k, row in enumerate(runs):
            groups = groupby(blame.stretches(sample, number, k), key=lambda stretch: stretch.first_seen)
            assert row == [(age, "".join(stretch.text for stretch in group)) for age, group in groups]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("He laid a wreath.", "He laid a red wreath.", "He laid a {+red+} wreath."),
        ("会費は一人1,500円です。", "会費は一人1,800円です。", "会費は一人[-1,500-] {+1,800+}円です。"),
        ("灯を修復した。", "灯を二度修復した。", "灯を{+二度+}修復した。"),
        ("สมาชิก 410 คน แล้ว", "สมาชิก 432 คน แล้ว", "สมาชิก [-410-] {+432+} คน แล้ว"),
    ],
)
def test_a_change_is_marked_word_by_word_with_or_without_spaces(old: str, new: str, shown: str) -> None:
    assert log.marked_words(old, new) == shown
