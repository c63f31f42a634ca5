"""The rules explained: the page in docs/ and what --explain prints are the rules' own words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from litany.analysis.rules import RULES, Rule
from litany.reports.explaining import explanation, options_of, rules_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"


def test_the_page_is_that_of_the_rules(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept-gold"):
        PAGE.write_text(rules_page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == rules_page(), f"accept it: pytest --accept-gold '{request.node.nodeid}'"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_explains_itself(litany: Callable[..., Any], rule: Rule) -> None:
    for text in (rule.title, rule.why, rule.example, rule.mend):
        assert text == text.strip() != ""
    ran = litany("check", "--explain", rule.id)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == explanation(rule.id)
    one_line = " ".join(ran.out.split())
    for text in (rule.title, rule.why, rule.example, rule.mend, f'[check.{rule.id}] severity = "off"'):
        assert " ".join(text.split()) in one_line
    for name, _default, meaning in options_of(rule):
        assert name in one_line
        assert " ".join(meaning.split()) in one_line
    assert f"## {rule.id}\n" in PAGE.read_text(encoding="utf-8")


def test_an_unknown_rule(litany: Callable[..., Any]) -> None:
    ran = litany("check", "--explain", "wekday")
    assert ran.code == 2
    assert ran.error == "there is no rule 'wekday'; did you mean 'weekday'?"


def test_ids_are_unique_and_can_be_typed() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(part.isalpha() and part.islower() for name in ids for part in name.split("-"))
