"""An indicator and its series to a verdict: the rating, the reason, and the figures used.

A figure is rated as it is printed, rounded half up where the indicator has `decimals`, so that
anyone can re-derive the rating from what the papers print.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from merton_kpi.core.periods import Month, format_count, format_period, join_labels, join_months
from merton_kpi.core.ratings import Rating
from merton_kpi.core.rounding import round_half_up, strip_zeros
from merton_kpi.core.text import format_sentence
from merton_kpi.core.vocabulary import Polarity
from merton_kpi.rating.limits import Limits, work_out_limits
from merton_kpi.rating.rounding import format_limit, round_as_printed
from merton_kpi.rating.wording.figure_words import explain_gaps, format_rated_figure
from merton_kpi.rating.wording.target_words import format_first_start, format_withdrawal
from merton_kpi.series.totals import list_rated_figures

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.extracts.observations import Judgement, Observation
    from merton_kpi.rating.band_limits import Bound, EarlierFigure
    from merton_kpi.series.records import Series

BEST_TO_WORST = (Rating.BLUE, Rating.GREEN, Rating.AMBER, Rating.RED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """A rating with all that it rests on.

    `figure` is the rounded figure that was rated, `observation` the row it came from, and `limits`
    what it was compared with. `period` names the figure's period where it is not the latest due,
    as in `Red (Q1)`. `reason` is a sentence. With a `judgement` the rating is the officer's, and
    `by_figures` is the one that the figures alone give.
    """

    rating: Rating
    reason: str
    figure: Decimal | None = None
    observation: Observation | None = None
    limits: Limits | None = None
    period: str = ""
    judgement: Judgement | None = None
    by_figures: Rating | None = None

    @property
    def label(self) -> str:
        """The rating as the papers print it."""
        parts = [self.period] if self.period else []
        parts += ["judgement"] if self.judgement else []
        return f"{self.rating.label} ({', '.join(parts)})" if parts else self.rating.label


def rate(indicator: Indicator, scale: Scale, series: Series) -> Verdict:
    """Rate the latest figure due, or say why there is no rating.

    A figure is carried forward for as many periods as the indicator allows, and its period is
    then named. A judgement holds until a figure for a later month comes.
    """
    return (
        _rate_without_figures(indicator, series.as_at)
        or _rate_without_target(indicator, series)
        or _rate_series(indicator, scale, series)
    )


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
    figures = (
        each
        for month, each in list_rated_figures(indicator, series).items()
        if each.value is not None and indicator.is_due(month)
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
    if bound.amber is not None:
        margin = bound.work_out_margin(figure, bound.amber)
        if margin > 0 or (margin == 0 and not bound.is_amber_strict):
            return Rating.AMBER
    return Rating.RED


def _rate_without_figures(indicator: Indicator, as_at: Month) -> Verdict | None:
    """The verdict on an indicator that is not rated, whatever its figures; None for others."""
    if indicator.is_closed_in(as_at):
        return Verdict(rating=Rating.CLOSED, reason=_explain_closing(indicator))
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


def _explain_closing(indicator: Indicator) -> str:
    """Why an indicator is no longer reported, and since when, if it was before."""
    removed, closing = indicator.removed, indicator.closing
    assert closing is not None
    ending = f"{closing.ending[0].upper()}{closing.ending[1:]}."
    if removed is None:
        return ending
    reason = format_sentence(removed.reason)
    return f"{ending} {reason}" if removed.start else reason


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
    verdict = _rate_latest_figure(indicator, scale, series)
    judgement = _select_judgement(indicator, series)
    return _replace_rating(verdict, judgement) if judgement else verdict


def _rate_latest_figure(indicator: Indicator, scale: Scale, series: Series) -> Verdict:
    observation = select_latest_figure(indicator, series)
    if observation is None or observation.value is None:
        rating = Rating.NO_DATA if series.due else Rating.NOT_DUE
        return Verdict(rating=rating, reason=_explain_no_figure(indicator, series))
    since = [month for month in series.due if month > observation.month]
    period = format_period(observation.month, indicator.frequency)
    if len(since) > indicator.carry_forward:
        reason = _explain_too_old(indicator, period, since) + explain_gaps(indicator, series)
        return Verdict(rating=Rating.NO_DATA, reason=reason)
    limits = work_out_limits(indicator, scale, observation.month, series.values)
    if not limits.bounds:
        return Verdict(rating=Rating.NO_DATA, reason=limits.reason_none, observation=observation)
    figure = round_as_printed(indicator, observation.value)
    rating, bound = rate_figure(figure, limits)
    words = format_rated_figure(indicator, series, observation.month, figure)
    comparison = _explain_comparison(indicator, figure, bound, limits)
    band = _explain_band(indicator, figure, bound, rating, limits.decimals)
    return Verdict(
        rating=rating,
        reason=f"{words} {comparison}{band}.",
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


def _replace_rating(verdict: Verdict, judgement: Judgement) -> Verdict:
    """The verdict with a judgement in place of its rating, and with both reasons."""
    reason = format_sentence(judgement.reason)
    judged = f"Judged {judgement.rating.label} by the {judgement.by}: {reason}"
    alone = f"By the figures alone: {verdict.rating.label}. {verdict.reason}"
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
    later = (each for each in series.due if each > latest)
    return replace(
        series,
        as_at=month,
        figures={m: each for m, each in series.figures.items() if m <= latest},
        due=tuple(each for each in series.due if each <= latest),
        next_due=next(later, series.next_due),
        said=tuple(each for each in series.said if each.known <= month),
    )


def _explain_no_figure(indicator: Indicator, series: Series) -> str:
    if not series.due:
        return _explain_not_due(indicator, series.next_due)
    if gaps := explain_gaps(indicator, series):
        return gaps.strip()
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


def _explain_not_due(indicator: Indicator, month: Month | None) -> str:
    """Why no figure is due yet; `month` is the one that the next is for, None where none is."""
    if month is None:
        ending = f" before it is {indicator.closing.ending}" if indicator.closing else ""
        return f"No figure is due{ending}."
    period = format_period(month, indicator.frequency)
    named = month.name if period == month.label else f"{period} ({month.label})"
    arrival = (
        f", to come in {month.add_months(indicator.arrears).name}" if indicator.arrears else ""
    )
    return f"No figure is due yet: the next one is for {named}{arrival}."


def _explain_too_old(indicator: Indicator, period: str, since: list[Month]) -> str:
    missed = join_labels(format_period(month, indicator.frequency) for month in since)
    periods = format_count(indicator.carry_forward, indicator.noun)
    rule = f"a rating is carried forward {periods} at most"
    if not indicator.carry_forward:
        rule = "this indicator's rating is not carried forward"
    return f"The latest figure is for {period}, with none for {missed}: {rule}."


def _explain_comparison(indicator: Indicator, figure: Decimal, bound: Bound, limits: Limits) -> str:
    """How a figure compares with its target: `is 1 percentage point below the target of …`."""
    margin = bound.work_out_margin(figure, bound.target)
    if margin < 0:
        where = "below" if bound.polarity is Polarity.HIGHER_IS_BETTER else "above"
        distance = strip_zeros(round_half_up(-margin, limits.decimals))
        return f"is {indicator.unit.format_difference(distance)} {where} {limits.name}"
    if margin == 0 and bound.is_strict:
        return f"only equals {limits.name}"
    return f"{'meets' if len(limits.bounds) == 1 else 'is within'} {limits.name}"


def _explain_band(
    indicator: Indicator, figure: Decimal, bound: Bound, rating: Rating, decimals: int
) -> str:
    """The limit that explains a rating which the target alone does not."""
    margin = bound.work_out_margin(figure, bound.target)
    is_missed = margin < 0 or (margin == 0 and bound.is_strict)
    match rating:
        case Rating.BLUE if bound.blue is not None:
            return f"; blue begins at {format_limit(indicator, bound.blue, decimals)}"
        case Rating.GREEN if is_missed:
            end = "ends before" if bound.is_strict else "reaches to"
            return f"; green {end} {format_limit(indicator, bound.green, decimals)}"
        case Rating.AMBER | Rating.RED:
            return _explain_amber(indicator, bound, rating, decimals)
    return ""


def _explain_amber(indicator: Indicator, bound: Bound, rating: Rating, decimals: int) -> str:
    """The limit of amber, which a figure that misses its target reaches or does not."""
    if bound.earlier:
        return _explain_earlier(indicator, bound.earlier, rating)
    if bound.amber is None:
        return "; there is no amber"
    reaches = "reaches to" if rating is Rating.AMBER else "reaches only to"
    return f"; amber {reaches} {format_limit(indicator, bound.amber, decimals)}"


def _explain_earlier(indicator: Indicator, earlier: EarlierFigure, rating: Rating) -> str:
    """How a figure that misses its target compares with the one that decides about amber."""
    if earlier.figure is None:
        return f"; there is no amber, since the figure of {earlier.month.label} is not known"
    word = "better" if rating is Rating.AMBER else "no better"
    shown = indicator.unit.format_figure(earlier.figure)
    return f"; that is {word} than the {shown} of {earlier.month.label}"
