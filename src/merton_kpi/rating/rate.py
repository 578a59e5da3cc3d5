"""An indicator and its series to a verdict: the rating, the reason, and the figures used.

Pure arithmetic on `Decimal`. A figure is rounded half up to the indicator's decimals before it is
rated, so that anyone can re-derive the rating from what the papers print.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, overload

from merton_kpi.core.periods import Month, format_count, format_period, join_labels, join_months
from merton_kpi.core.vocabulary import Rating
from merton_kpi.rating.limits import Limits, LimitSide, limits_by_month
from merton_kpi.rating.rounding import format_limit, round_half_up, strip_zeros
from merton_kpi.series.match import Series

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal

    from merton_kpi.catalogue.models import Indicator
    from merton_kpi.catalogue.targets import Bands
    from merton_kpi.extracts.observations import Judgement, Observation


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A rating with all that it rests on.

    `figure` is the rounded figure that was rated, `observation` where it came from, and `goal`
    what it was compared with. `period` names the figure's period where it is not the latest due,
    as in `Red (Q1)`. `reason` is a sentence. With a `judgement` the rating is the one judged, and
    `by_figures` the one that the figures alone give.
    """

    rating: Rating
    reason: str
    figure: Decimal | None = None
    observation: Observation | None = None
    goal: Limits | None = None
    period: str = ""
    judgement: Judgement | None = None
    by_figures: Rating | None = None

    @property
    def label(self) -> str:
        """The rating as the papers print it."""
        parts = [self.period] if self.period else []
        parts += ["judgement"] if self.judgement else []
        return f"{self.rating.label} ({', '.join(parts)})" if parts else self.rating.label


def rate(indicator: Indicator, bands: Bands, series: Series) -> Verdict:
    """Rate the latest figure due, or say why there is no rating.

    A figure is carried forward for as many periods as the indicator allows, and its period is
    then named. A judgement holds until a figure for a later month comes.
    """
    return _withhold(indicator) or _rate(indicator, limits_by_month(indicator, bands), series)


def _rate(indicator: Indicator, goal_for: Callable[[Month], Limits], series: Series) -> Verdict:
    verdict = _rate_latest(indicator, goal_for, series)
    judgement = _find_judgement(indicator, series)
    return _set_aside(verdict, judgement) if judgement else verdict


def _rate_latest(
    indicator: Indicator, goal_for: Callable[[Month], Limits], series: Series
) -> Verdict:
    observation = select_latest_figure(indicator, series)
    if observation is None or observation.value is None:
        return Verdict(rating=Rating.NO_DATA, reason=_why_no_figure(series))
    since = [month for month in series.due if month > observation.month]
    period = format_period(observation.month, indicator.frequency)
    if len(since) > indicator.carry_forward:
        return Verdict(rating=Rating.NO_DATA, reason=_why_too_old(indicator, period, since))
    goal = goal_for(observation.month)
    if not goal.sides:
        return Verdict(rating=Rating.NO_DATA, reason=goal.words, observation=observation)
    figure = round_half_up(observation.value, indicator.decimals)
    rating, side = rate_figure(figure, goal)
    shown = f"{indicator.unit.format_figure(figure)} in {period}"
    return Verdict(
        rating=rating,
        reason=f"{shown} {_explain(indicator, figure, rating, side, goal)}.",
        figure=figure,
        observation=observation,
        goal=goal,
        period=period if since else "",
    )


def _find_judgement(indicator: Indicator, series: Series) -> Judgement | None:
    """The judgement made last, unless its month's figure, or a later one, has come since.

    It is carried forward for as many periods as a figure would be.
    """
    made = [each for each in series.said if each.judgement]
    if not made:
        return None
    latest = select_latest_figure(indicator, series)
    if latest and (latest.month, latest.known) > (made[-1].month, made[-1].known):
        return None
    since = [month for month in series.due if month > made[-1].month]
    return made[-1].judgement if len(since) <= indicator.carry_forward else None


def _set_aside(verdict: Verdict, judgement: Judgement) -> Verdict:
    """The verdict with a judgement in place of its rating, and with both reasons."""
    judged = f"Judged {judgement.rating.label} by the {judgement.by}: {_sentence(judgement.reason)}"
    alone = f"By the figures alone: {verdict.rating.label}. {verdict.reason}"
    return replace(
        verdict,
        rating=judgement.rating,
        reason=f"{judged} {alone}",
        judgement=judgement,
        by_figures=verdict.rating,
    )


class History(Sequence[tuple[Month, Verdict]]):
    """The verdict at the end of each month of the year so far; each is made when it is asked for.

    Most are never asked for, since a streak ends where the rating was another.
    """

    def __init__(self, months: Sequence[Month], rate_at: Callable[[Month], Verdict]) -> None:
        self._months, self._rate_at = months, cache(rate_at)

    def __len__(self) -> int:
        return len(self._months)

    @overload
    def __getitem__(self, place: int) -> tuple[Month, Verdict]: ...
    @overload
    def __getitem__(self, place: slice) -> History: ...
    def __getitem__(self, place: int | slice) -> tuple[Month, Verdict] | History:
        if isinstance(place, slice):
            return History(self._months[place], self._rate_at)
        month = self._months[place]
        return month, self._rate_at(month)


def rate_year(indicator: Indicator, bands: Bands, series: Series, year: Iterable[Month]) -> History:
    """The verdict at the end of each month of the year so far, from what is known today."""
    withheld = _withhold(indicator)
    goal_for = limits_by_month(indicator, bands)

    def rate_at(month: Month) -> Verdict:
        return withheld or _rate(indicator, goal_for, _cut(indicator, series, month))

    return History([month for month in year if month <= series.as_at], rate_at)


def select_latest_figure(indicator: Indicator, series: Series) -> Observation | None:
    """The observation with the latest figure for a month that figures are due for.

    A running total's figure of the year before is none for this one.
    """
    numbers = indicator.months_due
    figures = (
        each
        for month, each in series.figures.items()
        if each.value is not None and month.number in numbers
    )
    latest = max(figures, key=attrgetter("month"), default=None)
    if latest and indicator.accumulates and series.due:
        begins = series.due[-1].year_start(indicator.accumulates.first_month)
        return latest if latest.month >= begins else None
    return latest


def rate_figure(figure: Decimal, goal: Limits) -> tuple[Rating, LimitSide]:
    """The rating of a figure, and the side of the goal that decided it: the worse of two."""
    rated = [(_rate_side(figure, side), side) for side in goal.sides]
    return max(
        rated,
        key=lambda pair: (BEST_TO_WORST.index(pair[0]), (pair[1].target - figure) * pair[1].better),
    )


BEST_TO_WORST = (Rating.BLUE, Rating.GREEN, Rating.AMBER, Rating.RED)


def _rate_side(figure: Decimal, side: LimitSide) -> Rating:
    if side.blue is not None and (figure - side.blue) * side.better >= 0:
        return Rating.BLUE
    beyond = (figure - side.green) * side.better
    if beyond > 0 or (beyond == 0 and not side.strict):
        return Rating.GREEN
    if side.amber is not None and (figure - side.amber) * side.better >= 0:
        return Rating.AMBER
    return Rating.RED


def _cut(indicator: Indicator, series: Series, month: Month) -> Series:
    """The series as it would be at an earlier month, with today's knowledge of its figures."""
    if month == series.as_at:
        return series
    latest = month.plus(-indicator.arrears)
    return Series(
        as_at=month,
        figures={m: each for m, each in series.figures.items() if m <= latest},
        due=tuple(each for each in series.due if each <= latest),
        said=tuple(each for each in series.said if each.known <= month),
    )


def _withhold(indicator: Indicator) -> Verdict | None:
    """The verdict where no figure could change it."""
    if indicator.removed:
        return Verdict(rating=Rating.CLOSED, reason=_sentence(indicator.removed))
    if indicator.replaced_by:
        reason = f"Replaced by indicator {indicator.replaced_by}."
        return Verdict(rating=Rating.CLOSED, reason=reason)
    if indicator.rating_withheld:
        reason = _sentence(indicator.rating_withheld)
        return Verdict(rating=Rating.NOT_A_TARGET_MEASURE, reason=reason)
    if indicator.target == "not_a_target_measure":
        reason = "It has no target: the figures are there for context."
        return Verdict(rating=Rating.NOT_A_TARGET_MEASURE, reason=reason)
    if indicator.target == "new":
        reason = "It is new this year and has no target yet."
        return Verdict(rating=Rating.NEW, reason=reason)
    return None


def _why_no_figure(series: Series) -> str:
    if not series.due:
        return "No figure is due yet this year."
    if series.missing:
        verb = "is due and has not come"
        if len(series.missing) > 1:
            verb = "are due and have not come"
        noun = "figure" if len(series.missing) == 1 else "figures"
        return f"The {noun} for {join_months(series.missing)} {verb}."
    months: dict[str, list[Month]] = {}
    for month in series.due:
        if status := series.figures[month].status:
            months.setdefault(status.printed, []).append(month)
    words = "; ".join(f"{status} in {join_months(those)}" for status, those in months.items())
    return f"There is no figure this year: {words}."


def _why_too_old(indicator: Indicator, period: str, since: list[Month]) -> str:
    missed = join_labels(format_period(month, indicator.frequency) for month in since)
    periods = format_count(indicator.carry_forward, indicator.noun)
    rule = f"a rating is carried forward {periods} at most"
    if not indicator.carry_forward:
        rule = "this indicator's rating is not carried forward"
    return f"The latest figure is for {period}, with none for {missed}: {rule}."


def _explain(
    indicator: Indicator, figure: Decimal, rating: Rating, side: LimitSide, goal: Limits
) -> str:
    """Why a figure has its rating, in words that follow `96% in Nov 2020`."""
    beyond = (figure - side.target) * side.better
    missed = beyond < 0 or (beyond == 0 and side.strict)
    if beyond < 0:
        where = "below" if side.better > 0 else "above"
        distance = round_half_up(-beyond, indicator.decimals + 2)
        words = f"is {indicator.unit.format_difference(strip_zeros(distance))} {where}"
    elif missed:
        words = "only equals"
    else:
        words = "meets" if len(goal.sides) == 1 else "is within"
    return f"{words} {goal.words}{_name_edge(indicator, rating, side, missed)}"


def _name_edge(indicator: Indicator, rating: Rating, side: LimitSide, missed: bool) -> str:
    """The band's edge that explains a rating which the target alone does not."""
    match rating:
        case Rating.BLUE if side.blue is not None:
            return f"; blue begins at {format_limit(indicator, side.blue)}"
        case Rating.GREEN if missed:
            end = "ends before" if side.strict else "reaches to"
            return f"; green {end} {format_limit(indicator, side.green)}"
        case Rating.AMBER if side.amber is not None:
            return f"; amber reaches to {format_limit(indicator, side.amber)}"
        case Rating.RED if side.amber is not None:
            return f"; amber reaches only to {format_limit(indicator, side.amber)}"
        case Rating.RED:
            return "; there is no amber"
    return ""


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
