"""One document that holds many reports: where each begins and ends, checked against the list of contents.

A report begins at a heading with a date. Which of a document's dated headings those are is told by their shapes, their
common wording, the order of their dates and the list of contents; no rule knows any text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .contents import Contents, check, find_contents
from .dates import Convention, convention_of, stated_dates
from .headings import (
    CAPITALS,
    EMPHASIS,
    MOST_LINES,
    PLAIN,
    Block,
    Heading,
    blocks_of,
    headings_in,
    is_contents_heading,
    visible,
)
from .pages import running_lines, shape_of
from .report import Document, Notice, Precision, ReportDate, Skipped
from .short_years import InFull, in_full, short_years_notice


@dataclass(frozen=True, slots=True)
class Part:
    """One report of a compilation."""

    title: str
    """Its heading without mark-up."""
    date: ReportDate
    """The date in its heading."""
    start: int
    """Offset of its heading in the document."""
    body: int
    """Offset of its text, behind the heading."""
    end: int
    """Offset behind its last character that is text."""
    line: int
    """The line of its heading, from 1."""


@dataclass(frozen=True, slots=True)
class Division:
    """A document divided into its reports."""

    parts: tuple[Part, ...]
    """The reports in the order in which they stand; empty where no heading has a date."""
    is_listed: bool
    """A list of contents names most of them."""
    skipped: tuple[Skipped, ...]
    """Text that is in no report."""
    notices: tuple[Notice, ...]
    """What is not as expected."""
    title: str = ""
    """The heading of the document as a whole; empty where it has none."""
    running: frozenset[str] = frozenset()
    """The shapes of running headers and footers."""


def divide(document: Document, start: int = 0, *, by_text: bool = False) -> Division:
    """The reports in a document from the offset `start` on, which lies behind its front matter.

    With `by_text`, where no heading has a date, each is dated by the first date in the text below it.
    """
    lines = document.text.split("\n")
    skip = document.position(start)[0] - 1
    lines[:skip] = [""] * skip
    found = _found(document, lines)
    written: dict[int, InFull] = {}
    if not found.chosen and (short := _in_full(lines, found.blocks)):
        in_short = _found(document, [short[k].text if k in short else line for k, line in enumerate(lines)])
        if in_short.chosen:
            found, written = in_short, short
    blocks, candidates, contents, chosen = found.blocks, found.candidates, found.contents, found.chosen
    repeats = found.repeats
    if not chosen and by_text:
        chosen = _dated_by_text(lines, blocks, found.convention)
        repeats = [Notice("dated-by-text", _BY_TEXT, document.path)]
    if not chosen:
        return Division((), False, (), ())
    running = running_lines(document.text)
    parts = list(_parts(document, lines, _limits(blocks, chosen, contents, len(lines)), chosen, running))
    notices = [*repeats, *_left_out(document, candidates, chosen), *_out_of_order(document, chosen)]
    if written:
        parts = [_as_written(part, written) for part in parts]
        notices.append(short_years_notice(parts[0].date, document.path, parts[0].line))
    if contents is not None:
        notices += check(document, contents, chosen)
    skipped = _preamble(document, blocks, chosen, contents)
    is_listed = contents is not None and contents.agreement(chosen) >= 0.5
    return Division(tuple(parts), is_listed, tuple(skipped), tuple(notices), _title(blocks, chosen, contents), running)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the lines of a document hold."""

    convention: Convention
    """How they write dates."""
    blocks: Sequence[Block]
    """All of their blocks."""
    contents: Contents | None
    """The list of contents."""
    candidates: Sequence[Heading]
    """The headings with a date outside of it."""
    repeats: Sequence[Notice]
    """What is to be told of headings that repeat the one before."""
    chosen: Sequence[Heading]
    """Those of reports."""


def _found(document: Document, lines: list[str]) -> _Found:
    convention = convention_of(line for line in lines if len(line) <= 400)
    blocks = blocks_of(lines, convention)
    candidates = headings_in(blocks)
    contents = find_contents(lines, blocks, candidates)
    candidates = [one for one in candidates if contents is None or not contents.first <= one.first <= contents.last]
    once = _without_running_heads(candidates)
    repeats = _repeats(document, candidates, once)
    candidates = _without_signed_dates(once, blocks)
    chosen = _completed(choose(candidates, contents), candidates)
    if once and not candidates:  # all dates close reports: what do the texts say?
        chosen = _dated_by_text(lines, blocks, convention)
        repeats = [Notice("dated-by-text", _BY_TEXT, document.path)] if chosen else repeats
        if not chosen:
            candidates, chosen = once, _completed(choose(once, contents), once)
    return _Found(convention, blocks, contents, candidates, repeats, chosen)


def _in_full(lines: Sequence[str], blocks: Sequence[Block]) -> dict[int, InFull]:
    """The lines that have a year of two digits, written out, of blocks that may be headings or entries of a list."""
    numbers = [k for block in blocks if block.shape or block.is_list for k in range(block.first, block.last + 1)]
    full = in_full([lines[k] for k in numbers]) or ()
    return {k: one for k, one in zip(numbers, full, strict=False) if one.short}


def _as_written(part: Part, written: Mapping[int, InFull]) -> Part:
    """A report with the title and date as they stand there, their years of two digits."""
    for k in range(part.line - 1, part.line + MOST_LINES):
        if k in written:
            title, words = written[k].as_written(part.title), written[k].as_written(part.date.text)
            part = replace(part, title=title, date=replace(part.date, text=words))
    return part


def _without_running_heads(candidates: list[Heading]) -> list[Heading]:
    """Without headings that repeat the one before word for word: they head a page, not a report."""
    kept: list[Heading] = []
    for heading in candidates:
        if not kept or (heading.title, heading.shape) != (kept[-1].title, kept[-1].shape):
            kept.append(heading)
    return kept


def _without_signed_dates(candidates: list[Heading], blocks: Sequence[Block]) -> list[Heading]:
    """Without plain lines that have no prose between them and the next heading: dates that close the report above.

    Where such a line is the last of all, those that are worded as it is close reports too.
    """
    prose = [block.first for block in blocks if block.shape is None]
    kept: list[Heading] = []
    last: Heading | None = None
    for heading, after in zip(candidates, [*candidates[1:], None], strict=False):
        following = bisect_right(prose, heading.last)
        has_prose = following < len(prose) and (after is None or prose[following] < after.first)
        if heading.shape < EMPHASIS or has_prose or (after is not None and str(after.date) == str(heading.date)):
            kept.append(heading)
        elif after is None:
            last = heading
    return [one for one in kept if last is None or (one.shape, one.words) != (last.shape, last.words)]


# ---- which headings are those of reports

OPENING = 400
"""Characters at the beginning of a text in which its date is looked for where its heading has none."""
MIXED = 3
"""So many headings of other shapes, each with a year that is missing, show that a document mixes shapes."""


def choose(candidates: Sequence[Heading], contents: Contents | None) -> list[Heading]:
    """The headings of reports among the candidates, in the order in which they stand."""
    listed = contents.named(candidates) if contents is not None else frozenset[int]()
    if contents is not None and len(listed) >= 2 and 2 * len(listed) >= contents.dated:
        base = [one for one in candidates if one.first in listed]
        return _grown(_consistent(base), candidates, listed)
    shapes = [shape for shape in sorted({one.shape for one in candidates}) if not _is_nested(shape, candidates)]
    best: list[Heading] = []
    for shape in shapes:
        base = _consistent([one for one in candidates if one.shape == shape])
        if len(base) < 2:
            continue
        if shape == PLAIN and len(base) <= 2 * len(best):
            continue  # lines that are marked as headings go before lines that may be
        grown = _grown(base, candidates, listed)
        if len(grown) > len(best):
            best = grown
    if best:
        return best
    strong = [one for one in candidates if one.shape < PLAIN]
    return _grown(strong[:1], candidates, listed) if strong else list(candidates[:1])


def _is_nested(shape: int, candidates: Sequence[Heading]) -> bool:
    """Whether the headings of a shape divide reports, each dated within the report it stands in.

    Not where the outer headings have no text of their own: then those merely gather the reports of a year.
    """
    for outer in {one.shape for one in candidates if one.shape < shape}:
        heads = [one for one in candidates if one.shape == outer]
        if len({one.date for one in heads}) < 2:
            continue
        inside = gathered = within = 0
        enclosing: Heading | None = None
        for one in candidates:
            if one.shape == outer:
                enclosing = one
            elif one.shape == shape and enclosing is not None:
                inside += 1
                within += _covers(enclosing.date, one.date)
                gathered += not one.follows_text
        if inside and within * 3 >= inside * 2 and gathered * 2 < len(heads):
            return True
    return False


def _covers(outer: ReportDate, inner: ReportDate) -> bool:
    return str(inner).startswith(str(outer))


def _consistent(headings: list[Heading]) -> list[Heading]:
    """The headings if their dates follow one another; else those among them that share their wording."""
    if _direction(headings) and len(headings) > 1:
        return _without_strangers(headings)
    clusters = _clusters(headings)
    best: list[Heading] = []
    for cluster in clusters:
        if len({one.date for one in cluster}) > len({one.date for one in best}):
            best = cluster
    return best if len(best) > 1 and 3 * len(best) >= len({one.date for one in headings}) else headings


def _without_strangers(headings: list[Heading]) -> list[Heading]:
    """Without a heading that has only a year and none of the words that nearly all the others share."""
    clusters = _clusters(headings)
    main = max(clusters, key=len)
    if len(main) < 3 or 2 * len(main) < len(headings):
        return headings
    strangers = {
        one.first
        for cluster in clusters
        if len(cluster) == 1 and cluster is not main
        for one in cluster
        if one.date.precision is Precision.YEAR and not set(one.words) & set(main[0].words)
    }
    return [one for one in headings if one.first not in strangers] if main[0].words else headings


def _clusters(headings: Iterable[Heading]) -> list[list[Heading]]:
    """Headings by common wording: at least half of the words of both."""
    exact: dict[tuple[str, ...], list[Heading]] = {}
    for one in headings:
        exact.setdefault(one.words, []).append(one)
    clusters: list[tuple[frozenset[str], list[Heading]]] = []
    for words, members in exact.items():
        bag = frozenset(words)
        for other, cluster in clusters[:100]:  # enough for any list of reports, and never quadratic
            if 2 * len(bag & other) >= len(bag | other) > 0:
                cluster += members
                break
        else:
            clusters.append((bag, list(members)))
    return [sorted(cluster, key=lambda one: one.first) for _, cluster in clusters]


def _direction(headings: Sequence[Heading]) -> int:
    """1 where the dates rise throughout, -1 where they fall, 0 where they do neither."""
    steps = {_step(a.date, b.date) for a, b in pairwise(headings)}
    if steps <= {1}:
        return 1
    return -1 if steps == {-1} else 0


def _step(a: ReportDate, b: ReportDate) -> int:
    if str(a).startswith(str(b)) or str(b).startswith(str(a)):
        return 0
    return 1 if b.day > a.day else -1


def _grown(base: list[Heading], candidates: Sequence[Heading], listed: frozenset[int]) -> list[Heading]:
    """The base and those groups of other headings whose dates fit between its dates."""
    chosen = {one.first: one for one in base}
    innermost = max(one.shape for one in base)
    precise = Counter(one.date.precision for one in base).most_common(1)[0][0]
    vocabulary = {word for one in base for word in one.words}
    by_shape: dict[int, list[Heading]] = {}
    for one in candidates:
        if one.first not in chosen:
            by_shape.setdefault(one.shape, []).append(one)
    groups = [cluster for shape in sorted(by_shape) for cluster in _clusters(by_shape[shape])]
    for group in groups[:200]:
        named = all(one.first in listed for one in group)
        if not named and not _may_join(group, innermost, precise, vocabulary, alone=len(base) == 1):
            continue
        union = sorted([*chosen.values(), *group], key=lambda one: one.first)
        if _direction(union) or (named and len({str(one.date) for one in union}) == len(union)):
            chosen = {one.first: one for one in union}
    return sorted(chosen.values(), key=lambda one: one.first)


def _may_join(
    group: Sequence[Heading], innermost: int, precise: Precision, vocabulary: set[str], *, alone: bool
) -> bool:
    """Whether headings look as if they were of the same rank as the others."""
    shape = group[0].shape
    alike = any(len(set(one.words) & vocabulary) * 2 >= len(set(one.words)) > 0 for one in group)
    if shape <= 6 and innermost <= 6 and shape > innermost:
        return False
    if shape >= EMPHASIS and not alike:
        return False
    as_precise = all(
        len(str(one.date)) >= len({"day": "2004-01-20", "month": "2004-01"}.get(precise, "2004")) for one in group
    )
    if not as_precise:
        return False
    return alike or (precise is Precision.DAY and not alone) or (shape <= innermost and len(group) > 1)


_BY_TEXT = "no heading has a date, so that each report is dated by the first date in the text below its heading"


def _dated_by_text(lines: Sequence[str], blocks: Sequence[Block], convention: Convention) -> list[Heading]:
    """The undated headings of the outermost shape below each of which the text opens with a date, all in order."""
    for shape in sorted({block.shape for block in blocks if block.shape is not None and block.shape <= CAPITALS}):
        heads = [block for block in blocks if block.shape == shape]
        limits = [*(block.first for block in heads[1:]), len(lines)]
        found: list[Heading] = []
        for block, upto in zip(heads, limits, strict=True):
            text = " ".join(lines[block.last + 1 : min(upto, block.last + 20)])[:OPENING]
            stated = next((one for one in stated_dates(text, convention) if one.date is not None), None)
            if stated is None or stated.date is None:
                break
            found.append(Heading(block.first, block.last, block.text, shape, stated.date, (), True, stated.ambiguous))
        if len(found) == len(heads) > 1 and _direction(found):
            return found
    return []


def _completed(chosen: list[Heading], candidates: Sequence[Heading]) -> list[Heading]:
    """The chosen headings and, where years are missing between them, those of other shapes that have these years.

    Only where the chosen ones come at no pace of their own, and one heading alone has a missing year, in its place; a
    few of lower rank are taken for what a report tells of another year, unless they are worded as the chosen ones.
    """
    years = [one.date.day.year for one in chosen]
    direction = _direction(chosen)
    if len(chosen) < 2 or not direction or len({b - a for a, b in pairwise(years)}) < 2:
        return chosen
    wordings = Counter((one.shape, one.words) for one in candidates if one.words)
    added: list[Heading] = []
    complete = True
    for before, after in pairwise(chosen):
        low, high = sorted((before.date.day.year, after.date.day.year))
        missing = high - low - 1
        if missing <= 0:  # so that few pairs go through all candidates
            continue
        inside = [one for one in candidates if before.first < one.first < after.first]
        fitting = [one for one in inside if low < one.date.day.year < high and one.follows_text]
        counts = Counter(one.date.day.year for one in fitting)
        alone = [one for one in fitting if counts[one.date.day.year] == 1 and wordings[one.shape, one.words] <= 2]
        if 2 * len(alone) >= missing and _direction([before, *alone, after]) == direction:
            added += alone
            complete = complete and len(alone) == missing
    innermost, worded = max(one.shape for one in chosen), {one.words for one in chosen}
    sure = len(added) >= MIXED or (complete and all(one.shape <= innermost or one.words in worded for one in added))
    return sorted([*chosen, *added], key=lambda one: one.first) if sure else chosen


# ---- the reports


def _parts(
    document: Document, lines: list[str], limits: Sequence[int], chosen: Sequence[Heading], running: frozenset[str]
) -> Iterable[Part]:
    starts = document.line_starts
    for heading, upto in zip(chosen, limits, strict=True):
        last = _last_text_line(lines, heading.last, upto, running)
        end = starts[last] + len(lines[last].rstrip())
        body = min(end, starts[heading.last] + len(lines[heading.last]))
        indent = len(lines[heading.first]) - len(lines[heading.first].lstrip())
        yield Part(heading.title, heading.date, starts[heading.first] + indent, body, end, heading.first + 1)


def _limits(blocks: Sequence[Block], chosen: Sequence[Heading], contents: Contents | None, end: int) -> list[int]:
    """The line before which each report ends: at the next one, a heading that gathers reports, or the contents."""
    shapes = {one.first: one.shape for one in chosen}
    limits: list[int] = []
    outer: list[Block] = []
    for block in blocks:
        if block.first in shapes:
            gathers = [one.first for one in outer if one.shape is not None and one.shape < shapes[block.first]]
            limits.append(min(gathers, default=block.first))
        is_heading = block.shape is not None and block.shape <= 6 and block.first not in shapes
        outer = [*outer, block] if is_heading else []
    is_behind = contents is not None and contents.first > chosen[-1].first
    return [*limits[1:], contents.first if contents is not None and is_behind else end]


_NAVIGATION = re.compile(r"[\W_]*(?:(?:https?://|www\.)\S+|\[[^\[\]]*\]\(#[^()\s]*\)\W*)\s*")


def _last_text_line(lines: list[str], first: int, upto: int, running: frozenset[str]) -> int:
    """The last line before `upto` that has words and is not merely a link, a mark or furniture of the page."""
    last = upto - 1
    while last > first:
        shown = lines[last]
        bare = shown.strip("*_<>()[]-–—=~#\\ \t\f.•·")
        if (
            bare
            and not bare.isdigit()
            and not _NAVIGATION.fullmatch(shown)
            and not re.fullmatch(r"(?:[xX]\s*){3,}", bare)
            and not (running and shape_of(shown) in running)
        ):
            break
        last -= 1
    return last


# ---- what a reader should know


def _left_out(document: Document, candidates: Sequence[Heading], chosen: Sequence[Heading]) -> list[Notice]:
    """Headings of the same rank as a report's that have a date and were taken for parts of a report."""
    taken = {one.first for one in chosen}
    shapes = {one.shape for one in chosen} & set(range(PLAIN))
    return [
        Notice(
            "dated-heading",
            f"the heading {_quoted(one.title)} has a date but was read as a part of the report it stands in",
            document.path,
            one.first + 1,
        )
        for one in candidates
        if one.first not in taken and one.shape in shapes
    ][:50]


def _repeats(document: Document, candidates: Sequence[Heading], once: Sequence[Heading]) -> list[Notice]:
    """Markdown headings that repeat the one before: mostly those of pages, but they may be of reports."""
    taken = {one.first for one in once}
    return [
        Notice(
            "repeated-heading",
            f"the heading {_quoted(one.title)} repeats the one before and was read as a part of its report",
            document.path,
            one.first + 1,
        )
        for one in candidates
        if one.first not in taken and one.shape <= 6
    ][:50]


def _out_of_order(document: Document, chosen: Sequence[Heading]) -> list[Notice]:
    if len(chosen) < 3 or _direction(chosen):
        return []
    falls = [b for a, b in pairwise(chosen) if b.date < a.date]
    rises = [b for a, b in pairwise(chosen) if b.date > a.date]
    odd = min(falls, rises, key=len)
    return [
        Notice(
            "order",
            f"the report of {one.date} stands out of the order of dates; the series is sorted by date",
            document.path,
            one.first + 1,
        )
        for one in odd[:20]
    ]


def _title(blocks: Sequence[Block], chosen: Sequence[Heading], contents: Contents | None) -> str:
    """The title of a document: the undated Markdown heading that opens it.

    It stands above the reports' headings, or has no text of its own, being followed by the contents or a report.
    """
    block = blocks[0]
    if block.shape is None or block.shape > 6 or is_contents_heading(block.text) or block.first == chosen[0].first:
        return ""
    if any(stated.date is not None for stated in block.stated) and len(block.stated) == 1:
        return ""
    begins = {chosen[0].first, contents.first if contents is not None else chosen[0].first}
    is_above = block.shape < min(one.shape for one in chosen)
    return block.text if is_above or (len(blocks) > 1 and blocks[1].first in begins) else ""


def _preamble(
    document: Document, blocks: Sequence[Block], chosen: Sequence[Heading], contents: Contents | None
) -> list[Skipped]:
    """Text before the first report that is neither a title nor the contents."""
    before = [
        block
        for block in blocks
        if block.last < chosen[0].first and not (contents and contents.first <= block.first <= contents.last)
    ]
    prose = [block for block in before if block.shape is None and not block.is_list]
    if not prose:
        return []
    first, last = prose[0].first + 1, prose[-1].last + 1
    where = f"line {first}" if first == last else f"lines {first} to {last}"
    return [Skipped(document.path, f"{where}: text before the first report; give it a dated heading if it is one")]


def _quoted(title: str) -> str:
    short = visible(title)
    return repr(short if len(short) <= 80 else short[:77] + "...")
