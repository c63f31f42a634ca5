"""A page a difference: how one report became another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..wording import plural
from .addresses import Names, beside, data_name
from .facts import Target, pair_of, sides_of, unseen_share
from .rendering import render

if TYPE_CHECKING:
    from ...analysis.comparison import Comparison
    from ..markup import Marked


def diff_page(comparison: Comparison, old: int, new: int, names: Names | None = None) -> str:
    """How report number `old` became report number `new`, as one page that needs no other file.

    `names` are the pages of the site it is part of; without them it links nowhere.
    """
    from ..markup import marked

    sides = sides_of(comparison)
    pair = pair_of(comparison, comparison.reuse(old, new), new, names or {})
    text = marked(comparison.difference(old, new))
    return render(
        "diff.html",
        script=True,
        name=comparison.series.name,
        home=None if names is None else "../index.html",
        pair=pair,
        old=sides[old],
        new=sides[new],
        relation=_relation(comparison, old, new),
        tabs=_tabs(comparison, old, new, names or {}),
        before=_neighbour(comparison, new - 1, names or {}),
        after=_neighbour(comparison, new + 1, names or {}),
        text=text,
        tally=_tally(text),
        sources=_sources(comparison, new, names or {}),
        data=None if names is None else f"../{data_name(names[old, new])}",
        unseen=unseen_share(comparison, new),
        signature=comparison.signature("words marked", "sentence alignment, then word diff within linked sentences"),
    )


def _relation(comparison: Comparison, old: int, new: int) -> str:
    """In words, what the one report is to the other."""
    ids, source = comparison.series.ids, comparison.main_source(new)
    before = ", the report before it" if old == new - 1 else ""
    if old == source:
        comma = "," if before else ""
        return f"{ids[old]}{before}{comma} is the main source of {ids[new]}: no earlier report has clearly more of it."
    if old > new:
        return f"{ids[new]} beside {ids[old]}, a later report."
    if source is None:
        return f"{ids[new]} beside {ids[old]}{before}; it has no main source, as no report has enough of it."
    return f"{ids[new]} beside {ids[old]}{before}; its main source is {ids[source]}."


def _tally(text: Marked) -> str:
    """How many changes there are, in words."""
    moves = f"{plural(text.moves, 'passage')} moved"
    edits = plural(text.edits, "change")
    return moves if text.moves and not text.edits else f"{edits}, {moves}" if text.moves else edits


def _tabs(comparison: Comparison, old: int, new: int, names: Names) -> tuple[Target, ...]:
    """The differences of the same report that have a page, where there are two."""
    ids, source = comparison.series.ids, comparison.main_source(new)
    olds = [k for k in (source, new - 1) if k is not None and (k, new) in names]
    if len(set(olds)) < 2:
        return ()
    words = ("Against its main source", "Against the report before")
    return tuple(
        Target(beside(names[k, new]), f"{text}, {ids[k]}", k == old) for k, text in zip(olds, words, strict=True)
    )


def _neighbour(comparison: Comparison, new: int, names: Names) -> Target | None:
    """The page of another report against its main source, or against the report before where it has none."""
    if not 0 < new < len(comparison.series):
        return None
    source = comparison.main_source(new)
    name = names.get((new - 1 if source is None else source, new))
    return None if name is None else Target(beside(name), comparison.series.ids[new])


def _sources(comparison: Comparison, new: int, names: Names) -> tuple[Target, ...]:
    ids = comparison.series.ids
    return tuple(
        Target(beside(names[old, new]) if (old, new) in names else None, ids[old], share=share)
        for old, share in comparison.sources(new)
    )
