"""The scorecard to a tidy CSV for other tools: one row an indicator and month.

Text is text, in a spreadsheet too: words that begin with `=`, `+`, `-`, `@`, a tab or a line break,
which Excel would take for a formula, get an apostrophe in front. Figures, months and `value` are
left as they are: a negative figure is one.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from merton_kpi.core.text import quote_formula

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from merton_kpi.scorecard.records import Row, Scorecard

_END = "\r\n"
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


def format_csv(card: Scorecard) -> str:
    """Write the rows of all twelve months; `value` is in the unit's own measure, 96 for 96%.

    The rating is the indicator's at the month of the papers, the same in each of its rows.
    """
    return "".join(_write_lines(card))


def _write_lines(card: Scorecard) -> Iterator[str]:
    yield _join(COLUMNS) + _END
    as_at, months = str(card.month), list(map(str, card.year.months))
    for row in card.rows:
        before, after = map(_join, _quote_row(as_at, row))
        for month, cell in zip(months, row.months, strict=True):
            value = "" if cell.value is None else f"{cell.value:f}"
            symbols = " ".join([symbol.symbol for symbol in cell.symbols])
            said = _join((value, symbols, quote_formula(cell.words), quote_formula(cell.details)))
            yield f"{before},{month},{said},{after}{_END}"


def _join(cells: Iterable[str]) -> str:
    """Cells as they stand in a line, each in quotation marks where it must be."""
    line: str = _write(cells)
    return line.removesuffix(_END)


class _Echo:
    """What a csv writer writes to, to give a line back."""

    def write(self, line: str) -> str:
        return line


_write = csv.writer(_Echo(), lineterminator=_END).writerow


def _quote_row(as_at: str, row: Row) -> tuple[list[str], list[str]]:
    """The words that are the same in each month of a row: those before the month's, and after."""
    verdict = row.verdict
    before = (as_at, row.section, row.number, row.title, row.frequency, row.unit.value, row.target)
    rating = (verdict.rating.label, verdict.label, verdict.reason)
    context = (row.direction, row.year_on_year, row.streak, row.comparison, row.forecast)
    return [*map(quote_formula, before)], [*map(quote_formula, rating + context)]
