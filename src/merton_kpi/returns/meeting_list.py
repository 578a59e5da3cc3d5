"""The panel's calendar in words: each meeting, when its papers are due, and what they cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.catalogue.meetings import format_meeting
from merton_kpi.core.periods import format_count, format_date_and_time
from merton_kpi.returns.deadlines import work_out_deadline

if TYPE_CHECKING:
    from datetime import date

    from merton_kpi.catalogue.meetings import Meeting
    from merton_kpi.catalogue.models import Catalogue


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingRow:
    """One meeting in words; `remark` says how far off the next one is, and is else empty.

    `venue` and `agenda_item` are empty where the catalogue does not give them.
    """

    date: str
    venue: str
    agenda_item: str
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
    meetings = sorted(catalogue.meetings, key=lambda each: each.date)
    rows = (_compose_row(catalogue, each, today) for each in meetings)
    return Calendar(panel=catalogue.panel, meetings=tuple(rows))


def _compose_row(catalogue: Catalogue, meeting: Meeting, today: date) -> MeetingRow:
    due = work_out_deadline(catalogue, meeting)
    days = (meeting.date - today).days
    remark = f"next, in {format_count(days, 'day')}" if days else "today"
    return MeetingRow(
        date=format_meeting(meeting),
        venue=meeting.venue or "",
        agenda_item=meeting.agenda_item or "",
        papers_due=format_date_and_time(due) if due else "not given",
        data_to=meeting.data_to.name,
        remark=remark if meeting is catalogue.next_meeting(today) else "",
    )
