"""What is suspicious in the figures of earlier years, on which an indicator's usual range rests.

Each is compared with all others of the indicator, those after it and this year's too. A hidden
figure has no value here, so that no finding can disclose one.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.quality.figures import thresholds
from merton_kpi.quality.figures.history import split_at_breaks
from merton_kpi.quality.figures.level_checks import choose_least_step
from merton_kpi.quality.findings import CONFIRM_FIGURE, Finding, explain_impossible
from merton_kpi.rating.limits import count_periods

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.quality.figures.history import Values
    from merton_kpi.series.records import Series

_ADVICE = f"correct it in that extract, or {CONFIRM_FIGURE} there"
_ADVICE_ON_FALL = f"correct the wrong one of them in its extract, or {CONFIRM_FIGURE} of this row"


@dataclass(frozen=True, slots=True)
class _Total:
    """A running total when so many of its year's periods have passed; no month: the beginning."""

    month: Month | None
    total: Decimal
    passed: int

    def measure_growth(self, before: _Total) -> Decimal:
        """What each period since another total added, on average."""
        return (self.total - before.total) / max(self.passed - before.passed, 1)


_BEGINNING = _Total(None, Decimal(), 0)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the periods of a run have, or what they added to running totals, in order of size."""

    indicator: Indicator
    figures: tuple[Decimal, ...]

    def choose_middle(self, figure: Decimal) -> Decimal:
        """The middle one of the others; the higher one of two."""
        middle = (len(self.figures) - 1) // 2
        return self.figures[middle + (bisect_left(self.figures, figure) <= middle)]

    def is_far(self, figure: Decimal) -> bool:
        """Whether a figure is of another size than the others, of which there are enough.

        A zero is not where another one is zero: some months of the year may have no cases.
        """
        if len(self.figures) <= thresholds.ENOUGH:
            return False
        middle, factor = self.choose_middle(figure), thresholds.EARLIER_FACTOR
        if middle <= 0 or abs(figure - middle) < choose_least_step(self.indicator):
            return False
        is_usual_zero = figure == 0 and self.figures.count(figure) > 1
        return abs(figure) >= middle * factor or (
            0 <= figure * factor <= middle and not is_usual_zero
        )


def check_earlier_figures(indicator: Indicator, series: Series) -> list[Finding]:
    """Every finding in the figures of earlier years that are shown, by month."""
    if not series.earlier:
        return []
    months = sorted((*series.earlier.values(), *series.figures.values()), key=lambda one: one.month)
    shown = [(each.month, each.value) for each in months if each.value is not None]
    is_total = indicator.accumulates is not None and not indicator.is_added_up
    check = _check_totals if is_total else _check_levels
    possible = [each for each in shown if indicator.unit.is_possible(each[1])]
    found = (
        *_check_range(indicator, shown),
        *(each for run in split_at_breaks(indicator, possible) for each in check(indicator, run)),
    )
    return sorted(
        (each for each in found if each.month in series.earlier), key=lambda each: each.month
    )


def _check_range(indicator: Indicator, values: Values) -> Iterator[Finding]:
    """Percentages outside 0 to 100, and figures below zero."""
    for month, value in values:
        if not indicator.unit.is_possible(value):
            words = f"{indicator.unit.format_figure(value)} {explain_impossible(indicator.unit)}"
            yield Finding(month, FindingCode.IMPOSSIBLE, words, _ADVICE)


def _check_levels(indicator: Indicator, values: Values) -> Iterator[Finding]:
    """Figures that are of another size than the others."""
    show = indicator.unit.format_figure
    known = _Known(indicator, tuple(sorted(value for _, value in values)))
    for month, value in values:
        if known.is_far(value):
            words = f"{show(value)} is far from the other figures; the middle one of them is "
            words += show(known.choose_middle(value))
            yield Finding(month, FindingCode.JUMP, words, _ADVICE)


def _check_totals(indicator: Indicator, values: Values) -> Iterator[Finding]:
    """Running totals that fall, or that grow by an amount of another size than the others."""
    assert indicator.accumulates is not None
    begins = indicator.accumulates.first_month
    years = [
        [_Total(month, total, count_periods(indicator, month)[0]) for month, total in of_year]
        for _, of_year in groupby(values, key=lambda each: each[0].year_start(begins))
    ]
    steps = sorted(
        each.measure_growth(before)
        for totals in years
        for before, each in zip((_BEGINNING, *totals), totals, strict=False)
    )
    known = _Known(indicator, tuple(steps))
    for totals in years:
        yield from _check_year(known, totals)


def _check_year(known: _Known, totals: Iterable[_Total]) -> Iterator[Finding]:
    """Check a year's totals, each against the last one without a doubt.

    One that fits the total just before it, though that is doubted, is not doubted as well.
    """
    sure = before = _BEGINNING
    for each in totals:
        found = _compare_totals(known, each, sure)
        if found and _compare_totals(known, each, before):
            yield found
        else:
            sure = each
        before = each


def _compare_totals(known: _Known, each: _Total, before: _Total) -> Finding | None:
    """What is suspicious in a running total after another one."""
    assert each.month is not None
    show = known.indicator.unit.format_figure
    if before.month and each.total < before.total:
        words = f"a running total falls from {show(before.total)} in {before.month.label} to "
        return Finding(each.month, FindingCode.FALL, words + show(each.total), _ADVICE_ON_FALL)
    if not known.is_far(each.measure_growth(before)):
        return None
    words = f"a running total grows by {show(each.total - before.total)} to {show(each.total)}, "
    words += "far from what other periods added"
    return Finding(each.month, FindingCode.JUMP, words, _ADVICE)
