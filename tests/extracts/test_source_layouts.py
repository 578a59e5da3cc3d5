"""Extracts that a system or a service makes in its own way, read by the catalogue's `sources`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, make_catalogue
from helpers.return_books import make_book

from merton_kpi.catalogue.entries import OwnHeadings
from merton_kpi.core.periods import Month
from merton_kpi.extracts.columns import COLUMNS
from merton_kpi.extracts.quoting import Quotable
from merton_kpi.extracts.reader import Extract, read_extract
from merton_kpi.loading.catalogue_file import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    Messages = Callable[..., None]

SOURCES = """\
sources:
  - files: "*-housing*"
    sheet: Data
    columns: {indicator: KPI ref, value: Actual, period: Month}
    pass_over: [Team, Value]
    indicators: {HSG-01: "1", HSG-02: "2"}
"""
INDICATORS = """
    - {number: "1", title: A, unit: percent, frequency: monthly, target: new}
    - {number: "2", title: B, unit: number, frequency: monthly, target: new}
    """
CATALOGUE = make_catalogue(INDICATORS, HEAD + SOURCES)
ROWS = [
    ("KPI ref", "Team", "Month", "Actual", "Value"),
    ("HSG-01", "Voids", "2025-07", 96.5, "good"),
    ("HSG-02", "Rents", "2025-06", 18, "poor"),
]


def read(content: bytes, name: str) -> Extract:
    quotable = Quotable(is_all=True)
    return read_extract(content, name, Month(2025, 7), quotable, CATALOGUE.sources)


def list_values(extract: Extract) -> list[tuple[str, str, str]]:
    return [(each.indicator, str(each.month), f"{each.value}") for each in extract.observations]


def make_export(sheet: str) -> bytes:
    return make_book([("Export of 1 August",), *ROWS], lambda page: setattr(page, "title", sheet))


def test_a_workbook_is_read_by_its_own_headings_and_numbers() -> None:
    extract = read(make_export("Data"), "data/2025-07-Housing.xlsx")
    assert list_values(extract) == [("1", "2025-07", "96.5"), ("2", "2025-06", "18")]
    assert extract.issues == ()


def test_a_csv_file_is_read_in_the_same_way() -> None:
    text = "\n".join(",".join(map(str, row)) for row in ROWS)
    extract = read(text.encode(), "2025-07-housing.csv")
    assert list_values(extract) == [("1", "2025-07", "96.5"), ("2", "2025-06", "18")]
    assert extract.issues == ()


def test_another_file_is_read_by_the_names_of_an_extract(messages: Messages) -> None:
    extract = read(make_export("Data"), "2025-07-care.xlsx")
    assert [each.code for each in extract.issues] == ["no_header"]
    other_sheet = read(make_export("Return"), "2025-07-housing.xlsx")
    assert [each.code for each in other_sheet.issues] == ["no_header"]
    messages(extract.issues, other_sheet.issues)


def test_a_number_that_no_indicator_has_is_a_fault_of_the_catalogue(messages: Messages) -> None:
    head = HEAD + SOURCES.replace('"2"', '"22"')
    text = f"{head}sections:\n  - title: S\n    indicators:{INDICATORS}"
    catalogue, issues = read_catalogue(text, "indicators.yaml")
    assert catalogue is None
    assert [each.code for each in issues] == ["dangling_link"]
    messages(issues)


@pytest.mark.parametrize(
    "change", [("value: Actual", "valu: Actual"), ("sheet: Data", "tab: Data"), ("[Team", "[3")]
)
def test_a_layout_is_checked_as_the_rest_of_the_catalogue(
    change: tuple[str, str], messages: Messages
) -> None:
    head = HEAD + SOURCES.replace(*change)
    text = f"{head}sections:\n  - title: S\n    indicators:{INDICATORS}"
    catalogue, issues = read_catalogue(text, "indicators.yaml")
    assert catalogue is None
    messages(issues)


def test_each_column_of_an_extract_can_have_a_heading_of_its_own() -> None:
    assert list(OwnHeadings.model_fields) == list(COLUMNS)
