"""Every sheet of the workbook in order, and the contents that lead to them.

Every figure and word comes from the scorecard; nothing is decided here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from merton_kpi.papers.workbook.long_words import replace_long_words
from merton_kpi.papers.workbook.sheet import Column, Link, Sheet, Table, compose_sheet
from merton_kpi.papers.workbook.sheets.changes import compose_changes
from merton_kpi.papers.workbook.sheets.cover import compose_cover
from merton_kpi.papers.workbook.sheets.exceptions import compose_exceptions
from merton_kpi.papers.workbook.sheets.index import compose_index
from merton_kpi.papers.workbook.sheets.matrix import compose_matrix_sheet
from merton_kpi.papers.workbook.sheets.notes import NOTES, compose_notes
from merton_kpi.papers.workbook.sheets.reference import (
    compose_caveats,
    compose_rationale,
    compose_sources,
)
from merton_kpi.papers.workbook.sheets.summary import compose_summary
from merton_kpi.papers.workbook.sheets.trends import list_trends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from merton_kpi.scorecard.records import Scorecard


def list_sheets(card: Scorecard) -> tuple[Sheet, ...]:
    """Every sheet of the workbook, in order; the title of each says whether it is of a draft."""
    body, notes = replace_long_words(
        (
            compose_summary(card),
            compose_matrix_sheet(card),
            compose_changes(card),
            compose_index(card),
            compose_exceptions(card),
            compose_caveats(card),
            *list_trends(card),
            compose_rationale(card),
            compose_sources(card),
        ),
        card.notes,
        NOTES,
    )
    *others, sources = body
    listed = (*others, compose_notes(card, body, notes), sources)
    present = (each for each in listed if not each.left_out)
    sheets = (compose_cover(card), _compose_contents(card, listed), *present)
    draft = "" if card.is_final else "Draft: "
    return tuple(replace(each, title=f"{draft}{each.title}") for each in sheets)


def _compose_contents(card: Scorecard, listed: Sequence[Sheet]) -> Sheet:
    """The name of every sheet; one that is left out has no link, and the reason."""
    table = Table(
        name="Contents",
        columns=(Column(header="Sheet", width=32), Column(header="What it shows", width=90)),
        rows=tuple(
            (each.name, f"Not in this workbook. {each.left_out}")
            if each.left_out
            else (Link(words=each.name, sheet=each.name), each.about)
            for each in listed
        ),
    )
    notices = ["Each underlined name in it leads to that sheet."]
    if any(each.left_out for each in listed):
        notices.append("A name that is not underlined is of a sheet that has nothing to show.")
    return compose_sheet(
        table,
        name="Contents",
        title=f"Contents of the {card.index_title}",
        about="",
        notices=notices,
    )
