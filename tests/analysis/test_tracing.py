"""An outside text against a series: what the sample's article borrowed, and what real texts did."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litany.analysis import Kind, Trace, trace_text
from litany.corpus import Prose, Series, from_texts, read, read_prose
from strategies import series as versions
from strategies import texts

TRUTH = json.loads((Path(__file__).parents[1] / "sample" / "truth.json").read_text("utf-8"))["article"]
Row = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def sample() -> Trace:
    return trace_text(read_prose("sample")[0], read("sample"))


def rows(trace: Trace) -> list[Row]:
    """The passages as text, report, text of the report and kind."""
    assert trace.ids is not None
    return [
        (
            trace.text.text[one.start : one.end],
            trace.ids[one.source.report],
            trace.sources[one.source.report].text[one.source.start : one.source.end],
            str(one.source.kind),
        )
        for one in trace.passages
    ]


def test_the_samples_article_borrowed_what_the_truth_says_and_nothing_else(sample: Trace) -> None:
    assert rows(sample) == [(one["text"], one["from"], one["source_text"], one["kind"]) for one in TRUTH["borrowed"]]


def test_every_report_that_has_a_sentence_is_listed(sample: Trace) -> None:
    for passage, (text, *_) in zip(sample.passages, rows(sample), strict=True):
        having = [k for k, report in enumerate(sample.sources) if text in report.text]
        assert set(having) <= {copy.report for copy in passage.copies}
        assert [copy.report for copy in passage.copies] == sorted({copy.report for copy in passage.copies})
        assert passage.source in passage.copies
        for copy in passage.copies:
            assert (copy.kind is Kind.VERBATIM) == (copy.similarity == 1) == (copy.report in having)


def test_shares_add_up(sample: Trace) -> None:
    assert sum(words for _, words in sample.by_report) == sample.reused_words
    assert sample.words_of(Kind.VERBATIM) + sample.words_of(Kind.EDITED) == sample.reused_words
    assert sample.reused == sample.reused_words / sample.text.word_count


def test_one_document_is_enough(sample: Trace) -> None:
    assert sample.ids is not None
    last = sample.sources[-1]
    alone = trace_text(sample.text, Prose(**{name: getattr(last, name) for name in Prose.__dataclass_fields__}))
    assert alone.ids is None
    whole = {(one.start, one.end) for one in sample.passages if one.copies[-1].report == len(sample.sources) - 1}
    assert {(one.start, one.end) for one in alone.passages} == whole


def outside(folder: Path, text: str) -> Prose:
    path = folder / "outside.txt"
    path.write_text(text, "utf-8")
    return read_prose(path)[0]


QUOTED = "the drifter broke up on the bar with the loss of all her crew but one boy named Oake"


def test_a_quotation_inside_a_sentence_is_a_passage(tmp_path: Path) -> None:
    text = outside(
        tmp_path,
        f"Her grandmother, a widow since then, told every visitor how {QUOTED}, though few believed her.\n",
    )
    source = from_texts(
        {
            "2001": f"On 17 October {QUOTED}. The inquiry sat for nine days in the net loft.",
            "2002": "Rain fell on the procession from beginning to end, and the band went home early.",
        }
    )
    (found,) = trace_text(text, source).passages
    assert QUOTED in text.text[found.start : found.end]
    assert "grandmother" not in text.text[found.start : found.end]
    assert QUOTED in source.reports[0].text[found.source.start : found.source.end]


def test_among_equals_the_report_that_has_most_of_the_text_and_then_the_latest(tmp_path: Path) -> None:
    shared = "Eleven men died that night within sight of their own lighted windows on the harbour road."
    more = "The lamp has not been dark since, though it has often been offered an electric successor."
    reports = {"2001": shared, "2002": f"{shared} {more}", "2003": shared, "2004": "Tea was served in the loft."}
    alone = trace_text(outside(tmp_path, shared), from_texts(reports))
    assert [(one.source.report, len(one.copies)) for one in alone.passages] == [(2, 3)]
    both = trace_text(outside(tmp_path, f"{shared} {more}"), from_texts(reports))
    assert [(one.source.report, len(one.copies)) for one in both.passages] == [(1, 3), (1, 1)]


def versions_of(sentences: list[list[str]]) -> Series | None:
    held = {str(2001 + k): " ".join(one) for k, one in enumerate(sentences) if one}
    return from_texts(held) if held else None


@settings(max_examples=40, deadline=None)
@given(versions(), texts, st.randoms(use_true_random=False))
def test_passages_are_in_the_texts_and_do_not_depend_on_the_order_of_files(
    tmp_path_factory: pytest.TempPathFactory, reports: list[list[str]], own: list[str], chance: object
) -> None:
    source = versions_of(reports)
    if source is None or not own:
        return
    text = outside(tmp_path_factory.mktemp("trace"), " ".join(own + source.reports[0].text.split("  ")))
    trace = trace_text(text, source)
    reach = 0
    for passage in trace.passages:
        assert reach <= passage.start < passage.end <= len(text.text)
        reach = passage.end
        for copy in passage.copies:
            assert 0 <= copy.start < copy.end <= len(source.reports[copy.report].text)
            assert 0 <= copy.similarity <= 1
    shuffled = dict(reversed([(report.id, report.text) for report in source.reports]))
    assert rows(trace_text(text, from_texts(shuffled))) == rows(trace)


def test_a_news_article_took_its_wreath_sentence_and_nothing_else(shared_data: Path) -> None:
    seeds = shared_data / "seeds"
    text = read_prose(seeds / "002_775460f3db788d23.txt")[0]
    series = read(seeds / "000_95eba4d8c191244c.txt")
    trace = trace_text(text, series)
    (found,) = trace.passages
    assert "laid a wreath at the" in text.text[found.start : found.end]
    assert {"2016", "2017"} <= {series.ids[copy.report] for copy in found.copies}
    assert found.source.similarity > 0.99


def test_inaugural_addresses_took_next_to_nothing_from_each_other(shared_data: Path) -> None:
    files = sorted((shared_data / "series" / "us_inaugural").glob("*.txt"))
    for k in (12, 30, 45, 58):
        assert trace_text(read_prose(files[k])[0], read(files[k - 10 : k])).reused < 0.03


def test_a_committees_statement_is_mostly_the_one_before(shared_data: Path) -> None:
    files = sorted((shared_data / "series" / "fomc_statements").glob("*.txt"))
    trace = trace_text(read_prose(files[60])[0], read(files[50:60]))
    assert trace.reused > 0.7
    assert trace.by_report[0][0] == 9
