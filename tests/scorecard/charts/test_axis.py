"""The axis of figures: where it begins and ends, and its marks."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.core.units import Unit
from merton_kpi.scorecard.charts.axis import compose_axis


@pytest.mark.parametrize(
    ("figures", "axis"),
    [
        # The lowest is at most half of the highest: from 0.
        (["50", "100"], "Per cent 0 to 100 by 20"),
        (["32", "58", "16"], "Per cent 0 to 60 by 10"),
        (["0"], "Per cent 0 to 1 by 1"),
        (["0", "0.4"], "Per cent 0.0 to 0.5 by 0.1"),
        (["1", "2"], "Per cent 0 to 3 by 1"),
        # It is more: from a round number below it.
        (["51", "100"], "Per cent, axis from 50% 50 to 100 by 10"),
        (["83", "100"], "Per cent, axis from 80% 80 to 100 by 5"),
        (["97", "99"], "Per cent, axis from 96% 96 to 100 by 1"),
        (["97.5", "99"], "Per cent, axis from 97% 97.0 to 100 by 0.5"),
        (["100"], "Per cent, axis from 90% 90 to 100 by 10"),
        (["90", "97"], "Per cent, axis from 88% 88 to 100 by 2"),  # not to 98
        (["80", "90"], "Per cent, axis from 78% 78 to 92 by 2"),
        # Beyond what a percentage can usually be.
        (["50", "130"], "Per cent 0 to 150 by 50"),
    ],
)
def test_the_axis_of_a_percentage(figures: list[str], axis: str) -> None:
    assert show_axis(Unit.PERCENT, figures) == axis


@pytest.mark.parametrize(
    ("unit", "figures", "axis"),
    [
        (Unit.WEEKS, ["26", "41"], "Weeks, axis from 25 25 to 45 by 5"),
        (Unit.NUMBER, ["2", "3"], "Number, axis from 1 1 to 4 by 1"),
        (Unit.NUMBER, ["1"], "Number 0 to 2 by 1"),
        (Unit.NUMBER, ["78150", "9000"], "Number 0 to 80000 by 20000"),
        (Unit.POUNDS, ["-20", "30"], "£ -30 to 40 by 10"),
        (Unit.SCORE, ["-60", "-35"], "Score, axis ends at -30 -65 to -30 by 5"),
        (Unit.SCORE, ["-60", "-10"], "Score -70 to 0 by 10"),
        (Unit.SCORE, ["-0.5"], "Score, axis ends at -0.45 -0.55 to -0.45 by 0.05"),
        (Unit.POUNDS, ["1200", "1900"], "£, axis from £1,000 1000 to 2000 by 200"),
        (Unit.MILLION_POUNDS, ["1.2"], "£ million, axis from £1 million 1.0 to 1.4 by 0.2"),
        (
            Unit.NUMBER,
            ["123456789012345678901234567890", "123456789012345678901234567892"],
            "Number, axis from 123,456,789,012,345,678,901,234,567,889 "
            "123456789012345678901234567889 to 123456789012345678901234567893 by 1",
        ),
    ],
)
def test_the_axis_in_other_units(unit: Unit, figures: list[str], axis: str) -> None:
    assert show_axis(unit, figures) == axis


def show_axis(unit: Unit, figures: list[str]) -> str:
    axis = compose_axis(unit, map(Decimal, figures))
    return f"{axis.title} {axis.minimum:f} to {axis.maximum:f} by {axis.step:f}"


FIGURES = st.lists(
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4
    ),
    min_size=1,
    max_size=8,
)


@given(FIGURES)
def test_every_figure_lies_on_the_axis_between_few_marks(figures: list[Decimal]) -> None:
    axis = compose_axis(Unit.SCORE, figures)
    assert axis.minimum <= min(figures) <= max(figures) <= axis.maximum
    assert axis.minimum < axis.maximum
    marks = axis.list_marks()
    assert (marks[0], marks[-1]) == (axis.minimum, axis.maximum)
    assert 2 <= len(marks) <= 10
    assert all(Fraction(b) - Fraction(a) == Fraction(axis.step) for a, b in pairwise(marks))
    assert axis.minimum % axis.step == 0


@given(FIGURES)
def test_an_axis_without_0_says_so_and_has_the_figures_in_its_greater_part(
    figures: list[Decimal],
) -> None:
    axis = compose_axis(Unit.SCORE, figures)
    has_zero = axis.minimum <= 0 <= axis.maximum
    assert has_zero is (axis.title == "Score")
    if not has_zero:
        nearest, furthest = sorted(map(abs, (min(figures), max(figures))))
        assert 2 * nearest > furthest
