"""Whether the indicators that a relation names are of a kind that fits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.vocabulary import Accumulation

    Misfit = tuple[tuple[str | int, ...], str]


def list_misfits(indicator: Indicator, others: Mapping[str, Indicator]) -> Iterator[Misfit]:
    """Each relation to an indicator of a kind that does not fit.

    Args:
        indicator: the one whose relations are checked.
        others: the indicators that it can name, by their numbers. No other one is checked, nor a
            relation to itself.

    Returns:
        The path of the misfit from the indicator's entry, and what is wrong with it.
    """
    if indicator.is_closed:
        return
    known = {
        number: each
        for number, each in others.items()
        if number != indicator.number and not each.is_closed
    }
    yield from _list_misfits_of_sum(indicator, known)
    if indicator.running_total_of in known:
        message = _explain_running_total(indicator, known[indicator.running_total_of])
        if message:
            yield ("running_total_of",), f"running_total_of: {message}"
    if indicator.percentage_of:
        parts = {"count": indicator.percentage_of.count, "of": indicator.percentage_of.of}
        for key, number in parts.items():
            message = _explain_no_count(known[number]) if number in known else ""
            if message:
                yield ("percentage_of", key), f"percentage_of: {message}"


def _list_misfits_of_sum(total: Indicator, known: Mapping[str, Indicator]) -> Iterator[Misfit]:
    """One for each part of a sum, or one for the total where it differs from all parts."""
    parts = {at: known[number] for at, number in enumerate(total.sum_of) if number in known}
    messages = {
        at: _explain_no_count(each) or _explain_unit(total, each) for at, each in parts.items()
    }
    years = {each.year_covered for each in parts.values()}
    if len(years) == 1 and years != {total.year_covered} and not any(messages.values()):
        (year,) = years
        message = f"its parts have {_format_kind(year)}, and this indicator has "
        message += f"{_format_kind(total.year_covered)}; {_suggest_kind(year)}"
        yield ("sum_of",), f"sum_of: {message}"
        return
    for at, each in parts.items():
        message = messages[at] or _explain_part(total, each)
        if message:
            yield ("sum_of", at), f"sum_of: {message}"


def _explain_part(total: Indicator, part: Indicator) -> str:
    """Why the figures of a part do not cover what the total's cover; empty where they do."""
    if part.year_covered == total.year_covered:
        return ""
    kinds = f"indicator {part.number} has {_format_kind(part.year_covered)}, and this indicator "
    kinds += f"has {_format_kind(total.year_covered)}"
    return f"{kinds}; give both the same 'accumulates' and 'figures', or leave {part.number} out"


def _explain_running_total(total: Indicator, other: Indicator) -> str:
    """Why an indicator's figures do not add up to the running totals; empty where they do."""
    message = _explain_no_count(other) or _explain_unit(total, other)
    if not message and other.year_covered:
        message = f"indicator {other.number} has {_format_kind(other.year_covered)} too; "
        message += "give the indicator with the figures of each period"
    return message


def _explain_no_count(each: Indicator) -> str:
    """Why an indicator's figures are not counts; empty where they can be."""
    reason = ""
    if not each.unit.can_be_count:
        reason = f"its unit is '{each.unit}'"
    elif each.is_to_date:
        reason = "it has 'figures: to_date'"
    elif each.percentage_of:
        reason = "it has 'percentage_of'"
    return reason and f"indicator {each.number} is not a count: {reason}; give another indicator"


def _explain_unit(total: Indicator, part: Indicator) -> str:
    """Why a part cannot be added up to the total: their units differ; empty where they are one."""
    if part.unit.word == total.unit.word:
        return ""
    units = f"indicator {part.number} has the unit '{part.unit}', and this one '{total.unit}'"
    return f"{units}; give both the same unit, or give another indicator"


def _format_kind(year: Accumulation | None) -> str:
    return (
        f"running totals of the {year.value.replace('_', ' ')}"
        if year
        else "figures of each period"
    )


def _suggest_kind(year: Accumulation | None) -> str:
    """What to write in an entry so that its figures cover this year, or their own periods."""
    if year:
        return f"give it 'accumulates: {year.value}' and not 'figures: of_period'"
    return "leave out its 'accumulates', or add 'figures: of_period'"
