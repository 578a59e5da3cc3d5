"""What holds of every rating, whatever the figures: hypothesis looks for the exception."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from helpers.rating import NOVEMBER, make_series
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.catalogue.bands import Bands, Edge, Scale, select_scale
from merton_kpi.catalogue.indicator import Indicator
from merton_kpi.catalogue.targets import Target
from merton_kpi.core.ratings import Rating
from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import Frequency
from merton_kpi.rating.limits import Limits, work_out_limits
from merton_kpi.rating.rate import rate, rate_figure

BETTER = [Rating.RED, Rating.AMBER, Rating.GREEN, Rating.BLUE]

FIGURES = st.decimals(-1000, 1000, allow_nan=False, allow_infinity=False, places=2)
TOLERANCES = st.decimals(Decimal("0.01"), 100, allow_nan=False, allow_infinity=False, places=2)


def make_indicator(**target: object) -> Indicator:
    return Indicator(
        number="1",
        title="Any",
        unit=Unit.NUMBER,
        decimals=2,
        frequency=Frequency.MONTHLY,
        target=Target.model_validate(target),
    )


def units(amount: Decimal | None) -> Edge | None:
    return None if amount is None else Edge(units=amount)


@st.composite
def any_scale(draw: st.DrawFn) -> Scale:
    """A scale in units, with or without a green tolerance and a blue margin."""
    green = draw(st.none() | TOLERANCES)
    amber = draw(st.none() | TOLERANCES.map(lambda more: more + (green or 0)))
    return Scale(amber=units(amber), green=units(green), blue=units(draw(st.none() | TOLERANCES)))


def work_out(scale: Scale, **target: object) -> Limits:
    return work_out_limits(make_indicator(**target), scale, NOVEMBER)


def place(figure: Decimal, limits: Limits) -> int:
    """How good a figure's rating is, from 0 for red to 3 for blue."""
    return BETTER.index(rate_figure(figure, limits)[0])


@pytest.mark.parametrize("form", ["at_least", "above"])
@given(FIGURES, FIGURES, FIGURES, any_scale())
def test_a_higher_figure_never_rates_worse_where_higher_is_better(
    form: str, one: Decimal, two: Decimal, target: Decimal, scale: Scale
) -> None:
    limits = work_out(scale, **{form: target})
    assert place(max(one, two), limits) >= place(min(one, two), limits)


@pytest.mark.parametrize("form", ["at_most", "below"])
@given(FIGURES, FIGURES, FIGURES, any_scale())
def test_a_lower_figure_never_rates_worse_where_lower_is_better(
    form: str, one: Decimal, two: Decimal, target: Decimal, scale: Scale
) -> None:
    limits = work_out(scale, **{form: target})
    assert place(min(one, two), limits) >= place(max(one, two), limits)


@given(FIGURES, FIGURES, TOLERANCES, TOLERANCES, st.sampled_from(["at_least", "at_most"]))
def test_a_wider_tolerance_never_rates_worse(
    figure: Decimal, target: Decimal, one: Decimal, two: Decimal, form: str
) -> None:
    narrow, wide = sorted((one, two))
    for key in ("amber", "green"):
        before, after = (
            work_out(select_scale(Bands.model_validate({key: units(each)})), **{form: target})
            for each in (narrow, wide)
        )
        assert place(figure, after) >= place(figure, before)


@given(FIGURES, FIGURES, TOLERANCES, st.integers(1, 1000), st.sampled_from(["at_least", "at_most"]))
def test_scaling_figure_target_and_absolute_tolerance_together_changes_nothing(
    figure: Decimal, target: Decimal, tolerance: Decimal, factor: int, form: str
) -> None:
    before = work_out(Scale(amber=units(tolerance)), **{form: target})
    after = work_out(Scale(amber=units(tolerance * factor)), **{form: target * factor})
    assert place(figure * factor, after) == place(figure, before)


@given(
    FIGURES.filter(bool),
    FIGURES.filter(bool),
    st.integers(1, 99),
    st.integers(1, 1000),
    st.sampled_from(["at_least", "at_most"]),
)
def test_a_relative_tolerance_scales_by_itself(
    figure: Decimal, target: Decimal, percent: int, factor: int, form: str
) -> None:
    scale = Scale(amber=Edge(percent_of_target=Decimal(percent)))
    before = work_out(scale, **{form: target})
    after = work_out(scale, **{form: target * factor})
    assert place(figure * factor, after) == place(figure, before)


@pytest.mark.parametrize(("form", "mirrored"), [("at_least", "at_most"), ("above", "below")])
@given(FIGURES, FIGURES, any_scale())
def test_mirroring_figure_target_and_polarity_changes_nothing(
    form: str, mirrored: str, figure: Decimal, target: Decimal, scale: Scale
) -> None:
    there = work_out(scale, **{form: target})
    back = work_out(scale, **{mirrored: -target})
    assert place(figure, there) == place(-figure, back)


@given(FIGURES, any_scale())
def test_at_least_and_at_most_meet_at_the_target(target: Decimal, scale: Scale) -> None:
    """The target itself is green by both; any other figure is green, or better, by one at least."""
    without_blue = replace(scale, blue=None)
    aims = [work_out(without_blue, **{form: target}) for form in ("at_least", "at_most")]
    assert [rate_figure(target, limits)[0] for limits in aims] == [Rating.GREEN, Rating.GREEN]
    for step in (Decimal("-0.01"), Decimal("0.01")):
        assert Rating.GREEN in [rate_figure(target + step, limits)[0] for limits in aims]


@given(FIGURES, TOLERANCES, FIGURES, any_scale())
def test_a_range_is_symmetrical(
    middle: Decimal, half: Decimal, distance: Decimal, scale: Scale
) -> None:
    limits = work_out(scale, between=(middle - half, middle + half))
    assert place(middle - distance, limits) == place(middle + distance, limits)


@given(FIGURES, FIGURES, TOLERANCES, any_scale())
def test_a_range_is_as_good_as_the_worse_of_its_two_ends(
    figure: Decimal, low: Decimal, width: Decimal, scale: Scale
) -> None:
    two_sided = replace(scale, blue=None)
    ends = [work_out(two_sided, at_least=low), work_out(two_sided, at_most=low + width)]
    limits = work_out(scale, between=(low, low + width))
    assert place(figure, limits) == min(place(figure, end) for end in ends)


@given(st.floats(allow_nan=False), st.sampled_from(["at_least", "at_most", "above", "below"]))
def test_no_float_becomes_a_target(number: float, form: str) -> None:
    with pytest.raises(ValueError, match="Decimal"):
        Target.model_validate({form: number})
    with pytest.raises(ValueError, match="Decimal"):
        Edge.model_validate({"units": number})


@given(FIGURES, FIGURES, any_scale())
def test_every_number_of_a_verdict_is_a_decimal(
    figure: Decimal, target: Decimal, scale: Scale
) -> None:
    verdict = rate(make_indicator(at_least=target), scale, make_series((NOVEMBER, str(figure))))
    assert type(verdict.figure) is Decimal
    assert verdict.limits is not None
    (bound,) = verdict.limits.bounds
    limits = (bound.target, bound.green, bound.amber, bound.blue)
    assert all(limit is None or type(limit) is Decimal for limit in limits)


def test_ten_per_cent_less_than_42_is_exactly_37_8() -> None:
    """In floats 42 less 10% is 37.800000000000004, which would make 37.8 red."""
    limits = work_out(Scale(amber=Edge(percent_of_target=Decimal(10))), at_least=42)
    assert rate_figure(Decimal("37.8"), limits)[0] is Rating.AMBER
    assert rate_figure(Decimal("37.79"), limits)[0] is Rating.RED
