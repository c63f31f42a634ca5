"""Every file of the report a reader opens. Static, offline, whole without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...analysis.similarity import Measure
from .addresses import data_name, page_names
from .difference import diff_page
from .index import draw_charts, index_page

if TYPE_CHECKING:
    import os

    from ...analysis.comparison import Comparison


def write_report(comparison: Comparison, folder: str | os.PathLike[str]) -> None:
    """Write the whole site into a folder. Raises `OutputError` where that cannot be done."""
    from ..outputs import write_folder

    write_folder(folder, pages(comparison))


def pages(comparison: Comparison) -> Iterator[tuple[str, bytes]]:
    """Every file of the site, as its path in the folder and its content; the index first.

    There is a page for each report against its main source, and one against the report before where that is another.
    """
    from .. import tables

    names = page_names(comparison)
    charts = draw_charts(comparison, names) if names else None
    yield "index.html", index_page(comparison, names, charts).encode()
    for (old, new), name in names.items():
        yield name, diff_page(comparison, old, new, names).encode()
        yield data_name(name), tables.json_bytes(tables.diff_document(comparison, old, new))
    yield "data/measure.csv", tables.measure_csv(comparison)
    yield "data/measure.json", tables.json_bytes(tables.measure_document(comparison))
    yield "data/heatmap.csv", tables.heatmap_csv(comparison, Measure.TFIDF)
    yield "data/heatmap.json", tables.json_bytes(tables.heatmap_document(comparison, Measure.TFIDF))
