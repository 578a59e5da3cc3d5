"""Why an indicator has its rating: the figure, the target, the bands and the context, in sentences.

An explanation also has the same as facts for a program.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from merton_kpi.catalogue.bands import Sides
from merton_kpi.core.periods import format_count, format_period
from merton_kpi.core.ratings import BEST_TO_WORST, Rating
from merton_kpi.core.vocabulary import Polarity, Profile
from merton_kpi.rating.rate import select_latest_figure
from merton_kpi.rating.wording.band_words import format_bands
from merton_kpi.rating.wording.comparison_words import explain_comparisons
from merton_kpi.rating.wording.context_words import (
    format_comparisons,
    format_forecast,
    format_sentences,
    format_stated_forecast,
    format_streak,
)
from merton_kpi.rating.wording.facts import list_facts
from merton_kpi.rating.wording.figure_words import (
    explain_gaps,
    explain_sum,
    first_month_of,
    select_last_figure,
)
from merton_kpi.rating.wording.sentences import Sentence, format_origin, format_place
from merton_kpi.rating.wording.suppression_words import explain_suppression
from merton_kpi.rating.wording.target_words import format_target
from merton_kpi.rating.year_figure import rate_year_figure, select_year_figure
from merton_kpi.series.worked_out import work_out_from_parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from merton_kpi.catalogue.bands import Band, Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.rating.context import Assessment, Context
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
    sections: tuple[tuple[str, tuple[Sentence, ...]], ...]
    facts: dict[str, Any]


def explain(indicator: Indicator, series: Series, assessment: Assessment) -> Explanation:
    """Explain the verdict as at the series' month."""
    return Explanation(
        title=f"Indicator {indicator.number}, {series.as_at.name}: {assessment.verdict.label}",
        subtitle=indicator.title,
        reason=assessment.verdict.reason,
        sections=explain_in_sections(indicator, series, assessment),
        facts=list_facts(indicator, series, assessment),
    )


def explain_in_sections(
    indicator: Indicator, series: Series, assessment: Assessment
) -> tuple[tuple[str, tuple[Sentence, ...]], ...]:
    """The explanation's sections, each a heading and its sentences; some have no sentence."""
    verdict, context = assessment.verdict, assessment.context
    return (
        ("The figure", tuple(_explain_figure(indicator, series, verdict))),
        ("The year's own figure", tuple(_explain_year(indicator, series, assessment.scale))),
        ("What is suppressed", tuple(map(Sentence, explain_suppression(series)))),
        ("The target", tuple(map(Sentence, _explain_target(indicator, verdict)))),
        ("The bands", tuple(map(Sentence, _explain_bands(indicator, verdict)))),
        (
            "Compared with earlier",
            tuple(map(Sentence, explain_comparisons(indicator, series, context))),
        ),
        ("In context", tuple(map(Sentence, _explain_context(indicator, verdict, context)))),
    )


def _explain_figure(indicator: Indicator, series: Series, verdict: Verdict) -> Iterator[Sentence]:
    """The figure that is rated, or the judgement, and why later periods have none."""
    if indicator.needs_judgement:
        latest = _select_latest_judgement(series)
        yield from _explain_judgement(indicator, latest)
    else:
        latest = select_latest_figure(indicator, series)
        yield from _explain_rated_figure(indicator, series, verdict, latest)
    without = [month for month in series.due if not _is_given(indicator, series, month)]
    after = [month for month in without if latest is None or month > latest.month]
    for month in after:
        yield _explain_absence(indicator, series, month)
    if gaps := explain_gaps(indicator, series):
        yield Sentence(gaps.strip())
    if after and verdict.period:
        allowed = format_count(indicator.carry_forward, indicator.noun)
        words = f"So the rating of {verdict.period} is carried forward, for {allowed} at most."
        yield Sentence(words)


def _explain_rated_figure(
    indicator: Indicator, series: Series, verdict: Verdict, latest: Observation | None
) -> Iterator[Sentence]:
    if latest is None or latest.value is None:
        yield Sentence("There is no figure to rate.")
        yield from _explain_unused(indicator, series)
        return
    given = series.figures[latest.month]
    if given.value is not None:
        yield _format_source(indicator, given, given.value)
    elif given.status and given.status.is_suppressed:
        yield _explain_absence(indicator, series, given.month)
    elif indicator.is_added_up:
        period = format_period(given.month, indicator.frequency)
        yield Sentence(f"No cases in {period}, which count as 0.", format_origin(given))
    if given.value is not None and given.is_worked_out and given.parts:
        yield Sentence(_explain_working(indicator, given.value, given.parts))
    yield from _explain_coverage(indicator, series, latest.month)
    is_explained = given.is_worked_out or (indicator.is_added_up and indicator.decimals is None)
    if verdict.figure is not None and not is_explained:
        yield Sentence(_explain_rounding(indicator, latest.value, verdict.figure))
    if latest.note:
        yield Sentence(f"The extract notes: {latest.note}.")


def _explain_judgement(indicator: Indicator, latest: Observation | None) -> Iterator[Sentence]:
    if latest is None:
        yield Sentence("There is no judgement.")
        return
    period = format_period(latest.month, indicator.frequency)
    yield Sentence(f"The judgement is for {period}.", format_origin(latest))
    if latest.note:
        yield Sentence(f"The extract notes: {latest.note}.")


def _is_given(indicator: Indicator, series: Series, month: Month) -> bool:
    """Whether a month has what the indicator is rated by."""
    given = series.figures.get(month)
    if given is None:
        return False
    return given.judgement is not None if indicator.needs_judgement else given.value is not None


def _explain_working(indicator: Indicator, value: Decimal, parts: tuple[Decimal, Decimal]) -> str:
    """The sum that gave a figure from its numerator and denominator."""
    numerator, denominator = parts
    scale = f" x {indicator.unit.per:,}" if indicator.unit.per != 1 else ""
    exact = work_out_from_parts(indicator, numerator, denominator)
    remark = "" if exact == value else ", rounded half up"
    working = f"{numerator:,f}{scale} / {denominator:,f} = {value:,f}{remark}"
    return f"It is worked out from its numerator and denominator: {working}."


def _explain_coverage(indicator: Indicator, series: Series, month: Month) -> Iterator[Sentence]:
    """What a figure covers, where that is more than its own period and was not added up by hand."""
    if indicator.is_to_date:
        yield Sentence("It is a figure for the year to date, since April.")
    if words := explain_sum(indicator, series, month):
        yield Sentence(words)


def _explain_unused(indicator: Indicator, series: Series) -> Iterator[Sentence]:
    """The last figure of an indicator that has none to rate, such as another academic year's.

    `explain_gaps` names the periods without which a total of this year is not known.
    """
    last = select_last_figure(series)
    if last is None or last.value is None:
        return
    is_due = indicator.is_due(last.month)
    if not is_due or indicator.accumulates:
        yield _format_source(indicator, last, last.value)
    if not is_due:
        yield Sentence("None is due for that month, so it is not rated.")
    elif indicator.accumulates:
        latest = series.due[-1] if series.due else series.as_at
        noun = "a figure" if indicator.is_added_up else "the total"
        reason = f"It is {noun} of an earlier year"
        if last.month >= latest.year_start(indicator.accumulates.first_month):
            reason = f"The total since {first_month_of(indicator)} is not known"
        yield Sentence(f"{reason}, so it is not rated.")


def _explain_year(indicator: Indicator, series: Series, scale: Scale) -> Iterator[Sentence]:
    """Explain the year's own figure, which no verdict rests on, where there is one."""
    given = select_year_figure(series)
    if given is None:
        return
    if given.status and given.status.is_suppressed:
        yield Sentence(f"The figure for {given.year} is suppressed.", format_place(given))
        return
    if given.value is None:
        reason = given.status.printed if given.status else "not given"
        yield Sentence(f"There is none for {given.year}: {reason}.", format_place(given))
        return
    shown = indicator.unit.format_figure(given.value)
    yield Sentence(f"{shown} for {given.year}.", format_origin(given))
    rated = rate_year_figure(indicator, scale, series)
    if rated:
        word = scale.words.format_word(rated.rating)
        yield Sentence(f"It is not rated; compared with {rated.limits.name}, it would be {word}.")
    if given.note:
        yield Sentence(f"The extract notes: {given.note}.")


def _select_latest_judgement(series: Series) -> Observation | None:
    made = (each for each in series.figures.values() if each.judgement)
    return max(made, key=attrgetter("month"), default=None)


def _explain_rounding(indicator: Indicator, received: Decimal, rated: Decimal) -> str:
    decimals = indicator.decimals
    if decimals is None:
        return "It is rated as it is written, not rounded."
    precision = format_count(decimals, "decimal") if decimals else "whole numbers"
    if received == rated:
        return f"It needs no rounding: this indicator is printed in {precision}."
    shown = indicator.unit.format_figure(rated)
    return f"It is rounded half up to {shown}, in {precision}, and then rated."


def _format_source(indicator: Indicator, observation: Observation, figure: Decimal) -> Sentence:
    period = format_period(observation.month, indicator.frequency)
    shown = indicator.unit.format_figure(figure)
    source, written = format_origin(observation), observation.written
    if written is not None and written.text != shown:
        source += f", where it is written '{written.text}'"
    return Sentence(f"{shown} for {period}.", source)


def _explain_absence(indicator: Indicator, series: Series, month: Month) -> Sentence:
    period = format_period(month, indicator.frequency)
    observation = series.figures.get(month)
    if observation is None:
        owner = f" from the {indicator.owner}" if indicator.owner else " from its owner"
        return Sentence(f"The {indicator.due_noun} for {period} is due and has not come.", owner)
    place = format_place(observation)
    if observation.status and observation.status.is_suppressed:
        return Sentence(f"The figure for {period} is suppressed.", place)
    reason = observation.status.printed if observation.status else "not rated"
    return Sentence(f"There is no {indicator.due_noun} for {period}: {reason}.", place)


_BETTER = {
    Polarity.HIGHER_IS_BETTER: "; higher is better",
    Polarity.LOWER_IS_BETTER: "; lower is better",
    None: "; inside the range is good, both ends included",
}


def _explain_target(indicator: Indicator, verdict: Verdict) -> Iterator[str]:
    if verdict.rating is Rating.CLOSED:
        return
    if indicator.needs_judgement:
        yield "It has no target: an officer rates it each period."
        return
    yield from format_sentences(f"{format_target(indicator)}{_explain_better(indicator)}")
    if verdict.limits and not _is_target_itself(indicator):
        yield f"The figure is compared with {verdict.limits.name}."
    if verdict.limits and verdict.limits.derivation:
        yield f"{verdict.limits.derivation}."


def _explain_better(indicator: Indicator) -> str:
    """Which figures are good: by the polarity, by a range, or by both where the target changes."""
    has_range = any(target.between for target in indicator.targets)
    ways = [indicator.better] if indicator.better and indicator.targets else []
    return "".join(_BETTER[way] for way in (*ways, *([None] if has_range else [])))


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


def _explain_bands(indicator: Indicator, verdict: Verdict) -> Iterator[str]:
    if verdict.limits is None:
        return
    scale = verdict.limits.scale
    words = scale.words
    names = {rating: f"{words.format_word(rating)}:" for rating in BEST_TO_WORST}
    width = max(map(len, names.values())) + 1
    settings = {Rating.BLUE: scale.blue, Rating.GREEN: scale.green, Rating.AMBER: scale.amber}
    for rating, figures in format_bands(verdict.limits, indicator):
        setting = _format_setting(indicator, settings.get(rating))
        yield f"{names[rating]:<{width}}{figures}{setting}"


def _format_setting(indicator: Indicator, band: Band) -> str:
    """The catalogue's setting that gives a band its limit, where it is no figure of its own."""
    if isinstance(band, Sides):
        sides = (("below", band.below), ("above", band.above))
        words = [(side, _format_setting(indicator, edge)) for side, edge in sides if edge != "none"]
        return "".join(f"{setting[:-1]} {side})" for side, setting in words if setting)
    if band is None or band.start is not None:
        return ""
    if band.better_than:
        return " (better than in the same period last year)"
    whole = "what is due by then" if indicator.accumulates else "the target"
    away = " from the target" if band.percent_of_target is None else ""
    return f" ({band.format_distance(indicator.unit, whole)}{away})"


def _explain_context(indicator: Indicator, verdict: Verdict, context: Context) -> tuple[str, ...]:
    return format_sentences(
        format_streak(indicator, verdict, context),
        format_comparisons(indicator, context),
        format_forecast(indicator, context.forecast),
        format_stated_forecast(indicator, context.stated_forecast),
    )
