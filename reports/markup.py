"""One difference as a page shows it: stretches of paragraphs of sentences of marks, and the list of its changes."""

from __future__ import annotations

import operator
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from ..analysis.changes import MARKED, heaviest
from ..analysis.differences import Change, PieceOp
from .diffs import Kinds, Run, blocks

if TYPE_CHECKING:
    from ..analysis.differences import Difference, Piece
    from ..corpus.report import Report
    from .diffs import Block

OF_OLD = (PieceOp.EQUAL, PieceOp.DELETE, PieceOp.MOVE_FROM)
"""What the old report has."""
OF_NEW = (PieceOp.EQUAL, PieceOp.INSERT, PieceOp.MOVE_TO)
"""What the new report has."""
_EDITS = (PieceOp.DELETE, PieceOp.INSERT)
_WORTH_FOLDING = 400  # characters: folding less hides more than it spares


@dataclass(frozen=True, slots=True)
class Mark:
    """Words with one fate."""

    op: PieceOp
    """EQUAL, DELETE, INSERT, MOVE_FROM or MOVE_TO."""
    text: str
    """The words, without the white space around them."""
    kind: Change
    """What kind of change it is."""
    move: int | None
    """The number of the moved passage it belongs to."""
    spaced: bool
    """True where white space stands before it. Between a deletion and an insertion it always does."""
    in_old: bool = False
    """True for a mark of the old report that has white space before it there."""
    in_new: bool = False
    """The same of the new report."""
    change: int | None = None
    """The number of the change that begins here, from 1; None where none begins."""
    label: str | None = None
    """At the first mark of each side of a moved passage: 'up' or 'down', the way to the other side."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The marks of one sentence of the new report, or of one that only the old report has."""

    anchor: str | None
    """s12: the new report's sentence 12; o7: the old one's. None where a sentence goes on after an interruption."""
    marks: tuple[Mark, ...]
    """In reading order; never none."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the page."""

    number: int | None
    """Its first sentence of the new report, from 1; None for a paragraph that only the old report has here."""
    line: int | None
    """The line of that sentence in the new report's source document."""
    sentences: tuple[Sentence, ...]
    """In reading order."""
    changed: bool = field(init=False)
    """True where anything but white space was changed or moved."""

    def __post_init__(self) -> None:
        changed = any(mark.op is not PieceOp.EQUAL for sentence in self.sentences for mark in sentence.marks)
        object.__setattr__(self, "changed", changed)

    @property
    def gone(self) -> bool:
        """True for a paragraph that only the old report has here."""
        return self.number is None

    @property
    def marks(self) -> Iterator[Mark]:
        """The marks of all its sentences."""
        return (mark for sentence in self.sentences for mark in sentence.marks)

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join(mark.text for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs that are shown, or folded away, together."""

    folded: bool
    """True for unchanged paragraphs that are no neighbours of a changed one."""
    paragraphs: tuple[Paragraph, ...]
    """In reading order; never none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list of changes."""

    anchor: str
    """Where it stands on the page."""
    removed: str
    """The words that were taken out; empty where there are none."""
    added: str
    """The words that were put in; empty where there are none."""
    kind: Change
    """What kind of change it is; the heaviest where it has several."""
    moved: str | None = None
    """The words that stand elsewhere now; None for a change of wording."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A whole difference, marked up."""

    stretches: tuple[Stretch, ...]
    """In reading order."""
    entries: tuple[Entry, ...]
    """Its changes and moves, in order of the page."""

    @property
    def edits(self) -> int:
        """How many places were reworded: words taken out, put in, or both."""
        return sum(entry.moved is None for entry in self.entries)

    @property
    def kinds(self) -> dict[Change, int]:
        """How many changes of wording there are of each kind that is marked, the heaviest kinds first."""
        counts = Counter(entry.kind for entry in self.entries if entry.moved is None)
        return {kind: counts[kind] for kind in reversed(MARKED) if counts[kind]}

    @property
    def moves(self) -> int:
        """How many passages stand elsewhere."""
        return len(self.entries) - self.edits


def marked(difference: Difference, hidden: Kinds = ()) -> Marked:
    """The difference as the page shows it. A passage that moved counts once, and was reworded, at its new place.

    Changes of `hidden` kinds are shown as in the new report, unmarked.
    """
    gone = _gone_on_the_way(difference, hidden)
    paragraphs = [_paragraph(block, difference, gone) for block in blocks(difference, hidden)]
    paragraphs = _finished(paragraphs)
    return Marked(tuple(_stretches(paragraphs)), tuple(_entries(paragraphs)))


# -- sentences --------------------------------------------------------------------------------------------------------


class _Part(NamedTuple):
    """A run, or what of it lies in one sentence."""

    run: Run
    """The run it is of."""
    text: str
    """Its text, with white space."""
    sentence: int
    """The sentence it lies in, in the report it is of."""
    end: int
    """Offset behind its last character in that report's cleaned text."""


def _paragraph(block: Block, difference: Difference, gone: _Gone) -> Paragraph:
    if len(block.runs) == 1 and block.runs[0].op is PieceOp.EQUAL and block.runs[0].move is None:
        return _kept_paragraph(block.runs[0], difference)
    parts = [part for run in block.runs for part in _parts_in_place(run, difference, gone)]
    first = next((part for part in parts if not part.run.is_old and part.text.strip()), None)
    groups = list(_grouped(parts, difference))
    sentences: list[Sentence] = []
    flow = _Flow()
    for name, group in groups:
        marks = _marks(group, flow)
        if marks:
            sentences.append(Sentence(name, marks))
    if first is None:
        return Paragraph(None, None, tuple(sentences))
    return Paragraph(first.sentence + 1, _line(first.sentence, difference.new), tuple(sentences))


def _kept_paragraph(run: Run, difference: Difference) -> Paragraph:
    """A paragraph in which nothing was changed, as most are: a mark a sentence."""
    text = difference.new.text
    first, cuts = _cuts(run, difference.new)
    sentences: list[Sentence] = []
    number = None
    for k, (start, end) in enumerate(pairwise(cuts), first):
        words = text[start:end].strip()
        if words:
            number = k if number is None else number
            spaced = bool(sentences) and (text[start - 1].isspace() or text[start].isspace())
            sentences.append(Sentence(f"s{k + 1}", (Mark(PieceOp.EQUAL, words, run.kind, None, spaced),)))
    if number is None:
        return Paragraph(None, None, ())
    return Paragraph(number + 1, _line(number, difference.new), tuple(sentences))


def _line(sentence: int, report: Report) -> int:
    """The line of a sentence in its source document."""
    return report.sentence_lines[sentence]


_Gone = dict[tuple[bool, int], tuple[Run, ...]]  # (behind or before, offset in the new report) -> what stood there


def _gone_on_the_way(difference: Difference, hidden: Kinds) -> _Gone:
    """What was taken out of moved sentences, by the place in the new report where it would stand.

    Kept pieces of one link correspond in order on both sides; what was deleted between two of them is shown behind the
    first, before what was put in there.
    """
    olds: dict[int, list[Piece]] = {}
    news: dict[int, list[Piece]] = {}
    for piece in difference.pieces:
        if piece.move is not None and piece.link is not None:
            (olds if piece.old_end > piece.old_start else news).setdefault(piece.link, []).append(piece)
    gone: _Gone = {}
    for link in olds.keys() & news.keys():
        gone |= _gone_from(olds[link], news[link], difference.old.text, hidden)
    return gone


def _gone_from(old: Sequence[Piece], new: Sequence[Piece], text: str, hidden: Kinds) -> _Gone:
    """The same for one link, from its pieces on both sides."""
    behind = [new[0].new_start, *(piece.new_end for piece in new if piece.op is PieceOp.MOVE_TO)]
    gone: _Gone = {}
    kept = 0
    for piece in old:
        if piece.op is PieceOp.MOVE_FROM:
            kept += 1
        elif kept < len(behind) and piece.kind not in hidden:
            words = _with_space_before(text, piece.old_start, piece.old_end)
            run = Run(PieceOp.DELETE, words, piece.kind, piece.move, piece.old_start)
            place = (kept > 0, behind[kept])
            gone[place] = (*gone.get(place, ()), run)
    return gone


def _parts_in_place(run: Run, difference: Difference, gone: _Gone) -> Iterator[_Part]:
    """The parts of a run. Of a moved sentence, all old words stand quietly at the old place, and those that were taken
    out are marked at the new one."""
    if run.move is None:
        yield from _parts(run, difference.old if run.is_old else difference.new)
    elif run.is_old:
        yield from _parts(replace(run, op=PieceOp.MOVE_FROM), difference.old)
    else:
        parts = list(_parts(run, difference.new))
        end = run.offset + len(run.text)
        before = gone.get((False, run.offset), ())
        behind = gone.get((True, end), ()) if run.op is PieceOp.MOVE_TO else ()
        yield from (_Part(taken, taken.text, parts[0].sentence, run.offset) for taken in before)
        yield from parts
        yield from (_Part(taken, taken.text, parts[-1].sentence, end) for taken in behind)


@lru_cache(maxsize=2)
def _sentence_starts(report: Report) -> list[int]:
    """Where the sentences of a report start; a difference asks for those of its two reports again and again."""
    return report.sentence_spans[:, 0].tolist()


def _parts(run: Run, report: Report) -> Iterator[_Part]:
    """The run, cut where sentences begin."""
    first, cuts = _cuts(run, report)
    for k, (a, b) in enumerate(pairwise(cuts), first):
        yield _Part(run, _with_space_before(report.text, a, b), max(k, 0), b)


def _cuts(run: Run, report: Report) -> tuple[int, list[int]]:
    """The sentence in which a run begins, and where it starts, where further sentences start in it, where it ends."""
    added = 0 if report.text.startswith(run.text, run.offset) else 1  # a space that the layout put in front
    end = run.offset + len(run.text) - added
    starts = _sentence_starts(report)
    low = bisect_left(starts, run.offset + 1)
    return low - 1, [run.offset, *starts[low : bisect_left(starts, end, low)], end]


def _with_space_before(text: str, start: int, end: int) -> str:
    """A stretch of a text with the white space in front of it, if there is any."""
    return text[start - text[max(start - 1, 0) : start].isspace() : end]


def _grouped(parts: Sequence[_Part], difference: Difference) -> Iterator[tuple[str, list[_Part]]]:
    """Parts by sentence. Words that were taken out belong to the new sentence around or behind them, except where a
    whole sentence was dropped or moved away."""
    name, group, waiting = "", list[_Part](), list[_Part]()
    behind = 0  # where the new sentence being read ends
    for part in parts:
        if not part.text.strip():
            (waiting or group).append(part)
            continue
        if part.run.is_old and (part.run.move is None or part.run.op is PieceOp.MOVE_FROM):
            key = f"o{part.sentence + 1}"
            alone = part.run.move is not None or _is_whole(part, difference.old)
            if not alone and name != key and (not name.startswith("s") or part_end(group) >= behind):
                waiting.append(part)
                continue
            if waiting and key != name:  # they stand before it in the old report
                yield from [(name, group + waiting)] if group else [(f"o{waiting[0].sentence + 1}", waiting)]
                group, waiting = [], []
            key = key if alone else name
        else:  # of the new report, or taken out of a sentence that moved here
            key = f"s{part.sentence + 1}"
            behind = int(difference.new.sentence_spans[part.sentence, 1])
        if key != name and group:
            yield name, group
            group = []
        name = key
        if not part.run.is_old:
            group += waiting
            waiting = []
        group.append(part)
    if group:
        yield name, group
    if waiting:
        yield f"o{waiting[0].sentence + 1}", waiting


def part_end(group: Sequence[_Part]) -> int:
    """Where the last words of the new report end that the group holds; 0 where it holds none."""
    return max((_words_end(part) for part in group if not part.run.is_old), default=0)


def _words_end(part: _Part) -> int:
    return part.end - len(part.text) + len(part.text.rstrip())


def _is_whole(part: _Part, report: Report) -> bool:
    start, end = report.sentence_spans[part.sentence].tolist()
    return part.end - len(part.text.lstrip()) <= start and part.end >= end


@dataclass(slots=True)
class _Flow:
    """How a paragraph stands where it has been read up to."""

    before: PieceOp | None = None
    """What became of the last words; None at the start."""
    spaced: bool = False
    """Whether white space follows them."""
    in_old: bool = False
    """Whether it follows the last words of the old report."""
    in_new: bool = False
    """The same of the new one."""

    def space(self, op: PieceOp, *, spaced: bool) -> None:
        """White space of a piece, or none behind its words."""
        self.spaced = spaced
        if op in OF_OLD:
            self.in_old = spaced
        if op in OF_NEW:
            self.in_new = spaced


def _marks(parts: Iterable[_Part], flow: _Flow) -> tuple[Mark, ...]:
    """The marks of some parts. Neighbours with the same fate are one. White space stands between marks, not in them."""
    marks: list[Mark] = []
    for part in parts:
        run, text, op = part.run, part.text.strip(), part.run.op
        if part.text[:1].isspace():
            flow.space(op, spaced=True)
        if not text:
            continue
        spaced = flow.before is not None and (flow.spaced or {op, flow.before} == set(_EDITS))
        in_old, in_new = op in OF_OLD and flow.in_old, op in OF_NEW and flow.in_new
        last = marks[-1] if marks else None
        if last is not None and (last.op, last.move) == (op, run.move):
            kind = heaviest([last.kind, run.kind])
            marks[-1] = replace(last, text=last.text + " " * spaced + text, kind=kind)
        else:
            marks.append(Mark(op, text, run.kind, run.move, spaced, in_old, in_new))
        flow.before = op
        flow.space(op, spaced=part.text[-1:].isspace())
    return tuple(marks)


# -- numbers and labels -----------------------------------------------------------------------------------------------


def _finished(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs with numbers and labels. No anchor twice: a sentence that goes on after an interruption has none.

    The first mark of each change has its number; words taken out and put in at one place are one change. Each side of
    a moved passage has the way to the other at its first mark.
    """
    labels = _labels(mark for paragraph in paragraphs if paragraph.changed for mark in paragraph.marks)
    seen: set[str | None] = set()
    out: list[Paragraph] = []
    at = number = 0
    for paragraph in paragraphs:
        sentences: list[Sentence] = []
        inside = False
        for sentence in paragraph.sentences:
            marks = list(sentence.marks)
            for k, mark in enumerate(marks if paragraph.changed else ()):
                begins = mark.op in _EDITS and not inside
                inside = mark.op in _EDITS
                number += begins
                label = labels.get(at + k)
                if begins or label is not None:
                    marks[k] = replace(mark, change=number if begins else None, label=label)
            at += len(marks) if paragraph.changed else 0
            anchor = None if sentence.anchor in seen else sentence.anchor
            seen.add(sentence.anchor)
            kept = anchor == sentence.anchor and all(map(operator.is_, marks, sentence.marks))
            sentences.append(sentence if kept else Sentence(anchor, tuple(marks)))
        kept = all(map(operator.is_, sentences, paragraph.sentences))
        out.append(paragraph if kept else Paragraph(paragraph.number, paragraph.line, tuple(sentences)))
    return out


def _labels(marks: Iterable[Mark]) -> dict[int, str]:
    """The way from each side of a moved passage to the other, by the place of its first mark among all."""
    first: dict[tuple[int, bool], int] = {}
    for k, mark in enumerate(marks):
        if mark.move is not None:
            first.setdefault((mark.move, mark.op is PieceOp.MOVE_FROM), k)
    others = {k: first.get((move, not is_old)) for (move, is_old), k in first.items()}
    return {k: "down" if other > k else "up" for k, other in others.items() if other is not None}


def _entries(paragraphs: Iterable[Paragraph]) -> Iterator[Entry]:
    for paragraph in paragraphs:
        if not paragraph.changed:
            continue
        marks = list(paragraph.marks)
        for k, mark in enumerate(marks):
            if mark.label is not None and mark.op is not PieceOp.MOVE_FROM:
                yield Entry(f"m{mark.move}-to", "", "", Change.SAME, _moved_text(marks[k:]))
            if mark.change is not None:
                yield _entry(mark.change, marks[k:])


def _moved_text(marks: Sequence[Mark]) -> str:
    """The words of the moved passage that begins with the first mark, as far as they stand in its paragraph."""
    own = (mark for mark in marks if mark.move == marks[0].move and mark.op is not PieceOp.DELETE)
    return " ".join(mark.text for mark in own)


def _entry(number: int, marks: Sequence[Mark]) -> Entry:
    """The change that begins with the first mark."""
    end = next((k for k, mark in enumerate(marks) if mark.op not in _EDITS), len(marks))
    removed = " ".join(mark.text for mark in marks[:end] if mark.op is PieceOp.DELETE)
    added = " ".join(mark.text for mark in marks[:end] if mark.op is PieceOp.INSERT)
    return Entry(f"c{number}", removed, added, heaviest([mark.kind for mark in marks[:end]]))


# -- folding ----------------------------------------------------------------------------------------------------------


def _stretches(paragraphs: Sequence[Paragraph]) -> Iterator[Stretch]:
    """Unchanged paragraphs folded, except the neighbours of changed ones and stretches too short to be worth it."""
    changed = [paragraph.changed for paragraph in paragraphs]
    shown = [any(changed[max(k - 1, 0) : k + 2]) for k in range(len(paragraphs))]
    stretches: list[Stretch] = []
    for is_shown, group in groupby(zip(shown, paragraphs, strict=True), key=lambda pair: pair[0]):
        members = tuple(paragraph for _, paragraph in group)
        folded = not is_shown and sum(len(paragraph.text) for paragraph in members) >= _WORTH_FOLDING
        if stretches and not folded and not stretches[-1].folded:
            stretches[-1] = Stretch(False, stretches[-1].paragraphs + members)
        else:
            stretches.append(Stretch(folded, members))
    yield from stretches
