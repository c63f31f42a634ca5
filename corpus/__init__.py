"""Reports in: a file, a folder, a glob or texts in memory become one `Series`, each word with its place in its source.

>>> from litany.corpus import read
>>> series = read("sample")
>>> series.reports[0].id
'2006'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .errors import InputError, LitanyError, MissingExtraError, NoReportError, OutputError, UsageError
    from .prose import read_prose
    from .reading import from_texts, read
    from .report import (
        Document,
        Notice,
        Place,
        Precision,
        Prose,
        Report,
        ReportDate,
        Sentence,
        Series,
        Skipped,
        Word,
    )

__all__ = [
    "Document",
    "InputError",
    "LitanyError",
    "MissingExtraError",
    "NoReportError",
    "Notice",
    "OutputError",
    "Place",
    "Precision",
    "Prose",
    "Report",
    "ReportDate",
    "Sentence",
    "Series",
    "Skipped",
    "UsageError",
    "Word",
    "from_texts",
    "read",
    "read_prose",
]

_HOMES = {name: "errors" for name in __all__ if name.endswith("Error")} | {"from_texts": "reading", "read": "reading"}
_HOMES["read_prose"] = "prose"


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES.get(name, 'report')}", __name__), name)
    globals()[name] = value
    return value
