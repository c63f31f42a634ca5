"""What earlier runs computed, kept on disk by the content that it was computed from.

One sqlite file in the user's cache folder. A value is found by a hash of all that it depends on, so that it is never
out of date; it is JSON, so that reading it runs nothing. Several processes may use it at once. What is damaged is
thrown away and computed anew; a cache that cannot be used at all is done without.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

FILE = "cache-1.sqlite"
"""The number goes up when the form of the values changes."""
LARGEST = 256 * 1024 * 1024
"""Bytes of values from which the oldest are removed, a half of all at once."""
WAIT = 10.0
"""Seconds to wait for another process that writes."""
FOLDER = "LITANY_CACHE_DIR"
"""The environment variable that names another folder; empty for no cache."""


def cache_folder(chosen: str | bool | None = None) -> Path | None:
    """The folder of the cache: the environment's, the settings', else `litany` in the user's cache folder.

    None where there is to be no cache.
    """
    named = os.environ.get(FOLDER)
    if named is not None:
        return Path(named) if named else None
    if chosen is False or chosen == "":
        return None
    if isinstance(chosen, str):
        return Path(chosen)
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    with suppress(RuntimeError):  # no home folder
        return (Path(home) if home else Path.home() / ".cache") / "litany"
    return None


def content_key(*parts: str) -> str:
    """A hash of the parts, in which their bounds count."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


class Cache:
    """A place for JSON values by key. Without a folder, or where sqlite cannot be used, it holds nothing."""

    def __init__(self, folder: Path | None, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._path = None if folder is None else folder / FILE
        self._new: dict[str, Any] = {}
        self.hits = self.misses = 0
        if self._path is not None:
            self._prepare()

    def __contains__(self, key: str) -> bool:
        return self.get_many([key]) != {}

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        """The values that are known, by key; those that are damaged are as good as unknown."""
        wanted = list(keys)
        rows = self._try(lambda connection: _selected(connection, wanted)) or []
        found = {key: value for key, data in rows if (value := _value(data)) is not None}
        self.hits += len(found)
        self.misses += len(wanted) - len(found)
        return found

    def put(self, key: str, value: Any) -> None:
        """Remember a value; it is written by `save`."""
        self._new[key] = value

    def save(self) -> None:
        """Write what is new, all of it or nothing."""
        rows = [(key, _data(value)) for key, value in sorted(self._new.items())]
        self._new = {}
        if rows:
            self._try(lambda connection: _inserted(connection, rows))

    # -- the file -----------------------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        assert self._path is not None  # noqa: S101 - asked for only where there is one
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._give_up(error)
            return
        self._try(_made)

    def _try(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        """What `work` gives; a damaged file is removed and made anew, once; None where that does not help."""
        for attempt in range(2):
            if self._path is None:
                return None
            try:
                with closing(_opened(self._path)) as connection, connection:
                    return work(connection)
            except sqlite3.OperationalError as error:  # locked for long, no permission, no space, no table
                if "no such table" not in str(error) or attempt:
                    self._give_up(error)
                    return None
                self._try(_made)
            except sqlite3.DatabaseError as error:
                if attempt:
                    self._give_up(error)
                    return None
                self._rebuild(error)
        return None

    def _rebuild(self, error: Exception) -> None:
        assert self._path is not None  # noqa: S101 - it was just opened
        self._tell(f"note: the cache {self._path} is damaged ({error}) and is made anew")
        for ending in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                os.unlink(f"{self._path}{ending}")
        path, self._path = self._path, None
        try:
            with closing(_opened(path)) as connection, connection:
                _made(connection)
            self._path = path
        except sqlite3.Error as second:
            self._give_up(second)

    def _give_up(self, error: Exception) -> None:
        self._tell(f"note: the cache {self._path} cannot be used ({error}); name another folder with {FOLDER}")
        self._path = None


def _opened(path: Path) -> sqlite3.Connection:
    """A connection whose every write asks for its lock first, and so waits for it.

    Without that (and with a write-ahead log, while another process opens or closes it) sqlite does not wait where it
    sees that waiting could go on for ever: it answers 'database is locked' at once.
    """
    return sqlite3.connect(path, timeout=WAIT, isolation_level="IMMEDIATE")


def _made(connection: sqlite3.Connection) -> None:
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'entries'").fetchone() is None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value BLOB NOT NULL)")


def _selected(connection: sqlite3.Connection, keys: list[str]) -> list[tuple[str, bytes]]:
    rows: list[tuple[str, bytes]] = []
    for at in range(0, len(keys), 500):  # sqlite takes so many at once in every version
        some = keys[at : at + 500]
        marks = ",".join("?" * len(some))
        rows += connection.execute(f"SELECT key, value FROM entries WHERE key IN ({marks})", some)  # noqa: S608 - question marks
    return rows


def _inserted(connection: sqlite3.Connection, rows: list[tuple[str, bytes]]) -> None:
    connection.executemany("INSERT OR REPLACE INTO entries (key, value) VALUES (?, ?)", rows)
    size: int = connection.execute("SELECT coalesce(sum(length(value)), 0) FROM entries").fetchone()[0]
    if size > LARGEST:
        half = "SELECT rowid FROM entries ORDER BY rowid LIMIT (SELECT count(*) / 2 FROM entries)"
        connection.execute(f"DELETE FROM entries WHERE rowid IN ({half})")  # noqa: S608 - our own words


def _data(value: Any) -> bytes:
    data = json.dumps(value, separators=(",", ":")).encode()
    return zlib.crc32(data).to_bytes(4, "big") + data


def _value(data: object) -> Any:
    """The value in a row; None where it is not what was written."""
    if not isinstance(data, bytes) or zlib.crc32(data[4:]).to_bytes(4, "big") != data[:4]:
        return None
    try:
        return json.loads(data[4:])
    except ValueError:
        return None
