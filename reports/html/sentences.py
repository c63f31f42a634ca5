"""The sentences of a series for the code in the pages: each distinct one once, and where it stands.

A file of code, as a page that is opened from disk may load code beside it but may read no other file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .rendering import printable

if TYPE_CHECKING:
    from ...analysis.provenance import Origin
    from .facts import Site


def sentences_file(site: Site) -> str:
    """The file that defines `litany`, the data of compare.html and search.html.

    `texts` are the distinct sentences in order of first appearance; `numbers`, `threads` and `kinds` give for each
    report, for each of its sentences, which of them it is, its lineage, and v, e or n, in capitals if it moved;
    `within` gives for a lineage that was merged into others the reports that have it so.
    """
    comparison, addresses = site.comparison, site.addresses
    distinct = comparison.provenance.distinct
    merged = ((k, line) for k, line in enumerate(comparison.lineages) if line.within)
    data: dict[str, Any] = {
        "ids": [printable(name) for name in site.ids],
        "sources": list(comparison.provenance.main_sources),
        "reports": list(addresses.reports),
        "differences": {f"{old} {new}": name for (old, new), name in addresses.differences.items()},
        "cards": list(addresses.cards),
        "texts": site.texts,
        "numbers": [row.tolist() for row in distinct.numbers],
        "threads": addresses.threads,
        "within": {k: sorted({report for report, _ in line.within}) for k, line in merged},
        "kinds": ["".join(map(_letter, row)) for row in comparison.provenance.origins],
    }
    return f"window.litany = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"


def _letter(origin: Origin) -> str:
    letter = str(origin.kind)[0]
    return letter.upper() if origin.moved else letter
