"""The charts of the index: their parts lead to pages, and so do the tables of the same figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..figures import hundredths
from .addresses import pair_address
from .rendering import render

if TYPE_CHECKING:
    from markupsafe import Markup

    from ..arrow import Table
    from ..gallery import Drawn
    from .facts import Site
    from .index import Row

LIGHT = 200_000
"""Letters of a picture beyond which the index has a coarser one, if there is one, and a page of its own the whole one:
the index is to open at once."""
HEAVY = 400_000
"""Letters of a picture beyond which the index has none."""
HEAVIEST = 2_000_000
"""Bytes of a drawing beyond which its own page opens slowly: there too it is drawn coarser, and says so."""
TABLE = 40_000
"""Letters of a table beyond which it is on a page of its own."""
CELLS = 20_000
"""Cells of a table on a page: one of more opens slowly; its first rows are shown."""
PRINTED = 29
"""Reports up to which the index prints the values of the heatmap, as it has room for letters that can be read."""
NARROW = 50
"""Reports up to which a chart has its text beside it."""
POINTED = 300
"""Reports up to which the value of any two is said when they are pointed at."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture of a chart."""

    label: str
    """What tells it from the others of the chart; empty for the only one."""
    svg: Markup
    """The picture."""
    order: tuple[int, ...] = ()
    """The reports from the first row to the last, where the page has to say which two meet in a cell."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart of the index."""

    name: str
    """Its name in `gallery.CHARTS`."""
    title: str
    """The question that it answers."""
    drawings: tuple[Drawing, ...]
    """As the index shows it: more than one where the reader may choose; none where they are too large."""
    notes: tuple[str, ...]
    """What is to be known to read it."""
    table: Table
    """The same figures."""
    rows: tuple[tuple[str | None, tuple[str, ...]], ...]
    """The rows that are shown, printed: where each leads, and its cells."""
    heads: tuple[str | None, ...]
    """Where each column leads: the page of the report that it is about."""
    page: str | None = None
    """The page of its own that it has for its size; None where the index has all of it."""
    whole: tuple[Drawing, ...] = ()
    """As that page shows it."""
    whole_notes: tuple[str, ...] = ()
    """What is to be known to read that."""
    values: str = ""
    """The values of all pairs in hundredths, those of the second report first, for whoever points at one."""

    @property
    def tabled(self) -> bool:
        """True where the index has the table."""
        return self.page is None or (self.name not in _OWN_TABLES and self.weight <= TABLE)

    @property
    def weight(self) -> int:
        """About how many letters the table takes."""
        return sum(len(cell) + len("<td></td>") for _, row in self.rows for cell in row)


Pictures = dict[str, Picture]


def draw_pictures(site: Site) -> Pictures:
    """The charts that have something to show, by name."""
    return {name: _heatmap(site) if name == "heatmap" else _picture(site, name) for name in _shown(site)}


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


_OWN_TABLES = ("heatmap", "shares")  # the index makes the tables of these itself, and bounds them
_WHOLE: dict[str, tuple[dict[str, int], ...]] = {  # how a chart is drawn on its own page, the first that opens quickly
    "history": tuple({"most": number} for number in (2_500, 1_000)),
}
_LIGHTER: dict[str, tuple[dict[str, int], ...]] = {  # how a chart is drawn coarser, from the least so on
    "history": tuple({"most": number} for number in (200, 80)),
    "terms": tuple({"most": number} for number in (20, 12, 6)),
}
_SQUARE = 440.0  # points: the side of the heatmap on the index
_SIDES = {"terms": 560.0}  # points: columns of a chart that has its text beside it; the labels of terms need room
_WIDE = 840.0  # points: columns of a chart that is as wide as the page


def _picture(site: Site, name: str) -> Picture:
    # imported here, as matplotlib takes half a second
    from ..gallery import chart_table, drawn

    side = _WIDE - (620 - _SIDES.get(name, 620)) if len(site.ids) > NARROW else _SIDES.get(name)

    table = chart_table(site.comparison, name)

    def draw(**options: int) -> Drawn:
        return drawn(
            site.comparison, name, link=lambda old, new: page_of(site, old, new), bare=True, table=table, side=side,
            **options,
        )  # fmt: skip

    first, *coarser = _WHOLE.get(name, ({},))
    full = draw(**first)
    for options in coarser:
        full = draw(**options) if len(full.svg) > HEAVIEST else full
    shown = full
    for options in _LIGHTER.get(name, ()):
        if len(shown.svg) <= LIGHT:
            break
        shown = draw(**options)
    about = full.table.about or (None,) * len(full.table)
    hrefs = (None if pair is None else page_of(site, *pair) for pair in about)
    printed = full.table.printed[: max(CELLS // len(full.table.columns), 1)]
    heads: list[str | None] = [None] * len(full.table.columns)
    if name == "terms":
        heads[-len(site.ids) :] = site.addresses.reports
    made = Picture(
        name, full.title, _drawings(shown) if len(shown.svg) <= HEAVY else (), shown.notes, full.table,
        tuple(zip(hrefs, printed, strict=False)), tuple(heads),
    )  # fmt: skip
    if shown is full and made.drawings and (name in _OWN_TABLES or made.weight <= TABLE):
        return made
    return replace(made, page=f"chart-{name}.html", whole=_drawings(full), whole_notes=full.notes)


def _drawings(made: Drawn) -> tuple[Drawing, ...]:
    from markupsafe import Markup

    return (Drawing("", Markup(made.svg)),)  # noqa: S704 - our own chart


def _heatmap(site: Site) -> Picture:
    """Which reports are alike, in order of time and clustered; with many reports, values only on a page of its own."""
    from ..gallery import chart_table

    table, count = chart_table(site.comparison, "heatmap"), len(site.ids)
    drawings, notes = _heatmaps(site, _SQUARE, table)
    made = Picture("heatmap", "Which reports are alike", drawings, notes, table, (), (), values=_values(site))
    if count <= PRINTED:
        return made
    whole, whole_notes = _heatmaps(site, None, table)
    return replace(made, page="chart-heatmap.html", whole=whole, whole_notes=whole_notes)


def _heatmaps(site: Site, side: float | None, table: Table) -> tuple[tuple[Drawing, ...], tuple[str, ...]]:
    from markupsafe import Markup

    from ...analysis.similarities import Measure
    from ..gallery import drawn

    comparison, count, every = site.comparison, len(site.ids), every_cell_leads(site)

    def link(old: int, new: int) -> str | None:
        return cell_address(site, old, new)

    time, clustered = tuple(range(count)), comparison.clustered(Measure.TFIDF)
    labels = [("in order of time", "time", time)]
    labels += [("similar ones together", "clustered", clustered)] if clustered != time else []
    made = [
        drawn(comparison, "heatmap", link=link, bare=True, table=table, order=order, side=side)
        for _, order, _ in labels
    ]
    drawings = [
        Drawing(label, Markup(one.svg), () if every else order)  # noqa: S704 - our own chart
        for (label, _, order), one in zip(labels, made, strict=True)
    ]
    return tuple(drawings), tuple(dict.fromkeys(note for one in made for note in one.notes))


def _values(site: Site) -> str:
    """The similarity of any two reports in hundredths, row by row below the diagonal."""
    if len(site.ids) > POINTED:
        return ""
    matrix = site.comparison.similarity()
    return " ".join(hundredths(value).lstrip(".") for new in range(1, len(matrix)) for value in matrix[new, :new])


def every_cell_leads(site: Site) -> bool:
    """Whether each cell of the heatmap is a link; of more, code leads from those that have no page of their own."""
    from ..shapes import ALL_CELLS

    return len(site.ids) ** 2 <= ALL_CELLS


def cell_address(site: Site, old: int, new: int) -> str | None:
    """Where a cell of the heatmap leads, if it is a link."""
    return page_of(site, old, new) if every_cell_leads(site) else site.difference(old, new)


def page_of(site: Site, old: int, new: int) -> str:
    """The page of two reports side by side, the earlier given first; of one, given twice, its own."""
    return site.addresses.reports[new] if old == new else site.difference(old, new) or pair_address(old, new)


def picture_pages(site: Site, pictures: Pictures, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """The pages of the charts that are too large for the index; `rows` are its reports."""
    for picture in pictures.values():
        if picture.page is not None:
            page = render(
                "picture_page.html", root="", code=("reading.js",),
                charts="".join(drawing.svg for drawing in picture.whole), name=site.comparison.series.name,
                item=replace(picture, drawings=picture.whole, notes=picture.whole_notes), rows=rows, ids=site.ids,
            )  # fmt: skip
            yield picture.page, page
