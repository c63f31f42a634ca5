"""A life at a glance: a strip with a cell a report, in order of time. `templates/lives.js` draws the same in a page.

What became of the sentence is told by height as well as by colour, and in words by the title of the picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...analysis.links import Kind
from .prose import as_markup, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from ...analysis.lineage import Lineage

Run = tuple[str, int, int]  # a key of WORDS, the first report, and the last

CELL, WIDEST = 10, 200
"""Pixels: a cell, and the widest strip, in which cells are narrower."""
APART = 40
"""Strips of more reports have no space between cells."""
MOST_RUNS = 12
"""Runs of reports that the title names."""
WORDS = {"f": "first", "k": "word for word", "e": "reworded", "m": "merged into another sentence", "a": "absent"}
"""What a report made of a sentence, by the letter that stands for it."""
_LETTERS = {Kind.NEW: "f", Kind.VERBATIM: "k", Kind.EDITED: "e"}
_CELLS = {"f": (0, 12), "k": (6, 12), "e": (0, 12), "m": (10, 12), "a": (6, 11)}  # from the top, of 12, to the bottom


def runs_of(lineage: Lineage) -> list[Run]:
    """What became of a sentence from its first report to the last that has it, equal neighbours as one run."""
    letters = dict.fromkeys((report for report, _ in lineage.within), "m")
    for stage in lineage.stages:
        letter = _LETTERS[stage.origin.kind]
        if letters.get(stage.report, "m") in "mk":  # one that stands in it twice is reworded if it is once
            letters[stage.report] = letter
    out: list[Run] = []
    for report in range(lineage.first, max(letters) + 1):
        letter = letters.get(report, "a")
        if out and out[-1][0] == letter:
            out[-1] = letter, out[-1][1], report
        else:
            out.append((letter, report, report))
    return out


def in_words(runs: Sequence[Run], ids: Sequence[str]) -> str:
    """The runs as a line: '2004 first, 2006–2008 word for word, 2009 reworded'."""
    parts = [
        f"{ids[first]}{'–' * (last > first)}{ids[last] * (last > first)} {WORDS[letter]}"
        for letter, first, last in runs[:MOST_RUNS]
    ]
    more = [f"and on to {ids[runs[-1][2]]}"] if len(runs) > MOST_RUNS else []
    return ", ".join([*parts, *more])


def strip(lineage: Lineage, ids: Sequence[str]) -> str:
    """The strip of a lineage, as HTML."""
    return drawn(runs_of(lineage), ids)


def drawn(runs: Sequence[Run], ids: Sequence[str]) -> str:
    """A strip of some runs, as HTML."""
    total = len(ids)
    cells: dict[str, list[str]] = {}
    for letter, first, last in runs:
        top, bottom = _CELLS[letter]
        if total <= APART:
            cell = f" {top}h.8v{bottom - top}h-.8z"
            path = "".join([f"M{k}{cell}" for k in range(first, last + 1)])
        else:
            width = last + 1 - first
            path = f"M{first} {top}h{width}v{bottom - top}h-{width}z"
        cells.setdefault(letter, []).append(path)
    paths = "".join(f'<path class="{letter}" d="{"".join(parts)}"/>' for letter, parts in sorted(cells.items()))
    return (
        f'<svg class="strip" role="img" viewBox="0 0 {total} 12" width="{min(CELL * total, WIDEST)}" '
        f'preserveAspectRatio="none"><title>{written(in_words(runs, ids))}</title>'
        f'<path class="b" d="M0 11.9h{total}"/>{paths}</svg>'
    )


def key() -> Markup:
    """What the cells mean, with one of each."""
    items = "".join(f"<li>{drawn([(letter, 0, 0)], ('',))} {words}</li>" for letter, words in WORDS.items())
    return as_markup(f'<ul class="key lives-key">{items}</ul>')
