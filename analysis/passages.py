"""Passages of a text that were taken from a source: word for word, edited, or summed up.

Method. Both texts are cut into fragments, fragments that are alike are seeds, and seeds near each other on both sides
are gathered into passages, as in the best systems of the PAN competitions (Sanchez-Perez, Sidorov and Gelbukh 2014).
Theirs decide by some thresholds of length and cosine; here one measure decides, the `evidence`. Its strongest borders
are a passage's borders; a passage must be worth `COST`; and seeds are one passage or several, or a summary of a long
stretch of the source, whichever is worth more in all.
"""

from __future__ import annotations

import enum
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..corpus.sentences import segment, tokenize
from .anchors import diff_ids
from .evidence import Field, Stretch, bounded, evidence, summary_evidence
from .fragments import Fragments, cut
from .seeds import Pairs, seeds
from .vocabulary import Vocabulary

COST = 25.0
"""Nats that a passage must be worth: a dozen average words in a row, and more where not all are kept."""
TWICE = 2.0
"""A stretch of the source that a stronger passage has taken before must be worth so many times as much."""
TOUCHING = 0.1
"""Share of the shorter of two stretches that they must have in common to count as the same."""
GAPS = (4, 2, 1)
"""Fragments between seeds of one passage, on either side: the passages of the first are tried in parts by the next."""
SPREAD = (3, 64)
"""The same for a summary: few in the text, a page or two in the source."""
SUMMED_UP = 3
"""A summary is so many times shorter than what it sums up, or more, ..."""
SEVERAL = 3
"""... and has seeds in so many fragments."""


class PassageKind(enum.StrEnum):
    """How a passage was taken over."""

    VERBATIM = "verbatim"
    """Word for word, punctuation and case included; white space, and marks at its edges, aside."""
    EDITED = "edited"
    """Recognisably from there, with changes."""
    SUMMARY = "summary"
    """Gathered from places all over a much longer stretch."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text and the stretch of the source that it was taken from, in characters."""

    start: int
    """Offset of its first character in the text."""
    end: int
    """Offset behind its last character."""
    source_start: int
    """Offset of the first character of the stretch in the source."""
    source_end: int
    """Offset behind its last character."""
    kind: PassageKind
    """VERBATIM, EDITED or SUMMARY."""
    similarity: float
    """How alike both stretches are, 0..1: words in the longest common subsequence x 2 / words of both (Indel
    similarity), case and quotes aside. 1 only where VERBATIM."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage in words."""

    here: Stretch
    """The stretch of the text."""
    there: Stretch
    """The stretch of the source."""
    evidence: float
    """In nats."""
    is_summary: bool = False
    """Whether it was gathered from all over the stretch of the source."""


def find_passages(text: str, source: str) -> tuple[Passage, ...]:
    """The passages of `text` that were taken from `source`, in order of the text and without overlap there.

    Takes time and memory in proportion to the texts. A text that stands in the source as a whole, or the other way
    round, is a passage however short it is.
    """
    sides = [(side, tokenize(side), segment(side)[0]) for side in (text, source)]
    vocabulary, (here, there), weights = cut(sides)
    if not len(here) or not len(there):
        return ()
    whole = _whole(vocabulary, here, there)
    found = [whole] if whole else search(vocabulary, here, there, weights)
    return tuple(_passage(vocabulary, here, there, one) for one in found)


def _whole(vocabulary: Vocabulary, here: Fragments, there: Fragments) -> Found | None:
    """All words of one text in a row in the other."""
    text, source = word_string(vocabulary, here), word_string(vocabulary, there)
    short, long = (text, source) if len(text) <= len(source) else (source, text)
    at = long.find(short)
    if at < 0:
        return None
    whole, part = (0, len(short)), (at, at + len(short))
    return Found(whole, part, COST) if short is text else Found(part, whole, COST)


def word_string(vocabulary: Vocabulary, side: Fragments) -> str:
    """The words of a text, a character for each, case and quotes aside."""
    return as_characters(vocabulary, word_ids(vocabulary, side))


def as_characters(vocabulary: Vocabulary, ids: NDArray[np.int32]) -> str:
    """Tokens as a string of one character each, case and quotes aside."""
    codes = vocabulary.folded[ids].astype(np.uint32)
    # past the halves of characters, which no string may be searched for safely in all its forms
    return (codes + np.uint32(0xE000)).astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def word_ids(vocabulary: Vocabulary, side: Fragments) -> NDArray[np.int32]:
    """The vocabulary's id of each word of a text."""
    return side.witness.tokens[vocabulary.is_word[side.witness.tokens]]


def _passage(vocabulary: Vocabulary, here: Fragments, there: Fragments, found: Found) -> Passage:
    ids = [word_ids(vocabulary, side)[slice(*at)] for side, at in ((here, found.here), (there, found.there))]
    kept = int(diff_ids(vocabulary.folded[ids[0]], vocabulary.folded[ids[1]])[:, 2].sum())
    same = not found.is_summary and same_tokens(here, found.here, there, found.there)
    similarity = 1.0 if same else min(2 * kept / (len(ids[0]) + len(ids[1])), 1 - 1e-6)
    kind = PassageKind.VERBATIM if same else PassageKind.SUMMARY if found.is_summary else PassageKind.EDITED
    return Passage(*here.characters(*found.here), *there.characters(*found.there), kind, similarity)


def same_tokens(here: Fragments, stretch: Stretch, there: Fragments, other: Stretch) -> bool:
    """Whether two stretches have the same tokens from the first word to the last, to the letter."""
    a, b = here.tokens(*stretch), there.tokens(*other)
    return len(a) == len(b) and bool((a == b).all())


# -- search -----------------------------------------------------------------------------------------------------------


def search(vocabulary: Vocabulary, text: Fragments, source: Fragments, weights: NDArray[np.float64]) -> list[Found]:
    """The passages of a text that were taken from a source, in order of the text and without overlap there."""
    pairs = seeds(vocabulary, text, source, weights)
    field = Field.of(text, source, weights)
    found = _apart(_summed_up(field, pairs, _compact(field, pairs, COST)))
    return sorted(_taken_once(found), key=lambda one: one.here)


def compact_passages(
    vocabulary: Vocabulary, text: Fragments, source: Fragments, weights: NDArray[np.float64], cost: float, alike: float
) -> list[Found]:
    """The same from seeds more alike than `alike`, worth `cost`; no summaries, but all that share a source."""
    found = _compact(Field.of(text, source, weights), seeds(vocabulary, text, source, weights, alike), cost)
    return sorted(found, key=lambda one: one.here)


def _compact(field: Field, pairs: Pairs, cost: float) -> list[Found]:
    return _apart([one for cluster in clusters(pairs, GAPS[0], GAPS[0]) for one in _divided(field, cluster, cost)])


def clusters(pairs: Pairs, text_gap: int, source_gap: int) -> Iterator[Pairs]:
    """Seeds in groups without a gap of more fragments on either side: split by one side, then the other, till none is.

    (Sanchez-Perez, Sidorov and Gelbukh 2014.)
    """
    pending: list[tuple[Pairs, int, bool]] = [(pairs, 0, False)] if len(pairs) else []
    while pending:
        group, side, settled = pending.pop()
        ordered = group[np.argsort(group[:, side], kind="stable")]
        gap = source_gap if side else text_gap
        cuts = np.flatnonzero(np.diff(ordered[:, side]) > gap) + 1
        if not len(cuts) and settled:
            yield ordered
            continue
        parts = np.split(ordered, cuts)
        pending += [(part, 1 - side, not len(cuts)) for part in reversed(parts)]


def _divided(field: Field, cluster: Pairs, cost: float, level: int = 0) -> list[Found]:
    """The cluster as one passage, or as the passages of its parts, whichever is worth more; none if neither is."""
    here, there = bounded(field, cluster)
    whole = Found(here, there, evidence(field, here, there))
    parts: list[Found] = []
    for deeper in range(level + 1, len(GAPS)):
        groups = list(clusters(cluster, GAPS[deeper], GAPS[deeper]))
        if len(groups) > 1:
            parts = _apart([one for group in groups for one in _divided(field, group, cost, deeper)])
            break
    if _worth(parts, cost) > max(whole.evidence - cost, 0):
        return parts
    return [whole] if whole.evidence > cost else []


def _worth(found: Sequence[Found], cost: float) -> float:
    """The evidence of passages less what they cost."""
    return sum(one.evidence - cost for one in found)


def _summed_up(field: Field, pairs: Pairs, found: list[Found]) -> list[Found]:
    """The passages, those that are better explained as parts of a summary made one."""
    background = np.ones(len(field.text.stems), np.bool_)
    for k in np.unique(pairs[:, 0]).tolist():
        background[field.text.starts[k] : field.text.starts[k + 1]] = False
    for cluster in clusters(pairs, *SPREAD):
        if len(np.unique(cluster[:, 0])) < SEVERAL:
            continue
        here, there = [
            (int(side.starts[cluster[:, k].min()]), int(side.starts[cluster[:, k].max() + 1]))
            for k, side in enumerate((field.text, field.source))
        ]
        if there[1] - there[0] < SUMMED_UP * (here[1] - here[0]):
            continue
        summary = Found(here, there, summary_evidence(field, here, there, background), is_summary=True)
        inside = [one for one in found if one.here[0] < here[1] and here[0] < one.here[1]]
        if summary.evidence - COST > max(_worth(inside, COST), 0):
            found = [one for one in found if one not in inside] + [summary]
    return found


def _apart(found: Sequence[Found]) -> list[Found]:
    """The passages in order of the text, none overlapping a stronger one there.

    A weaker one is shortened; if that leaves less than half of it, it is left out.
    """
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (-one.evidence, one.here, one.there)):
        at = bisect_left(kept, one.here, key=lambda other: other.here)
        start = max(one.here[0], kept[at - 1].here[1]) if at else one.here[0]
        end = min(one.here[1], kept[at].here[0]) if at < len(kept) else one.here[1]
        if 2 * (end - start) >= max(one.here[1] - one.here[0], 1):
            kept.insert(at, replace(one, here=(start, end)))
    return kept


def _taken_once(found: Sequence[Found]) -> list[Found]:
    """The passages without weak ones whose source a stronger one has taken: writers seldom take one twice.

    Of a sentence and another on the same subject, the one that was taken finds the source's sentence too.
    """
    kept: list[Found] = []
    taken: list[Stretch] = []
    for one in sorted(found, key=lambda one: (-one.evidence, one.here)):
        strong = one.is_summary or one.evidence >= TWICE * COST
        if strong or not any(_touch(one.there, other) for other in taken):
            kept.append(one)
            if not one.is_summary:
                taken.append(one.there)
    return kept


def _touch(one: Stretch, other: Stretch) -> bool:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common > TOUCHING * min(one[1] - one[0], other[1] - other[0])
