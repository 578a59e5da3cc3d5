"""An indicator with the periods that its chart has, and the council's figure for each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import dropwhile
from typing import TYPE_CHECKING

from merton_kpi.scorecard.periods.earlier import compose_earlier_figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import Month
    from merton_kpi.scorecard.assess import AssessedIndicator
    from merton_kpi.scorecard.records import Row


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """An indicator with its row and the months that its chart has, those of earlier years first.

    `figures` are the council's as printed, one for each of the months; `earlier` is how many of
    these are of earlier years.
    """

    catalogue: Catalogue
    assessed: AssessedIndicator
    row: Row
    months: tuple[Month, ...]
    figures: tuple[Decimal | None, ...]
    earlier: int = 0

    @property
    def breaks(self) -> tuple[Month, ...]:
        """The breaks in the series that lie between two of the chart's months."""
        return tuple(
            start
            for start in self.row.breaks
            if self.months and self.months[0] < start <= self.months[-1]
        )

    @property
    def year_starts(self) -> tuple[Month, ...]:
        """Where the years of a running total, or a figure to date, begin among several years'."""
        indicator = self.assessed.indicator
        accumulates = indicator.accumulates or indicator.year_covered
        if not accumulates or not self.earlier:
            return ()
        starts = {month.year_start(accumulates.first_month) for month in self.months}
        return tuple(sorted(start for start in starts if start > self.months[0]))

    def select_figures(self, of_year: Iterable[Decimal | None]) -> tuple[Decimal | None, ...]:
        """Of the figures of the year's months, those of the chart's; none for earlier years'."""
        year = self.catalogue.financial_year.months
        by_month = dict(zip(year, of_year, strict=True))
        return tuple(by_month.get(month) for month in self.months)


def compose_drawn(catalogue: Catalogue, assessed: AssessedIndicator, row: Row) -> Drawn:
    """Choose a chart's months: those due this year, and those of earlier years before them."""
    year = catalogue.financial_year.months
    cells = zip(year, (cell.value for cell in row.rated_months), strict=True)
    of_year = dict(_select_due(assessed, dict(cells)))
    earlier = dict(_list_earlier(catalogue, assessed, max(of_year)))
    figures = earlier | of_year
    return Drawn(
        catalogue=catalogue,
        assessed=assessed,
        row=row,
        months=tuple(figures),
        figures=tuple(figures.values()),
        earlier=len(earlier),
    )


def _select_due(
    assessed: AssessedIndicator, figures: dict[Month, Decimal | None]
) -> Iterator[tuple[Month, Decimal | None]]:
    """Of the year's months, those that figures are due for, up to the last one due or sent."""
    due = assessed.series.due
    ends = [month for month in figures if assessed.indicator.is_due(month)]
    last = max(month for month in ends if month in due or figures[month] is not None)
    return ((month, figures[month]) for month in ends if month <= last)


def _list_earlier(
    catalogue: Catalogue, assessed: AssessedIndicator, last: Month
) -> Iterator[tuple[Month, Decimal | None]]:
    """The figures of earlier years, or their sums where figures are added up, from the first."""
    year = catalogue.financial_year.months[0]
    composed = compose_earlier_figures(assessed, year, last, catalogue.words)
    figures = [
        (each.month, each.figure.value if each.total is None else each.total.value)
        for each in composed
    ]
    return dropwhile(lambda each: each[1] is None, figures)
