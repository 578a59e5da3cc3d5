"""Bands that differ on the two sides of a range, and an amber that depends on last year."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD
from helpers.messages import list_codes
from helpers.rating import NOVEMBER, list_sentences, make_one, make_series, rate_one
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.catalogue.bands import Bands, select_scale
from merton_kpi.core.periods import Month
from merton_kpi.core.ratings import Rating
from merton_kpi.loading.catalogue_file import (
    check_completeness,
    read_catalogue,
    read_checked_definitions,
)
from merton_kpi.rating.context import Assessment, Context, compose_context
from merton_kpi.rating.limits import work_out_limits
from merton_kpi.rating.rate import rate, rate_figure
from merton_kpi.rating.wording.explain import explain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    from merton_kpi.core.issues import Issue

NUMBER = "unit: number, decimals: 1, frequency: monthly"
RANGE = f"{NUMBER}, target: {{between: [120, 200]}}"
BETTER = "bands: {amber: {better_than: same_period_last_year}}"

TABLE = {
    "amber from 110 below and to 240 above": (
        f"{RANGE}, bands: {{amber: {{below: {{from: 110}}, above: {{from: 240}}}}}}",
        "109.9 Red; 110 Amber; 119.9 Amber; 120 Green; 200 Green; 200.1 Amber; 225 Amber; "
        "240 Amber; 240.1 Red",
    ),
    "5 below, 10% of the end above": (
        f"{RANGE}, bands: {{amber: {{below: {{units: 5}}, above: {{percent_of_target: 10}}}}}}",
        "114.9 Red; 115 Amber; 119.9 Amber; 120 Green; 200 Green; 220 Amber; 220.1 Red",
    ),
    "no amber above": (
        f"{RANGE}, bands: {{amber: {{below: {{units: 5}}, above: none}}}}",
        "114.9 Red; 115 Amber; 200 Green; 200.1 Red",
    ),
    "green reaches to 210 above, amber to 240; amber from 110 below": (
        f"{RANGE}, bands: {{green: {{below: none, above: {{from: 210}}}}, "
        "amber: {below: {from: 110}, above: {from: 240}}}",
        "110 Amber; 119.9 Amber; 120 Green; 210 Green; 210.1 Amber; 240 Amber; 240.1 Red",
    ),
    "at least 80, amber if better than last year's 70": (
        f"{NUMBER}, target: {{at_least: 80}}, {BETTER}, earlier_months: {{2019-11: 70}}",
        "69.9 Red; 70 Red; 70.1 Amber; 79.9 Amber; 80 Green; 90 Green",
    ),
    "above 80, amber if better than last year's 80": (
        f"{NUMBER}, target: {{above: 80}}, {BETTER}, earlier_months: {{2019-11: 79.9}}",
        "79.9 Red; 80 Amber; 80.1 Green",
    ),
    "at most 20, amber if better than last year's 30": (
        f"{NUMBER}, target: {{at_most: 20}}, {BETTER}, earlier_months: {{2019-11: 30}}",
        "20 Green; 20.1 Amber; 29.9 Amber; 30 Red; 30.1 Red",
    ),
    "at least 80, and last year met it": (
        f"{NUMBER}, target: {{at_least: 80}}, {BETTER}, earlier_months: {{2019-11: 85}}",
        "79.9 Red; 80 Green; 84 Green",
    ),
    "at least 80, and last year's figure is not known": (
        f"{NUMBER}, target: {{at_least: 80}}, {BETTER}, earlier_months: {{2019-10: 70}}",
        "79.9 Red; 80 Green",
    ),
    "120 to 200, amber if nearer than last year's 100": (
        f"{RANGE}, {BETTER}, earlier_months: {{2019-11: 100}}",
        "100 Red; 100.1 Amber; 119.9 Amber; 120 Green; 200 Green; 219.9 Amber; 220 Red",
    ),
    "120 to 200, better than last year below, within 5 above": (
        f"{RANGE}, earlier_months: {{2019-11: 210}}, bands: {{amber: "
        "{below: {better_than: same_period_last_year}, above: {units: 5}}}",
        "110 Red; 110.1 Amber; 200.1 Amber; 205 Amber; 205.1 Red",
    ),
    "30 of 60 are due by September, amber if better than last year's 25": (
        f"{NUMBER}, accumulates: financial_year, target: {{at_least: 60, profile: share_of_year}}, "
        f"{BETTER}, earlier_months: {{2019-11: 25}}",
        "25 Red; 25.1 Amber; 39.9 Amber; 40 Green",
    ),
}


@pytest.mark.parametrize(("settings", "row"), TABLE.values(), ids=TABLE)
def test_each_figure_is_rated_on_its_own_side(settings: str, row: str) -> None:
    figures = [each.split()[0] for each in row.split("; ")]
    found = [f"{each} {rate_one(settings, (NOVEMBER, each)).label}" for each in figures]
    assert "; ".join(found) == row


@pytest.mark.parametrize(
    ("earlier", "figure", "reason"),
    [
        ("2019-11: 70", "75", "; that is better than the 70.0 of Nov 2019."),
        ("2019-11: 70", "70", "; that is no better than the 70.0 of Nov 2019."),
        ("2019-11: 85", "79", "; that is no better than the 85.0 of Nov 2019."),
        ("2019-10: 70", "75", "; there is no amber, since the figure of Nov 2019 is not known."),
    ],
)
def test_the_reason_names_last_years_figure(earlier: str, figure: str, reason: str) -> None:
    settings = f"{NUMBER}, target: {{at_least: 80}}, {BETTER}, earlier_months: {{{earlier}}}"
    assert rate_one(settings, (NOVEMBER, figure)).reason.endswith(reason)


FIGURES = st.decimals(0, 400, allow_nan=False, allow_infinity=False, places=1)
ORDER = (Rating.RED, Rating.AMBER, Rating.GREEN, Rating.BLUE)


@given(FIGURES, FIGURES, FIGURES, st.sampled_from(["at_least", "at_most", "above", "below"]))
def test_a_better_figure_never_rates_worse_whatever_last_years_was(
    one: Decimal, two: Decimal, earlier: Decimal, form: str
) -> None:
    (indicator,) = make_one(
        f"{NUMBER}, target: {{{form}: 200}}, earlier_months: {{2019-11: {earlier}}}, {BETTER}"
    ).indicators
    limits = work_out_limits(indicator, select_scale(indicator.bands), NOVEMBER)
    worse, better = sorted((one, two), reverse=form in ("at_most", "below"))
    ranks = [ORDER.index(rate_figure(each, limits)[0]) for each in (worse, better)]
    assert ranks == sorted(ranks)


@given(FIGURES, FIGURES, st.integers(1, 90), st.integers(1, 90))
def test_a_figure_nearer_to_the_range_on_its_side_never_rates_worse(
    one: Decimal, two: Decimal, below: int, above: int
) -> None:
    (indicator,) = make_one(RANGE).indicators
    amber = {"below": {"units": below}, "above": {"units": above}}
    limits = work_out_limits(
        indicator, select_scale(Bands.model_validate({"amber": amber})), NOVEMBER
    )
    middle = Decimal(160)
    for pair in ([min(one, middle), min(two, middle)], [max(one, middle), max(two, middle)]):
        ranked = [(abs(each - middle), -ORDER.index(rate_figure(each, limits)[0])) for each in pair]
        (_, near), (_, far) = sorted(ranked)
        assert -near >= -far


def explain_bands(settings: str, figure: str) -> tuple[str, ...]:
    (indicator,) = make_one(settings).indicators
    verdict = rate(indicator, select_scale(indicator.bands), make_series((NOVEMBER, figure)))
    assessment = Assessment(scale=select_scale(indicator.bands), verdict=verdict, context=Context())
    series = make_series((NOVEMBER, figure))
    return list_sentences(explain(indicator, series, assessment), "The bands")


def test_the_explanation_says_how_far_amber_reaches_on_each_side() -> None:
    settings = (
        f"{RANGE}, bands: {{amber: {{below: {{units: 5}}, above: {{percent_of_target: 10}}}}}}"
    )
    assert explain_bands(settings, "117") == (
        "Green: 120 to 200",
        "Amber: 115 or more, but less than 120, or more than 200, up to 220 "
        "(5 from the target below) (10% of the target above)",
        "Red:   less than 115, or more than 220",
    )


def test_the_explanation_says_that_amber_is_better_than_last_year() -> None:
    settings = f"{NUMBER}, target: {{at_most: 20}}, {BETTER}, earlier_months: {{2019-11: 30}}"
    assert explain_bands(settings, "25") == (
        "Green: 20 or less",
        "Amber: less than 30, but more than 20 (better than in the same period last year)",
        "Red:   30 or more",
    )


BETTER_SUMS = (
    f"{NUMBER}, accumulates: financial_year, figures: of_period, "
    f"target: {{at_least: 60, profile: share_of_year}}, {BETTER}"
)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        (
            f"{BETTER_SUMS}, earlier_months: {{2019-04: 1, 2019-05: 1}}",
            "; that is no better than the 2.0 of May 2019.",
        ),
        (
            f"{BETTER_SUMS}, earlier_months: {{2019-05: 1}}",
            "; there is no amber, since the total up to May 2019 is not known.",
        ),
        (
            f"{NUMBER}, target: {{at_least: 60}}, {BETTER}",
            "; there is no amber, since the figure of May 2019 is not known.",
        ),
        (
            f"{NUMBER}, target: {{at_least: 60}}, {BETTER}, earlier_months: {{2019-05: 1}}, "
            "breaks: [{from: 2020-04, reason: Two more teams are counted}]",
            "; there is no amber, since a break in the series lies between it and May 2019.",
        ),
    ],
)
def test_red_says_what_it_is_no_better_than_or_why_there_is_no_amber(
    settings: str, reason: str
) -> None:
    (indicator,) = make_one(settings).indicators
    series = make_series((Month(2020, 4), "1"), (Month(2020, 5), "1"))
    verdict = rate(indicator, select_scale(indicator.bands), series)
    assert verdict.label == "Red"
    assert verdict.reason.endswith(reason)


def test_a_forecast_is_compared_with_last_years_last_figure() -> None:
    (indicator,) = make_one(
        f"{NUMBER}, accumulates: financial_year, target: {{at_least: 60, profile: full_year}}, "
        f"{BETTER}, earlier_months: {{2019-11: 25, 2020-03: 45}}"
    ).indicators
    series = make_series((NOVEMBER, "31"))
    verdict = rate(indicator, select_scale(indicator.bands), series)
    forecast = compose_context(indicator, select_scale(indicator.bands), series, verdict).forecast
    assert forecast is not None
    assert (forecast.figure, forecast.rating) == (Decimal("46.5"), Rating.AMBER)


def compose_text(entry: str) -> str:
    entry = f"- {{number: '1', title: Any, owner: A, rationale: B, {entry}}}"
    return f"{HEAD}sections:\n- title: Any\n  indicators:\n  {entry}\n"


def check(entry: str) -> tuple[Issue, ...]:
    return read_catalogue(compose_text(entry), "indicators.yaml")[1]


def test_bands_that_do_not_fit_their_target_are_errors(messages: Callable[..., None]) -> None:
    sides = "{below: {from: 110}, above: {from: 240}}"
    found = [
        *check(f"{RANGE}, bands: {{amber: {{from: 110}}}}"),
        *check(f"{RANGE}, bands: {{green: {{from: 212.5}}}}"),
        *check(f"{RANGE}, bands: {{amber: {{from: 150}}}}"),
        *check(f"{NUMBER}, target: {{at_least: 120}}, bands: {{amber: {sides}}}"),
        *check(f"{RANGE}, bands: {{amber: {{below: {{from: 130}}, above: none}}}}"),
        *check(f"{RANGE}, bands: {{amber: {{below: {{percentage_points: 1}}, above: none}}}}"),
        *check(f"{RANGE}, bands: {{amber: {{below: {{from: 110}}}}}}"),
        *check(f"{RANGE}, bands: {{green: {{better_than: same_period_last_year}}}}"),
        *check(f"{RANGE}, bands: {{amber: {{better_than: last_year}}}}"),
    ]
    codes = [code.split()[0] for code in list_codes(found)]
    assert codes == ["bands"] * 6 + ["missing_key", "unfit_value", "unknown_word"]
    messages(found)


def test_an_amber_that_needs_last_years_figures_asks_for_them(
    council: Path, kpi: Callable[..., Outcome], messages: Callable[..., None]
) -> None:
    settings = NUMBER.replace("monthly", "quarterly") + f", target: {{at_least: 80}}, {BETTER}"
    months = "earlier_months: {2019-06: 70, 2019-09: 70}"
    (council / "indicators.yaml").write_text(compose_text(f"{settings}, {months}"), "utf-8")
    done = kpi("check")
    (line,) = [each for each in done.err.splitlines() if "warning:" in each]
    assert done.code == 0
    messages(line.partition("warning: ")[2])


def test_only_last_years_figures_that_are_missing_and_of_use_are_asked_for() -> None:
    """Without May no later sum of last year is known, but June to March are there."""
    months = ", ".join(f"{Month(2019, 6).add_months(index)}: 1" for index in range(10))
    earlier = f"earlier_months: {{2019-04: 1, {months}}}"
    broken = "breaks: [{from: 2020-04, reason: Two more teams are counted}]"
    level = f"{NUMBER}, target: {{at_least: 60}}, {BETTER}"
    found = [
        [
            each.message
            for each in check_completeness(read_checked_definitions(compose_text(e), "f"))
        ]
        for e in (f"{BETTER_SUMS}, {earlier}", f"{level}, {broken}")
    ]
    assert found == [
        [
            "amber is 'better_than: same_period_last_year'; give the figure "
            "of May 2019 in 'earlier_months', or there is no amber for that period"
        ],
        [],
    ]
