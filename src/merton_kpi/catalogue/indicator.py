"""The model of one indicator's entry in indicators.yaml.

It checks what can be seen within the entry. `reading.checks` checks what concerns several entries,
such as a link to another indicator.
"""

import re
from collections.abc import Mapping
from typing import Self

from pydantic import model_validator

from merton_kpi.catalogue.entries import (
    SMALL_NUMBERS,
    Break,
    Outturn,
    Removal,
    Replacement,
    Suppression,
)
from merton_kpi.catalogue.fields import EntryError
from merton_kpi.catalogue.indicator_keys import IndicatorKeys
from merton_kpi.catalogue.relations.own_keys import check_own_relations
from merton_kpi.catalogue.targets import FIRST_WITHDRAWN, Target
from merton_kpi.core.findings import FindingCode
from merton_kpi.core.periods import FinancialYear, Month, is_of_other_year, read_academic_year
from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import Accumulation, FigureKind, Frequency, Polarity

# The models and the schema both print them.
NOT_BOTH = "an indicator can have 'removed' or 'replaced_by', not both"
SUPPRESSED_TWICE = "leave out 'suppress_small_numbers': 'suppress' already says what is hidden"
FREQUENCY_MISSING = "the key 'frequency' is missing"
UNIT_MISSING = "the key 'unit' is missing"
JUDGED = "an officer judges this indicator, so no figure is rated"
KEYS_OF_FIGURES = (
    *("accumulates", "figures", "polarity", "bands"),
    *("rate_of", "running_total_of", "rating_withheld"),
)
MONTHS_MISSING = "an annual indicator needs 'due_months', like [3]"
FIRST_MONTH_MISSING = (
    "an indicator of every second year needs 'first_due', like 2024-10: a figure is due for that "
    "month and every 24 months from it"
)
MONTHS_UNUSED = "leave out 'due_months': 'first_due' says when figures of every second year are due"
POLARITY_MISSING = "'no_worse_than' needs the indicator's 'polarity'"
POLARITY_GIVEN_TWICE = "leave out 'polarity': the target already says which way is better"
PROFILE_UNPAIRED = (
    "the target's 'profile' and the indicator's 'accumulates' need each other: give both or neither"
)
TOTAL_UNPAIRED = (
    "'figures: running_total' needs 'accumulates', which says over which year the figures add up"
)
TO_DATE_ADDS_UP = (
    "'figures: to_date' is for a percentage or an average of the year so far, which does not add "
    "up; leave out 'accumulates' and the target's 'profile'"
)
NO_STEPS = (
    "an indicator that accumulates cannot have figures by month; give the year's figure and its "
    "'milestones'"
)
NO_RANGE = "an indicator that accumulates cannot have a range as its target; give one figure"
LONGEST_PERIOD = max(12, *(each.interval for each in Frequency))  # months


class Indicator(IndicatorKeys):
    """One row of the index. Its number is a label: `23a` is one, and some numbers are missing."""

    @property
    def needs_judgement(self) -> bool:
        """Whether an officer rates it each period: it has no target, and needs no figure."""
        return self.target == "judged"

    @property
    def suppression(self) -> Suppression | None:
        """Which small counts are hidden, by either key; None where all are shown."""
        return self.suppress or (SMALL_NUMBERS if self.suppress_small_numbers else None)

    def answer_for(self, code: FindingCode) -> str:
        """The reason given for all warnings of a kind; empty where there is none."""
        if isinstance(self.confirmed, Mapping):
            return self.confirmed.get(code.value, "")
        return self.confirmed if self.confirmed and code.is_by_nature else ""

    @property
    def due_noun(self) -> str:
        """What is due for each of its periods: a figure, or an officer's judgement."""
        return "judgement" if self.needs_judgement else "figure"

    @property
    def targets(self) -> tuple[Target, ...]:
        """The year's targets in the order of their months; none where the target is a word."""
        if isinstance(self.target, Target):
            return self.target.steps
        return () if isinstance(self.target, str) else self.target

    def target_for(self, month: Month) -> Target | None:
        """The target that applies in a month, which can be withdrawn; None before the first."""
        begun = [each for each in self.targets if each.start is None or each.start <= month]
        return begun[-1] if begun else None

    def list_breaks(self, month: Month) -> tuple[Break, ...]:
        """The breaks in the series that have begun by a month."""
        return tuple(each for each in self.breaks if each.start <= month)

    def are_comparable(self, one: Month, other: Month) -> bool:
        """Whether no break in the series lies between two months' figures."""
        return self.list_breaks(one) == self.list_breaks(other)

    def first_due_in(self, year: FinancialYear) -> Month:
        """The first month that a figure is due for in a year, or in the one it adds up over.

        An outturn may cover the whole year, so this month decides on which side of a break it is.
        """
        begins = Month(year.start, (self.accumulates or Accumulation.FINANCIAL_YEAR).first_month)
        return next(iter(self.list_period_ends(begins)), begins)

    @property
    def better(self) -> Polarity | None:
        """Which way is better, by a target or else by `polarity`; None where neither says so."""
        return self._polarity_of_targets or self.polarity

    @property
    def _polarity_of_targets(self) -> Polarity | None:
        """Which way is better by the first target that says so; the others agree with it."""
        if isinstance(self.target, Target):
            return self.target.polarity  # whether or not its figure changes by month
        return next((each.polarity for each in self.targets if each.polarity), None)

    def better_in(self, month: Month) -> Polarity | None:
        """Which way is better in a month; None where its target is a range."""
        target = self.target_for(month)
        return None if target and target.between else self.better

    @property
    def outturns_by_year(self) -> Mapping[FinancialYear, Outturn]:
        """The outturns by the year that each covers.

        It is the year of its heading. An outturn of a total since September can be printed under
        another one: the academic year that its `period` names decides. Where two cover the same
        year, it is the one with a figure.
        """
        found: dict[FinancialYear, Outturn] = {}
        for heading, outturn in self.outturns.items():
            year = self.choose_outturn_year(heading)
            if year not in found or outturn.value is not None:
                found[year] = outturn
        return found

    def choose_outturn_year(self, heading: FinancialYear) -> FinancialYear:
        """The year that the outturn under a heading covers."""
        period = self.outturns[heading].period
        if self.accumulates is not Accumulation.ACADEMIC_YEAR or not period:
            return heading
        return read_academic_year(period) or heading

    @property
    def noun(self) -> str:
        """What its periods are called: `month`, `quarter`, `year`."""
        return self.frequency.noun if self.frequency else "period"

    @property
    def closing(self) -> Removal | Replacement | None:
        """How it ended, or will end; None where it goes on."""
        return self.removed or self.replaced_by

    @property
    def is_closed(self) -> bool:
        """Whether it was removed or replaced for all of the year, so that it has no figures."""
        return self.closing is not None and self.closing.start is None

    @property
    def is_added_up(self) -> bool:
        """Whether the extracts give each period's own figure, and the sum of them is rated."""
        return self.accumulates is not None and self.figures is FigureKind.OF_PERIOD

    @property
    def is_to_date(self) -> bool:
        """Whether each figure is a percentage or an average of the year since April."""
        return self.figures is FigureKind.TO_DATE

    @property
    def year_covered(self) -> Accumulation | None:
        """The year that each figure covers from its beginning; None for a period's own figures."""
        if self.is_to_date:
            return Accumulation.FINANCIAL_YEAR
        return None if self.is_added_up else self.accumulates

    @property
    def is_rated(self) -> bool:
        """Whether it is rated this year, by its figures or by an officer."""
        is_rated = bool(self.targets) or self.needs_judgement
        return is_rated and not self.rating_withheld and not self.is_closed

    def is_closed_in(self, month: Month) -> bool:
        """Whether it is no longer reported in a month."""
        closing = self.closing
        return closing is not None and (closing.start is None or closing.start <= month)

    def is_ended_by(self, as_at: Month) -> bool:
        """Whether the papers of a month no longer report it; figures in arrears come first."""
        return self.is_closed_in(as_at.add_months(-self.arrears))

    def is_due(self, month: Month) -> bool:
        """Whether a figure is due for this month."""
        return self.is_period_end(month) and not self.is_closed_in(month)

    def is_period_end(self, month: Month) -> bool:
        """Whether one of its periods ends with this month, whether or not it is still reported."""
        if self.frequency is None or (self.first_due and month < self.first_due):
            return False
        if self.first_due and self.frequency.interval:
            return month.months_since(self.first_due) % self.frequency.interval == 0
        return month.number in (self.due_months or self.frequency.periods)

    def list_period_ends(self, begins: Month) -> list[Month]:
        """The months that its periods end with, in the twelve months from one on, in order."""
        return [*filter(self.is_period_end, map(begins.add_months, range(12)))]

    def list_periods_to(self, month: Month) -> list[Month]:
        """The periods up to a month of the year that its figures add up over, in order."""
        assert self.accumulates is not None
        first = month.year_start(self.accumulates.first_month)
        return [each for each in self.list_period_ends(first) if each <= month]

    def next_due_after(self, month: Month) -> Month | None:
        """The first later month that a figure is due for; None where it ends before that."""
        start = max(month.add_months(1), self.first_due or month)
        later = map(start.add_months, range(LONGEST_PERIOD))
        return next(filter(self.is_due, later), None)

    def period_before(self, month: Month) -> Month | None:
        """The last month of the period before; None where its figures begin later."""
        earlier = (month.add_months(-back) for back in range(1, LONGEST_PERIOD + 1))
        return next((each for each in earlier if self.is_period_end(each)), None)

    def is_comparable(self, benchmark: Outturn) -> bool:
        """Whether its figures can be compared with another area's.

        A borough's count or sum of money cannot be compared with England's, nor a running total
        with a full year; only the catalogue can say, by `comparable: true`, that it is an average.
        """
        can_be_total = self.unit.can_be_total or self.accumulates is not None
        return benchmark.is_alike(self.unit) and (bool(benchmark.comparable) or not can_be_total)

    def is_rated_in(self, month: Month) -> bool:
        """Whether a month is rated, and can be judged: whether it has a target then."""
        target = self.target_for(month)
        has_target = target is not None and not target.withdrawn
        return self.is_rated and (has_target or self.needs_judgement)

    @model_validator(mode="before")
    @classmethod
    def _add_unit(cls, data: object) -> object:
        """A judged indicator without a unit: its figures, if it has any, are numbers."""
        if isinstance(data, dict) and data.get("target") == "judged":
            return {"unit": Unit.NUMBER.word} | data
        return data

    @model_validator(mode="after")
    def _check_keys(self) -> Self:
        if self.removed and self.replaced_by:
            raise EntryError(NOT_BOTH, "replaced_by")
        if self.suppress and self.suppress_small_numbers:
            raise EntryError(SUPPRESSED_TWICE, "suppress_small_numbers")
        if self.is_closed:
            return self
        if self.frequency is None:
            raise ValueError(FREQUENCY_MISSING)
        self._check_frequency(self.frequency)
        if self.figures is FigureKind.RUNNING_TOTAL and not self.accumulates:
            raise EntryError(TOTAL_UNPAIRED, "figures")
        if self.is_to_date and self.accumulates:
            raise EntryError(TO_DATE_ADDS_UP, "accumulates")
        if self.needs_judgement:
            self._check_keys_of_figures()
        self._check_targets()
        check_own_relations(self)
        if self.accumulates is Accumulation.ACADEMIC_YEAR:
            self._check_academic_years()
        return self

    def _check_keys_of_figures(self) -> None:
        """Refuse keys that rate figures where an officer judges."""
        for key in KEYS_OF_FIGURES:
            if key in self.model_fields_set:
                raise EntryError(f"leave out '{key}': {JUDGED}", key)

    def _check_frequency(self, frequency: Frequency) -> None:
        if frequency.interval and not self.first_due:
            raise EntryError(FIRST_MONTH_MISSING, "frequency")
        if frequency.interval and self.due_months:
            raise EntryError(MONTHS_UNUSED, "due_months")
        if not (self.due_months or frequency.periods or frequency.interval):
            raise EntryError(MONTHS_MISSING, "frequency")

    def _check_targets(self) -> None:
        if self.targets and self.targets[0].withdrawn:
            raise EntryError(FIRST_WITHDRAWN, "target")
        if self.accumulates and isinstance(self.target, Target) and self.target.has_steps:
            raise EntryError(NO_STEPS, "target")
        needs_polarity = not self._polarity_of_targets and any(
            each.no_worse_than for each in self.targets
        )
        if needs_polarity and not self.polarity:
            raise EntryError(POLARITY_MISSING, "target")
        if self.targets and self.polarity and not needs_polarity:
            raise EntryError(POLARITY_GIVEN_TWICE, "polarity")
        for target in self.targets:
            self._check_target(target)

    def _check_target(self, target: Target) -> None:
        if target.figure is not None and bool(self.accumulates) != bool(target.profile):
            raise EntryError(PROFILE_UNPAIRED, "target")
        if self.accumulates and target.between:
            raise EntryError(NO_RANGE, "target")

    def _check_academic_years(self) -> None:
        """Refuse outturns whose period contradicts their heading or another outturn's year."""
        covered: dict[FinancialYear, FinancialYear] = {}
        for heading, outturn in self.outturns.items():
            place = ("outturns", str(heading))
            period = outturn.period or ""
            is_dated = re.search("[0-9]{2}", period) and not is_of_other_year(period)
            if is_dated and not read_academic_year(period):
                message = f"write the academic year like 'academic year {heading}', not '{period}'"
                raise EntryError(message, *place, "period")
            year = self.choose_outturn_year(heading)
            if year > heading:
                message = f"the academic year {year} ends after the year of its heading, {heading}"
                raise EntryError(f"{message}; correct one of them", *place, "period")
            if outturn.value is None:
                continue
            if year in covered:
                message = f"{covered[year]} and {heading} both give the academic year {year}"
                raise EntryError(f"{message}; correct a 'period' or a heading", *place)
            covered[year] = heading
