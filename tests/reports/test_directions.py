"""Words read from right to left within an English sentence keep their own order."""

from __future__ import annotations

import pytest
from litany.reports.html.directions import isolated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17 October 2018 is a Wednesday", "17 October 2018 is a Wednesday"),
        ("“fifty <b>” & so on", "“fifty &lt;b&gt;” &amp; so on"),
        (
            "3 مارس 2015 is a الثلاثاء (Tuesday), not a الأحد",
            "<bdi>3 مارس 2015</bdi> is a <bdi>الثلاثاء</bdi> (Tuesday), not a <bdi>الأحد</bdi>",
        ),
        ("“on 3 מרץ, <i>” is not 4 מרץ.", "“<bdi>on 3 מרץ, &lt;i&gt;</bdi>” is not <bdi>4 מרץ</bdi>."),
        ("a turn \u202eof the text", "a turn <bdi>\u202e</bdi>of the text"),
        ("“היום” – “מחר”", "“<bdi>היום</bdi>” – “<bdi>מחר</bdi>”"),
        ("", ""),
    ],
)
def test_what_is_read_from_right_to_left_is_set_apart(text: str, expected: str) -> None:
    assert str(isolated(text)) == expected
