"""A figure compared with an earlier one of its own indicator: across April, and across a break."""

from __future__ import annotations

import pytest
from helpers.rating import make_one, make_series

from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.rating.context import Context, compose_context
from merton_kpi.rating.rate import rate
from merton_kpi.rating.wording.comparison_words import format_period_comparison

APRIL, JUNE = Month(2020, 4), Month(2020, 6)
MONTHLY = "unit: percent, frequency: monthly, target: {at_least: 90}"
QUARTERLY = "unit: percent, frequency: quarterly, target: {at_least: 65}, decimals: 2"
ANNUAL = "unit: percent, frequency: annual, due_months: [6], target: {at_least: 65}"
TOTAL = (
    "unit: number, frequency: monthly, accumulates: financial_year, "
    "target: {at_most: 50, profile: share_of_year}"
)


def compose_one(settings: str, *figures: tuple[Month, str | Status]) -> Context:
    catalogue = make_one(settings)
    (indicator,) = catalogue.indicators
    bands = catalogue.bands_for(catalogue.sections[0], indicator)
    series = make_series(*figures)
    return compose_context(indicator, bands, series, rate(indicator, bands, series))


def compare_one(settings: str, *figures: tuple[Month, str | Status]) -> tuple[str, str]:
    """How the last figure compares with the period before and the year before, in words."""
    (indicator,) = make_one(settings).indicators
    context = compose_one(settings, *figures)
    both = context.period_on_period, context.year_on_year
    before, on_year = (format_period_comparison(indicator, each) for each in both)
    return before, on_year


@pytest.mark.parametrize(
    ("settings", "figure", "words"),
    [
        (
            f"{QUARTERLY}, earlier_months: {{2020-03: 60.5, 2019-06: 70.1}}",
            (JUNE, "67.23"),
            ("↑ higher than in Q4, 60.50%: better", "↓ lower than in Jun 2019, 70.10%: worse"),
        ),
        (
            f"{MONTHLY}, earlier_months: {{2020-03: 95}}",
            (APRIL, "93"),
            ("↓ lower than in Mar 2020, 95%: worse", ""),
        ),
        # Not last year's outturn, which may be the whole year's average.
        (f"{MONTHLY}, outturns: {{2019/20: 95}}", (APRIL, "93"), ("", "")),
        # March added 3, April 2; April's total is all that it added.
        (
            f"{TOTAL}, earlier_months: {{2020-02: 40, 2020-03: 43}}",
            (APRIL, "2"),
            ("↓ fewer added than in Mar 2020, 3 then: better", ""),
        ),
        (f"{TOTAL}, earlier_months: {{2020-03: 43}}", (APRIL, "2"), ("", "")),
    ],
)
def test_the_years_first_figure_is_compared_with_last_years_last(
    settings: str, figure: tuple[Month, str], words: tuple[str, str]
) -> None:
    assert compare_one(settings, figure) == words


@pytest.mark.parametrize(
    ("past", "words"),
    [
        ("outturns: {2019/20: 60}", "↑ higher than in 2019/20, 60%: better"),
        ("outturns: {2019/20: 67}", "→ the same as in 2019/20"),
        ("outturns: {2018/19: 60}", ""),
        ("outturns: {2019/20: {value: 60, comparable: false}}", ""),
        ("outturns: {2019/20: {value: 60, unit: number}}", ""),
        ("outturns: {2019/20: {status: not_available}}", ""),
        (
            "outturns: {2019/20: 60}, earlier_months: {2019-06: 61}",
            "↑ higher than in Jun 2019, 61%: better",
        ),
    ],
)
def test_an_annual_figure_is_compared_with_last_years_alone(past: str, words: str) -> None:
    """It is the period before: a second comparison, with the year before, would say the same."""
    assert compare_one(f"{ANNUAL}, {past}", (JUNE, "67")) == (words, "")


def test_a_row_without_a_figure_outweighs_last_years_figure_in_the_catalogue() -> None:
    settings = f"{MONTHLY}, earlier_months: {{2020-03: 95}}"
    march = (Month(2020, 3), Status.NOT_AVAILABLE)
    assert compare_one(settings, march, (APRIL, "93")) == ("", "")
