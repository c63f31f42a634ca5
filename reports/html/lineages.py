"""The lives of sentences: a card each with all its wordings, and a page of those most worth reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from ..wording import listed, plural, shortened
from .addresses import beside
from .facts import Target
from .prose import as_markup, marked_wording, wording, words_of, written
from .rendering import render

if TYPE_CHECKING:
    from ...analysis.lineage import Lineage, Stage
    from .facts import Site

MOST = 20  # rows in each table of the overview


@dataclass(frozen=True, slots=True)
class Life:
    """A row of the overview."""

    href: str
    """The card."""
    text: str
    """How it began."""
    first: str
    """The report it first stood in."""
    last: str
    """The latest report it stands in."""
    reports: int
    """How many reports have it."""
    wordings: int
    """How many wordings it had."""
    gaps: int
    """How many reports between its first and its last do not have it."""


def lineages_page(site: Site) -> str:
    """The sentences that were kept longest, reworded most often, and dropped and taken up again; and all others."""
    carded = [(k, site.comparison.lineages[k]) for k in sorted(site.addresses.carded)]
    kept = sorted((row for row in carded if len(row[1].variants) == 1), key=lambda row: -len(row[1].reports))
    edited = sorted((row for row in carded if len(row[1].variants) > 2), key=lambda row: -len(row[1].variants))
    back = sorted((row for row in carded if row[1].returns), key=lambda row: -len(row[1].gaps))
    return render(
        "lineages.html", root="", code=("reading.js",), name=site.comparison.series.name,
        tables=[
            ("kept", "Kept longest, word for word", _lives(site, kept), len(kept)),
            ("edited", "Reworded most often", _lives(site, edited), len(edited)),
            ("back", "Dropped and taken up again", _lives(site, back), len(back)),
        ],
        pages=_contents(site), total=len(carded), most=MOST,
    )  # fmt: skip


def _lives(site: Site, rows: Sequence[tuple[int, Lineage]]) -> list[Life]:
    ids = site.ids
    return [
        Life(
            site.addresses.card(k) or "", shortened(_text(site, lineage.stages[0]), 90), ids[lineage.first],
            ids[lineage.last], len(lineage.reports), len(lineage.variants), len(lineage.gaps),
        )
        for k, lineage in rows[:MOST]
    ]  # fmt: skip


def _contents(site: Site) -> list[tuple[str, list[Target]]]:
    """The pages of cards, by the report that their sentences began in."""
    first = [(site.comparison.lineages[number].first, name) for number, name in site.addresses.cards]
    return [
        (site.ids[report], [Target(name, str(k + 1)) for k, (_, name) in enumerate(group)])
        for report, group in groupby(first, key=lambda row: row[0])
    ]


def lineage_pages(site: Site) -> Iterator[tuple[str, str]]:
    """The pages of cards: the sentences that began in one report, and those that go on after it."""
    cards = site.addresses.cards
    bounds = [first for first, _ in cards] + [len(site.comparison.lineages)]
    for at, (first, name) in enumerate(cards):
        numbers = [k for k in range(first, bounds[at + 1]) if k in site.addresses.carded]
        report = site.comparison.lineages[first].first
        yield name, render(
            "lineage.html", root="../", code=("reading.js",), name=site.comparison.series.name,
            id_shown=site.ids[report], page=f"../{site.addresses.reports[report]}", count_shown=len(numbers),
            cards=as_markup("".join(_card(site, number) for number in numbers)),
            before=_page(site, at - 1), after=_page(site, at + 1),
        )  # fmt: skip


def _page(site: Site, at: int) -> Target | None:
    if not 0 <= at < len(site.addresses.cards):
        return None
    first, name = site.addresses.cards[at]
    return Target(beside(name), site.ids[site.comparison.lineages[first].first])


def _card(site: Site, number: int) -> str:
    """The life of one sentence: its facts, and a row a wording."""
    lineage = site.comparison.lineages[number]
    first = lineage.stages[0]
    title = f"Sentence {first.sentence + 1} of <bdi>{written(site.ids[first.report])}</bdi>"
    rows = "".join(_row(site, stage, lineage) for stage in lineage.variants)
    return (
        f'<section class="card" id="l{number + 1}" aria-labelledby="l{number + 1}-title">\n'
        f'<h2 id="l{number + 1}-title"><a href="#l{number + 1}">{title}</a></h2>\n'
        f'<p class="quiet">{written(_facts(site, lineage))}</p>\n'
        f'<table class="wordings"><thead><tr><th scope="col">Stands in</th><th scope="col">Wording</th>'
        f'<th scope="col">Made from</th></tr></thead><tbody>{rows}</tbody></table>\n</section>\n'
    )


def _facts(site: Site, lineage: Lineage) -> str:
    """First seen, last changed, how often kept, dropped, taken up again."""
    ids = site.ids
    kept = len({stage.report for stage in lineage.stages if stage.origin.kind == "verbatim"})
    facts = [f"First seen in {ids[lineage.first]}"]
    facts.append("never reworded" if len(lineage.variants) == 1 else f"last changed in {ids[lineage.last_changed]}")
    facts.append(f"in {plural(len(lineage.reports), 'report')}, taken over word for word in {kept}")
    if lineage.returns:
        absent = "absent from " + _few([ids[k] for k in lineage.gaps])
        facts.append(f"{absent}, back in {_few([ids[k] for k in lineage.returns])}")
    facts.append("still there" if lineage.last == len(ids) - 1 else f"dropped after {ids[lineage.last]}")
    return "; ".join(facts)


def _few(names: Sequence[str]) -> str:
    return listed(names) if len(names) <= 6 else f"{len(names)} reports from {names[0]} to {names[-1]}"


def _row(site: Site, stage: Stage, lineage: Lineage) -> str:
    """One wording: the reports that have it, its words marked against what they were made from, and what that is."""
    reports, made = site.comparison.series.reports, "new"
    shown = wording(_text(site, stage))
    old, sentence = stage.origin.copied_from, stage.origin.sentence
    if old is not None and sentence is not None:
        source = words_of(reports[old], sentence, sentence + stage.origin.merged)
        shown = marked_wording(source, words_of(reports[stage.report], stage.sentence, stage.sentence + 1))
        place = site.addresses.sentence(old, sentence)
        made = f'<a href="../{place}"><bdi>{written(site.ids[old])}</bdi></a>'
        page = site.difference(old, stage.report)
        if page:
            made += f', <a href="../{page}#s{stage.sentence + 1}">changes</a>'
    years = _years(site, stage.variant, lineage)
    return f'<tr><th scope="row">{years}</th><td class="wording" dir="auto" lang="">{shown}</td><td>{made}</td></tr>\n'


def _years(site: Site, variant: int, lineage: Lineage) -> str:
    """The reports that have a wording: those that follow on each other by the first and the last."""
    held = [stage for stage in lineage.stages if stage.variant == variant]
    runs: list[list[Stage]] = []
    for stage in held:
        if runs and stage.report == runs[-1][-1].report:
            continue  # twice in one report
        if runs and stage.report == runs[-1][-1].report + 1:
            runs[-1].append(stage)
        else:
            runs.append([stage])
    return ", ".join("–".join(_year(site, stage) for stage in dict.fromkeys((run[0], run[-1]))) for run in runs)


def _year(site: Site, stage: Stage) -> str:
    place = site.addresses.sentence(stage.report, stage.sentence)
    return f'<a href="../{place}"><bdi>{written(site.ids[stage.report])}</bdi></a>'


def _text(site: Site, stage: Stage) -> str:
    return site.comparison.series.reports[stage.report].sentences[stage.sentence].text
