"""When rounding changes a rating, and when it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.quality import list_issues, list_warnings

if TYPE_CHECKING:
    from collections.abc import Callable

    Messages = Callable[..., None]

RATED = "unit: percent, frequency: monthly, target: {at_least: 90}"  # amber from 89%
QUARTERLY = RATED.replace("monthly", "quarterly")
WITHHELD = f'{RATED}, rating_withheld: "No."'
SHARE = (
    "unit: number, frequency: monthly, accumulates: financial_year, "
    "target: {at_least: 50, profile: share_of_year}"  # 4.1666... by April
)
SUM = f"{SHARE}, figures: of_period"


@pytest.mark.parametrize(
    ("settings", "row", "warnings"),
    [
        (f"{RATED}, decimals: 0", "1,89.4", []),  # amber, and amber as 89
        (f"{RATED}, decimals: 0", "1,89.5", ["rounded Apr 2020"]),  # amber, but green as 90
        (f"{RATED}, decimals: 0", "1,89.9", ["rounded Apr 2020"]),
        (f"{RATED}, decimals: 0", "1,90", []),
        (f"{RATED}, decimals: 0", "1,90.1", []),
        (f"{RATED}, decimals: 0", "1,88.4", []),
        (f"{RATED}, decimals: 0", "1,88.5", ["rounded Apr 2020"]),  # red, but amber as 89
        (f"{RATED}, decimals: 1", "1,89.9", []),
        (f"{RATED}, decimals: 1", "1,89.95", ["rounded Apr 2020"]),
        (RATED, "1,89.9", []),
        (RATED, "1,89.999", []),
        # A running total is compared with what is due by then.
        (f"{SHARE}, decimals: 0", "1,4.16,,", []),  # red, and red as 4
        (f"{SHARE}, decimals: 1", "1,4.15,,", ["rounded Apr 2020"]),  # 4.2 is more than 4.1666...
        # Counts of periods are added up; the sum is rated, not the last count.
        (f"{SUM}, decimals: 0", "1,9,, 1,8.4,,", []),  # 17.4 of 8.33 due, though 8 is less
        (f"{SUM}, decimals: 0", "1,5,, 1,3.4,,", ["rounded May 2020"]),  # 8.4, but amber as 8
        # Worked out: 89.5 is printed as 90 among whole numbers, 89.49 as 89.
        (RATED, "1,,179,200", ["rounded Apr 2020"]),
        (RATED, "1,,8949,10000", []),
        (f"{RATED}, decimals: 1", "1,,179,200", []),
        # Not rated: no due month, no target that holds.
        (f"{QUARTERLY}, decimals: 0", "2020-05:1,89.9,,,,late", ["not_due May 2020"]),
        (f"{RATED}, decimals: 0, suppress_small_numbers: true", "1,89.9,3,4", []),
    ],
)
def test_rounding_that_changes_a_rating_is_a_warning(
    settings: str, row: str, warnings: list[str]
) -> None:
    assert [each for each in list_warnings(settings, row) if "parts" not in each] == warnings


def test_figures_that_are_not_rated_may_be_rounded() -> None:
    codes = [each.code for each in list_issues(f"{WITHHELD}, decimals: 0", "1,89.9")]
    assert codes == ["target_unused"]


def test_both_figures_and_both_ratings_are_named(messages: Messages) -> None:
    messages(
        list_issues(f"{RATED}, decimals: 0", "1,89.9"),
        list_issues(RATED, "1,,95,106"),
    )
