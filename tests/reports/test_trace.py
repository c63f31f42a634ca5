"""Traces as text, data and a page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
from conftest import Ran
from litany.reports import tables

Gold = Callable[[str, str], None]
Litany = Callable[..., Ran]


def test_a_trace_as_text(litany: Litany, gold: Gold) -> None:
    gold("trace.txt", litany("trace", "sample", "sample").out)


def test_a_trace_as_a_page(litany: Litany, gold: Gold, tmp_path: Path) -> None:
    assert litany("trace", "sample", "sample", "-o", tmp_path / "trace.html").code == 0
    page = (tmp_path / "trace.html").read_text("utf-8").replace("\r", "")
    assert "<style>" in page.partition("<body>")[0]
    gold("trace.html", page[page.index("<body>") :])


def test_a_trace_as_data(litany: Litany) -> None:
    document = json.loads(litany("trace", "sample", "sample", "--format", "json").out)
    jsonschema.validate(document, tables.schema("trace"))
    article = (Path(__file__).parents[2] / "corpus" / "samples" / "article.txt").read_text("utf-8")
    notices = (Path(__file__).parents[2] / "corpus" / "samples" / "notices.md").read_text("utf-8")
    assert len(document["passages"]) == 11
    for row in document["passages"]:
        assert article[row["start"] : row["end"]] == row["text"]
        assert notices[row["source"]["start"] : row["source"]["end"]] == row["source_text"]


def test_a_document_without_a_date_and_hostile_text(litany: Litany, tmp_path: Path) -> None:
    words = "The <script>alert(1)</script> drifter broke up on the bar with the loss of all her crew but one boy."
    text, source = tmp_path / "text.txt", tmp_path / "rival.txt"
    text.write_text(f"Nothing is known of it. {words}\n")
    source.write_text(f"{words} Cabbages do best in heavy soil.\n")
    document = json.loads(litany("trace", text, source, "--format", "json").out)
    jsonschema.validate(document, tables.schema("trace"))
    assert {row["report"] for row in document["passages"]} == {None}
    page = litany("trace", text, source, "--format", "html").out
    assert "<script>" not in page
    assert "against: " in litany("trace", text, source).out


def test_what_cannot_be_traced_is_said(litany: Litany, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text(" \n")
    assert "has no words" in litany("trace", empty, "sample", "--quiet").error
    assert "no such file" in litany("trace", tmp_path / "none.txt", "sample", "--quiet").error
    assert litany("trace", "sample", empty, "--quiet").code == 2
