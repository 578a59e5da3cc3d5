"""Running totals that fall, or that grow by far more or far less than before."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.quality.figures import thresholds
from merton_kpi.quality.figures.history import list_outturns
from merton_kpi.quality.findings import CONFIRM_FIGURE, Finding
from merton_kpi.rating.limits import count_periods

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.quality.figures.history import Values
    from merton_kpi.series.records import Series

_ADVICE_ON_FALL = (
    "correct it, or write 'figures: of_period' in the catalogue if each figure is of its own "
    f"period, or {CONFIRM_FIGURE}"
)


def check_totals(indicator: Indicator, series: Series, values: Values) -> Iterator[Finding]:
    """Check a run of running totals without a break within; there is at least one."""
    if indicator.accumulates is None or indicator.is_added_up:
        return
    begins = indicator.accumulates.first_month
    for _, of_year in groupby(values, key=lambda each: each[0].year_start(begins)):
        points = list(of_year)
        yield from _check_falls(indicator, points)
        yield from _check_growth(indicator, points)
        yield from _check_zero(indicator, series, points[0])


def _check_falls(indicator: Indicator, points: Values) -> Iterator[Finding]:
    """Totals that are lower than the one before."""
    show = indicator.unit.format_figure
    for (before, high), (month, low) in pairwise(points):
        if low < high:
            words = f"a running total falls from {show(high)} in {before.label} to {show(low)}"
            yield Finding(month, FindingCode.FALL, words, _ADVICE_ON_FALL)


def _check_growth(indicator: Indicator, points: Values) -> Iterator[Finding]:
    """Totals that grow by far more than in any period of the year before."""
    show = indicator.unit.format_figure
    for index in range(1, len(points)):
        month, total = points[index]
        if not indicator.unit.is_possible(total):
            continue
        last = points[index - 1][1]
        steps = [points[0][1], *(new - old for (_, old), (_, new) in pairwise(points[:index]))]
        if _is_stalled(total - last, steps):
            words = f"a running total grows by {show(total - last)} to {show(total)}, and by at"
            words += f" least {show(min(steps))} in each period before; a part may be left out"
            yield Finding(month, FindingCode.STALLED, words)
        elif _is_leap(indicator, month, total - last, steps) or _is_beyond(indicator, month, total):
            words = f"a running total grows by {show(total - last)} to {show(total)}"
            words += f", and by at most {show(max(steps))} in a period before"
            yield Finding(month, FindingCode.JUMP, words)


def _is_stalled(step: Decimal, steps: Sequence[Decimal]) -> bool:
    """Whether a period's growth is a small part of that of any before; a fall is doubted already.

    The first total is what the first period grew by, so that three periods are known with it.
    """
    is_known = len(steps) >= thresholds.STEADY and min(steps) >= thresholds.LEAST_STEP
    return is_known and 0 <= step * thresholds.STALL_FACTOR < min(steps)


def _is_leap(indicator: Indicator, month: Month, step: Decimal, steps: Sequence[Decimal]) -> bool:
    """Whether a period's growth is many times that of any before."""
    is_single = len(steps) == 1
    factor = thresholds.GROWTH_FACTOR_IF_SINGLE if is_single else thresholds.GROWTH_FACTOR
    least = thresholds.LEAST_TOTAL if is_single else thresholds.LEAST_STEP
    passed, periods = count_periods(indicator, month)
    is_known = passed > 1 and periods > 1
    return is_known and step >= least and step > factor * max(steps)


def _is_beyond(indicator: Indicator, month: Month, total: Decimal) -> bool:
    """Whether a total is many times what whole years had, and what this year's target is."""
    target = indicator.target_for(month)
    figures = () if target is None or target.withdrawn else target.figures
    most = max((*list_outturns(indicator, month), *figures), default=None)
    if not most or most < 0:
        return False
    return total >= thresholds.LEAST_TOTAL and total > thresholds.TOTAL_FACTOR * most


def _check_zero(
    indicator: Indicator, series: Series, point: tuple[Month, Decimal]
) -> Iterator[Finding]:
    """The year's first total that is zero, without a note, where earlier years had many by then."""
    month, total = point
    if total != 0 or series.figures[month].note or series.figures[month].numerator is not None:
        return
    passed, periods = count_periods(indicator, month)
    outturns = list_outturns(indicator, month)
    if outturns and min(outturns) * passed / periods >= thresholds.ZERO_COUNT:
        words = "a zero without a note may mean that the figure is not known"
        yield Finding(month, FindingCode.ZERO, words)
