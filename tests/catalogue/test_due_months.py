"""Which months a figure is due for: the one question that everything about due figures asks."""

from __future__ import annotations

import pytest
from helpers.rating import make_one

from merton_kpi.core.periods import FinancialYear, Month

YEAR = FinancialYear(2020).months


def list_due(settings: str) -> list[str]:
    """The months of 2020/21 that a figure is due for, with these settings."""
    (indicator,) = make_one(f"unit: number, target: {{at_least: 5}}, {settings}").indicators
    return [str(month) for month in YEAR if indicator.is_due(month)]


@pytest.mark.parametrize(
    ("settings", "due"),
    [
        ("frequency: monthly", [str(month) for month in YEAR]),
        ("frequency: quarterly", ["2020-06", "2020-09", "2020-12", "2021-03"]),
        ("frequency: quarterly, due_months: [2, 5]", ["2020-05", "2021-02"]),
        ("frequency: annual, due_months: [3]", ["2021-03"]),
        ("frequency: annual, due_months: [3], removed: Agreed.", []),
        ("frequency: quarterly, removed: {reason: Agreed.}", []),
        ("frequency: quarterly, removed: {from: 2020-06, reason: Agreed.}", []),
        ("frequency: quarterly, removed: {from: 2020-07, reason: Agreed.}", ["2020-06"]),
        (
            "frequency: quarterly, first_due: 2020-09, removed: {from: 2021-03, reason: Agreed.}",
            ["2020-09", "2020-12"],
        ),
        ("frequency: half_yearly", ["2020-09", "2021-03"]),
        ("frequency: half_yearly, due_months: [6, 12]", ["2020-06", "2020-12"]),
        ("frequency: termly", ["2020-07", "2020-12", "2021-03"]),
        ("frequency: every_second_year, first_due: 2020-05", ["2020-05"]),
        ("frequency: every_second_year, first_due: 2018-05", ["2020-05"]),
        ("frequency: every_second_year, first_due: 2019-05", []),
        ("frequency: every_second_year, first_due: 2022-05", []),
        ("frequency: quarterly, first_due: 2020-08", ["2020-09", "2020-12", "2021-03"]),
        ("frequency: quarterly, first_due: 2020-09", ["2020-09", "2020-12", "2021-03"]),
        ("frequency: quarterly, first_due: 2020-10", ["2020-12", "2021-03"]),
        ("frequency: annual, due_months: [3], first_due: 2021-04", []),
    ],
)
def test_a_figure_is_due_for_the_months_of_its_frequency(settings: str, due: list[str]) -> None:
    assert list_due(settings) == due


@pytest.mark.parametrize(
    ("settings", "before"),
    [
        ("frequency: monthly", Month(2020, 11)),
        ("frequency: quarterly", Month(2020, 9)),
        ("frequency: annual, due_months: [12]", Month(2019, 12)),
        ("frequency: termly", Month(2020, 7)),
        ("frequency: every_second_year, first_due: 2016-12", Month(2018, 12)),
        ("frequency: monthly, first_due: 2020-11", Month(2020, 11)),
        ("frequency: monthly, first_due: 2020-12", None),
    ],
)
def test_the_period_before_ends_with_the_month_before_that_has_a_figure(
    settings: str, before: Month | None
) -> None:
    (indicator,) = make_one(f"unit: number, target: {{at_least: 5}}, {settings}").indicators
    assert indicator.period_before(Month(2020, 12)) == before
