"""An indicator's target and bands, and a month, to the limits that a figure is rated by.

All limits are worked out here, in `Decimal`; `rating` only compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from merton_kpi.catalogue.targets import BandError
from merton_kpi.core.periods import FinancialYear, format_count, join_labels, month_of_year
from merton_kpi.core.vocabulary import Accumulation, Past, Polarity, Profile, Unit
from merton_kpi.rating.rounding import format_limit, round_half_up, strip_zeros
from merton_kpi.rating.target_words import (
    format_past,
    format_target_figure,
    format_target_name,
    format_target_year,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from decimal import Decimal

    from merton_kpi.catalogue.models import Indicator
    from merton_kpi.catalogue.targets import Bands, Edge, Target
    from merton_kpi.core.periods import Month


@dataclass(frozen=True, kw_only=True, slots=True)
class LimitSide:
    """One end that a figure must keep to, with the figure at which each rating begins.

    `better` is 1 where higher is better, -1 where lower is. Each of `blue`, `green` and `amber`
    belongs to its own band, except that a `strict` green begins just past its figure; None means
    that there is no such band. What reaches none of them is red.
    """

    better: int
    target: Decimal
    green: Decimal
    strict: bool = False
    amber: Decimal | None = None
    blue: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetDue:
    """What is due by a month: `passed` of `periods` equal shares of a total.

    Kept as a sum, and divided once and last, so that a limit of exactly 35 is 35 and not 34.99….
    """

    total: Decimal
    passed: int = 1
    periods: int = 1

    def plus_percent(self, percent: Decimal | int) -> Decimal:
        """The share, and so many per cent of its size more."""
        whole = self.total + abs(self.total) * percent / 100
        return whole * self.passed / self.periods


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What a month's figure must keep to: one side, or two for a range.

    `words` name it in a sentence; without sides they say why there is nothing to rate against.
    `derivation` is the sum that gave a target's share of the year.
    """

    sides: tuple[LimitSide, ...]
    words: str
    derivation: str = ""


def work_out_limits(indicator: Indicator, bands: Bands, month: Month) -> Limits:
    """What a figure for this month must keep to, by the target in force in it.

    Raises ValueError, with a sentence on what to change, where bands contradict the target.
    """
    target = indicator.target_for(month)
    if target is None:
        return Limits(sides=(), words="It has no target for this month.")
    if target.between:
        return _set_range(indicator, target.between, bands)
    if target.no_worse_than:
        due, words = _look_back(indicator, target, month)
    else:
        due, words = _find_due(indicator, target, month)
    if due is None:
        return Limits(sides=(), words=words)
    side = _set_side(indicator, due, target.is_strict, bands)
    return Limits(sides=(side,), words=words, derivation=_show_sum(indicator, target, month))


def limits_by_month(indicator: Indicator, bands: Bands) -> Callable[[Month], Limits]:
    """`set_goal` for one indicator's months; they share one where its target never moves."""
    moves = any(each.start or each.profile or each.no_worse_than for each in indicator.targets)
    known: dict[Month | None, Limits] = {}

    def find(month: Month) -> Limits:
        decides = month if moves else None
        if decides not in known:
            known[decides] = work_out_limits(indicator, bands, month)
        return known[decides]

    return find


def work_out_year_end_limits(indicator: Indicator, bands: Bands) -> Limits | None:
    """The goal of a running total's last figure of the year, where its target is a figure."""
    target = indicator.targets[-1]
    if target.figure is None:
        return None
    side = _set_side(indicator, TargetDue(total=target.figure), target.is_strict, bands)
    return Limits(sides=(side,), words=format_target_name(indicator, target))


def count_periods(indicator: Indicator, month: Month) -> tuple[int, int]:
    """Reporting periods passed by the end of a month, and in all, of the year that it adds up in.

    The year is the one that `accumulates` names: 2 of 4 quarters, 3 of 11 months of a school year
    without August.
    """
    assert indicator.accumulates is not None
    first = indicator.accumulates.first_month
    places = [month_of_year(number, first) for number in indicator.months_due]
    return sum(place <= month.months_since(first) for place in places), len(places)


def _find_due(indicator: Indicator, target: Target, month: Month) -> tuple[TargetDue | None, str]:
    """What is due by the end of a month, with its words."""
    full = target.figure
    assert full is not None
    match target.profile:
        case None | Profile.FULL_YEAR:
            return TargetDue(total=full), format_target_name(indicator, target)
        case Profile.MILESTONES:
            reached = _list_milestones(indicator, target, month)
            if not reached:
                return None, "No milestone of its target has been reached yet."
            milestone = target.milestones[max(reached)]
            limit = format_target_figure(indicator, target, milestone)
            return TargetDue(total=milestone), f"the milestone of {limit} for {max(reached).label}"
        case Profile.SHARE_OF_YEAR:
            passed, periods = count_periods(indicator, month)
            due = TargetDue(total=full, passed=passed, periods=periods)
            limit = format_target_figure(indicator, target, full)
            limit += format_target_year(indicator)
            share = f"{passed} of {format_count(periods, indicator.noun)} of {limit}"
            lower = indicator.better is Polarity.LOWER_IS_BETTER
            verb = "allowed" if lower else "due"
            return (
                due,
                f"the {format_limit(indicator, due.plus_percent(0))} {verb} by then ({share})",
            )
        case other:
            assert_never(other)


def _list_milestones(indicator: Indicator, target: Target, month: Month) -> list[Month]:
    """The milestones reached by a month, in the year that the indicator adds up in."""
    assert indicator.accumulates is not None
    start = month.year_start(indicator.accumulates.first_month)
    return [each for each in target.milestones if start <= each <= month]


def _show_sum(indicator: Indicator, target: Target, month: Month) -> str:
    if target.profile is not Profile.SHARE_OF_YEAR or target.figure is None:
        return ""
    passed, periods = count_periods(indicator, month)
    due = TargetDue(total=target.figure, passed=passed, periods=periods).plus_percent(0)
    shown = format_limit(indicator, due)
    inexact = (
        ""
        if strip_zeros(due) == strip_zeros(round_half_up(due, indicator.decimals + 2))
        else " (rounded)"
    )
    return f"{strip_zeros(target.figure):f} x {passed} / {periods} = {shown}{inexact}"


def _look_back(indicator: Indicator, target: Target, month: Month) -> tuple[TargetDue | None, str]:
    """The outturn that the indicator must not fall behind, rounded as its figures are."""
    known = dict(_list_outturns(indicator, month, target.years or 1))
    if not known:
        return None, f"There is no outturn to compare with {format_past(target)}."
    by_value = sorted(known, key=lambda year: (known[year], year))
    if (target.no_worse_than is Past.WORST) != (indicator.better is Polarity.LOWER_IS_BETTER):
        year = by_value[0]
    else:
        year = by_value[-1]
    words = f"{format_past(target)}, {indicator.unit.format_figure(known[year])} in {year}"
    if target.years and len(known) < target.years:
        words += f" (of {join_labels(str(each) for each in sorted(known))} alone)"
    return TargetDue(total=known[year]), words


def _list_outturns(
    indicator: Indicator, month: Month, years: int
) -> Iterator[tuple[FinancialYear, Decimal]]:
    """The outturns of so many years before the one that a month's figure belongs to."""
    accumulation = indicator.accumulates or Accumulation.FINANCIAL_YEAR
    this = FinancialYear(month.year_start(accumulation.first_month).year)
    for year in (this.minus(back) for back in range(1, years + 1)):
        outturn = indicator.outturns.get(year)
        if outturn is not None and outturn.value is not None and outturn.is_alike(indicator.unit):
            yield year, round_half_up(outturn.value, indicator.decimals)


def _set_range(indicator: Indicator, ends: tuple[Decimal, Decimal], bands: Bands) -> Limits:
    for band in ("amber", "green"):
        if getattr(getattr(bands, band), "start", None) is not None:
            raise BandError(
                "a range has two ends, so its bands cannot begin 'from' one figure", band
            )
    two_sided = bands.model_copy(update={"blue": None})
    sides = tuple(
        _set_side(indicator, TargetDue(total=end), False, two_sided, better)
        for end, better in zip(ends, (1, -1), strict=True)
    )
    shown = " to ".join(map(indicator.unit.format_figure, ends))
    return Limits(sides=sides, words=f"the target range of {shown}")


def _set_side(
    indicator: Indicator, due: TargetDue, strict: bool, bands: Bands, better: int | None = None
) -> LimitSide:
    """One side with all its edges; `better` is the indicator's own unless it is a range's end."""
    if better is None:
        better = 1 if indicator.better is Polarity.HIGHER_IS_BETTER else -1
    target = due.plus_percent(0)
    green = _find_edge("green", bands, due, -better, indicator)
    side = LimitSide(
        better=better,
        target=target,
        green=target if green is None else green,
        strict=strict,
        amber=_find_edge("amber", bands, due, -better, indicator),
        blue=_find_edge("blue", bands, due, better, indicator),
    )
    _check_side(side, indicator)
    return side


def _find_edge(
    band: str, bands: Bands, due: TargetDue, towards: int, indicator: Indicator
) -> Decimal | None:
    """The figure at which a band begins, so far from what is due in the direction `towards`."""
    edge: Edge | str | None = getattr(bands, band)
    if edge is None or isinstance(edge, str):
        return None
    if edge.start is not None:
        growing = (Profile.SHARE_OF_YEAR, Profile.MILESTONES)
        if any(each.profile in growing for each in indicator.targets):
            raise BandError("a band cannot begin 'from' one figure where the target grows", band)
        return edge.start
    in_percent = indicator.unit is Unit.PERCENT
    wanted = "'percentage_points'" if in_percent else "'units'"
    if edge.percent_of_target is not None:
        if not due.total:
            raise ValueError(
                f"{edge.percent_of_target}% of a target of 0 is nothing: "
                f"give the band in {wanted}, or say 'none'"
            )
        return due.plus_percent(towards * edge.percent_of_target)
    distance = edge.percentage_points if in_percent else edge.units
    if distance is None:
        raise BandError(f"an indicator in {indicator.unit.value} has its bands in {wanted}", band)
    return due.plus_percent(0) + towards * distance


def _check_side(side: LimitSide, indicator: Indicator) -> None:
    """Refuse bands that overlap or contradict the target."""
    if (side.target - side.green) * side.better < 0:
        raise BandError(
            "green cannot begin past the target: leave it out, or move the target", "green"
        )
    if side.amber is not None:
        width = (side.green - side.amber) * side.better
        if width < 0:
            message = f"amber would begin at {format_limit(indicator, side.amber)}"
            raise BandError(f"{message}, which is green already", "amber", "green")
        if width == 0 and not side.strict:
            message = f"amber and green both begin at {format_limit(indicator, side.amber)}"
            raise BandError(f"{message}: say 'amber: none'", "amber", "green")
    if side.blue is not None and (side.blue - side.target) * side.better <= 0:
        shown = format_limit(indicator, side.blue)
        raise BandError(f"blue would begin at {shown}, which is no better than the target", "blue")
