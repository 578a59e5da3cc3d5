"""When a series is not judged, and the reason that is given."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from signals.making import BASELINE, FIRST, assess, make_points

from merton_kpi.core.vocabulary import FigureKind
from merton_kpi.signals.assess import assess_signal
from merton_kpi.signals.reasons import work_out_autocorrelation
from merton_kpi.signals.records import PointSeries
from merton_kpi.signals.words import NoSignalReason, SignalFinding

FIGURES = (50, 53, 49, 51, 52, 48, 53, 50, 47, 52, 51, 49, 50)  # 13
WAVE = (0, 3, 6, 8, 9, 8, 6, 3, 0, -3, -6, -8, -9, -8, -6, -3) * 2


@pytest.mark.parametrize(
    ("figures", "settings", "reason"),
    [
        pytest.param((), {}, NoSignalReason.TOO_SHORT, id="no figures"),
        pytest.param(FIGURES[:12], {}, NoSignalReason.TOO_SHORT, id="12 figures"),
        pytest.param(FIGURES, {}, None, id="13 figures"),
        pytest.param(
            (*FIGURES[:12], None, None), {}, NoSignalReason.TOO_SHORT, id="12 of 14 months"
        ),
        pytest.param(
            FIGURES[:12], {"is_stock": True}, NoSignalReason.TOO_SHORT, id="a short stock"
        ),
        pytest.param(FIGURES, {"is_stock": True}, NoSignalReason.STOCK, id="a stock"),
        pytest.param(
            FIGURES, {"kind": FigureKind.TO_DATE}, NoSignalReason.TO_DATE, id="figures to date"
        ),
        pytest.param((50,) * 13, {}, NoSignalReason.CONSTANT, id="all the same"),
        pytest.param((1, 2, 3) * 5, {}, NoSignalReason.FEW_VALUES, id="3 different figures"),
        pytest.param((1, 2, 3, 4, 2) * 3, {}, None, id="4 different figures"),
        pytest.param(
            (5,) * 9 + (7,) + (5,) * 9 + (8,) + (5,) * 9 + (9,) + (5,) * 9,
            {},
            NoSignalReason.CONSTANT,
            id="hardly ever another figure",
        ),
        pytest.param(
            (5,) * 12 + FIGURES, {"baseline": 12}, NoSignalReason.CONSTANT, id="a constant baseline"
        ),
        pytest.param(WAVE, {}, NoSignalReason.AUTOCORRELATED, id="a slow wave"),
        pytest.param(range(13), {}, None, id="a straight line"),
        pytest.param((1, 9) * 6 + (2, 8), {}, None, id="up and down"),
    ],
)
def test_a_series_is_not_judged(
    figures: tuple[int | None, ...], settings: dict[str, Any], reason: NoSignalReason | None
) -> None:
    signal = assess(figures, **settings)
    assert signal.reason is reason
    assert (signal.finding is SignalFinding.NOT_JUDGED) is (reason is not None)
    if reason:
        assert (signal.flag, signal.limits, signal.assurance) == (None, None, None)


def test_one_hidden_figure_since_the_break_is_a_reason() -> None:
    """The hidden figures are low ones, so limits without them would be too high."""
    points = make_points((*FIGURES, 51))
    hidden = (replace(points[0], value=None, is_hidden=True), *points[1:])
    assert assess_signal(PointSeries(points=points)).reason is None
    assert assess_signal(PointSeries(points=hidden)).reason is NoSignalReason.HIDDEN
    later = PointSeries(points=hidden, breaks=(points[1].month,))
    assert assess_signal(later).reason is None


def test_a_hidden_figure_counts_as_one_of_thirteen() -> None:
    """Whether the series is too short does not depend on what is hidden."""
    points = make_points(FIGURES)
    hidden = (*points[:-1], replace(points[-1], value=None, is_hidden=True))
    assert assess_signal(PointSeries(points=hidden)).reason is NoSignalReason.HIDDEN


def test_a_hidden_point_is_not_looked_at_even_if_it_has_its_value() -> None:
    points = make_points((*FIGURES, 99))
    hidden = (*points[:-1], replace(points[-1], is_hidden=True))
    signal = assess_signal(PointSeries(points=hidden))
    assert [each.month for each in signal.stretches[0].points] == [p.month for p in points[:-1]]


@pytest.mark.parametrize(
    ("figures", "least", "most"),
    [
        pytest.param((1, -1) * 10, -1, Fraction(-9, 10), id="up and down"),
        pytest.param((0,) * 7 + (9,) * 7, 0, 0, id="one step and nothing else"),
        pytest.param((0, 1) * 6 + (20, 21) * 6, -1, Fraction(-9, 10), id="a step with noise"),
        pytest.param((0, 0, 1, 1) * 6, 0, Fraction(1, 10), id="pairs"),
        pytest.param((0, 0, 0, 0, 4, 4, 4, 4) * 3, Fraction(1, 2), 1, id="fours"),
    ],
)
def test_autocorrelation_is_worked_out_without_the_largest_step(
    figures: tuple[int, ...], least: Fraction, most: Fraction
) -> None:
    assert least <= work_out_autocorrelation([*map(Fraction, figures)]) <= most


def test_a_real_step_is_judged() -> None:
    """Its figures follow one another closely until the step is taken out."""
    signal = assess([*FIGURES, *(each + 10 for each in FIGURES)])
    assert signal.reason is None
    assert signal.flag


def test_limits_and_rules_begin_anew_at_a_break() -> None:
    figures = (*FIGURES, *(each + 30 for each in FIGURES))
    months = [FIRST.add_months(index) for index in range(26)]
    signal = assess(figures, breaks=(months[13],))
    assert [each.start for each in signal.stretches] == [None, months[13]]
    means = [each.points[0].limits.mean for each in signal.stretches if each.points[0].limits]
    assert means == [Fraction(sum(FIGURES), 13), Fraction(sum(FIGURES), 13) + 30]
    assert all(not point.flags for each in signal.stretches for point in each.points)
    assert assess(figures[:25], breaks=(months[13],)).reason is NoSignalReason.TOO_SHORT


def test_a_break_in_a_month_without_a_figure_begins_a_stretch() -> None:
    month = FIRST.add_months(13)
    signal = assess((*FIGURES, None), breaks=(month,))
    assert (signal.reason, signal.last) == (NoSignalReason.TOO_SHORT, None)
    assert signal.stretches[-1].start == month


def test_a_break_after_the_last_period_has_not_begun() -> None:
    assert assess(FIGURES, breaks=(FIRST.add_months(13),)) == assess(FIGURES)


def test_figures_before_a_break_are_flagged_by_their_own_limits() -> None:
    figures = (*BASELINE, "0.5", "-0.5", "20", *FIGURES)
    signal = assess(figures, breaks=(FIRST.add_months(15),))
    first, last = signal.stretches
    assert [bool(each.flags) for each in first.points] == [False] * 14 + [True]
    assert not any(each.flags for each in last.points)
