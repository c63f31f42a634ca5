"""Similarity matrices: worked examples, agreement with scikit-learn, and what no order of the reports may change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from litany.analysis.alignment import align
from litany.analysis.links import Alignment, Kind, Link
from litany.analysis.settings import Settings
from litany.analysis.similarities import Matrix, Measure, folded_words, matrix, measure_named, shingles
from litany.analysis.vocabulary import Vocabulary, Witness, intern_sentences
from litany.corpus.errors import UsageError
from strategies import series, words

WORD = r"\S+"
MEASURES = st.sampled_from(list(Measure))


def measured(versions: Sequence[Sequence[str]], measure: str, settings: Settings | None = None) -> Matrix:
    return matrix(*intern_sentences(versions), Measure(measure), settings or Settings())


def words_of(vocabulary: Vocabulary, witness: Witness) -> list[str]:
    return [f"w{k}" for k in folded_words(vocabulary, witness).tolist()]


# -- worked examples --------------------------------------------------------------------------------------------------

OLD = ["The lamp was lit.", "The boat came home."]
NEW = ["The lamp was lit at eight.", "Nobody came."]


def test_jaccard_is_shared_words_over_all_words() -> None:
    # the lamp was lit boat came home | the lamp was lit at eight nobody came: 5 shared, 10 in all
    assert measured([OLD, NEW], "jaccard")[0, 1] == 5 / 10


def test_containment_is_the_rows_share() -> None:
    # shingles of two: the-lamp lamp-was was-lit lit-the the-boat boat-came came-home
    #                  the-lamp lamp-was was-lit lit-at at-eight eight-nobody nobody-came
    settings = Settings(shingle=2)
    assert measured([OLD, NEW], "containment", settings).tolist() == [[1, 3 / 7], [3 / 7, 1]]
    assert measured([OLD, ["The lamp was lit."]], "containment", settings).tolist() == [[1, 3 / 7], [1, 1]]


def test_a_text_shorter_than_a_shingle_is_one_shingle() -> None:
    assert measured([["Lamp lit."], ["Lamp lit."], ["Lamp lit now."]], "containment").tolist() == [
        [1, 1, 0],
        [1, 1, 0],
        [0, 0, 1],
    ]


def test_edit_counts_words_kept_in_order() -> None:
    # kept: the lamp was lit came, of 8 and 8 words
    assert measured([OLD, NEW], "edit")[0, 1] == 2 * 5 / 16
    # of two halves swapped one half is kept
    assert measured([["a b c d"], ["c d a b"]], "edit")[0, 1] == 2 * 2 / 8


def test_tfidf_by_hand() -> None:
    # 'a' in both reports: idf 1; 'b' and 'c' in one: idf 1 + ln(3 / 2)
    idf = 1 + np.log(3 / 2)
    assert measured([["a b"], ["a c"]], "tfidf")[0, 1] == pytest.approx(1 / (1 + idf**2), abs=1e-12)


def test_reuse_is_the_share_of_words_in_linked_sentences() -> None:
    alignment = Alignment.of(2, 2, (Link((0,), (0,), Kind.EDITED, 0.8),))
    vocabulary, witnesses = intern_sentences([OLD, NEW])
    values = matrix(vocabulary, witnesses, Measure.REUSE, Settings(), lambda old, new: alignment)
    assert values.tolist() == [[1, 4 / 8], [6 / 8, 1]]


def test_reuse_counts_sentences_that_were_merged() -> None:
    alignment = Alignment.of(2, 2, (Link((0, 1), (1,), Kind.EDITED, 0.8),))
    vocabulary, witnesses = intern_sentences([OLD, NEW])
    values = matrix(vocabulary, witnesses, Measure.REUSE, Settings(), lambda old, new: alignment)
    assert values.tolist() == [[1, 1], [2 / 8, 1]]


def test_case_and_quotes_do_not_count() -> None:
    for measure in ("tfidf", "jaccard", "containment", "edit"):
        assert measured([["Nobody’s LAMP."], ["nobody's lamp!"]], measure)[0, 1] == 1


# -- twins ------------------------------------------------------------------------------------------------------------


@given(series())
def test_tfidf_agrees_with_scikit_learn(versions: list[list[str]]) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vocabulary, witnesses = intern_sentences(versions)
    texts = [" ".join(words_of(vocabulary, witness)) for witness in witnesses]
    if not any(texts):
        return
    weighted = TfidfVectorizer(token_pattern=WORD).fit_transform(texts)
    expected = (weighted @ weighted.T).toarray()
    np.fill_diagonal(expected, 1.0)
    np.testing.assert_allclose(matrix(vocabulary, witnesses, Measure.TFIDF, Settings()), expected, rtol=0, atol=1e-9)


@given(st.lists(st.lists(words, max_size=9), min_size=1, max_size=4), st.integers(1, 5))
def test_shingles_agree_with_sets_of_tuples(texts: list[list[str]], size: int) -> None:
    vocabulary, witnesses = intern_sentences([[" ".join(text)] for text in texts])
    ids = [folded_words(vocabulary, witness) for witness in witnesses]
    made = [set(part.tolist()) for part in shingles(ids, size)]
    expected = [
        {tuple(row[k : k + size]) for k in range(max(len(row) - size + 1, min(len(row), 1)))}
        for row in (part.tolist() for part in ids)
    ]
    for a, slow_a in zip(made, expected, strict=True):
        for b, slow_b in zip(made, expected, strict=True):
            assert len(a & b) == len(slow_a & slow_b)


@given(series(most=3))
def test_edit_agrees_with_a_table_of_subsequences(versions: list[list[str]]) -> None:
    vocabulary, witnesses = intern_sentences(versions)
    values = matrix(vocabulary, witnesses, Measure.EDIT, Settings())
    ids = [folded_words(vocabulary, witness).tolist() for witness in witnesses]
    for i, a in enumerate(ids):
        for j, b in enumerate(ids[:i]):
            expected = 2 * common_length(a, b) / (len(a) + len(b)) if a and b else 0.0
            assert values[i, j] == values[j, i] == pytest.approx(expected, abs=1e-12)


def common_length(a: list[int], b: list[int]) -> int:
    row = [0] * (len(b) + 1)
    for x in a:
        before = row
        row = [0]
        for k, y in enumerate(b):
            row.append(before[k] + 1 if x == y else max(before[k + 1], row[k]))
    return row[-1]


# -- invariants -------------------------------------------------------------------------------------------------------


@given(series(), MEASURES)
def test_values_are_shares_and_a_report_is_like_itself(versions: list[list[str]], measure: Measure) -> None:
    values = measured(versions, measure)
    assert values.shape == (len(versions), len(versions))
    assert values.dtype == np.float64
    assert ((values >= 0) & (values <= 1)).all()
    assert (values.diagonal() == 1).all()
    if not measure.directed:
        assert (values == values.T).all()


@given(series(), MEASURES.filter(lambda measure: measure is not Measure.REUSE), st.randoms())
def test_the_order_of_the_reports_changes_no_bit(versions: list[list[str]], measure: Measure, random: Random) -> None:
    order = list(range(len(versions)))
    random.shuffle(order)
    moved = measured([versions[k] for k in order], measure)
    assert (moved == measured(versions, measure)[np.ix_(order, order)]).all()


@given(series(most=2), st.sampled_from(["tfidf", "jaccard", "containment", "edit", "reuse"]))
def test_equal_reports_are_exactly_alike(versions: list[list[str]], measure: str) -> None:
    values = measured([versions[0], versions[-1], versions[0]], measure)
    assert values[0, 2] == values[2, 0] == float(any(versions[0]))
    if measure != "reuse":
        assert (values[0] == values[2]).all() or not any(versions[0])


@given(series(), MEASURES)
def test_the_same_twice(versions: list[list[str]], measure: Measure) -> None:
    assert (measured(versions, measure) == measured(versions, measure)).all()


@pytest.mark.parametrize("measure", list(Measure))
def test_a_report_without_words_is_like_no_other(measure: Measure) -> None:
    assert measured([["A lamp."], [], ["..."]], measure).tolist() == np.eye(3).tolist()
    assert measured([[]], measure).tolist() == [[1.0]]


# -- names ------------------------------------------------------------------------------------------------------------


def test_a_measure_that_does_not_exist() -> None:
    with pytest.raises(UsageError, match="no measure 'cosine'; there are tfidf, jaccard, containment, edit, reuse"):
        measure_named("cosine")


@pytest.mark.parametrize("measure", list(Measure))
def test_every_measure_says_what_it_is(measure: Measure) -> None:
    assert measure.heading
    assert measure.recipe(Settings()).startswith(f"{measure} = ")
    assert "{" not in measure.recipe(Settings())


def test_the_recipe_names_the_size_of_a_shingle() -> None:
    assert "3-word shingles" in Measure.CONTAINMENT.recipe(Settings(shingle=3))


def test_alignments_that_are_there_are_used() -> None:
    vocabulary, witnesses = intern_sentences([OLD, NEW, OLD])
    asked: list[tuple[int, int]] = []

    def aligned(old: int, new: int) -> Alignment:
        asked.append((old, new))
        return align(vocabulary, witnesses[old], witnesses[new])

    values = matrix(vocabulary, witnesses, Measure.REUSE, Settings(), aligned)
    assert asked == [(0, 1), (0, 2), (1, 2)]
    assert (values == matrix(vocabulary, witnesses, Measure.REUSE, Settings())).all()


def test_matrices_of_a_real_series(shared_data: Path) -> None:
    texts = [
        [path.read_text(errors="replace")] for path in sorted((shared_data / "series/fomc_statements").glob("*.txt"))
    ]
    vocabulary, witnesses = intern_sentences(texts)
    for measure in (Measure.TFIDF, Measure.JACCARD, Measure.CONTAINMENT, Measure.EDIT):
        assert matrix(vocabulary, witnesses, measure, Settings()).shape == (len(texts), len(texts))
