"""The notes and the shorthand that the other sheets use.

Every figure and word comes from the scorecard; nothing is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.papers.workbook.sheet import Column, Sheet, Table, compose_sheet, list_shorthand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from merton_kpi.scorecard.records import Scorecard


NOTES = "Notes"


def format_marker(note: int) -> str:
    """A note's marker, as the cells that refer to it have it."""
    return f"[note {note}]"


def compose_notes(card: Scorecard, body: Sequence[Sheet]) -> Sheet:
    """The shorthand that the other sheets use, then the notes in the order of their numbers."""
    symbols = ((each.symbol, each.meaning.capitalize()) for each in list_shorthand(body))
    notes = ((format_marker(index), words) for index, words in enumerate(card.notes, 1))
    table = Table(
        name="Notes",
        columns=(Column(header="Note or symbol", width=18), Column(header="Meaning", width=120)),
        rows=(*symbols, *notes),
        is_legend=True,
        if_none="The workbook needs no notes.",
    )
    return compose_sheet(
        table,
        name=NOTES,
        title=f"Notes and shorthand used in the {card.index_title}",
        about="What the notes and the shorthand in the other sheets mean",
    )
