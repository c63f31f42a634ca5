"""What a series replaced by what: phrases, as written, that took the place of others when sentences were copied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .changes import MARKED, Change, heaviest, kind_of
from .edits import Op, word_operations
from .links import Kind

if TYPE_CHECKING:
    from ..corpus.report import Report
    from .provenance import Origin
    from .usage import Usage
    from .vocabulary import Vocabulary, Witness

AROUND = 40  # characters beside a phrase that tell a day of the month from another number


@dataclass(frozen=True, slots=True)
class Substitution:
    """One phrase that took the place of another, in one sentence or in many."""

    old: str
    """The words that were replaced, as written."""
    new: str
    """The words that replaced them."""
    kind: Change
    """What kind of change it is; the heaviest where the words around make a difference."""
    count: int
    """In how many sentences, each compared with the one that it was copied from."""
    reports: tuple[int, ...]
    """The numbers of the reports of those sentences, in order, each once; the first is that from which on it is so."""


def substitutions(
    reports: Sequence[Report],
    vocabulary: Vocabulary,
    witnesses: Sequence[Witness],
    origins: Sequence[Sequence[Origin]],
    usage: Usage,
) -> tuple[Substitution, ...]:
    """All substitutions of a series: the most frequent first, then the earliest, then by the words."""
    texts = [_Text(*row, vocabulary.strings) for row in zip(reports, witnesses, strict=True)]
    found: dict[tuple[str, str], list[tuple[int, Change]]] = {}
    for number, row in enumerate(origins):
        for sentence, origin in enumerate(row):
            if origin.kind is Kind.EDITED and origin.copied_from is not None and origin.sentence is not None:
                source = origin.sentence, origin.sentence + origin.merged
                edits = _replaced(texts[origin.copied_from], source, texts[number], (sentence, sentence + 1), usage)
                for key, kind in dict(edits).items():  # once a sentence, however often it is replaced in it
                    if kind in MARKED:
                        found.setdefault(key, []).append((number, kind))
    rows = [
        Substitution(
            *key,
            heaviest(kind for _, kind in uses),
            len(uses),
            tuple(dict.fromkeys(number for number, _ in uses)),
        )
        for key, uses in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.reports[0], row.old, row.new)))


@dataclass(frozen=True, slots=True)
class _Text:
    """A report, by its tokens."""

    report: Report
    witness: Witness
    strings: Sequence[str]
    """Each token of the vocabulary."""

    def words(self, sentences: tuple[int, int]) -> list[str]:
        """The tokens of the sentences from the first to the one before the second."""
        return [self.strings[token] for token in self.witness.stretch(*sentences)]

    def stretch(self, sentence: int, first: int, behind: int) -> tuple[int, int]:
        """Where some tokens, counted from the first of a sentence, start and end in the report's text."""
        at = int(self.witness.sentence_starts[sentence])
        spans = self.report.tokens.spans
        return int(spans[at + first, 0]), int(spans[at + behind - 1, 1])


def _replaced(
    old: _Text, sentences: tuple[int, int], new: _Text, others: tuple[int, int], usage: Usage
) -> Iterator[tuple[tuple[str, str], Change]]:
    """The phrases of some sentences that others replaced, and the kind of change."""
    for step in word_operations(old.words(sentences), new.words(others)):
        if step.op is not Op.REPLACE:
            continue
        i, to_i = old.stretch(sentences[0], step.old_start, step.old_end)
        j, to_j = new.stretch(others[0], step.new_start, step.new_end)
        before, after = old.report.text[i:to_i], new.report.text[j:to_j]
        around = new.report.text[max(j - AROUND, 0) : j], new.report.text[to_j : to_j + AROUND]
        yield (" ".join(before.split()), " ".join(after.split())), kind_of(before, after, usage, *around)
