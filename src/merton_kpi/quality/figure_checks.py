"""What is suspicious in a year's figures, month by month.

Suppressed figures have no value here, so that no finding can disclose one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import median_high
from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.periods import FIRST_MONTH, MONTH_NAMES, Month, join_labels, month_of_year
from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import Frequency
from merton_kpi.quality.findings import CONFIRM_FIGURE, Finding
from merton_kpi.quality.rate_checks import check_rates, list_values
from merton_kpi.rating.rounding import round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.series.records import Series

    Values = list[tuple[Month, Decimal]]

UNCHANGED = {Frequency.MONTHLY: 6, Frequency.QUARTERLY: 4}  # figures in a row
ENOUGH = 4  # earlier figures, fewer are too few to call a figure a jump or a placeholder
_NUMBER_WORDS = re.compile(r"\d|\b(one|two|three|four)\b", re.IGNORECASE)


def check_figures(indicator: Indicator, series: Mapping[str, Series]) -> list[Finding]:
    """Every finding in an indicator's figures, in the order of their months."""
    mine = series[indicator.number]
    values = list_values(mine)
    checks = (
        _check_range(indicator, values),
        _check_due_months(indicator, mine),
        _check_parts(indicator, mine),
        check_rates(indicator, series),
        _check_running_total(indicator, values),
        _check_unchanged(indicator, values),
        _check_outliers(indicator, mine, values),
        _check_explained(mine),
        _check_words(mine),
    )
    return sorted(
        (found for check in checks for found in check),
        key=lambda each: (each.month, each.code.value, each.words),
    )


def _check_range(indicator: Indicator, values: Values) -> Iterator[Finding]:
    """Percentages outside 0 to 100, figures below zero, and shares written as fractions of 1."""
    format_figure, is_percent = indicator.unit.format_figure, indicator.unit is Unit.PERCENT
    for month, value in values:
        if value < 0 or (is_percent and value > 100):
            fault = "is outside 0% to 100%" if is_percent else "is below zero"
            yield Finding(month, FindingCode.IMPOSSIBLE, f"{format_figure(value)} {fault}")
        elif is_percent and 0 < value < 1 and _count_decimals(value) > max(indicator.decimals, 1):
            words = f"{format_figure(value)} may be meant as {format_figure(value * 100)}"
            yield Finding(month, FindingCode.FRACTION, words)


def _count_decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _check_due_months(indicator: Indicator, series: Series) -> Iterator[Finding]:
    """Figures, suppressed ones too, for a month that none is due for; they are not rated."""
    numbers = indicator.months_due
    for month, each in series.figures.items():
        if month.number in numbers or not indicator.frequency:
            continue
        if each.value is None and not (each.status and each.status.is_suppressed):
            continue
        in_order = sorted(numbers, key=lambda number: month_of_year(number, FIRST_MONTH))
        due = join_labels(MONTH_NAMES[number - 1][:3] for number in in_order)
        article = "an" if indicator.frequency is Frequency.ANNUAL else "a"
        words = f"{article} {indicator.frequency.value} figure is due for {due}"
        passed = range(1, month.month_of_year(FIRST_MONTH))
        near = next(
            (m for m in map(month.add_months, (-n for n in passed)) if m.number in numbers), None
        )
        if near is None or near in series.figures:
            yield Finding(month, FindingCode.NOT_DUE, words)
        else:
            advice = f"did you mean {near}? If not, {CONFIRM_FIGURE}"
            yield Finding(month, FindingCode.NOT_DUE, words, advice)


def _check_parts(indicator: Indicator, series: Series) -> Iterator[Finding]:
    """Figures that do not follow from their own numerator and denominator."""
    for month, each in series.figures.items():
        numerator, denominator = each.numerator, each.denominator
        if each.value is None or numerator is None:
            continue
        if denominator is None:
            if not _can_have_numerator_alone(indicator):
                shown = (
                    f"{indicator.unit.format_figure(each.value)} has a numerator of {numerator:,f}"
                )
                advice = f"give the denominator, leave the numerator out, or {CONFIRM_FIGURE}"
                words = f"{shown} and no denominator"
                yield Finding(month, FindingCode.NUMERATOR_ALONE, words, advice)
            continue
        parts = f"{numerator:,f} of {denominator:,f}"
        if not denominator:
            yield Finding(month, FindingCode.PARTS, f"the denominator is zero ({parts})")
            continue
        scale = {Unit.PERCENT: 100, Unit.RATE_PER_10000: 10_000}.get(indicator.unit, 1)
        follows = numerator / denominator * scale
        half = Decimal(5).scaleb(-1 - min(_count_decimals(each.value), indicator.decimals))
        if abs(follows - each.value) > half and (scale != 1 or each.value != numerator):
            given = indicator.unit.format_figure(each.value)
            right = indicator.unit.format_figure(round_half_up(follows, indicator.decimals + 1))
            words = f"{given} does not follow from {parts}, which gives {right}"
            yield Finding(month, FindingCode.PARTS, words)


def _can_have_numerator_alone(indicator: Indicator) -> bool:
    """Whether a numerator may stand alone: in a rate, or where small numbers are suppressed."""
    if indicator.unit is Unit.RATE_PER_10000:
        return True
    return indicator.suppress_small_numbers and indicator.unit is not Unit.NUMBER


def _check_running_total(indicator: Indicator, values: Values) -> Iterator[Finding]:
    """Running totals that are lower than one before them in their year."""
    if indicator.accumulates:
        begins = indicator.accumulates.first_month
        for (before, high), (month, low) in pairwise(values):
            is_same_year = before.year_start(begins) == month.year_start(begins)
            if is_same_year and low < high:
                shown = f"from {indicator.unit.format_figure(high)} in {before.label}"
                finding = f"a running total falls {shown} to {indicator.unit.format_figure(low)}"
                yield Finding(month, FindingCode.FALL, finding)


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
    by more than a fifth. Running totals are left out: they are expected to grow.
    """
    if indicator.accumulates:
        return
    earlier = [
        outturn.value
        for outturn in indicator.outturns.values()
        if outturn.value is not None and outturn.unit in (None, indicator.unit)
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
    """Text with a number in it, given for a suppressed figure."""
    for month, each in series.figures.items():
        if each.value is None and each.status and each.status.is_suppressed:
            said = (one for one in series.said if one.month == month)
            # The reason that confirms the figure is left out: it would answer its own warning.
            words = [each.note, *(replace(one, confirmed="").words for one in said)]
            if any(_NUMBER_WORDS.search(each) for each in words):
                finding = "a suppressed figure's text has a number, which may disclose the figure"
                advice = f"leave the number out, or {CONFIRM_FIGURE}"
                yield Finding(month, FindingCode.TELLING_WORDS, finding, advice)
