"""The reasons not to apply the rules: where they would call chance a change, or mislead."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from merton_kpi.core.vocabulary import FigureKind
from merton_kpi.signals.words import NoSignalReason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from merton_kpi.signals.records import Point, PointSeries

FEWEST_FIGURES = 13
FEWEST_VALUES = 4
MOST_AUTOCORRELATION = Fraction("0.5")
SCALE = 10**15  # whole numbers of this size have the figures' digits, and are quick to add


def choose_reason(
    series: PointSeries, points: Sequence[Point], values: Sequence[Fraction]
) -> NoSignalReason | None:
    """Choose why the rules are not applied to a stretch; None where they are.

    Args:
        series: What kind of figures they are.
        points: The periods of the stretch, also those whose figure is hidden or missing.
        values: The figures that are there.
    """
    known = sum(each.value is not None or each.is_hidden for each in points)
    checks = (
        (NoSignalReason.TOO_SHORT, known < FEWEST_FIGURES),
        (NoSignalReason.HIDDEN, any(each.is_hidden for each in points)),
        (NoSignalReason.STOCK, series.is_stock),
        (NoSignalReason.TO_DATE, series.kind is FigureKind.TO_DATE),
        (NoSignalReason.CONSTANT, len(set(values)) == 1),
        (NoSignalReason.FEW_VALUES, len(set(values)) < FEWEST_VALUES),
    )
    for reason, holds in checks:
        if holds:
            return reason
    if work_out_autocorrelation(values) > MOST_AUTOCORRELATION:
        return NoSignalReason.AUTOCORRELATED
    return None


def work_out_autocorrelation(values: Sequence[Fraction]) -> Fraction:
    """How closely each figure follows the one before (lag 1), once the largest step is taken out.

    The step is where two means, one before it and one from it on, fit the figures best. Left in, it
    would itself look like figures that follow one another.
    """
    numbers = [round(each * SCALE) for each in values]
    size = _choose_step(numbers)
    parts = numbers[:size], numbers[size:]
    # Multiplied by both sizes, the distances from the two means are whole numbers.
    distances = [
        (each * len(part) - sum(part)) * (len(numbers) - len(part))
        for part in parts
        for each in part
    ]
    squares = sum(each * each for each in distances)
    products = sum(earlier * later for earlier, later in pairwise(distances))
    return Fraction(products, squares) if squares else Fraction(0)


def _choose_step(numbers: Sequence[int]) -> int:
    """How many figures are before the largest step: the split that leaves the least squares.

    Where two splits leave as little, the earlier one is taken.
    """
    total, count = sum(numbers), len(numbers)
    sums = dict(enumerate(accumulate(numbers[:-1]), 1))
    return max(
        sums,
        key=lambda size: Fraction((count * sums[size] - size * total) ** 2, size * (count - size)),
    )
