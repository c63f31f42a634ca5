"""What holds for every input: texts map back, files may be renamed and re-encoded, and nothing crashes."""

from __future__ import annotations

import tempfile
import unicodedata
from pathlib import Path

import ftfy.bad_codecs
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from litany.corpus import InputError, LitanyError, Report, Series, from_texts, read
from litany.corpus.cleaning import MOJIBAKE_LEADS

ftfy.bad_codecs.ok()  # Python knows the codecs now that mojibake comes by
relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LINES = [
    "The lamp was lit at seven. It burned.",
    "and went on below the break.",
    "# Notice of 20 January 2004",
    "**Notice of 3 May 2005**",
    "## A part",
    "- an item",
    "* * *",
    "\\*\\*\\*",
    "---",
    "\f",
    "3",
    "Page 3 of 9",
    "| a | b |",
    "Area: 5 km",
    "*one* and **two** [three](http://x.org)",
    "<!-- aside --> &amp; a`b people`s",
    "cafe\u0301 Ã©",
    "    indented",
    "```",
    "你好。世界！",
    "Ð\x80\xa0",
    "",
    "",
]
layouts = st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=20)), max_size=20).map("\n".join)


def check(report: Report) -> None:
    """All that holds between a report's text, its sentences, its tokens and its document."""
    last = 0
    assert report.text == report.text.strip()
    assert "  " not in report.text
    assert "\n\n\n" not in report.text
    assert unicodedata.is_normalized("NFC", report.text)
    for sentence in report.sentences:
        assert last <= sentence.start < sentence.end <= len(report.text)
        assert sentence.text.strip() == sentence.text != ""
        last = sentence.end
        place = report.place(sentence.start, sentence.end)
        assert (place.start_line, place.start_column) < (place.end_line, place.end_column)
        assert report.lines[0] <= place.start_line <= place.end_line <= report.lines[1]
        assert report.span(place) == (sentence.start, sentence.end)
    counts = report.sentence_tokens.tolist()
    assert counts[0] == 0
    assert counts[-1] == len(report.tokens.spans)
    for k, sentence in enumerate(report.sentences):
        inside = report.tokens.spans[counts[k] : counts[k + 1]].tolist()
        assert inside
        assert sentence.start <= inside[0][0]
        assert inside[-1][1] <= sentence.end
    for word in report.words():
        assert there(report, word.start, word.end) == word.text


def there(report: Report, start: int, end: int) -> str:
    """The text at the place of a span, in NFC; the span's own text where cleaning declares a replacement."""
    place = report.place(start, end)
    lines = report.document.text.split("\n")
    if place.start_line != place.end_line:
        found = (
            lines[place.start_line - 1][place.start_column - 1 :] + lines[place.end_line - 1][: place.end_column - 1]
        )
    else:
        found = lines[place.start_line - 1][place.start_column - 1 : place.end_column - 1]
    own = report.text[start:end]
    found = unicodedata.normalize("NFC", found)
    replaced = any(mark in found for mark in "&\\*`_[<-" + MOJIBAKE_LEADS) or any(
        unicodedata.category(one) in "CcCfCs" for one in found
    )
    replaced |= found == own.encode("utf-8", "replace").decode("sloppy-windows-1252")  # mojibake without a usual lead
    return own if replaced or not unicodedata.is_normalized("NFC", report.document.text) else found


@relaxed
@example("Ð\x80\xa0\nThe lamp was lit at seven. It burned.")
@example("Ë¯Â")
@given(st.one_of(layouts, st.text(max_size=300)))
def test_any_text_in_memory_is_a_series_or_an_error(text: str) -> None:
    try:
        series = from_texts({"2004": text})
    except InputError:
        return  # nothing is left of it but marks
    check(series.reports[0])


@relaxed
@given(layouts)
def test_any_layout_in_a_file_is_a_series_or_an_error(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "notices.md")
        path.write_text(text, encoding="utf-8", errors="replace", newline="")
        try:
            series = read(path)
        except LitanyError:
            return
    for report in series.reports:
        check(report)


@relaxed
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda t: t.encode("utf-16", "replace"))))
def test_any_bytes_are_a_series_or_an_error(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "2004.txt")
        path.write_bytes(raw)
        try:
            series = read(path)
        except LitanyError:
            return
    assert isinstance(series, Series)
    check(series.reports[0])


prose = st.lists(st.sampled_from(LINES[:3] + LINES[13:17] + LINES[19:]), min_size=1, max_size=8).map("\n".join)


@relaxed
@given(
    st.lists(prose, min_size=1, max_size=4),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.randoms(use_true_random=False),
)
def test_renaming_reordering_and_reencoding_change_nothing(
    texts: list[str], encoding: str, end: str, random: object
) -> None:
    texts = [f"Here is a sentence {k}.\n\n{text}" for k, text in enumerate(texts)]
    with tempfile.TemporaryDirectory() as folder:
        plain, other = Path(folder, "plain"), Path(folder, "other")
        plain.mkdir()
        other.mkdir()
        for k, text in enumerate(texts):
            (plain / f"{2000 + k}.txt").write_text(text, encoding="utf-8", newline="")
            name = f"{'zyxw'[k]} report of {2000 + k}.txt"
            (other / name).write_text(text.replace("\n", end), encoding=encoding, newline="")
        one, two = read(plain), read(sorted(other.iterdir(), reverse=True))
    assert [report.text for report in one.reports] == [report.text for report in two.reports]
    assert one.ids == two.ids
    for a, b in zip(one.reports, two.reports, strict=True):
        assert a.sentence_spans.tolist() == b.sentence_spans.tolist()
        assert a.lines == b.lines


FOLDERS = [
    "fomc_statements",
    "us_inaugural",
    "darwin_origin_ch1",
    "world_factbook/gl",
    "company_policies_basecamp/basecamp_terms",
]


@pytest.mark.parametrize("name", FOLDERS)
def test_real_series_hold_them_too(shared_data: Path, name: str) -> None:
    series = read(shared_data / "series" / name)
    files = [path for path in (shared_data / "series" / name).iterdir() if path.suffix == ".txt"]
    assert len(series) == len(files)
    assert series.skipped == ()
    assert [str(report.date) for report in series.reports] == sorted(path.stem for path in files)
    for report in [*series.reports[:2], series.reports[-1]]:
        check(report)


def test_the_seed_compilation(shared_data: Path) -> None:
    series = read(shared_data / "seeds" / "000_95eba4d8c191244c.txt")
    years = [2004, *range(2006, 2023)]
    assert series.ids == tuple(map(str, years))
    assert [str(report.date) for report in series.reports] == [f"{year}-01-20" for year in years]
    assert series.missing == ("2005",)
    assert series.notices == series.skipped == ()
    lines = series.reports[0].document.text.split("\n")
    for report, after in zip(series.reports, [*series.reports[1:], None], strict=True):
        check(report)
        first, last = report.lines
        assert "**" in lines[first - 1]
        assert lines[last - 1].strip().endswith((".", '"', "”", "…"))
        assert after is None or last < after.lines[0]
        assert not any(mark in report.text for mark in ("\\", "**", "X X X", "x x x", "---", "http"))
        assert str(report.date.day.year) in report.title
    assert "`s" in series.reports[series.ids.index("2011")].title
    assert "\u0060s" in series.reports[series.ids.index("2013")].text
