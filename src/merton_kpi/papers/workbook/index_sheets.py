"""What each sheet of the index workbook shows, declared as columns and rows.

No sheet is drawn here and nothing is decided: every figure and word comes from the scorecard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi import __version__
from merton_kpi.core.headings import format_month_heading, list_column_headings
from merton_kpi.papers.workbook.chart_sheets import list_trends
from merton_kpi.papers.workbook.opening_sheets import list_changes, list_summary, make_cover
from merton_kpi.papers.workbook.sheet import (
    NUMBER,
    Column,
    Content,
    Link,
    Sheet,
    complete,
    list_shorthand,
    show_count,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from merton_kpi.scorecard.records import Row, Scorecard

INDEX = "Performance index"
EXCEPTIONS = "Exceptions"
CAVEATS = "Caveats"
RATIONALE = "Rationale and linkages"
NOTES = "Notes"
SOURCES = "Sources"

_RATING = Column(header="BRAG rating", width=15)


def list_sheets(card: Scorecard) -> tuple[Sheet, ...]:
    """Every sheet of the workbook, in its order.

    What changed since the last meeting has a sheet of its own after the summary, since a sheet
    has one table.
    """
    body = (
        list_summary(card),
        list_changes(card),
        _list_index(card),
        _list_exceptions(card),
        _list_caveats(card),
        *list_trends(card),
        _list_rationale(card),
    )
    shown = (*body, _list_notes(card, body), _list_sources(card))
    return (make_cover(card), _list_contents(card, shown), *shown)


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


def _list_index(card: Scorecard) -> Sheet:
    headings = list_column_headings(card.short_name, card.year, card.areas, card.month)
    months = [10 if month == card.month else 7.5 for month in card.year.months]
    before = (15, 6, 36, 11, 14, *[10.5 for _ in (*card.earlier_years, *card.areas)], 15, 14)
    reported = format_month_heading(card.month, card.month)
    columns = tuple(
        Column(header=heading, width=width, marked=heading == reported)
        for heading, width in zip(headings, (*before, *months, 40, 36, 12), strict=True)
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
        "\n".join(map(_mark, row.notes)),
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
                NUMBER,
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
                NUMBER,
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
                NUMBER,
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
            legend=True,
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
            rows=tuple((each.name, show_count(each.rows), each.sha256) for each in card.sources),
            about="The files that this workbook was made from, and by what",
        ),
        if_none="No file is named.",
    )
