"""What is found of each period, as facts for programs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from helpers.rating import make_one, observe, select_only

from merton_kpi.core.periods import Month
from merton_kpi.scorecard.signals.facts import compose_period_facts, list_signal_facts
from merton_kpi.scorecard.signals.points import compose_point_series
from merton_kpi.scorecard.signals.sentences import explain_change, format_change
from merton_kpi.series.records import Series
from merton_kpi.signals.assess import assess_signal
from merton_kpi.signals.words import Assurance, NoSignalReason, SignalFinding, SignalRule

FIRST = Month(2019, 4)
STEADY = (42, 38, 41, 39) * 4


def observe_year(figures: tuple[int, ...]) -> Series:
    rows = [observe(FIRST.add_months(place), str(figure)) for place, figure in enumerate(figures)]
    by_month = {each.month: each for each in rows}
    return Series(as_at=rows[-1].month, figures=by_month, due=tuple(by_month))


@pytest.mark.parametrize(
    ("keys", "late"),
    [
        pytest.param("", 2, id="older than 1 month"),
        pytest.param(", removed: {from: 2020-09, reason: The panel agreed}", 1, id="ended"),
    ],
)
def test_nothing_is_found_of_the_papers_month_where_the_last_figure_is_too_old(
    keys: str, late: int
) -> None:
    """What is found of each period's own figure stays."""
    indicator, scale = select_only(
        make_one(f"unit: percent, decimals: 0, frequency: monthly, target: {{at_least: 55}}{keys}")
    )
    given = observe_year((*STEADY, 28))
    as_at = given.as_at.add_months(late)
    due = filter(indicator.is_due, map(FIRST.add_months, range(as_at.months_since(FIRST) + 1)))
    series = replace(given, as_at=as_at, due=tuple(due))
    signal = assess_signal(compose_point_series(indicator, scale, series))
    facts = list_signal_facts(indicator, series, signal)
    assert (facts.pop("finding"), facts.pop("reason")) == ("not_judged", "outdated")
    assert facts.pop("change") == format_change(indicator, signal, as_at)
    assert facts.pop("words") == " ".join(explain_change(indicator, signal, as_at))
    assert not any(facts.values())
    periods = compose_period_facts(indicator, series, signal)
    assert periods[given.as_at].finding is SignalFinding.CONCERN


def test_each_period_has_what_is_found_of_its_own_figure() -> None:
    """The limits of the stretch are those of all its figures, as known in the papers' month."""
    indicator, scale = select_only(
        make_one(
            "unit: percent, decimals: 0, frequency: monthly, target: {at_least: 40}, "
            "breaks: [{from: 2019-06, reason: Two more teams are counted}]"
        )
    )
    series = observe_year((42, 38, *STEADY, 28, 40))
    signal = assess_signal(compose_point_series(indicator, scale, series))
    facts = compose_period_facts(indicator, series, signal)
    before = facts[Month(2019, 5)]
    assert (before.finding, before.reason) == (SignalFinding.NOT_JUDGED, NoSignalReason.TOO_SHORT)
    low, last = facts[Month(2020, 10)], facts[Month(2020, 11)]
    assert (low.finding, low.rule) == (SignalFinding.CONCERN, SignalRule.OUTSIDE)
    assert (last.finding, last.rule) == (SignalFinding.COMMON_CAUSE, None)
    assert low.assurance is last.assurance is Assurance.HIT_AND_MISS
    assert low.mean == last.mean == Decimal("39.33")
    assert low.lower_limit is not None
    assert low.lower_limit > 28


def test_the_json_has_the_figures_words_and_the_limits_with_two_more_decimals() -> None:
    indicator, scale = select_only(
        make_one("unit: percent, decimals: 0, frequency: monthly, target: {at_least: 55}")
    )
    series = observe_year((*STEADY, 40))
    signal = assess_signal(compose_point_series(indicator, scale, series))
    assert list_signal_facts(indicator, series, signal) == {
        "change": "no real change",
        "words": "No real change: 40% in Aug 2020 is within the usual range, 33% to 47%. No figure "
        "in that range meets the target, so it will not be met unless something changes.",
        "finding": "common_cause",
        "reason": None,
        "rule": None,
        "flagged": [],
        "mean": "40.00",
        "lower_limit": "32.35",
        "upper_limit": "47.65",
        "usual_range": ["33", "47"],
        "assurance": "will_not_be_met",
    }
