"""Ends the program when a key or a signal asks it to, as an error would, so that nothing unfinished stays on the disk.

Python raises what a signal asks for wherever it happens to be, and C code that has called it may drop that: an import
of lxml does, and what runs behind a fork. So it is kept here, and raised again where output is written.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

_asked: list[BaseException] = []


@contextmanager
def ended_by_signals() -> Generator[None, None, None]:
    """Within it signals that would end the program raise: SIGINT a `KeyboardInterrupt`, SIGTERM and SIGHUP `SystemExit`
    with the code that shells give. Signals that the program around handles or ignores stay its own."""
    before = {number: signal.getsignal(number) for number in _numbers()}
    for number, handler in before.items():
        if handler in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is _end:
                signal.signal(number, handler)
        _asked.clear()


def end_if_asked() -> None:
    """Raise again what a signal asked for, if that was dropped on the way."""
    if _asked:
        raise _asked[0]


def _numbers() -> list[int]:
    """The signals that ask a program to end, as far as the system has them and this thread may handle them."""
    if threading.current_thread() is not threading.main_thread():
        return []
    return [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def _end(number: int, _: FrameType | None) -> None:
    _asked.append(KeyboardInterrupt() if number == signal.SIGINT else SystemExit(128 + number))
    raise _asked[-1]
