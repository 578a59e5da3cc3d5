"""What a figure means beside others: its direction, its streak, its benchmarks, its forecast.

None of this changes a rating; it is told beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from merton_kpi.core.periods import format_count, format_period
from merton_kpi.core.vocabulary import Accumulation, Direction, Polarity, Rating, Unit
from merton_kpi.rating.limits import count_periods, limits_by_month, work_out_year_end_limits
from merton_kpi.rating.rate import rate_figure, select_latest_figure
from merton_kpi.rating.rounding import round_half_up, round_limit, strip_zeros

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from merton_kpi.catalogue.models import Indicator
    from merton_kpi.catalogue.targets import Bands
    from merton_kpi.core.periods import Month
    from merton_kpi.rating.rate import History, Verdict
    from merton_kpi.series.match import Series

    Ends = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class DirectionOfTravel:
    """A direction of travel: from an earlier figure to a later one, each with its period.

    For a running total the figures are what was added in each period.
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


@dataclass(frozen=True, kw_only=True, slots=True)
class BenchmarkComparison:
    """A figure beside a benchmark: `difference` is the figure less the benchmark."""

    place: str
    benchmark: Decimal
    difference: Decimal
    word: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """Where a running total would end the year if it grew on as it has: a straight line."""

    figure: Decimal
    rating: Rating


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """All that is told beside a rating.

    `streak` counts the periods, this one too, whose own figure has had the rating without a
    break; `whole_year` says that they are all there were since April.
    """

    travel: DirectionOfTravel | None = None
    year_on_year: DirectionOfTravel | None = None
    streak: int = 0
    whole_year: bool = False
    comparisons: tuple[BenchmarkComparison, ...] = ()
    forecast: Forecast | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """What was made of one indicator's series: the papers' verdict, and what is told beside."""

    bands: Bands
    verdict: Verdict
    context: Context


def compose_context(
    indicator: Indicator,
    bands: Bands,
    series: Series,
    history: History,
) -> Context:
    """Everything there is to tell beside the latest figure; `history` ends with this month.

    A figure too old to be carried forward has no context, and one that is carried no direction.
    """
    latest = select_latest_figure(indicator, series)
    since = [month for month in series.due if latest and month > latest.month]
    if latest is None or len(since) > indicator.carry_forward:
        return Context()
    assert latest.value is not None
    figure = round_half_up(latest.value, indicator.decimals)
    streak = count_streak(indicator, series, history)
    return Context(
        travel=None if since else _find_travel(indicator, series, latest.month),
        year_on_year=_find_year_on_year(indicator, figure, latest.month),
        streak=streak,
        whole_year=streak > 1 and streak == len(series.due),
        comparisons=tuple(_compare(indicator, figure)),
        forecast=_forecast(indicator, bands, figure, latest.month),
    )


def count_streak(indicator: Indicator, series: Series, history: History) -> int:
    """For how many periods, up to the last, the rating has been what it is; 0 for no BRAG rating.

    A period whose rating was carried forward neither counts nor breaks the streak.
    """
    periods, verdicts = 0, reversed(history)
    at, verdict = next(verdicts)
    now = verdict.rating
    for month in reversed(series.due):
        known = min(month.plus(indicator.arrears), series.as_at)
        while at > known:
            at, verdict = next(verdicts)
        if verdict.rating is not now or not now.is_brag:
            break
        periods += not verdict.period
    return periods


def compare_figures(
    indicator: Indicator, month: Month, earlier: Decimal, later: Decimal
) -> Direction:
    """The direction from an earlier figure to a later one, by what counts as better.

    For a range that is the distance to it; without a polarity the words say no more than where
    the figure went.
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
    else:
        gain = later - earlier
        if indicator.better is Polarity.LOWER_IS_BETTER:
            gain = -gain
    if not gain:
        return Direction.NO_CHANGE
    return Direction.IMPROVING if gain > 0 else Direction.WORSENING


def _find_travel(indicator: Indicator, series: Series, month: Month) -> DirectionOfTravel | None:
    """From the period just before, where both have a figure; of what a running total added."""
    before = _period_before(indicator, month)
    earlier, later = (_find_step(indicator, series, each) for each in (before, month))
    if earlier is None or later is None:
        return None
    return _travel(indicator, month, earlier, later, before)


def _find_step(indicator: Indicator, series: Series, month: Month) -> Decimal | None:
    """A period's rounded figure, where it has one; of a running total, what the period added.

    That cannot be told after a gap, nor where the total fell: something was corrected.
    """
    figure = _find_figure(indicator, series, month)
    if figure is None or not indicator.accumulates or count_periods(indicator, month)[0] == 1:
        return figure
    before = _find_figure(indicator, series, _period_before(indicator, month))
    return figure - before if before is not None and before <= figure else None


def _find_figure(indicator: Indicator, series: Series, month: Month) -> Decimal | None:
    each = series.figures.get(month)
    if each is None or each.value is None:
        return None
    return round_half_up(each.value, indicator.decimals)


def _period_before(indicator: Indicator, month: Month) -> Month:
    before = month.plus(-1)
    while before.number not in indicator.months_due:
        before = before.plus(-1)
    return before


def _find_year_on_year(
    indicator: Indicator, figure: Decimal, month: Month
) -> DirectionOfTravel | None:
    last_year = month.plus(-12)
    earlier = indicator.earlier_months.get(last_year)
    if earlier is None:
        return None
    earlier = round_half_up(earlier, indicator.decimals)
    return _travel(indicator, month, earlier, figure, last_year)


def _travel(
    indicator: Indicator, month: Month, earlier: Decimal, later: Decimal, since: Month
) -> DirectionOfTravel:
    return DirectionOfTravel(
        direction=compare_figures(indicator, month, earlier, later),
        earlier=earlier,
        later=later,
        since=_name_since(indicator, since, month),
    )


def _name_since(indicator: Indicator, since: Month, month: Month) -> str:
    """The earlier period, with its year where another year's has the same name."""
    name = format_period(since, indicator.frequency)
    return name if since > month.plus(-12) else since.label


def _compare(indicator: Indicator, figure: Decimal) -> Iterator[BenchmarkComparison]:
    """The benchmarks that a figure can be held against: the same unit, and not a count.

    A borough's count cannot be compared with England's, nor a running total with a full year;
    only the catalogue can say, by `comparable: true`, that a number is an average.
    """
    cannot = indicator.unit is Unit.NUMBER or indicator.accumulates is not None
    for place, benchmark in indicator.benchmarks.items():
        like = benchmark.comparable or not cannot
        if benchmark.value is None or not benchmark.is_alike(indicator.unit) or not like:
            continue
        difference = figure - benchmark.value
        yield BenchmarkComparison(
            place=place,
            benchmark=benchmark.value,
            difference=difference,
            word=_name_difference(indicator, difference),
        )


def _name_difference(indicator: Indicator, difference: Decimal) -> str:
    if not difference:
        return "the same as"
    if indicator.better is None:
        return "above" if difference > 0 else "below"
    higher_is_better = indicator.better is Polarity.HIGHER_IS_BETTER
    return "better than" if (difference > 0) == higher_is_better else "worse than"


def _forecast(indicator: Indicator, bands: Bands, figure: Decimal, month: Month) -> Forecast | None:
    """The straight line to the year's end, and the rating that its end would have."""
    if not indicator.accumulates or not indicator.targets or indicator.rating_withheld:
        return None
    passed, periods = count_periods(indicator, month)
    if not passed:
        return None
    goal = work_out_year_end_limits(indicator, bands)
    if goal is None:
        return None
    end = round_half_up(figure * periods / passed, indicator.decimals)
    return Forecast(figure=end, rating=rate_figure(end, goal)[0])


def list_targets(indicator: Indicator, bands: Bands, months: Iterable[Month]) -> tuple[Ends, ...]:
    """The lower and the upper end of each month's target, as printed; None where there is none.

    A running total has a target in the months that it is due for alone.
    """
    goal_for = limits_by_month(indicator, bands)
    numbers = indicator.months_due if indicator.accumulates else range(1, 13)
    goals = (goal_for(month) if month.number in numbers else None for month in months)
    ends: list[Ends] = []
    for goal, run in groupby(goals):
        sides = goal.sides if goal else ()
        found = {side.better: round_limit(indicator, side.target) for side in sides}
        ends += [(found.get(1), found.get(-1)) for _ in run]
    return tuple(ends)


def format_streak(indicator: Indicator, verdict: Verdict, context: Context) -> str:
    """`Red for 8 months, all of the year so far`, or nothing where there is no rating."""
    if not context.streak:
        return ""
    whole = ", all of the year so far" if context.whole_year else ""
    return f"{verdict.rating.label} for {format_count(context.streak, indicator.noun)}{whole}"


def format_year_on_year(context: Context) -> str:
    """`↓ worsening since May 2019`, or nothing."""
    travel = context.year_on_year
    return f"{travel.label} since {travel.since}" if travel else ""


def format_sentences(*parts: str) -> tuple[str, ...]:
    """The parts that say something, each with its capital letter and full stop."""
    return tuple(f"{part[0].upper()}{part[1:]}." for part in parts if part)


def format_comparisons(indicator: Indicator, context: Context) -> str:
    """`worse than England (58%) by 26 percentage points; …`, or nothing."""
    show = indicator.unit
    parts = []
    for each in context.comparisons:
        words = f"{each.word} {each.place} ({show.format_figure(each.benchmark)})"
        if each.difference:
            words += f" by {show.format_difference(strip_zeros(abs(each.difference)))}"
        parts.append(words)
    return "; ".join(parts)


def format_forecast(indicator: Indicator, context: Context) -> str:
    """`Forecast: 8 by the year's end, which would be Red`, or nothing."""
    if context.forecast is None:
        return ""
    shown = indicator.unit.format_figure(context.forecast.figure)
    year = "academic year" if indicator.accumulates is Accumulation.ACADEMIC_YEAR else "year"
    rating = context.forecast.rating.label
    return f"forecast: {shown} by the {year}'s end, which would be {rating}"
