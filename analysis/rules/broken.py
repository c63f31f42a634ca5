"""Sentences that lost a word: what a deletion left standing beside each other cannot stand so."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..edits import Op, word_operations
from ..links import Kind
from ..vocabulary import fold
from .finding import Case, Hit, Rule, Severity, quoted

ARTICLES = frozenset(("the", "a", "an"))
CONJUNCTIONS = frozenset(("and", "or", "but", "nor"))
LEADING = frozenset(  # prepositions that are no adverbs as well: something must follow them
    [
        "of",
        "at",
        "against",
        "with",
        "into",
        "for",
        "between",
        "among",
        "during",
        "per",
        "upon",
        "without",
        "toward",
        "towards",
        "by",
        "from",
    ]
)
STRANDED = frozenset(["of", "at", "with", "for", "from", "to", "by", "into", "without"])
"""Prepositions that an English sentence may end on."""
NEVER_SECOND = frozenset(
    ["of", "with", "into", "against", "by", "during", "among", "per", "upon", "towards", "toward", "to", "for"]
)
"""Prepositions that follow no other: not those of measure, as in 'of at least' and 'for about'."""
PREPOSITIONS = LEADING | NEVER_SECOND | frozenset(("in", "on"))
STOPS = frozenset(".;!?")
OPEN_END = {  # words that no sentence ends on, by language; not those that are also pronouns or parts of a verb
    "en": ARTICLES | CONJUNCTIONS | LEADING | {"to"},
    "de": frozenset(
        [
            "eine",
            "einem",
            "einen",
            "eines",
            "dem",
            "des",
            "im",
            "vom",
            "für",
            "gegen",
            "zwischen",
            "und",
            "oder",
            "sowie",
        ]
    ),
    "fr": frozenset(["le", "la", "les", "des", "du", "aux", "de", "et", "ou", "dans", "par", "vers", "chez"]),
    "es": frozenset(
        [
            "el",
            "la",
            "los",
            "las",
            "un",
            "de",
            "del",
            "al",
            "y",
            "o",
            "con",
            "por",
            "para",
            "en",
            "entre",
            "sin",
            "hacia",
        ]
    ),
    "it": frozenset(
        [
            "il",
            "gli",
            "di",
            "del",
            "della",
            "dei",
            "degli",
            "delle",
            "dal",
            "nel",
            "nella",
            "e",
            "con",
            "per",
            "tra",
            "fra",
        ]
    ),
    "pt": frozenset(["do", "da", "dos", "das", "de", "e", "ou", "com", "por", "para", "em", "entre"]),
    "nl": frozenset(["de", "een", "van", "en", "tussen"]),
}


def broken_sentences(case: Case, _: object) -> Iterator[Hit]:
    """Places where words of the source were taken out and what is left does not join."""
    for sentence, origin in enumerate(case.origins):
        if origin.kind is not Kind.EDITED or origin.copied_from is None or origin.sentence is None:
            continue
        old = case.tokens(origin.copied_from, origin.sentence, origin.merged)
        new = case.tokens(case.number, sentence)
        for step in word_operations(old, new):
            at = step.new_start
            gone = old[step.old_start : step.old_end]
            if step.op is not Op.DELETE or not 0 < at < len(new) or not any(word[0].isalnum() for word in gone):
                continue
            weight = _breaks(case.language, new, at)
            if weight is None or _stands_elsewhere(case, new[at - 1], new[at]):
                continue
            start, end = case.token_span(sentence, at - 1, at + 1)
            was = _joined([old[step.old_start - 1], *gone, new[at]])
            source = case.series.ids[origin.copied_from]
            message = f"a word seems to be missing: {quoted(_joined(new[at - 1 : at + 1]))}"
            yield case.hit(
                start, end, message, f"{source}, which it was copied from, has {quoted(was)}", severity=weight
            )


def _breaks(language: str, words: list[str], at: int) -> Severity | None:
    """How sure it is that the words before and from `at` on do not join; None where they may."""
    before, after = fold(words[at - 1]), fold(words[at])
    if not words[at - 1].islower():  # a letter or a name rather than an article
        return None
    if after in STOPS:
        if before not in OPEN_END.get(language, ()):
            return None
        return Severity.WARNING if language == "en" and before in STRANDED else Severity.ERROR
    if language != "en":
        return None
    if before in ARTICLES:
        wrong = after in PREPOSITIONS or after in CONJUNCTIONS or after in ARTICLES or after in (",", ")")
        return Severity.ERROR if wrong else None
    if before in LEADING and after in NEVER_SECOND:
        return Severity.ERROR
    if before in CONJUNCTIONS and after in CONJUNCTIONS:
        return Severity.ERROR
    follows = fold(words[at + 1]) if at + 1 < len(words) else ""
    if before in LEADING and after in CONJUNCTIONS and follows not in PREPOSITIONS:
        return Severity.WARNING
    return None


def _stands_elsewhere(case: Case, before: str, after: str) -> bool:
    """Whether an earlier report has the two words side by side: then the series writes so."""
    strings, folded = case.comparison.vocabulary.strings, case.comparison.vocabulary.folded
    pair = [int(folded[strings.index(word)]) for word in (before, after)]
    for witness in case.comparison.witnesses[: case.number]:
        forms = folded[witness.tokens]
        if bool(np.any((forms[:-1] == pair[0]) & (forms[1:] == pair[1]))):
            return True
    return False


def _joined(words: list[str]) -> str:
    """Tokens as they are written: no space before a mark."""
    return "".join(
        word if not k or (not word[0].isalnum() and word not in "([") else f" {word}" for k, word in enumerate(words)
    )


BROKEN = Rule(
    "broken-sentence",
    Severity.ERROR,
    "A sentence that lost a word",
    "Something was struck out of the source's sentence, and an article, a preposition or a conjunction now stands"
    " before another or before the full stop. Pairs of words that an earlier report has are left alone."
    " Before a full stop it works in English, German, French, Spanish, Italian, Portuguese and Dutch, elsewhere in the"
    " sentence in English. A sentence that ends on a preposition, which English allows, is a warning.",
    "“for the drowned of” became “for of”: a word seems to be missing.",
    "Put back what is missing, or strike out what was left.",
    broken_sentences,
)
