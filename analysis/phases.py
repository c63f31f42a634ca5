"""The years in which the text was rewritten, and which reports were written on one text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .links import Alignment

PENALTY = 0.5
"""What a new text costs, in the share of two texts that differs. One half is where they differ more than they agree."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A text and the reports that were written on it: two at least, for a text that nobody took up is no phase."""

    founder: int
    """The number of the report that brought the text in."""
    members: tuple[int, ...]
    """The numbers of all reports written on it, the founder first, ascending; there may be others between them."""
    shared: float | None
    """What the founder has in common with the earlier report it is nearest to, 0..1, below one half; None where there
    is no earlier report."""

    @property
    def first(self) -> int:
        """The number of the first report of the phase: its founder."""
        return self.founder

    @property
    def last(self) -> int:
        """The number of the latest report of the phase."""
        return self.members[-1]

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """The phase as runs of consecutive reports: the first and the last of each."""
        breaks = [0, *(k + 1 for k, (a, b) in enumerate(pairwise(self.members)) if b != a + 1), len(self.members)]
        return tuple((self.members[start], self.members[end - 1]) for start, end in pairwise(breaks))


@dataclass(frozen=True, slots=True)
class Ancestry:
    """The earlier report that a report is nearest to, and how near."""

    nearest: int | None
    """Its number; None where no earlier report has anything in common with it."""
    shared: float
    """Share of the words of both that stand in linked sentences, weighted by likeness: 0..1."""


def ancestries(
    alignments: Mapping[tuple[int, int], Alignment],
    words: Sequence[NDArray[np.int64]],
    main_sources: Sequence[int | None],
) -> tuple[Ancestry, ...]:
    """For each report the earlier one it has most in common with: the reuse curve.

    shared(old, new) = sum over links of likeness x (words of the link on both sides) / words of both (Dice 1945, on
    aligned words). Both texts count, so that a report cut down to a tenth is not the text it was cut from.
    `words` gives for each report the words of each sentence. Of equals the main source is taken, then the latest.
    """
    best = [Ancestry(None, 0.0) for _ in words]
    for (old, new), alignment in sorted(alignments.items()):
        found = Ancestry(old, shared(alignment, words[old], words[new]))
        rank = [(round(a.shared, 9), a.nearest == main_sources[new], a.nearest or 0) for a in (best[new], found)]
        if found.shared > 0 and (best[new].nearest is None or rank[1] > rank[0]):
            best[new] = found
    return tuple(best)


def shared(alignment: Alignment, old_words: NDArray[np.int64], new_words: NDArray[np.int64]) -> float:
    """What two reports have in common: see `ancestries`."""
    total = int(old_words.sum() + new_words.sum())
    old, new = (np.append(0, np.cumsum(words)) for words in (old_words, new_words))
    i, count, j, other = alignment.table.rows.T
    words = old[i + count] - old[i] + new[j + other] - new[j]
    common = sum((alignment.table.similarities * words).tolist())
    return min(common / total, 1.0) if total else 0.0


def founders(curve: Sequence[Ancestry]) -> tuple[int, ...]:
    """For each report the number of the report that brought in the text it is written on; its own where it did.

    The reports are divided into texts so that the sum is least of what each report differs from the one it is written
    on (1 - shared), plus `PENALTY` for each text: optimal partitioning (Jackson et al. 2005) with the tree of nearest
    earlier reports in place of the line of years, so that a report which goes back to an older text belongs to that
    text. In a tree each branch is decided by itself, so that the least sum is found by cutting where 1 - shared is
    greater than the penalty. The penalty is not tuned: at one half a text is new where the two differ more than agree.
    """
    found: list[int] = []
    for report, ancestry in enumerate(curve):
        kept = ancestry.nearest is not None and 1.0 - ancestry.shared <= PENALTY
        found.append(found[ancestry.nearest] if kept and ancestry.nearest is not None else report)
    return tuple(found)


def phases(curve: Sequence[Ancestry]) -> tuple[Phase, ...]:
    """The phases of a series, in order of their founders; none where every report is a text of its own."""
    members: dict[int, list[int]] = {}
    for report, founder in enumerate(founders(curve)):
        members.setdefault(founder, []).append(report)
    return tuple(
        Phase(founder, tuple(reports), curve[founder].shared if founder else None)
        for founder, reports in members.items()
        if len(reports) > 1
    )
