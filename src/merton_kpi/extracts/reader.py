"""A monthly extract's bytes to observations, with every issue found in it.

Checks what a row alone can show; `series.match` checks whether it fits the catalogue. Every row
read gives an observation, or an issue on its line.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place
from merton_kpi.extracts.columns import Table, read_header
from merton_kpi.extracts.csv_reader import MOST_FAULTS, read_csv
from merton_kpi.extracts.layouts.file_layout import choose_layout
from merton_kpi.extracts.layouts.row_selection import select_rows
from merton_kpi.extracts.quoting import NOTHING
from merton_kpi.extracts.rows import read_row
from merton_kpi.storage.copies import check_copies
from merton_kpi.storage.files import SourceFile, hash_bytes, read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from merton_kpi.catalogue.entries import SourceLayout
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.layouts.file_layout import FileLayout
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.extracts.quoting import Quotable
    from merton_kpi.storage.inputs import Extracts

WORKBOOK = ".xlsx"


@dataclass(frozen=True, kw_only=True, slots=True)
class Extract:
    """One extract as it was read: `rows` counts all its rows, faulty and empty ones too.

    `passed_over` are the columns that a warning names, as FileLayout.named has them.
    """

    file: str
    known: Month
    rows: int
    observations: tuple[Observation, ...]
    issues: tuple[Issue, ...]
    passed_over: Mapping[str, str] = field(default_factory=dict)


def read_extract(
    content: bytes,
    file: str,
    known: Month,
    quotable: Quotable = NOTHING,
    sources: Sequence[SourceLayout] = (),
) -> Extract:
    """Read one extract.

    Args:
        content: The file's bytes.
        file: The name that its issues give.
        known: The extract's month, in which its figures became known.
        quotable: The rows that its issues may quote; none, unless the catalogue is known.
        sources: The layouts of files that are not kpi's own.

    Returns:
        The observations of the rows without an issue, in the file's order, and the issues in the
        order of their lines. At most MOST_FAULTS rows with an issue are read.
    """
    return _read_by_layout(content, choose_layout(sources, file), known, quotable)


def _read_by_layout(
    content: bytes, layout: FileLayout, known: Month, quotable: Quotable
) -> Extract:
    """As read_extract, with the file's layout."""
    file = layout.file
    if is_workbook(file):
        from merton_kpi.extracts.workbooks.reader import read_workbook

        tables, broken, issues = read_workbook(content, quotable, layout)
    else:
        tables, broken, issues = _read_csv_tables(content, quotable, layout)
    rows = [_read_rows(table, file, known, quotable) for table in tables]
    found = (*issues, *(issue for _, _, of_rows in rows for issue in of_rows))
    sheets = {name: at for at, name in enumerate(("", *(each.header.sheet for each in tables)))}
    return Extract(
        file=file,
        known=known,
        rows=broken + sum(count for count, _, _ in rows),
        observations=tuple(each for _, observations, _ in rows for each in observations),
        issues=tuple(
            sorted(found, key=lambda each: (sheets.get(each.place.sheet, 0), each.place.line or 0))
        ),
        passed_over={name: word for each in tables for name, word in each.passed_over.items()},
    )


def read_extracts(
    extracts: Extracts, quotable: Quotable, sources: Sequence[SourceLayout] = ()
) -> tuple[tuple[tuple[Extract, SourceFile], ...], tuple[Issue, ...]]:
    """Read the extracts' files; there is an issue for each copy, which is left out."""
    read = read_every_extract(extracts, quotable, sources)
    copies = check_copies(source for _, source in read)
    copied = {each.place.file for each in copies}
    return tuple(each for each in read if each[1].path not in copied), copies


def read_every_extract(
    extracts: Extracts, quotable: Quotable, sources: Sequence[SourceLayout] = ()
) -> tuple[tuple[Extract, SourceFile], ...]:
    """Read the extracts' files, copies too.

    Of the files of one source, a column that is passed over is named once, in the first.
    """
    read: list[tuple[Extract, SourceFile]] = []
    named: dict[str, dict[str, str]] = {}
    for known, path in extracts:
        layout = choose_layout(sources, path.as_posix())
        before = named.get(layout.pattern, {})
        each = _read_file(path, replace(layout, named=before), known, quotable)
        named[layout.pattern] = {**before, **each[0].passed_over}
        read.append(each)
    return tuple(read)


def _read_file(
    path: Path, layout: FileLayout, known: Month, quotable: Quotable
) -> tuple[Extract, SourceFile]:
    content = read_bytes(path)
    extract = _read_by_layout(content, layout, known, quotable)
    file, used = layout.file, len(extract.observations)
    return extract, SourceFile(path=file, rows=extract.rows, used=used, sha256=hash_bytes(content))


def is_workbook(file: str) -> bool:
    """Whether a file's name is that of an Excel workbook, which is read by its cells."""
    return file.lower().endswith(WORKBOOK)


def _read_csv_tables(
    content: bytes, quotable: Quotable, layout: FileLayout
) -> tuple[tuple[Table, ...], int, tuple[Issue, ...]]:
    """A CSV file's one table, or none; how many records are broken; and the issues."""
    table, issues = read_csv(content, layout.file)
    if not table.records:
        if not issues:
            message = "the file is empty; put the columns' names in the first row"
            issues = (Issue(code="empty_file", place=Place(file=layout.file), message=message),)
        return (), table.broken, issues
    layout = layout.choose_for(table.records[0].cells)
    header, faults = read_header(table.records[0], table.delimiter, quotable, layout)
    if header is None:
        return (), table.broken, (*issues, *faults)
    records = tuple(select_rows(header, table.records[1:], layout, quotable))
    return (Table(header=header, records=records, is_own=layout.is_own),), table.broken, issues


def _read_rows(
    table: Table, file: str, known: Month, quotable: Quotable
) -> tuple[int, tuple[Observation, ...], tuple[Issue, ...]]:
    """How many rows were read, up to the limit of faults; their observations and their issues."""
    observations: list[Observation] = []
    issues: list[Issue] = []
    faulty = 0
    for record in table.records:
        observation, faults = read_row(record, table.header, file, known, quotable)
        issues += faults
        if observation is not None:
            own = replace(observation, is_own=True) if table.is_own else observation
            observations.append(own)
            continue
        faulty += 1
        if faulty == MOST_FAULTS:
            message = f"{faulty:,} rows cannot be used; the rest of the file was not read"
            place = Place(file=file, line=record.line, sheet=table.header.sheet)
            issues.append(Issue(code="too_many_faults", place=place, message=message))
            break
    return len(observations) + faulty, tuple(observations), tuple(issues)
