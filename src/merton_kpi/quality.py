"""What is suspicious in the figures and in the catalogue: doubts, each of which can be answered.

A doubt about a month's figure is answered in an extract, by a reason in the column `confirmed` on
the figure's row or on a later one; a doubt about the catalogue by `confirmed` beside the value. It
is then a caveat that the panel reads, and no warning. A figure that is due and missing is answered
by giving it, or the status that says why there is none.

Suppressed figures have no value here, so that no doubt can give one away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from merton_kpi.issues import Issue, Place, Severity
from merton_kpi.periods import Month, find_end, join_months
from merton_kpi.vocab import Frequency, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from merton_kpi.entries import Outturn
    from merton_kpi.matching import Series
    from merton_kpi.model import Catalogue, Indicator
    from merton_kpi.periods import FinancialYear

MISSING = "missing"
OLDEST_BENCHMARK = 36  # months
UNCHANGED = {Frequency.MONTHLY: 6, Frequency.QUARTERLY: 4}  # figures in a row
ENOUGH = 4  # earlier figures that a jump or a zero is judged by
RATE_TOLERANCE = Decimal("0.01")  # a population is an estimate; and of another year:
OUTTURN_TOLERANCE = Decimal("0.05")
_NUMBER_WORDS = re.compile(r"\d|\b(one|two|three|four)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """One suspicion about an indicator: what it is about, what was found, and the answer, if any.

    `place` is where the figure was read; `advice` how to answer.
    """

    code: str
    indicator: Indicator
    about: str
    finding: str
    place: Place
    advice: str
    answer: str = ""

    @property
    def issue(self) -> Issue:
        """The doubt as a warning."""
        return Issue(
            severity=Severity.WARNING,
            code=self.code,
            place=self.place,
            subject=f"indicator {self.indicator.number}",
            message=f"{self.about}: {self.finding}; {self.advice}",
        )

    @property
    def caveat(self) -> str:
        """The doubt and its answer, as the papers print them."""
        finding = self.finding[:1].upper() + self.finding[1:]
        return f"{finding}. {self.answer}"


# A finding about one month: the month, a code, and what was found.
_Found = tuple[Month, str, str]


def find_doubts(catalogue: Catalogue, series: Mapping[str, Series], file: str) -> tuple[Doubt, ...]:
    """Every doubt about the year's figures as they are known, and about the catalogue (`file`)."""
    return tuple(
        doubt
        for each in catalogue.indicators
        if not each.is_closed
        for doubt in (
            *_doubt_entry(each, catalogue, series, each.place or Place(file=file)),
            *_doubt_figures(each, series),
        )
    )


def _doubt_figures(indicator: Indicator, series: Mapping[str, Series]) -> Iterator[Doubt]:
    mine = series[indicator.number]
    checks = (
        _find_impossible(indicator, mine),
        _find_contradictions(indicator, mine),
        _find_wrong_rates(indicator, series),
        _find_falls(indicator, mine),
        _find_standstill(indicator, mine),
        _find_outliers(indicator, mine),
        _find_unexplained(mine),
        _find_telling_words(mine),
    )
    found = sorted(found for check in checks for found in check)
    doubted = {month for month, _, _ in found}
    unasked = (month for month in mine.confirmed if month not in doubted)
    found += [(month, "confirmed", "the figure was confirmed") for month in unasked]
    for month, code, finding in found:
        yield Doubt(
            code=code,
            indicator=indicator,
            about=month.label,
            finding=finding,
            place=mine.figures[month].place if month in mine.figures else Place(file=""),
            advice="correct it, or say why it is right in the column 'confirmed'",
            answer=mine.confirmed.get(month, ""),
        )


def _list_values(series: Series) -> list[tuple[Month, Decimal]]:
    """The figures that are there, in the order of their months."""
    return [
        (month, each.value)
        for month, each in sorted(series.figures.items())
        if each.value is not None
    ]


def _find_impossible(indicator: Indicator, series: Series) -> Iterator[_Found]:
    """Percentages outside 0 to 100, what is below zero, and shares written as fractions of 1."""
    show = indicator.unit.show
    for month, value in _list_values(series):
        if value < 0 or (indicator.unit is Unit.PERCENT and value > 100):
            ends = "0% to 100%" if indicator.unit is Unit.PERCENT else "what can be"
            yield month, "impossible", f"{show(value)} is outside {ends}"
        elif (
            indicator.unit is Unit.PERCENT
            and 0 < value < 1
            and _places(value) > max(indicator.decimals, 1)
        ):
            yield month, "fraction", f"{show(value)} may be meant as {show(value * 100)}"


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _find_contradictions(indicator: Indicator, series: Series) -> Iterator[_Found]:
    """Figures that do not follow from their own numerator and denominator."""
    for month, each in series.figures.items():
        numerator, denominator = each.numerator, each.denominator
        if each.value is None or numerator is None or denominator is None:
            continue
        parts = f"{numerator:,f} of {denominator:,f}"
        if not denominator:
            yield month, "parts", f"the denominator of {parts} is zero"
            continue
        scale = {Unit.PERCENT: 100, Unit.RATE_PER_10000: 10_000}.get(indicator.unit, 1)
        follows = numerator / denominator * scale
        half = Decimal(5).scaleb(-1 - min(_places(each.value), indicator.decimals))
        if abs(follows - each.value) > half and (scale != 1 or each.value != numerator):
            shown = indicator.unit.show(round(follows, indicator.decimals + 1))
            yield month, "parts", f"{indicator.unit.show(each.value)} is not {parts}, {shown}"


def _find_wrong_rates(indicator: Indicator, series: Mapping[str, Series]) -> Iterator[_Found]:
    """Rates per 10,000 that do not follow from the count they are the rate of."""
    population = _find_population(indicator, series)
    if indicator.rate_of and population:
        counts = dict(_list_values(series[indicator.rate_of.count]))
        for month, rate in _list_values(series[indicator.number]):
            if month in counts:
                finding = _compare_rate(indicator, rate, counts[month], population, RATE_TOLERANCE)
                if finding:
                    yield month, "rate", finding


def _find_population(indicator: Indicator, series: Mapping[str, Series]) -> Decimal | None:
    """The people that a rate is of: as declared, or as half the year's figures imply at least."""
    if not indicator.rate_of:
        return None
    if indicator.rate_of.population:
        return Decimal(indicator.rate_of.population)
    counts = dict(_list_values(series[indicator.rate_of.count]))
    rates = _list_values(series[indicator.number])
    implied = [counts[month] / rate * 10_000 for month, rate in rates if rate and month in counts]
    return median(implied) if implied else None


def median(figures: Iterable[Decimal]) -> Decimal:
    """The middle figure, the higher of two; the module `statistics` is slow to import."""
    ordered = sorted(figures)
    return ordered[len(ordered) // 2]


def _compare_rate(
    indicator: Indicator, rate: Decimal, count: Decimal, population: Decimal, tolerance: Decimal
) -> str:
    """What is wrong with a rate, beyond its rounding and this share of itself; else nothing."""
    assert indicator.rate_of
    follows = count / population * 10_000
    rounding = Decimal(5).scaleb(-1 - indicator.decimals)
    if abs(follows - rate) <= rounding + rate * tolerance:
        return ""
    people = f"{round(population, -2):,.0f} people"
    return (
        f"a rate of {rate:,f} does not follow from the {count:,f} of indicator "
        f"{indicator.rate_of.count}, which among about {people} are {round(follows, 1):,f}"
    )


def _find_falls(indicator: Indicator, series: Series) -> Iterator[_Found]:
    """Running totals that are lower than one before them in their year."""
    if indicator.accumulates:
        begins = indicator.accumulates.first_month
        for (before, high), (month, low) in pairwise(_list_values(series)):
            is_same_year = before.plus(1 - begins).year == month.plus(1 - begins).year
            if is_same_year and low < high:
                shown = f"from {indicator.unit.show(high)} in {before.label}"
                finding = f"a running total falls {shown} to {indicator.unit.show(low)}"
                yield month, "fall", finding


def _find_standstill(indicator: Indicator, series: Series) -> Iterator[_Found]:
    """The last of so many figures in a row that are the same to the last digit.

    Nothing is odd about none or all: zeros, and 100 per cent, are left out.
    """
    values = _list_values(series)
    enough = UNCHANGED.get(indicator.frequency) if indicator.frequency else None
    run = 1
    for index, (month, value) in enumerate(values):
        run = run + 1 if index and values[index - 1][1] == value else 1
        goes_on = index + 1 < len(values) and values[index + 1][1] == value
        is_end = value == 0 or (value == 100 and indicator.unit is Unit.PERCENT)
        if enough and run >= enough and not goes_on and not is_end:
            shown = indicator.unit.show(value)
            yield month, "unchanged", f"it is {shown} for the {run}th time in a row"


def _find_outliers(indicator: Indicator, series: Series) -> Iterator[_Found]:
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
    for month, value in _list_values(series):
        if len(earlier) >= ENOUGH:
            low, high = min(earlier), max(earlier)
            near = low if value < low else high
            if value == 0 and low > 0 and median(earlier) >= 5 and not series.figures[month].note:
                yield month, "zero", "a zero without a note may stand for a figure not known"
            elif not low <= value <= high and abs(value - near) > max(high - low, abs(near) / 5):
                show = indicator.unit.show
                span = f"between {show(low)} and {show(high)}"
                yield month, "jump", f"{show(value)} is far from all earlier figures, {span}"
        earlier.append(value)


def _find_unexplained(series: Series) -> Iterator[_Found]:
    """Restatements in force without a note that says why."""
    for each in series.restatements:
        if series.figures[each.new.month].place == each.new.place and not each.new.note:
            yield each.new.month, "unexplained", "the figure was restated without saying why"


def _find_telling_words(series: Series) -> Iterator[_Found]:
    """Words with a number in them beside a figure that is suppressed."""
    for month, each in series.figures.items():
        if each.value is None and each.status and each.status.is_suppressed:
            said = [each.note, *(one.commentary for one in series.said if one.month == month)]
            if any(map(_NUMBER_WORDS.search, said)):
                finding = "the words beside a suppressed figure have a number in them"
                yield month, "telling_words", f"{finding}, which may give it away"


def _doubt_entry(
    indicator: Indicator, catalogue: Catalogue, series: Mapping[str, Series], place: Place
) -> Iterator[Doubt]:
    """Doubts about the catalogue's own values, and figures that are due and missing."""
    as_at = series[indicator.number].as_at
    advice = "correct it, or say why it is right with 'confirmed'"

    def doubt(
        code: str, about: str, finding: str, answer: str | None, advice: str = advice
    ) -> Doubt:
        return Doubt(
            code=code,
            indicator=indicator,
            about=about,
            finding=finding,
            place=place,
            advice=advice,
            answer=answer or "",
        )

    if indicator.targets and indicator.rating_withheld:
        finding = "a target stands beside 'Not a target measure'"
        yield doubt("target_unused", "target", finding, indicator.confirmed)
    for name, benchmark in indicator.benchmarks.items():
        end = _find_age(benchmark)
        if end and end.plus(OLDEST_BENCHMARK) < as_at:
            finding = f"the benchmark, to {end.name}, is more than three years old"
            yield doubt("old_benchmark", name, finding, benchmark.confirmed)
    yield from (
        doubt("rate", str(year), finding, indicator.outturns[year].confirmed)
        for year, finding in _find_wrong_outturns(indicator, catalogue, series)
    )
    missing = series[indicator.number].missing
    if missing:
        owner = indicator.owner or "who is not named"
        yield doubt(
            MISSING,
            join_months(missing),
            "the figure is due and has not come",
            None,
            f"ask its owner, {owner}, for it or the reason",
        )


def _find_age(benchmark: Outturn) -> Month | None:
    """The last month that a benchmark's figure covers, as far as its words tell."""
    if benchmark.value is None:
        return None
    return find_end(benchmark.period or benchmark.source or "")


def _find_wrong_outturns(
    indicator: Indicator, catalogue: Catalogue, series: Mapping[str, Series]
) -> Iterator[tuple[FinancialYear, str]]:
    """Earlier years' rates that do not follow from the same years' counts."""
    population = _find_population(indicator, series)
    if indicator.rate_of and population:
        (counter,) = (e for e in catalogue.indicators if e.number == indicator.rate_of.count)
        for year, past in indicator.outturns.items():
            count = counter.outturns.get(year)
            if past.value is not None and count and count.value is not None:
                finding = _compare_rate(
                    indicator, past.value, count.value, population, OUTTURN_TOLERANCE
                )
                if finding:
                    yield year, finding
