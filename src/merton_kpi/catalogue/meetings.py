"""The models of the panel's meetings, and of the rule for when their papers are due."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from merton_kpi.catalogue.fields import (
    BY_WORD,
    DayText,
    Entry,
    EntryError,
    MomentText,
    MonthText,
    Text,
    TimeText,
)
from merton_kpi.core.periods import Month, format_date, format_date_and_time
from merton_kpi.core.vocabulary import Nation


class Deadline(Entry):
    """When the papers of each meeting are due: so many working days before it.

    Saturdays, Sundays and the nation's bank holidays are no working days. The day of the meeting
    does not count.
    """

    working_days_before: Annotated[int, Field(ge=1, le=60)] = Field(
        description="How many working days before the meeting, like 6."
    )
    at: TimeText = Field(description='The time of that day, in quotes, like `"12:00"`.')
    nation: Annotated[Nation, BY_WORD] = Field(
        Nation.ENGLAND, description="The nation whose bank holidays count."
    )


class Meeting(Entry):
    """A meeting of the panel: the last month its papers cover, and when they are due."""

    date: DayText = Field(description="The day of the meeting, like `2021-01-13`.")
    data_to: MonthText = Field(description="The last month that its papers cover, like `2020-11`.")
    papers_due: MomentText | None = Field(
        None,
        description="When its papers are due, like `2021-01-05T12:00`, if not by the catalogue's "
        "`papers_due`.",
    )
    time: TimeText | None = Field(None, description='When it begins, in quotes, like `"19:15"`.')
    venue: Text | None = Field(None, description="Where it is held.")
    agenda_item: Text | None = Field(
        None, description='The number of the papers on its agenda, in quotes, like `"5"`.'
    )

    @model_validator(mode="after")
    def _check_dates(self) -> Self:
        if self.date <= self.data_to.last_day:
            latest = Month(self.date.year, self.date.month).add_months(-1)
            raise EntryError(
                f"the meeting on {self.date} is before the end of its 'data_to', "
                f"{self.data_to}; the last month that ends before it is {latest}",
                "data_to",
            )
        if self.papers_due and self.papers_due.date() > self.date:
            message = f"the papers of the meeting on {self.date} are due after the meeting"
            raise EntryError(message, "papers_due")
        return self


def format_meeting(meeting: Meeting) -> str:
    """The day of a meeting, with its time where it is known: `13 January 2021, 19:15`."""
    if meeting.time is None:
        return format_date(meeting.date)
    return format_date_and_time(datetime.combine(meeting.date, meeting.time))
