"""Which figures are owed for a month's papers, and which of them have come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue

from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract
from merton_kpi.series.match import match_observations
from merton_kpi.series.owed import list_figure_returns, list_owed_figures

if TYPE_CHECKING:
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.series.records import Series

JUNE = Month(2020, 6)


def match(settings: str, extracts: dict[str, str]) -> tuple[Indicator, Series]:
    """An indicator with its series as at June 2020."""
    catalogue = make_catalogue(f'- {{number: "1", title: Any, unit: number, {settings}}}')
    observations = [
        each
        for known, rows in extracts.items()
        for each in read_extract(
            f"indicator,value,period\n{rows}\n".encode(), f"{known}.csv", Month.read(known)
        ).observations
    ]
    series, issues = match_observations(catalogue, observations, JUNE)
    assert not issues
    return catalogue.indicators[0], series["1"]


def list_owed(settings: str, extracts: dict[str, str]) -> list[str]:
    """The figures owed as at June 2020, each as its month and state."""
    owed = list_owed_figures(*match(settings, extracts))
    return [f"{each.month} {each.state.value}" for each in owed]


MONTHLY = "frequency: monthly, target: new"


@pytest.mark.parametrize(
    ("settings", "extracts", "owed"),
    [
        pytest.param(
            MONTHLY,
            {},
            ["2020-04 overdue", "2020-05 overdue", "2020-06 missing"],
            id="nothing-has-come",
        ),
        pytest.param(
            MONTHLY,
            {"2020-04": "1,7,", "2020-06": "1,9,"},
            ["2020-05 overdue", "2020-06 received"],
            id="an-earlier-figure-that-has-come-is-left-out",
        ),
        pytest.param(
            MONTHLY,
            {"2020-04": "1,N/A,", "2020-05": "1,<5,", "2020-06": "1,N/A - C19,"},
            ["2020-06 received"],
            id="a-reason-for-no-figure-is-an-answer",
        ),
        pytest.param(
            MONTHLY,
            {"2020-04": "1,TBC,", "2020-05": "1,3,", "2020-06": "1,TBC,"},
            ["2020-04 overdue", "2020-06 missing"],
            id="a-figure-still-to-come-has-not-come",
        ),
        pytest.param(
            MONTHLY,
            {"2020-04": "1,TBC,", "2020-05": "1,3,", "2020-06": "1,4,\n1,2,2020-04"},
            ["2020-06 received"],
            id="a-figure-that-came-late-is-no-longer-owed",
        ),
        pytest.param(
            f"{MONTHLY}, arrears: 1",
            {"2020-06": "1,6,2020-05"},
            ["2020-04 overdue", "2020-05 received"],
            id="in-arrears-the-figure-is-of-an-earlier-month",
        ),
        pytest.param(
            "frequency: quarterly, target: new", {}, ["2020-06 missing"], id="quarterly-in-june"
        ),
        pytest.param(
            "frequency: annual, due_months: [3], target: new", {}, [], id="nothing-is-due-yet"
        ),
        pytest.param("target: new, removed: Agreed.", {}, [], id="a-closed-indicator-owes-nothing"),
    ],
)
def test_what_is_owed_as_at_june(settings: str, extracts: dict[str, str], owed: list[str]) -> None:
    assert list_owed(settings, extracts) == owed


def test_a_figure_is_returned_in_the_extract_that_it_came_in_first() -> None:
    """A correction changes nothing; a figure that was taken back comes again."""
    extracts = {
        "2020-04": "1,7,\n",
        "2020-05": "1,8,2020-04\n1,5,",
        "2020-06": "1,TBC,2020-05\n1,N/A,",
    }
    returns = list_figure_returns(*match(MONTHLY, extracts))
    assert [(each.month, each.due) for each in returns] == [
        (month, month) for month in (Month(2020, 4), Month(2020, 5), JUNE)
    ]
    assert [each.returned for each in returns] == [Month(2020, 4), None, JUNE]


def test_a_figure_in_arrears_is_due_in_a_later_extract() -> None:
    returns = list_figure_returns(*match(f"{MONTHLY}, arrears: 1", {}))
    assert [(str(each.month), str(each.due)) for each in returns] == [
        ("2020-04", "2020-05"),
        ("2020-05", "2020-06"),
    ]
