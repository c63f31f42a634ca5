"""A difference marked up: every word once and in order, space where it belongs, and each change named."""

from __future__ import annotations

import datetime
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litany.analysis.comparison import compare
from litany.analysis.differences import PieceOp
from litany.corpus.report import Document, OffsetMap, Precision, Report, ReportDate, Series
from litany.corpus.sentences import segment, tokenize
from litany.reports.html.prose import paragraphs
from litany.reports.html.rendering import with_signs
from litany.reports.markup import Marked, marked
from strategies import revised, texts


def report(name: str, text: str) -> Report:
    spans, paragraphs = segment(text, "en")
    tokens = tokenize(text)
    ends = np.searchsorted(tokens.spans[:, 0], spans[:, 1])
    return Report(
        id=name,
        date=ReportDate(datetime.date(int(name), 1, 1), Precision.YEAR, name),
        title=name,
        document=Document(f"{name}.txt", text),
        start=0,
        end=len(text),
        text=text,
        offsets=OffsetMap(np.array([0]), np.array([0])),
        sentence_spans=spans,
        sentence_paragraphs=paragraphs,
        tokens=tokens,
        sentence_tokens=np.concatenate(([0], ends)).astype(np.int64),
    )


def marked_up(old: str, new: str) -> Marked:
    return marked(compare(Series("x", (report("2001", old), report("2002", new)))).difference(0, 1))


SIGNS = {PieceOp.DELETE: "-{}-", PieceOp.INSERT: "+{}+", PieceOp.MOVE_FROM: "<{}<", PieceOp.MOVE_TO: ">{}>"}


def shown(text: Marked) -> str:
    """The page in signs: a line a paragraph."""
    lines: list[str] = []
    for stretch in text.stretches:
        for paragraph in stretch.paragraphs:
            marks = [" " * mark.spaced + SIGNS.get(mark.op, "{}").format(mark.text) for mark in paragraph.marks]
            lines.append("".join(marks))
    return "\n".join(lines)


LONG = "The lamp on the outer mole was lit at seven in the evening by the master of the harbour himself."
TEA = "Afterwards tea was served in the net loft to all who had come, and there was quite enough of it."
WIND = "A light wind blew from the west that night, and the rain that had been foretold held off until ten."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("A b c.", "A b c.", "A b c."),
        (LONG, LONG.replace("seven", "eight"), LONG.replace("seven", "-seven- +eight+")),
        (LONG, LONG.replace(" outer", ""), LONG.replace("outer", "-outer-")),
        (LONG, LONG.replace("mole", "outer mole"), LONG.replace("outer mole", "+outer+ outer mole")),
        (LONG, LONG.replace(" himself", ""), LONG.replace("himself", "-himself-")),
        (LONG, f"{LONG} {TEA}", f"{LONG} +{TEA}+"),
        (f"{LONG} {TEA}", LONG, f"{LONG} -{TEA}-"),
        (f"{LONG}\n\n{TEA}", LONG, f"{LONG}\n-{TEA}-"),
        (f"{LONG}  {TEA}", f"{LONG}\n{TEA}", f"{LONG} {TEA}"),
    ],
)
def test_marks(old: str, new: str, expected: str) -> None:
    assert shown(marked_up(old, new)) == expected


def test_a_moved_passage_is_quiet_where_it_was_and_reworded_where_it_is() -> None:
    text = marked_up(f"{LONG}\n\n{TEA}\n\n{WIND}", f"{WIND.replace('ten', 'eleven')}\n\n{LONG}\n\n{TEA}")
    moved = WIND.removesuffix(" ten.")
    assert shown(text).splitlines() == [f">{moved}> -ten- +eleven+>.>", LONG, TEA, f"<{WIND}<"]
    assert (text.edits, text.moves) == (1, 1)
    assert [mark.label for stretch in text.stretches for p in stretch.paragraphs for mark in p.marks if mark.label] == [
        "down",
        "up",
    ]


def test_words_taken_out_at_the_start_belong_to_the_sentence_behind() -> None:
    text = marked_up(f"{TEA} Yes, {LONG}", f"{TEA} {LONG}")
    (stretch,) = text.stretches
    assert [sentence.anchor for sentence in stretch.paragraphs[0].sentences] == ["s1", "s2"]


def test_changes_are_listed_with_their_kind() -> None:
    text = marked_up("It cost 412 pounds, as the treasurer said.", "It cost 530 pounds as the treasurer said.")
    assert [(entry.removed, entry.added, entry.kind) for entry in text.entries] == [
        ("412", "530", "number"),
        (",", "", "punctuation"),
    ]


def test_long_unchanged_text_is_folded_but_for_a_paragraph_beside_a_change() -> None:
    many = [f"{number}. {LONG} {TEA} {WIND}" for number in ("One", "Two", "Three", "Four", "Five", "Six")]
    text = marked_up("\n\n".join(many), "\n\n".join([*many[:-1], many[-1].replace("ten", "nine")]))
    assert [(stretch.folded, len(stretch.paragraphs)) for stretch in text.stretches] == [(True, 4), (False, 2)]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Two texts, one made from the other, with paragraphs."""
    old = draw(texts)
    new = draw(revised(old))
    spaces = st.sampled_from([" ", "\n\n", "\n"])
    return tuple("".join(s + draw(spaces) for s in side).strip() for side in (old, new))  # pyright: ignore[reportReturnType]


@settings(max_examples=60, deadline=None)
@given(pairs())
def test_every_word_once_and_in_order(pair: tuple[str, str]) -> None:
    old, new = pair
    text = marked_up(old, new)
    paragraphs = [paragraph for stretch in text.stretches for paragraph in stretch.paragraphs]
    marks = [mark for paragraph in paragraphs for mark in paragraph.marks]
    here = [mark.text for mark in marks if mark.op not in (PieceOp.DELETE, PieceOp.MOVE_FROM)]
    assert "".join("".join(here).split()) == "".join(new.split())
    gone = [mark.text for mark in marks if mark.op not in (PieceOp.INSERT, PieceOp.MOVE_TO)]
    before = [mark.text for mark in marks if mark.op is PieceOp.DELETE and mark.move is not None]
    assert sorted("".join("".join(gone).split())) == sorted("".join("".join([old, *before]).split()))
    anchors = [sentence.anchor for paragraph in paragraphs for sentence in paragraph.sentences if sentence.anchor]
    assert len(set(anchors)) == len(anchors)
    assert {f"s{k + 1}" for k in range(len(segment(new, "en")[0]))} <= set(anchors)
    assert all(mark.text == mark.text.strip() != "" for mark in marks)


class OneSide(HTMLParser):
    """What a page shows of one report alone, by the rules of style.css."""

    def __init__(self, text: Marked, side: str) -> None:
        super().__init__()
        self.side, self.said, self.hidden = side, list[str](), list[bool]()
        for stretch in text.stretches:
            for item in stretch.paragraphs:
                self.feed(paragraphs([item], "f"))
                self.said.append("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        others = {"new": ("del", "away"), "old": ("ins", "moved", "within")}[self.side]
        gap = "gap" in classes and self.side not in classes
        if tag == "br":  # has no end
            self.said += [] if gap or any(self.hidden) else ["\n"]
            return
        self.hidden.append(tag == "a" or tag in others or any(name in others for name in classes) or gap)

    def handle_endtag(self, tag: str) -> None:
        self.hidden.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.hidden):
            self.said.append(data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It was long ago, thereby once.", "It was long ago and then once."),
        ("His courage and bravery last.", "His courage, bravery last."),
        ("The men (and women) came.", "The men came."),
        ("The soviet empire-led men came.", "The soviet empire - led by few - men came."),
        (f"{LONG} {TEA}\n\n{WIND}", f"{WIND}\n\n{LONG.replace('seven', 'eight')} {TEA}"),
        ("Tea. " * 6 + "The.", "Tea. " * 5 + "Tea.\n\nthe."),
        ("Tea. " * 6 + "Tea mr. Tea lamp. Tea.", "Tea. " * 6 + "Tea mr. Tea tea. Tea. Tea."),
        ("Tea. " * 5 + "Tea tea mr. Lamp. Tea.", "Tea. " * 5 + "Tea tea mr. tea.\n\nTea. Tea."),
        ("Tea. " * 4 + "Tea mr. Tea. Tea tea. Tea.", "Tea. " * 4 + "Tea tea. Tea mr.\n\nTea. Tea."),
    ],
)
def test_one_side_alone_is_that_report_with_its_own_spaces(old: str, new: str) -> None:
    text = marked_up(old, new)
    assert "".join(OneSide(text, "new").said).split() == new.split()
    assert "".join(OneSide(text, "old").said).split() == old.split()


@settings(max_examples=100, deadline=None)
@given(pairs())
def test_one_side_alone_is_that_report_whatever_was_changed(pair: tuple[str, str]) -> None:
    text = marked_up(*pair)
    for side, whole in zip(("old", "new"), pair, strict=True):
        assert "".join(OneSide(text, side).said).split() == with_signs(whole).split()


ROWS = ["Aldmere North 3,931 open", "Cawley North 1,803 open", "Eastry North 7,945 closed", "Farrow North 410 open"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (ROWS, [*ROWS[:1], "Cawley North 1,900 open", *ROWS[2:]]),
        (ROWS, [*ROWS[:2], *ROWS[3:]]),
        (ROWS[1:], ROWS),
        (ROWS[:3], ROWS),
        (ROWS, ROWS[1:]),
    ],
    ids=["edited", "dropped", "new at the top", "new at the end", "dropped at the top"],
)
def test_rows_of_a_table_stand_on_lines_of_their_own(old: list[str], new: list[str]) -> None:
    text = marked_up("\n".join(old), "\n".join(new))
    for side, rows in (("old", old), ("new", new)):
        lines = "".join(OneSide(text, side).said).strip("\n").split("\n")
        assert [" ".join(line.split()) for line in lines] == rows
