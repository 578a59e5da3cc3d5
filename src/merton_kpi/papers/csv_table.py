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
    the papers, the same in each of its rows. `total` is the sum of the year's figures up to the
    month, where they are added up. Lines end with CRLF, as RFC 4180 requires.
    """
    content = io.BytesIO()
    text = io.TextIOWrapper(content, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in card.rows:
        writer.writerows(_format_months(card, row))
    text.flush()
    return content.getvalue()


def _format_months(card: Scorecard, row: Row) -> Iterator[tuple[str, ...]]:
    """An indicator's twelve rows, which differ only in the month's cells."""
    verdict = row.verdict
    names = (row.section, row.service, row.number, row.part_of, row.title)
    indicator = (*names, row.frequency, row.unit.word, row.target)
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
    totals = row.totals or [Cell(unit=row.unit)] * len(row.months)
    for month, cell, total in zip(card.year.months, row.months, totals, strict=True):
        symbols = " ".join(symbol.symbol for symbol in cell.symbols)
        words = (quote_formula(cell.words), quote_formula(cell.details))
        value = _format_value(cell)
        yield (*before, str(month), value, symbols, *words, *after, _format_value(total), stated)


def _format_value(cell: Cell) -> str:
    return "" if cell.value is None else f"{cell.value:f}"
