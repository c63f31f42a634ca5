"""Results on disk: whole or not at all.

What stood there before stays until the new is complete, and comes back if putting it in place fails.
"""

from __future__ import annotations

import errno
import io
import json
import os
import secrets
import shutil
import sys
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TextIO

from ..analysis.settings import litany_version
from ..corpus.errors import OutputError
from .interruption import end_if_asked
from .terminal import printable

MANIFEST = ".litany.json"
"""The file in a folder of ours that lists what we wrote there, by the name of the output."""

_REASONS = {
    errno.EACCES: "no permission to write here",
    errno.EPERM: "no permission to write here",
    errno.EROFS: "the file system is read-only",
    errno.ENOSPC: "no space left on the device",
    errno.EDQUOT: "your disk quota is used up",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EISDIR: "there is a folder of that name",
}


def write_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file under a temporary name and move it into place. Devices and pipes are written to, never replaced.

    Raises `OutputError` naming the path and the remedy.
    """
    target = Path(os.path.realpath(path))
    with _explained(path):
        if target.is_dir():
            raise OutputError(f"{os.fspath(path)}: is a folder; name a file")
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        if not target.parent.exists():
            raise OutputError(f"{os.fspath(path)}: there is no folder {target.parent}; make it first")
        if target.exists() and not os.access(target, os.W_OK):
            raise OutputError(f"{os.fspath(path)}: is read-only; choose another place with -o")
        _replace(target, data)


def _replace(target: Path, data: bytes) -> None:
    part = _beside(target)
    try:
        part.write_bytes(data)
        end_if_asked()
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_stdout(result: str | bytes) -> None:
    """Write to standard output: text as it is, bytes unchanged, but nothing in them that could command a terminal.

    Raises `OutputError` where that cannot be done, and `BrokenPipeError` where nobody reads on.
    """
    end_if_asked()
    stream = sys.stdout
    if stream is None:  # pyright: ignore[reportUnnecessaryComparison] - a program may be started without one
        raise OutputError("standard output is closed; name a file with -o")
    try:
        if isinstance(result, str):
            stream.write(result)
        elif stream.isatty() or not isinstance(stream, io.TextIOWrapper):
            stream.write(printable(result.decode()))
        else:
            stream.buffer.write(result)
        stream.flush()
    except OSError as error:
        _abandon(stream)
        if isinstance(error, BrokenPipeError):
            raise
        raise OutputError(f"standard output: {_reason(error)}; name a file with -o") from error


def _abandon(stream: TextIO) -> None:
    """Let what is still to be written go nowhere, so that Python does not complain about it at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write_folder(folder: str | os.PathLike[str], files: Iterable[tuple[str, bytes]], *, what: str = "report") -> None:
    """Write all files, given as relative paths and contents, or none; `what` names the output that they make up.

    Files that an earlier run wrote for the same output and that are not written now are removed; all others stay.
    Raises `OutputError` naming the path and the remedy, as where a file that is not ours would be overwritten.
    """
    target = Path(os.path.realpath(folder))
    with _explained(folder):
        taken = next((path for path in (target, *target.parents) if path.exists() and not path.is_dir()), None)
        if taken is not None:
            raise OutputError(f"{taken if taken != target else os.fspath(folder)}: is a file; name a folder")
        known = _read_manifest(target)
        made = [parent for parent in target.parents if not parent.exists()]
        stage = _stage_for(target)
    moves = _Moves()
    try:
        with _explained(folder):
            (stage / "new").mkdir(parents=True)
        names = _write_all(stage / "new", files, folder)
        with _explained(folder):
            _write_manifest(stage / "new" / MANIFEST, {**known, what: names})
            _put_in_place(stage, target, names, known, what, moves)
        moves.settle()
    except BaseException:
        moves.undo()
        shutil.rmtree(stage, ignore_errors=True)
        for parent in made:
            with suppress(OSError):
                parent.rmdir()
        raise
    finally:
        if moves.settled:  # else the stage stays: it holds what stood there before and could not be moved back
            shutil.rmtree(stage, ignore_errors=True)


class _Moves:
    """Renames that can be taken back."""

    def __init__(self) -> None:
        self._done: list[tuple[Path, Path]] = []

    def move(self, source: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        self._done.append((source, target))  # first, so that an interruption right after the rename is seen
        source.rename(target)

    @property
    def settled(self) -> bool:
        """True where nothing is left to be taken back."""
        return not self._done

    def settle(self) -> None:
        self._done.clear()

    def undo(self) -> None:
        while self._done:
            source, target = self._done[-1]
            if os.path.lexists(target) and not os.path.lexists(source):
                target.rename(source)
            self._done.pop()


def _stage_for(target: Path) -> Path:
    """The path of a new folder from which files can be renamed into the target: beside it, or in a mount point."""
    stage = _beside(target)
    if target.exists() and (
        not os.access(target.parent, os.W_OK) or target.stat().st_dev != target.parent.stat().st_dev
    ):
        stage = target / stage.name
    return stage


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:40]}.part-{secrets.token_hex(4)}")


def _write_all(root: Path, files: Iterable[tuple[str, bytes]], folder: str | os.PathLike[str]) -> list[str]:
    """Write the files under `root`; their names, sorted."""
    names: set[str] = set()
    for name, data in files:
        if not _is_inner(name) or name in names or name == MANIFEST:
            raise ValueError(f"not a name for a file of an output folder: {name!r}")
        names.add(name)
        with _explained(folder):
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        end_if_asked()
    return sorted(names)


def _put_in_place(
    stage: Path, target: Path, names: list[str], known: Mapping[str, list[str]], what: str, moves: _Moves
) -> None:
    mine = known.get(what, [])
    if stage.parent == target.parent and _found(target) <= {*mine, MANIFEST}:
        if target.exists():
            shutil.copymode(target, stage / "new")
            moves.move(target, stage / "old")
        moves.move(stage / "new", target)
        return
    ours = {MANIFEST, *(name for listed in known.values() for name in listed)}
    _refuse_foreign(target, set(names) - ours)
    kept = {*names, *(name for other, listed in known.items() if other != what for name in listed)}
    stale = [name for name in mine if name not in kept and not _is_folder(target / name)]
    for name in [*stale, MANIFEST, *sorted(names, key=lambda name: (name == "index.html", name))]:
        place = _checked(target, name)
        if os.path.lexists(place):
            moves.move(place, stage / "old" / name)
        if name not in stale:
            moves.move(stage / "new" / name, place)
    _remove_empty(target, stale)


def _found(target: Path) -> set[str]:
    """All that is in the folder and is not a folder; a folder with nothing in it counts, as someone made it."""
    found: set[str] = set()
    for root, folders, files in os.walk(target):
        here = Path(root).relative_to(target)
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        found.update((here / name).as_posix() for name in [*files, *links])
        if not folders and not files and here != Path():
            found.add(here.as_posix())
    return found


def _refuse_foreign(target: Path, names: set[str]) -> None:
    foreign = sorted(name for name in names if os.path.lexists(target / name))
    if foreign:
        raise OutputError(
            f"{target / foreign[0]}: is in the way and litany did not write it; move it away or name another folder"
        )


def _checked(target: Path, name: str) -> Path:
    place = target / name
    if not Path(os.path.realpath(place.parent)).is_relative_to(target):
        raise OutputError(f"{place.parent}: leads out of the output folder; remove that link or name another folder")
    if _is_folder(place):
        raise OutputError(f"{place}: a folder is where a file has to go; move it away or name another folder")
    return place


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _remove_empty(target: Path, names: Iterable[str]) -> None:
    """Remove folders that the removed files leave empty."""
    folders = {parent for name in names for parent in PurePosixPath(name).parents if parent != PurePosixPath(".")}
    for folder in sorted(folders, key=lambda folder: -len(folder.parts)):
        with suppress(OSError):
            (target / folder).rmdir()


def _is_inner(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(name) and path.as_posix() == name and not path.is_absolute() and ".." not in path.parts and name != "."


def _read_manifest(target: Path) -> dict[str, list[str]]:
    """What earlier runs wrote, by output. What cannot be read, or is no name of a file in the folder, is not listed."""
    try:
        outputs = json.loads((target / MANIFEST).read_bytes())["outputs"]
        return {
            str(what): [name for name in listed if isinstance(name, str) and _is_inner(name)]
            for what, listed in outputs.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _write_manifest(path: Path, outputs: Mapping[str, list[str]]) -> None:
    content = {"schema": "litany/output/1", "litany": litany_version(), "outputs": dict(sorted(outputs.items()))}
    path.write_bytes(json.dumps(content, indent=1, ensure_ascii=False).encode() + b"\n")


@contextmanager
def _explained(path: str | os.PathLike[str]) -> Generator[None]:
    """An error of the operating system as one line: the path as the user gave it, what is wrong, and the remedy."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{os.fspath(path)}: {_reason(error)}; choose another place with -o") from error


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, (error.strerror or str(error)).lower())
