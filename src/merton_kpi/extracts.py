"""A monthly extract's text to observations, with every issue found in it.

What one row alone can tell is checked here; whether it fits the catalogue is `matching`'s job.
"""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from merton_kpi.issues import Issue, Place, did_you_mean
from merton_kpi.model import Observation
from merton_kpi.periods import Month
from merton_kpi.vocab import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUIRED = ("indicator", "value")
COLUMNS = (
    "indicator",
    "period",
    "value",
    "numerator",
    "denominator",
    "status",
    "note",
    "commentary",
    "caveat",
    "of_note",
)
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_STATUSES = {status.value: status for status in Status}


def read_extract(
    text: str, file: str, known: Month
) -> tuple[tuple[Observation, ...], tuple[Issue, ...]]:
    """Read one extract; `known` is its month, `file` the name that its issues give.

    Returns the observations of the sound rows, and an issue for each fault of the others.
    """
    rows = _Rows(file, known)
    observations = tuple(rows.read(text))
    return observations, tuple(rows.issues)


class _Rows:
    """One extract's rows, and the issues found on the way through them."""

    def __init__(self, file: str, known: Month) -> None:
        self._file = file
        self._known = known
        self.issues: list[Issue] = []

    def read(self, text: str) -> Iterator[Observation]:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            header = [name.strip().lower() for name in next(reader, [])]
            if not self._check_header(header):
                return
            line = reader.line_num + 1
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield from self._read_row(header, cells, line)
                line = reader.line_num + 1
        except csv.Error as error:
            self._fault(reader.line_num, "csv", "", f"this row cannot be read as CSV: {error}")

    def _check_header(self, header: list[str]) -> bool:
        faults = [f"the column '{name}' is missing" for name in REQUIRED if name not in header]
        for place, name in enumerate(header):
            if name not in COLUMNS:
                faults.append(f"the column '{name}' is not known; {did_you_mean(name, COLUMNS)}")
            elif name in header[:place]:
                faults.append(f"the column '{name}' stands twice; keep one of them")
        for message in faults:
            self._fault(1, "header", "", message)
        return not faults

    def _read_row(self, header: list[str], cells: list[str], line: int) -> Iterator[Observation]:
        if len(cells) > len(header):
            extra = cells[len(header)]
            message = f"a cell too many ('{extra}'); quote a text or number that contains a comma"
            self._fault(line, "extra_cell", cells[0].strip(), message)
            return
        row = dict.fromkeys(COLUMNS, "") | dict(
            zip(header, (cell.strip() for cell in cells), strict=False)
        )
        before = len(self.issues)
        observation = self._observe(row, line)
        if len(self.issues) == before:
            yield observation

    def _observe(self, row: dict[str, str], line: int) -> Observation:
        number = row["indicator"]
        if not number:
            self._fault(line, "no_indicator", "", "the indicator's number is missing")
        observation = Observation(
            indicator=number,
            month=self._month(row, line),
            known=self._known,
            place=Place(file=self._file, line=line),
            value=self._number(row, "value", line),
            numerator=self._number(row, "numerator", line),
            denominator=self._number(row, "denominator", line),
            status=self._status(row, line),
            note=row["note"],
            commentary=row["commentary"],
            caveat=row["caveat"],
            of_note=row["of_note"],
        )
        self._check_whole(observation, row, line)
        return observation

    def _check_whole(self, observation: Observation, row: dict[str, str], line: int) -> None:
        status, number = observation.status, observation.indicator
        if row["value"] and status and not status.qualifies_a_figure:
            message = f"'{status.value}' says that there is no figure, but the value is given"
            self._fault(line, "value_and_status", number, f"{message}; leave out one of them")
        if status and status.qualifies_a_figure and not row["value"]:
            message = f"'{status.value}' speaks of a figure, but there is no value"
            self._fault(line, "status_without_value", number, message)
        if not any(row[name] for name in COLUMNS if name not in ("indicator", "period")):
            message = "the row says nothing: give a value, or the status that says why there's none"
            self._fault(line, "empty_row", number, message)

    def _month(self, row: dict[str, str], line: int) -> Month:
        if not row["period"]:
            return self._known
        try:
            month = Month.parse(row["period"])
        except ValueError as error:
            self._fault(line, "period", row["indicator"], f"period: {error}")
            return self._known
        if month > self._known:
            message = f"{month.name} is later than the extract's own month, {self._known.name}"
            self._fault(line, "future_period", row["indicator"], message)
        return month

    def _number(self, row: dict[str, str], column: str, line: int) -> Decimal | None:
        text = row[column]
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            message = f"{column}: '{text}' is not a plain number; write it like 96 or 33.9"
            self._fault(line, "not_a_number", row["indicator"], message)
            return None
        return Decimal(text)

    def _status(self, row: dict[str, str], line: int) -> Status | None:
        text = row["status"]
        if text and text not in _STATUSES:
            message = f"status: '{text}' is not known; {did_you_mean(text, _STATUSES)}"
            self._fault(line, "status", row["indicator"], message)
        return _STATUSES.get(text)

    def _fault(self, line: int, code: str, number: str, message: str) -> None:
        self.issues.append(
            Issue(
                code=code,
                place=Place(file=self._file, line=line),
                subject=f"indicator {number}" if number else "",
                message=message,
            )
        )
