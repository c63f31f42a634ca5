"""Every file of the report a reader opens. Static, offline, whole without JavaScript.

To add a kind of page: a module here that makes it, a template of its own, a line here in the part it belongs to, and a
link to it in `templates/page.html`.
"""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from ...analysis.similarities import Measure
from ..processes import made_by
from .addresses import data_name, docx_name
from .cards import lineage_pages
from .compare import compare_page
from .difference import diff_page, has_docx
from .facts import Site, site_of
from .findings import findings_page
from .formletter import formletter_page
from .index import Event, event_of, index_page, rows_of
from .lineages import lineages_pages
from .pictures import draw_pictures, picture_pages
from .rendering import asset
from .report import report_pages
from .search import search_page
from .sentences import sentences_file
from .words import words_file

if TYPE_CHECKING:
    import os

    from ...analysis.comparison import Comparison


_SERIES_CODE = ("hiding.js", "card.js", "kinds.js", "compare.js", "lives.js", "lineages.js", "search.js", "filters.js")


def write_report(comparison: Comparison, folder: str | os.PathLike[str], *, processes: int = 1) -> None:
    """Write the whole site into a folder, by so many processes. Raises `OutputError` where that cannot be done."""
    from ..outputs import write_folder

    with closing(pages(comparison, processes=processes)) as files:
        write_folder(folder, files)


@contextmanager
def _seldom_collecting() -> Generator[None, None, None]:
    """Fewer searches for cycles among objects: of the hundred thousands that pages are made of, nearly none is in one,
    and the searches took a quarter of the time. What is there already, the comparison, is left out of them."""
    if gc.get_freeze_count():  # the program around has seen to it, or another site is being made
        yield
        return
    before = gc.get_threshold()
    gc.freeze()
    if before[0]:  # 0 is never
        gc.set_threshold(max(before[0], 200_000), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def pages(comparison: Comparison, *, processes: int = 1) -> Generator[tuple[str, bytes], None, None]:
    """Every file of the site, as its path in the folder and its content, made by at most so many processes.

    There is a page for each report, for the lives of its sentences, for the report against its main source, and for it
    against the report before where that is another. The order of the files depends on the number of processes. Who does
    not take all should close it, which ends the processes.
    """
    with _seldom_collecting():
        site = site_of(comparison)
        yield from made_by([partial(part, site) for part in _PARTS], processes)


def _overview(site: Site) -> Iterator[tuple[str, bytes]]:
    """The index, what it is made from, differences and pictures, and what was measured."""
    from .. import tables

    is_series = len(site.ids) > 1
    events: list[Event] = []
    yield from _difference_files(site, events)
    pictures, rows = draw_pictures(site) if is_series else {}, rows_of(site)
    yield from _encoded(picture_pages(site, pictures, rows))
    yield "index.html", index_page(site, pictures, rows, events).encode()
    for name in ("style.css", "reading.js", *(_SERIES_CODE if is_series else ())):
        yield name, asset(name).encode()
    yield from _measured(site)
    yield "data/heatmap.csv", tables.heatmap_csv(site.comparison, Measure.TFIDF)
    yield "data/heatmap.json", tables.json_bytes(tables.heatmap_document(site.comparison, Measure.TFIDF))


def _difference_files(site: Site, events: list[Event]) -> Iterator[tuple[str, bytes]]:
    """The page and the data of each difference; of what each says, `events` gets what the index tells."""
    from .. import tables
    from ..markup import marked
    from ..tracked_changes import diff_docx

    for (old, new), name in site.addresses.differences.items():
        text = marked(site.comparison.difference(old, new))
        if name == site.main_difference(new):
            events.append(event_of(site, old, new, text))
        yield name, diff_page(site.comparison, old, new, site, text).encode()
        yield data_name(name), tables.json_bytes(tables.diff_document(site.comparison, old, new))
        if has_docx(site.comparison, old, new):
            yield docx_name(name), diff_docx(site.comparison, old, new)


def _measured(site: Site) -> Iterator[tuple[str, bytes]]:
    """All tables of `litany measure` but those of the form letter."""
    from .. import measuring, tables

    yield "data/measure.csv", measuring.measure_csv(site.comparison)
    names = [name for name in measuring.TABLES if name not in measuring.LETTER]
    yield "data/measure.json", tables.json_bytes(measuring.measure_document(site.comparison, *names))


def _findings(site: Site) -> Iterator[tuple[str, bytes]]:
    """What all reports have in common, and what looks wrong in the latest."""
    from .. import measuring, tables

    if len(site.ids) > 1:
        yield "form-letter.html", formletter_page(site).encode()
        yield "check.html", findings_page(site).encode()
        letter = measuring.measure_document(site.comparison, *measuring.LETTER)
        yield "data/form-letter.json", tables.json_bytes(letter)


def _lives(site: Site) -> Iterator[tuple[str, bytes]]:
    """What became of each sentence."""
    if len(site.ids) > 1:
        yield from _encoded(lineage_pages(site))
        yield from _encoded(lineages_pages(site))


def _reports(site: Site) -> Iterator[tuple[str, bytes]]:
    """What each report says."""
    yield from _encoded(report_pages(site))


def _all_texts(site: Site) -> Iterator[tuple[str, bytes]]:
    """What all reports say, to be laid side by side, and searched."""
    if len(site.ids) > 1:
        yield "compare.html", compare_page(site).encode()
        yield "search.html", search_page(site).encode()
        yield "data/sentences.js", sentences_file(site).encode()
        yield "data/words.js", words_file(site).encode()


_PARTS = (_overview, _findings, _lives, _reports, _all_texts)
"""Which processes make at once: those that take long first."""


def _encoded(files: Iterator[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    return ((name, page.encode()) for name, page in files)
