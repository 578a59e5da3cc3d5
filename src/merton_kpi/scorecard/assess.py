"""Match, rate and put in context every indicator of a catalogue, as at a month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from merton_kpi.core.issues import has_errors
from merton_kpi.core.ratings import Rating
from merton_kpi.core.statuses import Shorthand
from merton_kpi.rating.context import Assessment, compose_context
from merton_kpi.rating.rate import rate
from merton_kpi.scorecard.signals.points import compose_point_series
from merton_kpi.series.match import match_observations
from merton_kpi.series.years.history import EarlierFigures, list_tied_to_other_years
from merton_kpi.signals.assess import assess_signal
from merton_kpi.signals.words import SignalFinding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Section
    from merton_kpi.core.issues import Issue
    from merton_kpi.core.periods import Month
    from merton_kpi.loading.inputs import Inputs
    from merton_kpi.rating.rate import Verdict
    from merton_kpi.series.records import Series
    from merton_kpi.signals.records import Signal


@dataclass(frozen=True, kw_only=True, slots=True)
class AssessedIndicator:
    """An indicator in its section, with its figures as at a month and their assessment.

    `signal` says whether its last figure shows a real change. The catalogue says whether
    `worsening_is_an_exception`, and whether a `usual_amber_needs_no_commentary`.
    """

    section: Section
    indicator: Indicator
    series: Series
    assessment: Assessment
    signal: Signal
    worsening_is_an_exception: bool = False
    usual_amber_needs_no_commentary: bool = False

    @property
    def commentary(self) -> str:
        """The service's words for this month's exception report; empty where they say nothing."""
        words = self.series.commentary
        says_something = any(Shorthand.read(line) is None for line in words.splitlines())
        return words if says_something else ""

    @property
    def is_exception(self) -> bool:
        """Whether it is rated amber or red, or is listed because it really got worse."""
        return self.assessment.verdict.rating.is_exception or self.is_worsening_exception

    @property
    def is_worsening_exception(self) -> bool:
        """Whether it is listed for a real change for the worse alone, and not for its rating."""
        return (
            self.worsening_is_an_exception
            and self.signal.finding is SignalFinding.CONCERN
            and not self.assessment.verdict.rating.is_exception
        )

    @property
    def needs_no_commentary(self) -> bool:
        """Whether it is amber within its usual range, and needs no new commentary for that."""
        return (
            self.usual_amber_needs_no_commentary
            and self.signal.finding is SignalFinding.COMMON_CAUSE
            and self.assessment.verdict.rating is Rating.AMBER
        )

    @property
    def owes_commentary(self) -> bool:
        """Whether it is an exception that needs commentary, and has none."""
        return self.is_exception and not self.commentary and not self.needs_no_commentary


def match_inputs(
    inputs: Inputs, as_at: Month
) -> tuple[Mapping[str, Series] | None, tuple[Issue, ...]]:
    """Each indicator's series by its number, from what was known by the end of `as_at`.

    The issues are the reading's warnings and the matching's; None where one is an error: an
    observation matches no indicator, or must not be published.
    """
    series, found = match_observations(
        inputs.as_written or inputs.catalogue, inputs.observations, as_at
    )
    series = _add_earlier(inputs, series)
    issues = (*inputs.warnings, *found)
    return (None if has_errors(issues) else series), issues


def _add_earlier(inputs: Inputs, series: Mapping[str, Series]) -> Mapping[str, Series]:
    """Each series with the figures of earlier years that were known by then.

    Without them where the sum of a year of which one figure is hidden began in the year before.
    """
    hidden = {
        number
        for number, each in series.items()
        if any(given.status and given.status.is_suppressed for given in each.figures.values())
    }
    tied = list_tied_to_other_years(inputs.catalogue)
    found = {}
    for number, each in series.items():
        earlier = inputs.earlier.history.select(number, each.as_at)
        if number in tied and not hidden.isdisjoint((number, *each.tied_to)):
            earlier = EarlierFigures()
        found[number] = replace(each, earlier=earlier.given, earlier_rated=earlier.rated)
    return found


def rate_indicators(
    inputs: Inputs, as_at: Month
) -> tuple[Mapping[str, Verdict] | None, tuple[Issue, ...]]:
    """Rate every indicator by its number, from what was known by `as_at`.

    It works out nothing else, such as what is found of each figure.
    The issues are as match_inputs gives them.
    """
    series, issues = match_inputs(inputs, as_at)
    if series is None:
        return None, issues
    catalogue = inputs.catalogue
    verdicts = {
        each.number: rate(each, catalogue.scale_for(section, each), series[each.number])
        for section in catalogue.sections
        for each in section.indicators
    }
    return verdicts, issues


def assess_indicators(
    inputs: Inputs, as_at: Month
) -> tuple[Mapping[str, AssessedIndicator] | None, tuple[Issue, ...]]:
    """Assess every indicator by its number, in the index's order, from what was known by `as_at`.

    The issues are as match_inputs gives them.
    """
    series, issues = match_inputs(inputs, as_at)
    if series is None:
        return None, issues
    assessed = {}
    for section in inputs.catalogue.sections:
        for each in section.indicators:
            scale, mine = inputs.catalogue.scale_for(section, each), series[each.number]
            verdict = rate(each, scale, mine)
            context = compose_context(each, scale, mine, verdict)
            assessed[each.number] = AssessedIndicator(
                section=section,
                indicator=each,
                series=mine,
                assessment=Assessment(scale=scale, verdict=verdict, context=context),
                signal=assess_signal(compose_point_series(each, scale, mine)),
                worsening_is_an_exception=inputs.catalogue.worsening_is_an_exception,
                usual_amber_needs_no_commentary=(inputs.catalogue.usual_amber_needs_no_commentary),
            )
    return assessed, issues
