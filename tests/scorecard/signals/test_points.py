"""An indicator's figures as the rules for real changes look at them."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import ROOT, Outcome
from helpers.rating import MONTHS, make_one, observe, select_only

from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.core.vocabulary import FigureKind, Polarity
from merton_kpi.loading.inputs import read_inputs
from merton_kpi.scorecard.assess import assess_indicators
from merton_kpi.scorecard.signals.facts import list_signal_facts
from merton_kpi.scorecard.signals.points import compose_point_series
from merton_kpi.series.records import Series
from merton_kpi.signals.assess import assess_signal
from merton_kpi.signals.records import PointSeries, TargetRange

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.extracts.observations import Observation

    Kpi = Callable[..., Outcome]

PERCENTAGE = "unit: percent, decimals: 0, frequency: monthly, "
FIGURES = (33, 31, 34, 32, 33, 31, 34, 33, 32, 33, 31, 34, 32, 33, 34, 31, 33, 32, 34, 31, 33, 32)


def make_series(*rows: Observation) -> Series:
    figures = {each.month: each for each in rows}
    return Series(as_at=max(figures), figures=figures, due=tuple(sorted(figures)))


def compose(settings: str, *rows: Observation) -> PointSeries:
    indicator, scale = select_only(make_one(settings))
    return compose_point_series(indicator, scale, make_series(*rows))


def observe_months(figures: tuple[int, ...]) -> list[Observation]:
    """Figures by month, from April 2019 on."""
    return [
        observe(Month(2019, 4).add_months(index), str(each)) for index, each in enumerate(figures)
    ]


@pytest.mark.parametrize("month", [Month(2020, 6), Month(2020, 9), Month(2020, 11)], ids=str)
def test_mertons_year_is_too_short_to_say_anything(month: Month) -> None:
    inputs = require(read_inputs(ROOT / "indicators.yaml", ROOT / "data", month))
    assessed = require(assess_indicators(inputs, month))
    facts = [
        list_signal_facts(each.indicator, each.series, each.signal) for each in assessed.values()
    ]
    assert len(facts) == 39
    assert {(each["finding"], each["reason"]) for each in facts} == {("not_judged", "too_short")}


def test_the_json_of_an_explanation_has_the_signal(
    kpi: Kpi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    outcome = kpi("explain", "3", "--month", "2020-11", "--format", "json")
    assert json.loads(outcome.out)["signal"] == {
        "change": "too short to tell",
        "words": "Too short to tell: 8 figures; 13 are needed.",
        "finding": "not_judged",
        "reason": "too_short",
        "rule": None,
        "flagged": [],
        "mean": None,
        "lower_limit": None,
        "upper_limit": None,
        "usual_range": None,
        "assurance": None,
    }


@pytest.mark.parametrize(
    ("last", "finding", "rule", "flagged"),
    [
        (32, "common_cause", None, []),
        (22, "concern", "outside", ["2021-02"]),
        (42, "improvement", "outside", ["2021-02"]),
    ],
)
def test_two_years_of_figures_have_a_signal(
    last: int, finding: str, rule: str | None, flagged: list[str]
) -> None:
    """From 33% to 32% is no change where the figure moves as much every month."""
    indicator, scale = select_only(make_one(PERCENTAGE + "target: {at_least: 55}"))
    series = make_series(*observe_months((*FIGURES, last)))
    signal = assess_signal(compose_point_series(indicator, scale, series))
    facts = list_signal_facts(indicator, series, signal)
    assert (facts["finding"], facts["rule"], facts["flagged"]) == (finding, rule, flagged)
    assert (facts["reason"], facts["assurance"]) == (None, "will_not_be_met")
    assert Decimal(facts["lower_limit"]) < Decimal(facts["mean"]) < Decimal(facts["upper_limit"])
    assert facts["mean"] == f"{Decimal(sum(FIGURES) + last) / 23:.2f}"


def test_a_figure_is_looked_at_as_printed() -> None:
    rows = [observe(MONTHS[0], "32.5")]
    (point,) = compose(PERCENTAGE + "target: {at_least: 55}", *rows).points
    assert point.value == 33


def test_a_hidden_figure_has_no_value_and_a_missing_one_is_not_hidden() -> None:
    rows = [observe(MONTHS[0], Status.SUPPRESSED), observe(MONTHS[1], Status.NOT_AVAILABLE)]
    points = compose("unit: number, frequency: monthly, target: new", *rows).points
    assert [(each.value, each.is_hidden) for each in points] == [(None, True), (None, False)]


@pytest.mark.parametrize(
    ("value", "parts", "expected"),
    [
        pytest.param("33", (1, 3), (1, 3), id="rounded from them"),
        pytest.param("33.3", (1, 3), (1, 3), id="rounded to a decimal"),
        pytest.param("34", (1, 3), None, id="another figure"),
        pytest.param("81.2", (312, 384), (312, 384), id="a half rounded down"),
        pytest.param("81.3", (312, 384), (312, 384), id="a half rounded up"),
        pytest.param("0", (0, 0), None, id="of none"),
    ],
)
def test_parts_count_where_the_figure_follows_from_them(
    value: str, parts: tuple[int, int], expected: tuple[int, int] | None
) -> None:
    numerator, denominator = map(Decimal, parts)
    row = replace(observe(MONTHS[0], value), numerator=numerator, denominator=denominator)
    (point,) = compose("unit: percent, frequency: monthly, target: new", row).points
    assert point.parts == (expected and tuple(map(Decimal, expected)))


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("target: {at_least: 55}", TargetRange(low=Decimal(55))),
        ("target: {at_most: 55}", TargetRange(high=Decimal(55))),
        ("target: {above: 55}", TargetRange(low=Decimal(55), is_strict=True)),
        ("target: {between: [12, 20]}", TargetRange(low=Decimal(12), high=Decimal(20))),
        (
            "polarity: lower_is_better, target: {no_worse_than: last_year}, "
            "outturns: {2019/20: 53}",
            TargetRange(high=Decimal(53)),
        ),
        ("polarity: lower_is_better, target: {no_worse_than: last_year}", None),
        ("target: {at_least: 55}, rating_withheld: Data are poor", None),
        ("target: not_a_target_measure", None),
        ("target: new", None),
        (
            "accumulates: financial_year, target: {at_least: 55, profile: share_of_year}",
            None,
        ),
    ],
)
def test_the_target_is_that_of_the_figure(target: str, expected: TargetRange | None) -> None:
    series = compose(f"unit: number, frequency: monthly, {target}", observe(MONTHS[0], "50"))
    assert series.points[0].target == expected


def test_each_month_has_its_own_target() -> None:
    target = "target: {at_least: {2020-04: 80, 2020-06: 85}}"
    rows = [observe(month, "82") for month in MONTHS[:3]]
    points = compose(f"unit: percent, frequency: monthly, {target}", *rows).points
    assert [each.target and each.target.low for each in points] == [80, 80, 85]


@pytest.mark.parametrize(
    ("keys", "kind", "starts"),
    [
        ("", FigureKind.OF_PERIOD, []),
        ("accumulates: financial_year, ", FigureKind.RUNNING_TOTAL, [4]),
        ("accumulates: academic_year, ", FigureKind.RUNNING_TOTAL, [9]),
        ("accumulates: financial_year, figures: of_period, ", FigureKind.OF_PERIOD, [4]),
        ("figures: to_date, ", FigureKind.TO_DATE, []),
    ],
)
def test_the_kind_says_what_a_figure_covers(keys: str, kind: FigureKind, starts: list[int]) -> None:
    rows = [observe(month, "50") for month in MONTHS]
    series = compose(f"unit: number, frequency: monthly, {keys}target: new", *rows)
    assert series.kind is kind
    assert [each.month.number for each in series.points if each.starts_year] == starts


def test_only_periods_of_the_indicator_are_looked_at() -> None:
    rows = [observe(month, "50") for month in MONTHS]
    series = compose("unit: percent, frequency: quarterly, target: {at_least: 40}", *rows)
    assert [each.month.number for each in series.points] == [6, 9, 12, 3]
    assert series.better is Polarity.HIGHER_IS_BETTER


def test_breaks_and_what_a_figure_can_be_come_from_the_catalogue() -> None:
    breaks = "breaks: [{from: 2020-09, reason: Two more teams are counted}], target: new"
    series = compose(f"unit: percent, frequency: monthly, {breaks}", observe(MONTHS[0], "50"))
    assert series.breaks == (Month(2020, 9),)
    assert (series.least, series.most, series.is_percentage) == (0, 100, True)


@pytest.mark.parametrize(
    ("unit", "figure", "least"),
    [
        ("number", "3", 0),
        ("number", "-3", None),
        ("score", "3", 0),
        ("score", "-3", None),
        ("pounds", "0", 0),
    ],
)
def test_limits_are_not_printed_below_0_unless_a_figure_is(
    unit: str, figure: str, least: int | None
) -> None:
    series = compose(f"unit: {unit}, frequency: monthly, target: new", observe(MONTHS[0], figure))
    assert (series.least, series.most, series.is_percentage) == (least, None, False)


@pytest.mark.parametrize(("figure", "most"), [("100", 100), ("100.1", None)])
def test_limits_are_not_printed_above_100_unless_a_percentage_is(
    figure: str, most: int | None
) -> None:
    series = compose("unit: percent, frequency: monthly, target: new", observe(MONTHS[0], figure))
    assert series.most == most


def test_earlier_years_come_first_and_have_no_target() -> None:
    """Last year's target need not be this year's."""
    indicator, scale = select_only(make_one(PERCENTAGE + "target: {at_least: 55}"))
    rows = observe_months(FIGURES)
    earlier = {each.month: each for each in rows if each.month < MONTHS[0]}
    this_year = {each.month: each for each in rows if each.month >= MONTHS[0]}
    series = Series(as_at=max(this_year), figures=this_year, due=tuple(this_year), earlier=earlier)
    points = compose_point_series(indicator, scale, series).points
    assert [each.value for each in points] == list(FIGURES)
    assert [each.target is None for each in points] == [each.month < MONTHS[0] for each in rows]


def test_a_month_of_an_earlier_year_without_a_figure_is_a_period_too() -> None:
    """What July added to a running total is not known where June's total is missing."""
    settings = "unit: number, frequency: monthly, accumulates: financial_year, target: new"
    indicator, scale = select_only(make_one(settings))
    rows = observe_months((5, 9, 15, 21, 24))
    earlier = {each.month: each for each in rows if each.month != Month(2019, 6)}
    now = observe(MONTHS[0], "4")
    series = Series(as_at=now.month, figures={now.month: now}, due=(now.month,), earlier=earlier)
    points = compose_point_series(indicator, scale, series)
    assert [each.month for each in points.points] == [
        Month(2019, 4).add_months(index) for index in range(13)
    ]
    (stretch,) = assess_signal(points).stretches
    assert {each.month: str(each.printed) for each in stretch.points} == {
        Month(2019, 4): "5",
        Month(2019, 5): "4",
        Month(2019, 8): "3",
        Month(2020, 4): "4",
    }
