"""The page of the form letter: fixed words with their slots, what filled them, and what replaced what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..formletter import slotted
from .rendering import render

if TYPE_CHECKING:
    from ...analysis.substitutions import Substitution
    from ...analysis.templates import Slot, Template
    from .facts import Site

MOST_TEMPLATES = 100
"""Templates on the page, those that most reports have; all are in the data."""
MOST_SUBSTITUTIONS = 200
"""Substitutions on the page, the most frequent; all are in the data."""
_FOLLOWS = {
    "year": "follows the year",
    "month": "follows the month",
    "day": "follows the day",
    "date": "follows the date",
    "weekday": "follows the weekday",
    "count": "goes up with the years",
}


@dataclass(frozen=True, slots=True)
class _Cell:
    """What filled a slot in one report."""

    text: str
    """The words; empty where nothing stood there."""
    misfit: bool
    """True where it is not what the report's date lets expect."""
    same: bool
    """True where the row above has the same."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One report's sentence."""

    href: str
    """Where the sentence stands."""
    id: str
    """The report."""
    cells: tuple[_Cell, ...]
    """One a slot."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """One template as the page shows it."""

    parts: tuple[str | int, ...]
    """Fixed words, and the numbers of slots, from 1."""
    heads: tuple[str, ...]
    """For each slot what it follows, in words; empty where it follows nothing."""
    rows: tuple[_Row, ...]
    """One a report that has the sentence."""


def formletter_page(site: Site) -> str:
    """The templates that have slots, those of most reports first, and the substitutions of the series."""
    comparison = site.comparison
    found = sorted(slotted(comparison), key=lambda template: -len({stage.report for stage in template.stages}))
    replaced = comparison.substitutions
    return render(
        "formletter.html",
        root="",
        code=("reading.js",),
        name=comparison.series.name,
        letters=[_letter(site, template) for template in found[:MOST_TEMPLATES]],
        letters_in_all=len(found),
        replaced=[_replaced(site, row) for row in replaced[:MOST_SUBSTITUTIONS]],
        replaced_in_all=len(replaced),
        signature=comparison.signature(
            "wordings of a sentence aligned along its copies; what all have is fixed, the rest is a slot"
        ),
    )


def _letter(site: Site, template: Template) -> _Letter:
    rows: list[_Row] = []
    for k, stage in enumerate(template.stages):
        cells = tuple(_cell(slot, k) for slot in template.slots)
        rows.append(_Row(site.addresses.sentence(stage.report, stage.sentence), site.ids[stage.report], cells))
    parts = tuple(part if isinstance(part, str) else part + 1 for part in template.parts)
    heads = tuple(_FOLLOWS[str(slot.follows)] if slot.follows is not None else "" for slot in template.slots)
    return _Letter(parts, heads, tuple(rows))


def _cell(slot: Slot, stage: int) -> _Cell:
    filler = slot.fillers[stage]
    before = slot.fillers[stage - 1].text if stage else None
    return _Cell(filler.text, filler in slot.misfits, filler.text == before)


def _replaced(site: Site, row: Substitution) -> tuple[str, str, str, int, list[tuple[str, str]]]:
    """What was replaced, by what, the kind of change, how often, and the reports as links."""
    reports = [(site.addresses.reports[k], site.ids[k]) for k in row.reports]
    return row.old, row.new, str(row.kind), row.count, reports
