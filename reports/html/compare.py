"""The page on which a reader lays any report beside any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .facts import Target
from .rendering import render

if TYPE_CHECKING:
    from .facts import Site


_CODE = ("reading.js", "hiding.js", "data/sentences.js", "data/words.js", "kinds.js", "compare.js", "card.js")


def compare_page(site: Site) -> str:
    """Two lists to choose from, worked out in the page, and all differences that have a page of their own."""
    rows: list[tuple[str, Target | None, Target | None]] = []
    for new in range(1, len(site.ids)):
        source = site.comparison.main_source(new)
        against = None if source is None else _target(site, source, new)
        before = None if source == new - 1 else _target(site, new - 1, new)
        rows.append((site.ids[new], against, before))
    return render(
        "compare.html", root="", code=_CODE,
        name=site.comparison.series.name, rows=rows,
    )  # fmt: skip


def _target(site: Site, old: int, new: int) -> Target:
    return Target(site.difference(old, new), site.ids[old])
