"""A figure's cell is a number with one meaning, a status, or a fault that says what to write."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.core.issues import shorten
from merton_kpi.core.rounding import count_decimals
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


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("98.4%", "98.4"),
        ("98.4 %", "98.4"),
        ("96 per cent", "96"),
        ("100.0%", "100.0"),
        ("1,234", "1234"),
        ("-1,234.50", "-1234.50"),
        ("1 234", "1234"),
        ("12 345 678", "12345678"),
        ("1\xa0234", "1234"),  # no-break
        ("1\u2009234", "1234"),  # thin
        ("1\u202f234", "1234"),  # narrow no-break
        ("£1,852,600", "1852600"),
        ("£1,852,600.50", "1852600.50"),
        ("-£3", "-3"),
        ("£-3", "-3"),
        ("£1.2m", "1200000"),
        ("£ 1.85 million", "1850000"),
        ("£85k", "85000"),
        ("£85.25K", "85250"),
        ("2bn", "2000000000"),
        ("-£0", "0"),
    ],
)
def test_an_ordinary_format_is_the_number_that_it_means(text: str, number: str) -> None:
    reading = read_value(text)
    assert (str(reading.value), reading.fault, reading.note) == (number, "", "")
    assert reading.written
    assert reading.written.text == text


@pytest.mark.parametrize(
    ("text", "number", "note"),
    [
        ("17 (+2 sept panel)", "17", "+2 sept panel"),
        ("17(2 from August)", "17", "2 from August"),
        ("1,234 (includes Mitcham)", "1234", "includes Mitcham"),
        ("98.4% (after appeals)", "98.4", "after appeals"),
        ("£1.2m (before grants)", "1200000", "before grants"),
        ("8 (two\nlines)", "8", "two lines"),
    ],
)
def test_a_note_in_brackets_behind_a_figure_is_its_note(text: str, number: str, note: str) -> None:
    reading = read_value(text)
    assert (str(reading.value), reading.note, reading.fault) == (number, note, "")
    assert reading.written
    assert reading.written.text == text


def test_a_status_in_brackets_behind_a_figure_is_its_status() -> None:
    reading = read_value("96 (provisional)")
    assert (reading.value, reading.status) == (Decimal(96), Status.PROVISIONAL)
    assert not reading.note


@pytest.mark.parametrize(
    "text",
    [
        *(
            "17 (20)",
            "17 (of 20)",
            "17 (85%)",
            "17 (85% on time)",
            "17 (thousand)",
            "17 (in £000s)",
        ),
        *("5 (or fewer)", "5 (or so)", "17 (+2 more)", "17 (x)", "3 (weeks)", "17 (N/A)"),
        *("17 (suppressed)", "17 (target 20)", "1.5 (million)", "17 (a) (bcd)"),
        *("17 (see (1) below)", "(17)", "17 ()", "17 (was 12 before)", "<5 (boys only)"),
    ],
)
def test_words_in_brackets_that_may_change_the_figure_are_refused(text: str) -> None:
    reading = read_value(text)
    assert reading == CellReading(fault=reading.fault)
    assert reading.fault


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("23% (1,063 of 4,718)", (23, 1063, 4718)),
        ("50% (£1,000 of £2,000)", (50, 1000, 2000)),
    ],
)
def test_the_parts_of_a_figure_may_be_in_an_ordinary_format(
    text: str, reading: tuple[int, int, int]
) -> None:
    read = read_value(text)
    assert (read.value, read.numerator, read.denominator) == tuple(map(Decimal, reading))
    assert read_part("1,063") == (Decimal(1063), "")
    assert read_part("£1 063") == (Decimal(1063), "")


@pytest.mark.parametrize("text", ["50%", "12k", "£1.2m", "5m"])
def test_a_percentage_and_a_rounded_amount_are_no_parts(text: str) -> None:
    part, fault = read_part(text)
    assert part is None
    assert fault


NUMBERS = [
    ("1\u200b2", "sign U+200B, which cannot be seen; write: 12"),
    ("33,9", ": 33.9"),
    ("1234,567", " 96 or 33.9"),
    ("1.234,5", "it can mean 1234.5 or 1.2345; write the one that is meant"),
    ("0,123", ": 0.123"),
    ("1,23,456", " 96 or 33.9"),
    ("£5%", ": 5"),
    ("$5", ": 5"),
    ("-£-3", " 96 or 33.9"),
    ("£1.2 or so", " 96 or 33.9"),
    ("９６", ": 96"),
    ("1e4", " 96 or 33.9"),
    ("+5", " 96 or 33.9"),
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
        ("1.2 million tonnes", "write the figure alone here, and the words in the column 'note'"),
        ("5 out of 6", "write the figure alone here, and the words in the column 'note'"),
        ("17 (+2 more)", "write the figure alone here, and the words in the column 'note'"),
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
def test_a_number_is_read_or_suggested_as_a_reader_reads_it(
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


@given(
    st.decimals(0, 999_999_999, places=3).map(lambda number: number.normalize()),
    st.sampled_from(["{:,f}", "{:f}%", "£{:,f}", "£{:f}k", "£{:f}m", "{:f} (see the annex)"]),
)
def test_every_format_reads_back_as_the_number_that_was_written(number: Decimal, form: str) -> None:
    """Digit for digit, and `written` says to which place."""
    reading = read_value(form.format(number))
    zeros = {"£{:f}k": 3, "£{:f}m": 6}.get(form, 0)
    assert reading.value == number.scaleb(zeros)
    assert reading.written is None or reading.written.decimals == count_decimals(number) - zeros


@given(st.text("0123456789,.%£kmbn <>*-()orfewthusand\xa0\u200b\u2009", max_size=14))
def test_a_figure_has_each_digit_of_its_text_in_order(text: str) -> None:
    """But for the zeros of a word for a size, those at its ends, and the digits of its note."""
    reading = read_value(text)
    if reading.value is None or reading.numerator is not None:
        return
    before = text.partition("(")[0] if reading.note else text
    digits = re.sub("[^0-9]", "", before)
    found = re.sub("[^0-9]", "", f"{reading.value:f}")
    assert found.rstrip("0").lstrip("0") == digits.rstrip("0").lstrip("0")
    point = before.count(".")
    assert (reading.value % 1 == 0) or point == 1
    assert ("-" in before) == reading.value.is_signed() or not reading.value
    assert not re.search("[<>*]|or|few|than", before.replace("thousand", ""))


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
