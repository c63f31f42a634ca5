"""Alignments from earlier runs: two reports of the same texts are aligned once, whatever else is in the series."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..analysis.alignment import Alignment, Kind, Link
from .cache import Cache, content_key

if TYPE_CHECKING:
    from ..analysis.settings import Settings
    from ..corpus.report import Series

FORM = "alignments 1"


class Memory:
    """The alignments of a series' reports, as `compare` asks for them."""

    def __init__(self, cache: Cache, series: Series, settings: Settings) -> None:
        self._cache = cache
        self._texts = [content_key(report.text) for report in series.reports]
        made_by = (FORM, settings.signature(), repr(settings.likeness))
        self._keys = [content_key(*made_by, text) for text in self._texts]
        known = cache.get_many(self._keys)
        self._rows: list[dict[str, Any]] = [dict(known.get(key, {})) for key in self._keys]
        self._changed: set[int] = set()

    def __call__(self, old: int, new: int, make: Callable[[], Alignment]) -> Alignment:
        """The alignment of reports `old` and `new`, made where it is not known."""
        known = self._rows[new].get(self._texts[old])
        if known is not None:
            return _alignment(known)
        made = make()
        self._rows[new][self._texts[old]] = _row(made)
        self._changed.add(new)
        return made

    def save(self) -> None:
        """Remember what was made."""
        for new in sorted(self._changed):
            self._cache.put(self._keys[new], self._rows[new])
        self._changed.clear()
        self._cache.save()


def _row(alignment: Alignment) -> list[Any]:
    """An alignment as JSON: its links, those that continue a verbatim one counted with it."""
    runs: list[list[Any]] = []
    for link in alignment.links:
        row = [link.old[0], len(link.old), link.new[0], len(link.new), link.similarity, int(link.moved), 1]
        last = runs[-1] if runs else None
        if last is not None and _continues(last, row):
            last[6] += 1
            continue
        runs.append(row)
    return [alignment.old_count, alignment.new_count, runs]


def _continues(last: list[Any], row: list[Any]) -> bool:
    """Whether a link is the next of a run of verbatim ones."""
    single = last[1] == last[3] == row[1] == row[3] == 1 and last[4] == row[4] == 1.0 and last[5] == row[5]
    return single and (last[0] + last[6], last[2] + last[6]) == (row[0], row[2])


def _alignment(row: list[Any]) -> Alignment:
    old_count, new_count, runs = row
    links: list[Link] = []
    for i, a, j, b, similarity, moved, count in runs:
        kind = Kind.VERBATIM if similarity == 1.0 else Kind.EDITED
        links += [
            Link(tuple(range(i + k, i + k + a)), tuple(range(j + k, j + k + b)), kind, similarity, bool(moved))
            for k in range(count)
        ]
    return Alignment(old_count, new_count, tuple(links))
