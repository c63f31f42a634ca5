"""The tree of main sources: its lanes, its edges and its figures."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litany.analysis import Comparison, compare
from litany.corpus import from_texts
from litany.reports.charts import SOURCE
from litany.reports.source_tree import NEXT, lanes, plot_sources, sources_table
from litany.reports.tables import reused
from matplotlib.colors import to_rgba

TEXTS = {
    "2001": "The lamp was lit at seven in the evening. The boat came home before dark. Nobody was hurt that night.",
    "2002": "A wholly different matter took up the whole of the year and of the money. Few were glad of it.",
    "2003": "The lamp was lit at seven in the evening. The boat came home before dark. Nobody was hurt at all.",
    "2004": "The lamp was lit at eight in the evening. The boat came home before dark. Nobody was hurt at all.",
}


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(from_texts(TEXTS, name="Lamp Night"))


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([None], (0,)),
        ([None, 0, 1, 2], (0, 0, 0, 0)),
        ([None, None, 0, 2], (0, 1, 0, 0)),
        ([None, 0, 0, 2, 3], (0, 1, 0, 0, 0)),  # who has more after it goes on in the lane
        ([None, 0, 0, 1], (0, 0, 1, 0)),
        ([None, None, None], (0, 0, 0)),  # a lane whose line has ended is used again
    ],
)
def test_lanes(sources: list[int | None], expected: tuple[int, ...]) -> None:
    assert lanes(sources) == expected


@st.composite
def trees(draw: st.DrawFn) -> list[int | None]:
    count = draw(st.integers(1, 40))
    return [draw(st.none() | st.integers(0, k - 1)) if k else None for k in range(count)]


@given(trees())
def test_no_edge_runs_through_another_report(sources: list[int | None]) -> None:
    rows = lanes(sources)
    assert min(rows) == 0
    for new, old in enumerate(sources):
        if old is not None:
            assert all(rows[between] != rows[new] for between in range(old + 1, new))


@given(trees())
def test_each_report_has_one_heir_in_its_lane(sources: list[int | None]) -> None:
    rows = lanes(sources)
    for old in range(len(sources)):
        children = [new for new, source in enumerate(sources) if source == old]
        assert sum(rows[new] == rows[old] for new in children) == bool(children)


def test_edges_are_as_wide_as_the_share_and_coloured_by_distance(comparison: Comparison) -> None:
    found: list[Any] = [drawn for drawn in plot_sources(comparison).collections if drawn.get_gid() == "edges"]
    far, near = found
    assert comparison.provenance.main_sources == (None, None, 0, 2)
    assert tuple(far.get_edgecolor()[0]) == to_rgba(SOURCE)
    assert tuple(near.get_edgecolor()[0]) == to_rgba(NEXT)
    (wide,), (narrow,) = near.get_linewidths(), far.get_linewidths()
    whole = comparison.measures[3].source
    part = comparison.measures[2].source
    assert whole is not None
    assert part is not None
    assert ((reused(whole.words) or 0) > (reused(part.words) or 0)) == (wide > narrow)


def test_shares_are_printed_and_are_those_of_the_table(comparison: Comparison) -> None:
    shown = [text.get_text() for text in plot_sources(comparison).texts]
    table = sources_table(comparison)
    for printed, row, measures in zip(table.printed, table.rows, comparison.measures, strict=True):
        words = None if measures.source is None else measures.source.words
        assert row[2] == reused(words)
        assert words is None or printed[2] in shown
    assert [row[:2] for row in table.rows] == [("2001", None), ("2002", None), ("2003", "2001"), ("2004", "2003")]
    assert table.about == ((0, 0), (1, 1), (0, 2), (2, 3))


def test_keys_name_only_what_there_is(comparison: Comparison) -> None:
    def keys(made: Comparison) -> list[str]:
        legend = plot_sources(made).get_legend()
        assert legend is not None
        return [text.get_text() for text in legend.get_texts()]

    assert keys(comparison) == ["from the report before", "from an older report", "no main source"]
    assert keys(compare(from_texts({"2001": TEXTS["2001"]}))) == ["no main source"]
