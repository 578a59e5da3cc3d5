"""How lines look: any two differ without their colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.scorecard.charts.styles import USUAL_STYLES, LineStyle

if TYPE_CHECKING:
    from enum import Enum


def test_any_two_lines_of_a_chart_differ_without_their_colour() -> None:
    assert len(LineStyle.list_benchmark_styles()) == 6
    assert len({(style.dash, style.marker) for style in LineStyle}) == len(LineStyle) == 16


def test_a_style_is_known_by_its_word_alone() -> None:
    words: type[Enum] = LineStyle
    assert [words(style.value) for style in LineStyle] == list(LineStyle)


def test_the_lines_of_up_to_four_areas_differ_in_marker_from_all_but_an_earlier_figures() -> None:
    others = (*LineStyle.list_benchmark_styles()[4:], *USUAL_STYLES, LineStyle.FLAGGED)
    few = [each for each in LineStyle if each not in others]
    assert len({style.marker for style in few}) == len(few) - 1
    assert LineStyle.EARLIER_FIGURE.marker == LineStyle.FIGURE.marker


def test_a_figure_that_is_only_marked_has_no_line_and_the_usual_range_no_marker() -> None:
    assert [style for style in LineStyle if not style.dash] == [LineStyle.FLAGGED]
    assert tuple(style for style in LineStyle if not style.marker) == USUAL_STYLES
