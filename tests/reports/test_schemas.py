"""The JSON Schemas that ship with litany: strict, explained, and fitting everything that litany writes."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from litany.analysis import Change, Comparison, Measure, PieceOp, compare
from litany.corpus import Precision, from_texts, read
from litany.reports import measuring, tables
from litany.reports.html import pages

TEXTS = {
    "2004": "The lamp was lit at seven. The boat came home. Nobody was hurt.",
    "2006": "Nobody was hurt. The lamp was lit at eight. The boat came home.",
    "2008": "Quite another matter altogether occupied everybody.",
}


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(from_texts(TEXTS))


def documents(comparison: Comparison) -> Iterator[tuple[str, Any]]:
    """Every kind of document, as a reader of the file gets it."""
    last = len(comparison.series) - 1
    files = [f"{name}.md" for name in comparison.series.ids]
    yield "split", tables.series_document(comparison.series, files)
    yield "measure", measuring.measure_document(comparison)
    for measure in ("tfidf", "containment"):
        yield "heatmap", tables.heatmap_document(comparison, measure)
    for old, new in {(0, last), (last, 0), (max(last - 1, 0), last)}:
        yield "diff", tables.diff_document(comparison, old, new)


def check(comparison: Comparison) -> None:
    parts = [("measure", measuring.measure_document(comparison, table)) for table in measuring.TABLES]
    for name, document in [*documents(comparison), *parts]:
        Draft202012Validator(tables.schema(name)).validate(json.loads(tables.json_bytes(document)))


def test_documents_fit(comparison: Comparison) -> None:
    check(comparison)
    check(compare(from_texts({"2004": "A lamp."})))
    check(compare(from_texts({"2004": "A lamp.", "2005": "A lamp."})))


def test_documents_of_the_sample_fit() -> None:
    check(compare(read("sample")))


@pytest.mark.parametrize("source", ["seeds/000_95eba4d8c191244c.txt", "series/fomc_statements"])
def test_documents_of_real_series_fit(shared_data: Path, source: str) -> None:
    check(compare(read(shared_data / source)))


def test_the_data_of_a_site_fit_and_have_all_tables(comparison: Comparison) -> None:
    data = {name: json.loads(made) for name, made in pages(comparison) if name.endswith(".json")}
    for document in data.values():
        name = document["schema"].split("/")[1]
        Draft202012Validator(tables.schema(name)).validate(document)
    whole = json.loads(tables.json_bytes(measuring.measure_document(comparison)))
    measured, letter = data["data/measure.json"], data["data/form-letter.json"]
    assert {**measured, **letter, "signatures": {**measured["signatures"], **letter["signatures"]}} == whole
    assert measured.keys() & letter.keys() == {"schema", "litany", "settings", "series", "signatures"}


@pytest.mark.parametrize("name", tables.SCHEMAS)
def test_schemas_are_schemas_and_explain_every_field(name: str) -> None:
    schema = tables.schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:litany:{name}:1"
    assert schema["title"]
    for part in objects(schema):
        if part.get("title") or "required" in part:
            assert part["additionalProperties"] is False
            assert set(part["required"]) <= set(part["properties"])
        for field, described in part.get("properties", {}).items():
            assert described.get("description"), field


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """All object schemas in a schema."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for part in schema.values():
            yield from objects(part)


def test_no_document_may_hold_more_or_less(comparison: Comparison) -> None:
    for name, document in documents(comparison):
        validator = Draft202012Validator(tables.schema(name))
        with pytest.raises(ValidationError):
            validator.validate({**document, "more": 1})
        for key in document:
            less = copy.deepcopy(document)
            del less[key]
            with pytest.raises(ValidationError):
                validator.validate(less)


def test_fields_stand_in_the_order_of_the_schema(comparison: Comparison) -> None:
    for name, document in documents(comparison):
        assert list(document) == list(tables.schema(name)["properties"])
    rows = tables.schema("measure")["properties"]["rows"]["items"]["properties"]
    assert list(measuring.measure_document(comparison)["rows"][0]) == list(rows)


def test_columns_of_the_tables_are_those_of_the_schema() -> None:
    properties = tables.schema("measure")["properties"]
    for name, table in measuring.TABLES.items():
        assert list(table.columns) == list(properties[measuring.SECTIONS.get(name, name)]["items"]["properties"])
        assert set(table.shown) <= set(table.columns)


def test_lists_of_names_are_those_of_the_program() -> None:
    operation = tables.schema("diff")["properties"]["operations"]["items"]["properties"]
    assert operation["op"]["enum"] == list(PieceOp)
    assert operation["kind"]["enum"] == list(Change)
    assert tables.schema("heatmap")["properties"]["measure"]["enum"] == list(Measure)
    report = tables.schema("split")["properties"]["reports"]["items"]["properties"]
    assert report["precision"]["enum"] == list(Precision)
