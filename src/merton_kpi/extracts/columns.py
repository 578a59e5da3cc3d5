"""An extract's columns, and the header row that names them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place, format_column, nearest_word, shorten
from merton_kpi.core.periods import join_labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from merton_kpi.extracts.faults import Faults
    from merton_kpi.extracts.layouts.file_layout import FileLayout
    from merton_kpi.extracts.quoting import Quotable

HEADER_FAULTS = ("header", "no_header")  # the codes of issues that another layout may have answered
REQUIRED = ("indicator", "value")
NAMES_THE_FIGURE = ("indicator", "title", "period")  # the columns that say which figure it is
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
RETURN = "Return"  # the sheet of a return that kpi writes
PASSED_OVER = "passed over"  # the name of a column that a layout leaves out; no heading has it
_MOST_COLUMNS = 50
HEADING = "HEADING"  # in a message, where the file's own cannot be named
_SPACES = re.compile(r"[\s_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A row's cells, without the spaces around them, and the line it begins on.

    It `is_unended` where the file ends within its line. `faults` are those of its cells that the
    file's kind alone has, such as a formula without a value. `percentages` names the columns whose
    cell has a number that its format shows as a percentage.
    """

    line: int
    cells: tuple[str, ...]
    is_unended: bool = False
    faults: Faults = ()
    percentages: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """The names of an extract's columns, in order.

    `width` counts the header row's cells, with those at its end that have no name. `delimiter`
    separates the cells of each row of a CSV file. In a workbook `sheet` is the sheet's name, and
    `numbers` are the columns' own, counted from 1.
    """

    names: tuple[str, ...]
    width: int
    delimiter: str = ""
    sheet: str = ""
    numbers: tuple[int, ...] = ()

    def select_number(self, name: str) -> int | None:
        """The number of a column of a workbook's sheet; None in a CSV file, and for no name."""
        return self.numbers[self.names.index(name)] if self.numbers and name in self.names else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A header and the rows below it, without blank ones; `is_own` is as in FileLayout.

    `passed_over` are the columns that a warning names, as FileLayout.named has them.
    """

    header: Header
    records: tuple[Record, ...]
    is_own: bool = False
    passed_over: Mapping[str, str] = field(default_factory=dict)


def read_header(
    record: Record, delimiter: str, quotable: Quotable, layout: FileLayout
) -> tuple[Header | None, tuple[Issue, ...]]:
    """Read the header row. Returns None for the header where there is an issue.

    The issues quote it only where all rows are quotable: where the header is missing, it is a row
    of figures.
    """
    names = layout.convert_names(record.cells)
    while names and not names[-1]:
        names.pop()  # a spreadsheet's empty columns; a cell in one of them is a cell too many
    cells = record.cells if quotable.is_all else ()
    issues = tuple(
        Issue(code="header", place=Place(file=layout.file, line=record.line), message=message)
        for message in _check_names(names, cells, layout)
    )
    if issues:
        return None, issues
    header = Header(
        names=tuple(names),
        width=len(record.cells),
        delimiter=delimiter,
    )
    return header, ()


def format_unnamed(number: int) -> str:
    """What the catalogue calls a column without a heading: `column D`, as spreadsheets name it."""
    return f"column {format_column(number)}"


def convert_name(cell: str) -> str:
    """A header's cell as the name of a column: `judgement_by` for `Judgement by`."""
    return _SPACES.sub("_", cell.lower())


def explain_misspelt(heading: str, near: str, layout: FileLayout) -> str:
    """What to do with a column whose heading is nearly the name of one of an extract's."""
    advice = layout.format_columns_advice({near: heading})
    message = f"column '{shorten(heading)}' is not known; did you mean '{near}'? Correct it, or"
    return f"{message}, if the file keeps this heading, {advice}"


def _check_names(names: Sequence[str], cells: Sequence[str], layout: FileLayout) -> Iterator[str]:
    """A sentence for each fault of the columns' names; `cells` are their headings, to be quoted."""
    if len(names) > _MOST_COLUMNS:
        yield f"there are {len(names)} columns; is this the right file?"
        return
    for name in REQUIRED:
        if name not in names:
            yield f"column '{name}' is missing"
    others = []
    for index, name in enumerate(names):
        if name in COLUMNS:
            if name in names[:index]:
                yield f"column '{name}' appears twice; keep one of them"
        elif name not in (*CONTEXT, PASSED_OVER):
            near = nearest_word(name, COLUMNS) if cells else ""
            if near:
                yield explain_misspelt(cells[index], near, layout)
            else:
                others.append((index + 1, name and (cells[index] if cells else HEADING)))
    if others:
        missing = [name for name in REQUIRED if name not in names]
        yield _explain_others(others, missing, layout)


def _explain_others(
    others: Sequence[tuple[int, str]], missing: Sequence[str], layout: FileLayout
) -> str:
    """What to do with the columns that kpi does not know, by their numbers and headings."""
    is_one = len(others) == 1
    listed = join_labels(_format_column(*each) for each in others)
    start = f"column {listed} is not known" if is_one else f"columns {listed} are not known"
    if missing and any(heading for _, heading in others):
        which = "it is the missing one" if is_one else "the missing ones are among them"
        advice = layout.format_columns_advice(dict.fromkeys(missing, HEADING))
        return f"{start}; if {which}, {advice}"
    name, them = ("its name", "it") if is_one else ("their names", "them")
    advice = layout.format_pass_over_advice(
        [heading or format_unnamed(number) for number, heading in others]
    )
    return f"{start}; correct {name}, delete {them}, or, to pass over {them}, {advice}"


def _format_column(number: int, heading: str) -> str:
    if heading == HEADING:
        return f"{number}"
    return f"'{shorten(heading)}'" if heading else f"{number} (without a name)"
