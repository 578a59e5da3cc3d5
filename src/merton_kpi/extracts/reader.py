"""A monthly extract's bytes to observations, with every issue found in it.

Checks what a row alone can show; `series.match` checks whether it fits the catalogue. Every row
read gives an observation, or an issue on its line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place
from merton_kpi.extracts.columns import read_header
from merton_kpi.extracts.csv_reader import MOST_FAULTS, read_csv
from merton_kpi.extracts.quoting import NOTHING
from merton_kpi.extracts.rows import read_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.columns import Header
    from merton_kpi.extracts.csv_reader import CsvFile, CsvRecord
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.extracts.quoting import Quotable


@dataclass(frozen=True, kw_only=True, slots=True)
class Extract:
    """One extract as it was read: `rows` counts all its rows, faulty and empty ones too."""

    file: str
    known: Month
    rows: int
    observations: tuple[Observation, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rows:
    """How many rows an extract has, and the observations read from them."""

    count: int = 0
    observations: tuple[Observation, ...] = ()


def read_extract(content: bytes, file: str, known: Month, quotable: Quotable = NOTHING) -> Extract:
    """Read one extract.

    Args:
        content: The file's bytes.
        file: The name that its issues give.
        known: The extract's month, in which its figures became known.
        quotable: The rows that its issues may quote; none, unless the catalogue is known.

    Returns:
        The observations of the rows without an issue, in the file's order, and the issues in the
        order of their lines. At most MOST_FAULTS rows with an issue are read.
    """
    table, csv_issues = read_csv(content, file)
    rows, row_issues = _read_table(table, file, known, quotable)
    issues = (*csv_issues, *row_issues)
    if not table.records and not issues:
        message = "the file is empty; put the columns' names in the first row"
        issues = (Issue(code="empty_file", place=Place(file=file), message=message),)
    return Extract(
        file=file,
        known=known,
        rows=rows.count + table.broken,
        observations=rows.observations,
        issues=tuple(sorted(issues, key=lambda issue: issue.place.line or 0)),
    )


def _read_table(
    table: CsvFile, file: str, known: Month, quotable: Quotable
) -> tuple[_Rows, tuple[Issue, ...]]:
    """The rows below the header; none where the header has a fault."""
    if not table.records:
        return _Rows(), ()
    header, issues = read_header(table.records[0], table.delimiter, file, quotable)
    if header is None:
        return _Rows(), issues
    return _read_rows(table.records[1:], header, file, known, quotable)


def _read_rows(
    records: Sequence[CsvRecord], header: Header, file: str, known: Month, quotable: Quotable
) -> tuple[_Rows, tuple[Issue, ...]]:
    """The rows up to the last that is read, and each one's issues."""
    observations: list[Observation] = []
    issues: list[Issue] = []
    faulty = 0
    for record in records:
        observation, faults = read_row(record, header, file, known, quotable)
        issues += faults
        if observation is not None:
            observations.append(observation)
            continue
        faulty += 1
        if faulty == MOST_FAULTS:
            message = f"{faulty:,} rows cannot be used; the rest of the file was not read"
            place = Place(file=file, line=record.line)
            issues.append(Issue(code="too_many_faults", place=place, message=message))
            break
    count = len(observations) + faulty
    return _Rows(count=count, observations=tuple(observations)), tuple(issues)
