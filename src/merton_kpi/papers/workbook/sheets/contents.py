"""Every sheet of the workbook in order, and the contents that lead to them.

Every figure and word comes from the scorecard; nothing is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.papers.workbook.sheet import Column, Link, Sheet, Table, compose_sheet
from merton_kpi.papers.workbook.sheets.changes import compose_changes
from merton_kpi.papers.workbook.sheets.cover import compose_cover
from merton_kpi.papers.workbook.sheets.exceptions import compose_exceptions
from merton_kpi.papers.workbook.sheets.index import compose_index
from merton_kpi.papers.workbook.sheets.notes import compose_notes
from merton_kpi.papers.workbook.sheets.reference import (
    compose_caveats,
    compose_rationale,
    compose_sources,
)
from merton_kpi.papers.workbook.sheets.summary import compose_summary
from merton_kpi.papers.workbook.sheets.trends import list_trends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from merton_kpi.scorecard.records import Scorecard


def list_sheets(card: Scorecard) -> tuple[Sheet, ...]:
    """Every sheet of the workbook, in order."""
    body = (
        compose_summary(card),
        compose_changes(card),
        compose_index(card),
        compose_exceptions(card),
        compose_caveats(card),
        *list_trends(card),
        compose_rationale(card),
    )
    listed = (*body, compose_notes(card, body), compose_sources(card))
    return (compose_cover(card), _compose_contents(card, listed), *listed)


def _compose_contents(card: Scorecard, listed: Sequence[Sheet]) -> Sheet:
    table = Table(
        name="Contents",
        columns=(Column(header="Sheet", width=32), Column(header="What it shows", width=90)),
        rows=tuple((Link(words=each.name, sheet=each.name), each.about) for each in listed),
    )
    return compose_sheet(
        table,
        name="Contents",
        title=f"Contents of the {card.index_title}",
        about="",
        notices=("Each name in it leads to that sheet.",),
    )
