"""A page a report: each of its sentences with the year it first stood in and the report it was copied from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.links import Kind
from ..blame import word_runs
from .addresses import beside
from .difference import tabs_of
from .facts import Target
from .prose import as_markup, wording, written
from .rendering import render

if TYPE_CHECKING:
    from markupsafe import Markup

    from ...analysis.provenance import Origin
    from .facts import Site

STEPS = 10
"""Shades from the first report to the last: so many are told apart, and longer series share them."""


@dataclass(frozen=True, slots=True)
class Age:
    """A line of the legend: the reports of one shade."""

    step: int
    """The shade, 0 for the oldest."""
    text: str
    """The reports, by their ids."""
    share: float
    """Share of the words that first stood in them."""


def report_page(site: Site, report: int) -> str:
    """The page of report number `report`."""
    comparison = site.comparison
    words = comparison.word_origins if len(site.ids) > 1 else None
    return render(
        "report.html",
        root="../",
        code=("reading.js", "card.js") if len(site.ids) > 1 else ("reading.js",),
        name=comparison.series.name,
        alone=len(site.ids) == 1,
        number=report,
        side=site.sides[report],
        tabs=tabs_of(site, report, None) if report else (),
        before=_neighbour(site, report - 1),
        after=_neighbour(site, report + 1),
        ages=_ages(site, report),
        sources=_sources(site, report),
        tally=_tally(site, report),
        total=len(comparison.provenance.origins[report]),
        paragraphs=_paragraphs(site, report),
        has_words=words is not None,
        signature=comparison.signature(
            "first seen: the copies of each sentence followed back to the first", "sentence alignment"
        ),
    )


def step_of(site: Site, report: int) -> int:
    """The shade of a report: the same on every page of the site, the older the lighter."""
    last = len(site.ids) - 1
    return 0 if last <= 0 else round(report * (STEPS - 1) / last)


def _neighbour(site: Site, report: int) -> Target | None:
    if not 0 <= report < len(site.ids):
        return None
    return Target(beside(site.addresses.reports[report]), site.ids[report])


def _ages(site: Site, report: int) -> tuple[Age, ...]:
    """The legend: reports of one shade together where there are many."""
    shares = site.comparison.first_seen(report)
    few = len(shares) <= STEPS + 2
    groups = groupby(shares, key=lambda row: row[0] if few else step_of(site, row[0]))
    ages: list[Age] = []
    for _, group in groups:
        rows = list(group)
        first, last = site.ids[rows[0][0]], site.ids[rows[-1][0]]
        ages.append(Age(step_of(site, rows[0][0]), first if first == last else f"{first} to {last}",
                        sum(share for _, share in rows)))  # fmt: skip
    return tuple(ages)


def _sources(site: Site, report: int) -> tuple[Target, ...]:
    return tuple(
        Target(beside(site.addresses.reports[old]), site.ids[old], share=share)
        for old, share in site.comparison.sources(report)
    )


def _tally(site: Site, report: int) -> dict[str, int]:
    origins = site.comparison.provenance.origins[report]
    counts = {str(kind): sum(origin.kind is kind for origin in origins) for kind in Kind}
    return counts | {"moved": sum(origin.moved for origin in origins)}


# -- sentences --------------------------------------------------------------------------------------------------------


def _paragraphs(site: Site, report: int) -> Markup:
    """All sentences, a line each, those of a paragraph together."""
    return as_markup("".join(_html(site, report)))


def _html(site: Site, report: int) -> Iterator[str]:
    sentences = site.comparison.series.reports[report].sentences
    dated = _dated(site, report)
    runs = word_runs(site.comparison, report) if any(dated) else []
    shades = [step_of(site, k) for k in range(report + 1)]
    years = [f'class="w a{shade}" data-y="{written(name)}"' for shade, name in zip(shades, site.ids, strict=False)]
    names = [f"<bdi>{written(name)}</bdi>" for name in site.ids]
    origins = site.comparison.provenance.origins[report]
    for _, group in groupby(sentences, key=lambda sentence: sentence.paragraph):
        yield '<div class="paragraph">\n'
        for sentence in group:
            k, origin = sentence.index, origins[sentence.index]
            text = _with_ages(runs[k], years) if dated[k] else wording(sentence.text)
            moved = " moved" if origin.moved else ""
            yield (
                f'<p class="s {origin.kind}{moved} a{shades[origin.first_seen]}" id="s{k + 1}">'
                f'<a class="number" href="#s{k + 1}">{k + 1}</a><span class="t" dir="auto">{text}</span>'
                f'<span class="from" lang="en">{_margin(site, report, k, origin, names)}</span></p>\n'
            )
        yield "</div>\n"


def _margin(site: Site, report: int, k: int, origin: Origin, names: list[str]) -> str:
    """Where a sentence comes from: the report it first stood in, and what it was copied from."""
    addresses = site.addresses
    card = addresses.card(addresses.threads[report][k])
    first = names[origin.first_seen]
    year = f'<a class="year" href="../{card}">{first}</a>' if card else f'<span class="year">{first}</span>'
    if origin.copied_from is None or origin.sentence is None:
        return f"{year} new"
    old = origin.copied_from
    kind = "verbatim"
    if origin.kind is Kind.EDITED:
        kind = f'<a href="../{written(addresses.changes(old, report, k))}">edited</a>'
    moved = ", moved" if origin.moved else ""
    return f'{year} {kind} from <a href="../{addresses.sentence(old, origin.sentence)}">{names[old]}</a>{moved}'


def _dated(site: Site, report: int) -> list[bool]:
    """For each sentence whether its words are of more than one age."""
    witness = site.comparison.witnesses[report]
    if len(site.ids) == 1 or not len(witness):
        return [False] * len(witness)
    is_word = site.comparison.vocabulary.is_word[witness.tokens]
    ages = site.comparison.word_origins[report]
    starts = witness.sentence_starts[:-1]
    highest = np.maximum.reduceat(np.where(is_word, ages, -1), starts)
    lowest = np.minimum.reduceat(np.where(is_word, ages, len(site.ids)), starts)
    return (highest > lowest).tolist()


def _with_ages(runs: list[tuple[int, str]], years: list[str]) -> str:
    """A sentence with the age of each stretch of words, which shows where the reader asks for it."""
    out: list[str] = []
    for age, text in runs:
        before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
        out.append(f"{before}<span {years[age]}>{wording(text)}</span>{after}")
    return "".join(out)
