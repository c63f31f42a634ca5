"""What pages of several kinds say of a report and of two reports side by side."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..wording import long_date, own_title

if TYPE_CHECKING:
    from ...analysis.comparison import Comparison
    from ...analysis.measures import Counts, Reuse
    from ...corpus.report import Report
    from .addresses import Names


@dataclass(frozen=True, slots=True)
class Pair:
    """A report beside an older one, and where their difference is shown."""

    old_id: str
    """The older report."""
    new_id: str
    """The newer one."""
    words: Counts
    """What became of the words."""
    is_source: bool
    """True where the older one is the newer one's main source."""
    is_previous: bool
    """True where the older one is the report before the newer one."""
    href: str | None
    """Its page; None where there is no site."""

    @property
    def is_copy(self) -> bool:
        """True where nothing was changed."""
        return self.words.verbatim == self.words.total and not self.words.dropped and not self.words.moved


@dataclass(frozen=True, slots=True)
class Side:
    """One of the reports, as it is introduced on a page."""

    id: str
    """Its year or date."""
    title: str | None
    """Its heading; None where that says no more than its id."""
    date: str
    """When it was issued, in words."""
    file: str
    """The document it stands in."""
    place: str
    """The document, and the lines where it holds other reports too."""
    words: int
    """How many words it has."""


@dataclass(frozen=True, slots=True)
class Target:
    """A link to another page."""

    href: str | None
    """Where to; None where that has no page."""
    text: str
    """The words of the link."""
    current: bool = False
    """True for a link to the page that it stands on."""
    share: float = 0.0
    """For a source, the share of words that come from it."""


def pair_of(comparison: Comparison, reuse: Reuse, new: int, names: Names) -> Pair:
    """A report beside the one that it was compared with."""
    ids, old = comparison.series.ids, reuse.source
    is_source = comparison.main_source(new) == old
    return Pair(ids[old], ids[new], reuse.words, is_source, old == new - 1, names.get((old, new)))


def sides_of(comparison: Comparison) -> tuple[Side, ...]:
    """How each report is introduced."""
    shown = shown_paths(comparison)
    reports = comparison.series.reports
    shared = [report.document.path for report in reports]
    sizes = [measures.words for measures in comparison.measures]
    rows = zip(reports, sizes, strict=True)
    return tuple(
        _side(report, shown[report.document.path], shared.count(report.document.path) > 1, n) for report, n in rows
    )


def _side(report: Report, file: str, is_part: bool, words: int) -> Side:
    first, last = report.lines
    place = f"{file}, lines {first}–{last}" if is_part else file
    return Side(report.id, own_title(report), long_date(report.date), file, place, words)


def shown_paths(comparison: Comparison) -> dict[str, str]:
    """Each path as it is printed: from the folder that all have in common, so that no page depends on the machine."""
    series = comparison.series
    paths = {report.document.path for report in series.reports}
    paths |= {item.path for item in series.skipped} | {notice.path for notice in series.notices}
    folders = [PurePosixPath(path.replace("\\", "/")).parent.parts for path in sorted(paths)]
    depth = 0
    while all(len(parts) > depth and parts[depth] == folders[0][depth] for parts in folders):
        depth += 1
    return {path: str(PurePosixPath(*PurePosixPath(path.replace("\\", "/")).parts[depth:])) for path in paths}


def unseen_share(comparison: Comparison, new: int) -> float | None:
    """Share of a report's words in sentences that no earlier report has; None for the first."""
    past = comparison.measures[new].past
    return None if past is None else past[0].share("new")
