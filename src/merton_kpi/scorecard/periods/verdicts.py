"""The rating and the context of each period of an indicator, by its own figure alone.

The index rates an indicator once, on its latest figure, which may be of an earlier period. Here
nothing is carried forward: a period without a figure of its own is not rated, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING

from merton_kpi.core.periods import format_period
from merton_kpi.core.ratings import Rating
from merton_kpi.rating.context import Assessment, Context, compose_context
from merton_kpi.rating.rate import (
    Verdict,
    rate,
    rate_as_at,
    select_latest_figure,
    select_to_period,
)
from merton_kpi.rating.wording.figure_words import explain_gaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.series.records import Series

# An indicator without a target is not rated, whether or not the period has a figure.
_WITHOUT_TARGET = (Rating.NOT_A_TARGET_MEASURE, Rating.NEW, Rating.CLOSED)


@dataclass(frozen=True, kw_only=True, slots=True)
class RatedSeries:
    """An indicator's series with its verdict as at each month, which several periods need.

    To work these out again for each period took twice as long as a whole build before.
    """

    indicator: Indicator
    scale: Scale
    series: Series
    rate_at: Callable[[Month], Verdict]


def rate_series(indicator: Indicator, scale: Scale, series: Series) -> RatedSeries:
    """An indicator's series with its verdict as at each month, each worked out when needed."""
    rate_at = cache(partial(rate_as_at, indicator, scale, series))
    return RatedSeries(indicator=indicator, scale=scale, series=series, rate_at=rate_at)


def assess_period(rated: RatedSeries, month: Month) -> Assessment:
    """Rate a period's own figure, and compare it, by what is known at the series' month.

    `month` is the last of the period.
    """
    indicator, scale, series = rated.indicator, rated.scale, rated.series
    known = select_to_period(indicator, series, month)
    verdict = _rate_period(rated, known, month)
    is_own = _is_of_period(indicator, verdict, month)
    if not is_own:
        verdict = _explain_no_rating(indicator, scale, known, month)
    said = tuple(each for each in series.said if each.known <= known.as_at)
    context = compose_context(indicator, scale, replace(known, said=said), verdict, rated.rate_at)
    latest = select_latest_figure(indicator, known)
    if not (indicator.needs_judgement and is_own) and (latest is None or latest.month != month):
        context = Context(stated_forecast=context.stated_forecast)
    return Assessment(scale=scale, verdict=replace(verdict, period=""), context=context)


def _rate_period(rated: RatedSeries, known: Series, month: Month) -> Verdict:
    """The verdict on the latest figure up to a period, with the judgements of this period alone."""
    judgements = tuple(_list_judgements(rated.indicator, rated.series, month))
    if known.as_at < rated.series.as_at and not any(each.judgement for each in rated.series.said):
        return rated.rate_at(known.as_at)
    return rate(rated.indicator, rated.scale, replace(known, said=judgements))


def explain_no_total(indicator: Indicator, series: Series, month: Month) -> str:
    """Why the total up to a month is not known or not shown, as a sentence; else nothing."""
    if not series.totals:
        return ""
    known = select_to_period(indicator, series, month)
    return explain_gaps(indicator, known).strip() if month in known.due else ""


def _list_judgements(indicator: Indicator, series: Series, month: Month) -> Iterator[Observation]:
    """The rows that judge a period: those of its last month, or later, before the next ends."""
    following = indicator.next_due_after(month)
    for each in series.said:
        if each.month >= month and (following is None or each.month < following):
            yield each


def _is_of_period(indicator: Indicator, verdict: Verdict, month: Month) -> bool:
    """Whether a verdict rests on the period's own figure or judgement, or on having no target."""
    if verdict.judgement:
        is_carried = indicator.needs_judgement and verdict.period
        return not is_carried
    if verdict.rating in _WITHOUT_TARGET:
        return True
    return verdict.observation is not None and verdict.observation.month == month


def _explain_no_rating(indicator: Indicator, scale: Scale, series: Series, month: Month) -> Verdict:
    """The verdict on a period without a figure that can be rated."""
    period = format_period(month, indicator.frequency)
    given = series.figures.get(month)
    noun = indicator.due_noun
    if month not in series.due and given and given.value is not None:
        rating, reason = Rating.NOT_DUE, f"No {noun} is due for {period}, so this one is not rated."
        return Verdict(rating=rating, reason=reason, words=scale.words)
    reason = explain_no_total(indicator, series, month)
    if not reason and given and given.status:
        reason = f"There is no {noun} for {period}: {given.status.plain}."
    if not reason:
        reason = f"The {noun} for {period} is due and has not come."
    return Verdict(rating=Rating.NO_DATA, reason=reason, words=scale.words)
