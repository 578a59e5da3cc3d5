"""The parts of an indicator's definition that are compared, with what puts each in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal

from merton_kpi.catalogue.bands import Bands, Scale, Sides, list_edges
from merton_kpi.core.periods import MONTH_NAMES, format_count, join_labels
from merton_kpi.core.statuses import Status
from merton_kpi.rating.wording.target_words import format_one_target, format_target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from decimal import Decimal

    from merton_kpi.catalogue.bands import Band, Edge
    from merton_kpi.catalogue.entries import (
        Outturn,
        PercentageOf,
        RateOf,
        Removal,
        Replacement,
        Suppression,
    )
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.targets import Target
    from merton_kpi.core.periods import Month
    from merton_kpi.core.units import Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Definition:
    """An indicator with what it takes from its section and its catalogue.

    `in_force` is the target of the month that the paper is for.
    """

    section: str
    indicator: Indicator
    scale: Scale
    footnotes: tuple[str, ...]
    in_force: Target | None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a definition: the value that is compared, and what puts it in words."""

    value: object
    format: Callable[[], str] = field(compare=False)


NO_PART = Part(None, str)


def _compose_text_part(text: str | None) -> Part:
    return Part(text or None, partial(str, text or ""))


def _compose_word_part(word: str | None) -> Part:
    return Part(word, partial((word or "").replace, "_", " "))


def list_measure_parts(each: Definition) -> Iterator[tuple[str, Part]]:
    """What an indicator measures, and when its figures are due."""
    indicator = each.indicator
    yield "section", _compose_text_part(each.section)
    former = [f"{number} in {year}" for year, number in indicator.formerly.items()]
    yield "former numbers", _compose_text_part(join_labels(former))
    yield "title", _compose_text_part(indicator.title)
    yield "unit", Part(indicator.unit, partial(str, indicator.unit.name))
    decimals = "as written" if indicator.decimals is None else str(indicator.decimals)
    yield "decimals", _compose_text_part(decimals)
    yield "frequency", _compose_text_part(indicator.frequency and indicator.frequency.label.lower())
    due = indicator.due_months or ()
    yield "months due", Part(due, lambda: join_labels(MONTH_NAMES[month - 1] for month in due))
    first = indicator.first_due
    yield "first due", Part(first, partial(str, first.label if first else ""))
    yield "arrears", _compose_count_part(indicator.arrears, "month")
    accumulates, better = indicator.accumulates, indicator.better
    yield "adds up over", _compose_word_part(accumulates and accumulates.value)
    yield "figures", _compose_word_part(indicator.figures and indicator.figures.value)
    yield "polarity", _compose_word_part(better and better.value)


def _compose_count_part(count: int, noun: str) -> Part:
    return Part(count, partial(format_count, count, noun))


def list_target_parts(each: Definition) -> Iterator[tuple[str, Part]]:
    """The targets, without what is compared by itself."""
    indicator = each.indicator
    value: object = indicator.target
    if indicator.targets:
        targets = tuple(_select_aim(target) for target in indicator.targets)
        value = targets, _select_printed_unit(indicator.unit), indicator.accumulates
    yield "target", Part(value, partial(format_target, indicator))


def list_parts_in_force(each: Definition) -> Iterator[tuple[str, Part]]:
    """The target in force in the month of the papers."""
    if each.in_force:
        target = _select_aim(each.in_force).model_copy(update={"start": None})
        words = partial(format_one_target, each.indicator, each.in_force)
        yield "target in force", Part(target, words)


def list_bands_in_force(each: Definition) -> Iterator[tuple[str, Part]]:
    """The bands in force in the month of the papers."""
    if each.in_force:
        scale = each.scale.replace_bands(each.in_force.bands)
        yield from _compose_band_parts(scale, each.indicator.unit, "in force")


def _select_aim(target: Target) -> Target:
    """The target without its milestones and bands, which are compared by themselves."""
    return target.model_copy(update={"milestones": {}, "bands": None})


def list_milestone_parts(each: Definition) -> Iterator[tuple[str, Part]]:
    """The milestones of all targets."""
    unit = each.indicator.unit
    milestones = tuple(
        milestone
        for target in each.indicator.targets
        for milestone in sorted(target.milestones.items())
    )
    if milestones:
        value = milestones, _select_printed_unit(unit)
        yield "milestones", Part(value, partial(_format_milestones, unit, milestones))


def _format_milestones(unit: Unit, milestones: Iterable[tuple[Month, Decimal]]) -> str:
    return ", ".join(f"{month.label} {unit.format_figure(figure)}" for month, figure in milestones)


def list_band_parts(each: Definition) -> Iterator[tuple[str, Part]]:
    """The bands, and those that a target has of its own; without a target they are not used."""
    unit, targets = each.indicator.unit, each.indicator.targets
    yield from _compose_band_parts(each.scale if targets else Scale(), unit, "")
    for target in targets:
        since = f"from {target.start.label}" if target.start else "of the first target"
        yield from _compose_band_parts(target.bands or Bands(), unit, since)


def _compose_band_parts(bands: Bands | Scale, unit: Unit, about: str) -> Iterator[tuple[str, Part]]:
    for name, band in (("amber", bands.amber), ("green", bands.green), ("blue", bands.blue)):
        yield f"{name} {about}".rstrip(), _compose_band_part(band, unit)


def _compose_band_part(band: Band | Literal["none"], unit: Unit) -> Part:
    edges = list_edges(band)
    if not edges:
        return NO_PART
    is_printed = any(edge.percent_of_target is None for edge in edges)
    printed = _select_printed_unit(unit) if is_printed else None
    return Part((band, printed), partial(_format_band_limit, band, unit))


def _format_band_limit(band: Band | Literal["none"], unit: Unit) -> str:
    """Where a band begins, as the catalogue sets it: how far from the target, or a figure."""
    if isinstance(band, Sides):
        sides = (("below", band.below), ("above", band.above))
        return ", ".join(f"{side} {_format_band_limit(edge, unit)}" for side, edge in sides)
    if band is None or isinstance(band, str):
        return "none"
    return _format_edge(band, unit)


def _format_edge(edge: Edge, unit: Unit) -> str:
    if edge.better_than:
        return "better than in the same period last year"
    if edge.start is not None:
        return f"from {unit.format_figure(edge.start)}"
    return edge.format_distance(unit)


def list_other_parts(each: Definition) -> Iterator[tuple[str, Part]]:
    """Everything that is neither what is measured nor a target."""
    indicator = each.indicator
    yield "carried forward", _compose_count_part(indicator.carry_forward, "period")
    yield "rating withheld", _compose_text_part(indicator.rating_withheld)
    removed, replaced = indicator.removed, indicator.replaced_by
    yield "removed", _compose_closing_part(removed, removed.reason if removed else "")
    yield "replaced by", _compose_closing_part(replaced, replaced.indicator if replaced else "")
    yield "small numbers", _compose_text_part(_format_suppression(indicator.suppression))
    if indicator.rate_of:
        yield "rate of", Part(indicator.rate_of, partial(_format_rate_of, indicator.rate_of))
    yield "sum of", Part(indicator.sum_of, partial(join_labels, indicator.sum_of))
    yield "running total of", _compose_text_part(indicator.running_total_of)
    percentage = indicator.percentage_of
    yield "percentage of", Part(percentage, partial(_format_percentage_of, percentage))
    for each_break in indicator.breaks:
        yield f"break from {each_break.start.label}", _compose_text_part(each_break.reason)
    yield "stock", _compose_text_part("yes" if indicator.stock else "")
    yield "baseline", _compose_count_part(indicator.baseline or 0, "figure")
    for year, outturn in indicator.outturns.items():
        yield f"outturn {year}", _compose_past_part(each, outturn)
    for area, benchmark in indicator.benchmarks.items():
        yield area, _compose_past_part(each, benchmark)
    yield "linked", Part(indicator.linked, partial(join_labels, indicator.linked))
    yield "owner", _compose_text_part(indicator.owner)
    yield "service", _compose_text_part(indicator.service)
    yield "part of", _compose_text_part(indicator.part_of)
    yield "source", _compose_text_part(indicator.source)
    yield "footnotes", Part(each.footnotes, partial(" ".join, each.footnotes))
    yield "rationale", _compose_text_part(indicator.rationale)
    # Not in its own words, which may name a figure that the later catalogue suppresses.
    yield (
        "confirmed",
        Part(indicator.confirmed, partial(str, "given" if indicator.confirmed else "")),
    )


def _compose_closing_part(closing: Removal | Replacement | None, words: str) -> Part:
    since = f", from {closing.start.name}" if closing and closing.start else ""
    return Part(closing, partial(str, f"{words}{since}"))


def _format_suppression(suppression: Suppression | None) -> str:
    if suppression is None:
        return "shown"
    rounding = f", others rounded to {suppression.round_to}" if suppression.round_to else ""
    return f"suppressed below {suppression.below}{rounding}"


def _format_rate_of(rate: RateOf) -> str:
    people = f", {rate.population:,} people" if rate.population else ""
    return f"indicator {rate.count}{people}"


def _format_percentage_of(percentage: PercentageOf | None) -> str:
    if percentage is None:
        return ""
    of = f" of indicator {percentage.of}" if percentage.of else ""
    return f"indicator {percentage.count}{of}"


def _select_printed_unit(unit: Unit) -> Unit | None:
    """The unit, where its figures are printed with it: `96%`, `41 weeks`."""
    return unit if unit.is_printed else None


def _compose_past_part(each: Definition, past: Outturn) -> Part:
    """An outturn or a benchmark in words; for a suppressed one, without its value.

    Its own unit is named where neither the figure nor the indicator says it.
    """
    if past.status and past.status.is_suppressed:
        update = {"status": Status.SUPPRESSED, "unit": None, "note": None, "confirmed": None}
        past = past.model_copy(update=update)
        return Part(past, partial(_format_past, "a figure that is suppressed", past))
    if past.value is None:
        past, rating = past.model_copy(update={"unit": None}), past.printed_rating
        word = each.scale.words.format_word(rating) if rating else ""
        return Part(past, partial(_format_past, word, past))
    unit = past.unit or each.indicator.unit
    printed = _select_printed_unit(unit)
    is_named = unit == each.indicator.unit or printed
    figure = unit.format_figure(past.value)
    past = past.model_copy(update={"unit": None if is_named else unit})
    return Part((past, printed), partial(_format_past, figure, past))


def _format_past(figure: str, past: Outturn) -> str:
    comparable = {None: "", True: "comparable", False: "not comparable"}
    facts = (
        past.status.printed if past.status and not past.status.is_suppressed else "",
        past.unit.name if past.unit else "",
        past.period,
        past.source,
        past.note,
        comparable[past.comparable],
        f"confirmed: {past.confirmed}" if past.confirmed else "",
    )
    details = ", ".join(fact for fact in facts if fact)
    return " ".join(filter(None, (figure, f"({details})" if figure and details else details)))
