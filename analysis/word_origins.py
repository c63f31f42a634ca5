"""In which report each word first stood, as part of what it is part of now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .anchors import diff_ids
from .provenance import Origins
from .vocabulary import Vocabulary, Witness, mixed

Reports = NDArray[np.int64]  # shape (tokens,): the number of a report

PHRASE = 5
"""So many words in a row are a phrase: long enough not to recur by chance."""


def word_origins(
    vocabulary: Vocabulary, witnesses: Sequence[Witness], origins: Sequence[Origins]
) -> tuple[Reports, ...]:
    """For each token of each report the number of the report in which it first stood; its own if it is new.

    A word kept from the sentence that its sentence was copied from is as old as it was there. A phrase of PHRASE words,
    case aside, that stands anywhere in the past is as old as its first appearance, in whatever sentence it is now.
    """
    if not witnesses:
        return ()
    series = _Series.of(witnesses)
    copies = [series.copies(report, row) for report, row in enumerate(origins)]
    phrases = _first_phrases(vocabulary, witnesses, copies)
    ages = np.zeros(series.bounds[-1], np.int64)
    for report, row in enumerate(origins):
        first, behind = series.bounds[report : report + 2].tolist()
        own = ages[first:behind]
        own[:] = report
        is_copy = copies[report] >= 0
        own[is_copy] = ages[copies[report][is_copy]]
        for start, end, old_start, old_end in series.edited(report, row):
            old, new = series.tokens[old_start:old_end], series.tokens[start:end]
            for x, y, size in diff_ids(old, new).tolist():
                ages[start + y : start + y + size] = ages[old_start + x : old_start + x + size]
        np.minimum(own, phrases[report], out=own)
    return tuple(np.split(ages, series.bounds[1:-1]))


@dataclass(frozen=True, slots=True, eq=False)
class _Series:
    """The tokens of all reports one behind the other."""

    tokens: NDArray[np.int32]
    """The vocabulary's id of each."""
    bounds: NDArray[np.int64]
    """The first token of each report, and the one behind the last."""
    sentences: tuple[NDArray[np.int64], ...]
    """For each report the first token of each of its sentences, and the one behind the last."""

    @classmethod
    def of(cls, witnesses: Sequence[Witness]) -> _Series:
        """The series of some reports, one at least."""
        bounds = np.cumsum([0, *(len(witness.tokens) for witness in witnesses)], dtype=np.int64)
        starts = tuple(witness.sentence_starts + bound for witness, bound in zip(witnesses, bounds, strict=False))
        return cls(np.concatenate([witness.tokens for witness in witnesses]), bounds, starts)

    def copies(self, report: int, row: Origins) -> NDArray[np.int64]:
        """For each token of a report the one it is a copy of, in sentences that are verbatim; -1 in others."""
        starts = self.sentences[report]
        out = np.full(int(starts[-1] - starts[0]), -1, np.int64)
        verbatim = row.similarity == 1.0
        for old in np.unique(row.copied_from[verbatim]).tolist():
            kept = np.flatnonzero(verbatim & (row.copied_from == old))
            lengths = starts[kept + 1] - starts[kept]
            out[_ranges(starts[kept] - starts[0], lengths)] = _ranges(self.sentences[old][row.sentence[kept]], lengths)
        return out

    def edited(self, report: int, row: Origins) -> Iterator[tuple[int, int, int, int]]:
        """The first token of each edited sentence and the one behind its last; the same of what it was made from."""
        starts = self.sentences[report]
        for j in np.flatnonzero((row.copied_from >= 0) & (row.similarity != 1.0)).tolist():
            source, i = self.sentences[row.copied_from[j]], row.sentence[j]
            yield int(starts[j]), int(starts[j + 1]), int(source[i]), int(source[i + row.merged[j]])


def _ranges(firsts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from each first on, so many as its length, one behind the other."""
    ends = np.cumsum(lengths)
    return np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(firsts - ends + lengths, lengths)


def _first_phrases(
    vocabulary: Vocabulary, witnesses: Sequence[Witness], copies: Sequence[NDArray[np.int64]]
) -> list[Reports]:
    """For each token the earliest report that has one of the phrases it stands in.

    `copies` gives for each token the one it is a copy of, of all tokens of the series; -1 where it is none.
    """
    masks = [vocabulary.is_word[witness.tokens] for witness in witnesses]
    words = [vocabulary.folded[w.tokens[mask]] for w, mask in zip(witnesses, masks, strict=True)]
    numbers = np.cumsum(np.concatenate(masks)) - 1  # of each token, which word of the series it is
    sources = [numbers[copied[mask]] for copied, mask in zip(copies, masks, strict=True)]
    for source, copied, mask in zip(sources, copies, masks, strict=True):
        source[copied[mask] < 0] = -1
    out: list[Reports] = []
    for report, (mask, phrases) in enumerate(zip(masks, _first_reports(words, sources), strict=True)):
        ages = np.full(int(mask.sum()), report, np.int64)
        for k in range(PHRASE):
            np.minimum(ages[k : k + len(phrases)], phrases, out=ages[k : k + len(phrases)])
        whole = np.full(len(mask), report, np.int64)
        whole[mask] = ages
        out.append(whole)
    return out


def _first_reports(words: Sequence[NDArray[np.int32]], sources: Sequence[NDArray[np.int64]]) -> list[Reports]:
    """For each phrase, by its first word's place, the number of the earliest report that has it.

    A phrase that was copied as a whole is as old as it was there; only the others are looked for.
    """
    joined, copied = np.concatenate(words), np.concatenate(sources)
    owners = np.repeat(np.arange(len(words)), list(map(len, words)))
    count = max(len(joined) - PHRASE + 1, 0)
    is_phrase = owners[:count] == owners[PHRASE - 1 :]
    whole = copied[:count] >= 0
    for k in range(1, PHRASE):
        whole &= copied[k : count + k] == copied[:count] + k
    whole[whole] = is_phrase[copied[:count][whole]]  # not the end of one report and the beginning of the next
    places = np.flatnonzero(is_phrase & ~whole)
    ages = owners.copy()
    ages[places] = owners[places[_firsts(joined, places)]]
    bounds = np.cumsum([0, *map(len, words)])
    out: list[Reports] = []
    for start, end in pairwise(bounds.tolist()):
        held = slice(start, max(end - PHRASE + 1, start))
        came = np.flatnonzero(whole[held]) + start
        ages[came] = ages[copied[came]]
        out.append(ages[held])
    return out


def _firsts(words: NDArray[np.int32], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each phrase, given by the place of its first word, the number of the first one that is the same.

    A hash of each phrase and its number are packed into one integer, which numpy sorts ten times as fast as it sorts
    places by hashes. Phrases that share a hash with another one are looked at again with other hashes.
    """
    out = np.zeros(len(starts), np.int64)
    rest = np.arange(len(starts))
    salt = np.uint64(0)
    while len(rest):
        bits = np.uint64(len(rest).bit_length())
        keys = np.full(len(rest), salt)
        for k in range(PHRASE):
            keys = mixed(keys + words[starts[rest] + k].astype(np.uint64) + np.uint64(1))
        packed = np.sort(((keys >> bits) << bits) + np.arange(len(rest), dtype=np.uint64))
        heads = packed >> bits
        order = (packed - (heads << bits)).astype(np.int64)
        begins = np.append(True, heads[1:] != heads[:-1])
        twins = np.empty(len(rest), np.int64)
        twins[order] = order[begins][np.cumsum(begins) - 1]
        twins = rest[twins]
        same = np.ones(len(rest), np.bool_)
        for k in range(PHRASE):
            same &= words[starts[rest] + k] == words[starts[twins] + k]
        out[rest[same]] = twins[same]
        rest = rest[~same]
        salt += np.uint64(1)
    return out
