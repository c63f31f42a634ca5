"""One difference as a page shows it: stretches of paragraphs of sentences of marks, and the list of its changes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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

OF_OLD = frozenset((PieceOp.EQUAL, PieceOp.DELETE, PieceOp.MOVE_FROM))
"""What the old report has."""
OF_NEW = frozenset((PieceOp.EQUAL, PieceOp.INSERT, PieceOp.MOVE_TO))
"""What the new report has."""
EDITS = frozenset((PieceOp.DELETE, PieceOp.INSERT))
"""What is marked as taken out or put in."""
_WORTH_FOLDING = 400  # characters: folding less hides more than it spares


class Mark(NamedTuple):
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


class Sentence(NamedTuple):
    """The marks of one sentence of the new report, or of one that only the old report has."""

    anchor: str | None
    """s12: the new report's sentence 12; o7: the old one's. None where a sentence goes on after an interruption."""
    marks: tuple[Mark, ...]
    """In reading order; never none."""
    line: bool = False
    """True where it stands on a line of its own, such as a row of a table."""


class Paragraph(NamedTuple):
    """One paragraph of the page."""

    number: int | None
    """Its first sentence of the new report, from 1; None for a paragraph that only the old report has here."""
    line: int | None
    """The line of that sentence in the new report's source document."""
    sentences: tuple[Sentence, ...]
    """In reading order."""
    changed: bool
    """True where anything but white space was changed or moved."""

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


class Entry(NamedTuple):
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
    sides = _Sides(_side(difference.old), _side(difference.new), _gone_on_the_way(difference, hidden))
    drafts = [_draft(block, sides) for block in blocks(difference, hidden)]
    paragraphs = list(_finished(drafts, sides))
    return Marked(tuple(_stretches(paragraphs)), tuple(_entries(paragraphs)))


_LINE = re.compile(r"[^\n]\n[^\n]")


# -- sentences --------------------------------------------------------------------------------------------------------


class _Side(NamedTuple):
    """One of the reports, its sentences as plain lists: they are looked up one by one."""

    text: str
    """Its cleaned text."""
    starts: list[int]
    """Where each sentence starts."""
    ends: list[int]
    """Offset behind each sentence."""
    lined: bool
    """Whether lines in it stand for themselves, such as the rows of a table."""
    report: Report
    """The report itself."""


@lru_cache(maxsize=2)  # in a site, the newer report of one difference is the older one of the next
def _side(report: Report) -> _Side:
    starts, ends = report.sentence_spans.T.tolist()
    return _Side(report.text, starts, ends, _LINE.search(report.text) is not None, report)


class _Sides(NamedTuple):
    """What the paragraphs of a difference are made from."""

    old: _Side
    """The old report."""
    new: _Side
    """The new report."""
    gone: _Gone
    """What was taken out of moved sentences."""


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


class _Draft(NamedTuple):
    """A paragraph whose changes have no numbers yet."""

    number: int | None
    """As a `Paragraph` has it."""
    line: int | None
    """The same."""
    sentences: Sequence[tuple[str, Sequence[Mark]]]
    """The marks of each sentence, and its name."""


def _draft(block: Block, sides: _Sides) -> _Draft:
    if len(block.runs) == 1 and block.runs[0].op is PieceOp.EQUAL and block.runs[0].move is None:
        return _kept_paragraph(block.runs[0], sides.new)
    parts = [part for run in block.runs for part in _parts_in_place(run, sides)]
    first = next((part for part in parts if not part.run.is_old and part.text.strip()), None)
    flow = _Flow()
    marked_up = [(name, _marks(group, flow)) for name, group in _grouped(parts, sides)]
    sentences = [(name, marks) for name, marks in marked_up if marks]
    if first is None:
        return _Draft(None, None, sentences)
    return _Draft(first.sentence + 1, sides.new.report.sentence_lines[first.sentence], sentences)


def _kept_paragraph(run: Run, side: _Side) -> _Draft:
    """A paragraph in which nothing was changed, as most are: a mark a sentence."""
    text = side.text
    first, cuts = _cuts(run, side)
    sentences: list[tuple[str, Sequence[Mark]]] = []
    number = None
    for k, (start, end) in enumerate(pairwise(cuts), first):
        words = text[start:end].strip()
        if words:
            number = k if number is None else number
            spaced = bool(sentences) and (text[start - 1].isspace() or text[start].isspace())
            sentences.append((f"s{k + 1}", (Mark(PieceOp.EQUAL, words, run.kind, None, spaced, spaced, spaced),)))
    if number is None:
        return _Draft(None, None, ())
    return _Draft(number + 1, side.report.sentence_lines[number], sentences)


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


def _parts_in_place(run: Run, sides: _Sides) -> Sequence[_Part]:
    """The parts of a run. Of a moved sentence, all old words stand quietly at the old place, and those that were taken
    out are marked at the new one."""
    if run.move is None:
        return _parts(run, sides.old if run.is_old else sides.new)
    if run.is_old:
        return _parts(run._replace(op=PieceOp.MOVE_FROM), sides.old)
    parts = _parts(run, sides.new)
    end = run.offset + len(run.text)
    before = sides.gone.get((False, run.offset), ())
    behind = sides.gone.get((True, end), ()) if run.op is PieceOp.MOVE_TO else ()
    return [
        *(_Part(taken, taken.text, parts[0].sentence, run.offset) for taken in before),
        *parts,
        *(_Part(taken, taken.text, parts[-1].sentence, end) for taken in behind),
    ]


def _parts(run: Run, side: _Side) -> list[_Part]:
    """The run, cut where sentences begin."""
    first, cuts = _cuts(run, side)
    return [
        _Part(run, _with_space_before(side.text, a, b), max(k, 0), b) for k, (a, b) in enumerate(pairwise(cuts), first)
    ]


def _cuts(run: Run, side: _Side) -> tuple[int, list[int]]:
    """The sentence in which a run begins, and where it starts, where further sentences start in it, where it ends."""
    start, starts = run.offset, side.starts
    added = 0 if side.text.startswith(run.text, start) else 1  # a space that the layout put in front
    end = start + len(run.text) - added
    low = bisect_left(starts, start + 1)
    if low == len(starts) or starts[low] >= end:  # within one sentence
        return low - 1, [start, end]
    return low - 1, [start, *starts[low : bisect_left(starts, end, low)], end]


def _with_space_before(text: str, start: int, end: int) -> str:
    """A stretch of a text with the white space in front of it, if there is any."""
    return text[start - text[max(start - 1, 0) : start].isspace() : end]


def _grouped(parts: Sequence[_Part], sides: _Sides) -> Iterator[tuple[str, list[_Part]]]:
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
            alone = part.run.move is not None or _is_whole(part, sides.old)
            if not alone and name != key and (not name.startswith("s") or part_end(group) >= behind):
                waiting.append(part)
                continue
            if waiting and key != name:  # they stand before it in the old report
                yield from [(name, group + waiting)] if group else [(f"o{waiting[0].sentence + 1}", waiting)]
                group, waiting = [], []
            key = key if alone else name
        else:  # of the new report, or taken out of a sentence that moved here
            key = f"s{part.sentence + 1}"
            behind = sides.new.ends[part.sentence]
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


def _is_whole(part: _Part, side: _Side) -> bool:
    start, end = side.starts[part.sentence], side.ends[part.sentence]
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


def _marks(parts: Iterable[_Part], flow: _Flow) -> list[Mark]:
    """The marks of some parts. Neighbours with the same fate are one. White space stands between marks, not in them."""
    marks: list[Mark] = []
    for part in parts:
        run, text, op = part.run, part.text.strip(), part.run.op
        if part.text[:1].isspace():
            flow.space(op, spaced=True)
        if not text:
            continue
        gave_way = op is not flow.before and op in EDITS and flow.before in EDITS
        spaced = flow.before is not None and (flow.spaced or gave_way)
        last = marks[-1] if marks else None
        if last is not None and last.op is op and last.move == run.move:
            marks[-1] = last._replace(text=last.text + " " * spaced + text, kind=heaviest((last.kind, run.kind)))
        else:
            in_old, in_new = op in OF_OLD and flow.in_old, op in OF_NEW and flow.in_new
            marks.append(Mark(op, text, run.kind, run.move, spaced, in_old, in_new))
        flow.before = op
        flow.space(op, spaced=part.text[-1:].isspace())
    return marks


# -- numbers and labels -----------------------------------------------------------------------------------------------


def _finished(drafts: Sequence[_Draft], sides: _Sides) -> Iterator[Paragraph]:
    """The paragraphs with numbers and labels. No anchor twice: a sentence that goes on after an interruption has none.

    The first mark of each change has its number; words taken out and put in at one place are one change. Each side of
    a moved passage has the way to the other at its first mark.
    """
    changed = [any(m.op is not PieceOp.EQUAL for _, marks in draft.sentences for m in marks) for draft in drafts]
    labels = _labels(
        mark
        for draft, is_changed in zip(drafts, changed, strict=True)
        if is_changed
        for _, marks in draft.sentences
        for mark in marks
    )
    seen: set[str] = set()
    lined = sides.old.lined or sides.new.lined
    at = number = 0
    for draft, is_changed in zip(drafts, changed, strict=True):
        sentences: list[Sentence] = []
        inside = False
        last = ""
        for name, marks in draft.sentences:
            finished = list(marks)
            for k, mark in enumerate(marks if is_changed else (), at):
                begins = mark.op in EDITS and not inside
                inside = mark.op in EDITS
                number += begins
                if begins or k in labels:
                    finished[k - at] = Mark(*mark[:-2], number if begins else None, labels.get(k))
            at += len(marks) if is_changed else 0
            goes_on = name in seen
            line = lined and not goes_on and (_begins_line(name, sides) or (last != "" and _ends_line(last, sides)))
            sentences.append(Sentence(None if goes_on else name, tuple(finished), line))
            seen.add(name)
            last = name
        yield Paragraph(draft.number, draft.line, tuple(sentences), is_changed)


def _begins_line(name: str, sides: _Sides) -> bool:
    """Whether a line's end, and no paragraph's, stands before a sentence in its report."""
    side = sides.new if name[0] == "s" else sides.old
    start = side.starts[int(name[1:]) - 1]
    return side.text[start - 1 : start] == "\n" != side.text[start - 2 : start - 1]


def _ends_line(name: str, sides: _Sides) -> bool:
    """Whether a line's end, and no paragraph's, stands behind it."""
    side = sides.new if name[0] == "s" else sides.old
    end = side.ends[int(name[1:]) - 1]
    return side.text[end : end + 1] == "\n" != side.text[end + 1 : end + 2]


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
        if paragraph.changed:
            yield from _entries_of(list(paragraph.marks))


def _entries_of(marks: Sequence[Mark]) -> Iterator[Entry]:
    """The changes and moves of one paragraph."""
    moved: dict[int, list[tuple[int, str]]] = {}  # the words of each passage that moved, and at which mark they stand
    for k, mark in enumerate(marks):
        if mark.move is not None and mark.op is not PieceOp.DELETE:
            moved.setdefault(mark.move, []).append((k, mark.text))
    for k, mark in enumerate(marks):
        if mark.label is not None and mark.move is not None and mark.op is not PieceOp.MOVE_FROM:
            text = " ".join(text for place, text in moved.get(mark.move, ()) if place >= k)
            yield Entry(f"m{mark.move}-to", "", "", Change.SAME, text)
        if mark.change is not None:
            end = next((other for other in range(k, len(marks)) if marks[other].op not in EDITS), len(marks))
            yield _entry(mark.change, marks[k:end])


def _entry(number: int, marks: Sequence[Mark]) -> Entry:
    """The change that consists of these marks."""
    removed = " ".join(mark.text for mark in marks if mark.op is PieceOp.DELETE)
    added = " ".join(mark.text for mark in marks if mark.op is PieceOp.INSERT)
    return Entry(f"c{number}", removed, added, heaviest(mark.kind for mark in marks))


# -- folding ----------------------------------------------------------------------------------------------------------


def _stretches(paragraphs: Sequence[Paragraph]) -> Iterator[Stretch]:
    """Unchanged paragraphs folded, except the neighbours of changed ones and stretches too short to be worth it."""
    changed = [paragraph.changed for paragraph in paragraphs]
    shown = [any(changed[max(k - 1, 0) : k + 2]) for k in range(len(paragraphs))]
    waiting: list[Paragraph] = []
    for is_shown, group in groupby(zip(shown, paragraphs, strict=True), key=lambda pair: pair[0]):
        members = [paragraph for _, paragraph in group]
        if is_shown or not _is_worth_folding(members):
            waiting += members
            continue
        if waiting:
            yield Stretch(False, tuple(waiting))
            waiting = []
        yield Stretch(True, tuple(members))
    if waiting:
        yield Stretch(False, tuple(waiting))


def _is_worth_folding(paragraphs: Iterable[Paragraph]) -> bool:
    length = 0
    for paragraph in paragraphs:
        length += len(paragraph.text)
        if length >= _WORTH_FOLDING:
            return True
    return False
