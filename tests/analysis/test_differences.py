"""A difference tiles both texts to the byte, and reads as an editor would mark it."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litany.analysis.differences import Change, Difference, PieceOp, difference
from litany.analysis.links import Alignment, Kind, Link
from litany.analysis.vocabulary import intern_reports
from litany.corpus.report import Document, OffsetMap, Precision, Report, ReportDate, Tokens

WHOLE = OffsetMap(np.zeros(1, np.int64), np.zeros(1, np.int64))


def report(text: str) -> Report:
    """A report of this very text: sentences end with a stop, paragraphs with an empty line."""
    spans, paragraphs = [], []
    for number, paragraph in enumerate(re.finditer(r"(?:(?!\n\s*\n).)+", text, re.DOTALL)):
        for found in re.finditer(r"\S.*?(?:[.!?](?=\s|$)|$)", paragraph.group(), re.DOTALL):
            start = paragraph.start() + found.start()
            spans.append((start, start + len(found.group().rstrip())))
            paragraphs.append(number)
    tokens = [found.span() for found in re.finditer(r"\w+|[^\w\s]", text)]
    places = np.array(tokens, np.int64).reshape(-1, 2)
    return Report(
        id="1",
        date=ReportDate(datetime.date(2001, 1, 1), Precision.YEAR, "2001"),
        title="",
        document=Document("a.txt", text),
        start=0,
        end=len(text),
        text=text,
        offsets=WHOLE,
        sentence_spans=np.array(spans, np.int64).reshape(-1, 2),
        sentence_paragraphs=np.array(paragraphs, np.int64),
        tokens=Tokens(places, np.array([text[a].isalnum() for a, _ in tokens], np.bool_)),
        sentence_tokens=np.searchsorted([a for a, _ in tokens], [0, *(end for _, end in spans)]).astype(np.int64),
    )  # fmt: skip


def aligned(old: str, new: str, *links: Link) -> Difference:
    reports = report(old), report(new)
    vocabulary, (a, b) = intern_reports(reports)
    return difference(*reports, Alignment.of(len(a), len(b), links), vocabulary, (a, b))


def link(old: int | tuple[int, ...], new: int | tuple[int, ...], *, moved: bool = False) -> Link:
    left, right = (old,) if isinstance(old, int) else old, (new,) if isinstance(new, int) else new
    return Link(left, right, Kind.EDITED, 0.9, moved)


def marked(found: Difference) -> str:
    """As flowing text: [-gone-]{+come+}, <N-moved from-> and <N+moved to+>, ~ where white space changed."""
    parts: list[str] = []
    for piece in found.pieces:
        gone = found.old.text[piece.old_start : piece.old_end].replace("\n", "¶")
        come = found.new.text[piece.new_start : piece.new_end].replace("\n", "¶")
        number = "" if piece.move is None else str(piece.move)
        if piece.op is PieceOp.EQUAL:
            parts.append(gone)
        elif piece.kind is Change.SPACE:
            parts.append("~")
        elif piece.op in (PieceOp.MOVE_FROM, PieceOp.MOVE_TO):
            parts.append(f"<{number}-{gone}->" if piece.op is PieceOp.MOVE_FROM else f"<{number}+{come}+>")
        else:
            parts.append((f"[{number}-{gone}-]" if gone else "") + (f"{{{number}+{come}+}}" if come else ""))
    return "".join(parts)


READINGS = [
    # white space belongs to the deletion or insertion such that both versions read well
    ("The big cat sat.", "The cat sat.", [link(0, 0)], "The [-big -]cat sat."),
    ("The cat sat down.", "The cat sat.", [link(0, 0)], "The cat sat[- down-]."),
    ("The cat, dog.", "The cat dog.", [link(0, 0)], "The cat[-,-] dog."),
    ("A cat sat.", "A cat, who slept, sat.", [link(0, 0)], "A cat{+, who slept,+} sat."),
    ("The cat sat.", "Then the cat sat.", [link(0, 0)], "[-The-]{+Then the+} cat sat."),
    ("A b.\n\nC d.", "A b. C d.", [link(0, 0), link(1, 1)], "A b.~C d."),
    ("A  b.", "A b.", [link(0, 0)], "A~b."),
    # numbers, names and phrases are replaced whole
    ("He came with 12 boats.", "He came with 13 boats.", [link(0, 0)], "He came with [-12-]{+13+} boats."),
    (
        "They were also at the Mole of Tarn today.",
        "They were among the guests of the warden today.",
        [link(0, 0)],
        "They were [-also at the Mole of Tarn-]{+among the guests of the warden+} today.",
    ),
    # nearly nothing kept: out with the old, in with the new, in one piece
    (
        "The lamp of the mole was lit.",
        "Boats, ropes and the oars came home.",
        [link(0, 0)],
        "[-The lamp of the mole was lit.-]{+Boats, ropes and the oars came home.+}",
    ),
    # dropped text stands where it stood, before what was added there
    ("A b. X y z. C d.", "A b. C d.", [link(0, 0), link(2, 1)], "A b. [-X y z. -]C d."),
    ("A b. X y. C d.", "A b. V w. C d.", [link(0, 0), link(2, 2)], "A b. [-X y.-]{+V w.+} C d."),
    ("A b.\n\nX y.", "A b.", [link(0, 0)], "A b.[-¶¶X y.-]"),
    ("A b.", "A b.\n\nX y.\n", [link(0, 0)], "A b.{+¶¶X y.¶+}"),
    # moved text costs no insertion and no deletion, but what changed in it does
    (
        "A one. Moved thing here. B two.",
        "B two. A one. Moved big thing here.",
        [link(2, 0), link(0, 1, moved=True), link(1, 2, moved=True)],
        "<0-A one. -><0-Moved -><0-thing here. ->B two.<0+ A one. +><0+Moved +>{0+big +}<0+thing here.+>",
    ),
    (
        "We saw, so all know that none came. B two.",
        "B two. We all saw so that all know none came.",
        [link(1, 0), link(0, 1, moved=True)],
        "<0-We -><0-saw->[0-, -]<0-so -><0-all know ->[0-that -]<0-none came. ->B two."
        "<0+ We +>{0+all +}<0+saw +><0+so +>{0+that +}<0+all know +><0+none came.+>",
    ),
    (
        "A one. B two. C three.",
        "C three. A one, B two.",
        [link(2, 0, moved=True), link((0, 1), 1)],
        "<0+C three. +>A one[-.-]{+,+} B two.<0- C three.->",
    ),
    # sentences split or merged are one edit
    (
        "It rained and we left.",
        "It rained. And we left.",
        [link(0, (0, 1))],
        "It rained[- and-]{+. And+} we left.",
    ),
    ("", "A b.", [], "{+A b.+}"),
    ("A b.", "", [], "[-A b.-]"),
    ("", "", [], ""),
    (" \n", "\n", [], "~"),
]


@pytest.mark.parametrize(("old", "new", "links", "expected"), READINGS)
def test_it_reads_as_an_editor_would_mark_it(old: str, new: str, links: list[Link], expected: str) -> None:
    assert marked(aligned(old, new, *links)) == expected


def test_a_word_that_changed_its_place_within_a_moved_sentence_is_taken_out_and_put_in() -> None:
    old = "We log a visit by its address, so we can verify that no stranger came. The lamp was lit."
    new = "The lamp was lit. We log a visit by its full address so that we can verify no stranger came."
    found = aligned(old, new, link(1, 0), link(0, 1, moved=True))
    edits = [piece for piece in found.pieces if piece.op in (PieceOp.DELETE, PieceOp.INSERT)]
    words = [old[edit.old_start : edit.old_end] + new[edit.new_start : edit.new_end] for edit in edits]
    assert words == [", ", "that ", "full ", "that "]
    assert Change.SAME not in {edit.kind for edit in edits}


# -- what holds for all texts -----------------------------------------------------------------------------------------

words = st.sampled_from(["the", "lamp", "Lamp", "of", "boat", "12", "13", "not", "a,", "(so)", "it's"])
sentence = st.lists(words, min_size=1, max_size=8).map(lambda some: " ".join(some) + ".")
gaps = st.sampled_from([" ", " ", "  ", "\n", "\n\n", "\n\n\n"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    parts = draw(st.lists(sentence, max_size=6))
    return draw(st.sampled_from(["", " ", "\n"])) + "".join(part + draw(gaps) for part in parts)


@st.composite
def alignments(draw: st.DrawFn, count: int, other: int) -> list[Link]:
    """Links of any kind: in order, across each other, split, merged."""
    places = draw(st.permutations(range(count)))
    links: list[Link] = []
    used: set[int] = set()
    j = 0
    while j < other:
        i = places[j] if j < count else count
        n, m = draw(st.integers(1, 2)), draw(st.integers(1, 2))
        left = tuple(k for k in range(i, min(i + n, count)) if k not in used)
        right = tuple(range(j, min(j + m, other)))
        if left and left == tuple(range(left[0], left[-1] + 1)) and draw(st.booleans()):
            used.update(left)
            links.append(link(left, right, moved=draw(st.booleans())))
        j += len(right)
    return links


@st.composite
def differences(draw: st.DrawFn) -> Difference:
    old, new = draw(texts()), draw(texts())
    count, other = len(report(old).sentence_spans), len(report(new).sentence_spans)
    return aligned(old, new, *draw(alignments(count, other)))


@settings(deadline=None)
@given(differences())
def test_accepting_gives_the_new_text_and_rejecting_the_old(found: Difference) -> None:
    old, new = found.old.text, found.new.text
    before = after = ""
    for piece in found.pieces:
        gone, come = old[piece.old_start : piece.old_end], new[piece.new_start : piece.new_end]
        kept = piece.op is PieceOp.EQUAL
        before += come if kept else gone
        after += gone if kept else come
    assert (before, after) == (old, new)


@settings(deadline=None)
@given(differences())
def test_every_piece_is_what_it_says(found: Difference) -> None:
    one_sided = {
        PieceOp.DELETE: (True, False),
        PieceOp.INSERT: (False, True),
        PieceOp.MOVE_FROM: (True, False),
        PieceOp.MOVE_TO: (False, True),
    }
    for piece in found.pieces:
        gone, come = piece.old_end > piece.old_start, piece.new_end > piece.new_start
        assert (gone, come) == one_sided.get(piece.op, (True, True))
        kept = piece.op in (PieceOp.EQUAL, PieceOp.MOVE_FROM, PieceOp.MOVE_TO)
        assert kept == (piece.kind is Change.SAME)
        assert piece.link is None or piece.link < len(found.alignment.links)
    neighbours = list(pairwise(found.pieces))
    assert not any(a.op is b.op is PieceOp.EQUAL and a.link == b.link for a, b in neighbours)


@settings(deadline=None)
@given(differences())
def test_moved_text_has_both_ends(found: Difference) -> None:
    def ends(op: PieceOp, start: str, text: str) -> dict[int | None, list[str]]:
        moved: dict[int | None, list[str]] = {}
        for piece in found.pieces:
            if piece.op is op:
                span = (piece.old_start, piece.old_end) if start == "old" else (piece.new_start, piece.new_end)
                moved.setdefault(piece.move, []).extend(re.findall(r"\w+|[^\w\s]", text[slice(*span)]))
        return moved

    assert ends(PieceOp.MOVE_FROM, "old", found.old.text) == ends(PieceOp.MOVE_TO, "new", found.new.text)


@settings(deadline=None)
@given(texts())
def test_a_text_against_itself_is_one_piece(text: str) -> None:
    count = len(report(text).sentence_spans)
    found = aligned(text, text, *(link(k, k) for k in range(count)))
    assert [piece.op for piece in found.pieces] == ([PieceOp.EQUAL] if text else [])


def amounts(found: Difference) -> tuple[int, int]:
    """Words deleted and inserted."""

    def count(text: str, pieces: list[tuple[int, int]]) -> int:
        return sum(len(re.findall(r"\w+", text[a:b])) for a, b in pieces)

    edits = [piece for piece in found.pieces if piece.kind is not Change.SAME]
    gone = [(piece.old_start, piece.old_end) for piece in edits]
    come = [(piece.new_start, piece.new_end) for piece in edits]
    return count(found.old.text, gone), count(found.new.text, come)


@settings(deadline=None)
@given(texts(), texts(), st.data())
def test_swapping_the_reports_swaps_what_was_added_and_dropped(old: str, new: str, data: st.DataObject) -> None:
    count = min(len(report(old).sentence_spans), len(report(new).sentence_spans))
    links = [link(k, k) for k in range(count) if data.draw(st.booleans())]
    assert amounts(aligned(old, new, *links)) == amounts(aligned(new, old, *links))[::-1]


@settings(deadline=None)
@given(st.lists(sentence, min_size=3, max_size=7), st.data())
def test_moving_a_paragraph_costs_nothing(parts: list[str], data: st.DataObject) -> None:
    place, to = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, len(parts) - 1))
    order = [k for k in range(len(parts)) if k != place]
    order.insert(to, place)
    links = [link(k, j, moved=k == place != to) for j, k in enumerate(order)]
    found = aligned("\n\n".join(parts), "\n\n".join(parts[k] for k in order), *links)
    assert amounts(found) == (0, 0)
