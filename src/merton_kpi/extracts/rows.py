"""One row of an extract to an observation, with every fault of its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place, Severity, shorten, suggest_word
from merton_kpi.core.periods import FIRST_MONTH, MONTH_NAMES, FinancialYear, Month
from merton_kpi.core.ratings import Rating
from merton_kpi.core.text import check_text, unquote_formula
from merton_kpi.extracts.columns import COLUMNS
from merton_kpi.extracts.csv_reader import DELIMITERS, format_record
from merton_kpi.extracts.observations import Judgement, Observation
from merton_kpi.extracts.values import read_part, read_status, read_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from merton_kpi.core.statuses import Status
    from merton_kpi.extracts.columns import Header
    from merton_kpi.extracts.csv_reader import CsvRecord

EMPTY_ROW = "empty_row"  # the code of the only issue of a row that is a warning
_EMPTY_CELLS = dict.fromkeys(COLUMNS, "")
_PARTS = ("numerator", "denominator")
_ONLY_OF_A_MONTH = ("commentary", "caveat", "of_note", "judgement")
_NAMES_THE_FIGURE = ("indicator", "title", "period")  # the columns that say which figure it is
# The halves of `1,234` in a file of commas: one to three digits, and three digits after them.
_HEAD = re.compile(r"-?[1-9][0-9]{0,2}")
_TAIL = re.compile(r"[0-9]{3}(\.[0-9]+)?")
_QUARTER = re.compile(r"(?<![a-z])q(?:uarter|tr)?\.? ?([1-4])(?![0-9])", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_YEARS_IN_A_ROW = re.compile(r"(?:fy |year )?(20[0-9]{2})[-/ ](?:20)?([0-9]{2})", re.IGNORECASE)
_FINANCIAL_YEAR = re.compile(r"[0-9]{4}/[0-9]{2}")
_MONTH_OF_EXCEL = re.compile(r"([A-Z][a-z]{2})-([0-9]{2})")
_SHORT_MONTHS = [name[:3] for name in MONTH_NAMES]


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with a row; it becomes an issue on the row's line."""

    code: str
    message: str
    severity: Severity = Severity.ERROR


_Faults = tuple[_Fault, ...]


def read_row(
    record: CsvRecord, header: Header, file: str, known: Month
) -> tuple[Observation | None, tuple[Issue, ...]]:
    """Read one row.

    Args:
        record: The row's cells.
        header: The columns that they are in.
        file: The name that the issues give.
        known: The extract's month: the figure's own where the row names none, and the latest that
            it may name.

    Returns:
        The observation, or None where the row has an issue; and the issues.
    """
    cells = _EMPTY_CELLS | dict(zip(header.names, record.cells, strict=False))
    number = cells["indicator"] = unquote_formula(cells["indicator"])
    place = Place(file=file, line=record.line)
    observation, faults = _read_observation(cells, place, known)
    faults = (*_check_cells(record, header), *_check_words(record, cells), *faults)
    faults = faults or tuple(_check_agreement(cells, observation))
    if not faults:
        return observation, ()
    subject = f"indicator {shorten(number)}" if number else ""
    return None, tuple(
        Issue(
            severity=fault.severity,
            code=fault.code,
            place=place,
            subject=subject,
            message=fault.message,
        )
        for fault in faults
    )


def _check_cells(record: CsvRecord, header: Header) -> _Faults:
    """Check for surplus cells, and for cells that a delimiter has split or joined."""
    advice = "put text or numbers that contain a comma in quotes"
    if any(record.cells[len(header.names) :]):
        shown = format_record(record, header.delimiter)
        return (_Fault("extra_cell", f"'{shown}' has more cells than the header; {advice}"),)
    halves = _match_halves(header, record.cells) if header.delimiter == "," else ()
    if halves:
        shown, (head, tail) = format_record(record, header.delimiter), halves
        message = f"this looks like a number with a comma: write {head}{tail}, not {head},{tail}"
        return (_Fault("split_number", f"'{shown}': {message}; {advice}"),)
    if _is_run_together(record.cells, header.delimiter):
        shown, name = format_record(record, header.delimiter), DELIMITERS[header.delimiter]
        message = f"'{shown}' is a single cell; separate the cells by {name}"
        return (_Fault("delimiter", message),)
    return ()


def _match_halves(header: Header, cells: tuple[str, ...]) -> tuple[str, ...]:
    """A row's value and the cell after it, where they look like the halves of one number.

    Three digits in the column of a part are a part where the row has as many cells as the header,
    or the other part as well; in a column of words, three digits alone are not words.
    """
    names = header.names
    behind = names.index("value") + 1
    if behind >= min(len(cells), len(names)):
        return ()
    halves = cells[behind - 1 : behind + 1]
    if not (_TAIL.fullmatch(halves[1]) and _HEAD.fullmatch(halves[0])):
        return ()
    if names[behind] in _PARTS and len(cells) > header.width:
        filled = {name for name, cell in zip(names, cells, strict=False) if cell}
        return () if filled.issuperset(_PARTS) else halves
    is_figure = names[behind] in ("indicator", *_PARTS)
    return () if is_figure and len(cells) >= len(names) else halves


def _is_run_together(cells: tuple[str, ...], delimiter: str) -> bool:
    """Whether a row's only cell has what separates cells in other files: `1;5` among commas."""
    return not any(cells[1:]) and any(mark in cells[0] for mark in DELIMITERS if mark != delimiter)


def _check_words(record: CsvRecord, cells: Mapping[str, str]) -> _Faults:
    """An indicator that is missing, and text that cannot be shown."""
    missing: _Faults = ()
    if not cells["indicator"]:
        missing = (_Fault("no_indicator", "the indicator's number is missing"),)
    if not check_text("".join(record.cells)):
        return missing
    checked = ((name, check_text(cell)) for name, cell in cells.items())
    return (*missing, *(_Fault("text", f"{name}: {fault}") for name, fault in checked if fault))


def _read_observation(
    cells: Mapping[str, str], place: Place, known: Month
) -> tuple[Observation, _Faults]:
    """A row's cells as an observation, which is of use only where there is no fault."""
    value = read_value(cells["value"])
    month, year, month_faults = _read_period(cells["period"], known)
    numerator, numerator_faults = _read_part(cells, "numerator", value.numerator)
    denominator, denominator_faults = _read_part(cells, "denominator", value.denominator)
    status, status_faults = _read_status(cells["status"], value.status)
    judgement, judgement_faults = _read_judgement(cells)
    observation = Observation(
        indicator=cells["indicator"],
        month=month,
        known=known,
        place=place,
        year=year,
        value=value.value,
        numerator=numerator,
        denominator=denominator,
        status=status,
        note=cells["note"],
        commentary=cells["commentary"],
        caveat=cells["caveat"],
        of_note=cells["of_note"],
        confirmed=cells["confirmed"],
        judgement=judgement,
    )
    faults = (
        *_check_cell("value", value.fault),
        *month_faults,
        *numerator_faults,
        *denominator_faults,
        *status_faults,
        *judgement_faults,
    )
    return observation, faults


def _check_cell(column: str, fault: str) -> _Faults:
    """The fault of a figure's cell, if its reading has one."""
    return (_Fault("not_a_number", f"{column}: {fault}"),) if fault else ()


def _read_period(text: str, known: Month) -> tuple[Month, FinancialYear | None, _Faults]:
    """The month that a row's figure is for, and the year where it is the year's own figure."""
    if not _FINANCIAL_YEAR.fullmatch(text):
        month, faults = _read_month(text, known)
        return month, None, faults
    try:
        year = FinancialYear.read(text)
    except ValueError as error:
        return known, None, (_Fault("period", f"period: {error}"),)
    end = year.months[-1]
    if end > known:
        message = f"{year} ends after the extract's own month, {known.name}"
        return end, year, (_Fault("future_period", message),)
    return end, year, ()


def _read_month(text: str, known: Month) -> tuple[Month, _Faults]:
    """The month that a row's figure is for: the extract's own where the cell is empty."""
    if not text:
        return known, ()
    try:
        month = Month.read(_convert_excel_month(shorten(text)))
    except ValueError as error:
        if near := _suggest_year(text):
            message = f"'{shorten(text)}' is a year: write it like {near}"
            return known, (_Fault("period", f"period: {message}"),)
        quarter = _suggest_last_month(text, known)
        message = f"'{shorten(text)}' is a quarter: write its last month, {quarter}"
        return known, (_Fault("period", f"period: {message if quarter else error}"),)
    if month > known:
        message = f"{month.name} is later than the extract's own month, {known.name}"
        return month, (_Fault("future_period", message),)
    return month, ()


def _convert_excel_month(text: str) -> str:
    """`2020-10`, where Excel has taken it for a date and saved it as `Oct-20`."""
    match = _MONTH_OF_EXCEL.fullmatch(text)
    if not match or match[1] not in _SHORT_MONTHS:
        return text
    return f"20{match[2]}-{_SHORT_MONTHS.index(match[1]) + 1:02}"


def _suggest_year(text: str) -> str:
    """`2024/25` where a text names two years in a row in another way, like `2024-2025`."""
    found = _YEARS_IN_A_ROW.fullmatch(text)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        return ""
    return str(FinancialYear(int(found[1])))


def _suggest_last_month(text: str, known: Month) -> str:
    """`2020-06 for Q1 of 2020/21` where a text names a quarter; without its year, the last one."""
    quarter, year = _QUARTER.search(text), _YEAR.search(text)
    if not quarter:
        return ""
    begun = FinancialYear(int(year[0]) if year else known.year_start(FIRST_MONTH).year)
    index = 3 * int(quarter[1]) - 1
    if not year and begun.months[index] > known:
        begun = begun.add_years(-1)
    return f"{begun.months[index]} for Q{quarter[1]} of {begun}"


def _read_part(
    cells: Mapping[str, str], column: str, in_value: Decimal | None
) -> tuple[Decimal | None, _Faults]:
    """A numerator or denominator from its column, or from the brackets after the value."""
    part, fault = read_part(cells[column])
    if fault:
        return None, _check_cell(column, fault)
    if part is None or in_value is None or part == in_value:
        return (in_value if part is None else part), ()
    message = (
        f"the {column} is {part:f} in its own column, but {in_value:f} in the value's brackets"
    )
    return part, (_Fault("two_parts", f"{message}; leave out one of them"),)


def _read_status(text: str, in_value: Status | None) -> tuple[Status | None, _Faults]:
    """A status from its column, or from the value's column."""
    status, fault = read_status(text)
    if fault:
        return None, (_Fault("status", f"status: {fault}"),)
    if status is None or in_value is None or status is in_value:
        return status or in_value, ()
    message = f"the value says '{in_value.value}', but the status says '{status.value}'"
    return status, (_Fault("two_statuses", f"{message}; leave out one of them"),)


def _read_judgement(cells: Mapping[str, str]) -> tuple[Judgement | None, _Faults]:
    """An officer's rating in place of the figures' own, with its reason and the job title."""
    word, reason, by = cells["judgement"], cells["judgement_reason"], cells["judgement_by"]
    if not (word or reason or by):
        return None, ()
    rating, faults = Rating.read(word), []
    if rating is None or not rating.is_brag:
        near = suggest_word(word, (each.label.lower() for each in Rating if each.is_brag))
        faults.append(f"judgement: '{shorten(word)}' is not a rating; {near}")
    if not reason:
        faults.append("a judgement needs a reason, in the column 'judgement_reason'")
    if not by:
        faults.append("a judgement needs the officer's job title, in the column 'judgement_by'")
    if rating is None or faults:
        return None, tuple(_Fault("judgement", message) for message in faults)
    return Judgement(rating=rating, reason=reason, by=by), ()


def _check_agreement(cells: Mapping[str, str], observation: Observation) -> Iterator[_Fault]:
    """Faults of cells that contradict each other, and a row with nothing filled in."""
    status = observation.status
    if observation.year:
        for name in (each for each in _ONLY_OF_A_MONTH if cells[each]):
            message = f"{name}: a row of the year {observation.year} cannot have it; give it in a"
            yield _Fault("words_of_year", f"{message} row of a month, or in the note")
    if observation.value is not None:
        if status and not status.qualifies_a_figure:
            message = f"'{status.value}' means that there is no figure, but there is a value"
            yield _Fault("value_and_status", f"{message}; leave out one of them")
        return
    if status and status.qualifies_a_figure:
        advice = "give the value, or a status that says why there is none"
        message = f"'{status.value}' describes a figure, but there is no value; {advice}"
        yield _Fault("status_without_value", message)
    if (observation.numerator, observation.denominator) != (None, None):
        advice = "give the value, or leave out both parts"
        message = f"there is a numerator or denominator, but no value; {advice}"
        yield _Fault("parts_without_value", message)
    if not any(cell for name, cell in cells.items() if name not in _NAMES_THE_FIGURE):
        advice = "give a value, or a status that says why there is none, or delete the row"
        message = f"nothing is filled in: {advice}"
        yield _Fault(EMPTY_ROW, message, Severity.WARNING)
