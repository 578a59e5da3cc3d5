"""What a row of the index says of the latest figure, and of the target beside the rating."""

from __future__ import annotations

import pytest
from helpers.councils import make_catalogue, score
from helpers.rating import observe

from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status

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
