"""The thread of a sentence through all reports."""

from __future__ import annotations

from hypothesis import given, settings
from litany.analysis import compare
from litany.analysis.lineage import Lineage
from litany.corpus import from_texts
from strategies import series

LAMP = "The lamp on the outer mole was lit at seven minutes past seven."
LATER = "The lamp on the outer mole was lit at eight minutes past seven."
BAND = "Wreaths were laid by the Trust, the Pilots' Guild and the school."


def test_a_sentence_through_dropping_returning_and_changing() -> None:
    texts = {"2001": f"{LAMP} {BAND}", "2002": BAND, "2003": f"{LAMP} {BAND}", "2004": f"{LATER} {BAND}", "2005": BAND}
    lineage = compare(from_texts(texts)).lineages[0]
    assert lineage.reports == (0, 2, 3)
    assert (lineage.first, lineage.last, lineage.last_changed) == (0, 3, 3)
    assert lineage.gaps == (1,)
    assert lineage.returns == (2,)
    assert [stage.report for stage in lineage.variants] == [0, 3]


BOTH = f"{LAMP[:-1]}, and {BAND[0].lower()}{BAND[1:]}"
TEA = "Tea was served in the net loft by the ladies of the town."


def lived(*years: str) -> dict[str, Lineage]:
    """The lineages of a series of such years, by their first wording."""
    comparison = compare(from_texts({str(2001 + k): text for k, text in enumerate(years)}))
    reports = comparison.series.reports
    return {reports[line.first].sentences[line.stages[0].sentence].text: line for line in comparison.lineages}


def test_a_merged_sentence_lives_on_in_the_one_it_was_merged_into() -> None:
    lines = lived(f"{LAMP} {BAND} {TEA}", f"{BOTH} {TEA}", f"{BOTH} {TEA}", f"{LAMP} {BAND} {TEA}", TEA)
    band, lamp = lines[BAND], lines[LAMP]
    assert (band.reports, band.within, band.held) == ((0, 3), ((1, 0), (2, 0)), (0, 1, 2, 3))
    assert (band.gaps, band.returns, band.merges, band.splits) == ((), (), (1,), ())
    assert (lamp.reports, lamp.within, lamp.merges) == ((0, 1, 2, 3), (), (1,))


def test_a_split_sentence_is_one_lineage_with_two_stages_a_year() -> None:
    (line, tea) = lived(f"{BOTH} {TEA}", f"{LAMP} {BAND} {TEA}", f"{LAMP} {TEA}").values()
    assert [(stage.report, stage.sentence) for stage in line.stages] == [(0, 0), (1, 0), (1, 1), (2, 0)]
    assert (line.splits, line.merges, tea.splits) == ((1,), (), ())


def test_what_was_merged_and_then_dropped_with_it_comes_back() -> None:
    lines = lived(f"{LAMP} {BAND} {TEA}", f"{BOTH} {TEA}", TEA, f"{BAND} {TEA}")
    assert (lines[BAND].gaps, lines[BAND].returns) == ((2,), (3,))


def test_sentences_that_came_back_are_known() -> None:
    texts = {"2001": f"{LAMP} {BAND}", "2002": BAND, "2003": f"{BAND} {LATER}", "2004": f"{BAND} {LATER}"}
    returned = compare(from_texts(texts)).returned
    assert [row.tolist() for row in returned] == [[False, False], [False], [False, True], [False, False]]


def test_the_nearest_sentence_holds_the_words_in_order_whatever_their_case() -> None:
    comparison = compare(from_texts({"2001": f"{LAMP} {BAND}", "2002": f"{LATER} {BAND}"}))
    nearest = comparison.nearest("OUTER mole was lit")
    assert nearest is not None
    assert nearest.contained == 1.0
    assert (nearest.stage.report, nearest.stage.sentence) == (1, 0)
    assert nearest.lineage.reports == (0, 1)


def test_words_that_stand_nowhere_are_not_contained() -> None:
    comparison = compare(from_texts({"2001": LAMP}))
    nearest = comparison.nearest("zebra lamp")
    assert nearest is not None
    assert nearest.contained == 0.5
    assert comparison.nearest("... !") is None


@given(series())
@settings(deadline=None, max_examples=50)
def test_every_sentence_is_in_one_lineage(versions: list[list[str]]) -> None:
    # '12 of 12.' alone would be a page number and no text
    texts = {str(2001 + k): " ".join(["The lamp was lit.", *version]) for k, version in enumerate(versions)}
    comparison = compare(from_texts(texts))
    places = [(stage.report, stage.sentence) for lineage in comparison.lineages for stage in lineage.stages]
    expected = [(k, j) for k, report in enumerate(comparison.series.reports) for j in range(len(report.sentences))]
    assert sorted(places) == expected
    for lineage in comparison.lineages:
        assert list(lineage.stages) == sorted(lineage.stages, key=lambda stage: (stage.report, stage.sentence))
        assert {stage.origin.first_seen for stage in lineage.stages} <= set(range(lineage.first + 1))
