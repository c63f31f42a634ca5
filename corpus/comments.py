"""Comments to litany inside a text: `<!-- litany: ignore weekday: the almanac is wrong -->`.

In any text they can be written so; a line of its own may also begin with #, //, %, ;, -- or .. instead. Cleaning takes
them out, so that they are no part of the prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKUP = re.compile(r"<!--\s*litany:\s*(?P<what>.{0,1000}?)\s*-->", re.DOTALL | re.IGNORECASE)
_LINE = re.compile(
    r"^[ \t]*(?:#|//|%|;|--|\.\.)[ \t]*litany:[ \t]*(?P<what>ignore\b.*?)[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_IGNORE = re.compile(
    r"ignore\s+(?P<rules>[\w-]+(?:\s*,\s*[\w-]+)*)\s*(?::\s*(?P<reason>.*))?", re.DOTALL | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment to litany."""

    start: int
    """Offset in the document of its first character."""
    end: int
    """Offset behind its last character."""
    rules: tuple[str, ...]
    """The rules that it asks to ignore; none where it cannot be read."""
    reason: str
    """Why; empty where it does not say."""


def comments_in(text: str) -> list[Comment]:
    """The comments to litany in a document, in order."""
    if "litany:" not in text.casefold():
        return []
    found = sorted((*_MARKUP.finditer(text), *_LINE.finditer(text)), key=lambda match: match.start())
    return [_comment(match) for match in found]


def _comment(match: re.Match[str]) -> Comment:
    asked = _IGNORE.fullmatch(match["what"])
    rules = tuple(rule.strip() for rule in asked["rules"].split(",")) if asked else ()
    reason = " ".join((asked["reason"] or "").split()) if asked else ""
    return Comment(match.start(), match.end(), rules, reason)


def without_comments(text: str) -> list[tuple[int, int, str]]:
    """The edits that take them out of a text: a line that holds nothing else goes as a whole."""
    edits: list[tuple[int, int, str]] = []
    for comment in comments_in(text):
        start = text.rfind("\n", 0, comment.start) + 1
        end = text.find("\n", comment.end)
        end = len(text) if end < 0 else end + 1
        alone = not text[start : comment.start].strip() and not text[comment.end : end].strip()
        first, last = (start, end) if alone else (comment.start, comment.end)
        edits.append((max(first, edits[-1][1] if edits else 0), last, ""))
    return edits


def lines_meant(text: str, comment: Comment) -> tuple[int, int]:
    """The lines, from 1, that a comment is about: those of its paragraph, or where it stands alone of the next one."""
    lines = text.split("\n")
    first = text.count("\n", 0, comment.start)
    last = text.count("\n", 0, comment.end)
    begin = _edge(lines, first, -1)
    end = _edge(lines, last, 1)
    rest = "\n".join(lines[begin : end + 1])
    if "".join(part for part in _outside(rest)).strip():
        return begin + 1, end + 1
    after = end + 1
    while after < len(lines) and not lines[after].strip():
        after += 1
    return begin + 1, min(_edge(lines, after, 1), len(lines) - 1) + 1 if after < len(lines) else end + 1


def _edge(lines: list[str], at: int, step: int) -> int:
    """The last line in one direction before an empty one."""
    while 0 <= at + step < len(lines) and lines[at + step].strip():
        at += step
    return at


def _outside(text: str) -> list[str]:
    """What stands between the comments."""
    found = comments_in(text)
    bounds = [0, *(edge for comment in found for edge in (comment.start, comment.end)), len(text)]
    return [text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True)]
