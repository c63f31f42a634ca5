"""Links among the sentences of two texts that have no equal in the other: edited, split, merged, moved, retold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .candidates import STEPS, Grams, pair_overlaps, pair_similarities, similar_pairs
from .distinct import among
from .linking import Block, Floats, Found, Weights, link_in_order
from .matching import Pairs, Places, heaviest_chain

ALMOST = 0.9999  # the similarity of sentences that differ in case or punctuation only, or in where they are cut
CARRIED = 0.3  # share of the words in equal sentences from which on a text is close to the other without more proof
BATCH = 65_536  # pairs between anchors that are compared at once
CROSSED = 3  # links in order that a sentence may cross and still stand nearby
NEAR = 12  # sentences beside a link out of order that are looked at
TIE = 1e-9  # less than any difference in similarity that counts


@dataclass(frozen=True, slots=True)
class AlignmentSettings:
    """What the alignment of sentences weighs. The same for all languages and lengths.

    Some values come in pairs: the first holds where what was carried over was carried over closely, as in yearly
    reports and drafts, the second where a whole text was retold, as for other readers; between them by degrees.
    """

    threshold: tuple[float, float] = (0.25, 0.20)
    """Similarity that a link must exceed."""
    contiguity: tuple[float, float] = (0.02, 0.04)
    """Earned by a link that follows the one before on both sides, in similarity."""
    own_share: tuple[float, float] = (0.62, 0.05)
    """Share of each outer part of a split or merged sentence that must be found in the other side, and only there."""
    most: tuple[int, int] = (3, 8)
    """Sentences on the longer side of a link."""
    fidelity: float = 0.6
    """Mean similarity of what corresponds from which on a text counts as carried over closely."""
    detour: float = 0.2
    """Taken from a link off the straight ways between two anchors, in similarity times the share of the way that it is
    off: of sentences about as alike those at the same place correspond. Not in texts that were retold."""
    evidence: float = 1.0
    """Standard deviations by which links in order must outnumber links against the order in a text that was retold;
    one more, and it counts as wholly retold."""
    unrelated: float = 0.33
    """Similarity that a link must exceed where neither closeness nor order tells that the texts are related."""
    moved: float = 0.6
    """Similarity that a link must exceed that does not keep the order; more for short sentences."""
    nearby: float = 0.45
    """The same where it crosses only a few links that do: sentences that changed places with their neighbours."""
    cells: int = 1_000_000
    """Old sentences x new sentences that are compared pair by pair; beyond, only those that share rare grams are."""


@dataclass(frozen=True, eq=False)
class Rest:
    """The sentences of two texts that have no equal in the other."""

    grams: Grams
    """Their grams."""
    rows: Places
    """Which old sentences they are, ascending."""
    columns: Places
    """Which new sentences they are, ascending."""

    def block(self, overlap: Floats, old: int = 0, new: int = 0) -> Block:
        """Those from `old` and from `new` on, as many as `overlap` says what they share."""
        i, j = slice(old, old + overlap.shape[0]), slice(new, new + overlap.shape[1])
        grams, ties = self.grams, self.grams.ties
        return Block(
            overlap,
            grams.old_sizes[i],
            grams.new_sizes[j],
            _breaks(self.rows[i]),
            _breaks(self.columns[j]),
            (ties[0][i, None] + ties[1][j]) * np.float64(TIE / 2.0**64),
        )

    def without(self, links: Sequence[Found]) -> Rest:
        """Those that no link holds."""
        free = np.ones(len(self.rows), np.bool_), np.ones(len(self.columns), np.bool_)
        for i, a, j, b, _ in links:
            free[0][i : i + a] = free[1][j : j + b] = False
        return Rest(self.grams.chosen(*free), self.rows[free[0]], self.columns[free[1]])

    def in_texts(self, links: Sequence[Found]) -> list[Found]:
        """Links among these as links between the texts."""
        return [(int(self.rows[i]), a, int(self.columns[j]), b, min(s, ALMOST)) for i, a, j, b, s in links]


def _breaks(places: Places) -> NDArray[np.bool_]:
    found = np.ones(len(places), np.bool_)
    found[1:] = places[1:] - places[:-1] != 1
    return found


def link_rest(
    rest: Rest, equal: Pairs, in_order: NDArray[np.bool_], carried: float, settings: AlignmentSettings
) -> tuple[list[Found], Weights]:
    """The links among the rest, given the equal pairs, which of them keep the order, and their share of the words.

    With them comes what was weighed for it.

    First what is between those that keep the order is linked in order, then what is left, wherever it stands, then what
    is beside links out of order. Where sentences are too many to look at every pair, strong links come first.
    """
    if len(rest.rows) * len(rest.columns) > settings.cells:
        return _link_many(rest, equal, in_order, settings), close_weights(settings)
    weights = close_weights(settings)
    if carried < CARRIED:
        weights = decide_weights(rest.block(rest.grams.overlap()), settings)
    links = _between(rest, equal[in_order], weights, settings)
    left = rest.without(links)
    far = _anywhere(left, settings)
    found, moved, left = rest.in_texts(links), left.in_texts(far), left.without(far)
    near = _nearby(left, _seeds(equal[in_order], found), settings)
    moved += left.in_texts(near)
    return found + moved + _beside(left.without(near), _seeds(equal[~in_order], moved), weights), weights


def link_between(
    rest: Rest, found: Sequence[Found], anchors: Pairs, weights: Weights, settings: AlignmentSettings
) -> list[Found]:
    """The links that are best together between each two anchors, among those of the rest that no link found holds."""
    held = (
        {k for i, a, _, _, _ in found for k in range(i, i + a)},
        {k for _, _, j, b, _ in found for k in range(j, j + b)},
    )
    free = [
        ~among(places, np.fromiter(taken, np.int64, len(taken)))
        for places, taken in zip((rest.rows, rest.columns), held, strict=True)
    ]
    left = Rest(rest.grams.chosen(*free), rest.rows[free[0]], rest.columns[free[1]])
    return left.in_texts(_between(left, anchors, weights, settings))


def _link_many(rest: Rest, equal: Pairs, in_order: NDArray[np.bool_], settings: AlignmentSettings) -> list[Found]:
    weights = close_weights(settings)
    far = _anywhere(rest, settings)
    found, left = rest.in_texts(far), rest.without(far)
    anchors = _seeds(equal[in_order], found)
    anchors = anchors[heaviest_chain(anchors[:, 1], np.ones(len(anchors), np.int64), np.zeros(len(anchors), np.int64))]
    links = _between(left, anchors, weights, settings)
    between, left = left.in_texts(links), left.without(links)
    near = _nearby(left, _seeds(anchors, between), settings)
    found += between + left.in_texts(near)
    return found + _beside(left.without(near), _seeds(equal[~in_order], found), weights)


def _seeds(pairs: Pairs, links: Sequence[Found]) -> Pairs:
    """The pairs, and the first pair of each link, in order of the old text."""
    both = np.concatenate((pairs, np.array([(i, j) for i, _, j, _, _ in links], np.int64).reshape(-1, 2)))
    return both[np.argsort(both[:, 0], kind="stable")]


def _beside(rest: Rest, seeds: Pairs, weights: Weights) -> list[Found]:
    """Links that go on where a link out of order ends, on both sides without a gap, forwards and then backwards."""
    links: list[Found] = []
    for step in (1, -1):
        inside = among(seeds[:, 0] + step, rest.rows) & among(seeds[:, 1] + step, rest.columns)
        for i, j in (seeds[inside] + step).tolist():
            run = _run(rest.rows, i, step), _run(rest.columns, j, step)
            if run[0][1] > run[0][0] and run[1][1] > run[1][0]:
                going_on = _going_on(rest, *run, step, weights)
                links += rest.in_texts(going_on)
                rest = rest.without(going_on) if going_on else rest
    return links


def _run(places: Places, start: int, step: int) -> tuple[int, int]:
    """From where to where `places` go on from `start` without a gap, backwards with a step of -1; at most `NEAR`."""
    at = int(np.searchsorted(places, start))
    end = at
    while 0 <= end < len(places) and int(places[end]) == start + end - at and abs(end - at) < NEAR:
        end += step
    return (at, end) if step > 0 else (end + 1, at + 1)


def _going_on(rest: Rest, old: tuple[int, int], new: tuple[int, int], step: int, weights: Weights) -> list[Found]:
    """The best links in order of two runs, as far as they go on without a gap from the runs' start, or to their end."""
    height, width = old[1] - old[0], new[1] - new[0]
    block = rest.block(rest.grams.overlap_of(slice(*old), slice(*new)), old[0], new[0])
    kept: list[Found] = []
    at = (0, 0) if step > 0 else (height, width)
    for i, a, j, b, similarity in link_in_order(block, weights)[::step]:
        if ((i, j) if step > 0 else (i + a, j + b)) != at:
            break
        at = (i + a, j + b) if step > 0 else (i, j)
        kept.append((i + old[0], a, j + new[0], b, similarity))
    return kept


def _between(rest: Rest, anchors: Pairs, weights: Weights, settings: AlignmentSettings) -> list[Found]:
    """The links that are best together between each two anchors."""
    starts = np.zeros((2, len(anchors) + 1), np.int64)
    ends = np.empty_like(starts)
    for k, side in enumerate((rest.rows, rest.columns)):
        starts[k, 1:] = np.searchsorted(side, anchors[:, k])
        ends[k, :-1], ends[k, -1] = starts[k, 1:], len(side)
    height, width = ends - starts
    cells = height * width
    small = np.flatnonzero((cells > 0) & (cells <= settings.cells))
    links: list[Found] = []
    for some in _batches(small, cells[small]):
        links += _in_gaps(rest, starts[:, some], height[some], width[some], weights)
    return links


def _batches(gaps: Places, cells: Places) -> list[Places]:
    """The gaps in groups of about as many cells as are compared at once."""
    numbers = np.cumsum(cells) // BATCH
    return np.split(gaps, np.flatnonzero(np.diff(numbers)) + 1) if len(gaps) else []


def _in_gaps(rest: Rest, starts: Pairs, height: Places, width: Places, weights: Weights) -> list[Found]:
    """The best links in each gap. Most gaps hold one sentence of either text: these are decided all at once."""
    cells = height * width
    bounds = np.concatenate((np.zeros(1, np.int64), np.cumsum(cells)))
    within = np.arange(int(bounds[-1])) - np.repeat(bounds[:-1], cells)
    across = np.repeat(width, cells)
    pairs = np.stack((within // across, within % across), axis=1) + np.repeat(starts.T, cells, axis=0)
    overlaps = pair_overlaps(rest.grams, pairs)
    single = np.flatnonzero(cells == 1)
    i, j = starts[:, single]
    similarity = 2 * overlaps[bounds[single]] / np.maximum(rest.grams.old_sizes[i] + rest.grams.new_sizes[j], 1e-9)
    alike = similarity + 2 * weights.contiguity > weights.threshold
    rows = zip(i[alike].tolist(), j[alike].tolist(), similarity[alike].tolist(), strict=True)
    links: list[Found] = [(x, 1, y, 1, s) for x, y, s in rows]
    for k in np.flatnonzero(cells > 1).tolist():
        i, j = starts[:, k].tolist()
        overlap = overlaps[bounds[k] : bounds[k + 1]].reshape(height[k], width[k])
        links += [(i + x, a, j + y, b, s) for x, a, y, b, s in link_in_order(rest.block(overlap, i, j), weights)]
    return links


def _anywhere(rest: Rest, settings: AlignmentSettings) -> list[Found]:
    """Links of one sentence to one, the most similar first; short sentences must be more similar than long ones."""
    grams = rest.grams
    if len(rest.rows) * len(rest.columns) <= settings.cells:
        block = rest.block(grams.overlap())
        pairs = np.argwhere(block.similarity > settings.moved)
        scores = block.similarity[pairs[:, 0], pairs[:, 1]]
    else:
        pairs, scores = similar_pairs(grams, settings.moved)
    return _likest(rest, pairs, scores, settings.moved, settings)


def _nearby(rest: Rest, anchors: Pairs, settings: AlignmentSettings) -> list[Found]:
    """The same for sentences that changed places with a few others: they cross `CROSSED` of the anchors at most."""
    before, other = np.searchsorted(anchors[:, 0], rest.rows), np.searchsorted(anchors[:, 1], rest.columns)
    first = np.searchsorted(other, before - CROSSED)
    counts = np.searchsorted(other, before + CROSSED, side="right") - first
    if not 0 < int(counts.sum()) <= settings.cells:
        return []
    rows = np.repeat(np.arange(len(rest.rows)), counts)
    columns = np.arange(len(rows)) + np.repeat(first - np.cumsum(counts) + counts, counts)
    pairs = np.stack((rows, columns), axis=1)
    return _likest(rest, pairs, pair_similarities(rest.grams, pairs), settings.nearby, settings)


def _likest(rest: Rest, pairs: Pairs, scores: Floats, least: float, settings: AlignmentSettings) -> list[Found]:
    """Links of the pairs that are similar enough, each sentence once, the most similar first."""
    grams = rest.grams
    letters = np.minimum(grams.old_sizes[pairs[:, 0]], grams.new_sizes[pairs[:, 1]]) / (1.5 * STEPS)
    enough = scores > least + 1.5 / np.maximum(letters, 1)
    pairs, scores = pairs[enough], scores[enough]
    ties = (grams.ties[0][pairs[:, 0]] + grams.ties[1][pairs[:, 1]]) * np.float64(TIE / 2.0**64)
    best = pairs[np.argsort(-scores - ties, kind="stable")]
    done: tuple[set[int], set[int]] = set(), set()
    taken: list[tuple[int, int]] = []
    for i, j in best.tolist():
        if i not in done[0] and j not in done[1]:
            done[0].add(i)
            done[1].add(j)
            taken.append((i, j))
    return _with_other_parts(rest, np.array(taken, np.int64).reshape(-1, 2), done, settings)


def _with_other_parts(
    rest: Rest, pairs: Pairs, done: tuple[set[int], set[int]], settings: AlignmentSettings
) -> list[Found]:
    """Pairs as links, each with the sentence beside it that is the other part of a split or merged one."""
    grams, count = rest.grams, (len(rest.rows), len(rest.columns))
    steps = np.array([(0, 0), (0, 1), (0, -1), (1, 0), (-1, 0)])
    around = (pairs[:, None, :] + steps).reshape(-1, 2)
    overlaps = pair_overlaps(grams, np.clip(around, 0, np.array(count) - 1)).reshape(-1, len(steps))
    links: list[Found] = []
    for (i, j), shared in zip(pairs.tolist(), overlaps.tolist(), strict=True):
        total = float(grams.old_sizes[i] + grams.new_sizes[j])
        link: Found = (i, 1, j, 1, 2 * shared[0] / total)
        for (down, right), part in zip(steps[1:].tolist(), shared[1:], strict=True):
            side, at, step = (0, i, down) if down else (1, j, right)
            places, sizes = ((rest.rows, grams.old_sizes), (rest.columns, grams.new_sizes))[side]
            whole = float((grams.new_sizes[j], grams.old_sizes[i])[side])
            if not 0 <= at + step < count[side] or at + step in done[side] or abs(places[at + step] - places[at]) != 1:
                continue
            size, both = float(sizes[at + step]), min(whole, shared[0] + part)
            similarity = 2 * both / (total + size)
            if both - shared[0] >= settings.own_share[0] * size and similarity > link[4]:
                link = (min(i, i + down), 1 + abs(down), min(j, j + right), 1 + abs(right), similarity)
        done[0].update(range(link[0], link[0] + link[1]))
        done[1].update(range(link[2], link[2] + link[3]))
        links.append(link)
    return links


def close_weights(settings: AlignmentSettings) -> Weights:
    """What is weighed where what was carried over was carried over closely."""
    return Weights(
        settings.threshold[0], settings.contiguity[0], settings.own_share[0], settings.most[0], settings.detour
    )


def decide_weights(block: Block, settings: AlignmentSettings) -> Weights:
    """What is weighed for these two texts: how close one is to the other is seen from their best links in order.

    Where these are not close, the same is done with one text turned round: what is found then is chance, and where the
    true order finds no more than that, the texts have little to do with each other.
    """
    close = close_weights(settings)
    probe = Weights(settings.threshold[1], 0.0, 1.0, 1)
    links = link_in_order(block, probe)
    sizes = [min(block.old_sizes[i], block.new_sizes[j]) for i, _, j, _, _ in links]
    total = sum(sizes)
    if total and sum(s * size for (*_, s), size in zip(links, sizes, strict=True)) / total >= settings.fidelity:
        return close
    chance = len(link_in_order(block.reversed, probe))
    excess = (len(links) - chance) / max(len(links) + chance, 1) ** 0.5
    degree = min(max(excess - settings.evidence, 0.0), 1.0)
    if not degree:
        return replace(close, threshold=settings.unrelated)

    def between(values: tuple[float, float]) -> float:
        return values[0] + degree * (values[1] - values[0])

    return Weights(
        between(settings.threshold),
        between(settings.contiguity),
        between(settings.own_share),
        round(between(settings.most)),
    )
