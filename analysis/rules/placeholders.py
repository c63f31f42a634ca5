"""Placeholders that were to be filled and were not: [insert date], XXX, {{name}}, TBC."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from ..edits import Op, word_operations
from ..words import has_digits
from .finding import Case, Hit, Rule, Severity, quoted

_FILL = (  # what asks for something to be filled in, in a bracket
    "insert|fill in|add here|to be (?:confirmed|completed|added|advised|determined|inserted)|tbc|tbd|tba|todo"
    "|einfügen|einsetzen|ergänzen|eintragen|ausfüllen|folgt noch|à compléter|à insérer|insérer|à confirmer"
    "|insertar|completar|por confirmar|rellenar|inserire|completare|da completare|inserir|preencher|a confirmar"
    "|invullen|invoegen|wstawić|uzupełnić|вставить|указать|заполнить|уточнить|eklenecek|doldurun|belirtilecek"
    "|أدخل|يضاف|להשלים|להוסיף|भरें|입력"
).replace(" ", r"\s")
_FILL_UNSPACED = "填写|填寫|待定|待补充|待補充|未定|記入|要確認"
_IN = r"[^\[\]<>{}\n]"  # a character inside the bracket
_SURE = re.compile(
    rf"""(?ix)
    [\[<{{]\s* (?: (?:{_FILL})(?!\w){_IN}{{0,40}} | (?:{_IN}{{0,25}}\W)?(?:{_FILL})
      | {_IN}{{0,12}}(?:{_FILL_UNSPACED}){_IN}{{0,12}} ) \s*[\]>}}]
    | \[\s*(?:●|•|○|■|\*{{1,3}}|\?+|_+|x{{2,}}|name|date|amount|number|year|title|place|betrag|datum|anzahl|montant
      |nombre|fecha|importe|cifra|дата|сумма)\s*\]
    | \{{\{{\s*[\w .-]{{1,40}}\}}\}} | \$\{{[\w.]{{1,40}}\}} | <<\s*[\w ]{{1,40}}>>
    | (?<![^\W_])(?:19|20)(?:\dx|xx)(?![^\W_]) | [£$€¥₽₺₹]\s?x{{1,3}}(?:[,.]x{{3}})*(?![^\W_])
    | (?<![^\W_])xx?[./-]xx?[./-](?:xx|\d\d)+(?![^\W_]) | (?<![^\W_])x{{4,}}(?![^\W_])"""
)
_DOUBT = re.compile(r"(?<![^\W_])(?:TBC|TBD|TBA|TODO|FIXME)(?![^\W_])|\?{3,}|(?<![_\w])_{4,}(?![_\w])")
_CROSSES = re.compile(r"(?i)x{2,}|n{2,}")
_CIRCLES = re.compile("[○●◯×]{2,}")


_PATTERNS = ((_SURE, Severity.ERROR), (_DOUBT, Severity.WARNING), (_CIRCLES, Severity.WARNING))
_RUN = re.compile(r"(\W|_|x)\1{2,}", re.IGNORECASE)


def placeholders(case: Case, _: object) -> Iterator[Hit]:
    """Placeholders that no earlier report has."""
    told: set[int] = set()  # the places in the text that they take
    text = case.report.text
    for pattern, weight in _PATTERNS:
        for found in pattern.finditer(text):
            start, end = found.span()
            form = _form(found.group())
            if told.isdisjoint(range(start, end)) and not any(form in _forms(case, k) for k in range(case.number)):
                told.update(range(start, end))
                yield case.hit(start, end, f"{quoted(found.group())} looks like a placeholder", severity=weight)
    for start, end, was in _crossed_out(case):
        if told.isdisjoint(range(start, end)):
            shown = text[start:end]
            source = f"the source has {quoted(was)} there"
            yield case.hit(start, end, f"{quoted(shown)} looks like a placeholder", source, severity=Severity.ERROR)


def _forms(case: Case, report: int) -> frozenset[str]:
    """The placeholders of an earlier report."""
    known = cast(dict[int, frozenset[str]], case.kept.setdefault("placeholders", {}))
    if report not in known:
        text = case.series.reports[report].text
        known[report] = frozenset(_form(found.group()) for pattern, _ in _PATTERNS for found in pattern.finditer(text))
    return known[report]


def _form(placeholder: str) -> str:
    """What a placeholder is recognised by: a blank is the same however long it is."""
    return _RUN.sub(r"\1\1\1", placeholder)


def _crossed_out(case: Case) -> Iterator[tuple[int, int, str]]:
    """Words like XX or NN where the sentence's source has a number or a name, and what it has."""
    for sentence in range(len(case.origins)):
        source, origin = case.source_of(sentence), case.origins[sentence]
        new = case.tokens(case.number, sentence) if source is not None else []
        if source is None or not any(map(_CROSSES.fullmatch, new)):
            continue
        assert origin.sentence is not None  # noqa: S101 - it has a source
        old = case.tokens(source[0], origin.sentence, origin.merged)
        for step in word_operations(old, new):
            was = old[step.old_start : step.old_end]
            if step.op is not Op.REPLACE or not any(has_digits(word) or word[:1].isupper() for word in was):
                continue
            for at in range(step.new_start, step.new_end):
                if _CROSSES.fullmatch(new[at]) and new[at] not in was:
                    yield (*case.token_span(sentence, at, at + 1), " ".join(was))


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
