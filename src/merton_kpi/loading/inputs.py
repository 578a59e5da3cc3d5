"""Read the catalogue and the extracts that a command works from.

Each function that reads returns its value, or None where an error stops it, with the issues of all
files together, so that twelve mistakes show at once. A file that cannot be read at all raises
BuildStoppedError.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place, has_errors
from merton_kpi.extracts.columns import HEADER_FAULTS
from merton_kpi.extracts.quoting import list_quotable_rows
from merton_kpi.extracts.reader import read_extracts
from merton_kpi.loading.catalogue_file import check_completeness, read_catalogue_file
from merton_kpi.loading.history import (
    EarlierYears,
    choose_history_folder,
    list_earlier_extracts,
    read_earlier_years,
)
from merton_kpi.loading.report_month import choose_month
from merton_kpi.series.match import filter_observations, match_observations
from merton_kpi.series.suppression import suppress_earlier_figures
from merton_kpi.series.years.other_years import split_by_year
from merton_kpi.storage.inputs import list_extracts
from merton_kpi.storage.unread import list_extracts_and_unread

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.extracts.reader import Extract
    from merton_kpi.loading.catalogue_file import CatalogueFile
    from merton_kpi.storage.files import SourceFile
    from merton_kpi.storage.inputs import Extracts


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """All that a command works from, without an error.

    `file` names the catalogue, whose earlier figures are suppressed where it says so; `as_written`
    has them all (None: there are no others). `places` are where its indicators' entries begin in
    it, by number; `month` is the one reported. `sources` begin with the catalogue. `late` are the
    extracts' rows that only another year's papers use; `earlier` is what was read of earlier years.
    `set_aside` are the extracts of other years that are not read; `warnings` are the reading's.
    """

    file: str
    catalogue: Catalogue
    month: Month
    places: Mapping[str, Place] = field(default_factory=dict)
    as_written: Catalogue | None = None
    observations: tuple[Observation, ...] = ()
    sources: tuple[SourceFile, ...] = ()
    late: tuple[Observation, ...] = ()
    earlier: EarlierYears = field(default_factory=EarlierYears)
    set_aside: tuple[Path, ...] = ()
    warnings: tuple[Issue, ...] = ()

    @property
    def every_source(self) -> tuple[SourceFile, ...]:
        """All files that the papers are made from, those of earlier years last."""
        return (*self.sources, *self.earlier.sources)

    @property
    def entry_places(self) -> Mapping[str, Place]:
        """The place of every indicator's entry; the file, where only that is known."""
        return {
            each.number: self.places.get(each.number, Place(file=self.file))
            for each in self.catalogue.indicators
        }


def read_inputs(
    catalogue: Path, data: Path, report: Month | date
) -> tuple[Inputs | None, tuple[Issue, ...]]:
    """Read what a month's papers are made from: the catalogue, and the extracts up to that month.

    `report` is as in choose_month. The month must have an extract. Those of earlier years are read
    too.
    """
    file = read_catalogue_file(catalogue)
    extracts, names = _list_extracts(file, data)
    month, issues = _choose_month(file, report)
    if month and not has_errors(names) and all(known != month for known, _ in extracts):
        message = f"there is no extract for {month.name}; name another --data, or add {month}.csv"
        message += f", which 'kpi template --month {month}' makes for you to fill in"
        issues = (Issue.at(data.as_posix(), "no_extract", message),)
    if issues:
        return None, issues
    return _add_earlier_years(file, extracts, *_read(file, extracts, month, names))


def read_inputs_so_far(
    catalogue: Path, data: Path, report: Month | date
) -> tuple[Inputs | None, tuple[Issue, ...]]:
    """Read what was received so far for a month's papers; the month may have no extract yet.

    `report` is as in choose_month. The folder `data`, where no option names one, may be
    missing too.
    """
    file = read_catalogue_file(catalogue)
    is_expected = data != Path("data") or data.exists()
    extracts, names = _list_extracts(file, data) if is_expected else ((), ())
    month, issues = _choose_month(file, report)
    if issues:
        return None, issues
    return _add_earlier_years(file, extracts, *_read(file, extracts, month, names))


def read_whole_year(file: CatalogueFile, data: Path) -> tuple[Inputs | None, tuple[Issue, ...]]:
    """Read all extracts of a catalogue's year, which goes on until its last figure is due."""
    extracts, names = _list_extracts(file, data)
    return _read(file, extracts, None, names)


def read_inputs_to_check(
    catalogue: Path, data: Path | None
) -> tuple[Inputs | None, tuple[Issue, ...]]:
    """As read_whole_year, where `data` is given; with the issues of check_completeness.

    The extracts of earlier years are read too.
    """
    file = read_catalogue_file(catalogue)
    definitions = replace(file.definitions, issues=check_completeness(file.definitions))
    file = replace(file, definitions=definitions)
    if data is None:
        return _read(file, (), None, ())
    extracts, names = _list_extracts(file, data)
    return _add_earlier_years(file, extracts, *_read(file, extracts, None, names))


def read_earlier_inputs(
    inputs: Inputs, catalogue: Path, data: Path, month: Month
) -> tuple[Inputs | None, tuple[Issue, ...]]:
    """Read what was known at an earlier month of the inputs' year, with the catalogue as it was.

    Rows without an indicator in that catalogue are left out.
    """
    file, (extracts, names) = read_catalogue_file(catalogue, "--before"), list_extracts(data)
    if file.catalogue and month not in file.catalogue.months_reported:
        year, reported = file.catalogue.financial_year, inputs.catalogue.financial_year
        message = f"{month.name} is outside this catalogue's year, {year}"
        message += f"; name the catalogue of {reported} with --before"
        return None, (Issue.at(file.name, "outside_year", message),)
    earlier, issues = _read(file, extracts, month, names, (inputs.catalogue,))
    return earlier and _remove_misfits(earlier), issues


def _remove_misfits(inputs: Inputs) -> Inputs:
    """The inputs without the rows that have no indicator in their catalogue."""
    observations = tuple(filter_observations(inputs.catalogue, inputs.observations))
    used = Counter(each.place.file for each in observations)
    catalogue, *extracts = inputs.sources
    sources = (catalogue, *(replace(each, used=used[each.path]) for each in extracts))
    return replace(inputs, observations=observations, sources=sources)


def _list_extracts(file: CatalogueFile, data: Path) -> tuple[Extracts, tuple[Issue, ...]]:
    """The extracts in a folder, with a warning for what else there may have figures."""
    if file.catalogue is None:
        return list_extracts_and_unread(data)
    return list_extracts_and_unread(data, choose_history_folder(file.path, file.catalogue))


def _add_earlier_years(
    file: CatalogueFile, extracts: Extracts, inputs: Inputs | None, issues: tuple[Issue, ...]
) -> tuple[Inputs | None, tuple[Issue, ...]]:
    """The inputs, where there are any, with the figures of earlier years."""
    if file.catalogue is None:
        return inputs, issues
    listed, found = list_earlier_extracts(file.path, file.catalogue, extracts)
    if inputs is None or has_errors(found):
        return None, (*issues, *found)
    earlier, warnings = read_earlier_years(
        (file.catalogue, inputs.catalogue), listed, inputs.late, inputs.month
    )
    found = (*found, *warnings)
    read = {path for _, path in listed}
    inputs = replace(
        inputs,
        earlier=earlier,
        set_aside=tuple(path for path in inputs.set_aside if path not in read),
        warnings=(*inputs.warnings, *found),
    )
    return inputs, (*issues, *found)


def _choose_month(
    file: CatalogueFile, report: Month | date
) -> tuple[Month | None, tuple[Issue, ...]]:
    """As choose_month; a catalogue's own errors are left to be reported with its extracts'."""
    return choose_month(file, report) if file.catalogue else (None, ())


def _read(
    file: CatalogueFile,
    extracts: Extracts,
    month: Month | None,
    names: tuple[Issue, ...],
    others: tuple[Catalogue, ...] = (),
) -> tuple[Inputs | None, tuple[Issue, ...]]:
    """Read the extracts of the catalogue's year, up to the month where there is one.

    `names` are the issues of the extracts' names. Where the catalogue has errors, all extracts are
    read for theirs, but not for those of headings that it may explain. An issue quotes no row whose
    figures a catalogue, this one or one of the `others`, suppresses. Rows that another year's
    papers use are left out, and counted.
    """
    catalogue, sources = file.catalogue, file.definitions.sources
    reported = catalogue.months_reported if catalogue else ()
    quotable = list_quotable_rows(catalogue, *others)
    chosen = tuple(
        (known, path)
        for known, path in extracts
        if (not reported or known in reported) and (month is None or known <= month)
    )
    read, copies = read_extracts(chosen, quotable, sources or ())
    late: tuple[Observation, ...] = ()
    if catalogue:
        split = [split_by_year(catalogue, extract.observations) for extract, _ in read]
        late = tuple(each for _, others in split for each in others)
        read = tuple(
            _remove_other_years(*each, own) for each, (own, _) in zip(read, split, strict=True)
        )
    observations = tuple(each for extract, _ in read for each in extract.observations)
    of_extracts = (
        each
        for extract, _ in read
        for each in extract.issues
        if sources is not None or each.code not in HEADER_FAULTS
    )
    issues = (*file.issues, *names, *copies, *of_extracts)
    if catalogue is None:
        return None, issues
    if has_errors(issues):
        # The other rows are checked now too, not only after these errors are corrected.
        _, misfits = match_observations(catalogue, observations, month or reported[-1])
        return None, (*issues, *misfits)
    before_the_year = reported[0].add_months(-1)
    inputs = Inputs(
        file=file.name,
        month=month or max((each.known for each in observations), default=before_the_year),
        catalogue=suppress_earlier_figures(catalogue),
        as_written=catalogue,
        places=file.definitions.places,
        observations=observations,
        sources=(file.source, *(source for _, source in read)),
        late=late,
        set_aside=tuple(path for known, path in extracts if known not in reported),
        warnings=issues,
    )
    return inputs, issues


def _remove_other_years(
    extract: Extract, source: SourceFile, own: tuple[Observation, ...]
) -> tuple[Extract, SourceFile]:
    """An extract without the rows that only another year's papers use, and their number."""
    passed_over = len(extract.observations) - len(own)
    source = replace(source, used=len(own), of_other_years=passed_over)
    return replace(extract, observations=own), source
