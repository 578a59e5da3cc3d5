"""Made-up councils from a seed: small counts that are related in every way that the tool knows."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from disclosure.simulation.councils.council import Council, Entry, Kind
from disclosure.simulation.councils.months import LAST_YEAR, MARCH
from disclosure.simulation.councils.send import add_sending

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from disclosure.simulation.councils.council import Cell

    Group = Callable[[Random, int], list[Entry]]

SIZES = (1, 1, 2, 3, 4, 4, 6, 8, 20, 60)  # means of a month's count
OTHERS = (1, 3, 8, 30)  # means of what is left in a denominator
FIRST = MARCH - 30  # September 2022: the first month of any year that is reported
NEW_KEYS = frozenset({"sum_of", "running_total_of", "percentage_of", "suppress"})


def generate_council(seed: str, keys: Collection[str] = NEW_KEYS) -> Council:
    """A council of 2 to 6 indicators and 3 to 14 months.

    Args:
        seed: What the council follows from; the same gives the same.
        keys: Those of NEW_KEYS that the catalogue may have.
    """
    random = Random(seed)
    entries = _choose_entries(random, keys)
    last = MARCH - 12 + random.choice((3, 4, 5, 6, 6, 7, 8, 9, 10, 11, 12, 12, 12, 12, 13, 14))
    last = min(last, MARCH + max(each.arrears for each in entries))  # no papers come after that
    council = Council(entries=tuple(entries), last=last, counts=_draw_counts(random, entries))
    return add_sending(random, council)


def _choose_entries(random: Random, keys: Collection[str]) -> list[Entry]:
    groups: list[Group] = [_make_count, _make_total, _make_added, _make_percent, _make_rate]
    for key, group in (
        ("sum_of", _make_sum),
        ("running_total_of", _make_running),
        ("percentage_of", _make_share),
    ):
        groups += [group] if key in keys else []
    size = random.choice((2, 3, 3, 4, 4, 5, 6))
    entries: list[Entry] = []
    while len(entries) < 2 or (len(entries) < size and random.random() < 0.9):
        found = random.choice(groups)(random, len(entries) + 1)
        if len(entries) + len(found) <= 6:
            entries += _flag(random, found, keys)
    return [_finish(random, each) for each in entries]


def _flag(random: Random, entries: list[Entry], keys: Collection[str]) -> list[Entry]:
    """Entries of which some or all have the suppression, mostly one and the same."""
    below = random.choice((5, 5, 5, 6, 8, 10)) if "suppress" in keys else 5
    round_to = 5 if "suppress" in keys and random.random() < 0.15 else 0
    chance = random.choice((1, 1, 0.7, 0.5))
    found = [
        replace(each, below=below, round_to=round_to) if random.random() < chance else each
        for each in entries
    ]
    if not any(each.below for each in found):
        found[0] = replace(found[0], below=below, round_to=round_to)
    # All of them are rounded if one is.
    return [replace(each, round_to=round_to) for each in found]


RATIOS = (Kind.PERCENT, Kind.TO_DATE, Kind.RATE, Kind.SHARE)


def _finish(random: Random, entry: Entry) -> Entry:
    """The entry with an outturn and a target, or without."""
    has_outturn = entry.kind not in (Kind.PERCENT, Kind.TO_DATE) and random.random() < 0.4
    outturn = LAST_YEAR if has_outturn else ""
    if has_outturn and entry.first == 9 and random.random() < 0.4:
        outturn = "2022/23"
    target = entry.target
    if entry.kind in (Kind.PERCENT, Kind.TO_DATE) and random.random() < 0.5:
        target = "{at_least: 80}"
    elif entry.first and entry.kind not in RATIOS and random.random() < 0.4:
        target = "{at_most: 60, profile: share_of_year}"
    sends = random.choice(("vn", "nd", "vnd"))  # a small numerator must be given
    is_bare = bool(entry.below) and entry.kind is Kind.SHARE
    return replace(entry, outturn=outturn, target=target, sends=sends if is_bare else entry.sends)


def _make_count(random: Random, number: int) -> list[Entry]:
    return [Entry(number=str(number), kind=Kind.COUNT, interval=random.choice((1, 1, 3)))]


def _make_total(random: Random, number: int) -> list[Entry]:
    first = random.choice((4, 4, 9))
    interval = random.choice((1, 1, 3)) if first == 4 else 1
    return [Entry(number=str(number), kind=Kind.TOTAL, first=first, interval=interval)]


def _make_added(random: Random, number: int) -> list[Entry]:
    (entry,) = _make_total(random, number)
    return [replace(entry, kind=Kind.ADDED, adds_up=True)]


def _make_percent(random: Random, number: int) -> list[Entry]:
    kind = random.choice((Kind.PERCENT, Kind.TO_DATE))
    return [
        Entry(
            number=str(number),
            kind=kind,
            first=4 if kind is Kind.TO_DATE else 0,
            interval=random.choice((1, 1, 3)),
            decimals=random.choice((0, 0, 1)),
            sends=random.choice(("nd", "nd", "vnd", "vn")),
        )
    ]


def _make_rate(random: Random, number: int) -> list[Entry]:
    (count,) = random.choice((_make_count, _make_count, _make_total))(random, number)
    rate = Entry(
        number=str(number + 1),
        kind=Kind.RATE,
        interval=count.interval,
        of=(count.number,),
        arrears=random.choice((0, 0, 1, 2)),
        decimals=random.choice((0, 1, 1, 2)),
        per=random.choice((1_000, 10_000, 10_000, 100_000)),
        population=random.choice((2_100, 9_400, 47_000, 201_000)),
        is_population_public=random.random() < 0.6,
        sends=random.choice(("v", "v", "v", "vn")),
    )
    return [count, rate]


def _make_sum(random: Random, number: int) -> list[Entry]:
    (part,) = random.choice((_make_count, _make_count, _make_total, _make_added))(random, number)
    size = random.choice((2, 2, 3))
    parts = [replace(part, number=str(number + 1 + index)) for index in range(size)]
    whole = replace(part, kind=Kind.SUM, of=tuple(each.number for each in parts))
    return [whole, *parts]


def _make_running(random: Random, number: int) -> list[Entry]:
    months = Entry(number=str(number), kind=Kind.COUNT)
    total = Entry(
        number=str(number + 1),
        kind=Kind.RUNNING,
        of=(months.number,),
        first=random.choice((4, 4, 9)),
    )
    if total.first == 4 and random.random() < 0.3:
        total = replace(total, interval=3)
    return [months, total]


def _make_share(random: Random, number: int) -> list[Entry]:
    (part,) = _make_count(random, number)
    whole = replace(part, number=str(number + 1), contains=part.number)
    share = replace(
        part,
        number=str(number + 2),
        kind=Kind.SHARE,
        of=(part.number, whole.number),
        decimals=random.choice((0, 0, 1)),
    )
    return [part, whole, share]


def _draw_counts(random: Random, entries: list[Entry]) -> dict[Cell, int]:
    """The true counts of all months from FIRST on, of years and of outturns."""
    counts: dict[Cell, int] = {}
    for entry in entries:
        if entry.kind in (Kind.SUM, Kind.RUNNING, Kind.RATE, Kind.SHARE):
            continue
        size, other = random.choice(SIZES), random.choice(OTHERS)
        for period in (-1, 0, *range(FIRST, MARCH + 1)):
            counts[entry.number, period, "in"] = random.randint(0, 2 * size)
            counts[entry.number, period, "out"] = random.randint(0, 2 * other)
            if entry.contains:  # so that a share never has 0 as its denominator
                counts[entry.number, period, "in"] += 1
    return counts
