"""What the figures rest on: the caveats, the indicators' rationale, and the files read.

Every figure and word comes from the scorecard; nothing is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi import __version__
from merton_kpi.core.periods import format_count
from merton_kpi.papers.workbook.sheet import (
    NUMBER,
    Column,
    Sheet,
    Table,
    compose_count,
    compose_sheet,
)

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Scorecard


CAVEATS = "Caveats"
RATIONALE = "Rationale and linkages"
SOURCES = "Sources"


def compose_caveats(card: Scorecard) -> Sheet:
    """The caveats, each with its indicator and months."""
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


def compose_rationale(card: Scorecard) -> Sheet:
    """Why each indicator is watched, its links, its owner and its source."""
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


def compose_sources(card: Scorecard) -> Sheet:
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
            *_explain_earlier_years(card),
        ),
    )


def _explain_other_years(card: Scorecard) -> tuple[str, ...]:
    """The sentence about rows of extracts that another year's papers use, if there are any."""
    count = sum(each.of_other_years for each in card.sources)
    if not count:
        return ()
    rows = f"{format_count(count, 'row')} of the extracts {'is' if count == 1 else 'are'}"
    return (f"{rows} of another year than {card.year}, and not in the index.",)


def _explain_earlier_years(card: Scorecard) -> tuple[str, ...]:
    """The sentence about extracts of earlier years, if there are any."""
    if not any(each.is_earlier for each in card.sources):
        return ()
    return (f"Extracts of years before {card.year} are used for charts, trends and usual ranges.",)
