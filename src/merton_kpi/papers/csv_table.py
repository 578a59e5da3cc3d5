"""The scorecard to a tidy CSV for other tools: one row for each indicator and period.

Text stays text in a spreadsheet too: words that begin with `=`, `+`, `-`, `@`, a tab or a line
break, which Excel would take for a formula, get an apostrophe in front. Numbers and days get none:
a negative figure is not a formula.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

from merton_kpi.core.text import quote_formula
from merton_kpi.papers.csv_fields import Line, list_fields

if TYPE_CHECKING:
    from merton_kpi.papers.csv_fields import Value
    from merton_kpi.scorecard.records import Scorecard

DELIMITER, LINE_END, QUOTE = ",", "\r\n", '"'  # as RFC 4180 requires


def format_csv_name(card: Scorecard) -> str:
    """`performance-index-2020-11.csv`."""
    return f"performance-index-{card.year.format_span(card.month)}.csv"


def write_csv(card: Scorecard) -> bytes:
    """Write a row for each period that is due, or has a figure or a reason for none, by the month.

    The rows are in the index's order, each indicator's in the order of its periods, under a header
    row. The text is UTF-8 with a byte order mark, without which Excel would take it for another.
    """
    content = io.BytesIO()
    text = io.TextIOWrapper(content, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=DELIMITER, lineterminator=LINE_END, quotechar=QUOTE)
    fields = list_fields(card)
    writer.writerow(each.name for each in fields)
    for row in card.rows:
        for period in row.figures.periods:
            line = Line(card=card, row=row, period=period)
            writer.writerow(_format_value(each.read(line)) for each in fields)
    text.flush()
    return content.getvalue()


def _format_value(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return quote_formula(value)
    return value.isoformat() if isinstance(value, date) else f"{value:f}"
