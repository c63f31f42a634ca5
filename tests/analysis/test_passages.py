"""Passages that one text took from another: what is found, where it ends, and what is not found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litany.analysis import PassageKind, find_passages
from strategies import texts

TAKEN = (
    "The drifter Sarah Maud broke up on the bar in the October gale, and eleven men of her crew were drowned within"
    " sight of their own lighted windows. The harbour lamp had been left unlit that evening to save a quart of oil."
)
EDITED = (
    "In the October gale the drifter Sarah Maud broke up on the bar, and eleven of her crew drowned within sight of"
    " their own lit windows. That evening the harbour lamp was left dark to save one quart of paraffin oil."
)
OWN = (
    "Cabbages do best in heavy soil that has been limed the winter before, and want more water than most gardeners"
    " suppose.",
    "Bicycles should be oiled every hundred miles, or sooner where the roads are wet and gritted against frost.",
    "My aunt kept bees behind the chapel, four hives under the elder, and sold her honey to the railway guard.",
    "Of all the violins that were made in that street, only three are played today, and none of them by a soloist.",
)
OTHER = (
    "The library opens at nine on weekdays, and readers are asked to leave umbrellas in the stand by the door.",
    "Timetables for the coming season were printed on yellow card, which has faded badly in most of the shelters.",
    "Granite from the upper quarry is harder to dress but keeps its edge, so the kerbs were all cut from it.",
)


FILLER = (
    "barrels ropes nets boats sails oars cranes sheds wells walls roads farms mills barns carts",
    "Ander Brill Corm Dunst Ecke Farl Gorse Holm Innis Jarr Kell Lorne Marl Nesse Orrin",
    "counted painted mended hauled bought sold weighed moved sealed listed cut dried hidden lost found",
    "clerk smith baker porter miller tailor drover sexton mason carter joiner cooper potter weaver fuller",
    "Herald Gazette Mirror Argus Courier Times Post Mail Globe Star Sun Echo News Record Journal",
    "May June July March April August winter summer spring autumn Lent Advent harvest January August",
)


def around(passage: str, before: str, after: str) -> tuple[str, int]:
    """A text that holds the passage, and where it starts there."""
    return f"{before} {passage} {after}", len(before) + 1


@pytest.mark.parametrize("kind", list(PassageKind)[:2])
def test_a_passage_is_found_with_its_borders(kind: PassageKind) -> None:
    passage = TAKEN if kind is PassageKind.VERBATIM else EDITED
    text, start = around(passage, OWN[0], OWN[1])
    source, source_start = around(TAKEN, OTHER[0], OTHER[1])
    (found,) = find_passages(text, source)
    assert found.kind is kind
    assert (found.start, found.end) == (start, start + len(passage))
    assert (found.source_start, found.source_end) == (source_start, source_start + len(TAKEN))
    assert (found.similarity == 1) == (kind is PassageKind.VERBATIM)


def test_a_passage_ends_inside_a_sentence() -> None:
    text, _ = around(TAKEN.rstrip("."), OWN[0], "while cabbages grew behind every house in the long terrace there.")
    (found,) = find_passages(text, " ".join([OTHER[0], TAKEN, OTHER[1]]))
    assert text[found.start : found.end] == TAKEN.rstrip(".")
    assert found.kind is PassageKind.VERBATIM


def test_line_ends_and_case_do_not_hide_a_passage() -> None:
    broken = TAKEN.upper().replace(" ", "\n", 12)
    text, start = around(broken, OWN[0], OWN[1])
    (found,) = find_passages(text, " ".join([OTHER[0], TAKEN, OTHER[1]]))
    assert (found.start, found.end) == (start, start + len(broken))
    assert found.kind is PassageKind.EDITED


def test_unrelated_texts_have_nothing_in_common() -> None:
    assert find_passages(" ".join(OWN), " ".join(OTHER)) == ()


def test_two_passages_from_two_places() -> None:
    first, second = TAKEN.split(". ")
    second = f"Nobody on the mole could tell afterwards who gave the order, but {second[0].lower()}{second[1:]}"
    text = " ".join([OWN[0], first + ".", OWN[1], OWN[2], OWN[3], *OWN[:3], second, OWN[3]])
    source = " ".join([second, *OTHER, *OTHER[::-1], *OTHER, first + "."])
    assert [text[p.start : p.end] for p in find_passages(text, source)] == [first + ".", second]


def test_a_summary_is_told_from_its_long_source() -> None:
    facts = [
        "The harbour lamp at Marram Haven was left unlit on the night of the October gale.",
        "Eleven fishermen of the drifter Sarah Maud drowned within sight of the outer mole.",
        "The old Harbour Board resigned after an inquiry before the county magistrates.",
        "A volunteer trust bought the lantern, the ladder and the paraffin shed in spring.",
        "Every autumn schoolchildren answer the names of the drowned with a handbell.",
    ]
    filler = [
        f"{word.capitalize()} of {place} were {verb} by the {people}, as the {paper} had said they would be in {month}."
        for word, place, verb, people, paper, month in zip(*map(str.split, FILLER), strict=True)
    ]
    source = " ".join(sentence for k, fact in enumerate(facts) for sentence in (fact, *filler[3 * k : 3 * k + 3]))
    told = [
        "The harbour lamp at Marram Haven was unlit the night of the October gale;",
        "eleven fishermen of the drifter Sarah Maud drowned in sight of the outer mole.",
        "The old Harbour Board resigned after the inquiry before county magistrates,",
        "and a volunteer trust bought the lantern, ladder and paraffin shed.",
        "Every autumn schoolchildren answer the names of the drowned with a bell.",
    ]
    text = " ".join([OWN[0], OWN[1], *told, OWN[2], OWN[3]])
    kinds = {found.kind for found in find_passages(text, source)}
    assert PassageKind.SUMMARY in kinds


@pytest.mark.parametrize("text", ["", " \n", "...", "!?"])
def test_a_text_without_words_has_no_passages(text: str) -> None:
    assert find_passages(text, TAKEN) == find_passages(TAKEN, text) == find_passages(text, text) == ()


def test_a_short_quotation_is_found_as_a_whole() -> None:
    (found,) = find_passages("within sight of their own", TAKEN)
    assert TAKEN[found.source_start : found.source_end] == "within sight of their own"
    assert found.kind is PassageKind.VERBATIM


def test_a_word_repeated_without_end_takes_no_time() -> None:
    (found,) = find_passages("lamp " * 60_000, "lamp " * 40_000)
    assert found.end > found.start


odd = st.text(st.characters(codec="utf-8"), max_size=60)
prose = st.one_of(odd, texts.map(" ".join), texts.map("\n\n".join))


@settings(max_examples=60, deadline=None)
@given(prose, prose)
def test_spans_are_valid_and_do_not_overlap(text: str, source: str) -> None:
    reach = 0
    for found in find_passages(text, source):
        assert reach <= found.start < found.end <= len(text)
        assert 0 <= found.source_start < found.source_end <= len(source)
        assert 0 <= found.similarity <= 1
        assert (found.similarity == 1) == (found.kind is PassageKind.VERBATIM)
        reach = found.end


@settings(max_examples=60, deadline=None)
@given(prose)
def test_a_text_comes_from_itself_as_a_whole(text: str) -> None:
    passages = find_passages(text, text)
    covered = set[int]().union(*(range(found.start, found.end) for found in passages))
    assert {k for k, character in enumerate(text) if character.isalpha()} <= covered
    assert all(found.kind is PassageKind.VERBATIM for found in passages)


def plagdet(cases: list[tuple[list[list[int]], list[list[int]]]]) -> float:
    """Macro precision and recall of characters on both sides (Potthast and others 2010), where each is found once."""

    def share(one: list[int], others: list[list[int]]) -> float:
        covered = [
            {k for other in others if touch(one, other) for k in range(max(one[a], other[a]), min(one[b], other[b]))}
            for a, b in ((0, 1), (2, 3))
        ]
        return sum(map(len, covered)) / (one[1] - one[0] + one[3] - one[2])

    def touch(one: list[int], other: list[int]) -> bool:
        return all(max(one[a], other[a]) < min(one[b], other[b]) for a, b in ((0, 1), (2, 3)))

    recall = [share(case, found) for gold, found in cases for case in gold]
    precision = [share(one, gold) for gold, found in cases for one in found]
    mean = sum(recall) / len(recall), sum(precision) / len(precision)
    return 2 * mean[0] * mean[1] / sum(mean)


def test_passages_of_the_pan_corpus_are_found(shared_data: Path) -> None:
    """A sample of each category; the figures for all of it are in docs and are measured apart."""
    lines = (shared_data / "gold" / "passages_pan13_train.jsonl").read_text("utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line][::4]
    cases: list[tuple[list[list[int]], list[list[int]]]] = []
    for row in rows:
        found = [[p.start, p.end, p.source_start, p.source_end] for p in find_passages(row["a"], row["b"])]
        if row["category"] == "no-plagiarism":
            assert not found
        cases.append((row["gold"], found))
    assert plagdet(cases) >= 0.87
