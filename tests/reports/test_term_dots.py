"""Term dots: which terms, how large, what is said where there are none."""

from __future__ import annotations

import numpy as np
import pytest
from litany.analysis import Comparison, compare
from litany.corpus import from_texts, read
from litany.reports.term_dots import FEW, plot_terms, terms_table
from matplotlib.axes import Axes

TEXTS = {
    "2001": "The lamp was lit. Every lamp, LAMP and lamp again. The Harbour Trust paid.",
    "2002": "A lamp was lit. The harbour, trust me, paid nothing.",
    "2003": "Nothing was lit.",
    "2004": "The lamp was lit.",
}


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(from_texts(TEXTS))


def dots(axes: Axes) -> dict[tuple[int, int], float]:
    """The radius of the dot of each report and row."""
    found = [path for drawn in axes.collections if drawn.get_gid() == "dots" for path in drawn.get_paths()]
    boxes = [path.get_extents() for path in found]
    return {(round((b.x0 + b.x1) / 2), round((b.y0 + b.y1) / 2)): b.x1 - b.x0 for b in boxes}


def test_the_area_of_a_dot_is_the_count(comparison: Comparison) -> None:
    made = dots(plot_terms(comparison, ["lamp"]))
    assert set(made) == {(0, 0), (1, 0), (3, 0)}
    assert made[0, 0] / made[1, 0] == pytest.approx(np.sqrt(4))
    assert made[1, 0] == pytest.approx(made[3, 0])


def test_named_terms_stand_in_their_order_and_once(comparison: Comparison) -> None:
    axes = plot_terms(comparison, ["trust", "lamp", "zebra", "trust"])
    assert [label.get_text() for label in axes.get_yticklabels()] == ["trust", "lamp", "zebra"]
    assert {row for _, row in dots(axes)} == {0, 1}  # no report has a zebra


def test_what_became_of_a_term(comparison: Comparison) -> None:
    rows = terms_table(comparison, ["lamp", "lit", "again", "nothing", "zebra", "harbour trust"]).rows
    assert [row[1:] for row in rows] == [
        ("went and returned", 4, 1, 0, 1),
        ("in every report", 1, 1, 1, 1),
        ("left", 1, 0, 0, 0),
        ("came and went", 0, 1, 1, 0),
        ("in no report", 0, 0, 0, 0),
        ("left", 1, 1, 0, 0),
    ]


def test_without_names_the_surest_come_and_gone_are_shown() -> None:
    sample = compare(read("sample"))
    axes = plot_terms(sample)
    shown = [label.get_text() for label in axes.get_yticklabels()]
    assert len(shown) == min(FEW, len(sample.terms))
    assert set(shown) == {term.text for term in sample.terms[:FEW]}
    firsts = [next(k for k, n in enumerate(sample.occurrences(term)) if n) for term in shown]
    assert firsts == sorted(firsts)
    table = terms_table(sample)
    assert [(row[0], row[2:]) for row in table.rows] == [(term.text, term.counts) for term in sample.terms]


@pytest.mark.parametrize("terms", [None, []])
def test_no_terms_is_said(comparison: Comparison, terms: list[str] | None) -> None:
    one = compare(from_texts({"2001": "A lamp."}))
    assert any(text.get_text().startswith("No term") for text in plot_terms(one, terms).texts)


def test_counts_are_printed(comparison: Comparison) -> None:
    assert [t.get_text() for t in plot_terms(comparison, ["lamp"]).texts if t.get_text().isdigit()] == ["4", "1", "1"]


@pytest.mark.parametrize("term", ["<b>&\x00", "$x$ \\frac", "年次", "w" * 300, "a\nb", "", "?!"])
def test_any_text_may_be_asked_for(comparison: Comparison, term: str) -> None:
    axes = plot_terms(comparison, [term])
    assert len(axes.get_yticklabels()) == 1
    assert not dots(axes)
