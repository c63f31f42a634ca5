"""What a project says about `litany check`: the table [check], with a table for each rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal, cast

import msgspec

from ..analysis.rules import RULES, Choice, Finding, Rule, Severity
from ..corpus.errors import UsageError
from .config import at_key, nearest_name

_WANTED = {
    "fail-on": "error, warning or note, in quotes",
    "baseline": "the name of a file, in quotes",
    "cache": "the name of a folder in quotes, or false",
    "ignore": 'a list of tables such as { rule = "weekday", report = "2018", reason = "the almanac is wrong" }',
    "severity": "error, warning, note or off, in quotes",
}


class Ignored(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Findings that a project has looked at and does not want to see again."""

    rule: str
    """The rule."""
    reason: str
    """Why."""
    report: str | None = None
    """The id of the report; None for all."""
    text: str | None = None
    """Words of the message or the evidence; None for all."""

    def covers(self, finding: Finding) -> bool:
        """Whether it is about the finding."""
        if self.rule != finding.rule or self.report not in (None, finding.report):
            return False
        return self.text is None or self.text in finding.message or self.text in finding.evidence


class CheckConfig(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """The table [check], without those of the rules."""

    fail_on: Literal["error", "warning", "note"] = "error"
    """The exit code is 1 from this severity on."""
    baseline: str | None = None
    """The file with the findings that are known."""
    cache: str | bool = True
    """The folder of the cache; false for none."""
    ignore: tuple[Ignored, ...] = ()
    """Findings that are ignored, each with a reason."""


def check_config(table: Mapping[str, Any], path: Path | None) -> tuple[CheckConfig, dict[str, Choice]]:
    """The settings of [check], and what is said about each rule.

    Raises `UsageError` with file, line and remedy for keys that do not exist and values that do not fit.
    """
    rules = {rule.id: rule for rule in RULES}
    own = [_kebab(name) for name in CheckConfig.__struct_fields__]
    for key in table:
        if key not in own and key not in rules:
            raise UsageError(f"{at_key(path, key)}: unknown key {key!r} in check; {nearest_name(key, [*own, *rules])}")
    config = _converted({key: table[key] for key in table if key in own}, CheckConfig, path, _WANTED)
    for ignored in config.ignore:
        if ignored.rule not in rules:
            near = nearest_name(ignored.rule, list(rules))
            raise UsageError(f"{at_key(path, 'ignore')}: there is no rule {ignored.rule!r} to ignore; {near}")
        if not ignored.reason.strip():
            raise UsageError(f"{at_key(path, 'ignore')}: say why {ignored.rule} is ignored: give it a reason")
    return config, {key: _choice(rules[key], table[key], path) for key in table if key in rules}


def _choice(rule: Rule, value: object, path: Path | None) -> Choice:
    if not isinstance(value, dict):
        raise UsageError(f'{at_key(path, rule.id)}: {rule.id} must be a table such as {{ severity = "off" }}')
    table = dict(cast(dict[str, Any], value))
    severity = table.pop("severity", None)
    if severity not in (None, "off", *Severity):
        raise UsageError(f"{at_key(path, 'severity')}: severity must be {_WANTED['severity']}")
    known = [_kebab(field.name) for field in fields(rule.options)]
    for key in table:
        if key not in known:
            near = nearest_name(key, ["severity", *known])
            raise UsageError(f"{at_key(path, key)}: unknown key {key!r} for {rule.id}; {near}")
    wanted = dict.fromkeys(known, "of the kind that `litany check --explain` names")
    options = _converted({key.replace("-", "_"): inner for key, inner in table.items()}, rule.options, path, wanted)
    return Choice(None if severity in (None, "off") else Severity(severity), severity == "off", options)


def _converted(table: dict[str, Any], kind: type[Any], path: Path | None, wanted: Mapping[str, str]) -> Any:
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        key = _kebab(re.split(r"[^\w-]+", str(error).partition(" - at ")[2].strip("`$."))[0])
        raise UsageError(f"{at_key(path, key)}: {key} must be {wanted.get(key, 'of another kind')}") from error


def _kebab(name: str) -> str:
    return name.replace("_", "-")
