"""An extract's columns, and the header row that names them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place, format_column, nearest_word, shorten
from merton_kpi.core.periods import join_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from merton_kpi.catalogue.entries import SourceLayout
    from merton_kpi.extracts.faults import Faults
    from merton_kpi.extracts.quoting import Quotable

HEADER_FAULTS = ("header", "no_header")  # the codes of issues that another layout may have answered
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
_MONTH = len("2020-11")  # an extract's name begins with its month
_VERSION = re.compile(r"[ _-]*(?:v?[0-9]+|[(\[][0-9]+[)\]])$", re.IGNORECASE)  # `(1)` of a download
HEADING = "HEADING"  # in a message, where the file's own cannot be named
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _()/%.-]*")  # a text that YAML needs no quotes for
_NO_TEXT = ("y", "n", "yes", "no", "on", "off", "true", "false", "null")  # but this is none to YAML
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


@dataclass(frozen=True, kw_only=True, slots=True)
class FileLayout:
    """How a file is laid out: `source` is the catalogue's entry for it, if there is one."""

    file: str
    source: SourceLayout | None = None

    @property
    def sheet(self) -> str:
        """The only sheet of a workbook to read; empty where all are read."""
        return (self.source.sheet or "") if self.source else ""

    @property
    def indicators(self) -> Mapping[str, str]:
        """The catalogue's numbers of indicators by the file's own, where it has others."""
        return self.source.indicators if self.source else {}

    @property
    def headings(self) -> Mapping[str, str]:
        """The headings that the catalogue gives, by the names of an extract's columns."""
        return self.source.headings if self.source else {}

    def convert_names(self, cells: Sequence[str]) -> list[str]:
        """The names of the columns that a header's cells stand for.

        Those that the catalogue passes over are PASSED_OVER, and so is one with the name of a
        column that the catalogue gives another heading for.
        """
        names = [convert_name(cell) for cell in cells]
        if self.source is None:
            return names
        by_heading = {convert_name(heading): name for name, heading in self.headings.items()}
        passed_over = {*self._passed_over, *self.headings}
        return [
            by_heading.get(name)
            or (
                PASSED_OVER
                if (name or convert_name(format_unnamed(number))) in passed_over
                else name
            )
            for number, name in enumerate(names, 1)
        ]

    def is_passed_over(self, number: int) -> bool:
        """Whether the catalogue passes over a column without a heading."""
        return convert_name(format_unnamed(number)) in self._passed_over

    @property
    def _passed_over(self) -> frozenset[str]:
        return frozenset(map(convert_name, self.source.pass_over if self.source else ()))

    def format_columns_advice(self, headings: Mapping[str, str]) -> str:
        """What to write in the catalogue for columns to be read by these headings."""
        pairs = {**self.headings, **headings}
        listed = ", ".join(f"{name}: {_quote(heading)}" for name, heading in pairs.items())
        return self._format_advice("columns", f"{{{listed}}}")

    def format_pass_over_advice(self, headings: Iterable[str]) -> str:
        """What to write in the catalogue to have columns passed over without a word."""
        before = self.source.pass_over if self.source else ()
        listed = ", ".join(map(_quote, (*before, *headings)))
        return self._format_advice("pass_over", f"[{listed}]")

    def _format_advice(self, key: str, value: str) -> str:
        if self.source:
            files = shorten(self.source.files)
            return f"write {key}: {value} in the catalogue's entry of 'sources' for '{files}'"
        stem, _, kind = self.file.rpartition("/")[2].rpartition(".")
        stem = _VERSION.sub("", stem[_MONTH:])
        files = f"*{stem}*.{kind}" if stem else f"*.{kind}"
        return f"write sources: [{{files: {_quote(files)}, {key}: {value}}}] in the catalogue"


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
        indicators=layout.indicators,
    )
    return header, ()


def format_unnamed(number: int) -> str:
    """What the catalogue calls a column without a heading: `column D`, as spreadsheets name it."""
    return f"column {format_column(number)}"


def convert_name(cell: str) -> str:
    """A header's cell as the name of a column: `judgement_by` for `Judgement by`."""
    return _SPACES.sub("_", cell.lower())


def choose_layout(sources: Iterable[SourceLayout], file: str) -> FileLayout:
    """The layout of a file: that of the first of the catalogue's sources that its name fits."""
    name = file.rpartition("/")[2].lower()
    source = next((each for each in sources if fnmatch(name, each.files.lower())), None)
    return FileLayout(file=file, source=source)


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


def _quote(heading: str) -> str:
    """A heading as YAML reads it within brackets, on one line."""
    text = " ".join(heading.split())
    if _PLAIN.fullmatch(text) and text.lower() not in _NO_TEXT:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
