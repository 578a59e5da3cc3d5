"""All that a build reads: the catalogue and the year's extracts, with every fault of them together.

Knows what is read and in which order; the files themselves are `files`', their meaning is the
readers'.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from merton_kpi.catalogue import read_catalogue
from merton_kpi.extracts import read_extract
from merton_kpi.files import (
    TEMPLATE,
    decode_text,
    hash_bytes,
    list_extracts,
    read_bytes,
    read_template,
)
from merton_kpi.issues import BuildStoppedError, Issue, Severity
from merton_kpi.periods import FIRST_MONTH, Month, show_date
from merton_kpi.scorecard import Source
from merton_kpi.suppression import suppress_outturns

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from merton_kpi.model import Catalogue, Observation


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What was read without an error.

    `file` names the catalogue, and `month` is the one to be reported. `rows` counts the
    extracts' rows, each of which became an observation, or has nothing filled in and its warning;
    `set_aside` names the extracts of other years than the catalogue's; `warnings` are the
    reading's.
    """

    file: str
    catalogue: Catalogue
    month: Month
    observations: tuple[Observation, ...] = ()
    rows: int = 0
    sources: tuple[Source, ...] = ()
    set_aside: tuple[Path, ...] = ()
    warnings: tuple[Issue, ...] = ()


def read_inputs(
    catalogue: Path,
    data: Path | None,
    wanted: Month | date | None,
    *,
    need_extract: bool = True,
    gaps: bool = False,
) -> Inputs:
    """Read the catalogue and the year's extracts, up to the month to be reported.

    `wanted` is that month, or a day: the papers are then for the first meeting on it or later.
    None: all the year's extracts are read, and the last month that has one is reported. Unless
    `need_extract`, the month may be without an extract, and the folder not there yet. With
    `gaps`, what a sound catalogue lacks is a warning.

    Raises BuildStoppedError with the faults of all of them together.
    """
    content = read_bytes(catalogue, "go to its folder, or name it with --catalogue")
    text = decode_text(content, catalogue)
    definitions, found = read_catalogue(text, catalogue.as_posix(), gaps=gaps)
    if data is not None and not need_extract and not data.exists():
        data = None
    extracts = () if data is None else list_extracts(data)
    set_aside: tuple[Path, ...] = ()
    month = wanted if isinstance(wanted, Month) else None
    if definitions is not None:
        if isinstance(wanted, date):
            month = _find_month(definitions, catalogue, wanted)
        if month is not None:
            _check_month(definitions, catalogue, month)
            if data is not None and need_extract:
                _check_extract(data, extracts, month)
        year = definitions.financial_year.months
        set_aside = tuple(path for known, path in extracts if known not in year)
        extracts = tuple(each for each in extracts if each[1] not in set_aside)
    issues, sources, rows = list(found), [], 0
    observations: list[Observation] = []
    for known, path in extracts:
        if month is None or known <= month:
            raw = read_bytes(path)
            extract = read_extract(raw, path.as_posix(), known)
            observations += extract.observations
            issues += extract.issues
            rows += extract.rows
            sources.append(Source(path=path.as_posix(), rows=extract.rows, sha256=hash_bytes(raw)))
    stop_on_errors(issues)
    assert definitions is not None
    size = len(definitions.indicators)
    before = definitions.financial_year.months[0].plus(-1)  # when no figure was due
    latest = max((each.known for each in observations), default=before)
    return Inputs(
        file=catalogue.as_posix(),
        month=month or latest,
        catalogue=suppress_outturns(definitions),
        observations=tuple(observations),
        rows=rows,
        sources=(
            Source(path=catalogue.as_posix(), rows=size, sha256=hash_bytes(content)),
            *sources,
        ),
        set_aside=set_aside,
        warnings=tuple(issues),
    )


def read_earlier(inputs: Inputs, catalogue: Path, month: Month) -> Inputs:
    """What was known at an earlier month, with the catalogue as it was then.

    Raises BuildStoppedError with that catalogue's faults.
    """
    known = tuple(each for each in inputs.observations if each.known <= month)
    return replace(read_inputs(catalogue, None, month), observations=known)


def read_sources(catalogue: Path, data: Path, templates: Path, month: Month) -> dict[str, bytes]:
    """The files that a build of this month would read, by name, without those not there."""
    first = month.plus(1 - month.months_since(FIRST_MONTH))
    paths = [catalogue, *(path for known, path in list_extracts(data) if first <= known <= month)]
    found = {path.name: read_bytes(path) for path in paths if path.is_file()}
    with suppress(BuildStoppedError):
        found[TEMPLATE] = read_template(templates, TEMPLATE)[0]
    return found


def _find_month(definitions: Catalogue, catalogue: Path, today: date) -> Month:
    """The last month that the papers of the next meeting cover."""
    meeting = definitions.next_meeting(today)
    if meeting is None:
        message = f"no meeting on {show_date(today)} or later is listed under 'meetings'"
        raise BuildStoppedError.at(
            catalogue.as_posix(), "no_meeting", f"{message}; add it, or name a month with --month"
        )
    return meeting.data_to


def _check_month(definitions: Catalogue, catalogue: Path, month: Month) -> None:
    """Refuse a month that the catalogue does not cover."""
    if month not in definitions.financial_year.months:
        year = f"the catalogue's year, {definitions.financial_year}"
        message = f"{month.name} is outside {year}; name another month or another --catalogue"
        raise BuildStoppedError.at(catalogue.as_posix(), "outside_year", message)


def _check_extract(data: Path, extracts: Iterable[tuple[Month, Path]], month: Month) -> None:
    """Refuse a month that has no extract."""
    if all(known != month for known, _ in extracts):
        message = f"there is no extract for {month.name}; add {month}.csv, or name another --data"
        raise BuildStoppedError.at(data.as_posix(), "no_extract", message)


def stop_on_errors(issues: Iterable[Issue]) -> None:
    """Raise BuildStoppedError with all issues where one of them is an error."""
    issues = tuple(issues)
    if any(issue.severity is Severity.ERROR for issue in issues):
        raise BuildStoppedError(issues)
