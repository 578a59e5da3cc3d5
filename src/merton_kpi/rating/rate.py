"""An indicator and its series to a verdict: the rating, the reason, and the figures used.

A figure is rated as it is printed, rounded half up where the indicator has `decimals`, so that
anyone can re-derive the rating from what the papers print.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from merton_kpi.core.periods import Month, format_period
from merton_kpi.core.ratings import BEST_TO_WORST, OUR_WORDS, Rating, RatingWords
from merton_kpi.core.text import format_sentence
from merton_kpi.rating.limits import Limits, work_out_limits
from merton_kpi.rating.rounding import round_as_printed
from merton_kpi.rating.wording.figure_words import explain_gaps, format_rated_figure
from merton_kpi.rating.wording.target_words import format_first_start, format_withdrawal
from merton_kpi.rating.wording.verdict_words import (
    explain_band,
    explain_carried,
    explain_closing,
    explain_comparison,
    explain_no_figure,
    explain_no_limits,
    explain_too_old,
    format_judgement,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.extracts.observations import Judgement, Observation
    from merton_kpi.rating.band_limits import Bound
    from merton_kpi.series.records import Series


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """A rating with all that it rests on.

    `figure` is the rounded figure that was rated, `observation` the row it came from, and `limits`
    what it was compared with. `period` names the figure's period where it is not the latest due,
    as in `Red (Q1)`. `reason` is a sentence. With a `judgement` the rating is the officer's, and
    `by_figures` is the one that the figures alone give. `words` are the council's for the ratings.
    """

    rating: Rating
    reason: str
    figure: Decimal | None = None
    observation: Observation | None = None
    limits: Limits | None = None
    period: str = ""
    judgement: Judgement | None = None
    by_figures: Rating | None = None
    words: RatingWords = OUR_WORDS

    @property
    def word(self) -> str:
        """The words that the papers print for the rating alone: `Red`."""
        return self.words.format_word(self.rating)

    @property
    def label(self) -> str:
        """The rating as the papers print it: `Red (Q1)`, `Amber (judgement)`."""
        parts = [self.period] if self.period else []
        parts += ["judgement"] if self.judgement else []
        return f"{self.word} ({', '.join(parts)})" if parts else self.word


def rate(indicator: Indicator, scale: Scale, series: Series) -> Verdict:
    """Rate the latest figure due, or say why there is no rating.

    A figure is carried forward for as many periods as the indicator allows, and its period is
    then named. A judgement holds until a figure for a later month comes.
    """
    verdict = (
        _rate_without_figures(indicator, series.as_at)
        or _rate_without_target(indicator, series)
        or _rate_series(indicator, scale, series)
    )
    return replace(verdict, words=scale.words)


def rate_as_at(indicator: Indicator, scale: Scale, series: Series, month: Month) -> Verdict:
    """Rate as at the end of a month, by what is known today of the figures that were due by then.

    `month` is the series' own month, for which this is the same as `rate`, or an earlier one.
    """
    if month == series.as_at:
        return rate(indicator, scale, series)
    return rate(indicator, scale, _select_known_by(indicator, series, month))


def _select_known_by(indicator: Indicator, series: Series, month: Month) -> Series:
    """The series as at an earlier month, but with its figures as they have been corrected since."""
    known = select_to_period(indicator, series, month.add_months(-indicator.arrears))
    return replace(
        known, as_at=month, said=tuple(each for each in series.said if each.known <= month)
    )


def select_to_period(indicator: Indicator, series: Series, last: Month) -> Series:
    """The series as if `last` were its last month, by all that is known of the months up to it.

    It is as at the month in which the figure for `last` is due, or the series' own month if that
    is earlier.
    """
    later = (each for each in series.due if each > last)
    return replace(
        series,
        as_at=min(last.add_months(indicator.arrears), series.as_at),
        figures={m: each for m, each in series.figures.items() if m <= last},
        totals=series.totals and {m: each for m, each in series.totals.items() if m <= last},
        due=tuple(each for each in series.due if each <= last),
        next_due=next(later, series.next_due),
    )


def select_latest_figure(indicator: Indicator, series: Series) -> Observation | None:
    """Select the observation with the latest figure for a month that figures are due for.

    A running total starts again each year, so its figures of an earlier year are left out.
    """
    figures = series.rated_figures
    known = (month for month in sorted(figures, reverse=True) if figures[month].value is not None)
    latest = next((figures[month] for month in known if indicator.is_due(month)), None)
    if latest and indicator.accumulates and series.due:
        start = series.due[-1].year_start(indicator.accumulates.first_month)
        return latest if latest.month >= start else None
    return latest


def rate_figure(figure: Decimal, limits: Limits) -> tuple[Rating, Bound]:
    """Rate a rounded figure, and return the bound that decided it with the rating.

    Of a range's two bounds the worse rating counts, then the bound that the figure misses by more
    or meets by less.
    """
    rated = [(_rate_against_bound(figure, bound), bound) for bound in limits.bounds]
    return max(
        rated,
        key=lambda pair: (
            BEST_TO_WORST.index(pair[0]),
            -pair[1].work_out_margin(figure, pair[1].target),
        ),
    )


def _rate_against_bound(figure: Decimal, bound: Bound) -> Rating:
    if bound.blue is not None and bound.work_out_margin(figure, bound.blue) >= 0:
        return Rating.BLUE
    margin = bound.work_out_margin(figure, bound.green)
    if margin > 0 or (margin == 0 and not bound.is_strict):
        return Rating.GREEN
    if bound.amber is not None:
        margin = bound.work_out_margin(figure, bound.amber)
        if margin > 0 or (margin == 0 and not bound.is_amber_strict):
            return Rating.AMBER
    return Rating.RED


def _rate_without_figures(indicator: Indicator, as_at: Month) -> Verdict | None:
    """The verdict on an indicator that is not rated, whatever its figures; None for others."""
    if indicator.is_ended_by(as_at):
        return Verdict(rating=Rating.CLOSED, reason=explain_closing(indicator))
    if indicator.rating_withheld:
        reason = format_sentence(indicator.rating_withheld)
        return Verdict(rating=Rating.NOT_A_TARGET_MEASURE, reason=reason)
    if indicator.target == "not_a_target_measure":
        reason = "It has no target: the figures are there for context."
        return Verdict(rating=Rating.NOT_A_TARGET_MEASURE, reason=reason)
    if indicator.target == "new":
        reason = "It is new this year and has no target yet."
        return Verdict(rating=Rating.NEW, reason=reason)
    return None


def _rate_without_target(indicator: Indicator, series: Series) -> Verdict | None:
    """The verdict while there is no target for the latest figure due; None where there is one."""
    if not indicator.targets:
        return None
    month = series.due[-1] if series.due else series.as_at.add_months(-indicator.arrears)
    target = indicator.target_for(month)
    if target and not target.withdrawn:
        return None
    return Verdict(
        rating=Rating.NOT_A_TARGET_MEASURE if target else Rating.NEW,
        reason=format_withdrawal(target) if target else format_first_start(indicator),
        observation=select_latest_figure(indicator, series),
    )


def _rate_series(indicator: Indicator, scale: Scale, series: Series) -> Verdict:
    if indicator.needs_judgement:
        return _rate_by_judgement(indicator, scale, series)
    verdict = _rate_latest_figure(indicator, scale, series)
    judged = _select_judgement(indicator, series)
    if judged is None or judged.judgement is None:
        return verdict
    is_carried = verdict.figure is None and series.due and judged.month < series.due[-1]
    period = format_period(judged.month, indicator.frequency) if is_carried else verdict.period
    return replace(_replace_rating(verdict, judged.judgement, scale.words), period=period)


def _rate_by_judgement(indicator: Indicator, scale: Scale, series: Series) -> Verdict:
    """The verdict of the last judgement, carried forward as a figure's rating would be."""
    made = [each for each in series.figures.values() if each.judgement]
    latest = max(made, key=attrgetter("month"), default=None)
    if latest is None or latest.judgement is None:
        return _rate_nothing(indicator, series)
    since = [month for month in series.due if month > latest.month]
    period = format_period(latest.month, indicator.frequency)
    if len(since) > indicator.carry_forward:
        return Verdict(rating=Rating.NO_DATA, reason=explain_too_old(indicator, period, since))
    return Verdict(
        rating=latest.judgement.rating,
        reason=format_judgement(latest.judgement, scale.words)
        + explain_carried(indicator, period, since),
        period=period if since else "",
        judgement=latest.judgement,
    )


def _rate_latest_figure(indicator: Indicator, scale: Scale, series: Series) -> Verdict:
    observation = select_latest_figure(indicator, series)
    if observation is None or observation.value is None:
        return _rate_nothing(indicator, series)
    since = [month for month in series.due if month > observation.month]
    period = format_period(observation.month, indicator.frequency)
    if len(since) > indicator.carry_forward:
        reason = explain_too_old(indicator, period, since) + explain_gaps(indicator, series)
        return Verdict(rating=Rating.NO_DATA, reason=reason)
    limits = work_out_limits(indicator, scale, observation.month, series.values)
    if not limits.bounds:
        reason = explain_no_limits(indicator, period, since, limits)
        return Verdict(rating=Rating.NO_DATA, reason=reason, observation=observation)
    figure = round_as_printed(indicator, observation.value)
    rating, bound = rate_figure(figure, limits)
    words = format_rated_figure(indicator, series, observation.month, figure)
    comparison = explain_comparison(indicator, figure, bound, limits)
    band = explain_band(indicator, figure, bound, rating, limits)
    return Verdict(
        rating=rating,
        reason=f"{words} {comparison}{band}.{explain_carried(indicator, period, since)}",
        figure=figure,
        observation=observation,
        limits=limits,
        period=period if since else "",
    )


def _rate_nothing(indicator: Indicator, series: Series) -> Verdict:
    """The verdict where nothing was given that can be rated, or nothing is due yet."""
    rating = Rating.NO_DATA if series.due else Rating.NOT_DUE
    return Verdict(rating=rating, reason=explain_no_figure(indicator, series))


def _select_judgement(indicator: Indicator, series: Series) -> Observation | None:
    """The row with the last judgement, unless its month's figure, or a later one, has come since.

    A judgement is carried forward for as many periods as a figure would be.
    """
    made = [each for each in series.said if each.judgement]
    if not made:
        return None
    latest = select_latest_figure(indicator, series)
    if latest and (latest.month, latest.known) > (made[-1].month, made[-1].known):
        return None
    since = [month for month in series.due if month > made[-1].month]
    return made[-1] if len(since) <= indicator.carry_forward else None


def _replace_rating(verdict: Verdict, judgement: Judgement, words: RatingWords) -> Verdict:
    """The verdict with a judgement in place of its rating, and with both reasons."""
    judged = format_judgement(judgement, words)
    alone = f"By the figures alone: {words.format_word(verdict.rating)}. {verdict.reason}"
    return replace(
        verdict,
        rating=judgement.rating,
        reason=f"{judged} {alone}",
        judgement=judgement,
        by_figures=verdict.rating,
    )
