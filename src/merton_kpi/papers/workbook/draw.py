"""Sheets to an Excel workbook's bytes: how a sheet is drawn, written once for all of them.

The rules are the Government Analysis Function's for accessible spreadsheets: one marked-up table a
sheet, from column A; a title in A1; text wrapped in rows of no fixed height; colour only where a
word says the same. Equal sheets give equal bytes: the time is the caller's, never the clock's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from merton_kpi.core.vocabulary import Shorthand
from merton_kpi.papers.workbook.charts import ACROSS, COLUMN_WIDTH, ROWS, PlacedChart
from merton_kpi.papers.workbook.markup import write_figure, write_number, write_row, write_words
from merton_kpi.papers.workbook.package import Body, pack
from merton_kpi.papers.workbook.sheet import Link
from merton_kpi.papers.workbook.styles import Styles, name_figures
from merton_kpi.papers.workbook.text_fit import LINE_HEIGHT, count_lines
from merton_kpi.rating.rate import Verdict
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from openpyxl.worksheet.worksheet import Worksheet

    from merton_kpi.papers.workbook.sheet import Content, Sheet

_READING_WIDTH = 110  # digits, of a sheet that has words alone
_BOLD = 0.9  # of a column's width: bold type is wider
_TITLE_HEIGHT = 24
_A3 = 8
_CHART_ROWS_A_PAGE = 2


def write_workbook(
    sheets: Iterable[Sheet], *, title: str, author: str, keywords: str, moment: datetime
) -> bytes:
    """Draw the sheets, in order, as an xlsx file's bytes; `moment` is its date of making.

    Raises BuildStoppedError, naming the cell, for words that no xlsx file can hold.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    styles = Styles(book)
    declared = {sheet.name: sheet for sheet in sheets}
    for name in declared:
        book.create_sheet(name)
    book.worksheets[0].sheet_view.tabSelected = True
    properties = book.properties
    properties.title, properties.creator, properties.language = title, author, "en-GB"
    properties.lastModifiedBy, properties.keywords = author, keywords
    properties.created = properties.modified = moment
    return pack(book, lambda sheet: _draw_sheet(sheet, declared, styles), moment)


def _draw_sheet(sheet: Worksheet, sheets: Mapping[str, Sheet], styles: Styles) -> Body:
    declared = sheets[sheet.title]
    body = Body(end=f"A{declared.top - 1}")
    _set_page(sheet)
    plain = not declared.rows and not declared.charts
    heading = write_words("A1", styles.find("Heading 1"), declared.title)
    body.rows.append(write_row(1, _TITLE_HEIGHT, [heading]))
    for number, notice in enumerate(declared.notices, 2):
        lines = count_lines(notice, _READING_WIDTH) if plain else 1
        style = styles.find("Paragraph" if plain else "Notice")
        cell = write_words(f"A{number}", style, notice)
        body.rows.append(write_row(number, lines * LINE_HEIGHT, [cell]))
    if declared.rows:
        _draw_table(sheet, body, declared, styles)
    elif declared.charts:
        _place_charts(sheet, declared, sheets)
    else:
        sheet.column_dimensions["A"].width = _READING_WIDTH
    return body


def _set_page(sheet: Worksheet) -> None:
    """A3 landscape, one page wide, with page numbers."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = _A3, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = 0.4
    margins.bottom, margins.header, margins.footer = 0.6, 0.2, 0.3
    sheet.oddFooter.center.text = "Page &P of &N"  # type: ignore[union-attr]


def _draw_table(sheet: Worksheet, body: Body, declared: Sheet, styles: Styles) -> None:
    columns, top = declared.columns, declared.top
    letters = [get_column_letter(index) for index in range(1, len(columns) + 1)]
    cells = []
    for letter, column, content in zip(letters, columns, declared.rows[0], strict=True):
        sheet.column_dimensions[letter].width = column.width
        name = "Figure header" if isinstance(content, Cell) else "Table header"
        style = styles.find(name, marked=column.marked)
        cells.append(write_words(f"{letter}{top}", style, column.header))
    lines = max(count_lines(column.header, column.width * _BOLD) for column in columns)
    body.rows.append(write_row(top, lines * LINE_HEIGHT, cells))
    _draw_rows(body, declared, letters, styles)
    body.end = f"{letters[-1]}{top + len(declared.rows)}"
    _mark_up(sheet, declared, body.end)
    sheet.print_title_rows = f"{top}:{top}"
    if declared.held:
        sheet.freeze_panes = f"{get_column_letter(declared.held + 1)}{top + 1}"


def _draw_rows(body: Body, declared: Sheet, letters: Sequence[str], styles: Styles) -> None:
    looks = {
        lined: [styles.list_looks(lined, column.marked) for column in declared.columns]
        for lined in (False, True)
    }
    previous = None
    for number, contents in enumerate(declared.rows, declared.top + 1):
        group = contents[declared.group_by] if declared.group_by is not None else None
        cells, lines = [], 1
        for letter, content, column, look in zip(
            letters, contents, declared.columns, looks[group != previous], strict=True
        ):
            place = f"{letter}{number}"
            if isinstance(content, Cell) and content.value is not None:
                figure, number_format = write_number(content.value, content.unit)
                cells.append(write_figure(place, look[name_figures(number_format)], figure))
                continue
            name, words = _say(content)
            width = column.width * _BOLD if isinstance(content, Verdict) else column.width
            lines = max(lines, count_lines(words, width))
            cells.append(write_words(place, look[name], words))
            if isinstance(content, Link):
                target = f"'{content.sheet}'!A1"
                body.links.append(Hyperlink(ref=place, location=target, display=words))
        previous = group
        body.rows.append(write_row(number, lines * LINE_HEIGHT, cells))


def _mark_up(sheet: Worksheet, declared: Sheet, end: str) -> None:
    """Mark the cells up as an Excel table without filter buttons."""
    table = Table(displayName=declared.table, ref=f"A{declared.top}:{end}")
    # The columns are named here, since openpyxl would else bring the filter back at save.
    table.tableColumns = [
        TableColumn(id=index, name=column.header)
        for index, column in enumerate(declared.columns, 1)
    ]
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)


def _say(content: Content) -> tuple[str, str]:
    """The style of a cell without a figure, and its words."""
    match content:
        case str():
            return "Table text", content
        case Cell():
            return "Symbol", content.shorthand.symbol if content.shorthand else ""
        case Shorthand():
            return "Table text", content.symbol
        case Verdict(rating=rating):
            return f"Rating {rating.label}", content.label
        case Link():
            return "Link", content.words
        case _:
            assert_never(content)


def _place_charts(sheet: Worksheet, declared: Sheet, others: Mapping[str, Sheet]) -> None:
    """Lay the charts out side by side, with page breaks between them: no page cuts one."""
    sheet.sheet_properties.pageSetUpPr = None  # Excel heeds no page break where it fits pages
    sheet.sheet_format.defaultRowHeight = LINE_HEIGHT
    for column in range(ACROSS):
        sheet.column_dimensions[get_column_letter(column + 1)].width = COLUMN_WIDTH
    for index, chart in enumerate(declared.charts):
        down, across = divmod(index, ACROSS)
        row = declared.top + down * ROWS
        placed = PlacedChart(chart=chart, data=others[chart.sheet], column=across, row=row)
        sheet.add_chart(placed)  # type: ignore[arg-type]  # our own writer draws it
        if across == 0 and down and down % _CHART_ROWS_A_PAGE == 0:
            sheet.row_breaks.append(Break(id=row - 1))  # in the gap between two charts
