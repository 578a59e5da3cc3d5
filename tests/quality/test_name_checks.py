"""Rows that may be another indicator's, by their title or their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue
from helpers.quality import APRIL, PERCENT, list_places

from merton_kpi.core.findings import FindingCode
from merton_kpi.extracts.reader import read_extract
from merton_kpi.quality.name_checks import read_as_spreadsheet
from merton_kpi.quality.warnings import check_data
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.quality.warnings import DataWarning

CATALOGUE = f"""
- {{number: "1.1", title: Reviews on time, {PERCENT}}}
- {{number: "1.10", title: Assessments on time, {PERCENT}, confirmed: Saved as text.}}
"""


def check_rows(*rows: str) -> list[DataWarning]:
    """The warnings of April's rows, but for missing figures."""
    catalogue = make_catalogue(CATALOGUE)
    text = "indicator,title,value,confirmed\n" + "".join(f"{row}\n" for row in rows)
    given = read_extract(text.encode(), "2020-04.csv", APRIL).observations
    series, _ = match_observations(catalogue, given, APRIL)
    found = check_data(catalogue, series, list_places(catalogue))
    others = (FindingCode.MISSING, FindingCode.REWRITTEN_NUMBER)
    return [each for each in found if each.code not in others]


def list_codes(*rows: str) -> list[str]:
    return [f"{each.code.value} {each.place.line}" for each in check_rows(*rows) if not each.answer]


def test_the_title_of_another_indicator_is_a_warning(messages: Callable[..., None]) -> None:
    (warning,) = check_rows("1.1,Assessments on time,71,")
    assert (warning.code, str(warning.place)) == (FindingCode.TITLE, "2020-04.csv:2")
    messages(warning.issue)
    assert list_codes("1.1,assessments  on-time,71,") == ["title 2"]
    assert list_codes("1.1,Assessments on time,71,The title is old.") == []


def test_its_own_title_and_one_that_nobody_has_are_none() -> None:
    assert list_codes("1.1,Reviews on time,71,") == list_codes("1.1,Reviews,71,") == []


def test_a_number_may_have_lost_its_last_digit(messages: Callable[..., None]) -> None:
    """It is asked where the longer number has no row, and the row no title."""
    (warning,) = check_rows("1.1,,71,")
    assert (warning.code, str(warning.place)) == (FindingCode.LOST_DIGIT, "2020-04.csv:2")
    messages(warning.issue)
    assert list_codes("1.1,,71,", "1.10,,81,") == list_codes("1.1,Reviews on time,71,") == []


def test_a_number_that_spreadsheet_programs_change_is_a_warning(
    messages: Callable[..., None],
) -> None:
    catalogue = make_catalogue(CATALOGUE.replace(", confirmed: Saved as text.", ""))
    series, _ = match_observations(catalogue, (), APRIL)
    found = check_data(catalogue, series, list_places(catalogue))
    (warning,) = (each for each in found if each.code is FindingCode.REWRITTEN_NUMBER)
    assert warning.indicator.number == "1.10"
    messages(warning.issue)


@pytest.mark.parametrize(
    ("number", "changed"),
    [
        ("1.10", "1.1"),
        ("1.0", "1"),
        ("01", "1"),
        ("1-2", ""),
        ("3/4", ""),
        ("3E5", "3.00E+5"),
        ("1", "1"),
        ("1.1", "1.1"),
        ("23a", "23a"),
        ("CORP 09", "CORP 09"),
        ("40-50", "40-50"),
        ("1.2.10", "1.2.10"),
    ],
)
def test_what_a_spreadsheet_makes_of_a_number(number: str, changed: str) -> None:
    assert read_as_spreadsheet(number) == changed
