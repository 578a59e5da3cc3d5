"""The opening sheets: the cover, the summary, and what changed since the panel last met.

Every figure and word comes from the scorecard; nothing is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.ratings import Rating
from merton_kpi.papers.workbook.sheet import (
    NUMBER,
    Column,
    Content,
    Sheet,
    Table,
    compose_count,
    compose_sheet,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.core.ratings import PrintedRating
    from merton_kpi.scorecard.cells import Cell
    from merton_kpi.scorecard.records import Row, Scorecard

SUMMARY = "Summary"
CHANGES = "Changes"


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


def compose_summary(card: Scorecard) -> Sheet:
    """The number of indicators with each rating, in each section and in all.

    Blue to red are always there, the other ratings only where an indicator has one.
    """
    used = {row.verdict.rating for row in card.rows}
    ratings = tuple(
        each for each in card.words.ratings if each.rating.is_brag or each.rating in used
    )
    rows: list[tuple[Content, ...]] = [
        (section, *_count_ratings(ratings, (row for row in card.rows if row.section == section)))
        for section in dict.fromkeys(row.section for row in card.rows)
    ]
    table = Table(
        name="Summary",
        columns=(
            Column(header="Section", width=44),
            *(Column(header=rating.label, width=14) for rating in ratings),
            Column(header="All indicators", width=14),
        ),
        rows=(*rows, ("All sections", *_count_ratings(ratings, card.rows))),
    )
    return compose_sheet(
        table,
        name=SUMMARY,
        title=f"Summary: ratings by section, data to {card.data_to}",
        about="How many indicators have each rating, by section",
        notices=("Each figure is a number of indicators. The last row counts all sections.",),
    )


def _count_ratings(ratings: Iterable[PrintedRating], rows: Iterable[Row]) -> tuple[Cell, ...]:
    """Cells with the number of rows of each of these ratings, and of all."""
    given = [row.verdict.rating for row in rows]
    return (
        *(compose_count(given.count(each.rating)) for each in ratings),
        compose_count(len(given)),
    )


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
