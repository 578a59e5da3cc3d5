"""The notes and the shorthand that the other sheets use.

Every figure and word comes from the scorecard; nothing is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.papers.workbook.long_words import format_marker
from merton_kpi.papers.workbook.sheet import Column, Sheet, Table, compose_sheet, list_shorthand
from merton_kpi.papers.workbook.text_fit import split_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from merton_kpi.scorecard.records import Scorecard

NOTES = "Notes"
_WIDTH = 120  # digits of the column of meanings


def compose_notes(card: Scorecard, body: Sequence[Sheet], notes: Sequence[str]) -> Sheet:
    """The shorthand that the other sheets use, then the notes in the order of their numbers.

    A note that is too long for a row continues in further rows: this sheet has no figures, which
    further rows would repeat.
    """
    symbols = tuple((each.symbol, each.meaning.capitalize()) for each in list_shorthand(body))
    rows = tuple(row for number, words in enumerate(notes, 1) for row in _list_rows(number, words))
    table = Table(
        name="Notes",
        columns=(
            Column(header="Note or symbol", width=18),
            Column(header="Meaning", width=_WIDTH),
        ),
        rows=(*symbols, *rows),
        is_legend=True,
        if_none="It needs no notes.",
    )
    is_continued = len(rows) > len(notes)
    return compose_sheet(
        table,
        name=NOTES,
        title=f"Notes and shorthand used in the {card.index_title}",
        about="What the notes and the shorthand in the other sheets mean",
        notices=("A note too long for one row continues in the next.",) if is_continued else (),
    )


def _list_rows(number: int, words: str) -> Iterator[tuple[str, str]]:
    first, *others = split_words(words, _WIDTH)
    marker = format_marker(number)
    yield marker, first
    yield from ((f"{marker} (continued)", part) for part in others)
