"""The true amounts of counts, and amounts that fit for those that nobody has sent.

Some counts are not known: their service suppressed the figure, or has not sent it yet. They matter
all the same, since a reader may work them out from others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from merton_kpi.disclosure.solver.proof import Equations

if TYPE_CHECKING:
    from merton_kpi.disclosure.solver.model import Amount, Form, Relation

MOST_STEPS = 400  # changes tried before a relation is taken to contradict the others


@dataclass(slots=True)
class Counts:
    """The true amounts of the counts by their numbers; `add` gives the next number.

    A count is `open` while its amount is not known. Until it follows from equations, it has an
    amount that fits all relations so far, which another relation may change.
    """

    amounts: list[Amount] = field(default_factory=list)
    open: dict[int, int | None] = field(default_factory=dict)
    _equations: Equations = field(default_factory=Equations)
    _fitted: dict[int, list[Relation]] = field(default_factory=lambda: defaultdict(list))
    _marks: dict[tuple[object, ...], bool] = field(default_factory=dict)

    def add(self, amount: Amount) -> int:
        """Add a count, and return its number."""
        self.amounts.append(amount)
        return len(self.amounts) - 1

    def add_open(self, most: int | None) -> int:
        """Add a count whose amount is not known: from 1 to `most`, or from 0 on for None."""
        count = self.add(0 if most is None else 1)
        self.open[count] = most
        return count

    def sum_of(self, form: Form) -> Amount:
        """The true amount of a form."""
        return sum(coefficient * self.amounts[count] for count, coefficient in form)

    def is_open(self, form: Form) -> bool:
        """Whether a form has counts that are not known, and does not follow from equations."""
        unknown = self._select_open(form)
        return bool(unknown) and not self._equations.is_worked_out(unknown)

    def include(self, relation: Relation) -> bool:
        """Include a relation, and return whether it can hold with all that were included before.

        The open counts then get amounts with which it does. It cannot hold where the figures that
        were sent contradict it.
        """
        unknown = self._select_open(relation.form)
        if not unknown:
            return not self._gap_of(relation)
        mark = (relation.form, relation.least, relation.most)
        if mark not in self._marks:
            self._marks[mark] = self._repair_relation(relation)
            if self._marks[mark]:
                self._add_relation(relation, unknown)
        return self._marks[mark]

    def _select_open(self, form: Form) -> Form:
        return tuple(term for term in form if term[0] in self.open)

    def _gap_of(self, relation: Relation) -> Amount:
        return relation.work_out_gap(self.sum_of(relation.form))

    def _add_relation(self, relation: Relation, unknown: Form) -> None:
        for count, _ in unknown:
            self._fitted[count].append(relation)
        if relation.least is not None and relation.least == relation.most:
            self._equations.add(unknown)
            for count in list(self.open):
                if self._equations.is_worked_out(((count, 1),)):
                    del self.open[count]

    def _repair_relation(self, relation: Relation) -> bool:
        """Change amounts of open counts until a relation holds; without success, none is changed.

        Each relation that a change breaks is repaired by a change of another count.
        """
        return not self._gap_of(relation) or self._repair([relation], {}, [MOST_STEPS])

    def _repair(self, broken: list[Relation], before: dict[int, Amount], steps: list[int]) -> bool:
        if not broken:
            return True
        relation = min(broken, key=lambda each: len(self._select_open(each.form)))
        gap = self._gap_of(relation)
        unknown = self._select_open(relation.form)
        for count, coefficient in sorted(unknown, key=lambda term: len(self._fitted[term[0]])):
            step = 0 if count in before else self._choose_step(count, Fraction(gap) / coefficient)
            if not step or steps[0] <= 0:
                continue
            steps[0] -= 1
            before[count] = self.amounts[count]
            self.amounts[count] += step
            checked = dict.fromkeys((*broken, *self._fitted[count]))
            if self._repair([each for each in checked if self._gap_of(each)], before, steps):
                return True
            self.amounts[count] = before.pop(count)
        return False

    def _choose_step(self, count: int, exact: Fraction) -> Amount:
        """The change of a count, in whole steps and as far as it can go."""
        amount, most = self.amounts[count], self.open[count]
        least = 0 if most is None else 1
        wanted = amount + (ceil(exact) if exact > 0 else floor(exact))
        return max(least, wanted if most is None else min(wanted, most)) - amount
