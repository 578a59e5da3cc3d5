"""The scorecard to a tidy CSV for other tools: one row an indicator and month.

Text is text, in a spreadsheet too: words that begin with `=`, `+`, `-`, `@`, a tab or a line break,
which Excel would take for a formula, get an apostrophe in front. Figures, months and `value` are
left as they are: a negative figure is one.
"""

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


# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_table(card: Scorecard) -> str:
    """Write the rows of all twelve months; `value` is in the unit's own measure, 96 for 96%.

    The rating is the indicator's at the month of the papers, the same in each of its rows.
    """
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in card.rows:
        for month, cell in zip(card.year.months, row.months, strict=True):
            words = {
                "as_at": str(card.month),
                "section": row.section,
                "indicator": row.number,
                "title": row.title,
                "frequency": row.frequency,
                "unit": row.unit.value,
                "target": row.target,
                "month": str(month),
                "shorthand": " ".join(symbol.symbol for symbol in cell.symbols),
                "words": cell.words,
                "details": cell.details,
                "rating": row.verdict.rating.label,
                "rating_label": row.verdict.label,
                "rating_reason": row.verdict.reason,
                "direction": row.direction,
                "year_on_year": row.year_on_year,
                "streak": row.streak,
                "comparison": row.comparison,
                "forecast": row.forecast,
            }
            value = "" if cell.value is None else f"{cell.value:f}"
            quoted = {name: quote_words(text) for name, text in words.items()}
            writer.writerow(quoted | {"value": value})
    return buffer.getvalue()


def quote_words(words: str) -> str:
    """Words from a file as a spreadsheet will show them, never run them."""
    return f"'{words}" if words.startswith(_FORMULA) else words
