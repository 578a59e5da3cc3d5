"""The index: every indicator with its rating, figures and targets.

Every figure and word comes from the scorecard; nothing is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from merton_kpi.core import headings
from merton_kpi.core.statuses import Shorthand
from merton_kpi.papers.workbook.long_words import format_marker
from merton_kpi.papers.workbook.sheet import (
    NUMBER,
    Column,
    Content,
    Sheet,
    Table,
    compose_sheet,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from merton_kpi.scorecard.cells import Cell
    from merton_kpi.scorecard.records import Row, Scorecard

INDEX = "Performance index"

# The columns that stay in view, number and indicator: at 200% they are half of a screen that is
# 1,366 pixels wide.
_HELD = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class _IndexColumn:
    """A column of the index: how wide it is at least, in digits, and what it has of a row."""

    header: str
    width: float
    content: Callable[[Row], Content]


def compose_index(card: Scorecard) -> Sheet:
    """The index, with a row for each indicator."""
    groups = (
        _list_opening_columns(card),
        _list_month_columns(card),
        _list_past_columns(card),
        _list_closing_columns(card),
    )
    columns = [column for group in groups for column in group]
    table = Table(
        name="Performance_index",
        columns=tuple(Column(header=each.header, width=each.width) for each in columns),
        rows=tuple(tuple(column.content(row) for column in columns) for row in card.rows),
        held=_HELD,
        page_starts=tuple(sum(map(len, groups[:end])) for end in (1, 2, 3)),
        group_by=next(
            place for place, each in enumerate(columns) if each.header == headings.SECTION
        ),
        blank=_explain_blanks(card),
    )
    return compose_sheet(
        table,
        name=INDEX,
        title=f"{card.index_title}: data to {card.data_to}",
        about="Every indicator with its rating, latest figure, target, months, years, benchmarks",
        notices=_list_notices(card),
    )


def _list_opening_columns(card: Scorecard) -> list[_IndexColumn]:
    """What a reader looks for first."""
    return [
        _IndexColumn(header=headings.NUMBER, width=NUMBER.width, content=lambda row: row.number),
        _IndexColumn(header=headings.INDICATOR, width=28, content=lambda row: row.title),
        _IndexColumn(header=headings.RATING, width=15, content=lambda row: row.verdict),
        _IndexColumn(header=headings.TRAVEL, width=18, content=lambda row: row.travel),
        _IndexColumn(header=headings.LATEST_FIGURE, width=10, content=_select_latest_figure),
        _IndexColumn(header=headings.LATEST_MONTH, width=10, content=_select_latest_month),
        _IndexColumn(
            header=headings.format_target_heading(card.year),
            width=16,
            content=lambda row: row.target_beside_rating,
        ),
        _IndexColumn(header=headings.UNIT, width=11, content=lambda row: row.unit_label),
    ]


def _select_latest_figure(row: Row) -> Content:
    """The figure that the target applies to, or a symbol."""
    if row.latest is None or _is_blank(row.latest.rated):
        return Shorthand.NOT_APPLICABLE
    return row.latest.rated


def _select_latest_month(row: Row) -> Content:
    if row.latest is None or _is_blank(row.latest.rated):
        return Shorthand.NOT_APPLICABLE
    return row.latest.month.label


def _is_blank(cell: Cell) -> bool:
    """Whether a cell has neither a figure nor anything in its place."""
    return not cell.printed and not cell.shorthand


def _list_month_columns(card: Scorecard) -> list[_IndexColumn]:
    """The months so far, and the year's own figures where there are some."""
    columns = [
        _compose_cell_column(card.year.months[place].label, 7.5, attrgetter("months"), place)
        for place in _list_month_places(card)
    ]
    if card.has_year_figures:
        columns.append(
            _IndexColumn(
                header=headings.format_year_heading(card.year),
                width=10,
                content=lambda row: row.year_figure or Shorthand.NOT_APPLICABLE,
            )
        )
    return columns


def _list_month_places(card: Scorecard) -> list[int]:
    """Which of the year's months have come with a figure due, counted from 0."""
    return [
        place
        for place, month in enumerate(card.year.months)
        if month <= card.month and not all(_is_blank(row.months[place]) for row in card.rows)
    ]


def _list_past_columns(card: Scorecard) -> list[_IndexColumn]:
    """The earlier years and the benchmarks."""
    years = [headings.format_outturn_heading(card.short_name, year) for year in card.earlier_years]
    return [
        _compose_cell_column(header, 9.5, attrgetter(field), place)
        for field, headers in (("outturns", years), ("benchmarks", card.areas))
        for place, header in enumerate(headers)
    ]


def _compose_cell_column(
    header: str, width: float, list_cells: Callable[[Row], Sequence[Cell]], place: int
) -> _IndexColumn:
    """The column of one of a row's cells."""
    return _IndexColumn(header=header, width=width, content=lambda row: list_cells(row)[place])


def _list_closing_columns(card: Scorecard) -> list[_IndexColumn]:
    """The rating's reason, and what a reader looks up."""
    service = [_IndexColumn(header=card.service_heading, width=18, content=lambda row: row.service)]
    return [
        _IndexColumn(
            header=headings.REASON, width=40, content=lambda row: row.reason_beside_rating
        ),
        _IndexColumn(header=headings.CONTEXT, width=36, content=lambda row: row.context),
        *(service if card.service_heading else []),
        _IndexColumn(header=headings.SECTION, width=15, content=lambda row: row.section),
        _IndexColumn(header=headings.FREQUENCY, width=11, content=lambda row: row.frequency),
        _IndexColumn(
            header=headings.NOTES,
            width=10.5,
            content=lambda row: format_marker(row.note) if row.note else "",
        ),
    ]


def _list_notices(card: Scorecard) -> Iterator[str]:
    if card.index_note:
        yield card.index_note
    if card.notes:
        yield "The notes it refers to are on the sheet Notes."
    if any(row.totals for row in card.rows):
        yield (
            "Where an indicator's figures are added up, its latest figure is the sum since the "
            "year began, which its target applies to."
        )
    if card.is_after_year_end:
        yield (
            f"It has the figures of {card.year} that were known by the end of {card.month.label}, "
            "after the year's end."
        )
    else:
        yield (
            f"The month reported is {card.month.label}. A month has a column once it has come and "
            "a figure is due for it."
        )


def _explain_blanks(card: Scorecard) -> str:
    """The reason for the months' blank cells, if there are any."""
    places = _list_month_places(card)
    if not any(_is_blank(row.months[place]) for row in card.rows for place in places):
        return ""
    return "A blank month is one for which no figure is due by the month reported."
