"""Numerators and denominators that are not like those of earlier figures, or that have stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.quality.figures import thresholds
from merton_kpi.quality.findings import CONFIRM_FIGURE, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from merton_kpi.quality.figures.history import Values
    from merton_kpi.series.records import Series


def check_part_history(series: Series, values: Values) -> Iterator[Finding]:
    """Check the parts of a run of figures without a break within."""
    if series.level.round_to is None:  # else they are printed rounded
        yield from _check_sizes(series, values)
    yield from _check_end(series, values)


def _check_sizes(series: Series, values: Values) -> Iterator[Finding]:
    """Denominators that are many times as large, or as small, as all before."""
    earlier: list[Decimal] = []
    for month, _ in values:
        whole = series.figures[month].denominator
        if not whole or whole < 0:
            continue
        if earlier and _is_other_scale(whole, earlier):
            low, high = min(earlier), max(earlier)
            before = f"between {low:,f} and {high:,f}" if low < high else f"{low:,f}"
            words = f"the denominator, {whole:,f}, is far from what it was before, {before}"
            yield Finding(month, FindingCode.PARTS_JUMP, words)
        else:
            earlier.append(whole)


def _is_other_scale(whole: Decimal, earlier: list[Decimal]) -> bool:
    low, high, factor = min(earlier), max(earlier), thresholds.PARTS_FACTOR
    if len(earlier) < thresholds.FEW:
        factor = thresholds.PARTS_FACTOR_IF_SINGLE
    is_larger = whole > high * factor and whole - high >= thresholds.LEAST_PARTS
    is_smaller = whole * factor < low and low - whole >= thresholds.LEAST_PARTS
    return is_larger or is_smaller


def _check_end(series: Series, values: Values) -> Iterator[Finding]:
    """The first figure without parts after figures that all had them."""
    with_parts = 0
    for month, _ in values:
        each = series.figures[month]
        if each.numerator is not None and each.denominator is not None:
            with_parts += 1
            continue
        if with_parts >= thresholds.ENOUGH_PARTS and each.numerator is each.denominator is None:
            words = "there is no numerator and no denominator, and all earlier figures have them"
            advice = f"give them, so that the figure can be checked, or {CONFIRM_FIGURE}"
            yield Finding(month, FindingCode.PARTS_LEFT_OUT, words, advice)
        return
