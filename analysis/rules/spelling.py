"""Names and terms spelled unlike all earlier years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from Levenshtein import distance
from numpy.typing import NDArray

from ..vocabulary import fold
from .finding import Case, Hit, Rule, Severity, quoted

Ids = NDArray[np.int64]

SHORTEST = 5
"""Letters that a word must have: shorter ones are near to too many others."""
WORK = 4_000_000
"""Pairs of words that are compared in one report, at most; beyond it only a part of the usual words is looked at."""
MOST = 100
"""Pairs of words that are near each other and looked up, at most: a text full of them is another matter."""
INFLECTING = frozenset(("de", "pl", "ru", "tr", "hi", "el", "hy"))
"""Languages in which names take endings."""
# what turns a word into another one of its family: plurals, cases, demonyms, tenses
_ENDINGS = frozenset(
    ("", "s", "es", "e", "n", "en", "an", "ian", "ans", "i", "is", "ish", "ese", "ic", "al", "ern", "er", "ers", "ed",
     "d", "ing", "ly", "y", "ies", "ism", "'s", "s'", "or", "a", "o", "as", "os")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """What `spelling` can be set to."""

    years: int = 3
    """Earlier reports that must have the usual spelling."""


def misspellings(case: Case, options: Spelling) -> Iterator[Hit]:
    """Words that no earlier report has, near to one that several have and this one has not."""
    if case.number < options.years:
        return
    words = _words_of(case)
    strings = words.forms
    novel = [k for k in words.novel.tolist() if _is_spelled(strings[k])]
    usual = [k for k in np.flatnonzero(words.reports >= options.years).tolist() if _is_spelled(strings[k])]
    present = set(words.present.tolist())
    by_letter: dict[str, list[int]] = {}
    for k in usual:
        if k not in present:
            by_letter.setdefault(strings[k][0], []).append(k)
    budget, pairs = WORK, 0
    for k in novel:
        near = by_letter.get(strings[k][0], [])
        budget -= len(near)
        if budget < 0:
            return
        for other in near:
            if pairs < MOST and _are_near(strings[k], strings[other]):
                pairs += 1
                yield from _hits(case, words, k, other)


@dataclass(frozen=True, eq=False)
class _Words:
    """The words of a report and of its past, case and shape of quotes aside."""

    forms: list[str]
    """Each folded form, by its id."""
    present: Ids
    """The forms that the report has."""
    novel: Ids
    """Those that no earlier report has."""
    reports: Ids
    """For each form the number of earlier reports that have it."""


def _words_of(case: Case) -> _Words:
    vocabulary = case.comparison.vocabulary
    size = int(vocabulary.folded.max(initial=-1)) + 1
    if "forms" not in case.kept:
        forms = [""] * size
        for string, form in zip(vocabulary.strings, vocabulary.folded.tolist(), strict=True):
            forms[form] = fold(string)
        case.kept["forms"] = forms
    before: tuple[int, Ids] = case.kept.get("words before", (0, np.zeros(size, np.int64)))
    first, counts = before if before[0] <= case.number else (0, np.zeros(size, np.int64))
    counts = counts.copy()
    for number in range(first, case.number):
        counts += _held(case, number, size)
    case.kept["words before"] = (case.number, counts)
    present = np.flatnonzero(_held(case, case.number, size))
    return _Words(case.kept["forms"], present, present[counts[present] == 0], counts)


def _held(case: Case, report: int, size: int) -> NDArray[np.bool_]:
    """For each form whether a report has it."""
    held = np.zeros(size, np.bool_)
    held[case.comparison.vocabulary.folded[case.comparison.witnesses[report].tokens]] = True
    return held


def _is_spelled(form: str) -> bool:
    return len(form) >= SHORTEST and form.replace("-", "").replace("'", "").isalpha()


def _are_near(form: str, usual: str) -> bool:
    """One letter apart, two in words of eight or more, and no two forms of one word."""
    if fold(form).replace("-", "") == usual.replace("-", ""):
        return True
    most = 1 if min(len(form), len(usual)) < 8 else 2
    return (
        abs(len(form) - len(usual)) <= most
        and distance(form, usual, score_cutoff=most) <= most
        and not _is_family(form, usual)
    )


def _is_family(form: str, usual: str) -> bool:
    """Whether the two differ in their endings only, and by endings that words have."""
    same = next((k for k, (a, b) in enumerate(zip(form, usual, strict=False)) if a != b), min(len(form), len(usual)))
    return any(form[cut:] in _ENDINGS and usual[cut:] in _ENDINGS for cut in range(max(3, same - 2), same + 1))


def _hits(case: Case, words: _Words, novel: int, usual: int) -> Iterator[Hit]:
    """Where the novel form stands as the usual one did: a name beside one of the same words, a term between both."""
    vocabulary = case.comparison.vocabulary
    folded = vocabulary.folded
    witness = case.comparison.witnesses[case.number]
    around = _neighbours(case, usual)
    starts = set(witness.sentence_starts.tolist())
    forms = folded[witness.tokens]
    for at in np.flatnonzero(forms == novel).tolist():
        before = int(forms[at - 1]) if at else -1
        after = int(forms[at + 1]) if at + 1 < len(forms) else -1
        written = vocabulary.strings[int(witness.tokens[at])]
        is_name = written[:1].isupper() and at not in starts and around.is_name
        if is_name and (case.language in INFLECTING or not (before in around.before or after in around.after)):
            continue
        if not is_name and not ((before, after) in around.both and _was_in_source(case, int(at), usual)):
            continue
        start, end = case.report.tokens.spans[at].tolist()
        years = [case.series.ids[k] for k in around.reports]
        shown = ", ".join(years[-4:]) if len(years) <= 4 else f"{len(years)} earlier reports, last in {years[-1]}"
        message = f"{quoted(written)} is spelled so in no earlier report; it was {quoted(around.written)}"
        weight = Severity.WARNING if is_name else Severity.NOTE
        yield case.hit(int(start), int(end), message, f"{quoted(around.written)} stands in {shown}", severity=weight)


def _was_in_source(case: Case, token: int, form: int) -> bool:
    """Whether the sentence that the token stands in was copied from one that has the form."""
    sentence = int(case.report.sentence_tokens.searchsorted(token, side="right")) - 1
    source = case.source_of(sentence)
    return source is not None and case.kept["forms"][form] in fold(source[1])


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """The company that a form keeps in the reports before this one."""

    written: str
    """How it is written, most recently."""
    is_name: bool
    """It never begins with a small letter."""
    before: set[int]
    """The forms before it."""
    after: set[int]
    """The forms behind it."""
    both: set[tuple[int, int]]
    """The pairs of these."""
    reports: list[int]
    """The reports that have it."""


def _neighbours(case: Case, form: int) -> _Neighbours:
    folded, strings = case.comparison.vocabulary.folded, case.comparison.vocabulary.strings
    both: set[tuple[int, int]] = set()
    reports: list[int] = []
    written = ""
    is_name = True
    for number, witness in enumerate(case.comparison.witnesses[: case.number]):
        forms = folded[witness.tokens]
        places = np.flatnonzero(forms == form).tolist()
        for at in places:
            both.add((int(forms[at - 1]) if at else -1, int(forms[at + 1]) if at + 1 < len(forms) else -1))
            written = strings[int(witness.tokens[at])]
            is_name = is_name and written[:1].isupper()
        if places:
            reports.append(number)
    return _Neighbours(written, is_name, {a for a, _ in both}, {b for _, b in both}, both, reports)


SPELLING = Rule(
    "spelling",
    Severity.WARNING,
    "A name or term spelled unlike all earlier years",
    "The word stands in no earlier report, while one that differs by a letter or two, or by a hyphen, stood in"
    " several in"
    " the same company and is missing now. Endings are not compared, nor are numbers and short words, nor names in"
    " languages that decline them. Terms that are no names are notes, as they may be other words.",
    "“Captain Stroudt” where eight years had “Captain Stroud”.",
    "Put the usual spelling. If the new one is right, say so in an ignore comment.",
    misspellings,
    Spelling,
)
