"""Figures that do not follow from their own numerator and denominator."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.rounding import count_decimals, round_half_up, strip_zeros
from merton_kpi.core.units import Unit
from merton_kpi.quality.findings import CONFIRM_FIGURE, Finding
from merton_kpi.series.worked_out import work_out_from_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.series.records import Series


def check_parts(indicator: Indicator, series: Series) -> Iterator[Finding]:
    """Check for figures that do not follow from their own numerator and denominator."""
    for month, each in series.figures.items():
        if each.value is None or each.numerator is None:
            continue
        if series.level.round_to is not None:
            continue  # its parts are printed rounded
        if each.denominator is None:
            yield from _check_numerator_alone(indicator, month, each.value, each.numerator)
        elif not each.denominator:
            words = f"the denominator is zero ({each.numerator:,f} of 0)"
            advice = f"correct it, or {CONFIRM_FIGURE}"
            if not each.numerator:
                advice = f"leave the value empty, which is printed as No cases, or {CONFIRM_FIGURE}"
            yield Finding(month, FindingCode.PARTS, words, advice)
        else:
            parts = (each.numerator, each.denominator)
            yield from _check_quotient(indicator, month, each.value, parts)


def _check_numerator_alone(
    indicator: Indicator, month: Month, value: Decimal, numerator: Decimal
) -> Iterator[Finding]:
    """A numerator stands alone only in a rate, and where small numbers are suppressed."""
    is_count = indicator.unit.can_be_count
    if indicator.unit.is_rate or (indicator.suppression and not is_count):
        return
    shown = f"{indicator.unit.format_figure(value)} has a numerator of {numerator:,f}"
    advice = f"give the denominator, leave the numerator out, or {CONFIRM_FIGURE}"
    yield Finding(month, FindingCode.NUMERATOR_ALONE, f"{shown} and no denominator", advice)


def _check_quotient(
    indicator: Indicator, month: Month, value: Decimal, parts: tuple[Decimal, Decimal]
) -> Iterator[Finding]:
    """A figure may differ by half a unit of its last written decimal: 2.0 from 1.95 to 2.05."""
    numerator, denominator = parts
    follows, decimals = work_out_from_parts(indicator, *parts), count_decimals(value)
    is_count = indicator.unit.per == 1 and value == numerator
    if is_count or abs(follows - value) <= Decimal(5).scaleb(-1 - decimals):
        return
    show = indicator.unit.format_figure
    words = f"{show(value)} does not follow from {numerator:,f} of {denominator:,f}"
    words += f", which gives {show(round_half_up(follows, decimals + 1))}"
    if _is_fraction(indicator, value, follows):
        words += f"; it may be meant as {show(strip_zeros(value * 100))}"
    yield Finding(month, FindingCode.PARTS, words)


def _is_fraction(indicator: Indicator, value: Decimal, follows: Decimal) -> bool:
    """Whether a percentage is what its parts give as a fraction of 1: 0.94 or 0.95 for 94.67%.

    A fraction may have been cut off instead of rounded.
    """
    last_digit = min(Decimal(1), Decimal(1).scaleb(2 - count_decimals(value)))
    return indicator.unit is Unit.PERCENT and abs(value * 100 - follows) < last_digit
