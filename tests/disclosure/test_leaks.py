"""What links figures gives no small count away: which cells each month's paper shows.

Beside the papers stands what a reader knows from them, and every set of counts is tried that agrees
with it: at least two values must be possible for each small count. `c` is a hidden figure.
"""

from __future__ import annotations

from inspect import signature
from itertools import product
from typing import TYPE_CHECKING

import pytest
from disclosure.published import OPEN, SMALL, publish
from helpers.councils import make_catalogue
from helpers.messages import list_codes

from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 30  # the largest count that is tried for a hidden one
TOTAL = f'- {{number: "1", title: A, unit: number, accumulates: financial_year, {SMALL}}}'
ADDED = TOTAL.replace("financial_year", "financial_year, figures: of_period")
ACADEMIC = TOTAL.replace("financial_year", "academic_year, outturns: {2019/20: 33}")
PERCENT = f'- {{number: "1", title: A, unit: percent, {SMALL}}}'


def count(number: str, settings: str) -> str:
    return f'- {{number: "{number}", title: A, unit: number, {settings}}}\n'


def add_rate(number: str, settings: str) -> str:
    unit = "unit: rate_per_10000, decimals: 1"
    return f'- {{number: "{number}", title: A, {unit}, {settings}}}\n'


def list_possible(
    is_known: Callable[..., bool], secret: Callable[..., int], below: int = 5
) -> set[int]:
    """The small values that a count can have by what a reader knows of the hidden ones.

    Both functions take the hidden counts.
    """
    several = product(range(MOST + 1), repeat=len(signature(is_known).parameters))
    found = {secret(*each) for each in several if is_known(*each)}
    return found & {*range(1, below)}


def is_near(rate: float, numerator: int, denominator: int, decimals: int = 1) -> bool:
    """Whether a count divided by another is printed as this, in per cent or per 10,000."""
    scale: int = 10**decimals
    shown = (2 * scale * numerator + denominator) // (2 * denominator)
    return shown == round(scale * rate)


def test_a_running_total_within_a_paper() -> None:
    """June's total is May's: shown, it would tell May's."""
    assert publish(TOTAL, {"2020-04": "1,,6", "2020-05": "1,,9", "2020-06": "1,,9"}) == {
        "2020-04": "1: 6",
        "2020-05": "1: 6 c",
        "2020-06": "1: 6 c c",
    }
    assert {3, 4} <= list_possible(lambda may, june: 6 <= may <= june, lambda may, june: may - 6)


def test_a_running_total_is_shown_again_once_it_tells_nothing() -> None:
    papers = publish(TOTAL, {"2020-04": "1,,6", "2020-05": "1,,9", "2020-06": "1,,14"})
    assert papers["2020-06"] == "1: 6 c 14"
    assert {3, 4} <= list_possible(lambda may: 6 <= may <= 14, lambda may: may - 6)


def test_a_running_total_of_a_month_that_comes_late() -> None:
    """May's total was printed before April's came, so April's is hidden: May had 9 - 6."""
    assert publish(TOTAL, {"2020-05": "1,,9", "2020-06": "1,2020-04,6; 1,,18"}) == {
        "2020-05": "1: 9",
        "2020-06": "1: c 9 18",
    }
    assert {3, 4} <= list_possible(lambda april: april <= 9, lambda april: 9 - april)


def test_a_running_total_of_a_corrected_month() -> None:
    """12 for May was printed before April's was corrected to 9."""
    extracts = {"2020-04": "1,,6", "2020-05": "1,,12", "2020-06": "1,2020-04,9; 1,,20"}
    assert publish(TOTAL, extracts) == {
        "2020-04": "1: 6",
        "2020-05": "1: 6 12",
        "2020-06": "1: c 12 20",
    }
    assert {3, 4} <= list_possible(lambda april: april <= 12, lambda april: 12 - april)


def test_a_total_that_is_added_up_from_a_corrected_month() -> None:
    """June's own figure and May's total go with April's: the total of 35 is less than 20 + 12 + 5.

    So is April's old figure no help: it is another one.
    """
    extracts = {"2020-04": "1,,6", "2020-05": "1,,12", "2020-06": "1,2020-04,3; 1,,20"}
    assert publish(ADDED, extracts) == {
        "2020-04": "1: 6 + 6",
        "2020-05": "1: 6 12 + 6 18",
        "2020-06": "1: c 12 c + c c 35",
    }
    known = list_possible(lambda april, june: april + 12 + june == 35, lambda april, june: april)
    assert known == {1, 2, 3, 4}


def test_a_months_figure_and_the_totals_that_are_added_up() -> None:
    assert publish(ADDED, {"2020-04": "1,,6", "2020-05": "1,,3", "2020-06": "1,,9"}) == {
        "2020-04": "1: 6 + 6",
        "2020-05": "1: 6 c + 6 c",
        "2020-06": "1: 6 c c + 6 c 18",
    }
    assert {3, 4} <= list_possible(lambda may, june: 6 + may + june == 18, lambda may, june: may)


def test_a_running_denominator() -> None:
    """May has 2 more than April, and 2 of 10 in April are the rest."""
    entry = PERCENT.replace("percent", "percent, figures: to_date")
    extracts = {"2020-04": "1,,80,8,10", "2020-05": "1,,67,8,12", "2020-06": "1,,75,15,20"}
    assert publish(entry, extracts) == {
        "2020-04": "1: c",
        "2020-05": "1: c c",
        "2020-06": "1: c c 75=15/20",
    }
    rest = list_possible(lambda april, may: april <= may <= 5, lambda april, may: april)
    assert rest == {1, 2, 3, 4}
    whole = list_possible(lambda april, may: april <= may <= 20, lambda april, may: may - april)
    assert whole == {1, 2, 3, 4}


def test_a_running_denominator_of_which_april_is_shown() -> None:
    entry = PERCENT.replace("percent", "percent, figures: to_date")
    extracts = {"2020-04": "1,,64,18,28", "2020-05": "1,,60,18,30", "2020-06": "1,,63,25,40"}
    assert publish(entry, extracts) == {
        "2020-04": "1: 64=18/28",
        "2020-05": "1: 64=18/28 c",
        "2020-06": "1: 64=18/28 c 63=25/40",
    }

    def is_known(met: int, rest: int) -> bool:
        return 18 <= met <= 25 and 10 <= rest <= 15

    assert list_possible(is_known, lambda met, rest: met + rest - 28) == {1, 2, 3, 4}


def test_the_outturn_of_an_academic_year() -> None:
    """33 for the year: July's 30 is hidden before August's 3 comes."""
    extracts = {"2020-06": "1,,20", "2020-07": "1,,30", "2020-08": "1,,33"}
    assert publish(ACADEMIC, extracts) == {
        "2020-06": "1: 20 was 33",
        "2020-07": "1: 20 c was 33",
        "2020-08": "1: 20 c 33 was 33",
    }
    assert {3, 4} <= list_possible(lambda july: july >= 20, lambda july: 33 - july)


def test_the_outturn_of_an_academic_year_whose_last_month_does_not_come() -> None:
    assert publish(ACADEMIC, {"2020-07": "1,,30"}) == {"2020-07": "1: c was 33"}
    assert {3, 4} <= list_possible(lambda july: True, lambda july: 33 - july)


def test_the_outturn_of_a_financial_year() -> None:
    """Of an outturn and a month of last year, the month is hidden."""
    earlier = "outturns: {2019/20: 33}, earlier_months: {2020-02: 30}"
    entry = TOTAL.replace("financial_year", f"financial_year, {earlier}")
    assert publish(entry, {"2020-04": "1,,7"}) == {"2020-04": "1: 7 was 33 c"}
    assert {3, 4} <= list_possible(lambda february: True, lambda february: 33 - february)


def test_the_years_own_figure() -> None:
    """It has 3 more than March's total."""
    assert publish(TOTAL, {"2021-02": "1,,25", "2021-03": "1,,30; 1,2020/21,33"}) == {
        "2021-02": "1: 25",
        "2021-03": "1: 25 30 year c",
    }
    # All that is known is that there are no fewer than 30.
    assert {3, 4} <= list_possible(lambda more: True, lambda more: more)


def test_the_years_own_figure_and_its_quarters() -> None:
    entry = PERCENT.replace("percent", "number").replace("monthly", "quarterly")
    extracts = {"2020-06": "1,,10", "2020-09": "1,,10", "2020-12": "1,,10"}
    papers = publish(entry, {**extracts, "2021-03": "1,,3; 1,2020/21,33"})
    assert papers["2021-03"] == "1: 10 10 10 c year c"

    def is_known(march: int, year: int) -> bool:
        return 30 + march == year + 30  # `year` is what the year has more than 30

    assert list_possible(is_known, lambda march, year: march) == {1, 2, 3, 4}


@pytest.mark.parametrize("running", [SMALL, OPEN])
def test_a_months_count_and_the_running_total_of_another_row(running: str) -> None:
    other = f'accumulates: financial_year, running_total_of: "1", {running}'
    entries = count("1", SMALL) + count("2", other)
    extracts = {"2020-04": "1,,6; 2,,6", "2020-05": "1,,3; 2,,9", "2020-06": "1,,7; 2,,16"}
    assert publish(entries, extracts) == {
        "2020-04": "1: 6; 2: 6",
        "2020-05": "1: 6 c; 2: 6 c",
        "2020-06": "1: 6 c c; 2: 6 c 16",
    }
    assert {3, 4} <= list_possible(lambda may, june: 6 + may + june == 16, lambda may, june: may)


def test_a_months_counts_and_the_quarterly_total_of_another_row() -> None:
    quarterly = SMALL.replace("monthly", "quarterly")
    other = f'accumulates: financial_year, running_total_of: "1", {quarterly}'
    extracts = {"2020-04": "1,,6", "2020-05": "1,,3", "2020-06": "1,,7; 2,,16"}
    papers = publish(count("1", SMALL) + count("2", other), extracts)
    assert papers["2020-06"] == "1: 6 c c; 2: 16"
    assert {3, 4} <= list_possible(lambda may, june: 6 + may + june == 16, lambda may, june: may)


def make_sum(total: str, first: str, second: str) -> str:
    total = f'sum_of: ["2", "3"], {total}'
    return count("1", total) + count("2", first) + count("3", second)


@pytest.mark.parametrize(
    "settings", [(SMALL, SMALL, SMALL), (OPEN, SMALL, OPEN), (OPEN, SMALL, SMALL)]
)
def test_a_sum(settings: tuple[str, str, str]) -> None:
    """11 = [c] + 8, so the 8 is hidden, whether or not its own indicator hides small counts."""
    papers = publish(make_sum(*settings), {"2020-04": "1,,11; 2,,3; 3,,8"})
    assert papers == {"2020-04": "1: 11; 2: c; 3: c"}
    assert {3, 4} <= list_possible(lambda one, other: one + other == 11, lambda one, other: one)


def test_a_sum_that_is_a_small_count() -> None:
    """With both parts shown it could be worked out."""
    papers = publish(make_sum(SMALL, OPEN, OPEN), {"2020-04": "1,,3; 2,,1; 3,,2"})
    assert papers == {"2020-04": "1: c; 2: c; 3: 2"}
    assert {3, 4} <= list_possible(lambda one: True, lambda one: one + 2)


def test_a_sum_with_a_corrected_part() -> None:
    """Of the corrected figures one is hidden; the part that was not corrected is known."""
    extracts = {
        "2020-04": "1,,13; 2,,5; 3,,8",
        "2020-05": "1,2020-04,11; 2,2020-04,3",
    }
    assert publish(make_sum(SMALL, SMALL, SMALL), extracts) == {
        "2020-04": "1: 13; 2: 5; 3: 8",
        "2020-05": "1: c; 2: c; 3: 8",
    }
    assert list_possible(lambda part: True, lambda part: part) == {1, 2, 3, 4}


def test_a_sum_of_which_the_total_comes_late() -> None:
    extracts = {"2020-04": "2,,3; 3,,8", "2020-05": "1,2020-04,11"}
    assert publish(make_sum(OPEN, SMALL, OPEN), extracts) == {
        "2020-04": "1: ; 2: c; 3: 8",
        "2020-05": "1: c; 2: c; 3: 8",
    }
    assert list_possible(lambda part: True, lambda part: part) == {1, 2, 3, 4}


@pytest.mark.parametrize(
    "settings",
    [
        (SMALL, SMALL, SMALL),
        (OPEN, SMALL, SMALL),
        (OPEN, SMALL, OPEN),
    ],
)
def test_a_sum_of_which_a_part_comes_late(settings: tuple[str, str, str]) -> None:
    """April's 11 and 8 would tell the part before it is sent."""
    extracts = {"2020-04": "1,,11; 3,,8", "2020-05": "2,2020-04,3"}
    papers = publish(make_sum(*settings), extracts)
    assert papers["2020-04"] == "1: 11; 2: ; 3: c"
    assert papers["2020-05"] == "1: 11; 2: c; 3: c"
    assert {3, 4} <= list_possible(lambda one, other: one + other == 11, lambda one, other: one)


def test_a_sum_that_is_added_up_of_which_a_part_comes_late() -> None:
    """May's 4 and 1 tell the other part's 3, and so do the totals 20 and 11 with April's 6."""
    added = "accumulates: financial_year, figures: of_period, "
    entries = make_sum(added + OPEN, added + SMALL, added + OPEN)
    extracts = {"2020-04": "1,,16; 2,,6; 3,,10", "2020-05": "1,,4; 3,,1"}
    assert publish(entries, extracts)["2020-05"] == "1: 16 4 + 16 20; 2: 6 + 6; 3: 10 c + 10 c"


def test_a_small_sum_that_comes_late_was_given_away_before() -> None:
    """The year's figures of its parts hide no small counts, but together they are one."""
    catalogue = make_catalogue(make_sum(SMALL, OPEN, OPEN))
    parts = b"indicator,period,value\n2,2020/21,1\n3,2020/21,2\n"
    march = read_extract(parts, "2021-03.csv", Month(2021, 3))
    april = b"indicator,period,value,confirmed\n1,2020/21,3,%s\n"
    for reason, codes in ((b"", ["given_away_before 2"]), (b"Reported in April", [])):
        extract = read_extract(april % reason, "2021-04.csv", Month(2021, 4))
        rows = (*march.observations, *extract.observations)
        _, issues = match_observations(catalogue, rows, Month(2021, 4))
        assert list_codes(issues) == codes


def test_a_small_sum_that_comes_late() -> None:
    """Its parts hide no small counts of their own, but April's paper would tell their sum, 3."""
    papers = publish(
        make_sum(SMALL, OPEN, OPEN), {"2020-04": "2,,1; 3,,2", "2020-05": "1,2020-04,3"}
    )
    assert papers == {"2020-04": "1: ; 2: c; 3: 2", "2020-05": "1: c; 2: c; 3: 2"}
    assert list_possible(lambda part: True, lambda part: part + 2) == {2, 3, 4}


def test_a_sum_that_is_sent_as_suppressed_and_of_which_a_part_comes_late() -> None:
    """With the 1 of May, a 2 that comes in June would tell the sum."""
    extracts = {
        "2020-04": "1,,16; 2,,8; 3,,8",
        "2020-05": "1,,,,,suppressed; 2,,1",
        "2020-06": "3,2020-05,2",
    }
    papers = publish(make_sum(SMALL, OPEN, OPEN), extracts)
    assert papers["2020-06"] == "1: 16 c; 2: 8 1; 3: 8 c"
    assert list_possible(lambda part: True, lambda part: part + 1) == {1, 2, 3, 4}


def test_a_sum_of_which_the_other_part_has_come_and_is_as_much() -> None:
    """The 2 of April is not known to be the sum before the 0 comes, which is hidden then."""
    extracts = {"2020-04": "3,,2", "2020-05": "1,2020-04,2", "2020-06": "2,2020-04,0"}
    papers = publish(make_sum(SMALL, SMALL, OPEN), extracts)
    assert papers["2020-06"] == "1: c; 2: c; 3: 2"
    assert list_possible(lambda part: True, lambda part: part + 2) == {2, 3, 4}


def test_a_running_total_and_its_month_that_are_sent_as_suppressed() -> None:
    """June's paper would tell April's 3: 11 less 8."""
    entries = count("1", SMALL) + count(
        "2", f'accumulates: financial_year, running_total_of: "1", {OPEN}'
    )
    suppressed = ",,,,,suppressed"
    extracts = {
        "2020-04": f"1{suppressed}; 2{suppressed}",
        "2020-05": "1,,8",
        "2020-06": "2,2020-05,11",
    }
    papers = publish(entries, extracts)
    assert papers["2020-06"] == "1: c 8; 2: c c"
    assert list_possible(lambda april: True, lambda april: april) == {1, 2, 3, 4}


def test_a_sum_that_is_corrected_before_its_last_part_comes() -> None:
    """The last part, 11, would tell the suppressed one: 24 less 11 and 11, not 22 less these."""
    parts = count("2", SMALL) + count("3", SMALL) + count("4", SMALL)
    entries = count("1", f'sum_of: ["2", "3", "4"], {SMALL}') + parts
    extracts = {
        "2020-04": "1,,30; 2,,10; 3,,10; 4,,10",
        "2020-05": "1,,22; 2,,11",
        "2020-06": "3,2020-05,,,,suppressed; 1,2020-05,24",
        "2020-07": "4,2020-05,11",
    }
    papers = publish(entries, extracts)
    assert papers["2020-07"] == "1: 30 24; 2: 10 11; 3: 10 c; 4: 10 c"
    assert list_possible(lambda one, two: one + two == 13, lambda one, two: one) == {1, 2, 3, 4}


def test_running_totals_of_which_one_comes_late() -> None:
    """May's 104 and 28 would tell the 76 that comes late: 4 more than 72, and 4 less than 80."""
    running = "accumulates: financial_year, "
    entries = make_sum(running + SMALL, running + SMALL, running + SMALL)
    extracts = {
        "2020-04": "1,,94; 2,,22; 3,,72",
        "2020-05": "1,,104; 2,,28",
        "2020-06": "1,,120; 2,,40; 3,,80",
        "2020-07": "3,2020-05,76",
    }
    papers = publish(entries, extracts)
    assert papers["2020-05"] == "1: 94 104; 2: 22 c; 3: 72"
    assert papers["2020-07"] == "1: 94 104 120; 2: 22 c 40; 3: 72 c 80"
    assert {3, 4} <= list_possible(lambda more: more <= 8, lambda more: more)


def test_running_totals_of_which_one_comes_late_and_is_zero() -> None:
    """April's 0 and 2 tell the small sum of both, whatever May's total was before they came."""
    running = "accumulates: financial_year, "
    entries = make_sum(running + SMALL, running + SMALL, running + OPEN)
    extracts = {
        "2020-05": "1,,31; 2,,9; 3,2020-04,2",
        "2020-07": "1,2020-04,2; 2,2020-04,0; 3,2020-05,22",
    }
    papers = publish(entries, extracts)
    assert papers["2020-07"] == "1: c 31; 2: c 9; 3: 2 22"
    assert {1, 2, 3} <= list_possible(lambda one: one <= 9, lambda one: one)


def test_a_rate_of_a_running_total_whose_population_is_known() -> None:
    """For 9,400 people, 4.5 per 1,000 are 42, though 40 is printed: 2 more than April's."""
    settings = f"suppress: {{below: 6, round_to: 5}}, {OPEN}"
    entries = count("1", f"accumulates: financial_year, {settings}")
    unit = "unit: rate_per_1000, decimals: 1"
    rate = f'rate_of: {{count: "1", population: 9400}}, {settings}'
    entries += f'- {{number: "2", title: A, {unit}, {rate}}}\n'
    extracts = {"2020-04": "1,,40; 2,,4.3", "2020-05": "1,,42", "2020-06": "1,,50; 2,2020-05,4.5"}
    assert publish(entries, extracts)["2020-06"] == "1: 40 40 50; 2: 4.3 c"


def test_an_outturn_that_is_part_of_a_total_of_last_years_march() -> None:
    """34 less the others' outturns, 10 and 20, are 4."""
    running = "accumulates: financial_year, "
    march = "earlier_months: {2020-03: %s}, "
    entries = (
        count("1", f'sum_of: ["2", "3", "4"], {running}{march % 34}{SMALL}')
        + count("2", f"{running}outturns: {{2019/20: 10}}, {SMALL}")
        + count("3", f"{running}outturns: {{2019/20: 20}}, {SMALL}")
        + count("4", f"{running}{march % 4}{SMALL}")
    )
    assert publish(entries, {"2020-04": "1,,0"})["2020-04"].count("c") == 2


def test_an_outturn_that_tells_a_running_total_before_it_comes() -> None:
    """110 less 86 and 13 are 11 for August, so July's 9 is hidden; a correction changes nothing."""
    running = "accumulates: academic_year, "
    entries = count("1", f'sum_of: ["2", "3", "4"], {running}outturns: {{2019/20: 110}}, {SMALL}')
    entries += count("2", f"{running}outturns: {{2019/20: 86}}, {SMALL}")
    entries += count("3", f"{running}outturns: {{2019/20: 13}}, {SMALL}")
    entries += count("4", f"{running}{SMALL}")
    extracts = {"2020-06": "4,,0; 3,,6", "2020-07": "4,,9; 3,2020-06,7"}
    papers = publish(entries, extracts)
    assert papers["2020-07"] == "1: was 110; 2: was 86; 3: 7 was 13; 4: 0 c"
    assert {3, 4} <= list_possible(lambda july: True, lambda july: 11 - july)


def test_the_years_own_figure_of_quarters_of_which_one_comes_late() -> None:
    """33 for the year and 10 each for three quarters: the last one has 3."""
    entry = PERCENT.replace("percent", "number").replace("monthly", "quarterly")
    extracts = {"2020-06": "1,,10", "2020-09": "1,,10", "2020-12": "1,,10"}
    papers = publish(entry, {**extracts, "2021-03": "1,2020/21,33", "2021-04": "1,2021-03,3"})
    assert papers["2021-03"] == "1: 10 10 10 year c"
    assert papers["2021-04"] == "1: 10 10 10 c year c"


def test_sums_of_running_totals() -> None:
    """Rows and columns of a table: [c] needs three more."""
    running = "accumulates: financial_year, "
    entries = make_sum(running + OPEN, running + SMALL, running + OPEN)
    extracts = {
        "2020-04": "1,,16; 2,,6; 3,,10",
        "2020-05": "1,,20; 2,,9; 3,,11",
        "2020-06": "1,,40; 2,,19; 3,,21",
    }
    assert publish(entries, extracts) == {
        "2020-04": "1: 16; 2: 6; 3: 10",
        "2020-05": "1: 16 20; 2: 6 c; 3: 10 c",
        "2020-06": "1: 16 20 40; 2: 6 c 19; 3: 10 c 21",
    }

    def is_known(one: int, other: int) -> bool:
        return one + other == 20 and 6 <= one <= 19 and 10 <= other <= 21

    assert {3, 4} <= list_possible(is_known, lambda one, other: one - 6)


def make_rate(of_count: str, of_rate: str, population: int | None = 47_000) -> str:
    people = f", population: {population}" if population else ""
    settings = f'rate_of: {{count: "1"{people}}}, {of_rate}'
    return count("1", of_count) + add_rate("2", settings)


# 0.6 of 47,000 is 3, and 3 alone; so each time it must be hidden.
assert [n for n in range(MOST) if is_near(0.6, 10_000 * n, 47_000)] == [3]


def test_a_rate_of_a_known_population() -> None:
    extracts = {"2020-04": "1,,3; 2,,0.6", "2020-05": "1,,9; 2,,1.9"}
    assert publish(make_rate(SMALL, OPEN), extracts) == {
        "2020-04": "1: c; 2: c",
        "2020-05": "1: c 9; 2: c 1.9",
    }
    assert list_possible(lambda april: True, lambda april: april) == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("extracts", "last"),
    [
        (("1,,30; 2,,6.4", "1,,3; 2,,0.6", "1,,90; 2,,19.1"), "1: 30 c 90; 2: 6.4 c 19.1"),
        (("1,,3; 2,,0.6", "1,,30; 2,,6.4", "1,,90; 2,,19.1"), "1: c 30 90; 2: c 6.4 19.1"),
    ],
)
def test_a_rate_of_an_unknown_population(extracts: tuple[str, ...], last: str) -> None:
    """The other months' rates tell the population, those that come later too."""
    months = ("2020-04", "2020-05", "2020-06")
    entries = make_rate(SMALL, OPEN, population=None)
    papers = publish(entries, dict(zip(months, extracts, strict=True)))
    assert papers["2020-06"] == last
    assert list_possible(lambda hidden: True, lambda hidden: hidden) == {1, 2, 3, 4}


def test_a_rate_in_arrears() -> None:
    extracts = {"2020-04": "1,,3", "2020-05": "1,,9", "2020-06": "1,,12; 2,2020-04,0.6"}
    assert publish(make_rate(SMALL, f"arrears: 2, {OPEN}"), extracts) == {
        "2020-04": "1: c; 2: ",
        "2020-05": "1: c 9; 2: ",
        "2020-06": "1: c 9 12; 2: c",
    }


def test_a_rate_of_a_count_in_arrears() -> None:
    """A rate of about 12 people is shown before they are counted, and one of about 3 is not."""
    extracts = {
        "2020-04": "2,,0.6",
        "2020-05": "1,2020-04,3; 2,,2.6",
        "2020-06": "1,2020-05,12; 2,,2.6",
    }
    assert publish(make_rate(f"arrears: 1, {SMALL}", OPEN), extracts) == {
        "2020-04": "1: ; 2: c",
        "2020-05": "1: c; 2: c 2.6",
        "2020-06": "1: c 12; 2: c 2.6 2.6",
    }


@pytest.mark.parametrize("row", ["1,,3; 2,,0.6", "2,,0.6", "2,,0.6,3,47000"])
def test_a_rate_that_alone_hides_small_counts(row: str) -> None:
    """The count is hidden with it; the rate is hidden, too, where the count does not come."""
    extracts = {"2020-04": row, "2020-05": "1,,9; 2,,1.9"}
    shown = publish(make_rate(OPEN, SMALL), extracts)["2020-05"]
    assert shown == ("1: c 9; 2: c 1.9" if row.startswith("1") else "1: 9; 2: c 1.9")


@pytest.mark.parametrize("settings", [(SMALL, OPEN), (OPEN, SMALL)])
def test_a_rate_of_an_outturn(settings: tuple[str, str]) -> None:
    of_count, of_rate = settings
    of_count = f"outturns: {{2019/20: 3, 2018/19: 9}}, {of_count}"
    of_rate = f"outturns: {{2019/20: 0.6, 2018/19: 1.9}}, {of_rate}"
    papers = publish(make_rate(of_count, of_rate), {"2020-04": "1,,9; 2,,1.9"})
    assert papers == {"2020-04": "1: 9 was c 9; 2: 1.9 was c 1.9"}


def test_a_complement() -> None:
    """98 of 100: 2 are not. 95 of 100 and 90 of 90 are shown."""
    extracts = {"2020-04": "1,,98,98,100", "2020-05": "1,,95,95,100", "2020-06": "1,,100,90,90"}
    assert publish(PERCENT, extracts) == {
        "2020-04": "1: c",
        "2020-05": "1: c 95=95/100",
        "2020-06": "1: c 95=95/100 100=90/90",
    }


def test_a_complement_that_follows_from_a_percentage_and_its_numerator() -> None:
    """98% and 98 of them: a reader works out that they are of 100."""
    assert publish(PERCENT, {"2020-04": "1,,98,98"}) == {"2020-04": "1: c"}
    assert publish(PERCENT, {"2020-04": "1,,70,70"}) == {"2020-04": "1: 70=70"}


def test_a_numerator_without_a_denominator() -> None:
    """Weeks are not people, but the numerator is."""
    entry = PERCENT.replace("percent", "weeks")
    assert publish(entry, {"2020-04": "1,,41,2", "2020-05": "1,,41,5"}) == {
        "2020-04": "1: c",
        "2020-05": "1: c 41=5",
    }


def make_share(of: str, settings: tuple[str, str, str]) -> str:
    part, whole, share = settings
    share = f'- {{number: "3", title: A, unit: percent, percentage_of: {of}, {share}}}\n'
    return count("1", part) + count("2", whole) + share


BOTH = '{count: "1", of: "2"}'
ONE = '{count: "1"}'


@pytest.mark.parametrize(
    ("of", "april", "may", "shown"),
    [
        (BOTH, "8", "23", "23"),
        (ONE, "8", "23", "23"),
        (ONE, "8,3,40", "23,9,40", "23=9/40"),
        (BOTH, "8,3,40", "23,9,40", "23=9/40"),
    ],
)
def test_a_percentage_of_a_hidden_count(of: str, april: str, may: str, shown: str) -> None:
    """8% of 40 is 3."""
    extracts = {"2020-04": f"1,,3; 2,,40; 3,,{april}", "2020-05": f"1,,9; 2,,40; 3,,{may}"}
    assert publish(make_share(of, (SMALL, OPEN, OPEN)), extracts) == {
        "2020-04": "1: c; 2: 40; 3: c",
        "2020-05": f"1: c 9; 2: 40 40; 3: c {shown}",
    }
    assert [n for n in range(MOST) if is_near(8, 100 * n, 40, 0)] == [3]


def test_a_percentage_whose_counts_come_later() -> None:
    extracts = {"2020-04": "3,,8,3,40", "2020-05": "1,2020-04,3; 2,2020-04,40"}
    assert publish(make_share(BOTH, (SMALL, OPEN, OPEN)), extracts) == {
        "2020-04": "1: ; 2: ; 3: c",
        "2020-05": "1: c; 2: 40; 3: c",
    }


def test_a_percentage_of_which_the_denominator_is_hidden() -> None:
    """2 are 67% of 3."""
    extracts = {"2020-04": "1,,2; 2,,3; 3,,67"}
    assert publish(make_share(BOTH, (OPEN, SMALL, OPEN)), extracts) == {
        "2020-04": "1: c; 2: c; 3: c"
    }
    assert [n for n in range(2, MOST) if is_near(67, 200, n, 0)] == [3]


@pytest.mark.parametrize("april", ["1,,2; 3,,67", "3,,67,2,3"])
def test_a_percentage_whose_hidden_denominator_comes_late(april: str) -> None:
    extracts = {"2020-04": april, "2020-05": "1,2020-04,2; 2,2020-04,3"}
    papers = publish(make_share(BOTH, (OPEN, SMALL, OPEN)), extracts)
    assert papers["2020-05"] in {"1: 2; 2: c; 3: c", "1: c; 2: c; 3: c"}
