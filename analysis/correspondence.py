"""Which words of one text stand for which of the other: kept, respelled, or replaced.

What was kept comes from the edits. Between two kept stretches the words that look alike correspond first (a respelled
word, a number for a number); what is left corresponds if it is so few words that little else is possible. That rule is
fitted to nothing but the shapes of the gaps: measured on people's alignments of edited Wikipedia sentences, pairs in
gaps of one word against one are right in 93 of 100 cases, one against two in 70, two against two in order in 69, and
larger shapes are more often wrong than right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

import Levenshtein

from .anchors import Block
from .words import CACHED, CONTENT, folded, has_digits, has_letters, weight

ALIKE = 0.6  # Levenshtein similarity from which a word counts as respelled
NUMBERS = 0.8  # how alike two different numbers are
FEW = 3  # words that one word may be replaced by, and words replaced one for one in order
LETTERS = 1000  # a longer word is no word of a language: whether two such look alike is not asked
CLOSE = 64  # word pairs in a gap up to which it is searched for words that look alike

Pair = tuple[int, int]


def corresponding(old: Sequence[str], new: Sequence[str], blocks: list[Block]) -> list[Pair]:
    """Pairs of words that correspond, in order; a word may stand for several. `blocks` are the words kept in order."""
    pairs = [(i + k, j + k) for i, j, length in blocks for k in range(length)]
    crossed = carried(old, new, blocks)
    gone, come = {i for i, _ in crossed}, {j for _, j in crossed}
    i = j = 0
    for to_i, to_j, length in [*blocks, (len(old), len(new), 0)]:
        if to_i > i and to_j > j:
            before = [k for k in range(i, to_i) if has_letters(old[k]) and k not in gone]
            after = [k for k in range(j, to_j) if has_letters(new[k]) and k not in come]
            pairs += gap_pairs(old, new, before, after)
            if to_i - i == to_j - j == 1 and not before and not after and not crossed:
                pairs.append((i, j))  # one punctuation mark for another
        i, j = to_i + length, to_j + length
    return sorted({*pairs, *crossed})


def carried(old: Sequence[str], new: Sequence[str], blocks: list[Block]) -> list[Pair]:
    """Content words that were carried elsewhere: they stand once on each side among the words not kept in order."""
    gone, come = outside(len(old), blocks, 0), outside(len(new), blocks, 1)
    left, right = Counter(folded(old[i]) for i in gone), Counter(folded(new[j]) for j in come)
    place = {folded(new[j]): j for j in come}
    return [
        (i, place[word])
        for i, word in ((i, folded(old[i])) for i in gone)
        if left[word] == right[word] == 1 and weight(word) >= CONTENT
    ]


def outside(count: int, blocks: list[Block], side: int) -> list[int]:
    """The words of one side that no block holds."""
    places: list[int] = []
    at = 0
    for block in blocks:
        places.extend(range(at, block[side]))
        at = block[side] + block[2]
    places.extend(range(at, count))
    return places


def gap_pairs(old: Sequence[str], new: Sequence[str], before: list[int], after: list[int]) -> Iterator[Pair]:
    """The pairs among words replaced by others: look-alikes first, then what lies between them."""
    if not before or not after:
        return
    n, m = len(before), len(after)
    if 1 < n * m <= CLOSE:
        cells = [(x, y) for x in range(n) for y in range(m)]
        likeness = [alike(old[i], new[j]) for i in before for j in after]
        best = max(range(n * m), key=lambda k: (likeness[k], -abs((cells[k][0] + 0.5) / n - (cells[k][1] + 0.5) / m)))
        x, y = cells[best]
        if likeness[best] >= ALIKE:
            yield from gap_pairs(old, new, before[:x], after[:y])
            yield before[x], after[y]
            yield from gap_pairs(old, new, before[x + 1 :], after[y + 1 :])
            return
    if min(n, m) == 1 and max(n, m) <= FEW:
        yield from ((i, j) for i in before for j in after)
    elif n == m <= FEW:
        yield from zip(before, after, strict=True)


@lru_cache(maxsize=CACHED)
def alike(old: str, new: str) -> float:
    """How alike two words look, 0..1; a number is like any number and like no word."""
    a, b = folded(old), folded(new)
    if a == b:
        return 1.0
    if has_digits(a) or has_digits(b):
        return NUMBERS if has_digits(a) and has_digits(b) else 0.0
    if max(len(a), len(b)) > LETTERS:
        return 0.0
    return 1.0 - Levenshtein.distance(a, b) / max(len(a), len(b))
