"""Yearly reports made by a seeded generator that knows what it did: the ground for benchmarks and accuracy tests.

Each year is written over an earlier one, usually the year before: most sentences are kept, some edited, replaced,
split, merged, dropped or brought back, and some paragraphs are moved. What was done to each sentence is its `Truth`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

SYLLABLES = [consonant + vowel for consonant in "bdfghklmnprstvz" for vowel in "aeiou"]
FUNCTION_WORDS = ("the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "as", "was", "with", "be", "by", "on")


@dataclass(frozen=True, slots=True)
class Truth:
    """Where a generated sentence comes from."""

    kind: str
    """kept, edited, split, merged, returned or new."""
    report: int | None
    """The report it was copied from; None for a new one."""
    sentences: tuple[int, ...]
    """The sentences of that report, from 0."""
    first_seen: int
    """The report in which it, or what it was made from, first stood."""
    moved: bool
    """True where its paragraph was moved."""


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence of a generated report."""

    words: tuple[str, ...]
    """Its words, capitalised and with the full stop on the last."""
    truth: Truth
    """Where it comes from."""


@dataclass(frozen=True)
class Generated:
    """A series whose history is known."""

    reports: tuple[tuple[tuple[Written, ...], ...], ...]
    """For each report its paragraphs of sentences."""
    bases: tuple[int | None, ...]
    """For each report the one it was written over."""

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Each report as plain text: a paragraph a line, with empty lines between."""
        return tuple(
            "\n\n".join(" ".join(" ".join(s.words) for s in paragraph) for paragraph in report) + "\n"
            for report in self.reports
        )

    def sentences(self, report: int) -> list[Written]:
        """All sentences of a report in order."""
        return [sentence for paragraph in self.reports[report] for sentence in paragraph]

    def write(self, folder: Path, first_year: int = 2001) -> None:
        """One file a report, named by its year."""
        folder.mkdir(parents=True, exist_ok=True)
        for k, text in enumerate(self.texts):
            (folder / f"{first_year + k}.txt").write_text(text, encoding="utf-8")


def generate(years: int, words: int, seed: int = 0) -> Generated:
    """`years` reports of about `words` words each."""
    writer = _Writer(np.random.default_rng(seed))
    reports = [writer.fresh(words)]
    bases: list[int | None] = [None]
    for year in range(1, years):
        base = year - 1 if year < 4 or writer.chance(0.85) else int(writer.random.integers(max(0, year - 5), year - 1))
        reports.append(writer.revised(year, base, reports, words))
        bases.append(base)
    return Generated(tuple(tuple(map(tuple, report)) for report in reports), tuple(bases))


Draft = list[list[Written]]


class _Writer:
    """The hand that writes: all chance comes from one seeded generator."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        lengths = random.choice([1, 2, 3, 4], 20_000, p=[0.1, 0.4, 0.35, 0.15])
        made = {"".join(random.choice(SYLLABLES, n)) for n in lengths}
        rare = sorted(made.difference(FUNCTION_WORDS))
        random.shuffle(rare)
        self.lexicon = np.array([*FUNCTION_WORDS, *rare], dtype=object)
        weights = 1.0 / (np.arange(len(self.lexicon)) + 2.0)
        self.cumulative = np.cumsum(weights / weights.sum())

    def chance(self, share: float) -> bool:
        return bool(self.random.random() < share)

    def draw(self, count: int) -> list[str]:
        picked = np.searchsorted(self.cumulative, self.random.random(count))
        words = self.lexicon[np.minimum(picked, len(self.lexicon) - 1)].tolist()
        return [str(self.random.integers(2, 9999)) if self.chance(0.03) else word for word in words]

    def sentence(self, year: int) -> Written:
        words = self.draw(int(self.random.integers(8, 42)))
        return Written(_finished(words), Truth("new", None, (), year, False))

    def fresh(self, words: int) -> Draft:
        report: Draft = []
        while _size(report) < words:
            report.append([self.sentence(0) for _ in range(int(self.random.integers(2, 7)))])
        return report

    def revised(self, year: int, base: int, reports: list[Draft], words: int) -> Draft:
        report: Draft = []
        number = 0
        for paragraph in reports[base]:
            report.append(self._paragraph(year, base, number, paragraph, reports))
            number += len(paragraph)
            if self.chance(0.035):
                report.append([self.sentence(year) for _ in range(int(self.random.integers(2, 6)))])
        report = [paragraph for paragraph in report if paragraph and not self.chance(0.015)]
        return self._moved(report)

    def _paragraph(self, year: int, base: int, number: int, old: list[Written], reports: list[Draft]) -> list[Written]:
        new: list[Written] = []
        k = 0
        while k < len(old):
            fate = float(self.random.random())
            if fate < 0.008 and k + 1 < len(old):
                words = [*_lowered(old[k].words), "and", *_lowered(old[k + 1].words)]
                first = min(old[k].truth.first_seen, old[k + 1].truth.first_seen)
                new.append(Written(_finished(words), Truth("merged", base, (number + k, number + k + 1), first, False)))
                k += 2
                continue
            new += self._sentence(fate, year, base, number + k, old[k], reports)
            k += 1
        return new

    def _sentence(
        self, fate: float, year: int, base: int, number: int, old: Written, reports: list[Draft]
    ) -> list[Written]:
        def copied(words: list[str], kind: str) -> Written:
            return Written(_finished(words), Truth(kind, base, (number,), old.truth.first_seen, False))

        words = _lowered(old.words)
        if fate < 0.016 and len(words) >= 16:
            middle = len(words) // 2
            return [copied(words[:middle], "split"), copied(words[middle:], "split")]
        if fate < 0.036:
            return []
        if fate < 0.061:
            return [self.sentence(year)]
        if fate < 0.15:
            return [copied(self._edited(words), "edited")]
        if fate < 0.156 and year > 2:
            back = self._returned(year, base, reports)
            return [copied(words, "kept"), *([back] if back else [])]
        return [Written(old.words, Truth("kept", base, (number,), old.truth.first_seen, False))]

    def _edited(self, words: list[str]) -> list[str]:
        new = list(words)
        for _ in range(int(self.random.integers(1, max(2, len(words) // 6)))):
            at = int(self.random.integers(0, len(new)))
            kind = self.random.integers(0, 3)
            if kind == 0:
                new[at : at + 1] = self.draw(1)
            elif kind == 1:
                new[at:at] = self.draw(int(self.random.integers(1, 4)))
            elif len(new) > 6:
                del new[at]
        return new

    def _returned(self, year: int, base: int, reports: list[Draft]) -> Written | None:
        """A sentence of an older year that the base does not have."""
        older = int(self.random.integers(0, year - 1))
        if older == base:
            return None
        flat = [s for paragraph in reports[older] for s in paragraph]
        at = int(self.random.integers(0, len(flat)))
        here = {s.words for paragraph in reports[base] for s in paragraph}
        if flat[at].words in here:
            return None
        return Written(flat[at].words, Truth("returned", older, (at,), flat[at].truth.first_seen, False))

    def _moved(self, report: Draft) -> Draft:
        count = max(1, len(report) // 60) if len(report) > 4 else 0
        for _ in range(count):
            start = int(self.random.integers(0, len(report)))
            paragraph = report.pop(start)
            at = int(self.random.integers(0, len(report) + 1))
            if abs(at - start) < 2:
                report.insert(start, paragraph)
                continue
            report.insert(at, [Written(s.words, _with_move(s.truth)) for s in paragraph])
        return report


def _with_move(truth: Truth) -> Truth:
    return Truth(truth.kind, truth.report, truth.sentences, truth.first_seen, truth.report is not None)


def _finished(words: list[str]) -> tuple[str, ...]:
    return (words[0][:1].upper() + words[0][1:], *words[1:-1], words[-1] + ".") if len(words) > 1 else (words[0] + ".",)


def _lowered(words: tuple[str, ...]) -> list[str]:
    last = words[-1].rstrip(".")
    return [words[0].lower(), *words[1:-1], last] if len(words) > 1 else [last.lower()]


def _size(report: Draft) -> int:
    return sum(len(sentence.words) for paragraph in report for sentence in paragraph)
