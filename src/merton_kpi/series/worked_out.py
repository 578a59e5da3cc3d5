"""Figures that are worked out, not given as they are, and how many decimals they have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from merton_kpi.core.rounding import count_decimals, round_half_up
from merton_kpi.series.written import convert_amounts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.extracts.observations import Observation


def count_worked_out_decimals(indicator: Indicator, figures: Iterable[Decimal] = ()) -> int:
    """How many decimals the figures have that are worked out for an indicator.

    They are the indicator's `decimals`. Without that key, they are the most that any of the year's
    `figures` or of the indicator's targets is written with.
    """
    if indicator.decimals is not None:
        return indicator.decimals
    of_targets = (figure for target in indicator.targets for figure in target.figures)
    return max(map(count_decimals, (*figures, *of_targets)), default=0)


def work_out_from_parts(indicator: Indicator, numerator: Decimal, denominator: Decimal) -> Decimal:
    """The figure that a numerator and a denominator give in the indicator's unit, not rounded."""
    return numerator * indicator.unit.per / denominator


def work_out_values(indicator: Indicator, rows: Iterable[Observation]) -> tuple[Observation, ...]:
    """An indicator's rows, each with a value where it has only a numerator and a denominator.

    Amounts that are written with a word for a size are converted to the indicator's unit.
    """
    rows = tuple(convert_amounts(each, indicator.unit) for each in rows)
    given = (each.value for each in rows if each.value is not None)
    decimals = count_worked_out_decimals(indicator, given)
    return tuple(_work_out_value(indicator, each, decimals) for each in rows)


def _work_out_value(indicator: Indicator, each: Observation, decimals: int) -> Observation:
    if each.value is not None or each.parts is None:
        return each
    value = round_half_up(work_out_from_parts(indicator, *each.parts), decimals)
    return replace(each, value=value, is_worked_out=True)
