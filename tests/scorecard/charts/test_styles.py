"""How lines look: any two differ without their colour."""

from __future__ import annotations

from merton_kpi.scorecard.charts.styles import LineStyle


def test_any_two_lines_of_a_chart_differ_without_their_colour() -> None:
    assert len(LineStyle.list_benchmark_styles()) == 6
    assert len({(style.dash, style.marker) for style in LineStyle}) == len(LineStyle) == 12


def test_the_lines_of_up_to_four_areas_differ_in_marker_from_all_but_an_earlier_figures() -> None:
    few = [each for each in LineStyle if each not in LineStyle.list_benchmark_styles()[4:]]
    assert len({style.marker for style in few}) == len(few) - 1
    assert LineStyle.EARLIER_FIGURE.marker == LineStyle.FIGURE.marker
