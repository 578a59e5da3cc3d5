"""The same workbook by openpyxl alone: the cells, styles, tables and pages, without the charts.

    python benchmarks/straight.py VALUES OUT

It is as fast as openpyxl's ordinary way allows: a style is made once, and a cell gets it by
number, without the copying and looking up that `cell.style = …` takes. It begins with the imports
that `kpi build` cannot do without, so that the two differ only in the work.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2  # noqa: F401 - see above
import pydantic  # noqa: F401
import typer  # noqa: F401
import yaml  # noqa: F401
from openpyxl import Workbook
from openpyxl.styles import NamedStyle
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from values import Sheet, Styles


def write_workbook(sheets: Iterable[Sheet], styles: Styles, out: Path) -> None:
    """Write the sheets' values, each cell in its look."""
    book = Workbook()
    looks = _make_looks(book, styles)
    for each in sheets:
        sheet = book.create_sheet(each["name"])
        _write_cells(sheet, each, looks)
        _mark_up(sheet, each)
        _set_page(sheet)
    book.remove(book.worksheets[0])
    book.save(out)


def _make_looks(book: Any, styles: Styles) -> list[Any]:
    font = styles["named"]["Normal"]["font"]
    book._fonts = IndexedList([font])  # a column's width counts in the first one
    book._named_styles["Normal"].font = font
    for name, facets in styles["named"].items():
        if name not in book.named_styles:
            book.add_named_style(NamedStyle(name=name, **facets))
    cell = book.worksheets[0].cell(1, 1)
    looks = []
    for name, facets in styles["looks"]:
        cell.style = name
        for facet, value in facets.items():
            setattr(cell, facet, value)
        looks.append(cell._style)
    return looks


def _write_cells(sheet: Any, given: Sheet, looks: list[Any]) -> None:
    for row, (values, numbers) in enumerate(zip(given["rows"], given["looks"], strict=True), 1):
        for column, (value, number) in enumerate(zip(values, numbers, strict=True), 1):
            cell = sheet.cell(row, column, value)
            cell._style = looks[number]
    for place, target in given["links"].items():
        sheet[place].hyperlink = Hyperlink(ref=place, location=target)


def _mark_up(sheet: Any, given: Sheet) -> None:
    for letter, width in given["widths"].items():
        sheet.column_dimensions[letter].width = width
    for number, height in given["heights"].items():
        sheet.row_dimensions[number].height = height
    sheet.freeze_panes = given["held"]
    if given["table"]:
        name, place = given["table"]
        table = Table(displayName=name, ref=place)
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        sheet.add_table(table)
        sheet.print_title_rows = f"{given['top']}:{given['top']}"


def _set_page(sheet: Any) -> None:
    """A3 landscape, one page wide."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 8, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = 0.4
    margins.header = margins.footer = 0.2


if __name__ == "__main__":
    with Path(sys.argv[1]).open("rb") as file:
        write_workbook(pickle.load(file), pickle.load(file), Path(sys.argv[2]))
