"""What spreadsheets write is read; what cannot be read is refused with the mend."""

import csv

import pytest
from sqlalchemy import select

from portal.core.club import stores
from portal.core.club.members import Member

STORES = "code,name,zone,tills\n"
MEMBERS = "external_id,email,name,tier,points,card\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators_marks_and_line_ends_of_every_spreadsheet(bring, session, separator, mark, end):
    text = f'Code,NAME,zone,tills{end}pier,"Pier, Café",,Till 1|Till 2{end}'.replace(",", separator)
    assert bring("stores", mark + text.encode()).exit_code == 0
    [pier] = stores.every(session)
    assert pier.name == f"Pier{separator} Café".strip()
    assert [till.name for till in stores.tills_in(session, pier.id)] == ["Till 1", "Till 2"]


@pytest.mark.parametrize(
    "text, said",
    [
        (
            b"code,name,zone,till\n",
            "Unknown column: till: take it out; the columns are code, name, zone, tills.\nMissing",
        ),
        (b"code,name,zone,tills,name\n", "Column that stands twice: name: keep one."),
        (
            b"code,name,zone,tills\npier,Caf\xe9,,\n",
            "The file is not UTF-8: save it once more as “CSV UTF-8”.",
        ),
        (b"\xff\xfec\x00o\x00", "The file is not UTF-8: save it once more as “CSV UTF-8”."),
        (
            b"",
            "Missing column: code, name, zone, tills: add it; its cells may stay empty where the format says",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(bring, text, said):
    result = bring("stores", text)
    assert (result.exit_code, f"Error: {said}" in result.output) == (1, True), result.output


@pytest.mark.parametrize(
    "line, said",
    [
        (
            "pier,Pier",
            "the header has 4 columns, this line 2: put quotation marks around text that holds a ,",
        ),
        (
            "pier,Pier,,,x",
            "the header has 4 columns, this line 5: put quotation marks around text that holds a ,",
        ),
        ('"pier"x,Pier,,', "mend the quotation marks (',' expected after '\"')"),
    ],
)
def test_a_line_that_is_no_csv_is_named_and_the_next_is_read(bring, session, line, said):
    result = bring("stores", STORES + line + "\nquay,Quay,,\n")
    assert result.output == f"Line 2: {said}.\nstores.csv: 1 new, 0 changed, 0 unchanged, 1 left out.\n"
    assert [store.name for store in stores.every(session)] == ["Quay"]


def test_lines_are_counted_as_an_editor_counts_them(bring):
    text = MEMBERS + '\nx1,,"Ada\n",,,\n\n\nx2,,Bo,,many,\n'
    assert bring("members", text).output.startswith("Line 7, points: use a whole number such as 120.\n")


@pytest.mark.parametrize(
    "cell, mend",
    [
        ("x" * 10_001, "shorten it to at most 10,000 characters"),
        ("bell\x07", "type it again: it holds an invisible control character"),
        ("nul\x00", "type it again: it holds an invisible control character"),
    ],
)
def test_a_cell_that_no_one_typed_is_refused(bring, cell, mend):
    result = bring("members", f"{MEMBERS}x1,,{cell},,,\n")
    assert result.output.startswith(f"Line 2, name: {mend}.\n")


def test_a_formula_is_text_and_stays_text_in_the_report(bring, session, tmp_path):
    report = tmp_path / "report.csv"
    text = MEMBERS + '=1+1,,"=HYPERLINK(""x"")",,,\n@me,,+3,,many,\n'
    assert bring("members", text, "--report", str(report)).exit_code == 1
    kept = session.scalars(select(Member)).one()
    assert (kept.external_id, kept.name) == ("=1+1", '=HYPERLINK("x")')
    with report.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["line", "key", "column", "remark", "is_fault"],
            ["3", "'@me", "points", "use a whole number such as 120", "yes"],
        ]


def test_more_remarks_than_a_screen_holds_are_counted(bring, session):
    text = MEMBERS + "".join(f"x{n},,Ada,,many,\n" for n in range(120))
    said = bring("members", text).output.splitlines()
    assert len(said) == 102
    assert said[100:] == [
        "… and 20 more: see a file with --report FILE.csv.",
        "members.csv: 0 new, 0 changed, 0 unchanged, 120 left out.",
    ]
    assert session.scalars(select(Member)).all() == []
