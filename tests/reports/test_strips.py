"""A life at a glance: what the strip says and how it is drawn."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from litany.analysis import compare
from litany.analysis.lineage import Lineage
from litany.corpus import from_texts
from litany.reports.html.strips import WIDEST, drawn, in_words, runs_of, strip

LAMP = "The lamp on the outer mole was lit at seven minutes past seven."
LATER = "The lamp on the outer mole was lit at eight minutes past seven."
BAND = "Wreaths were laid by the Trust, the Pilots' Guild and the school."
TEA = "Tea was served in the net loft by the ladies of the town."
BOTH = f"{LAMP[:-1]}, and {BAND[0].lower()}{BAND[1:]}"


def lives(*years: str) -> tuple[tuple[Lineage, ...], tuple[str, ...]]:
    comparison = compare(from_texts({str(2001 + k): text for k, text in enumerate(years)}))
    return comparison.lineages, comparison.series.ids


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((f"{LAMP} {BAND}", BAND), "2001 first"),
        (
            (f"{LAMP} {BAND}", f"{LAMP} {BAND}", BAND, f"{LATER} {BAND}", f"{LATER} {BAND}"),
            "2001 first, 2002 word for word, 2003 absent, 2004 reworded, 2005 word for word",
        ),
    ],
)
def test_a_life_in_words(years: tuple[str, ...], said: str) -> None:
    found, ids = lives(*years)
    assert in_words(runs_of(found[0]), ids) == said


def test_a_merged_sentence_is_not_absent() -> None:
    found, ids = lives(f"{LAMP} {BAND} {TEA}", f"{BOTH} {TEA}", f"{LAMP} {BAND} {TEA}")
    said = {in_words(runs_of(lineage), ids) for lineage in found}
    assert "2001 first, 2002 merged into another sentence, 2003 word for word" in said


def test_runs_follow_on_each_other_and_end_with_the_last_report() -> None:
    found, _ = lives(*[f"{LAMP if k % 3 else LATER} {BAND}" if k % 4 else BAND for k in range(12)])
    for lineage in found:
        runs = runs_of(lineage)
        assert (runs[0][1], runs[-1][2]) == (lineage.first, lineage.held[-1])
        assert all(before[2] + 1 == after[1] and before[0] != after[0] for before, after in pairwise(runs))


@pytest.mark.parametrize("reports", [5, 40, 41, 150, 1000])
def test_a_strip_is_of_bounded_width_whatever_the_number_of_reports(reports: int) -> None:
    ids = [str(k) for k in range(reports)]
    svg = drawn([("f", 0, 0), ("k", 1, 2), ("a", 3, 3), ("e", 4, reports - 1)], ids)
    (width,) = map(int, re.findall(r' width="(\d+)"', svg))
    assert width <= WIDEST
    assert f'viewBox="0 0 {reports} 12"' in svg
    assert len(svg) < 1200
    assert svg.count("<title>0 first, 1–2 word for word, 3 absent, 4") == 1


def test_a_long_life_is_told_in_a_few_words() -> None:
    runs = [("fe"[k % 2] if k else "f", k, k) for k in range(100)]
    assert in_words(runs, [str(k) for k in range(100)]).endswith("11 reworded, and on to 99")


def test_what_an_id_holds_is_text() -> None:
    assert "<b>" not in drawn([("f", 0, 0)], ["<b>&"])


def test_heights_differ_so_that_colour_is_not_needed() -> None:
    found, ids = lives(f"{LAMP} {BAND}", f"{LATER} {BAND}", f"{LATER} {BAND}", BAND, f"{LATER} {BAND}")
    shapes = dict(re.findall(r'<path class="(\w)" d="M\d+ (\d+h.8v\d+)', strip(found[0], ids)))
    assert len({shapes["k"], shapes["e"], shapes["a"]}) == 3
