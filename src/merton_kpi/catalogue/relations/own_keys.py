"""Checks within an entry of the keys that say how its figures follow from other indicators'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.catalogue.fields import EntryError
from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import FigureKind

if TYPE_CHECKING:
    from merton_kpi.catalogue.indicator_keys import IndicatorKeys

OF_COUNTS = ("sum_of", "running_total_of")  # those of an indicator that is a count itself
NOT_WITH_PERCENTAGE = ("rate_of", *OF_COUNTS)
RELATIONS = (*NOT_WITH_PERCENTAGE, "percentage_of")
RATES = tuple(unit for unit in Unit.NAMED if unit.is_rate)
# Besides an own unit: the units of a count divided by another. One by itself is an average.
QUOTIENTS = (Unit.PERCENT, *RATES, Unit.RATIO, Unit.NUMBER)

# The models and the schema both print them.
NO_RATE = "'rate_of' is only for an indicator whose unit is a rate, like 'rate_per_1000'"
NO_QUOTIENT = (
    "'percentage_of' is only for an indicator whose figures are a count divided by another, like "
    "those with 'unit: percent'"
)
NOT_ADDED_UP = (
    "'running_total_of' needs 'accumulates', which says over which year the figures add up"
)
OF_PERIODS = (
    "'running_total_of' is only for an indicator whose figures are running totals; leave out "
    "'figures: of_period'"
)
SUM_TO_DATE = (
    "'sum_of' is only for counts, and 'figures: to_date' is for percentages and averages; leave "
    "one of them out"
)


def explain_no_count(key: str) -> str:
    """Why a key of `OF_COUNTS` does not fit the unit."""
    return (
        f"'{key}' is only for counts, whose unit is 'number' or has a label, like {{label: pets}}"
    )


def explain_both(key: str) -> str:
    """Why another relation does not fit beside `percentage_of`."""
    return f"an indicator can have '{key}' or 'percentage_of', not both"


def check_own_relations(indicator: IndicatorKeys) -> None:
    """Check the relations of an entry against its other keys; raises EntryError."""
    _check_units(indicator)
    for key in NOT_WITH_PERCENTAGE:
        if indicator.percentage_of and getattr(indicator, key):
            raise EntryError(explain_both(key), "percentage_of")
    if indicator.running_total_of and not indicator.accumulates:
        raise EntryError(NOT_ADDED_UP, "running_total_of")
    if indicator.running_total_of and indicator.figures is FigureKind.OF_PERIOD:
        raise EntryError(OF_PERIODS, "figures")
    if indicator.sum_of and indicator.figures is FigureKind.TO_DATE:
        raise EntryError(SUM_TO_DATE, "sum_of")


def _check_units(indicator: IndicatorKeys) -> None:
    unit = indicator.unit
    if indicator.rate_of and not unit.is_rate:
        raise EntryError(NO_RATE, "rate_of")
    for key in OF_COUNTS:
        if getattr(indicator, key) and not unit.can_be_count:
            raise EntryError(explain_no_count(key), key)
    if indicator.percentage_of and unit.is_named and unit not in QUOTIENTS:
        raise EntryError(NO_QUOTIENT, "percentage_of")
