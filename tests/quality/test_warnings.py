"""How a warning is answered, and the warnings that Merton's figures raise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import ROOT, make_catalogue, read_merton
from helpers.quality import APRIL, NUMBER, PERCENT, check_rows, list_places

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract
from merton_kpi.quality.warnings import check_data
from merton_kpi.series.match import match_observations
from merton_kpi.series.records import Series

if TYPE_CHECKING:
    from collections.abc import Callable

    Messages = Callable[..., None]

QUARTERLY = "unit: number, frequency: quarterly, target: not_a_target_measure"


def test_the_figures_that_an_indicator_misses_are_one_warning(messages: Messages) -> None:
    """It names the owner, where the catalogue does."""
    catalogue = make_catalogue(
        f"""
        - {{number: "1", title: Any, {NUMBER}, owner: Head of Any}}
        - {{number: "2", title: Any, {QUARTERLY}}}
        """
    )
    due = {"1": (APRIL, APRIL.add_months(1)), "2": (APRIL.add_months(2),)}
    series = {
        number: Series(as_at=APRIL.add_months(2), due=months) for number, months in due.items()
    }
    found = check_data(catalogue, series, list_places(catalogue))
    assert [(each.code, each.about) for each in found] == [
        (FindingCode.MISSING, "Apr 2020 and May 2020"),
        (FindingCode.MISSING, "Jun 2020"),
    ]
    messages(each.issue for each in found)


def test_a_correction_without_a_note_is_a_warning(messages: Messages) -> None:
    catalogue = make_catalogue(f'- {{number: "1", title: Any, {NUMBER}}}')
    may = APRIL.add_months(1)
    rows = [
        *read_extract(b"indicator,value\n1,7\n", "a.csv", APRIL).observations,
        *read_extract(b"indicator,period,value\n1,2020-04,8\n1,,9\n", "b.csv", may).observations,
    ]
    series, _ = match_observations(catalogue, rows, may)
    (found,) = check_data(catalogue, series, list_places(catalogue))
    assert (found.code, str(found.place)) == (FindingCode.UNEXPLAINED, "b.csv:2")
    messages(found.issue)


def test_a_figure_for_a_month_that_is_not_due_can_be_right() -> None:
    (warning,) = check_rows(QUARTERLY, "1,5,,,,Taken_early")
    assert warning.caveat == "A quarterly figure is due for Jun, Sep, Dec and Mar. Taken_early"


def test_an_answer_in_the_extract_makes_a_warning_a_caveat() -> None:
    (answered,) = check_rows(PERCENT, "1,104,,,,Counted_over_two_years")
    assert answered.answer == "Counted_over_two_years"
    assert answered.caveat == "104% is outside 0% to 100%. Counted_over_two_years"


def test_an_answer_is_for_the_figure_that_was_in_force() -> None:
    """A restatement needs a new answer; a reason without a warning is kept as a caveat."""
    catalogue = make_catalogue(f'- {{number: "1", title: Any, {PERCENT}}}')
    text = "indicator,period,value,note,confirmed\n"
    may, june = APRIL.add_months(1), APRIL.add_months(2)
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


WARNINGS = {
    # indicator: (the month it is first raised, what it is about, how its finding begins)
    "3": (5, "May 2020", "33% is far from all earlier figures, between 50% and 53%"),
    "4 2019/20": (4, "2019/20", "a rate of 26.2 does not follow from the 92 of indicator 5"),
    "4 2018/19": (4, "2018/19", "a rate of 42.9 does not follow from the 184 of indicator 5"),
    "4 2017/18": (4, "2017/18", "a rate of 53.8 does not follow from the 196 of indicator 5"),
    "8": (4, "target", "the target is not used, since the indicator is 'Not a target"),
    "18": (4, "Apr 2020", "the figure is due and has not come"),
    "19": (4, "target", "the target is not used, since the indicator is 'Not a target"),
    "20": (4, "target", "the target is not used, since the indicator is 'Not a target"),
    "25 England": (9, "England", "the benchmark, to August 2017, is more than three years old"),
    "25 London": (9, "London", "the benchmark, to August 2017, is more than three years old"),
    "27": (9, "Sep 2020", "the figure is due and has not come"),
    "28": (9, "Sep 2020", "the figure is due and has not come"),
    "28 Jun": (6, "Jun 2020", "a running total falls from 1 in May 2020 to 0"),
    "33": (9, "Aug 2020", "3.0% is far from all earlier figures, between 1.3% and 1.6%"),
}


@pytest.mark.parametrize("number", range(4, 12))
def test_each_warning_that_mertons_figures_raise_is_a_known_one(number: int) -> None:
    """April to November 2020 raise these and no others, each from the first month that has it.

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
