"""Scorecards whose indicators have figures of earlier years."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from helpers.councils import make_catalogue
from merton_kpi.core.issues import Place, require
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.observations import Observation
from merton_kpi.loading.history import EarlierYears
from merton_kpi.loading.inputs import Inputs
from merton_kpi.scorecard.compose import compose_scorecard
from merton_kpi.series.years.history import match_history

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.scorecard.records import Scorecard


def score_with_history(
    catalogue: Catalogue, observations: Iterable[Observation], month: Month
) -> Scorecard:
    """The scorecard of observations, of which those before the year are earlier years' figures."""
    given = tuple(observations)
    begins = catalogue.financial_year.months[0]
    rows = (each for each in given if each.month < begins)
    inputs = Inputs(
        file="indicators.yaml",
        catalogue=catalogue,
        month=month,
        observations=tuple(each for each in given if each.month >= begins),
        earlier=EarlierYears(history=match_history(catalogue, catalogue, rows, month)),
    )
    return require(compose_scorecard(inputs))


MONTHS = tuple(map(Month(2017, 12).add_months, range(36)))
PERCENT = "unit: percent, frequency: monthly, target: {at_least: 55}"
NUMBER = "unit: number, frequency: monthly"
ADDED_UP = "accumulates: financial_year, target: {at_least: 200, profile: share_of_year}"
OF_EACH_KIND = {
    "1": f"{PERCENT}, benchmarks: {{England: 58, London: 54.6}}",
    "2": f"{PERCENT}, decimals: 1, breaks: [{{from: 2019-09, reason: By telephone too}}]",
    "3": f"{NUMBER}, target: {{at_most: 40}}",
    "4": "unit: weeks, frequency: quarterly, target: {between: [20, 30]}",
    "5": f"{NUMBER}, {ADDED_UP}, figures: running_total",
    "6": f"{NUMBER}, {ADDED_UP}, figures: of_period",
    "7": f"{PERCENT}, breaks: [{{from: 2018-10, reason: One}}, {{from: 2019-11, reason: Two}}]",
    "8": f"{NUMBER}, target: {{at_most: 2100}}",
    "9": f"{NUMBER}, target: not_a_target_measure",
}


def score_three_years() -> Scorecard:
    """Nine indicators with 36 months, which vary by chance from a seed.

    The first falls in March 2020, the second's level changes at a break and its limits from month
    to month, the third has gaps and hidden figures, the fifth and sixth add up, the seventh has two
    breaks, and the eighth one figure that is far from all others.
    """
    chance = Random(20)
    entries = "".join(
        f'- {{number: "{number}", title: Indicator {number}, {settings}}}\n'
        for number, settings in OF_EACH_KIND.items()
    )
    observations = [
        each
        for number in OF_EACH_KIND
        for each in _list_observations(number, chance)
        if number != "4" or each.month.number % 3 == 0
    ]
    return score_with_history(make_catalogue(entries), observations, MONTHS[-1])


def _list_observations(number: str, chance: Random) -> Iterator[Observation]:
    total = 0
    for place, month in enumerate(MONTHS):
        spread = round(chance.gauss(0, 3))
        parts, status = None, None
        value: Decimal | None = Decimal(50 + spread)
        match number:
            case "1":
                value = Decimal((50 if place < 27 else 42) + spread)
            case "2":
                part = (82 if place < 21 else 93) * 3 + spread
                parts, value = (Decimal(part), Decimal(300)), Decimal(part) / 3
            case "3" if place in (7, 20):
                continue
            case "3" if place == 13:
                value, status = None, Status.SUPPRESSED
            case "4":
                value = Decimal(27 + spread)
            case "5" | "6":
                total = spread + 12 + (total if number == "5" and month.number != 4 else 0)
                value = Decimal(total)
            case "7":
                value = Decimal((60 if place < 10 else 75 if place < 23 else 52) + spread)
            case "8":
                value = Decimal(2150 + 20 * spread + 500 * (place == 24))
        yield Observation(
            indicator=number,
            month=month,
            known=max(month, Month(2020, 4)),
            place=Place(file="any.csv", line=2),
            value=value,
            numerator=parts and parts[0],
            denominator=parts and parts[1],
            status=status,
        )
