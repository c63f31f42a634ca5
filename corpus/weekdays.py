"""The names of the days of the week in the languages that reports come in."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_NAMES = {  # Monday is 0, as in datetime; _ stands for a space. No name may mean two days.
    0: "monday montag lundi lunes lunedì lunedi segunda-feira maandag poniedziałek pondělí pondelok понедельник"
    " понеділок"
    " понеделник pazartesi måndag mandag maanantai maanantaina luni hétfő hétfőn δευτέρα bazar_ertəsi ponedjeljak"
    " ponedeljek ponedeljak isnin الاثنين 月曜日 星期一 월요일"
    " יום_שני ביום_שני सोमवार วันจันทร์ الإثنين 周一",
    1: "tuesday dienstag mardi martes martedì martedi terça-feira dinsdag wtorek úterý utorok вторник вівторок salı"
    " tisdag"
    " tirsdag tiistai tiistaina marți kedd kedden τρίτη çərşənbə_axşamı utorak torek selasa الثلاثاء 火曜日 星期二"
    " 화요일"
    " יום_שלישי ביום_שלישי मंगलवार วันอังคาร 周二",
    2: "wednesday mittwoch mercredi miércoles mercoledì mercoledi quarta-feira woensdag środa środę středa středu"
    " streda среда"
    " среду середа середу сряда çarşamba onsdag keskiviikko keskiviikkona miercuri szerda szerdán τετάρτη çərşənbə"
    " srijeda sreda rabu الأربعاء 水曜日 星期三 수요일"
    " יום_רביעי ביום_רביעי बुधवार วันพุธ الاربعاء 周三",
    3: "thursday donnerstag jeudi jueves giovedì giovedi quinta-feira donderdag czwartek čtvrtek štvrtok четверг четвер"
    " четвъртък perşembe torsdag torstai torstaina joi csütörtök csütörtökön πέμπτη cümə_axşamı četvrtak četrtek"
    " kamis الخميس 木曜日 星期四 목요일"
    " יום_חמישי ביום_חמישי गुरुवार बृहस्पतिवार วันพฤหัสบดี 周四",
    4: "friday freitag vendredi viernes venerdì venerdi sexta-feira vrijdag piątek pátek piatok пятница пятницу"
    " п'ятниця"
    " п'ятницю петък cuma fredag perjantai perjantaina vineri péntek pénteken παρασκευή cümə petak petek jumat"
    " الجمعة 金曜日 星期五 금요일"
    " יום_שישי ביום_שישי शुक्रवार วันศุกร์ 周五",
    5: "saturday samstag sonnabend samedi sábado sabato zaterdag sobota sobotę sobotu суббота субботу субота суботу"
    " събота cumartesi lördag lørdag lauantai lauantaina sâmbătă szombat szombaton σάββατο şənbə subota sabtu السبت"
    " 土曜日 星期六 토요일"
    " שבת בשבת शनिवार วันเสาร์ 周六",
    6: "sunday sonntag dimanche domingo domenica zondag niedziela niedzielę neděle neděli nedeľa воскресенье"
    " воскресение неділя неділю неделя pazar söndag søndag sunnuntai sunnuntaina duminică vasárnap κυριακή bazar"
    " nedjelja nedelja minggu الأحد 日曜日 星期日 일요일"
    " יום_ראשון ביום_ראשון रविवार इतवार วันอาทิตย์ الاحد 周日",
}
_SHORT = {0: "mon", 1: "tue tues", 2: "wed weds", 3: "thu thur thurs", 4: "fri", 5: "sat", 6: "sun"}
_DAY_OF = {name.replace("_", " "): day for day, names in _NAMES.items() for name in names.split()}
_SHORT_OF = {name: day for day, names in _SHORT.items() for name in names.split()}  # English, and only with a capital
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted((*_DAY_OF, *_SHORT_OF), key=len, reverse=True)
    spaced = "|".join(re.escape(name) for name in names if not _is_unspaced(name))
    unspaced = "|".join(re.escape(name) for name in names if _is_unspaced(name))
    return re.compile(rf"(?<![^\W\d_])(?:{spaced})(?![^\W\d_])\.?|{unspaced}", re.IGNORECASE)


def _is_unspaced(name: str) -> bool:
    """Whether a name is of a script that has no spaces between words, or that hangs its particles on them."""
    return "\u0e00" <= name[0] < "\u0e80" or "\u3000" <= name[0] < "\ud7a4"


@cache
def _beginnings() -> frozenset[str]:
    """The first word of each name, and the first letter with its marks where a script has no spaces."""
    words = {name.split()[0] for name in (*_DAY_OF, *_SHORT_OF)}
    letters = {word[: 1 + (unicodedata.category(word[1])[0] == "M")] for word in words if _is_unspaced(word)}
    return frozenset(words | letters)


def may_begin_weekday(token: str) -> bool:
    """Whether the name of a day can begin with that token: a quick look before `stated_weekdays`."""
    form = token.replace("İ", "i").replace("’", "'")
    if "\uac00" <= form[:1] < "\ud7a4":
        return form[:3] in _beginnings()  # 화요일에
    return form.lower() in _beginnings() or form.replace("I", "ı").lower() in _beginnings()


@lru_cache(maxsize=1 << 16)
def weekday_of(name: str) -> int | None:
    """The day of the week that a name means, Monday 0; None where it is none that we know."""
    form = name.rstrip(".").replace("İ", "i").replace("’", "'")
    if form[:1].isupper() and form.lower() in _SHORT_OF:
        return _SHORT_OF[form.lower()]
    return _DAY_OF.get(form.lower(), _DAY_OF.get(form.replace("I", "ı").lower()))


def stated_weekdays(text: str) -> tuple[tuple[int, int, int], ...]:
    """The days of the week that a text names: start, end and day of each, Monday 0."""
    rows = ((found.start(), found.end(), weekday_of(found.group())) for found in _pattern().finditer(text))
    return tuple((start, end, day) for start, end, day in rows if day is not None)


def english_weekday(day: int) -> str:
    """The English name of a day, Monday 0."""
    return _ENGLISH[day]


_LANGUAGES = (  # the first forms of each day in the languages in which a day can be put for another
    "monday tuesday wednesday thursday friday saturday sunday",
    "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunes martes miércoles jueves viernes sábado domingo",
    "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "måndag tisdag onsdag torsdag fredag lördag söndag",
    "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार",
    "วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี วันศุกร์ วันเสาร์ วันอาทิตย์",
    "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
    "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
    "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
)


def stands_behind(name: str) -> bool:
    """Whether a weekday of that language stands behind its date without brackets: 17 Ekim 2018 Çarşamba."""
    turkish = name[:1].isupper() and name.lower().replace("i̇", "i") in _LANGUAGES[9].split()
    return turkish or "\u3000" <= name[:1] < "\ud7ff"


@cache
def _columns() -> dict[str, int]:
    """For each name the language it belongs to, where that is one alone."""
    found: dict[str, list[int]] = {}
    for language, names in enumerate(_LANGUAGES):
        for name in names.split():
            found.setdefault(name, []).append(language)
    return {name: languages[0] for name, languages in found.items() if len(languages) == 1}


def weekday_like(name: str, day: int) -> str:
    """The name of a day in the language and the case of `name`, another day's; in English where that is unclear."""
    language = _columns().get(name.rstrip(".").lower())
    made = _ENGLISH[day] if language is None else _LANGUAGES[language].split()[day]
    if name.isupper() and len(name) > 1:
        return made.upper()
    return made[:1].upper() + made[1:] if name[:1].isupper() else made
