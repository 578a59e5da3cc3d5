"""All that a build reads: the catalogue and the year's extracts, with every fault of them together.

Knows what is read and in which order; the files themselves are `files`', their meaning is the
readers'.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from merton_kpi.catalogue.reader import read_catalogue
from merton_kpi.core.issues import BuildStoppedError, Issue, Severity, stop_on_errors
from merton_kpi.core.periods import Month, format_date
from merton_kpi.series.match import filter_observations, match_observations
from merton_kpi.series.suppression import suppress_earlier_figures
from merton_kpi.storage.files import SourceFile, decode_text, hash_bytes, list_extracts, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.extracts.reader import Extract


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """What was read without an error.

    `file` names the catalogue, and `month` is the one to be reported. `sources` begin with
    the catalogue, and are none where no extracts are read; `set_aside` names the extracts of other
    years than the catalogue's; `warnings` are the reading's.
    """

    file: str
    catalogue: Catalogue
    month: Month
    observations: tuple[Observation, ...] = ()
    sources: tuple[SourceFile, ...] = ()
    set_aside: tuple[Path, ...] = ()
    warnings: tuple[Issue, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueFile:
    """A catalogue's file as it was read: the catalogue, or None where `issues` has an error."""

    path: Path
    content: bytes
    catalogue: Catalogue | None
    issues: tuple[Issue, ...]

    @property
    def sound(self) -> Catalogue:
        """The catalogue. Raises BuildStoppedError where it has a fault."""
        stop_on_errors(self.issues)
        assert self.catalogue is not None
        return self.catalogue


def read_catalogue_file(
    path: Path, *, gaps: bool = False, option: str = "--catalogue"
) -> CatalogueFile:
    """Read a catalogue that an option names; with `gaps`, what a sound one lacks is a warning."""
    content = read_bytes(path, f"go to its folder, or name it with {option}")
    text = decode_text(content, path)
    catalogue, issues = read_catalogue(text, path.as_posix(), gaps=gaps)
    return CatalogueFile(path=path, content=content, catalogue=catalogue, issues=issues)


def choose_month(definitions: CatalogueFile, wanted: Month | date) -> Month:
    """The month to be reported: the one wanted, or the last that the next meeting's papers cover.

    Raises BuildStoppedError for a month outside the catalogue's year, or where no meeting is ahead.
    """
    catalogue, file = definitions.sound, definitions.path.as_posix()
    if isinstance(wanted, Month):
        month = wanted
    elif meeting := catalogue.next_meeting(wanted):
        month = meeting.data_to
    else:
        message = f"no meeting on {format_date(wanted)} or later is listed under 'meetings'"
        message += "; add it, or name a month with --month"
        raise BuildStoppedError.at(file, "no_meeting", message)
    if month not in catalogue.financial_year.months:
        year = f"the catalogue's year, {catalogue.financial_year}"
        message = f"{month.name} is outside {year}; name another month or another --catalogue"
        raise BuildStoppedError.at(file, "outside_year", message)
    return month


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
    `need_extract`, the month may be without an extract, and the folder `data` not there yet. With
    `gaps`, what a sound catalogue lacks is a warning.

    Raises BuildStoppedError with the faults of all of them together.
    """
    definitions = read_catalogue_file(catalogue, gaps=gaps)
    if not need_extract and data == Path("data") and not data.exists():
        data = None
    extracts = () if data is None else list_extracts(data)
    month: Month | None = None
    year: tuple[Month, ...] = ()
    if definitions.catalogue:
        month = choose_month(definitions, wanted) if wanted else None
        year = definitions.catalogue.financial_year.months
        if month and data is not None and need_extract:
            _check_extract(data, extracts, month)
    read = [
        _read_extract(path, known)
        for known, path in extracts
        if (not year or known in year) and (month is None or known <= month)
    ]
    observations = tuple(each for extract, _ in read for each in extract.observations)
    issues = [*definitions.issues, *(each for extract, _ in read for each in extract.issues)]
    if definitions.catalogue and any(each.severity is Severity.ERROR for each in issues):
        # What the sound rows have wrong is told now too, not after the others are mended.
        _, misfits = match_observations(definitions.catalogue, observations, month or year[-1])
        issues += misfits
    stop_on_errors(issues)
    sound = definitions.sound
    before = sound.financial_year.months[0].plus(-1)  # when no figure was due
    return Inputs(
        file=catalogue.as_posix(),
        month=month or max((each.known for each in observations), default=before),
        catalogue=suppress_earlier_figures(sound),
        observations=observations,
        sources=() if data is None else (_make_source(definitions), *(each for _, each in read)),
        set_aside=tuple(path for known, path in extracts if known not in year),
        warnings=tuple(issues),
    )


def _make_source(definitions: CatalogueFile) -> SourceFile:
    size, file = len(definitions.sound.indicators), definitions.path.as_posix()
    return SourceFile(path=file, rows=size, used=size, sha256=hash_bytes(definitions.content))


def _read_extract(path: Path, known: Month) -> tuple[Extract, SourceFile]:
    from merton_kpi.extracts.reader import read_extract  # a check of the catalogue alone needs none

    content, file = read_bytes(path), path.as_posix()
    extract = read_extract(content, file, known)
    used = len(extract.observations)
    return extract, SourceFile(path=file, rows=extract.rows, used=used, sha256=hash_bytes(content))


def read_earlier_inputs(inputs: Inputs, path: Path, month: Month) -> Inputs:
    """What was known at an earlier month, with the catalogue as it was then.

    Rows that only today's catalogue has a place for are left out. Raises BuildStoppedError with
    the earlier catalogue's faults.
    """
    catalogue = read_catalogue_file(path, option="--before").sound
    if month not in catalogue.financial_year.months:
        year, wanted = catalogue.financial_year, inputs.catalogue.financial_year
        message = f"{month.name} is outside this catalogue's year, {year}"
        message += f"; name the one of {wanted} with --before"
        raise BuildStoppedError.at(path.as_posix(), "outside_year", message)
    known = (each for each in inputs.observations if each.known <= month)
    fitting = tuple(filter_observations(catalogue, known))
    return replace(inputs, catalogue=suppress_earlier_figures(catalogue), observations=fitting)


def _check_extract(data: Path, extracts: Iterable[tuple[Month, Path]], month: Month) -> None:
    """Refuse a month that has no extract."""
    if all(known != month for known, _ in extracts):
        message = f"there is no extract for {month.name}; add {month}.csv, or name another --data"
        raise BuildStoppedError.at(data.as_posix(), "no_extract", message)
