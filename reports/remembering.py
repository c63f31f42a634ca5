"""What is remembered from earlier runs, by the texts it was made of: where sentences end, how two reports correspond,
and where each sentence of a report comes from, as long as the reports up to it are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..analysis.links import Alignment, LinkTable
from ..analysis.provenance import Origins, Remembered, Traced
from ..analysis.settings import litany_version
from ..corpus.sentences import segment
from .cache import Cache, content_key

if TYPE_CHECKING:
    from ..analysis.settings import Settings
    from ..corpus.report import Series, Spans

FORM = "2"
"""Goes up when the form of the values changes."""
ORIGINS = ("first_seen", "copied_from", "sentence", "similarity", "moved", "merged", "split")
"""The columns of `Origins`, in their order."""


def remembered_segments(cache: Cache) -> Callable[[str], tuple[Spans, NDArray[np.int64]]]:
    """The sentences of a text, as `read` asks for them."""
    made_by = ("segments", FORM, litany_version())

    def segmenting(text: str) -> tuple[Spans, NDArray[np.int64]]:
        key = content_key(*made_by, text)
        known = cache.get_many([key]).get(key)
        if known is not None:
            return np.array(known[0], np.int64).reshape(-1, 2), np.array(known[1], np.int64)
        spans, paragraphs = segment(text)
        cache.put(key, [spans.tolist(), paragraphs.tolist()])
        return spans, paragraphs

    return segmenting


class Memory(Remembered):
    """What is known of a series' reports, as `compare` asks for it."""

    def __init__(self, cache: Cache, series: Series, settings: Settings) -> None:
        self._cache = cache
        self._texts = [content_key(report.text) for report in series.reports]
        made_by = (FORM, settings.signature(), repr(settings.likeness))
        self._keys = [content_key("alignments", *made_by, text) for text in self._texts]
        prefixes = [self._texts[: k + 1] for k in range(len(self._texts))]
        self._traced_keys = [content_key("traced", *made_by, *prefix) for prefix in prefixes]
        known = cache.get_many([*self._keys, *self._traced_keys])
        self._traced = [known.get(key) for key in self._traced_keys]
        rows: dict[str, dict[str, Any]] = {}  # reports of one text share what is known
        self._rows = [rows.setdefault(key, dict(known.get(key, {}))) for key in self._keys]
        self._changed: set[int] = set()

    def alignment(self, old: int, new: int, make: Callable[[], Alignment]) -> Alignment:
        """The alignment of reports `old` and `new`, made where it is not known."""
        known = self._rows[new].get(self._texts[old])
        if known is not None:
            return _alignment(known)
        made = make()
        self._rows[new][self._texts[old]] = _row(made)
        self._changed.add(new)
        return made

    def traced(self, new: int) -> Traced | None:
        """Where the sentences of report `new` come from, where all reports up to it were seen together before."""
        row = self._traced[new]
        if row is None:
            return None
        main_source, coverage, columns = row
        first, old, sentence, similarity, moved, merged, split = columns
        origins = Origins(
            np.array(first, np.int32),
            np.array(old, np.int32),
            np.array(sentence, np.int32),
            np.array(similarity, np.float64),
            np.array(moved, np.bool_),
            np.array(merged, np.int32),
            np.array(split, np.int32),
        )
        return Traced(origins, tuple(coverage), main_source)

    def keep(self, new: int, traced: Traced) -> None:
        """Remember it."""
        columns = [getattr(traced.origins, name).tolist() for name in ORIGINS]
        self._cache.put(self._traced_keys[new], [traced.main_source, list(traced.coverage), columns])

    def save(self) -> None:
        """Write down what was made."""
        for new in sorted(self._changed):
            self._cache.put(self._keys[new], self._rows[new])
        self._changed.clear()
        self._cache.save()


def _row(alignment: Alignment) -> list[Any]:
    """An alignment as JSON."""
    table = alignment.table
    columns = [table.rows.reshape(-1).tolist(), table.similarities.tolist(), table.moved.tolist()]
    return [alignment.old_count, alignment.new_count, *columns]


def _alignment(row: list[Any]) -> Alignment:
    old_count, new_count, rows, similarities, moved = row
    links = np.array(rows, np.int32).reshape(-1, 4)
    table = LinkTable(links, np.array(similarities, np.float64), np.array(moved, np.bool_))
    return Alignment(old_count, new_count, table)
