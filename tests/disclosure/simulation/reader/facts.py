"""What a printed figure says of the cells behind it: bounds on sums of whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, lcm
from typing import TYPE_CHECKING

from disclosure.simulation.councils.council import Kind, Quantities
from disclosure.simulation.councils.months import APRIL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure.simulation.councils.council import Cell, Council, Entry, Sum

# A cell as first counted (0), or since a correction of a figure that it is part of (1 and more). A
# rate's population is one too.
Unknown = tuple["Cell", int]
PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Bound:
    """A sum of unknown whole numbers, none negative, that lies between two figures.

    It is none of the numbers from 1 to one less than `not_below`, if that is given.
    """

    terms: tuple[tuple[Unknown, int], ...]
    low: int | None
    high: int | None
    not_below: int = 0

    def list_repairs(self, total: int) -> tuple[int, ...]:
        """The nearest numbers that the sum can be instead of `total`; none where that is one."""
        if self.low is not None and total < self.low:
            return (self.low,)
        if self.high is not None and total > self.high:
            return (self.high,)
        return (0, self.not_below) if 0 < total < self.not_below else ()

    def limit(self, least: int | None, most: int | None) -> tuple[int | None, int | None]:
        """The figures that it lies between, where its terms' ends have these sums."""
        low, high = self.low, self.high
        if self.not_below and least is not None and least > 0:
            low = max(low or 0, self.not_below)
        if self.not_below and most is not None and most < self.not_below:
            high = 0
        return low, high


def bound(terms: Mapping[Unknown, int], low: int | None, high: int | None) -> Bound:
    return Bound(tuple(sorted((each, times) for each, times in terms.items() if times)), low, high)


@dataclass(frozen=True, slots=True)
class Reader:
    """What a reader knows of a council: its catalogue, and which rows were sent when."""

    council: Council
    quantities: Quantities
    changes: Mapping[Cell, tuple[int, ...]]  # the months from which a cell can be another

    @classmethod
    def of(cls, council: Council) -> Reader:
        quantities = Quantities(council)
        changes: dict[Cell, tuple[int, ...]] = {}
        for month, figures in sorted(council.resent.items()):
            parts = [quantities.list_parts(*figure).values() for figure in figures]
            for cell in {cell for each in parts for cells in each for cell in cells}:
                changes[cell] = (*changes.get(cell, ()), month)
        for cell, corrections in council.corrections.items():
            # Where several corrections cancel each other out in a total, it does not come again.
            months = {month for month, _ in corrections}
            changes[cell] = tuple(sorted(months.union(changes.get(cell, ()))))
        return cls(council, quantities, changes)

    def name_unknowns(self, cells: Sum, month: int) -> dict[Unknown, int]:
        """The unknowns that a quantity, as known in a month, is the sum of."""
        return {
            (cell, sum(since <= month for since in self.changes.get(cell, ()))): times
            for cell, times in cells.items()
        }

    def find_truth(self, unknown: Unknown) -> int:
        cell, version = unknown
        if cell[2] == PEOPLE:
            return self.council.select(cell[0]).population
        changes = self.changes.get(cell, ())
        last = changes[version] - 1 if version < len(changes) else self.council.last
        return self.council.count_as_at(cell, last)

    def list_unchanged(self, month: int) -> Iterator[Bound]:
        """What was sent and does not come again with a month's corrections is what it was."""
        council = self.council
        known = [figure for figure, first in council.sent.items() if first < month]
        known += [(number, each) for number, those in council.earlier.items() for each in those]
        for figure in known:
            if figure in council.resent.get(month, ()):
                continue
            for cells in self.quantities.list_parts(*figure).values():
                now = self.name_unknowns(cells, month)
                before = self.name_unknowns(cells, month - 1)
                if now != before:
                    yield bound(_weigh(now, 1, before, 1), 0, 0)

    def evaluate(self, terms: Iterable[tuple[Unknown, int]]) -> int:
        return sum(times * self.find_truth(each) for each, times in terms)

    def bound_figure(
        self, entry: Entry, period: int, month: int, figure: Fraction, decimals: int
    ) -> Iterator[Bound]:
        """What an indicator's printed figure says, as known in a month."""
        parts = self.quantities.list_parts(entry.number, period)
        if "v" in parts:
            yield from self.bound_count(entry, parts["v"], month, figure)
            return
        numerator = self.name_unknowns(parts["n"], month)
        half = Fraction(1, 2 * 10**decimals)
        low, high = figure - half, figure + half
        scale = lcm(low.denominator, high.denominator)
        if entry.kind is Kind.RATE:
            people = self._name_people(entry, period)
            if isinstance(people, int):  # a count between two figures
                least = ceil(low * people / entry.per)
                yield bound(numerator, least, ceil(high * people / entry.per) - 1)
                return
            denominator = {people: 1}
        else:
            denominator = self.name_unknowns(parts["d"], month)
        yield bound(denominator, 1, None)
        share = entry.per * scale
        yield bound(_weigh(numerator, share, denominator, int(low * scale)), 0, None)
        yield bound(_weigh(numerator, share, denominator, int(high * scale)), None, -1)

    def bound_count(
        self, entry: Entry, cells: Sum, month: int, figure: Fraction
    ) -> Iterator[Bound]:
        """What a printed count says, which may be rounded."""
        half = Fraction(entry.round_to, 2)
        low, high = ceil(figure - half), ceil(figure + half) - 1 if half else int(figure)
        if half and entry.below:  # a count that is printed is not one of those that are hidden
            truth = self.quantities.council.add(cells, month)
            if figure == 0 and truth == 0:
                high = 0
            elif low < entry.below <= truth:
                low = entry.below if figure or high < entry.below else low
        yield bound(self.name_unknowns(cells, month), max(low, 0), high)

    def _name_people(self, entry: Entry, period: int) -> Unknown | int:
        """A rate's population: as given, or the same unknown number for all of a year."""
        if entry.is_population_public:
            return entry.population
        return (entry.number, 1 if period >= APRIL else 2, PEOPLE), 0


def _weigh(
    one: Mapping[Unknown, int], times: int, other: Mapping[Unknown, int], less: int
) -> dict[Unknown, int]:
    """`times` the one sum, less `less` times the other."""
    found = {each: times * number for each, number in one.items()}
    for each, number in other.items():
        found[each] = found.get(each, 0) - less * number
    return found
