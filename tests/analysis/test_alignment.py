"""Which sentences correspond: cases, what holds for all texts, slow twins of the kernels, what breaks other tools."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from litany.analysis.alignment import align_sentences
from litany.analysis.candidates import gram_sets, pair_similarities, similar_pairs
from litany.analysis.leftovers import AlignmentSettings, close_weights
from litany.analysis.linking import Block, best, few_best, few_similarities, link_in_order, similarities_of
from litany.analysis.links import Alignment, Kind
from litany.analysis.matching import Places, heaviest_chain, match_equal
from litany.analysis.vocabulary import intern_sentences
from strategies import revised, sentences, texts

# -- cases ------------------------------------------------------------------------------------------------------------

A = "The harbour trust met on the ninth of May to hear the report of the keeper."
B = "Eleven lamps were replaced along the western mole during the winter."
C = "Mr Oake thanked the crew of the tender for their patience in the storm."
D = "The cost of the new lens was borne by the county and by private gifts."
E = "No vessel was lost in the approaches, and none ran aground on the bar."
F = "Visitors climbed the tower on four Sundays, as in the year before."
AB = A[:-1] + ", and e" + B[1:]
B1 = "Eleven lamps were replaced."
B2 = "They stood along the western mole during the winter."
ROWS = ["North light 412 17 yes", "South light 388 16 no", "East beacon 97 4 yes"]
ZH = ["港务局在五月举行了会议。", "冬季更换了十一盏灯。", "没有船只失事。"]
JA = ["港湾局は五月に会議を開いた。", "冬の間に十一個の灯が交換された。", "船は一隻も失われなかった。"]
THAI = ["คณะกรรมการท่าเรือประชุมในเดือนพฤษภาคม", "มีการเปลี่ยนโคมไฟสิบเอ็ดดวงในฤดูหนาว"]
DE = "Die Laterne auf der westlichen Mole wurde im Winter erneuert."
DE_MANY = "Die Laternen an den westlichen Molen wurden im Winter erneuert."

V, X = Kind.VERBATIM, Kind.EDITED
Row = tuple[tuple[int, ...], tuple[int, ...], Kind, bool]

SECOND_EDITED: list[Row] = [((0,), (0,), V, False), ((1,), (1,), X, False), ((2,), (2,), V, False)]


def rows(alignment: Alignment) -> list[Row]:
    return [(link.old, link.new, link.kind, link.moved) for link in alignment.links]


CASES: list[tuple[str, list[str], list[str], list[Row]]] = [
    ("nothing on either side", [], [], []),
    ("nothing before", [], [A], []),
    ("nothing after", [A], [], []),
    ("one word, kept", ["Yes"], ["Yes"], [((0,), (0,), V, False)]),
    ("one word, another", ["Yes"], ["Never"], []),
    ("sentences without words", ["***", ""], ["***", ""], [((0,), (0,), V, False), ((1,), (1,), V, False)]),
    ("dropped and added", [A, B], [A, E], [((0,), (0,), V, False)]),
    ("case only", [A], [A.upper()], [((0,), (0,), X, False)]),
    ("punctuation only", [A], [A.replace(".", "!")], [((0,), (0,), X, False)]),
    ("numbers only", ["In 2011 it burned 4012 hours."], ["In 2012 it burned 3988 hours."], [((0,), (0,), X, False)]),
    ("a negation added", ["The bar is safe."], ["The bar is not safe."], [((0,), (0,), X, False)]),
    ("a date in a heading", ["9 May 2011"], ["9 May 2012"], [((0,), (0,), X, False)]),
    ("merged", [A, B, C], [AB, C], [((0, 1), (0,), X, False), ((2,), (1,), V, False)]),
    ("split", [A, B, C], [A, B1, B2, C], [((0,), (0,), V, False), ((1,), (1, 2), X, False), ((2,), (3,), V, False)]),
    ("a sentence put in is no split", [A, C], [A, E, C], [((0,), (0,), V, False), ((1,), (2,), V, False)]),
    (
        "swapped paragraphs: the lighter moved",
        [A, B, C, D, E],
        [D, E, A, B, C],
        [((3,), (0,), V, True), ((4,), (1,), V, True), *(((k,), (k + 2,), V, False) for k in range(3))],
    ),
    (
        "a moved sentence that was edited",
        [A, B, C, D, E],
        [A, D, E, B.replace("Eleven", "Twelve"), C],
        [
            ((0,), (0,), V, False),
            ((3,), (1,), V, False),
            ((4,), (2,), V, False),
            ((1,), (3,), X, True),
            ((2,), (4,), V, True),
        ],
    ),
    (
        "edited beside moved",
        [A, B, C, D, E, F],
        [E, F.replace("four Sundays", "five weekdays"), A, B, C, D],
        [((4,), (0,), V, True), ((5,), (1,), X, True), *(((k,), (k + 2,), V, False) for k in range(4))],
    ),
    (
        "two neighbours that changed places and were reworded",
        [A, "Eleven lamps were replaced along the western mole.", C, D],
        [A, C.replace("in the storm", "on the night of the gale"), "Along the western mole nine lamps are new.", D],
        [((0,), (0,), V, False), ((2,), (1,), X, False), ((1,), (2,), X, True), ((3,), (3,), V, False)],
    ),
    (
        "a repeated sentence, in order",
        [A, E, B, E, C, E],
        [A, E, B, E, C, E],
        [((k,), (k,), V, False) for k in range(6)],
    ),
    (
        "a repeated sentence, the nearest of two",
        [A, E, B, E, C],
        [A, B, E, C],
        [((0,), (0,), V, False), *(((k + 1,), (k,), V, False) for k in (1, 2, 3))],
    ),
    (
        "repeated once more",
        [A, E, B],
        [A, E, E, B],
        [((0,), (0,), V, False), ((1,), (1,), V, False), ((2,), (3,), V, False)],
    ),
    (
        "a list reordered",
        ["Rope.", "Oil, 40 litres.", "Wicks."],
        ["Wicks.", "Rope.", "Oil, 40 litres."],
        [((2,), (0,), V, True), ((0,), (1,), V, False), ((1,), (2,), V, False)],
    ),
    (
        "a table row changed",
        ROWS,
        [ROWS[0], "South light 391 16 no", ROWS[2]],
        SECOND_EDITED,
    ),
    ("Chinese", ZH, [ZH[0], "冬季更换了十二盏灯。", ZH[2]], SECOND_EDITED),
    ("Japanese", JA, [JA[0], "冬の間に十二個の灯が交換された。", JA[2]], SECOND_EDITED),
    ("Thai", THAI, [THAI[0], THAI[1].replace("สิบเอ็ด", "สิบสอง")], SECOND_EDITED[:2]),
    ("German inflection", [DE], [DE_MANY], [((0,), (0,), X, False)]),
]


@pytest.mark.parametrize(("old", "new", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_case(old: list[str], new: list[str], expected: list[Row]) -> None:
    assert rows(align_sentences(old, new)) == expected


def test_similarity_is_one_only_where_the_words_are_the_same() -> None:
    found = align_sentences([A, B, C], [A, B.upper(), C.replace("storm", "gale")])
    assert found.links[0].similarity == 1.0
    assert 0.99 < found.links[1].similarity < 1.0
    assert 0.7 < found.links[2].similarity < 0.99


def test_what_no_link_holds_was_dropped_or_added() -> None:
    found = align_sentences([A, B, C], [A, E, F, C])
    assert (found.dropped, found.added) == ((1,), (1, 2))


# -- texts that were retold, and texts that have nothing to do with each other ----------------------------------------

LONG = [
    "The committee resolved, after considerable debate, that navigation dues be raised by one tenth.",
    "Objections lodged by the fishing cooperative were dismissed on procedural grounds.",
    "Dredging of the inner basin, postponed twice, commenced in September.",
    "The contractor, a firm from Rotterdam, deployed two vessels for the purpose.",
    "Sediment removed from the basin was deposited beyond the outer shoal.",
    "Monitoring by the university detected no deterioration of water quality.",
    "The lighthouse automation was completed, and the last keeper retired.",
    "A commemorative exhibition opened in the former keeper's dwelling.",
]
PLAIN = [
    "Ships have to pay more: navigation dues went up.",
    "The committee talked about that for a long time.",
    "The fishing cooperative did not want this, but its objections did not count.",
    "Dredging in the basin began in September.",
    "It had been postponed before.",
    "A firm from Rotterdam did the work with two vessels.",
    "The sediment went out to sea, behind the shoal.",
    "The university looked at the water: its quality is fine.",
    "The lighthouse runs by itself now.",
    "The last keeper has retired.",
    "There is an exhibition in the old dwelling of the keeper.",
]


def test_a_retold_text_is_linked_more_freely_than_an_edited_one() -> None:
    retold = align_sentences(LONG * 2, PLAIN * 2)
    strict = align_sentences(LONG * 2, PLAIN * 2, AlignmentSettings(evidence=99.0))
    assert len(retold.links) > len(strict.links)


def test_texts_about_other_things_are_not_linked() -> None:
    assert not align_sentences(LONG, [A, B, C, D, E, F]).links


# -- what holds for all texts -----------------------------------------------------------------------------------------

pairs_of_texts = texts.flatmap(lambda old: st.tuples(st.just(old), texts | revised(old)))


@given(texts)
def test_a_text_compared_with_itself_is_verbatim(text: list[str]) -> None:
    assert rows(align_sentences(text, text)) == [((k,), (k,), Kind.VERBATIM, False) for k in range(len(text))]


@example((["Harbour.", "Lamp.", "Lamp."], ["Harbour.", "lamp.", "Lamp.", "Harbour."]))
@given(pairs_of_texts)
def test_swapping_old_and_new_mirrors_the_links(pair: tuple[list[str], list[str]]) -> None:
    old, new = pair
    forth, back = align_sentences(old, new), align_sentences(new, old)
    assert {(link.old, link.new, link.kind, link.similarity, link.moved) for link in forth.links} == {
        (link.new, link.old, link.kind, link.similarity, link.moved) for link in back.links
    }


@given(pairs_of_texts)
def test_links_hold_each_sentence_once_and_say_what_is_true(pair: tuple[list[str], list[str]]) -> None:
    old, new = pair
    found = align_sentences(old, new)
    for side, text in (([link.old for link in found.links], old), ([link.new for link in found.links], new)):
        held = [k for part in side for k in part]
        assert len(held) == len(set(held))
        assert all(0 <= k < len(text) for k in held)
        assert all(b - a == 1 for part in side for a, b in pairwise(part))
    assert [link.new for link in found.links] == sorted(link.new for link in found.links)
    for link in found.links:
        same = [old[i].split() for i in link.old] == [new[j].split() for j in link.new]
        assert (link.kind is Kind.VERBATIM) == same == (link.similarity == 1.0)
        assert 0.0 < link.similarity <= 1.0
        assert 1 in (len(link.old), len(link.new))
    in_order = sorted((link.old, link.new) for link in found.links if not link.moved)
    assert all(a[1] < b[1] for a, b in pairwise(in_order))


@given(pairs_of_texts)
def test_as_many_verbatim_as_there_are_equal_sentences(pair: tuple[list[str], list[str]]) -> None:
    old, new = (Counter(" ".join(sentence.split()) for sentence in text) for text in pair)
    found = align_sentences(*pair)
    assert sum(link.kind is Kind.VERBATIM for link in found.links) == (old & new).total()


paragraphs = st.lists(st.lists(sentences, min_size=1, max_size=4), min_size=1, max_size=5)


@given(paragraphs.flatmap(lambda old: st.tuples(st.just(old), st.permutations(old))))
def test_moving_paragraphs_costs_nothing(case: tuple[list[list[str]], list[list[str]]]) -> None:
    old, new = ([sentence for paragraph in side for sentence in paragraph] for side in case)
    found = align_sentences(old, new)
    assert all(link.kind is Kind.VERBATIM for link in found.links)
    assert len(found.links) == len(old)
    assert any(link.moved for link in found.links) == (old != new)


# -- kernels against slow twins ---------------------------------------------------------------------------------------


@given(st.permutations(range(9)), st.lists(st.integers(1, 5), min_size=9, max_size=9), st.integers(0, 9))
def test_the_heaviest_chain_is_the_heaviest(places: list[int], weights: list[int], count: int) -> None:
    places, weights = places[:count], weights[:count]
    best_to: list[int] = []
    for k, (place, weight) in enumerate(zip(places, weights, strict=True)):
        best_to.append(weight + max((best_to[e] for e in range(k) if places[e] < place), default=0))
    chain = heaviest_chain(np.array(places, np.int64), np.array(weights, np.int64), np.zeros(count, np.int64))
    chosen = [place for place, kept in zip(places, chain.tolist(), strict=True) if kept]
    assert chosen == sorted(chosen)
    assert sum(w for w, kept in zip(weights, chain.tolist(), strict=True) if kept) == max(best_to, default=0)


numbers = st.lists(st.integers(0, 4), max_size=12).map(lambda values: np.array(values, np.int64))


@given(numbers, numbers)
def test_equal_numbers_are_paired_as_often_as_they_can_be(old: Places, new: Places) -> None:
    found = match_equal(old, new)
    assert (old[found[:, 0]] == new[found[:, 1]]).all()
    assert len(found) == (Counter(old.tolist()) & Counter(new.tolist())).total()
    assert len(set(found[:, 1].tolist())) == len(found) == len(set(found[:, 0].tolist()))
    mirrored = match_equal(new, old)
    assert sorted(map(tuple, mirrored[:, ::-1].tolist())) == sorted(map(tuple, found.tolist()))


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    height, width = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    cells = st.integers(0, 30)
    overlap = np.array(draw(st.lists(cells, min_size=height * width, max_size=height * width)), np.float64)
    overlap = overlap.reshape(height, width)
    old = np.array(draw(st.lists(cells, min_size=height, max_size=height)), np.float64) + overlap.max(axis=1)
    new = np.array(draw(st.lists(cells, min_size=width, max_size=width)), np.float64) + overlap.max(axis=0)
    gaps = [np.array(draw(st.lists(st.booleans(), min_size=n, max_size=n))) for n in (height, width)]
    ties = np.arange(height * width, dtype=np.float64).reshape(height, width) * 1e-12
    return Block(overlap, old, new, gaps[0], gaps[1], ties)


@given(blocks())
def test_a_few_sentences_are_linked_as_many_are(block: Block) -> None:
    weights = close_weights(AlignmentSettings(own_share=(0.3, 0.3), threshold=(0.1, 0.1)))
    few, many = few_similarities(block, weights), similarities_of(block, weights)
    assert few.keys() == many.keys()
    for shape, similarity in few.items():
        assert np.array_equal(similarity, many[shape])
    limit = (block.overlap.shape[0], block.overlap.shape[1])
    plain = few_best(limit, {shape: gain.tolist() for shape, gain in many.items()}, 0.02)
    assert np.array_equal(np.array(plain), np.array(best(limit, many, 0.02)))


@given(blocks())
def test_links_in_order_are_in_order(block: Block) -> None:
    found = link_in_order(block, close_weights(AlignmentSettings()))
    for (i, a, j, b, _), (x, _, y, _, _) in pairwise(found):
        assert i + a <= x
        assert j + b <= y


@pytest.mark.parametrize(
    ("limit", "place", "linked"),
    [
        ((4, 4), (0, 0), True),  # where the way begins
        ((4, 4), (2, 2), True),
        ((4, 4), (0, 2), False),  # as alike, but two would have been put in before it and two dropped behind it
        ((4, 4), (3, 1), False),
        ((4, 6), (0, 2), True),  # two more were put in somewhere: before it as well as behind it
        ((4, 6), (2, 0), False),
        ((1, 9), (0, 4), True),
    ],
)
def test_a_weak_link_keeps_to_the_way_between_the_anchors(
    limit: tuple[int, int], place: tuple[int, int], linked: bool
) -> None:
    overlap = np.zeros(limit)
    overlap[place] = 3.0
    sizes, gaps = [np.full(n, 10.0) for n in limit], [np.zeros(n, np.bool_) for n in limit]
    block = Block(overlap, sizes[0], sizes[1], gaps[0], gaps[1], np.zeros(limit))
    found = link_in_order(block, close_weights(AlignmentSettings()))
    assert [(i, j) for i, _, j, _, _ in found] == ([place] if linked else [])


def test_candidates_are_all_pairs_that_are_similar() -> None:
    source = random.Random(3)  # noqa: S311 - texts, not secrets
    lexicon = ["".join(source.choices("abcdefghiklmnoprstu", k=source.randint(2, 8))) for _ in range(400)]
    old = [" ".join(source.choices(lexicon, k=source.randint(6, 20))) for _ in range(150)]
    new = [sentence + " " + source.choice(lexicon) for sentence in source.sample(old, 100)]
    vocabulary, (left, right) = intern_sentences([old, new])
    grams = gram_sets(vocabulary, (left, np.arange(len(old))), (right, np.arange(len(new))))
    every = np.argwhere(np.ones((len(old), len(new)), np.bool_))
    scores = pair_similarities(grams, every)
    found, similar = similar_pairs(grams, 0.6)
    assert sorted(map(tuple, found.tolist())) == sorted(map(tuple, every[scores > 0.6].tolist()))
    assert np.allclose(
        similar, [2 * grams.overlap()[i, j] / (grams.old_sizes[i] + grams.new_sizes[j]) for i, j in found]
    )


def test_many_sentences_are_linked_as_few_are() -> None:
    source = random.Random(5)  # noqa: S311 - texts, not secrets
    lexicon = ["".join(source.choices("abcdefghiklmnoprstu", k=source.randint(2, 8))) for _ in range(2000)]
    old = [" ".join(source.choices(lexicon, k=source.randint(8, 20))) for _ in range(300)]
    new = [sentence if source.random() < 0.5 else sentence + " anew" for sentence in old]
    new = new[200:] + new[:200]
    assert rows(align_sentences(old, new, AlignmentSettings(cells=100))) == rows(align_sentences(old, new))


# -- what breaks other tools ------------------------------------------------------------------------------------------

SOURCE = random.Random(7)  # noqa: S311 - texts, not secrets
LEXICON = ["".join(SOURCE.choices("abcdefghiklmnoprstuvwz", k=SOURCE.randint(2, 9))) for _ in range(5000)]


def prose(count: int, words: int = 10) -> list[str]:
    return [" ".join(SOURCE.choices(LEXICON, k=words)) for _ in range(count)]


@pytest.mark.parametrize(
    ("make", "links"),
    [
        (lambda: (["The same sentence."] * 100_000, ["The same sentence."] * 100_000), 100_000),
        (lambda: (["The same sentence."] * 50_000, ["The same sentence."] * 20_000), 20_000),
        (lambda: (["word " * k for k in range(300)], ["word " * k for k in range(200, 500)]), 100),
        (lambda: (prose(4000), prose(4000)), 0),
        (lambda: (prose(1, 200_000), prose(3)), 0),
        (lambda: (prose(20_000), prose(20)), 0),
    ],
    ids=["equal sentences", "more equal on one side", "one word repeated", "none in common", "a long one", "1000 : 1"],
)
def test_extremes_end(make: Callable[[], tuple[list[str], list[str]]], links: int) -> None:
    old, new = make()
    began = time.perf_counter()
    found = align_sentences(old, new)
    assert time.perf_counter() - began < 30
    assert sum(link.kind is Kind.VERBATIM for link in found.links) == links
