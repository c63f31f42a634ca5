"""docs/tricky-cases.md shows what the program does."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest
from litany.analysis import compare
from litany.corpus import from_texts
from litany.reports.texts import diff_text

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tricky-cases.md"
BLOCK = r"```{0}\n(.*?)\n```"


def cases() -> list[str]:
    return re.split(r"^(?=## )", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]


def block(case: str, name: str) -> str:
    found = re.search(BLOCK.format(name), case, re.DOTALL)
    return found[1] if found else ""


def usual(old: str, new: str) -> str:
    """Words in order, by difflib."""
    before, after = old.split(), new.split()
    parts: list[str] = []
    for op, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            parts += before[i:j]
            continue
        parts += [f"[-{' '.join(before[i:j])}-]"] if j > i else []
        parts += [f"{{+{' '.join(after[k:m])}+}}"] if m > k else []
    return " ".join(parts)


def shown(old: str, new: str) -> str:
    """What `litany diff` prints below its heading."""
    comparison = compare(from_texts({"2001": old, "2002": new}))
    head, *body = diff_text(comparison, 0, 1, width=110).split("\n\n")
    return "\n\n".join([head.splitlines()[-2 if "marks: " in head else -1], *body]).rstrip()


def remade(case: str) -> str:
    """The case with what is shown now."""
    old, new = block(case, "old"), block(case, "new")
    kept = re.split(r"^```usual", case, maxsplit=1, flags=re.MULTILINE)[0].rstrip()
    return f"{kept}\n\n```usual\n{usual(old, new)}\n```\n\n```litany\n{shown(old, new)}\n```\n\n"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.splitlines()[0][3:])
def test_a_case_is_shown_as_the_page_says(case: str, request: pytest.FixtureRequest) -> None:
    now = remade(case)
    if request.config.getoption("--accept-gold"):
        PAGE.write_text(PAGE.read_text(encoding="utf-8").replace(case, now), encoding="utf-8")
        return
    assert case.rstrip() == now.rstrip(), "if it is right: pytest --accept-gold tests/analysis/test_tricky_cases.py"
