"""Sheets to an Excel workbook's bytes: how a sheet is drawn, written once for all of them.

The rules are the Government Analysis Function's for accessible spreadsheets: one marked-up table a
sheet, from column A; a title in A1; text wrapped in rows of no fixed height; colour only where a
word says the same. Equal sheets give equal bytes: the time is the caller's, never the clock's.
"""

from __future__ import annotations

import io
import textwrap
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.writer.excel import ExcelWriter

from merton_kpi.cells import Cell
from merton_kpi.rating import Verdict
from merton_kpi.sheets import Link
from merton_kpi.vocab import Rating, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from os import PathLike

    from openpyxl.cell import Cell as XlsxCell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

    from merton_kpi.sheets import Column, Content, Sheet

_BLACK, _BLUE, _NAVY = "FF000000", "FF0B4A8F", "FF1F3864"
_TYPEFACE = "Arial"
_ONE_LINE = Alignment(vertical="top")
_RIGHT = Alignment(horizontal="right", vertical="top", wrap_text=True)
_TOP = Alignment(vertical="top", wrap_text=True)
_LINE = 15.75  # points that a line of 12 point type takes
_SECTION_LINE = Border(top=Side(style="medium", color=_NAVY))


def draw_workbook(
    sheets: Iterable[Sheet], *, title: str, author: str, keywords: str, moment: datetime
) -> bytes:
    """Draw the sheets, in order, as an xlsx file's bytes; `moment` is its date of making."""
    book = Workbook()
    book.remove(book.worksheets[0])
    styles = _Styles(book)
    for sheet in sheets:
        _draw_sheet(book.create_sheet(sheet.name), sheet, styles)
    styles.finish()
    properties = book.properties
    properties.title, properties.creator, properties.language = title, author, "en-GB"
    properties.lastModifiedBy, properties.keywords = author, keywords
    properties.created = properties.modified = moment
    return _save(book, moment)


class _Styles:
    """The workbook's named styles, each made once and then shared by all cells that bear it."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], StyleArray] = {}
        self._font = Font(name=_TYPEFACE, size=12, color=_BLACK)
        # The first font is the one that a column's width counts in.
        book._fonts = IndexedList([self._font])  # type: ignore[attr-defined]
        book._named_styles["Normal"].font = self._font  # type: ignore[attr-defined]
        self._scratch = book.create_sheet()
        self._define("Heading 1", self._sized(16, _NAVY), alignment=_ONE_LINE, builtinId=16)
        self._define("Notice", self._font, alignment=_ONE_LINE)
        self._define("Table header", self._sized(12, _BLACK))
        self._define("Table text", self._font)
        link = Font(name=_TYPEFACE, size=12, color=_BLUE, underline="single")
        self._define("Link", link)
        for rating in Rating:
            if rating.fill:
                fill = PatternFill("solid", fgColor=rating.fill)
                self._define(f"Rating {rating.label}", self._sized(12, _BLACK), fill=fill)

    def finish(self) -> None:
        """Remove the sheet that the styles were tried on."""
        self._book.remove(self._scratch)

    def find(self, name: str, lined: bool = False) -> StyleArray:
        """The style of this name, with a firm line above it where `lined`."""
        if (name, lined) not in self._made:
            cell = self._scratch.cell(1, 1)
            cell.style = name
            if lined:
                cell.border = _SECTION_LINE
            self._made[name, lined] = cell._style
        return self._made[name, lined]

    def find_figure(self, number_format: str, lined: bool) -> StyleArray:
        """The style of figures in this format, right aligned."""
        name = f"Figure {number_format}"
        if (name, lined) not in self._made and name not in self._book.named_styles:
            self._define(name, self._font, alignment=_RIGHT, number_format=number_format)
        return self.find(name, lined)

    def _sized(self, size: int, colour: str) -> Font:
        return Font(name=_TYPEFACE, size=size, bold=True, color=colour)

    def _define(self, name: str, font: Font, **settings: Any) -> None:
        settings = {"alignment": _TOP} | settings
        self._book.add_named_style(NamedStyle(name=name, font=font, **settings))


def _at(sheet: Worksheet, row: int, column: int) -> XlsxCell:
    return cast("XlsxCell", sheet.cell(row, column))  # no cell is ever merged


def _draw_sheet(sheet: Worksheet, declared: Sheet, styles: _Styles) -> None:
    _write_text(_at(sheet, 1, 1), declared.title, styles.find("Heading 1"))
    for row, notice in enumerate(declared.notices, 2):
        _write_text(_at(sheet, row, 1), notice, styles.find("Notice"))
    if declared.rows:
        _draw_table(sheet, declared, len(declared.notices) + 2, styles)
    else:
        sheet.column_dimensions["A"].width = 100


def _draw_table(sheet: Worksheet, declared: Sheet, top: int, styles: _Styles) -> None:
    lines = max(_count_lines(column.header, column) for column in declared.columns)
    sheet.row_dimensions[top] = _FittedRow(sheet, index=top, ht=lines * _LINE)
    for index, column in enumerate(declared.columns, 1):
        _write_text(_at(sheet, top, index), column.header, styles.find("Table header"))
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    previous = None
    for number, contents in enumerate(declared.rows, top + 1):
        group = contents[declared.group_by] if declared.group_by is not None else None
        for index, content in enumerate(contents, 1):
            _write(_at(sheet, number, index), content, styles, lined=group != previous)
        previous = group
        lines = max(map(_count_lines, contents, declared.columns))
        sheet.row_dimensions[number] = _FittedRow(sheet, index=number, ht=lines * _LINE)
    _mark_up(sheet, declared, top)
    if declared.held:
        sheet.freeze_panes = f"{get_column_letter(declared.held + 1)}{top + 1}"


class _FittedRow(RowDimension):
    """A row that fits its text: a height to begin with, which is not fixed."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 - openpyxl's name
        """False, where openpyxl would say that every given height is fixed."""
        return False


def _count_lines(content: Content, column: Column) -> int:
    """The lines that a content takes when it wraps in its column."""
    words = content if isinstance(content, str) else getattr(content, "label", "")
    if len(words) <= column.width:  # nearly all: nothing to wrap
        return 1
    return sum(len(textwrap.wrap(line, column.width)) or 1 for line in words.splitlines())


def _mark_up(sheet: Worksheet, declared: Sheet, top: int) -> None:
    """Mark the cells up as an Excel table without filter buttons."""
    last = get_column_letter(len(declared.columns))
    table = Table(displayName=declared.table, ref=f"A{top}:{last}{top + len(declared.rows)}")
    # The columns are named here, since openpyxl would else bring the filter back at save.
    table.tableColumns = [
        TableColumn(id=index, name=column.header)
        for index, column in enumerate(declared.columns, 1)
    ]
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)


def _write(cell: XlsxCell, content: Content, styles: _Styles, lined: bool) -> None:
    match content:
        case str():
            _write_text(cell, content, styles.find("Table text", lined))
        case Verdict(rating=rating):
            name = f"Rating {rating.label}" if rating.fill else "Table text"
            _write_text(cell, content.label, styles.find(name, lined))
        case Link():
            place = f"'{content.sheet}'!A1"
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, display=content.words)
            _write_text(cell, content.words, styles.find("Link", lined))
        case Cell(value=Decimal() as figure):
            # A percentage is Excel's own: 0.96 shown as 96%.
            percent = content.unit is Unit.PERCENT
            cell.value = figure.scaleb(-2) if percent else figure
            _set_style(cell, styles.find_figure(_number_format(figure, percent), lined))
        case Cell():
            symbol = content.shorthand.symbol if content.shorthand else ""
            _write_text(cell, symbol, styles.find_figure("General", lined))


def _number_format(value: Decimal, percent: bool) -> str:
    decimals = max(0, -int(value.as_tuple().exponent))
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return digits + ("%" if percent else "")


def _write_text(cell: XlsxCell, words: str, style: StyleArray) -> None:
    """Write words as the text they are: `=1+1` and `#N/A` would else be more than text."""
    if words:
        cell.value = words
        cell.data_type = "s"
    _set_style(cell, style)


def _set_style(cell: XlsxCell, style: StyleArray) -> None:
    """Share a style found before; naming it afresh would take as long as writing the cell."""
    cell._style = style  # type: ignore[attr-defined]


class _StillZip(ZipFile):
    """A zip archive whose entries all bear one time, and no trace of the machine."""

    moment: tuple[int, int, int, int, int, int]

    def writestr(self, name: str, data: str | bytes) -> None:  # type: ignore[override]
        entry = ZipInfo(name, self.moment)
        entry.compress_type = ZIP_DEFLATED
        entry.create_system = 0
        super().writestr(entry, data)

    def write(self, path: str | PathLike[str], name: str) -> None:  # type: ignore[override]
        self.writestr(name, Path(path).read_bytes())


def _save(book: Workbook, moment: datetime) -> bytes:
    """Save without `Workbook.save`, which would write the clock's time."""
    buffer = io.BytesIO()
    archive = _StillZip(buffer, "w", ZIP_DEFLATED)
    archive.moment = moment.timetuple()[:6]
    ExcelWriter(book, archive).save()
    return buffer.getvalue()
