"""The form letter: the fixed words of a sentence that comes back, its slots, and what filled them in each report.

The wordings of a lineage are aligned along the tree of its copies: each new wording against the one it was made from
(progressive alignment; Feng and Doolittle 1987). The words that all of them have are the fixed ones; what lies between
is a slot. A wording that kept too little of the others founds a template of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import count, groupby, pairwise
from operator import eq
from typing import NamedTuple

import numpy as np

from ..corpus.dates import Convention, convention_of, stated_dates
from ..corpus.report import Precision, Report
from .anchors import Block
from .edits import Op, word_operations
from .lineage import Lineage, Stage
from .numbers import date_value, is_number, may_be_part, number_runs, number_value
from .slots import Filler, Follows, Slot, slot_of, with_known_count
from .usage import Usage
from .vocabulary import Vocabulary, Witness
from .words import CONTENT, FUNCTION, MARK, has_digits, has_letters, is_year, weight
from .year_forms import MARKS, is_span

__all__ = ["Filler", "Follows", "Slot", "Template", "templates"]

HELD = 0.6
"""Share of the weight of a wording's words that the fixed words of its template must have."""
STRAY = 2 * FUNCTION + MARK
"""Function words and marks between two slots that weigh no more than this belong to what fills them: 'of the'."""
PARTICLES = frozenset((
    "de", "del", "della", "di", "da", "do", "dos", "van", "von", "der", "den", "la", "le", "al", "el", "bin", "ibn",
    "ben", "zu", "af", "av", "ter", "ten", "-", "'",
))  # fmt: skip
"""What may stand within a name in lower case."""
SHORTEST_DATE = 6
"""Characters of a whole date, at least: a year has four, a month and a day one each."""
CACHED = 1 << 16
NEAREST = 8
"""A wording is tried with so many of the lineage's templates, the latest."""


@dataclass(frozen=True)
class Template:
    """The fixed words and the slots of one sentence through the reports."""

    lineage: int
    """The number of its lineage in `Comparison.lineages`. A lineage has several templates where it was rewritten."""
    stages: tuple[Stage, ...]
    """The stages of the lineage that it makes; never none."""
    parts: tuple[str | int, ...]
    """Fixed words, and the numbers of slots, in reading order."""
    slots: tuple[Slot, ...]
    """Its slots; none where the sentence never varied."""

    @cached_property
    def text(self) -> str:
        """The fixed words, with ‹1› for the first slot, and so on."""
        return " ".join(part if isinstance(part, str) else f"‹{part + 1}›" for part in self.parts)

    def filled(self, stage: int) -> str:
        """The sentence of the stage of that index, from the fixed words and its fillers; white space may differ."""
        words = (part if isinstance(part, str) else self.slots[part].fillers[stage].text for part in self.parts)
        return " ".join(filter(None, words))

    def around(self, slot: int, words: int = 4) -> tuple[str, str]:
        """The fixed words before and behind a slot, up to so many; other slots there are left out."""
        at = self.parts.index(slot)
        before = next((part for part in reversed(self.parts[:at]) if isinstance(part, str)), "")
        after = next((part for part in self.parts[at + 1 :] if isinstance(part, str)), "")
        return " ".join(before.split()[-words:]), " ".join(after.split()[:words])


def templates(
    lineages: Sequence[Lineage],
    reports: Sequence[Report],
    vocabulary: Vocabulary,
    witnesses: Sequence[Witness],
    usage: Usage,
) -> tuple[Template, ...]:
    """The templates of all lineages, in order of lineage, then of first appearance."""
    last = max((lineage.last for lineage in lineages), default=-1)
    convention = _convention(vocabulary.strings, witnesses[: last + 1])
    series = _Series(reports, vocabulary.strings, convention, witnesses, usage, _Units(usage.language))
    made = [made for k, lineage in enumerate(lineages) for made in _templates_of(k, lineage, series)]
    # a count that is sure in one sentence is believed in another that has it in two years only
    counts = Counter((slot.offset, slot.step) for one in made for slot in one.slots if slot.follows is Follows.COUNT)
    known = sorted(counts, key=lambda rule: (-counts[rule], rule))
    return tuple(_with_known_counts(one, known, reports) for one in made)


def _convention(strings: Sequence[str], witnesses: Sequence[Witness]) -> Convention:
    """How dates of three numbers are written in some texts, as those tell that leave nothing open: 13/05/2018."""
    telling = [k for k, word in enumerate(strings) if word[:1].isdigit() and ("/" in word or "-" in word)]
    if not telling:
        return Convention()
    stand = np.zeros(len(strings), bool)
    for witness in witnesses:
        stand[witness.tokens] = True
    return convention_of(strings[k] for k in telling if stand[k])


@dataclass(frozen=True, slots=True, eq=False)
class _Series:
    """What templates are made from."""

    reports: Sequence[Report]
    strings: Sequence[str]
    """Each token of the vocabulary."""
    convention: Convention
    """How its reports write dates of three numbers."""
    witnesses: Sequence[Witness]
    usage: Usage
    units: _Units
    """What is known of each word by itself."""

    def wording(self, stage: Stage) -> _Wording:
        """The wording of a stage."""
        tokens = self.witnesses[stage.report].stretch(stage.sentence, stage.sentence + 1)
        return _wording([self.strings[token] for token in tokens], self.units)


# -- words as units ---------------------------------------------------------------------------------------------------


class _Unit(NamedTuple):
    """A word, a mark, or a number of several words taken as one, whatever stands around it."""

    key: str
    """What it is aligned by: numbers, years, months and weekdays by what they are, not which."""
    weight: float
    """How much it weighs."""
    valued: bool
    """Whether it may have a value, or be a part of a date."""
    part: bool
    """Whether it may be a part of a number of several words."""


class _Units(dict[str, _Unit]):
    """Each text of a unit that was asked for, with what is known of it."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self.language = language

    def of(self, texts: Iterable[str]) -> tuple[Sequence[str], Sequence[float], Sequence[bool], Sequence[bool]]:
        """Of some texts, one at least, the keys, the weights, and so on."""
        keys, weights, valued, parts = zip(*map(self.__getitem__, texts), strict=True)
        return keys, weights, valued, parts

    def __missing__(self, text: str) -> _Unit:
        key = _key(text, self.language)
        is_plain = key == text and text.isalpha()  # no number, nor a part of one, as most are
        part = not is_plain and may_be_part(text, self.language)
        valued = not is_plain and _may_have_value(text, key)
        made = self[text] = _Unit(key, weight(key), valued, part)
        return made


@dataclass(frozen=True, slots=True, eq=False)
class _Wording:
    """One variant of a lineage in units; of each of these what `_Unit` says."""

    texts: list[str]
    """Each unit as written, one space between words."""
    tokens: Sequence[int]
    """The first token, counted from the sentence's first, of each unit; and the number of tokens."""
    keys: Sequence[str]
    weights: Sequence[float]
    valued: Sequence[bool]
    weight: float
    """How much they weigh together."""


def _wording(texts: list[str], units: _Units) -> _Wording:
    """The wording of these tokens."""
    tokens: Sequence[int] = range(len(texts) + 1)
    keys, weights, valued, parts = units.of(texts)
    runs: dict[int, int] = {}
    if any(parts):
        places = [k for k, part in enumerate(parts) if part]
        runs = dict(number_runs(texts, units.language, places)) | _spans_of_years(texts, keys, places)
    if runs:
        tokens = [0]
        while tokens[-1] < len(texts):
            tokens.append(runs.get(tokens[-1], tokens[-1] + 1))
        texts = [" ".join(texts[first:behind]) for first, behind in pairwise(tokens)]
        keys, weights, valued, _ = units.of(texts)
    return _Wording(texts, tokens, keys, weights, valued, sum(weights))


def _spans_of_years(texts: Sequence[str], keys: Sequence[str], places: Iterable[int]) -> dict[int, int]:
    """Where '2016 – 17' stands in three words, which is one number with two years in it: behind the last, by the first.

    `places` are those of words that may be part of a number.
    """
    return {
        k: k + 3
        for k in places
        if keys[k] == "0000" and k + 2 < len(texts) and texts[k + 1] in MARKS and is_span(texts[k], texts[k + 2])
    }


def _key(text: str, language: str | None) -> str:
    """What a unit is aligned by."""
    if not has_letters(text):
        return text
    if is_number(text.partition(" ")[0]):
        return "0000" if text.isdigit() and is_year(text) else "0th" if text[-1].isalpha() else "0"
    named = date_value(text)
    if named is not None:
        return f"0{named[0]}"
    return "0word" if language is not None and number_value(text, language) is not None else text


def _may_have_value(unit: str, key: str) -> bool:
    return _is_valued(key) or has_digits(unit)


def _is_valued(key: str) -> bool:
    """Whether a key stands for a number or the name of a day or month."""
    return key in ("0", "0000", "0th", "0word", "0weekday", "0month")


# -- aligning ---------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class _Group:
    """Variants of a lineage that one template makes."""

    members: list[int]
    """The variants' numbers."""
    common: list[_Stretch]
    """What all of them have, in order: fixed words that stand together in all of them, and values, each by itself."""
    stretches: list[_Stretch] = field(default_factory=list["_Stretch"])
    """Its fixed words and slots, once they were asked for."""

    def joined_by(self, variant: int, nearest: int, wordings: Sequence[_Wording]) -> _Group:
        """The group with another variant, aligned with the member `nearest`."""
        kept = _corresponding(wordings[nearest], wordings[variant])
        texts, others = wordings[self.members[0]].texts, wordings[variant].texts
        common: list[_Stretch] = []
        for starts, size, fixed in _held(self.common, self.members.index(nearest), kept):
            if not fixed:
                common.append(_value_at(starts))
                continue
            here, there = texts[starts[0] : starts[0] + size], others[starts[-1] : starts[-1] + size]
            at = 0
            for same, run in groupby(map(eq, here, there)):
                behind = at + len(list(run))
                if same:
                    common.append(_Stretch(_moved(starts, at), _moved(starts, behind), True))
                else:  # with equal keys: values
                    common += [_value_at(_moved(starts, k)) for k in range(at, behind)]
                at = behind
        return _Group([*self.members, variant], common)

    def fixed_share(self, wordings: Sequence[_Wording], usage: Usage) -> float:
        """How much of its shortest and its last member is fixed, or a number in the place of a number, 0..1."""
        last = wordings[self.members[-1]]
        kept = [stretch for stretch in _stretches(self, wordings, usage) if stretch.fixed or stretch.valued]
        held = sum(sum(last.weights[stretch.starts[-1] : stretch.ends[-1]]) for stretch in kept)
        shortest = min(wordings[member].weight for member in self.members)
        return 2.0 * held / max(shortest + last.weight, 1.0)


def _corresponding(old: _Wording, new: _Wording) -> list[Block]:
    """Old units that were kept, or are values in the place of values, and the new ones, as blocks in order."""
    steps = word_operations(old.keys, new.keys)
    return [(at, to, behind - at) for op, at, behind, to, _ in steps if op is Op.EQUAL]


def _held(
    common: Sequence[_Stretch], column: int, kept: Sequence[Block]
) -> Iterator[tuple[tuple[int, ...], int, bool]]:
    """What a further variant has, too, of what all members have: where it starts in each of them and in the variant,
    its units, and whether it is fixed. `kept` are the blocks that the variant has of the member of that column."""
    block = 0
    for stretch in common:
        start, end = stretch.starts[column], stretch.ends[column]
        while block < len(kept) and kept[block][0] < end:
            at, place, size = kept[block]
            first, behind = max(at, start), min(at + size, end)
            if first < behind:
                starts = *_moved(stretch.starts, first - start), place + first - at
                yield starts, behind - first, stretch.fixed
            if at + size > end:
                break  # the rest of the block is of the stretches that follow
            block += 1


def _grouped(wordings: Sequence[_Wording], parents: Sequence[int | None], usage: Usage) -> list[_Group]:
    """The variants of a lineage by template. Each joins its source's, if enough is fixed then; else the template of
    which it keeps most; else it founds one."""
    groups: list[_Group] = []
    for variant, wording in enumerate(wordings):
        parent = parents[variant]
        candidates = sorted(groups[-NEAREST:], key=lambda group: parent not in group.members)
        joined: list[tuple[float, _Group]] = []
        for group in candidates:
            made = group.joined_by(variant, parent if parent in group.members else group.members[-1], wordings)
            joined.append((made.fixed_share(wordings, usage), made))
            if parent in group.members and joined[-1][0] >= HELD:
                break
        best = max(range(len(joined)), key=lambda k: (joined[k][0], -k), default=None)
        if best is None or joined[best][0] < HELD:
            groups.append(_Group([variant], [_Stretch((0,), (len(wording.keys),), True)]))
        else:
            groups[groups.index(candidates[best])] = joined[best][1]
    return groups


# -- fixed words and slots --------------------------------------------------------------------------------------------


class _Stretch(NamedTuple):  # made by the ten thousand
    """Units of all members between two boundaries: fixed words, or a slot."""

    starts: tuple[int, ...]
    """The first unit in each member."""
    ends: tuple[int, ...]
    """The unit behind the last in each member."""
    fixed: bool
    """Whether all members have the same words."""
    valued: bool = False
    """Whether all have a number, a month or a weekday: a slot of its own whatever stands beside it."""

    def with_next(self, other: _Stretch) -> _Stretch:
        """This stretch and the one behind it as one."""
        return _Stretch(self.starts, other.ends, self.fixed and other.fixed)

    @property
    def is_open(self) -> bool:
        """Whether anything may stand there."""
        return not (self.fixed or self.valued)


def _moved(units: tuple[int, ...], by: int) -> tuple[int, ...]:
    """So many units further on in each member."""
    return tuple([unit + by for unit in units])


def _value_at(units: tuple[int, ...]) -> _Stretch:
    """The slot of one unit that has a value in each member."""
    return _Stretch(units, _moved(units, 1), False, True)


def _stretches(group: _Group, wordings: Sequence[_Wording], usage: Usage) -> list[_Stretch]:
    """Fixed words and slots in turn; slots touch only where numbers or dates do."""
    if not group.stretches:
        members = [wordings[member] for member in group.members]
        cut = _joined(_cut(group.common, members, usage.language))
        whole = _with_whole_names(cut, members, usage)
        merged = _without_strays(whole, members, usage)
        group.stretches = merged if merged == cut else _with_whole_names(merged, members, usage)
    return group.stretches


def _cut(common: Sequence[_Stretch], members: Sequence[_Wording], language: str | None) -> Iterator[_Stretch]:
    """What all members have, and what lies between."""
    before = (0,) * len(members)
    end = tuple([len(member.keys) for member in members])
    for stretch in (*common, _Stretch(end, end, True)):
        if stretch.starts != before:
            yield _Stretch(before, stretch.starts, False, _all_numbers(before, stretch.starts, members, language))
        if stretch.starts != stretch.ends:
            yield stretch
        before = stretch.ends


def _all_numbers(
    starts: tuple[int, ...], ends: tuple[int, ...], members: Sequence[_Wording], language: str | None
) -> bool:
    """Whether each member has one number there, however it is written."""
    return all(
        end - start == 1 and number_value(member.texts[start], language) is not None
        for member, start, end in zip(members, starts, ends, strict=True)
    )


def _without_strays(stretches: list[_Stretch], members: Sequence[_Wording], usage: Usage) -> list[_Stretch]:
    """The same, a few light words fixed between two slots taken into one slot with both: not behind a whole name,
    unless what is fixed is within the name."""
    out: list[_Stretch] = []
    for stretch in stretches:
        out.append(stretch)
        if len(out) < 3 or not (out[-3].is_open and out[-2].fixed and stretch.is_open):
            continue
        between = members[0].texts[out[-2].starts[0] : out[-2].ends[0]]
        if _is_inside_name(out[-3], between, out[-1], members, usage) or (
            _is_light(between) and not _all_names(out[-3], members, usage, whole=True)
        ):
            out[-3:] = [out[-3].with_next(out[-2]).with_next(out[-1])]
    return out


def _is_inside_name(
    before: _Stretch, between: Sequence[str], after: _Stretch, members: Sequence[_Wording], usage: Usage
) -> bool:
    """Whether fixed words between two slots are within a name that begins in the one and ends in the other."""
    if not all(unit in PARTICLES or unit in usage.led for unit in between):
        return False
    return _all_names(before, members, usage, first=False) and _all_names(after, members, usage)


def _is_light(units: Sequence[str]) -> bool:
    """Whether there are a few function words and marks only."""
    weights = list(map(weight, units))
    return sum(weights) <= STRAY and max(weights) < CONTENT


def _with_whole_names(stretches: list[_Stretch], members: Sequence[_Wording], usage: Usage) -> list[_Stretch]:
    """The same, slots widened over fixed words that are part of the name that stands in them.

    A fixed name before a slot is part of the name in it unless it stands for itself somewhere in the series, as titles
    do; one behind a slot unless it stands somewhere without a name before it.
    """
    out = list(stretches)
    for k, slot in enumerate(out):
        if not slot.is_open:
            continue
        if k and out[k - 1].fixed and _all_names(slot, members, usage):
            size = _name_units(members[0].texts[out[k - 1].starts[0] : out[k - 1].ends[0]][::-1], usage.led)
            moved = _moved(slot.starts, -size)
            out[k - 1], slot = out[k - 1]._replace(ends=moved), slot._replace(starts=moved)
        if k + 1 < len(out) and out[k + 1].fixed and _all_names(slot, members, usage, first=False):
            size = _name_units(members[0].texts[out[k + 1].starts[0] : out[k + 1].ends[0]], usage.following)
            moved = _moved(slot.ends, size)
            out[k + 1], slot = out[k + 1]._replace(starts=moved), slot._replace(ends=moved)
        out[k] = slot
    return _joined([stretch for stretch in out if stretch.starts != stretch.ends])


def _all_names(
    slot: _Stretch, members: Sequence[_Wording], usage: Usage, *, first: bool = True, whole: bool = False
) -> bool:
    """Whether what fills a slot begins with a name (or ends with one, or is nothing else) wherever it is filled."""
    found = False
    for member, start, end in zip(members, slot.starts, slot.ends, strict=True):
        if start == end:
            continue
        found = True
        texts = member.texts
        ends = texts[start:end] if whole else (texts[start if first else end - 1],)
        if not usage.names.issuperset(ends):
            return False
    return found


def _name_units(units: Sequence[str], names: frozenset[str]) -> int:
    """How many of the units, from the first on, are among the names."""
    return next((k for k, unit in enumerate(units) if unit not in names), len(units))


def _joined(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """The same, neighbours of one sort made one; numbers and dates stay for themselves."""
    out: list[_Stretch] = []
    for stretch in stretches:
        if out and out[-1].fixed == stretch.fixed and not (out[-1].valued or stretch.valued):
            out[-1] = out[-1].with_next(stretch)
        else:
            out.append(stretch)
    return out


# -- templates --------------------------------------------------------------------------------------------------------


def _templates_of(number: int, lineage: Lineage, series: _Series) -> list[Template]:
    """The templates of one lineage, in order of first appearance."""
    if len(lineage.variants) == 1:  # it never varied
        report, sentence = series.reports[lineage.first], lineage.stages[0].sentence
        first, behind = report.sentence_tokens[sentence : sentence + 2].tolist()
        text = report.text[report.tokens.spans[first, 0] : report.tokens.spans[behind - 1, 1]]
        return [Template(number, lineage.stages, (" ".join(text.split()),), ())]
    wordings = list(map(series.wording, lineage.variants))
    groups = _grouped(wordings, _parents(lineage), series.usage)
    groups.sort(key=lambda group: group.members[0])
    return [_template(number, lineage, group, wordings, series) for group in groups]


def _parents(lineage: Lineage) -> list[int | None]:
    """For each variant the one that it was made from."""
    held = {(stage.report, stage.sentence): stage.variant for stage in lineage.stages}
    return [held.get((v.origin.copied_from, v.origin.sentence)) for v in lineage.variants]  # type: ignore[arg-type]


def _template(number: int, lineage: Lineage, group: _Group, wordings: Sequence[_Wording], series: _Series) -> Template:
    column = {member: k for k, member in enumerate(group.members)}
    stages = tuple([stage for stage in lineage.stages if stage.variant in column])
    stretches = _stretches(group, wordings, series.usage)
    open_ones = [stretch for stretch in stretches if not stretch.fixed]
    parts: list[str | int] = []
    known: dict[tuple[int, str], list[_Filling]] = {}
    rows: list[tuple[int, int, list[_Filling]]] = []  # a stage: its report, where its sentence starts, what fills it
    for stage in stages:
        report = series.reports[stage.report]
        start, end = report.sentence_spans[stage.sentence].tolist()
        key = stage.variant, report.text[start:end]  # one wording may be spaced in several ways
        if key not in known:
            wording, first = wordings[stage.variant], int(report.sentence_tokens[stage.sentence])
            written = series.usage.language, series.convention
            made = _Filled(column[stage.variant], wording, report, start, first, *written)
            known[key] = [made.filling(stretch) for stretch in open_ones]
            parts = parts or _parts(stretches, made)
        rows.append((stage.report, start, known[key]))
    slots: list[Slot] = []
    for k in range(len(open_ones)):
        filled = [(report, at, *fillings[k]) for report, at, fillings in rows]
        fillers = [Filler(report, text, at + start, at + end, value) for report, at, text, start, end, value in filled]
        slots.append(slot_of(k, fillers, series.reports, series.usage))
    return Template(number, stages, tuple(parts), tuple(slots))


def _parts(stretches: Iterable[_Stretch], first: _Filled) -> list[str | int]:
    """Fixed words, as the first stage has them, and the numbers of slots."""
    slots = count()
    return [first.filling(stretch)[0] if stretch.fixed else next(slots) for stretch in stretches]


_Filling = tuple[str, int, int, int | None]  # words, where they start and end in their sentence, and their value


@dataclass(frozen=True, slots=True)
class _Filled:
    """One wording of a template: tells what fills a stretch there."""

    column: int
    """Its place among the members of its group."""
    wording: _Wording
    """Its units."""
    report: Report
    """Where it stands."""
    start: int
    """Where its sentence starts there."""
    token: int
    """The first token of its sentence there."""
    language: str | None
    """In which numbers may be written out."""
    convention: Convention
    """How dates are written."""

    def filling(self, stretch: _Stretch) -> _Filling:
        """The words of the stretch; fixed ones without a value."""
        first, behind = stretch.starts[self.column], stretch.ends[self.column]
        a, b = self.wording.tokens[first], self.wording.tokens[behind]
        if a == b:  # nothing: behind what stands before it
            at = int(self.report.tokens.spans[self.token + a - 1, 1]) - self.start if a else 0
            return "", at, at, None
        spans = self.report.tokens.spans
        start, end = int(spans[self.token + a, 0]), int(spans[self.token + b - 1, 1])
        text = " ".join(self.report.text[start:end].split())
        start, end = start - self.start, end - self.start
        if stretch.fixed or not any(self.wording.valued[first:behind]):
            return text, start, end, None
        units = zip(self.wording.keys[first:behind], self.wording.texts[first:behind], strict=True)
        valued = tuple([text for key, text in units if _is_valued(key)])
        return text, start, end, _value(text, valued, self.language, self.convention)


@lru_cache(maxsize=CACHED)
def _value(text: str, valued: tuple[str, ...], language: str | None, convention: Convention) -> int | None:
    """The value of a filler, as `Filler.value` says; `valued` are its numbers and names of days and months."""
    if len(text) >= SHORTEST_DATE and any(map(str.isdigit, text)):
        dates = stated_dates(text, convention)
        whole = len(dates) == 1 and dates[0].end - dates[0].start == len(text)
        date = dates[0].date if whole else None
        if date is not None and date.precision is Precision.DAY:
            return date.day.toordinal()
    if len(valued) != 1:
        return None
    named = date_value(valued[0])
    return number_value(valued[0], language) if named is None else named[1]


def _with_known_counts(template: Template, known: Sequence[tuple[int, int]], reports: Sequence[Report]) -> Template:
    """The template, a slot with two years of a count that is sure elsewhere in the series taken for that count."""
    slots = tuple(with_known_count(slot, known, reports) for slot in template.slots)
    return template if slots == template.slots else replace(template, slots=slots)
