"""The rooms: which imports which, what their doors offer, and what is not loaded before it is needed."""

from __future__ import annotations

import ast
import json
import os
import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LITANY = Path(sys.executable).with_name("litany")
ORDER = ("corpus", "analysis", "reports")  # a room imports those before it
# what each room may take from outside; everything else belongs to one of the others
HOME_OF = {
    "matplotlib": {"reports"},
    "jinja2": {"reports"},
    "click": {"reports"},
    "rich": {"reports"},
    "docx": {"corpus", "reports"},
    "sklearn": {"analysis"},
    "Levenshtein": {"analysis"},
    "dateparser": {"corpus"},
    "sentencex": {"corpus"},
    "chardet": {"corpus"},
    "ftfy": {"corpus"},
    "markdown_it": {"corpus"},
}
DOORS = {
    "corpus": {"read", "Series", "Report", "LitanyError", "InputError", "UsageError", "OutputError"},
    "analysis": {"compare", "similarity", "align_sentences", "diff_words", "trace_origins", "Comparison", "Settings"},
    "reports": {"write_report", "plot_heatmap", "plot_shares"},
}


def modules() -> list[tuple[str, Path]]:
    return [(room, path) for room in ORDER for path in sorted((ROOT / room).rglob("*.py"))]


def imported(path: Path) -> set[str]:
    """The names of rooms and of other packages that a module imports anywhere."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = (node.module or "").split(".")
            if node.level == 0:
                names.add(module[1] if module[0] == "litany" and len(module) > 1 else module[0])
            elif node.level == 2:
                names.update([module[0]] if node.module else [alias.name for alias in node.names])
    return names


@pytest.mark.parametrize(("room", "path"), modules(), ids=lambda value: getattr(value, "stem", value))
def test_data_flows_one_way(room: str, path: Path) -> None:
    later = set(ORDER[ORDER.index(room) + 1 :])
    assert not imported(path) & later
    strangers = {name for name in imported(path) if room not in HOME_OF.get(name, {room})}
    assert not strangers


@pytest.mark.parametrize("room", ORDER)
def test_a_door_offers_the_contract(room: str) -> None:
    door = import_module(f"litany.{room}")
    assert DOORS[room] <= set(door.__all__)
    for name in door.__all__:
        assert getattr(door, name).__doc__ or name.isupper(), f"{name} has no docstring"
    assert set(door.__all__) == set(dir(door)) & set(door.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        door.nonsense  # noqa: B018 - it must fail


@pytest.mark.parametrize("room", ORDER)
def test_no_name_of_a_door_is_hidden_by_a_module(room: str) -> None:
    door = import_module(f"litany.{room}")
    modules = {name for _, name, _ in pkgutil.iter_modules(door.__path__)}
    assert not modules & set(door.__all__), "once the module is loaded, its name is the module and not what it offers"


def loaded_by(code: str) -> set[str]:
    """The packages that a fresh interpreter has loaded after some code."""
    script = (
        f"import sys\n{code}\nimport json\nprint('|' + json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    return set(json.loads(out.rpartition("|")[2]))


HEAVY = {"numpy", "scipy", "sklearn", "matplotlib", "dateparser", "jinja2", "rich", "msgspec", "rapidfuzz", "sentencex"}


@pytest.mark.parametrize("arguments", [["--help"], ["diff", "--help"], ["--version"], ["nonsense"], ["diff"]])
def test_what_needs_no_work_loads_nothing_heavy(arguments: list[str]) -> None:
    assert not loaded_by(f"from litany.reports.cli import main; main({arguments!r})") & HEAVY


@pytest.mark.parametrize("room", ORDER)
def test_a_door_is_light(room: str) -> None:
    assert not loaded_by(f"import litany.{room}") & HEAVY


def test_reading_and_comparing_draw_nothing() -> None:
    loaded = loaded_by("from litany.reports.cli import main; main(['diff', 'sample', '2019', '--quiet'])")
    assert not loaded & {"matplotlib", "sklearn", "jinja2"}


@pytest.mark.skipif(os.name != "posix", reason="measures the time of a child process")
def test_help_is_quick() -> None:
    """Under 80 ms of this machine's processor; the best of several, as others may be using it."""
    import resource

    # modules are compiled once, as on a user's machine, whatever the tests' own environment says
    cached = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([LITANY, "--help"], capture_output=True, check=True, env=cached)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime

    assert min(once() for _ in range(5)) < 0.08
