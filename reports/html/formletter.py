"""The page of the form letter: its text, its slots with what filled them, and what replaced what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from ...analysis.changes import Change
from ...analysis.slots import Follows
from ..figures import count
from ..formletter import slotted
from ..wording import shortened
from .letter import is_dated, letter_of, reports_of, stage_runs
from .prose import as_markup, written
from .rendering import id_of, render, with_signs

if TYPE_CHECKING:
    from markupsafe import Markup

    from ...analysis.substitutions import Substitution
    from ...analysis.templates import Slot, Template
    from .facts import Site

MOST_TEMPLATES = 100
"""Tables of slots on the page, the most telling; all are in the data."""
MOST_CELLS = 15_000
"""Cells of all these tables together, so that the page opens at once."""
MOST_SUBSTITUTIONS = 200
"""Substitutions on the page, the most frequent; all are in the data."""
MOST_REPORTS = 8
"""Reports of a substitution that its row names."""
JUMP = 70
"""Letters of a sentence in the list that leads to the tables."""
_NUMBERS = (Follows.YEAR, Follows.DAY, Follows.COUNT)
_GROUPS = {
    "dated": "Slots that follow the date or count the years",
    "other": "Other slots",
    "two": "In two reports only",
}
_FOLLOWS = {
    "year": "follows the year",
    "month": "follows the month",
    "day": "follows the day",
    "date": "follows the date",
    "weekday": "follows the weekday",
    "count": "goes up with the years",
}


@dataclass(frozen=True, slots=True)
class _Group:
    """Tables under one heading."""

    anchor: str
    """Its id in the page."""
    title: str
    """The heading."""
    tables: Markup
    """One a template."""
    number: int
    """How many there are."""
    quiet: bool
    """Whether it is folded at first."""


def formletter_page(site: Site) -> str:
    """The letter, the tables of the templates that have slots, and the substitutions of the series."""
    comparison = site.comparison
    found = sorted(slotted(comparison), key=lambda made: (not any(map(is_dated, made.slots)), -reports_of(made)))
    chosen = _chosen(found)
    replaced = comparison.substitutions[:MOST_SUBSTITUTIONS]
    return render(
        "formletter.html",
        root="",
        code=("reading.js", "filters.js"),
        name=comparison.series.name,
        ids=site.ids,
        letter=letter_of(site, {id(template): k for k, template in enumerate(chosen, start=1)}),
        groups=_groups(site, chosen),
        jumps=[shortened(template.text, JUMP) for template in chosen],
        in_all=len(found),
        most_reports=max(map(reports_of, chosen), default=2),
        swaps=[_swaps(site, [row for row in replaced if (row.count > 1) is several]) for several in (True, False)],
        once=sum(row.count == 1 for row in replaced),
        swaps_shown=len(replaced),
        swaps_in_all=len(comparison.substitutions),
        kinds=[str(kind) for kind in Change if any(row.kind is kind for row in replaced)],
        signature=comparison.signature(
            "wordings of a sentence aligned along its copies; what all have is fixed, the rest is a slot"
        ),
    )


def _chosen(found: Sequence[Template]) -> list[Template]:
    """The templates that have a table on the page: from the first on, as many as it may hold, and one at least."""
    chosen: list[Template] = []
    cells = 0
    for template in found[:MOST_TEMPLATES]:
        cells += (len(template.slots) + 1) * len(template.stages)
        if chosen and cells > MOST_CELLS:
            break
        chosen.append(template)
    return chosen


def _groups(site: Site, chosen: Sequence[Template]) -> list[_Group]:
    """The tables: slots that follow the date, other slots, and sentences of two reports, numbered in this order."""
    tables: dict[str, list[str]] = {name: [] for name in _GROUPS}
    for number, template in enumerate(chosen, start=1):
        dated = any(map(is_dated, template.slots))
        name = "dated" if dated else "other" if reports_of(template) > 2 else "two"
        tables[name].append(_table(site, number, template))
    return [
        _Group(name, _GROUPS[name], as_markup("".join(made)), len(made), name == "two")
        for name, made in tables.items()
        if made
    ]


def _table(site: Site, number: int, template: Template) -> str:
    """One template: its fixed words, and a row for each run of reports that fill its slots alike."""
    kinds = " ".join(sorted({_kind(slot) for slot in template.slots}))
    misfit = ' data-misfit="1"' if any(slot.misfits for slot in template.slots) else ""
    parts = " ".join(written(part) if isinstance(part, str) else _numbered(part) for part in template.parts)
    heads = "".join(f'<th scope="col">{_numbered(slot.number)} {_head(slot)}</th>' for slot in template.slots)
    card = site.addresses.card(template.lineage)
    times = reports_of(template)
    life = f'<p class="quiet"><a href="{card}">In {times} reports: its life</a></p>\n' if card else ""
    label = f"Table: what filled the slots of sentence {number}"
    return (
        f'<section class="card slotted" id="f{number}" aria-labelledby="f{number}-title" data-slots="{kinds}" '
        f'data-least="{times}"{misfit}>\n'
        f'<h4 class="letter" id="f{number}-title" lang="" dir="auto">{parts}</h4>\n{life}'
        f'<div class="scroll" tabindex="0" role="group" aria-label="{label}">\n'
        f'<table class="slots"><thead><tr><th scope="col">Stands in</th>{heads}</tr></thead>\n'
        f"<tbody>{''.join(_rows(site, template))}</tbody></table>\n</div>\n</section>\n"
    )


def _numbered(slot: int) -> str:
    return f'<span class="slot"><span class="hidden" lang="en">slot </span>{slot + 1}</span>'


def _kind(slot: Slot) -> str:
    """What a slot holds, as the filter has it."""
    if is_dated(slot):
        return "date"
    return {Change.NUMBER: "number", Change.DATE: "number", Change.NAME: "name"}.get(slot.kind, "other")


def _head(slot: Slot) -> str:
    return _FOLLOWS[str(slot.follows)] if slot.follows is not None else str(slot.kind)


def _rows(site: Site, template: Template) -> Iterator[str]:
    before: tuple[str, ...] | None = None
    for first, last in stage_runs(template):
        cells: list[str] = []
        for slot in template.slots:
            filler = slot.fillers[first]
            same = ' class="same"' if before is not None and before[slot.number] == filler.text else ""
            cells.append(f'<td lang="" dir="auto"{same}>{_filler(site, slot, first)}</td>')
        places = [_place(site, template, k) for k in dict.fromkeys((first, last))]
        yield f'<tr><th scope="row">{"–".join(places)}</th>{"".join(cells)}</tr>\n'
        before = tuple(slot.fillers[first].text for slot in template.slots)


def _filler(site: Site, slot: Slot, stage: int) -> str:
    """What filled a slot, marked where the date lets expect something else, with that where it is a number."""
    filler = slot.fillers[stage]
    if not slot.misfits or filler not in slot.misfits:
        return written(filler.text) if filler.text else "–"
    wanted = slot.expected_text(filler, site.comparison.series.reports[filler.report].date)
    said = f": {written(wanted)} would" if wanted is not None and slot.follows in _NUMBERS else ""
    return (
        f'<strong class="misfit">{written(filler.text)}</strong> <span class="kind" lang="en">does not fit{said}</span>'
    )


def _place(site: Site, template: Template, stage: int) -> str:
    at = template.stages[stage]
    return f'<a href="{site.addresses.sentence(at.report, at.sentence)}">{id_of(site.ids[at.report])}</a>'


def _swaps(site: Site, rows: Sequence[Substitution]) -> Markup:
    return as_markup("".join(_swap(site, row) for row in rows))


def _swap(site: Site, row: Substitution) -> str:
    """A row of what was replaced by what, of which kind, how often, and in which reports."""
    old = f"<del>{written(row.old)}</del>" if row.old else "–"
    new = f"<ins>{written(row.new)}</ins>" if row.new else "–"
    pages = [site.main_difference(k) or site.addresses.reports[k] for k in row.reports[:MOST_REPORTS]]
    links = [f'<a href="{page}">{id_of(site.ids[k])}</a>' for page, k in zip(pages, row.reports, strict=False)]
    more = f" and {len(row.reports) - MOST_REPORTS} more" if len(row.reports) > MOST_REPORTS else ""
    times = count(row.count)
    if row.new:
        phrase = quote(f'"{with_signs(row.new)}"')
        times = f'<a href="search.html#q={phrase}">{times}<span class="hidden"> sentences: search</span></a>'
    return (
        f'<tr class="swap" data-change="{row.kind}" data-times="{row.count}"><td lang="" dir="auto">{old}</td>'
        f'<td lang="" dir="auto">{new}</td><td>{row.kind}</td><td class="figure">{times}</td>'
        f"<td>{', '.join(links)}{more}</td></tr>\n"
    )
