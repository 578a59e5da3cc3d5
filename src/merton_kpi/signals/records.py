"""The figures that are looked at for a change, and what is found, with its evidence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from merton_kpi.catalogue.indicator_keys import FEWEST_OF_BASELINE
from merton_kpi.core.vocabulary import FigureKind
from merton_kpi.signals.words import SignalFinding

if TYPE_CHECKING:
    from merton_kpi.core.periods import Month
    from merton_kpi.core.vocabulary import Polarity
    from merton_kpi.signals.words import Assurance, NoSignalReason, SignalRule


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetRange:
    """The figures that meet a target: those from `low` to `high`, each None where there is no end.

    Both ends are included, unless it `is_strict`.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    is_strict: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A period's figure as it was given, or that there is none.

    `value` is None where the figure is missing or hidden; `is_hidden` says which. `parts` are its
    numerator and denominator, where both are known. `starts_year` says that no earlier period is in
    the running total. `target` is that of the period's own figure: a running total's yearly target
    is none.
    """

    month: Month
    value: Decimal | None = None
    parts: tuple[Decimal, Decimal] | None = None
    is_hidden: bool = False
    starts_year: bool = False
    target: TargetRange | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PointSeries:
    """An indicator's periods, and what the limits and rules depend on.

    Attributes:
        points: one for each period that a figure is due for, with or without a figure.
        better: which way is better; None where neither is.
        kind: what each figure covers. Of running totals, what each period added is looked at.
        is_stock: whether a figure is a number of open cases at the period's end.
        is_percentage: whether limits follow from the parts, where these are known.
        breaks: the first months that are counted in a new way.
        baseline: how many of a stretch's first figures its limits are worked out from,
            FEWEST_OF_BASELINE or more; None: all of them.
        first_recent: the first month whose figure still says something of the papers' month; None:
            any does.
        least, most: the lowest and the highest that a figure can be, none of those given being
            beyond it; None for no end.
    """

    points: tuple[Point, ...]
    better: Polarity | None = None
    kind: FigureKind = FigureKind.OF_PERIOD
    is_stock: bool = False
    is_percentage: bool = False
    breaks: tuple[Month, ...] = ()
    baseline: int | None = None
    first_recent: Month | None = None
    least: int | None = None
    most: int | None = None

    def __post_init__(self) -> None:
        """Refuse a baseline that is too short for limits.

        Raises:
            ValueError: The baseline has fewer than FEWEST_OF_BASELINE figures.
        """
        if self.baseline is not None and self.baseline < FEWEST_OF_BASELINE:
            message = f"a baseline has at least {FEWEST_OF_BASELINE} figures, not {self.baseline}"
            raise ValueError(message)


@dataclass(frozen=True, kw_only=True, slots=True)
class SignalLimits:
    """The mean of a stretch, and how far from it a figure usually is at most.

    The rules use `lower` and `upper`. No figure is outside `least` and `most`, so what is drawn and
    printed stops there. `decimals` are those of the stretch's figures, at most.
    """

    mean: Fraction
    distance: Fraction
    decimals: int
    least: int | None = None
    most: int | None = None

    @property
    def lower(self) -> Fraction:
        """The lower limit as the rules use it."""
        return self.mean - self.distance

    @property
    def upper(self) -> Fraction:
        """The upper limit as the rules use it."""
        return self.mean + self.distance

    @property
    def near_distance(self) -> Fraction:
        """How far from the mean a figure is near a limit: two thirds of the way."""
        return self.distance * 2 / 3

    @property
    def lower_shown(self) -> Fraction:
        """The lower limit as it is drawn."""
        return self._choose_shown(self.lower)

    @property
    def upper_shown(self) -> Fraction:
        """The upper limit as it is drawn."""
        return self._choose_shown(self.upper)

    def _choose_shown(self, limit: Fraction) -> Fraction:
        """A limit, or the end that it is beyond. The lower one is never above the upper one."""
        floored = limit if self.least is None else max(limit, Fraction(self.least))
        return floored if self.most is None else min(floored, Fraction(self.most))

    @property
    def usual_range(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest figure within the limits, with the figures' own decimals.

        Both limits are rounded inwards, so a figure is in the range that is printed exactly where
        it is within the limits. If no figure with so few decimals is, the range has more. Limits
        that are equal are rounded, since no number of decimals need be enough for them.
        """
        decimals = self.decimals
        if self.lower_shown == self.upper_shown:
            only = convert_to_decimal(self.lower_shown, decimals)
            return only, only
        while True:
            size = 10**decimals
            lower, upper = math.ceil(self.lower_shown * size), math.floor(self.upper_shown * size)
            if lower <= upper:
                return Decimal(f"{lower}E-{decimals}"), Decimal(f"{upper}E-{decimals}")
            decimals += 1


@dataclass(frozen=True, slots=True)
class Flag:
    """A rule that a figure is part of, and whether it was upwards."""

    rule: SignalRule
    is_high: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ChartPoint:
    """A figure as the rules look at it, with its limits, and the rules that it is part of.

    `value` is the figure as printed, or what a running total's period added; `printed` has its
    decimals too. `limits` is None where the stretch has none. `assurance` is about the period's own
    target.
    """

    month: Month
    value: Fraction
    printed: Decimal
    limits: SignalLimits | None = None
    flags: tuple[Flag, ...] = ()
    flag: Flag | None = None
    finding: SignalFinding = SignalFinding.NOT_JUDGED
    assurance: Assurance | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """The figures from one break to the next. Without a `reason`, they have limits.

    `start` is the month of the break, None for the figures before the first.
    """

    start: Month | None
    points: tuple[ChartPoint, ...]
    reason: NoSignalReason | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Signal:
    """What is found of the last figure, and the evidence.

    `flag` says which rule shows a change, and which way; None where there is none. `reason` says
    why nothing is found. The finding rests on the last of the `stretches`.
    """

    finding: SignalFinding
    stretches: tuple[Stretch, ...]
    flag: Flag | None = None
    reason: NoSignalReason | None = None

    @property
    def last(self) -> ChartPoint | None:
        """The last figure since the last break; None where there is none."""
        points = self.stretches[-1].points
        return points[-1] if points else None

    @property
    def limits(self) -> SignalLimits | None:
        """The limits of the last figure; None where nothing is found of it."""
        return self.last.limits if self.last and not self.reason else None

    @property
    def assurance(self) -> Assurance | None:
        """Whether the last period's own target is within reach; None where that is not known."""
        return self.last.assurance if self.last and not self.reason else None

    @property
    def flagged_months(self) -> tuple[Month, ...]:
        """The months since the last break that the same rule flags in the same direction."""
        points = self.stretches[-1].points
        return tuple(each.month for each in points if self.flag in each.flags)


def convert_to_decimal(number: Fraction, decimals: int) -> Decimal:
    """A number rounded to so many decimals, a half away from zero."""
    size = math.floor(abs(number) * 10**decimals + Fraction(1, 2))
    return Decimal(f"{'-' if number < 0 and size else ''}{size}E-{decimals}")
