"""Which edited sentences were only updated, and what replaced what."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from litany.analysis import Comparison, compare
from litany.analysis.changes import LIGHT, Change
from litany.corpus import from_texts
from strategies import series

OLD = "The lamp on the outer mole was lit by Anna Smith at the harbour on Monday, 17 October 2011."


def two(old: str, new: str) -> Comparison:
    """Two reports, in which the names stand in mid sentence."""
    return compare(
        from_texts({"2011": f"{old} It was seen by Carla Brown.", "2012": f"{new} It was seen by Carla Brown."})
    )


@pytest.mark.parametrize(
    ("new", "updated"),
    [
        (OLD.replace("Monday, 17 October 2011", "Wednesday, 17 October 2012"), True),
        (OLD.replace("Anna Smith", "Carla Brown"), True),
        (OLD.replace("harbour", "harbor"), True),
        (OLD.replace("on the outer", "of the outer"), True),
        (OLD.replace("harbour", "pier"), False),
        (OLD.replace("was lit", "was not lit"), False),
        (OLD.replace("outer mole", "mole"), False),
        (OLD.replace("2011", "2012").replace("outer", "inner"), False),
    ],
)
def test_a_sentence_is_updated_if_all_that_changed_is_light(new: str, updated: bool) -> None:
    comparison = two(OLD, new)
    assert comparison.updated(1) == (updated, False)
    counts, found = comparison.reuse(0, 1), comparison.updated_from(0, 1)
    assert (counts.sentences.edited, found.sentences) == (1, int(updated))
    assert found.words == (counts.words.edited if updated else 0)
    assert comparison.updates == (None, found)
    changes = set(comparison.difference(0, 1).changes)
    assert (changes <= set(LIGHT)) == updated


@settings(max_examples=40, deadline=None)
@given(series())
def test_updated_are_edited_and_add_up(versions: list[list[str]]) -> None:
    comparison = compare(from_texts({str(2001 + k): " ".join([*v, "Lit."]) for k, v in enumerate(versions)}))
    for measures in comparison.measures:
        for reuse in filter(None, (measures.source, measures.previous)):
            found = comparison.updated_from(reuse.source, measures.report)
            assert 0 <= found.sentences <= reuse.sentences.edited
            assert 0 <= found.words <= reuse.words.edited
            assert (found.all_words, found.all_sentences) == (reuse.words.total, reuse.sentences.total)


def test_a_substitution_counts_once_a_sentence_and_says_since_when() -> None:
    first = (
        "The drifter came in late and the drifter was lost. A wreath was laid for the drifter on the mole that night."
    )
    texts = {"2001": first, "2002": first, "2003": first.replace("drifter", "trawler"), "2004": first}
    found = {(row.old, row.new): row for row in compare(from_texts(texts)).substitutions}
    assert set(found) == {("drifter", "trawler")}, "2004 was copied from 2002 and replaced nothing"
    row = found["drifter", "trawler"]
    assert (row.kind, row.count, row.reports) == (Change.WORDING, 2, (2,))


def test_what_only_moved_or_was_spaced_otherwise_is_no_substitution() -> None:
    texts = {"2001": "The lamp was lit. A wreath was laid.", "2002": "A wreath was laid.\n\nThe lamp  was lit."}
    assert compare(from_texts(texts)).substitutions == ()


@settings(max_examples=30, deadline=None)
@given(series())
def test_an_added_report_changes_no_substitution_of_the_others(versions: list[list[str]]) -> None:
    texts = {str(2001 + k): " ".join([*v, "Lit."]) for k, v in enumerate(versions)}
    before = compare(from_texts(texts)).substitutions
    after = compare(from_texts(texts | {"2030": "Quite another thing happened then, far away."})).substitutions
    assert [(row.old, row.new, row.count, row.reports) for row in after] == [
        (row.old, row.new, row.count, row.reports) for row in before
    ]
