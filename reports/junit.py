"""The outcome of a check as JUnit XML: a case for each rule and report, so that what passed shows too."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from .ci import whole
from .terminal import one_line
from .wording import isolated

if TYPE_CHECKING:
    from junitparser.junitparser import FinalResult

    from ..analysis.rules import Finding
    from .check import Outcome


def junit_bytes(outcome: Outcome) -> bytes:
    """The findings by rule and report. What does not fail the check is told as output of a case that passed."""
    from junitparser import JUnitXml, TestCase, TestSuite

    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in outcome.findings:
        found.setdefault((finding.report, finding.rule), []).append(finding)
    document = JUnitXml("litany check")
    reports = [*outcome.reports, *sorted({report for report, _ in found if report not in outcome.reports})]
    for report in reports:
        suite = TestSuite(report or "files that are no report")
        for rule in outcome.rules:
            here = found.get((report, rule), [])
            case = TestCase(rule, classname=f"litany.{report}" if report else "litany", time=0)
            failures = [one for one in here if outcome.is_failure(one)]
            if failures:
                case.result = [_failure(one) for one in failures]
            others = [one for one in here if not outcome.is_failure(one)]
            if others:
                case.system_out = "\n".join(map(_line, others))
            suite.add_testcase(case)
        document.add_testsuite(suite)
    document.update_statistics()
    out = io.BytesIO()
    document.write(out, pretty=True)
    return out.getvalue()


def _failure(finding: Finding) -> FinalResult:
    from junitparser import Failure

    failure = Failure(_printable(finding.message), finding.severity.value)
    failure.text = _line(finding)
    return failure


def _line(finding: Finding) -> str:
    return f"{_printable(f'{finding.place}: {finding.severity}: ')}{_printable(whole(finding))}"


def _printable(text: str) -> str:
    """What XML can hold."""
    return "".join(one for one in isolated(one_line(text)) if one not in "\ufffe\uffff")
