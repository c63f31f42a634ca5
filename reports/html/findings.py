"""The page of what `litany check` finds: what people get wrong when they write a report over an older one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .rendering import render

if TYPE_CHECKING:
    from ...analysis.rules.finding import Finding
    from .facts import Site

LARGE = 300_000
"""Words of a series beyond which only its latest report is checked for the page."""
MOST = 500
"""Findings on the page, the most important."""


def findings_page(site: Site) -> str:
    """What the rules find, by their own severities; a project's settings and baseline belong to `litany check`."""
    from ...analysis.rules.running import check

    comparison = site.comparison
    large = sum(measures.words for measures in comparison.measures) > LARGE
    checked = check(comparison, [len(site.ids) - 1] if large else None)
    names = {name: site.addresses.reports[k] for k, name in enumerate(site.ids)}
    return render(
        "check.html",
        root="",
        code=("reading.js",),
        name=comparison.series.name,
        latest=site.ids[-1] if large else None,
        rows=[_row(finding, names) for finding in checked.findings[:MOST]],
        in_all=len(checked.findings),
        ignored=checked.ignored,
        signature=comparison.signature("rules with their own settings and severities"),
    )


def _row(finding: Finding, names: dict[str, str]) -> tuple[Finding, str | None]:
    """The finding, and the page of the report it is about."""
    return finding, names.get(finding.report)
