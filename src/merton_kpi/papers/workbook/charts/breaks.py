"""The labels of the breaks in a chart's series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.chart.label import DataLabel, DataLabelList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.chart.text import Text

    from merton_kpi.scorecard.charts.records import Chart

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

    It is the highest line at the first period after the break that has a figure.
    """
    places: dict[int, list[int]] = {}
    for begins in chart.breaks:
        for place in range(begins, len(chart.periods)):
            heights = [
                (figure, number)
                for number, line in enumerate(chart.lines)
                if (figure := line.figures[place]) is not None
            ]
            if heights:
                places.setdefault(max(heights)[1], []).append(place)
                break
    return places


def compose_break_labels(places: Iterable[int], words: Text) -> DataLabelList:
    """The words at these places of a line."""
    return DataLabelList(dLbl=[_BreakLabel(each, words) for each in places], **_SHOWN)
