"""The page that finds sentences: by words, by year, and by what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .facts import Target
from .rendering import render

if TYPE_CHECKING:
    from .facts import Site


def search_page(site: Site) -> str:
    """A form that searches in the page; without code, the texts to look in."""
    reports = [Target(*row) for row in zip(site.addresses.reports, site.ids, strict=True)]
    return render(
        "search.html", root="", code=("reading.js", "data/sentences.js", "lives.js", "search.js"),
        name=site.comparison.series.name, reports=reports,
    )  # fmt: skip
