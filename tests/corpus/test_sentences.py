"""Sentences and tokens: where they are cut and where they are not."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litany.corpus.sentences import guess_language, segment, tokenize


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in segment(text)[0].tolist()]


def tokens(text: str) -> list[str]:
    """The tokens, those that are no words in angle brackets."""
    found = tokenize(text)
    pairs = zip(found.spans.tolist(), found.is_word.tolist(), strict=True)
    return [text[start:end] if is_word else f"<{text[start:end]}>" for (start, end), is_word in pairs]


CUTS = [
    ("two", "One is here. Two is there.", 2),
    ("ends of three kinds", "Is it? It is! It is.", 3),
    ("titles", "Mr. Smith met Dr. Jones and Prof. Dr. Meier. They left.", 2),
    ("initials", "J. F. Kennedy came. He left.", 2),
    ("states", "The U.S. Government said so. It was Monday.", 2),
    ("numbers", "See No. 5 and Art. 7. It is there.", 2),
    ("clock", "He came at 5 p.m. on Monday. He left.", 2),
    ("abbreviation", "It was approx. five. It was more.", 2),
    ("item", "1. First we go. 2. Then we stay.", 2),
    ("numbered article", "Article 5. Travel. Staff may travel by train.", 2),
    ("numbered part", "Part IV. The end. All is said.", 2),
    ("numbered paragraph", "§ 7b. Geltung. Dies gilt für alle.", 2),
    ("section of a section", "Section 3.2. Scope of the rules.", 1),
    ("numbered article within", "All is free. See Article 5. Travel is not.", 3),
    ("year at the start", "In 2005. We came.", 2),
    ("ordinal", "He won 1. place in it. She won too.", 2),
    ("german date", "Am 20. Januar war der Tag und die Nacht. Es war gut.", 2),
    ("german ordinal", "Das Museum feierte den 40. Geburtstag und seinen 3. Tag der offenen Tür. Es war gut.", 2),
    ("german count", "Es waren wohl 40. Das war gut und nicht zu wenig.", 2),
    ("german year", "Das war im Jahr 2014. Der Rest kam mit der Zeit.", 2),
    ("german title", "Sie kam mit Hrn. Pell und Frl. Dr. Meier. Das war gut und nicht zu spät.", 2),
    ("danish ordinal", "Museet holdt sit 40. Årsmøde og det var godt for os. Der var mange.", 2),
    ("french list", "Voir les nos. 4 et 5 de la liste. Il y en a une autre.", 2),
    ("quote", 'He said: "It is so. We go." He left.', 2),
    ("brackets of their own", "(He left.) Then he came.", 2),
    ("brackets inside", "He left (see Art. 5) at once. Then he came.", 2),
    ("no white space", "Visit example.com.Then go.", 1),
    ("version", "It is 3.5 metres. Or 4.", 2),
    ("dash behind a mark", "It is your data, not ours! — is a big deal. It is.", 2),
    ("brackets behind", "They have no men. (2019)", 1),
    ("ellipsis", "It ended... And then it began.", 2),
    ("chinese", "你好。世界！好的。", 3),
    ("chinese quotes", "他说：“你好。”她走了。", 2),
    ("japanese", "今日は晴れです。明日は雨です。", 2),
    ("hindi", "यह एक वाक्य है। यह दूसरा है।", 2),
    ("lines", "One is here\nTwo is there", 2),
    ("paragraphs", "One is here\n\nTwo is there", 2),
    ("marks behind", "One is here. ... Two is there.", 2),
    ("marks only", "...", 1),
    ("nothing", "", 0),
    ("the month of May ends a sentence", "The roof was mended in May. Mrs Brown left in May. It rained.", 3),
    ("letters with full stops before a number", "Пришли 64 человека, т. е. 41 % членов. Потом пришли гости.", 2),
    ("a short form before a small letter", "Było nas 40, tj. dużo. Tak było co roku w mieście.", 2),
    ("ukrainian initials", "Збори відбулися у м. Києві. О. П. Шевченко виступив.", 2),
    ("thai short forms", "ประชุมเวลา 13.00 น. ณ ห้องประชุม ในปี พ.ศ. 2560 มีสมาชิกมาก", 1),
    ("thai sentences", "มีสมาชิก 410 คน นอกจากนี้มีการบรรยายพิเศษ และมีอาหาร อย่างไรก็ตาม รายได้ลดลง", 3),
    ("hindi short forms", "डॉ. वर्मा आए। प्रा. लि. कंपनी बंद हुई।", 2),
    ("korean dates", "회의는 2019. 5. 3. 개최되었다. 40명이 참석했다.", 2),
    ("japanese quotes within", "「行こう！」と彼は言った。約40名（うち女性3名。）が出席。", 2),
    ("the month of May within one", "On May. 5 and in May we met.", 1),
]


@pytest.mark.parametrize(("text", "count"), [row[1:] for row in CUTS], ids=[row[0] for row in CUTS])
def test_where_sentences_end(text: str, count: int) -> None:
    assert len(sentences(text)) == count, sentences(text)


def test_paragraphs_are_numbered() -> None:
    spans, paragraphs = segment("One. Two.\nThree.\n\nFour.\n\nFive.")
    assert paragraphs.tolist() == [0, 0, 0, 1, 2]
    assert spans.shape == (5, 2)


# ruff: noqa: E501 - a row a word
WORDS = [
    ("apostrophes", "people's don’t Azerbaijan`s 'so'", ["people's", "don’t", "Azerbaijan`s", "<'>", "so", "<'>"]),
    ("hyphens", "armed-to-the-teeth well--known a - b", ["armed-to-the-teeth", "well", "<->", "<->", "known", "a", "<->", "b"]),
    ("numbers", "1,234.5 5-1/2 3.", ["1,234.5", "5-1/2", "3", "<.>"]),
    ("signs", "$5 5% -5 £3", ["<$>", "5", "5", "<%>", "<->", "5", "<£>", "3"]),
    ("marks", "Yes... (no)!", ["Yes", "<.>", "<.>", "<.>", "<(>", "no", "<)>", "<!>"]),
    ("underscores", "snake_case _x_", ["snake_case", "<_>", "x", "<_>"]),
    ("accents", "e\u0301te\u0301's", ["e\u0301te\u0301's"]),
    ("chinese", "你好。", ["你", "好", "<。>"]),
    ("kana with marks", "か\u3099ーア", ["か\u3099", "ー", "ア"]),
    ("thai", "สวัสดี", ["ส", "วั", "ส", "ดี"]),
    ("korean", "한국어 말", ["한국어", "말"]),
    ("hindi", "नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
    ("arabic", "مرحبا، بكم", ["مرحبا", "<،>", "بكم"]),
    ("hebrew with direction marks", "\u200fשלום\u200e", ["\u200fשלום\u200e"]),
    ("emoji", "👨‍👩‍👧 👍🏽 ❤️", ["<👨‍👩‍👧>", "<👍🏽>", "<❤️>"]),
    ("beyond the first plane", "𝒳𝒴 𠀀𠀁", ["𝒳𝒴", "𠀀", "𠀁"]),
    ("a surrogate", "a\ud800b", ["a", "<\ud800>", "b"]),
    ("catalan", "col·legi", ["col·legi"]),
    ("nothing", " \n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in WORDS], ids=[row[0] for row in WORDS])
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


LANGUAGES = [
    ("en", "The people of the town and the band came to the mole."),
    ("de", "Die Leute aus der Stadt und die Kapelle kamen von der Mole."),
    ("fr", "Les gens de la ville et les musiciens sont venus pour une fête."),
    ("ru", "Президент возложил венок и сказал, что это не так."),
    ("zh", "总统向纪念碑献花圈。"),
    ("ja", "大統領は記念碑に花輪を捧げました。"),
    ("ar", "وضع الرئيس إكليلا من الزهور"),
    ("en", ""),
]


@pytest.mark.parametrize(("language", "text"), LANGUAGES)
def test_languages(language: str, text: str) -> None:
    assert guess_language(text) == language


_SLOW = re.compile(r"\S")


@given(st.text(alphabet=st.characters(exclude_categories=["Cc"], include_characters="\n"), max_size=200))
def test_sentences_and_tokens_tile_what_can_be_seen(text: str) -> None:
    """No sentence or token overlaps another; every visible character is in one of each; tokens lie in sentences."""
    seen = {found.start() for found in _SLOW.finditer(text)}
    spans = segment(text)[0].tolist()
    found = tokenize(text)
    for rows in (spans, found.spans.tolist()):
        covered: set[int] = set()
        last = 0
        for start, end in rows:
            assert last <= start < end <= len(text)
            last = end
            covered |= set(range(start, end))
        assert seen <= covered
    for start, end in spans:
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
    starts = [start for start, _ in spans]
    for start, end in found.spans.tolist():
        assert not any(start < cut < end for cut in starts), "a sentence begins inside a token"


def slow_tokens(text: str) -> list[str]:
    """A plain twin of `tokenize` for Latin text: letters and digits with single marks between them."""
    return re.findall(r"[^\W_]+(?:(?:['’`_‐‑·-]|(?<=\d)[.,/](?=\d))[^\W_]+)*|[^\w\s]|_", text)


@given(st.text(alphabet="aé9ß '’`-.,/·_(%\n", max_size=80))
def test_the_fast_tokens_are_the_plain_ones(text: str) -> None:
    found = tokenize(text)
    assert [text[start:end] for start, end in found.spans.tolist()] == slow_tokens(text)


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=30))
def test_letters_and_digits_are_words(text: str) -> None:
    assert tokenize(text).is_word.all()


@given(st.text(max_size=100))
def test_composing_a_text_keeps_its_words(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert len(tokenize(composed).spans) <= len(tokenize(text).spans)
