"""What other councils publish, as a table: a rule in a few words, its entry, figures, verdicts.

The councils and figures are made up. Each line of figures is sent as extracts (see
`helpers.published`) and rated in the papers of the month in which the last figure came, or of the
month after `@`. Unless the entry has bands, a figure that misses its target is red.
"""

from __future__ import annotations

import pytest
from helpers.published import MET_OR_NOT, rate_line

MONTHLY = "unit: number, frequency: monthly"
SHARE = "unit: percent, frequency: monthly"
TOTAL = f"{MONTHLY}, accumulates: financial_year"
ADDED = f"{TOTAL}, figures: of_period"
BETTER = "bands: {amber: {better_than: same_period_last_year}}"

# How a unit's bands are written, with figures at and on both sides of each limit.
UNITS = {
    "at least 95%, amber within 2 points": """
        unit: percent, frequency: monthly, target: {at_least: 95},
        bands: {amber: {percentage_points: 2}}
        Jun 95.1 = Green
        Jun 95 = Green
        Jun 94.9 = Amber
        Jun 93 = Amber
        Jun 92.9 = Red""",
    "arrears of at most £350 thousand, amber within 10% of it, 385": """
        unit: thousand_pounds, frequency: monthly, target: {at_most: 350},
        bands: {amber: {percent_of_target: 10}}
        Jun 349.9 = Green
        Jun 350 = Green
        Jun 350.1 = Amber
        Jun 385 = Amber
        Jun 385.1 = Red""",
    "savings of more than £1.2 million, amber within £0.2 million": """
        unit: million_pounds, frequency: monthly, target: {above: 1.2}, bands: {amber: {units: 0.2}}
        Jun 1.21 = Green
        Jun 1.2 = Amber
        Jun 1.0 = Amber
        Jun 0.99 = Red""",
    "a cost below £1,234.50, to the penny": """
        unit: pounds, frequency: monthly, target: {below: 1234.50}
        Jun 1234.49 = Green
        Jun 1234.50 = Red
        Jun 1234.51 = Red""",
    "answered within 12 minutes, blue from 10": """
        unit: minutes, frequency: monthly, target: {at_most: 12},
        bands: {amber: {units: 1}, blue: {from: 10}}
        Jun 9.9 = Blue
        Jun 10 = Blue
        Jun 10.1 = Green
        Jun 12 = Green
        Jun 12.1 = Amber
        Jun 13 = Amber
        Jun 13.1 = Red""",
    "made safe within 4.5 hours": """
        unit: hours, frequency: monthly, target: {at_most: 4.5}
        Jun 4.4 = Green
        Jun 4.5 = Green
        Jun 4.6 = Red""",
    "relet in at most 28 days, amber from 35": """
        unit: days, frequency: monthly, target: {at_most: 28}, bands: {amber: {from: 35}}
        Jun 27 = Green
        Jun 28 = Green
        Jun 29 = Amber
        Jun 35 = Amber
        Jun 36 = Red""",
    "proceedings of at most 26 weeks, amber within 5%, 27.3": """
        unit: weeks, frequency: monthly, target: {at_most: 26},
        bands: {amber: {percent_of_target: 5}}
        Jun 26 = Green
        Jun 26.1 = Amber
        Jun 27.3 = Amber
        Jun 27.4 = Red""",
    "at most 4.2 complaints per 1,000 homes": """
        unit: rate_per_1000, frequency: monthly, target: {at_most: 4.2},
        bands: {amber: {units: 0.3}}
        Jun 4.2 = Green
        Jun 4.3 = Amber
        Jun 4.5 = Amber
        Jun 4.6 = Red""",
    "at most 60 per 10,000": """
        unit: rate_per_10000, frequency: monthly, target: {at_most: 60}
        Jun 59.9 = Green
        Jun 60 = Green
        Jun 60.1 = Red""",
    "below 12.5 per 100,000": """
        unit: rate_per_100000, frequency: monthly, target: {below: 12.5}
        Jun 12.4 = Green
        Jun 12.5 = Red
        Jun 12.6 = Red""",
    "a ratio of at least 1.25": """
        unit: ratio, frequency: monthly, target: {at_least: 1.25}
        Jun 1.26 = Green
        Jun 1.25 = Green
        Jun 1.24 = Red""",
    "a score of at least -3, which may be below zero": """
        unit: score, frequency: monthly, target: {at_least: -3}, bands: {amber: {units: 2}}
        Jun -2.9 = Green
        Jun -3 = Green
        Jun -3.1 = Amber
        Jun -5 = Amber
        Jun -5.1 = Red""",
    "a gap of at most 5 percentage points, amber within 1.5": """
        unit: percentage_points, frequency: monthly, target: {at_most: 5},
        bands: {amber: {percentage_points: 1.5}}
        Jun -1 = Green
        Jun 5 = Green
        Jun 5.1 = Amber
        Jun 6.5 = Amber
        Jun 6.6 = Red""",
    "at most 400 tonnes, a unit with its own label": """
        unit: {label: tonnes}, frequency: monthly, target: {at_most: 400},
        bands: {amber: {units: 20}}
        Jun 400 = Green
        Jun 401 = Amber
        Jun 420 = Amber
        Jun 421 = Red""",
}

PERIODS = {
    "each half-year, at least 80%": """
        unit: percent, frequency: half_yearly, target: {at_least: 80}
        Sep 80 = Green
        Sep 79.9 = Red
        @Aug = Not due yet
        @Sep = No data
        Sep 80 @Feb = Green
        Sep 80 @Mar = Green (H1)
        Sep 80, Mar 79 = Red""",
    "each term, at most 5, carried forward for one": """
        unit: number, frequency: termly, target: {at_most: 5}
        @Jun = Not due yet
        Jul 5 = Green
        Jul 6 = Red
        Jul 5 @Nov = Green
        Jul 5 @Dec = Green (Summer term)
        Jul 5 @Mar = No data
        Jul 5, Dec 6 = Red
        Jul 5, Mar 5 = Green""",
    "every second year from October 2018, at least 70%": """
        unit: percent, frequency: every_second_year, first_due: 2018-10, target: {at_least: 70}
        @Sep = Not due yet
        @Oct = No data
        Oct 70 = Green
        Oct 69.9 = Red
        Oct 70 @Mar = Green""",
    "every second year, not in this one": """
        unit: percent, frequency: every_second_year, first_due: 2019-10, target: {at_least: 70}
        @Oct = Not due yet
        @Mar = Not due yet""",
    "begins in October": """
        unit: number, frequency: monthly, first_due: 2020-10, target: {at_least: 70}
        @Sep = Not due yet
        @Oct = No data
        Oct 70 = Green
        Oct 69 = Red
        Oct 70 @Nov = Green (Oct 2020)
        Oct 70 @Dec = No data""",
    "each quarter, two months late: Q4 comes in May": """
        unit: number, frequency: quarterly, arrears: 2, target: {at_least: 70}
        @Jul = Not due yet
        Jun 70 = Green
        Jun 70 @Oct = Green
        Jun 70 @Nov = Green (Q1)
        Dec 70, Mar 69 @Apr+1 = Green
        Dec 70, Mar 69 = Red
        Dec 70 @May+1 = Green (Q3)""",
    "until June, a month late: June's figure is rated in July": """
        unit: number, frequency: monthly, arrears: 1, removed: {from: 2020-07, reason: Gone.},
        target: {at_least: 70}
        May 70 = Green
        Jun 70 = Green
        Jun 69 = Red
        Jun 70 @Aug = No longer reported""",
}

SUMS = {
    "120 a year, a share each month: 30 by June": f"""
        {ADDED}, target: {{at_least: 120, profile: share_of_year}}, bands: {{amber: {{units: 3}}}}
        Apr 10, May 10, Jun 11 = Green
        Apr 10, May 10, Jun 10 = Green
        Apr 10, May 10, Jun 9 = Amber
        Apr 10, May 10, Jun 7 = Amber
        Apr 10, May 10, Jun 6 = Red
        Apr 30, May 0, Jun 0 = Green
        Apr 30, May no_cases, Jun no_cases = Green
        Apr 10, May covid, Jun 20 = No data
        Apr 10, May 10 @Jun = Green (May 2020)
        Apr 10, Jun 20 = No data""",
    "the same as a running total": f"""
        {TOTAL}, target: {{at_least: 120, profile: share_of_year}}, bands: {{amber: {{units: 3}}}}
        Apr 10, May 20, Jun 31 = Green
        Apr 10, May 20, Jun 30 = Green
        Apr 10, May 20, Jun 29 = Amber
        Apr 10, May 20, Jun 27 = Amber
        Apr 10, May 20, Jun 26 = Red
        Jun 30 = Green""",
    "at most 20 in the whole year, whatever the month": f"""
        {ADDED}, target: {{at_most: 20, profile: full_year}}
        Apr 19 = Green
        Apr 10, May 10 = Green
        Apr 10, May 11 = Red""",
    "milestones: 40 by June, 120 by September": """
        unit: number, frequency: quarterly, accumulates: financial_year, figures: of_period,
        target: {at_least: 400, profile: milestones, milestones: {2020-06: 40, 2020-09: 120,
            2021-03: 400}}
        Jun 41 = Green
        Jun 40 = Green
        Jun 39 = Red
        Jun 40, Sep 80 = Green
        Jun 40, Sep 79 = Red
        Jun 40, Sep 80, Dec 0 = Green
        Jun 40, Sep 80, Dec 0, Mar 280 = Green
        Jun 40, Sep 80, Dec 0, Mar 279 = Red""",
    "begins in October: a sixth of 120 each month": f"""
        {ADDED}, first_due: 2020-10, target: {{at_least: 120, profile: share_of_year}}
        Oct 20 = Green
        Oct 19 = Red
        Oct 19, Nov 21 = Green""",
    "two months late: March's sum is rated in May, against all 40": """
        unit: number, frequency: quarterly, arrears: 2, accumulates: financial_year, figures:
            of_period,
        target: {at_least: 40, profile: share_of_year}
        Jun 10, Sep 10, Dec 10 @Apr+1 = Green
        Jun 10, Sep 10, Dec 10, Mar 10 = Green
        Jun 10, Sep 10, Dec 10, Mar 9 = Red""",
    "removed from July: until then a share of the whole year": f"""
        {ADDED}, removed: {{from: 2020-07, reason: Gone.}},
        target: {{at_least: 120, profile: share_of_year}}
        Apr 10, May 10, Jun 10 = Green
        Apr 10, May 10, Jun 9 = Red
        Apr 10, May 10, Jun 10 @Jul = No longer reported""",
    "since September, 2 a month: 16 by April with last year's 14": f"""
        {MONTHLY}, accumulates: academic_year, figures: of_period,
        target: {{at_most: 24, profile: share_of_year}},
        earlier_months: {{2019-09: 2, 2019-10: 2, 2019-11: 2, 2019-12: 2, 2020-01: 2, 2020-02: 2,
            2020-03: 2}}
        Apr 1 = Green
        Apr 2 = Green
        Apr 3 = Red
        Apr 9, May 9, Jun 9, Jul 9, Aug 9, Sep 2 = Green
        Apr 9, May 9, Jun 9, Jul 9, Aug 9, Sep 3 = Red""",
    "rent collected to date: the whole target from April on": f"""
        {SHARE}, figures: to_date, target: {{at_least: 98.5}},
        bands: {{amber: {{percentage_points: 0.5}}}}
        Apr 98.5 = Green
        Apr 98.4 = Amber
        Apr 98 = Amber
        Apr 97.9 = Red
        Apr 90, May 98.5 = Green""",
}

TARGETS = {
    "at least 80, withdrawn from October": f"""
        {MONTHLY}, target: [{{at_least: 80}}, {{from: 2020-10, withdrawn: Under review.}}]
        Sep 81 = Green
        Sep 80 = Green
        Sep 79 = Red
        Sep 80 @Oct = Not a target measure
        Sep 80, Oct 79 = Not a target measure""",
    "withdrawn from October, a month late: September's figure is still rated": f"""
        {MONTHLY}, arrears: 1,
        target: [{{at_least: 80}}, {{from: 2020-10, withdrawn: Under review.}}]
        Sep 80 = Green
        Sep 79 = Red
        Oct 80 = Not a target measure""",
    "at least 90, set from October": f"""
        {MONTHLY}, target: {{from: 2020-10, at_least: 90}}
        Sep 95 = New
        Oct 90 = Green
        Oct 89 = Red
        Sep 95 @Oct = No data""",
    "at least 80, then a range of 80 to 90, then at least 85": f"""
        {MONTHLY},
        target: [{{at_least: 80}}, {{from: 2020-07, between: [80, 90]}}, {{from: 2020-10, at_least:
            85}}]
        Jun 91 = Green
        Jul 91 = Red
        Jul 90 = Green
        Jul 80 = Green
        Jul 79 = Red
        Oct 91 = Green
        Oct 85 = Green
        Oct 84 = Red""",
    "amber from 70, and from July from 85": f"""
        {MONTHLY}, target: [{{at_least: 80,
        bands: {{amber: {{from: 70}}}}}}, {{from: 2020-07, at_least: 90,
        bands: {{amber: {{from: 85}}}}}}]
        Jun 80 = Green
        Jun 79 = Amber
        Jun 70 = Amber
        Jun 69 = Red
        Jul 90 = Green
        Jul 89 = Amber
        Jul 85 = Amber
        Jul 84 = Red
        Jun 79 @Jul = Amber (Jun 2020)""",
    "steps: 80, from July 85, from January 90": f"""
        {MONTHLY}, target: {{at_least: {{2020-04: 80, 2020-07: 85, 2021-01: 90}}}}
        Apr 80 = Green
        Apr 79 = Red
        Jun 80 = Green
        Jul 85 = Green
        Jul 84 = Red
        Dec 85 = Green
        Jan 90 = Green
        Jan 89 = Red""",
    "steps down from May: new in April": f"""
        {MONTHLY}, target: {{below: {{2020-05: 10, 2020-06: 8}}}}
        Apr 9 = New
        May 9 = Green
        May 10 = Red
        Jun 7 = Green
        Jun 8 = Red""",
    "no worse than England's 22.4": """
        unit: percent, frequency: monthly, polarity: lower_is_better,
        target: {no_worse_than: England},
        benchmarks: {England: 22.4},
        bands: {amber: {percentage_points: 1}}
        Jun 22.3 = Green
        Jun 22.4 = Green
        Jun 22.5 = Amber
        Jun 23.4 = Amber
        Jun 23.5 = Red""",
    "no worse than last year's 19": f"""
        {MONTHLY}, polarity: lower_is_better, target: {{no_worse_than: last_year}},
        outturns: {{2019/20: 19, 2018/19: 17}}
        Jun 18 = Green
        Jun 19 = Green
        Jun 20 = Red""",
    "no worse than last year's 19, which a break cuts off from July on": f"""
        {MONTHLY}, polarity: lower_is_better, target: {{no_worse_than: last_year}},
        outturns: {{2019/20: 19}},
        breaks: [{{from: 2020-07, reason: Two more teams}}]
        Jun 19 = Green
        Jun 20 = Red
        Jul 19 = No data""",
    "no worse than the best of two years, 17": f"""
        {MONTHLY}, polarity: lower_is_better, target: {{no_worse_than: best, years: 2}},
        outturns: {{2019/20: 19, 2018/19: 17, 2017/18: 9}}
        Jun 16 = Green
        Jun 17 = Green
        Jun 18 = Red""",
    "no worse than the worst of two years, 17, where higher is better": f"""
        {MONTHLY}, polarity: higher_is_better, target: {{no_worse_than: worst, years: 2}},
        outturns: {{2019/20: 19, 2018/19: 17, 2017/18: 9}}
        Jun 18 = Green
        Jun 17 = Green
        Jun 16 = Red""",
}

BANDS = {
    "120 to 200, amber from 110 below and up to 240 above": f"""
        {MONTHLY}, target: {{between: [120, 200]}},
        bands: {{amber: {{below: {{from: 110}}, above: {{from: 240}}}}}}
        Jun 109 = Red
        Jun 110 = Amber
        Jun 119 = Amber
        Jun 120 = Green
        Jun 200 = Green
        Jun 201 = Amber
        Jun 240 = Amber
        Jun 241 = Red""",
    "120 to 200, amber within 5 below, green within 10% above": f"""
        {MONTHLY}, target: {{between: [120, 200]}},
        bands: {{green: {{below: none, above: {{percent_of_target: 10}}}}, amber: {{below: {{units:
            5}}, above: none}}}}
        Jun 114 = Red
        Jun 115 = Amber
        Jun 119 = Amber
        Jun 120 = Green
        Jun 220 = Green
        Jun 221 = Red""",
    "amber if better than last June's 70": f"""
        {MONTHLY}, target: {{at_least: 80}}, {BETTER}, earlier_months: {{2019-06: 70}}
        Jun 80 = Green
        Jun 79 = Amber
        Jun 71 = Amber
        Jun 70 = Red
        Jun 69 = Red
        Jul 79 = Red""",
    "amber if nearer to 10 to 20 than last June's 25": f"""
        {MONTHLY}, target: {{between: [10, 20]}}, {BETTER}, earlier_months: {{2019-06: 25}}
        Jun 4 = Red
        Jun 5 = Red
        Jun 6 = Amber
        Jun 10 = Green
        Jun 20 = Green
        Jun 24 = Amber
        Jun 25 = Red""",
    "amber if the sum is better than last year's 27 by June": f"""
        {ADDED}, target: {{at_least: 120, profile: share_of_year}},
        {BETTER},
        earlier_months: {{2019-04: 9, 2019-05: 9, 2019-06: 9}}
        Apr 10, May 10, Jun 10 = Green
        Apr 10, May 10, Jun 9 = Amber
        Apr 10, May 10, Jun 8 = Amber
        Apr 10, May 10, Jun 7 = Red""",
    "amber if better than last June's 70, which a break cuts off": f"""
        {MONTHLY}, target: {{at_least: 80}},
        {BETTER},
        earlier_months: {{2019-06: 70}},
        breaks: [{{from: 2020-05, reason: Two more teams}}]
        Jun 80 = Green
        Jun 79 = Red""",
    "more than 90: 90 itself is amber, down to 85": f"""
        {MONTHLY}, target: {{above: 90}}, bands: {{amber: {{from: 85}}}}
        Jun 91 = Green
        Jun 90 = Amber
        Jun 85 = Amber
        Jun 84 = Red""",
    "fewer than 5: 5 itself is red": f"""
        {MONTHLY}, target: {{below: 5}}
        Jun 4 = Green
        Jun 5 = Red""",
    "at least 85%, blue from 97": f"""
        {SHARE}, target: {{at_least: 85}}, bands: {{blue: {{from: 97}}}}
        Jun 97.1 = Blue
        Jun 97 = Blue
        Jun 96.9 = Green
        Jun 85 = Green
        Jun 84.9 = Red""",
    "green within 5%, 190, amber within 10%, 180": f"""
        {MONTHLY}, target: {{at_least: 200}},
        bands: {{green: {{percent_of_target: 5}}, amber: {{percent_of_target: 10}}}}
        Jun 190 = Green
        Jun 189 = Amber
        Jun 180 = Amber
        Jun 179 = Red""",
}

OFFICERS_AND_YEARS = {
    "judged each quarter": """
        frequency: quarterly, target: judged
        @May = Not due yet
        @Jun = No data
        Jun Amber = Amber (judgement)
        Jun Amber @Sep = Amber (Q1, judgement)
        Jun Amber @Dec = No data
        Jun Amber, Sep Blue = Blue (judgement)""",
    "judged each quarter, a month late": """
        frequency: quarterly, arrears: 1, target: judged
        Jun Amber @Jun = Not due yet
        Jun Amber = Amber (judgement)
        Jun Amber @Sep = Amber (judgement)
        Jun Amber @Oct = Amber (Q1, judgement)""",
    "an officer's rating beside a target holds until a figure comes": f"""
        {MONTHLY}, target: {{at_least: 80}}
        Jun Green = Green (judgement)
        Jun Green @Jul = Green (Jun 2020, judgement)
        Jun Green @Aug = No data
        Jun 70, Jul Green = Green (Jun 2020, judgement)
        Jun Green, Jul 70 = Red""",
    "the year's own figure is not rated": """
        unit: percent, frequency: quarterly, target: {at_least: 80}
        Mar 79, year 81 = Red
        Mar 80, year 79 = Green
        year 81 = No data""",
    "nor that of a percentage to date": f"""
        {SHARE}, figures: to_date, target: {{at_least: 98.5}}
        Mar 98.4, year 98.6 = Red
        Mar 98.5, year 98.4 = Green""",
}

WRITTEN = {
    "decimals not given: 89.96 is not 90": f"""
        {SHARE}, target: {{at_least: 90}}
        Jun 90 = Green
        Jun 90.00 = Green
        Jun 89.96 = Red
        Jun 89.999 = Red""",
    "one decimal: 89.95 is printed and rated as 90.0": f"""
        {SHARE}, decimals: 1, target: {{at_least: 90}}
        Jun 89.96 = Green
        Jun 89.95 = Green
        Jun 89.94 = Red""",
    "no decimals, lower is better: 20.4 is 20": f"""
        {MONTHLY}, decimals: 0, target: {{at_most: 20}}
        Jun 20.4 = Green
        Jun 20.5 = Red""",
    "a sum is rounded after it is added up: 9.7 + 9.8 = 19.5 is 20": f"""
        {ADDED}, decimals: 0, target: {{at_least: 120, profile: share_of_year}}
        Apr 9.7, May 9.8 = Green
        Apr 9.7, May 9.7 = Red""",
    "worked out with the target's decimals: 2 of 3 is 66.7%": f"""
        {SHARE}, target: {{at_least: 66.7}}
        Jun 2/3 = Green
        Jun 665/1000 = Red
        Jun 666/1000 = Red
        Jun 667/1000 = Green""",
    "worked out with the decimals given: 2 of 3 is 66.67%": f"""
        {SHARE}, decimals: 2, target: {{at_least: 66.67}}
        Jun 2/3 = Green
        Jun 66666/100000 = Green
        Jun 66664/100000 = Red""",
    "worked out per 1,000: 8 of 2,000 is 4": """
        unit: rate_per_1000, frequency: monthly, target: {at_most: 4}
        Jun 8/2000 = Green
        Jun 10/2000 = Red""",
    "0 of 0 is no cases: not rated, and not missing": f"""
        {SHARE}, target: {{at_least: 80}}
        Jun 0/0 = No data
        May 80, Jun 0/0 = Green (May 2020)
        May 79, Jun 0/0 = Red (May 2020)
        May 80, Jun 0/20 = Red""",
}

TABLES = {
    "units": UNITS,
    "periods": PERIODS,
    "sums": SUMS,
    "targets": TARGETS,
    "bands": BANDS,
    "officers and years": OFFICERS_AND_YEARS,
    "as written": WRITTEN,
}
RULES = [(rule, text) for table in TABLES.values() for rule, text in table.items()]


@pytest.mark.parametrize(("rule", "text"), RULES, ids=[rule for rule, _ in RULES])
def test_a_stranger_is_rated_by_its_own_rule(rule: str, text: str) -> None:
    lines = [each.strip() for each in text.strip().splitlines()]
    settings = " ".join(each for each in lines if " = " not in each)
    for line in filter(lambda each: " = " in each, lines):
        given, verdict = line.split(" = ")
        figures, _, as_at = given.partition("@")
        assert rate_line(settings, figures, as_at).label == verdict, f"{rule}: {line}"


OWN = """\
rating_words:
  blue: {label: For information, means: information}
  green: On target
  amber: Near target
  red: Off target
"""


@pytest.mark.parametrize(
    ("target", "line", "label"),
    [
        ("{at_least: 80}, bands: {amber: {units: 5}}", "Jun 80", "On target"),
        ("{at_least: 80}, bands: {amber: {units: 5}}", "Jun 79", "Near target"),
        ("{at_least: 80}, bands: {amber: {units: 5}}", "Jun 75", "Near target"),
        ("{at_least: 80}, bands: {amber: {units: 5}}", "Jun 74", "Off target"),
        ("{at_least: 80}", "Jun Amber", "Near target (judgement)"),
        ("not_a_target_measure", "Jun 74", "For information"),
    ],
)
def test_a_stranger_is_rated_in_its_own_words(target: str, line: str, label: str) -> None:
    settings = f"{MONTHLY}, target: {target}"
    assert rate_line(settings, line, head=MET_OR_NOT + OWN).label == label
