"""The models of a catalogue's smaller entries: outturns and benchmarks, rates, meetings."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from merton_kpi.catalogue.fields import (
    BY_WORD,
    DayText,
    Entry,
    EntryError,
    Figure,
    MomentText,
    MonthText,
    Text,
)
from merton_kpi.core.periods import Month
from merton_kpi.core.ratings import Rating
from merton_kpi.core.statuses import Status
from merton_kpi.core.units import Unit

# The model and the schema both print it.
VALUE_OR_STATUS = (
    "give one of 'value', 'rating', and a 'status' that says why there is neither of them"
)


class Outturn(Entry):
    """A past year's final figure, or a benchmark: a value, or the reason why there is none.

    Where an older paper has no figure, its rating in words can take the figure's place.
    """

    value: Figure | None = Field(None, description="The figure.")
    rating: Literal["blue", "green", "amber", "red"] | None = Field(
        None, description="The rating that an older paper printed in words, without a figure."
    )
    status: Annotated[Status, BY_WORD] | None = Field(
        None, description="Why there is no figure, or how reliable it is."
    )
    unit: Annotated[Unit, BY_WORD] | None = Field(
        None, description="Its unit, if it is not the indicator's. It is then not compared."
    )
    source: Text | None = Field(None, description="Who published it.")
    period: Text | None = Field(
        None,
        description="The period it covers, in its source's words, like `2018/19` or `calendar year "
        "2018`.",
    )
    note: Text | None = Field(None, description="A note to print with it.")
    comparable: bool | None = Field(
        None,
        description="`true` for a number that can be compared, such as an average; `false` if it "
        "measures something else.",
    )
    confirmed: Text | None = Field(None, description="Why it is right, if a warning questions it.")

    @property
    def printed_rating(self) -> Rating | None:
        """The rating in place of a figure, if it is one."""
        return Rating.read(self.rating) if self.rating else None

    def is_alike(self, unit: Unit) -> bool:
        """Whether the catalogue lets it be compared with figures in this unit."""
        return self.unit in (None, unit) and self.comparable is not False

    @model_validator(mode="before")
    @classmethod
    def _read_bare_number(cls, data: object) -> object:
        """A number alone is its value: `2019/20: 53`."""
        return {"value": data} if isinstance(data, (int, Decimal)) else data

    @model_validator(mode="after")
    def _check_value_or_status(self) -> Self:
        is_no_figure = self.status is not None and not self.status.qualifies_a_figure
        given = (self.value is not None, self.rating is not None, is_no_figure)
        if sum(given) != 1:
            raise ValueError(VALUE_OR_STATUS)
        return self


class RateOf(Entry):
    """What a rate per 10,000 is worked out from: a count and a population.

    Without a `population`, it is worked out from the year's own rates and counts.
    """

    count: Text = Field(
        description='The number of the indicator with the count behind the rate, like `"5"`.'
    )
    population: Annotated[int, Field(gt=0)] | None = Field(
        None,
        description="How many people there are. If left out, it is worked out from this year's "
        "rates and counts.",
    )


class Meeting(Entry):
    """A meeting of the panel: the last month its papers cover, and when they are due."""

    date: DayText = Field(description="The day of the meeting, like `2021-01-13`.")
    data_to: MonthText = Field(description="The last month that its papers cover, like `2020-11`.")
    papers_due: MomentText | None = Field(
        None, description="When its papers are due, like `2021-01-05T12:00`."
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
