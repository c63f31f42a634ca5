"""Numbers and the names of days and months as they stand in prose: in digits, as ordinals and in words.

Number words are read by text2num, in the languages below. A word may be a number in one language and something else in
another ('due', 'once', 'elf'), so each function can be told the language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from text_to_num import alpha2digit

from ..corpus.dates import month_number, weekday_number
from ..corpus.numerals import HAN, ascii_digits, han_value
from .words import remembered

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
"""Languages whose number words are known."""
MISSED = {"sixtieth": ("en", "60th"), "segundo": ("es", "2º"), "segunda": ("es", "2ª"), "tercer": ("es", "3º")}
"""Number words that text2num does not have."""
ARTICLES = frozenset(("a", "ein", "eine", "einer", "un", "une", "uno", "una", "um", "uma", "een"))
"""Words that are numbers only by the way."""
LONGEST = 60  # characters of a number in words: 'neunhundertneunundneunzigtausendneunhundertneunundneunzigste' has 59
AND = frozenset(("and", "et", "y", "e", "und", "en", "-"))  # what stands inside a number of several words
MOST_PARTS = 12
"""Words of a number of several words, at most."""

_DIGITS = re.compile(r"[-+−]?\d+(?:[.,:/'’\u00a0-]\d+)*")
_HAN = frozenset(HAN)
_PREFIX = re.compile(r"ה-?|ال")  # the article, which Hebrew and Arabic put before the digits of an ordinal
_ENDINGS = (
    "st|nd|rd|th|er|re|ère|e|è|ème|eme|me|º|ª|°|o|a|os|as|de|ste|ten|ter|tes|lea|ος|η|ο|ου|ης|й|я|е|ый|ий|ой|ая|ое|го"
    "|му|м|ю|х|та|то|ти|ма|वाँ|वां|वीं|वें|वा"
)
_ORDINAL = re.compile(rf"(?:{_PREFIX.pattern})?(\d+)(?:[.’'-]?(?:{_ENDINGS}))?")
_FRACTION = re.compile(r"\d+[/⁄]\d+|[¼½¾⅓⅔⅛⅜⅝⅞]")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,'’\u00a0٬]\d{3})+")
_MADE = re.compile(r"\d{1,18}\D{0,3}")  # what text2num makes of a number in words: '27', '27th', '27ème', '27º', '27.'


@remembered
def is_number(word: str) -> bool:
    """Whether a word is a number in digits, as an ordinal or with a unit of up to three letters, or a Chinese numeral:
    '14rd', '20m', '43-я', '十'."""
    if word in _HAN:
        return True
    if word.isalpha():  # no digit in it, as in most
        return False
    if _ORDINAL.fullmatch(ascii_digits(word)):
        return True
    found = _DIGITS.match(word)
    rest = word[found.end() :] if found else word
    return found is not None and len(rest) <= 3 and (not rest or rest.isalpha() or rest in "%‰º°ª.")


@remembered
def number_value(words: str, language: str | None = None) -> int | None:
    """The value of a whole number in digits, as an ordinal or in words; None for anything else.

    '14rd' is 14, '1,200' is 1200, '四十三' is 43. Without a language, words are tried in all of them in turn.
    """
    text = ascii_digits(words.strip())
    if text and text[0] in HAN:
        return han_value(text.replace(" ", ""))
    if not text.isalpha():
        if found := _ORDINAL.fullmatch(text.casefold()):
            return int(found[1]) if len(found[1]) <= 18 else None
        if _GROUPED.fullmatch(text):
            return int(re.sub(r"\D", "", text)) if len(text) <= 24 else None
    spoken = _spoken_in_any(_plain(text)) if language is None else _spoken(_plain(text), language)
    return int(re.sub(r"\D", "", spoken)) if spoken else None


@remembered
def _spoken(text: str, language: str) -> str:
    """A number in words, folded, in digits: '27', '27th'; empty where it is none in that language."""
    if language not in LANGUAGES or not text or len(text) > LONGEST or text in ARTICLES:
        return ""
    if not text.isalpha() and (not text[0].isalpha() or any(map(str.isdigit, text))):
        return ""
    missed, digits = MISSED.get(text, ("", ""))
    made = digits if missed == language else alpha2digit(text, language, 0)
    return made if _MADE.fullmatch(made) else ""


def _spoken_in_any(text: str) -> str:
    """The same in the first of all languages in which it is a number."""
    return next((made for language in LANGUAGES if (made := _spoken(text, language))), "")


@remembered
def is_spoken(words: str, language: str | None = None) -> bool:
    """Whether the words are one number in words; without a language, in any."""
    return bool(_spoken_in_any(_plain(words)) if language is None else _spoken(_plain(words), language))


def is_ordinal(words: str, language: str | None = None) -> bool:
    """Whether a number is an ordinal: '14th', 'fourteenth'; '20m' counts as one, which does no harm."""
    spoken = "" if language is None else _spoken(_plain(words), language)
    if spoken:
        return not spoken[-1].isdigit()
    written = words.strip()
    digits = _PREFIX.sub("", written, count=1)
    return digits[:1].isdigit() and (digits != written or not digits[-1].isdigit())


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


@remembered
def date_value(word: str) -> tuple[str, int] | None:
    """('weekday', 0..6 from Monday) or ('month', 1..12) for a name of one; None for other words."""
    day = weekday_number(word)
    if day is not None:
        return "weekday", day
    month = month_number(word)
    return None if month is None else ("month", month)


def number_runs(
    words: Sequence[str], language: str | None, parts: Sequence[int] | None = None
) -> list[tuple[int, int]]:
    """Where numbers of several words stand, 'one hundred and three', '1 3/4': first word, and behind the last.

    `parts` are the places of the words of which `may_be_part` is true, if they are known.
    """
    if parts is None:
        parts = [k for k, word in enumerate(words) if may_be_part(word, language)]
    if not any(b - a <= 2 for a, b in pairwise(parts)) and not any(_is_fraction(words, k + 1) for k in parts):
        return []  # as in most texts: no two stand side by side, or with an 'and' between
    is_part = [language is not None and is_spoken(word, language) for word in words]
    runs = _han_runs(words)
    at = 0
    while at < len(words):
        end = at + 1
        if words[at].isdigit() and _is_fraction(words, end):
            runs.append((at, end + 1))
            at = end + 1
            continue
        while is_part[at] and end < len(words) and end - at < MOST_PARTS:
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
    return sorted(runs)


def _is_fraction(words: Sequence[str], at: int) -> bool:
    return at < len(words) and _FRACTION.fullmatch(words[at]) is not None


def may_be_part(word: str, language: str | None) -> bool:
    """Whether a number of several words may hold the word: without one that may, there is none."""
    return word.isdigit() or word in _HAN or (language is not None and is_spoken(word, language))


def _han_runs(words: Sequence[str]) -> list[tuple[int, int]]:
    """Where Chinese numerals of several characters stand, each character a word."""
    places = [k for k, word in enumerate(words) if word in _HAN]
    breaks = [k for k in range(1, len(places)) if places[k] != places[k - 1] + 1]
    runs = [(places[a], places[b - 1] + 1) for a, b in pairwise([0, *breaks, len(places)])] if places else []
    return [(a, b) for a, b in runs if b - a > 1 and han_value("".join(words[a:b])) is not None]


_ORDINAL_BEFORE = re.compile(r"(?:第|ครั้งที่\s?|เล่มที่\s?)$")
_ORDINAL_BEHIND = re.compile(r"\.?[ºª]|:[ae](?![^\W\d_])")
_DOTTED = frozenset(("de", "da", "nb", "no", "fi", "cs", "sk", "pl", "hu", "tr", "hr", "sl", "sr", "et", "lv", "is"))
"""Languages in which a full stop behind a number makes it an ordinal."""


def is_ordinal_at(text: str, start: int, end: int, language: str | None) -> bool:
    """Whether the number from `start` to `end` of a text is an ordinal, by itself or by what stands beside it.

    '43rd', '第43', '43.º', and '43.' in languages that write ordinals so, where the sentence goes on.
    """
    number = text[start:end]
    if is_ordinal(number, language) or _ORDINAL_BEFORE.search(text, max(0, start - 10), start):
        return True
    if not number[-1:].isdigit():
        return False
    if _ORDINAL_BEHIND.match(text, end):
        return True
    return language in _DOTTED and re.match(r"\. ?[^\W\d_]", text[end : end + 3]) is not None
