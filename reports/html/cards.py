"""The lives of sentences, one by one: a card each with all its wordings, marked and as an aligned table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import bidirectional

from ...analysis.collation import Segment, collate
from ...analysis.edits import Operation, word_operations
from ..wording import listed, plural
from .addresses import beside
from .facts import Target
from .prose import Words, as_markup, marked_wording, wording, words_of, written
from .rendering import render
from .strips import key

if TYPE_CHECKING:
    from ...analysis.lineage import Lineage, Stage
    from .facts import Site

MOST_CELLS = 3000
"""Cells of an aligned table: one with more is made of wider columns, and left out where it has more even so."""
LONGEST_FIXED = 8
"""Words that all wordings share are shortened in the table where they are more."""


def lineage_pages(site: Site) -> Iterator[tuple[str, str]]:
    """The pages of cards: the sentences that began in one report, and those that go on after it."""
    cards = site.addresses.cards
    bounds = [first for first, _ in cards] + [len(site.comparison.lineages)]
    for at, (first, name) in enumerate(cards):
        numbers = [k for k in range(first, bounds[at + 1]) if k in site.addresses.carded]
        report = site.comparison.lineages[first].first
        yield name, render(
            "lineage.html", root="../", code=("reading.js", "filters.js"), name=site.comparison.series.name,
            id_shown=site.ids[report], page=f"../{site.addresses.reports[report]}", count_shown=len(numbers),
            cards=as_markup("".join(_card(site, number) for number in numbers)), key=key(),
            before=_page(site, at - 1), after=_page(site, at + 1),
        )  # fmt: skip


def _page(site: Site, at: int) -> Target | None:
    if not 0 <= at < len(site.addresses.cards):
        return None
    first, name = site.addresses.cards[at]
    return Target(beside(name), site.ids[site.comparison.lineages[first].first])


def _card(site: Site, number: int) -> str:
    """The life of one sentence: its facts, and its wordings, marked and aligned."""
    lineage = site.comparison.lineages[number]
    first = lineage.stages[0]
    title = f"Sentence {first.sentence + 1} of {site.shown_ids[first.report]}"
    made = [_made(site, stage) for stage in lineage.variants]
    held: list[list[Stage]] = [[] for _ in made]  # the places of each wording
    for stage in lineage.stages:
        held[stage.variant].append(stage)
    rows = "".join([_row(site, stages, row) for stages, row in zip(held, made, strict=True)])
    aligned = _aligned(site, number, made) if len(made) > 1 else ""
    left_out = '<p class="aligned quiet">Too large to be shown aligned.</p>\n' if len(made) > 1 and not aligned else ""
    return (
        f'<section class="card{" collated" if aligned else ""}" id="l{number + 1}" '
        f'aria-labelledby="l{number + 1}-title">\n'
        f'<h2 id="l{number + 1}-title"><a href="#l{number + 1}">{title}</a></h2>\n'
        f'<p class="life">{site.shown_ids[0]} {site.strips[number]} {site.shown_ids[-1]}</p>\n'
        f'<p class="quiet">{written(_facts(site, lineage))}</p>\n'
        f'<table class="wordings"><thead><tr><th scope="col">Stands in</th><th scope="col">Wording</th>'
        f'<th scope="col">Made from</th></tr></thead><tbody>{rows}</tbody></table>\n{aligned}{left_out}</section>\n'
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


# -- each wording against the one it was made from --------------------------------------------------------------------


class _Made(NamedTuple):
    """A wording, and how it was made."""

    old: Words | None
    """The words that it was made from; None for the first wording of a sentence."""
    new: Words
    """Its own."""
    tokens: Sequence[str]
    """The same, each alone."""
    steps: Sequence[Operation]
    """The operations by which it was made."""


def _made(site: Site, stage: Stage) -> _Made:
    origin = stage.origin
    new, tokens = _words(site, stage.report, stage.sentence, stage.sentence + 1)
    if origin.copied_from is None or origin.sentence is None:
        return _Made(None, new, tokens, ())
    old, before = _words(site, origin.copied_from, origin.sentence, origin.sentence + origin.merged)
    return _Made(old, new, tokens, word_operations(before, tokens))


def _words(site: Site, report: int, first: int, behind: int) -> tuple[Words, list[str]]:
    """The words of some sentences of a report, and the same alone."""
    words = words_of(site.comparison.series.reports[report], first, behind)
    strings = site.comparison.vocabulary.strings  # one object for each, so that comparing them is quick
    return words, [strings[token] for token in site.comparison.witnesses[report].stretch(first, behind)]


def _row(site: Site, stages: Sequence[Stage], made: _Made) -> str:
    """One wording, and its places: the reports that have it, its words marked against what they were made from, and
    what that is."""
    stage = stages[0]
    report, sentence = stage.origin.copied_from, stage.origin.sentence
    if made.old is None or report is None or sentence is None:
        shown, source = wording(_text(site, stage)), "new"
    else:
        shown = marked_wording(made.old, made.new, made.steps)
        changes = site.addresses.changes(report, stage.report, stage.sentence)
        source = f'{site.link(report, sentence)}, <a href="../{written(changes)}">changes</a>'
    cell = f'<td class="wording" dir="auto" lang="">{shown}</td>'
    return f'<tr><th scope="row">{_years(site, stages)}</th>{cell}<td>{source}</td></tr>\n'


def _years(site: Site, stages: Sequence[Stage]) -> str:
    """The reports that have a wording: those that follow on each other by the first and the last."""
    runs: list[tuple[Stage, Stage]] = []
    for stage in stages:
        if runs and stage.report == runs[-1][1].report:
            continue  # twice in one report
        if runs and stage.report == runs[-1][1].report + 1:
            runs[-1] = runs[-1][0], stage
        else:
            runs.append((stage, stage))
    return ", ".join([_range(site, first, last) for first, last in runs])


def _range(site: Site, first: Stage, last: Stage) -> str:
    """Two places, or one, as links."""
    start = site.link(first.report, first.sentence)
    return start if first is last else f"{start}–{site.link(last.report, last.sentence)}"


def _text(site: Site, stage: Stage) -> str:
    return site.comparison.series.reports[stage.report].sentences[stage.sentence].text


# -- all wordings under each other ------------------------------------------------------------------------------------


def _aligned(site: Site, number: int, made: Sequence[_Made]) -> str:
    """The wordings as a table whose columns are segments, in order of time; empty where it would be too large."""
    lineage = site.comparison.lineages[number]
    wordings = [row.new for row in made]
    held = {(stage.report, stage.sentence): stage.variant for stage in lineage.stages}
    parents = [held.get((v.origin.copied_from, v.origin.sentence)) for v in lineage.variants]  # type: ignore[arg-type]
    segments = collate([row.tokens for row in made], parents, [row.steps for row in made])
    runs = _stage_runs(lineage)
    if len(segments) * len(runs) > MOST_CELLS:
        segments = _wider(segments)
    if not segments or len(segments) * len(runs) > MOST_CELLS:
        return ""
    columns = [_column(segment, wordings) for segment in segments]
    rows = "".join(_aligned_rows(site, lineage, runs, list(zip(*columns, strict=True))))
    direction = ' dir="rtl"' if _is_right_to_left(*wordings[0]) else ""
    heads = "".join(f'<th scope="col">{_head(segment)}</th>' for segment in segments)
    return (
        f'<div class="aligned scroll" tabindex="0" role="group" aria-label="Table: wordings {number + 1}, aligned">'
        f'<table{direction}><thead><tr><th scope="col">Stands in</th>{heads}</tr></thead>'
        f'<tbody lang="">{rows}</tbody></table></div>\n'
    )


def _is_right_to_left(text: str, spans: Sequence[Sequence[int]]) -> bool:
    """Whether a wording is written from right to left, by its first letter that has a direction."""
    start, end = (spans[0][0], spans[-1][1]) if spans else (0, 0)
    directions = map(bidirectional, text[start:end])
    return next((way for way in directions if way in ("L", "R", "AL")), "L") != "L"


def _stage_runs(lineage: Lineage) -> list[tuple[Stage, Stage]]:
    """Places that follow each other with one wording, in reports that follow each other: the first and the last."""
    runs: list[tuple[Stage, Stage]] = []
    for stage in lineage.stages:
        if runs and runs[-1][1].variant == stage.variant and stage.report - runs[-1][1].report <= 1:
            runs[-1] = runs[-1][0], stage
        else:
            runs.append((stage, stage))
    return runs


def _wider(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The same with neighbours that vary as one segment."""
    out: list[Segment] = []
    for segment in segments:
        if out and not (out[-1].fixed or segment.fixed):
            last = out.pop()
            spans = zip(last.spans, segment.spans, strict=True)
            segment = Segment(tuple((start, end) for (start, _), (_, end) in spans), False)
        out.append(segment)
    return tuple(out)


def _column(segment: Segment, wordings: Sequence[Words]) -> list[str]:
    """What each wording has in a segment."""
    if segment.fixed:
        return [_cell(segment, 0, wordings[0])] * len(wordings)
    return [_cell(segment, k, words) for k, words in enumerate(wordings)]


def _cell(segment: Segment, variant: int, words: Words) -> str:
    """What a wording has in a segment; words that all share are shortened where they are many."""
    (start, end), (text, spans) = segment.spans[variant], words
    if start == end:
        return ""
    if segment.fixed and end - start > LONGEST_FIXED:
        head, tail = spans[start + 2][1], spans[end - 3][0]
        return f"{wording(text[spans[start][0] : head])} … {wording(text[tail : spans[end - 1][1]])}"
    return wording(text[spans[start][0] : spans[end - 1][1]])


def _head(segment: Segment) -> str:
    """A column's head, for those who hear it: the words are in the cells."""
    return f'<span class="hidden">{"the same in all" if segment.fixed else "varies"}</span>'


def _aligned_rows(
    site: Site, lineage: Lineage, runs: Sequence[tuple[Stage, Stage]], cells: Sequence[Sequence[str]]
) -> Iterator[str]:
    """A row a run, and one for the reports between two runs that do not have the sentence."""
    before: Sequence[str] | None = None
    reached = lineage.first
    for first, last in runs:
        if first.report > reached + 1:
            yield _absent(site, lineage, reached + 1, first.report - 1, len(cells[0]))
        row = cells[first.variant]
        out = [f'<tr><th scope="row">{_range(site, first, last)}</th>']
        for k, text in enumerate(row):
            kept = ' class="same"' if before is not None and before[k] == text else ""
            out.append(f"<td{kept}>{text}</td>")
        yield "".join(out) + "</tr>\n"
        before, reached = row, last.report


def _absent(site: Site, lineage: Lineage, first: int, last: int, columns: int) -> str:
    ids = [site.shown_ids[report] for report in dict.fromkeys((first, last))]
    merged = any(first <= report <= last for report, _ in lineage.within)
    what = "absent, or merged into another sentence" if merged else "absent"
    return f'<tr><th scope="row">{"–".join(ids)}</th><td class="quiet" lang="en" colspan="{columns}">{what}</td></tr>\n'
