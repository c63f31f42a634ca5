"""What a reader sees of a comparison: the third room. It renders, and computes no measure.

The door: everything here can be imported from `litany.reports`, and is loaded on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .charts import plot_heatmap, plot_shares
    from .diffs import Block, Run, blocks
    from .html import write_report
    from .texts import diff_markdown, diff_text

_HOMES = {
    "charts": ("plot_heatmap", "plot_shares"),
    "diffs": ("Block", "Run", "blocks"),
    "html": ("write_report",),
    "texts": ("diff_markdown", "diff_text"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Block",
    "Run",
    "blocks",
    "diff_markdown",
    "diff_text",
    "plot_heatmap",
    "plot_shares",
    "write_report",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME_OF[name]}", __name__), name)


def __dir__() -> list[str]:
    return __all__
