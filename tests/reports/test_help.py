"""The README and the program say the same: every console block in it is run, and every example works."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import click
import pytest
from litany.reports.cli import MEASURES, commands, main

README = Path(__file__).resolve().parents[2] / "README.md"
BLOCK = re.compile(r"^```console\n\$ (litany [^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> list[tuple[str, str]]:
    return [(found[1], found[2]) for found in BLOCK.finditer(README.read_text())]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder to work in, and no settings of this machine's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)


def run(line: str) -> tuple[int, str]:
    """What a terminal shows of a command, errors and notes included."""
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
        code = main(shlex.split(line)[1:])
    return code, re.sub(r"[ \t]+$", "", shown.getvalue(), flags=re.MULTILINE)


@pytest.mark.parametrize("line", [line for line, _ in blocks()])
def test_a_console_block_shows_what_the_program_shows(line: str, request: pytest.FixtureRequest) -> None:
    code, shown = run(line)
    assert code == 0, shown
    expected = dict(blocks())[line]
    if "...\n" in expected and expected.endswith("...\n"):  # the beginning of a long output
        shown = "".join(shown.splitlines(keepends=True)[: expected.count("\n") - 1]) + "...\n"
    if request.config.getoption("--accept-gold"):
        text = README.read_text()
        README.write_text(text.replace(f"$ {line}\n{expected}```", f"$ {line}\n{shown}```"))
        return
    assert shown == expected, f"accept it: pytest --accept-gold '{request.node.nodeid}'"


def test_the_readme_shows_the_help_of_every_command() -> None:
    assert {f"litany {name} --help" for name in commands.commands} <= {line for line, _ in blocks()}


@pytest.mark.parametrize("name", [None, *commands.commands])
def test_the_example_of_a_help_text_works_and_is_in_the_readme(name: str | None) -> None:
    command: click.Command = commands if name is None else commands.commands[name]
    example = (command.epilog or "").rpartition("Example:\n  ")[2]
    assert example.startswith("litany sample" if name is None and not example else "litany "), "no example"
    code, shown = run(example)
    assert code == 0, shown
    assert example in README.read_text()


def test_the_python_example_of_the_readme_runs() -> None:
    examples = PYTHON.findall(README.read_text())
    assert examples
    for example in examples:
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown):
            exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - our own words
        comments = re.findall(r"^# (.*)$", example, re.MULTILINE)
        assert shown.getvalue().splitlines() == comments


def test_ci_runs_the_readmes_command() -> None:
    commands_of_readme = re.findall(r"^```sh\n(.*)\n```$", README.read_text(), re.MULTILINE)
    tests = [line for line in commands_of_readme if "pytest" in line and "uv" not in line]
    assert len(tests) == 1
    assert tests[0] in (README.parent / ".ci" / "run").read_text().splitlines()


def test_the_measures_offered_are_those_there_are() -> None:
    from typing import get_args, get_type_hints

    from litany.analysis import Measure
    from litany.reports.config import Config

    assert tuple(Measure) == MEASURES
    assert get_args(get_type_hints(Config)["measure"]) == MEASURES


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    from importlib.metadata import version

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"litany {version('litany')}\n"
