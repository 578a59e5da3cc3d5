"""What changed since the panel's last meeting: two scorecards compared, and the sheet of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, NOVEMBER, make_catalogue, read_merton, score
from helpers.xlsx import Book

from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.extracts.observations import Observation
from merton_kpi.papers.build import write_index_workbook
from merton_kpi.papers.workbook.sheets.changes import compose_changes

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Scorecard

MEETINGS = """\
meetings:
  - {date: 2020-06-20, data_to: 2020-04}
  - {date: 2020-09-10, data_to: 2020-07}
  - {date: 2020-12-01, data_to: 2020-10}
"""

# An indicator's figures in July and October, against at least 90% and amber from 89%.
CASES = {
    "1": (95, 50, "Newly red"),
    "2": (50, 50, "Still red"),
    "3": (50, 89, "Red, now amber"),
    "4": (95, 89, "Newly amber"),
    "5": (89, 89, "Still amber"),
    "6": (50, 95, "Recovered"),
    "7": (89, 95, "Recovered"),
    "8": (50, None, "No longer rated"),
    "9": (95, 96, ""),
    "10": (None, 95, ""),
    "11": (None, 50, "Newly red"),
}


def make_card(month: Month, meetings: str = MEETINGS) -> Scorecard:
    entries = "".join(
        f'- {{number: "{number}", title: Indicator {number}, unit: percent, '
        "frequency: monthly, target: {at_least: 90}}\n"
        for number in CASES
    )
    observations = [
        Observation(
            indicator=number,
            month=when,
            known=when,
            place=Place(file="any.csv", line=2),
            value=Decimal(figure),
        )
        for number, (july, october, _) in CASES.items()
        for when, figure in ((Month(2020, 7), july), (Month(2020, 10), october))
        if figure is not None
    ]
    catalogue = make_catalogue(entries, head=HEAD + meetings)
    return score(catalogue, observations, month)


@pytest.mark.parametrize("number", CASES)
def test_each_change_has_its_name(number: str) -> None:
    found = {each.row.number: each.change.label for each in make_card(Month(2020, 10)).changes}
    assert found.get(number, "") == CASES[number][2]


def test_the_meeting_before_is_the_last_whose_papers_cover_less() -> None:
    card = make_card(Month(2020, 10))
    assert (card.last_meeting, card.last_month) == ("10 September 2020", Month(2020, 7))
    between = make_card(Month(2020, 9))
    assert (between.last_meeting, between.last_month) == ("10 September 2020", Month(2020, 7))
    assert make_card(Month(2020, 4)).last_month is None


def test_a_meeting_of_another_year_is_not_compared_with() -> None:
    meetings = "meetings:\n  - {date: 2020-04-20, data_to: 2020-03}\n"
    assert make_card(Month(2020, 7), meetings).last_month is None


def test_the_earlier_papers_use_nothing_that_was_received_later() -> None:
    """A correction in October of July's figure does not change what the panel saw in July."""
    catalogue = make_catalogue(
        """\
        - number: "1"
          title: Indicator 1
          unit: percent
          frequency: monthly
          target: {at_least: 90}
        """,
        head=HEAD + MEETINGS,
    )
    place = Place(file="any.csv", line=2)
    july, october = Month(2020, 7), Month(2020, 10)
    observations = [
        Observation(indicator="1", month=july, known=july, place=place, value=Decimal(50)),
        Observation(indicator="1", month=july, known=october, place=place, value=Decimal(95)),
        Observation(indicator="1", month=october, known=october, place=place, value=Decimal(95)),
    ]
    (change,) = score(catalogue, observations, october).changes
    assert (change.change.label, change.before.label) == ("Recovered", "Red")


def test_the_sheet_lists_the_worst_first_with_both_ratings_and_how_long() -> None:
    sheet = Book(write_index_workbook(make_card(Month(2020, 10))))["Changes"]
    assert sheet.lines == [
        "Draft: Changes since the panel's last meeting, data to 31 October 2020",
        "This sheet has one table.",
        "It compares with the papers of the meeting of 10 September 2020, with data to Jul 2020.",
        "Shorthand: [z] not applicable.",
    ]
    assert sheet.headers[3:6] == [
        "Rating, data to Jul 2020",
        "Rating, data to Oct 2020",
        "For how long",
    ]
    assert [[cell.value for cell in row[:2]] for row in sheet.rows] == [
        ["Newly red", "1"],
        ["Newly red", "11"],
        ["Still red", "2"],
        ["Newly amber", "4"],
        ["Red, now amber", "3"],
        ["Still amber", "5"],
        ["No longer rated", "8"],
        ["Recovered", "6"],
        ["Recovered", "7"],
    ]


def test_without_an_earlier_meeting_there_is_no_sheet_and_the_contents_say_why() -> None:
    assert compose_changes(read_merton(NOVEMBER)).left_out == (
        "The catalogue has no earlier meeting this financial year to compare with."
    )


def test_where_nothing_is_red_or_amber_there_is_no_sheet_and_the_contents_say_why() -> None:
    assert compose_changes(make_card(Month(2020, 5))).left_out == (
        "No indicator is rated amber or red, now or at the meeting of 20 June 2020, "
        "with data to Apr 2020."
    )
