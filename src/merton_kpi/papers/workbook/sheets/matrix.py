"""Change against target: which indicators really changed, and whether targets are within reach.

Every figure and word comes from the scorecard; nothing is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.periods import join_labels
from merton_kpi.papers.workbook.sheet import Column, Sheet, Table, compose_sheet

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Scorecard

MATRIX = "Change and target"


def compose_matrix_sheet(card: Scorecard) -> Sheet:
    """The matrix, with the numbers of the indicators in each cell."""
    matrix = card.matrix
    table = Table(
        name="Change_and_target",
        columns=(
            Column(header="Direction of travel", width=34),
            *(Column(header=each.value, width=28) for each in matrix.columns),
        ),
        rows=tuple(
            (name.value, *(join_labels(row.number for row in cell) or "none" for cell in cells))
            for name, cells in matrix.rows
        ),
        if_none=matrix.why_none,
    )
    return compose_sheet(
        table,
        name=MATRIX,
        title=f"Change against target, data to {card.data_to}",
        about="Which indicators really changed, and whether targets are within reach",
        notices=(
            "Each cell has the numbers of the indicators whose last figure is like that.",
            "Whether a target will be met is said by the usual range, so of the way of working in "
            "the months that it is worked out from.",
        ),
    )
