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
    from .phases import Ancestry, Phase
    from .provenance import Origin, Provenance, trace_origins
    from .settings import Settings
    from .similarity import Measure, similarity
    from .terms import Course, Mark, Term

_HOMES = {
    "alignment": ("align_sentences",),
    "comparison": ("Comparison", "compare"),
    "differences": ("Change", "Difference", "Piece", "PieceOp"),
    "edits": ("Edits", "Op", "Operation", "diff_words"),
    "links": ("Alignment", "Kind", "Link"),
    "literature": ("Literature",),
    "measures": ("Band", "Counts", "Measures", "Reuse"),
    "phases": ("Ancestry", "Phase"),
    "provenance": ("Origin", "Provenance", "trace_origins"),
    "settings": ("Settings",),
    "similarity": ("Measure", "similarity"),
    "terms": ("Course", "Mark", "Term"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Alignment",
    "Ancestry",
    "Band",
    "Change",
    "Comparison",
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
    "Phase",
    "Piece",
    "PieceOp",
    "Provenance",
    "Reuse",
    "Settings",
    "Term",
    "align_sentences",
    "compare",
    "diff_words",
    "similarity",
    "trace_origins",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME_OF[name]}", __name__), name)


def __dir__() -> list[str]:
    return __all__
