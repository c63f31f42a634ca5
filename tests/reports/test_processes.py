"""Files made by several processes: the same as by one, whatever happens to a child."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import notices
import pytest
from litany.analysis import compare
from litany.corpus.errors import OutputError
from litany.reports import outputs
from litany.reports import processes as module
from litany.reports.html import pages, site, write_report
from litany.reports.processes import at_once, made_by

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all is made by one process")

HERE = os.getpid()


def few() -> Iterator[tuple[str, bytes]]:
    yield "a", b"\x00\xff"
    yield "b", b""


def long_one() -> Iterator[tuple[str, bytes]]:
    yield "ø/ü", b"x" * 3_000_000


def who_made_it() -> Iterator[tuple[str, bytes]]:
    yield "who", b"parent" if os.getpid() == HERE else b"child"


def killed_in_a_child() -> Iterator[tuple[str, bytes]]:
    yield "half", b"1"
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    yield "whole", b"2"


def broken() -> Iterator[tuple[str, bytes]]:
    yield "before", b""
    raise ValueError("a bug")


@pytest.mark.parametrize("processes", [1, 2, 3, 9])
def test_the_files_of_all_parts(processes: int) -> None:
    made = list(made_by([few, long_one, few, killed_in_a_child], processes))
    assert sorted(made) == sorted([*few(), *long_one(), *few(), ("half", b"1"), ("whole", b"2")])


@pytest.mark.parametrize(("processes", "who"), [(1, b"parent"), (2, b"child")])
def test_children_take_what_nobody_has_taken(processes: int, who: bytes, tmp_path: Path) -> None:
    taken = tmp_path / "taken"

    def waits() -> Iterator[tuple[str, bytes]]:
        yield "waited", str(processes == 1 or waited_for(taken.exists)).encode()

    def says_so() -> Iterator[tuple[str, bytes]]:
        taken.touch()
        yield from who_made_it()

    assert list(made_by([who_made_it], processes)) == [("who", b"parent")]
    made = list(made_by([waits, few, says_so], processes))
    assert made[0] == ("waited", b"True")
    assert sorted(made[1:]) == sorted([*few(), ("who", who)])


def test_a_child_says_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    taken = tmp_path / "taken"

    def waits() -> Iterator[tuple[str, bytes]]:
        yield "waited", str(waited_for(taken.exists)).encode()

    def noisy() -> Iterator[tuple[str, bytes]]:
        print("noise", file=sys.stderr)  # noqa: T201
        warnings.warn("noise", stacklevel=1)
        taken.touch()
        yield from who_made_it()

    assert list(made_by([waits, noisy], 2)) == [("waited", b"True"), ("who", b"child")]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_an_error_in_a_part_is_raised_as_it_is(processes: int) -> None:
    with pytest.raises(ValueError, match="a bug"):
        list(made_by([few, few, broken], processes))


def test_where_no_process_can_be_started_all_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError("no more processes")

    opened: list[IO[bytes]] = []
    temporary = tempfile.TemporaryFile

    def noted() -> IO[bytes]:
        opened.append(temporary())
        return opened[-1]

    monkeypatch.setattr(os, "fork", refuse)
    monkeypatch.setattr(tempfile, "TemporaryFile", noted)
    assert list(made_by([few, who_made_it], 2)) == [*few(), ("who", b"parent")]
    assert [file.closed for file in opened] == [True]


def test_where_there_is_no_place_for_their_files_all_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    assert list(made_by([few, who_made_it], 2)) == [*few(), ("who", b"parent")]


def test_where_processes_cannot_be_split_all_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CAN_SPLIT", False)
    monkeypatch.delattr(os, "fork")
    assert list(made_by([few, who_made_it], 2)) == [*few(), ("who", b"parent")]
    assert at_once() == 1


def test_a_program_around_that_forgets_its_children() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert sorted(made_by([few, long_one, few], 3)) == sorted([*few(), *long_one(), *few()])
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_a_child_that_is_interrupted_before_it_begins_does_nothing_of_its_parent() -> None:
    script = """
import os
from litany.reports.processes import made_by
forked = os.fork
def interrupted():
    number = forked()
    if not number:
        raise KeyboardInterrupt
    return number
os.fork = interrupted
def few():
    yield "a", b""
try:
    print(list(made_by([few, few], 2)))
finally:
    print("cleaned up")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("[('a', b''), ('a', b'')]\ncleaned up\n", "")


def test_what_shows_progress_may_just_be_starting() -> None:
    """A thread imports it, and children import some of the same modules: none of them may wait for that thread."""
    script = """
import importlib.abc, os, signal, sys, threading, time
from litany.reports.processes import made_by
from litany.reports.terminal import Progress
reached = threading.Event()
class Slow(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "rich.text":
            reached.set()
            time.sleep(1)
sys.meta_path.insert(0, Slow())
progress = Progress(True)
progress.begin()
parent, (taken, take) = os.getpid(), os.pipe()
def here():
    os.read(taken, 1)
    yield "here", b""
def importing():
    if os.getpid() != parent:
        os.write(take, b"1")
        signal.alarm(30)  # then it is killed, and the parent makes this
    import rich.console
    yield "imported", b"by the parent" if os.getpid() == parent else b"by the child"
assert reached.wait(60)
print(list(made_by([here, importing], 2)))
progress.end()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[('here', b''), ('imported', b'by the child')]\n"


def endless() -> Iterator[tuple[str, bytes]]:
    while True:
        time.sleep(0.01)
        yield "never", b""


def test_who_stops_early_leaves_no_child() -> None:
    before = children()
    files = made_by([few, endless], 2)
    next(files)
    assert len(children() - before) == 1
    files.close()  # pyright: ignore[reportAttributeAccessIssue] - a generator
    assert children() == before


def test_a_site_that_cannot_be_written_leaves_no_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []

    def refuse(folder: Path, files: Iterator[tuple[str, bytes]]) -> None:
        next(files)
        started.extend(children() - before)
        raise OutputError(f"{folder}: no space left on the device")

    before = children()
    monkeypatch.setattr(outputs, "write_folder", refuse)
    parts: tuple[Callable[[object], Iterator[tuple[str, bytes]]], ...] = (lambda _: few(), lambda _: endless())
    monkeypatch.setattr(site, "_PARTS", parts)
    thresholds = gc.get_threshold()
    with pytest.raises(OutputError) as error:  # which holds on to all that was there when it was raised
        write_report(compare(notices.lamp_nights()), tmp_path, processes=2)
    assert len(started) == 1
    assert (children(), gc.get_threshold()) == (before, thresholds), error


def children() -> set[int]:
    """The processes that this one has started, those included that ended and that nobody has asked about."""
    own = f" {os.getpid()} "
    found: set[int] = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (folder / "stat").read_text().rpartition(")")[2].startswith(own, 2):
                found.add(int(folder.name))
    return found


def test_a_child_whose_parent_was_killed_stops(tmp_path: Path) -> None:
    number = tmp_path / "pid"
    script = f"""
import os, time
from pathlib import Path
from litany.reports.processes import made_by
number = Path({str(number)!r})
def few():
    while not number.exists():  # until the child has taken the other
        time.sleep(0.01)
    yield "a", b""
def endless():
    number.write_text(str(os.getpid()))
    while True:
        time.sleep(0.01)
        yield "never", b""
list(made_by([few, endless], 2))
"""
    with subprocess.Popen([sys.executable, "-c", script]) as parent:
        child = waited_for(lambda: int(number.read_text() or 0) if number.exists() else 0)
        assert child not in (0, parent.pid)
        parent.kill()
    assert waited_for(lambda: not alive(child))


def alive(pid: int) -> bool:
    """Whether it runs; one that ended and that nobody has asked about does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def waited_for(answer: Callable[[], int]) -> int:
    """The first answer that is not 0, or 0 after half a minute."""
    deadline = time.monotonic() + 30
    while not (found := answer()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found


def test_the_site_is_the_same_by_any_number_of_processes() -> None:
    comparison = compare(notices.lamp_nights())
    alone = dict(pages(comparison))
    for processes in (2, 3):
        assert dict(pages(comparison, processes=processes)) == alone


def test_as_many_processes_as_this_one_may_use() -> None:
    before = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(before)})
        assert at_once() == 1
    finally:
        os.sched_setaffinity(0, before)
    assert at_once() == len(before)
