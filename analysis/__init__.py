"""What was reused and what changed: the second room. It computes, and opens no file.

The door: everything here can be imported from `litany.analysis`, and is loaded on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .alignment import Alignment, Kind, Link, align_sentences
    from .comparison import Comparison, compare
    from .differences import Change, Difference, Piece, PieceOp
    from .edits import Edits, Op, Operation, diff_words
    from .measures import Counts, Measures, Reuse
    from .passages import Passage, PassageKind, find_passages
    from .provenance import Origin, Provenance, trace_origins
    from .settings import Settings
    from .similarity import Measure, similarity
    from .tracing import Copy, Trace, Traced, trace_text

_HOMES = {
    "alignment": ("Alignment", "Kind", "Link", "align_sentences"),
    "comparison": ("Comparison", "compare"),
    "differences": ("Change", "Difference", "Piece", "PieceOp"),
    "edits": ("Edits", "Op", "Operation", "diff_words"),
    "measures": ("Counts", "Measures", "Reuse"),
    "passages": ("Passage", "PassageKind", "find_passages"),
    "provenance": ("Origin", "Provenance", "trace_origins"),
    "settings": ("Settings",),
    "similarity": ("Measure", "similarity"),
    "tracing": ("Copy", "Trace", "Traced", "trace_text"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Alignment",
    "Change",
    "Comparison",
    "Copy",
    "Counts",
    "Difference",
    "Edits",
    "Kind",
    "Link",
    "Measure",
    "Measures",
    "Op",
    "Operation",
    "Origin",
    "Passage",
    "PassageKind",
    "Piece",
    "PieceOp",
    "Provenance",
    "Reuse",
    "Settings",
    "Trace",
    "Traced",
    "align_sentences",
    "compare",
    "diff_words",
    "find_passages",
    "similarity",
    "trace_origins",
    "trace_text",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME_OF[name]}", __name__), name)


def __dir__() -> list[str]:
    return __all__
