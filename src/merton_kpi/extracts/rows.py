"""One row of an extract to an observation, with every fault of its cells."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place, Severity, shorten
from merton_kpi.core.statuses import Status
from merton_kpi.core.text import (
    check_text,
    escape_unseen,
    explain_unseen,
    has_unseen,
    unquote_formula,
)
from merton_kpi.extracts.columns import COLUMNS, NAMES_THE_FIGURE
from merton_kpi.extracts.csv_reader import DELIMITERS, format_record
from merton_kpi.extracts.faults import Fault, Faults, check_cell
from merton_kpi.extracts.observations import Observation
from merton_kpi.extracts.officer_cells import read_forecast, read_judgement
from merton_kpi.extracts.periods import read_period
from merton_kpi.extracts.values import (
    LIST_OF_STATUSES,
    is_plain_number,
    read_part,
    read_status,
    read_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.columns import Header, Record
    from merton_kpi.extracts.quoting import Quotable

EMPTY_ROW = "empty_row"  # the code of the only issue of a row that is a warning
_EMPTY_CELLS = dict.fromkeys(COLUMNS, "")
_PARTS = ("numerator", "denominator")
_MEAN_NO_CASES = (None, Status.NOT_APPLICABLE)  # beside a numerator and a denominator of 0
_ONLY_OF_A_MONTH = ("commentary", "caveat", "of_note", "judgement")
_WORDS = (  # the columns of words, in which any sign may be meant
    *("title", "note", "commentary", "caveat", "of_note", "confirmed"),
    *("judgement_reason", "judgement_by", "forecast_by"),
)
# The halves of `1,234` in a file of commas: one to three digits, and three digits after them.
_HEAD = re.compile(r"-?[1-9][0-9]{0,2}")
_TAIL = re.compile(r"[0-9]{3}(\.[0-9]+)?")
# The halves of `15,2`, in a row with a cell more than the header.
_DIGITS = re.compile(r"-?[0-9]{1,15}")
_COMMA_ALONE = re.compile(r"-?[0-9]{1,3},[0-9]{3}")
_NUMBERS = ("value", "numerator", "denominator", "forecast")
_FIGURES = ("indicator", "period", "forecast")  # other columns in which digits alone are right


def read_row(
    record: Record, header: Header, file: str, known: Month, quotable: Quotable
) -> tuple[Observation | None, tuple[Issue, ...]]:
    """Read one row.

    Args:
        record: The row's cells.
        header: The columns that they are in.
        file: The name that the issues give.
        known: The extract's month: the figure's own where the row names none, and the latest that
            it may name.
        quotable: The rows that the issues may quote.

    Returns:
        The observation, or None where the row cannot be used; and the issues. A row with text
        that looks like another is used, with a warning.
    """
    named = zip(header.names, record.cells, strict=False)
    cells = _EMPTY_CELLS | {name: cell for name, cell in named if name in COLUMNS}
    number = cells["indicator"] = unquote_formula(cells["indicator"])
    words = {name: cells[name] for name in _WORDS if cells[name]}
    remarks = tuple(_check_signs(words))
    cells |= {name: escape_unseen(text) for name, text in words.items()}
    place = Place(file=file, line=record.line, sheet=header.sheet)
    observation, faults = _read_observation(cells, place, record, known)
    observation = _add_formats(observation, record)
    faults = (*_check_cells(record, header), *_check_words(record, cells), *faults, *record.faults)
    faults = faults or tuple(_check_agreement(cells, observation))
    if not (faults or remarks):
        return observation, ()
    is_quoted = quotable.can_quote(number)
    subject = f"indicator {shorten(number)}" if number and quotable.can_name(number) else ""
    issues = tuple(
        Issue(
            severity=fault.severity,
            code=fault.code,
            place=replace(place, column=header.select_number(fault.column)),
            subject=subject,
            message=fault.message if is_quoted else fault.unquoted or fault.message,
        )
        for fault in (*faults, *remarks)
    )
    return None if faults else observation, issues


def _check_cells(record: Record, header: Header) -> Faults:
    """Check for surplus cells, and for cells that a delimiter has split or joined."""
    advice = "put text that contains a comma in quotes, and write numbers without commas"
    if any(record.cells[len(header.names) :]):
        shown = format_record(record, header.delimiter)
        message = f"has more cells than the header; {advice}"
        return (Fault("extra_cell", f"'{shown}' {message}", unquoted=f"the row {message}"),)
    halves = _match_halves(header, record.cells) if header.delimiter == "," else ()
    if halves:
        shown, advice = format_record(record, header.delimiter), "put text with a comma in quotes"
        plain = ("" if _TAIL.fullmatch(halves[1]) else ".").join(halves)
        message = f"this looks like a number with a comma: write {plain}, not {','.join(halves)}"
        unquoted = f"the value looks like a number with a comma: write it without one; {advice}"
        return (Fault("split_number", f"'{shown}': {message}; {advice}", unquoted=unquoted),)
    if header.delimiter and _is_run_together(record.cells, header.delimiter):
        shown, name = format_record(record, header.delimiter), DELIMITERS[header.delimiter]
        message = f"is a single cell; separate the cells by {name}"
        return (Fault("delimiter", f"'{shown}' {message}", unquoted=f"the row {message}"),)
    return tuple(_check_commas(record, header)) if header.delimiter == ";" else ()


def _check_commas(record: Record, header: Header) -> Iterator[Fault]:
    """Check for `1,234` in a file whose cells semicolons separate.

    Excel saves such a file where the comma is the decimal sign.
    """
    for name, cell in zip(header.names, record.cells, strict=False):
        if name in _NUMBERS and _COMMA_ALONE.fullmatch(cell):
            plain, point = cell.replace(",", ""), cell.replace(",", ".")
            message = "can have a comma between thousands or before decimals; write"
            unquoted = f"{name}: the number {message} it without a comma"
            message = f"{name}: '{cell}' {message} {plain} or {point}"
            yield Fault("two_meanings", message, unquoted=unquoted)


def _match_halves(header: Header, cells: tuple[str, ...]) -> tuple[str, ...]:
    """A row's value and the cells after it, where they look like the parts of one number.

    Three digits in the column of a part are a part where the row has as many cells as the header,
    or the other part as well; in a column of words, three digits alone are not words.
    """
    names = header.names
    behind = names.index("value") + 1
    if behind >= min(len(cells), len(names)):
        return ()
    halves, name = cells[behind - 1 : behind + 1], names[behind]
    is_wide = len(cells) > header.width
    is_one_more = len(cells) == header.width + 1
    is_decimal = is_one_more and name not in _FIGURES and all(map(_DIGITS.fullmatch, halves))
    if not is_decimal and not (_TAIL.fullmatch(halves[1]) and _HEAD.fullmatch(halves[0])):
        return ()
    if name in _PARTS and is_wide:
        filled = {name for name, cell in zip(names, cells, strict=False) if cell}
        if filled.issuperset(_PARTS):
            return ()
    elif name in (*_FIGURES, *_PARTS) and len(cells) >= len(names):
        return ()
    if not _TAIL.fullmatch(halves[1]):
        return halves
    tails = takewhile(_TAIL.fullmatch, cells[behind + 1 :])
    return halves if "." in halves[1] else (*halves, *tails)


def _is_run_together(cells: tuple[str, ...], delimiter: str) -> bool:
    """Whether a row's only cell has what separates cells in other files: `1;5` among commas."""
    return not any(cells[1:]) and any(mark in cells[0] for mark in DELIMITERS if mark != delimiter)


def _check_words(record: Record, cells: Mapping[str, str]) -> Faults:
    """An indicator that is missing, and text that cannot be shown."""
    missing: Faults = ()
    if not cells["indicator"]:
        missing = (Fault("no_indicator", "the indicator's number is missing"),)
    elif fault := explain_unseen(cells["indicator"]):
        message = f"indicator: {fault}; type the number again"
        missing = (Fault("unseen_sign", message),)
    if not check_text("".join(record.cells)):
        return missing
    checked = [(name, check_text(cell)) for name, cell in cells.items()]
    return (
        *missing,
        *(Fault("text", f"{name}: {fault}", column=name) for name, fault in checked if fault),
    )


def _check_signs(words: Mapping[str, str]) -> Iterator[Fault]:
    """Warnings of words with signs that cannot be seen, by their columns."""
    for name, text in words.items():
        if has_unseen(text):
            message = f"{name}: {explain_unseen(text)}; type the text again"
            yield Fault("unseen_sign", message, Severity.WARNING, column=name)


def _read_observation(
    cells: Mapping[str, str], place: Place, record: Record, known: Month
) -> tuple[Observation, Faults]:
    """A row's cells as an observation, which is of use only where there is no fault."""
    value = read_value(cells["value"])
    month, year, month_faults = read_period(cells["period"], known)
    numerator, numerator_faults = _read_part(cells, "numerator", value.numerator)
    denominator, denominator_faults = _read_part(cells, "denominator", value.denominator)
    status, status_faults = _read_status(cells["status"], value.status)
    judgement, judgement_faults = read_judgement(cells)
    forecast, forecast_faults = read_forecast(cells)
    observation = Observation(
        indicator=cells["indicator"],
        title=cells["title"],
        month=month,
        known=known,
        place=place,
        year=year,
        value=value.value,
        numerator=numerator,
        denominator=denominator,
        status=status,
        note="; ".join(filter(None, (value.note, cells["note"]))),
        commentary=cells["commentary"],
        caveat=cells["caveat"],
        of_note=cells["of_note"],
        confirmed=cells["confirmed"],
        judgement=judgement,
        forecast=forecast,
        written=value.written,
        is_unended=record.is_unended,
    )
    faults = (
        *check_cell("value", value.fault),
        *month_faults,
        *numerator_faults,
        *denominator_faults,
        *status_faults,
        *judgement_faults,
        *forecast_faults,
    )
    return _read_no_cases(observation), faults


def _add_formats(observation: Observation, record: Record) -> Observation:
    """The observation that says of which figures the per cent sign is in the cell's format."""
    written, forecast = observation.written, observation.forecast
    if "value" in record.percentages and written:
        observation = replace(observation, written=replace(written, is_formatted=True))
    if "forecast" in record.percentages and forecast and forecast.written:
        written = replace(forecast.written, is_formatted=True)
        observation = replace(observation, forecast=replace(forecast, written=written))
    return observation


def _read_part(
    cells: Mapping[str, str], column: str, in_value: Decimal | None
) -> tuple[Decimal | None, Faults]:
    """A numerator or denominator from its column, or from the brackets after the value."""
    part, fault = read_part(cells[column])
    if fault:
        return None, check_cell(column, fault)
    if part is None or in_value is None or part == in_value:
        return (in_value if part is None else part), ()
    message = (
        f"the {column} is {part:f} in its own column, but {in_value:f} in the value's brackets"
    )
    unquoted = f"the {column} in its own column is not the one in the value's brackets"
    advice = "leave out one of them"
    return part, (Fault("two_parts", f"{message}; {advice}", unquoted=f"{unquoted}; {advice}"),)


def _read_status(text: str, in_value: Status | None) -> tuple[Status | None, Faults]:
    """A status from its column, or from the value's column."""
    status, fault = read_status(text)
    if fault:
        unquoted = f"status: this word is not known; {LIST_OF_STATUSES}"
        return None, (Fault("status", f"status: {fault}", unquoted=unquoted, column="status"),)
    if status is None or in_value is None or status is in_value:
        return status or in_value, ()
    message = f"the value says '{in_value.value}', but the status says '{status.value}'"
    return status, (Fault("two_statuses", f"{message}; leave out one of them"),)


def _read_no_cases(observation: Observation) -> Observation:
    """The observation with the status that 0 of 0 means, where it has no value."""
    is_nothing = observation.numerator == 0 and observation.denominator == 0
    if is_nothing and observation.value is None and observation.status in _MEAN_NO_CASES:
        return replace(observation, status=Status.NO_CASES)
    return observation


def _check_agreement(cells: Mapping[str, str], observation: Observation) -> Iterator[Fault]:
    """Faults of cells that contradict each other, and a row with nothing filled in."""
    status = observation.status
    is_absent = status is not None and not status.qualifies_a_figure
    if observation.year:
        for name in (each for each in _ONLY_OF_A_MONTH if cells[each]):
            message = f"{name}: a row of the year {observation.year} cannot have it; give it in a"
            yield Fault("words_of_year", f"{message} row of a month, or in the note")
    if observation.value is not None:
        if status and is_absent:
            message = f"'{status.value}' means that there is no figure, but there is a value"
            yield Fault("value_and_status", f"{message}; leave out one of them")
        return
    has_parts = (observation.numerator, observation.denominator) != (None, None)
    if status and has_parts and is_absent:
        yield from _check_absent(observation, status)
    elif has_parts:
        yield from _check_parts(observation)
    elif status and not is_absent:
        advice = "give the value, or a status that says why there is none"
        message = f"'{status.value}' describes a figure, but there is no value; {advice}"
        yield Fault("status_without_value", message)
    if status is None and not has_parts and is_plain_number(observation.note):
        message = "there is no value, and the note is a number; write the figure in the column"
        yield Fault("number_in_note", f"{message} 'value', or words in the note")
    if not any(cell for name, cell in cells.items() if name not in NAMES_THE_FIGURE):
        advice = "give a value, or a status that says why there is none, or delete the row"
        message = f"nothing is filled in: {advice}"
        yield Fault(EMPTY_ROW, message, Severity.WARNING)


def _check_absent(observation: Observation, status: Status) -> Iterator[Fault]:
    """A status in place of a figure, beside a part: only `no_cases` has parts, 0 of 0."""
    if status is Status.NO_CASES and observation.numerator == observation.denominator == 0:
        return
    message = f"'{status.value}' means that there is no figure, but there is a numerator or"
    message += " denominator; leave out the status, or both parts"
    yield Fault("parts_and_status", message)


def _check_parts(observation: Observation) -> Iterator[Fault]:
    """Parts from which no figure can be worked out."""
    if observation.parts:
        return
    advice, unquoted = "or leave out both", ""
    if observation.denominator is None or observation.numerator is None:
        message = "there is a numerator or denominator alone, and no value; give the other too"
    elif observation.numerator:
        message = f"{observation.numerator:f} of 0 gives no figure; correct it"
        unquoted = f"a denominator of 0 gives no figure; correct it, {advice}"
    else:
        message = "0 of 0 means that there were no cases; leave out the status"
    yield Fault("parts_without_value", f"{message}, {advice}", unquoted=unquoted)
