"""Placeholders that were to be filled and were not: [insert date], XXX, {{name}}, TBC."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from ..edits import Op, word_operations
from ..words import has_digits
from .finding import Case, Hit, Rule, Severity, quoted
from .searching import Search

_FILL = (  # what asks for something to be filled in, in a bracket
    "insert|fill in|add here|to be (?:confirmed|completed|added|advised|determined|inserted)|tbc|tbd|tba|todo"
    "|einfügen|einsetzen|ergänzen|eintragen|ausfüllen|folgt noch|à compléter|à insérer|insérer|à confirmer"
    "|insertar|completar|por confirmar|rellenar|inserire|completare|da completare|inserir|preencher|a confirmar"
    "|invullen|invoegen|wstawić|uzupełnić|вставить|указать|заполнить|уточнить|eklenecek|doldurun|belirtilecek"
    "|أدخل|يضاف|להשלים|להוסיף|भरें|입력"
).replace(" ", r"\s")
_FILL_UNSPACED = "填写|填寫|待定|待补充|待補充|未定|記入|要確認"
_IN = r"[^\[\]<>{}\n]"  # a character inside the bracket
_FILLED = (  # that in a bracket, whichever it is
    rf"\s* (?: (?:{_FILL})(?!\w){_IN}{{0,40}} | (?:{_IN}{{0,25}}\W)?(?:{_FILL})"
    rf" | {_IN}{{0,12}}(?:{_FILL_UNSPACED}){_IN}{{0,12}} ) \s*[\]>}}]"
)
SURE = Search(
    (
        *((((bracket,),), re.escape(bracket) + _FILLED) for bracket in "[<{"),
        (
            (("[",),),
            r"\[\s*(?:●|•|○|■|\*{1,3}|\?+|_+|x{2,}|name|date|amount|number|year|title|place|betrag|datum|anzahl"
            r"|montant|nombre|fecha|importe|cifra|дата|сумма)\s*\]",
        ),
        ((("{{",),), r"\{\{\s*[\w .-]{1,40}\}\}"),
        ((("${",),), r"\$\{[\w.]{1,40}\}"),
        ((("<<",),), r"<<\s*[\w ]{1,40}>>"),
        ((("19", "20"), ("x",)), r"(?<![^\W_])(?:19|20)(?:\dx|xx)(?![^\W_])"),
        ((tuple("£$€¥₽₺₹"), ("x",)), r"[£$€¥₽₺₹]\s?x{1,3}(?:[,.]x{3})*(?![^\W_])"),
        ((("x.", "x/", "x-"),), r"(?<![^\W_])xx?[./-]xx?[./-](?:xx|\d\d)+(?![^\W_])"),
        ((("xxxx",),), r"(?<![^\W_])x{4,}(?![^\W_])"),
    ),
    re.IGNORECASE | re.VERBOSE,
)
DOUBT = Search(
    (
        ((("TBC", "TBD", "TBA", "TODO", "FIXME"),), r"(?<![^\W_])(?:TBC|TBD|TBA|TODO|FIXME)(?![^\W_])"),
        ((("???",),), r"\?{3,}"),
        ((("____",),), r"(?<![_\w])_{4,}(?![_\w])"),
    )
)
CIRCLES = Search(((((*"○●◯×",),), "[○●◯×]{2,}"),))
_CROSSES = re.compile(r"(?i)x{2,}|n{2,}")
_PATTERNS = ((SURE, Severity.ERROR), (DOUBT, Severity.WARNING), (CIRCLES, Severity.WARNING))
_RUN = re.compile(r"(\W|_|x)\1{2,}", re.IGNORECASE)


def placeholders(case: Case, _: object) -> Iterator[Hit]:
    """Placeholders that no earlier report has."""
    told: set[int] = set()  # the places in the text that they take
    text = case.report.text
    for start, end, weight in _placeholders(case, case.number):
        form = _form(text[start:end])
        if told.isdisjoint(range(start, end)) and not any(form in _forms(case, k) for k in range(case.number)):
            told.update(range(start, end))
            yield case.hit(start, end, f"{quoted(text[start:end])} looks like a placeholder", severity=weight)
    for start, end, was in _crossed_out(case):
        if told.isdisjoint(range(start, end)):
            shown = text[start:end]
            source = f"the source has {quoted(was)} there"
            yield case.hit(start, end, f"{quoted(shown)} looks like a placeholder", source, severity=Severity.ERROR)


def _placeholders(case: Case, report: int) -> list[tuple[int, int, Severity]]:
    """Where a report has what looks like a placeholder, the surest first, and how much that weighs."""
    known = cast(dict[int, list[tuple[int, int, Severity]]], case.kept.setdefault("placeholders", {}))
    if report not in known:
        text = case.series.reports[report].text
        known[report] = [(*found.span(), weight) for pattern, weight in _PATTERNS for found in pattern.finditer(text)]
    return known[report]


def _forms(case: Case, report: int) -> frozenset[str]:
    """The placeholders of an earlier report."""
    known = cast(dict[int, frozenset[str]], case.kept.setdefault("forms of placeholders", {}))
    if report not in known:
        text = case.series.reports[report].text
        known[report] = frozenset(_form(text[start:end]) for start, end, _ in _placeholders(case, report))
    return known[report]


def _form(placeholder: str) -> str:
    """What a placeholder is recognised by: a blank is the same however long it is."""
    return _RUN.sub(r"\1\1\1", placeholder)


def _crossed_out(case: Case) -> Iterator[tuple[int, int, str]]:
    """Words like XX or NN where the sentence's source has a number or a name, and what it has."""
    for sentence in case.sentences_with(_is_crossed_out):
        origin = case.origins[sentence]
        if origin.copied_from is None or origin.sentence is None:
            continue
        old, new = case.tokens(origin.copied_from, origin.sentence, origin.merged), case.tokens(case.number, sentence)
        for step in word_operations(old, new):
            was = old[step.old_start : step.old_end]
            if step.op is not Op.REPLACE or not any(has_digits(word) or word[:1].isupper() for word in was):
                continue
            for at in range(step.new_start, step.new_end):
                if _is_crossed_out(new[at]) and new[at] not in was:
                    yield (*case.token_span(sentence, at, at + 1), " ".join(was))


def _is_crossed_out(word: str) -> bool:
    return _CROSSES.fullmatch(word) is not None


PLACEHOLDER = Rule(
    "placeholder",
    Severity.ERROR,
    "A placeholder that was not filled",
    "The text was prepared before the figure, the name or the date was known. Brackets that ask for something in any"
    " of some twenty languages, templates' fields, and XX where the source has a number or a name are errors; TBC, ???,"
    " and blanks to be written on are warnings. What an earlier report has as well is left alone.",
    "“XXX visitors came through the gate” where last year's has “1,690 visitors”.",
    "Fill in what is missing.",
    placeholders,
)
