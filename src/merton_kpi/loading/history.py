"""Read the extracts of earlier years: which files they are, and what can be used of them.

This year's papers can do without, so a fault in a row or in a file's name stops nothing: what
cannot be used is passed over. One warning for each file says how many of its rows have a fault;
those that fit no indicator of today are counted together.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from merton_kpi.core.issues import BuildStoppedError, Issue, Severity, has_errors
from merton_kpi.core.periods import format_count
from merton_kpi.extracts.quoting import NOTHING
from merton_kpi.extracts.reader import read_every_extract
from merton_kpi.loading.catalogue_file import read_catalogue_file
from merton_kpi.series.years.history import History, match_history
from merton_kpi.storage.inputs import list_extracts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.extracts.reader import Extract
    from merton_kpi.storage.files import SourceFile
    from merton_kpi.storage.inputs import Extracts


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierYears:
    """What was read of earlier years: their figures, and the files with the rows used of each."""

    history: History = field(default_factory=History)
    sources: tuple[SourceFile, ...] = ()


def choose_history_folder(file: Path, catalogue: Catalogue) -> Path | None:
    """The folder that a catalogue names for earlier years' extracts, if it names one."""
    return file.parent / catalogue.history if catalogue.history else None


def list_earlier_extracts(
    file: Path, catalogue: Catalogue, beside: Extracts
) -> tuple[Extracts, tuple[Issue, ...]]:
    """The extracts of earlier years, in the order of month and name.

    Args:
        file: The catalogue's file, which `history` is seen from.
        catalogue: The catalogue.
        beside: The extracts of any year in the folder of this year's.
    """
    first = catalogue.financial_year.months[0]
    found = [each for each in beside if each[0] < first]
    folder = choose_history_folder(file, catalogue)
    if folder is None:
        return tuple(found), ()
    if not folder.is_dir():
        message = f"history: there is no folder '{folder.as_posix()}'; correct the name, which is "
        message += "seen from the catalogue's own folder"
        return tuple(found), (Issue.at(file.as_posix(), "missing_folder", message),)
    in_folder, issues = list_extracts(folder)
    known = {path.resolve() for _, path in found}
    found += [
        (month, path) for month, path in in_folder if month < first and path.resolve() not in known
    ]
    later = tuple(_list_of_own_year(in_folder, first, {path.resolve() for _, path in beside}))
    passed_over = (replace(each, severity=Severity.WARNING) for each in issues)
    return tuple(sorted(found, key=lambda each: each[0])), (*passed_over, *later)


def _list_of_own_year(extracts: Extracts, first: Month, known: Iterable[Path]) -> Iterator[Issue]:
    """A warning for each extract in the folder of earlier years that is of this year or later."""
    for month, path in extracts:
        if month >= first and path.resolve() not in known:
            message = "only extracts of earlier years are read from this folder; move it to the "
            message += "folder of this year's"
            yield Issue.at(path.as_posix(), "unread_file", message, Severity.WARNING)


def list_every_extract(catalogue: Path, data: Path) -> tuple[Extracts, tuple[Issue, ...]]:
    """The extracts of this year and earlier ones that papers are made from, by the files' names.

    Where the catalogue cannot be read, those in `data`. Raises BuildStoppedError where a folder of
    extracts cannot be read.
    """
    extracts, issues = list_extracts(data)
    file = None
    with suppress(BuildStoppedError):
        file = read_catalogue_file(catalogue)
    if file is None or file.catalogue is None:
        return extracts, issues
    first = file.catalogue.financial_year.months[0]
    earlier, found = list_earlier_extracts(catalogue, file.catalogue, extracts)
    return (*earlier, *(each for each in extracts if each[0] >= first)), (*issues, *found)


def read_earlier_years(
    catalogues: tuple[Catalogue, Catalogue],
    extracts: Extracts,
    late: Iterable[Observation],
    as_at: Month,
) -> tuple[EarlierYears, tuple[Issue, ...]]:
    """Read the extracts of earlier years as at a month.

    No message quotes a row: whose numbers it has is not certain.

    Args:
        catalogues: The catalogue as it is written, and as it is printed.
        extracts: As list_earlier_extracts gives them.
        late: Rows for earlier years that this year's extracts have, such as figures in arrears.
        as_at: The month of the papers.
    """
    written, printed = catalogues
    read = read_every_extract(extracts, NOTHING, written.sources)
    first = written.financial_year.months[0]
    rows = [each for extract, _ in read for each in extract.observations if each.month < first]
    rows += [each for each in late if each.month < first]
    history = match_history(written, printed, rows, as_at)
    sources = tuple(
        replace(source, used=history.used.get(source.path, 0), is_earlier=True)
        for _, source in read
    )
    warnings = [warning for extract, _ in read for warning in _list_faults(extract)]
    warnings += [replace(each, severity=Severity.WARNING) for each in history.repeats]
    return EarlierYears(history=history, sources=sources), tuple(warnings)


def _list_faults(extract: Extract) -> Iterator[Issue]:
    """One warning where rows of an extract cannot be read, with the first reason."""
    faults = [each for each in extract.issues if has_errors((each,))]
    if faults:
        count = len({(each.place.sheet, each.place.line) for each in faults if each.place.line})
        message = f"this earlier year's extract is passed over: {faults[0].message}"
        if extract.rows:
            verb = "is" if count == 1 else "are"
            message = f"{format_count(count, 'row')} of this earlier year's extract {verb} passed "
            message += f"over, the first for this reason: {faults[0].message}"
        issue = Issue.at(extract.file, "earlier_year", message, Severity.WARNING)
        yield replace(issue, place=faults[0].place)
