"""Make a council that leaks as small as it can be, to show what leaks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from disclosure.simulation.councils.months import APRIL, format_month
from disclosure.simulation.councils.write import COLUMNS, write_catalogue, write_extracts
from disclosure.simulation.reader.audit import BrokenFactError
from disclosure.simulation.run import check_council

from merton_kpi.core.issues import BuildStoppedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from disclosure.simulation.councils.council import Council, Entry
    from disclosure.simulation.reader.protected import SmallCount


def shrink(council: Council, small: SmallCount, folder: Path) -> Council:
    """The council without all that the leak of a small count does not need."""
    going_on = True
    while going_on:
        going_on = False
        for smaller in _list_smaller(council, small):
            if _leaks(smaller, small, folder):
                council, going_on = smaller, True
                break
    return council


def _leaks(council: Council, small: SmallCount, folder: Path) -> bool:
    try:
        result = check_council(council, folder, "it")
    except (BuildStoppedError, BrokenFactError):  # it is no example
        return False
    found = result.leaking.get("it", [])
    return any(
        (each.small.number, each.small.terms) == (small.number, small.terms) for each in found
    )


def _list_smaller(council: Council, small: SmallCount) -> Iterator[Council]:
    """The council with one thing less."""
    for entry in council.entries:
        used = {number for each in council.entries for number in (*each.of, each.contains)}
        if entry.number not in (small.number, *used):
            yield _remove_entry(council, entry)
    if council.last > APRIL:
        yield _remove_figures(replace(council, last=council.last - 1))
    for entry in council.entries:
        plain = replace(entry, outturn="", target="not_a_target_measure")
        if plain != entry:
            entries = tuple(plain if each is entry else each for each in council.entries)
            yield replace(council, entries=entries)
        if council.earlier.get(entry.number):
            yield replace(council, earlier={**council.earlier, entry.number: ()})
    for figure in council.sent:
        sent = {each: known for each, known in council.sent.items() if each != figure}
        yield _remove_figures(replace(council, sent=sent))


def _remove_entry(council: Council, entry: Entry) -> Council:
    entries = tuple(each for each in council.entries if each is not entry)
    sent = {each: known for each, known in council.sent.items() if each[0] != entry.number}
    return _remove_figures(replace(council, entries=entries, sent=sent))


def _remove_figures(council: Council) -> Council:
    """The council without what comes after its last month, or again for nothing."""
    sent = {each: known for each, known in council.sent.items() if known <= council.last}
    resent = {
        known: tuple(each for each in figures if each in sent)
        for known, figures in council.resent.items()
        if known <= council.last
    }
    return replace(council, sent=sent, resent=resent)


def describe_leak(council: Council, small: SmallCount) -> str:
    """The catalogue's indicators, the extracts that have rows, and what leaks."""
    what = format_month(small.period) if small.period > 0 else "a year"
    lines = [f"Indicator {small.number}, {what}: the {small.what} can only be {small.truth}", ""]
    lines += [write_catalogue(council).partition("indicators:\n")[2]]
    for name, text in write_extracts(council).items():
        if text != COLUMNS:
            lines += [name, text]
    return "\n".join(lines)
