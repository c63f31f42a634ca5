"""Which words came back: old ones that the report before does not have."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .anchors import diff_ids
from .lineage import Lineage
from .vocabulary import Vocabulary, Witness, mixed
from .word_origins import PHRASE, Reports

HOLDERS = 8
"""Sentences of the report before that a sentence is compared with at most."""


def returned_words(
    vocabulary: Vocabulary,
    witnesses: Sequence[Witness],
    ages: Sequence[Reports],
    threads: Sequence[Lineage],
    returned: Sequence[NDArray[np.bool_]],
) -> tuple[NDArray[np.bool_], ...]:
    """For each report, for each token, whether it is old and the report before does not have it: dropped and come back.

    All old words of a sentence that came back did. Of others the report before has those that a sentence of the same
    lineage keeps there, and those in phrases of PHRASE words that stand there, too. `ages` are those of `word_origins`,
    `returned` the sentences that came back. Punctuation does not come back.
    """
    out: list[NDArray[np.bool_]] = []
    held = _held_phrases(vocabulary, witnesses)
    holders = _holders(threads)
    for report, witness in enumerate(witnesses):
        known = held[report] & ~np.repeat(returned[report], np.diff(witness.sentence_starts))
        back = (ages[report] < report) & vocabulary.is_word[witness.tokens] & ~known
        starts = witness.sentence_starts.tolist()
        for sentence in np.unique(np.searchsorted(starts, np.flatnonzero(back), side="right") - 1).tolist():
            start, end = starts[sentence], starts[sentence + 1]
            for before in holders.get((report, sentence), ()):
                first, last = witnesses[report - 1].sentence_starts[[before, before + 1]].tolist()
                source = vocabulary.folded[witnesses[report - 1].tokens[first:last]]
                for _, j, size in diff_ids(source, vocabulary.folded[witness.tokens[start:end]]).tolist():
                    back[start + j : start + j + size] = False
        out.append(back)
    return tuple(out)


def _holders(threads: Sequence[Lineage]) -> dict[tuple[int, int], list[int]]:
    """For each sentence, (report, sentence), those of the report before that hold its lineage, one a wording."""
    out: dict[tuple[int, int], list[int]] = {}
    for lineage in threads:
        held: dict[int, dict[int, int]] = {}
        for stage in lineage.stages:
            held.setdefault(stage.report, {}).setdefault(stage.variant, stage.sentence)
        for number, (report, sentence) in enumerate(lineage.within, 1):
            held.setdefault(report, {})[-number] = sentence
        for stage in lineage.stages:
            if stage.report - 1 in held:
                out[stage.report, stage.sentence] = list(held[stage.report - 1].values())[:HOLDERS]
    return out


def _held_phrases(vocabulary: Vocabulary, witnesses: Sequence[Witness]) -> list[NDArray[np.bool_]]:
    """For each token whether one of the phrases that it stands in stands in the report before, too."""
    out: list[NDArray[np.bool_]] = []
    before: NDArray[np.uint64] = np.zeros(0, np.uint64)
    for witness in witnesses:
        is_word = vocabulary.is_word[witness.tokens]
        keys = _phrases(vocabulary.folded[witness.tokens[is_word]])
        stands = np.isin(keys, before)
        held = np.zeros(int(is_word.sum()), np.bool_)
        for k in range(PHRASE if len(keys) else 0):
            held[k : k + len(keys)] |= stands
        whole = np.zeros(len(is_word), np.bool_)
        whole[is_word] = held
        out.append(whole)
        before = keys
    return out


def _phrases(words: NDArray[np.int32]) -> NDArray[np.uint64]:
    """A number for each phrase, by the place of its first word."""
    keys = np.zeros(max(len(words) - PHRASE + 1, 0), np.uint64)
    for k in range(PHRASE if len(keys) else 0):
        keys = mixed(keys + words[k : k + len(keys)].astype(np.uint64) + np.uint64(1))
    return keys
