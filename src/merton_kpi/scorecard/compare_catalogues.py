"""Differences between two catalogues in words: what was added, removed or redefined.

Every field of an indicator is compared as data, and only what differs is put in words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from merton_kpi.core.periods import MONTH_NAMES, format_count, join_labels, join_months
from merton_kpi.core.statuses import Status
from merton_kpi.core.units import Unit
from merton_kpi.rating.wording.target_words import format_one_target, format_target
from merton_kpi.series.suppression import suppress_as_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from decimal import Decimal

    from merton_kpi.catalogue.bands import Edge, Scale
    from merton_kpi.catalogue.entries import Outturn, RateOf
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.catalogue.targets import Target
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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Definition:
    """An indicator with what it takes from its section and its catalogue.

    `in_force` is the target of the month that the paper is for.
    """

    section: str
    indicator: Indicator
    scale: Scale
    footnotes: tuple[str, ...]
    in_force: Target | None


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a definition: the value that is compared, and what puts it in words."""

    value: object
    format: Callable[[], str] = field(compare=False)


_NO_PART = _Part(None, str)


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


def _list_definitions(catalogue: Catalogue, month: Month) -> Iterator[tuple[str, _Definition]]:
    for section in catalogue.sections:
        for each in section.indicators:
            yield (
                each.number,
                _Definition(
                    section=section.title,
                    indicator=each,
                    scale=catalogue.scale_for(section, each),
                    footnotes=tuple(catalogue.footnotes[name] for name in each.footnotes),
                    in_force=each.target_for(month),
                ),
            )


def _compare(old: _Definition | None, new: _Definition | None) -> tuple[str, ...]:
    if old is None:
        return ("added",)
    if new is None:
        return ("taken out of the catalogue",)
    return (
        *_compare_parts(_list_measure_parts(old), _list_measure_parts(new)),
        *_compare_targets(old, new),
        *_compare_parts(_list_other_parts(old), _list_other_parts(new)),
        *_compare_earlier_months(old.indicator.earlier_months, new.indicator.earlier_months),
    )


def _compare_targets(old: _Definition, new: _Definition) -> Iterator[str]:
    """The targets, or else the one in force, which only the two months can make differ."""
    targets = tuple(_compare_parts(_list_target_parts(old), _list_target_parts(new)))
    yield from targets or _compare_parts(_list_parts_in_force(old), _list_parts_in_force(new))
    yield from _compare_parts(_list_milestone_parts(old), _list_milestone_parts(new))
    yield from _compare_parts(_list_band_parts(old), _list_band_parts(new))


def _compare_parts(
    old: Iterable[tuple[str, _Part]], new: Iterable[tuple[str, _Part]]
) -> Iterator[str]:
    """The parts that differ, in the later definition's order, then those that only `old` has."""
    before, now = dict(old), dict(new)
    for name in now | before:
        was, is_now = before.get(name, _NO_PART), now.get(name, _NO_PART)
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


def _compose_text_part(text: str | None) -> _Part:
    return _Part(text or None, partial(str, text or ""))


def _compose_word_part(word: str | None) -> _Part:
    return _Part(word, partial((word or "").replace, "_", " "))


def _list_measure_parts(each: _Definition) -> Iterator[tuple[str, _Part]]:
    """What an indicator measures, and when its figures are due."""
    indicator = each.indicator
    yield "section", _compose_text_part(each.section)
    yield "title", _compose_text_part(indicator.title)
    yield "unit", _Part(indicator.unit, indicator.unit.label.lower)
    yield "decimals", _compose_text_part(str(indicator.decimals))
    yield "frequency", _compose_text_part(indicator.frequency and indicator.frequency.value)
    due = indicator.due_months or ()
    yield "months due", _Part(due, lambda: join_labels(MONTH_NAMES[month - 1] for month in due))
    yield "arrears", _compose_count_part(indicator.arrears, "month")
    accumulates, better = indicator.accumulates, indicator.better
    yield "adds up over", _compose_word_part(accumulates and accumulates.value)
    yield "polarity", _compose_word_part(better and better.value)


def _compose_count_part(count: int, noun: str) -> _Part:
    return _Part(count, partial(format_count, count, noun))


def _list_target_parts(each: _Definition) -> Iterator[tuple[str, _Part]]:
    indicator = each.indicator
    value: object = indicator.target
    if indicator.targets:
        targets = tuple(_remove_milestones(target) for target in indicator.targets)
        value = targets, _select_printed_unit(indicator.unit), indicator.accumulates
    yield "target", _Part(value, partial(format_target, indicator))


def _list_parts_in_force(each: _Definition) -> Iterator[tuple[str, _Part]]:
    if each.in_force:
        target = _remove_milestones(each.in_force).model_copy(update={"start": None})
        words = partial(format_one_target, each.indicator, each.in_force)
        yield "target in force", _Part(target, words)


def _remove_milestones(target: Target) -> Target:
    """The target without its milestones, which are compared by themselves."""
    return target.model_copy(update={"milestones": {}})


def _list_milestone_parts(each: _Definition) -> Iterator[tuple[str, _Part]]:
    unit = each.indicator.unit
    milestones = tuple(
        milestone
        for target in each.indicator.targets
        for milestone in sorted(target.milestones.items())
    )
    if milestones:
        value = milestones, _select_printed_unit(unit)
        yield "milestones", _Part(value, partial(_format_milestones, unit, milestones))


def _format_milestones(unit: Unit, milestones: Iterable[tuple[Month, Decimal]]) -> str:
    return ", ".join(f"{month.label} {unit.format_figure(figure)}" for month, figure in milestones)


def _list_band_parts(each: _Definition) -> Iterator[tuple[str, _Part]]:
    """The bands; without a target they are not used."""
    scale = each.scale
    for name, edge in (("amber", scale.amber), ("green", scale.green), ("blue", scale.blue)):
        is_used = bool(each.indicator.targets)
        yield name, _compose_band_part(edge if is_used else None, each.indicator.unit)


def _compose_band_part(edge: Edge | None, unit: Unit) -> _Part:
    if edge is None:
        return _NO_PART
    printed = _select_printed_unit(unit) if edge.percent_of_target is None else None
    return _Part((edge, printed), partial(_format_band_limit, edge, unit))


def _format_band_limit(edge: Edge, unit: Unit) -> str:
    """Where a band begins, as the catalogue sets it: how far from the target, or a figure."""
    if edge.start is not None:
        return f"from {unit.format_figure(edge.start)}"
    return edge.format_distance(unit)


def _list_other_parts(each: _Definition) -> Iterator[tuple[str, _Part]]:
    indicator, hidden = each.indicator, each.indicator.suppress_small_numbers
    yield "carried forward", _compose_count_part(indicator.carry_forward, "period")
    yield "rating withheld", _compose_text_part(indicator.rating_withheld)
    yield "removed", _compose_text_part(indicator.removed)
    yield "replaced by", _compose_text_part(indicator.replaced_by)
    yield "small numbers", _compose_text_part("suppressed" if hidden else "shown")
    if indicator.rate_of:
        yield "rate of", _Part(indicator.rate_of, partial(_format_rate_of, indicator.rate_of))
    for year, outturn in indicator.outturns.items():
        yield f"outturn {year}", _compose_past_part(each, outturn)
    for area, benchmark in indicator.benchmarks.items():
        yield area, _compose_past_part(each, benchmark)
    yield "linked", _Part(indicator.linked, partial(join_labels, indicator.linked))
    yield "owner", _compose_text_part(indicator.owner)
    yield "source", _compose_text_part(indicator.source)
    yield "footnotes", _Part(each.footnotes, partial(" ".join, each.footnotes))
    yield "rationale", _compose_text_part(indicator.rationale)
    # Not in its own words, which may name a figure that the later catalogue suppresses.
    yield (
        "confirmed",
        _Part(indicator.confirmed, partial(str, "given" if indicator.confirmed else "")),
    )


def _format_rate_of(rate: RateOf) -> str:
    people = f", {rate.population:,} people" if rate.population else ""
    return f"indicator {rate.count}{people}"


def _select_printed_unit(unit: Unit) -> Unit | None:
    """The unit, where its figures are printed with it: `96%`, `41 weeks`."""
    return unit if unit in (Unit.PERCENT, Unit.WEEKS) else None


def _compose_past_part(each: _Definition, past: Outturn) -> _Part:
    """An outturn or a benchmark in words; for a suppressed one, without its value.

    Its own unit is named where neither the figure nor the indicator says it.
    """
    if past.status and past.status.is_suppressed:
        update = {"status": Status.SUPPRESSED, "unit": None, "note": None, "confirmed": None}
        past = past.model_copy(update=update)
        return _Part(past, partial(_format_past, "a figure that is suppressed", past))
    if past.value is None:
        past, rating = past.model_copy(update={"unit": None}), past.printed_rating
        word = each.scale.words.format_word(rating) if rating else ""
        return _Part(past, partial(_format_past, word, past))
    unit = past.unit or each.indicator.unit
    printed = _select_printed_unit(unit)
    is_named = unit is each.indicator.unit or printed
    figure = unit.format_figure(past.value)
    past = past.model_copy(update={"unit": None if is_named else unit})
    return _Part((past, printed), partial(_format_past, figure, past))


def _format_past(figure: str, past: Outturn) -> str:
    comparable = {None: "", True: "comparable", False: "not comparable"}
    facts = (
        past.status.printed if past.status and not past.status.is_suppressed else "",
        past.unit.label.lower() if past.unit else "",
        past.period,
        past.source,
        past.note,
        comparable[past.comparable],
        f"confirmed: {past.confirmed}" if past.confirmed else "",
    )
    details = ", ".join(fact for fact in facts if fact)
    return " ".join(filter(None, (figure, f"({details})" if figure and details else details)))
