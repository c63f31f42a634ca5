"""The form letter as a running text: the sentences that come back, in the order of the report that has most of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from ..figures import count
from ..wording import plural, shortened
from .prose import as_markup, wording, written

if TYPE_CHECKING:
    from markupsafe import Markup

    from ...analysis.templates import Slot, Template
    from .facts import Site

SEVERAL = 3
"""A sentence belongs to the letter from so many reports on; in a series of fewer than `SHORT` reports, from two."""
SHORT = 5
MOST_SENTENCES = 150
"""Sentences of the letter on the page."""
LONGEST_FILLING = 80
"""Letters of a filling; a longer one is shortened."""

Held = dict[int, tuple["Template", int]]  # by sentence of a report, the template that it is of, and which of its stages


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter as the page shows it."""

    report: int
    """The number of the report whose order it has."""
    least: int
    """From so many reports on a sentence belongs to it."""
    sentences: int
    """How many of the report's sentences belong to it."""
    total: int
    """How many sentences the report has."""
    left_out: int
    """How many of those that belong to it are not on the page for its size."""
    text: Markup
    """Its paragraphs."""


def reports_of(template: Template) -> int:
    """How many reports have a sentence of the template."""
    return len({stage.report for stage in template.stages})


def is_dated(slot: Slot) -> bool:
    """Whether a slot follows the date or counts the years."""
    return slot.follows is not None


def letter_of(site: Site, tables: Mapping[int, int]) -> Letter | None:
    """The letter of a series; None where no sentence came back in enough reports.

    `tables` gives the numbers of the tables on the page, by the id of the template.
    """
    least = SEVERAL if len(site.ids) >= SHORT else 2
    held: list[Held] = [{} for _ in site.ids]
    for template in site.comparison.templates:
        if len(template.stages) >= least and reports_of(template) >= least:
            for k, stage in enumerate(template.stages):
                held[stage.report][stage.sentence] = template, k
    report = max(range(len(held)), key=lambda k: (len(held[k]), k))
    if not held[report]:
        return None
    shown = sorted(held[report])[:MOST_SENTENCES]
    text = as_markup("".join(_paragraphs(site, report, {k: held[report][k] for k in shown}, tables, least)))
    total = len(site.comparison.witnesses[report])
    return Letter(report, least, len(held[report]), total, len(held[report]) - len(shown), text)


def _paragraphs(site: Site, report: int, held: Held, tables: Mapping[int, int], least: int) -> Iterator[str]:
    """The paragraphs of a report, what does not belong to the letter by a count, up to the last that does."""
    sentences = site.comparison.series.reports[report].sentences[: max(held) + 1]
    waiting: list[int] = []  # sentences of whole paragraphs that do not belong to it
    for _, group in groupby(sentences, key=lambda sentence: sentence.paragraph):
        numbers = [sentence.index for sentence in group]
        if held.keys().isdisjoint(numbers):
            waiting += numbers
            continue
        if waiting:
            yield f"<p>{_left_out(site, report, waiting, least)}</p>\n"
            waiting = []
        parts: list[str] = []
        for belongs, run in groupby(numbers, key=held.__contains__):
            if belongs:
                parts += [_sentence(site, report, *held[k], tables) for k in run]
            else:
                parts.append(_left_out(site, report, list(run), least))
        yield f'<p dir="auto">{" ".join(parts)}</p>\n'


def _left_out(site: Site, report: int, numbers: Sequence[int], least: int) -> str:
    few = f"{plural(len(numbers), 'sentence')} of fewer than {least} reports"
    return f'<a class="left-out" lang="en" href="{site.addresses.sentence(report, numbers[0])}">{few}</a>'


def _sentence(site: Site, report: int, template: Template, stage: int, tables: Mapping[int, int]) -> str:
    """One sentence: its fixed words as the report has them, its slots with what filled them last."""
    text = site.comparison.series.reports[report].text
    place = template.stages[stage]
    at, end = site.comparison.series.reports[report].sentence_spans[place.sentence].tolist()
    table = tables.get(id(template))
    card = site.addresses.card(template.lineage)
    out: list[str] = []
    for slot in template.slots:
        here = slot.fillers[stage]
        out.append(_kept(text, at, here.start))
        empty = here.start == here.end and at < here.end  # stands right behind a word
        out.append(" " * empty + _box(slot, f"#f{table}" if table else card))
        at = here.end
    out.append(_kept(text, at, end))
    times = count(reports_of(template))
    said = f'<span class="hidden"> in </span>{times}<span class="hidden"> reports</span>'
    return f'<span>{"".join(out)}</span><a class="to" lang="en" href="{card}">{said}</a>'


def _kept(text: str, start: int, end: int) -> str:
    """Fixed words, with the white space around them as one space."""
    part = text[start:end]
    return f"{' ' * part[:1].isspace()}{wording(part)}{' ' * part[-1:].isspace()}" if part.strip() else " " * bool(part)


def _box(slot: Slot, href: str | None) -> str:
    """A slot with its latest filling."""
    filler = slot.fillers[-1].text
    said = written(shortened(filler, LONGEST_FILLING)) if filler else '<span class="hidden">nothing</span>–'
    dated = " dated" if is_dated(slot) else ""
    link = f' href="{href}"' if href else ""
    return f'<a class="slot{dated}"{link}><span class="hidden" lang="en">slot: </span>{said}</a>'


def stage_runs(template: Template) -> list[tuple[int, int]]:
    """Stages in reports that follow each other whose slots are filled alike: the first and the last, by their index.

    One with a slot that does not fit its report is by itself: what was left standing fitted the report before.
    """
    misfits = [slot.misfits for slot in template.slots if slot.misfits]
    odd = {one.report for fillers in misfits for one in fillers}
    runs: list[tuple[int, int]] = []
    rows: Sequence[tuple[str, ...]] = [
        tuple(slot.fillers[k].text for slot in template.slots) for k in range(len(template.stages))
    ]
    for k, stage in enumerate(template.stages):
        before = template.stages[k - 1].report
        if runs and rows[k] == rows[k - 1] and stage.report == before + 1 and odd.isdisjoint((before, stage.report)):
            runs[-1] = runs[-1][0], k
        else:
            runs.append((k, k))
    return runs
