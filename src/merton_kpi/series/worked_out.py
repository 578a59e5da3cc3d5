"""Figures that are worked out, not given, and how many decimals they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.rounding import count_decimals

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator


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
