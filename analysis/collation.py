"""The wordings of one sentence as a table: the same words under each other, as in a collation of witnesses.

Each wording is aligned with the one it was made from (progressive alignment along the tree of copies; Feng and
Doolittle 1987), so that each of its tokens stands in a column. Neighbouring columns in which the same wordings agree
are one segment, as in the parallel segmentation of textual editors (Dekker et al. 2015, on CollateX).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from .edits import Op, Operation, word_operations
from .numbers import is_number

MOST_TOKENS = 20_000
"""Tokens of all wordings together beyond which no table is made."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Columns of the table that belong together: in all of them the same wordings agree."""

    spans: tuple[tuple[int, int], ...]
    """For each wording its first token here and the one behind the last; equal where it has nothing."""
    fixed: bool
    """True where all wordings have the same."""


def collate(
    wordings: Sequence[Sequence[str]],
    parents: Sequence[int | None],
    operations: Sequence[Sequence[Operation]],
) -> tuple[Segment, ...]:
    """The segments of some wordings, in reading order. Joining what a wording has in all of them gives that wording.

    `parents` gives for each wording the number of an earlier one that it was made from; None for one that is compared
    with none, which begins behind all others. `operations` gives how it was made, as `word_operations` does; those of a
    wording without a parent are not read, and old tokens beyond the parent's last are those of another sentence. None
    are made where there are more than `MOST_TOKENS` tokens.
    """
    if not wordings or sum(map(len, wordings)) > MOST_TOKENS:
        return ()
    if len(wordings) == 2 and operations[1] and operations[1][-1].old_end == len(wordings[0]):
        return tuple(_segment_of(step) for step in operations[1])
    table = _Table()
    for number, (wording, parent) in enumerate(zip(wordings, parents, strict=True)):
        if parent is None:
            table.begin(wording)
        else:
            table.join(wording, table.rows[parent], operations[number])
    return _segments(table, wordings)


def _segment_of(step: Operation) -> Segment:
    return Segment(((step.old_start, step.old_end), (step.new_start, step.new_end)), step.op is Op.EQUAL)


class _Table:
    """Columns in reading order, and for each wording the column of each of its tokens."""

    def __init__(self) -> None:
        self.order: list[int] = []
        self.latest: list[str] = []  # by column, what the latest token in it is aligned by
        self.rows: list[list[int]] = []

    def begin(self, wording: Sequence[str]) -> None:
        """A wording in columns of its own."""
        self.rows.append(self._inserted(len(self.order), wording))

    def join(self, wording: Sequence[str], parent: Sequence[int], steps: Sequence[Operation]) -> None:
        """A wording in the columns of the one it was made from, and in new ones for what that has not."""
        row: list[int] = []
        for step, after in pairwise([*steps, None]):
            assert step is not None  # noqa: S101 - only the last is None
            kept = min(step.old_end, len(parent)) - step.old_start if step.op is Op.EQUAL else 0
            if kept > 0:
                columns = parent[step.old_start : step.old_start + kept]
                row += columns
            tokens = wording[step.new_start + max(kept, 0) : step.new_end]
            if tokens:
                following = after is not None and after.old_start < len(parent) and after.op is Op.EQUAL
                row += self._placed(tokens, row[-1] if row else None, parent[after.old_start] if following else None)  # type: ignore[union-attr]
        self.rows.append(row)

    def _placed(self, tokens: Sequence[str], before: int | None, after: int | None) -> list[int]:
        """The columns of tokens between two columns: those of equal tokens there, then what is free, then new ones."""
        start = 0 if before is None else self.order.index(before) + 1
        end = len(self.order) if after is None else self.order.index(after)
        free = self.order[start:end]
        there, keys = [self.latest[column] for column in free], list(map(_key, tokens))
        shared = not set(there).isdisjoint(keys)
        whole = Operation(Op.REPLACE, 0, len(there), 0, len(keys))
        out: list[int] = []
        for step in word_operations(there, keys) if shared else (whole,):
            columns = free[step.old_start : step.old_end][: step.new_end - step.new_start]
            here = tokens[step.new_start : step.new_end]
            for column, token in zip(columns, here, strict=False):
                self.latest[column] = _key(token)
            out += columns
            at = self.order.index(out[-1]) + 1 if out else start
            out += self._inserted(at, here[len(columns) :])
        return out

    def _inserted(self, at: int, tokens: Sequence[str]) -> list[int]:
        """New columns for tokens, from a place of the order on."""
        columns = list(range(len(self.latest), len(self.latest) + len(tokens)))
        self.latest += map(_key, tokens)
        self.order[at:at] = columns
        return columns


def _key(token: str) -> str:
    """What a token is aligned by: numbers by being numbers, not by which."""
    return "0" if is_number(token) else token


def _segments(table: _Table, wordings: Sequence[Sequence[str]]) -> tuple[Segment, ...]:
    """Runs of columns in which the same wordings agree."""
    place = {column: k for k, column in enumerate(table.order)}
    lines: list[list[str | None]] = []
    for row, wording in zip(table.rows, wordings, strict=True):
        line: list[str | None] = [None] * len(place)
        for column, token in zip(row, wording, strict=True):
            line[place[column]] = token
        lines.append(line)
    out: list[Segment] = []
    starts, first = [0] * len(wordings), 0
    for pattern, columns in groupby(map(_pattern, zip(*lines, strict=True))):
        behind = first + sum(1 for _ in columns)
        ends = [
            start + behind - first - line[first:behind].count(None) for start, line in zip(starts, lines, strict=True)
        ]
        out.append(Segment(tuple(zip(starts, ends, strict=True)), pattern is None))
        starts, first = ends, behind
    return tuple(out)


def _pattern(readings: Sequence[str | None]) -> tuple[int, ...] | None:
    """Which wordings agree: for each the number of its reading, in order of first appearance; None where all do."""
    if readings.count(readings[0]) == len(readings):
        return None
    numbers: dict[str | None, int] = {}
    return tuple([numbers.setdefault(reading, len(numbers)) for reading in readings])
