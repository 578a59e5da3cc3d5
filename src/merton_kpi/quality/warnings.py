"""Doubts about the figures and about the catalogue, each of which can be answered.

A doubt about a month's figure is answered in an extract, by a reason in the column `confirmed` on
the figure's row or on a later one; a doubt about the catalogue by `confirmed` beside the value. It
is then a caveat that the panel reads, and no warning. A figure that is due and missing is answered
by giving it, or the status that says why there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.catalogue.targets import Edge
from merton_kpi.core.issues import Issue, Place, Severity, stop_on_errors
from merton_kpi.core.periods import join_months, read_last_month
from merton_kpi.core.vocabulary import Unit
from merton_kpi.quality.figure_checks import Finding, check_figures
from merton_kpi.quality.rate_checks import check_outturn_rates
from merton_kpi.rating.limits import limits_by_month
from merton_kpi.rating.rounding import format_limit, strip_zeros
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.entries import Outturn
    from merton_kpi.catalogue.models import Catalogue, Indicator
    from merton_kpi.catalogue.targets import Bands
    from merton_kpi.core.periods import Month
    from merton_kpi.loading import Inputs
    from merton_kpi.series.records import Series

MISSING = "missing"
OLDEST_BENCHMARK = 36  # months
_ADVICE = "correct it, or say why it is right with 'confirmed'"


@dataclass(frozen=True, kw_only=True, slots=True)
class DataWarning:
    """One suspicion about an indicator: what it is about, what was found, and the answer, if any.

    `place` is where the figure was read; `advice` how to answer.
    """

    code: str
    indicator: Indicator
    about: str
    finding: str
    place: Place
    advice: str
    answer: str = ""

    @property
    def issue(self) -> Issue:
        """The doubt as a warning."""
        return Issue(
            severity=Severity.WARNING,
            code=self.code,
            place=self.place,
            subject=f"indicator {self.indicator.number}",
            message=f"{self.about}: {self.finding}; {self.advice}",
        )

    @property
    def caveat(self) -> str:
        """The doubt and its answer, as the papers print them."""
        finding = self.finding[:1].upper() + self.finding[1:]
        return f"{finding}. {self.answer}"


def check_data(
    catalogue: Catalogue, series: Mapping[str, Series], file: str
) -> tuple[DataWarning, ...]:
    """Every doubt about the year's figures as they are known, and about the catalogue (`file`)."""
    return tuple(
        doubt
        for section in catalogue.sections
        for each in section.indicators
        if not each.is_closed
        for doubt in (
            *_doubt_target(each, catalogue.bands_for(section, each), catalogue, file),
            *_doubt_entry(each, catalogue, series, file),
            *_doubt_figures(each, series),
        )
    )


def _doubt_figures(indicator: Indicator, series: Mapping[str, Series]) -> Iterator[DataWarning]:
    mine = series[indicator.number]
    confirmed = mine.confirmed
    found = check_figures(indicator, series)
    doubted = {each.month for each in found}
    unasked = (month for month in confirmed if month not in doubted)
    found += [Finding(month, "confirmed", "the figure was confirmed") for month in unasked]
    for each in found:
        month = each.month
        yield DataWarning(
            code=each.code,
            indicator=indicator,
            about=month.label,
            finding=each.words,
            place=mine.figures[month].place if month in mine.figures else Place(file=""),
            advice=each.advice,
            answer=confirmed.get(month, ""),
        )


def _doubt_target(
    indicator: Indicator, bands: Bands, catalogue: Catalogue, file: str
) -> Iterator[DataWarning]:
    """Targets that are not used, or that no percentage can be, and a blue that none can reach."""
    found = list(_find_wrong_targets(indicator))
    if indicator.targets and indicator.rating_withheld:
        found.append(("target_unused", "a target stands beside 'Not a target measure'", ""))
    elif not found:
        found += _find_unreached(indicator, bands, catalogue)
    for code, finding, advice in found:
        yield DataWarning(
            code=code,
            indicator=indicator,
            about="target",
            finding=finding,
            place=indicator.place or Place(file=file),
            advice=advice or _ADVICE,
            answer=indicator.confirmed or "",
        )


def _find_wrong_targets(indicator: Indicator) -> Iterator[tuple[str, str, str]]:
    """Percentages outside 0 to 100, and shares written as fractions of 1."""
    if indicator.unit is not Unit.PERCENT:
        return
    for target in indicator.targets:
        ends = target.between or ([] if target.figure is None else [target.figure])
        shown = " to ".join(map(indicator.unit.format_figure, ends))
        if any(not 0 <= end <= 100 for end in ends):
            yield "target_impossible", f"{shown} is outside 0% to 100%", ""
        elif ends and 0 < max(ends) <= 1:
            meant = " to ".join(
                indicator.unit.format_figure(strip_zeros(end * 100)) for end in ends
            )
            yield "target_fraction", f"{shown} may be meant as {meant}", ""


def _find_unreached(
    indicator: Indicator, bands: Bands, catalogue: Catalogue
) -> Iterator[tuple[str, str, str]]:
    """A blue that begins where no percentage can be."""
    if indicator.unit is not Unit.PERCENT or not isinstance(bands.blue, Edge):
        return
    due = (m for m in catalogue.financial_year.months if m.number in indicator.months_due)
    by_month = limits_by_month(indicator, bands, due)
    blues = (bound.blue for limits in by_month.values() for bound in limits.bounds)
    beyond = next((blue for blue in blues if blue is not None and not 0 <= blue <= 100), None)
    if beyond is not None:
        finding = (
            f"blue would begin at {format_limit(indicator, beyond)}, which no percentage reaches"
        )
        advice = "say 'blue: none' in its 'bands', or why it is right with 'confirmed'"
        yield "blue_unreached", finding, advice


def _doubt_entry(
    indicator: Indicator, catalogue: Catalogue, series: Mapping[str, Series], file: str
) -> Iterator[DataWarning]:
    """Doubts about the catalogue's other values, and figures that are due and missing."""
    as_at = series[indicator.number].as_at

    def doubt(
        code: str, about: str, finding: str, answer: str | None, advice: str = _ADVICE
    ) -> DataWarning:
        return DataWarning(
            code=code,
            indicator=indicator,
            about=about,
            finding=finding,
            place=indicator.place or Place(file=file),
            advice=advice,
            answer=answer or "",
        )

    for name, benchmark in indicator.benchmarks.items():
        end = _find_age(benchmark)
        if end and end.plus(OLDEST_BENCHMARK) < as_at:
            finding = f"the benchmark, to {end.name}, is more than three years old"
            yield doubt("old_benchmark", name, finding, benchmark.confirmed)
    yield from (
        doubt("rate", str(year), finding, indicator.outturns[year].confirmed)
        for year, finding in check_outturn_rates(indicator, catalogue, series)
    )
    missing = series[indicator.number].missing
    if missing:
        owner = indicator.owner or "who is not named"
        yield doubt(
            MISSING,
            join_months(missing),
            "the figure is due and has not come",
            None,
            f"ask its owner, {owner}, for it or the reason",
        )


def _find_age(benchmark: Outturn) -> Month | None:
    """The last month that a benchmark's figure covers, as far as its words tell."""
    if benchmark.value is None:
        return None
    return read_last_month(benchmark.period or benchmark.source or "")


def match_series(inputs: Inputs, month: Month) -> Mapping[str, Series]:
    """Each indicator's series as at a month. Raises BuildStoppedError where one fits nowhere."""
    series, issues = match_observations(inputs.catalogue, inputs.observations, month)
    stop_on_errors((*inputs.warnings, *issues))
    return series


def list_warnings(inputs: Inputs) -> tuple[Issue, ...]:
    """The reading's warnings, and the doubts about what was read that nobody has answered.

    Raises BuildStoppedError as match_series does.
    """
    series = match_series(inputs, inputs.month)
    doubts = check_data(inputs.catalogue, series, inputs.file)
    return (*inputs.warnings, *(doubt.issue for doubt in doubts if not doubt.answer))
