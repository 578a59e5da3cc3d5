"""Each case of the published index, as a rating and its reason."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from judging import DECEMBER, JUNE, NOVEMBER, SEPTEMBER, judge, observe

from merton_kpi.goals import round_half_up
from merton_kpi.model import Judgement, Observation
from merton_kpi.vocab import Rating, Status

if TYPE_CHECKING:
    from merton_kpi.periods import Month

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
    verdict = judge(settings, (NOVEMBER, figure))
    assert (verdict.label, verdict.reason) == (label, reason)


@pytest.mark.parametrize(
    ("settings", "label"),
    [
        ("target: not_a_target_measure", "Not a target measure"),
        ("target: {at_least: 95}, rating_withheld: The data is unreliable", "Not a target measure"),
        ("target: new", "New"),
        ("target: {at_least: 5}, removed: The panel agreed", "No longer reported"),
        ('target: {at_least: 5}, replaced_by: "1"', "No longer reported"),
    ],
)
def test_a_rating_is_withheld_with_a_reason(settings: str, label: str) -> None:
    verdict = judge(f"{COUNT}, {settings}", (NOVEMBER, "1"))
    assert verdict.label == label
    assert verdict.reason.endswith(".")
    assert not verdict.rating.is_exception


def test_a_figure_is_rounded_half_up_before_it_is_rated() -> None:
    """54.5% is printed as 55% and meets 55%, as anyone can see on the page."""
    assert judge(f"{PERCENT}, target: {{at_least: 55}}", (NOVEMBER, "54.5")).label == "Green"
    assert judge(f"{PERCENT}, target: {{at_least: 55}}", (NOVEMBER, "54.4")).label == "Amber"


def test_a_half_is_rounded_away_from_zero() -> None:
    assert [str(round_half_up(Decimal(text), 1)) for text in ("0.25", "-0.25", "2.34")] == [
        "0.3",
        "-0.3",
        "2.3",
    ]


def test_an_earlier_period_is_named_where_the_latest_has_no_figure() -> None:
    verdict = judge(
        "unit: weeks, frequency: quarterly, target: {at_most: 26}",
        (JUNE, "41"),
        (SEPTEMBER, Status.NOT_AVAILABLE),
    )
    assert verdict.label == "Red (Q1)"
    assert verdict.reason == (
        "41 weeks in Q1 is 15 weeks above the target of at most 26 weeks; "
        "amber reaches only to 27.3 weeks."
    )


def test_no_figure_at_all_is_no_data_with_the_reason() -> None:
    target = f"{PERCENT}, target: {{at_least: 91}}"
    verdict = judge(target, (JUNE, Status.COVID), (SEPTEMBER, Status.COVID))
    assert (verdict.label, verdict.reason) == (
        "No data",
        "There is no figure this year: N/A - C19 in Jun 2020 and Sep 2020.",
    )
    assert judge(target).reason == "No figure is due yet this year."


@pytest.mark.parametrize(
    ("settings", "month", "figure", "label"),
    [
        ("target: {at_least: 20, profile: share_of_year}", SEPTEMBER, "4", "Red"),
        ("target: {at_least: 20, profile: share_of_year}", SEPTEMBER, "10", "Green"),
        ("target: {at_most: 50, profile: share_of_year}", NOVEMBER, "31", "Green"),
        ("target: {at_most: 50, profile: share_of_year}", NOVEMBER, "34", "Amber"),
        ("target: {at_most: 50, profile: share_of_year}", NOVEMBER, "35", "Red"),
        ("target: {at_most: 50, profile: full_year}", NOVEMBER, "35", "Green"),
    ],
)
def test_a_running_total_is_rated_by_its_targets_profile(
    settings: str, month: Month, figure: str, label: str
) -> None:
    """8 twelfths of 50 are 33.3; 5% of that is 1.665, so 34 is amber and 35 red."""
    verdict = judge(f"{COUNT}, accumulates: financial_year, {settings}", (month, figure))
    assert verdict.label == label


def judged(month: Month, rating: Rating) -> Observation:
    judgement = Judgement(rating=rating, reason="Two appeals are still open", by="Head of SEND")
    return replace(observe(month, Status.NOT_AVAILABLE), status=None, judgement=judgement)


def test_a_judgement_is_shown_as_one_with_both_reasons() -> None:
    verdict = judge(
        f"{PERCENT}, target: {{at_least: 60}}",
        (NOVEMBER, "50"),
        said=(judged(NOVEMBER, Rating.AMBER),),
    )
    assert (verdict.label, verdict.by_figures) == ("Amber (judgement)", Rating.RED)
    assert verdict.reason == (
        "Judged Amber by the Head of SEND: Two appeals are still open. By the figures alone: Red. "
        "50% in Nov 2020 is 10 percentage points below the target of at least 60%; "
        "amber reaches only to 59%."
    )
    assert verdict.rating.is_exception


def test_a_judgement_can_stand_where_there_is_no_figure() -> None:
    settings = f"{PERCENT}, target: {{at_least: 60}}"
    verdict = judge(settings, (JUNE, Status.COVID), said=(judged(JUNE, Rating.GREEN),))
    assert (verdict.label, verdict.by_figures) == ("Green (judgement)", Rating.NO_DATA)


def test_a_judgement_ends_when_a_figure_for_a_later_month_comes() -> None:
    settings, said = f"{PERCENT}, target: {{at_least: 60}}", (judged(SEPTEMBER, Rating.AMBER),)
    assert judge(settings, (SEPTEMBER, "50"), said=said).label == "Amber (judgement)"
    assert judge(settings, (SEPTEMBER, "50"), (NOVEMBER, "50"), said=said).label == "Red"


def test_a_judgement_of_a_carried_figure_names_the_period_too() -> None:
    verdict = judge(
        "unit: weeks, frequency: quarterly, target: {at_most: 26}",
        (JUNE, "41"),
        (SEPTEMBER, Status.NOT_AVAILABLE),
        said=(judged(SEPTEMBER, Rating.AMBER),),
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
    assert judge(settings, (JUNE, "5"), (SEPTEMBER, Status.NOT_AVAILABLE)).label == label


def test_a_figure_too_old_to_be_carried_is_no_data_with_the_reason() -> None:
    verdict = judge(
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
    settings = "unit: number, frequency: quarterly, target: {at_most: 26}"
    assert judge(settings, (JUNE, "26"), (NOVEMBER, "99")).label != "Red"
