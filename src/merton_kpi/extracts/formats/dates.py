"""A date, or a month in words, to its month. Dates are read day first, as in Britain."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from merton_kpi.core.periods import MONTH_NAMES, Month

SHORT_MONTHS = [name[:3] for name in MONTH_NAMES]
_TWO = 2
_LAST_DAY = 31
_CENTURY = 2000  # of a year with two digits
_NAMES = {
    **{name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)},
    **{name.lower(): number for number, name in enumerate(SHORT_MONTHS, 1)},
    "sept": 9,
}
_NAME = rf"(?P<name>{'|'.join(sorted(_NAMES, key=len, reverse=True))})\.?"
_TIME = r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.0+)?)?)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 2025-10-01, 2025/10/01, with the time that other programs add
        rf"(?P<year>20[0-9]{{2}})([-/])(?P<month>[0-9]{{2}})\2(?P<day>[0-9]{{2}}){_TIME}",
        # 31/07/2025, 31.7.25
        rf"(?P<day>[0-9]{{1,2}})([-/.])(?P<month>[0-9]{{1,2}})\2(?P<year>(?:20)?[0-9]{{2}}){_TIME}",
        # 31 July 2025, 31-Jul-25, 1st October 2025
        rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[- ]{_NAME},?[- ](?P<year>(?:20)?[0-9]{{2}})",
        # October 2025, Oct-2025; 2025 Oct
        rf"{_NAME},?[- /]?(?P<year>20[0-9]{{2}})",
        rf"(?P<year>20[0-9]{{2}})[- /]{_NAME}",
        # 10/2025
        r"(?P<month>[0-9]{1,2})[-/.](?P<year>20[0-9]{2})",
    )
)
_US_DATE = re.compile(r"(0?[1-9]|1[0-2])([-/.])(1[3-9]|2[0-9]|3[01])\2((?:20)?[0-9]{2})")
_PAIR = re.compile(r"([0-9]{1,2})[/.-]([0-9]{2})")
_DAY_OR_YEAR = re.compile(rf"{_NAME} (?P<digits>[0-9]{{2}})", re.IGNORECASE)
_YEAR_OR_DAY = re.compile(rf"(?P<digits>[0-9]{{1,2}})[- ]{_NAME}", re.IGNORECASE)


def read_month_of_date(text: str) -> Month | None:
    """The month of a date, or of a month in words; None for any other text, and for no date."""
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _convert_parts(found.groupdict())
    return None


def _convert_parts(parts: dict[str, str]) -> Month | None:
    year = int(parts["year"])
    year += _CENTURY if year < _CENTURY else 0
    number = _NAMES[parts["name"].lower()] if "name" in parts else int(parts["month"])
    with suppress(ValueError):
        day = date(year, number, int(parts.get("day", 1)))
        return Month(day.year, day.month)
    return None


def explain_date(text: str) -> str:
    """What is wrong with a date that has two meanings, or that is not day first; else empty.

    It follows the text.
    """
    if found := _US_DATE.fullmatch(text):
        month = Month(_CENTURY + int(found[4][-2:]), int(found[1]))
        message = f"has no month {found[3]}, since dates are read day first"
        return f"{message}; if {month.name} is meant, write {month}"
    months, others = _list_months(text), _list_others(text)
    if months and not others:
        return f"has no year of four digits; if {months[0].name} is meant, write {months[0]}"
    meanings = [*(f"{month.name} ({month})" for month in months), *others]
    if len(meanings) < _TWO:
        return ""
    last = meanings.pop()
    return f"can mean {', '.join(meanings)} or {last}; write the one that is meant"


def _list_months(text: str) -> list[Month]:
    """The month that a date without a day can mean, its year having two digits."""
    if found := _PAIR.fullmatch(text):
        first = int(found[1])
        is_month = 1 <= first <= len(MONTH_NAMES)
        return [Month(_CENTURY + int(found[2]), first)] if is_month else []
    if found := _match_name(text):
        return [Month(_CENTURY + int(found["digits"]), _NAMES[found["name"].lower()])]
    return []


def _list_others(text: str) -> list[str]:
    """What else it can mean: a day, or two years in a row."""
    if found := _PAIR.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        years = [f"the year 20{first:02}/{second:02}"] if second == first + 1 else []
        is_day = 1 <= second <= len(MONTH_NAMES) and 1 <= first <= _LAST_DAY
        return years + ([f"{first} {MONTH_NAMES[second - 1]} without a year"] if is_day else [])
    found = _match_name(text)
    if found and 1 <= int(found["digits"]) <= _LAST_DAY:
        number = _NAMES[found["name"].lower()]
        return [f"{int(found['digits'])} {MONTH_NAMES[number - 1]} without a year"]
    return []


def _match_name(text: str) -> re.Match[str] | None:
    return _DAY_OR_YEAR.fullmatch(text) or _YEAR_OR_DAY.fullmatch(text)
