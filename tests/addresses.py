"""Where a page of a site on disk is opened."""

from __future__ import annotations

from pathlib import Path


def at(folder: Path, address: str) -> str:
    """The address for a browser of a page of the site in a folder, with what stands behind its '#'."""
    name, _, anchor = address.partition("#")
    return (folder / name).as_uri() + ("#" + anchor if anchor else "")
