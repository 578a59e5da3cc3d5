"""Differences between two catalogues in words: what was added, removed or redefined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.periods import MONTH_NAMES, format_count, join_labels
from merton_kpi.core.vocabulary import Shorthand
from merton_kpi.rating.target_words import format_one_target, format_target
from merton_kpi.scorecard.cells import compose_past_cell
from merton_kpi.series.suppression import suppress_as_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.entries import Outturn
    from merton_kpi.catalogue.models import Catalogue, Indicator, Section
    from merton_kpi.catalogue.targets import Bands, Edge
    from merton_kpi.core.periods import Month
    from merton_kpi.core.vocabulary import Unit

_LONG = ("rationale", "footnotes")  # too long to print: only that they changed


@dataclass(frozen=True, kw_only=True)
class ChangedDefinition:
    """An indicator whose definition differs, with each part that does.

    One of `words` for each part: `target: at least 55% -> at least 60%`.
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


def _compare(old: dict[str, str] | None, new: dict[str, str] | None) -> tuple[str, ...]:
    if old is None:
        return ("added",)
    if new is None:
        return ("taken out of the catalogue",)
    changed = [key for key in new | old if old.get(key, "") != new.get(key, "")]
    if "target" in changed and "target in force" in changed:
        changed.remove("target in force")
    return tuple(_format_change(key, old.get(key, ""), new.get(key, "")) for key in changed)


def _format_change(key: str, old: str, new: str) -> str:
    if key in _LONG and old and new:
        return f"{key}: reworded"
    return f"{key}: {old or 'none'} -> {new or 'none'}"


def _list_definitions(catalogue: Catalogue, month: Month) -> Iterator[tuple[str, dict[str, str]]]:
    for section in catalogue.sections:
        for each in section.indicators:
            yield each.number, dict(_list_parts(catalogue, section, each, month))


def _list_parts(
    catalogue: Catalogue, section: Section, indicator: Indicator, month: Month
) -> Iterator[tuple[str, str]]:
    """Every part of a definition by its name, in words; empty where there is none."""
    yield "section", section.title
    yield "title", indicator.title
    yield "unit", indicator.unit.label.lower()
    yield "decimals", str(indicator.decimals)
    yield "frequency", indicator.frequency.value if indicator.frequency else ""
    yield (
        "months due",
        join_labels(MONTH_NAMES[number - 1] for number in indicator.due_months or ()),
    )
    yield "arrears", format_count(indicator.arrears, "month")
    yield "adds up over", _format_word(indicator.accumulates and indicator.accumulates.value)
    yield "polarity", _format_word(indicator.better and indicator.better.value)
    yield "target", format_target(indicator)
    target = indicator.target_for(month)
    yield "target in force", format_one_target(indicator, target) if target else ""
    yield "milestones", _format_milestones(indicator)
    if indicator.targets:  # without a target, bands are not used
        yield from _list_bands(catalogue.bands_for(section, indicator), indicator.unit)
    yield "carried forward", format_count(indicator.carry_forward, "period")
    yield "rating withheld", indicator.rating_withheld or ""
    yield "removed", indicator.removed or ""
    yield "replaced by", indicator.replaced_by or ""
    yield "small numbers", "suppressed" if indicator.suppress_small_numbers else "shown"
    rate = indicator.rate_of
    people = f", {rate.population:,} people" if rate and rate.population else ""
    yield "rate of", f"indicator {rate.count}{people}" if rate else ""
    for year, outturn in indicator.outturns.items():
        yield f"outturn {year}", _format_past(indicator, outturn)
    for place, benchmark in indicator.benchmarks.items():
        yield place, _format_past(indicator, benchmark)
    yield "linked", join_labels(indicator.linked)
    yield "owner", indicator.owner or ""
    yield "source", indicator.source or ""
    yield "footnotes", " ".join(catalogue.footnotes[word] for word in indicator.footnotes)
    yield "rationale", indicator.rationale or ""


def _format_word(name: str | None) -> str:
    return (name or "").replace("_", " ")


def _format_milestones(indicator: Indicator) -> str:
    return ", ".join(
        f"{month.label} {indicator.unit.format_figure(figure)}"
        for target in indicator.targets
        for month, figure in sorted(target.milestones.items())
    )


def _list_bands(bands: Bands, unit: Unit) -> Iterator[tuple[str, str]]:
    yield "amber", _format_band_limit(bands.amber, unit)
    yield "green", _format_band_limit(bands.green, unit)
    yield "blue", _format_band_limit(bands.blue, unit)


def _format_band_limit(edge: Edge | str | None, unit: Unit) -> str:
    """Where a band begins, as the catalogue sets it: how far from the target, or a figure."""
    if edge is None or isinstance(edge, str):
        return ""
    if edge.start is not None:
        return f"from {unit.format_figure(edge.start)}"
    if edge.percent_of_target is not None:
        return f"{edge.percent_of_target}% of the target"
    distance = edge.units if edge.percentage_points is None else edge.percentage_points
    assert distance is not None
    return unit.format_difference(distance)


def _format_past(indicator: Indicator, past: Outturn) -> str:
    cell = compose_past_cell(indicator, past)
    if cell.shorthand is Shorthand.CONFIDENTIAL:
        return "a figure that is suppressed"
    figure = cell.printed if cell.value is not None else ""
    details = f"({cell.details})" if figure and cell.details else cell.details
    return " ".join(filter(None, (figure, details)))
