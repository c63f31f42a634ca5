"""How much of what the generator did is found again, as precision and recall of each kind of reuse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator import Generated, Truth, Written
from litany.analysis import Alignment, Kind, Origin, align_sentences, trace_origins

Facts = set[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """What was done and what was found of it, as counts that can be added."""

    right: int = 0
    """Found, and done."""
    found: int = 0
    """Found, done or not."""
    done: int = 0
    """Done, found or not."""

    def __add__(self, other: Found) -> Found:
        return Found(self.right + other.right, self.found + other.found, self.done + other.done)

    @property
    def precision(self) -> float:
        """Share of what was found that was done; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was done that was found; 1 where nothing was done."""
        return self.right / self.done if self.done else 1.0


def accuracy(made: Generated) -> dict[str, Found]:
    """What is found of a generated series, by what was done."""
    rows: dict[str, Found] = {}
    for name, found, done in _facts(made):
        rows[name] = rows.get(name, Found()) + Found(len(found & done), len(found), len(done))
    return rows


def versions(made: Generated) -> list[list[str]]:
    """The sentences of each report."""
    return [[" ".join(s.words) for s in made.sentences(k)] for k in range(len(made.reports))]


def _facts(made: Generated) -> Iterator[tuple[str, Facts, Facts]]:
    """What was found and what was done in each report: against the one it was written over, then against all before."""
    texts = versions(made)
    for number, (base, row) in enumerate(zip(made.bases, trace_origins(texts), strict=True)):
        if base is not None:
            yield from _against_base(align_sentences(texts[base], texts[number]), made.reports[number], base)
        yield from _against_all(number, row, made.sentences(number), texts)


def _against_base(
    alignment: Alignment, report: Sequence[Sequence[Written]], base: int
) -> Iterator[tuple[str, Facts, Facts]]:
    links = alignment.links
    copied = [(j, t) for j, t in enumerate(s.truth for paragraph in report for s in paragraph) if t.report == base]
    yield (
        "sentences linked",
        {(i, j) for link in links for i in link.old for j in link.new},
        {(i, j) for j, truth in copied for i in truth.sentences},
    )
    yield "sentences split", {(*k.old, *k.new) for k in links if len(k.new) > 1}, _splits(copied)
    yield (
        "sentences merged",
        {(*link.new, *link.old) for link in links if len(link.old) > 1},
        {(j, *truth.sentences) for j, truth in copied if truth.kind == "merged"},
    )
    yield "paragraphs moved", _moved(alignment, report, base), _moves(report)


def _splits(copied: Sequence[tuple[int, Truth]]) -> Facts:
    parts: dict[int, list[int]] = {}
    for j, truth in copied:
        if truth.kind == "split":
            parts.setdefault(truth.sentences[0], []).append(j)
    return {(i, *places) for i, places in parts.items() if len(places) > 1}


def _numbered(report: Sequence[Sequence[Written]]) -> Iterator[tuple[int, Sequence[Written]]]:
    """The paragraphs with the number of their first sentence."""
    starts = [0]
    for paragraph in report:
        starts.append(starts[-1] + len(paragraph))
    return zip(starts, report, strict=False)


def _moved(alignment: Alignment, report: Sequence[Sequence[Written]], base: int) -> Facts:
    """Paragraphs of which all sentences that were copied stand elsewhere."""
    moved = {j: link.moved for link in alignment.links for j in link.new}
    found: Facts = set()
    for start, paragraph in _numbered(report):
        copied = [start + k for k, sentence in enumerate(paragraph) if sentence.truth.report == base]
        if copied and all(moved.get(j, False) for j in copied):
            found.add((start,))
    return found


def _moves(report: Sequence[Sequence[Written]]) -> Facts:
    return {(start,) for start, paragraph in _numbered(report) if any(s.truth.moved for s in paragraph)}


def _against_all(
    number: int, row: Sequence[Origin], sentences: Sequence[Written], texts: list[list[str]]
) -> Iterator[tuple[str, Facts, Facts]]:
    """Copies of one sentence in several reports are one source here: which of them is named is a rule, not a fact."""
    truths = [sentence.truth for sentence in sentences]
    found: Facts = {(j, source) for j, source in enumerate(_source(texts, origin) for origin in row) if source}
    done: Facts = {
        (j, tuple(texts[truth.report][i] for i in truth.sentences))
        for j, truth in enumerate(truths)
        if truth.report is not None
    }
    back = {j for j, truth in enumerate(truths) if truth.kind == "returned"}
    yield "sources of sentences", found, done
    yield "sources of returned sentences", {s for s in found if s[0] in back}, {s for s in done if s[0] in back}
    yield (
        "first reports of sentences",
        {(j, origin.first_seen) for j, origin in enumerate(row)},
        {(j, truth.first_seen) for j, truth in enumerate(truths)},
    )
    yield (
        "new sentences",
        {(number, j) for j, origin in enumerate(row) if origin.kind is Kind.NEW},
        {(number, j) for j, truth in enumerate(truths) if truth.kind == "new"},
    )


def _source(texts: list[list[str]], origin: Origin) -> tuple[str, ...]:
    if origin.copied_from is None or origin.sentence is None:
        return ()
    return tuple(texts[origin.copied_from][origin.sentence : origin.sentence + origin.merged])
