"""The figures that the rules look at: one for each period, in stretches between breaks."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from merton_kpi.core.vocabulary import FigureKind

if TYPE_CHECKING:
    from merton_kpi.core.periods import Month
    from merton_kpi.signals.records import Point, PointSeries


def split_at_breaks(series: PointSeries) -> list[tuple[Month | None, list[Point]]]:
    """The periods of each stretch in order, with the month of the break that it begins with.

    The last stretch is that of the last period, and may have no figures yet. A break after the last
    period has not begun.
    """
    points = sorted(series.points, key=attrgetter("month"))
    stretches = groupby(points, key=lambda point: _select_break(series, point.month))
    split = [(start, list(those)) for start, those in stretches]
    if series.kind is FigureKind.RUNNING_TOTAL:
        split = [(start, _work_out_steps(those)) for start, those in split]
    return split or [(None, [])]


def _select_break(series: PointSeries, month: Month) -> Month | None:
    """The last break that has begun by a month."""
    return max((each for each in series.breaks if each <= month), default=None)


def _work_out_steps(totals: list[Point]) -> list[Point]:
    """What each period added to a running total of its own year.

    That is not known for the first period of a stretch, unless it begins a year, nor after a period
    without a figure, nor where the total fell, since it was then corrected. A total's parts are the
    year's, so a step has none.
    """
    first = [each if each.starts_year else replace(each, value=None) for each in totals[:1]]
    steps = [_work_out_step(earlier, later) for earlier, later in pairwise(totals)]
    return [replace(each, parts=None) for each in (*first, *steps)]


def _work_out_step(earlier: Point, later: Point) -> Point:
    if later.starts_year:
        return later
    is_hidden = later.is_hidden or earlier.is_hidden
    if earlier.value is None or later.value is None or later.value < earlier.value:
        return replace(later, value=None, is_hidden=is_hidden)
    return replace(later, value=later.value - earlier.value, is_hidden=is_hidden)
