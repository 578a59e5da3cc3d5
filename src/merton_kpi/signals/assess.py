"""Whether an indicator's last figure shows a real change, and within what limits it varies."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from merton_kpi.core.vocabulary import Polarity
from merton_kpi.signals.assurance import choose_assurance
from merton_kpi.signals.limits import list_unrounded, list_values, work_out_signal_limits
from merton_kpi.signals.points import split_at_breaks
from merton_kpi.signals.reasons import choose_reason
from merton_kpi.signals.records import ChartPoint, Signal, Stretch
from merton_kpi.signals.rules import list_flags
from merton_kpi.signals.words import NoSignalReason, SignalFinding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from merton_kpi.core.periods import Month
    from merton_kpi.signals.records import Flag, Point, PointSeries, SignalLimits

    _Flags = tuple[Flag, ...]


def assess_signal(series: PointSeries) -> Signal:
    """Assess the last figure of a series by the limits and rules of its last stretch.

    A period without a figure is passed over: the figures before and after it are neighbours.
    """
    split = split_at_breaks(series)
    stretches = tuple(_assess_stretch(series, start, points) for start, points in split)
    last = stretches[-1]
    reason = last.reason or _choose_outdated(series, last)
    if reason:
        return Signal(finding=SignalFinding.NOT_JUDGED, stretches=stretches, reason=reason)
    point = last.points[-1]
    return Signal(finding=point.finding, stretches=stretches, flag=point.flag)


def _choose_outdated(series: PointSeries, last: Stretch) -> NoSignalReason | None:
    """The reason to say nothing of the papers' month where the last figure is too old for it."""
    is_outdated = series.first_recent and last.points[-1].month < series.first_recent
    return NoSignalReason.OUTDATED if is_outdated else None


def _assess_stretch(series: PointSeries, start: Month | None, points: Sequence[Point]) -> Stretch:
    given = [each for each in points if each.value is not None and not each.is_hidden]
    values = list_values(given)
    charted = [
        ChartPoint(month=each.month, value=Fraction(each.value), printed=each.value)
        for each in given
        if each.value is not None
    ]
    reason = choose_reason(series, points, list_unrounded(series, given))
    limits = [] if reason else work_out_signal_limits(series, given)
    if limits and not limits[0].distance:
        reason = NoSignalReason.CONSTANT
    if reason:
        return Stretch(start=start, points=tuple(charted), reason=reason)
    listed = list_flags(values, limits, list_unrounded(series, given))
    found = zip(charted, given, limits, listed, strict=True)
    return Stretch(start=start, points=tuple(_assess_point(series.better, *each) for each in found))


def _assess_point(
    better: Polarity | None, point: ChartPoint, given: Point, limits: SignalLimits, flags: _Flags
) -> ChartPoint:
    flag = _choose_flag(flags, better)
    return replace(
        point,
        limits=limits,
        flags=flags,
        flag=flag,
        finding=_choose_finding(flag, better),
        assurance=choose_assurance(limits, given.target),
    )


def _choose_flag(flags: Sequence[Flag], better: Polarity | None) -> Flag | None:
    """The rule to name: the first in the rules' order, of those for the better if there are any."""
    good = [each for each in flags if better and _is_good(each, better)]
    return next(iter(good or flags), None)


def _choose_finding(flag: Flag | None, better: Polarity | None) -> SignalFinding:
    if flag is None:
        return SignalFinding.COMMON_CAUSE
    if better is None:
        return SignalFinding.HIGH if flag.is_high else SignalFinding.LOW
    return SignalFinding.IMPROVEMENT if _is_good(flag, better) else SignalFinding.CONCERN


def _is_good(flag: Flag, better: Polarity) -> bool:
    return flag.is_high is (better is Polarity.HIGHER_IS_BETTER)
