"""What a figure means beside others: its streak, its benchmarks, its forecast, its direction.

None of this changes a rating; the papers print it beside the rating.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.periods import format_count
from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import Accumulation, Polarity
from merton_kpi.rating.direction import compare_with_period_before, compare_with_year_before
from merton_kpi.rating.limits import (
    count_periods,
    work_out_limits_by_month,
    work_out_year_end_limits,
)
from merton_kpi.rating.rate import rate_as_at, rate_figure, select_latest_figure
from merton_kpi.rating.rounding import round_half_up, round_limit, strip_zeros

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.core.ratings import Rating
    from merton_kpi.rating.direction import DirectionOfTravel
    from merton_kpi.rating.limits import Limits
    from merton_kpi.rating.rate import Verdict
    from merton_kpi.series.records import Series

    Ends = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class BenchmarkComparison:
    """A figure compared with a benchmark: `difference` is the figure less the benchmark."""

    place: str
    benchmark: Decimal
    difference: Decimal
    word: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """Where a running total would end the year if it grew on as it has: a straight line.

    `word` is the council's for the rating that its end would have.
    """

    figure: Decimal
    rating: Rating
    word: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """All that the papers print beside a rating.

    `streak` counts the periods, this one included, whose own figure has had the rating without a
    break; `whole_year` says that they are all of the year's so far.
    """

    travel: DirectionOfTravel | None = None
    year_on_year: DirectionOfTravel | None = None
    streak: int = 0
    whole_year: bool = False
    comparisons: tuple[BenchmarkComparison, ...] = ()
    forecast: Forecast | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """What was worked out from one indicator's series: the verdict and its context."""

    scale: Scale
    verdict: Verdict
    context: Context


def compose_context(
    indicator: Indicator, scale: Scale, series: Series, verdict: Verdict
) -> Context:
    """Compose what is printed beside the verdict on a series' latest figure.

    A figure too old to be carried forward has no context, and one that is carried forward has no
    direction from the period before.
    """
    if indicator.needs_judgement:
        return _compose_streak(indicator, scale, series, verdict)
    latest = select_latest_figure(indicator, series)
    since = [month for month in series.due if latest and month > latest.month]
    if latest is None or len(since) > indicator.carry_forward:
        return Context()
    assert latest.value is not None
    figure = round_half_up(latest.value, indicator.decimals)
    streak = count_streak(indicator, scale, series, verdict)
    return Context(
        travel=None if since else compare_with_period_before(indicator, series, latest.month),
        year_on_year=compare_with_year_before(indicator, figure, latest.month),
        streak=streak,
        whole_year=streak > 1 and streak == len(series.due),
        comparisons=tuple(_compare_with_benchmarks(indicator, figure)),
        forecast=_work_out_forecast(indicator, scale, figure, latest.month),
    )


def _compose_streak(
    indicator: Indicator, scale: Scale, series: Series, verdict: Verdict
) -> Context:
    """The context of a judgement: how long it has been the same. There is no figure to compare."""
    streak = count_streak(indicator, scale, series, verdict)
    return Context(streak=streak, whole_year=streak > 1 and streak == len(series.due))


def count_streak(indicator: Indicator, scale: Scale, series: Series, verdict: Verdict) -> int:
    """Count the periods, up to the last, that have had the verdict's rating without a break.

    A period whose rating was carried forward neither counts nor breaks the streak. An indicator
    without a BRAG rating has a streak of 0.

    Only the months that the streak needs are rated. To rate every month of the year took a seventh
    more of a build of 10,000 indicators.
    """
    if not verdict.rating.is_brag:
        return 0
    periods = 0
    for month in reversed(series.due):
        known = min(month.add_months(indicator.arrears), series.as_at)
        then = verdict
        if known < series.as_at:
            then = rate_as_at(indicator, scale, series, known)
        if then.rating is not verdict.rating:
            break
        if not then.period:
            periods += 1
    return periods


def list_targets(indicator: Indicator, scale: Scale, months: Iterable[Month]) -> tuple[Ends, ...]:
    """The lower and the upper end of each month's target, as printed; None where there is none.

    A running total has a target only in the months that it is due for.
    """
    numbers = indicator.months_due if indicator.accumulates else range(1, 13)
    months = tuple(months)
    due = (month for month in months if month.number in numbers)
    limits = work_out_limits_by_month(indicator, scale, due)
    return tuple(_list_ends(indicator, limits.get(month)) for month in months)


def _list_ends(indicator: Indicator, limits: Limits | None) -> Ends:
    bounds = limits.bounds if limits else ()
    ends = {bound.polarity: round_limit(indicator, bound.target) for bound in bounds}
    return ends.get(Polarity.HIGHER_IS_BETTER), ends.get(Polarity.LOWER_IS_BETTER)


def _compare_with_benchmarks(
    indicator: Indicator, figure: Decimal
) -> Iterator[BenchmarkComparison]:
    """Compare a figure with the benchmarks in the same unit, unless they are counts or totals.

    A borough's count cannot be compared with England's, nor a running total with a full year;
    only the catalogue can say, by `comparable: true`, that a number is an average.
    """
    is_count = indicator.unit is Unit.NUMBER or indicator.accumulates is not None
    for place, benchmark in indicator.benchmarks.items():
        if benchmark.value is None or not benchmark.is_alike(indicator.unit):
            continue
        if is_count and not benchmark.comparable:
            continue
        difference = figure - benchmark.value
        yield BenchmarkComparison(
            place=place,
            benchmark=benchmark.value,
            difference=difference,
            word=_format_difference_word(indicator, difference),
        )


def _format_difference_word(indicator: Indicator, difference: Decimal) -> str:
    if not difference:
        return "the same as"
    if indicator.better is None:
        return "above" if difference > 0 else "below"
    higher_is_better = indicator.better is Polarity.HIGHER_IS_BETTER
    return "better than" if (difference > 0) == higher_is_better else "worse than"


def _work_out_forecast(
    indicator: Indicator, scale: Scale, figure: Decimal, month: Month
) -> Forecast | None:
    """The straight line to the year's end, and the rating that its end would have."""
    if not indicator.accumulates or not indicator.is_rated:
        return None
    passed, periods = count_periods(indicator, month)
    if not passed:
        return None
    limits = work_out_year_end_limits(indicator, scale)
    if limits is None:
        return None
    end = round_half_up(figure * periods / passed, indicator.decimals)
    rating, _ = rate_figure(end, limits)
    return Forecast(figure=end, rating=rating, word=scale.words.format_word(rating))


def format_streak(indicator: Indicator, verdict: Verdict, context: Context) -> str:
    """`Red for 8 months, all of the year so far`, or nothing where there is no rating."""
    if not context.streak:
        return ""
    whole = ", all of the year so far" if context.whole_year else ""
    return f"{verdict.word} for {format_count(context.streak, indicator.noun)}{whole}"


def format_year_on_year(context: Context) -> str:
    """`↓ worsening since May 2019`, or nothing."""
    travel = context.year_on_year
    return f"{travel.label} since {travel.since}" if travel else ""


def format_sentences(*parts: str) -> tuple[str, ...]:
    """The parts that are not empty, each with its capital letter and full stop."""
    return tuple(f"{part[0].upper()}{part[1:]}." for part in parts if part)


def format_comparisons(indicator: Indicator, context: Context) -> str:
    """`worse than England (58%) by 26 percentage points; …`, or nothing."""
    unit = indicator.unit
    parts = []
    for each in context.comparisons:
        words = f"{each.word} {each.place} ({unit.format_figure(each.benchmark)})"
        if each.difference:
            words += f" by {unit.format_difference(strip_zeros(abs(each.difference)))}"
        parts.append(words)
    return "; ".join(parts)


def format_forecast(indicator: Indicator, context: Context) -> str:
    """`forecast: 8 by the year's end, which would be Red`, or nothing."""
    if context.forecast is None:
        return ""
    shown = indicator.unit.format_figure(context.forecast.figure)
    year = "academic year" if indicator.accumulates is Accumulation.ACADEMIC_YEAR else "year"
    word = context.forecast.word
    return f"forecast: {shown} by the {year}'s end, which would be {word}"
