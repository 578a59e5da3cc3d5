"""What each sheet of the index workbook shows, declared as columns and rows.

No sheet is drawn here and nothing is decided: every figure and word comes from the scorecard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.cells import Cell
from merton_kpi.rating import Verdict
from merton_kpi.scorecard import BENCHMARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from merton_kpi.scorecard import Row, Scorecard
    from merton_kpi.vocab import Shorthand

INDEX = "Performance index"
EXCEPTIONS = "Exceptions"
CAVEATS = "Caveats"
RATIONALE = "Rationale and linkages"
NOTES = "Notes"


@dataclass(frozen=True, kw_only=True)
class Link:
    """Words that lead to another sheet's first cell."""

    words: str
    sheet: str


# What a table's cell can hold; a writer draws each kind in one way.
Content = str | Cell | Verdict | Link


@dataclass(frozen=True, kw_only=True)
class Column:
    """A table's column: its header, and its width in characters of 12 point type."""

    header: str
    width: int


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet: its title in A1, a line for each notice below it, then one table, or none.

    `held` is how many columns stay in view when the rest is scrolled; `group_by` the column whose
    change draws a line (`None`: no lines).
    """

    name: str
    title: str
    notices: tuple[str, ...] = ()
    table: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Content, ...], ...] = ()
    held: int = 0
    group_by: int | None = None
    about: str = ""


def list_sheets(card: Scorecard) -> tuple[Sheet, ...]:
    """Every sheet of the workbook, in its order."""
    tables = (
        _list_index(card),
        _list_exceptions(card),
        _list_caveats(card),
        _list_rationale(card),
        _list_notes(card),
    )
    return (_make_cover(card), _list_contents(card, tables), *tables)


def _make_cover(card: Scorecard) -> Sheet:
    counts = ", ".join(f"{rating.label} {count}" for rating, count in card.counts.items())
    return Sheet(
        name="Cover",
        title=f"{card.index_title}, {card.authority}: data to {card.data_to}",
        notices=(
            f"Panel: {card.panel}",
            f"Meeting: {card.meeting}",
            f"Financial year: {card.year}, data to {card.data_to}",
            f"Lead officer: {card.lead_officer}",
            f"Lead member: {card.lead_member}",
            f"Contact officer: {card.contact_officer}",
            f"Indicators: {len(card.rows)}",
            f"Ratings: {counts}",
            "How to read it: the next sheet lists all sheets. Each sheet has its title in cell A1 "
            "and at most one table.",
            "Each rating stands as a word in its cell; the colour only repeats it. The reason for "
            "each rating stands in the same row.",
        ),
    )


def _list_contents(card: Scorecard, tables: Sequence[Sheet]) -> Sheet:
    return Sheet(
        name="Contents",
        title=f"Contents of the {card.index_title}",
        notices=("This sheet has one table. Each name in it leads to that sheet.",),
        table="Contents",
        columns=(Column(header="Sheet", width=32), Column(header="What it shows", width=90)),
        rows=tuple((Link(words=each.name, sheet=each.name), each.about) for each in tables),
    )


def _list_index(card: Scorecard) -> Sheet:
    columns = (
        Column(header="Section", width=18),
        Column(header="No.", width=7),
        Column(header="Indicator", width=44),
        Column(header="Frequency", width=13),
        Column(header=f"Target {card.year}", width=16),
        *(Column(header=f"{card.short_name} {year}", width=11) for year in card.earlier_years),
        *(Column(header=place, width=11) for place in BENCHMARKS),
        Column(header="BRAG rating", width=15),
        *(Column(header=month.label, width=8) for month in card.year.months),
        Column(header="Direction of travel", width=16),
        Column(header="Reason for the rating", width=48),
        Column(header="In context", width=48),
        Column(header="Notes", width=14),
    )
    return Sheet(
        name=INDEX,
        title=f"{card.index_title}: data to {card.data_to}",
        notices=(
            "This sheet has one table. The notes it refers to are on the sheet Notes.",
            "Shorthand: " + "; ".join(map(_explain, card.legend)) + ".",
            "A blank month is one for which no figure is due, or not yet.",
            "The first three columns and the header row stay in view when you scroll; to release "
            "them choose View, Freeze Panes, Unfreeze Panes.",
        ),
        table="Performance_index",
        columns=columns,
        rows=tuple(_list_row(row) for row in card.rows),
        held=3,
        group_by=0,
        about="Every indicator with its target, earlier years, benchmarks, rating and months",
    )


def _list_row(row: Row) -> tuple[Content, ...]:
    return (
        row.section,
        row.number,
        row.title,
        row.frequency or "[z]",
        row.target or "[z]",
        *row.outturns,
        *row.benchmarks,
        row.verdict,
        *row.months,
        row.direction or "[z]",
        row.verdict.reason,
        row.context or "[z]",
        " ".join(f"[note {number}]" for number in row.notes),
    )


def _explain(symbol: Shorthand) -> str:
    return f"{symbol.symbol} {symbol.meaning}"


def _list_exceptions(card: Scorecard) -> Sheet:
    return Sheet(
        name=EXCEPTIONS,
        title=f"Exceptions: indicators rated amber or red, data to {card.data_to}",
        notices=_one_table(card.exceptions, "No indicator is rated amber or red."),
        table="Exceptions",
        columns=(
            Column(header="No.", width=7),
            Column(header="Indicator", width=40),
            Column(header="BRAG rating", width=15),
            Column(header="Reason for the rating", width=50),
            Column(header="Service commentary", width=90),
        ),
        rows=tuple(
            (row.number, row.title, row.verdict, row.verdict.reason, commentary)
            for row, commentary in card.exceptions
        ),
        about="The indicators rated amber or red, with the service's commentary",
    )


def _list_caveats(card: Scorecard) -> Sheet:
    return Sheet(
        name=CAVEATS,
        title=f"Amendments, corrections and data caveats, data to {card.data_to}",
        notices=_one_table(card.caveats, "No caveat applies."),
        table="Caveats",
        columns=(
            Column(header="No.", width=7),
            Column(header="Indicator", width=44),
            Column(header="Months", width=24),
            Column(header="Caveat", width=90),
        ),
        rows=tuple((each.number, each.title, each.about, each.words) for each in card.caveats),
        about="Which figures to read with care, and why",
    )


def _list_rationale(card: Scorecard) -> Sheet:
    return Sheet(
        name=RATIONALE,
        title=f"Rationale and linkages of the indicators {card.year}",
        notices=("This sheet has one table.",),
        table="Rationale",
        columns=(
            Column(header="No.", width=7),
            Column(header="Indicator", width=44),
            Column(header="Why it matters", width=90),
            Column(header="Linked indicators", width=20),
            Column(header="Owner", width=30),
            Column(header="Source", width=30),
        ),
        rows=tuple(
            tuple(
                word or "[z]"
                for word in (
                    row.number,
                    row.title,
                    row.rationale,
                    row.linked,
                    row.owner,
                    row.source,
                )
            )
            for row in card.rows
        ),
        about="Why each indicator is watched, and what to read beside it",
    )


def _background(row: Row) -> tuple[str, ...]:
    return row.rationale, row.linked, row.owner, row.source


def _list_notes(card: Scorecard) -> Sheet:
    symbols = tuple((symbol.symbol, symbol.meaning.capitalize()) for symbol in card.legend)
    notes = tuple((f"[note {index}]", words) for index, words in enumerate(card.notes, 1))
    return Sheet(
        name=NOTES,
        title=f"Notes and shorthand used in the {card.index_title}",
        notices=_one_table(symbols + notes, "The index needs no notes."),
        table="Notes",
        columns=(Column(header="Note or symbol", width=18), Column(header="Meaning", width=120)),
        rows=symbols + notes,
        about="What the notes and the shorthand in the index mean",
    )


def _one_table(rows: Sequence[object], if_none: str) -> tuple[str, ...]:
    return ("This sheet has one table.",) if rows else (if_none,)
