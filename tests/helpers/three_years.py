"""Make up three earlier years of extracts for Merton's indicators, to try their signals on.

Each indicator's earlier months vary about the level of its figures of 2020/21, as much as these do.
A seed decides, before anybody knows what is found, which indicators have had a step on the way.
Run `python tests/helpers/three_years.py FOLDER` to write the extracts.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from merton_kpi.core.issues import require
from merton_kpi.core.periods import FinancialYear, Month
from merton_kpi.loading.catalogue_file import read_catalogue_file
from merton_kpi.loading.inputs import read_whole_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.indicator import Indicator

ROOT = Path(__file__).parents[2]
SEED = 1
YEARS = (2017, 2018, 2019)
_LAST = Month(YEARS[-1] + 1, 3)  # no extract is one of 2020/21
LEAST_SPREAD = Decimal("0.02")  # of the level: figures that stood still this year varied before


def compose_extracts(seed: int = SEED) -> dict[str, str]:
    """The extracts' texts by file name, for the months of three years."""
    rows: dict[Month, list[tuple[str, str, str]]] = {}
    for indicator, figures in _list_figures():
        # Its own stream, so that an indicator's figures do not depend on the others'.
        chance = random.Random(f"{seed}-{indicator.number}")
        for month, figure in _make_up(indicator, figures, chance):
            known = min(month.add_months(indicator.arrears), _LAST)
            row = (indicator.number, str(month), f"{figure:f}")
            rows.setdefault(known, []).append(row)
    return {f"{month}.csv": _write(rows[month]) for month in sorted(rows)}


def write_extracts(folder: Path, seed: int = SEED) -> None:
    """Write the extracts to a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in compose_extracts(seed).items():
        (folder / name).write_text(text, encoding="utf-8", newline="")


def _list_figures() -> Iterator[tuple[Indicator, list[Decimal]]]:
    """Merton's indicators with at least two figures of 2020/21, with these figures."""
    file = read_catalogue_file(ROOT / "indicators.yaml")
    inputs = require(read_whole_year(file, ROOT / "data"))
    for each in inputs.catalogue.indicators:
        rows = [row for row in inputs.observations if row.indicator == each.number]
        figures = [row.value for row in rows if row.value is not None]
        if len(figures) > 1:
            yield each, figures


def _make_up(
    indicator: Indicator, figures: list[Decimal], chance: random.Random
) -> Iterator[tuple[Month, Decimal]]:
    """An indicator's figures of the three years; of running totals, sums of what months add."""
    steps = _list_steps(indicator, figures)
    level = median(steps)
    spread = max(
        sum((abs(each - level) for each in steps), Decimal(0)) / len(steps),
        abs(level) * LEAST_SPREAD,
        Decimal(1).scaleb(-(indicator.decimals or 0)) / 2,
    )
    months = [
        month
        for year in YEARS
        for month in FinancialYear(year).months
        if indicator.is_period_end(month)
    ]
    has_step = chance.random() < 0.4
    begins, size = chance.randrange(len(months)), chance.choice((-4, -3, 3, 4))
    total = Decimal(0)
    for index, month in enumerate(months):
        before_step = has_step and index < begins
        drawn = Decimal(round(chance.gauss(0, 1) * 1000)) / 1000
        figure = level + spread * (drawn + (size if before_step else 0))
        if indicator.accumulates:
            is_first = month.number == indicator.list_periods_to(month)[0].number
            total = _fit(indicator, figure) + (Decimal(0) if is_first else total)
            figure = total
        yield month, _fit(indicator, figure)


def _list_steps(indicator: Indicator, figures: list[Decimal]) -> list[Decimal]:
    """What each period added, for running totals; else the figures."""
    if not indicator.accumulates:
        return figures
    pairs = zip([Decimal(0), *figures], figures, strict=False)
    return [max(later - earlier, Decimal(0)) for earlier, later in pairs]


def _fit(indicator: Indicator, figure: Decimal) -> Decimal:
    """A figure as the indicator's can be: with its decimals, and within its unit's ends."""
    decimals = Decimal(1).scaleb(-(indicator.decimals or 0))
    figure = max(figure, Decimal(0))
    if indicator.unit.most is not None:
        figure = min(figure, Decimal(indicator.unit.most))
    return figure.quantize(decimals, rounding=ROUND_HALF_UP)


def _write(rows: list[tuple[str, str, str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("indicator", "period", "value"))
    writer.writerows(rows)
    return text.getvalue()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    write_extracts(arguments.folder, arguments.seed)
