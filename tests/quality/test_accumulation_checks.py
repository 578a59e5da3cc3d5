"""Percentages that are said to add up, and look as if they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue
from helpers.quality import check_rows, list_issues, list_places, list_warnings

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract
from merton_kpi.quality.warnings import check_data
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.extracts.observations import Observation

    Messages = Callable[..., None]

TARGET = "target: {at_least: 98.5, profile: share_of_year}"
MONTHLY = f"unit: percent, decimals: 1, frequency: monthly, accumulates: financial_year, {TARGET}"
QUARTERLY = MONTHLY.replace("monthly", "quarterly")
FOUND = ["not_a_sum accumulates"]


@pytest.mark.parametrize(
    ("settings", "rows", "warnings"),
    [
        (MONTHLY, "1,97.9 1,98.4", FOUND),
        (MONTHLY, "1,97.9", FOUND),
        # A homes programme ahead of its path: 9% in each month.
        (MONTHLY, "1,9 1,18 1,27", []),
        # A first figure alone: the line ends at 199.2%, 200.4%.
        (MONTHLY, "1,16.6", []),
        (MONTHLY, "1,16.7", FOUND),
        # The line ends at 120%; the second month adds 5 of the 10 that it says, then less.
        (MONTHLY, "1,10 1,15", []),
        (MONTHLY, "1,10 1,14.9", FOUND),
        # The line ends at exactly 96%, below 100%.
        (MONTHLY, "1,8 1,8.1", []),
        # All year, not only while the line is steep.
        (MONTHLY, " ".join(f"1,9{index % 9}.5" for index in range(12)), FOUND),
        (QUARTERLY, "2020-06:1,12 2020-09:1,25 2020-12:1,37", []),
        (QUARTERLY, "2020-06:1,51", FOUND),
        (QUARTERLY, "2020-06:1,50", []),
        (f"{MONTHLY}, figures: of_period", "1,50 1,50", []),
        (f"{MONTHLY}, figures: of_period", "1,50 1,50.1", FOUND),
        (MONTHLY.replace("percent", "number"), "1,97.9 1,98.4", []),
        ("unit: percent, frequency: monthly, figures: to_date, target: new", "1,97 1,98", []),
    ],
)
def test_a_percentage_that_does_not_grow_as_a_sum_is_a_warning(
    settings: str, rows: str, warnings: list[str]
) -> None:
    found = list_warnings(settings, rows)
    assert [each for each in found if each.startswith("not_a_sum")] == warnings


def test_the_warning_says_what_to_write(messages: Messages) -> None:
    messages(list_issues(MONTHLY, "1,97.9 1,98.4"))
    messages(list_issues(f"{MONTHLY}, figures: of_period", "1,50 1,50.1"))


def test_a_reason_in_the_entry_answers_the_warning() -> None:
    (warning,) = check_rows(f"{MONTHLY}, confirmed: A share of 200 homes", "1,97.9 1,98.4")
    assert warning.code is FindingCode.NOT_A_SUM
    assert warning.answer == "A share of 200 homes"


@pytest.mark.parametrize(
    ("rates", "warned"), [("0.2 0.6", []), ("0.2 0.4", ["Rate"]), ("0.2 0.2", ["Rate"])]
)
def test_the_rate_of_a_running_total_follows_from_the_sum_of_the_counts(
    rates: str, warned: list[str]
) -> None:
    """10 and 20 are 30 of 500,000 people: 0.6 for every 10,000."""
    settings = "frequency: monthly, target: not_a_target_measure, accumulates: financial_year"
    catalogue = make_catalogue(f"""
        - {{number: "1", title: Rate, unit: rate_per_10000, decimals: 1, {settings},
            rate_of: {{count: "2", population: 500000}}}}
        - {{number: "2", title: Count, unit: number, {settings}, figures: of_period}}
        """)
    observations: list[Observation] = []
    for index, (rate, count) in enumerate(zip(rates.split(), ("10", "20"), strict=True)):
        known = Month(2020, 4).add_months(index)
        text = f"indicator,value\n1,{rate}\n2,{count}\n".encode()
        observations += read_extract(text, f"{known}.csv", known).observations
    series, issues = match_observations(catalogue, observations, Month(2020, 5))
    assert not issues
    found = check_data(catalogue, series, list_places(catalogue))
    assert [e.indicator.title for e in found if e.code is FindingCode.RATE] == warned
