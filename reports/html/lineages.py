"""The lives of sentences in lists: those most worth reading, and all of them, a row each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from ..figures import count
from ..wording import shortened
from .facts import Target
from .prose import as_markup, written
from .rendering import id_of, render
from .strips import key

if TYPE_CHECKING:
    from markupsafe import Markup

    from ...analysis.lineage import Lineage
    from .facts import Site

MOST = 10
"""Rows in each list of those most worth reading; a series of few sentences goes without, as the list of all says it."""
PAGE = 300
"""Rows of the list of all on a page."""
SHOWN = 90  # characters of a sentence in a row; lives.js has the same

_Row = tuple[int, "Lineage"]


def lineages_pages(site: Site) -> Iterator[tuple[str, str]]:
    """Sentences that were kept longest, reworded most often, and taken up again; then all, over as many pages as they
    need, those of most reports first."""
    carded = [(k, site.comparison.lineages[k]) for k in sorted(site.addresses.carded)]
    everyone = sorted(carded, key=lambda row: -len(row[1].reports))
    parts = [everyone[at : at + PAGE] for at in range(0, len(everyone), PAGE)] or [[]]
    names = ["lineages.html", *(f"lineages-{k}.html" for k in range(2, len(parts) + 1))]
    for k, (name, part) in enumerate(zip(names, parts, strict=True)):
        yield name, render(
            "lineages.html", root="", code=("reading.js", "data/sentences.js", "lives.js", "lineages.js"),
            name=site.comparison.series.name, total=len(carded), most=MOST, first=k * PAGE + 1, number=k + 1,
            tables=_tables(site, carded) if k == 0 and len(carded) > 3 * MOST else (),
            lives=_rows(site, part), shown=len(part), key=key(), ends=(site.ids[0], site.ids[-1]),
            parts=[Target(other, str(n + 1), n == k) for n, other in enumerate(names)],
            pages=_contents(site) if k == 0 else (),
        )  # fmt: skip


def _tables(site: Site, carded: Sequence[_Row]) -> list[tuple[str, str, Markup, int]]:
    """The lists of those most worth reading: anchor, heading, rows, and how many there are in all."""
    kept = sorted((row for row in carded if len(row[1].variants) == 1), key=lambda row: -len(row[1].reports))
    edited = sorted((row for row in carded if len(row[1].variants) > 2), key=lambda row: -len(row[1].variants))
    back = sorted((row for row in carded if row[1].returns), key=lambda row: -len(row[1].gaps))
    return [
        (anchor, title, _rows(site, rows[:MOST]), len(rows))
        for anchor, title, rows in (
            ("kept", "Kept longest, word for word", kept),
            ("edited", "Reworded most often", edited),
            ("back", "Dropped and taken up again", back),
        )
        if rows
    ]


def _rows(site: Site, rows: Sequence[_Row]) -> Markup:
    return as_markup("".join(_row(site, number, lineage) for number, lineage in rows))


def _row(site: Site, number: int, lineage: Lineage) -> str:
    ids, first = site.ids, lineage.stages[0]
    text = shortened(site.comparison.series.reports[first.report].sentences[first.sentence].text, SHOWN)
    return (
        f'<tr><th scope="row"><a href="{site.addresses.card(number)}" lang="" dir="auto">{written(text)}</a></th>'
        f'<td class="drawn">{site.strips[number]}</td>'
        f"<td>{id_of(ids[lineage.first])}</td><td>{id_of(ids[lineage.last])}</td>"
        f"<td>{count(len(lineage.reports))}</td><td>{count(len(lineage.variants))}</td>"
        f"<td>{count(len(lineage.gaps))}</td></tr>\n"
    )


def _contents(site: Site) -> list[tuple[str, list[Target]]]:
    """The pages of cards, by the report that their sentences began in."""
    first = [(site.comparison.lineages[number].first, name) for number, name in site.addresses.cards]
    return [
        (site.ids[report], [Target(name, str(k + 1)) for k, (_, name) in enumerate(group)])
        for report, group in groupby(first, key=lambda row: row[0])
    ]
