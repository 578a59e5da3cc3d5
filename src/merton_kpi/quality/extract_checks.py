"""Extracts that repeat the last ones: the same figures, or a service's words once more."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.units import Unit
from merton_kpi.quality.figures import thresholds
from merton_kpi.quality.findings import CONFIRM_FIGURE, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.series.records import Series


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pair:
    """A figure of an extract, and whether it is the same as the period's before."""

    given: Observation
    is_repeated: bool


def check_extracts(
    catalogue: Catalogue, series: Mapping[str, Series]
) -> Mapping[str, tuple[Finding, ...]]:
    """The findings about whole extracts and their words, by the indicator of their first row."""
    indicators = [each for each in catalogue.indicators if not each.is_closed]
    found: dict[str, list[Finding]] = {}
    doubted = set()
    for file, pairs in _list_by_file(indicators, series).items():
        repeated = [each.given for each in pairs if each.is_repeated]
        if not is_likely_copy(len(repeated), len(pairs)):
            continue
        doubted.add(file)
        first = min(repeated, key=lambda each: each.place.line or 0)
        words = f"{len(repeated)} of {len(pairs)} figures in this extract are the same as those of"
        words += " the period before; it may be last month's file"
        advice = f"send the new figures, or {CONFIRM_FIGURE} of this row"
        finding = Finding(first.month, FindingCode.REPEATED_EXTRACT, words, advice)
        found.setdefault(first.indicator, []).append(finding)
    for each in indicators:
        findings = _check_commentary(series[each.number], doubted)
        found.setdefault(each.number, []).extend(findings)
    return {number: tuple(findings) for number, findings in found.items()}


def is_likely_copy(repeated: int, compared: int) -> bool:
    """Whether more than half of so many figures are the same, and so many rarely are by chance."""
    if repeated * 2 <= compared:
        return False
    by_chance: Fraction = sum(
        (
            comb(compared, count)
            * thresholds.REPEATS_BY_CHANCE**count
            * (1 - thresholds.REPEATS_BY_CHANCE) ** (compared - count)
            for count in range(repeated, compared + 1)
        ),
        start=thresholds.RARE * 0,
    )
    return by_chance < thresholds.RARE


def _list_by_file(
    indicators: list[Indicator], series: Mapping[str, Series]
) -> Mapping[str, list[_Pair]]:
    """By extract, its figures in force that are shown and that have one of the period before.

    Left out are 0 and 100%, which are often right again.
    """
    files: dict[str, list[_Pair]] = {}
    for indicator in indicators:
        figures = series[indicator.number].figures
        for month, each in figures.items():
            before = indicator.period_before(month)
            earlier = figures.get(before) if before else None
            if each.value is None or earlier is None or earlier.value is None:
                continue
            is_end = each.value == 0 or (each.value == 100 and indicator.unit is Unit.PERCENT)
            if not is_end and earlier.place.file != each.place.file:
                pair = _Pair(given=each, is_repeated=each.value == earlier.value)
                files.setdefault(each.place.file, []).append(pair)
    return files


def _check_commentary(series: Series, doubted: set[str]) -> Iterator[Finding]:
    """Commentary that is an earlier month's word for word; no more of an extract doubted whole."""
    earlier: dict[str, Observation] = {}
    for each in series.said:
        text = " ".join(each.commentary.split())
        if len(text) < thresholds.SHORTEST_REPEATED_TEXT:
            continue
        first = earlier.setdefault(text, each)
        if first.known < each.known and each.place.file not in doubted:
            words = f"the commentary is that of {first.known.label}, word for word"
            advice = f"send the new commentary, or {CONFIRM_FIGURE}"
            yield Finding(each.month, FindingCode.REPEATED_WORDS, words, advice)
