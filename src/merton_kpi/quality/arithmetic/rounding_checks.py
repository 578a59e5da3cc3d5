"""Figures that rounding moves into another band."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.quality.findings import CONFIRM_FIGURE, Finding
from merton_kpi.rating.limits import work_out_limits
from merton_kpi.rating.rate import rate_figure
from merton_kpi.rating.rounding import format_limit, round_as_printed
from merton_kpi.series.worked_out import work_out_from_parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.series.records import Series


def check_rounding(indicator: Indicator, scale: Scale, series: Series) -> Iterator[Finding]:
    """Check for figures whose rating is not the one that they have before they are rounded."""
    if not indicator.is_rated:
        return
    for month, each in series.rated_figures.items():
        if each.value is None or not indicator.is_due(month):
            continue
        is_rounded = series.level.round_to is not None
        exact = _read_exact(indicator, each, is_rounded=is_rounded)
        printed = round_as_printed(indicator, each.value)
        if exact is not None and exact != printed:
            words = _compare_ratings(indicator, scale, series, month, (exact, printed))
            if words:
                yield Finding(month, FindingCode.ROUNDED, words, _choose_advice(each))


def _read_exact(indicator: Indicator, each: Observation, *, is_rounded: bool) -> Decimal | None:
    """The figure before it is rounded, as it was given or as its parts give it.

    Where its parts are rounded themselves, it is as it was worked out from the true ones.
    """
    if each.is_worked_out and each.parts and not is_rounded:
        return work_out_from_parts(indicator, *each.parts)
    return each.value


def _compare_ratings(
    indicator: Indicator,
    scale: Scale,
    series: Series,
    month: Month,
    figures: tuple[Decimal, Decimal],
) -> str:
    """How the ratings of an exact figure and of the printed one differ; empty where they do not."""
    exact, printed = figures
    limits = work_out_limits(indicator, scale, month, (*series.values, printed))
    if not limits.bounds:
        return ""
    alone, rated = (rate_figure(each, limits)[0] for each in figures)
    if alone is rated:
        return ""
    show = scale.words.format_word
    shown = format_limit(indicator, exact, limits.decimals)
    rounded = indicator.unit.format_figure(printed)
    return f"{shown} would be {show(alone)}; it is rounded to {rounded}, which is {show(rated)}"


def _choose_advice(each: Observation) -> str:
    if each.is_worked_out:
        return f"give the value with more decimals, or {CONFIRM_FIGURE}"
    return f"give the indicator more 'decimals', or {CONFIRM_FIGURE}"
