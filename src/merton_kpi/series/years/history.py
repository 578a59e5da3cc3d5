"""Earlier years' figures of today's indicators, as they may be shown today.

Each year is matched by itself, with today's units, decimals and suppression, and with the numbers
that the indicators had then.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from merton_kpi.catalogue.relations.former_numbers import list_numbers_of_year
from merton_kpi.catalogue.relations.groups import list_groups
from merton_kpi.core.periods import FinancialYear
from merton_kpi.core.statuses import Status
from merton_kpi.core.text import strip_title
from merton_kpi.core.vocabulary import Accumulation
from merton_kpi.series.match import match_observations
from merton_kpi.series.row_checks import GIVEN_TWICE, check_rows
from merton_kpi.series.suppression import is_count_unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.issues import Issue
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.series.records import Series

_CONFIRMED = "yes"
LEAST_LIKENESS = 0.5  # of two titles, from 0 to 1: a shorter or a longer one is still like it


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierFigures:
    """An indicator's figures of earlier years by month, in order; hidden ones have no value.

    `given` are those of the extracts, and `rated` those that ratings would rest on: the same, or
    their totals where kpi adds them up. A figure that an extract of its year confirms has a word
    for that in `confirmed`, and not the reason.
    """

    given: Mapping[Month, Observation] = field(default_factory=dict)
    rated: Mapping[Month, Observation] = field(default_factory=dict)

    def add(self, series: Series) -> EarlierFigures:
        """These figures and those of a later year."""
        return EarlierFigures(
            given={**self.given, **dict(_list_given(series))},
            rated={**self.rated, **dict(sorted(series.rated_figures.items()))},
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """All that is known of earlier years.

    `figures` are by the indicator's number of today. `used` counts the rows used of each file, and
    `passed_over` those of no indicator of today, that do not fit theirs, or that are given twice.
    `repeats` say which are given twice.
    """

    figures: Mapping[str, EarlierFigures] = field(default_factory=dict)
    used: Mapping[str, int] = field(default_factory=dict)
    passed_over: int = 0
    repeats: tuple[Issue, ...] = ()

    def select(self, number: str, as_at: Month) -> EarlierFigures:
        """An indicator's earlier figures, without those in force that came after a month."""
        figures = self.figures.get(number, EarlierFigures())
        return EarlierFigures(
            given={month: each for month, each in figures.given.items() if each.known <= as_at},
            rated={month: each for month, each in figures.rated.items() if each.known <= as_at},
        )


def match_history(
    written: Catalogue, printed: Catalogue, rows: Iterable[Observation], as_at: Month
) -> History:
    """Match earlier years' rows, as far as they were known by the end of `as_at`.

    Where small counts are hidden, an earlier year is shown only if each figure of it is there and
    none is hidden, of an indicator and of those that are tied to it. The outturns and the papers of
    that time were chosen for by themselves, and a figure that is missing here could follow from
    them.

    Args:
        written: The catalogue with all its earlier figures.
        printed: The same, without those that are hidden.
        rows: The rows for months before the catalogue's year.
        as_at: The month of the papers.
    """
    by_year: dict[FinancialYear, list[Observation]] = {}
    for row in rows:
        by_year.setdefault(FinancialYear.of(row.month), []).append(row)
    years = [_match_year(written, year, by_year[year], as_at) for year in sorted(by_year)]
    hidden = [_list_hidden(each, written, printed) for each in years]
    in_all_years = list_tied_to_other_years(written) & {n for those in hidden for n in those}
    figures = {each.number: EarlierFigures() for each in written.indicators} if years else {}
    used: dict[str, int] = {}
    for each, those in zip(years, hidden, strict=True):
        for file in (row.place.file for row in each.rows):
            used[file] = used.get(file, 0) + 1
        for number, series in each.matched.items():
            shown = _suppress_figures(series) if number in those | in_all_years else series
            figures[number] = figures[number].add(shown)
    return History(
        figures=figures,
        used=used,
        passed_over=sum(map(len, by_year.values())) - sum(used.values()),
        repeats=tuple(issue for each in years for issue in each.repeats),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Year:
    """An earlier year: the catalogue as it is for it, its rows that fit, and what they give."""

    catalogue: Catalogue
    rows: Sequence[Observation]
    repeats: Sequence[Issue]
    matched: Mapping[str, Series]


def _match_year(
    written: Catalogue, year: FinancialYear, rows: Iterable[Observation], as_at: Month
) -> _Year:
    then = _compose_catalogue_of(written, year)
    fitting, repeats = _select_fitting(then, rows)
    matched, _ = match_observations(then, fitting, as_at)
    return _Year(catalogue=then, rows=fitting, repeats=repeats, matched=matched)


def _list_given(series: Series) -> Iterator[tuple[Month, Observation]]:
    """A year's figures by month, in order, each with whether it or a later row confirms it."""
    confirmed = series.confirmed
    for month, each in sorted(series.figures.items()):
        yield month, replace(each, confirmed=confirmed.get(month, ""))


def _compose_catalogue_of(catalogue: Catalogue, year: FinancialYear) -> Catalogue:
    """Today's catalogue, for an earlier year's extracts, which have their figures themselves."""
    without: dict[str, object] = {"outturns": {}, "earlier_months": {}}
    sections = tuple(
        section.model_copy(
            update={
                "indicators": tuple(each.model_copy(update=without) for each in section.indicators)
            }
        )
        for section in catalogue.sections
    )
    return catalogue.model_copy(update={"financial_year": year, "sections": sections})


def _select_fitting(
    catalogue: Catalogue, rows: Iterable[Observation]
) -> tuple[list[Observation], list[Issue]]:
    """The rows for an indicator's month, by its number of today, without their words.

    And an issue for those that are given twice.

    A row with another title was for another indicator, which had the number then, unless the
    catalogue gives this number under `formerly`.
    """
    numbers = list_numbers_of_year(catalogue.indicators, catalogue.financial_year)
    titles = {each.number: strip_title(each.title) for each in catalogue.indicators}
    named = (
        _remove_words(each, numbers[each.indicator])
        for each in rows
        if each.year is None
        and each.indicator in numbers
        and (
            numbers[each.indicator] != each.indicator
            or _is_title_like(each.title, titles[each.indicator])
        )
    )
    checked = list(check_rows(catalogue, named))
    repeats = [
        fault for _, faults in checked for fault in faults or () if fault.code == GIVEN_TWICE
    ]
    return [each for each, faults in checked if faults is None], repeats


def _is_title_like(title: str, today: str) -> bool:
    """Whether an indicator may have had this title; titles change a little over the years."""
    then = strip_title(title)
    if then in ("", today):
        return True
    one, other = (" ".join(sorted(words.split())) for words in (then, today))
    return SequenceMatcher(None, one, other).ratio() >= LEAST_LIKENESS


def _remove_words(each: Observation, number: str) -> Observation:
    """A row with the indicator's number of today, and without what was said in its own year.

    Of the reason that confirms it, only that there is one is kept: it answers doubts of the figure,
    and its words might disclose a small count.
    """
    return replace(
        each,
        indicator=number,
        note="",
        commentary="",
        caveat="",
        of_note="",
        judgement=None,
        forecast=None,
        confirmed=_CONFIRMED if each.confirmed else "",
        title="",
    )


def _list_hidden(of_year: _Year, written: Catalogue, printed: Catalogue) -> frozenset[str]:
    """The indicators of which nothing of a year is shown: those of a group have it in common."""
    indicators = {each.number: each for each in of_year.catalogue.indicators}
    year, matched = of_year.catalogue.financial_year, of_year.matched
    outturns_hidden = _list_hidden_earlier(year, written, printed)
    found: set[str] = set()
    for numbers in list_groups(indicators):
        group = [indicators[number] for number in numbers]
        is_hidden = not outturns_hidden.isdisjoint(numbers) or any(
            _has_hidden_figure(one, matched[one.number]) for one in group
        )
        if is_hidden or _is_revealing(group, year, matched):
            found.update(numbers)
    return frozenset(found)


def list_tied_to_other_years(catalogue: Catalogue) -> frozenset[str]:
    """The indicators of groups whose sums go on over the end of a financial year."""
    indicators = {each.number: each for each in catalogue.indicators}
    groups = list_groups(indicators)
    return frozenset(
        number
        for numbers in groups
        if any(indicators[each].accumulates is Accumulation.ACADEMIC_YEAR for each in numbers)
        for number in numbers
    )


def _has_hidden_figure(indicator: Indicator, series: Series) -> bool:
    """Whether a figure or a total of the year is hidden, or may be a small count."""
    statuses = [each.status for each in series.figures.values()]
    statuses += [total.status for total in (series.totals or {}).values()]
    is_any_hidden = any(status and status.is_suppressed for status in statuses)
    return is_any_hidden or any(
        is_count_unknown(indicator, each) for each in series.figures.values()
    )


def _list_hidden_earlier(
    year: FinancialYear, written: Catalogue, printed: Catalogue
) -> frozenset[str]:
    """The indicators whose outturn of a year, or a month of it, the catalogue has and hides."""
    pairs = zip(written.indicators, printed.indicators, strict=True)
    return frozenset(each.number for each, shown in pairs if _is_earlier_hidden(year, each, shown))


def _is_earlier_hidden(year: FinancialYear, each: Indicator, shown: Indicator) -> bool:
    outturns = [shown.outturns.get(year)]
    if shown.accumulates is Accumulation.ACADEMIC_YEAR:
        outturns += shown.outturns.values()  # each covers months of two financial years
    is_hidden = any(each and each.status and each.status.is_suppressed for each in outturns)
    return is_hidden or any(
        month in year.months and month not in shown.earlier_months for month in each.earlier_months
    )


def _is_revealing(
    group: Sequence[Indicator], year: FinancialYear, matched: Mapping[str, Series]
) -> bool:
    """Whether small counts are hidden, and one may follow from a year's figures and others.

    It may where a figure is missing, and in sums that go on over the end of a financial year.
    """
    if not any(each.suppression for each in group):
        return False
    covered = {each.accumulates for each in group}
    return not covered <= {None, Accumulation.FINANCIAL_YEAR} or any(
        not _is_given(matched[each.number].figures.get(month))
        for each in group
        for month in filter(each.is_due, year.months)
    )


def _is_given(figure: Observation | None) -> bool:
    """Whether there is a figure; none of no cases is one."""
    return figure is not None and (figure.value is not None or figure.denominator == 0)


def _suppress_figures(series: Series) -> Series:
    """A series whose every figure is hidden, as if another one would be known with it."""
    status = Status.SUPPRESSED_WITH_ANOTHER
    figures = {
        month: replace(each, value=None, numerator=None, denominator=None, status=status)
        for month, each in series.figures.items()
    }
    return replace(series, figures=figures, totals=None)
