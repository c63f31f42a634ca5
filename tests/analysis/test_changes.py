"""What kind of change it is: one row a change."""

import pytest
from litany.analysis.changes import Change, kind_of

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
    ("$3.5 million", "$4.1 billion", Change.WORDING),
    ("3 Dogs", "4 dogs", Change.WORDING),
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
