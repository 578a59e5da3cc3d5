"""Rates per 10,000 that do not follow from the counts they are the rates of.

The people that both are among are declared, or implied by what most of the year's figures say.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from merton_kpi.catalogue.models import Catalogue, Indicator
    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.series.records import Series

RATE_TOLERANCE = Decimal("0.01")  # a population is an estimate; and of another year:
OUTTURN_TOLERANCE = Decimal("0.05")


def list_values(series: Series) -> list[tuple[Month, Decimal]]:
    """The figures that are there, in the order of their months."""
    return [
        (month, each.value)
        for month, each in sorted(series.figures.items())
        if each.value is not None
    ]


def median(figures: Iterable[Decimal]) -> Decimal:
    """The middle figure, the higher of two; the module `statistics` is slow to import."""
    ordered = sorted(figures)
    return ordered[len(ordered) // 2]


def check_rates(indicator: Indicator, series: Mapping[str, Series]) -> Iterator[tuple[Month, str]]:
    """Rates per 10,000 that do not follow from the count they are the rate of."""
    population = _find_population(indicator, series)
    if indicator.rate_of and population:
        counts = dict(list_values(series[indicator.rate_of.count]))
        for month, rate in list_values(series[indicator.number]):
            if month in counts:
                finding = _compare_rate(indicator, rate, counts[month], population, RATE_TOLERANCE)
                if finding:
                    yield month, finding


def check_outturn_rates(
    indicator: Indicator, catalogue: Catalogue, series: Mapping[str, Series]
) -> Iterator[tuple[FinancialYear, str]]:
    """Earlier years' rates that do not follow from the same years' counts."""
    population = _find_population(indicator, series)
    if indicator.rate_of and population:
        (counter,) = (e for e in catalogue.indicators if e.number == indicator.rate_of.count)
        for year, past in indicator.outturns.items():
            count = counter.outturns.get(year)
            if past.value is not None and count and count.value is not None:
                finding = _compare_rate(
                    indicator, past.value, count.value, population, OUTTURN_TOLERANCE
                )
                if finding:
                    yield year, finding


def _find_population(indicator: Indicator, series: Mapping[str, Series]) -> Decimal | None:
    """The people that a rate is of: as declared, or as half the year's figures imply at least."""
    if not indicator.rate_of:
        return None
    if indicator.rate_of.population:
        return Decimal(indicator.rate_of.population)
    counts = dict(list_values(series[indicator.rate_of.count]))
    rates = list_values(series[indicator.number])
    implied = [counts[month] / rate * 10_000 for month, rate in rates if rate and month in counts]
    return median(implied) if implied else None


def _compare_rate(
    indicator: Indicator, rate: Decimal, count: Decimal, population: Decimal, tolerance: Decimal
) -> str:
    """What is wrong with a rate, beyond its rounding and this share of itself; else nothing."""
    assert indicator.rate_of
    follows = count / population * 10_000
    rounding = Decimal(5).scaleb(-1 - indicator.decimals)
    if abs(follows - rate) <= rounding + rate * tolerance:
        return ""
    people = f"{round(population, -2):,.0f} people"
    return (
        f"a rate of {rate:,f} does not follow from the {count:,f} of indicator "
        f"{indicator.rate_of.count}, which among about {people} are {round(follows, 1):,f}"
    )
