"""The command `litany check`: its options, and one run of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import click

from ..corpus.errors import UsageError

if TYPE_CHECKING:
    from ..analysis.comparison import Comparison
    from ..analysis.rules import Choice
    from .cache import Cache
    from .check import Outcome
    from .check_config import CheckConfig

FORMATS = ("text", "json", "github", "sarif", "junit", "gitlab", "markdown")
ENDINGS = {".txt": "text", ".json": "json", ".sarif": "sarif", ".xml": "junit", ".md": "markdown"}
SEVERITIES = ("error", "warning", "note")

Decorator = Callable[[Any], Any]
Pair = tuple[str, str | None]  # a format, and the file it goes to; None for stdout


class _Paired(click.Command):
    """Keeps in which order --format and -o were given: a file belongs to the format before it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta["pairs"] = _pairs(args)
        return super().parse_args(ctx, args)


def _pairs(arguments: Sequence[str]) -> list[Pair]:
    """The formats and their files, in the order of the command line."""
    pairs: list[Pair] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            break
        name, sign, value = argument.partition("=")
        if name == "--format":
            pairs.append((value if sign else next(rest, ""), None))
        elif name in ("-o", "--output") or (argument.startswith("-o") and not argument.startswith("--")):
            file = (
                value if name == "--output" and sign else argument[2:] if argument[:2] == "-o" and argument[2:] else ""
            )
            file = file or next(rest, "")
            if pairs and pairs[-1][1] is None:
                pairs[-1] = (pairs[-1][0], file)
            else:
                pairs.append((_form_of(file), file))
    return pairs


def _form_of(file: str) -> str:
    ending = PurePath(file).suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(f"-o {file}: put --format before it, or let the name end in {', '.join(ENDINGS)}")
    return ENDINGS[ending]


def _explain(context: click.Context, _: click.Parameter, rule: str | None) -> None:
    if rule is not None:
        from .explaining import explanation

        click.echo(explanation(rule), nl=False)
        context.exit()


def check_command(
    source: Decorator, common: Decorator, start: Callable[[Sequence[str], dict[str, Any]], Any]
) -> click.Command:
    """The command; `source` and `common` add what all commands have, `start` begins a run of one."""

    @click.command(
        "check", cls=_Paired, short_help="What looks wrong in a new report: the gate for CI.",
        epilog="\b\nExample:\n  litany check sample --new 2015 --exit-zero",
    )  # fmt: skip
    @source
    @click.option(
        "--new", multiple=True, metavar="FILE|ID", help="A report to check, as a file or by its id; repeatable."
    )
    @click.option("--all", "everything", is_flag=True, help="Check every report, each against those before it.")
    @click.option("--since", metavar="REV", help="Check what changed since a git revision.")
    @click.option(
        "--format",
        "form",
        multiple=True,
        type=click.Choice(FORMATS),
        help="How to tell; repeatable, each with the -o behind it.",
    )
    @click.option("-o", "--output", multiple=True, metavar="FILE", help="The file for the format before it.")
    @click.option("--fail-on", type=click.Choice(SEVERITIES), help="Exit with 1 from this severity on; default error.")
    @click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
    @click.option("--baseline", metavar="FILE", help="Leave out the findings that are known.")
    @click.option("--write-baseline", metavar="FILE", help="Write all findings to FILE: they are known from now on.")
    @click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
    @click.option(
        "--explain",
        metavar="RULE",
        is_eager=True,
        expose_value=False,
        callback=_explain,
        help="Say what a rule finds, and stop.",
    )
    @common
    @click.pass_context
    def check(context: click.Context, /, source: tuple[str, ...], **options: Any) -> None:
        """Look for what people get wrong when they write this year's report over last year's.

        Without --new, --all or --since it is the latest report. Exit codes: 0 nothing found, 1 something found, 2
        could not run.
        """
        with start(source, options) as run:
            context.exit(_check(run, options, context.meta["pairs"]))

    return check


def _check(run: Any, options: dict[str, Any], pairs: Sequence[Pair]) -> int:
    from ..analysis.rules import Severity
    from ..analysis.settings import litany_version
    from .check import baseline_bytes
    from .check_config import check_config

    if sum((bool(options["new"]), options["everything"], options["since"] is not None)) > 1:
        raise UsageError("--new, --all and --since exclude each other; give one of them")
    pairs = list(pairs) or [("text", None)]
    if sum(file in (None, "-") for _, file in pairs) > 1:
        raise UsageError("only one format can go to the terminal; put -o FILE behind each of the others")
    config, choices = check_config(run.config.check, run.config_path)
    fail_on = Severity(options["fail_on"] or config.fail_on)
    outcome = _outcome(run, options, config, choices, fail_on)
    if options["write_baseline"] is not None:
        run.write(options["write_baseline"], baseline_bytes(outcome.findings, litany_version()))
        return 0
    from .ci import written

    for form, file in pairs:
        run.write(file, written(outcome, form, run.settings, to_terminal=file in (None, "-")))
    _tell(run, outcome, pairs)
    return 1 if outcome.fails and not options["exit_zero"] else 0


def _tell(run: Any, outcome: Outcome, pairs: Sequence[Pair]) -> None:
    from .ci import summary

    for line in outcome.stale:
        run.note(f"note: the baseline has what is no longer found: {line}")
    if not any(form == "text" and file in (None, "-") for form, file in pairs):
        run.note(summary(outcome))


def _outcome(
    run: Any, options: dict[str, Any], config: CheckConfig, choices: dict[str, Choice], fail_on: Any
) -> Outcome:
    from ..analysis.rules import RULES, Choice
    from .check import Outcome, apart_from, read_baseline

    comparison, numbers, checked = _checked(run, options, config, choices)
    series = comparison.series
    ids = tuple(series.ids[number] for number in numbers)
    found = [one for one in checked.findings if one.report or options["everything"] or _is_meant(one, run, options)]
    kept = [finding for finding in found if not any(ignored.covers(finding) for ignored in config.ignore)]
    ignored = checked.ignored + len(found) - len(kept)
    named: str | None = options["baseline"] or (None if options["write_baseline"] else config.baseline)
    known = read_baseline(Path(named)) if named else {}
    new, stale = apart_from(kept, known, ids)
    rules = tuple(rule.id for rule in RULES if not choices.get(rule.id, Choice()).off)
    return Outcome(series, ids, rules, tuple(new), fail_on, ignored, len(kept) - len(new), stale)


def _is_meant(finding: Any, run: Any, options: dict[str, Any]) -> bool:
    """Whether a file that is no report is among what was to be checked: always but where other files are named."""
    import os

    if not options["new"] and options["since"] is None:
        return True
    named = {os.path.realpath(name) for name in options["new"]}
    return os.path.realpath(finding.place.path) in named or options["since"] is not None


def _checked(
    run: Any, options: dict[str, Any], config: CheckConfig, choices: dict[str, Choice]
) -> tuple[Comparison, Sequence[int], Any]:
    from ..analysis import compare
    from ..analysis.rules import check
    from ..corpus.sources import find
    from .check import changed_reports, named_reports, outside
    from .remembering import Memory, remembered_segments

    if options["new"]:
        files = [file.path for file in find(run.sources).files]
        run.more = outside(options["new"], files)
    cache = _cache(run, options, config)
    series = run.read(segmenting=remembered_segments(cache))
    memory = Memory(cache, series, run.settings)
    run.progress.stage("comparing")
    comparison = compare(series, run.settings, remembered=memory, measured=False)
    if options["new"]:
        numbers = named_reports(series, options["new"])
    elif options["since"] is not None:
        numbers = changed_reports(series, options["since"])
        if not numbers:
            run.note(f"note: no report changed since {options['since']}")
    else:
        numbers = range(len(series)) if options["everything"] else [len(series) - 1]
    run.progress.stage("checking")
    checked = check(comparison, list(numbers), choices)
    memory.save()
    return comparison, sorted(set(numbers)), checked


def _cache(run: Any, options: dict[str, Any], config: CheckConfig) -> Cache:
    """The cache; a folder in the settings is named from where they are."""
    from .cache import Cache, cache_folder

    chosen = config.cache
    if isinstance(chosen, str) and chosen and run.config_path is not None:
        chosen = str(run.config_path.parent / chosen)
    return Cache(None if options["no_cache"] else cache_folder(chosen), run.note)
