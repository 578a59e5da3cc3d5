"""The scorecard to a tidy CSV for other tools: one row an indicator and month.

Text is text, in a spreadsheet too: words that begin with `=`, `+`, `-`, `@`, a tab or a line break,
which Excel would take for a formula, get an apostrophe in front. Figures, months and `value` are
left as they are: a negative figure is one.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from merton_kpi.escapes import quote_words

if TYPE_CHECKING:
    from merton_kpi.scorecard import Row, Scorecard

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
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    as_at = str(card.month)
    for row in card.rows:
        before, after = _quote_row(row)
        for month, cell in zip(card.year.months, row.months, strict=True):
            value = "" if cell.value is None else f"{cell.value:f}"
            symbols = " ".join(symbol.symbol for symbol in cell.symbols)
            words = (symbols, quote_words(cell.words), quote_words(cell.details))
            writer.writerow((as_at, *before, str(month), value, *words, *after))
    return "".join(lines)


class _Lines(list[str]):
    """What a csv writer writes; a StringIO would take four times the memory."""

    write = list.append


def _quote_row(row: Row) -> tuple[list[str], list[str]]:
    """The words that are the same in each month of a row: those before the month's, and after."""
    verdict = row.verdict
    before = (row.section, row.number, row.title, row.frequency, row.unit.value, row.target)
    rating = (verdict.rating.label, verdict.label, verdict.reason)
    context = (row.direction, row.year_on_year, row.streak, row.comparison, row.forecast)
    return [*map(quote_words, before)], [*map(quote_words, rating + context)]
