"""A template and its values as a page that may load nothing from outside."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...analysis.settings import litany_version
from ..figures import count, percent
from ..wording import kind_name, listed, plural, shortened

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATES = Path(__file__).parent.parent / "templates"


def render(template: str, *, root: str | None, charts: str = "", code: tuple[str, ...] = (), **values: object) -> str:
    """The page that a template makes of values.

    `root` is the way to the site's folder ('' or '../'), where its style and code lie; without one (None) the page is
    alone and holds both. `code` are the files of code that it needs; `charts` is all inline SVG on it.
    """
    from markupsafe import Markup

    page = _environment().get_template(template)
    return page.render(
        values,
        root=root,
        alone=bool(values.get("alone")),
        policy=_policy(re.findall(r"<style[^>]*>(.*?)</style>", charts, re.DOTALL), code, root, bool(charts)),
        style=Markup(asset("style.css")),  # noqa: S704 - our own file
        scripts=[(name, Markup(asset(name)) if root is None else "") for name in code],  # noqa: S704 - our own files
        version=litany_version(),
    )


def _policy(charts: list[str], code: tuple[str, ...], root: str | None, has_charts: bool) -> str:
    """What the page may load: what stands in it and, in a site, beside it. Charts style their shapes by attributes."""
    alone = root is None
    styles = [*([asset("style.css")] if alone else []), *charts]
    style = ["'self'"] * (not alone) + [_digest(text) for text in dict.fromkeys(styles)]
    script = [_digest(asset(name)) for name in code] if alone else ["'self'"]
    rules = ["default-src 'none'", "img-src data:", f"style-src {' '.join(style)}"]
    rules += ["style-src-attr 'unsafe-inline'"] * has_charts
    rules += [f"script-src {' '.join(script)}"] * bool(code)
    return "; ".join([*rules, "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def asset(name: str) -> str:
    """A file of the site that is the same for every series: its style, or code."""
    return (TEMPLATES / name).read_text("utf-8")


@cache
def _environment() -> Environment:
    # imported here, as `litany --help` needs no templates
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=printable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    own: dict[str, Any] = {
        "id": id_of,
        "kind_name": kind_name,
        "count": count,
        "listed": listed,
        "plural": plural,
        "share": share,
        "shortened": shortened,
    }
    environment.globals |= own
    return environment


@lru_cache(maxsize=1 << 12)  # a large table names the same ids ten thousand times
def id_of(name: str) -> Markup:
    """The id of a report, apart from the direction of the text around it; a short one stays on one line."""
    from markupsafe import Markup

    kept = ' class="id"' if len(name) <= _LONGEST_ID else ""
    return Markup("<bdi{}>{}</bdi>").format(Markup(kept), printable(name))  # noqa: S704 - format escapes the name


_LONGEST_ID = 16  # characters: a date, and then some


def share(value: float | None) -> str:
    """A share that stays on one line."""
    return percent(value).replace(" ", "\u00a0")


_SIGNS = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"}
_NO_SIGN = dict.fromkeys([*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd")
_UNPRINTABLE = _SIGNS | {0x7F: "\u2421"} | _NO_SIGN


def printable(value: Any) -> Any:
    """A text with a visible sign for each character that HTML or UTF-8 cannot hold; anything else as it is."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return with_signs(value)
    return value


def with_signs(text: str) -> str:
    """The same of a text that is no HTML."""
    return text if text.isprintable() else text.translate(_UNPRINTABLE)
