"""A text that can be edited without losing the way back to the document it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .report import OffsetMap

Edit = tuple[int, int, str]  # the characters from start to end (exclusive) become this text


@dataclass(frozen=True, slots=True, eq=False)
class Traced:
    """A text and where each of its characters stood."""

    text: str
    """The text as it stands now."""
    offsets: OffsetMap
    """From `text` back to the document."""

    @classmethod
    def cut(cls, document_text: str, start: int, end: int) -> Traced:
        """The stretch of a document from `start` to `end`, not edited yet."""
        run = np.array([0], np.int64)
        return cls(document_text[start:end], OffsetMap(run, run + start, run + end))

    def edited(self, edits: Sequence[Edit]) -> Traced:
        """The text after `edits`, which are in order and do not overlap.

        A replacement as long as what it replaces leaves the way back as it is; any other stands for what it replaced.
        """
        if not edits:
            return self
        pieces: list[str] = []
        clean: list[int] = []
        source: list[int] = []
        ends: list[int] = []
        at = written = run_from = 0
        text = self.text
        for start, end, new in edits:
            pieces += (text[at:start], new)
            at = end
            if len(new) == end - start:
                continue
            if start > run_from:
                clean.append(written)
                source.append(run_from)
                ends.append(start)
                written += start - run_from
            for _ in new:
                clean.append(written)
                source.append(start)
                ends.append(end)
                written += 1
            run_from = end
        pieces.append(text[at:])
        clean.append(written)
        source.append(run_from)
        ends.append(len(text))
        made = OffsetMap(np.array(clean, np.int64), np.array(source, np.int64), np.array(ends, np.int64))
        return Traced("".join(pieces), _composed(made, self.offsets))


def _composed(outer: OffsetMap, inner: OffsetMap) -> OffsetMap:
    """The map that goes through `outer` and then through `inner`."""
    assert outer.ends is not None  # noqa: S101 - every map made here has them
    assert inner.ends is not None  # noqa: S101
    if len(inner.clean) == 1:  # nearly always: the text was an unedited stretch of a document
        base = int(inner.source[0])
        return OffsetMap(outer.clean, outer.source + base, outer.ends + base)
    size = np.append(np.diff(outer.clean), outer.ends[-1] - outer.source[-1])
    first = np.searchsorted(inner.clean, outer.source, side="right") - 1
    last = np.searchsorted(inner.clean, outer.ends, side="left") - 1
    # what was put in stands for a stretch as a whole: only a run that was kept is divided where inner runs meet
    last = np.where(size == outer.ends - outer.source, np.maximum(first, last), first)
    counts = last - first + 1
    run = np.repeat(np.arange(len(counts)), counts)
    nth = np.arange(len(run)) - np.repeat(np.cumsum(counts) - counts, counts)
    through = first[run] + nth
    start = np.maximum(outer.source[run], inner.clean[through])
    is_last = nth == counts[run] - 1
    end = np.where(is_last, outer.ends[run], inner.clean[np.minimum(through + 1, len(inner.clean) - 1)])
    source = inner.source[through] + start - inner.clean[through]
    clean = outer.clean[run] + start - outer.source[run]
    ends = np.maximum(source, _ends(inner, end))
    total = outer.clean[-1] + size[-1]
    if (
        total - clean[-1] != ends[-1] - source[-1]
    ):  # what was put in last stands for a stretch: close it by an empty run
        clean, source, ends = np.append(clean, total), np.append(source, ends[-1]), np.append(ends, ends[-1])
    return OffsetMap(clean, source, ends)


def _ends(inner: OffsetMap, offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """`OffsetMap.to_source_end` for many offsets; at 0 the start of the first run."""
    assert inner.ends is not None  # noqa: S101
    run = np.maximum(np.searchsorted(inner.clean, offsets, side="left") - 1, 0)
    after = inner.clean[np.minimum(run + 1, len(inner.clean) - 1)]
    closes = (run + 1 < len(inner.clean)) & (after == offsets)
    return np.where(closes, inner.ends[run], inner.source[run] + offsets - inner.clean[run])
