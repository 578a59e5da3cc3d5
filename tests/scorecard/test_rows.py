"""What a row of the index says of the latest figure, and of the target beside the rating."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue, score
from helpers.rating import observe

from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Shorthand, Status

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Scorecard

BREAK = Shorthand.BREAK
MAY, JUNE = Month(2020, 5), Month(2020, 6)
ENTRY = '- {number: "1", title: Any, unit: percent, %s}\n'
MONTHLY = "frequency: monthly, target: {at_least: 90}"


@pytest.mark.parametrize(
    ("settings", "figures", "latest"),
    [
        (MONTHLY, {MAY: "95", JUNE: "96"}, "96% (Jun 2020)"),
        (MONTHLY, {MAY: "95", JUNE: Status.TO_COME}, "95% (May 2020)"),
        (MONTHLY.replace("monthly", "quarterly"), {JUNE: "95", MAY: "94"}, "95% (Jun 2020)"),
        (MONTHLY, {MAY: Status.COVID, JUNE: Status.TO_COME}, "TBC (Jun 2020)"),
        (f"{MONTHLY}, arrears: 6", {}, "none due yet"),
    ],
    ids=["rated", "carried forward", "quarterly", "words alone", "none due"],
)
def test_the_latest_figure_is_the_one_rated_or_else_the_last_words(
    settings: str, figures: dict[Month, str | Status], latest: str
) -> None:
    observations = [observe(month, figure) for month, figure in figures.items()]
    (row,) = score(make_catalogue(ENTRY % settings), observations, JUNE).rows
    assert str(row.latest) == latest


def test_an_indicator_that_is_no_longer_reported_has_no_latest_figure() -> None:
    (row,) = score(make_catalogue(ENTRY % "target: new, removed: Agreed"), (), JUNE).rows
    assert row.latest is None


@pytest.mark.parametrize(
    ("settings", "rating", "target"),
    [
        (MONTHLY, "No data", "at least 90%"),
        ("frequency: monthly, target: new", "New", ""),
        ("frequency: monthly, target: not_a_target_measure", "Not a target measure", ""),
        (f"{MONTHLY}, rating_withheld: Too few", "Not a target measure", "at least 90%"),
        ("target: new, removed: Agreed", "No longer reported", ""),
    ],
    ids=["a target", "new", "for context", "withheld", "removed"],
)
def test_a_target_that_the_rating_says_too_is_not_printed_beside_it(
    settings: str, rating: str, target: str
) -> None:
    (row,) = score(make_catalogue(ENTRY % settings), (), JUNE).rows
    assert (row.verdict.label, row.target_beside_rating) == (rating, target)


def list_lines(card: Scorecard) -> list[str]:
    """The lines of every note."""
    return [line for note in card.notes for line in note.splitlines()]


BREAKS = "breaks: [{from: 2018-09, reason: One team.}, {from: 2020-06, reason: Two teams}]"


def test_a_break_in_the_series_is_marked_noted_and_a_caveat() -> None:
    settings = f"{MONTHLY}, outturns: {{2018/19: 80, 2019/20: 81}}, {BREAKS}"
    observations = [observe(MAY, "95"), observe(JUNE, "96")]
    card = score(make_catalogue(ENTRY % settings), observations, JUNE)
    (row,) = card.rows
    assert [cell.symbols for cell in row.months[:3]] == [(Shorthand.NOT_AVAILABLE,), (), (BREAK,)]
    assert [cell.symbols for cell in row.outturns[:2]] == [(), (BREAK,)]
    assert "2018/19: [b] break in the series: One team" in list_lines(card)
    assert "Jun 2020: [b] break in the series: Two teams" in list_lines(card)
    assert str(row.latest) == "96% [b] (Jun 2020)"
    assert row.period_on_period == "not compared with May 2020, before a break in the series"
    caveats = [(each.about, each.words) for each in card.caveats]
    assert caveats == [("from Jun 2020", "Break in the series: Two teams.")]


def test_a_break_after_the_month_reported_is_not_known_yet() -> None:
    settings = f"{MONTHLY}, {BREAKS.replace('2020-06', '2020-07')}"
    card = score(make_catalogue(ENTRY % settings), [observe(JUNE, "96")], JUNE)
    assert card.rows[0].months[3].symbols == ()
    assert card.caveats == ()
    assert not any("Two teams" in note for note in list_lines(card))


def test_a_break_in_a_month_without_a_figure_is_noted() -> None:
    settings = f"frequency: quarterly, target: {{at_least: 90}}, {BREAKS.replace('06', '05')}"
    card = score(make_catalogue(ENTRY % settings), [observe(JUNE, "96")], JUNE)
    assert "May 2020: [b] break in the series: Two teams" in list_lines(card)
    assert card.rows[0].months[1].symbols == ()


@pytest.mark.parametrize(("start", "year"), [("2019-08", "2018/19"), ("2019-09", "2019/20")])
def test_a_break_within_an_academic_year_is_noted_at_its_total(start: str, year: str) -> None:
    settings = "frequency: monthly, target: not_a_target_measure, accumulates: academic_year"
    breaks = f"breaks: [{{from: {start}, reason: New}}]"
    card = score(make_catalogue(ENTRY % f"{settings}, {breaks}"), (), JUNE)
    assert f"{year}: [b] break in the series: New" in list_lines(card)


def test_the_direction_of_travel_is_the_finding_with_the_move_beside_it() -> None:
    figures = {Month(2020, 5): "95", JUNE: "93"}
    for count, travel in ((1, ""), (2, " (↓ lower than in May 2020, 95%)")):
        observed = [observe(month, figure) for month, figure in [*figures.items()][-count:]]
        (row,) = score(make_catalogue(ENTRY % MONTHLY), observed, JUNE).rows
        assert row.travel == f"Too short to tell{travel}"


def test_an_indicator_that_is_no_longer_reported_has_no_direction() -> None:
    (row,) = score(make_catalogue(ENTRY % "target: new, removed: Agreed"), (), JUNE).rows
    assert (row.travel, row.change, row.change_words) == ("", "", "")
