"""The texts of the pages, escaped: paragraphs of a difference, and one wording beside the one it was made from.

Built by plain functions, not by templates: a site holds hundreds of thousands of such pieces.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from ...analysis.differences import Change, PieceOp
from ...analysis.edits import Op
from ..markup import EDITS, OF_NEW, OF_OLD
from ..wording import kind_name, shortened
from .rendering import with_signs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from markupsafe import Markup

    from ...analysis.edits import Operation
    from ...corpus.report import Report
    from ..markup import Entry, Mark, Paragraph, Sentence

UNNAMED = (Change.WORDING, Change.SPACE)
"""Kinds that a list of changes does not name: the words say it, or nothing is to be seen."""


def written(text: str) -> str:
    """A text as HTML: what a page cannot hold is shown by signs, what could be taken for mark-up is escaped."""
    return escape(with_signs(text))


def as_markup(text: str) -> Markup:
    """HTML made here, so that no template escapes it again."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - every text in it went through `written`


# -- a difference -----------------------------------------------------------------------------------------------------


def paragraphs(items: Sequence[Paragraph], file: str) -> Markup:
    """Paragraphs of a difference. White space between marks is real: it can be selected, copied and read aloud."""
    path = written(file)
    return as_markup("".join([_paragraph(item, path) for item in items]))


def _paragraph(item: Paragraph, path: str) -> str:
    out = ['<p dir="auto" class="gone">' if item.gone else '<p dir="auto">']
    if item.number is not None:
        out.append(
            f'<a class="number" lang="en" dir="ltr" href="#s{item.number}" title="{path}, line {item.line}">'
            f'<span class="hidden">Sentence </span>{item.number}</a>'
        )
    whole = list(item.marks)
    first = 0
    ends = list(_line_ends(item.sentences)) if any(sentence.line for sentence in item.sentences) else None
    for k, (anchor, marks, _) in enumerate(item.sentences):
        gap = _gap(whole, first) if first and marks[0].spaced else ""
        gap = ends[k] + gap if ends else gap
        place = f' id="{anchor}"' if anchor else ""
        kept = len(marks) == 1 and marks[0].op is PieceOp.EQUAL  # as most are
        behind = first + len(marks)
        text = written(marks[0].text) if kept else "".join(_marks(whole, first, behind))
        out.append(f'{gap}<span class="sentence"{place}>{text}</span>')
        first = behind
    out.append("</p>\n")
    return "".join(out)


def _line_ends(sentences: Sequence[Sentence]) -> Iterator[str]:
    """The line end before each sentence that stands on a line of its own, with the sides that have one there."""
    had_old = had_new = False
    for sentence in sentences:
        is_old = any(mark.op in OF_OLD for mark in sentence.marks)
        is_new = any(mark.op in OF_NEW for mark in sentence.marks)
        is_there = sentence.line and (had_old or had_new)
        yield _LINES[had_old and is_old, had_new and is_new] if is_there else ""
        had_old, had_new = had_old or is_old, had_new or is_new


def changes(entries: Sequence[Entry]) -> Markup:
    """The list of changes: a line each, with a link to its place."""
    return as_markup("".join([_change(entry) for entry in entries]))


def _change(entry: Entry) -> str:
    if entry.moved is not None:
        said = f'<span class="kind">moved:</span> <bdi lang="">{_short(entry.moved)}</bdi>'
        return f'<li><a href="#{entry.anchor}">{said}</a></li>\n'
    tags = (("del", entry.removed), ("ins", entry.added))
    said = " ".join(f'<{tag} lang="" dir="auto">{_short(text)}</{tag}>' for tag, text in tags if text)
    if entry.kind not in UNNAMED:
        said += f' <span class="kind">{written(kind_name(entry.kind))}</span>'
    return f'<li data-kind="{entry.kind}"><a href="#{entry.anchor}">{said}</a></li>\n'


def _short(text: str) -> str:
    return written(shortened(text, 70))


def _marks(marks: Sequence[Mark], first: int, behind: int) -> Iterator[str]:
    """The marks of one sentence, of those of its paragraph."""
    for at in range(first, behind):
        if at > first and marks[at].spaced:
            yield _gap(marks, at)
        yield _mark(marks[at])


def _gap(marks: Sequence[Mark], at: int) -> str:
    """White space before a mark, which goes with a side that is hidden where the other has none."""
    if marks[at].op is PieceOp.EQUAL:
        return _SPACES[marks[at].in_old, marks[at].in_new]
    return _SPACES[_has_space(marks, at, OF_OLD), _has_space(marks, at, OF_NEW)]


# by whether the old text, and the new one, has white space there too: where not, it goes when the other side is hidden
_SPACES = {
    (True, True): " ",
    (True, False): '<span class="gap old"> </span>',
    (False, True): '<span class="gap new"> </span>',
    (False, False): '<span class="gap"> </span>',
}

_LINES = {
    (True, True): "<br>",
    (True, False): '<br class="gap old">',
    (False, True): '<br class="gap new">',
    (False, False): '<br class="gap">',
}


def _has_space(marks: Sequence[Mark], at: int, side: Collection[PieceOp]) -> bool:
    """Whether the next words of one side, from a mark on, have white space before them there."""
    after = next((mark for mark in marks[at : at + _AHEAD] if mark.op in side), None)
    return after is None or (after.in_old if side is OF_OLD else after.in_new)


_AHEAD = 8  # marks: those of the two sides alternate, unless passages that moved stand side by side


def _mark(mark: Mark) -> str:
    text = written(mark.text)
    way = _way(mark) + " " if mark.label else ""
    if mark.op is PieceOp.EQUAL:
        return way + text
    if mark.op in EDITS:
        tag = "del" if mark.op is PieceOp.DELETE else "ins"
        place = f' id="c{mark.change}"' if mark.change else ""
        within = ' class="within"' if mark.move is not None else ""  # a change inside a moved passage
        return f'{way}<{tag}{place}{within} data-kind="{mark.kind}">{text}</{tag}>'
    return f'{way}<span class="{"away" if mark.op is PieceOp.MOVE_FROM else "moved"}">{text}</span>'


def _way(mark: Mark) -> str:
    """Where a moved passage begins: a link to its other place."""
    if mark.op is PieceOp.MOVE_FROM:
        here, there, said = "from", "to", "moved down ↓" if mark.label == "down" else "moved up ↑"
    else:
        here, there, said = "to", "from", "from below ↓" if mark.label == "down" else "from above ↑"
    return f'<a class="way" lang="en" dir="ltr" id="m{mark.move}-{here}" href="#m{mark.move}-{there}">{said}</a>'


# -- a wording --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 14)
def wording(text: str) -> str:
    """A sentence on one line, as HTML. Most sentences stand in many reports: those of the last ones are remembered."""
    return written(" ".join(text.split()))


class Words(NamedTuple):
    """Some words of a report."""

    text: str
    """The report's cleaned text."""
    spans: list[list[int]]
    """Where each word starts and ends in it."""


def words_of(report: Report, first: int, behind: int) -> Words:
    """The words of a report's sentences from `first` to the one before `behind`."""
    start, end = report.sentence_tokens[first], report.sentence_tokens[behind]
    return Words(report.text, report.tokens.spans[start:end].tolist())


def marked_wording(old: Words, new: Words, steps: Sequence[Operation]) -> str:
    """A sentence with the words that were taken out and put in since the one it was made from, as HTML.

    `steps` are the operations that made it.
    """
    (before, gone), (after, come) = old, new
    out: list[str] = []
    spaced = False  # whether white space stands behind what was written last
    for step in steps:
        taken, put = gone[step.old_start : step.old_end], come[step.new_start : step.new_end]
        if step.op is Op.EQUAL:
            out.append(" " * (spaced and bool(out)) + _stretch(after, put))
            spaced = _is_spaced(after, put[-1][1])
            continue
        edges = [(text, row) for text, row in ((before, taken), (after, put)) if row]
        out.append(" " * ((spaced or any(_is_spaced(text, row[0][0] - 1) for text, row in edges)) and bool(out)))
        tags = (("del", before, taken), ("ins", after, put))
        out.append(" ".join(f"<{tag}>{_stretch(text, row)}</{tag}>" for tag, text, row in tags if row))
        spaced = any(_is_spaced(text, row[-1][1]) for text, row in edges)
    return "".join(out)


def _stretch(text: str, spans: list[list[int]]) -> str:
    return wording(text[spans[0][0] : spans[-1][1]])


def _is_spaced(text: str, at: int) -> bool:
    return at >= 0 and text[at : at + 1].isspace()
