"""An indicator's figures as the rules for real changes look at them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from merton_kpi.core.rounding import count_decimals
from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import FigureKind, Polarity
from merton_kpi.rating.limits import count_periods, work_out_limits
from merton_kpi.rating.rounding import round_as_printed
from merton_kpi.signals.records import Point, PointSeries, TargetRange

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.series.records import Series


def compose_point_series(indicator: Indicator, scale: Scale, series: Series) -> PointSeries:
    """Compose the periods due by now and their figures as printed, without those hidden.

    Earlier years come first, from the first period that is known. Their targets are not known.
    """
    months = _list_months(indicator, series)
    points = tuple(_compose_point(indicator, scale, series, month) for month in months)
    return PointSeries(
        points=points,
        better=indicator.better_in(months[-1]) if months else indicator.better,
        kind=_choose_kind(indicator),
        is_stock=indicator.stock,
        baseline=indicator.baseline,
        is_percentage=indicator.unit == Unit.PERCENT,
        first_recent=_choose_first_recent(indicator, series),
        breaks=tuple(each.start for each in indicator.breaks),
        least=_choose_least(points),
        most=_choose_most(indicator, points),
    )


def _list_months(indicator: Indicator, series: Series) -> list[Month]:
    """Every period from the first known to the last, whether or not it has a figure.

    What a period added to a running total is known only if the period before has a total.
    """
    known = sorted(filter(indicator.is_period_end, {*series.earlier, *series.due, *series.figures}))
    if not known:
        return []
    between = map(known[0].add_months, range(known[-1].months_since(known[0]) + 1))
    return [*filter(indicator.is_period_end, between)]


def _choose_first_recent(indicator: Indicator, series: Series) -> Month | None:
    """The first month whose figure may be carried forward to the papers' month; None for any.

    Of an indicator that has ended, no figure may be.
    """
    if indicator.is_ended_by(series.as_at):
        return series.as_at.add_months(1)
    recent = series.due[-indicator.carry_forward - 1 :]
    return recent[0] if len(recent) > indicator.carry_forward else None


def _choose_least(points: Iterable[Point]) -> int | None:
    """What no limit is printed below: 0, unless a figure is lower."""
    return None if any(each.value and each.value < 0 for each in points) else 0


def _choose_most(indicator: Indicator, points: Iterable[Point]) -> int | None:
    """What no limit is printed above: the highest in this unit, unless a figure is higher.

    A warning asks about a percentage above 100, which the service may confirm.
    """
    most = indicator.unit.most
    is_exceeded = most is not None and any(each.value and each.value > most for each in points)
    return None if is_exceeded else most


def _choose_kind(indicator: Indicator) -> FigureKind:
    """What each figure of the extracts covers."""
    if indicator.is_to_date:
        return FigureKind.TO_DATE
    return FigureKind.RUNNING_TOTAL if indicator.year_covered else FigureKind.OF_PERIOD


def _compose_point(indicator: Indicator, scale: Scale, series: Series, month: Month) -> Point:
    given = series.figures.get(month) or series.earlier.get(month)
    if given is None:
        return Point(month=month)
    value = None if given.value is None else round_as_printed(indicator, given.value)
    return Point(
        month=month,
        value=value,
        parts=_select_parts(indicator, given),
        is_hidden=given.status is not None and given.status.is_suppressed,
        starts_year=bool(indicator.accumulates) and count_periods(indicator, month)[0] == 1,
        target=_select_target(indicator, scale, series, month),
    )


def _select_parts(indicator: Indicator, given: Observation) -> tuple[Decimal, Decimal] | None:
    """The numerator and the denominator, where the figure that is given follows from them.

    It may be rounded either way at a half: 2.5 is 2 or 3, as programs differ.
    """
    if given.value is None or given.parts is None:
        return None
    numerator, denominator = map(Fraction, given.parts)
    difference = abs(numerator * indicator.unit.per / denominator - Fraction(given.value))
    follows = 2 * difference * 10 ** count_decimals(given.value) <= 1
    return given.parts if follows else None


def _select_target(
    indicator: Indicator, scale: Scale, series: Series, month: Month
) -> TargetRange | None:
    """The figures that meet a month's target, where the target is that of the month's own figure.

    What is due of a year's target is no target for what a period adds to the total.
    """
    is_rated = month not in series.earlier and indicator.is_rated_in(month)
    if indicator.accumulates or indicator.needs_judgement or not is_rated:
        return None
    bounds = work_out_limits(indicator, scale, month, series.values).bounds
    if not bounds:
        return None
    ends = {each.polarity: each.target for each in bounds}
    return TargetRange(
        low=ends.get(Polarity.HIGHER_IS_BETTER),
        high=ends.get(Polarity.LOWER_IS_BETTER),
        is_strict=any(each.is_strict for each in bounds),
    )
