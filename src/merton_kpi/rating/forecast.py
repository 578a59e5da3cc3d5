"""Where a running total would end its year, and the rating that it would then have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.vocabulary import Accumulation
from merton_kpi.rating.limits import count_periods, work_out_year_end_limits
from merton_kpi.rating.rate import rate_figure
from merton_kpi.rating.rounding import round_half_up

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.catalogue.bands import Bands
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.core.ratings import Rating


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """Where a running total would end the year if it grew on as it has: a straight line."""

    figure: Decimal
    rating: Rating


def work_out_forecast(
    indicator: Indicator, bands: Bands, figure: Decimal, month: Month
) -> Forecast | None:
    """The straight line to the year's end, and the rating that its end would have."""
    if not indicator.accumulates or not indicator.is_rated:
        return None
    passed, periods = count_periods(indicator, month)
    if not passed:
        return None
    limits = work_out_year_end_limits(indicator, bands)
    if limits is None:
        return None
    end = round_half_up(figure * periods / passed, indicator.decimals)
    rating, _ = rate_figure(end, limits)
    return Forecast(figure=end, rating=rating)


def format_forecast(indicator: Indicator, forecast: Forecast | None) -> str:
    """`forecast: 8 by the year's end, which would be Red`, or nothing."""
    if forecast is None:
        return ""
    shown = indicator.unit.format_figure(forecast.figure)
    year = "academic year" if indicator.accumulates is Accumulation.ACADEMIC_YEAR else "year"
    rating = forecast.rating.label
    return f"forecast: {shown} by the {year}'s end, which would be {rating}"
