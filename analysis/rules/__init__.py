"""What `litany check` looks for: a rule is a small function from a report and its past to what is wrong in it.

`RULES` lists them all, `check` runs them. Each family of rules is a module of this package.
"""

from __future__ import annotations

from .finding import Case, Finding, Hit, Rule, Severity
from .running import RULES, Checked, Choice, check, rule_named

__all__ = ["RULES", "Case", "Checked", "Choice", "Finding", "Hit", "Rule", "Severity", "check", "rule_named"]
