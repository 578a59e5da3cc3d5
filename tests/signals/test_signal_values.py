"""The values that public implementations of the rules give, and what follows for limits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from signals.making import (
    BASELINE,
    assess,
    list_flagged,
    make_percentages,
    make_points,
    work_out,
)

from merton_kpi.signals.assess import assess_signal
from merton_kpi.signals.limits import work_out_root
from merton_kpi.signals.records import PointSeries, Signal, convert_to_decimal

ONE_PEAK = (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)
UNIT_BASELINE = ("1", "-1") * 6


def round_limits(mean: Fraction, distance: Fraction) -> tuple[str, ...]:
    numbers = (mean, mean - distance, mean + distance)
    return tuple(str(convert_to_decimal(each, 2)) for each in numbers)


def test_limits_leave_out_the_ranges_of_one_odd_figure() -> None:
    limits = work_out(ONE_PEAK)
    assert round_limits(limits.mean, limits.distance) == ("1.94", "-0.72", "4.60")


def test_the_ranges_of_one_odd_figure_would_widen_the_limits() -> None:
    """What is expected of limits that are not screened; ours are as far from these."""
    ranges = [abs(later - earlier) for earlier, later in pairwise(ONE_PEAK)]
    distance = Fraction("2.66") * Fraction(sum(ranges), len(ranges))
    mean = Fraction(sum(ONE_PEAK), len(ONE_PEAK))
    assert round_limits(mean, distance) == ("1.94", "-3.06", "6.95")
    # 8 and 9 are the two that are dropped, as 1 is the only other range.
    assert work_out(ONE_PEAK).distance == Fraction("2.66")


@pytest.mark.parametrize(
    ("last", "is_dropped"), [("39.203", False), ("39.204", True), ("39.205", True)]
)
def test_a_range_is_dropped_from_3_267_times_the_mean_on(last: str, *, is_dropped: bool) -> None:
    """With 12 ranges of 9.733 and one of 39.204, that one is 3.267 times the mean, 12."""
    limits = work_out([*("0", "9.733") * 6, "0", last])
    others = Fraction("9.733")
    kept = others if is_dropped else (12 * others + Fraction(last)) / 13
    assert limits.distance == Fraction("2.66") * kept


def test_a_fixed_baseline_gives_the_limits() -> None:
    limits = work_out([*UNIT_BASELINE, "4", "6", "1"], baseline=12)
    assert round_limits(limits.mean, limits.distance) == ("0.00", "-5.32", "5.32")
    assert convert_to_decimal(limits.near_distance, 2) == Decimal("3.55")


@pytest.mark.parametrize("tail", [("4", "6", "1"), ("4", "4.5", "1")])
def test_two_of_three_counts_figures_beyond_the_limit(tail: tuple[str, ...]) -> None:
    signal = assess([*UNIT_BASELINE, *tail], baseline=12)
    assert set(list_flagged(signal)) == {12, 13}
    assert all("two_of_three up" in each for each in list_flagged(signal).values())


def test_without_a_fixed_baseline_all_figures_since_the_break_give_the_limits() -> None:
    figures = [*BASELINE, "0.3", "0.4", "0.5"]
    assert work_out(figures).mean == Fraction("1.2") / 15
    assert work_out(figures, baseline=12).mean == 0
    assert work_out(figures, baseline=20).mean == Fraction("1.2") / 15


HALVES = [(48, 100), (52, 100)] * 6


def assess_percentages(*tail: tuple[int, int], baseline: int | None = 12) -> Signal:
    return assess_signal(
        PointSeries(
            points=make_percentages([*HALVES, *tail]),
            is_percentage=True,
            baseline=baseline,
            least=0,
            most=100,
        )
    )


@pytest.mark.parametrize(
    ("numerator", "denominator", "distance", "flagged"),
    [
        (64, 100, 15, False),
        (65, 100, 15, False),
        (66, 100, 15, True),
        (230, 400, Fraction("7.5"), False),
        (231, 400, Fraction("7.5"), True),
        (20, 25, 30, False),
        (21, 25, 30, True),
    ],
)
def test_a_percentages_limits_are_3_standard_errors_of_its_own_denominator(
    numerator: int, denominator: int, distance: int | Fraction, *, flagged: bool
) -> None:
    signal = assess_percentages((47, 100), (49, 100), (numerator, denominator))
    assert signal.limits
    assert signal.limits.mean == 50
    assert signal.limits.distance == distance
    assert (signal.flag is not None) is flagged


def test_a_percentages_mean_is_that_of_all_its_cases() -> None:
    """Not of the months' percentages: a month with more cases counts for more."""
    signal = assess_percentages((47, 100), (53, 100), (300, 400), baseline=None)
    assert signal.limits
    assert signal.limits.mean == Fraction(100 * (600 + 100 + 300), 1200 + 200 + 400)


def test_a_percentages_figure_is_what_its_parts_give() -> None:
    signal = assess_percentages((47, 100), (51, 100), (1, 3))
    assert signal.last
    assert signal.last.value == Fraction(100, 3)


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param((Decimal(101), Decimal(100)), id="more than all"),
        pytest.param((Decimal("0.5"), Decimal(100)), id="a numerator that is not whole"),
        pytest.param((Decimal(50), Decimal("99.5")), id="a denominator that is not whole"),
        pytest.param(None, id="no parts"),
    ],
)
def test_a_percentage_without_counts_has_the_limits_of_its_figures(
    odd: tuple[Decimal, Decimal] | None,
) -> None:
    points = make_percentages([*HALVES, (47, 100), (51, 100)])
    points = (*points[:-1], replace(points[-1], parts=odd))
    signal = assess_signal(PointSeries(points=points, is_percentage=True))
    assert signal.limits == work_out([each.value for each in points if each.value is not None])


def test_limits_are_printed_within_what_a_figure_can_be() -> None:
    low = work_out([0, 3, 1, 4, 0, 3, 1, 4, 0, 3, 1, 4, 2], least=0)
    assert low.lower < 0
    assert low.lower_shown == 0
    assert low.upper_shown == low.upper
    high = work_out([97, 100, 98, 99] * 4, least=0, most=100)
    assert high.upper > 100
    assert high.lower_shown == high.lower
    assert high.upper_shown == 100
    free = work_out([-3, 2, -1, 4] * 4)
    assert (free.lower_shown, free.upper_shown) == (free.lower, free.upper)


def test_near_is_worked_out_before_limits_are_stopped() -> None:
    figures = [0, 3, 1, 4, 0, 3, 1, 4, 0, 3, 1, 4, 2]
    assert work_out(figures, least=0).near_distance == work_out(figures).near_distance


def test_a_month_without_a_figure_is_passed_over() -> None:
    figures = [*BASELINE, "0.5", "0.4", "0.6", "0.3", "0.5", "0.4", "0.6"]
    gaps = [each for figure in figures for each in (None, figure)]
    assert list_flagged(assess(gaps, baseline=12)) == list_flagged(assess(figures, baseline=12))


def test_the_order_of_the_points_makes_no_difference() -> None:
    points = make_points([*BASELINE, "0.5", "-0.5", "9"])
    forwards, backwards = (PointSeries(points=each) for each in (points, points[::-1]))
    assert assess_signal(forwards) == assess_signal(backwards)


@pytest.mark.parametrize(
    ("number", "decimals", "rounded"),
    [("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("-0.004", 2, "0.00"), ("31.5", 0, "32")],
)
def test_evidence_is_rounded_half_away_from_zero(number: str, decimals: int, rounded: str) -> None:
    assert str(convert_to_decimal(Fraction(number), decimals)) == rounded


def test_a_root_is_exact_where_it_is_a_fraction() -> None:
    assert work_out_root(Fraction(4, 9)) == Fraction(2, 3)
    root = work_out_root(Fraction(1, 2))
    assert root**2 < Fraction(1, 2) < (root + Fraction(1, 10**40)) ** 2
