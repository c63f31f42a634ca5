"""Texts for hypothesis: small series whose reports copy from each other, as real ones do."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = (
    "harbour",
    "lamp",
    "mole",
    "the",
    "of",
    "and",
    "trust",
    "was",
    "lit",
    "boat",
    "12",
    "1957",
    "Mr",
    "Oake",
    "not",
)

words = st.sampled_from(WORDS)
sentences = st.lists(words, min_size=1, max_size=9).map(lambda ws: " ".join(ws).capitalize() + ".")
texts = st.lists(sentences, max_size=8)
"""One version as a list of sentences; repeats are likely, and an empty version is possible."""


@st.composite
def revised(draw: st.DrawFn, old: list[str]) -> list[str]:
    """A version made from another: sentences kept, dropped, edited, moved, repeated and added."""
    new: list[str] = []
    for sentence in old:
        fate = draw(st.sampled_from(["keep", "keep", "keep", "drop", "edit", "add", "repeat"]))
        if fate == "edit":
            parts = sentence[:-1].split()
            parts[draw(st.integers(0, len(parts) - 1))] = draw(words)
            new.append(" ".join(parts) + ".")
        elif fate != "drop":
            new.append(sentence)
        if fate == "add":
            new.append(draw(sentences))
        if fate == "repeat":
            new.append(sentence)
    return draw(st.permutations(new)) if draw(st.integers(0, 5)) == 0 else new


@st.composite
def series(draw: st.DrawFn, most: int = 5) -> list[list[str]]:
    """Versions in order of time, each made from any earlier one or from nothing."""
    versions = [draw(texts)]
    for _ in range(draw(st.integers(0, most - 1))):
        versions.append(draw(texts) if draw(st.integers(0, 5)) == 0 else draw(revised(draw(st.sampled_from(versions)))))
    return versions
