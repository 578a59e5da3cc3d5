"""Match observations to the catalogue's indicators: a series for each, as at a month.

A series says which figures are in force, which are due and missing, and what words came with
them. It does not depend on targets. Every observation ends up in a series or in an issue.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue
from merton_kpi.series.records import Restatement, Series
from merton_kpi.series.row_checks import check_fit, check_length, check_rows, check_small_figures
from merton_kpi.series.suppression import (
    has_figure_in_words,
    is_count_unknown,
    is_small_figure,
    list_hidden_years,
    list_small_months,
    suppress_figure,
    suppress_forecast,
)
from merton_kpi.series.totals import compose_totals, list_affected_totals
from merton_kpi.series.worked_out import work_out_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.series.totals import Total


MOST_FAULTS = 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class _Suppression:
    """Which of an indicator's figures are not shown.

    Those in force are hidden in the `small_months`. A figure that is not in force is hidden there
    too, and where it is small itself; with `hides_all`, it is hidden in every month.
    """

    indicator: Indicator
    small_months: frozenset[Month]
    hides_all: bool

    def suppress_in_force(self, each: Observation) -> Observation:
        """An observation that is in force, as it is shown."""
        return suppress_figure(self.indicator, each) if each.month in self.small_months else each

    def suppress_row(self, each: Observation) -> Observation:
        """Any row of the indicator, in force or not, as it is shown."""
        each = suppress_forecast(self.indicator, each)
        is_hidden = each.has_figure_or_reason and (
            self.hides_all
            or each.month in self.small_months
            or is_small_figure(self.indicator, each)
        )
        return suppress_figure(self.indicator, each) if is_hidden else each


def match_observations(
    catalogue: Catalogue, observations: Iterable[Observation], as_at: Month
) -> tuple[Mapping[str, Series], tuple[Issue, ...]]:
    """Join the observations known by the end of `as_at` to the catalogue, by indicator number.

    An observation of a later extract corrects an earlier one for the same month. Returns a series
    for every indicator, and an issue for each observation that fits nowhere.
    """
    indicators = {each.number: each for each in catalogue.indicators}
    matched, misfits = _match_rows(catalogue, observations, as_at)
    given = {n: work_out_values(indicators[n], each) for n, each in matched.items()}
    rows = {n: tuple(each for each in given[n] if each.year is None) for n in given}
    figures = {
        number: {each.month: each for each in given if _is_in_force(indicators[number], each)}
        for number, given in rows.items()
    }
    small = list_small_months(indicators, figures, rows)
    year_rows = {n: tuple(each for each in given[n] if each.year) for n in given}
    years = _match_years(indicators, year_rows, figures, small, as_at)
    faults = (
        fault
        for number, indicator in indicators.items()
        for fault in (
            *check_small_figures(indicator, rows[number], small[number]),
            *check_small_figures(
                indicator, year_rows[number], _list_hidden_months(years.get(number))
            ),
            *check_length(rows[number], as_at),
        )
    )
    series = {
        number: replace(
            _compose_series(
                rows[number],
                figures[number],
                catalogue.financial_year,
                _choose_suppression(indicator, indicators, small[number]),
                as_at,
            ),
            whole_year=years.get(number),
        )
        for number, indicator in indicators.items()
    }
    return series, (*misfits, *faults)


def _match_years(
    indicators: Mapping[str, Indicator],
    rows: Mapping[str, tuple[Observation, ...]],
    figures: Mapping[str, Mapping[Month, Observation]],
    small: Mapping[str, frozenset[Month]],
    as_at: Month,
) -> Mapping[str, Series]:
    """The figures of the whole year, each as a series of one; `rows` are those that give them."""
    given = {
        number: [each for each in those if each.has_figure_or_reason]
        for number, those in rows.items()
    }
    years = {number: those[-1] for number, those in given.items() if those}
    hidden = list_hidden_years(indicators, years, figures, small)
    composed = {}
    for number, each in years.items():
        months = frozenset({each.month} if number in hidden else ())
        suppression = _choose_suppression(indicators[number], indicators, months)
        in_force = {each.month: suppression.suppress_in_force(each)}
        composed[number] = Series(
            as_at=as_at,
            figures=in_force,
            totals=_compose_totals({each.month: each}, (), suppression),
            said=tuple(suppression.suppress_row(row) for row in rows[number] if row.has_words),
            restatements=tuple(_list_restatements(rows[number], in_force, suppression)),
        )
    return composed


def _list_hidden_months(year: Series | None) -> frozenset[Month]:
    """The month of a year's own figure that is not shown; none where it is shown."""
    figures = year.figures if year else {}
    return frozenset(
        month
        for month, each in figures.items()
        if each.value is None and each.status and each.status.is_suppressed
    )


def _is_in_force(indicator: Indicator, each: Observation) -> bool:
    """Whether a row gives what is due, or the reason why there is none."""
    is_judged = indicator.needs_judgement and each.judgement is not None
    return is_judged or each.has_figure_or_reason


def filter_observations(
    catalogue: Catalogue, observations: Iterable[Observation]
) -> Iterator[Observation]:
    """The observations that fit a catalogue which they were not written for.

    A judgement of an indicator that this catalogue does not rate is removed, its figure kept.
    """
    indicators = {each.number: each for each in catalogue.indicators}
    for each in observations:
        indicator = indicators.get(each.indicator)
        if indicator is None:
            continue
        fitting = each if indicator.is_rated_in(each.month) else replace(each, judgement=None)
        (valued,) = work_out_values(indicator, (each,))
        is_disclosed = valued.value is not None and has_figure_in_words(valued)
        is_unsafe = is_count_unknown(indicator, valued) or (
            is_small_figure(indicator, valued) and is_disclosed
        )
        if not is_unsafe and not check_fit(fitting, catalogue, indicators):
            yield fitting


def list_months_due(indicator: Indicator, year: Iterable[Month], as_at: Month) -> tuple[Month, ...]:
    """The months of the year whose figure is due by the end of `as_at`, arrears allowed for."""
    latest = as_at.add_months(-indicator.arrears)
    return tuple(month for month in year if month <= latest and indicator.is_due(month))


def _choose_words_since(
    indicator: Indicator, year: FinancialYear, due: Iterable[Month], as_at: Month
) -> Month:
    """From which month words are the papers': this month, so that each paper has new ones.

    After the year's end it is the month in which the indicator's last figure came to be due, since
    nothing new is due from then on.
    """
    last_due = max(due, default=year.months[-1]).add_months(indicator.arrears)
    return min(as_at, max(year.months[-1], last_due))


def _match_rows(
    catalogue: Catalogue, observations: Iterable[Observation], as_at: Month
) -> tuple[Mapping[str, tuple[Observation, ...]], tuple[Issue, ...]]:
    """Each indicator's observations in the order they became known, and the faults of the others.

    Matching ends at MOST_FAULTS faults, with an issue that says so.
    """
    rows: dict[str, list[Observation]] = {each.number: [] for each in catalogue.indicators}
    faults: list[Issue] = []
    for each, fault in check_rows(catalogue, observations):
        if fault:
            faults.append(fault)
            if len(faults) == MOST_FAULTS:
                message = (
                    f"{MOST_FAULTS:,} rows do not fit the catalogue; correct these, then run again"
                )
                faults.append(Issue(code="too_many_faults", place=each.place, message=message))
                break
        elif each.known <= as_at:
            rows[each.indicator].append(each)
    in_order = attrgetter("known", "month")
    return {number: tuple(sorted(rows[number], key=in_order)) for number in rows}, tuple(faults)


def _choose_suppression(
    indicator: Indicator, indicators: Mapping[str, Indicator], small_months: frozenset[Month]
) -> _Suppression:
    """Which figures are hidden: of running totals and of rates of counts, all not in force.

    Compared with those in force, such a figure could disclose a small number.
    """
    counter = indicators.get(indicator.rate_of.count) if indicator.rate_of else indicator
    hides_all = bool(
        counter
        and counter.suppress_small_numbers
        and (counter.year_covered or counter is not indicator)
    )
    return _Suppression(indicator=indicator, small_months=small_months, hides_all=hides_all)


def _compose_series(
    rows: Iterable[Observation],
    figures: Mapping[Month, Observation],
    year: FinancialYear,
    suppression: _Suppression,
    as_at: Month,
) -> Series:
    """One indicator's series, without the figures that must not be shown."""
    indicator = suppression.indicator
    due = list_months_due(indicator, year.months, as_at)
    before = due[-1] if due else year.months[0].add_months(-1)
    in_force = {month: suppression.suppress_in_force(each) for month, each in figures.items()}
    return Series(
        as_at=as_at,
        figures=in_force,
        totals=_compose_totals(figures, due, suppression),
        due=due,
        next_due=indicator.next_due_after(before),
        said=tuple(suppression.suppress_row(each) for each in rows if each.has_words),
        restatements=tuple(_list_restatements(rows, in_force, suppression)),
        words_since=_choose_words_since(indicator, year, due, as_at),
    )


def _compose_totals(
    figures: Mapping[Month, Observation], due: Iterable[Month], suppression: _Suppression
) -> Mapping[Month, Total] | None:
    """The totals, of which those with a hidden figure in them are hidden."""
    indicator, months = suppression.indicator, {*figures, *due}
    hidden = suppression.small_months & figures.keys()
    hidden_totals = list_affected_totals(indicator, months, hidden)
    return compose_totals(indicator, figures, months, hidden, hidden_totals)


def _list_restatements(
    rows: Iterable[Observation], in_force: Mapping[Month, Observation], suppression: _Suppression
) -> Iterator[Restatement]:
    """The corrections of earlier figures, in the order of their rows."""
    before: dict[Month, Observation] = {}
    for new in rows:
        if not new.has_figure_or_reason:
            continue
        old = before.get(new.month)
        before[new.month] = new
        if old and _is_corrected(old, new):
            current = in_force[new.month]
            yield Restatement(
                old=_suppress_restated(old, current, suppression),
                new=_suppress_restated(new, current, suppression),
            )


def _suppress_restated(
    each: Observation, current: Observation, suppression: _Suppression
) -> Observation:
    """A row of a month as a restatement shows it; `current` is the one in force in that month."""
    return current if each.place == current.place else suppression.suppress_row(each)


def _is_corrected(old: Observation, new: Observation) -> bool:
    """Whether there was a figure, shown or suppressed, and there is another one or none now."""
    if old.value is None and not (old.status and old.status.is_suppressed):
        return False
    return old.value != new.value or (new.value is None and old.status is not new.status)
