"""An indicator's target and bands, and a month, to the limits that a figure is rated by.

All limits are worked out here, in `Decimal`; `rating` only compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, assert_never

from merton_kpi.periods import FinancialYear, Month, count, join_labels, place_in_year
from merton_kpi.vocab import Past, Polarity, Profile, Rating, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.model import Indicator
    from merton_kpi.targets import Bands, Edge, Target


@dataclass(frozen=True, kw_only=True)
class Side:
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


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What a month's figure must keep to: one side, or two for a range.

    `words` name it in a sentence; without sides they say why there is nothing to rate against.
    `derivation` is the sum that gave a target's share of the year.
    """

    sides: tuple[Side, ...] = ()
    words: str
    derivation: str = ""


def round_half_up(figure: Decimal, decimals: int) -> Decimal:
    """Round to so many decimals, a half away from zero: 2.5 to 3, -2.5 to -3."""
    return figure.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def trim(figure: Decimal) -> Decimal:
    """The same figure without zeros at its end: 9.50 as 9.5, 10.0 as 10 (once it is shown)."""
    return figure.normalize()


def set_goal(indicator: Indicator, bands: Bands, month: Month) -> Goal:
    """What a figure for this month must keep to, by the target in force in it.

    Raises ValueError, with a sentence on what to change, where bands contradict the target.
    """
    target = indicator.target_for(month)
    if target is None:
        return Goal(words="It has no target for this month.")
    if target.between:
        return _set_range(indicator, target.between, bands)
    if target.no_worse_than:
        due, words = _look_back(indicator, target, month)
    else:
        due, words = _find_due(indicator, target, month)
    if due is None:
        return Goal(words=words)
    side = _set_side(indicator, due, _way(indicator), target.is_strict, bands)
    return Goal(sides=(side,), words=words, derivation=_show_sum(indicator, target, month, due))


def set_year_end_goal(indicator: Indicator, bands: Bands) -> Goal | None:
    """The goal of a running total's last figure of the year, where its target is a figure."""
    target = indicator.targets[-1]
    if target.figure is None:
        return None
    side = _set_side(indicator, target.figure, _way(indicator), target.is_strict, bands)
    return Goal(sides=(side,), words=f"the target of {show_one_target(indicator, target)}")


def _way(indicator: Indicator) -> int:
    return 1 if indicator.better is Polarity.HIGHER_IS_BETTER else -1


def count_periods(indicator: Indicator, month: Month) -> tuple[int, int]:
    """Reporting periods passed by the end of a month, and in all, of the year that it adds up in.

    The year is the one that `accumulates` names: 2 of 4 quarters, 3 of 11 months of a school year
    without August.
    """
    assert indicator.accumulates is not None
    first = indicator.accumulates.first_month
    places = [place_in_year(number, first) for number in indicator.months_due]
    return sum(place <= month.months_since(first) for place in places), len(places)


def show_target(indicator: Indicator) -> str:
    """The target in words: `at least 91%`, `12% to 20%`, `Not a target measure`, `New`."""
    if indicator.target == "not_a_target_measure":
        return Rating.NOT_A_TARGET_MEASURE.label
    if indicator.target == "new":
        return Rating.NEW.label
    return "; ".join(
        show_one_target(indicator, target) + (f" from {target.start.label}" if target.start else "")
        for target in indicator.targets
    )


def show_one_target(indicator: Indicator, target: Target) -> str:
    """One of the year's targets in words, with its path through the year where it has one."""
    if target.between:
        low, high = target.between
        return f"{indicator.unit.show(low)} to {indicator.unit.show(high)}"
    if target.no_worse_than:
        return f"no worse than {_name_past(target)}"
    return f"{_show_limit(indicator, target, target.figure)}{_PATHS[target.profile]}"


_PATHS = {
    None: "",
    Profile.SHARE_OF_YEAR: " for the year, in equal shares",
    Profile.MILESTONES: " for the year, by milestones",
    Profile.FULL_YEAR: " for the whole year",
}


def _show_limit(indicator: Indicator, target: Target, figure: Decimal | None) -> str:
    assert figure is not None
    word = "above" if target.is_strict else "at least"
    if indicator.better is Polarity.LOWER_IS_BETTER:
        word = "below" if target.is_strict else "at most"
    return f"{word} {indicator.unit.show(figure)}"


def _name_past(target: Target) -> str:
    if target.no_worse_than is Past.LAST_YEAR:
        return "last year's outturn"
    assert target.no_worse_than is not None
    return f"the {target.no_worse_than.value} of the last {target.years} years"


def _find_due(indicator: Indicator, target: Target, month: Month) -> tuple[Decimal | None, str]:
    """The figure due by the end of a month, with its words."""
    full = target.figure
    assert full is not None
    match target.profile:
        case None | Profile.FULL_YEAR:
            return full, f"the target of {show_one_target(indicator, target)}"
        case Profile.MILESTONES:
            reached = [each for each in target.milestones if each <= month]
            if not reached:
                return None, "No milestone of its target has been reached yet."
            due = target.milestones[max(reached)]
            limit = _show_limit(indicator, target, due)
            return due, f"the milestone of {limit} for {max(reached).label}"
        case Profile.SHARE_OF_YEAR:
            passed, periods = count_periods(indicator, month)
            due = round_half_up(full * passed / periods, indicator.decimals + 1)
            year = f"{_show_limit(indicator, target, full)} for the year"
            share = f"{passed} of {count(periods, indicator.noun)} of {year}"
            return due, f"the {indicator.unit.show(trim(due))} due by then ({share})"
        case other:
            assert_never(other)


def _show_sum(indicator: Indicator, target: Target, month: Month, due: Decimal) -> str:
    if target.profile is not Profile.SHARE_OF_YEAR or target.figure is None:
        return ""
    passed, periods = count_periods(indicator, month)
    decimals = count(indicator.decimals + 1, "decimal")
    sum_ = f"{trim(target.figure):f} x {passed} / {periods} = {trim(due):f}"
    return f"{sum_}, rounded half up to {decimals}"


def _look_back(indicator: Indicator, target: Target, month: Month) -> tuple[Decimal | None, str]:
    """The outturn that the indicator must not fall behind, with its words."""
    known = dict(_list_outturns(indicator, month, target.years or 1))
    if not known:
        return None, f"There is no outturn to compare with {_name_past(target)}."
    by_value = sorted(known, key=lambda year: (known[year], year))
    if (target.no_worse_than is Past.WORST) != (indicator.better is Polarity.LOWER_IS_BETTER):
        year = by_value[0]
    else:
        year = by_value[-1]
    words = f"{_name_past(target)}, {indicator.unit.show(known[year])} in {year}"
    if target.years and len(known) < target.years:
        words += f" (of {join_labels(str(each) for each in sorted(known))} alone)"
    return known[year], words


def _list_outturns(
    indicator: Indicator, month: Month, years: int
) -> Iterator[tuple[FinancialYear, Decimal]]:
    this = FinancialYear.of(month)
    for year in (this.minus(back) for back in range(1, years + 1)):
        outturn = indicator.outturns.get(year)
        same_unit = outturn is not None and outturn.unit in (None, indicator.unit)
        if outturn is not None and outturn.value is not None and same_unit:
            yield year, outturn.value


def _set_range(indicator: Indicator, ends: tuple[Decimal, Decimal], bands: Bands) -> Goal:
    if any(getattr(edge, "start", None) is not None for edge in (bands.amber, bands.green)):
        raise ValueError("a range has two ends, so its bands cannot begin 'from' one figure")
    two_sided = bands.model_copy(update={"blue": None})
    sides = tuple(
        _set_side(indicator, end, better, False, two_sided)
        for end, better in zip(ends, (1, -1), strict=True)
    )
    shown = " to ".join(map(indicator.unit.show, ends))
    return Goal(sides=sides, words=f"the target range of {shown}")


def _set_side(
    indicator: Indicator, target: Decimal, better: int, strict: bool, bands: Bands
) -> Side:
    green = _find_edge(bands.green, target, -better, indicator)
    side = Side(
        better=better,
        target=target,
        green=target if green is None else green,
        strict=strict,
        amber=_find_edge(bands.amber, target, -better, indicator),
        blue=_find_edge(bands.blue, target, better, indicator),
    )
    _check_side(side, indicator.unit)
    return side


def _find_edge(
    edge: Edge | str | None, target: Decimal, towards: int, indicator: Indicator
) -> Decimal | None:
    """The figure at which a band begins, so far from the target in the direction `towards`."""
    if edge is None or isinstance(edge, str):
        return None
    if edge.start is not None:
        if any(each.profile is Profile.SHARE_OF_YEAR for each in indicator.targets):
            raise ValueError("a band cannot begin 'from' one figure where the target grows")
        return edge.start
    if edge.percent_of_target is not None:
        if not target:
            raise ValueError(
                f"{edge.percent_of_target}% of a target of 0 is nothing: "
                "give the band in 'percentage_points' or 'units', or say 'none'"
            )
        return target + towards * abs(target) * edge.percent_of_target / 100
    in_percent = indicator.unit is Unit.PERCENT
    distance = edge.percentage_points if in_percent else edge.units
    if distance is None:
        wanted = "'percentage_points'" if in_percent else "'units'"
        raise ValueError(f"an indicator in {indicator.unit.value} has its bands in {wanted}")
    return target + towards * distance


def _check_side(side: Side, unit: Unit) -> None:
    """Refuse bands that overlap or contradict the target."""
    if (side.target - side.green) * side.better < 0:
        raise ValueError("green cannot begin past the target: leave it out, or move the target")
    if side.amber is not None:
        width = (side.green - side.amber) * side.better
        shown = unit.show(trim(side.amber))
        if width < 0:
            raise ValueError(f"amber would begin at {shown}, which is green already")
        if width == 0 and not side.strict:
            raise ValueError(f"amber and green both begin at {shown}: say 'amber: none'")
    if side.blue is not None and (side.blue - side.target) * side.better <= 0:
        raise ValueError(
            f"blue would begin at {unit.show(trim(side.blue))}, which is no better than the target"
        )
