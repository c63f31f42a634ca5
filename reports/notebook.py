"""Values as a notebook shows them: small pieces of HTML with a style of their own, for light and dark.

Which function draws which class is said in pyproject.toml, under the entry points `litany.notebook`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from .arrow import Column, Table, Unit
from .figures import count
from .html.rendering import TEMPLATES, printable
from .wording import listed, own_title, plural, shortened

if TYPE_CHECKING:
    from jinja2 import Template

    from ..analysis.comparison import Comparison
    from ..analysis.differences import Difference
    from ..corpus.report import Series

MOST_ROWS = 100
"""Rows of a table that are shown."""
MOST_PARAGRAPHS = 200
"""Paragraphs of a difference that are shown."""
MOST_CELLS = 40
"""Reports up to which a comparison shows its heatmap."""


def table_html(table: Table) -> str:
    """A table, its values as people read them."""
    return _render(table=table)


def series_html(series: Series) -> str:
    """A series: its reports, what is missing and how much was skipped."""
    rows = tuple(
        (report.id, str(report.date), own_title(report), report.word_count, f"{report.document.path}:{report.lines[0]}")
        for report in series.reports
    )
    columns = (Column("report"), Column("date"), Column("title"), Column("words", Unit.COUNT), Column("source"))
    facts = [plural(len(series), "report")]
    facts += [f"none for {listed(series.missing)}"] if 0 < len(series.missing) <= 6 else []
    facts += [plural(len(series.skipped), "file") + " skipped"] if series.skipped else []
    facts += [plural(len(series.notices), "notice")] if series.notices else []
    return _render(heading=series.name, facts=facts, table=Table("", columns, rows))


def comparison_html(comparison: Comparison) -> str:
    """A comparison: which reports are alike, how much of each is new, and the shares as a table."""
    from .gallery import chart_table, drawn

    series = comparison.series
    names = ["heatmap"] * (1 < len(series) <= MOST_CELLS) + ["shares"] * (len(series) <= MOST_ROWS)
    full = chart_table(comparison, "shares")
    kept = [k for k, column in enumerate(full.columns) if not column.name.endswith(" words")]
    rows = tuple(tuple(row[k] for k in kept) for row in full.rows)
    return _render(
        heading=series.name,
        facts=[plural(len(series), "report"), comparison.signature()],
        charts=[drawn(comparison, name).svg for name in names],
        table=Table("", tuple(full.columns[k] for k in kept), rows),
    )


def difference_html(difference: Difference) -> str:
    """A difference: words taken out and put in inside flowing sentences, unchanged paragraphs folded."""
    from .markup import marked

    text = marked(difference)
    left, stretches = MOST_PARAGRAPHS, list[Any]()
    for stretch in text.stretches:
        shown = stretch.paragraphs[:left]
        left -= len(shown)
        if shown:
            stretches.append((stretch.folded, shown))
    more = sum(len(stretch.paragraphs) for stretch in text.stretches) - (MOST_PARAGRAPHS - left)
    facts = [plural(text.edits, "change")] + ([f"{plural(text.moves, 'passage')} moved"] if text.moves else [])
    heading = f"{difference.old.id} → {difference.new.id}"
    return _render(heading=heading, facts=facts, stretches=stretches, hidden=more)


def _render(**values: Any) -> str:
    from markupsafe import Markup

    charts = [Markup(chart) for chart in values.pop("charts", [])]  # noqa: S704 - our own charts
    blank: dict[str, Any] = {"heading": "", "facts": [], "table": None, "stretches": [], "hidden": 0}
    return _template().render({**blank, **values}, charts=charts, most=MOST_ROWS, units=Unit)


@cache
def _template() -> Template:
    # imported here, as nothing but a notebook needs it
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
                              finalize=printable, trim_blocks=True, lstrip_blocks=True)  # fmt: skip
    functions: dict[str, Any] = {"plural": plural, "shortened": shortened, "count": count}
    environment.globals |= functions
    return environment.get_template("notebook.html")
