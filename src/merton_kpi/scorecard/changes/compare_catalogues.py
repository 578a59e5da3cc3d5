"""Differences between two catalogues in words: what was added, removed or redefined.

Every field of an indicator is compared as data, and only what differs is put in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.periods import join_months
from merton_kpi.scorecard.changes.definition_parts import (
    NO_PART,
    Definition,
    Part,
    list_band_parts,
    list_bands_in_force,
    list_measure_parts,
    list_milestone_parts,
    list_other_parts,
    list_parts_in_force,
    list_target_parts,
)
from merton_kpi.series.suppression import suppress_as_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import Month

_LONG = ("rationale", "footnotes", "confirmed")  # too long to print: only that they changed


@dataclass(frozen=True, kw_only=True)
class ChangedDefinition:
    """An indicator whose definition differs, with each part that does.

    `words` has a sentence for each such part: `target: at least 55% -> at least 60%`.
    """

    number: str
    title: str
    words: tuple[str, ...]


def compare_catalogues(
    before: Catalogue, since: Month, now: Catalogue, month: Month
) -> tuple[ChangedDefinition, ...]:
    """What differs between a catalogue as at a month and another as at a later one.

    The same catalogue differs from itself only in the targets that begin between the two months.
    No earlier figure is given that the later catalogue suppresses.
    """
    before = suppress_as_in(before, now)
    old, new = dict(_list_definitions(before, since)), dict(_list_definitions(now, month))
    titles = {each.number: each.title for each in (*before.indicators, *now.indicators)}
    found = ((number, _compare(old.get(number), new.get(number))) for number in new | old)
    return tuple(
        ChangedDefinition(number=number, title=titles[number], words=words)
        for number, words in found
        if words
    )


def _list_definitions(catalogue: Catalogue, month: Month) -> Iterator[tuple[str, Definition]]:
    for section in catalogue.sections:
        for each in section.indicators:
            yield (
                each.number,
                Definition(
                    section=section.title,
                    indicator=each,
                    scale=catalogue.scale_for(section, each),
                    footnotes=tuple(catalogue.footnotes[name] for name in each.footnotes),
                    in_force=each.target_for(month),
                ),
            )


def _compare(old: Definition | None, new: Definition | None) -> tuple[str, ...]:
    if old is None:
        return ("added",)
    if new is None:
        return ("taken out of the catalogue",)
    return (
        *_compare_parts(list_measure_parts(old), list_measure_parts(new)),
        *_compare_targets(old, new),
        *_compare_parts(list_other_parts(old), list_other_parts(new)),
        *_compare_earlier_months(old.indicator.earlier_months, new.indicator.earlier_months),
    )


def _compare_targets(old: Definition, new: Definition) -> Iterator[str]:
    """The targets and bands, or else those in force, which only the two months can make differ."""
    targets = tuple(_compare_parts(list_target_parts(old), list_target_parts(new)))
    yield from targets or _compare_parts(list_parts_in_force(old), list_parts_in_force(new))
    yield from _compare_parts(list_milestone_parts(old), list_milestone_parts(new))
    bands = tuple(_compare_parts(list_band_parts(old), list_band_parts(new)))
    if targets or bands:
        yield from bands
    else:
        yield from _compare_parts(list_bands_in_force(old), list_bands_in_force(new))


def _compare_parts(
    old: Iterable[tuple[str, Part]], new: Iterable[tuple[str, Part]]
) -> Iterator[str]:
    """The parts that differ, in the later definition's order, then those that only `old` has."""
    before, now = dict(old), dict(new)
    for name in now | before:
        was, is_now = before.get(name, NO_PART), now.get(name, NO_PART)
        if was != is_now:
            yield _format_change(name, was.format(), is_now.format())


def _compare_earlier_months(
    old: Mapping[Month, Decimal], new: Mapping[Month, Decimal]
) -> Iterator[str]:
    """Only the months: a whole year's figures would be too long to print."""
    changed = [month for month in sorted({*old, *new}) if old.get(month) != new.get(month)]
    if changed:
        yield f"last year's figures: changed for {join_months(changed)}"


def _format_change(name: str, old: str, new: str) -> str:
    if name in _LONG and old and new:
        return f"{name}: reworded"
    return f"{name}: {old or 'none'} -> {new or 'none'}"
