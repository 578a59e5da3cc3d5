"""What is known of an indicator's figures before a month: earlier figures, outturns and targets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median_high
from typing import TYPE_CHECKING

from merton_kpi.core.periods import FIRST_MONTH

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month

    Values = list[tuple[Month, Decimal]]


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """What a figure can be compared with: no break in the series lies between.

    `outturns` are whole years' figures, and `months` those of this year's earlier periods. With
    neither, there are the figures of the month's target; `floor` is what it must at least be.
    """

    outturns: tuple[Decimal, ...] = ()
    months: tuple[Decimal, ...] = ()
    targets: tuple[Decimal, ...] = ()
    floor: Decimal | None = None

    @property
    def earlier(self) -> tuple[Decimal, ...]:
        """Every earlier figure."""
        return (*self.outturns, *self.months)

    @property
    def known(self) -> tuple[Decimal, ...]:
        """Every earlier figure, or else the target's."""
        return self.earlier or self.targets

    @property
    def level(self) -> Decimal:
        """The level of the last figures: the middle of this year's last three, or of all known."""
        return median_high(self.months[-3:] or self.known)

    @property
    def spread(self) -> Decimal:
        """How far any known figure is from the level."""
        return max(abs(each - self.level) for each in self.known)

    def add_month(self, value: Decimal) -> History:
        """The history of the next period."""
        return replace(self, months=(*self.months, value))


def split_at_breaks(indicator: Indicator, values: Values) -> list[Values]:
    """The figures in runs that have no break in the series within."""
    return [
        list(run)
        for _, run in groupby(values, key=lambda value: len(indicator.list_breaks(value[0])))
    ]


def list_outturns(indicator: Indicator, month: Month) -> tuple[Decimal, ...]:
    """The outturns in the indicator's unit that a month's figure can be compared with."""
    return tuple(
        outturn.value
        for year, outturn in indicator.outturns.items()
        if outturn.value is not None
        and outturn.is_alike(indicator.unit)
        and indicator.are_comparable(indicator.first_due_in(year), month)
    )


def count_periods_a_year(indicator: Indicator, month: Month) -> int:
    """How many figures are due in a month's financial year."""
    return len(indicator.list_period_ends(month.year_start(FIRST_MONTH))) or 1


def compose_history(indicator: Indicator, month: Month) -> History:
    """What is known before the year's first figure, which is a month's.

    Periods that are added up have no outturns and targets to be compared with: those are a whole
    year's.
    """
    if indicator.is_added_up:
        return History()
    target = indicator.target_for(month)
    figures = () if target is None or target.withdrawn else target.figures
    is_floor = target is not None and bool(target.at_least or target.above or target.between)
    return History(
        outturns=list_outturns(indicator, month),
        targets=figures,
        floor=min(figures) if figures and is_floor else None,
    )
