"""One difference as text for a terminal and as Markdown for a pull request."""

from __future__ import annotations

import enum
import io
import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, TypeVar

from ..analysis.differences import PieceOp
from .diffs import Block
from .figures import count, percent
from .markup import Paragraph, marked
from .terminal import PLAIN_WIDTH, one_line, printable
from .wording import introduced, of_kind, plural

if TYPE_CHECKING:
    from rich.text import Text

    from ..analysis.changes import Change
    from ..analysis.comparison import Comparison
    from .diffs import Kinds

_LONG = 14  # words: of a passage that moved away, more is shown only where it stands now


class Fate(enum.Enum):
    """What became of some words, as a reader is told."""

    KEPT = enum.auto()
    """They stand in both reports, here."""
    DELETED = enum.auto()
    """They stand in the old report only."""
    INSERTED = enum.auto()
    """They stand in the new report only."""
    LEFT = enum.auto()
    """They stood here, and stand elsewhere in the new report."""
    CAME = enum.auto()
    """They stand here, and stood elsewhere in the old report."""
    LABEL = enum.auto()
    """They are litany's."""


Part = tuple[Fate, str]
Folds = TypeVar("Folds", Paragraph, Block)
"""Paragraphs that know whether they were changed."""

FATES = {
    PieceOp.EQUAL: Fate.KEPT,
    PieceOp.DELETE: Fate.DELETED,
    PieceOp.INSERT: Fate.INSERTED,
    PieceOp.MOVE_FROM: Fate.LEFT,
    PieceOp.MOVE_TO: Fate.CAME,
}


def diff_text(
    comparison: Comparison,
    old: int,
    new: int,
    *,
    context: int | None = 1,
    width: int = PLAIN_WIDTH,
    color: bool = False,
    hidden: Kinds = (),
) -> str:
    """How report `old` became report `new`, words inside flowing sentences, wrapped to `width` columns.

    Unchanged paragraphs are folded but for `context` beside each changed one; None folds nothing. Without colours
    the marks are those of wdiff: `[-old-] {+new+}`. Changes of `hidden` kinds are counted and shown as in the new
    report.
    """
    paragraphs, facts = paragraphs_and_facts(comparison, old, new, hidden)
    page = TextPage(width, color)
    title, *rest = heading(comparison, old, new)
    page.add([(Fate.LABEL, title)], "bold")
    for line in [*rest, *facts]:
        page.add([(Fate.LABEL, line)])
    if any(paragraph.changed for paragraph in paragraphs):
        page.add(LEGEND)
    for shown in folded(paragraphs, context):
        page.add([])
        if isinstance(shown, int):
            page.add([(Fate.LABEL, f"... {unchanged(shown)} ...")], "dim")
        else:
            page.add(_parts(shown, whole=context is None))
    return page.text()


def diff_markdown(comparison: Comparison, old: int, new: int, *, context: int | None = 1, hidden: Kinds = ()) -> str:
    """The same for a pull request: deletions struck, insertions bold, and nothing in the text taken for mark-up."""
    paragraphs, facts = paragraphs_and_facts(comparison, old, new, hidden)
    title, *rest = heading(comparison, old, new)
    out = [
        f"### {_escaped(title.replace(' -> ', ' → '))}",
        "  \n".join(_escaped(line) for line in [*rest, *facts]),
    ]
    for shown in folded(paragraphs, context):
        if isinstance(shown, int):
            out.append(f"*... {unchanged(shown)} ...*")
        else:
            out.append(_markdown(_parts(shown, whole=context is None)))
    return "\n\n".join(out) + "\n"


# -- what both say ----------------------------------------------------------------------------------------------------


def paragraphs_and_facts(
    comparison: Comparison, old: int, new: int, hidden: Kinds = ()
) -> tuple[list[Paragraph], list[str]]:
    """The paragraphs of the difference, and lines of counts."""
    difference = comparison.difference(old, new)
    layout = marked(difference, hidden)
    alignment = difference.alignment
    kept = {
        kind: sum(len(link.new) for link in alignment.links if link.kind == kind) for kind in ("verbatim", "edited")
    }
    updated = comparison.updated_from(old, new).sentences
    edited = f"{count(kept['edited'])} edited{f' ({count(updated)} of them only updated)' if updated else ''}"
    sentences = f"{count(kept['verbatim'])} verbatim, {edited}, {count(len(alignment.added))} new"
    facts = [
        plural(layout.edits, "change", space=" "),
        *([f"{plural(layout.moves, 'passage', space=' ')} moved"] if layout.moves else []),
        f"sentences: {sentences}, {count(len(alignment.dropped))} dropped",
    ]
    lines = ["; ".join(facts), *([_hidden(difference.changes, hidden)] if hidden else [])]
    return [paragraph for stretch in layout.stretches for paragraph in stretch.paragraphs], lines


def _hidden(changes: Mapping[Change, int], hidden: Kinds) -> str:
    """How many changes are not marked, by kind."""
    counts = {kind: number for kind, number in changes.items() if kind in hidden}
    total = f"{plural(sum(counts.values()), 'change', space=' ')} hidden"
    return f"{total}: {', '.join(of_kind(kind, number) for kind, number in counts.items())}" if counts else total


def heading(comparison: Comparison, old: int, new: int) -> Iterator[str]:
    """Which reports are compared, where they stand, and the main source of the new one: the title first."""
    reports, source = comparison.series.reports, comparison.main_source(new)
    yield one_line(f"{reports[old].id} -> {reports[new].id}")
    yield one_line(f"series: {comparison.series.name}")
    yield f"old: {introduced(reports[old])}"
    yield f"new: {introduced(reports[new])}"
    reuse = comparison.measures[new].source
    if source is None or reuse is None:
        yield f"main source of {reports[new].id}: none"
        return
    kept = (
        f"{percent(reuse.words.share('verbatim'))} of its words verbatim, {percent(reuse.words.share('edited'))} edited"
    )
    yield f"main source of {reports[new].id}: {reports[source].id} ({kept})"


def unchanged(number: int) -> str:
    """What stands in the place of folded paragraphs."""
    return f"{plural(number, 'paragraph', space=' ')} unchanged"


def folded(paragraphs: Sequence[Folds], context: int | None) -> Iterator[Folds | int]:
    """The paragraphs to show, in order, and in the place of the others how many they are."""
    changed = [paragraph.changed for paragraph in paragraphs]
    near = len(paragraphs) if context is None else context
    shown = [context is None or any(changed[max(k - near, 0) : k + near + 1]) for k in range(len(paragraphs))]
    for is_shown, group in groupby(zip(shown, paragraphs, strict=True), key=lambda pair: pair[0]):
        members = [paragraph for _, paragraph in group]
        yield from members if is_shown else [len(members)]


def _parts(paragraph: Paragraph, *, whole: bool) -> list[Part]:
    """The words of a paragraph by their fate, with the white space between; each moved passage with its label."""
    parts: list[Part] = []
    lined = [
        (mark, "\n" if sentence.line and not k else " ")
        for sentence in paragraph.sentences
        for k, mark in enumerate(sentence.marks)
    ]
    for move, group in groupby(lined, key=lambda pair: pair[0].move):
        marks = list(group)
        if move is not None:
            left = any(mark.op is PieceOp.MOVE_FROM for mark, _ in marks)
            label = f"[moved from here ({move + 1}): " if left else f"[moved here ({move + 1}): "
            parts += [(Fate.KEPT, marks[0][1])] if marks[0][0].spaced and parts else []
            parts.append((Fate.LABEL, label))
        for k, (mark, space) in enumerate(marks):
            text = middle_out(mark.text) if mark.op is PieceOp.MOVE_FROM and not whole else mark.text
            if mark.spaced and parts and (move is None or k):
                parts.append((Fate.KEPT, space))
            parts.append((FATES[mark.op], one_line(text)))
        parts += [(Fate.LABEL, "]")] if move is not None else []
    return joined(parts)


def joined(parts: Iterable[Part]) -> list[Part]:
    """The parts, with neighbours of one fate as one, white space between them included."""
    out: list[Part] = []
    for fate, words in parts:
        if out and out[-1][0] is fate is not Fate.LABEL:
            out[-1] = (fate, out[-1][1] + words)
        elif len(out) > 1 and out[-1] in _SPACES and out[-2][0] is fate and fate is not Fate.LABEL:
            out[-2:] = [(fate, f"{out[-2][1]}{out[-1][1]}{words}")]
        else:
            out.append((fate, words))
    return out


_SPACES = ((Fate.KEPT, " "), (Fate.KEPT, "\n"))


def middle_out(text: str) -> str:
    """A long passage by its first and last words."""
    words = text.split()
    return text if len(words) <= _LONG else " ".join([*words[:5], "...", *words[-5:]])


# -- terminal ---------------------------------------------------------------------------------------------------------

_STYLES = {
    Fate.KEPT: "",
    Fate.DELETED: "strike color(166)",
    Fate.INSERTED: "underline color(33)",
    Fate.LEFT: "dim",
    Fate.CAME: "color(133)",
    Fate.LABEL: "",
}


class TextPage:
    """Lines of text, wrapped, with colours or with marks."""

    def __init__(self, width: int, color: bool) -> None:
        from rich.console import Console

        # depends on nothing but the arguments: no environment, no terminal
        system = "256" if color else None
        self._file = io.StringIO()
        self._color = color
        self._console = Console(
            file=self._file, width=width, color_system=system, force_terminal=color, no_color=not color,
            highlight=False, markup=False, emoji=False, legacy_windows=False, _environ={},
        )  # fmt: skip

    def add(self, parts: Iterable[Part], style: str = "") -> None:
        """A paragraph; an empty one is an empty line."""
        lines = self._wrapped(parts, self._console.width, style)
        for line in lines:
            self._console.print(line)
        if not lines:
            self._console.print()

    def beside(self, left: Iterable[Part], right: Iterable[Part], between: str) -> None:
        """Two paragraphs beside each other, each wrapped to its half."""
        from rich.cells import cell_len
        from rich.text import Text

        width = (self._console.width - cell_len(between)) // 2
        columns = [self._wrapped(parts, width) for parts in (left, right)]
        for pair in zip_longest(*columns) if any(columns) else [(None, None)]:
            line = pair[0].copy() if pair[0] is not None else Text()
            line.append(" " * (width - line.cell_len) + between)
            line.append_text(pair[1] or Text())
            line.rstrip()
            self._console.print(line)

    def _wrapped(self, parts: Iterable[Part], width: int, style: str = "") -> list[Text]:
        from rich.text import Text

        text = Text(style=style)
        for fate, words in parts:
            before, after = ("", "") if self._color else _MARKS.get(fate, ("", ""))
            text.append(printable(f"{before}{words}{after}"), _STYLES[fate])
        lines = list(text.wrap(self._console, width))
        for line in lines:
            line.rstrip()
        return lines

    def text(self) -> str:
        """All that was added."""
        return self._file.getvalue()


_MARKS = {Fate.DELETED: ("[-", "-]"), Fate.INSERTED: ("{+", "+}")}
LEGEND = [(Fate.LABEL, "marks: "), (Fate.DELETED, "deleted"), (Fate.LABEL, " "), (Fate.INSERTED, "inserted")]


# -- Markdown ---------------------------------------------------------------------------------------------------------

_SPECIAL = re.compile(r"[\\`*_\[\]<>~|$]|&(?=[#\w])|(?<!\w)@(?=\w)|#(?=\d)")
_TAGS = {Fate.DELETED: ("~~", "<del>", "</del>"), Fate.INSERTED: ("**", "<strong>", "</strong>")}


def _escaped(text: str) -> str:
    """The text so that Markdown shows it as it is; `@name` and `#1` notify and link nobody."""

    def escape(found: re.Match[str]) -> str:
        sign = found[0]
        return f"{sign}<!-- -->" if sign in "@#" else "&amp;" if sign == "&" else f"\\{sign}"

    return _SPECIAL.sub(escape, printable(text))


def _markdown(parts: list[Part]) -> str:
    """One paragraph as one line, or as several where lines in it stand for themselves."""
    out: list[str] = []
    for k, (fate, words) in enumerate(parts):
        if fate is Fate.LABEL:
            out.append(f"*{_escaped(words.rstrip())}* " if words != "]" else "\\]")
        elif fate in _TAGS:
            before = parts[k - 1][1][-1] if k else " "
            after = parts[k + 1][1][0] if k + 1 < len(parts) else " "
            out.append(_tagged(fate, words, before, after))
        else:
            out.append(_escaped(words))
    # a line that begins like a heading, a list or a rule is none
    text = re.sub(r"(?m)^(\d+)(?=[.)](\s|$))|^(?=[-+=#])", lambda found: (found[1] or "") + "\\", "".join(out))
    return text.replace("\n", "  \n")


def _tagged(fate: Fate, words: str, before: str, after: str) -> str:
    """Words struck or bold: with Markdown's signs where it takes them for such, with tags beside punctuation."""
    sign, start, end = _TAGS[fate]
    # signs are taken for mark-up beside a letter, or beside punctuation that follows white space or punctuation
    opens = not _is_mark(words[0]) or before.isspace() or before in string.punctuation
    closes = not _is_mark(words[-1]) or after.isspace() or after in string.punctuation
    text = _escaped(words)
    return f"{sign}{text}{sign}" if opens and closes else f"{start}{text}{end}"


def _is_mark(character: str) -> bool:
    return not (character.isalnum() or character.isspace())
