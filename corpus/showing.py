"""How the values of this and the later rooms show themselves in a notebook.

What a reader sees is drawn by the last room, and no room imports a later one. So the values only ask here, and here it
is looked up who draws them: whoever is registered for their class under the entry points `litany.notebook`. litany's
own are in pyproject.toml; without them (a copy that was never installed) a notebook shows the plain `repr`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

GROUP = "litany.notebook"


def notebook_html(value: object) -> str | None:
    """The value as HTML that can stand in any page; None where nobody is registered to draw it."""
    view = _view(type(value).__name__)
    return None if view is None else view(value)


@cache
def _view(name: str) -> Callable[[object], str] | None:
    from importlib.metadata import entry_points  # imported here, as it takes a while and seldom is needed

    found = sorted(entry_points(group=GROUP, name=name), key=lambda entry: entry.value)
    return found[0].load() if found else None
