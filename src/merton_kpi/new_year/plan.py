"""What next year's catalogue takes over from this year's: outturns, links, targets and meetings.

Decides, and writes nothing: `rollover` puts it into the catalogue's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.issues import BuildStoppedError
from merton_kpi.core.periods import format_count
from merton_kpi.core.vocabulary import Accumulation, Profile
from merton_kpi.new_year.outturns import STILL_OPEN, list_months, list_new_outturns
from merton_kpi.quality.warnings import match_series

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.entries import Outturn, RateOf
    from merton_kpi.catalogue.models import Indicator
    from merton_kpi.catalogue.targets import Target
    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.loading import Inputs
    from merton_kpi.new_year.outturns import NewOutturn
    from merton_kpi.series.records import Series

YEARS_SHOWN = 3  # the years whose outturns the index prints


@dataclass(frozen=True, kw_only=True)
class IndicatorPlan:
    """An indicator that goes on, as it was and as it will be.

    `marks` say what to look at before the new year.
    """

    was: Indicator
    now: Indicator
    shifts: tuple[NewOutturn, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class YearPlan:
    """Everything that changes from a catalogue's year, the one that closes, to the next."""

    closing: FinancialYear
    as_at: Month
    changes: tuple[IndicatorPlan, ...]
    closed: tuple[Indicator, ...]
    meetings: tuple[int, ...]  # the places of those that are kept

    @property
    def year(self) -> FinancialYear:
        """The year that begins."""
        return self.closing.minus(-1)


def plan_year(inputs: Inputs, year: FinancialYear) -> YearPlan:
    """Plan the year after the catalogue's, from the figures as at the last month that has any.

    Raises BuildStoppedError for another year, and where there is no figure.
    """
    catalogue = inputs.catalogue
    closing = catalogue.financial_year
    if year.minus(1) != closing:
        message = f"it is of {closing}, so the next year is {closing.minus(-1)}, not {year}"
        message += "; name that one, or another --catalogue"
        raise BuildStoppedError.at(inputs.file, "not_the_next_year", message)
    if not inputs.observations:
        message = f"there are no figures of {closing} to be its outturns; name their folder"
        raise BuildStoppedError.at(inputs.file, "no_extract", f"{message} with --data")
    indicators = {each.number: each for each in catalogue.indicators}
    series = match_series(inputs, inputs.month)
    return YearPlan(
        closing=closing,
        as_at=inputs.month,
        changes=tuple(
            _plan_indicator(each, indicators, series[number], closing)
            for number, each in indicators.items()
            if not each.is_closed
        ),
        closed=tuple(each for each in catalogue.indicators if each.is_closed),
        meetings=tuple(
            at for at, each in enumerate(catalogue.meetings) if each.data_to in year.months
        ),
    )


def name_catalogue(stem: str, year: FinancialYear) -> str:
    """`indicators-2021-22.yaml`, for the name of a file with or without a year at its end."""
    stem = re.sub(r"-[0-9]{4}-[0-9]{2}$", "", stem)
    return f"{stem}-{str(year).replace('/', '-')}.yaml"


def successor_of(number: str, indicators: Mapping[str, Indicator]) -> str | None:
    """The number that goes on in the place of this one; None where it was removed for good."""
    each = indicators[number]
    while each.replaced_by:  # the catalogue has no circle
        each = indicators[each.replaced_by]
    return None if each.removed else each.number


def _plan_indicator(
    indicator: Indicator,
    indicators: Mapping[str, Indicator],
    series: Series,
    closing: FinancialYear,
) -> IndicatorPlan:
    shifts = tuple(list_new_outturns(indicator, series, closing))
    found = (successor_of(number, indicators) for number in indicator.linked)
    linked = dict.fromkeys(each for each in found if each and each != indicator.number)
    new = {
        "outturns": _move_outturns(indicator, shifts, closing),
        "earlier_months": list_months(indicator, series),
        "target": _move_target(indicator),
        "linked": tuple(linked),
        "rate_of": _move_rate(indicator, indicators),
    }
    doubts = (f"confirm {each.year}'s outturn, {each.doubt}" for each in shifts if each.doubt)
    return IndicatorPlan(
        was=indicator,
        now=indicator.model_copy(update=new),
        shifts=shifts,
        marks=(*_list_reviews(indicator, closing), *doubts),
    )


def _move_outturns(
    indicator: Indicator, shifts: tuple[NewOutturn, ...], closing: FinancialYear
) -> dict[FinancialYear, Outturn]:
    """The outturns, without the oldest once neither the index nor a target looks so far back."""
    wanted = max((each.years or 1 for each in indicator.targets if each.no_worse_than), default=0)
    if wanted and indicator.accumulates is Accumulation.ACADEMIC_YEAR:
        wanted += 1  # until August it is still last academic year's
    outturns = dict(indicator.outturns)
    oldest = min(outturns, default=closing)
    if oldest <= closing.minus(max(YEARS_SHOWN, wanted)):
        del outturns[oldest]
    return outturns | {each.year: each.outturn for each in shifts}


def _move_target(indicator: Indicator) -> Target | tuple[Target, ...] | str:
    """The target that the year ended with, its months a year later."""
    if not any(each.start or each.milestones for each in indicator.targets):
        return indicator.target
    last = indicator.targets[-1]
    moved = {month.plus(12): figure for month, figure in last.milestones.items()}
    return last.model_copy(update={"start": None, "milestones": moved})


def _move_rate(indicator: Indicator, indicators: Mapping[str, Indicator]) -> RateOf | None:
    """What it is the rate of in the new year; None for nothing that goes on."""
    if indicator.rate_of is None:
        return None
    count = successor_of(indicator.rate_of.count, indicators)
    if count in (None, indicator.number):
        return None
    return indicator.rate_of.model_copy(update={"count": count})


def needs_target_review(indicator: Indicator) -> bool:
    """Whether it has a target to be reviewed, or is to be given one."""
    return indicator.target != "not_a_target_measure"


def _list_reviews(indicator: Indicator, closing: FinancialYear) -> Iterator[str]:
    if needs_target_review(indicator):
        words = "review the target"
        last = indicator.targets[-1] if indicator.targets else None
        if last is None:
            words += f", which was new in {closing}"
        elif last.start:
            words += f", which has held since {last.start.name}"
        if last and last.profile is Profile.MILESTONES:
            words += ", whose milestones are a year later"
        yield words
    if indicator.rating_withheld:
        yield "review whether the rating is still withheld"


_HEADS = ("No.", "Indicator", "Outturn", "Of", "Remark")
_TITLE = 24  # characters, so that a line with most words fits a terminal's 80
_MEANINGS = {
    "confirm": "one period's figure alone; confirm that it is the year's, or write the year's",
    "provisional": "the year's last figure was still due; it goes in as provisional",
    "no figure": "a reason stands in place of a figure; write the figure if there is one",
}


def format_plan(plan: YearPlan) -> str:
    """What `kpi new-year` would write, in the index's order."""
    lines = [f"Outturns of {plan.closing}, from the extracts up to {plan.as_at.name}", ""]
    lines += _tell_shifts(plan)
    remarks = {shift.remark for change in plan.changes for shift in change.shifts}
    meanings = [f"{word}: {words}" for word, words in _MEANINGS.items() if word in remarks]
    lines += ["", *meanings] if meanings else []
    return "\n".join([*lines, "", *_tell_rest(plan)])


def _tell_shifts(plan: YearPlan) -> Iterator[str]:
    rows = [_tell_shift(change, shift) for change in plan.changes for shift in change.shifts]
    widths = [max(map(len, column)) for column in zip(_HEADS, *rows, strict=True)]
    for row in (_HEADS, *rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _tell_shift(change: IndicatorPlan, shift: NewOutturn) -> tuple[str, ...]:
    each = change.was
    status = shift.outturn.status
    figure = status.printed if status else ""
    if shift.outturn.value is not None:
        figure = (shift.outturn.unit or each.unit).format_figure(shift.outturn.value)
    title = each.title
    if len(title) > _TITLE:
        title = f"{title[: _TITLE - 1].rstrip()}…"
    return each.number, title, figure, shift.period, shift.remark


def _tell_rest(plan: YearPlan) -> Iterator[str]:
    for each in plan.closed:
        end = f"replaced by {each.replaced_by}" if each.replaced_by else "removed"
        yield f"Dropped: {each.number}, {end}"
    for change in plan.changes:
        yield from _tell_links(change)
    going_on = [change.now for change in plan.changes]
    lists = {
        "Marked for review, target": [each for each in going_on if needs_target_review(each)],
        "Marked for review, rating withheld": [each for each in going_on if each.rating_withheld],
    }
    for year in (plan.closing.minus(2), plan.closing.minus(1)):
        lists[f"Still without a figure of {year}"] = [
            each
            for each in going_on
            if year in each.outturns and each.outturns[year].status in STILL_OPEN
        ]
    for words, those in lists.items():
        if those:
            yield f"{words}: {', '.join(each.number for each in those)}"
    kept = format_count(len(plan.meetings), "meeting") if plan.meetings else "none"
    yield f"Meetings kept: {kept}; add those of {plan.year}"


def _tell_links(change: IndicatorPlan) -> Iterator[str]:
    was, now = change.was, change.now
    if now.linked != was.linked:
        old, new = (", ".join(each.linked) or "none" for each in (was, now))
        yield f"Links of {now.number}: {new} (was {old})"
    if was.rate_of and now.rate_of != was.rate_of:
        new = now.rate_of.count if now.rate_of else "no other indicator"
        yield f"{now.number} is the rate of {new} (was {was.rate_of.count})"
