"""Rows that may be another indicator's: by their title, or by a number that a program changed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.issues import shorten
from merton_kpi.core.text import strip_title
from merton_kpi.quality.findings import CONFIRM_FIGURE, CatalogueFinding, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.series.records import Series

_ENDS_IN_ZERO = re.compile(r"-?[0-9]+\.[0-9]*0")
_BEGINS_WITH_ZERO = re.compile(r"0+[0-9]+(\.[0-9]+)?")
_POWER = re.compile(r"[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]+")
_DATE = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})([-/][0-9]{2,4})?")


def check_names(
    catalogue: Catalogue, series: Mapping[str, Series]
) -> Mapping[str, tuple[Finding, ...]]:
    """Check rows with figures for the title and the number of another indicator.

    The findings are by the number that the rows have.
    """
    indicators = [each for each in catalogue.indicators if not each.is_closed]
    titled = {strip_title(each.title): each for each in reversed(indicators)}
    longer: dict[str, list[Indicator]] = {}
    for each in indicators:
        changed = read_as_spreadsheet(each.number)
        if changed and changed != each.number:
            longer.setdefault(changed, []).append(each)
    return {
        each.number: (
            *_check_titles(each, titled, series[each.number]),
            *_check_lost_digits(each, longer.get(each.number, ()), series),
        )
        for each in indicators
    }


def _check_titles(
    indicator: Indicator, titled: Mapping[str, Indicator], series: Series
) -> Iterator[Finding]:
    """Rows with the title of another indicator."""
    own = strip_title(indicator.title)
    for month, each in series.figures.items():
        title = strip_title(each.title)
        other = titled.get(title) if title and title != own else None
        if other:
            words = f"the row has the title of indicator {other.number}, '{shorten(other.title)}'"
            advice = f"correct the number, the title or the figure, or {CONFIRM_FIGURE}"
            yield Finding(month, FindingCode.TITLE, words, advice)


def _check_lost_digits(
    indicator: Indicator, longer: Iterable[Indicator], series: Mapping[str, Series]
) -> Iterator[Finding]:
    """Rows that may be those of an indicator whose number a program shortened: 1.1 for 1.10.

    The extracts of the month have no row with the longer number, and the row has no title.
    """
    for other in longer:
        months = {each.known for each in series[other.number].figures.values()}
        for month, each in series[indicator.number].figures.items():
            if each.known in months or each.title:
                continue
            words = f"the row may be that of indicator {other.number}, which has none in this"
            words += f" month: spreadsheet programs write {other.number} as {indicator.number}"
            advice = f"correct the number, or give the row its title, or {CONFIRM_FIGURE}"
            yield Finding(month, FindingCode.LOST_DIGIT, words, advice)


def check_number(indicator: Indicator) -> Iterator[CatalogueFinding]:
    """Check for a number that spreadsheet programs change when they open an extract."""
    number = indicator.number
    changed = read_as_spreadsheet(number)
    if changed == number:
        return
    becomes = f"'{changed}'" if changed else "a date"
    words = f"spreadsheet programs change '{shorten(number)}' to {becomes} in extracts"
    advice = "use a number like '1.1a' or 'A1', or say in 'confirmed' how extracts are saved"
    yield CatalogueFinding("number", FindingCode.REWRITTEN_NUMBER, words, advice=advice)


def read_as_spreadsheet(number: str) -> str:
    """What a spreadsheet program makes of an indicator's number; empty for a date."""
    if _is_date(number):
        return ""
    if _ENDS_IN_ZERO.fullmatch(number):
        number = number.rstrip("0").rstrip(".")
    if _BEGINS_WITH_ZERO.fullmatch(number):
        number = number.lstrip("0") or "0"
        return f"0{number}" if number.startswith(".") else number
    if _POWER.fullmatch(number):
        return f"{Decimal(number):.2E}"  # 3E5 is shown as 3.00E+05
    return number


def _is_date(number: str) -> bool:
    found = _DATE.fullmatch(number)
    if not found:
        return False
    one, other = int(found[1]), int(found[2])
    return 1 <= min(one, other) <= 12 and 1 <= max(one, other) <= 31
