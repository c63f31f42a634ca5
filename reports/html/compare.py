"""The page on which a reader lays any report beside any other."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .addresses import pair_address
from .facts import Target
from .pictures import every_cell_leads
from .rendering import printable, render

if TYPE_CHECKING:
    from .facts import Site


_CODE = ("reading.js", "hiding.js", "data/sentences.js", "data/words.js", "kinds.js", "compare.js", "card.js")


def compare_page(site: Site) -> str:
    """Two lists to choose from, worked out in the page, and all differences that have a page of their own."""
    rows: list[tuple[Target, Target | None, Target | None]] = []
    for new in range(1, len(site.ids)):
        source = site.comparison.main_source(new)
        against = None if source is None else _target(site, source, new)
        before = None if source == new - 1 else _target(site, new - 1, new)
        rows.append((_report(site, new), against, before))
    return render(
        "compare.html", root="", code=_CODE,
        name=site.comparison.series.name, rows=rows, pairs=_pairs(site),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two reports that have no page of their own."""

    place: str
    """What stands behind the '#' in the address of the two."""
    old: Target
    """The page of the earlier one."""
    new: Target
    """The page of the later one."""
    names: str
    """Both as a command line takes them."""


def _pairs(site: Site) -> tuple[_Pair, ...]:
    """The pairs that cells of the heatmap lead to, for readers without JavaScript: an address shows that line.

    Without JavaScript, cells of larger heatmaps lead to no pair.
    """
    if not every_cell_leads(site):
        return ()
    ids = site.ids
    pairs = ((old, new) for new in range(len(ids)) for old in range(new) if site.difference(old, new) is None)
    return tuple(
        _Pair(
            pair_address(old, new).partition("#")[2],
            _report(site, old),
            _report(site, new),
            shlex.join((printable(ids[old]), printable(ids[new]))),
        )
        for old, new in pairs
    )


def _report(site: Site, number: int) -> Target:
    return Target(site.addresses.reports[number], site.ids[number])


def _target(site: Site, old: int, new: int) -> Target:
    return Target(site.difference(old, new), site.ids[old])
