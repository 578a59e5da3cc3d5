"""How a warning is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.councils import make_catalogue
from helpers.quality import APRIL, NUMBER, PERCENT, check_rows, list_places

from merton_kpi.core.findings import FindingCode
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
