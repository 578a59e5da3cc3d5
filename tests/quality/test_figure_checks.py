"""What is suspicious, what is not, and how a warning is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import ROOT, make_catalogue, read_merton

from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract
from merton_kpi.quality.findings import FindingCode
from merton_kpi.quality.warnings import DataWarning, check_data
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.extracts.observations import Observation

APRIL = Month(2020, 4)
PERCENT = "unit: percent, frequency: monthly, target: not_a_target_measure"
NUMBER = "unit: number, frequency: monthly, target: not_a_target_measure"
WEEKS = NUMBER.replace("number", "weeks")
RATE = NUMBER.replace("number", "rate_per_10000")
TOTAL = f"{NUMBER}, accumulates: financial_year"
QUARTERLY = "unit: number, frequency: quarterly, target: not_a_target_measure"
ANNUAL = "unit: number, frequency: annual, due_months: [%s], target: not_a_target_measure"


def check(settings: str, rows: str) -> list[DataWarning]:
    """The warnings about an indicator with these settings, and a row a month from April on."""
    catalogue = make_catalogue(f'- {{number: "1", title: Any, {settings}}}')
    observations: list[Observation] = []
    for place, row in enumerate(rows.split()):
        known = APRIL.plus(place)
        text = f"indicator,value,numerator,denominator,note,confirmed\n{row}\n"
        extract = read_extract(text.encode(), f"{known}.csv", known)
        assert not extract.issues
        observations += extract.observations
    as_at = max(each.known for each in observations)
    series, issues = match_observations(catalogue, observations, as_at)
    assert not issues
    return [
        each
        for each in check_data(catalogue, series, list_places(catalogue))
        if each.code is not FindingCode.MISSING
    ]


def list_places(catalogue: Catalogue) -> dict[str, Place]:
    return dict.fromkeys((each.number for each in catalogue.indicators), Place("indicators.yaml"))


def year(*values: object) -> str:
    return " ".join(f"1,{value}" for value in values)


@pytest.mark.parametrize(
    ("settings", "rows", "findings"),
    [
        (PERCENT, "1,100.1", ["100.1% is outside 0% to 100%"]),
        (PERCENT, "1,-1", ["-1% is outside 0% to 100%"]),
        (PERCENT, "1,100", []),
        (PERCENT, "1,0", []),
        (NUMBER, "1,-1", ["-1 is outside what can be"]),
        (NUMBER, "1,1000", []),
        (PERCENT, "1,0.96", ["0.96% may be meant as 96.00%"]),
        (PERCENT, "1,0.9", []),
        (f"{PERCENT}, decimals: 2", "1,0.96", []),
        (PERCENT, "1,23,1063,4718", []),
        (PERCENT, "1,22.5,1063,4718", []),
        (PERCENT, "1,24,1063,4718", ["24% is not 1,063 of 4,718, 22.5%"]),
        (PERCENT, "1,50,1,0", ["the denominator of 1 of 0 is zero"]),
        (NUMBER, "1,16,160,10,,", []),
        (NUMBER, "1,4,4,20", []),
        (NUMBER, "1,100,5,5", ["100 is not 5 of 5, 1.0"]),
        (PERCENT, "1,10,700,,,", ["10% has a numerator of 700 and no denominator"]),
        (NUMBER, "1,10,420,,,", ["10 has a numerator of 420 and no denominator"]),
        (WEEKS, "1,10,1420", ["10 weeks has a numerator of 1,420 and no denominator"]),
        (RATE, "1,10,420,,,", []),
        (PERCENT, "1,10,,700", []),
        (f"{PERCENT}, suppress_small_numbers: true", "1,10,700,,,", []),
        (f"{WEEKS}, suppress_small_numbers: true", "1,10,700,,,", []),
        (
            f"{NUMBER}, suppress_small_numbers: true",
            "1,10,420,,,",
            ["10 has a numerator of 420 and"],
        ),
        (TOTAL, year(1, 2, 2, 3), []),
        (TOTAL, year(1, 3, 2), ["a running total falls from 3 in May 2020 to 2"]),
        (f"{NUMBER}, accumulates: academic_year", year(9, 9, 9, 9, 9, 0), []),
        (NUMBER, year(7, 7, 7, 7, 7), []),
        (NUMBER, year(7, 7, 7, 7, 7, 7), ["it is 7 for the 6th time in a row"]),
        (NUMBER, year(7, 7, 7, 7, 7, 7, 7, 8), ["it is 7 for the 7th time in a row"]),
        (NUMBER, year(0, 0, 0, 0, 0, 0), []),
        (PERCENT, year(100, 100, 100, 100, 100, 100), []),
        (NUMBER, year(30, 32, 31, 33, 0), ["a zero without a note may stand for a figure not"]),
        (NUMBER, year(30, 32, 31, 33, "0,,,none-came"), ["0 is far from all earlier figures"]),
        (NUMBER, year(1, 2, 2, 3, 0), []),
        (NUMBER, year(30, 32, 31, 33, 39), []),
        (NUMBER, year(30, 32, 31, 33, 40), ["40 is far from all earlier figures, between 30 and"]),
        (NUMBER, year(30, 32, 31, 40), []),  # three figures are no history
        (TOTAL, year(1, 2, 3, 4, 40), []),
    ],
)
def test_a_figure_raises_a_warning_or_none(settings: str, rows: str, findings: list[str]) -> None:
    found = [each.finding for each in check(settings, rows)]
    assert len(found) == len(findings), found
    for warning, expected in zip(found, findings, strict=True):
        assert warning.startswith(expected)


RATE_OF = f'{RATE}, decimals: 1, rate_of: {{count: "2"%s}}'


@pytest.mark.parametrize(
    ("population", "rows", "warned"),
    [
        (", population: 50000", "1,20.0 2,100", []),
        (", population: 50000", "1,20.2 2,100", []),
        (", population: 50000", "1,20.3 2,100", ["Apr 2020"]),
        ("", "1,20 2,100 1,40 2,200 1,25 2,100", ["Jun 2020"]),
        ("", "1,20 2,100 1,0 2,0", []),
    ],
)
def test_a_rate_follows_from_its_count(population: str, rows: str, warned: list[str]) -> None:
    """Within its rounding and a hundredth; without a population, by what most months imply."""
    catalogue = make_catalogue(
        f"""
        - {{number: "1", title: Rate, {RATE_OF % population}}}
        - {{number: "2", title: Count, {NUMBER}}}
        """
    )
    observations: list[Observation] = []
    for place, row in enumerate(rows.split()):
        known = APRIL.plus(place // 2)
        text = f"indicator,value\n{row}\n".encode()
        observations += read_extract(text, f"{known}.csv", known).observations
    series, _ = match_observations(catalogue, observations, APRIL.plus(2))
    found = check_data(catalogue, series, list_places(catalogue))
    assert [each.about for each in found if each.code is FindingCode.RATE] == warned


def list_messages(settings: str, rows: str) -> list[str]:
    return [each.issue.message for each in check(settings, rows)]


def test_a_numerator_alone_is_a_warning_with_what_to_do() -> None:
    assert list_messages(NUMBER, "1,10,420,,,") == [
        "Apr 2020: 10 has a numerator of 420 and no denominator; give it, leave the numerator out, "
        "or say why it is right in the column 'confirmed'"
    ]


QUARTERS = "a quarterly figure is due for Jun, Sep, Dec and Mar"
CONFIRM = "say why it is right in the column 'confirmed'"


@pytest.mark.parametrize(
    ("settings", "rows", "sentences"),
    [
        (
            QUARTERLY,
            "2020-07,1,5",
            [f"Jul 2020: {QUARTERS}; did you mean 2020-06? If not, {CONFIRM}"],
        ),
        (
            QUARTERLY,
            "2020-11,1,5",
            [f"Nov 2020: {QUARTERS}; did you mean 2020-09? If not, {CONFIRM}"],
        ),
        (  # the quarter before is another year's
            QUARTERLY,
            "2020-05,1,5",
            [f"May 2020: {QUARTERS}; correct it, or {CONFIRM}"],
        ),
        (  # the quarter before has its figure
            QUARTERLY,
            "2020-06,1,5 2020-07,1,5",
            [f"Jul 2020: {QUARTERS}; correct it, or {CONFIRM}"],
        ),
        (
            ANNUAL % 9,
            "2020-11,1,5",
            [f"Nov 2020: an annual figure is due for Sep; did you mean 2020-09? If not, {CONFIRM}"],
        ),
        (
            ANNUAL % 3,
            "2020-11,1,5",
            [f"Nov 2020: an annual figure is due for Mar; correct it, or {CONFIRM}"],
        ),
        (
            f"{QUARTERLY}, arrears: 1",
            "2020-07,1,5",
            [f"Jul 2020: {QUARTERS}; did you mean 2020-06? If not, {CONFIRM}"],
        ),
        (f"{QUARTERLY}, suppress_small_numbers: true", "2020-07,1,3", [QUARTERS]),
        (QUARTERLY, "2020-06,1,5 2020-09,1,6", []),
        (QUARTERLY, "2020-07,1,N/A", []),
        (f"{QUARTERLY}, due_months: [7]", "2020-07,1,5", []),
        (NUMBER, "2020-07,1,5", []),
    ],
)
def test_a_figure_for_a_month_that_is_not_due_is_a_warning(
    settings: str, rows: str, sentences: list[str]
) -> None:
    """With the month that it may be for, where that is of this year and has no figure yet."""
    catalogue = make_catalogue(f'- {{number: "1", title: Any, {settings}}}')
    observations: list[Observation] = []
    for row in rows.split():
        month, _, figure = row.partition(",")
        text = f"indicator,value\n{figure}\n".encode()
        known = Month.read(month)
        observations += read_extract(text, f"{month}.csv", known).observations
    series, _ = match_observations(catalogue, observations, known)
    found = [
        each
        for each in check_data(catalogue, series, list_places(catalogue))
        if each.code is not FindingCode.MISSING
    ]
    assert len(found) == len(sentences), found
    for each, sentence in zip(found, sentences, strict=True):
        assert sentence in each.issue.message
        assert (each.code, each.place.line) == (FindingCode.NOT_DUE, 2)


def test_a_figure_for_a_month_that_is_not_due_can_be_right() -> None:
    (warning,) = check(QUARTERLY, "1,5,,,,Taken_early")
    assert warning.caveat == "A quarterly figure is due for Jun, Sep, Dec and Mar. Taken_early"


def test_an_answer_in_the_extract_makes_a_warning_a_caveat() -> None:
    (answered,) = check(PERCENT, "1,104,,,,Counted_over_two_years")
    assert answered.answer == "Counted_over_two_years"
    assert answered.caveat == "104% is outside 0% to 100%. Counted_over_two_years"


def test_an_answer_is_for_the_figure_that_was_in_force() -> None:
    """A restatement after it asks anew; a reason to no question is kept as a caveat."""
    catalogue = make_catalogue(f'- {{number: "1", title: Any, {PERCENT}}}')
    text = "indicator,period,value,note,confirmed\n"
    may, june = APRIL.plus(1), APRIL.plus(2)
    rows = [
        *read_extract(f"{text}1,,104,,\n".encode(), "a.csv", APRIL).observations,
        *read_extract(
            f"{text}1,2020-04,,,It is so\n1,,9,,Yes\n".encode(), "b.csv", may
        ).observations,
        *read_extract(f"{text}1,2020-04,105,late,\n1,,8,,\n".encode(), "c.csv", june).observations,
    ]
    series, _ = match_observations(catalogue, rows, may)
    first, second = check_data(catalogue, series, list_places(catalogue))
    assert (first.answer, second.caveat) == ("It is so", "The figure was confirmed. Yes")
    series, _ = match_observations(catalogue, rows, june)
    first, _ = check_data(catalogue, series, list_places(catalogue))
    assert (first.finding, first.answer) == ("105% is outside 0% to 100%", "")


@pytest.mark.parametrize(
    ("settings", "findings"),
    [
        ("benchmarks: {England: {value: 5, period: 2015/16}}", ["the benchmark, to March 2016"]),
        ("benchmarks: {England: {value: 5, period: academic year 2016/17}}", []),
        ("benchmarks: {England: {value: 5, period: 2016/17}}", ["the benchmark, to March 2017"]),
        (
            "benchmarks: {England: {value: 5, source: 'SEN2, January 2016'}}",
            ["the benchmark, to J"],
        ),
        ("benchmarks: {England: {value: 5}}", []),
        ("rating_withheld: Because., target: {at_least: 5}", ["a target stands beside 'Not a"]),
    ],
)
def test_the_catalogues_values_are_checked(settings: str, findings: list[str]) -> None:
    """As at April 2020, a benchmark to March 2017 is more than three years old."""
    target = "" if "target" in settings else "target: new, "
    found = check(f"unit: number, frequency: monthly, {target}{settings}", "1,5")
    assert [warning.finding[: len(findings[0])] for warning in found] == findings


NO_BLUE = "say 'blue: none' in its 'bands', or why it is right with 'confirmed'"
FIX = "correct it, or say why it is right with 'confirmed'"


@pytest.mark.parametrize(
    ("settings", "sentences"),
    [
        ("target: {at_least: 0.95}", [f"target: 0.95% may be meant as 95%; {FIX}"]),
        ("target: {at_least: 1}", [f"target: 1% may be meant as 100%; {FIX}"]),
        (
            "target: {between: [0.12, 0.2]}",
            [f"target: 0.12% to 0.2% may be meant as 12% to 20%; {FIX}"],
        ),
        ("target: {at_least: 950}", [f"target: 950% is outside 0% to 100%; {FIX}"]),
        ("target: {above: -1}", [f"target: -1% is outside 0% to 100%; {FIX}"]),
        ("target: {between: [5, 101]}", [f"target: 5% to 101% is outside 0% to 100%; {FIX}"]),
        (
            "target: [{at_least: 90}, {from: 2020-10, at_least: 0.9}]",
            [f"target: 0.9% may be meant as 90%; {FIX}"],
        ),
        ("target: {at_most: 0}", []),
        ("target: {at_least: 100}", []),
        ("target: {at_least: 1.1}", []),
        ("target: {between: [1, 5]}", []),
        ("target: new", []),
        (
            "target: {at_least: 100}, bands: {blue: {percentage_points: 5}}",
            [f"target: blue would begin at 105%, which no percentage reaches; {NO_BLUE}"],
        ),
        (
            "target: {at_least: 98}, bands: {blue: {percent_of_target: 5}}",
            [f"target: blue would begin at 102.9%, which no percentage reaches; {NO_BLUE}"],
        ),
        (
            "target: {at_most: 2}, bands: {blue: {percentage_points: 5}}",
            [f"target: blue would begin at -3%, which no percentage reaches; {NO_BLUE}"],
        ),
        (
            "target: {no_worse_than: last_year}, polarity: higher_is_better, "
            "outturns: {2019/20: 98}, bands: {blue: {percentage_points: 5}}",
            [f"target: blue would begin at 103%, which no percentage reaches; {NO_BLUE}"],
        ),
        ("target: {at_least: 95}, bands: {blue: {percentage_points: 5}}", []),
        ("target: {at_least: 100}, bands: {blue: none}", []),
        (
            "target: {at_least: 950}, bands: {blue: {percentage_points: 5}}",
            [f"target: 950% is outside 0% to 100%; {FIX}"],
        ),
    ],
)
def test_a_percentage_target_that_none_can_meet_is_a_warning(
    settings: str, sentences: list[str]
) -> None:
    assert list_messages(f"unit: percent, frequency: monthly, {settings}", "1,50") == sentences


def test_only_a_percentage_has_such_bounds() -> None:
    for settings in ("{at_least: 0.95}", "{at_least: 950}, bands: {blue: {units: 5}}"):
        assert list_messages(f"unit: number, frequency: monthly, target: {settings}", "1,50") == []


def test_a_warning_about_a_target_is_answered_by_the_indicator() -> None:
    settings = "target: {at_most: 0.5}, confirmed: It is rare."
    (warning,) = check(f"unit: percent, frequency: monthly, {settings}", "1,50")
    assert (warning.code, warning.caveat) == (
        FindingCode.TARGET_FRACTION,
        "0.5% may be meant as 50%. It is rare.",
    )


def test_a_warning_about_the_catalogue_is_answered_there() -> None:
    settings = "benchmarks: {England: {value: 5, period: 2015/16, confirmed: No later one.}}"
    (warning,) = check(f"{NUMBER}, {settings}", "1,5")
    assert (
        warning.caveat
        == "The benchmark, to March 2016, is more than three years old. No later one."
    )
    settings = (
        "target: {at_least: 5}, rating_withheld: Unreliable., confirmed: Agreed by the panel."
    )
    (warning,) = check(f"unit: number, frequency: monthly, {settings}", "1,5")
    assert warning.answer == "Agreed by the panel."


WARNINGS = {
    # indicator: (the month it is first raised, what it is about, how its finding begins)
    "3": (5, "May 2020", "33% is far from all earlier figures, between 50% and 53%"),
    "4 2019/20": (4, "2019/20", "a rate of 26.2 does not follow from the 92 of indicator 5"),
    "4 2018/19": (4, "2018/19", "a rate of 42.9 does not follow from the 184 of indicator 5"),
    "4 2017/18": (4, "2017/18", "a rate of 53.8 does not follow from the 196 of indicator 5"),
    "8": (4, "target", "a target stands beside 'Not a target measure'"),
    "18": (4, "Apr 2020", "the figure is due and has not come"),
    "19": (4, "target", "a target stands beside 'Not a target measure'"),
    "20": (4, "target", "a target stands beside 'Not a target measure'"),
    "25 England": (9, "England", "the benchmark, to August 2017, is more than three years old"),
    "25 London": (9, "London", "the benchmark, to August 2017, is more than three years old"),
    "27": (9, "Sep 2020", "the figure is due and has not come"),
    "28": (9, "Sep 2020", "the figure is due and has not come"),
    "28 Jun": (6, "Jun 2020", "a running total falls from 1 in May 2020 to 0"),
    "33": (9, "Aug 2020", "3.0% is far from all earlier figures, between 1.3% and 1.6%"),
}


@pytest.mark.parametrize("number", range(4, 12))
def test_each_warning_that_mertons_figures_raise_is_a_known_one(number: int) -> None:
    """April to November 2020 raise these and no others, each from the month that it shows in.

    In every month of 2020 the rate of child protection plans (4) and their count (5) imply some
    47,200 children, 160 at 33.9 for one. The outturns of three earlier years do not: 92 at 26.2
    for 2019/20 would be 35,100.
    """
    card = read_merton(Month(2020, number))
    expected = [
        (name.split()[0], finding)
        for name, (month, _, finding) in WARNINGS.items()
        if month <= number
    ]
    assert len(card.warnings) == len(expected)
    for issue, (indicator, finding) in zip(card.warnings, expected, strict=True):
        assert issue.subject == f"indicator {indicator}"
        assert finding in issue.message
        assert (ROOT / issue.place.file).exists()
        assert issue.place.line
