"""The limits of a stretch, worked out exactly: of an XmR chart, or of a p-chart.

Both rest on the differences of neighbouring figures. The factors are those of the NHS's "Making
data count".
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from merton_kpi.core.rounding import count_decimals
from merton_kpi.signals.records import SignalLimits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from merton_kpi.signals.records import Point, PointSeries

# Of the mean moving range: 3 standard deviations of a stable series, each of which is about the
# mean moving range divided by 1.128.
LIMIT_FACTOR = Fraction("2.66")
SCREEN_FACTOR = Fraction("3.267")  # of the mean moving range: beyond it, a range is dropped
PER_CENT = 100
ROOT_DIGITS = 40  # of a root that is not exact; a figure never has as many


def work_out_signal_limits(series: PointSeries, points: Sequence[Point]) -> list[SignalLimits]:
    """Work out the limits for each figure of a stretch, which has at least two.

    Args:
        series: Says how many of the figures are the baseline, and what a figure cannot be.
        points: The stretch's periods with figures.
    """
    count = series.baseline or len(points)
    if is_p_chart(series, points):
        mean, distances = _work_out_p_chart(series, points, count)
    else:
        mean, distance = _work_out_xmr_chart(list_values(points)[:count])
        distances = [distance] * len(points)
    decimals = max(count_decimals(each.value) for each in points if each.value is not None)
    return [
        SignalLimits(
            mean=mean, distance=each, decimals=decimals, least=series.least, most=series.most
        )
        for each in distances
    ]


def is_p_chart(series: PointSeries, points: Sequence[Point]) -> bool:
    """Whether the limits follow from the parts: of a percentage, all of whose parts are known."""
    return series.is_percentage and all(map(_has_counts, points))


def list_values(points: Sequence[Point]) -> list[Fraction]:
    """The figures as printed."""
    return [Fraction(each.value) for each in points if each.value is not None]


def list_unrounded(series: PointSeries, points: Sequence[Point]) -> list[Fraction]:
    """What the parts of a p-chart's figures give; of others, the figures as printed."""
    if not is_p_chart(series, points):
        return list_values(points)
    return [
        PER_CENT * Fraction(each.parts[0]) / Fraction(each.parts[1])
        for each in points
        if each.parts
    ]


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
    """The mean, and the distance of the limits from it."""
    return _work_out_mean(values), _work_out_distance(values)


def _work_out_distance(values: Sequence[Fraction]) -> Fraction:
    """How far from their mean figures usually are at most, by the differences of neighbours.

    Large differences are dropped once, so that one odd figure does not widen the limits. With no
    difference at all there is nothing to drop.
    """
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    screen = SCREEN_FACTOR * _work_out_mean(ranges)
    kept = [each for each in ranges if each < screen] or ranges
    return LIMIT_FACTOR * _work_out_mean(kept)


def _work_out_p_chart(
    series: PointSeries, points: Sequence[Point], count: int
) -> tuple[Fraction, list[Fraction]]:
    """The mean of the first `count` figures' cases, and the distance of each figure's limits.

    Chance moves a percentage by less, the more cases it is of: by the root of their number. So each
    distance from the mean is multiplied by that root before neighbours are compared, and what comes
    of it is divided by each figure's own. This is Laney's p' chart (2002). Where all denominators
    are equal, it is the XmR chart.

    Roots are taken of a denominator beside the first one, so that those of equal ones are exact.
    """
    parts = [(Fraction(each.parts[0]), Fraction(each.parts[1])) for each in points if each.parts]
    cases, all_cases = (sum(each, Fraction(0)) for each in zip(*parts[:count], strict=True))
    mean = PER_CENT * cases / all_cases
    roots = [work_out_root(denominator / parts[0][1]) for _, denominator in parts]
    scaled = [
        (value - mean) * root
        for value, root in zip(list_unrounded(series, points), roots, strict=True)
    ]
    distance = _work_out_distance(scaled[:count])
    return mean, [distance / root for root in roots]


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
