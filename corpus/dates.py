"""The date of a report: found in a heading, a file's name or a line, with its precision and the string it came from.

Own patterns read what headings and file names hold. dateparser, slow to import and apt to invent a day, is asked only
for what a user states as a date and the patterns do not know.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from .numerals import HAN, ascii_digits, han_value
from .report import Precision, ReportDate
from .weekdays import weekday_of

_MONTHS = {  # full names and common short forms in the languages that reports come in; _ stands for a space
    1: "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari stycznia styczeń tammikuu"
    " tammikuuta ledna leden января январь січня січень ocak oca yanvar jaanuar ianuarie január januára"
    " ιανουαρίου ιανουάριος يناير كانون_الثاني ינואר בינואר януари siječnja siječanj januara जनवरी հունվար"
    " հունվարի იანვარი იანვარს มกราคม",
    2: "february feb febr februar feber février févr fevrier febrero febbraio fevereiro fev februari lutego luty"
    " helmikuu helmikuuta února únor февраля февраль лютого лютий şubat fevral februarie február februára"
    " φεβρουαρίου φεβρουάριος فبراير شباط פברואר בפברואר февруари veljače veljača februara फ़रवरी फरवरी"
    " փետրվար փետրվարի თებერვალი กุมภาพันธ์",
    3: "march mar märz maerz mrz mars marzo março marco maart mrt marca marzec maaliskuu maaliskuuta března"
    " březen марта март березня березень mart martie március μαρτίου μάρτιος مارس آذار מרץ במרץ ožujka ožujak"
    " maret marta मार्च մարտ մարտի მარტი มีนาคม",
    4: "april apr avril avr abril abr aprile kwietnia kwiecień huhtikuu huhtikuuta dubna duben апреля апрель"
    " квітня квітень nisan nis aprel aprilie április apríl apríla απριλίου απρίλιος أبريل إبريل نيسان אפריל"
    " באפריל април travnja travanj aprila अप्रैल ապրիլ ապրիլի აპრილი เมษายน",
    5: "may mai mayo maggio mag maio mei maj maja toukokuu toukokuuta května květen мая май травня травень mayıs"
    " mayis máj mája május μαΐου μάιος مايو أيار מאי במאי svibnja svibanj मई մայիս մայիսի მაისი พฤษภาคม",
    6: "june jun juni juin junio giugno giu junho czerwca czerwiec kesäkuu kesäkuuta června červen июня июнь"
    " червня червень haziran iyun iunie június júna jún ιουνίου ιούνιος يونيو حزيران יוני ביוני юни lipnja"
    " lipanj juna जून հունիս հունիսի ივნისი มิถุนายน",
    7: "july jul juli juillet juil julio luglio lug julho lipca lipiec heinäkuu heinäkuuta července červenec"
    " июля июль липня липень temmuz iyul iulie július júla júl ιουλίου ιούλιος يوليو تموز יולי ביולי юли"
    " srpnja srpanj jula जुलाई հուլիս հուլիսի ივლისი กรกฎาคม",
    8: "august aug août aout agosto ago augustus augusti sierpnia sierpień elokuu elokuuta srpna srpen августа"
    " август серпня серпень ağustos agustos avqust augusztus augusta αυγούστου αύγουστος أغسطس آب אוגוסט"
    " באוגוסט kolovoza kolovoz avgust avgusta अगस्त օգոստոս օգոստոսի აგვისტო สิงหาคม",
    9: "september sept sep septembre septiembre setiembre settembre set setembro września wrzesień syyskuu"
    " syyskuuta září сентября сентябрь вересня вересень eylül eylul sentyabr septembrie szeptember septembra"
    " σεπτεμβρίου σεπτέμβριος سبتمبر أيلول ספטמבר בספטמבר септември rujna rujan septembar सितंबर सितम्बर"
    " սեպտեմբեր სექტემბერი กันยายน",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out października październik lokakuu"
    " lokakuuta října říjen октября октябрь жовтня жовтень ekim oktyabr octombrie október októbra οκτωβρίου"
    " οκτώβριος أكتوبر تشرين_الأول אוקטובר באוקטובר октомври oktobar oktobra अक्टूबर հոկտեմբեր ოქტომბერი ตุลาคม",
    11: "november nov novembre noviembre novembro listopada listopad marraskuu marraskuuta listopadu ноября"
    " ноябрь листопада листопад kasım kasim noyabr noiembrie novembra νοεμβρίου νοέμβριος نوفمبر تشرين_الثاني"
    " נובמבר בנובמבר ноември studenoga studeni novembar नवंबर नवम्बर նոյեմբեր ნოემბერი พฤศจิกายน",
    12: "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro grudnia grudzień"
    " joulukuu joulukuuta prosince prosinec декабря декабрь грудня грудень aralık aralik dekabr decembrie"
    " decembra δεκεμβρίου δεκέμβριος ديسمبر كانون_الأول דצמבר בדצמבר декември prosinca prosinac decembar"
    " desember दिसंबर दिसम्बर դեկտեմբեր დეკემბერი ธันวาคม",
}
_MONTH_OF = {name.replace("_", " "): number for number, names in _MONTHS.items() for name in names.split()}
_EVERYDAY = frozenset((
    "may", "march", "ago", "out", "set", "sat", "sun", "wed", "sept", "mag", "mar", "jan", "gen", "ene", "dec",
    "pazar", "salı", "luni", "cuma",
))  # fmt: skip
_ORDINAL_WORDS = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth
    twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"""
_ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS.split(), start=1)}

_YEAR = r"(?<!\d)[12]\d{3}(?!\d)"
_DAY = r"(?<![\d.,])\d{1,2}(?!\d)(?:\s?(?:st|nd|rd|th|er|ère|re|º|ª|°|-?го|-?е|η)(?![^\W\d_])|\.)?"
_MORE_DAYS = r"(?:\s?(?:[-–—/&]|and|to)\s?\d{1,2}(?!\d)(?:st|nd|rd|th|\.)?)?"
_OF = r"(?:\s*(?:day\s+of|of|de|del|di|du|do|da|d['’]|the|พ\.?\s?ศ\.?|,)\s*|[\s_.-]*)"
_WORDS = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_TWO = r"(?<!\d)\d{1,2}(?!\d)"


def _pattern(kind: str, expression: str, month: str) -> str:
    """One alternative: `{y}`, `{m}`, `{d}`, ... become groups whose names carry the kind."""
    names = {
        "Y": rf"(?P<{kind}_y>{_YEAR})",
        "M": rf"(?P<{kind}_m>{month})",
        "D": rf"(?P<{kind}_d>{_DAY}){_MORE_DAYS}",
        "W": rf"(?P<{kind}_d>(?<!\w)(?:{_WORDS})(?!\w))",
        "A": rf"(?P<{kind}_a>{_TWO})",
        "B": rf"(?P<{kind}_b>{_TWO})",
        "OF": _OF,
    }
    for name, group in names.items():
        expression = expression.replace(f"<{name}>", group)
    return f"(?P<{kind}>{expression})"


_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911}
"""The eras by which Japan and Taiwan count years, and what is added to the year of each."""
_BUDDHIST = 543
"""By so many years the Thai calendar is ahead."""
_HAN_YEAR = r"[〇零一二三四五六七八九]{4}\s?年"


def _month_and_day(kind: str) -> str:
    """'10月17日' or '十月十七日', which may be left out."""
    two = rf"\d{{1,2}}|[{HAN}]{{1,3}}"
    return rf"(?:\s?(?P<{kind}_a>{two})\s?月(?:\s?(?P<{kind}_b>{two})\s?日)?)?"


_KINDS = (  # the first that fits at a place wins: the most precise come first
    ("iso", r"<Y>(?P<iso_s>[-./_ ]|\s?[-./]\s?)<A>(?P=iso_s)<B>(?![-/.]?\d)(?:T[\d:.]+Z?)?"),
    ("compact", r"(?<![\d])(?P<compact_y>(?:1[5-9]|2[01])\d\d)(?P<compact_a>\d\d)(?P<compact_b>\d\d)(?!\d)"),
    ("cjk", r"<Y>\s?[年년]\s?(?:<A>\s?[月월](?:\s?<B>\s?[日일])?)?"),
    ("han", rf"(?P<han_n>[〇零一二三四五六七八九]{{4}})\s?年{_month_and_day('han')}"),
    (
        "era",
        rf"(?P<era_e>{'|'.join(_ERAS)})\s?(?P<era_n>\d{{1,3}}(?!\d)|元|[{HAN}]{{1,4}})\s?年{_month_and_day('era')}",
    ),
    (
        "buddhist",  # said to be one, or at the end of what is written in Thai
        r"(?:พ\.?\s?ศ\.?|ปี)\s?(?P<buddhist_y>2[45]\d\d)(?!\d)"
        r"|(?:(?<=[\u0e01-\u0e4e])|(?<=[\u0e01-\u0e4e][\s_-]))(?P<buddhist_z>2[45]\d\d)(?=\W*$)",
    ),
    ("viet", r"(?:(?:ngày\s+)?<A>\s+)?tháng\s+<B>(?:\s*,?\s*năm\s+|\s*[,/]?\s*)<Y>"),
    ("dmy", r"<D><OF><M><OF><Y>"),
    ("wordy", r"<W>\s+(?:day\s+)?(?:of\s+)?<M>,?\s+<Y>"),
    ("mwy", r"<M>\s+(?:the\s+)?<W>,?\s+<Y>"),
    ("mdy", r"<M>[\s_.-]*(?:the\s+)?<D>(?:\s?,\s?|[\s_.-]+)(?:of\s+)?<Y>"),
    ("ymd", r"<Y>[\s_,.-]+<M>[\s_.-]*<D>"),
    ("numeric", r"(?<![\d./-])<A>(?P<numeric_s>\s?[./-]\s?|[_ ])<B>(?P=numeric_s)<Y>(?![-/.]?\d)"),
    ("quarter", r"(?<![^\W_])Q(?P<quarter_a>[1-4])[\s_-]*<Y>"),
    ("yearquarter", r"<Y>[\s_-]*Q(?P<yearquarter_a>[1-4])(?!\d)"),
    ("my", r"<M>(?:[\s_.,'’/-]*|<OF>)<Y>"),
    ("ym", r"<Y>[\s_.,/-]*<M>"),
    ("range", r"<Y>\s?[-–—/_]\s?(?P<range_z>[12]\d{3})(?!\d)"),
    ("season", r"<Y>(?P<season_s>\s?[-–—/]\s?)(?P<season_b>\d\d)(?![-/.]?\d)"),
    ("yearmonth", r"<Y>[._]<A>(?![-/._]?\d)"),
    ("monthyear", r"(?<![\d./-])<A>[./-]<Y>(?![-/.]?\d)"),
    ("year", r"(?<![\d.,:/$€£¥#])(?<!\d-)(?P<year_y>(?:1[5-9]|2[01])\d\d)(?![\d%$€£]|[.,:/-]\d)"),
)  # fmt: skip


def month_pattern(months: Iterable[str] = _MONTH_OF) -> str:
    """The expression for the name of a month, in any language or one of `months`."""
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    return rf"(?<![^\W\d_])(?:{names})(?![^\W\d_])\.?"


def _compiled(months: Iterable[str]) -> re.Pattern[str]:
    month = month_pattern(months)
    return re.compile("|".join(_pattern(kind, expression, month) for kind, expression in _KINDS), re.IGNORECASE)


# compiling the months of all languages takes longer than reading a series: they wait for a text that may have one
_ENGLISH_MONTHS = """
    january jan february feb march mar april apr may june jun july jul august aug september sept sep october oct
    november nov december dec"""
_ENGLISH = frozenset(_ENGLISH_MONTHS.split())
_FOREIGN = frozenset(name.replace("ı", "i").replace("İ", "i") for name in _MONTH_OF) - _ENGLISH
_in_english = _compiled(_ENGLISH)
_in_any_language = cache(lambda: _compiled(_MONTH_OF))


@cache
def _day_and_month() -> re.Pattern[str]:
    """A day and a month in either order, in any language."""
    month = month_pattern()
    day_first = rf"(?P<d>{_DAY})(?P<more>{_MORE_DAYS}){_OF}(?P<m>{month})"
    month_first = rf"(?P<n>{month})[\s_.-]*(?:the\s+)?(?P<e>{_DAY})(?P<rest>{_MORE_DAYS})"
    return re.compile(f"{day_first}|{month_first}", re.IGNORECASE)


_GROUPS: dict[str, list[tuple[str, str]]] = {  # the groups of each alternative, and what they are called within it
    kind: [(name, name.removeprefix(f"{kind}_")) for name in _in_english.groupindex if name.startswith(f"{kind}_")]
    for kind in _in_english.groupindex
    if "_" not in kind
}


def _dates_in(text: str) -> Iterator[re.Match[str]]:
    """All that looks like a date, in order."""
    is_english = text.isascii() and _FOREIGN.isdisjoint(re.findall("[a-z]+", text.lower()))
    return (_in_english if is_english else _in_any_language()).finditer(text)


_YEAR_PREFIX = re.compile(r"(?<![^\W_])(?:FY|CY|AY|AR|year)$", re.IGNORECASE)
_TELLING = re.compile(r"\d\s?[-/_ ]\s?\d{1,2}\s?[-/_ ]\s?[12]\d{3}|[12]\d{3}\s?[-–—/]\s?\d\d(?!\d)")
_YEAR_ALONE = re.compile(r"(?<![^\W_])(?:1[5-9]|2[01])\d\d(?![^\W_])")
_HAS_YEAR = re.compile(rf"[12]\d{{3}}|{_HAN_YEAR}|{'|'.join(_ERAS)}")
_THAI = re.compile("[\u0e00-\u0e7f]")
_MARKED = re.compile(r"(?:г|р|م)(?![^\W\d_])")  # 'year' behind its number: 2014г., ٢٠١٤م


@dataclass(frozen=True, slots=True)
class Convention:
    """How a source writes dates, seen from all of its dates together: what one alone leaves open."""

    day_first: bool | None = None
    """In 3/4/2004 the day is 3; None where nothing tells."""
    seasons: bool = False
    """2004-05 is the year from 2004 to 2005, not May."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A date as it stands in a text."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset behind its last character."""
    date: ReportDate | None
    """None where the words give no date there can be, such as 31 February 2004."""
    ambiguous: bool = False
    """The day and the month cannot be told apart; `date` has the year alone."""


@lru_cache(maxsize=4096)  # a heading is looked at from several sides
def stated_dates(text: str, convention: Convention | None = None) -> tuple[Stated, ...]:
    """All dates with a year in a text, in order; what has no four-digit year and no era is none."""
    written, text = text, ascii_digits(text)
    if not _HAS_YEAR.search(text):
        return ()
    rules = convention or Convention()
    found = (_stated(match, text, rules) for match in _dates_in(text))
    return tuple(stated if text is written else _as_written(stated, written) for stated in found if stated is not None)


def _as_written(stated: Stated, text: str) -> Stated:
    """The date with its string as the text has it, with the digits of its script."""
    if stated.date is None:
        return stated
    return replace(stated, date=replace(stated.date, text=text[stated.start : stated.end].strip()))


def stated_days(text: str) -> tuple[tuple[int, int, int, int], ...]:
    """Days without a year, such as '20 January' or 'May 3rd': start, end, month, day; a stretch of days is none."""
    with_year = [(one.start, one.end) for one in stated_dates(text)]
    found: list[tuple[int, int, int, int]] = []
    text = ascii_digits(text)
    for match in _day_and_month().finditer(text):
        day = re.match(r"\d+", match["d"] or match["e"])
        overlaps = any(start < match.end() and match.start() < end for start, end in with_year)
        if day is not None and not overlaps and not match["more"] and not match["rest"] and 1 <= int(day[0]) <= 31:
            found.append((match.start(), match.end(), _month(match["m"] or match["n"]), int(day[0])))
    return tuple(found)


def convention_of(texts: Iterable[str]) -> Convention:
    """What the dates in `texts` tell together: 20/1/2004 shows that days come first, 2012-13 that seasons are meant."""
    day_first: set[bool] = set()
    seasons = months = 0
    for text in texts:
        text = ascii_digits(text)
        for match in _dates_in(text) if _TELLING.search(text) else ():
            if match.lastgroup == "numeric" and match["numeric_s"].strip() != ".":
                a, b = int(match["numeric_a"]), int(match["numeric_b"])
                day_first |= {a > 12} if (a > 12) != (b > 12) else set()
            if match.lastgroup == "season":
                follows = int(match["season_b"]) == (int(match["season_y"]) + 1) % 100
                seasons += follows and int(match["season_b"]) > 12
                months += not follows and match["season_s"] == "-"
    return Convention(day_first.pop() if len(day_first) == 1 else None, bool(seasons) and not months)


def _is_glued(match: re.Match[str], text: str) -> bool:
    """Whether letters touch a bare year, as in AB2004 or 2004B; FY2004 is a year for all that."""
    before = text[max(0, match.start() - 8) : match.start()]
    after = text[match.end() : match.end() + 1].isalpha() and not _MARKED.match(text, match.end())
    return after or (before[-1:].isalpha() and not _YEAR_PREFIX.search(before))


def _stated(match: re.Match[str], text: str, convention: Convention, *, glued: bool = False) -> Stated | None:
    kind = match.lastgroup or ""  # the group that closed last is that of the whole alternative
    part = {short: value for name, short in _GROUPS[kind] if (value := match.group(name)) is not None}
    if kind == "year" and not glued and _is_glued(match, text):
        return None
    words = match.group().strip()
    if kind == "numeric":
        return _numeric(match, part, convention)
    year, month, day = _parts(kind, part, convention)
    if year >= 2400 and (kind == "buddhist" or _THAI.search(text)):
        year -= _BUDDHIST
    return Stated(match.start(), match.end(), _date(year, month, day, words))


def _parts(kind: str, part: dict[str, str], convention: Convention) -> tuple[int, int | None, int | None]:
    """Year, month and day of a match; a year of 0 stands for a date that is none."""
    year = int(part["y"]) if "y" in part else 0
    match kind:
        case "buddhist":
            return year or int(part["z"]), None, None
        case "iso" | "compact" | "cjk" | "yearmonth" | "monthyear":
            return year, _number(part.get("a")), _number(part.get("b"))
        case "han" | "era":
            counted = 1 if part["n"] == "元" else _number(part["n"])
            return _ERAS.get(part.get("e", ""), 0) + (counted or 0), _number(part.get("a")), _number(part.get("b"))
        case "viet":
            return year, _number(part["b"]), _number(part.get("a"))
        case "dmy" | "mdy" | "ymd":
            return year, _month(part["m"]), _number(re.match(r"\d+", part["d"]))
        case "wordy" | "mwy":
            return year, _month(part["m"]), _ORDINALS[part["d"].lower()]
        case "my" | "ym":
            return year, _month(part["m"]), None
        case "quarter" | "yearquarter":
            return year, 3 * int(part["a"]) - 2, None
        case "range":
            return (year if int(part["z"]) == year + 1 else 0), None, None
        case "season":
            return _season(year, part, convention)
        case _:
            return year, None, None


def _season(year: int, part: dict[str, str], convention: Convention) -> tuple[int, int | None, int | None]:
    """2012-13 and 2004/05 are the year that begins in the first; 2004-05 is May unless others show that it is not."""
    two = int(part["b"])
    follows = two == (year + 1) % 100
    if follows and (two > 12 or convention.seasons or part["s"].strip() != "-"):
        return year, None, None
    return year, two, None


def _numeric(match: re.Match[str], part: dict[str, str], convention: Convention) -> Stated:
    year, a, b, words = int(part["y"]), int(part["a"]), int(part["b"]), match.group().strip()
    day_first = True if part["s"].strip() == "." else convention.day_first
    if a > 12 or b > 12 or a == b:
        day_first = a > 12 or a == b
    if day_first is None:
        return Stated(match.start(), match.end(), _date(year, None, None, words), ambiguous=True)
    month, day = (b, a) if day_first else (a, b)
    return Stated(match.start(), match.end(), _date(year, month, day, words))


def english_month(number: int) -> str:
    """The English name of a month, 1..12."""
    return _MONTHS[number].split()[0].capitalize()


def month_number(word: str) -> int | None:
    """1..12 for the name of a month; what is also a word of its own, as 'may', only where it is capitalised."""
    name = word.casefold().rstrip(".")
    return None if name in _EVERYDAY and word[:1].islower() else _MONTH_OF.get(name)


def weekday_number(word: str) -> int | None:
    """0..6, from Monday, for the name of a weekday; what is also a word of its own only where it is capitalised."""
    name = word.casefold().rstrip(".")
    return None if name in _EVERYDAY and word[:1].islower() else weekday_of(word)


def _number(text: str | re.Match[str] | None) -> int | None:
    if text is None:
        return None
    digits = text if isinstance(text, str) else text.group()
    return int(digits) if digits.isdecimal() else han_value(digits)


def _month(name: str) -> int:
    name = name.rstrip(".").replace("İ", "i")
    return _MONTH_OF.get(name.lower()) or _MONTH_OF[name.replace("I", "ı").lower()]


def _date(year: int, month: int | None, day: int | None, words: str) -> ReportDate | None:
    precision = Precision.YEAR if month is None else Precision.MONTH if day is None else Precision.DAY
    try:
        return ReportDate(datetime.date(year, month or 1, day if day is not None else 1), precision, words)
    except ValueError:
        return None


def date_in_name(stem: str, convention: Convention | None = None) -> Stated | None:
    """The date that a file's name (without its suffix) states: the most precise, then the first; None without one."""
    text = re.sub(r"(?<=\d)_(?=\d)", "-", _without_hashes(ascii_digits(stem)))
    matches = _dates_in(text) if _HAS_YEAR.search(text) else ()
    stated = [found for match in matches if (found := _stated(match, text, convention or Convention(), glued=True))]
    dated = [found for found in stated if found.date is not None]
    if not stated:
        return _only_year(text)
    if not dated:
        return stated[0]
    return max(dated, key=lambda found: (len(str(found.date)), -found.start))


def _only_year(text: str) -> Stated | None:
    """The one year among numbers of other kinds, as in 10k-1988-001 and report.2016."""
    years = list(_YEAR_ALONE.finditer(text))
    if len(years) != 1:
        return None
    return Stated(years[0].start(), years[0].end(), _date(int(years[0].group()), None, None, years[0].group()))


def _without_hashes(stem: str) -> str:
    """The name without words such as 95eba4d8c191244c or v2004b3, in which digits do not mean a year."""

    def blank(match: re.Match[str]) -> str:
        word = match.group()
        groups = re.findall(r"\d+", word)
        letters = re.findall(r"[^\W\d_]+", word)
        mixed = len(groups) > 1 and letters and not all(part.lower() in _MONTH_OF or part in "TQqZ" for part in letters)
        return " " * len(word) if mixed else word

    return re.sub(r"[^\W_]+", blank, stem)


def parse_date(text: str) -> ReportDate | None:
    """The date that `text` states and nothing else: what a user or front matter gives. None where it is none."""
    words = text.strip().strip("'\"()[]").strip()
    found = stated_dates(words)
    if found:
        rest = words[: found[0].start] + words[found[0].end :]
        if len(found) == 1 and not found[0].ambiguous and _adds_nothing(rest):
            return found[0].date
    return _asked(words)


def _adds_nothing(rest: str) -> bool:
    """Whether what stands around a date is at most a weekday, a time or an era."""
    left = re.sub(r"\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:\s?[ap]m)?|UTC|[+-]\d{4}|[\W_]", "", rest)
    return len(left) <= 12 and not any(map(str.isdigit, left))


def _asked(words: str) -> ReportDate | None:
    """What dateparser makes of a date whose month our tables do not know; it must hold a day, a month and a year."""
    if not re.search(_YEAR, words) or len(words) > 40 or not re.search(r"[^\W\d_]{3}", words):
        return None
    import dateparser

    try:
        parsed = dateparser.parse(words, settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    except Exception:
        return None
    return None if parsed is None else ReportDate(parsed.date(), Precision.DAY, words)
