"""The indicators whose figures can be worked out from each other's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.indicator import Indicator


def list_related(indicator: Indicator) -> Iterator[str]:
    """The numbers of the indicators that the catalogue ties an indicator's figures to."""
    yield from indicator.sum_of
    if indicator.running_total_of:
        yield indicator.running_total_of
    yield from list_counts(indicator)
    if indicator.percentage_of and indicator.percentage_of.of:
        yield indicator.percentage_of.of


def list_counts(indicator: Indicator) -> Iterator[str]:
    """The indicators whose counts are the same people as an indicator's."""
    if indicator.rate_of:
        yield indicator.rate_of.count
    if indicator.percentage_of:
        yield indicator.percentage_of.count
    if indicator.running_total_of:
        yield indicator.running_total_of


def list_groups(indicators: Mapping[str, Indicator]) -> list[tuple[str, ...]]:
    """The numbers of the indicators that are tied together, each group in the catalogue's order."""
    leader = {number: number for number in indicators}

    def select_leader(number: str) -> str:
        while leader[number] != number:
            number = leader[number]
        return number

    for number, indicator in indicators.items():
        for other in list_related(indicator):
            if other in indicators:
                leader[select_leader(other)] = select_leader(number)
    groups: dict[str, list[str]] = {}
    for number in indicators:
        groups.setdefault(select_leader(number), []).append(number)
    return [tuple(each) for each in groups.values()]
