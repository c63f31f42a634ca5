"""Patterns in alternatives: leaving out those that a text cannot hold changes nothing that is found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litany.analysis.rules import placeholders, shape
from litany.analysis.rules.searching import Search

SEARCHES = {
    "leftovers": shape.LEFTOVERS,
    "sure": placeholders.SURE,
    "doubt": placeholders.DOUBT,
    "circles": placeholders.CIRCLES,
}
PIECES = (
    *"[]<>{}$£x.,-/19203 \n\u0130\u0131\u017f\u212a", "[insert ", "[TBC]", "{{name}}", "${date}", "<<x>>", "20xx",
    "19XX", "£xx", "xx.xx.19", "XXXX", "????", "_____", "TBD", "○○", "404 ", "not found", "page ", "Access denied",
    "403 Forbidden", "502 bad gateway", "Enable JavaScript", "we use ", "cookies", "accept all ", "cookie policy",
    "checking your browser", "verify you are human", "I'm not a robot", "share on x", "SKIP to content",
    "subscribe to our newsletter", "log in to continue", "\u017fign in to your account",
    "sk\u0131p to ma\u0130n content", "</div>", "&nbsp;", "\ufffd", "lorem ipsum",
)  # fmt: skip


@pytest.mark.parametrize("name", SEARCHES)
@given(text=st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_only_what_cannot_match_is_left_out(name: str, text: str) -> None:
    search = SEARCHES[name]
    whole = re.compile("|".join(f"(?:{pattern})" for _, pattern in search.alternatives), search.flags)
    assert [found.span() for found in search.finditer(text)] == [found.span() for found in whole.finditer(text)]


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
def test_a_text_that_can_hold_nothing_is_not_searched(search: Search) -> None:
    assert not list(search.finditer("The lamp was lit at six, and the band played until the tide turned."))


def test_first_of_two_alternatives_at_one_place_is_found() -> None:
    search = Search((((("a",),), "ab"), ((("a",),), "abc")))
    assert [found.group() for found in search.finditer("abc")] == ["ab"]
