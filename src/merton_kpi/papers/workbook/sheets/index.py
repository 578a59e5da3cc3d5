"""The index: every indicator with its rating, figures and targets.

Every figure and word comes from the scorecard; nothing is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.headings import (
    add_service_heading,
    add_year_heading,
    format_month_heading,
    list_column_headings,
)
from merton_kpi.papers.workbook.sheet import Column, Content, Sheet, Table, compose_sheet
from merton_kpi.papers.workbook.sheets.notes import format_marker
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Row, Scorecard


INDEX = "Performance index"

_HELD = 3  # the columns that stay in view: section, number and indicator


def compose_index(card: Scorecard) -> Sheet:
    """The index, with a row for each indicator."""
    headings = list_column_headings(card.short_name, card.year, card.areas, card.month)
    months = [10 if month == card.month else 7.5 for month in card.year.months]
    before = [15, 6, 36, 11, 12, 14, *[10.5 for _ in (*card.earlier_years, *card.areas)], 15, 15]
    reported = format_month_heading(card.month, card.month)
    blank = "A blank month is one for which no figure is due by the month reported."
    if card.service_heading:
        headings = add_service_heading(headings, card.service_heading)
        before.insert(_HELD, 18)
    if card.has_year_figures:
        headings, months = add_year_heading(headings, card.year), [*months, 10]
        blank += " An indicator without a figure of its own for the year has a blank there."
    table = Table(
        name="Performance_index",
        columns=tuple(
            Column(header=heading, width=width, marked=heading == reported)
            for heading, width in zip(headings, (*before, *months, 40, 36, 12), strict=True)
        ),
        rows=tuple(_compose_row(card, row) for row in card.rows),
        held=_HELD,
        page_starts=(len(before), len(before) + len(months)),
        group_by=0,
        blank=blank,
    )
    return compose_sheet(
        table,
        name=INDEX,
        title=f"{card.index_title}: data to {card.data_to}",
        about="Every indicator with its target, earlier years, benchmarks, rating and months",
        notices=(
            *([card.index_note] if card.index_note else []),
            "The notes it refers to are on the sheet Notes.",
            _explain_month_reported(card),
        ),
    )


def _explain_month_reported(card: Scorecard) -> str:
    if card.is_after_year_end:
        return (
            f"It has the figures of {card.year} that were known by the end of {card.month.label}, "
            "after the year's end."
        )
    return (
        f"The month reported is {card.month.label}: its header says so, and firm lines stand on "
        "both sides of it."
    )


def _compose_row(card: Scorecard, row: Row) -> tuple[Content, ...]:
    years = (row.year_figure or Cell(unit=row.unit),) if card.has_year_figures else ()
    return (
        row.section,
        row.number,
        row.title,
        *([row.service] if card.service_heading else []),
        row.frequency,
        row.unit_label,
        row.target,
        *row.outturns,
        *row.benchmarks,
        row.verdict,
        row.period_on_period,
        *row.months,
        *years,
        row.verdict.reason,
        row.context,
        "\n".join(map(format_marker, row.notes)),
    )
