"""One difference as a Word document with real tracked changes: accept all and it is the new report, reject all the old.

The form is WordprocessingML's (ECMA-376, part 1, section 17.13.5): `w:ins` and `w:del` around runs, `w:moveFrom` and
`w:moveTo` for what stands elsewhere now, and the same marks on the ends of paragraphs, since a paragraph's end that is
deleted joins the paragraph to the next one. Word and LibreOffice show them in the margin, by author and kind.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ..analysis.differences import PieceOp
from ..corpus.errors import MissingExtraError
from .html.rendering import printable

if TYPE_CHECKING:
    from ..analysis.comparison import Comparison
    from ..analysis.differences import Difference

AUTHOR = "litany"
_MARKS = {
    PieceOp.DELETE: "w:del",
    PieceOp.INSERT: "w:ins",
    PieceOp.MOVE_FROM: "w:moveFrom",
    PieceOp.MOVE_TO: "w:moveTo",
}
_RIGHT_TO_LEFT = ("R", "AL")
_LONGEST_NAME = 255  # characters that Word takes for a property of a document
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of the zip format: files of one content are the same to the byte


def diff_docx(comparison: Comparison, old: int, new: int) -> bytes:
    """How report `old` became report `new`, as a .docx file with tracked changes dated by the new report.

    Raises `MissingExtraError` where python-docx is not installed.
    """
    if not can_write_docx():
        raise MissingExtraError("a .docx file needs python-docx; pip install 'litany[docx]', or name an .html")
    from docx import Document

    difference = comparison.difference(old, new)
    document = Document(io.BytesIO(_bare()))
    _describe(document, comparison, difference)
    body = document.element.body
    writer = _Writer(f"{difference.new.date.day.isoformat()}T00:00:00Z")
    for at, paragraph in enumerate(writer.paragraphs(difference)):
        body.insert(at, paragraph)  # before the last section's settings, which end the body
    target = io.BytesIO()
    document.save(target)
    return _undated(target.getvalue())


def can_write_docx() -> bool:
    """Whether python-docx is there to write them."""
    return find_spec("docx") is not None


_USED_STYLES = ("Normal", "Header", "DefaultParagraphFont", "TableNormal", "NoList")
_UNUSED_PARTS = ("/thumbnail", "/stylesWithEffects", "/customXml")


@cache
def _bare() -> bytes:
    """An empty document without the hundred styles and the picture of python-docx's own one: a tenth of its size."""
    from docx import Document

    document: Any = Document()
    styles = document.styles.element
    for style in list(styles.style_lst):
        if style.styleId not in _USED_STYLES:
            styles.remove(style)
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_UNUSED_PARTS)]:
            del relations[key]
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _describe(document: Any, comparison: Comparison, difference: Difference) -> None:
    """What is compared, in the properties and at the top of each page, and how; the body is the reports' text alone."""
    title = _named(f"{difference.old.id} → {difference.new.id} · {comparison.series.name}")
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, AUTHOR, AUTHOR
    properties.comments = _named(comparison.signature("accept all: the newer report", "reject all: the older one"))
    properties.created = properties.modified = _midnight(difference)
    document.sections[0].header.paragraphs[0].text = title


def _midnight(difference: Difference) -> Any:
    import datetime

    return datetime.datetime.combine(difference.new.date.day, datetime.time())


def _named(text: str) -> str:
    return " ".join(printable(text).split())[:_LONGEST_NAME]


def _undated(data: bytes) -> bytes:
    """The same zip file with no trace of when it was made."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, source.read(name))
    return target.getvalue()


# -- the stream of text -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Text with one fate."""

    op: PieceOp
    """EQUAL, DELETE, INSERT, MOVE_FROM or MOVE_TO."""
    text: str
    """The text; an empty one is a paragraph's end."""
    move: int | None
    """The number of the moved passage it belongs to."""


def _stretches(difference: Difference) -> Iterator[_Stretch]:
    """Both texts in one stream, old before new at each place, cut at the ends of paragraphs."""
    old, new = difference.old.text, difference.new.text
    for piece in difference.pieces:
        before, after = old[piece.old_start : piece.old_end], new[piece.new_start : piece.new_end]
        if piece.op is PieceOp.EQUAL:
            yield from _cut(PieceOp.EQUAL, after, None)
            continue
        moved = piece.op in (PieceOp.MOVE_FROM, PieceOp.MOVE_TO)
        yield from _cut(PieceOp.MOVE_FROM if moved else PieceOp.DELETE, before, piece.move if moved else None)
        yield from _cut(PieceOp.MOVE_TO if moved else PieceOp.INSERT, after, piece.move if moved else None)


def _cut(op: PieceOp, text: str, move: int | None) -> Iterator[_Stretch]:
    for k, part in enumerate(text.split("\n\n")):
        if k:
            yield _Stretch(op, "", move)
        if part:
            yield _Stretch(op, part, move)


def _last_of_moves(stretches: list[_Stretch]) -> dict[tuple[PieceOp, int], int]:
    """For each side of each moved passage the index of its last stretch of text."""
    return {(s.op, s.move): k for k, s in enumerate(stretches) if s.move is not None and s.text}


# -- WordprocessingML -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Writer:
    """Writes paragraphs; numbers the revisions, as each needs an id of its own."""

    date: str
    """When all changes were made, as ISO 8601 has it."""
    _count: int = 0
    _ranges: dict[tuple[PieceOp, int], str] = field(default_factory=dict[tuple[PieceOp, int], str])

    def paragraphs(self, difference: Difference) -> Iterator[Any]:
        """The paragraphs of the body, in order; their ends carry marks as runs do."""
        stretches = list(_stretches(difference))
        last = _last_of_moves(stretches)
        paragraph = _element("w:p")
        for k, stretch in enumerate(stretches):
            if not stretch.text:
                yield self._ended(paragraph, stretch.op)
                paragraph = _element("w:p")
                continue
            if stretch.move is None:
                paragraph.append(self._run(stretch))
                continue
            side = (stretch.op, stretch.move)
            if side not in self._ranges:
                paragraph.append(self._range_start(side))
            paragraph.append(self._run(stretch))
            if last[side] == k:
                paragraph.append(_element(f"{_MARKS[stretch.op]}RangeEnd", id=self._ranges[side]))
        yield self._ended(paragraph, PieceOp.EQUAL)

    def _ended(self, paragraph: Any, op: PieceOp) -> Any:
        """The paragraph with its properties: the reading direction, and how its end came or goes."""
        properties = _element("w:pPr")
        text = "".join(node.text or "" for node in paragraph.iter() if node.tag.endswith(("}t", "}delText")))
        if _is_right_to_left(text):
            properties.append(_element("w:bidi"))
        if op is not PieceOp.EQUAL:
            of_the_end = _element("w:rPr")
            of_the_end.append(self._mark(op))
            properties.append(of_the_end)
        if len(properties):
            paragraph.insert(0, properties)
        return paragraph

    def _mark(self, op: PieceOp) -> Any:
        return _element(_MARKS[op], id=self._next(), author=AUTHOR, date=self.date)

    def _range_start(self, side: tuple[PieceOp, int]) -> Any:
        """Where one side of a moved passage begins; the name ties it to the other side."""
        op, move = side
        self._ranges[side] = number = self._next()
        name = f"move{move + 1}"
        return _element(f"{_MARKS[op]}RangeStart", id=number, author=AUTHOR, date=self.date, name=name)

    def _run(self, stretch: _Stretch) -> Any:
        run = _element("w:r")
        if _is_right_to_left(stretch.text):
            properties = _element("w:rPr")
            properties.append(_element("w:rtl"))
            run.append(properties)
        for piece in _pieces(stretch.text, "w:delText" if stretch.op is PieceOp.DELETE else "w:t"):
            run.append(piece)
        if stretch.op is PieceOp.EQUAL:
            return run
        mark = self._mark(stretch.op)
        mark.append(run)
        return mark

    def _next(self) -> str:
        self._count += 1
        return str(self._count)


def _pieces(text: str, tag: str) -> Iterator[Any]:
    """The text of a run; tabs and line ends are elements of their own."""
    for k, line in enumerate(printable(text).split("\n")):
        if k:
            yield _element("w:br")
        for n, part in enumerate(line.split("\t")):
            if n:
                yield _element("w:tab")
            if part:
                piece = _element(tag)
                piece.text = part
                piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                yield piece


def _is_right_to_left(text: str) -> bool:
    """Whether the first letter of a direction is of a script that is written from right to left."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((d in _RIGHT_TO_LEFT for d in directions if d in ("L", *_RIGHT_TO_LEFT)), False)


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    return OxmlElement(tag, attrs={qn(f"w:{name}"): value for name, value in attributes.items()})
