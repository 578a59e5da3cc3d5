"""A figure compared with an earlier one of its own indicator: how it moved, and what is better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.periods import format_period
from merton_kpi.core.vocabulary import Compared, Gain, Polarity
from merton_kpi.rating.limits import count_periods, list_outturns
from merton_kpi.rating.rounding import round_half_up

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.series.records import Series


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodComparison:
    """A figure, `later`, compared with an earlier one, both as printed.

    `compared` says what the two are: of a running total they can be what each period added.
    `period` names the earlier period.
    """

    compared: Compared
    gain: Gain
    earlier: Decimal
    later: Decimal
    period: str


def compare_with_period_before(
    indicator: Indicator, series: Series, month: Month
) -> PeriodComparison | None:
    """Compare a month's figure with the one of the period just before; None where one is unknown.

    None too where a break in the series lies between them.

    Of a running total, what was added in each of the two periods is compared. The year's first
    figure is compared with last year's last, from `earlier_months`; where there is one figure a
    year, with last year's outturn if that is all the catalogue has.
    """
    before = period_before(indicator, month)
    if not indicator.are_comparable(before, month):
        return None
    earlier, later = (_work_out_step(indicator, series, each) for each in (before, month))
    period = _format_earlier_period(indicator, before, month)
    outturns = list_outturns(indicator, month, 1) if len(indicator.months_due) == 1 else {}
    if earlier is None and outturns:
        ((year, earlier),) = outturns.items()
        period = str(year)
    if earlier is None or later is None:
        return None
    compared = Compared.ADDED if _is_added_up(indicator) else Compared.FIGURE
    return _compare(indicator, month, compared, (earlier, later), period)


def compare_with_year_before(
    indicator: Indicator, figure: Decimal, month: Month
) -> PeriodComparison | None:
    """Compare with the same month a year before; None where the catalogue has no figure for it.

    None too where a break in the series lies between them, and where there is one figure a year:
    that month is then the period before. `figure` is this month's, already rounded.
    """
    year_before = month.add_months(-12)
    earlier = indicator.earlier_months.get(year_before)
    if earlier is None or year_before == period_before(indicator, month):
        return None
    if not indicator.are_comparable(year_before, month):
        return None
    earlier = round_half_up(earlier, indicator.decimals)
    compared = Compared.TOTAL if _is_added_up(indicator) else Compared.FIGURE
    return _compare(indicator, month, compared, (earlier, figure), year_before.label)


def format_period_before_break(indicator: Indicator, month: Month) -> str:
    """The period before a month, where a break in the series lies between them; else nothing."""
    before = period_before(indicator, month)
    if indicator.are_comparable(before, month):
        return ""
    return _format_earlier_period(indicator, before, month)


def period_before(indicator: Indicator, month: Month) -> Month:
    """The month before this one that a figure was due for last."""
    before = month.add_months(-1)
    while before.number not in indicator.months_due:
        before = before.add_months(-1)
    return before


def _compare(
    indicator: Indicator,
    month: Month,
    compared: Compared,
    figures: tuple[Decimal, Decimal],
    period: str,
) -> PeriodComparison:
    """Compare the earlier and the later figure by the target in force in `month`.

    For a range, the nearer a figure is to it the better, which is said where one is nearer.
    """
    earlier, later = figures
    target = indicator.target_for(month)
    if target is not None and target.between:
        low, high = target.between
        before, after = (max(low - each, each - high, 0 * each) for each in figures)
        gain = _choose_gain(before - after)
        if gain is not Gain.EQUAL:
            compared = Compared.DISTANCE
    elif indicator.better is None:
        gain = Gain.UNKNOWN
    else:
        rise = later - earlier
        gain = _choose_gain(rise if indicator.better is Polarity.HIGHER_IS_BETTER else -rise)
    return PeriodComparison(
        compared=compared, gain=gain, earlier=earlier, later=later, period=period
    )


def _choose_gain(difference: Decimal) -> Gain:
    if not difference:
        return Gain.EQUAL
    return Gain.BETTER if difference > 0 else Gain.WORSE


def _is_added_up(indicator: Indicator) -> bool:
    """Whether its figures are a running total of two or more periods a year."""
    return bool(indicator.accumulates) and len(indicator.months_due) > 1


def _work_out_step(indicator: Indicator, series: Series, month: Month) -> Decimal | None:
    """A period's rounded figure, where it has one; of a running total, what the period added.

    What was added is not known after a gap or across a break in the series, nor where the total
    fell, since it was then corrected.
    """
    figure = _round_month(indicator, series, month)
    if figure is None or not indicator.accumulates or count_periods(indicator, month)[0] == 1:
        return figure
    month_before = period_before(indicator, month)
    before = _round_month(indicator, series, month_before)
    if before is None or before > figure or not indicator.are_comparable(month_before, month):
        return None
    return figure - before


def _round_month(indicator: Indicator, series: Series, month: Month) -> Decimal | None:
    """The figure in force, or else the one of last year; none where its row gives no figure."""
    observation = series.figures.get(month)
    value = observation.value if observation else indicator.earlier_months.get(month)
    return None if value is None else round_half_up(value, indicator.decimals)


def _format_earlier_period(indicator: Indicator, earlier: Month, month: Month) -> str:
    """The earlier period, with its year where `month`'s year has one of the same name."""
    name = format_period(earlier, indicator.frequency)
    return name if earlier > month.add_months(-12) else earlier.label
