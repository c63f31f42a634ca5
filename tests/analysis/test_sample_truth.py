"""The sample series against tests/sample/truth.json: what was planted there is found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from litany.analysis import Comparison, Kind, Origin, compare
from litany.corpus import read

TRUTH: dict[str, Any] = json.loads((Path(__file__).parent.parent / "sample" / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sample() -> Comparison:
    return compare(read("sample"))


def origin_of(comparison: Comparison, report: str, start: str) -> tuple[int, Origin]:
    """The sentence of a report that begins with the given words, and where it comes from."""
    number = comparison.series.index(report)
    for sentence in comparison.series.reports[number].sentences:
        if sentence.text.startswith(start):
            return sentence.index, comparison.provenance.origins[number][sentence.index]
    raise AssertionError(f"no sentence of {report} begins {start!r}")


def test_the_reports_are_as_they_were_written(sample: Comparison) -> None:
    rows = [
        (row["id"], row["date"], row["title"], row["start_line"], row["end_line"]) for row in TRUTH["series"]["reports"]
    ]
    assert [(r.id, str(r.date), r.title, *r.lines) for r in sample.series.reports] == rows
    assert list(sample.series.missing) == TRUTH["series"]["missing"]
    assert not sample.series.notices
    assert not sample.series.skipped


@pytest.mark.parametrize("row", TRUTH["series"]["reports"], ids=lambda row: row["id"])
def test_main_sources(sample: Comparison, row: dict[str, Any]) -> None:
    number = sample.series.index(row["id"])
    source = sample.main_source(number)
    assert (None if source is None else sample.series.ids[source]) == row["main_source"]
    found = [sample.series.ids[old] for old, _ in sample.sources(number)]
    assert set(row["other_sources"]) <= set(found)


def test_phases(sample: Comparison) -> None:
    ids = sample.series.ids
    found = {ids[k]: None if phase is None else ids[phase] for k, phase in enumerate(sample.phase_of)}
    assert found == {row["id"]: row["phase"] for row in TRUTH["series"]["reports"]}


@pytest.mark.parametrize("row", TRUTH["moved"], ids=lambda row: f"{row['report']} {row['text'][:20]}")
def test_moved_paragraphs(sample: Comparison, row: dict[str, Any]) -> None:
    new, old = sample.series.index(row["report"]), sample.series.index(row["from"])
    sentence, origin = origin_of(sample, row["report"], row["text"][:40])
    assert origin.copied_from == old
    moved = {j for link in sample.alignment(old, new).links if link.moved for j in link.new}
    beside = {j for j in range(sentence - 4, sentence + 5) if j in moved}
    assert moved, "something moved"
    assert sentence in moved or beside, "it moved, or what it changed places with"


@pytest.mark.parametrize(
    "row", [*TRUTH["merged"], *TRUTH["split"]], ids=lambda row: f"{row['report']} from {row['from']}"
)
def test_merged_and_split_sentences_are_one_link(sample: Comparison, row: dict[str, Any]) -> None:
    new, old = sample.series.index(row["report"]), sample.series.index(row["from"])
    texts = [[s.text for s in sample.series.reports[k].sentences] for k in (old, new)]
    befores = row["old"] if isinstance(row["old"], list) else [row["old"]]
    afters = row["new"] if isinstance(row["new"], list) else [row["new"]]
    wanted = tuple(texts[0].index(text) for text in befores), tuple(texts[1].index(text) for text in afters)
    assert wanted in [(link.old, link.new) for link in sample.alignment(old, new).links]


@pytest.mark.parametrize("row", TRUTH["returned"], ids=lambda row: f"{row['report']} {row['text'][:20]}")
def test_returned_sentences(sample: Comparison, row: dict[str, Any]) -> None:
    _, origin = origin_of(sample, row["report"], row["text"])
    assert origin.kind is Kind.VERBATIM
    assert sample.series.ids[origin.copied_from or 0] == row["last_seen"]


@pytest.mark.parametrize("row", TRUTH["added"], ids=lambda row: f"{row['report']} {row['text'][:20]}")
def test_added_sentences_are_new(sample: Comparison, row: dict[str, Any]) -> None:
    _, origin = origin_of(sample, row["report"], row["text"])
    assert origin.kind is Kind.NEW
