"""An indicator that ends within the year: what the panel saw of it stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, make_catalogue, score
from helpers.messages import list_codes
from helpers.rating import observe

from merton_kpi.core.periods import Month
from merton_kpi.loading.catalogue_file import check_completeness, read_checked_definitions
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.extracts.observations import Observation

    Messages = Callable[..., None]

APRIL, MAY, JUNE, JULY = (Month(2020, number) for number in (4, 5, 6, 7))
ENTRIES = """\
- {number: "1", title: Visits, unit: percent, frequency: monthly, target: {at_least: 90}, %s}
- {number: "2", title: Calls, unit: percent, frequency: monthly, target: {at_least: 90}}
"""
REMOVED = make_catalogue(ENTRIES % "removed: {from: 2020-06, reason: It is not collected}")
REPLACED = make_catalogue(ENTRIES % 'replaced_by: {from: 2020-06, indicator: "2"}')


def observe_all(*figures: tuple[Month, str]) -> tuple[Observation, ...]:
    return tuple(observe(month, figure) for month, figure in figures)


APRIL_AND_MAY = observe_all((APRIL, "88"), (MAY, "89"))


def test_until_the_month_it_is_rated_and_compared() -> None:
    row, _ = score(REMOVED, APRIL_AND_MAY, MAY).rows
    assert (row.verdict.label, row.period_on_period) == (
        "Amber",
        "↑ higher than in Apr 2020, 88%",
    )
    assert (row.title, str(row.latest)) == ("Visits", "89% (May 2020)")


@pytest.mark.parametrize("month", [JUNE, JULY])
def test_from_the_month_on_its_earlier_figures_stay_without_a_rating(month: Month) -> None:
    card = score(REMOVED, APRIL_AND_MAY, month)
    row = card.rows[0]
    assert (row.verdict.label, row.verdict.reason) == (
        "No longer reported",
        "Removed from June 2020. It is not collected.",
    )
    assert [cell.printed for cell in row.months[:4]] == ["88%", "89%", "", ""]
    assert (row.target, row.period_on_period, row.context) == ("at least 90%", "", "")
    assert str(row.latest) == "89% (May 2020)"
    assert [each.number for each in card.missing] == ["2"]


def test_an_indicator_that_is_replaced_names_the_other_from_the_month_on() -> None:
    may, june = (score(REPLACED, APRIL_AND_MAY, month).rows[0] for month in (MAY, JUNE))
    assert (may.verdict.label, may.title) == ("Amber", "Visits")
    assert (june.verdict.label, june.title) == (
        "No longer reported",
        "Visits - replaced by indicator 2",
    )
    assert june.verdict.reason == "Replaced by indicator 2 from June 2020."


def test_a_figure_that_was_due_before_is_still_asked_for() -> None:
    card = score(REMOVED, observe_all((APRIL, "88")), JUNE)
    assert next((each.number, each.about) for each in card.missing) == ("1", "May 2020")


def test_figures_in_arrears_are_rated_until_the_last_of_them_was_due() -> None:
    """May's figure comes in July, with two months' arrears, and June has none."""
    late = make_catalogue(
        ENTRIES % "arrears: 2, removed: {from: 2020-06, reason: It is not collected}"
    )
    rows = [score(late, APRIL_AND_MAY, month).rows[0] for month in (JUNE, JULY, Month(2020, 8))]
    assert [row.verdict.label for row in rows] == ["Amber", "Amber", "No longer reported"]
    assert rows[1].period_on_period == "↑ higher than in Apr 2020, 88%"
    assert [cell.printed for cell in rows[2].months[:3]] == ["88%", "89%", ""]


def test_a_row_for_a_month_from_then_on_is_an_error(messages: Messages) -> None:
    """A figure of an earlier month may still come."""
    late = observe(MAY, "89")
    for catalogue in (REMOVED, REPLACED):
        _, issues = match_observations(catalogue, (late, observe(JUNE, "90")), JULY)
        assert list_codes(issues) == ["closed_indicator 2"]
        messages(issues)


def test_a_share_of_the_year_is_that_of_all_its_periods() -> None:
    """The target was set for the whole year, so ending in June does not make it due by May."""
    entry = ENTRIES.replace("percent", "number").replace(
        "at_least: 90}, %s", "at_least: 120, profile: share_of_year}, "
        "accumulates: financial_year, removed: {from: 2020-06, reason: It is not collected}"
    )  # fmt: skip
    rows = score(make_catalogue(entry), observe_all((APRIL, "10"), (MAY, "20")), MAY).rows
    assert rows[0].verdict.label == "Green"
    assert rows[0].verdict.reason.startswith(
        "20 since April (up to May 2020) meets the 20 due by then (2 of 12"
    )


def test_it_needs_an_owner_and_a_rationale_as_long_as_it_is_reported() -> None:
    entry = "sections:\n  - title: Any\n    indicators:\n      - {number: '1', title: Any, "
    entry += "unit: percent, frequency: monthly, target: {at_least: 90}, removed: %s}\n"
    gaps = {
        words: list_codes(check_completeness(read_checked_definitions(HEAD + entry % words, "f")))
        for words in ("Agreed", "{reason: Agreed}", "{from: 2020-06, reason: Agreed}")
    }
    assert [len(codes) for codes in gaps.values()] == [0, 0, 2]


def test_figures_in_arrears_are_rated_as_they_come() -> None:
    """A month late, May's figure comes in June, the first month that is not reported any more."""
    late = make_catalogue(ENTRIES % 'arrears: 1, replaced_by: {from: 2020-06, indicator: "2"}')
    given = tuple(replace(each, known=each.month.add_months(1)) for each in APRIL_AND_MAY)
    june, july = (score(late, given, month).rows[0] for month in (JUNE, JULY))
    assert (june.verdict.label, june.title, june.period_on_period) == (
        "Amber",
        "Visits",
        "↑ higher than in Apr 2020, 88%",
    )
    assert (july.verdict.label, july.title) == (
        "No longer reported",
        "Visits - replaced by indicator 2",
    )
