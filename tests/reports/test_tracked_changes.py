"""Tracked changes: accept them all and it is the new report, reject them all and it is the old one."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from litany.analysis import Comparison, compare
from litany.corpus import from_texts, read
from litany.reports.tracked_changes import diff_docx
from strategies import revised, texts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GONE = {True: (f"{W}del", f"{W}moveFrom"), False: (f"{W}ins", f"{W}moveTo")}  # when accepted, when rejected


def resolved(data: bytes, *, accepted: bool) -> str:
    """The text once all changes are accepted or rejected, by the rules of the format and not by our code.

    What is gone takes its runs along; a paragraph whose end is gone goes on in the next one.
    """
    paragraphs: list[str] = [""]
    body = Document(io.BytesIO(data)).element.body
    for paragraph in body.iterchildren(f"{W}p"):
        paragraphs[-1] += "".join(_kept_text(paragraph, GONE[accepted]))
        ends = paragraph.find(f"{W}pPr/{W}rPr")
        if ends is None or not any(ends.find(tag) is not None for tag in GONE[accepted]):
            paragraphs.append("")
    assert paragraphs.pop() == ""
    return "\n\n".join(paragraphs)


def _kept_text(node: Any, gone: tuple[str, ...]) -> Iterator[str]:
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    for child in node.iterchildren():
        if child.tag in gone or child.tag == f"{W}pPr":
            continue
        if child.tag in (f"{W}t", f"{W}delText"):
            yield child.text
        elif child.tag in signs:
            yield signs[child.tag]
        else:
            yield from _kept_text(child, gone)


def of_texts(old: str, new: str) -> Comparison:
    return compare(from_texts({"2001": old, "2002": new}))


CASES = [
    ("One lamp. Two lamps.", "One lamp. Three lamps."),
    ("One lamp was lit.\n\nTwo boats came in.", "One lamp was lit. Two boats came in."),
    ("One lamp was lit. Two boats came in.", "One lamp was lit.\n\nTwo boats came in."),
    ("One lamp was lit here.\n\nTwo boats came in late.", "Two boats came in late.\n\nOne lamp was lit here."),
    ("A list:\n\n- one\n- two", "A list:\n\n- two\n- one\n- three"),
    ("The lamp was lit.", "Nothing of the kind at all here."),
    ("שלום עולם וכל מי שבו.", "שלום לעולם וכל מי שבו."),
    ("a < b & c > d. \"Quoted\".", "a < b & c > e. \"Quoted\"."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), CASES)
def test_accepting_gives_the_new_text_and_rejecting_the_old(old: str, new: str) -> None:
    comparison = of_texts(old, new)
    data = diff_docx(comparison, 0, 1)
    assert resolved(data, accepted=True) == comparison.series.reports[1].text
    assert resolved(data, accepted=False) == comparison.series.reports[0].text


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_the_same_of_any_two_reports(data: st.DataObject) -> None:
    old = data.draw(texts.filter(bool))
    new = data.draw(revised(old).filter(bool))
    breaks = data.draw(st.sampled_from([" ", "\n\n"]))
    comparison = of_texts("\n\n".join(old), breaks.join(new))
    made = diff_docx(comparison, 0, 1)
    assert resolved(made, accepted=True) == comparison.series.reports[1].text
    assert resolved(made, accepted=False) == comparison.series.reports[0].text


@pytest.fixture(scope="module")
def sample() -> Comparison:
    return compare(read("sample"))


def test_the_sample_both_ways(sample: Comparison) -> None:
    reports = sample.series.reports
    for old, new in ((0, 2), (5, 12), (14, 3)):
        data = diff_docx(sample, old, new)
        assert resolved(data, accepted=True) == reports[new].text
        assert resolved(data, accepted=False) == reports[old].text


def test_a_moved_passage_is_a_move_and_both_sides_share_a_name(sample: Comparison) -> None:
    ids = sample.series.ids
    body = Document(io.BytesIO(diff_docx(sample, ids.index("2007"), ids.index("2008")))).element.body
    sides = [
        {(start.get(f"{W}name"), start.get(f"{W}id")) for start in body.iter(f"{W}{side}RangeStart")}
        for side in ("moveFrom", "moveTo")
    ]
    assert len(sides[0]) >= 1
    assert {name for name, _ in sides[0]} == {name for name, _ in sides[1]}
    for side, starts in zip(("moveFrom", "moveTo"), sides, strict=True):
        assert {end.get(f"{W}id") for end in body.iter(f"{W}{side}RangeEnd")} == {number for _, number in starts}
    revisions = [node.get(f"{W}id") for node in body.iter() if node.get(f"{W}author")]
    assert len(revisions) == len(set(revisions))


def test_every_change_says_who_and_when(sample: Comparison) -> None:
    body = Document(io.BytesIO(diff_docx(sample, 0, 1))).element.body
    changes = [node for node in body.iter() if node.tag in (*GONE[True], *GONE[False])]
    assert {node.get(f"{W}author") for node in changes} == {"litany"}
    assert {node.get(f"{W}date") for node in changes} == {"2007-10-17T00:00:00Z"}


def test_the_head_of_the_page_says_what_is_compared(sample: Comparison) -> None:
    document = Document(io.BytesIO(diff_docx(sample, 0, 1)))
    title = f"2006 → 2007 · {sample.series.name}"
    assert document.sections[0].header.paragraphs[0].text == title
    assert document.core_properties.title == title


def test_the_same_bytes_every_time_and_no_clock(sample: Comparison) -> None:
    first, second = (diff_docx(compare(read("sample")), 0, 1) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_characters_that_xml_cannot_hold_are_shown_by_a_sign() -> None:
    comparison = of_texts("The lamp\x07 was lit.", "The lamp\x07 was \ud800 lit again.")
    text = resolved(diff_docx(comparison, 0, 1), accepted=True)
    assert "\x07" not in text
    assert "lit again." in text


def test_a_right_to_left_paragraph_runs_so() -> None:
    body = Document(io.BytesIO(diff_docx(of_texts(*CASES[6]), 0, 1))).element.body
    assert body.find(f"{W}p/{W}pPr/{W}bidi") is not None


def test_libreoffice_accepts_and_rejects_them(sample: Comparison, tmp_path: Path) -> None:
    python = "/usr/bin/python3"
    if shutil.which("soffice") is None or not Path(python).exists():
        pytest.skip("no LibreOffice; apt-get install libreoffice-writer-nogui python3-uno")
    if subprocess.run([python, "-c", "import uno"], capture_output=True).returncode:
        pytest.skip("no bindings of LibreOffice for Python; apt-get install python3-uno")
    pairs = {"near": (2, 3), "far": (0, 14), "moved": (1, 2)}
    for name, pair in pairs.items():
        (tmp_path / f"{name}.docx").write_bytes(diff_docx(sample, *pair))
    subprocess.run(
        [python, Path(__file__).with_name("libreoffice.py"), tmp_path], check=True, timeout=180, capture_output=True
    )
    for name, pair in pairs.items():
        for number, fate in zip(pair, ("rejected", "accepted"), strict=True):
            paragraphs = json.loads((tmp_path / f"{name}.{fate}.json").read_text())
            assert "\n\n".join(paragraphs) == sample.series.reports[number].text


def test_the_command_writes_it_and_names_what_is_missing(
    litany: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: Comparison
) -> None:
    target = tmp_path / "changes.docx"
    assert litany("diff", "sample", "2006", "2007", "-o", target, "--quiet").code == 0
    assert target.read_bytes() == diff_docx(sample, 0, 1)
    assert "name a file with -o" in litany("diff", "sample", "2007", "--format", "docx", "--quiet").error
    monkeypatch.setitem(sys.modules, "docx", None)
    missing = litany("diff", "sample", "2007", "-o", tmp_path / "other.docx", "--quiet")
    assert missing.code == 2
    assert "pip install 'litany[docx]'" in missing.error
    assert not (tmp_path / "other.docx").exists()
