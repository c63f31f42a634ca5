"""Which sentences of one report correspond to which of another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .candidates import gram_sets
from .distinct import distinct_sentences
from .leftovers import AlignmentSettings, Rest, link_between, link_rest
from .links import Alignment, LinkTable
from .matching import Pairs, Places, heaviest_chain, match_equal
from .vocabulary import Vocabulary, Witness, intern_sentences, mixed

DEFAULT = AlignmentSettings()
Links = NDArray[np.int64]  # a row a link: first old sentence, how many, first new sentence, how many


def align_sentences(old: Sequence[str], new: Sequence[str], settings: AlignmentSettings = DEFAULT) -> Alignment:
    """Align the sentences of two texts: see `align`."""
    vocabulary, (left, right) = intern_sentences([old, new])
    return align(vocabulary, left, right, settings)


def align(
    vocabulary: Vocabulary,
    old: Witness,
    new: Witness,
    settings: AlignmentSettings = DEFAULT,
    numbers: tuple[Places, Places] | None = None,
) -> Alignment:
    """Align the sentences of two texts over one vocabulary.

    `numbers` are those of their distinct sentences, where they are known: equal numbers, equal sentences.

    Equal sentences are linked first. Those of them that keep the order divide the texts into gaps; in each the links
    are found that are best together, and what is left is looked for anywhere else. The alignment of (new, old) is that
    of (old, new), swapped.
    """
    equal = match_equal(*(numbers or distinct_sentences((old, new)).numbers))
    rows = np.setdiff1d(np.arange(len(old)), equal[:, 0], assume_unique=True)
    columns = np.setdiff1d(np.arange(len(new)), equal[:, 1], assume_unique=True)
    ones = np.ones(len(equal), np.int64)
    links = np.stack((equal[:, 0], ones, equal[:, 1], ones), axis=1)
    similarities = np.ones(len(links))
    if len(rows) and len(columns):
        rest = Rest(gram_sets(vocabulary, (old, rows), (new, columns)), rows, columns)
        ordered = _in_order(links, vocabulary, old, new)
        found, weights = link_rest(rest, equal, ordered, _carried(equal, old, new), settings)
        links = np.concatenate((links, np.array([link[:4] for link in found], np.int64).reshape(-1, 4)))
        by_old = np.argsort(links[:, 0], kind="stable")
        chain = np.empty(len(links), np.bool_)
        likeness = np.concatenate((similarities, [link[4] for link in found]))
        chain[by_old] = _in_order(links[by_old], vocabulary, old, new, likeness[by_old])
        if bool((chain[: len(equal)] != ordered).any()):
            # seen with the edited sentences, others keep the order: look once more between those
            anchors = links[by_old][chain[by_old]][:, [0, 2]]
            found += link_between(rest, found, anchors, weights, settings)
        links = np.concatenate((links[: len(equal)], np.array([row[:4] for row in found], np.int64).reshape(-1, 4)))
        similarities = np.concatenate((similarities, [link[4] for link in found]))
    return _assembled(vocabulary, old, new, links, similarities)


def _carried(equal: Pairs, old: Witness, new: Witness) -> float:
    """The share of the shorter text's tokens that are in equal sentences."""
    lengths = np.diff(old.sentence_starts)[equal[:, 0]]
    return float(lengths.sum() / max(1, min(len(old.tokens), len(new.tokens))))


def _in_order(
    links: Links, vocabulary: Vocabulary, old: Witness, new: Witness, similarities: NDArray[np.float64] | None = None
) -> NDArray[np.bool_]:
    """Which links, given in order of the old text, are on the chain that keeps the order of the most words.

    Of chains as heavy, how alike the sentences are decides and then what they say, so that it does not matter which
    text is called the old one.
    """
    if len(links) < 2 or bool((np.diff(links[:, 2]) > 0).all()):
        return np.ones(len(links), np.bool_)
    weights, ties = np.ones(len(links), np.int64), np.zeros(len(links), np.uint64)
    for text, first, count in ((old, links[:, 0], links[:, 1]), (new, links[:, 2], links[:, 3])):
        starts, ends = text.sentence_starts[first], text.sentence_starts[first + count]
        running = np.concatenate((np.zeros(1, np.uint64), np.cumsum(vocabulary.marks[text.tokens], dtype=np.uint64)))
        weights += ends - starts
        ties += mixed(running[ends] - running[starts]) >> np.uint64(42)
    if similarities is not None:
        ties += (similarities * 2**16).astype(np.uint64) << np.uint64(24)
    return heaviest_chain(links[:, 2], weights, ties.astype(np.int64))


def _assembled(
    vocabulary: Vocabulary, old: Witness, new: Witness, links: Links, similarities: NDArray[np.float64]
) -> Alignment:
    by_old = np.argsort(links[:, 0], kind="stable")
    moved = np.empty(len(links), np.bool_)
    moved[by_old] = ~_in_order(links[by_old], vocabulary, old, new, similarities[by_old])
    by_new = np.argsort(links[:, 2], kind="stable")
    table = LinkTable(links[by_new].astype(np.int32), similarities[by_new], moved[by_new])
    return Alignment(len(old), len(new), table)
