"""What the year's own figure would be rated.

An indicator's verdict rests on its latest period. The year's own figure, which an extract gives
beside the periods', has no part in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.rating.limits import work_out_limits
from merton_kpi.rating.rate import rate_figure
from merton_kpi.rating.rounding import round_as_printed

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.ratings import Rating
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.rating.limits import Limits
    from merton_kpi.series.records import Series


@dataclass(frozen=True, kw_only=True, slots=True)
class YearRating:
    """What a year's own figure would be rated, and the limits that say so."""

    figure: Decimal
    rating: Rating
    limits: Limits


def select_year_figure(series: Series) -> Observation | None:
    """The row in force with the year's own figure, or the reason why there is none."""
    return next(iter(series.whole_year.figures.values())) if series.whole_year else None


def rate_year_figure(indicator: Indicator, scale: Scale, series: Series) -> YearRating | None:
    """Rate the year's own figure by the target of the year's last month.

    None where there is no figure, where the indicator is not rated, and where no target is due.
    """
    given = select_year_figure(series)
    if given is None or given.value is None or not indicator.is_rated:
        return None
    limits = work_out_limits(indicator, scale, given.month, series.values)
    if not limits.bounds:
        return None
    figure = round_as_printed(indicator, given.value)
    rating, _ = rate_figure(figure, limits)
    return YearRating(figure=figure, rating=rating, limits=limits)
