"""Why an indicator has its rating: the figure, the target, the bands and the context, in sentences.

An explanation also has the same as facts for a program.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from merton_kpi.core.periods import format_count, format_period
from merton_kpi.core.ratings import BEST_TO_WORST, Rating
from merton_kpi.core.vocabulary import Direction, Polarity, Profile
from merton_kpi.rating.context import (
    format_comparisons,
    format_forecast,
    format_sentences,
    format_streak,
)
from merton_kpi.rating.rate import select_latest_figure
from merton_kpi.rating.rounding import strip_zeros
from merton_kpi.rating.wording.band_words import format_bands
from merton_kpi.rating.wording.target_words import format_target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from merton_kpi.catalogue.bands import Edge, Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.rating.band_limits import Bound
    from merton_kpi.rating.context import Assessment, Context
    from merton_kpi.rating.direction import DirectionOfTravel
    from merton_kpi.rating.limits import Limits
    from merton_kpi.rating.rate import Verdict
    from merton_kpi.series.records import Series


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """Why one indicator has its rating, in sections of a heading and sentences.

    `facts` say the same for a program, ready for JSON. Figures are text in it, since a program
    would read a number as a float.
    """

    title: str
    subtitle: str
    reason: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    facts: dict[str, Any]


def explain(indicator: Indicator, series: Series, assessment: Assessment) -> Explanation:
    """Explain the verdict as at the series' month."""
    month, verdict, context = series.as_at, assessment.verdict, assessment.context
    return Explanation(
        title=f"Indicator {indicator.number}, {month.name}: {verdict.label}",
        subtitle=indicator.title,
        reason=verdict.reason,
        sections=(
            ("The figure", tuple(_explain_figure(indicator, series, verdict))),
            ("The target", tuple(_explain_target(indicator, verdict))),
            ("The bands", tuple(_explain_bands(indicator, verdict, assessment.scale))),
            ("Direction of travel", tuple(_explain_directions(indicator, context))),
            ("In context", _explain_context(indicator, verdict, context)),
        ),
        facts=_list_facts(indicator, series, verdict, context),
    )


def _explain_figure(indicator: Indicator, series: Series, verdict: Verdict) -> Iterator[str]:
    observation = select_latest_figure(indicator, series)
    if indicator.needs_judgement:
        observation = _select_latest_judgement(series)
    if observation and observation.judgement and indicator.needs_judgement:
        period = format_period(observation.month, indicator.frequency)
        yield f"The judgement is for {period}, from {_format_place(observation)}."
    elif observation is None or observation.value is None:
        absent = "judgement" if indicator.needs_judgement else "figure to rate"
        yield f"There is no {absent}."
    else:
        yield _format_source(indicator, observation, observation.value)
        if verdict.figure is not None:
            yield _explain_rounding(indicator, observation.value, verdict.figure)
        if observation.note:
            yield f"The extract notes: {observation.note}."
    after = [month for month in series.due if observation is None or month > observation.month]
    for month in after:
        yield _explain_absence(indicator, series, month)
    if after and verdict.period:
        allowed = format_count(indicator.carry_forward, indicator.noun)
        yield f"So the rating of {verdict.period} is carried forward, for {allowed} at most."


def _select_latest_judgement(series: Series) -> Observation | None:
    made = (each for each in series.figures.values() if each.judgement)
    return max(made, key=attrgetter("month"), default=None)


def _explain_rounding(indicator: Indicator, received: Decimal, rated: Decimal) -> str:
    decimals = indicator.decimals
    precision = format_count(decimals, "decimal") if decimals else "whole numbers"
    if received == rated:
        return f"It needs no rounding: this indicator is printed in {precision}."
    shown = indicator.unit.format_figure(rated)
    return f"It is rounded half up to {shown}, in {precision}, and then rated."


def _format_source(indicator: Indicator, observation: Observation, figure: Decimal) -> str:
    period = format_period(observation.month, indicator.frequency)
    shown = indicator.unit.format_figure(figure)
    return f"{shown} for {period}, from {_format_place(observation)}."


def _format_place(observation: Observation) -> str:
    return f"{observation.place.file}, line {observation.place.line}"


def _explain_absence(indicator: Indicator, series: Series, month: Month) -> str:
    period = format_period(month, indicator.frequency)
    observation = series.figures.get(month)
    if observation is None:
        owner = f"the {indicator.owner}" if indicator.owner else "its owner"
        return f"The {indicator.due_noun} for {period} is due and has not come from {owner}."
    place = _format_place(observation)
    if observation.status and observation.status.is_suppressed:
        return f"The figure for {period} is suppressed ({place})."
    reason = observation.status.printed if observation.status else "not rated"
    return f"There is no {indicator.due_noun} for {period}: {reason} ({place})."


_BETTER = {
    Polarity.HIGHER_IS_BETTER: "; higher is better",
    Polarity.LOWER_IS_BETTER: "; lower is better",
    None: "; inside the range is good, both ends included",
}


def _explain_target(indicator: Indicator, verdict: Verdict) -> Iterator[str]:
    if indicator.is_closed:
        return
    if indicator.needs_judgement:
        yield "It has no target: an officer rates it each period."
        return
    better = _BETTER[indicator.better] if indicator.targets else ""
    yield from format_sentences(f"{format_target(indicator)}{better}")
    if verdict.limits and not _is_target_itself(indicator):
        yield f"The figure is compared with {verdict.limits.name}."
    if verdict.limits and verdict.limits.derivation:
        yield f"{verdict.limits.derivation}."


def _is_target_itself(indicator: Indicator) -> bool:
    """Whether figures are rated by the whole target, all year.

    They are not where there are several targets or one that begins within the year, where only a
    share or a milestone is due by a month, and where the target is an outturn.
    """
    return all(
        target.start is None
        and target.no_worse_than is None
        and target.profile in (None, Profile.FULL_YEAR)
        for target in indicator.targets
    )


def _explain_bands(indicator: Indicator, verdict: Verdict, scale: Scale) -> Iterator[str]:
    if verdict.limits is None:
        return
    words = scale.words
    names = {rating: f"{words.format_word(rating)}:" for rating in BEST_TO_WORST}
    width = max(map(len, names.values())) + 1
    settings = {Rating.BLUE: scale.blue, Rating.GREEN: scale.green, Rating.AMBER: scale.amber}
    for rating, figures in format_bands(verdict.limits, indicator):
        setting = _format_setting(indicator, settings.get(rating))
        yield f"{names[rating]:<{width}}{figures}{setting}"


def _format_setting(indicator: Indicator, band: Edge | None) -> str:
    """The catalogue's setting that gives a band its limit, where it is a distance."""
    if band is None or band.start is not None:
        return ""
    whole = "what is due by then" if indicator.accumulates else "the target"
    away = " from the target" if band.percent_of_target is None else ""
    return f" ({band.format_distance(indicator.unit, whole)}{away})"


def _explain_directions(indicator: Indicator, context: Context) -> Iterator[str]:
    if context.travel:
        verb = " added" if indicator.accumulates else ""
        yield _explain_direction(indicator, context.travel, verb)
    if context.year_on_year:
        yield _explain_direction(indicator, context.year_on_year, "")
    is_compared = not indicator.is_closed and not indicator.needs_judgement
    if not context.travel and not context.year_on_year and is_compared:
        yield "Not known: this period and the one before do not both have a figure."


def _explain_direction(indicator: Indicator, travel: DirectionOfTravel, verb: str) -> str:
    earlier = indicator.unit.format_figure(travel.earlier)
    later = indicator.unit.format_figure(travel.later)
    change = f"{earlier}{verb} then, {later} now"
    if travel.direction is Direction.NO_CHANGE and travel.earlier != travel.later:
        change += ", equally near to the target range"
    return f"{travel.label} since {travel.since}: {change}."


def _explain_context(indicator: Indicator, verdict: Verdict, context: Context) -> tuple[str, ...]:
    return format_sentences(
        format_streak(indicator, verdict, context),
        format_comparisons(indicator, context),
        format_forecast(indicator, context),
    )


def _list_facts(
    indicator: Indicator, series: Series, verdict: Verdict, context: Context
) -> dict[str, Any]:
    judgement, observation = verdict.judgement, verdict.observation
    return {
        "indicator": indicator.number,
        "title": indicator.title,
        "month": str(series.as_at),
        "unit": indicator.unit.value,
        "rating": verdict.rating.label,
        "label": verdict.label,
        "reason": verdict.reason,
        "judgement": judgement
        and {
            "by": judgement.by,
            "reason": judgement.reason,
            "by_figures": verdict.by_figures and verdict.by_figures.label,
        },
        "figure": observation
        and {
            "received": f"{observation.value:f}",
            "rated": None if verdict.figure is None else f"{verdict.figure:f}",
            "month": str(observation.month),
            "file": observation.place.file,
            "line": observation.place.line,
        },
        "missing": [str(month) for month in series.missing],
        "target": format_target(indicator),
        **_list_limit_facts(indicator, verdict.limits),
        **_list_context_facts(indicator, context),
    }


def _list_limit_facts(indicator: Indicator, limits: Limits | None) -> dict[str, Any]:
    bounds = limits.bounds if limits else ()
    bands = format_bands(limits, indicator) if limits else ()
    return {
        "held_against": limits and limits.name,
        "limits": [_list_bound_facts(bound) for bound in bounds],
        "bands": {rating.label: figures for rating, figures in bands},
    }


def _list_bound_facts(bound: Bound) -> dict[str, Any]:
    return {
        "target": _format_figure(bound.target),
        "blue": _format_figure(bound.blue),
        "green": _format_figure(bound.green),
        "amber": _format_figure(bound.amber),
        "higher_is_better": bound.polarity is Polarity.HIGHER_IS_BETTER,
        "green_is_strict": bound.is_strict,
    }


def _format_figure(figure: Decimal | None) -> str | None:
    return None if figure is None else f"{strip_zeros(figure):f}"


def _list_context_facts(indicator: Indicator, context: Context) -> dict[str, Any]:
    forecast = context.forecast
    return {
        "direction": context.travel and context.travel.label,
        "direction_on_year": context.year_on_year and context.year_on_year.label,
        "streak": {"periods": context.streak, "period": indicator.noun},
        "benchmarks": [
            {
                "place": each.place,
                "benchmark": f"{each.benchmark:f}",
                "difference": f"{each.difference:f}",
                "word": each.word,
            }
            for each in context.comparisons
        ],
        "forecast": forecast
        and {"figure": f"{forecast.figure:f}", "rating": forecast.rating.label},
    }
