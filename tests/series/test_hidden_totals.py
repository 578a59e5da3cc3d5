"""Totals that are shown beside hidden figures, hidden beside shown ones, and before a correction.

The counts are 110, 120 and 130 from April to June.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from helpers.rating import add_totals, make_one, make_series, observe
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.series.records import Restatement
from merton_kpi.series.totals import compose_totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from merton_kpi.series.totals import Total

APRIL, MAY, JUNE = Month(2020, 4), Month(2020, 5), Month(2020, 6)
VISITS = (
    "unit: number, frequency: monthly, accumulates: financial_year, figures: of_period, "
    "target: {at_least: 1200, profile: share_of_year}"
)
(INDICATOR,) = make_one(VISITS).indicators


def compose(
    *figures: str | Status | None,
    hidden_months: tuple[Month, ...] = (),
    hidden_totals: tuple[Month, ...] = (),
) -> Mapping[Month, Total]:
    """The totals of the months from April on; None where a month has no row."""
    due = [APRIL.add_months(index) for index in range(len(figures))]
    rows = {m: observe(m, each) for m, each in zip(due, figures, strict=True) if each is not None}
    totals = compose_totals(INDICATOR, rows, due, hidden_months, hidden_totals)
    assert totals is not None
    return totals


def list_figures(totals: Mapping[Month, Total]) -> list[str]:
    """Each total as it is printed, or the reason in its place; nothing where it is not known."""
    return [
        (each.status.printed if each.status else "") if each.figure is None else f"{each.figure:f}"
        for each in totals.values()
    ]


def test_a_total_is_shown_with_a_hidden_month_in_it() -> None:
    totals = compose("110", "120", "130", hidden_months=(MAY,))
    assert list_figures(totals) == ["110", "230", "360"]
    assert totals[JUNE].parts == {APRIL: Decimal(110), MAY: None, JUNE: Decimal(130)}
    assert totals[JUNE].hidden_parts == (MAY,)
    assert [each.are_parts_shown for each in totals.values()] == [True, False, False]


def test_a_total_is_hidden_although_all_of_its_months_are_shown() -> None:
    totals = compose("110", "120", "130", hidden_totals=(MAY,))
    assert list_figures(totals) == ["110", "Suppressed", "360"]
    assert totals[MAY].is_hidden
    assert totals[MAY].are_parts_shown


def test_a_month_without_a_row_is_a_gap_in_every_later_total() -> None:
    totals = compose("110", None, "130")
    assert [each.gaps for each in totals.values()] == [(), (MAY,), (MAY,)]
    assert list_figures(totals) == ["110", "", ""]
    assert not any(each.is_hidden for each in totals.values())


def test_a_month_that_the_service_suppressed_hides_every_later_total() -> None:
    totals = compose("110", Status.SUPPRESSED, "130")
    assert list_figures(totals) == ["110", "Suppressed", "Suppressed"]
    assert totals[JUNE].gaps == ()


def test_a_shown_total_of_a_hidden_month_does_not_have_that_months_status() -> None:
    series = replace(
        make_series((APRIL, "110"), (MAY, Status.SUPPRESSED)),
        totals=compose("110", "120", hidden_months=(MAY,)),
    )
    rated = series.rated_figures[MAY]
    assert (rated.value, rated.status) == (Decimal(230), None)


@pytest.mark.parametrize(
    ("totals", "before"),
    [
        (compose("110", "120", "130"), ["110", "210", "340"]),
        (compose("110", None, "130"), ["110", "210", "340"]),
        (compose(None, "120", "130"), ["", "", ""]),
        (compose("110", "120", "130", hidden_months=(APRIL,)), ["110", "210", "340"]),
        (compose("110", "120", "130", hidden_months=(MAY,)), ["110", "210", "340"]),
        (
            compose("110", "120", "130", hidden_months=(APRIL, MAY)),
            ["110", "Suppressed", "Suppressed"],
        ),
        (
            compose("110", "120", "130", hidden_months=(MAY,), hidden_totals=(MAY, JUNE)),
            ["110", "210", "340"],
        ),
        (compose("110", "120", "130", hidden_totals=(JUNE,)), ["110", "210", "Suppressed"]),
        (compose("110", "120", Status.COVID), ["110", "210", "N/A - C19"]),
    ],
    ids=[
        "all shown",
        "no figure now",
        "no figure of another month",
        "another month hidden",
        "the month hidden now",
        "both hidden",
        "the month and its totals hidden now",
        "a total hidden beside shown months",
        "another month has a reason",
    ],
)
def test_a_total_before_a_correction_of_may_from_100(
    totals: Mapping[Month, Total], before: list[str]
) -> None:
    old = observe(MAY, "100")
    assert list_figures({m: each.restore_part(old) for m, each in totals.items()}) == before


def test_a_rounded_total_before_a_correction_differs_by_the_correction() -> None:
    total = replace(compose("110", "120", "133")[JUNE], figure=Decimal(360))
    assert total.restore_part(observe(MAY, "100")).figure == Decimal(340)


def test_a_total_is_hidden_where_the_figure_before_a_correction_is() -> None:
    totals = compose("110", "120", "130")
    old = observe(MAY, Status.SUPPRESSED)
    before = [each.restore_part(old) for each in totals.values()]
    assert [each.is_hidden for each in before] == [False, True, True]


def test_two_hidden_months_that_were_shown_before_give_the_total_before() -> None:
    total = compose("110", "120", "130", hidden_months=(APRIL, MAY))[JUNE]
    april, may = observe(APRIL, "90"), observe(MAY, "100")
    assert total.restore_part(april).figure is None
    assert total.restore_part(april).restore_part(may).figure == Decimal(320)


COUNTS = st.lists(st.integers(0, 20) | st.just(None), min_size=3, max_size=6)


@given(COUNTS, st.dictionaries(st.integers(0, 2), st.integers(0, 20)))
def test_without_hidden_figures_the_totals_before_are_those_of_the_figures_before(
    counts: list[int | None], corrected: dict[int, int]
) -> None:
    def make(counts: list[int | None]) -> list[tuple[Month, str | Status]]:
        """The figures from April on; `not available` for None."""
        return [
            (APRIL.add_months(index), Status.NOT_AVAILABLE if each is None else str(each))
            for index, each in enumerate(counts)
        ]

    now = make(counts)
    before = make([corrected.get(index, each) for index, each in enumerate(counts)])
    restatements = [
        Restatement(old=observe(*before[index]), new=observe(*now[index])) for index in corrected
    ]
    series = add_totals(INDICATOR, make_series(*now)).remove_restatements(restatements)
    expected = add_totals(INDICATOR, make_series(*before))
    assert series.totals == expected.totals


@given(COUNTS, st.sets(st.integers(0, 5)))
def test_hidden_months_change_no_total(counts: list[int | None], hidden: set[int]) -> None:
    """They are worked out from the true figures; only their parts are not shown."""
    figures = [None if each is None else str(each) for each in counts]
    months = tuple(APRIL.add_months(index) for index in hidden)
    assert list_figures(compose(*figures, hidden_months=months)) == list_figures(compose(*figures))
    for earlier, later in pairwise(compose(*figures, hidden_months=months).values()):
        assert set(earlier.hidden_parts) <= set(later.hidden_parts)
