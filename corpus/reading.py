"""The door's two functions: a source, or texts in memory, to a `Series`."""

from __future__ import annotations

import os
import re
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING

from .cleaning import WordsElsewhere, words_in
from .dates import Convention, Stated, convention_of, date_in_name, parse_date, stated_dates
from .errors import InputError, NoReportError
from .frontmatter import FrontMatter, front_matter
from .headings import EMPHASIS, Block, blocks_of
from .pages import running_lines
from .prose import Segmenting, fields_of, prose_of
from .readers import MARKDOWN_SUFFIXES, Decoded, NotTextError, reader_for, suffix_of
from .report import Document, Notice, Report, ReportDate, Series, Skipped
from .sentences import has_icu_words, segment
from .short_years import in_full, short_years_notice
from .signs import looks_like_markdown
from .sources import File, Found, Source, find

if TYPE_CHECKING:
    from .compilation import Division

_NO_DATE = "no date in its name, front matter or first lines; pass {option}"
_ICU_WORDS = (
    "text without spaces was divided into words by ICU's dictionaries; without the extra icu each character is a word"
)
_NO_WORDS = "has no words; fill it or leave it out"
_FIRST_LINES = 5
# behind the date of a dateline: 'BAKU, January 20, 2004 (Agency) -', 'BAKU, January 20, 2004 /PRNewswire/ --'
_DATELINE = re.compile(r"\)?\s*(?:\([^()]{1,40}\)|/[^/]{1,40}/)?\s*[-–—:]")


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """A report before it is cleaned: which stretch of which document, and what it is called."""

    document: Document
    date: ReportDate
    title: str
    start: int
    body: int
    end: int
    markdown: bool
    running: frozenset[str]
    """The shapes of running headers and footers in the document."""


@dataclass(slots=True)
class _Remarks:
    """What is skipped and noticed while a source is read."""

    skipped: list[Skipped] = field(default_factory=list[Skipped])
    notices: list[Notice] = field(default_factory=list[Notice])
    title: str = ""
    """What a compilation calls itself."""

    def skip(self, path: str, reason: str) -> None:
        self.skipped.append(Skipped(path, reason))

    def notice(self, code: str, message: str, path: str, line: int | None = None) -> None:
        self.notices.append(Notice(code, message, path, line))


def read(
    path_or_paths: Source | Sequence[Source],
    *,
    name: str | None = None,
    dates: Mapping[str, str] | None = None,
    more: Sequence[Source] = (),
    segmenting: Segmenting = segment,
) -> Series:
    """The series that a file, a folder, a glob, several paths or the word `sample` names.

    A file by itself may be a compilation of many dated reports; in a folder each file is one report, dated by `dates`
    (a path or file name to a date), its front matter, its name or its first lines. What cannot be read is in `skipped`
    with its reason. `more` are files that join the series though they are not at the source: the source is read as it
    is without them. `segmenting` divides a text into sentences. Raises `InputError` where no report is left, or two
    have one date.
    """
    found = find(path_or_paths)
    remarks = _Remarks(list(found.skipped), list(found.notices))
    sets = [found, find(more)] if more else [found]
    given = _given_dates(replace(found, files=tuple(file for one in sets for file in one.files)), dates or {})
    drafts: list[_Draft] = []
    for one in sets:
        drafts += _drafts(one, list(_documents(one.files, remarks)), given, remarks)
    reports = list(_reports(drafts, remarks, segmenting))
    if not reports:
        raise NoReportError(_why_none(found, remarks))
    return _series(name or remarks.title or found.name, reports, remarks)


def from_texts(texts: Mapping[str, str], *, name: str = "texts") -> Series:
    """A series of texts in memory, each under its date: `{"2004": "...", "2005-03": "...", "2006-01-20": "..."}`.

    Raises `InputError` where a key is no date, a text has no words, or two keys are one date.
    """
    if not texts:
        raise InputError(f"{name}: there is no text; give at least one")
    remarks = _Remarks()
    drafts: list[_Draft] = []
    for key, text in texts.items():
        date = parse_date(key)
        if date is None:
            raise InputError(f"{key!r} is no date; name a text by its year, month or day: 2004, 2004-03 or 2004-01-20")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        document = Document(key, text)
        drafts.append(_Draft(document, date, key, *_bounds(text, 0), looks_like_markdown(text), running_lines(text)))
    reports = list(_reports(drafts, remarks))
    if remarks.skipped:
        raise InputError(f"{remarks.skipped[0].path}: {remarks.skipped[0].reason}")
    return _series(name, reports, remarks)


# ---- documents


def _documents(files: Sequence[File], remarks: _Remarks) -> Iterator[tuple[File, Document]]:
    for file in files:
        try:
            reader = reader_for(file.location.name, named=file.named)
            raw = file.location.read_bytes()
            if not raw.strip():
                raise NotTextError("is empty; fill it or leave it out")
            decoded = reader(raw)
        except NotTextError as error:
            if not _is_own(file):
                remarks.skip(file.path, str(error))
            continue
        except OSError as error:
            remarks.skip(file.path, f"cannot be read ({error.strerror or error}); check its permissions")
            continue
        _tell_encoding(decoded, file, remarks)
        if not any(map(str.isalnum, decoded.text)):
            remarks.skip(file.path, _NO_WORDS)
            continue
        yield file, Document(file.path, decoded.text)


def _is_own(file: File) -> bool:
    """Whether a file is what `litany split` wrote beside the reports: that it is no report need not be told."""
    return file.location.name == "series.json" and b'"litany/split/' in file.location.read_bytes()[:200]


def _tell_encoding(decoded: Decoded, file: File, remarks: _Remarks) -> None:
    if decoded.guessed:
        message = f"its encoding was guessed to be {decoded.encoding}; save it as UTF-8 if letters are wrong"
        remarks.notice("encoding-guessed", message, file.path)


def _given_dates(found: Found, dates: Mapping[str, str]) -> dict[str, ReportDate]:
    """The dates that the user gave, by the path of the file."""
    given: dict[str, ReportDate] = {}
    for key, text in dates.items():
        date = parse_date(text)
        if date is None:
            raise InputError(f"--date {key}={text}: {text!r} is no date; write it as 2004, 2004-03 or 2004-01-20")
        wanted = os.fspath(key).replace(os.sep, "/")
        fits = [file for file in found.files if wanted in (file.path, file.location.name, file.location.as_posix())]
        if not fits:
            raise InputError(f"--date {key}={text}: there is no file of that name at the source")
        given |= {file.path: date for file in fits}
    return given


# ---- reports in documents


def _drafts(
    found: Found, documents: Sequence[tuple[File, Document]], given: Mapping[str, ReportDate], remarks: _Remarks
) -> list[_Draft]:
    heads = {file.path: _head(document) for file, document in documents}
    stems = [_stem(file) for file, _ in documents]
    names = convention_of(stems)
    lines = convention_of(block.text for head in heads.values() for block in head.blocks)
    if found.whole and len(documents) == 1:
        file, document = documents[0]
        return _of_file(file, document, heads[file.path], given.get(file.path), (names, lines), remarks)
    drafts: list[_Draft] = []
    beside = Counter(file.location.parent for file, _ in documents)
    dated = {
        file.path: _dated(file, heads[file.path], given.get(file.path), (names, lines), remarks)
        for file, _ in documents
    }
    short = _short_dates([file for file, _ in documents if dated[file.path] is None], remarks)
    for file, document in documents:
        head = heads[file.path]
        stated = dated[file.path] or short.get(file.path)
        if stated is None and beside[file.location.parent] == 1:
            stated = date_in_name(file.location.resolve().parent.name, names)  # 2019/report.md
        if stated is None or stated.date is None:
            remarks.skip(file.path, _undated_reason(file, stated))
            continue
        if stated.end and date_in_name(_stem(file), names) is None:
            _tell_if_many(file, document, head, stated.date, remarks)
        drafts.append(_single(file, document, head, stated.date, lines))
    return drafts


def _short_dates(files: Sequence[File], remarks: _Remarks) -> dict[str, Stated]:
    """The dates of files, by their paths, whose names have the year in two digits."""
    found: dict[str, Stated] = {}
    full = in_full([_stem(file) for file in files]) or ()
    convention = convention_of(name.text for name in full)
    for file, name in zip(files, full, strict=False):
        stated = date_in_name(name.text, convention) if name.short else None
        if stated is not None and stated.date is not None:
            date = replace(stated.date, text=name.as_written(stated.date.text))
            if not found:
                remarks.notices.append(short_years_notice(date, file.path))
            found[file.path] = replace(stated, date=date)
    return found


def _tell_if_many(file: File, document: Document, head: _Head, date: ReportDate, remarks: _Remarks) -> None:
    """A file among others that was dated by its first lines may be a compilation: say that it is read as one report."""
    from .compilation import divide

    parts = divide(document, head.matter.end).parts
    if len(parts) > 1 and any(not str(part.date).startswith(str(date)) for part in parts):
        message = f"it is read as one report of {date}, though headings in it have other dates; read it by itself"
        remarks.notice("one-report", message, file.path)


@dataclass(frozen=True, slots=True, eq=False)
class _Head:
    """What stands at the beginning of a document."""

    matter: FrontMatter
    blocks: tuple[Block, ...]
    """The blocks of its first lines."""
    markdown: bool


def _head(document: Document) -> _Head:
    matter = front_matter(document.text)
    lines: list[str] = []
    at, seen = matter.end, 0
    while at < len(document.text) and seen < _FIRST_LINES and len(lines) < 40:
        stop = document.text.find("\n", at)
        stop = len(document.text) if stop < 0 else stop
        lines.append(document.text[at : min(stop, at + 1000)])
        seen += bool(lines[-1].strip())
        at = stop + 1
    markdown = suffix_of(document.path) in MARKDOWN_SUFFIXES or looks_like_markdown(document.text)
    return _Head(matter, tuple(blocks_of(lines, Convention())), markdown)


def _stem(file: File) -> str:
    name = file.location.name
    suffix = suffix_of(name)
    return name[: len(name) - len(suffix)] if suffix else name


def _of_file(
    file: File,
    document: Document,
    head: _Head,
    given: ReportDate | None,
    conventions: tuple[Convention, Convention],
    remarks: _Remarks,
) -> list[_Draft]:
    """The reports of a file that was named by itself: a compilation, or a single report."""
    from .compilation import divide

    own = given or _own_date(head)
    named = date_in_name(_stem(file), conventions[0])
    division = divide(document, head.matter.end) if own is None else None
    if division and len(division.parts) > 1 and (division.is_listed or named is None or named.date is None):
        return _of_compilation(document, head, division, remarks)
    if division and len(division.parts) > 1:
        date = named.date if named else None
        message = f"it is read as one report of {date}, as its name has it, though headings in it have other dates"
        remarks.notice("one-report", message, file.path)
    stated = _dated(file, head, given, conventions, remarks)
    if stated is not None and stated.date is not None:
        return [_single(file, document, head, stated.date, conventions[1])]
    if division and not division.parts:
        division = divide(document, head.matter.end, by_text=True)
    if division and division.parts:
        return _of_compilation(document, head, division, remarks)
    remarks.skip(
        file.path,
        "no report found: no heading has a date (looked for headings, bold lines and lines in capitals with a year),"
        f" and the file has {_NO_DATE.format(option=_date_option(file, '2019'))}",
    )
    return []


def _of_compilation(document: Document, head: _Head, division: Division, remarks: _Remarks) -> list[_Draft]:
    remarks.skipped += division.skipped
    remarks.notices += division.notices
    remarks.title = head.matter.title or division.title
    return [
        _Draft(document, part.date, part.title, part.start, part.body, part.end, head.markdown, division.running)
        for part in division.parts
    ]


def _own_date(head: _Head) -> ReportDate | None:
    return parse_date(head.matter.date) if head.matter.date else None


def _dated(
    file: File,
    head: _Head,
    given: ReportDate | None,
    conventions: tuple[Convention, Convention],
    remarks: _Remarks,
) -> Stated | None:
    """The date of a file: given, in its front matter, in its name or in its first lines."""
    names, lines = conventions
    date = given or _own_date(head)
    if date is not None:
        return Stated(0, 0, date)
    named = date_in_name(_stem(file), names)
    stated = _in_first_lines(head.blocks, lines)
    if named is not None and named.date is not None and not _is_finer(stated, named.date):
        stated = named
    stated = stated or named
    if stated is not None and stated.ambiguous and stated.date is not None:
        remedy = f"pass {_date_option(file, f'{stated.date}-01-20')}"
        message = f"{stated.date.text!r} may be day/month or month/day, so only the year is used; {remedy}"
        remarks.notice("ambiguous-date", message, file.path)
    return stated


def _is_finer(stated: Stated | None, named: ReportDate) -> bool:
    """Whether the first lines tell the day or month of the year that a file's name has."""
    date = None if stated is None else stated.date
    return date is not None and len(str(date)) > len(str(named)) and str(date).startswith(str(named))


_LABEL = re.compile(
    r"(?i)(?:last |first )?(?:updated|published|date|dated|issued|revised|modified|effective|as of|adopted|stand|"
    r"veröffentlicht|aktualisiert|publié|fecha|data|datum|tarih|дата)\b"
)


def _in_first_lines(blocks: Sequence[Block], convention: Convention) -> Stated | None:
    """The date that a heading, a dateline or a line such as 'Last updated: April 13, 2020' states."""
    for block in blocks:
        stated = stated_dates(block.text[:400], convention)
        if not stated or len({str(one.date) for one in stated}) > 1:
            continue
        before, after = block.text[: stated[0].start], block.text[stated[0].end :]
        is_bracket = before.startswith("(") and after.startswith(")")
        is_dateline = len(before) <= 40 and before.count(" ") <= 4 and (is_bracket or _DATELINE.match(after))
        if block.shape is not None or is_dateline or (_LABEL.match(before.lstrip("*_ (")) and len(before) <= 40):
            return stated[0]
    return None


def _undated_reason(file: File, stated: Stated | None) -> str:
    if stated is not None:
        return f"its name states a date that there is not; pass {_date_option(file, '2019')}"
    return _NO_DATE.format(option=_date_option(file, "2019"))


def _date_option(file: File, date: str) -> str:
    """The option that gives a file a date, as one types it: a name with spaces in quotes."""
    return f"--date {shlex.quote(f'{file.location.name}={date}')}"


def _bounds(text: str, at: int) -> tuple[int, int, int]:
    """Start, body and end of a report that is all of a text from `at` on: without the white space around it."""
    end = max(at, len(text.rstrip()))
    start = at + len(text[at:end]) - len(text[at:end].lstrip()) if text[at : at + 1].isspace() else at
    return start, start, end


def _single(file: File, document: Document, head: _Head, date: ReportDate, convention: Convention) -> _Draft:
    """The report that a document is as a whole."""
    start, body, end = _bounds(document.text, head.matter.end)
    title = head.matter.title or _stem(file)
    heading = _title_block(document, head)
    if heading is not None:
        title = heading.text if not head.matter.title else title
        first_line = document.position(head.matter.end)[0] - 1
        behind = document.line_starts[first_line + heading.last + 1 :][:1]
        body = min(end, behind[0] if behind else end)
    return _Draft(document, date, title, start, body, end, head.markdown, running_lines(document.text))


def _title_block(document: Document, head: _Head) -> Block | None:
    """The heading that a document begins with, where it is the title of the whole and not of its first section."""
    block = next((block for block in head.blocks if block.text or block.shape is None), None)  # behind bare HTML tags
    if block is None or block.shape is None or block is head.blocks[-1]:
        return None
    if block.shape <= 6 and head.markdown:
        level = block.shape
        others = re.findall(rf"^ {{0,3}}#{{1,{level}}}[ \t]+\S", document.text[head.matter.end :], re.MULTILINE)
        return block if len(others) <= 1 else None
    if block.shape < EMPHASIS:
        return block
    if block.stated:
        return None if block.text.endswith(".") else block  # a sentence that ends on a year is text
    return block if head.matter.title and block.text.lower() == head.matter.title.lower() else None


# ---- the series


def _reports(drafts: Sequence[_Draft], remarks: _Remarks, segmenting: Segmenting = segment) -> Iterator[Report]:
    """The reports of the drafts, in order of date, those without words skipped."""
    ordered = sorted(drafts, key=lambda draft: (draft.date, str(draft.date), draft.document.path, draft.start))
    for a, b in pairwise(ordered):
        if str(a.date) == str(b.date):
            option = f" (--date '{PurePath(b.document.path).name}=DATE')" if a.document is not b.document else ""
            remedy = f"leave one out or give it another date{option}"
            raise InputError(f"two reports for {a.date}: {_where(a)} and {_where(b)}; {remedy}")
    per_year = Counter(draft.date.day.year for draft in ordered)
    documents = {draft.document.path: draft.document for draft in ordered}
    elsewhere = cache(lambda: words_in(document.text for document in documents.values()))
    for draft in ordered:
        year = draft.date.day.year
        name = f"{year:04}" if per_year[year] == 1 else str(draft.date)
        report = _report(draft, name, remarks, segmenting, elsewhere)
        if report is not None:
            yield report


def _where(draft: _Draft) -> str:
    return f"{draft.document.path}:{draft.document.position(draft.start)[0]}"


def _report(
    draft: _Draft, name: str, remarks: _Remarks, segmenting: Segmenting, elsewhere: WordsElsewhere
) -> Report | None:
    path = draft.document.path
    line = draft.document.position(draft.start)[0]
    bounds = (draft.start, draft.body, draft.end)
    prose, mended = prose_of(draft.document, draft.title, bounds, draft.markdown, draft.running, segmenting, elsewhere)
    if mended:
        count = "one garbled stretch" if mended == 1 else f"{mended} garbled stretches"
        remarks.notice("mojibake", f"{count} of the report of {draft.date} (such as Ã© for é) mended", path, line)
    if not any(map(str.isalnum, prose.text)):
        remarks.skip(
            path, _NO_WORDS if draft.body == draft.start else f"line {line}: the report of {draft.date} {_NO_WORDS}"
        )
        return None
    return Report(id=name, date=draft.date, **fields_of(prose))


def _series(name: str, reports: Sequence[Report], remarks: _Remarks) -> Series:
    by_icu = next((report for report in reports if has_icu_words(report.text)), None)
    if by_icu is not None:
        remarks.notice("word-breaks", _ICU_WORDS, by_icu.document.path)
    return Series(name, tuple(reports), missing_years(reports), tuple(remarks.skipped), tuple(remarks.notices))


def missing_years(reports: Sequence[Report]) -> tuple[str, ...]:
    """The years without a report in a yearly series; none where reports come at another pace."""
    years = [report.date.day.year for report in reports]
    if len(set(years)) < len(years) or len(years) < 2:
        return ()
    steps = [b - a for a, b in pairwise(years)]
    if steps.count(1) * 2 < len(steps) or 1 not in steps:
        return ()
    return tuple(f"{year:04}" for a, b in pairwise(years) for year in range(a + 1, b))


def _why_none(found: Found, remarks: _Remarks) -> str:
    reasons = remarks.skipped
    if len(reasons) == 1:
        return f"{reasons[0].path}: {reasons[0].reason}"
    rest = f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else ""
    first = next((skip for skip in reasons if "folder" not in skip.reason), reasons[0])
    return f"no report found in {len(found.files)} files: {first.path}: {first.reason}{rest}"
