"""Count how often the rules call a change what is none, and how often they miss one.

    python tests/signals/simulate.py --series 10000 --seed 1

Each series has 24 months, and the last figure is looked at. For each kind, the report has the share
of series whose last figure the rules flag, the share for which `kpi` says that there is a change,
and the share that is not judged; all in per cent. The figures are made up with floats, and rounded
to a decimal before anything else is done with them.

The noise has a standard deviation of 1 about a mean of 50, unless a kind says otherwise.
"""

from __future__ import annotations

import argparse
import math
import sys
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

from merton_kpi.core.periods import Month
from merton_kpi.core.vocabulary import FigureKind
from merton_kpi.signals.assess import assess_signal
from merton_kpi.signals.limits import list_unrounded, list_values, work_out_signal_limits
from merton_kpi.signals.records import Point, PointSeries
from merton_kpi.signals.rules import list_flags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MONTHS = 24
FIRST = Month(2022, 4)
MEAN = 50.0


@dataclass(frozen=True, slots=True)
class Shares:
    """Of one kind of series: what share is flagged, said to have changed, and not judged."""

    kind: str
    flagged: float
    said: float
    withheld: float


def make_points(values: Iterable[float], decimals: int = 3) -> tuple[Point, ...]:
    return tuple(
        Point(month=FIRST.add_months(index), value=Decimal(f"{value:.{decimals}f}"))
        for index, value in enumerate(values)
    )


def make_noise(random: Random, correlation: float = 0.0) -> list[float]:
    """Noise with a standard deviation of 1, each of it correlated with the one before."""
    noise = [random.gauss(0, 1)]
    fresh = math.sqrt(1 - correlation**2)
    while len(noise) < MONTHS:
        noise.append(correlation * noise[-1] + fresh * random.gauss(0, 1))
    return noise


def make_series(random: Random, correlation: float = 0.0, decimals: int = 3) -> PointSeries:
    """Unchanged figures about the mean."""
    return PointSeries(
        points=make_points((MEAN + each for each in make_noise(random, correlation)), decimals)
    )


def make_seasonal(random: Random, height: float) -> PointSeries:
    """A wave of a year's length, so high, from a month by chance, with noise."""
    begin = random.randrange(12)
    wave = [height * math.sin(2 * math.pi * (begin + index) / 12) for index in range(MONTHS)]
    noise = make_noise(random)
    return PointSeries(points=make_points(MEAN + a + b for a, b in zip(wave, noise, strict=True)))


def make_stepped(random: Random, step: float, months: int = 6) -> PointSeries:
    """A step up, which has held for so many months."""
    noise = make_noise(random)
    return PointSeries(
        points=make_points(
            MEAN + each + step * (index >= MONTHS - months) for index, each in enumerate(noise)
        )
    )


def make_sloped(random: Random, rise: float) -> PointSeries:
    """A rise of so much every month."""
    return PointSeries(
        points=make_points(MEAN + each + rise * i for i, each in enumerate(make_noise(random)))
    )


def draw_poisson(random: Random, mean: float) -> int:
    """A count with a mean, by multiplying chances until they are below its chance of 0."""
    product, count = random.random(), 0
    while product > math.exp(-mean):
        product *= random.random()
        count += 1
    return count


def make_counts(random: Random, mean: float) -> PointSeries:
    return PointSeries(points=make_points((draw_poisson(random, mean) for _ in range(MONTHS)), 0))


def make_percentages(
    random: Random, size: int, share: float = 0.8, spread: float = 0.0
) -> PointSeries:
    """Percentages of about so many cases, whose true share varies by `spread` from month to month.

    The numerator is drawn case by case up to 100 cases, and else from the normal distribution.
    """
    points = []
    for index in range(MONTHS):
        cases = round(size * random.uniform(0.8, 1.2))
        p = min(max(random.gauss(share, spread), 0.0), 1.0)
        if cases <= 100:
            good = sum(random.random() < p for _ in range(cases))
        else:
            good = min(
                max(round(random.gauss(cases * p, math.sqrt(cases * p * (1 - p)))), 0), cases
            )
        points.append(
            Point(
                month=FIRST.add_months(index),
                value=Decimal(f"{100 * good / cases:.0f}"),
                parts=(Decimal(good), Decimal(cases)),
            )
        )
    return PointSeries(points=tuple(points), is_percentage=True, least=0, most=100)


def make_steady_percentages(random: Random, step: float = 0.0) -> PointSeries:
    """Percentages of about 2,000 cases that vary half as much as by chance, then a step up.

    So it is where most cases are those of the month before. The step has held for 6 months.
    """
    points = []
    for index in range(MONTHS):
        cases = round(2000 * random.uniform(0.8, 1.2))
        noise = random.gauss(0, 0.5 * math.sqrt(cases * 0.8 * 0.2))
        good = round(cases * (0.8 + step * (index >= MONTHS - 6)) + noise)
        points.append(
            Point(
                month=FIRST.add_months(index),
                value=Decimal(f"{100 * good / cases:.1f}"),
                parts=(Decimal(good), Decimal(cases)),
            )
        )
    return PointSeries(points=tuple(points), is_percentage=True, least=0, most=100)


def make_totals(random: Random, *, is_declared: bool) -> PointSeries:
    """A running total since April of months of about 50 each; declared as one, or not."""
    noise = make_noise(random)
    years = [[MEAN + 5 * each for each in noise[start : start + 12]] for start in (0, 12)]
    values = [total for year in years for total in accumulate(year)]
    points = tuple(
        Point(month=each.month, value=each.value, starts_year=each.month.number == 4)
        for each in make_points(values)
    )
    kind = FigureKind.RUNNING_TOTAL if is_declared else FigureKind.OF_PERIOD
    return PointSeries(points=points, kind=kind)


KINDS: dict[str, Callable[[Random], PointSeries]] = {
    "independent": make_series,
    "autocorrelation 0.3": lambda random: make_series(random, 0.3),
    "autocorrelation 0.6": lambda random: make_series(random, 0.6),
    "autocorrelation 0.9": lambda random: make_series(random, 0.9),
    "seasonal, a wave of 1": lambda random: make_seasonal(random, 1),
    "seasonal, a wave of 1.5": lambda random: make_seasonal(random, 1.5),
    "seasonal, a wave of 2": lambda random: make_seasonal(random, 2),
    "rounded to whole numbers": lambda random: make_series(random, decimals=0),
    "small counts, mean 2": lambda random: make_counts(random, 2),
    "small counts, mean 5": lambda random: make_counts(random, 5),
    "percentages of 20": lambda random: make_percentages(random, 20),
    "percentages of 100": lambda random: make_percentages(random, 100),
    "percentages of 2,000": lambda random: make_percentages(random, 2000),
    "percentages of 2,000 that vary by 2 points": lambda random: make_percentages(
        random, 2000, spread=0.02
    ),
    "the same without their parts": lambda random: replace(
        make_percentages(random, 2000, spread=0.02), is_percentage=False
    ),
    "percentages of 2,000 that vary half as much": make_steady_percentages,
    "the same with a step of 1.5 points": lambda random: make_steady_percentages(random, 0.015),
    "running total, declared": lambda random: make_totals(random, is_declared=True),
    "running total, not declared": lambda random: make_totals(random, is_declared=False),
    "a step of 1 for 6 months": lambda random: make_stepped(random, 1),
    "a step of 2 for 6 months": lambda random: make_stepped(random, 2),
    "a step of 3 for 6 months": lambda random: make_stepped(random, 3),
    "a step of 3 for 12 months": lambda random: make_stepped(random, 3, 12),
    "a rise of 0.1 every month": lambda random: make_sloped(random, 0.1),
    "a rise of 0.3 every month": lambda random: make_sloped(random, 0.3),
}


def is_flagged(series: PointSeries) -> bool:
    """Whether the rules flag the last figure, if nothing keeps them from being applied."""
    points = series.points
    limits = work_out_signal_limits(series, points)
    return bool(list_flags(list_values(points), limits, list_unrounded(series, points))[-1])


def count_shares(kind: str, series: int, seed: int) -> Shares:
    random = Random(f"{seed} {kind}")
    made = [KINDS[kind](random) for _ in range(series)]
    signals = [assess_signal(each) for each in made]
    is_declared = made[0].kind is FigureKind.RUNNING_TOTAL
    said = sum(each.flag is not None for each in signals)
    return Shares(
        kind=kind,
        flagged=(said if is_declared else sum(map(is_flagged, made))) / series,
        said=said / series,
        withheld=sum(each.reason is not None for each in signals) / series,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--series", type=int, default=1000, help="how many of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=KINDS, action="append", help="only series of this kind")
    options = parser.parse_args()
    print("| 24 months | flagged by the rules | said to have changed | not judged |")
    print("| --- | ---: | ---: | ---: |")
    for kind in options.kind or KINDS:
        found = count_shares(kind, options.series, options.seed)
        shares = (found.flagged, found.said, found.withheld)
        print(f"| {kind} | {' | '.join(f'{each:.1%}' for each in shares)} |")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
