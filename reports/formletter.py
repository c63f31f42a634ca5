"""The form letter and the substitutions of a series as rows: for CSV, for the terminal, and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..analysis.comparison import Comparison
    from ..analysis.substitutions import Substitution
    from ..analysis.templates import Slot, Template

Row = dict[str, Any]


def substitution_rows(comparison: Comparison) -> list[Row]:
    """A row a substitution, the most frequent first: what was replaced by what, how often, and from which report on."""
    ids = comparison.series.ids

    def row(found: Substitution) -> Row:
        return {
            "old": found.old,
            "new": found.new,
            "kind": str(found.kind),
            "count": found.count,
            "first": ids[found.reports[0]],
            "last": ids[found.reports[-1]],
            "reports": [ids[k] for k in found.reports],
        }

    return [row(found) for found in comparison.substitutions]


def slot_rows(comparison: Comparison) -> list[Row]:
    """A row for each slot and report: the words around the slot, what filled it, and what the date lets expect there.

    Slots come in order of template, reports in order of date; a template without slots has no row.
    """
    rows: list[Row] = []
    for number, template in enumerate(slotted(comparison), start=1):
        text = template.text
        for slot in template.slots:
            before, after = template.around(slot.number)
            follows = None if slot.follows is None else str(slot.follows)
            own = {"template": number, "text": text, "slot": slot.number + 1, "before": before, "after": after}
            rows += _fillers(comparison, slot, own | {"kind": str(slot.kind), "follows": follows})
    return rows


def filler_rows(comparison: Comparison) -> list[Row]:
    """The same rows without what `template_records` say of each template and slot."""
    return [
        row
        for number, template in enumerate(slotted(comparison), start=1)
        for slot in template.slots
        for row in _fillers(comparison, slot, {"template": number, "slot": slot.number + 1})
    ]


def _fillers(comparison: Comparison, slot: Slot, own: Row) -> Iterator[Row]:
    """A row for each filler of a slot: what is its slot's own, and what filled it."""
    follows = slot.follows is not None
    for filler in slot.fillers:
        report = comparison.series.reports[filler.report]
        yield {
            **own,
            "report": report.id,
            "start_line": report.line(filler.start),
            "filler": filler.text,
            "value": filler.value,
            "expected": slot.expected(report.date) if follows else None,
            "fits": filler not in slot.misfits if follows and filler.value is not None else None,
        }


def template_records(comparison: Comparison) -> list[Row]:
    """The templates that have slots, in the order of the numbers that the rows give: fixed words and slots in order."""
    ids = comparison.series.ids
    return [
        {
            "text": template.text,
            "parts": [part if isinstance(part, str) else part + 1 for part in template.parts],
            "reports": list(dict.fromkeys(ids[stage.report] for stage in template.stages)),
            "slots": [_slot(slot, *template.around(slot.number)) for slot in template.slots],
        }
        for template in slotted(comparison)
    ]


def _slot(slot: Slot, before: str, after: str) -> Row:
    follows = slot.follows is not None
    return {
        "number": slot.number + 1,
        "before": before,
        "after": after,
        "kind": str(slot.kind),
        "follows": str(slot.follows) if follows else None,
        "offset": slot.offset if follows else None,
        "step": slot.step if follows else None,
    }


def slotted(comparison: Comparison) -> list[Template]:
    """The templates that have slots, in order of first appearance of their sentences."""
    return [template for template in comparison.templates if template.slots]
