"""Where each page of the site stands: paths of files and anchors in them, whatever names the reports have."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...analysis.comparison import Comparison

Names = Mapping[tuple[int, int], str]  # the path of each difference's page, by the numbers of the two reports

CARD_ROWS = 300
"""Wordings on one page of lineages: a page of so many opens at once and is searched with the browser's own means."""


@dataclass(frozen=True, eq=False)
class Addresses:
    """The pages of a site, as paths from its folder. Pages in folders put `../` before each."""

    differences: Names
    """The page of each difference that has one."""
    reports: tuple[str, ...]
    """The page of each report."""
    cards: tuple[tuple[int, str], ...]
    """The pages of lineages: the number of the first lineage on each, ascending, and its path."""
    threads: tuple[tuple[int, ...], ...]
    """For each report, for each sentence, the number of its lineage."""
    carded: frozenset[int]
    """The lineages that have a card: those that stand in more than one place."""

    def sentence(self, report: int, sentence: int) -> str:
        """Where a sentence stands on the page of its report."""
        return f"{self.reports[report]}#s{sentence + 1}"

    def changes(self, old: int, new: int, sentence: int) -> str:
        """Where a sentence of report `new` shows what changed in it since `old`: on their page, or that of any two."""
        page, place = self.differences.get((old, new)), f"s{sentence + 1}"
        return f"{page}#{place}" if page else pair_address(old, new, place)

    def card(self, lineage: int) -> str | None:
        """Where the life of a sentence is told; None for one that stands in one place only."""
        return f"{self.card_page(lineage)}#l{lineage + 1}" if lineage in self.carded else None

    def card_page(self, lineage: int) -> str:
        """The page of lineages that a lineage belongs to."""
        return self.cards[bisect_right(self._firsts, lineage) - 1][1]

    @cached_property
    def _firsts(self) -> list[int]:
        return [first for first, _ in self.cards]


def addresses_of(comparison: Comparison) -> Addresses:
    """The addresses of all pages of a comparison's site."""
    threads = [[0] * len(witness) for witness in comparison.witnesses]
    for number, lineage in enumerate(comparison.lineages):
        for stage in lineage.stages:
            threads[stage.report][stage.sentence] = number
    carded = frozenset(k for k, lineage in enumerate(comparison.lineages) if len(lineage.stages) > 1)
    return Addresses(
        page_names(comparison),
        tuple(report_names(comparison.series.ids)),
        tuple(_card_pages(comparison, carded)),
        tuple(map(tuple, threads)),
        carded,
    )


def page_names(comparison: Comparison) -> dict[tuple[int, int], str]:
    """The path of the page of each difference that has one, by the numbers of the two reports."""
    ids = comparison.series.ids
    names: dict[tuple[int, int], str] = {}
    taken: set[str] = set()
    for new in range(1, len(ids)):
        for old in sorted({new - 1, comparison.main_source(new)} - {None}, key=lambda k: -(k or 0)):
            assert old is not None  # noqa: S101 - taken out above
            name = free_name(f"{slug(ids[new])}-from-{slug(ids[old])}", taken)
            names[old, new] = f"diffs/{name}.html"
    return names


def report_names(ids: Sequence[str]) -> list[str]:
    """The path of each report's page."""
    taken: set[str] = set()
    return [f"reports/{free_name(slug(name), taken)}.html" for name in ids]


def _card_pages(comparison: Comparison, carded: frozenset[int]) -> list[tuple[int, str]]:
    """Pages of lineages: one for each report that some begin in, and more where they have many wordings."""
    pages: list[tuple[int, str]] = []
    taken: set[str] = set()
    begun, rows = -1, 0
    for number in sorted(carded):
        lineage = comparison.lineages[number]
        if lineage.first != begun or rows >= CARD_ROWS:
            begun, rows = lineage.first, 0
            pages.append((number, f"lineages/{free_name(slug(comparison.series.ids[begun]), taken)}.html"))
        rows += len(lineage.variants)
    return pages


def pair_address(old: int, new: int, place: str = "") -> str:
    """Where any two reports can be compared, given as their numbers; `place` is an anchor there, as 's12'."""
    return f"compare.html#{place}{'&' if place else ''}old={old}&new={new}"


def data_name(page: str) -> str:
    """The path of a difference as JSON, from that of its page."""
    return f"data/{PurePosixPath(page).stem}.json"


def docx_name(page: str) -> str:
    """The path of a difference as a Word document, from that of its page."""
    return f"data/{PurePosixPath(page).stem}.docx"


def beside(name: str) -> str:
    """The address of a page from another one in the same folder."""
    return PurePosixPath(name).name


def slug(name: str) -> str:
    """A name as part of a file name and of an address, whatever characters it holds."""
    kept = re.sub(r"[^A-Za-z0-9._]+", "-", name).strip("-.")
    return kept[:60] or "report"


def free_name(name: str, taken: set[str]) -> str:
    """The name, or with a number where it is taken on a file system that does not tell capitals from small letters."""
    tries = (name if k == 1 else f"{name}-{k}" for k in range(1, len(taken) + 2))
    free = next(attempt for attempt in tries if attempt.lower() not in taken)
    taken.add(free.lower())
    return free
