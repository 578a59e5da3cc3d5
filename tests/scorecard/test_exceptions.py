"""The indicators rated amber or red come in the order in which a panel asks about them."""

from __future__ import annotations

from dataclasses import replace

from helpers.councils import make_catalogue, score
from helpers.rating import observe

from merton_kpi.core.periods import Month

MAY = Month(2020, 5)
SETTINGS = "unit: percent, frequency: monthly, target: {at_least: 90}"
ENTRIES = "".join(
    f'- {{number: "{number}", title: Any, {SETTINGS}, '
    "bands: {amber: {percentage_points: 5}}}\n"
    for number in range(1, 6)
)


def test_red_comes_before_amber_and_else_the_indexs_order_holds() -> None:
    figures = {"1": "95", "2": "88", "3": "50", "4": "86", "5": "60"}
    observations = [
        replace(observe(MAY, figure), indicator=number) for number, figure in figures.items()
    ]
    card = score(make_catalogue(ENTRIES), observations, MAY)
    found = [(row.verdict.label, row.number) for row, _ in card.exceptions]
    assert found == [("Red", "3"), ("Red", "5"), ("Amber", "2"), ("Amber", "4")]
    assert [row.number for row in card.reds] == ["3", "5"]
