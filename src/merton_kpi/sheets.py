"""What each sheet of the index workbook shows, declared as columns and rows.

No sheet is drawn here and nothing is decided: every figure and word comes from the scorecard.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi import __version__
from merton_kpi.layout import Column, Content, Link, Sheet, complete, list_shorthand
from merton_kpi.scorecard import BENCHMARKS, Cell
from merton_kpi.trends import list_trends
from merton_kpi.vocab import Rating, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from merton_kpi.periods import Month
    from merton_kpi.scorecard import Row, Scorecard

SUMMARY = "Summary"
CHANGES = "Changes"
INDEX = "Performance index"
EXCEPTIONS = "Exceptions"
CAVEATS = "Caveats"
RATIONALE = "Rationale and linkages"
NOTES = "Notes"
SOURCES = "Sources"

_NUMBER = Column(header="No.", width=6)
_RATING = Column(header="BRAG rating", width=14)


def list_sheets(card: Scorecard) -> tuple[Sheet, ...]:
    """Every sheet of the workbook, in its order.

    What changed since the last meeting has a sheet of its own beside the summary, since a sheet
    has one table.
    """
    body = (
        _list_summary(card),
        _list_changes(card),
        _list_index(card),
        _list_exceptions(card),
        _list_caveats(card),
        *list_trends(card),
        _list_rationale(card),
    )
    shown = (*body, _list_notes(card, body), _list_sources(card))
    return (_make_cover(card), _list_contents(card, shown), *shown)


def _make_cover(card: Scorecard) -> Sheet:
    counts = ", ".join(f"{rating.label} {count}" for rating, count in card.counts.items())
    return Sheet(
        name="Cover",
        title=f"{card.index_title}, {card.authority}: data to {card.data_to}",
        notices=(
            f"Status: {'Final' if card.is_final else 'Draft'}",
            f"Panel: {card.panel}",
            f"Meeting: {card.meeting}",
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


def _list_contents(card: Scorecard, tables: Sequence[Sheet]) -> Sheet:
    return complete(
        Sheet(
            name="Contents",
            title=f"Contents of the {card.index_title}",
            notices=("Each name in it leads to that sheet.",),
            table="Contents",
            columns=(Column(header="Sheet", width=32), Column(header="What it shows", width=90)),
            rows=tuple((Link(words=each.name, sheet=each.name), each.about) for each in tables),
        ),
        if_none="",
    )


def _list_summary(card: Scorecard) -> Sheet:
    rows: list[tuple[Content, ...]] = [
        (section, *_count(row for row in card.rows if row.section == section))
        for section in dict.fromkeys(row.section for row in card.rows)
    ]
    return complete(
        Sheet(
            name=SUMMARY,
            title=f"Summary: ratings by section, data to {card.data_to}",
            notices=("Each figure is a number of indicators. The last row counts all sections.",),
            table="Summary",
            columns=(
                Column(header="Section", width=44),
                *(Column(header=rating.label, width=14) for rating in Rating),
                Column(header="All indicators", width=14),
            ),
            rows=(*rows, ("All sections", *_count(card.rows))),
            about="How many indicators have each rating, by section",
        ),
        if_none="",
    )


def _count(rows: Iterable[Row]) -> tuple[Cell, ...]:
    """Cells with the number of rows of each rating, and of all."""
    ratings = [row.verdict.rating for row in rows]
    return (*(_show_count(ratings.count(each)) for each in Rating), _show_count(len(ratings)))


def _show_count(count: int) -> Cell:
    return Cell(unit=Unit.NUMBER, value=Decimal(count))


def _list_changes(card: Scorecard) -> Sheet:
    columns: tuple[Column, ...] = ()
    if_none = "The catalogue has no earlier meeting this financial year to compare with."
    if card.last_month:
        if_none = f"No indicator is rated amber or red, now or at the meeting of {_since(card)}."
        columns = (
            Column(header="Change", width=18),
            _NUMBER,
            Column(header="Indicator", width=60),
            Column(header=f"Rating, data to {card.last_month.label}", width=16),
            Column(header=f"Rating, data to {card.month.label}", width=16),
            Column(header="For how long", width=22),
            Column(header="Reason for the rating", width=60),
        )
    return complete(
        Sheet(
            name=CHANGES,
            title=f"Changes since the panel's last meeting, data to {card.data_to}",
            notices=(f"It compares with the papers of the meeting of {_since(card)}.",)
            if card.changes
            else (),
            table="Changes",
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
            about="Indicators newly red or amber, still so and for how long, or recovered",
        ),
        if_none=if_none,
    )


def _since(card: Scorecard) -> str:
    assert card.last_month is not None
    return f"{card.last_meeting}, with data to {card.last_month.label}"


def _list_index(card: Scorecard) -> Sheet:
    columns = (
        Column(header="Section", width=13),
        _NUMBER,
        Column(header="Indicator", width=36),
        Column(header="Frequency", width=11),
        Column(header=f"Target {card.year}", width=14),
        *(Column(header=f"{card.short_name} {year}", width=10.5) for year in card.earlier_years),
        *(Column(header=place, width=10.5) for place in BENCHMARKS),
        _RATING,
        Column(header="Direction of travel", width=14),
        *(_head_month(card, month) for month in card.year.months),
        Column(header="Reason for the rating", width=40),
        Column(header="In context", width=36),
        Column(header="Notes", width=12),
    )
    return complete(
        Sheet(
            name=INDEX,
            title=f"{card.index_title}: data to {card.data_to}",
            notices=(
                "The notes it refers to are on the sheet Notes.",
                f"The month reported is {card.month.label}: its header says so, and firm lines "
                "stand on both sides of it.",
            ),
            table="Performance_index",
            columns=columns,
            rows=tuple(_list_row(row) for row in card.rows),
            held=3,
            group_by=0,
            about="Every indicator with its target, earlier years, benchmarks, rating and months",
        ),
        if_none="",
        blank="A blank month is one for which no figure is due by the month reported.",
    )


def _head_month(card: Scorecard, month: Month) -> Column:
    if month == card.month:
        return Column(header=f"{month.label} month reported", width=10, marked=True)
    return Column(header=month.label, width=7.5)


def _list_row(row: Row) -> tuple[Content, ...]:
    return (
        row.section,
        row.number,
        row.title,
        row.frequency,
        row.target,
        *row.outturns,
        *row.benchmarks,
        row.verdict,
        row.direction,
        *row.months,
        row.verdict.reason,
        row.context,
        " ".join(map(_mark, row.notes)),
    )


def _mark(note: int) -> str:
    return f"[note {note}]"


def _list_exceptions(card: Scorecard) -> Sheet:
    return complete(
        Sheet(
            name=EXCEPTIONS,
            title=f"Exceptions: indicators rated amber or red, data to {card.data_to}",
            table="Exceptions",
            columns=(
                _NUMBER,
                Column(header="Indicator", width=40),
                _RATING,
                Column(header="Direction", width=16),
                Column(header="How long so rated", width=18),
                Column(header="Reason for the rating", width=50),
                Column(header="Service commentary", width=90),
            ),
            rows=tuple(
                (
                    row.number,
                    row.title,
                    row.verdict,
                    row.direction,
                    row.streak,
                    row.verdict.reason,
                    commentary,
                )
                for row, commentary in card.exceptions
            ),
            about="The indicators rated amber or red, with the service's commentary",
        ),
        if_none="No indicator is rated amber or red.",
    )


def _list_caveats(card: Scorecard) -> Sheet:
    return complete(
        Sheet(
            name=CAVEATS,
            title=f"Amendments, corrections and data caveats, data to {card.data_to}",
            table="Caveats",
            columns=(
                _NUMBER,
                Column(header="Indicator", width=44),
                Column(header="Months", width=24),
                Column(header="Caveat", width=90),
            ),
            rows=tuple((each.number, each.title, each.about, each.words) for each in card.caveats),
            about="Which figures to read with care, and why",
        ),
        if_none="No caveat applies.",
    )


def _list_rationale(card: Scorecard) -> Sheet:
    return complete(
        Sheet(
            name=RATIONALE,
            title=f"Rationale and linkages of the indicators {card.year}",
            table="Rationale",
            columns=(
                _NUMBER,
                Column(header="Indicator", width=44),
                Column(header="Why it matters", width=90),
                Column(header="Linked indicators", width=18),
                Column(header="Owner", width=28),
                Column(header="Source", width=28),
            ),
            rows=tuple(
                (row.number, row.title, row.rationale, row.linked, row.owner, row.source)
                for row in card.rows
            ),
            about="Why each indicator is watched, and what to read beside it",
        ),
        if_none="",
    )


def _list_notes(card: Scorecard, shown: Sequence[Sheet]) -> Sheet:
    """The shorthand that the other sheets use, and the notes in the order they are met."""
    symbols = ((each.symbol, each.meaning.capitalize()) for each in list_shorthand(shown))
    notes = ((_mark(index), words) for index, words in enumerate(card.notes, 1))
    return complete(
        Sheet(
            name=NOTES,
            title=f"Notes and shorthand used in the {card.index_title}",
            table="Notes",
            columns=(
                Column(header="Note or symbol", width=18),
                Column(header="Meaning", width=120),
            ),
            rows=(*symbols, *notes),
            about="What the notes and the shorthand in the other sheets mean",
        ),
        if_none="The workbook needs no notes.",
    )


def _list_sources(card: Scorecard) -> Sheet:
    made = f"Made by merton-kpi {__version__}, as at the end of {card.month.name}."
    return complete(
        Sheet(
            name=SOURCES,
            title=f"Sources of the {card.index_title}, data to {card.data_to}",
            notices=(
                made,
                "A file's SHA-256 is its fingerprint: the same file always has the same one. The "
                "rows of the catalogue are its indicators.",
            ),
            table="Sources",
            columns=(
                Column(header="File", width=36),
                Column(header="Rows", width=10),
                Column(header="SHA-256", width=76),
            ),
            rows=tuple((each.name, _show_count(each.rows), each.sha256) for each in card.sources),
            about="The files that this workbook was made from, and by what",
        ),
        if_none="No file is named.",
    )
