"""A message about a row whose small counts are suppressed quotes nothing of the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import NOVEMBER, make_catalogue
from helpers.messages import list_codes

from merton_kpi.extracts.quoting import NOTHING, Quotable, list_quotable_rows
from merton_kpi.extracts.reader import read_extract
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.core.issues import Issue

CATALOGUE = make_catalogue("""
    - number: "11"
      title: Children
      unit: number
      frequency: monthly
      target: new
      suppress_small_numbers: true
    - number: "12"
      title: Children by population
      unit: rate_per_1000
      frequency: monthly
      target: new
      rate_of: {count: "11"}
    - {number: "13", title: Potholes, unit: number, frequency: monthly, target: new}
    """)
WITHOUT = make_catalogue(
    '- {number: "11", title: Children, unit: number, frequency: monthly, target: new}'
)
ROW = "indicator,value,numerator,denominator,status,judgement,judgement_reason,judgement_by"
ROW = f"{ROW},forecast,forecast_by,period\n"


def read(text: str, quotable: Quotable) -> tuple[Issue, ...]:
    extract = read_extract(text.encode(), "f.csv", NOVEMBER, quotable)
    _, misfits = match_observations(CATALOGUE, extract.observations, NOVEMBER)
    return (*extract.issues, *misfits)


def test_rows_of_a_suppressed_count_and_of_its_rate_are_not_quoted() -> None:
    quotable = list_quotable_rows(CATALOGUE)
    assert [each for each in ("11", "12", "13", "3") if quotable.can_quote(each)] == ["13"]
    assert [each for each in ("11", "13", "3") if quotable.can_name(each)] == ["11", "13"]


def test_every_row_is_quoted_where_nothing_is_suppressed() -> None:
    quotable = list_quotable_rows(WITHOUT)
    assert quotable.can_quote("3")
    assert quotable.can_name("3")


def test_no_row_is_quoted_where_a_catalogue_cannot_be_read() -> None:
    assert list_quotable_rows(None) == list_quotable_rows(WITHOUT, None) == NOTHING


def test_a_row_is_not_quoted_where_one_of_two_catalogues_suppresses_it() -> None:
    assert not list_quotable_rows(WITHOUT, CATALOGUE).can_quote("11")


FAULTS = {
    "words in the value": ("11,3 pupils", ["not_a_number 2"]),
    "parts and a forecast": ("11,,3%,3/120,,,,,three", ["not_a_number 2"] * 3),
    "two numerators": ("11,9 (3 of 9),4", ["two_parts 2"]),
    "a denominator of 0": ("11,,3,0", ["parts_without_value 2"]),
    "a status": ("11,,,,covd 3", ["status 2"]),
    "a judgement": ("11,9,,,,3 reds,Because,Officer", ["judgement 2"]),
    "words as the period": ("11,9,,,,,,,,,3 pupils", ["period 2"]),
    "a quarter as the period": ("11,9,,,,,,,,,3 pupils in Q2 2020", ["period 2"]),
    "a year as the period": ("11,9,,,,,,,,,2020-21", ["period 2"]),
    "a wrong year as the period": ("11,9,,,,,,,,,2020/23", ["period 2"]),
    "a day and a month as the period": ("11,9,,,,,,,,,3/12", ["period 2"]),
    "a per cent sign": ("11,3%", ["not_a_number 2"]),
    "a cell too many": ("11,3,,,,,,,,,,4", ["extra_cell 2"]),
    "another delimiter": ("11;3", ["delimiter 2"]),
    "a row without its first cell": ("3,9", ["unknown_indicator 2"]),
}


@pytest.mark.parametrize(("row", "codes"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_explained_without_the_cell(
    row: str, codes: list[str], messages: Callable[..., None]
) -> None:
    issues = read(f"{ROW}{row}\n", list_quotable_rows(CATALOGUE))
    assert list_codes(issues) == codes
    messages(issues)


def test_a_split_number_is_explained_without_the_row(messages: Callable[..., None]) -> None:
    issues = read("indicator,value,note\n11,3,004\n", list_quotable_rows(CATALOGUE))
    assert list_codes(issues) == ["split_number 2"]
    messages(issues)


def test_a_header_is_not_quoted_where_anything_is_suppressed(messages: Callable[..., None]) -> None:
    """A file without a header has a row of figures in its place."""
    issues = read("indicator,valu,3 pupils\n13,9,9\n", list_quotable_rows(CATALOGUE))
    assert list_codes(issues) == ["header 1"] * 2
    others = read('indicator,value,3 pupils,,"4"\n13,9,9\n', list_quotable_rows(CATALOGUE))
    assert list_codes(others) == ["header 1"]
    messages(issues, others)


def test_a_row_of_another_indicator_is_quoted_as_ever(messages: Callable[..., None]) -> None:
    issues = read("indicator,value\n13,3 pupils\n", list_quotable_rows(CATALOGUE))
    assert list_codes(issues) == ["not_a_number 2"]
    assert "'3 pupils'" in issues[0].message
    messages(issues)
