"""The cover: what is red and amber, then what the workbook is, whose it is, how to read it.

Every figure and word comes from the scorecard; nothing is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.ratings import Rating
from merton_kpi.papers.workbook.sheet import Banner, Heading, Link, Sheet
from merton_kpi.papers.workbook.sheets.exceptions import EXCEPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.papers.workbook.sheet import Opening
    from merton_kpi.scorecard.records import Row, Scorecard

_MOST_LINES = 40  # of indicators; the sheet of exceptions has all of them


def compose_cover(card: Scorecard) -> Sheet:
    """The cover; what needs attention comes before what can be looked up."""
    counts = ", ".join(f"{rating.label} {count}" for rating, count in card.counts.items())
    draft = () if card.is_final else (Banner(words="Draft: not yet signed off"),)
    return Sheet(
        name="Cover",
        title=f"{card.index_title}, {card.authority}: data to {card.data_to}",
        opening=(*draft, *_list_exceptions(card)),
        notices=(
            f"All ratings: {counts}",
            f"Indicators: {len(card.rows)}",
            *(["Status: Final"] if card.is_final else []),
            f"Panel: {card.panel}",
            f"Meeting: {card.meeting}",
            *([f"Venue: {card.venue}"] if card.venue else []),
            *([f"Agenda item: {card.agenda_item}"] if card.agenda_item else []),
            f"Financial year: {card.year}, data to {card.data_to}",
            f"Wards: {card.wards}",
            f"Lead officer: {card.lead_officer}",
            f"Lead member: {card.lead_member}",
            f"Contact: {card.contact_officer}",
            "How to read it: the next sheet, Contents, lists all sheets and leads to each. Each "
            "sheet has its title in cell A1, what to know of it below, and then one table or the "
            "charts.",
            "Each rating is a word in its cell; the colour only repeats it. The reason for each "
            "rating is in the same row. Shorthand in square brackets, like [x], is explained above "
            "each table, and notes, like [note 1], on the sheet Notes.",
            *([f"Licence: {card.licence.meaning}"] if card.licence else []),
        ),
    )


def _list_exceptions(card: Scorecard) -> Iterator[Opening]:
    """How many indicators are red, a line for each, then the same for amber and for a change."""
    rows = [row for row, _ in card.exceptions]
    if not rows:
        yield f"No indicator is rated {card.words.exceptions}."
        return
    for rating in (Rating.RED, Rating.AMBER):
        yield from _list_rated(card, rating, rows)
    yield from _list_worsening(card, rows)
    if len(rows) > _MOST_LINES:
        words = f"… and {len(rows) - _MOST_LINES} more on the sheet {EXCEPTIONS}"
        yield Link(words=words, sheet=EXCEPTIONS)


def _list_rated(card: Scorecard, rating: Rating, rows: list[Row]) -> Iterator[Opening]:
    """The lines of a rating, of which those beyond the most that the cover has are left out."""
    count = sum(row.verdict.rating is rating for row in rows)
    word = card.words.format_word(rating)
    yield Heading(words=f"{word}: {count or 'none'} of {len(card.rows)} indicators")
    for row in rows[:_MOST_LINES]:
        if row.verdict.rating is rating:
            # LibreOffice does not wrap a link, so that the reason has a line of its own.
            yield Link(words=row.headline, sheet=EXCEPTIONS, rating=rating)
            yield row.verdict.reason


def _list_worsening(card: Scorecard, rows: list[Row]) -> Iterator[Opening]:
    """The lines of those that are listed for a real change for the worse alone."""
    worsening = card.worsening_exceptions
    if worsening:
        count = f"{len(worsening)} of {len(card.rows)} indicators"
        yield Heading(words=f"A real change for the worse, whatever the rating: {count}")
    for row in rows[:_MOST_LINES]:
        if not row.verdict.rating.is_exception:
            yield Link(words=row.headline, sheet=EXCEPTIONS, rating=row.verdict.rating)
            yield row.change_words
