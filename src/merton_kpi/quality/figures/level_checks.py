"""Figures that are far from what is known, and what they may have been meant as.

At most one warning is raised about a figure. Running totals are left out, since they are expected
to grow: `total_checks` looks at what they grow by.
"""

from __future__ import annotations

from decimal import Decimal
from statistics import median_high
from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.rounding import count_decimals, strip_zeros
from merton_kpi.core.units import Unit
from merton_kpi.quality.figures import thresholds
from merton_kpi.quality.figures.history import compose_history, count_periods_a_year
from merton_kpi.quality.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.quality.figures.history import History, Values
    from merton_kpi.series.records import Series

_Doubt = tuple[FindingCode, str]
_FIFTH, _HALF = Decimal("0.2"), Decimal("0.5")
_MAY_BE_RIGHT = (FindingCode.JUMP, FindingCode.ZERO)  # the next ones are then like them
_NOT_KNOWN = "without a note may mean that the figure is not known"


def check_levels(indicator: Indicator, series: Series, values: Values) -> Iterator[Finding]:
    """Check a run of figures without a break within; there is at least one.

    A figure that is most likely wrong is not compared with later ones, unless it was confirmed;
    nor is one that is impossible.
    """
    if indicator.accumulates and not indicator.is_added_up:
        return
    history = compose_history(indicator, values[0][0])
    for month, value in values:
        found = _check_figure(indicator, series.figures[month], history)
        if found:
            yield found
        is_answered = found and (month in series.confirmed or indicator.answer_for(found.code))
        is_kept = found is None or found.code in _MAY_BE_RIGHT or bool(is_answered)
        if is_kept and indicator.unit.is_possible(value):
            history = history.add_month(value)


def _check_figure(indicator: Indicator, each: Observation, history: History) -> Finding | None:
    """The first doubt about a figure: what it may be meant as comes before that it is far off."""
    value, month = each.value, each.month
    assert value is not None
    if not indicator.unit.is_possible(value):
        return None  # it is doubted already
    is_percent = indicator.unit is Unit.PERCENT
    checks = (_check_fraction, _check_hundred, _check_other_readings)
    found = _check_zero(indicator, each, history)
    for check in checks if is_percent and not found else ():
        found = found or check(indicator, each, history)
    if found:
        return Finding(month, *found)
    words = _explain_jump(indicator, month, value, history)
    return Finding(month, FindingCode.JUMP, words) if words else None


def _check_fraction(indicator: Indicator, each: Observation, history: History) -> _Doubt | None:
    """A percentage from 0 to 1 that may be a fraction of 1.

    It has more decimals than the indicator's, or a hundred times as much is near what is known.
    Where it has its parts, they show it: `check_parts` compares it with them.
    """
    value = each.value
    assert value is not None
    if each.parts or not 0 < value <= 1:
        return None
    decimals = count_decimals(strip_zeros(value))
    is_finer = value < 1 and decimals > max(indicator.decimals or 0, 1)
    if not (is_finer or (history.known and _is_hundredth(value, history))):
        return None
    show = indicator.unit.format_figure
    return FindingCode.FRACTION, f"{show(value)} may be meant as {show(strip_zeros(value * 100))}"


def _is_hundredth(value: Decimal, history: History) -> bool:
    is_lower = value * thresholds.FRACTION_FACTOR < min(history.known)
    return is_lower and history.level / 2 <= value * 100 <= history.level * 2


def _check_zero(indicator: Indicator, each: Observation, history: History) -> _Doubt | None:
    """A zero where none was before, without a note and without parts."""
    if each.value != 0 or each.note or each.numerator is not None or not history.known:
        return None
    if not _is_zero_unlikely(indicator, each.month, history):
        return None
    return FindingCode.ZERO, f"a zero {_NOT_KNOWN}"


def _is_zero_unlikely(indicator: Indicator, month: Month, history: History) -> bool:
    """Whether no figure was zero and most were so large that one hardly can be.

    An outturn of a count may be the whole year's, so each period has its share of it.
    """
    is_count = indicator.unit.can_be_total
    few = thresholds.ZERO_COUNT if is_count else thresholds.ZERO_SHARE
    if not history.earlier:
        return history.floor is not None and history.floor >= few
    if min(history.earlier) <= 0:
        return False
    if len(history.earlier) >= thresholds.ENOUGH:
        unit = Decimal(1).scaleb(-(indicator.decimals or 0))
        is_never_small = not is_count and min(history.earlier) >= thresholds.ZERO_UNITS * unit
        return is_never_small or median_high(history.earlier) >= thresholds.ZERO_MEDIAN
    return min(_work_out_shares(indicator, month, history)) >= few


def _work_out_shares(indicator: Indicator, month: Month, history: History) -> tuple[Decimal, ...]:
    """The earlier figures, with each period's share of outturns that may be whole years' counts."""
    periods = count_periods_a_year(indicator, month) if indicator.unit.can_be_total else 1
    return (*(each / periods for each in history.outturns), *history.months)


def _check_hundred(_indicator: Indicator, each: Observation, history: History) -> _Doubt | None:
    """A whole 100% without a note and without parts, where figures have stayed far below."""
    if each.value != 100 or each.note or each.numerator is not None or not history.earlier:
        return None
    top, bottom = max(history.earlier), min(history.earlier)
    is_enough = len(history.earlier) >= thresholds.ENOUGH
    least = thresholds.HUNDRED_POINTS if is_enough else thresholds.HUNDRED_POINTS_IF_FEW
    if 100 - top < least or 100 - top <= top - bottom:
        return None
    return FindingCode.HUNDRED, f"100% {_NOT_KNOWN}; no earlier figure is above {top:,f}%"


def _check_other_readings(
    indicator: Indicator, each: Observation, history: History
) -> _Doubt | None:
    """A percentage that may be what another lacks to 100%, or have its digits exchanged.

    Where it has its parts, they show it, as they show a fraction.
    """
    value = each.value
    assert value is not None
    if each.parts or not history.known or min(history.known) <= value <= max(history.known):
        return None
    readings = [
        (
            FindingCode.COMPLEMENT,
            _read_complement(value, history),
            "which is what it lacks to 100%",
        ),
        (
            FindingCode.TRANSPOSED,
            _read_exchanged(value, history),
            "with its digits in the other order",
        ),
    ]
    likely = [(code, other, how) for code, other, how in readings if other is not None]
    if not likely:
        return None
    code, other, how = min(likely, key=lambda one: abs(one[1] - history.level))
    show = indicator.unit.format_figure
    return code, f"{show(value)} may be meant as {show(other)}, {how}"


def _read_complement(value: Decimal, history: History) -> Decimal | None:
    """What a percentage lacks to 100%, where that is much nearer to what is known."""
    if abs(history.level - 50) < thresholds.MIDDLE:
        return None
    other, times = 100 - value, thresholds.COMPLEMENT_NEARER
    is_far = _is_beyond(value, thresholds.COMPLEMENT_POINTS, Decimal(1), history)
    return other if is_far and _is_nearer(other, value, times, history) else None


def _read_exchanged(value: Decimal, history: History) -> Decimal | None:
    """A percentage with its digits before the point exchanged, where that is much nearer."""
    if len(history.earlier) < thresholds.ENOUGH or not 10 <= value < 100:
        return None
    tens, ones = divmod(int(value), 10)
    other = value % 1 + ones * 10 + tens
    spreads, more = thresholds.EXCHANGED_SPREADS
    is_far = _is_beyond(value, thresholds.EXCHANGED_POINTS, spreads, history)
    is_far = is_far or _is_beyond(value, 0, more, history)
    times = thresholds.EXCHANGED_NEARER
    return other if is_far and _is_nearer(other, value, times, history) else None


def _is_beyond(value: Decimal, least: int, spreads: Decimal, history: History) -> bool:
    """Whether a figure is `least` from the last ones, and so many times as far as any known one."""
    away = abs(value - history.level)
    return away >= least and away > spreads * history.spread


def _is_nearer(other: Decimal, value: Decimal, times: int, history: History) -> bool:
    """Whether another reading is so many times as near to the last figures as the figure given."""
    level = history.level
    return abs(other - level) * times <= abs(value - level)


def _explain_jump(indicator: Indicator, month: Month, value: Decimal, history: History) -> str:
    """How a figure is far from what is known, in words; empty where it is not."""
    show, earlier = indicator.unit.format_figure, history.earlier
    if not earlier:
        top = max(history.targets, default=Decimal())
        is_near = value - top < thresholds.TARGET_STEP or value < top * thresholds.TARGET_FACTOR
        if top <= 0 or is_near:
            return ""
        return f"{show(value)} is far from the target's {show(top)}, and no earlier figure is known"
    if not _is_jump(indicator, month, value, history):
        return ""
    low, high = min(earlier), max(earlier)
    if low == high:
        noun = "the only earlier figure" if len(earlier) == 1 else "all earlier figures"
        return f"{show(value)} is far from {noun}, {show(low)}"
    return f"{show(value)} is far from all earlier figures, between {show(low)} and {show(high)}"


def _is_jump(indicator: Indicator, month: Month, value: Decimal, history: History) -> bool:
    """Whether a figure is further from the earlier ones than they say that figures can be."""
    earlier, known = history.earlier, history.earlier
    if value < min(earlier) and indicator.unit.can_be_total:
        known = (*_choose_period_figures(indicator, month, history), max(earlier))
    if len(earlier) >= thresholds.ENOUGH and _is_far(value, earlier, 1, _FIFTH):
        return True
    is_zero_usual = value == 0 and len(earlier) < thresholds.ENOUGH  # _check_zero has looked at it
    if is_zero_usual or _measure_distance(value, known) < choose_least_step(indicator):
        return False
    if thresholds.FEW <= len(earlier) < thresholds.ENOUGH and _is_far(value, known, 2, _HALF):
        return True
    if indicator.unit is Unit.PERCENT:
        is_single = len(earlier) < thresholds.FEW
        return is_single and _measure_distance(value, earlier) > thresholds.SINGLE_POINTS
    factor = thresholds.SINGLE_FACTOR
    return value > max(known) * factor or value * factor < min(known)


def _measure_distance(value: Decimal, known: Sequence[Decimal]) -> Decimal:
    """How far a figure lies outside the range of others; 0 within it."""
    return max(min(known) - value, value - max(known), Decimal())


def _is_far(value: Decimal, known: Sequence[Decimal], ranges: int, share: Decimal) -> bool:
    """Whether a figure is so many ranges of others outside theirs, and a share of the nearest."""
    low, high = min(known), max(known)
    nearest = low if value < low else high
    return _measure_distance(value, known) > max(ranges * (high - low), abs(nearest) * share)


def _choose_period_figures(
    indicator: Indicator, month: Month, history: History
) -> tuple[Decimal, ...]:
    """This year's figures where there are two, else with each period's share of the outturns.

    An outturn of a count may be the whole year's, so that a period's figure is much lower.
    """
    if len(history.months) >= thresholds.FEW:
        return history.months
    return _work_out_shares(indicator, month, history)


def choose_least_step(indicator: Indicator) -> int:
    """What a figure with few earlier ones must at least differ by."""
    if indicator.unit is Unit.PERCENT:
        return thresholds.FEW_POINTS
    return thresholds.LEAST_STEP if indicator.unit.can_be_count else 0
