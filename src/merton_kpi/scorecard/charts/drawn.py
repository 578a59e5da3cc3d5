"""An indicator with the periods that its chart has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import Month
    from merton_kpi.scorecard.assess import AssessedIndicator
    from merton_kpi.scorecard.records import Row


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """An indicator with its row and the months that its chart has."""

    catalogue: Catalogue
    assessed: AssessedIndicator
    row: Row
    months: tuple[Month, ...]

    @property
    def breaks(self) -> tuple[Month, ...]:
        """The breaks in the series that lie between two of the chart's months."""
        return tuple(
            start
            for start in self.row.breaks
            if self.months and self.months[0] < start <= self.months[-1]
        )

    def select_figures(self, of_year: Iterable[Decimal | None]) -> tuple[Decimal | None, ...]:
        """Of the figures of the year's months, those of the chart's."""
        year = self.catalogue.financial_year.months
        by_month = dict(zip(year, of_year, strict=True))
        return tuple(by_month[month] for month in self.months)


def list_months(year: Iterable[Month], assessed: AssessedIndicator, row: Row) -> tuple[Month, ...]:
    """The months of the year that figures are due for, up to the last one due or sent."""
    due = assessed.series.due
    ends = [
        (month, month in due or cell.value is not None)
        for month, cell in zip(year, row.rated_months, strict=True)
        if assessed.indicator.is_due(month)
    ]
    last = max(month for month, is_drawn in ends if is_drawn)
    return tuple(month for month, _ in ends if month <= last)
