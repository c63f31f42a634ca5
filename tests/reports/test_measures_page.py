"""docs/measures.md: every example on the page is worked out again, by hand's arithmetic and by litany."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from litany.analysis import Comparison, compare
from litany.corpus import from_texts
from litany.reports import measuring

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "measures.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```example\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
CLAIM = re.compile(r"(?:(\d{4})|(terms|marks) (\w+)) (\w+) = (.+) = (-?[\d.]+)")

OPERATORS: dict[type, Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def worked_out(node: ast.AST) -> float:
    """The value of an arithmetic expression; nothing else is allowed on the page."""
    match node:
        case ast.Expression(body):
            return worked_out(body)
        case ast.Constant(value) if isinstance(value, (int, float)):
            return float(value)
        case ast.BinOp(left, sign, right):
            return OPERATORS[type(sign)](worked_out(left), worked_out(right))
        case ast.Call(ast.Name("sqrt" | "log" as name), [argument], []):
            return {"sqrt": math.sqrt, "log": math.log}[name](worked_out(argument))
        case _:
            raise AssertionError(f"no arithmetic: {ast.dump(node)}")


def read_example(example: str) -> tuple[Comparison, list[str]]:
    lines = example.splitlines()
    texts = dict(line.split(": ", 1) for line in lines if re.match(r"\d{4}: ", line))
    claims = [line for line in lines if not re.match(r"\d{4}: ", line)]
    return compare(from_texts(texts)), claims


def said(comparison: Comparison, found: re.Match[str]) -> Any:
    """What litany says where the page claims something."""
    report, table, term, column, _, _ = found.groups()
    rows = measuring.TABLES[table or "reports"].rows(comparison)
    return next(row for row in rows if (row["report"] == report if report else row["term"].lower() == term))[column]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.splitlines()[-1].split(" = ")[0])
def test_examples_are_true(example: str) -> None:
    comparison, claims = read_example(example)
    assert claims
    for line in claims:
        found = CLAIM.fullmatch(line)
        assert found, line
        value = float(found[6])
        assert worked_out(ast.parse(found[5], mode="eval")) == pytest.approx(value, abs=1e-6), line
        assert said(comparison, found) == pytest.approx(value, abs=1e-6), line


def test_every_measure_has_an_example() -> None:
    shown = {found[4] for line in PAGE.splitlines() if (found := CLAIM.fullmatch(line))}
    wanted = {name for name in measuring.REPORTS if name.startswith(("sim_", "edited_l", "edited_h"))}
    wanted |= {"verbatim", "edited", "new", "dropped", "changed", "returned_past", "shared", "boilerplate"}
    wanted |= {"stickiness", "redundancy", "modification", "change", "log_odds", "z"}
    assert wanted <= shown


def test_every_column_is_on_the_page() -> None:
    plain = {"report", "date", "title", "words", "sentences", "main_source", "previous", "source_shares"}
    for name in [*measuring.REPORTS.keys() - plain, *measuring.TABLES.keys() - {"reports"}]:
        base = re.sub(r"_(previous|past)$", "", re.sub(r"^n_", "", name)).replace("_sentences", "")
        named = f"`{name}`" in PAGE or f"`{base}`" in PAGE or f"--table {name}" in PAGE
        assert named or name in ("phase", "n_source"), name
