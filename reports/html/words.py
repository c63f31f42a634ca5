"""What code in the pages knows of words, so that it tells numbers, dates and names as `analysis.changes` does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ...analysis.changes import DATE_LINKS, DATED, ENDINGS, FAR, LARGEST, MARKED, NEAR
from ...analysis.numbers import AND, MOST_PARTS
from ...analysis.vocabulary import QUOTES
from ...analysis.word_kinds import NumberWord, word_kinds
from ...analysis.words import NEGATIONS
from ...corpus.numerals import HAN
from ..wording import kind_name
from .prose import UNNAMED

if TYPE_CHECKING:
    from .facts import Site


def words_file(site: Site) -> str:
    """The file that defines `litanyWords`, the tables of kinds.js: the words of the series, and the rules' constants.

    `kinds` are the kinds of change that are marked, the heaviest first, with their names; `numbers` gives for a number
    its value in the language of the series, that in any language, and the sum of its `_MARKS`.
    """
    found = word_kinds(site.texts, site.comparison.usage)
    data: dict[str, Any] = {
        "kinds": [[str(kind), kind_name(kind)] for kind in reversed(MARKED)],
        "unnamed": [str(kind) for kind in UNNAMED],
        "weekdays": sorted(found.weekdays),
        "months": sorted(found.months),
        "functions": sorted(found.functions),
        "names": sorted(found.names),
        "numbers": {word: _row(word, number) for word, number in found.numbers.items()},
        "spans": dict(sorted(found.spans.items())),
        "near": NEAR, "far": FAR, "largest": LARGEST, "dated": DATED, "parts": MOST_PARTS,
        "links": sorted(DATE_LINKS), "endings": sorted(ENDINGS), "and": sorted(AND),
        "negations": sorted(NEGATIONS),
        "quotes": {chr(code): plain for code, plain in QUOTES.items()},
    }  # fmt: skip
    return f"window.litanyWords = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"


_MARKS = {"in_digits": 1, "spoken": 2, "may_join": 4, "year": 8}
_HAN_MARK = 16


def _row(word: str, number: NumberWord) -> tuple[int | None, int | None, int]:
    marks = sum(mark for name, mark in _MARKS.items() if getattr(number, name))
    return number.value, number.plain, marks + _HAN_MARK * (word in HAN)
