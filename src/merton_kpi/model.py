"""What the files mean: frozen models of the catalogue, and the frozen observation.

The models refuse unknown keys and convert nothing by guessing. They check what can be seen within
one entry; what concerns several (a link to another indicator) is checked in `catalogue`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Strict,
    Tag,
    model_validator,
)

from merton_kpi.periods import FinancialYear, Month
from merton_kpi.vocab import Accumulation, Frequency, Polarity, Profile, Status, Unit

if TYPE_CHECKING:
    from merton_kpi.issues import Place


def _figure(value: object) -> object:
    return Decimal(value) if type(value) is int else value


def _financial_year(value: object) -> object:
    return FinancialYear.parse(value) if isinstance(value, str) else value


def _month(value: object) -> object:
    return Month.parse(value) if isinstance(value, str) else value


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"'{value}' is not a date: write it like 2021-01-13") from None


def _moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"'{value}' is not a time: write it like 2021-01-05T12:00") from None


def _at_least_one(entries: tuple[object, ...]) -> tuple[object, ...]:
    if not entries:
        raise ValueError("list at least one here")
    return entries


Figure = Annotated[Decimal, BeforeValidator(_figure)]
Text = Annotated[str, Field(min_length=1)]
YearKey = Annotated[FinancialYear, BeforeValidator(_financial_year)]
MonthText = Annotated[Month, BeforeValidator(_month)]
DayText = Annotated[date, BeforeValidator(_day)]
MomentText = Annotated[datetime, BeforeValidator(_moment)]


class Entry(BaseModel):
    """Common to all: frozen, strict, and no unknown keys."""

    # Built when first used: the Catalogue builds all of them at once, in half the time.
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)


class Outturn(Entry):
    """A past year's final figure, or a benchmark: a value, or the reason why there is none."""

    value: Figure | None = None
    status: Annotated[Status, Strict(False)] | None = None
    unit: Annotated[Unit, Strict(False)] | None = None
    source: Text | None = None
    period: Text | None = None
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _accept_bare_number(cls, data: object) -> object:
        return {"value": data} if isinstance(data, (int, Decimal)) else data

    @model_validator(mode="after")
    def _has_value_or_reason(self) -> Self:
        stands_alone = self.status is not None and not self.status.qualifies_a_figure
        if (self.value is None) != stands_alone:
            raise ValueError("give either a 'value' or the 'status' that says why there is none")
        return self


class Target(Entry):
    """The figure to meet; meeting it exactly counts as met, at both ends of a range."""

    at_least: Figure | None = None
    at_most: Figure | None = None
    between: tuple[Figure, Figure] | None = None
    profile: Annotated[Profile, Strict(False)] | None = None

    @model_validator(mode="after")
    def _has_one_form(self) -> Self:
        forms = [self.at_least, self.at_most, self.between]
        if sum(form is not None for form in forms) != 1:
            raise ValueError("a target is one of 'at_least', 'at_most' and 'between'")
        if self.between and self.between[0] >= self.between[1]:
            raise ValueError("'between' wants the lower end first: [12, 20]")
        if self.between and self.profile:
            raise ValueError("a range has no 'profile': say 'at_least' or 'at_most'")
        return self


class Tolerance(Entry):
    """How far a figure may miss its target, in one of three ways that cannot be confused."""

    percentage_points: Figure | None = None
    percent_of_target: Figure | None = None
    units: Figure | None = None

    @model_validator(mode="after")
    def _has_one_form(self) -> Self:
        given = [self.percentage_points, self.percent_of_target, self.units]
        amounts = [amount for amount in given if amount is not None]
        if len(amounts) != 1 or amounts[0] < 0:
            raise ValueError(
                "a tolerance is one of 'percentage_points', 'percent_of_target' and 'units', "
                "and not negative"
            )
        return self


class Bands(Entry):
    """Where each rating begins: amber reaches so far past the target, its end included."""

    amber: Tolerance


class BandsByUnit(Entry):
    """The catalogue's bands: for percentages, and for every other unit."""

    percent: Bands
    other: Bands

    def for_unit(self, unit: Unit) -> Bands:
        """The bands that an indicator in this unit is rated by."""
        return self.percent if unit is Unit.PERCENT else self.other


Benchmark = Literal["England", "London"]


def _target_kind(value: object) -> str:
    return "word" if isinstance(value, str) else "figures"


TargetOrWord = Annotated[
    Annotated[Target, Tag("figures")]
    | Annotated[Literal["not_a_target_measure", "new"], Tag("word")],
    Discriminator(_target_kind),
]


class Indicator(Entry):
    """One row of the index. Its number is a label: `23a` is one, and some numbers are missing."""

    number: Text
    title: Text
    unit: Annotated[Unit, Strict(False)]
    decimals: Annotated[int, Field(ge=0, le=6)] = 0
    frequency: Annotated[Frequency, Strict(False)] | None = None
    due_months: tuple[Annotated[int, Field(ge=1, le=12)], ...] | None = None
    arrears: Annotated[int, Field(ge=0, le=11)] = 0
    accumulates: Annotated[Accumulation, Strict(False)] | None = None
    polarity: Annotated[Polarity, Strict(False)] | None = None
    target: TargetOrWord
    rating_withheld: Text | None = None
    outturns: Mapping[YearKey, Outturn] = {}
    benchmarks: Mapping[Benchmark, Outturn] = {}
    rationale: Text | None = None
    linked: tuple[Text, ...] = ()
    owner: Text | None = None
    source: Text | None = None
    footnotes: tuple[Text, ...] = ()
    removed: Text | None = None
    replaced_by: Text | None = None

    @property
    def is_closed(self) -> bool:
        """Whether it was removed or replaced: its row stays for the year, without figures."""
        return self.removed is not None or self.replaced_by is not None

    @property
    def months_due(self) -> tuple[int, ...]:
        """The calendar months that a figure is due for; none for a closed indicator."""
        if self.is_closed or self.frequency is None:
            return ()
        return self.frequency.months if self.due_months is None else self.due_months

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.removed and self.replaced_by:
            raise ValueError("an indicator is 'removed' or 'replaced_by' another, not both")
        if self.is_closed:
            return self
        if self.frequency is None:
            raise ValueError("the key 'frequency' is missing")
        if not self.months_due:
            raise ValueError("an annual indicator wants 'due_months', like [3]")
        if isinstance(self.target, Target):
            self._check_target(self.target)
        return self

    def _check_target(self, target: Target) -> None:
        if self.polarity:
            raise ValueError("leave out 'polarity': the target says which way is better")
        if bool(self.accumulates) != bool(target.profile):
            raise ValueError(
                "a target has a 'profile' exactly where the indicator 'accumulates': "
                "give both or neither"
            )


class Section(Entry):
    """A titled group of indicators."""

    title: Text
    indicators: Annotated[tuple[Indicator, ...], AfterValidator(_at_least_one)]


class Meeting(Entry):
    """A meeting of the panel: the last month its papers cover, and when they are due."""

    date: DayText
    data_to: MonthText
    papers_due: MomentText | None = None


class Catalogue(Entry):
    """The whole of indicators.yaml."""

    authority: Text
    short_name: Text
    panel: Text
    financial_year: YearKey
    wards: Text = "All"
    lead_officer: Text
    lead_member: Text
    contact_officer: Text
    meetings: tuple[Meeting, ...] = ()
    data_statement: Text | None = None
    bands: BandsByUnit
    footnotes: Mapping[str, Text] = {}
    sections: Annotated[tuple[Section, ...], AfterValidator(_at_least_one)]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator, in the index's order."""
        return tuple(each for section in self.sections for each in section.indicators)

    def meeting_for(self, month: Month) -> Meeting | None:
        """The meeting whose papers cover the year up to this month, if one is set."""
        return next((each for each in self.meetings if each.data_to == month), None)


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One row of an extract: an indicator's figure for a month, or words about it, or both.

    `known` is the extract's month, `month` the one that the figure is for. `value` is in the
    indicator's unit: 96 for 96 per cent.
    """

    indicator: str
    month: Month
    known: Month
    place: Place
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    status: Status | None = None
    note: str = ""
    commentary: str = ""
    caveat: str = ""
    of_note: str = ""

    @property
    def tells_a_figure(self) -> bool:
        """Whether it gives a figure, or the reason why there is none; else it is words alone."""
        return self.value is not None or self.status is not None
