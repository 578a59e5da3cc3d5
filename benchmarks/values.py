"""What a built workbook holds, as plain values for other programs to write.

    python benchmarks/values.py WORKBOOK VALUES

VALUES has two pickles: the sheets, which any Python can read, then the styles, for openpyxl's.
Charts are not among them.
"""

from __future__ import annotations

import pickle
import sys
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import openpyxl
import openpyxl.reader.excel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from openpyxl import Workbook

Value = str | int | float | None
Look = tuple[str, dict[str, Any]]  # a named style, and the facets that a cell's own style gives
FACETS = ("font", "fill", "border", "alignment", "number_format")


class Sheet(TypedDict):
    """A sheet: its rows' values and, beside them, the number of each one's look."""

    name: str
    rows: list[list[Value]]
    looks: list[list[int]]
    widths: dict[str, float]
    heights: dict[int, float]
    links: dict[str, str]  # from a cell to a place
    table: tuple[str, str] | None  # its name and its range
    top: int  # the row of the table's headers
    held: str | None  # the first cell that is scrolled


class Styles(TypedDict):
    """The named styles' facets, and every look."""

    named: dict[str, dict[str, Any]]
    looks: list[Look]


def read_workbook(path: Path) -> tuple[list[Sheet], Styles]:
    """Read a workbook's values and its styles."""
    # Reading a chart takes as long as reading hundreds of cells, and nothing would use it.
    openpyxl.reader.excel.find_images = lambda *_: ([], [])  # type: ignore[attr-defined]
    book = openpyxl.load_workbook(path)
    words: dict[Value, Value] = {}

    def share(value: Value) -> Value:
        """The same words are one text in memory, as they were when the workbook was written."""
        return words.setdefault(value, value) if isinstance(value, str) else value

    return [_read_sheet(sheet, share) for sheet in book], _read_styles(book)


def _read_sheet(sheet: Any, share: Callable[[Value], Value]) -> Sheet:
    rows = [_strip_row(row) for row in sheet.iter_rows()]
    table = next(iter(sheet.tables.values()), None)
    return Sheet(
        name=sheet.title,
        rows=[[share(cell.value) for cell in row] for row in rows],
        looks=[[cell.style_id for cell in row] for row in rows],
        widths={letter: each.width for letter, each in sheet.column_dimensions.items()},
        heights={number: each.height for number, each in sheet.row_dimensions.items()},
        links={
            cell.coordinate: cell.hyperlink.location
            for row in rows
            for cell in row
            if cell.hyperlink
        },
        table=(table.displayName, table.ref) if table else None,
        top=sheet[table.ref][0][0].row if table else 0,
        held=sheet.freeze_panes,
    )


def _strip_row(row: Sequence[Any]) -> Sequence[Any]:
    """The row without the cells at its end that openpyxl made up to fill it."""
    last = max((cell.column for cell in row if cell.has_style or cell.value is not None), default=0)
    return row[:last]


def _read_styles(book: Workbook) -> Styles:
    """The looks are read off a cell that takes each of them in turn."""
    cell: Any = book.create_sheet().cell(1, 1)
    looks = []
    for each in book._cell_styles:  # type: ignore[attr-defined]
        cell._style = each
        looks.append((cell.style, _copy_facets(cell)))
    named = {each.name: _copy_facets(each) for each in book._named_styles}  # type: ignore[attr-defined]
    return Styles(named=named, looks=looks)


def _copy_facets(styled: Any) -> dict[str, Any]:
    return {name: copy(getattr(styled, name)) for name in FACETS}


if __name__ == "__main__":
    with Path(sys.argv[2]).open("wb") as file:
        for part in read_workbook(Path(sys.argv[1])):
            pickle.dump(part, file, protocol=4)
