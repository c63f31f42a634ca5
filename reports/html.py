"""The report a reader opens: an index and a page a difference. Static, offline, whole without JavaScript."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from ..analysis.measures import Counts
from ..analysis.settings import litany_version
from ..analysis.similarity import Measure
from .figures import count, hundredths, percent
from .wording import kind_name, listed, long_date, own_title, plural, shortened

if TYPE_CHECKING:
    import os

    from jinja2 import Environment
    from markupsafe import Markup

    from ..analysis.comparison import Comparison
    from ..analysis.measures import Reuse
    from ..corpus.report import Report
    from .diffs import Kinds
    from .markup import Marked

TEMPLATES = Path(__file__).parent / "templates"
Names = Mapping[tuple[int, int], str]  # the path of each difference's page, by the numbers of the two reports


@dataclass(frozen=True, slots=True)
class Pair:
    """A report beside an older one, and where their difference is shown."""

    old_id: str
    """The older report."""
    new_id: str
    """The newer one."""
    words: Counts
    """What became of the words."""
    is_source: bool
    """True where the older one is the newer one's main source."""
    is_previous: bool
    """True where the older one is the report before the newer one."""
    href: str | None
    """Its page; None where there is no site."""

    @property
    def is_copy(self) -> bool:
        """True where nothing was changed."""
        return self.words.verbatim == self.words.total and not self.words.dropped and not self.words.moved


@dataclass(frozen=True, slots=True)
class Side:
    """One of the reports, as it is introduced on a page."""

    id: str
    """Its year or date."""
    title: str | None
    """Its heading; None where that says no more than its id."""
    date: str
    """When it was issued, in words."""
    file: str
    """The document it stands in."""
    place: str
    """The document, and the lines where it holds other reports too."""
    words: int
    """How many words it has."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table of similarities."""

    text: str
    """The similarity in figures."""
    level: int
    """Its shade, 0 to 10."""
    is_source: bool
    """True where the column is the row's main source."""
    href: str | None
    """The difference of the two reports, if it has a page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A report on the index."""

    side: Side
    """What it is."""
    anchor: str
    """Its place on the index."""
    source: Pair | None
    """Against its main source; None where it has none."""
    previous: Pair | None
    """Against the report before; None for the first."""
    words: Counts | None
    """What became of its words, against its main source or, without one, all earlier reports; None for the first."""
    unseen: float | None
    """Share of its words in sentences that no earlier report has; None for the first."""
    cells: tuple[Cell, ...]
    """How alike it is to each earlier report."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a reader should know first."""

    leaps: tuple[Row, ...]
    """Reports that were written mostly from an older report than the one before."""
    copies: tuple[Row, ...]
    """Reports in which nothing was changed."""
    newest: tuple[Row, ...]
    """Those with the most text of their own, the most first."""
    orphans: tuple[str, ...]
    """Later reports without a main source."""
    overall: Counts
    """What the reports after the first took from all earlier ones together, in words."""


@dataclass(frozen=True, slots=True)
class Target:
    """A link to another page."""

    href: str | None
    """Where to; None where that has no page."""
    text: str
    """The words of the link."""
    current: bool = False
    """True for a link to the page that it stands on."""
    share: float = 0.0
    """For a source, the share of words that come from it."""


# -- the site ---------------------------------------------------------------------------------------------------------


def write_report(comparison: Comparison, folder: str | os.PathLike[str]) -> None:
    """Write the whole site into a folder. Raises `OutputError` where that cannot be done."""
    from .outputs import write_folder

    write_folder(folder, pages(comparison))


def pages(comparison: Comparison) -> Iterator[tuple[str, bytes]]:
    """Every file of the site, as its path in the folder and its content; the index first.

    There is a page for each report against its main source, and one against the report before where that is another.
    """
    from . import measuring, tables

    names = page_names(comparison)
    charts = _charts(comparison, names) if names else None
    yield "index.html", _index_page(comparison, names, charts).encode()
    for (old, new), name in names.items():
        yield name, diff_page(comparison, old, new, names).encode()
        yield _data_name(name), tables.json_bytes(tables.diff_document(comparison, old, new))
    yield "data/measure.csv", measuring.measure_csv(comparison)
    yield "data/measure.json", tables.json_bytes(measuring.measure_document(comparison))
    yield "data/heatmap.csv", tables.heatmap_csv(comparison, Measure.TFIDF)
    yield "data/heatmap.json", tables.json_bytes(tables.heatmap_document(comparison, Measure.TFIDF))


def _data_name(page: str) -> str:
    """The path of a difference as JSON, from that of its page."""
    return f"data/{PurePosixPath(page).stem}.json"


def page_names(comparison: Comparison) -> dict[tuple[int, int], str]:
    """The path of the page of each difference that has one, by the numbers of the two reports."""
    ids = comparison.series.ids
    names: dict[tuple[int, int], str] = {}
    taken: set[str] = set()
    for new in range(1, len(ids)):
        for old in sorted({new - 1, comparison.main_source(new)} - {None}, key=lambda k: -(k or 0)):
            assert old is not None  # noqa: S101 - taken out above
            name = _free(f"{slug(ids[new])}-from-{slug(ids[old])}", taken)
            names[old, new] = f"diffs/{name}.html"
    return names


def slug(name: str) -> str:
    """A name as part of a file name and of an address, whatever characters it holds."""
    kept = re.sub(r"[^A-Za-z0-9._]+", "-", name).strip("-.")
    return kept[:60] or "report"


def _free(name: str, taken: set[str]) -> str:
    """The name, or with a number where it is taken on a file system that does not tell capitals from small letters."""
    tries = (name if k == 1 else f"{name}-{k}" for k in range(1, len(taken) + 2))
    free = next(attempt for attempt in tries if attempt.lower() not in taken)
    taken.add(free.lower())
    return free


# -- pages ------------------------------------------------------------------------------------------------------------


_MANY = 40  # reports beyond which charts take the whole width of the page


def _index_page(comparison: Comparison, names: Names, charts: Charts | None) -> str:
    """The first page of the site; `names` are the pages of differences, `charts` None where there is one report."""
    series = comparison.series
    rows = _rows(comparison, names)
    shown = _shown_paths(comparison)
    return _render(
        "index.html",
        charts="" if charts is None else charts.heatmap + charts.shares,
        downloads=_DOWNLOADS if names else (),
        signatures=_signatures(comparison),
        name=series.name,
        rows=rows,
        long_ids=max(len(row.side.id) for row in rows) > 5,
        figures=charts,
        many=len(rows) > _MANY,
        findings=_findings(comparison, rows),
        documents=sorted({row.side.file for row in rows}),
        missing=series.missing,
        skipped=[(shown.get(item.path, item.path), item.reason) for item in series.skipped],
        notices=[(shown.get(notice.path, notice.path), notice) for notice in series.notices],
    )


def diff_page(comparison: Comparison, old: int, new: int, names: Names | None = None, *, hidden: Kinds = ()) -> str:
    """How report number `old` became report number `new`, as one page that needs no other file.

    `names` are the pages of the site it is part of; without them it links nowhere. Changes of `hidden` kinds are not
    marked until a reader asks for them.
    """
    from .markup import marked

    sides = _sides(comparison)
    pair = _pair(comparison, comparison.reuse(old, new), new, names or {})
    text = marked(comparison.difference(old, new))
    return _render(
        "diff.html",
        scripts=("script.js", "hiding.js"),
        name=comparison.series.name,
        home=None if names is None else "../index.html",
        pair=pair,
        old=sides[old],
        new=sides[new],
        relation=_relation(comparison, old, new),
        tabs=_tabs(comparison, old, new, names or {}),
        before=_neighbour(comparison, new - 1, names or {}),
        after=_neighbour(comparison, new + 1, names or {}),
        text=text,
        tally=_tally(text),
        kinds=[(str(kind), kind_name(kind), n, kind in hidden) for kind, n in text.kinds.items()],
        sources=_sources(comparison, new, names or {}),
        data=None if names is None else f"../{_data_name(names[old, new])}",
        unseen=_unseen(comparison, new),
        signature=comparison.signature("words marked", "sentence alignment, then word diff within linked sentences"),
    )


def _relation(comparison: Comparison, old: int, new: int) -> str:
    """In words, what the one report is to the other."""
    ids, source = comparison.series.ids, comparison.main_source(new)
    before = ", the report before it" if old == new - 1 else ""
    if old == source:
        comma = "," if before else ""
        return f"{ids[old]}{before}{comma} is the main source of {ids[new]}: no earlier report has clearly more of it."
    if old > new:
        return f"{ids[new]} beside {ids[old]}, a later report."
    if source is None:
        return f"{ids[new]} beside {ids[old]}{before}; it has no main source, as no report has enough of it."
    return f"{ids[new]} beside {ids[old]}{before}; its main source is {ids[source]}."


def _tally(text: Marked) -> str:
    """How many changes there are, in words."""
    moves = f"{plural(text.moves, 'passage')} moved"
    edits = plural(text.edits, "change")
    return moves if text.moves and not text.edits else f"{edits}, {moves}" if text.moves else edits


_DOWNLOADS = (
    ("data/measure.csv", "a row a report: words, main source, shares"),
    ("data/measure.json", "the same as JSON"),
    ("data/heatmap.csv", "the similarity of any two reports"),
    ("data/heatmap.json", "the same as JSON"),
)


def _signatures(comparison: Comparison) -> tuple[str, ...]:
    """For each kind of figure on the index how it is made, and with what settings."""
    settings = ", ".join(f"{name} {value}" for name, value in sorted(asdict(comparison.settings).items()))
    return (
        comparison.signature(Measure.TFIDF.recipe(comparison.settings)),
        comparison.signature("shares = words of the sentences with one fate / all words", "sentence alignment"),
        comparison.signature(f"settings: {settings}"),
    )


# -- what the pages show ----------------------------------------------------------------------------------------------


def _rows(comparison: Comparison, names: Names) -> tuple[Row, ...]:
    from . import tables

    taken: set[str] = set()
    matrix = comparison.similarity() if len(comparison.series) > 1 else None
    rows: list[Row] = []
    for new, side in enumerate(_sides(comparison)):
        measures = comparison.measures[new]
        alike = [] if matrix is None else matrix[new, :new].tolist()
        rows.append(
            Row(
                side,
                _free(f"report-{slug(side.id)}", taken),
                None if measures.source is None else _pair(comparison, measures.source, new, names),
                None if measures.previous is None else _pair(comparison, measures.previous, new, names),
                tables.against_source(measures)[0],
                _unseen(comparison, new),
                tuple(_cell(comparison, old, new, value, names) for old, value in enumerate(alike)),
            )
        )
    return tuple(rows)


def _pair(comparison: Comparison, reuse: Reuse, new: int, names: Names) -> Pair:
    ids, old = comparison.series.ids, reuse.source
    is_source = comparison.main_source(new) == old
    return Pair(ids[old], ids[new], reuse.words, is_source, old == new - 1, names.get((old, new)))


def _cell(comparison: Comparison, old: int, new: int, value: float, names: Names) -> Cell:
    is_source = comparison.main_source(new) == old
    return Cell(hundredths(value), int(10 * value), is_source, names.get((old, new)))


def _unseen(comparison: Comparison, new: int) -> float | None:
    past = comparison.measures[new].past
    return None if past is None else past[0].share("new")


def _findings(comparison: Comparison, rows: tuple[Row, ...]) -> Findings:
    later = rows[1:]
    sourced = [row for row in later if row.source is not None]
    overall = Counts()
    for measures in comparison.measures:
        overall += measures.past[0] if measures.past is not None else Counts()
    return Findings(
        leaps=tuple(row for row in sourced if row.source and not row.source.is_previous),
        copies=tuple(row for row in sourced if row.source and row.source.is_copy),
        newest=tuple(sorted((row for row in later if row.unseen), key=lambda row: -(row.unseen or 0))[:3]),
        orphans=tuple(row.side.id for row in later if row.source is None),
        overall=overall,
    )


def _sides(comparison: Comparison) -> tuple[Side, ...]:
    shown = _shown_paths(comparison)
    reports = comparison.series.reports
    shared = [report.document.path for report in reports]
    sizes = [measures.words for measures in comparison.measures]
    rows = zip(reports, sizes, strict=True)
    return tuple(
        _side(report, shown[report.document.path], shared.count(report.document.path) > 1, n) for report, n in rows
    )


def _side(report: Report, file: str, is_part: bool, words: int) -> Side:
    first, last = report.lines
    place = f"{file}, lines {first}–{last}" if is_part else file
    return Side(report.id, own_title(report), long_date(report.date), file, place, words)


def _shown_paths(comparison: Comparison) -> dict[str, str]:
    """Each path as it is printed: from the folder that all have in common, so that no page depends on the machine."""
    series = comparison.series
    paths = {report.document.path for report in series.reports}
    paths |= {item.path for item in series.skipped} | {notice.path for notice in series.notices}
    folders = [PurePosixPath(path.replace("\\", "/")).parent.parts for path in sorted(paths)]
    depth = 0
    while all(len(parts) > depth and parts[depth] == folders[0][depth] for parts in folders):
        depth += 1
    return {path: str(PurePosixPath(*PurePosixPath(path.replace("\\", "/")).parts[depth:])) for path in paths}


def _tabs(comparison: Comparison, old: int, new: int, names: Names) -> tuple[Target, ...]:
    """The differences of the same report that have a page, where there are two."""
    ids, source = comparison.series.ids, comparison.main_source(new)
    olds = [k for k in (source, new - 1) if k is not None and (k, new) in names]
    if len(set(olds)) < 2:
        return ()
    words = ("Against its main source", "Against the report before")
    return tuple(
        Target(_beside(names[k, new]), f"{text}, {ids[k]}", k == old) for k, text in zip(olds, words, strict=True)
    )


def _beside(name: str) -> str:
    """The address of a difference's page from another one."""
    return PurePosixPath(name).name


def _neighbour(comparison: Comparison, new: int, names: Names) -> Target | None:
    """The page of another report against its main source, or against the report before where it has none."""
    if not 0 < new < len(comparison.series):
        return None
    source = comparison.main_source(new)
    name = names.get((new - 1 if source is None else source, new))
    return None if name is None else Target(_beside(name), comparison.series.ids[new])


def _sources(comparison: Comparison, new: int, names: Names) -> tuple[Target, ...]:
    ids = comparison.series.ids
    return tuple(
        Target(_beside(names[old, new]) if (old, new) in names else None, ids[old], share=share)
        for old, share in comparison.sources(new)
    )


# -- charts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Charts:
    """The charts of the index."""

    heatmap: Markup
    """Which reports are alike, as inline SVG."""
    shares: Markup
    """How much of each is new, as inline SVG."""


def _charts(comparison: Comparison, names: Names) -> Charts:
    # imported here, as matplotlib takes half a second
    from markupsafe import Markup

    from . import charts

    heatmap = charts.svg(
        charts.plot_heatmap(comparison, link=lambda old, new: names.get((old, new))),
        title="Which reports are alike",
        description="A square for each pair of reports, the darker the more alike. The table below has the figures.",
    )
    shares = charts.svg(
        charts.plot_shares(comparison),
        title="How much of each report is new",
        description="A bar for each report, in words by their fate. The same figures are in the table below.",
    )
    # every cell that is a link is one in the table below too: the keyboard need not pass through them twice
    heatmap = heatmap.replace("<a ", '<a tabindex="-1" ')
    return Charts(Markup(heatmap), Markup(shares))  # noqa: S704 - our own charts


# -- templates --------------------------------------------------------------------------------------------------------


def _render(template: str, *, charts: str = "", scripts: tuple[str, ...] = (), **values: object) -> str:
    from markupsafe import Markup

    style = _asset("style.css")
    code = "".join(map(_asset, scripts))
    page = _environment().get_template(template)
    return page.render(
        values,
        policy=_policy([style, *re.findall(r"<style[^>]*>(.*?)</style>", charts, re.DOTALL)], code, bool(charts)),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(code),  # noqa: S704 - our own file
        version=litany_version(),
    )


def _policy(styles: list[str], script: str, has_charts: bool) -> str:
    """What the page may load: nothing but what stands in it. Charts style their shapes by attributes."""
    rules = ["default-src 'none'", "img-src data:", f"style-src {' '.join(map(_digest, dict.fromkeys(styles)))}"]
    rules += ["style-src-attr 'unsafe-inline'"] * has_charts
    rules += [f"script-src {_digest(script)}"] * bool(script)
    return "; ".join([*rules, "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


@cache
def _environment() -> Environment:
    # imported here, as `litany --help` needs no templates
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=printable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    own: dict[str, Any] = {
        "id": _id,
        "kind_name": kind_name,
        "count": count,
        "listed": listed,
        "plural": plural,
        "share": _share,
        "shortened": shortened,
    }
    environment.globals |= own
    return environment


def _id(name: str) -> Markup:
    """The id of a report, apart from the direction of the text around it; a short one stays on one line."""
    from markupsafe import Markup

    kept = ' class="id"' if len(name) <= _LONGEST_ID else ""
    return Markup("<bdi{}>{}</bdi>").format(Markup(kept), printable(name))  # noqa: S704 - format escapes the name


_LONGEST_ID = 16  # characters: a date, and then some


def _share(value: float | None) -> str:
    """A share that stays on one line."""
    return percent(value).replace(" ", "\u00a0")


_SIGNS = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"}
_NO_SIGN = dict.fromkeys([*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd")
_UNPRINTABLE = _SIGNS | {0x7F: "\u2421"} | _NO_SIGN


def printable(value: Any) -> Any:
    """A text with a visible sign for each character that HTML or UTF-8 cannot hold; anything else as it is."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return value.translate(_UNPRINTABLE)
    return value
