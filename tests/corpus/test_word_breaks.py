"""Text that puts no spaces between words: by characters, and by ICU's words where it is installed."""

from __future__ import annotations

import pytest
from litany.analysis import align_sentences, compare, diff_words, trace_origins
from litany.corpus import from_texts, word_breaks
from litany.corpus.sentences import tokenize

CHARACTERS, WORDS = "characters", "words"


@pytest.fixture(params=[CHARACTERS, WORDS])
def unit(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test both ways."""
    if request.param == WORDS:
        breakers = pytest.importorskip("icu4py.breakers", reason="the extra icu is not installed")
        monkeypatch.setattr(word_breaks, "word_breaker", lambda: breakers.WordBreaker)
    return request.param


def tokens(text: str) -> list[str]:
    return [text[start:end] for start, end in tokenize(text).spans.tolist()]


ZH = [
    "港務局於十月十七日晚上在西防波堤舉行一年一度的點燈儀式。",
    "主席奧克先生代表全體委員歡迎來賓，並感謝守燈人過去一年的辛勞。",
    "冬季期間，西防波堤上的十一盞燈全部更換，費用由郡政府與私人捐款共同負擔。",
    "過去一年沒有任何船隻在航道上失事，也沒有船隻擱淺。",
    "隨後樂隊沿著防波堤奏樂前行，來賓在漁網倉庫享用茶點。",
]
ZH_NEXT = [
    "港務局於十月十八日晚上在西防波堤舉行一年一度的點燈儀式。",
    "主席溫福利特女士歡迎來賓，並感謝守燈人的辛勞。",
    "過去一年沒有任何船隻在航道上失事，也沒有船隻擱淺。",
    "冬季期間更換了西防波堤上的十二盞燈。",
    "費用由郡政府與私人捐款共同負擔。",
    "來賓在漁網倉庫享用茶點。",
]
JA = [
    "港湾局は十月十七日の夜、西の防波堤で毎年恒例の点灯式を行った。",
    "議長のオーク氏は来賓を歓迎し、灯台守の一年間の労に感謝した。",
    "冬の間に西の防波堤の十一個の灯がすべて交換され、費用は郡と寄付によってまかなわれた。",
    "この一年、航路で失われた船はなく、座礁した船もなかった。",
]
JA_NEXT = [
    "港湾局は十月十八日の夜、西の防波堤で恒例の点灯式を行った。",
    "この一年、航路で失われた船はなく、座礁した船もなかった。",
    "議長のウェインフリート女史は来賓を歓迎し、灯台守に感謝した。",
    "冬の間に西の防波堤の十二個の灯が交換された。",
    "費用は郡と寄付によってまかなわれた。",
]
THAI = [
    "คณะกรรมการท่าเรือจัดพิธีจุดโคมไฟประจำปีที่เขื่อนกันคลื่นด้านตะวันตก",
    "ประธานกล่าวต้อนรับแขกและขอบคุณผู้ดูแลประภาคารสำหรับการทำงานตลอดปี",
    "มีการเปลี่ยนโคมไฟสิบเอ็ดดวงในฤดูหนาวโดยใช้เงินบริจาค",
    "ไม่มีเรือลำใดอับปางในร่องน้ำในปีที่ผ่านมา",
]
THAI_NEXT = [
    "คณะกรรมการท่าเรือจัดพิธีจุดโคมไฟที่เขื่อนกันคลื่นด้านตะวันออก",
    "ไม่มีเรือลำใดอับปางในร่องน้ำในปีที่ผ่านมา",
    "ประธานกล่าวต้อนรับแขกและขอบคุณผู้ดูแลประภาคาร",
    "มีการเปลี่ยนโคมไฟสิบสองดวงในฤดูหนาวโดยใช้เงินของเมือง",
]
Links = set[tuple[tuple[int, ...], tuple[int, ...], bool]]
SERIES: list[tuple[str, list[str], list[str], Links]] = [
    (
        "Chinese",
        ZH,
        ZH_NEXT,
        {
            ((0,), (0,), False),
            ((1,), (1,), False),
            ((3,), (2,), True),
            ((2,), (3, 4), False),
            ((4,), (5,), False),
        },
    ),
    (
        "Japanese",
        JA,
        JA_NEXT,
        {((0,), (0,), False), ((3,), (1,), True), ((1,), (2,), False), ((2,), (3, 4), False)},
    ),
    (
        "Thai",
        THAI,
        THAI_NEXT,
        {((0,), (0,), False), ((3,), (1,), True), ((1,), (2,), False), ((2,), (3,), False)},
    ),
]


@pytest.mark.parametrize(("old", "new", "links"), [row[1:] for row in SERIES], ids=[row[0] for row in SERIES])
def test_sentences_are_linked_whatever_a_word_is(unit: str, old: list[str], new: list[str], links: Links) -> None:
    assert {(link.old, link.new, link.moved) for link in align_sentences(old, new).links} == links
    first = trace_origins([old, new])[1]
    assert [(origin.first_seen, origin.sentence) for origin in first] == [
        (0, link[0][0]) for link in sorted(links, key=lambda link: link[1]) for _ in link[1]
    ]


def test_without_icu_each_character_is_a_word() -> None:
    assert tokens("十月十七日，OK") == ["十", "月", "十", "七", "日", "，", "OK"]
    assert tokens("โคมไฟที่") == ["โ", "ค", "ม", "ไ", "ฟ", "ที่"]  # with its marks


@pytest.mark.parametrize("unit", [WORDS], indirect=True)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("港務局於十月十七日晚上", ["港務局", "於", "十月", "十七", "日", "晚上"]),
        ("17日OK港務局", ["17", "日", "OK", "港務局"]),
        ("โคมไฟ สิบเอ็ด", ["โคม", "ไฟ", "สิบ", "เอ็ด"]),
        ("\U00020000。十月", ["\U00020000", "。", "十月"]),  # characters beyond 16 bits
        ("No such script.", ["No", "such", "script", "."]),
    ],
)
def test_icu_finds_the_words(unit: str, text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_edits_are_in_whole_words_or_characters(unit: str) -> None:
    old, new = tokens("門口的募款捐給基金。"), tokens("門口的捐款捐給基金。")
    changed = [(old[i], new[j]) for i, j in diff_words(old, new).matches if old[i] != new[j]]
    assert changed == ([("募款", "捐款")] if unit == WORDS else [("募", "捐")])


def test_a_series_says_that_icu_found_its_words(unit: str) -> None:
    series = from_texts({"2001": "".join(ZH), "2002": "".join(ZH_NEXT)})
    assert [notice.code for notice in series.notices] == (["word-breaks"] if unit == WORDS else [])
    assert compare(series).measures[1].words == sum(len(tokens(text)) - marks(text) for text in ZH_NEXT)


def marks(text: str) -> int:
    return len(tokenize(text).spans) - int(tokenize(text).is_word.sum())


def test_a_series_with_spaces_says_nothing(unit: str) -> None:
    assert not from_texts({"2001": "The lamp was lit."}).notices
