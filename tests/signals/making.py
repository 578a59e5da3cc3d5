"""Series for the tests of signals."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from merton_kpi.core.periods import Month
from merton_kpi.core.rounding import round_half_up
from merton_kpi.signals.assess import assess_signal
from merton_kpi.signals.limits import work_out_signal_limits
from merton_kpi.signals.records import Point, PointSeries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.signals.records import Signal, SignalLimits

FIRST = Month(2019, 4)
# Mean 0, limits 7.98 and near 5.32 away from it: the differences of neighbours are all 3.
BASELINE = ("1.5", "-1.5") * 6


def make_points(figures: Iterable[str | int | Decimal | None]) -> tuple[Point, ...]:
    """A point a month from April 2019; None for a month without a figure."""
    return tuple(
        Point(month=FIRST.add_months(index), value=None if figure is None else Decimal(str(figure)))
        for index, figure in enumerate(figures)
    )


def make_percentages(parts: Iterable[tuple[int, int]]) -> tuple[Point, ...]:
    """A point a month from numerators and denominators, its value rounded as a service does."""
    return tuple(
        Point(
            month=FIRST.add_months(index),
            value=round_half_up(Decimal(100 * numerator) / denominator, 0),
            parts=(Decimal(numerator), Decimal(denominator)),
        )
        for index, (numerator, denominator) in enumerate(parts)
    )


def assess(figures: Iterable[str | int | Decimal | None], **settings: Any) -> Signal:
    return assess_signal(PointSeries(points=make_points(figures), **settings))


def work_out(figures: Iterable[str | int | Decimal], **settings: Any) -> SignalLimits:
    """The limits of the last figure, whether or not there is a reason not to use them."""
    series = PointSeries(points=make_points(figures), **settings)
    return work_out_signal_limits(series, series.points)[-1]


def list_flagged(signal: Signal) -> dict[int, tuple[str, ...]]:
    """The rules that each figure of the last stretch is part of, by its place in it."""
    return {
        index: tuple(f"{flag.rule.value} {'up' if flag.is_high else 'down'}" for flag in each.flags)
        for index, each in enumerate(signal.stretches[-1].points)
        if each.flags
    }
