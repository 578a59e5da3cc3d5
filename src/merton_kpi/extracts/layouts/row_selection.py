"""Which rows of a table are those of indicators, by the catalogue's numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from merton_kpi.core.text import unquote_formula
from merton_kpi.extracts.columns import NAMES_THE_FIGURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from merton_kpi.extracts.columns import Header, Record
    from merton_kpi.extracts.layouts.file_layout import FileLayout
    from merton_kpi.extracts.quoting import Quotable

_INDICATOR = "indicator"


def select_rows(
    header: Header, records: Iterable[Record], layout: FileLayout, quotable: Quotable
) -> Iterator[Record]:
    """The rows of indicators, with the catalogue's numbers in place of the file's own.

    Rows that the catalogue passes over are left out. So is a row of a sheet that has nothing but
    text where others have an indicator's number: a heading between the figures, or a source or a
    footnote below them. It is one where the catalogue's numbers are known, and it is none of them.
    """
    place = header.names.index(_INDICATOR)
    for record in records:
        if place >= len(record.cells):
            yield record
            continue
        number = layout.convert_number(unquote_formula(record.cells[place]))
        if number is None:
            continue
        if header.sheet and number not in quotable.known and quotable.known:
            filled = {name for name, cell in zip(header.names, record.cells, strict=False) if cell}
            if filled.issubset(NAMES_THE_FIGURE) and not record.faults:
                continue
        cells = (*record.cells[:place], number, *record.cells[place + 1 :])
        yield replace(record, cells=cells)
