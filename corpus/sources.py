"""Where a series comes from: a file, a folder, a glob, several of them, or the sample that ships with litany."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import islice
from pathlib import Path

from .errors import InputError
from .readers import MARKDOWN_SUFFIXES
from .report import Notice, Skipped

Source = str | os.PathLike[str]


TEXT_SUFFIXES = MARKDOWN_SUFFIXES | {".txt"}


@dataclass(frozen=True, slots=True)
class File:
    """One file to be read."""

    path: str
    """As the user named it, with forward slashes."""
    location: Path
    """Where it is."""
    named: bool
    """The user named this very file; it was not found in a folder or by a glob."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a source holds, before any of it is read."""

    name: str
    """What a series from here is called by default."""
    files: tuple[File, ...]
    """The files, sorted by path."""
    whole: bool
    """One file was named: it may hold many reports. Otherwise each file is one report."""
    skipped: tuple[Skipped, ...] = ()
    """What is here and cannot be a report."""
    notices: tuple[Notice, ...] = ()
    """What a reader should know about how the source was understood."""


def find(source: Source | Sequence[Source]) -> Found:
    """The files that `source` names. Raises `InputError` where there is nothing of that name."""
    if isinstance(source, (str, os.PathLike)):
        return _one(os.fspath(source))
    names = [os.fspath(one) for one in source]
    if not names:
        raise InputError("no source given; name a file, a folder or a glob")
    found = [_one(name) for name in names]
    if len(found) == 1:
        return found[0]
    files = _once(file for part in found for file in part.files)
    return Found(
        name=_common_name(files),
        files=files,
        whole=len(files) == 1,
        skipped=_distinct(skip for part in found for skip in part.skipped),
        notices=tuple(dict.fromkeys(notice for part in found for notice in part.notices)),
    )


def _one(name: str) -> Found:
    path = Path(name)
    shown = _shown(name)
    if "\0" in name or not name:
        raise InputError(f"{name!r} is no path; name a file, a folder or a glob")
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except OSError as error:
        raise InputError(f"{shown}: {error.strerror or error}") from None
    if is_folder:
        return _folder(path, shown)
    if exists and not path.is_file():
        raise InputError(f"{shown}: is no regular file; save what it gives to one")
    if exists:
        notices = (_not_the_sample(shown),) if name == "sample" else ()
        return Found(path.stem or shown, (File(shown, path, named=True),), whole=True, notices=notices)
    if name == "sample":
        return _sample()
    if glob.has_magic(name):
        return _matches(name, shown)
    raise InputError(f"{shown}: no such file or folder; name a file, a folder, a glob or 'sample'")


def _sample() -> Found:
    location = Path(str(resources.files("litany.corpus.samples").joinpath("notices.md")))
    return Found("sample", (File("sample/notices.md", location, named=True),), whole=True)


def sample_article() -> File:
    """The newspaper article that ships with the sample series, and quotes it."""
    location = Path(str(resources.files("litany.corpus.samples").joinpath("article.txt")))
    return File("sample/article.txt", location, named=True)


def _not_the_sample(shown: str) -> Notice:
    message = "this is the file or folder named sample that is here, not the sample that ships with litany"
    return Notice("sample-shadowed", message, shown)


def _folder(path: Path, shown: str) -> Found:
    try:
        entries = sorted(path.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        raise InputError(f"{shown}: {error.strerror or error}") from None
    files: list[File] = []
    skipped: list[Skipped] = []
    for entry in entries:
        if entry.name.startswith((".", "~$")) or entry.name.endswith("~"):  # hidden, or an editor's own
            continue
        name = f"{shown.rstrip('/')}/{entry.name}"
        if entry.is_dir():
            skipped.append(Skipped(name, "a folder inside the folder is not read; name it by itself"))
        elif entry.is_symlink() and entry.is_file() and entry.resolve().parent == path.resolve():
            skipped.append(Skipped(name, f"is a link to {entry.resolve().name}, which is in this folder"))
        elif not entry.is_file():
            skipped.append(Skipped(name, "is no regular file; replace it by a copy of the file that is meant"))
        else:
            files.append(File(name, entry, named=False))
    if not files:
        inside = f" itself, {_folders_in(path, shown)}" if skipped else "; put one a report"
        raise InputError(f"{shown}: there is no file in this folder{inside}")
    notices = (_not_the_sample(shown),) if shown == "sample" else ()
    return Found(
        path.resolve().name or shown, tuple(files), whole=len(files) == 1, skipped=tuple(skipped), notices=notices
    )


def _folders_in(path: Path, shown: str) -> str:
    """What to do where a folder holds nothing but folders: name one, or all the files below them by a pattern."""
    folder = next((entry for entry in sorted(path.iterdir()) if entry.is_dir()), None)
    if folder is None:
        return "only what is no regular file; replace it by copies of the files that are meant"
    below = next((file for file in islice(folder.rglob("*.*"), 100) if file.suffix.lower() in TEXT_SUFFIXES), None)
    every = "" if below is None else f", or all files below them: '{shown.rstrip('/')}/**/*{below.suffix}'"
    return f"only folders such as {shown.rstrip('/')}/{folder.name}; name one of them{every}"


def _matches(pattern: str, shown: str) -> Found:
    paths = sorted(glob.glob(pattern, recursive=True))
    files = tuple(File(_shown(path), Path(path), named=False) for path in paths if Path(path).is_file())
    folders = tuple(
        Skipped(_shown(path), "the glob matches a folder, which is not read; name it by itself")
        for path in paths
        if Path(path).is_dir()
    )
    if not files:
        raise InputError(f"{shown}: the glob matches no file; quote it, and try it with ls")
    files = _once(files)
    return Found(_common_name(files), files, whole=len(files) == 1, skipped=folders)


def _shown(path: str) -> str:
    return path.replace(os.sep, "/") if os.sep != "/" else path


def _once(files: Iterable[File]) -> tuple[File, ...]:
    """Each file once, however often and in whatever way it was named, sorted by path."""
    kept: dict[str, File] = {}
    for file in files:
        kept.setdefault(os.path.realpath(file.location), file)
    return tuple(sorted(kept.values(), key=lambda file: file.path))


def _distinct(skipped: Iterable[Skipped]) -> tuple[Skipped, ...]:
    return tuple(dict.fromkeys(skipped))


def _common_name(files: Sequence[File]) -> str:
    if len(files) == 1:
        return files[0].location.stem
    folder = os.path.commonpath([os.path.abspath(file.location.parent) for file in files])
    return Path(folder).name or "series"
