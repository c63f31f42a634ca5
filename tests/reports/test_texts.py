"""A difference as text and as Markdown: every word there, folded, wrapped, and nothing taken for mark-up."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litany.analysis import Comparison, compare
from litany.corpus import read
from litany.reports import diff_markdown, diff_text
from litany.reports.terminal import one_line, printable
from markdown_it import MarkdownIt
from rich.cells import cell_len


@pytest.fixture
def between(tmp_path: Path) -> Callable[[str, str], Comparison]:
    """The comparison of two texts, as the reports of 2004 and 2005."""

    def make(old: str, new: str) -> Comparison:
        for year, text in (("2004", old), ("2005", new)):
            (tmp_path / f"{year}.txt").write_text(text)
        return compare(read(tmp_path, name="S"))

    return make


def body(text: str) -> str:
    """What follows the heading, on one line."""
    return " ".join(text.partition("\n\n")[2].split())


def test_the_samples_difference_as_text(gold: Callable[[str, str], None]) -> None:
    comparison = compare(read("sample"))
    new = comparison.series.index("2018")
    gold("diff-2018.txt", diff_text(comparison, new - 1, new))
    gold("diff-2018.ansi", diff_text(comparison, new - 1, new, color=True, context=0))


def test_the_samples_difference_as_markdown(gold: Callable[[str, str], None]) -> None:
    comparison = compare(read("sample"))
    new = comparison.series.index("2018")
    gold("diff-2018.md", diff_markdown(comparison, new - 1, new))


TABLES = (
    "Station Height\nAldmere 3,931\n- Eastry 7,945\n",
    "Station Height\nAldmere 4,000\n- Eastry 7,945\nFarrow 410\n",
)


def test_rows_of_a_table_stand_on_lines_of_their_own(between: Callable[[str, str], Comparison]) -> None:
    comparison = between(*TABLES)
    rows = ["Station Height", "Aldmere [-3,931-] {+4,000+}", "- Eastry 7,945", "{+Farrow 410+}"]
    assert diff_text(comparison, 0, 1).splitlines()[-4:] == rows
    shown = diff_markdown(comparison, 0, 1).splitlines()[-4:]
    assert shown == ["Station Height  ", "Aldmere ~~3,931~~ **4,000**  ", "\\- Eastry 7,945  ", "**Farrow 410**"]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("He laid a wreath.", "He laid the wreath.", "He laid [-a-] {+the+} wreath."),
        ("He laid a wreath.", "He laid a green wreath.", "He laid a {+green+} wreath."),
        ("He laid a green wreath.", "He laid a wreath.", "He laid a [-green-] wreath."),
        ("He came, and left.", "He came and left.", "He came[-,-] and left."),
        ("He came. She left.", "He came.", "He came. [-She left.-]"),
        ("灯在二月修复。燃烧了煤油。终了。", "终了。", "[-灯在二月修复。燃烧了煤油。-]终了。"),
        ("He came.\n\nShe left.", "He came.", "... 1 paragraph unchanged ... [-She left.-]"),
    ],
)
def test_words_inside_flowing_sentences(
    between: Callable[[str, str], Comparison], old: str, new: str, shown: str
) -> None:
    assert body(diff_text(between(old, new), 0, 1, context=0)) == shown


def test_lines_fit_the_width_whatever_the_letters(between: Callable[[str, str], Comparison]) -> None:
    old = "The lamp was lit at seven by the keeper of the mole. " * 4 + "灯台は七時に点灯された。" * 12
    new = "The lamp was lit at eight by the keeper of the mole. " * 4 + "灯台は八時に点灯された。" * 12
    for width in (20, 40, 80):
        lines = diff_text(between(old, new), 0, 1, width=width).splitlines()
        assert max(map(cell_len, lines)) <= width
        assert not any(line.endswith(" ") for line in lines)


def test_colours_and_marks_hold_the_same_words(between: Callable[[str, str], Comparison]) -> None:
    comparison = between("One two three. Four five six seven.", "One two four. Four five seven seven.")
    plain = body(re.sub(r"\[-|-\]|\{\+|\+\}", "", diff_text(comparison, 0, 1)))
    colored = body(re.sub(r"\x1b\[[\d;]*m", "", diff_text(comparison, 0, 1, color=True)))
    assert plain == colored


def test_nothing_in_a_text_is_taken_for_richs_markup(between: Callable[[str, str], Comparison]) -> None:
    text = "A [bold]b[/bold] :smile: [link=x]."
    assert "A [bold]b[/bold] :smile: [link=x]." in diff_text(between(text, f"{text} More."), 0, 1, color=True)


def visible(markdown: str) -> str:
    """The text that a reader of the Markdown sees, on one line."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["strikethrough", "table"]).parse(markdown)
    blocks = (token.children for token in tokens if token.children)
    lines = (
        "".join(child.content if child.type == "text" else " " * child.type.endswith("break") for child in block)
        for block in blocks
    )
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize(
    "text",
    [
        "# No heading", "1. no list", "- no list", "+ no list", "> no quote", "=== no line",
        "a *b* _c_ **d** `e` ~~f~~", "<b>no tag</b> <script>alert(1)</script>", "[no](link) ![no](image) [no]: link",
        "a | b | c", "&amp; &lt; &#65; A&B", "@octocat look at #12 and org/repo#7", r"back\slash \* \\", "$x$ $$y$$",
        "<!-- comment -->", "http://example.org/a_b_c",
    ],
)  # fmt: skip
def test_a_texts_own_signs_are_no_markdown(between: Callable[[str, str], Comparison], text: str) -> None:
    comparison = between(f"Before.\n\nOld words. {text}", f"Before.\n\n{text} New words.")
    markdown = diff_markdown(comparison, 0, 1)
    assert " ".join(text.split()) in visible(markdown)
    tags = {token.tag for token in MarkdownIt("commonmark").enable(["strikethrough", "table"]).parse(markdown)}
    assert tags <= {"h3", "p", ""}
    assert not re.search(r"(?<!\w)@\w|#\d", markdown)


@given(
    st.lists(
        st.sampled_from(["lamp", "mole", "a.", ",", "!", "(", ")", "*", "_", "~", "`", "£5", "“x”", "—"]), max_size=9
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_markdown_marks_every_change(between: Callable[[str, str], Comparison], words: list[str]) -> None:
    """No sign of ours stays visible: what is struck or bold is taken for that, beside whatever character it stands."""
    comparison = between("The lamp was lit on the mole.", "The lamp " + " ".join(words) + " was lit on, the mole.")
    shown = visible(diff_markdown(comparison, 0, 1)).partition("dropped ")[2]
    allowed = " ".join(words).count("~") + " ".join(words).count("*")
    assert shown.count("~") + shown.count("*") == allowed


def test_control_characters_are_spelled_out() -> None:
    assert printable("a\x1b[31mb\x07\x9b\u202e\ud800\n\tc") == "a\\x1b[31mb\\x07\\x9b\\u202e\\ud800\n\tc"
    assert one_line(" a\n\x85b \u2028 c\r\n") == "a b c"
