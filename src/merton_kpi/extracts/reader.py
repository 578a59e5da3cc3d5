"""A monthly extract's bytes to observations, with every issue found in it.

What one row alone can tell is checked here; whether it fits the catalogue is `matching`'s job.
Every row read gives an observation or an issue on its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place, Severity, shorten, suggest_word
from merton_kpi.core.periods import FIRST_MONTH, MONTH_NAMES, FinancialYear, Month
from merton_kpi.core.text import check_text, unquote_formula
from merton_kpi.core.vocabulary import Rating
from merton_kpi.extracts.csv_reader import DELIMITERS, MOST_FAULTS, format_record, read_csv
from merton_kpi.extracts.observations import Judgement, Observation
from merton_kpi.extracts.values import CellReading, read_part, read_status, read_value

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.core.vocabulary import Status
    from merton_kpi.extracts.csv_reader import CsvFile, CsvRecord

REQUIRED = ("indicator", "value")
COLUMNS = {  # each with what it holds, as its reference says it
    "indicator": "the indicator's number, as in the catalogue",
    "title": "the indicator's title, for who fills the extract in; it is not read",
    "period": "the month that the figure is for, like `2020-10`, or `Oct-20` as Excel saves that; "
    "a quarter's is its last month: `2020-06` for Q1; empty: the extract's own",
    "value": "the figure, in the indicator's unit: `96` for 96%",
    "numerator": "what a percentage or rate is made of: the part",
    "denominator": "what a percentage or rate is made of: the whole",
    "status": "why there is no figure, or what is to be known of it, like `covid` or `provisional`",
    "note": "words beside the figure; for a corrected figure, why it was corrected",
    "commentary": "the service's words for the exception report",
    "caveat": "why the figure is to be read with care",
    "of_note": "why the panel will want to note it though it is not red",
    "confirmed": "why a figure is right that a warning has called suspicious",
    "judgement": "the rating (`blue`, `green`, `amber`, `red`) that an officer sets in place of "
    "the figures' own",
    "judgement_reason": "the officer's reason",
    "judgement_by": "the officer's job title",
}
_EMPTY = dict.fromkeys(COLUMNS, "")
EMPTY_ROW = "empty_row"  # the one issue of a row that stops nothing
_pick_judgement = itemgetter("judgement", "judgement_reason", "judgement_by")
_PARTS = ("numerator", "denominator")
_MOST_COLUMNS = 50
_SAYS_WHICH = ("indicator", "title", "period")  # which figure a row is for, not what it is
# What is left of `1,234` in a file of commas: a cell of three digits behind one of up to three.
_TAIL = re.compile(r"[0-9]{3}(\.[0-9]+)?")
# Looked for in few rows, so that they are compiled when there is one.
_HEAD = r"-?[1-9][0-9]{0,2}"
_QUARTER = r"(?i:(?<![a-z])q(?:uarter|tr)?\.? ?([1-4])(?![0-9]))"
_YEAR = r"(?<![0-9])20[0-9]{2}(?![0-9])"


@dataclass(frozen=True, kw_only=True, slots=True)
class Extract:
    """One extract as it was read: `rows` counts all its rows, faulty and empty ones too."""

    file: str
    known: Month
    rows: int
    observations: tuple[Observation, ...]
    issues: tuple[Issue, ...]


def read_extract(content: bytes, file: str, known: Month) -> Extract:
    """Read one extract; `known` is its month, `file` the name that its issues give."""
    return _Reader(read_csv(content, file), known).read()


class _Row:
    """A row on its way: its cells by their columns, and the faults found in it."""

    def __init__(self, cells: dict[str, str]) -> None:
        self.cells = cells
        self.faults: list[tuple[str, str]] = []

    def add(self, code: str, message: str) -> None:
        self.faults.append((code, message))


class _Reader:
    def __init__(self, text: CsvFile, known: Month) -> None:
        self._text = text
        self._known = known
        self._header: list[str] = []
        self._width = 0  # the header's cells, those without a name too

    def read(self) -> Extract:
        text, observations, faulty, rows = self._text, [], 0, 0
        if not text.records:
            if not text.issues:
                text.add("empty_file", None, "the file is empty; begin with the columns' names")
        elif self._check_header(text.records[0]):
            for record in text.records[1:]:
                rows += 1
                before = len(text.issues)
                observation = self._read_row(record)
                if len(text.issues) == before:
                    observations.append(observation)
                else:
                    faulty += 1
                if faulty == MOST_FAULTS:
                    message = f"{faulty:,} rows cannot be used; the rest of the file was not read"
                    text.add("too_many_faults", record.line, message)
                    break
        return Extract(
            file=text.file,
            known=self._known,
            rows=rows + text.broken,
            observations=tuple(observations),
            issues=tuple(sorted(text.issues, key=lambda issue: issue.place.line or 0)),
        )

    def _check_header(self, record: CsvRecord) -> bool:
        line, self._width = record.line, len(record.cells)
        self._header = header = [re.sub(r"[\s_]+", "_", cell.lower()) for cell in record.cells]
        while header and not header[-1]:
            header.pop()  # a spreadsheet's empty columns; a cell in one is a cell too many
        if len(header) > _MOST_COLUMNS:
            self._text.add("header", line, f"there are {len(header)} columns; is it an extract?")
            return False
        faults = [f"the column '{name}' is missing" for name in REQUIRED if name not in header]
        for place, name in enumerate(header):
            if not name:
                faults.append(f"column {place + 1} has no name; name it, or take it out")
            elif name not in COLUMNS:
                shown = shorten(name)
                faults.append(f"the column '{shown}' is not known; {suggest_word(name, COLUMNS)}")
            elif name in header[:place]:
                faults.append(f"the column '{name}' stands twice; keep one of them")
        for message in faults:
            self._text.add("header", line, message)
        return not faults

    def _read_row(self, record: CsvRecord) -> Observation:
        """Read a row, and add the issue of each of its faults."""
        cells = _EMPTY | dict(zip(self._header, record.cells, strict=False))
        row = _Row(cells)
        cells["indicator"] = unquote_formula(cells["indicator"])
        self._check_cells(row, record)
        place = Place(file=self._text.file, line=record.line)
        observation = _observe(row, place, self._known)
        if not row.faults:
            _check_whole(row, observation)
        number = cells["indicator"]
        for code, message in row.faults:
            issue = Issue(
                severity=Severity.WARNING if code == EMPTY_ROW else Severity.ERROR,
                code=code,
                place=place,
                subject=f"indicator {shorten(number)}" if number else "",
                message=message,
            )
            self._text.issues.append(issue)
        return observation

    def _check_cells(self, row: _Row, record: CsvRecord) -> None:
        """Find cells that are too many or that a comma has split, and text that cannot be shown."""
        delimiter, cells = self._text.delimiter, record.cells
        advice = "quote a text or number that contains a comma"
        if any(cells[len(self._header) :]):
            shown = format_record(record, delimiter)
            row.add("extra_cell", f"there is a cell too many in '{shown}'; {advice}")
        elif delimiter == "," and (halves := _find_split(self._header, cells, self._width)):
            shown, (head, tail) = format_record(record, delimiter), halves
            told = (
                f"it looks like a number with a comma in it: write {head}{tail} for {head},{tail}"
            )
            row.add("split_number", f"'{shown}': {told}; {advice}")
        elif _is_run_together(cells, delimiter):
            shown, name = format_record(record, delimiter), DELIMITERS[delimiter]
            row.add("delimiter", f"'{shown}' is a single cell; separate all cells by {name}")
        if not row.cells["indicator"]:
            row.add("no_indicator", "the indicator's number is missing")
        if check_text("".join(cells)):  # of one of them, or of all together
            for name, cell in row.cells.items():
                fault = check_text(cell)
                if fault:
                    row.add("text", f"{name}: {fault}")


def _find_split(header: list[str], cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """A row's value and the cell behind it, where they look like the halves of one number.

    Three digits in the column of a part are a part where the row has as many cells as the header
    (`width`), or the other part as well; in a column of words, three digits alone are not words.
    """
    behind = header.index("value") + 1
    if behind >= min(len(cells), len(header)):
        return ()
    halves = cells[behind - 1 : behind + 1]
    if not (_TAIL.fullmatch(halves[1]) and re.fullmatch(_HEAD, halves[0])):
        return ()
    if header[behind] in _PARTS and len(cells) > width:
        filled = {name for name, cell in zip(header, cells, strict=False) if cell}
        return () if filled.issuperset(_PARTS) else halves
    is_figure = header[behind] in ("indicator", *_PARTS)
    return () if is_figure and len(cells) >= len(header) else halves


def _is_run_together(cells: tuple[str, ...], delimiter: str) -> bool:
    """Whether a row's only cell has what separates cells in other files: `1;5` among commas."""
    return not any(cells[1:]) and any(mark in cells[0] for mark in DELIMITERS if mark != delimiter)


def _observe(row: _Row, place: Place, known: Month) -> Observation:
    cells = row.cells
    value = _take(row, "value", read_value(cells["value"]))
    return Observation(
        indicator=cells["indicator"],
        month=_read_month(row, known),
        known=known,
        place=place,
        value=value.value,
        numerator=_read_part(row, "numerator", value.numerator),
        denominator=_read_part(row, "denominator", value.denominator),
        status=_read_status(row, value),
        note=cells["note"],
        commentary=cells["commentary"],
        caveat=cells["caveat"],
        of_note=cells["of_note"],
        confirmed=cells["confirmed"],
        judgement=_read_judgement(row),
    )


def _read_judgement(row: _Row) -> Judgement | None:
    """An officer's rating in place of the figures' own; refused without its reason and title."""
    word, reason, by = _pick_judgement(row.cells)
    if not (word or reason or by):
        return None
    rating = Rating.read(word)
    if rating is None or not rating.is_brag:
        near = suggest_word(word, (each.label.lower() for each in Rating if each.is_brag))
        row.add("judgement", f"judgement: '{shorten(word)}' is not a rating; {near}")
    if not reason:
        row.add("judgement", "a judgement wants its reason, in the column 'judgement_reason'")
    if not by:
        row.add("judgement", "a judgement wants a job title, in the column 'judgement_by'")
    if row.faults or rating is None:
        return None
    return Judgement(rating=rating, reason=reason, by=by)


def _take(row: _Row, column: str, reading: CellReading) -> CellReading:
    if reading.fault:
        row.add("status" if column == "status" else "not_a_number", f"{column}: {reading.fault}")
    return reading


def _read_part(row: _Row, column: str, other: Decimal | None) -> Decimal | None:
    """A numerator or denominator from its column, or as it stands behind the value."""
    text = row.cells[column]
    part = _take(row, column, read_part(text)).value if text else None
    if part is not None and other is not None and part != other:
        message = f"the {column} is {part:f} in its column and {other:f} in the value's brackets"
        row.add("two_parts", f"{message}; leave out one of them")
    return other if part is None else part


def _read_status(row: _Row, value: CellReading) -> Status | None:
    text = row.cells["status"]
    status = _take(row, "status", read_status(text)).status if text else None
    if status and value.status and status is not value.status:
        message = f"the value says '{value.status.value}' and the status '{status.value}'"
        row.add("two_statuses", f"{message}; leave out one of them")
    return status or value.status


def _read_month(row: _Row, known: Month) -> Month:
    text = row.cells["period"]
    if not text:
        return known
    try:
        month = Month.read(_undo_excel(shorten(text)))
    except ValueError as error:
        told, quarter = str(error), _find_quarter(text, known)
        if quarter:
            told = f"'{shorten(text)}' is a quarter: write its last month, {quarter}"
        row.add("period", f"period: {told}")
        return known
    if month > known:
        message = f"{month.name} is later than the extract's own month, {known.name}"
        row.add("future_period", message)
    return month


def _find_quarter(text: str, known: Month) -> str:
    """`2020-06 for Q1 of 2020/21` where a text names a quarter; without its year, the last one."""
    quarter, year = re.search(_QUARTER, text), re.search(_YEAR, text)
    if not quarter:
        return ""
    begun = FinancialYear(int(year[0]) if year else known.year_start(FIRST_MONTH).year)
    index = 3 * int(quarter[1]) - 1
    if not year and begun.months[index] > known:
        begun = begun.minus(1)
    return f"{begun.months[index]} for Q{quarter[1]} of {begun}"


def _undo_excel(text: str) -> str:
    """`2020-10`, where Excel has taken it for a date and saved it as `Oct-20`."""
    names = [name[:3] for name in MONTH_NAMES]
    name, _, year = text.partition("-")
    if name in names and re.fullmatch("[0-9]{2}", year):
        return f"20{year}-{names.index(name) + 1:02}"
    return text


def _check_whole(row: _Row, observation: Observation) -> None:
    """Find what a row's cells say against each other."""
    status = observation.status
    if observation.value is not None:
        if status and not status.qualifies_a_figure:
            message = f"'{status.value}' says that there is no figure, but the value is given"
            row.add("value_and_status", f"{message}; leave out one of them")
        return
    if status and status.qualifies_a_figure:
        message = f"'{status.value}' speaks of a figure, but there is no value"
        row.add("status_without_value", message)
    if (observation.numerator, observation.denominator) != (None, None):
        message = "there is a numerator or denominator but no value; give the value, or leave both"
        row.add("parts_without_value", message)
    if not any(cell for name, cell in row.cells.items() if name not in _SAYS_WHICH):
        advice = "give a value, or the status that says why there is none, or take the row out"
        row.add(EMPTY_ROW, f"nothing is filled in: {advice}")
