"""From a file's bytes to its text: one reader a format, and the encoding where the file does not tell it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

_BOMS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
_SAMPLE = 100_000  # bytes that the encoding is guessed from


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, each line end as one \\n, and how sure we are of it."""

    text: str
    """The text, without a byte order mark."""
    encoding: str
    """The encoding that it was read in."""
    guessed: bool = False
    """Nothing in the file says which encoding it has: it was judged by how the text looks."""


class NotTextError(Exception):
    """The bytes are no text that litany reads; the message says why, and what would help."""


def decode(raw: bytes) -> Decoded:
    """The text of `raw`: by its byte order mark, else as UTF-8, else as what it looks most like.

    Raises `NotTextError` where it looks like no text.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _as(raw[len(mark) :], encoding)
    if b"\0" in raw:
        return _without_mark(raw)
    if _is_binary(raw):
        raise NotTextError("is not text (binary data); leave it out, or save it as text")
    try:
        return Decoded(_one_line_end(raw.decode("utf-8")), "utf-8")
    except UnicodeDecodeError as error:
        return _guess(raw, error.start)


def _as(raw: bytes, encoding: str, *, guessed: bool = False) -> Decoded:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError(f"is not valid {encoding} at byte {error.start}; save it as UTF-8") from None
    if _is_binary(text[:_SAMPLE].encode("utf-8", "replace")) or "\0" in text:
        raise NotTextError("is not text (binary data); leave it out, or save it as text")
    return Decoded(_one_line_end(text), encoding, guessed)


def _without_mark(raw: bytes) -> Decoded:
    """UTF-16 or UTF-32 without a mark: where the zero bytes stand tells which."""
    head = raw[: _SAMPLE // 4 * 4]
    zeros = [head[k::4].count(0) / max(1, len(head[k::4])) for k in range(4)]
    full, none = 0.9, 0.1
    if len(raw) % 4 == 0 and min(zeros[2], zeros[3]) > full and zeros[0] < none:
        return _as(raw, "utf-32-le", guessed=True)
    if len(raw) % 4 == 0 and min(zeros[0], zeros[1]) > full and zeros[3] < none:
        return _as(raw, "utf-32-be", guessed=True)
    if len(raw) % 2 == 0 and min(zeros[1], zeros[3]) > 0.4 and max(zeros[0], zeros[2]) < none:
        return _as(raw, "utf-16-le", guessed=True)
    if len(raw) % 2 == 0 and min(zeros[0], zeros[2]) > 0.4 and max(zeros[1], zeros[3]) < none:
        return _as(raw, "utf-16-be", guessed=True)
    raise NotTextError("is not text (binary data); leave it out, or save it as text")


def _guess(raw: bytes, first_odd: int) -> Decoded:
    import chardet

    at = max(0, first_odd - _SAMPLE // 2)
    encoding = chardet.detect(raw[at : at + _SAMPLE])["encoding"]
    if encoding is None:
        raise NotTextError("is not text in an encoding that can be told; save it as UTF-8")
    try:
        return _as(raw, encoding, guessed=True)
    except LookupError:
        raise NotTextError(f"is in {encoding}, which Python cannot read; save it as UTF-8") from None


def _is_binary(raw: bytes) -> bool:
    """More than one control character in fifty, or a magic number: no text."""
    if raw.startswith((b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\x1f\x8b", b"\xff\xd8\xff", b"GIF8")):
        return True
    return (len(raw) - len(raw.translate(None, _CONTROLS))) * 50 > len(raw)


def _one_line_end(text: str) -> str:
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")


Reader = Callable[[bytes], Decoded]
READERS: dict[str, Reader] = {".txt": decode, ".text": decode, ".md": decode, ".markdown": decode, ".mdown": decode}
"""Which reader serves which suffix; later formats are added here."""
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown"})
_LATER = {
    ".pdf": "PDF",
    ".docx": "Word",
    ".doc": "Word",
    ".odt": "OpenDocument",
    ".rtf": "RTF",
    ".html": "HTML",
    ".htm": "HTML",
    ".jsonl": "JSON Lines",
    ".json": "JSON",
    ".csv": "table",
    ".parquet": "Parquet",
}


def suffix_of(name: str) -> str:
    """The suffix that tells a file's format, in lower case; '' where what follows the point is a part of the name."""
    found = re.search(r"(?<=.)\.[A-Za-z][A-Za-z0-9]{0,9}$", name)
    return found.group().lower() if found else ""


def reader_for(name: str, *, named: bool) -> Reader:
    """The reader for a file of this name; one that the user `named` may have any suffix.

    Raises `NotTextError` where litany does not read the format.
    """
    suffix = suffix_of(name)
    if suffix in _LATER:
        raise NotTextError(f"is a {_LATER[suffix]} file, which litany does not read yet; save it as .txt or .md")
    if suffix in READERS:
        return READERS[suffix]
    if named or not suffix:
        return decode
    raise NotTextError(f"is no .txt or .md file; name it by itself to have it read as text all the same ({suffix})")
