"""From what was read to each indicator's series, and to what is doubtful in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.doubts import find_doubts
from merton_kpi.issues import stop_on_errors
from merton_kpi.matching import match_observations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from merton_kpi.inputs import Inputs
    from merton_kpi.issues import Issue
    from merton_kpi.matching import Series
    from merton_kpi.periods import Month


def match_series(inputs: Inputs, month: Month) -> Mapping[str, Series]:
    """Each indicator's series as at a month. Raises BuildStoppedError where one fits nowhere."""
    series, issues = match_observations(inputs.catalogue, inputs.observations, month)
    stop_on_errors((*inputs.warnings, *issues))
    return series


def list_warnings(inputs: Inputs) -> tuple[Issue, ...]:
    """The reading's warnings, and the doubts about what was read that nobody has answered.

    Raises BuildStoppedError as match_series does.
    """
    series = match_series(inputs, inputs.month)
    doubts = find_doubts(inputs.catalogue, series, inputs.file)
    return (*inputs.warnings, *(doubt.issue for doubt in doubts if not doubt.answer))
