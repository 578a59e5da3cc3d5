"""A later extract corrects an earlier month: from then on, and not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, make_catalogue
from helpers.messages import list_codes

from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Shorthand
from merton_kpi.extracts.reader import read_extract
from merton_kpi.loading.inputs import Inputs
from merton_kpi.papers.workbook.sheet import list_shorthand
from merton_kpi.papers.workbook.sheets.contents import list_sheets
from merton_kpi.scorecard.compose import compose_scorecard
from merton_kpi.storage.files import SourceFile

if TYPE_CHECKING:
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.scorecard.records import Scorecard

APRIL, MAY, JUNE, JULY = Month(2020, 4), Month(2020, 5), Month(2020, 6), Month(2020, 7)
MET_ON_MAY = "meetings: [{date: 2020-06-20, data_to: 2020-05}]\n"
ONE = """
    - number: "1"
      title: Calls answered
      unit: percent
      frequency: monthly
      target: {at_least: 90}
    """


def observe(known: Month, rows: str) -> tuple[Observation, ...]:
    text = "indicator,period,value,status,note\n" + rows
    extract = read_extract(text.encode(), f"{known}.csv", known)
    assert not extract.issues
    return extract.observations


def build(
    month: Month, *rows: tuple[Observation, ...], head: str = HEAD, indicators: str = ONE
) -> Scorecard:
    inputs = Inputs(
        file="indicators.yaml",
        catalogue=make_catalogue(indicators, head),
        month=month,
        observations=tuple(each for part in rows for each in part),
        sources=(SourceFile(path="indicators.yaml", rows=1, used=1, sha256=""),),
    )
    return require(compose_scorecard(inputs))


FIRST = observe(MAY, "1,,93,,\n")
CORRECTION = observe(JUNE, "1,2020-05,88,,Two weeks were missing\n1,,95,,\n")


def test_a_restatement_is_listed_with_old_new_and_why() -> None:
    (row,) = build(JUNE, FIRST, CORRECTION).restated
    assert (row.about, row.old, row.new, row.why) == (
        "May 2020",
        "93%",
        "88%",
        "Two weeks were missing",
    )


def test_a_figure_is_marked_as_revised_from_then_on_and_not_before() -> None:
    before, after, later = (build(m, FIRST, CORRECTION) for m in (MAY, JUNE, JULY))
    assert [cell.marks for cell in before.rows[0].months] == [()] * 12
    for card in (after, later):
        cell = card.rows[0].months[1]
        assert (cell.printed, cell.marks) == ("88%", (Shorthand.REVISED,))
        assert cell.details == "[r] revised in Jun 2020 from 93%, Two weeks were missing"
        assert Shorthand.REVISED in list_shorthand(list_sheets(card))
    assert Shorthand.REVISED not in list_shorthand(list_sheets(before))


def test_only_restatements_since_the_last_meetings_papers_are_listed() -> None:
    """Those known by the month of its papers were in them; in the month after, they are new."""
    head = HEAD + MET_ON_MAY
    again = observe(JULY, "1,2020-05,89,,Counted again\n1,,95,,\n")
    assert [each.new for each in build(JULY, FIRST, CORRECTION, again, head=head).restated] == [
        "88%",
        "89%",
    ]
    head = HEAD + MET_ON_MAY.replace("06-20, data_to: 2020-05", "07-20, data_to: 2020-06")
    assert [each.old for each in build(JULY, FIRST, CORRECTION, again, head=head).restated] == [
        "88%"
    ]


def test_a_rating_that_changed_through_a_restatement_is_named() -> None:
    alone = observe(JUNE, "1,2020-05,88,,Late calls\n")
    (row,) = build(JUNE, FIRST, alone).restated
    assert row.rating == "Red (May 2020), would have been Green (May 2020)"
    (row,) = build(JUNE, FIRST, CORRECTION).restated
    assert row.rating == ""  # June's own figure is what is rated


@pytest.mark.parametrize(
    ("april", "rating"),
    [
        ("70", "Red, would have been Green"),
        ("95", "Amber, would have been Green"),
        ("110", ""),
    ],
)
def test_a_rating_that_changed_through_a_correction_in_a_total_is_named(
    april: str, rating: str
) -> None:
    """300 is due by June, and 100 a month were counted; amber reaches 5% below it, to 285."""
    visits = ONE.replace("percent", "number").replace(
        "{at_least: 90}",
        "{at_least: 1200, profile: share_of_year}\n"
        "      accumulates: financial_year\n      figures: of_period",
    )
    sent = observe(APRIL, "1,,100,,\n"), observe(MAY, "1,,100,,\n")
    correction = observe(JUNE, f"1,2020-04,{april},,Counted again\n1,,100,,\n")
    (row,) = build(JUNE, *sent, correction, indicators=visits).restated
    assert (row.old, row.new) == ("100", april)
    assert row.rating == rating


@pytest.mark.parametrize("figure", ["88", "95"], ids=["red", "green"])
def test_the_same_rating_of_another_month_is_not_named(figure: str) -> None:
    """May's figure is taken back, so April's is rated in its place, and gives the same rating."""
    april = observe(APRIL, f"1,,{figure},,\n")
    may = observe(MAY, f"1,,{figure},,\n")
    taken_back = observe(JUNE, "1,2020-05,,not_available,Counted wrongly\n")
    (row,) = build(JUNE, april, may, taken_back, indicators=ONE + "  carry_forward: 2\n").restated
    assert row.rating == ""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1,,,not_available,\n", "1,2020-05,93,,\n"),
        ("1,,,to_come,\n", "1,2020-05,,covid,\n"),
        ("1,,93,,\n", "1,2020-05,93.0,,\n"),
        ("1,,93,provisional,\n", "1,2020-05,93,,\n"),
        ("1,2020-04,93,,\n", "1,2020-05,90,,\n"),
    ],
    ids=["first figure", "another reason", "same figure", "now final", "in arrears"],
)
def test_a_first_figure_or_the_same_one_is_no_restatement(first: str, second: str) -> None:
    card = build(JUNE, observe(MAY, first), observe(JUNE, second))
    assert not card.restated
    assert not any(cell.marks for cell in card.rows[0].months if Shorthand.REVISED in cell.marks)


def test_a_figure_taken_back_is_a_restatement() -> None:
    card = build(JUNE, FIRST, observe(JUNE, "1,2020-05,,not_available,Counted wrongly\n"))
    (row,) = card.restated
    assert (row.old, row.new) == ("93%", "N/A")
    assert card.rows[0].months[1].symbols == (Shorthand.NOT_AVAILABLE, Shorthand.REVISED)


def test_a_restatement_without_a_reason_is_a_warning() -> None:
    card = build(JUNE, FIRST, observe(JUNE, "1,2020-05,88,,\n1,,90,,\n"))
    assert [row.why for row in card.restated] == ["No reason was given."]
    assert "unexplained 2" in list_codes(card.warnings)


def test_a_provisional_figure_has_its_mark_beside_it() -> None:
    card = build(MAY, observe(MAY, "1,,93,provisional,\n"))
    cell = card.rows[0].months[1]
    assert (cell.printed, cell.symbols) == ("93%", (Shorthand.PROVISIONAL,))
