"""The scorecard to a tidy CSV for other tools: one row an indicator and month."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from merton_kpi.scorecard import Scorecard

COLUMNS = (
    "as_at",
    "section",
    "indicator",
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
    "direction",
    "year_on_year",
    "streak",
    "comparison",
    "forecast",
)


def write_table(card: Scorecard) -> str:
    """Write the rows of all twelve months; `value` is in the unit's own measure, 96 for 96%.

    The rating is the indicator's at the month of the papers, the same in each of its rows.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in card.rows:
        for month, cell in zip(card.year.months, row.months, strict=True):
            words = (
                row.section,
                row.number,
                row.title,
                row.frequency,
                row.unit.value,
                row.target,
                str(month),
                "" if cell.value is None else f"{cell.value:f}",
                " ".join(symbol.symbol for symbol in cell.symbols),
                cell.words,
                cell.details,
                row.verdict.rating.label,
                row.verdict.label,
                row.verdict.reason,
                row.direction,
                row.year_on_year,
                row.streak,
                row.comparison,
                row.forecast,
            )
            writer.writerow([str(card.month), *words])
    return buffer.getvalue()
