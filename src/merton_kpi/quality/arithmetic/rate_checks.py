"""Rates that do not follow from the counts they are the rates of.

The population is the declared one, or else the median of those that the year's figures imply.
"""

from __future__ import annotations

from decimal import Decimal
from statistics import median_high
from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.rounding import count_decimals, round_half_up
from merton_kpi.quality.findings import Finding
from merton_kpi.rating.rounding import round_as_printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.entries import RateOf
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.series.records import Series

# The shares by which a rate may differ: a population is an estimate, and an earlier year's was
# another one.
RATE_TOLERANCE = Decimal("0.01")
OUTTURN_TOLERANCE = Decimal("0.05")


def list_values(series: Series) -> list[tuple[Month, Decimal]]:
    """The figures that are there, in the order of their months."""
    return [
        (month, each.value)
        for month, each in sorted(series.figures.items())
        if each.value is not None
    ]


def check_rates(
    indicator: Indicator, catalogue: Catalogue, series: Mapping[str, Series]
) -> Iterator[Finding]:
    """Check for rates that do not follow from the count they are the rate of."""
    population = _work_out_population(indicator, catalogue, series)
    if indicator.rate_of and population:
        counts = _list_counts(indicator, catalogue, series)
        for month, rate in list_values(series[indicator.number]):
            if month in counts and not _is_near(
                indicator, rate, counts[month] / population * indicator.unit.per, RATE_TOLERANCE
            ):
                words = _explain_rate(indicator, rate, counts[month], population)
                yield Finding(month, FindingCode.RATE, words)


def check_outturn_rates(
    indicator: Indicator, catalogue: Catalogue, series: Mapping[str, Series]
) -> Iterator[tuple[FinancialYear, str]]:
    """Check for earlier years' rates that do not follow from the same years' counts.

    Yields each such year with what is wrong in words.
    """
    population = _work_out_population(indicator, catalogue, series)
    if indicator.rate_of and population:
        counter = _select_counter(catalogue, indicator.rate_of)
        for year, outturn in indicator.outturns.items():
            count = counter.outturns_by_year.get(indicator.choose_outturn_year(year))
            if outturn.value is None or count is None or count.value is None:
                continue
            follows = count.value / population * indicator.unit.per
            if not _is_near(indicator, outturn.value, follows, OUTTURN_TOLERANCE):
                yield year, _explain_rate(indicator, outturn.value, count.value, population)


def _select_counter(catalogue: Catalogue, rate: RateOf) -> Indicator:
    """The indicator that counts what a rate is of."""
    (counter,) = (each for each in catalogue.indicators if each.number == rate.count)
    return counter


def _list_counts(
    indicator: Indicator, catalogue: Catalogue, series: Mapping[str, Series]
) -> dict[Month, Decimal]:
    """The counts behind a rate: of the rate of a running total, those of periods are added up."""
    assert indicator.rate_of is not None
    counter = _select_counter(catalogue, indicator.rate_of)
    mine = series[counter.number]
    figures = mine.rated_figures if indicator.year_covered else mine.figures
    return {month: each.value for month, each in figures.items() if each.value is not None}


def _work_out_population(
    indicator: Indicator, catalogue: Catalogue, series: Mapping[str, Series]
) -> Decimal | None:
    """The population of a rate: the declared one, or the median of those that its figures imply."""
    if not indicator.rate_of:
        return None
    if indicator.rate_of.population:
        return Decimal(indicator.rate_of.population)
    counts = _list_counts(indicator, catalogue, series)
    rates = list_values(series[indicator.number])
    implied = [
        counts[month] / rate * indicator.unit.per
        for month, rate in rates
        if rate and month in counts
    ]
    return median_high(implied) if implied else None


def _is_near(indicator: Indicator, rate: Decimal, follows: Decimal, tolerance: Decimal) -> bool:
    """Whether a rate is what follows from its count, but for rounding and a share of the rate."""
    rounding = Decimal(5).scaleb(-1 - count_decimals(round_as_printed(indicator, rate)))
    return abs(follows - rate) <= rounding + rate * tolerance


def _explain_rate(indicator: Indicator, rate: Decimal, count: Decimal, population: Decimal) -> str:
    assert indicator.rate_of is not None
    people = f"{round_half_up(population, -2):,f} people"
    follows = round_half_up(count / population * indicator.unit.per, 1)
    counter = indicator.rate_of.count
    return (
        f"a rate of {rate:,f} does not follow from the {count:,f} of indicator {counter}, "
        f"which would be a rate of {follows:,f} for about {people}"
    )
