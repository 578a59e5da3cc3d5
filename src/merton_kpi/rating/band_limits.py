"""A bound of a target: where blue, green and amber begin, from what is due and the bands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from merton_kpi.catalogue.bands import BandError, Sides
from merton_kpi.core.vocabulary import Polarity, Profile
from merton_kpi.rating.rounding import format_limit, round_as_printed
from merton_kpi.series.totals import add_up_earlier_months

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.catalogue.bands import Band, Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierFigure:
    """The figure of an earlier month, which an amber figure is to be better than.

    `figure` is None where it is not known, or is on the other side of a break in the series, which
    `is_broken_off` then says. A figure that `is_total` is the sum since its year began.
    """

    month: Month
    figure: Decimal | None
    is_total: bool = False
    is_broken_off: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Bound:
    """The limits on one side of good performance: where each rating begins.

    A target that is one figure has one bound. A range has two: at its lower end higher is better,
    at its upper end lower is.

    Each of `blue`, `green` and `amber` belongs to its own band, except that a green which
    `is_strict` begins just past its figure, and so does an amber which is better than an earlier
    figure: `earlier` is then that figure with its month. None means that there is no such band. A
    figure that reaches none of them is red.
    """

    polarity: Polarity
    target: Decimal
    green: Decimal
    is_strict: bool = False
    amber: Decimal | None = None
    blue: Decimal | None = None
    earlier: EarlierFigure | None = None

    @property
    def is_amber_strict(self) -> bool:
        """Whether amber begins just past its figure."""
        return self.earlier is not None

    def work_out_margin(self, figure: Decimal, limit: Decimal) -> Decimal:
        """By how much a figure is better than a limit; negative where it is worse."""
        return figure - limit if self.polarity is Polarity.HIGHER_IS_BETTER else limit - figure


@dataclass(frozen=True, kw_only=True, slots=True)
class DueTarget:
    """What is due of a target: `passed` of `periods` equal shares of a total.

    The total is divided last, so that a limit of exactly 35 is 35 and not 34.99….
    """

    total: Decimal
    passed: int = 1
    periods: int = 1

    @property
    def figure(self) -> Decimal:
        """The figure that is due, not rounded."""
        return self.total * self.passed / self.periods

    def add_percent(self, percent: Decimal) -> Decimal:
        """The due figure plus a percentage of its size, not rounded."""
        more = self.total + abs(self.total) * percent / 100
        return more * self.passed / self.periods


def work_out_bound(
    indicator: Indicator, scale: Scale, due: DueTarget, polarity: Polarity, *, is_strict: bool
) -> Bound:
    """Work out the limits on one side of what is due.

    Amber and green begin on its worse side, blue on its better side. `polarity` is the
    indicator's own, unless the bound is one end of a range.

    Raises:
        ValueError: The bands contradict the target; its sentence says what to change. It is a
            BandError where one of the bands is at fault.
    """
    if scale.blue and scale.words.is_blue_information:
        message = f"blue is no rating here, but means '{scale.words.blue}'"
        raise BandError(f"{message}; write 'blue: none', or leave it out", "blue")
    better = 1 if polarity is Polarity.HIGHER_IS_BETTER else -1
    green = _work_out_limit(indicator, scale.green, "green", due, -better)
    bound = Bound(
        polarity=polarity,
        target=due.figure,
        green=due.figure if green is None else green,
        is_strict=is_strict,
        amber=_work_out_limit(indicator, scale.amber, "amber", due, -better),
        blue=_work_out_limit(indicator, scale.blue, "blue", due, better),
    )
    _check_bound(indicator, bound)
    return bound


def add_earlier_amber(bound: Bound, earlier: EarlierFigure, limit: Decimal | None) -> Bound:
    """The bound with an amber that begins just past a limit, where the limit is worse than green.

    Args:
        bound: the bound without an amber.
        earlier: the earlier figure that amber is to be better than.
        limit: where a figure is just as good as the earlier one; None where that is not known.
    """
    has_amber = limit is not None and bound.work_out_margin(limit, bound.green) < 0
    return replace(bound, earlier=earlier, amber=limit if has_amber else None)


def _work_out_limit(
    indicator: Indicator, band: Band, name: str, due: DueTarget, direction: int
) -> Decimal | None:
    """The figure at which a band begins; None for no such band.

    There is none either for an amber that `add_earlier_amber` adds.

    Args:
        indicator: The indicator, whose unit says which settings a band can have.
        band: Where the band begins, as the catalogue says it.
        name: The band's key in the catalogue, for a fault.
        due: What the band's distance is counted from.
        direction: 1 where the limit lies above what is due, -1 where it lies below.
    """
    if isinstance(band, Sides):
        message = "'below' and 'above' are for a range; give one distance or one 'from'"
        raise BandError(message, name)
    if band is None or band.better_than:
        return None
    if band.start is not None:
        growing = (Profile.SHARE_OF_YEAR, Profile.MILESTONES)
        if any(each.profile in growing for each in indicator.targets):
            message = "'from' cannot be used where the target grows during the year"
            raise BandError(f"{message}; give a distance from the target", name)
        return band.start
    in_points = indicator.unit.is_in_points
    wanted = "'percentage_points'" if in_points else "'units'"
    if band.percent_of_target is not None:
        if not due.total:
            raise ValueError(
                f"{band.percent_of_target}% of a target of 0 is 0; "
                f"give the band in {wanted}, or write 'none'"
            )
        return due.add_percent(direction * band.percent_of_target)
    distance = band.percentage_points if in_points else band.units
    if distance is None:
        message = f"the unit is {indicator.unit.word}, so give the band in {wanted}"
        raise BandError(message, name)
    return due.figure + direction * distance


def _check_bound(indicator: Indicator, bound: Bound) -> None:
    """Refuse bands that overlap or contradict the target."""
    if bound.work_out_margin(bound.target, bound.green) < 0:
        message = f"green would begin at {format_limit(indicator, bound.green)}"
        message += ", which is better than the target; change green or the target"
        raise BandError(message, "green")
    if bound.amber is not None:
        width = bound.work_out_margin(bound.green, bound.amber)
        if width < 0:
            message = f"amber would begin at {format_limit(indicator, bound.amber)}"
            raise BandError(
                f"{message}, which is already green; change amber or green", "amber", "green"
            )
        if width == 0 and not bound.is_strict:
            message = f"amber and green both begin at {format_limit(indicator, bound.amber)}"
            raise BandError(f"{message}; write 'amber: none'", "amber", "green")
    if bound.blue is not None and bound.work_out_margin(bound.blue, bound.target) <= 0:
        shown = format_limit(indicator, bound.blue)
        message = f"blue would begin at {shown}, which is no better than the target"
        raise BandError(f"{message}; change blue or the target", "blue")


def select_last_year(indicator: Indicator, month: Month) -> EarlierFigure:
    """The figure of the same period last year, as printed, as far as the catalogue has it.

    Of figures that are added up it is the sum since that year began. There is none that can be
    compared where a break in the series lies between the two.
    """
    year_before = month.add_months(-12)
    is_broken_off = not indicator.are_comparable(year_before, month)
    figure = None if is_broken_off else add_up_earlier_months(indicator, year_before)
    return EarlierFigure(
        month=year_before,
        figure=None if figure is None else round_as_printed(indicator, figure),
        is_total=indicator.is_added_up,
        is_broken_off=is_broken_off,
    )
