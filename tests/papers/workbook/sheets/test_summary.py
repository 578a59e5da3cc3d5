"""The summary counts the ratings that an indicator has."""

from __future__ import annotations

from helpers.councils import make_catalogue, score
from helpers.rating import observe

from merton_kpi.core.periods import Month
from merton_kpi.papers.workbook.sheets.summary import compose_summary

APRIL = Month(2020, 4)
ENTRIES = """
- {number: "1", title: One, unit: percent, frequency: monthly, target: {at_least: 90}}
- {number: "2", title: Two, unit: percent, frequency: quarterly, target: {at_least: 90}}
"""


def test_the_summary_has_a_column_for_each_rating_that_an_indicator_has() -> None:
    sheet = compose_summary(score(make_catalogue(ENTRIES), [observe(APRIL, "90")], APRIL))
    assert sheet.table is not None
    assert [column.header for column in sheet.table.columns] == [
        "Section",
        *("Green", "Not due yet"),
        "All indicators",
    ]
    last = [str(cell) for cell in sheet.table.rows[-1]]
    assert last == ["All sections", "1", "1", "2"]
