"""What kind of change it is: one row a change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litany.analysis import compare
from litany.analysis.changes import LIGHT, Change, kind_of
from litany.analysis.usage import Usage
from litany.analysis.words import REMEMBERED, remembered, remembered_of_two
from litany.corpus import from_texts

ROWS = [
    ("the lamp", "the lamp", Change.SAME),
    ("", "", Change.SAME),
    ("the lamp", "the\n\nlamp", Change.SPACE),
    ("", "\n", Change.SPACE),
    ("Speaker", "speaker", Change.CASE),
    ("GRÖSSE", "größe", Change.CASE),
    ("a, b", "a b", Change.PUNCTUATION),
    ("25 basis point", "25-basis-point", Change.PUNCTUATION),
    ("people`s", "people’s", Change.PUNCTUATION),
    ("fanciers", "fancier's", Change.WORDING),
    ("", ",", Change.PUNCTUATION),
    ("rain, and", "rain. And", Change.PUNCTUATION),
    ("20", "23", Change.NUMBER),
    ("20th", "23th", Change.NUMBER),
    ("1st", "22nd", Change.NUMBER),
    ("3-1/2", "3-1/4", Change.NUMBER),
    ("4", "3-3/4", Change.NUMBER),
    ("1 3/4", "2", Change.NUMBER),
    ("1,000", "1.000", Change.NUMBER),
    ("3.5", "35", Change.NUMBER),
    ("$3.5 million", "$4.1 million", Change.NUMBER),
    ("$3.5 million", "$4.1 billion", Change.NUMBER),
    ("3 %", "3 $", Change.WORDING),
    ("-5", "5", Change.NUMBER),
    ("3 Dogs", "4 dogs", Change.NUMBER),
    ("3 Dogs", "4 cats", Change.WORDING),
    ("12", "12 and 15", Change.WORDING),
    ("Twenty-six", "Twenty-seven", Change.NUMBER),
    ("sixty-second", "sixtieth", Change.NUMBER),
    ("siebenundzwanzigsten", "achtundzwanzigsten", Change.NUMBER),
    ("vingt-septième", "vingt-huitième", Change.NUMBER),
    ("vigésimo", "trigésimo", Change.NUMBER),
    ("fifteen", "15", Change.SPELLING),
    ("20 January", "21 January", Change.DATE),
    ("20th of January, 2004", "January 20, 2006", Change.DATE),
    ("2004", "2006", Change.DATE),
    ("Monday", "Tuesday", Change.DATE),
    ("Montag", "Dienstag", Change.DATE),
    ("martedì", "mercoledì", Change.DATE),
    ("quinta-feira", "sexta-feira", Change.DATE),
    ("zaterdag 3 maart", "zondag 4 maart", Change.DATE),
    ("le 3 février", "le 4 mars", Change.DATE),
    ("Monday", "", Change.WORDING),
    ("may come", "might come", Change.WORDING),
    ("the", "", Change.FUNCTION),
    ("a lamp", "the lamp", Change.FUNCTION),
    ("has been lit", "was lit", Change.FUNCTION),
    ("shall be lit", "may be lit", Change.WORDING),
    ("the 18th", "its 19th", Change.NUMBER),
    ("oil", "gas", Change.WORDING),
    ("programme", "program", Change.SPELLING),
    ("life-boat", "lifeboat", Change.PUNCTUATION),
    ("naïve", "naive", Change.SPELLING),
    ("honour", "honor", Change.SPELLING),
    ("harbors", "harbours", Change.SPELLING),
    ("recieved", "received", Change.SPELLING),
    ("raised", "raises", Change.WORDING),
    ("increase", "decrease", Change.WORDING),
    ("import", "export", Change.WORDING),
    ("", "5", Change.WORDING),
    ("not lit", "lit", Change.WORDING),
    ("上海", "北京", Change.WORDING),
]


@pytest.mark.parametrize(("old", "new", "kind"), ROWS)
def test_each_kind(old: str, new: str, kind: Change) -> None:
    assert kind_of(old, new) is kind


@pytest.mark.parametrize(("old", "new", "kind"), ROWS)
def test_kinds_do_not_depend_on_the_direction(old: str, new: str, kind: Change) -> None:
    assert kind_of(new, old) is kind


NAMES = frozenset(("Anna", "Smith", "Smithe", "Carla", "Brown", "Mr", "Oake", "Speaker", "Baku"))
NAMED = [
    ("one hundred and three", "ninety-nine", Change.NUMBER),
    ("Anna's", "Anna’s", Change.PUNCTUATION),
    ("Anna Smith", "Carla Brown", Change.NAME),
    ("Anna Smith", "Mr Oake", Change.NAME),
    ("Captain Anna Smith", "Mr Oake", Change.NAME),
    ("Smith", "Smithe", Change.NAME),  # five letters: too short for one of them to be a slip
    ("Anna Smith", "Anna Smith and Carla Brown", Change.WORDING),
    ("Speaker", "speaker", Change.CASE),
    ("Anna Smith", "the pilot", Change.WORDING),
    ("Anna Smith", "", Change.WORDING),
    ("the Speaker", "Mr Oake", Change.NAME),
    ("Smith, 20 January 2004", "Brown, 21 January 2005", Change.NAME),
]


@pytest.mark.parametrize(("old", "new", "kind"), NAMED)
def test_names_are_what_the_series_takes_for_names(old: str, new: str, kind: Change) -> None:
    usage = Usage(language="en", names=NAMES)
    assert kind_of(old, new, usage) is kind
    assert kind_of(new, old, usage) is kind
    assert kind is not Change.NAME or kind_of(old, new) is Change.WORDING, "without the series nothing is a name"


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [("", " January", Change.DATE), ("March ", "", Change.DATE), ("", " men", Change.NUMBER)],
)
def test_the_words_around_tell_a_day_from_another_number(before: str, after: str, kind: Change) -> None:
    assert kind_of("14", "15", before=before, after=after) is kind


pieces = st.text(st.sampled_from("aB 1,2.é-'\n"), max_size=12) | st.sampled_from([row[0] for row in ROWS])


@given(pieces, pieces)
def test_swapping_does_not_change_the_kind(old: str, new: str) -> None:
    usage = Usage(language="en", names=NAMES)
    assert kind_of(old, new, usage) is kind_of(new, old, usage)
    assert (kind_of(old, new, usage) is Change.SAME) == (old == new)


GERMAN = (
    "Der Vorsitzende dankte dem Verein und der Stadt für die Lampe. Dann sprach {} über das Öl und den Docht der Lampe."
)


def test_not_every_german_noun_is_a_name() -> None:
    texts = {"2001": GERMAN.format("Anna Schmidt"), "2002": GERMAN.format("Karl Braun")}
    usage = compare(from_texts(texts)).usage
    assert usage.language == "de"
    assert usage.names == {"Anna", "Schmidt", "Karl", "Braun"}


def test_a_word_that_stands_in_lower_case_anywhere_is_no_name() -> None:
    usage = compare(from_texts({"2001": "We saw the Lamp with Peter. It was a lamp for the harbour and for us."})).usage
    assert usage.names == {"Peter"}


def test_all_kinds_but_wording_are_light() -> None:
    assert set(Change) - set(LIGHT) == {Change.SAME, Change.SPACE, Change.WORDING}


def test_nothing_is_remembered_of_long_texts() -> None:
    asked: list[str] = []

    @remembered
    def length(text: str) -> int:
        asked.append(text[:1])
        return len(text)

    assert [length(letter * (REMEMBERED + (letter == "b"))) for letter in "aabb"] == [400, 400, 401, 401]
    assert asked == ["a", "b", "b"]


def test_nothing_is_remembered_of_two_texts_that_are_long_together() -> None:
    asked: list[str] = []

    @remembered_of_two
    def lengths(one: str, other: str) -> int:
        asked.append(one[:1])
        return len(one) + len(other)

    assert [lengths(letter * 100, "c" * (REMEMBERED - 100 + (letter == "b"))) for letter in "aabb"] == [
        *(REMEMBERED, REMEMBERED, REMEMBERED + 1, REMEMBERED + 1)
    ]
    assert asked == ["a", "b", "b"]


def test_what_stands_around_tells_days_from_other_numbers_only() -> None:
    assert kind_of("4", "5", before="on ", after=" May") is Change.DATE
    assert kind_of("4", "5", before="all ", after=" men") is Change.NUMBER
    assert kind_of("the lamp", "a lamp", before="on 4 ", after=" May") is Change.FUNCTION


class CountedUsage(Usage):
    """A usage that counts how often it is asked."""

    asked = 0

    def is_function_word(self, word: str) -> bool:
        type(self).asked += 1
        return super().is_function_word(word)


def test_many_capitalised_words_in_a_row_are_looked_at_once_each() -> None:
    words = 1_000
    old, new = (" ".join(f"{letter}zq{chr(97 + k % 26)}x" for k in range(words)) for letter in "VW")
    assert kind_of(old, new, CountedUsage()) is Change.WORDING
    assert words <= CountedUsage.asked <= 6 * words
