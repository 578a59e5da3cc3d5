"""The keys of one indicator's entry in indicators.yaml, each with its description.

What follows from them, and how they fit together, is in `indicator`.
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Discriminator, Field, Tag

from merton_kpi.catalogue.bands import Bands
from merton_kpi.catalogue.entries import (
    Break,
    Outturn,
    PercentageOf,
    RateOf,
    Removal,
    Replacement,
    Suppression,
)
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
from merton_kpi.catalogue.targets import TargetOrWord
from merton_kpi.catalogue.units import UnitField
from merton_kpi.core.findings import ANSWERABLE
from merton_kpi.core.issues import shorten, suggest_word
from merton_kpi.core.vocabulary import Accumulation, FigureKind, Frequency, Polarity

FEWEST_OF_BASELINE = 12  # a year of months: from fewer, the range would be mostly chance

# The models and the schema both print it.
BREAKS_OUT_OF_ORDER = "give the breaks in the order of their 'from', one for each month"


def _check_order(breaks: tuple[Break, ...]) -> tuple[Break, ...]:
    starts = [each.start for each in breaks]
    if sorted(set(starts)) != starts:
        raise ValueError(BREAKS_OUT_OF_ORDER)
    return breaks


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


class IndicatorKeys(Entry):
    """What an indicator's entry can say."""

    number: Text = Field(
        description='Its label in the index, in quotes, like `"23a"`; no two are the same.'
    )
    formerly: Mapping[YearKey, Text] = Field(
        {},
        description="Its numbers in earlier years' extracts, where they were others, like "
        '`{2019/20: "7"}`, or `{2019/20: none}` where there was none yet. It holds for that year '
        "and those before, up to the next one given.",
    )
    title: Text = Field(description="What it measures, as the panel knows it.")
    unit: UnitField = Field(
        description="What its figures count. Required unless an officer judges the indicator."
    )
    decimals: Annotated[int, Field(ge=0, le=6)] | None = Field(
        None,
        description="How many decimals its figures are rounded to before they are printed and "
        "rated. If left out, a figure is printed and rated as it is written, never rounded.",
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
    first_due: MonthText | None = Field(
        None,
        description="The first month that a figure is due for, like `2024-10`, if it begins within "
        "the year. An indicator of every second year needs it.",
    )
    arrears: int = Field(0, ge=0, le=11, description="How many months late its figures arrive.")
    accumulates: Annotated[Accumulation, BY_WORD] | None = Field(
        None,
        description="The year that the figures add up over. The extracts give running totals, "
        "unless `figures` says `of_period`.",
    )
    figures: Annotated[FigureKind, BY_WORD] | None = Field(
        None,
        description="What each figure of the extracts covers. If left out, it is a running total "
        "with `accumulates`, and its own period without.",
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
        description="Last year's figures by month, like `2019-11: 95`, to compare this year's "
        "with.",
    )
    breaks: Annotated[tuple[Break, ...], AfterValidator(_check_order)] = Field(
        (),
        description="The months from which its figures are counted in another way, so that earlier "
        "ones cannot be compared, like `[{from: 2020-09, reason: Two more teams are counted}]`.",
    )
    stock: bool = Field(
        default=False,
        description="`true` if a figure is a stock, such as the open cases at a month's end. It "
        "moves slowly, so it is not judged whether it really changed.",
    )
    baseline: Annotated[int, Field(ge=FEWEST_OF_BASELINE)] | None = Field(
        None,
        description="How many figures the usual range is worked out from: the first of the series, "
        "and the first again after each break. If left out, all of them.",
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
        None, description="For a rate: the count and the population behind it."
    )
    sum_of: Annotated[tuple[Text, ...], Field(min_length=2), AfterValidator(check_no_repeats)] = (
        Field(
            (),
            description="For a count: the numbers of the indicators whose figures for the same "
            'period add up to its own, like `["2", "3"]`.',
        )
    )
    running_total_of: Text | None = Field(
        None,
        description="For running totals of a count: the number of the indicator with the figures "
        'of each period, like `"2"`.',
    )
    percentage_of: PercentageOf | None = Field(
        None,
        description="For a percentage, a rate, a ratio or an average: the indicators whose counts "
        "are its numerator and its denominator.",
    )
    suppress: Suppression | None = Field(
        None,
        description="Hides small counts, like `{below: 6, round_to: 5}`, and figures that would "
        "reveal one. Zero is shown.",
    )
    suppress_small_numbers: bool = Field(
        default=False,
        description="`true` hides counts from 1 to 4, and figures that would reveal one: the same "
        "as `suppress: {below: 5}`.",
    )
    confirmed: Answers | None = Field(
        None,
        description="Why a warning is no fault. A text answers the warnings about the entry, but "
        "not those that its figures may be linked to others', and for all months those about "
        "figures outside 0 to 100, fractions, zeros, and figures that stay the same or have no "
        "denominator. `{jump: Small numbers vary.}` answers one kind of warning by its code.",
    )
    owner: Text | None = Field(
        None, description="The job title of the officer responsible for its figures and commentary."
    )
    service: Text | None = Field(
        None,
        description="The service that it belongs to: a column of the index, and a choice in "
        "`kpi show` and `kpi due`.",
    )
    part_of: Text | None = Field(
        None,
        description='The number of the indicator that it is a part of, like `"10"` for one of two '
        "landlords.",
    )
    source: Text | None = Field(None, description="The system that its figures come from.")
    footnotes: Annotated[tuple[Text, ...], AfterValidator(check_no_repeats)] = Field(
        (), description="The names of its footnotes, as in the catalogue's `footnotes`."
    )
    removed: Removal | None = Field(
        None,
        description="A sentence that says why it is no longer reported, or `{from: 2024-06, "
        "reason: …}` if it is not from that month on. Its row stays for the year.",
    )
    replaced_by: Replacement | None = Field(
        None,
        description="The number of the indicator that replaces it, or `{from: 2024-06, indicator: "
        '"40"}` if it does from that month on. Its row stays for the year.',
    )
