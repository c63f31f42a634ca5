"""The rules explained: one in the terminal, all as docs/rules.md."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from ..analysis.rules import RULES, Rule, rule_named


def explanation(name: str, width: int = 80) -> str:
    """What a rule finds, why, an example, how to mend it, its options and how to switch it off, for a terminal.

    Raises `UsageError` where there is no such rule.
    """
    rule = rule_named(name)
    parts = [
        f"{rule.id} ({rule.severity}): {rule.title}",
        rule.why,
        f"Example: {rule.example}",
        f"To mend: {rule.mend}",
    ]
    options = [f"{option} (default {default}): {text}" for option, default, text in options_of(rule)]
    parts += [
        "Options, under " + f"[check.{rule.id}] in litany.toml or [tool.litany.check.{rule.id}] in pyproject.toml:"
    ]
    parts += [f"severity (default {rule.severity}): error, warning, note or off.", *options]
    parts += [f'Off: [check.{rule.id}] severity = "off". At one place: <!-- litany: ignore {rule.id}: the reason -->']
    return (
        "\n\n".join(textwrap.fill(part, width, break_long_words=False, break_on_hyphens=False) for part in parts) + "\n"
    )


def options_of(rule: Rule) -> list[tuple[str, str, str]]:
    """The options of a rule: name, default and meaning."""
    texts = _field_docstrings(rule.options)
    return [(f.name.replace("_", "-"), _toml(f.default), texts[f.name]) for f in fields(rule.options)]


def _toml(value: object) -> str:
    if value is None:
        return "none"
    return str(list(value)) if isinstance(value, tuple) else str(value)


def _field_docstrings(options: type[Any]) -> dict[str, str]:
    """The docstring under each field of a dataclass."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(options))).body[0]
    assert isinstance(tree, ast.ClassDef)  # noqa: S101 - it is the source of a class
    texts: dict[str, str] = {}
    for field, text in zip(tree.body, tree.body[1:], strict=False):
        is_text = isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and is_text:
            texts[field.target.id] = " ".join(str(ast.literal_eval(text.value)).split())  # pyright: ignore[reportAttributeAccessIssue]
    return texts


def rules_page() -> str:
    """All rules as a page of Markdown: docs/rules.md."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield "# Rules of `litany check`"
    yield ""
    yield "What `litany check` looks for. This page is made from the rules themselves; `litany check --explain RULE`"
    yield "prints one of them."
    yield ""
    yield "| rule | weighs | finds |"
    yield "| --- | --- | --- |"
    for rule in RULES:
        yield f"| [`{rule.id}`](#{rule.id}) | {rule.severity} | {rule.title} |"
    for rule in RULES:
        yield ""
        yield f"## {rule.id}"
        yield ""
        yield from textwrap.wrap(f"**{rule.title}** ({rule.severity}).", 120)
        for head, text in (("Why", rule.why), ("Example", rule.example), ("To mend", rule.mend)):
            yield ""
            yield from textwrap.wrap(f"*{head}.* {text}", 120, break_long_words=False, break_on_hyphens=False)
        options = options_of(rule)
        if options:
            yield ""
            yield "| option | default | meaning |"
            yield "| --- | --- | --- |"
            yield from (f"| `{option}` | {default} | {text} |" for option, default, text in options)
        yield ""
        yield "*To switch it off*, or to let it weigh otherwise (`error`, `warning`, `note`), in `litany.toml`:"
        yield ""
        yield "```toml"
        yield f"[check.{rule.id}]"
        yield 'severity = "off"'
        yield "```"
        yield ""
        yield f"*At one place*, in the text: `<!-- litany: ignore {rule.id}: the reason -->`."
    yield ""
