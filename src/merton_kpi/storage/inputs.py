"""The files that papers are made from: found, read, and named."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Severity
from merton_kpi.core.periods import Month
from merton_kpi.storage.files import compose_stop, explain_unreadable, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Extracts = tuple[tuple[Month, Path], ...]  # each with the month that its name begins with

EXTRACTS = (".csv", ".xlsx")  # the kinds of files that are read
_SAVE = "save it in Excel as 'Excel Workbook (.xlsx)'"
_OTHER_KINDS = {
    ".xlsm": f"a workbook with macros is not read; {_SAVE}",
    ".xls": f"a workbook of Excel 97 to 2003 is not read; {_SAVE}",
    ".xlsb": f"a binary workbook is not read; {_SAVE}",
    ".ods": "an OpenDocument spreadsheet is not read; save it in LibreOffice as 'Excel 2007-365 "
    "(.xlsx)'",
    ".numbers": "a spreadsheet of Numbers is not read; export it to Excel (.xlsx)",
}


def explain_kind(kind: str) -> str:
    """What a file's kind is, by the end of its name, and how to make an extract of it."""
    other = "this is neither a CSV file nor an Excel workbook (.xlsx); save it as one of them"
    return _OTHER_KINDS.get(kind, other)


def compose_missing_advice(option: str) -> str:
    """What to do where the catalogue is missing that an option of a command names."""
    if option != "--catalogue":
        return f"go to its folder, or name it with {option}"
    first = "make a first one with 'kpi init FOLDER' (see docs/tutorial/first-papers.md)"
    return f"go to its folder, name it with {option}, or {first}"


def list_extracts(folder: Path) -> tuple[Extracts, tuple[Issue, ...]]:
    """The extracts in a folder, in the order of month and name.

    They are `YYYY-MM*.csv` and `YYYY-MM*.xlsx`, in any case. Ignores folders, hidden files and
    Excel's lock files. There is an error for each CSV file whose name does not begin with a month,
    and for each file of another kind whose name does; and a warning for
    what is no file, such as a pipe or a device, which is passed over. Raises BuildStoppedError
    where the folder cannot be read.
    """
    if not folder.is_dir():
        message = "there is no such folder; name the folder of extracts with --data"
        if folder == Path("data"):  # one that an option names may be mistyped
            message += ", or make it and a first file to fill in with 'kpi template'"
        raise compose_stop(folder, "missing_folder", message)
    try:
        paths = sorted(folder.iterdir(), key=lambda each: each.name)
    except OSError as error:
        raise explain_unreadable(folder, error) from None
    return _read_names(paths)


def _read_names(paths: Iterable[Path]) -> tuple[Extracts, tuple[Issue, ...]]:
    """The extracts among a folder's files, with their months, and an issue for each wrong name."""
    extracts, issues = [], []
    for path in paths:
        if path.name.startswith((".", "~$")) or path.is_dir():
            continue
        if path.exists() and not path.is_file():  # to read it might never end
            message = "this is a pipe, a device or the like and not a file, so it is not read"
            message += "; remove it from this folder"
            issues.append(Issue.at(path.as_posix(), "no_file", message, Severity.WARNING))
            continue
        month, kind = _read_month(path.name), path.suffix.lower()
        if month and kind in EXTRACTS:
            extracts.append((month, path))
        elif month:
            message = f"{explain_kind(kind)}, or move it away"
            issues.append(Issue.at(path.as_posix(), "file_name", message))
        elif kind == ".csv":
            message = "an extract's name begins with its month, like 2020-11.csv; rename or move it"
            issues.append(Issue.at(path.as_posix(), "file_name", message))
    return tuple(extracts), tuple(issues)


def _read_month(name: str) -> Month | None:
    """The month that a file's name begins with, or None."""
    try:
        return Month.read(name[:7])
    except ValueError:
        return None


def read_sources(
    catalogue: Path, extracts: Extracts, templates: Mapping[str, bytes], month: Month
) -> dict[str, bytes]:
    """The files that a build of this month reads, by the name that shorten_paths gives each.

    They are the catalogue, the extracts up to this month, and the `templates`, by their paths;
    those that are missing are left out. Raises BuildStoppedError where a file cannot be read.
    """
    paths = [catalogue, *(path for known, path in extracts if known <= month)]
    contents = {path.as_posix(): read_bytes(path) for path in paths if path.is_file()}
    contents |= templates
    return {name: contents[path] for path, name in shorten_paths(contents).items()}


def shorten_paths(paths: Iterable[str]) -> dict[str, str]:
    """Each path with the name of its file; with as many folders as tell it from the others' names.

    A path has slashes.
    """
    names = {path: path.rpartition("/")[2] for path in paths}
    counts = Counter(names.values())
    folders = 1
    while clashing := [path for path in names if counts[names[path]] > 1]:
        folders += 1
        names |= {path: "/".join(path.split("/")[-folders:]) for path in clashing}
        counts = Counter(names.values())
    return names
