"""Sources of every kind: what becomes a report, what is skipped with which reason, and what is an error."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from litany.corpus import InputError, Precision, Series, from_texts, read
from litany.corpus.sources import Source

TEXT = "The lamp was lit at seven. It burned until the morning.\n"


def folder(tmp_path: Path, **files: str | bytes) -> Path:
    """A folder with files; `__` in a name stands for a point."""
    path = tmp_path / "notices"
    path.mkdir()
    for name, content in files.items():
        raw = content if isinstance(content, bytes) else content.encode()
        (path / name.replace("__", ".")).write_bytes(raw)
    return path


def reasons(series: Series) -> dict[str, str]:
    return {skip.path.rpartition("/")[2]: skip.reason for skip in series.skipped}


def test_a_folder_has_one_report_a_file(tmp_path: Path) -> None:
    path = folder(tmp_path, **{"2006__md": TEXT, "2004-01-20 title__txt": TEXT, "report_2005__txt": TEXT})
    series = read(path)
    assert (series.name, series.ids) == ("notices", ("2004", "2005", "2006"))
    assert [report.title for report in series.reports] == ["2004-01-20 title", "report_2005", "2006"]
    assert [report.date.precision for report in series.reports] == [Precision.DAY, Precision.YEAR, Precision.YEAR]
    assert series.reports[0].document.path == f"{path.as_posix()}/2004-01-20 title.txt"
    assert series.skipped == series.notices == series.missing == ()


def test_what_is_left_out_is_named_with_its_reason(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        **{
            "2004__txt": TEXT,
            "notes__txt": TEXT,
            "2005__txt": "",
            "2006__txt": "*** --- ***\n",
            "2007__txt": bytes(range(256)) * 4,
            "2008__pdf": b"%PDF-1.4",
            "2009__docx": b"PK\x03\x04",
            "2010__py": TEXT,
            "2011-02-31__txt": TEXT,
            "__hidden__txt": TEXT,
        },
    )
    (path / "sub").mkdir()
    series = read(path)
    assert series.ids == ("2004",)
    found = reasons(series)
    assert found["notes.txt"] == "no date in its name, front matter or first lines; pass --date notes.txt=2019"
    assert "empty" in found["2005.txt"]
    assert "no words" in found["2006.txt"]
    assert "binary" in found["2007.txt"]
    assert "PDF" in found["2008.pdf"]
    assert "Word" in found["2009.docx"]
    assert "no .txt or .md" in found["2010.py"]
    assert "a date that there is not" in found["2011-02-31.txt"]
    assert "folder" in found["sub"]
    assert len(found) == 9


DATED = [
    ("front matter", "---\ntitle: A notice\ndate: 2004-01-20\n---\n\n" + TEXT, "2004-01-20"),
    ("quoted front matter", '---\ndate: "20 January 2004"\n---\n' + TEXT, "2004-01-20"),
    ("toml front matter", '+++\ntitle = "A notice"\ndate = 2004-01-20\n+++\n' + TEXT, "2004-01-20"),
    ("heading", "# Notice of 20 January 2004\n\n" + TEXT, "2004-01-20"),
    ("bold heading", "**Notice of 20 January 2004**\n\n" + TEXT, "2004-01-20"),
    ("first line", "Notice of 20 January 2004\n\n" + TEXT, "2004-01-20"),
    ("last updated", "# Terms\n\n*Last updated: April 13, 2020*\n\n" + TEXT, "2020-04-13"),
    ("a line of its own", "Terms of use\n20 January 2004\n\n" + TEXT, "2004-01-20"),
    ("dateline", "BAKU, 20 January 2004 - The lamp was lit. Nobody came. " + TEXT, "2004-01-20"),
    ("dateline of an agency", "BAKU, January 20, 2004 (Agency) - The lamp was lit. Nobody came. " + TEXT, "2004-01-20"),
    ("dateline in brackets", "(Baku, 20 January 2004) The lamp was lit. Nobody came. " + TEXT, "2004-01-20"),
    ("front matter in german", "---\ndatum: 20. Januar 2004\n---\n" + TEXT, "2004-01-20"),
    ("released", "Press release\n\nFor release at 2:15 p.m. EDT\n\nAugust 9, 2005\n\n" + TEXT, "2005-08-09"),
]


@pytest.mark.parametrize(("text", "date"), [row[1:] for row in DATED], ids=[row[0] for row in DATED])
def test_where_a_date_may_stand(tmp_path: Path, text: str, date: str) -> None:
    path = folder(tmp_path, notice__md=text, **{"2000__txt": TEXT})
    series = read(path)
    assert [str(report.date) for report in series.reports] == ["2000", date]
    assert "---" not in series.reports[1].text
    assert "title" not in series.reports[1].text
    assert series.reports[1].text.endswith("It burned until the morning.")


UNDATED = [
    ("prose", "In 2004 the lamp was lit again, as it had been in every year before that one.\n"),
    ("far below", "The lamp.\n\n" * 8 + "# Notice of 2004\n\n" + TEXT),
    ("a year in brackets", "The Act (2004) was read. It was long, and nobody listened.\n"),
    ("a day without a year", "BAKU, January 20 (Agency) - The lamp was lit. Nobody came.\n"),
    ("two dates", "# From 2004 to 2006\n\n" + TEXT),
]


@pytest.mark.parametrize("text", [row[1] for row in UNDATED], ids=[row[0] for row in UNDATED])
def test_where_a_date_is_no_date_of_the_report(tmp_path: Path, text: str) -> None:
    series = read(folder(tmp_path, notice__md=text, **{"2000__txt": TEXT}))
    assert list(reasons(series)) == ["notice.md"]


def test_a_compilation_is_divided_by_itself_and_told_among_others(tmp_path: Path) -> None:
    path = folder(tmp_path, all__md=f"# Report 2004\n\n{TEXT}\n# Report 2005\n\n{TEXT}")
    assert read(path).ids == ("2004", "2005")
    (path / "2001.md").write_text(TEXT)
    series = read(path)
    assert series.ids == ("2001", "2004")
    assert [(notice.code, notice.path.rpartition("/")[2]) for notice in series.notices] == [("one-report", "all.md")]


def test_a_file_whose_headings_have_days_of_its_own_year_is_one_report_without_remark(tmp_path: Path) -> None:
    meetings = f"# Report 2004\n\n## Meeting of 3 May 2004\n\n{TEXT}\n## Meeting of 9 June 2004\n\n{TEXT}"
    series = read(folder(tmp_path, all__md=meetings, **{"2001__txt": TEXT}))
    assert series.ids == ("2001", "2004")
    assert not series.notices


def test_a_date_given_by_the_user_wins(tmp_path: Path) -> None:
    path = folder(tmp_path, **{"a__txt": TEXT, "2004__txt": TEXT})
    series = read(path, dates={"a.txt": "2025-01-18", f"{path}/2004.txt": "2003"})
    assert [str(report.date) for report in series.reports] == ["2003", "2025-01-18"]
    with pytest.raises(InputError, match=r"--date b\.txt=2004: there is no file of that name"):
        read(path, dates={"b.txt": "2004"})
    with pytest.raises(InputError, match=r"--date a\.txt=soon: 'soon' is no date; write it as 2004"):
        read(path, dates={"a.txt": "soon"})


def test_a_hyphen_at_a_line_end_is_judged_by_all_reports(tmp_path: Path) -> None:
    text = "The board met twice and talked at some length of the redistribution of the re-examined and unsold tickets."
    narrow = text.replace("redistribution", "redistri-\nbution").replace("re-examined", "re-\nexamined")
    path = folder(tmp_path, **{"2004__txt": narrow, "2005__txt": text})
    assert [report.text for report in read(path).reports] == [text, text]
    (path / "2005.txt").write_text("The board met once.")
    assert "redistri-bution" in read(path).reports[0].text, "nothing tells what it is"


def test_front_matter_gives_title_and_no_text(tmp_path: Path) -> None:
    path = folder(tmp_path, **{"2004__md": "---\ntitle: Terms\n---\n\n# Terms\n\n*Updated*\n\n## Part\n\n" + TEXT})
    report = read(path / "2004.md").reports[0]
    assert report.title == "Terms"
    assert report.text == "Updated\n\nPart\n\nThe lamp was lit at seven. It burned until the morning."
    assert report.lines == (5, 11)


TITLES = [
    ("plain", "A notice", "A notice"),
    ("double quotes", '"The \\"blue\\" lamp \\u00e9 \\\\ # 5"', 'The "blue" lamp é \\ # 5'),
    ("single quotes", "'The people''s # lamp' # a comment", "The people's # lamp"),
    ("comment", "A notice # a comment", "A notice"),
    ("folded", ">-\n  A notice\n  of two lines", "A notice of two lines"),
    ("an apostrophe", "The people's day", "The people's day"),
]


@pytest.mark.parametrize(("value", "title"), [row[1:] for row in TITLES], ids=[row[0] for row in TITLES])
def test_front_matter_means_what_yaml_means(tmp_path: Path, value: str, title: str) -> None:
    path = folder(tmp_path, **{"2004__md": f"---\ntitle: {value}\nauthor: x\n---\n\n{TEXT}"})
    assert read(path).reports[0].title == title


def test_what_is_no_file_of_its_own_is_not_read_twice(tmp_path: Path) -> None:
    path = folder(tmp_path, **{"2004__txt": TEXT, "2005__txt~": TEXT, "series__json": '{"schema": "litany/split/1"}'})
    (path / "latest.txt").symlink_to("2004.txt")
    series = read(path)
    assert series.ids == ("2004",)
    assert reasons(series) == {"latest.txt": "is a link to 2004.txt, which is in this folder"}


def test_a_title_may_stand_behind_a_picture(tmp_path: Path) -> None:
    picture = '<figure>\n  <img alt="a lamp" src="lamp.png">\n</figure>'
    path = folder(tmp_path, **{"2004__md": f"{picture}\n\n# The lamp\n\n{TEXT}"})
    report = read(path).reports[0]
    assert report.title == "The lamp"
    assert report.text.startswith("The lamp was lit")


@pytest.mark.parametrize("first", ["The lamp was lit on 17 October 2014.", "灯台祭は2014年10月17日に開催された。"])
def test_a_sentence_that_opens_a_text_and_has_a_date_is_no_title(tmp_path: Path, first: str) -> None:
    report = read(folder(tmp_path, **{"2014__txt": f"{first}\n\n{TEXT}"})).reports[0]
    assert report.title == "2014"
    assert report.text.startswith(first)


def test_a_section_heading_is_no_title(tmp_path: Path) -> None:
    path = folder(tmp_path, **{"2004__md": "## One\n\n" + TEXT + "\n## Two\n\n" + TEXT})
    report = read(path).reports[0]
    assert report.title == "2004"
    assert report.text.startswith("One\n\nThe lamp")


def test_ids_are_dates_where_a_year_has_several() -> None:
    series = from_texts({"2005-08": TEXT, "2004-01-20": TEXT, "2004-03-01": TEXT})
    assert series.ids == ("2004-01-20", "2004-03-01", "2005")


GAPS = [
    (["2004", "2006", "2007"], ("2005",)),
    (["2004", "2005", "2008", "2009"], ("2006", "2007")),
    (["2004", "2006"], ()),
    (["1789", "1793", "1797", "1801"], ()),
    (["2004", "2008", "2012", "2013"], ()),
    (["2004-01", "2004-07", "2006-01"], ()),
    (["2004"], ()),
]


@pytest.mark.parametrize(("dates", "missing"), GAPS)
def test_gaps_of_yearly_series_only(dates: list[str], missing: tuple[str, ...]) -> None:
    assert from_texts(dict.fromkeys(dates, TEXT)).missing == missing


def test_a_glob_and_several_paths(tmp_path: Path) -> None:
    path = folder(tmp_path, **{"2004__md": TEXT, "2005__md": TEXT, "2006__txt": TEXT})
    assert read(f"{path}/*.md").ids == ("2004", "2005")
    assert read([f"{path}/2006.txt", path / "2004.md"]).ids == ("2004", "2006")
    assert read([path, path / "2004.md", f"{path}/*.txt"]).ids == ("2004", "2005", "2006")


def test_the_order_of_paths_changes_nothing(tmp_path: Path) -> None:
    path = folder(tmp_path, **{"2004__md": TEXT, "2005__md": TEXT, "x__txt": TEXT})
    paths = sorted(path.iterdir())
    there, back = read(paths), read(paths[::-1])
    assert [(r.id, r.title, r.text) for r in there.reports] == [(r.id, r.title, r.text) for r in back.reports]
    assert (there.name, there.skipped, there.notices) == (back.name, back.skipped, back.notices)


def test_the_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    series = read("sample")
    assert (len(series), series.missing) == (15, ("2011",))
    assert series.name == "The Lamp Book: Notices of the Marram Haven Harbour Trust, 2006 to 2021"
    assert series.notices == series.skipped == ()
    Path("sample").mkdir()
    Path("sample/2004.txt").write_text(TEXT)
    own = read("sample")
    assert own.ids == ("2004",)
    assert [notice.code for notice in own.notices] == ["sample-shadowed"]


# ruff: noqa: E501 - a row an error
ERRORS: list[tuple[str, Callable[[Path], Source | list[Source]], str]] = [
    ("nothing", lambda p: p / "none.txt", r"none\.txt: no such file or folder; name a file"),
    ("a device", lambda p: "/dev/null", r"/dev/null: is no regular file; save"),
    ("an empty glob", lambda p: f"{p}/*.rst", r"the glob matches no file"),
    ("no source", lambda p: [], "no source given"),
    ("an empty folder", lambda p: p / "empty", "there is no file in this folder"),
    ("an empty file", lambda p: p / "empty.txt", r"empty\.txt: is empty"),
    ("no words", lambda p: p / "marks.txt", r"marks\.txt: has no words"),
    ("binary", lambda p: p / "binary.txt", r"binary\.txt: is not text \(binary data\)"),
    ("a later format", lambda p: p / "2004.docx", r"2004\.docx: is a Word file, which litany does not read yet; save it"),
    ("no date", lambda p: p / "undated.txt", r"undated\.txt: no report found: .* pass --date undated\.txt=2019"),
    ("two of one date", lambda p: p / "twice", r"two reports for 2004: .*a 2004\.txt:1 and .*b 2004\.txt:1; leave one out"),
    ("nothing in many", lambda p: p / "useless", r"no report found in 2 files: .*a\.txt: no date .*\(and 1 more\)"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "message"), [row[1:] for row in ERRORS], ids=[row[0] for row in ERRORS])
def test_errors_name_the_file_and_the_remedy(
    tmp_path: Path, source: Callable[[Path], Source | list[Source]], message: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "marks.txt").write_text("* * *\n")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02\x03" * 100)
    (tmp_path / "2004.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "undated.txt").write_text(TEXT)
    for name in ("twice/a 2004.txt", "twice/b 2004.txt", "useless/a.txt", "useless/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    with pytest.raises(InputError, match=message) as error:
        read(source(tmp_path))
    assert "\n" not in str(error.value)


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
SPOKEN = "Der Präsident legte am Denkmal einen Kranz für die Opfer nieder – „ewig“.\r\nDanach ging er fort.\r\n" * 8


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_encoding_changes_no_text(tmp_path: Path, encoding: str) -> None:
    path = folder(tmp_path, **{"2004__txt": SPOKEN.encode(encoding)})
    report = read(path).reports[0]
    assert report.text == from_texts({"2004": SPOKEN}).reports[0].text
    assert [str(report.place(s.start, s.end)) for s in report.sentences][1].endswith(":2:1")


@pytest.mark.parametrize("encoding", ["cp1252", "cp1251", "iso8859_9"])
def test_an_old_encoding_is_guessed_and_told(tmp_path: Path, encoding: str) -> None:
    spoken = {"cp1251": "Президент возложил венок к памятнику и сказал несколько слов. ", "cp1252": SPOKEN}
    text = spoken.get(encoding, "Cumhurbaşkanı bugün şehitlikte törene katıldı ve çelenk bıraktı. ") * 5
    series = read(folder(tmp_path, **{"2004__txt": text.encode(encoding)}))
    assert [notice.code for notice in series.notices] == ["encoding-guessed"]
    assert series.reports[0].text.split()[:3] == text.split()[:3]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    path = folder(tmp_path, **{"2004__txt": end.join(["One is here.", "", "Two is there.", ""])})
    report = read(path).reports[0]
    assert report.text == "One is here.\n\nTwo is there."
    assert str(report.place(14, 17)).endswith("2004.txt:3:1")


def test_texts_in_memory_are_checked() -> None:
    for texts, message in [
        ({}, "no text"),
        ({"soon": TEXT}, "'soon' is no date"),
        ({"2004": "..."}, "2004: has no words"),
        ({"2004": TEXT, "'2004'": TEXT}, "two reports for 2004"),
    ]:
        with pytest.raises(InputError, match=message):
            from_texts(texts)


def test_ambiguous_days_are_told(tmp_path: Path) -> None:
    series = read(folder(tmp_path, **{"notice 03-04-2004__txt": TEXT}))
    assert [notice.code for notice in series.notices] == ["ambiguous-date"]
    assert series.ids == ("2004",)
    (tmp_path / "x").mkdir()
    both = read(folder(tmp_path / "x", **{"3-4-2004__txt": TEXT, "25-4-2004__txt": TEXT}))
    assert both.ids == ("2004-04-03", "2004-04-25")


def test_the_door_is_light() -> None:
    code = "import sys, litany.corpus; print([m for m in ('numpy', 'chardet', 'ftfy', 'dateparser', 'markdown_it') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ))
    assert ran.stdout.strip() == "[]"
    import litany.corpus as door

    assert all(getattr(door, name) is not None for name in door.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        door.nothing  # noqa: B018


def test_a_folder_of_folders_names_the_pattern_that_reads_them(tmp_path: Path) -> None:
    for year in (2004, 2005):
        folder = tmp_path / "series" / str(year)
        folder.mkdir(parents=True)
        (folder / "report.md").write_text(TEXT)
    with pytest.raises(
        InputError, match=r"only folders such as .*/2004; name one of them, or .*: '.*/series/\*\*/\*.md'"
    ):
        read(tmp_path / "series")
    series = read(f"{tmp_path}/series/**/*.md")
    assert series.ids == ("2004", "2005"), "each has a folder of its own, which tells its date"


def test_a_folder_that_has_several_files_dates_none_of_them(tmp_path: Path) -> None:
    folder = tmp_path / "2004"
    folder.mkdir()
    for name in ("README.md", "2005.md", "other.md"):
        (folder / name).write_text(TEXT)
    assert read(folder).ids == ("2005",)


@pytest.mark.parametrize(
    ("heading", "date"),
    [
        ("# Statement, 17 October 2004", "2004-10-17"),
        ("# Statement of October 2004", "2004-10"),
        ("# The year ended 31 March 2005", "2004"),
        ("# The year 2004", "2004"),
    ],
)
def test_a_heading_may_tell_the_day_of_the_year_in_the_name(tmp_path: Path, heading: str, date: str) -> None:
    (tmp_path / "2004.md").write_text(f"{heading}\n\n{TEXT}")
    [report] = read(tmp_path).reports
    assert (report.id, str(report.date)) == ("2004", date)
