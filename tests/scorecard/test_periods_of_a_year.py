"""Half-years, terms and every second year, in a row of the index and in what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue, score
from helpers.rating import observe

from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Row

JULY, SEPTEMBER, DECEMBER, MARCH = (
    Month(2020, 7),
    Month(2020, 9),
    Month(2020, 12),
    Month(2021, 3),
)
TARGET = "target: {at_least: 80}"


def score_one(settings: str, as_at: Month, *figures: tuple[Month, str | Status]) -> Row:
    """The index's row of one percentage with these settings."""
    entry = f'- {{number: "1", title: Any, unit: percent, {settings}, {TARGET}}}'
    observations = [observe(month, figure) for month, figure in figures]
    (row,) = score(make_catalogue(entry), observations, as_at).rows
    return row


@pytest.mark.parametrize(
    ("settings", "figures", "label", "reason"),
    [
        (
            "frequency: half_yearly",
            [(SEPTEMBER, "78"), (MARCH, "79")],
            "Amber",
            "79% in H2 is 1 percentage point below the target of at least 80%; "
            "amber reaches to 79%.",
        ),
        (
            "frequency: half_yearly",
            [(SEPTEMBER, "80"), (MARCH, Status.NOT_AVAILABLE)],
            "Green (H1)",
            "80% in H1 meets the target of at least 80%. H2 has no figure to rate, so the rating "
            "of H1 is carried forward.",
        ),
        (
            "frequency: termly",
            [(JULY, "85"), (DECEMBER, "78"), (MARCH, Status.NOT_AVAILABLE)],
            "Red (Autumn term)",
            "78% in Autumn term is 2 percentage points below the target of at least 80%; "
            "amber reaches only to 79%. Spring term has no figure to rate, so the rating of "
            "Autumn term is carried forward.",
        ),
        (
            "frequency: termly",
            [(JULY, "85"), (DECEMBER, Status.COVID), (MARCH, Status.COVID)],
            "No data",
            "The latest figure is for Summer term, with none for Autumn term and Spring term: "
            "a rating is carried forward 1 term at most.",
        ),
        (
            "frequency: every_second_year, first_due: 2018-12",
            [(DECEMBER, "80")],
            "Green",
            "80% in Dec 2020 meets the target of at least 80%.",
        ),
    ],
)
def test_a_rating_names_its_period(
    settings: str, figures: list[tuple[Month, str | Status]], label: str, reason: str
) -> None:
    verdict = score_one(settings, MARCH, *figures).verdict
    assert (verdict.label, verdict.reason) == (label, reason)


@pytest.mark.parametrize(
    ("settings", "frequency", "streak"),
    [
        ("frequency: half_yearly", "Half-yearly", "Green for 2 half-years"),
        ("frequency: termly", "Termly", "Green for 3 terms"),
    ],
)
def test_a_streak_counts_its_periods(settings: str, frequency: str, streak: str) -> None:
    months = (SEPTEMBER, MARCH) if "half" in settings else (JULY, DECEMBER, MARCH)
    row = score_one(settings, MARCH, *((month, "90") for month in months))
    assert row.frequency == frequency
    assert row.streak == f"{streak}, all of the year so far"


def test_a_running_total_that_begins_within_the_year_shares_its_target_among_its_periods() -> None:
    """From October there are two quarters: half of the target is due by December."""
    entry = """
        - number: "1"
          title: Any
          unit: number
          frequency: quarterly
          first_due: 2020-10
          accumulates: financial_year
          target: {at_least: 40, profile: share_of_year}
        """
    rows = {
        figure: score(make_catalogue(entry), [observe(DECEMBER, figure)], DECEMBER).rows[0]
        for figure in ("20", "19", "18")
    }
    labels = {figure: row.verdict.label for figure, row in rows.items()}
    assert labels == {"20": "Green", "19": "Amber", "18": "Red"}
    assert rows["20"].verdict.reason == (
        "20 since April (up to Q3) meets the 20 due by then (1 of 2 quarters of at least 40 for "
        "the year)."
    )
    assert rows["20"].forecast == "forecast: 40 by the year's end, which would be Green"


def test_its_first_period_is_not_compared() -> None:
    row = score_one("frequency: monthly, first_due: 2020-09", SEPTEMBER, (SEPTEMBER, "90"))
    assert (row.verdict.label, row.period_on_period) == ("Green", "")
