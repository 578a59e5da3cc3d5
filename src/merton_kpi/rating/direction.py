"""The direction of travel: whether a figure is better than an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.periods import format_period
from merton_kpi.core.vocabulary import Direction, Polarity
from merton_kpi.rating.limits import count_periods
from merton_kpi.rating.rounding import round_as_printed

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.series.records import Series


@dataclass(frozen=True, kw_only=True, slots=True)
class DirectionOfTravel:
    """The direction from an earlier figure to a later one; `since` names the earlier period.

    For a running total, compared with the period before, the figures are what each period added.
    """

    direction: Direction
    earlier: Decimal
    later: Decimal
    since: str

    @property
    def label(self) -> str:
        """The arrow, which shows how the figure moved, and the word, which says what it means."""
        if self.direction is Direction.NO_CHANGE:
            return f"→ {self.direction.value}"
        return f"{'↑' if self.later > self.earlier else '↓'} {self.direction.value}"


def compare_with_period_before(
    indicator: Indicator, series: Series, month: Month
) -> DirectionOfTravel | None:
    """The direction from the period just before; None where either has no figure.

    Of a running total, what was added in each of the two periods is compared.
    """
    before = indicator.period_before(month)
    if before is None:
        return None
    earlier, later = (_work_out_step(indicator, series, each) for each in (before, month))
    if earlier is None or later is None:
        return None
    return _compare(indicator, month, earlier, later, before)


def compare_with_year_before(
    indicator: Indicator, series: Series, month: Month
) -> DirectionOfTravel | None:
    """The direction from the same month a year before; None where either has no figure.

    The figures are those of the extracts: of a sum, each period's own.
    """
    year_before = month.add_months(-12)
    figure = _round_month(indicator, series, month)
    earlier = indicator.earlier_months.get(year_before)
    if earlier is None or figure is None:
        return None
    earlier = round_as_printed(indicator, earlier)
    return _compare(indicator, month, earlier, figure, year_before)


def compare_figures(
    indicator: Indicator, month: Month, earlier: Decimal, later: Decimal
) -> Direction:
    """The direction from an earlier figure to a later one, by the target in force in `month`.

    For a range, the nearer a figure is to it the better. Without a polarity the direction only
    says whether the figure went up or down.
    """
    target = indicator.target_for(month)
    if target is not None and target.between:
        low, high = target.between
        before, after = (max(low - each, each - high, 0 * each) for each in (earlier, later))
        gain = before - after
    elif indicator.better is None:
        if earlier == later:
            return Direction.NO_CHANGE
        return Direction.UP if later > earlier else Direction.DOWN
    elif indicator.better is Polarity.HIGHER_IS_BETTER:
        gain = later - earlier
    else:
        gain = earlier - later
    if not gain:
        return Direction.NO_CHANGE
    return Direction.IMPROVING if gain > 0 else Direction.WORSENING


def _compare(
    indicator: Indicator, month: Month, earlier: Decimal, later: Decimal, since: Month
) -> DirectionOfTravel:
    return DirectionOfTravel(
        direction=compare_figures(indicator, month, earlier, later),
        earlier=earlier,
        later=later,
        since=_format_earlier_period(indicator, since, month),
    )


def _work_out_step(indicator: Indicator, series: Series, month: Month) -> Decimal | None:
    """A period's own rounded figure, where it has one; of a running total, what the period added.

    What was added is not known after a gap, nor where the total fell, since it was then corrected.
    """
    figure = _round_month(indicator, series, month)
    is_total = indicator.accumulates and not indicator.is_added_up
    if figure is None or not is_total or count_periods(indicator, month)[0] == 1:
        return figure
    month_before = indicator.period_before(month)
    before = _round_month(indicator, series, month_before) if month_before else None
    return figure - before if before is not None and before <= figure else None


def _round_month(indicator: Indicator, series: Series, month: Month) -> Decimal | None:
    observation = series.figures.get(month)
    if observation is None or observation.value is None:
        return None
    return round_as_printed(indicator, observation.value)


def _format_earlier_period(indicator: Indicator, earlier: Month, month: Month) -> str:
    """The earlier period, with its year where `month`'s year has one of the same name."""
    name = format_period(earlier, indicator.frequency)
    return name if earlier > month.add_months(-12) else earlier.label
