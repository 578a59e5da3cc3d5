"""A figure compared with an earlier one of its own indicator: across April, and across a break."""

from __future__ import annotations

import pytest
from helpers.rating import list_sentences, make_one, make_series, rate_one

from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.rating.context import Assessment, Context, compose_context
from merton_kpi.rating.rate import rate
from merton_kpi.rating.wording.comparison_words import format_period_comparison
from merton_kpi.rating.wording.explain import explain

APRIL, MAY, JUNE = Month(2020, 4), Month(2020, 5), Month(2020, 6)
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
    scale = catalogue.scale_for(catalogue.sections[0], indicator)
    series = make_series(*figures)
    return compose_context(indicator, scale, series, rate(indicator, scale, series))


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
            ("↑ higher than in Q4, 60.50%", "↓ lower than in Jun 2019, 70.10%"),
        ),
        (
            f"{MONTHLY}, earlier_months: {{2020-03: 95}}",
            (APRIL, "93"),
            ("↓ lower than in Mar 2020, 95%", ""),
        ),
        # Not last year's outturn, which may be the whole year's average.
        (f"{MONTHLY}, outturns: {{2019/20: 95}}", (APRIL, "93"), ("", "")),
        # March added 3, April 2; April's total is all that it added.
        (
            f"{TOTAL}, earlier_months: {{2020-02: 40, 2020-03: 43}}",
            (APRIL, "2"),
            ("↓ fewer added than in Mar 2020, 3 then", ""),
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
        ("outturns: {2019/20: 60}", "↑ higher than in 2019/20, 60%"),
        ("outturns: {2019/20: 67}", "→ the same as in 2019/20"),
        ("outturns: {2018/19: 60}", ""),
        ("outturns: {2019/20: {value: 60, comparable: false}}", ""),
        ("outturns: {2019/20: {value: 60, unit: number}}", ""),
        ("outturns: {2019/20: {status: not_available}}", ""),
        (
            "outturns: {2019/20: 60}, earlier_months: {2019-06: 61}",
            "↑ higher than in Jun 2019, 61%",
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


BROKEN = "breaks: [{from: 2020-05, reason: Two more teams are counted.}]"


@pytest.mark.parametrize(
    ("start", "words", "streak"),
    [
        ("2020-04", "↑ higher than in May 2020, 94%", 3),
        ("2020-05", "↑ higher than in May 2020, 94%", 2),
        ("2020-06", "", 1),
        ("2020-07", "↑ higher than in May 2020, 94%", 3),
    ],
)
def test_neither_comparison_nor_streak_reaches_across_a_break(
    start: str, words: str, streak: int
) -> None:
    """A break begins with its own month."""
    settings = f"{MONTHLY}, breaks: [{{from: {start}, reason: New}}]"
    figures = ((APRIL, "93"), (MAY, "94"), (JUNE, "96"))
    assert compare_one(settings, *figures) == (words, "")
    context = compose_one(settings, *figures)
    assert (context.streak, context.whole_year) == (streak, streak == 3)
    assert context.period_before_break == ("" if words else "May 2020")


@pytest.mark.parametrize(
    ("start", "words"),
    [("2019-06", "↓ lower than in Jun 2019, 97%"), ("2019-07", ""), ("2020-06", "")],
)
def test_a_year_before_is_not_compared_across_a_break(start: str, words: str) -> None:
    settings = f"{MONTHLY}, earlier_months: {{2019-06: 97}}"
    settings += f", breaks: [{{from: {start}, reason: New}}]"
    assert compare_one(settings, (JUNE, "96")) == ("", words)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("2020-04", "↓ fewer added than in May 2020, 7 then"),
        ("2020-05", ""),  # what May added to April's total is not known
        ("2020-06", ""),
    ],
)
def test_what_a_running_total_added_is_not_known_across_a_break(start: str, words: str) -> None:
    settings = f"{TOTAL}, breaks: [{{from: {start}, reason: New}}]"
    figures = ((APRIL, "2"), (MAY, "9"), (JUNE, "11"))
    assert compare_one(settings, *figures) == (words, "")


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        ("2018-04", "the best of the last 2 years, 80% in 2018/19"),
        (
            "2018-05",
            "the best of the last 2 years, 70% in 2019/20 (of 2019/20 alone)",
        ),
        (
            "2019-04",
            "the best of the last 2 years, 70% in 2019/20 (of 2019/20 alone)",
        ),
        ("2019-05", "There is no outturn since the break in the series (May 2019) to compare with"),
        ("2020-06", "There is no outturn since the break in the series (Jun 2020) to compare with"),
    ],
)
def test_an_outturn_from_before_a_break_is_no_target(start: str, reason: str) -> None:
    """An outturn may cover its whole year, so a break within the year excludes it."""
    settings = (
        "unit: percent, frequency: monthly, polarity: higher_is_better, "
        "target: {no_worse_than: best, years: 2}, outturns: {2019/20: 70, 2018/19: 80}"
    )
    verdict = rate_one(f"{settings}, breaks: [{{from: {start}, reason: New}}]", (JUNE, "75"))
    assert reason in verdict.reason


def test_an_outturn_from_before_a_break_is_not_compared() -> None:
    settings = f"{ANNUAL}, outturns: {{2019/20: 60}}"
    same = "breaks: [{from: 2019-06, reason: New}]"
    assert compare_one(f"{settings}, {same}", (JUNE, "67"))[0] != ""
    later = "breaks: [{from: 2019-07, reason: New}]"
    assert compare_one(f"{settings}, {later}", (JUNE, "67")) == ("", "")


def test_explain_says_why_nothing_is_compared_across_a_break() -> None:
    settings = f"{MONTHLY}, {BROKEN}"
    catalogue = make_one(settings)
    (indicator,) = catalogue.indicators
    scale = catalogue.scale_for(catalogue.sections[0], indicator)

    def explain_by(*figures: tuple[Month, str]) -> tuple[tuple[str, ...], object]:
        series = make_series(*figures)
        verdict = rate(indicator, scale, series)
        context = compose_context(indicator, scale, series, verdict)
        assessment = Assessment(scale=scale, verdict=verdict, context=context)
        explanation = explain(indicator, series, assessment)
        sentences = list_sentences(explanation, "Compared with earlier")
        return sentences, explanation.facts["breaks"]

    sentence = "May 2020: break in the series: Two more teams are counted."
    fact = {"from": "2020-05", "reason": "Two more teams are counted."}
    assert explain_by((APRIL, "93"), (MAY, "94")) == (
        ("Not compared with Apr 2020, before a break in the series.", sentence),
        [fact],
    )
    assert explain_by((MAY, "94"), (JUNE, "96")) == (
        ("↑ higher than in May 2020, 94%.", sentence),
        [fact],
    )
    # As at April nothing is known of May's break.
    assert explain_by((APRIL, "93")) == (
        ("Not known: this period and the one before do not both have a figure.",),
        [],
    )
