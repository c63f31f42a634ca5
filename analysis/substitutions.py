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
    reports: Sequence[Report], origins: Sequence[Sequence[Origin]], usage: Usage
) -> tuple[Substitution, ...]:
    """All substitutions of a series: the most frequent first, then the earliest, then by the words."""
    found: dict[tuple[str, str], list[tuple[int, Change]]] = {}
    for number, row in enumerate(origins):
        for sentence, origin in enumerate(row):
            if origin.kind is Kind.EDITED and origin.copied_from is not None and origin.sentence is not None:
                source = reports[origin.copied_from], origin.sentence, origin.sentence + origin.merged
                edits = _replaced(source, (reports[number], sentence, sentence + 1), usage)
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


_Sentences = tuple["Report", int, int]  # a report, its first sentence and the one behind the last


def _replaced(old: _Sentences, new: _Sentences, usage: Usage) -> Iterator[tuple[tuple[str, str], Change]]:
    """The phrases of some sentences that others replaced, and the kind of change."""
    sides = [_spans(*old), _spans(*new)]
    texts = [
        [report.text[start:end] for start, end in side] for (report, *_), side in zip((old, new), sides, strict=True)
    ]
    for step in word_operations(*texts):
        if step.op is not Op.REPLACE:
            continue
        i, to_i = sides[0][step.old_start][0], sides[0][step.old_end - 1][1]
        j, to_j = sides[1][step.new_start][0], sides[1][step.new_end - 1][1]
        before, after = old[0].text[i:to_i], new[0].text[j:to_j]
        around = new[0].text[max(j - AROUND, 0) : j], new[0].text[to_j : to_j + AROUND]
        yield (" ".join(before.split()), " ".join(after.split())), kind_of(before, after, usage, *around)


def _spans(report: Report, first: int, behind: int) -> list[list[int]]:
    """Where the tokens of some sentences stand."""
    start, end = report.sentence_tokens[[first, behind]].tolist()
    return report.tokens.spans[start:end].tolist()
