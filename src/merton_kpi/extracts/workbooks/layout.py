"""What openpyxl does not give of a sheet that it reads row by row.

Merged cells, hidden rows and columns, and formulas without a value: openpyxl has them only where it
reads a whole sheet into memory, or not at all.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.extracts.workbooks.package import (
    BROKEN,
    UnreadableError,
    create_parser,
    read_part,
)

if TYPE_CHECKING:
    from zipfile import ZipFile

MOST_CELLS = 1_000_000  # of a workbook, empty ones with a format too
LAST_COLUMN = 256  # that may have something in it
_LAST_ROW = 1_048_576
_WORKBOOK = "xl/workbook.xml"
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_TRUE = ("1", "true")


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """A range of cells: its rows and columns, counted from 1, the last ones too."""

    words: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """What a sheet has beside the values of its cells.

    `cells` counts all its cells, `last_column` is the last with something in it, and `unsolved` are
    the rows and columns of formulas without a value.
    """

    cells: int
    last_column: int

    unsolved: frozenset[tuple[int, int]]
    merged: tuple[Area, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]


def list_sheet_parts(package: ZipFile) -> dict[str, tuple[str, bool]]:
    """The part of each sheet by the sheet's name, in order, and whether the sheet is hidden.

    Raises:
        UnreadableError: The workbook does not name its parts as Excel does.
    """
    sheets: dict[str, tuple[str, bool]] = {}
    targets: dict[str, str] = {}

    def read_sheet(name: str, values: dict[str, str]) -> None:
        if name == "sheet":
            link = next((each for key, each in values.items() if key.endswith("}id")), "")
            sheets[values.get("name", "")] = (link, values.get("state", "visible") != "visible")

    def read_target(name: str, values: dict[str, str]) -> None:
        if name == "Relationship" and values.get("Type", "").endswith("/worksheet"):
            target = posixpath.normpath(posixpath.join("/xl", values.get("Target", "")))
            targets[values.get("Id", "")] = target.lstrip("/")

    read_part(package, _WORKBOOK, create_parser(read_sheet))
    read_part(package, "xl/_rels/workbook.xml.rels", create_parser(read_target))
    return {
        name: (targets[link], is_hidden)
        for name, (link, is_hidden) in sheets.items()
        if link in targets  # others are sheets of a chart
    }


def read_layout(package: ZipFile, part: str, most_cells: int = MOST_CELLS) -> Layout:
    """Read a sheet's part, to the end, for what openpyxl leaves out.

    Raises:
        UnreadableError: It is not XML, or has more cells than the limits.
    """
    reading = _LayoutReading(most_cells)
    parser = create_parser(reading.read_start)
    parser.EndElementHandler = lambda name: reading.read_end(name.rpartition("}")[2])
    parser.CharacterDataHandler = reading.read_text
    try:
        read_part(package, part, parser)
    except (ValueError, KeyError):
        raise UnreadableError(BROKEN) from None
    return Layout(
        cells=reading.cells,
        last_column=reading.last_column,
        unsolved=frozenset(reading.unsolved),
        merged=tuple(reading.merged),
        hidden_rows=frozenset(reading.hidden_rows),
        hidden_columns=frozenset(reading.hidden_columns),
    )


class _LayoutReading:
    """The parser's events of one sheet, followed one after another: it may be too large a tree."""

    def __init__(self, most_cells: int) -> None:
        self.cells = self.last_column = 0
        self.unsolved: list[tuple[int, int]] = []
        self.merged: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._most = most_cells
        self._row = self._column = 0
        self._is_text = self._is_formula = self._is_value = self._has_value = False

    def read_start(self, name: str, values: dict[str, str]) -> None:
        match name:
            case "c":
                self._read_cell(values)
            case "f":
                self._is_formula = True
            case "v" | "t":
                self._is_value = True
            case "row":
                self._read_row(values)
            case "col" if values.get("hidden") in _TRUE:
                last = min(int(values["max"]), LAST_COLUMN)
                self.hidden_columns.update(range(int(values["min"]), last + 1))
            case "mergeCell" if area := _read_area(values.get("ref", "")):
                self.merged.append(area)

    def read_text(self, text: str) -> None:
        if self._is_value and text.strip():
            self._has_value = True

    def read_end(self, name: str) -> None:
        if name in ("v", "t"):
            self._is_value = False
        elif name == "c":
            if self._has_value and self._column > LAST_COLUMN:
                message = f"row {self._row} has cells beyond column {LAST_COLUMN}"
                raise UnreadableError(f"{message}; is this the right file?", "file_size")
            if self._has_value or self._is_formula:
                self.last_column = max(self.last_column, self._column)
            if self._is_formula and not self._has_value and not self._is_text:
                self.unsolved.append((self._row, self._column))

    def _read_row(self, values: dict[str, str]) -> None:
        row = int(values.get("r", self._row + 1))
        if not self._row < row <= _LAST_ROW:  # openpyxl would leave out a row that comes late
            raise UnreadableError(BROKEN)
        self._row, self._column = row, 0
        if values.get("hidden") in _TRUE:
            self.hidden_rows.add(row)

    def _read_cell(self, values: dict[str, str]) -> None:
        self.cells += 1
        if self.cells > self._most:
            message = (
                f"the workbook has more than {MOST_CELLS:,} cells, with empty ones that have a"
            )
            message += " format; delete the columns and rows outside the table"
            raise UnreadableError(message, "file_size")
        self._column += 1
        if address := _ADDRESS.fullmatch(values.get("r", "")):
            self._column = _count_column(address[1])
        self._is_text = values.get("t") == "str"  # of a formula whose value may be no words
        self._is_formula = self._is_value = self._has_value = False


def _read_area(words: str) -> Area | None:
    found = _RANGE.fullmatch(words)
    if not found:
        return None
    return Area(
        words=words,
        first_row=int(found[2]),
        last_row=int(found[4]),
        first_column=_count_column(found[1]),
        last_column=_count_column(found[3]),
    )


def _count_column(letters: str) -> int:
    """The number of a column by its letters: 1 for `A`, 27 for `AA`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
