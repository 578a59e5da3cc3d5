"""The models of a catalogue's smaller entries: outturns, rates, breaks, removals."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from merton_kpi.catalogue.fields import BY_WORD, Entry, EntryError, Figure, MonthText, Text
from merton_kpi.catalogue.units import UnitField
from merton_kpi.core.periods import Month
from merton_kpi.core.ratings import Rating
from merton_kpi.core.statuses import Status
from merton_kpi.core.units import Unit

# The model and the schema both print it.
VALUE_OR_STATUS = (
    "give one of 'value', 'rating', and a 'status' that says why there is neither of them"
)

FROM = (
    "The first month that it is no longer reported for, like `2024-06`: the figures of the months "
    "before stay. Without it, the year has no figures."
)

# What an address looks like. The sentence does not repeat what was written: a check of a pull
# request prints it for all to read.
ADDRESS = r"""[^@\s,;:<>()"]+@[^@\s,;:<>()"]+"""
NO_ADDRESS = (
    "address: write one e-mail address, like waste@example.gov.uk, without spaces, commas, "
    "brackets or signs that cannot be seen"
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
    unit: UnitField | None = Field(
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


class Removal(Entry):
    """Why an indicator is no longer reported: a sentence, or with the month that it holds from."""

    start: MonthText | None = Field(None, alias="from", description=FROM)
    reason: Text = Field(description="A sentence that says why it is no longer reported.")

    @property
    def ending(self) -> str:
        """How it ended, in words that follow "it was ": `removed from June 2024`."""
        return f"removed{_format_start(self.start)}"

    @model_validator(mode="before")
    @classmethod
    def _read_bare_reason(cls, data: object) -> object:
        """A text alone is the reason; any other value is then refused as one."""
        return data if isinstance(data, (Mapping, cls)) else {"reason": data}


class Replacement(Entry):
    """Which indicator replaces another: its number, or with the month that it holds from."""

    start: MonthText | None = Field(None, alias="from", description=FROM)
    indicator: Text = Field(description='The number of the indicator that replaces it, like `"4"`.')

    @property
    def ending(self) -> str:
        """How the other ended: `replaced by indicator 40 from September 2020`."""
        return f"replaced by indicator {self.indicator}{_format_start(self.start)}"

    @model_validator(mode="before")
    @classmethod
    def _read_bare_number(cls, data: object) -> object:
        """A text alone is the number; any other value is then refused as one."""
        return data if isinstance(data, (Mapping, cls)) else {"indicator": data}


def _format_start(start: Month | None) -> str:
    return f" from {start.name}" if start else ""


class RateOf(Entry):
    """What a rate is worked out from: a count and a population.

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


class PercentageOf(Entry):
    """Which counts a percentage, or another count divided by a count, is worked out from."""

    count: Text = Field(
        description='The number of the indicator whose count is the numerator, like `"1"`.'
    )
    of: Text | None = Field(
        None,
        description='The number of the indicator whose count is the denominator, like `"3"`. If '
        "left out, no other indicator has it.",
    )

    @model_validator(mode="after")
    def _check_counts(self) -> Self:
        if self.of == self.count:
            message = "'count' and 'of' are the same indicator; give the one with the denominator"
            raise EntryError(message, "of")
        return self


class Suppression(Entry):
    """Which small counts are hidden, and what the others are rounded to."""

    below: Annotated[int, Field(ge=2, le=100)] = Field(
        description="Counts from 1 to one less than this are hidden: 1 to 5 for `6`. Zero is shown."
    )
    round_to: Annotated[int, Field(ge=2, le=100)] | None = Field(
        None,
        description="What the counts that are shown are rounded to, like `5`: a rounded count is "
        "printed and rated, and one less than half of it is printed as 0. A total is rounded from "
        "its true sum, so rounded parts need not add up to it.",
    )


# What `suppress_small_numbers: true` means.
SMALL_NUMBERS = Suppression(below=5)


class Break(Entry):
    """A break in a series: from a month on, figures are counted in another way.

    Figures before the month are not compared with those from it on.
    """

    start: MonthText = Field(
        alias="from", description="The first month counted in the new way, like `2020-09`."
    )
    reason: Text = Field(description="What changed, in a sentence for the panel.")


def _check_address(address: str) -> str:
    """Refuse a text that is not one address."""
    if not re.fullmatch(ADDRESS, address) or not address.isprintable():
        raise ValueError(NO_ADDRESS)
    return address


class Owner(Entry):
    """Who owes figures and commentary. The papers have no address."""

    name: Text = Field(
        description="The job title or team, as the indicators' `owner` has it, like `Head of "
        "Waste`."
    )
    address: Annotated[Text, AfterValidator(_check_address)] | None = Field(
        None,
        description="The e-mail address that messages go to. Nothing else has it: no paper, and no "
        "list that `kpi` prints.",
    )


def _compose_heading(column: str) -> Any:
    """The field for the heading that stands for one of an extract's columns."""
    return Field(None, description=f"The heading of what is the column `{column}` of an extract.")


class OwnHeadings(Entry):
    """The headings that a source's own extract has in place of an extract's columns."""

    indicator: Text | None = _compose_heading("indicator")
    title: Text | None = _compose_heading("title")
    period: Text | None = _compose_heading("period")
    value: Text | None = _compose_heading("value")
    numerator: Text | None = _compose_heading("numerator")
    denominator: Text | None = _compose_heading("denominator")
    status: Text | None = _compose_heading("status")
    note: Text | None = _compose_heading("note")
    commentary: Text | None = _compose_heading("commentary")
    caveat: Text | None = _compose_heading("caveat")
    of_note: Text | None = _compose_heading("of_note")
    confirmed: Text | None = _compose_heading("confirmed")
    judgement: Text | None = _compose_heading("judgement")
    judgement_reason: Text | None = _compose_heading("judgement_reason")
    judgement_by: Text | None = _compose_heading("judgement_by")
    forecast: Text | None = _compose_heading("forecast")
    forecast_by: Text | None = _compose_heading("forecast_by")


class SourceLayout(Entry):
    """How the extracts of a system, or of a service, are laid out where they are not kpi's own."""

    files: Text = Field(
        description="The names of its files, with `*` for any text, like `*-housing*.xlsx`. The "
        "first entry that fits a file is used."
    )
    sheet: Text | None = Field(
        None, description="The only sheet of a workbook to read. Without it, all are read."
    )
    columns: OwnHeadings = Field(
        default_factory=OwnHeadings,
        description="Its headings by an extract's columns, like `{indicator: KPI ref, value: "
        "Actual}`. `*` stands for any text, as in `Actual*` for `Actual, May 2025`. The other "
        "columns of an extract are read by their own names.",
    )
    pass_over: tuple[Text, ...] = Field(
        (),
        description="The headings of columns to pass over without a warning, with `*` for any "
        "text; `column D` for one without a heading.",
    )
    pass_over_rows: tuple[Text, ...] = Field(
        (),
        description="What the column `indicator` has in rows to pass over, such as `Total`; `*` "
        "stands for any text. Rows of the numbers under `indicators` are read all the same.",
    )
    indicators: Mapping[str, Text] = Field(
        {},
        description="The catalogue's numbers of indicators by the source's own, like "
        '`{HSG-01: "14"}`.',
    )

    @property
    def headings(self) -> Mapping[str, str]:
        """The headings that are given, by the names of an extract's columns."""
        given = self.columns.model_dump(exclude_none=True)
        return {name: str(heading) for name, heading in given.items()}
