"""Where each page of the site stands: paths of files, whatever names the reports have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...analysis.comparison import Comparison

Names = Mapping[tuple[int, int], str]  # the path of each difference's page, by the numbers of the two reports


def page_names(comparison: Comparison) -> dict[tuple[int, int], str]:
    """The path of the page of each difference that has one, by the numbers of the two reports."""
    ids = comparison.series.ids
    names: dict[tuple[int, int], str] = {}
    taken: set[str] = set()
    for new in range(1, len(ids)):
        for old in sorted({new - 1, comparison.main_source(new)} - {None}, key=lambda k: -(k or 0)):
            assert old is not None  # noqa: S101 - taken out above
            name = free_name(f"{slug(ids[new])}-from-{slug(ids[old])}", taken)
            names[old, new] = f"diffs/{name}.html"
    return names


def data_name(page: str) -> str:
    """The path of a difference as JSON, from that of its page."""
    return f"data/{PurePosixPath(page).stem}.json"


def beside(name: str) -> str:
    """The address of a difference's page from another one."""
    return PurePosixPath(name).name


def slug(name: str) -> str:
    """A name as part of a file name and of an address, whatever characters it holds."""
    kept = re.sub(r"[^A-Za-z0-9._]+", "-", name).strip("-.")
    return kept[:60] or "report"


def free_name(name: str, taken: set[str]) -> str:
    """The name, or with a number where it is taken on a file system that does not tell capitals from small letters."""
    tries = (name if k == 1 else f"{name}-{k}" for k in range(1, len(taken) + 2))
    free = next(attempt for attempt in tries if attempt.lower() not in taken)
    taken.add(free.lower())
    return free
