"""Numbers as other scripts write them: digits that are not 0 to 9, and Chinese numerals."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache, lru_cache

HAN = "〇零一二三四五六七八九十百千两兩"
"""The characters of Chinese numerals up to thousands."""
_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4} | {
    character: value for value, character in enumerate("五六七八九", start=5)
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_OTHER = re.compile(r"(?![0-9])\d")
_POSITIONAL = re.compile(r"[〇零一二三四五六七八九]{2,}")  # 二〇一三: digit by digit


@cache
def _to_ascii() -> dict[int, str]:
    codes = range(0x80, sys.maxunicode + 1)
    return {code: str(unicodedata.decimal(chr(code))) for code in codes if unicodedata.category(chr(code)) == "Nd"}


def ascii_digits(text: str) -> str:
    """The text, as long as before, with the decimal digits of every script as 0 to 9."""
    return text if text.isascii() or not _OTHER.search(text) else text.translate(_to_ascii())


def digits_like(number: str, model: str) -> str:
    """A number in ASCII digits, written with the digits of `model`: '2019' like '٢٠١٨' is '٢٠١٩'."""
    zero = next((ord(one) - unicodedata.decimal(one) for one in model if one.isdecimal() and one > "9"), None)
    if zero is None:
        return number
    return "".join(chr(zero + int(one)) if one in "0123456789" else one for one in number)


@lru_cache(maxsize=4096)
def han_value(text: str) -> int | None:
    """The value of a Chinese numeral below ten thousand: 25 for 二十五, 2013 for 二〇一三; None for anything else."""
    if not text or len(text) > 9 or any(one not in HAN for one in text):
        return None
    if _POSITIONAL.fullmatch(text):
        return int("".join(str(_DIGITS[one]) for one in text)) if len(text) <= 4 else None
    total, digit, least = 0, None, 10_000
    for one in text:
        if one not in _UNITS:
            if digit:
                return None
            digit = _DIGITS[one]
            continue
        unit = _UNITS[one]
        if unit >= least or digit == 0:
            return None
        total += (1 if digit is None else digit) * unit
        digit, least = None, unit
    return total + (digit or 0)


def han_numeral(number: int) -> str:
    """A number from 0 to 9999 as a Chinese numeral: 四十三 for 43."""
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    made, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            made += ("零" if gap and made else "") + ("" if unit == 10 and digit == 1 and not made else digits[digit])
            made += name
            gap = False
        else:
            gap = True
    return made
