"""Words as integers: every report of a series as arrays of ids, so that all that follows is arithmetic on arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ..corpus.report import Report, Tokens

Places = NDArray[np.int32 | np.int64]

PORTION = 1 << 16  # tokens that are worked on at once
LONGEST = 256  # bytes of a token that are looked at eight at a time

QUOTES = str.maketrans(dict.fromkeys("’‘`´ʼ", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("–—‑‐", "-"))

_ODD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The distinct tokens of several texts. An id is an index into each of these."""

    strings: tuple[str, ...]
    """The tokens as written, sorted."""
    folded: NDArray[np.int32]
    """For each token the id of its folded form (case, quotes and dashes aside), in a numbering of the forms' own."""
    is_word: NDArray[np.bool_]
    """False for punctuation."""

    def __len__(self) -> int:
        return len(self.strings)

    @cached_property
    def letters(self) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The folded tokens, one after the other, as code points; token k has those from bounds[k] to bounds[k + 1]."""
        joined = fold("".join(string + "\n" for string in self.strings))
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        ends = np.flatnonzero(codes == ord("\n"))
        return codes[codes != ord("\n")], np.concatenate(([0], ends - np.arange(len(ends)))).astype(np.int64)

    @cached_property
    def marks(self) -> NDArray[np.uint64]:
        """For each token a number drawn from its folded letters, the same in every vocabulary."""
        codes, bounds = self.letters
        within = np.arange(len(codes)) - np.repeat(bounds[:-1], np.diff(bounds))
        spread = codes.astype(np.uint64) * _ODD ** (within.astype(np.uint64) % np.uint64(64))
        running = np.concatenate((np.zeros(1, np.uint64), np.cumsum(spread, dtype=np.uint64)))
        return (running[bounds[1:]] - running[bounds[:-1]]) * _ODD


@dataclass(frozen=True, eq=False)
class Witness:
    """One text as ids of a `Vocabulary`."""

    tokens: NDArray[np.int32]
    """Shape (tokens,): the id of each token, punctuation included."""
    sentence_starts: NDArray[np.int64]
    """Shape (sentences + 1,): sentence k holds tokens[sentence_starts[k]:sentence_starts[k + 1]]."""
    paragraphs: NDArray[np.int64]
    """Shape (sentences,): the paragraph of each sentence."""

    def __len__(self) -> int:
        return len(self.sentence_starts) - 1

    @cached_property
    def sentences(self) -> list[list[int]]:
        """The ids of each sentence."""
        ids, starts = self.tokens.tolist(), self.sentence_starts.tolist()
        return [ids[start:end] for start, end in pairwise(starts)]

    def stretch(self, first: int, behind: int) -> list[int]:
        """The ids of the sentences from `first` to the one before `behind`, as one list."""
        return self.tokens[self.sentence_starts[first] : self.sentence_starts[behind]].tolist()


def intern_reports(reports: Sequence[Report]) -> tuple[Vocabulary, tuple[Witness, ...]]:
    """Reports as witnesses over one vocabulary. The vocabulary does not depend on the order of the reports."""
    vocabulary, ids = intern_tokens([(report.text, report.tokens) for report in reports])
    rows = zip(ids, reports, strict=True)
    return vocabulary, tuple(
        Witness(tokens, report.sentence_tokens, report.sentence_paragraphs) for tokens, report in rows
    )


def intern_sentences(texts: Sequence[Sequence[str]]) -> tuple[Vocabulary, tuple[Witness, ...]]:
    """Texts given as lists of sentences, each text a single paragraph, as witnesses over one vocabulary."""
    from ..corpus.sentences import tokenize

    parts: list[tuple[str, Tokens]] = []
    starts: list[NDArray[np.int64]] = []
    for sentences in texts:
        joined = "\n".join(sentences)
        tokens = tokenize(joined)
        lengths = np.fromiter((len(s) + 1 for s in sentences), np.int64, len(sentences))
        ends = np.cumsum(lengths)
        starts.append(np.concatenate(([0], np.searchsorted(tokens.spans[:, 0], ends))).astype(np.int64))
        parts.append((joined, tokens))
    vocabulary, ids = intern_tokens(parts)
    rows = zip(ids, starts, strict=True)
    return vocabulary, tuple(Witness(tokens, s, np.zeros(len(s) - 1, np.int64)) for tokens, s in rows)


def intern_tokens(parts: Sequence[tuple[str, Tokens]]) -> tuple[Vocabulary, list[NDArray[np.int32]]]:
    """The tokens of each text as ids over one vocabulary, in alphabetical order of the tokens.

    Each text's distinct tokens are found first, then those of all texts among them.
    """
    numbered: list[NDArray[np.int32]] = []
    buffers, lengths, words = [np.zeros(0, np.uint8)], [np.zeros(0, np.int64)], [np.zeros(0, np.bool_)]
    for text, tokens in parts:
        buffer, starts, ends = _as_bytes(text, tokens)
        firsts, numbers = _distinct(buffer, starts, ends)
        numbered.append(numbers)
        buffers.append(_cut_out(buffer, starts[firsts], ends[firsts]))
        lengths.append((ends - starts)[firsts].astype(np.int64))
        words.append(tokens.is_word[firsts])
    buffer, ends = np.concatenate((*buffers, np.zeros(8, np.uint8))), np.cumsum(np.concatenate(lengths))
    starts = ends - np.concatenate(lengths)
    firsts, numbers = _distinct(buffer, starts, ends)
    strings = [
        buffer[start:end].tobytes().decode("utf-8", "surrogatepass")
        for start, end in zip(starts[firsts].tolist(), ends[firsts].tolist(), strict=True)
    ]
    order = sorted(range(len(strings)), key=strings.__getitem__)
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    strings = [strings[k] for k in order]
    vocabulary = Vocabulary(tuple(strings), _folded(strings), np.concatenate(words)[firsts[order]])
    ids = np.split(rank[numbers], np.cumsum([len(row) for row in lengths[1:-1]]))
    return vocabulary, [ids[k][numbers] for k, numbers in enumerate(numbered)]


def _distinct(buffer: NDArray[np.uint8], starts: Places, ends: Places) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The first of each distinct token, and for each token which of these it is."""
    twins = _twins(buffer, starts, ends)
    firsts = np.flatnonzero(twins == np.arange(len(twins), dtype=np.int32))
    numbers = np.empty(len(twins), np.int32)
    numbers[firsts] = np.arange(len(firsts), dtype=np.int32)
    return firsts, numbers[twins]


def _cut_out(buffer: NDArray[np.uint8], starts: Places, ends: Places) -> NDArray[np.uint8]:
    """The bytes of these tokens, one after the other."""
    lengths = ends - starts
    behind = np.cumsum(lengths)
    return buffer[np.arange(int(behind[-1]) if len(behind) else 0) + np.repeat(starts - behind + lengths, lengths)]


def _as_bytes(text: str, tokens: Tokens) -> tuple[NDArray[np.uint8], Places, Places]:
    """A text as UTF-8, and where each token starts and ends there."""
    data = text.encode("utf-8", "surrogatepass")
    places: Places = tokens.spans
    if len(data) != len(text):
        leading = (np.frombuffer(data, np.uint8) & 0xC0) != 0x80
        form = np.int32 if len(data) < 2**31 - 8 else np.int64
        places = np.append(np.flatnonzero(leading), len(data)).astype(form)[places]
    # a token is read eight bytes at a time: let the last one be followed by as many
    return np.frombuffer(data + bytes(8), np.uint8), places[:, 0], places[:, 1]


def _twins(buffer: NDArray[np.uint8], starts: Places, ends: Places) -> NDArray[np.int32]:
    """For each token the index of the first that is the same, byte for byte."""
    keys = np.empty(len(starts), np.uint64)
    for part in _portions(len(starts)):
        keys[part] = _hashes(buffer, starts[part], ends[part])
    twins = _first_of_slot(keys)
    # a slot that several keys share knows one of them only; the others are few, and sorted
    others = np.flatnonzero(keys[twins] != keys)
    _, firsts, which = np.unique(keys[others], return_index=True, return_inverse=True)
    twins[others] = others[firsts[which.reshape(-1)]]
    unlike = [_unlike(buffer, starts[p], ends[p], starts[twins[p]], ends[twins[p]]) for p in _portions(len(starts))]
    wrong = np.flatnonzero(np.concatenate(unlike)) if unlike else twins
    if len(wrong):  # two tokens of one hash: almost never, so compared as strings
        tokens = [buffer[starts[k] : ends[k]].tobytes() for k in wrong.tolist()]
        known: dict[bytes, int] = {}
        twins[wrong] = [known.setdefault(token, k) for token, k in zip(tokens, wrong.tolist(), strict=True)]
    return twins


def _portions(count: int) -> Iterator[slice]:
    """All of them in portions, so that what is computed on the way stays small."""
    return (slice(start, start + PORTION) for start in range(0, count, PORTION))


def _first_of_slot(keys: NDArray[np.uint64]) -> NDArray[np.int32]:
    """For each key the index of the first key of the same slot in a table of some millions."""
    bits = max(16, min(21, len(keys).bit_length()))
    shift = np.uint64(64 - bits)
    table = np.zeros(1 << bits, np.int32)
    for part in reversed(list(_portions(len(keys)))):
        slots = (keys[part] >> shift).astype(np.int32)
        table[slots[::-1]] = np.arange(part.start + len(slots) - 1, part.start - 1, -1, dtype=np.int32)
    firsts = np.empty(len(keys), np.int32)
    for part in _portions(len(keys)):
        firsts[part] = table[(keys[part] >> shift).astype(np.int32)]
    return firsts


def _words(buffer: NDArray[np.uint8], starts: Places, lengths: Places) -> NDArray[np.uint64]:
    """Up to eight bytes from each start as a number, zeros behind the length."""
    windows = np.lib.stride_tricks.as_strided(buffer.view(), (len(buffer) - 7, 8), (1, 1))
    raw = np.ascontiguousarray(windows[starts]).view("<u8").reshape(-1)
    spare = np.uint64(8) * (np.uint64(8) - np.minimum(lengths, 8).astype(np.uint64))
    return (raw << spare) >> spare


def _hashes(buffer: NDArray[np.uint8], starts: Places, ends: Places) -> NDArray[np.uint64]:
    """A hash of each token: its bytes, eight at a time, mixed."""
    keys = mixed(_words(buffer, starts, ends - starts))
    for rest, at in _rests(starts, ends):
        keys[rest] = mixed(keys[rest] ^ _words(buffer, at, ends[rest] - at))
    for k in np.flatnonzero(ends - starts > LONGEST).tolist():
        digest = blake2b(buffer[starts[k] : ends[k]].tobytes(), digest_size=8).digest()
        keys[k] = int.from_bytes(digest, "little")
    return keys


def _unlike(
    buffer: NDArray[np.uint8], starts: Places, ends: Places, twin_starts: Places, twin_ends: Places
) -> NDArray[np.bool_]:
    """Which tokens are not the same, byte for byte, as the twins that stand at the same indices."""
    lengths = ends - starts
    unlike = lengths != twin_ends - twin_starts
    unlike |= _words(buffer, starts, lengths) != _words(buffer, twin_starts, lengths)
    for rest, at in _rests(starts, ends):
        shift = np.minimum(at - starts[rest] + twin_starts[rest], len(buffer) - 8)
        left = ends[rest] - at
        unlike[rest] |= _words(buffer, at, left) != _words(buffer, shift, left)
    for k in np.flatnonzero((lengths > LONGEST) & ~unlike).tolist():
        unlike[k] = not np.array_equal(buffer[starts[k] : ends[k]], buffer[twin_starts[k] : twin_ends[k]])
    return unlike


def _rests(starts: Places, ends: Places) -> Iterator[tuple[NDArray[np.int64], Places]]:
    """The tokens longer than 8, 16, 24, ... bytes, and where their next eight start; those above `LONGEST` not."""
    rest = np.flatnonzero((ends - starts > 8) & (ends - starts <= LONGEST))
    at = starts[rest] + 8
    while len(rest):
        yield rest, at
        longer = ends[rest] - at > 8
        rest, at = rest[longer], at[longer] + 8


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """splitmix64's finaliser (Steele, Lea and Flood 2014): each bit of the result depends on each bit."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _folded(strings: list[str]) -> NDArray[np.int32]:
    """The number of each string's folded form, in order of first appearance."""
    forms: dict[str, int] = {}
    folded = fold("\n".join(strings)).split("\n") if strings else []
    return np.fromiter((forms.setdefault(form, len(forms)) for form in folded), np.int32, len(strings))


def fold(token: str) -> str:
    """The form under which a token is compared when case, quotes and dashes do not matter."""
    return token.casefold().translate(QUOTES)
