"""An indicator's figures as counts: what each prints when it is shown, and what is small in it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from merton_kpi.catalogue.entries import SMALL_NUMBERS
from merton_kpi.core.rounding import count_decimals
from merton_kpi.core.statuses import Status
from merton_kpi.core.units import Unit
from merton_kpi.disclosure.keys import Reason, SuppressionLevel
from merton_kpi.disclosure.solver.model import (
    Cell,
    Relation,
    Secret,
    add_forms,
    form_of,
    multiply,
    read_amount,
    relation_of,
    subtract,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from merton_kpi.core.periods import Month
    from merton_kpi.disclosure.keys import CellKey
    from merton_kpi.disclosure.solver.counts import Counts
    from merton_kpi.disclosure.solver.model import Amount, Form
    from merton_kpi.extracts.observations import Observation

HALF = Fraction(1, 2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A figure as a reader may think of it: its cell, and the counts behind it.

    `count` is the figure itself or its numerator; None where neither is known. `rest` is the
    denominator less the numerator of a percentage, where that is a count too. `unit` is set where
    it is not the indicator's, so that the figure is not compared with others.
    """

    key: CellKey
    month: Month
    given: Observation
    count: Form | None = None
    denominator: Form | None = None
    rest: Form | None = None
    unit: Unit | None = None

    @property
    def is_year(self) -> bool:
        """Whether it is an outturn, or the year's own figure."""
        return self.given.year is not None

    @property
    def forms(self) -> tuple[Form, ...]:
        """Every count behind it."""
        return tuple(each for each in (self.count, self.denominator, self.rest) if each)


def read_figure(unit: Unit, key: CellKey, each: Observation, counts: Counts) -> Figure | None:
    """The counts behind a row's figure; None for a row that gives no figure."""
    if each.status and each.status.is_suppressed:
        most = SMALL_NUMBERS.below - 1 if each.status is Status.SUPPRESSED else None
        form = form_of(counts.add_open(most)) if unit.can_be_count else None
        return Figure(key=key, month=each.month, given=each, count=form)
    if each.status is Status.NO_CASES:
        form = form_of(counts.add(0)) if unit.can_be_count else None
        return Figure(key=key, month=each.month, given=each, count=form)
    if each.value is None:
        return None
    behind = each.value if unit.can_be_count else each.numerator
    count = None if behind is None else form_of(counts.add(read_amount(behind)))
    denominator = None
    if each.denominator is not None:
        denominator = form_of(counts.add(read_amount(each.denominator)))
    elif count and unit == Unit.PERCENT and each.value:
        # What a reader works out from the percentage and its numerator.
        whole = round(100 * counts.sum_of(count) / Fraction(each.value))
        denominator = form_of(counts.add(whole))
    return compose_figure(key, each, (count, denominator), unit, counts)


def compose_figure(
    key: CellKey,
    each: Observation,
    parts: tuple[Form | None, Form | None],
    unit: Unit,
    counts: Counts,
) -> Figure:
    """A figure with its count and denominator, and what is between them for a percentage."""
    count, denominator = parts
    rest = subtract(denominator, count) if unit == Unit.PERCENT and count and denominator else ()
    return Figure(
        key=key,
        month=each.month,
        given=each,
        count=count,
        denominator=denominator,
        rest=rest if rest and counts.sum_of(rest) >= 0 else None,
    )


def list_basics(figure: Figure, level: SuppressionLevel, counts: Counts) -> Iterator[Relation]:
    """What anybody knows of the counts behind a figure: that they are not below zero.

    And that a figure which its service suppressed as a small count is one.
    """
    below = _choose_below(figure, level)
    for form in figure.forms:
        if below and figure.given.status is Status.SUPPRESSED:
            yield Relation(form=form, least=1, most=min(below, SMALL_NUMBERS.below) - 1)
        elif counts.sum_of(form) >= 0:
            yield Relation(form=form, least=0)


def list_small(figure: Figure, level: SuppressionLevel, counts: Counts) -> Iterator[Secret]:
    """The small counts of a figure by itself."""
    status = figure.given.status
    below = _choose_below(figure, level)
    is_unknown = bool(status and status.is_suppressed and status is not Status.SUPPRESSED)
    for form in figure.forms:
        amount = counts.sum_of(form)
        if below and 0 < amount < below and not is_unknown:
            yield Secret(form=form, below=below, key=figure.key)


def _choose_below(figure: Figure, level: SuppressionLevel) -> int | None:
    """Below which number a figure's counts are small; a suppressed one is, whatever the level."""
    if figure.given.status is Status.SUPPRESSED:
        return SMALL_NUMBERS.below
    return level.below


def compose_cell(
    unit: Unit, figure: Figure, level: SuppressionLevel, counts: Counts, cost: tuple[int, ...]
) -> Cell:
    """The cell of a figure, hidden from the beginning where a count behind it is small."""
    status = figure.given.status
    reason = None
    if status and status.is_suppressed:
        reason = Reason.GIVEN
    elif any(level.is_small(counts.sum_of(form)) for form in figure.forms):
        reason = Reason.SMALL
    prints = () if reason is Reason.GIVEN else tuple(_list_prints(unit, figure, level, counts))
    return Cell(key=figure.key, prints=prints, cost=cost, hidden_since=reason)


def _list_prints(
    unit: Unit, figure: Figure, level: SuppressionLevel, counts: Counts
) -> Iterator[Relation]:
    given = figure.given
    if figure.count:
        yield compose_printed_count(figure.count, level, counts)
    if figure.denominator and given.denominator is not None:
        yield compose_printed_count(figure.denominator, level, counts)
    if figure.count and figure.denominator and given.value is not None:
        is_needed = level.round_to is not None or given.denominator is None
        if is_needed and not unit.can_be_count:
            base = multiply(unit.per, figure.count)
            yield from list_printed_ratio(given.value, base, figure.denominator, counts)


def compose_printed_count(form: Form, level: SuppressionLevel, counts: Counts) -> Relation:
    """What a reader knows of a count that is printed, rounded or not."""
    amount = counts.sum_of(form)
    base = level.round_to
    if base is None:
        return relation_of(form, amount)
    rounded = base * ((amount + Fraction(base, 2)) // base)
    least = _round_up(rounded - Fraction(base, 2))
    most = _round_up(rounded + Fraction(base, 2)) - 1
    if level.below is not None:
        # A count from 1 to `below` - 1 would be hidden.
        least, most = (max(least, level.below), most) if amount else (0, 0)
    return include_true(Relation(form=form, least=least, most=most), counts)


def list_printed_ratio(
    value: Decimal, numerator: Form, denominator: Form, counts: Counts
) -> Iterator[Relation]:
    """What a reader knows of the counts behind a percentage or a rate that is printed.

    It is rounded half up to the decimals that it is written with.

    Args:
        value: The percentage or the rate.
        numerator: Its count, times 100 for a percentage.
        denominator: What the count is divided by.
        counts: The true amounts.
    """
    half = HALF / 10 ** count_decimals(value)
    lower, upper = Fraction(value) - half, Fraction(value) + half
    least = subtract(numerator, multiply(lower, denominator))
    yield include_true(Relation(form=least, least=0), counts)
    # Less than the upper end: between whole numbers, by one at least.
    most = subtract(multiply(upper.denominator, numerator), multiply(upper.numerator, denominator))
    yield include_true(Relation(form=most, most=-1), counts)


def include_true(relation: Relation, counts: Counts) -> Relation:
    """A relation that the true counts agree with, though the figures that were sent do not.

    A reader could still use what they contradict, so it is kept as if the difference were known.
    """
    amount = counts.sum_of(relation.form)
    least, most = relation.least, relation.most
    return Relation(
        form=relation.form,
        least=None if least is None else min(least, amount),
        most=None if most is None else max(most, amount),
    )


def list_sum(total: Form, parts: tuple[Form, ...], counts: Counts) -> Iterator[Relation]:
    """The relation that a total is the sum of its parts, where the figures agree with it.

    Where they do not, a reader who takes them to would work out a wrong count.
    """
    form = subtract(total, add_forms(*parts))
    relation = relation_of(form, 0)
    if form and counts.include(relation):
        yield relation


def select_count(figures: Mapping[Month, Figure], month: Month) -> Form | None:
    """The count behind a month's figure; None where there is none."""
    figure = figures.get(month)
    return figure.count if figure else None


def _round_up(amount: Amount) -> int:
    return -((-amount) // 1)
