"""A table of figures as a value: printed by a page, shown by a notebook, taken by pandas, polars and Arrow."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from ..corpus.errors import MissingExtraError
from .figures import count, hundredths, percent

Value = str | int | float | None


class Unit(enum.StrEnum):
    """What the values of a column are, and so how they are printed."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    VALUE = "value"
    NUMBER = "number"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    """Its heading, and its name in a data frame."""
    unit: Unit = Unit.TEXT
    """TEXT, COUNT (whole numbers), SHARE (0..1, printed as percent), VALUE (0..1, printed with two decimals) or NUMBER
    (any, printed with two decimals)."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of figures, as exact as they were computed."""

    caption: str
    """What it shows, in one line."""
    columns: tuple[Column, ...]
    """From left to right."""
    rows: tuple[tuple[Value, ...], ...]
    """A value a column; None where it is not defined."""
    about: tuple[tuple[int, int] | None, ...] = ()
    """For each row the numbers of the two reports that it is about, the earlier first, or of the one, given twice.
    Empty, or None for a row, where there is none. A page links the row to theirs."""

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def printed(self) -> tuple[tuple[str, ...], ...]:
        """The rows as people read them: '42 %', '1,204', '.97', and '–' for what is not defined."""
        units = [column.unit for column in self.columns]
        return tuple(tuple(map(_printed, row, units)) for row in self.rows)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The rows as an Arrow stream: `pandas.DataFrame.from_arrow`, `polars.DataFrame`, `pyarrow.table` take it.

        Raises `MissingExtraError` where pyarrow is not installed.
        """
        return self._arrow().__arrow_c_stream__(requested_schema)

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        from .notebook import table_html

        return table_html(self)

    def _arrow(self) -> Any:
        try:
            import pyarrow as pa
        except ImportError:
            raise MissingExtraError("a table needs pyarrow for this; pip install 'litany[arrow]'") from None
        types = {Unit.TEXT: pa.string(), Unit.COUNT: pa.int64(), Unit.FLAG: pa.bool_()}
        fields = [(column.name, types.get(column.unit, pa.float64())) for column in self.columns]
        values = [[_encodable(row[k]) for row in self.rows] for k in range(len(fields))]
        arrays = [pa.array(column, kind) for column, (_, kind) in zip(values, fields, strict=True)]
        return pa.Table.from_arrays(arrays, schema=pa.schema(fields, {"caption": self.caption}))


def _printed(value: Value, unit: Unit) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if unit is Unit.FLAG:
        return "yes" if value else "no"
    if unit is Unit.COUNT:
        return count(int(value))
    if unit is Unit.NUMBER:
        return f"{value:.2f}"
    return percent(value) if unit is Unit.SHARE else hundredths(value)


def _encodable(value: Value) -> Value:
    """Text that holds halves of characters, as a file's name may, spelled out: Arrow's text is UTF-8."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
