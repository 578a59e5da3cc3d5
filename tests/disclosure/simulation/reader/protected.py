"""The small counts that no reader may work out, of each indicator that has the suppression."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from disclosure.simulation.councils.council import OUTTURN, OWN_YEAR, Kind, subtract
from disclosure.simulation.councils.months import APRIL, list_since

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from disclosure.simulation.councils.council import Entry, Sum
    from disclosure.simulation.reader.facts import Reader, Unknown

RUNNING = (Kind.TOTAL, Kind.RUNNING, Kind.TO_DATE)
PART_NAMES = {"v": "count", "n": "numerator", "d": "denominator"}


@dataclass(frozen=True, kw_only=True, slots=True)
class SmallCount:
    """A true count from 1 to one less than `below`; `known` is when the tool first has it."""

    number: str
    period: int
    what: str
    terms: tuple[tuple[Unknown, int], ...]
    truth: int
    below: int
    known: int


def list_small_counts(reader: Reader, printed: Collection[tuple[str, int]]) -> list[SmallCount]:
    """Every small count that the council's suppression is to hide, once.

    A count that an indicator without the suppression prints is the council's own choice.
    """
    found: dict[tuple[str, object], SmallCount] = {}
    for entry in reader.council.entries:
        if not entry.below:
            continue
        for period, month, what, cells in _list_quantities(reader, entry, printed):
            truth = reader.council.add(cells, month)
            if 0 < truth < entry.below:
                terms = tuple(sorted(reader.name_unknowns(cells, month).items()))
                small = SmallCount(
                    number=entry.number,
                    period=period,
                    what=what,
                    terms=terms,
                    truth=truth,
                    below=entry.below,
                    known=APRIL if period == OUTTURN else month,
                )
                found.setdefault((entry.number, terms), small)
    return list(found.values())


def _list_quantities(
    reader: Reader, entry: Entry, printed: Collection[tuple[str, int]]
) -> Iterator[tuple[int, int, str, Sum]]:
    """Each quantity that the indicator counts: its period, when it was known, and its cells."""
    council = reader.council
    sent = {period: known for (number, period), known in council.sent.items()
            if number == entry.number}  # fmt: skip
    given = [*council.earlier.get(entry.number, ()), *([OUTTURN] if entry.outturn else [])]
    if entry.kind not in (Kind.PERCENT, Kind.TO_DATE):  # their parts are not in the catalogue
        for period in given:
            for what, cells in _list_own(reader, entry, period, printed):
                yield period, 10**6 if period == OUTTURN else APRIL, what, cells
    for month in range(APRIL, council.last + 1):
        known = sorted(period for period, first in sent.items() if first <= month)
        again = {period for number, period in council.resent.get(month, ())
                 if number == entry.number}  # fmt: skip
        fresh = {period for period in known if sent[period] == month} | again
        for period in sorted(fresh):
            for what, cells in _list_own(reader, entry, period, printed):
                yield period, month, what, cells
        if is_running(entry):
            yield from _list_steps(reader, entry, known, (month, fresh))
        for period in known:
            months = {*_list_added(entry, period)}
            if months & fresh and months <= {*known, *given}:
                yield period, month, "sum added up", reader.quantities.list_total(entry, period)


def _list_added(entry: Entry, period: int) -> Iterator[int]:
    """The periods that kpi adds up to a total, if it does."""
    if entry.adds_up and period > OWN_YEAR:
        yield from filter(entry.ends_period, list_since(period, entry.first))


def is_running(entry: Entry) -> bool:
    return entry.kind in RUNNING or (
        entry.kind is Kind.SUM and bool(entry.first) and not entry.adds_up
    )


def _list_own(
    reader: Reader, entry: Entry, period: int, printed: Collection[tuple[str, int]]
) -> Iterator[tuple[str, Sum]]:
    """The count, or the numerator, the denominator and what is left of it; sums added up."""
    parts = reader.quantities.list_parts(entry.number, period)
    if entry.kind in (Kind.RATE, Kind.SHARE):
        numbers = dict(zip(("n", "d"), entry.of, strict=False))
        others = {name: reader.council.select(each) for name, each in numbers.items()}
        for name, other in others.items():
            if other.below or (other.number, period) not in printed:
                yield f"{PART_NAMES[name]} in another row", parts[name]
        if "d" in others and all(each.below for each in others.values()):
            yield "rest in another row", subtract(parts["d"], parts["n"])
        return
    for name, cells in parts.items():
        if name in "v" + entry.sends:
            yield PART_NAMES[name], cells
    if "d" in parts and "d" in entry.sends:
        yield "rest", subtract(parts["d"], parts["n"])


def _list_steps(
    reader: Reader, entry: Entry, periods: list[int], came: tuple[int, set[int]]
) -> Iterator[tuple[int, int, str, Sum]]:
    """What each running total has more than the one sent for an earlier period of its year.

    `came` is the month, with the periods whose totals came in it: one of the two is among them.
    """
    month, fresh = came
    months = [period for period in periods if period > OWN_YEAR]
    first = {4: 3, 9: 8}[entry.first]
    earlier = [each for each in reader.council.earlier.get(entry.number, ())
               if entry.first == 9 and each >= APRIL - 7]  # fmt: skip
    months = sorted({*months, *earlier})
    for before, period in pairwise(months):
        is_same_year = (before - first) // 12 == (period - first) // 12
        if not is_same_year or not fresh & {before, period}:
            continue
        parts = reader.quantities.list_parts(entry.number, period)
        others = reader.quantities.list_parts(entry.number, before)
        steps = {name: subtract(parts[name], others[name]) for name in parts}
        for name, cells in steps.items():
            if name in "v" + entry.sends:
                yield period, month, f"step of the {PART_NAMES[name]}", cells
        if "d" in steps and "d" in entry.sends:
            yield period, month, "step of the rest", subtract(steps["d"], steps["n"])
