"""What a figure means beside others: its streak, its benchmarks, its forecast, earlier figures.

None of this changes a rating; the papers print it beside the rating.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from merton_kpi.core.vocabulary import Polarity
from merton_kpi.rating.comparison import (
    compare_with_period_before,
    compare_with_year_before,
    format_period_before_break,
)
from merton_kpi.rating.forecast import rate_stated_forecast, work_out_forecast
from merton_kpi.rating.limits import is_year_end, work_out_limits_by_month
from merton_kpi.rating.rate import rate_as_at, select_latest_figure
from merton_kpi.rating.rounding import round_as_printed, round_limit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from decimal import Decimal

    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.rating.comparison import PeriodComparison
    from merton_kpi.rating.forecast import Forecast, OfficerForecast
    from merton_kpi.rating.limits import Limits
    from merton_kpi.rating.rate import Verdict
    from merton_kpi.series.records import Series

    RateAt = Callable[[Month], Verdict]  # the verdict as at a month


@dataclass(frozen=True, kw_only=True, slots=True)
class BenchmarkComparison:
    """A figure compared with a benchmark: `difference` is the figure less the benchmark."""

    place: str
    benchmark: Decimal
    difference: Decimal
    word: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """All that the papers print beside a rating.

    `streak` counts the periods, this one included, whose own figure has had the rating without a
    break; `whole_year` says that they are all of the year's so far. `period_before_break` names the
    period before, where a break in the series lies between the two; else it is empty.
    """

    period_on_period: PeriodComparison | None = None
    period_before_break: str = ""
    year_on_year: PeriodComparison | None = None
    streak: int = 0
    whole_year: bool = False
    comparisons: tuple[BenchmarkComparison, ...] = ()
    forecast: Forecast | None = None
    stated_forecast: OfficerForecast | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthTarget:
    """What a month's figure is rated against, as printed; None where there is none.

    `minimum` and `maximum` are the target: one of them, or for a range both. `amber_minimum` and
    `amber_maximum` are the figures at which amber ends, on the same sides: beyond them is red.
    """

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    amber_minimum: Decimal | None = None
    amber_maximum: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """What was worked out from one indicator's series: the verdict and its context."""

    scale: Scale
    verdict: Verdict
    context: Context


def compose_context(
    indicator: Indicator,
    scale: Scale,
    series: Series,
    verdict: Verdict,
    rate_at: RateAt | None = None,
) -> Context:
    """Compose what is printed beside the verdict on a series' latest figure.

    `rate_at` gives the series' verdict as at an earlier month, if that is known already.

    A year's last figure has no forecast. A figure too old to be carried forward has no context but
    the forecast that an officer gave, and one that is carried forward is not compared with the
    period before it. An indicator that is no longer reported has none at all.
    """
    if indicator.is_ended_by(series.as_at):
        return Context()
    rate_at = rate_at or partial(rate_as_at, indicator, scale, series)
    if indicator.needs_judgement:
        return _compose_streak(indicator, series, verdict, rate_at)
    latest = select_latest_figure(indicator, series)
    is_over = latest is not None and is_year_end(indicator, latest.month)
    stated = None if is_over else rate_stated_forecast(indicator, scale, series)
    since = [month for month in series.due if latest and month > latest.month]
    if latest is None or len(since) > indicator.carry_forward:
        return Context(stated_forecast=stated)
    assert latest.value is not None
    figure = round_as_printed(indicator, latest.value)
    streak = count_streak(indicator, series, verdict, rate_at)
    return Context(
        period_on_period=(
            None if since else compare_with_period_before(indicator, series, latest.month)
        ),
        period_before_break="" if since else format_period_before_break(indicator, latest.month),
        year_on_year=compare_with_year_before(indicator, series, latest.month),
        streak=streak,
        whole_year=streak > 1 and streak == len(series.due),
        comparisons=tuple(_compare_with_benchmarks(indicator, figure, latest.month)),
        forecast=None if is_over else work_out_forecast(indicator, scale, series, latest),
        stated_forecast=stated,
    )


def _compose_streak(
    indicator: Indicator, series: Series, verdict: Verdict, rate_at: RateAt
) -> Context:
    """The context of a judgement: how long it has been the same. There is no figure to compare."""
    streak = count_streak(indicator, series, verdict, rate_at)
    return Context(streak=streak, whole_year=streak > 1 and streak == len(series.due))


def count_streak(indicator: Indicator, series: Series, verdict: Verdict, rate_at: RateAt) -> int:
    """Count the periods, up to the last, that have had the verdict's rating without a break.

    A period whose rating was carried forward neither counts nor breaks the streak. A streak does
    not go back past a break in the series. An indicator without a BRAG rating has a streak of 0.

    Only the months that the streak needs are rated. To rate every month of the year took a seventh
    more of a build of 10,000 indicators.
    """
    if not verdict.rating.is_brag:
        return 0
    periods = 0
    last = verdict.observation.month if verdict.observation else series.as_at
    for month in reversed(series.due):
        if month < last and not indicator.are_comparable(month, last):
            break
        known = min(month.add_months(indicator.arrears), series.as_at)
        then = verdict
        if known < series.as_at:
            then = rate_at(known)
        if then.rating is not verdict.rating:
            break
        if not then.period:
            periods += 1
    return periods


def list_targets(
    indicator: Indicator, scale: Scale, months: Iterable[Month], figures: Iterable[Decimal] = ()
) -> tuple[MonthTarget, ...]:
    """Each month's target and where its amber ends.

    The year's `figures` say how many decimals they are printed with. A running total has a
    target only in the months that it is due for.
    """
    months = tuple(months)
    due = (month for month in months if not indicator.accumulates or indicator.is_due(month))
    limits = work_out_limits_by_month(indicator, scale, due, figures)
    return tuple(_compose_month_target(limits.get(month)) for month in months)


def _compose_month_target(limits: Limits | None) -> MonthTarget:
    if limits is None:
        return MonthTarget()
    targets = {each.polarity: round_limit(each.target, limits.decimals) for each in limits.bounds}
    ambers = {
        each.polarity: round_limit(each.amber, limits.decimals)
        for each in limits.bounds
        if each.amber is not None
    }
    return MonthTarget(
        minimum=targets.get(Polarity.HIGHER_IS_BETTER),
        maximum=targets.get(Polarity.LOWER_IS_BETTER),
        amber_minimum=ambers.get(Polarity.HIGHER_IS_BETTER),
        amber_maximum=ambers.get(Polarity.LOWER_IS_BETTER),
    )


def _compare_with_benchmarks(
    indicator: Indicator, figure: Decimal, month: Month
) -> Iterator[BenchmarkComparison]:
    """Compare a figure with each benchmark that it can be compared with."""
    for place, benchmark in indicator.benchmarks.items():
        if benchmark.value is None or not indicator.is_comparable(benchmark):
            continue
        difference = figure - benchmark.value
        yield BenchmarkComparison(
            place=place,
            benchmark=benchmark.value,
            difference=difference,
            word=_format_difference_word(indicator.better_in(month), difference),
        )


def _format_difference_word(better: Polarity | None, difference: Decimal) -> str:
    if not difference:
        return "the same as"
    if better is None:
        return "above" if difference > 0 else "below"
    higher_is_better = better is Polarity.HIGHER_IS_BETTER
    return "better than" if (difference > 0) == higher_is_better else "worse than"
