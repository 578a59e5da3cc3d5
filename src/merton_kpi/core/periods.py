"""Months and years as the papers count them: parse, order, name, and what is due when."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from merton_kpi.core.vocabulary import Accumulation, Frequency

if TYPE_CHECKING:
    from collections.abc import Iterable

# Written out, since strftime follows the machine's locale.
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


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month, like `2020-11`.

    Months order as time does.
    """

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> Month:
        """Read `2020-11`; a ValueError says what is wrong with anything else."""
        found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text)
        if not found:
            near = _guess_month(text)
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
    def last_day(self) -> date:
        """30 November 2020 for 2020-11."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def plus(self, months: int) -> Month:
        """The month so many months later (earlier, where negative)."""
        years, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(years, index + 1)

    def year_start(self, first_month: int) -> Month:
        """The first month of the year, beginning with this calendar month, that it lies in."""
        return self.plus(1 - month_of_year(self.number, first_month))

    def months_since(self, first_month: int) -> int:
        """Months of the year begun by then, this one included: 8 in November since April."""
        return month_of_year(self.number, first_month)


def _guess_month(text: str) -> Month:
    """The month that a text which is not one may mean: 2020-6, 06/2020, 30/06/2020, June 2020."""
    found = re.match(r"(?P<year>[0-9]{4})[-/. ](?P<month>[0-9]{1,2})\b", text) or re.search(
        r"(^|[-/. ])(?P<month>[0-9]{1,2}|[A-Z][a-z]{2})[a-z]*[-/. ](?P<year>[0-9]{4})$", text
    )
    if found:
        names = {name[:3]: number for number, name in enumerate(MONTH_NAMES, 1)}
        number = names.get(found["month"]) or int(re.sub(r"\D", "", found["month"]) or 0)
        if 1 <= number <= 12:
            return Month(int(found["year"]), number)
    return Month(2020, 11)


@dataclass(frozen=True, order=True)
class FinancialYear:
    """A council's financial year, April to March, like `2020/21`.

    It goes by the year that it starts in.
    """

    start: int

    @classmethod
    def read(cls, text: str) -> FinancialYear:
        """Read `2020/21`; a ValueError says what is wrong with anything else."""
        found = re.fullmatch(r"([0-9]{4})/([0-9]{2})", text)
        if not found or (int(found[1]) + 1) % 100 != int(found[2]):
            begun = re.match(r"[0-9]{4}\b", text)
            near = cls(int(begun[0]) if begun else 2020)
            raise ValueError(f"'{text}' is not a financial year: write it like {near}")
        return cls(int(found[1]))

    def __str__(self) -> str:
        return f"{self.start:04}/{(self.start + 1) % 100:02}"

    @property
    def months(self) -> tuple[Month, ...]:
        """The twelve months, April first."""
        return _list_months(self.start)

    def minus(self, years: int) -> FinancialYear:
        """The financial year so many years before."""
        return FinancialYear(self.start - years)


@cache
def _list_months(start: int) -> tuple[Month, ...]:
    return tuple(Month(start, FIRST_MONTH).plus(index) for index in range(12))


def month_of_year(number: int, first_month: int) -> int:
    """A calendar month's place, from 1 to 12, in a year that begins with `first_month`."""
    return (number - first_month) % 12 + 1


def format_count(number: int, noun: str) -> str:
    """`1 quarter`, `2 quarters`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def format_date(day: date) -> str:
    """`13 January 2021`, whatever the locale."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def format_date_and_time(moment: datetime) -> str:
    """`5 January 2021, 12:00`, whatever the locale."""
    return f"{format_date(moment)}, {moment.hour:02}:{moment.minute:02}"


def format_period(month: Month, frequency: Frequency | None) -> str:
    """Name the period that a month's figure closes: `Nov 2020`, or `Q1` for a quarterly one.

    A quarterly figure that stands in another month than a quarter's last keeps the month's label.
    """
    if frequency is Frequency.QUARTERLY and month.number in Frequency.QUARTERLY.months:
        return f"Q{month.months_since(FIRST_MONTH) // 3}"
    return month.label


def join_labels(labels: Iterable[str]) -> str:
    """`Oct 2020`, `Oct 2020 and Nov 2020`, `Apr 2020, May 2020 and Jun 2020`; nothing for none."""
    *most, last = list(labels) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def join_months(months: Iterable[Month]) -> str:
    """The months' labels as one phrase."""
    return join_labels(month.label for month in months)


@cache  # many indicators' benchmarks are from one source
def read_last_month(words: str) -> Month | None:
    """The last month of the period that a source's words name, where they name one.

    `2018/19` ends in March, an academic year in August, a calendar year in December; a day or
    month that is named is meant itself.
    """
    named = re.findall(rf"({'|'.join(MONTH_NAMES)}) ([0-9]{{4}})\b", words)
    if named:
        name, year = named[-1]
        return Month(int(year), MONTH_NAMES.index(name) + 1)
    years = re.findall(r"\b([0-9]{4})(/[0-9]{2})?\b", words)
    if not years:
        return None
    year, second = years[-1]
    if not second:
        return Month(int(year), 12)
    return Month(int(year) + 1, 8 if "academic" in words.casefold() else 3)


# Compiled when a day is wrong, as most never are.
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_BRITISH_DAY = r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})\b"


def read_date(text: str) -> date:
    """Read `2021-01-13`; a ValueError says how to write anything else, 20210113 too."""
    with suppress(ValueError):
        day = date.fromisoformat(text)
        if day.isoformat() == text:
            return day
    near = _guess_day(text) or "2021-01-13"
    raise ValueError(f"'{text}' is not a date: write it like {near}")


def read_date_and_time(text: str) -> datetime:
    """Read `2021-01-05T12:00`, without a time zone; a ValueError as for a day."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        if moment.isoformat(timespec="minutes") == text and not moment.tzinfo:
            return moment
    near = _guess_day(text) or (text[:10] if re.fullmatch(_DAY, text[:10]) else "2021-01-05")
    raise ValueError(f"'{text}' is not a date and time: write it like {near}T12:00")


def _guess_day(text: str) -> str:
    """The date that a text which begins with one as people write it, 13/1/2021, may mean."""
    found = re.match(_BRITISH_DAY, text)
    with suppress(ValueError):
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat() if found else ""
    return ""
