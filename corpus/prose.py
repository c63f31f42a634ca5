"""A single text without a date: one from outside of a series, or the document that it is held against."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .cleaning import WordsElsewhere, clean
from .errors import InputError
from .frontmatter import front_matter
from .pages import running_lines
from .readers import MARKDOWN_SUFFIXES, NotTextError, reader_for, suffix_of
from .report import Document, Notice, Prose, Spans
from .sentences import segment, tokenize
from .signs import looks_like_markdown
from .sources import File, Source, find, sample_article

Segmenting = Callable[[str], tuple[Spans, NDArray[np.int64]]]
"""Gives the sentences of a text as spans, and the paragraph of each."""


def read_prose(path: Source, *, title: str | None = None) -> tuple[Prose, tuple[Notice, ...]]:
    """The text of a file, cleaned like a report, and what a reader should know about how it was read.

    `sample` is the newspaper article that ships with the sample series. Its title is the one in its front matter, else
    the file's name. Raises `InputError` where there is no such file, or no text with words in it.
    """
    file = _file(path)
    try:
        decoded = reader_for(file.location.name, named=True)(file.location.read_bytes())
    except NotTextError as error:
        raise InputError(f"{file.path}: {error}") from None
    except OSError as error:
        raise InputError(f"{file.path}: {(error.strerror or str(error)).lower()}; check its permissions") from None
    document = Document(file.path, decoded.text)
    matter = front_matter(document.text)
    markdown = suffix_of(file.path) in MARKDOWN_SUFFIXES or looks_like_markdown(document.text)
    named = title or matter.title or file.location.stem
    prose, mended = prose_of(
        document, named, (matter.end, matter.end, len(document.text.rstrip())), markdown, running_lines(document.text)
    )
    if not prose.word_count:
        raise InputError(f"{file.path}: has no words; name a file with the text that is to be traced")
    notices: list[Notice] = []
    if decoded.guessed:
        message = f"its encoding was guessed to be {decoded.encoding}; save it as UTF-8 if letters are wrong"
        notices.append(Notice("encoding-guessed", message, file.path))
    if mended:
        notices.append(Notice("mojibake", "garbled letters (such as Ã© for é) mended", file.path))
    return prose, tuple(notices)


def _file(path: Source) -> File:
    if os.fspath(path) == "sample" and not Path("sample").exists():
        return sample_article()
    found = find(path)
    if len(found.files) != 1:
        raise InputError(f"{os.fspath(path)}: names {len(found.files)} files; name the one that is to be traced")
    return found.files[0]


def prose_of(
    document: Document,
    title: str,
    bounds: tuple[int, int, int],
    markdown: bool,
    running: frozenset[str],
    segmenting: Segmenting = segment,
    elsewhere: WordsElsewhere | None = None,
) -> tuple[Prose, int]:
    """A stretch of a document, cleaned and cut, and how many garbled stretches were mended in it.

    `bounds` are where it starts, where its body starts and where it ends; `running` are the shapes of running headers;
    `elsewhere` gives the words of other texts of the kind.
    """
    start, body, end = bounds
    cleaned = clean(document.text, body, max(body, end), markdown=markdown, running=running, elsewhere=elsewhere)
    text = cleaned.traced.text
    spans, paragraphs = segmenting(text)
    tokens = tokenize(text)
    firsts = np.append(np.searchsorted(tokens.spans[:, 0], spans[:, 0]), len(tokens.spans)).astype(np.int64)
    made = Prose(
        title=" ".join(title.split()),
        document=document,
        start=start,
        end=end,
        text=text,
        offsets=cleaned.traced.offsets,
        sentence_spans=spans,
        sentence_paragraphs=paragraphs,
        tokens=tokens,
        sentence_tokens=firsts,
    )
    return made, cleaned.mojibake


def fields_of(prose: Prose) -> dict[str, Any]:
    """Its fields by name: what a `Report` adds an id and a date to."""
    return {field.name: getattr(prose, field.name) for field in fields(prose)}
