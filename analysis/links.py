"""What an alignment of two reports is: links between their sentences, held as arrays and shown as values."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


class Kind(enum.StrEnum):
    """How a sentence was carried over."""

    VERBATIM = "verbatim"
    """Word for word, punctuation and case included; white space aside."""
    EDITED = "edited"
    """Recognisably the same sentence, with changes."""
    NEW = "new"
    """From nowhere that we know."""

    __hash__ = str.__hash__  # the one of an enum is slow, and a site looks them up by the hundred thousand


@dataclass(frozen=True, slots=True)
class Link:
    """Sentences of the old text that became sentences of the new one: 1:1, or 1:n (split), n:1 (merged)."""

    old: tuple[int, ...]
    """Indices in the old text, ascending and adjacent."""
    new: tuple[int, ...]
    """Indices in the new text, ascending and adjacent."""
    kind: Kind
    """VERBATIM or EDITED."""
    similarity: float
    """0..1, 1 only where the words are the same."""
    moved: bool = False
    """True where the sentences stand elsewhere relative to the others: not on the longest chain of links in order."""


@dataclass(frozen=True, slots=True, eq=False)
class LinkTable:
    """Links as arrays, a row a link: most of a series is copied, so there are many."""

    rows: NDArray[np.int32]
    """Shape (links, 4): first old sentence, how many, first new sentence, how many."""
    similarities: NDArray[np.float64]
    """Shape (links,): 1 where verbatim, less where edited."""
    moved: NDArray[np.bool_]
    """Shape (links,)."""

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def edited(self) -> NDArray[np.int64]:
        """The numbers of the links that are not verbatim."""
        return np.flatnonzero(self.similarities != 1.0)

    def sentences(self, side: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """All linked sentences of the old text (side 0) or the new one (1), and for each the number of its link."""
        first, count = self.rows[:, 2 * side].astype(np.int64), self.rows[:, 2 * side + 1].astype(np.int64)
        links = np.repeat(np.arange(len(count)), count)
        return first[links] + np.arange(len(links)) - np.repeat(np.cumsum(count) - count, count), links

    def values(self) -> Iterator[Link]:
        """The links as values."""
        for (i, a, j, b), similarity, moved in zip(
            self.rows.tolist(), self.similarities.tolist(), self.moved.tolist(), strict=True
        ):
            old, new = (i,) if a == 1 else tuple(range(i, i + a)), (j,) if b == 1 else tuple(range(j, j + b))
            yield Link(old, new, Kind.VERBATIM if similarity == 1.0 else Kind.EDITED, similarity, moved)


@dataclass(frozen=True, eq=False)
class Alignment:
    """All links between two texts. A sentence is in one link at most."""

    old_count: int
    """Sentences of the old text."""
    new_count: int
    """Sentences of the new text."""
    table: LinkTable
    """All links in order of the new text."""

    @classmethod
    def of(cls, old_count: int, new_count: int, links: Iterable[Link]) -> Alignment:
        """The alignment that has these links."""
        listed = list(links)
        rows = [(link.old[0], len(link.old), link.new[0], len(link.new)) for link in listed]
        table = LinkTable(
            np.array(rows, np.int32).reshape(-1, 4),
            np.array([link.similarity for link in listed], np.float64),
            np.array([link.moved for link in listed], np.bool_),
        )
        return cls(old_count, new_count, table)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links as values, in order of the new text."""
        return tuple(self.table.values())

    @cached_property
    def dropped(self) -> tuple[int, ...]:
        """Old sentences that no link holds."""
        return _unlinked(self.old_count, self.table.sentences(0)[0])

    @cached_property
    def added(self) -> tuple[int, ...]:
        """New sentences that no link holds."""
        return _unlinked(self.new_count, self.table.sentences(1)[0])


def _unlinked(count: int, linked: NDArray[np.int64]) -> tuple[int, ...]:
    free = np.ones(count, np.bool_)
    free[linked] = False
    return tuple(np.flatnonzero(free).tolist())
