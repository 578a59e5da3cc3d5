"""What is suspicious in the catalogue's own values: targets, benchmarks and earlier outturns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.periods import read_last_month
from merton_kpi.core.ratings import Rating
from merton_kpi.core.rounding import strip_zeros
from merton_kpi.core.units import Unit
from merton_kpi.quality.arithmetic.rate_checks import check_outturn_rates
from merton_kpi.quality.findings import CONFIRM_VALUE, CatalogueFinding
from merton_kpi.rating.limits import work_out_limits_by_month
from merton_kpi.rating.rounding import format_limit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.entries import Outturn
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.series.records import Series

OLDEST_BENCHMARK = 36  # months


def check_targets(
    indicator: Indicator, scale: Scale, year: FinancialYear
) -> Iterator[CatalogueFinding]:
    """Check for targets and blue bands that no percentage can reach, and for unused targets."""
    findings = tuple(_check_percentages(indicator))
    yield from findings
    if indicator.targets and indicator.rating_withheld:
        word = scale.words.format_word(Rating.NOT_A_TARGET_MEASURE)
        words = f"the target is not used, since the indicator is '{word}'"
        yield CatalogueFinding("target", FindingCode.TARGET_UNUSED, words)
    elif not findings:
        yield from _check_blue(indicator, scale, year)


def check_benchmarks(indicator: Indicator, as_at: Month) -> Iterator[CatalogueFinding]:
    """Check for benchmarks whose period ended more than OLDEST_BENCHMARK months before `as_at`."""
    for area, benchmark in indicator.benchmarks.items():
        end = _read_end(benchmark)
        if end and end.add_months(OLDEST_BENCHMARK) < as_at:
            words = f"the benchmark, to {end.name}, is more than three years old"
            yield CatalogueFinding(
                area, FindingCode.OLD_BENCHMARK, words, benchmark.confirmed or ""
            )


def check_outturns(
    indicator: Indicator, catalogue: Catalogue, series: Mapping[str, Series]
) -> Iterator[CatalogueFinding]:
    """Check for earlier years' rates that do not follow from the same years' counts."""
    for year, words in check_outturn_rates(indicator, catalogue, series):
        confirmed = indicator.outturns[year].confirmed or ""
        yield CatalogueFinding(str(year), FindingCode.RATE, words, confirmed)


def _check_percentages(indicator: Indicator) -> Iterator[CatalogueFinding]:
    """Check for percentages outside 0 to 100, and for shares written as fractions of 1."""
    if indicator.unit is not Unit.PERCENT:
        return
    for target in indicator.targets:
        ends = target.between or ([] if target.figure is None else [target.figure])
        shown = " to ".join(map(indicator.unit.format_figure, ends))
        if any(not 0 <= end <= 100 for end in ends):
            words = f"{shown} is outside 0% to 100%"
            yield CatalogueFinding("target", FindingCode.TARGET_IMPOSSIBLE, words)
        elif ends and 0 < max(ends) <= 1:
            hundredfold = [indicator.unit.format_figure(strip_zeros(end * 100)) for end in ends]
            words = f"{shown} may be meant as {' to '.join(hundredfold)}"
            yield CatalogueFinding("target", FindingCode.TARGET_FRACTION, words)


def _check_blue(
    indicator: Indicator, scale: Scale, year: FinancialYear
) -> Iterator[CatalogueFinding]:
    """Check for a blue band outside 0% to 100%; only the first month that has one is reported."""
    has_blue = any(scale.replace_bands(each.bands).blue for each in indicator.targets)
    if indicator.unit is not Unit.PERCENT or not has_blue:
        return
    by_month = work_out_limits_by_month(indicator, scale, filter(indicator.is_due, year.months))
    limits = (bound.blue for each in by_month.values() for bound in each.bounds)
    unreached = next((blue for blue in limits if blue is not None and not 0 <= blue <= 100), None)
    if unreached is not None:
        shown, word = format_limit(indicator, unreached), scale.words.format_within(Rating.BLUE)
        yield CatalogueFinding(
            "target",
            FindingCode.BLUE_UNREACHED,
            f"{word} would begin at {shown}, which no percentage can reach",
            advice=f"write 'blue: none' in its 'bands', or {CONFIRM_VALUE}",
        )


def _read_end(benchmark: Outturn) -> Month | None:
    """The last month that a benchmark's figure covers, where its period or source names one."""
    if benchmark.value is None:
        return None
    return read_last_month(benchmark.period or benchmark.source or "")
