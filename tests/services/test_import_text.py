"""The bytes of files, whatever program wrote them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.services.import_columns import COMMENTS, ROSTER
from training.services.import_text import Columns, Line, Unreadable, decode, read_csv, read_jsonl

TWO = Columns(required=("staff_id", "given_name"))


def fault_of(body: bytes, columns: Columns = TWO) -> str:
    with pytest.raises(Unreadable) as caught:
        read_csv(decode(body)[0], columns)
    first = caught.value.faults[0]
    return f"{first.line}: {first.text}"


def test_the_example_of_the_docstring() -> None:
    body = '\ufeffstaff_id;given_name\nS01;"Zoë\nAnn"\nS02;Bo\n'.encode()
    sheet = read_csv(decode(body)[0], TWO)
    assert sheet.columns == ("staff_id", "given_name")
    assert sheet.lines == (
        Line(2, {"staff_id": "S01", "given_name": "Zoë\nAnn"}),
        Line(4, {"staff_id": "S02", "given_name": "Bo"}),
    )


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_every_encoding_that_spreadsheets_write_is_understood(encoding: str, named: str) -> None:
    text = "staff_id,given_name\nS01,Zoë Müller\n"
    assert decode(text.encode(encoding)) == (text, named)


def test_bytes_that_windows_never_wrote_are_read_as_latin_1() -> None:
    assert decode(b"staff_id,given_name\nS01,\x81\xe9\n")[1] == "latin-1"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_separator_and_line_end_is_understood(separator: str, end: str) -> None:
    text = end.join([separator.join(("staff_id", "given_name")), separator.join(("S01", "Bo"))])
    assert read_csv(text, TWO).lines == (Line(2, {"staff_id": "S01", "given_name": "Bo"}),)


def test_the_line_by_which_excel_names_its_separator_is_skipped() -> None:
    text = "sep=;\nstaff_id;given_name\nS01;Bo\n"
    assert read_csv(text, TWO).lines == (Line(3, {"staff_id": "S01", "given_name": "Bo"}),)


def test_headings_may_have_capitals_spaces_and_another_order() -> None:
    sheet = read_csv("Given Name,STAFF-ID\nBo,S01\n", TWO)
    assert sheet.lines[0].cells == {"given_name": "Bo", "staff_id": "S01"}


def test_blank_lines_and_rows_of_separators_are_skipped() -> None:
    sheet = read_csv("staff_id,given_name\n\n,,,\nS01,Bo,,\n", TWO)
    assert sheet.lines == (Line(4, {"staff_id": "S01", "given_name": "Bo"}),)
    assert not sheet.faults


def test_a_picture_named_csv_is_refused_in_plain_words() -> None:
    assert "a picture" in fault_of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")


def test_a_workbook_is_refused_with_what_to_do() -> None:
    assert "Save the table as CSV" in fault_of(b"PK\x03\x04rest")


def test_a_nul_is_refused_with_its_line() -> None:
    assert fault_of(b"staff_id,given_name\nS01,B\0o\n").startswith("2: This line holds a NUL")


@pytest.mark.parametrize("body", [b"", b" \n\n", b"\xef\xbb\xbf", b",,,\n"])
def test_an_empty_file_is_refused(body: bytes) -> None:
    assert fault_of(body).startswith("1: ")


def test_a_cell_of_ten_megabytes_is_refused_with_its_line() -> None:
    body = b"staff_id,given_name\nS01,Bo\nS02," + b"x" * 10_000_000
    assert fault_of(body).startswith("3: A cell is far too long.")


def test_a_million_columns_are_refused() -> None:
    assert "1,000,001 columns" in fault_of(b"a" + b",b" * 1_000_000)


def test_a_quotation_mark_that_never_closes_is_told_where_it_opens() -> None:
    found = fault_of(b'staff_id,given_name\nS01,"Bo\nS02,Cy\n')
    assert found == "2: A quotation mark opens here and is never closed."


def test_a_stray_quotation_mark_is_told_with_its_line() -> None:
    assert fault_of(b'staff_id,given_name\nS01,"B"o\n').startswith("2: A quotation mark stands")


@pytest.mark.parametrize("near", ["first_name_given", "First name", "given"])
def test_a_missing_column_is_told_with_the_headings_there_are_and_the_nearest(near: str) -> None:
    found = fault_of(f"staff_id,phone,{near}\nS01,1,Bo\n".encode())
    assert found == (
        f"1: No column tells “given_name”. Your file has: staff_id, phone, {near}. "
        f"Rename one (perhaps “{near}”) to given_name."
    )


def test_a_missing_column_says_what_it_tells_and_what_to_call_it() -> None:
    found = fault_of(b"Response ID,When,Comment\nR1,x,Kind\n", COMMENTS)
    assert found == (
        "1: No column tells when a comment was left. Your file has: Response ID, When, Comment. "
        "Rename one to Date."
    )


def test_every_missing_column_is_told_at_once() -> None:
    with pytest.raises(Unreadable) as caught:
        read_csv("staff_id\nS01\n", ROSTER)
    assert len(caught.value.faults) == 3


def test_a_column_named_twice_is_refused() -> None:
    assert "twice" in fault_of(b"staff_id,given_name,given_name\nS01,Bo,Cy\n")


def test_a_row_with_too_many_cells_is_a_fault_of_that_line_alone() -> None:
    sheet = read_csv("staff_id,given_name\nS01,Bo,Reed\nS02,Cy\n", TWO)
    assert [line.number for line in sheet.lines] == [3]
    assert sheet.faults[0].line == 2
    assert sheet.faults[0].text.startswith("There are 3 cells but only 2 columns.")


def test_json_lines_are_read_and_bad_ones_told() -> None:
    good = '{"comment_id": "D1", "left_on": "2026-03-01", "text": "Kind", "rating": 5, "x": null}'
    bad = ["[1]", "{", '{"comment_id": ["D2"]}', "[" * 50_000]
    sheet = read_jsonl("\n".join([good, *bad]), COMMENTS)
    assert sheet.lines[0].cells["rating"] == "5"
    assert sheet.lines[0].cells["x"] == ""
    assert [fault.line for fault in sheet.faults] == [2, 3, 4, 5]


def test_json_lines_without_a_needed_column_are_refused() -> None:
    with pytest.raises(Unreadable, match="when a comment was left"):
        read_jsonl('{"comment_id": "D1", "text": "Kind"}', COMMENTS)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_nothing_else(body: bytes) -> None:
    with suppress(Unreadable):
        assert read_csv(decode(body)[0], TWO).columns
