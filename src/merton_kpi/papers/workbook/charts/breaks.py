"""The labels of the breaks in a chart's series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.chart.label import DataLabel, DataLabelList

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from openpyxl.chart.text import Text

    from merton_kpi.scorecard.charts.records import Chart

_PERIODS_BESIDE = 18  # of a chart in which a label is as wide as three of them
# What a label has of a point's own words: nothing.
_SHOWN = dict.fromkeys(
    ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize"),
    False,
)


class _BreakLabel(DataLabel):
    """Words above a line's point; openpyxl's own label has no words but the point's."""

    def __init__(self, place: int, words: Text) -> None:
        super().__init__()
        # Excel shows the words only where the label would show something of the point.
        self.label = DataLabel(idx=place, dLblPos="t", **(_SHOWN | {"showVal": True}))
        self.words = words

    def to_tree(self, *names: Any, **options: Any) -> Any:
        tree = self.label.to_tree(*names, **options)
        tree.insert(1, self.words.to_tree("tx"))  # after `idx`, as the standard has it
        return tree


def list_label_places(chart: Chart) -> dict[int, list[int]]:
    """The places of the breaks' labels, by the number of the line that each is above.

    It is above the highest figure of the first period after the break that has any, or of its
    neighbours, as many as a label is wide.
    """
    places: dict[int, list[int]] = {}
    reach = len(chart.periods) // _PERIODS_BESIDE
    for begins in chart.breaks:
        for first in range(begins, len(chart.periods)):
            beside = range(max(first - reach, 0), min(first + reach + 1, len(chart.periods)))
            if _list_figures(chart, first):
                _, number, place = max(each for x in beside for each in _list_figures(chart, x))
                places.setdefault(number, []).append(place)
                break
    return places


def _list_figures(chart: Chart, place: int) -> list[tuple[Decimal, int, int]]:
    """Each figure of a period, with the number of its line and its place."""
    return [
        (figure, number, place)
        for number, line in enumerate(chart.lines)
        if (figure := line.figures[place]) is not None
    ]


def compose_break_labels(places: Iterable[int], words: Text) -> DataLabelList:
    """The words at these places of a line."""
    return DataLabelList(dLbl=[_BreakLabel(each, words) for each in places], **_SHOWN)
