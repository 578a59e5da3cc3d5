"""When the papers of a meeting are due, by its own date or by the catalogue's rule."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from holidays import country_holidays

if TYPE_CHECKING:
    from datetime import date

    from merton_kpi.catalogue.meetings import Meeting
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.vocabulary import Nation

_WEEKEND = (5, 6)  # as date.weekday() counts: Saturday and Sunday


def work_out_deadline(catalogue: Catalogue, meeting: Meeting) -> datetime | None:
    """When the papers of a meeting are due; None where the catalogue does not say."""
    rule = catalogue.papers_due
    if meeting.papers_due or rule is None:
        return meeting.papers_due
    day = count_back_working_days(meeting.date, rule.working_days_before, rule.nation)
    return datetime.combine(day, rule.at)


def count_back_working_days(day: date, number: int, nation: Nation) -> date:
    """The working day that is so many working days before a day, which does not count itself.

    Six working days before Monday, 24 July 2017 is Friday, 14 July. Saturdays, Sundays and the
    bank holidays of the nation are no working days.
    """
    bank_holidays = country_holidays("GB", subdiv=nation.code)
    while number:
        day -= timedelta(days=1)
        if day.weekday() not in _WEEKEND and day not in bank_holidays:
            number -= 1
    return day
