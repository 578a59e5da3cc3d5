"""What each sheet of the index workbook shows, as columns and rows.

Every figure and word comes from the scorecard; nothing is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi import __version__
from merton_kpi.core.headings import (
    PERIOD_ON_PERIOD,
    add_service_heading,
    add_year_heading,
    format_month_heading,
    list_column_headings,
)
from merton_kpi.core.periods import format_count
from merton_kpi.papers.workbook.sheet import (
    NUMBER,
    Column,
    Content,
    Link,
    Sheet,
    Table,
    compose_count,
    compose_sheet,
    list_shorthand,
)
from merton_kpi.papers.workbook.sheets.opening import (
    compose_changes,
    compose_cover,
    compose_summary,
)
from merton_kpi.papers.workbook.sheets.trends import list_trends
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from merton_kpi.scorecard.records import Row, Scorecard

INDEX = "Performance index"
EXCEPTIONS = "Exceptions"
CAVEATS = "Caveats"
RATIONALE = "Rationale and linkages"
NOTES = "Notes"
SOURCES = "Sources"

_HELD = 3  # the index's columns that stay in view: section, number and indicator
_RATING = Column(header="BRAG rating", width=15)


def list_sheets(card: Scorecard) -> tuple[Sheet, ...]:
    """Every sheet of the workbook, in order."""
    body = (
        compose_summary(card),
        compose_changes(card),
        _compose_index(card),
        _compose_exceptions(card),
        _compose_caveats(card),
        *list_trends(card),
        _compose_rationale(card),
    )
    listed = (*body, _compose_notes(card, body), _compose_sources(card))
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


def _compose_index(card: Scorecard) -> Sheet:
    headings = list_column_headings(card.short_name, card.year, card.areas, card.month)
    months = [10 if month == card.month else 7.5 for month in card.year.months]
    before = [15, 6, 36, 11, 12, 14, *[10.5 for _ in (*card.earlier_years, *card.areas)], 15, 15]
    reported = format_month_heading(card.month, card.month)
    blank = "A blank month is one for which no figure is due by the month reported."
    if card.service_heading:
        headings = add_service_heading(headings, card.service_heading)
        before.insert(_HELD, 18)
    if card.has_year_figures:
        headings, months = add_year_heading(headings, card.year), [*months, 10]
        blank += " An indicator without a figure of its own for the year has a blank there."
    table = Table(
        name="Performance_index",
        columns=tuple(
            Column(header=heading, width=width, marked=heading == reported)
            for heading, width in zip(headings, (*before, *months, 40, 36, 12), strict=True)
        ),
        rows=tuple(_compose_row(card, row) for row in card.rows),
        held=_HELD,
        page_starts=(len(before), len(before) + len(months)),
        group_by=0,
        blank=blank,
    )
    return compose_sheet(
        table,
        name=INDEX,
        title=f"{card.index_title}: data to {card.data_to}",
        about="Every indicator with its target, earlier years, benchmarks, rating and months",
        notices=(
            *([card.index_note] if card.index_note else []),
            "The notes it refers to are on the sheet Notes.",
            _explain_month_reported(card),
        ),
    )


def _explain_month_reported(card: Scorecard) -> str:
    if card.is_after_year_end:
        return (
            f"It has the figures of {card.year} that were known by the end of {card.month.label}, "
            "after the year's end."
        )
    return (
        f"The month reported is {card.month.label}: its header says so, and firm lines stand on "
        "both sides of it."
    )


def _compose_row(card: Scorecard, row: Row) -> tuple[Content, ...]:
    years = (row.year_figure or Cell(unit=row.unit),) if card.has_year_figures else ()
    return (
        row.section,
        row.number,
        row.title,
        *([row.service] if card.service_heading else []),
        row.frequency,
        row.unit_label,
        row.target,
        *row.outturns,
        *row.benchmarks,
        row.verdict,
        row.period_on_period,
        *row.months,
        *years,
        row.verdict.reason,
        row.context,
        "\n".join(map(_format_marker, row.notes)),
    )


def _format_marker(note: int) -> str:
    return f"[note {note}]"


def _compose_exceptions(card: Scorecard) -> Sheet:
    table = Table(
        name="Exceptions",
        columns=(
            NUMBER,
            Column(header="Indicator", width=40),
            _RATING,
            Column(header=PERIOD_ON_PERIOD, width=22),
            Column(header="How long so rated", width=18),
            Column(header="Reason for the rating", width=50),
            Column(header="Service commentary", width=90),
        ),
        rows=tuple(
            (
                row.number,
                row.title,
                row.verdict,
                row.period_on_period,
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
        title=f"Exceptions: indicators rated {card.words.exceptions}, data to {card.data_to}",
        about=f"The indicators rated {card.words.exceptions}, with the service's commentary",
    )


def _compose_caveats(card: Scorecard) -> Sheet:
    table = Table(
        name="Caveats",
        columns=(
            NUMBER,
            Column(header="Indicator", width=44),
            Column(header="Months", width=24),
            Column(header="Caveat", width=90),
        ),
        rows=tuple((each.number, each.title, each.about, each.words) for each in card.caveats),
        if_none="No caveat applies.",
    )
    return compose_sheet(
        table,
        name=CAVEATS,
        title=f"Amendments, corrections and data caveats, data to {card.data_to}",
        about="Which figures to read with care, and why",
    )


def _compose_rationale(card: Scorecard) -> Sheet:
    table = Table(
        name="Rationale",
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
    )
    return compose_sheet(
        table,
        name=RATIONALE,
        title=f"Rationale and linkages of the indicators {card.year}",
        about="Why each indicator is watched, and what to read beside it",
    )


def _compose_notes(card: Scorecard, body: Sequence[Sheet]) -> Sheet:
    """The shorthand that the other sheets use, then the notes in the order of their numbers."""
    symbols = ((each.symbol, each.meaning.capitalize()) for each in list_shorthand(body))
    notes = ((_format_marker(index), words) for index, words in enumerate(card.notes, 1))
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


def _compose_sources(card: Scorecard) -> Sheet:
    """The files that the workbook was made from, without their hashes.

    A hash of a small file would disclose a suppressed count: whoever knows the other cells need
    only try the numbers from 1 to 4.
    """
    has_others = any(each.of_other_years for each in card.sources)
    others = (Column(header="Rows of another year", width=12),) if has_others else ()
    table = Table(
        name="Sources",
        columns=(
            Column(header="File", width=100),  # the title and the notices are as long
            Column(header="Rows", width=10),
            *others,
        ),
        rows=tuple(
            (
                each.name,
                compose_count(each.rows),
                *(compose_count(each.of_other_years) for _ in others),
            )
            for each in card.sources
        ),
        if_none="No file is named.",
    )
    return compose_sheet(
        table,
        name=SOURCES,
        title=f"Sources of the {card.index_title}, data to {card.data_to}",
        about="The files that this workbook was made from, and by what",
        notices=(
            f"Made by merton-kpi {__version__}, as at the end of {card.month.name}.",
            "The rows of the catalogue are its indicators.",
            "The files' checksums (SHA-256) are in the manifest, which stays in the office.",
            "They are not here, because a suppressed number could be worked out from one.",
            *_explain_other_years(card),
        ),
    )


def _explain_other_years(card: Scorecard) -> tuple[str, ...]:
    """The sentence about rows of extracts that another year's papers use, if there are any."""
    count = sum(each.of_other_years for each in card.sources)
    if not count:
        return ()
    rows = f"{format_count(count, 'row')} of the extracts {'is' if count == 1 else 'are'}"
    return (f"{rows} of another year than {card.year}, and not used here.",)
