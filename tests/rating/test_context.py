"""What is printed beside a rating: earlier figures, streak, benchmarks and forecast."""

from __future__ import annotations

from decimal import Decimal

import pytest
from helpers.rating import MONTHS, compose_one, make_one, make_series, select_only

from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.rating.context import compose_context, list_targets
from merton_kpi.rating.rate import rate, rate_as_at
from merton_kpi.rating.wording.comparison_words import (
    format_period_comparison,
    list_comparison_facts,
)
from merton_kpi.rating.wording.context_words import format_comparisons

NUMBER = "unit: number, frequency: monthly"


def compare_with_before(settings: str, *figures: str | Status | None) -> str:
    """How the last figure compares with the one of the period before, in words."""
    indicator, context, _ = compose_one(settings, *figures)
    return format_period_comparison(indicator, context.period_on_period)


def compare_with_year_before(settings: str, *figures: str | Status | None) -> str:
    """How the last figure compares with the same period a year before, in words."""
    indicator, context, _ = compose_one(settings, *figures)
    return format_period_comparison(indicator, context.year_on_year)


@pytest.mark.parametrize(
    ("settings", "figures", "words", "better"),
    [
        (f"{NUMBER}, target: {{at_least: 9}}", ("5", "6"), "↑ higher than in Apr 2020, 5", "later"),
        (
            f"{NUMBER}, target: {{at_least: 9}}",
            ("6", "5"),
            "↓ lower than in Apr 2020, 6",
            "earlier",
        ),
        (f"{NUMBER}, target: {{at_least: 9}}", ("5", "5"), "→ the same as in Apr 2020", None),
        (
            f"{NUMBER}, target: {{at_most: 9}}",
            ("5", "6"),
            "↑ higher than in Apr 2020, 5",
            "earlier",
        ),
        (f"{NUMBER}, target: {{at_most: 9}}", ("6", "5"), "↓ lower than in Apr 2020, 6", "later"),
        (
            f"{NUMBER}, target: {{between: [10, 20]}}",
            ("5", "6"),
            "↑ nearer to the target range than in Apr 2020, 5",
            "later",
        ),
        (
            f"{NUMBER}, target: {{between: [10, 20]}}",
            ("21", "22"),
            "↑ further from the target range than in Apr 2020, 21",
            "earlier",
        ),
        (
            f"{NUMBER}, target: {{between: [10, 20]}}",
            ("12", "18"),
            "↑ higher than in Apr 2020, 12",
            None,
        ),
        (
            f"{NUMBER}, target: {{between: [10, 20]}}",
            ("9", "21"),
            "↑ higher than in Apr 2020, 9",
            None,
        ),
        (
            f"{NUMBER}, target: {{between: [10, 20]}}",
            ("9", "20"),
            "↑ nearer to the target range than in Apr 2020, 9",
            "later",
        ),
        (
            f"{NUMBER}, target: {{between: [10, 20]}}",
            ("0", "15"),
            "↑ nearer to the target range than in Apr 2020, 0",
            "later",
        ),
        (
            f"{NUMBER}, target: not_a_target_measure",
            ("5", "6"),
            "↑ higher than in Apr 2020, 5",
            None,
        ),
        (
            f"{NUMBER}, target: not_a_target_measure",
            ("6", "5"),
            "↓ lower than in Apr 2020, 6",
            None,
        ),
        (f"{NUMBER}, target: not_a_target_measure", ("5", "5"), "→ the same as in Apr 2020", None),
        (
            f"{NUMBER}, target: not_a_target_measure, polarity: lower_is_better",
            ("6", "5"),
            "↓ lower than in Apr 2020, 6",
            "later",
        ),
    ],
)
def test_which_figure_is_better_depends_on_which_way_is(
    settings: str, figures: tuple[str, ...], words: str, better: str | None
) -> None:
    """The words say only how the figure moved, since one move may be chance."""
    indicator, context, _ = compose_one(settings, *figures)
    facts = list_comparison_facts(indicator, context.period_on_period)
    assert facts
    assert (facts["words"], facts["better"]) == (words, better)


def test_figures_are_compared_as_they_are_printed() -> None:
    words = compare_with_before(f"{NUMBER}, decimals: 0, target: {{at_least: 9}}", "5.4", "5.1")
    assert words == "→ the same as in Apr 2020"


def test_nothing_is_compared_without_a_figure_before_or_now() -> None:
    target = f"{NUMBER}, target: {{at_least: 9}}"
    assert compare_with_before(target, "5") == ""
    assert compare_with_before(target, "5", "6", Status.NOT_AVAILABLE) == ""
    assert compare_with_before(target, "5", Status.NOT_AVAILABLE, "6") == ""
    assert compare_with_before(target, Status.NOT_AVAILABLE) == ""


@pytest.mark.parametrize(
    ("unit", "figures", "words"),
    [
        # 7 added, then 2
        ("number", ("2", "9", "11"), "↓ fewer added than in May 2020, 7 then"),
        ("percent", ("2", "9", "11"), "↓ less added than in May 2020, 7% then"),
        # 2 added, then 5
        ("number", ("2", "4", "9"), "↑ more added than in May 2020, 2 then"),
        # 2 added, the first month's whole figure, then 2
        ("number", ("2", "4"), "→ as many added as in Apr 2020, 2 then"),
        ("percent", ("2", "4"), "→ as much added as in Apr 2020, 2% then"),
        ("number", ("2", None, "9"), ""),  # what was added in June alone is not known
        ("number", ("2", "9", "8"), ""),  # a total that fell was corrected
    ],
)
def test_a_running_total_is_compared_by_what_was_added(
    unit: str, figures: tuple[str | None, ...], words: str
) -> None:
    settings = f"unit: {unit}, frequency: monthly, accumulates: financial_year"
    target = "target: {at_most: 50, profile: full_year}"
    assert compare_with_before(f"{settings}, {target}", *figures) == words


def test_a_running_total_is_compared_with_the_total_a_year_before() -> None:
    settings = (
        f"{NUMBER}, accumulates: financial_year, target: {{at_most: 50, profile: full_year}}, "
        "earlier_months: {2019-05: 8}"
    )
    words = "↑ higher than the total to May 2019, 8"
    assert compare_with_year_before(settings, "5", "9") == words
    words = "→ the same as the total to May 2019"
    assert compare_with_year_before(settings, "5", "8") == words


def test_the_same_period_last_year_is_compared_where_it_is_known() -> None:
    settings = f"{NUMBER}, target: {{at_least: 9}}, earlier_months: {{2019-05: 8}}"
    assert compare_with_year_before(settings, "5", "6") == "↓ lower than in May 2019, 8"
    assert compare_with_year_before(settings, "5") == ""


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (f"{NUMBER}, earlier_months: {{2019-05: 8}}", "↓ lower than in May 2019, 8"),
        (f"{NUMBER}, earlier_months: {{2019-04: 8}}", ""),
        (
            "unit: number, frequency: quarterly, due_months: [5, 6], earlier_months: {2019-05: 8}",
            "↓ lower than in May 2019, 8",
        ),
    ],
)
def test_the_year_before_is_named_with_its_year(settings: str, words: str) -> None:
    settings = f"{settings}, target: {{at_least: 9}}"
    assert compare_with_year_before(settings, "5", "6") == words


def test_a_quarter_of_the_year_before_is_named_by_its_month() -> None:
    """Its name would be this year's too; a quarter earlier in the year keeps its name."""
    catalogue = make_one(
        "unit: number, frequency: quarterly, target: {at_least: 9}, earlier_months: {2019-09: 8}"
    )
    indicator, scale = select_only(catalogue)
    series = make_series((Month(2020, 6), "5"), (Month(2020, 9), "6"))
    context = compose_context(indicator, scale, series, rate(indicator, scale, series))
    assert context.year_on_year is not None
    assert context.period_on_period is not None
    assert context.year_on_year.period == "Sep 2019"
    assert context.period_on_period.period == "Q1"


def test_the_period_before_is_the_last_month_that_was_due() -> None:
    settings = "unit: number, frequency: monthly, due_months: [4, 5, 6, 7, 9], target: new"
    words = compare_with_before(settings, "1", "2", "3", "4", None, "9")
    assert words == "↑ higher than in Jul 2020, 4"


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
    indicator, scale = select_only(catalogue)
    targets = list_targets(indicator, scale, MONTHS)
    assert [(each.minimum, each.maximum) for each in targets] == [
        (low and Decimal(low), high and Decimal(high)) for low, high in ends
    ]


@pytest.mark.parametrize(
    ("settings", "ends"),
    [
        ("target: {at_least: 20}, bands: {amber: {units: 2}}", ("18", None)),
        ("target: {at_most: 20}, bands: {amber: {units: 2}}", (None, "22")),
        ("target: {at_least: 20}, bands: {amber: none}", (None, None)),
        ("target: {between: [10, 20]}, bands: {amber: {units: 2}}", ("8", "22")),
        (
            "target: {between: [10, 20]}, bands: {amber: {below: {units: 2}, above: none}}",
            ("8", None),
        ),
        ("target: {at_most: 30}, bands: {amber: {percent_of_target: 5}}", (None, "31.5")),
        ("target: {at_least: 7}, bands: {amber: {percent_of_target: 0.5}}", ("6.97", None)),
    ],
)
def test_the_limit_of_amber_stands_beside_each_months_target(
    settings: str, ends: tuple[str | None, str | None]
) -> None:
    indicator, scale = select_only(make_one(f"unit: number, frequency: monthly, {settings}"))
    targets = list_targets(indicator, scale, MONTHS)
    low, high = (end and Decimal(end) for end in ends)
    assert {(each.amber_minimum, each.amber_maximum) for each in targets} == {(low, high)}


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


def test_last_years_figure_is_rounded_as_this_years_is() -> None:
    settings = f"{NUMBER}, target: {{at_least: 9}}, earlier_months: {{2019-05: 5.6}}"
    assert compare_with_year_before(settings, "5", "5.6") == "→ the same as in May 2019"


def test_an_early_figure_of_an_indicator_in_arrears_is_rated_and_explained_alike() -> None:
    """What is printed, what is rated and what is compared are one figure."""
    catalogue = make_one("unit: percent, frequency: monthly, arrears: 1, target: {at_least: 60}")
    indicator, scale = select_only(catalogue)
    series = make_series((MONTHS[0], "70"), (MONTHS[1], "10"))
    verdict = rate(indicator, scale, series)
    assert verdict.label == "Red"
    assert rate_as_at(indicator, scale, series, series.as_at) == verdict
    compared = compose_context(indicator, scale, series, verdict).period_on_period
    words = format_period_comparison(indicator, compared)
    assert words == "↓ lower than in Apr 2020, 70%"
