"""The closed lists: a member is its word, wherever the word comes from."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from merton_kpi.core.ratings import Rating
from merton_kpi.core.statuses import Shorthand, Status
from merton_kpi.core.vocabulary import Accumulation, Frequency, LineStyle, Past, Polarity, Profile

if TYPE_CHECKING:
    from enum import Enum

LISTS = (
    Accumulation,
    Frequency,
    LineStyle,
    Past,
    Polarity,
    Profile,
    Rating,
    Shorthand,
    Status,
)


@pytest.mark.parametrize("words", LISTS, ids=lambda words: words.__name__)
def test_a_member_is_known_by_its_word_alone(words: type[Enum]) -> None:
    assert all(isinstance(member.value, str) for member in words)
    assert [words(member.value) for member in words] == list(words)
    assert pickle.loads(pickle.dumps(tuple(words))) == tuple(words)


def test_any_two_lines_of_a_chart_differ_without_their_colour() -> None:
    assert len(LineStyle.list_benchmark_styles()) == 6
    assert len({(style.dash, style.marker) for style in LineStyle}) == len(LineStyle) == 12


def test_the_lines_of_up_to_four_areas_differ_in_marker_from_all_but_an_earlier_figures() -> None:
    few = [each for each in LineStyle if each not in LineStyle.list_benchmark_styles()[4:]]
    assert len({style.marker for style in few}) == len(few) - 1
    assert LineStyle.EARLIER_FIGURE.marker == LineStyle.FIGURE.marker


def test_a_member_carries_what_is_printed_of_it() -> None:
    assert (Frequency.QUARTERLY.noun, sorted(Frequency.QUARTERLY.periods)) == (
        "quarter",
        [3, 6, 9, 12],
    )
    assert [each.label for each in Frequency] == [
        "Monthly",
        "Quarterly",
        "Half-yearly",
        "Termly",
        "Annual",
        "Every second year",
    ]
    assert (Status.COVID.printed, Status.COVID.shorthand.symbol) == ("N/A - C19", "[x]")
