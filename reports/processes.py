"""Files of one output made by several processes at once, where the system allows it."""

from __future__ import annotations

import os
import signal
import struct
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import NoReturn

Files = Iterator[tuple[str, bytes]]
"""Names and contents."""
Part = Callable[[], Files]
"""What makes some of the files; parts do not depend on each other."""

_LENGTHS = struct.Struct("<QQ")  # of a name and of a content


class _Child(NamedTuple):
    """A process that makes some parts."""

    pid: int | None
    """Its number; None where no process could be started."""
    made: IO[bytes]
    """The files it writes: the lengths of name and content, the name, the content."""
    parts: Sequence[Part]
    """What it makes."""


def made_by(parts: Sequence[Part], processes: int) -> Files:
    """The files of all parts, made by at most so many processes.

    The first part is made here, the others by children that know what is known here when the first file is asked for.
    Parts whose child fails are made here again, so that an error is raised as if there were no children.
    """
    count = min(processes, len(parts)) - 1
    if count < 1:
        yield from _all(parts)
        return
    children: list[_Child] = []
    try:
        children.extend(_started(parts[1 + k :: count]) for k in range(count))
        yield from parts[0]()
        while children:
            child = children[0]
            done = child.pid is not None and _has_ended_well(child.pid)
            children.pop(0)
            yield from _read(child.made) if done else _all(child.parts)
    finally:
        for child in children:
            _stop(child)


def at_once() -> int:
    """How many processes are worth having: one where a process cannot be split safely."""
    # elsewhere there is no fork, or system libraries do not bear it
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _all(parts: Sequence[Part]) -> Files:
    for part in parts:
        yield from part()


def _started(parts: Sequence[Part]) -> _Child:
    made = tempfile.TemporaryFile()  # noqa: SIM115 - the parent reads and closes it
    try:
        with warnings.catch_warnings():
            # threads that show progress do not live on in the child, and it uses nothing of theirs
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
    except OSError:  # no more processes
        pid = None
    if pid == 0:
        _make(parts, made)
    return _Child(pid, made, parts)


def _stop(child: _Child) -> None:
    child.made.close()
    if child.pid is not None:
        with suppress(OSError):
            os.kill(child.pid, signal.SIGKILL)
            os.waitpid(child.pid, 0)


def _make(parts: Sequence[Part], made: IO[bytes]) -> NoReturn:
    """The whole life of a child. It says nothing and cleans up nothing: that is the parent's."""
    status, parent = 1, os.getppid()
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        for name, content in _all(parts):
            encoded = name.encode()
            made.writelines((_LENGTHS.pack(len(encoded), len(content)), encoded, content))
            if os.getppid() != parent:  # nobody waits any more
                os._exit(status)
        made.flush()
        status = 0
    finally:
        os._exit(status)


def _has_ended_well(pid: int) -> bool:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def _read(made: IO[bytes]) -> Files:
    with made:
        made.seek(0)
        while lengths := made.read(_LENGTHS.size):
            name, content = _LENGTHS.unpack(lengths)
            yield made.read(name).decode(), made.read(content)
