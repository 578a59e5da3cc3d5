"""A date stands for its month, day first; what can mean two months is none."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.core.periods import MONTH_NAMES, Month
from merton_kpi.extracts.formats.dates import explain_date, read_month_of_date

FORMS = (
    *("{d:%d/%m/%Y}", "{d.day}/{d.month}/{d:%Y}", "{d:%d.%m.%y}", "{d:%d-%m-%Y}", "{d:%Y-%m-%d}"),
    *("{d:%Y-%m-%d} 00:00:00", "{d:%Y-%m-%d}T09:30", "{d:%d/%m/%Y} 00:00", "{d:%Y/%m/%d}"),
    *("{d.day} {name} {d:%Y}", "{d.day}-{short}-{d:%y}", "{d.day}th {short} {d:%Y}"),
    *("{short} {d:%Y}", "{short}-{d:%Y}", "{name} {d:%Y}", "{name}, {d:%Y}", "{d:%Y} {short}"),
    *("{d:%m/%Y}", "{d.month}/{d:%Y}", "{d:%m.%Y}"),
)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(FORMS))
def test_a_date_is_read_as_its_month_in_each_form(day: date, form: str) -> None:
    name = MONTH_NAMES[day.month - 1]
    text = form.format(d=day, name=name, short=name[:3])
    for each in (text, text.upper(), text.lower()):
        assert read_month_of_date(each) == Month(day.year, day.month)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)).filter(lambda day: day.day > 12))
def test_a_date_with_the_month_first_is_refused(day: date) -> None:
    text = f"{day:%m/%d/%Y}"
    assert read_month_of_date(text) is None
    assert explain_date(text).endswith(f"write {Month(day.year, day.month)}")


@pytest.mark.parametrize(
    "text",
    [
        *("12/13", "Oct 20", "20 Oct", "20-Oct", "9/20", "31/02/2025", "00/01/2025", "2025-13-01"),
        *("Oct", "2025", "Okt 2025", "Octo 2025", "1/2/3", "31/07/1999", "2025-1-1", "1-2/2025"),
        *("October 1999", "32 July 2025", "July 2025 or so", "2025-07-31 noon", "202507"),
    ],
)
def test_what_is_no_date_or_has_two_meanings_is_not_read(text: str) -> None:
    assert read_month_of_date(text) is None


@given(st.text("0123456789/-. OctJulyAug", max_size=14))
def test_a_month_that_is_read_stands_in_the_text(text: str) -> None:
    """Its year does, in four digits or in two, and its number or its name."""
    month = read_month_of_date(text)
    if month is None:
        return
    numbers = set(map(int, re.findall("[0-9]+", text)))
    assert numbers & {month.year, month.year % 100}
    assert month.number in numbers or MONTH_NAMES[month.number - 1][:3].lower() in text.lower()
