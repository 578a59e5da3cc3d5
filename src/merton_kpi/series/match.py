"""The catalogue and the observations to each indicator's series, as at a month.

Knows nothing of targets: it says which figures are in force, which are due and missing, and what
was said of them. Every observation ends up in a series or in an issue.
"""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, shorten, suggest_word
from merton_kpi.core.text import LONGEST
from merton_kpi.series.records import Restatement, Series
from merton_kpi.series.suppression import (
    is_count_unknown,
    is_small_figure,
    list_small_months,
    suppress_figure,
    words_disclose_figure,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping

    from merton_kpi.catalogue.models import Catalogue, Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation


MOST_FAULTS = 1_000


def match_observations(
    catalogue: Catalogue, observations: Iterable[Observation], as_at: Month
) -> tuple[Mapping[str, Series], tuple[Issue, ...]]:
    """Join the observations known by the end of `as_at` to the catalogue, by indicator number.

    An observation of a later extract corrects an earlier one for the same month. Returns a series
    for every indicator, and an issue for each observation that fits nowhere.
    """
    indicators = {each.number: each for each in catalogue.indicators}
    taken, issues = _take(catalogue, indicators, observations, as_at)
    figures = {
        number: {each.month: each for each in rows if each.has_figure_or_reason}
        for number, rows in taken.items()
    }
    small = list_small_months(indicators, figures, taken)
    series = {}
    for number, indicator in indicators.items():
        rows, small_months = taken[number], small[number]
        issues += _check_small(indicator, rows, small_months)
        issues += _check_length(rows, as_at)
        hidden = _find_hidden(indicator, indicators, small_months)
        in_force = {
            month: suppress_figure(indicator, each) if month in small_months else each
            for month, each in figures[number].items()
        }
        said = (each for each in rows if each.has_words)
        series[number] = Series(
            as_at=as_at,
            figures=in_force,
            due=list_months_due(indicator, catalogue.financial_year.months, as_at),
            said=tuple(suppress_figure(indicator, each) if hidden(each) else each for each in said),
            restatements=_find_restatements(indicator, rows, in_force, hidden),
        )
    return series, tuple(issues)


def filter_observations(
    catalogue: Catalogue, observations: Iterable[Observation]
) -> Iterator[Observation]:
    """The observations that fit a catalogue which they were not written for.

    One that judges what this catalogue does not rate is left its figure.
    """
    indicators = {each.number: each for each in catalogue.indicators}
    for each in observations:
        indicator = indicators.get(each.indicator)
        if indicator is None:
            continue
        fitting = each if _is_rated(indicator) else replace(each, judgement=None)
        is_told = each.value is not None and words_disclose_figure(each)
        is_unsafe = is_count_unknown(indicator, each) or (
            is_small_figure(indicator, each) and is_told
        )
        if not is_unsafe and not _find_fault(fitting, catalogue, indicators):
            yield fitting


def _take(
    catalogue: Catalogue,
    indicators: Mapping[str, Indicator],
    observations: Iterable[Observation],
    as_at: Month,
) -> tuple[dict[str, list[Observation]], list[Issue]]:
    """Each indicator's observations as they became known, and an issue for each that fits none."""
    taken: dict[str, list[Observation]] = {number: [] for number in indicators}
    issues: list[Issue] = []
    seen: dict[tuple[str, Month, Month], Observation] = {}
    for each in observations:
        fault = _find_fault(each, catalogue, indicators) or _find_twin(each, seen)
        if fault:
            issues.append(fault)
            if len(issues) == MOST_FAULTS:
                message = f"{MOST_FAULTS:,} rows fit nowhere; mend these before the rest is matched"
                issues.append(_fault(each, "too_many_faults", message))
                break
        elif each.known <= as_at:
            taken[each.indicator].append(each)
    for rows in taken.values():
        rows.sort(key=attrgetter("known", "month"))
    return taken, issues


def list_months_due(indicator: Indicator, year: Iterable[Month], as_at: Month) -> tuple[Month, ...]:
    """The months of the year whose figure is due by the end of `as_at`, arrears allowed for."""
    latest, numbers = as_at.plus(-indicator.arrears), indicator.months_due
    return tuple([month for month in year if month <= latest and month.number in numbers])


def _find_hidden(
    indicator: Indicator, indicators: Mapping[str, Indicator], small: Container[Month]
) -> Callable[[Observation], bool]:
    """Whether a row's figure must not be shown, be it in force or not.

    Of a running total, or of the rate of a count, no figure that is not in force can be shown
    where small numbers are suppressed: beside those in force it could give one away.
    """
    counter = indicators.get(indicator.rate_of.count) if indicator.rate_of else indicator
    tells_others = bool(
        counter
        and counter.suppress_small_numbers
        and (counter.accumulates or counter is not indicator)
    )

    def is_hidden(each: Observation) -> bool:
        if not each.has_figure_or_reason:
            return False
        return tells_others or each.month in small or is_small_figure(indicator, each)

    return is_hidden


def _check_length(rows: Iterable[Observation], as_at: Month) -> Iterator[Issue]:
    """Refuse words that would be cut off in a cell when all of a month's rows are put together."""
    length = 0
    for each in rows:
        if each.known == as_at:
            length += max(len(each.commentary), len(each.of_note))
            if length > LONGEST and max(len(each.commentary), len(each.of_note)) < length:
                message = f"the month's commentary has more than {LONGEST:,} characters in all"
                yield _fault(each, "text", f"{message}; shorten it")


def _check_small(
    indicator: Indicator, taken: Iterable[Observation], small: Collection[Month]
) -> Iterator[Issue]:
    """Refuse figures that may be of small counts unseen, and words that give one away."""
    if not small and not indicator.suppress_small_numbers:
        return
    for each in taken:
        if is_count_unknown(indicator, each):
            message = "its small numbers are suppressed, but nobody can tell without a numerator"
            yield _fault(each, "count_unknown", f"{message}; give it, or the status 'suppressed'")
        elif each.month in small and each.value is not None and words_disclose_figure(each):
            message = "the row's words name the figure that is suppressed; write them without it"
            yield _fault(each, "gives_away", message)


def _find_restatements(
    indicator: Indicator,
    taken: Collection[Observation],
    in_force: Mapping[Month, Observation],
    hidden: Callable[[Observation], bool],
) -> tuple[Restatement, ...]:
    """The corrections of earlier figures; of those that are `hidden`, only what is in force."""
    if len(taken) == len(in_force):  # as many rows as months: none was corrected
        return ()

    def show(each: Observation) -> Observation:
        if in_force[each.month].place == each.place:
            return in_force[each.month]
        return suppress_figure(indicator, each) if hidden(each) else each

    before: dict[Month, Observation] = {}
    found = []
    for new in taken:
        old = before.get(new.month)
        if new.has_figure_or_reason:
            before[new.month] = new
            if old and _differs(old, new):
                found.append(Restatement(old=show(old), new=show(new)))
    return tuple(found)


def _differs(old: Observation, new: Observation) -> bool:
    """Whether there was a figure, shown or suppressed, and there is another one or none now."""
    if old.value is None and not (old.status and old.status.is_suppressed):
        return False
    return old.value != new.value or (new.value is None and old.status is not new.status)


def _find_fault(
    each: Observation, catalogue: Catalogue, indicators: Mapping[str, Indicator]
) -> Issue | None:
    indicator = indicators.get(each.indicator)
    if indicator is None:
        near = suggest_word(each.indicator, indicators)
        return _fault(each, "unknown_indicator", f"the catalogue has no such indicator; {near}")
    if indicator.is_closed:
        ending = "was removed"
        if indicator.replaced_by:
            ending = f"was replaced by indicator {indicator.replaced_by}"
        return _fault(each, "closed_indicator", f"this indicator {ending}; leave the row out")
    if each.judgement and not _is_rated(indicator):
        message = "this indicator is not rated, so there is nothing to judge; leave that out"
        return _fault(each, "judgement_without_target", message)
    if each.month not in catalogue.financial_year.months:
        year = f"outside the catalogue's year, {catalogue.financial_year}"
        return _fault(each, "outside_year", f"{each.month.name} is {year}")
    return None


def _is_rated(indicator: Indicator) -> bool:
    return bool(indicator.targets) and not indicator.rating_withheld


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
