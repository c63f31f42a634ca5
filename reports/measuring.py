"""The tables of `litany measure`: what each has in its rows, and how a row becomes JSON, CSV, Parquet and a line."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from ..corpus.errors import MissingExtraError, UsageError
from . import arrow
from .figures import count, percent
from .formletter import filler_rows, slot_rows, substitution_rows, template_records
from .tables import Document, Row, as_bytes, csv_bytes, head, json_line, measure_rows, rounded, unbounded

if TYPE_CHECKING:
    from ..analysis.comparison import Comparison
    from ..analysis.phases import Phase
    from ..analysis.terms import Mark

TEXT, COUNT, SHARE, NUMBER, FLAG = "text", "count", "share", "number", "flag"
"""What a column holds; a list of texts is [TEXT], a list of records [{name: what it holds}]."""

Held = str | list[str] | list[dict[str, str]]

MOST_LINES = 40
"""Rows of a long table that the terminal shows; a file has them all."""
MARKS = 5
"""Terms that the terminal and the phases table name for a phase."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of `litany measure`."""

    columns: Mapping[str, Held]
    """The names of the columns, and what each holds."""
    rows: Callable[[Comparison], list[Row]]
    """The rows, each with a value for each column; None where it is not defined."""
    shown: tuple[str, ...]
    """The columns that the terminal shows."""
    signature: Callable[[Comparison, Sequence[str]], tuple[str, ...]]
    """How the figures of some of the columns are made: the parts of the line that is printed with them."""


# -- rows -------------------------------------------------------------------------------------------------------------


def phase_rows(comparison: Comparison) -> list[Row]:
    """A row a phase: the text, the reports that were written on it, and the words that mark it."""
    ids = comparison.series.ids
    return [
        {
            "phase": ids[phase.founder],
            "first": ids[phase.first],
            "last": ids[phase.last],
            "size": len(phase.members),
            "reports": [ids[k] for k in phase.members],
            "runs": [{"first": ids[start], "last": ids[end]} for start, end in phase.runs],
            "shared": rounded(phase.shared),
            "marks": [mark.text for mark in phase_marks(comparison, phase)[:MARKS]],
        }
        for phase in comparison.phases
    ]


def term_rows(comparison: Comparison) -> list[Row]:
    """A row a term that enters, leaves or returns, the surest first."""
    ids = comparison.series.ids

    def name(report: int | None) -> str | None:
        return None if report is None else ids[report]

    return [
        {
            "term": term.text,
            "size": term.size,
            "course": str(term.course),
            "first": ids[term.reports[0]],
            "last": ids[term.reports[-1]],
            "reports": len(term.reports),
            "total": term.total,
            "sentences": term.sentences,
            "entered": name(term.entered),
            "left": name(term.left),
            "returned": [ids[k] for k in term.returned],
            "log_odds": unbounded(term.log_odds),
            "z": unbounded(term.z),
            "counts": [{"report": ids[k], "count": term.counts[k]} for k in term.reports],
        }
        for term in comparison.terms
    ]


def mark_rows(comparison: Comparison) -> list[Row]:
    """A row a term that marks a phase, then a report, against the rest of the series; the surest of each first."""
    ids = comparison.series.ids
    groups = [("phase", ids[phase.founder], phase.members) for phase in comparison.phases]
    groups += [("report", ids[k], (k,)) for k in range(len(ids))]
    return [
        {"of": kind, "name": name, **_mark_row(mark)}
        for kind, name, members in groups
        for mark in comparison.marks(members)
    ]


def _mark_row(mark: Mark) -> Row:
    return {
        "term": mark.text,
        "size": mark.size,
        "count": mark.count,
        "rest": mark.rest,
        "log_odds": unbounded(mark.log_odds),
        "z": unbounded(mark.z),
    }


def phase_marks(comparison: Comparison, phase: Phase) -> tuple[Mark, ...]:
    """The terms that mark a phase against all other reports."""
    return comparison.marks(phase.members)


# -- the tables -------------------------------------------------------------------------------------------------------


def _report_signature(comparison: Comparison, columns: Sequence[str]) -> tuple[str, ...]:
    from ..analysis.measures import BAND

    settings = comparison.settings
    shares = "words, each counted as its sentence was carried over from the main source, or else from any earlier one"
    band = (
        f"likeness at least {settings.likeness:g}; _low and _high: the least and most with it {BAND:g} lower or higher"
    )
    parts = {
        shares: _SHARES,
        "changed: words put into edited sentences": ("changed",),
        "dropped: of the source's words": ("dropped",),
        band: ("edited_low", "edited_high", "new_low", "new_high"),
        "returned: in an earlier report, not in the one before": ("returned_past", "returned_sentences_past"),
        "updated: in edited sentences of which only numbers, dates, names or other light things changed": (
            "updated",
            "updated_sentences",
        ),
        "phase: the report that founded its text": ("phase",),
        f"boilerplate: {settings.shingle}-word runs that more than half of the reports have": ("boilerplate",),
        "stickiness: sentences kept from the report before": ("stickiness",),
        "redundancy: sentences that stand in it twice": ("redundancy",),
        "modification: 1 - TF-IDF cosine to the report before": ("modification", "modification_adjusted"),
        "sim_: Cohen, Malloy and Nguyen (2020), to the report before": tuple(
            c for c in REPORTS if c.startswith("sim_")
        ),
    }
    return tuple(part for part, named in parts.items() if set(named) & set(columns))


def _phase_signature(_: Comparison, _columns: Sequence[str]) -> tuple[str, ...]:
    from ..analysis.phases import PENALTY

    return (
        "phases: reports that have at least half in common with the earlier report they are nearest to",
        "shared: words of both in linked sentences, weighted by likeness / words of both (Dice)",
        f"optimal partition of the tree of nearest reports, penalty {PENALTY:g}",
    )


def _term_signature(_: Comparison, _columns: Sequence[str]) -> tuple[str, ...]:
    from ..analysis.terms import GROWN, Z

    return (
        f"words and phrases of up to {GROWN} words, case aside",
        "log-odds with an informative Dirichlet prior of one report's length (Monroe, Colaresi and Quinn 2008)",
        f"z at least {Z:g}",
    )


def _substitution_signature(_: Comparison, _columns: Sequence[str]) -> tuple[str, ...]:
    return ("count: sentences, each compared with the one it was copied from",)


def _slot_signature(_: Comparison, _columns: Sequence[str]) -> tuple[str, ...]:
    from ..analysis.templates import HELD

    return (
        "words that all wordings of a sentence have are fixed, what lies between is a slot",
        f"wordings share a template if {HELD:g} of their words, by weight, are fixed",
    )


_TERM = {"term": TEXT, "size": COUNT}
_ODDS = {"log_odds": NUMBER, "z": NUMBER}

_SHARES = ("verbatim", "edited", "changed", "new", "dropped", "moved")
_IN_SENTENCES = ("verbatim", "edited", "new", "dropped", "moved")

REPORTS: dict[str, Held] = {
    "report": TEXT,
    "date": TEXT,
    "title": TEXT,
    "words": COUNT,
    "sentences": COUNT,
    "main_source": TEXT,
    **dict.fromkeys(_SHARES, SHARE),
    **dict.fromkeys((f"n_{name}" for name in (*_SHARES, "source")), COUNT),
    **dict.fromkeys((f"{name}_sentences" for name in _IN_SENTENCES), SHARE),
    "previous": TEXT,
    **dict.fromkeys((f"{name}_previous" for name in _SHARES), SHARE),
    **dict.fromkeys((f"{name}_sentences_previous" for name in _IN_SENTENCES), SHARE),
    **dict.fromkeys((f"{name}_past" for name in _SHARES if name != "dropped"), SHARE),
    **dict.fromkeys((f"{name}_sentences_past" for name in _IN_SENTENCES if name != "dropped"), SHARE),
    "source_shares": [{"report": TEXT, "share": SHARE}],
    "returned_past": SHARE,
    "returned_sentences_past": SHARE,
    "updated": SHARE,
    "updated_sentences": SHARE,
    **dict.fromkeys(("edited_low", "edited_high", "new_low", "new_high"), SHARE),
    "phase": TEXT,
    "nearest": TEXT,
    "shared": SHARE,
    **dict.fromkeys(("boilerplate", "stickiness", "redundancy", "modification"), SHARE),
    "modification_adjusted": NUMBER,
    **dict.fromkeys(("sim_cosine", "sim_jaccard", "sim_min_edit", "sim_simple"), SHARE),
    "change": NUMBER,
}

TABLES: dict[str, Table] = {
    "reports": Table(REPORTS, measure_rows, ("report", "words", *_SHARES, "main_source"), _report_signature),
    "phases": Table(
        {
            "phase": TEXT,
            "first": TEXT,
            "last": TEXT,
            "size": COUNT,
            "reports": [TEXT],
            "runs": [{"first": TEXT, "last": TEXT}],
            "shared": SHARE,
            "marks": [TEXT],
        },
        phase_rows,
        ("phase", "size", "runs", "shared", "marks"),
        _phase_signature,
    ),
    "terms": Table(
        {
            **_TERM,
            "course": TEXT,
            "first": TEXT,
            "last": TEXT,
            "reports": COUNT,
            "total": COUNT,
            "sentences": COUNT,
            "entered": TEXT,
            "left": TEXT,
            "returned": [TEXT],
            **_ODDS,
            "counts": [{"report": TEXT, "count": COUNT}],
        },
        term_rows,
        ("term", "course", "first", "last", "reports", "total", "z"),
        _term_signature,
    ),
    "marks": Table(
        {"of": TEXT, "name": TEXT, **_TERM, "count": COUNT, "rest": COUNT, **_ODDS},
        mark_rows,
        ("of", "name", "term", "count", "rest", "z"),
        _term_signature,
    ),
    "substitutions": Table(
        {"old": TEXT, "new": TEXT, "kind": TEXT, "count": COUNT, "first": TEXT, "last": TEXT, "reports": [TEXT]},
        substitution_rows,
        ("count", "kind", "old", "new", "first", "last"),
        _substitution_signature,
    ),
    "slots": Table(
        {
            "template": COUNT,
            "text": TEXT,
            "slot": COUNT,
            **dict.fromkeys(("before", "after", "kind", "follows", "report"), TEXT),
            "start_line": COUNT,
            "filler": TEXT,
            **dict.fromkeys(("value", "expected"), COUNT),
            "fits": FLAG,
        },
        slot_rows,
        ("template", "before", "filler", "after", "report", "follows", "fits"),
        _slot_signature,
    ),
}
"""The tables, by the name that `litany measure --table` takes. A further one is an entry here and in the schema."""

SECTIONS = {"reports": "rows"}
"""What a table is called in the JSON document, where not by its name."""

LETTER = ("substitutions", "slots")
"""The tables of the form letter, by far the largest: the site has them in a file of their own."""


# -- outputs ----------------------------------------------------------------------------------------------------------


def measure_document(comparison: Comparison, *chosen: str) -> Document:
    """All tables, or those chosen, as a JSON document, with the line that says how the figures of each are made.

    With other tables, the rows of the slots do not say again what the templates have: that would be most of a large
    file.
    """
    names = chosen or tuple(TABLES)
    tables = {SECTIONS.get(name, name): TABLES[name] for name in names}
    apart = "slots" in names and len(names) > 1
    return {
        **head("measure", comparison.settings),
        "series": comparison.series.name,
        "signatures": {
            name: comparison.signature(*spec.signature(comparison, list(spec.columns))) for name, spec in tables.items()
        },
        **{name: spec.rows(comparison) for name, spec in tables.items() if name != "slots" or not apart},
        **({"slots": filler_rows(comparison), "templates": template_records(comparison)} if apart else {}),
    }


def measure_csv(comparison: Comparison, table: str = "reports", columns: Sequence[str] = ()) -> bytes:
    """One table as CSV. What is not defined is empty; lists read '2010 0.713; 2009 0.042'."""
    names = _chosen(table, columns)
    rows = TABLES[table].rows(comparison)
    return csv_bytes([names, *([_flat(row[name]) for name in names] for row in rows)])


def _flat(value: object) -> object:
    """A list of texts or of records as one text, items separated by semicolons."""
    if not isinstance(value, list):
        return value
    items = cast("list[str | Mapping[str, object]]", value)
    return "; ".join(item if isinstance(item, str) else " ".join(map(str, item.values())) for item in items)


def measure_table(comparison: Comparison, table: str = "reports") -> arrow.Table:
    """One table as a value that pandas, polars and Arrow take; lists are texts as in `measure_csv`."""
    held = TABLES[_known(table)].columns
    units = {COUNT: arrow.Unit.COUNT, SHARE: arrow.Unit.SHARE, NUMBER: arrow.Unit.NUMBER, FLAG: arrow.Unit.FLAG}
    columns = tuple(
        arrow.Column(name, units.get(kind, arrow.Unit.TEXT) if isinstance(kind, str) else arrow.Unit.TEXT)
        for name, kind in held.items()
    )
    rows = tuple(
        tuple(cast("arrow.Value", _flat(row[name])) for name in held) for row in TABLES[table].rows(comparison)
    )
    return arrow.Table(f"{comparison.series.name}: {table}, as measured.", columns, rows)


def _known(table: str) -> str:
    if table not in TABLES:
        raise UsageError(f"no table {table!r}; there are {', '.join(TABLES)}")
    return table


def measure_parquet(comparison: Comparison, table: str = "reports", columns: Sequence[str] = ()) -> bytes:
    """One table as a Parquet file, in which lists are lists. What made it stands in the file's metadata.

    Raises `MissingExtraError` where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError("a .parquet file needs pyarrow; pip install 'litany[arrow]', or name a .csv") from None
    names = _chosen(table, columns)
    section = SECTIONS.get(table, table)
    document = measure_document(comparison, table)
    rows = [{name: _cleaned(row[name]) for name in names} for row in document.pop(section)]
    made = {key: as_bytes(value if isinstance(value, str) else json_line(value)) for key, value in document.items()}

    def typed(held: Held | str) -> Any:
        if isinstance(held, str):
            return {TEXT: pa.string(), COUNT: pa.int64(), FLAG: pa.bool_()}.get(held, pa.float64())
        item = held[0]
        inner = typed(item) if isinstance(item, str) else pa.struct({name: typed(kind) for name, kind in item.items()})
        return pa.list_(inner)

    types = [(name, typed(TABLES[table].columns[name])) for name in names]
    target = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, pa.schema(types, made)), target)
    return target.getvalue()


def _cleaned(value: object) -> object:
    """The value with all texts as UTF-8, which Arrow insists on."""
    if isinstance(value, str):
        return as_bytes(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in cast("dict[str, object]", value).items()}
    return value


def measure_text(comparison: Comparison, table: str = "reports", columns: Sequence[str] = ()) -> str:
    """The main columns of one table, or those asked for, for people; and the line that says how they were made."""
    spec = TABLES[table]
    names = _chosen(table, columns) if columns else list(spec.shown)
    rows = measure_rows(comparison, names) if table == "reports" else spec.rows(comparison)
    shown = rows if table == "reports" else rows[:MOST_LINES]
    cells = [[_shown(row[name], spec.columns[name]) for name in names] for row in shown]
    lines = aligned(
        [name.replace("_", " ") for name in names], cells, [_is_figure(spec.columns[name]) for name in names]
    )
    notes = [f"no {table}"] if not rows else []
    if len(shown) < len(rows):
        notes.append(f"the first {len(shown)} of {count(len(rows))} {table}; -o FILE has them all")
    if table == "phases":
        alone = [name for name, phase in zip(comparison.series.ids, comparison.phase_of, strict=True) if phase is None]
        notes += [f"texts of their own: {_few(alone)}"] if alone else []
    return "\n".join([*lines, *notes, "", comparison.signature(*spec.signature(comparison, names)), ""])


def aligned(names: Sequence[str], cells: Iterable[Sequence[str]], right: Sequence[bool]) -> list[str]:
    """A table as lines: names, then cells, in columns of the width that they need."""
    from rich.console import Console
    from rich.table import Table as Grid

    grid = Grid(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="")
    for name, is_right in zip(names, right, strict=True):
        grid.add_column(name, justify="right" if is_right else "left", no_wrap=True)
    for row in cells:
        grid.add_row(*row)
    target = io.StringIO()
    Console(file=target, width=1000, color_system=None, markup=False, highlight=False, emoji=False).print(grid)
    return [line.rstrip() for line in target.getvalue().splitlines()]


def _is_figure(held: Held) -> bool:
    return held in (COUNT, SHARE, NUMBER)


def _shown(value: Any, held: Held) -> str:
    if value is None:
        return "–"
    if isinstance(value, list):
        return _few([_record(item) for item in cast("list[Any]", value)])
    if held == SHARE:
        return percent(value)
    if held == COUNT:
        return count(value)
    if held == FLAG:
        return "yes" if value else "no"
    return f"{value:.2f}" if held == NUMBER else str(value)


def _record(item: str | Mapping[str, object]) -> str:
    """An item of a list: a text, a run of reports as its ends, any other record as its values."""
    if isinstance(item, str):
        return item
    values = [str(value) for value in item.values()]
    return "–".join(dict.fromkeys(values)) if set(item) == {"first", "last"} else " ".join(values)


def _few(items: Sequence[str], most: int = 6) -> str:
    """The items, or the first of many."""
    return ", ".join(items[:most]) + (f" and {len(items) - most} more" if len(items) > most else "")


def _chosen(table: str, columns: Sequence[str]) -> list[str]:
    """The columns asked for, or all. Raises `UsageError` for one that the table has not."""
    known = TABLES[table].columns
    for name in columns:
        if name not in known:
            raise UsageError(f"no column {name!r} in the table {table}; there are {', '.join(known)}")
    return list(columns) or list(known)
