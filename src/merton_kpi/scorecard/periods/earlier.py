"""The figures of earlier years' periods, which have no target and no rating."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from merton_kpi.scorecard.cells import (
    Cell,
    add_breaks,
    compose_month_cell,
    compose_total_cells,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.core.ratings import RatingWords
    from merton_kpi.scorecard.assess import AssessedIndicator

MAX_MONTHS = 36  # that a chart or a list has, or the periods that end in them: 12 quarters


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierFigure:
    """A period before the year, by its last month, as the papers print it.

    `total` is the sum since its year began; None where figures are not added up.
    """

    month: Month
    figure: Cell
    total: Cell | None


def list_earlier_figures(
    assessed: AssessedIndicator, year: FinancialYear
) -> tuple[EarlierFigure, ...]:
    """The periods before a year that are listed: of the last MAX_MONTHS, with those of the year."""
    series = assessed.series
    last = max((*series.due, *series.figures), default=series.as_at)
    words = assessed.assessment.scale.words
    return compose_earlier_figures(assessed, year.months[0], last, words)


def compose_earlier_figures(
    assessed: AssessedIndicator, year: Month, last: Month, words: RatingWords
) -> tuple[EarlierFigure, ...]:
    """Compose the periods before a year, in order, MAX_MONTHS at most with those up to `last`.

    They begin with the first one whose figure is known and shown.

    Args:
        assessed: Whose figures they are.
        year: The first month of the year.
        last: The last month that is drawn or listed.
        words: The council's for the ratings.
    """
    indicator, series = assessed.indicator, assessed.series
    months = tuple(_list_months(assessed, year, last))
    earlier = replace(series, figures=series.earlier, due=(), restatements=())
    cells = [
        add_breaks(
            compose_month_cell(indicator, earlier, month, words),
            (each for each in indicator.breaks if each.start == month),
        )
        for month in months
    ]
    totals = compose_total_cells(indicator, series.earlier_rated, months)
    sums = totals or (None,) * len(months)
    return tuple(
        EarlierFigure(month=month, figure=cell, total=total)
        for month, cell, total in zip(months, cells, sums, strict=True)
    )


def _list_months(assessed: AssessedIndicator, year: Month, last: Month) -> Iterator[Month]:
    """The last months of the periods, also of those without a figure between two that have one."""
    indicator = assessed.indicator
    oldest = last.add_months(1 - MAX_MONTHS)
    known = [
        month
        for month, each in assessed.series.earlier.items()
        if each.value is not None and oldest <= month < year and indicator.is_period_end(month)
    ]
    if known:
        first = min(known)
        months = map(first.add_months, range(year.months_since(first)))
        yield from filter(indicator.is_period_end, months)
