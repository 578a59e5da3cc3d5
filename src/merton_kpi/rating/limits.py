"""The limits that a month's figure is rated by, from the indicator's target and its bands.

Limits are worked out here and in `band_limits`, in `Decimal`; `rate` only compares figures with
them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from merton_kpi.catalogue.bands import Scale
from merton_kpi.core.periods import FIRST_MONTH, FinancialYear, format_count, join_labels
from merton_kpi.core.rounding import strip_zeros
from merton_kpi.core.vocabulary import Accumulation, Past, Polarity, Profile
from merton_kpi.rating.band_limits import (
    Bound,
    DueTarget,
    add_earlier_amber,
    select_last_year,
    work_out_bound,
)
from merton_kpi.rating.range_limits import format_range_name, work_out_range
from merton_kpi.rating.rounding import (
    count_limit_decimals,
    format_limit,
    round_as_printed,
    round_limit,
)
from merton_kpi.rating.wording.target_words import (
    format_first_start,
    format_past,
    format_target_figure,
    format_target_name,
    format_target_year,
    format_withdrawal,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.targets import Target
    from merton_kpi.core.periods import Month


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What a month's figure is rated by: one bound, two for a range, or none.

    `name` is how a sentence names the limits: `the target of at least 91%`. `derivation` is the
    sum that gave the share of a year's target, empty for other targets. `scale` has the settings
    that gave the bounds, and `decimals` is how many the limits are printed with at most. Where
    there are no bounds, `reason_none` is the sentence that says why.
    """

    bounds: tuple[Bound, ...] = ()
    name: str = ""
    derivation: str = ""
    scale: Scale = field(default_factory=Scale)
    decimals: int = 0
    reason_none: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _NamedTarget:
    """What is due of a target by a month, with the name and the sum that its limits will have."""

    due: DueTarget
    name: str
    derivation: str = ""


def work_out_limits(
    indicator: Indicator, scale: Scale, month: Month, figures: Iterable[Decimal] = ()
) -> Limits:
    """Work out the limits for a month's figure, by the target in force in that month.

    The year's `figures` say how many decimals the limits are printed with.

    Raises:
        ValueError: The bands contradict the target; its sentence says what to change. It is a
            BandError where one of the bands is at fault.
    """
    target = indicator.target_for(month)
    if target is None:
        return Limits(reason_none=format_first_start(indicator))
    if target.withdrawn:
        return Limits(reason_none=format_withdrawal(target))
    decimals = count_limit_decimals(indicator, figures)
    scale = scale.replace_bands(target.bands)
    if target.between:
        return Limits(
            bounds=work_out_range(indicator, target.between, scale, month),
            name=format_range_name(indicator, target.between),
            scale=scale,
            decimals=decimals,
        )
    named = _work_out_due(indicator, target, month, decimals)
    if named is None:
        return Limits(reason_none=_explain_nothing_due(indicator, target, month))
    bound = _work_out_one_bound(indicator, scale, target, named.due)
    if scale.is_by_earlier:
        earlier = select_last_year(indicator, month)
        bound = add_earlier_amber(bound, earlier, earlier.figure)
    return Limits(
        bounds=(bound,),
        name=named.name,
        derivation=named.derivation,
        scale=scale,
        decimals=decimals,
    )


def work_out_limits_by_month(
    indicator: Indicator, scale: Scale, months: Iterable[Month], figures: Iterable[Decimal] = ()
) -> Mapping[Month, Limits]:
    """The limits of each of these months, in their order; `figures` and what it raises as above.

    Most targets are the same all year, so their limits are worked out once. To work them out for
    each month took a quarter more of a build of 1,000 indicators.
    """
    months, figures = tuple(months), tuple(figures)
    if months and _is_same_all_year(indicator, scale):
        return dict.fromkeys(months, work_out_limits(indicator, scale, months[0], figures))
    return {month: work_out_limits(indicator, scale, month, figures) for month in months}


def _is_same_all_year(indicator: Indicator, scale: Scale) -> bool:
    is_by_month = any(
        each.start or each.profile or each.no_worse_than or each.bands for each in indicator.targets
    )
    return not is_by_month and not scale.is_by_earlier


def work_out_year_end_limits(indicator: Indicator, scale: Scale) -> Limits | None:
    """Work out the limits for a running total's last figure of the year.

    They are those of the year's last target; None where it is not a figure. Raises as
    work_out_limits does.
    """
    target = indicator.targets[-1]
    if target.figure is None:
        return None
    scale = scale.replace_bands(target.bands)
    bound = _work_out_one_bound(indicator, scale, target, DueTarget(total=target.figure))
    ends = [each for each in indicator.earlier_months if is_year_end(indicator, each)]
    end = max(ends, default=None)
    if end and scale.is_by_earlier:
        earlier = select_last_year(indicator, end.add_months(12))
        bound = add_earlier_amber(bound, earlier, earlier.figure)
    return Limits(
        bounds=(bound,),
        name=format_target_name(indicator, target),
        scale=scale,
        decimals=count_limit_decimals(indicator),
    )


def is_year_end(indicator: Indicator, month: Month) -> bool:
    """Whether the last period of the indicator's year ends with this month."""
    months = map(_select_year_start(indicator, month).add_months, reversed(range(12)))
    return month == next(filter(indicator.is_period_end, months), None)


def count_periods(indicator: Indicator, month: Month) -> tuple[int, int]:
    """Count the reporting periods of an indicator's year: those passed by a month's end, and all.

    The year begins in April or as `accumulates` says: 2 of 4 quarters have passed, or 3 of the 11
    months of a school year without August.
    """
    ends = indicator.list_period_ends(_select_year_start(indicator, month))
    return sum(end <= month for end in ends), len(ends)


def _select_year_start(indicator: Indicator, month: Month) -> Month:
    """The first month of the indicator's year that a month is in."""
    accumulates = indicator.accumulates
    return month.year_start(accumulates.first_month if accumulates else FIRST_MONTH)


def _work_out_one_bound(
    indicator: Indicator, scale: Scale, target: Target, due: DueTarget
) -> Bound:
    """The bound of a target that is not a range; its indicator always says which way is better."""
    assert indicator.better is not None
    return work_out_bound(indicator, scale, due, indicator.better, is_strict=target.is_strict)


def _work_out_due(
    indicator: Indicator, target: Target, month: Month, decimals: int
) -> _NamedTarget | None:
    """What is due by the end of a month; None where nothing is, as _explain_nothing_due says."""
    if target.area:
        return _select_benchmark(indicator, target.area)
    if target.no_worse_than:
        return _work_out_past(indicator, target, month)
    assert target.figure is not None
    match target.profile:
        case None | Profile.FULL_YEAR:
            name = format_target_name(indicator, target)
            return _NamedTarget(due=DueTarget(total=target.figure), name=name)
        case Profile.MILESTONES:
            return _select_milestone(indicator, target, month)
        case Profile.SHARE_OF_YEAR:
            return _work_out_share_of_year(indicator, target, month, decimals)
        case other:
            assert_never(other)


def _explain_nothing_due(indicator: Indicator, target: Target, month: Month) -> str:
    if target.area:
        return f"There is no figure of {target.area} that can be compared."
    if target.no_worse_than:
        breaks = indicator.list_breaks(month)
        since = f" since the break in the series ({breaks[-1].start.label})" if breaks else ""
        return f"There is no outturn{since} to compare with {format_past(target)}."
    return "No milestone of its target has been reached yet."


def _select_milestone(indicator: Indicator, target: Target, month: Month) -> _NamedTarget | None:
    """The last milestone reached by a month, in the year that the indicator adds up in."""
    assert indicator.accumulates is not None
    start = month.year_start(indicator.accumulates.first_month)
    reached = [each for each in target.milestones if start <= each <= month]
    if not reached:
        return None
    milestone = target.milestones[max(reached)]
    words = format_target_figure(indicator, target, milestone)
    name = f"the milestone of {words} for {max(reached).label}"
    return _NamedTarget(due=DueTarget(total=milestone), name=name)


def _work_out_share_of_year(
    indicator: Indicator, target: Target, month: Month, decimals: int
) -> _NamedTarget:
    """The share of the year's total that is due by a month: the periods passed, of all."""
    total = target.figure
    assert total is not None
    passed, periods = count_periods(indicator, month)
    due = DueTarget(total=total, passed=passed, periods=periods)
    shown = format_limit(indicator, due.figure, decimals)
    remark = "" if due.figure == round_limit(due.figure, decimals) else " (rounded)"
    year = format_target_figure(indicator, target, total) + format_target_year(indicator)
    share = f"{passed} of {format_count(periods, indicator.noun)} of {year}"
    verb = "allowed" if indicator.better is Polarity.LOWER_IS_BETTER else "due"
    return _NamedTarget(
        due=due,
        name=f"the {shown} {verb} by then ({share})",
        derivation=f"{strip_zeros(total):f} x {passed} / {periods} = {shown}{remark}",
    )


def _select_benchmark(indicator: Indicator, area: str) -> _NamedTarget | None:
    """Another area's figure as it was published, where it can be compared."""
    benchmark = indicator.benchmarks.get(area)
    if benchmark is None or benchmark.value is None or not indicator.is_comparable(benchmark):
        return None
    name = f"the figure of {area}, {indicator.unit.format_figure(benchmark.value)}"
    return _NamedTarget(due=DueTarget(total=benchmark.value), name=name)


def _work_out_past(indicator: Indicator, target: Target, month: Month) -> _NamedTarget | None:
    """The outturn that the figures must be no worse than, rounded as they are.

    Of years with the same outturn, the earliest is named where the lowest counts, and the latest
    where the highest does.
    """
    known = list_outturns(indicator, month, target.years or 1)
    if not known:
        return None
    by_value = sorted(known, key=lambda year: (known[year], year))
    is_lowest = (target.no_worse_than is Past.WORST) != (
        indicator.better is Polarity.LOWER_IS_BETTER
    )
    year = by_value[0] if is_lowest else by_value[-1]
    name = f"{format_past(target)}, {indicator.unit.format_figure(known[year])} in {year}"
    if target.years and len(known) < target.years:
        name += f" (of {join_labels(str(each) for each in sorted(known))} alone)"
    return _NamedTarget(due=DueTarget(total=known[year]), name=name)


def list_outturns(
    indicator: Indicator, month: Month, years: int
) -> Mapping[FinancialYear, Decimal]:
    """The comparable outturns of a number of years before the one that a month belongs to.

    A year that began before a break in the series is left out.
    """
    accumulation = indicator.accumulates or Accumulation.FINANCIAL_YEAR
    this_year = FinancialYear(month.year_start(accumulation.first_month).year)
    earlier = [this_year.add_years(-back) for back in range(1, years + 1)]
    return {
        year: round_as_printed(indicator, outturn.value)
        for year, outturn in indicator.outturns_by_year.items()
        if year in earlier
        and outturn.value is not None
        and outturn.is_alike(indicator.unit)
        and indicator.are_comparable(indicator.first_due_in(year), month)
    }
