"""Two columns: every word of either report on its side, in lines of one width."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litany.analysis import Comparison, compare
from litany.corpus import from_texts, read
from litany.reports.side_by_side import diff_columns
from litany.reports.terminal import WIDE
from rich.cells import cell_len
from strategies import revised, texts

SIGNS = re.compile(r"\[-|-\]|\{\+|\+\}|\[moved (?:away|here) \(\d+\): |\]")


def of_texts(old: str, new: str) -> Comparison:
    return compare(from_texts({"2001": old, "2002": new}))


def sides(shown: str) -> tuple[str, str]:
    """The words of both columns, without marks, the head with the ids aside."""
    rows = [line.partition("│") for line in shown.splitlines() if "│" in line][1:]
    left, right = (" ".join(row[k] for row in rows) for k in (0, 2))
    return plain(left), plain(right)


def plain(text: str) -> str:
    return "".join(SIGNS.sub("", text).split())


def test_the_sample_in_columns(gold: Callable[[str, str], None]) -> None:
    comparison = compare(read("sample"))
    new = comparison.series.index("2018")
    gold("diff-2018-columns.txt", diff_columns(comparison, new - 1, new))


@given(st.data(), st.integers(40, 130))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=50)
def test_each_column_is_its_report(data: st.DataObject, width: int) -> None:
    old = data.draw(texts.filter(bool))
    new = data.draw(revised(old).filter(bool))
    comparison = of_texts("\n\n".join(old), "\n\n".join(new))
    shown = diff_columns(comparison, 0, 1, context=None, width=width)
    assert sides(shown) == tuple(plain(report.text) for report in comparison.series.reports)
    _, _, columns = shown.partition("2001")
    assert max(cell_len(line) for line in columns.splitlines()) <= width


def test_rows_of_a_table_stand_on_lines_of_their_own() -> None:
    shown = diff_columns(of_texts("Aldmere 3,931\nEastry 7,945\n", "Aldmere 4,000\nEastry 7,945\nFarrow 410\n"), 0, 1)
    rows = [[side.strip() for side in line.split("│")] for line in shown.splitlines()[-3:]]
    assert rows == [["Aldmere [-3,931-]", "Aldmere {+4,000+}"], ["Eastry 7,945"] * 2, ["", "{+Farrow 410+}"]]


def test_what_is_unchanged_is_folded_across_both_columns() -> None:
    paragraphs = [f"Paragraph number {k} is about something else." for k in "abcdef"]
    comparison = of_texts("\n\n".join(paragraphs), "\n\n".join([*paragraphs[:-1], "Paragraph f was rewritten."]))
    shown = diff_columns(comparison, 0, 1, context=1)
    assert "... 4 paragraphs unchanged ..." in shown
    assert "Paragraph number b" not in shown


def test_wide_letters_keep_the_columns_straight() -> None:
    shown = diff_columns(of_texts("灯在二月修复。燃烧了煤油。" * 6, "灯在三月修复。燃烧了煤油。" * 6), 0, 1, width=60)
    starts = {cell_len(line.partition("│")[0]) for line in shown.splitlines() if "│" in line}
    assert len(starts) == 1


@pytest.mark.parametrize(("layout", "columns"), [("columns", True), ("inline", False), ("auto", False)])
def test_the_layout_is_chosen(litany: Callable[..., Any], layout: str, columns: bool) -> None:
    shown = litany("diff", "sample", "2018", "--layout", layout, "--quiet").out
    assert ("│" in shown) is columns
    assert not columns or max(map(cell_len, shown.splitlines())) <= WIDE
