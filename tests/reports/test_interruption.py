"""Signals end the program whatever drops what they raise, and those of others are left alone."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from litany.reports.interruption import end_if_asked, ended_by_signals
from litany.reports.outputs import write_file, write_folder, write_stdout

ENDS = [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit), (signal.SIGHUP, SystemExit)]


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    """What a program starts with in a terminal, whatever runs the tests: `nohup` ignores one, `&` another."""
    before = {number: signal.getsignal(number) for number, _ in ENDS}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def dropped(number: int) -> None:
    """A signal whose exception nobody gets to see, as C code may do it."""
    with suppress(KeyboardInterrupt, SystemExit):
        os.kill(os.getpid(), number)


def folder_of_two(path: Path, number: int) -> None:
    def made() -> Iterator[tuple[str, bytes]]:
        dropped(number)
        yield "one", b"1"
        pytest.fail("went on after it had been asked to end")

    write_folder(path / "out", made())


def file(path: Path, number: int) -> None:
    dropped(number)
    write_file(path / "out", b"new")


def stdout(_: Path, number: int) -> None:
    dropped(number)
    write_stdout("text")


@pytest.mark.parametrize(("number", "kind"), ENDS)
@pytest.mark.parametrize("write", [folder_of_two, file, stdout])
def test_what_was_dropped_is_raised_where_output_is_written(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    write: Callable[[Path, int], None],
    number: int,
    kind: type[BaseException],
) -> None:
    with pytest.raises(kind) as raised, ended_by_signals():
        write(tmp_path, number)
    if isinstance(raised.value, SystemExit):
        assert raised.value.code == 128 + number
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("number", "kind"), ENDS)
def test_it_is_raised_at_once_where_nobody_drops_it(number: int, kind: type[BaseException]) -> None:
    with pytest.raises(kind), ended_by_signals():
        os.kill(os.getpid(), number)


def test_all_is_as_before_behind_it() -> None:
    before = [signal.getsignal(number) for number, _ in ENDS]
    with ended_by_signals():
        dropped(signal.SIGTERM)
    end_if_asked()
    assert [signal.getsignal(number) for number, _ in ENDS] == before


def test_signals_that_the_program_handles_or_ignores_stay_its_own() -> None:
    seen: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: seen.append(number)), signal.getsignal(signal.SIGHUP)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ended_by_signals():
            os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGHUP)
            end_if_asked()
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGHUP, before[1])
    assert seen == [signal.SIGTERM]
