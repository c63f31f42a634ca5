"""One difference in two columns, for a terminal that is wide: the old report on the left, the new on the right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from ..analysis.differences import PieceOp
from .diffs import Block, Kinds, Run, blocks
from .terminal import WIDE
from .texts import FATES, LEGEND, Fate, Part, TextPage, folded, heading, joined, paragraphs_and_facts, unchanged

if TYPE_CHECKING:
    from ..analysis.comparison import Comparison

_BETWEEN = " │ "
_SPACE = re.compile(r"\s+")


def diff_columns(
    comparison: Comparison,
    old: int,
    new: int,
    *,
    context: int | None = 1,
    width: int = WIDE,
    color: bool = False,
    hidden: Kinds = (),
) -> str:
    """How report `old` became report `new`: a paragraph beside the one it became, both wrapped to half of `width`.

    Unchanged paragraphs are folded but for `context` beside each changed one; None folds nothing.
    """
    _, facts = paragraphs_and_facts(comparison, old, new, hidden)
    page = TextPage(width, color)
    title, *rest = heading(comparison, old, new)
    page.add([(Fate.LABEL, title)], "bold")
    for line in [*rest, *facts]:
        page.add([(Fate.LABEL, line)])
    page.add(LEGEND)
    page.add([])
    ids = comparison.series.ids
    page.beside([(Fate.LABEL, ids[old])], [(Fate.LABEL, ids[new])], _BETWEEN)
    for shown in folded(blocks(comparison.difference(old, new), hidden), context):
        if isinstance(shown, int):
            page.beside([], [], _BETWEEN)
            page.add([(Fate.LABEL, f"... {unchanged(shown)} ...")], "dim")
        else:
            page.beside([], [], _BETWEEN)
            page.beside(_side(shown, old=True), _side(shown, old=False), _BETWEEN)
    return page.text()


def _side(block: Block, *, old: bool) -> list[Part]:
    """The words that one of the reports has of a paragraph; each moved passage with its label."""
    parts: list[Part] = []
    for move, group in groupby(_runs_of(block, old=old), key=lambda run: run.move):
        words = [part for run in group for part in _words(run)]
        if move is not None:
            space = [words.pop(0)] if words[0][1].isspace() else []
            label = f"[moved away ({move + 1}): " if old else f"[moved here ({move + 1}): "
            words = [*space, (Fate.LABEL, label), *words, (Fate.LABEL, "]")]
        parts += words
    return joined(_trimmed(parts))


def _runs_of(block: Block, *, old: bool) -> list[Run]:
    return [run for run in block.runs if run.text and (run.op is PieceOp.EQUAL or run.is_old is old)]


def _words(run: Run) -> Iterator[Part]:
    """The run's words and line ends, the white space around them kept apart from their mark."""
    text = _SPACE.sub(lambda found: "\n" if "\n" in found[0] else " ", run.text)
    if text[:1].isspace():
        yield Fate.KEPT, text[0]
    if text.strip():
        yield FATES[run.op], text.strip()
    if text[-1:].isspace() and len(text) > 1:
        yield Fate.KEPT, text[-1]


def _trimmed(parts: Iterable[Part]) -> list[Part]:
    """The parts without white space at the start, or behind other white space."""
    out: list[Part] = []
    for fate, words in parts:
        if not words.isspace() or (out and not out[-1][1][-1].isspace()):
            out.append((fate, words))
    return out
