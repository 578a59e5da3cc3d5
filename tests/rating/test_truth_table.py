"""The rating engine's truth table: every row spelt out, at and on both sides of each boundary.

Each block names a council's rule; a row is a figure and its rating. Figures have one decimal, so
that the nearest figures on either side of a boundary are 0.1 away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD
from helpers.rating import NOVEMBER, rate_one, rate_text

from merton_kpi.core.statuses import Status
from merton_kpi.loading.catalogue_file import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.core.issues import Issue

PERCENT = "unit: percent, decimals: 1, frequency: monthly"
NUMBER = "unit: number, decimals: 1, frequency: monthly"

TABLE = {
    # At least 90%: higher is better.
    "at least, amber within 5% of the target": (
        f"{PERCENT}, target: {{at_least: 90}}, bands: {{amber: {{percent_of_target: 5}}}}",
        "100 Green; 90.1 Green; 90 Green; 89.9 Amber; 85.6 Amber; 85.5 Amber; 85.4 Red; 0 Red",
    ),
    "at least, amber within 5 percentage points": (
        f"{PERCENT}, target: {{at_least: 90}}, bands: {{amber: {{percentage_points: 5}}}}",
        "90.1 Green; 90 Green; 89.9 Amber; 85.1 Amber; 85 Amber; 84.9 Red",
    ),
    "at least, amber within 3 units": (
        f"{NUMBER}, target: {{at_least: 90}}, bands: {{amber: {{units: 3}}}}",
        "90.1 Green; 90 Green; 89.9 Amber; 87.1 Amber; 87 Amber; 86.9 Red",
    ),
    "at least, amber from 85": (
        f"{PERCENT}, target: {{at_least: 90}}, bands: {{amber: {{from: 85}}}}",
        "90.1 Green; 90 Green; 89.9 Amber; 85.1 Amber; 85 Amber; 84.9 Red",
    ),
    "at least, green within 5%, amber within 10%": (
        f"{NUMBER}, target: {{at_least: 200}}, "
        "bands: {green: {percent_of_target: 5}, amber: {percent_of_target: 10}}",
        "200 Green; 199.9 Green; 190.1 Green; 190 Green; 189.9 Amber; 180.1 Amber; 180 Amber; "
        "179.9 Red",
    ),
    "at least, met or not": (
        f"{PERCENT}, target: {{at_least: 90}}, bands: {{amber: none}}",
        "90.1 Green; 90 Green; 89.9 Red; 0 Red",
    ),
    "at least, blue from 5 points better": (
        f"{PERCENT}, target: {{at_least: 90}}, "
        "bands: {blue: {percentage_points: 5}, amber: {percentage_points: 1}}",
        "95.1 Blue; 95 Blue; 94.9 Green; 90 Green; 89.9 Amber; 89 Amber; 88.9 Red",
    ),
    "at least, blue from 10% better": (
        f"{NUMBER}, target: {{at_least: 50}}, bands: {{blue: {{percent_of_target: 10}}}}",
        "55.1 Blue; 55 Blue; 54.9 Green; 50 Green; 49.9 Amber; 47.5 Amber; 47.4 Red",
    ),
    "at least, blue from an explicit figure": (
        f"{PERCENT}, target: {{at_least: 90}}, bands: {{blue: {{from: 97}}}}",
        "97.1 Blue; 97 Blue; 96.9 Green; 90 Green; 89 Amber; 88.9 Red",
    ),
    "above, amber within 1 point": (
        f"{PERCENT}, target: {{above: 90}}",
        "90.1 Green; 90 Amber; 89.9 Amber; 89.1 Amber; 89 Amber; 88.9 Red",
    ),
    "above, met or not": (
        f"{PERCENT}, target: {{above: 90}}, bands: {{amber: none}}",
        "90.1 Green; 90 Red; 89.9 Red",
    ),
    # At most 20: lower is better.
    "at most, amber within 5% of the target": (
        f"{NUMBER}, target: {{at_most: 20}}, bands: {{amber: {{percent_of_target: 5}}}}",
        "0 Green; 19.9 Green; 20 Green; 20.1 Amber; 20.9 Amber; 21 Amber; 21.1 Red",
    ),
    "at most, amber within 5 percentage points": (
        f"{PERCENT}, target: {{at_most: 20}}, bands: {{amber: {{percentage_points: 5}}}}",
        "19.9 Green; 20 Green; 20.1 Amber; 24.9 Amber; 25 Amber; 25.1 Red",
    ),
    "at most, amber within 3 units": (
        f"{NUMBER}, target: {{at_most: 20}}, bands: {{amber: {{units: 3}}}}",
        "19.9 Green; 20 Green; 20.1 Amber; 22.9 Amber; 23 Amber; 23.1 Red",
    ),
    "at most, amber from 25": (
        f"{NUMBER}, target: {{at_most: 20}}, bands: {{amber: {{from: 25}}}}",
        "19.9 Green; 20 Green; 20.1 Amber; 24.9 Amber; 25 Amber; 25.1 Red",
    ),
    "at most, green within 5%, amber within 10%": (
        f"{NUMBER}, target: {{at_most: 200}}, "
        "bands: {green: {percent_of_target: 5}, amber: {percent_of_target: 10}}",
        "200 Green; 200.1 Green; 209.9 Green; 210 Green; 210.1 Amber; 219.9 Amber; 220 Amber; "
        "220.1 Red",
    ),
    "at most, met or not": (
        f"{NUMBER}, target: {{at_most: 20}}, bands: {{amber: none}}",
        "19.9 Green; 20 Green; 20.1 Red",
    ),
    "at most, blue from 5 units better": (
        f"{NUMBER}, target: {{at_most: 20}}, bands: {{blue: {{units: 5}}}}",
        "14.9 Blue; 15 Blue; 15.1 Green; 20 Green; 20.1 Amber; 21 Amber; 21.1 Red",
    ),
    "at most, blue from an explicit figure": (
        f"{NUMBER}, target: {{at_most: 20}}, bands: {{blue: {{from: 12}}}}",
        "11.9 Blue; 12 Blue; 12.1 Green; 20 Green; 20.1 Amber; 21.1 Red",
    ),
    "below 5, amber within 1 unit": (
        f"{NUMBER}, target: {{below: 5}}, bands: {{amber: {{units: 1}}}}",
        "4.9 Green; 5 Amber; 5.1 Amber; 5.9 Amber; 6 Amber; 6.1 Red",
    ),
    "below 5, met or not": (
        f"{NUMBER}, target: {{below: 5}}, bands: {{amber: none}}",
        "4.9 Green; 5 Red; 5.1 Red",
    ),
    "below 5 with a green tolerance, whose end is not green either": (
        f"{NUMBER}, target: {{below: 5}}, bands: {{green: {{units: 1}}, amber: {{units: 2}}}}",
        "4.9 Green; 5 Green; 5.9 Green; 6 Amber; 7 Amber; 7.1 Red",
    ),
    "above, amber within 5% of the target": (
        f"{NUMBER}, target: {{above: 40}}, bands: {{amber: {{percent_of_target: 5}}}}",
        "40.1 Green; 40 Amber; 38 Amber; 37.9 Red",
    ),
    "above, amber from a figure, blue by a margin": (
        f"{NUMBER}, target: {{above: 40}}, bands: {{amber: {{from: 30}}, blue: {{units: 5}}}}",
        "45 Blue; 44.9 Green; 40.1 Green; 40 Amber; 30 Amber; 29.9 Red",
    ),
    "below, amber from a figure, blue from a figure": (
        f"{NUMBER}, target: {{below: 40}}, bands: {{amber: {{from: 50}}, blue: {{from: 30}}}}",
        "30 Blue; 30.1 Green; 39.9 Green; 40 Amber; 50 Amber; 50.1 Red",
    ),
    # Between 12% and 20%, both ends included.
    "between, amber within 1 point": (
        f"{PERCENT}, target: {{between: [12, 20]}}",
        "10.9 Red; 11 Amber; 11.9 Amber; 12 Green; 12.1 Green; 16 Green; 19.9 Green; 20 Green; "
        "20.1 Amber; 21 Amber; 21.1 Red",
    ),
    "between, amber within 5% of the nearer end": (
        f"{NUMBER}, target: {{between: [20, 40]}}",
        "18.9 Red; 19 Amber; 19.9 Amber; 20 Green; 40 Green; 40.1 Amber; 42 Amber; 42.1 Red",
    ),
    "between, met or not": (
        f"{PERCENT}, target: {{between: [12, 20]}}, bands: {{amber: none}}",
        "11.9 Red; 12 Green; 20 Green; 20.1 Red",
    ),
    "between, with a green tolerance": (
        f"{PERCENT}, target: {{between: [12, 20]}}, "
        "bands: {green: {percentage_points: 1}, amber: {percentage_points: 2}}",
        "9.9 Red; 10 Amber; 10.9 Amber; 11 Green; 21 Green; 21.1 Amber; 22 Amber; 22.1 Red",
    ),
    # Figures and targets at and below zero.
    "a zero target, amber within 2 units": (
        f"{NUMBER}, target: {{at_most: 0}}, bands: {{amber: {{units: 2}}}}",
        "-0.1 Green; 0 Green; 0.1 Amber; 1.9 Amber; 2 Amber; 2.1 Red",
    ),
    "a negative target, at least": (
        f"{NUMBER}, target: {{at_least: -10}}, bands: {{amber: {{percent_of_target: 5}}}}",
        "0 Green; -10 Green; -10.1 Amber; -10.4 Amber; -10.5 Amber; -10.6 Red",
    ),
    "a negative target, at most": (
        f"{NUMBER}, target: {{at_most: -10}}, bands: {{amber: {{percent_of_target: 5}}}}",
        "-11 Green; -10 Green; -9.9 Amber; -9.6 Amber; -9.5 Amber; -9.4 Red",
    ),
    # Against its own past: 17 in 2019/20, 19 in 2018/19, 12 in 2017/18.
    "no worse than last year, lower is better": (
        f"{NUMBER}, target: {{no_worse_than: last_year}}, polarity: lower_is_better, "
        "outturns: {2019/20: 17, 2018/19: 19, 2017/18: 12}, bands: {amber: none}",
        "16.9 Green; 17 Green; 17.1 Red",
    ),
    "no worse than the best of 3 years, lower is better": (
        f"{NUMBER}, target: {{no_worse_than: best, years: 3}}, polarity: lower_is_better, "
        "outturns: {2019/20: 17, 2018/19: 19, 2017/18: 12}, bands: {amber: none}",
        "12 Green; 12.1 Red",
    ),
    "no worse than the worst of 3 years, lower is better": (
        f"{NUMBER}, target: {{no_worse_than: worst, years: 3}}, polarity: lower_is_better, "
        "outturns: {2019/20: 17, 2018/19: 19, 2017/18: 12}, bands: {amber: none}",
        "19 Green; 19.1 Red",
    ),
    "no worse than the best of 3 years, higher is better": (
        f"{NUMBER}, target: {{no_worse_than: best, years: 3}}, polarity: higher_is_better, "
        "outturns: {2019/20: 17, 2018/19: 19, 2017/18: 12}, bands: {amber: {units: 1}}",
        "19 Green; 18.9 Amber; 18 Amber; 17.9 Red",
    ),
    "no worse than the worst of 2 years, higher is better": (
        f"{NUMBER}, target: {{no_worse_than: worst, years: 2}}, polarity: higher_is_better, "
        "outturns: {2019/20: 17, 2018/19: 19, 2017/18: 12}, bands: {amber: none}",
        "17 Green; 16.9 Red",
    ),
    # Primary and secondary exclusions of an earlier index.
    "one exclusion after two years of none": (
        f"{NUMBER}, target: {{no_worse_than: best, years: 2}}, polarity: lower_is_better, "
        "outturns: {2019/20: 0, 2018/19: 0}, bands: {amber: none}",
        "0 Green; 1 Red",
    ),
    "17 exclusions after 19 and 17": (
        f"{NUMBER}, target: {{no_worse_than: best, years: 2}}, polarity: lower_is_better, "
        "outturns: {2019/20: 19, 2018/19: 17}, bands: {amber: none}",
        "17 Green; 18 Red",
    ),
    # A running total against 20 by March: 8 of 12 months due in November are 13.33….
    "at least 20 for the year, in equal shares": (
        f"{NUMBER}, accumulates: financial_year, "
        "target: {at_least: 20, profile: share_of_year}, bands: {amber: {units: 1}}",
        "13.4 Green; 13.3 Amber; 12.4 Amber; 12.3 Red",
    ),
    "at most 20 for the year, in equal shares": (
        f"{NUMBER}, accumulates: financial_year, "
        "target: {at_most: 20, profile: share_of_year}, bands: {amber: {units: 1}}",
        "13.3 Green; 13.4 Amber; 14.3 Amber; 14.4 Red",
    ),
    "at most 50 for the year, in equal shares, amber within 5%": (
        f"{NUMBER}, accumulates: financial_year, target: {{at_most: 50, profile: share_of_year}}",
        "33.3 Green; 33.4 Amber; 34.9 Amber; 35 Amber; 35.1 Red",
    ),
    "at most 50 for the year, in equal shares, blue from 10% better": (
        f"{NUMBER}, accumulates: financial_year, target: {{at_most: 50, profile: share_of_year}}, "
        "bands: {blue: {percent_of_target: 10}}",
        "29.9 Blue; 30 Blue; 30.1 Green; 33.3 Green; 33.4 Amber",
    ),
    "at least 20 for the whole year": (
        f"{NUMBER}, accumulates: financial_year, "
        "target: {at_least: 20, profile: full_year}, bands: {amber: {units: 1}}",
        "20 Green; 19.9 Amber; 19 Amber; 18.9 Red",
    ),
    "at least 20 for the year, by milestones": (
        f"{NUMBER}, accumulates: financial_year, target: {{at_least: 20, profile: milestones, "
        "milestones: {2020-06: 2, 2020-09: 8, 2021-03: 20}}, bands: {amber: {units: 1}}",
        "8 Green; 7.9 Amber; 7 Amber; 6.9 Red",
    ),
    "at most 12 since September, in equal shares of a school year without August": (
        f"{NUMBER}, accumulates: academic_year, due_months: [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7], "
        "target: {at_most: 11, profile: share_of_year}, bands: {amber: {units: 1}}",
        "3 Green; 3.1 Amber; 4 Amber; 4.1 Red",
    ),
    # A target that changed in October.
    "at least 80, at least 90 from October": (
        f"{PERCENT}, target: [{{at_least: 80}}, {{from: 2020-10, at_least: 90}}]",
        "90 Green; 89.9 Amber; 89 Amber; 88.9 Red",
    ),
    "at least 80, at least 90 from December": (
        f"{PERCENT}, target: [{{at_least: 80}}, {{from: 2020-12, at_least: 90}}]",
        "80 Green; 79.9 Amber; 79 Amber; 78.9 Red",
    ),
}
ROWS = [
    (rule, settings, *row.split())
    for rule, (settings, rows) in TABLE.items()
    for row in rows.split("; ")
]


@pytest.mark.parametrize(
    ("settings", "figure", "rating"),
    [row[1:] for row in ROWS],
    ids=[f"{rule}: {figure}" for rule, _, figure, _ in ROWS],
)
def test_a_figure_has_the_rating_of_its_row(settings: str, figure: str, rating: str) -> None:
    assert rate_one(settings, (NOVEMBER, figure)).label == rating


@pytest.mark.parametrize("rule", TABLE)
def test_a_missing_figure_is_no_data_under_every_rule(rule: str) -> None:
    verdict = rate_one(TABLE[rule][0], (NOVEMBER, Status.NOT_AVAILABLE))
    assert (verdict.label, verdict.figure, verdict.limits) == ("No data", None, None)


@pytest.mark.parametrize("rule", TABLE)
def test_a_figure_that_is_not_due_yet_is_no_failure_under_any_rule(rule: str) -> None:
    verdict = rate_one(TABLE[rule][0])
    assert (verdict.label, verdict.figure, verdict.limits) == ("Not due yet", None, None)


@pytest.mark.parametrize("unit", [PERCENT, NUMBER])
@pytest.mark.parametrize(
    "polarity", ["", ", polarity: higher_is_better", ", polarity: lower_is_better"]
)
@pytest.mark.parametrize("figure", ["-1", "0", "100"])
def test_a_missing_target_is_never_a_rating(unit: str, polarity: str, figure: str) -> None:
    for target, label in (("not_a_target_measure", "Not a target measure"), ("new", "New")):
        settings = f"{unit}, target: {target}{polarity}"
        assert rate_one(settings, (NOVEMBER, figure)).label == label
        assert rate_one(settings, (NOVEMBER, Status.NOT_AVAILABLE)).label == label
        assert rate_one(settings).label == label


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        (
            "target: {no_worse_than: last_year}, polarity: lower_is_better, "
            "outturns: {2018/19: 4, 2019/20: {status: to_come}}",
            "There is no outturn to compare with last year's outturn.",
        ),
        (
            "accumulates: financial_year, target: {at_least: 9, profile: milestones, "
            "milestones: {2020-12: 5, 2021-03: 9}}",
            "No milestone of its target has been reached yet.",
        ),
    ],
)
def test_a_target_that_cannot_be_known_yet_is_no_data(settings: str, reason: str) -> None:
    verdict = rate_one(f"{NUMBER}, {settings}", (NOVEMBER, "4"))
    assert (verdict.label, verdict.reason) == ("No data", reason)


BAD_BANDS = [
    (
        f"{NUMBER}, target: {{at_most: 0}}",
        "bands",
        "{at_most: 0}",
    ),
    (
        f"{NUMBER}, target: {{at_least: 9}}, bands: {{amber: {{percentage_points: 1}}}}",
        "bands",
        "{percentage_points: 1}",
    ),
    (
        f"{PERCENT}, target: {{at_least: 9}}, bands: {{amber: {{units: 1}}}}",
        "bands",
        "{units: 1}",
    ),
    (
        f"{PERCENT}, target: {{at_least: 90}}, bands: {{amber: {{from: 95}}}}",
        "bands",
        "{from: 95}",
    ),
    (
        f"{PERCENT}, target: {{at_most: 10}}, bands: {{amber: {{from: 9}}}}",
        "bands",
        "{from: 9}",
    ),
    (
        f"{PERCENT}, target: {{at_least: 90}}, bands: {{green: {{percentage_points: 5}}}}",
        "bands",
        "{percentage_points: 5}",
    ),
    (
        f"{PERCENT}, target: {{at_least: 90}}, bands: {{amber: {{percentage_points: 0}}}}",
        "bands",
        "{percentage_points: 0}",
    ),
    (
        f"{PERCENT}, target: {{at_least: 90}}, bands: {{green: {{from: 92}}}}",
        "bands",
        "{from: 92}",
    ),
    (
        f"{PERCENT}, target: {{at_least: 90}}, bands: {{blue: {{from: 88}}}}",
        "bands",
        "{from: 88}",
    ),
    (
        f"{PERCENT}, target: {{at_least: 90}}, bands: {{blue: {{percentage_points: 0}}}}",
        "bands",
        "{percentage_points: 0}",
    ),
    (
        f"{PERCENT}, target: {{between: [5, 10]}}, bands: {{amber: {{from: 4}}}}",
        "bands",
        "{from: 4}",
    ),
    (
        f"{NUMBER}, accumulates: financial_year, target: {{at_least: 20, profile: milestones, "
        "milestones: {2020-06: 5}}, bands: {blue: {units: 1}, amber: {from: 3}}",
        "bands",
        "{from: 3}",
    ),
    (
        f"{PERCENT}, target: {{from: 2021-04, at_least: 9}}",
        "other_year",
        "2021-04, at_least: 9",
    ),
    (
        f"{NUMBER}, accumulates: financial_year, target: {{at_least: 20, profile: milestones, "
        "milestones: {2019-06: 5}}",
        "other_year",
        "2019-06: 5",
    ),
    (
        f"{NUMBER}, accumulates: financial_year, "
        "target: {at_least: 9, profile: share_of_year}, bands: {amber: {from: 8}}",
        "bands",
        "{from: 8}",
    ),
]


def list_faults(settings: str) -> list[tuple[Issue, str]]:
    """An indicator's errors, each with the catalogue's text at its place."""
    text = f"{HEAD}sections:\n  - title: Any\n    indicators:\n"
    text += f'      - {{number: "1", title: Any, {settings}}}\n'
    _, issues = read_catalogue(text, "indicators.yaml")
    lines = text.splitlines()
    found = []
    for each in issues:
        assert each.place.line and each.place.column
        found.append((each, lines[each.place.line - 1][each.place.column - 1 :]))
    return found


@pytest.mark.parametrize(("settings", "code", "place"), BAD_BANDS)
def test_bands_that_contradict_the_target_are_refused(settings: str, code: str, place: str) -> None:
    """At the band, where it is the indicator's own or inherited, or else at the target."""
    ((issue, text),) = list_faults(settings)
    assert issue.code == code
    assert text.startswith(place)


def test_bands_that_contradict_the_target_are_errors(messages: Callable[..., None]) -> None:
    messages(issue for settings, *_ in BAD_BANDS for issue, _ in list_faults(settings))


@pytest.mark.parametrize(
    ("catalogue", "section", "own", "rating"),
    [
        ("{amber: {percentage_points: 1}}", "", "", "Red"),
        ("{amber: {percentage_points: 1}}", "{amber: {percentage_points: 3}}", "", "Amber"),
        ("{amber: {percentage_points: 1}}", "{amber: none}", "{amber: {from: 86}}", "Amber"),
        (
            "{amber: {percentage_points: 9}}",
            "{amber: {percentage_points: 3}}",
            "{amber: none}",
            "Red",
        ),
        ("{blue: {percentage_points: 1}}", "{blue: none, amber: {from: 85}}", "", "Amber"),
    ],
)
def test_the_nearest_setting_wins(catalogue: str, section: str, own: str, rating: str) -> None:
    """87% against 90%, with bands for the catalogue, its section and the indicator itself."""
    head = HEAD.replace("{amber: {percentage_points: 1}}", catalogue)
    assert rate_text(head, section, own, "87") == rating
