"""One report against another, tiled: every character of both texts stands in exactly one piece."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ..corpus.showing import notebook_html
from .changes import MARKED, Change, kind_of
from .edits import Op, Operation, word_operations
from .usage import NOTHING_KNOWN, Usage
from .words import CONTENT, FUNCTION, weight

if TYPE_CHECKING:
    from ..corpus.report import Report
    from .links import Alignment, LinkTable
    from .vocabulary import Vocabulary, Witness

__all__ = ["Change", "Difference", "Piece", "PieceOp", "difference"]

AROUND = 40  # characters beside a change that tell a day of the month from another number
NOTHING_KEPT = 0.35  # a sentence of which less of the shorter side was kept is shown as taken out and written anew


class PieceOp(enum.StrEnum):
    """What happened to a piece of text."""

    __hash__ = str.__hash__

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"
    REPLACE = "replace"
    MOVE_FROM = "move_from"
    """Kept text of a moved sentence, where it stood in the old report."""
    MOVE_TO = "move_to"
    """The same text, where it stands in the new one."""


KEPT = (PieceOp.EQUAL, PieceOp.MOVE_FROM, PieceOp.MOVE_TO)


class Piece(NamedTuple):  # a value of which there are many: a frozen dataclass takes twice as long to make
    """A stretch of the old text and what it became."""

    op: PieceOp
    """What happened."""
    old_start: int
    """Offset in the old report's cleaned text."""
    old_end: int
    """Offset behind the piece there; equal to `old_start` where the piece has no old text."""
    new_start: int
    """Offset in the new report's cleaned text."""
    new_end: int
    """Offset behind the piece there."""
    kind: Change
    """What kind of change it is; SAME for text that was kept."""
    move: int | None = None
    """A number shared by all pieces, on both sides, of one moved passage."""
    link: int | None = None
    """Index of the alignment's link that the piece belongs to, where a sentence was edited or moved; None in text that
    is dropped, added or kept as a whole, and between sentences."""


@dataclass(frozen=True, eq=False)
class Difference:
    """How the old report became the new one."""

    old: Report
    """The earlier report, usually the source."""
    new: Report
    """The later report."""
    alignment: Alignment
    """Their sentences, linked."""
    pieces: tuple[Piece, ...]
    """In reading order; the old spans, joined, are the old text, the new spans the new text."""

    @cached_property
    def changes(self) -> dict[Change, int]:
        """How many changes there are of each kind that is marked, the heaviest kinds first; none of them 0.

        What was taken out of a moved sentence and what was put in at the same place of it are one change.
        """
        places = dict(zip(changed_places(self.pieces), (piece.kind for piece in self.pieces), strict=True))
        kinds = Counter(kind for place, kind in places.items() if place is not None)
        return {kind: kinds[kind] for kind in reversed(MARKED) if kinds[kind]}

    def __post_init__(self) -> None:
        i = j = 0
        for piece in self.pieces:
            if (piece.old_start, piece.new_start) != (i, j):
                raise ValueError(f"pieces are not gapless at old offset {i}, new offset {j}: {piece}")
            i, j = piece.old_end, piece.new_end
        if (i, j) != (len(self.old.text), len(self.new.text)):
            raise ValueError("pieces do not end where the texts end")

    def _repr_html_(self) -> str | None:
        """How a notebook shows it."""
        return notebook_html(self)


def difference(
    old: Report,
    new: Report,
    alignment: Alignment,
    vocabulary: Vocabulary,
    witnesses: tuple[Witness, Witness],
    usage: Usage = NOTHING_KNOWN,
) -> Difference:
    """The difference between two reports whose sentences are aligned; `usage` tells what is a name in their series."""
    sides = (Side.of(old, witnesses[0]), Side.of(new, witnesses[1]))
    found = fused(runs(alignment, vocabulary.strings, *sides))
    pieces = tuple(joined(laid_out(found, *sides)))
    return Difference(old, new, alignment, judged(pieces, old.text, new.text, usage))


def judged(pieces: Sequence[Piece], old: str, new: str, usage: Usage) -> tuple[Piece, ...]:
    """The pieces with the kinds of change that they are.

    What was taken out of a moved sentence and what was put in at the same place of it, elsewhere in the new report, are
    one change.
    """
    places = list(changed_places(pieces))
    gone, come = dict[tuple[int, int], str](), dict[tuple[int, int], str]()
    for place, piece in zip(places, pieces, strict=True):
        if place is not None:
            gone[place] = gone.get(place, "") + old[piece.old_start : piece.old_end]
            come[place] = come.get(place, "") + new[piece.new_start : piece.new_end]
    out = list(pieces)
    for k, place in enumerate(places):
        if place is not None:
            piece = out[k]
            kind = kind_of(gone[place], come[place], usage, *around(piece, old, new))
            out[k] = Piece(*piece[:5], kind, piece.move, piece.link)
    return tuple(out)


def around(piece: Piece, old: str, new: str) -> tuple[str, str]:
    """What stands before a piece and behind it: in the new report, or in the old one where it has nothing there."""
    is_new = piece.new_end > piece.new_start
    text, start, end = (new, piece.new_start, piece.new_end) if is_new else (old, piece.old_start, piece.old_end)
    return text[max(start - AROUND, 0) : start], text[end : end + AROUND]


def changed_places(pieces: Sequence[Piece]) -> Iterator[tuple[int, int] | None]:
    """For each piece where it was changed, so that what was changed together has one place; None where it was not.

    A place is (-1, the piece's number), or for a moved sentence (its link, how many kept pieces stand before it).
    """
    kept: dict[tuple[int | None, bool], int] = {}
    for k, piece in enumerate(pieces):
        if piece.op in KEPT:
            if piece.move is not None:
                side = (piece.link, piece.old_end > piece.old_start)
                kept[side] = kept.get(side, 0) + 1
            yield None
        elif piece.kind is Change.SPACE:
            yield None
        elif piece.move is not None and piece.link is not None:
            yield piece.link, kept.get((piece.link, piece.old_end > piece.old_start), 0)
        else:
            yield -1, k


# -- runs of tokens ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One of the two texts, as plain lists: most of what follows looks at one token or sentence at a time."""

    text: str
    """The cleaned text."""
    ids: list[int]
    """The vocabulary's id of each token."""
    starts: list[int]
    """Offset of each token."""
    ends: list[int]
    """Offset behind each token."""
    sentences: list[int]
    """The first token of each sentence, and the one behind the last."""

    @classmethod
    def of(cls, report: Report, witness: Witness) -> Side:
        """The side that a report is."""
        return _side(report, witness)


@lru_cache(maxsize=2)  # in a site, the newer report of one difference is the older one of the next
def _side(report: Report, witness: Witness) -> Side:
    starts, ends = report.tokens.spans.T.tolist()
    return Side(report.text, witness.tokens.tolist(), starts, ends, witness.sentence_starts.tolist())


class Run(NamedTuple):
    """A stretch of tokens and what it became: a piece before white space is dealt out."""

    op: PieceOp
    """What happened."""
    old: tuple[int, int]
    """First old token and the one behind the last; empty where the run has no old text."""
    new: tuple[int, int]
    """The same of the new text."""
    move: int | None = None
    """The number of the moved passage it is part of."""
    link: int | None = None
    """The link it comes from."""


def runs(alignment: Alignment, strings: Sequence[str], old: Side, new: Side) -> Iterator[Run]:
    """Runs in reading order: what stayed in order is the backbone; dropped text, then added text, between."""
    links = alignment.table.rows.tolist()
    verbatim = (alignment.table.similarities == 1.0).tolist()
    order, moved = backbone(alignment.table)
    numbers = passages(alignment.table, moved)
    inner = {k: tuple(link_runs(k, links[k], strings, old, new)) for k in moved}
    old_moved = {i: k for k in moved for i in range(links[k][0], links[k][0] + links[k][1])}
    new_moved = {j: k for k in moved for j in range(links[k][2], links[k][2] + links[k][3])}
    i = j = 0
    begun: tuple[int, int] | None = None  # where sentences begin that were kept one behind the other: most of a report
    for k in order:
        to_i, count, to_j, other_count = links[k]
        if verbatim[k] and i == to_i and j == to_j:
            begun = begun or (i, j)
            i, j = to_i + count, to_j + other_count
            continue
        if begun is not None:
            yield kept_run(begun, (i, j), old, new)
            begun = None
        yield from one_sided(range(i, to_i), old_moved, inner, numbers, old, gone=True)
        yield from one_sided(range(j, to_j), new_moved, inner, numbers, new, gone=False)
        yield from link_runs(k, links[k], strings, old, new)
        i, j = to_i + count, to_j + other_count
    if begun is not None:
        yield kept_run(begun, (i, j), old, new)
    yield from one_sided(range(i, alignment.old_count), old_moved, inner, numbers, old, gone=True)
    yield from one_sided(range(j, alignment.new_count), new_moved, inner, numbers, new, gone=False)


def kept_run(first: tuple[int, int], behind: tuple[int, int], old: Side, new: Side) -> Run:
    """The run of sentences that were kept word for word, one behind the other: old and new number of the first, and of
    the one behind the last."""
    (i, j), (to_i, to_j) = first, behind
    old_span, new_span = (old.sentences[i], old.sentences[to_i]), (new.sentences[j], new.sentences[to_j])
    return Run(PieceOp.EQUAL, old_span, new_span)


def fused(found: Iterator[Run]) -> Iterator[Run]:
    """The same runs, sentences kept whole one behind the other made one: most of a report, so worth few steps."""
    last: Run | None = None
    for run in found:
        whole = run.op is PieceOp.EQUAL and run.link is None
        if last is not None and whole and last.old[1] == run.old[0] and last.new[1] == run.new[0]:
            last = Run(run.op, (last.old[0], run.old[1]), (last.new[0], run.new[1]))
            continue
        if last is not None:
            yield last
            last = None
        if whole:
            last = run
        else:
            yield run
    if last is not None:
        yield last


def backbone(table: LinkTable) -> tuple[list[int], list[int]]:
    """Links in order, and moved ones. A link that stands across an earlier one counts as moved whatever it says."""
    order: list[int] = []
    moved: list[int] = []
    i = j = 0
    for k, ((old, count, new, other_count), is_moved) in enumerate(
        zip(table.rows.tolist(), table.moved.tolist(), strict=True)
    ):
        if is_moved or old < i or new < j:
            moved.append(k)
        else:
            order.append(k)
            i, j = old + count, new + other_count
    return order, moved


def passages(table: LinkTable, moved: list[int]) -> dict[int, int]:
    """For each moved link the number of its passage: neighbours on both sides moved together."""
    numbers: dict[int, int] = {}
    number = -1
    before: tuple[int, int] | None = None
    for k, (old, count, new, other_count) in zip(moved, table.rows[moved].tolist(), strict=True):
        number += (old, new) != before
        numbers[k] = number
        before = old + count, new + other_count
    return numbers


def one_sided(
    sentences: range,
    moved: dict[int, int],
    inner: dict[int, tuple[Run, ...]],
    numbers: dict[int, int],
    side: Side,
    *,
    gone: bool,
) -> Iterator[Run]:
    """Sentences that only one text has at this place: dropped or added, or moved away or here."""
    done: set[int] = set()
    for s in sentences:
        k = moved.get(s)
        if k is None:
            span = (side.sentences[s], side.sentences[s + 1])
            yield Run(PieceOp.DELETE, span, (0, 0)) if gone else Run(PieceOp.INSERT, (0, 0), span)
        elif k not in done:
            done.add(k)
            yield from moved_runs(inner[k], numbers[k], gone=gone)


def moved_runs(inner: Sequence[Run], number: int, *, gone: bool) -> Iterator[Run]:
    """One side of a moved link: kept text MOVE_FROM or MOVE_TO, the rest deleted or inserted."""
    for run in inner:
        kept = run.op is PieceOp.EQUAL
        if gone and run.old[1] > run.old[0]:
            yield Run(PieceOp.MOVE_FROM if kept else PieceOp.DELETE, run.old, (0, 0), number, run.link)
        elif not gone and run.new[1] > run.new[0]:
            yield Run(PieceOp.MOVE_TO if kept else PieceOp.INSERT, (0, 0), run.new, number, run.link)


def link_runs(k: int, link: Sequence[int], strings: Sequence[str], old: Side, new: Side) -> Iterator[Run]:
    """The runs of link number `k`, a row of the table: a word diff over its tokens, its sentences taken together."""
    first, count, other, other_count = link
    i, to_i = old.sentences[first], old.sentences[first + count]
    j, to_j = new.sentences[other], new.sentences[other + other_count]
    before, after = old.ids[i:to_i], new.ids[j:to_j]
    if before == after:
        yield Run(PieceOp.EQUAL, (i, to_i), (j, to_j))
        return
    a, b = [strings[t] for t in before], [strings[t] for t in after]
    found = word_operations(a, b)
    if is_rewritten(a, b, found):
        yield Run(PieceOp.REPLACE, (i, to_i), (j, to_j), None, k)
        return
    for op, start, end, other_start, other_end in found:
        yield Run(_PIECE_OPS[op], (i + start, i + end), (j + other_start, j + other_end), None, k)


_PIECE_OPS = {op: PieceOp(op.value) for op in Op}


def is_rewritten(old: Sequence[str], new: Sequence[str], found: Sequence[Operation]) -> bool:
    """Whether so little was kept, function words and marks counted low, that marking it word by word reads badly."""
    kept = [old[step.old_start : step.old_end] for step in found if step.op is Op.EQUAL]
    count = sum(map(len, kept))
    # as most are: enough whatever each of the words weighs
    if (1 - NOTHING_KEPT) * FUNCTION * count > NOTHING_KEPT * CONTENT * (min(len(old), len(new)) - count):
        return False
    total = min(sum(map(weight, old)), sum(map(weight, new)))
    return sum(map(weight, chain.from_iterable(kept))) < NOTHING_KEPT * total


# -- white space ------------------------------------------------------------------------------------------------------


class Region(NamedTuple):
    """All runs between two stretches of kept text, with the white space around."""

    old: tuple[int, int]
    """Offsets in the old text: behind the kept text before, and where the kept text after begins."""
    new: tuple[int, int]
    """The same in the new text."""
    runs: tuple[Run, ...]
    """What lies between; none where only white space does."""


def laid_out(found: Iterator[Run], old: Side, new: Side) -> Iterator[Piece]:
    """Pieces from runs: white space is dealt out so that deletions and insertions read naturally."""
    i = j = 0
    waiting: list[Run] = []
    for run in found:
        if run.op is not PieceOp.EQUAL:
            waiting.append(run)
            continue
        around_old, around_new = (i, old.starts[run.old[0]]), (j, new.starts[run.new[0]])
        if waiting:
            yield from region_pieces(Region(around_old, around_new, tuple(waiting)), old, new)
        else:
            yield from space_pieces(around_old, around_new, old, new, None)
        yield from kept_pieces(run, old, new)
        i, j = old.ends[run.old[1] - 1], new.ends[run.new[1] - 1]
        waiting = []
    yield from region_pieces(Region((i, len(old.text)), (j, len(new.text)), tuple(waiting)), old, new)


def kept_pieces(run: Run, old: Side, new: Side) -> Iterator[Piece]:
    """Kept tokens; where the white space between two of them differs, a piece of kind SPACE.

    A stretch that is not the same as a whole is halved until what differs is one white space.
    """
    (i, to_i), (j, to_j) = run.old, run.new
    start, end, other, other_end = old.starts[i], old.ends[to_i - 1], new.starts[j], new.ends[to_j - 1]
    if old.text[start:end] == new.text[other:other_end]:
        yield Piece(PieceOp.EQUAL, start, end, other, other_end, Change.SAME, None, run.link)
        return
    half = (to_i - i) // 2
    a, b = i + half, j + half
    yield from kept_pieces(Run(run.op, (i, a), (j, b), None, run.link), old, new)
    yield from space_pieces((old.ends[a - 1], old.starts[a]), (new.ends[b - 1], new.starts[b]), old, new, run.link)
    yield from kept_pieces(Run(run.op, (a, to_i), (b, to_j), None, run.link), old, new)


def space_pieces(a: tuple[int, int], b: tuple[int, int], old: Side, new: Side, link: int | None) -> Iterator[Piece]:
    """White space that stands in both texts: kept, or a piece of kind SPACE."""
    same = old.text[a[0] : a[1]] == new.text[b[0] : b[1]]
    op = PieceOp.EQUAL if same else op_of(a, b)
    if a[0] < a[1] or b[0] < b[1]:
        yield Piece(op, *a, *b, Change.SAME if same else Change.SPACE, None, link)


def op_of(a: tuple[int, int], b: tuple[int, int]) -> PieceOp:
    """REPLACE, or what it comes down to where one side is empty."""
    if a[0] == a[1]:
        return PieceOp.INSERT
    return PieceOp.DELETE if b[0] == b[1] else PieceOp.REPLACE


def region_pieces(region: Region, old: Side, new: Side) -> Iterator[Piece]:
    """The pieces between two stretches of kept text."""
    (i, to_i), (j, to_j) = region.old, region.new
    link = common_link(region.runs)
    if not region.runs:  # only where the texts end
        yield from space_pieces((i, to_i), (j, to_j), old, new, link)
        return
    head_i, head_j, tail_i, tail_j = margins(region, old, new)
    yield from space_pieces((i, head_i), (j, head_j), old, new, link)
    yield from run_pieces(region.runs, (head_i, tail_i), (head_j, tail_j), old, new)
    yield from space_pieces((tail_i, to_i), (tail_j, to_j), old, new, link)


def common_link(found: Sequence[Run]) -> int | None:
    """The link of all runs, if it is one."""
    links = {run.link for run in found}
    return links.pop() if len(links) == 1 else None


def margins(region: Region, old: Side, new: Side) -> tuple[int, int, int, int]:
    """Where the edited text begins and ends on both sides: the white space outside is common to both texts.

    Where one side has nothing but white space, that space is common with what stands before the edit if it can be
    ('the [-big -]cat'), else with what stands behind it ('sat[- down-].').
    """
    (i, to_i), (j, to_j) = region.old, region.new
    gone = [run.old for run in region.runs if run.old[1] > run.old[0]]
    come = [run.new for run in region.runs if run.new[1] > run.new[0]]
    head_i, tail_i = (old.starts[gone[0][0]], old.ends[gone[-1][1] - 1]) if gone else (i, to_i)
    head_j, tail_j = (new.starts[come[0][0]], new.ends[come[-1][1] - 1]) if come else (j, to_j)
    if not come:
        head_i, tail_i = one_sided_margins(old, (i, head_i, tail_i, to_i), new.text[j:to_j])
        return head_i, to_j if head_i > i else j, tail_i, to_j if head_i > i else j
    if not gone:
        head_j, tail_j = one_sided_margins(new, (j, head_j, tail_j, to_j), old.text[i:to_i])
        return to_i if head_j > j else i, head_j, to_i if head_j > j else i, tail_j
    fused = region.runs[0].op is PieceOp.REPLACE
    if fused and old.text[i:head_i] != new.text[j:head_j]:
        head_i, head_j = i, j
    fused = region.runs[-1].op is PieceOp.REPLACE
    if fused and old.text[tail_i:to_i] != new.text[tail_j:to_j]:
        tail_i, tail_j = to_i, to_j
    return head_i, head_j, tail_i, tail_j


def one_sided_margins(side: Side, marks: tuple[int, int, int, int], space: str) -> tuple[int, int]:
    """Where an edit of one text begins and ends, where the other text has only white space.

    `marks` are the offsets of the white space before the edit and behind it.
    """
    start, head, tail, end = marks
    if not space:
        return start, end
    behind = side.text[tail:end] == space and side.text[start:head] != space
    return (start, tail) if behind else (head, end)


def run_pieces(found: Sequence[Run], a: tuple[int, int], b: tuple[int, int], old: Side, new: Side) -> Iterator[Piece]:
    """Each run with the white space behind it, up to the next run on its side."""
    (i, to_i), (j, to_j) = a, b
    ends_i = followers([run.old for run in found], old, to_i)
    ends_j = followers([run.new for run in found], new, to_j)
    for run, end_i, end_j in zip(found, ends_i, ends_j, strict=True):
        next_i = end_i if run.old[1] > run.old[0] else i
        next_j = end_j if run.new[1] > run.new[0] else j
        kind = Change.SAME if run.op in KEPT else Change.WORDING  # until it is judged
        yield Piece(run.op, i, next_i, j, next_j, kind, run.move, run.link)
        i, j = next_i, next_j


def followers(spans: Sequence[tuple[int, int]], side: Side, end: int) -> list[int]:
    """For each run the offset at which the next run with text on this side begins; `end` for the last."""
    result: list[int] = []
    for first, behind in reversed(spans):
        result.append(end)
        if behind > first:
            end = side.starts[first]
    return result[::-1]


def joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbouring pieces of kept text made one: within a sentence, and over sentences that are kept whole."""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and joins(last, piece):
            ends = (last.old_start, piece.old_end, last.new_start, piece.new_end)
            last = Piece(last.op, *ends, last.kind, last.move, last.link)
        else:
            if last is not None:
                yield last
            last = piece
    if last is not None:
        yield last


def joins(last: Piece, piece: Piece) -> bool:
    """Whether two neighbours are one piece.

    Within a sentence that moved and was changed they are not: what was taken out and what was put in stand apart, and
    the place of each is told by how many kept pieces stand before it.
    """
    if last.op is not piece.op or last.op not in KEPT or (last.move, last.link) != (piece.move, piece.link):
        return False
    return piece.move is None or piece.link is None
