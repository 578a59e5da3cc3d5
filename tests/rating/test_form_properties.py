"""What holds of every form of target, period and figure, whatever the figures are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue, score
from helpers.published import MET_OR_NOT, NAMES, YEAR, rate_observations, read_line, read_month
from helpers.rating import make_one
from hypothesis import given
from hypothesis import settings as choose_settings
from hypothesis import strategies as st

from merton_kpi.core.issues import Place
from merton_kpi.core.ratings import Rating
from merton_kpi.core.rounding import round_half_up
from merton_kpi.extracts.reader import read_extract

if TYPE_CHECKING:
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.rating.rate import Verdict

ORDER = [Rating.RED, Rating.AMBER, Rating.GREEN, Rating.BLUE]
# Each property is tried for many forms, from rows to verdict.
FEWER = choose_settings(max_examples=25)
FIGURES = st.decimals(-50, 250, allow_nan=False, places=1)
COUNTS = st.integers(0, 60)

MONTHLY = "unit: number, frequency: monthly"
TOTAL = f"{MONTHLY}, accumulates: financial_year"
ADDED = f"{TOTAL}, figures: of_period"
TO_DATE = "unit: score, frequency: monthly, figures: to_date"
SHARE = "profile: share_of_year"
FULL = "profile: full_year"
MILESTONES = "profile: milestones, milestones: {2020-04: 10, 2020-06: 40}"
LAST_JUNE = "earlier_months: {2019-04: 20, 2019-05: 20, 2019-06: 30}"
BETTER = "bands: {amber: {better_than: same_period_last_year}}"
WITHIN_10 = "bands: {amber: {units: 10}}"

# Forms in which a higher figure of June is better, and forms in which a lower one is.
HIGHER = [
    f"{MONTHLY}, target: {{at_least: 60}}, {BETTER}, {LAST_JUNE}",
    f"{MONTHLY}, target: {{above: 60}}, bands: {{amber: {{from: 40}}, blue: {{from: 90}}}}",
    f"{MONTHLY}, target: {{at_least: {{2020-04: 60, 2020-06: 80}}}}, {WITHIN_10}",
    f"{MONTHLY}, polarity: higher_is_better, target: {{no_worse_than: England}}, "
    f"benchmarks: {{England: {{value: 55.5, comparable: true}}}}, {WITHIN_10}",
    f"{MONTHLY}, target: [{{between: [0, 9]}}, {{from: 2020-05, at_least: 70}}], {WITHIN_10}",
    f"{TO_DATE}, target: {{at_least: 60}}, {WITHIN_10}",
    f"{ADDED}, target: {{at_least: 240, {SHARE}}}, {WITHIN_10}",
    f"{ADDED}, target: {{at_least: 240, {SHARE}}}, {BETTER}, {LAST_JUNE}",
    f"{ADDED}, target: {{at_least: 100, {MILESTONES}}}, {WITHIN_10}",
]
LOWER = [
    f"{MONTHLY}, target: {{at_most: 30}}, {BETTER}, earlier_months: {{2019-06: 90}}",
    f"{MONTHLY}, target: {{below: {{2020-04: 60, 2020-06: 50}}}}, {WITHIN_10}",
    f"{MONTHLY}, polarity: lower_is_better, target: {{no_worse_than: best, years: 2}}, "
    f"outturns: {{2019/20: 40, 2018/19: 45}}, {WITHIN_10}",
    f"{ADDED}, target: {{at_most: 240, {SHARE}}}, {WITHIN_10}",
    f"{ADDED}, target: {{at_most: 60, {FULL}}}, {BETTER}, {LAST_JUNE}",
]
RANGES = [
    "bands: {amber: {below: {from: 50}, above: {from: 160}}}",
    "bands: {amber: {below: none, above: {units: 40}}}",
    "bands: {green: {below: none, above: {units: 5}}, amber: {below: {units: 9}, above: none}}",
    f"{BETTER}, earlier_months: {{2019-06: 140}}",
]


@cache
def make(settings: str) -> Catalogue:
    return make_one(settings, MET_OR_NOT)


def rate(settings: str, line: str, month: str) -> Verdict:
    catalogue = make(settings)
    return rate_observations(catalogue, read_line(catalogue, line), read_month(month))


def place(settings: str, figure: Decimal) -> int:
    """How good the rating of June's figure is, after 10 in April and 10 in May."""
    return ORDER.index(rate(settings, f"Apr 10, May 10, Jun {figure}", "Jun").rating)


@pytest.mark.parametrize("settings", HIGHER)
@FEWER
@given(FIGURES, FIGURES)
def test_a_higher_figure_never_rates_worse_in_any_form_where_higher_is_better(
    settings: str, one: Decimal, two: Decimal
) -> None:
    assert place(settings, max(one, two)) >= place(settings, min(one, two))


@pytest.mark.parametrize("settings", LOWER)
@FEWER
@given(FIGURES, FIGURES)
def test_a_lower_figure_never_rates_worse_in_any_form_where_lower_is_better(
    settings: str, one: Decimal, two: Decimal
) -> None:
    assert place(settings, min(one, two)) >= place(settings, max(one, two))


@pytest.mark.parametrize("bands", RANGES)
@FEWER
@given(FIGURES, FIGURES)
def test_a_figure_nearer_to_a_range_never_rates_worse_on_the_same_side(
    bands: str, one: Decimal, two: Decimal
) -> None:
    settings = f"{MONTHLY}, target: {{between: [80, 120]}}, {bands}"
    low, high = sorted((one, two))
    if high <= 120:
        assert place(settings, high) >= place(settings, low)
    if low >= 80:
        assert place(settings, low) >= place(settings, high)


def format_line(figures: list[object]) -> str:
    return ", ".join(f"{name} {each}" for name, each in zip(NAMES, figures, strict=False))


PROFILES = [
    f"target: {{at_least: 240, {SHARE}}}, {WITHIN_10}",
    f"target: {{at_most: 240, {SHARE}}}, bands: {{amber: {{percent_of_target: 5}}}}",
    f"target: {{above: 100, {FULL}}}, bands: {{amber: {{from: 90}}, blue: {{from: 110}}}}",
    f"target: {{at_least: 100, {MILESTONES}}}, {WITHIN_10}",
    f"target: [{{at_least: 240, {SHARE}}}, {{from: 2020-07, at_least: 120, {SHARE}}}]",
    "polarity: lower_is_better, target: {no_worse_than: last_year}, outturns: {2019/20: 70}",
]


@pytest.mark.parametrize("target", PROFILES)
@FEWER
@given(st.lists(COUNTS, min_size=1, max_size=12))
def test_a_sum_of_periods_rates_as_the_running_total_does(target: str, counts: list[int]) -> None:
    """A period of 0 can as well have had no cases."""
    month = NAMES[len(counts) - 1]
    total = rate(f"{TOTAL}, {target}", format_line([*accumulate(counts)]), month)
    for given_counts in (counts, [each or "no_cases" for each in counts]):
        added = rate(f"{ADDED}, {target}", format_line([*given_counts]), month)
        assert (added.label, added.figure, added.limits) == (
            total.label,
            total.figure,
            total.limits,
        )


@pytest.mark.parametrize("unit", ["percent", "rate_per_1000", "ratio"])
@pytest.mark.parametrize("decimals", [0, 1, 2])
@FEWER
@given(st.integers(0, 300), st.integers(1, 300))
def test_a_figure_that_is_worked_out_rates_as_the_same_figure_typed(
    unit: str, decimals: int, numerator: int, denominator: int
) -> None:
    scale = {"percent": 100, "rate_per_1000": 1000, "ratio": 1}[unit]
    settings = f"unit: {unit}, decimals: {decimals}, frequency: monthly, target: {{at_least: 50}}"
    typed = round_half_up(Decimal(numerator) * scale / denominator, decimals)
    by_parts = rate(settings, f"Jun {numerator}/{denominator}", "Jun")
    by_figure = rate(settings, f"Jun {typed}", "Jun")
    assert (by_parts.label, by_parts.figure, by_parts.reason) == (
        by_figure.label,
        by_figure.figure,
        by_figure.reason,
    )


# What may follow from October on, after a year that begins with the target of at least 60.
LATER = [
    "[{at_least: 60}, {from: 2020-10, withdrawn: Under review.}]",
    "[{at_least: 60}, {from: 2020-10, at_least: 80}]",
    "[{at_least: 60}, {from: 2020-10, between: [60, 80]}]",
    "[{at_least: 60}, {from: 2020-10, at_least: 60, bands: {amber: {from: 5}}}]",
    "{at_least: {2020-04: 60, 2020-10: 80}}",
    "{at_least: 60}, removed: {from: 2020-10, reason: It is not collected.}",
    "{at_least: 60}, breaks: [{from: 2020-10, reason: Two more teams are counted}]",
]


@pytest.mark.parametrize("arrears", [0, 2])
@pytest.mark.parametrize("later", LATER)
@FEWER
@given(st.lists(COUNTS | st.none(), min_size=6, max_size=6))
def test_what_comes_later_changes_no_verdict_of_earlier_months(
    later: str, arrears: int, figures: list[int | None]
) -> None:
    settings = f"{MONTHLY}, arrears: {arrears}, {WITHIN_10}, target: "
    line = format_line([each if each is not None else "covid" for each in figures])
    for month in YEAR[:6]:
        known = month.add_months(arrears)
        before, after = (
            rate_observations(catalogue, read_line(catalogue, line), known)
            for catalogue in (make(f"{settings}{{at_least: 60}}"), make(f"{settings}{later}"))
        )
        assert (before.label, before.reason) == (after.label, after.reason)


EVERY_FORM = [
    *HIGHER,
    *LOWER,
    *(f"{MONTHLY}, target: {{between: [80, 120]}}, {bands}" for bands in RANGES),
    "frequency: monthly, target: judged",
    "unit: percent, frequency: monthly, target: not_a_target_measure",
    "unit: number, frequency: quarterly, arrears: 1, target: {at_least: 60}",
]
PAPERS = make_catalogue(
    "\n".join(f'- {{number: "{n}", title: Any, {each}}}' for n, each in enumerate(EVERY_FORM))
)
HEADER = "indicator,period,value,note,commentary,caveat,judgement,judgement_reason,judgement_by\n"


@st.composite
def any_rows(draw: st.DrawFn) -> list[str]:
    """Rows of one extract of June, for each indicator and for any of the months April to June."""
    rows = []
    for number, form in enumerate(EVERY_FORM):
        for month in draw(st.sets(st.sampled_from(YEAR[:3]))):
            words = f"a note,words of {month},a caveat"
            judgement = ",amber,Seen on site,Head of Service"
            is_judged = form.endswith("judged")
            value = "" if is_judged else draw(COUNTS)
            ending = judgement if is_judged else ",,,"
            rows.append(f"{number},{month},{value},{words}{ending}\n")
    return rows


def read_rows(rows: list[str]) -> list[Observation]:
    """The rows as one extract, each with a place that does not depend on its line."""
    extract = read_extract((HEADER + "".join(rows)).encode(), "2020-06.csv", YEAR[2])
    assert not extract.issues
    places = {each: line for line, each in enumerate(sorted(rows), 2)}
    return [
        replace(each, place=Place(file="2020-06.csv", line=places[row]))
        for row, each in zip(rows, extract.observations, strict=True)
    ]


@pytest.mark.slow
@FEWER
@given(st.data())
def test_the_order_of_an_extracts_rows_changes_nothing_in_the_papers(data: st.DataObject) -> None:
    rows = data.draw(any_rows())
    shuffled = data.draw(st.permutations(rows))
    assert score(PAPERS, read_rows(rows), YEAR[2]) == score(PAPERS, read_rows(shuffled), YEAR[2])
