"""Whether a text is Markdown, told by its marks alone: plain text needs no parser."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_STRONG = re.compile(r"(?<![\w*\\])\*\*(?=\S)[^*\n]{1,300}?(?:  \n[^*\n]{1,300}?){0,3}(?<=\S)\*\*(?![\w*])")
_LINK = re.compile(r"(?<![\w\]])!?\[[^\[\]\n]{1,200}\]\((?:https?:|#|/|\.|mailto:|\w+[./#])[^()\s]{0,300}\)")
_ESCAPE = re.compile(r"\\[*_\[\]#`]")
_FENCE = re.compile(r"^ {0,3}```", re.MULTILINE)
_EMPHASIS = re.compile(r"^(?:[-*] )?\*(?=\S)[^*\n]{3,}(?<=\S)\*$", re.MULTILINE)


def looks_like_markdown(text: str) -> bool:
    """Whether a text shows so much Markdown that its asterisks and hashes are mark-up, not text."""
    if text.startswith(("---\n", "+++\n")) and "\n---\n" in text[:4000]:
        return True
    headings = _count(_HEADING, text, 2) if "#" in text else 0
    strong = _count(_STRONG, text, 2) if "**" in text else 0
    escapes = _count(_ESCAPE, text, 2) if "\\" in text else 0
    links = _count(_LINK, text, 2) if "](" in text else 0
    fences = _count(_FENCE, text, 2) // 2 if "```" in text else 0
    emphasis = _count(_EMPHASIS, text, 2) if "*" in text else 0
    return headings + strong + escapes + 2 * links + fences + emphasis >= 2


def _count(pattern: re.Pattern[str], text: str, enough: int) -> int:
    found = 0
    for _ in pattern.finditer(text):
        found += 1
        if found == enough:
            break
    return found
