"""The panel's calendar in words: each meeting, when its papers are due, and what they cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.periods import format_count, format_date, format_date_and_time

if TYPE_CHECKING:
    from datetime import date

    from merton_kpi.catalogue.entries import Meeting
    from merton_kpi.catalogue.models import Catalogue


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingRow:
    """One meeting in words; `remark` says how far off the next one is, and is else empty."""

    date: str
    papers_due: str
    data_to: str
    remark: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """A panel's meetings in the order of their dates."""

    panel: str
    meetings: tuple[MeetingRow, ...]


def compose_calendar(catalogue: Catalogue, today: date) -> Calendar:
    """List the meetings; the next one is the first on `today` or later."""
    upcoming = catalogue.next_meeting(today)
    meetings = sorted(catalogue.meetings, key=lambda each: each.date)
    rows = (_compose_row(each, today, is_next=each is upcoming) for each in meetings)
    return Calendar(panel=catalogue.panel, meetings=tuple(rows))


def _compose_row(meeting: Meeting, today: date, *, is_next: bool) -> MeetingRow:
    days = (meeting.date - today).days
    remark = f"next, in {format_count(days, 'day')}" if days else "today"
    return MeetingRow(
        date=format_date(meeting.date),
        papers_due=format_date_and_time(meeting.papers_due) if meeting.papers_due else "not given",
        data_to=meeting.data_to.name,
        remark=remark if is_next else "",
    )
