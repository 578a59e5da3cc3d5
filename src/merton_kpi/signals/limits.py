"""The limits of a stretch, worked out exactly: of an XmR chart, or of a p-chart.

An XmR chart rests on the differences of neighbouring figures, a p-chart on the denominators. The
factors are those of the NHS's "Making data count".
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from merton_kpi.signals.records import SignalLimits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from merton_kpi.signals.records import Point, PointSeries

LIMIT_FACTOR = Fraction(
    "2.66"
)  # of the mean moving range: 3 standard deviations of a stable series
SCREEN_FACTOR = Fraction("3.267")  # of the mean moving range: beyond it, a range is dropped
STANDARD_ERRORS = 3
PER_CENT = 100
ROOT_DIGITS = 40  # of a root that is not exact; a figure never has as many


def work_out_signal_limits(
    series: PointSeries, points: Sequence[Point], values: Sequence[Fraction]
) -> list[SignalLimits]:
    """Work out the limits for each figure of a stretch, which has at least two.

    Args:
        series: Says how many of the figures are the baseline, and what a figure cannot be.
        points: The stretch's periods with figures.
        values: Their figures, as `work_out_value` gives them.
    """
    count = series.baseline or len(points)
    if is_p_chart(series, points):
        mean, distances = _work_out_p_chart(points, count)
    else:
        mean, distance = _work_out_xmr_chart(values[:count])
        distances = [distance] * len(points)
    return [
        SignalLimits(mean=mean, distance=each, least=series.least, most=series.most)
        for each in distances
    ]


def is_p_chart(series: PointSeries, points: Sequence[Point]) -> bool:
    """Whether the limits follow from the parts: of a percentage, all of whose parts are known."""
    return series.is_percentage and all(map(_has_counts, points))


def work_out_value(point: Point, *, is_from_parts: bool) -> Fraction:
    """A figure as the rules look at it: what its parts give, not rounded, or as it is given."""
    if is_from_parts and point.parts:
        numerator, denominator = map(Fraction, point.parts)
        return PER_CENT * numerator / denominator
    assert point.value is not None
    return Fraction(point.value)


def _has_counts(point: Point) -> bool:
    """Whether its parts are a number of cases and how many of them there were."""
    if point.parts is None:
        return False
    numerator, denominator = point.parts
    are_whole = numerator == numerator.to_integral_value() and (
        denominator == denominator.to_integral_value()
    )
    return are_whole and 0 <= numerator <= denominator and denominator > 0


def _work_out_xmr_chart(values: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """The mean, and the distance of the limits from it.

    Large differences of neighbours are dropped once, so that one odd figure does not widen the
    limits. With no difference at all there is nothing to drop.
    """
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    screen = SCREEN_FACTOR * _work_out_mean(ranges)
    kept = [each for each in ranges if each < screen] or ranges
    return _work_out_mean(values), LIMIT_FACTOR * _work_out_mean(kept)


def _work_out_p_chart(points: Sequence[Point], count: int) -> tuple[Fraction, list[Fraction]]:
    """The mean of the first `count` figures, and the distance of each figure's limits from it."""
    parts = [each.parts for each in points if each.parts]
    cases = sum((Fraction(numerator) for numerator, _ in parts[:count]), Fraction(0))
    share = cases / sum((Fraction(of) for _, of in parts[:count]), Fraction(0))
    errors = [work_out_root(share * (1 - share) / Fraction(size)) for _, size in parts]
    return PER_CENT * share, [PER_CENT * STANDARD_ERRORS * each for each in errors]


def work_out_root(number: Fraction) -> Fraction:
    """The square root: exact where it is a fraction, else cut off after ROOT_DIGITS decimals.

    A root that is not a fraction is never equal to a figure, so a few decimals decide which of the
    two is larger.
    """
    roots = math.isqrt(number.numerator), math.isqrt(number.denominator)
    if (roots[0] ** 2, roots[1] ** 2) == (number.numerator, number.denominator):
        return Fraction(*roots)
    scale = 10**ROOT_DIGITS
    return Fraction(math.isqrt(math.floor(number * scale**2)), scale)


def _work_out_mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)
