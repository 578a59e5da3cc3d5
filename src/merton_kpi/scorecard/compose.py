"""From what was read to a month's scorecard: matching, rating, doubting and composing, in order.

And to what is due for it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from merton_kpi.quality.warnings import check_data, match_series
from merton_kpi.rating.context import Assessment, compose_context
from merton_kpi.rating.rate import rate
from merton_kpi.scorecard.progress import add_changes
from merton_kpi.scorecard.records import add_warnings, compose_scorecard
from merton_kpi.scorecard.restatements import list_restatements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from merton_kpi.core.periods import Month
    from merton_kpi.loading import Inputs
    from merton_kpi.returns.due import DueList
    from merton_kpi.scorecard.records import Scorecard
    from merton_kpi.series.records import Series


def make_scorecard(inputs: Inputs) -> Scorecard:
    """The scorecard of the inputs' month, as at that month.

    Where the panel met before in the year, it says what has changed since those papers. Raises
    BuildStoppedError where an observation fits nowhere.
    """
    meeting = inputs.catalogue.meeting_before(inputs.month)
    if meeting is None:
        return score_as_at(inputs, inputs.month)
    card = score_as_at(inputs, inputs.month, meeting.data_to)
    _, before = assess_indicators(inputs, meeting.data_to)
    return add_changes(card, before, meeting)


def score_as_at(inputs: Inputs, month: Month, since: Month | None = None) -> Scorecard:
    """A month's scorecard as at that month, compared with no other.

    Its restatements are those after `since`. Raises BuildStoppedError as make_scorecard does.
    """
    series, judged = assess_indicators(inputs, month)
    card = compose_scorecard(inputs.catalogue, series, judged, month)
    doubts = check_data(inputs.catalogue, series, inputs.file)
    return replace(
        add_warnings(card, doubts, inputs.warnings),
        restated=list_restatements(inputs.catalogue, series, since),
        sources=inputs.sources,
    )


def find_due(inputs: Inputs) -> DueList:
    """What is due for the papers of the inputs' month. Raises as make_scorecard does."""
    from merton_kpi.returns.due import list_due_items  # no build asks for it

    series, judged = assess_indicators(inputs, inputs.month)
    card = compose_scorecard(inputs.catalogue, series, judged, inputs.month)
    return list_due_items(inputs.catalogue, series, card)


def assess_indicators(
    inputs: Inputs, month: Month
) -> tuple[Mapping[str, Series], Mapping[str, Assessment]]:
    """Match the observations as at a month, and judge every indicator's series."""
    definitions = inputs.catalogue
    series = match_series(inputs, month)
    judged = {}
    for section in definitions.sections:
        for each in section.indicators:
            bands, known = definitions.bands_for(section, each), series[each.number]
            verdict = rate(each, bands, known)
            context = compose_context(each, bands, known, verdict)
            judged[each.number] = Assessment(bands=bands, verdict=verdict, context=context)
    return series, judged
