"""What a reader sees of a comparison: the third room. It renders, and computes no measure.

The door: everything here can be imported from `litany.reports`, and is loaded on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .arrow import Column, Table, Unit
    from .charts import plot_heatmap, plot_shares
    from .curve import plot_curve
    from .diffs import Block, Run, blocks
    from .framing import save
    from .gallery import chart, chart_table
    from .history_flow import plot_history
    from .html import write_report
    from .measuring import measure_table
    from .source_tree import plot_sources
    from .term_dots import plot_terms
    from .texts import diff_markdown, diff_text

_HOMES = {
    "arrow": ("Column", "Table", "Unit"),
    "charts": ("plot_heatmap", "plot_shares"),
    "curve": ("plot_curve",),
    "diffs": ("Block", "Run", "blocks"),
    "framing": ("save",),
    "gallery": ("chart", "chart_table"),
    "history_flow": ("plot_history",),
    "html": ("write_report",),
    "measuring": ("measure_table",),
    "source_tree": ("plot_sources",),
    "term_dots": ("plot_terms",),
    "texts": ("diff_markdown", "diff_text"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Block",
    "Column",
    "Run",
    "Table",
    "Unit",
    "blocks",
    "chart",
    "chart_table",
    "diff_markdown",
    "diff_text",
    "measure_table",
    "plot_curve",
    "plot_heatmap",
    "plot_history",
    "plot_shares",
    "plot_sources",
    "plot_terms",
    "save",
    "write_report",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME_OF[name]}", __name__), name)


def __dir__() -> list[str]:
    return __all__
