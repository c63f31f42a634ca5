"""Files made by several processes: the same as by one, whatever happens to a child."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import notices
import pytest
from litany.analysis import compare
from litany.reports.html import pages
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


def waits() -> Iterator[tuple[str, bytes]]:
    time.sleep(0.5)
    yield "waited", b""


@pytest.mark.parametrize(("processes", "who"), [(1, b"parent"), (2, b"child")])
def test_children_take_what_nobody_has_taken(processes: int, who: bytes) -> None:
    assert list(made_by([who_made_it], processes)) == [("who", b"parent")]
    made = list(made_by([waits, few, who_made_it], processes))
    assert ("who", who) in made
    assert len(made) == 4


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_an_error_in_a_part_is_raised_as_it_is(processes: int) -> None:
    with pytest.raises(ValueError, match="a bug"):
        list(made_by([few, few, broken], processes))


def test_where_no_process_can_be_started_all_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(os, "fork", refuse)
    assert list(made_by([few, who_made_it], 2)) == [*few(), ("who", b"parent")]


def test_who_stops_early_leaves_no_child() -> None:
    def endless() -> Iterator[tuple[str, bytes]]:
        while True:
            time.sleep(0.01)
            yield "never", b""

    files = made_by([few, endless], 2)
    next(files)
    files.close()  # pyright: ignore[reportAttributeAccessIssue] - a generator
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_child_whose_parent_was_killed_stops(tmp_path: Path) -> None:
    number = tmp_path / "pid"
    script = f"""
import os, time
from pathlib import Path
from litany.reports.processes import made_by
def few():
    yield "a", b""
def endless():
    Path({str(number)!r}).write_text(str(os.getpid()))
    while True:
        time.sleep(0.01)
        yield "never", b""
list(made_by([few, endless], 2))
"""
    with subprocess.Popen([sys.executable, "-c", script]) as parent:
        child = waited_for(lambda: int(number.read_text() or 0) if number.exists() else 0)
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
    assert at_once() == len(os.sched_getaffinity(0))
