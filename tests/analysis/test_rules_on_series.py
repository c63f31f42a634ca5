"""The rules over whole series: exactly what is planted in the sample, and next to nothing where nothing is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from litany.analysis import compare
from litany.analysis.rules import Finding, Severity, check
from litany.corpus import read

TRUTH = Path(__file__).resolve().parents[1] / "sample" / "truth.json"
RULE_OF = {"count-not-updated": "not-updated", "weekday": "weekday"}


def findings(source: Path | str) -> tuple[Finding, ...]:
    """What is found in all reports of a series."""
    return check(compare(read(source))).findings


def test_the_sample_has_the_two_planted_slips_and_nothing_else() -> None:
    found = [finding for finding in findings("sample") if finding.severity is not Severity.NOTE]
    planted = [(RULE_OF[slip["rule"]], slip["report"], slip["line"]) for slip in json.loads(TRUTH.read_text())["slips"]]
    assert sorted((one.rule, one.report, one.place.start_line) for one in found) == sorted(planted)
    assert {one.severity for one in found} == {Severity.ERROR}


def test_the_seeds_malformed_ordinals_and_lost_word(shared_data: Path) -> None:
    [seed] = (shared_data / "seeds").glob("000_*.txt")
    found = findings(seed)
    errors = [(one.report, one.rule) for one in found if one.severity is Severity.ERROR]
    ordinals = [report for report, rule in errors if rule == "malformed-ordinal"]
    assert ordinals == ["2004", "2006", "2007", "2008", "2009", "2010", "2012", "2013"]
    assert ("2013", "broken-sentence") in errors
    lost = next(one for one in found if one.rule == "broken-sentence")
    assert lost.place.start_line == 306
    assert len(errors) == 9, "each of the others was looked at and is right"


@pytest.mark.parametrize("folder", ["fomc_statements", "us_inaugural", "world_factbook/*"])
def test_at_most_one_error_in_a_hundred_reports_where_nothing_is_wrong(shared_data: Path, folder: str) -> None:
    reports = errors = 0
    for series in sorted((shared_data / "series").glob(folder))[:8]:
        found = findings(series)
        reports += len(list(series.iterdir()))
        errors += sum(one.severity is Severity.ERROR for one in found)
    assert reports > 50
    assert errors * 100 <= reports
