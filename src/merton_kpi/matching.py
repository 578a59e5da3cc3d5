"""The catalogue and the observations to each indicator's series, as at a month.

Knows nothing of targets: it says which figures are in force, which are due and missing, and what
was said of them. Every observation ends up in a series or in an issue.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from merton_kpi.issues import Issue, did_you_mean, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from merton_kpi.model import Catalogue, Indicator, Observation
    from merton_kpi.periods import Month


@dataclass(frozen=True, kw_only=True)
class Series:
    """One indicator's year as at a month.

    `figures` holds the observation in force for each month that has one; `due` the months whose
    figure should be known by now; `said` every observation that carries words, in order.
    """

    as_at: Month
    figures: Mapping[Month, Observation] = field(default_factory=dict)
    due: tuple[Month, ...] = ()
    said: tuple[Observation, ...] = ()

    @property
    def missing(self) -> tuple[Month, ...]:
        """The months due that have neither a figure nor a reason: someone must be chased."""
        return tuple(month for month in self.due if month not in self.figures)

    @property
    def commentary(self) -> str:
        """The service's words for this month's exception report."""
        return "\n".join(each.commentary for each in self._said_now() if each.commentary)

    @property
    def of_note(self) -> str:
        """The words that make it of particular note this month."""
        return "\n".join(each.of_note for each in self._said_now() if each.of_note)

    @property
    def caveats(self) -> Mapping[str, tuple[Month, ...]]:
        """Each caveat with the months of the year's figures that it belongs to."""
        months: dict[str, set[Month]] = {}
        for each in self.said:
            if each.caveat:
                months.setdefault(each.caveat, set()).add(each.month)
        return {words: tuple(sorted(those)) for words, those in months.items()}

    def _said_now(self) -> Iterator[Observation]:
        return (each for each in self.said if each.known == self.as_at)


def match_observations(
    catalogue: Catalogue, observations: Iterable[Observation], as_at: Month
) -> tuple[Mapping[str, Series], tuple[Issue, ...]]:
    """Join the observations known by the end of `as_at` to the catalogue, by indicator number.

    An observation of a later extract corrects an earlier one for the same month. Returns a series
    for every indicator, and an issue for each observation that fits nowhere.
    """
    indicators = {each.number: each for each in catalogue.indicators}
    taken: dict[str, list[Observation]] = {number: [] for number in indicators}
    issues: list[Issue] = []
    seen: dict[tuple[str, Month, Month], Observation] = {}
    for each in observations:
        fault = _find_fault(each, catalogue, indicators) or _find_twin(each, seen)
        if fault:
            issues.append(fault)
        elif each.known <= as_at:
            taken[each.indicator].append(each)
    year = catalogue.financial_year.months
    series = {
        number: _make_series(indicator, taken[number], year, as_at)
        for number, indicator in indicators.items()
    }
    return series, tuple(issues)


def list_due(indicator: Indicator, year: Iterable[Month], as_at: Month) -> tuple[Month, ...]:
    """The months of the year whose figure is due by the end of `as_at`, arrears allowed for."""
    latest = as_at.plus(-indicator.arrears)
    return tuple(m for m in year if m.number in indicator.months_due and m <= latest)


def _make_series(
    indicator: Indicator, taken: list[Observation], year: tuple[Month, ...], as_at: Month
) -> Series:
    taken = sorted(taken, key=lambda each: (each.known, each.month))
    return Series(
        as_at=as_at,
        figures={each.month: each for each in taken if each.tells_a_figure},
        due=list_due(indicator, year, as_at),
        said=tuple(
            each
            for each in taken
            if each.commentary or each.of_note or each.caveat or each.judgement
        ),
    )


def _find_fault(
    each: Observation, catalogue: Catalogue, indicators: Mapping[str, Indicator]
) -> Issue | None:
    indicator = indicators.get(each.indicator)
    if indicator is None:
        near = did_you_mean(each.indicator, indicators)
        return _fault(each, "unknown_indicator", f"the catalogue has no such indicator; {near}")
    if indicator.is_closed:
        ending = "was removed"
        if indicator.replaced_by:
            ending = f"was replaced by indicator {indicator.replaced_by}"
        return _fault(each, "closed_indicator", f"this indicator {ending}; leave the row out")
    if each.judgement and (not indicator.targets or indicator.rating_withheld):
        message = "this indicator is not rated, so there is nothing to judge; leave that out"
        return _fault(each, "judgement_without_target", message)
    if each.month not in catalogue.financial_year.months:
        year = f"outside the catalogue's year, {catalogue.financial_year}"
        return _fault(each, "outside_year", f"{each.month.name} is {year}")
    return None


def _find_twin(
    each: Observation, seen: dict[tuple[str, Month, Month], Observation]
) -> Issue | None:
    first = seen.setdefault((each.indicator, each.month, each.known), each)
    if first is each:
        return None
    message = f"{each.month.name} was given at {first.place} already; keep one of the two rows"
    return _fault(each, "given_twice", message)


def _fault(each: Observation, code: str, message: str) -> Issue:
    subject = f"indicator {shorten(each.indicator)}"
    return Issue(code=code, place=each.place, subject=subject, message=message)
