"""Targets in words, as the papers and the reasons of ratings print them."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from merton_kpi.core.ratings import Rating
from merton_kpi.core.text import format_sentence
from merton_kpi.core.vocabulary import Accumulation, Past, Polarity, Profile

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.targets import Target


_PATHS = {
    None: "",
    Profile.SHARE_OF_YEAR: ", in equal shares",
    Profile.MILESTONES: ", by milestones",
    Profile.FULL_YEAR: ", as a whole",
}


def format_target(indicator: Indicator) -> str:
    """The target in words: `at least 91%`, `12% to 20%`, `New`; or that there is none."""
    if indicator.target == "not_a_target_measure":
        return Rating.NOT_A_TARGET_MEASURE.label
    if indicator.target == "new":
        return Rating.NEW.label
    if indicator.needs_judgement:
        return "Judged by an officer"
    return "; ".join(
        format_one_target(indicator, target)
        + (f" from {target.start.label}" if target.start else "")
        for target in indicator.targets
    )


def format_one_target(indicator: Indicator, target: Target) -> str:
    """One of the year's targets in words, with its path through the year where it has one."""
    if target.withdrawn:
        return "withdrawn"
    if target.between:
        low, high = target.between
        return f"{indicator.unit.format_figure(low)} to {indicator.unit.format_figure(high)}"
    if target.no_worse_than:
        whole = " of the whole year" if indicator.accumulates else ""
        return f"no worse than {format_past(target)}{whole}"
    assert target.figure is not None
    figure = format_target_figure(indicator, target, target.figure)
    return f"{figure}{format_target_year(indicator)}{_PATHS[target.profile]}"


def format_withdrawal(target: Target) -> str:
    """Since when and why there is no target, as a sentence."""
    assert target.start is not None
    return format_sentence(f"Its target is withdrawn from {target.start.name}: {target.withdrawn}")


def format_first_start(indicator: Indicator) -> str:
    """When the year's first target begins, as a sentence, where it is not there all year."""
    start = indicator.targets[0].start
    assert start is not None
    return f"Its target holds from {start.name}."


def format_target_year(indicator: Indicator) -> str:
    """The year that a running total's target is for; nothing for other indicators."""
    match indicator.accumulates:
        case None:
            return ""
        case Accumulation.FINANCIAL_YEAR:
            return " for the year"
        case Accumulation.ACADEMIC_YEAR:
            return " for the academic year"
        case other:
            assert_never(other)


def format_target_figure(indicator: Indicator, target: Target, figure: Decimal) -> str:
    """A figure that the target asks for, or a part of it: `at least 91%`, `below 20`."""
    word = "above" if target.is_strict else "at least"
    if indicator.better is Polarity.LOWER_IS_BETTER:
        word = "below" if target.is_strict else "at most"
    return f"{word} {indicator.unit.format_figure(figure)}"


def format_target_name(indicator: Indicator, target: Target) -> str:
    """The target as a sentence names it: `the target of at least 91%`."""
    words = format_one_target(indicator, target)
    return f"the target ({words})" if target.is_strict else f"the target of {words}"


def format_past(target: Target) -> str:
    """What a target compares with: `last year's outturn`, or the name of an area."""
    if isinstance(target.no_worse_than, str):
        return target.no_worse_than
    if target.no_worse_than is Past.LAST_YEAR:
        return "last year's outturn"
    assert target.no_worse_than is not None
    return f"the {target.no_worse_than.value} of the last {target.years} years"
