"""Warnings about the figures and the catalogue, each of which can be answered.

A warning about a month's figure is answered in an extract, by a reason in the column `confirmed`
on the figure's row or on a later one; a warning about the catalogue by `confirmed` beside the
value. An indicator's own `confirmed` answers for all months at once. An answered warning is printed
as a caveat. A figure that is due and missing is answered by giving it, or the status that says why
there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.issues import Issue, Place, Severity
from merton_kpi.core.periods import join_months
from merton_kpi.quality.accumulation_checks import check_accumulation
from merton_kpi.quality.catalogue_checks import check_benchmarks, check_outturns, check_targets
from merton_kpi.quality.extract_checks import check_extracts
from merton_kpi.quality.figures.earlier_checks import check_earlier_figures
from merton_kpi.quality.figures.figure_checks import check_figures
from merton_kpi.quality.findings import Finding
from merton_kpi.quality.name_checks import check_names, check_number
from merton_kpi.quality.relation_checks import check_relations
from merton_kpi.series.records import Series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue, Section
    from merton_kpi.quality.findings import CatalogueFinding


@dataclass(frozen=True, kw_only=True, slots=True)
class DataWarning:
    """One finding about an indicator, where it was read, and how it was answered.

    `about` names the month or the value that it is about. `advice` says what to do. `answer` is
    the reason given in `confirmed`; it is empty where the warning is open. It `is_standing` where
    the indicator's own `confirmed` gives it, for all months.
    """

    code: FindingCode
    indicator: Indicator
    about: str
    finding: str
    place: Place
    advice: str
    answer: str = ""
    is_standing: bool = False

    @property
    def issue(self) -> Issue:
        """The warning as an issue."""
        return Issue(
            severity=Severity.WARNING,
            code=self.code.value,
            place=self.place,
            subject=f"indicator {self.indicator.number}",
            message=f"{self.about}: {self.finding}; {self.advice}",
        )

    @property
    def caveat(self) -> str:
        """The finding and its answer, as the papers print them."""
        finding = self.finding[:1].upper() + self.finding[1:]
        return f"{finding}. {self.answer}"


def check_data(
    catalogue: Catalogue, series: Mapping[str, Series], places: Mapping[str, Place]
) -> tuple[DataWarning, ...]:
    """Check the year's figures as they are known, and the catalogue.

    `places` says where each indicator's entry begins in the catalogue's file, by its number.

    The warnings are in the index's order. For one indicator, those about the catalogue come
    first, then missing figures, then the other figures by month, and those of earlier years last.
    """
    relations = check_relations(catalogue, series)
    of_rows = (check_names(catalogue, series), check_extracts(catalogue, series))
    return tuple(
        warning
        for section in catalogue.sections
        for each in section.indicators
        if not each.is_closed
        for warning in (
            *_check_entry(section, each, catalogue, series, places[each.number]),
            *_compose_for_entry(each, relations.get(each.number, ()), places[each.number]),
            *_check_missing(each, series[each.number], places[each.number]),
            *_compose_warnings(
                each,
                series[each.number],
                (
                    *(one for found in of_rows for one in found.get(each.number, ())),
                    *check_figures(each, catalogue.scale_for(section, each), catalogue, series),
                ),
            ),
            *_check_year(each, catalogue.scale_for(section, each), catalogue, series),
            *_check_earlier(each, series[each.number]),
        )
    )


def _check_entry(
    section: Section,
    indicator: Indicator,
    catalogue: Catalogue,
    series: Mapping[str, Series],
    place: Place,
) -> Iterator[DataWarning]:
    """Check the values of an indicator's entry in the catalogue."""
    scale = catalogue.scale_for(section, indicator)
    findings = (
        *check_targets(indicator, scale, catalogue.financial_year),
        *check_benchmarks(indicator, series[indicator.number].as_at),
        *check_outturns(indicator, catalogue, series),
        *check_accumulation(indicator, series[indicator.number]),
        *check_number(indicator),
    )
    return _compose_for_entry(indicator, findings, place)


def _compose_for_entry(
    indicator: Indicator, findings: Iterable[CatalogueFinding], place: Place
) -> Iterator[DataWarning]:
    """The warnings of findings about an indicator's entry."""
    for each in findings:
        yield DataWarning(
            code=each.code,
            indicator=indicator,
            about=each.about,
            finding=each.words,
            place=place,
            advice=each.advice,
            answer=each.confirmed or indicator.answer_for(each.code),
            is_standing=not each.confirmed,
        )


def _check_missing(indicator: Indicator, series: Series, place: Place) -> Iterator[DataWarning]:
    """Check for figures that are due and missing: all of them are one warning."""
    if series.missing:
        owner = f"ask its owner, {indicator.owner}, for it" if indicator.owner else "ask for it"
        yield DataWarning(
            code=FindingCode.MISSING,
            indicator=indicator,
            about=join_months(series.missing),
            finding=f"the {indicator.due_noun} is due and has not come",
            place=place,
            advice=f"{owner}, or for the reason why there is none",
        )


def _check_year(
    indicator: Indicator, scale: Scale, catalogue: Catalogue, series: Mapping[str, Series]
) -> Iterator[DataWarning]:
    """Check the year's own figure, if there is one, as the last month's would be."""
    mine = series[indicator.number].whole_year
    if mine is None:
        return iter(())
    without = Series(as_at=mine.as_at)
    years = {number: each.whole_year or without for number, each in series.items()}
    findings = check_figures(indicator, scale, catalogue, years)
    # March may be no month of the indicator's.
    fitting = [each for each in findings if each.code is not FindingCode.NOT_DUE]
    return _compose_warnings(indicator, mine, fitting)


def _check_earlier(indicator: Indicator, series: Series) -> Iterator[DataWarning]:
    """Check the figures of earlier years; an answer to a doubt of them is printed in no paper."""
    for each in check_earlier_figures(indicator, series):
        given = series.earlier[each.month]
        if not (given.confirmed or indicator.answer_for(each.code)):
            yield DataWarning(
                code=each.code,
                indicator=indicator,
                about=each.month.label,
                finding=each.words,
                place=given.place,
                advice=each.advice,
            )


def _compose_warnings(
    indicator: Indicator, series: Series, findings: Sequence[Finding]
) -> Iterator[DataWarning]:
    """The warnings of findings; reasons for figures without a finding come last, as caveats."""
    months = {each.month for each in findings}
    unasked = (
        Finding(month, FindingCode.CONFIRMED, "the figure was confirmed")
        for month in series.confirmed
        if month not in months
    )
    for each in (*findings, *unasked):
        given = series.figures.get(each.month)
        yield DataWarning(
            code=each.code,
            indicator=indicator,
            about=str(given.year) if given and given.year else each.month.label,
            finding=each.words,
            place=given.place if given else Place(file=""),
            advice=each.advice,
            answer=series.confirmed.get(each.month) or indicator.answer_for(each.code),
            is_standing=each.month not in series.confirmed,
        )
