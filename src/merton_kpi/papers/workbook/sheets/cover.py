"""The cover: what the workbook is, the place and period, the contacts, how to read it.

Every figure and word comes from the scorecard; nothing is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.papers.workbook.sheet import Sheet

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Scorecard


def compose_cover(card: Scorecard) -> Sheet:
    """The cover: what the workbook is, the place and period, the contacts, how to read it."""
    counts = ", ".join(f"{rating.label} {count}" for rating, count in card.counts.items())
    return Sheet(
        name="Cover",
        title=f"{card.index_title}, {card.authority}: data to {card.data_to}",
        notices=(
            f"Status: {'Final' if card.is_final else 'Draft'}",
            f"Panel: {card.panel}",
            f"Meeting: {card.meeting}",
            *([f"Venue: {card.venue}"] if card.venue else []),
            *([f"Agenda item: {card.agenda_item}"] if card.agenda_item else []),
            f"Financial year: {card.year}, data to {card.data_to}",
            f"Wards: {card.wards}",
            f"Lead officer: {card.lead_officer}",
            f"Lead member: {card.lead_member}",
            f"Contact: {card.contact_officer}",
            f"Indicators: {len(card.rows)}",
            f"Ratings: {counts}",
            "How to read it: the next sheet, Contents, lists all sheets and leads to each. Each "
            "sheet has its title in cell A1, what to know of it below, and then one table or the "
            "charts.",
            "Each rating stands as a word in its cell; the colour only repeats it. The reason for "
            "each rating stands in the same row. Shorthand in square brackets, like [x], is "
            "explained above each table, and notes, like [note 1], on the sheet Notes.",
        ),
    )
