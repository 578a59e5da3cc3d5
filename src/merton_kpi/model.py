"""What the files mean: frozen models of the catalogue, and the frozen observation.

The models refuse unknown keys and convert nothing by guessing. They check what can be seen within
one entry; what concerns several (a link to another indicator) is checked in `catalogue`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import AfterValidator, Field, PrivateAttr, Strict, model_validator

from merton_kpi.fields import (
    DayText,
    Entry,
    Figure,
    MomentText,
    MonthText,
    Text,
    YearKey,
    at_least_one,
)
from merton_kpi.targets import Bands, BandsByUnit, Target, TargetOrWord
from merton_kpi.vocab import Accumulation, Frequency, Polarity, Status, Unit

if TYPE_CHECKING:
    from datetime import date

    from merton_kpi.issues import Place
    from merton_kpi.periods import Month
    from merton_kpi.vocab import Rating


class Outturn(Entry):
    """A past year's final figure, or a benchmark: a value, or the reason why there is none.

    `confirmed` says why a figure is right that a check has called suspicious.
    """

    value: Figure | None = None
    status: Annotated[Status, Strict(False)] | None = None
    unit: Annotated[Unit, Strict(False)] | None = None
    source: Text | None = None
    period: Text | None = None
    note: Text | None = None
    comparable: bool | None = None
    confirmed: Text | None = None

    def is_alike(self, unit: Unit) -> bool:
        """Whether it is in this unit and measures the same, as far as the catalogue says."""
        return self.unit in (None, unit) and self.comparable is not False

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


class RateOf(Entry):
    """What a rate per 10,000 is the rate of: the number of the indicator that counts them.

    Without a `population`, the year's own rates and counts say how many people there are.
    """

    count: Text
    population: Annotated[int, Field(gt=0)] | None = None


class Indicator(Entry):
    """One row of the index. Its number is a label: `23a` is one, and some numbers are missing.

    Where `suppress_small_numbers`, no paper shows a count from 1 to 4 or what gives one away.
    `confirmed` answers a doubt about the entry itself, such as a target that is not rated.
    """

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
    bands: Bands = Bands()
    carry_forward: Annotated[int, Field(ge=0, le=11)] = 1
    rating_withheld: Text | None = None
    outturns: Mapping[YearKey, Outturn] = {}
    earlier_months: Mapping[MonthText, Figure] = {}
    benchmarks: Mapping[Text, Outturn] = {}
    rationale: Text | None = None
    linked: tuple[Text, ...] = ()
    rate_of: RateOf | None = None
    suppress_small_numbers: bool = False
    confirmed: Text | None = None
    owner: Text | None = None
    source: Text | None = None
    footnotes: tuple[Text, ...] = ()
    removed: Text | None = None
    replaced_by: Text | None = None
    _line: int | None = PrivateAttr(None)

    @property
    def line(self) -> int | None:
        """The line of the catalogue that its entry begins on, where it was read from a file."""
        return self._line

    @property
    def targets(self) -> tuple[Target, ...]:
        """The year's targets in order; none where the target is a word."""
        if isinstance(self.target, Target):
            return (self.target,)
        return () if isinstance(self.target, str) else self.target

    def target_for(self, month: Month) -> Target | None:
        """The target in force for a month, if there is any."""
        begun = [each for each in self.targets if each.start is None or each.start <= month]
        return begun[-1] if begun else None

    @property
    def better(self) -> Polarity | None:
        """Which way is better: the target's word, else the catalogue's; None for neither."""
        return (self.targets[0].polarity if self.targets else None) or self.polarity

    @property
    def noun(self) -> str:
        """What its periods are called: `month`, `quarter`, `year`."""
        return self.frequency.noun if self.frequency else "period"

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
        for target in self.targets:
            self._check_target(target)
        if self.rate_of and self.unit is not Unit.RATE_PER_10000:
            raise ValueError("'rate_of' is for a 'rate_per_10000'")
        return self

    def _check_target(self, target: Target) -> None:
        if target.no_worse_than:
            if not self.polarity:
                raise ValueError("'no_worse_than' wants the indicator's 'polarity'")
        elif self.polarity:
            raise ValueError("leave out 'polarity': the target says which way is better")
        if target.figure is not None and bool(self.accumulates) != bool(target.profile):
            raise ValueError(
                "a target has a 'profile' exactly where the indicator 'accumulates': "
                "give both or neither"
            )
        if self.accumulates and target.between:
            raise ValueError("an indicator that accumulates cannot have a range as its target")


class Section(Entry):
    """A titled group of indicators."""

    title: Text
    bands: BandsByUnit = BandsByUnit()
    indicators: Annotated[tuple[Indicator, ...], AfterValidator(at_least_one)]


class Meeting(Entry):
    """A meeting of the panel: the last month its papers cover, and when they are due."""

    date: DayText
    data_to: MonthText
    papers_due: MomentText | None = None


class Catalogue(Entry):
    """The whole of indicators.yaml.

    `benchmark_areas` are whom the council is compared with, in the index's order.
    """

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
    benchmark_areas: Annotated[tuple[Text, ...], Field(max_length=3)] = ("England",)
    bands: BandsByUnit
    footnotes: Mapping[str, Text] = {}
    sections: Annotated[tuple[Section, ...], AfterValidator(at_least_one)]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator, in the index's order."""
        return tuple(each for section in self.sections for each in section.indicators)

    def bands_for(self, section: Section, indicator: Indicator) -> Bands:
        """The bands that an indicator is rated by: its own, its section's, the catalogue's."""
        unit = indicator.unit
        return indicator.bands.within(section.bands.for_unit(unit)).within(
            self.bands.for_unit(unit)
        )

    def meeting_for(self, month: Month) -> Meeting | None:
        """The meeting whose papers cover the year up to this month, if one is set."""
        return next((each for each in self.meetings if each.data_to == month), None)

    def next_meeting(self, today: date) -> Meeting | None:
        """The first meeting on this day or later, if one is listed."""
        ahead = [each for each in self.meetings if each.date >= today]
        return min(ahead, key=lambda each: each.date, default=None)

    def meeting_before(self, month: Month) -> Meeting | None:
        """The last meeting whose papers cover less of the year than this month's, if any."""
        year = self.financial_year.months
        earlier = [m for m in self.meetings if m.data_to in year and m.data_to < month]
        return max(earlier, key=lambda each: each.data_to, default=None)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """A rating that an officer sets aside the figures for: the reason, and the job title."""

    rating: Rating
    reason: str
    by: str


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
    judgement: Judgement | None = None
    confirmed: str = ""

    @property
    def tells_a_figure(self) -> bool:
        """Whether it gives a figure, or the reason why there is none; else it is words alone."""
        return self.value is not None or self.status is not None

    @property
    def words(self) -> str:
        """All its words in one, the figure's note and a judgement's reason too."""
        reason = self.judgement.reason if self.judgement else ""
        said = (self.note, self.commentary, self.caveat, self.of_note, self.confirmed, reason)
        return " ".join(filter(None, said))

    @property
    def says_words(self) -> bool:
        """Whether it has words for the report, beside any figure and its note."""
        words = self.commentary or self.of_note or self.caveat or self.confirmed
        return bool(words or self.judgement)
