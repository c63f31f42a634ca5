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
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from ..analysis.settings import Settings, litany_version

if TYPE_CHECKING:
    from ..analysis.comparison import Comparison
    from ..analysis.measures import Counts, Measures
    from ..corpus.report import Report, Series
    from .arrow import Table

Document = dict[str, Any]
Row = dict[str, Any]

SCHEMAS = ("split", "heatmap", "diff", "measure", "blame", "log", "check", "trace")
_DECIMALS = 6
_SHARES = ("verbatim", "edited", "changed", "new", "dropped", "moved")
_BANDS = ("edited_low", "edited_high", "new_low", "new_high")
_LITERATURE = (
    "boilerplate",
    "stickiness",
    "redundancy",
    "modification",
    "modification_adjusted",
    "sim_cosine",
    "sim_jaccard",
    "sim_min_edit",
    "sim_simple",
    "change",
)
_UNBOUNDED = ("modification_adjusted", "change")


def schema(name: str) -> Document:
    """The JSON Schema (2020-12) of the documents of that name: one of `SCHEMAS`."""
    return json.loads(resources.files(f"{__package__}.schemas").joinpath(f"{name}.json").read_bytes())


def json_bytes(document: Document) -> bytes:
    """The document as UTF-8: a line for each of its keys, and for each row of a list of rows."""
    fields = [f" {json.dumps(key)}: {_json(value)}" for key, value in document.items()]
    return as_bytes("{\n" + ",\n".join(fields) + "\n}\n")


def as_bytes(text: str) -> bytes:
    """The text as bytes. A file name that is not UTF-8 holds halves of characters: they are spelled as JSON does."""
    return text.encode("utf-8", "backslashreplace")


def _json(value: object) -> str:
    if not isinstance(value, list) or not value:
        return json_line(value)
    kinds = set(map(type, cast("list[object]", value)))
    if not kinds <= {dict, list}:
        return json_line(value)
    if kinds == {dict} and _PLAIN.issuperset(map(type, chain.from_iterable(map(dict.values, value)))):
        lines = _TOGETHER.encode(value)[1:-1].replace("}\0{", "},\n  {").replace("\0", ", ")
        return f"[\n  {lines}\n ]"
    return "[\n" + ",\n".join("  " + json_line(row) for row in value) + "\n ]"


def json_line(value: object) -> str:
    """A value as JSON, in one line."""
    return _JSON.encode(value)


# `json.dumps` makes an encoder for each row, and looks for circles, which a document made here never has
_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False)
# ... and rows of plain values take half the time together; no JSON text has a control character in it as such, so that
# one can stand between them to be replaced
_PLAIN = frozenset((str, int, float, bool, type(None)))
_TOGETHER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=("\0", ": "))


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
    return as_bytes(front + as_markdown(report.text) + "\n")


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
    from ..analysis.similarities import measure_named

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
    changes = {str(kind): number for kind, number in found.changes.items()}
    return {**head("diff", comparison.settings), **reports, "changes": changes, "operations": operations}


# -- measure ----------------------------------------------------------------------------------------------------------


def measure_rows(comparison: Comparison, columns: Sequence[str] | None = None) -> list[Row]:
    """A row a report: its size, the shares that were reused, reworded and new, and the measures of the literature.

    Of `columns` only those are sure to be there; what none of them needs is not computed.
    """
    further = [make for names, make in _FURTHER.items() if columns is None or set(names) & set(columns)]
    return [
        _measure_row(comparison, measures) | {k: v for make in further for k, v in make(comparison, measures).items()}
        for measures in comparison.measures
    ]


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
        "returned_past": rounded(past[0].share("returned")) if past[0] else None,
        "returned_sentences_past": rounded(past[1].share("returned")) if past[1] else None,
    }


def _updated(comparison: Comparison, measures: Measures) -> Row:
    updated = comparison.updates[measures.report]
    return {
        "updated": rounded(updated.share("words")) if updated else None,
        "updated_sentences": rounded(updated.share("sentences")) if updated else None,
    }


def _band(comparison: Comparison, measures: Measures) -> Row:
    """How the shares depend on the threshold."""
    band = comparison.bands[measures.report]
    return {name: rounded(band.share(name)) if band else None for name in _BANDS}


def _phase(comparison: Comparison, measures: Measures) -> Row:
    ids, k = comparison.series.ids, measures.report
    phase, ancestry = comparison.phase_of[k], comparison.ancestries[k]
    return {
        "phase": None if phase is None else ids[phase],
        "nearest": None if ancestry.nearest is None else ids[ancestry.nearest],
        "shared": rounded(ancestry.shared) if k else None,
    }


def _literature(comparison: Comparison, measures: Measures) -> Row:
    found = comparison.literature[measures.report]
    return {name: (unbounded if name in _UNBOUNDED else rounded)(getattr(found, name)) for name in _LITERATURE}


_FURTHER = {
    ("updated", "updated_sentences"): _updated,
    _BANDS: _band,
    ("phase", "nearest", "shared"): _phase,
    _LITERATURE: _literature,
}
"""The columns that cost more than the others, and what makes them."""


def unbounded(value: float | None) -> float | None:
    """A figure that may be below 0 or above 1, to six decimals; None where it is not defined."""
    return None if value is None or not math.isfinite(value) else round(value, _DECIMALS)


def against_source(measures: Measures) -> tuple[Counts | None, Counts | None]:
    """Words and sentences against the main source; for a later report that has none, all new; for a first one None."""
    if measures.source is not None:
        return measures.source.words, measures.source.sentences
    return measures.past or (None, None)


def reused(counts: Counts | None) -> float | None:
    """The share of words, or sentences, that were carried over, verbatim or edited; None where it is not defined."""
    return (counts.verbatim + counts.edited) / counts.total if counts is not None and counts.total else None


def _shares(counts: Counts | None, suffix: str = "", *, without: tuple[str, ...] = ()) -> Row:
    names = (name for name in _SHARES if name not in without)
    return {name + suffix: rounded(counts.share(name)) if counts else None for name in names}


# -- CSV --------------------------------------------------------------------------------------------------------------


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """A table as RFC 4180 has it, in UTF-8; None is an empty cell. No text is a formula for a spreadsheet."""
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    return as_bytes(target.getvalue())


def table_csv(table: Table) -> bytes:
    """A table's values as they are, shares and likenesses to six decimals."""
    rows = [[rounded(value) if isinstance(value, float) else value for value in row] for row in table.rows]
    return csv_bytes([[column.name for column in table.columns], *rows])


def _cell(value: object) -> object:
    """Text that a spreadsheet would run has an apostrophe put before it (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
