"""What is printed beside a rating: direction, streak, benchmarks and forecast."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue
from helpers.rating import make_one, make_series

from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.rating.context import (
    Context,
    compose_context,
    format_comparisons,
    format_forecast,
    format_streak,
    format_year_on_year,
    list_targets,
)
from merton_kpi.rating.rate import rate, rate_as_at

if TYPE_CHECKING:
    from merton_kpi.catalogue.indicator import Indicator

MONTHS = [Month(2020, 4).add_months(index) for index in range(12)]
NUMBER = "unit: number, frequency: monthly"
BY_MARCH = "by the year's end, which would be"


def compose_one(settings: str, *figures: str | Status | None) -> tuple[Indicator, Context, str]:
    """An indicator, its context as at the last figure's month, and its streak in words."""
    catalogue = make_one(settings)
    (indicator,) = catalogue.indicators
    bands = catalogue.bands_for(catalogue.sections[0], indicator)
    series = make_series(
        *((month, each) for month, each in zip(MONTHS, figures, strict=False) if each is not None)
    )
    verdict = rate(indicator, bands, series)
    context = compose_context(indicator, bands, series, verdict)
    return indicator, context, format_streak(indicator, verdict, context)


@pytest.mark.parametrize(
    ("settings", "figures", "label"),
    [
        (f"{NUMBER}, target: {{at_least: 9}}", ("5", "6"), "↑ improving"),
        (f"{NUMBER}, target: {{at_least: 9}}", ("6", "5"), "↓ worsening"),
        (f"{NUMBER}, target: {{at_least: 9}}", ("5", "5"), "→ no change"),
        (f"{NUMBER}, target: {{at_most: 9}}", ("5", "6"), "↑ worsening"),
        (f"{NUMBER}, target: {{at_most: 9}}", ("6", "5"), "↓ improving"),
        (f"{NUMBER}, target: {{between: [10, 20]}}", ("5", "6"), "↑ improving"),
        (f"{NUMBER}, target: {{between: [10, 20]}}", ("21", "22"), "↑ worsening"),
        (f"{NUMBER}, target: {{between: [10, 20]}}", ("12", "18"), "→ no change"),
        (f"{NUMBER}, target: {{between: [10, 20]}}", ("9", "21"), "→ no change"),
        (f"{NUMBER}, target: {{between: [10, 20]}}", ("9", "20"), "↑ improving"),
        (f"{NUMBER}, target: {{between: [10, 20]}}", ("0", "15"), "↑ improving"),
        (f"{NUMBER}, target: not_a_target_measure", ("5", "6"), "↑ up"),
        (f"{NUMBER}, target: not_a_target_measure", ("6", "5"), "↓ down"),
        (f"{NUMBER}, target: not_a_target_measure", ("5", "5"), "→ no change"),
        (
            f"{NUMBER}, target: not_a_target_measure, polarity: lower_is_better",
            ("6", "5"),
            "↓ improving",
        ),
    ],
)
def test_a_direction_depends_on_which_way_is_better(
    settings: str, figures: tuple[str, ...], label: str
) -> None:
    travel = compose_one(settings, *figures)[1].travel
    assert travel is not None
    assert (travel.label, travel.since) == (label, "Apr 2020")


def test_figures_are_compared_as_they_are_printed() -> None:
    travel = compose_one(f"{NUMBER}, target: {{at_least: 9}}", "5.4", "5.1")[1].travel
    assert travel is not None
    assert travel.label == "→ no change"


def test_there_is_no_direction_without_a_figure_before_or_now() -> None:
    target = f"{NUMBER}, target: {{at_least: 9}}"
    assert compose_one(target, "5")[1].travel is None
    assert compose_one(target, "5", "6", Status.NOT_AVAILABLE)[1].travel is None
    assert compose_one(target, "5", Status.NOT_AVAILABLE, "6")[1].travel is None
    assert compose_one(target, Status.NOT_AVAILABLE)[1].travel is None


@pytest.mark.parametrize(
    ("figures", "label"),
    [
        (("2", "9", "11"), "↓ improving"),  # 7 added, then 2
        (("2", "4", "9"), "↑ worsening"),  # 2 added, then 5
        (("2", "4"), "→ no change"),  # 2 added, the first month's whole figure, then 2
        (("2", None, "9"), None),  # what was added in June alone is not known
        (("2", "9", "8"), None),  # a total that fell was corrected
    ],
)
def test_a_running_total_is_compared_by_what_was_added(
    figures: tuple[str | None, ...], label: str | None
) -> None:
    settings = f"{NUMBER}, accumulates: financial_year, target: {{at_most: 50, profile: full_year}}"
    travel = compose_one(settings, *figures)[1].travel
    assert (travel and travel.label) == label


def test_the_same_period_last_year_is_compared_where_it_is_known() -> None:
    settings = f"{NUMBER}, target: {{at_least: 9}}, earlier_months: {{2019-05: 8}}"
    context = compose_one(settings, "5", "6")[1]
    assert context.year_on_year is not None
    assert (context.year_on_year.label, context.year_on_year.since) == ("↓ worsening", "May 2019")
    assert compose_one(settings, "5")[1].year_on_year is None


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (f"{NUMBER}, earlier_months: {{2019-05: 8}}", "↓ worsening since May 2019"),
        (f"{NUMBER}, earlier_months: {{2019-04: 8}}", ""),
        (
            "unit: number, frequency: quarterly, due_months: [5, 6], earlier_months: {2019-05: 8}",
            "↓ worsening since May 2019",
        ),
    ],
)
def test_the_year_before_is_named_with_its_year(settings: str, words: str) -> None:
    context = compose_one(f"{settings}, target: {{at_least: 9}}", "5", "6")[1]
    assert format_year_on_year(context) == words


def test_a_quarter_of_the_year_before_is_named_by_its_month() -> None:
    """Its name would be this year's too; a quarter earlier in the year keeps its name."""
    catalogue = make_one(
        "unit: number, frequency: quarterly, target: {at_least: 9}, earlier_months: {2019-09: 8}"
    )
    (indicator,) = catalogue.indicators
    bands = catalogue.bands.other
    series = make_series((Month(2020, 6), "5"), (Month(2020, 9), "6"))
    context = compose_context(indicator, bands, series, rate(indicator, bands, series))
    assert context.year_on_year is not None
    assert context.travel is not None
    assert context.year_on_year.since == "Sep 2019"
    assert context.travel.since == "Q1"


def test_the_period_before_is_the_last_month_that_was_due() -> None:
    settings = "unit: number, frequency: monthly, due_months: [4, 5, 6, 7, 9], target: new"
    travel = compose_one(settings, "1", "2", "3", "4", None, "9")[1].travel
    assert travel is not None
    assert (travel.since, travel.earlier) == ("Jul 2020", Decimal(4))


@pytest.mark.parametrize(
    ("settings", "ends"),
    [
        ("frequency: monthly, target: {at_least: 9}", [("9", None)] * 12),
        ("frequency: monthly, target: {at_most: 9}", [(None, "9")] * 12),
        ("frequency: monthly, target: {between: [10, 20]}", [("10", "20")] * 12),
        ("frequency: quarterly, target: {at_least: 9}", [("9", None)] * 12),
        (
            "frequency: quarterly, accumulates: financial_year, "
            "target: {at_least: 20, profile: share_of_year}",
            [
                *[(None, None)] * 2,
                ("5", None),
                *[(None, None)] * 2,
                ("10", None),
                *[(None, None)] * 2,
                ("15", None),
                *[(None, None)] * 2,
                ("20", None),
            ],
        ),
    ],
)
def test_the_targets_of_a_years_months(
    settings: str, ends: list[tuple[str | None, str | None]]
) -> None:
    """A running total has one only in the months that it is due for."""
    catalogue = make_one(f"unit: number, {settings}")
    targets = list_targets(catalogue.indicators[0], catalogue.bands.other, MONTHS)
    assert targets == tuple((low and Decimal(low), high and Decimal(high)) for low, high in ends)


@pytest.mark.parametrize(
    ("figures", "streak"),
    [
        (("5", "6", "5"), "Red for 3 months, all of the year so far"),
        (("5",), "Red for 1 month"),
        (("9", "5"), "Red for 1 month"),
        (("5", "9", "9"), "Green for 2 months"),
        (("5", Status.NOT_AVAILABLE, "5"), "Red for 2 months"),
        (("9", "5", Status.NOT_AVAILABLE), "Red for 1 month"),
        ((Status.NOT_AVAILABLE,), ""),
    ],
)
def test_a_streak_counts_the_months_whose_own_figure_had_this_rating(
    figures: tuple[str | Status, ...], streak: str
) -> None:
    assert compose_one(f"{NUMBER}, target: {{at_least: 9}}", *figures)[2] == streak


@pytest.mark.parametrize(
    ("settings", "figure", "words"),
    [
        (
            "unit: percent, target: {at_least: 9}, benchmarks: {England: 12.5, London: 10}",
            "10",
            "worse than England (12.5%) by 2.5 percentage points; the same as London (10%)",
        ),
        (
            "unit: percent, target: {at_most: 9}, benchmarks: {London: 12}",
            "11",
            "better than London (12%) by 1 percentage point",
        ),
        (
            "unit: percent, target: {at_least: 9}, benchmarks: {London: 9.5}",
            "10",
            "better than London (9.5%) by 0.5 percentage points",
        ),
        (
            "unit: percent, target: {at_most: 9}, benchmarks: {London: 9.5}",
            "10",
            "worse than London (9.5%) by 0.5 percentage points",
        ),
        (
            "unit: rate_per_10000, target: not_a_target_measure, benchmarks: {England: 43.7}",
            "34",
            "below England (43.7) by 9.7",
        ),
        (
            "unit: rate_per_10000, target: not_a_target_measure, benchmarks: {England: 33.1}",
            "34",
            "above England (33.1) by 0.9",
        ),
        (
            "unit: rate_per_10000, target: not_a_target_measure, benchmarks: {England: 34}",
            "34",
            "the same as England (34)",
        ),
        (
            "unit: percent, target: {at_least: 9}, "
            "benchmarks: {England: {value: 12, unit: percent}}",
            "10",
            "worse than England (12%) by 2 percentage points",
        ),
        (
            "unit: percent, target: {at_least: 9}, "
            "benchmarks: {England: {status: not_published}, London: 10}",
            "10",
            "the same as London (10%)",
        ),
        (
            "unit: number, target: {at_least: 9}, "
            "benchmarks: {England: 78150, London: {value: 10, comparable: true}}",
            "10",
            "the same as London (10)",
        ),
        ("unit: percent, target: new, benchmarks: {England: {value: 9, unit: weeks}}", "34", ""),
        ("unit: pounds, target: {at_most: 9}, benchmarks: {England: 78150}", "34", ""),
        (
            "unit: pounds, target: {at_most: 900}, "
            "benchmarks: {England: {value: 1200, comparable: true}}",
            "1000",
            "better than England (£1,200) by £200",
        ),
        ("unit: {label: trees}, target: {at_least: 9}, benchmarks: {England: 78150}", "34", ""),
        (
            "unit: days, target: {at_most: 28}, benchmarks: {England: 30}",
            "31",
            "worse than England (30 days) by 1 day",
        ),
        (
            "unit: percentage_points, target: {at_least: -1}, benchmarks: {England: -3}",
            "-1",
            "better than England (-3 percentage points) by 2 percentage points",
        ),
        ("unit: percent, target: new, benchmarks: {England: {status: not_published}}", "34", ""),
        (
            "unit: percent, target: new, benchmarks: {England: {value: 9, comparable: false}}",
            "3",
            "",
        ),
        ("unit: number, target: {at_least: 9}, benchmarks: {England: 78150}", "34", ""),
        (
            "unit: number, target: {at_most: 9}, "
            "benchmarks: {England: {value: 20, comparable: true}}",
            "40",
            "worse than England (20) by 20",
        ),
        (
            "unit: percent, accumulates: financial_year, target: new, benchmarks: {England: 89}",
            "34",
            "",
        ),
    ],
)
def test_a_figure_is_compared_with_benchmarks_of_its_kind(
    settings: str, figure: str, words: str
) -> None:
    indicator, context, _ = compose_one(f"frequency: monthly, {settings}", figure)
    assert format_comparisons(indicator, context) == words


@pytest.mark.parametrize(
    ("settings", "figures", "words"),
    [
        (
            "{at_most: 50, profile: share_of_year}",
            ("2", "9"),
            f"forecast: 54 {BY_MARCH} Red",
        ),
        (
            "{at_most: 50, profile: full_year}",
            ("2", "8"),
            f"forecast: 48 {BY_MARCH} Green",
        ),
        (
            "{at_most: 50, profile: full_year}",
            ("2", "8.7"),
            f"forecast: 54 {BY_MARCH} Red",
        ),
        (
            "[{at_most: 50, profile: full_year}, {from: 2021-01, at_most: 60, profile: full_year}]",
            ("2", "9"),
            f"forecast: 54 {BY_MARCH} Green",
        ),
        ("not_a_target_measure", ("2", "9"), ""),
    ],
)
def test_a_forecast_is_a_straight_line_to_the_years_end(
    settings: str, figures: tuple[str, ...], words: str
) -> None:
    indicator, context, _ = compose_one(
        f"{NUMBER}, accumulates: financial_year, target: {settings}", *figures
    )
    assert format_forecast(indicator, context) == words


def test_a_forecast_of_an_academic_year_says_so() -> None:
    indicator, context, _ = compose_one(
        f"{NUMBER}, accumulates: academic_year, target: {{at_most: 50, profile: full_year}}",
        *[None] * 5,
        "4",
    )
    assert (
        format_forecast(indicator, context)
        == "forecast: 48 by the academic year's end, which would be Green"
    )


def test_there_is_no_forecast_against_its_own_past() -> None:
    indicator, context, _ = compose_one(
        f"{NUMBER}, accumulates: financial_year, polarity: lower_is_better, "
        "target: {no_worse_than: last_year}, outturns: {2019/20: 9}",
        "2",
    )
    assert format_forecast(indicator, context) == ""


def test_a_forecast_counts_the_quarters_of_a_quarterly_indicator() -> None:
    catalogue = make_catalogue("""
        - number: "1"
          title: Carers recruited
          unit: number
          frequency: quarterly
          accumulates: financial_year
          target: {at_least: 20, profile: share_of_year}
        """)
    (indicator,) = catalogue.indicators
    bands = catalogue.bands_for(catalogue.sections[0], indicator)
    series = make_series((Month(2020, 6), "4"))
    context = compose_context(indicator, bands, series, rate(indicator, bands, series))
    assert context.forecast is not None
    assert context.forecast.figure == Decimal(16)


def test_a_withheld_rating_has_no_forecast() -> None:
    indicator, context, _ = compose_one(
        f"{NUMBER}, accumulates: financial_year, rating_withheld: Unreliable, "
        "target: {at_most: 50, profile: full_year}",
        "2",
    )
    assert format_forecast(indicator, context) == ""


def test_last_years_figure_is_rounded_as_this_years_is() -> None:
    settings = f"{NUMBER}, target: {{at_least: 9}}, earlier_months: {{2019-05: 5.6}}"
    travel = compose_one(settings, "5", "5.6")[1].year_on_year
    assert travel is not None
    assert travel.label == "→ no change"


def test_an_early_figure_of_an_indicator_in_arrears_is_rated_and_explained_alike() -> None:
    """What is printed, what is rated and which way it goes are one figure."""
    catalogue = make_one("unit: percent, frequency: monthly, arrears: 1, target: {at_least: 60}")
    (indicator,) = catalogue.indicators
    bands = catalogue.bands.percent
    series = make_series((MONTHS[0], "70"), (MONTHS[1], "10"))
    verdict = rate(indicator, bands, series)
    assert verdict.label == "Red"
    assert rate_as_at(indicator, bands, series, series.as_at) == verdict
    travel = compose_context(indicator, bands, series, verdict).travel
    assert travel is not None
    assert travel.label == "↓ worsening"
