"""The model of one indicator's entry in indicators.yaml.

It checks what can be seen within the entry. `reading.cross_checks` checks what concerns several
entries, such as a link to another indicator.
"""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from merton_kpi.catalogue.bands import Bands
from merton_kpi.catalogue.entries import Outturn, RateOf
from merton_kpi.catalogue.fields import (
    BY_WORD,
    Entry,
    EntryError,
    Figure,
    MonthText,
    Text,
    YearKey,
    check_no_repeats,
    check_not_empty,
)
from merton_kpi.catalogue.targets import Target, TargetOrWord
from merton_kpi.core.findings import ANSWERABLE, FindingCode
from merton_kpi.core.issues import shorten, suggest_word
from merton_kpi.core.periods import Month
from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import Accumulation, Frequency, Polarity

# The models and the schema both print them.
NOT_BOTH = "an indicator can have 'removed' or 'replaced_by', not both"
FREQUENCY_MISSING = "the key 'frequency' is missing"
UNIT_MISSING = "the key 'unit' is missing"
JUDGED = "an officer judges this indicator, so no figure is rated"
KEYS_OF_FIGURES = ("accumulates", "polarity", "bands", "rate_of", "rating_withheld")
MONTHS_MISSING = "an annual indicator needs 'due_months', like [3]"
NO_RATE = "'rate_of' is only for an indicator whose unit is 'rate_per_10000'"
POLARITY_MISSING = "'no_worse_than' needs the indicator's 'polarity'"
POLARITY_GIVEN_TWICE = "leave out 'polarity': the target already says which way is better"
PROFILE_UNPAIRED = (
    "the target's 'profile' and the indicator's 'accumulates' need each other: give both or neither"
)
NO_RANGE = "an indicator that accumulates cannot have a range as its target; give one figure"


def _choose_answers(value: object) -> str:
    return "keys" if isinstance(value, Mapping) else "word"


def _check_codes(answers: Mapping[str, str]) -> Mapping[str, str]:
    """Refuse a code that no warning has."""
    known = [each.value for each in ANSWERABLE]
    for code in answers:
        if code not in known:
            message = f"confirmed: no warning has the code '{shorten(code)}'"
            raise EntryError(f"{message}; {suggest_word(code, known)}", code)
    return answers


Answers = Annotated[
    Annotated[Mapping[Text, Text], AfterValidator(_check_codes), Tag("keys")]
    | Annotated[Text, Tag("word")],
    Discriminator(_choose_answers),
]


class Indicator(Entry):
    """One row of the index. Its number is a label: `23a` is one, and some numbers are missing."""

    number: Text = Field(
        description='Its label in the index, in quotes, like `"23a"`; no two are the same.'
    )
    title: Text = Field(description="What it measures, as the panel knows it.")
    unit: Annotated[Unit, BY_WORD] = Field(
        description="What its figures count. Required unless an officer judges the indicator."
    )
    decimals: int = Field(
        0, ge=0, le=6, description="How many decimals its figures are printed and rated with."
    )
    frequency: Annotated[Frequency, BY_WORD] | None = Field(
        None,
        description="How often a figure is due. Required unless the indicator is removed or "
        "replaced.",
    )
    due_months: (
        Annotated[
            tuple[Annotated[int, Field(ge=1, le=12)], ...],
            AfterValidator(check_not_empty),
            AfterValidator(check_no_repeats),
        ]
        | None
    ) = Field(
        None,
        description="The calendar months that a figure is due for, like `[3]` for March, if they "
        "are not those of the frequency. An annual indicator needs it.",
    )
    arrears: int = Field(0, ge=0, le=11, description="How many months late its figures arrive.")
    accumulates: Annotated[Accumulation, BY_WORD] | None = Field(
        None, description="For figures that are a running total: the year that they add up over."
    )
    polarity: Annotated[Polarity, BY_WORD] | None = Field(
        None, description="Which way is better, if the target does not say so."
    )
    target: TargetOrWord = Field(
        description="What its figures are compared with: a target; `not_a_target_measure`, if the "
        "indicator is only for context; `new`, if no target is set yet; `judged`, if an officer "
        "rates it each period; or a list of targets, if the target changes within the year."
    )
    bands: Bands = Field(
        default_factory=Bands,
        description="Where its ratings begin, if not as in its section.",
    )
    carry_forward: int = Field(
        1,
        ge=0,
        le=11,
        description="For how many periods without a figure the last figure is still rated.",
    )
    rating_withheld: Text | None = Field(
        None, description="Why it is not rated although it has a target."
    )
    outturns: Mapping[YearKey, Outturn] = Field(
        {}, description="Earlier years' final figures by year, like `2019/20: 53`."
    )
    earlier_months: Mapping[MonthText, Figure] = Field(
        {},
        description="Last year's figures by month, like `2019-11: 95`, for the direction of "
        "travel.",
    )
    benchmarks: Mapping[Text, Outturn] = Field(
        {}, description="Other areas' figures to compare with, by the names in `benchmark_areas`."
    )
    rationale: Text | None = Field(
        None, description="Why it matters, in a sentence or two for the panel."
    )
    linked: Annotated[tuple[Text, ...], AfterValidator(check_no_repeats)] = Field(
        (), description='The numbers of related indicators, like `["4", "11"]`.'
    )
    rate_of: RateOf | None = Field(
        None, description="For a rate per 10,000: the count and the population behind it."
    )
    suppress_small_numbers: bool = Field(
        default=False,
        description="`true` hides counts from 1 to 4, and figures that would reveal one.",
    )
    confirmed: Answers | None = Field(
        None,
        description="Why the entry is right, if a warning questions it, and its figures where they "
        "are outside 0 to 100, fractions, unchanged, zero or without a denominator by nature; or "
        "a reason for each kind of warning by its code, like `{jump: Small numbers vary.}`.",
    )
    owner: Text | None = Field(
        None, description="The job title of the officer responsible for its figures and commentary."
    )
    source: Text | None = Field(None, description="The system that its figures come from.")
    footnotes: Annotated[tuple[Text, ...], AfterValidator(check_no_repeats)] = Field(
        (), description="The names of its footnotes, as in the catalogue's `footnotes`."
    )
    removed: Text | None = Field(
        None,
        description="A sentence that says why it is no longer reported. Its row stays for the "
        "year, without figures.",
    )
    replaced_by: Text | None = Field(
        None,
        description="The number of the indicator that replaces it. Its row stays for the year, "
        "without figures.",
    )

    @property
    def needs_judgement(self) -> bool:
        """Whether an officer rates it each period: it has no target, and needs no figure."""
        return self.target == "judged"

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
            return (self.target,)
        return () if isinstance(self.target, str) else self.target

    def target_for(self, month: Month) -> Target | None:
        """The target that applies in a month; None where there is none."""
        begun = [each for each in self.targets if each.start is None or each.start <= month]
        return begun[-1] if begun else None

    @property
    def better(self) -> Polarity | None:
        """Which way is better, by the target or else by `polarity`; None where neither says so."""
        return (self.targets[0].polarity if self.targets else None) or self.polarity

    @property
    def noun(self) -> str:
        """What its periods are called: `month`, `quarter`, `year`."""
        return self.frequency.noun if self.frequency else "period"

    @property
    def is_closed(self) -> bool:
        """Whether it was removed or replaced. Its row stays for the year, without figures."""
        return self.removed is not None or self.replaced_by is not None

    @property
    def is_rated(self) -> bool:
        """Whether it is rated this year, by its figures or by an officer."""
        is_rated = bool(self.targets) or self.needs_judgement
        return is_rated and not self.rating_withheld and not self.is_closed

    @property
    def months_due(self) -> tuple[int, ...]:
        """The calendar months that a figure is due for; none for a closed indicator."""
        if self.is_closed or self.frequency is None:
            return ()
        return self.frequency.months if self.due_months is None else self.due_months

    @model_validator(mode="before")
    @classmethod
    def _add_unit(cls, data: object) -> object:
        """A judged indicator without a unit: its figures, if it has any, are numbers."""
        if isinstance(data, dict) and data.get("target") == "judged":
            return {"unit": Unit.NUMBER.value} | data
        return data

    @model_validator(mode="after")
    def _check_keys(self) -> Self:
        if self.removed and self.replaced_by:
            raise EntryError(NOT_BOTH, "replaced_by")
        if self.is_closed:
            return self
        if self.frequency is None:
            raise ValueError(FREQUENCY_MISSING)
        if not self.months_due:
            raise EntryError(MONTHS_MISSING, "frequency")
        if self.needs_judgement:
            self._check_keys_of_figures()
        for target in self.targets:
            self._check_target(target)
        if self.rate_of and self.unit is not Unit.RATE_PER_10000:
            raise EntryError(NO_RATE, "rate_of")
        return self

    def _check_keys_of_figures(self) -> None:
        """Refuse keys that rate figures where an officer judges."""
        for key in KEYS_OF_FIGURES:
            if key in self.model_fields_set:
                raise EntryError(f"leave out '{key}': {JUDGED}", key)

    def _check_target(self, target: Target) -> None:
        if target.no_worse_than:
            if not self.polarity:
                raise EntryError(POLARITY_MISSING, "target")
        elif self.polarity:
            raise EntryError(POLARITY_GIVEN_TWICE, "polarity")
        if target.figure is not None and bool(self.accumulates) != bool(target.profile):
            raise EntryError(PROFILE_UNPAIRED, "target")
        if self.accumulates and target.between:
            raise EntryError(NO_RANGE, "target")
