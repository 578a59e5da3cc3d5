"""A scorecard whose indicators have figures of earlier years."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from helpers.councils import score
from merton_kpi.scorecard.charts.compose import compose_charts
from merton_kpi.scorecard.signals.points import compose_point_series
from merton_kpi.series.totals import compose_totals
from merton_kpi.signals.assess import assess_signal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.scorecard.assess import AssessedIndicator
    from merton_kpi.scorecard.records import Scorecard


def score_with_history(
    catalogue: Catalogue, observations: Iterable[Observation], month: Month
) -> Scorecard:
    """The scorecard of observations, of which those before the year are earlier years' figures."""
    given = tuple(observations)
    begins = catalogue.financial_year.months[0]
    card = score(catalogue, (each for each in given if each.month >= begins), month)
    assessed = tuple(
        add_history(
            each,
            (
                other
                for other in given
                if other.month < begins and other.indicator == each.indicator.number
            ),
        )
        for each in card.assessed
    )
    return replace(card, assessed=assessed, charts=compose_charts(catalogue, assessed, card.rows))


def add_history(assessed: AssessedIndicator, earlier: Iterable[Observation]) -> AssessedIndicator:
    """An indicator with figures of earlier years, and the signal that follows from all."""
    given = {each.month: each for each in earlier}
    totals = compose_totals(assessed.indicator, given, ())
    rated = replace(assessed.series, figures=given, totals=totals).rated_figures
    series = replace(assessed.series, earlier=given, earlier_rated=rated)
    points = compose_point_series(assessed.indicator, assessed.assessment.scale, series)
    return replace(assessed, series=series, signal=assess_signal(points))
