"""The years in which the text was rewritten: one phase a text, none where nothing is taken up again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litany.analysis import Alignment, Ancestry, Kind, Link, Phase, compare
from litany.analysis.phases import ancestries, founders, phases, shared
from litany.corpus import from_texts, read
from strategies import series

A = "The lamp is lit at dusk. The boat came home with all hands. Nobody was hurt on the mole that night."
B = "Trustees met in spring. Their accounts were read aloud. Every member voted for a new lantern house."
C = "Children sang twice. Tea was served by the old lifeboat crew. Rain fell until morning over the town."


def curve(*rows: tuple[int | None, float]) -> tuple[Ancestry, ...]:
    return tuple(Ancestry(nearest, share) for nearest, share in rows)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(None, 0.0)], []),
        ([(None, 0.0), (0, 0.9), (1, 0.8)], [(0, (0, 1, 2))]),
        ([(None, 0.0), (0, 0.1), (1, 0.2)], []),
        ([(None, 0.0), (0, 0.9), (1, 0.2), (2, 0.9)], [(0, (0, 1)), (2, (2, 3))]),
        ([(None, 0.0), (0, 0.9), (1, 0.2), (2, 0.9), (1, 0.9)], [(0, (0, 1, 4)), (2, (2, 3))]),
        ([(None, 0.0), (0, 0.5)], [(0, (0, 1))]),
        ([(None, 0.0), (0, 0.499)], []),
        ([(None, 0.0), (None, 0.0), (1, 1.0)], [(1, (1, 2))]),
    ],
)
def test_phases_of_a_curve(rows: list[tuple[int | None, float]], expected: list[tuple[int, tuple[int, ...]]]) -> None:
    assert [(phase.founder, phase.members) for phase in phases(curve(*rows))] == expected


def test_runs_are_consecutive_reports() -> None:
    phase = Phase(2, (2, 3, 4, 7, 9, 10), 0.1)
    assert phase.runs == ((2, 4), (7, 7), (9, 10))
    assert (phase.first, phase.last) == (2, 10)


def test_both_texts_count() -> None:
    links = (Link((0,), (0,), Kind.VERBATIM, 1.0), Link((1,), (1,), Kind.EDITED, 0.5))
    old, new = np.array([10, 10, 80]), np.array([10, 10])
    assert shared(Alignment.of(3, 2, links), old, new) == (20 + 0.5 * 20) / 120
    assert shared(Alignment.of(0, 0, ()), np.array([], np.int64), np.array([], np.int64)) == 0.0


def test_of_equals_the_main_source_is_the_nearest() -> None:
    same = Alignment.of(1, 1, (Link((0,), (0,), Kind.VERBATIM, 1.0),))
    words = [np.array([4])] * 3
    for main, nearest in ((0, 0), (1, 1), (None, 1)):
        assert ancestries({(0, 2): same, (1, 2): same}, words, [None, None, main])[2] == Ancestry(nearest, 1.0)


def test_a_report_belongs_to_the_text_it_goes_back_to() -> None:
    comparison = compare(from_texts({"2001": A, "2002": A, "2003": B, "2004": B, "2005": A}))
    assert [(phase.founder, phase.members, phase.runs) for phase in comparison.phases] == [
        (0, (0, 1, 4), ((0, 1), (4, 4))),
        (2, (2, 3), ((2, 3),)),
    ]
    assert comparison.phase_of == (0, 0, 2, 2, 0)


def test_texts_that_nobody_took_up_are_no_phases() -> None:
    comparison = compare(from_texts({"2001": A, "2002": B, "2003": C}))
    assert (comparison.phases, comparison.phase_of) == ((), (None, None, None))
    assert compare(from_texts({"2001": A})).phases == ()


def test_a_report_cut_down_is_another_text() -> None:
    cut = A.split(". ")[0] + "."
    comparison = compare(from_texts({"2001": A, "2002": A, "2003": cut, "2004": cut}))
    assert comparison.phase_of == (0, 0, 2, 2)
    assert comparison.main_source(2) == 1, "though it was copied from there"


@pytest.mark.parametrize(
    ("source", "founded"),
    [
        ("series/us_inaugural", []),
        ("series/darwin_origin_ch1", ["1859"]),
        ("seeds/000_95eba4d8c191244c.txt", ["2006", "2015", "2019", "2021"]),
    ],
)
def test_phases_of_real_series(shared_data: Path, source: str, founded: list[str]) -> None:
    comparison = compare(read(shared_data / source))
    assert [comparison.series.ids[phase.founder] for phase in comparison.phases] == founded


@given(st.lists(st.tuples(st.integers(0, 30), st.floats(0, 1)), min_size=1, max_size=20))
def test_the_partition_is_the_best_there_is(drawn: list[tuple[int, float]]) -> None:
    rows = [Ancestry(None, 0.0), *(Ancestry(old % (k + 1), share) for k, (old, share) in enumerate(drawn))]
    found = founders(rows)

    def cost(cut: set[int]) -> float:
        return 0.5 * len(cut) + sum(1 - row.shared for k, row in enumerate(rows) if k not in cut)

    made = {k for k, founder in enumerate(found) if founder == k}
    for k in range(1, len(rows)):
        assert cost(made) <= cost(made ^ {k}) + 1e-9
    for k, founder in enumerate(found):
        assert founder <= k
        assert found[founder] == founder


@given(series())
@settings(deadline=None)
def test_phases_part_the_reports(versions: list[list[str]]) -> None:
    texts = {str(2001 + k): " ".join(version) for k, version in enumerate(versions) if version}
    if not texts:
        return
    comparison = compare(from_texts(texts))
    members = [k for phase in comparison.phases for k in phase.members]
    assert len(members) == len(set(members))
    assert {k for k, founder in enumerate(comparison.phase_of) if founder is not None} == set(members)
    for phase in comparison.phases:
        assert len(phase.members) > 1
        assert phase.members[0] == phase.founder
        assert [k for start, end in phase.runs for k in range(start, end + 1)] == list(phase.members)
    for ancestry in comparison.ancestries:
        assert 0 <= ancestry.shared <= 1
