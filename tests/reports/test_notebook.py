"""What values show in a notebook, and the notebook of the documentation."""

from __future__ import annotations

import ast
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from litany.analysis import Comparison, compare
from litany.corpus import from_texts, read
from litany.corpus.showing import notebook_html
from litany.reports.arrow import Column, Table, Unit
from litany.reports.notebook import MOST_PARAGRAPHS, MOST_ROWS

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "example.ipynb"
HOSTILE = 'Mr <script>alert(1)</script> & Co lit the "lamp" at </style> seven o\'clock \x07 \u202e.'


def shown_by(value: Any) -> str | None:
    """What a notebook gets when it asks a value to show itself."""
    return value._repr_html_()


def parsed(html: str | None) -> ET.Element:
    assert html is not None
    return ET.fromstring(html)  # noqa: S314 - our own


def text_of(root: ET.Element) -> str:
    return " ".join("".join(root.itertext()).split())


@pytest.fixture(scope="module")
def sample() -> Comparison:
    return compare(read("sample"))


@pytest.fixture(scope="module")
def hostile() -> Comparison:
    texts = {"2001": HOSTILE, "2002": HOSTILE.replace("seven", "<b>eight</b>"), "2003": f"{HOSTILE} <i>New</i> words."}
    return compare(from_texts(texts, name="<script>alert(2)</script>"))


def test_a_series_shows_its_reports(sample: Comparison) -> None:
    shown = text_of(parsed(shown_by(sample.series)))
    assert sample.series.name in shown
    assert "15 reports · none for 2011" in shown.replace("\u00a0", " ")
    for report in sample.series.reports:
        assert report.title in shown
        assert f"{report.document.path}:{report.lines[0]}" in shown


def test_a_comparison_shows_its_charts_and_shares(sample: Comparison) -> None:
    root = parsed(shown_by(sample))
    assert [svg.get("role") for svg in root.iter("{http://www.w3.org/2000/svg}svg")] == ["img", "img"]
    rows = [[cell.text for cell in row.iter("td")] for row in root.iter("tr")][1:]
    assert [row[:4] for row in rows[:2]] == [["2006", "–", "467", "–"], ["2007", "2006", "525", "42 %"]]


def test_a_difference_shows_words(sample: Comparison) -> None:
    new = sample.series.index("2019")
    old = sample.main_source(new)
    assert old is not None
    root = parsed(shown_by(sample.difference(old, new)))
    assert next(root.iter("ins")).text == "62nd"
    assert next(root.iter("del")).text == "59th"


@pytest.mark.parametrize("what", ["series", "comparison", "difference", "table"])
def test_texts_show_as_text(hostile: Comparison, what: str) -> None:
    values = {"series": hostile.series, "comparison": hostile, "difference": hostile.difference(0, 1),
              "table": Table(HOSTILE, (Column(HOSTILE),), ((HOSTILE,),))}  # fmt: skip
    shown = shown_by(values[what])
    root = parsed(shown)
    assert not re.search("<(script|b|i)[ >]", str(shown))
    assert str(shown).count("</style>") == 1
    assert "<script>alert" in text_of(root)


@pytest.mark.parametrize("what", ["series", "difference"])
def test_nothing_reaches_beyond_its_own_output(sample: Comparison, what: str) -> None:
    shown = shown_by(sample.series if what == "series" else sample.difference(3, 4)) or ""
    rules = re.findall(r"<style>(.*?)</style>", shown, re.DOTALL)[0].strip().splitlines()
    assert all(part.strip().startswith(".litany-shown") for rule in rules for part in rule.split("{")[0].split(","))
    assert " id=" not in shown
    assert "src=" not in shown


def test_long_values_are_cut() -> None:
    table = Table("", (Column("n", Unit.COUNT),), tuple((k,) for k in range(MOST_ROWS + 7)))
    shown = text_of(parsed(shown_by(table)))
    assert "7 more rows." in shown.replace("\u00a0", " ")
    texts = {
        year: "\n\n".join(f"Paragraph {k} of {year}." for k in range(MOST_PARAGRAPHS + 9)) for year in ("2001", "2002")
    }
    shown = text_of(parsed(shown_by(compare(from_texts(texts)).difference(0, 1))))
    assert "9 more paragraphs" in shown.replace("\u00a0", " ")


def test_without_anybody_to_draw_it_a_value_shows_as_plain_text() -> None:
    class Stranger:
        """A value whose class nobody has registered."""

    assert notebook_html(Stranger()) is None


def test_the_example_notebook_runs() -> None:
    """Each cell as a notebook has it: its statements run, and its last expression shows itself."""
    notebook = json.loads(EXAMPLE.read_text("utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert len(cells) >= 6
    names: dict[str, Any] = {}
    shown: list[object] = []
    for cell in cells:
        module = ast.parse(cell)
        last = module.body.pop()
        assert isinstance(last, ast.Expr)
        exec(compile(module, EXAMPLE.name, "exec"), names)  # noqa: S102 - our own words
        shown.append(eval(compile(ast.Expression(last.value), EXAMPLE.name, "eval"), names))  # noqa: S307
    kinds = [type(value).__name__ for value in shown]
    assert kinds == ["Series", "Comparison", "Difference", "Figure", "Figure", "Figure", "Table", "Table"]
    own = [value for value in shown if type(value).__module__.startswith("litany.")]
    assert all(shown_by(value) for value in own)


def test_the_example_notebook_holds_no_output() -> None:
    notebook = json.loads(EXAMPLE.read_text("utf-8"))
    assert all(not cell["outputs"] for cell in notebook["cells"] if cell["cell_type"] == "code")
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])
