"""What is suspicious in a year's figures, month by month.

Suppressed figures have no value here, so that no finding can disclose one.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import median_high
from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.periods import FIRST_MONTH, MONTH_NAMES, Month, join_labels
from merton_kpi.core.rounding import count_decimals, strip_zeros
from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import Frequency
from merton_kpi.quality.figures.part_checks import check_parts
from merton_kpi.quality.figures.rate_checks import check_rates, list_values
from merton_kpi.quality.figures.rounding_checks import check_rounding
from merton_kpi.quality.findings import CONFIRM_FIGURE, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.series.records import Series

    Values = list[tuple[Month, Decimal]]

UNCHANGED = {Frequency.MONTHLY: 6, Frequency.QUARTERLY: 4}  # figures in a row
ENOUGH = 4  # earlier figures, fewer are too few to call a figure a jump or a placeholder
_ADVICE_ON_FALL = (
    "correct it, or write 'figures: of_period' in the catalogue if each figure is of its own "
    f"period, or {CONFIRM_FIGURE}"
)


def check_figures(
    indicator: Indicator, scale: Scale, catalogue: Catalogue, series: Mapping[str, Series]
) -> list[Finding]:
    """Every finding in an indicator's figures, in the order of their months."""
    mine = series[indicator.number]
    values = list_values(mine)
    runs = _split_at_breaks(indicator, values)
    checks = (
        _check_range(indicator, mine),
        _check_forecasts(indicator, mine),
        _check_due_months(indicator, mine),
        check_parts(indicator, mine),
        check_rounding(indicator, scale, mine),
        check_rates(indicator, catalogue, series),
        *(_check_running_total(indicator, run) for run in runs),
        *(_check_unchanged(indicator, run) for run in runs),
        *(_check_outliers(indicator, mine, run) for run in runs),
        _check_explained(mine),
        _check_words(mine),
    )
    return sorted(
        (found for check in checks for found in check),
        key=lambda each: (each.month, each.code.value, each.words),
    )


def _split_at_breaks(indicator: Indicator, values: Values) -> list[Values]:
    """The figures in runs that have no break in the series within."""
    return [
        list(run)
        for _, run in groupby(values, key=lambda value: len(indicator.list_breaks(value[0])))
    ]


def _check_range(indicator: Indicator, series: Series) -> Iterator[Finding]:
    """Percentages outside 0 to 100, figures below zero, and shares written as fractions of 1."""
    format_figure, is_percent = indicator.unit.format_figure, indicator.unit is Unit.PERCENT
    for month, value in list_values(series):
        if not indicator.unit.is_possible(value):
            fault = _explain_impossible(indicator)
            yield Finding(month, FindingCode.IMPOSSIBLE, f"{format_figure(value)} {fault}")
        elif is_percent and _is_likely_fraction(indicator, series.figures[month], value):
            words = f"{format_figure(value)} may be meant as {format_figure(value * 100)}"
            yield Finding(month, FindingCode.FRACTION, words)


def _check_forecasts(indicator: Indicator, series: Series) -> Iterator[Finding]:
    """Forecasts that officers state, where no figure of the unit can be."""
    for each in series.said:
        if each.forecast and not indicator.unit.is_possible(each.forecast.figure):
            figure = indicator.unit.format_figure(each.forecast.figure)
            fault = _explain_impossible(indicator)
            words = f"the forecast of the {each.forecast.by}, {figure}, {fault}"
            yield Finding(each.month, FindingCode.IMPOSSIBLE, words)


def _explain_impossible(indicator: Indicator) -> str:
    return "is outside 0% to 100%" if indicator.unit is Unit.PERCENT else "is below zero"


def _is_likely_fraction(indicator: Indicator, each: Observation, value: Decimal) -> bool:
    """Whether a percentage may be a fraction of 1: it has more decimals than the indicator's.

    Where it has its parts, they show it: `check_parts` compares it with them.
    """
    if each.numerator is not None and each.denominator:
        return False
    return 0 < value < 1 and count_decimals(strip_zeros(value)) > max(indicator.decimals or 0, 1)


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


def _check_running_total(indicator: Indicator, values: Values) -> Iterator[Finding]:
    """Running totals that are lower than one before them in their year."""
    if indicator.accumulates and not indicator.is_added_up:
        begins = indicator.accumulates.first_month
        for (before, high), (month, low) in pairwise(values):
            is_same_year = before.year_start(begins) == month.year_start(begins)
            if is_same_year and low < high:
                shown = f"from {indicator.unit.format_figure(high)} in {before.label}"
                finding = f"a running total falls {shown} to {indicator.unit.format_figure(low)}"
                yield Finding(month, FindingCode.FALL, finding, _ADVICE_ON_FALL)


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


def _check_outliers(indicator: Indicator, series: Series, values: Values) -> Iterator[Finding]:
    """Zeros that look like a placeholder, and jumps far outside the indicator's own history.

    A jump is a figure that lies further from every earlier one than those lie from each other, and
    by more than a fifth. Running totals are left out: they are expected to grow. Periods that are
    added up are compared with each other alone, since an outturn is a whole year's. There is at
    least one figure.
    """
    if indicator.accumulates and not indicator.is_added_up:
        return
    outturns = {} if indicator.is_added_up else indicator.outturns
    earlier = [
        outturn.value
        for year, outturn in outturns.items()
        if outturn.value is not None
        and outturn.unit in (None, indicator.unit)
        and indicator.are_comparable(indicator.first_due_in(year), values[0][0])
    ]
    for month, value in values:
        if len(earlier) >= ENOUGH:
            if _is_placeholder(value, earlier) and not series.figures[month].note:
                words = "a zero without a note may mean that the figure is not known"
                yield Finding(month, FindingCode.ZERO, words)
            elif _is_jump(value, earlier):
                show = indicator.unit.format_figure
                span = f"between {show(min(earlier))} and {show(max(earlier))}"
                words = f"{show(value)} is far from all earlier figures, {span}"
                yield Finding(month, FindingCode.JUMP, words)
        earlier.append(value)


def _is_placeholder(value: Decimal, earlier: list[Decimal]) -> bool:
    """Whether a figure is a zero where none was before, and half of them were 5 or more."""
    return value == 0 and min(earlier) > 0 and median_high(earlier) >= 5


def _is_jump(value: Decimal, earlier: list[Decimal]) -> bool:
    low, high = min(earlier), max(earlier)
    nearest = low if value < low else high
    distance = abs(value - nearest)
    return not low <= value <= high and distance > max(high - low, abs(nearest) / 5)


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
