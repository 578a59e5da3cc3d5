"""An Excel workbook's bytes to the tables of its sheets, as a CSV file gives one.

Each visible sheet with a header among its first rows is a table. openpyxl reads the cells, a row at
a time; nothing in the workbook is run or followed.
"""

from __future__ import annotations

import io
import warnings
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from merton_kpi.core.issues import Issue, Place, Severity, shorten
from merton_kpi.core.periods import join_labels
from merton_kpi.extracts.columns import HEADING, REQUIRED, Record, Table
from merton_kpi.extracts.csv_reader import MOST_RECORDS
from merton_kpi.extracts.faults import Fault
from merton_kpi.extracts.layouts.row_selection import select_rows
from merton_kpi.extracts.workbooks.cells import EMPTY, CellText, read_cell
from merton_kpi.extracts.workbooks.header import (
    ROWS,
    SheetHeader,
    check_others,
    read_sheet_header,
)
from merton_kpi.extracts.workbooks.layout import (
    MOST_CELLS,
    Layout,
    list_sheet_parts,
    read_layout,
)
from merton_kpi.extracts.workbooks.package import BROKEN, UnreadableError, open_package

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from zipfile import ZipFile

    from merton_kpi.extracts.layouts.file_layout import FileLayout
    from merton_kpi.extracts.quoting import Quotable

    _Row = tuple[int, dict[int, CellText]]  # its number, and its cells by their columns' numbers

_FIGURES = ("indicator", "value", "numerator", "denominator", "forecast")
_DATE = len("2025-07-31")
_MONTH = len("2025-07")
_MOST_ISSUES = 20  # of one kind, in a sheet


def read_workbook(
    content: bytes, quotable: Quotable, layout: FileLayout
) -> tuple[tuple[Table, ...], int, tuple[Issue, ...]]:
    """Read a workbook.

    Args:
        content: The file's bytes.
        quotable: The rows that its issues may quote.
        layout: Its file, and how that is laid out.

    Returns:
        The tables, in the order of their sheets; how many rows could not be read, which is 0; and
        the issues. There are no tables where the workbook cannot be read.
    """
    try:
        package = open_package(content)
        tables, issues = _read_sheets(content, package, _Rules(quotable, layout))
        if not _has_table(tables, issues) and layout.own:
            own = _read_sheets(content, package, _Rules(quotable, layout.own))
            tables, issues = own if _has_table(*own) else (tables, issues)
    except UnreadableError as error:
        place = Place(file=layout.file)
        return (), 0, (Issue(code=error.code, place=place, message=str(error)),)
    if not _has_table(tables, issues):
        message = _explain_no_table(layout)
        issues = tuple(each for each in issues if each.code != "no_header")  # it says the same
        place = Place(file=layout.file)
        issues = (*issues, Issue(code="no_header", place=place, message=message))
    return tables, 0, issues


def _has_table(tables: tuple[Table, ...], issues: tuple[Issue, ...]) -> bool:
    """Whether a sheet has a table; also one with a fault that keeps it from being read."""
    return bool(tables) or any(each.code in ("header", "file_size") for each in issues)


def _explain_no_table(layout: FileLayout) -> str:
    sheet = f" '{shorten(layout.sheet)}'" if layout.sheet else ""
    message = (
        f"there is no sheet{sheet} with the columns {_format_required(layout)} within its first"
    )
    message += f" {ROWS} rows; write these names above the figures, or, if it has headings of its"
    return f"{message} own, {layout.format_columns_advice(dict.fromkeys(REQUIRED, HEADING))}"


def _format_required(layout: FileLayout) -> str:
    """The headings of the columns that every extract has, in the file's own words."""
    return join_labels(f"'{shorten(layout.headings.get(name, name))}'" for name in REQUIRED)


def _read_sheets(
    content: bytes, package: ZipFile, rules: _Rules
) -> tuple[tuple[Table, ...], tuple[Issue, ...]]:
    tables: list[Table] = []
    issues: list[Issue] = []
    parts = list_sheet_parts(package)
    cells = MOST_CELLS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, of what it does not keep when it saves
        book = _open_book(content)
        for sheet in book.worksheets:
            part, is_hidden = parts.get(sheet.title, ("", True))
            if not part or not rules.can_read(sheet.title):
                continue
            layout = read_layout(package, part, cells)
            cells -= layout.cells
            place = Place(file=rules.layout.file, sheet=shorten(sheet.title))
            reading = _SheetReading(sheet, layout, place, rules)
            table = reading.read(is_hidden=is_hidden)
            issues += reading.issues
            if table:
                tables.append(table)
                rules = rules.add_named(table.passed_over)
    return tuple(tables), tuple(issues)


def _open_book(content: bytes) -> Any:
    """The workbook; openpyxl has many errors for one that is damaged, and no word for all."""
    try:
        return load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        raise UnreadableError(BROKEN) from error


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a workbook's issues may quote, and its layout."""

    quotable: Quotable
    layout: FileLayout

    def can_read(self, sheet: str) -> bool:
        """Whether a sheet is to be read."""
        return self.layout.sheet in ("", sheet)

    def add_named(self, named: Mapping[str, str]) -> _Rules:
        """The rules for the next sheet, after a warning has named these columns."""
        layout = replace(self.layout, named={**self.layout.named, **named})
        return replace(self, layout=layout)


class _SheetReading:
    """One sheet's reading: its issues so far, beside what is needed of it for each."""

    def __init__(self, sheet: Any, layout: Layout, place: Place, rules: _Rules) -> None:
        self.issues: list[Issue] = []
        self._sheet, self._layout = sheet, layout
        self._place, self._rules = place, rules

    def read(self, *, is_hidden: bool) -> Table | None:
        """The sheet's table; None where it has none, or is hidden."""
        rows = self._list_rows()
        first = list(islice(rows, ROWS))
        at = next(
            (
                at
                for at, row in enumerate(first)
                if self._rules.layout.is_header(self._list_texts(row))
            ),
            None,
        )
        if is_hidden:
            if at is not None:
                message = "the sheet is hidden, so it is not read; unhide it, or delete it, or, to"
                message += f" read one sheet alone, {self._rules.layout.format_sheet_advice()}"
                self._add_issue("hidden_sheet", message, severity=Severity.WARNING)
            return None
        if at is None:
            if any(cell.is_number for _, row in first for cell in row.values()):
                names = _format_required(self._rules.layout)
                message = f"the sheet has figures but no row with the columns {names} within its"
                message += f" first {ROWS} rows, so it is not read; to read one sheet alone,"
                message += f" {self._rules.layout.format_sheet_advice()}"
                self._add_issue("no_header", message, severity=Severity.WARNING)
            return None
        texts = self._list_texts(first[at])
        place = Place(file=self._place.file, line=first[at][0], sheet=self._place.sheet)
        header, faults = read_sheet_header(texts, place, self._rules.quotable, self._rules.layout)
        if faults:
            self.issues += faults
            return None
        found, filled = self._read_records(header, chain(first[at + 1 :], rows))
        if len(found) > MOST_RECORDS:
            message = f"the sheet has more than {MOST_RECORDS:,} rows; is it the right file?"
            self._add_issue("file_size", message)
            return None
        records = list(select_rows(header.header, found, self._rules.layout, self._rules.quotable))
        passed_over, warned = check_others(
            header, filled, place, self._rules.quotable, self._rules.layout
        )
        self.issues += warned
        self._check_merged(header, records)
        self._check_hidden(header, records)
        return Table(
            header=header.header,
            records=tuple(records),
            is_own=self._rules.layout.is_own,
            passed_over=passed_over,
        )

    def _list_rows(self) -> Iterator[_Row]:
        """Each row that has something in it, as far as the longest extract goes."""
        self._sheet.reset_dimensions()  # those that the file declares may be wrong
        unsolved = self._layout.unsolved
        rows = self._sheet.iter_rows(
            min_row=1, max_row=MOST_RECORDS + ROWS + 1, max_col=max(1, self._layout.last_column)
        )
        try:
            for number, row in enumerate(rows, 1):
                cells = {
                    column: read_cell(cell, is_unsolved=(number, column) in unsolved)
                    for column, cell in enumerate(row, 1)
                    if cell.value is not None or (unsolved and (number, column) in unsolved)
                }
                if any(cell.text or cell.fault for cell in cells.values()):
                    yield number, cells
        except Exception as error:  # as in _open_book
            raise UnreadableError(BROKEN) from error

    def _list_texts(self, row: _Row) -> list[str]:
        cells = row[1]
        return [cells.get(number, EMPTY).text for number in range(1, max(cells) + 1)]

    def _read_records(
        self, header: SheetHeader, rows: Iterable[_Row]
    ) -> tuple[list[Record], set[int]]:
        """The rows below the header, and the columns that have something in one of them."""
        records: list[Record] = []
        filled: set[int] = set()
        for number, cells in rows:
            filled.update(cells)
            record = _compose_record(header, number, cells)
            if any(record.cells) or record.faults:
                records.append(record)
            if len(records) > MOST_RECORDS:
                break
        return records, filled

    def _check_merged(self, header: SheetHeader, records: Iterable[Record]) -> None:
        """An error for each range of merged cells in the table: only its first cell has a value.

        Those of a heading between the rows are left alone.
        """
        columns = header.header.numbers
        rows = sorted({header.row, *(each.line for each in records)})
        areas = [
            area
            for area in self._layout.merged
            if bisect_left(rows, area.first_row) < bisect_right(rows, area.last_row)
            and any(area.first_column <= number <= area.last_column for number in columns)
        ]
        for area in areas[:_MOST_ISSUES]:
            message = f"the cells {area.words} are merged, and only the first of them has a value"
            message += "; unmerge them, and fill in each"
            self._add_issue("merged_cells", message, area.first_row, area.first_column)

    def _check_hidden(self, header: SheetHeader, records: Iterable[Record]) -> None:
        rows = [each.line for each in records if each.line in self._layout.hidden_rows]
        named = zip(header.header.numbers, header.header.names, strict=True)
        columns = [name for number, name in named if number in self._layout.hidden_columns]
        if rows:
            message = f"{_format_numbers('row', rows)} hidden; kpi reads hidden rows too, so"
            self._add_issue(
                "hidden_rows", f"{message} delete what must not count", severity=Severity.WARNING
            )
        if columns:
            listed = join_labels([f"'{shorten(name)}'" for name in columns])
            message = f"hidden columns are read too: {listed}; check what is in them"
            self._add_issue("hidden_columns", message, severity=Severity.WARNING)

    def _add_issue(
        self,
        code: str,
        message: str,
        line: int | None = None,
        column: int | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        place = Place(file=self._place.file, line=line, column=column, sheet=self._place.sheet)
        self.issues.append(Issue(severity=severity, code=code, place=place, message=message))


def _compose_record(header: SheetHeader, number: int, cells: dict[int, CellText]) -> Record:
    """A row's cells in the order of the header's columns, with the faults of those."""
    texts, faults, percentages = [], [], set()
    for name, column in zip(header.header.names, header.header.numbers, strict=True):
        cell = cells.get(column, EMPTY)
        text, fault, code = cell.text, cell.fault, cell.code
        if cell.is_date and name == "period" and len(text) >= _DATE:
            text = text[:_MONTH]
        elif cell.is_date and name in _FIGURES:
            fault = "the cell has the format of a date or a time; choose the format 'General' or"
            text, fault, code = "", f"{fault} 'Text' in Excel, and type it again", "date_in_cell"
        texts.append(text)
        if cell.is_percent:
            percentages.add(name)
        if fault:
            faults.append(Fault(code, f"{name}: {fault}", column=name))
    return Record(
        line=number,
        cells=tuple(texts),
        faults=tuple(faults),
        percentages=frozenset(percentages),
    )


def _format_numbers(noun: str, numbers: list[int]) -> str:
    """`row 7 is`, `rows 7, 9 and 12 are`."""
    rest = len(numbers) - _MOST_ISSUES
    shown = [str(each) for each in numbers[:_MOST_ISSUES]] + ([f"{rest} more"] if rest > 0 else [])
    return f"{noun} {shown[0]} is" if len(shown) == 1 else f"{noun}s {join_labels(shown)} are"
