"""Sheets to an Excel workbook's bytes, by openpyxl's public API.

The rules are the Government Analysis Function's for accessible spreadsheets: one marked-up table a
sheet, from column A; a title in A1; text wrapped in rows of no fixed height; colour only where a
word says the same. Equal sheets give equal bytes: the time is the caller's, never the clock's.

The workbook is write-only: openpyxl writes each row to a temporary file as it is appended, which
halves the memory at 10,000 indicators. So everything that comes before the rows in the file, and a
row's own height, is set before the row is appended. openpyxl removes each temporary file once it is
packed, and where a run fails, at the end of the process.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, assert_never
from zipfile import ZipFile

from openpyxl import LXML, Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as XlsxTable
from openpyxl.worksheet.table import TableColumn, TableStyleInfo
from openpyxl.writer.excel import ExcelWriter

from merton_kpi.core.issues import BuildStoppedError
from merton_kpi.core.statuses import Shorthand
from merton_kpi.papers.typeface.word_widths import BOLD
from merton_kpi.papers.workbook.cell_values import escape_words, format_number
from merton_kpi.papers.workbook.charts.line_charts import (
    ACROSS,
    COLUMN_WIDTH,
    count_rows,
    list_charts,
)
from merton_kpi.papers.workbook.entries import Blank, add_entries
from merton_kpi.papers.workbook.finish import write_package
from merton_kpi.papers.workbook.sheet import Banner, Heading, Link
from merton_kpi.papers.workbook.styles import BODY, StyledCells, add_styles, select_link_style
from merton_kpi.papers.workbook.text_fit import INDENT, LINE_HEIGHT, count_lines, split_pages
from merton_kpi.rating.rate import Verdict
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from openpyxl.cell import Cell as XlsxCell

    from merton_kpi.papers.workbook.sheet import Column, Content, Opening, Printed, Sheet, Table

_READING_WIDTH = 130  # digits, of a sheet that has words alone: a small screen's width
_LARGE_LINE, _LARGE = 1.5, 12 / 16  # of a line and a width, for titles and the like
_A3 = 8
_LAST_ROW = 1_048_575  # of a sheet, counted from 0
_CHART_ROWS_A_PAGE = 2
_PAGE_HEIGHT = 770  # points of A3 landscape, without its margins
# openpyxl writes a sheet by lxml where that is installed, and lxml has an error of its own.
_WRITE_ERRORS: tuple[type[Exception], ...] = (
    (OSError, import_module("lxml.etree").SerialisationError) if LXML else (OSError,)
)


class _FreeHeight(RowDimension):
    """A row's height to begin with, which grows with its words: openpyxl fixes every height."""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """The row's attributes in the file: `customHeight` is not among them."""
        yield "ht", f"{self.height:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    """What is written into a cell: words or a number's digits, the lines they take, a link."""

    cell: XlsxCell
    text: str
    is_number: bool = False
    lines: float = 1
    link: str = ""


def write_workbook(
    sheets: Iterable[Sheet], *, title: str, author: str, keywords: str, moment: datetime
) -> bytes:
    """Write the sheets, in order, as an xlsx file's bytes; `moment` is its date of making.

    Raises:
        BuildStoppedError: words that no xlsx file can hold, where it names the cell; or a
            temporary file that cannot be written.
    """
    declared = {sheet.name: sheet for sheet in sheets}
    for sheet in declared.values():
        _check_sheet(sheet)
    book = Workbook(write_only=True)
    add_styles(book)
    for name in declared:
        book.create_sheet(name)
    book.worksheets[0].sheet_view.tabSelected = True
    properties = book.properties
    properties.title, properties.creator, properties.language = title, author, "en-GB"
    properties.lastModifiedBy, properties.keywords = author, keywords
    properties.created = properties.modified = moment
    descriptions = [chart.description for sheet in declared.values() for chart in sheet.charts]
    with _explain_write_errors(), TemporaryFile() as file:
        cells = StyledCells(book.worksheets[0])
        for sheet in declared.values():
            _write_sheet(book[sheet.name], sheet, declared, cells)
        # Not by `Workbook.save`, which writes the clock's time, and packs what is packed again.
        with ZipFile(file, "w") as archive:
            ExcelWriter(book, archive).save()
        return write_package(file, moment, descriptions, BODY)


def _check_sheet(sheet: Sheet) -> None:
    """Raise BuildStoppedError for words that cannot be written, before any row is."""
    for number, notice in enumerate((sheet.title, *sheet.opening, *sheet.notices), 1):
        escape_words(f"A{number}", notice if isinstance(notice, str) else notice.words)
    if sheet.table:
        headers = tuple(column.header for column in sheet.table.columns)
        for number, contents in enumerate((headers, *sheet.table.rows), sheet.top):
            for column, content in enumerate(contents, 1):
                if isinstance(content, str):
                    escape_words(f"{get_column_letter(column)}{number}", content)


@contextmanager
def _explain_write_errors() -> Iterator[None]:
    """Turn the error of a temporary file into a BuildStoppedError that says what to do."""
    try:
        yield
    except _WRITE_ERRORS as error:
        reason = getattr(error, "strerror", None) or error
        message = f"a temporary file cannot be written ({reason})"
        message += "; free some disk space, or set TMPDIR to another folder"
        raise BuildStoppedError.at("the workbook", "unwritable_file", message) from error


# openpyxl's stubs do not know what a write-only sheet has; it is `Any` here.
def _write_sheet(
    sheet: Any, declared: Sheet, sheets: Mapping[str, Sheet], cells: StyledCells
) -> None:
    _add_page_setup(sheet)
    if declared.table:
        _add_table(sheet, declared.table, declared.top)
        add_entries(sheet, declared.table.rows, declared.top)
    elif declared.charts:
        _add_charts(sheet, declared, sheets)
    else:
        sheet.column_dimensions["A"].width = _READING_WIDTH
    is_plain = not declared.table and not declared.charts
    _add_row(sheet, 1, [_compose_title(cells, declared.title, is_plain=is_plain)])
    for number, notice in enumerate((*declared.opening, *declared.notices), 2):
        _add_row(sheet, number, [_compose_notice(cells, notice, is_plain=is_plain)])
    if declared.table:
        _write_table(sheet, declared.table, declared.top, cells)


def _add_page_setup(sheet: Any) -> None:
    """A3 landscape, one page wide, without header or footer."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = _A3, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = 0.4
    margins.header = margins.footer = 0.2


def _add_table(sheet: Any, table: Table, top: int) -> None:
    """Mark the cells from row `top` on as an Excel table without filter buttons."""
    for index, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    end = f"{get_column_letter(len(table.columns))}{top + len(table.rows)}"
    added = XlsxTable(displayName=table.name, ref=f"A{top}:{end}")
    # openpyxl would name the columns itself, but then adds the filter buttons.
    added.tableColumns = [
        TableColumn(id=index, name=escape_words(f"{get_column_letter(index)}{top}", column.header))
        for index, column in enumerate(table.columns, 1)
    ]
    added.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.tables.add(added)  # `add_table` warns in write-only mode, columns or not
    sheet.print_title_rows = f"{top}:{top}"
    if table.page_starts:
        _add_pages(sheet, table)
    if table.frozen:
        sheet.freeze_panes = f"{get_column_letter(table.frozen + 1)}1"


def _add_pages(sheet: Any, table: Table) -> None:
    """Print a wide table on pages beside each other, which repeat the columns that are held."""
    widths = [column.width for column in table.columns]
    pages = split_pages(widths, table.held, table.page_starts)
    sheet.sheet_properties.pageSetUpPr = None  # Excel ignores page breaks where it fits pages
    setup = sheet.page_setup
    setup.fitToWidth = setup.fitToHeight = None
    setup.scale, setup.pageOrder = pages.scale, "overThenDown"
    sheet.print_title_cols = f"A:{get_column_letter(table.held)}"
    for start in pages.starts:
        sheet.col_breaks.append(Break(id=start, max=_LAST_ROW))


def _add_charts(sheet: Any, declared: Sheet, sheets: Mapping[str, Sheet]) -> None:
    """Lay the charts out side by side, with page breaks between them: no page cuts one."""
    sheet.sheet_properties.pageSetUpPr = None  # Excel ignores page breaks where it fits pages
    sheet.sheet_format.defaultRowHeight = LINE_HEIGHT
    for column in range(ACROSS):
        sheet.column_dimensions[get_column_letter(column + 1)].width = COLUMN_WIDTH
    for chart in list_charts(declared, sheets[declared.charts[0].sheet]):
        sheet.add_chart(chart)
    tall = count_rows(declared.charts)
    above = declared.top + 1  # rows, of which the title takes two
    page = (above + _CHART_ROWS_A_PAGE * tall) * LINE_HEIGHT
    sheet.page_setup.scale = min(100, int(100 * _PAGE_HEIGHT / page))
    rows = range(0, -(-len(declared.charts) // ACROSS), _CHART_ROWS_A_PAGE)
    for row in rows[1:]:
        sheet.row_breaks.append(Break(id=declared.top + row * tall - 1))  # between two charts


def _write_table(sheet: Any, table: Table, top: int, cells: StyledCells) -> None:
    header = []
    for column, content in zip(table.columns, table.rows[0], strict=True):
        name = "Figure header" if isinstance(content, Cell) else "Table header"
        if column.rating and column.rating.fill:
            name = f"{column.rating.label} header"
        lines = count_lines(column.header, (column.width - INDENT) * BOLD)
        header.append(_Value(cell=cells.select_cell(name), text=column.header, lines=lines))
    _add_row(sheet, top, header)
    previous = None
    for number, contents in enumerate(table.rows, top + 1):
        group = contents[table.group_by] if table.group_by is not None else None
        row = [
            _compose_value(cells, content, column, is_lined=group != previous)
            for content, column in zip(contents, table.columns, strict=True)
        ]
        _add_row(sheet, number, row)
        previous = group


def _compose_title(cells: StyledCells, title: str, *, is_plain: bool) -> _Value:
    """The title, which is wrapped where the sheet has words alone."""
    lines = count_lines(title, _READING_WIDTH * BOLD * _LARGE) if is_plain else 1
    cell = cells.select_cell("Heading 1", is_wrapped=is_plain)
    return _Value(cell=cell, text=title, lines=lines * _LARGE_LINE)


def _compose_notice(cells: StyledCells, notice: Opening, *, is_plain: bool) -> _Value:
    """A notice in its style; it is wrapped where the sheet has words alone."""
    lines: float = 1
    match notice:
        case str():
            style, words = "Paragraph" if is_plain else "Notice", notice
            lines = count_lines(words, _READING_WIDTH) if is_plain else 1
        case Link():
            style, words = select_link_style(notice.rating), notice.words
            lines = count_lines(words, _READING_WIDTH * BOLD)
        case Heading() | Banner():
            style, words = "Heading 2" if isinstance(notice, Heading) else "Banner", notice.words
            lines = count_lines(words, _READING_WIDTH * BOLD * _LARGE) * _LARGE_LINE
        case _:
            assert_never(notice)
    link = notice.sheet if isinstance(notice, Link) else ""
    return _Value(cell=cells.select_cell(style), text=words, lines=lines, link=link)


def _compose_value(
    cells: StyledCells, content: Content, column: Column, *, is_lined: bool
) -> _Value:
    """A table cell's value in its style."""
    if isinstance(content, Cell) and content.value is not None:
        digits, number_format = format_number(content.value, content.unit)
        cell = cells.select_figure_cell(number_format, is_lined=is_lined)
        return _Value(cell=cell, text=digits, is_number=True)
    if isinstance(content, Blank):
        closed = cells.select_cell(BODY, is_lined=is_lined)
        cell = cells.select_entry_cell() if content.entry else closed
        return _Value(cell=cell, text="", lines=content.lines)
    style, words = _format_content(content)
    width = (column.width - INDENT) * BOLD if isinstance(content, Verdict) else column.width
    return _Value(
        cell=cells.select_cell(style, is_lined=is_lined),
        text=words,
        lines=count_lines(words, width),
        link=content.sheet if isinstance(content, Link) else "",
    )


def _format_content(content: Printed) -> tuple[str, str]:
    """The style of a cell without a figure, and its words."""
    match content:
        case str():
            return BODY, content
        case Cell(rating=rating) if rating:
            return f"Rating {rating.label}", content.words
        case Cell():
            return "Symbol", content.shorthand.symbol if content.shorthand else ""
        case Shorthand():
            return BODY, content.symbol
        case Verdict():
            shown = content.words.select_shown(content.rating)
            return f"Rating {shown.label}", content.label
        case Link():
            return select_link_style(content.rating), content.words
        case _:
            assert_never(content)


def _add_row(sheet: Any, number: int, values: Sequence[_Value]) -> None:
    """Append row `number`, with room for its words' lines."""
    lines = max(value.lines for value in values)
    sheet.row_dimensions[number] = _FreeHeight(sheet, index=number, ht=lines * LINE_HEIGHT)
    sheet.append(_list_cells(sheet, number, values))
    del sheet.row_dimensions[number]  # it is written, and would stay in memory


def _list_cells(sheet: Any, number: int, values: Iterable[_Value]) -> Iterator[XlsxCell]:
    """The row's cells, one after another: `StyledCells` says why each is filled at its turn."""
    for column, value in enumerate(values, 1):
        cell = value.cell
        cell.parent = sheet
        if not value.text:
            cell.value = None
        elif value.is_number:
            cell.value, cell.data_type = value.text, "n"  # the digits as they are: no float
        else:
            place = f"{get_column_letter(column)}{number}"
            # Of type "s", words that begin with "=" are no formula and "#N/A" is no error.
            cell.value, cell.data_type = escape_words(place, value.text), "s"
        if value.link:
            cell.hyperlink = Hyperlink(ref="", location=f"'{value.link}'!A1", display=value.text)
        yield cell
