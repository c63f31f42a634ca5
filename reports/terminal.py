"""What a terminal shows: text without control characters, colours where they are wanted, progress while one waits."""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from rich.status import Status

T = TypeVar("T")

PLAIN_WIDTH = 80
"""Columns of a text that goes to a file or a pipe: the same on every machine."""
WIDEST = 100
"""Columns of a text on a terminal that has more: longer lines are hard to read."""
WIDE = 120
"""Columns of a terminal from which on a text has room beside another one."""

# what a terminal could take for a command, what turns the reading direction of the text behind it, halves of characters
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with control characters spelled out (`\\x1b`), line ends and tabs aside."""
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def one_line(text: str) -> str:
    """The text as one printable line."""
    return printable(" ".join(text.split()))


_CLOSING = frozenset("、。，．・：；？！…」』）】〉》〕”’ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々ヽヾゝゞ")
"""What begins no line, and ..."""
_OPENING = frozenset("「『（【〈《〔“‘")
"""... what ends none, in Chinese and Japanese (JIS X 4051)."""


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """The text on lines of `width` columns, `first` in front of the first line and `rest` of the others.

    Wide letters take two columns. Text without spaces between words is broken between its letters.
    """
    from rich.cells import cell_len

    line = one_line(text)
    if line.isascii() or cell_len(line) == len(line):
        return textwrap.wrap(line, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
    rows, row, gap = list[str](), first, ""
    for word in line.split(" "):
        size = cell_len(word)
        is_wide = any(cell_len(letter) > 1 for letter in word)
        if cell_len(row + gap) + size > width and gap and not is_wide and cell_len(rest) + size <= width:
            rows, row, gap = [*rows, row], rest, ""
        row, gap = row + gap, " "
        for unit in _units(word):
            if cell_len(row) + cell_len(unit) > width and row.strip() and row != rest:
                rows, row = [*rows, row.rstrip()], rest
            row += unit
    return [*rows, row]


def _units(word: str) -> Iterator[str]:
    """The letters of a word, each with its marks, and with what may not stand at a line's beginning or end."""
    unit = ""
    for letter in word:
        if unit and letter not in _CLOSING and unit[-1] not in _OPENING and unicodedata.category(letter)[0] != "M":
            yield unit
            unit = ""
        unit += letter
    if unit:
        yield unit


def wants_color(choice: str, stream: IO[str] | None) -> bool:
    """Whether to colour what goes to `stream`: as `choice` says, else NO_COLOR, FORCE_COLOR, or on terminals only.

    A file, given as None, is coloured only by choice.
    """
    if choice != "auto" or stream is None:
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def is_terminal(stream: IO[str] | None) -> bool:
    """Whether people read the stream as it is written."""
    return stream is not None and not stream.closed and stream.isatty()


def width_of(stream: IO[str] | None) -> int:
    """The columns to fill: a terminal's own, as far as lines stay readable, and always the same elsewhere."""
    return min(shutil.get_terminal_size().columns, WIDEST) if is_terminal(stream) else PLAIN_WIDTH


def width_of_pair(stream: IO[str] | None) -> int | None:
    """The columns for two texts beside each other; None where a terminal is too narrow for them, or there is none."""
    columns = shutil.get_terminal_size().columns if is_terminal(stream) else 0
    return min(columns, 2 * WIDEST) if columns >= WIDE else None


class Progress:
    """What is being done, on stderr, from the second second on; nothing where `enabled` is false."""

    def __init__(self, enabled: bool) -> None:
        self._lock = threading.Lock()
        self._text = "reading"
        self._status: Status | None = None
        self._ended = not enabled
        self._timer = threading.Timer(1.0, self._start)
        self._timer.daemon = True

    def begin(self) -> None:
        """Start to wait for the second that passes before anything is shown."""
        if not self._ended:
            self._timer.start()

    def end(self) -> None:
        """Show nothing any more."""
        self._timer.cancel()
        with self._lock:
            self._ended = True
            if self._status is not None:
                self._status.stop()

    def say(self, line: str) -> None:
        """A line to stderr that stays, above what is being done."""
        with self._lock:
            if self._status is None or self._ended:
                click.echo(line, err=True)
            else:
                self._status.console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)

    def stage(self, text: str) -> None:
        """Say what is being done now."""
        with self._lock:
            self._text = one_line(text)
            if self._status is not None and not self._ended:
                self._status.update(_plain(self._text))

    def counted(self, things: Iterable[T], what: str) -> Iterator[T]:
        """The things, while saying how many have been taken."""
        for number, thing in enumerate(things, 1):
            self.stage(f"{what} {number}")
            yield thing

    def _start(self) -> None:
        with _STARTING:
            from rich.console import Console

            with self._lock:
                if not self._ended:
                    self._status = Console(file=sys.stderr).status(_plain(self._text))
                    self._status.start()


# no process is split meanwhile: the new one would wait for ever for modules that a thread it has not was importing
_STARTING = threading.Lock()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_STARTING.acquire, after_in_parent=_STARTING.release, after_in_child=_STARTING.release)


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
