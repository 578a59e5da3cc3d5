"""Each case of the published index, as a rating and its reason."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from helpers.councils import make_catalogue
from helpers.rating import (
    DECEMBER,
    JUNE,
    NOVEMBER,
    SEPTEMBER,
    make_one,
    make_series,
    observe,
    rate_one,
    select_only,
)

from merton_kpi.core.periods import Month
from merton_kpi.core.ratings import Rating
from merton_kpi.core.rounding import round_half_up
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.observations import Judgement, Observation
from merton_kpi.rating.context import list_targets
from merton_kpi.rating.limits import work_out_year_end_limits
from merton_kpi.rating.rate import Verdict, rate, rate_as_at, rate_figure
from merton_kpi.rating.wording.target_words import format_target
from merton_kpi.series.match import match_observations

PERCENT = "unit: percent, frequency: monthly"
COUNT = "unit: number, frequency: monthly"


@pytest.mark.parametrize(
    ("settings", "figure", "label", "reason"),
    [
        (
            f"{PERCENT}, target: {{at_least: 60}}",
            "60",
            "Green",
            "60% in Nov 2020 meets the target of at least 60%.",
        ),
        (
            f"{PERCENT}, target: {{at_least: 60}}",
            "59",
            "Amber",
            "59% in Nov 2020 is 1 percentage point below the target of at least 60%; "
            "amber reaches to 59%.",
        ),
        (
            f"{PERCENT}, target: {{at_least: 91}}",
            "89",
            "Red",
            "89% in Nov 2020 is 2 percentage points below the target of at least 91%; "
            "amber reaches only to 90%.",
        ),
        (
            f"{PERCENT}, target: {{between: [12, 20]}}",
            "20",
            "Green",
            "20% in Nov 2020 is within the target range of 12% to 20%.",
        ),
        (
            f"{PERCENT}, target: {{between: [12, 20]}}",
            "11",
            "Amber",
            "11% in Nov 2020 is 1 percentage point below the target range of 12% to 20%; "
            "amber reaches to 11%.",
        ),
        (
            f"{PERCENT}, target: {{between: [12, 20]}}",
            "22",
            "Red",
            "22% in Nov 2020 is 2 percentage points above the target range of 12% to 20%; "
            "amber reaches only to 21%.",
        ),
        (
            f"{COUNT}, target: {{at_most: 20}}",
            "21",
            "Amber",
            "21 in Nov 2020 is 1 above the target of at most 20; amber reaches to 21.",
        ),
        (
            f"{COUNT}, target: {{at_most: 20}}",
            "22",
            "Red",
            "22 in Nov 2020 is 2 above the target of at most 20; amber reaches only to 21.",
        ),
    ],
)
def test_the_latest_figure_is_rated_against_the_target(
    settings: str, figure: str, label: str, reason: str
) -> None:
    verdict = rate_one(settings, (NOVEMBER, figure))
    assert (verdict.label, verdict.reason) == (label, reason)


@pytest.mark.parametrize(
    ("settings", "label"),
    [
        ("target: not_a_target_measure", "Not a target measure"),
        ("target: {at_least: 95}, rating_withheld: The data is unreliable", "Not a target measure"),
        ("target: new", "New"),
        ("target: {at_least: 5}, removed: The panel agreed", "No longer reported"),
    ],
)
def test_a_rating_is_withheld_with_a_reason(settings: str, label: str) -> None:
    verdict = rate_one(f"{COUNT}, {settings}", (NOVEMBER, "1"))
    assert verdict.label == label
    assert verdict.reason.endswith(".")
    assert not verdict.rating.is_exception


def rate_replaced() -> Verdict:
    catalogue = make_catalogue(f"""
        - {{number: "1", title: Any, {COUNT}, target: {{at_least: 5}}, replaced_by: "2"}}
        - {{number: "2", title: Any, {COUNT}, target: {{at_least: 5}}}}
        """)
    indicator, _ = catalogue.indicators
    scale = catalogue.scale_for(catalogue.sections[0], indicator)
    return rate(indicator, scale, make_series((NOVEMBER, "1")))


def test_a_replaced_indicator_is_not_rated() -> None:
    assert rate_replaced().label == "No longer reported"


def test_a_replaced_indicator_names_the_one_in_its_place() -> None:
    assert rate_replaced().reason == "Replaced by indicator 2."


def test_a_figure_is_rounded_half_up_before_it_is_rated() -> None:
    """54.5% is printed as 55% and meets 55%, as anyone can see on the page."""
    settings = f"{PERCENT}, decimals: 0, target: {{at_least: 55}}"
    assert rate_one(settings, (NOVEMBER, "54.5")).label == "Green"
    assert rate_one(settings, (NOVEMBER, "54.4")).label == "Amber"


@pytest.mark.parametrize(
    ("figure", "label"),
    [("89.99", "Amber"), ("90", "Green"), ("90.00", "Green"), ("90.01", "Green")],
)
def test_without_decimals_a_figure_is_rated_as_it_is_written(figure: str, label: str) -> None:
    verdict = rate_one(f"{PERCENT}, target: {{at_least: 90}}", (NOVEMBER, figure))
    assert verdict.label == label
    assert verdict.reason.startswith(f"{figure}% in Nov 2020 ")


@pytest.mark.parametrize(
    ("figure", "target", "shown"),
    [
        # Two decimals more than the most of the year's figures and the target.
        ("6", "20", "6.67"),
        ("6.5", "20", "6.667"),
        ("6.50", "20", "6.6667"),
        ("6", "20.0", "6.667"),
        ("6", "20.25", "6.75"),
    ],
)
def test_without_decimals_a_share_has_two_more_than_the_figures_and_the_target(
    figure: str, target: str, shown: str
) -> None:
    shares = f"accumulates: financial_year, target: {{at_least: {target}, profile: share_of_year}}"
    verdict = rate_one(
        f"{COUNT}, {shares}, bands: {{amber: none}}", (JUNE, figure), (Month(2020, 7), "1")
    )
    assert f" the {shown} due by then (4 of 12 months " in verdict.reason


def test_a_half_is_rounded_away_from_zero() -> None:
    assert str(round_half_up(Decimal(5), 0)) == "5"
    assert [str(round_half_up(Decimal(text), 1)) for text in ("0.25", "-0.25", "2.34")] == [
        "0.3",
        "-0.3",
        "2.3",
    ]


@pytest.mark.parametrize(
    ("figure", "decimals", "expected"),
    [
        ("999999999999999999999999999999.5", 7, "999999999999999999999999999999.5000000"),
        ("9" * 40 + ".5", 0, "1" + "0" * 40),
        ("0", 6, "0.000000"),
        ("0.04", 1, "0.0"),
        ("47049.99", -2, "47000"),
        ("47050", -2, "47100"),
        ("-50", -2, "-100"),
        ("49", -2, "0"),
    ],
)
def test_a_figure_of_any_length_is_rounded(figure: str, decimals: int, expected: str) -> None:
    assert f"{round_half_up(Decimal(figure), decimals):f}" == expected


def test_an_earlier_period_is_named_where_the_latest_has_no_figure() -> None:
    verdict = rate_one(
        "unit: weeks, frequency: quarterly, target: {at_most: 26}",
        (JUNE, "41"),
        (SEPTEMBER, Status.NOT_AVAILABLE),
    )
    assert verdict.label == "Red (Q1)"
    assert verdict.reason == (
        "41 weeks in Q1 is 15 weeks above the target of at most 26 weeks; "
        "amber reaches only to 27.3 weeks. Q2 has no figure to rate, so the rating of Q1 is "
        "carried forward."
    )


@pytest.mark.parametrize(
    ("settings", "as_at", "label", "reason"),
    [
        ("frequency: quarterly", "2020-04", "Not due yet", "the next one is for Q1 (Jun 2020)."),
        ("frequency: quarterly", "2020-05", "Not due yet", "the next one is for Q1 (Jun 2020)."),
        ("frequency: quarterly", "2020-06", "No data", "Jun 2020 is due and has not come."),
        (
            "frequency: quarterly, arrears: 1",
            "2020-06",
            "Not due yet",
            "the next one is for Q1 (Jun 2020), to come in July 2020.",
        ),
        ("frequency: quarterly, arrears: 1", "2020-07", "No data", "has not come."),
        ("frequency: annual, due_months: [3]", "2020-04", "Not due yet", "is for March 2021."),
        ("frequency: annual, due_months: [3]", "2021-02", "Not due yet", "is for March 2021."),
        ("frequency: annual, due_months: [3]", "2021-03", "No data", "has not come."),
        ("frequency: half_yearly", "2020-08", "Not due yet", "is for H1 (Sep 2020)."),
        ("frequency: termly", "2020-06", "Not due yet", "is for Summer term (Jul 2020)."),
        ("frequency: monthly, first_due: 2020-10", "2020-09", "Not due yet", "for October 2020."),
        ("frequency: monthly, first_due: 2020-10", "2020-10", "No data", "has not come."),
        (
            "frequency: every_second_year, first_due: 2020-03",
            "2021-03",
            "Not due yet",
            "the next one is for March 2022.",
        ),
        (
            "frequency: annual, due_months: [3], removed: {from: 2021-01, reason: Agreed}",
            "2020-12",
            "Not due yet",
            "No figure is due before it is removed from January 2021.",
        ),
    ],
)
def test_a_figure_that_is_not_due_yet_is_told_from_one_that_is_missing(
    settings: str, as_at: str, label: str, reason: str
) -> None:
    catalogue = make_one(f"unit: number, target: {{at_least: 5}}, {settings}")
    (indicator,) = catalogue.indicators
    series, _ = match_observations(catalogue, (), Month.read(as_at))
    verdict = rate(indicator, catalogue.scale_for(catalogue.sections[0], indicator), series["1"])
    assert verdict.label == label
    assert verdict.reason.endswith(reason)


def test_no_figure_at_all_is_no_data_with_the_reason() -> None:
    target = f"{PERCENT}, target: {{at_least: 91}}"
    verdict = rate_one(target, (JUNE, Status.COVID), (SEPTEMBER, Status.COVID))
    assert (verdict.label, verdict.reason) == (
        "No data",
        "There is no figure this year: N/A - C19 in Jun 2020 and Sep 2020.",
    )


@pytest.mark.parametrize(
    ("settings", "month", "figure", "label"),
    [
        ("target: {at_least: 20, profile: share_of_year}", SEPTEMBER, "4", "Red"),
        ("target: {at_least: 20, profile: share_of_year}", SEPTEMBER, "10", "Green"),
        ("target: {at_most: 50, profile: share_of_year}", NOVEMBER, "31", "Green"),
        ("target: {at_most: 50, profile: share_of_year}", NOVEMBER, "34", "Amber"),
        ("target: {at_most: 50, profile: share_of_year}", NOVEMBER, "35", "Amber"),
        ("target: {at_most: 50, profile: share_of_year}", NOVEMBER, "36", "Red"),
        ("target: {at_most: 50, profile: full_year}", NOVEMBER, "35", "Green"),
    ],
)
def test_a_running_total_is_rated_by_its_targets_profile(
    settings: str, month: Month, figure: str, label: str
) -> None:
    """8 twelfths of 50 are 33.33…; with 5% more that is 35, so 35 is amber and 36 red."""
    verdict = rate_one(f"{COUNT}, accumulates: financial_year, {settings}", (month, figure))
    assert verdict.label == label


def observe_rating(month: Month, rating: Rating) -> Observation:
    judgement = Judgement(rating=rating, reason="Two appeals are still open", by="Head of SEND")
    return replace(observe(month, Status.NOT_AVAILABLE), status=None, judgement=judgement)


def test_a_judgement_is_shown_as_one_with_both_reasons() -> None:
    verdict = rate_one(
        f"{PERCENT}, target: {{at_least: 60}}",
        (NOVEMBER, "50"),
        said=(observe_rating(NOVEMBER, Rating.AMBER),),
    )
    assert (verdict.label, verdict.by_figures) == ("Amber (judgement)", Rating.RED)
    assert verdict.reason == (
        "Judged Amber by the Head of SEND: Two appeals are still open. By the figures alone: Red. "
        "50% in Nov 2020 is 10 percentage points below the target of at least 60%; "
        "amber reaches only to 59%."
    )
    assert verdict.rating.is_exception


def test_a_judgement_needs_no_figure() -> None:
    settings = f"{PERCENT}, target: {{at_least: 60}}"
    verdict = rate_one(settings, (JUNE, Status.COVID), said=(observe_rating(JUNE, Rating.GREEN),))
    assert (verdict.label, verdict.by_figures) == ("Green (judgement)", Rating.NO_DATA)


def test_a_judgement_ends_when_a_figure_for_a_later_month_comes() -> None:
    settings, said = (
        f"{PERCENT}, target: {{at_least: 60}}",
        (observe_rating(SEPTEMBER, Rating.AMBER),),
    )
    assert rate_one(settings, (SEPTEMBER, "50"), said=said).label == "Amber (judgement)"
    assert rate_one(settings, (SEPTEMBER, "50"), (NOVEMBER, "50"), said=said).label == "Red"


def test_a_judgement_of_a_carried_figure_names_the_period_too() -> None:
    verdict = rate_one(
        "unit: weeks, frequency: quarterly, target: {at_most: 26}",
        (JUNE, "41"),
        (SEPTEMBER, Status.NOT_AVAILABLE),
        said=(observe_rating(SEPTEMBER, Rating.AMBER),),
    )
    assert verdict.label == "Amber (Q1, judgement)"


@pytest.mark.parametrize(
    ("allowed", "label"),
    [
        ("", "Red (Jun 2020)"),
        (", carry_forward: 0", "No data"),
        (", carry_forward: 1", "Red (Jun 2020)"),
    ],
)
def test_a_figure_is_carried_for_as_many_periods_as_the_indicator_allows(
    allowed: str, label: str
) -> None:
    settings = f"{PERCENT}, target: {{at_least: 60}}{allowed}"
    assert rate_one(settings, (JUNE, "5"), (SEPTEMBER, Status.NOT_AVAILABLE)).label == label


def test_a_figure_too_old_to_be_carried_is_no_data_with_the_reason() -> None:
    verdict = rate_one(
        "unit: weeks, frequency: quarterly, target: {at_most: 26}",
        (JUNE, "41"),
        (SEPTEMBER, Status.NOT_AVAILABLE),
        (DECEMBER, Status.NOT_AVAILABLE),
    )
    assert (verdict.label, verdict.reason) == (
        "No data",
        "The latest figure is for Q1, with none for Q2 and Q3: "
        "a rating is carried forward 1 quarter at most.",
    )


def test_a_figure_in_a_month_that_none_is_due_for_is_not_rated() -> None:
    catalogue = make_one("unit: number, frequency: quarterly, target: {at_most: 26}")
    series = replace(make_series((JUNE, "26"), (NOVEMBER, "99")), due=(JUNE,))
    assert rate(*select_only(catalogue), series).label == "Green"


SHARES = "accumulates: financial_year, target: {at_least: 10, profile: share_of_year}"
OUTTURNS = "outturns: {2020/21: 1, 2019/20: 17, 2018/19: 19, 2017/18: {value: 5, unit: percent}}"


@pytest.mark.parametrize(
    ("settings", "figure", "reason"),
    [
        (
            f"{PERCENT}, target: {{at_least: 60}}, bands: {{blue: {{from: 70}}}}",
            "71",
            "71% in Nov 2020 meets the target of at least 60%; blue begins at 70%.",
        ),
        (
            f"{PERCENT}, target: {{at_least: 60}}, bands: {{blue: {{from: 70}}}}",
            "61",
            "61% in Nov 2020 meets the target of at least 60%.",
        ),
        (
            f"{PERCENT}, target: {{above: 60}}",
            "60",
            "60% in Nov 2020 only equals the target (above 60%); amber reaches to 59%.",
        ),
        (
            f"{PERCENT}, target: {{below: 5}}, bands: {{amber: none}}",
            "5",
            "5% in Nov 2020 only equals the target (below 5%); there is no amber.",
        ),
        (
            f"{PERCENT}, target: {{below: 5}}, bands: {{amber: none}}",
            "4",
            "4% in Nov 2020 meets the target (below 5%).",
        ),
        (
            f"{COUNT}, target: {{at_least: 60}}, bands: {{green: {{units: 2}}}}",
            "58",
            "58 in Nov 2020 is 2 below the target of at least 60; green reaches to 58.",
        ),
        (
            f"{COUNT}, target: {{at_most: 0}}, bands: {{amber: none}}",
            "1",
            "1 in Nov 2020 is 1 above the target of at most 0; there is no amber.",
        ),
        (
            f"{COUNT}, {SHARES}",
            "6",
            "6 since April (up to Nov 2020) is 0.67 below the 6.67 due by then (8 of 12 months of "
            "at least 10 for the year); amber reaches only to 6.33.",
        ),
        (
            f"{COUNT}, accumulates: financial_year, target: {{at_least: 10, profile: milestones, "
            "milestones: {2020-09: 4}}",
            "4",
            "4 since April (up to Nov 2020) meets the milestone of at least 4 for Sep 2020.",
        ),
        (
            f"{COUNT}, polarity: lower_is_better, target: {{no_worse_than: last_year}}, {OUTTURNS}",
            "17",
            "17 in Nov 2020 meets last year's outturn, 17 in 2019/20.",
        ),
        (
            f"{COUNT}, polarity: higher_is_better, target: {{no_worse_than: best, years: 2}}, "
            f"{OUTTURNS}",
            "19",
            "19 in Nov 2020 meets the best of the last 2 years, 19 in 2018/19.",
        ),
        (
            f"{COUNT}, polarity: higher_is_better, target: {{no_worse_than: worst, years: 3}}, "
            f"{OUTTURNS}",
            "17",
            "17 in Nov 2020 meets the worst of the last 3 years, 17 in 2019/20 "
            "(of 2018/19 and 2019/20 alone).",
        ),
    ],
)
def test_the_reason_names_the_limit_that_decided(settings: str, figure: str, reason: str) -> None:
    assert rate_one(settings, (NOVEMBER, figure)).reason == reason


@pytest.mark.parametrize(
    ("reason", "printed"),
    [("Agreed", "Agreed."), ("Agreed.", "Agreed."), ("Agreed!", "Agreed!"), ("Why?", "Why?")],
)
def test_a_reason_ends_as_a_sentence_does(reason: str, printed: str) -> None:
    verdict = rate_one(f"{COUNT}, target: {{at_least: 5}}, removed: '{reason}'", (NOVEMBER, "1"))
    assert verdict.reason == printed


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("new", "It is new this year and has no target yet."),
        ("not_a_target_measure", "It has no target: the figures are there for context."),
    ],
)
def test_a_word_in_place_of_a_target_has_its_reason(target: str, reason: str) -> None:
    assert rate_one(f"{COUNT}, target: {target}", (NOVEMBER, "1")).reason == reason


def test_a_figure_that_is_due_and_missing_is_the_reason() -> None:
    series = replace(make_series(), due=(JUNE, SEPTEMBER))
    catalogue = make_one(f"{COUNT}, target: {{at_least: 5}}")
    verdict = rate(*select_only(catalogue), series)
    assert verdict.reason == "The figures for Jun 2020 and Sep 2020 are due and have not come."
    verdict = rate_one(
        f"{COUNT}, target: {{at_least: 5}}", (JUNE, Status.COVID), (SEPTEMBER, Status.TO_COME)
    )
    assert verdict.reason == "There is no figure this year: N/A - C19 in Jun 2020; TBC in Sep 2020."


def test_a_year_is_rated_month_by_month_as_it_became_known() -> None:
    """In arrears, a figure counts a month later; a judgement from when it was made."""
    catalogue = make_one(f"{PERCENT}, target: {{at_least: 60}}, arrears: 1, carry_forward: 11")
    indicator, scale = select_only(catalogue)
    said = (observe_rating(Month(2020, 10), Rating.AMBER),)
    series = replace(make_series((JUNE, "60"), (Month(2020, 10), "5"), said=said), as_at=DECEMBER)
    year = catalogue.financial_year.months[:9]
    verdicts = [rate_as_at(indicator, scale, series, each) for each in year]
    assert [verdict.rating.label for verdict in verdicts] == [
        *["Not due yet"] * 3,
        *["Green"] * 3,
        *["Amber"] * 3,
    ]


def test_the_targets_of_a_year_are_printed_in_order() -> None:
    settings = f"{PERCENT}, target: [{{above: 60}}, {{from: 2020-10, above: 70}}]"
    assert format_target(make_one(settings).indicators[0]) == "above 60%; above 70% from Oct 2020"
    assert format_target(make_one(f"{COUNT}, target: new").indicators[0]) == "New"
    past = f"{COUNT}, polarity: lower_is_better, target: {{no_worse_than: last_year}}"
    assert format_target(make_one(past).indicators[0]) == "no worse than last year's outturn"


def test_a_share_of_the_year_comes_with_its_sum() -> None:
    limits = rate_one(f"{COUNT}, decimals: 1, {SHARES}", (NOVEMBER, "6")).limits
    assert limits is not None
    assert limits.derivation == "10 x 8 / 12 = 6.667 (rounded)"
    limits = rate_one(f"{COUNT}, {SHARES}", (SEPTEMBER, "6")).limits
    assert limits is not None
    assert limits.derivation == "10 x 6 / 12 = 5"
    limits = rate_one(f"{COUNT}, target: {{at_least: 5}}", (NOVEMBER, "6")).limits
    assert limits is not None
    assert limits.derivation == ""


def test_a_sum_that_is_rounded_says_so() -> None:
    """An eighth has a decimal more than limits are printed with."""
    shares = "accumulates: financial_year, target: {at_least: 0.5, profile: share_of_year}"
    limits = rate_one(f"{COUNT}, decimals: 0, {shares}", (JUNE, "6")).limits
    assert limits is not None
    assert limits.derivation == "0.5 x 3 / 12 = 0.13 (rounded)"


@pytest.mark.parametrize(
    ("settings", "first", "end"),
    [
        ("target: {at_least: 60, from: 2020-10}", Month(2020, 10), "60"),
        (
            "accumulates: financial_year, target: {at_least: 60, profile: milestones, "
            "milestones: {2020-09: 60}}",
            SEPTEMBER,
            "60",
        ),
    ],
)
def test_months_before_a_target_have_no_limits(settings: str, first: Month, end: str) -> None:
    catalogue = make_one(f"{COUNT}, {settings}")
    (indicator,) = catalogue.indicators
    year = catalogue.financial_year.months
    targets = list_targets(indicator, catalogue.scale_for(catalogue.sections[0], indicator), year)
    assert [each.minimum for each in targets] == [
        Decimal(end) if month >= first else None for month in year
    ]
    assert {each.maximum for each in targets} == {None}


def test_an_outturn_that_names_its_indicators_own_unit_is_a_target() -> None:
    past = "polarity: lower_is_better, target: {no_worse_than: last_year}"
    outturns = "outturns: {2019/20: {value: 17, unit: number}}"
    assert rate_one(f"{COUNT}, {past}, {outturns}", (NOVEMBER, "12")).rating is Rating.GREEN


def test_the_year_end_limit_is_strict_where_the_target_is() -> None:
    settings = f"{COUNT}, accumulates: financial_year, target: {{below: 12, profile: full_year}}"
    catalogue = make_one(f"{settings}, bands: {{amber: none}}")
    (indicator,) = catalogue.indicators
    scale = catalogue.scale_for(catalogue.sections[0], indicator)
    limits = work_out_year_end_limits(indicator, scale)
    assert limits is not None
    assert limits.name == "the target (below 12 for the year, as a whole)"
    assert rate_figure(Decimal(12), limits)[0] is Rating.RED
    assert rate_figure(Decimal(11), limits)[0] is Rating.GREEN


def test_a_limit_is_exact_where_a_share_of_the_target_is_not() -> None:
    """8 twelfths of 50 and 5% more are exactly 35, though 33.33… would give 34.99…."""
    shares = "accumulates: financial_year, target: {at_most: 50, profile: share_of_year}"
    verdict = rate_one(f"{COUNT}, {shares}", (NOVEMBER, "35"))
    assert (verdict.label, verdict.reason) == (
        "Amber",
        "35 since April (up to Nov 2020) is 1.67 above the 33.33 allowed by then (8 of 12 months "
        "of at most 50 for the year); amber reaches to 35.",
    )


def test_an_outturn_is_rounded_as_the_figures_compared_with_it_are() -> None:
    settings = f"{PERCENT}, polarity: higher_is_better, target: {{no_worse_than: last_year}}"
    outturns = "outturns: {2019/20: 51.4}"
    written = rate_one(f"{settings}, {outturns}", (NOVEMBER, "51.4"))
    assert written.reason == "51.4% in Nov 2020 meets last year's outturn, 51.4% in 2019/20."
    verdict = rate_one(f"{settings}, decimals: 0, {outturns}", (NOVEMBER, "51.4"))
    assert verdict.reason == "51% in Nov 2020 meets last year's outturn, 51% in 2019/20."


def test_an_outturn_that_measures_something_else_is_no_target() -> None:
    settings = f"{COUNT}, polarity: lower_is_better, target: {{no_worse_than: last_year}}"
    outturns = "outturns: {2019/20: {value: 4, comparable: false}}"
    assert rate_one(f"{settings}, {outturns}", (NOVEMBER, "9")).label == "No data"


ACADEMIC = f"{COUNT}, accumulates: academic_year, polarity: lower_is_better, carry_forward: 2"


def test_the_year_before_an_academic_years_month_is_the_academic_year_before() -> None:
    """April 2020 lies in the academic year 2019/20, whose own outturn is no target for it."""
    settings = f"{ACADEMIC}, target: {{no_worse_than: last_year}}, bands: {{amber: none}}"
    outturns = "outturns: {2019/20: 17, 2018/19: 5}"
    april = rate_one(f"{settings}, {outturns}", (Month(2020, 4), "12"))
    november = rate_one(f"{settings}, {outturns}", (NOVEMBER, "12"))
    assert (april.label, november.label) == ("Red", "Green")


def test_last_academic_years_total_may_be_printed_under_the_year_after() -> None:
    """By July 2020's last year, 2018/19: its 12 is under 2019/20, and 2018/19 holds another's."""
    settings = f"{ACADEMIC}, target: {{no_worse_than: last_year}}, bands: {{amber: none}}"
    outturns = (
        "outturns: {2019/20: {value: 12, period: academic year 2018/19}, "
        "2018/19: {value: 20, period: academic year 2017/18}}"
    )
    july = Month(2020, 7)
    found = [rate_one(f"{settings}, {outturns}", (july, figure)) for figure in ("12", "13")]
    assert [verdict.label for verdict in found] == ["Green", "Red"]
    assert (
        found[0].reason
        == "12 since September (up to Jul 2020) meets last year's outturn, 12 in 2018/19."
    )


def test_an_academic_years_total_is_not_carried_into_the_next() -> None:
    settings = f"{ACADEMIC}, target: {{no_worse_than: last_year}}, outturns: {{2019/20: 17}}"
    july = Month(2020, 7)
    assert rate_one(settings, (july, "9"), (SEPTEMBER, Status.TO_COME)).label == "No data"


def test_an_academic_years_total_is_not_carried_where_its_own_target_is_known() -> None:
    outturns = "outturns: {2019/20: 17, 2018/19: 10}"
    settings = f"{ACADEMIC}, target: {{no_worse_than: last_year}}, {outturns}"
    verdict = rate_one(settings, (Month(2020, 7), "9"), (SEPTEMBER, Status.TO_COME))
    assert verdict.reason == "There is no figure this year: TBC in Sep 2020."


def test_an_academic_years_milestones_end_with_it() -> None:
    settings = (
        f"{COUNT}, accumulates: academic_year, target: {{at_most: 30, profile: milestones, "
        "milestones: {2020-07: 20, 2020-12: 30}}"
    )
    verdict = rate_one(settings, (SEPTEMBER, "9"))
    assert verdict.reason == "No milestone of its target has been reached yet."


def test_a_range_with_a_green_tolerance_has_the_missed_end_as_its_reason() -> None:
    settings = f"{PERCENT}, target: {{between: [12, 20]}}"
    bands = "bands: {green: {percentage_points: 1}, amber: none}"
    assert rate_one(f"{settings}, {bands}", (NOVEMBER, "21")).reason == (
        "21% in Nov 2020 is 1 percentage point above the target range of 12% to 20%; "
        "green reaches to 21%."
    )


def test_a_strict_green_ends_before_its_limit() -> None:
    settings = f"{COUNT}, target: {{below: 5}}, bands: {{green: {{units: 1}}, amber: none}}"
    assert rate_one(settings, (NOVEMBER, "5")).reason == (
        "5 in Nov 2020 only equals the target (below 5); green ends before 6."
    )


def test_a_figure_is_never_printed_as_minus_zero() -> None:
    verdict = rate_one(
        f"{COUNT}, decimals: 0, target: {{at_least: 0}}, bands: {{amber: none}}",
        (NOVEMBER, "-0.4"),
    )
    assert verdict.reason == "0 in Nov 2020 meets the target of at least 0."


def test_a_judgement_ends_when_its_own_months_figure_is_corrected() -> None:
    settings = f"{PERCENT}, target: {{at_least: 60}}"
    series = make_series((SEPTEMBER, "50"), said=(observe_rating(SEPTEMBER, Rating.AMBER),))
    corrected = replace(series.figures[SEPTEMBER], known=NOVEMBER)
    catalogue = make_one(settings)
    later = replace(series, figures={SEPTEMBER: corrected})
    assert rate(*select_only(catalogue), series).judgement is not None
    assert rate(*select_only(catalogue), later).judgement is None


def test_a_judgement_is_carried_no_further_than_a_figure_would_be() -> None:
    settings, said = (
        f"{PERCENT}, target: {{at_least: 60}}",
        (observe_rating(JUNE, Rating.GREEN),),
    )
    missing = [(month, Status.NOT_AVAILABLE) for month in (JUNE, SEPTEMBER, NOVEMBER)]
    assert rate_one(settings, *missing[:1], said=said).label == "Green (judgement)"
    assert rate_one(settings, *missing[:2], said=said).label == "Green (Jun 2020, judgement)"
    assert rate_one(settings, *missing, said=said).label == "No data"


def test_one_missing_figure_is_named_in_the_singular() -> None:
    series = replace(make_series(), due=(JUNE,))
    catalogue = make_one(f"{COUNT}, target: {{at_least: 5}}")
    verdict = rate(*select_only(catalogue), series)
    assert verdict.reason == "The figure for Jun 2020 is due and has not come."


def test_a_rating_that_is_never_carried_forward_says_so() -> None:
    settings = f"{COUNT}, target: {{at_least: 5}}, carry_forward: 0"
    assert rate_one(settings, (JUNE, "5"), (SEPTEMBER, Status.COVID)).reason == (
        "The latest figure is for Jun 2020, with none for Sep 2020: "
        "this indicator's rating is not carried forward."
    )


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (
            "accumulates: financial_year, polarity: lower_is_better, "
            "target: {no_worse_than: last_year}",
            "no worse than last year's outturn of the whole year",
        ),
        (
            "accumulates: academic_year, target: {below: 12, profile: share_of_year}",
            "below 12 for the academic year, in equal shares",
        ),
    ],
)
def test_the_year_that_a_running_total_is_for_is_named(settings: str, words: str) -> None:
    assert format_target(make_one(f"{COUNT}, {settings}").indicators[0]) == words


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (
            "{above: 12, profile: share_of_year}",
            "9 since April (up to Nov 2020) meets the 8 due by then (8 of 12 months of above 12 "
            "for the year).",
        ),
        (
            "{above: 12, profile: milestones, milestones: {2020-04: 8}}",
            "9 since April (up to Nov 2020) meets the milestone of above 8 for Apr 2020.",
        ),
    ],
)
def test_a_strict_target_is_strict_on_its_way_through_the_year(target: str, reason: str) -> None:
    settings = f"{COUNT}, accumulates: financial_year, target: {target}"
    assert rate_one(settings, (NOVEMBER, "9")).reason == reason


def test_a_figure_to_date_is_rated_against_the_whole_target_and_said_to_be_one() -> None:
    settings = "unit: percent, decimals: 1, frequency: monthly, figures: to_date"
    verdict = rate_one(f"{settings}, target: {{at_least: 98.5}}", (JUNE, "98.4"))
    assert verdict.label == "Amber"
    assert verdict.reason == (
        "98.4% in Jun 2020 (year to date) is 0.1 percentage points below the target of at least "
        "98.5%; amber reaches to 97.5%."
    )
