"""Slots that follow the date, in this report: the anniversary, the year, the weekday that were not brought up to"
" date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from ...corpus.dates import english_month, stated_dates, stated_days
from ...corpus.numerals import HAN, digits_like, han_numeral
from ...corpus.weekdays import english_weekday, weekday_like
from ..lineage import Lineage, Stage
from ..numbers import date_value, is_ordinal, is_ordinal_at, is_spoken, number_value
from ..slots import Filler, Follows, Slot
from ..templates import Template, templates
from ..vocabulary import fold
from ..words import has_digits
from .finding import Case, Hit, Rule, Severity, quoted
from .writing import date_like, ending, in_words, ordinal_in_words

FITTING = 3
"""Earlier reports, at least, in which the slot must be what the date lets expect, and in none of them anything else."""
SURE = 4
"""So many of them where nothing else in the report has the same count."""

_ENGLISH_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)

UNSPACED = "\u2e80"
"""From here on Unicode has the scripts without spaces between words that reports come in."""


@dataclass(frozen=True, slots=True)
class _Misfit:
    """What stands in a slot of this report instead of what the date lets expect."""

    slot: Slot
    """The slot, as the reports up to this one make it."""
    filler: Filler
    """What stands there."""
    sentence: int
    """The sentence of the report."""
    expected: int
    """What should."""
    before: Filler
    """What stands there in the report that the sentence was copied from."""
    past: tuple[Filler, ...]
    """What stood there in the reports before."""


def not_updated(case: Case, _: object) -> Iterator[Hit]:
    """Slots that were carried over from the source as they stood there."""
    for misfit in _misfits(case):
        if _was_left(misfit, case):
            weight = _weight(case, misfit)
            if weight is not None:
                yield _hit(case, misfit, "was not updated", weight)


def _was_left(misfit: _Misfit, case: Case) -> bool:
    """Whether it is what the source has; of a number with years in it, whether one of these is."""
    form = misfit.slot.form
    if form is None:
        return misfit.filler.value == misfit.before.value
    return form.are_left(misfit.filler.text, misfit.before.text, case.report.date.day.year)


def wrong_steps(case: Case, _: object) -> Iterator[Hit]:
    """Slots that were changed, but not to what the date lets expect."""
    for misfit in _misfits(case):
        if misfit.filler.value != misfit.before.value and misfit.slot.follows is not Follows.YEAR:
            weight = _weight(case, misfit)
            if weight is not None:
                yield _hit(case, misfit, "is not the next in turn", weight)


def _hit(case: Case, misfit: _Misfit, what: str, weight: Severity) -> Hit:
    filler, form, ids = misfit.filler, misfit.slot.form, case.series.ids
    said, should = quoted(filler.text), _written(case, misfit)
    message = f"{said} {what}: it should be {should}"
    if form is not None and not form.is_all:  # day and month of the date are not known, only its year
        one = f"the year of {said} was not updated: it should be {should}"
        several = f"the years of {said} were not updated: they should be {should}"
        message = one if len(form.years) == 1 else several
    past = ", ".join(f"{ids[one.report]} {quoted(one.text, 30)}" for one in misfit.past[-4:])
    evidence = f"copied from {ids[misfit.before.report]}; it went with the date before: {past}"
    return case.hit(filler.start, filler.end, message, evidence, severity=weight)


def _misfits(case: Case) -> Iterator[_Misfit]:
    """The misfits of the report in slots that fitted the reports before it: nearly all, and more where not all."""
    for template, stage in _templates_of(case):
        place = template.stages[stage]
        for slot in template.slots:
            filler = slot.fillers[stage]
            if slot.follows is None or filler.value is None:
                continue
            if filler not in slot.misfits:
                continue
            expected = slot.expected(case.report.date)
            past = tuple(one for one in slot.fillers if one.report < case.number and one.value is not None)
            source = [one for one in past if one.report == place.origin.copied_from]
            if expected is None or not source or len(past) < FITTING + 3 * (len(slot.misfits) - 1):
                continue
            if len(slot.misfits) > 1 and slot.follows is Follows.YEAR and _in_brackets(case, filler):
                continue  # of when a figure is
            if _same_company(case, filler, source[-1]) and not _has_date(case, slot, place.sentence):
                yield _Misfit(slot, filler, place.sentence, expected, source[-1], past)


def _templates_of(case: Case) -> list[tuple[Template, int]]:
    """The templates that the report fills, made from it and the reports before it, and which of their stages it is.

    Only of sentences that may hold a slot that goes with the date: with a number or the name of a day or month in them
    that was not the same in all reports.
    """
    known = cast(dict[int, list[tuple[Template, int]]], case.kept.setdefault("templates", {}))
    if case.number not in known:
        lines = list(_lineages_of(case))
        whole = case.comparison
        made = templates(lines, case.series.reports, whole.vocabulary, whole.witnesses, whole.usage)
        known.clear()
        known[case.number] = [
            (template, k) for template in made for k, stage in enumerate(template.stages) if stage.report == case.number
        ]
    return known[case.number]


def _lineages_of(case: Case) -> Iterator[Lineage]:
    """The lineages of the report's sentences up to this report, where they are worth a look."""
    for line in case.comparison.lineages:
        if not line.first < case.number <= line.last or len(line.variants) < FITTING:
            continue
        stages = tuple(stage for stage in line.stages if stage.report <= case.number)
        own = [stage for stage in stages if stage.report == case.number]
        wordings = {stage.variant: stage for stage in stages}
        if not own or len(wordings) < FITTING or not any(_values(case, stage) for stage in own):
            continue
        if len({_values(case, stage) for stage in wordings.values()}) >= FITTING:
            yield Lineage(stages)


def _values(case: Case, stage: Stage) -> tuple[str, ...]:
    """The numbers and names of days and months in a sentence, as far as can be told from single words."""
    known = cast(dict[int, tuple[str, ...]], case.kept.setdefault("values", {}))
    number = int(case.comparison.provenance.distinct.numbers[stage.report][stage.sentence])
    if number not in known:
        language = case.comparison.usage.language
        words = case.tokens(stage.report, stage.sentence)
        known[number] = tuple([word for word in words if _is_valued(word, language)])
    return known[number]


@lru_cache(maxsize=1 << 16)
def _is_valued(word: str, language: str | None) -> bool:
    return has_digits(word) or date_value(word) is not None or number_value(word, language) is not None


def _same_company(case: Case, filler: Filler, source: Filler) -> bool:
    """Whether the word before and the word behind are those of the source: else something else may be counted."""
    sides = [_beside(case.series.reports[one.report].text, one) for one in (filler, source)]
    return sides[0] == sides[1]


def _beside(text: str, filler: Filler) -> tuple[str, str]:
    before, after = text[: filler.start].rstrip(), text[filler.end : filler.end + 60].lstrip()
    sides = (_last_word(before[-60:]), _first_word(after))
    return fold(sides[0]).strip(",;:"), fold(sides[1]).strip(",;:.")


def _last_word(text: str) -> str:
    """The last word of a text; where there are no spaces, its last two characters."""
    return text[-2:] if text[-1:] >= UNSPACED else "".join(text.split()[-1:])


def _first_word(text: str) -> str:
    return text[:2] if text[:1] >= UNSPACED else "".join(text.split()[:1])


def _has_date(case: Case, slot: Slot, sentence: int) -> bool:
    """Whether a weekday stands in a sentence with a date: other rules look at those."""
    text = case.report.sentences[sentence].text
    return slot.follows is Follows.WEEKDAY and bool(stated_dates(text) or stated_days(text))


def _weight(case: Case, misfit: _Misfit) -> Severity | None:
    """An error where it cannot be but a count that goes with the date; None where it may well be something else."""
    slot, filler = misfit.slot, misfit.filler
    telling = _is_ordinal(case, filler) or not has_digits(filler.text)
    shared = _is_shared(case, misfit)
    match slot.follows:
        case Follows.COUNT if abs(slot.step) == 1:
            sure = shared or (telling and len(misfit.past) >= SURE)
            return Severity.ERROR if sure else Severity.WARNING if telling else Severity.NOTE
        case Follows.WEEKDAY:
            return Severity.ERROR if len(misfit.past) >= SURE else Severity.WARNING
        case Follows.YEAR if slot.offset in (-1, 0, 1) or (slot.form is not None and slot.form.is_near):
            return Severity.NOTE if _in_brackets(case, filler) else Severity.WARNING
        case Follows.DAY | Follows.MONTH | Follows.DATE:
            return Severity.WARNING if len(misfit.past) >= SURE else Severity.NOTE
        case _:
            return None


def _is_ordinal(case: Case, filler: Filler) -> bool:
    language = case.comparison.usage.language
    if filler.text[-1:].isalpha() and is_ordinal(filler.text, language):
        return True
    text = case.series.reports[filler.report].text
    return is_ordinal_at(text, filler.start, filler.end, language or case.language)


def _is_shared(case: Case, misfit: _Misfit) -> bool:
    """Whether another slot of the report has the same count, and is what the date lets expect."""
    rule = (misfit.slot.follows, misfit.slot.offset, misfit.slot.step)
    for template, stage in _templates_of(case):
        for slot in template.slots:
            filler = slot.fillers[stage]
            if (slot.follows, slot.offset, slot.step) == rule and filler.value == misfit.expected:
                return True
    return False


def _in_brackets(case: Case, filler: Filler) -> bool:
    """Whether it stands in brackets, as the year of a figure does."""
    text = case.report.text
    if any(mark in filler.text for mark in "()[]"):
        return True
    opened = text.rfind("(", max(0, filler.start - 30), filler.start)
    return opened >= 0 and ")" not in text[opened : filler.start] and ")" in text[filler.end : filler.end + 30]


def _written(case: Case, misfit: _Misfit) -> str:
    """The expected value as it would be written."""
    value, slot, filler = misfit.expected, misfit.slot, misfit.filler
    if slot.form is not None:
        return slot.form.expected(filler.text, case.report.date.day.year)
    if slot.follows is Follows.WEEKDAY:
        right = weekday_like(filler.text, value)
        return right if right.lower() == english_weekday(value).lower() else f"{right} ({english_weekday(value)})"
    if slot.follows is Follows.DATE:
        was = datetime.date.fromordinal(filler.value or 1)
        return date_like(filler.text, was, case.report.date.day) or str(case.report.date)
    if slot.follows is Follows.MONTH:
        return english_month(value)
    return _number_like(filler.text, value, case.comparison.usage.language)


def _number_like(text: str, value: int, language: str | None) -> str:
    """A number as another one is written: in words or digits, with the same ending, in the same script."""
    plain = " ".join(text.split())
    if plain[:1] in HAN and 0 <= value < 10_000:
        return han_numeral(value)
    if language == "en" and is_spoken(plain, language):
        made = ordinal_in_words(value) if is_ordinal(plain, language) else in_words(value)
        return made[:1].upper() + made[1:] if plain[:1].isupper() else made
    if language == "en" and _ENGLISH_ORDINAL.fullmatch(plain):
        return f"{value}{ending(value)}"
    digits = re.findall(r"\d+", plain)
    if len(digits) != 1:  # in words, or with a mark between thousands
        return digits_like(str(value), plain)
    before, after = plain.split(digits[0])
    return f"{before}{digits_like(str(value), plain)}{after}"


NOT_UPDATED = Rule(
    "not-updated",
    Severity.ERROR,
    "A number or weekday that was not brought up to date",
    "In this place of the sentence every earlier report had what its date lets expect: the anniversary, the number of"
    " the edition, the year, the weekday, in digits or in words. This one has what its source had. A year is also found"
    " within a number: 2016/17, 13.05.2018, FY2017, HT-2017-04. It is an error where it is a count in words or an"
    " ordinal, or where another sentence of the report has the right count; years are warnings, and notes in brackets,"
    " where they say of when a figure is.",
    "“For the fifty-second time the eleven names were read” in the fifty-eighth year, copied from the fifty-second.",
    "Put what the message names. Where it is meant to stand still, say so in an ignore comment.",
    not_updated,
)
WRONG_STEP = Rule(
    "wrong-step",
    Severity.ERROR,
    "A number that went up by the wrong amount",
    "The same as not-updated, for a number or weekday that was changed, but not to what the date lets expect: last"
    " year's"
    " plus one although a year was left out, or a slip of the finger.",
    "“the fifty-fourth Lamp Night” in 2012, when there was none to report in 2011 but the count went on.",
    "Put what the message names.",
    wrong_steps,
)
