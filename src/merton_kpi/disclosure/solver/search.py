"""Whether a small count could be another one: a search for a second set of counts.

A small count is protected if there is a second set of counts that agrees with everything a reader
knows and in which it has another amount that is small too. The search begins with the true counts
and that other amount, and repairs each broken relation by a change of one of its counts, until
none is broken. What it finds is proof: it is checked against every relation. Where it finds
nothing within its limit the count is taken to be derivable, so that more is hidden and never less.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from merton_kpi.disclosure.solver.model import Relation, relation_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from merton_kpi.disclosure.keys import CellKey
    from merton_kpi.disclosure.solver.model import Amount, Form, Secret

MOST_STEPS = 200  # changes tried for each amount that a small count could be taken for
FEWEST_STEPS = 12  # the same, once a paper's searches have tried MOST_STEPS_OF_PAPER
MOST_STEPS_OF_PAPER = 20_000


class Knowledge:
    """All relations a reader may know, each with the cell that prints it, or with none.

    A relation of a cell holds only while the cell is shown.
    """

    def __init__(self, amounts: Sequence[Amount]) -> None:
        self._amounts = amounts
        self._of_count: dict[int, list[tuple[Relation, CellKey | None]]] = defaultdict(list)

    def add(self, relation: Relation, cell: CellKey | None = None) -> None:
        """Add a relation; it is true of the true counts."""
        for count, _ in relation.form:
            self._of_count[count].append((relation, cell))

    def list_active(self, count: int, hidden: Mapping[CellKey, object]) -> list[Relation]:
        """The relations that speak of a count, without those of hidden cells."""
        return [each for each, cell in self._of_count[count] if cell is None or cell not in hidden]

    def list_cells(self, count: int) -> set[CellKey]:
        """The cells whose relations speak of a count, shown or hidden."""
        return {cell for _, cell in self._of_count[count] if cell is not None}

    def amount_of(self, form: Form, changes: Mapping[int, Amount]) -> Amount:
        """A form's amount after changes of the true counts."""
        return sum(
            coefficient * (self._amounts[count] + changes.get(count, 0))
            for count, coefficient in form
        )


class Effort:
    """How many changes the searches of a paper have tried, so that they end in a bounded time."""

    def __init__(self) -> None:
        self.steps = 0

    @property
    def limit(self) -> int:
        """How many changes the next search may try."""
        return MOST_STEPS if self.steps < MOST_STEPS_OF_PAPER else FEWEST_STEPS


def search_other_counts(
    secret: Secret, knowledge: Knowledge, hidden: Mapping[CellKey, object], effort: Effort
) -> Mapping[int, Amount] | None:
    """Changes of the true counts that nobody could notice and that change a small count.

    None where none is found: the small count is then taken to be derivable. The changes that were
    tried are added to the `effort`, which limits them.
    """
    limit = effort.limit
    for amount in secret.list_others(knowledge.amount_of(secret.form, {})):
        search = _Search(knowledge, hidden, relation_of(secret.form, amount), limit)
        found = search.search()
        effort.steps += search.steps
        if found is not None:
            return found
    return None


def are_unnoticed(
    changes: Mapping[int, Amount], knowledge: Knowledge, hidden: Mapping[CellKey, object]
) -> bool:
    """Whether changes of the true counts agree with every relation that a reader knows."""
    return not any(
        relation.work_out_gap(knowledge.amount_of(relation.form, changes))
        for count in changes
        for relation in knowledge.list_active(count, hidden)
    )


class _Search:
    """One search, for one amount of one small count."""

    def __init__(
        self,
        knowledge: Knowledge,
        hidden: Mapping[CellKey, object],
        goal: Relation,
        limit: int,
    ) -> None:
        self.steps = 0
        self._knowledge = knowledge
        self._goal = goal
        self._hidden = hidden
        self._changes: dict[int, Amount] = {}
        self._limit = limit
        self._active: dict[int, list[Relation]] = {}
        self._ranges: dict[int, tuple[Amount | None, Amount | None]] = {}

    def search(self) -> Mapping[int, Amount] | None:
        """The changes with which the goal is reached and no relation is broken, if any is found."""
        return dict(self._changes) if self._repair([self._goal]) else None

    def _repair(self, broken: list[Relation]) -> bool:
        """Repair all these relations; on success the changes are kept, else there are none new."""
        if not broken:
            return True
        relation = min(broken, key=self._count_movable)
        gap = self._gap_of(relation)
        for count, coefficient in sorted(relation.form, key=self._count_relations):
            if count in self._changes or self.steps >= self._limit:
                continue
            step = self._choose_step(count, coefficient, gap)
            if not step:
                continue
            self.steps += 1
            self._changes[count] = step
            checked = dict.fromkeys((self._goal, *broken, *self._list_active(count)))
            if self._repair([each for each in checked if self._gap_of(each)]):
                return True
            del self._changes[count]
        return False

    def _count_movable(self, relation: Relation) -> int:
        """How many counts could repair a relation: the one with the fewest comes first."""
        return sum(
            count not in self._changes and not self._is_fixed(count) for count, _ in relation.form
        )

    def _count_relations(self, term: tuple[int, Amount]) -> int:
        """Counts in few relations come first: a change of them breaks the least."""
        return len(self._list_active(term[0]))

    def _is_fixed(self, count: int) -> bool:
        lower, upper = self._range_of(count)
        return lower is not None and lower == upper

    def _choose_step(self, count: int, coefficient: Amount, gap: Amount) -> Amount:
        """A change in whole steps that closes the gap, or as much of it as the count's range lets.

        0 where the count cannot change that way.
        """
        exact = Fraction(gap) / coefficient
        step: Amount = ceil(exact) if exact > 0 else floor(exact)
        true = self._knowledge.amount_of(((count, 1),), {})
        lower, upper = self._range_of(count)
        if upper is not None and step > 0:
            step = max(0, min(step, floor(upper - true)))
        if lower is not None and step < 0:
            step = min(0, max(step, ceil(lower - true)))
        return step

    def _range_of(self, count: int) -> tuple[Amount | None, Amount | None]:
        """Between which amounts a count lies by the relations that speak of it alone."""
        if count not in self._ranges:
            alone = [each for each in self._list_active(count) if len(each.form) == 1]
            ends = [_list_ends(each) for each in alone]
            self._ranges[count] = (
                _choose_end(max, (lower for lower, _ in ends)),
                _choose_end(min, (upper for _, upper in ends)),
            )
        return self._ranges[count]

    def _list_active(self, count: int) -> list[Relation]:
        if count not in self._active:
            self._active[count] = self._knowledge.list_active(count, self._hidden)
        return self._active[count]

    def _gap_of(self, relation: Relation) -> Amount:
        return relation.work_out_gap(self._knowledge.amount_of(relation.form, self._changes))


def _list_ends(relation: Relation) -> tuple[Amount | None, Amount | None]:
    """The ends of a count of which a relation speaks alone."""
    ((_, coefficient),) = relation.form
    ends = [
        None if end is None else Fraction(end) / coefficient
        for end in (relation.least, relation.most)
    ]
    lower, upper = ends if coefficient > 0 else reversed(ends)
    return lower, upper


def _choose_end(
    choose: Callable[[Iterable[Amount]], Amount], ends: Iterable[Amount | None]
) -> Amount | None:
    known = [end for end in ends if end is not None]
    return choose(known) if known else None
