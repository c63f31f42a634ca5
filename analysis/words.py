"""What can be told about a word from its form alone, in any language that puts spaces between words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from ..corpus.numerals import ascii_digits
from .vocabulary import fold

CACHED = 1 << 16
REMEMBERED = 400
"""Letters of a text up to which what was found out about it is remembered: caches hold no long texts."""
SHORT = 3  # letters; function words are the short ones (Zipf 1935), and no list has to say which
MARK, FUNCTION, CONTENT = 0.6, 0.5, 1.5
# Short, but they turn a sentence round, so they never count as function words: English, German, French, Spanish,
# Italian, Dutch, Portuguese.
NEGATIONS = frozenset((
    "no", "not", "nor", "never", "none", "n't", "without", "nicht", "nie", "kein", "keine", "ohne", "ne", "pas", "ni",
    "sans", "non", "sin", "nunca", "senza", "niet", "geen", "não", "sem",
))  # fmt: skip
# What carries the grammar of a sentence and not its matter, by language. No negations, modal verbs, quantities: 'shall'
# for 'may' and 'all' for 'some' are other statements. A table, because what is short is not always light: 'oil'.
FUNCTION_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "a an the and or of to in on at by for from with as that which who whom whose this these those it its"
        " he she they them their his her we our us i my you your is are was were be been being am has have had"
        " having do does did will would there here so such then than also upon into onto within while when"
        " where if but about among amongst between during through via own itself"
        " himself themselves",
        "de": "der die das den dem des ein eine einen einem einer eines und oder von vom zu zum zur in im ins an am"
        " auf aus bei beim mit nach für über unter um durch als dass daß welche welcher welches dieser diese"
        " dieses diesem diesen es er sie ihr ihre ihrer seinen sein seine seiner wir uns unser ist sind war"
        " waren wird werden wurde wurden worden hat haben hatte hatten auch so wie wenn da dort hier sich"
        " ferner sowie",
        "fr": "le la les l un une des du de d et ou à au aux en dans sur par pour avec chez comme que qu qui dont"
        " ce cet cette ces il elle ils elles on nous notre nos se s son sa ses leur leurs est sont était"
        " étaient a ont avait avaient été être fut furent y là aussi ainsi si où lors puis",
        "es": "el la los las lo un una unos unas y e o u de del a al en con por para como que quien cuyo este esta"
        " estos estas ese esa su sus se le les nos nuestro nuestra es son era eran fue fueron ha han había"
        " habían ser sido también así si donde cuando",
        "it": "il lo la i gli le l un uno una e ed o di del dello della dei degli delle d a ad al allo alla ai agli"
        " alle in nel nello nella nei nelle su sul sulla da dal dalla con per come che chi cui questo questa"
        " questi queste si suo sua suoi loro noi nostro è sono era erano ha hanno aveva stato stata anche così"
        " se dove",
        "pt": "o a os as um uma uns umas e ou de do da dos das em no na nos nas por pelo pela para com como que"
        " quem este esta estes estas se seu sua seus suas lhe nós nosso nossa é são era eram foi foram tem têm"
        " ser sido também assim onde quando ao aos à às",
        "nl": "de het een en of van te tot in op aan bij met voor door naar uit over om als dat die deze dit wie"
        " welke er hij zij ze hun zijn haar we wij ons onze is was waren wordt worden werd werden heeft hebben"
        " had hadden ook zo waar hier daar zich",
    }.items()
}
ALL_FUNCTION_WORDS: frozenset[str] = frozenset().union(*FUNCTION_WORDS.values())
YEAR = re.compile(r"\D*(?:1[5-9]|20)\d\d\D*")
EDGES = ".,;:!?()[]{}\"'“”‘’„«»"

_OfText = TypeVar("_OfText", bound=Callable[..., Any])


def remembered(function: _OfText) -> _OfText:
    """A function of a text, called without keywords, that remembers its last `CACHED` results: those of texts of up to
    `REMEMBERED` letters."""
    known = lru_cache(maxsize=CACHED)(function)

    @wraps(function)
    def recalled(text: str, *rest: Any) -> Any:
        return known(text, *rest) if len(text) <= REMEMBERED else function(text, *rest)

    return cast(_OfText, recalled)


def remembered_of_two(function: _OfText) -> _OfText:
    """The same for a function of two texts, which have so many letters together."""
    known = lru_cache(maxsize=CACHED)(function)

    @wraps(function)
    def recalled(one: str, other: str, *rest: Any) -> Any:
        return (known if len(one) + len(other) <= REMEMBERED else function)(one, other, *rest)

    return cast(_OfText, recalled)


folded = lru_cache(maxsize=CACHED)(fold)


@lru_cache(maxsize=CACHED)
def bare(word: str) -> str:
    """The folded word without the punctuation around it; a word of nothing else stays as it is."""
    form = fold(word)
    return form.strip(EDGES) or form


@lru_cache(maxsize=CACHED)
def has_letters(word: str) -> bool:
    """Whether it is a word or a number rather than punctuation."""
    return any(map(str.isalnum, word))


@lru_cache(maxsize=CACHED)
def has_digits(word: str) -> bool:
    """Whether it is a number or holds one."""
    return any(map(str.isdigit, word))


@lru_cache(maxsize=CACHED)
def is_year(word: str) -> bool:
    """Whether it is a year of the last centuries: numbers that mostly go with the calendar."""
    return YEAR.fullmatch(ascii_digits(word)) is not None


@lru_cache(maxsize=CACHED)
def weight(word: str) -> float:
    """How much it says that a word was kept: punctuation little, function words some, content most."""
    form = bare(word)
    letters = sum(map(str.isalnum, form))
    if not letters:
        return MARK
    # only where there is lower case: two characters of Chinese are a word like any other
    small = letters <= SHORT and form.islower() and not word[:1].isupper()
    return FUNCTION if small and not has_digits(form) and form not in NEGATIONS else CONTENT
