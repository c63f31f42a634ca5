"""Front matter: the block of fields that may open a Markdown or text file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

_DATE_KEYS = (
    "date",
    "published",
    "issued",
    "publication_date",
    "publish_date",
    "pubdate",
    "dated",
    "datum",
    "fecha",
    "year",
    "updated",
)
_FIELD = re.compile(r"([A-Za-z_][\w .-]*?)\s*[:=]\s*(.*)")
_LINE = re.compile(r"\s*$|\s*#|\s+\S|-\s|\[|[\"']?[A-Za-z_][\w .-]*[\"']?\s*[:=](?:\s|$|[\"'\[{\d])")
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"')
_SINGLE = re.compile(r"'((?:[^']|'')*)'")
_BLOCK = re.compile(r"[|>][-+\d]*\s*$")  # what follows on indented lines is the value
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "f": "\f", "e": "\x1b", "N": "\x85", "_": "\xa0"}
_MOST = 20_000  # characters; a longer block is no front matter


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a document's front matter says."""

    end: int
    """Offset of the text behind it; 0 where there is none."""
    date: str = ""
    """The date that it states, as it stands there."""
    title: str = ""
    """The title that it states."""


def front_matter(text: str) -> FrontMatter:
    """The fields between two lines of --- (YAML) or +++ (TOML) at the very beginning of a document."""
    fence = text[:3]
    if fence not in ("---", "+++") or text[3:].split("\n", 1)[0].strip():
        return FrontMatter(0)
    close = re.compile(rf"^(?:{re.escape(fence)}|\.\.\.)[ \t]*$", re.MULTILINE).search(text, text.find("\n") + 1, _MOST)
    if close is None:
        return FrontMatter(0)
    lines = text[: close.start()].split("\n")[1:]
    fields: dict[str, str] = {}
    for k, line in enumerate(lines):
        if not _LINE.match(line):
            return FrontMatter(0)
        if found := _FIELD.match(line):
            key, value = found.group(1).lower().replace("-", "_"), found.group(2)
            fields.setdefault(key, _below(lines, k) if _BLOCK.match(value) else _scalar(value))
    if not fields:
        return FrontMatter(0)
    date = next((fields[key] for key in _DATE_KEYS if fields.get(key)), "")
    return FrontMatter(min(len(text), close.end() + 1), date, fields.get("title", ""))


def _scalar(value: str) -> str:
    """A value as YAML and TOML mean it: without its quotes and what they escape, without a comment."""
    if found := _DOUBLE.match(value):
        return _ESCAPE.sub(_unescaped, found.group(1))
    if found := _SINGLE.match(value):
        return found.group(1).replace("''", "'")
    return re.split(r"(?:^|\s)#", value)[0].strip()


def _unescaped(found: re.Match[str]) -> str:
    code = found.group(1) or found.group(2) or found.group(3)
    if code is None:
        return _ESCAPED.get(found.group(4), found.group(4))
    return chr(int(code, 16)) if int(code, 16) < 0x110000 else "\ufffd"


def _below(lines: list[str], k: int) -> str:
    """The indented lines below line k, as one."""
    indented = takewhile(lambda line: not line.strip() or line[0].isspace(), lines[k + 1 :])
    return " ".join(" ".join(indented).split())
