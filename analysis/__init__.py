"""What was reused and what changed: the second room. It computes, and opens no file.

The door: everything here can be imported from `litany.analysis`, and is loaded on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .alignment import align_sentences
    from .comparison import Comparison, compare
    from .differences import Change, Difference, Piece, PieceOp
    from .edits import Edits, Op, Operation, diff_words
    from .links import Alignment, Kind, Link
    from .literature import Literature
    from .measures import Band, Counts, Measures, Reuse
    from .passages import Passage, PassageKind, find_passages
    from .phases import Ancestry, Phase
    from .provenance import Origin, Provenance, trace_origins
    from .settings import Settings
    from .similarities import Measure, similarity
    from .terms import Course, Mark, Term
    from .tracing import Copy, Trace, Traced, trace_text

_HOMES = {
    "alignment": ("align_sentences",),
    "comparison": ("Comparison", "compare"),
    "differences": ("Change", "Difference", "Piece", "PieceOp"),
    "edits": ("Edits", "Op", "Operation", "diff_words"),
    "links": ("Alignment", "Kind", "Link"),
    "literature": ("Literature",),
    "measures": ("Band", "Counts", "Measures", "Reuse"),
    "passages": ("Passage", "PassageKind", "find_passages"),
    "phases": ("Ancestry", "Phase"),
    "provenance": ("Origin", "Provenance", "trace_origins"),
    "settings": ("Settings",),
    "similarities": ("Measure", "similarity"),
    "terms": ("Course", "Mark", "Term"),
    "tracing": ("Copy", "Trace", "Traced", "trace_text"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Alignment",
    "Ancestry",
    "Band",
    "Change",
    "Comparison",
    "Copy",
    "Counts",
    "Course",
    "Difference",
    "Edits",
    "Kind",
    "Link",
    "Literature",
    "Mark",
    "Measure",
    "Measures",
    "Op",
    "Operation",
    "Origin",
    "Passage",
    "PassageKind",
    "Phase",
    "Piece",
    "PieceOp",
    "Provenance",
    "Reuse",
    "Settings",
    "Term",
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
