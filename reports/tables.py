"""The figures as data: JSON documents, each with a schema that ships with litany, CSV, and a table for the terminal."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from importlib import resources
from typing import TYPE_CHECKING, Any

from ..analysis.settings import Settings, litany_version
from ..corpus.errors import MissingExtraError
from .figures import count, percent

if TYPE_CHECKING:
    from ..analysis.comparison import Comparison
    from ..analysis.measures import Counts, Measures
    from ..corpus.report import Report, Series

Document = dict[str, Any]
Row = dict[str, Any]

SCHEMAS = ("split", "heatmap", "diff", "measure", "blame", "log", "trace")
_DECIMALS = 6
_SHARES = ("verbatim", "edited", "changed", "new", "dropped", "moved")


def schema(name: str) -> Document:
    """The JSON Schema (2020-12) of the documents of that name: one of `SCHEMAS`."""
    return json.loads(resources.files(f"{__package__}.schemas").joinpath(f"{name}.json").read_bytes())


def json_bytes(document: Document) -> bytes:
    """The document as UTF-8: a line for each of its keys, and for each row of a list of rows."""
    fields = [f" {json.dumps(key)}: {_json(value)}" for key, value in document.items()]
    return _utf8("{\n" + ",\n".join(fields) + "\n}\n")


def _utf8(text: str) -> bytes:
    """The text as bytes. A file name that is not UTF-8 holds halves of characters: they are spelled as JSON does."""
    return text.encode("utf-8", "backslashreplace")


def _json(value: object) -> str:
    if isinstance(value, list) and value and all(isinstance(row, (dict, list)) for row in value):
        return "[\n" + ",\n".join("  " + _line(row) for row in value) + "\n ]"
    return _line(value)


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def head(name: str, settings: Settings) -> Document:
    """What every document starts with: its schema, and what made it."""
    return {"schema": f"litany/{name}/1", "litany": litany_version(), "settings": asdict(settings)}


def rounded(value: float | None) -> float | None:
    """A share or similarity to six decimals; None where it is not defined. 1 and 0 only when exactly true."""
    if value is None or not math.isfinite(value):
        return None
    least = 10.0**-_DECIMALS
    return value if value in (0, 1) else min(max(round(value, _DECIMALS), least), 1 - least)


# -- split ------------------------------------------------------------------------------------------------------------


def split_files(series: Series) -> Iterator[tuple[str, bytes]]:
    """One Markdown file a report, then series.json. Read again as a folder they are the same series."""
    names = [f"{_file_name(report.id)}.md" for report in series.reports]
    for name, report in zip(names, series.reports, strict=True):
        yield name, _report_file(report)
    yield "series.json", json_bytes(series_document(series, names))


def series_document(series: Series, files: Sequence[str]) -> Document:
    """What is known of the reports of a series, which stand in `files`, and how they were read."""
    return {
        **head("split", Settings()),
        "series": series.name,
        "reports": [_report_row(report, file) for report, file in zip(series.reports, files, strict=True)],
        "missing": list(series.missing),
        "skipped": [asdict(skipped) for skipped in series.skipped],
        "notices": [asdict(notice) for notice in series.notices],
    }


def _report_row(report: Report, file: str) -> Row:
    start, end = report.lines
    return {
        "id": report.id,
        "date": str(report.date),
        "precision": str(report.date.precision),
        "date_text": report.date.text,
        "title": report.title,
        "source": {"path": report.document.path, "start_line": start, "end_line": end},
        "words": report.word_count,
        "file": file,
    }


def _file_name(name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", name).lstrip(".") or "_"


def _report_file(report: Report) -> bytes:
    # in YAML most titles need no quotes, and are found and edited more easily without
    plain = re.fullmatch(r"[^\W\d_](?:[^#:\n]*[^#:\s\"'])?", report.title)
    title = report.title if plain else json.dumps(report.title, ensure_ascii=False)
    front = f"---\ntitle: {title}\ndate: {report.date}\n---\n\n"
    return _utf8(front + as_markdown(report.text) + "\n")


# what Markdown would take for mark-up: some signs anywhere, others at the start of a line
_SIGNS = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_STARTS = re.compile(r"^([ \t]*)([-+=>#~]|\d+(?=[.)]))", re.MULTILINE)


def as_markdown(text: str) -> str:
    """A cleaned text as Markdown that reads as that text: signs are escaped, line ends within a paragraph kept."""
    escaped = _STARTS.sub(_escaped_start, _SIGNS.sub(r"\\\g<0>", text))
    return re.sub(r"(?<!\n)\n(?!\n)", "\\\\\n", escaped)


def _escaped_start(found: re.Match[str]) -> str:
    space, sign = found.groups()
    return f"{space}{sign}\\" if sign.isdigit() else f"{space}\\{sign}"


# -- heatmap ----------------------------------------------------------------------------------------------------------


def heatmap_document(comparison: Comparison, measure: str = "tfidf") -> Document:
    """How alike any two reports are. For a directed measure a row is the report whose text is looked for."""
    chosen, ids, rows = _matrix(comparison, measure)
    return {
        **head("heatmap", comparison.settings),
        "series": comparison.series.name,
        "measure": str(chosen),
        "directed": chosen.directed,
        "signature": comparison.signature(chosen.recipe(comparison.settings)),
        "labels": ids,
        "matrix": rows,
    }


def heatmap_csv(comparison: Comparison, measure: str = "tfidf") -> bytes:
    """The same as a table: the reports' ids in the first row and column."""
    _, ids, rows = _matrix(comparison, measure)
    return csv_bytes([["report", *ids], *([name, *row] for name, row in zip(ids, rows, strict=True))])


def _matrix(comparison: Comparison, measure: str) -> tuple[Any, list[str], list[list[float | None]]]:
    from ..analysis.similarity import measure_named

    chosen = measure_named(measure)
    rows = [[rounded(value) for value in row] for row in comparison.similarity(chosen).tolist()]
    return chosen, list(comparison.series.ids), rows


# -- diff -------------------------------------------------------------------------------------------------------------


def diff_document(comparison: Comparison, old: int, new: int) -> Document:
    """How report `old` became report `new`, in operations that tile both texts."""
    found = comparison.difference(old, new)
    before, after = found.old.text, found.new.text
    operations = [
        {
            "op": str(piece.op),
            "old": before[piece.old_start : piece.old_end],
            "new": after[piece.new_start : piece.new_end],
            "kind": str(piece.kind),
            "move": piece.move,
        }
        for piece in found.pieces
    ]
    reports = {"series": comparison.series.name, "old": found.old.id, "new": found.new.id}
    return {**head("diff", comparison.settings), **reports, "operations": operations}


# -- measure ----------------------------------------------------------------------------------------------------------


def measure_document(comparison: Comparison) -> Document:
    """A row a report: its size, and the shares of its words and sentences that were reused, reworded and new."""
    return {
        **head("measure", comparison.settings),
        "series": comparison.series.name,
        "rows": [_measure_row(comparison, measures) for measures in comparison.measures],
    }


def measure_csv(comparison: Comparison) -> bytes:
    """The same rows as a table; what is not defined is empty. `source_shares` reads '2010 0.713; 2009 0.042'."""
    rows = [_measure_row(comparison, measures) for measures in comparison.measures]
    for row in rows:
        row["source_shares"] = "; ".join(f"{part['report']} {part['share']}" for part in row["source_shares"])
    return csv_bytes([list(rows[0]) if rows else [], *(list(row.values()) for row in rows)])


def measure_parquet(comparison: Comparison) -> bytes:
    """The same rows as a Parquet file, in which `source_shares` is a list of records.

    What made it stands in the file's metadata. Raises `MissingExtraError` where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError("a .parquet file needs pyarrow; pip install 'litany[arrow]', or name a .csv") from None
    document = measure_document(comparison)
    rows = document.pop("rows")
    texts = dict.fromkeys(("report", "date", "title", "main_source", "previous"), pa.string())
    counts = {name: pa.int64() for name in rows[0] if name in ("words", "sentences") or name.startswith("n_")}
    shares = {"source_shares": pa.list_(pa.struct({"report": pa.string(), "share": pa.float64()}))}
    types = {**dict.fromkeys(rows[0], pa.float64()), **texts, **counts, **shares}
    made = {key: _utf8(value if isinstance(value, str) else _line(value)) for key, value in document.items()}
    rows = [{key: _utf8(cell) if isinstance(cell, str) else cell for key, cell in row.items()} for row in rows]
    table = pa.Table.from_pylist(rows, pa.schema(types.items(), made))
    target = io.BytesIO()
    pq.write_table(table, target)
    return target.getvalue()


def _measure_row(comparison: Comparison, measures: Measures) -> Row:
    ids, k = comparison.series.ids, measures.report
    report = comparison.series.reports[k]
    source = comparison.main_source(k)
    words, sentences = against_source(measures)
    previous = (measures.previous.words, measures.previous.sentences) if measures.previous else (None, None)
    past = measures.past or (None, None)
    return {
        "report": report.id,
        "date": str(report.date),
        "title": report.title,
        "words": measures.words,
        "sentences": measures.sentences,
        "main_source": None if source is None else ids[source],
        **_shares(words),
        **{f"n_{name}": getattr(words, name) if words else None for name in _SHARES},
        "n_source": words.source_total if words else None,
        **_shares(sentences, "_sentences", without=("changed",)),
        "previous": ids[measures.previous.source] if measures.previous else None,
        **_shares(previous[0], "_previous"),
        **_shares(previous[1], "_sentences_previous", without=("changed",)),
        **_shares(past[0], "_past", without=("dropped",)),
        **_shares(past[1], "_sentences_past", without=("changed", "dropped")),
        "source_shares": [{"report": ids[old], "share": rounded(share)} for old, share in comparison.sources(k)],
    }


def against_source(measures: Measures) -> tuple[Counts | None, Counts | None]:
    """Words and sentences against the main source; for a later report that has none, all new; for a first one None."""
    if measures.source is not None:
        return measures.source.words, measures.source.sentences
    return measures.past or (None, None)


def _shares(counts: Counts | None, suffix: str = "", *, without: tuple[str, ...] = ()) -> Row:
    names = (name for name in _SHARES if name not in without)
    return {name + suffix: rounded(counts.share(name)) if counts else None for name in names}


def terminal_table(comparison: Comparison) -> str:
    """The main columns of the same rows for people, and the line that says how they were made."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="")
    table.add_column("report", no_wrap=True)
    for name in ("words", *_SHARES):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("main source", no_wrap=True)
    for measures in comparison.measures:
        words, _ = against_source(measures)
        source = comparison.main_source(measures.report)
        shares = [percent(words.share(name) if words else None) for name in _SHARES]
        ids = comparison.series.ids
        table.add_row(ids[measures.report], count(measures.words), *shares, "–" if source is None else ids[source])
    target = io.StringIO()
    Console(file=target, width=1000, color_system=None, markup=False, highlight=False, emoji=False).print(table)
    lines = [line.rstrip() for line in target.getvalue().splitlines()]
    made = comparison.signature(
        "words, each counted as its sentence was carried over from the main source, or else from any earlier one",
        "changed: words put into edited sentences",
        "dropped: of the source's words",
    )
    return "\n".join([*lines, "", made, ""])


# -- CSV --------------------------------------------------------------------------------------------------------------


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """A table as RFC 4180 has it, in UTF-8; None is an empty cell. No text is a formula for a spreadsheet."""
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    return _utf8(target.getvalue())


def _cell(value: object) -> object:
    """Text that a spreadsheet would run has an apostrophe put before it (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
