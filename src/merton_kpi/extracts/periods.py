"""The cell that says which month, or which year, a row's figure is for."""

from __future__ import annotations

import re

from merton_kpi.core.issues import shorten
from merton_kpi.core.periods import FIRST_MONTH, FinancialYear, Month, month_of_year
from merton_kpi.core.vocabulary import Frequency
from merton_kpi.extracts.faults import Fault, Faults
from merton_kpi.extracts.formats.dates import SHORT_MONTHS, explain_date, read_month_of_date

# How people name periods that are longer than a month, by what the papers call them.
_NAMED_PERIODS = (
    (
        Frequency.QUARTERLY,
        "Q{}",
        re.compile(r"(?<![a-z])q(?:uarter|tr)?\.? ?([1-4])(?![0-9])", re.I),
    ),
    (Frequency.HALF_YEARLY, "H{}", re.compile(r"(?<![a-z])h(?:alf)?\.? ?([12])(?![0-9])", re.I)),
    (Frequency.TERMLY, "{} term", re.compile(r"(?<![a-z])(summer|autumn|spring)", re.I)),
)
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(/[0-9]{2})?(?![0-9])")
_YEARS_IN_A_ROW = re.compile(r"(?:fy |year )?(20[0-9]{2})[-/ ](?:20)?([0-9]{2})", re.IGNORECASE)
_FINANCIAL_YEAR = re.compile(r"[0-9]{4}/[0-9]{2}")
_MONTH_OF_EXCEL = re.compile(r"([A-Z][a-z]{2})-([0-9]{2})")
# A month's name without its year: `Oct`, `October`, `Sept`.
_MONTH_ALONE = re.compile(rf"(?:{'|'.join(SHORT_MONTHS)})[a-z]*\.?", re.IGNORECASE)


def read_period(text: str, known: Month) -> tuple[Month, FinancialYear | None, Faults]:
    """The month that a row's figure is for, and the year where it is the year's own figure."""
    if not _FINANCIAL_YEAR.fullmatch(text):
        month, faults = _read_month(text, known)
        return month, None, faults
    try:
        year = FinancialYear.read(text)
    except ValueError as error:
        own = FinancialYear.of(known)
        unquoted = f"this is not a financial year: write it like {own}"
        return known, None, (_compose_fault(str(error), unquoted),)
    end = year.months[-1]
    if end > known:
        message = f"{year} ends after the extract's own month, {known.name}"
        return end, year, (Fault("future_period", message),)
    return end, year, ()


def _read_month(text: str, known: Month) -> tuple[Month, Faults]:
    """The month that a row's figure is for: the extract's own where the cell is empty."""
    if not text:
        return known, ()
    try:
        month = read_month_of_date(text) or Month.read(_convert_excel_month(shorten(text)))
    except ValueError as error:
        return known, (_explain_period(text, known, str(error)),)
    if month > known:
        message = f"{month.name} is later than the extract's own month, {known.name}"
        return month, (Fault("future_period", message),)
    return month, ()


def _explain_period(text: str, known: Month, error: str) -> Fault:
    """What is wrong with a period that is no month; `error` says only that it is none."""
    if near := _suggest_year(text):
        explained = f"is a year: write it like {near}"
    elif named := _explain_named_period(text, known):
        explained = f"is {named}"
    else:  # a date's parts could be small counts, in a row whose cells have moved
        unquoted = f"this is not a month: write it as year and month, like {known}"
        explained = explain_date(text)
        message = f"'{shorten(text)}' {explained}" if explained else ""
        return _compose_fault(message or _explain_month_alone(text, known) or error, unquoted)
    return _compose_fault(f"'{shorten(text)}' {explained}", f"this {explained}")


def _compose_fault(message: str, unquoted: str) -> Fault:
    return Fault("period", f"period: {message}", unquoted=f"period: {unquoted}", column="period")


def _convert_excel_month(text: str) -> str:
    """`2020-10`, where Excel has taken it for a date and saved it as `Oct-20`."""
    match = _MONTH_OF_EXCEL.fullmatch(text)
    if not match or match[1] not in SHORT_MONTHS:
        return text
    return f"20{match[2]}-{SHORT_MONTHS.index(match[1]) + 1:02}"


def _explain_month_alone(text: str, known: Month) -> str:
    """What to write for a month's name without a year, which means the last month of that name.

    Empty where the text is something else.
    """
    if not _MONTH_ALONE.fullmatch(text):
        return ""
    month = _choose_last_month(SHORT_MONTHS.index(text[:3].title()) + 1, known)
    return f"'{shorten(text)}' has no year: write it as year and month, like {month}"


def _choose_last_month(number: int, known: Month) -> Month:
    """The last calendar month of this number that is not after the extract's own."""
    months = map(known.add_months, range(0, -12, -1))
    return next(month for month in months if month.number == number)


def _explain_named_period(text: str, known: Month) -> str:
    """Which kind of period a text names, and what to write; empty where it names none of these."""
    for frequency, name, pattern in _NAMED_PERIODS:
        if found := pattern.search(text):
            label = name.format(found[1].capitalize())
            (number,) = (each for each, period in frequency.periods.items() if period == label)
            last = _suggest_last_month(text, number, known)
            year = FinancialYear.of(last)
            advice = f"write its last month, {last} for {label} of {year}"
            return f"a {frequency.noun}: {advice}"
    return ""


def _suggest_last_month(text: str, number: int, known: Month) -> Month:
    """The calendar month in the financial year that a text names; without a year, the last one.

    A year alone beside a term is a calendar year, in which the spring term comes first.
    """
    year = _YEAR.search(text)
    if year is None:
        return _choose_last_month(number, known)
    if year[1] is None and re.search("spring", text, re.IGNORECASE):
        return Month(int(year[0][:4]), number)
    return Month(int(year[0][:4]), FIRST_MONTH).add_months(month_of_year(number, FIRST_MONTH) - 1)


def _suggest_year(text: str) -> str:
    """`2024/25` where a text names two years in a row in another way, like `2024-2025`."""
    found = _YEARS_IN_A_ROW.fullmatch(text)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        return ""
    return str(FinancialYear(int(found[1])))
