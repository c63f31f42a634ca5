"""How strongly a stretch of a text speaks for having been taken from a source, and where it begins and ends.

Evidence is a log likelihood ratio, in nats. In text that was taken over, a share P of the words, weighed by how rare
they are, stands in the source's stretch as well; elsewhere a share Q does, by chance and by subject. A word that stands
there says log(P / Q), one that does not log((1 - P) / (1 - Q)), times its weight. P is what the stretch itself has, so
that a verbatim copy is bounded sharply, where a free rendering is given more room: one measure for both. A border
stands where the sum is largest (as in local alignment, but without order; Smith and Waterman 1981, Karlin and Altschul
1990).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .fragments import Fragments

CHANCE = 0.1  # Q: share of weighed words that two unrelated stretches of some sentences have in common
SURE = 0.98  # P at most: copies have slips, too
LOOSE = 0.5  # P at least when borders are drawn
WHOLE = 2.0  # nats by which a border between fragments is likelier than one inside
ROUNDS = 2  # each side's borders are drawn so often, from the other's
SPARSE = 200  # weighed words of background from which its own share counts rather than `TOPICAL`
TOPICAL = 0.3  # Q of text on the same subject, where there is little background to take it from

Stretch = tuple[int, int]  # first word, and the word behind the last


@dataclass(frozen=True, eq=False)
class Field:
    """A text and a source in which passages are looked for."""

    text: Fragments
    """The text."""
    source: Fragments
    """The source."""
    weights: NDArray[np.float64]
    """For each stem how much it says; 1 on average."""
    marked: NDArray[np.bool_]
    """For each stem whether it is looked for at the moment."""

    @classmethod
    def of(cls, text: Fragments, source: Fragments, weights: NDArray[np.float64]) -> Field:
        """A field of two texts."""
        return cls(text, source, weights, np.zeros(len(weights), np.bool_))

    def hits(self, side: Fragments, stretch: Stretch, other: Fragments, there: Stretch) -> NDArray[np.bool_]:
        """Which words of a stretch stand in a stretch of the other text."""
        wanted = other.stems[slice(*there)]
        self.marked[wanted] = True
        found = self.marked[side.stems[slice(*stretch)]]
        self.marked[wanted] = False
        return found


def evidence(field: Field, here: Stretch, there: Stretch) -> float:
    """The nats for a stretch of the text having been taken from one of the source: those of the weaker side."""
    text = _one_sided(field, field.text, here, field.source, there)
    return min(text, _one_sided(field, field.source, there, field.text, here))


def _one_sided(field: Field, side: Fragments, here: Stretch, other: Fragments, there: Stretch) -> float:
    weights = field.weights[side.stems[slice(*here)]]
    return _nats(weights, field.hits(side, here, other, there), CHANCE)


def _nats(weights: NDArray[np.float64], hits: NDArray[np.bool_], chance: float) -> float:
    share = min(float(weights[hits].sum() / max(weights.sum(), 1e-12)), SURE)
    return float(_scores(weights, hits, share, chance).sum()) if share > chance else 0.0


def _scores(weights: NDArray[np.float64], hits: NDArray[np.bool_], share: float, chance: float) -> NDArray[np.float64]:
    return weights * np.where(hits, math.log(share / chance), math.log((1 - share) / (1 - chance)))


def summary_evidence(field: Field, here: Stretch, there: Stretch, background: NDArray[np.bool_]) -> float:
    """The nats for a stretch of the text having been gathered from all over a long stretch of the source.

    A long stretch has much in common with any text on its subject: how much is seen from the `background`, the words of
    the text that resemble nothing in the source.
    """
    weights = field.weights[field.text.stems]
    hits = field.hits(field.text, (0, len(weights)), field.source, there)
    known = float(weights[background].sum())
    chance = (float(weights[background & hits].sum()) + TOPICAL * SPARSE) / (known + SPARSE)
    return _nats(weights[slice(*here)], hits[slice(*here)], chance)


def bounded(field: Field, pairs: NDArray[np.int64]) -> tuple[Stretch, Stretch]:
    """The stretches of text and source that the seeds `pairs` are in, with borders where the evidence is strongest."""
    text, source = field.text, field.source
    here, there = [_span(side, pairs[:, k]) for k, side in enumerate((text, source))]
    for _ in range(ROUNDS):
        here = _drawn(field, text, pairs[:, 0], source, there)
        there = _drawn(field, source, pairs[:, 1], text, here)
    return here, there


def _span(side: Fragments, chosen: NDArray[np.int64]) -> Stretch:
    return int(side.starts[chosen.min()]), int(side.starts[chosen.max() + 1])


def _drawn(field: Field, side: Fragments, chosen: NDArray[np.int64], other: Fragments, there: Stretch) -> Stretch:
    """The best stretch of one side around the chosen fragments, which may end within the fragments beside them."""
    first, last = max(0, int(chosen.min()) - 1), min(len(side), int(chosen.max()) + 2)
    cuts = side.starts[first : last + 1]
    low, high = int(cuts[0]), int(cuts[-1])
    weights = field.weights[side.stems[low:high]]
    hits = field.hits(side, (low, high), other, there)
    core = np.zeros(last - first, np.bool_)
    core[chosen - first] = True
    within = np.repeat(core, np.diff(cuts))
    share = float(weights[within & hits].sum() / max(weights[within].sum(), 1e-12))
    running = np.concatenate(([0.0], np.cumsum(_scores(weights, hits, min(max(share, LOOSE), SURE), CHANCE))))
    bonus = np.zeros(len(running))
    bonus[cuts - low] = WHOLE
    opening = bonus - running
    best = np.maximum.accumulate(opening)
    end = int(np.argmax((running + bonus)[1:] + best[:-1])) + 1
    start = end - 1 - int(np.argmax(opening[:end][::-1]))
    return low + start, low + end
