"""The panel's calendar in words: each meeting, when its papers are due, and what they cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.periods import format_count, format_date, format_date_and_time
from merton_kpi.core.text import format_columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from merton_kpi.catalogue.entries import Meeting
    from merton_kpi.catalogue.models import Catalogue

_HEADS = ("Meeting", "Papers due", "Data to", "")


def format_meetings(catalogue: Catalogue, today: date) -> Iterator[str]:
    """Yield the lines of a table of the meetings in order, with how far off the next one is."""
    upcoming = catalogue.next_meeting(today)
    meetings = sorted(catalogue.meetings, key=lambda each: each.date)
    yield from (catalogue.panel, "")
    yield from format_columns(
        [_HEADS, *(_tell_meeting(each, upcoming, today) for each in meetings)]
    )


def _tell_meeting(meeting: Meeting, upcoming: Meeting | None, today: date) -> tuple[str, ...]:
    due = format_date_and_time(meeting.papers_due) if meeting.papers_due else "not given"
    far = ""
    if meeting is upcoming:
        days = (meeting.date - today).days
        far = f"next, in {format_count(days, 'day')}" if days else "today"
    return format_date(meeting.date), due, meeting.data_to.name, far
