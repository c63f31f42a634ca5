"""What can be set, and the line that says how a figure was made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@cache  # each page says it, and each time the metadata would be read anew
def litany_version() -> str:
    """The version of the installed distribution; `unknown` where litany runs uninstalled."""
    from importlib.metadata import PackageNotFoundError, version  # here: it takes as long to import as click

    try:
        return version("litany")
    except PackageNotFoundError:
        return "unknown"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that changes a figure. Equal settings on equal texts give equal bytes."""

    likeness: float = 0.3
    """Linked sentences less alike than this, 0..1, count as dropped and new: retold rather than edited."""
    shingle: int = 4
    """Words in a shingle, for the containment measure."""

    def signature(self, *what: str) -> str:
        """The line printed with a figure: `what` it is, and the version that made it, separated by bars."""
        return " | ".join([*what, f"litany {litany_version()}"])
