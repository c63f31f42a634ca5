"""What pages of several kinds say of a report and of two reports side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..wording import long_date, own_title
from .addresses import Addresses, addresses_of
from .prose import written
from .rendering import printable
from .strips import strip

if TYPE_CHECKING:
    from ...analysis.comparison import Comparison
    from ...analysis.measures import Counts, Reuse
    from ...corpus.report import Report


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


@dataclass(frozen=True, eq=False)
class Site:
    """What every page is made from: the comparison, and what is worth knowing once for all pages."""

    comparison: Comparison
    """What is shown."""
    sides: tuple[Side, ...]
    """How each report is introduced."""
    addresses: Addresses
    """Where each page stands."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all reports."""
        return self.comparison.series.ids

    @cached_property
    def shown_ids(self) -> tuple[str, ...]:
        """The ids as HTML, each apart from the direction of the text around it."""
        return tuple(f"<bdi>{written(name)}</bdi>" for name in self.ids)

    @cached_property
    def texts(self) -> list[str]:
        """The distinct sentences, each on one line as a page can show it, in order of first appearance."""
        found: list[str] = []
        for report, numbers in zip(
            self.comparison.series.reports, self.comparison.provenance.distinct.numbers, strict=True
        ):
            for (start, end), number in zip(report.sentence_spans.tolist(), numbers.tolist(), strict=True):
                if number == len(found):
                    found.append(printable(" ".join(report.text[start:end].split())))
        return found

    @cached_property
    def strips(self) -> dict[int, str]:
        """The strip of each lineage that has a card, as HTML, by its number."""
        return {k: strip(self.comparison.lineages[k], self.ids) for k in self.addresses.carded}

    def link(self, report: int, sentence: int) -> str:
        """A link, as HTML, from a page in a folder to a sentence on its report's page, by the report's id."""
        start, end = self._links[report]
        return f"{start}{sentence + 1}{end}"

    @cached_property
    def _links(self) -> list[tuple[str, str]]:
        """What stands before a sentence's number in a link to it, and what behind."""
        pairs = zip(self.addresses.reports, self.shown_ids, strict=True)
        return [(f'<a href="../{page}#s', f'">{shown}</a>') for page, shown in pairs]

    def difference(self, old: int, new: int) -> str | None:
        """The path of the page of a difference; None where it has none."""
        return self.addresses.differences.get((old, new))

    def main_difference(self, new: int) -> str | None:
        """The page of a report against its main source, or the report before where it has none; None for the first."""
        source = self.comparison.main_source(new)
        return self.difference(new - 1 if source is None else source, new)


def site_of(comparison: Comparison) -> Site:
    """What the pages of a comparison are made from."""
    return Site(comparison, sides_of(comparison), addresses_of(comparison))


def pair_of(comparison: Comparison, reuse: Reuse, new: int, href: str | None) -> Pair:
    """A report beside the one that it was compared with; `href` is the page of their difference."""
    ids, old = comparison.series.ids, reuse.source
    return Pair(ids[old], ids[new], reuse.words, comparison.main_source(new) == old, old == new - 1, href)


def reuse_of(comparison: Comparison, old: int, new: int) -> Reuse:
    """What the one report took from the other, which is often known already."""
    measures = comparison.measures[new]
    known = (reuse for reuse in (measures.source, measures.previous) if reuse is not None and reuse.source == old)
    return next(known, None) or comparison.reuse(old, new)


def sides_of(comparison: Comparison) -> tuple[Side, ...]:
    """How each report is introduced."""
    shown = shown_paths(comparison)
    reports = comparison.series.reports
    shared = Counter(report.document.path for report in reports)
    sizes = [measures.words for measures in comparison.measures]
    rows = zip(reports, sizes, strict=True)
    return tuple(_side(report, shown[report.document.path], shared[report.document.path] > 1, n) for report, n in rows)


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
