"""The charts of the index: their parts lead to pages, and so do the tables of the same figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .addresses import pair_address
from .rendering import render

if TYPE_CHECKING:
    from markupsafe import Markup

    from ..arrow import Table
    from .facts import Site

HEAVY = 400_000
"""Letters of a picture with its table beyond which they have a page of their own: the index is to open at once."""
CELLS = 20_000
"""Cells of a table on a page: one of more opens slowly; its first rows are shown."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart of the index."""

    name: str
    """Its name in `gallery.CHARTS`."""
    title: str
    """The question that it answers."""
    svg: Markup
    """The chart."""
    table: Table
    """The same figures."""
    rows: tuple[tuple[str | None, tuple[str, ...]], ...]
    """The rows that are shown, printed: where each leads, and its cells."""
    heads: tuple[str | None, ...]
    """Where each column leads: the page of the report that it is about."""
    page: str | None
    """The page of its own that it has for its size; None where it stands on the index."""


Pictures = dict[str, Picture]


def draw_pictures(site: Site) -> Pictures:
    """The charts that have something to show, by name."""
    return {name: _picture(site, name) for name in _shown(site)}


def _shown(site: Site) -> Iterator[str]:
    comparison = site.comparison
    yield from ("heatmap", "shares")
    if any(origin.copied_from is not None for origins in comparison.provenance.origins for origin in origins):
        yield "history"
    if any(source is not None for source in comparison.provenance.main_sources):
        yield "sources"
    if len(site.ids) > 2:
        yield "curve"
    if comparison.terms:
        yield "terms"


def _picture(site: Site, name: str) -> Picture:
    # imported here, as matplotlib takes half a second
    from markupsafe import Markup

    from ..gallery import drawn

    made = drawn(site.comparison, name, link=lambda old, new: page_of(site, old, new))
    table = made.table
    shown = table.printed[: max(CELLS // len(table.columns), 1)]
    about = table.about or (None,) * len(table)
    hrefs = (None if pair is None else page_of(site, *pair) for pair in about)
    of_reports = name == "terms"
    heads = [None] * (len(table.columns) - len(site.ids)) + list(site.addresses.reports) if of_reports else None
    weight = len(made.svg) + sum(len(cell) + len("<td></td>") for row in shown for cell in row)
    on_index = name in _OWN_TABLES or weight <= HEAVY
    return Picture(
        name,
        made.title,
        Markup(made.svg),  # noqa: S704 - our own chart
        table,
        tuple(zip(hrefs, shown, strict=False)),
        tuple(heads or [None] * len(table.columns)),
        None if on_index else f"chart-{name}.html",
    )


_OWN_TABLES = ("heatmap", "shares")  # the index makes the tables of these itself, and bounds them


def page_of(site: Site, old: int, new: int) -> str:
    """The page of two reports side by side, the earlier given first; of one, given twice, its own."""
    return site.addresses.reports[new] if old == new else site.difference(old, new) or pair_address(old, new)


def picture_pages(site: Site, pictures: Pictures) -> Iterator[tuple[str, str]]:
    """The pages of the charts that are too large for the index."""
    for picture in pictures.values():
        if picture.page is not None:
            page = render(
                "picture_page.html", root="", code=("reading.js",), charts=picture.svg,
                name=site.comparison.series.name, item=picture,
            )  # fmt: skip
            yield picture.page, page
