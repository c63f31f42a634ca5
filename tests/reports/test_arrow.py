"""Tables as values: what data frames take, what people read."""

from __future__ import annotations

import sys

import pytest
from litany.analysis import Comparison, compare
from litany.corpus import read
from litany.corpus.errors import MissingExtraError, UsageError
from litany.reports.arrow import Column, Table, Unit
from litany.reports.measuring import TABLES, measure_table
from litany.reports.tables import measure_rows, table_csv

TABLE = Table(
    "A table",
    (Column("name"), Column("words", Unit.COUNT), Column("share", Unit.SHARE), Column("like", Unit.VALUE)),
    (("a", 1204, 0.42, 0.5), ("=b", None, None, None), (None, 0, 1.0, 0.999)),
    ((0, 1), None, (2, 2)),
)


@pytest.fixture(scope="module")
def sample() -> Comparison:
    return compare(read("sample"))


def test_values_are_printed_as_people_read_them() -> None:
    assert TABLE.printed == (("a", "1,204", "42 %", ".50"), ("=b", "–", "–", "–"), ("–", "0", "100 %", ".99"))


def test_arrow_takes_a_table() -> None:
    pa = pytest.importorskip("pyarrow")
    taken = pa.table(TABLE)
    assert taken.schema.types == [pa.string(), pa.int64(), pa.float64(), pa.float64()]
    assert taken.schema.metadata == {b"caption": b"A table"}
    assert [tuple(row.values()) for row in taken.to_pylist()] == list(TABLE.rows)


def test_a_table_without_rows_keeps_its_columns() -> None:
    pa = pytest.importorskip("pyarrow")
    assert pa.table(Table("", TABLE.columns, ())).schema.names == ["name", "words", "share", "like"]


def test_halves_of_characters_are_spelled_out() -> None:
    pa = pytest.importorskip("pyarrow")
    assert pa.table(Table("", (Column("name"),), (("a\udce9b",),))).to_pylist() == [{"name": "a\\udce9b"}]


def test_the_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'litany\[arrow\]'"):
        TABLE.__arrow_c_stream__()


def test_measures_are_those_of_the_document(sample: Comparison) -> None:
    table, rows = measure_table(sample), measure_rows(sample)
    names = [column.name for column in table.columns]
    assert names == list(rows[0])
    for row, expected in zip(table.rows, rows, strict=True):
        made = dict(zip(names, row, strict=True))
        sources = "; ".join(f"{part['report']} {part['share']}" for part in expected["source_shares"])
        assert made == {**expected, "source_shares": sources}


@pytest.mark.parametrize("name", TABLES)
def test_arrow_takes_every_table_of_measures(sample: Comparison, name: str) -> None:
    pa = pytest.importorskip("pyarrow")
    table = measure_table(sample, name)
    taken = pa.table(table)
    assert taken.schema.names == [column.name for column in table.columns]
    assert [tuple(row.values()) for row in taken.to_pylist()] == list(table.rows)
    assert len(table.printed) == len(table) > 0


def test_a_table_that_does_not_exist(sample: Comparison) -> None:
    with pytest.raises(UsageError, match="no table 'sentences'; there are reports, phases"):
        measure_table(sample, "sentences")


def test_a_table_as_csv() -> None:
    lines = table_csv(TABLE).decode().split("\r\n")
    assert lines == ["name,words,share,like", "a,1204,0.42,0.5", "'=b,,,", ",0,1.0,0.999", ""]
