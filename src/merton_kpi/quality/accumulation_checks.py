"""Percentages with `accumulates` whose figures do not look like sums of periods.

Some percentages add up, such as the share of a fixed number of homes visited so far. Most do not:
the share of the rent due so far that was paid stays near one level all year.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.periods import format_count
from merton_kpi.core.units import Unit
from merton_kpi.quality.findings import CONFIRM_VALUE, CatalogueFinding
from merton_kpi.rating.limits import count_periods

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.series.records import Series

_IF_THEY_ADD_UP = f"if they do add up, {CONFIRM_VALUE}"
_TO_DATE = (
    "for percentages of the year to date, write 'figures: to_date' in place of 'accumulates' and "
    f"the target's 'profile'; {_IF_THEY_ADD_UP}"
)
_OF_PERIOD = (
    "for percentages of each period, leave out 'accumulates', 'figures' and the target's "
    f"'profile'; {_IF_THEY_ADD_UP}"
)


@dataclass(frozen=True, slots=True)
class _Point:
    """A total at the end of a month, when so many of the year's periods have passed."""

    month: Month
    figure: Decimal
    passed: int
    periods: int


def check_accumulation(indicator: Indicator, series: Series) -> Iterator[CatalogueFinding]:
    """Check for a percentage that accumulates although its figures would pass 100% as a sum."""
    if indicator.accumulates is None or indicator.unit is not Unit.PERCENT:
        return
    for points in _list_years(indicator, series):
        words = _explain_sum(indicator, points)
        if words:
            advice = _OF_PERIOD if indicator.is_added_up else _TO_DATE
            yield CatalogueFinding("accumulates", FindingCode.NOT_A_SUM, words, advice=advice)
            return


def _list_years(indicator: Indicator, series: Series) -> Iterator[tuple[_Point, ...]]:
    """The totals of each year that the indicator adds up over, as far as the series has them."""
    assert indicator.accumulates is not None
    first = indicator.accumulates.first_month
    points = (
        _Point(month, each.value, *count_periods(indicator, month))
        for month, each in sorted(series.rated_figures.items())
        if each.value is not None and indicator.is_due(month)
    )
    for _, of_year in groupby(points, key=lambda each: each.month.year_start(first)):
        yield tuple(of_year)


def _explain_sum(indicator: Indicator, points: tuple[_Point, ...]) -> str:
    """What makes a year's totals unlike sums, in words; nothing where they can be sums."""
    show, first, last = indicator.unit.format_figure, points[0], points[-1]
    if indicator.is_added_up:
        is_sum = last.figure <= 100
        return "" if is_sum else f"figures up to {last.month.label} add up to {show(last.figure)}"
    if not _is_level(first, last):
        return ""
    share = f"{first.passed} of {format_count(first.periods, indicator.noun)}"
    return (
        f"a running total of {show(first.figure)} after {share} would pass 100% by the year's end"
    )


def _is_level(first: _Point, last: _Point) -> bool:
    """Whether a line from the first figure passes 100% and the figures do not grow along it.

    They do not where the last has grown by less than half of what the line says. A first figure
    alone is unlike a sum where the line passes 200%.
    """
    end = first.figure * first.periods / first.passed
    if first is last:
        return end > 200
    growth = first.figure * (last.passed - first.passed) / first.passed
    return end > 100 and last.figure - first.figure < growth / 2
