"""Read files to a catalogue, observations and all their issues, as each command needs them.

Each function that reads returns its value, or None where an error stops it, with the issues of all
files together, so that twelve mistakes show at once. A file that cannot be read at all raises
BuildStoppedError.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from merton_kpi.catalogue.reading.gaps import check_gaps
from merton_kpi.catalogue.reading.reader import (
    Definitions,
    add_issues,
    read_definitions,
    sort_issues,
)
from merton_kpi.core.issues import BuildStoppedError, Issue, Place, has_errors
from merton_kpi.core.periods import FinancialYear, format_date
from merton_kpi.extracts.columns import HEADER_FAULTS
from merton_kpi.extracts.quoting import list_quotable_rows
from merton_kpi.extracts.reader import read_extracts
from merton_kpi.rating.limit_checks import check_limits, check_unused
from merton_kpi.series.match import filter_observations, match_observations
from merton_kpi.series.other_years import select_own_rows
from merton_kpi.series.suppression import suppress_earlier_figures
from merton_kpi.storage.files import SourceFile, decode_text, hash_bytes, read_bytes
from merton_kpi.storage.inputs import compose_missing_advice, list_extracts
from merton_kpi.storage.unread import list_extracts_and_unread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.core.periods import Month
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.extracts.reader import Extract
    from merton_kpi.storage.inputs import Extracts


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueFile:
    """A catalogue's file as it was read.

    `catalogue` is None where `issues` has an error.
    """

    path: Path
    content: bytes
    definitions: Definitions

    @property
    def name(self) -> str:
        """The path that issues give, with slashes."""
        return self.path.as_posix()

    @property
    def text(self) -> str:
        """The content as text, without a byte order mark and with every line ended by LF."""
        return decode_text(self.content, self.path)

    @property
    def catalogue(self) -> Catalogue | None:
        """The catalogue, where it has no error."""
        return self.definitions.catalogue

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Every issue of the catalogue alone."""
        return self.definitions.issues

    @property
    def source(self) -> SourceFile:
        """The file as the papers list it; its rows are its indicators."""
        size = len(self.catalogue.indicators) if self.catalogue else 0
        return SourceFile(path=self.name, rows=size, used=size, sha256=hash_bytes(self.content))


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """All that a command works from, without an error.

    `file` names the catalogue, whose earlier figures are suppressed where it says so; `as_written`
    has them all (None: there are no others). `places` are where its indicators' entries begin in
    it, by number; `month` is the one reported. `sources` begin with the catalogue; `set_aside` are
    the extracts of other years than the catalogue's; `warnings` are the reading's.
    """

    file: str
    catalogue: Catalogue
    month: Month
    places: Mapping[str, Place] = field(default_factory=dict)
    as_written: Catalogue | None = None
    observations: tuple[Observation, ...] = ()
    sources: tuple[SourceFile, ...] = ()
    set_aside: tuple[Path, ...] = ()
    warnings: tuple[Issue, ...] = ()

    @property
    def entry_places(self) -> Mapping[str, Place]:
        """The place of every indicator's entry; the file, where only that is known."""
        return {
            each.number: self.places.get(each.number, Place(file=self.file))
            for each in self.catalogue.indicators
        }


def read_catalogue(text: str, file: str) -> tuple[Catalogue | None, tuple[Issue, ...]]:
    """Read a catalogue's text with every check that needs no figures; None where it has an error.

    `file` is the name that its issues give.
    """
    definitions = read_checked_definitions(text, file)
    return definitions.catalogue, definitions.issues


def read_checked_definitions(text: str, file: str) -> Definitions:
    """As read_catalogue, with the document for further checks."""
    definitions = read_definitions(text, file)
    document, catalogue = definitions.document, definitions.catalogue
    issues = add_issues(definitions.issues, check_limits(document, catalogue))
    return replace(definitions, catalogue=None if has_errors(issues) else catalogue, issues=issues)


def check_completeness(definitions: Definitions) -> tuple[Issue, ...]:
    """The issues of a catalogue, with a warning for what a complete one would have.

    A rationale and an owner for each indicator, a target that rates some month, and meetings of
    the catalogue's own year.
    """
    document = definitions.document
    issues = add_issues(definitions.issues, check_unused(document, definitions.catalogue))
    return sort_issues((*issues, *check_gaps(document)))


def read_catalogue_file(path: Path, option: str = "--catalogue") -> CatalogueFile:
    """Read a catalogue that a command's option names.

    Raises BuildStoppedError for a file that cannot be read as text.
    """
    content = read_bytes(path, compose_missing_advice(option))
    definitions = read_checked_definitions(decode_text(content, path), path.as_posix())
    return CatalogueFile(path=path, content=content, definitions=definitions)


def choose_month(
    file: CatalogueFile, report: Month | date
) -> tuple[Month | None, tuple[Issue, ...]]:
    """The month to report: the one given, or the last that the next meeting's papers cover.

    `report` is a month, or the first day on which the next meeting may be.
    None, with an issue, for a month outside the catalogue's year, where the catalogue lists no
    later meeting, and where it has an error.
    """
    catalogue = file.catalogue
    if catalogue is None:
        return None, file.issues
    if not isinstance(report, date):
        month = report
    elif meeting := catalogue.next_meeting(report):
        month = meeting.data_to
    else:
        message = f"no meeting on {format_date(report)} or later is listed under 'meetings'"
        months = [each.data_to for each in catalogue.meetings] or catalogue.months_reported[:1]
        message += f"; add it, or name a month, like --month {max(months)}"
        return None, (_compose_issue(file.name, "no_meeting", message),)
    reported = catalogue.months_reported
    if month not in reported:
        year = f"the catalogue's year, {catalogue.financial_year}"
        if reported[-1] not in catalogue.financial_year.months:
            year += f", whose last figures are due in {reported[-1].name}"
        message = f"{month.name} is outside {year}; name another month or another --catalogue"
        return None, (_compose_issue(file.name, "outside_year", message),)
    return month, ()


def choose_year(catalogue: Path, month: Month) -> FinancialYear:
    """The year whose papers are those of a month: the catalogue's, where it goes on so far.

    It is the year that the month is in where it does not, or where the catalogue cannot be read.
    """
    with suppress(BuildStoppedError):
        read = read_catalogue_file(catalogue).catalogue
        if read and month in read.months_reported:
            return read.financial_year
    return FinancialYear.of(month)


def read_inputs(
    catalogue: Path, data: Path, report: Month | date
) -> tuple[Inputs | None, tuple[Issue, ...]]:
    """Read what a month's papers are made from: the catalogue, and the extracts up to that month.

    `report` is as in choose_month. The month must have an extract.
    """
    file, (extracts, names) = read_catalogue_file(catalogue), list_extracts_and_unread(data)
    month, issues = _choose_month(file, report)
    if month and not has_errors(names) and all(known != month for known, _ in extracts):
        message = f"there is no extract for {month.name}; name another --data, or add {month}.csv"
        message += f", which 'kpi template --month {month}' makes for you to fill in"
        issues = (_compose_issue(data.as_posix(), "no_extract", message),)
    if issues:
        return None, issues
    return _read(file, extracts, month, names)


def read_inputs_so_far(
    catalogue: Path, data: Path, report: Month | date
) -> tuple[Inputs | None, tuple[Issue, ...]]:
    """Read what was received so far for a month's papers; the month may have no extract yet.

    `report` is as in choose_month. The folder `data`, where no option names one, may be
    missing too.
    """
    file = read_catalogue_file(catalogue)
    is_expected = data != Path("data") or data.exists()
    extracts, names = list_extracts_and_unread(data) if is_expected else ((), ())
    month, issues = _choose_month(file, report)
    return (None, issues) if issues else _read(file, extracts, month, names)


def read_whole_year(file: CatalogueFile, data: Path) -> tuple[Inputs | None, tuple[Issue, ...]]:
    """Read all extracts of a catalogue's year, which goes on until its last figure is due."""
    extracts, names = list_extracts_and_unread(data)
    return _read(file, extracts, None, names)


def read_inputs_to_check(
    catalogue: Path, data: Path | None
) -> tuple[Inputs | None, tuple[Issue, ...]]:
    """As read_whole_year, where `data` is given; with the issues of check_completeness."""
    file = read_catalogue_file(catalogue)
    definitions = replace(file.definitions, issues=check_completeness(file.definitions))
    file = replace(file, definitions=definitions)
    extracts, names = ((), ()) if data is None else list_extracts_and_unread(data)
    return _read(file, extracts, None, names)


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
        return None, (_compose_issue(file.name, "outside_year", message),)
    earlier, issues = _read(file, extracts, month, names, (inputs.catalogue,))
    return earlier and _remove_misfits(earlier), issues


def _remove_misfits(inputs: Inputs) -> Inputs:
    """The inputs without the rows that have no indicator in their catalogue."""
    observations = tuple(filter_observations(inputs.catalogue, inputs.observations))
    used = Counter(each.place.file for each in observations)
    catalogue, *extracts = inputs.sources
    sources = (catalogue, *(replace(each, used=used[each.path]) for each in extracts))
    return replace(inputs, observations=observations, sources=sources)


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
    if catalogue:
        read = tuple(_remove_other_years(catalogue, *each) for each in read)
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
        set_aside=tuple(path for known, path in extracts if known not in reported),
        warnings=issues,
    )
    return inputs, issues


def _remove_other_years(
    catalogue: Catalogue, extract: Extract, source: SourceFile
) -> tuple[Extract, SourceFile]:
    """An extract without the rows that only another year's papers use, and their number."""
    own = tuple(select_own_rows(catalogue, extract.observations))
    passed_over = len(extract.observations) - len(own)
    source = replace(source, used=len(own), of_other_years=passed_over)
    return replace(extract, observations=own), source


def _compose_issue(file: str, code: str, message: str) -> Issue:
    return Issue(code=code, place=Place(file=file), message=message)
