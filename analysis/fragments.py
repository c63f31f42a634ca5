"""Texts as fragments for the search of reused passages, and how much the words in them say.

A fragment is a sentence, or a line, joined with its neighbours where it is short and cut where it is long: what is
copied from elsewhere, by people or by machines, keeps the sizes of sentences, but its marks of punctuation and its line
ends need not be there. Words are compared by their first letters, case aside: 'disappearing' and 'disappeared' are one
word, in every language that inflects at the end (truncation; Frakes 1992).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..corpus.report import Spans, Tokens
from .distinct import distinct_values
from .vocabulary import Vocabulary, Witness, fold, intern_tokens

Places = NDArray[np.int64]

LEAST = 8  # words: shorter sentences are joined with the next
MOST = 25  # words: longer ones are cut into equal parts; about a sentence
LETTERS = 6  # of a word that count
PRIOR = 1  # fragments without a word that are added, so that a word that every fragment has still weighs something


@dataclass(frozen=True, eq=False)
class Fragments:
    """One text, cut into fragments."""

    words: Spans
    """Shape (words, 2): start and end of each word in the text, punctuation left out."""
    places: Places
    """Shape (words,): the number of each word among the tokens."""
    stems: NDArray[np.int32]
    """Shape (words,): a number for the first letters of each word, the same in all texts cut together."""
    starts: Places
    """Shape (fragments + 1,): fragment k holds words[starts[k]:starts[k + 1]]."""
    bounds: Spans
    """Shape (fragments, 2): start and end of each fragment in the text, punctuation at its edges included."""
    witness: Witness
    """The fragments as sentences of tokens."""

    def __len__(self) -> int:
        return len(self.starts) - 1

    def tokens(self, start: int, end: int) -> NDArray[np.int32]:
        """The tokens from word `start` to before word `end`, the punctuation between them included."""
        return self.witness.tokens[int(self.places[start]) : int(self.places[end - 1]) + 1]

    def characters(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text from word `start` to before word `end`, with the marks at whole fragments' edges."""
        first, last = int(self.words[start, 0]), int(self.words[end - 1, 1])
        k = int(np.searchsorted(self.starts, start))
        if self.starts[k] == start:
            first = min(first, int(self.bounds[k, 0]))
        k = int(np.searchsorted(self.starts, end))
        if self.starts[k] == end:
            last = max(last, int(self.bounds[k - 1, 1]))
        return first, last


def cut(
    texts: Sequence[tuple[str, Tokens, Spans]], least: int = LEAST
) -> tuple[Vocabulary, tuple[Fragments, ...], NDArray[np.float64]]:
    """Texts, each with its tokens and sentences, as fragments over one vocabulary, and the weight of each stem.

    Fragments have `least` words or more where the text has. Weights are inverse fragment frequencies (tf-isf;
    Sanchez-Perez, Sidorov and Gelbukh 2014), as multiples of what a word of these texts weighs on average.
    """
    vocabulary, ids = intern_tokens([(text, tokens) for text, tokens, _ in texts])
    numbers: dict[str, int] = {}
    letters = (fold(string)[:LETTERS] for string in vocabulary.strings)
    stem_of = np.fromiter((numbers.setdefault(stem, len(numbers)) for stem in letters), np.int32, len(vocabulary))
    rows = zip(texts, ids, strict=True)
    made = tuple(_fragments(tokens, spans, own, stem_of, least) for (_, tokens, spans), own in rows)
    return vocabulary, made, _weights(made, len(numbers))


def _fragments(
    tokens: Tokens, sentences: Spans, ids: NDArray[np.int32], stem_of: NDArray[np.int32], least: int
) -> Fragments:
    at = np.flatnonzero(tokens.is_word)
    words = tokens.spans[at]
    edges = np.searchsorted(words[:, 0], sentences)
    starts, bounds = _cuts(words, sentences.tolist(), edges.tolist(), least)
    # tokens between the last word of a fragment and the first of the next go with the former
    firsts = at[starts[1:-1]] if len(starts) > 2 else np.zeros(0, np.int64)
    token_starts = np.concatenate(([0], firsts, [len(ids)])) if len(bounds) else np.zeros(1, np.int64)
    witness = Witness(ids, token_starts.astype(np.int64), np.zeros(len(bounds), np.int64))
    return Fragments(words, at, stem_of[ids[at]], starts, bounds, witness)


def _cuts(words: Spans, sentences: list[list[int]], edges: list[list[int]], least: int) -> tuple[Places, Spans]:
    """Where the fragments start, in words, and their bounds, in characters."""
    joined: list[tuple[int, int, int, int]] = []  # first and last character, first word, word behind the last
    held: tuple[int, int, int, int] | None = None
    for (start, end), (first, last) in zip(sentences, edges, strict=True):
        held = (start, end, first, last) if held is None else (held[0], end, held[2], last)
        if held[3] - held[2] >= least:
            joined.append(held)
            held = None
    if held is not None and held[3] > held[2]:
        before = joined.pop() if joined else held
        joined.append((before[0], held[1], before[2], held[3]))
    starts, bounds = [0], [(0, 0)][:0]
    for start, end, first, last in joined:
        parts = -(-(last - first) // MOST)
        inner = [first + round((last - first) * k / parts) for k in range(1, parts)]
        starts += [*inner, last]
        firsts = [start, *(int(words[k, 0]) for k in inner)]
        ends = [*(int(words[k - 1, 1]) for k in inner), end]
        bounds += list(zip(firsts, ends, strict=True))
    return np.array(starts, np.int64), np.array(bounds, np.int64).reshape(-1, 2)


def _weights(texts: Sequence[Fragments], stems: int) -> NDArray[np.float64]:
    """The weight of each stem."""
    holders = np.zeros(stems, np.int64)
    count = np.zeros(stems, np.int64)
    for text in texts:
        owners = np.repeat(np.arange(len(text)), np.diff(text.starts))
        keys = distinct_values(owners * stems + text.stems)
        holders += np.bincount(keys % max(stems, 1), minlength=stems)
        count += np.bincount(text.stems, minlength=stems)
    total = sum(map(len, texts)) + PRIOR
    raw = np.log(total / np.maximum(holders, 1))
    mean = float((raw * count).sum() / max(int(count.sum()), 1))
    return raw / mean if mean > 0 else raw
