"""All rules, and a run of them over some reports of a series."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...corpus.errors import UsageError
from ..comparison import Comparison
from .broken import BROKEN
from .calendar import DATE, WEEKDAY
from .copies import FIGURE, REPEATED, STALE
from .finding import Case, Finding, Rule, Severity, distinct_fingerprints, findings, in_order
from .passages import DROPPED, REQUIRED, REUSE
from .shape import LEFTOVER, ODD_DATE, SIZE, TRUNCATED, UNDATED
from .spelling import SPELLING
from .writing import ORDINAL

RULES: tuple[Rule, ...] = (
    WEEKDAY,
    DATE,
    ORDINAL,
    BROKEN,
    SPELLING,
    FIGURE,
    REQUIRED,
    DROPPED,
    REUSE,
    REPEATED,
    STALE,
    UNDATED,
    ODD_DATE,
    SIZE,
    TRUNCATED,
    LEFTOVER,
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


def check(
    comparison: Comparison,
    reports: Sequence[int],
    choices: Mapping[str, Choice] | None = None,
    *,
    each: Callable[[Case, Callable[[], list[Finding]]], list[Finding]] | None = None,
) -> tuple[Finding, ...]:
    """What the rules find in the reports of those numbers, each held against those before it: most important first.

    `choices` are a project's, by rule. `each`, where given, is asked for a report's findings and may answer without
    running the rules.
    """
    chosen = choices or {}
    kept: dict[str, Any] = {}
    found: list[Finding] = []
    for number in sorted(set(reports)):
        case = Case(comparison, number, kept)
        if each is None:
            found += list(_of_report(case, chosen))
        else:
            found += each(case, lambda case=case: list(_of_report(case, chosen)))
    found += _of_series(comparison, chosen)
    return tuple(in_order(distinct_fingerprints(found)))


def _of_report(case: Case, choices: Mapping[str, Choice]) -> Iterator[Finding]:
    for rule in RULES:
        choice = choices.get(rule.id, Choice())
        if not choice.off:
            options = rule.options() if choice.options is None else choice.options
            yield from findings(rule, case.report.id, rule.check(case, options), choice.severity)


def _of_series(comparison: Comparison, choices: Mapping[str, Choice]) -> Iterator[Finding]:
    for rule in RULES:
        choice = choices.get(rule.id, Choice())
        if rule.check_series is not None and not choice.off:
            yield from findings(rule, "", rule.check_series(comparison.series), choice.severity)
