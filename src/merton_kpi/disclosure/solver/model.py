"""Printed figures and what is known of them, as linear relations between whole numbers.

A count is known by its number in `counts.Counts`. Everything that a reader knows is one kind of
statement: a sum of counts, each times a coefficient, lies between two figures. A printed count, a
running total that never falls, a total and its parts, and a rate of a population are all of that
kind; so is a figure that is rounded before it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from merton_kpi.disclosure.keys import CellKey, Reason

# Exact, and whole wherever the figures are. Floats would make a relation wrong by a hair.
Amount = int | Fraction

# So many parts of a cell's cost, the first ones, say what a paper loses without it. The others only
# put cells whose loss is alike in an order.
LOSSES = 3

# A sum of counts: each count's number in the model, with its coefficient.
Form = tuple[tuple[int, Amount], ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Relation:
    """What a reader knows: `least <= form <= most`, both ends included; None: no end."""

    form: Form
    least: Amount | None = None
    most: Amount | None = None

    def work_out_gap(self, amount: Amount) -> Amount:
        """How much must be added to an amount of the form so that it is within both ends."""
        if self.least is not None and amount < self.least:
            return self.least - amount
        if self.most is not None and amount > self.most:
            return self.most - amount
        return 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A figure that is shown or hidden as one, with its numerator and denominator.

    `prints` is what a reader knows when it is shown. Of two cells, the one with the lower `cost` is
    hidden. `hidden_since` is the reason for which it is hidden from the beginning, if there is one.
    Where a cell of `depends_on` is hidden, this one is too, for the reason beside it.
    """

    key: CellKey
    prints: tuple[Relation, ...]
    cost: tuple[int, ...]
    hidden_since: Reason | None = None
    depends_on: Mapping[CellKey, Reason] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Secret:
    """A small count: the form's true amount is above 0 and less than `below`.

    It is protected while a reader cannot tell it from another amount in that range. `key` is the
    cell that it belongs to.
    """

    form: Form
    below: int
    key: CellKey

    def list_others(self, amount: Amount) -> list[Amount]:
        """The amounts that a true one could be taken for, the nearest first, by whole persons."""
        steps = sorted(range(1 - self.below, self.below), key=abs)
        return [amount + step for step in steps if step and 0 < amount + step < self.below]


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """What a month's paper adds to those before it: cells, relations and small counts."""

    cells: tuple[Cell, ...] = ()
    relations: tuple[Relation, ...] = ()
    secrets: tuple[Secret, ...] = ()


def read_amount(figure: Decimal) -> Amount:
    """A figure as an exact amount."""
    exact = Fraction(figure)
    return exact.numerator if exact.denominator == 1 else exact


def form_of(count: int) -> Form:
    """The form of one count."""
    return ((count, 1),)


def add_forms(*forms: Form) -> Form:
    """The sum of forms, with each count once and without those that cancel out."""
    total: dict[int, Amount] = {}
    for form in forms:
        for count, coefficient in form:
            total[count] = total.get(count, 0) + coefficient
    return tuple((count, total[count]) for count in total if total[count])


def multiply(factor: Amount, form: Form) -> Form:
    """A form with every coefficient times a factor."""
    return tuple((count, factor * coefficient) for count, coefficient in form)


def subtract(form: Form, other: Form) -> Form:
    """One form less another."""
    return add_forms(form, multiply(-1, other))


def relation_of(form: Form, amount: Amount) -> Relation:
    """The relation that a form has exactly an amount."""
    return Relation(form=form, least=amount, most=amount)
