"""An indicator with the periods that its chart has, and the council's figure for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.rating.rounding import round_as_printed
from merton_kpi.series.totals import compose_totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import Month
    from merton_kpi.scorecard.assess import AssessedIndicator
    from merton_kpi.scorecard.records import Row

MAX_MONTHS = 36  # that a chart has, or the periods that end in them: 12 quarters


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
    """Choose a chart's months: those due this year, and the months before, MAX_MONTHS in all.

    Earlier years begin with the first period that has a figure which can be shown.
    """
    year = catalogue.financial_year.months
    cells = zip(year, (cell.value for cell in row.rated_months), strict=True)
    of_year = dict(_select_due(assessed, dict(cells)))
    earlier = _list_earlier(assessed, year[0], max(of_year))
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
    assessed: AssessedIndicator, year: Month, last: Month
) -> dict[Month, Decimal | None]:
    """The figures of the periods before a year's first month, as printed; those hidden are None."""
    indicator, series = assessed.indicator, assessed.series
    totals = compose_totals(indicator, series.earlier, ())
    given = (
        {month: each.value for month, each in series.earlier.items()}
        if totals is None
        else {month: total.figure for month, total in totals.items()}
    )
    oldest = last.add_months(1 - MAX_MONTHS)
    known = [
        month
        for month, figure in given.items()
        if figure is not None and oldest <= month < year and indicator.is_period_end(month)
    ]
    if not known:
        return {}
    months = map(min(known).add_months, range(year.months_since(min(known))))
    figures = {month: given.get(month) for month in months if indicator.is_period_end(month)}
    return {
        month: None if figure is None else round_as_printed(indicator, figure)
        for month, figure in figures.items()
    }
