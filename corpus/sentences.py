"""Sentences and tokens of a cleaned text, as spans.

Sentences come from sentencex, one unit of the text at a time (a paragraph, or a line that stands for itself), with
guards against its known slips. Tokens come from one pass of array operations over the code points.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

import numpy as np
from numpy.typing import NDArray

from . import word_breaks
from .report import Spans, Tokens

# words that a full stop follows within a sentence; sentencex knows most, these are the ones it was seen to miss
_ABBREVIATIONS = """
    approx. No. Nos. Art. Arts. Sec. Secs. Fig. Figs. Eq. Ch. Vol. Dr. Mr. Mrs. Ms. Prof. St. Gen. Col. Lt. Sgt. Capt.
    Gov. Sen. Rep. Hon. Rev. Messrs. cf. vs. viz. e.g. i.e. p. pp. ca. z.B. bzw. Nr. Abs. usw. Hr. Fr. M. Mme. art.
    núm. Sr. Sra. nr. str. т.е. г. Hrn. Frl. Ing. Mag. Dhr. dhr. Mevr. mevr. nos. Mlle. Mmes. им. Им. ул. Ул. просп.
    Approx. aprox. pag. pág. blz. рис. Рис. стр. Стр. Bkz. bkz. Sn. Zob. zob. Βλ. βλ. σελ. TS. ThS. PGS. TP.
    डॉ. د. incl."""
# words behind which a number with a full stop is an ordinal: 'seinen 40. Tag der offenen Tür', 'det 40. Årsmøde'
_DETERMINERS = {
    "de": "der die das den dem des zum zur am im vom beim ein eine einen einem einer eines jeder jede jedes jeden"
    " jedem dieser diese dieses diesen diesem sein seine seinen seinem seiner seines ihr ihre ihren ihrem ihrer ihres"
    " mein meine meinen meinem meiner unser unsere unseren unserem unserer unseres euer eure euren eurem eurer",
    "da": "den det de sin sit min mit din dit vor vort vores deres hans hendes",
}
_BEFORE_ORDINAL = {language: frozenset(words.split()) for language, words in _DETERMINERS.items()}
_ORDINAL = re.compile(r"\d{1,3}\.")
_NO_BREAK = frozenset(_ABBREVIATIONS.split())
# what stands behind a bracket or quotes that close on a full stop when the sentence goes on: Japanese particles, commas
_GOES_ON = "とがはをにでものへや、，"
_CJK_END = re.compile(rf"[。！？｡]+(?:[」』”’）)】》〉]+(?![{_GOES_ON}])|(?![」』”’）)】》〉]))")
_CJK_CLOSED = re.compile(r"[。！？｡]+[」』”’）)】》〉]*$")
_LETTERS = re.compile(r"(?:^|\W)[^\W\d_]\.\s[^\W\d_]\.\s*$")  # 'т. е.', 'z. B.': letters, each with its full stop
_NEXT_IN_THAI = re.compile(  # words that begin a new sentence where nothing else ends one: besides, however, therefore
    r"(?<=[\u0e01-\u0e4e])\s+(?=นอกจาก(?:นี้|นั้น)|อย่างไรก็(?:ตาม|ดี)|ทั้งนี้|ดังนั้น|อนึ่ง|ต่อมา|จากนั้น|(?:ใน)?ขณะเดียวกัน"
    r"|กล่าวคือ|ด้วยเหตุนี้|เพราะฉะนั้น|ในการนี้|ในโอกาสนี้|สุดท้ายนี้)"
)
_NUMBERED = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)]")  # '1.', '(a)', 'iv.' at the start of an item
_NUMBERED_HEADING = re.compile(  # 'Article 5.', '§ 7.', 'Part IV.' before the title or text of what is so numbered
    r"(?:[^\W\d_]{2,20}|§§?)\s+(?:\d{1,3}(?:\.\d{1,3})*[a-z]?|[IVXLC]{1,7}|[A-Z])\.\s+"
)
_CONTINUES = re.compile(r"[—–]\s*[^\W\d_A-Z]|\([^().!?]{1,30}\)\s*$")  # 'Yours! - is', 'Men. (2019)'
_MAY = re.compile(
    r"\bMay\.[\"”’)]*\s+(?=[\"“‘(]?[A-ZÀ-Þ])"
)  # the one month whose name sentencex takes for an abbreviation
_CLOSED_BRACKET = re.compile(r"[.!?][\"”’]?[)\]]\s+(?=[\"“‘(\[]?[^\W\d_])")
_STOP_WORDS = {
    "en": "the of and to in that is was for with",
    "de": "der die und das den von zu mit des ist",
    "fr": "le les des et la du que une est pour",
    "es": "el los las y de la que una por con",
    "it": "il di che la e della per una gli sono",
    "pt": "os da do que para uma não com dos ao",
    "nl": "de het een van en dat is op voor met",
    "pl": "w na z się nie że jest do przez oraz",
    "sv": "och att det som en på är av för med",
    "da": "og at det som en på er af for med",
    "tr": "ve bir bu için ile olarak da de olan gibi",
    "ru": "и в на не что с по для от как",
}
_SCRIPTS = {  # a script's main block, and the language whose rules serve it
    "ru": re.compile("[\u0400-\u04ff]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "hy": re.compile("[\u0530-\u058f]"),
}


def guess_language(text: str) -> str:
    """The ISO 639-1 code whose sentence rules fit best, from script and common words; English where nothing speaks."""
    sample = text[:8000]
    if max(sample, default="") >= "\u0370":
        for language, script in _SCRIPTS.items():
            if len(script.findall(sample)) * 10 > len(sample):
                return language
    words = re.findall(r"[^\W\d_]+", sample.lower())
    often = Counter(words)
    counts = {language: sum(often[stop] for stop in set(stops.split())) for language, stops in _STOP_WORDS.items()}
    best = max(counts, key=lambda language: counts[language])  # the first listed wins a tie
    return best if counts[best] > 1.2 * counts["en"] else "en"


def segment(text: str, language: str | None = None) -> tuple[Spans, NDArray[np.int64]]:
    """Sentence spans, shape (sentences, 2), and the paragraph of each, shape (sentences,).

    Paragraphs are separated by an empty line, units within them by a line end; no sentence crosses either. Every
    character that is not white space lies in exactly one sentence.
    """
    from sentencex import segment as cut  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType]

    rules = language or guess_language(text)
    starts: list[int] = []
    ends: list[int] = []
    paragraphs: list[int] = []
    safe = text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")  # as long: ? for a surrogate
    at, paragraph, empty = 0, 0, True
    for unit in safe.split("\n"):
        if not unit or unit.isspace():
            paragraph += not empty
            empty = True
        else:
            empty = False
            pieces = _guarded(cut(rules, unit), unit, rules)
            start = at
            for piece in pieces:
                body = piece.rstrip()
                indent = len(body) - len(body.lstrip())
                starts.append(start + indent)
                ends.append(start + len(body))
                paragraphs.append(paragraph)
                start += len(piece)
        at += len(unit) + 1
    spans = np.stack([np.array(starts, np.int64), np.array(ends, np.int64)], axis=1)
    return spans, np.array(paragraphs, np.int64)


def _guarded(pieces: list[str], unit: str, language: str) -> list[str]:
    """The unit's sentences, without the cuts that are none and with those that sentencex overlooks."""
    if len(pieces) > 1 or pieces[0] != unit:
        pieces = _merged(pieces, unit, language)
    if "May." in unit:
        pieces = [part for piece in pieces for part in _parts(piece, _MAY)]
    if ")" in unit or "]" in unit:
        pieces = [part for piece in pieces for part in _after_bracket(piece)]
    if not unit.isascii() and _CJK_END.search(unit):
        pieces = _settled([part for piece in pieces for part in _parts(piece, _CJK_END)])
    if not unit.isascii() and _NEXT_IN_THAI.search(unit):
        pieces = [part for piece in pieces for part in _parts(piece, _NEXT_IN_THAI)]
    return pieces


def _merged(pieces: list[str], unit: str, language: str) -> list[str]:
    if sum(map(len, pieces)) != len(unit):  # not a division of the unit: better one sentence than a wrong place
        return [unit]
    kept: list[str] = []
    held: list[str] = []
    last = len(pieces) - 1
    has_danda = "।" in unit
    for k, piece in enumerate(pieces):
        held.append(piece)
        first = len(held) == 1
        if k == 0 < last and _NUMBERED_HEADING.fullmatch(piece):
            continue
        if k < last and (
            _is_ordinal(piece, language)
            or not _ends_sentence(piece, pieces[k + 1], first=first)
            or _is_other_point(piece, has_danda=has_danda)
        ):
            continue
        kept.append(held[0] if len(held) == 1 else "".join(held))
        held = []
    return _settled(kept)


def _is_ordinal(piece: str, language: str) -> bool:
    """Whether a piece ends on an ordinal written in digits, in a language that writes it with a full stop."""
    if language == "ko":  # each number of a date: 2019. 5. 3.
        return re.search(r"\d\.\s*$", piece) is not None
    before = _BEFORE_ORDINAL.get(language)
    if not before:
        return False
    words = piece[-40:].split()[-2:]
    return len(words) == 2 and _ORDINAL.fullmatch(words[1]) is not None and words[0].lower() in before


def _is_other_point(piece: str, *, has_danda: bool) -> bool:
    """Whether a piece ends on a full stop in a script in which it only shortens words: Thai, Hindi with its own."""
    body = piece.rstrip()
    if body[-1:] != "." or len(body) < 2:
        return False
    return "\u0e00" <= body[-2] <= "\u0e7f" or (has_danda and "\u0900" <= body[-2] <= "\u0d7f")


def _ends_sentence(piece: str, after: str, *, first: bool) -> bool:
    if not piece[-1].isspace():
        closes = _CJK_CLOSED.search(piece[-3:])
        return closes is not None and (after[0] not in _GOES_ON or closes[0][-1] in "。！？｡")
    words = piece.rsplit(None, 1)
    if not words:
        return False
    tail = words[-1]
    if tail in _NO_BREAK or (len(tail) == 2 and not after[0].isupper() and _LETTERS.search(piece[-8:])):
        return False
    if len(tail) > 6 and after[0] not in "—–(":
        return True
    if len(words) == 1 and first and _NUMBERED.fullmatch(tail):
        return False
    if after[0] in "—–(" and _CONTINUES.match(after):
        return False
    if after[0].islower() and tail[-1] == ".":  # '5 p.m. on', '1. place', 'tj. dużo': a full stop that ends no sentence
        return not (tail[:-1].isdigit() or "." in tail[:-1] or len(tail) <= _SHORT)
    return True


_SHORT = 4
"""So many characters at most has a word whose full stop, before a small letter, is taken for that of a short form."""


def _settled(pieces: list[str]) -> list[str]:
    """The pieces with those that hold no letter or digit joined to the piece before, or at the start to the next."""
    if all(piece[0].isalnum() or any(map(str.isalnum, piece)) for piece in pieces):
        return pieces
    kept: list[str] = []
    held = ""
    for piece in pieces:
        if not any(map(str.isalnum, piece)):
            if kept:
                kept[-1] += piece
            else:
                held += piece
        else:
            kept.append(held + piece)
            held = ""
    return kept or [held]


def _parts(text: str, ends: re.Pattern[str]) -> list[str]:
    parts: list[str] = []
    at = 0
    for found in ends.finditer(text):
        parts.append(text[at : found.end()])
        at = found.end()
    return [*parts, text[at:]] if text[at:].strip() else [*parts[:-1], (parts[-1] if parts else "") + text[at:]]


def _after_bracket(piece: str) -> list[str]:
    """'(He left.) Then he came.' is two sentences; a bracket that opens inside a sentence ends none."""
    if piece.lstrip()[:1] not in ("(", "["):
        return [piece]
    found = _CLOSED_BRACKET.search(piece)
    if found is None or piece[found.end()].islower() or piece.count("(", 0, found.end()) > 1:
        return [piece]
    return [piece[: found.end()], piece[found.end() :]]


# What a code point is to a token. A letter and a digit differ only in which marks may stand between them.
_SPACE, _OTHER, _LETTER, _DIGIT, _ALONE, _MARK, _APOSTROPHE, _POINT = range(8)
_WORD_MARKS = "'’`ʼ＇-‐‑_·״׳＿"  # within a word: people's, armed-to-the-teeth, snake_case, col·legi
_NUMBER_MARKS = ".,/٫٬⁄"  # between digits: 1,234.5, 5-1/2, 1/20/2004
_ALONE_SCRIPTS = (  # written without spaces: each character is a word
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x19E0, 0x19FF), (0x1A20, 0x1AAF), (0x2E80, 0x2FDF),
    (0x3005, 0x3007), (0x3021, 0x3029), (0x3031, 0x3035), (0x3040, 0x30FF), (0x3105, 0x312F), (0x31A0, 0x31FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF), (0xFF66, 0xFF9F),
    (0x1AFF0, 0x1B2FF), (0x20000, 0x3FFFF),
)  # fmt: skip


def _kind(code: int) -> int:
    character = chr(code)
    if character.isspace():
        return _SPACE
    if character in _WORD_MARKS:
        return _APOSTROPHE
    if character in _NUMBER_MARKS:
        return _POINT
    category = unicodedata.category(character)
    if category[0] == "M" or category == "Cf" or 0x1F3FB <= code <= 0x1F3FF:  # accents, joiners, bidi marks, skin tones
        return _MARK
    if category == "Nd":
        return _DIGIT
    if category[0] in "LN":
        return _ALONE if any(first <= code <= last for first, last in _ALONE_SCRIPTS) else _LETTER
    return _OTHER


@cache
def _page(number: int) -> NDArray[np.uint8]:
    return np.array([_kind(code) for code in range(number << 8, (number + 1) << 8)], np.uint8)


def _kinds(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """The kind of each code point, from tables made for the 256-character pages that the text uses."""
    highest = int(codes.max())
    if highest < 256:
        return _page(0)[codes]
    used = np.flatnonzero(np.bincount(codes >> 8))
    table = np.zeros(((highest >> 8) + 1, 256), np.uint8)
    for number in used.tolist():
        table[number] = _page(number)
    return table.reshape(-1)[codes]


def unspaced(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which code points are letters of a script written without spaces between words."""
    return _kinds(codes) == _ALONE if len(codes) else np.zeros(0, np.bool_)


def has_unspaced(text: str) -> bool:
    """Whether the text has letters of such a script."""
    if text.isascii():
        return False
    return bool(unspaced(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)).any())


def has_icu_words(text: str) -> bool:
    """Whether words of the text were told apart by ICU's dictionaries."""
    return word_breaks.word_breaker() is not None and has_unspaced(text)


def tokenize(text: str) -> Tokens:
    """The tokens of a text: words, numbers and single punctuation marks.

    A word is a run of letters and digits with apostrophes, hyphens and the like inside; a number may hold points,
    commas and slashes between digits. In scripts without spaces each character is a word, or what ICU says is one.
    """
    if not text:
        return Tokens(np.zeros((0, 2), np.int64), np.zeros(0, np.bool_))
    if text.isascii():
        codes = np.frombuffer(text.encode("ascii"), np.uint8)
        kinds = _page(0)[codes]
    else:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        kinds = _kinds(codes)
    has_marks = bool((kinds == _MARK).any())
    effective = _with_bases(kinds) if has_marks else kinds
    joined = _joined(effective)
    if has_marks:
        joined |= _joined_by_marks(codes, kinds)
    unspaced = effective == _ALONE
    if unspaced.any():
        joined[word_breaks.within_words(text, unspaced)] = True
    return _tokens(kinds, effective, joined)


def _with_bases(kinds: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """`kinds` with each mark counted as what it is attached to."""
    index = np.where(kinds == _MARK, 0, np.arange(len(kinds)))
    return kinds[np.maximum.accumulate(index)]


def _joined(kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Whether each character belongs to the token of the one before it, by letters, digits and what joins them."""
    word = (kinds == _LETTER) | (kinds == _DIGIT)
    joined = np.zeros(len(kinds), np.bool_)
    joined[1:] = word[1:] & word[:-1]
    links = (kinds == _APOSTROPHE).nonzero()[0]
    links = links[(links > 0) & (links < len(kinds) - 1)]
    links = links[word[links - 1] & word[links + 1]]
    joined[links] = joined[links + 1] = True
    points = (kinds == _POINT).nonzero()[0]
    points = points[(points > 0) & (points < len(kinds) - 1)]
    points = points[(kinds[points - 1] == _DIGIT) & (kinds[points + 1] == _DIGIT)]
    joined[points] = joined[points + 1] = True
    return joined


def _joined_by_marks(codes: NDArray[np.uint32] | NDArray[np.uint8], kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Marks belong to the character before; what follows a zero width joiner or a leading mark belongs to it."""
    joined = np.zeros(len(kinds), np.bool_)
    seen = kinds != _SPACE
    before = np.zeros(len(kinds), np.bool_)
    before[1:] = seen[:-1]
    mark = kinds == _MARK
    joined[mark & before] = True
    joiner = np.zeros(len(kinds), np.bool_)
    joiner[1:] = codes[:-1] == 0x200D
    led = mark & ~before  # a mark after white space leads what follows
    leads = np.zeros(len(kinds), np.bool_)
    leads[1:] = led[:-1]
    return joined | ((joiner | leads) & seen)


def _tokens(kinds: NDArray[np.uint8], effective: NDArray[np.uint8], joined: NDArray[np.bool_]) -> Tokens:
    seen = kinds != _SPACE
    begins = seen & ~joined
    starts = begins.nonzero()[0]
    last = seen.copy()
    last[:-1] &= ~joined[1:]
    ends = last.nonzero()[0] + 1
    first = effective[starts]
    is_word = (first == _LETTER) | (first == _DIGIT) | (first == _ALONE)
    lead = (kinds[starts] == _MARK).nonzero()[0]
    for k in lead.tolist():
        inside = kinds[starts[k] : ends[k]]
        is_word[k] = bool(((inside == _LETTER) | (inside == _DIGIT) | (inside == _ALONE)).any())
    spans = np.empty((len(starts), 2), np.int32 if len(kinds) < 2**31 else np.int64)
    spans[:, 0], spans[:, 1] = starts, ends
    return Tokens(spans, is_word)
