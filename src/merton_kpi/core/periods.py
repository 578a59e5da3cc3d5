"""Months, financial years and days: how they are read, ordered and written."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from merton_kpi.core.vocabulary import Accumulation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.core.vocabulary import Frequency

# Not from strftime, which writes them in the language of the machine.
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

FIRST_MONTH = Accumulation.FINANCIAL_YEAR.first_month

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"([0-9]{4})/([0-9]{2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# How people write them: 2020-6, 2020/06, 2020 6; 06/2020, 30/06/2020, June 2020, 30 Jun 2020.
_MONTH_AFTER_YEAR = re.compile(r"(?P<year>[0-9]{4})[-/. ](?P<month>[0-9]{1,2})\b")
_MONTH_BEFORE_YEAR = re.compile(
    r"(^|[-/. ])(?P<month>[0-9]{1,2}|[A-Z][a-z]{2})[a-z]*[-/. ](?P<year>[0-9]{4})$"
)
_DAY_MONTH_YEAR = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})\b")
_NAMED_MONTH = re.compile(rf"({'|'.join(MONTH_NAMES)}) ([0-9]{{4}})\b")
_YEAR_IN_WORDS = re.compile(r"\b([0-9]{4})(/[0-9]{2})?\b")
# September 2018 to August 2019, or 31 August 2019 alone.
_TIME_TO_MONTH = re.compile(
    rf"(?:.* (?:to|-|\u2013) )?(?:[0-9]{{1,2}} )?(?:{'|'.join(MONTH_NAMES)}) [0-9]{{4}}"
)
# 2018/19, as people also write it: 2018-19, 2018/2019.
_TWO_YEARS = re.compile(r"\b([0-9]{4})[/\u2013-](?:[0-9]{2})?([0-9]{2})\b")
# 7.15 pm, 3:00, 19:15:00.
_TIME = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?(?::[0-9]{2})? ?(?:([ap])\.?m\.?)?")
_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(MONTH_NAMES, 1)}


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month, like `2020-11`.

    `number` is 1 for January. An earlier month is less than a later one.
    """

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> Month:
        """Read `2020-11`.

        Raises:
            ValueError: the text is not a month; the message says how to write it.
        """
        found = _MONTH.fullmatch(text)
        if not found:
            near = _suggest_month(text)
            raise ValueError(f"'{text}' is not a month: write it as year and month, like {near}")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def name(self) -> str:
        """`November 2020`."""
        return f"{MONTH_NAMES[self.number - 1]} {self.year}"

    @property
    def label(self) -> str:
        """`Nov 2020`."""
        return f"{MONTH_NAMES[self.number - 1][:3]} {self.year}"

    @property
    def first_day(self) -> date:
        """Its first day: 1 November 2020 for 2020-11."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """Its last day: 30 November 2020 for 2020-11."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def add_months(self, months: int) -> Month:
        """The month so many months later; earlier where the number is negative."""
        years, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(years, index + 1)

    def months_since(self, earlier: Month) -> int:
        """How many months it is later than another; below zero where it is earlier."""
        return (self.year - earlier.year) * 12 + self.number - earlier.number

    def year_start(self, first_month: int) -> Month:
        """The first month of the year that it is in, where years begin in `first_month`.

        November 2020 is in the year that begins in April 2020, or in September 2020.
        """
        return self.add_months(1 - month_of_year(self.number, first_month))

    def month_of_year(self, first_month: int) -> int:
        """Its place, from 1 to 12, in a year that begins in the calendar month `first_month`.

        November is month 8 of a year that begins in April.
        """
        return month_of_year(self.number, first_month)


def _suggest_month(text: str) -> Month:
    """The month that a text probably means; else an example."""
    found = _MONTH_AFTER_YEAR.match(text) or _MONTH_BEFORE_YEAR.search(text)
    if found:
        month = found["month"]
        number = int(month) if month.isdecimal() else _MONTH_NUMBERS.get(month, 0)
        if 1 <= number <= 12:
            return Month(int(found["year"]), number)
    return Month(2020, 11)


@dataclass(frozen=True, order=True, slots=True)
class FinancialYear:
    """A council's financial year, April to March, like `2020/21`.

    `start` is the calendar year that it starts in.
    """

    start: int

    @classmethod
    def read(cls, text: str) -> FinancialYear:
        """Read `2020/21`.

        Raises:
            ValueError: the text is not a financial year; the message says how to write it.
        """
        found = _YEAR.fullmatch(text)
        if not found or (int(found[1]) + 1) % 100 != int(found[2]):
            near = _suggest_financial_year(text)
            raise ValueError(f"'{text}' is not a financial year: write it like {near}")
        return cls(int(found[1]))

    @classmethod
    def of(cls, month: Month) -> FinancialYear:
        """The financial year that a month is in."""
        return cls(month.year_start(FIRST_MONTH).year)

    def __str__(self) -> str:
        return f"{self.start:04}/{(self.start + 1) % 100:02}"

    @property
    def months(self) -> tuple[Month, ...]:
        """Its twelve months, April first."""
        return tuple(Month(self.start, FIRST_MONTH).add_months(index) for index in range(12))

    def add_years(self, years: int) -> FinancialYear:
        """The financial year so many years later; earlier where the number is negative."""
        return FinancialYear(self.start + years)

    def format_span(self, month: Month) -> str:
        """What papers cover, in the names of files: `2020-11`.

        A month after the year's end is also one of the next year, so the year is named too:
        `2024-25-to-2025-05`.
        """
        if month in self.months:
            return str(month)
        return f"{str(self).replace('/', '-')}-to-{month}"

    def format_span_in_words(self, month: Month) -> str:
        """What papers cover, in words: `November 2020`, or `2024/25 to May 2025`."""
        return month.name if month in self.months else f"{self} to {month.name}"


def _suggest_financial_year(text: str) -> str:
    """The financial year that a text means, or the two that it may mean; else an example."""
    found = re.match(r"([0-9]{4})(?:[-/\u2013 ](?:20)?([0-9]{2}))?$", text)
    first = int(found[1]) if found else 2020
    years = [first] if not found else [first - 1, first]
    if found and found[2]:
        years = [first, first - first % 100 + int(found[2]) - 1]
    return " or ".join(dict.fromkeys(str(FinancialYear(year)) for year in years))


def month_of_year(number: int, first_month: int) -> int:
    """The place, from 1 to 12, of a calendar month in a year that begins in `first_month`."""
    return (number - first_month) % 12 + 1


def format_count(number: int, noun: str) -> str:
    """A number with its noun: `1 quarter`, `2 quarters`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def format_date(day: date) -> str:
    """A day in words: `13 January 2021`, in English on every machine."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def format_date_and_time(moment: datetime) -> str:
    """A day with its time: `5 January 2021, 12:00`, in English on every machine."""
    return f"{format_date(moment)}, {format_time(moment.time())}"


def format_time(moment: time) -> str:
    """A time of day on the 24-hour clock: `19:15`."""
    return f"{moment.hour:02}:{moment.minute:02}"


def format_period(month: Month, frequency: Frequency | None) -> str:
    """The period that ends with this month: `Nov 2020`, or by its name: `Q1`, `H2`, `Autumn term`.

    A figure for a month that ends none of its frequency's periods keeps the month's label.
    """
    return (frequency.periods.get(month.number) if frequency else "") or month.label


def join_labels(labels: Iterable[str]) -> str:
    """Labels as one phrase: `a`, `a and b`, `a, b and c`; empty where there are none."""
    *most, last = list(labels) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def join_months(months: Iterable[Month]) -> str:
    """The months' labels as one phrase."""
    return join_labels(month.label for month in months)


def read_last_month(words: str) -> Month | None:
    """The last month of the period that a source's words name; None where they name none.

    `2018/19` ends in March, an academic year in August and a calendar year in December; a day or
    a month ends in its own month.
    """
    named = _NAMED_MONTH.findall(words)
    if named:
        name, year = named[-1]
        return Month(int(year), MONTH_NAMES.index(name) + 1)
    years = _YEAR_IN_WORDS.findall(words)
    if not years:
        return None
    year, second = years[-1]
    if not second:
        return Month(int(year), 12)
    return Month(int(year) + 1, 8 if "academic" in words.casefold() else 3)


def read_academic_year(words: str) -> FinancialYear | None:
    """The academic year that the words of a period name; None where they name none.

    `2018/19`, `academic year to 31 August 2019` and `September 2018 to August 2019` name 2018/19;
    `financial year 2018/19` and `published in May 2019` do not.
    """
    if is_of_other_year(words):
        return None
    years = [year for year, end in _TWO_YEARS.findall(words) if (int(year) + 1) % 100 == int(end)]
    if years:
        return FinancialYear(int(years[-1]))
    named = _NAMED_MONTH.findall(words)
    if named and ("academic" in words.casefold() or _TIME_TO_MONTH.fullmatch(words.strip())):
        name, year = named[-1]
        end = Month(int(year), MONTH_NAMES.index(name) + 1)
        return FinancialYear(end.year_start(Accumulation.ACADEMIC_YEAR.first_month).year)
    return None


def is_of_other_year(words: str) -> bool:
    """Whether the words of a period name a year that is not an academic one."""
    return bool(re.search("financial|calendar", words, re.IGNORECASE))


def read_date(text: str) -> date:
    """Read `2021-01-13`. Raises ValueError, which says how to write it, for any other form."""
    near = _suggest_day(text) or "2021-01-13"
    with suppress(ValueError):
        day = date.fromisoformat(text)
        if (near := day.isoformat()) == text:
            return day
    raise ValueError(f"'{text}' is not a date: write it like {near}")


def read_date_and_time(text: str) -> datetime:
    """Read `2021-01-05T12:00`, without seconds and without a time zone.

    Raises ValueError, which says how to write them, for any other form.
    """
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        if moment.isoformat(timespec="minutes") == text and not moment.tzinfo:
            return moment
    near = _suggest_day(text) or (text[:10] if _DAY.fullmatch(text[:10]) else "2021-01-05")
    hour = re.search(r"\b(?:[01][0-9]|2[0-3]):[0-5][0-9]", text)
    near += f"T{hour[0] if hour else '12:00'}"
    raise ValueError(f"'{text}' is not a date and time: write it like {near}")


def read_time(text: str) -> time:
    """Read `19:15`, without seconds and without a time zone.

    Raises:
        ValueError: the text is not a time in this form; the message says how to write it.
    """
    with suppress(ValueError):
        moment = time.fromisoformat(text)
        if moment.isoformat(timespec="minutes") == text and not moment.tzinfo:
            return moment
    raise ValueError(f"'{text}' is not a time: write it in quotes, like {_suggest_time(text)}")


def _suggest_time(text: str) -> str:
    """The time, in quotes, that a text like `7.15 pm` means; both halves of the day for `3:00`."""
    found = _TIME.fullmatch(text.casefold().replace("noon", "12:00"))
    if not found:
        return '"19:15"'
    hour, half = int(found[1]), found[3]
    hours = [hour % 12 + 12 * (half == "p")] if half else [hour]
    if not half and hour and len(found[1]) == 1:
        hours.append(hour + 12)
    return " or ".join(f'"{each:02}:{found[2] or "00"}"' for each in hours)


def _suggest_day(text: str) -> str:
    """The day, as `2021-01-13`, that a text like 13/1/2021 means; empty where it means none."""
    found = _DAY_MONTH_YEAR.match(text)
    if not found:
        return ""
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
