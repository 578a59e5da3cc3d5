"""An indicator's periods as the data for other programs has them: each is true by itself.

They are composed apart from the scorecard, and only where a paper has them: for a hundred
indicators they took two thirds of the time that a scorecard took.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.ratings import Rating
from merton_kpi.core.vocabulary import Polarity
from merton_kpi.rating.limits import Limits, work_out_limits
from merton_kpi.rating.rounding import round_as_printed, round_limit_inwards
from merton_kpi.rating.wording.comparison_words import (
    format_break,
    format_period_comparison,
    format_period_on_period,
)
from merton_kpi.rating.wording.context_words import (
    format_comparisons,
    format_forecast,
    format_stated_forecast,
    format_streak,
)
from merton_kpi.rating.wording.target_words import format_one_target, format_target
from merton_kpi.scorecard.cells import (
    Cell,
    add_breaks,
    compose_month_cell,
    compose_past_cell,
    compose_year_cell,
    format_revision,
)
from merton_kpi.scorecard.periods.earlier import EarlierFigure, list_earlier_figures
from merton_kpi.scorecard.periods.verdicts import assess_period, explain_no_total, rate_series
from merton_kpi.scorecard.signals.facts import compose_period_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from decimal import Decimal

    from merton_kpi.catalogue.entries import Break, Outturn
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.core.ratings import RatingWords
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.rating.band_limits import Bound
    from merton_kpi.rating.rate import Verdict
    from merton_kpi.scorecard.assess import AssessedIndicator
    from merton_kpi.scorecard.periods.verdicts import RatedSeries
    from merton_kpi.scorecard.records import Scorecard
    from merton_kpi.scorecard.signals.facts import SignalFacts
    from merton_kpi.series.records import Series


@dataclass(frozen=True, kw_only=True, slots=True)
class Ends:
    """The lower and the upper end of a target or of a band; None for an end that it has not."""

    lower: Decimal | None = None
    upper: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodFigure:
    """A period that is due, or that has a figure or a reason for none, with all that is true of it.

    It covers the months from `first` to `month`. `figure` has the value and its symbols, `total`
    the sum since the year began, where the figures are added up. `target` is in words; `targets`
    are the ends that the figure, or else its total, is compared with; `greens`, `ambers` and
    `blues` are where each of these begins. The verdict and the comparisons are those of the
    period's own figure.
    """

    first: Month
    month: Month
    figure: Cell
    numerator: Decimal | None
    denominator: Decimal | None
    total: Decimal | None
    target: str
    targets: Ends
    greens: Ends
    ambers: Ends
    blues: Ends
    verdict: Verdict
    period_on_period: str
    year_on_year: str
    streak: str
    comparison: str
    forecast: str
    stated_forecast: str
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class IndicatorFigures:
    """An indicator's periods in their order, and what is the same for all of them.

    `signals` say of each month with a figure whether it shows a real change. `benchmarks` are those
    in the indicator's unit, None for any other. `year_value` is the year's own figure. Each of the
    two notes says in words what qualifies them. `has_green` and `has_blue` say whether a band sets
    where these begin.
    """

    periods: tuple[PeriodFigure, ...]
    signals: Mapping[Month, SignalFacts]
    benchmarks: tuple[Decimal | None, ...]
    benchmark_note: str
    year_value: Decimal | None
    year_note: str
    has_green: bool
    has_blue: bool
    earlier: tuple[EarlierFigure, ...]  # of the periods before the year


def compose_figures(card: Scorecard) -> Mapping[str, IndicatorFigures]:
    """Compose all that the data for other programs has of each indicator, by its number."""
    return {each.indicator.number: _compose_indicator(card, each) for each in card.assessed}


def _compose_indicator(card: Scorecard, assessed: AssessedIndicator) -> IndicatorFigures:
    indicator, series, words = assessed.indicator, assessed.series, card.words
    past = {area: indicator.benchmarks.get(area) for area in card.areas}
    cells = [compose_past_cell(indicator, each, words) for each in past.values()]
    notes = {area: _format_past_note(indicator, each, words) for area, each in past.items()}
    year = compose_year_cell(indicator, series, words)
    targets = indicator.targets if indicator.is_rated else ()
    scales = [assessed.assessment.scale.replace_bands(each.bands) for each in targets]
    rated = rate_series(indicator, assessed.assessment.scale, series)
    return IndicatorFigures(
        periods=tuple(
            _compose_period(rated, month, words) for month in sorted({*series.due, *series.figures})
        ),
        signals=compose_period_facts(indicator, series, assessed.signal),
        benchmarks=tuple(cell.value if cell.unit == indicator.unit else None for cell in cells),
        benchmark_note="; ".join(f"{area}: {note}" for area, note in notes.items() if note),
        year_value=year.value if year else None,
        year_note=_format_year_note(indicator, series),
        has_green=any(scale.green for scale in scales),
        has_blue=any(scale.blue for scale in scales),
        earlier=list_earlier_figures(assessed, card.year),
    )


def _compose_period(rated: RatedSeries, month: Month, words: RatingWords) -> PeriodFigure:
    indicator, series = rated.indicator, rated.series
    first = _select_first_month(indicator, month)
    breaks = [each for each in indicator.breaks if first <= each.start <= month]
    cell = add_breaks(compose_month_cell(indicator, series, month, words), breaks)
    given = series.figures.get(month)
    assessment = assess_period(rated, month)
    verdict, context = assessment.verdict, assessment.context
    limits = _select_limits(rated, verdict, month)
    bands = limits if indicator.is_rated else Limits()
    parts = _select_parts(indicator, given)
    return PeriodFigure(
        first=first,
        month=month,
        figure=cell,
        numerator=parts[0],
        denominator=parts[1],
        total=_select_total(indicator, series, month),
        target=_format_target(indicator, month),
        targets=_compose_ends(limits, lambda bound: bound.target),
        greens=_compose_ends(bands, lambda bound: bound.green),
        ambers=_compose_ends(bands, lambda bound: bound.amber),
        blues=_compose_ends(bands, lambda bound: bound.blue),
        verdict=verdict,
        period_on_period=format_period_on_period(indicator, context),
        year_on_year=format_period_comparison(indicator, context.year_on_year),
        streak=format_streak(indicator, verdict, context),
        comparison=format_comparisons(indicator, context),
        forecast=format_forecast(indicator, context.forecast),
        stated_forecast=format_stated_forecast(indicator, context.stated_forecast),
        note="; ".join(_list_notes(indicator, series, month, breaks)),
    )


def _select_first_month(indicator: Indicator, month: Month) -> Month:
    """The first month that a figure covers: its year's, or the one after the period before."""
    if year := indicator.year_covered:
        return month.year_start(year.first_month)
    before = indicator.period_before(month)
    if before is not None:
        return before.add_months(1)
    frequency = indicator.frequency
    ends = indicator.due_months or (frequency.periods if frequency else ())
    interval = frequency.interval if frequency else 0
    return month.add_months(1 - (interval or 12 // max(1, len(ends))))


def _select_parts(
    indicator: Indicator, given: Observation | None
) -> tuple[Decimal | None, Decimal | None]:
    """The numerator and the denominator that the papers print; none beside a judgement alone."""
    if given is None or (indicator.needs_judgement and given.judgement and given.value is None):
        return None, None
    return given.numerator, given.denominator


def _select_limits(rated: RatedSeries, verdict: Verdict, month: Month) -> Limits:
    """The limits of a month that a figure is due for, with the decimals that its reason has."""
    indicator = rated.indicator
    if not indicator.targets or not indicator.is_due(month):
        return Limits()
    if verdict.limits and verdict.observation and verdict.observation.month == month:
        return verdict.limits
    figures = (
        each.value
        for known, each in rated.series.figures.items()
        if known <= month and each.value is not None
    )
    return work_out_limits(indicator, rated.scale, month, figures)


def _compose_ends(limits: Limits, select: Callable[[Bound], Decimal | None]) -> Ends:
    """The ends that are selected of each bound, rounded so that the ratings follow from them."""
    ends = {
        bound.polarity: round_limit_inwards(end, limits.decimals, bound.polarity)
        for bound in limits.bounds
        if (end := select(bound)) is not None
    }
    return Ends(lower=ends.get(Polarity.HIGHER_IS_BETTER), upper=ends.get(Polarity.LOWER_IS_BETTER))


def _select_total(indicator: Indicator, series: Series, month: Month) -> Decimal | None:
    total = series.totals.get(month) if series.totals else None
    if total is None or total.figure is None:
        return None
    return round_as_printed(indicator, total.figure)


def _format_target(indicator: Indicator, month: Month) -> str:
    """The target that holds in a month, in words; of an indicator without one, what it has."""
    if not indicator.targets:
        return format_target(indicator)
    target = indicator.target_for(month)
    return format_one_target(indicator, target) if target else Rating.NEW.label


def _list_notes(
    indicator: Indicator, series: Series, month: Month, breaks: Iterable[Break] = ()
) -> Iterator[str]:
    """What qualifies a month's figure, or is there in its place, in words."""
    yield from map(format_break, breaks)
    for each in series.restatements:
        if each.new.month == month:
            yield format_revision(indicator, each)
    given = series.figures.get(month)
    if given is None:
        yield "due, not received"
        return
    if given.status:
        yield given.status.plain
    if given.value is not None and (reason := explain_no_total(indicator, series, month)):
        yield reason.rstrip(".")
    if given.is_worked_out and given.parts:
        yield "worked out from the numerator and the denominator"
    if given.note:
        yield given.note


def _format_year_note(indicator: Indicator, series: Series) -> str:
    if series.whole_year is None:
        return ""
    (month,) = series.whole_year.figures
    return "; ".join(_list_notes(indicator, series.whole_year, month))


def _format_past_note(indicator: Indicator, past: Outturn | None, words: RatingWords) -> str:
    """What qualifies a benchmark, or is there in its place, in words."""
    if past is None:
        return ""
    facts = [past.status.plain] if past.status else []
    if past.printed_rating:
        facts.append(words.format_word(past.printed_rating))
    if past.value is not None and past.unit not in (None, indicator.unit):
        facts.append(f"in another unit ({past.unit.name}), {past.unit.format_figure(past.value)}")
    return ", ".join((*facts, *filter(None, (past.period, past.source, past.note))))
