"""A page a difference: how one report became another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..wording import kind_name, plural
from .addresses import beside, data_name, docx_name, pair_address
from .facts import Target, pair_of, reuse_of, sides_of, unseen_share
from .prose import changes, paragraphs
from .rendering import render

if TYPE_CHECKING:
    from ...analysis.comparison import Comparison
    from ..diffs import Kinds
    from ..markup import Marked
    from .facts import Site


def diff_page(
    comparison: Comparison,
    old: int,
    new: int,
    site: Site | None = None,
    text: Marked | None = None,
    *,
    hidden: Kinds = (),
) -> str:
    """How report number `old` became report number `new`.

    `site` is what the page is part of; without one it needs no other file and links nowhere. `text` is the difference,
    if it is marked up already. Changes of `hidden` kinds are not marked until a reader asks for them.
    """
    from ..markup import marked

    sides = sides_of(comparison) if site is None else site.sides
    href = None if site is None else site.difference(old, new)
    text = text or marked(comparison.difference(old, new))
    return render(
        "diff.html",
        root=None if site is None else "../",
        code=("reading.js", "hiding.js", *(("card.js",) if site else ())),
        numbers=(old, new),
        name=comparison.series.name,
        pair=pair_of(comparison, reuse_of(comparison, old, new), new, href and beside(href)),
        old=sides[old],
        new=sides[new],
        relation=_relation(comparison, old, new),
        tabs=() if site is None else tabs_of(site, new, old),
        before=None if site is None else _neighbour(site, new - 1),
        after=None if site is None else _neighbour(site, new + 1),
        text=text,
        paragraphs=paragraphs,
        changes=changes,
        tally=_tally(text),
        kinds=[(str(kind), kind_name(kind), n, kind in hidden) for kind, n in text.kinds.items()],
        sources=_sources(comparison, new, site),
        data=href and f"../{data_name(href)}",
        docx=href and has_docx(comparison, old, new) and f"../{docx_name(href)}",
        unseen=unseen_share(comparison, new),
        signature=comparison.signature("words marked", "sentence alignment, then word diff within linked sentences"),
    )


def has_docx(comparison: Comparison, old: int, new: int) -> bool:
    """Whether the difference lies beside its page as a Word document."""
    from ..tracked_changes import can_write_docx

    words = sum(comparison.measures[k].words for k in (old, new))
    return words <= _LONGEST_DOCX and can_write_docx()


_LONGEST_DOCX = 20_000  # words of both reports: for more, writing one takes longer than comparing them


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


def tabs_of(site: Site, new: int, old: int | None) -> tuple[Target, ...]:
    """The pages of one report: its sentences by origin, and its differences; `old` is the one they stand on."""
    source = site.comparison.main_source(new)
    tabs = [Target(f"../{site.addresses.reports[new]}", f"{site.ids[new]}, sentence by sentence", old is None)]
    olds = {source: "Against its main source", new - 1: "Against the report before"}
    if source == new - 1:
        olds = {source: "Against its main source, the report before"}
    for k, text in olds.items():
        name = None if k is None else site.difference(k, new)
        if k is not None and name is not None:
            tabs.append(Target(f"../{name}", f"{text}, {site.ids[k]}", k == old))
    beside_another = new - 1 if source is None else source
    tabs.append(Target(f"../{pair_address(beside_another if old is None else old, new)}", "Against any other"))
    return tuple(tabs)


def _neighbour(site: Site, new: int) -> Target | None:
    """The page of another report against its main source, or against the report before where it has none."""
    name = site.main_difference(new) if 0 < new < len(site.ids) else None
    return None if name is None else Target(beside(name), site.ids[new])


def _sources(comparison: Comparison, new: int, site: Site | None) -> tuple[Target, ...]:
    ids = comparison.series.ids
    found: list[Target] = []
    for old, share in comparison.sources(new):
        name = None if site is None else site.difference(old, new)
        elsewhere = None if site is None else f"../{pair_address(old, new)}"
        found.append(Target(beside(name) if name else elsewhere, ids[old], share=share))
    return tuple(found)
