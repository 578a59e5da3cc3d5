"""The outturns that a closing year leaves to the next year's catalogue.

An outturn is the year's own figure, or else its last one in force, as the papers showed it, so
that a figure which the papers suppress is suppressed here too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from merton_kpi.catalogue.entries import Outturn
from merton_kpi.core.periods import FIRST_MONTH, format_period
from merton_kpi.core.rounding import count_decimals
from merton_kpi.core.statuses import Status
from merton_kpi.core.vocabulary import Accumulation
from merton_kpi.rating.rounding import round_as_printed
from merton_kpi.rating.year_figure import select_year_figure
from merton_kpi.series.totals import select_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.series.records import Series

# The statuses of an outturn whose figure is still expected, and replaces the status.
OPEN_STATUSES = tuple(
    each for each in Status if each.is_still_to_come or each is Status.ACADEMIC_YEAR_MEASURE
)


class Remark(Enum):
    """A remark on an outturn in the plan's table.

    `word` is printed in the outturn's row. `meaning` explains the word below the table; it is
    empty where the word needs no explanation.
    """

    KEPT = "kept as given", ""
    CONFIRM = (
        "confirm",
        "the figure of one period only; check that it is right for the year",
    )
    CONFIRM_TOTAL = "confirm", ""  # an academic year's total; the row names that year
    PROVISIONAL = (
        "provisional",
        "an earlier figure of the year, since the last one is not in yet",
    )
    MARKED_PROVISIONAL = "provisional", ""  # by the service itself
    LOW_RELIABILITY = "low reliability", ""
    NO_FIGURE = (
        "no figure",
        "a reason why there is none; write the figure if there is one",
    )

    word: str
    meaning: str

    def __init__(self, word: str, meaning: str) -> None:
        self.word = word
        self.meaning = meaning


# The remark for each status that qualifies a figure.
_REMARKS = {
    Status.PROVISIONAL: Remark.MARKED_PROVISIONAL,
    Status.LOW_RELIABILITY: Remark.LOW_RELIABILITY,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class NewOutturn:
    """One outturn that the new catalogue gets.

    `year` is the year that it is the outturn of, and `period` the period of the figure that it was
    taken from, like `Nov 2020`; it is empty where there was none. `reason_to_confirm` completes
    "confirm 2020/21's outturn, …"; it is empty for an outturn that is final.
    """

    year: FinancialYear
    outturn: Outturn
    period: str = ""
    remark: Remark | None = None
    reason_to_confirm: str = ""


def list_new_outturns(
    indicator: Indicator, series: Series, closing: FinancialYear
) -> Iterator[NewOutturn]:
    """List the outturns that the closing year leaves; one that the catalogue has already is kept.

    There can be two for a total since September: the academic year that ended in August has its
    total, and the one that began in the closing year is still open. A catalogue that prints each
    academic year under the heading of the year after has only the first of them.
    """
    if indicator.needs_judgement:
        yield _compose_outturn_in_words(indicator, series, closing)
        return
    new: list[NewOutturn] = []
    if indicator.accumulates is Accumulation.ACADEMIC_YEAR:
        new += _list_academic_total(indicator, series, closing)
    yield from new
    if any(each.year == closing for each in new):
        return
    if not _is_open(indicator.outturns.get(closing)):
        yield NewOutturn(year=closing, outturn=indicator.outturns[closing], remark=Remark.KEPT)
    elif indicator.accumulates is Accumulation.ACADEMIC_YEAR:
        yield NewOutturn(year=closing, outturn=Outturn(status=Status.ACADEMIC_YEAR_MEASURE))
    else:
        yield _compose_new_outturn(indicator, series, closing)


def _compose_outturn_in_words(
    indicator: Indicator, series: Series, closing: FinancialYear
) -> NewOutturn:
    """The closing year's last judgement, in place of a figure."""
    if not _is_open(indicator.outturns.get(closing)):
        return NewOutturn(year=closing, outturn=indicator.outturns[closing], remark=Remark.KEPT)
    judged = [month for month, each in sorted(series.figures.items()) if each.judgement]
    judgement = series.figures[judged[-1]].judgement if judged else None
    if judgement is None:
        return NewOutturn(
            year=closing,
            outturn=Outturn(status=Status.TO_COME),
            remark=Remark.NO_FIGURE,
            reason_to_confirm="since no judgement was given",
        )
    word = judgement.rating.label.lower()
    year_end = next(filter(indicator.is_due, reversed(closing.months)))
    is_last = judged[-1] >= year_end
    words = f"since {_format_full_period(indicator, year_end)} was still due"
    return NewOutturn(
        year=closing,
        outturn=Outturn.model_validate({"rating": word}),
        period=format_period(judged[-1], indicator.frequency),
        remark=None if is_last else Remark.PROVISIONAL,
        reason_to_confirm="" if is_last else words,
    )


def list_monthly_figures(indicator: Indicator, series: Series) -> dict[Month, Decimal]:
    """List the year's figures by month, which next year's papers compare theirs with.

    Where they are added up, a month without cases is 0, so that next year's sum is known.
    """
    figures = series.figures
    if indicator.is_added_up:
        figures = {month: replace(each, value=select_part(each)) for month, each in figures.items()}
    return _list_figures(indicator, figures)


def _list_figures(
    indicator: Indicator, figures: Mapping[Month, Observation]
) -> dict[Month, Decimal]:
    return {
        month: _round_to_printed(indicator, each.value)
        for month, each in sorted(figures.items())
        if each.value is not None and indicator.is_due(month)
    }


def _is_open(given: Outturn | None) -> bool:
    """Whether the catalogue has no outturn yet, or one still expected."""
    return given is None or given.status in OPEN_STATUSES


def _list_academic_total(
    indicator: Indicator, series: Series, closing: FinancialYear
) -> Iterator[NewOutturn]:
    """The total of the academic year that ended in the closing year's August, if there is one."""
    months = [*filter(indicator.is_due, closing.months[:5])]  # April to August
    total = series.rated_figures.get(months[-1]) if months else None
    ended = closing.add_years(-1)
    is_open = _is_open(indicator.outturns_by_year.get(ended))
    if total and _has_figure(total) and is_open:
        is_heading_free = _is_open(indicator.outturns.get(ended))
        yield NewOutturn(
            year=ended if is_heading_free else closing,
            outturn=_convert_to_outturn(indicator, total, period=f"academic year {ended}"),
            period=total.month.label,
            remark=Remark.CONFIRM_TOTAL,
            reason_to_confirm=f"which is the total of {total.month.name}",
        )


def _compose_new_outturn(
    indicator: Indicator, series: Series, closing: FinancialYear
) -> NewOutturn:
    """The closing year's outturn: its own figure, else its last, or the reason given for none.

    A year without a figure to come, such as every second one, gets no outturn to wait for.
    """
    own = select_year_figure(series)
    if own:
        remark, reason = _choose_remark_on_year(own)
        return NewOutturn(
            year=closing,
            outturn=_convert_to_outturn(indicator, own),
            period=str(closing),
            remark=remark,
            reason_to_confirm=reason,
        )
    months = [*filter(indicator.is_due, closing.months)]
    if not months:
        return NewOutturn(year=closing, outturn=Outturn(status=Status.NOT_APPLICABLE))
    rated = series.rated_figures
    observations = [rated[month] for month in months if month in rated]
    # A reason that is given for a month before it is due is not the year's outturn.
    known = [each for each in observations if _has_figure(each) or each.month in series.due]
    if not known:
        return NewOutturn(
            year=closing,
            outturn=Outturn(status=Status.TO_COME),
            remark=Remark.NO_FIGURE,
            reason_to_confirm="since no figure was given",
        )
    last, year_end = known[-1], months[-1]
    if last.month == year_end:
        outturn = _convert_to_outturn(indicator, last)
    else:
        period = _format_coverage(indicator, last.month)
        outturn = _convert_to_outturn(indicator, last, Status.PROVISIONAL, period)
    return NewOutturn(
        year=closing,
        outturn=outturn,
        period=format_period(last.month, indicator.frequency),
        remark=_choose_remark(indicator, last, year_end),
        reason_to_confirm=_explain_need_to_confirm(indicator, series, last, year_end),
    )


def _choose_remark_on_year(own: Observation) -> tuple[Remark | None, str]:
    """The remark on the year's own figure, and why it is not final; none where it is."""
    if not _has_figure(own):
        return Remark.NO_FIGURE, f"since no figure was given for {own.year}"
    if own.value is None or own.status is None:
        return None, ""
    return _REMARKS[own.status], f"which is marked {own.status.printed.lower()}"


def _choose_remark(indicator: Indicator, last: Observation, year_end: Month) -> Remark | None:
    if not _has_figure(last):
        return Remark.NO_FIGURE
    if last.month != year_end:
        return Remark.PROVISIONAL
    if last.value is None:  # suppressed, and final
        return None
    if last.status:
        return _REMARKS[last.status]
    return Remark.CONFIRM if _is_one_of_several(indicator, year_end) else None


def _explain_need_to_confirm(
    indicator: Indicator, series: Series, last: Observation, year_end: Month
) -> str:
    """Explain why the year's outturn is not final, in words that follow "confirm the outturn, "."""
    shown = _list_figures(indicator, series.rated_figures)
    if shown and not _has_figure(last):
        month, value = max(shown.items())
        figure = indicator.unit.format_figure(value)
        return f"since the last figure was {figure} ({_format_coverage(indicator, month)})"
    if last.month != year_end:
        if indicator.is_added_up and year_end in list_monthly_figures(indicator, series):
            return "since a period before the last one has no figure"  # so that no total is known
        return f"since {_format_full_period(indicator, year_end)} was still due"
    if last.value is not None and last.status:
        return f"which is marked {last.status.printed.lower()}"
    if last.value is not None and _is_one_of_several(indicator, year_end):
        return f"which is the figure of {_format_full_period(indicator, last.month)} only"
    return ""


def _has_figure(each: Observation) -> bool:
    """Whether there is a figure, shown or suppressed."""
    return each.value is not None or bool(each.status and each.status.is_suppressed)


def _is_one_of_several(indicator: Indicator, year_end: Month) -> bool:
    """Whether the figure of the year's last period covers only that one of several."""
    before = indicator.period_before(year_end)
    is_same_year = before is not None and before >= year_end.year_start(FIRST_MONTH)
    return not (indicator.accumulates or indicator.is_to_date) and is_same_year


def _convert_to_outturn(
    indicator: Indicator,
    each: Observation,
    status: Status | None = None,
    period: str | None = None,
) -> Outturn:
    """Convert a figure to an outturn; the figure's own status is preferred to the one given."""
    if each.value is None:
        return Outturn(status=each.status)
    value = _round_to_printed(indicator, each.value)
    return Outturn(value=value, status=each.status or status, period=period)


def _round_to_printed(indicator: Indicator, value: Decimal) -> Decimal:
    """Round a figure that has more decimals than the papers print; others stay as given."""
    printed = round_as_printed(indicator, value)
    return printed if count_decimals(printed) < count_decimals(value) else value


def _format_coverage(indicator: Indicator, month: Month) -> str:
    """What a figure covers: `to November 2020` since the year began, else `Q2`, `November 2020`."""
    year = indicator.accumulates or indicator.year_covered
    if year and month.number != year.first_month:
        return f"to {month.name}"
    return _format_full_period(indicator, month)


def _format_full_period(indicator: Indicator, month: Month) -> str:
    """`Q2`, or `November 2020` with the month in full, since a catalogue is read for years."""
    words = format_period(month, indicator.frequency)
    return month.name if words == month.label else words
