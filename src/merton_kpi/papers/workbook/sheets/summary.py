"""The summary: how many indicators have each rating, by section.

Every figure and word comes from the scorecard; nothing is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.papers.workbook.sheet import (
    Column,
    Content,
    Sheet,
    Table,
    compose_count,
    compose_sheet,
)
from merton_kpi.papers.workbook.sheets.matrix import MATRIX

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.core.ratings import PrintedRating
    from merton_kpi.scorecard.cells import Cell
    from merton_kpi.scorecard.records import Row, Scorecard


SUMMARY = "Summary"


def compose_summary(card: Scorecard) -> Sheet:
    """The number of indicators with each rating, in each section and in all.

    A rating that no indicator has is no column.
    """
    ratings = tuple(card.counts)
    rows: list[tuple[Content, ...]] = [
        (section, *_count_ratings(ratings, (row for row in card.rows if row.section == section)))
        for section in dict.fromkeys(row.section for row in card.rows)
    ]
    table = Table(
        name="Summary",
        columns=(
            Column(header="Section", width=44),
            *(
                Column(header=each.label, width=14, rating=card.words.select_shown(each.rating))
                for each in ratings
            ),
            Column(header="All indicators", width=14),
        ),
        rows=(*rows, ("All sections", *_count_ratings(ratings, card.rows))),
    )
    return compose_sheet(
        table,
        name=SUMMARY,
        title=f"Summary: ratings by section, data to {card.data_to}",
        about="How many indicators have each rating, by section",
        notices=(
            "Each figure is a number of indicators. The last row counts all sections.",
            card.matrix.why_none
            or f"Which of them really changed, and which targets are within reach: see {MATRIX}.",
        ),
    )


def _count_ratings(ratings: Iterable[PrintedRating], rows: Iterable[Row]) -> tuple[Cell, ...]:
    """Cells with the number of rows of each of these ratings, and of all."""
    given = [row.verdict.rating for row in rows]
    return (
        *(compose_count(given.count(each.rating)) for each in ratings),
        compose_count(len(given)),
    )
