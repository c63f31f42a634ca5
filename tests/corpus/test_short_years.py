"""Years of two digits: read only where several names or headings have such dates and tell where the year stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from litany.corpus import InputError, read
from litany.corpus.short_years import in_full

ROWS = [
    ("points", ["3.5.98", "12.05.99"], ["3.5.1998", "12.05.1999"]),
    ("slashes", ["3/5/98", "14/5/00"], ["3/5/1998", "14/5/2000"]),
    ("the year first, as no day is 98", ["98-05-03", "99-05-12"], ["1998-05-03", "1999-05-12"]),
    ("the year last, as no day is 94", ["03-05-12", "31-05-94"], ["03-05-2012", "31-05-1994"]),
    ("first or last", ["10-05-12", "11-05-13"], None),
    ("only one", ["3.5.98", "report"], None),
    ("none", ["3 May 1998", "4 May 1999"], None),
    (
        "names of months",
        ["Notice of 3 May 98", "Notice of May 4, 99"],
        ["Notice of 3 May 1998", "Notice of May 4, 1999"],
    ),
    ("an apostrophe", ["May '98", "June ’03"], ["May 1998", "June 2003"]),
    ("German", ["3. Mai 98", "4. Juni 99"], ["3. Mai 1998", "4. Juni 1999"]),
    ("a day is no year", ["May 19", "May 20"], None),
    ("a time is no year", ["3 May 10:30", "4 May 11:30"], None),
    ("a telephone number", ["01.02.03.04.05", "01.02.03.04.06"], None),
    ("a version", ["2.10.4", "2.10.5"], None),
    ("a day there is not", ["31.02.98", "30.02.99"], None),
]


@pytest.mark.parametrize(("texts", "full"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_years_are_written_out(texts: list[str], full: list[str] | None) -> None:
    found = in_full(texts)
    assert (None if found is None else [one.text for one in found]) == full
    assert found is None or [one.as_written(one.text) for one in found] == texts


def test_files_whose_names_have_years_of_two_digits(tmp_path: Path) -> None:
    for name in ("minutes 12.05.98", "minutes 11.05.99", "minutes 17.05.00"):
        (tmp_path / f"{name}.txt").write_text("The lamp was lit at seven. It burned until the morning.\n")
    series = read(tmp_path)
    assert [str(report.date) for report in series.reports] == ["1998-05-12", "1999-05-11", "2000-05-17"]
    assert [report.date.text for report in series.reports] == ["12.05.98", "11.05.99", "17.05.00"]
    [notice] = series.notices
    assert "1950 to 2049" in notice.message


@pytest.mark.parametrize("contents", ["", "## Contents\n\n- Notice of 3.5.98\n- Notice of 4.5.99\n\n"])
def test_a_compilation_whose_headings_have_years_of_two_digits(tmp_path: Path, contents: str) -> None:
    text = "The lamp was lit at seven. In 1990 the gate was new; it was painted again."
    path = tmp_path / "notices.md"
    path.write_text(f"# Notices\n\n{contents}## Notice of 3.5.98\n\n{text}\n\n## Notice of 4.5.99\n\n{text}\n")
    series = read(path)
    assert [(str(report.date), report.title) for report in series.reports] == [
        ("1998-05-03", "Notice of 3.5.98"),
        ("1999-05-04", "Notice of 4.5.99"),
    ]
    assert [report.text for report in series.reports] == [text, text]
    assert [notice.code for notice in series.notices] == ["short-years"]


def test_a_name_with_spaces_is_quoted_in_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "the minutes.txt").write_text("The lamp was lit at seven.\n")
    with pytest.raises(InputError, match=r"pass --date 'the minutes\.txt=2019'"):
        read(tmp_path)
