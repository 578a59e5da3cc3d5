"""The rating and the context of each period of an indicator, by its own figure alone.

The index rates an indicator once, on its latest figure, which may be of an earlier period. Here
nothing is carried forward: a period without a figure of its own is not rated, with the reason.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from merton_kpi.core.periods import format_period
from merton_kpi.core.ratings import Rating
from merton_kpi.rating.context import Assessment, Context, compose_context
from merton_kpi.rating.rate import Verdict, rate, select_latest_figure, select_to_period
from merton_kpi.rating.wording.figure_words import explain_gaps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.series.records import Series

# An indicator without a target is not rated, whether or not the period has a figure.
_WITHOUT_TARGET = (Rating.NOT_A_TARGET_MEASURE, Rating.NEW, Rating.CLOSED)


def assess_period(indicator: Indicator, scale: Scale, series: Series, month: Month) -> Assessment:
    """Rate a period's own figure, and compare it, by what is known at the series' month.

    Args:
        indicator: Whose figure it is.
        scale: How the indicator is rated.
        series: All its figures.
        month: The last month of the period.
    """
    known = select_to_period(indicator, series, month)
    judged = replace(known, said=tuple(_list_judgements(indicator, series, month)))
    verdict = rate(indicator, scale, judged)
    is_own = _is_of_period(indicator, verdict, month)
    if not is_own:
        verdict = _explain_no_rating(indicator, scale, judged, month)
    said = tuple(each for each in series.said if each.known <= known.as_at)
    context = compose_context(indicator, scale, replace(known, said=said), verdict)
    latest = select_latest_figure(indicator, known)
    if not (indicator.needs_judgement and is_own) and (latest is None or latest.month != month):
        context = Context(stated_forecast=context.stated_forecast)
    return Assessment(scale=scale, verdict=replace(verdict, period=""), context=context)


def explain_no_total(indicator: Indicator, series: Series, month: Month) -> str:
    """Why the total up to a month is not known or not shown, as a sentence; else nothing."""
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
