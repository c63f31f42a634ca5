"""Small series for tests of what is shown: one of plain notices, and one whose texts and names are hostile."""

from __future__ import annotations

import datetime

import numpy as np
from litany.corpus.report import Document, Notice, OffsetMap, Precision, Report, ReportDate, Series, Skipped
from litany.corpus.sentences import segment, tokenize

LAMP = "The lamp was lit at seven by Mrs Hale, and the company sang."
TEA = "Tea was served in the net loft, and there was enough of it."
WIND = "A light wind blew from the west, and the rain held off until ten."
NAMES = "The eleven names were read aloud, and after each the bell was struck."
BOX = "The collection came to 412 pounds, of which half goes to the boat."
SEAL = "A seal watched from the bar, as it does in most years."
THANKS = "The Trust thanks all who came and asks them to come again."


def report(name: str, text: str, *, title: str | None = None, path: str = "notices.md", start: int = 0) -> Report:
    """A report as it would be read from a document that holds nothing else from `start` on."""
    spans, paragraphs = segment(text, "en")
    tokens = tokenize(text)
    ends = np.searchsorted(tokens.spans[:, 0], spans[:, 1])
    year = int(name[:4]) if name[:4].isdigit() else 2000
    return Report(
        id=name,
        date=ReportDate(datetime.date(year, 10, 17), Precision.DAY, f"17 October {year}"),
        title=title or f"Lamp Night {name}",
        document=Document(path, "\n" * start + text),
        start=start,
        end=start + len(text),
        text=text,
        offsets=OffsetMap(np.array([0]), np.array([start])),
        sentence_spans=spans,
        sentence_paragraphs=paragraphs,
        tokens=tokens,
        sentence_tokens=np.concatenate(([0], ends)).astype(np.int64),
    )


def paragraphs(*texts: str) -> str:
    return "\n\n".join(texts)


def lamp_nights() -> Series:
    """Four reports: 2004 was written from 2001, with a passage moved; 2005 is 2004 word for word."""
    first = paragraphs(LAMP, TEA, WIND, NAMES, BOX, SEAL, THANKS)
    second = paragraphs("The gate was shut by order of the harbour master.", "Nobody sang this year.", THANKS)
    third = paragraphs(
        BOX.replace("412", "530"), LAMP.replace("Mrs Hale", "Captain Orde"), TEA, WIND, NAMES, SEAL, THANKS
    )
    texts = {"2001": first, "2002": second, "2004": third, "2005": third}
    reports = tuple(report(name, text, path="/home/someone/lamp/notices.md") for name, text in texts.items())
    skipped = (Skipped("/home/someone/lamp/old/list.txt", "no date in its name or first lines; pass --date"),)
    notices = (Notice("contents-disagree", "The list of contents names 1999.", "/home/someone/lamp/notices.md", 3),)
    return Series("The Lamp Book", reports, ("2003",), skipped, notices)


HOSTILE = [
    "<script>alert(1)</script> was said.",
    "</style></p></div> closes \"nothing\" & 'all' stands: {{ 7 * 7 }} {% raw %}.",
    "A right-to-left mark \u202e turns \u2067 around.",
    "Control \x00\x01\x1b[31m\x7f\x85 characters.",
    "Emoji 👩‍👩‍👧‍👦 and 🏴‍☠️ and combining a\u0300\u0301\u0302.",
    "שלום עולם, وهذا نص عربي.",
    f"A word of {'x' * 10_000} letters.",
    "javascript:alert(1) and https://example.com/ are text.",
]


def hostile() -> Series:
    """Two reports of hostile texts with hostile names."""
    first, second = paragraphs(*HOSTILE), paragraphs(*reversed(HOSTILE), "A <b>new</b> end.")
    names = ('"><img src=x onerror=alert(1)>', "../../etc/passwd")
    reports = tuple(
        report(name, text, title=f"<h1>{name}</h1>\u202e\x07", path=f'/srv/<i>{k}</i>/"quoted".md')
        for k, (name, text) in enumerate(zip(names, (first, second), strict=True))
    )
    skipped = (Skipped("/srv/<b>.md", "<b>no</b> date\x00"),)
    return Series("<title>&amp;\u202e</title>", reports, ("2001",), skipped, (Notice("<c>", "<m>", "/srv/<p>"),))
