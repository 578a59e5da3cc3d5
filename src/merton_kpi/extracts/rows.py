"""One row of an extract to an observation, with every fault of its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place, Severity, shorten, suggest_word
from merton_kpi.core.periods import FIRST_MONTH, MONTH_NAMES, FinancialYear, Month, month_of_year
from merton_kpi.core.ratings import Rating
from merton_kpi.core.statuses import Status
from merton_kpi.core.text import check_text, unquote_formula
from merton_kpi.core.vocabulary import Frequency
from merton_kpi.extracts.columns import COLUMNS
from merton_kpi.extracts.csv_reader import DELIMITERS, format_record
from merton_kpi.extracts.observations import Judgement, Observation, StatedForecast
from merton_kpi.extracts.values import read_part, read_status, read_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from merton_kpi.extracts.columns import Header
    from merton_kpi.extracts.csv_reader import CsvRecord

EMPTY_ROW = "empty_row"  # the code of the only issue of a row that is a warning
_EMPTY_CELLS = dict.fromkeys(COLUMNS, "")
_PARTS = ("numerator", "denominator")
_MEAN_NO_CASES = (None, Status.NOT_APPLICABLE)  # beside a numerator and a denominator of 0
_NAMES_THE_FIGURE = ("indicator", "title", "period")  # the columns that say which figure it is
# The halves of `1,234` in a file of commas: one to three digits, and three digits after them.
_HEAD = re.compile(r"-?[1-9][0-9]{0,2}")
_TAIL = re.compile(r"[0-9]{3}(\.[0-9]+)?")
# How people name periods that are longer than a month, by what the papers call them.
_NAMED_PERIODS = (
    (
        Frequency.QUARTERLY,
        "Q{}",
        re.compile(r"(?<![a-z])q(?:uarter|tr)?\.? ?([1-4])(?![0-9])", re.I),
    ),
    (Frequency.HALF_YEARLY, "H{}", re.compile(r"(?<![a-z])h(?:alf)?\.? ?([12])(?![0-9])", re.I)),
    (Frequency.TERMLY, "{} term", re.compile(r"(?<![a-z])(summer|autumn|spring)", re.I)),
)
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(/[0-9]{2})?(?![0-9])")
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
    is_figure = names[behind] in ("indicator", "forecast", *_PARTS)
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
    month, month_faults = _read_month(cells["period"], known)
    numerator, numerator_faults = _read_part(cells, "numerator", value.numerator)
    denominator, denominator_faults = _read_part(cells, "denominator", value.denominator)
    status, status_faults = _read_status(cells["status"], value.status)
    judgement, judgement_faults = _read_judgement(cells)
    forecast, forecast_faults = _read_forecast(cells)
    observation = Observation(
        indicator=cells["indicator"],
        month=month,
        known=known,
        place=place,
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
        forecast=forecast,
    )
    faults = (
        *_check_cell("value", value.fault),
        *month_faults,
        *numerator_faults,
        *denominator_faults,
        *status_faults,
        *judgement_faults,
        *forecast_faults,
    )
    return _read_no_cases(observation), faults


def _check_cell(column: str, fault: str) -> _Faults:
    """The fault of a figure's cell, if its reading has one."""
    return (_Fault("not_a_number", f"{column}: {fault}"),) if fault else ()


def _read_month(text: str, known: Month) -> tuple[Month, _Faults]:
    """The month that a row's figure is for: the extract's own where the cell is empty."""
    if not text:
        return known, ()
    try:
        month = Month.read(_convert_excel_month(shorten(text)))
    except ValueError as error:
        message = _explain_named_period(text, known) or str(error)
        return known, (_Fault("period", f"period: {message}"),)
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


def _explain_named_period(text: str, known: Month) -> str:
    """What to write for a quarter, a half-year or a term; empty where a text names none of them."""
    for frequency, name, pattern in _NAMED_PERIODS:
        if found := pattern.search(text):
            label = name.format(found[1].capitalize())
            (number,) = (each for each, period in frequency.periods.items() if period == label)
            last = _suggest_last_month(text, number, known)
            year = FinancialYear(last.year_start(FIRST_MONTH).year)
            advice = f"write its last month, {last} for {label} of {year}"
            return f"'{shorten(text)}' is a {frequency.noun}: {advice}"
    return ""


def _suggest_last_month(text: str, number: int, known: Month) -> Month:
    """The calendar month in the financial year that a text names; without a year, the last one.

    A year alone beside a term is a calendar year, in which the spring term comes first.
    """
    year = _YEAR.search(text)
    if year is None:
        months = map(known.add_months, range(0, -12, -1))
        return next(month for month in months if month.number == number)
    if year[1] is None and re.search("spring", text, re.IGNORECASE):
        return Month(int(year[0][:4]), number)
    return Month(int(year[0][:4]), FIRST_MONTH).add_months(month_of_year(number, FIRST_MONTH) - 1)


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


def _read_no_cases(observation: Observation) -> Observation:
    """The observation with the status that 0 of 0 means, where it has no value."""
    is_nothing = observation.numerator == 0 and observation.denominator == 0
    if is_nothing and observation.value is None and observation.status in _MEAN_NO_CASES:
        return replace(observation, status=Status.NO_CASES)
    return observation


def _read_forecast(cells: Mapping[str, str]) -> tuple[StatedForecast | None, _Faults]:
    """The figure that an officer expects at the year's end, with the job title."""
    by = cells["forecast_by"]
    figure, fault = read_part(cells["forecast"])
    if fault:
        return None, _check_cell("forecast", fault)
    if figure is None and by:
        message = "a forecast needs its figure, in the column 'forecast'"
        return None, (_Fault("forecast", message),)
    if figure is not None and not by:
        message = "a forecast needs the officer's job title, in the column 'forecast_by'"
        return None, (_Fault("forecast", message),)
    return (None if figure is None else StatedForecast(figure=figure, by=by)), ()


def _check_agreement(cells: Mapping[str, str], observation: Observation) -> Iterator[_Fault]:
    """Faults of cells that contradict each other, and a row with nothing filled in."""
    status = observation.status
    is_absent = status is not None and not status.qualifies_a_figure
    if observation.value is not None:
        if status and is_absent:
            message = f"'{status.value}' means that there is no figure, but there is a value"
            yield _Fault("value_and_status", f"{message}; leave out one of them")
        return
    has_parts = (observation.numerator, observation.denominator) != (None, None)
    if status and has_parts and is_absent:
        yield from _check_absent(observation, status)
    elif has_parts:
        yield from _check_parts(observation)
    elif status and not is_absent:
        advice = "give the value, or a status that says why there is none"
        message = f"'{status.value}' describes a figure, but there is no value; {advice}"
        yield _Fault("status_without_value", message)
    if not any(cell for name, cell in cells.items() if name not in _NAMES_THE_FIGURE):
        advice = "give a value, or a status that says why there is none, or delete the row"
        message = f"nothing is filled in: {advice}"
        yield _Fault(EMPTY_ROW, message, Severity.WARNING)


def _check_absent(observation: Observation, status: Status) -> Iterator[_Fault]:
    """A status in place of a figure, beside a part: only `no_cases` has parts, 0 of 0."""
    if status is Status.NO_CASES and observation.numerator == observation.denominator == 0:
        return
    message = f"'{status.value}' means that there is no figure, but there is a numerator or"
    message += " denominator; leave out the status, or both parts"
    yield _Fault("parts_and_status", message)


def _check_parts(observation: Observation) -> Iterator[_Fault]:
    """Parts from which no figure can be worked out."""
    if observation.parts:
        return
    if observation.denominator is None or observation.numerator is None:
        message = "there is a numerator or denominator alone, and no value; give the other too"
    elif observation.numerator:
        message = f"{observation.numerator:f} of 0 gives no figure; correct it"
    else:
        message = "0 of 0 means that there were no cases; leave out the status"
    yield _Fault("parts_without_value", f"{message}, or leave out both")
