"""A figure's cell is a plain number, a status, or a fault that says what to write."""

from __future__ import annotations

from decimal import Decimal

import pytest

from merton_kpi.core.vocabulary import Status
from merton_kpi.extracts.values import CellReading, read_part, read_status, read_value


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


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("96 %", "leave out the per cent sign: 96"),
        ("1,234.5", "leave out the commas: 1234.5"),
        ("33,9", "write the decimals after a point: 33.9"),
        ("£1.2m", "write the whole number without a sign or letter, like 1200000"),
        ("９６", "write it in plain digits: 96"),
        ("1e4", "write it like 96 or 33.9"),
    ],
)
def test_a_number_that_is_not_plain_is_refused_with_advice(text: str, advice: str) -> None:
    fault = f"'{text}' is not a plain number; {advice}"
    assert read_value(text) == CellReading(fault=fault)
    assert read_part(text) == (None, fault)


def test_words_in_a_value_belong_in_another_column() -> None:
    assert read_value("5 so far").fault.endswith("write 5 here and the words in the column 'note'")
    assert read_part("5 so far") == (
        None,
        "'5 so far' is not a plain number; write it like 96 or 33.9",
    )


def test_an_error_of_excel_is_named() -> None:
    sentence = "the cell holds Excel's error #DIV/0!: mend the formula, or leave it empty"
    assert read_value("#DIV/0!").fault == f"{sentence} with a status"
    assert read_part("#DIV/0!") == (None, sentence)


@pytest.mark.parametrize("text", ["covid", "COVID", "N/A - C19"])
def test_a_status_is_read_by_its_code_or_its_words(text: str) -> None:
    assert read_status(text) == (Status.COVID, "")


def test_an_unknown_status_is_refused_with_the_nearest_one() -> None:
    assert read_status("covd") == (None, "'covd' is not known; did you mean 'covid'?")
