"""Running totals that grow by far more than before, or are zero where many are expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.quality import NUMBER, list_issues, list_warnings

if TYPE_CHECKING:
    from collections.abc import Callable

TOTAL = f"{NUMBER}, accumulates: financial_year"
QUARTERLY = TOTAL.replace("monthly", "quarterly")
OUTTURNS = "outturns: {2019/20: 12, 2018/19: 13}"
MANY = "outturns: {2019/20: 401}"


@pytest.mark.parametrize(
    ("settings", "rows", "warnings"),
    [
        (TOTAL, "1,19 1,40 1,62 1,81 1,185", []),
        (TOTAL, "1,19 1,40 1,62 1,81 1,990", ["jump Aug 2020"]),
        (TOTAL, "1,0 1,0 1,1 1,1 1,9", []),
        (TOTAL, "1,19 1,40 1,62 1,64 1,85", ["stalled Jul 2020"]),
        (TOTAL, "1,19 1,40 1,62 1,70 1,85", []),
        (TOTAL, "1,2 1,9 1,11 1,11 1,15", []),
        (QUARTERLY, "2020-06:1,4 2020-09:1,40", ["jump Sep 2020"]),
        (QUARTERLY, "2020-06:1,4 2020-09:1,20", []),
        (f"{QUARTERLY}, {OUTTURNS}", "2020-06:1,9 2020-09:1,40", ["jump Sep 2020"]),
        (f"{QUARTERLY}, {OUTTURNS}", "2020-06:1,9 2020-09:1,36", []),
        (f"{QUARTERLY}, {MANY}", "2020-06:1,0", ["zero Jun 2020"]),
        (f"{QUARTERLY}, {MANY}", "2020-06:1,0,,,none-yet", []),
        (f"{QUARTERLY}, {OUTTURNS}", "2020-06:1,0", []),
    ],
)
def test_a_running_total_is_doubted_by_its_growth(
    settings: str, rows: str, warnings: list[str]
) -> None:
    assert list_warnings(settings, rows) == warnings


def test_the_warning_says_what_it_grew_by(messages: Callable[..., None]) -> None:
    messages(list_issues(TOTAL, "1,19 1,40 1,62 1,81 1,990"))
    messages(list_issues(TOTAL, "1,19 1,40 1,62 1,64"))
