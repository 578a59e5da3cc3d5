"""The scorecard to a tidy CSV for other tools: one row for each indicator and month.

Text stays text in a spreadsheet too: words that begin with `=`, `+`, `-`, `@`, a tab or a line
break, which Excel would take for a formula, get an apostrophe in front. `as_at`, `month` and
`value` get none: a negative figure is not a formula.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from merton_kpi.core.text import quote_formula
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.scorecard.records import Row, Scorecard

YEAR_COLUMNS = ("year_value", "year_shorthand", "year_words")  # where there are some
COLUMNS = (
    "as_at",
    "section",
    "service",
    "indicator",
    "part_of",
    "title",
    "frequency",
    "unit",
    "target",
    "month",
    "value",
    "shorthand",
    "words",
    "details",
    "rating",
    "rating_label",
    "rating_reason",
    "period_on_period",
    "year_on_year",
    "streak",
    "comparison",
    "forecast",
    "total",
    "stated_forecast",
)


def write_csv(card: Scorecard) -> bytes:
    """Write the rows of all twelve months, under a header row, in UTF-8 with a byte order mark.

    `value` is in the indicator's unit: 96 for 96%. The rating is the indicator's at the month of
    the papers, and the same in each of its rows, as is the year's own figure in YEAR_COLUMNS.
    `total` is the sum of the year's figures up to the month, where they are added up. Lines end
    with CRLF, as RFC 4180 requires.
    """
    content = io.BytesIO()
    text = io.TextIOWrapper(content, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow((*COLUMNS, *(YEAR_COLUMNS if card.has_year_figures else ())))
    for row in card.rows:
        writer.writerows(_format_months(card, row))
    text.flush()
    return content.getvalue()


def _format_months(card: Scorecard, row: Row) -> Iterator[tuple[str, ...]]:
    """An indicator's twelve rows, which differ only in the month's cells."""
    verdict = row.verdict
    names = (row.section, row.service, row.number, row.part_of, row.title)
    indicator = (*names, row.frequency, row.unit_word, row.target)
    rating = (verdict.rating.label, verdict.label, verdict.reason)
    context = (
        row.period_on_period,
        row.year_on_year,
        row.streak,
        row.comparison,
        row.forecast,
    )
    before = (str(card.month), *map(quote_formula, indicator))
    after = tuple(map(quote_formula, (*rating, *context)))
    stated = quote_formula(row.stated_forecast)
    own = row.year_figure or Cell(unit=row.unit)
    year = _format_cell(own) if card.has_year_figures else ()
    totals = row.totals or [Cell(unit=row.unit)] * len(row.months)
    for month, cell, total in zip(card.year.months, row.months, totals, strict=True):
        figure = (*_format_cell(cell), quote_formula(cell.details))
        yield (*before, str(month), *figure, *after, _format_value(total), stated, *year)


def _format_cell(cell: Cell) -> tuple[str, str, str]:
    """A cell's figure, its symbols and its words."""
    symbols = " ".join(symbol.symbol for symbol in cell.symbols)
    return _format_value(cell), symbols, quote_formula(cell.words)


def _format_value(cell: Cell) -> str:
    return "" if cell.value is None else f"{cell.value:f}"
