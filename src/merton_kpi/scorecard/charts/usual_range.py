"""The usual range of an indicator's figures, and those outside their usual pattern, as lines."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from merton_kpi.rating.rounding import count_limit_decimals
from merton_kpi.scorecard.charts.records import Line
from merton_kpi.scorecard.charts.styles import LineStyle
from merton_kpi.signals.records import convert_to_decimal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from decimal import Decimal
    from fractions import Fraction

    from merton_kpi.core.periods import Month
    from merton_kpi.scorecard.charts.drawn import Drawn
    from merton_kpi.signals.records import SignalLimits, Stretch

USUAL_RULE = (
    "Nearly all figures lie in the usual range while nothing changes. A diamond marks those "
    "outside their usual pattern: beyond the range, or in a run that chance seldom makes."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class UsualRange:
    """The average, and the highest and lowest usual figure, for each of a chart's months or None.

    `later` is the number of breaks after it. `last` has the lowest and the highest usual figure of
    its last month, as words print them.
    """

    later: int
    last: tuple[Decimal, Decimal]
    average: tuple[Decimal | None, ...]
    highest: tuple[Decimal | None, ...]
    lowest: tuple[Decimal | None, ...]

    @property
    def last_place(self) -> int:
        """The place of the last month that has one, counted from 0."""
        return max(place for place, figure in enumerate(self.average) if figure is not None)


def list_usual_ranges(drawn: Drawn) -> tuple[UsualRange, ...]:
    """The usual range since the last break, and those before each earlier one, the latest first.

    There is none where the figures are not judged. Nor is there one where the chart draws running
    totals: the range is then that of what each period added.
    """
    if drawn.assessed.indicator.accumulates:
        return ()
    stretches = drawn.assessed.signal.stretches
    starts = [each.start for each in stretches[1:]]
    spans = pairwise((drawn.months[0], *filter(None, starts), drawn.months[-1].add_months(1)))
    composed = [
        _compose_usual_range(drawn, stretch, begins, ends)
        for stretch, (begins, ends) in zip(stretches, spans, strict=True)
    ]
    return tuple(each for each in reversed(composed) if each)


def list_signal_lines(drawn: Drawn, ranges: Iterable[UsualRange]) -> Iterator[Line]:
    """The figures outside their usual pattern, then each range's three lines."""
    flagged = list_flagged(drawn)
    if any(flagged):
        figures = zip(drawn.figures, flagged, strict=True)
        yield Line(
            style=LineStyle.FLAGGED,
            name="Outside its usual pattern",
            figures=tuple(figure if is_flagged else None for figure, is_flagged in figures),
        )
    for each in ranges:
        for style, name, drawn_figures in (
            (LineStyle.AVERAGE, "Average", each.average),
            (LineStyle.USUAL_HIGHEST, "Usual range (upper)", each.highest),
            (LineStyle.USUAL_LOWEST, "Usual range (lower)", each.lowest),
        ):
            yield Line(
                style=style,
                name=name + _format_breaks_after(each.later),
                figures=drawn_figures,
            )


def list_flagged(drawn: Drawn) -> tuple[bool, ...]:
    """Whether a rule flags the figure of each of the chart's months."""
    if drawn.assessed.indicator.accumulates:
        return (False,) * len(drawn.months)
    points = (point for each in drawn.assessed.signal.stretches for point in each.points)
    flagged = {point.month for point in points if point.flags}
    return tuple(month in flagged for month in drawn.months)


def _format_breaks_after(later: int) -> str:
    """What the name of a line ends with that so many breaks come after; nothing for none."""
    if not later:
        return ""
    return ", before a break" if later == 1 else f", before {later} breaks"


def _compose_usual_range(
    drawn: Drawn, stretch: Stretch, begins: Month, ends: Month
) -> UsualRange | None:
    """The range of a stretch in the chart's months from `begins` to before `ends`."""
    given = {point.month: point.limits for point in stretch.points if point.limits}
    limits = _list_limits(given, drawn.months, begins, ends)
    if not any(limits):
        return None
    decimals = count_limit_decimals(drawn.assessed.indicator, drawn.assessed.series.values)

    def convert(select: Callable[[SignalLimits], Fraction]) -> tuple[Decimal | None, ...]:
        # Most ranges are the same in all months, so each number is converted once.
        numbers = {each: select(each) for each in {*limits} if each}
        converted = {each: convert_to_decimal(each, decimals) for each in {*numbers.values()}}
        return tuple(None if each is None else converted[numbers[each]] for each in limits)

    return UsualRange(
        later=sum(start >= ends for start in drawn.breaks),
        last=[each for each in limits if each][-1].usual_range,
        average=convert(attrgetter("mean")),
        highest=convert(attrgetter("upper_shown")),
        lowest=convert(attrgetter("lower_shown")),
    )


def _list_limits(
    given: Mapping[Month, SignalLimits], months: Iterable[Month], begins: Month, ends: Month
) -> list[SignalLimits | None]:
    """The limits for each of a chart's months; a month without a figure has those of all others.

    It has none where they differ from month to month.
    """
    fixed = next(iter(given.values())) if len(set(given.values())) == 1 else None
    first = max(begins, min(given, default=ends))
    return [given.get(month, fixed) if first <= month < ends else None for month in months]
