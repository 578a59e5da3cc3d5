"""The figure that is rated in words, with what it covers: `360 since April (130 in Jun 2024)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.periods import MONTH_NAMES, format_period, join_labels
from merton_kpi.rating.rounding import round_as_printed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.series.records import Series


def format_rated_figure(indicator: Indicator, series: Series, month: Month, figure: Decimal) -> str:
    """A month's rounded figure as the reason of a rating begins: `96% in Q1`.

    A running total says since when it counts: `195 since April (up to Nov 2020)`. A sum that kpi
    adds up has its last period's own figure beside it.
    """
    period, show = format_period(month, indicator.frequency), indicator.unit.format_figure
    if indicator.is_to_date:
        return f"{show(figure)} in {period} (year to date)"
    if indicator.accumulates and not indicator.is_added_up:
        return f"{format_total(indicator, figure)} (up to {period})"
    given = series.figures.get(month)
    if not indicator.is_added_up or given is None:
        return f"{show(figure)} in {period}"
    own = "no cases"
    if given.status and given.status.is_suppressed:
        own = "suppressed"
    elif given.value is not None:
        own = show(round_as_printed(indicator, given.value))
    return f"{format_total(indicator, figure)} ({own} in {period})"


def format_total(indicator: Indicator, figure: Decimal) -> str:
    """A sum with the month that it begins with: `360 since April`."""
    return f"{indicator.unit.format_figure(figure)} since {first_month_of(indicator)}"


def explain_gaps(indicator: Indicator, series: Series) -> str:
    """Why the total of the latest period due is not known: a sentence after a space, or nothing."""
    total = series.totals.get(series.due[-1]) if series.totals and series.due else None
    if total is None or total.figure is not None:
        return ""
    gaps = sorted((*total.gaps, *total.hidden_parts))
    if gaps:
        periods = _join_periods(indicator, series, gaps)
        since = first_month_of(indicator)
        return f" Without a figure for {periods} there is no total since {since}."
    if total.is_hidden:
        return f" The total since {first_month_of(indicator)} is suppressed."
    return ""


def explain_sum(indicator: Indicator, series: Series, month: Month) -> str:
    """The sum that gave a month's total, like `Added up since April: 110 + 120 = 230.`, or none.

    It is no sum of the parts shown where one of them is suppressed or the total is rounded.
    """
    total = series.totals.get(month) if series.totals else None
    if total is None or total.figure is None:
        return ""
    since, shown = first_month_of(indicator), total.parts_shown
    parts = " + ".join(f"{part:,f}" for part in shown)
    if total.hidden_parts:
        noun = "figure" if len(total.hidden_parts) == 1 else "figures"
        periods = _join_periods(indicator, series, total.hidden_parts)
        others = f"{parts} and " if parts else ""
        return (
            f"The total of {total.figure:,f} since {since} includes {others}the suppressed {noun} "
            f"for {periods}."
        )
    if total.figure != sum(shown):
        return f"Added up since {since}, and rounded to {total.figure:,f}: {parts}."
    return f"Added up since {since}: {parts} = {total.figure:,f}."


def _join_periods(indicator: Indicator, series: Series, months: Iterable[Month]) -> str:
    """Name periods of a total's year; one of last year, before any that is due, by its month."""
    return join_labels(
        format_period(month, indicator.frequency)
        if series.due and month >= series.due[0]
        else month.label
        for month in months
    )


def first_month_of(indicator: Indicator) -> str:
    """The name of the month in which the year of a total begins."""
    assert indicator.accumulates is not None
    return MONTH_NAMES[indicator.accumulates.first_month - 1]


def select_last_figure(series: Series) -> Observation | None:
    """The figure of the last month that has one, whether or not it can be rated."""
    figures = [each for _, each in sorted(series.figures.items()) if each.value is not None]
    return figures[-1] if figures else None
