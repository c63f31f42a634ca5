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
from itertools import chain
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import NoReturn

Files = Iterator[tuple[str, bytes]]
"""Names and contents."""
Part = Callable[[], Files]
"""What makes some of the files; parts do not depend on each other."""

CAN_SPLIT = sys.platform == "linux"  # elsewhere there is no fork, or system libraries do not bear it
MOST_PARTS = 256
_LENGTHS = struct.Struct("<BQQ")  # the number of a part, and the lengths of a name, 0 behind its last file, and content


class _Child(NamedTuple):
    """A process that makes some parts."""

    pid: int
    """Its number."""
    made: IO[bytes]
    """The files it writes, each behind the number of its part and the lengths of name and content."""


def made_by(parts: Sequence[Part], processes: int) -> Files:
    """The files of all parts, at most MOST_PARTS, made by at most so many processes.

    The first part is made here. Who has made one takes the next, so those that take long should come first. Children
    know what is known here when the first file is asked for. What a child that failed has taken is made here again, so
    that an error is raised as if there were no children. All is made here where a process cannot be split safely.
    """
    if not CAN_SPLIT or min(processes, len(parts)) < 2:
        yield from _all(parts)
        return
    queue = _queue(len(parts))
    children: list[_Child] = []
    try:
        with suppress(OSError):  # no more processes, no place for their files: then fewer do it
            children.extend(_started(parts, queue) for _ in range(min(processes, len(parts)) - 1))
        left = set(range(len(parts)))
        for number in chain((0,), _taken(queue)):
            yield from parts[number]()
            left.remove(number)
        while children:
            if _has_ended_well(children[0].pid):
                yield from _read(children.pop(0).made, left)
            else:
                children.pop(0).made.close()
        yield from _all([parts[number] for number in sorted(left)])
    finally:
        os.close(queue)
        for child in children:
            _stop(child)


def at_once() -> int:
    """How many processes are worth having: one where a process cannot be split safely."""
    return len(os.sched_getaffinity(0)) if CAN_SPLIT else 1


def _all(parts: Sequence[Part]) -> Files:
    for part in parts:
        yield from part()


def _queue(count: int) -> int:
    """A pipe that holds the numbers of all parts but the first: what one process has read no other reads."""
    queue, entry = os.pipe()
    os.write(entry, bytes(range(1, count)))
    os.close(entry)
    return queue


def _taken(queue: int) -> Iterator[int]:
    """The numbers of parts that nobody else has taken yet."""
    while number := os.read(queue, 1):
        yield number[0]


def _started(parts: Sequence[Part], queue: int) -> _Child:
    parent, pid = os.getpid(), 0
    made = tempfile.TemporaryFile()  # noqa: SIM115 - the parent reads and closes it
    try:
        with warnings.catch_warnings():
            # threads that show progress do not live on in the child, and it uses nothing of theirs
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
        if pid == 0:
            _make(parts, queue, made, parent)
    except BaseException:
        made.close()
        if pid:
            _stop(_Child(pid, made))
        raise
    finally:
        if os.getpid() != parent:  # interrupted before it could begin: what follows here is the parent's
            os._exit(1)
    return _Child(pid, made)


def _stop(child: _Child) -> None:
    child.made.close()
    with suppress(OSError):
        os.kill(child.pid, signal.SIGKILL)
        os.waitpid(child.pid, 0)


def _make(parts: Sequence[Part], queue: int, made: IO[bytes], parent: int) -> NoReturn:
    """The whole life of a child. It says nothing and cleans up nothing: that is the parent's."""
    status = 1
    try:
        sys.stdout = sys.stderr = None  # which a thread may have locked that does not live on
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        for number in _taken(queue):
            for name, content in parts[number]():
                encoded = name.encode()
                made.writelines((_LENGTHS.pack(number, len(encoded), len(content)), encoded, content))
                if os.getppid() != parent:  # nobody waits any more
                    os._exit(status)
            made.write(_LENGTHS.pack(number, 0, 0))
        made.flush()
        status = 0
    finally:
        os._exit(status)


def _has_ended_well(pid: int) -> bool:
    try:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    except ChildProcessError:  # it has ended, but the program around us has children forgotten, or asked before us
        return False


def _read(made: IO[bytes], left: set[int]) -> Files:
    """What a child has made; its parts are no longer left."""
    with made:
        made.seek(0)
        while lengths := made.read(_LENGTHS.size):
            number, name, content = _LENGTHS.unpack(lengths)
            if name:
                yield made.read(name).decode(), made.read(content)
            else:
                left.remove(number)
