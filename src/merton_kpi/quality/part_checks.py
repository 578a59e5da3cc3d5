"""Figures that do not follow from their own numerator and denominator."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi.core.rounding import count_decimals, round_half_up, strip_zeros
from merton_kpi.core.units import Unit
from merton_kpi.quality.findings import CONFIRM_FIGURE, Finding, FindingCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.series.records import Series


def check_parts(indicator: Indicator, series: Series) -> Iterator[Finding]:
    """Check for figures that do not follow from their own numerator and denominator."""
    for month, each in series.figures.items():
        numerator, denominator = each.numerator, each.denominator
        if each.value is None or numerator is None:
            continue
        if denominator is None:
            if not _can_have_numerator_alone(indicator):
                shown = (
                    f"{indicator.unit.format_figure(each.value)} has a numerator of {numerator:,f}"
                )
                advice = f"give the denominator, leave the numerator out, or {CONFIRM_FIGURE}"
                yield Finding(month, FindingCode.PARTS, f"{shown} and no denominator", advice)
            continue
        parts = f"{numerator:,f} of {denominator:,f}"
        if not denominator:
            yield Finding(month, FindingCode.PARTS, f"the denominator is zero ({parts})")
            continue
        scale = {Unit.PERCENT: 100, Unit.RATE_PER_10000: 10_000}.get(indicator.unit, 1)
        follows = numerator / denominator * scale
        half = Decimal(5).scaleb(
            -1 - min(count_decimals(strip_zeros(each.value)), indicator.decimals)
        )
        if abs(follows - each.value) > half and (scale != 1 or each.value != numerator):
            given = indicator.unit.format_figure(each.value)
            right = indicator.unit.format_figure(round_half_up(follows, indicator.decimals + 1))
            words = f"{given} does not follow from {parts}, which gives {right}"
            yield Finding(month, FindingCode.PARTS, words)


def _can_have_numerator_alone(indicator: Indicator) -> bool:
    """Whether a numerator may stand alone: in a rate, or where small numbers are suppressed."""
    if indicator.unit is Unit.RATE_PER_10000:
        return True
    return indicator.suppress_small_numbers and indicator.unit is not Unit.NUMBER
