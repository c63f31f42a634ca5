"""The texts of the pages, escaped: paragraphs of a difference, and one wording beside the one it was made from.

Built by plain functions, not by templates: a site holds hundreds of thousands of such pieces.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from ...analysis.differences import PieceOp
from ...analysis.edits import Op, word_operations
from .rendering import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from ..markup import Mark, Paragraph

_EDITS = (PieceOp.DELETE, PieceOp.INSERT)
_WORDINGS = 1 << 14  # pairs of wordings that are remembered: the same edit is shown on several pages


def written(text: str) -> str:
    """A text as HTML: what a page cannot hold is shown by signs, what could be taken for mark-up is escaped."""
    return escape(printable(text))


def as_markup(text: str) -> Markup:
    """HTML made here, so that no template escapes it again."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - every text in it went through `written`


# -- a difference -----------------------------------------------------------------------------------------------------


def paragraph(item: Paragraph, file: str) -> Markup:
    """One paragraph of a difference. White space between marks is real: it can be selected, copied and read aloud."""
    out = ['<p dir="auto" class="gone">' if item.gone else '<p dir="auto">']
    if item.number is not None:
        out.append(
            f'<a class="number" lang="en" href="#s{item.number}" title="{written(file)}, line {item.line}">'
            f'<span class="hidden">Sentence </span>{item.number}</a>'
        )
    for k, sentence in enumerate(item.sentences):
        out.append(" " if k and sentence.marks[0].spaced else "")
        out.append(f'<span class="sentence" id="{sentence.anchor}">' if sentence.anchor else '<span class="sentence">')
        out += _marks(sentence.marks)
        out.append("</span>")
    return as_markup("".join([*out, "</p>\n"]))


def _marks(marks: Sequence[Mark]) -> Iterator[str]:
    for at, mark in enumerate(marks):
        if at and mark.spaced:
            yield _GAP if _is_gap(marks, at) else " "
        yield _mark(mark)


_GAP = '<span class="gap"> </span>'


def _is_gap(marks: Sequence[Mark], at: int) -> bool:
    """Whether the white space before a mark goes where only one side is shown: it parts what was taken out from what
    was put in, or an edit from punctuation that it stands before."""
    if marks[at].op not in _EDITS:
        return False
    if marks[at - 1].op in _EDITS:
        return True
    after = marks[at + 1] if at + 1 < len(marks) else None
    return after is not None and after.op not in _EDITS and not after.spaced and not after.text[0].isalnum()


def _mark(mark: Mark) -> str:
    text = written(mark.text)
    way = _way(mark) + " " if mark.label else ""
    if mark.op is PieceOp.EQUAL:
        return way + text
    if mark.op in _EDITS:
        tag = "del" if mark.op is PieceOp.DELETE else "ins"
        place = f' id="c{mark.change}"' if mark.change else ""
        within = ' class="within"' if mark.move is not None else ""  # a change inside a moved passage
        return f"{way}<{tag}{place}{within}>{text}</{tag}>"
    return f'{way}<span class="{"away" if mark.op is PieceOp.MOVE_FROM else "moved"}">{text}</span>'


def _way(mark: Mark) -> str:
    """Where a moved passage begins: a link to its other place."""
    if mark.op is PieceOp.MOVE_FROM:
        here, there, said = "from", "to", "moved down ↓" if mark.label == "down" else "moved up ↑"
    else:
        here, there, said = "to", "from", "from below ↓" if mark.label == "down" else "from above ↑"
    return f'<a class="way" lang="en" id="m{mark.move}-{here}" href="#m{mark.move}-{there}">{said}</a>'


# -- a wording --------------------------------------------------------------------------------------------------------


def wording(text: str) -> str:
    """A sentence on one line, as HTML."""
    return written(" ".join(text.split()))


@lru_cache(maxsize=_WORDINGS)
def marked_wording(old: str, new: str) -> str:
    """A sentence with the words that were taken out and put in since the one it was made from, as HTML."""
    from ...corpus.sentences import tokenize

    sides = (" ".join(old.split()), " ".join(new.split()))
    (before, gone), (after, come) = (_spans(text, tokenize(text).spans.tolist()) for text in sides)
    out: list[str] = []
    spaced = False
    for step in word_operations(before, after):
        taken = sides[0][gone[step.old_start][0] : gone[step.old_end - 1][1]] if step.old_end > step.old_start else ""
        put = sides[1][come[step.new_start][0] : come[step.new_end - 1][1]] if step.new_end > step.new_start else ""
        if step.op is Op.EQUAL:
            out.append(" " * spaced * bool(out) + written(put))
            spaced = _is_spaced(sides[1], come[step.new_end - 1][1])
            continue
        ends = [_is_spaced(sides[0], gone[step.old_end - 1][1])] if taken else []
        begins = [gone[step.old_start][0] > 0 and sides[0][gone[step.old_start][0] - 1] == " "] if taken else []
        if put:
            begins.append(come[step.new_start][0] > 0 and sides[1][come[step.new_start][0] - 1] == " ")
            ends.append(_is_spaced(sides[1], come[step.new_end - 1][1]))
        out.append(" " * (spaced or any(begins)) * bool(out))
        out.append(" ".join(f"<{tag}>{written(t)}</{tag}>" for tag, t in (("del", taken), ("ins", put)) if t))
        spaced = any(ends)
    return "".join(out)


def _spans(text: str, spans: list[list[int]]) -> tuple[list[str], list[list[int]]]:
    return [text[start:end] for start, end in spans], spans


def _is_spaced(text: str, at: int) -> bool:
    return text[at : at + 1] == " "
