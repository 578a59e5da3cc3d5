"""A figure compared with an earlier one of its own indicator: how it moved, and what is better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.periods import FIRST_MONTH, format_period
from merton_kpi.core.vocabulary import Compared, Gain, Polarity
from merton_kpi.rating.limits import count_periods, list_outturns
from merton_kpi.rating.rounding import round_as_printed

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

    None too where a break in the series lies between them, and where a figure to date would be
    compared with one of another year.

    Of a running total, what was added in each of the two periods is compared. The year's first
    figure is compared with last year's last, from `earlier_months`; where there is one figure a
    year, with last year's outturn if that is all the catalogue has.
    """
    before = indicator.period_before(month)
    if before is None or not indicator.are_comparable(before, month):
        return None
    if indicator.is_to_date and before.year_start(FIRST_MONTH) != month.year_start(FIRST_MONTH):
        return None
    earlier, later = (_work_out_step(indicator, series, each) for each in (before, month))
    period = _format_earlier_period(indicator, before, month)
    if earlier is None:
        earlier, period = _select_outturn(indicator, before, month)
    if earlier is None or later is None:
        return None
    compared = Compared.ADDED if _has_several_parts(indicator, month) else Compared.FIGURE
    return _compare(indicator, month, compared, (earlier, later), period)


def _select_outturn(
    indicator: Indicator, before: Month, month: Month
) -> tuple[Decimal | None, str]:
    """The outturn of the year of the period before, where there is one figure a year, and its name.

    An indicator of every second year has it two years before.
    """
    years = month.months_since(before) // 12
    known = list_outturns(indicator, month, years) if years else {}
    earliest = min(known, default=None)
    if earliest is None or earliest.start != before.year_start(FIRST_MONTH).year:
        return None, ""
    return known[earliest], str(earliest)


def compare_with_year_before(
    indicator: Indicator, series: Series, month: Month
) -> PeriodComparison | None:
    """Compare with the same month a year before; None where either has no figure.

    None too where a break in the series lies between them, and where there is one figure a year:
    that month is then the period before. The figures are those of the extracts: of a sum, each
    period's own.
    """
    year_before = month.add_months(-12)
    earlier = indicator.earlier_months.get(year_before)
    figure = _round_month(indicator, series, month)
    if earlier is None or figure is None or year_before == indicator.period_before(month):
        return None
    if not indicator.are_comparable(year_before, month):
        return None
    compared = Compared.FIGURE
    if _has_several_parts(indicator, month):
        compared = Compared.ADDED if indicator.is_added_up else Compared.TOTAL
    figures = (round_as_printed(indicator, earlier), figure)
    return _compare(indicator, month, compared, figures, year_before.label)


def format_period_before_break(indicator: Indicator, month: Month) -> str:
    """The period before a month, where a break in the series lies between them; else nothing."""
    before = indicator.period_before(month)
    if before is None or indicator.are_comparable(before, month):
        return ""
    return _format_earlier_period(indicator, before, month)


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


def _has_several_parts(indicator: Indicator, month: Month) -> bool:
    """Whether its figures add up over a year of two or more periods."""
    return bool(indicator.accumulates) and count_periods(indicator, month)[1] > 1


def _work_out_step(indicator: Indicator, series: Series, month: Month) -> Decimal | None:
    """A period's own rounded figure, where it has one; of a running total, what the period added.

    What was added is not known after a gap or across a break in the series, nor where the total
    fell, since it was then corrected.
    """
    figure = _round_month(indicator, series, month)
    is_total = indicator.accumulates and not indicator.is_added_up
    if figure is None or not is_total or count_periods(indicator, month)[0] == 1:
        return figure
    month_before = indicator.period_before(month)
    if month_before is None or not indicator.are_comparable(month_before, month):
        return None
    before = _round_month(indicator, series, month_before)
    return figure - before if before is not None and before <= figure else None


def _round_month(indicator: Indicator, series: Series, month: Month) -> Decimal | None:
    """The figure in force, or else the one of last year; none where its row gives no figure."""
    observation = series.figures.get(month)
    value = observation.value if observation else indicator.earlier_months.get(month)
    return None if value is None else round_as_printed(indicator, value)


def _format_earlier_period(indicator: Indicator, earlier: Month, month: Month) -> str:
    """The earlier period, with its year where `month`'s year has one of the same name."""
    name = format_period(earlier, indicator.frequency)
    return name if earlier > month.add_months(-12) else earlier.label
