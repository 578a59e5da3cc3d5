"""One indicator's rating told from the figure up: an answer to "why is this red?".

The explanation is a record of facts and words, so that a program reads the same as a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from merton_kpi.core.periods import format_count, format_period
from merton_kpi.core.vocabulary import Direction, Polarity, Rating
from merton_kpi.rating.context import (
    format_comparisons,
    format_forecast,
    format_sentences,
    format_streak,
)
from merton_kpi.rating.rate import BEST_TO_WORST, select_latest_figure
from merton_kpi.rating.rounding import format_limit, strip_zeros
from merton_kpi.rating.target_words import format_target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from merton_kpi.catalogue.models import Indicator
    from merton_kpi.catalogue.targets import Bands, Edge
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.rating.context import Assessment, Context, DirectionOfTravel
    from merton_kpi.rating.limits import Limits, LimitSide
    from merton_kpi.rating.rate import Verdict
    from merton_kpi.series.match import Series


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """The rating of one indicator with its sections, each a heading and its sentences.

    `facts` are the same for a program: figures as text, so that none becomes a float.
    """

    title: str
    subtitle: str
    reason: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    facts: dict[str, Any]

    def __str__(self) -> str:
        lines = [self.title, self.subtitle, "", self.reason]
        for heading, sentences in self.sections:
            if sentences:
                lines += ["", heading, *(f"  {sentence}" for sentence in sentences)]
        return "\n".join(lines)


def explain(indicator: Indicator, series: Series, judged: Assessment) -> Explanation:
    """Explain the verdict as at the series' month."""
    month, verdict, context = series.as_at, judged.verdict, judged.context
    return Explanation(
        title=f"Indicator {indicator.number}, {month.name}: {verdict.label}",
        subtitle=indicator.title,
        reason=verdict.reason,
        sections=(
            ("The figure", tuple(_tell_figure(indicator, series, verdict))),
            ("The target", tuple(_tell_target(indicator, verdict))),
            ("The bands", tuple(_tell_bands(indicator, verdict, judged.bands))),
            ("Direction of travel", tuple(_tell_travel(indicator, context))),
            ("In context", _tell_context(indicator, verdict, context)),
        ),
        facts=_list_facts(indicator, series, verdict, context),
    )


def format_bands(goal: Limits, indicator: Indicator) -> tuple[tuple[Rating, str], ...]:
    """Each rating of a goal, from the best, with the figures that have it in words."""
    by_side = [dict(_describe_side(side, indicator)) for side in goal.sides]
    described = []
    for rating in BEST_TO_WORST:
        words = [bands[rating] for bands in by_side if rating in bands]
        if rating is Rating.GREEN and len(goal.sides) == 2:
            ends = [format_limit(indicator, side.green) for side in goal.sides]
            words = [f"{ends[0]} to {ends[1]}"]
        if words:
            described.append((rating, ", or ".join(words)))
    return tuple(described)


def _describe_side(side: LimitSide, indicator: Indicator) -> Iterator[tuple[Rating, str]]:
    """The bands on one side; each but the first also says where the better one begins."""
    more, less = ("more", "less") if side.better > 0 else ("less", "more")
    bands = [
        (Rating.BLUE, side.blue, True),
        (Rating.GREEN, side.green, not side.strict),
        (Rating.AMBER, side.amber, True),
    ]
    above = ""
    for rating, limit, included in bands:
        if limit is None:
            continue
        shown = format_limit(indicator, limit)
        words = f"{shown} or {more}" if included else f"{more} than {shown}"
        if above and side.better < 0 and included:
            yield rating, f"{above}, up to {shown}"
        elif above and above[0].isdigit() and included:
            yield rating, f"{shown} to {above.removesuffix(' or less')}"
        else:
            yield rating, f"{words}, but {above}" if above else words
        above = f"{less} than {shown}" if included else f"{shown} or {less}"
    yield Rating.RED, above


def _tell_figure(indicator: Indicator, series: Series, verdict: Verdict) -> Iterator[str]:
    observation = select_latest_figure(indicator, series)
    if observation is None or observation.value is None:
        yield "There is no figure to rate."
    else:
        yield _tell_source(indicator, observation)
        if verdict.figure is not None:
            yield _tell_rounding(indicator, observation.value, verdict.figure)
        if observation.note:
            yield f"The extract notes: {observation.note}."
    after = [month for month in series.due if observation is None or month > observation.month]
    for month in after:
        yield _tell_absence(indicator, series, month)
    if after and verdict.period:
        allowed = format_count(indicator.carry_forward, indicator.noun)
        yield f"So the rating of {verdict.period} is carried forward, for {allowed} at most."


def _tell_rounding(indicator: Indicator, received: Decimal, rated: Decimal) -> str:
    decimals = indicator.decimals
    precision = format_count(decimals, "decimal") if decimals else "whole numbers"
    if received == rated:
        return f"It needs no rounding: this indicator is printed in {precision}."
    shown = indicator.unit.format_figure(rated)
    return f"It is rounded half up to {shown}, in {precision}, and then rated."


def _tell_source(indicator: Indicator, observation: Observation) -> str:
    assert observation.value is not None
    period = format_period(observation.month, indicator.frequency)
    shown = indicator.unit.format_figure(observation.value)
    return f"{shown} for {period}, from {_tell_place(observation)}."


def _tell_place(observation: Observation) -> str:
    return f"{observation.place.file}, line {observation.place.line}"


def _tell_absence(indicator: Indicator, series: Series, month: Month) -> str:
    period = format_period(month, indicator.frequency)
    observation = series.figures.get(month)
    if observation is None:
        return f"The figure for {period} is due and has not come from {_name_owner(indicator)}."
    place = _tell_place(observation)
    if observation.status and observation.status.is_suppressed:
        return f"The figure for {period} is suppressed ({place})."
    reason = observation.status.printed if observation.status else "not rated"
    return f"There is none for {period}: {reason} ({place})."


def _name_owner(indicator: Indicator) -> str:
    return f"the {indicator.owner}" if indicator.owner else "its owner"


def _tell_target(indicator: Indicator, verdict: Verdict) -> Iterator[str]:
    if indicator.is_closed:
        return
    words = format_target(indicator)
    better = ""
    if indicator.targets:
        way = {
            Polarity.HIGHER_IS_BETTER: "; higher is better",
            Polarity.LOWER_IS_BETTER: "; lower is better",
            None: "; inside the range is good, both ends included",
        }
        better = way[indicator.better]
    yield from format_sentences(f"{words}{better}")
    if verdict.goal and words not in verdict.goal.words:
        yield f"The figure is held against {verdict.goal.words}."
    if verdict.goal and verdict.goal.derivation:
        yield f"{verdict.goal.derivation}."


def _tell_bands(indicator: Indicator, verdict: Verdict, bands: Bands) -> Iterator[str]:
    if verdict.goal is None:
        return
    rules = {Rating.BLUE: bands.blue, Rating.GREEN: bands.green, Rating.AMBER: bands.amber}
    for rating, words in format_bands(verdict.goal, indicator):
        rule = _name_rule(rules.get(rating), indicator)
        yield f"{rating.label + ':':<7}{words}{rule}"


def _name_rule(edge: Edge | str | None, indicator: Indicator) -> str:
    """The catalogue's setting that a band's edge comes from."""
    if edge is None or isinstance(edge, str) or edge.start is not None:
        return ""
    if edge.percent_of_target is not None:
        whole = "what is due by then" if indicator.accumulates else "the target"
        return f" ({edge.percent_of_target}% of {whole})"
    distance = edge.units if edge.percentage_points is None else edge.percentage_points
    assert distance is not None
    return f" ({indicator.unit.format_difference(distance)} from the target)"


def _tell_travel(indicator: Indicator, context: Context) -> Iterator[str]:
    for travel, name in ((context.travel, "since"), (context.year_on_year, "on a year before,")):
        if travel:
            yield _tell_one_travel(indicator, travel, name)
    if not context.travel and not context.year_on_year and not indicator.is_closed:
        yield "Not known: this period and the one before do not both have a figure."


def _tell_one_travel(indicator: Indicator, travel: DirectionOfTravel, name: str) -> str:
    show = indicator.unit.format_figure
    change = f"{show(travel.earlier)} then, {show(travel.later)} now"
    if travel.direction is Direction.NO_CHANGE and travel.earlier != travel.later:
        change += ", as near to the target range"
    if indicator.accumulates and name == "since":
        change = f"{show(travel.earlier)} added then, {show(travel.later)} now"
    return f"{travel.label} {name} {travel.since}: {change}."


def _tell_context(indicator: Indicator, verdict: Verdict, context: Context) -> tuple[str, ...]:
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
        **_list_goal_facts(indicator, verdict.goal),
        **_list_context_facts(indicator, context),
    }


def _list_goal_facts(indicator: Indicator, goal: Limits | None) -> dict[str, Any]:
    limits, bands = [], {}
    for side in goal.sides if goal else ():
        edges = {
            "target": side.target,
            "blue": side.blue,
            "green": side.green,
            "amber": side.amber,
        }
        shown = {
            name: None if edge is None else f"{strip_zeros(edge):f}" for name, edge in edges.items()
        }
        ways = {"higher_is_better": side.better > 0, "green_is_strict": side.strict}
        limits.append(shown | ways)
    if goal:
        bands = {rating.label: words for rating, words in format_bands(goal, indicator)}
    return {"held_against": goal and goal.words, "limits": limits, "bands": bands}


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
