"""Running headers and footers: lines of the page, not of the text, told by what they interrupt."""

from __future__ import annotations

import re
from collections import Counter

from .headings import visible

MOST_CHARACTERS = 100  # a longer line is no running head
_OFTEN = 3
_DIGITS = re.compile(r"\d+")
_CLOSED = re.compile(r"[.!?:;…。！？]['\"”’»)\]*_]*$")
_BLANK = " \t\x0c"


def shape_of(line: str) -> str:
    """A line as a reader sees it, its numbers left open: what the running heads of all pages have in common."""
    return _DIGITS.sub("0", visible(line).lstrip("# "))


def running_lines(text: str) -> frozenset[str]:
    """The shapes of lines that stand alone, come back, and stand in the middle of a sentence more than once."""
    lines = text.split("\n")
    alone = _alone(lines)
    counts = Counter(alone.values())
    often = {shape for shape, count in counts.items() if count >= _OFTEN and shape[:1] and not shape[0].islower()}
    if not often:
        return frozenset()
    passed = {k for k, shape in alone.items() if shape in often or not any(map(str.isalpha, shape))}
    cuts = Counter(alone[k] for k in passed if _cuts(lines, k, passed))
    return frozenset(shape for shape, count in cuts.items() if count > 1 and shape in often)


def _alone(lines: list[str]) -> dict[int, str]:
    """The shapes of the short lines with an empty line or a page's edge on either side."""
    alone: dict[int, str] = {}
    before = ""
    for k, line in enumerate(lines):
        if 0 < len(line) <= MOST_CHARACTERS and (not before or not before.strip(_BLANK) or line[0] == "\x0c"):
            after = lines[k + 1] if k + 1 < len(lines) else ""
            if (not after or after[0] == "\x0c" or not after.strip(_BLANK)) and line.strip(_BLANK):
                alone[k] = shape_of(line)
        before = line
    return alone


def _cuts(lines: list[str], k: int, passed: set[int]) -> bool:
    """Whether a sentence runs on from the text above line k to the text below it."""
    above = next((lines[n] for n in range(k - 1, max(-1, k - 12), -1) if _is_text(lines, n, passed)), "")
    below = next((lines[n] for n in range(k + 1, min(len(lines), k + 12)) if _is_text(lines, n, passed)), "")
    return bool(above) and below.lstrip(_BLANK)[:1].islower() and not _CLOSED.search(above.rstrip())


def _is_text(lines: list[str], k: int, passed: set[int]) -> bool:
    return k not in passed and any(map(str.isalnum, lines[k]))
