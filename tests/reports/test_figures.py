"""Figures are rounded honestly."""

from __future__ import annotations

import pytest
from litany.reports.figures import count, hundredths, percent


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (None, "–"),
        (0, "0 %"),
        (0.0, "0 %"),
        (1e-9, "<1 %"),
        (0.0049, "<1 %"),
        (0.0051, "1 %"),
        (0.5, "50 %"),
        (0.994, "99 %"),
        (0.9951, ">99 %"),
        (1 - 1e-9, ">99 %"),
        (1, "100 %"),
        (1.0, "100 %"),
    ],
)
def test_a_percentage_reaches_its_limits_only_when_exactly_true(share: float | None, shown: str) -> None:
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0, "0"), (1e-9, ".01"), (0.014, ".01"), (0.05, ".05"), (0.974, ".97"), (0.9999, ".99"), (1.0, "1")],
)
def test_a_value_in_a_cell_reaches_its_limits_only_when_exactly_true(value: float, shown: str) -> None:
    assert hundredths(value) == shown


def test_thousands_are_set_apart() -> None:
    assert count(1234567) == "1,234,567"
