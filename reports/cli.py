"""The command line: arguments in, exit code out.

Exit codes: 0 done, 2 could not run (one line on stderr says why), 130 interrupted. Results go to stdout or to `-o`,
notes and progress to stderr. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..corpus.errors import LitanyError, UsageError
from .cli_check import check_command
from .interruption import ended_by_signals

if TYPE_CHECKING:
    from types import TracebackType

    from ..analysis import Settings
    from ..analysis.changes import Change
    from ..analysis.comparison import Comparison
    from ..analysis.tracing import Trace
    from ..corpus.report import Prose, Series
    from .config import Config

Command = TypeVar("Command", bound=Callable[..., Any])

MEASURES = ("tfidf", "jaccard", "containment", "edit", "reuse")
CHARTS = ("heatmap", "shares", "history", "sources", "curve", "terms")
ORDERS = ("time", "clustered")
PICTURES = (".png", ".svg", ".pdf")
TABLES = ("reports", "phases", "terms", "marks", "substitutions", "slots")
FORMATS = {
    ".txt": "text", ".html": "html", ".htm": "html", ".md": "markdown", ".docx": "docx", ".json": "json"
}  # fmt: skip
MOST_NOTES = 20
MOST_NAMES = 5
"""Files of [dates] that one note names."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    # one thread: the products are small, and threads that wait for each other cost more than they save
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        with ended_by_signals():
            return commands.main(arguments, prog_name="litany", standalone_mode=False) or 0
    except (KeyboardInterrupt, click.Abort):
        return _fail("interrupted; the old output is as it was", 130)
    except click.ClickException as error:
        return _fail(_usage(error), 2)
    except LitanyError as error:
        return _fail(str(error), 2)
    except MemoryError:
        return _fail("out of memory; try fewer or shorter reports", 2)
    except Exception as error:
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        hint = "" if _debugging() else "; LITANY_DEBUG=1 shows where"
        return _fail(f"unexpected {what} (a bug in litany, please report it{hint})", 2)


def _fail(message: str, code: int) -> int:
    if _debugging():
        import traceback

        traceback.print_exc()
    click.echo(_line_of(f"error: {message}"), err=True)
    return code


def _line_of(message: str) -> str:
    """One line of ours, whatever the message holds."""
    from .terminal import one_line

    return f"litany: {one_line(message)}"


def _debugging() -> bool:
    return os.environ.get("LITANY_DEBUG", "0") not in ("", "0")


def _usage(error: click.ClickException) -> str:
    message = error.format_message().rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    return message if context is None else f"{message}; see {context.command_path} --help"


# -- what the commands share ------------------------------------------------------------------------------------------


class _Run:
    """One run of a command: its config, its progress, its notes."""

    def __init__(self, sources: Sequence[str], options: dict[str, Any]) -> None:
        from .config import find_config, read_config
        from .terminal import Progress, is_terminal

        self.sources = sources
        self.quiet: bool = options["quiet"]
        named: str | None = options["config"]
        self.config_path = Path(named) if named is not None else find_config(sources)
        self.config: Config = read_config(self.config_path)
        self.more: Sequence[str] = ()
        """Files outside the sources that are read with them."""
        self.name: str | None = options["name"] or self.config.name
        self.dates = dict(map(_file_and_date, options["date"]))
        self.progress = Progress(not options["no_progress"] and not self.quiet and is_terminal(sys.stderr))

    def __enter__(self) -> _Run:
        self.progress.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.progress.end()

    def read(self, **how: Any) -> Series:
        """The series at the sources; what is odd about it goes to stderr. `how` are further arguments of `read`."""
        from ..corpus import read

        at_source = _at_source(self.config.dates, [*self.sources, *self.more])
        self._tell_unused([file for file in self.config.dates if file not in at_source])
        dates = {**at_source, **self.dates}
        series = read(
            self.sources if len(self.sources) > 1 else self.sources[0],
            name=self.name,
            dates=dates,
            more=self.more,
            **how,
        )
        notes = [f"{skipped.path}: skipped: {skipped.reason}" for skipped in series.skipped]
        notes += [f"{notice.path}{_line(notice.line)}: {notice.message}" for notice in series.notices]
        notes += [f"no report of {', '.join(series.missing)}"] if series.missing else []
        more = len(notes) - MOST_NOTES
        for note in notes if more <= 1 else [*notes[:MOST_NOTES], f"and {more} more; `litany split` lists them all"]:
            self.note(f"note: {note}")
        return series

    def _tell_unused(self, files: Sequence[str]) -> None:
        """Says which files of [dates] are not at the sources: they may belong to another series, or be misspelled."""
        if not files:
            return
        from .config import at_key

        more = f" and {len(files) - MOST_NAMES} more" if len(files) > MOST_NAMES else ""
        named = ", ".join(map(repr, files[:MOST_NAMES])) + more
        place = at_key(self.config_path, files[0])
        self.note(
            f"note: {place}: [dates] has {named}, not among the files read here; mend the name if one of them is meant"
        )

    def read_any(self) -> Series | Prose:
        """The series at the sources, or the one document there where it holds no report with a date."""
        from ..corpus import NoReportError, read_prose

        try:
            return self.read()
        except NoReportError:
            if len(self.sources) > 1 or not Path(self.sources[0]).is_file():
                raise
            prose, notices = read_prose(self.sources[0], title=self.name)
            for notice in notices:
                self.note(f"note: {notice.path}: {notice.message}")
            self.note(f"note: {self.sources[0]}: has no date, so it is read as one document and not as reports")
            return prose

    def compare(self) -> Comparison:
        """The comparison of all reports at the sources."""
        from ..analysis import compare

        series = self.read()
        self.progress.stage(f"comparing {_reports(series)}")
        return compare(series, self.settings)

    @property
    def settings(self) -> Settings:
        """The settings of the comparison."""
        from ..analysis import Settings

        return Settings(likeness=self.config.likeness, shingle=self.config.shingle)

    def note(self, message: str) -> None:
        """One line to stderr, unless it is to be quiet."""
        if not self.quiet:
            self.progress.say(_line_of(message))

    def write(self, output: str | None, result: str | bytes) -> None:
        """A result to a file, or to stdout where there is no `output` or it is '-'."""
        from .outputs import write_file, write_stdout

        self.progress.end()
        if output is None or output == "-":
            try:
                write_stdout(result)
            except BrokenPipeError:  # nobody reads on, as with `| head`: end quietly, as other programs do
                raise click.exceptions.Exit(141) from None
            return
        write_file(output, result.encode() if isinstance(result, str) else result)
        self.note(f"wrote {output}")


def _reports(series: Series) -> str:
    from .wording import plural

    return plural(len(series), "report", space=" ")


def _line(number: int | None) -> str:
    return "" if number is None else f":{number}"


def _at_source(dates: Mapping[str, str], sources: Sequence[str]) -> dict[str, str]:
    """Of the dates that a config gives, those of files that are there: it may speak of several series."""
    from ..corpus.sources import find

    names = {name for file in find(sources).files for name in (file.path, file.location.name)} if dates else set()
    return {file: date for file, date in dates.items() if file in names}


def _file_and_date(option: str) -> tuple[str, str]:
    file, sign, date = option.rpartition("=")
    if not (file and sign and date):
        raise UsageError(f"--date {option}: write it as FILE=DATE, like --date report.txt=2025-01-18")
    return file, date


def _common(command: Command) -> Command:
    """The options that every command has."""
    options = [
        click.option("--name", help="What the series is called; by default as its title says, or its file or folder."),
        click.option(
            "--date", multiple=True, metavar="FILE=DATE", help="The date of a file that does not tell it; repeatable."
        ),
        click.option(
            "--config", metavar="FILE", help="Settings; by default the nearest litany.toml or pyproject.toml."
        ),
        click.option("--quiet", is_flag=True, help="No notes and no progress, only errors."),
        click.option("--no-progress", is_flag=True, help="No progress."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _source(command: Command) -> Command:
    return click.argument("source", nargs=-1, required=True, metavar="SOURCE...")(command)


def _output(metavar: str, text: str, required: bool = True) -> Callable[[Command], Command]:
    return click.option("-o", "--output", metavar=metavar, required=required, callback=_named_output, help=text)


def _named_output(_context: click.Context, _option: click.Parameter, output: str | None) -> str | None:
    """The output as it was named; an empty name is a variable that was never set, and not the working directory."""
    if output == "":
        raise UsageError("-o '': names no file or folder; name one, or '.' for this folder")
    return output


def _example(line: str) -> str:
    return f"\b\nExample:\n  {line}"


# -- commands ---------------------------------------------------------------------------------------------------------


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from ..analysis.settings import litany_version

        click.echo(f"litany {litany_version()}")
        context.exit()


class _Ordered(click.Group):
    """Lists the commands as they are defined, the main one first."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(
    cls=_Ordered,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog=_example("litany report sample -o litany-report"),
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show the version and exit."
)
@click.pass_context
def commands(context: click.Context) -> None:
    """What was reused, reworded and dropped in a report that comes back every year.

    SOURCE is a file that holds many reports, a folder with one file a report, a pattern such as 'reports/*.md', or the
    word `sample`. A report is named by its year, or by its date where a year has several.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(2)


@commands.command(
    short_help="The whole report as a folder of pages.", epilog=_example("litany report sample -o litany-report")
)
@_source
@_output("DIR", "The folder to write, with index.html in it.")
@_common
def report(source: tuple[str, ...], output: str, **options: Any) -> None:
    """Write the whole report: what came from where, a heatmap, a page for each difference."""
    from .html import pages
    from .outputs import write_folder
    from .processes import at_once

    with _Run(source, options) as run:
        comparison = run.compare()
        with closing(pages(comparison, processes=at_once())) as files:
            write_folder(output, run.progress.counted(files, "writing file"))
        run.note(f"wrote {PurePath(output, 'index.html')}: {_reports(comparison.series)}")


@commands.command(
    short_help="How alike any two reports are.", epilog=_example("litany heatmap sample --measure reuse -o heatmap.svg")
)
@_source
@_output("FILE", "The file to write: .png, .svg, .pdf, .csv or .json.")
@click.option("--measure", type=click.Choice(MEASURES), help="How alike two reports are; by default tfidf.")
@click.option("--order", type=click.Choice(ORDERS), default="time", help="Of rows and columns of a picture.")
@_common
def heatmap(source: tuple[str, ...], output: str, measure: str | None, order: str, **options: Any) -> None:
    """Draw how alike any two reports are, or write the figures."""
    form = _ending(output, (*PICTURES, ".csv", ".json"))
    with _Run(source, options) as run:
        comparison = run.compare()
        run.write(output, _heatmap(comparison, measure or run.config.measure, order, form))


def _heatmap(comparison: Comparison, measure: str, order: str, form: str) -> bytes:
    if form in PICTURES:
        from .charts import plot_heatmap
        from .framing import picture

        return picture(plot_heatmap(comparison, measure=measure, order=order), form[1:])
    from . import tables

    if form == ".csv":
        return tables.heatmap_csv(comparison, measure)
    return tables.json_bytes(tables.heatmap_document(comparison, measure))


@commands.command(
    short_help="One chart of the series as a file.",
    epilog=_example("litany chart sample --kind history -o history.svg"),
)
@_source
@click.option("--kind", type=click.Choice(CHARTS), required=True, help="Which chart; see above.")
@click.option("--term", "terms", multiple=True, metavar="TERM", help="A word or phrase for `terms`; repeatable.")
@click.option("--measure", type=click.Choice(MEASURES), help="Of `heatmap`: how alike two reports are; default tfidf.")
@click.option("--order", type=click.Choice(ORDERS), help="Of `heatmap`: of rows and columns; by default time.")
@_output("FILE", "The file to write: .png, .svg or .pdf; or .csv, the same figures as a table.")
@_common
def chart(
    source: tuple[str, ...],
    kind: str,
    terms: tuple[str, ...],
    measure: str | None,
    order: str | None,
    output: str,
    **options: Any,
) -> None:
    """Draw one chart.

    \b
    heatmap  which reports are alike
    shares   how much of each report is new
    history  where the text of each comes from, and how old it is
    sources  who copied whom
    curve    when the text was rewritten
    terms    when terms came and went: those named, or the surest
    """
    form = _ending(output, (*PICTURES, ".csv"))
    for option, value, meant in (
        ("term", terms, "terms"),
        ("measure", measure, "heatmap"),
        ("order", order, "heatmap"),
    ):
        if value and kind != meant:
            raise UsageError(f"--{option} is for --kind {meant}, not {kind}")
    with _Run(source, options) as run:
        comparison = run.compare()
        measure = measure or (run.config.measure if kind == "heatmap" else None)
        given = {"terms": list(terms) or None, "measure": measure, "order": order}
        run.write(output, _chart(comparison, kind, form, given))


def _chart(comparison: Comparison, kind: str, form: str, given: dict[str, Any]) -> bytes:
    from . import gallery

    if form == ".csv":
        from .tables import table_csv

        return table_csv(gallery.chart_table(comparison, kind, **given))
    from .framing import picture

    return picture(gallery.chart(comparison, kind, **given), form[1:])


@commands.command(short_help="How one report became another.", epilog=_example("litany diff sample 2019"))
@click.argument("source")
@click.argument("reports", nargs=-1, required=True, metavar="[OLD] NEW")
@click.option(
    "--format", "form", type=click.Choice(["text", "html", "markdown", "docx", "json"]),
    help="By default as FILE ends, else text; docx has tracked changes.",
)  # fmt: skip
@_output("FILE", "The file to write instead of the terminal.", required=False)
@click.option("--context", type=click.IntRange(0), metavar="N", help="Unchanged paragraphs beside a change; default 1.")
@click.option(
    "--layout",
    type=click.Choice(["auto", "inline", "columns"]),
    default="auto",
    help="Of text: one column, or old and new beside each other; by default columns on a terminal that is wide enough.",
)
@click.option("--all", "unfold", is_flag=True, help="Show all unchanged paragraphs.")
@click.option(
    "--hide", multiple=True, metavar="KIND,...",
    help="Do not mark changes of these kinds, but count them: number, date, name, function, spelling, punctuation,"
    " case, wording; or light, which is all of them but wording.",
)  # fmt: skip
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours; default auto.")
@_common
def diff(source: str, reports: tuple[str, ...], output: str | None, form: str | None, **options: Any) -> None:
    """Show how one report became another.

    Without OLD it is the report that NEW was mostly copied from, and the one before it where it was copied from none.
    """
    if len(reports) > 2:
        raise UsageError(f"diff takes SOURCE [OLD] NEW, not {len(reports) + 1} names; put a pattern in quotes")
    form = form or ("text" if output in (None, "-") else FORMATS[_ending(output, tuple(FORMATS))])
    options["hidden"] = _kinds(options.pop("hide"))
    if options["hidden"] and form in ("docx", "json"):
        raise UsageError(f"--hide: the {form} form has every change; leave --hide out, or choose another form")
    if form == "docx" and output in (None, "-"):
        raise UsageError("--format docx: is no text for a terminal; name a file with -o, like -o changes.docx")
    with _Run([source], options) as run:
        comparison = run.compare()
        old, new = _pair(comparison, reports)
        run.write(output, _difference(comparison, old, new, form, _Layout(run, output, options)))


def _kinds(names: Sequence[str]) -> tuple[Change, ...]:
    """The kinds of change that `--hide` names."""
    chosen = [name.strip() for value in names for name in value.split(",")]
    if not chosen:
        return ()
    from ..analysis.changes import LIGHT, MARKED

    known = {str(kind): (kind,) for kind in MARKED} | {"light": LIGHT}
    for name in chosen:
        if name not in known:
            raise UsageError(f"--hide: there is no kind {name!r}; choose from {', '.join(known)}")
    return tuple(kind for kind in MARKED if any(kind in known[name] for name in chosen))


class _Layout:
    """How wide, how coloured and how folded a difference is shown, and what of it is marked."""

    def __init__(self, run: _Run, output: str | None, options: dict[str, Any]) -> None:
        from .terminal import WIDE, wants_color, width_of, width_of_pair

        stream = sys.stdout if output in (None, "-") else None
        context: int | None = options["context"]
        self.context = None if options["unfold"] else run.config.context if context is None else context
        self.color = wants_color(options["color"], stream)
        self.width = width_of(stream)
        pair = width_of_pair(stream)
        self.hidden: tuple[Change, ...] = options["hidden"]
        self.columns = {"auto": pair, "inline": None, "columns": pair or WIDE}[options["layout"]]

    def text(self, width: int) -> dict[str, Any]:
        """What the forms for a terminal are told."""
        return {"context": self.context, "width": width, "color": self.color, "hidden": self.hidden}


def _pair(comparison: Comparison, names: Sequence[str]) -> tuple[int, int]:
    series = comparison.series
    new = series.index(names[-1])
    old = series.index(names[0]) if len(names) == 2 else comparison.main_source(new)
    if old is None and not new:
        raise UsageError(f"{series.ids[new]} is the first report: there is no earlier one to compare it with")
    return (new - 1 if old is None else old), new


def _difference(comparison: Comparison, old: int, new: int, form: str, layout: _Layout) -> str | bytes:
    if form == "text" and layout.columns is not None:
        from .side_by_side import diff_columns

        return diff_columns(comparison, old, new, **layout.text(layout.columns))
    if form == "text":
        from .texts import diff_text

        return diff_text(comparison, old, new, **layout.text(layout.width))
    if form == "markdown":
        from .texts import diff_markdown

        return diff_markdown(comparison, old, new, context=layout.context, hidden=layout.hidden).encode()
    if form == "html":
        from .html import diff_page

        return diff_page(comparison, old, new, hidden=layout.hidden).encode()
    if form == "docx":
        from .tracked_changes import diff_docx

        return diff_docx(comparison, old, new)
    from . import tables

    return tables.json_bytes(tables.diff_document(comparison, old, new))


@commands.command(short_help="Where each sentence comes from.", epilog=_example("litany blame sample 2016"))
@click.argument("source")
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@click.option("--words", is_flag=True, help="Also in which report each stretch of words first stood.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), help="By default as FILE ends, else text.")
@_output("FILE", "The file to write, .txt or .json, instead of the terminal.", required=False)
@_common
def blame(
    source: str, reports: tuple[str, ...], words: bool, form: str | None, output: str | None, **options: Any
) -> None:
    """Show each sentence with the report it was copied from and the one it first stood in.

    Without REPORT it is every report; the latest one is named by its year or date like any other.
    """
    from .blame import blame_document, blame_text

    form = form or _text_or_json(output)
    with _Run([source], options) as run:
        comparison = run.compare()
        numbers = [comparison.series.index(name) for name in reports] or list(range(len(comparison.series)))
        if form == "json":
            run.write(output, _json(blame_document(comparison, numbers, words=words)))
        else:
            run.write(output, blame_text(comparison, numbers, words=words, width=_width(output)))


@commands.command(
    short_help="The life of one sentence through all reports.",
    epilog=_example("litany log sample 'gallons of paraffin'"),
)
@click.argument("source")
@click.argument("text")
@click.option("--format", "form", type=click.Choice(["text", "json"]), help="By default as FILE ends, else text.")
@_output("FILE", "The file to write, .txt or .json, instead of the terminal.", required=False)
@_common
def log(source: str, text: str, form: str | None, output: str | None, **options: Any) -> None:
    """Show the life of the sentence nearest to TEXT: where it first stood, how it changed, when it was dropped."""
    from .log import found, log_document, log_text

    form = form or _text_or_json(output)
    with _Run([source], options) as run:
        comparison = run.compare()
        nearest = found(comparison, text)
        if form == "json":
            run.write(output, _json(log_document(comparison, nearest)))
        else:
            run.write(output, log_text(comparison, nearest, width=_width(output)))


def _text_or_json(output: str | None) -> str:
    return "text" if output in (None, "-") else FORMATS[_ending(output, (".txt", ".json"))]


def _json(document: dict[str, Any]) -> bytes:
    from .tables import json_bytes

    return json_bytes(document)


def _width(output: str | None) -> int:
    from .terminal import width_of

    return width_of(sys.stdout if output in (None, "-") else None)


@commands.command(
    short_help="How much was reused: a row a report.", epilog=_example("litany measure sample --table phases")
)
@_source
@_output("FILE", "The file to write, .csv, .json or .parquet, instead of a table in the terminal.", required=False)
@click.option("--table", type=click.Choice(TABLES), help="Which table: by default reports, and in .json all.")
@click.option("--columns", metavar="NAME,...", help="The columns, in that order; by default those that fit.")
@_common
def measure(
    source: tuple[str, ...], output: str | None, table: str | None, columns: str | None, **options: Any
) -> None:
    """Measure how much of each report was reused, reworded, new and dropped: a row a report.

    Other tables: the phases in which the text stayed the same, the terms that came and went, and those that mark a
    phase or a report. A file has all columns.
    """
    form = None if output in (None, "-") else _ending(output, (".csv", ".json", ".parquet"))
    chosen = [name.strip() for name in (columns or "").split(",") if name.strip()]
    if chosen and form == ".json":
        raise UsageError("--columns: a .json file has all columns; leave it out, or name a .csv")
    with _Run(source, options) as run:
        comparison = run.compare()
        run.write(output, _measures(comparison, form, table, chosen))


def _measures(comparison: Comparison, form: str | None, table: str | None, columns: list[str]) -> str | bytes:
    from . import measuring, tables

    if form == ".json":
        return tables.json_bytes(measuring.measure_document(comparison, *([table] if table else ())))
    made = {".csv": measuring.measure_csv, ".parquet": measuring.measure_parquet}.get(
        form or "", measuring.measure_text
    )
    return made(comparison, table or "reports", columns)


commands.add_command(check_command(_source, _common, _Run))


@commands.command(
    short_help="What an outside text took from the reports.", epilog=_example("litany trace sample sample")
)
@click.argument("text")
@_source
@click.option(
    "--format", "form", type=click.Choice(["text", "html", "json"]), help="By default as FILE ends, else text."
)
@_output("FILE", "The file to write, .txt, .html or .json, instead of the terminal.", required=False)
@_common
def trace(text: str, source: tuple[str, ...], form: str | None, output: str | None, **options: Any) -> None:
    """Show which passages of an outside text come from the reports, and from which of them.

    TEXT is a file that needs no date: an article, a speech, another house's report; `sample` is an article that quotes
    the sample series. SOURCE may also be a single document without a date.
    """
    from ..analysis import Settings, trace_text
    from ..corpus import read_prose

    form = form or ("text" if output in (None, "-") else FORMATS[_ending(output, (".txt", ".html", ".htm", ".json"))])
    with _Run(source, options) as run:
        outside, notices = read_prose(text)
        for notice in notices:
            run.note(f"note: {notice.path}: {notice.message}")
        against = run.read_any()
        run.progress.stage("tracing")
        settings = Settings(likeness=run.config.likeness, shingle=run.config.shingle)
        run.write(output, _trace(trace_text(outside, against, settings), form, output))


def _trace(trace: Trace, form: str, output: str | None) -> str | bytes:
    from . import trace as views

    if form == "json":
        return _json(views.trace_document(trace))
    return views.trace_page(trace).encode() if form == "html" else views.trace_text(trace, width=_width(output))


@commands.command(short_help="A file a report, and series.json.", epilog=_example("litany split sample -o reports"))
@_source
@_output("DIR", "The folder to write, with series.json in it.")
@_common
def split(source: tuple[str, ...], output: str, **options: Any) -> None:
    """Write each report to a file of its own, and what is known of them to series.json."""
    from .outputs import write_folder
    from .tables import split_files

    with _Run(source, options) as run:
        series = run.read()
        write_folder(output, run.progress.counted(split_files(series), "writing file"), what="split")
        run.note(f"wrote {PurePath(output, 'series.json')}: {_reports(series)}")


def _ending(output: str | None, known: Sequence[str]) -> str:
    """The ending of a file's name, if it is one of those known."""
    ending = PurePath(output or "").suffix.lower()
    if ending not in known:
        named = f"{', '.join(known[:-1])} or {known[-1]}"
        raise UsageError(f"-o {output}: the name must end in {named}")
    return ending
