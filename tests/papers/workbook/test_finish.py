"""What is done to the saved package: each fault is still openpyxl's, and is gone afterwards.

A test of a fault that fails says that openpyxl has mended it: take the step out of `finish`.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import openpyxl
import pytest
from helpers.xlsx import DRAWING, MAIN, Book
from openpyxl.chart import LineChart, Reference
from openpyxl.styles import Font, NamedStyle
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.writer.excel import ExcelWriter

from merton_kpi.papers.workbook.finish import write_package

if TYPE_CHECKING:
    from collections.abc import Callable

MOMENT = datetime(2020, 11, 30)
ABSOLUTE = re.compile(rb'Target="/')


def save_workbook() -> bytes:
    """A workbook with a table, a chart, a style and a row's height, as openpyxl saves it."""
    book = openpyxl.Workbook(write_only=True)
    book.add_named_style(NamedStyle(name="Body", font=Font(name="Arial", size=12)))
    sheet = book.create_sheet("Figures")
    table = Table(displayName="Figures", ref="A1:B2")
    table.tableColumns = [TableColumn(id=1, name="No."), TableColumn(id=2, name="Figure")]
    sheet.tables.add(table)
    sheet.row_dimensions[1] = RowDimension(sheet, index=1, ht=15.75)
    sheet.append(["No.", "Figure"])
    sheet.append(["1", 2])
    drawn = book.create_sheet("Charts")
    chart = LineChart()
    chart.add_data(Reference(range_string="Figures!$B$2:$B$2"))
    drawn.add_chart(chart, "A1")
    drawn.append(["Charts"])
    buffer = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(buffer, "w")).save()
    return buffer.getvalue()


def list_parts(content: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def saved() -> bytes:
    return save_workbook()


@pytest.fixture(scope="module")
def finished(saved: bytes) -> bytes:
    return write_package(io.BytesIO(saved), MOMENT, ['A line & its "figures"\nof two'], "Body")


def has_clock_times(content: bytes) -> bool:
    entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    return any(entry.date_time != MOMENT.timetuple()[:6] for entry in entries)


def has_trace_of_machine(content: bytes) -> bool:
    return any(entry.create_system for entry in zipfile.ZipFile(io.BytesIO(content)).infolist())


def has_absolute_part_names(content: bytes) -> bool:
    parts = list_parts(content)
    return any(name.endswith(".rels") and ABSOLUTE.search(part) for name, part in parts.items())


def has_drawing_without_prefix(content: bytes) -> bool:
    return b"<xdr:wsDr" not in list_parts(content)["xl/drawings/drawing1.xml"]


def has_chart_without_description(content: bytes) -> bool:
    drawing = ElementTree.fromstring(list_parts(content)["xl/drawings/drawing1.xml"])
    return any(not frame.get("descr") for frame in drawing.iter(f"{DRAWING}cNvPr"))


def has_sheet_without_dimension(content: bytes) -> bool:
    return any(sheet.xml.find(f"{MAIN}dimension") is None for sheet in Book(content).sheets)


def warns_of_numbers_stored_as_text(content: bytes) -> bool:
    return any(sheet.xml.find(f"{MAIN}ignoredErrors") is None for sheet in Book(content).sheets)


def has_calibri_as_normal_font(content: bytes) -> bool:
    return bool(Book(content).cells._fonts[0].name == "Calibri")


FAULTS: list[Callable[[bytes], bool]] = [
    has_clock_times,
    has_absolute_part_names,
    has_drawing_without_prefix,
    has_chart_without_description,
    has_sheet_without_dimension,
    warns_of_numbers_stored_as_text,
    has_calibri_as_normal_font,
]


@pytest.mark.parametrize("has_fault", FAULTS, ids=[each.__name__ for each in FAULTS])
def test_openpyxl_still_has_the_fault(saved: bytes, has_fault: Callable[[bytes], bool]) -> None:
    assert has_fault(saved)


@pytest.mark.parametrize(
    "has_fault",
    [*FAULTS, has_trace_of_machine],  # Windows leaves no trace
    ids=lambda each: each.__name__,
)
def test_the_finished_package_has_not(finished: bytes, has_fault: Callable[[bytes], bool]) -> None:
    assert not has_fault(finished)


def test_openpyxl_still_fixes_the_height_of_every_row_that_has_one(saved: bytes) -> None:
    assert b'customHeight="1"' in list_parts(saved)["xl/worksheets/sheet1.xml"]


def test_nothing_else_is_changed(saved: bytes, finished: bytes) -> None:
    before, after = list_parts(saved), list_parts(finished)
    assert list(before) == list(after)
    mended = re.compile(r"sheet\d|\.rels$|drawing|styles")
    assert {name for name in before if before[name] != after[name]} - {"_rels/.rels"} == {
        name for name in before if mended.search(name)
    } - {"_rels/.rels"}  # whose names are relative already
    rows = [[cell.value for cell in row] for row in Book(finished)["Figures"].cells.iter_rows()]
    assert rows == [["No.", "Figure"], ["1", 2]]


def test_a_description_is_kept_to_the_letter(finished: bytes) -> None:
    drawing = ElementTree.fromstring(list_parts(finished)["xl/drawings/drawing1.xml"])
    (frame,) = drawing.iter(f"{DRAWING}cNvPr")
    assert frame.get("descr") == 'A line & its "figures"\nof two'


def test_a_description_too_few_is_refused(saved: bytes) -> None:
    with pytest.raises(ValueError, match="zip"):
        write_package(io.BytesIO(saved), MOMENT, [], "Body")


@pytest.mark.parametrize(
    ("moment", "stamp"),
    [
        (datetime(1975, 11, 30), (1980, 1, 1, 0, 0, 0)),
        (datetime(1979, 12, 31, 23, 59, 59), (1980, 1, 1, 0, 0, 0)),
        (datetime(1980, 1, 1), (1980, 1, 1, 0, 0, 0)),
        (datetime(2107, 12, 31), (2107, 12, 31, 0, 0, 0)),
        (datetime(2108, 1, 1), (2107, 12, 31, 0, 0, 0)),
    ],
    ids=["1975", "a second too early", "the first", "the last", "a day too late"],
)
def test_a_time_that_no_zip_file_can_hold_becomes_the_nearest(
    saved: bytes, moment: datetime, stamp: tuple[int, ...]
) -> None:
    content = write_package(io.BytesIO(saved), moment, ["A"], "Body")
    assert {part.date_time for part in zipfile.ZipFile(io.BytesIO(content)).infolist()} == {stamp}


def test_a_reference_to_a_character_becomes_the_character() -> None:
    cell = b'<c r="A1"><t>&#128512; &#233; &#13; &#38;#128512;</t></c>'
    sheet = b"<worksheet><sheetViews />" + cell + b"</worksheet>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    parts = list_parts(write_package(buffer, MOMENT, [], "Body"))
    assert "<t>😀 é &#13; &#38;#128512;</t>" in parts["xl/worksheets/sheet1.xml"].decode()


def test_it_does_not_matter_what_wrote_the_parts(saved: bytes, finished: bytes) -> None:
    """Empty elements and declarations are written by lxml in another way."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in list_parts(saved).items():
            if not name.startswith("xl/worksheets/sheet"):
                declaration = b"<?xml version='1.0' encoding='UTF-8'?>\n"
                archive.writestr(name, declaration + part.replace(b" />", b"/>"))
            else:
                archive.writestr(name, part)
    again = write_package(io.BytesIO(buffer.getvalue()), MOMENT, ["A"], "Body")
    first = write_package(io.BytesIO(saved), MOMENT, ["A"], "Body")
    for name, part in list_parts(again).items():
        if re.search(r"\.rels$|drawing|styles", name):
            assert part == list_parts(first)[name], name
