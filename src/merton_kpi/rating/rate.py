"""An indicator and its series to a verdict: the rating, the reason, and the figures used.

A figure is rounded half up to the indicator's decimals before it is rated, so that anyone can
re-derive the rating from what the papers print.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from merton_kpi.core.periods import Month, format_count, format_period, join_labels, join_months
from merton_kpi.core.ratings import BEST_TO_WORST, OUR_WORDS, Rating, RatingWords
from merton_kpi.core.vocabulary import Polarity
from merton_kpi.rating.limits import Limits, work_out_limits
from merton_kpi.rating.rounding import format_limit, round_half_up, strip_zeros

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
    verdict = _rate_without_figures(indicator) or _rate_series(indicator, scale, series)
    return replace(verdict, words=scale.words)


def rate_as_at(indicator: Indicator, scale: Scale, series: Series, month: Month) -> Verdict:
    """Rate as at the end of a month, by what is known today of the figures that were due by then.

    `month` is the series' own month, for which this is the same as `rate`, or an earlier one.
    """
    if month == series.as_at:
        return rate(indicator, scale, series)
    return rate(indicator, scale, _select_known_by(indicator, series, month))


def select_latest_figure(indicator: Indicator, series: Series) -> Observation | None:
    """Select the observation with the latest figure for a month that figures are due for.

    A running total starts again each year, so its figures of an earlier year are left out.
    """
    numbers = indicator.months_due
    figures = (
        each
        for month, each in series.figures.items()
        if each.value is not None and month.number in numbers
    )
    latest = max(figures, key=attrgetter("month"), default=None)
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
    if bound.amber is not None and bound.work_out_margin(figure, bound.amber) >= 0:
        return Rating.AMBER
    return Rating.RED


def _rate_without_figures(indicator: Indicator) -> Verdict | None:
    """The verdict on an indicator that is not rated, whatever its figures; None for others."""
    if indicator.removed:
        return Verdict(rating=Rating.CLOSED, reason=_format_sentence(indicator.removed))
    if indicator.replaced_by:
        reason = f"Replaced by indicator {indicator.replaced_by}."
        return Verdict(rating=Rating.CLOSED, reason=reason)
    if indicator.rating_withheld:
        reason = _format_sentence(indicator.rating_withheld)
        return Verdict(rating=Rating.NOT_A_TARGET_MEASURE, reason=reason)
    if indicator.target == "not_a_target_measure":
        reason = "It has no target: the figures are there for context."
        return Verdict(rating=Rating.NOT_A_TARGET_MEASURE, reason=reason)
    if indicator.target == "new":
        reason = "It is new this year and has no target yet."
        return Verdict(rating=Rating.NEW, reason=reason)
    return None


def _rate_series(indicator: Indicator, scale: Scale, series: Series) -> Verdict:
    if indicator.needs_judgement:
        return _rate_by_judgement(indicator, scale, series)
    verdict = _rate_latest_figure(indicator, scale, series)
    judgement = _select_judgement(indicator, series)
    return _replace_rating(verdict, judgement, scale.words) if judgement else verdict


def _rate_by_judgement(indicator: Indicator, scale: Scale, series: Series) -> Verdict:
    """The verdict of the last judgement, carried forward as a figure's rating would be."""
    made = [each for each in series.figures.values() if each.judgement]
    latest = max(made, key=attrgetter("month"), default=None)
    if latest is None or latest.judgement is None:
        return Verdict(rating=Rating.NO_DATA, reason=_explain_no_figure(indicator, series))
    since = [month for month in series.due if month > latest.month]
    period = format_period(latest.month, indicator.frequency)
    if len(since) > indicator.carry_forward:
        return Verdict(rating=Rating.NO_DATA, reason=_explain_too_old(indicator, period, since))
    return Verdict(
        rating=latest.judgement.rating,
        reason=_format_judgement(latest.judgement, scale.words),
        period=period if since else "",
        judgement=latest.judgement,
    )


def _format_judgement(judgement: Judgement, words: RatingWords) -> str:
    reason = _format_sentence(judgement.reason)
    return f"Judged {words.format_word(judgement.rating)} by the {judgement.by}: {reason}"


def _rate_latest_figure(indicator: Indicator, scale: Scale, series: Series) -> Verdict:
    observation = select_latest_figure(indicator, series)
    if observation is None or observation.value is None:
        return Verdict(rating=Rating.NO_DATA, reason=_explain_no_figure(indicator, series))
    since = [month for month in series.due if month > observation.month]
    period = format_period(observation.month, indicator.frequency)
    if len(since) > indicator.carry_forward:
        return Verdict(rating=Rating.NO_DATA, reason=_explain_too_old(indicator, period, since))
    limits = work_out_limits(indicator, scale, observation.month)
    if not limits.bounds:
        return Verdict(rating=Rating.NO_DATA, reason=limits.reason_none, observation=observation)
    figure = round_half_up(observation.value, indicator.decimals)
    rating, bound = rate_figure(figure, limits)
    comparison = _explain_comparison(indicator, figure, bound, limits)
    band = _explain_band(indicator, figure, bound, rating, scale.words)
    return Verdict(
        rating=rating,
        reason=f"{indicator.unit.format_figure(figure)} in {period} {comparison}{band}.",
        figure=figure,
        observation=observation,
        limits=limits,
        period=period if since else "",
    )


def _select_judgement(indicator: Indicator, series: Series) -> Judgement | None:
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


def _replace_rating(verdict: Verdict, judgement: Judgement, words: RatingWords) -> Verdict:
    """The verdict with a judgement in place of its rating, and with both reasons."""
    judged = _format_judgement(judgement, words)
    alone = f"By the figures alone: {words.format_word(verdict.rating)}. {verdict.reason}"
    return replace(
        verdict,
        rating=judgement.rating,
        reason=f"{judged} {alone}",
        judgement=judgement,
        by_figures=verdict.rating,
    )


def _select_known_by(indicator: Indicator, series: Series, month: Month) -> Series:
    """The series as at an earlier month, but with its figures as they have been corrected since."""
    latest = month.add_months(-indicator.arrears)
    return replace(
        series,
        as_at=month,
        figures={m: each for m, each in series.figures.items() if m <= latest},
        due=tuple(each for each in series.due if each <= latest),
        said=tuple(each for each in series.said if each.known <= month),
    )


def _explain_no_figure(indicator: Indicator, series: Series) -> str:
    noun = indicator.due_noun
    if not series.due:
        return f"No {noun} is due yet this year."
    if series.missing:
        verb = "is due and has not come"
        if len(series.missing) > 1:
            verb = "are due and have not come"
        noun += "" if len(series.missing) == 1 else "s"
        return f"The {noun} for {join_months(series.missing)} {verb}."
    months: dict[str, list[Month]] = {}
    for month in series.due:
        if status := series.figures[month].status:
            months.setdefault(status.printed, []).append(month)
    words = "; ".join(f"{status} in {join_months(those)}" for status, those in months.items())
    return f"There is no {noun} this year: {words}."


def _explain_too_old(indicator: Indicator, period: str, since: list[Month]) -> str:
    missed = join_labels(format_period(month, indicator.frequency) for month in since)
    periods = format_count(indicator.carry_forward, indicator.noun)
    rule = f"a rating is carried forward {periods} at most"
    if not indicator.carry_forward:
        rule = "this indicator's rating is not carried forward"
    return f"The latest {indicator.due_noun} is for {period}, with none for {missed}: {rule}."


def _explain_comparison(indicator: Indicator, figure: Decimal, bound: Bound, limits: Limits) -> str:
    """How a figure compares with its target: `is 1 percentage point below the target of …`."""
    margin = bound.work_out_margin(figure, bound.target)
    if margin < 0:
        where = "below" if bound.polarity is Polarity.HIGHER_IS_BETTER else "above"
        distance = strip_zeros(round_half_up(-margin, indicator.decimals + 2))
        return f"is {indicator.unit.format_difference(distance)} {where} {limits.name}"
    if margin == 0 and bound.is_strict:
        return f"only equals {limits.name}"
    return f"{'meets' if len(limits.bounds) == 1 else 'is within'} {limits.name}"


def _explain_band(
    indicator: Indicator, figure: Decimal, bound: Bound, rating: Rating, words: RatingWords
) -> str:
    """The limit that explains a rating which the target alone does not."""
    margin = bound.work_out_margin(figure, bound.target)
    amber = words.format_within(Rating.AMBER)
    is_missed = margin < 0 or (margin == 0 and bound.is_strict)
    match rating:
        case Rating.BLUE if bound.blue is not None:
            return (
                f"; {words.format_within(rating)} begins at {format_limit(indicator, bound.blue)}"
            )
        case Rating.GREEN if is_missed:
            end = "ends before" if bound.is_strict else "reaches to"
            return f"; {words.format_within(rating)} {end} {format_limit(indicator, bound.green)}"
        case Rating.AMBER if bound.amber is not None:
            return f"; {amber} reaches to {format_limit(indicator, bound.amber)}"
        case Rating.RED if bound.amber is not None:
            return f"; {amber} reaches only to {format_limit(indicator, bound.amber)}"
        case Rating.RED:
            return f"; there is no {amber}"
    return ""


def _format_sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
