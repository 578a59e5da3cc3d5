"""An extract's columns, and the header row that names them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place, shorten, suggest_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from merton_kpi.catalogue.entries import SourceLayout
    from merton_kpi.extracts.faults import Faults
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
# The columns of a return that kpi writes, for its reader: they are passed over.
CONTEXT = ("due", "unit", "target", "last_three_figures", "last_rating")
PASSED_OVER = "passed over"  # the name of a column that a layout leaves out; no heading has it
_MOST_COLUMNS = 50
_SPACES = re.compile(r"[\s_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A row's cells, without the spaces around them, and the line it begins on.

    It `is_unended` where the file ends within its line. `faults` are those of its cells that the
    file's kind alone has, such as a formula without a value.
    """

    line: int
    cells: tuple[str, ...]
    is_unended: bool = False
    faults: Faults = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """The names of an extract's columns, in order.

    `width` counts the header row's cells, with those at its end that have no name. `delimiter`
    separates the cells of each row of a CSV file. In a workbook `sheet` is the sheet's name, and
    `numbers` are the columns' own, counted from 1. `indicators` are the catalogue's numbers by the
    rows' own, where they have others.
    """

    names: tuple[str, ...]
    width: int
    delimiter: str = ""
    sheet: str = ""
    numbers: tuple[int, ...] = ()
    indicators: Mapping[str, str] = field(default_factory=dict)

    def select_number(self, name: str) -> int | None:
        """The number of a column of a workbook's sheet; None in a CSV file, and for no name."""
        return self.numbers[self.names.index(name)] if self.numbers and name in self.names else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A header and the rows below it, without blank ones."""

    header: Header
    records: tuple[Record, ...]


def read_header(
    record: Record,
    delimiter: str,
    file: str,
    quotable: Quotable,
    layout: SourceLayout | None = None,
) -> tuple[Header | None, tuple[Issue, ...]]:
    """Read the header row. Returns None for the header where there is an issue.

    The issues quote it only where all rows are quotable: where the header is missing, it is a row
    of figures.
    """
    names = convert_names(record.cells, layout)
    while names and not names[-1]:
        names.pop()  # a spreadsheet's empty columns; a cell in one of them is a cell too many
    issues = tuple(
        Issue(code="header", place=Place(file=file, line=record.line), message=message)
        for message in _check_names(names, is_quoted=quotable.is_all)
    )
    if issues:
        return None, issues
    indicators = layout.indicators if layout else {}
    width = len(record.cells)
    return (
        Header(names=tuple(names), width=width, delimiter=delimiter, indicators=indicators),
        (),
    )


def convert_name(cell: str) -> str:
    """A header's cell as the name of a column: `judgement_by` for `Judgement by`."""
    return _SPACES.sub("_", cell.lower())


def convert_names(cells: Sequence[str], layout: SourceLayout | None) -> list[str]:
    """The names of the columns that a header's cells stand for.

    Those that a layout passes over are PASSED_OVER. A cell with the name of a column that the
    layout gives another heading for keeps that cell's text, as no column's name.
    """
    names = [convert_name(cell) for cell in cells]
    if layout is None:
        return names
    by_heading = {convert_name(heading): name for name, heading in layout.headings.items()}
    passed_over = set(map(convert_name, layout.pass_over))
    return [
        by_heading.get(name)
        or (PASSED_OVER if name in passed_over or name in layout.headings else name)
        for name in names
    ]


def choose_layout(sources: Iterable[SourceLayout], file: str) -> SourceLayout | None:
    """The first layout that fits a file's name; None where kpi's own names are expected."""
    name = file.rpartition("/")[2].lower()
    return next((each for each in sources if fnmatch(name, each.files.lower())), None)


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
        elif name not in COLUMNS and name not in (*CONTEXT, PASSED_OVER):
            shown = f"'{shorten(name)}'" if is_quoted else index + 1
            yield f"column {shown} is not known; {suggest_word(name if is_quoted else '', COLUMNS)}"
        elif name in names[:index] and name != PASSED_OVER:
            yield f"column '{name}' appears twice; keep one of them"
