"""The outturns that a closing year leaves to the next, and what is to be doubted of each.

An outturn is the year's last figure in force, as the papers showed it, so that a suppressed one
stays suppressed. Knows nothing of a catalogue's text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.catalogue.entries import Outturn
from merton_kpi.core.periods import format_period
from merton_kpi.core.vocabulary import Accumulation, Status
from merton_kpi.rating.rounding import round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from merton_kpi.catalogue.models import Indicator
    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.series.records import Series

# No figure yet; one that comes later takes its place.
STILL_OPEN = tuple(
    each for each in Status if each.is_still_to_come or each is Status.ACADEMIC_YEAR_MEASURE
)


@dataclass(frozen=True, kw_only=True)
class NewOutturn:
    """One outturn that is shifted in: of which year, from the figure of which period.

    `remark` is a word for the table; `doubt`, empty for an outturn that is final, goes on from
    "confirm the outturn, ".
    """

    year: FinancialYear
    outturn: Outturn
    period: str = ""
    remark: str = ""
    doubt: str = ""


def list_new_outturns(
    indicator: Indicator, series: Series, closing: FinancialYear
) -> Iterator[NewOutturn]:
    """The outturns that the closing year leaves; one that is given already stays."""
    is_academic = indicator.accumulates is Accumulation.ACADEMIC_YEAR
    if is_academic and _is_open(indicator, closing.minus(1)):
        # The academic year that ended in August has its total now, the one that goes on has none.
        yield from _shift_academic(indicator, series, closing)
    if not _is_open(indicator, closing):
        yield NewOutturn(year=closing, outturn=indicator.outturns[closing], remark="kept as given")
    elif is_academic:
        yield NewOutturn(year=closing, outturn=Outturn(status=Status.ACADEMIC_YEAR_MEASURE))
    else:
        yield _shift(indicator, series, closing)


def _is_open(indicator: Indicator, year: FinancialYear) -> bool:
    given = indicator.outturns.get(year)
    return given is None or given.status in STILL_OPEN


def _shift_academic(
    indicator: Indicator, series: Series, closing: FinancialYear
) -> Iterator[NewOutturn]:
    months = [month for month in closing.months[:5] if month.number in indicator.months_due]
    total = series.figures.get(months[-1]) if months else None
    if total and _is_figure(total):
        ended = closing.minus(1)
        yield NewOutturn(
            year=ended,
            outturn=_make_outturn(indicator, total, period=f"academic year {ended}"),
            period=total.month.label,
            remark=f"{ended}: confirm",
            doubt=f"which is the total of {total.month.name}",
        )


def _shift(indicator: Indicator, series: Series, closing: FinancialYear) -> NewOutturn:
    months = [month for month in closing.months if month.number in indicator.months_due]
    given = [series.figures[month] for month in months if month in series.figures]
    given = [each for each in given if _is_figure(each) or each.month in series.due]
    if not given:
        outturn = Outturn(status=Status.TO_COME)
        doubt = "since no figure was given"
        return NewOutturn(year=closing, outturn=outturn, remark="no figure", doubt=doubt)
    last = given[-1]
    if last.month == months[-1]:
        outturn = _make_outturn(indicator, last)
        remark, doubt = _doubt_end(indicator, last)
    else:
        period = _name_whole(indicator, last.month)
        outturn = _make_outturn(indicator, last, Status.PROVISIONAL, period)
        remark, doubt = "provisional", f"since {_name_end(indicator, months[-1])} was still due"
    if not _is_figure(last):
        remark, doubt = "no figure", _tell_last(indicator, series) or doubt
    words = format_period(last.month, indicator.frequency)
    return NewOutturn(year=closing, outturn=outturn, period=words, remark=remark, doubt=doubt)


def _tell_last(indicator: Indicator, series: Series) -> str:
    """The last figure of a year that ends without one."""
    shown = list_months(indicator, series)
    if not shown:
        return ""
    month, value = max(shown.items())
    figure = indicator.unit.format_figure(value)
    return f"since the last figure was {figure} ({_name_whole(indicator, month)})"


def _doubt_end(indicator: Indicator, last: Observation) -> tuple[str, str]:
    """The remark and the doubt on a figure of the year's last period."""
    if last.value is None:
        return "", ""
    if last.status:
        remark = last.status.printed.lower()
        return remark, f"which is marked {remark}"
    if not indicator.accumulates and len(indicator.months_due) > 1:
        return "confirm", f"which is {_name_end(indicator, last.month)}'s figure alone"
    return "", ""


def _is_figure(each: Observation) -> bool:
    """Whether there is a figure, shown or suppressed."""
    return each.value is not None or bool(each.status and each.status.is_suppressed)


def _make_outturn(
    indicator: Indicator,
    each: Observation,
    status: Status | None = None,
    period: str | None = None,
) -> Outturn:
    """A figure as an outturn; its own status goes before the one given."""
    if each.value is None:
        return Outturn(status=each.status)
    return Outturn(value=_round(indicator, each.value), status=each.status or status, period=period)


def _round(indicator: Indicator, value: Decimal) -> Decimal:
    """The digits that a figure was given with, but none that was not printed."""
    has_more = -int(value.as_tuple().exponent) > indicator.decimals
    return round_half_up(value, indicator.decimals) if has_more else value


def _name_whole(indicator: Indicator, month: Month) -> str:
    """What a figure covers: `to November 2020` for a running total, else `Q2`, `November 2020`."""
    if indicator.accumulates and month.number != indicator.accumulates.first_month:
        return f"to {month.name}"
    return _name_end(indicator, month)


def _name_end(indicator: Indicator, month: Month) -> str:
    """The period alone: `Q2`, or `November 2020` in full, as a catalogue is read years later."""
    words = format_period(month, indicator.frequency)
    return month.name if words == month.label else words


def list_months(indicator: Indicator, series: Series) -> dict[Month, Decimal]:
    """The year's figures by month, for next year's to be compared with."""
    return {
        month: _round(indicator, each.value)
        for month, each in sorted(series.figures.items())
        if each.value is not None and month.number in indicator.months_due
    }
