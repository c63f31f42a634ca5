"""Word edits between two texts."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from .anchors import SMALL, Block, diff_ids, exact_blocks
from .correspondence import corresponding
from .readable import shifted, without_strays
from .significance import significance
from .words import folded

REMEMBERED = 400
"""Words of two sentences together up to which their operations are remembered."""

__all__ = ["Edits", "Op", "Operation", "diff_ids", "diff_words", "word_operations"]


class Op(enum.StrEnum):
    """What happened to a stretch of text."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"
    REPLACE = "replace"


class Operation(NamedTuple):
    """One edit: the old words from `old_start` to `old_end` became the new ones from `new_start` to `new_end`."""

    op: Op
    """EQUAL, DELETE (no new words), INSERT (no old words) or REPLACE."""
    old_start: int
    """Index of the first old word."""
    old_end: int
    """Index behind the last old word."""
    new_start: int
    """Index of the first new word."""
    new_end: int
    """Index behind the last new word."""


@dataclass(frozen=True)
class Edits:
    """How one sequence of words became another. Refuses to exist unless its operations tile both sequences."""

    old_count: int
    """Words of the old sequence."""
    new_count: int
    """Words of the new sequence."""
    operations: tuple[Operation, ...]
    """In order, gapless, from 0 to both counts; no two neighbours of one kind."""
    matches: tuple[tuple[int, int], ...]
    """Words that correspond, (old, new): kept, respelled, or replaced one for one."""
    significance: tuple[float, ...]
    """For each new word, 0..1: how much it changes what is said."""

    def __post_init__(self) -> None:
        i = j = 0
        for step in self.operations:
            if (step.old_start, step.new_start) != (i, j):
                raise ValueError(f"edits are not gapless at old word {i}, new word {j}: {step}")
            i, j = step.old_end, step.new_end
        if (i, j) != (self.old_count, self.new_count):
            raise ValueError(f"edits end at {i}, {j} of {self.old_count}, {self.new_count} words")


def diff_words(old: Sequence[str], new: Sequence[str], *, frequency: Mapping[str, float] | None = None) -> Edits:
    """Word edits from `old` to `new`. Words are compared as given, punctuation and case included.

    Swapping the two texts swaps deletions and insertions and changes nothing else. `frequency`, the share of each word
    among all words of a series, sharpens `significance`.
    """
    first, second, turned = in_turn(old, new)
    common = common_words(first, second)
    kept = without_strays(first, second, common)
    pairs = corresponding(first, second, kept)
    shown = mirrored(shifted(first, second, kept)) if turned else shifted(first, second, kept)
    matches = tuple(sorted((i, j) for j, i in pairs)) if turned else tuple(pairs)
    return Edits(len(old), len(new), operations_of(old, new, shown), matches, significance(old, new, shown, frequency))


def word_operations(old: Sequence[str], new: Sequence[str]) -> tuple[Operation, ...]:
    """The operations of `diff_words` alone, for callers that diff many sentences: a site shows the same edit on pages
    of several kinds, so that those of the last sentences are remembered."""
    short = len(old) + len(new) <= REMEMBERED
    return _remembered(tuple(old), tuple(new)) if short else _word_operations(old, new)


def _word_operations(old: Sequence[str], new: Sequence[str]) -> tuple[Operation, ...]:
    first, second, turned = in_turn(old, new)
    shown = shifted(first, second, without_strays(first, second, common_words(first, second)))
    return operations_of(old, new, mirrored(shown) if turned else shown)


_remembered = lru_cache(maxsize=1 << 14)(_word_operations)


def in_turn(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str], bool]:
    """The two texts in an order that does not depend on which is the old one, so that ties fall alike both ways."""
    a, b = list(old), list(new)
    return (b, a, True) if (len(a), a) > (len(b), b) else (a, b, False)


def mirrored(blocks: list[Block]) -> list[Block]:
    """The blocks with old and new swapped."""
    return [(j, i, length) for i, j, length in blocks]


def common_words(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """The words that both texts have in order, case and quotes aside, as blocks in order."""
    if len(old) * len(new) > SMALL:
        first, second = (np.array(side, np.int32) for side in folded_forms(old, new))
        return [(i, j, length) for i, j, length in diff_ids(first, second).tolist()]
    # what both begin and end with, which is most of an edited sentence, needs no numbers
    front = common_front(old, new)
    back = common_front(old[front:][::-1], new[front:][::-1])
    to, behind = len(old) - back, len(new) - back
    inner = exact_blocks(*folded_forms(old[front:to], new[front:behind]))
    blocks = [(0, 0, front), *((front + i, front + j, length) for i, j, length in inner), (to, behind, back)]
    return [block for block in blocks if block[2]]


def common_front(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words both texts begin with, case and quotes aside."""
    unlike = (k for k, (a, b) in enumerate(zip(old, new, strict=False)) if a != b and folded(a) != folded(b))
    return next(unlike, min(len(old), len(new)))


def folded_forms(old: Sequence[str], new: Sequence[str]) -> tuple[list[int], list[int]]:
    """The words of both as numbers that are equal where they differ in case and quotes only."""
    numbers: dict[str, int] = {}
    first, second = ([numbers.setdefault(form, len(numbers)) for form in map(folded, side)] for side in (old, new))
    return first, second


def operations_of(old: Sequence[str], new: Sequence[str], blocks: list[Block]) -> tuple[Operation, ...]:
    """Operations that tile both texts: EQUAL where the words are the same to the letter."""
    return tuple(merged(steps(old, new, blocks)))


def steps(old: Sequence[str], new: Sequence[str], blocks: list[Block]) -> Iterator[Operation]:
    """Operations in order, neighbours of one kind not yet joined."""
    i = j = 0
    for start, other, length in [*blocks, (len(old), len(new), 0)]:
        if start > i or other > j:
            op = Op.REPLACE if start > i and other > j else Op.DELETE if start > i else Op.INSERT
            yield Operation(op, i, start, j, other)
        i, j = start + length, other + length
        yield from by_letter(old, new, (start, other, length))


def by_letter(old: Sequence[str], new: Sequence[str], block: Block) -> Iterator[Operation]:
    """The operations of a block in which words may differ in case or quotes."""
    start, other, length = block
    if length and old[start : start + length] == new[other : other + length]:  # as in most
        yield Operation(Op.EQUAL, start, start + length, other, other + length)
        return
    at = 0
    while at < length:
        same = old[start + at] == new[other + at]
        to = at + 1
        while to < length and (old[start + to] == new[other + to]) == same:
            to += 1
        yield Operation(Op.EQUAL if same else Op.REPLACE, start + at, start + to, other + at, other + to)
        at = to


def merged(operations: Iterator[Operation]) -> Iterator[Operation]:
    """The same operations, edits that touch made one."""
    last: Operation | None = None
    for step in operations:
        if last is not None and (last.op is Op.EQUAL) == (step.op is Op.EQUAL):
            op = last.op if last.op is step.op else Op.REPLACE
            last = Operation(op, last.old_start, step.old_end, last.new_start, step.new_end)
            continue
        if last is not None:
            yield last
        last = step
    if last is not None:
        yield last
