"""An indicator and its series to a verdict: the rating, the reason, and the figures used.

Pure arithmetic on `Decimal`. A figure is rounded half up to the indicator's decimals before it is
rated, and a target's share of the year to one decimal more, so that anyone can re-derive the
rating from what the papers print.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from merton_kpi.model import Target
from merton_kpi.periods import join_months, name_period
from merton_kpi.vocab import Profile, Rating

if TYPE_CHECKING:
    from merton_kpi.matching import Series
    from merton_kpi.model import Bands, Indicator, Observation
    from merton_kpi.periods import Month
    from merton_kpi.vocab import Unit

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A rating with all that it rests on.

    `figure` is the rounded figure that was rated and `month` the one it is for; `period` names
    that month's period where it is not the latest due, as in `Red (Q1)`. `reason` is a sentence.
    """

    rating: Rating
    reason: str
    figure: Decimal | None = None
    month: Month | None = None
    period: str = ""

    @property
    def label(self) -> str:
        """The rating as the papers print it."""
        return f"{self.rating.label} ({self.period})" if self.period else self.rating.label


@dataclass(frozen=True, kw_only=True)
class Goal:
    """The ends that a figure must keep to (`None`: open), both included, and their words."""

    low: Decimal | None = None
    high: Decimal | None = None
    words: str


def round_half_up(figure: Decimal, decimals: int) -> Decimal:
    """Round to so many decimals, a half away from zero: 2.5 to 3, -2.5 to -3."""
    return figure.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def rate(indicator: Indicator, bands: Bands, series: Series) -> Verdict:
    """Rate the latest figure known, or say why there is no rating."""
    withheld = _withhold(indicator)
    if withheld:
        return withheld
    observation = find_latest(series)
    if observation is None or observation.value is None:
        return Verdict(rating=Rating.NO_DATA, reason=_why_no_figure(series))
    assert isinstance(indicator.target, Target)
    figure = round_half_up(observation.value, indicator.decimals)
    goal = set_goal(indicator, indicator.target, observation.month)
    rating, reason = _compare(figure, goal, bands, indicator.unit)
    period = name_period(observation.month, indicator.frequency)
    is_latest = not series.due or observation.month >= series.due[-1]
    return Verdict(
        rating=rating,
        reason=f"{indicator.unit.show(figure)} in {period} {reason}.",
        figure=figure,
        month=observation.month,
        period="" if is_latest else period,
    )


def find_latest(series: Series) -> Observation | None:
    """The observation with the latest figure of the year, passing over months without one."""
    months = [month for month, each in series.figures.items() if each.value is not None]
    return series.figures[max(months)] if months else None


def set_goal(indicator: Indicator, target: Target, month: Month) -> Goal:
    """What a figure for this month must keep to.

    For an indicator that accumulates with the profile `share_of_year`, that is the share of the
    year's target due by then: 10 of 20 at the end of September.
    """
    show = indicator.unit.show
    if target.between:
        low, high = target.between
        return Goal(low=low, high=high, words=f"the target range of {show_target(indicator)}")
    full = target.at_most if target.at_least is None else target.at_least
    assert full is not None
    due, words = full, f"the target of {show_target(indicator)}"
    if indicator.accumulates and target.profile is Profile.SHARE_OF_YEAR:
        passed = month.months_since(indicator.accumulates.first_month)
        due = round_half_up(full * passed / 12, indicator.decimals + 1)
        words = f"the {show(due)} due by then ({passed} twelfths of {show_target(indicator)})"
    if target.at_least is None:
        return Goal(high=due, words=words)
    return Goal(low=due, words=words)


def show_target(indicator: Indicator) -> str:
    """The target in words: `at least 91%`, `12% to 20%`, `Not a target measure`, `New`."""
    show, target = indicator.unit.show, indicator.target
    match target:
        case "not_a_target_measure":
            return Rating.NOT_A_TARGET_MEASURE.label
        case "new":
            return Rating.NEW.label
        case Target(between=(low, high)):
            return f"{show(low)} to {show(high)}"
        case Target(at_least=Decimal() as low):
            return f"at least {show(low)}"
        case Target(at_most=Decimal() as high):
            return f"at most {show(high)}"
    raise AssertionError(target)


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
    if not series.figures and not series.due:
        return "No figure is due yet this year."
    if series.missing:
        return f"The figure for {join_months(series.missing)} is due and has not come."
    months = sorted(series.figures)
    words = {status.printed for m in months if (status := series.figures[m].status)}
    return f"There is no figure this year: {', '.join(sorted(words))} in {join_months(months)}."


def _compare(figure: Decimal, goal: Goal, bands: Bands, unit: Unit) -> tuple[Rating, str]:
    """The rating of a figure against a goal, and the reason without its subject."""
    if goal.low is not None and figure < goal.low:
        return _miss(goal.low - figure, goal.low, "below", goal, bands, unit)
    if goal.high is not None and figure > goal.high:
        return _miss(figure - goal.high, goal.high, "above", goal, bands, unit)
    return Rating.GREEN, f"meets {goal.words}"


def _miss(
    distance: Decimal, end: Decimal, side: str, goal: Goal, bands: Bands, unit: Unit
) -> tuple[Rating, str]:
    allowed = measure_tolerance(bands, end)
    words = f"is {unit.show_difference(distance)} {side} {goal.words}"
    limit = f"{unit.show_difference(allowed.normalize())}"
    if distance <= allowed:
        return Rating.AMBER, f"{words}, within the amber band of {limit}"
    return Rating.RED, f"{words}, more than the amber band of {limit}"


def measure_tolerance(bands: Bands, end: Decimal) -> Decimal:
    """How far past this end of the target amber reaches, in the indicator's unit."""
    amber = bands.amber
    if amber.percent_of_target is not None:
        return abs(end) * amber.percent_of_target / 100
    return amber.units if amber.percentage_points is None else amber.percentage_points  # type: ignore[return-value]


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
