"""Markdown to plain text, keeping the way back: what is mark-up goes, what a reader sees stays.

markdown-it-py finds the blocks and the inline mark-up. Its tokens tell lines only, so the inline rules are wrapped to
record which characters of the source each of them takes for text. Everything that is not recorded is mark-up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from .traced import Edit, Traced

# What the plain text that comes out says about its lines. Control characters cannot stand in the text itself.
PAGE_BREAK = "\x0c"  # a line of its own: a rule, which in these texts mostly is a page break
SECTION_MARK = "\x1d"  # a line of its own: a rule of asterisks
HEADING = "\x1e"  # before a heading
HARD_BREAK = "\x0b"  # at the end of a line that ends on purpose

_SPECIAL = re.compile(r"[*_\\`<>&\[\]!]| {2}\n")
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>]*>|<[!?][^<>]*>", re.DOTALL)
_SCRIPT = re.compile(r"\s*<(?:script|style)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A stretch of the source that stays, and what stands between it and the one before."""

    before: str
    start: int
    end: int
    text: str | None = None


def to_plain(traced: Traced) -> Traced:
    """The text without its Markdown: paragraphs divided by an empty line, with the marks above on special lines."""
    text = traced.text
    starts = _line_starts(text)
    edits: list[Edit] = []
    at = 0
    for kept in _blocks(text, starts):
        if kept.start < at:  # never seen; a stretch kept twice would be worse than one left out
            continue
        if kept.before or kept.start > at:
            is_broken = kept.before[:2] == "\n\n" and PAGE_BREAK in text[at : kept.start]
            edits.append((at, kept.start, f"\n\n{PAGE_BREAK}{kept.before}" if is_broken else kept.before))
        if kept.text is not None:
            edits.append((kept.start, kept.end, kept.text))
        at = kept.end
    if at < len(text):
        edits.append((at, len(text), ""))
    return traced.edited(edits)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _blocks(text: str, starts: list[int]) -> Iterator[_Kept]:
    """What stays of a text, in order."""
    between = ""
    env: dict[str, Any] = {}  # the link references, known when the whole text is parsed
    for token, opened in _leaves(text, env):
        first, last = token.map or (0, 0)
        if token.type == "hr":
            between += "\n\n" + (SECTION_MARK if token.markup.startswith("*") else PAGE_BREAK)
            continue
        lead = between + "\n\n" + (HEADING if opened == "heading_open" else "")
        token.meta["env"] = env
        kept = _LEAVES[token.type](token, text, starts, first, last)
        for k, piece in enumerate(kept):
            yield _Kept(lead + piece.before if k == 0 else piece.before, piece.start, piece.end, piece.text)
            between = ""


def _leaves(text: str, env: dict[str, Any]) -> Iterator[tuple[Token, str]]:
    before = ""
    for token in _parser().parse(text, env):
        if token.type in _LEAVES or token.type == "hr":
            yield token, before
        before = token.type


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": 60}).disable(["inline", "code"])


def _code(token: Token, text: str, starts: list[int], first: int, last: int) -> Iterator[_Kept]:
    """The lines of a code block, each for itself."""
    closed = token.markup and text[starts[last - 1] : starts[last] - 1].strip().startswith(token.markup[:3])
    for line in range(first + 1, last - 1 if closed and last - first > 1 else last):
        yield _Kept(HARD_BREAK + "\n", starts[line], min(starts[line + 1] - 1, len(text)))


def _html(token: Token, text: str, starts: list[int], first: int, last: int) -> Iterator[_Kept]:
    """What stands between the tags of an HTML block."""
    start, end = starts[first], min(starts[last] - 1, len(text))
    if _SCRIPT.match(text, start):
        return
    at, before = start, ""
    for tag in [*_TAG.finditer(text, start, end), None]:
        upto = tag.start() if tag else end
        if text[at:upto].strip():
            yield _Kept(before, at, upto)
            before = ""
        at = tag.end() if tag else end
        if tag and re.match(r"</?(?:p|div|br|h\d|li|tr|ul|ol|table|blockquote)\b", tag.group(), re.IGNORECASE):
            before = "\n\n"


def _inline(token: Token, text: str, starts: list[int], first: int, last: int) -> Iterator[_Kept]:
    """The text of a paragraph or a heading."""
    content = token.content
    lines = content.split("\n")
    while first < last - len(lines) and not text[starts[first] : starts[first + 1]].strip():
        first += 1  # a line of other white space than Markdown knows, such as a form feed, is not in `content`
    places = _places(lines, text, starts, first)
    if not _SPECIAL.search(content) or _too_dense(content):
        for k, (line, place) in enumerate(zip(lines, places, strict=True)):
            yield _Kept("\n" if k else "", place, place + len(line))
        return
    offsets = _line_starts(content)
    line, gap = 0, ""
    for piece in _visible(content, token.meta["env"]):
        if piece.text in ("\n", HARD_BREAK + "\n"):
            gap += piece.text
            continue
        while piece.start >= offsets[line + 1]:
            line += 1
        shift = places[line] - offsets[line]
        yield _Kept(gap, piece.start + shift, piece.end + shift, piece.text)
        gap = ""


_LEAVES: dict[str, Callable[[Token, str, list[int], int, int], Iterator[_Kept]]] = {
    "inline": _inline,
    "fence": _code,
    "html_block": _html,
}


def _places(lines: list[str], text: str, starts: list[int], first: int) -> list[int]:
    """Where each line of a block's content stands in the text: what markdown-it took off is at its line's ends."""
    places: list[int] = []
    for k, line in enumerate(lines):
        start, end = starts[first + k], min(starts[first + k + 1] - 1, len(text))
        place = end - len(line) if text.endswith(line, start, end) else text.find(line, start, end)
        places.append(place if place >= 0 else max(start, end - len(line)))
    return places


def _too_dense(content: str) -> bool:
    """Whether a paragraph is more mark-up characters than a person would write: it is left as it stands."""
    if len(content) < 20_000:
        return False
    return sum(map(content.count, "*_[]`<!&\\")) * 10 > len(content)


@dataclass(slots=True)
class _Record:
    """What the wrapped inline rules saw: stretches of text, and emphasis marks that may turn out to be text."""

    pieces: list[_Kept]
    marks: list[tuple[int, Token]]


def _visible(content: str, known: dict[str, Any]) -> list[_Kept]:
    """The stretches of a paragraph that a reader sees, in order; a piece whose text is a line end is a break."""
    record = _Record([], [])
    env = {**known, "record": record}
    _inline_parser().inline.parse(content, _inline_parser(), env, [])
    literal = [_Kept("", at, at + 1) for at, token in record.marks if token.type == "text" and token.content]
    return sorted([*record.pieces, *literal], key=lambda piece: piece.start)


_Rule = Callable[[StateInline, bool], bool]


@cache
def _inline_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 60})
    parser.inline.ruler2.disable("fragments_join")
    rules = {rule.name: rule.fn for rule in parser.inline.ruler.__rules__}
    for name, record in _RECORDERS.items():
        parser.inline.ruler.at(name, _recorded(rules[name], record))
    parser.inline.ruler.at("image", _image)
    parser.inline.ruler.push("any", _any)
    return parser


def _recorded(rule: _Rule, record: Callable[[StateInline, int, int], None]) -> _Rule:
    def run(state: StateInline, silent: bool) -> bool:
        start, tokens = state.pos, len(state.tokens)
        if rule is _BACKTICKS and _is_apostrophe(state.src, start):
            return False
        taken = rule(state, silent)
        if taken and not silent and "record" in state.env:
            record(state, start, tokens)
        return taken

    return run


def _is_apostrophe(text: str, at: int) -> bool:
    """A single backtick behind a letter, as in people`s: no code begins there."""
    return text[at] == "`" and at > 0 and text[at - 1].isalnum() and text[at + 1 : at + 2] != "`"


def _any(state: StateInline, silent: bool) -> bool:
    """What no other rule takes is text."""
    if not silent:
        state.pending += state.src[state.pos]
        _keep(state, state.pos, state.pos + 1)
    state.pos += 1
    return True


def _keep(state: StateInline, start: int, end: int, text: str | None = None) -> None:
    if "record" in state.env:
        state.env["record"].pieces.append(_Kept("", start, end, text))


def _record_text(state: StateInline, start: int, tokens: int) -> None:
    _keep(state, start, state.pos)


def _record_newline(state: StateInline, start: int, tokens: int) -> None:
    _keep(state, start, start + 1, (HARD_BREAK if state.tokens[-1].type == "hardbreak" else "") + "\n")


def _record_escape(state: StateInline, start: int, tokens: int) -> None:
    token = state.tokens[-1]
    if token.type == "hardbreak":
        _keep(state, start, start + 1, HARD_BREAK + "\n")
    elif token.content == state.src[start + 1 : start + 2]:
        _keep(state, start + 1, start + 2)
    else:  # before a letter a backslash is text
        _keep(state, start, state.pos)


def _record_code(state: StateInline, start: int, tokens: int) -> None:
    token = state.tokens[-1] if len(state.tokens) > tokens else None
    if token is None or token.type != "code_inline":
        _keep(state, start, state.pos)
        return
    ticks = len(token.markup)
    inner = state.src[start + ticks : state.pos - ticks]
    at = start + ticks
    for k, line in enumerate(inner.split("\n")):
        if k:
            _keep(state, at - 1, at, "\n")
        _keep(state, at, at + len(line))
        at += len(line) + 1


def _record_emphasis(state: StateInline, start: int, tokens: int) -> None:
    marks = state.tokens[len(state.tokens) - (state.pos - start) :]
    state.env["record"].marks.extend(zip(range(start, state.pos), marks, strict=True))


def _record_autolink(state: StateInline, start: int, tokens: int) -> None:
    _keep(state, start + 1, state.pos - 1)


def _record_entity(state: StateInline, start: int, tokens: int) -> None:
    _keep(state, start, state.pos, state.tokens[-1].content)


def _record_html(state: StateInline, start: int, tokens: int) -> None:
    if re.match(r"<br\b", state.src[start : start + 4], re.IGNORECASE):
        _keep(state, start, start + 1, HARD_BREAK + "\n")


def _image(state: StateInline, silent: bool) -> bool:
    """An image is its alternative text."""
    start = state.pos
    record = state.env.pop("record", None)  # the label is parsed as a text of its own, with places of its own
    taken = _IMAGE(state, silent)
    if record is not None:
        state.env["record"] = record
        if taken and not silent:
            end = state.md.helpers.parseLinkLabel(_at_start(state, start), start + 1, False)
            label = state.src[start + 2 : end] if end > 0 else ""
            if label.strip() and "\n" not in label:
                _keep(state, start + 2, end)
    return taken


def _at_start(state: StateInline, start: int) -> StateInline:
    fresh = StateInline(state.src, state.md, {}, [])
    fresh.pos = start
    return fresh


_STOCK = {rule.name: rule.fn for rule in MarkdownIt("commonmark").inline.ruler.__rules__}
_BACKTICKS = _STOCK["backticks"]
_IMAGE = _STOCK["image"]
_RECORDERS: dict[str, Callable[[StateInline, int, int], None]] = {
    "text": _record_text,
    "newline": _record_newline,
    "escape": _record_escape,
    "backticks": _record_code,
    "emphasis": _record_emphasis,
    "autolink": _record_autolink,
    "html_inline": _record_html,
    "entity": _record_entity,
}
