"""What changed in the ratings since the panel last met.

Every figure and word comes from the scorecard; nothing is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.ratings import Rating
from merton_kpi.papers.workbook.sheet import NUMBER, Column, Sheet, Table, compose_sheet

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Scorecard


CHANGES = "Changes"


def compose_changes(card: Scorecard) -> Sheet:
    """The indicators newly red or amber, still so, or recovered since the panel's last meeting."""
    red, amber = map(card.words.format_within, (Rating.RED, Rating.AMBER))
    columns: tuple[Column, ...] = ()
    if_none = "The catalogue has no earlier meeting this financial year to compare with."
    if card.last_month:
        meeting = _format_last_meeting(card)
        if_none = (
            f"No indicator is rated {card.words.exceptions}, now or at the meeting of {meeting}."
        )
        columns = (
            Column(header="Change", width=18),
            NUMBER,
            Column(header="Indicator", width=60),
            Column(header=f"Rating, data to {card.last_month.label}", width=17),
            Column(header=f"Rating, data to {card.month.label}", width=16),
            Column(header="For how long", width=22),
            Column(header="Reason for the rating", width=60),
        )
    table = Table(
        name="Changes",
        columns=columns,
        rows=tuple(
            (
                each.change.label,
                each.row.number,
                each.row.title,
                each.before,
                each.row.verdict,
                each.row.streak,
                each.row.verdict.reason,
            )
            for each in card.changes
        ),
        group_by=0,
        if_none=if_none,
    )
    return compose_sheet(
        table,
        name=CHANGES,
        title=f"Changes since the panel's last meeting, data to {card.data_to}",
        about=f"Indicators newly {red} or {amber}, still so and for how long, or recovered",
        notices=(f"It compares with the papers of the meeting of {_format_last_meeting(card)}.",)
        if card.changes
        else (),
    )


def _format_last_meeting(card: Scorecard) -> str:
    assert card.last_month is not None
    return f"{card.last_meeting}, with data to {card.last_month.label}"
