"""What stands beside a rating, in words: its streak, other areas' figures and the forecasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.periods import format_count
from merton_kpi.core.rounding import strip_zeros
from merton_kpi.core.vocabulary import Accumulation

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.rating.context import Context
    from merton_kpi.rating.forecast import Forecast, OfficerForecast
    from merton_kpi.rating.rate import Verdict


def format_streak(indicator: Indicator, verdict: Verdict, context: Context) -> str:
    """`Red for 8 months, all of the year so far`, or nothing where there is no rating."""
    if not context.streak:
        return ""
    whole = ", all of the year so far" if context.whole_year else ""
    return f"{verdict.word} for {format_count(context.streak, indicator.noun)}{whole}"


def format_sentences(*parts: str) -> tuple[str, ...]:
    """The parts that are not empty, each with its capital letter and full stop."""
    return tuple(f"{part[0].upper()}{part[1:]}." for part in parts if part)


def format_comparisons(indicator: Indicator, context: Context) -> str:
    """`worse than England (58%) by 26 percentage points; …`, or nothing."""
    unit = indicator.unit
    parts = []
    for each in context.comparisons:
        words = f"{each.word} {each.place} ({unit.format_figure(each.benchmark)})"
        if each.difference:
            words += f" by {unit.format_difference(strip_zeros(abs(each.difference)))}"
        parts.append(words)
    return "; ".join(parts)


def format_forecast(indicator: Indicator, forecast: Forecast | None) -> str:
    """`forecast: 8 by the year's end, which would be Red`, or nothing."""
    if forecast is None:
        return ""
    path = " along the milestones" if forecast.follows_milestones else ""
    return f"forecast{path}: {_format_end(indicator, forecast.figure, forecast.word)}"


def format_stated_forecast(indicator: Indicator, forecast: OfficerForecast | None) -> str:
    """`forecast of the Head of Housing in Oct 2020: 380 by …, which would be Amber`, or nothing."""
    if forecast is None:
        return ""
    end = _format_end(indicator, forecast.figure, forecast.word)
    return f"forecast of the {forecast.by} in {forecast.made.label}: {end}"


def _format_end(indicator: Indicator, figure: Decimal, rating: str) -> str:
    """`8 by the year's end, which would be Red`."""
    year = "academic year" if indicator.accumulates is Accumulation.ACADEMIC_YEAR else "year"
    words = f"{indicator.unit.format_figure(figure)} by the {year}'s end"
    return f"{words}, which would be {rating}" if rating else words
