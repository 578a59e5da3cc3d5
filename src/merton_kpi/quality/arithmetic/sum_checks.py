"""Totals that are not the sum of the figures that the catalogue says they are the sum of.

Only figures that are shown as they were given are added up: a sum with a hidden or a rounded one
is passed over.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.periods import FIRST_MONTH, join_labels
from merton_kpi.core.rounding import count_decimals
from merton_kpi.quality.arithmetic.rate_checks import list_values
from merton_kpi.quality.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import Month
    from merton_kpi.series.records import Series


def check_sums(
    indicator: Indicator, catalogue: Catalogue, series: Mapping[str, Series]
) -> Iterator[Finding]:
    """Check the figures of an indicator with `sum_of` or `running_total_of`."""
    total_of = indicator.running_total_of
    numbers = indicator.sum_of or ((total_of,) if total_of else ())
    if not numbers or any(series[each].level.round_to for each in (indicator.number, *numbers)):
        return
    show = indicator.unit.format_figure
    (counted,) = (each for each in catalogue.indicators if each.number == numbers[0])
    for month, total in list_values(series[indicator.number]):
        months = _list_periods(indicator, counted, month) if total_of else [month]
        parts = _list_parts([series[each] for each in numbers], months)
        if not parts or abs(total - sum(parts)) <= _measure_rounding((total, *parts)):
            continue
        of_whom = f"indicators {join_labels(numbers)}"
        if total_of:
            of_whom = f"indicator {total_of} since {months[0].label}"
        words = f"{show(total)} is not the sum of {of_whom}, which is {show(sum(parts, Decimal()))}"
        yield Finding(month, FindingCode.SUM, words)


def _list_periods(indicator: Indicator, counted: Indicator, month: Month) -> list[Month]:
    """The counted indicator's periods from the beginning of a total's year to a month."""
    year = indicator.year_covered
    start = month.year_start(year.first_month if year else FIRST_MONTH)
    return [each for each in counted.list_period_ends(start) if each <= month]


def _list_parts(series: Sequence[Series], months: Sequence[Month]) -> list[Decimal]:
    """The figures that a total adds up; none where one of them is not shown or not known."""
    given = [each.figures.get(month) for each in series for month in months]
    figures = [each.value for each in given if each is not None and each.value is not None]
    return figures if len(figures) == len(given) else []


def _measure_rounding(figures: Sequence[Decimal]) -> Decimal:
    """How much a sum may differ because its figures are rounded; whole numbers are exact."""
    decimals = min(map(count_decimals, figures))
    is_exact = all(each % 1 == 0 for each in figures)
    return Decimal() if is_exact else Decimal(5).scaleb(-1 - decimals) * len(figures)
