"""What is suspicious in how a figure's row is written: its cells, and what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.issues import shorten
from merton_kpi.core.periods import format_count
from merton_kpi.core.rounding import count_decimals
from merton_kpi.core.statuses import Status
from merton_kpi.quality.figures import thresholds
from merton_kpi.quality.figures.history import list_outturns
from merton_kpi.quality.findings import CONFIRM_FIGURE, Finding
from merton_kpi.series.worked_out import count_worked_out_decimals
from merton_kpi.series.written import count_decimals_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.quality.figures.history import Values
    from merton_kpi.series.records import Series

_WITHOUT_REASON = (Status.NOT_AVAILABLE, Status.NOT_APPLICABLE)


def check_absences(indicator: Indicator, series: Series) -> Iterator[Finding]:
    """Check for `N/A` without a reason where the last figures due before it came."""
    for month, each in sorted(series.figures.items()):
        if each.status not in _WITHOUT_REASON or not indicator.is_due(month):
            continue
        before = [due for due in series.due if due < month][-thresholds.ALWAYS_CAME :]
        have_come = [_has_come(series, due) for due in before]
        known = len(before) + len(list_outturns(indicator, month))
        said = (each.note, *(one.words for one in series.said if one.month == month))
        if not before or not all(have_come) or known < thresholds.ALWAYS_CAME or any(said):
            continue
        words = f"the figure is '{each.status.printed}' without a reason, though those due before"
        words += " it came"
        advice = "give the figure, or the reason in the column 'note' or 'caveat', or "
        yield Finding(month, FindingCode.NO_REASON, words, advice + CONFIRM_FIGURE)


def _has_come(series: Series, month: Month) -> bool:
    """Whether a month has a figure, shown or suppressed."""
    each = series.figures.get(month)
    if each is None:
        return False
    return each.value is not None or (each.status is not None and each.status.is_suppressed)


def check_whole(indicator: Indicator, values: Values) -> Iterator[Finding]:
    """Check for a count with a fraction where all earlier figures are whole numbers."""
    if not indicator.unit.can_be_count:
        return
    earlier = list(list_outturns(indicator, values[0][0]))
    for month, value in values:
        if value % 1 and len(earlier) >= thresholds.WHOLE and not any(one % 1 for one in earlier):
            words = f"{indicator.unit.format_figure(value)} is not a whole number"
            yield Finding(month, FindingCode.NOT_WHOLE, f"{words}, and all earlier figures are")
        earlier.append(value)


def check_shown(indicator: Indicator, series: Series) -> Iterator[Finding]:
    """Check for figures as a spreadsheet shows them, with fewer decimals than the indicator has.

    A CSV file has what the cells showed, such as `100.0%` for 99.96%. A figure with its parts has
    been checked against them.
    """
    for month, each in sorted(series.figures.items()):
        written, decimals = each.written, indicator.decimals
        if each.value is None or written is None or decimals is None or each.parts:
            continue
        if written.is_as_shown and count_decimals_shown(written, indicator.unit) < decimals:
            usual = format_count(decimals, "decimal") if decimals else "whole numbers"
            shown = shorten(written.text.partition("(")[0].strip())  # without a note
            words = f"'{shown}' may have been rounded to be shown in a spreadsheet:"
            words += f" this indicator is printed with {usual}"
            advice = f"give the figure with all its digits, or {CONFIRM_FIGURE}"
            yield Finding(month, FindingCode.ROUNDED_BEFORE, words, advice)


def check_decimals(indicator: Indicator, values: Values) -> Iterator[Finding]:
    """Check for a figure with the decimals of a spreadsheet's division, to be printed with them.

    An indicator without `decimals` prints a figure as it is written. One finding stands for all
    its months, at the first of them: one line of the catalogue answers it.
    """
    if indicator.decimals is not None:
        return
    usual = count_worked_out_decimals(indicator, list_outturns(indicator, values[0][0]))
    for month, value in values:
        decimals = count_decimals(value)
        if decimals > max(usual, thresholds.MOST_DECIMALS):
            words = f"the figure has {decimals} decimals, and the papers print all of them, since"
            words += " the indicator has no 'decimals'"
            advice = f"write decimals: {usual or 1}, or as many as it is to have, in its entry of"
            advice += f" the catalogue, or {CONFIRM_FIGURE}"
            yield Finding(month, FindingCode.MANY_DECIMALS, words, advice)
            return


def check_ends(indicator: Indicator, series: Series, values: Values) -> Iterator[Finding]:
    """Check for the last figure of a file without its line end that may have lost a digit.

    It has fewer decimals than all figures before, or with few of those than the indicator's.
    """
    earlier: list[int] = []
    for month, value in values:
        decimals = count_decimals(value)
        usual = [*earlier, indicator.decimals] if indicator.decimals else earlier
        is_enough = len(earlier) >= thresholds.WITH_DECIMALS or bool(indicator.decimals)
        if series.figures[month].is_unended and is_enough and decimals < min(usual):
            words = "the file may be cut off here: its last line has no end, and the figure has"
            words += " fewer decimals than usual"
            advice = f"compare it with the service's own file; correct it, or {CONFIRM_FIGURE}"
            yield Finding(month, FindingCode.CUT_OFF, words, advice)
        earlier.append(decimals)
