"""What a return says of each indicator beside what is due: unit, target, last figures and rating.

All of it is as the papers print it, whoever the return is for. A return is sent on and filed, so
that a small number in it would be out: a figure that the papers hide is hidden here too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from merton_kpi.core.periods import format_period
from merton_kpi.rating.wording.target_words import format_target
from merton_kpi.scorecard.assess import assess_indicators
from merton_kpi.scorecard.cells import compose_month_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from merton_kpi.core.issues import Issue
    from merton_kpi.core.periods import Month
    from merton_kpi.core.units import Unit
    from merton_kpi.loading.inputs import Inputs
    from merton_kpi.rating.rate import Verdict
    from merton_kpi.scorecard.assess import AssessedIndicator

_LAST = 3  # figures


@dataclass(frozen=True, kw_only=True, slots=True)
class IndicatorFacts:
    """An indicator's facts; `figures` are the year's so far by month, each with its period.

    `exception` says what it needs commentary for if it is still so: `amber or red`, or nothing.
    """

    unit: Unit
    target: str
    verdict: Verdict
    exception: str = ""
    figures: Mapping[Month, str] = field(default_factory=dict)

    def format_last_figures(self, before: Month) -> str:
        """The last three figures before a month: `Apr 2020: 84%; May 2020: 85.2%`."""
        months = sorted(month for month in self.figures if month < before)
        return "; ".join(self.figures[month] for month in months[-_LAST:]) or "None this year"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnFacts:
    """The council, and the facts of its indicators by number."""

    authority: str
    indicators: Mapping[str, IndicatorFacts]


def compose_return_facts(inputs: Inputs) -> tuple[ReturnFacts | None, tuple[Issue, ...]]:
    """The facts as at the inputs' month; None, with the issues, where they cannot be assessed."""
    assessed, issues = assess_indicators(inputs, inputs.month)
    if assessed is None:
        return None, issues
    facts = ReturnFacts(
        authority=inputs.catalogue.authority,
        indicators={number: _compose_facts(each) for number, each in assessed.items()},
    )
    return facts, issues


def _compose_facts(assessed: AssessedIndicator) -> IndicatorFacts:
    indicator, series = assessed.indicator, assessed.series
    words = assessed.assessment.scale.words
    return IndicatorFacts(
        unit=indicator.unit,
        target=format_target(indicator),
        verdict=assessed.assessment.verdict,
        exception=_format_exception(assessed),
        figures={
            month: f"{format_period(month, indicator.frequency)}: {cell.printed}"
            for month in series.figures
            if (cell := compose_month_cell(indicator, series, month, words)).printed
        },
    )


def _format_exception(assessed: AssessedIndicator) -> str:
    if assessed.is_worsening_exception:
        return "worsening"
    return assessed.assessment.scale.words.exceptions if assessed.is_exception else ""
