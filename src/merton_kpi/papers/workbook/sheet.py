"""What a workbook is made of: sheets with notices, one table or charts, and what a cell can hold.

A sheet is declared here with all that its rules want said above its table, and with its long
words continued in rows that fit. How it is drawn is `workbook`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import repeat
from typing import TYPE_CHECKING

from merton_kpi.core.vocabulary import LineStyle, Shorthand, Unit
from merton_kpi.papers.workbook.text_fit import split_words
from merton_kpi.rating.rate import Verdict
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """Words that lead to another sheet's first cell."""

    words: str
    sheet: str


# Words that say nothing, each with the symbol in its place; a symbol typed as words is one too.
_SYMBOLS = {symbol.symbol: symbol for symbol in Shorthand} | dict.fromkeys(
    ("", "-", "\N{EN DASH}", "\N{EM DASH}", "..", "...", "…", "n/a"), Shorthand.NOT_APPLICABLE
)

# What a table's cell can hold; a writer draws each kind in one way.
Content = str | Cell | Verdict | Shorthand | Link


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A table's column: its header, and its width in digits of 12 point type.

    `marked` sets it off from its neighbours by firm lines and bold figures.
    """

    header: str
    width: float
    marked: bool = False


_LONGEST_WORD = 24  # of a header, that a column is widened for

NUMBER = Column(header="No.", width=6)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A chart's line: its name, and the table row that it draws, counted from 0."""

    curve: LineStyle
    name: str
    row: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A line chart of some rows of another sheet's table, from the column `first` to the last.

    `description` is the alternative text, `axis` names what the figures count.
    """

    title: str
    description: str
    axis: str
    lines: tuple[Line, ...]
    sheet: str
    first: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A sheet: its title in A1, a line for each notice below it, then one table, or charts.

    `held` is how many columns stay in view when the rest is scrolled; `group_by` the column whose
    change draws a line (`None`: no lines). A `legend` is itself the table that explains symbols;
    `shorthand` has those in the table, in their own order, once the sheet is complete.
    """

    name: str
    title: str
    notices: tuple[str, ...] = ()
    table: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Content, ...], ...] = ()
    charts: tuple[Chart, ...] = ()
    held: int = 0
    group_by: int | None = None
    legend: bool = False
    about: str = ""
    shorthand: tuple[Shorthand, ...] = ()

    @property
    def top(self) -> int:
        """The row of the table's headers, or of the first chart: below the title and notices."""
        return len(self.notices) + 2


def complete(sheet: Sheet, if_none: str, blank: str = "") -> Sheet:
    """The sheet ready to draw: words that fit, symbols for empty words, and its notices in order.

    `if_none` stands in place of a table without rows; `blank` says what its blank cells mean.
    """
    if not sheet.rows:
        return replace(sheet, notices=(*sheet.notices, if_none))
    listed = list(map(_fill, zip(*sheet.rows, strict=True)))
    used = {symbol for contents in listed for symbol in _list_symbols(contents)}
    shorthand = tuple(symbol for symbol in Shorthand if symbol in used)
    columns = tuple(_widen(*pair) for pair in zip(sheet.columns, listed, strict=True))
    rows = tuple(_continue(columns, listed))
    explained = "; ".join(f"{each.symbol} {each.meaning}" for each in shorthand)
    notices = (
        "This sheet has one table.",
        *sheet.notices,
        f"Shorthand: {explained}." if explained and not sheet.legend else "",
        blank,
        _say_held(sheet.held),
        "Words too long for one row go on in the next, which repeats the row's other cells."
        if len(rows) > len(sheet.rows)
        else "",
    )
    return replace(
        sheet,
        columns=columns,
        rows=rows,
        shorthand=shorthand,
        notices=tuple(filter(None, notices)),
    )


def show_count(count: int) -> Cell:
    """A cell with a whole number."""
    return Cell(unit=Unit.NUMBER, value=Decimal(count))


def list_shorthand(sheets: Iterable[Sheet]) -> tuple[Shorthand, ...]:
    """The symbols that any of the sheets uses, in their own order."""
    used = {symbol for sheet in sheets for symbol in sheet.shorthand}
    return tuple(symbol for symbol in Shorthand if symbol in used)


def _list_symbols(contents: Iterable[Content]) -> Iterator[Shorthand]:
    """The symbols in a column's cells; those beside a figure stand in its note."""
    for content in contents:
        if isinstance(content, Cell):
            yield from content.symbols
        elif isinstance(content, Shorthand):
            yield content


def _fill(contents: Iterable[Content]) -> list[Content]:
    """A symbol in place of words that say nothing: no cell is left empty, or with a dash alone."""
    return [
        _SYMBOLS.get(each.strip().casefold(), each) if isinstance(each, str) else each
        for each in contents
    ]


def _widen(column: Column, contents: Iterable[Content]) -> Column:
    """The column, wide enough for its figures and its header's words, which cannot wrap."""
    longest = max(
        (
            len(f"{each.value:,f}%")
            for each in contents
            if isinstance(each, Cell) and each.value is not None
        ),
        default=0,
    )
    word = max(map(len, column.header.split()), default=0)
    width = max(column.width, longest + 2, min(word, _LONGEST_WORD) + 2)
    return column if width == column.width else replace(column, width=width)


def _continue(
    columns: Sequence[Column], listed: Sequence[Sequence[Content]]
) -> Iterator[tuple[Content, ...]]:
    """The rows of the columns' contents, with those that words too long for a row go on in."""
    long = [_split(*pair) for pair in zip(columns, listed, strict=True)]
    going_on = set().union(*long)
    for number, row in enumerate(zip(*listed, strict=True)):
        if number not in going_on:
            yield row
            continue
        parts = [those.get(number, ()) for those in long]
        for index in range(max(map(len, parts))):
            yield tuple(map(_take_part, row, parts, repeat(index)))


def _split(column: Column, contents: Sequence[Content]) -> Mapping[int, list[str]]:
    """The parts of the words that are too long for a row, by their place in the column."""
    return {
        number: parts
        for number, content in enumerate(contents)
        if isinstance(content, str) and len(parts := split_words(content, column.width)) > 1
    }


def _take_part(content: Content, parts: Sequence[str], index: int) -> Content:
    if not parts:
        return content
    if index >= len(parts):
        return "(complete above)"
    return f"(continued) {parts[index]}" if index else parts[0]


def _say_held(held: int) -> str:
    if not held:
        return ""
    columns = "column and" if held == 1 else f"{held} columns and"
    return (
        f"The first {columns} the header row stay in view when you scroll; to release them "
        "choose View, Freeze Panes, Unfreeze Panes."
    )
