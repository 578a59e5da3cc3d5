"""Spreadsheets and folders beside the extracts, whose figures nobody reads."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place, Severity
from merton_kpi.core.periods import Month
from merton_kpi.storage.inputs import EXTRACTS, explain_kind, list_extracts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from merton_kpi.storage.inputs import Extracts

SPREADSHEETS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers", ".tsv")
_MOST_FILES = 1_000  # of a folder that are looked at
_IN_VAIN = "kpi does not read this"
_NAME = "begin its name with its month, like 2020-11-housing.xlsx"


def list_extracts_and_unread(
    folder: Path, read_elsewhere: Path | None = None
) -> tuple[Extracts, tuple[Issue, ...]]:
    """As list_extracts, with a warning for whatever else in the folder may have figures.

    But not for what leads to the folder `read_elsewhere`.
    """
    extracts, issues = list_extracts(folder)
    return extracts, (*issues, *check_unread(folder, read_elsewhere))


def check_unread(folder: Path, read_elsewhere: Path | None = None) -> tuple[Issue, ...]:
    """Warn of spreadsheets in the extracts' folder, and of folders in it that have such files.

    Files whose names begin with a month are left to `list_extracts`. Hidden files, and others such
    as notes, are passed over, and so is what leads to the folder `read_elsewhere`.
    """
    with suppress(OSError):
        known = [] if read_elsewhere is None else [read_elsewhere, *read_elsewhere.parents]
        others = {each.resolve() for each in known}
        paths = sorted(folder.iterdir(), key=lambda each: each.name)
        return tuple(_list_unread([each for each in paths if each.resolve() not in others]))
    return ()


def _list_unread(paths: list[Path]) -> Iterator[Issue]:
    for path in paths:
        if path.name.startswith((".", "~$")):
            continue
        message = ""
        if path.is_dir():
            inside = "move its extracts into the folder above, or move it away"
            message = f"{_IN_VAIN} folder; {inside}" if _has_figures(path) else ""
        elif path.suffix.lower() in SPREADSHEETS and not _is_of_a_month(path.name):
            message = _explain_spreadsheet(path.suffix.lower())
        if message:
            yield Issue(
                severity=Severity.WARNING,
                code="unread_file",
                place=Place(file=path.as_posix()),
                message=message,
            )


def _explain_spreadsheet(kind: str) -> str:
    if kind in EXTRACTS:
        return f"{_IN_VAIN} workbook; {_NAME}, or move it away"
    return f"{explain_kind(kind)} and {_NAME}, or move it away"


def _has_figures(folder: Path) -> bool:
    """Whether a folder has a file that may be an extract, at any depth."""
    with suppress(OSError):
        inside = islice(folder.rglob("*"), _MOST_FILES)
        return any(each.suffix.lower() in (".csv", *SPREADSHEETS) for each in inside)
    return False


def _is_of_a_month(name: str) -> bool:
    try:
        Month.read(name[:7])
    except ValueError:
        return False
    return True
