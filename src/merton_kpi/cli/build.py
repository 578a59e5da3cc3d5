"""The commands that build the papers and verify them."""

from __future__ import annotations

import shlex
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from merton_kpi import __version__
from merton_kpi.cli.console import (
    Line,
    open_progress,
    print_issues,
    print_lines,
    print_nothing,
    print_problems,
)
from merton_kpi.cli.options import (
    CatalogueOption,
    DataOption,
    MonthOption,
    OutOption,
    TemplatesOption,
    TodayOption,
    check_beside_history,
    check_out,
    choose_day,
    choose_month_or_day,
    read_build_time,
)
from merton_kpi.core.issues import require, stop_on_errors
from merton_kpi.core.periods import format_count, join_labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from merton_kpi.core.issues import Issue
    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.core.vocabulary import Edition
    from merton_kpi.loading.inputs import Inputs
    from merton_kpi.papers.earlier import EarlierPapers
    from merton_kpi.scorecard.records import Scorecard
    from merton_kpi.storage.files import SourceFile
    from merton_kpi.storage.replace import Replacement
    from merton_kpi.storage.templates import Templates

_FEW = 3  # warnings that are printed one by one: the result stays on a screen of 24 lines


def build(
    month: MonthOption = None,
    today: TodayOption = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
    templates: TemplatesOption = Path("templates"),
    out: OutOption = Path("output"),
    final: Annotated[
        bool, typer.Option("--final", help="Make final papers; refused if an issue is open.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Let a draft replace final papers.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print only problems.")] = False,
) -> None:
    """Build a month's papers, or the next meeting's.

    Uses what was known by the end of the month. Writes the performance index (xlsx, html and csv)
    and the exception report (docx and md), or those of them that 'papers' in the catalogue lists,
    and a manifest (json), which is not for publication. They are drafts; with --final they are
    final. Final papers need all commentary, all figures that are due, and an answer to each
    warning. A draft does not replace them, unless with --force; whenever they are replaced, the
    earlier ones are kept in the folder 'superseded' beside them.

    Example: kpi build --month 2020-11
    """
    from merton_kpi.cli.summary import format_build, format_other_years
    from merton_kpi.loading.history import choose_history_folder
    from merton_kpi.loading.inputs import read_inputs
    from merton_kpi.papers.build import write_papers
    from merton_kpi.papers.manifest import check_other_papers, hash_inputs
    from merton_kpi.scorecard.compose import compose_scorecard
    from merton_kpi.storage.publication import check_no_messages
    from merton_kpi.storage.replace import restore_papers
    from merton_kpi.storage.templates import read_templates

    folders = {"the extracts": data, "the catalogue": catalogue.parent, "the templates": templates}
    check_out(out, folders)
    print_issues(restore_papers(out))
    check_no_messages(out)
    with nullcontext(print_nothing) if quiet else open_progress(4) as begin:
        begin("reading the catalogue and the extracts")
        inputs = require(read_inputs(catalogue, data, choose_month_or_day(month, today)))
        history = choose_history_folder(catalogue, inputs.catalogue)
        check_beside_history(out, catalogue, history, "papers")
        editions = inputs.catalogue.papers
        used = read_templates(templates, editions)
        place = _PapersPlace(
            folder=out,
            year=inputs.catalogue.financial_year,
            month=inputs.month,
            hashes=hash_inputs(inputs.every_source, used),
            extracts=inputs.every_source[1:],
            keeps_final=not (final or force),
        )
        if place.is_to_be_left():
            _print_unchanged(inputs, quiet=quiet)
            return
        begin("rating the indicators")
        card = require(compose_scorecard(inputs))
        if final:
            card = _sign_off(card, used)
        begin("drawing the papers")
        papers = write_papers(card, editions, used, read_build_time())
        begin("writing the papers")
        done, differences = place.replace(papers)
    if not done:
        _print_unchanged(inputs, quiet=quiet)
        return
    if not quiet:
        print_lines(format_build(card, done, differences))
        print_lines(format_other_years(inputs))
        sys.stdout.flush()  # so that it comes first where both go to one place
    _print_warnings(card.warnings, catalogue, data, card.month)
    print_issues(check_other_papers(done.left))


@dataclass(frozen=True, kw_only=True, slots=True)
class _PapersPlace:
    """Where a month's papers are to be written, and what they are made from.

    `hashes` are the SHA-256 of the inputs, by name; `extracts` are those of them that services
    send, which may still be arriving when they are read. `keeps_final` is whether final papers that
    are there are left.
    """

    folder: Path
    year: FinancialYear
    month: Month
    hashes: Mapping[str, str]
    extracts: tuple[SourceFile, ...]
    keeps_final: bool

    def is_to_be_left(self) -> bool:
        """Whether the papers there are final, as they were made, and not to be replaced.

        Raises BuildStoppedError where final papers, or their inputs, have changed.
        """
        from merton_kpi.storage.replace import lock_folder

        are_kept, issues = self._check(self._read())
        if issues:  # another run may be replacing the papers at this moment
            with lock_folder(self.folder):
                are_kept, issues = self._check(self._read())
        stop_on_errors(issues)
        return are_kept

    def replace(self, papers: Mapping[str, bytes]) -> tuple[Replacement | None, tuple[str, ...]]:
        """Replace the papers there, and keep final ones among them beside.

        Returns what was done, and what is different from final papers that were replaced. None
        where another run has just made final papers. Raises BuildStoppedError where an extract
        has changed since it was read.
        """
        from merton_kpi.papers.earlier import list_differences
        from merton_kpi.storage.files import check_unchanged
        from merton_kpi.storage.replace import replace_papers, write_superseded

        differences: tuple[str, ...] = ()

        def list_obsolete() -> dict[str, str] | None:
            nonlocal differences
            earlier = self._read()
            are_kept, issues = self._check(earlier)
            stop_on_errors(issues)
            if are_kept:
                return None
            stop_on_errors(check_unchanged(self.extracts))
            if differences := list_differences(earlier, papers, self.hashes):
                kept = write_superseded(self.folder, earlier.span, earlier.superseded)
                differences = (f"kept in: {kept.as_posix()}", *differences)
            return earlier.obsolete

        return replace_papers(self.folder, papers, list_obsolete=list_obsolete), differences

    def _read(self) -> EarlierPapers:
        from merton_kpi.papers.earlier import read_earlier_papers
        from merton_kpi.papers.manifest import manifest_name

        path = self.folder / manifest_name(self.year, self.month)
        return read_earlier_papers(path, self.year.format_span(self.month))

    def _check(self, earlier: EarlierPapers) -> tuple[bool, tuple[Issue, ...]]:
        """As check_final_papers; where final papers are not to be kept, whatever is there goes."""
        from merton_kpi.papers.earlier import check_final_papers

        return check_final_papers(earlier, self.hashes) if self.keeps_final else (False, ())


def verify(
    month: MonthOption = None,
    today: TodayOption = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
    templates: TemplatesOption = Path("templates"),
    out: OutOption = Path("output"),
) -> None:
    """Check that papers and inputs have not changed.

    Compares a month's papers, and the files that they were made from, with the manifest, and what
    the papers say with what this version of kpi makes of those files. Prints each difference, and
    exits with 1 if there is one.

    Example: kpi verify --month 2020-11
    """
    from merton_kpi.loading.history import list_every_extract
    from merton_kpi.loading.report_month import choose_year
    from merton_kpi.papers.build import write_papers
    from merton_kpi.papers.manifest import (
        check_files,
        check_other_papers,
        list_known_papers,
        manifest_name,
        read_manifest,
    )
    from merton_kpi.papers.own_status import list_statuses
    from merton_kpi.papers.verification import check_rebuilt, check_statements
    from merton_kpi.storage.files import check_not_interrupted, read_bytes
    from merton_kpi.storage.inputs import read_sources
    from merton_kpi.storage.templates import read_used_templates

    check_not_interrupted(out)
    if month is None:
        from merton_kpi.loading.catalogue_file import read_catalogue_file
        from merton_kpi.loading.report_month import choose_month

        month = require(choose_month(read_catalogue_file(catalogue), choose_day(today)))
    year = choose_year(catalogue, month)
    path = out / manifest_name(year, month)
    content = read_bytes(path, "build the month first, or name the papers' folder with --out")
    manifest, issues = read_manifest(content, path.as_posix(), "build the month again")
    stop_on_errors(issues)
    assert manifest is not None
    found = {
        name: read_bytes(out / name)
        for name in manifest.outputs
        if Path(name).name == name and (out / name).is_file()
    }
    filled_in = read_used_templates(templates, manifest.inputs)
    extracts = require(list_every_extract(catalogue, data))
    sources = read_sources(catalogue, extracts, filled_in, month)
    names = list_known_papers(None, year.format_span(month))
    others = [out / name for name in names if name not in manifest.outputs]
    statuses = dict(list_statuses(year.format_span(month), found))
    issues = (
        *check_files(manifest, path.as_posix(), sources, found, __version__),
        *check_statements(manifest, path.as_posix(), str(month), statuses),
        *check_other_papers(other for other in others if other.is_file()),
    )
    stop_on_errors(issues)
    if manifest.version == __version__:
        card, editions, used = _compose(catalogue, data, templates, month)
        rebuilt = write_papers(
            _sign_off(card, used) if manifest.final else card, editions, used, None
        )
        stop_on_errors(check_rebuilt(path.as_posix(), found | {path.name: content}, rebuilt))
    print_issues(issues)
    counts = [format_count(len(found), "paper"), format_count(len(sources), "input")]
    print_lines([Line.of(f"{path.as_posix()}: {join_labels(counts)} have not changed")])


def _compose(
    catalogue: Path, data: Path, templates: Path, month: Month
) -> tuple[Scorecard, tuple[Edition, ...], Templates]:
    """A month's scorecard, its papers, and what they are filled in from."""
    from merton_kpi.loading.inputs import read_inputs
    from merton_kpi.scorecard.compose import compose_scorecard
    from merton_kpi.storage.templates import read_templates

    inputs = require(read_inputs(catalogue, data, month))
    editions = inputs.catalogue.papers
    return require(compose_scorecard(inputs)), editions, read_templates(templates, editions)


def _sign_off(card: Scorecard, templates: Templates) -> Scorecard:
    """The scorecard as final; the template says which sections the report prints."""
    from merton_kpi.papers.templated.report import list_printed_sections
    from merton_kpi.scorecard.sign_off import sign_off
    from merton_kpi.storage.files import decode_text

    if templates.report is None:  # no report is written
        return require(sign_off(card, None))
    text = decode_text(templates.report.content, templates.report.path)
    return require(sign_off(card, list_printed_sections(text)))


def _print_warnings(warnings: Sequence[Issue], catalogue: Path, data: Path, month: Month) -> None:
    """Print warnings one by one where they are few, or else how many there are of each kind."""
    from merton_kpi.cli.summary import format_kinds

    if len(warnings) <= _FEW:
        print_issues(warnings)
        return
    options = [] if catalogue == Path("indicators.yaml") else ["--catalogue", catalogue.as_posix()]
    words = ("kpi", "check", *options, "--data", data.as_posix(), "--month", str(month))
    command = subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
    print_problems(format_kinds(warnings, command))


def _print_unchanged(inputs: Inputs, *, quiet: bool) -> None:
    if not quiet:
        span = inputs.catalogue.financial_year.format_span_in_words(inputs.month)
        sentence = f"The papers of {span} are already final, and nothing has changed"
        print_lines([Line.of(sentence)])
