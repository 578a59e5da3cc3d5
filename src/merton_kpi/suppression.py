"""Small numbers: a figure that would give away a count from 1 to 4 loses its value.

This happens before figures reach any series, so that nothing that rates, compares, draws or
explains can show what it has never seen. For an indicator with `suppress_small_numbers`:

- a figure goes where its count, numerator or denominator is from 1 to 4;
- in a running total one also goes where it differs by 1 to 4 from the last total shown, since the
  difference is a small count;
- the rate per 10,000 of a count goes where the count goes;
- an earlier year's outturn goes by the same rules, its note with it.

A zero is shown. A figure that goes takes its numerator and denominator with it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from merton_kpi.entries import Outturn
from merton_kpi.vocab import Status, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from merton_kpi.model import Catalogue, Indicator, Observation
    from merton_kpi.periods import FinancialYear, Month

SMALLEST_SHOWN = 5


def find_small(
    indicators: Mapping[str, Indicator], figures: Mapping[str, Mapping[Month, Observation]]
) -> Mapping[str, frozenset[Month]]:
    """The months of each indicator whose figure must not be shown."""
    small = {
        number: frozenset(_find_own(indicator, figures[number]))
        for number, indicator in indicators.items()
    }
    for number, indicator in indicators.items():
        if indicator.rate_of:
            small[number] |= small.get(indicator.rate_of.count, frozenset())
    return small


def _find_own(indicator: Indicator, figures: Mapping[Month, Observation]) -> set[Month]:
    found: set[Month] = set()
    shown: dict[int, Decimal] = {}  # the last total shown in each year of accumulation
    for month in sorted(figures):
        each = figures[month]
        if each.status and each.status.is_suppressed:
            found.add(month)
        elif indicator.suppress_small_numbers and each.value is not None:
            count = _count(indicator, each)
            year, total = 0, None
            if indicator.accumulates:
                year = month.plus(1 - indicator.accumulates.first_month).year
                total = shown.get(year)
            added = None if count is None or total is None else abs(count - total)
            if is_small_figure(indicator, each) or _is_small(added):
                found.add(month)
            elif count is not None:
                shown[year] = count
    return found


def is_small_figure(indicator: Indicator, each: Observation) -> bool:
    """Whether a figure alone, without those around it, gives a small count away."""
    counts = (_count(indicator, each), each.numerator, each.denominator)
    return indicator.suppress_small_numbers and any(map(_is_small, counts))


def suppress(indicator: Indicator, each: Observation) -> Observation:
    """The same observation without its figure; `<5` is said only of a count from 1 to 4."""
    if each.status and each.status.is_suppressed:
        return each
    is_count = indicator.unit is Unit.NUMBER and _is_small(each.value)
    status = Status.SUPPRESSED if is_count else Status.SUPPRESSED_WITH_ANOTHER
    return replace(each, value=None, numerator=None, denominator=None, status=status)


def gives_away(each: Observation) -> bool:
    """Whether the words of a row name the figure that is suppressed in it."""
    figures = {f"{each.value:f}", f"{each.numerator:f}"} if each.numerator else {f"{each.value:f}"}
    return bool(figures & set(re.findall(r"[0-9]+(?:\.[0-9]+)?", each.words)))


def lacks_count(indicator: Indicator, each: Observation) -> bool:
    """Whether nobody can tell if the figure is of a small count."""
    return (
        indicator.suppress_small_numbers
        and each.value is not None
        and not indicator.rate_of
        and _count(indicator, each) is None
    )


def suppress_outturns(catalogue: Catalogue) -> Catalogue:
    """The catalogue without the earlier figures that are, or are the rates of, small counts."""
    indicators = {each.number: each for each in catalogue.indicators}
    if not any(each.suppress_small_numbers for each in indicators.values()):
        return catalogue
    sections = tuple(
        section.model_copy(
            update={
                "indicators": tuple(_without_small(each, indicators) for each in section.indicators)
            }
        )
        for section in catalogue.sections
    )
    return catalogue.model_copy(update={"sections": sections})


def _without_small(indicator: Indicator, indicators: Mapping[str, Indicator]) -> Indicator:
    counter = indicators.get(indicator.rate_of.count) if indicator.rate_of else indicator
    years = _find_small_outturns(counter) if counter else set()
    small = {month for month, value in indicator.earlier_months.items() if _is_small(value)}
    if indicator is not counter or indicator.unit is not Unit.NUMBER:
        small = set()
    if not counter or not counter.suppress_small_numbers or not (years or small):
        return indicator
    outturns = {
        year: _without_value(each, is_count=indicator is counter) if year in years else each
        for year, each in indicator.outturns.items()
    }
    earlier = {m: value for m, value in indicator.earlier_months.items() if m not in small}
    return indicator.model_copy(update={"outturns": outturns, "earlier_months": earlier})


def _find_small_outturns(indicator: Indicator) -> set[FinancialYear]:
    return {
        year
        for year, each in indicator.outturns.items()
        if (each.unit or indicator.unit) is Unit.NUMBER and _is_small(each.value)
    }


def _without_value(outturn: Outturn, *, is_count: bool) -> Outturn:
    status = Status.SUPPRESSED if is_count else Status.SUPPRESSED_WITH_ANOTHER
    return Outturn(status=status, source=outturn.source, period=outturn.period)


def _count(indicator: Indicator, each: Observation) -> Decimal | None:
    return each.value if indicator.unit is Unit.NUMBER else each.numerator


def _is_small(count: Decimal | None) -> bool:
    return count is not None and 0 < count < SMALLEST_SHOWN
