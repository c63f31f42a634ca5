"""Numbers and the names of days and months as they stand in prose: in digits, as ordinals and in words.

Number words are read by text2num, in the languages below. A word may be a number in one language and something else in
another ('due', 'once', 'elf'), so each function can be told the language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from text_to_num import alpha2digit

from ..corpus.dates import month_number, weekday_number

CACHED = 1 << 16
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
"""Languages whose number words are known."""
MISSED = {"sixtieth": ("en", "60th"), "segundo": ("es", "2º"), "segunda": ("es", "2ª"), "tercer": ("es", "3º")}
"""Number words that text2num does not have."""
ARTICLES = frozenset(("a", "ein", "eine", "einer", "un", "une", "uno", "una", "um", "uma", "een"))
"""Words that are numbers only by the way."""
LONGEST = 60  # characters of a number in words: 'neunhundertneunundneunzigtausendneunhundertneunundneunzigste' has 59
AND = frozenset(("and", "et", "y", "e", "und", "en", "-"))  # what stands inside a number of several words

_DIGITS = re.compile(r"[-+−]?\d+(?:[.,:/'’\u00a0-]\d+)*")
_ORDINAL = re.compile(r"(\d+)(?:[.’']?(?:st|nd|rd|th|er|re|ère|e|è|ème|eme|me|º|ª|°|o|a|os|as|de|ste|ten|ter|tes))?")
_FRACTION = re.compile(r"\d+[/⁄]\d+|[¼½¾⅓⅔⅛⅜⅝⅞]")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,'’\u00a0]\d{3})+")
_MADE = re.compile(r"\d{1,18}\D{0,3}")  # what text2num makes of a number in words: '27', '27th', '27ème', '27º', '27.'


@lru_cache(maxsize=CACHED)
def is_number(word: str) -> bool:
    """Whether a word is a number in digits, as an ordinal or with a unit of up to three letters: '14rd', '20m'."""
    found = _DIGITS.match(word)
    rest = word[found.end() :] if found else word
    return found is not None and len(rest) <= 3 and (not rest or rest.isalpha() or rest in "%‰º°ª.")


@lru_cache(maxsize=CACHED)
def number_value(words: str, language: str | None = None) -> int | None:
    """The value of a whole number in digits, as an ordinal or in words; None for anything else.

    '14rd' is 14 and '1,200' is 1200. Without a language, words are tried in all of them in turn.
    """
    text = words.strip()
    if found := _ORDINAL.fullmatch(text.casefold()):
        return int(found[1]) if len(found[1]) <= 18 else None
    if _GROUPED.fullmatch(text):
        return int(re.sub(r"\D", "", text)) if len(text) <= 24 else None
    spoken = _spoken_in_any(_plain(text)) if language is None else _spoken(_plain(text), language)
    return int(re.sub(r"\D", "", spoken)) if spoken else None


@lru_cache(maxsize=CACHED)
def _spoken(text: str, language: str) -> str:
    """A number in words, folded, in digits: '27', '27th'; empty where it is none in that language."""
    if not text or len(text) > LONGEST or text in ARTICLES or not text[0].isalpha() or any(map(str.isdigit, text)):
        return ""
    missed, digits = MISSED.get(text, ("", ""))
    made = digits if missed == language else alpha2digit(text, language, 0)
    return made if _MADE.fullmatch(made) else ""


def _spoken_in_any(text: str) -> str:
    """The same in the first of all languages in which it is a number."""
    return next((made for language in LANGUAGES if (made := _spoken(text, language))), "")


@lru_cache(maxsize=CACHED)
def is_spoken(words: str, language: str | None = None) -> bool:
    """Whether the words are one number in words; without a language, in any."""
    return bool(_spoken_in_any(_plain(words)) if language is None else _spoken(_plain(words), language))


def is_ordinal(words: str, language: str | None = None) -> bool:
    """Whether a number is an ordinal: '14th', 'fourteenth'; '20m' counts as one, which does no harm."""
    spoken = "" if language is None else _spoken(_plain(words), language)
    digits = spoken or words.strip()
    return digits[:1].isdigit() and not digits[-1:].isdigit()


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


@lru_cache(maxsize=CACHED)
def date_value(word: str) -> tuple[str, int] | None:
    """('weekday', 0..6 from Monday) or ('month', 1..12) for a name of one; None for other words."""
    day = weekday_number(word)
    if day is not None:
        return "weekday", day
    month = month_number(word)
    return None if month is None else ("month", month)


def number_runs(words: Sequence[str], language: str | None) -> list[tuple[int, int]]:
    """Where numbers of several words stand, 'one hundred and three', '1 3/4': first word, and behind the last."""
    is_part = [language is not None and is_spoken(word, language) for word in words]
    if not any(is_part) and not any(map(str.isdigit, words)):  # as most texts
        return []
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        end = at + 1
        if end < len(words) and words[at].isdigit() and _FRACTION.fullmatch(words[end]):
            runs.append((at, end + 1))
            at = end + 1
            continue
        while is_part[at] and end < len(words) and end - at < 12:
            if is_part[end]:
                end += 1
            elif words[end].casefold() in AND and end + 1 < len(words) and is_part[end + 1]:
                end += 2
            else:
                break
        while end - at > 1 and number_value(" ".join(words[at:end]), language) is None:
            end -= 1
        if end - at > 1:
            runs.append((at, end))
        at = end
    return runs
