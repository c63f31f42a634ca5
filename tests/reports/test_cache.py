"""The cache: it changes no result, two processes may use it at once, and what is damaged is made anew."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from generator import generate
from hypothesis import given, settings
from litany.analysis import Settings, compare
from litany.corpus import from_texts
from litany.reports import cache
from litany.reports.cache import Cache, cache_folder
from litany.reports.remembering import Memory
from strategies import series as versions_of_a_series

Run = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """A folder of eight reports, and a cache."""
    generate(8, 400, seed=3).write(tmp_path / "reports")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LITANY_CACHE_DIR", str(folder))
    return tmp_path / "reports"


def quiet(_: str) -> None:
    raise AssertionError("nothing was to be said")


def test_values_come_back(folder: Path) -> None:
    first = Cache(folder, quiet)
    first.put("a", {"x": [1, 0.1, None]})
    assert first.get_many(["a"]) == {}, "not before it is saved"
    first.save()
    assert Cache(folder, quiet).get_many(["a", "b"]) == {"a": {"x": [1, 0.1, None]}}


def test_no_folder_no_cache() -> None:
    none = Cache(None, quiet)
    none.put("a", 1)
    none.save()
    assert none.get_many(["a"]) == {}


def test_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LITANY_CACHE_DIR", "")
    assert cache_folder("elsewhere") is None
    monkeypatch.setenv("LITANY_CACHE_DIR", "/named")
    assert cache_folder(False) == Path("/named")
    monkeypatch.delenv("LITANY_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == cache_folder(True) == tmp_path / "litany"
    assert cache_folder(False) is None
    assert cache_folder("own") == Path("own")


@pytest.mark.parametrize("arguments", [(), ("--all",)])
def test_warm_is_as_cold_to_the_byte(litany: Run, reports: Path, arguments: tuple[str, ...]) -> None:
    command = ("check", reports, *arguments, "--format", "json", "--exit-zero", "--quiet")
    last = reports / "2008.txt"
    text = last.read_text()
    last.unlink()
    litany(*command)
    last.write_text(text)
    warm = litany(*command)
    again = litany(*command)
    cold = litany(*command, "--no-cache")
    assert warm.out == again.out == cold.out


@settings(deadline=None, max_examples=40)
@given(versions_of_a_series())
def test_alignments_come_back_as_they_were(versions: list[list[str]]) -> None:
    texts = {str(2001 + k): " ".join(version) for k, version in enumerate(versions) if version}
    if not texts:
        return
    series = from_texts(texts)
    kept: dict[str, Any] = {}

    class Kept(Cache):
        def get_many(self, keys: Any) -> dict[str, Any]:
            return {key: json.loads(kept[key]) for key in keys if key in kept}

        def put(self, key: str, value: Any) -> None:
            kept[key] = json.dumps(value)

    first = Memory(Kept(None, quiet), series, Settings())
    cold = compare(series, remembered=first)
    first.save()

    def never() -> Any:
        raise AssertionError("it is known")

    class Second(Memory):
        def alignment(self, old: int, new: int, make: Any) -> Any:
            return super().alignment(old, new, never)

        def traced(self, new: int) -> Any:
            known = super().traced(new)
            assert known is not None
            return known

    warm = compare(series, remembered=Second(Kept(None, quiet), series, Settings()))
    for old, new in cold.provenance.alignments:
        assert warm.alignment(old, new).links == cold.alignment(old, new).links
    assert (warm.provenance.coverage == cold.provenance.coverage).all()
    assert warm.provenance.main_sources == cold.provenance.main_sources
    assert warm.provenance.origins == cold.provenance.origins
    assert warm.measures == cold.measures


@pytest.mark.parametrize("damage", [b"", b"not a database at all, but long enough to look at" * 40])
def test_a_damaged_cache_is_made_anew(litany: Run, reports: Path, folder: Path, damage: bytes) -> None:
    cold = litany("check", reports, "--all", "--exit-zero")
    file = folder / cache.FILE
    for other in folder.iterdir():
        if other != file:
            other.unlink()
    file.write_bytes(damage)
    ran = litany("check", reports, "--all", "--exit-zero")
    assert ran.out == cold.out
    assert ran.code == 0
    assert ("is damaged" in ran.err) == bool(damage)
    assert "damaged" not in litany("check", reports, "--all", "--exit-zero").err


def test_a_damaged_value_is_computed_anew(litany: Run, reports: Path, folder: Path) -> None:
    cold = litany("check", reports, "--all", "--exit-zero")
    with sqlite3.connect(folder / cache.FILE) as connection:
        connection.execute("UPDATE entries SET value = substr(value, 1, length(value) / 2)")
        connection.execute("UPDATE entries SET value = 'text' WHERE rowid = 1")
    assert litany("check", reports, "--all", "--exit-zero").out == cold.out


def test_a_folder_that_cannot_be_used_is_done_without(
    litany: Run, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LITANY_CACHE_DIR", str(tmp_path / "file" / "cache"))
    ran = litany("check", reports, "--exit-zero")
    assert ran.code == 0
    assert "cannot be used" in ran.err


def test_no_cache_writes_nothing(litany: Run, reports: Path, folder: Path) -> None:
    litany("check", reports, "--exit-zero", "--no-cache")
    assert not folder.exists()


WRITE_MANY = """
import sys
from pathlib import Path
from litany.reports.cache import Cache
folder, name = Path(sys.argv[1]), sys.argv[2]
for k in range(40):
    one = Cache(folder, print)
    one.put(f"{name} {k}", [name] * 2000)
    one.put("shared", ["the same"])
    one.save()
"""


def test_processes_at_once_wait_for_each_other(folder: Path) -> None:
    many = [
        subprocess.Popen([sys.executable, "-c", WRITE_MANY, folder, name], stdout=subprocess.PIPE, text=True)
        for name in "abcd"
    ]
    assert [process.communicate(timeout=60) for process in many] == [("", None)] * 4, "none does without the cache"
    keys = [f"{name} {k}" for name in "abcd" for k in range(40)]
    assert len(Cache(folder, quiet).get_many(keys)) == 160


@pytest.mark.parametrize("wait", [0.1, 20.0])
def test_a_lock_is_waited_for_but_not_for_ever(folder: Path, monkeypatch: pytest.MonkeyPatch, wait: float) -> None:
    Cache(folder, quiet)
    monkeypatch.setattr(cache, "WAIT", wait)
    notes: list[str] = []
    other = sqlite3.connect(folder / cache.FILE, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    one = Cache(folder, notes.append)
    one.put("key", "value")
    released = threading.Timer(1.0, other.close)
    released.start()
    one.save()
    released.join()
    assert [f"{wait} {note}" for note in notes if "locked" not in note] == []
    assert bool(notes) == (wait < 1.0)
    assert ("key" in Cache(folder, quiet)) == (wait > 1.0)


def test_it_does_not_grow_for_ever(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "LARGEST", 100_000)
    for k in range(60):
        one = Cache(folder, quiet)
        one.put(str(k), "x" * 10_000)
        one.save()
    held = Cache(folder, quiet).get_many(map(str, range(60)))
    assert "59" in held, "the oldest go first"
    assert sum(map(len, held.values())) <= 110_000
