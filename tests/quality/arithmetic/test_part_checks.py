"""When a figure follows from its numerator and denominator, and when it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.quality import NUMBER, PERCENT, list_issues, list_warnings

if TYPE_CHECKING:
    from collections.abc import Callable

    Messages = Callable[..., None]

RATE = NUMBER.replace("number", "rate_per_10000")


@pytest.mark.parametrize(
    ("settings", "row", "is_right"),
    [
        # Half a unit of the figure's last written decimal: at it, just inside, just outside.
        (PERCENT, "1,50,505,1000,,", True),  # 50.5
        (PERCENT, "1,50,5049,10000,,", True),  # 50.49
        (PERCENT, "1,50,5051,10000,,", False),  # 50.51
        (PERCENT, "1,50,495,1000,,", True),  # 49.5
        (PERCENT, "1,50,4949,10000,,", False),  # 49.49
        (PERCENT, "1,50.0,5005,10000,,", True),  # 50.05
        (PERCENT, "1,50.0,50051,100000,,", False),  # 50.051
        (PERCENT, "1,50.0,496,1000,,", False),  # 49.6
        (PERCENT, "1,50,496,1000,,", True),  # 49.6
        (PERCENT, "1,50.10,5006,10000,,", False),  # 50.06
        (PERCENT, "1,50.1,5006,10000,,", True),  # 50.06
        (PERCENT, "1,2.0,70,3817,,", False),  # 1.83
        (PERCENT, "1,2,70,3817,,", True),  # 1.83
        (PERCENT, "1,89,49,54,,", False),  # 90.7, printed so in 2017/18
        # The indicator's decimals do not matter.
        (f"{PERCENT}, decimals: 0", "1,2.0,70,3817,,", False),
        (f"{PERCENT}, decimals: 1", "1,2,70,3817,,", True),
        (RATE, "1,18.3,87,47400,,", False),  # 18.354...
        (RATE, "1,18.4,87,47400,,", True),
        (NUMBER, "1,2.5,5,2,,", True),
        (NUMBER, "1,2.4,5,2,,", False),
        (NUMBER, "1,5,5,2,,", True),  # a count is its own numerator
    ],
)
def test_the_written_decimals_say_how_near_a_figure_must_be_to_its_parts(
    settings: str, row: str, *, is_right: bool
) -> None:
    assert list_warnings(settings, row) == ([] if is_right else ["parts Apr 2020"])


@pytest.mark.parametrize(
    ("row", "suggested"),
    [
        ("1,0.95,710,750,,", "95%"),  # 94.67%
        ("1,0.88,660,745,,", "88%"),  # 88.59%, cut off
        ("1,0.875,7,8,,", "87.5%"),
        ("1,0.874,7,8,,", ""),  # a whole unit of its last digit away
        ("1,1,750,750,,", "100%"),
        ("1,0.95,719,750,,", "95%"),  # 95.87%
        ("1,0.95,720,750,,", ""),  # 96%
        ("1,0.9,710,750,,", ""),
        ("1,90,710,750,,", ""),
    ],
)
def test_a_figure_whose_parts_show_a_fraction_names_the_percentage(
    row: str, suggested: str
) -> None:
    (issue,) = list_issues(f"{PERCENT}, decimals: 2", row)
    words = f"it may be meant as {suggested};"
    assert (words in issue.message) is bool(suggested), issue.message


def test_a_small_percentage_with_its_parts_is_no_fraction() -> None:
    assert list_warnings(PERCENT, "1,0.61,61,10000,,") == []
    assert list_warnings(PERCENT, "1,0.61") == ["fraction Apr 2020"]


def test_a_figure_that_may_be_a_fraction_is_one_warning(messages: Messages) -> None:
    messages(list_issues(PERCENT, "1,0.95,710,750,,"), list_issues(PERCENT, "1,2.0,70,3817,,"))
