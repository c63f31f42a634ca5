"""The History-Flow picture: columns of words, bands of copied text, and the deck of what is taken up again later."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from litany.analysis import Comparison, compare
from litany.corpus import from_texts, read
from litany.reports.framing import around
from litany.reports.history_flow import age_colour, history_table, plot_history
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection

TEXTS = {
    "2001": "The lamp was lit at seven in the evening. The boat came home before dark. Nobody was hurt that night.",
    "2002": "A wholly different matter took up the whole of the year and of the money. Few were glad of it.",
    "2003": "The lamp was lit at seven in the evening. The boat came home before dark. Nobody was hurt that night.",
    "2004": "The lamp was lit at seven in the evening. Nobody was hurt that night. A new bell rang out over the bay.",
}


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(from_texts(TEXTS, name="Lamp Night"))


def shapes(axes: Axes, gid: str) -> list[np.ndarray]:
    """The vertices of each shape of that kind."""
    found = [drawn for drawn in axes.collections if isinstance(drawn, PathCollection) and drawn.get_gid() == gid]
    return [np.asarray(path.vertices) for drawn in found for path in drawn.get_paths()]


def words(comparison: Comparison, report: int) -> int:
    return comparison.measures[report].words


def test_a_column_is_as_tall_as_its_report_has_words(comparison: Comparison) -> None:
    heights: dict[int, float] = defaultdict(float)
    for block in shapes(plot_history(comparison), "columns"):
        heights[round(float(block[:, 0].mean()))] += float(np.ptp(block[:, 1]))
    assert heights == {report: words(comparison, report) for report in range(4)}


def test_bands_lead_from_where_a_text_stood_to_where_it_was_copied(comparison: Comparison) -> None:
    ends = [(round(float(band[:, 0].min())), round(float(band[:, 0].max()))) for band in
            shapes(plot_history(comparison), "bands")]  # fmt: skip
    assert set(ends) == {(0, 2), (2, 3)}


def test_the_ends_of_the_bands_are_the_copied_words(comparison: Comparison) -> None:
    arriving: dict[int, float] = defaultdict(float)
    for band in shapes(plot_history(comparison), "bands"):
        right = band[:, 0].max()
        arriving[round(float(right))] += float(np.ptp(band[band[:, 0] == right, 1]))
    copied = {
        new: sum(
            int(size)
            for size, origin in zip(comparison.sentence_words[new], comparison.provenance.origins[new], strict=True)
            if origin.copied_from is not None
        )
        for new in range(4)
    }
    assert arriving == {new: size for new, size in copied.items() if size}


def test_a_band_passes_other_reports_below_all_columns(comparison: Comparison) -> None:
    axes = plot_history(comparison)
    tallest = max(words(comparison, report) for report in range(4))
    passing = [band for band in shapes(axes, "bands") if np.ptp(band[:, 0]) > 1]
    assert passing
    for band in passing:
        at_2002 = band[np.abs(band[:, 0] - 1) < 0.2]
        assert len(at_2002) >= 4
        assert at_2002[:, 1].min() > tallest
    assert "taken up\nagain later" in [text.get_text() for text in axes.texts]


def test_without_a_detour_there_is_no_deck() -> None:
    axes = plot_history(compare(from_texts({"2001": TEXTS["2001"], "2002": TEXTS["2001"]})))
    assert "taken up\nagain later" not in [text.get_text() for text in axes.texts]
    assert axes.get_ylim()[0] == pytest.approx(1.01 * words(compare(from_texts({"2001": TEXTS["2001"]})), 0))


def test_dropped_text_has_no_band() -> None:
    axes = plot_history(compare(from_texts({"2001": TEXTS["2001"], "2002": TEXTS["2002"]})))
    assert shapes(axes, "bands") == []


def test_each_age_has_its_colour() -> None:
    colours = [age_colour(report, 100) for report in range(100)]
    assert len(set(colours)) == 100
    assert age_colour(0, 1) == age_colour(0, 5)


def test_shapes_too_thin_to_see_are_drawn_together() -> None:
    """A million slivers would make a file that nobody can open."""
    first = [f"The first book holds entry {k} of the long list." for k in range(900)]
    second = [f"Another volume kept remark number {k} on the harbour wall." for k in range(900)]
    both = [sentence for pair in zip(first, second, strict=True) for sentence in pair]
    axes = plot_history(
        compare(from_texts({"2001": " ".join(first), "2002": " ".join(second), "2003": " ".join(both)}))
    )
    assert len(shapes(axes, "bands")) < 1000
    arrived = [band for band in shapes(axes, "bands") if round(float(band[:, 0].max())) == 2]
    assert {round(float(band[:, 0].min())) for band in arrived} == {0, 1}


def test_the_table_has_all_words_by_source_and_age(comparison: Comparison) -> None:
    table = history_table(comparison)
    totals: dict[object, int] = defaultdict(int)
    for report, _, _, count, share in table.rows:
        assert isinstance(count, int)
        totals[report] += count
        assert share == count / words(comparison, comparison.series.ids.index(str(report)))
    assert list(totals.values()) == [words(comparison, report) for report in range(4)]
    assert ("2003", "2001", "2001", words(comparison, 2), 1.0) in table.rows
    assert [row[1:3] for row in table.rows if row[0] == "2004"] == [(None, "2004"), ("2003", "2001")]


def test_of_the_bands_only_the_largest_are_drawn_and_it_says_so() -> None:
    sample = compare(read("sample"))
    every, few = (shapes(plot_history(sample, most=most), "bands") for most in (None, 10))
    assert len(few) == 10
    assert len(every) > 10
    notes = around(plot_history(sample, most=10)).notes
    said = [note for note in notes if note.startswith("Left out here: ")]
    assert len(said) == 1
    assert not [note for note in around(plot_history(sample)).notes if note.startswith("Left out here: ")]
    sizes = sorted(float(np.ptp(band[:, 1])) for band in few if round(float(np.ptp(band[:, 0]))) == 1)
    assert sizes[0] > min(float(np.ptp(band[:, 1])) for band in every)
