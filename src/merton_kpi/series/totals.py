"""The figures that are rated: those of the extracts, or the sums of them since the year began.

A sum is worked out only from figures that are shown, so that no total can disclose a suppressed
one. Where a period has no figure, no total from it on is known until the next year begins. A period
without cases adds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi.core.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.series.records import Series


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """The sum of a year's periods up to a month, with the figures that it was added up from."""

    month: Month
    parts: tuple[Decimal, ...]

    @property
    def figure(self) -> Decimal:
        """The sum, as exact as its parts."""
        first, *others = self.parts
        return sum(others, first)


def list_rated_figures(indicator: Indicator, series: Series) -> Mapping[Month, Observation]:
    """The figures that ratings rest on, by month.

    They are the series' own, unless the indicator's figures are added up. A month whose total is
    not known is then left out; where that is because a figure is suppressed, so is the total.
    """
    if not indicator.is_added_up:
        return series.figures
    rated = {}
    for month, given in sorted(series.figures.items()):
        total = add_up(indicator, series, month)
        if total:
            status = None if given.status is Status.NO_CASES else given.status
            rated[month] = replace(
                given, value=total.figure, numerator=None, denominator=None, status=status
            )
        elif any(_is_suppressed(series, each) for each in list_gaps(indicator, series, month)):
            status = Status.SUPPRESSED_WITH_ANOTHER
            rated[month] = replace(
                given, value=None, numerator=None, denominator=None, status=status
            )
        elif given.value is None:
            rated[month] = given
    return rated


def add_up(indicator: Indicator, series: Series, month: Month) -> Total | None:
    """Add up a year's periods to a month; None where a figure is not known, or none is due."""
    figures = [_select_figure(indicator, series, each) for each in _list_periods(indicator, month)]
    parts = tuple(figure for figure in figures if figure is not None)
    if not parts or len(parts) < len(figures) or not indicator.is_due(month):
        return None
    return Total(month=month, parts=parts)


def add_up_earlier_months(indicator: Indicator, month: Month) -> Decimal | None:
    """Last year's figure for a month, from `earlier_months`; None where it is not known.

    Of figures that are added up it is the sum since that year began.
    """
    if not indicator.is_added_up:
        return indicator.earlier_months.get(month)
    parts = [indicator.earlier_months.get(each) for each in _list_periods(indicator, month)]
    known = [part for part in parts if part is not None]
    return sum(known[1:], known[0]) if known and len(known) == len(parts) else None


def list_earlier_gaps(indicator: Indicator, month: Month) -> tuple[Month, ...]:
    """The months without a figure in `earlier_months`, so that last year's is not known."""
    periods = _list_periods(indicator, month) if indicator.is_added_up else (month,)
    return tuple(each for each in periods if each not in indicator.earlier_months)


def select_part(given: Observation) -> Decimal | None:
    """What a month's own figure adds to a sum: 0 where there were no cases."""
    return Decimal(0) if given.status is Status.NO_CASES else given.value


def list_gaps(indicator: Indicator, series: Series, month: Month) -> tuple[Month, ...]:
    """The year's periods up to a month that have no figure, so that no total is known."""
    return tuple(
        each
        for each in _list_periods(indicator, month)
        if _select_figure(indicator, series, each) is None
    )


def _list_periods(indicator: Indicator, month: Month) -> Iterator[Month]:
    """The months due from the beginning of the year that the figures add up over to a month."""
    assert indicator.accumulates is not None
    each = month.year_start(indicator.accumulates.first_month)
    while each <= month:
        if indicator.is_period_end(each):
            yield each
        each = each.add_months(1)


def _select_figure(indicator: Indicator, series: Series, month: Month) -> Decimal | None:
    """A month's part of a sum.

    Before April, where an academic year began then, it is last year's.
    """
    given = series.figures.get(month)
    if given is None:
        return indicator.earlier_months.get(month)
    return select_part(given)


def _is_suppressed(series: Series, month: Month) -> bool:
    given = series.figures.get(month)
    return bool(given and given.status and given.status.is_suppressed)
