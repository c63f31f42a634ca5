"""Figures as people read them, rounded honestly: a limit is printed only where it is exactly reached."""

from __future__ import annotations


def percent(share: float | None) -> str:
    """A share, 0..1, in whole percent; a dash where it is not defined.

    '100 %' and '0 %' appear only when exactly true: what rounds to them is '>99 %' and '<1 %'.
    """
    if share is None:
        return "–"
    rounded = round(100 * share)
    if rounded <= 0:
        return "0 %" if share <= 0 else "<1 %"
    if rounded >= 100:
        return "100 %" if share >= 1 else ">99 %"
    return f"{rounded} %"


def hundredths(value: float) -> str:
    """A value, 0..1, with two decimals and without its leading zero: '.97'.

    '1' and '0' appear only when exactly true: what rounds to them is '.99' and '.01', as it must fit a small cell.
    """
    if value <= 0 or value >= 1:
        return "0" if value <= 0 else "1"
    return f".{min(max(round(100 * value), 1), 99):02d}"


def count(number: int) -> str:
    """A whole number with its thousands apart: '12,340'."""
    return f"{number:,}"
