"""What a workbook is made of: sheets with notices, one table or charts, and what a cell can hold.

`compose_sheet` adds what the rules for accessible spreadsheets require above a table, and widens
columns to fit. `long_words` moves words that are too long for a row. `writer` writes the result.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from merton_kpi.core.statuses import Shorthand
from merton_kpi.core.units import Unit
from merton_kpi.papers.typeface.word_widths import measure_bold_word
from merton_kpi.papers.workbook.entries import Blank
from merton_kpi.papers.workbook.text_fit import INDENT
from merton_kpi.rating.rate import Verdict
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from merton_kpi.core.ratings import Rating
    from merton_kpi.papers.workbook.charts.line_charts import PlacedChart


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """Words that link to cell A1 of another sheet, in a rating's fill where they are about one."""

    words: str
    sheet: str
    rating: Rating | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """Words above the lines that they introduce."""

    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Banner:
    """Words that nobody may miss."""

    words: str


# What a table's cell can say, what it can hold, and what the lines below a title can be.
Printed = str | Cell | Verdict | Shorthand | Link
Content = Printed | Blank
Opening = str | Link | Heading | Banner


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A table's column: its header, and its width in digits of 12 point type.

    A header that names a `rating` has its fill, if it has one.
    """

    header: str
    width: float
    rating: Rating | None = None


_MARGIN = 1.2  # digits that a cell keeps free beside words
_MOST_FROZEN = 37  # digits that take half of 1,366 pixels at 200%
_LONGEST_LINE = 150  # characters that a small screen has room for
_LONGEST_WORD = 24  # digits of a header's word that a column is widened for

NUMBER = Column(header="No.", width=6)


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table: its name in Excel, its columns and its rows.

    Attributes:
        held: how many columns say what a row is about: each printed page repeats them.
        page_starts: the columns, counted from 0, that may begin another page across when the sheet
            is printed; none, and each page is as wide as the table.
        group_by: the column, counted from 0, where a new value has a firm line above it; None for
            no lines.
        is_legend: whether the table itself explains the shorthand.
        if_none: why there is no such sheet, when the table has no rows.
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

    @property
    def frozen(self) -> int:
        """How many of the columns held stay in view when the sheet is scrolled sideways.

        They leave most of a small screen. No rows stay in view, which would take a quarter of it.
        """
        widths = accumulate(column.width for column in self.columns[: self.held])
        return sum(width <= _MOST_FROZEN for width in widths)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A sheet: its title in A1, a notice in each row below, then one table, or charts, or neither.

    `opening` has the lines between title and notices that are more than words. `about` describes
    the sheet in the contents; `shorthand` lists the symbols used in its table. A sheet that is
    `left_out` is only a reason, a sentence: the contents give it, and there is no such sheet.
    """

    name: str
    title: str
    opening: tuple[Opening, ...] = ()
    notices: tuple[str, ...] = ()
    about: str = ""
    left_out: str = ""
    table: Table | None = None
    charts: tuple[PlacedChart, ...] = ()
    shorthand: tuple[Shorthand, ...] = ()

    @property
    def top(self) -> int:
        """The row of the table's headers, or of the first chart, counted from 1."""
        return len(self.opening) + len(self.notices) + 2


def compose_sheet(
    table: Table, *, name: str, title: str, about: str, notices: Iterable[str] = ()
) -> Sheet:
    """Compose a sheet with one table that meets the rules for accessible spreadsheets.

    Words that say nothing become symbols, columns are widened to fit, and the notices explain all
    of this. Without rows the sheet is left out, and `table.if_none` is the reason.
    """
    if not table.rows:
        return Sheet(name=name, title=title, about=about, left_out=table.if_none)
    contents = [_replace_empty_words(column) for column in zip(*table.rows, strict=True)]
    used = {symbol for column in contents for symbol in _list_symbols(column)}
    shorthand = tuple(symbol for symbol in Shorthand if symbol in used)
    columns = tuple(
        replace(column, width=_work_out_width(column, cells))
        for column, cells in zip(table.columns, contents, strict=True)
    )
    composed = replace(table, columns=columns, rows=tuple(zip(*contents, strict=True)))
    listed = (
        "This sheet has one table.",
        *notices,
        *([] if table.is_legend else _list_explanations(shorthand)),
        table.blank,
        _format_frozen_notice(columns[: composed.frozen]),
    )
    return Sheet(
        name=name,
        title=title,
        notices=tuple(filter(None, listed)),
        about=about,
        table=composed,
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
    margin = _MARGIN + INDENT if cells else _MARGIN
    return max(column.width, longest + 2, min(round(word, 1), _LONGEST_WORD) + margin)


def _list_explanations(shorthand: Iterable[Shorthand]) -> list[str]:
    """What symbols mean, in lines that a small screen has room for, or one for each symbol."""
    lines: list[str] = []
    for each in shorthand:
        words = f"{each.symbol} {each.meaning}"
        if lines and len(lines[-1]) + len(words) < _LONGEST_LINE:
            lines[-1] += f"; {words}"
        else:
            lines.append(f"Shorthand: {words}")
    return [f"{line}." for line in lines]


def _format_frozen_notice(columns: Sequence[Column]) -> str:
    if not columns:
        return ""
    names = " and ".join(f"'{column.header}'" for column in columns)
    noun = "column" if len(columns) == 1 else "columns"
    verb = "stays" if len(columns) == 1 else "stay"
    return (
        f"The {noun} {names} {verb} in view when you scroll; to release "
        f"{'it' if len(columns) == 1 else 'them'} choose View, Freeze Panes, Unfreeze Panes."
    )
