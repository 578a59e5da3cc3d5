"""A workbook read back: its cells by openpyxl, its parts as they stand in the package."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


class Book:
    """An xlsx file's bytes, read in both ways."""

    def __init__(self, content: bytes) -> None:
        archive = zipfile.ZipFile(io.BytesIO(content))
        self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.cells: Any = openpyxl.load_workbook(io.BytesIO(content))
        self.sheets = [Sheet(self, sheet, index) for index, sheet in enumerate(self.cells, 1)]

    def __getitem__(self, name: str) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def parse(self, name: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.parts[name])

    def find_charts(self) -> Iterator[ElementTree.Element]:
        names = [name for name in self.parts if name.startswith("xl/charts/")]
        for name in sorted(names, key=lambda name: int("".join(re.findall(r"\d", name)))):
            yield self.parse(name)


class Sheet:
    """A sheet: `lines` are the texts above its table, `rows` the table's own without headers."""

    def __init__(self, book: Book, cells: Any, index: int) -> None:
        self.cells, self.name = cells, cells.title
        self.xml = book.parse(f"xl/worksheets/sheet{index}.xml")
        self.tables = list(cells.tables.values())
        self.top = self.bottom = cells.max_row + 1
        self.headers: list[str] = []
        self.rows: list[list[Any]] = []
        if self.tables:
            table = [list(row) for row in cells[self.tables[0].ref]]
            self.headers, self.rows = [cell.value for cell in table[0]], table[1:]
            self.top, self.bottom = table[0][0].row, table[-1][0].row
        self.lines = [str(cells.cell(row, 1).value) for row in range(1, self.top)]

    def column(self, header: str) -> list[Any]:
        """The cells below a header."""
        return [row[self.headers.index(header)] for row in self.rows]

    def words(self) -> Iterator[str]:
        """Every text in it."""
        for row in self.cells.iter_rows():
            yield from (cell.value for cell in row if isinstance(cell.value, str))


def show_number(cell: Any) -> str:
    """A number as Excel shows it in its cell's format."""
    found = re.search(r"\.(0+)", cell.number_format)
    decimals = len(found[1]) if found else 0
    share = cell.number_format.endswith("%")
    value = Decimal(str(cell.value)) * (100 if share else 1)
    before, after = re.findall(r'^(?:"([^"]*)")?[^"]*(?:"([^"]*)")?$', cell.number_format)[0]
    minus = "-" if value < 0 else ""
    return f"{minus}{before}{abs(value):,.{decimals}f}{'%' * share}{after}"
