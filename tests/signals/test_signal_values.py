"""The values that public implementations of the rules give, and what follows for limits."""

from __future__ import annotations

import math
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
from merton_kpi.signals.records import PointSeries, Signal, SignalLimits, convert_to_decimal
from merton_kpi.signals.words import SignalRule

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
        (60, 100, Fraction("10.64"), False),
        (61, 100, Fraction("10.64"), True),
        (221, 400, Fraction("5.32"), False),
        (222, 400, Fraction("5.32"), True),
        (17, 25, Fraction("21.28"), False),
        (18, 25, Fraction("21.28"), True),
    ],
)
def test_a_percentages_limits_narrow_with_the_root_of_its_own_denominator(
    numerator: int, denominator: int, distance: Fraction, *, flagged: bool
) -> None:
    """The baseline's differences are all 4 points, of 100 cases: 2.66 times 4 is 10.64."""
    signal = assess_percentages((47, 100), (49, 100), (numerator, denominator))
    assert signal.limits
    assert signal.limits.mean == 50
    assert signal.limits.distance == distance
    assert (signal.flag is not None) is flagged


def test_with_equal_denominators_a_percentages_limits_are_those_of_its_figures() -> None:
    parts = [(each, 100) for each in (48, 52, 47, 55, 50, 51, 49, 58, 46, 50, 53, 44, 50, 51)]
    points = make_percentages(parts)
    signal = assess_signal(PointSeries(points=points, is_percentage=True))
    assert signal.limits == work_out([each.value for each in points if each.value is not None])


def test_limits_follow_laneys_correction_of_the_standard_error() -> None:
    """What is expected is worked out by its published form, which divides by 1.128, not by 2.66."""
    parts = [(40 + 7 * i % 11 + i, 80 + 9 * i % 35) for i in range(15)]
    signal = assess_signal(PointSeries(points=make_percentages(parts), is_percentage=True))
    share = sum(numerator for numerator, _ in parts) / sum(of for _, of in parts)
    errors = [math.sqrt(share * (1 - share) / of) for _, of in parts]
    scores = [
        (numerator / of - share) / error
        for (numerator, of), error in zip(parts, errors, strict=True)
    ]
    ranges = [abs(later - earlier) for earlier, later in pairwise(scores)]
    assert max(ranges) < 3.267 * sum(ranges) / len(ranges), "none is dropped"
    sigma = sum(ranges) / len(ranges) / 1.128
    found = [each.limits.distance for each in signal.stretches[0].points if each.limits]
    expected = [100 * 3 * error * sigma for error in errors]
    assert [float(each) for each in found] == pytest.approx(expected, rel=0.0005)


def test_percentages_that_vary_less_than_by_chance_have_narrower_limits() -> None:
    """Chance alone would move 50% of 100 cases by 15 points: 3 standard errors."""
    signal = assess_percentages((49, 100), (51, 100), (47, 100))
    assert signal.limits
    assert signal.limits.distance < 15


def test_a_percentages_mean_is_that_of_all_its_cases() -> None:
    """Not of the months' percentages: a month with more cases counts for more."""
    signal = assess_percentages((47, 100), (53, 100), (300, 400), baseline=None)
    assert signal.limits
    assert signal.limits.mean == Fraction(100 * (600 + 100 + 300), 1200 + 200 + 400)


@pytest.mark.parametrize(
    ("numerator", "printed", "flagged"), [(840, "53", True), (839, "52", False)]
)
def test_the_printed_figure_decides(numerator: int, printed: str, *, flagged: bool) -> None:
    """52.5% of 1,600 cases is within the limit of 52.66%, and 53%, as it is printed, is not."""
    signal = assess_percentages((47, 100), (51, 100), (numerator, 1600))
    assert signal.last
    assert signal.limits
    assert signal.limits.upper == Fraction("52.66")
    assert str(signal.last.value) == printed
    assert (signal.flag is not None) is flagged


def test_the_side_of_the_mean_is_that_of_what_the_parts_give() -> None:
    """Seven months of 50.1% to 50.4% are printed as 50%, the mean, and are above it."""
    tail = [(numerator, 1000) for numerator in (501, 504, 502, 503, 501, 504, 502)]
    signal = assess_percentages(*tail)
    assert [each.value for each in signal.stretches[0].points[-7:]] == [50] * 7
    assert signal.limits
    assert signal.limits.mean == 50
    assert signal.flag
    assert signal.flag.rule is SignalRule.SHIFT
    assert signal.flag.is_high


def test_figures_that_are_printed_alike_are_no_trend() -> None:
    parts = [(490 + each, 1000) for each in range(7)]
    assert SignalRule.TREND not in {
        flag.rule for each in assess_percentages(*parts).stretches[0].points for flag in each.flags
    }


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


def test_limits_are_drawn_within_what_a_figure_can_be() -> None:
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


@pytest.mark.parametrize(
    ("lower", "upper", "decimals", "printed"),
    [
        ("27.2", "38.4", 0, ("28", "38")),
        ("28", "38", 0, ("28", "38")),
        ("27.99", "38.01", 1, ("28.0", "38.0")),
        ("-3.4", "2.6", 0, ("-3", "2")),
        # No whole number is within these limits.
        ("33.21", "33.87", 0, ("33.3", "33.8")),
    ],
)
def test_the_usual_range_is_rounded_inwards(
    lower: str, upper: str, decimals: int, printed: tuple[str, str]
) -> None:
    ends = Fraction(lower), Fraction(upper)
    limits = SignalLimits(
        mean=sum(ends) / Fraction(2), distance=(ends[1] - ends[0]) / 2, decimals=decimals
    )
    assert tuple(map(str, limits.usual_range)) == printed


@pytest.mark.parametrize(
    ("lower", "upper", "printed"),
    [("140", "150", ("100", "100")), ("-9", "-3", ("0", "0")), ("10", "10", ("10", "10"))],
)
def test_limits_beyond_what_a_figure_can_be_have_a_range(
    lower: str, upper: str, printed: tuple[str, str]
) -> None:
    ends = Fraction(lower), Fraction(upper)
    limits = SignalLimits(
        mean=sum(ends) / Fraction(2),
        distance=(ends[1] - ends[0]) / 2,
        decimals=0,
        least=0,
        most=100,
    )
    assert limits.lower_shown <= limits.upper_shown
    assert tuple(map(str, limits.usual_range)) == printed


def test_limits_without_distance_have_a_rounded_range() -> None:
    """No number of decimals is enough for a third."""
    limits = SignalLimits(mean=Fraction(1, 3), distance=Fraction(0), decimals=1)
    assert tuple(map(str, limits.usual_range)) == ("0.3", "0.3")


@pytest.mark.parametrize("baseline", [0, 1, 11])
def test_a_baseline_has_at_least_12_figures(baseline: int) -> None:
    with pytest.raises(ValueError, match="at least 12 figures"):
        PointSeries(points=(), baseline=baseline)
    PointSeries(points=(), baseline=12)


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
