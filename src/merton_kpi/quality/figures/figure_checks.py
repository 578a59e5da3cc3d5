"""What is suspicious in a year's figures, month by month.

Suppressed figures have no value here, so that no finding can disclose one.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.periods import FIRST_MONTH, MONTH_NAMES, Month, join_labels
from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import Frequency
from merton_kpi.quality.arithmetic.part_checks import check_parts
from merton_kpi.quality.arithmetic.rate_checks import check_rates, list_values
from merton_kpi.quality.arithmetic.rounding_checks import check_rounding
from merton_kpi.quality.arithmetic.sum_checks import check_sums
from merton_kpi.quality.figures.history import split_at_breaks
from merton_kpi.quality.figures.level_checks import check_levels
from merton_kpi.quality.figures.part_history_checks import check_part_history
from merton_kpi.quality.figures.row_checks import (
    check_absences,
    check_decimals,
    check_ends,
    check_shown,
    check_whole,
)
from merton_kpi.quality.figures.total_checks import check_totals
from merton_kpi.quality.findings import CONFIRM_FIGURE, Finding, explain_impossible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.quality.figures.history import Values
    from merton_kpi.series.records import Series

UNCHANGED = {Frequency.MONTHLY: 6, Frequency.QUARTERLY: 4}  # figures in a row


def check_figures(
    indicator: Indicator, scale: Scale, catalogue: Catalogue, series: Mapping[str, Series]
) -> list[Finding]:
    """Every finding in an indicator's figures, in the order of their months."""
    mine = series[indicator.number]
    values = list_values(mine)
    runs = split_at_breaks(indicator, values)
    checks = (
        _check_range(indicator, mine),
        _check_forecasts(indicator, mine),
        _check_due_months(indicator, mine),
        check_parts(indicator, mine),
        check_rounding(indicator, scale, mine),
        check_rates(indicator, catalogue, series),
        check_sums(indicator, catalogue, series),
        check_absences(indicator, mine),
        check_shown(indicator, mine),
        *(check for run in runs for check in _list_run_checks(indicator, mine, run)),
        _check_explained(mine),
        _check_words(mine),
    )
    return sorted(
        (found for check in checks for found in check),
        key=lambda each: (each.month, each.code.value, each.words),
    )


def _list_run_checks(
    indicator: Indicator, series: Series, run: Values
) -> Iterator[Iterator[Finding]]:
    """The checks of figures against those before, in a run that has no break within."""
    yield check_levels(indicator, series, run)
    yield check_totals(indicator, series, run)
    yield check_part_history(series, run)
    yield check_whole(indicator, run)
    yield check_decimals(indicator, run)
    yield check_ends(indicator, series, run)
    yield _check_unchanged(indicator, run)


def _check_range(indicator: Indicator, series: Series) -> Iterator[Finding]:
    """Percentages outside 0 to 100, and figures below zero."""
    for month, value in list_values(series):
        if not indicator.unit.is_possible(value):
            words = f"{indicator.unit.format_figure(value)} {explain_impossible(indicator.unit)}"
            yield Finding(month, FindingCode.IMPOSSIBLE, words)


def _check_forecasts(indicator: Indicator, series: Series) -> Iterator[Finding]:
    """Forecasts that officers state, where no figure of the unit can be."""
    for each in series.said:
        if each.forecast and not indicator.unit.is_possible(each.forecast.figure):
            figure = indicator.unit.format_figure(each.forecast.figure)
            fault = explain_impossible(indicator.unit)
            words = f"the forecast of the {each.forecast.by}, {figure}, {fault}"
            yield Finding(each.month, FindingCode.IMPOSSIBLE, words)


def _check_due_months(indicator: Indicator, series: Series) -> Iterator[Finding]:
    """Figures, suppressed ones too, for a month that none is due for; they are not rated."""
    for month, each in series.figures.items():
        if indicator.is_due(month) or not indicator.frequency:
            continue
        if each.value is None and not (each.status and each.status.is_suppressed):
            continue
        words, near = _explain_due_months(indicator, month), indicator.period_before(month)
        if near is None or near < month.year_start(FIRST_MONTH) or near in series.figures:
            yield Finding(month, FindingCode.NOT_DUE, words)
        else:
            advice = f"did you mean {near}? If not, {CONFIRM_FIGURE}"
            yield Finding(month, FindingCode.NOT_DUE, words, advice)


def _explain_due_months(indicator: Indicator, month: Month) -> str:
    """Which months figures are due for, in the year of one that none is due for, in words."""
    first, frequency = indicator.first_due, indicator.frequency
    assert frequency is not None
    if first and month < first:
        return f"no figure is due before {first.label}"
    if first and frequency.interval:
        return f"a figure is due every {frequency.interval} months, counted from {first.label}"
    due = indicator.list_period_ends(month.year_start(FIRST_MONTH))
    months = join_labels(MONTH_NAMES[each.number - 1][:3] for each in due)
    article = "an" if frequency is Frequency.ANNUAL else "a"
    return f"{article} {frequency.label.lower()} figure is due for {months}"


def _check_unchanged(indicator: Indicator, values: Values) -> Iterator[Finding]:
    """The last of so many figures in a row that are the same to the last digit.

    Zeros and 100 per cent are left out: it is usual for them to repeat.
    """
    enough = UNCHANGED.get(indicator.frequency) if indicator.frequency else None
    for _, same in groupby(values, key=itemgetter(1)):
        run = list(same)
        month, value = run[-1]
        is_end = value == 0 or (value == 100 and indicator.unit is Unit.PERCENT)
        if enough and len(run) >= enough and not is_end:
            shown = indicator.unit.format_figure(value)
            words = f"the figure is {shown} for the {len(run)}th time in a row"
            yield Finding(month, FindingCode.UNCHANGED, words)


def _check_explained(series: Series) -> Iterator[Finding]:
    """Restatements in force without a note that says why."""
    for each in series.restatements:
        if series.figures[each.new.month].place == each.new.place and not each.new.note:
            words = "the figure was restated without saying why"
            advice = "give the reason in the column 'note', or in the column 'confirmed'"
            yield Finding(each.new.month, FindingCode.UNEXPLAINED, words, advice)


def _check_words(series: Series) -> Iterator[Finding]:
    """Text with a number in it, given for a suppressed figure; dates and lengths of time pass."""
    hidden = {
        month: each
        for month, each in series.figures.items()
        if each.value is None and each.status and each.status.is_suppressed
    }
    if not hidden:
        return
    # Imported here: it is not needed where nothing is hidden.
    from merton_kpi.disclosure.words import list_spoken_numbers  # noqa: PLC0415

    for month, each in hidden.items():
        said = (one for one in series.said if one.month == month)
        # The reason that confirms the figure is left out: it would answer its own warning.
        words = [each.note, *(replace(one, confirmed="").words for one in said)]
        if any(map(list_spoken_numbers, words)):
            finding = "a suppressed figure's text has a number, which may disclose the figure"
            advice = f"leave the number out, or {CONFIRM_FIGURE}"
            yield Finding(month, FindingCode.TELLING_WORDS, finding, advice)
