"""Whether a target is within reach: the usual range beside the month's own target."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from signals.making import make_points

from merton_kpi.signals.assess import assess_signal
from merton_kpi.signals.assurance import choose_assurance
from merton_kpi.signals.records import PointSeries, SignalLimits, TargetRange
from merton_kpi.signals.words import Assurance

MET, MISSED, BOTH = Assurance.WILL_BE_MET, Assurance.WILL_NOT_BE_MET, Assurance.HIT_AND_MISS


def make_limits(lower: str, upper: str, least: int | None = None) -> SignalLimits:
    ends = Fraction(lower), Fraction(upper)
    return SignalLimits(
        mean=sum(ends) / Fraction(2), distance=(ends[1] - ends[0]) / 2, decimals=2, least=least
    )


def make_target(low: str = "", high: str = "", *, is_strict: bool = False) -> TargetRange:
    return TargetRange(
        low=Decimal(low) if low else None,
        high=Decimal(high) if high else None,
        is_strict=is_strict,
    )


@pytest.mark.parametrize(
    ("lower", "upper", "at_least", "at_most"),
    [
        ("1", "3", MISSED, MET),
        ("5", "7", MET, MISSED),
        ("1", "5", BOTH, BOTH),
        # The target, 4, at a limit: a figure equal to it meets it.
        ("1", "3.99", MISSED, MET),
        ("1", "4", BOTH, MET),
        ("1", "4.01", BOTH, BOTH),
        ("3.99", "7", BOTH, BOTH),
        ("4", "7", MET, BOTH),
        ("4.01", "7", MET, MISSED),
    ],
)
def test_limits_on_one_side_of_the_target(
    lower: str, upper: str, at_least: Assurance, at_most: Assurance
) -> None:
    limits = make_limits(lower, upper)
    assert choose_assurance(limits, make_target(low="4")) is at_least
    assert choose_assurance(limits, make_target(high="4")) is at_most


@pytest.mark.parametrize(
    ("lower", "upper", "above", "below"),
    [
        ("1", "4", MISSED, BOTH),
        ("1", "3.99", MISSED, MET),
        ("4", "7", BOTH, MISSED),
        ("4.01", "7", MET, MISSED),
    ],
)
def test_a_strict_target_is_not_met_by_its_own_figure(
    lower: str, upper: str, above: Assurance, below: Assurance
) -> None:
    limits = make_limits(lower, upper)
    assert choose_assurance(limits, make_target(low="4", is_strict=True)) is above
    assert choose_assurance(limits, make_target(high="4", is_strict=True)) is below


@pytest.mark.parametrize(
    ("lower", "upper", "expected"),
    [
        ("13", "19", MET),
        ("12", "20", MET),
        ("11", "19", BOTH),
        ("13", "21", BOTH),
        ("10", "30", BOTH),
        ("5", "12", BOTH),
        ("5", "11", MISSED),
        ("20", "25", BOTH),
        ("21", "25", MISSED),
    ],
)
def test_a_target_range_is_met_between_its_ends(
    lower: str, upper: str, expected: Assurance
) -> None:
    assert choose_assurance(make_limits(lower, upper), make_target("12", "20")) is expected


def test_the_printed_limits_decide() -> None:
    """No count is below 0, so a target of at least 0 is always met."""
    assert choose_assurance(make_limits("-2", "3"), make_target(low="0")) is BOTH
    assert choose_assurance(make_limits("-2", "3", least=0), make_target(low="0")) is MET


def test_without_a_target_there_is_no_assurance() -> None:
    assert choose_assurance(make_limits("1", "3"), None) is None


def test_each_months_assurance_is_about_its_own_target() -> None:
    figures = (50, 53, 49, 51, 52, 48, 53, 50, 47, 52, 51, 49, 50)
    points = make_points(figures)
    targets = ("30", "50", "90")
    dated = (
        *points[:-3],
        *map(lambda point, low: replace(point, target=make_target(low=low)), points[-3:], targets),
    )
    signal = assess_signal(PointSeries(points=dated))
    found = [each.assurance for each in signal.stretches[-1].points]
    assert found == [None] * 10 + [MET, BOTH, MISSED]
    assert signal.assurance is MISSED
