"""What a real terminal shows: colours, widths, progress. Each runs behind a pseudo-terminal."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litany.reports.terminal import wrapped
from rich.cells import cell_len

pty = pytest.importorskip("pty", reason="needs pseudo-terminals")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

LITANY = Path(sys.executable).with_name("litany")


def shown(command: list[str | Path], columns: int = 60, environment: dict[str, str] | None = None) -> str:
    """What a terminal of that width gets of a command, errors included."""
    terminal, end = pty.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=end,
        stderr=end,
        env={**kept, "TERM": "xterm-256color", **(environment or {})},
    ):
        os.close(end)
        parts: list[bytes] = []
        while True:
            try:
                part = os.read(terminal, 65536)
            except OSError:  # how Linux says that the other side is closed
                break
            if not part:
                break
            parts.append(part)
    os.close(terminal)
    return b"".join(parts).decode()


@pytest.mark.parametrize(
    ("options", "environment", "colored"),
    [
        ([], {}, True),
        (["--color", "never"], {}, False),
        ([], {"NO_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        ([], {"TERM": "dumb"}, False),
    ],
)
def test_a_terminal_gets_colours_unless_they_are_not_wanted(
    options: list[str], environment: dict[str, str], colored: bool
) -> None:
    out = shown([LITANY, "diff", "sample", "2019", "--quiet", "--context", "0", *options], environment=environment)
    assert ("\x1b[9;38;5;166m59th\x1b[0m" in out) == colored
    assert ("[-59th-] {+62nd+}" in out) != colored


def test_a_terminal_gets_lines_of_its_width() -> None:
    lines = shown([LITANY, "diff", "sample", "2019", "--quiet", "--color", "never"], columns=44).splitlines()
    assert 40 <= max(map(len, lines)) <= 44


@pytest.mark.parametrize(("columns", "beside"), [(119, False), (120, True), (400, True)])
def test_a_wide_terminal_gets_old_and_new_beside_each_other(columns: int, beside: bool) -> None:
    out = shown([LITANY, "diff", "sample", "2019", "--quiet", "--color", "never"], columns=columns)
    assert ("│" in out) == beside
    assert max(map(len, out.splitlines())) <= 200


WAIT = """
import sys, time
from litany.reports.terminal import Progress
progress = Progress({enabled})
progress.begin()
progress.stage("comparing [bold]6[/bold] reports")
time.sleep({seconds})
progress.say("litany: note: [a] note")
progress.end()
"""


@pytest.mark.parametrize(("enabled", "seconds", "seen"), [(True, 1.6, True), (True, 0.1, False), (False, 1.3, False)])
def test_progress_is_shown_when_it_takes_long(enabled: bool, seconds: float, seen: bool) -> None:
    out = shown([sys.executable, "-c", WAIT.format(enabled=enabled, seconds=seconds)])
    assert ("comparing [bold]6[/bold] reports" in out) == seen
    assert "litany: note: [a] note" in out


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("one two three four", ["> one two", "  three", "  four"]),
        ("港の灯は油を惜しんで。", ["> 港の灯は", "  油を惜し", "  んで。"]),
        ("その夜に、港の灯「あり」", ["> その夜", "  に、港の", "  灯「あ", "  り」"]),
        ("สมาชิกทั้งหมด แล้ว", ["> สมาชิกทั้งห", "  มด แล้ว"]),
        ("naïve words here", ["> naïve", "  words", "  here"]),
    ],
)
def test_lines_are_as_wide_as_they_look(text: str, rows: list[str]) -> None:
    assert wrapped(text, 10, "> ", "  ") == rows


@given(st.text(st.sampled_from("ab 。、「」港の灯ทั้é"), min_size=1).filter(str.strip))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str) -> None:
    rows = wrapped(text, 12, "* ", "  ")
    assert "".join("".join(row[2:] for row in rows).split()) == "".join(text.split())
    assert all(cell_len(row) <= 12 for row in rows if not any(mark in row for mark in "。、「」"))
