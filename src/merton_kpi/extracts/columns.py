"""An extract's columns, and the header row that names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place, shorten, suggest_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.extracts.csv_reader import CsvRecord
    from merton_kpi.extracts.quoting import Quotable

REQUIRED = ("indicator", "value")
COLUMNS = {  # each with its description in docs/reference/extracts.md
    "indicator": "the indicator's number, as in the catalogue",
    "title": "the indicator's title, to help whoever fills in the extract; `kpi` asks about a row "
    "with the title of another indicator",
    "period": "the month that the figure is for, like `2020-10`, `Oct 2020` or `31/10/2020`; "
    "for a quarter, half-year or term its last month, `2020-06` for Q1; if empty, the extract's "
    "own month. A year, like `2020/21`, is for the year's own figure",
    "value": "the figure, in the indicator's unit: `96` for 96%; if empty, it is worked out from "
    "the numerator and the denominator",
    "numerator": "for a percentage or rate: the part, 18 in 18 of 20",
    "denominator": "for a percentage or rate: the whole, 20 in 18 of 20",
    "status": "why there is no figure, like `covid`, or how reliable it is, like `provisional`",
    "note": "a note on the figure; for a corrected figure, why it was corrected",
    "commentary": "the service's words for the exception report",
    "caveat": "why the figure must be read with care",
    "of_note": "why the panel should note the figure, although it is not red",
    "confirmed": "why the figure is right, if a warning questions it",
    "judgement": "the rating (`blue`, `green`, `amber`, `red`) that an officer gives instead of "
    "the one that follows from the figures",
    "judgement_reason": "the officer's reason",
    "judgement_by": "the officer's job title",
    "forecast": "the figure that an officer expects at the year's end, in the indicator's unit",
    "forecast_by": "the job title of the officer who expects it",
}
_MOST_COLUMNS = 50
_SPACES = re.compile(r"[\s_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """The names of an extract's columns, in order.

    `width` counts the header row's cells, with those at its end that have no name. `delimiter`
    separates the cells of each row.
    """

    names: tuple[str, ...]
    width: int
    delimiter: str


def read_header(
    record: CsvRecord, delimiter: str, file: str, quotable: Quotable
) -> tuple[Header | None, tuple[Issue, ...]]:
    """Read the header row. Returns None for the header where there is an issue.

    The issues quote it only where all rows are quotable: where the header is missing, it is a row
    of figures.
    """
    names = [_SPACES.sub("_", cell.lower()) for cell in record.cells]
    while names and not names[-1]:
        names.pop()  # a spreadsheet's empty columns; a cell in one of them is a cell too many
    issues = tuple(
        Issue(code="header", place=Place(file=file, line=record.line), message=message)
        for message in _check_names(names, is_quoted=quotable.is_all)
    )
    if issues:
        return None, issues
    return Header(names=tuple(names), width=len(record.cells), delimiter=delimiter), ()


def _check_names(names: list[str], *, is_quoted: bool) -> Iterator[str]:
    """A sentence for each fault of the columns' names."""
    if len(names) > _MOST_COLUMNS:
        yield f"there are {len(names)} columns; is this the right file?"
        return
    for name in REQUIRED:
        if name not in names:
            yield f"column '{name}' is missing"
    for index, name in enumerate(names):
        if not name:
            yield f"column {index + 1} has no name; name it, or delete it"
        elif name not in COLUMNS:
            shown = f"'{shorten(name)}'" if is_quoted else index + 1
            yield f"column {shown} is not known; {suggest_word(name if is_quoted else '', COLUMNS)}"
        elif name in names[:index]:
            yield f"column '{name}' appears twice; keep one of them"
