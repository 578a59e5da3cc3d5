"""Match observations to the catalogue's indicators: a series for each, as at a month.

A series says which figures are in force, which are due and missing, and what words came with
them. It does not depend on targets. Every observation ends up in a series or in an issue.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue
from merton_kpi.disclosure.decisions import Decisions, choose_hidden_figures
from merton_kpi.series.records import Restatement, Series
from merton_kpi.series.row_checks import (
    check_exposed,
    check_fit,
    check_length,
    check_rows,
    check_small_figures,
)
from merton_kpi.series.suppression import (
    has_figure_in_words,
    has_small_count,
    is_count_unknown,
    suppress_row,
)
from merton_kpi.series.totals import compose_totals, round_total
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
class _Rows:
    """An indicator's rows in the order in which they became known, and what is hidden of them."""

    indicator: Indicator
    given: tuple[Observation, ...]
    decisions: Decisions

    @property
    def figures(self) -> Mapping[Month, Observation]:
        """The true figures in force, or the reasons for none."""
        return {each.month: each for each in self.given if _is_in_force(self.indicator, each)}

    @property
    def in_force(self) -> Mapping[Month, Observation]:
        """The figures in force as they are shown."""
        return {month: self.suppress(each) for month, each in self.figures.items()}

    @property
    def said(self) -> tuple[Observation, ...]:
        """The rows with words, as they are shown."""
        return tuple(self.suppress(each) for each in self.given if each.has_words)

    def suppress(self, each: Observation) -> Observation:
        """A row as it is shown."""
        return suppress_row(self.indicator, each, self.decisions)


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
    decisions = choose_hidden_figures(catalogue, given)
    series: dict[str, Series] = {}
    faults: list[Issue] = [
        *check_small_figures(indicators, given, decisions),
        *check_exposed(given, decisions),
    ]
    for number, indicator in indicators.items():
        rows, year_rows = _split_rows(indicator, given[number], decisions)
        faults += check_length(rows.given, as_at)
        whole_year = _compose_whole_year(year_rows, as_at)
        mine = _compose_series(rows, catalogue.financial_year, as_at)
        series[number] = replace(mine, whole_year=whole_year)
    return series, (*misfits, *faults)


def _split_rows(
    indicator: Indicator, given: tuple[Observation, ...], decisions: Decisions
) -> tuple[_Rows, _Rows]:
    """The rows of periods, and those of the whole year."""
    of_periods = tuple(each for each in given if each.year is None)
    of_year = tuple(each for each in given if each.year)
    rows = _Rows(indicator=indicator, given=of_periods, decisions=decisions)
    return rows, replace(rows, given=of_year)


def _compose_whole_year(rows: _Rows, as_at: Month) -> Series | None:
    """The figure of the whole year, as a series of one; None where no row gives it."""
    if not any(each.has_figure_or_reason for each in rows.given):
        return None
    return Series(
        as_at=as_at,
        figures=rows.in_force,
        totals=compose_totals(rows.indicator, rows.figures, ()),
        said=rows.said,
        restatements=tuple(_list_restatements(rows)),
        level=rows.decisions.level_of(rows.indicator.number),
        tied_to=rows.decisions.tied.get(rows.indicator.number, ()),
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
            has_small_count(indicator, valued) and is_disclosed
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
    for each, found in check_rows(catalogue, observations):
        if found is not None:
            faults += found
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


def _compose_series(rows: _Rows, year: FinancialYear, as_at: Month) -> Series:
    """One indicator's series, without the figures that must not be shown."""
    indicator = rows.indicator
    due = list_months_due(indicator, year.months, as_at)
    before = due[-1] if due else year.months[0].add_months(-1)
    return Series(
        as_at=as_at,
        figures=rows.in_force,
        totals=_compose_totals(rows, due),
        received=_list_received(rows),
        due=due,
        next_due=indicator.next_due_after(before),
        said=rows.said,
        restatements=tuple(_list_restatements(rows)),
        words_since=_choose_words_since(indicator, year, due, as_at),
        level=rows.decisions.level_of(indicator.number),
        tied_to=rows.decisions.tied.get(indicator.number, ()),
    )


def _compose_totals(rows: _Rows, due: Iterable[Month]) -> Mapping[Month, Total] | None:
    """The totals as they are shown; those of the true figures, and then rounded."""
    indicator, decisions = rows.indicator, rows.decisions
    if not indicator.is_added_up:
        return None
    figures, number = rows.figures, indicator.number
    months = {*figures, *due, *indicator.earlier_months}
    hidden = {month for month, each in figures.items() if decisions.reason_for(each)}
    hidden |= {
        month
        for month in indicator.earlier_months
        if month not in figures and decisions.earlier_reason_for(number, month)
    }
    hidden_totals = {month for month in months if decisions.total_reason_for(number, month)}
    totals = compose_totals(indicator, figures, due, hidden, hidden_totals)
    base = decisions.level_of(number).round_to
    if totals is None or base is None:
        return totals
    return {month: round_total(total, base) for month, total in totals.items()}


def _list_received(rows: _Rows) -> Mapping[Month, Month]:
    """The extract in which the figure of each month came first, or the reason for none.

    A status that says that a figure is still to come is no answer, and takes back an earlier one.
    """
    received: dict[Month, Month] = {}
    for each in rows.given:
        if not _is_in_force(rows.indicator, each):
            continue
        if each.status and each.status.is_still_to_come:
            received.pop(each.month, None)
        else:
            received.setdefault(each.month, each.known)
    return received


def _list_restatements(rows: _Rows) -> Iterator[Restatement]:
    """The corrections of earlier figures, in the order of their rows."""
    before: dict[Month, Observation] = {}
    for new in rows.given:
        if not new.has_figure_or_reason:
            continue
        old = before.get(new.month)
        before[new.month] = new
        if old and _is_corrected(old, new):
            yield Restatement(old=rows.suppress(old), new=rows.suppress(new))


def _is_corrected(old: Observation, new: Observation) -> bool:
    """Whether there was a figure, shown or suppressed, and there is another one or none now."""
    if old.value is None and not (old.status and old.status.is_suppressed):
        return False
    return old.value != new.value or (new.value is None and old.status is not new.status)
