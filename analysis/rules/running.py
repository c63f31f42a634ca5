"""All rules, and a run of them over some reports of a series."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ...corpus.errors import UsageError
from ..comparison import Comparison
from .broken import BROKEN
from .calendar import DATE, WEEKDAY
from .copies import FIGURE, REPEATED, STALE, TWICE
from .finding import Case, Finding, Rule, Severity, distinct_fingerprints, findings, in_order
from .ignoring import IGNORE, ignores, ignoring
from .passages import DROPPED, REQUIRED, REUSE
from .placeholders import PLACEHOLDER
from .shape import IDENTICAL, LEFTOVER, ODD_DATE, SIZE, TRUNCATED, UNDATED
from .slots import NOT_UPDATED, WRONG_STEP
from .spelling import SPELLING
from .writing import ORDINAL

RULES: tuple[Rule, ...] = (
    NOT_UPDATED,
    WRONG_STEP,
    WEEKDAY,
    DATE,
    ORDINAL,
    BROKEN,
    PLACEHOLDER,
    SPELLING,
    FIGURE,
    REQUIRED,
    DROPPED,
    REUSE,
    REPEATED,
    TWICE,
    STALE,
    UNDATED,
    IDENTICAL,
    ODD_DATE,
    SIZE,
    TRUNCATED,
    LEFTOVER,
    IGNORE,
)
"""In the order in which they are explained."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a project says about a rule."""

    severity: Severity | None = None
    """How much its findings weigh; None for what the rule itself says."""
    off: bool = False
    """True where it is not to look."""
    options: Any = None
    """Its options, of the rule's own type; None for the defaults."""


def rule_named(name: str) -> Rule:
    """The rule of that id. Raises `UsageError` where there is none."""
    for rule in RULES:
        if rule.id == name:
            return rule
    from rapidfuzz import process

    near = process.extractOne(name.lower(), [rule.id for rule in RULES], score_cutoff=60)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(rule.id for rule in RULES)}"
    raise UsageError(f"there is no rule {name!r}; {hint}")


@dataclass(frozen=True)
class Checked:
    """What the rules found in some reports of a series."""

    reports: tuple[int, ...]
    """The numbers of the reports that were looked at."""
    findings: tuple[Finding, ...]
    """The most important first: by severity, then where they stand."""
    ignored: int = 0
    """Findings that comments in the texts asked to ignore, with a reason."""


Known = Callable[[Case, Callable[[], list[Finding]]], list[Finding]]
"""Is asked for a report's findings, and runs the rules only where it does not know them."""


def check(
    comparison: Comparison,
    reports: Sequence[int] | None = None,
    choices: Mapping[str, Choice] | None = None,
    *,
    known: Known | None = None,
) -> Checked:
    """What the rules find in the reports of those numbers, by default all, each held against those before it.

    `choices` are a project's, by the rules' ids.
    """
    chosen = choices or {}
    kept: dict[str, Any] = {}
    numbers = sorted(set(range(len(comparison.series)) if reports is None else reports))
    found: list[Finding] = []
    for number in numbers:
        case = Case(comparison, number, kept)
        work = partial(_of_report, case, chosen)
        found += work() if known is None else known(case, work)
    found += _of_series(comparison, chosen)
    asked = ignores(comparison.series.reports[number] for number in numbers)
    choice = chosen.get(IGNORE.id, Choice())
    if choice.off:
        asked = [one for one in asked if one.comment.rules and one.comment.reason]
    stay, ignored = ignoring(found, asked, frozenset(rule.id for rule in RULES), choice.severity)
    if choice.off:
        stay = [finding for finding in stay if finding.rule != IGNORE.id]
    return Checked(tuple(numbers), tuple(in_order(distinct_fingerprints(stay))), ignored)


def _of_report(case: Case, choices: Mapping[str, Choice]) -> list[Finding]:
    found: list[Finding] = []
    for rule in RULES:
        choice = choices.get(rule.id, Choice())
        if not choice.off:
            options = rule.options() if choice.options is None else choice.options
            found += findings(rule, case.report, rule.check(case, options), choice.severity)
    return found


def _of_series(comparison: Comparison, choices: Mapping[str, Choice]) -> Iterator[Finding]:
    for rule in RULES:
        choice = choices.get(rule.id, Choice())
        if rule.check_series is not None and not choice.off:
            yield from findings(rule, None, rule.check_series(comparison.series), choice.severity)
