"""Whether figures show a real change, as facts for programs: in the JSON and in the CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from merton_kpi.rating.rounding import count_limit_decimals
from merton_kpi.scorecard.signals.sentences import explain_change, format_change
from merton_kpi.signals.records import convert_to_decimal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.series.records import Series
    from merton_kpi.signals.records import ChartPoint, Signal
    from merton_kpi.signals.words import Assurance, NoSignalReason, SignalFinding, SignalRule


@dataclass(frozen=True, kw_only=True, slots=True)
class SignalFacts:
    """What is found of a figure, and the evidence, as `signals.records` has them.

    The mean and the limits have two more decimals than the figures. They are None where there are
    none, as is the finding of a period without a figure.
    """

    finding: SignalFinding | None = None
    reason: NoSignalReason | None = None
    rule: SignalRule | None = None
    mean: Decimal | None = None
    lower_limit: Decimal | None = None
    upper_limit: Decimal | None = None
    assurance: Assurance | None = None


def compose_period_facts(
    indicator: Indicator, series: Series, signal: Signal
) -> Mapping[Month, SignalFacts]:
    """What is found of each figure by the limits of its stretch, as known in the papers' month."""
    decimals = count_limit_decimals(indicator, series.values)
    return {
        point.month: _compose_facts(point, stretch.reason, decimals)
        for stretch in signal.stretches
        for point in stretch.points
    }


def list_signal_facts(indicator: Indicator, series: Series, signal: Signal) -> dict[str, Any]:
    """List what is found of the last figure, by its names in the JSON; figures are text."""
    facts = SignalFacts(finding=signal.finding, reason=signal.reason)
    if signal.last and not signal.reason:
        decimals = count_limit_decimals(indicator, series.values)
        facts = _compose_facts(signal.last, signal.reason, decimals)
    usual = signal.limits.usual_range if signal.limits else None
    return {
        "change": format_change(indicator, signal, series.as_at),
        "words": " ".join(explain_change(indicator, signal, series.as_at)),
        "finding": signal.finding.value,
        "reason": facts.reason and facts.reason.value,
        "rule": facts.rule and facts.rule.value,
        "flagged": [str(month) for month in signal.flagged_months],
        "mean": _format_figure(facts.mean),
        "lower_limit": _format_figure(facts.lower_limit),
        "upper_limit": _format_figure(facts.upper_limit),
        "usual_range": usual and [_format_figure(each) for each in usual],
        "assurance": facts.assurance and facts.assurance.value,
    }


def _compose_facts(point: ChartPoint, reason: NoSignalReason | None, decimals: int) -> SignalFacts:
    limits = point.limits
    if limits is None:
        return SignalFacts(finding=point.finding, reason=reason)
    return SignalFacts(
        finding=point.finding,
        rule=point.flag.rule if point.flag else None,
        mean=convert_to_decimal(limits.mean, decimals),
        lower_limit=convert_to_decimal(limits.lower_shown, decimals),
        upper_limit=convert_to_decimal(limits.upper_shown, decimals),
        assurance=point.assurance,
    )


def _format_figure(figure: Decimal | None) -> str | None:
    return None if figure is None else f"{figure:f}"
