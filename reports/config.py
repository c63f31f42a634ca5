"""What a project says once instead of on every command line: `[tool.litany]` in pyproject.toml, or litany.toml."""

from __future__ import annotations

import datetime
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, cast

import msgspec

from ..corpus.errors import UsageError

_WANTED = {
    "name": "text in quotes",
    "dates": 'a table of file names and dates, such as "report.md" = 2019-05-02',
    "measure": "tfidf, jaccard, containment, edit or reuse, in quotes",
    "likeness": "a number from 0 to 1",
    "shingle": "a whole number, 1 or more",
    "context": "a whole number, 0 or more",
    "check": 'a table such as [check] fail-on = "warning"',
}


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of a project. An option on the command line wins over each."""

    name: str | None = None
    """What the series is called."""
    dates: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    """The dates of files that do not tell it themselves, by file name."""
    measure: Literal["tfidf", "jaccard", "containment", "edit", "reuse"] = "tfidf"
    """How `litany heatmap` says how alike two reports are."""
    likeness: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.3
    """Linked sentences less alike than this count as dropped and new."""
    shingle: Annotated[int, msgspec.Meta(ge=1)] = 4
    """Words in a shingle, for the containment measure."""
    context: Annotated[int, msgspec.Meta(ge=0)] = 1
    """Unchanged paragraphs that `litany diff` shows beside each changed one."""
    check: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])
    """What `litany check` is to look for: see `check_config`."""


def find_config(sources: Iterable[str]) -> Path | None:
    """The config nearest to the sources: in their folders or above, then in the working directory or above."""
    for folder in _folders(sources):
        for name in ("litany.toml", "pyproject.toml"):
            path = folder / name
            if path.is_file() and (name == "litany.toml" or "litany" in _table(path, "tool")):
                return path
    return None


def read_config(path: Path | None) -> Config:
    """The settings in a file; the defaults where there is none.

    Raises `UsageError` with file, line and remedy for one that is broken or holds keys that do not exist.
    """
    if path is None:
        return Config()
    table = _parsed(path)
    if path.name == "pyproject.toml":
        table = _table(path, "tool").get("litany", {})
    if not isinstance(table, dict):
        raise UsageError(f"{path}: [tool.litany] is not a table")
    unknown = next((key for key in table if key not in Config.__struct_fields__), None)
    if unknown is not None:
        raise UsageError(
            f"{at_key(path, unknown)}: unknown key {unknown!r}; {nearest_name(unknown, Config.__struct_fields__)}"
        )
    try:
        config = msgspec.convert(
            {key: _plain(value) if key == "dates" else value for key, value in table.items()}, Config
        )
    except msgspec.ValidationError as error:
        key = re.split(r"\W+", str(error).partition(" - at ")[2].strip("`$."))[0]
        raise UsageError(f"{at_key(path, key)}: {key} must be {_WANTED[key]}") from error
    _check_dates(path, config.dates)
    return config


def _check_dates(path: Path, dates: Mapping[str, str]) -> None:
    from ..corpus.dates import parse_date

    for file, text in dates.items():
        if parse_date(text) is None:
            raise UsageError(f"{at_key(path, file)}: {text!r} is no date; write it as 2004, 2004-03 or 2004-01-20")


def _folders(sources: Iterable[str]) -> Iterator[Path]:
    for source in sources:
        path = Path(source)
        fixed = next((parent for parent in (path, *path.parents) if os.path.exists(parent)), None)
        if fixed is not None and source != "sample":
            start = fixed.resolve() if fixed.is_dir() else fixed.resolve().parent
            yield from (start, *start.parents)
    here = Path.cwd()
    yield from (here, *here.parents)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column \d+\)", str(error))
        reason = re.sub(r"\s*\(at [^)]*\)$", "", str(error))
        line = f":{place[1]}" if place else ""
        raise UsageError(f"{path}{line}: is not TOML: {reason}; mend that line") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{path}: cannot be read: {reason}; name another with --config") from error


def _table(path: Path, name: str) -> dict[str, Any]:
    found = _parsed(path).get(name, {})
    return cast(dict[str, Any], found) if isinstance(found, dict) else {}


def _plain(value: Any) -> Any:
    """Dates as text: TOML knows them without quotes, and a year looks like a number."""
    if not isinstance(value, dict):
        return value
    items = cast(dict[str, Any], value).items()
    return {key: str(inner) if isinstance(inner, datetime.date | int) else inner for key, inner in items}


def at_key(path: Path | None, key: str) -> str:
    """The file and the line of a key; the file alone where the line is not found."""
    if path is None:
        return "settings"
    begun = path.name != "pyproject.toml"
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        begun = begun or re.match(r"\s*\[+\s*tool\s*\.\s*litany\b", line) is not None
        if begun and re.match(rf"\s*(\[[^\]]*?)?[\"']?{re.escape(key)}[\"']?\s*[\].=]", line):
            return f"{path}:{number}"
    return str(path)


def nearest_name(name: str, known: Sequence[str]) -> str:
    """The remedy for a name that is not known: the one that was meant, or all there are."""
    from rapidfuzz import process

    best = process.extractOne(name.lower(), known, score_cutoff=60)
    return f"did you mean {best[0]!r}?" if best is not None else f"there are {', '.join(known)}"
