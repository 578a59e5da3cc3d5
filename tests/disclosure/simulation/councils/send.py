"""When a made-up council sends its figures: in time, late, corrected, or never."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from disclosure.simulation.councils.council import OWN_YEAR, Council, Entry, Kind, Quantities
from disclosure.simulation.councils.months import APRIL, MARCH

if TYPE_CHECKING:
    from random import Random

    from disclosure.simulation.councils.council import Cell

    Corrections = tuple[tuple[int, int], ...]  # months, and what a cell is from then on
    Figure = tuple[str, int]  # an indicator's number and a period


def add_sending(random: Random, council: Council) -> Council:
    """The council with its corrections, its extracts' rows and last year's months."""
    council = replace(council, sent=_choose_months(random, council))
    council = replace(council, corrections=_choose_corrections(random, council))
    council = replace(council, resent=_list_resent(council))
    return replace(
        council,
        statuses=_choose_statuses(random, council),
        earlier={each.number: _choose_earlier(random, each) for each in council.entries},
    )


def _choose_months(random: Random, council: Council) -> dict[Figure, int]:
    """The month in which each figure is first sent. Some figures are never sent."""
    late, missing = random.choice((0, 0.1, 0.25)), random.choice((0, 0, 0.05))
    sent: dict[Figure, int] = {}
    for entry in council.entries:
        for month in range(APRIL, MARCH + 1):
            known = month + entry.arrears
            if random.random() < late:
                known += random.randint(1, 3)
            is_sent = entry.ends_period(month) and random.random() >= missing
            if is_sent and known <= council.last:
                sent[entry.number, month] = known
        has_year = entry.kind is not Kind.RATE and entry.kind is not Kind.SHARE and entry.first != 9
        if council.last >= MARCH and has_year and random.random() < 0.3:
            known = random.randint(MARCH, council.last)
            sent[entry.number, OWN_YEAR] = known
    return sent


def _choose_corrections(random: Random, council: Council) -> dict[Cell, Corrections]:
    """Cells that a later month corrects by a little."""
    share = random.choice((0, 0, 0.05, 0.12))
    corrections: dict[Cell, Corrections] = {}
    for cell, count in council.counts.items():
        _, month, _ = cell
        if month < APRIL or random.random() >= share:
            continue
        known = month + random.randint(1, 4)
        value = max(0, count + random.choice((-2, -1, 1, 1, 2, 4)))
        is_whole = any(each.contains and each.number == cell[0] for each in council.entries)
        if known <= council.last and value != count and (value or not is_whole):
            corrections[cell] = ((known, value),)
    return corrections


def _list_resent(council: Council) -> dict[int, tuple[Figure, ...]]:
    """The figures that change after they were sent, by the month in which they are sent again."""
    quantities = Quantities(council)
    resent: dict[int, tuple[Figure, ...]] = {}
    for known in range(APRIL + 1, council.last + 1):
        changed = []
        for figure, first in council.sent.items():
            parts = quantities.list_parts(*figure).values()
            is_changed = any(
                council.add(cells, known) != council.add(cells, known - 1) for cells in parts
            )
            if first < known and is_changed:
                changed.append(figure)
        if changed:
            resent[known] = tuple(changed)
    return resent


def _choose_statuses(random: Random, council: Council) -> dict[Figure, str]:
    """Some small counts that an officer hides."""
    if random.random() < 0.75:
        return {}
    quantities = Quantities(council)
    statuses: dict[Figure, str] = {}
    for number, period in council.sent:
        entry, known = council.select(number), council.sent[number, period]
        parts = quantities.list_parts(number, period)
        is_resent = any((number, period) in each for each in council.resent.values())
        if "v" in parts and period and not is_resent and entry.below:
            count = council.add(parts["v"], known)
            if 0 < count < min(entry.below, 5) and random.random() < 0.4:
                statuses[number, period] = "suppressed"
    return statuses


def _choose_earlier(random: Random, entry: Entry) -> tuple[int, ...]:
    """The months of last year whose figures the catalogue has."""
    if random.random() < 0.6:
        return ()
    months = [month for month in range(APRIL - 12, MARCH - 11) if entry.ends_period(month)]
    return tuple(month for month in months if random.random() < 0.9)
