"""A made-up council: its indicators, the true counts behind them, and what it sends when.

Everything that an indicator counts is a sum of cells: the counts of one month that no other figure
divides further. A percentage has two cells a month, those who met it (`in`) and those who did not
(`out`). So the true data are consistent by construction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from disclosure.simulation.councils.months import MARCH, list_since

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OWN_YEAR = 0  # in place of a month: the year's own figure, or last year's outturn
OUTTURN = -1

Cell = tuple[str, int, str]  # an indicator's number, a month, and `in` or `out`
Sum = dict[Cell, int]  # how often each cell is counted in a quantity


class Kind(Enum):
    """What an indicator's figures are."""

    COUNT = "the count of its own period"
    ADDED = "the count of its own period, which kpi adds up"
    TOTAL = "a running total"
    PERCENT = "a percentage of its own period"
    TO_DATE = "a percentage of the year so far"
    SUM = "the sum of other indicators"
    RUNNING = "the running total of another indicator's counts"
    RATE = "a rate of another indicator's count"
    SHARE = "one indicator's count as a percentage of another's"


RELATED = (Kind.SUM, Kind.RATE, Kind.SHARE)  # by the figures for the same period


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One indicator of the catalogue.

    `first` is the calendar month in which its running total begins (0: it has none). `below` is the
    suppression's threshold, 0 where nothing is suppressed. `of` are the indicators that it is a
    sum, a total, a rate or a share of; `contains` is one whose counts are among its own.
    `sends` says which columns of the extract are filled in: v, n and d.
    """

    number: str
    kind: Kind
    interval: int = 1
    first: int = 0
    below: int = 0
    round_to: int = 0
    arrears: int = 0
    decimals: int = 0
    per: int = 100
    population: int = 0
    is_population_public: bool = False
    of: tuple[str, ...] = ()
    contains: str = ""
    sends: str = "v"
    target: str = "not_a_target_measure"
    adds_up: bool = False  # kpi adds its figures up
    outturn: str = ""  # the year that its outturn of 2023/24 covers: "" for none

    def ends_period(self, month: int) -> bool:
        return (month + 1) % self.interval == 0


@dataclass(frozen=True, kw_only=True)
class Council:
    """A council's year.

    `counts` are the true cells, `corrections` the months from which a cell has other values, and
    these. `sent` is the month of the extract that first has an indicator's figure for a
    period; `resent` are the figures that an extract sends again. `statuses` take a figure's place.
    """

    entries: tuple[Entry, ...]
    last: int
    counts: Mapping[Cell, int]
    corrections: Mapping[Cell, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    sent: Mapping[tuple[str, int], int] = field(default_factory=dict)
    resent: Mapping[int, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    statuses: Mapping[tuple[str, int], str] = field(default_factory=dict)
    earlier: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def select(self, number: str) -> Entry:
        return next(each for each in self.entries if each.number == number)

    def count_as_at(self, cell: Cell, month: int) -> int:
        known = [value for since, value in self.corrections.get(cell, ()) if since <= month]
        return known[-1] if known else self.counts.get(cell, 0)

    def add(self, cells: Sum, month: int) -> int:
        """The value of a quantity as known in a month."""
        return sum(times * self.count_as_at(cell, month) for cell, times in cells.items())


class Quantities:
    """What each figure of a council's indicators counts, as sums of cells."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.entries = {each.number: each for each in council.entries}
        self.list_parts = lru_cache(maxsize=None)(self._list_parts)

    def _list_parts(self, number: str, period: int) -> dict[str, Sum]:
        """A figure's count, or its numerator and denominator, by `v` or `n` and `d`.

        The period is a month, OWN_YEAR or OUTTURN.
        """
        entry = self.entries[number]
        if entry.kind in RELATED:
            return self._list_related(entry, period)
        if entry.first and period in (OWN_YEAR, OUTTURN):
            if entry.kind is Kind.ADDED:
                return {"v": self.list_total(entry, period)}
            return self.list_parts(number, self._choose_last_month(entry, period))
        months = self.list_months(entry, period)
        if entry.kind in (Kind.PERCENT, Kind.TO_DATE):
            inside = {(number, month, "in"): 1 for month in months}
            return {"n": inside, "d": inside | {(number, month, "out"): 1 for month in months}}
        return {"v": self._count(entry, months)}

    def _list_related(self, entry: Entry, period: int) -> dict[str, Sum]:
        """The parts of a figure that follows from those of other indicators for its period."""
        counts = [self.list_parts(each, period)["v"] for each in entry.of]
        if entry.kind is Kind.SUM:
            return {"v": add_sums(counts)}
        return dict(zip(("n", "d"), counts, strict=False))

    def _count(self, entry: Entry, months: tuple[int, ...]) -> Sum:
        if entry.kind is Kind.RUNNING:
            return add_sums(self.list_parts(entry.of[0], month)["v"] for month in months)
        own = {(entry.number, month, "in"): 1 for month in months}
        if not entry.contains:
            return own
        return add_sums((own, *(self.list_parts(entry.contains, month)["v"] for month in months)))

    def list_months(self, entry: Entry, period: int) -> tuple[int, ...]:
        """The period ends that a figure covers: its own, or those of its year so far."""
        is_running = entry.kind in (Kind.TOTAL, Kind.RUNNING, Kind.TO_DATE)
        if not is_running or period in (OWN_YEAR, OUTTURN):
            return (period,)
        step = self.entries[entry.of[0]] if entry.kind is Kind.RUNNING else entry
        return tuple(month for month in list_since(period, entry.first) if step.ends_period(month))

    def _choose_last_month(self, entry: Entry, period: int) -> int:
        """The month whose running total is the year's figure."""
        if period == OWN_YEAR:
            return MARCH
        if entry.first == 4:
            return MARCH - 12
        return MARCH - 7 if entry.outturn == "2023/24" else MARCH - 19

    def list_total(self, entry: Entry, period: int) -> Sum:
        """The sum up to a period of figures that are added up, a year's too."""
        if period in (OWN_YEAR, OUTTURN):
            period = self._choose_last_month(entry, period)
        months = [month for month in list_since(period, entry.first) if entry.ends_period(month)]
        return add_sums(self.list_parts(entry.number, month)["v"] for month in months)


def add_sums(sums: Iterable[Sum]) -> Sum:
    found: Sum = {}
    for each in sums:
        for cell, times in each.items():
            found[cell] = found.get(cell, 0) + times
    return found


def subtract(one: Sum, other: Sum) -> Sum:
    found = dict(one)
    for cell, times in other.items():
        found[cell] = found.get(cell, 0) - times
    return {cell: times for cell, times in found.items() if times}
