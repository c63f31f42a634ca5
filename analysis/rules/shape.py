"""The report as a whole: its date among the others, whether it is an earlier one again, its size, where it ends, and
whether it is the text at all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import cast

from ...corpus.report import Place, Precision, Report, Series, Skipped
from .finding import Case, Hit, NoOptions, Rule, Severity, quoted
from .searching import Search

ESTABLISHED = 4
"""Earlier reports that must agree before one that does not is worth a word."""

# -- files that are no report -----------------------------------------------------------------------------------------

UNREAD = ("no date", "states a date that there is not", "is empty", "has no words", "no report found")
"""What the reasons say for which a file, or a part of one, is skipped although it was meant as a report."""


def unread_files(series: Series) -> Iterator[Hit]:
    """Files and parts of files without a date or without words."""
    for skipped in series.skipped:
        if any(reason in skipped.reason for reason in UNREAD):
            yield _skipped(skipped)


def _skipped(skipped: Skipped) -> Hit:
    line = re.match(r"line (\d+): ", skipped.reason)
    number = int(line[1]) if line else 1
    place = Place(skipped.path, number, 1, number, 1)
    return Hit(place, f"not read as a report: {skipped.reason}", "", skipped.path + skipped.reason)


def _nothing(_case: Case, _options: NoOptions) -> Iterator[Hit]:
    return iter(())


UNDATED = Rule(
    "unread",
    Severity.ERROR,
    "A report without a date or without words",
    "A file that cannot be dated, or that is empty, is no part of the series, so that nothing in it is checked: it must"
    " not pass unseen.",
    "“not read as a report: no date in its name, front matter or first lines”.",
    "Give the file a date, in its name or front matter or under [dates] in the configuration, or fill it.",
    _nothing,
    check_series=unread_files,
)

# -- the date among the others ----------------------------------------------------------------------------------------


def odd_dates(case: Case, _: object) -> Iterator[Hit]:
    """A date that breaks the order in which the document has its reports, or the rhythm of the series."""
    yield from _out_of_order(case)
    yield from _out_of_rhythm(case)


def _out_of_order(case: Case) -> Iterator[Hit]:
    """In a document that has its reports in order of date, one that stands at another place."""
    own = case.report
    here = [report for report in case.series.reports if report.document is own.document]
    if len(here) <= ESTABLISHED:
        return
    by_place = sorted(here, key=lambda report: report.start)
    ups = sum(a.date.day < b.date.day for a, b in pairwise(by_place))
    falling = ups * 2 < len(here) - 1
    ordered = by_place[::-1] if falling else by_place
    if min(ups, len(here) - 1 - ups) > 2:
        return  # in no order, then
    at = ordered.index(own)
    before, after = ordered[at - 1] if at else None, ordered[at + 1] if at + 1 < len(ordered) else None
    late = before is not None and before.date.day > own.date.day
    early = after is not None and after.date.day < own.date.day
    joined = before is None or after is None or before.date.day <= after.date.day
    if joined and (late or early) and _explains(ordered, at):
        beside = before if late else after
        assert beside is not None  # noqa: S101 - one of the two is out of order
        message = f"its date, {own.date.text}, is {'earlier' if late else 'later'} than that of the report"
        yield case.whole_hit(f"{message} {'before' if late != falling else 'behind'} it, {beside.date.text}")


def _explains(ordered: list[Report], at: int) -> bool:
    """Whether the others are in order without this one."""
    rest = [report.date.day for k, report in enumerate(ordered) if k != at]
    return all(a <= b for a, b in pairwise(rest))


def _out_of_rhythm(case: Case) -> Iterator[Hit]:
    """In a series that comes on one day of the year, another day; in a yearly one, a second report in a year."""
    past = case.series.reports[: case.number]
    own = case.report.date
    if len(past) < ESTABLISHED:
        return
    days = {(report.date.day.month, report.date.day.day) for report in past if report.date.precision is Precision.DAY}
    same_day = len(days) == 1 and all(report.date.precision is Precision.DAY for report in past)
    if same_day and own.precision is Precision.DAY and (own.day.month, own.day.day) not in days:
        yield case.whole_hit(
            f"its date is {own.text}; all {len(past)} reports before it are of the same day of the year",
            f"the one before is of {past[-1].date.text}",
        )
    years = [report.date.day.year for report in past]
    if len(set(years)) == len(years) and own.day.year == years[-1]:
        yield case.whole_hit(
            f"a second report for {own.day.year}: {past[-1].date.text} and {own.text}", "no year has two"
        )


ODD_DATE = Rule(
    "odd-date",
    Severity.WARNING,
    "A date that breaks the series' order or rhythm",
    "A slip in the heading's date puts the report in the wrong place of the series, and everything else is then"
    " compared"
    " with the wrong reports. A date is odd where the document has its reports in order of date and this one is out of"
    " it, where all reports before are of the same day of the year, or where no year has had two.",
    "“its date is 17 November 2018; all 11 reports before it are of the same day of the year”.",
    "Mend the date in the heading, the file's name or its front matter.",
    odd_dates,
)

# -- the same again ---------------------------------------------------------------------------------------------------


def identical(case: Case, _: object) -> Iterator[Hit]:
    """A report that has the words of an earlier one, all of them and no other."""
    *past, own = (_all_words(case, number) for number in range(case.number + 1))
    same = [number for number, words in enumerate(past) if words == own]
    if not same:
        return
    is_usual = len(set(past)) < len(past)
    message = f"it is word for word the report of {case.series.ids[same[-1]]}"
    evidence = f"all {case.report.word_count:,} words of it, its heading aside"
    more = f", and that of {', '.join(case.series.ids[number] for number in same[:-1][-3:])}" if same[:-1] else ""
    yield case.whole_hit(message, evidence + more, severity=Severity.NOTE if is_usual else None)


def _all_words(case: Case, report: int) -> bytes:
    """The words of a report, in short: case and punctuation aside."""
    known = cast(dict[int, bytes], case.kept.setdefault("all words", {}))
    if report not in known:
        words = case.words(report, 0, len(case.series.reports[report].sentence_spans))
        known[report] = hashlib.sha256(words.tobytes()).digest()
    return known[report]


IDENTICAL = Rule(
    "identical",
    Severity.WARNING,
    "A report that is an earlier one again",
    "The older report was sent in under a new date, or saved over the new one. Case, punctuation and the heading are"
    " not compared. Where two of the reports before it were the same already, it is a note.",
    "“it is word for word the report of 2015”.",
    "Look whether this is the text that was meant. If nothing had to be changed, say so in an ignore comment.",
    identical,
)

# -- size and end -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Size:
    """What `size` can be set to."""

    times: float = 3.0
    """How many times shorter than the shortest, or longer than the longest, of the reports before it may be."""


def odd_size(case: Case, options: Size) -> Iterator[Hit]:
    """A report far shorter or longer than any before it."""
    sizes = [report.word_count for report in case.series.reports[: case.number]]
    if len(sizes) < ESTABLISHED:
        return
    words, usual = case.report.word_count, f"the {len(sizes)} before it have {min(sizes):,} to {max(sizes):,} words"
    if words * options.times < min(sizes):
        yield case.whole_hit(
            f"it has only {words:,} words: is it all there?", f"{usual}, {median(sizes):,.0f} in the middle"
        )
    elif words > max(sizes) * options.times:
        yield case.whole_hit(f"it has {words:,} words: is there more in it than the report?", usual)


SIZE = Rule(
    "size",
    Severity.WARNING,
    "A jump in size",
    "A report that is far shorter than all before it was cut off or only half pasted; one that is far longer holds what"
    " does not belong to it, such as the page around the text.",
    "“it has only 61 words: is it all there?”",
    "Look whether the text is all there and nothing else is.",
    odd_size,
    Size,
)

_CLOSED = re.compile(r"[.!?…。！？:;][\"'”’»“)\]*_]*$")
_CUT = re.compile(
    r"(?:[,–—-]|\b(?:the|a|an|of|and|or|to|in|for|by|with|und|oder|der|die|das|et|ou|de|la|y|el))$", re.IGNORECASE
)


def cut_off(case: Case, _: object) -> Iterator[Hit]:
    """A report that ends in the middle of a sentence though those before it do not."""
    text = case.report.text.rstrip()
    if not text or _CLOSED.search(text):
        return
    last = case.report.sentences[-1]
    past = case.series.reports[: case.number]
    ends = [bool(_CLOSED.search(report.text.rstrip())) for report in past]
    cut = _CUT.search(text) is not None
    long_enough = last.text.count(" ") >= 3
    if not (cut and long_enough) and (len(past) < ESTABLISHED or not all(ends) or not long_enough):
        return
    shown = last.text[-60:].split(" ", 1)[-1] if len(last.text) > 60 else last.text
    evidence = f"all {len(past)} reports before it end with a full stop" if past and all(ends) else ""
    yield case.hit(last.start, last.end, f"it ends in the middle of a sentence: {quoted(shown)}", evidence)


TRUNCATED = Rule(
    "cut-off",
    Severity.WARNING,
    "A report that ends in the middle of a sentence",
    "The last lines were not copied. A last sentence without a full stop is only told where all reports before end with"
    " one, or where it ends on a comma or a word like “the”.",
    "“it ends in the middle of a sentence: “The lamp was lit at””.",
    "Copy the rest.",
    cut_off,
)

# -- a page that is not the text --------------------------------------------------------------------------------------

LEFTOVERS = Search(
    (
        ((("404",),), r"\b404\b[^.\n]{0,20}not\s+found"),
        (
            (("page",), ("found",)),
            r"page\s+(?:you\s+requested\s+)?(?:was\s+|could\s+)?not\s+(?:be\s+)?found",
        ),
        ((("access",), ("denied",)), r"access\s+denied"),
        ((("403",),), r"403\s+forbidden"),
        ((("50",), ("internal",)), r"50[0-4]\s+internal\s+server\s+error"),
        ((("50",), ("gateway",)), r"50[0-4]\s+bad\s+gateway"),
        ((("50",), ("unavailable",)), r"50[0-4]\s+service\s+unavailable"),
        ((("enable",), ("javascript", "cookies")), r"enable\s+(?:javascript|cookies)"),
        ((("javascript",),), r"javascript\s+is\s+(?:disabled|required)"),
        ((("cookies",),), r"(?:this\s+(?:web)?site|we)\s+uses?\s+cookies"),
        ((("cookies",),), r"accept\s+(?:all\s+)?cookies"),
        ((("cookie",),), r"cookie\s+(?:settings|policy|preferences)"),
        ((("browser",),), r"checking\s+your\s+browser"),
        ((("verify",), ("human",)), r"verify\s+(?:that\s+)?you\s+are\s+(?:a\s+)?human"),
        ((("robot",),), r"i['’]?m\s+not\s+a\s+robot"),
        ((("share",),), r"share\s+on\s+(?:facebook|twitter|x|linkedin|whatsapp)"),
        ((("skip",), ("content",)), r"skip\s+to\s+(?:main\s+)?content"),
        ((("newsletter",),), r"subscribe\s+to\s+(?:our|the)\s+newsletter"),
        ((("sign", "log"), ("account", "continue")), r"(?:sign|log)\s+in\s+to\s+(?:your\s+account|continue)"),
        ((("<",),), r"</?(?:div|span|script|style|p|br|td|tr|table|body|html)\b[^>]{0,200}>"),
        ((("&",), (";",)), r"&(?:nbsp|amp|quot|lt|gt|\#\d{2,5});"),
        ((("\ufffd",),), "\ufffd"),
        ((("lorem",),), r"lorem\s+ipsum"),
    ),
    re.IGNORECASE,
)


def leftovers(case: Case, _: object) -> Iterator[Hit]:
    """Words and marks of a web page, of an error page, or of a failed conversion."""
    seen: set[str] = set()
    for found in LEFTOVERS.finditer(case.report.text):
        what = found.group().casefold()
        if what in seen or any(what in _casefolded(case, number) for number in range(case.number)):
            continue
        seen.add(what)
        yield case.hit(*found.span(), f"{quoted(found.group())} looks like a part of a web page, not of the report")


def _casefolded(case: Case, report: int) -> str:
    """The text of an earlier report, case aside."""
    known = cast(dict[int, str], case.kept.setdefault("casefolded", {}))
    if report not in known:
        known[report] = case.series.reports[report].text.casefold()
    return known[report]


LEFTOVER = Rule(
    "leftover",
    Severity.WARNING,
    "Something that is not the text",
    "The page was fetched and not the text: an error page, a request for cookies, mark-up that was not taken off,"
    " letters"
    " lost in a conversion (�). What an earlier report has as well is left alone.",
    "““enable JavaScript” looks like a part of a web page, not of the report”.",
    "Take it out, or fetch the text again.",
    leftovers,
)
