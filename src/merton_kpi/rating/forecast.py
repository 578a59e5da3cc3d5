"""Where a figure may end its year, by a line or by an officer's word, and its rating then."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi.core.periods import FinancialYear
from merton_kpi.core.rounding import round_half_up
from merton_kpi.rating.limits import count_periods, work_out_limits, work_out_year_end_limits
from merton_kpi.rating.rate import rate_figure
from merton_kpi.rating.rounding import round_as_printed
from merton_kpi.series.worked_out import count_worked_out_decimals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.targets import Target
    from merton_kpi.core.periods import Month
    from merton_kpi.core.ratings import Rating
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.rating.limits import Limits
    from merton_kpi.series.records import Series


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """Where a running total would end the year if it grew on as it has.

    The line is straight or, with `follows_milestones`, as steep in each part of the year as the
    target's milestones are.
    """

    figure: Decimal
    rating: Rating
    word: str
    follows_milestones: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficerForecast:
    """The figure that an officer expects at the year's end, and the rating that it would have.

    `made` is the month in which it became known. There is no rating where there is no target.
    """

    figure: Decimal
    rating: Rating | None
    word: str
    by: str
    made: Month


def rate_stated_forecast(
    indicator: Indicator, scale: Scale, series: Series
) -> OfficerForecast | None:
    """The forecast that was stated last, rated as the year's last figure will be."""
    given = [(each, each.forecast) for each in series.said if each.forecast]
    if not given:
        return None
    row, stated = given[-1]
    figure = round_as_printed(indicator, stated.figure)
    limits = _work_out_end_limits(indicator, scale, row.month) if indicator.is_rated else None
    rating = rate_figure(figure, limits)[0] if limits and limits.bounds else None
    word = scale.words.format_word(rating) if rating else ""
    return OfficerForecast(figure=figure, rating=rating, word=word, by=stated.by, made=row.known)


def _work_out_end_limits(indicator: Indicator, scale: Scale, month: Month) -> Limits:
    """The limits for the last figure of a month's year."""
    of_year = work_out_year_end_limits(indicator, scale) if indicator.accumulates else None
    if of_year:
        return of_year
    due = [*filter(indicator.is_due, FinancialYear.of(month).months)]
    return work_out_limits(indicator, scale, due[-1] if due else month)


def work_out_forecast(
    indicator: Indicator, scale: Scale, series: Series, latest: Observation
) -> Forecast | None:
    """The line from the latest figure to the year's end, and the rating that its end would have.

    There is none across a break in the series, and none where the line would end where no figure
    can be: above 100% or below zero.
    """
    if not indicator.accumulates or not indicator.is_rated or latest.value is None:
        return None
    month, figure = latest.month, round_as_printed(indicator, latest.value)
    start = month.year_start(indicator.accumulates.first_month)
    limits = work_out_year_end_limits(indicator, scale)
    target = indicator.target_for(month)
    if limits is None or target is None or not indicator.are_comparable(start, month):
        return None
    due, whole = _work_out_share(indicator, target, month)
    if not due:
        return None
    decimals = count_worked_out_decimals(indicator, series.values)
    end = round_half_up(figure * whole / due, decimals)
    if not indicator.unit.is_possible(end):
        return None
    rating, _ = rate_figure(end, limits)
    return Forecast(
        figure=end,
        rating=rating,
        word=scale.words.format_word(rating),
        follows_milestones=bool(target.milestones),
    )


def _work_out_share(indicator: Indicator, target: Target, month: Month) -> tuple[Decimal, Decimal]:
    """The share of the year's total that is reached by a month's end by a total on target.

    Returns its two sides, 3 and 12 for 3 of 12 months, so that nothing is rounded. With milestones
    it is the share of the figure due, on a straight line from one milestone to the next, from zero
    to the first, and from the last to the target.
    """
    passed, periods = count_periods(indicator, month)
    if not target.milestones or target.figure is None:
        return Decimal(passed), Decimal(periods)
    due = dict(_list_due(indicator, target, month))
    before = max(each for each in due if each <= passed)
    after = min((each for each in due if each > passed), default=before + 1)
    width = after - before
    rise = due.get(after, due[before]) - due[before]
    return due[before] * width + rise * (passed - before), target.figure * width


def _list_due(indicator: Indicator, target: Target, month: Month) -> Iterator[tuple[int, Decimal]]:
    """What is due by each number of periods passed: nothing, the milestones, and the target."""
    assert indicator.accumulates is not None
    assert target.figure is not None
    first = indicator.accumulates.first_month
    yield 0, Decimal(0)
    for milestone, figure in sorted(target.milestones.items()):
        if milestone.year_start(first) == month.year_start(first):
            yield count_periods(indicator, milestone)[0], figure
    yield count_periods(indicator, month)[1], target.figure
