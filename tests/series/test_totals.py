"""Figures of single periods are added up since the year began, and the sum is rated."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue, score
from helpers.rating import add_totals, make_one, make_series, observe, select_only
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.observations import Observation
from merton_kpi.rating.rate import rate
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Row

APRIL = Month(2020, 4)
COUNT = "unit: number, frequency: monthly"
SINCE_APRIL = f"{COUNT}, accumulates: financial_year, figures: of_period"
TARGET = "target: {at_least: 1200, profile: share_of_year}"


def list_totals(settings: str, *figures: str | Status | None) -> list[str]:
    """The total of each month from April on; the status where there is none."""
    (indicator,) = make_one(settings).indicators
    months = (APRIL.add_months(index) for index in range(len(figures)))
    series = make_series(
        *((month, each) for month, each in zip(months, figures, strict=True) if each is not None)
    )
    rated = add_totals(indicator, series).rated_figures
    return [f"{m} {each.value or (each.status and each.status.name)}" for m, each in rated.items()]


def test_each_months_total_is_the_sum_since_april() -> None:
    totals = list_totals(f"{SINCE_APRIL}, {TARGET}", "110", "120", "130")
    assert totals == ["2020-04 110", "2020-05 230", "2020-06 360"]


def test_a_sum_is_as_exact_as_its_figures() -> None:
    totals = list_totals(f"{SINCE_APRIL}, decimals: 2, {TARGET}", "0.10", "0.20")
    assert totals == ["2020-04 0.10", "2020-05 0.30"]


def test_a_running_total_is_rated_as_it_is_sent() -> None:
    settings = f"{COUNT}, accumulates: financial_year, {TARGET}"
    assert list_totals(settings, "110", "230") == ["2020-04 110", "2020-05 230"]


def test_no_total_is_known_from_a_period_without_a_figure_on() -> None:
    settings = f"{SINCE_APRIL}, {TARGET}"
    assert list_totals(settings, "110", None, "130") == ["2020-04 110"]
    assert list_totals(settings, "110", Status.COVID, "130") == ["2020-04 110", "2020-05 COVID"]


def test_no_total_is_shown_from_a_suppressed_period_on() -> None:
    totals = list_totals(f"{SINCE_APRIL}, {TARGET}", "110", Status.SUPPRESSED, "130")
    assert totals == [
        "2020-04 110",
        "2020-05 SUPPRESSED_WITH_ANOTHER",
        "2020-06 SUPPRESSED_WITH_ANOTHER",
    ]


def test_a_period_without_cases_counts_as_zero() -> None:
    (indicator,) = make_one(f"{SINCE_APRIL}, {TARGET}").indicators
    series = make_series((APRIL, "110"), (Month(2020, 5), Status.NO_CASES), (Month(2020, 6), "130"))
    rated = add_totals(indicator, series).rated_figures
    assert [(each.value, each.status) for each in rated.values()] == [
        (Decimal(110), None),
        (Decimal(110), None),
        (Decimal(240), None),
    ]


def test_the_reason_says_that_the_last_period_had_no_cases() -> None:
    indicator, scale = select_only(make_one(f"{SINCE_APRIL}, {TARGET}"))
    series = make_series((APRIL, "110"), (Month(2020, 5), Status.NO_CASES))
    verdict = rate(indicator, scale, add_totals(indicator, series))
    assert verdict.label == "Red"
    assert verdict.reason.startswith("110 since April (no cases in May 2020) is 90 below the 200")


def test_a_zero_is_added_as_any_figure() -> None:
    (indicator,) = make_one(f"{SINCE_APRIL}, {TARGET}").indicators
    series = make_series((APRIL, "0"), (Month(2020, 5), "7"))
    rated = add_totals(indicator, series).rated_figures
    assert [each.value for each in rated.values()] == [Decimal(0), Decimal(7)]


def test_a_period_without_cases_adds_nothing() -> None:
    settings = f"{SINCE_APRIL}, {TARGET}"
    totals = list_totals(settings, "110", Status.NO_CASES, "130", Status.NO_CASES)
    assert totals == ["2020-04 110", "2020-05 110", "2020-06 240", "2020-07 240"]


def test_a_sum_that_ends_with_a_period_without_cases_says_so() -> None:
    row = compose_row(f"{SINCE_APRIL}, {TARGET}", "110", Status.NO_CASES)
    assert row.verdict.reason.startswith("110 since April (no cases in May 2020) is 90 below")
    assert [str(cell) for cell in row.months[:2]] == ["110", "No cases"]
    assert [str(cell) for cell in row.totals[:2]] == ["110", "110"]
    assert str(row.latest) == "No cases (May 2020), 110 since April"


def test_a_quarterly_sum_passes_over_the_months_that_are_not_due() -> None:
    settings = "unit: number, frequency: quarterly, accumulates: financial_year"
    (indicator,) = make_one(f"{settings}, figures: of_period, {TARGET}").indicators
    series = make_series((Month(2020, 5), "1000"), (Month(2020, 6), "3"), (Month(2020, 9), "4"))
    rated = add_totals(indicator, series).rated_figures
    assert {month: each.value for month, each in rated.items() if each.value != 1000} == {
        Month(2020, 6): Decimal(3),
        Month(2020, 9): Decimal(7),
    }


ACADEMIC = (
    "unit: number, frequency: monthly, accumulates: academic_year, figures: of_period, target: "
    "{at_most: 50, profile: full_year}"
)
LAST_YEAR = ", ".join(f"{Month(2019, 9).add_months(index)}: 1" for index in range(7))


def test_an_academic_years_sum_begins_with_last_years_months_and_again_in_september() -> None:
    settings = f"{ACADEMIC}, earlier_months: {{{LAST_YEAR}}}"
    totals = list_totals(settings, "5", "6", "0", "0", "0", "2", "3")
    assert [each.split()[1] for each in totals] == ["12", "18", "18", "18", "18", "2", "5"]


def test_without_last_years_months_an_academic_years_sum_is_not_known_until_september() -> None:
    totals = list_totals(ACADEMIC, "5", "6", "1", "1", "1", "2", "3")
    assert totals == ["2020-09 2", "2020-10 5"]


PATHS = [
    "profile: share_of_year",
    "profile: full_year",
    "profile: milestones, milestones: {2020-06: 100, 2020-10: 300}",
]


@pytest.mark.parametrize("path", PATHS)
@given(st.lists(st.integers(0, 200) | st.just(None), min_size=1, max_size=12))
def test_a_sum_of_periods_rates_as_the_running_total_does(
    path: str, counts: list[int | None]
) -> None:
    """In every month, until a period has no figure: then no total is known."""
    known = counts[: counts.index(None)] if None in counts else counts
    sums = list(accumulate(each for each in known if each is not None))
    target = f"{COUNT}, accumulates: financial_year, target: {{at_least: 1200, {path}}}"
    verdicts = []
    for settings, figures in ((target, sums), (f"{target}, figures: of_period", known)):
        indicator, scale = select_only(make_one(settings))
        series = make_series(
            *((APRIL.add_months(index), str(each)) for index, each in enumerate(figures))
        )
        by_month = []
        for index in range(len(figures)):
            now = APRIL.add_months(index)
            as_at = replace(
                series,
                as_at=now,
                figures={month: each for month, each in series.figures.items() if month <= now},
                due=tuple(month for month in series.due if month <= now),
            )
            verdict = rate(indicator, scale, add_totals(indicator, as_at))
            by_month.append((verdict.label, verdict.figure, verdict.limits))
        verdicts.append(by_month)
    assert verdicts[0] == verdicts[1]


def compose_row(settings: str, *figures: str | Status) -> Row:
    catalogue = make_catalogue(f'- {{number: "1", title: Visits, {settings}}}')
    given = [observe(APRIL.add_months(index), each) for index, each in enumerate(figures)]
    (row,) = score(catalogue, given, APRIL.add_months(len(figures) - 1)).rows
    return row


def test_the_papers_have_the_periods_and_the_total() -> None:
    row = compose_row(f"{SINCE_APRIL}, {TARGET}", "110", "120", "130")
    assert [str(cell) for cell in row.months[:4]] == ["110", "120", "130", ""]
    assert [str(cell) for cell in row.totals[:4]] == ["110", "230", "360", ""]
    assert str(row.latest) == "130 (Jun 2020), 360 since April"
    assert row.verdict.label == "Green"
    assert row.verdict.reason == (
        "360 since April (130 in Jun 2020) meets the 300 due by then "
        "(3 of 12 months of at least 1,200 for the year)."
    )


@pytest.mark.parametrize(
    ("june", "rating"), [("70", "Green"), ("69", "Amber"), ("55", "Amber"), ("54", "Red")]
)
def test_the_sum_is_rated_against_the_share_of_the_year(june: str, rating: str) -> None:
    """300 is due by June of 1,200 for the year; amber reaches 5% below it, to 285."""
    row = compose_row(f"{SINCE_APRIL}, {TARGET}", "110", "120", june)
    assert row.verdict.label == rating


def test_without_a_periods_figure_the_reason_says_which() -> None:
    indicator, scale = select_only(make_one(f"{SINCE_APRIL}, {TARGET}, carry_forward: 0"))
    series = make_series((APRIL, "110"), (Month(2020, 5), Status.COVID), (Month(2020, 6), "130"))
    verdict = rate(indicator, scale, add_totals(indicator, series))
    assert verdict.label == "No data"
    assert verdict.reason == (
        "The latest total is that of Apr 2020: this indicator's rating is not carried forward. "
        "Without a figure for May 2020 there is no total since April."
    )


def test_what_each_period_added_is_compared() -> None:
    row = compose_row(f"{SINCE_APRIL}, {TARGET}, earlier_months: {{2019-06: 150}}", "9", "12", "13")
    assert row.period_on_period == "↑ more added than in May 2020, 12 then"
    assert row.year_on_year == "↓ fewer added than in Jun 2019, 150 then"


SMALL = f"{SINCE_APRIL}, {TARGET}, suppress_small_numbers: true"


def read_small(*figures: str) -> list[Observation]:
    return [
        Observation(
            indicator="1",
            month=APRIL.add_months(index),
            known=APRIL.add_months(index),
            place=Place(file="f.csv", line=2),
            value=Decimal(each),
        )
        for index, each in enumerate(figures)
    ]


def test_a_small_count_hides_the_next_period_so_that_totals_can_be_shown() -> None:
    """With June's 12, the total of 25 and April's 10 give May's 3; 15 in two months does not."""
    catalogue = make_catalogue(f'- {{number: "1", title: Visits, {SMALL}}}')
    row = score(catalogue, read_small("10", "3", "12"), Month(2020, 6)).rows[0]
    assert [str(cell) for cell in row.months[:3]] == ["10", "Suppressed", "Suppressed"]
    assert [str(cell) for cell in row.totals[:3]] == ["10", "Suppressed", "25"]
    assert "25" in row.verdict.reason


def test_counts_of_periods_are_not_steps_of_a_running_total() -> None:
    """12 after 10 differs by 2, but neither is a small count."""
    catalogue = make_catalogue(f'- {{number: "1", title: Visits, {SMALL}}}')
    series, _ = match_observations(catalogue, read_small("10", "12"), Month(2020, 5))
    assert [each.value for each in series["1"].figures.values()] == [Decimal(10), Decimal(12)]
