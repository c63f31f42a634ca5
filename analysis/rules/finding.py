"""What `litany check` says: a finding, the rule that made it, and the report that a rule looks at."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from ...corpus.report import Place
from ...corpus.sentences import guess_language
from ..distinct import distinct_values
from ..vocabulary import fold

if TYPE_CHECKING:
    from ...corpus.report import Report, Series
    from ..comparison import Comparison
    from ..provenance import Origin


class Severity(enum.StrEnum):
    """How much a finding weighs, the heaviest first."""

    ERROR = "error"
    """Wrong, as far as the texts can tell."""
    WARNING = "warning"
    """Probably wrong: to be looked at."""
    NOTE = "note"
    """Worth knowing; often meant."""

    @property
    def rank(self) -> int:
        """0 for the heaviest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found, in one line and at one place."""

    rule: str
    """The id of the rule."""
    severity: Severity
    """How much it weighs."""
    report: str
    """The id of the report; empty where a file could not be read as one."""
    place: Place
    """Where it stands in the file it came from."""
    message: str
    """What is wrong and what would be right, as one line."""
    evidence: str
    """What the message rests on: the wording of the source, the years that agree. May be empty."""
    fingerprint: str
    """The same for the same finding wherever its lines move to; no two findings of one run share one."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule's function finds, before the rule gives it a name and a weight."""

    place: Place
    """Where it stands."""
    message: str
    """What is wrong and what would be right."""
    evidence: str
    """What the message rests on."""
    words: str
    """What identifies it whatever line it stands on: the words that are wrong, with those around them."""
    severity: Severity | None = None
    """Where it is not the rule's own."""


@dataclass(frozen=True, slots=True)
class NoOptions:
    """A rule that has nothing to set."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """Something that people get wrong, how it is found, and what to say about it."""

    id: str
    """Its name, in lower case with hyphens."""
    severity: Severity
    """How much its findings weigh, unless a project or a finding says otherwise."""
    title: str
    """What it finds, as a heading."""
    why: str
    """When it happens and why it matters."""
    example: str
    """What it says, over an example."""
    mend: str
    """What to do about a finding."""
    check: Callable[[Case, Any], Iterator[Hit]]
    """The findings in one report, given it and the rule's options."""
    options: type[Any] = NoOptions
    """The dataclass of its options; each field has a docstring and a default."""
    check_series: Callable[[Series], Iterator[Hit]] | None = None
    """What it finds in files that did not become reports, where it looks for that."""


@dataclass(frozen=True, eq=False)
class Case:
    """A report as the rules look at it: itself, its past, where each of its sentences comes from."""

    comparison: Comparison
    """The series."""
    number: int
    """The report's number in it."""
    kept: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)
    """What several rules or reports need and one of them has computed."""

    @property
    def series(self) -> Series:
        """The series."""
        return self.comparison.series

    @cached_property
    def report(self) -> Report:
        """The report."""
        return self.series.reports[self.number]

    @cached_property
    def language(self) -> str:
        """The language it seems to be written in, as ISO 639-1."""
        return guess_language(self.report.text)

    @cached_property
    def source(self) -> int | None:
        """The number of the report that it was mostly copied from."""
        return self.comparison.main_source(self.number)

    @cached_property
    def origins(self) -> tuple[Origin, ...]:
        """Where each of its sentences comes from."""
        return self.comparison.provenance.origins[self.number]

    @cached_property
    def heading(self) -> tuple[int, str]:
        """What stands above its text, with the mark-up: where that begins in the document, and the characters."""
        report = self.report
        body = report.offsets.to_source(0) if report.text else report.end
        return report.start, report.document.text[report.start : body]

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, int], ...]:
        """For each paragraph its first sentence and the one behind its last."""
        numbers = self.report.sentence_paragraphs.tolist()
        firsts = [k for k, number in enumerate(numbers) if not k or number != numbers[k - 1]]
        return tuple(pairwise([*firsts, len(numbers)])) if firsts else ()

    def sentence(self, report: int, number: int, merged: int = 1) -> str:
        """One sentence, or several that follow, of any report."""
        text, spans = self.series.reports[report].text, self.series.reports[report].sentence_spans
        return text[int(spans[number, 0]) : int(spans[number + merged - 1, 1])]

    def source_of(self, sentence: int) -> tuple[int, str] | None:
        """The number of the report that a sentence was copied from and the text there; None for a new sentence."""
        origin = self.origins[sentence]
        if origin.copied_from is None or origin.sentence is None:
            return None
        return origin.copied_from, self.sentence(origin.copied_from, origin.sentence, origin.merged)

    def ancestors(self, sentence: int) -> Iterator[tuple[int, int]]:
        """The sentences that one was copied from, one from the other: report and sentence numbers, the latest first."""
        report, number = self.number, sentence
        while True:
            origin = self.comparison.provenance.origins[report][number]
            if origin.copied_from is None or origin.sentence is None:
                return
            report, number = origin.copied_from, origin.sentence
            yield report, number

    def tokens(self, report: int, sentence: int, merged: int = 1) -> list[str]:
        """The tokens of one sentence, or of several that follow, as written."""
        strings = self.comparison.vocabulary.strings
        return [strings[token] for token in self.comparison.witnesses[report].stretch(sentence, sentence + merged)]

    def words(self, report: int, first: int, last: int) -> NDArray[np.int32]:
        """The words of some sentences, as ids of their folded forms: case, quotes and punctuation aside."""
        known = cast(dict[int, tuple[NDArray[np.int32], NDArray[np.int64]]], self.kept.setdefault("words", {}))
        if report not in known:
            witness, vocabulary = self.comparison.witnesses[report], self.comparison.vocabulary
            is_word = vocabulary.is_word[witness.tokens]
            starts = np.append(0, np.cumsum(is_word))[witness.sentence_starts]
            known[report] = vocabulary.folded[witness.tokens[is_word]], starts
        ids, starts = known[report]
        return ids[starts[first] : starts[last]]

    def sentences_with(self, test: Callable[[str], bool], report: int | None = None) -> list[int]:
        """The sentences of the report, or of another, with a token that passes a test, which may ask for its form
        alone."""
        return self.sentences_of(self.passing(test), report)

    def passing(self, test: Callable[[str], bool]) -> NDArray[np.bool_]:
        """For each token of the vocabulary whether it passes a test of its form."""
        known = cast(dict[Callable[[str], bool], NDArray[np.bool_]], self.kept.setdefault("passing", {}))
        if test not in known:
            strings = self.comparison.vocabulary.strings
            known[test] = np.fromiter(map(test, strings), np.bool_, len(strings))
        return known[test]

    def sentences_of(self, tokens: NDArray[np.bool_], report: int | None = None) -> list[int]:
        """The sentences of the report, or of another, with one of some tokens of the vocabulary."""
        witness = self.comparison.witnesses[self.number if report is None else report]
        places = np.flatnonzero(tokens[witness.tokens])
        return distinct_values(witness.sentence_starts.searchsorted(places, side="right") - 1).tolist()

    def token_span(self, sentence: int, first: int, last: int) -> tuple[int, int]:
        """Where the tokens from `first` to `last` (exclusive) of one of its sentences stand in its text."""
        at = int(self.report.sentence_tokens[sentence])
        spans = self.report.tokens.spans
        return int(spans[at + first, 0]), int(spans[at + last - 1, 1])

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds the character at `offset` of the text, or the one before it."""
        return max(0, int(self.report.sentence_spans[:, 0].searchsorted(offset, side="right")) - 1)

    def hit(self, start: int, end: int, message: str, evidence: str = "", *, severity: Severity | None = None) -> Hit:
        """A hit on the characters from `start` to `end` of the report's text."""
        text = self.report.text
        first, last = self.report.sentence_spans[self.sentence_at(start)].tolist()
        words = _in_company(text[first : max(last, end)], start - first, end - first)
        return Hit(self.report.place(start, end), message, evidence, words, severity)

    def heading_hit(self, start: int, end: int, message: str, evidence: str = "") -> Hit:
        """A hit on the characters from `start` to `end` of its heading."""
        at, text = self.heading
        return Hit(self.report.document.place(at + start, at + end), message, evidence, _in_company(text, start, end))

    def whole_hit(self, message: str, evidence: str = "", *, severity: Severity | None = None) -> Hit:
        """A hit on the report as a whole: at its first line."""
        at, report = self.report.start, self.report
        end = report.document.text.find("\n", at)
        end = report.end if end < 0 else min(end, max(report.end, at))
        return Hit(report.document.place(at, end), message, evidence, message, severity)


def _in_company(text: str, start: int, end: int) -> str:
    """The words from `start` to `end` with some of those around them."""
    return "\x1f".join((text[max(0, start - 40) : start], text[start:end], text[end : end + 40]))


def findings(
    rule: Rule, report: Report | None, hits: Iterator[Hit], severity: Severity | None = None
) -> Iterator[Finding]:
    """The hits of a rule in a report (None: in a file that is none) as findings; with a `severity` all weigh as"
    " much."""
    for hit in hits:
        weight = severity or hit.severity or rule.severity
        mark = _fingerprint(rule.id, str(report.date) if report else "", hit.words)
        yield Finding(rule.id, weight, report.id if report else "", hit.place, hit.message, hit.evidence, mark)


def _fingerprint(*parts: str) -> str:
    words = "\x1f".join(" ".join(fold(part).split()) for part in parts)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def distinct_fingerprints(found: list[Finding]) -> list[Finding]:
    """The same findings, those of one fingerprint numbered in the order in which they stand."""
    seen: dict[str, int] = {}
    out: list[Finding] = []
    for finding in found:
        count = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        out.append(
            finding if count == 1 else replace(finding, fingerprint=_fingerprint(finding.fingerprint, str(count)))
        )
    return out


def in_order(found: list[Finding]) -> list[Finding]:
    """The most important first: by severity, then where they stand."""
    return sorted(
        found,
        key=lambda f: (f.severity.rank, f.place.path, f.place.start_line, f.place.start_column, f.rule, f.message),
    )


def quoted(text: str, most: int = 60) -> str:
    """Some words in quotes on one line, cut in the middle where they are long: between words, where those are short."""
    line = " ".join(text.split())
    if len(line) > most:
        half = most // 2 - 2
        head, tail = line[: half + 1].rpartition(" ")[0], line[-half - 1 :].partition(" ")[2]
        if 2 * min(len(head), len(tail)) < half:  # long words, or a text without spaces
            head, tail = line[:half].rstrip(), line[-half:].lstrip()
        line = f"{head} … {tail}"
    return f"“{line}”"
