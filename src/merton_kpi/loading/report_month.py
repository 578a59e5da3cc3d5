"""Which month's papers are made, and of which year they are."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from merton_kpi.core.issues import BuildStoppedError, Issue
from merton_kpi.core.periods import FinancialYear, format_date
from merton_kpi.loading.catalogue_file import read_catalogue_file

if TYPE_CHECKING:
    from pathlib import Path

    from merton_kpi.core.periods import Month
    from merton_kpi.loading.catalogue_file import CatalogueFile


def choose_month(
    file: CatalogueFile, report: Month | date
) -> tuple[Month | None, tuple[Issue, ...]]:
    """The month to report: the one given, or the last that the next meeting's papers cover.

    `report` is a month, or the first day on which the next meeting may be.
    None, with an issue, for a month outside the catalogue's year, where the catalogue lists no
    later meeting, and where it has an error.
    """
    catalogue = file.catalogue
    if catalogue is None:
        return None, file.issues
    if not isinstance(report, date):
        month = report
    elif meeting := catalogue.next_meeting(report):
        month = meeting.data_to
    else:
        message = f"no meeting on {format_date(report)} or later is listed under 'meetings'"
        months = [each.data_to for each in catalogue.meetings] or catalogue.months_reported[:1]
        message += f"; add it, or name a month, like --month {max(months)}"
        return None, (Issue.at(file.name, "no_meeting", message),)
    reported = catalogue.months_reported
    if month not in reported:
        year = f"the catalogue's year, {catalogue.financial_year}"
        if reported[-1] not in catalogue.financial_year.months:
            year += f", whose last figures are due in {reported[-1].name}"
        message = f"{month.name} is outside {year}; name another month or another --catalogue"
        return None, (Issue.at(file.name, "outside_year", message),)
    return month, ()


def choose_year(catalogue: Path, month: Month) -> FinancialYear:
    """The year whose papers are those of a month: the catalogue's, where it goes on so far.

    It is the year that the month is in where it does not, or where the catalogue cannot be read.
    """
    with suppress(BuildStoppedError):
        read = read_catalogue_file(catalogue).catalogue
        if read and month in read.months_reported:
            return read.financial_year
    return FinancialYear.of(month)
