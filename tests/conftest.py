"""What several tests need: the shared data, gold files, and the command line."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings
from litany.corpus import word_breaks

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")  # a machine that does other things too is no reason for a test to fail

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept-gold", action="store_true", help="write the gold files anew instead of comparing them")


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept in, or taken from, the cache of whoever runs the tests."""
    monkeypatch.setenv("LITANY_CACHE_DIR", "")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with the seed series, which is not part of the repository; skips the test where it is absent."""
    folder = Path(os.environ.get("LITANY_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no shared data at {folder}; LITANY_SHARED_DATA names another folder")
    return folder


@pytest.fixture(scope="session", autouse=True)
def characters_are_words() -> Iterator[None]:
    """Text without spaces is compared by characters, whether ICU is installed or not, so that outputs are the same."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(word_breaks, "word_breaker", lambda: None)
        yield


@pytest.fixture
def gold(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`gold(name, text)` compares a text with tests/gold/<name>, byte for byte."""
    accept = bool(request.config.getoption("--accept-gold"))

    def compare(name: str, text: str) -> None:
        path = GOLD / name
        if accept:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            return
        expected = path.read_bytes().decode() if path.exists() else ""
        if expected != text:
            pytest.fail(_disagreement(name, expected, text, request.node.nodeid), pytrace=False)

    return compare


def _disagreement(name: str, expected: str, actual: str, test: str) -> str:
    """What differs from the gold file, and the command that makes the new text the gold."""
    lines = difflib.unified_diff(
        expected.splitlines(keepends=True), actual.splitlines(keepends=True), f"tests/gold/{name}", "this run"
    )
    shown = "".join(line if line.endswith("\n") else line + "\n" for line in lines)
    return f"not as in tests/gold/{name}:\n{shown}\nif it is right, accept it: pytest --accept-gold '{test}'"


@dataclass(frozen=True)
class Ran:
    """What a run of the command line gave."""

    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one line that says what went wrong; fails the test where there is another number of lines."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("litany: error: "), self.err
        return lines[0].removeprefix("litany: error: ")


@pytest.fixture
def litany(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run the command line in this process, as on a machine with no settings of its own."""
    for name in ("NO_COLOR", "FORCE_COLOR", "LITANY_DEBUG", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str | Path) -> Ran:
        from litany.reports.cli import main

        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run
