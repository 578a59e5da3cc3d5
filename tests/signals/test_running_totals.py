"""Of a running total, the rules look at what each period added."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from signals.making import FIRST, make_points

from merton_kpi.core.vocabulary import FigureKind
from merton_kpi.signals.assess import assess_signal
from merton_kpi.signals.records import PointSeries
from merton_kpi.signals.words import NoSignalReason

if TYPE_CHECKING:
    from merton_kpi.core.periods import Month
    from merton_kpi.signals.records import Point, Signal

STEPS = (5, 8, 4, 6, 7, 3, 8, 5, 2, 7, 6, 4, 6, 3, 7, 5, 8, 4, 6, 5, 4, 7, 3, 30)


def make_totals(first_month: int = 4, steps: tuple[int, ...] = STEPS) -> tuple[Point, ...]:
    """Running totals of a year that begins in a calendar month, from April 2019 on."""
    points, total = [], 0
    for point in make_points(steps):
        starts_year = point.month.number == first_month
        assert point.value is not None
        total = int(point.value) + (0 if starts_year else total)
        points.append(replace(point, value=make_points([total])[0].value, starts_year=starts_year))
    return tuple(points)


def assess_totals(points: tuple[Point, ...], *breaks: Month) -> Signal:
    kind = FigureKind.RUNNING_TOTAL
    return assess_signal(PointSeries(points=points, kind=kind, breaks=breaks))


def list_values(signal: Signal) -> list[int]:
    return [int(each.value) for each in signal.stretches[-1].points]


def test_a_total_is_differenced_by_its_own_year() -> None:
    assert [int(each.value or 0) for each in make_totals()][:12] == [*accumulate(STEPS[:12])]
    own = assess_signal(PointSeries(points=make_points(STEPS)))
    assert own.flag
    assert assess_totals(make_totals()) == own


def test_a_total_since_september_begins_in_september() -> None:
    """What April 2019 added is not known: its total began in September 2018."""
    assert list_values(assess_totals(make_totals(first_month=9))) == [*STEPS[1:]]


def test_after_a_missing_total_the_next_step_is_not_known() -> None:
    points = make_totals()
    gap = (*points[:4], replace(points[4], value=None), *points[5:])
    assert list_values(assess_totals(gap)) == [*STEPS[:4], *STEPS[6:]]


def test_the_first_total_of_a_year_needs_none_before_it() -> None:
    points = make_totals()
    gap = (*points[:11], replace(points[11], value=None), *points[12:])
    assert list_values(assess_totals(gap)) == [*STEPS[:11], *STEPS[12:]]


def test_a_total_that_fell_was_corrected_so_its_step_is_not_known() -> None:
    points = make_totals()
    lower = replace(points[6], value=points[4].value)
    steps = list_values(assess_totals((*points[:6], lower, *points[7:])))
    assert steps[:7] == [*STEPS[:6], STEPS[5] + STEPS[6] + STEPS[7]]


def test_a_total_after_a_break_is_not_compared_with_one_before() -> None:
    points = make_totals()
    signal = assess_totals(points, FIRST.add_months(6))
    assert list_values(signal) == [*STEPS[7:]]


def test_next_to_a_hidden_total_both_steps_are_hidden() -> None:
    points = make_totals()
    hidden = (*points[:22], replace(points[22], value=None, is_hidden=True), points[23])
    signal = assess_totals(hidden)
    assert signal.reason is NoSignalReason.HIDDEN
    assert list_values(signal) == [*STEPS[:22]]


def test_the_parts_of_a_total_are_not_those_of_a_step() -> None:
    points = tuple(
        replace(each, parts=(each.value, each.value)) for each in make_totals() if each.value
    )
    series = PointSeries(points=points, kind=FigureKind.RUNNING_TOTAL, is_percentage=True)
    assert assess_signal(series) == assess_totals(make_totals())


def test_totals_that_are_not_declared_are_not_judged() -> None:
    signal = assess_signal(PointSeries(points=make_totals()))
    assert signal.reason is NoSignalReason.AUTOCORRELATED
