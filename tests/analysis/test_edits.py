"""Word edits: they tile both texts, mirror, read well, and survive what breaks other tools."""

from __future__ import annotations

import time
import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litany.analysis import anchors
from litany.analysis.anchors import Ids, Places, diff_ids
from litany.analysis.edits import Edits, Op, Operation, diff_words, word_operations

# -- what holds for all texts -----------------------------------------------------------------------------------------

tokens = st.sampled_from(
    ["the", "The", "of", "lamp", "Lamp", "boat", "12", "13", ",", ".", "not", "harbour", "`s", "上"]
)
texts = st.lists(tokens, max_size=30)


def rebuilt(old: list[str], new: list[str], edits: Edits) -> tuple[list[str], list[str]]:
    """Both texts from the operations, kept words taken from the other side."""
    before: list[str] = []
    after: list[str] = []
    for step in edits.operations:
        gone, come = old[step.old_start : step.old_end], new[step.new_start : step.new_end]
        before += come if step.op is Op.EQUAL else gone
        after += gone if step.op is Op.EQUAL else come
    return before, after


@given(texts, texts)
def test_edits_tile_both_texts(old: list[str], new: list[str]) -> None:
    assert rebuilt(old, new, diff_words(old, new)) == (old, new)


@given(texts, texts)
def test_no_two_neighbours_of_one_kind_and_none_empty(old: list[str], new: list[str]) -> None:
    steps = diff_words(old, new).operations
    kept = [step.op is Op.EQUAL for step in steps]
    assert all(a != b for a, b in pairwise(kept))
    for step in steps:
        gone, come = step.old_end > step.old_start, step.new_end > step.new_start
        assert (gone, come) == {Op.DELETE: (True, False), Op.INSERT: (False, True)}.get(step.op, (True, True))


@given(texts, texts)
def test_swapping_the_texts_swaps_deletions_and_insertions(old: list[str], new: list[str]) -> None:
    other = {Op.DELETE: Op.INSERT, Op.INSERT: Op.DELETE}
    forth, back = diff_words(old, new), diff_words(new, old)
    turned = [
        Operation(other.get(s.op, s.op), s.new_start, s.new_end, s.old_start, s.old_end) for s in forth.operations
    ]
    assert list(back.operations) == turned
    assert sorted(back.matches) == sorted((j, i) for i, j in forth.matches)


@given(texts)
def test_a_text_against_itself_is_kept_whole(text: list[str]) -> None:
    edits = diff_words(text, text)
    assert [step.op for step in edits.operations] == ([Op.EQUAL] if text else [])
    assert edits.matches == tuple((k, k) for k in range(len(text)))
    assert max(edits.significance, default=0.0) <= 0.1


@given(texts, texts)
def test_there_is_a_weight_for_every_new_word(old: list[str], new: list[str]) -> None:
    weights = diff_words(old, new).significance
    assert len(weights) == len(new)
    assert all(0.0 <= weight <= 1.0 for weight in weights)


@given(texts, texts)
def test_operations_alone_are_the_operations(old: list[str], new: list[str]) -> None:
    assert word_operations(old, new) == diff_words(old, new).operations


def test_edits_that_do_not_tile_do_not_exist() -> None:
    with pytest.raises(ValueError, match="not gapless"):
        Edits(2, 2, (Operation(Op.EQUAL, 0, 1, 1, 2),), (), (0.0, 0.0))
    with pytest.raises(ValueError, match="edits end at 1, 1 of 2, 2 words"):
        Edits(2, 2, (Operation(Op.EQUAL, 0, 1, 0, 1),), (), (0.0, 0.0))


# -- how it reads -----------------------------------------------------------------------------------------------------


def inline(old: str, new: str) -> str:
    """The edits as [-old-]{+new+} in flowing text."""
    a, b = old.split(), new.split()
    parts: list[str] = []
    for step in diff_words(a, b).operations:
        gone, come = " ".join(a[step.old_start : step.old_end]), " ".join(b[step.new_start : step.new_end])
        marked = (f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else "")
        parts.append(gone if step.op is Op.EQUAL else marked)
    return " ".join(parts)


READINGS = [
    # an insertion begins where a phrase begins
    ("the cat the dog", "the cat the cow the dog", "the cat {+the cow+} the dog"),
    ("cats , dogs and cows", "cats , birds , dogs and cows", "cats , {+birds ,+} dogs and cows"),
    ("It rained . He left .", "It rained . It snowed . He left .", "It rained . {+It snowed .+} He left ."),
    ("a lamp , a boat .", "a lamp , a boat , a rope .", "a lamp , a boat {+, a rope+} ."),
    ("He said that .", "He said that that .", "He said {+that+} that ."),
    # a stray function word inside a replaced phrase is no match, one between two single words is
    (
        "were also at the Alley of Martyrs .",
        "were among the participants of the ceremony .",
        "were [-also at the Alley of Martyrs-]{+among the participants of the ceremony+} .",
    ),
    ("the red lamp of Tarn", "the blue lamp of Oake", "the [-red-]{+blue+} lamp of [-Tarn-]{+Oake+}"),
    ("cold , grey and wet", "warm , blue and wet", "[-cold-]{+warm+} , [-grey-]{+blue+} and wet"),
    # names with initials are kept whole
    ("Cathy E . Minehan spoke", "Michael H . Moskow spoke", "[-Cathy E . Minehan-]{+Michael H . Moskow+} spoke"),
    # case and quotes are edits, but the words still correspond
    ("The Speaker said", "The speaker said", "The [-Speaker-]{+speaker+} said"),
    ("the dog left", "The cat the dog left", "{+The cat+} the dog left"),
    ("not lit", "lit", "[-not-] lit"),
    ("", "lit", "{+lit+}"),
    ("", "", ""),
]


@pytest.mark.parametrize(("old", "new", "marked"), READINGS)
def test_it_reads_as_an_editor_would_mark_it(old: str, new: str, marked: str) -> None:
    assert inline(old, new) == marked


# -- which words correspond -------------------------------------------------------------------------------------------

PAIRS = [
    ("the old lamp", "the new lamp", {("old", "new")}),
    ("the comedienne spoke well", "the noted comedian spoke", {("comedienne", "comedian")}),
    ("Speaker of it", "speaker of it", {("Speaker", "speaker")}),
    ("14 boats came", "15 boats came", {("14", "15")}),
    ("he did it", "he failed to it", {("did", "failed"), ("did", "to")}),
    ("one two , three", "one , two three", {(",", ",")}),
    # a word put in behind 'a' stands for nothing
    ("an old lamp hung", "a very bright old lamp hung", {("an", "a")}),
    ("he said an evident lie", "he said a lie", {("an", "a")}),
    # a word cut in two, and two made one
    (
        "at the lamp-lighting today",
        "at the lamp lighting today",
        {("lamp-lighting", "lamp"), ("lamp-lighting", "lighting")},
    ),
    ("eine Hafen Ordnung gilt", "eine Hafenordnung gilt", {("Hafen", "Hafenordnung"), ("Ordnung", "Hafenordnung")}),
    # one word for several that say more than it did
    ("at a lively feast", "at a brass band concert feast", set[tuple[str, str]]()),
    ("a , b", "a b", set[tuple[str, str]]()),
]


@pytest.mark.parametrize(("old", "new", "expected"), PAIRS)
def test_replaced_words_correspond(old: str, new: str, expected: set[tuple[str, str]]) -> None:
    a, b = old.split(), new.split()
    found = {(a[i], b[j]) for i, j in diff_words(a, b).matches}
    assert {pair for pair in found if pair[0] != pair[1]} == {pair for pair in expected if pair[0] != pair[1]}


def test_a_carried_word_corresponds_though_it_is_an_edit() -> None:
    old, new = (
        ["a", "despicable", "act", "from", "Hogan", ",", "who", "won"],
        ["Hogan", "did", "this", "despicable", "act", ",", "who", "won"],
    )
    assert (4, 0) in diff_words(old, new).matches


# -- what matters -----------------------------------------------------------------------------------------------------


def ranked(old: str, new: str) -> list[str]:
    words = new.split()
    weights = diff_words(old.split(), words).significance
    return [words[k] for k in sorted(range(len(words)), key=lambda k: -weights[k])]


def test_numbers_come_first_and_kept_words_last() -> None:
    order = ranked("Net income was $3.4 thousand in 2014 .", "Net income rose to $4.5 million in 2015 .")
    assert order[:2] == ["$4.5", "million"]
    assert order[2] == "rose"
    assert set(order[-4:]) <= {"Net", "income", "in", "2015", "."}


def test_a_negation_outweighs_other_small_words() -> None:
    weights = diff_words(["we", "expect", "to", "pay"], ["we", "do", "not", "expect", "us", "to", "pay"]).significance
    assert weights[2] > 2 * weights[1]
    assert weights[2] > 2 * weights[4]


def test_what_is_frequent_in_the_series_matters_less() -> None:
    old, new = ["we", "met"], ["therefore", "we", "met"]
    assert diff_words(old, new, frequency={"therefore": 0.01}).significance[0] < diff_words(old, new).significance[0]


# -- the kernel -------------------------------------------------------------------------------------------------------


def check(old: Ids, new: Ids, budget: int = anchors.BUDGET) -> Places:
    """The blocks, after checking that they are common words in order and that the swapped call mirrors them."""
    blocks = diff_ids(old, new, budget)
    i, j, n = blocks.T
    assert (n > 0).all()
    assert (i[1:] >= (i + n)[:-1]).all()
    assert (j[1:] >= (j + n)[:-1]).all()
    for start, other, length in blocks.tolist():
        assert np.array_equal(old[start : start + length], new[other : other + length])
    assert np.array_equal(diff_ids(new, old, budget)[:, [1, 0, 2]], blocks)
    return blocks


def longest(old: list[int], new: list[int]) -> int:
    """Length of the longest common subsequence, slowly and obviously."""
    row = [0] * (len(new) + 1)
    for word in old:
        last = row
        row = [0]
        for k, other in enumerate(new):
            row.append(last[k] + 1 if word == other else max(last[k + 1], row[k]))
    return row[-1]


numbers = st.lists(st.integers(0, 6), max_size=40)


@given(numbers, numbers)
def test_small_texts_are_compared_exactly(old: list[int], new: list[int]) -> None:
    blocks = check(np.array(old, np.int32), np.array(new, np.int32))
    assert blocks[:, 2].sum() == longest(old, new)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_anchors_find_nearly_the_longest_common_subsequence(data: st.DataObject) -> None:
    rng = np.random.default_rng(data.draw(st.integers(0, 10**6)))
    old = rng.zipf(1.3, 400).clip(max=300).astype(np.int32)
    parts = np.split(old, np.sort(rng.integers(0, 400, 40)))
    new = np.concatenate([p for p in parts if rng.random() < 0.9] + [rng.integers(0, 300, 5).astype(np.int32)])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(anchors, "SMALL", 64)  # so that all of the machinery runs on texts small enough to check
        patched.setattr(anchors, "NARROW", 2)
        found = check(old, new)[:, 2].sum()
    assert found >= 0.93 * longest(old.tolist(), new.tolist())


def edited(words: Ids, share: float, seed: int) -> Ids:
    """A text with a share of its words replaced, dropped or doubled."""
    rng = np.random.default_rng(seed)
    hit = rng.random(len(words)) < share
    fresh = np.where(hit & (rng.random(len(words)) < 0.5), words[rng.integers(0, len(words), len(words))], words)
    times = np.where(hit, rng.integers(0, 3, len(words)), 1)
    return np.repeat(fresh, times).astype(np.int32)


def prose(count: int, seed: int = 0) -> Ids:
    """Words as frequent as words are (Zipf)."""
    return np.random.default_rng(seed).zipf(1.2, count).clip(max=20_000).astype(np.int32)


def test_a_long_text_is_compared_in_little_time_and_memory() -> None:
    old = prose(50_000)
    new = edited(old, 0.1, 1)
    tracemalloc.start()
    began = time.process_time()
    blocks = check(old, new)
    seconds = time.process_time() - began
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert blocks[:, 2].sum() > 0.88 * len(old)
    assert seconds < 2  # 5 ms a comparison: the limit is for a machine under load
    assert peak < 60e6


def rows_of_a_table(count: int) -> Ids:
    table = np.tile(np.arange(1, 11, dtype=np.int32), count)
    table[4::10] = np.random.default_rng(3).integers(20, 60, count)
    return table


SAME = np.full(100_000, 5, np.int32)
PROSE = prose(50_000)
HIGH = np.arange(2**30, 2**30 + 3_000, dtype=np.int32)
GUARDS = [
    ("one word repeated", SAME, SAME[:-1], 99_999),
    ("nothing in common", np.arange(100_000, dtype=np.int32), np.arange(100_000, 200_000, dtype=np.int32), 0),
    ("halves swapped", PROSE, np.concatenate((PROSE[25_000:], PROSE[:25_000])), 25_000),
    ("a million words on one side", np.arange(1_000_000, dtype=np.int32), np.array([3, 1, 4], np.int32), 2),
    ("a million words against none", np.arange(1_000_000, dtype=np.int32), np.empty(0, np.int32), 0),
    ("rows of a table", rows_of_a_table(4_000), edited(rows_of_a_table(4_000), 0.05, 2), 36_000),
    ("ids beyond Unicode", HIGH, HIGH[5:-1], 2_994),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "least"), [row[1:] for row in GUARDS], ids=[row[0] for row in GUARDS])
def test_guards(old: Ids, new: Ids, least: int) -> None:
    began = time.process_time()
    assert check(old, new)[:, 2].sum() >= least
    assert time.process_time() - began < 10  # each takes well under a second


def test_text_of_repeats_beyond_the_memory_budget_is_divided() -> None:
    old = np.random.default_rng(5).integers(0, 2, 20_000).astype(np.int32)
    new = edited(old, 0.05, 6)
    blocks = check(old, new, budget=1 << 20)
    assert blocks[:, 2].sum() > 0.7 * len(old)


def test_long_texts_of_words() -> None:
    old = [f"w{k}" for k in PROSE.tolist()]
    new = [f"w{k}" for k in edited(PROSE, 0.1, 4).tolist()]
    edits = diff_words(old, new)
    assert rebuilt(old, new, edits) == (old, new)


def test_one_word_repeated_for_ever() -> None:
    old, new = ["so"] * 100_000, ["so"] * 99_999
    began = time.process_time()
    edits = diff_words(old, new)
    assert [step.op for step in edits.operations].count(Op.DELETE) == 1
    assert sum(step.old_end - step.old_start for step in edits.operations if step.op is Op.EQUAL) == 99_999
    assert time.process_time() - began < 10  # a third of a second
