"""Which edited sentences were only updated: every edit is a number, a date, a name or another light kind of change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from .changes import LIGHT, Change, heaviest, is_respelled, kind_of, plain_letters, unit_kind
from .edits import Op, word_operations

if TYPE_CHECKING:
    from .links import Alignment
    from .usage import Usage
    from .vocabulary import Vocabulary, Witness


class Updates:
    """Tells updated from reworded sentences of one series; what was asked once is remembered."""

    def __init__(self, vocabulary: Vocabulary, usage: Usage) -> None:
        self._strings = vocabulary.strings
        self._usage = usage
        self._is_content: dict[int, bool] = {}
        self._known: dict[tuple[tuple[int, ...], tuple[int, ...]], bool] = {}

    def is_updated(self, old: Sequence[int], new: Sequence[int]) -> bool:
        """Whether a sentence (the ids of its tokens) became another by light changes only. Swapping does not matter."""
        key = (tuple(old), tuple(new))
        if key not in self._known:
            self._known[key] = not self._is_surely_reworded(*key) and self._kind(*key) in LIGHT
        return self._known[key]

    def _is_surely_reworded(self, old: tuple[int, ...], new: tuple[int, ...]) -> bool:
        """Whether words came or went that no light kind explains: seen without comparing word by word."""
        gone, come = self._only_in(old, new), self._only_in(new, old)
        if plain_letters("".join(sorted(gone))) == plain_letters("".join(sorted(come))):
            return False
        if len(gone) > FEW or len(come) > FEW:
            return True
        return not (_are_respelled(gone, come) and _are_respelled(come, gone))

    def _only_in(self, one: tuple[int, ...], other: tuple[int, ...]) -> list[str]:
        """The words of content that stand more often in the one sentence."""
        if len(one) > LONG:
            return [self._strings[k] for k in Counter(one) - Counter(other) if self._content(k)]
        words, others = set(one), set(other)
        more: set[int] = set()
        if len(words) < len(one):
            several = {k for k, following in pairwise(sorted(one)) if k == following}
            more = {k for k in several & others if one.count(k) > other.count(k)}
        return [self._strings[k] for k in words if (k not in others or k in more) and self._content(k)]

    def _content(self, token: int) -> bool:
        """Whether a token is neither number nor date, function word, mark nor capitalised."""
        if token not in self._is_content:
            word = self._strings[token]
            self._is_content[token] = unit_kind(word, self._usage) is None and not word[:1].isupper()
        return self._is_content[token]

    def _kind(self, old: Sequence[int], new: Sequence[int]) -> Change:
        """The heaviest kind of the edits between two sentences."""
        a, b = [self._strings[k] for k in old], [self._strings[k] for k in new]
        kinds = [Change.SPACE]
        for step in word_operations(a, b):
            if step.op is not Op.EQUAL:
                gone, come = " ".join(a[step.old_start : step.old_end]), " ".join(b[step.new_start : step.new_end])
                around = " ".join(b[max(step.new_start - 4, 0) : step.new_start]), " ".join(b[step.new_end :][:4])
                kinds.append(kind_of(gone, come, self._usage, *around))
        return heaviest(kinds)


def _are_respelled(words: list[str], others: list[str]) -> bool:
    """Whether each word is one of the others in another spelling, or a part of them all in one."""
    letters = plain_letters("".join(others))
    return all(plain_letters(w) in letters or any(is_respelled(w, other) for other in others) for w in words) and (
        bool(others) or not words
    )


LONG = 100  # tokens of a sentence from which a table of its words pays
FEW = 12  # words of content that may be respelled in one sentence


@dataclass(frozen=True, slots=True)
class Updated:
    """Of a report, what is in edited sentences of which only numbers, dates, names or other light things changed."""

    words: int
    """Words in such sentences."""
    sentences: int
    """Such sentences."""
    all_words: int
    """All words of the report."""
    all_sentences: int
    """All sentences of the report."""

    def share(self, of: str) -> float | None:
        """`words` or `sentences` as a share, 0..1, of all of the report's; None where it has none."""
        whole = getattr(self, f"all_{of}")
        return getattr(self, of) / whole if whole else None

    @classmethod
    def of(cls, flags: Sequence[bool], words: Sequence[int]) -> Updated:
        """From whether each sentence was only updated, and the words in each."""
        held = sum(count for count, flag in zip(words, flags, strict=True) if flag)
        return cls(held, sum(flags), sum(words), len(flags))


def updated_by(alignment: Alignment, old: Witness, new: Witness, updates: Updates) -> list[bool]:
    """For each new sentence whether it was only updated."""
    flags = [False] * alignment.new_count
    table = alignment.table
    for i, count, j, other in table.rows[table.edited].tolist():
        is_light = updates.is_updated(old.stretch(i, i + count), new.stretch(j, j + other))
        flags[j : j + other] = [is_light] * other
    return flags
