"""A page a report: each of its sentences with the year it first stood in and the report it was copied from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.links import Kind
from ..blame import word_ages, word_runs
from .addresses import beside
from .difference import tabs_of
from .facts import Target
from .prose import as_markup, wording, written
from .rendering import render

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...analysis.provenance import Origin
    from ...corpus.report import Report
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


def report_pages(site: Site) -> Iterator[tuple[str, str]]:
    """The path and the page of each report."""
    lines = _Lines.of(site)
    for report, name in enumerate(site.addresses.reports):
        yield name, _page(site, report, lines)


def _page(site: Site, report: int, lines: _Lines) -> str:
    comparison = site.comparison
    is_series = len(site.ids) > 1
    return render(
        "report.html",
        root="../",
        code=("reading.js", "card.js") if is_series else ("reading.js",),
        name=comparison.series.name,
        alone=not is_series,
        number=report,
        side=site.sides[report],
        tabs=tabs_of(site, report, None) if report else (),
        before=_neighbour(site, report - 1),
        after=_neighbour(site, report + 1),
        ages=_ages(site, report),
        sources=_sources(site, report),
        tally=_tally(site, report),
        total=len(comparison.provenance.origins[report]),
        paragraphs=as_markup("".join(_html(site, report, lines))),
        has_words=is_series,
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
    counts = Counter(origin.kind for origin in origins)
    return {str(kind): counts[kind] for kind in Kind} | {"moved": sum(origin.moved for origin in origins)}


# -- sentences --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """What lines of many reports have in common, written once."""

    shades: list[int]
    """The shade of each report."""
    words: list[str]
    """The attributes of words that first stood in each report."""
    dated: dict[tuple[str, bytes], str]
    """Sentences with the age of each stretch of words, by their texts and the ages of their tokens."""
    years: dict[tuple[int, int], str]
    """Links to lives of sentences, by lineage and by the report it began in."""

    @classmethod
    def of(cls, site: Site) -> _Lines:
        """The lines of a site, none of them written yet."""
        shades = [step_of(site, k) for k in range(len(site.ids))]
        return cls(
            shades,
            [f'class="w a{shade}" data-y="{written(name)}"' for shade, name in zip(shades, site.ids, strict=True)],
            {},
            {},
        )


def _html(site: Site, report: int, lines: _Lines) -> Iterator[str]:
    """All sentences, a line each, those of a paragraph together."""
    held = site.comparison.series.reports[report]
    dated = _dated(site, report)
    ages = word_ages(site.comparison, report) if any(dated) else None
    rows = zip(held.sentences, site.comparison.provenance.origins[report], site.addresses.threads[report], strict=True)
    paragraph: int | None = None
    for k, (sentence, origin, thread) in enumerate(rows):
        if sentence.paragraph != paragraph:
            yield '<div class="paragraph">\n' if paragraph is None else '</div>\n<div class="paragraph">\n'
            paragraph = sentence.paragraph
        text = wording(sentence.text) if ages is None or not dated[k] else _with_ages(held, k, ages, lines)
        moved = " moved" if origin.moved else ""
        yield (
            f'<p class="s {origin.kind}{moved} a{lines.shades[origin.first_seen]}" id="s{k + 1}">'
            f'<a class="number" href="#s{k + 1}">{k + 1}</a><span class="t" dir="auto">{text}</span>'
            f'<span class="from" lang="en">{_year(site, thread, origin, lines)} '
            f"{_source(site, report, k, origin)}</span></p>\n"
        )
    if paragraph is not None:
        yield "</div>\n"


def _year(site: Site, thread: int, origin: Origin, lines: _Lines) -> str:
    """The report that a sentence first stood in, with a link to its life."""
    key = thread, origin.first_seen
    if key not in lines.years:
        card, first = site.addresses.card(thread), site.shown_ids[origin.first_seen]
        lines.years[key] = (
            f'<a class="year" href="../{card}">{first}</a>' if card else f'<span class="year">{first}</span>'
        )
    return lines.years[key]


def _source(site: Site, report: int, k: int, origin: Origin) -> str:
    """What a sentence was copied from."""
    old = origin.copied_from
    if old is None or origin.sentence is None:
        return "new"
    kind = "verbatim"
    if origin.kind is Kind.EDITED:
        kind = f'<a href="../{written(site.addresses.changes(old, report, k))}">edited</a>'
    moved = ", moved" if origin.moved else ""
    return f"{kind} from {site.link(old, origin.sentence)}{moved}"


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


def _with_ages(report: Report, k: int, ages: NDArray[np.int64], lines: _Lines) -> str:
    """A sentence with the age of each stretch of words, which shows where the reader asks for it."""
    first, last = report.sentence_tokens[k : k + 2].tolist()
    key = report.sentences[k].text, ages[first:last].tobytes()
    if key not in lines.dated:
        out: list[str] = []
        for age, text in word_runs(report, k, ages):
            before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
            out.append(f"{before}<span {lines.words[age]}>{wording(text)}</span>{after}")
        lines.dated[key] = "".join(out)
    return lines.dated[key]
