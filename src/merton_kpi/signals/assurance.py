"""Whether a target is within reach: the limits of a figure beside its own period's target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.signals.words import Assurance

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.signals.records import SignalLimits, TargetRange


def choose_assurance(limits: SignalLimits, target: TargetRange | None) -> Assurance | None:
    """Whether all, none or some of the figures in the usual range as printed meet the target.

    A figure that is equal to the target meets it, unless the target is strict. Without a target
    there is no assurance.
    """
    if target is None:
        return None
    lower, upper = limits.usual_range
    if _is_high_enough(lower, target) and _is_low_enough(upper, target):
        return Assurance.WILL_BE_MET
    if _is_high_enough(upper, target) and _is_low_enough(lower, target):
        return Assurance.HIT_AND_MISS
    return Assurance.WILL_NOT_BE_MET


def _is_high_enough(figure: Decimal, target: TargetRange) -> bool:
    if target.low is None:
        return True
    return figure > target.low or (figure == target.low and not target.is_strict)


def _is_low_enough(figure: Decimal, target: TargetRange) -> bool:
    if target.high is None:
        return True
    return figure < target.high or (figure == target.high and not target.is_strict)
