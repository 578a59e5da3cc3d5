"""Numbers of earlier years: which is whose in a year, and those that two indicators claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.catalogues import list_issues
from helpers.councils import HEAD, make_catalogue

from merton_kpi.catalogue.relations.former_numbers import list_numbers_of_year
from merton_kpi.core.periods import FinancialYear

if TYPE_CHECKING:
    from collections.abc import Callable

ANY = "title: Any, unit: number, frequency: monthly, target: new"
ROWS = f"""\
- {{number: "7", {ANY}}}
- {{number: "8", {ANY}, formerly: {{2018/19: "7", 2016/17: "3"}}}}
- {{number: "9", {ANY}, formerly: {{2019/20: "12"}}}}
"""


@pytest.mark.parametrize(
    ("year", "numbers"),
    [
        (2019, {"7": "7", "8": "8", "12": "9"}),
        (2018, {"7": "8", "12": "9"}),
        (2017, {"7": "8", "12": "9"}),
        (2016, {"7": "7", "3": "8", "12": "9"}),
        (2010, {"7": "7", "3": "8", "12": "9"}),
    ],
)
def test_a_former_number_is_that_of_its_year_and_those_before_up_to_the_next(
    year: int, numbers: dict[str, str]
) -> None:
    """Another indicator that has this number today had none that is known."""
    found = list_numbers_of_year(make_catalogue(ROWS).indicators, FinancialYear(year))
    assert found == numbers


FAULTS = [
    ('{2020/21: "7"}', ["other_year"]),
    ('{2021/22: "7"}', ["other_year"]),
    ("{2019/20: 7}", ["wrong_kind"]),
    ('{2019: "7"}', ["unfit_value"]),
    ('{2018/19: "12"}', ["duplicate_number"]),  # no. 9 had it in that year too
    ('{2019/20: "12", 2018/19: "13"}', ["duplicate_number"]),
    ('{2018/19: "9"}', []),
]


def make_text(formerly: str) -> str:
    rows = ROWS.replace('{2018/19: "7", 2016/17: "3"}', formerly)
    entries = "".join(f"      {line}\n" for line in rows.splitlines())
    return f"{HEAD}sections:\n  - title: Services\n    indicators:\n{entries}"


@pytest.mark.parametrize(("formerly", "codes"), FAULTS)
def test_former_numbers_are_of_earlier_years_and_of_one_indicator_each(
    formerly: str, codes: list[str]
) -> None:
    assert [each.code for each in list_issues(make_text(formerly))] == codes


def test_the_faults_of_former_numbers_are_explained(messages: Callable[..., None]) -> None:
    for formerly, _ in FAULTS:
        messages(list_issues(make_text(formerly)))
