"""In which report each word first stood, as part of what it is part of now."""

from __future__ import annotations

from collections.abc import Sequence

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
    phrases = _first_phrases(vocabulary, witnesses)
    out: list[Reports] = []
    for report, (witness, row) in enumerate(zip(witnesses, origins, strict=True)):
        ages = np.full(len(witness.tokens), report, np.int64)
        for old in sorted(set(row.copied_from[row.copied_from >= 0].tolist())):
            here = np.flatnonzero(row.copied_from == old)
            verbatim = row.similarity[here] == 1.0
            source, older, starts = witnesses[old], out[old], witness.sentence_starts
            kept = here[verbatim]
            ages[_tokens(starts, kept)] = older[_tokens(source.sentence_starts, row.sentence[kept])]
            for j in here[~verbatim].tolist():
                i, start, end = int(row.sentence[j]), int(starts[j]), int(starts[j + 1])
                first, last = source.sentence_starts[[i, i + int(row.merged[j])]].tolist()
                for x, y, size in diff_ids(source.tokens[first:last], witness.tokens[start:end]).tolist():
                    ages[start + y : start + y + size] = older[first + x : first + x + size]
        out.append(np.minimum(ages, phrases[report]))
    return tuple(out)


def _tokens(starts: NDArray[np.int64], sentences: NDArray[np.int32] | NDArray[np.int64]) -> NDArray[np.int64]:
    """The places of all tokens of these sentences."""
    lengths = starts[sentences + 1] - starts[sentences]
    ends = np.cumsum(lengths)
    return np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(starts[sentences] - ends + lengths, lengths)


def _first_phrases(vocabulary: Vocabulary, witnesses: Sequence[Witness]) -> list[Reports]:
    """For each token the earliest report that has one of the phrases it stands in."""
    masks = [vocabulary.is_word[witness.tokens] for witness in witnesses]
    words = [vocabulary.folded[w.tokens[mask]].astype(np.int64) for w, mask in zip(witnesses, masks, strict=True)]
    first = _first_reports(words)
    out: list[Reports] = []
    for report, (mask, phrases) in enumerate(zip(masks, first, strict=True)):
        ages = np.full(int(mask.sum()), report, np.int64)
        for k in range(PHRASE):
            np.minimum(ages[k : k + len(phrases)], phrases, out=ages[k : k + len(phrases)])
        whole = np.full(len(mask), report, np.int64)
        whole[mask] = ages
        out.append(whole)
    return out


def _first_reports(words: list[NDArray[np.int64]]) -> list[Reports]:
    """For each phrase, by its first word's place, the number of the earliest report that has it."""
    counts = [max(len(row) - PHRASE + 1, 0) for row in words]
    ends = np.cumsum([0, *map(len, words)])
    starts = np.concatenate([at + np.arange(n) for at, n in zip(ends.tolist(), counts, strict=False)])
    owners = np.repeat(np.arange(len(words)), counts)
    ages = owners[_firsts(np.concatenate(words), starts)] if len(starts) else owners
    return np.split(ages, np.cumsum(counts)[:-1])


def _firsts(words: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.int64]:
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
