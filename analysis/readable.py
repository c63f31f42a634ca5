"""Word edits as a reader would mark them: without stray matches, and from where a phrase begins."""

from __future__ import annotations

from collections.abc import Sequence

from .anchors import Block
from .words import FUNCTION, folded, weight

WORTH_KEEPING = 3.0  # how many edited words one unit of kept weight outweighs
LONGEST = 2  # kept words, to one edited word, that can be a stray
FARTHEST = 40  # words by which an edit is shifted: a sentence or two, and one word repeated for ever costs little
SEVERAL = 3  # words replaced on both sides of a function word from which all of it is one phrase replaced
BINDERS = frozenset("-‐‑/'’&@_")
ENDS, PAUSES, OPENERS, CLOSERS = ".!?…。！？", ",;:，；：", "([{“„«‘", ")]}”»’"


def without_strays(old: Sequence[str], new: Sequence[str], blocks: list[Block]) -> list[Block]:
    """The blocks without those that are not worth interrupting an edit for ('semantic cleanup'; Fraser 2006).

    A stray weighs less than the edits on both of its sides: a lone 'the' between two replaced phrases.
    """
    kept: list[Block] = []
    for at, block in enumerate(blocks):
        kept.append(block)
        after = blocks[at + 1] if at + 1 < len(blocks) else (len(old), len(new), 0)
        while kept and is_stray(old, new, kept, after):
            kept.pop()
    return kept


def is_stray(old: Sequence[str], new: Sequence[str], kept: list[Block], after: Block) -> bool:
    """Whether the last block kept weighs less than the edits before and behind it."""
    i, j, length = kept[-1]
    before = kept[-2] if len(kept) > 1 else (0, 0, 0)
    gone, come = i - before[0] - before[2], j - before[1] - before[2]
    to_go, to_come = after[0] - i - length, after[1] - j - length
    least = min(max(gone, come), max(to_go, to_come))
    if not least or length > least * LONGEST:  # a block this long is heavy enough whatever its words
        return False
    weights = [min(weight(old[i + k]), weight(new[j + k])) for k in range(length)]
    if WORTH_KEEPING * sum(weights) < least:
        return True
    if length > 1 or not (gone and come and to_go and to_come):
        return False
    several = max(gone, come) + max(to_go, to_come) >= SEVERAL
    return several and (weights[0] == FUNCTION or binds(old, i) or binds(new, j))


def binds(words: Sequence[str], at: int) -> bool:
    """Whether a mark holds one expression together: a hyphen, a slash, the stop of an initial ('Cathy E. Minehan')."""
    if words[at] in BINDERS:
        return True
    return words[at] == "." and at > 0 and len(words[at - 1]) == 1 and words[at - 1].isupper()


def shifted(old: Sequence[str], new: Sequence[str], blocks: list[Block]) -> list[Block]:
    """Deletions and insertions that could stand a little earlier or later, moved to where a phrase begins.

    'the cat [the cow] the dog' and 'the cat the [cow the] dog' say the same: the first is how people see it.
    """
    result = [(0, 0, 0), *blocks, (len(old), len(new), 0)]
    for k in range(1, len(result)):
        (i, j, before), (end_i, end_j, after) = result[k - 1], result[k]
        start_i, start_j = i + before, j + before
        if (end_i > start_i) == (end_j > start_j):
            continue
        edit = Slide(old, start_i, end_i, new, start_j) if end_i > start_i else Slide(new, start_j, end_j, old, start_i)
        # a block keeps a word, so that edits do not run together; at either end of the text it need not
        at_front, at_back = i == j == 0, end_i + after == len(old) and end_j + after == len(new)
        step = edit.best(min(before - (not at_front), FARTHEST), min(after - (not at_back), FARTHEST))
        if step:
            result[k - 1] = (i, j, before + step)
            result[k] = (end_i + step, end_j + step, after - step)
    return [block for block in result if block[2]]


class Slide:
    """A stretch that only one text has, and the ways to shift it."""

    def __init__(self, words: Sequence[str], start: int, end: int, others: Sequence[str], at: int) -> None:
        self.words, self.start, self.end = words, start, end
        self.others, self.at = others, at

    def best(self, left: int, right: int) -> int:
        """By how many words to shift it, at most `left` back or `right` forward; among equals the earliest."""
        lowest = highest = 0
        while -lowest < left and self.same(self.start + lowest - 1, self.end + lowest - 1):
            lowest -= 1
        while highest < right and self.same(self.start + highest, self.end + highest):
            highest += 1
        if lowest == highest:
            return 0
        return max(
            range(lowest, highest + 1), key=lambda step: (self.exact(step, lowest, highest), self.fit(step), -step)
        )

    def same(self, i: int, j: int) -> bool:
        """Whether two words are the same, case aside."""
        return folded(self.words[i]) == folded(self.words[j])

    def exact(self, step: int, lowest: int, highest: int) -> int:
        """How many of the words that it can be shifted over are kept to the letter."""
        pairs = ((k, self.start + k if k < step else self.end + k) for k in range(lowest, highest))
        return sum(self.others[self.at + k] == self.words[place] for k, place in pairs)

    def fit(self, step: int) -> float:
        """How natural a phrase it is after the shift: clauses begin after punctuation and end with it."""
        start, end = self.start + step, self.end + step
        before, first, last = self.words[start - 1] if start else ".", self.words[start], self.words[end - 1]
        score = closing(before) + closing(last)
        score += (first[:1] in OPENERS) + (last[-1:] in CLOSERS)
        return score + weight(last) - weight(first) - (1 if closing(first) and len(first) == 1 else 0)


def closing(word: str) -> float:
    """How clearly a sentence or a clause ends with the word."""
    return 3.0 if word[-1:] in ENDS else 2.0 if word[-1:] in PAUSES else 0.0
