"""The outcome of a check as SARIF 2.1.0, the form in which code scanning takes findings (OASIS 2020)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..analysis.rules import RULES, Finding, Rule, Severity
from ..analysis.settings import litany_version
from .ci import summary, uri, whole
from .figures import count
from .wording import isolated

if TYPE_CHECKING:
    from .check import Outcome

RESULTS = 25_000
"""GitHub takes so many results a run."""
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def sarif_bytes(outcome: Outcome) -> bytes:
    """The findings as a SARIF log of one run. Paths are relative to the working directory, as `%SRCROOT%`."""
    rules = [rule for rule in RULES if rule.id in outcome.rules]
    index = {rule.id: k for k, rule in enumerate(rules)}
    shown, left = outcome.findings[:RESULTS], len(outcome.findings) - RESULTS
    notices = [{"level": "note", "message": {"text": summary(outcome)}}]
    if left > 0:
        notices.append({"level": "warning", "message": {"text": f"{count(left)} more findings are left out here."}})
    driver = {"name": "litany", "version": litany_version(), "rules": [_rule(rule) for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that litany was run in."}}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notices}],
        "results": [_result(finding, index) for finding in shown],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json.dumps(log, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _rule(rule: Rule) -> dict[str, Any]:
    text = f"{rule.why}\n\nExample: {rule.example}\n\nTo mend: {rule.mend}"
    markdown = f"{rule.why}\n\n*Example.* {rule.example}\n\n*To mend.* {rule.mend}"
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.id.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": text, "markdown": markdown},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    place = finding.place
    region: dict[str, int] = {"startLine": place.start_line, "startColumn": place.start_column}
    region |= {"endLine": place.end_line, "endColumn": place.end_column}
    file = {"uri": uri(place.path), "uriBaseId": "%SRCROOT%"}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": isolated(whole(finding))},
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": region}}],
        "partialFingerprints": {"litany/v1": finding.fingerprint},
    }
