"""What is suspicious in a year's figures, month by month.

Suppressed figures have no value here, so that no finding can give one away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from merton_kpi.core.periods import FIRST_MONTH, MONTH_NAMES, Month, join_labels, month_of_year
from merton_kpi.core.vocabulary import Frequency, Unit
from merton_kpi.quality.rate_checks import check_rates, list_values, median

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.models import Indicator
    from merton_kpi.series.records import Series

    Values = list[tuple[Month, Decimal]]

UNCHANGED = {Frequency.MONTHLY: 6, Frequency.QUARTERLY: 4}  # figures in a row
ENOUGH = 4  # earlier figures that a jump or a zero is judged by
_NUMBER_WORDS = r"(?i:\d|\b(one|two|three|four)\b)"  # compiled when a figure is suppressed
_BEYOND = Decimal("Infinity")
_ANSWER = "say why it is right in the column 'confirmed'"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding about a month's figure, and what to do about it."""

    month: Month
    code: str
    words: str
    advice: str = f"correct it, or {_ANSWER}"


def check_figures(indicator: Indicator, series: Mapping[str, Series]) -> list[Finding]:
    """Every finding in an indicator's figures, in the order of their months."""
    mine = series[indicator.number]
    values = list_values(mine)
    checks = (
        _find_impossible(indicator, values),
        _find_not_due(indicator, mine),
        _find_contradictions(indicator, mine),
        (Finding(month, "rate", words) for month, words in check_rates(indicator, series)),
        _find_falls(indicator, values),
        _find_standstill(indicator, values),
        _find_outliers(indicator, mine, values),
        _find_unexplained(mine),
        _find_telling_words(mine),
    )
    return sorted(
        (found for check in checks for found in check),
        key=lambda each: (each.month, each.code, each.words),
    )


def _find_impossible(indicator: Indicator, values: Values) -> Iterator[Finding]:
    """Percentages outside 0 to 100, what is below zero, and shares written as fractions of 1."""
    show, is_percent = indicator.unit.format_figure, indicator.unit is Unit.PERCENT
    for month, value in values:
        if value < 0 or (is_percent and value > 100):
            ends = "0% to 100%" if is_percent else "what can be"
            yield Finding(month, "impossible", f"{show(value)} is outside {ends}")
        elif is_percent and 0 < value < 1 and _places(value) > max(indicator.decimals, 1):
            yield Finding(month, "fraction", f"{show(value)} may be meant as {show(value * 100)}")


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _find_not_due(indicator: Indicator, series: Series) -> Iterator[Finding]:
    """Figures, suppressed ones too, for a month that none is due for: no rating rests on them."""
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
        passed = range(1, month.months_since(FIRST_MONTH))
        near = next((m for m in map(month.plus, (-n for n in passed)) if m.number in numbers), None)
        if near is None or near in series.figures:
            yield Finding(month, "not_due", words)
        else:
            yield Finding(month, "not_due", words, f"did you mean {near}? If not, {_ANSWER}")


def _find_contradictions(indicator: Indicator, series: Series) -> Iterator[Finding]:
    """Figures that do not follow from their own numerator and denominator."""
    for month, each in series.figures.items():
        numerator, denominator = each.numerator, each.denominator
        if each.value is None or numerator is None:
            continue
        if denominator is None:
            if not _wants_numerator(indicator):
                shown = (
                    f"{indicator.unit.format_figure(each.value)} has a numerator of {numerator:,f}"
                )
                advice = f"give it, leave the numerator out, or {_ANSWER}"
                yield Finding(month, "parts", f"{shown} and no denominator", advice)
            continue
        parts = f"{numerator:,f} of {denominator:,f}"
        if not denominator:
            yield Finding(month, "parts", f"the denominator of {parts} is zero")
            continue
        scale = {Unit.PERCENT: 100, Unit.RATE_PER_10000: 10_000}.get(indicator.unit, 1)
        follows = numerator / denominator * scale
        half = Decimal(5).scaleb(-1 - min(_places(each.value), indicator.decimals))
        if abs(follows - each.value) > half and (scale != 1 or each.value != numerator):
            shown = indicator.unit.format_figure(round(follows, indicator.decimals + 1))
            yield Finding(
                month,
                "parts",
                f"{indicator.unit.format_figure(each.value)} is not {parts}, {shown}",
            )


def _wants_numerator(indicator: Indicator) -> bool:
    """Whether a numerator alone says something: of a rate, or of what may be a small number."""
    if indicator.unit is Unit.RATE_PER_10000:
        return True
    return indicator.suppress_small_numbers and indicator.unit is not Unit.NUMBER


def _find_falls(indicator: Indicator, values: Values) -> Iterator[Finding]:
    """Running totals that are lower than one before them in their year."""
    if indicator.accumulates:
        begins = indicator.accumulates.first_month
        for (before, high), (month, low) in pairwise(values):
            is_same_year = before.plus(1 - begins).year == month.plus(1 - begins).year
            if is_same_year and low < high:
                shown = f"from {indicator.unit.format_figure(high)} in {before.label}"
                finding = f"a running total falls {shown} to {indicator.unit.format_figure(low)}"
                yield Finding(month, "fall", finding)


def _find_standstill(indicator: Indicator, values: Values) -> Iterator[Finding]:
    """The last of so many figures in a row that are the same to the last digit.

    Nothing is odd about none or all: zeros, and 100 per cent, are left out.
    """
    enough = UNCHANGED.get(indicator.frequency) if indicator.frequency else None
    for _, same in groupby(values, key=itemgetter(1)):
        run = list(same)
        month, value = run[-1]
        is_end = value == 0 or (value == 100 and indicator.unit is Unit.PERCENT)
        if enough and len(run) >= enough and not is_end:
            shown = indicator.unit.format_figure(value)
            yield Finding(month, "unchanged", f"it is {shown} for the {len(run)}th time in a row")


def _find_outliers(indicator: Indicator, series: Series, values: Values) -> Iterator[Finding]:
    """Zeros that look like a placeholder, and jumps far outside the indicator's own history.

    A jump is a figure that lies further from every earlier one than those lie from each other, and
    by more than a fifth. Running totals are left out: they are meant to move.
    """
    if indicator.accumulates:
        return
    earlier = [
        past.value
        for past in indicator.outturns.values()
        if past.value is not None and past.unit in (None, indicator.unit)
    ]
    low, high = min(earlier, default=_BEYOND), max(earlier, default=-_BEYOND)
    for month, value in values:
        if len(earlier) >= ENOUGH:
            near = low if value < low else high
            if value == 0 and low > 0 and median(earlier) >= 5 and not series.figures[month].note:
                yield Finding(
                    month, "zero", "a zero without a note may stand for a figure not known"
                )
            elif not low <= value <= high and abs(value - near) > max(high - low, abs(near) / 5):
                show = indicator.unit.format_figure
                span = f"between {show(low)} and {show(high)}"
                yield Finding(
                    month, "jump", f"{show(value)} is far from all earlier figures, {span}"
                )
        earlier.append(value)
        low, high = min(low, value), max(high, value)


def _find_unexplained(series: Series) -> Iterator[Finding]:
    """Restatements in force without a note that says why."""
    for each in series.restatements:
        if series.figures[each.new.month].place == each.new.place and not each.new.note:
            yield Finding(
                each.new.month, "unexplained", "the figure was restated without saying why"
            )


def _find_telling_words(series: Series) -> Iterator[Finding]:
    """Words with a number in them beside a figure that is suppressed."""
    for month, each in series.figures.items():
        if each.value is None and each.status and each.status.is_suppressed:
            said = (one for one in series.said if one.month == month)
            # Its own answer is left out: it would answer for itself.
            words = [each.note, *(replace(one, confirmed="").words for one in said)]
            if any(re.search(_NUMBER_WORDS, each) for each in words):
                finding = "the words beside a suppressed figure have a number in them"
                yield Finding(month, "telling_words", f"{finding}, which may give it away")
