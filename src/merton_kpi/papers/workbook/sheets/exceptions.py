"""The exceptions: rated red or amber, or listed for a real change, with the service's commentary.

Every figure and word comes from the scorecard; nothing is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.headings import INDICATOR, RATING, REAL_CHANGE, REASON, TRAVEL
from merton_kpi.papers.workbook.sheet import NUMBER, Column, Sheet, Table, compose_sheet

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Scorecard


EXCEPTIONS = "Exceptions"


def compose_exceptions(card: Scorecard) -> Sheet:
    """The exceptions in their order, each with its reason and the service's commentary."""
    table = Table(
        name="Exceptions",
        columns=(
            NUMBER,
            Column(header=INDICATOR, width=30),
            Column(header=RATING, width=15),
            Column(header=TRAVEL, width=20),
            Column(header=REAL_CHANGE, width=36),
            Column(header="How long so rated", width=16),
            Column(header=REASON, width=40),
            Column(header="Service commentary", width=78),
        ),
        rows=tuple(
            (
                row.number,
                row.title,
                row.verdict,
                row.travel,
                row.change_words,
                row.streak,
                row.verdict.reason,
                commentary,
            )
            for row, commentary in card.exceptions
        ),
        if_none=f"No indicator is rated {card.words.exceptions}.",
    )
    return compose_sheet(
        table,
        name=EXCEPTIONS,
        title=f"Exceptions: indicators {card.exception_words}, data to {card.data_to}",
        about=f"The indicators {card.exception_words}, with the service's commentary",
    )
