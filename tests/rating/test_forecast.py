"""Where a running total would end its year."""

from __future__ import annotations

from decimal import Decimal

import pytest
from helpers.councils import make_catalogue
from helpers.rating import compose_one, make_series

from merton_kpi.core.periods import Month
from merton_kpi.rating.context import compose_context
from merton_kpi.rating.rate import rate
from merton_kpi.rating.wording.context_words import format_forecast

NUMBER = "unit: number, frequency: monthly"
BY_MARCH = "by the year's end, which would be"


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
            f"forecast: 52.2 {BY_MARCH} Amber",
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
    assert format_forecast(indicator, context.forecast) == words


def test_a_forecast_of_an_academic_year_says_so() -> None:
    indicator, context, _ = compose_one(
        f"{NUMBER}, accumulates: academic_year, target: {{at_most: 50, profile: full_year}}",
        *[None] * 5,
        "4",
    )
    assert (
        format_forecast(indicator, context.forecast)
        == "forecast: 48 by the academic year's end, which would be Green"
    )


def test_there_is_no_forecast_against_its_own_past() -> None:
    indicator, context, _ = compose_one(
        f"{NUMBER}, accumulates: financial_year, polarity: lower_is_better, "
        "target: {no_worse_than: last_year}, outturns: {2019/20: 9}",
        "2",
    )
    assert format_forecast(indicator, context.forecast) == ""


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
    scale = catalogue.scale_for(catalogue.sections[0], indicator)
    series = make_series((Month(2020, 6), "4"))
    context = compose_context(indicator, scale, series, rate(indicator, scale, series))
    assert context.forecast is not None
    assert context.forecast.figure == Decimal(16)


def test_a_withheld_rating_has_no_forecast() -> None:
    indicator, context, _ = compose_one(
        f"{NUMBER}, accumulates: financial_year, rating_withheld: Unreliable, "
        "target: {at_most: 50, profile: full_year}",
        "2",
    )
    assert format_forecast(indicator, context.forecast) == ""


UNEVEN = "{at_least: 400, profile: milestones, milestones: {2020-06: 40, 2020-09: 120, 2020-12: 250"


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        # 60 where 120 is due of 400; a straight line would say 120.
        (
            ("5", "10", "20", "30", "40", "60"),
            f"forecast along the milestones: 200 {BY_MARCH} Red",
        ),
        # In May two thirds of the way to the first milestone are passed: 26 2/3 is due.
        (("20", "40"), f"forecast along the milestones: 600 {BY_MARCH} Green"),
        # In July a third of the way from 40 to 120: 66 2/3 is due.
        (("5", "10", "20", "50"), f"forecast along the milestones: 300 {BY_MARCH} Red"),
    ],
)
def test_a_forecast_follows_the_targets_milestones(figures: tuple[str, ...], words: str) -> None:
    for milestones in (f"{UNEVEN}}}}}", f"{UNEVEN}, 2021-03: 400}}}}"):
        indicator, context, _ = compose_one(
            f"{NUMBER}, accumulates: financial_year, target: {milestones}", *figures
        )
        assert format_forecast(indicator, context.forecast) == words


def test_on_every_milestone_the_forecast_is_the_target() -> None:
    """From the last milestone the line leads to the target in March: 350 is due in January."""
    target = f"{NUMBER}, accumulates: financial_year, target: {UNEVEN}}}}}"
    for figures in (("1", "2", "40"), (*["40"] * 5, "120"), (*["40"] * 9, "300")):
        context = compose_one(target, *figures)[1]
        assert context.forecast is not None
        assert context.forecast.figure == Decimal(400)


def test_there_is_no_forecast_while_nothing_is_due_by_the_milestones() -> None:
    settings = (
        f"{NUMBER}, accumulates: financial_year, target: "
        "{at_least: 9, profile: milestones, milestones: {2020-06: 0}}, bands: {amber: none}"
    )
    assert compose_one(settings, "1")[1].forecast is None
    assert compose_one(settings, "1", "2", "3", "4")[1].forecast is not None


@pytest.mark.parametrize(
    ("unit", "figure", "end"),
    [("percent", "8", "96"), ("percent", "8.5", None), ("number", "8.5", "102")],
)
def test_a_forecast_is_never_above_100_per_cent(unit: str, figure: str, end: str | None) -> None:
    settings = f"unit: {unit}, decimals: 1, frequency: monthly, accumulates: financial_year"
    context = compose_one(f"{settings}, target: {{at_least: 90, profile: full_year}}", figure)[1]
    assert (context.forecast and context.forecast.figure) == (end and Decimal(end))


def test_a_forecast_is_never_below_zero() -> None:
    settings = f"{NUMBER}, accumulates: financial_year, target: {{at_most: 9, profile: full_year}}"
    assert compose_one(settings, "-1")[1].forecast is None


def test_the_last_figure_of_a_year_has_no_forecast() -> None:
    settings = "unit: number, accumulates: financial_year, frequency: quarterly"
    settings += ", target: {at_least: 9, profile: share_of_year}"
    until_march = [None, None, "2", None, None, "4", None, None, "6", None, None]
    assert compose_one(settings, *until_march)[1].forecast is not None
    assert compose_one(settings, *until_march, "8")[1].forecast is None


def test_there_is_no_forecast_across_a_break_in_the_series() -> None:
    settings = f"{NUMBER}, accumulates: financial_year, target: {{at_least: 9, profile: full_year}}"
    broken = f"{settings}, breaks: [{{from: 2020-05, reason: New counters.}}]"
    at_the_start = f"{settings}, breaks: [{{from: 2020-04, reason: New counters.}}]"
    assert compose_one(broken, "2")[1].forecast is not None
    assert compose_one(broken, "2", "4")[1].forecast is None
    assert compose_one(at_the_start, "2", "4")[1].forecast is not None


def test_a_sum_is_forecast_from_the_total() -> None:
    settings = f"{NUMBER}, accumulates: financial_year, figures: of_period"
    indicator, context, _ = compose_one(
        f"{settings}, target: {{at_least: 1200, profile: share_of_year}}", "110", "120", "130"
    )
    words = f"forecast: 1,440 {BY_MARCH} Green"
    assert format_forecast(indicator, context.forecast) == words


def test_a_figure_to_date_has_no_forecast() -> None:
    settings = "unit: percent, frequency: monthly, figures: to_date, target: {at_least: 98}"
    assert compose_one(settings, "97", "98")[1].forecast is None


def test_a_forecast_is_rounded_as_the_figures_are() -> None:
    """Where the indicator has no decimals, the year's figures and its target say how many."""
    settings = f"{NUMBER}, accumulates: financial_year"
    target = "target: {at_most: 50, profile: full_year}"
    figures = ("2.25", "3", "5")
    indicator, context, _ = compose_one(f"{settings}, {target}", *figures)
    assert format_forecast(indicator, context.forecast) == f"forecast: 20.00 {BY_MARCH} Green"
    indicator, context, _ = compose_one(f"{settings}, decimals: 0, {target}", *figures)
    assert format_forecast(indicator, context.forecast) == f"forecast: 20 {BY_MARCH} Green"
