"""What a workbook is made of: sheets with notices, one table or charts, and what a cell can hold.

`compose_sheet` adds what the rules for accessible spreadsheets require above a table, widens
columns to fit, and continues long words in further rows. `writer` writes the result.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import repeat
from typing import TYPE_CHECKING

from merton_kpi.core.statuses import Shorthand
from merton_kpi.core.units import Unit
from merton_kpi.papers.workbook.text_fit import measure_bold_word, split_words
from merton_kpi.rating.rate import Verdict
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from merton_kpi.papers.workbook.charts import PlacedChart


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """Words that link to cell A1 of another sheet."""

    words: str
    sheet: str


# What a table's cell can hold.
Content = str | Cell | Verdict | Shorthand | Link


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A table's column: its header, and its width in digits of 12 point type.

    A `marked` column has firm lines on both sides and bold figures.
    """

    header: str
    width: float
    marked: bool = False


_MARGIN, _INDENTED_MARGIN = 1.2, 2.5  # digits that a cell keeps free beside words
_LONGEST_WORD = 24  # digits of a header's word that a column is widened for

NUMBER = Column(header="No.", width=6)


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table: its name in Excel, its columns and its rows.

    Attributes:
        held: how many columns stay in view when the sheet is scrolled sideways.
        page_starts: the columns, counted from 0, that may begin another page across when the sheet
            is printed; none, and each page is as wide as the table.
        group_by: the column, counted from 0, where a new value has a firm line above it; None for
            no lines.
        is_legend: whether the table itself explains the shorthand.
        if_none: the notice that replaces the table when it has no rows.
        blank: the notice that gives the one reason for the table's blank cells, if it has any.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Content, ...], ...]
    held: int = 0
    page_starts: tuple[int, ...] = ()
    group_by: int | None = None
    is_legend: bool = False
    if_none: str = ""
    blank: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A sheet: its title in A1, a notice in each row below, then one table, or charts, or neither.

    `about` describes the sheet in the contents; `shorthand` lists the symbols used in its table.
    """

    name: str
    title: str
    notices: tuple[str, ...] = ()
    about: str = ""
    table: Table | None = None
    charts: tuple[PlacedChart, ...] = ()
    shorthand: tuple[Shorthand, ...] = ()

    @property
    def top(self) -> int:
        """The row of the table's headers, or of the first chart, counted from 1."""
        return len(self.notices) + 2


def compose_sheet(
    table: Table, *, name: str, title: str, about: str, notices: Iterable[str] = ()
) -> Sheet:
    """Compose a sheet with one table that meets the rules for accessible spreadsheets.

    Words that say nothing become symbols, columns are widened to fit, long words continue in
    further rows, and the notices explain all of this. A table without rows is left out, and
    `table.if_none` is the last notice.
    """
    if not table.rows:
        return Sheet(name=name, title=title, notices=(*notices, table.if_none), about=about)
    contents = [_replace_empty_words(column) for column in zip(*table.rows, strict=True)]
    used = {symbol for column in contents for symbol in _list_symbols(column)}
    shorthand = tuple(symbol for symbol in Shorthand if symbol in used)
    columns = tuple(
        replace(column, width=_work_out_width(column, cells))
        for column, cells in zip(table.columns, contents, strict=True)
    )
    rows = tuple(_split_rows(columns, contents))
    explained = "; ".join(f"{each.symbol} {each.meaning}" for each in shorthand)
    listed = (
        "This sheet has one table.",
        *notices,
        f"Shorthand: {explained}." if explained and not table.is_legend else "",
        table.blank,
        _format_held_notice(table.held),
        "Words too long for one row go on in the next, which repeats the row's other cells."
        if len(rows) > len(table.rows)
        else "",
    )
    return Sheet(
        name=name,
        title=title,
        notices=tuple(filter(None, listed)),
        about=about,
        table=replace(table, columns=columns, rows=rows),
        shorthand=shorthand,
    )


def compose_count(count: int) -> Cell:
    """A cell with a whole number."""
    return Cell(unit=Unit.NUMBER, value=Decimal(count))


def list_shorthand(sheets: Iterable[Sheet]) -> tuple[Shorthand, ...]:
    """The symbols that any of the sheets uses, in the order of `Shorthand`."""
    used = {symbol for sheet in sheets for symbol in sheet.shorthand}
    return tuple(symbol for symbol in Shorthand if symbol in used)


def _list_symbols(contents: Iterable[Content]) -> Iterator[Shorthand]:
    """The symbols in a column's cells, and those beside its figures, which a note explains."""
    for content in contents:
        if isinstance(content, Cell):
            yield from content.symbols
        elif isinstance(content, Shorthand):
            yield content


def _replace_empty_words(contents: Iterable[Content]) -> list[Content]:
    """A symbol in place of words that say nothing: no cell is empty, or holds a dash alone."""
    return [(Shorthand.read(each) or each) if isinstance(each, str) else each for each in contents]


def _work_out_width(column: Column, contents: Iterable[Content]) -> float:
    """The width, in digits, that fits the column's figures and its header's words.

    Figures cannot wrap, and a header wraps at spaces only.
    """
    cells = [each for each in contents if isinstance(each, Cell)]
    longest = max(
        (len(cell.unit.format_in_table(cell.value)) for cell in cells if cell.value is not None),
        default=0,
    )
    word = max(map(measure_bold_word, column.header.split()), default=0)
    margin = _INDENTED_MARGIN if cells else _MARGIN
    return max(column.width, longest + 2, min(round(word, 1), _LONGEST_WORD) + margin)


def _split_rows(
    columns: Sequence[Column], contents: Sequence[Sequence[Content]]
) -> Iterator[tuple[Content, ...]]:
    """The rows of these columns; one whose words are too long continues in further rows."""
    long = [_split_long_words(*pair) for pair in zip(columns, contents, strict=True)]
    continued = set().union(*long)
    for number, row in enumerate(zip(*contents, strict=True)):
        if number not in continued:
            yield row
            continue
        parts = [column.get(number, ()) for column in long]
        for index in range(max(map(len, parts))):
            yield tuple(map(_select_part, row, parts, repeat(index)))


def _split_long_words(column: Column, contents: Sequence[Content]) -> Mapping[int, list[str]]:
    """The parts of the words that are too long for a row, by row number, counted from 0."""
    return {
        number: parts
        for number, content in enumerate(contents)
        if isinstance(content, str) and len(parts := split_words(content, column.width)) > 1
    }


def _select_part(content: Content, parts: Sequence[str], index: int) -> Content:
    """What a row's continuation number `index` shows of a cell."""
    if not parts:
        return content
    if index >= len(parts):
        return "(complete above)"
    return f"(continued) {parts[index]}" if index else parts[0]


def _format_held_notice(held: int) -> str:
    if not held:
        return ""
    columns = "column and" if held == 1 else f"{held} columns and"
    return (
        f"The first {columns} the header row stay in view when you scroll; to release them "
        "choose View, Freeze Panes, Unfreeze Panes."
    )
