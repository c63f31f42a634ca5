"""The curve: reuse and likeness over time, with the phases."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest
from litany.analysis import Comparison, compare
from litany.corpus import from_texts, read
from litany.reports.curve import curve_table, letters, plot_curve
from litany.reports.tables import reused


@pytest.fixture(scope="module")
def sample() -> Comparison:
    return compare(read("sample"))


def test_lines_are_the_figures_of_the_comparison(sample: Comparison) -> None:
    lines = {str(line.get_label()): np.asarray(line.get_ydata(), float) for line in plot_curve(sample).lines}
    kept = [reused(m.previous.words) if m.previous else None for m in sample.measures]
    np.testing.assert_array_equal(lines["words reused from the report before"][1:], kept[1:])
    assert np.isnan(lines["words reused from the report before"][0])
    alike = sample.similarity()
    np.testing.assert_array_equal(
        lines["likeness to the report before"][1:], [alike[k, k - 1] for k in range(1, len(sample.series))]
    )


def test_every_run_of_a_phase_has_a_band_and_a_letter(sample: Comparison) -> None:
    axes = plot_curve(sample)
    runs = sum(len(phase.runs) for phase in sample.phases)
    bands = [path for drawn in axes.collections if drawn.get_gid() == "phases" for path in drawn.get_paths()]
    assert runs > len(sample.phases) > 1
    assert len(bands) == 2 * runs
    shown = Counter(text.get_text()[0] for text in axes.texts if re.fullmatch("[A-G](: .*)?", text.get_text()))
    expected = {letter: len(phase.runs) for letter, phase in zip("ABCDEFG", sample.phases, strict=False)}
    assert {letter: shown[letter] for letter in expected} == expected


def test_no_phases_is_said() -> None:
    texts = {"2001": "The lamp was lit at seven.", "2002": "Quite another matter altogether occupied everybody."}
    axes = plot_curve(compare(from_texts(texts)))
    assert any("No phases" in text.get_text() for text in axes.texts)


def test_one_report_is_said() -> None:
    axes = plot_curve(compare(from_texts({"2001": "The lamp was lit."})))
    assert "One report: there is none to compare it with." in [text.get_text() for text in axes.texts]


def test_letters() -> None:
    names = letters(800)
    assert names[:2] + names[25:29] == ["A", "B", "Z", "AA", "AB", "AC"]
    assert len(set(names)) == 800
    assert letters(0) == []


def test_the_table_has_the_same_figures(sample: Comparison) -> None:
    alike, ids = sample.similarity(), sample.series.ids
    table = curve_table(sample)
    pairs = {(0, 0)} | {(new - 1, new) for new in range(1, len(ids))}
    pairs |= {(old, new) for new, old in enumerate(sample.provenance.main_sources) if old is not None}
    assert sorted(pairs, key=lambda pair: (pair[1], -pair[0])) == list(table.about)
    for about, row in zip(table.about, table.rows, strict=True):
        assert about is not None
        old, new = about
        founder = sample.phase_of[new]
        assert (row[0], row[6]) == (ids[new], None if founder is None else ids[founder])
        assert (row[5] is None) == (founder is None)
        if old == new:
            assert row[1:5] == (None, None, None, None)
            continue
        role = "main source" if old == sample.main_source(new) else "the report before"
        assert row[1:5] == (ids[old], role, reused(sample.reuse(old, new).words), alike[new, old])
