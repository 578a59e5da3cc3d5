"""Workbooks as services send them: cells, headers, and what is beside a table."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from helpers.return_books import HEADER, make_book, replace_parts, save
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from merton_kpi.core.issues import Severity
from merton_kpi.core.periods import Month
from merton_kpi.extracts.quoting import NOTHING, Quotable
from merton_kpi.extracts.reader import Extract, read_every_extract, read_extract

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

JULY = Month(2025, 7)
FILE = "2025-07-housing.xlsx"
ALL = Quotable(is_all=True)


def read(content: bytes, quotable: Quotable = ALL) -> Extract:
    return read_extract(content, FILE, JULY, quotable)


def list_places(extract: Extract) -> list[str]:
    return [f"{each.code} {str(each.place).removeprefix(FILE)}" for each in extract.issues]


def list_values(extract: Extract) -> list[tuple[str, str, str]]:
    return [(each.indicator, str(each.month), f"{each.value}") for each in extract.observations]


def test_a_workbook_is_read_as_a_csv_file_is() -> None:
    rows = [("1", "", 96.5, ""), ("2", "2025-06", 18, "late")]
    lines = ["indicator,period,value,note", *(",".join(map(str, row)) for row in rows)]
    csv = read_extract("\n".join(lines).encode(), "2025-07.csv", JULY, ALL)
    extract = read(make_book([("indicator", "period", "value", "note"), *rows]))
    assert list_values(extract) == list_values(csv)
    assert [each.note for each in extract.observations] == ["", "late"]
    assert (extract.rows, extract.issues) == (2, ())


def test_an_issue_names_file_sheet_and_cell(messages: Callable[..., None]) -> None:
    extract = read(make_book([HEADER, ("1", "", "ninety", "")]))
    assert [str(each.place) for each in extract.issues] == [f"{FILE}, sheet Return, cell C2"]
    messages(extract.issues)


def test_the_header_may_be_below_a_title_and_beside_other_columns(
    messages: Callable[..., None],
) -> None:
    extract = read(
        make_book(
            [
                ("Housing return for July 2025",),
                (),
                ("", "Team", "Indicator", "RAG", "Value"),
                ("x", "Voids", 1, "green", 96),
                (),
                ("", "Rents", 2, "red", 18),
            ]
        )
    )
    assert list_values(extract) == [("1", "2025-07", "96"), ("2", "2025-07", "18")]
    assert list_places(extract) == ["passed_over , sheet Return, row 3"]
    assert extract.issues[0].severity is Severity.WARNING
    messages(extract.issues)


def test_a_warning_of_columns_does_not_quote_them_where_figures_are_hidden(
    messages: Callable[..., None],
) -> None:
    book = make_book([("Indicator", "Value", "3 pupils"), ("1", 96, "x")])
    extract = read(book, NOTHING)
    assert list_places(extract) == ["passed_over , sheet Return, row 1"]
    messages(extract.issues)


def test_a_warning_of_columns_quotes_headings_without_a_count_all_the_same(
    messages: Callable[..., None],
) -> None:
    """The row has the names that every extract has, so it is no row of figures."""
    header = ("Indicator", "Value", "Measure", "Late: two", "Comentary")
    extract = read(make_book([header[:4], ("1", 96, "x", "y")]), NOTHING)
    assert list_places(extract) == ["passed_over , sheet Return, row 1"]
    misspelt = read(make_book([header, ("1", 96, "x", "y", "z")]), NOTHING)
    assert list_places(misspelt) == ["header , sheet Return, cell E1"]
    messages(extract.issues, misspelt.issues)


@pytest.mark.parametrize("quotable", [ALL, NOTHING], ids=["quoted", "not quoted"])
def test_a_column_is_named_once_over_the_files_of_one_source(
    quotable: Quotable, tmp_path: Path, messages: Callable[..., None]
) -> None:
    """A new column is named where it first comes; files of other names are another source."""
    rents = [("Indicator", "Value", "Measure", "3 late"), ("1", 96, "x", "y")]
    changed = [("Indicator", "Measure", "Value", "RAG", ""), ("1", "x", 96, "G", "z")]
    files: dict[str, list[tuple[Any, ...]]] = {
        "2025-05-rents.xlsx": rents,
        "2025-06-rents (2).xlsx": rents,
        "2025-07-rents.xlsx": changed,
        "2025-07-voids.xlsx": rents,
    }
    for name, rows in files.items():
        (tmp_path / name).write_bytes(make_book(rows))
    extracts = tuple((Month.read(name[:7]), tmp_path / name) for name in files)
    read = read_every_extract(extracts, quotable)
    warned = [each for extract, _ in read for each in extract.issues]
    names = [each.place.file.rpartition("/")[2] for each in warned]
    assert names == ["2025-05-rents.xlsx", "2025-07-rents.xlsx", "2025-07-voids.xlsx"]
    assert {each.code for each in warned} == {"passed_over"}
    messages(warned)


def test_a_column_of_two_sheets_is_named_once() -> None:
    rows = [("Indicator", "Value", "Measure"), ("1", 96, "x")]

    def add_sheet(sheet: Any) -> None:
        other = sheet.parent.create_sheet("Other")
        for row in (rows[0], ("2", 18, "y")):
            other.append(row)

    extract = read(make_book(rows, add_sheet))
    assert [each.indicator for each in extract.observations] == ["1", "2"]
    assert list_places(extract) == ["passed_over , sheet Return, row 1"]


def test_a_misspelt_column_is_an_error_that_names_its_cell(messages: Callable[..., None]) -> None:
    extract = read(make_book([("Indicator", "Value", "Comentary"), ("1", 96, "x")]))
    assert list_places(extract) == ["header , sheet Return, cell C1"]
    twice = read(make_book([("Indicator", "Value", "value"), ("1", 96, 97)]))
    assert list_places(twice) == ["header , sheet Return, cell C1"]
    messages(extract.issues, twice.issues)


@pytest.mark.parametrize("is_1904", [False, True])
def test_a_date_names_its_month_in_both_date_systems(*, is_1904: bool) -> None:
    book = openpyxl.Workbook()
    if is_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet: Any = book.active
    for row in (HEADER, ("1", date(2025, 6, 30), 96), ("2", datetime(2025, 5, 1, 9, 30), 18)):
        sheet.append(row)
    assert list_values(read(save(book))) == [("1", "2025-06", "96"), ("2", "2025-05", "18")]


def test_a_date_or_a_time_is_no_figure_and_no_number_of_an_indicator(
    messages: Callable[..., None],
) -> None:
    rows = [
        HEADER,
        (date(2025, 2, 1), "", 96),
        ("2", "", time(12, 30)),
        ("3", "", date(2025, 1, 5)),
    ]
    extract = read(make_book(rows))
    assert list_places(extract) == [
        "no_indicator , sheet Return, row 2",
        "date_in_cell , sheet Return, cell A2",
        "date_in_cell , sheet Return, cell C3",
        "date_in_cell , sheet Return, cell C4",
    ]
    messages(extract.issues[1:])


def test_a_formula_counts_by_the_value_that_excel_saved(messages: Callable[..., None]) -> None:
    """A program that writes formulas without working them out leaves none."""
    rows = [HEADER, ("1", "", "=20*2"), ("2", "", "=1/0"), ("3", "", 0.5)]
    book = make_book(rows)

    def solve(part: bytes) -> bytes:
        return re.sub(rb"(<f>20\*2</f>)<v *(/>|></v>)", rb"\1<v>40</v>", part)

    extract = read(replace_parts(book, sheet1=solve))
    assert list_values(extract) == [("1", "2025-07", "40"), ("3", "2025-07", "0.5")]
    assert list_places(extract) == ["no_value , sheet Return, cell C3"]
    messages(extract.issues)


def test_an_excel_error_is_an_error_in_a_column_of_words_too(messages: Callable[..., None]) -> None:
    extract = read(make_book([HEADER, ("1", "", "#REF!", ""), ("2", "", 5, "#N/A")]))
    assert list_places(extract) == [
        "excel_error , sheet Return, cell C2",
        "excel_error , sheet Return, cell D3",
    ]
    messages(extract.issues)


def test_merged_cells_in_the_table_are_an_error_and_a_merged_title_is_none(
    messages: Callable[..., None],
) -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("A1:D1")
        sheet.merge_cells("C3:C4")

    extract = read(make_book([("Housing",), HEADER, ("1", "", 96), ("2", "", None, "x")], merge))
    assert list_places(extract) == ["merged_cells , sheet Return, cell C3"]
    messages(extract.issues)


def test_hidden_rows_columns_and_sheets_are_named(messages: Callable[..., None]) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True
        other = sheet.parent.create_sheet("Old")
        other.append(HEADER)
        other.append(("1", "", 4))
        other.sheet_state = "veryHidden"
        sheet.parent.create_sheet("List").sheet_state = "hidden"

    extract = read(make_book([HEADER, ("1", "", 96), ("2", "", 18)], hide))
    assert len(extract.observations) == 2
    assert sorted(list_places(extract)) == [
        "hidden_columns , sheet Return",
        "hidden_rows , sheet Return",
        "hidden_sheet , sheet Old",
    ]
    assert {each.severity for each in extract.issues} == {Severity.WARNING}
    messages(extract.issues)


def test_each_sheet_with_a_header_is_read_and_one_with_figures_alone_is_named(
    messages: Callable[..., None],
) -> None:
    def add(sheet: Any) -> None:
        second = sheet.parent.create_sheet("Rents")
        second.append(HEADER)
        second.append(("2", "", 18))
        sheet.parent.create_sheet("Calculations").append((1, 2, 3))
        sheet.parent.create_sheet("Guidance").append(("How to fill this in",))

    extract = read(make_book([HEADER, ("1", "", 96)], add))
    assert list_values(extract) == [("1", "2025-07", "96"), ("2", "2025-07", "18")]
    assert list_places(extract) == ["no_header , sheet Calculations"]
    messages(extract.issues)


def test_a_workbook_without_a_header_is_an_error(messages: Callable[..., None]) -> None:
    extract = read(make_book([("No.", "Figure"), ("1", "words")]))
    assert list_places(extract) == ["no_header "]
    messages(extract.issues)


def test_text_is_text() -> None:
    def write(sheet: Any) -> None:
        for address, words in (("D2", "=SUM(A1)"), ("D3", "a_x000D_\nb"), ("C3", "17")):
            sheet[address].value, sheet[address].data_type = words, "s"

    extract = read(make_book([HEADER, ("1", "", 96, ""), ("2", "", "", "")], write))
    assert [each.note for each in extract.observations] == ["=SUM(A1)", "a\nb"]
    assert list_values(extract)[1] == ("2", "2025-07", "17")


def test_a_row_of_words_below_the_table_is_no_figure() -> None:
    extract = read(make_book([HEADER, ("1", "", 96), (), ("Source: Northgate, 3 August",)]))
    assert list_values(extract) == [("1", "2025-07", "96")]
    assert [each.code for each in extract.issues] == ["empty_row"]


def test_the_columns_that_kpi_adds_for_the_reader_are_passed_over_without_a_word() -> None:
    header = ("Indicator", "Value", "Unit", "Target", "Last three figures", "Last rating", "Due")
    extract = read(make_book([header, ("1", 96, "percent", "95% or more", "94%", "Green", "x")]))
    assert (list_values(extract), extract.issues) == ([("1", "2025-07", "96")], ())
    csv = b"indicator,value,unit\n1,,percent\n2,5,x\n"
    codes = [each.code for each in read_extract(csv, "2025-07.csv", JULY).issues]
    assert codes == ["empty_row"]


def test_a_declared_size_that_is_wrong_hides_no_row() -> None:
    book = make_book([HEADER, ("1", "", 96), ("2", "", 18)])
    cut = replace_parts(book, sheet1=lambda part: part.replace(b'ref="A1:D3"', b'ref="A1:A1"'))
    assert cut != book
    assert len(read(cut).observations) == 2


def test_a_message_quotes_no_cell_where_figures_are_hidden() -> None:
    extract = read(make_book([HEADER, ("1", "", "3 pupils")]), NOTHING)
    assert "pupils" not in extract.issues[0].message
