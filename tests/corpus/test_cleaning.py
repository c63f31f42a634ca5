"""What reaches the prose and what does not, and that every character of it knows where it came from."""

from __future__ import annotations

import textwrap
import time
import unicodedata
from collections.abc import Callable

import pytest
from litany.corpus import from_texts
from litany.corpus.cleaning import clean
from litany.corpus.signs import looks_like_markdown

LONG = (
    "The lamp on the outer mole was lit at seven minutes past seven by the guest of honour, and it burned through the "
    "whole of the night without a flicker, as the keeper wrote in the book that is kept for the well-being of all."
)


def cleaned(text: str, *, markdown: bool = False) -> str:
    return clean(text, 0, len(text), markdown=markdown).traced.text


PLAIN = [
    ("one line", "One.", "One."),
    ("white space around", " \n\n One. \n\n", "One."),
    ("white space inside", "One  and\ttwo\u00a0three.", "One and two three."),
    ("blank lines", "One.\n\n\n \nTwo.", "One.\n\nTwo."),
    ("section marks", "One.\n\n* * *\n\nTwo.\n\n***\n\nThree.\n\nX X X\n\nFour.\n\nx x x\n\nFive.\n\n• • •\n\nSix.", "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\nSix."),
    ("more section marks", "One.\n\n⁂\n\nTwo.\n\n#\n\nThree.\n\n—o—\n\nFour.\n\n~~~\n\nFive.\n\noOo\n\nSix.", "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\nSix."),
    ("page break in a sentence", "The lamp was lit\n\n---\n\nby the guest of honour.", "The lamp was lit by the guest of honour."),
    ("page break between sentences", "The lamp was lit.\n\n---\n\nThe band played.", "The lamp was lit.\n\nThe band played."),
    ("form feed in a sentence", "The lamp was lit\fby the guest.", "The lamp was lit by the guest."),
    ("form feed and page number", "The lamp was lit\n\n3\n\fby the guest.", "The lamp was lit by the guest."),
    ("page of pages", "The lamp was lit\n\nPage 3 of 9\n\nby the guest.", "The lamp was lit by the guest."),
    ("page number in dashes", "The lamp was lit.\n\n- 3 -\n\nThe band played.", "The lamp was lit.\n\nThe band played."),
    ("counting page numbers", "One.\n\n1\n\nTwo.\n\n2\n\nThree.\n\n3\n\nFour.", "One.\n\nTwo.\n\nThree.\n\nFour."),
    ("a number that is text", "The toll:\n\n12\n\nThe band played.", "The toll:\n\n12\n\nThe band played."),
    ("running heads", "One.\n\fTHE BOOK 1\n\nTwo.\n\fTHE BOOK 2\n\nThree.\n\fTHE BOOK 3\n\nFour.", "One.\n\nTwo.\n\nThree.\n\nFour."),
    ("a comma before the break", "The mayor, the band,\n\n---\n\nMr Oake and the boys came.", "The mayor, the band, Mr Oake and the boys came."),
    ("a section mark cuts none", "The lamp was lit.\n\n* * *\n\nthe band played.", "The lamp was lit.\n\nthe band played."),
    ("asterisks are text", "5 * 4 is 20*, and *this* is not.\n\n* see below", "5 * 4 is 20*, and *this* is not.\n\n* see below"),
    ("hashes and underscores are text", "#5 is _here_ and snake_case.", "#5 is _here_ and snake_case."),
    ("angles and entities are text", "a < b > c &amp; d", "a < b > c &amp; d"),
    ("an indented paragraph", "One.\n\n    Two is indented.", "One.\n\nTwo is indented."),
    ("bullets", "We need:\n• a lamp\n• a boat", "We need:\n\na lamp\n\na boat"),
    ("data lines", "Area: 5 sq km\nCoast: 12 km\nClimate: mild and wet for most of the year", "Area: 5 sq km\nCoast: 12 km\nClimate: mild and wet for most of the year"),
    ("verse", "The lamp is lit,\nAnd it shall be kept lit,\nSaid the old man\nOf the sea.", "The lamp is lit,\nAnd it shall be kept lit,\nSaid the old man\nOf the sea."),
    ("an address", "The Harbour Trust\n12 Quay Street\nMarram Haven", "The Harbour Trust\n12 Quay Street\nMarram Haven"),
    ("a heading over its text", "OVERVIEW\n" + textwrap.fill(LONG, 60), "OVERVIEW\n" + LONG),
    ("a list in a paragraph", textwrap.fill(LONG, 60) + "\n1. a lamp\n2. a boat", LONG + "\n\n1. a lamp\n\n2. a boat"),
    ("hyphen at a line's end", textwrap.fill(LONG, 60).replace("guest", "gu-\nest") + "\n\nThe guest came.", LONG + "\n\nThe guest came."),
    ("a link of its own", "One.\n\nhttp://example.org/a\n\nTwo.", "One.\n\nTwo."),
    ("controls", "b\x07ell so\xadft \ufeffzero\u200bwidth", "bell soft zerowidth"),
    ("joiners stay", "\u200fשלום\u200e 👩‍🚒", "\u200fשלום\u200e 👩‍🚒"),
    ("decomposed", "cafe\u0301 \u1100\u1161\u11a8 a\u0323\u0301", "café 각 ạ́"),
    ("mojibake", "donâ€™t, Ã©tÃ©", "don’t, été"),
    ("mojibake at the end behind a control", "\x1bone Ü¯Ø", "one ܯØ"),
    ("curly quotes stay", "“It’s lit”, said Â. and Ã.", "“It’s lit”, said Â. and Ã."),
    ("a surrogate", "a\ud800b", "a\ufffdb"),
    ("nothing but marks", "* * *\n\n---\n", ""),
    ("nothing", "", ""),
]  # fmt: skip
# ruff: noqa: E501 - a row a rule


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in PLAIN], ids=[row[0] for row in PLAIN])
def test_plain_text(text: str, expected: str) -> None:
    assert cleaned(text) == expected
    _maps_back(text, markdown=False)


MARKDOWN = [
    ("emphasis", "*One* and **two** and ***three*** and __four__.", "One and two and three and four."),
    ("headings", "# One\n\nTwo.\n\nThree\n===\n\nFour.", "One\n\nTwo.\n\nThree\n\nFour."),
    ("a heading without space around", "## One\nTwo.\n## Three\nFour.", "One\n\nTwo.\n\nThree\n\nFour."),
    ("escaped section mark", "One.\n\n\\*\\*\\*\n\nTwo.\n\n\\* \\* \\*\n\nThree.", "One.\n\nTwo.\n\nThree."),
    ("bold section mark", "One.\n\n**X X X**\n\nTwo.", "One.\n\nTwo."),
    ("escapes", "5 \\* 4 \\_x\\_ \\[1\\] \\# a\\\\b", "5 * 4 _x_ [1] # a\\b"),
    ("a form feed before a line", "The lamp was lit\n\n3\n\fby the guest.\n\n\f\n*One* is\nhere.", "The lamp was lit by the guest.\n\nOne is\nhere."),
    ("other white space before a line", "One.\n\n\u00a0\nTwo is *here*.\n\u3000\n\u3000Three.", "One.\n\nTwo is here.\n\nThree."),
    ("backslashes that are text", "C:\\temp and \\*", "C:\\temp and *"),
    ("links", 'See [the *book*](http://x.org "t") and [a][1] <http://y.org>.\n\n[1]: http://z.org', "See the book and a http://y.org."),
    ("images", "Look ![the lamp](lamp.png) here.", "Look the lamp here."),
    ("link of its own", "One.\n\n**<http://example.org/a>**\n\nTwo.", "One.\n\nTwo."),
    ("code", "Use `a  b` and ``x`y``.", "Use a b and x`y."),
    ("backticks for apostrophes", "Azerbaijan`s sons and the people`s day.", "Azerbaijan`s sons and the people`s day."),
    ("a backtick before a word", "the boys` day and the girls` day", "the boys` day and the girls` day"),
    ("entities", "Fish &amp; chips &#8211; &copy;", "Fish & chips – ©"),
    ("html", "One <b>bold</b> word<br>here. <!-- a comment -->", "One bold word\nhere."),
    ("html block", "<div>\n<p>One.</p>\n<p>Two.</p>\n</div>\n\nThree.", "One.\n\nTwo.\n\nThree."),
    ("html comment", "One.\n\n<!-- litany: ignore, a reason -->\n\nTwo.", "One.\n\nTwo."),
    ("lists", "- one\n- *two*\n  goes on\n\n1. three\n2. four", "one\n\ntwo\ngoes on\n\nthree\n\nfour"),
    ("quote", "> One is\n> quoted.", "One is\nquoted."),
    ("soft break", textwrap.fill(LONG, 70), LONG),
    ("hard break", "One  \ntwo\\\nthree", "One\ntwo\nthree"),
    ("rules", "The lamp was lit\n\n---\n\nby the guest.\n\n***\n\nThe band.", "The lamp was lit by the guest.\n\nThe band."),
    ("table", "| Year | Sum |\n|------|-----|\n| 2004 | 5 |", "Year Sum\n2004 5"),
    ("fence", "```\na = 1\n  b = 2\n```", "a = 1\nb = 2"),
    ("indented is no code", "One.\n\n    Two is *indented*.", "One.\n\nTwo is indented."),
    ("lone marks", "a * b and c_d and _ and 2 < 3 > 1 & more", "a * b and c_d and _ and 2 < 3 > 1 & more"),
    ("footnote star", "The toll* was high.\n\n\\* Not final.", "The toll* was high.\n\n* Not final."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in MARKDOWN], ids=[row[0] for row in MARKDOWN])
def test_markdown(text: str, expected: str) -> None:
    assert cleaned(text, markdown=True) == expected
    _maps_back(text, markdown=True)


def _maps_back(text: str, *, markdown: bool) -> None:
    """Every character stands where its map says, or is a declared replacement of what stands there."""
    traced = clean(text, 0, len(text), markdown=markdown).traced
    assert traced.offsets.ends is not None
    for k, character in enumerate(traced.text):
        start, end = traced.offsets.to_source(k), traced.offsets.to_source_end(k + 1)
        assert 0 <= start <= end <= len(text)
        if not character.isspace() and text[start:end] != character:
            assert end > start, (k, character)
            source = unicodedata.normalize("NFC", text[start:end])
            assert character in source or source[:1] in "&âÃÜ\ud800", (k, character, source)


EVIDENCE = [
    ("plain", "The lamp was lit.\n\n* * *\n\n- not a list\n", False),
    ("stars and hashes", "# 5 is a number. 5 * 4 * 3.\n\n**Note\n", False),
    ("headings", "# One\n\nText.\n\n## Two\n", True),
    ("bold", "**One** is **two**.", True),
    ("a link", "See [the book](http://example.org).", True),
    ("escapes", "\\*\\*\\*", True),
    ("front matter", "---\ntitle: x\n---\nText.", True),
    ("footnote stars", "The toll* was high.\n\n* Not final.\n** Nor this.", False),
    ("snake", "a_b_c __init__ x_", False),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in EVIDENCE], ids=[row[0] for row in EVIDENCE])
def test_markdown_is_judged_by_evidence(text: str, expected: bool) -> None:
    assert looks_like_markdown(text) is expected


@pytest.mark.parametrize("width", range(40, 100, 7))
@pytest.mark.parametrize("markdown", [False, True])
def test_wrapping_a_paragraph_changes_nothing(width: int, markdown: bool) -> None:
    text = f"{LONG} {LONG}\n\n{LONG}"
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in text.split("\n\n"))
    assert cleaned(wrapped, markdown=markdown) == text


def test_sentences_in_a_garbled_stretch_have_places_of_their_own() -> None:
    report = from_texts({"2004": "你好。世界！再见。".encode().decode("latin-1")}).reports[0]
    assert [sentence.text for sentence in report.sentences] == ["你好。", "世界！", "再见。"]
    places = [report.place(sentence.start, sentence.end) for sentence in report.sentences]
    assert [(place.start_column, place.end_column) for place in places] == [(1, 10), (10, 19), (19, 28)]
    assert [report.span(place) for place in places] == [(0, 3), (3, 6), (6, 9)]


def test_garbled_stretches_are_counted() -> None:
    assert clean("Ã©tÃ© donâ€™t", 0, 12, markdown=False).mojibake == 3


HEAVY: list[tuple[str, Callable[[int], str]]] = [
    ("one line of words", lambda n: "word " * n),
    ("short lines", lambda n: "a b\n" * n),
    ("short paragraphs", lambda n: "ab\n\n" * n),
    ("headings", lambda n: "# x\n" * n),
    ("items", lambda n: "- x\n" * n),
    ("stars", lambda n: "*" * 4 * n),
    ("stars and letters", lambda n: "*a " * n),
    ("strong", lambda n: "**a** " * n),
    ("brackets", lambda n: "[" * 4 * n),
    ("links", lambda n: "[x](y) " * n),
    ("unclosed links", lambda n: "[a](b" * n),
    ("unclosed images", lambda n: "![a](" * n),
    ("angles", lambda n: "<" * 4 * n),
    ("comments", lambda n: "<!--" * n),
    ("tags", lambda n: "<b " * n),
    ("backticks", lambda n: "`" * 4 * n),
    ("apostrophes", lambda n: "a`b " * n),
    ("mixed ticks", lambda n: "`a ``b ```c " * n),
    ("entities", lambda n: "&amp;" * n),
    ("quotes", lambda n: "> " * n),
    ("nested lists", lambda n: "- " * n),
    ("hyphens", lambda n: "well-\nbeing of all the people who live here\n" * (n // 8)),
    ("page breaks", lambda n: "a word\n\f\n" * n),
    ("numbers", lambda n: "12\n\n" * n),
    ("urls", lambda n: "http://a.b/c\n\n" * n),
    ("combining", lambda n: "e\u0301" * n),
    ("only marks", lambda n: "a" + "\u0301" * n),
    ("mojibake", lambda n: "Ã©" * n),
    ("controls", lambda n: "a\x07" * n),
    ("spaces", lambda n: "a" + " " * n + "b"),
    ("blank lines", lambda n: "a" + "\n" * n + "b"),
]


@pytest.mark.parametrize("make", [row[1] for row in HEAVY], ids=[row[0] for row in HEAVY])
@pytest.mark.parametrize("markdown", [False, True])
def test_no_text_takes_more_than_its_length(make: Callable[[int], str], markdown: bool) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        cleaned(make(count), markdown=markdown)
        return time.process_time() - start

    seconds(10)
    # eight times the length: 64 times the time if it were quadratic; the least of several, as machines are busy
    assert min(seconds(16_000) for _ in range(2)) < 24 * max(min(seconds(2_000) for _ in range(3)), 0.05)
