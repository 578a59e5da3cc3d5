"""Targets that change within the year: set later, withdrawn, of another form, with other bands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD
from helpers.messages import list_codes
from helpers.rating import NOVEMBER, SEPTEMBER, list_sentences, make_one, make_series, rate_one

from merton_kpi.catalogue.bands import select_scale
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.rating.context import Assessment, Context, compose_context
from merton_kpi.rating.rate import rate
from merton_kpi.rating.wording.context_words import format_comparisons
from merton_kpi.rating.wording.explain import explain
from merton_kpi.series.records import Series

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    from merton_kpi.core.issues import Issue

PERCENT = "unit: percent, decimals: 1, frequency: monthly"
OCTOBER = Month(2020, 10)


def rate_months(settings: str, figures: str) -> str:
    """Each month's rating by itself, as `2020-09 85 Green`, for months and figures."""
    pairs = [each.split() for each in figures.split("; ")]
    found = [
        rate_one(settings, (Month.read(month), figure)).rating.label for month, figure, *_ in pairs
    ]
    return "; ".join(
        f"{month} {figure} {rating}"
        for (month, figure, *_), rating in zip(pairs, found, strict=True)
    )


TABLE = {
    "80% from September: new before": (
        f"{PERCENT}, target: {{from: 2020-09, at_least: 80}}",
        "2020-08 95 New; 2020-09 80 Green; 2020-09 79.9 Amber; 2020-09 79 Amber; "
        "2020-09 78.9 Red; 2021-03 80 Green",
    ),
    "80% from June, 90% from September": (
        f"{PERCENT}, target: [{{from: 2020-06, at_least: 80}}, {{from: 2020-09, at_least: 90}}]",
        "2020-05 95 New; 2020-06 80 Green; 2020-06 78.9 Red; 2020-08 80 Green; 2020-09 80 Red; "
        "2020-09 89 Amber; 2020-09 90 Green",
    ),
    "80% until August, withdrawn, 85% from November": (
        f"{PERCENT}, target: [{{at_least: 80}}, {{from: 2020-09, withdrawn: Under review}}, "
        "{from: 2020-11, at_least: 85}]",
        "2020-08 78.9 Red; 2020-08 80 Green; 2020-09 0 Not a target measure; "
        "2020-10 100 Not a target measure; 2020-11 84.9 Amber; 2020-11 85 Green",
    ),
    "at most 20 until August, then 12 to 20, then below 15": (
        f"{PERCENT}, target: [{{at_most: 20}}, {{from: 2020-09, between: [12, 20]}}, "
        "{from: 2021-01, below: 15}]",
        "2020-08 0 Green; 2020-08 20.1 Amber; 2020-08 21.1 Red; 2020-09 10.9 Red; "
        "2020-09 11 Amber; 2020-09 12 Green; 2020-09 20 Green; 2020-09 20.1 Amber; "
        "2020-09 21.1 Red; 2021-01 0 Green; 2021-01 14.9 Green; 2021-01 15 Amber",
    ),
    "12 to 20 first, then at least 15": (
        f"{PERCENT}, target: [{{between: [12, 20]}}, {{from: 2020-09, at_least: 15}}]",
        "2020-08 30 Red; 2020-08 12 Green; 2020-09 30 Green; 2020-09 14 Amber; 2020-09 13.9 Red",
    ),
    "no worse than last year, then at least 80%": (
        f"{PERCENT}, target: [{{no_worse_than: last_year}}, {{from: 2020-09, at_least: 80}}], "
        "outturns: {2019/20: 70}",
        "2020-08 70 Green; 2020-08 69 Amber; 2020-08 68.9 Red; 2020-09 79 Amber; 2020-09 80 Green",
    ),
    "80% from April, 85% from July, 90% from January, in one line": (
        f"{PERCENT}, target: {{at_least: {{2020-04: 80, 2020-07: 85, 2021-01: 90}}}}",
        "2020-06 80 Green; 2020-06 79.9 Amber; 2020-07 84.9 Amber; 2020-07 85 Green; "
        "2020-12 84 Amber; 2020-12 83.9 Red; 2021-01 85 Red; 2021-01 90 Green",
    ),
    "below 20 from June, below 15 from September, in any order": (
        f"{PERCENT}, target: {{below: {{2020-09: 15, 2020-06: 20}}}}",
        "2020-05 5 New; 2020-06 19.9 Green; 2020-06 20 Amber; 2020-09 15 Amber; 2020-09 14.9 Green",
    ),
    "floor of 70% moves to 85% with the target": (
        f"{PERCENT}, target: [{{at_least: 80, bands: {{amber: {{from: 70}}}}}}, "
        "{from: 2020-09, at_least: 90, bands: {amber: {from: 85}}}]",
        "2020-08 69.9 Red; 2020-08 70 Amber; 2020-08 79.9 Amber; 2020-08 80 Green; "
        "2020-09 80 Red; 2020-09 84.9 Red; 2020-09 85 Amber; 2020-09 89.9 Amber; 2020-09 90 Green",
    ),
    "a target's bands go before the indicator's, each by itself": (
        f"{PERCENT}, bands: {{amber: {{percentage_points: 5}}, blue: {{percentage_points: 5}}}}, "
        "target: [{at_least: 80}, {from: 2020-09, at_least: 80, bands: {amber: none}}]",
        "2020-08 75 Amber; 2020-08 74.9 Red; 2020-08 85 Blue; 2020-09 79.9 Red; "
        "2020-09 84.9 Green; 2020-09 85 Blue",
    ),
}


@pytest.mark.parametrize(("settings", "table"), TABLE.values(), ids=TABLE)
def test_each_month_is_rated_by_its_own_target(settings: str, table: str) -> None:
    assert rate_months(settings, table) == table


def test_the_floor_moves_with_the_target() -> None:
    """75% in June, where the target rose from 80% to 90% and its floor from 70% to 85%."""
    settings = (
        "unit: percent, frequency: monthly, target: [{at_least: 80, bands: {amber: {from: 70}}}, "
        "{from: 2020-06, at_least: 90, bands: {amber: {from: 85}}}]"
    )
    verdict = rate_one(settings, (Month(2020, 6), "75"))
    assert verdict.label == "Red"
    assert verdict.reason == (
        "75% in Jun 2020 is 15 percentage points below the target of at least 90%"
        "; amber reaches only to 85%."
    )


FROM_OCTOBER = f"{PERCENT}, target: {{from: 2020-10, at_least: 80}}"
WITHDRAWN = f"{PERCENT}, target: [{{at_least: 80}}, {{from: 2020-10, withdrawn: Under review}}]"


def test_the_reason_says_since_when_there_is_a_target() -> None:
    verdict = rate_one(FROM_OCTOBER, (SEPTEMBER, "50"))
    assert (verdict.label, verdict.reason) == ("New", "Its target holds from October 2020.")
    assert verdict.observation is not None


def test_the_reason_says_since_when_and_why_there_is_none() -> None:
    verdict = rate_one(WITHDRAWN, (OCTOBER, "50"))
    assert verdict.label == "Not a target measure"
    assert verdict.reason == "Its target is withdrawn from October 2020: Under review."


def test_a_rating_is_not_carried_forward_into_a_month_without_a_target() -> None:
    verdict = rate_one(WITHDRAWN, (SEPTEMBER, "85"), (OCTOBER, Status.TO_COME))
    assert verdict.label == "Not a target measure"


def test_a_figure_from_before_the_target_is_not_carried_forward_to_it() -> None:
    verdict = rate_one(FROM_OCTOBER, (SEPTEMBER, "85"), (OCTOBER, Status.TO_COME))
    assert (verdict.label, verdict.reason) == (
        "No data",
        "The latest figure is for Sep 2020, with none for Oct 2020, and cannot be rated. "
        "Its target holds from October 2020.",
    )


@pytest.mark.parametrize(
    ("as_at", "label"),
    [(Month(2020, 10), "New"), (Month(2020, 11), "New"), (Month(2020, 12), "Not due yet")],
)
def test_before_any_figure_is_due_the_months_own_target_counts(as_at: Month, label: str) -> None:
    """The figures are two months late, so December's paper is the first that the target is for."""
    (indicator,) = make_one(f"{FROM_OCTOBER}, arrears: 2").indicators
    series = Series(as_at=as_at, figures={}, due=(), said=())
    assert rate(indicator, select_scale(indicator.bands), series).label == label


def check(target: str, more: str = "") -> tuple[Issue, ...]:
    entry = f"- {{number: '1', title: Any, owner: A, rationale: B, {PERCENT}, {more}"
    text = f"{HEAD}sections:\n- title: Any\n  indicators:\n  {entry}target: {target}}}\n"
    return read_catalogue(text, "indicators.yaml")[1]


def test_targets_that_cannot_follow_each_other_are_errors(messages: Callable[..., None]) -> None:
    found = [
        *check("{withdrawn: Agreed}"),
        *check("[{withdrawn: Agreed}, {from: 2020-10, at_least: 5}]"),
        *check("[{at_least: 80}, {from: 2020-10, withdrawn: Agreed, bands: {amber: none}}]"),
        *check("[{at_least: 80}, {from: 2020-10, withdrawn: Agreed, at_least: 90}]"),
        *check("[{at_least: 80}, {withdrawn: Agreed}]"),
        *check("[{from: 2020-10, at_least: 80}, {from: 2020-09, at_least: 90}]"),
        *check("[{between: [1, 2]}, {from: 2020-09, at_least: 9}, {from: 2020-10, at_most: 9}]"),
        *check("[{no_worse_than: last_year}, {from: 2020-10, between: [1, 2]}]"),
        *check(
            "[{no_worse_than: last_year}, {from: 2020-10, at_least: 2}]",
            "polarity: lower_is_better, ",
        ),
        *check("{from: 2020-10, at_least: {2020-04: 80}}"),
        *check("[{at_least: {2020-04: 80}}, {from: 2020-09, at_least: 85}]"),
        *check("{at_least: {2020-04: 8}}", "accumulates: financial_year, "),
        *check("{at_least: {}}"),
        *check("{at_least: {July: 80}}"),
        *check("{from: 2021-04, at_least: 80}"),
        *check("{at_least: {2020-04: 80, 2021-04: 85}}"),
    ]
    codes = [code.split()[0] for code in list_codes(found)]
    assert codes == ["unfit_value"] * 14 + ["other_year"] * 2
    messages(found)


def test_bands_of_a_target_that_contradict_it_are_an_error_at_the_target(
    messages: Callable[..., None],
) -> None:
    found = [
        *check("[{at_least: 80}, {from: 2020-10, at_least: 90, bands: {amber: {from: 91}}}]"),
        *check("{at_least: 80, bands: {blue: {units: 3}}}"),
    ]
    line = 15
    columns = (
        len("  - {number: '1', title: Any, owner: A, rationale: B, ") + len(f"{PERCENT}, target: "),
    )
    assert [each.code for each in found] == ["bands"] * 2
    assert [each.place.line for each in found] == [line] * 2
    assert all((each.place.column or 0) > columns[0] + len("{at_least: 80") for each in found)
    messages(found)


@pytest.mark.parametrize(
    ("month", "words"),
    [(SEPTEMBER, "better than England (85%) by 2"), (NOVEMBER, "above England (85%) by 2")],
    ids=str,
)
def test_a_benchmark_is_neither_better_nor_worse_in_a_month_with_a_range(
    month: Month, words: str
) -> None:
    (indicator,) = make_one(
        f"{PERCENT}, target: [{{at_least: 80}}, {{from: 2020-11, between: [80, 90]}}], "
        "benchmarks: {England: 85}"
    ).indicators
    series = make_series((month, "87.0"))
    verdict = rate(indicator, select_scale(indicator.bands), series)
    context = compose_context(indicator, select_scale(indicator.bands), series, verdict)
    assert format_comparisons(indicator, context) == f"{words} percentage points"


def test_an_explanation_gives_the_bands_of_the_months_own_target() -> None:
    (indicator,) = make_one(
        f"{PERCENT}, target: [{{between: [80, 90]}}, "
        "{from: 2020-11, at_least: 90, bands: {amber: {percentage_points: 5}}}]"
    ).indicators
    series = make_series((NOVEMBER, "87"))
    verdict = rate(indicator, select_scale(indicator.bands), series)
    assessment = Assessment(scale=select_scale(indicator.bands), verdict=verdict, context=Context())
    explanation = explain(indicator, series, assessment)
    assert list_sentences(explanation, "The target") == (
        "80% to 90%; at least 90% from Nov 2020; higher is better"
        "; inside the range is good, both ends included.",
        "The figure is compared with the target of at least 90%.",
    )
    assert list_sentences(explanation, "The bands") == (
        "Green: 90% or more",
        "Amber: 85% or more, but less than 90% (5 percentage points from the target)",
        "Red:   less than 85%",
    )


def test_a_judgement_needs_a_target_for_its_month(
    council: Path, kpi: Callable[..., Outcome], messages: Callable[..., None]
) -> None:
    entry = f"- {{number: '1', title: Any, owner: A, rationale: B, {WITHDRAWN}}}"
    text = f"{HEAD}sections:\n- title: Any\n  indicators:\n  {entry}\n"
    (council / "indicators.yaml").write_text(text, encoding="utf-8")
    rows = "indicator,value,judgement,judgement_reason,judgement_by\n1,85,Amber,Late,Head of Any\n"
    for month in ("2020-09", "2020-10"):
        (council / "data" / f"{month}.csv").write_text(rows, encoding="utf-8")
    done = kpi("check", "--data", "data")
    errors = [line for line in done.err.splitlines() if "error:" in line]
    assert [line.split(":")[0] for line in errors] == ["data/2020-10.csv"]
    messages(line.partition("error: ")[2] for line in errors)
