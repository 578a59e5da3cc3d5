"""The columns of the CSV: each with its type, what it holds, and how it is read from a row.

The CSV, its data package and the table in docs/reference/papers.md all come from this list.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from merton_kpi.core.ratings import Rating
from merton_kpi.core.statuses import Shorthand
from merton_kpi.papers.csv_signals import SIGNAL_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from decimal import Decimal

    from merton_kpi.papers.csv_signals import SignalColumn
    from merton_kpi.scorecard.periods.figures import IndicatorFigures, PeriodFigure
    from merton_kpi.scorecard.records import Row, Scorecard

    Value = str | Decimal | date | None

_REQUIRED: Mapping[str, object] = {"required": True}
# An indicator that is no longer reported has no row from then on.
_RATINGS = [each.label for each in Rating if each is not Rating.CLOSED]
_SYMBOLS = "; ".join(f"{each.symbol} {each.meaning}" for each in Shorthand)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A row of the CSV before it is read: an indicator's period in the papers of a month."""

    card: Scorecard
    row: Row
    figures: IndicatorFigures
    period: PeriodFigure


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A column: `type` is the data package's name for what it holds, as are the constraints.

    `when` says in words when the column is there, and is empty for one that always is.
    """

    name: str
    type: str
    description: str
    read: Callable[[Line], Value]
    constraints: Mapping[str, object] = field(default_factory=dict)
    when: str = ""


BENCHMARK = Field(
    name="benchmark_…",
    type="number",
    description="the latest figure of the area, in the indicator's unit; blank where there is "
    "none, or none in that unit, of which `benchmark_note` then says more",
    read=lambda _: None,
    when="one for each area, like `benchmark_england`",
)


def _compose_signal_field(column: SignalColumn) -> Field:
    """A column of what is found of the value."""
    return Field(
        name=column.name,
        type="string" if column.words else "number",
        description=column.description,
        read=lambda line: column.read(line.figures.signals.get(line.period.month)),
        constraints={"enum": list(column.words)} if column.words else {},
    )


FIELDS = (
    Field(
        name="as_at",
        type="date",
        description="the last day of the month that the papers are for: the row says what was "
        "known by then",
        read=lambda line: line.card.month.last_day,
        constraints=_REQUIRED,
    ),
    Field(
        name="section",
        type="string",
        description="the section of the index",
        read=lambda line: line.row.section,
        constraints=_REQUIRED,
    ),
    Field(
        name="service",
        type="string",
        description="the service that answers for the indicator",
        read=lambda line: line.row.service,
        when="if the catalogue names services",
    ),
    Field(
        name="indicator",
        type="string",
        description="the indicator's number, which is text: `1.10` is not `1.1`",
        read=lambda line: line.row.number,
        constraints=_REQUIRED,
    ),
    Field(
        name="part_of",
        type="string",
        description="the number of the indicator that it is a part of, which is text",
        read=lambda line: line.row.part_of,
        when="if an indicator is a part of another",
    ),
    Field(
        name="title",
        type="string",
        description="what the indicator measures",
        read=lambda line: line.row.title,
        constraints=_REQUIRED,
    ),
    Field(
        name="frequency",
        type="string",
        description="how often a figure is due",
        read=lambda line: line.row.frequency,
        constraints=_REQUIRED,
    ),
    Field(
        name="unit",
        type="string",
        description="the unit of all the row's figures but the counts; blank where an officer "
        "judges the indicator without figures",
        read=lambda line: line.row.unit_word,
    ),
    Field(
        name="period_start",
        type="date",
        description="the first day of the period that the figure is for: the day after the "
        "period before; for a running total or a figure to date, the first day of its year",
        read=lambda line: line.period.first.first_day,
        constraints=_REQUIRED,
    ),
    Field(
        name="period_end",
        type="date",
        description="the last day of that period",
        read=lambda line: line.period.month.last_day,
        constraints=_REQUIRED,
    ),
    Field(
        name="value",
        type="number",
        description="the figure as the papers print it: 96 for 96%; blank where there is none, "
        "with the reason in `symbols` and `note`",
        read=lambda line: line.period.figure.value,
    ),
    Field(
        name="numerator",
        type="number",
        description="the count that the value was worked out from, where the papers print it",
        read=lambda line: line.period.numerator,
    ),
    Field(
        name="denominator",
        type="number",
        description="what that count is of, where the papers print it",
        read=lambda line: line.period.denominator,
    ),
    Field(
        name="total",
        type="number",
        description="the sum of the year's values up to the end of the period, which is what is "
        "rated; blank where the indicator's values are not added up, or the sum is not known",
        read=lambda line: line.period.total,
        when="if `kpi` adds up the values of an indicator",
    ),
    Field(
        name="symbols",
        type="string",
        description="what qualifies the value, or takes its place, by the Government Analysis "
        f"Function's shorthand, with a space between two: {_SYMBOLS}",
        read=lambda line: " ".join(each.symbol for each in line.period.figure.symbols),
        constraints={"pattern": r"\[[a-z]\]( \[[a-z]\])*"},
    ),
    Field(
        name="target",
        type="string",
        description="the target for the period, in words",
        read=lambda line: line.period.target,
        constraints=_REQUIRED,
    ),
    Field(
        name="target_lower",
        type="number",
        description="the figure that the value, or the total, should be no lower than (higher "
        "than, if `target` says `above`): of a year's target, the part that is due by then",
        read=lambda line: line.period.targets.lower,
    ),
    Field(
        name="target_upper",
        type="number",
        description="the figure that it should be no higher than (lower than, if `target` says "
        "`below`)",
        read=lambda line: line.period.targets.upper,
    ),
    Field(
        name="green_lower",
        type="number",
        description="the lowest value that is green, which is not always the target",
        read=lambda line: line.period.greens.lower,
        when="if a band sets green apart from a target",
    ),
    Field(
        name="green_upper",
        type="number",
        description="the highest value that is green",
        read=lambda line: line.period.greens.upper,
        when="if a band sets green apart from a target",
    ),
    Field(
        name="amber_lower",
        type="number",
        description="below `target_lower`: where amber begins, and what is lower is red (what "
        "equals it too, where amber is for figures better than an earlier one); blank where there "
        "is no amber",
        read=lambda line: line.period.ambers.lower,
    ),
    Field(
        name="amber_upper",
        type="number",
        description="above `target_upper`: where amber begins, and what is higher is red",
        read=lambda line: line.period.ambers.upper,
    ),
    Field(
        name="blue_lower",
        type="number",
        description="where blue begins if higher is better: the lowest value that is blue",
        read=lambda line: line.period.blues.lower,
        when="if a band sets blue",
    ),
    Field(
        name="blue_upper",
        type="number",
        description="where blue begins if lower is better: the highest value that is blue",
        read=lambda line: line.period.blues.upper,
        when="if a band sets blue",
    ),
    Field(
        name="rating",
        type="string",
        description="our word for the rating of the period's own figure, or of its total",
        read=lambda line: line.period.verdict.rating.label,
        constraints={"required": True, "enum": _RATINGS},
    ),
    Field(
        name="rating_label",
        type="string",
        description="the rating in the council's own words where it has some; `(judgement)` says "
        "that an officer decided it",
        read=lambda line: line.period.verdict.label,
        constraints=_REQUIRED,
    ),
    Field(
        name="rating_reason",
        type="string",
        description="why the period has this rating, or none",
        read=lambda line: line.period.verdict.reason,
        constraints=_REQUIRED,
    ),
    *map(_compose_signal_field, SIGNAL_COLUMNS),
    Field(
        name="period_on_period",
        type="string",
        description="how the value compares with that of the period before",
        read=lambda line: line.period.period_on_period,
    ),
    Field(
        name="year_on_year",
        type="string",
        description="how it compares with that of the same month a year before",
        read=lambda line: line.period.year_on_year,
    ),
    Field(
        name="streak",
        type="string",
        description="for how many periods, up to this one, the rating has been the same",
        read=lambda line: line.period.streak,
    ),
    Field(
        name="comparison",
        type="string",
        description="how it compares with the benchmarks",
        read=lambda line: line.period.comparison,
    ),
    Field(
        name="forecast",
        type="string",
        description="where the figures up to the period lead by the year's end",
        read=lambda line: line.period.forecast,
    ),
    Field(
        name="stated_forecast",
        type="string",
        description="the forecast that an officer had given by then",
        read=lambda line: line.period.stated_forecast,
    ),
    BENCHMARK,
    Field(
        name="benchmark_note",
        type="string",
        description="the period, source and notes of each benchmark, or why there is none",
        read=lambda line: line.figures.benchmark_note,
    ),
    Field(
        name="year_value",
        type="number",
        description="the figure of the whole financial year, the same in each of the indicator's "
        "rows; it is not rated",
        read=lambda line: line.figures.year_value,
        when="once an extract has given one",
    ),
    Field(
        name="year_note",
        type="string",
        description="what qualifies it, or why there is none",
        read=lambda line: line.figures.year_note,
        when="once an extract has given one",
    ),
    Field(
        name="note",
        type="string",
        description="what there is to know about the value, or why there is none",
        read=lambda line: line.period.note,
    ),
)
