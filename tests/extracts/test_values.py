"""A figure's cell is a plain number, a status, or a fault that says what to write."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from merton_kpi.core.statuses import Status
from merton_kpi.extracts.values import CellReading, read_part, read_status, read_value

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("", CellReading()),
        ("33.90", CellReading(value=Decimal("33.90"))),
        ("-0", CellReading(value=Decimal(0))),
        (
            "23% (1063 of 4718)",
            CellReading(value=Decimal(23), numerator=Decimal(1063), denominator=Decimal(4718)),
        ),
        ("[x]", CellReading(status=Status.NOT_AVAILABLE)),
        ("n/a – c19", CellReading(status=Status.COVID)),  # with the dash that Word makes
    ],
)
def test_a_value_is_a_figure_or_a_status(text: str, reading: CellReading) -> None:
    assert read_value(text) == reading


NUMBERS = [
    ("96 %", "96"),
    ("1,234.5", "1234.5"),
    ("33,9", "33.9"),
    ("£1.2m", "1200000, or 1.2 if its unit is million_pounds"),
    ("£1.85m", "1850000, or 1.85 if its unit is million_pounds"),
    ("12k", "12000, or 12 if its unit is thousand_pounds"),
    ("-£3", "-3"),
    ("£1,852,600.50", "1852600.50"),
    ("2bn", "2000000000"),
    ("£1.2 or so", "letters"),
    ("９６", "96"),
    ("1e4", "96 or 33.9"),
]


@pytest.mark.parametrize(("text", "advice"), NUMBERS)
def test_a_number_that_is_not_plain_is_refused_with_advice(text: str, advice: str) -> None:
    reading = read_value(text)
    assert reading == CellReading(fault=reading.fault)
    assert reading.fault.startswith(f"'{text}' is not a plain number; ")
    assert reading.fault.endswith(f" {advice}")
    assert read_part(text) == (None, reading.fault)


def test_a_number_that_is_not_plain_is_explained(messages: Callable[..., None]) -> None:
    messages(read_value(text).fault for text, _ in NUMBERS)


def test_words_in_a_value_belong_in_another_column(messages: Callable[..., None]) -> None:
    part, of_part = read_part("5 so far")
    assert part is None
    of_value = read_value("5 so far").fault
    assert ("'note'" in of_value, "'note'" in of_part) == (True, False)
    messages(of_value, of_part)


def test_an_error_of_excel_is_explained(messages: Callable[..., None]) -> None:
    part, of_part = read_part("#DIV/0!")
    assert part is None
    of_value = read_value("#DIV/0!").fault
    assert of_value.startswith(of_part)
    assert of_value.endswith(" status")
    assert "#DIV/0!" in of_part
    messages(of_value, of_part)


@pytest.mark.parametrize("text", ["covid", "COVID", "N/A - C19"])
def test_a_status_is_read_by_its_code_or_its_words(text: str) -> None:
    assert read_status(text) == (Status.COVID, "")


def test_an_unknown_status_is_refused_with_the_nearest_one(messages: Callable[..., None]) -> None:
    status, fault = read_status("covd")
    assert status is None
    assert "'covid'" in fault
    messages(fault)
