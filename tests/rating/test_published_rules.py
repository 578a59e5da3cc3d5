"""How British councils rate, each as the catalogue that such a council would write.

The councils and figures are made up; each rule is one that some council publishes.
"""

from __future__ import annotations

import pytest
from helpers.councils import HEAD, make_catalogue
from helpers.rating import NOVEMBER, make_series

from merton_kpi.core.periods import Month
from merton_kpi.rating.rate import rate

MERTONS = HEAD[HEAD.index("bands:") :]

WITHIN_5_PERCENT = """\
bands:
  percent: {amber: {percent_of_target: 5}}
  other: {amber: {percent_of_target: 5}}
"""
WITHIN_5_POINTS = """\
bands:
  percent: {amber: {percentage_points: 5}}
  other: {amber: {units: 5}}
"""
GREEN_5_AMBER_10 = """\
bands:
  percent: {green: {percent_of_target: 5}, amber: {percent_of_target: 10}}
  other: {green: {percent_of_target: 5}, amber: {percent_of_target: 10}}
"""
MET_OR_NOT = """\
bands:
  percent: {amber: none}
  other: {amber: none}
"""
HOUSING = """
- number: "H1"
  title: Repairs finished in time
  unit: percent
  frequency: monthly
  target: {at_least: 80}
- number: "H2"
  title: Days to relet a home
  unit: number
  frequency: monthly
  target: {at_most: 40}
"""
EXPLICIT_AMBER = """
- number: "H1"
  title: Repairs finished in time
  unit: percent
  frequency: monthly
  target: {at_least: 80}
  bands: {amber: {from: 72}, blue: {from: 95}}
- number: "H2"
  title: Days to relet a home
  unit: number
  frequency: monthly
  target: {at_most: 40}
  bands: {amber: {from: 50}}
"""
OWN_PAST = """
- number: "E1"
  title: Primary exclusions
  unit: number
  frequency: monthly
  accumulates: academic_year
  polarity: lower_is_better
  target: {no_worse_than: best, years: 2}
  outturns: {2019/20: 0, 2018/19: 0}
- number: "E2"
  title: Secondary exclusions
  unit: number
  frequency: monthly
  accumulates: academic_year
  polarity: lower_is_better
  target: {no_worse_than: best, years: 2}
  outturns: {2019/20: 19, 2018/19: 17}
"""
MILESTONES = """
- number: "R1"
  title: Homes started
  unit: number
  frequency: monthly
  accumulates: financial_year
  target:
    at_least: 400
    profile: milestones
    milestones: {2020-06: 40, 2020-09: 120, 2020-12: 250, 2021-03: 400}
"""
ZERO_AND_STRICT = """
- number: "C1"
  title: Children placed in unregistered homes
  unit: number
  frequency: monthly
  target: {at_most: 0}
  bands: {amber: {units: 2}}
- number: "C2"
  title: Serious incidents
  unit: number
  frequency: monthly
  target: {below: 5}
  bands: {amber: none}
"""


@pytest.mark.parametrize(
    ("bands", "indicators", "ratings"),
    [
        (WITHIN_5_PERCENT, HOUSING, {"H1": "80 Green, 76 Amber, 75 Red", "H2": "42 Amber, 43 Red"}),
        (WITHIN_5_POINTS, HOUSING, {"H1": "75 Amber, 74 Red", "H2": "45 Amber, 46 Red"}),
        (
            GREEN_5_AMBER_10,
            HOUSING,
            {"H1": "76 Green, 75 Amber, 72 Amber, 71 Red", "H2": "42 Green, 44 Amber, 45 Red"},
        ),
        (MET_OR_NOT, HOUSING, {"H1": "80 Green, 79 Red", "H2": "40 Green, 41 Red"}),
        (
            MERTONS,
            EXPLICIT_AMBER,
            {"H1": "95 Blue, 94 Green, 72 Amber, 71 Red", "H2": "50 Amber, 51 Red"},
        ),
        (MET_OR_NOT, OWN_PAST, {"E1": "0 Green, 1 Red", "E2": "17 Green, 18 Red"}),
        # In November the milestone of September, 120, is the last one reached; 5% of it is 6.
        (MERTONS, MILESTONES, {"R1": "120 Green, 119 Amber, 114 Amber, 113 Red"}),
        (
            MERTONS,
            ZERO_AND_STRICT,
            {"C1": "0 Green, 1 Amber, 2 Amber, 3 Red", "C2": "4 Green, 5 Red"},
        ),
    ],
    ids=[
        "within 5 per cent",
        "within 5 points",
        "green within 5 and amber within 10 per cent",
        "met or not",
        "explicit amber and blue",
        "no worse than its own past",
        "a profile by milestones",
        "a zero target and a strict one",
    ],
)
def test_a_council_rates_by_its_own_rules(
    bands: str, indicators: str, ratings: dict[str, str]
) -> None:
    catalogue = make_catalogue(indicators, HEAD[: HEAD.index("bands:")] + bands)
    for each in catalogue.indicators:
        scale = catalogue.scale_for(catalogue.sections[0], each)
        for row in ratings[each.number].split(", "):
            figure, rating = row.split()
            assert rate(each, scale, make_series((NOVEMBER, figure))).label == rating, row


def test_a_milestone_counts_from_its_own_month() -> None:
    catalogue = make_catalogue(MILESTONES)
    (indicator,) = catalogue.indicators
    scale = catalogue.scale_for(catalogue.sections[0], indicator)
    labels = [
        rate(indicator, scale, make_series((month, "120"))).label
        for month in (Month(2020, 5), Month(2020, 6), Month(2020, 9), Month(2020, 12))
    ]
    assert labels == ["No data", "Green", "Green", "Red"]
