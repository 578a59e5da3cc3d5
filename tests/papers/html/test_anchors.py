"""The ids of indicators stay the same from month to month, and each is there once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.papers.html.anchors import choose_anchors


@pytest.mark.parametrize(
    ("numbers", "anchors"),
    [
        (("3", "16a"), ("indicator-3", "indicator-16a")),
        (("CRP 12/a",), ("indicator-crp-12-a",)),
        (("1.1", "1 1", "11"), ("indicator-1-1", "indicator-1-1--2", "indicator-11")),
        (("%", "£"), ("indicator", "indicator--2")),
    ],
)
def test_an_anchor_is_made_of_a_numbers_letters_and_digits(
    numbers: tuple[str, ...], anchors: tuple[str, ...]
) -> None:
    assert choose_anchors(numbers) == anchors


@given(st.lists(st.text(max_size=5), unique=True))
def test_anchors_are_unique_and_have_no_spaces(numbers: list[str]) -> None:
    anchors = choose_anchors(numbers)
    assert len(set(anchors)) == len(numbers)
    assert all(anchor.split() == [anchor] for anchor in anchors)
