"""Words that are too long for a row of their table, moved to the sheet of notes.

A row is 409 points high at most. A further row for the rest would repeat the row's figures, so that
other programs count them twice. So the cell has a link instead, and the notes have the words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from merton_kpi.papers.workbook.sheet import Link
from merton_kpi.papers.workbook.text_fit import is_too_long

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from merton_kpi.papers.workbook.sheet import Content, Sheet


def format_marker(note: int) -> str:
    """A note's marker, as the cells that refer to it have it."""
    return f"[note {note}]"


def replace_long_words(
    sheets: Iterable[Sheet], notes: Sequence[str], sheet: str
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The sheets with links in place of words that are too long, and all notes.

    Args:
        sheets: any but the sheet of notes.
        notes: those that there are; the words moved come after them, each text once.
        sheet: the name of the sheet of notes.
    """
    moved = _MovedWords(notes, sheet)
    replaced = tuple(map(moved.replace_in, sheets))
    return replaced, (*notes, *moved.numbers)


class _MovedWords:
    """The words moved so far, with the numbers of their notes."""

    def __init__(self, notes: Sequence[str], sheet: str) -> None:
        self.numbers: dict[str, int] = {}
        self._first, self._sheet = len(notes) + 1, sheet

    def replace_in(self, sheet: Sheet) -> Sheet:
        """The sheet with links in place of its table's words that are too long."""
        table = sheet.table
        if table is None:
            return sheet
        widths = [column.width for column in table.columns]
        rows = tuple(tuple(map(self._replace_content, row, widths)) for row in table.rows)
        if rows == table.rows:
            return sheet
        notice = f"Words that are too long for a row are on the sheet {self._sheet}."
        notices = (*sheet.notices, notice)
        return replace(sheet, table=replace(table, rows=rows), notices=notices)

    def _replace_content(self, content: Content, width: float) -> Content:
        if not isinstance(content, str) or not is_too_long(content, width):
            return content
        number = self.numbers.setdefault(content, self._first + len(self.numbers))
        # Short, since LibreOffice does not wrap a link.
        return Link(words=f"See {format_marker(number)}", sheet=self._sheet)
