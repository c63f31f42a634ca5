"""One difference as a reader sees it: paragraphs of runs, and those as terminal text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..analysis.differences import Change, PieceOp

if TYPE_CHECKING:
    from ..analysis.differences import Difference, Piece

_BREAK = re.compile(r"\n\n+")
_OF_OLD_ALONE = frozenset((PieceOp.DELETE, PieceOp.MOVE_FROM))


class Run(NamedTuple):
    """Words with one fate, as they stand in a paragraph. A replacement is a deletion followed by an insertion."""

    op: PieceOp
    """EQUAL, DELETE, INSERT, MOVE_FROM or MOVE_TO; never REPLACE."""
    text: str
    """The words, with the white space around them."""
    kind: Change
    """What kind of change it is."""
    move: int | None
    """The number of the moved passage it belongs to, on both sides; None for text in its place."""
    offset: int
    """Where the text starts in the old report's cleaned text for DELETE and MOVE_FROM, in the new one's otherwise."""

    @property
    def is_old(self) -> bool:
        """True for text that stands in the old report only, at this place."""
        return self.op in _OF_OLD_ALONE


class Block(NamedTuple):
    """A paragraph as shown: of the new report, with what was deleted from it, or one that was dropped or moved away."""

    runs: tuple[Run, ...]
    """In reading order; joined, those that are not old are the new paragraph's text, or the part of it before or behind
    whole paragraphs that were dropped from its middle."""

    @property
    def changed(self) -> bool:
        """True where anything but white space was changed or moved."""
        return any(run.op is not PieceOp.EQUAL for run in self.runs)


Kinds = Collection[Change]


def blocks(difference: Difference, hidden: Kinds = ()) -> tuple[Block, ...]:
    """The paragraphs of a difference, in reading order.

    White space that changed, and changes of `hidden` kinds, are shown as in the new report.
    """
    done: list[Block] = []
    block: list[Run] = []
    begun = False  # whether the block holds text of the new report
    for run, inside in _looking_ahead(list(_runs(difference, hidden))):
        if run.text and "\n\n" not in run.text:  # within a paragraph, as most are
            block.append(run)
            begun |= not run.is_old
            continue
        for start, end in _segments(run.text):
            if start and run.is_old and begun and inside:
                block.append(Run(run.op, " ", run.kind, run.move, run.offset + start - 1))
            elif start:
                _close(block, done)
                begun = False
            if end > start:
                block.append(Run(run.op, run.text[start:end], run.kind, run.move, run.offset + start))
                begun |= not run.is_old
    _close(block, done)
    return tuple(done)


def _looking_ahead(runs: list[Run]) -> Iterator[tuple[Run, bool]]:
    """Each run with whether the new paragraph before it goes on behind it, and no whole old paragraph lies between.

    A paragraph's end that was deleted does not end the new paragraph that goes on behind it.
    """
    goes_on, breaks, answers = False, 0, [False] * len(runs)
    for k in range(len(runs) - 1, -1, -1):
        if runs[k].is_old:
            breaks += len(_BREAK.findall(runs[k].text)) if "\n\n" in runs[k].text else 0
        else:
            goes_on, breaks = not runs[k].text.startswith("\n\n"), 0
        answers[k] = goes_on and breaks < 2
    return zip(runs, answers, strict=True)


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text between its paragraph breaks; the first and the last may be empty."""
    at = 0
    if "\n\n" in text:
        for found in _BREAK.finditer(text):
            yield at, found.start()
            at = found.end()
    yield at, len(text)


def _close(runs: list[Run], done: list[Block]) -> None:
    if any(run.text.strip() for run in runs):
        done.append(Block(tuple(runs)))
    runs.clear()


def _runs(difference: Difference, hidden: Kinds) -> Iterator[Run]:
    for piece in difference.pieces:
        yield from _runs_of(piece, difference.old.text, difference.new.text, piece.kind in hidden)


def _runs_of(piece: Piece, old: str, new: str, hidden: bool) -> Iterator[Run]:
    before, after = old[piece.old_start : piece.old_end], new[piece.new_start : piece.new_end]
    if hidden and piece.move is not None:
        side = (PieceOp.MOVE_FROM, before, piece.old_start) if before else (PieceOp.MOVE_TO, after, piece.new_start)
        yield Run(side[0], side[1], piece.kind, piece.move, side[2])
        return
    if hidden or piece.kind is Change.SPACE:
        yield Run(PieceOp.EQUAL, after, piece.kind, piece.move, piece.new_start)
        return
    start = piece.new_start
    first = _before_the_old(piece, old, after)
    if first:
        yield Run(PieceOp.INSERT, after[:first], piece.kind, None, start)
        start, after = start + first, after[first:]
    if before and piece.op is not PieceOp.EQUAL:
        op = PieceOp.MOVE_FROM if piece.op is PieceOp.MOVE_FROM else PieceOp.DELETE
        yield Run(op, before, piece.kind, piece.move, piece.old_start)
    if after:
        op = PieceOp.INSERT if piece.op is PieceOp.REPLACE else piece.op
        yield Run(op, after, piece.kind, piece.move, start)


def _before_the_old(piece: Piece, old: str, after: str) -> int:
    """How many letters of what was put in are shown before what it replaced.

    Where a paragraph begins in it, the old words stand in that paragraph with what goes on behind them; in the one
    before, if they go on from that.
    """
    before = old[piece.old_start : piece.old_end]
    if piece.op is not PieceOp.REPLACE or "\n\n" not in after or "\n\n" in before:
        return 0
    if not (before[0].isspace() or piece.old_start == 0 or old[piece.old_start - 1].isspace()):
        return 0
    goes_on = not (before[-1].isspace() or old[piece.old_end : piece.old_end + 1].isspace())
    return after.rindex("\n\n") + 2 if goes_on else len(after) - len(after.lstrip("\n"))
