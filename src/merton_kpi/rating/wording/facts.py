"""What an explanation says, as facts for a program, ready for JSON.

Figures are text, since a program would read a number as a float.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from merton_kpi.core.rounding import strip_zeros
from merton_kpi.core.vocabulary import FigureKind, Polarity
from merton_kpi.rating.rate import select_latest_figure
from merton_kpi.rating.wording.band_words import format_bands
from merton_kpi.rating.wording.comparison_words import list_comparison_facts
from merton_kpi.rating.wording.figure_words import select_last_figure
from merton_kpi.rating.wording.target_words import format_target
from merton_kpi.rating.year_figure import rate_year_figure, select_year_figure

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.rating.band_limits import Bound
    from merton_kpi.rating.context import Assessment, Context
    from merton_kpi.rating.limits import Limits
    from merton_kpi.series.records import Series


def list_facts(indicator: Indicator, series: Series, assessment: Assessment) -> dict[str, Any]:
    """List what is known of the verdict as at the series' month, by its names in the JSON."""
    verdict, context = assessment.verdict, assessment.context
    judgement = verdict.judgement
    observation = (
        verdict.observation or select_latest_figure(indicator, series) or select_last_figure(series)
    )
    return {
        "indicator": indicator.number,
        "title": indicator.title,
        "month": str(series.as_at),
        "unit": indicator.unit.word,
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
            "received": _format_received(series, observation.month),
            "written": _format_written(series, observation.month),
            "is_worked_out": observation.is_worked_out,
            "covers": _choose_coverage(indicator).value,
            "rated": None if verdict.figure is None else f"{verdict.figure:f}",
            "month": str(observation.month),
            "file": observation.place.file,
            **observation.place.sheet_facts,
            "line": observation.place.line,
        },
        "year_figure": _list_year_facts(indicator, series, assessment.scale),
        "missing": [str(month) for month in series.missing],
        "target": format_target(indicator),
        **_list_limit_facts(indicator, verdict.limits),
        **_list_context_facts(indicator, context),
        "breaks": [
            {"from": str(each.start), "reason": each.reason}
            for each in indicator.list_breaks(series.as_at)
        ],
    }


def _format_received(series: Series, month: Month) -> str | None:
    """A month's figure as the extract gives it, whether it is rated itself or in a sum."""
    given = series.figures[month].value
    return None if given is None else f"{given:f}"


def _format_written(series: Series, month: Month) -> str | None:
    """The cell of a month's figure, where it is not in plain digits."""
    written = series.figures[month].written
    return written.text if written else None


def _choose_coverage(indicator: Indicator) -> FigureKind:
    """What the figure that is received covers."""
    usual = FigureKind.RUNNING_TOTAL if indicator.accumulates else FigureKind.OF_PERIOD
    return indicator.figures or usual


def _list_year_facts(indicator: Indicator, series: Series, scale: Scale) -> dict[str, Any] | None:
    given = select_year_figure(series)
    if given is None:
        return None
    rated = rate_year_figure(indicator, scale, series)
    return {
        "year": str(given.year),
        "received": None if given.value is None else f"{given.value:f}",
        "reason_none": given.status.printed if given.status and given.value is None else None,
        "would_be_rated": rated and rated.rating.label,
        "file": given.place.file,
        **given.place.sheet_facts,
        "line": given.place.line,
    }


def _list_limit_facts(indicator: Indicator, limits: Limits | None) -> dict[str, Any]:
    bounds = limits.bounds if limits else ()
    bands = format_bands(limits, indicator) if limits else ()
    return {
        "compared_with": limits and limits.name,
        "limits": [_list_bound_facts(bound) for bound in bounds],
        "bands": {rating.label: words for rating, words in bands},
    }


def _list_bound_facts(bound: Bound) -> dict[str, Any]:
    return {
        "target": _format_figure(bound.target),
        "blue": _format_figure(bound.blue),
        "green": _format_figure(bound.green),
        "amber": _format_figure(bound.amber),
        "higher_is_better": bound.polarity is Polarity.HIGHER_IS_BETTER,
        "green_is_strict": bound.is_strict,
        "amber_is_strict": bound.is_amber_strict,
    }


def _format_figure(figure: Decimal | None) -> str | None:
    return None if figure is None else f"{strip_zeros(figure):f}"


def _list_context_facts(indicator: Indicator, context: Context) -> dict[str, Any]:
    forecast, stated = context.forecast, context.stated_forecast
    return {
        "period_on_period": list_comparison_facts(indicator, context.period_on_period),
        "year_on_year": list_comparison_facts(indicator, context.year_on_year),
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
        "stated_forecast": stated
        and {
            "figure": f"{stated.figure:f}",
            "rating": stated.rating and stated.rating.label,
            "by": stated.by,
            "made": str(stated.made),
        },
    }
