"""What next year's catalogue takes over from this year: outturns, links, targets and meetings.

Decides, and writes nothing: `rollover` puts it into the catalogue's text. An outturn is the year's
last figure in force, as the papers showed it, so that a suppressed one stays suppressed. One that
cannot be the year's last word is marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from merton_kpi.catalogue import read_catalogue
from merton_kpi.entries import Outturn
from merton_kpi.goals import round_half_up
from merton_kpi.issues import BuildStoppedError, stop_on_errors
from merton_kpi.periods import name_period
from merton_kpi.scoring import match_series
from merton_kpi.vocab import Accumulation, Profile, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from merton_kpi.inputs import Inputs
    from merton_kpi.matching import Series
    from merton_kpi.model import Indicator, Observation
    from merton_kpi.periods import FinancialYear, Month
    from merton_kpi.targets import Target

YEARS_SHOWN = 3  # the years whose outturns the index prints
# No figure yet; one that comes later takes its place.
STILL_OPEN = (Status.ACADEMIC_YEAR_MEASURE, Status.TO_COME, Status.AWAITING_ANNUAL_RATE)


@dataclass(frozen=True, kw_only=True)
class Shift:
    """One outturn that is shifted in: of which year, from the figure of which period.

    `remark` is a word for the table, empty for an outturn that is final; `doubt` tells a reader
    of the catalogue what is to be confirmed. One that the catalogue has already `is_given`.
    """

    year: FinancialYear
    outturn: Outturn
    period: str = ""
    remark: str = ""
    doubt: str = ""
    is_given: bool = False


@dataclass(frozen=True, kw_only=True)
class Change:
    """All that changes in one indicator that goes on; None: it stays as it is written.

    `suppressed` has the outturns to be written without their figure, `outdated` is the year that
    goes. An empty `rate_of` goes too. `reviews` has, for a key of the entry, what is to be looked
    at before the new year.
    """

    indicator: Indicator
    shifts: tuple[Shift, ...]
    suppressed: Mapping[FinancialYear, Outturn] = field(default_factory=dict)
    outdated: FinancialYear | None = None
    earlier_months: Mapping[Month, Decimal] = field(default_factory=dict)
    target: Target | None = None
    linked: tuple[str, ...] | None = None
    rate_of: str | None = None
    reviews: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class NewYear:
    """Everything that changes from a catalogue's year, the one that closes, to the next."""

    closing: FinancialYear
    as_at: Month
    changes: tuple[Change, ...]
    closed: tuple[Indicator, ...]
    meetings: tuple[int, ...]  # the places of those that are kept

    @property
    def year(self) -> FinancialYear:
        """The year that begins."""
        return self.closing.minus(-1)


def plan_year(inputs: Inputs, text: str, year: FinancialYear) -> NewYear:
    """Plan the year after the catalogue's, from the figures as at the last month that has any.

    `text` is the catalogue's, with the small numbers that the inputs are without. Raises
    BuildStoppedError for another year, and where there is nothing to plan it from.
    """
    written, issues = read_catalogue(text, inputs.file)
    stop_on_errors(issues)
    assert written is not None
    closing, shown = written.financial_year, inputs.catalogue
    _check_year(inputs, closing, year)
    indicators = {each.number: each for each in written.indicators}
    series = match_series(inputs, inputs.month)
    months = year.months
    return NewYear(
        closing=closing,
        as_at=inputs.month,
        changes=tuple(
            _plan_indicator(each, as_shown, indicators, series[each.number], closing)
            for each, as_shown in zip(written.indicators, shown.indicators, strict=True)
            if not each.is_closed
        ),
        closed=tuple(each for each in written.indicators if each.is_closed),
        meetings=tuple(at for at, each in enumerate(written.meetings) if each.data_to in months),
    )


def name_catalogue(stem: str, year: FinancialYear) -> str:
    """`indicators-2021-22.yaml`, for the name of a file with or without a year at its end."""
    stem = re.sub(r"-[0-9]{4}-[0-9]{2}$", "", stem)
    return f"{stem}-{str(year).replace('/', '-')}.yaml"


def _check_year(inputs: Inputs, closing: FinancialYear, year: FinancialYear) -> None:
    code, message = "", ""
    if year.minus(1) != closing:
        code = "not_the_next_year"
        message = f"it is of {closing}, so the next year is {closing.minus(-1)}, not {year}"
        message += "; name that one, or another --catalogue"
    elif all(each.is_closed for each in inputs.catalogue.indicators):
        code = "all_closed"
        message = f"all its indicators were removed or replaced; add those of {year}"
    elif not inputs.observations:
        code = "no_extract"
        message = f"there are no figures of {closing} to be its outturns; name their folder"
        message += " with --data"
    if message:
        raise BuildStoppedError.at(inputs.file, code, message)


def find_successor(number: str, indicators: Mapping[str, Indicator]) -> str | None:
    """The number that goes on in the place of this one; None where it was removed for good."""
    for _ in indicators:
        each = indicators[number]
        if each.removed:
            return None
        if not each.replaced_by:
            return number
        number = each.replaced_by
    return None  # they replace each other in a circle


def _plan_indicator(
    indicator: Indicator,
    shown: Indicator,
    indicators: Mapping[str, Indicator],
    series: Series,
    closing: FinancialYear,
) -> Change:
    found = (find_successor(number, indicators) for number in indicator.linked)
    linked = tuple(dict.fromkeys(each for each in found if each and each != indicator.number))
    rate_of = None
    if indicator.rate_of:
        count = find_successor(indicator.rate_of.count, indicators)
        if count != indicator.rate_of.count:
            rate_of = "" if count in (None, indicator.number) else count
    return Change(
        indicator=indicator,
        shifts=tuple(_list_shifts(shown, series, closing)),
        suppressed=_list_suppressed(indicator, shown) if indicator.rate_of else {},
        outdated=_find_outdated(indicator, closing),
        earlier_months=_list_months(indicator, series),
        target=_move_target(indicator),
        linked=None if linked == indicator.linked else linked,
        rate_of=rate_of,
        reviews=_list_reviews(indicator, closing),
    )


def _list_shifts(indicator: Indicator, series: Series, closing: FinancialYear) -> Iterator[Shift]:
    is_academic = indicator.accumulates is Accumulation.ACADEMIC_YEAR
    if is_academic:
        # The academic year that ended in August has its total now, the one that goes on has none.
        yield from _shift_academic(indicator, series, closing.minus(1))
    given = indicator.outturns.get(closing)
    if not _is_open(given):
        assert given is not None
        yield Shift(year=closing, outturn=given, remark="kept as given", is_given=True)
    elif is_academic:
        yield Shift(year=closing, outturn=Outturn(status=Status.ACADEMIC_YEAR_MEASURE))
    else:
        yield _shift(indicator, series, closing)


def _is_open(outturn: Outturn | None) -> bool:
    return outturn is None or outturn.status in STILL_OPEN


def _shift_academic(indicator: Indicator, series: Series, ended: FinancialYear) -> Iterator[Shift]:
    months = [m for m in ended.minus(-1).months[:5] if m.number in indicator.months_due]
    total = series.figures.get(months[-1]) if months else None
    if total and _is_figure(total) and _is_open(indicator.outturns.get(ended)):
        outturn = _copy(indicator, total, period=f"academic year {ended}")
        doubt = f"the total of {total.month.name}: confirm"
        remark = f"{ended}: confirm"
        yield Shift(
            year=ended, outturn=outturn, period=total.month.label, remark=remark, doubt=doubt
        )


def _shift(indicator: Indicator, series: Series, closing: FinancialYear) -> Shift:
    last_due = max(month for month in closing.months if month.number in indicator.months_due)
    figures = [
        each
        for month, each in sorted(series.figures.items())
        if month.number in indicator.months_due and (_is_figure(each) or month in series.due)
    ]
    if not figures:
        outturn = Outturn(status=Status.TO_COME)
        doubt = "no figure was given: confirm"
        return Shift(year=closing, outturn=outturn, remark="no figure", doubt=doubt)
    last = figures[-1]
    words = name_period(last.month, indicator.frequency)
    period = _name_whole(indicator, last.month)
    is_last = last.month == last_due
    outturn, remark = _copy(indicator, last), ""
    if last.value is None:
        remark = "no figure"
        still_due = "" if is_last else f"{_name_end(indicator, last_due)} was still due"
        doubt = _doubt_reason(indicator, figures, still_due)
    elif not is_last:
        outturn = _copy(indicator, last, status=Status.PROVISIONAL, period=period)
        remark = "provisional"
        doubt = f"{_name_end(indicator, last_due)} was still due: confirm"
    elif last.status:
        remark = last.status.printed.lower()
        doubt = f"{remark}: confirm"
    elif not indicator.accumulates and len(indicator.months_due) > 1:
        remark, doubt = "confirm", f"{period} alone: confirm that it is the year's"
    else:
        doubt = ""
    return Shift(year=closing, outturn=outturn, period=words, remark=remark, doubt=doubt)


def _doubt_reason(indicator: Indicator, figures: list[Observation], still_due: str) -> str:
    """What is to be known of a year that ends with a reason in place of a figure."""
    known = [each for each in figures if each.value is not None]
    if not _is_figure(figures[-1]) and known and known[-1].value is not None:
        figure = indicator.unit.show(_round(indicator, known[-1].value))
        return f"the last figure was {figure} ({_name_whole(indicator, known[-1].month)}): confirm"
    return still_due and f"{still_due}: confirm"


def _is_figure(each: Observation) -> bool:
    """Whether there is a figure, shown or suppressed."""
    return each.value is not None or bool(each.status and each.status.is_suppressed)


def _copy(
    indicator: Indicator,
    each: Observation,
    *,
    status: Status | None = None,
    period: str | None = None,
) -> Outturn:
    """A figure as an outturn, with the digits that it was given, but none that was not printed."""
    if each.value is None:
        return Outturn(status=each.status)
    value = _round(indicator, each.value)
    if each.status is Status.LOW_RELIABILITY:
        status = each.status
    return Outturn(value=value, status=status or each.status, period=period)


def _round(indicator: Indicator, value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    has_more = isinstance(exponent, int) and -exponent > indicator.decimals
    return round_half_up(value, indicator.decimals) if has_more else value


def _name_whole(indicator: Indicator, month: Month) -> str:
    """What a figure covers: `to November 2020` for a running total, else `Q2`, `November 2020`."""
    if indicator.accumulates and month.number != indicator.accumulates.first_month:
        return f"to {month.name}"
    return _name_end(indicator, month)


def _name_end(indicator: Indicator, month: Month) -> str:
    """The period alone: `Q2`, or `November 2020` in full, as a catalogue is read years later."""
    words = name_period(month, indicator.frequency)
    return month.name if words == month.label else words


def _list_suppressed(written: Indicator, shown: Indicator) -> dict[FinancialYear, Outturn]:
    """A rate's outturns that its count suppresses: they must say so, should that year's go."""
    return {
        year: each
        for year, each in shown.outturns.items()
        if each.value is None and written.outturns[year].value is not None
    }


def _find_outdated(indicator: Indicator, closing: FinancialYear) -> FinancialYear | None:
    """The oldest outturn, once neither the index nor a target looks so far back."""
    oldest = min(indicator.outturns, default=None)
    wanted = max((each.years or 1 for each in indicator.targets if each.no_worse_than), default=0)
    if wanted and indicator.accumulates is Accumulation.ACADEMIC_YEAR:
        wanted += 1  # until August it is still last academic year's
    kept = max(YEARS_SHOWN, wanted)
    return oldest if oldest is not None and oldest <= closing.minus(kept) else None


def _list_months(indicator: Indicator, series: Series) -> dict[Month, Decimal]:
    """The year's figures by month, for next year's to be compared with."""
    return {
        month: _round(indicator, each.value)
        for month, each in sorted(series.figures.items())
        if each.value is not None and month.number in indicator.months_due
    }


def _move_target(indicator: Indicator) -> Target | None:
    """The target that the year ended with, its months a year later; None where none has any."""
    if not indicator.targets or not any(
        each.start or each.milestones for each in indicator.targets
    ):
        return None
    last = indicator.targets[-1]
    moved = {month.plus(12): figure for month, figure in last.milestones.items()}
    return last.model_copy(update={"start": None, "milestones": moved})


def _list_reviews(indicator: Indicator, closing: FinancialYear) -> dict[str, str]:
    reviews = {}
    if indicator.target == "new":
        reviews["target"] = f"review; it was new in {closing}"
    elif indicator.targets:
        words = "review"
        last = indicator.targets[-1]
        if last.start:
            words += f"; this is the target since {last.start.name}"
        if last.profile is Profile.MILESTONES:
            words += "; the milestones are a year later"
        reviews["target"] = words
    if indicator.rating_withheld:
        reviews["rating_withheld"] = "review whether it is still withheld"
    return reviews
