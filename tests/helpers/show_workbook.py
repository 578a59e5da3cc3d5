"""A workbook in a text that reads like the paper: what a councillor would see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helpers.xlsx import CHART, DRAWING, show_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpers.xlsx import Book, Sheet

TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"


def show_sheet(book: Book, sheet: Sheet) -> Iterator[str]:
    """The title and the notices, then the table with a line for each row, or the charts."""
    yield f"=== {sheet.name} ==="
    yield from sheet.lines
    if sheet.tables:
        widths = sheet.cells.column_dimensions
        head = sheet.cells[sheet.top]
        yield f"--- table {sheet.tables[0].displayName}, held at {sheet.cells.freeze_panes} ---"
        yield " | ".join(f"{cell.value} ({widths[cell.column_letter].width:g})" for cell in head)
    for row in sheet.rows:
        top = row[0].border.top
        if top and top.style == "medium":
            yield "----"
        yield " | ".join(map(show_cell, row))
    if sheet.name == "Trends":
        yield from show_charts(book)
    yield ""


def show_cell(cell: Any) -> str:
    """A cell as it is seen: [fill], *bold*, -> link."""
    shown = cell.value or "" if isinstance(cell.value, (str, type(None))) else show_number(cell)
    shown = shown.replace("\n", " / ")
    if cell.fill.fill_type:
        return f"[{cell.fill.fgColor.rgb[2:]}] *{shown}*"
    if cell.hyperlink:
        return f"{shown} -> {cell.hyperlink.location}"
    return f"*{shown}*" if shown and cell.font.bold else shown


def show_charts(book: Book) -> Iterator[str]:
    frames = list(book.parse("xl/drawings/drawing1.xml").iter(f"{DRAWING}cNvPr"))
    for chart, frame in zip(book.find_charts(), frames, strict=True):
        title, axis = (
            " / ".join(text.text or "" for text in each.iter(TEXT))
            for each in chart.iter(f"{CHART}title")
        )
        yield f"chart: {title}"
        yield f"  axis: {axis}"
        yield f"  described: {frame.get('descr')}"
        for series in chart.iter(f"{CHART}ser"):
            name = series.findtext(f"{CHART}tx//{CHART}v")
            yield f"  line: {name}, {series.findtext(f'{CHART}val//{CHART}f')}"
