"""A figure's cell is a plain number, a status, or a fault that says what to write."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.core.issues import shorten
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
    ("96 %", ": 96"),
    ("96 per cent", ": 96"),
    ("1,234.5", ": 1234.5"),
    ("1 234", ": 1234"),
    ("12 345 678", ": 12345678"),
    ("1\xa0234", "no-break space (U+00A0), which looks like a plain one; write: 1234"),
    ("1\u200b2", "sign U+200B, which cannot be seen; write: 12"),
    ("33,9", ": 33.9"),
    ("1234,567", " 96 or 33.9"),
    ("£1.2m", ": 1200000 (1200 if its unit is thousand_pounds, 1.2 if it is million_pounds)"),
    ("£1.85m", ": 1850000 (1850 if its unit is thousand_pounds, 1.85 if it is million_pounds)"),
    ("12k", ": 12000 (12 if its unit is thousand_pounds, 0.012 if it is million_pounds)"),
    ("5m", " 96 or 33.9"),  # minutes, months, metres or millions
    ("-£3", ": -3"),
    (
        "£1,852,600.50",
        ": 1852600.50 (1852.6005 if its unit is thousand_pounds, 1.8526005 if it is "
        "million_pounds)",
    ),
    ("2bn", ": 2000000000 (2000000 if its unit is thousand_pounds, 2000 if it is million_pounds)"),
    ("£1.2 or so", " 96 or 33.9"),
    ("９６", ": 96"),
    ("1e4", " 96 or 33.9"),
]


@pytest.mark.parametrize(("text", "advice"), NUMBERS)
def test_a_number_that_is_not_plain_is_refused_with_advice(text: str, advice: str) -> None:
    reading = read_value(text)
    assert reading == CellReading(fault=reading.fault)
    assert reading.fault.startswith(f"'{shorten(text)}' is not a plain number; ")
    assert reading.fault.endswith(advice)
    assert read_part(text) == (None, reading.fault)


def test_a_number_that_is_not_plain_is_explained(messages: Callable[..., None]) -> None:
    messages(read_value(text).fault for text, _ in NUMBERS)


HIDDEN = [
    *("*", "**", "<6", "< 6", "\u22645", "<5%", ">95", "5 or fewer", "5 or less", "5% or less"),
    *("fewer than 5", "less than 5", "under 5", "up to 5", "no more than 5", "1-4", "1\u20134"),
    *("0 to 4", "5-6"),
]


@pytest.mark.parametrize("text", HIDDEN)
def test_a_hidden_count_is_answered_with_how_to_say_that_it_is_hidden(text: str) -> None:
    """To write the number that it has would publish what the service hides."""
    fault = read_value(text).fault.replace(f"'{shorten(text)}'", "")
    assert "if the number must not be shown, write suppressed" in fault
    assert not re.search("[0-9]", fault)
    assert read_value("suppressed").status is Status.SUPPRESSED
    fault = read_part(text)[1].replace(f"'{shorten(text)}'", "")
    assert "leave the parts empty and give the status 'suppressed'" in fault
    assert not re.search("[0-9]", fault)


def test_a_hidden_count_is_explained(messages: Callable[..., None]) -> None:
    messages(read_value("5 or fewer").fault, read_part("*")[1])


@pytest.mark.parametrize("text", ["nil", "None", "zero"])
def test_a_word_for_zero_is_answered_with_0(text: str) -> None:
    assert "; if the figure is zero, write 0; for a missing figure, use " in read_value(text).fault


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("5 so far", "write 5 here and the words in the column 'note'"),
        ("3 pupils", "write 3 here and the words in the column 'note'"),
        ("5 000 pupils", "write the figure alone here, and the words in the column 'note'"),
        ("3 weeks", "write the figure alone here, and the words in the column 'note'"),
        ("2 dozen", "write the figure alone here, and the words in the column 'note'"),
        ("1.2 million pounds", "write the figure alone here, and the words in the column 'note'"),
        ("5 out of 6", "write the figure alone here, and the words in the column 'note'"),
        ("17 (+2 more)", "write the figure alone here, and the words in the column 'note'"),
        ("23% (1,063 of 4,718)", "leave out the commas: 23% (1063 of 4718)"),
    ],
)
def test_words_after_a_number_belong_in_the_note(text: str, advice: str) -> None:
    """Which number is meant is said only where the words do not change it."""
    assert read_value(text).fault == f"'{text}' is not a plain number; {advice}"


SIZES = {"": 1, "k": 10**3, " thousand": 10**3, " million": 10**6, "bn": 10**9, " billion": 10**9}


@given(
    st.decimals(0, 999_999, places=2),
    st.sampled_from(["plain", ",", " ", "\xa0", "\u202f"]),
    st.sampled_from(list(SIZES)),
    st.sampled_from(["", "£", "-", "-£"]),
)
def test_a_suggested_number_is_the_one_that_a_reader_reads(
    number: Decimal, separator: str, size: str, sign: str
) -> None:
    """With thousands in groups, words for a size, and signs."""
    written = f"{number:,f}".replace(",", "" if separator == "plain" else separator)
    text = f"{sign}{written}{size}"
    meant = number * SIZES[size] * (-1 if "-" in sign else 1)
    reading = read_value(text)
    if reading.fault:
        suggested = re.search(r": (-?[0-9.]+)(?:$| \()", reading.fault)
        assert suggested
        assert Decimal(suggested[1]) == meant
    else:
        assert reading.value == meant


@given(st.text("0123456789,.%£kmbn <>*-()orfewthusand\xa0\u200b", max_size=12))
def test_a_suggested_number_has_each_digit_of_the_text_in_order(text: str) -> None:
    """But for the zeros of a word for a size. No hint keeps only a part of what was written."""
    digits = re.sub("[^0-9]", "", text)
    fault = read_value(text).fault.replace(f"'{shorten(text)}'", "")
    for suggested in re.findall(r"(?:: |write )(-?[0-9.]+)", fault):
        found = re.sub("[^0-9]", "", suggested)
        assert found.startswith(digits) or Decimal(found or 0) == Decimal(digits or 0)
        assert not re.search("[1-9]", found[len(digits) :])


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
